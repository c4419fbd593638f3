// A model as one file, little-endian:
//   "KREC0002", u64 FNV-1a of all that follows, then in turn: options, days, attributes, pairs, histories, takers, counts, factors, linear rows, knobs, blends.
// A list is a u32 length and its elements. The reader trusts nothing: every length is held against the bytes that are left, every number
// of an item, history or attribute against how many there are, every value must be finite, every order is checked.
#include <bit>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "engines/learning/recommend/model.h"
#include "core/stable_hash.h"

namespace kindling::recommend {

namespace {

static_assert(std::endian::native == std::endian::little);
constexpr std::string_view magic = "KREC0002";

class Writer {
public:
    template <class T> void put(const T& value) {
        static_assert(std::is_arithmetic_v<T>);
        out.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    template <class T> void list(std::span<const T> values) {
        put(static_cast<std::uint32_t>(values.size()));
        for (auto const& v : values) each(v);
    }
    std::string out;

private:
    template <class T> requires std::is_arithmetic_v<T> void each(T v) { put(v); }
    void each(const Pair& p) { put(p.item), put(p.next), put(p.forward), put(p.backward), put(p.together); }
    void each(const Weighted& x) { put(x.item), put(x.weight); }
    void each(const Event& e) { put(e.item), put(e.step), put(e.day); }
};

// After the first thing that is wrong everything reads as zero and good() stays false.
class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}
    bool good() const { return good_; }
    bool at_end() const { return good_ && bytes_.empty(); }
    void need(bool condition) { good_ &= condition; }
    template <class T> T get() {
        T value{};
        if (bytes_.size() < sizeof value) good_ = false;
        if (!good_) return T{};
        std::memcpy(&value, bytes_.data(), sizeof value);
        bytes_.remove_prefix(sizeof value);
        if constexpr (std::is_floating_point_v<T>) need(std::isfinite(value));
        return value;
    }
    // The length of a list whose elements take `size` bytes at least.
    std::size_t length(std::size_t size) {
        std::size_t const n = get<std::uint32_t>();
        need(n <= bytes_.size() / size);
        return good_ ? n : 0;
    }
    template <class T> std::vector<T> list() {
        std::vector<T> out(length(sizeof(T)));
        for (auto& v : out) v = get<T>();
        return out;
    }

private:
    std::string_view bytes_;
    bool good_ = true;
};

}  // namespace

// Sees the private parts of Tables and Model.
class ModelFile {
public:
    static void write(const Tables& t, Writer& w) {
        w.put(t.options_.window_steps), w.put(t.options_.window_events), w.put(t.options_.row_limit), w.put(t.options_.half_life_days);
        w.put(static_cast<std::uint8_t>(t.timed_)), w.put(t.newest_day_), w.put(t.span_days_);
        w.put(t.items());
        w.put(static_cast<std::uint8_t>(!t.goods_.attributes.empty()));
        for (auto const& row : t.goods_.attributes) w.list<Attribute>(row);
        for (Item i = 0; i < t.items(); ++i) w.list<Pair>(t.pairs_.row(i));
        w.put(t.histories());
        for (auto const& h : t.histories_) w.list<Event>(h);
        for (auto const& row : t.takers_) w.list<std::uint32_t>(row);
        w.list<float>(t.count_), w.list<float>(t.recent_), w.list<float>(t.latest_);
    }

    static void read(Tables& t, Reader& r) {
        t.options_ = {r.get<std::uint32_t>(), r.get<std::uint32_t>(), r.get<std::uint32_t>(), r.get<double>()};
        t.timed_ = r.get<std::uint8_t>() != 0, t.newest_day_ = r.get<double>(), t.span_days_ = r.get<double>();
        r.need(t.timed_ ? t.span_days_ > 1e-6 && t.span_days_ < 1e9 : t.span_days_ == 0);
        auto const n = r.length(4 + 4 + 12);  // a row of pairs, a row of takers, three counts
        t.goods_.items = static_cast<std::uint32_t>(n);
        r.need(n <= Tables::most_items);
        if (r.get<std::uint8_t>() != 0) {
            t.goods_.attributes.resize(r.good() ? n : 0);
            for (auto& row : t.goods_.attributes) {
                row = r.list<Attribute>();
                // An attribute is an index of tables: a lone large number must not cost gigabytes.
                for (std::size_t k = 0; k < row.size(); ++k) r.need(row[k] < Tables::most_attributes && (k == 0 || row[k - 1] < row[k]));
            }
        }
        t.pairs_ = Pairs(n);
        for (Item i = 0; i < n && r.good(); ++i) {
            std::vector<Pair> row(r.length(20));
            for (std::size_t k = 0; k < row.size(); ++k) {
                row[k] = {r.get<Item>(), r.get<float>(), r.get<float>(), r.get<float>(), r.get<float>()};
                r.need(row[k].item < n && (k == 0 || row[k - 1].item < row[k].item));
                for (auto const v : {row[k].next, row[k].forward, row[k].backward, row[k].together}) r.need(v >= 0 && v < 1e30f);
            }
            t.pairs_.set_row(i, std::move(row));
        }
        t.histories_.resize(r.length(4));
        for (auto& h : t.histories_) {
            h.resize(r.length(12));
            for (std::size_t k = 0; k < h.size(); ++k) {
                h[k] = {r.get<Item>(), r.get<std::uint32_t>(), r.get<float>()};
                r.need(h[k].item < n && h[k].step < Tables::most_steps && (k == 0 || h[k - 1].step <= h[k].step));
            }
        }
        t.takers_.resize(n);
        for (auto& row : t.takers_) {
            row = r.list<std::uint32_t>();
            for (auto const u : row) r.need(u < t.histories_.size() && !t.histories_[r.good() ? u : 0].empty());
        }
        for (auto* const counts : {&t.count_, &t.recent_, &t.latest_}) {
            *counts = r.list<float>();
            r.need(counts->size() == n);
            for (auto const c : *counts) r.need(c >= -1e-3f && c < 1e30f);
        }
    }

    static void write(const Solved& s, Writer& w) {
        auto const& options = s.factors.options();
        w.put(options.dims), w.put(options.unobserved), w.put(options.stiffness), w.put(std::int32_t{options.sweeps}), w.list<float>(s.factors.values());
        w.put(s.linear.options().most_items), w.put(s.linear.options().stiffness), w.put(static_cast<std::uint32_t>(s.linear.items()));
        for (Item i = 0; i < s.linear.items(); ++i) w.list<Weighted>(s.linear.row(i));
    }
    static void read(Solved& s, std::size_t items, Reader& r) {
        FactorOptions factors{.dims = r.get<std::uint32_t>(), .unobserved = r.get<float>(), .stiffness = r.get<float>(), .sweeps = r.get<std::int32_t>()};
        for (auto const x : {factors.unobserved, factors.stiffness}) r.need(x > 1e-6f && x < 1e6f);
        r.need(factors.dims >= 1 && factors.dims <= Factors::most_dims && factors.sweeps >= 1 && factors.sweeps <= 1000);
        auto values = r.list<float>();
        r.need(values.size() % std::max(factors.dims, 1u) == 0 && values.size() <= items * factors.dims);
        for (auto const v : values) r.need(std::abs(v) < 1e4f);
        LinearOptions linear{.most_items = r.get<std::uint32_t>(), .stiffness = r.get<float>()};
        r.need(linear.most_items <= Tables::most_items && linear.stiffness > 1e-3f && linear.stiffness < 1e6f);
        std::vector<std::vector<Weighted>> rows(r.length(4));
        r.need(rows.size() <= items);
        for (auto& row : rows) {
            row.resize(r.length(8));
            for (std::size_t k = 0; k < row.size(); ++k) {
                row[k] = {r.get<Item>(), r.get<float>()};
                r.need(row[k].item < items && (k == 0 || row[k - 1].item < row[k].item) && std::abs(row[k].weight) < 1e4f);
            }
        }
        if (r.good()) s = {Factors(std::move(values), factors), Linear(std::move(rows), linear)};
    }

    static void write(const Ranker& ranker, Writer& w) { w.list<float>(ranker.weight), w.list<float>(ranker.mean); }
    static void read(Ranker& ranker, Reader& r) {
        for (auto* const part : {&ranker.weight, &ranker.mean}) {
            auto const values = r.list<float>();
            r.need(values.size() == feature_count);
            if (r.good()) std::ranges::copy(values, part->begin());
        }
    }
    static void write(const Knobs& k, Writer& w) { w.put(k.decay), w.put(k.source), w.put(k.target), w.put(k.neighbour_decay), w.put(k.neighbour_source), w.put(k.neighbour_power); }
    static void read(Knobs& k, Reader& r) {
        for (auto* const knob : {&k.decay, &k.source, &k.target, &k.neighbour_decay, &k.neighbour_source, &k.neighbour_power}) *knob = r.get<float>(), r.need(*knob >= 0 && *knob <= 4);
    }

    static std::string write(const Model& m) {
        Writer w;
        write(m.parts_.tables, w), write(m.parts_.solved, w), write(m.parts_.knobs, w), write(m.parts_.ranker, w);
        w.put(static_cast<std::uint8_t>(m.parts_.fitted)), w.put(std::uint64_t{m.parts_.questions}), w.put(std::uint64_t{m.parts_.examples});
        w.put(static_cast<std::uint8_t>(m.repeats_));
        for (auto const& own : m.own_) {
            w.put(static_cast<std::uint8_t>(own.has_value()));
            if (own) write(*own, w);
        }
        Writer head;
        head.put(stable_hash(w.out));
        return std::string(magic) + head.out + w.out;
    }

    // The body, without magic and checksum.
    static Result<Model> read(std::string_view body) {
        Model m;
        Reader r(body);
        read(m.parts_.tables, r), read(m.parts_.solved, m.parts_.tables.items(), r), read(m.parts_.knobs, r), read(m.parts_.ranker, r);
        m.parts_.fitted = r.get<std::uint8_t>() != 0, m.parts_.questions = r.get<std::uint64_t>(), m.parts_.examples = r.get<std::uint64_t>();
        m.repeats_ = r.get<std::uint8_t>() != 0;
        for (auto& own : m.own_)
            if (r.get<std::uint8_t>() != 0) read(own.emplace(), r);
        if (!r.at_end()) return fail(Errc::invalid_argument, "model_invalid", "This is not a recommendation model, or it is damaged; train it again.");
        m.parts_.tables.derive_popular();
        m.parts_.tables.derive_attributes();
        return m;
    }
};

std::string Model::write() const { return ModelFile::write(*this); }

Result<Model> Model::read(std::string_view bytes) {
    std::uint64_t sum = 0;
    if (bytes.size() >= magic.size() + sizeof sum && bytes.starts_with(magic)) {
        std::memcpy(&sum, bytes.data() + magic.size(), sizeof sum);
        if (auto const body = bytes.substr(magic.size() + sizeof sum); sum == stable_hash(body)) return ModelFile::read(body);
    }
    return fail(Errc::invalid_argument, "model_invalid", "This is not a recommendation model, or it is damaged; train it again.");
}

Result<Model> Model::load(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return fail(Errc::not_found, "model_not_found", fmt::format("There is no recommendation model at {}.", path));
    auto const size = file.tellg();
    std::string bytes(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
    file.seekg(0);
    if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return fail(Errc::unavailable, "model_unreadable", fmt::format("The recommendation model {} cannot be read.", path));
    return read(bytes);
}

Result<void> Model::save(const std::string& path) const {
    auto const bytes = write();
    auto const fresh = path + ".new";
    std::error_code error;
    {
        std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        file.close();
        if (!file) return fail(Errc::unavailable, "model_not_written", fmt::format("The recommendation model {} cannot be written.", path));
    }
    std::filesystem::rename(fresh, path, error);
    if (error) return fail(Errc::unavailable, "model_not_written", fmt::format("The recommendation model {} cannot be written: {}.", path, error.message()));
    return {};
}

}  // namespace kindling::recommend

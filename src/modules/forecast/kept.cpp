#include "modules/forecast/kept.h"
#include <algorithm>
#include <cmath>
#include <cstring>

namespace kindling::forecast {

namespace {

constexpr std::string_view kept_mark = "KFORE007", history_mark = "KFHIS001";
constexpr std::string_view older_marks[] = {
    "KFORE001", "KFORE002", "KFORE003", "KFORE004", "KFORE005", "KFORE006"};  // without elasticities; without prices, holidays, levels asked for; without the model boosted; without what feasts held; without what the year before held; without places of their own and weather

class Writer {
public:
    template <class T> void number(T v) { char raw[sizeof v]; std::memcpy(raw, &v, sizeof v); out_.append(raw, sizeof v); }
    // Seven bits a byte, the last without the high bit.
    void count(std::uint64_t v) { for (; v >= 128; v >>= 7) out_.push_back(static_cast<char>(v | 128)); out_.push_back(static_cast<char>(v)); }
    void text(std::string_view s) { count(s.size()), out_.append(s); }
    void mark(std::string_view s) { out_.append(s); }
    // Whole numbers of a row in 65,535ths of its greatest value.
    void row(std::span<float const> values) {
        float const most = values.empty() ? 0 : *std::ranges::max_element(values);
        number(most);
        if (!(most > 0)) return;
        for (auto const v : values) number(static_cast<std::uint16_t>(std::lround(std::max(0.0f, v) / most * 65535)));
    }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

// Reading beyond the end gives zeros and is remembered: the caller asks once, at the end.
class Reader {
public:
    explicit Reader(std::string_view in) : in_(in) {}
    template <class T> T number() {
        T v{};
        if (in_.size() < sizeof v) { bad_ = true; return v; }
        std::memcpy(&v, in_.data(), sizeof v), in_.remove_prefix(sizeof v);
        return v;
    }
    std::uint64_t count() {
        std::uint64_t v = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            auto const byte = number<std::uint8_t>();
            v |= static_cast<std::uint64_t>(byte & 127) << shift;
            if (!(byte & 128)) return v;
        }
        bad_ = true;
        return 0;
    }
    // Of things of at least one byte each: no more than there are bytes, so that nonsense cannot ask for memory.
    std::size_t size() { auto const n = count(); if (n > in_.size()) { bad_ = true; return 0; } return static_cast<std::size_t>(n); }
    std::string text() { auto const n = size(); std::string out(in_.substr(0, n)); in_.remove_prefix(n); return out; }
    void mark(std::string_view s) { if (!in_.starts_with(s)) bad_ = true; else in_.remove_prefix(s.size()); }
    void row(std::span<float> values) {
        auto const most = number<float>();
        if (!std::isfinite(most)) { bad_ = true; return; }
        if (!(most > 0)) return;
        for (auto& v : values) v = most * static_cast<float>(number<std::uint16_t>()) / 65535;
    }
    bool bad() const { return bad_; }
    void refuse() { bad_ = true; }
    bool ended() const { return in_.empty(); }

private:
    std::string_view in_;
    bool bad_ = false;
};

std::unexpected<Error> damaged() { return fail(Errc::internal, "forecast_damaged", "The kept forecast cannot be read; forecast.run makes a new one."); }

void write_categories(Writer& w, std::vector<CategoryNode> const& categories) {
    w.count(categories.size());
    for (auto const& c : categories) w.text(c.category_id), w.number(c.parent);
}
std::vector<CategoryNode> read_categories(Reader& r) {
    std::vector<CategoryNode> out(r.size());
    for (auto& c : out) c.category_id = r.text(), c.parent = r.number<std::int32_t>();
    auto const n = static_cast<std::int32_t>(out.size());
    for (auto& c : out) if (c.parent < 0 || c.parent >= n) c.parent = -1;
    return out;
}
void write_texts(Writer& w, std::vector<std::string> const& texts) { w.count(texts.size()); for (auto const& t : texts) w.text(t); }
std::vector<std::string> read_texts(Reader& r) { std::vector<std::string> out(r.size()); for (auto& t : out) t = r.text(); return out; }

}  // namespace

std::size_t class_of(double units) { return units < 0.02 ? 0 : units < 0.1 ? 1 : units < 0.5 ? 2 : units < 2 ? 3 : units < 10 ? 4 : 5; }
std::size_t band_of(std::size_t step) { std::size_t b = 0; while (step >= band_ends[b]) ++b; return b; }

std::vector<std::string> note_texts(Level level, std::span<std::uint16_t const> notes) {
    constexpr auto seasons = static_cast<std::uint16_t>(static_cast<std::uint16_t>(Note::one_season) | static_cast<std::uint16_t>(Note::part_of_year) | static_cast<std::uint16_t>(Note::closed_days));
    std::uint16_t any = 0, all = notes.empty() ? 0 : seasons;
    for (auto const n : notes) any = static_cast<std::uint16_t>(any | n), all = static_cast<std::uint16_t>(all & n);
    auto const told = level >= Level::product ? static_cast<std::uint16_t>((any & ~seasons) | all) : all;
    std::vector<std::string> out;
    for (auto const& [n, text] : {std::pair{Note::no_history, "no_history"}, {Note::short_history, "short_history"}, {Note::empty_shelf, "empty_shelf"}, {Note::rare, "rare"}, {Note::not_on_sale, "not_on_sale"}, {Note::spikes, "spikes"}, {Note::promotions_out, "promotions_out"}, {Note::one_season, "one_season"}, {Note::part_of_year, "part_of_year"}, {Note::closed_days, "closed_days"}})
        if (told & static_cast<std::uint16_t>(n)) out.emplace_back(text);
    return out;
}

double Spread::sum(std::size_t n) const {
    if (n <= sum_days.front()) return static_cast<double>(sums.front());
    for (std::size_t i = 1; i < sum_days.size(); ++i)
        if (n <= sum_days[i]) {
            auto const at = static_cast<double>(n - sum_days[i - 1]) / static_cast<double>(sum_days[i] - sum_days[i - 1]);
            return static_cast<double>(sums[i - 1]) * (1 - at) + static_cast<double>(sums[i]) * at;
        }
    return static_cast<double>(sums.back());
}

Model Kept::under(Model model) const {
    if (model == Model::signals) model = signals_on;
    return model == Model::boosted ? boosted_on : model;
}

bool Kept::follows_feasts(Model model) const { return under(model) == Model::calendar && !holiday_moves.empty(); }

std::vector<std::vector<float>> const& Kept::held_in(Model model) const {
    static std::vector<std::vector<float>> const nothing;
    auto const base = under(model);
    return base == Model::calendar ? held_moves : base == Model::yearly ? year_held : nothing;
}

std::span<float const> Kept::feasts_of(Model model, Level level, std::string_view id) const {
    if (!follows_feasts(model) || level > Level::category) return {};
    if (level == Level::total) return holiday_moves[0];
    auto const found = std::ranges::find(categories, id, &CategoryNode::category_id);
    return found == categories.end() ? std::span<float const>() : std::span<float const>(holiday_moves[static_cast<std::size_t>(found - categories.begin()) + 1]);
}

bool Kept::under(std::int32_t category, std::int32_t of) const {
    for (std::size_t steps = 0; category >= 0 && steps <= categories.size(); ++steps, category = categories[static_cast<std::size_t>(category)].parent)
        if (category == of) return true;
    return false;
}

namespace {

double sound(float v, double low, double high) { return std::isfinite(v) ? std::clamp(static_cast<double>(v), low, high) : low; }

void read_calendar(Reader& r, Kept& k, std::size_t version) {
    for (auto* rows : {&k.holiday_moves, &k.season_moves}) {
        auto const n = r.size();
        if (n != 0 && n != k.categories.size() + 1) return r.refuse();
        rows->assign(n, std::vector<float>(k.horizon));
        for (auto& row : *rows) for (auto& v : row) v = static_cast<float>(sound(r.number<float>(), -5, 5));
    }
    k.holidays.resize(r.size());
    for (auto& h : k.holidays) h.holiday = r.number<std::uint8_t>(), h.day = r.number<Day>(), h.factor = static_cast<float>(sound(r.number<float>(), 0, 100));
    if (auto const on = r.count(); on < model_count) k.signals_on = static_cast<Model>(on);
    if (version > 3)
        if (auto const on = r.count(); on < model_count) k.boosted_on = static_cast<Model>(on);
    for (auto n = r.size(); n-- > 0 && !r.bad();) {
        auto const model = r.count();
        std::array<Asked, level_count> levels{};
        for (auto& level : levels) { double before = 0.001; for (auto& v : level) v = before = sound(r.number<float>(), before, 0.999); }
        if (model < model_count) k.asked[static_cast<Model>(model)] = levels;
    }
    for (auto const& [rows, since] : {std::pair{&k.held_moves, std::size_t{5}}, {&k.year_held, std::size_t{6}}, {&k.weather_moves, std::size_t{7}}}) {
        if (version < since) return;
        auto const n = r.size();
        if (n != 0 && n != k.categories.size() + 1) return r.refuse();
        rows->assign(n, std::vector<float>(k.horizon));
        for (auto& row : *rows)
            for (auto& v : row) v = static_cast<float>(sound(r.number<float>(), since < 7 ? 0 : -5, 5));  // held: 0 or more
    }
    auto const n = r.size();
    if (n == 0) return;
    if (n != k.categories.size() + 1) return r.refuse();
    auto& w = k.weather;
    w.hot = static_cast<float>(sound(r.number<float>(), -100, 100)), w.cold = static_cast<float>(sound(r.number<float>(), -100, 100));
    w.temperature.resize(k.horizon), w.effects.resize(n);
    for (auto& v : w.temperature) v = static_cast<float>(sound(r.number<float>(), -100, 100));
    for (auto& row : w.effects) for (auto& v : row) v = static_cast<float>(sound(r.number<float>(), -5, 5));
}

}  // namespace

double part_of(std::span<float const> shares, std::vector<std::vector<float>> const& factors, std::size_t place, std::size_t day) {
    if (place >= shares.size()) return 0;
    if (factors.empty()) return static_cast<double>(shares[place]);
    double all = 0;
    for (std::size_t p = 0; p < shares.size(); ++p) all += static_cast<double>(shares[p]) * static_cast<double>(factors[p][day]);
    return all > 0 ? static_cast<double>(shares[place]) * static_cast<double>(factors[place][day]) / all : static_cast<double>(shares[place]);
}

void parts_of(std::span<float const> shares, std::vector<std::vector<float>> const& factors, std::size_t day, std::span<double> out) {
    double all = 0;
    for (std::size_t p = 0; p < shares.size(); ++p) all += out[p] = static_cast<double>(shares[p]) * (factors.empty() ? 1 : static_cast<double>(factors[p][day]));
    for (std::size_t p = 0; p < shares.size(); ++p) out[p] = factors.empty() || !(all > 0) ? static_cast<double>(shares[p]) : out[p] / all;
}

std::string encode(Kept const& k) {
    Writer w;
    w.mark(kept_mark), w.text(k.run_id), w.number(k.origin), w.count(k.horizon);
    write_categories(w, k.categories), write_texts(w, k.places);
    w.count(k.goods.size());
    for (auto const& g : k.goods) {
        w.text(g.sku), w.text(g.product_id), w.number(g.category), w.number(g.notes), w.number(g.scale), w.number(g.factor), w.number(g.elasticity), w.number(g.price);
        w.count(g.shares.size());
        for (auto const s : g.shares) w.number(s);
    }
    w.count(k.nodes.size());
    for (auto const& [key, extra] : k.nodes) w.count(static_cast<std::uint64_t>(key.first)), w.text(key.second), w.number(extra.scale), w.number(extra.factor);
    w.count(k.models.size());
    for (auto const& [model, means] : k.models) {
        w.count(static_cast<std::uint64_t>(model));
        for (std::size_t g = 0; g < k.goods.size(); ++g) w.row(means.row(g));
    }
    w.count(k.spreads.size());
    for (auto const& [model, levels] : k.spreads) {
        w.count(static_cast<std::uint64_t>(model));
        for (auto const& level : levels) for (auto const& s : level) { for (auto const d : s.sums) w.number(d); for (auto const d : s.days) w.number(d); }
    }
    for (auto const* rows : {&k.holiday_moves, &k.season_moves}) {
        w.count(rows->size());
        for (auto const& row : *rows) for (auto const v : row) w.number(v);
    }
    w.count(k.holidays.size());
    for (auto const& h : k.holidays) w.number(h.holiday), w.number(h.day), w.number(h.factor);
    w.count(static_cast<std::uint64_t>(k.signals_on)), w.count(static_cast<std::uint64_t>(k.boosted_on)), w.count(k.asked.size());
    for (auto const& [model, levels] : k.asked) {
        w.count(static_cast<std::uint64_t>(model));
        for (auto const& level : levels) for (auto const v : level) w.number(static_cast<float>(v));
    }
    for (auto const* rows : {&k.held_moves, &k.year_held, &k.weather_moves}) {
        w.count(rows->size());
        for (auto const& row : *rows)
            for (auto const v : row) w.number(v);
    }
    w.count(k.weather.effects.size());
    if (!k.weather.effects.empty()) {
        w.number(k.weather.hot), w.number(k.weather.cold);
        for (auto const v : k.weather.temperature) w.number(v);
        for (auto const& row : k.weather.effects) for (auto const v : row) w.number(v);
    }
    w.count(k.place_factors.size());
    for (auto const& row : k.place_factors)
        for (auto const v : row) w.number(v);
    for (auto const v : k.place_width) w.number(v);
    return w.take();
}

Result<Kept> decode_kept(std::string_view bytes) {
    Reader r(bytes);
    Kept k;
    auto const older = std::ranges::find_if(older_marks, [&](std::string_view mark) { return bytes.starts_with(mark); });
    auto const version = static_cast<std::size_t>(older - std::begin(older_marks)) + 1;
    r.mark(older == std::end(older_marks) ? kept_mark : *older);
    if (r.bad()) return damaged();
    k.run_id = r.text(), k.origin = r.number<Day>(), k.horizon = static_cast<std::size_t>(std::min<std::uint64_t>(r.count(), 1000));
    k.categories = read_categories(r), k.places = read_texts(r);
    auto const categories = static_cast<std::int32_t>(k.categories.size());
    k.goods.resize(r.size());
    for (auto& g : k.goods) {
        g.sku = r.text(), g.product_id = r.text(), g.category = r.number<std::int32_t>(), g.notes = r.number<std::uint16_t>(), g.scale = r.number<float>(), g.factor = r.number<float>();
        if (version > 1) g.elasticity = r.number<float>();
        if (version > 2) g.price = r.number<float>();
        if (!std::isfinite(g.elasticity)) g.elasticity = 0;
        if (!(g.price >= 0 && std::isfinite(g.price))) g.price = 0;
        if (g.category < -1 || g.category >= categories) g.category = -1;
        auto const n = r.size();
        if (n != 0 && n != k.places.size()) return damaged();
        g.shares.resize(n);
        for (auto& s : g.shares) s = static_cast<float>(sound(r.number<float>(), 0, 1));
    }
    for (auto n = r.size(); n-- > 0 && !r.bad();) {
        auto const level = r.count();
        auto id = r.text();
        auto const scale = r.number<float>(), factor = r.number<float>();
        if (level < level_count) k.nodes[{static_cast<Level>(level), std::move(id)}] = {scale, factor};
    }
    for (auto n = r.size(); n-- > 0 && !r.bad();) {
        auto const model = r.count();
        Means means{k.horizon, std::vector<float>(k.horizon * k.goods.size())};
        for (std::size_t g = 0; g < k.goods.size(); ++g) r.row(means.row(g));
        if (model < model_count) k.models[static_cast<Model>(model)] = std::move(means);
    }
    for (auto n = r.size(); n-- > 0 && !r.bad();) {
        auto const model = r.count();
        std::array<std::array<Spread, class_count>, level_count> levels;
        for (auto& level : levels) for (auto& s : level) { for (auto& d : s.sums) d = r.number<float>(); for (auto& d : s.days) d = r.number<float>(); }
        if (model < model_count) k.spreads[static_cast<Model>(model)] = levels;
    }
    if (version > 2) read_calendar(r, k, version);
    if (version > 6) {
        auto const n = r.size();
        if (n != 0 && n != k.places.size()) r.refuse();
        else k.place_factors.assign(n, std::vector<float>(k.horizon));
        for (auto& row : k.place_factors)
            for (auto& v : row) v = static_cast<float>(sound(r.number<float>(), 1e-6, 1e6));
        for (auto& v : k.place_width) v = static_cast<float>(sound(r.number<float>(), 1, 100));
    }
    if (r.bad() || !r.ended() || k.models.empty()) return damaged();
    return k;
}

std::string encode(History const& h) {
    Writer w;
    w.mark(history_mark), w.number(h.first), w.number(h.end);
    write_categories(w, h.categories), write_texts(w, h.places);
    w.count(h.goods.size());
    for (auto const& g : h.goods) {
        w.text(g.sku), w.text(g.product_id), w.number(g.category), w.count(g.on_sale), w.number(g.begun), w.number(g.returned);
        w.count(g.sold.size());
        std::int32_t before = 0;
        for (auto const& d : g.sold) w.count(static_cast<std::uint64_t>(d.day - before)), w.count(static_cast<std::uint64_t>(d.units)), before = d.day;
        w.count(g.empty.size()), before = 0;
        for (auto const& [from, to] : g.empty) w.count(static_cast<std::uint64_t>(from - before)), w.count(static_cast<std::uint64_t>(to - from)), before = to;
        w.count(g.by_place.size());
        for (auto const v : g.by_place) w.number(v);
    }
    return w.take();
}

Result<History> decode_history(std::string_view bytes) {
    Reader r(bytes);
    History h;
    r.mark(history_mark);
    if (r.bad()) return damaged();
    h.first = r.number<Day>(), h.end = r.number<Day>();
    if (h.end < h.first || h.end - h.first > static_cast<Day>(most_days)) return damaged();
    h.categories = read_categories(r), h.places = read_texts(r);
    auto const categories = static_cast<std::int32_t>(h.categories.size());
    auto const days = static_cast<std::int64_t>(h.days());
    h.goods.resize(r.size());
    for (auto& g : h.goods) {
        g.sku = r.text(), g.product_id = r.text(), g.category = r.number<std::int32_t>(), g.on_sale = r.count() != 0, g.begun = r.number<std::int32_t>(), g.returned = r.number<double>();
        if (g.category < -1 || g.category >= categories) g.category = -1;
        std::int64_t at = 0;
        g.sold.resize(r.size());
        for (auto& d : g.sold) { at = std::min<std::int64_t>(days - 1, at + static_cast<std::int64_t>(std::min<std::uint64_t>(r.count(), most_days))); d = {static_cast<std::int32_t>(at), static_cast<std::int32_t>(std::min<std::uint64_t>(r.count(), 1'000'000'000))}; }
        at = 0, g.empty.resize(r.size());
        for (auto& [from, to] : g.empty) { from = static_cast<std::int32_t>(std::min<std::int64_t>(days, at + static_cast<std::int64_t>(std::min<std::uint64_t>(r.count(), most_days)))), to = static_cast<std::int32_t>(std::min<std::int64_t>(days, from + static_cast<std::int64_t>(std::min<std::uint64_t>(r.count(), most_days)))), at = to; }
        g.by_place.resize(r.size());
        for (auto& v : g.by_place) v = r.number<float>();
    }
    if (r.bad() || !r.ended()) return damaged();
    h.closed = closed_days(h);
    return h;
}

}  // namespace kindling::forecast

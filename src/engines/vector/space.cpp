#include "engines/vector/space.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/stable_hash.h"
#include "core/utf8.h"
#include "engines/learning/model_file/model_file.h"

namespace kindling::vector {

namespace {

constexpr std::string_view kind = "KSPC0001";
constexpr std::size_t most_words = 4'000'000, longest_word = 512;

// Letter pairs and triples of "<word>"; Han characters one by one as well, because two of them are a word already.
std::set<std::string> pieces_of(std::string_view word) {
    std::set<std::string> out;
    auto const letters = U"<" + to_utf32(word) + U">";
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (is_han(letters[i])) out.insert(to_utf8(letters.substr(i, 1)));
        for (std::size_t n = 2; n <= 3 && i + n <= letters.size(); ++n) out.insert(to_utf8(letters.substr(i, n)));
    }
    return out;
}

void add(std::span<float> to, std::span<const float> row, float times) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += row[i] * times;
}

double length(std::span<const float> v) {
    double square = 0;
    for (auto const x : v) square += static_cast<double>(x) * x;
    return std::sqrt(square);
}

}  // namespace

std::string item_token(std::string_view id) { return "\x1f" + std::string(id); }

void Space::finish() {
    index_.clear(), pieces_.clear();
    index_.reserve(names_.size());
    piece_counts_.assign(names_.size(), 0);
    for (std::size_t w = 0; w < names_.size(); ++w) {
        index_.emplace(names_[w], static_cast<std::uint32_t>(w));
        if (names_[w].starts_with('\x1f')) continue;
        auto const pieces = pieces_of(names_[w]);
        piece_counts_[w] = static_cast<std::uint16_t>(std::min<std::size_t>(pieces.size(), 65535));
        for (auto const& piece : pieces) pieces_[piece].push_back(static_cast<std::uint32_t>(w));
    }
    auto h = stable_hash_start ^ dimensions_;
    auto const mix = [&](std::string_view bytes) { h = stable_hash(bytes, h); };
    for (auto const& name : names_) mix(name);
    mix({reinterpret_cast<const char*>(weights_.data()), weights_.size() * sizeof(float)});
    mix({reinterpret_cast<const char*>(vectors_.data()), vectors_.size() * sizeof(float)});
    fingerprint_ = h;
}

bool Space::spelled_alike(std::string_view word, std::span<float> out) const {
    auto const pieces = pieces_of(word);
    std::map<std::uint32_t, int> shared;
    for (auto const& piece : pieces)
        if (auto const found = pieces_.find(piece); found != pieces_.end() && found->second.size() <= 2000)  // a piece that so many have tells nothing
            for (auto const w : found->second) ++shared[w];
    std::vector<std::pair<double, std::uint32_t>> best;
    for (auto const& [w, n] : shared) {
        auto const dice = 2.0 * n / static_cast<double>(pieces.size() + piece_counts_[w]);
        if (dice >= 0.4) best.emplace_back(-dice, w);
    }
    auto const keep = std::min<std::size_t>(5, best.size());
    std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(keep), best.end());
    for (std::size_t i = 0; i < keep; ++i) add(out, row(best[i].second), static_cast<float>(std::pow(-best[i].first, 4)) * weights_[best[i].second]);
    return keep > 0;
}

std::vector<float> Space::embed(const Bag& bag, std::string_view item) const {
    std::vector<float> out(dimensions_, 0), borrowed(dimensions_);
    for (auto const& [word, weight] : bag) {
        if (auto const found = index_.find(word); found != index_.end()) {
            add(out, row(found->second), weight * weights_[found->second]);
            continue;
        }
        std::ranges::fill(borrowed, 0.0f);
        if (word.size() <= 64 && spelled_alike(word, borrowed)) add(out, borrowed, weight);
    }
    if (!item.empty())
        if (auto const found = index_.find(item_token(item)); found != index_.end()) add(out, row(found->second), 1);
    auto const l = length(out);
    for (auto& x : out) x = l > 1e-12 ? static_cast<float>(x / l) : 0;
    return out;
}

double Space::known(const Bag& bag) const {
    double all = 0, held = 0;
    for (auto const& [word, weight] : bag) all += weight, held += index_.contains(word) ? weight : 0;
    return all > 0 ? held / all : 0;
}

std::vector<Space::Alike> Space::alike(std::string_view word, std::size_t limit) const {
    std::vector<Alike> out;
    auto const query = embed({{std::string(word)}});
    if (length(query) < 0.5) return out;
    for (std::size_t w = 0; w < names_.size(); ++w) {
        auto const l = length(row(w));
        if (names_[w] == word || names_[w].starts_with('\x1f') || l < 1e-9) continue;
        double sum = 0;
        for (std::size_t i = 0; i < dimensions_; ++i) sum += static_cast<double>(query[i]) * row(w)[i];
        out.push_back({names_[w], static_cast<float>(sum / l)});
    }
    auto const keep = std::min(limit, out.size());
    std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(keep), out.end(), [](auto const& a, auto const& b) { return a.cosine != b.cosine ? a.cosine > b.cosine : a.word < b.word; });
    out.resize(keep);
    return out;
}

std::string Space::write() const {
    model_file::Writer out;
    out.put(dimensions_);
    out.put(static_cast<std::uint32_t>(names_.size()));
    for (auto const& name : names_) out.text(name);
    out.list(std::span<const float>(weights_));
    out.list(std::span<const float>(vectors_));
    return model_file::seal(kind, out.body);
}

Result<std::shared_ptr<const Space>> Space::read(std::string_view file) {
    model_file::Reader in(TRY(model_file::open(kind, file)));
    std::shared_ptr<Space> out(new Space());
    out->dimensions_ = in.get<std::uint32_t>();
    in.need(out->dimensions_ >= 1 && out->dimensions_ <= 1024);
    auto const words = in.length(4);
    in.need(words <= most_words);
    std::set<std::string> seen;
    for (std::size_t w = 0; w < words && in.good(); ++w) {
        out->names_.push_back(in.text(longest_word));
        in.need(!out->names_.back().empty() && seen.insert(out->names_.back()).second);
    }
    out->weights_ = in.list<float>(), out->vectors_ = in.list<float>();
    in.need(out->weights_.size() == out->names_.size() && out->vectors_.size() == out->names_.size() * out->dimensions_);
    if (!in.at_end()) return fail(Errc::invalid_argument, "model_invalid", "The file is no space of vectors, or is damaged.");
    out->finish();
    return std::shared_ptr<const Space>(std::move(out));
}

}  // namespace kindling::vector

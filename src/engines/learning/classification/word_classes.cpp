#include "engines/learning/classification/word_classes.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/random.h"

namespace kindling::classification {

namespace {

constexpr double smoothing = 8;      // documents' worth of the whole in every class
constexpr double prior_share = 0.5;  // a large class is likelier, but not by its whole size: people do not search as shops stock

std::vector<WordClasses::Likely> posterior(std::span<double const> scores, double sharpness) {
    auto const best = *std::ranges::max_element(scores);
    double sum = 0;
    std::vector<WordClasses::Likely> out;
    for (std::size_t c = 0; c < scores.size(); ++c) {
        auto const weight = std::isinf(scores[c]) ? 0 : std::exp((scores[c] - best) * sharpness);
        if (weight > 0) out.push_back({static_cast<std::uint32_t>(c), weight}), sum += weight;
    }
    for (auto& likely : out) likely.probability /= sum;
    return out;
}

}  // namespace

std::uint32_t WordClasses::number(std::string_view word) {
    if (auto const found = numbers_.find(word); found != numbers_.end()) return found->second;
    auto const n = static_cast<std::uint32_t>(words_.size());
    numbers_.emplace(std::string(word), n);
    words_.emplace_back();
    return n;
}

void WordClasses::count(Document const& d, float sign) {
    auto const w = sign * d.weight;
    if (d.class_ >= class_weight_.size()) class_weight_.resize(d.class_ + 1, 0);
    class_weight_[d.class_] += w, total_ += w;
    auto once = d.name;
    std::ranges::sort(once);
    once.erase(std::unique(once.begin(), once.end()), once.end());
    for (auto const n : once) {
        auto& word = words_[n];
        word.in_names += w, word.anywhere += w;
        auto at = std::ranges::find(word.classes, d.class_, &std::pair<std::uint32_t, float>::first);
        if (at == word.classes.end()) word.classes.emplace_back(d.class_, w);
        else if ((at->second += w) <= 1e-6f) word.classes.erase(at);
    }
    for (auto const n : d.rest)
        if (!std::ranges::binary_search(once, n)) words_[n].anywhere += w;
}

void WordClasses::put(std::string_view id, std::uint32_t class_, std::span<std::string const> name, std::span<std::string const> rest, float weight) {
    erase(id);
    Document d{.class_ = class_, .weight = weight, .name = {}, .rest = {}};
    for (auto const& w : name) d.name.push_back(number(w));
    for (auto const& w : rest) d.rest.push_back(number(w));
    std::ranges::sort(d.rest);
    d.rest.erase(std::unique(d.rest.begin(), d.rest.end()), d.rest.end());
    count(d, 1);
    documents_.emplace(std::string(id), std::move(d));
}

void WordClasses::erase(std::string_view id) {
    auto const found = documents_.find(id);
    if (found == documents_.end()) return;
    count(found->second, -1);
    documents_.erase(found);
}

std::vector<double> WordClasses::scores(std::span<std::uint32_t const> words, Document const* without) const {
    std::vector<double> out(class_weight_.size(), -std::numeric_limits<double>::infinity());
    auto const left_out = [&](std::size_t c) { return without && without->class_ == c ? without->weight : 0; };
    auto const total = total_ - (without ? without->weight : 0);
    for (std::size_t c = 0; c < out.size(); ++c)
        if (auto const w = class_weight_[c] - left_out(c); w > 1e-9) out[c] = prior_share * std::log(w / total);
    std::vector<double> counts;
    for (auto const n : words) {
        auto const& word = words_[n];
        bool const own = without && std::ranges::find(without->name, n) != without->name.end();
        auto const all = word.in_names - (own ? without->weight : 0);
        if (all < 1e-6) continue;
        counts.assign(out.size(), 0);
        for (auto const& [c, w] : word.classes) counts[c] = w;
        if (own) counts[without->class_] -= without->weight;
        auto const share = all / total;
        for (std::size_t c = 0; c < out.size(); ++c)
            if (!std::isinf(out[c])) out[c] += std::log((std::max(0.0, counts[c]) + smoothing * share) / (class_weight_[c] - left_out(c) + smoothing));
    }
    return out;
}

std::vector<WordClasses::Likely> WordClasses::predict(std::span<std::vector<std::string> const> words) const {
    std::vector<std::uint32_t> known;
    for (auto const& alternatives : words) {
        std::uint32_t best = 0;
        float most = 0;
        for (auto const& w : alternatives)
            if (auto const found = numbers_.find(w); found != numbers_.end() && words_[found->second].in_names > most) best = found->second, most = words_[best].in_names;
        if (most > 1e-6f && std::ranges::find(known, best) == known.end()) known.push_back(best);
    }
    if (known.empty() || total_ <= 0) return {};
    auto out = posterior(scores(known, nullptr), sharpness_);
    std::ranges::sort(out, [](Likely const& a, Likely const& b) { return a.probability != b.probability ? a.probability > b.probability : a.class_ < b.class_; });
    return out;
}

double WordClasses::naming(std::string_view word) const {
    auto const found = numbers_.find(word);
    return found == numbers_.end() || words_[found->second].anywhere < 1e-6f ? 0 : words_[found->second].in_names / words_[found->second].anywhere;
}

double WordClasses::named(std::string_view word) const {
    auto const found = numbers_.find(word);
    return found == numbers_.end() ? 0 : words_[found->second].in_names;
}

double WordClasses::calibrate(std::size_t most, std::uint64_t seed) {
    std::vector<std::pair<std::string_view, Document const*>> all;
    for (auto const& [id, d] : documents_)
        if (!d.name.empty()) all.emplace_back(id, &d);
    if (all.size() < 20) return 0;
    std::ranges::sort(all);
    Random random(seed);
    std::vector<std::pair<std::vector<double>, std::uint32_t>> made;
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
        auto const& d = *all[i * all.size() / std::min(most, all.size())].second;
        auto const n = std::min<std::size_t>(d.name.size(), 1 + random.below(4));
        auto const from = random.below(d.name.size() - n + 1);
        auto s = scores(std::span(d.name).subspan(from, n), &d);
        if (!std::isinf(s[d.class_])) made.emplace_back(std::move(s), d.class_);
    }
    double best = std::numeric_limits<double>::infinity();
    for (double const sharpness : {0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1.0, 1.2}) {
        double loss = 0;
        for (auto const& [s, right] : made)
            for (auto const& likely : posterior(s, sharpness))
                if (likely.class_ == right) loss -= std::log(std::max(1e-9, likely.probability));
        if (loss < best) best = loss, sharpness_ = sharpness;
    }
    return made.empty() ? 0 : best / static_cast<double>(made.size());
}

}  // namespace kindling::classification

#include "engines/learning/classification/word_values.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/random.h"

namespace kindling::classification {

namespace {

constexpr double smoothing = 4;   // documents' worth of the whole in every word
constexpr float nothing = 1e-5f;
constexpr double own_name = 0.9;

template <class Counts> void add(Counts& counts, std::uint32_t key, float weight) {
    auto const at = std::ranges::lower_bound(counts, key, {}, [](auto const& c) { return c.key; });
    if (at == counts.end() || at->key != key) counts.insert(at, {key, weight});
    else if ((at->weight += weight) <= nothing) counts.erase(at);
}

template <class Counts> double weight_of(Counts const& counts, std::uint32_t key) {
    auto const at = std::ranges::lower_bound(counts, key, {}, [](auto const& c) { return c.key; });
    return at == counts.end() || at->key != key ? 0 : at->weight;
}

}  // namespace

std::uint32_t WordValues::number(std::string_view word) {
    if (auto const found = numbers_.find(word); found != numbers_.end()) return found->second;
    auto const n = static_cast<std::uint32_t>(words_.size());
    numbers_.emplace(std::string(word), n);
    words_.emplace_back();
    return n;
}

std::uint32_t WordValues::value_number(Value v) {
    if (v.group >= numbers_of_.size()) numbers_of_.resize(v.group + 1), groups_.resize(v.group + 1, 0);
    auto& of = numbers_of_[v.group];
    if (v.value >= of.size()) of.resize(v.value + 1, 0);
    if (of[v.value] == 0) values_.push_back({v}), of[v.value] = static_cast<std::uint32_t>(values_.size());
    return of[v.value] - 1;
}

void WordValues::count(Document const& d, float sign) {
    auto const w = sign * d.weight;
    auto once = d.words;
    std::ranges::sort(once);
    once.erase(std::unique(once.begin(), once.end()), once.end());
    for (auto const n : once) words_[n].all += w;
    for (std::size_t i = 0; i < d.values.size();) {
        auto const group = values_[d.values[i]].of.group;
        auto end = i;
        while (end < d.values.size() && values_[d.values[end]].of.group == group) ++end;
        auto const part = w / static_cast<float>(end - i);
        groups_[group] += w;
        for (auto const n : once) add(words_[n].groups, group, w);
        for (; i < end; ++i) {
            values_[d.values[i]].weight += part;
            for (auto const n : once) add(words_[n].values, d.values[i], part);
        }
    }
}

void WordValues::put(std::string_view id, std::span<std::string const> words, std::span<Value const> values, float weight) {
    erase(id);
    Document d{.weight = weight, .words = {}, .values = {}};
    for (auto const& w : words) d.words.push_back(number(w));
    for (auto const v : values) d.values.push_back(value_number(v));
    // The values of a group beside each other, each once.
    std::ranges::sort(d.values, {}, [&](std::uint32_t n) { return std::pair(values_[n].of.group, n); });
    d.values.erase(std::unique(d.values.begin(), d.values.end()), d.values.end());
    count(d, 1);
    documents_.emplace(std::string(id), std::move(d));
}

void WordValues::erase(std::string_view id) {
    auto const found = documents_.find(id);
    if (found == documents_.end()) return;
    count(found->second, -1);
    documents_.erase(found);
}

std::vector<WordValues::Likely> WordValues::posterior(std::span<std::pair<std::uint32_t, std::size_t> const> words, double s, Document const* without) const {
    // What the document that is left out had added.
    auto const own_part = [&](std::uint32_t value) -> double {
        if (!without || std::ranges::find(without->values, value) == without->values.end()) return 0;
        auto const beside = std::ranges::count(without->values, values_[value].of.group, [&](std::uint32_t n) { return values_[n].of.group; });
        return without->weight / static_cast<double>(beside);
    };
    auto const own_group = [&](std::uint32_t group) -> double {
        return without && std::ranges::find(without->values, group, [&](std::uint32_t n) { return values_[n].of.group; }) != without->values.end() ? without->weight : 0;
    };
    struct OfGroup { double seen = 0, rest = 0; };   // documents with the word; log of what a value keeps that was never seen with it
    std::vector<OfGroup> of_group(groups_.size());
    std::vector<Touched> touched;
    for (auto const& [n, place] : words) {
        for (auto const& g : words_[n].groups)
            if (auto const seen = g.weight - own_group(g.key); seen > nothing) of_group[g.key] = {seen, std::log(smoothing / (seen + smoothing))};
            else of_group[g.key] = {};
        for (auto const& c : words_[n].values) {
            auto const group = values_[c.key].of.group;
            auto const& [seen, rest] = of_group[group];
            auto const with = c.weight - own_part(c.key), usual = (values_[c.key].weight - own_part(c.key)) / (groups_[group] - own_group(group));
            if (!(seen > nothing && with > nothing && usual > 0)) continue;   // also where what is left of a group is nothing
            auto const said = std::log((with / usual + smoothing) / (seen + smoothing));
            touched.push_back({c.key, said - rest, place, said});
        }
    }
    std::ranges::stable_sort(touched, {}, [&](Touched const& t) { return std::pair(values_[t.value].of.group, t.value); });
    std::vector<Likely> out;
    for (std::size_t i = 0; i < touched.size();) {
        auto const group = values_[touched[i].value].of.group;
        auto const all = groups_[group] - own_group(group);
        auto const from = out.size();
        double untouched = 1, most = 0;
        while (i < touched.size() && values_[touched[i].value].of.group == group) {
            auto const value = touched[i].value;
            auto const* speaker = &touched[i];
            double evidence = 0;
            for (; i < touched.size() && touched[i].value == value; ++i) {
                evidence += touched[i].evidence;
                if (touched[i].most > speaker->most) speaker = &touched[i];
            }
            auto const usual = (values_[value].weight - own_part(value)) / all;
            // A logarithm as yet; what all values of the group keep of each word is left out of all of them.
            out.push_back({values_[value].of, std::log(usual) + s * evidence, usual, speaker->word});
            untouched -= usual, most = std::max(most, out.back().probability);
        }
        double sum = std::max(0.0, untouched) * std::exp(-most);
        for (auto k = from; k < out.size(); ++k) sum += out[k].probability = std::exp(out[k].probability - most);
        for (auto k = from; k < out.size(); ++k) out[k].probability /= sum;
    }
    return out;
}

std::vector<WordValues::Likely> WordValues::predict(std::span<std::vector<std::string> const> words) const {
    std::vector<std::pair<std::uint32_t, std::size_t>> known;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::uint32_t best = 0;
        float most = 0;
        for (auto const& w : words[i])
            if (auto const found = numbers_.find(w); found != numbers_.end() && words_[found->second].all > most) best = found->second, most = words_[best].all;
        if (most > nothing && std::ranges::find(known, best, &std::pair<std::uint32_t, std::size_t>::first) == known.end()) known.emplace_back(best, i);
    }
    auto all = posterior(known, s_, nullptr);
    std::ranges::sort(all, [](Likely const& a, Likely const& b) { return a.probability != b.probability ? a.probability > b.probability : std::pair(a.of.group, a.of.value) < std::pair(b.of.group, b.of.value); });
    std::vector<Likely> out;
    for (auto const& likely : all)
        if (std::ranges::find(out, likely.of.group, [](Likely const& l) { return l.of.group; }) == out.end()) out.push_back(likely);
    return out;
}

double WordValues::calibrate(std::size_t most, std::uint64_t seed) {
    auto const found = calibrated(most, seed);
    s_ = found.s;
    return found.loss;
}

WordValues::Calibration WordValues::calibrated(std::size_t most, std::uint64_t seed) const {
    std::vector<std::pair<std::string_view, Document const*>> all;
    for (auto const& [id, d] : documents_)
        if (!d.words.empty() && !d.values.empty()) all.emplace_back(id, &d);
    if (all.size() < 20) return {s_, 0};
    std::ranges::sort(all);
    Random random(seed);
    // A word that goes with a value nearly always, and hardly without it, is its name: who says it is not guessed at, so s is found on what else was said.
    auto const names = [&](std::uint32_t word, std::uint32_t value) {
        auto const with = weight_of(words_[word].values, value);
        return with > own_name * weight_of(words_[word].groups, values_[value].of.group) && with > 0.5 * values_[value].weight;
    };
    struct Made { std::vector<std::pair<std::uint32_t, std::size_t>> words; Document const* of; std::uint32_t value; };
    std::vector<Made> made;
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
        auto const& d = *all[i * all.size() / std::min(most, all.size())].second;
        Made one{{}, &d, d.values[random.below(d.values.size())]};
        std::vector<std::uint32_t> rest;
        std::ranges::copy_if(d.words, std::back_inserter(rest), [&](std::uint32_t w) { return !names(w, one.value); });
        if (rest.empty()) continue;
        auto const n = std::min<std::size_t>(rest.size(), 1 + random.below(4));
        auto const from = random.below(rest.size() - n + 1);
        for (std::size_t k = 0; k < n; ++k)
            if (std::ranges::find(one.words, rest[from + k], &std::pair<std::uint32_t, std::size_t>::first) == one.words.end()) one.words.emplace_back(rest[from + k], k);
        made.push_back(std::move(one));
    }
    if (made.empty()) return {s_, 0};
    Calibration best{s_, std::numeric_limits<double>::infinity()};
    for (double const s : {0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0}) {
        double loss = 0;
        for (auto const& one : made) {
            auto const likely = posterior(one.words, s, one.of);
            auto const at = std::ranges::find_if(likely, [&](Likely const& l) { return l.of.group == values_[one.value].of.group && l.of.value == values_[one.value].of.value; });
            loss -= std::log(at == likely.end() ? 1e-4 : std::max(1e-4, at->probability));
        }
        if (loss < best.loss) best = {s, loss};
    }
    best.loss /= static_cast<double>(made.size());
    return best;
}

}  // namespace kindling::classification

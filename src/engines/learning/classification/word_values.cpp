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
constexpr std::size_t texts_of_one = 4;

template <class Counts> void add(Counts& counts, std::uint32_t key, float weight) {
    auto const at = std::ranges::lower_bound(counts, key, {}, [](auto const& c) { return c.key; });
    if (at == counts.end() || at->key != key) counts.insert(at, {key, weight});
    else if ((at->weight += weight) <= nothing) counts.erase(at);
}

template <class Counts> double weight_of(Counts const& counts, std::uint32_t key) {
    auto const at = std::ranges::lower_bound(counts, key, {}, [](auto const& c) { return c.key; });
    return at == counts.end() || at->key != key ? 0 : at->weight;
}

// What is believed of P where no text has told: odds are taken to their power of .8 and a third off.
constexpr WordValues::Trust believed_unseen{-0.4, 0.8};
constexpr double held_by_all = 10, held_by_group = 0.5;   // precision of shift and slope around what they are drawn to

double log_odds(double p) {
    auto const clipped = std::clamp(p, 1e-4, 1 - 1e-4);
    return std::log(clipped / (1 - clipped));
}
double probability_at(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

struct Judged { double log_odds; bool right; };

// The likeliest shift and slope under a normal prior around `from`, by Newton's steps; the log of both is concave. The slope stays above 0: surer is never less likely.
WordValues::Trust fitted(std::span<Judged const> judged, WordValues::Trust const& from, double precision) {
    auto at = from;
    for (int step = 0; step < 30; ++step) {
        double g0 = precision * (from.shift - at.shift), g1 = precision * (from.slope - at.slope), h00 = precision, h01 = 0, h11 = precision;
        for (auto const& j : judged) {
            auto const p = probability_at(at.shift + at.slope * j.log_odds), w = p * (1 - p), off = (j.right ? 1 : 0) - p;
            g0 += off, g1 += off * j.log_odds, h00 += w, h01 += w * j.log_odds, h11 += w * j.log_odds * j.log_odds;
        }
        auto const det = h00 * h11 - h01 * h01;
        // Damped: a step of Newton's from far away overshoots.
        auto const d0 = std::clamp((h11 * g0 - h01 * g1) / det, -1.0, 1.0), d1 = std::clamp((h00 * g1 - h01 * g0) / det, -0.5, 0.5);
        at.shift += d0, at.slope = std::max(0.0, at.slope + d1);
        if (std::abs(d0) + std::abs(d1) < 1e-6) break;
    }
    return at;
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

void WordValues::call(Value v, std::span<std::string const> words) {
    auto const value = value_number(v);
    if (value >= called_.size()) called_.resize(value + 1);
    auto& own = called_[value];
    for (auto const& w : words) own.push_back(number(w));
    std::ranges::sort(own);
    own.erase(std::unique(own.begin(), own.end()), own.end());
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
    auto const less = [](Likely const& a, Likely const& b) { return a.probability != b.probability ? a.probability > b.probability : std::pair(a.of.group, a.of.value) < std::pair(b.of.group, b.of.value); };
    auto const all = posterior(known, s_, nullptr);   // group by group
    std::vector<Likely> out;
    for (auto const& likely : all)
        if (out.empty() || out.back().of.group != likely.of.group) out.push_back(likely);
        else if (less(likely, out.back())) out.back() = likely;
    for (auto& likely : out) {
        auto const& trust = likely.of.group < trusts_.size() ? trusts_[likely.of.group] : trust_;
        if (trust.shift != 0 || trust.slope != 1) likely.probability = probability_at(trust.shift + trust.slope * log_odds(likely.probability));
    }
    std::ranges::sort(out, less);
    return out;
}

double WordValues::calibrate(std::size_t most, std::uint64_t seed) {
    auto found = calibrated(most, seed);
    auto const loss = found.loss;
    use(std::move(found));
    return loss;
}

// A word that goes with a value nearly always, and hardly without it, is its name, whatever it is called.
bool WordValues::names(std::uint32_t word, std::uint32_t value) const {
    if (value < called_.size() && std::ranges::binary_search(called_[value], word)) return true;
    auto const with = weight_of(words_[word].values, value);
    return with > own_name * weight_of(words_[word].groups, values_[value].of.group) && with > 0.5 * values_[value].weight;
}

bool WordValues::names_one(std::uint32_t word, Document const& d, std::uint32_t group) const {
    return std::ranges::any_of(d.values, [&](std::uint32_t v) { return values_[v].of.group == group && names(word, v); });
}

WordValues::Calibration WordValues::calibrated(std::size_t most, std::uint64_t seed) const {
    Calibration best{.s = s_, .all = believed_unseen, .groups = {}};
    std::vector<std::pair<std::string_view, Document const*>> all;
    for (auto const& [id, d] : documents_)
        if (!d.words.empty() && !d.values.empty()) all.emplace_back(id, &d);
    if (all.size() < 20) return best;
    std::ranges::sort(all);
    Random random(seed);
    // Who says the name of a value is not guessed at, so s is found on what else was said.
    struct Made { std::vector<std::pair<std::uint32_t, std::size_t>> words; Document const* of; std::uint32_t value; };
    std::vector<Made> made;
    auto const texts = std::min(most, texts_of_one * all.size());   // of a small shop several from each document
    for (std::size_t i = 0; i < texts; ++i) {
        auto const& d = *all[i * all.size() / texts].second;
        Made one{{}, &d, d.values[random.below(d.values.size())]};
        std::vector<std::uint32_t> rest;
        std::ranges::copy_if(d.words, std::back_inserter(rest), [&](std::uint32_t w) { return !names_one(w, d, values_[one.value].of.group); });
        if (rest.empty()) continue;
        auto const n = std::min<std::size_t>(rest.size(), 1 + random.below(4));
        auto const from = random.below(rest.size() - n + 1);
        for (std::size_t k = 0; k < n; ++k)
            if (std::ranges::find(one.words, rest[from + k], &std::pair<std::uint32_t, std::size_t>::first) == one.words.end()) one.words.emplace_back(rest[from + k], k);
        made.push_back(std::move(one));
    }
    if (made.empty()) return best;
    best.loss = std::numeric_limits<double>::infinity();
    for (double const s : {0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0}) {
        double loss = 0;
        for (auto const& one : made) {
            auto const likely = posterior(one.words, s, one.of);
            auto const at = std::ranges::find_if(likely, [&](Likely const& l) { return l.of.group == values_[one.value].of.group && l.of.value == values_[one.value].of.value; });
            loss -= std::log(at == likely.end() ? 1e-4 : std::max(1e-4, at->probability));
        }
        if (loss < best.loss) best.s = s, best.loss = loss;
    }
    best.loss /= static_cast<double>(made.size());
    // How often the likeliest value of a group is right, by how likely it is said to be: in every group that the document has and the text does not name.
    std::vector<std::vector<Judged>> judged(groups_.size());
    for (auto const& one : made) {
        auto const likely = posterior(one.words, best.s, one.of);
        for (std::size_t i = 0; i < likely.size();) {
            auto const group = likely[i].of.group;
            auto top = i;
            for (; i < likely.size() && likely[i].of.group == group; ++i)
                if (likely[i].probability > likely[top].probability) top = i;
            bool const has = std::ranges::any_of(one.of->values, [&](std::uint32_t v) { return values_[v].of.group == group; });
            if (!has || std::ranges::any_of(one.words, [&](auto const& w) { return names_one(w.first, *one.of, group); })) continue;
            bool const right = std::ranges::any_of(one.of->values, [&](std::uint32_t v) { return values_[v].of.group == group && values_[v].of.value == likely[top].of.value; });
            judged[group].push_back({log_odds(likely[top].probability), right});
        }
    }
    std::vector<Judged> together;
    for (auto const& group : judged) together.insert(together.end(), group.begin(), group.end());
    best.all = fitted(together, believed_unseen, held_by_all);
    for (auto const& group : judged) best.groups.push_back(fitted(group, best.all, held_by_group));
    return best;
}

}  // namespace kindling::classification

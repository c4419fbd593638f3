#include "engines/learning/ranking/fusion.h"

#include <algorithm>
#include <numeric>

#include "core/random.h"
#include "engines/learning/ranking/gain.h"

namespace kindling::ranking {

double fused(const FusionWeights& w, double text_share, double cosine) { return text_share + w.share * std::max(0.0, cosine - w.floor) / (1 - w.floor); }

double gain_of(const JudgedQuery& query, std::span<const double> scores) {
    std::vector<std::uint32_t> order(query.candidates.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](auto a, auto b) { return scores[a] > scores[b]; });
    std::vector<double> grades, judged;
    for (auto const i : order) grades.push_back(query.candidates[i].grade);
    for (auto const& c : query.candidates) judged.push_back(c.grade);
    return textbook_gain(grades, judged, 10).value_or(-1);
}

FusionWeights fit_fusion(std::span<const JudgedQuery> queries) {
    FusionWeights best;
    double best_gain = -1;
    for (double const share : {0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.5}) {
        FusionWeights const w{.share = share};
        double sum = 0, weights = 0;
        std::vector<double> scores;
        for (auto const& q : queries) {
            float top = 0;
            for (auto const& c : q.candidates) top = std::max(top, c.text);
            scores.clear();
            for (auto const& c : q.candidates) scores.push_back(fused(w, top > 0 ? c.text / top : 0, c.cosine));
            if (auto const gain = gain_of(q, scores); gain >= 0) sum += gain * q.weight, weights += q.weight;
        }
        auto const gain = weights > 0 ? sum / weights : 0;
        // A little more is not worth leaving the words for.
        if (gain > best_gain + 5e-4) best = w, best_gain = gain;
    }
    return best;
}

Guard hold(std::span<const double> words, std::span<const double> other, std::span<const double> weights, std::size_t fewest, std::uint64_t seed) {
    Guard out;
    std::vector<double> differences, mass;
    double sum = 0;
    for (std::size_t q = 0; q < words.size() && q < other.size(); ++q) {
        if (words[q] < 0 || other[q] < 0) continue;
        auto const w = q < weights.size() ? weights[q] : 1;
        out.words += words[q] * w, out.other += other[q] * w, sum += w;
        differences.push_back(other[q] - words[q]), mass.push_back(w);
    }
    out.queries = differences.size();
    if (out.queries == 0 || sum <= 0) return out;
    out.words /= sum, out.other /= sum;
    Random random(seed);
    std::vector<double> means;
    for (int round = 0; round < 500; ++round) {
        double d = 0, m = 0;
        for (std::size_t i = 0; i < differences.size(); ++i) {
            auto const q = random.below(differences.size());
            d += differences[q] * mass[q], m += mass[q];
        }
        means.push_back(m > 0 ? d / m : 0);
    }
    std::ranges::sort(means);
    out.difference_low = means[means.size() / 20];
    out.allowed = out.queries >= fewest && out.other >= out.words;
    return out;
}

}  // namespace kindling::ranking

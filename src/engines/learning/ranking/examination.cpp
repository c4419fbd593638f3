#include "engines/learning/ranking/examination.h"

#include <algorithm>
#include <cmath>

namespace kindling::ranking {

Clicks estimate_clicks(std::span<const Shown> cells, std::uint32_t most_places, int iterations, double prior) {
    Clicks out;
    std::uint32_t pairs = 0, queries = 0, places = 0;
    for (auto const& c : cells) pairs = std::max(pairs, c.pair + 1), queries = std::max(queries, c.query + 1), places = std::max(places, std::clamp(c.place, 1u, most_places));
    if (cells.empty()) return out;
    auto const place_of = [&](const Shown& c) { return std::clamp(c.place, 1u, most_places) - 1; };
    std::vector<double> shown(pairs, 0), clicked(pairs, 0), place_shown(places, 0), place_clicked(places, 0);
    std::vector<std::uint32_t> first(pairs, UINT32_MAX), query_of(pairs, 0);
    std::vector<char> moved(pairs, 0);
    for (auto const& c : cells) {
        shown[c.pair] += c.shown, clicked[c.pair] += std::min(c.clicked, c.shown), place_shown[place_of(c)] += c.shown, place_clicked[place_of(c)] += std::min(c.clicked, c.shown);
        if (first[c.pair] == UINT32_MAX) first[c.pair] = place_of(c);
        moved[c.pair] = static_cast<char>(moved[c.pair] | (first[c.pair] != place_of(c)));
        query_of[c.pair] = c.query;
    }
    double all_shown = 0, all_clicked = 0, seen = 0, several = 0;
    for (std::uint32_t p = 0; p < pairs; ++p) all_shown += shown[p], all_clicked += clicked[p], seen += shown[p] > 0, several += moved[p];
    out.moved = seen > 0 ? several / seen : 0;
    auto const rate = std::clamp(all_clicked / std::max(all_shown, 1e-9), 1e-4, 0.9);
    out.examination.assign(places, 0.5);
    for (std::uint32_t k = 0; k < places; ++k) out.examination[k] = 1.0 / (1.0 + 0.2 * k);
    out.attraction.assign(pairs, std::min(0.9, rate * 1.5));
    std::vector<double> looked(places), attracted(pairs), query_mass(queries), query_sum(queries);
    for (int round = 0; round < iterations; ++round) {
        std::ranges::fill(looked, 0.0), std::ranges::fill(attracted, 0.0);
        for (auto const& c : cells) {
            auto const k = place_of(c);
            auto const e = out.examination[k], a = out.attraction[c.pair], hit = std::min(c.clicked, c.shown), miss = c.shown - hit;
            auto const none = std::max(1e-12, 1 - e * a);
            looked[k] += hit + miss * e * (1 - a) / none;
            attracted[c.pair] += hit + miss * a * (1 - e) / none;
        }
        for (std::uint32_t k = 0; k < places; ++k)
            if (place_shown[k] > 0) out.examination[k] = std::clamp(looked[k] / place_shown[k], 1e-4, 1.0);
        // Attraction of a pair is drawn to its query's, which is drawn to all.
        std::ranges::fill(query_mass, 0.0), std::ranges::fill(query_sum, 0.0);
        double sum = 0;
        for (std::uint32_t p = 0; p < pairs; ++p) query_mass[query_of[p]] += shown[p], query_sum[query_of[p]] += attracted[p], sum += attracted[p];
        auto const mean = sum / std::max(all_shown, 1e-9);
        for (std::uint32_t p = 0; p < pairs; ++p) {
            auto const q = query_of[p];
            auto const own = (query_sum[q] + prior * mean) / (query_mass[q] + prior);
            out.attraction[p] = std::clamp((attracted[p] + prior * own) / (shown[p] + prior), 1e-6, 1.0);
        }
    }
    // Only the product of the two is seen: the scale is set by the first place.
    auto const scale = out.examination[0] > 0 ? out.examination[0] : 1;
    for (auto& e : out.examination) e = std::min(1.0, e / scale);
    for (auto& a : out.attraction) a = std::min(1.0, a * scale);
    return out;
}

}  // namespace kindling::ranking

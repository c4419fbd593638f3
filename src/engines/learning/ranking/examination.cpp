#include "engines/learning/ranking/examination.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <vector>

namespace kindling::ranking {

namespace {

struct Cell {
    std::uint32_t place = 0;  // from 0
    double shown = 0, clicked = 0;
};

// Logarithms of the examination, place 1: 0. `shape`: what holds between neighbours of which nothing moved from one to the other.
std::vector<double> harvest(std::span<const std::vector<Cell>> pairs, std::span<const double> shape) {
    struct Both {
        double here = 0, there = 0, here_variance = 0, there_variance = 0;  // sums of weighted shares of clicks
    };
    auto const places = static_cast<Eigen::Index>(shape.size());
    std::vector<Both> both(shape.size() * shape.size());
    for (auto const& cells : pairs)
        for (std::size_t i = 0; i < cells.size(); ++i)
            for (auto j = i + 1; j < cells.size(); ++j) {
                auto const &a = cells[i], &b = cells[j];
                auto const weight = a.shown * b.shown / (a.shown + b.shown), one = weight / a.shown, other = weight / b.shown;
                auto& sum = both[a.place * shape.size() + b.place];
                sum.here += one * a.clicked, sum.there += other * b.clicked, sum.here_variance += one * one * a.clicked, sum.there_variance += other * other * b.clicked;
            }
    Eigen::MatrixXd system = Eigen::MatrixXd::Zero(places, places);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(places);
    auto const say = [&](Eigen::Index here, Eigen::Index there, double ratio, double weight) {
        system(here, here) += weight, system(there, there) += weight, system(here, there) -= weight, system(there, here) -= weight;
        right(there) += weight * ratio, right(here) -= weight * ratio;
    };
    for (Eigen::Index k = 0; k < places; ++k) {
        // As much as two clicks say.
        if (k > 0) say(k - 1, k, std::log(shape[static_cast<std::size_t>(k)] / shape[static_cast<std::size_t>(k - 1)]), 1);
        for (auto l = k + 1; l < places; ++l)
            if (auto const& b = both[static_cast<std::size_t>(k * places + l)]; b.here > 0 && b.there > 0) say(k, l, std::log(b.there / b.here), 1 / (b.here_variance / (b.here * b.here) + b.there_variance / (b.there * b.there)));
    }
    system(0, 0) += 1e9;  // place 1 stands fast
    Eigen::VectorXd const found = system.ldlt().solve(right);
    return {found.begin(), found.end()};
}

}  // namespace

Clicks estimate_clicks(std::span<const Shown> cells, std::uint32_t most_places, int iterations, double prior) {
    Clicks out;
    std::uint32_t pairs = 0, queries = 0, places = 0;
    for (auto const& c : cells) pairs = std::max(pairs, c.pair + 1), queries = std::max(queries, c.query + 1), places = std::max(places, std::clamp(c.place, 1u, most_places));
    if (cells.empty()) return out;
    auto const place_of = [&](const Shown& c) { return std::clamp(c.place, 1u, most_places) - 1; };
    std::vector<double> shown(pairs, 0), clicked(pairs, 0), place_shown(places, 0);
    std::vector<std::uint32_t> first(pairs, UINT32_MAX), query_of(pairs, 0);
    std::vector<char> moved(pairs, 0);
    for (auto const& c : cells) {
        shown[c.pair] += c.shown, clicked[c.pair] += std::min(c.clicked, c.shown), place_shown[place_of(c)] += c.shown;
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
    enum class Examination { learned, known };
    auto const expect = [&](Examination examination) {
        std::ranges::fill(looked, 0.0), std::ranges::fill(attracted, 0.0);
        for (auto const& c : cells) {
            auto const k = place_of(c);
            auto const e = out.examination[k], a = out.attraction[c.pair], hit = std::min(c.clicked, c.shown), miss = c.shown - hit;
            auto const none = std::max(1e-12, 1 - e * a);
            looked[k] += hit + miss * e * (1 - a) / none;
            attracted[c.pair] += hit + miss * a * (1 - e) / none;
        }
        for (std::uint32_t k = 0; k < places && examination == Examination::learned; ++k)
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
    };
    for (int round = 0; round < iterations; ++round) expect(Examination::learned);
    std::vector<std::vector<Cell>> by_pair(pairs);
    for (auto const& c : cells)
        if (c.shown > 0) {
            auto& own = by_pair[c.pair];
            auto at = std::ranges::find(own, place_of(c), &Cell::place);
            if (at == own.end()) at = own.insert(at, Cell{.place = place_of(c)});
            at->shown += c.shown, at->clicked += std::min(c.clicked, c.shown);
        }
    for (auto& own : by_pair) std::ranges::sort(own, {}, &Cell::place);
    auto const found = harvest(by_pair, out.examination);
    for (std::uint32_t k = 0; k < places; ++k) out.examination[k] = std::clamp(std::exp(found[k]), 1e-4, 1.0);
    for (int round = 0; round < iterations; ++round) expect(Examination::known);
    return out;
}

}  // namespace kindling::ranking

#include "modules/forecast/moves.h"
#include <algorithm>
#include <cmath>

namespace kindling::forecast {

namespace { constexpr std::size_t days_of_year = 364; }

std::size_t move_rows(Ground const& ground) {
    std::size_t n = 0;
    while (n < ground.structure.sums.size() && ground.structure.level[n] <= static_cast<std::uint32_t>(Level::category)) ++n;
    return n;
}

// Of each sum at total and category, log of (a week around that day of last year / the four weeks before that origin), drawn to the shop's by volume.
Moves year_before(Ground const& ground, std::vector<std::vector<double>> const& sums, std::size_t origin, std::size_t horizon) {
    Moves out;
    if (origin < days_of_year + 28) return out;
    for (std::size_t i = 0; i < move_rows(ground); ++i) {
        auto const& y = sums[i];
        double level = 0;
        for (auto t = origin - days_of_year - 28; t < origin - days_of_year; ++t) level += y[t];
        auto const trust = level / (level + 300);
        auto& row = out.emplace_back(horizon);
        for (std::size_t h = 0; h < horizon; ++h) {
            // Days of last year beyond the origin are not known yet: the year before repeats.
            auto const middle = origin - days_of_year + h % days_of_year;
            double week = 0, n = 0;
            for (auto t = middle - 3; t <= middle + 3 && t < origin; ++t) week += y[t], ++n;
            auto const own = std::clamp(std::log((week / n + 0.1) / (level / 28 + 0.1)), -1.2, 1.4);
            row[h] = i == 0 ? own : trust * own + (1 - trust) * out[0][h];
        }
    }
    return out;
}

std::vector<std::vector<double>> cuts_in(Ground const& ground, std::size_t rows, std::size_t origin) {
    std::vector<std::vector<double>> out;
    auto const& goods = ground.history.goods;
    if (std::ranges::all_of(goods, [](GoodHistory const& g) { return g.stays.empty(); })) return out;
    for (std::size_t i = 0; i < rows; ++i) {
        std::vector<double> lifted(origin);
        for (auto const g : ground.nodes[ground.sum_nodes[i]].members)
            for (auto const& [day, factor] : goods[g].stays)
                if (static_cast<std::size_t>(day) < origin)
                    lifted[static_cast<std::size_t>(day)] += static_cast<double>(ground.demand[g][static_cast<std::size_t>(day)]) * (1 - 1 / static_cast<double>(factor));
        auto& row = out.emplace_back(origin);
        for (std::size_t t = 0; t < origin; ++t) row[t] = std::log((ground.sums[i][t] + 1) / (std::max(0.0, ground.sums[i][t] - lifted[t]) + 1));
    }
    return out;
}

Moves cuts_of_year(Ground const& ground, std::size_t origin, std::size_t horizon) {
    auto out = year_before(ground, ground.sums, origin, horizon);
    auto const cuts = cuts_in(ground, out.size(), origin);
    if (cuts.empty()) return {};
    std::vector<std::vector<double>> without(out.size());
    for (std::size_t i = 0; i < out.size(); ++i)
        for (std::size_t t = 0; t < origin; ++t) without[i].push_back((ground.sums[i][t] + 1) * std::exp(-cuts[i][t]) - 1);
    auto const plain = year_before(ground, without, origin, horizon);
    for (std::size_t i = 0; i < out.size(); ++i)
        for (std::size_t h = 0; h < horizon; ++h) out[i][h] = std::max(0.0, out[i][h] - plain[i][h]);
    return out;
}

// The sum that a good's category is, or the total.
std::vector<std::size_t> nearest_sums(Ground const& ground) {
    std::vector<std::size_t> out(ground.structure.bottom);
    std::map<std::string, std::size_t> number;
    for (std::size_t i = 0; i < ground.sum_nodes.size(); ++i) if (ground.structure.level[i] == static_cast<std::uint32_t>(Level::category)) number[ground.nodes[ground.sum_nodes[i]].id] = i;
    for (std::size_t g = 0; g < out.size(); ++g)
        if (auto const c = ground.history.goods[g].category; c >= 0) out[g] = number[ground.history.categories[static_cast<std::size_t>(c)].category_id];
    return out;
}

Means moved(Means const& from, std::span<std::size_t const> nearest, Moves const& logs, double power) {
    auto out = from;
    if (logs.empty() || power == 0) return out;
    std::vector<std::vector<float>> factors;
    for (auto const& row : logs) { auto& f = factors.emplace_back(); for (auto const v : row) f.push_back(static_cast<float>(std::exp(power * v))); }
    for (std::size_t g = 0; g < nearest.size(); ++g) { auto const row = out.row(g); for (std::size_t h = 0; h < from.horizon; ++h) row[h] *= factors[nearest[g]][h]; }
    return out;
}

// WAPE of the shop and of its categories, added.
double missed(Ground const& ground, BackTest const& test, Means&& means) {
    BackTest const one{test.origin, test.days, {{Model::smoothing, std::move(means)}}};
    std::array<double, 2> miss{}, sold{};
    for_each_node(ground, one, Model::smoothing, [&](std::size_t, Level level, std::span<double const> f, std::span<double const> a) {
        for (std::size_t h = 0; h < f.size(); ++h) miss[static_cast<std::size_t>(level)] += std::abs(f[h] - a[h]), sold[static_cast<std::size_t>(level)] += a[h];
    }, Level::category);
    double loss = 0;
    for (std::size_t l = 0; l < 2; ++l) loss += sold[l] > 0 ? miss[l] / sold[l] : 0;
    return loss;
}

bool sells_in_part_of_year(std::span<double const> days) {
    constexpr std::size_t quarter = 91;
    if (days.size() < days_of_year) return false;
    auto const year = days.last(days_of_year);
    double all = 0, window = 0, best = 0;
    for (auto const v : year) all += v;
    for (std::size_t t = 0; t < days_of_year + quarter; ++t) {
        window += year[t % days_of_year] - (t >= quarter ? year[(t - quarter) % days_of_year] : 0);
        best = std::max(best, window);
    }
    return all >= 50 && best >= 0.7 * all;
}

Moves added_moves(Moves const& shift, double of_shift, Moves const& season, double of_season) {
    Moves out = shift;
    for (std::size_t i = 0; i < out.size(); ++i) for (std::size_t h = 0; h < out[i].size(); ++h) out[i][h] = of_shift * out[i][h] + (season.empty() ? 0 : of_season * season[i][h]);
    return out;
}

}  // namespace kindling::forecast

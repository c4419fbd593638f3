#include "engines/optimise/assortment/steadiness.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace kindling::assortment {

namespace {
constexpr std::size_t window = 28, step = 14, fewest_pairs = 3;
constexpr double fewest_units = 20;  // of a set in both halves of a pair
}  // namespace

Steadiness steadiness(std::span<std::vector<double> const> units_by_set, std::size_t level_days) {
    if (units_by_set.empty()) return {};
    auto const days = units_by_set[0].size();
    std::vector<double> whole(days);
    for (auto const& set : units_by_set) for (std::size_t t = 0; t < days; ++t) whole[t] += set[t];
    auto const sum = [](std::vector<double> const& u, std::size_t first, std::size_t last) { return std::reduce(u.begin() + static_cast<std::ptrdiff_t>(first), u.begin() + static_cast<std::ptrdiff_t>(last), 0.0); };
    auto const longer = std::log(static_cast<double>(level_days) / static_cast<double>(window));
    auto const by_chance = [](double before, double after) { return 1 / (before + 1) + 1 / (after + 1); };
    double shop = 0, own = 0;
    std::size_t pairs = 0, own_pairs = 0;
    for (auto t = level_days; t + window <= days; t += step) {
        auto const before = sum(whole, t - level_days, t), after = sum(whole, t, t + window), all = std::log((after + 1) / (before + 1)) + longer;
        shop += all * all - by_chance(before, after), ++pairs;
        for (auto const& set : units_by_set) {
            auto const b = sum(set, t - level_days, t), a = sum(set, t, t + window);
            if (b + a < fewest_units) continue;
            own += std::pow(std::log((a + 1) / (b + 1)) + longer - all, 2) - by_chance(b, a), ++own_pairs;
        }
    }
    if (pairs < fewest_pairs) return {};
    auto const deviation = [](double squares, std::size_t n) { return n > 0 ? std::sqrt(std::clamp(squares / static_cast<double>(n), 0.0, 1.0)) : 0; };
    return {deviation(shop, pairs), deviation(own, own_pairs), true};
}

double usual_outage(std::span<std::vector<char> const> in_stock) {
    double out = 7, times = 1;
    for (auto const& variant : in_stock)
        for (std::size_t t = 1; t < variant.size(); ++t)
            if (!variant[t]) out += 1, times += variant[t - 1] != 0;
    return std::clamp(out / times, 1.0, 60.0);
}

}  // namespace kindling::assortment

#include "modules/supply/shared_promise.h"
#include "core/parallel.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace kindling::supply_module {

namespace {

constexpr std::size_t levels = 10;
constexpr std::array<double, levels> rests = {0.5, 0.35, 0.22, 0.14, 0.09, 0.055, 0.03, 0.015, 0.007, 0.003};  // 1 - quantile, falling
constexpr double least_price = 1e-9, highest_price = 1e15;
// What a missed unit is worth, as a power of what it costs to keep: 0, each unit alike (least stock for the units), would be 1 - F(level) = holding / price; 1, each in proportion, is one quantile for all.
constexpr double worth_power = 0.5;

struct Curve {
    double asked = 0;                        // units a review
    double daily = 0;                        // units a day
    std::array<double, levels> serves{};     // share of them at each of `rests`, rising
    double most = 1;                         // share at the most that may lie there
    double at(double rest) const {
        if (rest >= rests.front()) return std::min(most, serves.front());
        if (rest <= rests.back()) return std::min(most, serves.back());
        std::size_t k = 1;
        while (rests[k] > rest) ++k;
        auto const w = std::log(rests[k - 1] / rest) / std::log(rests[k - 1] / rests[k]);
        return std::min(most, serves[k - 1] + w * (serves[k] - serves[k - 1]));
    }
};

Curve curve(SharingGood const& g) {
    Curve c;
    c.asked = std::max(0.0, g.protection->mean() - g.lead->mean()), c.daily = c.asked / g.days;
    if (c.asked <= 0) return c;
    auto const serves = [&](double level) { return std::clamp(1 - (g.protection->loss(level) - g.lead->loss(level)) / c.asked, 0.0, 1.0); };
    double before = 0;
    for (std::size_t k = 0; k < levels; ++k) c.serves[k] = before = std::max(before, serves(g.protection->quantile(1 - rests[k])));
    if (std::isfinite(g.most)) c.most = serves(std::max(0.0, g.most));
    return c;
}

}  // namespace

std::vector<double> shared_aims(std::span<SharingGood const> goods, double target, unsigned threads) {
    std::vector<Curve> curves(goods.size());
    parallel_for(goods.size(), [&](std::size_t i) { curves[i] = curve(goods[i]); }, threads);
    double asked = 0;
    for (auto const& c : curves) asked += c.daily;
    auto const share = [&](std::size_t i, double price) { return curves[i].at(std::max(std::pow(goods[i].holding / goods[i].days, 1 - worth_power) / price, goods[i].holding / goods[i].worth)); };
    double low = std::log(least_price), high = std::log(highest_price);
    for (int step = 0; step < 50 && asked > 0; ++step) {
        auto const middle = (low + high) / 2;
        double served = 0;
        for (std::size_t i = 0; i < goods.size(); ++i) if (curves[i].asked > 0) served += curves[i].daily * share(i, std::exp(middle));
        (served >= target * asked ? high : low) = middle;
    }
    std::vector<double> out(goods.size(), target);
    for (std::size_t i = 0; i < goods.size(); ++i) if (curves[i].asked > 0) out[i] = std::clamp(share(i, std::exp(high)), 0.01, 0.9995);
    return out;
}

}  // namespace kindling::supply_module

#include "modules/forecast/shares.h"
#include <array>
#include <cmath>

namespace kindling::forecast {

namespace {

constexpr double memory_days = 240;
constexpr std::size_t oldest = 730;

// Of a day so long ago.
std::array<double, oldest + 1> const weights = [] {
    std::array<double, oldest + 1> w{};
    for (std::size_t days = 0; days <= oldest; ++days) w[days] = std::exp(-static_cast<double>(days) / memory_days);
    return w;
}();

// Products of several variants.
template <class F> void each_product(Ground const& ground, F&& act) {
    for (auto const& node : ground.nodes) if (node.level == Level::product && node.members.size() > 1) act(node.members);
}

}  // namespace

std::vector<double> share_rates(Ground const& ground, std::size_t origin) {
    std::vector<double> out(ground.history.goods.size());
    each_product(ground, [&](std::vector<std::uint32_t> const& members) {
        struct Seen { std::uint32_t good = 0; double units = 0, days = 0; };
        std::vector<Seen> seen;
        double units = 0, days = 0;
        for (auto const g : members) {
            auto const begun = ground.history.goods[g].begun;
            if (!ground.active(g, origin) || begun < 0 || static_cast<std::size_t>(begun) + young_days > origin) continue;
            Seen s{.good = g};
            for (auto t = std::max(static_cast<std::size_t>(begun), origin > oldest ? origin - oldest : 0); t < origin; ++t) {
                auto const weight = weights[origin - t];
                s.days += weight, s.units += weight * static_cast<double>(ground.demand[g][t]);
            }
            units += s.units, days += s.days;
            seen.push_back(s);
        }
        if (seen.size() < 2 || units <= 0) return;
        for (auto const& s : seen) out[s.good] = (s.units + 1) / (s.days + days / units);
    });
    return out;
}

Means shared(Ground const& ground, Means const& means, std::span<double const> rates, double power) {
    auto out = means;
    if (power <= 0) return out;
    each_product(ground, [&](std::vector<std::uint32_t> const& members) {
        double rate = 0;
        for (auto const g : members) rate += rates[g];
        if (rate <= 0) return;
        for (std::size_t h = 0; h < means.horizon; ++h) {
            double sum = 0;
            for (auto const g : members) if (rates[g] > 0) sum += static_cast<double>(means.row(g)[h]);
            for (auto const g : members) if (rates[g] > 0) out.row(g)[h] = static_cast<float>((1 - power) * static_cast<double>(means.row(g)[h]) + power * sum * rates[g] / rate);
        }
    });
    return out;
}

double weeks_missed(Ground const& ground, BackTest const& test, Means const& means) {
    double out = 0;
    for (std::size_t g = 0; g < ground.history.goods.size(); ++g) {
        if (!ground.active(g, test.origin)) continue;
        auto const row = means.row(g);
        for (std::size_t from = 0; from + 7 <= test.days; from += 7) {
            double miss = 0;
            for (auto h = from; h < from + 7; ++h) miss += static_cast<double>(row[h]) - static_cast<double>(ground.demand[g][test.origin + h]);
            out += miss * miss;
        }
    }
    return out;
}

}  // namespace kindling::forecast

#include "modules/forecast/widen.h"
#include <algorithm>
#include <cmath>

namespace kindling::forecast {

namespace {

constexpr std::array<double, 2> band = {0.1, 0.9};
constexpr double most = 4;

struct Held { double mean = 0, dispersion = 0, came = 0; };

double inside(std::vector<Held> const& days, double factor) {
    double in = 0;
    for (auto const& d : days) {
        auto const q = count_quantiles(d.mean, d.dispersion * factor, band);
        in += d.came >= q[0] && d.came <= q[1];
    }
    return in / static_cast<double>(days.size());
}

// With which the band holds 80 % of these days, 1 to `most`.
double least_factor(std::vector<Held> const& days) {
    if (days.empty() || inside(days, 1) >= 0.8) return 1;
    double low = 1, high = most;
    for (int step = 0; step < 10; ++step) {
        auto const middle = std::sqrt(low * high);
        (inside(days, middle) >= 0.8 ? high : low) = middle;
    }
    return high;
}

}  // namespace

std::array<double, level_count> widening(Ground const& ground, std::span<BackTest const> tests, Model model) {
    std::array<double, level_count> out;
    out.fill(1);
    if (tests.size() < 2) return out;
    for (std::size_t t = 0; t < tests.size(); ++t) {
        std::vector<BackTest> others;
        for (std::size_t o = 0; o < tests.size(); ++o) if (o != t) others.push_back(tests[o]);
        auto const spreads = learn_spread(ground, others, model, Level::category);
        auto const factors = learn_factors(ground, others, model, spreads, Level::category);
        std::array<std::vector<Held>, level_count> held;
        for_each_node(ground, tests[t], model, [&](std::size_t node, Level level, std::span<double const> f, std::span<double const> a) {
            double total = 0;
            for (auto const v : f) total += v;
            auto const& spread = spreads[static_cast<std::size_t>(level)][class_of(total / static_cast<double>(f.size()))];
            for (std::size_t h = 0; h < f.size(); ++h)
                if (f[h] > 0) held[static_cast<std::size_t>(level)].push_back({f[h], static_cast<double>(spread.days[band_of(h)]) * static_cast<double>(factors[node]), a[h]});
        }, Level::category);
        for (auto const level : {Level::total, Level::category}) {
            auto const l = static_cast<std::size_t>(level);
            out[l] = std::max(out[l], least_factor(held[l]));
        }
    }
    return out;
}

void widen(Spreads& spreads, std::array<double, level_count> const& by) {
    for (std::size_t l = 0; l < level_count; ++l)
        for (auto& s : spreads[l]) {
            for (auto& d : s.sums) d *= static_cast<float>(by[l]);
            for (auto& d : s.days) d *= static_cast<float>(by[l]);
        }
}

}  // namespace kindling::forecast

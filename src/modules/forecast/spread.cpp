#include "modules/forecast/spread.h"
#include <algorithm>
#include <cmath>
#include <functional>

namespace kindling::forecast {

namespace {

constexpr std::size_t soon = 28;  // sums that begin later say more of far horizons than of lead times

struct Fit {
    double up = 0, down = 0;  // of the current round: sum M^2 (r - M) / V^2, sum M^4 / V^2
    double dispersion = 0.5;
    double seen = 0;          // of all rounds
    void see(double m, double miss) {
        if (!(m > 1e-9)) return;
        auto const v = m + dispersion * m * m, w = m * m / (v * v);
        up += w * (miss * miss - m), down += w * m * m, ++seen;
    }
    void settle() {
        if (down > 0) dispersion = std::clamp(up / down, 0.002, 30.0);
    }
};
// What is taken where nothing was seen; a value drawn to is believed no further than to this, however small it is.
constexpr double unseen = 0.5;

// See spread.h: drawn to another value as if that had been seen so often. `down` is how precisely the dispersion is known, whatever it is: a class that varies hardly more than chance is known as well as another.
double drawn(Fit const& f, double to, double times) {
    auto const other = times / std::pow(std::max(to, unseen), 2);
    return (f.down * f.dispersion + other * to) / (f.down + other);
}

// The rising row nearest to `values` by weighted squares (pool adjacent violators: Ayer et al. 1955): a neighbour that would fall is taken together with those before it. O(n).
template <std::size_t n> void make_rising(std::array<float, n>& values, std::array<double, n> const& weights) {
    struct Pool { double weight, mean; std::size_t count; };
    std::vector<Pool> pools;
    for (std::size_t i = 0; i < n; ++i) {
        pools.push_back({weights[i], static_cast<double>(values[i]), 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean > pools.back().mean) {
            auto const last = pools.back();
            pools.pop_back();
            auto& to = pools.back();
            to.mean = (to.mean * to.weight + last.mean * last.weight) / (to.weight + last.weight), to.weight += last.weight, to.count += last.count;
        }
    }
    auto at = values.begin();
    for (auto const& pool : pools) at = std::fill_n(at, pool.count, static_cast<float>(pool.mean));
}

}  // namespace

void for_each_node(Ground const& ground, BackTest const& test, Model model, std::function<void(std::size_t, Level, std::span<double const>, std::span<double const>)> const& visit, Level deepest) {
    auto const found = test.models.find(model);
    if (found == test.models.end()) return;
    auto const& means = found->second;
    std::vector<double> f(test.days), a(test.days);
    auto const add = [&](std::size_t g) {
        auto const row = means.row(g);
        for (std::size_t h = 0; h < test.days; ++h) f[h] += static_cast<double>(row[h]), a[h] += static_cast<double>(ground.demand[g][test.origin + h]);
    };
    for (std::size_t i = 0; i < ground.nodes.size() && ground.nodes[i].level <= deepest; ++i) {  // upper levels come first
        std::ranges::fill(f, 0), std::ranges::fill(a, 0);
        for (auto const g : ground.nodes[i].members) add(g);
        visit(i, ground.nodes[i].level, f, a);
    }
    for (std::size_t g = 0; g < ground.history.goods.size() && deepest == Level::variant; ++g) {
        if (!ground.active(g, test.origin)) continue;
        std::ranges::fill(f, 0), std::ranges::fill(a, 0);
        add(g), visit(ground.nodes.size() + g, Level::variant, f, a);
    }
}

Spreads learn_spread(Ground const& ground, std::span<BackTest const> tests, Model model, Level deepest) {
    constexpr auto sums = sum_days.size(), bands = band_ends.size();
    struct Cell { std::array<Fit, sums> of_sum; std::array<Fit, bands> of_day; };
    std::array<std::array<Cell, class_count>, level_count> by_class{};
    std::array<Cell, level_count> by_level{};
    for (int round = 0; round < 3; ++round) {
        auto const all = [&](auto&& act) { for (auto& level : by_class) for (auto& c : level) act(c); for (auto& c : by_level) act(c); };
        all([](Cell& c) { for (auto& f : c.of_sum) f.up = f.down = 0; for (auto& f : c.of_day) f.up = f.down = 0; });
        for (auto const& test : tests)
            for_each_node(ground, test, model, [&](std::size_t, Level level, std::span<double const> f, std::span<double const> a) {
                double total = 0;
                for (auto const v : f) total += v;
                if (!(total > 0)) return;
                auto& own = by_class[static_cast<std::size_t>(level)][class_of(total / static_cast<double>(f.size()))];
                auto& level_wide = by_level[static_cast<std::size_t>(level)];
                for (std::size_t s = 0; s < sums; ++s)
                    for (std::size_t from = 0; from < soon && from + sum_days[s] <= f.size(); from += sum_days[s]) {
                        double m = 0, y = 0;
                        for (auto h = from; h < from + sum_days[s]; ++h) m += f[h], y += a[h];
                        own.of_sum[s].see(m, y - m), level_wide.of_sum[s].see(m, y - m);
                    }
                for (std::size_t h = 0; h < f.size(); ++h) { auto const b = band_of(h); own.of_day[b].see(f[h], a[h] - f[h]), level_wide.of_day[b].see(f[h], a[h] - f[h]); }
            }, deepest);
        all([](Cell& c) { for (auto& f : c.of_sum) f.settle(); for (auto& f : c.of_day) f.settle(); });
    }
    Spreads out;
    constexpr double of_quieter = 4, of_shorter = 4;
    for (std::size_t l = 0; l < level_count; ++l) {
        double before_sum = unseen, before_day = unseen;
        std::array<double, sums> level_sum;
        std::array<double, bands> level_day;
        for (std::size_t s = 0; s < sums; ++s) level_sum[s] = before_sum = s == 0 ? drawn(by_level[l].of_sum[0], unseen, 1) : drawn(by_level[l].of_sum[s], before_sum, of_shorter);
        for (std::size_t b = 0; b < bands; ++b) level_day[b] = before_day = b == 0 ? drawn(by_level[l].of_day[0], unseen, 1) : drawn(by_level[l].of_day[b], before_day, of_shorter);
        // Busier goods vary less for their size: a class of which little was seen resembles the next quieter one more than the whole level.
        for (std::size_t c = 0; c < class_count; ++c) {
            for (std::size_t s = 0; s < sums; ++s) out[l][c].sums[s] = static_cast<float>(drawn(by_class[l][c].of_sum[s], level_sum[s], of_quieter)), level_sum[s] = static_cast<double>(out[l][c].sums[s]);
            for (std::size_t b = 0; b < bands; ++b) out[l][c].days[b] = static_cast<float>(drawn(by_class[l][c].of_day[b], level_day[b], of_quieter)), level_day[b] = static_cast<double>(out[l][c].days[b]);
            // A day further off is known no better: what says so saw too few windows. By how many days were seen, since `down` makes the narrow ones the surest.
            std::array<double, bands> seen;
            for (std::size_t b = 0; b < bands; ++b) seen[b] = by_class[l][c].of_day[b].seen + 1;
            make_rising(out[l][c].days, seen);
        }
    }
    return out;
}

std::vector<float> learn_factors(Ground const& ground, std::span<BackTest const> tests, Model model, Spreads const& spreads, Level deepest) {
    struct Own { double up = 0, down = 0; };
    std::vector<Own> own(ground.nodes.size() + ground.history.goods.size());
    for (auto const& test : tests)
        for_each_node(ground, test, model, [&](std::size_t node, Level level, std::span<double const> f, std::span<double const> a) {
            double total = 0;
            for (auto const v : f) total += v;
            auto const& spread = spreads[static_cast<std::size_t>(level)][class_of(total / static_cast<double>(f.size()))];
            auto const d = static_cast<double>(spread.sums[2]);
            for (std::size_t from = 0; from < soon && from + 7 <= f.size(); from += 7) {  // weeks: days of one week are missed together
                double m = 0, y = 0;
                for (auto h = from; h < from + 7; ++h) m += f[h], y += a[h];
                if (!(m > 1e-9)) continue;
                auto const v = m + d * m * m, w = m * m / (v * v);
                own[node].up += w * ((y - m) * (y - m) - m) * d, own[node].down += w * m * m * d * d;
            }
        }, deepest);
    std::vector<float> out;
    constexpr double usual = 10;
    for (auto const& o : own) out.push_back(static_cast<float>(std::clamp((o.up + usual) / (o.down + usual), 0.3, 4.0)));
    return out;
}

}  // namespace kindling::forecast

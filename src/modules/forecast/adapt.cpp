#include "modules/forecast/adapt.h"
#include "modules/forecast/widen.h"
#include "core/random.h"
#include "engines/series/adaptive.h"
#include <algorithm>
#include <cmath>

namespace kindling::forecast {

namespace {

constexpr std::size_t followed_days = 35, most_nodes = 60;  // of a level and origin; the next origin begins after that, and a sample of goods says as much as all
constexpr double a_day = 0.02, better = 0.995;

struct Path { std::size_t node = 0; double rate = 0; std::vector<double> said, came; };
using Paths = std::array<std::vector<Path>, level_count>;

Paths paths_of(Ground const& ground, BackTest const& test, Model model) {
    Paths out;
    std::array<std::size_t, level_count> nodes{}, passed{};
    for_each_node(ground, test, model, [&](std::size_t, Level level, std::span<double const>, std::span<double const>) { ++nodes[static_cast<std::size_t>(level)]; });
    for_each_node(ground, test, model, [&](std::size_t node, Level level, std::span<double const> f, std::span<double const> a) {
        auto const l = static_cast<std::size_t>(level), step = std::max<std::size_t>(1, nodes[l] / most_nodes);
        double total = 0;
        for (auto const v : f) total += v;
        if (passed[l]++ % step != 0 || !(total > 0)) return;
        auto const n = std::min(f.size(), followed_days);
        out[l].push_back({node, total / static_cast<double>(f.size()), {f.begin(), f.begin() + static_cast<std::ptrdiff_t>(n)}, {a.begin(), a.begin() + static_cast<std::ptrdiff_t>(n)}});
    });
    return out;
}

class Follower {
public:
    explicit Follower(std::size_t nodes) {
        auto const n = static_cast<double>(std::max<std::size_t>(1, nodes));
        for (auto const tau : quantile_levels) trackers_.emplace_back(tau, a_day / n, std::min<std::size_t>(4000, 91 * nodes));
    }
    void see(double u, bool judged) { for (auto& t : trackers_) judged ? t.see(u) : t.learn(u); }
    Asked asked() const {
        Asked out;
        double before = 0.002;
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = before = std::clamp(trackers_[i].bounded(), before, 0.998);
        return out;
    }

private:
    std::vector<series::AdaptiveQuantile> trackers_;
};

struct Loss { double plain = 0, adapted = 0; };

// One origin's days in their order; what is asked on a day knows the days before it alone.
Loss follow(std::vector<Path> const& paths, Follower& follower, bool judged, std::array<Spread, class_count> const& spreads, std::span<float const> factors, Random const& random) {
    Loss out;
    for (std::size_t h = 0; h < followed_days; ++h) {
        auto const asked = follower.asked();
        std::vector<double> fell;
        for (auto const& p : paths) {
            if (h >= p.said.size() || !(p.said[h] > 0)) continue;
            auto const d = static_cast<double>(spreads[class_of(p.rate)].days[band_of(h)]) * static_cast<double>(factors[p.node]);
            auto const loss = [&](Asked const& levels) {
                auto const q = count_quantiles(p.said[h], d, levels);
                double sum = 0;
                for (std::size_t i = 0; i < q.size(); ++i) sum += (p.came[h] >= q[i] ? quantile_levels[i] : quantile_levels[i] - 1) * (p.came[h] - q[i]);
                return sum;
            };
            if (judged) out.plain += loss(quantile_levels), out.adapted += loss(asked);
            auto const below = count_distribution(p.said[h], d, p.came[h] - 1), reached = count_distribution(p.said[h], d, p.came[h]);
            auto draw = random.stream("transform", p.node * followed_days + h);
            fell.push_back(below + draw.uniform(0, 1) * (reached - below));
        }
        for (auto const u : fell) follower.see(u, judged);
    }
    return out;
}

}  // namespace

std::array<Adapted, level_count> adapt_levels(Ground const& ground, std::span<BackTest const> tests, Model model, Spreads const& spreads, std::span<float const> factors) {
    std::array<Adapted, level_count> out;
    if (tests.size() < 2) return out;
    auto const older = tests.subspan(1);
    auto early = learn_spread(ground, older, model);
    auto const early_factors = learn_factors(ground, older, model, early);
    widen(early, widening(ground, older, model));
    std::vector<Paths> paths;
    for (auto const& t : tests) paths.push_back(paths_of(ground, t, model));
    Random const random(11);
    for (std::size_t l = 0; l < level_count; ++l) {
        auto const nodes = paths[0][l].size();
        auto const run = [&](Spreads const& by, std::span<float const> with, Follower& follower) {
            Loss newest;
            for (std::size_t t = tests.size(); t-- > 0;) newest = follow(paths[t][l], follower, t + 1 < tests.size(), by[l], with, random.stream("origin", t));
            return newest;
        };
        Follower tried(nodes), final(nodes);
        auto const loss = run(early, early_factors, tried);
        if (loss.plain > 0) out[l].loss_share = loss.adapted / loss.plain;
        out[l].used = loss.plain > 0 && out[l].loss_share < better;
        if (!out[l].used) continue;
        run(spreads, factors, final);
        out[l].asked = final.asked();
    }
    return out;
}

}  // namespace kindling::forecast

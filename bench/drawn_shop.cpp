#include "drawn_shop.h"

#include <algorithm>
#include <numeric>

#include "core/random.h"

namespace kindling::bench {

using namespace assortment;

namespace {
constexpr std::size_t set_count = 6;
constexpr double retry = 0.35;
}  // namespace

// Units of one set in one period. By the Markov chain the first choice has the weight of the attraction, among everything there could be.
std::vector<double> expected_units(bool markov_chain, Demand const& demand, std::span<double const> full, std::span<double const> present) {
    std::vector<double> out(full.size());
    if (!markov_chain) {
        auto const rate = units_per_attraction(demand, std::reduce(present.begin(), present.end()));
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = rate * present[i];
        return out;
    }
    auto const scale = std::exp(demand.reference), worth = demand.arrivals * buying_share(demand, scale) / scale, all = std::reduce(full.begin(), full.end());
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto const here = full[i] > 0 ? std::min(1.0, present[i] / full[i]) : 0;
        out[i] += worth * std::max(present[i], full[i] * here);
        auto const missing = worth * full[i] * (1 - here) * retry;
        for (std::size_t j = 0; j < out.size() && missing > 0; ++j) if (j != i) out[j] += missing * full[j] / (all - full[i]) * std::min(1.0, present[j] / full[j]);
    }
    return out;
}

double drawn_arrivals(Demand const& demand, double season, std::size_t day, Random& random) { return std::round(demand.arrivals * ((1 + 0.3 * std::sin((season + static_cast<double>(day)) / 29)) * random.uniform(0.8, 1.2))); }
int drawn_absence(Random& random) { return random.chance(0.012) ? static_cast<int>(random.between(2, 14)) : 0; }

DrawnShop draw_shop(std::uint64_t seed, bool markov_chain, bool any_season) {
    auto random = Random(seed).stream("assortment");
    DrawnShop shop{.sets = {}, .terms = {.horizon_days = 28, .listing_cost_minor = 3000, .push_lift = 1.25, .push_cost_minor = 20000}, .season = any_season ? Random(seed).stream("season").uniform(0, 182) : 0, .markov_chain = markov_chain};
    for (std::size_t s = 0; s < set_count; ++s) {
        auto& set = shop.sets.emplace_back();
        auto const n = static_cast<std::size_t>(random.between(14, 24));
        auto& d = set.data;
        d = {.items = n, .periods = drawn_days, .arrivals = std::vector<double>(drawn_days), .years = std::vector<double>(drawn_days), .available = std::vector<float>(n * drawn_days), .log_price = std::vector<float>(n * drawn_days), .units = std::vector<float>(n * drawn_days), .alike = {}};
        set.demand = {.arrivals = random.uniform(150, 900), .intercept = random.uniform(-3.2, -1), .substitution = random.chance(0.25) ? 1 : random.uniform(0.35, 0.95), .reference = std::log(static_cast<double>(n))};
        std::vector<std::vector<std::uint32_t>> attributes(n);
        double values[4][4];
        for (auto& a : values) for (auto& v : a) v = random.normal(0, 0.45);
        auto& launched = set.launched;
        launched.resize(n);
        for (std::size_t i = 0; i < n; ++i) {
            double a = random.normal(0, 0.4);
            for (std::uint32_t kind = 0; kind < 4; ++kind) {
                auto const value = static_cast<std::uint32_t>(random.below(4));
                a += values[kind][value], attributes[i].push_back(kind * 4 + value);
            }
            set.attraction.push_back(a), set.elasticity.push_back(std::clamp(random.normal(-2.3, 0.35), -3.5, -1.2));
            Economics e{.price_minor = std::round(random.uniform(4000, 30000))};
            e.cost_minor = std::round(e.price_minor * random.uniform(0.35, 0.75)), e.returned = random.uniform(0.01, 0.3), e.return_cost_minor = e.cost_minor * 0.3 + 800, e.supply = random.uniform(0.75, 1), e.display_units = static_cast<double>(random.between(2, 12)), e.cover_days = random.uniform(10, 45);
            set.truth.push_back(e);
            launched[i] = random.chance(1.0 / 7) ? static_cast<int>(drawn_days) : random.chance(0.2) ? static_cast<int>(random.below(150)) : 0;
            // What the shop can know of returns and deliveries: counts, drawn to what is usual.
            set.seen.push_back(e);
        }
        d.alike = neighbours(attributes);
        std::vector<double> sold(n);
        auto& away = set.away;
        away.resize(n);
        std::vector<int> cut(n);
        std::vector<double> cut_log(n);
        for (std::size_t t = 0; t < drawn_days; ++t) {
            auto demand = set.demand;
            d.arrivals[t] = drawn_arrivals(demand, shop.season, t, random), d.years[t] = (static_cast<double>(t) - drawn_days) / 365;
            demand.arrivals = d.arrivals[t];
            std::vector<double> full(n), present(n);
            for (std::size_t i = 0; i < n; ++i) {
                if (away[i] == 0) away[i] = drawn_absence(random);
                if (cut[i] == 0 && random.chance(0.012)) cut[i] = static_cast<int>(random.between(5, 14)), cut_log[i] = std::log(1 - 0.05 * static_cast<double>(random.between(1, 5)));
                bool const there = away[i] == 0 && static_cast<int>(t) >= launched[i];
                auto const x = cut[i] > 0 ? cut_log[i] : 0;
                away[i] = std::max(0, away[i] - 1), cut[i] = std::max(0, cut[i] - 1);
                d.available[t * n + i] = there ? 1 : 0, d.log_price[t * n + i] = static_cast<float>(x);
                full[i] = static_cast<int>(t) >= launched[i] ? std::exp(set.attraction[i] + set.elasticity[i] * x) : 0, present[i] = there ? full[i] : 0;
            }
            auto const units = expected_units(markov_chain, demand, full, present);
            for (std::size_t i = 0; i < n; ++i) {
                auto const k = static_cast<double>(random.poisson(units[i]));
                d.units[t * n + i] = static_cast<float>(k), sold[i] += k;
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            auto const back = static_cast<double>(random.poisson(sold[i] * set.truth[i].returned));
            set.seen[i].returned = (back + 0.15 * 20) / (sold[i] + 20);
            auto const orders = launched[i] < static_cast<int>(drawn_days) ? 12 : 0;
            double delivered = 0;
            for (int k = 0; k < orders; ++k) delivered += std::clamp(set.truth[i].supply + random.normal(0, 0.08), 0.0, 1.0);
            set.seen[i].supply = (delivered + 0.88 * 3) / (orders + 3);
        }
    }
    return shop;
}

}  // namespace kindling::bench

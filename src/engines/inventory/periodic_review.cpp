#include "engines/inventory/periodic_review.h"

#include <algorithm>
#include <limits>

#include "engines/inventory/checks.h"

namespace kindling::inventory {

namespace {

constexpr std::size_t widest_gap = 1'000'000;

// m, M and G, each computed when first asked for.
class Renewal {
public:
    Renewal(const PeriodicCosts& c, std::vector<double> demand, const Demand& protection, double top) : costs_(c), demand_(std::move(demand)), protection_(protection), top_(top) {
        density_.push_back(1 / (1 - demand_[0])), total_ = {0, density_[0]};
    }
    double visits(std::size_t j) {
        while (density_.size() <= j) {
            auto const n = density_.size();
            double sum = 0;
            for (std::size_t l = 1; l <= std::min(n, demand_.size() - 1); ++l) sum += demand_[l] * density_[n - l];
            density_.push_back(sum / (1 - demand_[0])), total_.push_back(total_.back() + density_.back());
        }
        return density_[j];
    }
    double length(std::size_t n) { return n == 0 ? 0 : (visits(n - 1), total_[n]); }
    // Positions are asked for around the best base stock; kept by distance from it.
    double g(double y) {
        auto const at = y - top_;
        auto& table = at < 0 ? below_ : above_;
        auto const i = static_cast<std::size_t>(std::abs(at));
        if (table.size() <= i) table.resize(i + 1, std::numeric_limits<double>::quiet_NaN());
        if (std::isnan(table[i])) table[i] = expected_cost({costs_.holding, costs_.stockout}, protection_, y);
        return table[i];
    }
    double cost(double s, double upper) {
        auto const n = static_cast<std::size_t>(upper - s);
        double sum = costs_.fixed;
        for (std::size_t j = 0; j < n; ++j) sum += visits(j) * g(upper - static_cast<double>(j));
        return sum / length(n);
    }

private:
    PeriodicCosts costs_;
    std::vector<double> demand_, density_, total_, below_, above_;
    const Demand& protection_;
    double top_;
};

Result<void> check(const PeriodicCosts& c) { return Checks().at_least_zero("fixed", c.fixed).positive("holding", c.holding).positive("stockout", c.stockout).result(); }

}  // namespace

Result<double> min_max_cost(const PeriodicCosts& c, const Demand& period, const Demand& protection, double s, double upper) {
    TRY(check(c));
    TRY(Checks().require(s == std::floor(s) && std::abs(s) <= largest, "reorder_level", s, "a whole number").require(upper == std::floor(upper) && upper > s && upper - s <= static_cast<double>(widest_gap), "order_up_to", upper, "a whole number above the reorder level, by at most 1,000,000").result());
    auto demand = TRY(whole_probabilities(period));
    if (demand.size() == 1) return expected_cost({c.holding, c.stockout}, protection, upper);
    return Renewal(c, std::move(demand), protection, upper).cost(s, upper);
}

Result<MinMaxPolicy> min_max_exact(const PeriodicCosts& c, const Demand& period, const Demand& protection) {
    TRY(check(c));
    auto demand = TRY(whole_probabilities(period));
    if (demand.size() == 1) return MinMaxPolicy{-1, 0, 0};
    auto const top = std::ceil(protection.quantile(c.stockout / (c.stockout + c.holding)));
    Renewal renewal(c, std::move(demand), protection, top);
    auto const start = renewal.g(top - 1) < renewal.g(top) ? top - 1 : top;  // a continuous protection demand is rounded here
    double best_upper = start, s = start - 1;
    while (renewal.cost(s, start) > renewal.g(s)) {
        if (start - s > static_cast<double>(widest_gap)) return fail(Errc::invalid_argument, "order_too_large", "The best order is above 1,000,000 units; count in larger units.");
        --s;
    }
    double best = renewal.cost(s, start);
    for (double upper = start + 1; renewal.g(upper) <= best; ++upper) {
        if (upper - s > static_cast<double>(widest_gap)) return fail(Errc::invalid_argument, "order_too_large", "The best order is above 1,000,000 units; count in larger units.");
        if (renewal.cost(s, upper) >= best) continue;
        best_upper = upper;
        while (renewal.cost(s, upper) <= renewal.g(s + 1)) ++s;
        best = renewal.cost(s, upper);
    }
    return MinMaxPolicy{s, best_upper, best};
}

Result<MinMaxPolicy> min_max_power_approximation(const PeriodicCosts& c, double mean, double deviation, double lead_time) {
    TRY(check(c));
    TRY(Checks().positive("fixed", c.fixed).positive("mean", mean).positive("deviation", deviation).at_least_zero("lead_time", lead_time).result());
    auto const protected_mean = mean * (lead_time + 1), protected_deviation = deviation * std::sqrt(lead_time + 1);
    auto const ratio = protected_deviation / mean;
    auto const quantity = 1.30 * std::pow(mean, 0.494) * std::pow(c.fixed / c.holding, 0.506) * std::pow(1 + ratio * ratio, 0.116);
    auto const z = std::sqrt(quantity * c.holding / (protected_deviation * c.stockout));
    auto const s = 0.973 * protected_mean + protected_deviation * (0.183 / z + 1.063 - 2.192 * z);
    return MinMaxPolicy{s, s + quantity, std::numeric_limits<double>::quiet_NaN()};
}

}  // namespace kindling::inventory

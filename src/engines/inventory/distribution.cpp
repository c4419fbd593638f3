#include "engines/inventory/distribution.h"

#include <algorithm>
#include <cmath>

#include "engines/inventory/checks.h"
#include "engines/inventory/demand.h"

namespace kindling::inventory {

namespace {

Result<void> check(const DistributionNetwork& network) {
    Checks checks;
    checks.positive("lead_time", network.lead_time).at_least_zero("holding", network.holding).require(!network.places.empty() && network.places.size() <= 1000, "places", static_cast<double>(network.places.size()), "1 to 1,000");
    double sold = 0;
    for (std::size_t i = 0; i < network.places.size(); ++i) {
        auto const& p = network.places[i];
        auto const at = [i](std::string_view field) { return fmt::format("places/{}/{}", i, field); };
        checks.at_least_zero(at("mean"), p.mean).at_least_zero(at("variance"), p.variance).at_least_zero(at("lead_time"), p.lead_time).positive(at("holding"), p.holding).positive(at("stockout"), p.stockout);
        sold += p.mean;
    }
    checks.require(!(sold <= 0), "places", sold, "places of which at least one sells");
    return checks.result();
}

// Chances of 0, 1, 2 ... units that the warehouse owes.
std::vector<double> owed_of(std::span<const double> demand, std::size_t level) {
    std::vector<double> out(std::max<std::size_t>(1, demand.size() > level ? demand.size() - level : 1));
    for (std::size_t d = 0; d < demand.size(); ++d) out[d > level ? d - level : 0] += demand[d];
    return out;
}

// Each of the units belongs to one place with this chance.
std::vector<double> thinned(std::span<const double> owed, double share) {
    if (share >= 1) return {owed.begin(), owed.end()};
    std::vector<double> out(owed.size()), row = {1};
    for (std::size_t k = 0; k < owed.size(); ++k) {
        for (std::size_t j = 0; j < row.size(); ++j) out[j] += owed[k] * row[j];
        row.push_back(0);  // the binomial chances of one unit more
        for (std::size_t j = row.size(); j-- > 0;) row[j] = row[j] * (1 - share) + (j > 0 ? row[j - 1] * share : 0);
    }
    return out;
}

std::vector<double> sum_of(std::span<const double> a, std::span<const double> b) {
    std::vector<double> out(a.size() + b.size() - 1);
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < b.size(); ++j) out[i + j] += a[i] * b[j];
    return out;
}

class Solver {
public:
    static Result<Solver> create(const DistributionNetwork& network) {
        TRY(check(network));
        double mean = 0, variance = 0;
        bool poisson = true;
        Solver s(network);
        for (auto const& p : network.places) {
            mean += p.mean, variance += std::max(p.variance, p.mean), poisson = poisson && p.variance <= p.mean;
            s.leads_.push_back(TRY(Demand::counts(p.mean * p.lead_time, std::max(p.variance, p.mean) * p.lead_time)));
        }
        s.shares_.resize(network.places.size());
        std::ranges::transform(network.places, s.shares_.begin(), [mean](auto const& p) { return p.mean / mean; });
        s.all_ = TRY(Demand::counts(mean * network.lead_time, variance * network.lead_time));
        if (s.all_.quantile(1 - 1e-9) > 1e6) return fail(Errc::invalid_argument, "demand_too_wide", "More than 1,000,000 units sell in the warehouse's lead time; count in larger units.");
        s.whole_ = s.all_.quantile(1 - 1e-9) <= exact_up_to && std::ranges::all_of(s.leads_, [](auto const& d) { return d.quantile(1 - 1e-9) <= exact_up_to; });
        s.exact_ = s.whole_ && poisson;
        if (s.whole_) {
            s.demand_ = TRY(whole_probabilities(s.all_, 1e-13));
            for (auto const& d : s.leads_) s.lead_chances_.push_back(TRY(whole_probabilities(d, 1e-13)));
        }
        return s;
    }

    double highest_level() const { return all_.quantile(1 - 1e-6) + 1; }

    // levels empty: the best for this level of the warehouse.
    Result<DistributionPolicy> at(double level, std::span<const double> levels) const {
        DistributionPolicy out{.level = level, .exact = exact_};
        out.owed = all_.loss(level), out.on_hand = level - all_.mean() + out.owed;
        out.cost = network_.holding * out.on_hand;
        std::vector<double> owed;
        if (whole_) owed = owed_of(demand_, static_cast<std::size_t>(level));
        for (std::size_t i = 0; i < network_.places.size(); ++i) {
            auto const& place = network_.places[i];
            auto const wanted = levels.empty() ? -1.0 : levels[i];
            auto found = whole_ ? from_chances(sum_of(thinned(owed, shares_[i]), lead_chances_[i]), place, wanted) : TRY(from_moments(level, i, wanted));
            // No way to go: what the warehouse has is as good as on the shelf.
            if (place.lead_time == 0 && found.level == 0 && level >= 1) found.fill_rate = all_.cdf(level - 1);
            out.cost += place.holding * found.on_hand + place.stockout * found.owed;
            out.places.push_back(found);
        }
        return out;
    }

private:
    explicit Solver(const DistributionNetwork& network) : network_(network), all_(*Demand::poisson(1)) {}

    static DistributionPolicy::Place from_chances(std::span<const double> on_order, const DistributionPlace& place, double wanted) {
        double const ratio = place.stockout / (place.stockout + place.holding);
        std::size_t level = 0;
        double below = 0, mean = 0;
        for (std::size_t k = 0; k < on_order.size(); ++k) mean += static_cast<double>(k) * on_order[k];
        if (wanted >= 0) level = static_cast<std::size_t>(wanted);
        else for (double sum = on_order[0]; sum < ratio && level + 1 < on_order.size();) sum += on_order[++level];
        DistributionPolicy::Place out{.level = static_cast<double>(level)};
        for (std::size_t k = 0; k < std::min(level, on_order.size()); ++k) below += on_order[k], out.on_hand += static_cast<double>(level - k) * on_order[k];
        out.owed = std::max(0.0, mean - out.level + out.on_hand), out.fill_rate = std::min(1.0, below);
        return out;
    }

    Result<DistributionPolicy::Place> from_moments(double level, std::size_t i, double wanted) const {
        auto const& place = network_.places[i];
        double const share = shares_[i], owed = all_.loss(level), variance = std::max(0.0, 2 * all_.second_loss(level) - owed * owed);
        auto const on_order = TRY(Demand::counts(share * owed + leads_[i].mean(), share * share * variance + share * (1 - share) * owed + leads_[i].deviation() * leads_[i].deviation()));
        DistributionPolicy::Place out{.level = wanted >= 0 ? wanted : on_order.mean() > 0 ? on_order.quantile(place.stockout / (place.stockout + place.holding)) : 0};
        out.owed = on_order.loss(out.level), out.on_hand = out.level - on_order.mean() + out.owed, out.fill_rate = out.level >= 1 ? on_order.cdf(out.level - 1) : 0;
        return out;
    }

    DistributionNetwork network_;
    Demand all_;  // of all places, over the warehouse's lead time
    std::vector<Demand> leads_;
    std::vector<double> shares_, demand_;
    std::vector<std::vector<double>> lead_chances_;
    bool whole_ = false, exact_ = false;
};

}  // namespace

Result<DistributionPolicy> distribution_best(const DistributionNetwork& network) {
    auto const solver = TRY(Solver::create(network));
    // A cost over whole levels need not fall and rise once. Wide ranges are looked at in steps of their hundredth first, then around the best.
    double const highest = solver.highest_level();
    double low = 0, high = highest, step = std::max(1.0, std::floor(highest / 400));
    for (;;) {
        DistributionPolicy best{.cost = 1e300};
        for (double level = low; level <= high; level += step)
            if (auto found = TRY(solver.at(level, {})); found.cost < best.cost) best = std::move(found);
        if (step <= 1) return best;
        low = std::max(0.0, best.level - step), high = best.level + step, step = std::max(1.0, std::floor(step / 20));
    }
}

Result<DistributionPolicy> distribution_cost(const DistributionNetwork& network, double warehouse_level, std::span<const double> levels) {
    Checks checks;
    auto const whole = [](double v) { return v >= 0 && v <= 1e9 && v == std::floor(v); };
    checks.require(whole(warehouse_level), "warehouse_level", warehouse_level, "a whole number of at least 0").require(levels.size() == network.places.size(), "levels", static_cast<double>(levels.size()), "one for each place");
    for (std::size_t i = 0; i < levels.size(); ++i) checks.require(whole(levels[i]), fmt::format("levels/{}", i), levels[i], "a whole number of at least 0");
    TRY(checks.result());
    return TRY(Solver::create(network)).at(warehouse_level, levels);
}

}  // namespace kindling::inventory

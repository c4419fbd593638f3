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
        checks.at_least_zero(at("mean"), p.mean).at_least_zero(at("variance"), p.variance).at_least_zero(at("lead_time"), p.lead_time).positive(at("holding"), p.holding).positive(at("stockout"), p.stockout).require(p.promise >= 0 && p.promise < 1, at("promise"), p.promise, "at least 0 and below 1");
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

// Units beyond 0, 1, 2 ... on average.
std::vector<double> losses_of(std::span<const double> chances) {
    std::vector<double> out(chances.size());
    double tail = 0;  // of what lies beyond
    for (std::size_t s = chances.size(); s-- > 1;) tail += chances[s], out[s - 1] = out[s] + tail;
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
            s.units_.push_back(TRY(Demand::counts(p.mean, std::max(p.variance, p.mean))));
        }
        s.shares_.resize(network.places.size());
        std::ranges::transform(network.places, s.shares_.begin(), [mean](auto const& p) { return p.mean / mean; });
        s.all_ = TRY(Demand::counts(mean * network.lead_time, variance * network.lead_time));
        for (auto const& d : s.units_) s.with_unit_.push_back(TRY(Demand::counts(s.all_.mean() + d.mean(), s.all_.deviation() * s.all_.deviation() + d.deviation() * d.deviation())));
        if (s.all_.quantile(1 - 1e-9) > 1e6) return fail(Errc::invalid_argument, "demand_too_wide", "More than 1,000,000 units sell in the warehouse's lead time; count in larger units.");
        s.whole_ = s.all_.quantile(1 - 1e-9) <= exact_up_to && std::ranges::all_of(s.leads_, [](auto const& d) { return d.quantile(1 - 1e-9) <= exact_up_to; });
        s.exact_ = s.whole_ && poisson;
        if (s.whole_) {
            s.demand_ = TRY(whole_probabilities(s.all_, 1e-13));
            for (auto const& d : s.leads_) s.lead_chances_.push_back(TRY(whole_probabilities(d, 1e-13)));
            for (auto const& d : s.units_) s.unit_chances_.push_back(TRY(whole_probabilities(d, 1e-13)));
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
            std::vector<double> on_order;
            if (whole_) on_order = sum_of(thinned(owed, shares_[i]), lead_chances_[i]);
            auto const of_level = [&](double wanted, double promise) { return whole_ ? Result<DistributionPolicy::Place>(from_chances(on_order, i, wanted, promise)) : from_moments(level, i, wanted, promise); };
            // No way to go: what the warehouse has is as good as on the shelf.
            auto found = TRY(of_level(levels.empty() ? -1.0 : levels[i], 0));
            if (place.lead_time == 0 && found.level == 0 && level >= 1) found.fill_rate = served(i, all_, with_unit_[i], level);
            if (levels.empty() && found.fill_rate < place.promise) found = TRY(of_level(-1, place.promise));
            out.cost += place.holding * found.on_hand + place.stockout * found.owed;
            out.places.push_back(found);
        }
        return out;
    }

private:
    explicit Solver(const DistributionNetwork& network) : network_(network), all_(*Demand::poisson(1)) {}

    bool one_by_one(std::size_t i) const { return network_.places[i].variance <= network_.places[i].mean; }
    // Share of a place's demand that a level serves at once; `later`: what is on order with the demand of a unit of time more.
    double served(std::size_t i, Demand const& on_order, Demand const& later, double level) const {
        auto const mean = network_.places[i].mean;
        if (mean <= 0) return 1;
        return std::clamp(!one_by_one(i) ? 1 - (later.loss(level) - on_order.loss(level)) / mean : level >= 1 ? on_order.cdf(level - 1) : 0.0, 0.0, 1.0);
    }

    // wanted below 0: the cheapest level that keeps the promise.
    DistributionPolicy::Place from_chances(std::span<const double> on_order, std::size_t i, double wanted, double promise) const {
        auto const& place = network_.places[i];
        double const ratio = place.stockout / (place.stockout + place.holding);
        auto const later = one_by_one(i) ? std::vector<double>{} : losses_of(sum_of(on_order, unit_chances_[i])), owed = losses_of(on_order);
        auto const beyond = [](std::span<const double> losses, std::size_t level) { return level < losses.size() ? losses[level] : 0.0; };
        std::size_t level = 0;
        double below = 0;  // chance of fewer than `level` units on order
        auto const up = [&] { below += level < on_order.size() ? on_order[level] : 0, ++level; };
        auto const served = [&] { return place.mean <= 0 ? 1 : std::clamp(one_by_one(i) ? below : 1 - (beyond(later, level) - beyond(owed, level)) / place.mean, 0.0, 1.0); };
        if (wanted >= 0) while (level < static_cast<std::size_t>(wanted)) up();
        else {
            while (below + on_order[level] < ratio && level + 1 < on_order.size()) up();
            while (served() < promise && level < on_order.size() + later.size()) up();
        }
        double mean = 0;
        for (std::size_t k = 0; k < on_order.size(); ++k) mean += static_cast<double>(k) * on_order[k];
        DistributionPolicy::Place out{.level = static_cast<double>(level), .on_hand = 0, .owed = beyond(owed, level), .fill_rate = served()};
        out.on_hand = std::max(0.0, out.level - mean + out.owed);
        return out;
    }

    Result<DistributionPolicy::Place> from_moments(double level, std::size_t i, double wanted, double promise) const {
        auto const& place = network_.places[i];
        double const share = shares_[i], owed = all_.loss(level), variance = std::max(0.0, 2 * all_.second_loss(level) - owed * owed);
        double const mean = share * owed + leads_[i].mean(), square = share * share * variance + share * (1 - share) * owed + leads_[i].deviation() * leads_[i].deviation();
        auto const on_order = TRY(Demand::counts(mean, square)), later = TRY(Demand::counts(mean + place.mean, square + units_[i].deviation() * units_[i].deviation()));
        auto const served = [&](double at) { return this->served(i, on_order, later, at); };
        DistributionPolicy::Place out{.level = wanted >= 0 ? wanted : on_order.mean() > 0 ? on_order.quantile(place.stockout / (place.stockout + place.holding)) : 0};
        if (wanted < 0 && served(out.level) < promise) {
            double low = std::floor(out.level), high = std::max(low, std::ceil(later.quantile(1 - 1e-12))) + 1;
            while (high - low > 1) { auto const middle = std::floor((low + high) / 2); (served(middle) < promise ? low : high) = middle; }
            out.level = high;
        }
        out.owed = on_order.loss(out.level), out.on_hand = out.level - on_order.mean() + out.owed, out.fill_rate = served(out.level);
        return out;
    }

    DistributionNetwork network_;
    Demand all_;  // of all places, over the warehouse's lead time
    std::vector<Demand> leads_, units_, with_unit_;  // of each place: over its lead time; over a unit of time; that and all over the warehouse's lead time
    std::vector<double> shares_, demand_;
    std::vector<std::vector<double>> lead_chances_, unit_chances_;
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

// A warehouse without stock sends on what the supplier brings.
Result<DistributionPolicy::Place> distribution_alone(DistributionPlace place, double lead_time) {
    place.lead_time = 0;
    return TRY(TRY(Solver::create({.lead_time = lead_time, .holding = 0, .places = {place}})).at(0, {})).places[0];
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

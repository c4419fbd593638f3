#include "engines/inventory/continuous_review.h"

#include <algorithm>
#include <functional>

#include "engines/inventory/checks.h"
#include "engines/inventory/order_quantity.h"

namespace kindling::inventory {

namespace {

Result<void> check(const ReorderCosts& c) { return Checks().at_least_zero("fixed", c.fixed).positive("holding", c.holding).positive("stockout", c.stockout).at_least_zero("demand_rate", c.demand_rate).result(); }

double g(const ReorderCosts& c, const Demand& d, double y) { return expected_cost({c.holding, c.stockout}, d, y); }

// The integral of g over r .. r + q.
double integral(const ReorderCosts& c, const Demand& d, double r, double q) {
    return c.holding * q * (r + q / 2 - d.mean()) + (c.holding + c.stockout) * (d.second_loss(r) - d.second_loss(r + q));
}

// The zero of an increasing function, to the last bits.
double root(const std::function<double(double)>& f, double low, double high) {
    for (int i = 0; i < 200 && high - low > 1e-13 * std::max(1.0, std::abs(low)); ++i) {
        auto const middle = low + (high - low) / 2;
        (f(middle) < 0 ? low : high) = middle;
    }
    return low + (high - low) / 2;
}

// g(r) = g(r + q): g is convex, so their difference grows with r, and r lies within q below the minimum of g.
double continuous_point(const ReorderCosts& c, const Demand& d, double q) {
    auto const least = d.quantile(c.stockout / (c.stockout + c.holding));
    return root([&](double r) { return g(c, d, r + q) - g(c, d, r); }, least - q, least);
}

}  // namespace

Result<double> reorder_cost(const ReorderCosts& c, const Demand& d, double r, double q) {
    TRY(check(c));
    TRY(Checks().number("reorder_point", r).positive("quantity", q).require(!d.whole() || (q >= 1 && q <= 1e7), "quantity", q, "from 1 to 10,000,000 for whole demand").result());
    if (!d.whole()) return (c.fixed * c.demand_rate + integral(c, d, r, q)) / q;
    r = std::floor(r), q = std::floor(q);
    double sum = 0;
    for (double y = 1; y <= q; ++y) sum += g(c, d, r + y);
    return (c.fixed * c.demand_rate + sum) / q;
}

Result<double> best_reorder_point(const ReorderCosts& c, const Demand& d, double q) {
    TRY(check(c));
    TRY(Checks().positive("quantity", q).require(!d.whole() || q >= 1, "quantity", q, "at least 1 for whole demand").result());
    if (!d.whole()) return continuous_point(c, d, q);
    // The q whole positions with the smallest g are neighbours: r is the largest with g(r + q) <= g(r).
    q = std::floor(q);
    auto high = d.quantile(c.stockout / (c.stockout + c.holding)), low = high - q - 1;
    while (high - low > 1) {
        auto const middle = std::floor((low + high) / 2);
        (g(c, d, middle + q) <= g(c, d, middle) ? low : high) = middle;
    }
    return low;
}

Result<ReorderPolicy> reorder_exact(const ReorderCosts& c, const Demand& d) {
    TRY(check(c));
    if (c.demand_rate == 0) return fail(Errc::failed_precondition, "never_orders", "Without demand there is nothing to order; demand_rate must be above 0.");
    auto const least = d.quantile(c.stockout / (c.stockout + c.holding));
    if (d.whole()) {
        // Take positions from the cheapest on; stop when the next one costs more than the average so far.
        double low = least - 1, high = least, sum = c.fixed * c.demand_rate + g(c, d, least), q = 1;
        double below = g(c, d, low), above = g(c, d, high + 1);
        while (std::min(below, above) < sum / q) {
            if (q >= 1e7) return fail(Errc::invalid_argument, "order_too_large", "The best order is above 10,000,000 units; count in larger units.");
            if (below <= above) sum += below, below = g(c, d, --low);
            else sum += above, above = g(c, d, ++high + 1);
            ++q;
        }
        return ReorderPolicy{low, q, sum / q};
    }
    // With H(q) = g(r(q)), which grows, the best q has  q H(q) - integral = fixed demand_rate  and costs H(q).
    auto const surplus = [&](double q) { auto const r = continuous_point(c, d, q); return q * g(c, d, r) - integral(c, d, r, q) - c.fixed * c.demand_rate; };
    double high = std::max(1e-9, std::sqrt(2 * c.fixed * c.demand_rate * (c.holding + c.stockout) / (c.holding * c.stockout)));
    while (surplus(high) < 0) high *= 2;
    auto const q = c.fixed == 0 ? 0 : root(surplus, 0, high);
    auto const r = continuous_point(c, d, q);
    return ReorderPolicy{r, q, g(c, d, r)};
}

Result<ReorderPolicy> reorder_approximate(ReorderApproximation method, const ReorderCosts& c, const Demand& d) {
    TRY(check(c));
    if (c.demand_rate == 0) return fail(Errc::failed_precondition, "never_orders", "Without demand there is nothing to order; demand_rate must be above 0.");
    auto const eoq = TRY(economic_order_quantity(c.fixed, c.holding, c.demand_rate));
    auto const priced = [&](double r, double q) -> Result<ReorderPolicy> { return ReorderPolicy{r, q, TRY(reorder_cost(c, d, r, q))}; };
    switch (method) {
        case ReorderApproximation::backorder_quantity: {
            auto const q = TRY(economic_order_quantity_with_backorders(c.fixed, c.holding, c.stockout, c.demand_rate)).quantity;
            return priced(TRY(best_reorder_point(c, d, q)), q);
        }
        case ReorderApproximation::order_quantity_and_safety: return priced(d.quantile(c.stockout / (c.stockout + c.holding)), eoq.quantity);
        case ReorderApproximation::loss_function: {
            // loss(r) = holding Q / (holding + stockout) and Q = sqrt(2 [fixed rate + (holding + stockout) second_loss(r)] / holding).
            auto const both = c.holding + c.stockout;
            auto const quantity = [&](double r) { return std::sqrt(2 * (c.fixed * c.demand_rate + both * d.second_loss(r)) / c.holding); };
            auto const owed = [&](double r) { return c.holding * quantity(r) / both - d.loss(r); };
            auto low = d.mean() - d.deviation() - 1, high = d.quantile(1 - 1e-12);
            for (double step = d.deviation() + 1; owed(low) > 0 && step < largest; step *= 2) low -= step;
            auto const r = root(owed, low, high);
            return priced(r, quantity(r));
        }
        case ReorderApproximation::expected_inventory: break;
    }
    double q = eoq.quantity, r = 0;
    for (int i = 0; i < 1000; ++i) {
        auto const out = q * c.holding / (c.stockout * c.demand_rate);
        if (!(out < 1) || out <= 0) break;
        r = d.quantile(1 - out);
        auto const next = std::sqrt(2 * c.demand_rate * (c.fixed + c.stockout * d.loss(r)) / c.holding);
        if (std::abs(next - q) <= 1e-12 * q) return ReorderPolicy{r, next, c.holding * (r - d.mean() + next / 2) + c.demand_rate / next * (c.fixed + c.stockout * d.loss(r))};
        q = next;
    }
    return fail(Errc::failed_precondition, "no_convergence", "The stockout cost is too small for this approximation (it would be cheaper never to keep stock); use the exact policy.");
}

}  // namespace kindling::inventory

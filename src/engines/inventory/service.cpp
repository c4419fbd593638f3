#include "engines/inventory/service.h"

#include <algorithm>
#include <functional>

#include "engines/inventory/checks.h"

namespace kindling::inventory {

namespace {

// The least level at which a growing function reaches the target, between two; whole when asked.
double least(const std::function<double(double)>& f, double target, double low, double high, bool whole) {
    if (f(low) >= target) return low;
    while (f(high) < target && high < largest) low = high, high = std::max(1.0, high * 2);
    while (high - low > (whole ? 1 : 1e-10 * std::max(1.0, std::abs(high)))) {
        auto const middle = whole ? std::floor((low + high) / 2) : (low + high) / 2;
        (f(middle) < target ? low : high) = middle;
    }
    return high;
}

double upper(const Demand& d) { return std::max(1.0, std::ceil(d.mean() + 4 * d.deviation())); }

}  // namespace

double cycle_service(const Demand& protection, double level) { return protection.cdf(level); }

Result<double> level_for_cycle_service(const Demand& protection, double target) {
    TRY(Checks().share("target", target).result());
    return protection.quantile(target);
}

double fill_rate(const ReviewDemand& d, double level) {
    auto const asked = d.protection.mean() - d.lead.mean();
    return asked <= 0 ? 1 : std::clamp(1 - (d.protection.loss(level) - d.lead.loss(level)) / asked, 0.0, 1.0);
}

Result<double> level_for_fill_rate(const ReviewDemand& d, double target) {
    TRY(Checks().share("target", target).require(!(d.protection.mean() < d.lead.mean()), "protection/mean", d.protection.mean(), "at least the lead time's").result());
    return least([&](double s) { return fill_rate(d, s); }, target, 0, upper(d.protection), d.protection.whole());
}

double fill_rate_reorder(const Demand& d, double r, double q) { return std::clamp(1 - (d.loss(r) - d.loss(r + q)) / q, 0.0, 1.0); }

Result<double> reorder_point_for_fill_rate(const Demand& d, double q, double target) {
    TRY(Checks().share("target", target).positive("quantity", q).result());
    return least([&](double r) { return fill_rate_reorder(d, r, q); }, target, -std::ceil(q), upper(d), d.whole());
}

}  // namespace kindling::inventory

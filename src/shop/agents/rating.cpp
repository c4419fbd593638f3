#include "shop/agents/rating.h"
#include <algorithm>
#include <cmath>

namespace kindling::shop {

namespace {

constexpr std::int64_t least_calls = 20;  // fewer, and no order: unrated unless something was found

// The share that is surely exceeded: lower end of Wilson's interval, one-sided 95 %.
double at_least(std::int64_t count, std::int64_t of) {
    if (count <= 0 || of <= 0) return 0;
    constexpr double z = 1.645;
    auto const n = static_cast<double>(of), p = std::min(1.0, static_cast<double>(count) / n);
    return (p + z * z / (2 * n) - z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n);
}

struct Limits {
    ConductKind kind;
    double watch, poor;  // shares; a poor of 1 or more is never reached
};
constexpr Limits of_calls[] = {{ConductKind::forged, 0, 0.02}, {ConductKind::conflicting, 0.01, 0.05}, {ConductKind::limited, 0.02, 0.2}, {ConductKind::refused, 0.15, 0.4}, {ConductKind::replayed, 0.1, 1}};
constexpr Limits of_checkouts = {ConductKind::abandoned, 0.95, 1}, of_orders[] = {{ConductKind::cancelled, 0.2, 0.5}, {ConductKind::returned, 0.3, 0.6}};

}  // namespace

AgentRating rate(Conduct const& c) {
    AgentRating out;
    auto const hold = [&](Limits const& l, std::int64_t count, std::int64_t of) {
        auto const share = at_least(count, of);
        if (share > l.poor) out.findings.push_back({l.kind, AgentGrade::poor, count, of, l.poor});
        else if (share > l.watch) out.findings.push_back({l.kind, AgentGrade::watch, count, of, l.watch});
    };
    std::int64_t const counts[] = {c.forged, c.conflicting, c.limited, c.refused - c.forged - c.conflicting, c.replayed};
    for (std::size_t i = 0; i < std::size(of_calls); ++i) hold(of_calls[i], counts[i], c.calls);
    hold(of_checkouts, c.checkouts - c.orders, c.checkouts);
    hold(of_orders[0], c.cancelled, c.orders), hold(of_orders[1], c.returned, c.orders);
    std::ranges::stable_sort(out.findings, std::greater(), &ConductFinding::grade);
    if (!out.findings.empty()) out.grade = out.findings.front().grade;
    else if (c.orders > 0 || c.calls >= least_calls) out.grade = AgentGrade::good;
    if (auto const stood = c.orders - c.cancelled - c.returned; stood > 0) out.findings.push_back({ConductKind::stood, AgentGrade::good, stood, c.orders, 0});
    return out;
}

}  // namespace kindling::shop

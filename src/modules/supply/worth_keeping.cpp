#include "modules/supply/worth_keeping.h"
#include "engines/inventory/newsvendor.h"
#include <algorithm>
#include <cmath>

namespace kindling::supply_module {

using namespace inventory;

Useful useful_units(DemandAhead const& a, SupplySettings const& settings, Stored const& s, Level const& l, std::size_t end) {
    auto const days = std::max(static_cast<double>(settings.overstock_days), 2 * l.protection_days);
    auto const expected = l.together == LevelRule::moments ? a.sum(days) : l.daily * days;
    Useful out{std::max(1.0, std::ceil(expected - 1e-9))};
    // As the alerts call too much: beyond what sells in these days with a chance of nine tenths; but no further than one and a half times of what is expected to.
    if (auto const much = Demand::counts(a.sum(days), a.variance(days)); much && much->mean() > 0) out.most = std::clamp(std::ceil(much->quantile(0.9)), out.most, std::max(out.most, std::floor(1.5 * expected)));
    if (end > s.begun && days_without_sale(s, end) >= settings.slow_days)
        if (auto const needed = std::max(1.0, std::ceil(l.protection.mean() - 1e-9)); needed < out.most) out = {needed, Less::slow};
    return out;
}

Result<double> sells_in_time(DemandAhead const& a, std::int64_t shelf_life_days, double cost, double margin) {
    auto const life = static_cast<double>(shelf_life_days);
    return std::floor(TRY(newsvendor({cost, std::max(1.0, margin)}, TRY(Demand::counts(a.sum(life), a.variance(life))))).level);
}

Result<void> lower(inventory::ReviewTerms const& t, Useful const& useful, bool seldom, Level& out) {
    auto const lots = out.policy.kind == ReviewKind::lots;
    auto const forced = lots ? out.policy.quantity : std::max(1.0, t.minimum);
    auto gap = out.policy.order_up_to - out.policy.reorder_level;
    if (out.policy.order_up_to > std::max(useful.most, forced) + 1e-9) {
        if (!lots) gap = std::max(forced, std::min(gap, useful.most));
        auto const reorder = std::clamp(std::floor(useful.most - gap), 0.0, std::max(0.0, out.policy.reorder_level));
        out.policy = TRY(evaluate_review(t, out.policy.kind, reorder, reorder + gap));
        out.less = useful.why;
    }
    if (!seldom || out.policy.order_up_to <= 0) return {};
    auto const asked = out.daily * out.review_days;  // the difference of two forests is mostly noise
    auto const cost = [&](ReviewPolicy const& p) { return p.cost + (1 - p.fill_rate) * asked * out.margin; };
    while (out.policy.reorder_level >= 1) {
        auto const next = TRY(evaluate_review(t, out.policy.kind, out.policy.reorder_level - 1, out.policy.order_up_to - 1));
        if (cost(next) >= cost(out.policy)) break;
        out.policy = next, out.less = Less::worth;
    }
    if (cost(out.policy) > asked * out.margin) out.policy = {.reorder_level = -1, .order_up_to = 0, .quantity = out.policy.quantity, .fill_rate = 0, .cycle_service = 0}, out.less = Less::on_demand;
    return {};
}

}  // namespace kindling::supply_module

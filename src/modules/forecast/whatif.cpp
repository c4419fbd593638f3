// forecast.whatif: what another price or a promotion would do, by the elasticities that module assortment learned (each drawn to its category's) and has kept with its plan.
//
// Units times (1 + change)^elasticity, product by product and day by day; a promotion is a change of price on its days, as the shop's own rules compute it for one unit bought alone
// (shop/promotions), against the same days without it. The ends come from the deviations of the elasticities, taken as one: goods of a category were learned together, so
// their errors do not cancel. What a feast's move holds of cuts already (Plans::held) is counted by the same rule as in the forecast itself: an answer is what the forecast would say, were the promotion
// saved. What buyers bring forward from later days, and what neighbours lose, is not in it.
#include "modules/forecast/paths.h"
#include "modules/forecast/planner.h"
#include "modules/forecast/planned.h"
#include "modules/forecast/understand.h"
#include "shop/catalogue/operations.h"
#include "shop/promotions/api.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace kindling::forecast {

Result<WhatIfAnswer> what_if(Context& context, WhatIfPrice const& in) {
    auto& tx = context.tx();
    auto const now = TRY(load_current(tx));
    auto const& kept = now.kept;
    if (in.level == Level::total) return fail(Errc::invalid_argument, "invalid_request", "Ask by category, product or variant.", {{"/level", "out_of_range", "expected category, product or variant"}});
    auto const [members, first, last] = TRY(asked_days(kept, in.level, in.id, in.first_day, in.last_day));
    if (in.price_change_percent == 0 && in.promotion_id.empty()) return fail(Errc::invalid_argument, "nothing_changes", "Neither price nor promotion: give one of them, or both.", {{"/price_change_percent", "nothing_changes", "must not be 0 without promotion_id"}});
    auto const learned = TRY(elasticities(context));
    // What comes off each day: as it is planned, without this promotion, with it.
    shop::promotions::OffByDay planned, without, with;
    if (!in.promotion_id.empty()) {
        shop::promotions::OffQuestion question{.skus = {}, .first_day = first, .days = static_cast<std::size_t>(last - first) + 1};
        for (auto const g : members) question.skus.push_back(kept.goods[g].sku);
        planned = TRY(shop::promotions::off_by_day(tx, question));
        question.without = in.promotion_id, without = TRY(shop::promotions::off_by_day(tx, question)), question.without = {};
        question.with = in.promotion_id, with = TRY(shop::promotions::off_by_day(tx, question));
        if (std::ranges::find(with.promotion_ids, in.promotion_id) == with.promotion_ids.end())
            return fail(Errc::failed_precondition, "promotion_takes_nothing_off", "On these days this promotion takes nothing off one unit of these goods: it does not run then, is for others, has a threshold above their price, or better ones take its place.", {{"/promotion_id", "promotion_takes_nothing_off", "does not move these goods on these days"}});
    }
    // What feasts, or the year before, hold of each of the three plans; it moves the days of all goods of a category.
    Plans plan_without, plan_with;
    auto const under = kept.under(now.champion);
    bool const holds_cuts = !in.promotion_id.empty() && !kept.held_in(now.champion).empty();
    if (holds_cuts) plan_without = TRY(promotions_ahead(tx, kept, {.without = in.promotion_id})), plan_with = TRY(promotions_ahead(tx, kept, {.with = in.promotion_id}));
    WhatIfAnswer out{.currency = TRY(shop::shop_currency(tx)), .beyond_seen = std::abs(in.price_change_percent) > 30};
    auto const ratio = 1 + in.price_change_percent / 100;
    // Of each product its days: units, the two shares of the price that are paid, beside the one the forecast stands for, and what feasts hold of the forecast beside what they hold of the two.
    struct Part { double units = 0, paid = 1, paid_then = 1, moved = 1, moved_then = 1, held = 1, held_then = 1; };
    std::map<std::string, std::vector<Part>> parts;
    for (std::size_t i = 0; i < members.size(); ++i) {
        auto const g = members[i];
        for (auto d = first; d <= last; ++d) {
            auto const share = [&](shop::promotions::OffByDay const& off) { return off.share.empty() || off.share[i].empty() ? 1.0 : std::max(0.01, 1 - static_cast<double>(off.share[i][static_cast<std::size_t>(d - first)])); };
            auto const h = static_cast<std::size_t>(d - kept.origin), row = kept.feast_row(g);
            auto const holds = [&](Plans const& plan) { return holds_cuts ? now.plans.held_of(under, row, h) / plan.held_of(under, row, h) : 1; };
            auto const n = static_cast<double>(now.means.row(g)[h]), paid = share(without), then = share(with), stands = now.plans.factor[g].empty() ? 1 : share(planned);
            parts[kept.goods[g].product_id].push_back({n, paid, then * ratio, paid / stands, then * ratio / stands, holds(plan_without), holds(plan_with)});
        }
    }
    double weight = 0, revenue = 0, revenue_then = 0, profit = 0, profit_then = 0, listed = 0, taken = 0, taken_before = 0;
    constexpr double tenth = 1.2815515655446004;
    for (auto const& [product, days] : parts) {
        auto const found = learned.find(product);
        if (found == learned.end()) continue;  // newer than the plan
        auto const& l = found->second;
        auto const cost = l.price * (1 - l.margin);
        ++out.products;
        double a = 0, b = 0, units = 0;
        for (auto const& p : days) {
            auto const at = [&](double moved) { return p.units * std::pow(moved, std::min(0.0, l.elasticity)); };
            auto const n = at(p.moved) * p.held, then = at(p.moved_then) * p.held_then;
            units += n, out.units_then += then;
            // How far the change itself may be off, beside the same days without it.
            a += then * std::pow(p.moved_then / p.moved, -tenth * l.deviation), b += then * std::pow(p.moved_then / p.moved, std::min(0.0, l.elasticity + tenth * l.deviation) - std::min(0.0, l.elasticity));
            revenue += n * l.price * p.paid, revenue_then += then * l.price * p.paid_then, profit += n * (l.price * p.paid - cost), profit_then += then * (l.price * p.paid_then - cost);
            listed += then, taken += then * (1 - p.paid_then / ratio), taken_before += then * (1 - p.paid);
            out.beyond_seen = out.beyond_seen || std::abs(p.paid_then / p.paid - 1) > 0.3;
        }
        out.units += units, out.units_low += std::min(a, b), out.units_high += std::max(a, b);
        out.elasticity += units * l.elasticity, out.elasticity_deviation += units * l.deviation, weight += units;
    }
    if (listed > 0) out.off_percent = std::round(1e4 * taken / listed) / 100, out.off_percent_before = std::round(1e4 * taken_before / listed) / 100;
    if (out.products == 0) return fail(Errc::failed_precondition, "elasticity_not_known", "The plan that elasticities were learned with holds none of these products; assortment.propose learns anew.");
    if (weight > 0) out.elasticity /= weight, out.elasticity_deviation /= weight;
    out.revenue_minor = std::llround(revenue), out.revenue_then_minor = std::llround(revenue_then), out.profit_minor = std::llround(profit), out.profit_then_minor = std::llround(profit_then);
    return out;
}

}  // namespace kindling::forecast

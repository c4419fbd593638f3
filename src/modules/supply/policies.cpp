// supply.policies: the ways a good could be ordered at a place, side by side (policies.h).
#include "modules/supply/policies.h"
#include "engines/inventory/continuous_review.h"
#include "engines/inventory/periodic_review.h"
#include "modules/supply/by_hand.h"
#include "modules/supply/seasons.h"
#include "modules/supply/sql.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace kindling::supply_module {

namespace {

using inventory::ReviewKind, inventory::ReviewPolicy, inventory::ReviewTerms;

double rounded(double v) { return std::round(v * 1e4) / 1e4; }  // what is told keeps four decimals

PolicyLine line(OrderPolicy policy, PolicyBasis by, Level const& l, ReviewPolicy const& p, std::string solver) {
    auto const reviews = 365 / l.review_days;
    PolicyLine out{.policy = policy, .by = by, .reorder_level = std::llround(p.reorder_level), .order_up_to = std::llround(p.order_up_to), .order_quantity = p.kind == ReviewKind::lots ? std::llround(p.quantity) : 0, .every_days = std::llround(l.review_days), .fill_rate = rounded(p.fill_rate), .cycle_service = rounded(p.cycle_service), .on_hand = rounded(p.on_hand), .orders_year = rounded(p.orders * reviews), .solver = std::move(solver)};
    out.holding_minor = std::llround(p.on_hand * l.holding_per_day * 365), out.ordering_minor = std::llround(p.orders * reviews * l.fixed), out.missed_minor = std::llround((1 - p.fill_rate) * l.daily * 365 * l.margin);
    out.cost_minor = out.holding_minor + out.ordering_minor + out.missed_minor;
    return out;
}

ReviewTerms terms(Level const& l) {
    auto const mean = std::max(0.0, l.protection.mean() - l.lead.mean()), variance = l.protection.deviation() * l.protection.deviation() - l.lead.deviation() * l.lead.deviation();
    auto const review = inventory::Demand::counts(mean, std::max(mean, variance));
    return {.review = review ? *review : l.lead, .lead = l.lead, .protection = l.protection, .most = {}, .fixed = l.fixed, .holding = std::max(1e-9, l.holding_per_day * l.review_days), .target = l.target};
}

// The least of keeping, ordering and owing, whatever it serves. Nothing where the demand is beyond the solver.
std::optional<PolicyLine> by_cost(OrderPolicy policy, Level const& l) {
    auto const t = terms(l);
    auto const stockout = t.holding * t.target / (1 - t.target);
    if (policy == OrderPolicy::min_max) {
        auto const best = inventory::min_max_exact({t.fixed, t.holding, stockout}, t.review, t.protection);
        if (!best || best->order_up_to <= best->reorder_level || best->order_up_to <= 0) return {};
        auto const told = inventory::evaluate_review(t, ReviewKind::min_max, best->reorder_level, best->order_up_to);
        return told ? std::optional(line(policy, PolicyBasis::cost, l, *told, "zheng_federgruen")) : std::nullopt;
    }
    auto const best = inventory::reorder_exact({t.fixed, t.holding, stockout, t.review.mean()}, t.lead);
    if (!best || best->quantity < 1) return {};
    auto const told = inventory::evaluate_review(t, ReviewKind::lots, std::round(best->reorder_point), std::round(best->reorder_point) + std::round(best->quantity));
    return told ? std::optional(line(policy, PolicyBasis::cost, l, *told, "federgruen_zheng")) : std::nullopt;
}

Result<PolicyComparison> policies(Context& context, AskPolicies const& in) {
    ShopStock stock;
    SupplySettings settings;
    std::map<std::size_t, HandLevel> by_hand;
    std::vector<StockItem> planned;
    {
        auto tx = TRY(context.services.store->read(context.shop_id));
        stock = TRY(read_stock(*tx, context.now, context.progress));
        settings = filled(TRY(read_settings(*tx)), stock.currency);
        by_hand = TRY(hand_levels(*tx, stock));
        planned = TRY(kept_items_of(*tx, in.sku));
    }
    auto ahead = TRY(demand_ahead(stock, stock.today, 400, context.threads(), context.progress));
    TRY(use_forecast(context, stock, ahead));
    std::optional<std::size_t> row;
    bool known = false;
    for (std::size_t i = 0; i < stock.stored.size(); ++i) {
        auto const& s = stock.stored[i];
        if (stock.goods[s.good].sku != in.sku) continue;
        known = true;
        if (in.place_id.empty() ? !row || ahead[i].sum(28) > ahead[*row].sum(28) : stock.places[s.place].place_id == in.place_id) row = i;
    }
    if (!known) return fail(Errc::not_found, "sku_not_found", fmt::format("There is no stock or sale of a SKU {}.", in.sku), {{"/sku", "sku_not_found", "catalog.list_products shows them"}});
    if (!row) return fail(Errc::not_found, "place_not_found", fmt::format("{} is not kept or sold at {}.", in.sku, in.place_id), {{"/place_id", "place_not_found", "does not have it"}});
    if (in.season_last_day && (*in.season_last_day < stock.today || *in.season_last_day > stock.today + 366)) return fail(Errc::invalid_argument, "invalid_request", "That is no season.", {{"/season_last_day", "out_of_range", fmt::format("must be from {} to {} ({} to {})", stock.today, stock.today + 366, format_date(stock.today), format_date(stock.today + 366))}});
    auto const& stored = stock.stored[*row];
    // Its part of a promise that goods keep together, as the plan found it; without a plan, or where another promise is asked for or came since, it keeps the whole of it for itself.
    auto const of_plan = std::ranges::find(planned, stock.places[stored.place].place_id, &StockItem::place_id);
    auto const classes = classify(stock, stock.days);
    auto const aim = of_plan == planned.end() || in.fill_rate || in.service ? std::nullopt : planned_part(*of_plan, promise(settings, stock.goods[stored.good].supplier_id, classes.abc[*row], classes.xyz[*row]));
    std::vector<HandLevel> asked;
    for (auto const policy : {OrderPolicy::order_up_to, OrderPolicy::min_max, OrderPolicy::fixed_quantity, OrderPolicy::reorder_point}) asked.push_back({.level_id = {}, .fill_rate = aim ? aim : in.fill_rate, .policy = policy, .service = in.service});
    auto const hand = by_hand.find(*row);
    if (hand != by_hand.end()) asked.push_back(hand->second);
    std::map<std::size_t, double> aims;
    if (aim) aims[*row] = *aim;
    auto const [levels, lead] = TRY(compare_levels(stock, ahead, settings, {.origin = stock.today, .rule = settings.level_rule, .threads = context.threads(), .aims = aims}, *row, asked, context.progress));
    auto const& now = hand != by_hand.end() ? levels.back() : levels.front();
    auto const& watched = levels[4];
    PolicyComparison out{.currency = stock.currency, .sku = in.sku, .place_id = stock.places[stored.place].place_id, .supplier_id = stock.goods[stored.good].supplier_id, .not_offered = watched.every_day ? "" : "reorder_point", .service = levels[1].service, .target = levels[1].target, .daily_mean = rounded(levels[1].daily), .lead_mean_days = rounded(lead.mean), .margin_minor = std::llround(levels[1].margin), .holding_year_minor = std::llround(levels[1].holding_per_day * 365), .order_cost_minor = std::llround(levels[1].fixed), .alone_cost_minor = watched.every_day ? std::llround(watched.fixed) : 0, .policies = {}, .season = {}};
    char const* const solvers[] = {"least_level", "every_gap", "every_quantity", "federgruen_zheng_least_r"};
    for (std::size_t k = 0; k < 4; ++k) {
        auto const& l = levels[k + 1];
        if (k == 3 && !l.every_day) continue;
        out.policies.push_back(line(asked[k].policy, PolicyBasis::promise, l, l.policy, solvers[k]));
        auto& told = out.policies.back();
        told.followed = now.policy.kind == l.policy.kind && now.every_day == l.every_day && now.form != OrderPolicy::season && (now.less != Less::no || (std::llround(now.policy.reorder_level) == told.reorder_level && std::llround(now.policy.order_up_to) == told.order_up_to));  // in this way, if below the promise (levels.h)
    }
    // By all that it costs, what it does not serve included: of those that keep the promise some serve more of it than others.
    std::ranges::stable_sort(out.policies, {}, &PolicyLine::cost_minor);
    auto const keeps = std::ranges::find_if(out.policies, [&](PolicyLine const& l) { return (out.service == ServiceKind::cycle_service ? l.cycle_service : l.fill_rate) >= out.target - 1e-4; });
    if (keeps != out.policies.end()) keeps->cheapest = true;
    if (auto free = by_cost(OrderPolicy::min_max, levels[2])) out.policies.push_back(std::move(*free));
    if (watched.every_day) if (auto free = by_cost(OrderPolicy::reorder_point, watched)) out.policies.push_back(std::move(*free));
    if (in.season_last_day) {
        auto const position = stored.on_hand - stored.reserved + stored.on_order;
        auto const season = TRY(plan_season(stock.goods[stored.good], levels[0], lead, ahead[*row], settings, stock.today, static_cast<Day>(*in.season_last_day), stored.counted ? position : 0));
        out.season = SeasonAnswer{.last_day = *in.season_last_day, .left_minor = std::llround(season.left_minor), .expected_minor = std::llround(season.expected_minor), .days = {}};
        for (auto const& s : season.steps) out.season->days.push_back({s.order_day, rounded(s.demand), std::llround(s.reorder_level), std::llround(s.order_up_to)});
    }
    return out;
}

}  // namespace

std::optional<double> planned_part(StockItem const& of_plan, Promised const& now) { return of_plan.service == now.service && std::abs(of_plan.target - now.share) < 1e-6 ? of_plan.aim : std::nullopt; }

std::vector<Operation> policy_operations() {
    return {operation({.name = "supply.policies", .scenario = "8", .summary = {"The ways a good could be ordered at a place, side by side: up to a level, between two levels, a fixed quantity on order days or at a reorder point, a season that ends; what each keeps, serves and costs.", "某地点某商品的各种订货方式对比：补足、到点补足、下单日或订货点上的固定批量、有终点的季节；各自的库存、满足率与成本。"}, .permission = "supply.read", .reasons = {"nothing_sold", "no_goods", "sku_not_found", "place_not_found", "demand_too_wide"}, .length = Length::long_}, &policies)};
}

}  // namespace kindling::supply_module

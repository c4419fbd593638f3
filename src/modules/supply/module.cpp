// modules/supply/module.cpp -- supply.plan, supply.position, supply.good, the settings and the terms of supply.
#include "core/id.h"
#include "modules/supply/by_hand.h"
#include "modules/supply/care.h"
#include "modules/supply/chain.h"
#include "modules/supply/decide.h"
#include "modules/supply/policies.h"
#include "modules/supply/routes.h"
#include "modules/supply/sql.h"
#include "modules/supply/warehouse.h"
#include "shop/catalogue/operations.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace kindling::supply_module {

namespace {

constexpr int days_ahead = 400;  // the longest lead time with its review, and what too much is measured by
constexpr std::size_t days_shown = 60;

double rounded(double v) { return std::round(v * 1000) / 1000; }

ItemDays days_of(ShopStock const& stock, Stored const& s, DemandAhead const& a) {
    ItemDays d;
    for (auto t = stock.days > days_shown ? stock.days - days_shown : 0; t < stock.days; ++t) d.stock.push_back(s.stock.empty() ? -1 : s.stock[t]), d.sold.push_back(std::isnan(s.sold[t]) ? -1 : s.sold[t]);
    for (std::size_t t = 0; t < days_shown && t < a.mean.size(); ++t) d.mean.push_back(rounded(static_cast<double>(a.mean[t]))), d.variance.push_back(rounded(static_cast<double>(a.total_variance[t])));
    for (auto const& c : s.coming) d.coming.push_back({c.day, std::llround(c.units), c.late});
    return d;
}

// Facts are read in one short reading transaction; what takes seconds runs outside of any.
Result<StockOutline> plan(Context& context, PlanStock const& in) {
    auto const& progress = context.progress;
    ShopStock stock;
    SupplySettings settings;
    std::map<std::size_t, HandLevel> by_hand;
    {
        auto tx = TRY(context.services.store->read(context.shop_id));
        stock = TRY(read_stock(*tx, context.now, progress));
        settings = filled(TRY(read_settings(*tx)), stock.currency);
        by_hand = TRY(hand_levels(*tx, stock));
    }
    auto const threads = context.threads();
    progress(20, 100, "expecting demand");
    auto ahead = TRY(demand_ahead(stock, stock.today, days_ahead, threads, progress));
    auto const forecast_day = TRY(use_forecast(context, stock, ahead));
    progress(50, 100, "setting levels");
    auto const levels = TRY(make_levels(stock, ahead, settings, {.origin = stock.today, .rule = settings.level_rule, .threads = threads, .by_hand = std::move(by_hand)}, progress));
    progress(85, 100, "putting orders together");
    auto computed = compute(stock, ahead, levels, settings, in.all_suppliers);
    std::vector<ItemDays> days;
    for (std::size_t i = 0; i < stock.stored.size(); ++i) days.push_back(days_of(stock, stock.stored[i], ahead[i]));
    auto& outline = computed.outline;
    outline.plan_id = new_id("spl"), outline.made_at_ms = context.now, outline.forecast_day = forecast_day; outline.level_rule = settings.level_rule;
    progress(92, 100, "proposing decisions");
    auto tx = TRY(context.services.store->write(context.shop_id));
    context.open = tx.get();
    auto const kept = [&]() -> Result<void> {
        TRY(decide(context, computed.proposals));
        TRY(keep_followed(context, stock, levels));
        TRY(decide_clearances(context, stock, ahead, settings, computed.items));
        return keep_plan(context, outline, computed.items, days);
    }();
    context.open = nullptr;
    TRY(kept);
    if (!context.dry()) TRY(tx->commit());
    return outline;
}

Result<PositionPage> position(Context& context, AskPosition const& in) {
    auto& tx = context.tx();
    auto page = TRY(kept_items(tx, in));
    auto outline = TRY(kept_outline(tx));
    page.planned = outline.has_value();
    if (outline) TRY(count_decided(tx, *outline, context.now));
    if (in.page_token.empty()) page.outline = std::move(outline);
    return page;
}

Result<StockedGood> good(Context& context, AskStockedGood const& in) {
    auto& tx = context.tx();
    auto const outline = TRY(kept_outline(tx));
    auto const items = TRY(kept_items_of(tx, in.sku));
    if (!outline || items.empty()) return fail(Errc::not_found, "not_in_plan", fmt::format("The plan of stock does not have {}: supply.plan makes one.", in.sku), {{"/sku", "not_in_plan", "is not in the plan of stock"}});
    StockedGood out;
    auto const most = std::ranges::max_element(items, {}, &StockItem::daily_mean);
    auto const at = in.place_id.empty() ? most : std::ranges::find(items, in.place_id, &StockItem::place_id);
    if (at == items.end()) return fail(Errc::not_found, "not_in_plan", fmt::format("The plan of stock does not have {} at {}.", in.sku, in.place_id), {{"/place_id", "not_in_plan", "does not have it in the plan"}});
    out.item = *at;
    for (auto const& i : items) out.places.push_back(i.place_id);
    auto const days = TRY(kept_days(tx, at->sku, at->place_id));
    out.arrivals = days.coming;
    auto const first = outline->today - static_cast<std::int64_t>(days.stock.size());
    for (std::size_t t = 0; t < days.stock.size(); ++t) out.past.push_back({first + static_cast<std::int64_t>(t), std::llround(days.stock[t]), std::llround(days.sold[t])});
    if (at->state == StockState::unknown) return out;
    // Day by day, as shelves are: what is asked for while nothing is there is lost, not owed. The fan follows the quantiles of the sum of demand.
    auto const here = std::max(0.0, static_cast<double>(at->on_hand - at->reserved));
    StockAhead now{.day = 0, .low = here, .mean = here, .high = here, .with_order = here};
    auto const order_comes = at->next_order_day + std::llround(at->lead_mean_days);
    double sum = 0, much = 0, little = 0;
    for (std::size_t t = 0; t < days.mean.size(); ++t) {
        now.day = outline->today + static_cast<std::int64_t>(t);
        double came = 0;
        for (auto const& c : days.coming) if (c.day == now.day) came += static_cast<double>(c.units);
        sum += days.mean[t];
        auto const demand = TRY(inventory::Demand::counts(sum, days.variance[t]));
        auto const most = demand.mean() > 0 ? demand.quantile(0.9) : 0, least = demand.mean() > 0 ? demand.quantile(0.1) : 0;
        auto const next = [&](double stock, double asked, double more) { return std::max(0.0, stock + came + more - asked); };
        now.low = next(now.low, std::max(0.0, most - much), 0), now.mean = next(now.mean, days.mean[t], 0), now.high = next(now.high, std::max(0.0, least - little), 0);
        now.with_order = next(now.with_order, days.mean[t], now.day == order_comes ? static_cast<double>(at->order_quantity) : 0);
        much = std::max(much, most), little = std::max(little, least);
        out.ahead.push_back(now);
    }
    return out;
}

Result<SupplySettings> settings(Context& context, Nothing const&) { return filled(TRY(read_settings(context.tx())), TRY(shop::shop_currency(context.tx()))); }

Result<SupplySettings> save_settings(Context& context, SupplySettings const& in) {
    auto& tx = context.tx();
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < in.targets.size(); ++i) {
        auto const& t = in.targets[i];
        if (!t.abc.empty() && t.abc != "A" && t.abc != "B" && t.abc != "C") errors.push_back({fmt::format("/targets/{}/abc", i), "unknown_value", "expected A, B or C, or nothing"});
        if (!t.xyz.empty() && t.xyz != "X" && t.xyz != "Y" && t.xyz != "Z") errors.push_back({fmt::format("/targets/{}/xyz", i), "unknown_value", "expected X, Y or Z, or nothing"});
    }
    // Of two rules for one thing the second would count for nothing, and nobody would be told.
    auto const once = [&](std::string_view list, std::size_t size, auto const& key, std::string_view what) {
        std::map<std::string, std::size_t> first;
        for (std::size_t i = 0; i < size; ++i)
            if (auto const [at, fresh] = first.emplace(key(i), i); !fresh) errors.push_back({fmt::format("/{}/{}", list, i), "duplicate", fmt::format("is of the same {} as /{}/{}", what, list, at->second)});
    };
    once("targets", in.targets.size(), [&](std::size_t i) { return in.targets[i].abc + '/' + in.targets[i].xyz; }, "class");
    once("suppliers", in.suppliers.size(), [&](std::size_t i) { return in.suppliers[i].supplier_id; }, "supplier");
    once("places", in.places.size(), [&](std::size_t i) { return in.places[i].place_id; }, "place");
    for (std::size_t i = 0; i < in.suppliers.size(); ++i) {
        if (!TRY(tx.integer("SELECT COUNT(*) FROM suppliers WHERE shop_id = ? AND supplier_id = ?", tx.shop_id(), in.suppliers[i].supplier_id))) errors.push_back({fmt::format("/suppliers/{}/supplier_id", i), "supplier_not_found", "is not a supplier of this shop"});
        if (in.suppliers[i].policy == OrderPolicy::season) errors.push_back({fmt::format("/suppliers/{}/policy", i), "unknown_value", "a season is of one good and its last day: supply.set_level"});
        if (in.suppliers[i].policy == OrderPolicy::reorder_point && !in.suppliers[i].order_weekdays.empty()) errors.push_back({fmt::format("/suppliers/{}/policy", i), "order_days", "cannot be watched on any day when there are order_weekdays"});
        for (std::size_t d = 0; d < in.suppliers[i].order_weekdays.size(); ++d)
            if (auto const w = in.suppliers[i].order_weekdays[d]; w < 1 || w > 7) errors.push_back({fmt::format("/suppliers/{}/order_weekdays/{}", i, d), "out_of_range", "must be 1 (Monday) to 7 (Sunday)"});
    }
    for (auto& wrong : check_routes(in.routes)) errors.push_back(std::move(wrong));
    for (std::size_t i = 0; i < in.routes.size(); ++i) {
        auto const& r = in.routes[i];
        for (auto const& [field, place] : {std::pair{"from_place_id", &r.from_place_id}, std::pair{"to_place_id", &r.to_place_id}})
            if (!TRY(tx.integer("SELECT COUNT(*) FROM places WHERE shop_id = ? AND place_id = ?", tx.shop_id(), *place)) && *place != "main") errors.push_back({fmt::format("/routes/{}/{}", i, field), "place_not_found", "is not a place of this shop"});
    }
    for (std::size_t i = 0; i < in.places.size(); ++i)
        if (!TRY(tx.integer("SELECT COUNT(*) FROM places WHERE shop_id = ? AND place_id = ?", tx.shop_id(), in.places[i].place_id)) && in.places[i].place_id != "main") errors.push_back({fmt::format("/places/{}/place_id", i), "place_not_found", "is not a place of this shop"});
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The settings have invalid fields; nothing was kept.", std::move(errors));
    TRY(keep_settings(context, in));
    return settings(context, {});
}

Result<shop::Saved> save_terms(Context& context, SaveSupplyTerms const& in) {
    auto& tx = context.tx();
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < in.terms.size() && errors.size() < 100; ++i) {
        auto const& t = in.terms[i];
        auto const at = [&](std::string_view field) { return fmt::format("/terms/{}/{}", i, field); };
        if (!TRY(tx.integer("SELECT COUNT(*) FROM variants WHERE shop_id = ? AND sku = ?", tx.shop_id(), t.sku))) errors.push_back({at("sku"), "sku_not_found", "is not a SKU of this shop"});
        if (!TRY(tx.integer("SELECT COUNT(*) FROM suppliers WHERE shop_id = ? AND supplier_id = ?", tx.shop_id(), t.supplier_id))) errors.push_back({at("supplier_id"), "supplier_not_found", "is not a supplier of this shop"});
        if (t.most_quantity && *t.most_quantity < std::max(t.minimum_quantity, t.pack_size)) errors.push_back({at("most_quantity"), "out_of_range", "must be at least the least order and one pack"});
        if (!t.price_steps.empty() && t.price_steps[0].cost_minor > t.cost_minor) errors.push_back({at("price_steps/0/cost_minor"), "out_of_order", fmt::format("must not be above cost_minor ({}): a larger order costs no more a unit", t.cost_minor)});
        for (std::size_t s = 1; s < t.price_steps.size(); ++s)
            if (t.price_steps[s].from_quantity <= t.price_steps[s - 1].from_quantity || t.price_steps[s].cost_minor > t.price_steps[s - 1].cost_minor) errors.push_back({at(fmt::format("price_steps/{}", s)), "out_of_order", "must begin at a larger quantity and not cost more than the step before"});
    }
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The terms have invalid fields; nothing was kept.", std::move(errors));
    TRY(keep_terms(context, in.terms));
    return shop::Saved{.updated = static_cast<std::int64_t>(in.terms.size())};
}

Result<SupplyTermPage> list_terms(Context& context, ListSupplyTerms const& in) { return kept_terms(context.tx(), in); }

}  // namespace

std::vector<Operation> operations() {
    std::vector<Operation> all{
        operation({.name = "supply.plan", .scenario = "8", .summary = {"Plan the stock: for each good and place how long it lasts, when to order and how much, and propose the purchase orders of today as decisions.", "制定库存方案：各商品各地点可售多久、何时订货、订多少，并将今日采购单提为决策。"}, .effect = Effect::propose, .permission = "supply.propose", .reasons = {"nothing_sold", "no_goods"}, .length = Length::long_}, &plan),
        operation({.name = "supply.position", .scenario = "8", .summary = {"What will run out and when, what is too much, and the money at stake, by the plan that was made last.", "按最近的方案：什么将断货、何时、什么过多、涉及多少金额。"}, .permission = "supply.read"}, &position),
        operation({.name = "supply.good", .scenario = "8", .summary = {"One good: its stock behind and ahead with its spread, what is on order, and its order points.", "单个商品：过去与未来的库存及区间、在途与订货点。"}, .permission = "supply.read", .reasons = {"not_in_plan"}}, &good),
        operation({.name = "supply.settings", .scenario = "8", .summary = {"Promised fill rates, costs of stock and of orders, order days, routes between places.", "目标满足率、库存与订货成本、下单日与调拨路线。"}, .permission = "supply.read"}, &settings),
        operation({.name = "supply.save_settings", .scenario = "8", .summary = {"Set promised fill rates, costs of stock and of orders, order days and routes; the next plan follows them.", "设置目标满足率、库存与订货成本、下单日与调拨路线；下一次方案生效。"}, .effect = Effect::act, .permission = "supply.write"}, &save_settings),
        operation({.name = "supply.save_terms", .scenario = "8", .summary = {"Say what a good costs from a supplier, in which packs it comes, least and most orders, shelf life and price steps.", "登记供货条件：成本、装箱数、最小与最大订货量、保质期与数量折扣。"}, .effect = Effect::act, .permission = "supply.write"}, &save_terms),
        operation({.name = "supply.list_terms", .scenario = "8", .summary = {"Terms of supply by SKU and supplier.", "按 SKU 与供应商列出供货条件。"}, .permission = "supply.read"}, &list_terms),
    };
    for (auto const& part : {order_operations(), care_operations(), place_operations(), network_operations(), warehouse_operations(), hand_operations(), policy_operations(), chain_operations()}) all.insert(all.end(), part.begin(), part.end());
    return all;
}

}  // namespace kindling::supply_module

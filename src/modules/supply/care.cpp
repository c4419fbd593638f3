// supply.alerts, supply.simulate, supply.book_backtest.
#include "modules/supply/care.h"
#include "core/short_money.h"
#include "modules/supply/alerts.h"
#include "modules/supply/by_hand.h"
#include "modules/supply/orders.h"
#include "modules/supply/replay.h"
#include "modules/supply/sql.h"
#include "shop/catalogue/operations.h"
#include "shop/decisions/decisions.h"
#include "shop/page.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>

namespace kindling::supply_module {

namespace {

template <class What> using ByGoodAndPlace = std::map<std::pair<std::string, std::string>, What>;

// A line of a purchase order that has not all come.
struct OpenOrder {
    std::string sku, place_id, number;
    std::int64_t expected_day = 0;   // 0: nobody knows
    Milliseconds ordered_at_ms = 0;
    std::int64_t left = 0;
};

// Those that should come first are first.
Result<std::vector<OpenOrder>> open_orders(shop::Transaction& tx) {
    std::vector<OpenOrder> out;
    shop::Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT l.sku, o.place_id, o.purchase_order_id, COALESCE(o.expected_day, 0), o.ordered_at_ms, l.quantity - l.received FROM purchase_orders o JOIN purchase_order_lines l ON l.shop_id = o.shop_id AND l.purchase_order_id = o.purchase_order_id WHERE o.shop_id = ? AND o.status = 'ordered' AND l.received < l.quantity ORDER BY COALESCE(o.expected_day, o.ordered_at_ms / 86400000), o.purchase_order_id", values, [&](shop::Row const& row) -> Result<void> {
        out.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), row.integer(3), row.integer(4), row.integer(5)});
        return {};
    }));
    return out;
}

void tell_order(OpenOrder const& o, std::int64_t on_order, StockAlert& a) {
    a.purchase_order_id = o.number, a.day = o.expected_day ? o.expected_day : o.ordered_at_ms / milliseconds_per_day;
    auto const day = format_date(static_cast<Day>(*a.day));
    a.text_en = o.expected_day ? fmt::format("Order {} was expected on {} and is not all here; on order: {}. Ask the supplier.", o.number, day, on_order) : fmt::format("Order {} of {} should be here already; on order: {}. Ask the supplier.", o.number, day, on_order);
    a.text_zh = o.expected_day ? fmt::format("采购单 {} 预计 {} 到货，尚未到齐；在途 {} 件。请联系供应商。", o.number, day, on_order) : fmt::format("{} 下单的采购单 {} 应已到货；在途 {} 件。请联系供应商。", day, o.number, on_order);
}

// What open purchase proposals order, by good and place; of several the newest. Lines that people took out order nothing.
Result<ByGoodAndPlace<OpenLine>> open_lines(shop::Transaction& tx, Milliseconds now) {
    ByGoodAndPlace<OpenLine> out;
    auto const open = TRY(kept_proposals(tx, {.supplier_id = {}, .decision_id = {}, .page_size = std::numeric_limits<std::int32_t>::max(), .page_token = {}}, now));
    for (auto const& p : open.proposals)
        for (auto const& l : p.lines)
            if (l.quantity > 0) out.try_emplace({l.sku, p.place_id}, OpenLine{p.decision_id, l.quantity, p.expected_day});
    return out;
}

// The same of orders that were placed after the plan, a proposal of it that was approved or one of a person's own: of several the first to come, with what all of them bring.
ByGoodAndPlace<OpenLine> placed_since(Milliseconds plan, std::span<OpenOrder const> orders) {
    ByGoodAndPlace<OpenLine> out;
    for (auto const& o : orders)
        if (o.ordered_at_ms > plan) out.try_emplace({o.sku, o.place_id}, OpenLine{{}, 0, o.expected_day, o.number}).first->second.quantity += o.left;
    return out;
}

Result<AlertPage> alerts(Context& context, AskAlerts const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(shop::read_page_token("supply_alerts", in.page_token, 1));
    AlertPage page{.alerts = {}, .sums = {}, .total = 0, .currency = TRY(shop::shop_currency(tx)), .next_page_token = {}};
    auto const settings = filled(TRY(read_settings(tx)), page.currency);
    for (auto const kind : {AlertKind::stock_out, AlertKind::overstock, AlertKind::expiry, AlertKind::slow, AlertKind::late_delivery}) page.sums.push_back({kind, 0, 0});
    struct Found { StockAlert alert; StockItem const* item; };
    std::vector<Found> all;
    auto const items = TRY(all_kept_items(tx));
    for (auto const& item : items)
        for (auto& a : alerts_of(item, settings)) {
            auto& sum = page.sums[static_cast<std::size_t>(a.kind)];
            ++sum.count, sum.money_minor += a.money_minor;
            if (!in.kind || a.kind == *in.kind) all.push_back({std::move(a), &item});
        }
    std::ranges::stable_sort(all, std::greater(), [](Found const& f) { return f.alert.money_minor; });
    page.total = static_cast<std::int64_t>(all.size());
    auto const first = keys.empty() ? std::int64_t{0} : std::clamp<std::int64_t>(std::atoll(keys[0].c_str()), 0, page.total), last = std::min(page.total, first + in.page_size);
    auto const outline = TRY(kept_outline(tx));
    auto const on_page = [&](AlertKind kind) { return std::any_of(all.begin() + first, all.begin() + last, [&](Found const& f) { return f.alert.kind == kind; }); };
    bool const runs_out = on_page(AlertKind::stock_out);
    std::vector<OpenOrder> orders;
    if (runs_out || on_page(AlertKind::late_delivery)) orders = TRY(open_orders(tx));
    ByGoodAndPlace<OpenOrder const*> late;
    for (auto const& o : orders) late.try_emplace({o.sku, o.place_id}, &o);
    ByGoodAndPlace<OpenLine> proposed;
    if (runs_out) {
        proposed = TRY(open_lines(tx, context.now));
        if (outline) proposed.merge(placed_since(outline->made_at_ms, orders));   // what is proposed still waits for somebody
    }
    for (auto at = first; at < last; ++at) {
        auto& [alert, item] = all[static_cast<std::size_t>(at)];
        auto const line = proposed.find({item->sku, item->place_id});
        tell(alert, *item, settings, page.currency, outline ? static_cast<Day>(outline->today) : 0, line == proposed.end() ? nullptr : &line->second);
        if (auto const order = late.find({item->sku, item->place_id}); alert.kind == AlertKind::late_delivery && order != late.end()) tell_order(*order->second, item->on_order, alert);
        page.alerts.push_back(std::move(alert));
    }
    if (last < page.total) {
        std::string const next[] = {std::to_string(last)};
        page.next_page_token = shop::page_token("supply_alerts", next);
    }
    return page;
}

constexpr std::int64_t least_days = 14, most_days = 364;  // of a stretch that is played again

double told(double v) { return std::round(v * 1e4) / 1e4; }

RuleLine line(std::string_view rule, RuleOutcome const& o) {
    return {std::string(rule), told(o.fill_rate()), told(o.settled_fill_rate()), o.planned > 0 && o.asked > 0 ? std::optional(told(o.planned / o.asked)) : std::nullopt, std::llround(o.asked), std::llround(o.served), std::llround(o.stock_minor), std::llround(o.holding_minor), std::llround(o.ordering_minor), std::llround(o.missed_minor), std::llround(o.expired_minor), std::llround(o.price_saved_minor), std::llround(o.holding_minor) + std::llround(o.ordering_minor) + std::llround(o.missed_minor) + std::llround(o.expired_minor) - std::llround(o.price_saved_minor), std::llround(o.orders), std::llround(o.lines)};
}

Result<Backtest> simulate(Context& context, SimulateStock const& in) {
    for (auto const& policy : in.policies)
        if (policy == OrderPolicy::by_cost || policy == OrderPolicy::season) return fail(Errc::invalid_argument, "invalid_request", "Not every policy can be played for all goods.", {{fmt::format("/policies/{}", &policy - in.policies.data()), "unknown_value", policy == OrderPolicy::by_cost ? "is the plan itself" : "is of one good and its last day"}});
    ShopStock stock;
    SupplySettings settings;
    std::vector<HandSpan> hand;
    {
        auto tx = TRY(context.services.store->read(context.shop_id));
        stock = TRY(read_stock(*tx, context.now, context.progress));
        settings = filled(TRY(read_settings(*tx)), stock.currency);
        hand = TRY(hand_spans(*tx, stock, in.by_hand == HandDays::throughout ? stock.today : stock.first, stock.today + 1));
    }
    auto const until = static_cast<Day>(in.until_day ? std::clamp<std::int64_t>(*in.until_day, stock.first, stock.today) : stock.facts_until());  // days that are not recorded yet are not played, nor booked
    // As long as asked for, or as the 60 days before it let it be; under two weeks say nothing.
    auto const from = std::max(until - static_cast<Day>(in.days), stock.first + 60);
    if (until - from < least_days) return fail(Errc::failed_precondition, "history_too_short", "A back-test needs 60 days of sales before two weeks or more that are played again.");
    ReplayOptions options{.from = from, .until = until, .forest_days = 28, .rules = {settings.level_rule}, .threads = context.threads()};
    for (auto const rule : in.also_by)
        if (std::ranges::find(options.rules, rule) == options.rules.end()) options.rules.push_back(rule);
    options.policies = in.policies;
    for (auto& span : hand) {
        if (in.by_hand == HandDays::throughout) span.first = from, span.end = until;
        if (span.first < until && span.end > from) options.by_hand.push_back(std::move(span));
    }
    auto const r = TRY(replay(stock, settings, options, context.progress));
    Backtest out{.currency = stock.currency, .from_day = options.from, .until_day = options.until, .goods = static_cast<std::int64_t>(r.goods), .promised = told(r.promised), .drawn_share = r.naive.asked > 0 ? told(r.drawn_units / r.naive.asked) : 0, .level_rule = settings.level_rule, .saved_minor = 0, .by_hand = static_cast<std::int64_t>(options.by_hand.size()), .rules = {line("plan", r.plans[0]), line("naive", r.naive)}, .days = {}, .booked = false, .entry_id = {}, .note = {}};
    out.saved_minor = out.rules[1].cost_minor - out.rules[0].cost_minor;
    if (r.actual) out.rules.push_back(line("actual", *r.actual));
    if (r.without_hand) out.rules.push_back(line("plan_without_hand", *r.without_hand));
    for (std::size_t k = 1; k < r.plans.size(); ++k) {
        auto const n = options.rules.size();
        out.rules.push_back(line(fmt::format("plan_{}", k < n ? boost::describe::enum_to_string(options.rules[k], "") : boost::describe::enum_to_string(options.policies[k - n], "")), r.plans[k]));
    }
    for (std::size_t t = 0; t < r.days; ++t) {
        auto const share = [&](RuleOutcome const& o) { return o.asked_by_day[t] > 0 ? told(o.served_by_day[t] / o.asked_by_day[t]) : 1.0; };
        out.days.push_back({options.from + static_cast<std::int64_t>(t), std::llround(r.plans[0].stock_by_day[t]), std::llround(r.naive.stock_by_day[t]), r.actual ? std::llround(r.actual->stock_by_day[t]) : 0, share(r.plans[0]), share(r.naive)});
    }
    return out;
}

// What is not booked yet of the shop's past, when it is worth playing: what every night asks for.
struct Due { std::int64_t days = 0; std::string note; };
Result<Due> due(Context& context, std::int64_t usual_days) {
    auto tx = TRY(context.services.store->read(context.shop_id));
    auto const outline = TRY(kept_outline(*tx));
    if (!outline) return Due{0, "There is no plan of stock yet.\n尚无库存方案。"};
    auto const booked = TRY(tx->integer("SELECT COALESCE(MAX(until_day), 0) FROM supply_backtests WHERE shop_id = ?", context.shop_id));
    if (booked == 0) return Due{usual_days, {}};
    auto const days = outline->facts_until - booked;
    if (days < least_days) return Due{0, fmt::format("Booked until {0}; the next stretch is booked once there are {1} days of it.\n已记至 {0}；满 {1} 天后记下一段。", format_date(static_cast<Day>(booked - 1)), least_days)};
    return Due{std::min(days, most_days), {}};
}

Result<Backtest> book(Context& context, BookBacktest const& in) {
    SimulateStock asked{.days = in.days, .until_day = in.until_day};
    if (in.as_due) {
        auto due_now = TRY(due(context, in.days));
        if (due_now.days == 0) return Backtest{.currency = {}, .rules = {}, .days = {}, .entry_id = {}, .note = std::move(due_now.note)};
        asked = {.days = due_now.days};
    }
    auto played = simulate(context, asked);
    // A young shop has nothing to play yet: no reason for a night to fail.
    if (!played && in.as_due && played.error().reason == "history_too_short") return Backtest{.currency = {}, .rules = {}, .days = {}, .entry_id = {}, .note = played.error().message + "\n历史太短，暂无可回放的时段。"};
    auto out = TRY(std::move(played));
    auto tx = TRY(context.services.store->write(context.shop_id));
    context.open = tx.get();
    auto const booked = [&]() -> Result<void> {
        if (TRY(tx->integer("SELECT COUNT(*) FROM supply_backtests WHERE shop_id = ? AND from_day < ? AND until_day > ?", context.shop_id, out.until_day, out.from_day)) > 0)
            return fail(Errc::conflict, "already_booked", "Days of this stretch are in the ledger already; a day is booked once.", {{"/until_day", "already_booked", "overlaps a stretch that was booked"}});
        auto const percent = [](double v) { return fmt::format("{:.1f} %", 100 * v); };
        auto const& plan = out.rules[0];
        auto const& naive = out.rules[1];
        auto const first = format_date(static_cast<Day>(out.from_day)), last = format_date(static_cast<Day>(out.until_day - 1));
        out.entry_id = TRY(shop::book_value(context, {.scenario = "8", .value_kind = "efficiency", .amount_minor = out.saved_minor, .currency = out.currency, .hours = {}, .method = "backtest",
            // English, then Chinese: the console shows the reader's.
            .evidence = fmt::format("Orders by the plan against ordering what was sold, the same demand and lead times, {} to {}, {} goods at places: fill rate {} against {} ({} against {} once the first orders had come, {} promised, {} planned), stock at cost {} against {}, {} orders against {}; {} of the demand was drawn for days with empty shelves. Not a saving of the books: what the plan would have been worth.", first, last, out.goods, percent(plan.fill_rate), percent(naive.fill_rate), percent(plan.settled_fill_rate), percent(naive.settled_fill_rate), percent(out.promised), percent(plan.planned_fill_rate.value_or(0)), short_money(plan.stock_minor, out.currency), short_money(naive.stock_minor, out.currency), plan.orders, naive.orders, percent(out.drawn_share)) + "\n" +
                fmt::format("按方案订货与“卖多少订多少”相比（需求与交货时间相同），{} 至 {}，{} 个商品地点：满足率 {} 对 {}（首批订货到货后 {} 对 {}，承诺 {}，方案预计 {}），库存成本 {} 对 {}，订单 {} 对 {} 张；需求中 {} 为缺货日估算。并非账面节省，而是方案本可带来的价值。", first, last, out.goods, percent(plan.fill_rate), percent(naive.fill_rate), percent(plan.settled_fill_rate), percent(naive.settled_fill_rate), percent(out.promised), percent(plan.planned_fill_rate.value_or(0)), short_money(plan.stock_minor, out.currency), short_money(naive.stock_minor, out.currency), plan.orders, naive.orders, percent(out.drawn_share))}));
        TRY(tx->execute("INSERT INTO supply_backtests (shop_id, from_day, until_day, entry_id, booked_at_ms) VALUES (?,?,?,?,?)", context.shop_id, out.from_day, out.until_day, out.entry_id, context.now));
        return {};
    }();
    context.open = nullptr;
    // Somebody booked days of it while it was played: no reason for a night to fail either; the next one asks for what is left.
    if (!booked && in.as_due && booked.error().reason == "already_booked") return Backtest{.currency = {}, .rules = {}, .days = {}, .entry_id = {}, .note = booked.error().message + "\n该时段已有记录，每天只记一次。"};
    TRY(booked);
    if (!context.dry()) TRY(tx->commit());
    out.booked = true;
    return out;
}

}  // namespace

std::vector<Operation> care_operations() {
    return {
        operation({.name = "supply.alerts", .scenario = "8", .summary = {"What needs care in stock: sold out or about to be, too much, expiring, slow, late; with the money at stake.", "库存预警：缺货或将缺货、过多、将过期、滞销、到货逾期，及涉及金额。"}, .permission = "supply.read"}, &alerts),
        operation({.name = "supply.simulate", .scenario = "8", .summary = {"Play the shop's past again: what the plan would have served and cost, beside ordering what was sold and beside what was.", "回放历史：方案的满足率与成本，对比“卖多少订多少”与实际情况。"}, .permission = "supply.read", .reasons = {"nothing_sold", "no_goods", "history_too_short"}, .length = Length::long_}, &simulate),
        operation({.name = "supply.book_backtest", .scenario = "8", .summary = {"Play the past again and book in the ledger, as a back-test, what the plan was worth against the naive rule; a day is booked once.", "回放历史，并将方案相对朴素规则的价值作为回测记入账本；每天只记一次。"}, .effect = Effect::act, .permission = "ledger.write", .reasons = {"nothing_sold", "no_goods", "history_too_short", "already_booked"}, .length = Length::long_}, &book),
    };
}

}  // namespace kindling::supply_module

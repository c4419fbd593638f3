#include "shop/overview/overview.h"
#include "shop/context.h"
#include "shop/catalogue/operations.h"
#include <boost/json.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <ranges>

namespace kindling::shop {

namespace {

struct AskOverview {
    std::int64_t days = 30;
    std::optional<std::int64_t> until_ms;
    static constexpr Field fields[] = {field("days", "Length of the period.", "统计天数。").defaulted().range(1, 366), field("until_ms", "End of it; left out: the end of the last day with orders.", "截止时间；不填为最近有订单的一天结束。")};
};
BOOST_DESCRIBE_STRUCT(AskOverview, (), (days, until_ms))

struct Figure {
    std::string name;
    double value = 0, before = 0;
    std::string unit;
    static constexpr Field fields[] = {field("name", "gmv, orders, customers, new_customers, average_order, returns_share, visits in the event log, conversion: share of these visits that ended in an order.", "gmv 成交额、orders 订单数、customers 顾客数、new_customers 新客数、average_order 客单价、returns_share 退货率、visits 事件日志中的访问数、conversion 其中最终下单的比例。"), field("value", "In the period.", "本期。"), field("before", "In the period of the same length before.", "上期。"), field("unit", "minor, count or share.", "minor 最小货币单位、count 个数、share 比率。")};
};
BOOST_DESCRIBE_STRUCT(Figure, (), (name, value, before, unit))

struct DayFigure {
    std::string date;
    std::int64_t gmv_minor = 0, orders = 0, customers = 0, new_customers = 0, visits = 0, average_order_minor = 0;
    double conversion = 0, returns_share = 0;
    static constexpr Field fields[] = {
        field("date", "Day.", "日期。"), field("gmv_minor", "Ordered that day, minor units.", "当日成交额。"), field("orders", "Orders that day.", "当日订单数。"), field("customers", "Different customers who ordered that day.", "当日下单顾客数。"),
        field("new_customers", "Customers whose first order was that day.", "当日首次下单的顾客数。"), field("visits", "Visits in the event log that day.", "当日事件日志中的访问数。"), field("average_order_minor", "GMV for each order; 0 without orders.", "当日客单价；无订单为 0。"), field("conversion", "Share of that day's visits in the event log that ended in an order; 0 without visits.", "当日事件日志访问中最终下单的比例；无访问为 0。"), field("returns_share", "Orders returned that day for each order of that day; 0 without orders.", "当日退货订单数除以当日订单数；无订单为 0。")};
};
BOOST_DESCRIBE_STRUCT(DayFigure, (), (date, gmv_minor, orders, customers, new_customers, visits, average_order_minor, conversion, returns_share))

struct Mover {
    std::string product_id, title_en, title_zh;
    std::int64_t gmv_minor = 0, before_minor = 0;
    static constexpr Field fields[] = {field("product_id", "Product.", "商品编号。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"), field("gmv_minor", "Sold in the period, minor units.", "本期销售额。"), field("before_minor", "In the period before.", "上期销售额。")};
};
BOOST_DESCRIBE_STRUCT(Mover, (), (product_id, title_en, title_zh, gmv_minor, before_minor))

struct Overview {
    std::string currency;
    std::int64_t from_ms = 0, until_ms = 0;
    std::vector<Figure> figures;
    std::vector<DayFigure> daily, daily_before;
    std::vector<Mover> rising, falling;
    std::int64_t open_decisions = 0, market_moves = 0, orders_to_ship = 0, skus_out_of_stock = 0, running_jobs = 0;
    static constexpr Field fields[] = {
        field("currency", "ISO 4217 code.", "货币代码。"), field("from_ms", "Start of the period.", "起始时间。"), field("until_ms", "End of the period.", "截止时间。"), field("figures", "Key figures.", "关键指标。"), field("daily", "Day by day.", "逐日数据。"), field("daily_before", "The period before, day by day, as long as daily.", "上期逐日数据，与本期等长。"), field("rising", "Products that sell more than before, by difference.", "增长最多的商品。"), field("falling", "Products that sell less.", "下降最多的商品。"),
        field("open_decisions", "Decisions that wait.", "待定决策数。"), field("market_moves", "Those of them that tell of a move of the market (market.watch).", "其中提示市场变动的决策数（market.watch）。"), field("orders_to_ship", "Paid and not shipped.", "待发货订单数。"), field("skus_out_of_stock", "SKUs on sale without stock.", "在售但缺货的 SKU 数。"), field("running_jobs", "Jobs at work.", "进行中的任务数。")};
};
BOOST_DESCRIBE_STRUCT(Overview, (), (currency, from_ms, until_ms, figures, daily, daily_before, rising, falling, open_decisions, market_moves, orders_to_ship, skus_out_of_stock, running_jobs))

struct Period {
    std::int64_t orders = 0, gmv = 0, customers = 0, fresh = 0, returned = 0;
    OverviewFacts::Visits visits;
};

Result<Period> measure(Transaction& tx, std::int64_t from, std::int64_t until, std::optional<OverviewFacts::Visits> visits) {
    Period p;
    auto const shop = tx.shop_id();
    Value const values[] = {shop, from, until};
    TRY(tx.run("SELECT COUNT(*), COALESCE(SUM(total_minor), 0), COUNT(DISTINCT NULLIF(customer_id, '')) FROM orders WHERE shop_id = ? AND placed_at_ms >= ? AND placed_at_ms < ? AND status <> 'cancelled'", values, [&](Row const& row) -> Result<void> { p.orders = row.integer(0), p.gmv = row.integer(1), p.customers = row.integer(2); return {}; }));
    p.fresh = TRY(tx.integer("SELECT COUNT(*) FROM (SELECT DISTINCT customer_id FROM orders WHERE shop_id = ? AND placed_at_ms >= ? AND placed_at_ms < ? AND customer_id <> '') now WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.shop_id = ? AND o.customer_id = now.customer_id AND o.placed_at_ms < ?)", shop, from, until, shop, from));
    p.returned = TRY(tx.integer("SELECT COUNT(DISTINCT order_id) FROM returns WHERE shop_id = ? AND created_at_ms >= ? AND created_at_ms < ?", shop, from, until));
    if (visits) p.visits = *visits;
    else TRY(tx.run("SELECT COUNT(DISTINCT session_id), COUNT(DISTINCT CASE WHEN kind = 'purchase' THEN session_id END) FROM events WHERE shop_id = ? AND at_ms >= ? AND at_ms < ? AND session_id <> ''", values, [&](Row const& row) -> Result<void> { p.visits = {row.integer(0), row.integer(1)}; return {}; }));
    return p;
}

Result<std::vector<DayFigure>> day_by_day(Transaction& tx, std::int64_t from, std::int64_t days, std::span<OverviewFacts::Visits const> visits) {
    std::vector<DayFigure> out(static_cast<std::size_t>(days));
    for (std::int64_t d = 0; d < days; ++d) out[static_cast<std::size_t>(d)].date = format_date(day_of(from + d * milliseconds_per_day));
    Value const values[] = {from, milliseconds_per_day, tx.shop_id(), from, from + days * milliseconds_per_day};
    TRY(tx.run("SELECT (placed_at_ms - ?) / ? AS day, SUM(total_minor), COUNT(*), COUNT(DISTINCT NULLIF(customer_id, '')) FROM orders WHERE shop_id = ? AND placed_at_ms >= ? AND placed_at_ms < ? AND status <> 'cancelled' GROUP BY 1", values, [&](Row const& row) -> Result<void> {
        auto& d = out.at(static_cast<std::size_t>(row.integer(0)));
        d.gmv_minor = row.integer(1), d.orders = row.integer(2), d.customers = row.integer(3);
        return {};
    }));
    auto const visited = [&](std::size_t d, OverviewFacts::Visits v) { out.at(d).visits = v.all, out.at(d).conversion = v.all ? static_cast<double>(v.buying) / static_cast<double>(v.all) : 0; };
    for (std::size_t d = 0; d < visits.size(); ++d) visited(d, visits[d]);
    if (visits.empty()) TRY(tx.run("SELECT (at_ms - ?) / ? AS day, COUNT(DISTINCT session_id), COUNT(DISTINCT CASE WHEN kind = 'purchase' THEN session_id END) FROM events WHERE shop_id = ? AND at_ms >= ? AND at_ms < ? AND session_id <> '' GROUP BY 1", values, [&](Row const& row) -> Result<void> {
        visited(static_cast<std::size_t>(row.integer(0)), {row.integer(1), row.integer(2)});
        return {};
    }));
    TRY(tx.run("SELECT (created_at_ms - ?) / ? AS day, COUNT(DISTINCT order_id) FROM returns WHERE shop_id = ? AND created_at_ms >= ? AND created_at_ms < ? GROUP BY 1", values, [&](Row const& row) -> Result<void> {
        if (auto& d = out.at(static_cast<std::size_t>(row.integer(0))); d.orders) d.returns_share = static_cast<double>(row.integer(1)) / static_cast<double>(d.orders);
        return {};
    }));
    Value const first_orders[] = {from, milliseconds_per_day, tx.shop_id(), from, from + days * milliseconds_per_day, tx.shop_id(), from};
    TRY(tx.run("SELECT (first_at_ms - ?) / ? AS day, COUNT(*) FROM (SELECT customer_id, MIN(placed_at_ms) AS first_at_ms FROM orders WHERE shop_id = ? AND placed_at_ms >= ? AND placed_at_ms < ? AND customer_id <> '' GROUP BY customer_id) now WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.shop_id = ? AND o.customer_id = now.customer_id AND o.placed_at_ms < ?) GROUP BY 1", first_orders, [&](Row const& row) -> Result<void> {
        out.at(static_cast<std::size_t>(row.integer(0))).new_customers = row.integer(1);
        return {};
    }));
    for (auto& d : out)
        if (d.orders) d.average_order_minor = d.gmv_minor / d.orders;
    return out;
}

Result<std::vector<Mover>> movers(Transaction& tx, std::int64_t from, std::int64_t until, std::string_view order) {
    auto const before = from - (until - from);
    // The id with nothing behind it: begin with the orders of these days, not with all lines by their product.
    return tx.select<Mover>(fmt::format("SELECT s.product_id, p.title_en, p.title_zh, s.gmv_minor, s.before_minor FROM (SELECT l.product_id || '' AS product_id, SUM(CASE WHEN o.placed_at_ms >= ? THEN l.quantity * l.unit_price_minor - l.discount_minor ELSE 0 END) AS gmv_minor, "
                                        "SUM(CASE WHEN o.placed_at_ms < ? THEN l.quantity * l.unit_price_minor - l.discount_minor ELSE 0 END) AS before_minor FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id "
                                        "WHERE o.shop_id = ? AND o.placed_at_ms >= ? AND o.placed_at_ms < ? AND o.status <> 'cancelled' GROUP BY l.product_id || '') s JOIN products p ON p.shop_id = ? AND p.product_id = s.product_id ORDER BY s.gmv_minor - s.before_minor {} LIMIT 5", order),
                            from, from, tx.shop_id(), before, until, tx.shop_id());
}

// The same from sums that stand already: only the ends of the list need their titles.
Result<void> movers(Transaction& tx, OverviewFacts const& facts, Overview& o) {
    std::vector<std::pair<std::int64_t, std::string const*>> by_difference;
    for (auto const& [product, sold] : facts.sold_minor)
        if (sold.first != sold.second) by_difference.emplace_back(sold.first - sold.second, &product);
    std::ranges::sort(by_difference, [](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : *a.second < *b.second; });
    auto const take = [&](auto const& list, std::vector<Mover>& into, bool (*wanted)(std::int64_t)) -> Result<void> {
        for (auto const& [difference, product] : list) {
            if (!wanted(difference) || into.size() == 5) break;
            auto const& sold = facts.sold_minor.at(*product);
            auto mover = TRY((tx.find<Mover>("SELECT product_id, title_en, title_zh FROM products WHERE shop_id = ? AND product_id = ?", tx.shop_id(), *product)));
            if (!mover) continue;  // sold once, not in the catalogue now
            mover->gmv_minor = sold.first, mover->before_minor = sold.second;
            into.push_back(std::move(*mover));
        }
        return {};
    };
    TRY(take(by_difference, o.rising, [](std::int64_t d) { return d > 0; }));
    return take(by_difference | std::views::reverse, o.falling, [](std::int64_t d) { return d < 0; });
}

Result<Overview> overview(Context& context, AskOverview const& in, AskFacts const& ask) {
    auto& tx = context.tx();
    auto const shop = tx.shop_id();
    Overview o{.currency = TRY(shop_currency(tx))};
    auto const last = TRY(tx.integer("SELECT MAX(placed_at_ms) FROM orders WHERE shop_id = ? AND placed_at_ms <= ?", shop, context.now));
    o.until_ms = in.until_ms.value_or(start_of(day_of(last ? last : context.now) + 1));
    auto const length = in.days * milliseconds_per_day;
    o.from_ms = o.until_ms - length;
    auto const facts = ask ? ask(shop, o.from_ms - length, o.from_ms, o.until_ms) : std::nullopt;
    auto const visits = [&](OverviewFacts::Visits OverviewFacts::*which) { return facts ? std::optional((*facts).*which) : std::nullopt; };
    auto const now = TRY(measure(tx, o.from_ms, o.until_ms, visits(&OverviewFacts::visits))), before = TRY(measure(tx, o.from_ms - length, o.from_ms, visits(&OverviewFacts::visits_before)));
    auto const ratio = [](std::int64_t a, std::int64_t b) { return b ? static_cast<double>(a) / static_cast<double>(b) : 0.0; };
    auto const add = [&](std::string name, double value, double earlier, std::string unit) { o.figures.push_back({std::move(name), value, earlier, std::move(unit)}); };
    add("gmv", static_cast<double>(now.gmv), static_cast<double>(before.gmv), "minor");
    add("orders", static_cast<double>(now.orders), static_cast<double>(before.orders), "count");
    add("customers", static_cast<double>(now.customers), static_cast<double>(before.customers), "count");
    add("new_customers", static_cast<double>(now.fresh), static_cast<double>(before.fresh), "count");
    add("average_order", ratio(now.gmv, now.orders), ratio(before.gmv, before.orders), "minor");
    add("returns_share", ratio(now.returned, now.orders), ratio(before.returned, before.orders), "share");
    add("visits", static_cast<double>(now.visits.all), static_cast<double>(before.visits.all), "count");
    add("conversion", ratio(now.visits.buying, now.visits.all), ratio(before.visits.buying, before.visits.all), "share");
    auto const visits_by_day = facts ? std::span<OverviewFacts::Visits const>(facts->visits_by_day) : std::span<OverviewFacts::Visits const>();
    auto const n = std::min(static_cast<std::size_t>(in.days), visits_by_day.size() / 2);
    o.daily = TRY(day_by_day(tx, o.from_ms, in.days, visits_by_day.last(n)));
    o.daily_before = TRY(day_by_day(tx, o.from_ms - length, in.days, visits_by_day.first(n)));
    if (facts) {
        TRY(movers(tx, *facts, o));
    } else {
        o.rising = TRY(movers(tx, o.from_ms, o.until_ms, "DESC"));
        o.falling = TRY(movers(tx, o.from_ms, o.until_ms, "ASC"));
    }
    std::erase_if(o.rising, [](Mover const& m) { return m.gmv_minor <= m.before_minor; });
    std::erase_if(o.falling, [](Mover const& m) { return m.gmv_minor >= m.before_minor; });
    o.open_decisions = TRY(tx.integer("SELECT COUNT(*) FROM decisions WHERE shop_id = ? AND state = 'proposed' AND (expires_at_ms IS NULL OR expires_at_ms > ?)", shop, context.now));  // what ran out waits no longer
    o.market_moves = TRY(tx.integer("SELECT COUNT(*) FROM decisions WHERE shop_id = ? AND state = 'proposed' AND kind LIKE 'market_%' AND (expires_at_ms IS NULL OR expires_at_ms > ?)", shop, context.now));
    o.orders_to_ship = facts ? facts->orders_to_ship : TRY(tx.integer("SELECT COUNT(*) FROM orders WHERE shop_id = ? AND status = 'paid'", shop));
    o.skus_out_of_stock = TRY(tx.integer("SELECT COUNT(*) FROM variants v JOIN products p ON p.shop_id = v.shop_id AND p.product_id = v.product_id WHERE v.shop_id = ? AND v.status = 'active' AND p.status = 'active' AND COALESCE((SELECT SUM(s.on_hand - s.reserved) FROM stock s WHERE s.shop_id = v.shop_id AND s.sku = v.sku), 1) <= 0", shop));
    o.running_jobs = TRY(tx.integer("SELECT COUNT(*) FROM jobs WHERE shop_id = ? AND state IN ('queued', 'running')", shop));
    return o;
}

struct ScenarioState {
    std::string scenario, module, name_en, name_zh;
    std::vector<std::string> operations;
    static constexpr Field fields[] = {field("scenario", "Number, 1 to 30.", "编号，1 至 30。"), field("module", "Module.", "模块。"), field("name_en", "Name.", "英文名称。"), field("name_zh", "Name in Chinese.", "中文名称。"), field("operations", "What it can do in this build; empty: not built yet.", "本版本已具备的操作；为空则尚未建成。")};
};
BOOST_DESCRIBE_STRUCT(ScenarioState, (), (scenario, module, name_en, name_zh, operations))

struct Chain {
    std::vector<ScenarioState> scenarios;
    std::vector<std::string> foundation;
    static constexpr Field fields[] = {field("scenarios", "The thirty scenarios in the order of the chain.", "按链条顺序的三十个场景。"), field("foundation", "Operations that all scenarios stand on.", "所有场景共用的基础操作。")};
};
BOOST_DESCRIBE_STRUCT(Chain, (), (scenarios, foundation))

Result<Chain> chain_status(Context& context, Nothing const&) {
    struct Entry { std::string_view scenario, module, en, zh; };
    static constexpr Entry entries[] = {
        {"1", "design", "Inspiration", "灵感"}, {"2", "design", "Modelling and rendering", "设计"}, {"3", "design", "Experiment", "实验"}, {"4", "design", "Presentation", "展示"},
        {"5", "selection", "Assortment", "选品组合"}, {"6", "selection", "Selection for one shopper", "为一个人选品"}, {"7", "supply", "Manufacturing", "生产制造"}, {"8", "supply", "Warehousing", "仓储"}, {"9", "supply", "Logistics", "物流"}, {"10", "forecast", "Demand", "需求预测"},
        {"11", "creative", "Copy", "文案"}, {"12", "creative", "Image", "图片"}, {"13", "creative", "Audio", "音频"}, {"14", "creative", "Video", "视频"}, {"15", "creative", "Virtual store", "虚拟货场"}, {"16", "creative", "Virtual try-on", "虚拟试用"}, {"17", "avatar", "Virtual host", "虚拟主播"},
        {"18", "marketing", "Before a campaign", "营销前"}, {"19", "marketing", "During a campaign", "营销中"}, {"20", "marketing", "After a campaign", "营销后"}, {"21", "operations", "Product operations", "商品运营"}, {"22", "operations", "Content operations", "内容运营"}, {"23", "operations", "Event operations", "活动运营"}, {"24", "operations", "User operations", "用户运营"},
        {"25", "dialogue", "Shopping guide", "智能导购"}, {"26", "service", "Online service", "在线客服"}, {"27", "service", "Agent assist", "坐席辅助"}, {"28", "service", "Outbound", "智能外呼"}, {"29", "customers", "Public domain", "公域"}, {"30", "customers", "Private domain", "私域"},
    };
    Chain chain;
    for (auto const& e : entries) {
        ScenarioState s{std::string(e.scenario), std::string(e.module), std::string(e.en), std::string(e.zh), {}};
        for (auto const& op : context.services.registry->all())
            if (op.scenario == e.scenario) s.operations.emplace_back(op.name);
        chain.scenarios.push_back(std::move(s));
    }
    for (auto const& op : context.services.registry->all())
        if (op.scenario == "0") chain.foundation.emplace_back(op.name);
    return chain;
}

}  // namespace

std::vector<Operation> overview_operations(AskFacts ask) {
    auto overview_operation = operation<AskOverview, Overview>({.name = "shop.overview", .scenario = "0", .summary = {"Key figures of a period beside the one before, what rose and fell, and what waits.", "本期与上期关键指标、涨跌商品与待办事项。"}, .permission = "shop.read"}, nullptr);
    overview_operation.run = [ask = std::move(ask)](Context& context, json::value const& request, json::value& response) -> Result<void> {
        auto const out = TRY(overview(context, TRY(read_json<AskOverview>(request)), ask));
        write_json(type_of<Overview>(), &out, response);
        return {};
    };
    return {
        std::move(overview_operation),
        operation({.name = "chain.status", .scenario = "0", .summary = {"The thirty scenarios of the chain and what is ready in each.", "链条三十个场景及各自已具备的能力。"}, .permission = "shop.read"}, &chain_status),
    };
}

}  // namespace kindling::shop

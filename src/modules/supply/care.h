// modules/supply/care.h -- looking after stock: what supply.alerts, simulate, book_backtest, allocate, front_items and placement take and give.
//
// Alerts are read from the plan; clearances (price-down) are proposed with it as decisions of kind supply_clearance, transfers by supply.allocate as decisions of kind
// supply_transfer. A back-test plays a stretch of the shop's past again (replay.h); it is booked in the ledger once for a stretch, never for days that were booked.
#pragma once
#include "modules/supply/api.h"

namespace kindling::supply_module {

enum class AlertKind { stock_out, overstock, expiry, slow, late_delivery };
BOOST_DESCRIBE_ENUM(AlertKind, stock_out, overstock, expiry, slow, late_delivery)

struct StockAlert {
    AlertKind kind = AlertKind::stock_out;
    std::string sku, place_id, product_id, title_en, title_zh, supplier_id;
    std::int64_t units = 0, money_minor = 0;
    std::optional<std::int64_t> day;
    std::string text_en, text_zh, decision_id, purchase_order_id;
    std::optional<std::int64_t> proposed_units;
    static constexpr Field fields[] = {field("kind", "stock_out, overstock, expiry, slow or late_delivery.", "stock_out 缺货、overstock 过多、expiry 将过期、slow 滞销、late_delivery 到货逾期。"), field("sku", "SKU.", "SKU。"), field("place_id", "Place.", "地点。"), field("product_id", "Product.", "商品编号。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"), field("supplier_id", "Supplier.", "供应商。"), field("units", "Units that it is about.", "涉及数量。"), field("money_minor", "Money at stake: margin that would be missed, or cost of what is too much; once for each good and place, 0 in its other alerts.", "涉及金额：将损失的毛利，或过多库存的成本；每个商品地点只计一次，其余预警为 0。"), field("day", "Day on which it runs out, expires or was expected.", "售罄、过期或原定到货日。"), field("text_en", "What it is, in English.", "英文说明。"), field("text_zh", "What it is, in Chinese.", "中文说明。"), field("decision_id", "Of a stock-out the open purchase proposal that orders it, else the clearance that was proposed for it; empty: none.", "缺货类为订购该商品的待决采购建议，其他为其清仓决策；无则为空。"), field("purchase_order_id", "Order that is late; of a stock-out one that was placed after the plan; empty otherwise.", "逾期的采购单号；缺货类为方案之后所下的采购单；其他为空。"), field("proposed_units", "Units that the open purchase proposal orders of it; absent: in none.", "待决采购建议中该商品的订货数量；不在建议中则无。")};
};
BOOST_DESCRIBE_STRUCT(StockAlert, (), (kind, sku, place_id, product_id, title_en, title_zh, supplier_id, units, money_minor, day, text_en, text_zh, decision_id, purchase_order_id, proposed_units))

struct AskAlerts {
    std::optional<AlertKind> kind;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("kind", "Only of this kind.", "仅此类。"), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(AskAlerts, (), (kind, page_size, page_token))

struct AlertSum {
    AlertKind kind = AlertKind::stock_out;
    std::int64_t count = 0, money_minor = 0;
    static constexpr Field fields[] = {field("kind", "Kind.", "类别。"), field("count", "How many.", "条数。"), field("money_minor", "Money at stake.", "涉及金额。")};
};
BOOST_DESCRIBE_STRUCT(AlertSum, (), (kind, count, money_minor))

struct AlertPage {
    std::vector<StockAlert> alerts;
    std::vector<AlertSum> sums;
    std::int64_t total = 0;
    std::string currency, next_page_token;
    static constexpr Field fields[] = {field("alerts", "Most money first.", "按金额从高到低。"), field("sums", "By kind, over all.", "按类别汇总。"), field("total", "How many there are in all.", "总数。"), field("currency", "ISO 4217 code.", "货币代码。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(AlertPage, (), (alerts, sums, total, currency, next_page_token))

// Levels set by hand in a stretch that is played again: on the days on which they counted, or those that count now on all days.
enum class HandDays { as_counted, throughout };
BOOST_DESCRIBE_ENUM(HandDays, as_counted, throughout)

struct SimulateStock {
    std::int64_t days = 84;
    std::optional<std::int64_t> until_day;
    std::vector<LevelRule> also_by;
    std::vector<OrderPolicy> policies;
    HandDays by_hand = HandDays::as_counted;
    static constexpr Field fields[] = {field("days", "How many days of the past to play again; fewer when less than 60 days of sales lie before them.", "回放的天数；此前销售不足 60 天时相应缩短。").defaulted().range(14, 364), field("until_day", "First day after the stretch; left out: the end of the sales.", "回放截止日（不含）；不填为销售数据末尾。"), field("also_by", "What goods that seldom sell could be planned by instead: the plan is played by each of these too. The one in force (level_rule of the settings) is always played; each other one takes about as long again.", "低频商品的其他计算方法：方案也按其中每一种回放。现行方法（设置中的 level_rule）总会回放；每增加一种，用时约增加一倍。").defaulted().longest(3),
                                       field("policies", "Ways to order all goods by that are played beside the plan: order_up_to, min_max, fixed_quantity or reorder_point. Each takes about as long again.", "与方案一同回放的全店订货方式：order_up_to、min_max、fixed_quantity、reorder_point；每增加一种，用时约增加一倍。").defaulted().longest(4), field("by_hand", "What people set: as_counted, on the days on which it counted; throughout, what counts now on all days of the stretch. Where there is any, the plan is played without it, too.", "人工设定：as_counted 仅在其生效日；throughout 将当前生效者用于整个时段。如有，则另回放不含人工设定的方案。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(SimulateStock, (), (days, until_day, also_by, policies, by_hand))

struct BookBacktest {
    std::int64_t days = 84;
    std::optional<std::int64_t> until_day;
    bool as_due = false;
    static constexpr Field fields[] = {field("days", "How many days of the past to play again; fewer when less than 60 days of sales lie before them.", "回放的天数；此前销售不足 60 天时相应缩短。").defaulted().range(14, 364), field("until_day", "First day after the stretch; left out: the end of the sales.", "回放截止日（不含）；不填为销售数据末尾。"), field("as_due", "What every night does: play the days since what was booked last, once there are two weeks of them (at first `days`); otherwise book nothing and say so.", "每晚的做法：自上次入账之后满两周才回放入账（首次为 days 天）；未满则不入账并说明。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(BookBacktest, (), (days, until_day, as_due))

struct RuleLine {
    std::string rule;
    double fill_rate = 0, settled_fill_rate = 0;
    std::optional<double> planned_fill_rate;
    std::int64_t asked = 0, served = 0, stock_minor = 0, holding_minor = 0, ordering_minor = 0, missed_minor = 0, expired_minor = 0, price_saved_minor = 0, cost_minor = 0, orders = 0, lines = 0;
    static constexpr Field fields[] = {field("rule", "plan; plan_moments, plan_pooled or plan_forest: the plan by a rule of also_by; plan_order_up_to and alike: all goods by a policy of policies; plan_without_hand: without what people set; naive: order what was sold since the order day before; actual: what was.", "plan 方案；plan_moments、plan_pooled、plan_forest 为 also_by 中的方法；plan_order_up_to 等为 policies 中的订货方式；plan_without_hand 不含人工设定；naive 卖多少订多少；actual 实际。"), field("fill_rate", "Share of the units asked for that were served.", "满足率。"), field("settled_fill_rate", "The same from the day on which the first order of each supplier came: until then all serve from the stock that was.", "自各供应商首批订货到货之日起的满足率；此前都只能靠期初库存。"), field("planned_fill_rate", "What the levels of a plan were to serve: below the promise where more would lie too long, or earn too little.", "方案水平预计的满足率：再多备货会积压或不划算时低于承诺。"), field("asked", "Units asked for.", "需求件数。"), field("served", "Units served.", "满足件数。"), field("stock_minor", "Cost of what was on shelves, mean of the days.", "日均库存成本。"), field("holding_minor", "Cost of keeping it.", "持有成本。"), field("ordering_minor", "Cost of ordering.", "订货成本。"), field("missed_minor", "Margin missed.", "损失毛利。"), field("expired_minor", "Cost of what expired unsold; not known of what was.", "过期未售的成本（实际一行未知）。"), field("price_saved_minor", "Saved by lower prices for larger orders, on units sold; not known of what was.", "数量折扣在已售件上节省的金额（实际一行未知）。"), field("cost_minor", "Keeping, ordering, missed and expired, less what lower prices saved.", "持有、订货、缺货、过期之和减去折扣节省。"), field("orders", "Orders.", "订单数。"), field("lines", "Their lines.", "订单行数。")};
};
BOOST_DESCRIBE_STRUCT(RuleLine, (), (rule, fill_rate, settled_fill_rate, planned_fill_rate, asked, served, stock_minor, holding_minor, ordering_minor, missed_minor, expired_minor, price_saved_minor, cost_minor, orders, lines))

struct ReplayedDay {
    std::int64_t day = 0, plan_stock_minor = 0, naive_stock_minor = 0, actual_stock_minor = 0;
    double plan_fill_rate = 1, naive_fill_rate = 1;
    static constexpr Field fields[] = {field("day", "Day.", "日期。"), field("plan_stock_minor", "Stock of the plan, at cost.", "方案库存成本。"), field("naive_stock_minor", "Stock of the naive rule.", "朴素规则库存成本。"), field("actual_stock_minor", "Stock that was.", "实际库存成本。"), field("plan_fill_rate", "Served that day by the plan.", "方案当日满足率。"), field("naive_fill_rate", "Served that day by the naive rule.", "朴素规则当日满足率。")};
};
BOOST_DESCRIBE_STRUCT(ReplayedDay, (), (day, plan_stock_minor, naive_stock_minor, actual_stock_minor, plan_fill_rate, naive_fill_rate))

struct Backtest {
    std::string currency;
    std::int64_t from_day = 0, until_day = 0, goods = 0;
    double promised = 0, drawn_share = 0;
    LevelRule level_rule = LevelRule::forest;
    std::int64_t saved_minor = 0, by_hand = 0;
    std::vector<RuleLine> rules;
    std::vector<ReplayedDay> days;
    bool booked = false;
    std::string entry_id, note;
    static constexpr Field fields[] = {field("currency", "ISO 4217 code.", "货币代码。"), field("from_day", "First day.", "首日。"), field("until_day", "First day after it.", "截止日（不含）。"), field("goods", "Goods at places that counted.", "计入的商品地点数。"), field("promised", "Promised fill rate, by units.", "承诺满足率（按件数）。"), field("drawn_share", "Share of the demand that is drawn, for days with empty shelves.", "由抽样补足的需求占比（空货架日）。"), field("level_rule", "What the plan follows for goods that seldom sell.", "方案对低频商品采用的方法。"), field("saved_minor", "Cost of the naive rule less that of the plan.", "朴素规则成本减去方案成本。"), field("by_hand", "Levels set by hand that the plan followed in it.", "方案在其中遵循的人工设定数。"), field("rules", "The rules side by side.", "各规则对比。"), field("days", "Day by day.", "逐日。"), field("booked", "Whether the ledger has it now.", "是否已记入价值账本。"), field("entry_id", "Entry of the ledger.", "账本条目。"), field("note", "What else there is to say.", "其他说明。")};
};
BOOST_DESCRIBE_STRUCT(Backtest, (), (currency, from_day, until_day, goods, promised, drawn_share, level_rule, saved_minor, by_hand, rules, days, booked, entry_id, note))

struct Allocate {
    std::int64_t most_decisions = 20;
    static constexpr Field fields[] = {field("most_decisions", "At most so many transfers, the most valuable; 0: only the answer.", "最多提出多少项调拨（取价值最高者）；0 为仅计算。").defaulted().range(0, 200)};
};
BOOST_DESCRIBE_STRUCT(Allocate, (), (most_decisions))

struct TransferLine {
    std::string sku, product_id, title_en, title_zh;
    std::int64_t quantity = 0, value_minor = 0, from_on_hand = 0, to_on_hand = 0;
    double from_needed = 0, to_needed = 0;
    static constexpr Field fields[] = {field("sku", "SKU.", "SKU。"), field("product_id", "Product.", "商品编号。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"), field("quantity", "Units to move.", "调拨数量。"), field("value_minor", "Expected margin saved less the cost of moving.", "预计挽回毛利减去调拨成本。"), field("from_on_hand", "Free units at the sender.", "发货地可用数量。"), field("to_on_hand", "Free units at the receiver.", "收货地可用数量。"), field("from_needed", "Units expected there until its next order could come.", "发货地在下次到货前的预计需求。"), field("to_needed", "Units expected at the receiver until then.", "收货地在下次到货前的预计需求。")};
};
BOOST_DESCRIBE_STRUCT(TransferLine, (), (sku, product_id, title_en, title_zh, quantity, value_minor, from_on_hand, to_on_hand, from_needed, to_needed))

struct Transfer {
    std::string from_place_id, to_place_id, decision_id;
    std::int64_t units = 0, value_minor = 0, cost_minor = 0;
    std::vector<TransferLine> lines;
    static constexpr Field fields[] = {field("from_place_id", "Sender.", "发货地点。"), field("to_place_id", "Receiver.", "收货地点。"), field("decision_id", "The decision; empty: none was made.", "决策编号；无则为空。"), field("units", "Units.", "件数。"), field("value_minor", "Expected value.", "预期价值。"), field("cost_minor", "Cost of moving, in it already.", "调拨成本（已计入）。"), field("lines", "Goods, most valuable first.", "明细，按价值排序。")};
};
BOOST_DESCRIBE_STRUCT(Transfer, (), (from_place_id, to_place_id, decision_id, units, value_minor, cost_minor, lines))

struct Allocation {
    std::string currency;
    std::int64_t goods = 0, units = 0, value_minor = 0;
    std::vector<Transfer> transfers;
    static constexpr Field fields[] = {field("currency", "ISO 4217 code.", "货币代码。"), field("goods", "Goods that are kept at several places.", "多地存放的商品数。"), field("units", "Units to move.", "调拨总件数。"), field("value_minor", "Expected value of all.", "总预期价值。"), field("transfers", "One for each pair of places, most valuable first.", "每对地点一条，按价值排序。")};
};
BOOST_DESCRIBE_STRUCT(Allocation, (), (currency, goods, units, value_minor, transfers))

struct ChooseFront {
    std::int64_t item_places = 200, days = 90;
    static constexpr Field fields[] = {field("item_places", "How many goods fit.", "可存放的商品种数。").defaulted().range(1, 100000), field("days", "Days of orders to look at.", "参考订单的天数。").defaulted().range(7, 400)};
};
BOOST_DESCRIBE_STRUCT(ChooseFront, (), (item_places, days))

struct FrontItem {
    std::string sku, product_id, title_en, title_zh;
    double daily_mean = 0;
    static constexpr Field fields[] = {field("sku", "SKU.", "SKU。"), field("product_id", "Product.", "商品编号。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"), field("daily_mean", "Units a day in those orders.", "参考期日均件数。")};
};
BOOST_DESCRIBE_STRUCT(FrontItem, (), (sku, product_id, title_en, title_zh, daily_mean))

struct FrontAnswer {
    std::int64_t orders = 0;
    double served_share = 0, best_seller_share = 0;
    std::vector<FrontItem> items;
    static constexpr Field fields[] = {field("orders", "Orders that were looked at.", "参考订单数。"), field("served_share", "Share of them that these goods serve whole.", "可由这些商品整单满足的订单占比。"), field("best_seller_share", "Share that as many best sellers would serve.", "同样数量的畅销品可整单满足的占比。"), field("items", "Goods to keep there, best selling first.", "应存放的商品，按销量排序。")};
};
BOOST_DESCRIBE_STRUCT(FrontAnswer, (), (orders, served_share, best_seller_share, items))

struct PlaceSafety {
    std::string place_id;
    std::int64_t goods = 0, alone_units = 0, alone_minor = 0, safety_units = 0, safety_minor = 0;
    double service_days = 0;
    static constexpr Field fields[] = {field("place_id", "Place.", "地点。"), field("goods", "Goods there.", "商品数。"), field("alone_units", "Safety stock if every place cares for itself.", "各地点各自为政时的安全库存件数。"), field("alone_minor", "Its cost.", "其成本。"), field("safety_units", "Safety stock placed together.", "联合布局的安全库存件数。"), field("safety_minor", "Its cost.", "其成本。"), field("service_days", "Days within which it serves the next place, mean of its goods.", "向下游供货的平均承诺天数。")};
};
BOOST_DESCRIBE_STRUCT(PlaceSafety, (), (place_id, goods, alone_units, alone_minor, safety_units, safety_minor, service_days))

struct ReturningRoute {
    std::string from_place_id, to_place_id;
    static constexpr Field fields[] = {field("from_place_id", "Place that sends.", "发货地点。"), field("to_place_id", "Place that receives.", "收货地点。")};
};
BOOST_DESCRIBE_STRUCT(ReturningRoute, (), (from_place_id, to_place_id))

struct PlacementAnswer {
    std::string currency;
    std::int64_t routes = 0, networks = 0, alone_minor = 0, safety_minor = 0;
    double largest_gap = 0;
    std::vector<ReturningRoute> returning;
    std::vector<PlaceSafety> places;
    static constexpr Field fields[] = {field("currency", "ISO 4217 code.", "货币代码。"), field("routes", "Routes between places that the settings name; none: every place stands alone.", "设置中的路线数；为零则各地点独立。"), field("networks", "Goods whose places are tied by routes.", "存在路线关联的商品数。"), field("alone_minor", "Cost of safety stock if every place cares for itself.", "各自为政时安全库存的成本。"), field("safety_minor", "Cost of safety stock placed together.", "联合布局时的成本。"), field("largest_gap", "Largest proven distance from the best, share.", "与最优的最大可证差距占比。"), field("returning", "Routes that are used for transfers only: they lead back to where the goods come from.", "仅用于调拨的路线：通向货源方向，不计入补货网络。"), field("places", "By place.", "按地点。")};
};
BOOST_DESCRIBE_STRUCT(PlacementAnswer, (), (currency, routes, networks, alone_minor, safety_minor, largest_gap, returning, places))

std::vector<Operation> care_operations();
struct PlaceStock {
    std::string place_id, kind, name_en, name_zh;
    std::int64_t goods = 0, on_hand = 0, on_order = 0;
    std::optional<std::int64_t> most_units, room_units;
    static constexpr Field fields[] = {field("place_id", "Place.", "地点。"), field("kind", "warehouse, store, plant or front_warehouse; empty: not registered.", "warehouse 仓库、store 门店、plant 工厂、front_warehouse 前置仓；空为未登记。"), field("name_en", "Name in English.", "英文名称。"), field("name_zh", "Name in Chinese.", "中文名称。"), field("goods", "SKUs whose stock is kept there.", "有库存记录的 SKU 数。"), field("on_hand", "Units there.", "在库数量。"), field("on_order", "Units on order to it and not here yet.", "在途数量。"), field("most_units", "It holds so many, as set in supply.save_settings; left out: no limit.", "最多可容纳的件数（由 supply.save_settings 设置）；无则不限。"), field("room_units", "Units that still go in; below 0: it is too full already. Left out: no limit.", "剩余可容纳件数；小于 0 为已超出；无则不限。")};
};
BOOST_DESCRIBE_STRUCT(PlaceStock, (), (place_id, kind, name_en, name_zh, goods, on_hand, on_order, most_units, room_units))

struct PlacesOfStock {
    std::vector<PlaceStock> places;
    static constexpr Field fields[] = {field("places", "Places, fullest first.", "各地点，存货多者先。")};
};
BOOST_DESCRIBE_STRUCT(PlacesOfStock, (), (places))

std::vector<Operation> place_operations();
std::vector<Operation> network_operations();

}  // namespace kindling::supply_module

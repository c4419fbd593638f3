// modules/supply/api.h -- what to keep in stock and what to buy today (scenario 8): what supply.plan, position, good, settings and terms take and give.
//
// supply.plan reads stock, orders under way, sales and how long suppliers took, and computes for each good at each place the policy that keeps the promised
// fill rate or cycle service at least cost; what is worth ordering today becomes one decision a supplier and place. Units are units of the SKU; money is whole minor units of
// the shop's currency; days are days since 1970 in the shop's time zone; shares are 0..1. Purchases, alerts and back-tests are in orders.h and care.h.
#pragma once
#include "core/operation.h"
#include "shop/context.h"

namespace kindling::supply_module {

// What is promised of a good: the share of the units asked for that the shelf serves (fill rate, type 2), or the share of order cycles in which nothing is missing (cycle service, type 1).
enum class ServiceKind { fill_rate, cycle_service };
BOOST_DESCRIBE_ENUM(ServiceKind, fill_rate, cycle_service)

// A fill rate is kept by all goods together that promise it (shared_promise.h): of a class the share of all its units.
struct ServiceTarget {
    std::string abc, xyz;
    double fill_rate = 0.95;
    ServiceKind service = ServiceKind::fill_rate;
    static constexpr Field fields[] = {field("abc", "A, B or C: goods with the first 80 %, the next 15 % and the last 5 % of revenue; empty: all.", "A、B、C：销售额前 80%、其后 15%、最后 5% 的商品；空为全部。").defaulted().longest(1), field("xyz", "X, Y or Z: steady, varying or erratic from week to week; empty: all.", "X、Y、Z：周销量平稳、波动、剧烈波动；空为全部。").defaulted().longest(1), field("fill_rate", "The share that is promised, of what `service` says.", "承诺的占比，含义由 service 决定。").range(0.5, 0.999), field("service", "What is promised: fill_rate, the share of the units asked for that the shelf serves; cycle_service, the share of order cycles in which nothing is missing.", "承诺的种类：fill_rate 由现货满足的需求占比；cycle_service 订货周期内不缺货的占比。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(ServiceTarget, (), (abc, xyz, fill_rate, service))

// How a good is ordered (levels.h): order_up_to (R,S), min_max (R,s,S), fixed_quantity (R,r,nQ), reorder_point (r,Q) watched every day, season (s_t,S_t) until a last day.
enum class OrderPolicy { by_cost, order_up_to, min_max, fixed_quantity, reorder_point, season };
BOOST_DESCRIBE_ENUM(OrderPolicy, by_cost, order_up_to, min_max, fixed_quantity, reorder_point, season)

struct SupplierRule {
    std::string supplier_id;
    std::vector<std::int64_t> order_weekdays;
    std::optional<std::int64_t> order_cost_minor, most_units;
    OrderPolicy policy = OrderPolicy::by_cost;
    std::optional<ServiceKind> service = {};
    std::optional<double> target = {};
    static constexpr Field fields[] = {field("supplier_id", "Supplier.", "供应商。").longest(64), field("order_weekdays", "Days on which it takes orders, 1 Monday to 7 Sunday; empty: as observed, else every review_days.", "可下单的星期（1 周一至 7 周日）；空为按历史推断，否则每 review_days 天。").defaulted().longest(7), field("order_cost_minor", "What one order to it costs beside the goods; left out: as set for all.", "每次下单的固定成本；不填为统一设置。").range(0, 1e12), field("most_units", "Most units that it delivers in one order.", "单次订单最多供货数量。").range(1, 1e9),
                                       field("policy", "How its goods are ordered: by_cost, the cheapest that keeps the promise; order_up_to; min_max; fixed_quantity on order days; reorder_point, a fixed quantity on any day, whatever days it was ordered from on before (not with order_weekdays). What is set by hand for a good goes before.", "其商品的订货方式：by_cost 在兑现承诺的策略中取成本最低；order_up_to 每次补足；min_max 到点补足；fixed_quantity 下单日按固定批量；reorder_point 每日检查、按固定批量，不再遵循以往的下单日（不可同时设 order_weekdays）。单品的人工设定优先。").defaulted(), field("service", "What is promised of its goods, fill_rate or cycle_service; left out: as of their class.", "对其商品承诺的种类：fill_rate 或 cycle_service；不填按商品分类。"), field("target", "The share that is promised of them; left out: as of their class.", "对其商品承诺的占比；不填按商品分类。").range(0.5, 0.999)};
};
BOOST_DESCRIBE_STRUCT(SupplierRule, (), (supplier_id, order_weekdays, order_cost_minor, most_units, policy, service, target))

struct StockRoute {
    std::string from_place_id, to_place_id;
    std::int64_t days = 1, cost_minor = 0;
    static constexpr Field fields[] = {field("from_place_id", "Place that sends.", "发货地点。").longest(64), field("to_place_id", "Place that receives.", "收货地点。").longest(64), field("days", "Days on the way.", "在途天数。").defaulted().range(0, 60), field("cost_minor", "Cost of moving one unit, back as well where no other route leads back.", "每件调拨成本；无其他回程路线时双向适用。").defaulted().range(0, 1e9)};
};
BOOST_DESCRIBE_STRUCT(StockRoute, (), (from_place_id, to_place_id, days, cost_minor))

struct PlaceRule {
    std::string place_id;
    std::int64_t most_units = 0;
    static constexpr Field fields[] = {field("place_id", "Place.", "地点。").longest(64), field("most_units", "It holds so many units, those on their way to it included.", "最多可容纳的件数（含在途）。").range(1, 1e12)};
};
BOOST_DESCRIBE_STRUCT(PlaceRule, (), (place_id, most_units))

// What goods that seldom sell are planned by (seldom.h).
enum class LevelRule { moments, pooled, forest };
BOOST_DESCRIBE_ENUM(LevelRule, moments, pooled, forest)

struct SupplySettings {
    std::vector<ServiceTarget> targets;
    double capital_cost_per_year = 0.15, storage_share_per_year = 0.10, assumed_elasticity = -1.5;
    std::int64_t review_days = 7, default_lead_days = 14, overstock_days = 120, slow_days = 90, most_markdown_percent = 30, transfer_cost_minor = 0;
    std::optional<std::int64_t> order_cost_minor, line_cost_minor, budget_minor;
    LevelRule level_rule = LevelRule::forest;
    std::vector<SupplierRule> suppliers;
    std::vector<StockRoute> routes;
    std::vector<PlaceRule> places;
    static constexpr Field fields[] = {
        field("targets", "What is promised by class, the first that fits counts; empty: fill rates of A 97 %, B 95 %, C 90 %.", "各类商品的承诺，取首个匹配项；空为满足率 A 97%、B 95%、C 90%。").defaulted().longest(20),
        field("capital_cost_per_year", "Cost of money in stock a year, share of its value.", "库存资金年成本占比。").defaulted().range(0.001, 2), field("storage_share_per_year", "Cost of keeping stock a year, share of its value.", "库存保管年成本占比。").defaulted().range(0, 2), field("assumed_elasticity", "Price elasticity assumed for clearance of products of which assortment has learned none.", "清仓时对尚未学到弹性的商品所用的假设值。").defaulted().range(-6, -0.2),
        field("review_days", "Days between orders to a supplier without order days; 0: as joint replenishment of its goods finds best.", "无固定下单日的供应商的下单间隔天数；0 为由联合补货计算。").defaulted().range(0, 60), field("default_lead_days", "Lead time of a supplier of which nothing is known.", "未知供应商的默认交货天数。").defaulted().range(0, 365), field("overstock_days", "Stock beyond what sells in so many days is too much.", "超过此天数销量的库存视为过多。").defaulted().range(14, 730), field("slow_days", "Without a sale for so many days, a good is a slow mover.", "连续多少天无销售视为滞销。").defaulted().range(14, 730), field("most_markdown_percent", "A clearance may lower a price by at most so much.", "清仓最多降价百分比。").defaulted().range(1, 90), field("transfer_cost_minor", "Cost of moving one unit between places without a route.", "无路线时每件调拨成本。").defaulted().range(0, 1e9),
        field("order_cost_minor", "What one order costs beside the goods; left out: 30 units of the currency.", "每次下单的固定成本；不填为 30 元（或等额单位）。").range(0, 1e12), field("line_cost_minor", "What one line of an order costs; left out: 2 units of the currency.", "订单每行的固定成本；不填为 2 元（或等额单位）。").range(0, 1e12), field("budget_minor", "Most money that one plan may propose to spend; left out: no limit.", "单次方案的采购预算上限；不填为不限。").range(0, 1e15),
        field("level_rule", "What goods that seldom sell are planned by: moments (their own forecast alone, as goods that sell often), pooled (goods that sold as often, together) or forest (goods that looked alike, together; pooled where a shop is too young or small for it); supply.simulate plays the past by any of them.", "低频商品的计算方法：moments 仅按自身预测（与常销商品相同）、pooled 与销售频率相近者合并学习、forest 与历史形态相近者合并学习（店铺过新或过小时用 pooled）；supply.simulate 可按任一方法回放历史。").defaulted(),
        field("suppliers", "What differs for a supplier.", "供应商的特殊规则。").defaulted().longest(2000), field("routes", "Ways between places, for transfers and for where to keep safety stock.", "地点之间的路线，用于调拨与安全库存布局。").defaulted().longest(2000), field("places", "What a place can hold.", "各地点的容量。").defaulted().longest(500)};
};
BOOST_DESCRIBE_STRUCT(SupplySettings, (), (targets, capital_cost_per_year, storage_share_per_year, assumed_elasticity, review_days, default_lead_days, overstock_days, slow_days, most_markdown_percent, transfer_cost_minor, order_cost_minor, line_cost_minor, budget_minor, level_rule, suppliers, routes, places))

struct SupplyPriceStep {
    std::int64_t from_quantity = 1, cost_minor = 0;
    static constexpr Field fields[] = {field("from_quantity", "From so many units on.", "起订数量。").range(2, 1e9), field("cost_minor", "One unit costs this, all units of the order.", "达到后所有件的单价。").range(0, 1e15)};
};
BOOST_DESCRIBE_STRUCT(SupplyPriceStep, (), (from_quantity, cost_minor))

struct SupplyTerm {
    std::string sku, supplier_id;
    std::int64_t cost_minor = 0, pack_size = 1, minimum_quantity = 1;
    std::optional<std::int64_t> shelf_life_days, most_quantity;
    std::vector<SupplyPriceStep> price_steps;
    static constexpr Field fields[] = {field("sku", "SKU.", "SKU。").longest(128), field("supplier_id", "Who supplies it.", "供应商。").longest(64), field("cost_minor", "Cost of one unit.", "单件成本。").range(0, 1e15), field("pack_size", "It comes in packs of so many.", "每箱件数（按箱订货）。").defaulted().range(1, 1e6), field("minimum_quantity", "Least units in an order.", "最小起订量。").defaulted().range(1, 1e9), field("shelf_life_days", "Days in which a unit can be sold after it came; left out: it keeps.", "到货后可售天数；不填为不过期。").range(1, 3650), field("most_quantity", "Most units in an order.", "单次最大订货量。").range(1, 1e9), field("price_steps", "Lower prices for larger orders, ascending.", "数量折扣，按数量升序。").defaulted().longest(20)};
};
BOOST_DESCRIBE_STRUCT(SupplyTerm, (), (sku, supplier_id, cost_minor, pack_size, minimum_quantity, shelf_life_days, most_quantity, price_steps))

struct SaveSupplyTerms {
    std::vector<SupplyTerm> terms;
    static constexpr Field fields[] = {field("terms", "Terms to save, one for each SKU and supplier.", "供货条件，每个 SKU 与供应商一条。").longest(5000)};
};
BOOST_DESCRIBE_STRUCT(SaveSupplyTerms, (), (terms))

struct ListSupplyTerms {
    std::string sku, supplier_id;
    std::int64_t page_size = 100;
    std::string page_token;
    static constexpr Field fields[] = {field("sku", "Only this SKU.", "仅此 SKU。").defaulted().longest(128), field("supplier_id", "Only from this supplier.", "仅此供应商。").defaulted().longest(64), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListSupplyTerms, (), (sku, supplier_id, page_size, page_token))

struct SupplyTermPage {
    std::vector<SupplyTerm> terms;
    std::string next_page_token;
    static constexpr Field fields[] = {field("terms", "Terms by SKU and supplier.", "按 SKU 与供应商排列的供货条件。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(SupplyTermPage, (), (terms, next_page_token))

struct PlanStock {
    bool all_suppliers = false;
    static constexpr Field fields[] = {field("all_suppliers", "Propose to every supplier, not only to those whose order day is today and for goods that cannot wait.", "向所有供应商提出采购建议，而不仅限今天可下单的供应商与不能再等的商品。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(PlanStock, (), (all_suppliers))

// out: nothing to sell and demand; runs_out: below its level before a new order can come; low: at or below its reorder level; enough; excess;
// unknown: stock is not counted, or its figures are beyond what can be computed; idle: nothing is asked for.
enum class StockState { out, runs_out, low, enough, excess, idle, unknown };
BOOST_DESCRIBE_ENUM(StockState, out, runs_out, low, enough, excess, idle, unknown)

struct ComingStock {
    std::int64_t day = 0, units = 0;
    bool late = false;
    static constexpr Field fields[] = {field("day", "Expected, days since 1970.", "预计到货日。"), field("units", "Units.", "数量。"), field("late", "Whether it should be here already.", "是否已逾期。")};
};
BOOST_DESCRIBE_STRUCT(ComingStock, (), (day, units, late))

struct StockItem {
    std::string sku, place_id, product_id, title_en, title_zh, supplier_id, abc, xyz;
    StockState state = StockState::unknown;
    std::int64_t on_hand = 0, reserved = 0, on_order = 0;
    double daily_mean = 0, cover_days = 0;
    std::optional<std::int64_t> run_out_day, gone_again_day;
    double run_out_chance = 0;
    std::int64_t at_stake_minor = 0, excess_units = 0, excess_minor = 0, stock_minor = 0;
    std::string policy, method;
    std::int64_t reorder_level = 0, order_up_to = 0;
    ServiceKind service = ServiceKind::fill_rate;
    double target = 0, fill_rate = 0, cycle_service = 0, lead_mean_days = 0, lead_deviation_days = 0;
    std::optional<double> aim;
    std::int64_t policy_year_minor = 0, review_days = 0, next_order_day = 0, order_quantity = 0, cost_minor = 0, order_minor = 0, saves_minor = 0;
    std::int64_t expired_units = 0, expiring_units = 0, days_since_sale = 0;
    std::optional<std::int64_t> expiry_day;
    std::string clearance_decision_id;
    std::vector<std::string> flags;
    static constexpr Field fields[] = {
        field("sku", "SKU.", "SKU。"), field("place_id", "Place.", "地点。"), field("product_id", "Product.", "商品编号。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"), field("supplier_id", "Supplier that it comes from; empty: unknown.", "供应商；空为未知。"), field("abc", "Class by revenue.", "按销售额分类。"), field("xyz", "Class by how steady it sells.", "按销售稳定性分类。"),
        field("state", "out, runs_out (before a new order could come), low (time to order), enough, excess, idle (nothing asked for, or not worth keeping) or unknown (stock is not counted, or flag not_computed).", "out 缺货、runs_out 新货到前将断货、low 应订货、enough 充足、excess 过多、idle 无需求或不值得备货、unknown 未盘点（或标有 not_computed）。"),
        field("on_hand", "Units there.", "在库数量。"), field("reserved", "Of these, promised.", "其中已占用。"), field("on_order", "Ordered and not here yet.", "在途数量。"), field("daily_mean", "Units a day expected over the protection time.", "保障期内预计日销量。"), field("cover_days", "Days that what is here lasts at that rate; 9999: more than can be said.", "现货可售天数；9999 为难以估计。"),
        field("run_out_day", "Day on which it is expected to be sold out if nothing more is ordered; of what is sold out now, today; absent: not within 90 days.", "不再订货时预计售罄日；已售罄的为当日；无则 90 天内不会。"), field("gone_again_day", "Of what is sold out now: day on which it is expected to be gone again after what is on order came; absent: nothing comes, or it lasts beyond 90 days.", "已售罄商品在途到货后预计再次售罄的日期；无则无在途，或 90 天内不会。"), field("run_out_chance", "Chance that it is sold out before an order of the next order day after today could come; 1 of what is sold out now.", "下一次可订货的到货之前售罄的概率；已售罄的为 1。"),
        field("at_stake_minor", "Expected margin lost to empty shelves until then if nothing is ordered now.", "现在不订货时，到那时预计因缺货损失的毛利。"), field("excess_units", "Units beyond what sells within overstock_days with a chance of 90 %.", "超出 overstock_days 内（90% 把握）可售出的数量。"), field("excess_minor", "Their cost.", "其成本。"), field("stock_minor", "Cost of what is here.", "现货成本。"),
        field("policy", "base_stock (R,S), min_max (R,s,S), lots (R,r,nQ), reorder_point (r,Q) every day, or season (s_t,S_t).", "base_stock (R,S)、min_max (R,s,S)、lots (R,r,nQ)、reorder_point 每日 (r,Q) 或 season 季节 (s_t,S_t)。"), field("method", "What demand was computed by: forecast (forecast.run, with what planners changed), smoothing (sales alone, where there is no newer forecast) pooled or forest (goods that seldom sell, together: with those that sold as often, with those that looked alike).", "需求来源：forecast 需求预测（含人工调整）、smoothing 仅按销售平滑（无较新预测时）、pooled 低频商品按频率合并学习、forest 低频商品按形态合并学习。"), field("reorder_level", "On an order day, order at or below this many on hand and on order.", "下单日现货加在途不高于此数则订货。"), field("order_up_to", "Order up to this many.", "订货补足到此数。"),
        field("service", "What is promised: fill_rate or cycle_service.", "承诺的种类：fill_rate 满足率或 cycle_service 周期不缺货率。").defaulted(), field("target", "The share that is promised of it.", "承诺的占比。"), field("aim", "What this good has to serve so that all goods with its promise keep it together at the least stock; absent: the promise itself.", "为使同一承诺的所有商品以最少库存共同兑现，该商品需达到的满足率；无则为承诺本身。"), field("fill_rate", "Fill rate that the policy keeps.", "该策略可达到的满足率。"), field("cycle_service", "Share of order cycles in which nothing is missing by the policy.", "该策略下订货周期内不缺货的占比。").defaulted(), field("policy_year_minor", "What keeping and ordering cost a year by it.", "按该策略的年持有与订货成本。"), field("lead_mean_days", "Lead time, mean.", "交货天数均值。"), field("lead_deviation_days", "Its standard deviation.", "交货天数标准差。"), field("review_days", "Days between order days.", "两次下单间隔天数。"), field("next_order_day", "Next order day of the supplier.", "供应商的下一下单日。"), field("order_quantity", "Units to order on it.", "建议订货数量。"), field("cost_minor", "Cost of one unit.", "单件成本。"), field("order_minor", "What the order costs.", "订货金额。"), field("saves_minor", "Expected margin saved by it, less the cost of keeping it.", "预计挽回的毛利减去持有成本。"),
        field("expired_units", "Units past their date, by first in, first out: to be written off, and not counted as here.", "按先进先出已过保质期的数量：应报废，不计入可用现货。").defaulted(), field("expiring_units", "Units that are expected to expire unsold, by first in, first out.", "按先进先出预计过期未售的数量。"), field("days_since_sale", "Days with stock since the last sale; 400: longer than the window.", "距最近一次销售的有货天数；400 为超出观察期。"), field("expiry_day", "Day on which the first of them expires.", "其中最早的过期日。"), field("clearance_decision_id", "Clearance that was proposed; empty: none.", "已提出的清仓决策；无则为空。"),
        field("flags", "What to know: no_supplier, no_cost (taken as the usual share of the price), short_history, below_target, late_delivery, shelf_life, ended, edited (people changed its forecast), by_hand (people set its levels or its promise), not_computed (its figures are beyond what can be computed); kept below the promise: long_cover (more would lie longer than overstock_days), slow (not sold for slow_days), not_worth_more (a further unit costs more to keep than it earns), on_demand (so does the first).", "提示：no_supplier 无供应商、no_cost 无成本（按通常占售价的比例估算）、short_history 历史太短、below_target 达不到目标、late_delivery 到货逾期、shelf_life 受保质期限制、ended 已停售、edited 预测经人工调整、by_hand 订货点或承诺由人工设定、not_computed 数值超出可计算范围；低于承诺备货：long_cover 再多存放将超过 overstock_days、slow 超过 slow_days 无销售、not_worth_more 再备一件不划算、on_demand 备一件也不划算。")};
};
BOOST_DESCRIBE_STRUCT(StockItem, (), (sku, place_id, product_id, title_en, title_zh, supplier_id, abc, xyz, state, on_hand, reserved, on_order, daily_mean, cover_days, run_out_day, gone_again_day, run_out_chance, at_stake_minor, excess_units, excess_minor, stock_minor, policy, method, reorder_level, order_up_to, service, target, aim, fill_rate, cycle_service, policy_year_minor, lead_mean_days, lead_deviation_days, review_days, next_order_day, order_quantity, cost_minor, order_minor, saves_minor, expired_units, expiring_units, days_since_sale, expiry_day, clearance_decision_id, flags))

struct SupplierLead {
    std::string supplier_id, name;
    std::int64_t observed = 0, late = 0;
    double mean_days = 0, deviation_days = 0, p90_days = 0, delivered_share = 1;
    std::vector<std::int64_t> order_weekdays;
    std::int64_t review_days = 7, next_order_day = 0;
    bool assumed = true;
    static constexpr Field fields[] = {field("supplier_id", "Supplier.", "供应商。"), field("name", "Name.", "名称。"), field("observed", "Orders that were received and count.", "已观察到的到货订单数。"), field("late", "Orders that should be here already.", "已逾期的在途订单数。"), field("mean_days", "Lead time, mean.", "交货天数均值。"), field("deviation_days", "Its standard deviation.", "标准差。"), field("p90_days", "Nine of ten orders come within so many days.", "90% 的订单在此天数内到货。"), field("delivered_share", "Share of ordered units that came.", "实际到货数量占比。"), field("order_weekdays", "Days on which it is ordered from; empty: any.", "下单的星期；空为任意。"), field("review_days", "Days between orders.", "下单间隔天数。"), field("next_order_day", "Next order day.", "下一下单日。"), field("assumed", "Whether the lead time is promised or assumed rather than observed.", "交货天数是否为承诺或假设值（而非观察）。")};
};
BOOST_DESCRIBE_STRUCT(SupplierLead, (), (supplier_id, name, observed, late, mean_days, deviation_days, p90_days, delivered_share, order_weekdays, review_days, next_order_day, assumed))

// An order that is worth less than its supplier takes, and better placed on the next order day.
struct WaitingOrder {
    std::string supplier_id, supplier_name, place_id;
    std::int64_t goods = 0, worth_minor = 0, minimum_minor = 0, until_day = 0, waiting_minor = 0;
    std::optional<std::int64_t> filling_minor, expected_day, expected_minor;
    static constexpr Field fields[] = {field("supplier_id", "Supplier.", "供应商。"), field("supplier_name", "Its name.", "供应商名称。"), field("place_id", "Where to.", "收货地点。"), field("goods", "Goods that it would have.", "商品种数。"), field("worth_minor", "What it would cost.", "金额。"), field("minimum_minor", "Least order value of the supplier.", "最低订货金额。"), field("until_day", "Next day on which it can be ordered.", "下一可下单日。"), field("waiting_minor", "Margin expected to be missed until an order of that day comes.", "等到该日订货到货为止预计损失的毛利。"), field("filling_minor", "What filling it up to the least value would cost to keep, on another day than the order day with the order's own cost; absent: it cannot be filled up without more than sells in overstock_days.", "凑足最低金额的持有成本（非下单日含下单成本）；无则凑足会超过 overstock_days 的销量。"), field("expected_day", "Day on which it will be ordered as things go, its goods sold as expected until then; absent: not within 13 weeks.", "按预计销售，将于该日下单；无则 13 周内不会。"), field("expected_minor", "What that order would cost.", "届时的订货金额。")};
};
BOOST_DESCRIBE_STRUCT(WaitingOrder, (), (supplier_id, supplier_name, place_id, goods, worth_minor, minimum_minor, until_day, waiting_minor, filling_minor, expected_day, expected_minor))

struct StockOutline {
    std::string plan_id, currency;
    std::int64_t made_at_ms = 0, today = 0, facts_until = 0;
    std::int64_t items = 0, out = 0, runs_out = 0, low = 0, enough = 0, excess = 0, idle = 0, unknown = 0;
    std::int64_t stock_minor = 0, on_order_minor = 0, at_stake_minor = 0, excess_minor = 0, cover_days = 0;
    std::int64_t proposals = 0, proposed_minor = 0, saves_minor = 0;
    std::int64_t left = 0, left_minor = 0, left_saves_minor = 0, approved = 0, approved_minor = 0;
    double fill_rate = 0, target = 0;
    std::int64_t forecast_items = 0, seldom_items = 0;
    std::optional<std::int64_t> forecast_day;
    LevelRule level_rule = LevelRule::forest;
    std::vector<SupplierLead> suppliers;
    std::vector<WaitingOrder> waiting;
    static constexpr Field fields[] = {
        field("plan_id", "Plan.", "方案编号。"), field("currency", "ISO 4217 code.", "货币代码。"), field("made_at_ms", "When it was made.", "生成时间。"), field("today", "Day that it is for.", "方案所属日。"), field("facts_until", "First day that is not in the sales it rests on.", "所依据销售数据的截止日（不含）。"),
        field("items", "Goods at places.", "商品地点数。"), field("out", "Sold out though asked for.", "缺货数。"), field("runs_out", "Will run out before an order could come.", "到货前将断货数。"), field("low", "Time to order.", "应订货数。"), field("enough", "Well.", "充足数。"), field("excess", "Too much.", "过多数。"), field("idle", "Nothing asked for.", "无需求数。"), field("unknown", "Stock not counted.", "未盘点数。"),
        field("stock_minor", "Cost of all stock.", "库存总成本。"), field("on_order_minor", "Cost of what is on order.", "在途成本。"), field("at_stake_minor", "Expected margin lost to empty shelves if nothing is ordered now: the sum of the alerts of what is out or runs out.", "不订货时预计损失的毛利（缺货类预警之和）。"), field("excess_minor", "Cost of stock that is too much, slow or expires: the sum of these alerts.", "过多、滞销或将过期库存的成本（此类预警之和）。"), field("cover_days", "Days that the stock lasts as a whole.", "总体可售天数。"),
        field("proposals", "Purchase orders proposed.", "建议的采购单数。"), field("proposed_minor", "What they cost.", "其金额。"), field("saves_minor", "What they are expected to save.", "预计挽回金额。"), field("left", "Of these, left to decide.", "其中待决定的单数。").defaulted(), field("left_minor", "What these cost, changes included.", "待决定的金额（含修改）。").defaulted(), field("left_saves_minor", "What these are expected to save.", "待决定的预计挽回金额。").defaulted(), field("approved", "Of these, approved.", "其中已批准的单数。").defaulted(), field("approved_minor", "What these cost.", "已批准的金额。").defaulted(), field("fill_rate", "Fill rate that the policies keep, by units.", "策略可达到的满足率（按件数）。"), field("target", "Promised, by units; of goods of which a cycle service is promised, what their levels serve by it.", "目标满足率（按件数）；承诺周期不缺货率的商品按其水平折算。"), field("forecast_items", "Goods at places whose demand is that of forecast.run.", "采用需求预测的商品地点数。"), field("seldom_items", "Goods at places that sell on fewer than one day in four and are planned by the rule for these.", "销售天数不足四分之一、按低频方法计算的商品地点数。").defaulted(), field("forecast_day", "First day of that forecast; absent: there was none to use.", "该预测的首日；无则未采用。"), field("level_rule", "What goods that seldom sell are planned by.", "低频商品的计算方法。"), field("suppliers", "Suppliers with how long they take.", "供应商及其交货时间。"), field("waiting", "Orders below their supplier's least order value that wait for the next order day, as that costs less than filling them up, or as they cannot be filled up.", "低于供应商最低订货金额、等到下一下单日的订货：等待比凑单省，或无法凑足。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(StockOutline, (), (plan_id, currency, made_at_ms, today, facts_until, items, out, runs_out, low, enough, excess, idle, unknown, stock_minor, on_order_minor, at_stake_minor, excess_minor, cover_days, proposals, proposed_minor, saves_minor, left, left_minor, left_saves_minor, approved, approved_minor, fill_rate, target, forecast_items, seldom_items, forecast_day, level_rule, suppliers, waiting))

enum class PositionView { all, at_risk, excess, to_order, uncounted };
BOOST_DESCRIBE_ENUM(PositionView, all, at_risk, excess, to_order, uncounted)

struct AskPosition {
    PositionView show = PositionView::all;
    std::string supplier_id, place_id, query;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("show", "all; at_risk: out or running out, most money first; excess: too much, most money first; to_order; uncounted: stock is not counted.", "all 全部；at_risk 缺货或将断货（金额高者先）；excess 过多（金额高者先）；to_order 待订货；uncounted 未盘点。").defaulted(), field("supplier_id", "Only from this supplier.", "仅此供应商。").defaulted().longest(64), field("place_id", "Only at this place.", "仅此地点。").defaulted().longest(64), field("query", "Part of a SKU, product id or title.", "SKU、商品编号或标题的一部分。").defaulted().longest(200), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(AskPosition, (), (show, supplier_id, place_id, query, page_size, page_token))

struct PositionPage {
    bool planned = false;
    std::optional<StockOutline> outline;
    std::vector<StockItem> items;
    std::int64_t total = 0;
    std::string next_page_token;
    static constexpr Field fields[] = {field("planned", "Whether a plan was made; supply.plan makes one.", "是否已有方案；supply.plan 生成。"), field("outline", "The plan as a whole; on the first page.", "方案概要；仅首页。"), field("items", "Goods at places.", "各商品地点。"), field("total", "How many there are in all.", "总数。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(PositionPage, (), (planned, outline, items, total, next_page_token))

struct AskStockedGood {
    std::string sku, place_id;
    static constexpr Field fields[] = {field("sku", "SKU.", "SKU。").longest(128), field("place_id", "Place; empty: where most of it is asked for.", "地点；空为需求最多处。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(AskStockedGood, (), (sku, place_id))

struct StockAhead {
    std::int64_t day = 0;
    double low = 0, mean = 0, high = 0, with_order = 0;
    static constexpr Field fields[] = {field("day", "End of this day.", "当日结束时。"), field("low", "Stock if demand is high (90 %).", "需求偏高（90%）时的库存。"), field("mean", "Expected stock with what is on order.", "含在途的预期库存。"), field("high", "Stock if demand is low (10 %).", "需求偏低（10%）时的库存。"), field("with_order", "Expected stock with the order of the plan.", "按方案订货后的预期库存。")};
};
BOOST_DESCRIBE_STRUCT(StockAhead, (), (day, low, mean, high, with_order))

struct StockPast {
    std::int64_t day = 0, stock = 0, sold = 0;
    static constexpr Field fields[] = {field("day", "Day.", "日期。"), field("stock", "Units at the end of it.", "当日结束时库存。"), field("sold", "Units sold on it.", "当日售出。")};
};
BOOST_DESCRIBE_STRUCT(StockPast, (), (day, stock, sold))

struct StockedGood {
    StockItem item;
    std::vector<ComingStock> arrivals;
    std::vector<StockPast> past;
    std::vector<StockAhead> ahead;
    std::vector<std::string> places;
    static constexpr Field fields[] = {field("item", "The good in the plan.", "方案中的该商品。"), field("arrivals", "What is on order.", "在途明细。"), field("past", "The last 60 days.", "过去 60 天。"), field("ahead", "The next 60 days.", "未来 60 天。"), field("places", "Places that the plan has it at.", "方案涉及的地点。")};
};
BOOST_DESCRIBE_STRUCT(StockedGood, (), (item, arrivals, past, ahead, places))

std::vector<Operation> operations();

}  // namespace kindling::supply_module

// modules/supply/policies.h -- what supply.policies takes and gives: the ways a good could be ordered at a place, side by side.
//
// Every way keeps the same promise (of one that goods keep together, the good's part of it) for the same demand and lead time; what differs is when it is looked at, how much comes at once and what of an order's cost it bears:
//   order_up_to     (R, S)      every order day up to S                 least S, bisection (Silver, Pyke & Thomas 7.9)
//   min_max         (R, s, S)   at or below s, up to S                  every gap S - s, exact renewal weights; by cost Zheng & Federgruen 1991
//   fixed_quantity  (R, r, nQ)  at or below r, whole multiples of Q     every Q, positions alike likely
//   reorder_point   (r, Q)      the same on any day, an order by itself by cost Federgruen & Zheng 1992, then the least r for the promise looked at daily
//   season          (s_t, S_t)  a last day, after which what is left has lost value   dynamic programming (Scarf 1960)
// By cost: without the promise, a unit owed costs holding x target / (1 - target) until it comes. Units are units of the SKU; money is minor units a year of 365 days; days are
// days since 1970; shares 0..1.
#pragma once
#include "modules/supply/api.h"
#include "modules/supply/classes.h"

namespace kindling::supply_module {

struct AskPolicies {
    std::string sku, place_id;
    std::optional<double> fill_rate;
    std::optional<ServiceKind> service;
    std::optional<std::int64_t> season_last_day;
    static constexpr Field fields[] = {field("sku", "Which good.", "哪个商品。").longest(128), field("place_id", "Place; empty: where most of it is asked for.", "地点；空为需求最多处。").defaulted().longest(64), field("fill_rate", "Promise to compare them for; left out: that of the good.", "比较所用的承诺占比；不填为该商品的承诺。").range(0.5, 0.999), field("service", "What is promised, fill_rate or cycle_service; left out: as of the good.", "承诺的种类：fill_rate 或 cycle_service；不填按该商品。"), field("season_last_day", "Also a season until this day, days since 1970.", "另按截至此日的季节计算（自 1970 年起的天数）。").range(0, 1e6)};
};
BOOST_DESCRIBE_STRUCT(AskPolicies, (), (sku, place_id, fill_rate, service, season_last_day))

enum class PolicyBasis { promise, cost };
BOOST_DESCRIBE_ENUM(PolicyBasis, promise, cost)

struct PolicyLine {
    OrderPolicy policy = OrderPolicy::order_up_to;
    PolicyBasis by = PolicyBasis::promise;
    std::int64_t reorder_level = 0, order_up_to = 0, order_quantity = 0, every_days = 0;
    double fill_rate = 0, cycle_service = 0, on_hand = 0, orders_year = 0;
    std::int64_t holding_minor = 0, ordering_minor = 0, missed_minor = 0, cost_minor = 0;
    std::string solver;
    bool followed = false, cheapest = false;
    static constexpr Field fields[] = {
        field("policy", "order_up_to, min_max, fixed_quantity or reorder_point.", "订货方式。"), field("by", "promise: the least that keeps it; cost: the least of keeping, ordering and owing.", "promise 兑现承诺所需的最低水平；cost 持有、订货与欠货之和最低。"), field("reorder_level", "At or below this many on hand and on order, order.", "现货加在途不高于此数则订货。"), field("order_up_to", "Up to this many; of a fixed quantity the level right after an order.", "补足目标；固定批量时为订货后的水平。"), field("order_quantity", "So many at a time; 0: what is missing.", "每次订货数量；0 为补足差额。"), field("every_days", "Days between two looks.", "检查间隔天数。"),
        field("fill_rate", "Share of the units asked for that it serves from the shelf.", "现货满足率。"), field("cycle_service", "Share of order cycles in which nothing is missing.", "订货周期内不缺货的占比。"), field("on_hand", "Units on the shelf, on average.", "平均在架件数。"), field("orders_year", "Orders a year.", "年订货次数。"), field("holding_minor", "Keeping, a year.", "年持有成本。"), field("ordering_minor", "Ordering, a year: the line, with the share of the order that it bears (reorder_point: all of it).", "年订货成本：订单行与其分摊的订单成本（reorder_point 承担整单）。"), field("missed_minor", "Margin of what is not served from the shelf, a year.", "年缺货毛利损失。"), field("cost_minor", "The three together.", "三者之和。"), field("solver", "What found it: least_level (bisection), every_gap (exact renewal weights), every_quantity, federgruen_zheng_least_r (their Q of 1992, then the least r), zheng_federgruen (1991), federgruen_zheng (1992).", "求解方法：least_level 二分、every_gap 逐一枚举差额（精确更新权重）、every_quantity 逐一枚举批量、federgruen_zheng_least_r（1992 年的 Q 与最低 r）、zheng_federgruen（1991）、federgruen_zheng（1992）。"), field("followed", "Whether the plan follows it today.", "方案现行方式。"), field("cheapest", "Whether nothing here that keeps the promise costs less, missed margin included.", "是否为兑现承诺者中总成本（含缺货毛利损失）最低。")};
};
BOOST_DESCRIBE_STRUCT(PolicyLine, (), (policy, by, reorder_level, order_up_to, order_quantity, every_days, fill_rate, cycle_service, on_hand, orders_year, holding_minor, ordering_minor, missed_minor, cost_minor, solver, followed, cheapest))

struct SeasonDay {
    std::int64_t order_day = 0;
    double demand = 0;
    std::int64_t reorder_level = 0, order_up_to = 0;
    static constexpr Field fields[] = {field("order_day", "Order day.", "下单日。"), field("demand", "Units expected until the next, in the season.", "至下一下单日的季内预计需求。"), field("reorder_level", "At or below this many, order.", "不高于此数则订货。"), field("order_up_to", "Up to this many; 0: no more.", "补足目标；0 为不再订货。")};
};
BOOST_DESCRIBE_STRUCT(SeasonDay, (), (order_day, demand, reorder_level, order_up_to))

struct SeasonAnswer {
    std::int64_t last_day = 0, left_minor = 0, expected_minor = 0;
    std::vector<SeasonDay> days;
    static constexpr Field fields[] = {field("last_day", "Its last day.", "最后一日。"), field("left_minor", "What a unit that is left costs.", "每件余货的损失。"), field("expected_minor", "Keeping, ordering, missing and what is left, from today's stock on.", "自今日库存起的持有、订货、缺货与余货成本之和。"), field("days", "Order days from which something still comes in time; none: too late.", "仍来得及到货的下单日；无则为时已晚。")};
};
BOOST_DESCRIBE_STRUCT(SeasonAnswer, (), (last_day, left_minor, expected_minor, days))

struct PolicyComparison {
    std::string currency, sku, place_id, supplier_id, not_offered;
    ServiceKind service = ServiceKind::fill_rate;
    double target = 0, daily_mean = 0, lead_mean_days = 0;
    std::int64_t margin_minor = 0, holding_year_minor = 0, order_cost_minor = 0, alone_cost_minor = 0;
    std::vector<PolicyLine> policies;
    std::optional<SeasonAnswer> season;
    static constexpr Field fields[] = {field("currency", "ISO 4217 code.", "货币代码。"), field("sku", "The good.", "商品。"), field("place_id", "The place.", "地点。"), field("supplier_id", "Who supplies it; empty: unknown.", "供应商；空为未知。"), field("not_offered", "reorder_point, where the supplier has order days; otherwise empty.", "供应商有固定下单日时为 reorder_point，否则为空。"), field("service", "What is promised.", "承诺的种类。"), field("target", "The share of it that they keep.", "承诺的占比。"), field("daily_mean", "Units asked for a day.", "日均需求。"), field("lead_mean_days", "Lead time, mean.", "交货天数均值。"), field("margin_minor", "Margin of a unit.", "单件毛利。"), field("holding_year_minor", "Keeping a unit for a year.", "单件年持有成本。"), field("order_cost_minor", "An order's line with its share of the order.", "订单行与分摊的订单成本。"), field("alone_cost_minor", "The same with the whole order.", "单独下单的成本。"), field("policies", "Those that keep the promise, cheapest first; then those of least cost.", "兑现承诺者按总成本升序，其后为成本最低者。"), field("season", "The season that was asked for.", "所问的季节。")};
};
BOOST_DESCRIBE_STRUCT(PolicyComparison, (), (currency, sku, place_id, supplier_id, not_offered, service, target, daily_mean, lead_mean_days, margin_minor, holding_year_minor, order_cost_minor, alone_cost_minor, policies, season))

// The part that a good has of a promise that goods keep together, as its plan found it: where what is promised of it is still that; otherwise it keeps the whole of it for itself until the next plan.
std::optional<double> planned_part(StockItem const& of_plan, Promised const& now);

std::vector<Operation> policy_operations();

}  // namespace kindling::supply_module

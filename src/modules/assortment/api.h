// modules/assortment/api.h -- which goods to list, keep, drop, push and price, within a budget and a shelf, as decisions (scenario 5).
//
// assortment.propose learns from the shop's own facts how shoppers choose, finds the most profitable plan within the limits, keeps it, and makes
// a decision of each change that is worth something. assortment.plan shows the plan that was kept; assortment.whatif asks the same model again
// under other limits. The science is engines/optimise/assortment. Money is whole minor units of the shop's currency; values are for the horizon.
#pragma once
#include "core/operation.h"
#include "shop/context.h"

namespace kindling::assortment_module {

// Limits and costs that the owner may set. What is left out follows from the shop as it is.
struct Propose {
    std::optional<std::int64_t> shelf_places, capital_minor;
    std::int64_t push_places = 12, horizon_days = 28, most_price_change_percent = 10, listing_cost_minor = 0, push_cost_minor = 0, most_decisions = 30;
    double interest_per_year = 0.12, return_cost_share = 0.2, push_lift = 1.2;
    std::vector<std::string> keep, leave_out;
    bool as_before = false;
    static constexpr Field fields[] = {
        field("as_before", "Take the limits of the plan before, if there is one, and look at nothing else of this request: how the night asks.", "沿用上一次方案的限制（如有），忽略本请求的其余内容；每晚自动执行时如此。").defaulted(),
        field("shelf_places", "How many goods may be on sale; left out: as many as now.", "最多在售商品数；不填为当前数量。").range(0, 1e6),
        field("capital_minor", "Money that may be tied up in stock, minor units, by the model of display stock and cover; left out: what the goods on sale now need.", "库存可占用资金（按陈列与周转库存估算），最小货币单位；不填为当前在售商品所需。").range(0, 1e15),
        field("push_places", "How many goods may be pushed.", "主推位数量。").defaulted().range(0, 1000),
        field("horizon_days", "Days that are planned for.", "规划天数。").defaulted().range(7, 182),
        field("most_price_change_percent", "How far a price may move; 0: prices stay.", "价格最大变动百分比；0 为不调价。").defaulted().range(0, 30),
        field("listing_cost_minor", "What one good on sale costs over the horizon: content, care, shelf; minor units.", "每个在售商品在规划期内的维护成本，最小货币单位。").defaulted().range(0, 1e12),
        field("push_cost_minor", "What pushing one good costs over the horizon, minor units.", "每个主推位的成本，最小货币单位。").defaulted().range(0, 1e12),
        field("most_decisions", "At most so many decisions, the most valuable; 0: only the plan.", "最多提出多少项决策（取价值最高者）；0 为只生成方案。").defaulted().range(0, 500),
        field("interest_per_year", "Cost of capital a year, 0.12 is 12 %.", "资金年成本，0.12 即 12%。").defaulted().range(0, 2),
        field("return_cost_share", "What a returned unit loses beyond the refund, as a share of its cost.", "退货单件的额外损失占成本的比例。").defaulted().range(0, 2),
        field("push_lift", "How many times as attractive a pushed good is: assumed until measured.", "主推使商品吸引力变为多少倍：实测之前为假设值。").defaulted().range(1, 5),
        field("keep", "Products that must stay on sale.", "必须保留在售的商品。").defaulted().longest(2000), field("leave_out", "Products that must not be on sale.", "不得在售的商品。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(Propose, (), (as_before, shelf_places, capital_minor, push_places, horizon_days, most_price_change_percent, listing_cost_minor, push_cost_minor, most_decisions, interest_per_year, return_cost_share, push_lift, keep, leave_out))

enum class Action { keep, list, drop, push, price, leave };
BOOST_DESCRIBE_ENUM(Action, keep, list, drop, push, price, leave)

struct ValueRange {
    std::int64_t expected_minor = 0, low_minor = 0, high_minor = 0;
    static constexpr Field fields[] = {field("expected_minor", "Expected, minor units.", "期望值，最小货币单位。"), field("low_minor", "Low end (10 %).", "下限（10%）。"), field("high_minor", "High end (90 %).", "上限（90%）。")};
};
BOOST_DESCRIBE_STRUCT(ValueRange, (), (expected_minor, low_minor, high_minor))

struct PlanItem {
    std::string product_id, title_en, title_zh, category_id;
    Action action = Action::keep;
    bool pushed = false;
    std::int64_t price_minor = 0, planned_price_minor = 0;
    double units_now = 0, units_planned = 0;
    std::int64_t profit_now_minor = 0, profit_planned_minor = 0;
    ValueRange value;
    double margin = 0, returned = 0, in_stock = 0, elasticity = 0, elasticity_deviation = 0, elasticity_spread = 0, trend_per_year = 0, score = 0, score_deviation = 0, taken_from_others = 0;
    std::optional<double> delivered;
    std::int64_t units_seen = 0;
    std::vector<std::string> alike;
    std::string reason_en, reason_zh, decision_id;
    static constexpr Field fields[] = {
        field("product_id", "Product.", "商品编号。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"), field("category_id", "Category: goods in it stand in for each other.", "类目：其中商品可相互替代。"),
        field("action", "keep, list, drop, push, price, or leave (not on sale, and stays so). A good to list may be pushed, too.", "keep 保留、list 上架、drop 下架、push 主推、price 调价、leave 维持不在售；上架的商品也可同时主推。"), field("pushed", "Pushed in the plan.", "方案中是否主推。"),
        field("price_minor", "Price now, mean over what is sold of its variants.", "当前价格（按规格销量平均）。"), field("planned_price_minor", "Price in the plan.", "方案价格。"),
        field("units_now", "Units over the horizon if all stays.", "维持现状时规划期销量。"), field("units_planned", "Units in the plan.", "方案销量。"), field("profit_now_minor", "Profit of the good if all stays.", "维持现状时该商品利润。"), field("profit_planned_minor", "Profit of the good in the plan.", "方案中该商品利润。"),
        field("value", "What the change is worth to the shop: with what it takes from or gives to the other goods, and with the limits that it uses or frees at their dual prices.", "该变更对店铺的价值：含对其他商品的影响，以及按影子价格计算的占用或释放的资源。"),
        field("margin", "Margin as a share of the price.", "毛利率。"), field("returned", "Share of units that come back.", "退货率。"), field("in_stock", "Share of the time that it was, or is expected to be, in stock.", "有货时间占比（或预期）。"),
        field("elasticity", "Change of demand in percent for one percent of price.", "价格弹性：价格变动 1% 引起的需求变动百分比。"), field("elasticity_deviation", "Its standard deviation.", "弹性的标准差。"), field("elasticity_spread", "How far elasticities of goods were taken to stray before the prices of this one were looked at: with a deviation about as wide nothing was learned of this product.", "查看该商品价格之前所设的商品间弹性离散度；标准差与之相近即表示该商品尚未学到弹性。").defaulted(), field("trend_per_year", "Growth of its attraction a year, in logarithm.", "吸引力年增长（对数）。"),
        field("score", "Attraction, logarithm relative to its category: 0.7 more is twice as attractive.", "吸引力（对数，相对类目）：高 0.7 即两倍。"), field("score_deviation", "Its standard deviation.", "吸引力的标准差。"), field("taken_from_others", "Share of its units that others of the category would sell without it.", "若无此商品，由同类其他商品承接的销量占比。"),
        field("delivered", "Share of what its supplier had to deliver in the last year that came by the day it was due, mean over orders; absent: nothing was due.", "近一年供应商按期到货的比例（按订单平均）；无到期订单则为空。"), field("units_seen", "Units sold in the year that was learned from.", "学习期（一年）内销量。"), field("alike", "Goods that are most alike by attributes, for goods of which little is known.", "属性最相近的商品（数据不足时据此评分）。"),
        field("reason_en", "Why, in English.", "英文理由。"), field("reason_zh", "Why, in Chinese.", "中文理由。"), field("decision_id", "The decision that was made of it; empty: none.", "对应的决策；无则为空。")};
};
BOOST_DESCRIBE_STRUCT(PlanItem, (), (product_id, title_en, title_zh, category_id, action, pushed, price_minor, planned_price_minor, units_now, units_planned, profit_now_minor, profit_planned_minor, value, margin, returned, in_stock, elasticity, elasticity_deviation, elasticity_spread, trend_per_year, score, score_deviation, taken_from_others, delivered, units_seen, alike, reason_en, reason_zh, decision_id))

struct PlanLimit {
    std::string name;
    double most = 0, used_now = 0, used = 0, dual_price = 0;
    static constexpr Field fields[] = {field("name", "shelf_places, capital_minor or push_places.", "shelf_places 货架位、capital_minor 库存资金、push_places 主推位。"), field("most", "The limit.", "上限。"), field("used_now", "Used if all stays.", "现状占用。"), field("used", "Used by the plan.", "方案占用。"), field("dual_price", "What one more unit of it would earn over the horizon, minor units (of the linear relaxation).", "再放宽一个单位可多赚的利润（线性松弛的影子价格），最小货币单位。")};
};
BOOST_DESCRIBE_STRUCT(PlanLimit, (), (name, most, used_now, used, dual_price))

struct PlanSet {
    std::string category_id, price_band, name_en, name_zh;
    double arrivals = 0, conversion = 0, substitution_share = 0, elasticity = 0;
    std::int64_t on_sale_now = 0, on_sale = 0, candidates = 0, profit_now_minor = 0, profit_minor = 0;
    static constexpr Field fields[] = {field("category_id", "Category.", "类目。"), field("price_band", "lower or upper half of the prices of a large category; empty: all of it.", "大类目按价格分为 lower 低价、upper 高价两半；空为整个类目。"), field("name_en", "Name in English.", "英文名称。"), field("name_zh", "Name in Chinese.", "中文名称。"), field("arrivals", "Shoppers expected over the horizon.", "规划期内预计到访人数。"), field("conversion", "Share of them that buy now.", "当前购买比例。"), field("substitution_share", "Share of the buyers of a missing good that take another of the set.", "缺货时转买同类其他商品的比例。"), field("elasticity", "Mean price elasticity.", "平均价格弹性。"), field("on_sale_now", "Goods on sale now.", "当前在售数。"), field("on_sale", "Goods in the plan.", "方案在售数。"), field("candidates", "Goods that were weighed.", "候选商品数。"), field("profit_now_minor", "Profit over the horizon if all stays.", "维持现状的利润。"), field("profit_minor", "Profit of the plan.", "方案利润。")};
};
BOOST_DESCRIBE_STRUCT(PlanSet, (), (category_id, price_band, name_en, name_zh, arrivals, conversion, substitution_share, elasticity, on_sale_now, on_sale, candidates, profit_now_minor, profit_minor))

struct CurvePoint {
    std::int64_t shelf_places = 0, profit_minor = 0;
    static constexpr Field fields[] = {field("shelf_places", "Goods on sale.", "在售商品数。"), field("profit_minor", "Profit of the best plan with so many.", "该数量下最优方案的利润。")};
};
BOOST_DESCRIBE_STRUCT(CurvePoint, (), (shelf_places, profit_minor))

// Numbers of goods by what is to happen to them.
struct Counts {
    std::int64_t keep = 0, list = 0, drop = 0, push = 0, price = 0, leave = 0;
    static constexpr Field fields[] = {field("keep", "Stay as they are.", "保留。"), field("list", "To put on sale.", "上架。"), field("drop", "To take off sale.", "下架。"), field("push", "To push.", "主推。"), field("price", "To price anew.", "调价。"), field("leave", "Not on sale, and stay so.", "维持不在售。")};
};
BOOST_DESCRIBE_STRUCT(Counts, (), (keep, list, drop, push, price, leave))

struct Outline {
    std::string currency;
    std::int64_t made_at_ms = 0, until_ms = 0, horizon_days = 28, days_seen = 0;
    bool arrivals_seen = false;
    std::int64_t profit_now_minor = 0, profit_minor = 0, bound_minor = 0;
    double gap = 0;
    ValueRange gain;
    Counts counts;
    std::int64_t decisions = 0;
    std::vector<PlanLimit> limits;
    static constexpr Field fields[] = {
        field("currency", "ISO 4217 code.", "货币代码。"), field("made_at_ms", "When the plan was made.", "方案生成时间。"), field("until_ms", "The end of the facts that it rests on.", "所依据数据的截止时间。"), field("horizon_days", "Days that it is for.", "规划天数。"), field("days_seen", "Days of trade that were learned from.", "学习所用的天数。"),
        field("arrivals_seen", "Whether visits were logged; otherwise how many come is inferred from the orders.", "是否有访问日志；否则由订单推算到访人数。"), field("profit_now_minor", "Expected profit over the horizon if all stays.", "维持现状的预期利润。"), field("profit_minor", "Expected profit of the plan.", "方案的预期利润。"),
        field("bound_minor", "No plan within the limits can be expected to earn more.", "限制内任何方案的利润上界。"), field("gap", "How far below that bound the plan may be, as a share.", "方案与上界的差距占比。"), field("gain", "Plan less now, with its interval.", "方案相对现状的增益及区间。"), field("counts", "Goods by action.", "各动作的商品数。"), field("decisions", "Decisions that were proposed.", "提出的决策数。"), field("limits", "Limits with use and dual price.", "各限制的占用与影子价格。")};
};
BOOST_DESCRIBE_STRUCT(Outline, (), (currency, made_at_ms, until_ms, horizon_days, days_seen, arrivals_seen, profit_now_minor, profit_minor, bound_minor, gap, gain, counts, decisions, limits))

struct AskPlan {
    std::optional<Action> action;
    std::string category_id;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("action", "Only items of this action.", "仅此动作的商品。"), field("category_id", "Only items of this category.", "仅此类目的商品。").defaulted().longest(128), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(AskPlan, (), (action, category_id, page_size, page_token))

// What people ask for and no good answers, as a planner handed it on (forecast.hand_on_need): a candidate without a product.
struct NeededGood {
    std::string decision_id, words, category_id;
    std::vector<std::string> examples;
    std::int64_t sessions = 0;
    double growth = 1, orders_28 = 0;
    bool agreed = false;
    std::int64_t handed_on_at_ms = 0;
    static constexpr Field fields[] = {field("decision_id", "The decision that hands it on.", "移交该需求的决策。"), field("words", "What was asked for.", "顾客所求。"), field("category_id", "Category that the same visits looked at most; empty: none.", "同一访问最常浏览的类目；无则为空。"), field("examples", "Also asked as.", "其他说法。"), field("sessions", "Visits of eight weeks that asked for it and found nothing.", "八周内提出且无结果的访问数。"), field("growth", "The newer half of these weeks beside the older; 2: twice as many.", "后半段与前半段之比；2 即翻倍。"), field("orders_28", "Orders in 28 days, were it to convert as other searches do.", "按其他搜索转化估算的 28 天订单数。"), field("agreed", "Whether somebody approved looking for it.", "是否已批准去寻找。"), field("handed_on_at_ms", "When it was handed on.", "移交时间。")};
};
BOOST_DESCRIBE_STRUCT(NeededGood, (), (decision_id, words, category_id, examples, sessions, growth, orders_28, agreed, handed_on_at_ms))

struct PlanPage {
    bool planned = false;
    std::optional<Outline> outline;
    std::vector<PlanItem> items;
    std::int64_t total = 0;
    std::string next_page_token;
    std::vector<PlanSet> sets;
    std::vector<CurvePoint> curve;
    std::vector<NeededGood> needed;
    static constexpr Field fields[] = {field("planned", "Whether a plan was made; assortment.propose makes one.", "是否已有方案；assortment.propose 生成。"), field("outline", "The plan as a whole.", "方案概要。"), field("items", "Goods, changes first, by value.", "商品：变更在前，按价值排序。"), field("total", "How many there are in all.", "总数。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。"), field("sets", "Categories as choice sets; on the first page.", "各类目（选择集）；仅首页。"), field("curve", "Profit against the size of the shelf; on the first page.", "利润随货架大小的变化；仅首页。"), field("needed", "Candidates that no product answers yet: needs that were handed on and neither rejected nor out of date, by expected orders; on the first page.", "尚无商品的候选：已移交、未被拒绝也未过期的需求，按预计订单数排序；仅首页。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(PlanPage, (), (planned, outline, items, total, next_page_token, sets, curve, needed))

struct WhatIf {
    std::optional<std::int64_t> shelf_places, capital_minor, push_places, most_price_change_percent, listing_cost_minor;
    std::vector<std::string> keep, leave_out;
    static constexpr Field fields[] = {
        field("shelf_places", "Another number of goods on sale; left out: as planned.", "不同的在售商品数；不填同方案。").range(0, 1e6), field("capital_minor", "Another amount of capital; left out: as planned.", "不同的库存资金；不填同方案。").range(0, 1e15), field("push_places", "Another number of push places.", "不同的主推位数量。").range(0, 1000),
        field("most_price_change_percent", "Prices may move so far.", "价格最大变动百分比。").range(0, 30), field("listing_cost_minor", "Another cost of a good on sale.", "不同的在售维护成本。").range(0, 1e12), field("keep", "Products that must stay.", "必须保留的商品。").defaulted().longest(2000), field("leave_out", "Products that must go.", "不得在售的商品。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(WhatIf, (), (shelf_places, capital_minor, push_places, most_price_change_percent, listing_cost_minor, keep, leave_out))

struct Imagined {
    Outline outline;
    std::vector<PlanItem> differences;
    static constexpr Field fields[] = {field("outline", "The imagined plan as a whole.", "设想方案概要。"), field("differences", "Goods that it treats otherwise than the kept plan, the most valuable first, at most 100.", "与已存方案处理不同的商品，按价值排序，最多 100 个。")};
};
BOOST_DESCRIBE_STRUCT(Imagined, (), (outline, differences))

std::vector<Operation> assortment_operations();

}  // namespace kindling::assortment_module

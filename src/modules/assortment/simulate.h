// modules/assortment/simulate.h -- a changed list played on simulated shoppers beside today's (scenario 5).
//
// assortment.simulate takes what the last plan learned of the shop, with how unsure it is, and plays the same shoppers under today's list and under
// the changed one (engines/optimise/assortment/play). Nothing of it is a simulator's own truth: shoppers, stock and returns follow the shop's history.
#pragma once
#include "modules/assortment/api.h"

namespace kindling::assortment_module {

struct NewPrice {
    std::string product_id;
    double change_percent = 0;
    static constexpr Field fields[] = {field("product_id", "Product.", "商品编号。").longest(128), field("change_percent", "Change of its price, percent: -10 is a tenth off.", "价格变动百分比：-10 为降价一成。").range(-60, 100)};
};
BOOST_DESCRIBE_STRUCT(NewPrice, (), (product_id, change_percent))

struct Simulate {
    std::vector<std::string> list, drop, push;
    std::vector<NewPrice> prices;
    std::optional<std::int64_t> horizon_days;
    std::int64_t runs = 200, interval_percent = 80, seed = 1, most_goods = 100;
    static constexpr Field fields[] = {
        field("list", "Products to put on sale. When list, drop, push and prices are all empty, the kept plan is played.", "要上架的商品。list、drop、push、prices 全为空时，模拟已存的选品方案。").defaulted().longest(2000), field("drop", "Products to take off sale.", "要下架的商品。").defaulted().longest(2000), field("push", "Products to push; push_lift of the plan says what that does, which is an assumption.", "要主推的商品；效果取方案中的 push_lift（假设值）。").defaulted().longest(1000),
        field("prices", "New prices of products.", "商品的新价格。").defaulted().longest(2000), field("horizon_days", "Days that are played; left out: those of the plan.", "模拟天数；不填为方案的天数。").range(7, 182), field("runs", "How often the days are played.", "模拟次数。").defaulted().range(20, 2000),
        field("interval_percent", "Share of the runs that lies within low and high.", "区间覆盖的模拟比例（%）。").defaulted().range(50, 98), field("seed", "Number of the draws: the same one gives the same answer.", "随机种子：相同的种子给出相同的结果。").defaulted().range(1, 1e9), field("most_goods", "At most so many goods in the answer: the changed ones first, then those that they move most.", "结果中最多列出多少商品：先列变更商品，再列受影响最大的。").defaulted().range(1, 2000)};
};
BOOST_DESCRIBE_STRUCT(Simulate, (), (list, drop, push, prices, horizon_days, runs, interval_percent, seed, most_goods))

struct CountRange {
    double expected = 0, low = 0, high = 0;
    static constexpr Field fields[] = {field("expected", "Mean of the runs.", "各次模拟的均值。"), field("low", "Low end of the interval.", "区间下限。"), field("high", "High end of the interval.", "区间上限。")};
};
BOOST_DESCRIBE_STRUCT(CountRange, (), (expected, low, high))

struct Sales {
    ValueRange profit, revenue;
    CountRange units, returned, lost;
    static constexpr Field fields[] = {field("profit", "Profit, returns and capital counted; low and high by interval_percent.", "利润（已计退货与资金成本）；上下限按 interval_percent。"), field("revenue", "Paid for what was sold, before refunds.", "销售额（退款前）。"), field("units", "Units sold.", "销量。"), field("returned", "Units of them that come back.", "其中退回的件数。"), field("lost", "Shoppers who would have bought it had everything of the list been in stock, and bought nothing.", "若列表商品全部有货本会购买、却空手离开的顾客数。")};
};
BOOST_DESCRIBE_STRUCT(Sales, (), (profit, revenue, units, returned, lost))

struct SimulatedGood {
    std::string product_id, title_en, title_zh, category_id;
    Action action = Action::keep;
    std::int64_t price_minor = 0, new_price_minor = 0;
    Sales today, changed, difference;
    static constexpr Field fields[] = {field("product_id", "Product.", "商品编号。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"), field("category_id", "Category.", "类目。"), field("action", "What the changed list does with it; keep or leave: nothing.", "变更列表对其的处理；keep 或 leave 为不变。"), field("price_minor", "Price now.", "当前价格。"), field("new_price_minor", "Price in the changed list.", "变更后的价格。"), field("today", "Under today's list.", "按当前列表。"), field("changed", "Under the changed list.", "按变更列表。"), field("difference", "Changed less today, run by run.", "变更与当前之差（逐次模拟）。")};
};
BOOST_DESCRIBE_STRUCT(SimulatedGood, (), (product_id, title_en, title_zh, category_id, action, price_minor, new_price_minor, today, changed, difference))

struct TakenOver {
    std::string from_product_id, from_en, from_zh, to_product_id, to_en, to_zh;
    CountRange shoppers;
    static constexpr Field fields[] = {field("from_product_id", "What they buy under today's list; empty: nothing.", "按当前列表购买的商品；为空即不购买。"), field("from_en", "Its title in English.", "其英文标题。"), field("from_zh", "Its title in Chinese.", "其中文标题。"), field("to_product_id", "What they buy under the changed list; empty: nothing.", "按变更列表购买的商品；为空即不购买。"), field("to_en", "Its title in English.", "其英文标题。"), field("to_zh", "Its title in Chinese.", "其中文标题。"), field("shoppers", "How many.", "人数。")};
};
BOOST_DESCRIBE_STRUCT(TakenOver, (), (from_product_id, from_en, from_zh, to_product_id, to_en, to_zh, shoppers))

struct SimulatedDay {
    std::string day;
    ValueRange today, changed, difference;
    static constexpr Field fields[] = {field("day", "Day, YYYY-MM-DD.", "日期 YYYY-MM-DD。"), field("today", "Profit since the first day under today's list.", "按当前列表自首日起的累计利润。"), field("changed", "The same under the changed list.", "按变更列表的累计利润。"), field("difference", "Changed less today, run by run.", "两者之差（逐次模拟）。")};
};
BOOST_DESCRIBE_STRUCT(SimulatedDay, (), (day, today, changed, difference))

struct Simulated {
    std::string currency;
    std::int64_t horizon_days = 0, runs = 0, interval_percent = 80, days_seen = 0, until_ms = 0;
    bool of_plan = false, arrivals_seen = false, levels_seen = false;
    double shoppers = 0, shop_level_percent = 0, set_level_percent = 0, out_days = 0, better = 0;
    Sales today, changed, difference;
    std::int64_t formula_today_minor = 0, formula_difference_minor = 0, goods_moved = 0;
    std::vector<SimulatedGood> goods;
    std::vector<TakenOver> taken_over;
    std::vector<SimulatedDay> days;
    std::string learned_en, learned_zh;
    static constexpr Field fields[] = {
        field("currency", "ISO 4217 code.", "货币代码。"), field("horizon_days", "Days that were played.", "模拟天数。"), field("runs", "How often.", "模拟次数。"), field("interval_percent", "Share of the runs within low and high.", "区间覆盖的模拟比例（%）。"), field("days_seen", "Days of trade that the shoppers were learned from.", "学习顾客行为所用的天数。"), field("until_ms", "The end of the facts that it rests on.", "所依据数据的截止时间。"),
        field("of_plan", "Whether the kept plan was played, because nothing else was asked.", "是否模拟的是已存方案（未指定其他变更）。"), field("arrivals_seen", "Whether visits were logged; otherwise how many come is inferred from the orders.", "是否有访问日志；否则由订单推算到访人数。"), field("levels_seen", "Whether the history was long enough to learn how far four weeks are from the four before; otherwise usual values were taken.", "历史是否足以学习四周之间的波动；否则取常用值。"),
        field("shoppers", "Shoppers who came to a category in one run, mean.", "每次模拟到访各类目的顾客数（均值）。"), field("shop_level_percent", "By how many percent four weeks of the whole shop usually missed the level before them, and so how unsure the number of shoppers is.", "全店四周销量通常与此前水平相差的百分比，即到访人数的不确定程度。"), field("set_level_percent", "The same of one category beside the shop.", "单个类目相对全店的同类波动。"), field("out_days", "Days that a variant which sold out usually stays out.", "规格售罄后通常缺货的天数。"), field("better", "Share of the runs in which the changed list earns more.", "变更列表利润更高的模拟占比。"),
        field("today", "The shop under today's list.", "全店：当前列表。"), field("changed", "The shop under the changed list.", "全店：变更列表。"), field("difference", "Changed less today, run by run: the same shoppers came to both.", "两者之差（逐次模拟，同一批顾客）。"), field("formula_today_minor", "What the choice model's formula expects of today's list, without playing.", "选择模型公式对当前列表的期望利润（不经模拟）。"), field("formula_difference_minor", "What it expects of the difference.", "公式对差额的期望。"),
        field("goods_moved", "Goods whose sales the changes move.", "销量受影响的商品数。"), field("goods", "Goods that are changed, then those that they move, most first.", "变更的商品，其后为受影响的商品（影响大者在前）。"), field("taken_over", "Who takes over what left, and from whom what is new takes: shoppers who choose otherwise, at most 200 rows.", "离开的需求由谁承接、新商品从谁处取得：改变选择的顾客，最多 200 行。"), field("days", "Profit since the first day, by day.", "逐日累计利润。"),
        field("learned_en", "Where the shoppers come from, in English.", "顾客行为的来源（英文）。"), field("learned_zh", "The same in Chinese.", "顾客行为的来源（中文）。")};
};
BOOST_DESCRIBE_STRUCT(Simulated, (), (currency, horizon_days, runs, interval_percent, days_seen, until_ms, of_plan, arrivals_seen, levels_seen, shoppers, shop_level_percent, set_level_percent, out_days, better, today, changed, difference, formula_today_minor, formula_difference_minor, goods_moved, goods, taken_over, days, learned_en, learned_zh))

struct Kept;
// Errors: not_found "product_not_found"; invalid_argument "conflicting_changes" (a product that is listed and dropped, on sale already, not on
// sale, pushed already), "too_many_shoppers"; unavailable "cancelled".
Result<Simulated> simulate(Kept const&, Simulate const&, Progress const&, unsigned threads);

}  // namespace kindling::assortment_module

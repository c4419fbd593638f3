// modules/forecast/understand.h -- needs that have no product, what a customer will need next, and what a price would do: what the questions take and give.
#pragma once
#include "modules/forecast/store.h"

namespace kindling::forecast {

struct AskUnmet {
    std::int64_t days = 56, least_sessions = 3, most = 50;
    static constexpr Field fields[] = {field("days", "Days to look back.", "回看天数。").defaulted().range(14, 365), field("least_sessions", "Needs that fewer visits asked for are left out; at least 3, so that nobody's own words are shown.", "少于此访问数的需求不列出；至少为 3，以免显示个人原话。").defaulted().range(3, 10000), field("most", "At most so many.", "最多条数。").defaulted().range(1, 200)};
};
BOOST_DESCRIBE_STRUCT(AskUnmet, (), (days, least_sessions, most))

struct UnmetNeed {
    std::string words;
    std::vector<std::string> examples;
    std::int64_t sessions = 0, searches = 0, talks = 0;
    double sessions_28 = 0, growth = 1;
    bool growing = false, fading = false, handed_on = false;
    std::string category_id, last_day;
    double orders_28 = 0;
    static constexpr Field fields[] = {
        field("words", "What most of them typed.", "最常见的说法。"), field("examples", "Other words for it, each from at least two visits.", "其他说法，每种至少来自两次访问。"), field("sessions", "Visits that asked for it and found nothing.", "提出且未得到满足的访问数。"), field("searches", "Searches without result.", "无结果搜索数。"), field("talks", "Guide talks without a pick.", "未选中商品的导购对话数。"),
        field("sessions_28", "Visits in 28 days, at the pace of the whole span.", "折合 28 天的访问数。"), field("growth", "The newer half of the span beside the older; 2: twice as many.", "后半段与前半段之比；2 即翻倍。"), field("growing", "More by more than chance (two deviations).", "增长超出偶然（两倍标准差）。"), field("fading", "Fewer by more than chance.", "减少超出偶然。"), field("handed_on", "It was handed on, and nobody decided yet.", "已交办且尚未决策。"), field("category_id", "Category that the same visits looked at most; empty: none.", "同一访问最常浏览的类目；无则为空。"), field("last_day", "Asked for last.", "最近出现。"),
        field("orders_28", "Orders in 28 days if it converted as searches with results do here: an assumption, not a forecast.", "若按本店有结果搜索的转化率估算的 28 天订单数：为假设，非预测。")};
};
BOOST_DESCRIBE_STRUCT(UnmetNeed, (), (words, examples, sessions, searches, talks, sessions_28, growth, growing, fading, handed_on, category_id, last_day, orders_28))

struct UnmetNeeds {
    std::vector<UnmetNeed> needs;
    std::int64_t days = 0, sessions = 0, sessions_unmet = 0;
    double conversion = 0;
    static constexpr Field fields[] = {field("needs", "Most asked for first.", "按次数排序。"), field("days", "Days that were looked at.", "所看天数。"), field("sessions", "Visits that searched or talked.", "有搜索或对话的访问数。"), field("sessions_unmet", "Of these, with something that found nothing.", "其中有未满足需求者。"), field("conversion", "Share of visits with only successful searches that ordered.", "搜索均有结果的访问的下单比例。")};
};
BOOST_DESCRIBE_STRUCT(UnmetNeeds, (), (needs, days, sessions, sessions_unmet, conversion))

struct HandOn {
    std::string words;
    static constexpr Field fields[] = {field("words", "The need, by its words in forecast.unmet_needs.", "需求，取 forecast.unmet_needs 中的 words。").longest(300)};
};
BOOST_DESCRIBE_STRUCT(HandOn, (), (words))

struct HandedOn {
    std::string decision_id;
    static constexpr Field fields[] = {field("decision_id", "The decision for those who select and design.", "交给选品与设计的决策。")};
};
BOOST_DESCRIBE_STRUCT(HandedOn, (), (decision_id))

struct AskNext {
    std::string customer_id;
    std::int64_t days = 28;
    static constexpr Field fields[] = {field("customer_id", "Which customer.", "哪位顾客。").longest(128), field("days", "Within how many days.", "多少天之内。").defaulted().range(7, 182)};
};
BOOST_DESCRIBE_STRUCT(AskNext, (), (customer_id, days))

struct NextNeed {
    std::string category_id, name_en, name_zh;
    double probability = 0;
    std::int64_t days_since = 0, purchases = 0;
    std::optional<double> usual_gap_days;
    std::string expected_day;
    static constexpr Field fields[] = {
        field("category_id", "Category.", "类目。"), field("name_en", "Its name in English.", "英文名称。"), field("name_zh", "Its name in Chinese.", "中文名称。"), field("probability", "Chance of a purchase within the days asked for.", "所问天数内购买的概率。"), field("days_since", "Days since this person's last purchase of it.", "距上次购买的天数。"), field("purchases", "Days on which they bought it.", "购买过的天数。"),
        field("usual_gap_days", "Days between their purchases, drawn to everybody's; left out: bought once, and nobody tells.", "其购买间隔（向总体收缩）；无法得知则不填。"), field("expected_day", "When the next is due by that pace; empty: not known, or that day has passed and a purchase is less likely than not.", "按此节奏的下次时间；未知、或已过期且购买可能性不足一半时为空。")};
};
BOOST_DESCRIBE_STRUCT(NextNeed, (), (category_id, name_en, name_zh, probability, days_since, purchases, usual_gap_days, expected_day))

struct NextNeeds {
    std::vector<NextNeed> needs;
    double any_probability = 0;
    std::string as_of;
    static constexpr Field fields[] = {field("needs", "Most likely first.", "按概率排序。"), field("any_probability", "Chance of any of them, as if they came apart from each other.", "至少其一的概率（按相互独立）。"), field("as_of", "Day it is seen from.", "观察日。")};
};
BOOST_DESCRIBE_STRUCT(NextNeeds, (), (needs, any_probability, as_of))

struct WhatIfPrice {
    Level level = Level::product;
    std::string id, first_day, last_day;
    double price_change_percent = 0;
    std::string promotion_id;
    static constexpr Field fields[] = {field("level", "category, product or variant.", "category、product 或 variant。").defaulted(), field("id", "Category, product or SKU.", "类目、商品或 SKU。").longest(128), field("first_day", "First day of the other price, 2026-01-31.", "调价首日，如 2026-01-31。").longest(10), field("last_day", "Last day.", "末日。").longest(10), field("price_change_percent", "How far the price moves: -20 is a fifth off.", "价格变动百分比：−20 即打八折。").defaulted().range(-60, 60), field("promotion_id", "A promotion of promotions.save, planned, running or ended: what its days are worth against the same days without it. Codes count as if everybody used them; one unit bought alone counts, so thresholds above its price take nothing off.", "promotions.save 中的促销（计划、进行或已结束均可）：与没有它的同期相比。优惠码按人人使用计；按单件购买计，门槛高于单价则无优惠。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(WhatIfPrice, (), (level, id, first_day, last_day, price_change_percent, promotion_id))

struct WhatIfAnswer {
    double units = 0, units_then = 0, units_low = 0, units_high = 0, elasticity = 0, elasticity_deviation = 0, off_percent = 0, off_percent_before = 0;
    std::int64_t products = 0, revenue_minor = 0, revenue_then_minor = 0, profit_minor = 0, profit_then_minor = 0;
    std::string currency;
    bool beyond_seen = false;
    static constexpr Field fields[] = {
        field("units", "Expected at today's prices, and with what is planned already.", "维持现价（含已计划促销）的预期数量。"), field("units_then", "Expected at the other price.", "调价后的预期数量。"), field("units_low", "10 % end of that, for what is not known of the elasticity.", "其 10% 下限（弹性不确定所致）。"), field("units_high", "90 % end.", "90% 上限。"), field("elasticity", "Percent of demand for one percent of price, mean by units.", "价格弹性（按数量平均）。"), field("elasticity_deviation", "Its deviation.", "其标准差。"), field("off_percent", "What comes off the price with the promotion and all others that run then, mean by units over the days; 0 without one.", "该促销与同期其他促销合计的平均减价百分比（按数量与天数）；无促销为 0。"), field("off_percent_before", "What of it comes off without this promotion, by the others.", "其中不含该促销、仅由其他促销减去的百分比。"),
        field("products", "Products in it.", "涉及商品数。"), field("revenue_minor", "Revenue at today's prices.", "现价销售额。"), field("revenue_then_minor", "Revenue then.", "调价后销售额。"), field("profit_minor", "Revenue less cost of goods.", "现价毛利。"), field("profit_then_minor", "The same then.", "调价后毛利。"), field("currency", "ISO 4217 code.", "货币代码。"), field("beyond_seen", "Moves of more than 30 % lie beyond what elasticities were learned from.", "超过 30% 的变动超出学习范围。")};
};
BOOST_DESCRIBE_STRUCT(WhatIfAnswer, (), (units, units_then, units_low, units_high, elasticity, elasticity_deviation, off_percent, off_percent_before, products, revenue_minor, revenue_then_minor, profit_minor, profit_then_minor, currency, beyond_seen))

Result<UnmetNeeds> unmet_needs(Context&, AskUnmet const&);
Result<HandedOn> hand_on_need(Context&, HandOn const&);
Result<NextNeeds> next_need(Context&, AskNext const&);
Result<WhatIfAnswer> what_if(Context&, WhatIfPrice const&);

}  // namespace kindling::forecast

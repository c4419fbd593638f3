// modules/dialogue/search_report.h -- what shoppers search for, what they find, and where they leave with nothing.
//
// One pass over the period's searches, clicks and purchases in the order they happened. A click with a rank counts for the latest search
// of its visit when that is at most half an hour old; a purchase counts for every query that its visit had searched. Queries are one when
// their surface is: width, case and traditional characters aside. Searches come from pages, from programs at the API, from agents and from talks
// with the guide (the channel of their events); what is not of a visit has no clicks to be known by and does not count in their shares. Cost: O(events of the period); memory: visits that searched.
#pragma once
#include "modules/dialogue/api.h"

namespace kindling::dialogue {

struct AskSearchReport {
    std::int64_t days = 28, limit = 50;
    std::string channel;
    static constexpr Field fields[] = {field("days", "How many days back, today included.", "回看天数（含今天）。").defaulted().range(1, 366), field("limit", "Queries in each list.", "每个列表的搜索词数量。").defaulted().range(1, 500), field("channel", "Only searches from there: page, api, agents or guide; empty: all.", "仅此来源的搜索：page 页面、api 接口、agents 代理、guide 导购；留空为全部。").defaulted().longest(16)};
};
BOOST_DESCRIBE_STRUCT(AskSearchReport, (), (days, limit, channel))

struct SearchedQuery {
    std::string query;
    std::int64_t searches = 0, visits = 0;
    std::optional<std::int64_t> results;
    double click_share = 0, order_share = 0;
    std::optional<double> mean_position;
    std::vector<std::string> channels;
    std::vector<LikelyCategory> likely_categories;
    std::vector<ForeseenValue> foreseen;
    SearchIntent intent = SearchIntent::buy;
    static constexpr Field fields[] = {
        field("query", "As it was first written.", "首次出现的写法。"), field("searches", "How often it was searched.", "搜索次数。"), field("visits", "In how many visits.", "涉及访问数。"), field("results", "Results of the latest search.", "最近一次的结果数。"), field("click_share", "Searches of visits that led to a click, 0..1.", "访问中的搜索产生点击的占比，0..1。"), field("order_share", "Visits with it that ended in a purchase, 0..1.", "最终成交的访问占比，0..1。"), field("mean_position", "Mean rank of what was clicked, from 1.", "被点击结果的平均位置，从 1 起。"), field("channels", "Where it was searched, most often first: page, api, agents, guide.", "搜索来源，最多的在前：page 页面、api 接口、agents 代理、guide 导购。"),
        field("likely_categories", "Which categories a search for it is taken to mean today, though it names none; without counts of products.", "当前搜索该词时推测所指的类目（词中未指明，不含商品数）。").defaulted(), field("foreseen", "Which values it is taken to prefer today, though it names none.", "当前搜索该词时推测偏好的属性值（词中未指明）。").defaulted(), field("intent", "What it is taken to want today: buy, compare, support or chat.", "当前判断的意图：buy 找商品，compare 对比，support 售后与规则，chat 闲聊。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(SearchedQuery, (), (query, searches, visits, results, click_share, order_share, mean_position, channels, likely_categories, foreseen, intent))

struct SearchDay {
    std::int64_t day = 0, searches = 0, without_results = 0, clicked = 0;
    static constexpr Field fields[] = {field("day", "Day in the shop's zone, days since 1970.", "店铺时区的日期（1970 年起的天数）。"), field("searches", "Searches.", "搜索次数。"), field("without_results", "Of these, without a result.", "其中无结果的次数。"), field("clicked", "Of these, with a click.", "其中有点击的次数。")};
};
BOOST_DESCRIBE_STRUCT(SearchDay, (), (day, searches, without_results, clicked))

struct SearchChannel {
    std::string channel;
    std::int64_t searches = 0, without_results = 0;
    static constexpr Field fields[] = {field("channel", "page, api, agents or guide.", "page 页面、api 接口、agents 代理、guide 导购。"), field("searches", "Searches from there.", "该来源的搜索次数。"), field("without_results", "Of these, without a result.", "其中无结果的次数。")};
};
BOOST_DESCRIBE_STRUCT(SearchChannel, (), (channel, searches, without_results))

struct SearchReport {
    std::int64_t searches = 0, of_visits = 0, queries = 0, visits = 0, without_results = 0, clicked = 0, visits_with_order = 0;
    std::optional<double> mean_position;
    std::vector<SearchChannel> channels;
    std::vector<SearchDay> days;
    std::vector<SearchedQuery> most_searched, nothing_found, seldom_clicked;
    static constexpr Field fields[] = {
        field("searches", "Searches in the period.", "期间搜索次数。"), field("of_visits", "Of these, of a visit whose clicks are known.", "其中属于可知点击的访问的次数。"), field("channels", "Where they came from, whatever channel was asked for.", "各来源的搜索，不受所选来源影响。"), field("queries", "Different queries.", "不同搜索词数量。"), field("visits", "Visits that searched.", "使用搜索的访问数。"), field("without_results", "Searches without a result.", "无结果的搜索次数。"), field("clicked", "Searches that led to a click.", "产生点击的搜索次数。"), field("visits_with_order", "Visits that searched and bought.", "搜索后成交的访问数。"), field("mean_position", "Mean rank of what was clicked.", "被点击结果的平均位置。"), field("days", "Day by day, all days of the period.", "逐日数据，覆盖整个期间。"), field("most_searched", "By number of searches.", "搜索次数最多。"), field("nothing_found", "Whose latest search had no result, by number of searches.", "最近一次无结果的搜索词，按次数。"), field("seldom_clicked", "With results that are clicked least for how often they were searched (at least ten times).", "有结果但点击明显偏少的搜索词（至少十次）。")};
};
BOOST_DESCRIBE_STRUCT(SearchReport, (), (searches, of_visits, channels, queries, visits, without_results, clicked, visits_with_order, mean_position, days, most_searched, nothing_found, seldom_clicked))

Result<SearchReport> search_report(Context&, AskSearchReport const&);
// What a search makes today of the queries of its lists, beyond their words.
void foresee_queries(Live const&, SearchReport&);

}  // namespace kindling::dialogue

// modules/forecast/signals.h -- what visitors do before they buy, as leading indicators of categories, and how much they help.
//
// Of each category and week: products viewed, put into baskets and opened from search results, and what was asked for before anything was opened: searches (of pages, of programs, of agents) and requests
// to the guide, counted toward the goods that answered them, by rank, or toward the category that their words ask for (requests.h). A signal is the log of its last week beside its last
// four; it is asked how a category's next week differs from the other categories', after what its own sales of one and four weeks say (ridge regression; what moves all categories
// alike is taken out, so the shop's total is left alone). How much a signal helps is found by leaving out one week after the other. The best of those that help moves the first three weeks of
// model `signals`, which runs beside the others and is judged by what was forecast in earnest: a log of visits is too short for the earlier origins.
#pragma once
#include "modules/forecast/base.h"

namespace kindling::forecast {

enum class Signal { views, baskets, opened, searches, guide };
BOOST_DESCRIBE_ENUM(Signal, views, baskets, opened, searches, guide)
inline constexpr std::size_t signal_count = 5;
inline constexpr double least_gain = 0.01;  // of a signal that is used; and more than half of its weeks were better with it

struct SignalLog {
    std::int32_t first = 0;  // first whole day that was logged, counted from the first of the history
    // [signal][category of the history][day]
    std::array<std::vector<std::vector<float>>, signal_count> counts;
};

// What events and the guide's answers say, by category; nothing where fewer than six weeks were logged before the end of the history.
Result<std::optional<SignalLog>> read_signals(shop::Transaction&, History const&);

struct SignalHelp {
    Signal signal = Signal::views;
    std::int64_t weeks = 0, weeks_better = 0, points = 0;
    double gain = 0, weight = 0;
    bool used = false;
    static constexpr Field fields[] = {field("signal", "views, baskets, opened (search results that were opened), searches or guide (requests to it).", "views 浏览、baskets 加购、opened 打开的搜索结果、searches 搜索、guide 向导购的提问。"), field("weeks", "Weeks it was tried on.", "检验的周数。"), field("weeks_better", "Of these, weeks that were foretold better with it.", "其中因该信号而更准的周数。").defaulted(), field("points", "Categories times weeks.", "类目数×周数。"),
                                       field("gain", "Share of the squared error of the next week that it takes away, each week left out once; 0 or below: it does not help.", "对下周误差平方的降低比例（逐周留出检验）；不大于 0 为无帮助。"), field("weight", "Its weight: 0.3 means that a tenth more of it foretells 3 % more sales.", "权重：0.3 表示信号多一成，销量约多 3%。"),
                                       field("used", "The model signals follows this one: it takes away 1 % or more, in more than half of the weeks, and no other more.", "signals 模型采用此信号：降低 1% 以上、过半周次更准，且优于其他信号。").defaulted()};
    bool helps() const { return gain >= least_gain && weight > 0 && 2 * weeks_better > weeks; }
};
BOOST_DESCRIBE_STRUCT(SignalHelp, (), (signal, weeks, weeks_better, points, gain, weight, used))

// Of each signal, in their order; empty when there is too little to try it on (three weeks, six categories).
std::vector<SignalHelp> try_signals(Ground const&, SignalLog const&);
// Log of the factor for each category of the history in the first week ahead, 0 on the mean by units; all 0 when none is used.
std::vector<double> signal_moves(Ground const&, SignalLog const&, std::span<SignalHelp const>);
// Share of that move that is left at a step: whole for a week, gone after three.
double signal_share(std::size_t step);

}  // namespace kindling::forecast

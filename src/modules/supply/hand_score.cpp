// Whether levels set by hand helped: the days on which they counted played twice, by them and by what the plan would have followed (by_hand.h).
#include "modules/supply/by_hand.h"
#include "modules/supply/order_of.h"
#include <cmath>

namespace kindling::supply_module {

namespace {

struct Course { double served = 0, stock = 0, cost = 0; };
struct Said { double reorder_level, order_up_to, quantity; bool every_day; };

double asked_of(Said const& s, double position) {
    if (position > s.reorder_level) return 0;
    return s.quantity > 0 ? s.quantity * (std::floor((s.reorder_level - position) / s.quantity) + 1) : s.order_up_to - position;
}

struct Stretch {
    std::vector<double> asked;              // by day
    double begins_with = 0;
    std::map<Day, double> under_way;        // what was ordered before, by the day it came or is expected
    Day from = 0;
};

Course play(Stretch const& stretch, Good const& good, Level const& level, double fixed, LeadTime const& lead, Day next_order, auto const& levels_on) {
    Course c;
    auto here = stretch.begins_with, coming = 0.0;
    auto arrivals = stretch.under_way;
    for (auto const& [day, units] : arrivals) coming += units;
    for (std::size_t t = 0; t < stretch.asked.size(); ++t) {
        auto const day = stretch.from + static_cast<Day>(t);
        for (auto at = arrivals.begin(); at != arrivals.end() && at->first <= day; at = arrivals.erase(at)) here += at->second, coming -= at->second;
        auto const said = levels_on(day);
        auto const order_day = day == next_order;
        if (order_day) next_order = lead.after_next(day);
        if (order_day || said.every_day) {
            if (auto const q = within_terms(good.term, asked_of(said, here + coming)); q > 0) arrivals[day + std::max<Day>(1, static_cast<Day>(std::lround(lead.mean)))] += q, coming += q, c.cost += fixed;
        }
        auto const served = std::min(here, stretch.asked[t]);
        here -= served, c.served += served, c.stock += here / static_cast<double>(stretch.asked.size());
        c.cost += here * level.holding_per_day + (stretch.asked[t] - served) * level.margin;
    }
    return c;
}

}  // namespace

std::optional<LevelScore> score_level(ShopStock const& stock, std::size_t stored, Level const& level, LeadTime const& lead, std::span<FollowedLevels const> followed, Day until) {
    auto const& s = stock.stored[stored];
    auto const from = static_cast<Day>(followed.front().day);
    if (!s.counted || until <= from || until > stock.today || from <= stock.first) return {};
    auto const first = static_cast<std::size_t>(from - stock.first), end = static_cast<std::size_t>(until - stock.first);
    double known = 0, units = 0;
    for (auto t = s.begun; t < first; ++t) if (!std::isnan(s.sold[t])) ++known, units += static_cast<double>(s.sold[t]);
    Stretch stretch{.asked = {}, .begins_with = std::max(0.0, static_cast<double>(s.stock[first - 1])), .under_way = {}, .from = from};
    LevelScore out{.from_day = from, .until_day = until};
    for (auto t = first; t < end; ++t) stretch.asked.push_back(std::isnan(s.sold[t]) ? (known > 0 ? units / known : 0) : static_cast<double>(s.sold[t])), out.asked += stretch.asked.back();
    for (auto const& c : s.came) if (c.ordered < from && c.arrived >= from) stretch.under_way[c.arrived] += c.units;
    for (auto const& c : s.coming) if (c.ordered < from) stretch.under_way[c.day] += c.units;
    auto const order_day = lead.order_weekdays.empty() ? from : lead.after_next(from - 1);
    auto const at = [&](Day day) {
        auto f = followed.rbegin();
        while (f + 1 != followed.rend() && f->day > day) ++f;
        return *f;
    };
    auto const& good = stock.goods[s.good];
    auto const hand = play(stretch, good, level, level.fixed, lead, order_day, [&](Day day) { auto const f = at(day); return Said{static_cast<double>(f.reorder_level), static_cast<double>(f.order_up_to), static_cast<double>(f.quantity), f.every_day}; });
    auto const own = play(stretch, good, level, level.own_fixed.value_or(level.fixed), lead, order_day, [&](Day day) { auto const f = at(day); return Said{static_cast<double>(f.plan_reorder_level), static_cast<double>(f.plan_order_up_to), static_cast<double>(f.plan_quantity), false}; });
    out.served = hand.served, out.served_by_plan = own.served, out.stock = std::round(hand.stock * 100) / 100, out.stock_by_plan = std::round(own.stock * 100) / 100;
    out.cost_minor = std::llround(hand.cost), out.plan_cost_minor = std::llround(own.cost), out.helped_minor = out.plan_cost_minor - out.cost_minor;
    return out;
}

}  // namespace kindling::supply_module

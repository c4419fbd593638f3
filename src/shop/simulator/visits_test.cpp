// The event log is held to the truth behind it: conversion, bounce, baskets left, position bias, launches, substitution, needs, people.
#include "shop/simulator/time_line.h"
#include <cmath>
#include <gmock/gmock.h>
#include <set>

namespace kindling::shop::simulator {
namespace {

struct Session {
    int source = direct_source, customer = -1;
    long events = 0, searches = 0;
    std::multiset<int> carts;
    std::set<int> bought;
};

// Four months of the shop, of which the log covers the last 63 days.
struct Log : Sink {
    World world = generate_catalogue({.months = 4});
    TimeLineTruth truth;
    std::map<std::int64_t, Session> sessions;
    std::map<std::pair<std::string, int>, std::map<int, std::pair<double, double>>> ranks;  // (query, product) -> rank -> (shown, opened), one visit of three
    std::map<std::string, std::int64_t> without_result;
    std::map<int, Day> first_move, first_sale;  // by product
    std::vector<Order> orders;
    std::map<EventKind, long> kinds;
    std::set<Day> days;
    std::map<std::pair<int, int>, Day> left;    // (customer, product) -> day it was left in a basket
    long orders_in_log = 0, came_back = 0, known_lines = 0;

    Log() { truth = simulate(world, *this); }
    int product_of(int variant) const { return world.variants[static_cast<std::size_t>(variant)].product; }
    Day launched(int p) const { return world.products[static_cast<std::size_t>(p)].launched; }

    void day(DayBatch&& b) override {
        for (auto const& m : b.stock_moves) first_move.try_emplace(product_of(m.variant), b.day);
        for (auto const& o : b.orders)
            for (auto const& l : o.lines) {
                first_sale.try_emplace(product_of(l.variant), b.day);
                EXPECT_LE(launched(product_of(l.variant)), b.day);
                if (b.events.empty()) continue;
                ++known_lines;
                if (auto const i = left.find({o.customer, product_of(l.variant)}); i != left.end() && i->second < b.day && b.day - i->second <= 14) ++came_back;
            }
        for (auto const& r : b.reviews) EXPECT_LE(launched(r.product), b.day);
        if (b.events.empty()) return orders.insert(orders.end(), b.orders.begin(), b.orders.end()), void();
        days.insert(b.day), orders_in_log += static_cast<long>(b.orders.size());
        std::set<std::int64_t> today;
        for (auto const& e : b.events) {
            ++kinds[e.kind], today.insert(e.session);
            auto& s = sessions[e.session];
            s.source = e.source, ++s.events;
            if (e.customer >= 0) s.customer = e.customer;
            if (e.product >= 0) { EXPECT_LE(launched(e.product), b.day); }
            EXPECT_EQ(e.position > 0, e.kind == EventKind::impression || e.kind == EventKind::click);
            if (e.kind == EventKind::search) ++s.searches;
            if (e.kind == EventKind::search && e.results == 0) ++without_result[e.query];
            if (e.kind == EventKind::cart) s.carts.insert(e.product);
            if (e.kind == EventKind::purchase) s.bought.insert(e.product);
            if (e.session % 3 == 0 && e.kind == EventKind::impression) ranks[{e.query, e.product}][e.position].first += 1;
            if (e.session % 3 == 0 && e.kind == EventKind::click) ranks[{e.query, e.product}][e.position].second += 1;
        }
        for (auto id : today)
            if (auto const& s = sessions[id]; s.customer >= 0 && s.bought.empty())
                for (int p : s.carts) left[{s.customer, p}] = b.day;
        orders.insert(orders.end(), b.orders.begin(), b.orders.end());
    }
};

Log const& shop() {
    static Log const log;
    return log;
}

TEST(Visits, AreLoggedWholeOnTheLastDaysOnly) {
    EXPECT_EQ(shop().days.size(), 63u);
    EXPECT_EQ(*shop().days.rbegin(), shop().world.options.last_day);
    EXPECT_EQ(shop().kinds.size(), 9u) << "every kind of event occurs";
    std::int64_t visits = 0, orders = 0, buying = 0;
    for (auto const& d : shop().truth.visits)
        if (shop().days.contains(d.day)) visits += d.visits, orders += d.orders;
    for (auto const& [id, s] : shop().sessions) buying += !s.bought.empty();
    EXPECT_EQ(static_cast<std::int64_t>(shop().sessions.size()), visits);
    EXPECT_EQ(orders, shop().orders_in_log);
    EXPECT_EQ(buying, shop().orders_in_log);
    for (auto const& [id, s] : shop().sessions)
        for (int p : s.bought) ASSERT_TRUE(s.carts.contains(p)) << "what is bought was in the basket";
}

TEST(Visits, ConvertBounceAndLeaveBasketsAsTheTruthSays) {
    struct Sum { double visits = 0, orders = 0, single = 0, baskets = 0, abandoned = 0; } all, by[source_count];
    for (auto const& [id, s] : shop().sessions)
        for (auto* sum : {&all, &by[s.source]}) sum->visits += 1, sum->orders += !s.bought.empty(), sum->single += s.events == 1, sum->baskets += !s.carts.empty(), sum->abandoned += !s.carts.empty() && s.bought.empty();
    EXPECT_GT(all.orders / all.visits, 0.02);
    EXPECT_LT(all.orders / all.visits, 0.04);
    for (int i = 0; i < source_count; ++i) {
        auto const& t = shop().world.secret->visits.sources[i];
        auto const& s = by[i];
        EXPECT_GT(s.visits, 5000) << source_key(i);
        EXPECT_NEAR(s.orders / s.visits / t.conversion, 1, 0.3) << source_key(i) << ": promotions and stock move it";
        EXPECT_NEAR(s.single / s.visits, t.bounce, 0.04) << source_key(i);
        EXPECT_NEAR(s.abandoned / s.baskets, t.abandonment, 0.07) << source_key(i);
    }
    EXPECT_LT(by[static_cast<int>(Channel::douyin)].orders / by[static_cast<int>(Channel::douyin)].visits, by[static_cast<int>(Channel::email)].orders / by[static_cast<int>(Channel::email)].visits);
}

// Intervention harvesting (Agarwal et al. 2019): the same product for the same query, seen at two ranks on different days, is opened in
// the ratio of their examinations; the plain share of clicks by rank is not that ratio, because better products stand higher.
TEST(Visits, PositionBiasCanBeFoundAgain) {
    std::map<int, std::pair<double, double>> plain;
    for (auto const& [pair, at] : shop().ranks)
        for (auto const& [rank, n] : at) plain[rank].first += n.first, plain[rank].second += n.second;
    ASSERT_EQ(plain.size(), static_cast<std::size_t>(shown_results));
    double found = 1;
    auto const& truth = shop().world.secret->visits.examination;
    for (int rank = 2; rank <= 6; ++rank) {
        double upper = 0, lower = 0;
        for (auto const& [pair, at] : shop().ranks) {
            auto const a = at.find(rank - 1), b = at.find(rank);
            if (a == at.end() || b == at.end() || a->second.first == 0 || b->second.first == 0) continue;
            auto const weight = a->second.first * b->second.first / (a->second.first + b->second.first);
            upper += weight * a->second.second / a->second.first, lower += weight * b->second.second / b->second.first;
        }
        found *= lower / upper;
        EXPECT_NEAR(found / truth[rank - 1], 1, 0.2) << rank;
        auto const naive = plain[rank].second / plain[rank].first / (plain[1].second / plain[1].first);
        EXPECT_LT(naive, truth[rank - 1]) << rank << ": better products stand higher";
        EXPECT_LT(std::abs(std::log(found / truth[rank - 1])), std::abs(std::log(naive / truth[rank - 1]))) << rank;
    }
}

TEST(Visits, ProductsAreLaunchedOverTheMonthsAndStockComesFirst) {
    auto const world = generate_catalogue({.customers = 1});
    double during = 0, quarter[4] = {};
    for (auto const& p : world.products)
        if (p.launched >= world.first_day) ++during, ++quarter[std::min<Day>(3, (p.launched - world.first_day) * 4 / (world.options.last_day - world.first_day + 1))];
    EXPECT_GT(during, 600);
    EXPECT_LT(during, 1000);
    for (auto q : quarter) EXPECT_GT(q, during / 6);
    long checked = 0;
    for (auto const& [p, day] : shop().first_sale) {
        EXPECT_LE(shop().first_move.at(p), day) << "product " << p;
        checked += shop().launched(p) >= shop().world.first_day;
    }
    EXPECT_GT(checked, 100);
}

TEST(Visits, SubstituteWithinTheGroupAsOftenAsTheTruthSays) {
    double lost = 0, substituted = 0, told = 0;
    for (auto const& d : shop().truth.demand) lost += d.lost, substituted += d.substituted;
    for (auto const& [pair, units] : shop().truth.substitutions) {
        auto const a = shop().product_of(pair.first), b = shop().product_of(pair.second);
        EXPECT_NE(a, b);
        EXPECT_EQ(shop().world.secret->products[static_cast<std::size_t>(a)].substitution_group, shop().world.secret->products[static_cast<std::size_t>(b)].substitution_group);
        told += static_cast<double>(units);
    }
    EXPECT_EQ(told, substituted);
    auto const share = substituted / (lost + substituted);
    EXPECT_GT(share, shop().world.secret->visits.substitution - 0.08) << "some find the group sold out, too";
    EXPECT_LT(share, shop().world.secret->visits.substitution + 0.04);
}

TEST(Visits, NeedsThatAreNotMetShowAsSearchesWithoutResults) {
    auto const& needs = shop().world.secret->unmet_needs;
    auto const days = static_cast<double>(shop().world.options.last_day - shop().world.first_day + 1);
    for (std::size_t i = 0; i < needs.size(); ++i) {
        auto const expected = needs[i].requests_per_month / 30.4 * days;
        EXPECT_NEAR(static_cast<double>(shop().truth.requests[i]), expected, 5 * std::sqrt(expected)) << needs[i].query.en;
        auto const count = [&](std::string const& text) { auto const found = shop().without_result.find(text); return found == shop().without_result.end() ? 0.0 : static_cast<double>(found->second); };
        auto const logged = expected * 63 / days;
        EXPECT_NEAR(count(needs[i].query.zh) + count(needs[i].query.en), logged, 5 * std::sqrt(logged)) << needs[i].query.en;
    }
}

TEST(Visits, PeopleComeBackForBasketsAndLeaveWhenDisappointed) {
    EXPECT_GT(static_cast<double>(shop().came_back) / static_cast<double>(shop().known_lines), 0.04);
    long disappointed = 0, repeat = 0;
    std::map<int, int> orders;
    for (auto const& o : shop().orders) {
        auto const left = shop().truth.left[static_cast<std::size_t>(o.customer)];
        EXPECT_TRUE(left == 0 || day_of(o.at_ms, shop_zone) < left) << "nobody orders after leaving";
        ++orders[o.customer];
    }
    for (auto const& [who, n] : orders) repeat += n > 1;
    for (auto gone : shop().truth.disappointed) disappointed += gone;
    EXPECT_GT(disappointed, 100);
    EXPECT_GT(static_cast<double>(repeat) / static_cast<double>(orders.size()), 0.3);
}

}  // namespace
}  // namespace kindling::shop::simulator

#include "engines/inventory/front_items.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>

#include "core/random.h"
#include "engines/inventory/result_for_test.h"

namespace kindling::inventory {
namespace {

using Orders = std::vector<std::vector<std::uint32_t>>;

TEST(FrontItems, WhatIsBoughtTogetherStaysTogether) {
    // 0 sells most, but always with something else; 1 and 2 are a set.
    Orders const orders{{0, 3}, {0, 4}, {0, 5}, {1, 2}, {1, 2}};
    auto const c = ok(front_items(6, orders, {}, 2));
    EXPECT_EQ(c.goods, (std::vector<std::uint32_t>{1, 2}));
    EXPECT_EQ(c.served, 2);
    EXPECT_EQ(c.total, 5);
    EXPECT_EQ(c.best_sellers, 0);
    double const weights[] = {9, 1, 1, 1, 1};
    EXPECT_EQ(ok(front_items(6, orders, weights, 2)).goods, (std::vector<std::uint32_t>{0, 3}));
}

TEST(FrontItems, NearTheBestOfEveryChoice) {
    Random random(4);
    double ours = 0, best = 0, popular = 0;
    for (int round = 0; round < 60; ++round) {
        std::size_t const goods = 10, places = 4;
        Orders orders;
        for (int o = 0; o < 40; ++o) {
            std::vector<std::uint32_t> order;
            for (std::uint32_t g = 0; g < goods; ++g) if (random.chance(0.25 / (1 + 0.2 * g))) order.push_back(g);
            if (!order.empty()) orders.push_back(order);
        }
        auto const c = ok(front_items(goods, orders, {}, places));
        EXPECT_EQ(c.goods.size(), places);
        double most = 0, again = 0;
        for (std::uint32_t set = 0; set < 1u << goods; ++set) {
            if (std::popcount(set) != static_cast<int>(places)) continue;
            double served = 0;
            for (auto const& o : orders) served += std::ranges::all_of(o, [&](std::uint32_t g) { return set >> g & 1; });
            most = std::max(most, served);
        }
        for (auto const& o : orders) again += std::ranges::all_of(o, [&](std::uint32_t g) { return std::ranges::find(c.goods, g) != c.goods.end(); });
        EXPECT_EQ(again, c.served);
        EXPECT_GE(c.served, c.best_sellers);
        ours += c.served, best += most, popular += c.best_sellers;
    }
    EXPECT_GT(ours, 0.93 * best);
    EXPECT_GT(ours, popular);
}

TEST(FrontItems, OddInput) {
    EXPECT_EQ(reason(front_items(2, Orders{{0, 2}}, {}, 1)), "inventory_input");
    double const negative[] = {-1};
    EXPECT_EQ(reason(front_items(2, Orders{{0}}, negative, 1)), "inventory_input");
    EXPECT_TRUE(ok(front_items(0, Orders{}, {}, 3)).goods.empty());
    EXPECT_EQ(ok(front_items(3, Orders{}, {}, 9)).goods.size(), 3u);
    EXPECT_EQ(ok(front_items(3, Orders{{1}}, {}, 0)).served, 0);
}

}  // namespace
}  // namespace kindling::inventory

// What the plan says of a good that is sold out now, and of lines of one order: what each asks for, and what was added to reach the supplier's least order.
#include "modules/supply/compute.h"
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace kindling::supply_module {
namespace {

using testing::AllOf, testing::HasSubstr, testing::Not;

constexpr std::size_t days = 100;

// Goods that sell two a day each, from a supplier who takes four days and is ordered from on any day.
ShopStock shop_of(std::vector<double> const& on_hand, double least_order = 0) {
    ShopStock stock{.currency = "CNY", .today = 20'000 + static_cast<Day>(days), .first = 20'000, .days = days, .goods = {}, .places = {{"main", "warehouse", "", ""}}, .suppliers = {}, .stored = {}};
    stock.suppliers.push_back({.supplier_id = "kiln", .name = "Kiln", .promised_days = 4, .promised_deviation = 0.1, .minimum_order_minor = least_order, .seen = {}, .ordered_on = {}});
    for (std::size_t g = 0; g < on_hand.size(); ++g) {
        stock.goods.push_back({.sku = std::string(1, static_cast<char>('A' + g)), .product_id = "p", .title_en = {}, .title_zh = {}, .category_id = {}, .supplier_id = "kiln", .on_sale = true, .cost_known = true, .price = 5000, .cost = 2000, .term = {}});
        stock.stored.push_back({.good = g, .place = 0, .supplier = 0, .counted = true, .on_hand = on_hand[g], .coming = {}, .came = {}, .batches = {}, .sold = std::vector<float>(days, 2), .stock = std::vector<float>(days, 10)});
    }
    return stock;
}

Computed plan_of(ShopStock const& stock) {
    auto const ahead = demand_ahead(stock, stock.today, 400, 1, {}).value();
    auto const settings = filled({}, "CNY");
    auto const levels = make_levels(stock, ahead, settings, {.origin = stock.today, .rule = LevelRule::moments, .threads = 1, .by_hand = {}}, {}).value();
    return compute(stock, ahead, levels, settings, true);
}

TEST(RunsOut, WhatIsSoldOutIsGoneNowAndAgainAfterTheDelivery) {
    auto stock = shop_of({0, 0, 0, 10, -3});
    stock.stored[0].coming = {{.day = stock.today + 3, .units = 20, .ordered = stock.today - 1}}, stock.stored[0].on_order = 20;
    stock.stored[1].coming = {{.day = stock.today, .units = 5, .late = true, .ordered = stock.today - 20}}, stock.stored[1].on_order = 5;
    stock.stored[4].coming = {{.day = stock.today + 1, .units = 4, .ordered = stock.today - 1}}, stock.stored[4].on_order = 4;
    auto const items = plan_of(stock).items;
    for (auto const i : {0, 1, 2, 4}) {
        auto const& t = items[static_cast<std::size_t>(i)];
        EXPECT_EQ(t.state, StockState::out) << i;
        EXPECT_EQ(t.run_out_day, stock.today) << i;
        EXPECT_EQ(t.run_out_chance, 1) << i;
    }
    EXPECT_EQ(items[0].gone_again_day, stock.today + 12) << "twenty from the fourth day on, two a day; what was asked for before is lost";
    EXPECT_EQ(items[1].gone_again_day, stock.today + 2) << "what is late is counted on today";
    EXPECT_EQ(items[2].gone_again_day, std::nullopt) << "nothing comes";
    EXPECT_EQ(items[4].gone_again_day, stock.today + 2);
    EXPECT_EQ(items[3].run_out_day, stock.today + 4);
    EXPECT_EQ(items[3].gone_again_day, std::nullopt) << "it is here";
    EXPECT_NE(items[3].state, StockState::out);
}

TEST(Reasons, TellWhatWasAddedToReachALeastOrder) {
    // A needs units; B has enough. Two of A's orders are not worth the least order.
    auto const stock = shop_of({0, 40}, 150'000);
    auto const made = plan_of(stock);
    ASSERT_EQ(made.proposals.size(), 1u);
    auto const& p = made.proposals[0];
    ASSERT_GT(p.filled_units, 0);
    EXPECT_GE(p.total_minor, 150'000);
    std::int64_t beyond = 0;
    for (auto const& l : p.lines) {
        auto const wished = made.items[l.sku == "A" ? 0 : 1].order_quantity;
        beyond += l.quantity - (l.sku == "A" ? wished : 0);
        if (l.sku == "B") { EXPECT_THAT(l.why_en, AllOf(HasSubstr("Added to reach the supplier's least order"), Not(HasSubstr("up to")))); }
        else if (l.quantity > wished) { EXPECT_THAT(l.why_en, AllOf(HasSubstr(fmt::format("{} are ordered", l.quantity)), HasSubstr(fmt::format("{} of them fill the order up", l.quantity - wished)))); }
    }
    EXPECT_EQ(beyond, p.filled_units) << "every unit that was added is told by its line";
    // Without a least order a line is its level.
    auto const free = plan_of(shop_of({0, 40}));
    ASSERT_EQ(free.proposals.size(), 1u);
    ASSERT_EQ(free.proposals[0].lines.size(), 1u);
    EXPECT_THAT(free.proposals[0].lines[0].why_en, AllOf(HasSubstr(fmt::format("Ordering up to {} serves", free.proposals[0].lines[0].quantity)), Not(HasSubstr("Added"))));
}

}  // namespace
}  // namespace kindling::supply_module

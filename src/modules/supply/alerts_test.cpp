// A good's money is counted once over its alerts, and what is past its date is told as a write-off.
#include "modules/supply/alerts.h"
#include "modules/supply/facts.h"
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace kindling::supply_module {
namespace {

using testing::HasSubstr;

TEST(Alerts, CountAGoodsMoneyOnce) {
    StockItem i{.sku = "MILK", .place_id = "main", .state = StockState::excess, .on_hand = 50, .excess_units = 40, .excess_minor = 36'000, .stock_minor = 45'000, .cost_minor = 900, .expiring_units = 30, .days_since_sale = 95, .expiry_day = 20'010, .flags = {"late_delivery"}};
    i.on_order = 10;
    auto const all = alerts_of(i, filled({}, "CNY"));
    ASSERT_EQ(all.size(), 4u);
    std::int64_t sum = 0;
    for (auto const& a : all) {
        sum += a.money_minor;
        EXPECT_EQ(a.money_minor != 0, a.kind == AlertKind::slow) << "the whole stock weighs most";
    }
    EXPECT_EQ(sum, 45'000);
    // Margin about to be lost goes before what the order that is late is worth.
    StockItem const gone{.sku = "MILK", .place_id = "main", .state = StockState::out, .on_order = 100, .at_stake_minor = 500, .cost_minor = 900, .flags = {"late_delivery"}};
    auto const both = alerts_of(gone, filled({}, "CNY"));
    ASSERT_EQ(both.size(), 2u);
    EXPECT_EQ(both[0].money_minor, 500);
    EXPECT_EQ(both[1].money_minor, 0);
}

TEST(Alerts, WhatIsPastItsDateIsWrittenOff) {
    StockItem const i{.sku = "MILK", .place_id = "main", .state = StockState::enough, .on_hand = 20, .cost_minor = 900, .expired_units = 7, .expiring_units = 2, .days_since_sale = 1, .expiry_day = 20'010};
    auto all = alerts_of(i, filled({}, "CNY"));
    ASSERT_EQ(all.size(), 2u);
    for (auto& a : all) tell(a, i, filled({}, "CNY"), "CNY", 20'000);
    EXPECT_THAT(all[0].text_en, HasSubstr("write off 7 units (" + std::string("¥63.00") + ")"));
    EXPECT_THAT(all[0].text_zh, HasSubstr("报废 7 件"));
    EXPECT_EQ(all[0].units, 7);
    EXPECT_EQ(all[0].money_minor + all[1].money_minor, 6'300);
    EXPECT_THAT(all[1].text_en, HasSubstr("Expected to expire unsold: 2 units"));
}

// Whatever is told, a planner can do something: what to order and when it then comes, or what else.
TEST(Alerts, SayWhatToDo) {
    auto const told = [](StockItem const& i) {
        auto a = alerts_of(i, filled({}, "CNY")).at(0);
        tell(a, i, filled({}, "CNY"), "CNY", 20'000);
        return a;
    };
    StockItem i{.sku = "MILK", .place_id = "main", .supplier_id = "farm", .state = StockState::runs_out, .on_hand = 51, .daily_mean = 3, .cover_days = 17, .lead_mean_days = 14, .next_order_day = 20'005, .order_quantity = 24, .cost_minor = 900};
    auto const later = told(i);
    EXPECT_THAT(later.text_en, HasSubstr(fmt::format("Order 24 on {}, its next order day: due about {}; ordered today, about {}.", format_date(20'005), format_date(20'019), format_date(20'014))));
    EXPECT_THAT(later.text_zh, HasSubstr(fmt::format("下一下单日 {} 订 24 件", format_date(20'005))));
    i.next_order_day = 20'000;
    EXPECT_THAT(told(i).text_en, HasSubstr("Order 24 today"));
    i.order_quantity = 0, i.on_order = 30;
    EXPECT_THAT(told(i).text_en, HasSubstr("On order: 30; ask for them sooner"));
    i.supplier_id.clear();
    EXPECT_THAT(told(i).text_en, HasSubstr("save its terms"));
    StockItem much{.sku = "MILK", .place_id = "main", .state = StockState::excess, .on_hand = 50, .excess_units = 40, .excess_minor = 36'000, .cost_minor = 900, .clearance_decision_id = "d1"};
    EXPECT_THAT(told(much).text_en, HasSubstr("40 units (" + std::string("¥360.00") + ") more than sell in 120 days. Order none until they are sold; a lower price is proposed."));
}

// What stands in an open proposal is not told to be ordered otherwise, whatever the item says; only of what runs out.
TEST(Alerts, NameTheOpenProposal) {
    StockItem const i{.sku = "MILK", .place_id = "main", .supplier_id = "farm", .state = StockState::runs_out, .on_hand = 51, .daily_mean = 3, .cover_days = 17, .lead_mean_days = 14, .next_order_day = 20'005, .order_quantity = 24, .cost_minor = 900, .flags = {"late_delivery"}};
    OpenLine const line{.decision_id = "dec_1", .quantity = 30, .expected_day = 20'014};
    auto all = alerts_of(i, filled({}, "CNY"));
    ASSERT_EQ(all.size(), 2u);
    for (auto& a : all) tell(a, i, filled({}, "CNY"), "CNY", 20'000, &line);
    EXPECT_EQ(all[0].decision_id, "dec_1");
    EXPECT_EQ(all[0].proposed_units, 30);
    EXPECT_THAT(all[0].text_en, HasSubstr(fmt::format("It stands in an open proposal: 30 units, due about {}", format_date(20'014))));
    EXPECT_THAT(all[0].text_zh, HasSubstr(fmt::format("已列入待决的采购建议：30 件，批准后约 {} 到货", format_date(20'014))));
    EXPECT_THAT(all[0].text_en, testing::Not(HasSubstr("next order day")));
    EXPECT_EQ(all[1].decision_id, "") << "a late delivery is no matter of the proposal";
    EXPECT_EQ(all[1].proposed_units, std::nullopt);
}

// What was ordered after the plan is not told to be ordered again.
TEST(Alerts, NameTheOrderThatWasPlacedSince) {
    StockItem const i{.sku = "MILK", .place_id = "main", .supplier_id = "farm", .state = StockState::out, .on_hand = 0, .daily_mean = 3, .lead_mean_days = 14, .next_order_day = 20'000, .order_quantity = 24, .cost_minor = 900};
    auto const told = [&](std::int64_t day) {
        OpenLine const line{.decision_id = {}, .quantity = 24, .expected_day = day, .purchase_order_id = "PO-1"};
        auto all = alerts_of(i, filled({}, "CNY"));
        tell(all[0], i, filled({}, "CNY"), "CNY", 20'000, &line);
        return all[0];
    };
    auto const due = told(20'014), whenever = told(0);
    EXPECT_EQ(due.purchase_order_id, "PO-1");
    EXPECT_EQ(due.decision_id, "");
    EXPECT_EQ(due.proposed_units, std::nullopt);
    EXPECT_THAT(due.text_en, HasSubstr(fmt::format("Ordered since: 24 units (PO-1), due about {}.", format_date(20'014))));
    EXPECT_THAT(due.text_zh, HasSubstr(fmt::format("方案之后已下单 24 件（PO-1），约 {} 到货。", format_date(20'014))));
    EXPECT_THAT(due.text_en, testing::Not(HasSubstr("Order 24")));
    EXPECT_THAT(whenever.text_en, HasSubstr("Ordered since: 24 units (PO-1)."));
}

// What is off sale already is not to be taken out of the range, nor sold off by a lower price: whatever it is told for.
TEST(Alerts, WhatIsOffSaleIsNotToBeTakenOutOfTheRange) {
    auto const told = [](bool ended) {
        StockItem i{.sku = "MUG", .place_id = "main", .state = StockState::excess, .on_hand = 50, .excess_units = 40, .excess_minor = 36'000, .stock_minor = 45'000, .cost_minor = 900, .expiring_units = 3, .days_since_sale = 200, .expiry_day = 20'010};
        if (ended) i.flags.emplace_back("ended");
        auto all = alerts_of(i, filled({}, "CNY"));
        for (auto& a : all) tell(a, i, filled({}, "CNY"), "CNY", 20'000);
        return all;
    };
    auto const off = told(true), on = told(false);
    ASSERT_EQ(off.size(), 3u);
    for (auto const& a : off) {
        EXPECT_THAT(a.text_en, HasSubstr("It is off sale: put it back at a lower price, give it back or write it off."));
        EXPECT_THAT(a.text_zh, HasSubstr("已下架：可降价恢复销售、退给供应商或报损。"));
        EXPECT_THAT(a.text_en, testing::Not(HasSubstr("range")));
        EXPECT_THAT(a.text_zh, testing::Not(HasSubstr("考虑下架")));
    }
    for (auto const& a : on) EXPECT_THAT(a.text_en, testing::Not(HasSubstr("off sale")));
    EXPECT_THAT(on.back().text_en, HasSubstr("take it out of the range"));
}

}  // namespace
}  // namespace kindling::supply_module

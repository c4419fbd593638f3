// A good's money is counted once over its alerts, and what is past its date is told as a write-off.
#include "modules/supply/alerts.h"
#include "modules/supply/facts.h"
#include <gmock/gmock.h>

namespace kindling::supply_module {
namespace {

using testing::HasSubstr;

TEST(Alerts, CountAGoodsMoneyOnce) {
    StockItem i{.sku = "MILK", .place_id = "main", .state = StockState::excess, .on_hand = 50, .excess_units = 40, .excess_minor = 36'000, .stock_minor = 45'000, .cost_minor = 900, .expiring_units = 30, .days_since_sale = 95, .expiry_day = 20'010, .flags = {"late_delivery"}};
    i.on_order = 10;
    auto const all = alerts_of(i, filled({}, "CNY"), "CNY");
    ASSERT_EQ(all.size(), 4u);
    std::int64_t sum = 0;
    for (auto const& a : all) {
        sum += a.money_minor;
        EXPECT_EQ(a.money_minor != 0, a.kind == AlertKind::slow) << "the whole stock weighs most";
    }
    EXPECT_EQ(sum, 45'000);
    // Margin about to be lost goes before what the order that is late is worth.
    StockItem const gone{.sku = "MILK", .place_id = "main", .state = StockState::out, .on_order = 100, .at_stake_minor = 500, .cost_minor = 900, .flags = {"late_delivery"}};
    auto const both = alerts_of(gone, filled({}, "CNY"), "CNY");
    ASSERT_EQ(both.size(), 2u);
    EXPECT_EQ(both[0].money_minor, 500);
    EXPECT_EQ(both[1].money_minor, 0);
}

TEST(Alerts, WhatIsPastItsDateIsWrittenOff) {
    StockItem const i{.sku = "MILK", .place_id = "main", .state = StockState::enough, .on_hand = 20, .cost_minor = 900, .expired_units = 7, .expiring_units = 2, .days_since_sale = 1, .expiry_day = 20'010};
    auto const all = alerts_of(i, filled({}, "CNY"), "CNY");
    ASSERT_EQ(all.size(), 2u);
    EXPECT_THAT(all[0].text_en, HasSubstr("write off 7 units"));
    EXPECT_THAT(all[0].text_zh, HasSubstr("报废 7 件"));
    EXPECT_EQ(all[0].units, 7);
    EXPECT_EQ(all[0].money_minor + all[1].money_minor, 6'300);
    EXPECT_THAT(all[1].text_en, HasSubstr("expected to expire unsold"));
}

}  // namespace
}  // namespace kindling::supply_module

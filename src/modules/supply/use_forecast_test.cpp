// Rows of the forecast meet the goods at places that they are about, less the days that passed.
#include "modules/supply/use_forecast.h"
#include <gtest/gtest.h>

namespace kindling::supply_module {
namespace {

constexpr Day today = 20'000;

// CUP at both places, POT at one.
ShopStock two_places() {
    ShopStock stock{.currency = "CNY", .today = today, .first = today - 1, .days = 1, .goods = {}, .places = {{"north", "warehouse", "", ""}, {"south", "warehouse", "", ""}}, .suppliers = {}, .stored = {}};
    for (auto const* sku : {"CUP", "POT"}) stock.goods.push_back({.sku = sku, .term = {}});
    for (auto const& [good, place] : std::vector<std::pair<std::size_t, std::size_t>>{{0, 0}, {0, 1}, {1, 1}}) {
        Stored s;
        s.good = good, s.place = place;
        stock.stored.push_back(std::move(s));
    }
    return stock;
}

std::vector<DemandAhead> own_rates() {
    std::vector<DemandAhead> out(3);
    for (auto& a : out) a.mean = {9, 9, 9, 9}, a.total_variance = {9, 18, 27, 36};
    return out;
}

forecast::DemandAhead row(std::string sku, std::string place, Day first, float scale = 1) {
    return {.sku = std::move(sku), .place_id = std::move(place), .first_day = first, .mean = {1 * scale, 2 * scale, 3 * scale, 4 * scale}, .unedited = {}, .total_variance = {2, 4, 8, 16}};
}

TEST(UseForecast, ARowIsOfItsPlaceAndOneOfTheShopOfAGoodAtOnePlace) {
    auto const stock = two_places();
    auto ahead = own_rates();
    EXPECT_EQ(follow_forecast(stock, std::vector{row("CUP", "south", today), row("CUP", "", today, 10), row("POT", "", today, 100), row("PAN", "", today)}, ahead), today);
    EXPECT_FALSE(ahead[0].forecast) << "what the shop is asked for is not what one of its places is";
    EXPECT_EQ(ahead[0].mean[0], 9);
    EXPECT_TRUE(ahead[1].forecast);
    EXPECT_EQ(ahead[1].mean, (std::vector<float>{1, 2, 3, 4}));
    EXPECT_EQ(ahead[1].total_variance, (std::vector<float>{2, 4, 8, 16}));
    EXPECT_TRUE(ahead[2].forecast);
    EXPECT_EQ(ahead[2].mean, (std::vector<float>{100, 200, 300, 400}));
}

TEST(UseForecast, DaysThatPassedAreTakenOff) {
    auto const stock = two_places();
    auto ahead = own_rates();
    auto edited = row("POT", "south", today - 2);
    edited.unedited = {5, 6, 7, 8};
    EXPECT_EQ(follow_forecast(stock, std::vector{edited}, ahead), today - 2);
    auto const& a = ahead[2];
    EXPECT_EQ(a.mean, (std::vector<float>{3, 4}));
    EXPECT_EQ(a.unedited, (std::vector<float>{7, 8}));
    EXPECT_EQ(a.first_day, today);
    ASSERT_EQ(a.total_variance.size(), 2u);
    EXPECT_FLOAT_EQ(a.total_variance[0], 8 * 3 / 6.0F) << "of the first three days' variance what is not in the two that passed";
    EXPECT_FLOAT_EQ(a.total_variance[1], 16 * 7 / 10.0F);
}

// A forecast that begins a few days after the plan: its first week tells of the days before it.
TEST(UseForecast, OneThatBeginsAFewDaysLaterIsUsed) {
    auto const stock = two_places();
    auto ahead = own_rates();
    forecast::DemandAhead late{.sku = "POT", .place_id = "south", .first_day = today + 2, .mean = {1, 2, 3, 4, 5, 6, 7, 8}, .unedited = {}, .total_variance = {1, 3, 6, 10, 15, 21, 28, 36}};
    EXPECT_EQ(follow_forecast(stock, std::vector{late}, ahead), today + 2);
    auto const& a = ahead[2];
    EXPECT_TRUE(a.forecast);
    EXPECT_EQ(a.first_day, today);
    EXPECT_EQ(a.mean, (std::vector<float>{6, 7, 1, 2, 3, 4, 5, 6})) << "two days before, as the same weekdays after";
    EXPECT_FLOAT_EQ(a.total_variance[0], 6) << "as much as the mean grew";
    EXPECT_FLOAT_EQ(a.total_variance[7], 34);
    EXPECT_TRUE(a.unedited.empty());
    late.first_day = today + 8;
    ahead = own_rates();
    EXPECT_EQ(follow_forecast(stock, std::vector{late}, ahead), std::nullopt);
    EXPECT_FALSE(ahead[2].forecast);
}

TEST(UseForecast, NothingOldAndNothingThatBeginsMuchLater) {
    auto const stock = two_places();
    auto ahead = own_rates();
    auto old = row("POT", "south", today - 15);
    old.mean.assign(40, 1), old.total_variance.assign(40, 1);
    EXPECT_EQ(follow_forecast(stock, std::vector{old, row("CUP", "north", today + 8), row("CUP", "south", today - 4)}, ahead), std::nullopt);
    for (auto const& a : ahead) EXPECT_FALSE(a.forecast);
    old.first_day = today - 14;
    EXPECT_EQ(follow_forecast(stock, std::vector{old}, ahead), today - 14);
}

}  // namespace
}  // namespace kindling::supply_module

// The plan of stock and the forecast end a shop's history on one day, so that the plan uses the forecast whatever the days before it sold; and orders dated in the future count for neither.
#include "modules/forecast/api.h"
#include "modules/forecast/history.h"
#include "modules/supply/facts.h"
#include "shop/shop_for_test.h"
#include "shop/people/time_zones.h"
#include <cmath>
#include <fmt/format.h>
#include <functional>

namespace kindling::supply_module {
namespace {

constexpr Day last_thursday = 20'783;  // 2026-11-26
constexpr std::size_t days = 130;

// Sells cups on every day but those that `closed` names, until a day; in Shanghai.
class DailyShop : public shop::test::ShopOnDisk {
public:
    explicit DailyShop(std::function<bool(Day)> const& closed, Day until = last_thursday) : ShopOnDisk("same-day") {
        change("UPDATE shops SET time_zone = 'Asia/Shanghai'");
        change("INSERT INTO products (shop_id, product_id, title_en, title_zh, category_id, created_at_ms, updated_at_ms) VALUES (1, 'cup', 'Cup', '杯子', '', 0, 0)");
        change("INSERT INTO variants (shop_id, sku, product_id, price_minor, cost_minor, currency) VALUES (1, 'CUP', 'cup', 5000, 2000, 'CNY')");
        change("INSERT INTO stock (shop_id, sku, place_id, on_hand, reserved, updated_at_ms) VALUES (1, 'CUP', 'main', 40, 0, 0)");
        for (std::size_t d = 0; d < days; ++d)
            if (auto const day = until - static_cast<Day>(d); !closed(day)) order(fmt::format("o{}", day), at(day, 12), 6 + static_cast<int>(day % 3));
    }
    static Milliseconds at(Day day, int hour, int minute = 0) { return start_of(day) + (hour - 8) * 3'600'000LL + minute * 60'000LL; }
    void change(std::string const& sql) {
        auto tx = std::move(*services.store->write(1));
        auto const done = tx->execute(sql);
        EXPECT_TRUE(done) << (done ? "" : done.error().message);
        EXPECT_TRUE(tx->commit());
    }
    void order(std::string const& id, Milliseconds placed, int units) {
        change(fmt::format("INSERT INTO orders (shop_id, order_id, placed_at_ms, status, currency, subtotal_minor, total_minor) VALUES (1, '{}', {}, 'paid', 'CNY', 1, 1)", id, placed));
        change(fmt::format("INSERT INTO order_lines (shop_id, order_id, line, seq, sku, product_id, quantity, unit_price_minor, discount_minor) VALUES (1, '{}', 1, {}, 'CUP', 'cup', {}, 5000, 0)", id, ++lines_, units));
    }
    Day forecast_end(Milliseconds now) { return forecast::history_end(*services.store->read(1).value(), now).value(); }
    ShopStock stock(Milliseconds now) { return read_stock(*services.store->read(1).value(), now, {}).value(); }
    // Forecasts, then plans some minutes later.
    json::object plan(Milliseconds now) {
        auto const made = run(forecast::operations(), "forecast.run", {}, now);
        EXPECT_TRUE(made) << (made ? "" : made.error().message);
        auto const planned = run(operations(), "supply.plan", {}, now + 180'000);
        EXPECT_TRUE(planned) << (planned ? "" : planned.error().message);
        return planned ? planned->as_object() : json::object{};
    }

private:
    int lines_ = 0;
};

bool friday(Day day) { return weekday_of(day) == 5; }
bool never(Day) { return false; }

TEST(SameDay, AShopThatIsClosedOnFridaysIsPlannedByItsForecastOnSaturdays) {
    DailyShop shop(friday);
    ASSERT_TRUE(friday(last_thursday + 1));
    auto const saturday = last_thursday + 2;
    auto const now = DailyShop::at(saturday, 9);
    auto const outline = shop.plan(now);
    EXPECT_EQ(outline.at("today").as_int64(), saturday);
    EXPECT_EQ(outline.at("forecast_day").as_int64(), saturday);
    EXPECT_EQ(outline.at("forecast_items").as_int64(), 1);
    EXPECT_EQ(outline.at("facts_until").as_int64(), last_thursday + 1) << "what is played again and booked ends with the last order";
    // The closed day tells nothing of a cup; the Fridays before it, on which the shop is never open, are known.
    auto const stock = shop.stock(now);
    ASSERT_EQ(stock.stored.size(), 1u);
    EXPECT_TRUE(std::isnan(stock.stored[0].sold.back()));
    EXPECT_EQ(stock.stored[0].sold[stock.days - 8], 0);
}

TEST(SameDay, JustAfterMidnightADayHasNotSoldYetNorMayTheOneBefore) {
    DailyShop shop(never);
    for (auto const& [day, hour, minute] : {std::tuple(last_thursday + 1, 0, 7), {last_thursday + 2, 0, 7}, {last_thursday + 2, 23, 59}, {last_thursday + 14, 3, 0}}) {
        auto const now = DailyShop::at(day, hour, minute);
        EXPECT_EQ(shop.forecast_end(now), day);
        EXPECT_EQ(shop.stock(now).today, day);
    }
    auto const outline = shop.plan(DailyShop::at(last_thursday + 2, 0, 7));
    EXPECT_EQ(outline.at("forecast_items").as_int64(), 1);
    EXPECT_EQ(outline.at("forecast_day").as_int64(), last_thursday + 2);
}

TEST(SameDay, AnOrderOfTheFutureWakesNobody) {
    DailyShop shop(never);
    auto const now = DailyShop::at(last_thursday + 31, 9);
    EXPECT_EQ(shop.forecast_end(now), last_thursday + 1) << "records that ended a month ago are planned as of their end";
    auto const before = shop.stock(now);
    shop.order("slip", parse_time("2099-01-01T00:00:00Z").value(), 5);
    shop.order("tomorrow", now + milliseconds_per_day, 500);
    EXPECT_EQ(shop.forecast_end(now), last_thursday + 1);
    auto const after = shop.stock(now);
    EXPECT_EQ(after.today, last_thursday + 1);
    EXPECT_EQ(after.stored[0].sold, before.stored[0].sold);
    EXPECT_EQ(shop.plan(now).at("forecast_items").as_int64(), 1);
    // A day later it has been placed.
    EXPECT_EQ(shop.forecast_end(now + 2 * milliseconds_per_day), last_thursday + 33);
    EXPECT_EQ(shop.stock(now + 2 * milliseconds_per_day).today, last_thursday + 33);
}

TEST(SameDay, OnlyOrdersOfTheFutureAreNone) {
    DailyShop shop([](Day) { return true; });
    shop.order("slip", parse_time("2099-01-01T00:00:00Z").value(), 5);
    auto const now = DailyShop::at(last_thursday, 9);
    EXPECT_EQ(shop.run(forecast::operations(), "forecast.run", {}, now).error().reason, "nothing_sold");
    EXPECT_EQ(shop.run(operations(), "supply.plan", {}, now).error().reason, "nothing_sold");
}

// Of a day before the first order it is the day that is wrong, not the shop that has no orders.
TEST(SameDay, AForecastThatLooksBackTooFarNamesItsDay) {
    DailyShop shop(never);
    auto const early = shop.run(forecast::operations(), "forecast.run", json::object{{"until", "2020-01-01"}}, DailyShop::at(last_thursday + 1, 9));
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().reason, "invalid_request");
    ASSERT_EQ(early.error().fields.size(), 1u);
    EXPECT_EQ(early.error().fields[0].path, "/until");
    EXPECT_NE(early.error().fields[0].message.find(format_date(last_thursday - static_cast<Day>(days) + 1)), std::string::npos) << early.error().fields[0].message;
}

}  // namespace
}  // namespace kindling::supply_module

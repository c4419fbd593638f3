// Routes between places: what may not be saved, and which way a circle flows that was kept before.
#include "modules/supply/routes.h"
#include <gtest/gtest.h>

namespace kindling::supply_module {
namespace {

StockRoute route(std::string from, std::string to) { return {.from_place_id = std::move(from), .to_place_id = std::move(to), .days = 1, .cost_minor = 0}; }

TEST(Routes, OfEachFaultTheFieldIsNamed) {
    EXPECT_TRUE(check_routes(std::vector{route("a", "b"), route("a", "c"), route("b", "c"), route("c", "d")}).empty()) << "two ways to one place are no circle";
    auto const wrong = check_routes(std::vector{route("a", "b"), route("b", "c"), route("a", "b"), route("c", "a"), route("d", "d"), route("c", "d"), route("c", "b")});
    ASSERT_EQ(wrong.size(), 4U);
    EXPECT_EQ(wrong[0].path + " " + wrong[0].reason, "/routes/2/to_place_id duplicate");
    EXPECT_EQ(wrong[1].path + " " + wrong[1].reason, "/routes/3/to_place_id circle");
    EXPECT_NE(wrong[1].message.find("c → a → b → c"), std::string::npos) << wrong[1].message;
    EXPECT_EQ(wrong[2].path + " " + wrong[2].reason, "/routes/4/to_place_id same_place");
    EXPECT_EQ(wrong[3].path + " " + wrong[3].reason, "/routes/6/to_place_id circle");
}

TEST(Routes, ACircleThatWasKeptFlowsFromWhereSuppliersDeliver) {
    ShopStock stock;
    for (auto const* name : {"shop", "port"}) stock.places.push_back({.place_id = name});
    stock.stored.resize(2);
    stock.stored[0].place = 0, stock.stored[0].on_hand = 90;
    stock.stored[1].place = 1, stock.stored[1].came = {{.ordered = 1, .arrived = 2, .units = 5}};
    SupplySettings settings;
    settings.routes = {route("shop", "port"), route("port", "shop"), route("port", "shop"), route("port", "gone")};
    settings.routes[1].days = 2, settings.routes[2].days = 9;
    std::vector<ReturningRoute> returning;
    auto const routes = supply_routes(stock, settings, returning);
    ASSERT_EQ(routes.size(), 1U) << "the way back is left out, and what is there twice counts once";
    EXPECT_EQ(routes[0].from, 1U);
    EXPECT_EQ(routes[0].days, 2);
    ASSERT_EQ(returning.size(), 1U);
    EXPECT_EQ(returning[0].from_place_id, "shop");
}

}  // namespace
}  // namespace kindling::supply_module

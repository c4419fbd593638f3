// The past played again follows the supplier's terms: packs and least orders, lots for lower prices, goods that expire.
#include "core/random.h"
#include "modules/supply/replay.h"
#include <gmock/gmock.h>

namespace kindling::supply_module {
namespace {

constexpr std::size_t days = 220;

// One good of some units a day, ordered from one supplier whose orders take five days; its shelf was never empty.
ShopStock shop_with(SupplyTerm term, double a_day, double here = 60) {
    ShopStock stock{.currency = "CNY", .today = 20'000 + static_cast<Day>(days), .first = 20'000, .days = days, .goods = {}, .places = {{"main", "warehouse", "", ""}}, .suppliers = {}, .stored = {}};
    stock.suppliers.push_back({.supplier_id = "kiln", .name = "Kiln", .promised_days = 5, .promised_deviation = 1, .seen = {}, .ordered_on = {}});
    term.cost_minor = 2000;
    stock.goods.push_back({.sku = "CUP", .product_id = "cup", .title_en = {}, .title_zh = {}, .category_id = {}, .supplier_id = "kiln", .on_sale = true, .cost_known = true, .price = 5000, .cost = 2000, .term = std::move(term)});
    Stored s{.good = 0, .place = 0, .supplier = 0, .counted = true, .on_hand = here, .coming = {}, .came = {}, .batches = {}, .sold = {}, .stock = std::vector<float>(days, static_cast<float>(here))};
    Random random(3);
    for (std::size_t t = 0; t < days; ++t) s.sold.push_back(static_cast<float>(random.poisson(a_day)));
    stock.stored.push_back(std::move(s));
    return stock;
}

Replay played(ShopStock const& stock) {
    auto const r = replay(stock, filled(SupplySettings{}, "CNY"), {.from = stock.today - 84, .until = stock.today, .rules = {LevelRule::pooled, LevelRule::forest}}, {});
    EXPECT_TRUE(r) << (r ? "" : r.error().message);
    return r ? *r : Replay{};
}

TEST(Replay, TakesLotsWhereLargeOrdersAreCheaper) {
    auto const plain = played(shop_with({}, 5)), stepped = played(shop_with({.price_steps = {{200, 1500}}}, 5));
    EXPECT_EQ(plain.plans[0].price_saved_minor, 0);
    EXPECT_GT(stepped.plans[0].price_saved_minor, 0);
    EXPECT_LT(stepped.plans[0].lines, plain.plans[0].lines);
    EXPECT_LT(stepped.plans[0].cost_minor(), plain.plans[0].cost_minor()) << "a quarter off pays for keeping them some weeks more";
    // Only what was sold counts as saved: at most a quarter of the cost of all that was served.
    EXPECT_LE(stepped.plans[0].price_saved_minor, 500 * stepped.plans[0].served);
}

TEST(Replay, OrdersInPacksAndAtLeastTheLeastOrder) {
    auto const free = played(shop_with({}, 5)), bound = played(shop_with({.pack_size = 150, .minimum_quantity = 150}, 5));
    for (auto const* r : {&bound.plans[0], &bound.naive}) {
        EXPECT_LT(r->lines, 5) << "84 days of five units, 150 at a time";
        EXPECT_GT(r->lines, 1);
    }
    EXPECT_GT(bound.naive.stock_minor, free.naive.stock_minor);
    EXPECT_GT(bound.plans[0].fill_rate(), 0.9);
}

// As the plan: an order is filled up to its supplier's least value or waits.
TEST(Replay, KeepsToTheSuppliersLeastOrder) {
    auto const free = shop_with({}, 5);
    auto bound = free;
    bound.suppliers[0].minimum_order_minor = 250 * 2000;
    auto const without = played(free), with = played(bound);
    auto const& plan = with.plans[0];
    EXPECT_LE(plan.lines * 250, 60 + plan.served + 250 * 1.5) << "no order of fewer than 250 units";
    EXPECT_GT(plan.lines, 0);
    EXPECT_GT(without.plans[0].lines, plan.lines);
    EXPECT_GT(plan.fill_rate(), 0.85) << "it is filled up before it would miss much";
    EXPECT_EQ(with.naive.lines, without.naive.lines);
}

// A good that will be gone before an order of the next order day comes is ordered at once, as the plan proposes it; the naive rule waits for its day.
TEST(Replay, OrdersEarlyWhatCannotWait) {
    auto const stock = shop_with({}, 5, 3);
    auto settings = filled(SupplySettings{}, "CNY");
    auto const from = stock.today - 84;
    settings.suppliers = {{.supplier_id = "kiln", .order_weekdays = {weekday_of(from - 1)}}};  // six days after the first morning
    auto const play = [&] { return replay(stock, settings, {.from = from, .until = stock.today, .rules = {LevelRule::pooled}}, {}).value(); };
    auto const r = play();
    auto const served = [](RuleOutcome const& o, std::size_t first, std::size_t end) { double sum = 0; for (auto t = first; t < end; ++t) sum += o.served_by_day[t]; return sum; };
    EXPECT_EQ(served(r.naive, 1, 6), 0) << "gone on the first day, and ordered on the seventh";
    EXPECT_GT(served(r.plans[0], 1, 11), 10) << "ordered on the first day, here about five days later";
    // Not where an order of its own costs more than what would be missed.
    settings.order_cost_minor = 10'000'000;
    auto const dear = play();
    EXPECT_EQ(served(dear.plans[0], 1, 6), 0);
}

TEST(Replay, ThrowsAwayWhatExpires) {
    auto const keeps = played(shop_with({}, 5, 900)), spoils = played(shop_with({.shelf_life_days = 10}, 5, 900));
    EXPECT_EQ(keeps.plans[0].expired_minor, 0);
    // Of 900 units that were there, five a day can be sold for ten days.
    EXPECT_GT(spoils.plans[0].expired_minor, 700 * 2000);
    EXPECT_GT(spoils.naive.expired_minor, 700 * 2000);
    EXPECT_LT(spoils.plans[0].stock_minor, keeps.plans[0].stock_minor);
    EXPECT_GT(spoils.plans[0].fill_rate(), 0.85) << "and what is ordered afresh is ordered in time";
    // The sum of what came, was sold and was thrown away is kept: nothing is served that was not there.
    EXPECT_LE(spoils.plans[0].served, spoils.plans[0].asked);
}

TEST(Replay, FollowsWhatPeopleSetOnItsDays) {
    auto const stock = shop_with({}, 5);
    auto const settings = filled(SupplySettings{}, "CNY");
    auto const with = [&](Day first, Day end, HandLevel level) { return replay(stock, settings, {.from = stock.today - 84, .until = stock.today, .rules = {LevelRule::pooled}, .by_hand = {{0, first, end, std::move(level)}}}, {}).value(); };
    auto const plain = played(stock);
    // Nothing is ordered any more after three weeks: it runs out.
    auto const none = with(stock.today - 63, stock.today, {.level_id = "a", .order_up_to = 0, .last_day = stock.today});
    ASSERT_TRUE(none.without_hand);
    EXPECT_EQ(none.plans.size(), 1u);
    EXPECT_EQ(none.without_hand->served, plain.plans[0].served);
    EXPECT_EQ(none.without_hand->cost_minor(), plain.plans[0].cost_minor());
    EXPECT_LT(none.plans[0].served, plain.plans[0].served - 50);
    for (std::size_t t = 0; t < 21; ++t) EXPECT_EQ(none.plans[0].stock_by_day[t], none.without_hand->stock_by_day[t]) << t;
    EXPECT_FALSE(played(stock).without_hand);
    // A fixed quantity on any day; and a season, whose levels follow its weeks.
    auto const watched = with(stock.today - 84, stock.today, {.level_id = "a", .reorder_level = 40, .quantity = 35, .last_day = stock.today, .policy = OrderPolicy::reorder_point});
    EXPECT_NEAR(watched.plans[0].lines, 84 * 5 / 35.0, 3);
    EXPECT_GT(watched.plans[0].fill_rate(), 0.97);
    auto ends = stock;
    ends.goods[0].price = 2500;  // three tenths off is below its cost
    auto const season = replay(ends, settings, {.from = stock.today - 84, .until = stock.today, .rules = {LevelRule::pooled}, .by_hand = {{0, stock.today - 84, stock.today, {.level_id = "a", .last_day = stock.today - 1, .policy = OrderPolicy::season}}}}, {}).value();
    EXPECT_LT(season.plans[0].stock_by_day.back(), season.plans[0].stock_minor / 2) << "little is left at its end";
    EXPECT_GT(season.plans[0].fill_rate(), 0.85);
}

TEST(Replay, PlaysOtherWaysToOrder) {
    auto const stock = shop_with({}, 5);
    auto const r = replay(stock, filled(SupplySettings{}, "CNY"), {.from = stock.today - 84, .until = stock.today, .rules = {LevelRule::pooled}, .policies = {OrderPolicy::order_up_to, OrderPolicy::reorder_point}}, {}).value();
    ASSERT_EQ(r.plans.size(), 3u);
    EXPECT_GE(r.plans[1].lines, r.plans[0].lines) << "every week";
    EXPECT_GT(r.plans[2].fill_rate(), 0.9);
    for (auto const& p : r.plans) EXPECT_GT(p.stock_minor, 0);
}

// A supplier that gives no more than 20 in an order, a place that holds 30, a night's money for 5 units: nobody has more, and everybody buys what there is money for.
TEST(Replay, KeepsToWhatSuppliersPlacesAndMoneyAllow) {
    auto const full = shop_with({}, 5), stock = shop_with({}, 5, 20);
    auto const with = [](ShopStock const& shop, auto&& change) {
        auto settings = filled(SupplySettings{}, "CNY");
        change(settings);
        return replay(shop, settings, {.from = shop.today - 84, .until = shop.today, .rules = {LevelRule::pooled}}, {}).value();
    };
    auto const free = played(full);
    auto const least = with(full, [](SupplySettings& s) { s.suppliers = {{.supplier_id = "kiln", .order_weekdays = {}, .order_cost_minor = {}, .most_units = 20}}; });
    for (auto const* o : {&least.plans[0], &least.naive}) EXPECT_LE(o->served, 60 + 20 * o->lines);
    EXPECT_GT(least.plans[0].lines, free.plans[0].lines) << "it orders on other days, too, rather than miss so much";
    EXPECT_LT(least.naive.fill_rate(), free.naive.fill_rate()) << "it orders once a week";
    auto const small = with(stock, [](SupplySettings& s) { s.places = {{.place_id = "main", .most_units = 30}}; });
    for (auto const* o : {&small.plans[0], &small.naive}) EXPECT_LE(*std::ranges::max_element(o->stock_by_day), 30 * 2000 + 1e-6);
    EXPECT_GT(small.plans[0].served, 84) << "it still orders";
    EXPECT_GT(*std::ranges::max_element(played(stock).plans[0].stock_by_day), 30 * 2000);
    auto const poor = with(stock, [](SupplySettings& s) { s.budget_minor = 5 * 2000; });
    for (auto const* o : {&poor.plans[0], &poor.naive}) {
        EXPECT_GT(o->lines, 0);
        EXPECT_LE(o->served, 20 + 5 * o->lines) << "an order of five units at most";
    }
    EXPECT_GE(poor.plans[0].served, poor.naive.served);
    auto const penniless = with(stock, [](SupplySettings& s) { s.budget_minor = 2000 - 1; });
    for (auto const* o : {&penniless.plans[0], &penniless.naive}) EXPECT_EQ(o->lines, 0) << "not of one unit";
    // Limits that bind nothing change nothing.
    auto const loose = with(full, [](SupplySettings& s) {
        s.places = {{.place_id = "main", .most_units = 100'000}}, s.budget_minor = 1'000'000'000,
        s.suppliers = {{.supplier_id = "kiln", .order_weekdays = {}, .order_cost_minor = {}, .most_units = 100'000}};
    });
    EXPECT_EQ(loose.plans[0].served, free.plans[0].served);
    EXPECT_EQ(loose.plans[0].cost_minor(), free.plans[0].cost_minor());
    EXPECT_EQ(loose.naive.cost_minor(), free.naive.cost_minor());
}

// Money for less than any whole order of the plan: it buys what of it saves most, and serves no less than the naive rule, which buys in smaller orders. In packs, and not below the supplier's least order.
TEST(Replay, BuysAPartOfAnOrderThatTheMoneyDoesNotPayForWhole) {
    auto const play = [](ShopStock const& stock, std::int64_t units) {
        auto settings = filled(SupplySettings{}, "CNY");
        settings.budget_minor = units * 2000;
        return replay(stock, settings, {.from = stock.today - 84, .until = stock.today, .rules = {LevelRule::pooled}}, {}).value();
    };
    auto const stock = shop_with({}, 5, 20);
    for (std::int64_t const units : {20, 30, 40}) {
        auto const r = play(stock, units);
        EXPECT_GE(r.plans[0].fill_rate(), r.naive.fill_rate() - 0.005) << units;
        EXPECT_LE(r.plans[0].served, 20 + static_cast<double>(units) * r.plans[0].lines);
        EXPECT_GT(r.plans[0].lines, 8) << units;
    }
    auto const packs = play(shop_with({.pack_size = 12}, 5, 20), 30);
    EXPECT_LE(packs.plans[0].served, 20 + 24 * packs.plans[0].lines) << "two whole packs";
    EXPECT_GT(packs.plans[0].lines, 8);
    EXPECT_EQ(play(shop_with({.minimum_quantity = 31}, 5, 20), 30).plans[0].lines, 0) << "the supplier gives no fewer than 31";
    auto least = stock;
    least.suppliers[0].minimum_order_minor = 25 * 2000;
    EXPECT_EQ(play(least, 20).plans[0].lines, 0) << "the supplier takes no order of twenty";
    EXPECT_GT(play(least, 30).plans[0].lines, 8);
}

}  // namespace
}  // namespace kindling::supply_module

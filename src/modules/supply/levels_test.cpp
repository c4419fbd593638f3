// What people changed in a forecast reaches goods that seldom sell; a good whose figures are beyond computing leaves the others their plan.
#include "core/random.h"
#include "modules/supply/levels.h"
#include <cmath>
#include <gmock/gmock.h>
#include <limits>

namespace kindling::supply_module {
namespace {

constexpr std::size_t days = 200;

// Goods of one place and supplier that sell on about one day in ten, as the first planned day finds them.
struct Shop {
    ShopStock stock{.currency = "CNY", .today = 20000, .first = 20000 - static_cast<Day>(days), .days = days, .goods = {}, .places = {{.place_id = "main", .kind = {}, .name_en = {}, .name_zh = {}}}, .suppliers = {}, .stored = {}};
    std::vector<DemandAhead> ahead;

    explicit Shop(std::size_t goods) {
        Random random(3);
        for (std::size_t g = 0; g < goods; ++g) {
            stock.goods.push_back({.sku = "G" + std::to_string(g), .on_sale = true, .cost_known = true, .price = 5000, .cost = 2000, .term = {}});
            Stored s{.good = g, .counted = true, .on_hand = 3};
            for (std::size_t d = 0; d < days; ++d) s.sold.push_back(random.uniform() < 0.1 ? static_cast<float>(1 + random.below(2)) : 0.0F);
            stock.stored.push_back(std::move(s));
        }
        ahead = demand_ahead(stock, stock.today, 60, 1, {}).value();
    }
    void edit(std::size_t i, float factor) {
        ahead[i].unedited = ahead[i].mean;
        for (auto& v : ahead[i].mean) v *= factor;
    }
    Levels levels(LevelRule rule) const { return make_levels(stock, ahead, filled({}, "CNY"), {.origin = stock.today, .rule = rule, .threads = 1}, {}).value(); }
};

TEST(Levels, EditsReachGoodsThatSeldomSell) {
    Shop shop(200);  // fewer than 100 are planned by pooled, whatever the rule
    ASSERT_TRUE(shop.ahead[7].seldom);
    for (auto const rule : {LevelRule::pooled, LevelRule::forest}) {
        auto const before = shop.levels(rule);
        ASSERT_EQ(before.of[7].together, rule);
        Shop changed(200);
        changed.edit(7, 10);
        auto const after = changed.levels(rule);
        EXPECT_EQ(after.of[7].together, rule);
        EXPECT_NEAR(after.of[7].protection.mean(), 10 * before.of[7].protection.mean(), 1e-3 * after.of[7].protection.mean());
        EXPECT_GT(after.of[7].policy.order_up_to, 2 * before.of[7].policy.order_up_to);
        EXPECT_EQ(after.of[8].policy.order_up_to, before.of[8].policy.order_up_to);
    }
}

// Two forests say what is asked for until an order comes and until the next one does; an edit of the first days alone changes them apart.
TEST(Levels, AnEditOfSomeDaysLeavesALevel) {
    for (auto const rule : {LevelRule::pooled, LevelRule::forest})
        for (bool const more : {false, true}) {
            Shop shop(200);
            for (std::size_t i = 0; i < 40; ++i) {
                auto& a = shop.ahead[i];
                a.unedited = a.mean;
                for (std::size_t d = 0; d < a.mean.size(); ++d)
                    if (more) a.mean[d] *= d < 7 ? 10.0F : 1.0F;
                    else if (d >= 3) a.mean[d] = 0;
            }
            auto const levels = shop.levels(rule);
            for (std::size_t i = 0; i < 40; ++i) {
                auto const& l = levels.of[i];
                EXPECT_FALSE(l.failed) << i;
                EXPECT_EQ(l.together, rule);
                EXPECT_LE(l.lead.mean(), l.protection.mean() * (1 + 1e-6)) << i;
                EXPECT_GT(l.protection.mean(), 0);
            }
        }
}

// Goods that sold once or twice in the window, in orders of several: their promise alone would keep for years what nobody asks for.
Shop with_silent_goods(int sold_days_ago, float units) {
    Shop shop(200);
    for (std::size_t g = 0; g < 10; ++g) {
        auto& sold = shop.stock.stored[g].sold;
        std::ranges::fill(sold, 0.0F);
        sold[days - static_cast<std::size_t>(sold_days_ago)] = units;
    }
    shop.ahead = demand_ahead(shop.stock, shop.stock.today, 60, 1, {}).value();
    return shop;
}

TEST(Levels, NoPromiseKeepsForMonthsWhatSeldomSells) {
    auto const settings = filled({}, "CNY");
    for (auto const rule : {LevelRule::moments, LevelRule::pooled, LevelRule::forest})
        for (int const ago : {30, 85}) {
            auto const levels = with_silent_goods(ago, 1).levels(rule);
            for (std::size_t g = 0; g < 200; ++g) {
                auto const& l = levels.of[g];
                EXPECT_TRUE(l.policy.order_up_to <= 1 || (l.policy.order_up_to - 1) / l.daily <= 1.53 * static_cast<double>(settings.overstock_days)) << g << ": " << l.policy.order_up_to << " of " << l.daily << " a day";
                EXPECT_TRUE(l.policy.fill_rate >= l.aim - 1e-9 || l.less != Less::no) << "what is kept below the promise says why: " << g;
            }
        }
}

TEST(Levels, WhatNobodyAskedForIsNotOrderedAhead) {
    for (auto const rule : {LevelRule::pooled, LevelRule::forest}) {
        auto const levels = with_silent_goods(120, 6).levels(rule);
        for (std::size_t g = 0; g < 10; ++g) EXPECT_LE(levels.of[g].policy.order_up_to, std::max(1.0, std::ceil(levels.of[g].protection.mean()))) << g;
    }
    // Days on which the shelf was empty are no silence.
    auto shop = with_silent_goods(120, 6);
    auto& s = shop.stock.stored[0];
    EXPECT_EQ(days_without_sale(s, days), 119);
    std::fill(s.sold.end() - 100, s.sold.end(), std::numeric_limits<float>::quiet_NaN());
    EXPECT_EQ(days_without_sale(s, days), 19);
}

TEST(Levels, AUnitThatCostsMoreThanItEarnsIsNotKept) {
    auto dear = with_silent_goods(60, 1), cheap = dear;
    for (std::size_t g = 0; g < 10; ++g) dear.stock.goods[g].cost = 400'000, dear.stock.goods[g].price = 401'000, cheap.stock.goods[g].cost = 10;
    auto const a = dear.levels(LevelRule::forest), b = cheap.levels(LevelRule::forest);
    for (std::size_t g = 0; g < 10; ++g) {
        EXPECT_EQ(a.of[g].less, Less::on_demand) << "a unit lies for months, for a margin of four thousandths";
        EXPECT_EQ(a.of[g].policy.order_up_to, 0);
        EXPECT_GE(b.of[g].policy.order_up_to, 1);
    }
}

TEST(Levels, PeopleMayExpectWhatNoForecastDoes) {
    Shop shop(80);
    shop.edit(7, 1);
    for (auto& v : shop.ahead[7].unedited) v = 0;
    auto const levels = shop.levels(LevelRule::pooled);
    EXPECT_EQ(levels.of[7].together, LevelRule::moments);  // theirs alone counts
    EXPECT_GT(levels.of[7].policy.order_up_to, 0);
}

// What is promised may be the share of units or of order cycles; of a supplier's goods, of a class, or of one good by hand.
TEST(Levels, TheOwnerChoosesWhatIsPromised) {
    Shop shop(60);
    for (auto& s : shop.stock.stored) for (auto& v : s.sold) v = v > 0 ? 9.0F : 4.0F;  // sells daily
    shop.ahead = demand_ahead(shop.stock, shop.stock.today, 60, 1, {}).value();
    shop.stock.suppliers.push_back({.supplier_id = "kiln", .name = "Kiln"});
    for (std::size_t i = 0; i < 20; ++i) shop.stock.stored[i].supplier = 0, shop.stock.goods[i].supplier_id = "kiln";
    auto const made = [&](SupplySettings asked, std::map<std::size_t, HandLevel> by_hand) { return make_levels(shop.stock, shop.ahead, filled(std::move(asked), "CNY"), {.origin = shop.stock.today, .rule = LevelRule::moments, .threads = 1, .by_hand = std::move(by_hand)}, {}).value(); };
    SupplySettings units, cycles, supplier;
    units.targets = {{.abc = {}, .xyz = {}, .fill_rate = 0.9}};
    cycles.targets = {{.abc = {}, .xyz = {}, .fill_rate = 0.9, .service = ServiceKind::cycle_service}};
    supplier.targets = units.targets, supplier.suppliers = {{.supplier_id = "kiln", .order_weekdays = {}, .order_cost_minor = {}, .most_units = {}, .service = ServiceKind::cycle_service, .target = 0.98}};
    auto const a = made(units, {}), b = made(cycles, {}), c = made(supplier, {}), d = made(units, {{30, {.level_id = "x", .reorder_level = {}, .order_up_to = {}, .fill_rate = 0.9, .quantity = {}, .last_day = 20'100, .service = ServiceKind::cycle_service}}});
    for (std::size_t i = 0; i < 60; ++i) {
        EXPECT_GE(a.of[i].policy.fill_rate, a.of[i].aim - 1e-9) << i;
        EXPECT_EQ(a.of[i].fill_target, 0.9);
        EXPECT_GE(b.of[i].policy.cycle_service, 0.9 - 1e-9) << i;
        EXPECT_EQ(b.of[i].service, ServiceKind::cycle_service);
        EXPECT_EQ(b.of[i].aim, 0.9) << "each keeps cycles for itself";
        EXPECT_GE(b.of[i].policy.order_up_to, a.of[i].policy.order_up_to) << "of cycles as many are more than of units";
        EXPECT_EQ(b.of[i].fill_target, b.of[i].policy.fill_rate) << "what that serves of units";
        EXPECT_EQ(c.of[i].service, i < 20 ? ServiceKind::cycle_service : ServiceKind::fill_rate);
        EXPECT_EQ(c.of[i].target, i < 20 ? 0.98 : 0.9);
        if (i < 20) { EXPECT_GE(c.of[i].policy.cycle_service, 0.98 - 1e-9); }
    }
    EXPECT_EQ(d.of[30].policy.order_up_to, b.of[30].policy.order_up_to);
    EXPECT_NEAR(d.of[31].policy.order_up_to, a.of[31].policy.order_up_to, 1) << "one good less shares";
    EXPECT_LT(a.of[31].policy.cycle_service, b.of[31].policy.cycle_service);
}

// A fill rate is a promise over all units: goods have parts of their own of it, and less lies on the shelves than if each kept it for itself.
TEST(Levels, GoodsKeepAFillRateTogether) {
    Shop shop(60);
    Random random(5);
    for (std::size_t i = 0; i < 60; ++i)
        for (auto& v : shop.stock.stored[i].sold) v = i % 2 == 0 ? static_cast<float>(4 + random.below(3)) : random.uniform() < 0.4 ? static_cast<float>(random.below(30)) : 0.0F;
    shop.ahead = demand_ahead(shop.stock, shop.stock.today, 60, 1, {}).value();
    SupplySettings settings;
    settings.targets = {{.abc = {}, .xyz = {}, .fill_rate = 0.95}};
    settings = filled(std::move(settings), "CNY");
    LevelOptions options{.origin = shop.stock.today, .rule = LevelRule::moments, .threads = 1};
    auto const together = make_levels(shop.stock, shop.ahead, settings, options, {}).value();
    for (std::size_t i = 0; i < 60; ++i) options.rows.push_back(i);  // of some rows alone nothing is known of the others
    auto const each = make_levels(shop.stock, shop.ahead, settings, options, {}).value();
    double asked = 0, served = 0, stock = 0, stock_each = 0;
    int apart = 0;
    for (std::size_t i = 0; i < 60; ++i) {
        auto const& l = together.of[i];
        asked += l.daily, served += l.daily * l.policy.fill_rate, stock += l.policy.on_hand, stock_each += each.of[i].policy.on_hand, apart += std::abs(l.aim - 0.95) > 5e-4;
        EXPECT_EQ(l.target, 0.95);
        EXPECT_EQ(each.of[i].aim, 0.95);
        EXPECT_EQ(l.less, Less::no) << i;
    }
    EXPECT_GE(served / asked, 0.95 - 1e-4);
    EXPECT_LT(served / asked, 0.97);
    EXPECT_LT(stock, stock_each);
    EXPECT_GT(apart, 10);
    // Of one row, what the plan found that it has to serve.
    auto const one = compare_levels(shop.stock, shop.ahead, settings, {.origin = shop.stock.today, .rule = LevelRule::moments, .threads = 1, .aims = {{1, together.of[1].aim}}}, 1, {}, {}).value();
    EXPECT_EQ(one.levels[0].policy.order_up_to, together.of[1].policy.order_up_to);
}

// What people promise or set of goods these keep for themselves, and what is not counted is not ordered: the others keep the promise without them.
TEST(Levels, NobodyReliesOnWhatPeopleSetOrNobodyCounts) {
    Shop shop(60);
    Random random(5);
    for (auto& s : shop.stock.stored) for (auto& v : s.sold) v = static_cast<float>(2 + random.below(7));
    for (std::size_t g = 0; g < 60; ++g) shop.stock.goods[g].cost = g % 2 == 1 && g < 20 ? 4500 : 500;
    shop.ahead = demand_ahead(shop.stock, shop.stock.today, 60, 1, {}).value();
    SupplySettings settings;
    settings.targets = {{.abc = {}, .xyz = {}, .fill_rate = 0.95}};
    settings = filled(std::move(settings), "CNY");
    LevelOptions options{.origin = shop.stock.today, .rule = LevelRule::moments, .threads = 1};
    auto const together = make_levels(shop.stock, shop.ahead, settings, options, {}).value();
    auto const shared_by = [&](Levels const& levels, auto&& of) {
        double units = 0, aimed = 0;
        for (std::size_t i = 0; i < 60; ++i) if (auto const& l = levels.of[i]; of(i)) units += l.protection.mean() - l.lead.mean(), aimed += (l.protection.mean() - l.lead.mean()) * l.aim;
        return aimed / units;
    };
    auto const first_odd = [](std::size_t i) { return i % 2 == 1 && i < 20; };
    auto const others = [&](std::size_t i) { return !first_odd(i); };
    EXPECT_NEAR(shared_by(together, [](std::size_t) { return true; }), 0.95, 2e-4);
    EXPECT_LT(shared_by(together, first_odd), 0.945) << "what is dear to keep is left to the others";
    for (std::size_t i = 0; i < 60; ++i) if (first_odd(i)) options.by_hand[i] = {.level_id = "x", .reorder_level = i == 3 ? std::optional(1.0) : std::nullopt, .order_up_to = {}, .fill_rate = 0.95, .quantity = {}, .last_day = 20'100};
    auto const by_hand = make_levels(shop.stock, shop.ahead, settings, options, {}).value();
    EXPECT_GE(by_hand.of[1].policy.fill_rate, 0.95 - 1e-9);
    EXPECT_EQ(by_hand.own.at(1).policy.order_up_to, together.of[1].policy.order_up_to);
    EXPECT_NEAR(shared_by(by_hand, others), 0.95, 2e-4);
    // Nothing is ordered of what is not counted: no other good relies on it.
    options.by_hand.clear();
    for (std::size_t i = 0; i < 60; ++i) shop.stock.stored[i].counted = !first_odd(i);
    auto const uncounted = make_levels(shop.stock, shop.ahead, settings, options, {}).value();
    EXPECT_NEAR(shared_by(uncounted, others), 0.95, 2e-4);
    EXPECT_NEAR(shared_by(uncounted, first_odd), 0.95, 2e-4) << "among themselves, when the past is played again without stock";
}

// What would expire is not ordered ahead, and the other goods serve more for it.
TEST(Levels, OthersMakeUpForWhatDoesNotKeep) {
    Shop shop(60);
    Random random(5);
    for (auto& s : shop.stock.stored) for (auto& v : s.sold) v = static_cast<float>(2 + random.below(7));
    for (std::size_t g = 0; g < 3; ++g) shop.stock.goods[g].term.shelf_life_days = 10, shop.stock.goods[g].price = 2500;
    shop.ahead = demand_ahead(shop.stock, shop.stock.today, 60, 1, {}).value();
    SupplySettings settings;
    settings.targets = {{.abc = {}, .xyz = {}, .fill_rate = 0.95}};
    auto const levels = make_levels(shop.stock, shop.ahead, filled(std::move(settings), "CNY"), {.origin = shop.stock.today, .rule = LevelRule::moments, .threads = 1}, {}).value();
    double asked = 0, served = 0;
    for (std::size_t i = 0; i < 60; ++i) asked += levels.of[i].daily, served += levels.of[i].daily * levels.of[i].policy.fill_rate;
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_LT(levels.of[i].policy.fill_rate, 0.8) << i;
        EXPECT_LT(levels.of[i].aim, 0.8) << "no more is asked of it than may lie there";
    }
    EXPECT_GE(served / asked, 0.95 - 1e-4);
}

TEST(Levels, OneGoodBeyondComputingLeavesTheOthersTheirs) {
    Shop shop(80);
    for (auto& v : shop.ahead[7].mean) v = 1e15F;
    for (auto& v : shop.ahead[7].total_variance) v = 1e31F;
    shop.ahead[7].seldom = false;
    auto const after = shop.levels(LevelRule::pooled);
    EXPECT_TRUE(after.of[7].failed);
    for (std::size_t i : {std::size_t{6}, std::size_t{8}}) {
        EXPECT_FALSE(after.of[i].failed);
        EXPECT_GT(after.of[i].policy.order_up_to, 0);
    }
}

}  // namespace
}  // namespace kindling::supply_module

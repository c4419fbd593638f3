#include "modules/forecast/compute.h"
#include "modules/forecast/place_scores.h"
#include "shop/shop_for_test.h"
#include <gtest/gtest.h>
#include <numeric>

namespace kindling::forecast {

namespace {

constexpr std::size_t days = 400, horizon = 28;

History shop_of_two_places() { return {.first = 20'000, .end = 20'000 + static_cast<Day>(days), .categories = {{"home", -1}}, .places = {"east", "west"}, .goods = {}}; }

GoodHistory good_of(std::string sku, std::string product) { return {.sku = std::move(sku), .product_id = std::move(product), .category = 0, .on_sale = true, .begun = 0, .sold = {}, .empty = {}, .by_place = {}, .attributes = {}}; }

// Sold on that day, and sent from there on it.
void sell(GoodHistory& g, std::size_t day, std::uint16_t place, int units) {
    auto const t = static_cast<std::int32_t>(day);
    if (!g.sold.empty() && g.sold.back().day == t) g.sold.back().units += units;
    else g.sold.push_back({t, units});
    g.left.push_back({t, place, static_cast<float>(units)});
    g.by_place.resize(2), g.by_place[place] += static_cast<float>(units);
}

// West sends on two days of seven, east on the others; a good sells two units every day.
History weekend_shop() {
    auto h = shop_of_two_places();
    for (int g = 0; g < 12; ++g) {
        h.goods.push_back(good_of("s" + std::to_string(10 + g), "p" + std::to_string(10 + g / 2)));
        for (std::size_t t = 0; t < days; ++t) sell(h.goods.back(), t, t % 7 >= 5, 2);
    }
    return h;
}

double sum_of_place(Kept const& k, Means const& means, std::size_t place, std::size_t h) {
    double sum = 0;
    for (std::size_t g = 0; g < k.goods.size(); ++g) sum += static_cast<double>(means.row(g)[h]) * k.part(g, place, h);
    return sum;
}

TEST(ByPlace, PlacesFollowTheirOwnDaysAndStillAddUp) {
    auto const history = weekend_shop();
    auto const made = compute(history, nullptr, horizon, {}, 2).value();
    auto const& k = made.kept;
    EXPECT_GT(made.places.followed, 0.9);
    auto const& means = k.models.at(Model::smoothing);
    for (std::size_t h = 0; h < horizon; ++h) {
        for (std::size_t g = 0; g < k.goods.size(); ++g) {
            EXPECT_NEAR(k.part(g, 0, h) + k.part(g, 1, h), 1, 1e-6) << "a good's days over places are the good's";
            EXPECT_GE(k.part(g, 0, h), 0);
        }
        double shop = 0;
        for (std::size_t g = 0; g < k.goods.size(); ++g) shop += static_cast<double>(means.row(g)[h]);
        EXPECT_NEAR(sum_of_place(k, means, 0, h) + sum_of_place(k, means, 1, h), shop, 1e-6 * shop);
        auto const west = sum_of_place(k, means, 1, h) / shop;
        if ((days + h) % 7 >= 5) EXPECT_GT(west, 0.8) << h;
        else EXPECT_LT(west, 0.2) << h;
    }
    ASSERT_EQ(made.places.found.size(), 2u);
    for (auto const& f : made.places.found) {
        EXPECT_EQ(f.own.points, 28 + 28 + 28) << "days of the three earlier origins";
        EXPECT_LT(f.own.miss, 0.5 * f.by_share.miss) << "shares know of no weekday";
    }
    // Kept and read again, it is the same split.
    auto const back = decode_kept(encode(k)).value();
    EXPECT_EQ(back.place_factors, k.place_factors);
    EXPECT_EQ(back.place_width, k.place_width);
}

TEST(ByPlace, WithoutAPatternOfTheirOwnSharesStay) {
    auto h = shop_of_two_places();
    for (int g = 0; g < 12; ++g) {
        h.goods.push_back(good_of("s" + std::to_string(10 + g), "p" + std::to_string(10 + g)));
        for (std::size_t t = 0; t < days; ++t) sell(h.goods.back(), t, 0, 3), sell(h.goods.back(), t, 1, 1);
    }
    auto const made = compute(h, nullptr, horizon, {}, 1).value();
    for (std::size_t d = 0; d < horizon; ++d) EXPECT_NEAR(made.kept.part(0, 0, d), 0.75, 0.02) << d;
    for (auto const w : made.kept.place_width) EXPECT_GE(w, 1);
}

TEST(ByPlace, AGoodOfWhichLittleIsKnownIsSplitAsItsProduct) {
    auto h = shop_of_two_places();
    for (int g = 0; g < 40; ++g) {
        h.goods.push_back(good_of("s" + std::to_string(10 + g), "p" + std::to_string(10 + g / 2)));
        bool const newcomer = g == 1;
        // The first product lies in the west alone, the others in both places.
        for (std::size_t t = newcomer ? days - 2 : 0; t < days; ++t) sell(h.goods.back(), t, g < 2 ? 1 : t % 2 == 0, 1);
        if (newcomer) h.goods.back().begun = static_cast<std::int32_t>(days - 2);
    }
    auto const made = compute(h, nullptr, horizon, {}, 1).value();
    EXPECT_TRUE(made.places.thin[1]);
    EXPECT_FALSE(made.places.thin[0]);
    EXPECT_TRUE(made.kept.goods[1].notes & static_cast<std::uint16_t>(Note::few_by_place));
    EXPECT_LT(made.kept.part(0, 0, 0), 0.05);
    EXPECT_LT(made.kept.part(1, 0, 0), 0.2) << "its product is not in the east; the half year's shares, drawn to the shop's, had said nearly half";
    EXPECT_NEAR(made.kept.part(2, 0, 0), 0.5, 0.06);
}

// Goods that sell on one day in twenty, of products that lie in one place alone: one good tells little of where it lies, its product more.
TEST(ByPlace, AProductTellsWhereItsGoodsLie) {
    auto h = shop_of_two_places();
    for (std::size_t g = 0; g < 60; ++g) {
        h.goods.push_back(good_of("s" + std::to_string(10 + g), "p" + std::to_string(10 + g / 3)));
        for (std::size_t t = 3 + (g * 7) % 20; t < days; t += 20) sell(h.goods.back(), t, (g / 3) % 2, 1);
    }
    auto const made = compute(h, nullptr, horizon, {}, 1).value();
    EXPECT_LT(made.places.gain, 0.95) << "beside shares of the half year, drawn to the shop's";
    for (std::size_t g = 0; g < 60; ++g) EXPECT_GT(made.kept.part(g, (g / 3) % 2, 0), 0.85) << g;
}

TEST(ByPlace, WhatWasSoldGoesWhereItLeftFrom) {
    auto g = good_of("A", "a");
    g.left = {{3, 0, 1}, {3, 1, 3}, {10, 1, 2}};
    std::vector<float> demand(20);
    demand[3] = 8, demand[8] = 2, demand[9] = 2, demand[16] = 4;
    float const usual[] = {0.25F, 0.75F};
    auto const sent = sent_of(g, demand, usual);
    std::vector<std::array<double, 2>> by(20);
    for (auto const& s : sent) by[static_cast<std::size_t>(s.day)][s.place] += static_cast<double>(s.units);
    EXPECT_EQ(by[3], (std::array{2.0, 6.0})) << "as that day's moves";
    EXPECT_EQ(by[8], (std::array{0.0, 2.0})) << "as the moves within three days";
    EXPECT_EQ(by[9], (std::array{0.0, 2.0}));
    EXPECT_EQ(by[16], (std::array{1.0, 3.0})) << "as usual";
}

TEST(ByPlace, PlacesAreHeldAgainstWhatTheySent) {
    auto const history = weekend_shop();
    Kept k{.run_id = "r", .origin = history.end - 28, .horizon = horizon, .categories = history.categories, .places = history.places, .goods = {}, .nodes = {}, .models = {}, .spreads = {}};
    Means means{horizon, std::vector<float>(history.goods.size() * horizon, 2.0F)};
    for (auto const& g : history.goods) k.goods.push_back({.sku = g.sku, .product_id = g.product_id, .category = 0, .shares = {0.5F, 0.5F}});
    k.models[Model::smoothing] = means;
    k.place_factors.assign(2, std::vector<float>(horizon, 1e-6F));
    for (std::size_t h = 0; h < horizon; ++h) k.place_factors[(days - 28 + h) % 7 >= 5][h] = 1;
    auto const right = score_places(k, Model::smoothing, history, k.origin, history.end);
    ASSERT_EQ(right.size(), 4u);
    for (auto const* place : {"east", "west"}) {
        auto const& own = right.at({place, Model::smoothing});
        EXPECT_EQ(own.points, 28);
        EXPECT_NEAR(own.miss / own.sold, 0, 1e-4);
        EXPECT_NEAR(own.span_miss / own.span_sold, 0, 1e-4);
        EXPECT_NEAR(right.at({place, Model::seasonal_naive}).miss, 0, 1e-9) << "every week is like the one before";
    }
    EXPECT_NEAR(right.at({"west", Model::smoothing}).sold, 8 * 2 * 12, 1e-6);
    k.place_factors.clear();
    auto const flat = score_places(k, Model::smoothing, history, k.origin, history.end);
    EXPECT_NEAR(flat.at({"west", Model::smoothing}).miss, 28 * 12, 1e-6) << "half of two units, every day";
    // Scored in two parts is scored once.
    auto parts = score_places(k, Model::smoothing, history, k.origin, k.origin + 10);
    for (auto const& [key, sums] : score_places(k, Model::smoothing, history, k.origin + 10, history.end)) parts[key].add(sums);
    EXPECT_EQ(parts.at({"west", Model::smoothing}).points, 28);
    EXPECT_NEAR(parts.at({"west", Model::smoothing}).miss, flat.at({"west", Model::smoothing}).miss, 1e-9);
    EXPECT_NEAR(parts.at({"west", Model::smoothing}).span_miss, flat.at({"west", Model::smoothing}).span_miss, 1e-9);
    // The rule to beat is both sides at once: nothing is said of it.
    k.models[Model::seasonal_naive] = means;
    EXPECT_TRUE(score_places(k, Model::seasonal_naive, history, k.origin, history.end).empty());
    PlacesLearned learned;
    learned.found.push_back({.place = 0, .own = {}, .by_share = {}, .last_week = {}});
    EXPECT_TRUE(scores_of(learned, Model::seasonal_naive, k.places).empty());
    EXPECT_EQ(scores_of(learned, Model::smoothing, k.places).size(), 2u);
}

TEST(ByPlace, ARunWithoutItsOwnSideIsNotInTheDivisor) {
    shop::test::ShopOnDisk shop{"place_scores"};
    auto tx = std::move(*shop.services.store->write(1));
    auto const of = [](double miss) { Sums s; s.points = 1, s.sold = 10, s.miss = miss; return s; };
    ASSERT_TRUE(save_place_scores(*tx, "a", "kept", {{{"east", Model::calendar}, of(2)}, {{"east", Model::seasonal_naive}, of(4)}}));
    ASSERT_TRUE(save_place_scores(*tx, "b", "kept", {{{"east", Model::seasonal_naive}, of(8)}}));
    auto const all = load_place_scores(*tx, "kept", "").value();
    EXPECT_EQ(all.at({"east", Model::smoothing}).miss, 2);
    EXPECT_EQ(all.at({"east", Model::seasonal_naive}).miss, 4);
}

// Moves are known of a hundred days in the east, then of none, then of 28 in the west: what came of the silent days is told by the half year before each origin, which knew of no west.
TEST(ByPlace, SilentDaysGoByWhatWasKnownBeforeTheOrigin) {
    auto h = shop_of_two_places();
    constexpr int units = 2, goods = 12;
    for (int g = 0; g < goods; ++g) {
        h.goods.push_back(good_of("s" + std::to_string(10 + g), "p" + std::to_string(10 + g)));
        for (std::size_t t = 0; t < days; ++t) sell(h.goods.back(), t, t >= days - 28, units);
        std::erase_if(h.goods.back().left, [](LeftUnits const& l) { return l.day < 200 || (l.day >= 300 && l.day < static_cast<std::int32_t>(days) - 28); });
    }
    auto const made = compute(h, nullptr, horizon, {}, 1).value();
    ASSERT_EQ(made.places.found.size(), 2u);
    // Of the newest origin all 28 days, of the one before the last three, which are as near as three days to moves.
    EXPECT_NEAR(made.places.found[1].own.sold, (28 + 3) * units * goods, 1);
    EXPECT_NEAR(made.places.found[0].own.sold, (3 * 28 - 31) * units * goods, 1);
}

}  // namespace

}  // namespace kindling::forecast

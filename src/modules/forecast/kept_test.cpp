// What is kept comes back; bytes that are none of ours are refused; quantiles of counts are those of the distribution; edits do what they say.
#include "core/random.h"
#include "modules/forecast/due.h"
#include "modules/forecast/store.h"
#include "modules/forecast/understand.h"
#include <cmath>
#include <cstring>
#include <gmock/gmock.h>

namespace kindling::forecast {
namespace {

Kept small() {
    Kept k{.run_id = "fcr_1", .origin = 20000, .horizon = 56, .categories = {{"home", -1}, {"cups", 0}}, .places = {"east", "west"}, .goods = {}, .nodes = {}, .models = {}, .spreads = {}};
    k.goods.push_back({.sku = "A", .product_id = "p", .category = 1, .notes = 3, .scale = 1.5f, .factor = 0.8f, .shares = {0.25f, 0.75f}});
    k.goods.push_back({.sku = "B", .product_id = "p", .category = 1, .notes = 0, .scale = 0, .factor = 1, .shares = {}});
    k.goods.push_back({.sku = "C", .product_id = "q", .category = -1, .notes = 0, .scale = 2, .factor = 1, .shares = {}});
    k.nodes[{Level::total, ""}] = {2, 0.5f};
    Means m{56, std::vector<float>(3 * 56)};
    for (std::size_t i = 0; i < 2 * 56; ++i) m.values[i] = static_cast<float>(i % 7) * 0.31f;
    k.models[Model::smoothing] = m;
    for (auto& level : k.spreads[Model::smoothing]) for (auto& s : level) s.sums.fill(0.3f), s.days.fill(0.6f);
    return k;
}

TEST(Kept, ComesBack) {
    auto const k = small();
    auto const back = decode_kept(encode(k)).value();
    EXPECT_EQ(back.run_id, "fcr_1");
    EXPECT_EQ(back.origin, 20000);
    EXPECT_EQ(back.places, k.places);
    ASSERT_EQ(back.goods.size(), 3u);
    EXPECT_EQ(back.goods[0].shares, k.goods[0].shares);
    EXPECT_EQ(back.nodes.at({Level::total, ""}).factor, 0.5f);
    for (std::size_t i = 0; i < 3 * 56; ++i) EXPECT_NEAR(back.models.at(Model::smoothing).values[i], k.models.at(Model::smoothing).values[i], 2e-5) << i;
    EXPECT_EQ(back.spreads.at(Model::smoothing)[2][1].days[3], 0.6f);
}

// Takes a number out of the bytes wherever it stands.
std::size_t without(std::string& bytes, float number) {
    std::string mark(4, '\0');
    std::memcpy(mark.data(), &number, 4);
    std::size_t found = 0;
    for (std::size_t at; (at = bytes.find(mark)) != bytes.npos; ++found) bytes.erase(at, 4);
    return found;
}

TEST(Kept, ElasticitiesComeBackAndOlderForecastsAreRead) {
    auto k = small();
    for (auto& g : k.goods) g.elasticity = -1.25f, g.price = 1234.5f;
    auto bytes = encode(k);
    EXPECT_EQ(decode_kept(bytes).value().goods[1].elasticity, -1.25f);
    EXPECT_EQ(decode_kept(bytes).value().goods[1].price, 1234.5f);
    bytes.resize(bytes.size() - 1 - 4 * level_count - 2);  // how places are split; the weather, and its effects
    bytes.replace(0, 8, "KFORE006");
    EXPECT_EQ(decode_kept(bytes).value().place_width[0], 1.0f);
    EXPECT_EQ(decode_kept(bytes).value().part(0, 1, 5), 0.75) << "by shares alone";
    EXPECT_TRUE(decode_kept(bytes).value().weather_moves.empty());
    bytes.pop_back();  // what the year before held
    bytes.replace(0, 8, "KFORE005");
    EXPECT_TRUE(decode_kept(bytes).value().year_held.empty());
    bytes.pop_back();  // what feasts held
    bytes.replace(0, 8, "KFORE004");
    EXPECT_TRUE(decode_kept(bytes).value().held_moves.empty());
    bytes.erase(bytes.size() - 2, 1);  // what boosted moves
    bytes.replace(0, 8, "KFORE003");
    EXPECT_EQ(decode_kept(bytes).value().boosted_on, Model::smoothing);
    bytes.resize(bytes.size() - 5);  // no holidays, nothing asked
    ASSERT_EQ(without(bytes, 1234.5f), 3u);
    bytes.replace(0, 8, "KFORE002");
    EXPECT_EQ(decode_kept(bytes).value().goods[1].elasticity, -1.25f);
    EXPECT_EQ(decode_kept(bytes).value().asked_of(Model::smoothing, Level::total), quantile_levels);
    ASSERT_EQ(without(bytes, -1.25f), 3u);
    bytes.replace(0, 8, "KFORE001");
    auto const before = decode_kept(bytes).value();
    EXPECT_EQ(before.goods[1].elasticity, 0);
    EXPECT_EQ(before.goods[0].factor, 0.8f);
    EXPECT_EQ(before.spreads.at(Model::smoothing)[2][1].days[3], 0.6f);
}

TEST(Kept, HolidaysAndAskedLevelsComeBack) {
    auto k = small();
    k.models[Model::calendar] = k.models[Model::smoothing], k.signals_on = Model::boosted, k.boosted_on = Model::calendar;
    k.holiday_moves.assign(3, std::vector<float>(56, 0.25f)), k.season_moves.assign(3, std::vector<float>(56, -0.5f)), k.holidays = {{3, 20010, 1.5f}};
    k.asked[Model::calendar].fill({0.02, 0.06, 0.3, 0.5, 0.7, 0.95, 0.99});
    k.held_moves.assign(3, std::vector<float>(56, 0.125f)), k.year_held.assign(3, std::vector<float>(56, 0.25f));
    auto const back = decode_kept(encode(k)).value();
    EXPECT_EQ(back.held_moves, k.held_moves);
    EXPECT_EQ(back.year_held, k.year_held);
    EXPECT_EQ(back.holiday_moves, k.holiday_moves);
    EXPECT_EQ(back.season_moves, k.season_moves);
    ASSERT_EQ(back.holidays.size(), 1u);
    EXPECT_EQ(back.holidays[0].day, 20010);
    EXPECT_EQ(back.signals_on, Model::boosted);
    EXPECT_EQ(back.boosted_on, Model::calendar);
    EXPECT_NEAR(back.asked_of(Model::calendar, Level::product)[5], 0.95, 1e-6);
    EXPECT_EQ(back.asked_of(Model::yearly, Level::product), quantile_levels);
}

// A price that stays becomes the usual one within four weeks; a dearer one sells less until then.
TEST(Plans, AChangedListPriceCountsUntilItIsUsual) {
    EXPECT_DOUBLE_EQ(usual_price(0, 5000, 3), 5000);
    EXPECT_DOUBLE_EQ(usual_price(4000, 5000, 7), 4250);
    EXPECT_DOUBLE_EQ(usual_price(4000, 5000, 28), 5000);
    EXPECT_DOUBLE_EQ(usual_price(4000, 5000, 400), 5000);
    Plans plans{.factor = std::vector<std::vector<float>>(3), .price = {1, 0.5f, 1}, .promotion_ids = {}, .unlearned = {}};
    auto const k = small();
    auto moved = k.models.at(Model::smoothing);
    auto const was = moved;
    apply(plans, k, Model::smoothing, moved);
    for (std::size_t h = 0; h < 56; ++h) {
        EXPECT_FLOAT_EQ(moved.row(1)[h], 0.5f * was.row(1)[h]);
        EXPECT_EQ(moved.row(0)[h], was.row(0)[h]);
    }
}

// A feast of the year before held cuts that lifted its category by a half. Planned ones are these first: as much again changes the sum not at all, more of them only by what is more, and other goods of the category
// take less. So it is with the week of last year that `yearly` repeats. Models that know neither, and goods of other categories, are lifted as ever.
TEST(Plans, AFeastOrAYearThatHeldCutsIsNotLiftedTwice) {
    auto k = small();
    for (auto& g : k.goods) g.elasticity = -2;
    auto& means = k.models[Model::smoothing];
    for (std::size_t g = 0; g < 3; ++g)
        for (std::size_t h = 0; h < 56; ++h) means.row(g)[h] = 4;
    k.models[Model::calendar] = means, k.boosted_on = Model::calendar;
    k.holiday_moves.assign(3, std::vector<float>(56, 0.6F)), k.season_moves.assign(3, std::vector<float>(56)), k.held_moves.assign(3, std::vector<float>(56));
    for (std::size_t h = 10; h < 20; ++h) k.held_moves[2][h] = static_cast<float>(std::log(1.5));  // of "cups"
    auto const sum = [&](double lift, Model model, std::size_t h) {
        Plans plans{.factor = std::vector<std::vector<float>>(3), .promotion_ids = {"p"}, .unlearned = {}};
        plans.factor[0].assign(56, static_cast<float>(lift));
        hold_already(plans, k);
        auto moved = means;
        apply(plans, k, model, moved);
        EXPECT_FLOAT_EQ(moved.row(2)[h], 4) << "no category, no feast";
        EXPECT_NEAR(moved.row(0)[h] / moved.row(1)[h], lift, 1e-4) << "what is cut is lifted beside what is not";
        return static_cast<double>(moved.row(0)[h] + moved.row(1)[h]);
    };
    for (auto const model : {Model::calendar, Model::boosted}) {
        EXPECT_NEAR(sum(1.4, model, 12), 8, 1e-4) << "less than the feast held";
        EXPECT_NEAR(sum(2, model, 12), 8, 1e-4) << "as much";
        EXPECT_NEAR(sum(3, model, 12), 8 * 2 / 1.5, 1e-4) << "twice the category's days, of which one and a half were held";
        EXPECT_NEAR(sum(2, model, 30), 12, 1e-4) << "no feast";
    }
    EXPECT_NEAR(sum(2, Model::smoothing, 12), 12, 1e-4);
    k.models[Model::yearly] = means;
    EXPECT_NEAR(sum(2, Model::yearly, 12), 12, 1e-4) << "last year held nothing";
    k.year_held = k.held_moves;
    EXPECT_NEAR(sum(2, Model::yearly, 12), 8, 1e-4);
    EXPECT_NEAR(sum(3, Model::yearly, 12), 8 * 2 / 1.5, 1e-4);
    k.boosted_on = Model::yearly;
    EXPECT_NEAR(sum(2, Model::boosted, 12), 8, 1e-4) << "the boosted model stands on it";
    EXPECT_NEAR(sum(2, Model::yearly, 30), 12, 1e-4);
}

// A fifth off at an elasticity of -2 sells 1.25^2 as much; a promotion that goes on changes nothing, one that ended takes its lift away again.
TEST(Plans, MoveDaysByTheChangeOfPrice) {
    EXPECT_NEAR(price_factor(0.2, 0, -2), 1.5625, 1e-12);
    EXPECT_DOUBLE_EQ(price_factor(0.2, 0.2, -2), 1);
    EXPECT_NEAR(price_factor(0, 0.2, -2), 0.64, 1e-12);
    EXPECT_DOUBLE_EQ(price_factor(0.5, 0, 0.7), 1) << "a dearer good is never asked for more";
    EXPECT_DOUBLE_EQ(price_factor(1, 0, -3), 20) << "a gift is as far as it goes";
    auto k = small();
    Plans plans{.factor = std::vector<std::vector<float>>(3), .promotion_ids = {"p"}, .unlearned = {}};
    plans.factor[1].assign(56, 1);
    plans.factor[1][3] = 2;
    auto moved = k.models[Model::smoothing];
    apply(plans, k, Model::smoothing, moved);
    for (std::size_t h = 0; h < 56; ++h) {
        EXPECT_FLOAT_EQ(moved.row(1)[h], k.models[Model::smoothing].row(1)[h] * (h == 3 ? 2.0f : 1.0f));
        EXPECT_EQ(moved.row(0)[h], k.models[Model::smoothing].row(0)[h]);
    }
}

// A forecast is scored as it was read: with its planned promotions, which the rule to beat does not know.
TEST(Plans, AreInWhatIsScored) {
    auto k = small();
    k.models[Model::seasonal_naive] = k.models[Model::smoothing];
    Plans plans{.factor = std::vector<std::vector<float>>(3), .price = {3, 3, 3}, .promotion_ids = {"p"}, .unlearned = {}};
    plans.factor[1].assign(56, 1);
    plans.factor[1][3] = 2;
    auto const was = k.models[Model::smoothing];
    apply_promotions(plans, k);
    EXPECT_FLOAT_EQ(k.models[Model::smoothing].row(1)[3], 2 * was.row(1)[3]);
    EXPECT_EQ(k.models[Model::smoothing].row(1)[4], was.row(1)[4]) << "a price of today is none of its day";
    EXPECT_EQ(k.models[Model::smoothing].row(0)[3], was.row(0)[3]);
    EXPECT_EQ(k.models[Model::seasonal_naive].values, was.values);
}

TEST(Kept, HistoryComesBack) {
    History h{.first = 19000, .end = 19100, .categories = {{"c", -1}}, .places = {"main"}, .goods = {}};
    h.goods.push_back({.sku = "A", .product_id = "p", .category = 0, .on_sale = true, .begun = 3, .sold = {{3, 2}, {50, 70000}, {99, 1}}, .empty = {{10, 20}, {98, 100}}, .returned = 4, .by_place = {7}, .attributes = {}});
    auto const back = decode_history(encode(h)).value();
    ASSERT_EQ(back.goods.size(), 1u);
    auto const& g = back.goods[0];
    EXPECT_EQ(g.total(), 70003);
    EXPECT_EQ(g.sold[1].day, 50);
    EXPECT_EQ(g.empty, h.goods[0].empty);
    EXPECT_EQ(g.begun, 3);
    EXPECT_EQ(back.end, 19100);
}

TEST(Kept, DamagedBytesAreRefusedAndNeverRead) {
    auto placed = small();
    placed.place_factors.assign(2, std::vector<float>(56, 1));
    auto const bytes = encode(placed);
    EXPECT_EQ(decode_kept("").error().reason, "forecast_damaged");
    EXPECT_EQ(decode_kept(bytes.substr(0, bytes.size() - 1)).error().reason, "forecast_damaged");
    EXPECT_EQ(decode_kept(bytes + "x").error().reason, "forecast_damaged");
    EXPECT_FALSE(decode_history(bytes));
    Random random(7);
    for (int i = 0; i < 2000; ++i) {  // whatever is in them: an answer or an error, no more memory than there are bytes for
        auto hurt = bytes;
        for (int n = 0; n < 3; ++n) hurt[static_cast<std::size_t>(random.below(hurt.size()))] = static_cast<char>(random.below(256));
        auto const read = decode_kept(hurt);
        if (!read || read->horizon == 0) continue;
        std::vector<double> parts(read->places.size());
        for (std::size_t g = 0; g < read->goods.size(); ++g) {
            for (std::size_t p = 0; p < read->places.size(); ++p) EXPECT_TRUE(std::isfinite(read->part(g, p, read->horizon - 1)));
            if (!read->goods[g].shares.empty()) read->parts(g, 0, parts);
        }
    }
    auto odd = placed;
    odd.goods[0].shares = {0.25f};
    EXPECT_EQ(decode_kept(encode(odd)).error().reason, "forecast_damaged") << "shares of one place where there are two";
    odd.goods[0].shares = {std::nanf(""), 7};
    EXPECT_EQ(decode_kept(encode(odd)).value().goods[0].shares, (std::vector<float>{0, 1}));
}

TEST(Kept, PartsOfAllPlacesAreThoseOfEach) {
    auto k = small();
    for (int with = 0; with < 2; ++with) {
        std::vector<double> parts(2);
        for (std::size_t h = 0; h < k.horizon; ++h) {
            k.parts(0, h, parts);
            for (std::size_t p = 0; p < 2; ++p) EXPECT_NEAR(parts[p], k.part(0, p, h), 1e-12);
        }
        k.place_factors = {std::vector<float>(56, 1), std::vector<float>(56, 3)};
        for (std::size_t h = 0; h < k.horizon; ++h) k.place_factors[0][h] = static_cast<float>(h + 1);
    }
}

TEST(CountQuantiles, AreTheSmallestCountsThatReachTheLevel) {
    for (double const mean : {0.01, 0.3, 2.0, 40.0}) {
        for (double const d : {0.01, 0.5, 3.0}) {
            auto const q = count_quantiles(mean, d, quantile_levels);
            // By summing the probabilities themselves.
            auto const r = 1 / d;
            for (std::size_t i = 0; i < q.size(); ++i) {
                auto const below = [&](double x) { double sum = 0; for (double k = 0; k <= x; ++k) sum += std::exp(std::lgamma(k + r) - std::lgamma(r) - std::lgamma(k + 1) + r * std::log(r / (r + mean)) + k * std::log(mean / (r + mean))); return sum; };
                EXPECT_GE(below(q[i]), quantile_levels[i] - 1e-9);
                if (q[i] > 0) { EXPECT_LT(below(q[i] - 1), quantile_levels[i] + 1e-9); }
            }
        }
    }
    for (double const mean : {0.3, 40.0, 900.0})
        for (auto const d : {0.01, 0.5}) {
            auto const q = count_quantiles(mean, d, quantile_levels);
            for (std::size_t i = 0; i < q.size(); ++i) {
                EXPECT_GE(count_distribution(mean, d, q[i]), quantile_levels[i] - (mean > 300 ? 2e-3 : 1e-9));
                if (q[i] > 0) { EXPECT_LT(count_distribution(mean, d, q[i] - 1), quantile_levels[i] + (mean > 300 ? 2e-3 : 1e-9)); }
            }
        }
    auto const near = count_quantiles(299.9, 0.05, quantile_levels), far = count_quantiles(300.1, 0.05, quantile_levels);
    for (std::size_t i = 0; i < near.size(); ++i) EXPECT_NEAR(near[i], far[i], 0.015 * near[i]) << "the two laws meet";
    EXPECT_THAT(count_quantiles(0, 1, quantile_levels), testing::Each(0.0));
}

TEST(Edits, SetASumAndLeaveTheRest) {
    auto const k = small();
    auto means = k.models.at(Model::smoothing);
    EditRow e{.level = "product", .node_id = "p", .first_day = 20007, .last_day = 20013, .kind = "units", .amount = 40};
    auto const [before, after] = apply_edit(k, means, e);
    EXPECT_EQ(after, 40);
    double sum = 0;
    for (std::size_t g = 0; g < 2; ++g) for (std::size_t h = 7; h < 14; ++h) sum += means.row(g)[h];
    EXPECT_NEAR(sum, 40, 1e-4);
    EXPECT_EQ(means.row(0)[6], k.models.at(Model::smoothing).row(0)[6]);
    EXPECT_GT(before, 0);
    e = {.level = "variant", .node_id = "C", .first_day = 20000, .last_day = 20003, .kind = "units", .amount = 8};  // nothing was expected
    apply_edit(k, means, e);
    EXPECT_EQ(means.row(2)[0], 2);
    e = {.level = "variant", .node_id = "C", .first_day = 19998, .last_day = 20001, .kind = "percent", .amount = -50};  // began before the forecast
    apply_edit(k, means, e);
    EXPECT_EQ(means.row(2)[0], 1);
    EXPECT_EQ(means.row(2)[3], 2);
}

TEST(Demand, AnEmptyShelfIsFilledAndAHugeOrderIsNoDemand) {
    GoodHistory g{.sku = "A", .product_id = "p", .on_sale = true, .begun = 0, .sold = {}, .empty = {{14, 28}}, .by_place = {}, .attributes = {}};
    for (std::int32_t t = 0; t < 14; ++t) g.sold.push_back({t, t % 7 == 5 ? 6 : 2});
    g.sold.push_back({30, 80000});
    auto const d = demand_of(g, 35);
    EXPECT_EQ(d[19], 6) << "the same weekday of the week before";
    EXPECT_EQ(d[26], 6);
    EXPECT_EQ(d[27], 2);
    EXPECT_LE(d[30], 35);
    EXPECT_EQ(d[31], 0);
}

TEST(Demand, IsNotLearnedOfDaysOnWhichTheShopWasShut) {
    History h{.first = 0, .end = 140, .categories = {}, .places = {}, .goods = {{.sku = "A", .product_id = "p", .on_sale = true, .begun = 0, .sold = {}, .empty = {}, .by_place = {}, .attributes = {}}}};
    for (std::int32_t t = 0; t < 140; ++t) if (t % 7 != 6 && (t < 70 || t >= 84)) h.goods[0].sold.push_back({t, 1 + t % 7});
    h.closed = closed_days(h);
    ASSERT_EQ(h.closed.size(), 12u) << "two weeks of six days; the seventh is never open";
    auto const d = demand_of(h.goods[0], 140, h.closed);
    EXPECT_EQ(d[75], 1 + 75 % 7);
    EXPECT_EQ(d[83 - 7 * 1], 0) << "a weekday on which it never sells";
    // The same at the very end: the shop is shut today, and one good of two had ended before.
    auto shut = h;
    shut.goods.push_back(shut.goods[0]), shut.goods[1].sku = "B";
    std::erase_if(shut.goods[0].sold, [](auto const& s) { return s.day >= 126; });
    std::erase_if(shut.goods[1].sold, [](auto const& s) { return s.day >= 100; });
    shut.closed = closed_days(shut);
    EXPECT_EQ(shut.closed.size(), 24u);
    auto const goes_on = demand_of(shut.goods[0], 140, shut.closed), ended = demand_of(shut.goods[1], 140, shut.closed);
    for (std::size_t t = 126; t < 140; ++t) EXPECT_EQ(goes_on[t], t % 7 == 6 ? 0 : 1 + t % 7) << "a closing at the end is not the end of demand";
    for (std::size_t t = 107; t < 140; ++t) EXPECT_EQ(ended[t], 0) << "what ended before it has ended";
    std::vector<double> const sums(d.begin(), d.end());
    EXPECT_THAT(never_sold(sums, 140), testing::ElementsAre(false, false, false, false, false, false, true));
    EXPECT_THAT(never_sold(std::vector<double>(140), 140), testing::Each(false)) << "nothing was sold at all";
    h.goods[0].sold.clear();
    for (std::int32_t t = 0; t < 140; t += 3) h.goods[0].sold.push_back({t, 1});
    EXPECT_TRUE(closed_days(h).empty()) << "a shop that sells every third day is not shut on the others";
}

TEST(CountQuantiles, HoldTheirMeanHoweverFarForecastsWereMissed) {
    static constexpr double tails[] = {0.1, 0.9};
    for (double const mean : {6.0, 54.0, 290.0, 310.0, 9446.0})
        for (double const dispersion : {0.1, 3.0, 30.0, 480.0}) {
            auto const q = count_quantiles(mean, dispersion, tails);
            EXPECT_LE(q[0], mean) << mean << ' ' << dispersion;
            EXPECT_GE(q[1], mean) << mean << ' ' << dispersion;
        }
}

TEST(Due, TakesOutWhatAPlanPutsBackAndNothingElse) {
    // Good 0: nothing planned; good 1: cut by as much again, 21 days ahead; day 436 is a feast's, a year before then.
    Due due;
    due.days = 780, due.ahead.resize(2), due.row = {0, 0}, due.feast = {std::vector<bool>(780)};
    due.feast[0][436] = due.feast[0][300] = true;
    due.ahead[1].lift.assign(56, 0), due.ahead[1].lift[20] = static_cast<float>(std::log(2.0));
    using enum Due::Known;
    EXPECT_TRUE(due.takes_out(0, 500, 2, promotion));
    EXPECT_FALSE(due.takes_out(0, 500, 2, order_lines)) << "nothing would put it back";
    EXPECT_FALSE(due.takes_out(0, 436, 2, promotion)) << "the feast comes again, and nothing is planned for it yet";
    EXPECT_TRUE(due.takes_out(1, 500, 2, order_lines));
    EXPECT_TRUE(due.takes_out(1, 436, 2, order_lines)) << "planned again about a year later";
    EXPECT_FALSE(due.takes_out(1, 300, 2, order_lines)) << "another feast";
    EXPECT_FALSE(due.takes_out(1, 500, 5, order_lines)) << "not half as deep";
    due.ahead[1].before = std::log(1.9);
    EXPECT_FALSE(due.takes_out(1, 500, 2, order_lines)) << "what always comes off puts nothing back";
}

TEST(Demand, IsAsIfPromotionsHadNotBeen) {
    GoodHistory g{.sku = "A", .product_id = "p", .on_sale = true, .begun = 0, .sold = {}, .empty = {{14, 15}}, .by_place = {}, .attributes = {}};
    for (std::int32_t t = 0; t < 14; ++t) g.sold.push_back({t, t < 7 ? 4 : 6});
    for (std::int32_t t = 7; t < 14; ++t) g.lifted.emplace_back(t, 1.5F);
    g.lifted.emplace_back(40, 1.5F);  // beyond what is looked at
    for (auto const d : demand_of(g, 15)) EXPECT_EQ(d, 4) << "and a day with an empty shelf takes that of the week before";
}

TEST(Notes, OfASeasonAreToldWhereAllGoodsHaveThem) {
    using enum Note;
    auto const bits = [](auto... n) { return static_cast<std::uint16_t>((0 | ... | static_cast<std::uint16_t>(n))); };
    std::uint16_t const some[] = {bits(one_season, part_of_year, rare), bits(one_season)}, none[] = {bits(rare)};
    EXPECT_THAT(note_texts(Level::category, some), ::testing::ElementsAre("one_season")) << "and rare is told of goods alone";
    EXPECT_THAT(note_texts(Level::product, some), ::testing::ElementsAre("rare", "one_season"));
    EXPECT_THAT(note_texts(Level::total, std::span(some).first(1)), ::testing::ElementsAre("one_season", "part_of_year"));
    EXPECT_THAT(note_texts(Level::total, none), ::testing::IsEmpty());
    EXPECT_THAT(note_texts(Level::total, {}), ::testing::IsEmpty());
}

}  // namespace
}  // namespace kindling::forecast

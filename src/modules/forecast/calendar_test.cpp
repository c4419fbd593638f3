// Holidays are found again in a history that was made with them, and not in one that was made without; quantiles that were wrong come right by what came.
#include "core/random.h"
#include "modules/forecast/adapt.h"
#include "modules/forecast/calendar.h"
#include <cmath>
#include <gmock/gmock.h>

namespace kindling::forecast {
namespace {

constexpr std::size_t years_days = 700, ahead = 56;

// Twenty goods of two categories from 1 June 2023 on; feasts multiply the days of all.
History made_history(bool feasts) {
    History h{.first = day_from_civil(2023, 6, 1), .end = day_from_civil(2023, 6, 1) + static_cast<Day>(years_days), .categories = {{"a", -1}, {"b", -1}}, .places = {}, .goods = {}};
    Random random(3);
    for (int g = 0; g < 20; ++g) {
        GoodHistory good{.sku = "S" + std::to_string(10 + g), .product_id = "p" + std::to_string(g), .category = g % 2, .on_sale = true, .begun = 0, .sold = {}, .empty = {}, .by_place = {}, .attributes = {}};
        for (std::int32_t t = 0; t < static_cast<std::int32_t>(years_days); ++t) {
            auto const day = h.first + t;
            double rate = 6 + (weekday_of(day) >= 6 ? 2 : 0);
            if (feasts)
                for (int year : {2023, 2024, 2025}) {
                    if (auto const away = day - *series::day_of(series::Holiday::mid_year_618, year); away >= -2 && away <= 0) rate *= 2.5;
                    if (auto const away = day - *series::day_of(series::Holiday::spring_festival, year); away >= -3 && away <= 3) rate *= 0.4;
                }
            if (auto const n = random.poisson(rate); n > 0) good.sold.push_back({t, static_cast<std::int32_t>(n)});
        }
        h.goods.push_back(std::move(good));
    }
    return h;
}

TEST(Calendar, FindsTheFeastsOfAHistoryAndCarriesThemOn) {
    auto const h = made_history(true);
    Ground const ground(h);
    auto const origin = static_cast<std::size_t>(day_from_civil(2025, 1, 10) - h.first);  // 19 days before the second Spring Festival that is in it
    auto const c = learn_calendar(ground, origin, ahead);
    EXPECT_THAT(c.told, testing::Contains(series::Holiday::spring_festival));
    EXPECT_THAT(c.told, testing::Contains(series::Holiday::mid_year_618));
    auto const feast = static_cast<std::size_t>(*series::day_of(series::Holiday::spring_festival, 2025) - h.first);
    EXPECT_NEAR(c.moves[0][feast], std::log(0.4), 0.2) << "seen once, on another day of the year";
    EXPECT_NEAR(c.moves[0][feast + 3], std::log(0.4), 0.25);
    EXPECT_NEAR(c.moves[1][feast], std::log(0.4), 0.25) << "categories follow the shop";
    EXPECT_NEAR(c.moves[0][feast + 20], 0, 0.1);
    auto const june = static_cast<std::size_t>(day_from_civil(2024, 6, 18) - h.first);
    EXPECT_NEAR(c.moves[0][june], std::log(2.5), 0.15);
    auto const clean = without_holidays(ground, c, origin);
    EXPECT_NEAR(clean[0][june], ground.sums[0][june] / 2.5, 0.2 * ground.sums[0][june] / 2.5);
}

// At 618 of both years all goods of one category were cut, which stayed in the history: so much of the move is told as held, the move is what it was, and other feasts held nothing.
TEST(Calendar, TellsWhatOfAFeastWereCutsOfPrice) {
    auto h = made_history(true);
    Ground const plain(h);
    auto const before = learn_calendar(plain, years_days, ahead);
    EXPECT_TRUE(before.held.empty());
    for (std::size_t g = 0; g < h.goods.size(); g += 2)  // category a alone
        for (int year : {2023, 2024})
            for (int away = -2; away <= 0; ++away) h.goods[g].stays.emplace_back(static_cast<std::int32_t>(*series::day_of(series::Holiday::mid_year_618, year) - h.first) + away, 2.0F);
    Ground const ground(h);
    auto const c = learn_calendar(ground, years_days, ahead);
    EXPECT_EQ(c.moves, before.moves);
    ASSERT_EQ(c.held.size(), c.moves.size());
    auto const june = static_cast<std::size_t>(day_from_civil(2024, 6, 18) - h.first), spring = static_cast<std::size_t>(*series::day_of(series::Holiday::spring_festival, 2025) - h.first);
    std::size_t a = 0, b = 0;
    for (std::size_t i = 1; i < c.held.size(); ++i) (ground.nodes[ground.sum_nodes[i]].id == "a" ? a : b) = i;
    EXPECT_NEAR(c.held[0][june], std::log(2.0 / 1.5), 0.06) << "half of the shop was lifted by two";
    EXPECT_NEAR(c.held[0][spring], 0, 1e-9);
    EXPECT_NEAR(c.held[0][june + 12], 0, 1e-9);
    EXPECT_GE(c.held[a][june], c.held[0][june]);
    EXPECT_LE(c.held[b][june], c.held[0][june]);
    for (auto const& row : c.held)
        for (auto const v : row) EXPECT_GE(v, 0);
}

// A week of last year in which all goods of a category were cut to sell twice as much: so much of what the year before says of the same week ahead is told as held, and of no other.
TEST(YearBefore, TellsWhatCutsOfPriceDidOfIt) {
    auto h = made_history(false);
    constexpr std::size_t again = 20;
    auto const first = static_cast<std::int32_t>(years_days - 364 + again - 3);
    EXPECT_TRUE(cuts_of_year(Ground(h), years_days, ahead).empty());
    for (std::size_t g = 0; g < h.goods.size(); g += 2) {
        for (auto& d : h.goods[g].sold) if (d.day >= first && d.day < first + 7) d.units *= 2;
        for (std::int32_t t = first; t < first + 7; ++t) h.goods[g].stays.emplace_back(t, 2.0F);
    }
    Ground const ground(h);
    auto const year = year_before(ground, ground.sums, years_days, ahead), held = cuts_of_year(ground, years_days, ahead);
    ASSERT_EQ(held.size(), year.size());
    std::size_t a = 0, b = 0;
    for (std::size_t i = 1; i < held.size(); ++i) (ground.nodes[ground.sum_nodes[i]].id == "a" ? a : b) = i;
    EXPECT_NEAR(held[0][again], std::log(1.5), 0.05) << "half of the shop was lifted by two";
    EXPECT_GT(held[a][again], held[0][again]);
    EXPECT_LT(held[b][again], held[0][again]);
    EXPECT_NEAR(year[0][again] - held[0][again], 0, 0.15) << "without its cuts the week was as any other";
    EXPECT_NEAR(held[0][again + 10], 0, 1e-9);
    EXPECT_NEAR(held[0][again - 10], 0, 1e-9);
}

TEST(Calendar, HardlyMovesAHistoryWithoutFeasts) {
    auto const h = made_history(false);
    Ground const ground(h);
    auto const c = learn_calendar(ground, years_days, ahead);
    double most = 0;
    for (auto const v : c.moves[0]) most = std::max(most, std::abs(v));
    EXPECT_LE(c.told.size(), 2u);
    EXPECT_LT(most, 0.12);
    EXPECT_FALSE(learn_calendar(ground, 60, ahead).any) << "too little is known";
}

// Dispersions of few windows are drawn to usual ones and too wide for plain Poisson demand: what came says so, and nothing is lost where they were right. Means that are a third too high for a month before the newest origin and in it: asked levels go down.
TEST(Adapted, FollowsWhatCameWhereThatHelped) {
    auto const h = made_history(false);
    Ground const ground(h);
    auto const tests = [&](double wrong) {
        std::vector<BackTest> out;
        for (std::size_t const age : {28, 56, 91}) {
            BackTest t{.origin = years_days - age, .days = std::min(age, ahead), .models = {}};
            Means m{ahead, std::vector<float>(h.goods.size() * ahead)};
            for (std::size_t g = 0; g < h.goods.size(); ++g)
                for (std::size_t d = 0; d < ahead; ++d) m.row(g)[d] = static_cast<float>((6 + (weekday_of(h.first + static_cast<Day>(t.origin + d)) >= 6 ? 2 : 0)) * (age == 91 ? 1 : wrong));
            t.models[Model::smoothing] = std::move(m), out.push_back(std::move(t));
        }
        return out;
    };
    auto const run = [&](std::vector<BackTest> const& t) {
        auto const spreads = learn_spread(ground, t, Model::smoothing);
        return adapt_levels(ground, t, Model::smoothing, spreads, learn_factors(ground, t, Model::smoothing, spreads));
    };
    auto const right = run(tests(1)), wrong = run(tests(1.33));
    for (auto const& a : right) {
        EXPECT_LT(a.loss_share, 1.02);
        EXPECT_EQ(a.used, a.loss_share < 0.995);
        EXPECT_TRUE(std::ranges::is_sorted(a.asked));
    }
    auto const variant = static_cast<std::size_t>(Level::variant);
    ASSERT_TRUE(wrong[variant].used);
    EXPECT_LT(wrong[variant].loss_share, 0.99);
    for (std::size_t i = 0; i < quantile_levels.size(); ++i) EXPECT_LT(wrong[variant].asked[i], quantile_levels[i]);
}

// Means that were right in the second week alone: how far a day is missed does not shrink with how far off it is, and weeks that were missed alike share what they say.
TEST(Spread, ADayFurtherOffIsKnownNoBetter) {
    auto const h = made_history(false);
    Ground const ground(h);
    std::vector<BackTest> tests;
    for (std::size_t const age : {28, 56, 91}) {
        BackTest t{.origin = years_days - age, .days = std::min(age, ahead), .models = {}};
        Means m{ahead, std::vector<float>(h.goods.size() * ahead)};
        for (std::size_t g = 0; g < h.goods.size(); ++g)
            for (std::size_t d = 0; d < ahead; ++d) m.row(g)[d] = static_cast<float>((6 + (weekday_of(h.first + static_cast<Day>(t.origin + d)) >= 6 ? 2 : 0)) * (band_of(d) == 1 ? 1 : 2.5));
        t.models[Model::smoothing] = std::move(m), tests.push_back(std::move(t));
    }
    auto const spreads = learn_spread(ground, tests, Model::smoothing);
    auto const& days = spreads[static_cast<std::size_t>(Level::total)][class_count - 1].days;
    EXPECT_TRUE(std::ranges::is_sorted(days));
    EXPECT_FLOAT_EQ(days[0], days[1]) << "the first two are taken together";
    EXPECT_GT(days[0], 0.03f);
    for (auto const& level : spreads)
        for (auto const& spread : level) EXPECT_TRUE(std::ranges::is_sorted(spread.days));
}

}  // namespace
}  // namespace kindling::forecast

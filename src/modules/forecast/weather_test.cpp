// The weather: taken in with its bad lines named, learned where sales follow it, left alone where they do not, and what another one would do.
#include "core/random.h"
#include "modules/forecast/api.h"
#include "modules/forecast/compute.h"
#include "modules/forecast/questions.h"
#include "modules/forecast/weather_chance.h"
#include "modules/forecast/weather_desk.h"
#include "shop/shop_for_test.h"
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>

namespace kindling::forecast {
namespace {

constexpr std::size_t known_days = 560, ahead_days = 28, foretold = 14;
constexpr Day first_day = 20'000;

double season(std::size_t t) { return 15 + 11 * std::cos(2 * 3.14159265 * (static_cast<double>(first_day) + static_cast<double>(t) - 200) / 365.25); }

// Four categories of eight goods, the first two of which sell by the weather: so much more for a degree above the season's mean. Weather goes back a year before the first sale. restless: how far the shop and each category depart by themselves, for days together, as weather does.
struct Made { History history; std::vector<std::vector<double>> truth; };
Made made(double a_degree, bool weather, std::uint64_t seed = 7, double restless = 0) {
    constexpr std::size_t before = 365;
    Random random(seed);
    Made out{{.first = first_day, .end = first_day + static_cast<Day>(known_days), .categories = {{"drinks", -1}, {"fans", -1}, {"books", -1}, {"pens", -1}}, .places = {}, .goods = {}}, std::vector<std::vector<double>>(4, std::vector<double>(ahead_days))};
    std::vector<double> anomaly;
    double now = 0;
    for (std::size_t t = 0; t < before + known_days + ahead_days; ++t) now = 0.85 * now + random.normal(0, 2.2), anomaly.push_back(now);
    if (weather) {
        out.history.weather.first = first_day - static_cast<Day>(before), out.history.weather.ahead = foretold;
        for (std::size_t t = 0; t < anomaly.size(); ++t) out.history.weather.temperature.push_back(static_cast<float>(season(t + 365 - before) + anomaly[t])), out.history.weather.rain.push_back(static_cast<float>(random.chance(0.3) ? 8 * random.uniform() : 0));
    }
    Random sales(seed + 1), slow(seed + 1000);
    std::vector<std::vector<double>> by_itself(5, std::vector<double>(known_days + ahead_days));  // of the shop, of its categories
    for (auto& row : by_itself) {
        double at = 0;
        for (auto& v : row) v = at = 0.85 * at + restless * std::sqrt(1 - 0.85 * 0.85) * slow.normal(0, 1);
    }
    for (std::size_t g = 0; g < 32; ++g) {
        GoodHistory good{.sku = fmt::format("g{:02}", g), .product_id = fmt::format("p{:02}", g), .category = static_cast<std::int32_t>(g / 8), .on_sale = true, .begun = 0, .sold = {}, .empty = {}, .by_place = {}, .attributes = {}};
        for (std::size_t t = 0; t < known_days + ahead_days; ++t) {
            auto const mean = (4.0 + static_cast<double>(g % 8)) * (weekday_of(first_day + static_cast<Day>(t)) == 6 ? 1.5 : 1) * std::exp((g < 16 ? a_degree * anomaly[t + before] : 0) + by_itself[0][t] + by_itself[1 + g / 8][t]);
            auto const units = sales.poisson(mean);
            if (t >= known_days) out.truth[g / 8][t - known_days] += mean;
            else if (units > 0) good.sold.push_back({static_cast<std::int32_t>(t), static_cast<std::int32_t>(units)});
        }
        out.history.goods.push_back(std::move(good));
    }
    return out;
}

double wape(Made const& m, Means const& means, std::size_t days) {
    double miss = 0, came = 0;
    for (std::size_t c = 0; c < 4; ++c)
        for (std::size_t h = 0; h < days; ++h) {
            double f = 0;
            for (std::size_t g = 8 * c; g < 8 * c + 8; ++g) f += static_cast<double>(means.row(g)[h]);
            miss += std::abs(f - m.truth[c][h]), came += m.truth[c][h];
        }
    return miss / came;
}

TEST(Weather, IsFollowedWhereSalesFollowIt) {
    auto const with = made(0.05, true), without = made(0.05, false);
    auto const a = compute(with.history, nullptr, 56, {}, 2), b = compute(without.history, nullptr, 56, {}, 2);
    ASSERT_TRUE(a && b);
    auto const& found = a->findings.weather;
    EXPECT_EQ(b->findings.weather.without, "unknown");
    ASSERT_EQ(found.without, "") << found.loss_share << " " << found.shop[0] << " " << found.shop[1] << " " << found.known << " " << found.ahead;
    EXPECT_LT(found.loss_share, 0.9);
    EXPECT_EQ(found.known, known_days + 365);
    EXPECT_EQ(found.ahead, foretold);
    EXPECT_NEAR(found.shop[0], 0.025, 0.012) << "half the shop sells by it";
    ASSERT_EQ(a->kept.weather.effects.size(), 5u);
    EXPECT_NEAR(static_cast<double>(a->kept.weather.effects[1][0]), 0.05, 0.015) << "drinks";
    EXPECT_NEAR(static_cast<double>(a->kept.weather.effects[3][0]), 0, 0.012) << "books";
    ASSERT_EQ(a->findings.likely == Model::calendar || a->kept.boosted_on == Model::calendar, true);
    auto const& best = b->kept.models.at(b->findings.likely);
    auto const& weathered = a->kept.models.at(a->findings.likely);
    std::printf("two weeks of known weather: WAPE %.3f with, %.3f without; four weeks %.3f, %.3f\n", wape(with, weathered, foretold), wape(without, best, foretold), wape(with, weathered, ahead_days), wape(without, best, ahead_days));
    EXPECT_LT(wape(with, weathered, foretold), 0.85 * wape(without, best, foretold));
    EXPECT_LT(wape(with, weathered, ahead_days), wape(without, best, ahead_days));
    // Beyond the days that are known the season's mean adds nothing.
    EXPECT_NE(a->kept.weather_moves[1][0], 0);
    EXPECT_NEAR(static_cast<double>(a->kept.weather_moves[1][foretold]), 0, 1e-6);
    // It comes back, and so do its effects.
    auto const back = decode_kept(encode(a->kept)).value();
    EXPECT_EQ(back.weather_moves, a->kept.weather_moves);
    EXPECT_EQ(back.weather.effects, a->kept.weather.effects);
    EXPECT_EQ(back.weather.temperature, a->kept.weather.temperature);
}

TEST(Weather, IsLeftAloneWhereSalesDoNot) {
    for (std::uint64_t seed : {7, 20}) {
        auto const with = compute(made(0, true, seed, 0.15).history, nullptr, 56, {}, 2), without = compute(made(0, false, seed, 0.15).history, nullptr, 56, {}, 2);
        ASSERT_TRUE(with && without);
        EXPECT_EQ(with->findings.weather.without, "by_chance") << seed;
        EXPECT_TRUE(with->kept.weather_moves.empty());
        ASSERT_EQ(with->kept.models.size(), without->kept.models.size());
        for (auto const& [model, means] : without->kept.models) EXPECT_EQ(with->kept.models.at(model).values, means.values) << name(model) << ": no loss";
    }
}

// Shops that depart by themselves for days together, as the weather does: what is nothing but that is taken for weather no more often than is said, what is true is found.
TEST(Weather, IsToldFromChance) {
    auto const chance = [](double a_degree, std::uint64_t seed) { auto const m = made(a_degree, true, seed, 0.15); return weather_chance(Ground(m.history), {}, known_days, 2).value_or(1); };
    constexpr int shops = 48;
    int mistaken = 0, found = 0;
    double mean = 0;
    for (std::uint64_t seed = 1; seed <= shops; ++seed) {
        auto const none = chance(0, 10 * seed);
        mistaken += none <= most_weather_chance, mean += none / shops;
        if (seed <= 12) found += chance(0.05, 10 * seed) <= most_weather_chance;
    }
    std::printf("taken for weather: %d of %d without, mean chance %.2f; %d of 12 at 5 %% a degree\n", mistaken, shops, mean, found);
    EXPECT_LE(mistaken, 4) << "one in twelve";
    EXPECT_GE(mean, 0.4) << "as likely as not";
    EXPECT_LE(mean, 0.6);
    EXPECT_GE(found, 11);
}

TEST(Weather, ChanceNeedsDaysThatAreKnown) {
    auto m = made(0.05, true);
    EXPECT_LE(weather_chance(Ground(m.history), {}, known_days, 2), most_weather_chance);
    // Weather that begins after the first sale, or ended before the last, is held against the days that it has.
    m.history.weather.first += 500, m.history.weather.temperature.erase(m.history.weather.temperature.begin(), m.history.weather.temperature.begin() + 500), m.history.weather.rain.erase(m.history.weather.rain.begin(), m.history.weather.rain.begin() + 500);
    EXPECT_LE(weather_chance(Ground(m.history), {}, known_days, 2), most_weather_chance);
    m.history.weather.temperature.resize(380), m.history.weather.rain.resize(380);
    EXPECT_LE(weather_chance(Ground(m.history), {}, known_days, 2), most_weather_chance);
    m.history.weather.temperature.resize(300), m.history.weather.rain.resize(300);
    EXPECT_FALSE(weather_chance(Ground(m.history), {}, known_days, 2));
    EXPECT_FALSE(weather_chance(Ground(made(0.05, true).history), {}, 150, 2)) << "half a year of sales";
    EXPECT_FALSE(weather_chance(Ground(made(0.05, false).history), {}, known_days, 2));
    // A shop that sells too little to depart from anything is told that too little is known.
    m = made(0.05, true);
    for (auto& g : m.history.goods) std::erase_if(g.sold, [&](DayUnits const& d) { return &g != &m.history.goods[0] || d.day % 9 != 0; });
    EXPECT_FALSE(weather_chance(Ground(m.history), {}, known_days, 2));
    EXPECT_EQ(compute(m.history, nullptr, 56, {}, 2)->findings.weather.without, "too_short");
}

TEST(Weather, AStrayRowOfLongAgoIsNoWeatherOfOtherDays) {
    auto const chance = [](double a_degree, std::uint64_t seed) {
        auto m = made(a_degree, true, seed, 0.15);
        auto& w = m.history.weather;
        constexpr std::size_t earlier = 36'000;
        w.first -= static_cast<Day>(earlier);
        for (auto* of : {&w.temperature, &w.rain}) of->insert(of->begin(), earlier, std::nanf("")), of->front() = 9;
        return weather_chance(Ground(m.history), {}, known_days, 2).value_or(1);
    };
    int mistaken = 0, found = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) mistaken += chance(0, 10 * seed) <= most_weather_chance;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) found += chance(0.05, 10 * seed) <= most_weather_chance;
    EXPECT_LE(mistaken, 2) << "of 20";
    EXPECT_EQ(found, 4);
}

TEST(Weather, ThatNeverChangesExplainsNothing) {
    auto m = made(0.05, true);
    std::ranges::fill(m.history.weather.temperature, 21.3F), std::ranges::fill(m.history.weather.rain, 0.F);
    EXPECT_EQ(weather_chance(Ground(m.history), {}, known_days, 2), 1);
}

// What a good taken off sale on the last day leaves is not handed to those that remain, as if they had sold it.
TEST(Weather, AGoodTakenOffSaleLeavesTheOthersAsTheyWere) {
    // Drinks are of two goods alike.
    auto const shop = [](bool weather, bool archived) {
        auto m = made(0.05, weather);
        auto& goods = m.history.goods;
        goods.erase(goods.begin(), goods.begin() + 6);
        for (auto const g : {0, 1}) for (auto& d : goods[static_cast<std::size_t>(g)].sold) d.units *= 4;
        goods[1].on_sale = !archived;
        return m.history;
    };
    auto const units = [](Computed const& made) {
        double sum = 0;
        for (std::size_t h = 0; h < ahead_days; ++h) sum += static_cast<double>(made.kept.models.at(Model::calendar).row(0)[h]);
        return sum;
    };
    auto const both = compute(shop(true, false), nullptr, 56, {}, 2), one = compute(shop(true, true), nullptr, 56, {}, 2), without = compute(shop(false, true), nullptr, 56, {}, 2), without_both = compute(shop(false, false), nullptr, 56, {}, 2);
    ASSERT_TRUE(both && one && without && without_both);
    ASSERT_EQ(both->findings.weather.without, "");
    ASSERT_EQ(one->findings.weather.without, "");
    EXPECT_LT(units(*one), 1.2 * units(*both)) << "nor what the other sold";
    EXPECT_LT(units(*without), 1.2 * units(*without_both)) << "nor by adding up to a category that both had made";
}

TEST(Weather, OfAFewMonthsIsNotEnough) {
    auto m = made(0.05, true);
    m.history.weather.first = m.history.end - 300, m.history.weather.temperature.resize(300 + foretold), m.history.weather.rain.resize(300 + foretold);
    EXPECT_EQ(compute(m.history, nullptr, 56, {}, 2)->findings.weather.without, "too_short");
}

class WeatherDesk : public ::testing::Test {
protected:
    Result<TakenWeather> import(std::string_view text, std::string_view place = "") {
        auto const file_id = fmt::format("fil_WEATHER{}", ++files_);
        std::filesystem::create_directories(shop_.folder / "uploads" / "1");
        std::ofstream(shop_.folder / "uploads" / "1" / file_id) << text;
        return read_json<TakenWeather>(TRY(call("forecast.import_weather", {{"file_id", file_id}, {"place", place}})));
    }
    Result<json::value> call(std::string_view name, json::object const& request) { return shop_.run(operations_, name, request, now_); }
    std::vector<Operation> operations_ = operations();
    shop::test::ShopOnDisk shop_{"weather"};
    Milliseconds now_ = start_of(day_from_civil(2026, 7, 1)) + 36'000'000;
    int files_ = 0;
};

TEST_F(WeatherDesk, TakesInWhatIsReadableAndNamesTheRest) {
    auto const first = import("place,date,temperature (°C),precipitation (mm)\nmain,2026-06-28,21.5,0\nmain,2026-06-29,,3\nmain,2026-06-31,20,0\nmain,2026-06-30,88,0\nmain,2026-06-30,23,wet\nmain,2026-07-02,27.25,\n");
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(first->read, 6);
    EXPECT_EQ(first->created, 2);
    ASSERT_EQ(first->refused, 4);
    ASSERT_EQ(first->refused_lines.size(), 4u);
    EXPECT_EQ(first->refused_lines[0].line, 3);
    EXPECT_EQ(first->refused_lines[0].reason, "required");
    EXPECT_EQ(first->refused_lines[1].column, "date");
    EXPECT_EQ(first->refused_lines[1].reason, "malformed_date");
    EXPECT_EQ(first->refused_lines[2].column, "temperature (°C)");
    EXPECT_EQ(first->refused_lines[2].reason, "out_of_range");
    EXPECT_EQ(first->refused_lines[3].column, "precipitation (mm)");
    // Chinese columns, the day's extremes, another place; then what came of a day that had been foretold.
    EXPECT_EQ(import("日期,最低气温,最高气温,降水量\n2026-06-28,20,30,4\n2026-06-30,20,30,4\n", "上海")->created, 2);
    now_ += 3 * milliseconds_per_day;
    EXPECT_EQ(import("place,date,temperature,precipitation\nmain,2026-07-02,24,1\nmain,2026-06-28,21.5,0\n")->updated, 1);
    auto const known = read_json<WeatherKnown>(call("forecast.weather", {}).value()).value();
    ASSERT_EQ(known.places.size(), 2u);
    EXPECT_EQ(known.places[0].place, "main");
    EXPECT_EQ(known.places[0].days, 2);
    EXPECT_EQ(known.places[0].last_day, "2026-07-02");
    EXPECT_EQ(known.places[0].foretold, 0);
    auto const ahead = call("forecast.record_weather", {{"days", json::array{json::object{{"place", "main"}, {"day", "2026-07-05"}, {"temperature", 30}}, json::object{{"day", "tomorrow"}, {"temperature", 30}}}}});
    ASSERT_TRUE(ahead) << ahead.error().message;
    EXPECT_EQ(ahead->at("created").as_int64(), 1);
    EXPECT_EQ(ahead->at("refused_lines").at(0).at("line").as_int64(), 2);
    EXPECT_EQ(read_json<WeatherKnown>(call("forecast.weather", {}).value())->places[0].foretold, 1);
    {
        auto tx = std::move(*shop_.services.store->read(1));
        auto const read = read_weather(*tx, {.first = 0, .end = 1, .categories = {}, .places = {}, .goods = {}}, day_from_civil(2026, 7, 5)).value();
        EXPECT_EQ(read.first, day_from_civil(2026, 6, 28));
        EXPECT_EQ(read.ahead, 1u);
        EXPECT_TRUE(std::isnan(read.temperature[1])) << "29 June is not known";
        EXPECT_NEAR(read.rain[2], 4, 1e-5);
    }
    EXPECT_EQ(call("forecast.forget_weather", {{"place", "main"}})->at("days").as_int64(), 3);
    EXPECT_EQ(call("forecast.forget_weather", {{"place", "上海"}})->at("days").as_int64(), 2);
    EXPECT_TRUE(read_json<WeatherKnown>(call("forecast.weather", {}).value())->places.empty());
}

// A coldest above the warmest: the columns were swapped, or one of them is a slip; a mean of the two would hide it.
TEST_F(WeatherDesk, RefusesAColdestAboveTheWarmest) {
    auto const taken = import("date,temperature_min,temperature_max\n2026-06-28,30,-10\n2026-06-29,20,20\n2026-06-30,-5,4\n");
    ASSERT_TRUE(taken) << taken.error().message;
    EXPECT_EQ(taken->created, 2);
    ASSERT_EQ(taken->refused_lines.size(), 1u);
    EXPECT_EQ(taken->refused_lines[0].line, 2);
    EXPECT_EQ(taken->refused_lines[0].column, "temperature_min");
    EXPECT_EQ(taken->refused_lines[0].reason, "out_of_order");
    EXPECT_EQ(import("日期,气温,最低气温,最高气温\n2026-06-28,10,30,-10\n")->refused, 1) << "beside a mean, too";
}

// Of two forecasts asked for at once the page follows the one that is at work; of none at work the one that is first in line.
TEST_F(WeatherDesk, TheStatusNamesTheJobThatRuns) {
    auto const job = [&](std::string const& id, std::string const& state, std::int64_t created) {
        auto tx = std::move(*shop_.services.store->write(1));
        EXPECT_TRUE(tx->execute("INSERT INTO jobs (shop_id, job_id, operation, request, caller, state, created_at_ms) VALUES (1,?,'forecast.run','{}','{}',?,?)", id, state, created));
        EXPECT_TRUE(tx->commit());
    };
    auto const named = [&] { return std::string(call("forecast.status", {})->at("job_id").as_string()); };
    EXPECT_EQ(named(), "");
    job("done", "done", 9), job("later", "queued", 8), job("sooner", "queued", 7);
    EXPECT_EQ(named(), "sooner");
    job("works", "running", 5);
    EXPECT_EQ(named(), "works");
    job("newest", "queued", 10);
    EXPECT_EQ(named(), "works");
}

TEST_F(WeatherDesk, RefusesFilesThatAreNotInCelsiusAndMillimetres) {
    EXPECT_EQ(import("date,temperature (°F)\n2026-06-28,70\n").error().reason, "unit_not_known");
    EXPECT_EQ(import("date,humidity\n2026-06-28,70\n").error().reason, "temperature_column_missing");
    EXPECT_EQ(import("temperature\n20\n").error().reason, "date_column_missing");
}

TEST_F(WeatherDesk, TakesDaysAndNoHours) {
    EXPECT_EQ(import("time,temperature\n2026-06-28T00:00,18\n2026-06-28T01:00,17\n").error().reason, "not_daily");
    EXPECT_THAT(import("time,temperature\n2026-06-28T00:00,18\n2026-06-28T01:00,17\n").error().message, ::testing::HasSubstr("Line 3"));
    EXPECT_TRUE(read_json<WeatherKnown>(call("forecast.weather", {}).value())->places.empty()) << "nothing of them was kept";
    EXPECT_EQ(import("time,temperature\n2026-06-28T00:00,18\n2026-06-29 00:00:00+08:00,17\n2026-06-30Tx,17\n")->created, 2);
}

TEST_F(WeatherDesk, FindsTheDateBesideADayOfTheMonth) {
    auto const taken = import("year,day,date,temperature\n2026,28,2026-06-28,18\n2026,29,2026-06-29,19\n");
    ASSERT_TRUE(taken) << taken.error().message;
    EXPECT_EQ(taken->created, 2);
    EXPECT_EQ(taken->refused, 0);
}

TEST_F(WeatherDesk, BoundsThePlaces) {
    std::string text = "place,date,temperature\n";
    for (int p = 0; p < 500; ++p) text += fmt::format("p{},2026-06-28,18\n", p);
    EXPECT_EQ(import(text)->created, 500);
    EXPECT_EQ(import("place,date,temperature\none more,2026-06-28,18\n").error().reason, "too_many_places");
    EXPECT_EQ(import("place,date,temperature\np1,2026-06-29,18\n")->created, 1);
}

TEST_F(WeatherDesk, PlacesThatBeginLaterMakeNoStep) {
    auto const first = day_from_civil(2026, 1, 1), late = day_from_civil(2026, 5, 1), end = day_from_civil(2026, 7, 1);
    std::string text = "place,date,temperature\n";
    for (auto d = first; d < end; ++d) {
        auto const t = 2 + 0.1 * (d - first);  // spring
        text += fmt::format("main,{},{}\n", format_date(d), t);
        if (d >= late) text += fmt::format("north,{},{}\n", format_date(d), t - 6);
    }
    // Foretold, but for today, and of the north alone; and a place that shares no day with any.
    for (auto d = end + 1; d < end + 8; ++d) text += fmt::format("north,{},{}\n", format_date(d), 2 + 0.1 * (d - first) - 6);
    text += fmt::format("far,{},40\n", format_date(first - 1));
    ASSERT_TRUE(import(text));
    History const shop{.first = 0, .end = 1, .categories = {}, .places = {"main", "idle"}, .goods = {{.sku = "A", .product_id = "a", .sold = {}, .empty = {}, .by_place = {30, 0}, .attributes = {}}}};
    auto tx = std::move(*shop_.services.store->read(1));
    auto const read = read_weather(*tx, shop, end).value();
    EXPECT_EQ(read.first, first) << "what cannot be held beside the others is left out";
    for (std::size_t t = 1; t < read.temperature.size(); ++t)
        if (!std::isnan(read.temperature[t]) && !std::isnan(read.temperature[t - 1])) { EXPECT_NEAR(static_cast<double>(read.temperature[t] - read.temperature[t - 1]), 0.1, 0.01) << t; }
    EXPECT_NEAR(static_cast<double>(read.temperature[0]), 2 - 3, 0.01) << "the mean of both";
    EXPECT_EQ(read.ahead, 8u) << "today's is missing, the days behind it are not";
}

TEST_F(WeatherDesk, APlaceWithoutSalesTakesNothingFromTheWeights) {
    ASSERT_TRUE(import("place,date,temperature\nmain,2026-06-28,20\nwest,2026-06-28,10\nidle,2026-06-28,0\n"));
    History const shop{.first = 0, .end = 1, .categories = {}, .places = {"main", "west", "idle"}, .goods = {{.sku = "A", .product_id = "a", .sold = {}, .empty = {}, .by_place = {90, 10, 0}, .attributes = {}}}};
    auto tx = std::move(*shop_.services.store->read(1));
    EXPECT_NEAR(static_cast<double>(read_weather(*tx, shop, day_from_civil(2026, 6, 29)).value().temperature[0]), 19, 0.01);
}

TEST_F(WeatherDesk, SaysWhatAHotWeekWouldDo) {
    auto const ask = [&](json::object const& request) { return call("forecast.whatif_weather", request); };
    auto const day = [](std::size_t h) { return format_date(first_day + static_cast<Day>(known_days + h)); };
    json::object const week{{"level", "category"}, {"id", "drinks"}, {"first_day", day(20)}, {"last_day", day(26)}, {"warmer", 4}};
    EXPECT_EQ(ask(week).error().reason, "not_forecast");
    auto const keep = [&](Computed const& made, Model champion) {
        auto tx = std::move(*shop_.services.store->write(1));
        auto kept = made.kept;
        kept.run_id = fmt::format("fcr_{}", name(champion));
        ASSERT_TRUE(save_run(*tx, {.run_id = kept.run_id, .origin_day = kept.origin, .horizon_days = 56, .made_at_ms = now_ += 1, .made_by = "t", .looked_back = false, .champion = std::string(name(champion)), .goods = 32, .seconds = 0, .findings = "{}", .scored_until = kept.origin}, kept));
        ASSERT_TRUE(save_choice(*tx, {.champion = std::string(name(champion))}));
        ASSERT_TRUE(tx->commit());
    };
    auto const computed = compute(made(0.05, true).history, nullptr, 56, {}, 2);
    ASSERT_TRUE(computed);
    keep(*computed, Model::smoothing);
    EXPECT_EQ(ask(week).error().reason, "weather_not_followed");
    keep(*computed, Model::calendar);
    auto const then = ask(week);
    ASSERT_TRUE(then) << then.error().message;
    auto const factor = then->at("units_then").to_number<double>() / then->at("units").to_number<double>();
    EXPECT_NEAR(factor, std::exp(4 * 0.05), 0.08);
    auto books = week;
    books["id"] = "books";
    EXPECT_NEAR(ask(books)->at("units_then").to_number<double>() / ask(books)->at("units").to_number<double>(), 1, 0.05);
    // The driver: what known weather adds stands beside the rest, and all add up.
    auto const shown = read_json<Demand>(call("forecast.demand", {{"level", "category"}, {"id", "drinks"}}).value()).value();
    double weather = 0;
    for (auto const& a : shown.ahead) {
        EXPECT_NEAR(a.level + a.trend + a.week + a.season + a.weather + a.holiday + a.boosted + a.signals + a.price + a.promotion, a.without_edits, 1e-6 * (1 + a.without_edits));
        weather += std::abs(a.weather);
    }
    EXPECT_GT(weather, 10);
    EXPECT_NEAR(shown.ahead[foretold + 3].weather, 0, 1e-4);
}

}  // namespace
}  // namespace kindling::forecast

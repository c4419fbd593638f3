// forecast-weather: what it is worth to know the weather (modules/forecast/weather.h), by rolling origins on simulated shops.
//
// Two shops are made as the demo shop is; the weather is made beside them, anew for each run: a season, and departures from it that last some days (autoregressive, .85 a day, 4 °C). Of every other category each unit sold is drawn again,
// so that a degree above the season's mean sells 0, 2 or 5 % more. From each of three days, four weeks apart, the shop is forecast twice from what was known before it: with the weather of the past and a forecast of it for two weeks
// (which is what came: how wrong weather forecasts are is not in it), and without. Held against what was wanted, by category and day, over these two weeks and over four; the model is the likeliest of each run.
// followed: share of the runs in which the module took the weather in; where it did not, the two forecasts are one (weather_test holds it to that), and it is made once. wape = sum |miss| / sum wanted. degree: what the module found a degree to do to the whole shop.
// beyond_chance: the same shops, their whole history, each with many weathers made anew, and sales by them: share of these of which the module says that chance does not explain the sales, without which no weather is followed. check_cpu_s: processor time of one such check; run_cpu_s: of a forecast.
#include "forecast_weather.h"

#include <fmt/format.h>

#include <cmath>
#include <ctime>
#include <numbers>
#include <optional>

#include "bench_shop.h"
#include "core/random.h"
#include "modules/forecast/compute.h"
#include "modules/forecast/weather_chance.h"
#include "shop/simulator/time_line.h"

namespace kindling::bench {

namespace {

constexpr Day ahead = 28, foretold = 14, before = 400;
constexpr int origins = 3, weathers = 20;

struct Missed {
    double wanted = 0, miss = 0;
    double wape() const { return wanted > 0 ? miss / wanted : 0; }
};
struct Scored {
    Missed two_with, two_without, four_with, four_without, driven_with, driven_without;
    double runs = 0, followed = 0, degree = 0, checks = 0, beyond = 0;
};

forecast::DailyWeather made_weather(forecast::History const& h, std::uint64_t seed) {
    Random random(seed);
    forecast::DailyWeather out{.first = h.first - before};
    double departs = 0;
    for (auto day = out.first; day < h.end; ++day) {
        departs = 0.85 * departs + random.normal(0, 4 * std::sqrt(1 - 0.85 * 0.85));
        out.temperature.push_back(static_cast<float>(16 + 11 * std::cos(2 * std::numbers::pi * static_cast<double>(day - 202) / 365.25) + departs));
        out.rain.push_back(static_cast<float>(random.chance(0.3) ? random.uniform(0.5, 20) : 0));
    }
    return out;
}

bool driven(forecast::GoodHistory const& g) { return g.category >= 0 && g.category % 2 == 0; }

// At 0 too: units drawn again miss more than those that were, whatever the weather does.
void draw_again(forecast::History& h, forecast::DailyWeather const& weather, double a_degree, std::uint64_t seed) {
    auto random = Random(seed).stream("units");  // not the draws that made the weather
    for (auto& g : h.goods) {
        if (!driven(g)) continue;
        for (auto& d : g.sold) {
            auto const day = h.first + d.day;
            auto const usual = 16 + 11 * std::cos(2 * std::numbers::pi * static_cast<double>(day - 202) / 365.25);
            d.units = static_cast<std::int32_t>(random.poisson(d.units * std::exp(a_degree * (static_cast<double>(weather.temperature[static_cast<std::size_t>(day - weather.first)]) - usual))));
        }
        std::erase_if(g.sold, [](forecast::DayUnits const& d) { return d.units == 0; });
    }
}

forecast::History until(forecast::History const& whole, Day end) {
    auto out = whole;
    auto const days = static_cast<std::int32_t>(end - whole.first);
    out.end = end;
    for (auto& g : out.goods) {
        std::erase_if(g.sold, [&](forecast::DayUnits const& d) { return d.day >= days; });
        std::erase_if(g.empty, [&](auto const& span) { return span.first >= days; });
        for (auto& span : g.empty) span.second = std::min(span.second, days);
        if (g.begun >= days) g.begun = -1;
    }
    std::erase_if(out.closed, [&](std::int32_t d) { return d >= days; });
    return out;
}

double seconds_since(std::clock_t begun) { return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC; }

void score(forecast::History const& plain, std::uint64_t seed, double a_degree, Scored& to, double& run_cpu_s) {
    for (int k = 0; k < origins; ++k) {
        auto const weather = made_weather(plain, seed + static_cast<std::uint64_t>(k));
        auto whole = plain;
        draw_again(whole, weather, a_degree, seed + static_cast<std::uint64_t>(k));
        forecast::Ground const truth(whole);
        auto const end = whole.end - ahead * (k + 1);
        auto history = until(whole, end);
        history.weather = weather, history.weather.ahead = static_cast<std::size_t>(foretold);
        auto const begun = std::clock();
        auto const with = need(forecast::compute(history, nullptr, 56, {}, 2));
        run_cpu_s += seconds_since(begun);
        bool const followed = with.findings.weather.without.empty();
        history.weather = {};
        auto const apart = followed ? std::optional(need(forecast::compute(history, nullptr, 56, {}, 2))) : std::nullopt;
        auto const& without = apart ? *apart : with;
        ++to.runs, to.followed += followed, to.degree += std::expm1(with.findings.weather.shop[0]);
        auto const offset = static_cast<std::size_t>(end - whole.first);
        auto const categories = whole.categories.size();
        auto const see = [&](forecast::Computed const& made, Missed& two, Missed& four, Missed& moved) {
            auto const& means = made.kept.models.at(made.findings.likely);
            std::vector<double> f(categories * static_cast<std::size_t>(ahead)), a(f.size());
            for (std::size_t g = 0; g < whole.goods.size(); ++g)
                if (auto const c = whole.goods[g].category; c >= 0)
                    for (std::size_t h = 0; h < static_cast<std::size_t>(ahead); ++h) f[static_cast<std::size_t>(c * ahead) + h] += static_cast<double>(means.row(g)[h]), a[static_cast<std::size_t>(c * ahead) + h] += static_cast<double>(truth.demand[g][offset + h]);
            for (std::size_t i = 0; i < f.size(); ++i) {
                auto const h = static_cast<Day>(i) % ahead, c = static_cast<Day>(i) / ahead;
                auto const add = [&](Missed& m) { m.miss += std::abs(f[i] - a[i]), m.wanted += a[i]; };
                add(four);
                if (h < foretold) add(two);
                if (h < foretold && c % 2 == 0) add(moved);
            }
        };
        see(without, to.two_without, to.four_without, to.driven_without), see(with, to.two_with, to.four_with, to.driven_with);
    }
}

void check(forecast::History history, std::uint64_t seed, double a_degree, Scored& to, double& cpu_s) {
    history.weather = made_weather(history, seed);
    draw_again(history, history.weather, a_degree, seed);
    forecast::Ground const ground(history);
    auto const holidays = forecast::learn_calendar(ground, history.days(), 0).moves;
    auto const begun = std::clock();
    ++to.checks, to.beyond += forecast::weather_chance(ground, holidays, history.days(), 2).value_or(1) <= forecast::most_weather_chance;
    cpu_s += seconds_since(begun);
}

}  // namespace

void run_forecast_weather(BenchContext& context) {
    std::array<std::pair<std::string_view, double>, 3> const strengths{{{"none", 0}, {"2_percent", 0.02}, {"5_percent", 0.05}}};
    std::array<Scored, strengths.size()> scored;
    std::uint64_t seed = 1;
    double run_cpu_s = 0, check_cpu_s = 0, runs = 0, checks = 0;
    for (auto const last : {day_from_civil(2026, 6, 14), day_from_civil(2026, 10, 4)}) {
        auto const shop = BenchShop::demo({.seed = seed, .products = 222, .customers = 2500, .months = 20, .last_day = last, .scale = 0.6, .log_days = 1}, last + 1);
        auto tx = need(shop.store().read(1));
        auto const plain = need(forecast::read_history(*tx, start_of(last + 1, shop::simulator::shop_zone), {}, {}));
        for (std::size_t s = 0; s < strengths.size(); ++s) {
            score(plain, 100 * seed, strengths[s].second, scored[s], run_cpu_s);
            for (std::uint64_t w = 0; w < weathers; ++w) check(plain, 1000 * seed + w, strengths[s].second, scored[s], check_cpu_s);
        }
        ++seed;
    }
    for (std::size_t s = 0; s < strengths.size(); ++s) {
        auto const& [name, _] = strengths[s];
        auto const& m = scored[s];
        auto const tell = [&](std::string_view metric, Missed const& with, Missed const& without) { context.report(fmt::format("{}/{}", metric, name), with.wape(), "share", Reference{"without", without.wape()}); };
        tell("wape_two_weeks", m.two_with, m.two_without), tell("wape_four_weeks", m.four_with, m.four_without), tell("wape_two_weeks_driven_categories", m.driven_with, m.driven_without);
        context.report(fmt::format("followed/{}", name), m.followed / m.runs, "share");
        context.report(fmt::format("degree/{}", name), m.degree / m.runs, "share");
        context.report(fmt::format("runs/{}", name), m.runs, "count");
        context.report(fmt::format("beyond_chance/{}", name), m.beyond / m.checks, "share");
        context.report(fmt::format("checks/{}", name), m.checks, "count");
        runs += m.runs, checks += m.checks;
    }
    context.report("check_cpu_s", check_cpu_s / checks, "s"), context.report("run_cpu_s", run_cpu_s / runs, "s");
}

}  // namespace kindling::bench

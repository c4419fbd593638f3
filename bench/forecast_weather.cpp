// forecast-weather: what it is worth to know the weather (modules/forecast/weather.h), by rolling origins on simulated shops.
//
// Two shops are made as the demo shop is; the weather is made beside them: a season, and departures from it that last some days (autoregressive, .85 a day, 4 °C). Of every other category each unit sold is drawn again,
// so that a degree above the season's mean sells 0, 2 or 5 % more. From each of four days, four weeks apart, the shop is forecast twice from what was known before it: with the weather of the past and a forecast of it for two weeks
// (which is what came: how wrong weather forecasts are is not in it), and without. Held against what was wanted, by category and day, over these two weeks and over four; the model is the likeliest of each run.
// followed: share of the runs in which the module's back-test took the weather in. wape = sum |miss| / sum wanted. degree: what the module found a degree to do to the whole shop.
#include "forecast_weather.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "bench_shop.h"
#include "core/random.h"
#include "modules/forecast/compute.h"
#include "shop/simulator/time_line.h"

namespace kindling::bench {

namespace {

constexpr Day ahead = 28, foretold = 14, before = 400;
constexpr int origins = 4;

struct Missed {
    double wanted = 0, miss = 0;
    double wape() const { return wanted > 0 ? miss / wanted : 0; }
};
struct Scored {
    Missed two_with, two_without, four_with, four_without, driven_with, driven_without;
    double runs = 0, followed = 0, degree = 0;
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

void draw_again(forecast::History& h, forecast::DailyWeather const& weather, double a_degree) {
    Random random(11);
    for (auto& g : h.goods) {
        if (!driven(g) || a_degree == 0) continue;
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

void score(forecast::History const& whole, forecast::DailyWeather const& weather, Scored& to) {
    forecast::Ground const truth(whole);
    for (int k = 0; k < origins; ++k) {
        auto const end = whole.end - ahead * (k + 1);
        auto history = until(whole, end);
        auto const without = need(forecast::compute(history, nullptr, 56, {}, 2));
        history.weather = weather, history.weather.ahead = static_cast<std::size_t>(foretold);
        auto const with = need(forecast::compute(history, nullptr, 56, {}, 2));
        ++to.runs, to.followed += with.findings.weather.without.empty(), to.degree += std::expm1(with.findings.weather.shop[0]);
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

}  // namespace

void run_forecast_weather(BenchContext& context) {
    std::array<std::pair<std::string_view, double>, 3> const strengths{{{"none", 0}, {"2_percent", 0.02}, {"5_percent", 0.05}}};
    std::array<Scored, strengths.size()> scored;
    std::uint64_t seed = 1;
    for (auto const last : {day_from_civil(2026, 6, 14), day_from_civil(2026, 10, 4)}) {
        auto const shop = BenchShop::demo({.seed = seed, .products = 222, .customers = 2500, .months = 20, .last_day = last, .scale = 0.6, .log_days = 1}, last + 1);
        auto tx = need(shop.store().read(1));
        auto const plain = need(forecast::read_history(*tx, start_of(last + 1, shop::simulator::shop_zone), {}, {}));
        auto const weather = made_weather(plain, 100 + seed++);
        for (std::size_t s = 0; s < strengths.size(); ++s) {
            auto history = plain;
            draw_again(history, weather, strengths[s].second);
            score(history, weather, scored[s]);
        }
    }
    for (std::size_t s = 0; s < strengths.size(); ++s) {
        auto const& [name, _] = strengths[s];
        auto const& m = scored[s];
        auto const tell = [&](std::string_view metric, Missed const& with, Missed const& without) { context.report(fmt::format("{}/{}", metric, name), with.wape(), "share", Reference{"without", without.wape()}); };
        tell("wape_two_weeks", m.two_with, m.two_without), tell("wape_four_weeks", m.four_with, m.four_without), tell("wape_two_weeks_driven_categories", m.driven_with, m.driven_without);
        context.report(fmt::format("followed/{}", name), m.followed / m.runs, "share");
        context.report(fmt::format("degree/{}", name), m.degree / m.runs, "share");
        context.report(fmt::format("runs/{}", name), m.runs, "count");
    }
}

}  // namespace kindling::bench

#include "modules/forecast/weather_chance.h"
#include "core/parallel.h"
#include "modules/forecast/calendar.h"
#include <algorithm>
#include <cmath>

namespace kindling::forecast {

namespace {

constexpr std::size_t least_shift = 28, least_days = least_weathered_sales / 2;
using Answers = std::array<double, 2 * weather_numbers>;  // of the shop, of the categories beside it

// Days of a sum that are known with the day before, and what they depart by beyond what that day's departure would leave.
struct Filtered {
    double kept = 0, variance = 0;
    std::vector<std::size_t> day = {};
    std::vector<double> by = {};
};

Filtered filtered(std::vector<double> const& departed) {
    Filtered out;
    double together = 0, square = 0;
    for (std::size_t t = 1; t < departed.size(); ++t)
        if (departed[t] != no_departure && departed[t - 1] != no_departure) together += departed[t] * departed[t - 1], square += departed[t - 1] * departed[t - 1];
    out.kept = square > 0 ? std::clamp(together / square, 0.0, 0.95) : 0;
    for (std::size_t t = 1; t < departed.size(); ++t)
        if (departed[t] != no_departure && departed[t - 1] != no_departure) out.day.push_back(t), out.by.push_back(departed[t] - out.kept * departed[t - 1]), out.variance += out.by.back() * out.by.back();
    out.variance /= static_cast<double>(std::max<std::size_t>(1, out.day.size()));
    return out;
}

// Squares of how many standard errors each number's effect is from nothing. weather: of day 0 of the history, in a circle of `known` days.
struct Circle { std::span<WeatherNumbers const> days; std::size_t first = 0; };
WeatherNumbers squared(Filtered const& y, Circle const& weather) {
    WeatherNumbers a{}, b{};
    auto const known = weather.days.size();
    for (std::size_t i = 0; i < y.day.size(); ++i) {
        auto const at = (weather.first + y.day[i]) % known;
        auto const &now = weather.days[at], &before = weather.days[at > 0 ? at - 1 : known - 1];
        for (std::size_t k = 0; k < weather_numbers; ++k) {
            auto const x = now[k] - y.kept * before[k];
            a[k] += x * x, b[k] += x * y.by[i];
        }
    }
    WeatherNumbers out{};
    for (std::size_t k = 0; k < weather_numbers; ++k) out[k] = a[k] > 0 && y.variance > 0 ? b[k] * b[k] / (a[k] * y.variance) : 0;
    return out;
}

// The strongest of each one's answers, all in units of what chance makes of them: of the shop a normal deviate, of the categories the cube root of a sum of squares, which is nearly one (Wilson & Hilferty 1931).
std::vector<double> strongest(std::vector<Answers> const& all) {
    std::vector<double> out(all.size());
    auto const n = static_cast<double>(all.size());
    for (std::size_t k = 0; k < Answers{}.size(); ++k) {
        double mean = 0, square = 0;
        for (auto const& a : all) mean += a[k] / n, square += a[k] * a[k] / n;
        if (k < weather_numbers) mean = 0;
        auto const deviation = std::sqrt(std::max(0.0, square - mean * mean));
        for (std::size_t i = 0; deviation > 1e-9 && i < all.size(); ++i) out[i] = std::max(out[i], (all[i][k] - mean) / deviation);
    }
    return out;
}

}  // namespace

double weather_chance(Ground const& ground, Moves const& holidays, std::size_t origin, unsigned threads) {
    auto const& w = ground.history.weather;
    auto const first = w.first, end = std::min(ground.history.first + static_cast<Day>(origin), first + static_cast<Day>(w.temperature.size()));
    if (origin < least_weathered_sales || end - first < static_cast<Day>(least_weather_days)) return 1;
    auto const known = static_cast<std::size_t>(end - first);
    auto const climate = climate_of(w, first, known, 0);
    if (!climate) return 1;
    auto const numbers = departed_weather(*climate, known);
    std::vector<Filtered> rows;
    std::vector<double> shop;
    for (std::size_t i = 0; i < move_rows(ground); ++i) {
        auto departed = departures_without(ground, holidays, i, origin);
        for (std::size_t t = 0; t < origin; ++t)
            if (auto const day = ground.history.first + static_cast<Day>(t); day < first || day >= end) departed[t] = no_departure;
        if (i == 0) shop = departed;
        else for (std::size_t t = 0; t < origin; ++t) departed[t] = departed[t] == no_departure || shop[t] == no_departure ? no_departure : departed[t] - shop[t];
        rows.push_back(filtered(departed));
        if (rows.back().day.size() < least_days && i > 0) rows.pop_back();
    }
    if (rows.empty() || rows[0].day.size() < least_days) return 1;
    // Day 0 of the history in the circle; it may begin before the weather does.
    auto const from = static_cast<std::size_t>(((ground.history.first - first) % static_cast<Day>(known) + static_cast<Day>(known)) % static_cast<Day>(known));
    std::vector<Answers> answers(1 + weather_shifts);  // of the days themselves, then of each shift
    parallel_for(answers.size(), [&](std::size_t i) {
        auto const shift = i == 0 ? 0 : least_shift + (i - 1) * (known - 2 * least_shift) / (weather_shifts - 1);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            auto const z = squared(rows[row], {numbers, from + shift});
            for (std::size_t k = 0; k < weather_numbers; ++k) row == 0 ? answers[i][k] = std::sqrt(z[k]) : answers[i][weather_numbers + k] += z[k];
        }
        for (std::size_t k = weather_numbers; k < answers[i].size(); ++k) answers[i][k] = std::cbrt(answers[i][k]);
    }, threads);
    auto const strong = strongest(answers);
    return static_cast<double>(std::count_if(strong.begin() + 1, strong.end(), [&](double v) { return v >= strong[0]; })) / static_cast<double>(weather_shifts);
}

}  // namespace kindling::forecast

#include "modules/forecast/weather_chance.h"
#include "core/parallel.h"
#include "modules/forecast/calendar.h"
#include <algorithm>
#include <cmath>

namespace kindling::forecast {

namespace {

constexpr std::size_t least_shift = 28, least_days = least_weathered_sales / 2;
using Answers = std::array<double, 2 * weather_numbers>;  // of the shop, of the categories beside it

// Days of a sum that are known with the day before, by their place in the circle of days with weather, and what they depart by beyond what the day before would leave.
struct Filtered {
    double kept = 0, variance = 0;
    std::vector<std::size_t> place = {};
    std::vector<double> by = {};
};

Filtered filtered(std::vector<double> const& departed, std::vector<std::size_t> const& places) {
    Filtered out;
    double together = 0, square = 0;
    for (std::size_t t = 1; t < departed.size(); ++t)
        if (departed[t] != no_departure && departed[t - 1] != no_departure) together += departed[t] * departed[t - 1], square += departed[t - 1] * departed[t - 1];
    out.kept = square > 0 ? std::clamp(together / square, 0.0, 0.95) : 0;
    for (std::size_t t = 1; t < departed.size(); ++t)
        if (departed[t] != no_departure && departed[t - 1] != no_departure) out.place.push_back(places[t]), out.by.push_back(departed[t] - out.kept * departed[t - 1]), out.variance += out.by.back() * out.by.back();
    out.variance /= static_cast<double>(std::max<std::size_t>(1, out.place.size()));
    return out;
}

// Squares of how many standard errors each number's effect is from nothing, by the weather so many days on.
WeatherNumbers squared(Filtered const& y, std::span<WeatherNumbers const> circle, std::size_t shift) {
    WeatherNumbers a{}, b{};
    for (std::size_t i = 0; i < y.place.size(); ++i) {
        auto const at = (shift + y.place[i]) % circle.size();
        auto const &now = circle[at], &before = circle[at > 0 ? at - 1 : circle.size() - 1];
        for (std::size_t k = 0; k < weather_numbers; ++k) {
            auto const x = now[k] - y.kept * before[k];
            a[k] += x * x, b[k] += x * y.by[i];
        }
    }
    WeatherNumbers out{};
    auto const least = 1e-6 * static_cast<double>(y.place.size());  // what never changes has no effect, whatever its last digits do
    for (std::size_t k = 0; k < weather_numbers; ++k) out[k] = a[k] > least && y.variance > 0 ? b[k] * b[k] / (a[k] * y.variance) : 0;
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

std::optional<double> weather_chance(Ground const& ground, Moves const& holidays, std::size_t origin, unsigned threads) {
    auto const& w = ground.history.weather;
    auto const end = std::min(ground.history.first + static_cast<Day>(origin), w.first + static_cast<Day>(w.temperature.size()));
    if (origin < least_weathered_sales || end <= w.first) return {};
    auto const span = static_cast<std::size_t>(end - w.first);
    auto const climate = climate_of(w, w.first, span, 0);
    if (!climate) return {};
    // Days without weather are no weather of other days: the circle is of those that have some, one after the other. So a single row of long ago makes it a day longer, and no century.
    constexpr auto nowhere = static_cast<std::size_t>(-1);
    std::vector<WeatherNumbers> circle;
    std::vector<std::size_t> places(origin, nowhere);  // of the days of the history
    auto const numbers = departed_weather(*climate, span);
    for (std::size_t t = 0; t < span; ++t) {
        if (std::isnan(w.temperature[t])) continue;
        if (auto const day = w.first + static_cast<Day>(t) - ground.history.first; day >= 0) places[static_cast<std::size_t>(day)] = circle.size();
        circle.push_back(numbers[t]);
    }
    std::vector<Filtered> rows;
    std::vector<double> shop;
    for (std::size_t i = 0; i < move_rows(ground); ++i) {
        auto departed = departures_without(ground, holidays, i, origin);
        for (std::size_t t = 0; t < origin; ++t)
            if (places[t] == nowhere) departed[t] = no_departure;
        if (i == 0) shop = departed;
        else for (std::size_t t = 0; t < origin; ++t) departed[t] = departed[t] == no_departure || shop[t] == no_departure ? no_departure : departed[t] - shop[t];
        rows.push_back(filtered(departed, places));
        if (rows.back().place.size() < least_days && i > 0) rows.pop_back();
    }
    if (rows.empty() || rows[0].place.size() < least_days) return {};
    std::vector<Answers> answers(1 + weather_shifts);  // of the days themselves, then of each shift
    parallel_for(answers.size(), [&](std::size_t i) {
        auto const shift = i == 0 ? 0 : least_shift + (i - 1) * (circle.size() - 2 * least_shift) / (weather_shifts - 1);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            auto const z = squared(rows[row], circle, shift);
            for (std::size_t k = 0; k < weather_numbers; ++k) row == 0 ? answers[i][k] = std::sqrt(z[k]) : answers[i][weather_numbers + k] += z[k];
        }
        for (std::size_t k = weather_numbers; k < answers[i].size(); ++k) answers[i][k] = std::cbrt(answers[i][k]);
    }, threads);
    auto const strong = strongest(answers);
    return static_cast<double>(std::count_if(strong.begin() + 1, strong.end(), [&](double v) { return v >= strong[0]; })) / static_cast<double>(weather_shifts);
}

}  // namespace kindling::forecast

#include "modules/forecast/weather.h"
#include "modules/forecast/calendar.h"
#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace kindling::forecast {

namespace {

constexpr int around_days = 45;
constexpr double usual_effect = 0.1;    // of one deviation of a number, as a logarithm: how large effects are believed to be before anything is seen
constexpr double days_alike = 4;        // neighbouring days depart together: so many of them count as one
constexpr double most_departure = 1, most_move = 1.2;

using Waves = Eigen::Matrix<double, 5, 1>;
Waves waves(Day day) {
    auto const angle = 2 * std::numbers::pi * static_cast<double>(day) / 365.25;
    return {1, std::cos(angle), std::sin(angle), std::cos(2 * angle), std::sin(2 * angle)};
}

using Numbers = Eigen::Matrix<double, static_cast<int>(weather_numbers), 1>;
using Squares = Eigen::Matrix<double, static_cast<int>(weather_numbers), static_cast<int>(weather_numbers)>;

}  // namespace

WeatherNumbers Climate::at(std::size_t day, double warmer) const {
    auto const t = temperature[day] + warmer, usual = mean[day];
    return {t - usual, std::max(0.0, t - hot) - std::max(0.0, usual - hot), std::max(0.0, cold - t) - std::max(0.0, cold - usual), rain[day] - mean_rain};
}

std::optional<Climate> climate_of(DailyWeather const& w, Day first, std::size_t origin, std::size_t horizon) {
    auto const end = first + static_cast<Day>(origin);
    auto const value = [&](std::vector<float> const& of, Day day) { auto const at = static_cast<std::int64_t>(day) - w.first; return at >= 0 && at < static_cast<std::int64_t>(of.size()) ? static_cast<double>(of[static_cast<std::size_t>(at)]) : std::nan(""); };
    Eigen::Matrix<double, 5, 5> a = Eigen::Matrix<double, 5, 5>::Identity() * 1e-3;
    Waves b = Waves::Zero();
    std::vector<double> seen;
    double rains = 0, rain_days = 0;
    for (auto day = w.first; day < end && day < w.first + static_cast<Day>(w.temperature.size()); ++day) {
        auto const t = value(w.temperature, day);
        if (std::isnan(t)) continue;
        auto const x = waves(day);
        a += x * x.transpose(), b += x * t, seen.push_back(t);
        if (auto const r = value(w.rain, day); !std::isnan(r)) rains += std::log1p(r), ++rain_days;
    }
    if (seen.size() < least_weather_days) return {};
    Waves const fitted = a.ldlt().solve(b);
    std::ranges::sort(seen);
    Climate out{.temperature = {}, .rain = {}, .mean = {}, .mean_rain = rain_days > 0 ? rains / rain_days : 0, .hot = seen[seen.size() * 9 / 10], .cold = seen[seen.size() / 10], .known = seen.size()};
    for (std::size_t t = 0; t < origin + horizon; ++t) {
        auto const day = first + static_cast<Day>(t);
        out.mean.push_back(fitted.dot(waves(day)));
        bool const may_know = t < origin + w.ahead;
        auto const degrees = may_know ? value(w.temperature, day) : std::nan(""), mm = may_know ? value(w.rain, day) : std::nan("");
        out.known_ahead += t >= origin && !std::isnan(degrees);
        out.temperature.push_back(std::isnan(degrees) ? out.mean.back() : degrees), out.rain.push_back(std::isnan(mm) ? out.mean_rain : std::log1p(mm));
    }
    return out;
}

std::vector<WeatherNumbers> departed_weather(Climate const& climate, std::size_t days) {
    std::vector<WeatherNumbers> all(days), out(days);
    for (std::size_t t = 0; t < days; ++t) all[t] = climate.at(t);
    for (std::size_t t = 0; t < days; ++t) {
        auto const from = t < around_days ? 0 : t - around_days, to = std::min(days, t + around_days + 1);
        for (std::size_t k = 0; k < weather_numbers; ++k) {
            double mean = 0;
            for (auto u = from; u < to; ++u) mean += all[u][k];
            out[t][k] = all[t][k] - mean / static_cast<double>(to - from);
        }
    }
    return out;
}

std::vector<double> departures_without(Ground const& ground, Moves const& holidays, std::size_t row, std::size_t origin) {
    std::vector<double> sums(ground.sums[row].begin(), ground.sums[row].begin() + static_cast<std::ptrdiff_t>(origin));
    if (!holidays.empty()) for (std::size_t t = 0; t < origin; ++t) sums[t] *= std::exp(-holidays[row][t]);
    auto out = departures(sums);
    for (auto& v : out) if (v != no_departure) v = std::clamp(v, -most_departure, most_departure);
    return out;
}

std::optional<Weathered> learn_weather(Ground const& ground, Moves const& holidays, std::size_t origin, std::size_t horizon) {
    if (origin < least_weathered_sales) return {};
    auto climate = climate_of(ground.history.weather, ground.history.first, origin, horizon);
    if (!climate) return {};
    auto const numbers = departed_weather(*climate, origin);
    auto const rows = move_rows(ground);
    Weathered out{.climate = std::move(*climate), .effects = {}, .moves = Moves(rows, std::vector<double>(origin + horizon))};
    Numbers of_shop = Numbers::Zero();
    for (std::size_t i = 0; i < rows; ++i) {
        auto const departed = departures_without(ground, holidays, i, origin);
        Squares a = Squares::Zero();
        Numbers b = Numbers::Zero(), own = of_shop;
        double squares = 0, n = 0;
        for (std::size_t t = 0; t < origin; ++t) {
            if (departed[t] == no_departure) continue;
            Eigen::Map<Numbers const> const x(numbers[t].data());
            auto const y = departed[t] - x.dot(of_shop);
            a += x * x.transpose(), b += x * y, squares += y * y, ++n;
        }
        if (n >= static_cast<double>(least_weathered_sales) / 2) {
            Squares drawn = a;
            for (int k = 0; k < drawn.rows(); ++k) {
                auto const deviation = a(k, k) / n;
                drawn(k, k) += days_alike * squares / n * std::max(deviation, 1e-6) / (usual_effect * usual_effect) + 1e-9;
            }
            own += drawn.ldlt().solve(b);
        }
        if (i == 0) of_shop = own;
        WeatherEffect effect{};
        for (std::size_t k = 0; k < weather_numbers; ++k) effect[k] = own(static_cast<Eigen::Index>(k));
        out.effects.push_back(effect);
        for (std::size_t t = 0; t < origin + horizon; ++t) {
            auto const now = out.climate.at(t);
            double move = 0;
            for (std::size_t k = 0; k < weather_numbers; ++k) move += effect[k] * now[k];
            out.moves[i][t] = std::clamp(move, -most_move, most_move);
        }
    }
    return out;
}

}  // namespace kindling::forecast

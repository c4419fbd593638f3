// forecast.whatif_weather: other days than the weather that is known of them, by the effects that the newest forecast learned (weather.h) and follows.
#include "modules/forecast/questions.h"
#include "modules/forecast/weather_desk.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace kindling::forecast {

Result<WeatherThen> what_if_weather(Context& context, WhatIfWeather const& in) {
    auto const now = TRY(load_current(context.tx()));
    auto const& kept = now.kept;
    auto const& w = kept.weather;
    if (in.level == Level::total && !in.id.empty()) return fail(Errc::invalid_argument, "invalid_request", "The total has no id.", {{"/id", "out_of_range", "must be empty for the total"}});
    auto const [members, first, last] = TRY(asked_days(kept, in.level, in.id, in.first_day, in.last_day));
    if (w.effects.empty() || kept.under(now.champion) != Model::calendar) return fail(Errc::failed_precondition, "weather_not_followed", "The trusted forecast does not follow the weather: none was taken in, or it did not help; forecast.status says which.");
    WeatherThen out;
    for (auto d = first; d <= last; ++d) {
        auto const h = static_cast<std::size_t>(d - kept.origin);
        auto const t = static_cast<double>(w.temperature[h]), then = t + in.warmer, hot = static_cast<double>(w.hot), cold = static_cast<double>(w.cold);
        out.temperature += t / static_cast<double>(last - first + 1);
        for (auto const g : members) {
            auto const& effect = w.effects[kept.feast_row(g)];
            auto const move = static_cast<double>(effect[0]) * in.warmer + static_cast<double>(effect[1]) * (std::max(0.0, then - hot) - std::max(0.0, t - hot)) + static_cast<double>(effect[2]) * (std::max(0.0, cold - then) - std::max(0.0, cold - t));
            auto const units = static_cast<double>(now.means.row(g)[h]);
            out.units += units, out.units_then += units * std::exp(std::clamp(move, -1.2, 1.2));
        }
    }
    return out;
}

}  // namespace kindling::forecast

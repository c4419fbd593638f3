// modules/forecast/follow.h -- what moves the days of a forecast: holidays, the weather and the year before, learned at every earlier origin and today, and how far they are followed.
//
// Holidays (and the weather, where it is known) are taken out of the sums before these are forecast and put in ahead. Goods move by what the holidays change of their sums; with the weather they are drawn to what their categories' days
// without it forecast (calendar_shift). To which powers is chosen by what the earlier origins missed; what the weather is worth is what it changes with all of that held fixed, drawn as with it.
#pragma once
#include "modules/forecast/calendar.h"
#include "modules/forecast/weather.h"

namespace kindling::forecast {

// What was learned at one origin. weather: what of the calendar's moves it is.
struct DayMoves { Calendar calendar = {}; std::optional<Weathered> weather = {}; Moves shift = {}, season = {}; };
struct Powers { double shift = 0, season = 0; };

// What the origins share; `tests` hold their smoothing forecasts, and with `now` those of today; bases: of each test, then of today.
struct Origins {
    Ground const& ground;
    std::span<BackTest const> tests;
    std::span<Base const> bases;
    Means const& now;
    std::span<std::size_t const> nearest;
    std::size_t horizon;

    enum class With { holidays, weather_left_out, weather };  // weather_left_out: what the weather is held against: its holidays alone, drawn as with it though none told anything
    std::vector<DayMoves> learn(With) const;
    Means moved_by(std::size_t test, DayMoves const&, Powers) const;                          // tests.size(): today
    double missed_by(std::vector<DayMoves> const&, Powers, std::size_t most_days) const;      // of all tests, their first days
    struct Best { Powers powers; double missed = 0; };
    // The powers that missed least. Where neither holidays nor weather told anything there is nothing to follow.
    std::optional<Best> best(std::vector<DayMoves> const&) const;
};

}  // namespace kindling::forecast

// modules/forecast/compute.h -- the whole way from a history to a forecast that is kept: back-tests, reconciliation chosen by them, models beside each other, spread, scores.
//
// Earlier origins (28, 56 and 91 days before the end, as far as eight weeks of history remain before them) are forecast as if their future were unknown, except that how a
// shelf was refilled is known. The nodes of each are made to add up by the mixture that erred least at these origins (engines/series/hierarchy), and variants are drawn to their share of their product (shares.h). yearly multiplies a category's days by
// (what those days of last year sold / what the four weeks before had sold a day) to a power found at the origins too; 0 where a year is not known.
// boosted (boosted.h) moves the likeliest of these towards one boosted model of all categories, as far as that missed less there. calendar (calendar.h, follow.h) takes holidays out of sums before they are forecast, puts those ahead in, and follows the year before without its holidays; how far each, by the same origins.
#pragma once
#include "modules/forecast/adapt.h"
#include "modules/forecast/by_place.h"
#include "modules/forecast/calendar.h"
#include "modules/forecast/scores.h"
#include "modules/forecast/signals.h"
#include "modules/forecast/spread.h"
#include "modules/forecast/weather.h"
#include "modules/forecast/widen.h"

namespace kindling::forecast {

// weather (weather.h) is taken out of sums and put in ahead as holidays are, in the model calendar and all that stand on it, where chance explains as much in 2 % of cases at most (weather_chance.h), and at the earlier origins the days whose weather is known ahead were not missed by a tenth more with it, everything else alike
// (four weeks by 2 % less, where fewer than seven are known), and all days by no 2 % more than by the likeliest model without.
struct WeatherFound {
    std::string without = "unknown";           // why no forecast counts it: unknown, too_short, by_chance, no_better; empty: it is followed
    double chance = 1;                         // with which other days' weather explains as much
    double loss_share = 1;                     // of what was missed on the days of the earlier origins whose weather is known ahead (four weeks, where fewer than seven are), with it beside without
    std::size_t known = 0, ahead = 0;          // days with weather before the end of the history, and after it
    WeatherEffect shop{};                      // its effects on the shop as of now
    double hot = 0, cold = 0;                  // °C from which on a day counts as hot, or cold
};

struct Findings {
    std::string reconciliation = "bottom_up";  // and its share; the rest is bottom-up
    double share = 0;
    std::vector<double> gain;                  // of each level: error divided by that of bottom-up, at the earlier origins
    double share_power = 0;                    // how far variants follow their share of their product (shares.h)
    double yearly_power = 0;
    double holiday_power = 0, season_power = 0;  // of the model calendar; 0, 0: no holiday told anything
    std::vector<series::Holiday> holidays;     // that did
    double boosted_power = 0;                  // how far the boosted sums are followed
    std::string boosted_without;               // why there is no boosted model: too_short, too_few_rows, boosting_absent, no_better; empty: there is one
    std::array<Adapted, level_count> adapted;  // of the likeliest model
    std::array<double, level_count> widened{1, 1, 1, 1};  // its dispersions, by level
    WeatherFound weather;                      // what the weather did, and whether it is followed
    std::int64_t origins = 0;
    Model likely = Model::smoothing;           // missed least at the earlier origins; what `signals` moves
    std::vector<SignalHelp> signals;           // how much what visitors did helps
};

struct Computed {
    Kept kept;
    Findings findings;
    Scores scores;                             // of the earlier origins
    PlacesLearned places;                      // how places are told apart, without the split itself, which is kept
};

// horizon: 1 .. 364. Deterministic for any number of threads. unavailable "cancelled".
// log: what visitors did; without it there is no model `signals`.
Result<Computed> compute(History const&, SignalLog const* log, std::size_t horizon, Progress const&, unsigned threads);

}  // namespace kindling::forecast

// engines/series/prepare.h -- a series made ready: complete, scaled, classified, and taken apart into season and the rest.
//
// Season is accepted when the autocorrelation at the period passes the 90 % test of the M competitions (|r_m| > 1.645 x its Bartlett
// error), and removed by classical decomposition (centred moving average; Makridakis, Wheelwright & Hyndman 1998, ch. 3): by ratio
// for positive series, by difference otherwise; indices are shrunk (James & Stein; Miller & Williams 2003). A season over 24 steps must
// also make dynamic Theta err less from earlier origins. Few seasons are too few for the test (the autocorrelation of two is at most one half): before there are six, one of
// up to 24 steps is accepted, too, when the season before foretells much better than a line does. What is cleaned before: clean.h. O(n x period).
#pragma once
#include "engines/series/series.h"

namespace kindling::series {

inline constexpr std::size_t few_seasons = 6;  // less than so many are few
// The longest season, in steps, that ETS and ARIMA carry in their state, and that few of its kind make indices of; a longer one is removed first.
inline constexpr std::size_t longest_own_season = 24;
inline constexpr double season_wins = 0.7;     // season_beside_line below it: the season before needs no other opinion

struct Season {
    std::size_t period = 1;
    bool present = false, multiplicative = false;
    std::vector<double> index;  // of position t % period; mean 1 (multiplicative) or 0
    double at(std::size_t t) const { return index[t % period]; }
    double remove(double y, std::size_t t) const { return !present ? y : multiplicative ? y / at(t) : y - at(t); }
    double restore(double x, std::size_t t) const { return !present ? x : multiplicative ? x * at(t) : x + at(t); }
};

struct Prepared {
    std::vector<double> y;         // oldest first, complete, divided by `unit`
    double unit = 1;               // mean absolute value; 1 when all are zero
    std::size_t period = 1;        // the shortest season asked for
    std::vector<std::size_t> periods;  // all of them that fit twice into the history, ascending
    Season season;                 // of `period`
    std::vector<double> adjusted;  // y without it
    bool positive = false;         // every value > 0
    bool non_negative = false;     // the domain
    Pattern pattern = Pattern::smooth;
    double demand_interval = 1;    // mean steps from one non-zero value to the next
    double demand_variation = 0;   // squared coefficient of variation of the non-zero values
    bool whole = false;            // every value was a whole number before it was divided
    std::vector<double> profile;   // intermittent demand only: share of each position t % period, mean 1; empty when even
    // The season stands on too few of its kind for models that carry it in their state.
    bool young_season() const { return season.present && size() < 3 * period; }
    bool intermittent() const { return non_negative && (pattern == Pattern::intermittent || pattern == Pattern::lumpy); }
    std::size_t ends_early = 0;    // missing steps after the last value: step 1 of the caller is step ends_early + 1 of y
    Flags flags;
    std::size_t size() const { return y.size(); }
    // Small counts and rare demand: distributions of counts say more about them than intervals around a mean.
    bool counted() const { return intermittent() || (non_negative && whole && unit < 5); }
    std::vector<double> in_units() const;  // y as it was before it was divided, whole again where it was
};

// The seasons that a frequency has by itself, ascending; empty for unknown and yearly.
std::span<const std::size_t> periods_of(Frequency);

// The errors of forecast() that concern the series.
Result<Prepared> prepare(const Series&);
// The first `size` values of a prepared series, prepared anew without looking at the rest: for rolling origins. 1 <= size <= p.size().
Prepared shortened(const Prepared& p, std::size_t size);

bool seasonal_by_autocorrelation(std::span<const double> y, std::size_t period);
// index of each position by centred moving average; needs two whole periods. Of a period of up to 24 that is there less than three times a straight line stands for
// the trend: the moving average would leave one value for each position.
Season decompose(std::span<const double> y, std::size_t period, bool multiplicative);
// Errors of "the value of a season before, moved by the mean change" beside those of a line through its own values, over at most the last season; huge where fewer than four
// values, or a quarter of a season, have one before them. The line has seen what it is judged by.
double season_beside_line(std::span<const double> y, std::size_t period);
double median(std::vector<double> values);  // 0 when empty

}  // namespace kindling::series

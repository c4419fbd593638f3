// engines/series/series.h -- what comes next in a series of numbers: the one call that most callers need.
//
// forecast() looks at the series (gaps, zeros, season, length), runs the methods that suit its kind, takes a trimmed or a weighted mean
// of their answers, and puts calibrated quantiles around it. Regular series: exponential smoothing chosen by AICc, dynamic optimised
// Theta, complex smoothing, a small ARIMA grid (after Petropoulos & Svetunkov 2020), with the highest and the lowest answer left out of the mean
// (Jose & Winkler 2008). Long seasons (weeks): the median of smoothing with indices, with and without waves of the year, and of last year moved (harmonics.h); several seasons
// (hours): the median of these and of seasonal autoregressions, over the last five seasons.
//
// Intermittent demand: rates (intermittent.h), and quantiles of counts instead of intervals around a mean (counts.h).
//
// What is always true of an answer, whatever the numbers were: every value is finite, quantiles do not cross, the point lies where
// the history lets it lie (`Flag::limited` says when that had to be enforced), and nothing is negative when the history never was.
// Pure and deterministic; any number of threads. About 5 ms for ten years of months, of which exponential smoothing is half.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace kindling::series {

enum class Frequency : std::uint8_t { unknown, yearly, quarterly, monthly, weekly, daily, hourly };

// Where values can lie. automatic: non-negative when no value of the history is below zero, or hardly any: one, or a twentieth, in at least
// eight. Those are returns, and like every value below zero of a non-negative series they are taken as 0. real: below zero is as good as above.
enum class Domain : std::uint8_t { automatic, real, non_negative };

struct Series {
    std::span<const double> values = {};  // oldest first, equally spaced; NaN: missing. |value| <= 1e15
    Frequency frequency = Frequency::unknown;
    std::size_t period = 0;  // values in one season; 0: what the frequency says (monthly 12, daily 7, hourly 24 and 168 ...), 1: no season
    Domain domain = Domain::automatic;
};

enum class Method : std::uint8_t {
    naive, seasonal_naive, drift, mean,                       // methods.cpp
    ses, holt, damped_holt,                                   // ets.h, one form each, on deseasonalised values
    theta, dynamic_theta,                                     // theta.h
    ets, ces, arima,                                          // ets.h, ces.h, arima.h; ets and arima are mixtures by Akaike weight
    multiseason, card, short_card,                            // multiseason.h, card.h; card remembers twice the longest season, short_card once
    mstl,                                                     // stl.h: trend and rest by ets, each season's last values again
    seasonal_level,                                           // methods.cpp: last season's values, moved by how the level moved since
    wave_ets, wave_arima,                                     // ets and arima after a long season was removed as waves (harmonics.h)
    zero, croston, sba, tsb, adida, imapa, rate,              // intermittent.h, with the week's (the period's) profile of demand; rate is smoothed_rate
};
std::string_view name(Method);

// Kinds of demand by mean interval between demands and squared variation of their size (Syntetos, Boylan & Croston 2005; 1.32 and 0.49).
enum class Pattern : std::uint8_t { smooth, erratic, intermittent, lumpy };
std::string_view name(Pattern);

enum class Flag : std::uint16_t {
    gaps_filled = 1,          // missing values inside the series were interpolated
    spikes_replaced = 2,      // values far beyond everything else that did not stay were set to their neighbours' median
    constant = 4,             // every value is the same
    no_demand = 8,            // every value is zero
    short_history = 16,       // too short for a model: the last value, or the mean of a few
    limited = 32,             // the answer was moved into the range that the history allows
    member_dropped = 64,      // a method left that range and was not used
    beyond_history = 128,     // the horizon is longer than the history: beyond as many steps as there are values the last season comes again, or the last value; no trend goes on
    uncalibrated = 256,       // too few residuals: quantiles come from the normal distribution
    ends_early = 512,         // the last values are missing: they were stepped over, so the forecast is of later steps and wider
    level_moved = 1024,       // the series jumped to another level and stayed: what came before was moved along
    interrupted = 2048,       // it always sold but for some runs of zeros: those were taken as missing
    closed_positions = 4096,  // some positions of the season (weekdays) never sell any more: 0 was forecast of them, and the rest without them
    negative_as_zero = 8192,  // values below zero of a series that cannot be negative
};
struct Flags {
    std::uint16_t bits = 0;
    bool has(Flag f) const { return bits & static_cast<std::uint16_t>(f); }
    void set(Flag f) { bits = static_cast<std::uint16_t>(bits | static_cast<std::uint16_t>(f)); }
};

struct Member {
    Method method = Method::naive;
    double weight = 0;          // in a weighted mean; 1 / members for median and trimmed mean
    std::vector<double> point;  // of each step
};

// point = level + trend + season, step by step: what the forecast is made of, in the unit of the series.
struct Drivers {
    double level = 0;  // where the series stands, without season
    std::vector<double> trend, season;
};

struct Forecast {
    std::vector<double> point;                   // of step 1 .. horizon; for demand: the mean
    std::vector<double> levels;                  // ascending, as asked
    std::vector<std::vector<double>> quantiles;  // [level][step]
    Drivers drivers;
    std::vector<Member> members;                 // the methods that the point was made of
    Pattern pattern = Pattern::smooth;
    Flags flags;
    double scale = 0;  // standard deviation of one-step errors inside the history
};

// trimmed_mean: without the highest and the lowest of at least four. rolling_weights: by squared errors at three earlier origins.
// automatic: median for long or several seasons, trimmed mean otherwise.
enum class Combine : std::uint8_t { automatic, trimmed_mean, median, mean, rolling_weights };

class AlikeDemand;
struct Calibration;
struct CountShape;

struct Options {
    std::vector<double> levels = {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};  // inside (0, 1); none: no quantiles, and less time
    std::vector<Method> methods = {};  // empty: those that suit the series
    Combine combine = Combine::automatic;
    std::vector<double> weights = {};  // one for each of `methods`, which must be given then; replaces `combine`. learn.h finds them
    double level = 1;                          // factor on rates of intermittent demand: goods of one kind fade or rise together (learn.h)
    const Calibration* calibration = nullptr;  // of forecasts of the same kind of series, same options: learn.h
    const CountShape* shape = nullptr;         // of the demand of goods of the same kind: learn.h
    const AlikeDemand* alike = nullptr;        // what goods of the same kind sold afterwards: learn.h
};

inline constexpr std::size_t longest_horizon = 10000, longest_series = 1000000;

// invalid_argument: "series_empty" (no value that is not missing), "series_value" (infinite or beyond 1e15), "series_too_long",
// "horizon_out_of_range" (1 .. 10,000), "quantile_out_of_range", "weights_mismatch",
// "level_out_of_range".
Result<Forecast> forecast(const Series&, std::size_t horizon, const Options& = {});

}  // namespace kindling::series

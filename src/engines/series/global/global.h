// engines/series/global/global.h -- one model for many series: what they share is learned from all of them, and what is known ahead counts.
//
// A row is a question "what will series s be at step t, asked at step o < t?". Its features only look at steps up to o, and at regressors that
// are known ahead: windows of the deseasonalised past, the same time of past years, prices, promotions, flags, holidays, attributes, t - o (a direct forecast of
// every horizon by one model). The answer is a factor on a plain forecast (level of the last weeks x effect of weekday and promotion of this series,
// features.h), learned by gradient boosted trees (XGBoost, Chen & Guestrin 2016; rows as in the M5 competition, Makridakis et al. 2022) in logarithms, so
// drivers multiply: level, season, promotion, price, holiday ... (exact Shapley values of the trees, Lundberg et al. 2018). Of several models for
// log_squared every other one starts from a linear model of each series that leans on all (shared_regression.h) instead of the plain forecast.
//
// The last two horizons are held back and forecast: to choose the number of trees, and for the misses that quantiles are made of (split conformal prediction,
// scaled by how much each series moves and by how far ahead). Then the model is fitted to everything. Every answer is finite and not negative; quantiles do not cross.
// Deterministic for a seed and a number of threads. Memory about 14 B x features x max_rows; fit() stops within a tree when asked to.
#pragma once
#include <array>
#include <memory>
#include <string>

#include "core/progress.h"
#include "core/time.h"
#include "engines/series/holidays.h"
#include "engines/series/series.h"

namespace kindling::series {

enum class RegressorKind : std::uint8_t {
    number,     // any value known ahead (temperature, months since an opening)
    flag,       // 0 or 1, and how long it lasts counts (school holidays)
    promotion,  // a flag whose effect is learned for each series by itself too (the first two of them)
    price,      // > 0; compared with its own past; a higher one never forecasts more, all else equal
    open,       // 0: nothing can be sold at this step. It teaches nothing, its forecast is 0
};

struct Regressor {
    std::string name;
    RegressorKind kind = RegressorKind::number;
};

struct PanelSeries {
    std::span<const float> values = {};                     // `steps` of them, oldest first; NaN: missing, or not yet sold
    std::vector<std::span<const float>> regressors = {};    // one span a regressor, steps + horizon long; NaN: unknown
    std::span<const float> attributes = {};                 // one value an attribute; a category is its number; NaN: unknown
};

struct Panel {
    Frequency frequency = Frequency::daily;  // daily, weekly, monthly or unknown (steps without a calendar)
    Day first_day = 0;                       // of step 0
    std::size_t steps = 0, horizon = 0;      // known, and asked for
    std::vector<Regressor> regressors = {};
    std::vector<std::string> attributes = {};
    std::vector<PanelSeries> series = {};
};

// log_squared: squared errors of logarithms, for amounts that are seldom 0; tweedie: sums of a few sales, often 0; poisson: counts.
// automatic: tweedie when more than 5 % of the values are 0.
enum class Objective : std::uint8_t { automatic, log_squared, tweedie, poisson };
// What the point forecast is: the mean, the median, or what makes the mean squared percentage error least.
enum class Aim : std::uint8_t { mean, median, percentage };

struct GlobalOptions {
    std::vector<double> levels = {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};  // inside (0, 1), rising
    std::vector<Holiday> holidays = {};  // that may matter (holidays.h); daily and weekly steps only
    Objective objective = Objective::automatic;
    Aim aim = Aim::mean;
    double tweedie_power = 1.3;          // 1 < p < 2
    std::size_t max_rows = 1'000'000;    // to learn from; more are drawn from at random
    int max_rounds = 800, depth = 8, patience = 25;
    int least_rounds = 0;                // trees that are grown at least, however few were best on the steps held back; at most max_rounds
    int models = 1;                      // fitted to everything at different origins, and averaged; 1 .. 20. For log_squared every other one starts from the linear model
    double rate = 0.08, row_share = 0.8, feature_share = 0.4, least_weight = 20;
    std::uint64_t seed = 1;
    unsigned threads = 2;
};

enum class Driver : std::uint8_t { level, trend, season, year, promotion, price, holiday, regressor, attribute, horizon };
inline constexpr std::size_t drivers = 10;
std::string_view name(Driver);

struct GlobalForecast {
    std::vector<float> point;
    std::vector<std::vector<float>> quantiles;  // [level][step]
    Flags flags;  // no_demand, short_history (nothing known: the panel's mean level), spikes_replaced, limited
};

// Why: the point of a step = exp(sum of the ten) - offset, each the logarithm of a factor, `level` that of the level itself. The offset is 0 when no value is 0. Of a
// step whose point is 0 (closed) the sum says nothing.
struct GlobalDrivers {
    double offset = 0;
    std::vector<std::array<float, drivers>> steps;
};

struct Learning {
    std::size_t rows = 0, held_back = 0;  // that were learned from, and whose misses the quantiles are made of (0: too few)
    int rounds = 0;
    Objective objective = Objective::automatic;
    double coverage = 0;                  // of the outermost quantiles on what was held back, left out in turn by halves of the series
};

class GlobalModel {
public:
    // invalid_argument: "panel_shape" (a span of wrong length; the message names series and regressor), "series_value", "price_not_positive",
    // "horizon_out_of_range", "quantile_out_of_range", "panel_frequency", "option_out_of_range"; failed_precondition: "too_few_rows" (under 100 to learn from), "boosting_absent" (XGBoost is not installed); conflict "stopped".
    // The spans must live as long as the model is asked.
    static Result<GlobalModel> fit(Panel, GlobalOptions = {}, const Progress& = {});

    // Of every series, from the last known step. conflict "stopped".
    Result<std::vector<GlobalForecast>> forecast(const Progress& = {}) const;
    // Why series `at` (of the panel) is forecast so. invalid_argument "no_such_series". About 1 ms a step.
    Result<GlobalDrivers> explain(std::size_t at) const;
    // Series `at` with other regressors (steps + horizon long, as in the panel; its values are the panel's): what if the price were another? Errors of fit().
    Result<GlobalForecast> what_if(std::size_t at, const PanelSeries& changed) const;
    const Learning& learning() const;

    GlobalModel(GlobalModel&&) noexcept;
    GlobalModel& operator=(GlobalModel&&) noexcept;
    ~GlobalModel();

private:
    struct Parts;
    explicit GlobalModel(std::unique_ptr<Parts>);
    std::unique_ptr<Parts> parts_;
};

}  // namespace kindling::series

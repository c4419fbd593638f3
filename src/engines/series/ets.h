// engines/series/ets.h -- exponential smoothing in state space form, chosen by AICc (Hyndman, Koehler, Snyder & Grose 2002).
//
// Level l, slope b, seasonal states s. The one-step mean mu is l + phi b, plus or times the season; with e = y - mu the states move by
//   l += alpha e / (s or 1),  b += beta e / (s or 1),  s += gamma e / ((l + phi b) or 1).
// Additive and multiplicative errors share this path of means; they differ in the likelihood only:
//   additive        n log(sum e^2)
//   multiplicative  n log(sum (e/mu)^2) + 2 sum log|mu|
// so one kernel per (trend, season) serves both. Admissible forms: trend none, additive, damped; season none, additive, multiplicative, the last
// only with multiplicative errors and strictly positive data; 15 in all. Usual region: 0 < alpha < 1, 0 < beta < alpha, 0 < gamma < 1 - alpha,
// 0.8 <= phi <= 0.98.
//
// Speed: means are linear in the first level and slope, so for additive errors these are solved for, not searched (three columns
// through one pass), and the simplex sees one to four parameters; multiplicative forms start from the additive optimum. First seasonal states
// come from classical decomposition and are then moved once by Gauss-Newton. A form that half its passes leave 30 of AICc behind the best one is
// given up: it would weigh nothing. No allocation inside a pass; divisions stand beside the chain from state to state, not in it.
#pragma once
#include <array>

#include "engines/series/prepare.h"

namespace kindling::series {

enum class Trend : std::uint8_t { none, additive, damped };
enum class SeasonKind : std::uint8_t { none, additive, multiplicative };
enum class ErrorKind : std::uint8_t { additive, multiplicative };

struct EtsForm {
    ErrorKind error = ErrorKind::additive;
    Trend trend = Trend::none;
    SeasonKind season = SeasonKind::none;
};

struct EtsState {
    double alpha = 0.1, beta = 0.01, gamma = 0.01, phi = 1;
    double level = 0, slope = 0;
    std::vector<double> season;  // of position t % period
};

struct EtsFit {
    EtsForm form;
    EtsState first, last;       // before the first value, after the last
    std::size_t period = 1, size = 0;
    double criterion = 0;       // AICc; infinity when the form does not fit the data
    double deviation = 0;       // of one-step errors: absolute, or relative to the mean for multiplicative errors
    std::vector<double> path(std::size_t horizon) const;
    // Standard deviation of the h-step error, h = 1 .. horizon, for the linear form with the same parameters (Hyndman et al. 2008, ch. 6).
    std::vector<double> deviations(std::size_t horizon) const;
};

// The form with its best parameters. y: finite, scaled to mean absolute value near 1.
EtsFit fit_ets(std::span<const double> y, std::size_t period, EtsForm form);
// The same for additive errors without a season, from parameters that were best for nearly the same values (one origin of many): a third of the passes.
EtsFit refit_ets(std::span<const double> y, EtsForm form, const EtsState& near);

enum class Seasons : std::uint8_t { allowed, left_out };
// The admissible form of least AICc. A series too short for any gets the simple form.
EtsFit choose_ets(const Prepared&, Seasons = Seasons::allowed);
std::vector<EtsFit> fit_all_ets(const Prepared&, Seasons = Seasons::allowed);

// All admissible forms, each by its Akaike weight exp(-AICc/2) (Burnham & Anderson 2002; Kolassa 2011): steadier than the best one.
struct EtsMixture {
    std::vector<EtsFit> fits;
    std::vector<double> weights;  // sum 1
    std::vector<double> path(std::size_t horizon) const;
};
EtsMixture mix_ets(const Prepared&, Seasons = Seasons::allowed);

}  // namespace kindling::series

// engines/optimise/assortment/estimate.h -- attractions, elasticities, trends and substitution, learned from what was on sale and what was bought.
//
// Penalised maximum likelihood of the model of choice.h, in which buyers of a period are Poisson:
//   ln u(good, period) = ln available + attraction + elasticity * ln(price / usual price) + trend * years
//   log-odds of buying = intercept + levels + substitution * (ln V - reference)
// Arrivals must come from elsewhere than the set's own sales: otherwise what a missing good costs would be taken for fewer shoppers.
// Goods that were away in some periods show where their buyers went, and with that `substitution`. Each kind of parameter is drawn towards
// what is usual, as far as the data leave it open (empirical Bayes, re-estimated over all sets in three passes): attractions towards the
// goods that are most alike by attributes, so that a good that was never on sale gets its score from its neighbours; elasticities,
// and substitution towards the mean over everything; trends towards none.
// Sources: Train 2009 (logit), Vulcano, van Ryzin & Ratliff 2012 (sales under changing availability), Gelman et al. 2013, ch. 5 (partial pooling).
// Cost: about 60 passes over goods x periods for each set and pass; sets run in parallel. Deterministic.
#pragma once
#include "core/progress.h"
#include "core/result.h"
#include "engines/optimise/assortment/choice.h"
#include <cstdint>

namespace kindling::assortment {

// A good that is alike, 0 < likeness <= 1, by its number within the set.
struct Neighbour {
    std::uint32_t item = 0;
    float likeness = 0;
};

// Attributes are numbers that two goods share or not, sorted. Gives for each good its `most` most alike others by the share of attributes,
// weighted by rarity, that both have (weighted Jaccard). O(goods^2 x attributes).
std::vector<std::vector<Neighbour>> neighbours(std::vector<std::vector<std::uint32_t>> const& attributes, std::size_t most = 8);

// What happened to one set. Tables are period-major: [period * items + item].
struct ChoiceData {
    std::size_t items = 0, periods = 0;
    std::vector<double> arrivals;      // by period: shoppers who came; > 0 where anything was bought
    std::vector<double> years;         // by period: from the moment that is planned for, negative in the past
    std::vector<float> available;      // 0 .. 1: 0 not on sale, 0.5 for half of the period or half of its variants
    std::vector<float> log_price;      // ln(price / usual price of the good)
    std::vector<float> units;          // bought
    std::vector<std::vector<Neighbour>> alike;  // by item; may be empty
    // What else moves the willingness to buy, such as waves of the year: levels.size() = periods * levels_now.size(), and their values at the moment
    // that is planned for. Each gets a coefficient of its own on the log-odds of buying.
    std::vector<float> levels = {}, levels_now = {};
};

struct Guess {                         // a mean with its standard deviation
    double mean = 0, deviation = 0;
};

// What was learned of one set; `demand.arrivals` is left 0.
struct Fit {
    Demand demand;
    std::vector<Guess> attraction;     // ln u at the usual price, at the moment that is planned for
    std::vector<Guess> elasticity;     // d ln u / d ln price, negative
    double elasticity_spread = 0;      // how far single goods were taken to stray from the mean; a deviation as wide: no price of that good moved
    std::vector<Guess> trend;          // d ln u / d year
    Guess substitution;                // as in choice.h; deviation on the same scale
    std::vector<double> expected_from_neighbours;  // ln u that the attributes alone would give
    std::vector<double> units_seen;    // by item, in all periods
};

struct Usual {                         // where parameters are drawn to when data are few
    double elasticity = -2, elasticity_spread = 0.5;  // the spread is an upper bound of what is found
    double trend_spread = 0.35;
    double substitution = 0.75;
    double intercept = -3;
};

// All sets together. Errors: invalid_argument "bad_choice_data" names the set and table whose size or values do not fit; "cancelled".
Result<std::vector<Fit>> estimate(std::vector<ChoiceData> const&, Usual const& = {}, Progress const& = {}, unsigned threads = 1);

}  // namespace kindling::assortment

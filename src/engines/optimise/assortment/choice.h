// engines/optimise/assortment/choice.h -- how shoppers choose within a set of goods that stand in for each other.
//
// Nested logit with one nest and the choice of buying nothing (Train 2009, ch. 4). Each good on sale has an attraction u; V is their sum.
//   share that buys  q(V) = 1 / (1 + exp(-(intercept + substitution * (ln V - reference))))
//   units of a good  = arrivals * q(V) * u / V
// substitution = 1 is the multinomial logit: a good that is missing leaves its buyers as ready to go away as all others are. The nearer it is
// to 0, the more of them take another good of the set: about 1 - substitution of them when few buy at all.
// Pure functions; any thread. Attractions are relative: what they are worth is told by intercept and reference.
#pragma once
#include <cmath>
#include <cstddef>
#include <vector>

namespace kindling::assortment {

struct Demand {
    double arrivals = 0;      // shoppers who come to the set in the time that is planned for
    double intercept = 0;     // log-odds of buying when ln V = reference
    double substitution = 1;  // 0 < .. <= 1
    double reference = 0;     // a usual ln V
};

// V > 0; for V <= 0 nobody buys.
inline double buying_share(Demand const& d, double attraction) {
    return attraction > 0 ? 1 / (1 + std::exp(-(d.intercept + d.substitution * (std::log(attraction) - d.reference)))) : 0;
}
// Units sold for each unit of attraction when all goods together attract with V: falls as V grows, because substitution <= 1.
inline double units_per_attraction(Demand const& d, double attraction) { return attraction > 0 ? d.arrivals * buying_share(d, attraction) / attraction : 0; }

}  // namespace kindling::assortment

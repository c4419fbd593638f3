// bench/drawn_shop.h -- shops of which the truth is drawn, with the half year that each could see of itself; what is drawn: see assortment.cpp.
#pragma once
#include "core/random.h"
#include "engines/optimise/assortment/offers.h"
#include <cstdint>
#include <span>

namespace kindling::bench {

constexpr std::size_t drawn_days = 180;

struct DrawnShop {
    struct Set {
        assortment::ChoiceData data;
        assortment::Demand demand;
        std::vector<assortment::Economics> truth, seen;
        std::vector<double> attraction, elasticity;
        std::vector<int> launched, away;   // by good: first day on sale (drawn_days: never); days that it stays sold out after the last one
    };
    std::vector<Set> sets;
    assortment::Terms terms;
    double season = 0;                     // where in its waves of half a year the shop stands on the first day, days
    bool markov_chain = false;
};

// any_season: the waves begin anywhere, so that not every shop meets the same surprise after its last day; otherwise at 0.
DrawnShop draw_shop(std::uint64_t seed, bool markov_chain, bool any_season = false);
// Units of one set in one period: `full` are the attractions of what is on the list, `present` of what is there.
std::vector<double> expected_units(bool markov_chain, assortment::Demand const&, std::span<double const> full, std::span<double const> present);
// How the history goes on: shoppers who come on a day, and days that a good which is there today will be away from today on.
double drawn_arrivals(assortment::Demand const&, double season, std::size_t day, Random&);
int drawn_absence(Random&);

}  // namespace kindling::bench

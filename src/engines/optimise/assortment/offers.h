// engines/optimise/assortment/offers.h -- from what is known of a good to the options that plan.h weighs: prices, pushed or not, with profit and use.
//
// For each price factor f and each of not pushed and pushed:
//   attraction   E[exp(attraction + trend * half of the horizon + elasticity * ln f)] * supply (* push_lift): what a supplier does not
//                deliver is not on the shelf; the expectation counts how uncertain the score is
//   unit profit  (1 - returned) * (price - cost) - returned * cost of a return - interest on the stock that is held for it
//   fixed        - listing cost - push cost - interest on display stock
// Limits, in this order: shelf places, capital in stock (minor units), push places. Capital is bound by display stock and by cover_days of sales.
#pragma once
#include "engines/optimise/assortment/estimate.h"
#include "engines/optimise/assortment/plan.h"

namespace kindling::assortment {

enum Limit : std::size_t { shelf_limit = 0, capital_limit = 1, push_limit = 2 };

struct Economics {
    double price_minor = 0, cost_minor = 0;
    double returned = 0;           // share of units that come back, 0..1
    double return_cost_minor = 0;  // of one unit that comes back, beyond the refund
    double supply = 1;             // share of what is ordered that the supplier delivers in time, above 0
    double display_units = 1;      // in stock however little sells
    double cover_days = 30;        // days of sales held in stock
    bool may_change_price = true, may_push = true;
};

struct Terms {
    double horizon_days = 28;
    double interest_per_year = 0.12;
    double listing_cost_minor = 0;  // of one good for the horizon
    double push_lift = 1.2, push_cost_minor = 0;
    std::vector<double> price_factors = {0.9, 0.95, 1, 1.05, 1.1};  // must hold 1
    bool push_with_price_change = true;  // false: one or the other
};

struct Offer {
    double price_factor = 1;
    bool pushed = false;
};

// Offers in the order of the options that make_options gives. A good whose price may not change, or that may not be pushed, has fewer.
std::vector<Offer> offers(Economics const&, Terms const&);
Option make_option(Guess attraction, Guess elasticity, Guess trend, Economics const&, Terms const&, Offer);
// One for each of offers(); `elasticity` etc. as in Fit.
std::vector<Option> make_options(Guess attraction, Guess elasticity, Guess trend, Economics const&, Terms const&);

}  // namespace kindling::assortment

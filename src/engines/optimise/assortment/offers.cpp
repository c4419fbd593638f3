#include "engines/optimise/assortment/offers.h"

namespace kindling::assortment {

std::vector<Offer> offers(Economics const& e, Terms const& terms) {
    std::vector<Offer> out;
    for (bool const pushed : {false, true}) {
        if (pushed && !e.may_push) continue;
        for (auto const f : terms.price_factors) if (f > 0 && (f == 1 || (e.may_change_price && (!pushed || terms.push_with_price_change)))) out.push_back({f, pushed});
    }
    return out;
}

Option make_option(Guess attraction, Guess elasticity, Guess trend, Economics const& e, Terms const& terms, Offer offer) {
    auto const interest = terms.interest_per_year * terms.horizon_days / 365, half = terms.horizon_days / 365 / 2, x = std::log(offer.price_factor);
    auto const variance = attraction.deviation * attraction.deviation + std::pow(x * elasticity.deviation, 2) + std::pow(half * trend.deviation, 2);
    Option o;
    o.attraction = std::exp(attraction.mean + elasticity.mean * x + trend.mean * half + 0.5 * variance) * e.supply * (offer.pushed ? terms.push_lift : 1);
    o.fixed_use[shelf_limit] = 1;
    o.fixed_use[capital_limit] = e.display_units * e.cost_minor;
    o.unit_use[capital_limit] = e.cost_minor * e.cover_days / terms.horizon_days;
    o.fixed_use[push_limit] = offer.pushed ? 1 : 0;
    o.unit_profit = (1 - e.returned) * (e.price_minor * offer.price_factor - e.cost_minor) - e.returned * e.return_cost_minor - interest * o.unit_use[capital_limit];
    o.fixed_profit = -terms.listing_cost_minor - (offer.pushed ? terms.push_cost_minor : 0) - interest * o.fixed_use[capital_limit];
    return o;
}

std::vector<Option> make_options(Guess attraction, Guess elasticity, Guess trend, Economics const& e, Terms const& terms) {
    std::vector<Option> out;
    for (auto const& offer : offers(e, terms)) out.push_back(make_option(attraction, elasticity, trend, e, terms, offer));
    return out;
}

}  // namespace kindling::assortment

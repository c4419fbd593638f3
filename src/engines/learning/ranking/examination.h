// engines/learning/ranking/examination.h -- how much of a click is the place and how much the product.
//
// The position-based model (Richardson et al. 2007; Craswell et al. 2008): a result is clicked when its place was looked at and the product is
// attractive for the query; P(click) = examination(place) x attraction(query, product).
//
// Examination is read off what moved: of results that were shown in two places, the shares of clicks in both stand to each other as the examinations do, whatever the results'
// attraction is (intervention harvesting, Agarwal et al. 2019). All ratios of two places, each weighed by what its clicks make it worth, are fitted by least squares of
// logarithms. Where nothing moved, expectation maximisation over both (Wang et al. 2018) says the shape; alone it finds lower places too dark, because attraction that is
// drawn to its query's mean leaves what stands low too attractive. Attraction is then that of the examination found, drawn to the mean of its query's by `prior` showings,
// so that one lucky click does not make a favourite. Place 1 is looked at with probability 1. Cost: iterations x cells, and places^3. Deterministic.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace kindling::ranking {

// How often a product was shown, and clicked, for a query in a place.
struct Shown {
    std::uint32_t pair = 0;      // number of (query, product)
    std::uint32_t query = 0;
    std::uint32_t place = 1;     // from 1
    double shown = 0, clicked = 0;
};

struct Clicks {
    std::vector<double> examination;  // by place, [0] is place 1; 0..1, place 1 is 1
    std::vector<double> attraction;   // by pair, 0..1
    double moved = 0;                 // share of pairs that were shown in more than one place: what the estimate stands on
};

// Places beyond `most_places` count as the last. Pairs are numbered 0 .. largest.
Clicks estimate_clicks(std::span<const Shown>, std::uint32_t most_places = 48, int iterations = 60, double prior = 20);

}  // namespace kindling::ranking

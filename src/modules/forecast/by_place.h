// modules/forecast/by_place.h -- what each place will send: places, and goods at places, as nodes of their own that add up to goods and to the shop.
//
// Two ways to add up: a good's days over its places are the good's, a place's days over its goods are the place's. The bottom, a good at a place and day, is
//     good's day x s(good, place) c(place, day) / sum over places of the same
// s: what of a good leaves a place, smoothed; a good is drawn to its product, a product to its category, a category to the shop, each as if so many units more had left. How much is forgotten and how strongly
// goods are drawn is what made the next weeks' moves likeliest at the earlier origins.
// c: places are forecast from their own days (engines/series) and fitted (iterative proportional fitting, Deming & Stephan 1940: of all splits that keep both sums the one nearest to s, so nothing falls below 0), as far as that
// missed less at the earlier origins; how far is `followed`, 0: by shares alone, the same on all days.
// Goods are never moved by places: what a place knows of a good is in the good's own days already.
// Days of a good without moves near them tell nothing of places: s is not learned from them. In a place's own days and in what came after an earlier origin they go by the shares of the half year before that
// origin, as far as places have begun (a place begins with its first move).
//
// A distribution of a place's days has the mean from here and the node's dispersion times `width`, learned by level from how far 28 days of places were missed: a share that is not known is more than chance.
// Cost: O(goods x places x days ahead) a round of a fit, at most 12 rounds a fit, and at three earlier origins 13 fits (four powers at each, then the one that is kept); 8 memories at each origin, O(moves + goods x places) each; 12 ms a place
// and origin for its own days. Of more than 60 places, or 500,000 goods at places, or where no place has days enough, shares alone and no fit. Deterministic.
#pragma once
#include "modules/forecast/scores.h"
#include "modules/forecast/spread.h"

namespace kindling::forecast {

// Of one day of a good, what was wanted of a place; day: counted from the first of the history.
struct SentUnits {
    std::int32_t day = 0;
    std::uint16_t place = 0;
    float units = 0;
};

// The demand of a good by place: of each day as goods left, of a day without moves as within three days of it, otherwise by `usual` (of each place, adding up to 1; empty: such days are left out).
std::vector<SentUnits> sent_of(GoodHistory const&, std::span<float const> demand, std::span<float const> usual);

// What of a unit of a good each place sends, by day ahead; what Kept holds of it, or one back-test.
struct PlaceSplit {
    std::vector<std::vector<float>> shares;   // of each good; empty: not known by place
    std::vector<std::vector<float>> factors;  // of each place, by day ahead
};

struct PlaceFinding {
    std::size_t place = 0;
    Sums own, by_share, last_week;            // wanted days of the place at the earlier origins; by_share: had the half year's shares been taken, as they are
};

struct PlacesLearned {
    PlaceSplit split;
    std::vector<bool> thin;                   // of each good: hardly any of it left lately, so its split is that of its product and category
    std::array<float, level_count> width{1, 1, 1, 1};
    double followed = 0;                      // how far places follow their own days, 0 to 1
    double gain = 1;                          // squared misses of goods' weeks at places, beside shares of the half year
    std::vector<PlaceFinding> found;          // empty without earlier origins
};

// means: of the model that was likeliest, at the end of the history. Nothing where goods are not known by place.
PlacesLearned learn_places(Ground const&, std::span<BackTest const>, Model, Means const& means, std::array<std::array<Spread, class_count>, level_count> const&, std::size_t horizon, unsigned threads);

}  // namespace kindling::forecast

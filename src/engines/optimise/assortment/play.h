// engines/optimise/assortment/play.h -- a what-if played shopper by shopper: the same people come to today's list and to a changed one.
//
// One shopper of a set has a taste for every good and a worth of buying nothing, drawn so that over all shoppers the nested logit of choice.h comes out
// exactly, on any shelf: the best good on the shelf has the least t_i = E_i / u_i, and is bought when
//   ln t < ln Z + (intercept - substitution * reference + ln E_0) / substitution
// E exponential, Z positive stable with index `substitution` (its Laplace transform exp(-s^substitution) is the nest's). So a shopper who finds the
// good missing takes the second best or leaves, by the same tastes: that is who takes over, and what is lost.
// A run draws once what is not known (attractions, elasticities, trends, substitution, return rates, how many come), then plays the days: each variant
// of a good is in stock or out by a two-state chain with the good's usual share; shoppers come (Poisson), choose, buy one unit, and send it back or not.
// Both lists meet the same draws (common random numbers), so that their difference is about the lists.
// Sources: McFadden 1978 (nests as extreme values); Kanter 1975 (stable draws); Law 2015, ch. 11 (common random numbers).
// Cost: O(shoppers + buyers x goods); sets run in parallel. Deterministic for a seed, whatever the number of threads.
#pragma once
#include "engines/optimise/assortment/offers.h"
#include <optional>

namespace kindling::assortment {

struct PlayedGood {
    Guess attraction, elasticity, trend;  // as in Fit
    Economics economics;                  // supply: usual share of time in stock; display_units: number of variants, each in stock or out by itself
    double returns_weight = 20;           // units that economics.returned rests on
    std::optional<double> in_stock_now;   // share of its variants in stock on the first morning; nothing: as usual
    std::optional<Offer> today, changed;  // how it is sold in each list; nothing: it is not
};

struct PlayedSet {
    double arrivals_per_day = 0;
    double intercept = 0, reference = 0;  // as in choice.h
    Guess substitution;
    std::vector<PlayedGood> goods;
};

struct PlaySettings {
    Terms terms;                          // horizon_days: whole days
    std::size_t runs = 200;               // >= 1
    double shop_level_deviation = 0, set_level_deviation = 0;  // of ln(shoppers who come / expected): of all sets together, of each by itself
    double out_days = 7;                  // how long a variant is usually out, >= 1
    double low = 0.1, high = 0.9;         // quantiles of the intervals
    std::uint64_t seed = 1;
};

struct Range { double expected = 0, low = 0, high = 0; };

// Money in minor units. revenue: paid, before refunds. lost: shoppers who would have bought the good if everything of the list had been in stock,
// and bought nothing.
struct Played { Range profit, revenue, units, returned, lost; };
struct Compared { Played today, changed, difference; };

inline constexpr std::size_t nothing = static_cast<std::size_t>(-1);
// Shoppers who buy `from` under today's list and `to` under the changed one; `nothing`: they buy nothing there.
struct Flow { std::size_t from = nothing, to = nothing; Range units; };

struct PlayedDay { Range today, changed, difference; };  // profit since the first day

struct Play {
    Compared shop;
    std::vector<std::vector<Compared>> goods;  // by set and good
    std::vector<std::vector<Flow>> flows;      // by set: most units first
    std::vector<PlayedDay> days;
    double shoppers = 0;                       // mean over the runs
    double better = 0;                         // share of the runs in which the changed list earns more; half of those in which both earn the same
};

// Errors: invalid_argument "bad_play" names what does not fit; unavailable "cancelled".
Result<Play> play(std::vector<PlayedSet> const&, PlaySettings const&, Progress const& = {}, unsigned threads = 1);

// What the choice model's formula expects of a list, without playing: &PlayedGood::today or &PlayedGood::changed.
double expected_profit(std::vector<PlayedSet> const&, Terms const&, std::optional<Offer> PlayedGood::*list);

}  // namespace kindling::assortment

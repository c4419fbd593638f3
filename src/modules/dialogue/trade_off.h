// modules/dialogue/trade_off.h -- choosing among goods that all fit: by the price, by what the shopper asked for, by what buyers made of them.
//
// An axis is something that goods are weighed by and differ in. The shopper's own words come first: an amount with a limit on one side is better the further
// it is from it ("under 300 g", "light": less), one that was said ("500 ml") the nearer; a preference, or a limit that not all of them meet, is met or not, by
// an attribute or by the title. How often something was bought counts only while nothing of this was said.
// Nothing beats a product when none is as good on every axis and better on one (a Pareto front, Borzsony 2001); of the others each is told which one beats
// it and where. Sorted by the sum of its places first, a product can be beaten only by one before it (Chomicki 2003).
// What is not known of a product counts as worst: it cannot be relied on.
//
// How much came back counts where enough was sold of at least two of them and their shares differ by more than chance (a test of homogeneity); each share is drawn towards
// that of all by as many units as are enough, so that a product of which little was sold is taken for a usual one.
//
// Pure; any thread. O(axes x n log n + n x front).
#pragma once
#include "modules/dialogue/blocks.h"
#include "modules/dialogue/select.h"

namespace kindling::dialogue {

inline constexpr std::int64_t enough_sold = 20;   // units, before a share of returns is told
std::string returned_text(Standing const&, Locale);   // "3 of 40"; empty below that

struct Weighed {
    TradeOffKind kind = TradeOffKind::price;
    TradeOffSense sense = TradeOffSense::less;
    Constraint asked = {};                    // of an amount or a wish
    Condition condition = {};
    double usual = 0;                         // share that comes back, over all that are weighed
    // The greater the better, in the axis's own unit; NaN: not known.
    double of(CatalogueView const&, Pick const&) const;
    TradeOffAxis described(CatalogueView const&, Locale) const;
    // What the product has of it, as people read it; empty: not known, or not told.
    std::string text(CatalogueView const&, Pick const&, Locale) const;
};

// What these goods differ in, the price first, at most four of the shopper's wishes.
std::vector<Weighed> weighed_by(CatalogueView const&, std::span<Constraint const>, std::span<Pick const>);

struct TradeOff {
    std::vector<Weighed> axes;
    std::vector<std::size_t> picks;                   // indexes into the picks: those that can be bought now, what nothing beats first
    std::size_t front = 0;                            // how many of them nothing beats
    std::vector<std::vector<double>> worth;           // beside `picks`: 0, worst or unknown, to 1 on each axis
    struct Beaten { std::size_t by = 0; std::vector<std::size_t> in; };
    std::vector<Beaten> beaten;                       // beside `picks` from `front` on: by which of `picks`, and on which axes that one is better
    struct Named { std::size_t at = 0; std::vector<std::size_t> best_in; bool balanced = false; };
    std::vector<Named> named;                         // 1 .. 5 of the front, cheapest first: the best on an axis, and the one that is far off on none
};
TradeOff trade_offs(CatalogueView const&, std::span<Pick const>, std::span<Constraint const>);

}  // namespace kindling::dialogue

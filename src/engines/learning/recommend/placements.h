// engines/learning/recommend/placements.h -- where goods are shown, and which moments of the past stand for each place.
//
// A place where goods are shown meets people at a moment of its own, so what each signal is worth differs; a question of the past whose
// outcome is known stands for the places that meet people at such a moment. By the time that passed since the step before it:
//   visits (one visitor's views)       product         within half an hour: the newest step is what is looked at
//                                      home            after half an hour or more: the first step of a session
//                                      return_visit    after a day or more
//   purchases (one customer's orders)  basket          of an order of several goods: given all but one, which is missing?
//                                      after_purchase  within a week of the order before
//                                      email           after more than a week: bought again with nothing in view
//                                      return_visit    after a day or more
// Where days are unknown only baskets can be told apart. A place without enough questions takes the blend of the one that is nearest to
// it, and in the end the blend that all questions were fitted to: return_visit -> home, email -> after_purchase, all others -> shared.
#pragma once
#include <optional>

#include "engines/learning/recommend/train.h"

namespace kindling::recommend {

enum class Placement : std::uint8_t { home, product, basket, after_purchase, return_visit, email };
inline constexpr std::size_t placements = 6;

// The questions of a split that stand for a place; of baskets they are made anew, with what is in the basket as the newest step.
Split questions_of(const Split&, Placement, HoldBack);

// The place that meets people so many days after the step before, of several the one that says more. For views: product, home or return_visit; for purchases: after_purchase or email.
Placement place_after(double days, HoldBack);
// The place that a question stands for: what a model is to be asked as when it is measured.
Placement place_of(const Question&, HoldBack, bool timed);

inline std::optional<Placement> nearest(Placement p) {
    if (p == Placement::return_visit) return Placement::home;
    if (p == Placement::email) return Placement::after_purchase;
    return std::nullopt;
}

}  // namespace kindling::recommend

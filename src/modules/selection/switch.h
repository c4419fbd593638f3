// modules/selection/switch.h -- before what was learned anew comes into use: would it have done as well as what is in use, where rows left places to chance?
//
// Both are asked the same of each place that says what its row rested on (slots.h): which of the pool they would have put there. What would have been taken is estimated for each as it is for weights:
// doubly robust, with its interval. Both stand without the owner's wishes, so that a wish that pays never holds a model back. Both have since seen what became of these places and read somewhat
// high; the newer, which was learned from it as a whole, rather more: a doubt is in its favour.
//
// The older stays in use only where the newer is worse for certain (enough places speak of both, and the intervals do not meet), and only while the older is not itself out of date: learned within
// 14 days, and knowing most of the goods. Each learning compares anew. One file holds the models of visits and of purchases over one shelf, so they stay or come together; places speak of visits alone.
//
// Cost: two rankings a place. Deterministic.
#pragma once
#include "modules/selection/learned.h"
#include "modules/selection/slots.h"

namespace kindling::selection {

constexpr std::int64_t most_compared = 10'000;
constexpr Milliseconds compared_within = 90 * milliseconds_per_day, kept_at_most = 14 * milliseconds_per_day;

// Which of the pool it would have put there, by its visits' model; 0, what stood there, where it knows none of them. The slot must say what it rested on, and the model of visits speak.
std::size_t choice_of(Learned const&, Slot const&, recommend::Asking&);
SwitchEstimate estimate_switch(std::span<Slot const>, std::span<std::size_t const> in_use, std::span<std::size_t const> newer);
bool keeps_older(SwitchEstimate const&, Learned const& in_use, Learned const& newer);

}  // namespace kindling::selection

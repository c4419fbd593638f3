// engines/learning/ranking/gain.h -- how good an order of results is: discounted cumulative gain, by two definitions that are both in use.
//
// `textbook`: gain 2^grade - 1, discount 1 / log2(rank + 1), divided by the best order of the judged list (Jarvelin & Kekalainen 2002).
// `fixed_ideal`: the same gain, discount 1 / rank, divided by `ideal_grade` at every one of the k places, whatever was judged: the definition of the
// public WANDS and ESCI experiments of softwaredoug (cheat_at_search/eval.py). The two must not be compared with each other.
// What was not judged counts as grade 0. Values 0..1. Deterministic; any thread.
#pragma once
#include <cstddef>
#include <optional>
#include <span>

namespace kindling::ranking {

// `grades` in the order of the results; `judged`: all grades that were given for the query. Nothing when no judged grade is above 0.
std::optional<double> textbook_gain(std::span<const double> grades, std::span<const double> judged, std::size_t k);
double fixed_ideal_gain(std::span<const double> grades, double ideal_grade, std::size_t k);
// The same as textbook with gains that are given instead of 2^grade - 1 (ESCI: 1, 0.1, 0.01, 0), over the whole list when k is 0.
std::optional<double> plain_gain(std::span<const double> gains, std::span<const double> judged, std::size_t k);

}  // namespace kindling::ranking

// bench/learned_order.h -- what learners of an order of results are compared on: rows to learn from and rows of other queries, in which the truth is known.
#pragma once
#include <functional>

#include "bench.h"
#include "engines/learning/ranking/lambda_trees.h"
#include "judged_set.h"

namespace kindling::bench {

struct OrderFold {
    ranking::RankingData training, testing;             // features of engines/learning/ranking/features.h; the first is what the words say
    std::vector<std::vector<double>> judged;            // by query of testing: all grades that were given, also of what is not among its rows
};

// Three parts of the set's queries, cut by `seed`; each is asked of what the other two taught (search_hybrid.cpp).
void each_order_fold(const JudgedSet&, BenchContext&, std::uint64_t seed, const std::function<void(const OrderFold&)>&);

// Searches of a simulated shop (shop/simulator) of `seed` over nine weeks; in tests every candidate of the shop's search, at most 100, has its true grade.
enum class LearnedFrom { clicks, clicks_as_they_are, judgements };  // clicks: their place accounted for
// Gives back how far the examination of the ten places that was read off the clicks lies from the truth, on average.
double each_simulated_fold(std::uint64_t seed, const std::function<void(LearnedFrom, const OrderFold&)>&);

}  // namespace kindling::bench

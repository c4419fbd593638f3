// engines/optimise/assortment/minimise.h -- the smallest value of a smooth function of many variables: L-BFGS.
//
// Nocedal & Wright 2006, algorithm 7.5, memory of 8 steps, backtracking on sufficient decrease (Armijo). For the concave-ish penalised
// likelihoods of estimate.cpp, with up to a few hundred variables: about 60 evaluations. Deterministic.
#pragma once
#include <functional>
#include <span>
#include <vector>

namespace kindling::assortment {

// f(x, gradient) gives the value and fills the gradient (of the size of x). Changes x in place; ends when no variable's gradient exceeds
// `tolerance`, when nothing gets better, or after `most_steps`. Gives the value reached.
double minimise(std::vector<double>& x, std::function<double(std::span<double const>, std::span<double>)> const& f, int most_steps = 200, double tolerance = 1e-4);

}  // namespace kindling::assortment

// engines/optimise/assortment/plan.h -- the most profitable choice of goods, prices and pushes within limits, with a proven bound.
//
// A problem has sets of goods (choice.h). Each good is left out, or put on sale in one of its options (a price, pushed or not). An option
// attracts, earns for each unit and costs as such; it uses up limits (shelf places, capital, push places) as such and for each unit sold.
//
// Method `columns`: Dantzig-Wolfe decomposition. A column is a whole assortment of one set with its exact profit and use. A linear programme
// (CLP) mixes columns within the limits; its dual prices say what one more of each limit would earn, and price_set() finds for each set the
// best column at those prices, with a bound. At the end CBC picks one column a set; where bound and choice differ, the search branches on
// single goods. Bound: sum over limits of price x limit + sum of the sets' bounds (Lagrange), the least over all rounds. Method `mixed_integer`: the Charnes-Cooper form of the multinomial logit as one MILP
// (Mendez-Diaz et al. 2014), solved by CBC: exact, for substitution = 1 and some hundred options.
// Sources: Gallego & Topaloglu 2019, ch. 5; Davis, Gallego & Topaloglu 2014 (nests); Desir, Goyal & Zhang 2022 (a grid over V); Luebbecke &
// Desrosiers 2005 (column generation). Deterministic, except where the MILP reaches `most_seconds`.
#pragma once
#include "core/progress.h"
#include "core/result.h"
#include "engines/optimise/assortment/choice.h"
#include <array>

namespace kindling::assortment {

inline constexpr std::size_t most_limits = 4;
using Uses = std::array<double, most_limits>;

struct Option {
    double attraction = 0;    // > 0
    double unit_profit = 0;   // minor units for each unit sold
    double fixed_profit = 0;  // minor units for being on sale; a cost is negative
    Uses fixed_use = {};      // of each limit, >= 0
    Uses unit_use = {};       // for each unit sold, >= 0
};

struct Item {
    std::vector<Option> options;  // none: never on sale
    bool required = false;        // one of its options must be taken
};

struct ChoiceSet {
    Demand demand;
    std::vector<Item> items;
};

struct Problem {
    std::vector<ChoiceSet> sets;
    std::vector<double> limits;  // up to most_limits; infinite: none
};

using Choice = std::vector<int>;  // of each good: the number of its option, or -1

// What a choice sells, earns and uses, by the model of the set.
struct Outcome {
    double attraction = 0, profit = 0;
    Uses use = {};
    std::vector<double> units;  // by item
};
Outcome outcome(ChoiceSet const&, Choice const&);

enum class Method { columns, mixed_integer };

struct Settings {
    Method method = Method::columns;
    double gap = 0.0005;        // of the bound: good enough
    int most_rounds = 60;       // of column generation, at each node
    int most_nodes = 60;        // of branch and price; few sets need more than many, which the linear programme bounds closely
    double most_seconds = 60;   // of the mixed integer programme
};

struct Plan {
    std::vector<Choice> chosen;  // by set
    double profit = 0, bound = 0;  // bound >= the profit of any choice within the limits
    std::vector<double> used, dual_price;  // by limit; dual price: minor units for one more of it
    std::size_t columns = 0;
    double gap() const { return bound > 0 ? (bound - profit) / bound : 0; }
};

// Errors: invalid_argument "bad_problem" (what is wrong with which set), "too_many_limits"; failed_precondition "limits_too_tight" when what is
// required does not fit; "not_multinomial" (mixed_integer with substitution < 1); unavailable "cancelled", "solver_failed".
Result<Plan> optimise(Problem const&, Settings const& = {}, Progress const& = {});

// The best assortment of one set when each limit has a price, with a bound on what any could reach. `tolerance` relative, `most_splits` of the
// range of V. Cost: O(splits x options log options).
struct Priced {
    Choice choice;
    double value = 0, bound = 0;  // profit less prices x use
};
Priced price_set(ChoiceSet const&, Uses const& prices, double tolerance, int most_splits);

}  // namespace kindling::assortment

// modules/forecast/gaps.h -- when somebody buys of a category again: the science behind forecast.next_need, apart from the store so that it can be tried on the past.
//
// How long people have waited says when (Kaplan & Meier 1958, with a gamma frailty for how fast a person is beside others: Vaupel et al. 1979); how often they bought of each category says which. Both are
// rates; their geometric mean is taken, and how much habit weighs in it is learned from the shop's own earlier weeks (habit_of). O(spells) to learn, O(log spells) for a chance.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/time.h"

namespace kindling::forecast {

// Days on which each customer bought something of each category, ascending.
struct Purchases {
    std::map<std::string, std::map<std::int32_t, std::vector<Day>>> of;  // customer -> category number -> days
};
// Chance that a spell without purchase that has lasted `since` days ends within `days` more, and how many spells say so: of all spells of the category that lasted so
// long, those that ended (Kaplan & Meier's counts, open spells included), drawn to `usual` as if 4 spells more had been seen.
struct Gaps {
    std::vector<std::int32_t> closed, open;  // days
    std::vector<double> hazards;             // of spells of closed[i] days
    void settle();                           // sorts, adds up; before asking
    double chance(std::int32_t since, std::int32_t days, double usual) const;
    double hazard(std::int32_t days) const;  // ends that one spell of so many days had to expect (Nelson & Aalen)
    double mean() const;                     // of closed ones; 0 without any
};
Gaps gaps_of(Purchases const&, std::int32_t category, Day as_of);
// Chances of each category for one customer, likeliest first. habit: 0 .. 1, how much how often they bought of a category weighs beside how long they have waited for it (a geometric mean of the two rates).
std::vector<std::pair<std::int32_t, double>> chances(std::map<std::int32_t, Gaps> const&, std::map<std::int32_t, std::vector<Day>> const& own, Day as_of, std::int32_t days, double habit);
// The weight of habit that foretold best which of their categories people bought in the four spans of `days` before `as_of`, each seen from its beginning.
double habit_of(Purchases const&, Day as_of, std::int32_t days);

}  // namespace kindling::forecast

// modules/forecast/plain.h -- what needs no model: the last week again, weekdays on which a shop is shut, and what is to be said of a good's history.
#pragma once
#include "modules/forecast/base.h"

namespace kindling::forecast {

// Of goods that are sold; 0 of others, and of all within the first week.
Means last_week_again(Ground const&, std::size_t origin, std::size_t horizon);
// Weekdays on which the shop never sells ask for nothing: what was spread over them is on the others.
void close_days(Ground const&, Means&, std::size_t origin);
// The Notes of one good, as bits. few_by_place: too little of it left places to split it by its own.
std::uint16_t notes_of(History const&, GoodHistory const&, bool part_of_year, bool few_by_place);

}  // namespace kindling::forecast

// modules/assortment/needs.h -- needs without a product among the candidates: what shoppers search and ask for and nothing answers, once a planner handed it on.
//
// forecast.hand_on_need makes a decision of kind unmet_need with its evidence (visits, trend, expected orders). It is read back from there: the decision is what people agree on, and what they rejected
// or let run out is no candidate. One query; at most 200, those that would sell most first.
#pragma once
#include "modules/assortment/api.h"

namespace kindling::assortment_module {

Result<std::vector<NeededGood>> needed_goods(shop::Transaction&, Milliseconds now);

}  // namespace kindling::assortment_module

// guide_shopper.h -- scripted shoppers: each has one need, hidden in the catalogue, says what kind of thing it is and answers what the guide asks.
#pragma once
#include "guide_shop.h"
#include "modules/dialogue/product_index.h"
#include <map>

namespace kindling::bench {

struct ShopperResult {
    std::int64_t talks = 0, found = 0, within_three = 0, questions = 0, false_claims = 0, empty_ends = 0;
    double first_turn = 0;   // share found before any question
};
// How much people care for each attribute: log-normal, from a seed. Empty: for all alike.
using Cares = std::map<std::string, double>;
Cares draw_cares(dialogue::CatalogueView const&, std::uint64_t seed);
// What others of the same mind typed into the search box before: a wish and its kind.
std::vector<std::pair<std::string, std::int64_t>> draw_searches(dialogue::CatalogueView const&, Cares const&, std::int64_t count, std::uint64_t seed);
// `talks` shoppers, half Chinese, half English, from a seed; `priors` as the guide has them, or none.
ShopperResult run_shoppers(std::shared_ptr<dialogue::CatalogueView const> const&, dialogue::Lexicon const&, dialogue::ProductIndex const&, dialogue::Priors const* priors, Cares const&, std::int64_t talks, std::uint64_t seed);

}  // namespace kindling::bench

// shop/store/migrations/migrations.h -- the list of schema steps; a step that was released is never edited, a new one is added.
#pragma once
#include <string_view>

namespace kindling::shop::schema {

extern std::string_view const the_whole_chain;
extern std::string_view const import_lines;
extern std::string_view const shopper_accounts;
extern std::string_view const import_changes;
extern std::string_view const agent_commerce;
extern std::string_view const market_items;
extern std::string_view const guide_care;
extern std::string_view const forecasts;
extern std::string_view const supply_plans;
extern std::string_view const promotions_and_experiments;
extern std::string_view const product_feeds;
extern std::string_view const search_judgements;
extern std::string_view const synonym_proposals;
extern std::string_view const picture_index;
extern std::string_view const model_trials;
extern std::string_view const stock_levels_by_hand;
extern std::string_view const order_policies;
extern std::string_view const true_offers;
extern std::string_view const refunds;
extern std::string_view const refused_refunds;
extern std::string_view const agent_conduct;
extern std::string_view const kinds_of_promise;
extern std::string_view const lines_by_product;
extern std::string_view const market_watch;
extern std::string_view const weather;
extern std::string_view const guide_nudges;

}  // namespace kindling::shop::schema

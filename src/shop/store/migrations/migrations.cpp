#include "shop/store/migrations/migrations.h"
#include "shop/store/store.h"

namespace kindling::shop {

std::span<Migration const> migrations() {
    static Migration const all[] = {
        {1, "the whole chain", schema::the_whole_chain},
        {2, "import lines", schema::import_lines},
        {3, "shopper accounts", schema::shopper_accounts},
        {4, "import changes", schema::import_changes},
        {5, "agent commerce", schema::agent_commerce},
        {6, "market items", schema::market_items},
        {7, "guide care", schema::guide_care},
        {8, "forecasts", schema::forecasts},
        {9, "supply plans", schema::supply_plans},
        {10, "promotions and experiments", schema::promotions_and_experiments},
        {11, "product feeds", schema::product_feeds},
        {12, "search judgements", schema::search_judgements},
        {13, "synonym proposals", schema::synonym_proposals},
        {14, "picture index", schema::picture_index},
        {15, "model trials and picture copies", schema::model_trials},
        {16, "stock levels by hand", schema::stock_levels_by_hand},
        {17, "order policies", schema::order_policies},
        {18, "true offers", schema::true_offers},
        {19, "refunds", schema::refunds},
        {20, "refused refunds", schema::refused_refunds},
        {21, "agent conduct", schema::agent_conduct},
        {22, "kinds of promise", schema::kinds_of_promise},
        {23, "order lines by product", schema::lines_by_product},
        {24, "market watch", schema::market_watch},
        {25, "guide nudges", schema::guide_nudges},
        {26, "weather", schema::weather},
    };
    return all;
}

}  // namespace kindling::shop

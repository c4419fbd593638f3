// storefront/shelf.h -- rows of recommended goods, from selection.recommend: each card says why it is there.
//
// The visit's own views and, signed in, the shopper's own orders count; nobody else's. Without the operation, or when it has nothing
// better than best sellers to show and those are not wanted, the row is empty.
#pragma once
#include "storefront/page.h"

namespace kindling::storefront {

struct ShelfWish {
    std::string_view placement;                    // home, product, basket, after_purchase
    std::vector<std::string> product_ids = {};     // in view
    std::int64_t count = 8;
    enum class BestSellers { shown, left_out } best_sellers = BestSellers::shown;  // when nothing is known of this visit
};
// "Most wanted" only where something was sold within the last months.
std::string_view most_wanted(Site&, Visit const&);
std::vector<Card> shelf(Site&, Visit const&, ShelfWish const&);
// A heading, perhaps a link to more, and cards side by side; nothing for no cards.
Html row(Visit const&, std::string_view title, std::string const& more, std::span<Card const>);

}  // namespace kindling::storefront

// storefront/review_digest.h -- what buyers say, above the reviews of a product page: aspects with their share of praise and quotes.
//
// From the answer of reviews.digest. Quotes are other people's words: escaped like every text, in quotation marks, marked with their language.
#pragma once
#include "storefront/html.h"
#include "storefront/site.h"

namespace kindling::storefront {

// Empty when too little was said to sum up.
Html review_digest_html(Visit const&, boost::json::value const& digest);

}  // namespace kindling::storefront

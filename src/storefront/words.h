// storefront/words.h -- what errors are called for a shopper, in the language of the page.
#pragma once
#include "storefront/site.h"

namespace kindling::storefront {

// The reason in the visitor's language; the operation's own message where none is known (English).
std::string explain(Visit const&, std::string_view reason, std::string_view message);
std::string_view order_status_name(Visit const&, std::string_view status);

}  // namespace kindling::storefront

// storefront/words.h -- what errors are called for a shopper, in the language of the page.
#pragma once
#include "storefront/site.h"

namespace kindling::storefront {

// The reason in the visitor's language; the operation's own message where none is known (English).
std::string explain(Visit const&, std::string_view reason, std::string_view message);
// Of a request with wrong fields: what is wrong with the first of them.
std::string explain(Visit const&, Error const&);
// The whole error in the visitor's language, for whoever shows it as it comes (the embedded guide). Reasons stay.
Error translated(Visit const&, Error);
std::string_view order_status_name(Visit const&, std::string_view status);

}  // namespace kindling::storefront

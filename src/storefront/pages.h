// storefront/pages.h -- one function a page; each answers a whole response, or an error that becomes the error page.
#pragma once
#include "storefront/page.h"

namespace kindling::storefront {

Result<Response> home_page(Site&, Visit const&);
Result<Response> category_page(Site&, Visit const&);
Result<Response> search_page(Site&, Visit const&);
Result<Response> suggestions(Site&, Visit const&);  // JSON
Result<Response> product_page(Site&, Visit const&);
Result<Response> basket_page(Site&, Visit const&);
Result<Response> change_basket(Site&, Visit const&);
Result<Response> checkout_page(Site&, Visit const&);
Result<Response> place_order(Site&, Visit const&);
Result<Response> order_page(Site&, Visit const&);
Result<Response> cancel_order(Site&, Visit const&);
Result<Response> account_page(Site&, Visit const&);
Result<Response> find_order(Site&, Visit const&);
Result<Response> policy_page(Site&, Visit const&);
Result<Response> ask_guide(Site&, Visit const&);  // events
Result<Response> sitemap(Site&, Visit const&);
Response robots(Request const&);

}  // namespace kindling::storefront

// storefront/pages.h -- one function a page; each answers a whole response, or an error that becomes the error page.
#pragma once
#include "storefront/page.h"

namespace kindling::storefront {

Result<Response> home_page(Site&, Visit const&);
Result<Response> category_page(Site&, Visit const&);
Result<Response> search_page(Site&, Visit const&);
Result<Response> photo_page(Site&, Visit const&);
Result<Response> photo_page_with(Visit const&, std::optional<Error> const& problem);
Result<Response> search_by_photo(Site&, Visit const&);
Result<Response> guide_photo(Site&, Visit const&);
Result<Response> guide_voice(Site&, Visit const&);
Result<Response> guide_say(Site&, Visit const&);  // JSON
Result<Response> suggestions(Site&, Visit const&);  // JSON
Result<Response> product_page(Site&, Visit const&);
Result<Response> basket_page(Site&, Visit const&);
Result<Response> change_basket(Site&, Visit const&);
Result<Response> change_codes(Site&, Visit const&);
Result<Response> checkout_page(Site&, Visit const&);
Result<Response> place_order(Site&, Visit const&);
Result<Response> agent_checkout_page(Site&, Visit const&);  // what a shopping agent prepared, for its shopper to approve
Result<Response> approve_checkout(Site&, Visit const&);
Result<Response> order_page(Site&, Visit const&);
Result<Response> cancel_order(Site&, Visit const&);
Result<Response> find_order(Site&, Visit const&);
// The account: pages for whoever is signed in send others to the sign-in page.
Result<Response> account_page(Site&, Visit const&);
Result<Response> attach_order(Site&, Visit const&);
Result<Response> sign_in_page(Site&, Visit const&);
Result<Response> sign_in(Site&, Visit const&);
Result<Response> sign_up_page(Site&, Visit const&);
Result<Response> sign_up(Site&, Visit const&);
Result<Response> sign_out(Site&, Visit const&);
Result<Response> reset_page(Site&, Visit const&);
Result<Response> reset_password(Site&, Visit const&);
Result<Response> details_page(Site&, Visit const&);
Result<Response> save_details(Site&, Visit const&);
Result<Response> save_address(Site&, Visit const&);
Result<Response> remove_address(Site&, Visit const&);
Result<Response> password_page(Site&, Visit const&);
Result<Response> change_password(Site&, Visit const&);
Result<Response> privacy_page(Site&, Visit const&);
Result<Response> save_consents(Site&, Visit const&);
Result<Response> forget_remembered(Site&, Visit const&);
Result<Response> export_data(Site&, Visit const&);  // a file
Result<Response> close_page(Site&, Visit const&);
Result<Response> close_account(Site&, Visit const&);
Result<Response> policy_page(Site&, Visit const&);
Result<Response> ask_guide(Site&, Visit const&);  // events
Result<Response> keep_guides_basket(Site&, Visit const&);
Result<Response> hear_news(Site&, Visit const&);
Result<Response> nudge(Site&, Visit const&);
Result<Response> answer_nudge(Site&, Visit const&);
Result<Response> sitemap(Site&, Visit const&);
Response robots(Request const&);

}  // namespace kindling::storefront

// storefront/account.h -- what the pages of an account share: their frame, their notices, and the check that a form is one's own.
#pragma once
#include "shop/accounts/api.h"
#include "storefront/forms.h"
#include "storefront/page.h"

namespace kindling::storefront {

enum class AccountPart { orders, details, password, privacy };

// For whoever is not signed in: sign in, or find one order by its number and proof. 422 when there is a problem to show.
Response guest_account(Visit const&, std::string_view order_problem, std::string_view sign_in_problem);
// The title, the parts of the account with `part` lit, a notice after something was done (?done=), and `main`.
Response account_frame(Visit const&, AccountPart part, Html const& main, Error const* problem = nullptr);
// A form of an account that must not be acted upon: the way to the sign-in page when the session ended, an error page when it did not
// come from one of this session's own pages.
std::optional<Response> refused(Visit const&);
Html csrf_field(Visit const&);
Html problem_box(Visit const&, Error const*);
// The forms of several pages.
Html sign_in_form(Visit const&, std::string_view problem);
// Where to go after signing in: only to a page named here, never to an address from outside.
std::string_view next_page(Visit const&);
Result<shop::Account> own_account(Site&, Visit const&);
// What the guide remembers of whoever is signed in, and what it waits for, with a way to take away each of it.
Html remembered(Site&, Visit const&);

}  // namespace kindling::storefront

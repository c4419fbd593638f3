// storefront/forms.h -- the labelled boxes that forms are made of, with the error of each beside it.
#pragma once
#include "shop/orders/api.h"
#include "storefront/page.h"
#include "storefront/site.h"

namespace kindling::storefront {

struct Box {
    std::string_view name, type, autocomplete;
    Text label;
    enum class Need { yes, no } need = Need::yes;
};

// `path` is the field's JSON Pointer in the operation's request: an error there is shown in the shopper's words.
Html box_html(Visit const&, Box const&, std::string_view value, std::span<FieldError const> errors, std::string_view path);
// Name, e-mail, phone and address, as the checkout and the address book ask for them.
std::span<Box const> contact_boxes();
gateway::Pairs form_of(shop::Contact const&);

// A button that buys: its form carries a mark that fits only the visit in which the page with `what` (a basket, a checkout) was shown, so
// that whoever posts without having been shown it places nothing.
std::string mark_of(Site&, Visit const&, std::string_view what);
bool pressed_here(Site&, Visit const&, std::string_view what);

}  // namespace kindling::storefront

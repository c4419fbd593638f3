// storefront/page.h -- the frame around every page (head, header, footer) and the small parts that pages repeat.
#pragma once
#include "storefront/site.h"

namespace kindling::storefront {

// What search engines, other sites and browsers are told about a page.
struct Meta {
    std::string title = {}, description = {};
    std::string path = "/";      // without the language, with the part of the query that matters: the same page in both languages
    std::string image = {};      // for Open Graph
    std::string_view type = "website";
    enum class Index { yes, no } index = Index::yes;
    std::string category = {};   // which entry of the navigation is lit
    std::string query = {};      // what stands in the search box
    std::string product_id = {}; // what the guide is told about
    Html head = {};              // JSON-LD
    int status = 200;
};

// The whole page as a response, with the visitor's cookies.
Response page(Visit const&, Meta const&, Html const& main);
// A page of its own for an error; the message is the operation's.
Response error_page(Visit const&, Error const&);
// 303 after a form, with the visitor's cookies.
Response see_other(Visit const&, std::string const& location);

// Stands where a picture would: two initials of the name, small, for shops whose products have none. For people who look only.
Html no_picture(std::string_view title);
Html product_card(Visit const&, Card const&, int position);
Html product_grid(Visit const&, std::span<Card const>, int first_position = 1);
Html price_tag(Visit const&, std::int64_t minor, std::int64_t to_minor, std::int64_t compare_at_minor);
Html stars(Visit const&, double rating, std::int64_t reviews);
struct Crumb { std::string name, path; };  // the last one is the page itself
Html breadcrumbs(Visit const&, std::span<Crumb const>);
json::object breadcrumbs_json_ld(Visit const&, std::span<Crumb const>);
// Plain text as paragraphs and, for lines that begin with "·", "-" or "•", as a list.
Html prose(std::string_view text);
Html field_error(Visit const&, std::span<FieldError const>, std::string_view path);

}  // namespace kindling::storefront

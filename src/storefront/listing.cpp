#include "storefront/listing.h"
#include "core/money.h"
#include "core/utf8.h"
#include "gateway/http/url.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

constexpr std::size_t most_filters = 40;
constexpr std::size_t most_searched = 300;  // bytes of words

std::string text(json::object const& o, std::string_view name) {
    auto const* v = o.if_contains(name);
    return v && v->is_string() ? std::string(v->as_string()) : std::string();
}
std::int64_t number(json::object const& o, std::string_view name) {
    auto const* v = o.if_contains(name);
    if (!v) return 0;
    return v->is_int64() ? v->as_int64() : v->is_uint64() ? static_cast<std::int64_t>(v->as_uint64()) : v->is_double() ? static_cast<std::int64_t>(v->as_double()) : 0;
}
json::array const& list(json::object const& o, std::string_view name) {
    static json::array const none;
    auto const* v = o.if_contains(name);
    return v && v->is_array() ? v->as_array() : none;
}

// dialogue.search is not there: what staff see, without what only staff may see.
Result<Listing> plain_list(Site& site, Visit const& visit, Wish const& wish) {
    auto call = visit.call;
    call.caller.permissions = {"catalog.read"};
    json::object request{{"status", "active"}, {"page_size", wish.page_size}};
    if (!wish.query.empty()) request["query"] = utf8_prefix(wish.query, 200);
    if (!wish.category_id.empty()) {
        auto const children = visit.shop->children(wish.category_id);
        request["category_id"] = children.empty() ? wish.category_id : children.front()->category_id;
    }
    if (!wish.after.empty()) request["page_token"] = wish.after;
    auto const answer = TRY(site.executor().call("catalog.list_products", request, call));
    Listing listing;
    for (auto const& p : list(answer.as_object(), "products")) {
        auto const& o = p.as_object();
        listing.cards.push_back({.product_id = text(o, "product_id"), .title = in(visit.locale, text(o, "title_en"), text(o, "title_zh")), .brand = text(o, "brand"), .picture = text(o, "picture_url"), .sku = {}, .price_minor = number(o, "price_minor"), .stock = number(o, "stock") > 0 ? Card::Stock::in_stock : Card::Stock::out});
    }
    listing.total = number(answer.as_object(), "total");
    listing.next = text(answer.as_object(), "next_page_token");
    return listing;
}

}  // namespace

Card card_of(json::object const& o) {
    Card card{.product_id = text(o, "product_id"), .title = text(o, "title"), .brand = text(o, "brand"), .picture = text(o, "picture"), .sku = text(o, "sku"), .price_minor = number(o, "price_from_minor"), .price_to_minor = number(o, "price_to_minor"), .reviews = number(o, "reviews")};
    if (auto const* rating = o.if_contains("rating")) card.rating = rating->is_double() ? rating->as_double() : static_cast<double>(number(o, "rating"));
    auto const stock = text(o, "stock");
    card.stock = stock == "out" ? Card::Stock::out : stock == "low" ? Card::Stock::low : Card::Stock::in_stock;
    return card;
}

Wish wish_of(Request const& request) {
    Wish wish;
    bool asked = false;
    for (auto const& [name, value] : request.query()) {
        if (name == "q") asked = true, wish.query = utf8_prefix(value, most_searched), wish.shortened = value.size() > most_searched;
        if (value.empty() || value.size() > 2000 || name == "q") continue;
        if (name.starts_with("f.") && name.size() > 2 && name.size() <= 66 && wish.filters.size() < most_filters) wish.filters.push_back({name.substr(2), value});
        else if (name == "ignore" && wish.ignore.size() < most_filters) wish.ignore.push_back(value);
        else if (name == "photo" && value.size() <= 64) wish.photo = value;
        else if (name == "min") wish.min = utf8_prefix(value, 20);
        else if (name == "max") wish.max = utf8_prefix(value, 20);
        else if (name == "sort" && (value == "price_up" || value == "price_down" || value == "newest" || value == "popular" || value == "rating")) wish.sort = value;
        else if (name == "stock") wish.in_stock = true;
        else if (name == "after") wish.after = value;
    }
    // A pair that cannot be decoded is left out of query().
    wish.unreadable = !asked && (request.query_text.starts_with("q=") || request.query_text.find("&q=") != std::string::npos);
    return wish;
}

std::string limits_given_up(Listing const& listing, Locale locale) {
    std::string out;
    for (auto const& label : listing.given_up) out += (out.empty() ? "" : locale == Locale::zh ? "、" : ", ") + label;
    return out;
}

std::string unapplied_said(Listing const& listing, Locale locale) {
    if (listing.unapplied.empty()) return {};
    std::string limits;
    for (auto const& said : listing.unapplied) limits += (limits.empty() ? "" : locale == Locale::zh ? "”“" : "”, “") + said;
    return locale == Locale::zh ? fmt::format("无法按“{}”筛选，以下商品未作此限制。", limits) : fmt::format("“{}” cannot be applied here; these are shown without it.", limits);
}

std::string query_of(Wish const& wish) {
    std::string out;
    auto const put = [&](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        out += out.empty() ? '?' : '&';
        out += gateway::percent_encode(name), out += '=', out += gateway::percent_encode(value);
    };
    put("q", wish.query), put("photo", wish.photo);
    for (auto const& f : wish.filters) put("f." + f.name, f.value);
    for (auto const& id : wish.ignore) put("ignore", id);
    put("min", wish.min), put("max", wish.max), put("sort", wish.sort);
    if (wish.in_stock) put("stock", "1");
    return out;
}

Result<Listing> find(Site& site, Visit const& visit, Wish const& wish) {
    if (!site.has("dialogue.search")) return plain_list(site, visit, wish);
    json::object request{{"query", wish.query}, {"category_id", wish.category_id}, {"page_size", wish.page_size}, {"locale", name_of(visit.locale)}, {"page_token", wish.after}, {"in_stock", wish.in_stock}};
    if (!wish.photo.empty()) request["picture_id"] = wish.photo;
    if (wish.shared) request["rules"] = "shared";
    if (!wish.sort.empty()) request["sort"] = wish.sort;
    else if (wish.query.empty() && wish.photo.empty()) request["sort"] = "popular";
    json::array filters, ignore;
    for (auto const& f : wish.filters) {
        // Values of one name widen, names narrow.
        auto const same = std::ranges::find_if(filters, [&](json::value const& v) { return v.at("name").as_string() == f.name; });
        if (same != filters.end()) same->at("values").as_array().push_back(json::string(f.value));
        else filters.push_back(json::object{{"name", f.name}, {"values", json::array{f.value}}});
    }
    for (auto const& id : wish.ignore) ignore.push_back(json::string(id));
    request["filters"] = std::move(filters), request["ignore"] = std::move(ignore);
    // A price that cannot be read limits nothing: the page shows what was typed and everything that fits the rest.
    if (auto const low = parse_amount(wish.min, visit.shop->currency); low && *low >= 0 && !wish.min.empty()) request["price_min_minor"] = *low;
    if (auto const high = parse_amount(wish.max, visit.shop->currency); high && *high >= 0 && !wish.max.empty()) request["price_max_minor"] = *high;
    auto const answer = TRY(site.call(visit, "dialogue.search", std::move(request)));
    auto const& o = answer.as_object();
    Listing listing{.total = number(o, "total"), .next = text(o, "next_page_token")};
    for (auto const& c : list(o, "cards")) listing.cards.push_back(card_of(c.as_object()));
    for (auto const& f : list(o, "facets")) {
        auto const& fo = f.as_object();
        Facet facet{text(fo, "name"), in(visit.locale, text(fo, "label_en"), text(fo, "label_zh")), {}};
        for (auto const& v : list(fo, "values")) facet.values.push_back({text(v.as_object(), "value"), in(visit.locale, text(v.as_object(), "label_en"), text(v.as_object(), "label_zh")), number(v.as_object(), "count")});
        listing.facets.push_back(std::move(facet));
    }
    for (auto const& u : list(o, "understood")) {
        auto const& uo = u.as_object();
        auto label = in(visit.locale, text(uo, "label_en"), text(uo, "label_zh"));
        if (text(uo, "kind") == "category" && text(uo, "polarity") == "want") listing.kind = label;
        listing.understood.push_back({text(uo, "constraint_id"), std::move(label)});
    }
    for (auto const& c : list(o, "corrections")) listing.corrections.emplace_back(text(c.as_object(), "from"), text(c.as_object(), "to"));
    for (auto const& c : list(o, "likely_categories")) listing.likely.push_back({text(c.as_object(), "category_id"), in(visit.locale, text(c.as_object(), "label_en"), text(c.as_object(), "label_zh")), number(c.as_object(), "products")});
    for (auto const& v : list(o, "foreseen")) {
        auto const& f = v.as_object();
        listing.foreseen.push_back({text(f, "attribute"), in(visit.locale, text(f, "attribute_en"), text(f, "attribute_zh")), text(f, "value"), in(visit.locale, text(f, "value_en"), text(f, "value_zh")), text(f, "word")});
    }
    listing.nearest_is_liked = text(o, "nearest_by") == "popular";
    for (auto const& c : list(o, "nearest")) listing.nearest.push_back(card_of(c.as_object()));
    for (auto const& u : list(o, "given_up")) {
        // Pink is said to be missing and not the Dusty Rose that it was read as; a price, and a refusal, by their labels, which say of what kind they are.
        auto const kind = text(u.as_object(), "kind"), said = text(u.as_object(), "said");
        // Of another currency, or of what nothing here is measured by: not that nothing meets it.
        if (kind == "number" && text(u.as_object(), "attribute").empty() && !said.empty()) {
            listing.unapplied.push_back(said);
            continue;
        }
        bool const by_label = said.empty() || said.find_first_not_of("0123456789. ") == said.npos || (kind != "value" && kind != "number") || text(u.as_object(), "polarity") != "want";
        listing.given_up.push_back(by_label ? in(visit.locale, text(u.as_object(), "label_en"), text(u.as_object(), "label_zh")) : said);
    }
    listing.intent = text(o, "intent");
    for (auto const& m : list(o, "missing")) listing.missing.emplace_back(m.as_string());
    for (auto const& words : list(o, "unanswered")) listing.unanswered.emplace_back(words.as_string());
    listing.banner = in(visit.locale, text(o, "banner_en"), text(o, "banner_zh")), listing.banner_link = text(o, "banner_link"), listing.redirect = text(o, "redirect");
    return listing;
}

std::shared_ptr<Listing const> find_kept(Site& site, Visit const& visit, Wish const& wish) {
    auto const key = fmt::format("list {} {} {} {} {}", visit.call.shop_id, name_of(visit.locale), wish.category_id, wish.page_size, query_of(wish));
    if (auto kept = site.recall(key)) return std::static_pointer_cast<Listing const>(kept);
    auto shared = wish;
    shared.shared = true;
    auto found = find(site, visit, shared);
    auto listing = std::make_shared<Listing>(found ? std::move(*found) : Listing{});
    add_former_prices(site, visit, listing->cards);
    site.remember(key, listing);
    return listing;
}

void add_former_prices(Site& site, Visit const& visit, std::span<Card> cards) {
    for (auto& card : cards) {
        auto const answer = site.call(visit, "catalog.get_product", {{"product_id", card.product_id}});
        if (!answer) continue;
        for (auto const& v : list(answer->at("product").as_object(), "variants"))
            if (number(v.as_object(), "price_minor") == card.price_minor) card.compare_at_minor = std::max(card.compare_at_minor, number(v.as_object(), "compare_at_minor"));
    }
}

}  // namespace kindling::storefront

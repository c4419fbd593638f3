#include "storefront/shelf.h"
#include "storefront/listing.h"
#include <boost/json.hpp>

namespace kindling::storefront {

std::vector<Card> shelf(Site& site, Visit const& visit, ShelfWish const& wish) {
    std::vector<Card> out;
    if (!site.has("selection.recommend")) return out;
    json::array in_view;
    for (auto const& id : wish.product_ids)
        if (in_view.size() < 200) in_view.emplace_back(id);
    site.settle(visit);
    auto const answer = site.call(visit, "selection.recommend", {{"placement", wish.placement}, {"product_ids", std::move(in_view)}, {"count", wish.count}, {"locale", name_of(visit.locale)}});
    if (!answer) return out;  // a page is worth more than its row
    if (wish.best_sellers == ShelfWish::BestSellers::left_out && answer->at("basis").as_string() == "popularity") return out;
    for (auto const& item : answer->at("items").as_array()) {
        auto const& o = item.as_object();
        auto card = card_of(o);
        if (auto const* former = o.if_contains("compare_at_minor"); former && former->is_int64()) card.compare_at_minor = former->as_int64();
        // That it sells well is no news, nor that the one product in view led to it.
        auto const kind = o.at("reason_kind").as_string();
        bool const obvious = kind == "popular" || kind == "on_shelf" || (wish.product_ids.size() == 1 && o.at("because_product_id").as_string() == wish.product_ids[0]);
        if (!obvious) card.reason = o.at("reason").as_string();
        out.push_back(std::move(card));
    }
    return out;
}

std::string_view most_wanted(Site& site, Visit const& visit) {
    bool sold = true;
    if (site.has("selection.recommend"))
        if (auto const answer = site.call(visit, "selection.recommend", {{"placement", "home"}, {"count", 1}}); answer && answer->at("basis").as_string() == "popularity") {
            auto const& items = answer->at("items").as_array();
            sold = !items.empty() && items[0].at("reason_kind").as_string() == "popular";
        }
    return visit.say(sold ? Text{"Most wanted", "大家都在买"} : Text{"From our shelves", "店内商品"});
}

Html row(Visit const& visit, std::string_view title, std::string const& more, std::span<Card const> cards) {
    if (cards.empty()) return {};
    Html h;
    h.add("<section class=\"wrap row\"><div class=\"rowhead\"><h2>{}</h2>", title);
    if (!more.empty()) h.add("<a href=\"{}\">{}<span class=\"hide\"> {}</span></a>", more, visit.say({"See all", "查看全部"}), title);
    h.add("</div><div class=\"rail\">");
    int position = 1;
    for (auto const& card : cards) h.add(product_card(visit, card, position++));
    return h.add("</div></section>");
}

}  // namespace kindling::storefront

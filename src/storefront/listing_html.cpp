// How a list of products looks: the filters that hold, the filters that may be added with their exact counts, the grid.
// Every filter is a link and the price is a form, so that all of it works without scripts and can be shared as an address.
#include "gateway/http/url.h"
#include "storefront/listing.h"

namespace kindling::storefront {

namespace {

constexpr std::size_t values_at_once = 8, most_values = 30, facets_at_once = 9;

Wish toggled(Wish wish, Filter const& filter) {
    wish.after.clear();
    if (auto const i = std::ranges::find(wish.filters, filter); i != wish.filters.end()) wish.filters.erase(i);
    else wish.filters.push_back(filter);
    return wish;
}

Html hidden_fields(Wish const& wish) {
    Html h;
    auto const put = [&](std::string const& name, std::string const& value) { if (!value.empty()) h.add("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, value); };
    put("q", wish.query), put("photo", wish.photo);
    for (auto const& f : wish.filters) put("f." + f.name, f.value);
    for (auto const& id : wish.ignore) put("ignore", id);
    return h;
}

std::string label_of(Listing const& listing, Filter const& filter) {
    for (auto const& facet : listing.facets)
        if (facet.name == filter.name)
            for (auto const& v : facet.values)
                if (v.value == filter.value) return v.label;
    return filter.value;
}

Html facet_html(Visit const& visit, Wish const& wish, Facet const& facet, std::string const& base, bool open) {
    // "wool-blend" reads "Wool-blend" in a list.
    auto const capital = [](std::string s) {
        if (!s.empty() && s[0] >= 'a' && s[0] <= 'z') s[0] = static_cast<char>(s[0] - 32);
        return s;
    };
    auto const value_html = [&](Facet::Value const& v) {
        Filter const filter{facet.name, v.value};
        bool const on = std::ranges::find(wish.filters, filter) != wish.filters.end();
        return html("<li><a rel=\"nofollow\" href=\"{}\"{}><span class=\"box\" aria-hidden=\"true\"></span><span dir=\"auto\">{}</span> <span class=\"n\">{}</span>{}</a></li>", base + query_of(toggled(wish, filter)), Mark(" class=\"on\"", on), capital(v.label), v.count,
                    on ? html("<span class=\"hide\">{}</span>", visit.say({"(chosen)", "（已选）"})) : Html());
    };
    Html h;
    h.add("<details class=\"facet\"{}><summary>{}</summary><ul>", Mark(" open", open), facet.label);
    std::size_t shown = 0;
    for (; shown < std::min(facet.values.size(), values_at_once); ++shown) h.add(value_html(facet.values[shown]));
    h.add("</ul>");
    if (shown < facet.values.size()) {
        h.add("<details class=\"more\"><summary>{}</summary><ul>", visit.say({"More", "更多"}));
        for (; shown < std::min(facet.values.size(), most_values); ++shown) h.add(value_html(facet.values[shown]));
        h.add("</ul></details>");
    }
    return h.add("</details>");
}

Html filters_html(Visit const& visit, Wish const& wish, Listing const& listing, std::string const& base) {
    Html h;
    h.add("<form class=\"facet range\" action=\"{}\" method=\"get\">{}", base, hidden_fields(wish));
    if (!wish.sort.empty()) h.add("<input type=\"hidden\" name=\"sort\" value=\"{}\">", wish.sort);
    h.add("<fieldset><legend>{} ({})</legend><label class=\"hide\" for=\"min\">{}</label><input id=\"min\" name=\"min\" inputmode=\"decimal\" maxlength=\"12\" placeholder=\"{}\" value=\"{}\"><span aria-hidden=\"true\">–</span>", visit.say({"Price", "价格"}), visit.shop->currency, visit.say({"Lowest price", "最低价"}), visit.say({"from", "最低"}), wish.min);
    h.add("<label class=\"hide\" for=\"max\">{}</label><input id=\"max\" name=\"max\" inputmode=\"decimal\" maxlength=\"12\" placeholder=\"{}\" value=\"{}\"><button class=\"quiet\">{}</button>", visit.say({"Highest price", "最高价"}), visit.say({"to", "最高"}), wish.max, visit.say({"Apply", "确定"}));
    h.add("<label class=\"check\"><input type=\"checkbox\" name=\"stock\" value=\"1\"{}> {}</label></fieldset></form>", Mark(" checked", wish.in_stock), visit.say({"In stock only", "仅看有货"}));
    std::size_t shown = 0;
    for (auto const& facet : listing.facets) {
        if (facet.name == "price" || facet.name == "category" || facet.values.empty()) continue;
        bool const chosen = std::ranges::any_of(wish.filters, [&](auto const& f) { return f.name == facet.name; });
        if (!chosen && (facet.values.size() < 2 || shown >= facets_at_once)) continue;
        h.add(facet_html(visit, wish, facet, base, chosen || shown < 4));
        ++shown;
    }
    return h;
}

Html chosen_html(Visit const& visit, Wish const& wish, Listing const& listing, std::string const& base) {
    Html h;
    auto const chip = [&](std::string const& label, Wish const& without) {
        h.add("<a class=\"chip on\" rel=\"nofollow\" href=\"{}\"><span class=\"hide\">{}</span>{} <span aria-hidden=\"true\">×</span></a>", base + query_of(without), visit.say({"Take away: ", "移除："}), label);
    };
    if (!wish.photo.empty()) {
        auto without = wish;
        without.photo.clear(), without.after.clear();
        chip(std::string(visit.say({"Like your photo", "与照片相似"})), without);
    }
    for (auto const& f : wish.filters) chip(label_of(listing, f), toggled(wish, f));
    for (auto const& u : listing.understood) {
        auto without = wish;
        without.ignore.push_back(u.id);
        chip(u.label, without);
    }
    if (!wish.min.empty() || !wish.max.empty()) {
        auto without = wish;
        without.min.clear(), without.max.clear();
        chip((wish.min.empty() ? "" : wish.min) + " – " + wish.max, without);
    }
    if (wish.in_stock) {
        auto without = wish;
        without.in_stock = false;
        chip(std::string(visit.say({"In stock", "有货"})), without);
    }
    return h.empty() ? h : html("<p class=\"chips\">{}</p>", h);
}

// The guide is asked what the search could not find. Its button shows itself when scripts run, as the guide needs them.
Html ask_the_guide(Visit const& visit, Wish const& wish) {
    return Html().add("<p><button class=\"button\" data-guide-open=\"{}\" hidden>{}</button></p>", wish.query, visit.say({"Ask the guide", "问导购"}));
}

// Nothing was found: what to do next.
Html nothing_html(Visit const& visit, Wish const& wish, Listing const& listing) {
    if (!listing.nearest.empty()) {
        auto const limits = limits_given_up(listing, visit.locale);
        Html h;
        h.add("<p class=\"hint\" role=\"status\">{}</p>", listing.nearest_is_liked ? std::string(visit.say({"Nothing here answers these words. What is popular:", "没有与这些词相关的商品，以下是热门商品："}))
                                                       : limits.empty() && !listing.missing.empty() ? std::string(visit.say({"These come nearest:", "最接近的是："}))
                                                       : limits.empty() ? std::string(visit.say({"Nothing in the shop has all of these words. The nearest that fits the rest:", "没有商品含有全部这些词，以下符合其余条件："}))
                                                       : visit.locale == Locale::zh ? fmt::format("没有商品符合“{}”。放宽后最接近的是：", limits) : fmt::format("Nothing here meets “{}”. Without it, the nearest:", limits));
        return h.add(ask_the_guide(visit, wish)).add(product_grid(visit, listing.nearest));
    }
    bool const narrowed = !wish.filters.empty() || !wish.min.empty() || !wish.max.empty() || wish.in_stock;
    Html h;
    h.add("<div class=\"empty\"><p>{}</p>", narrowed ? visit.say({"Nothing fits all of this. Take one filter away, or ask the guide: it names the nearest that there is.", "没有完全符合的商品。试着去掉一个条件，或问问导购：它会告诉您最接近的选择。"})
                                                     : visit.say({"Nothing in the shop answers to these words. Try fewer or other words, or tell the guide what it is for.", "店里没有找到相符的商品。换个说法或减少关键词，也可以告诉导购您的用途。"}));
    return h.add(ask_the_guide(visit, wish)).add("</div>");
}

}  // namespace

// Words that want no goods: help with an order, a rule of the shop or a comparison is the guide's, and orders have a page.
Html not_for_goods(Visit const& visit, Wish const& wish, Listing const& listing) {
    if (listing.intent.empty() || listing.intent == "buy" || !visit.guide) return {};
    Text const said = listing.intent == "support" ? Text{"Is it about an order, a return or a rule of the shop? The guide answers that.", "是关于订单、退换或店铺规则吗？导购可以回答。"}
                    : listing.intent == "compare" ? Text{"The guide compares goods side by side.", "导购可以并排对比商品。"} : Text{"To talk, ask the guide.", "想聊聊可以找导购。"};
    return Html().add("<div class=\"hint\" role=\"status\" data-intent=\"{}\"><p>{}</p>{}</div>", listing.intent, visit.say(said), listing.cards.empty() ? Html() : ask_the_guide(visit, wish));   // a list of nothing has the button below
}

Html listing_html(Visit const& visit, Wish const& wish, Listing const& listing, std::string const& base) {
    static constexpr std::pair<std::string_view, Text> orders[] = {{"", {"Best match", "综合"}}, {"popular", {"Popular", "销量"}}, {"newest", {"New", "新品"}}, {"price_up", {"Price, low first", "价格从低到高"}}, {"price_down", {"Price, high first", "价格从高到低"}}, {"rating", {"Best rated", "好评"}}};
    Html sorting;
    for (auto const& [key, label] : orders) {
        if (key.empty() && wish.query.empty() && wish.photo.empty()) continue;  // nothing to match: popular is the order
        auto other = wish;
        other.sort = key;
        bool const on = wish.sort == key || (wish.sort.empty() && wish.query.empty() && wish.photo.empty() && key == "popular");
        sorting.add("<a rel=\"nofollow\" href=\"{}\"{}>{}</a>", base + query_of(other), Mark(" aria-current=\"true\"", on), visit.say(key.empty() && !wish.photo.empty() ? Text{"Most alike", "最相似"} : label));
    }
    Html h;
    h.add(chosen_html(visit, wish, listing, base));
    // Nothing found and nothing to take away but words: filters and orders of nothing would only stand in the way.
    if (listing.cards.empty() && wish.filters.empty() && wish.min.empty() && wish.max.empty() && !wish.in_stock && wish.after.empty()) return h.add(nothing_html(visit, wish, listing));
    auto const filters = filters_html(visit, wish, listing, base);
    h.add("<div class=\"list\"><aside class=\"filters\" aria-label=\"{}\"><details class=\"drawer\" open><summary class=\"button quiet\">{}</summary>{}</details></aside>", visit.say({"Filters", "筛选"}), visit.say({"Filters", "筛选"}), filters);
    h.add("<div class=\"found\"><p class=\"sorts\"><span class=\"total\">{} {}</span><span class=\"by\">{}</span></p>", listing.total, visit.say(listing.total == 1 ? Text{"product", "件商品"} : Text{"products", "件商品"}), sorting);
    if (listing.cards.empty()) h.add(nothing_html(visit, wish, listing));
    h.add(product_grid(visit, listing.cards));
    if (!listing.next.empty()) {
        auto const query = query_of(wish);
        h.add("<p class=\"next\"><a class=\"button quiet\" rel=\"next nofollow\" href=\"{}\">{}</a></p>", base + query + (query.empty() ? "?" : "&") + "after=" + gateway::percent_encode(listing.next), visit.say({"Next page", "下一页"}));
    }
    return h.add("</div></div>");
}

}  // namespace kindling::storefront

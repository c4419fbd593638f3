// One product: pictures, what can be bought and at which price, the facts, what buyers say, what is like it.
#include "core/money.h"
#include "core/utf8.h"
#include "gateway/http/url.h"
#include "shop/activity/api.h"
#include "shop/catalogue/operations.h"
#include "storefront/listing.h"
#include "storefront/pages.h"
#include "storefront/promotions.h"
#include "storefront/review_digest.h"
#include "storefront/shelf.h"
#include <boost/json.hpp>
#include <charconv>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

constexpr std::int64_t few = 5;  // from here on the page says how many are left

Html gallery(Visit const& visit, shop::Product const& p, std::string const& title) {
    Html pictures, thumbs;
    int n = 0;
    for (auto const& picture : p.pictures) {
        auto const url = safe_url(picture.url);
        if (url.empty()) continue;
        ++n;
        auto const& alt = in(visit.locale, picture.alt_en, picture.alt_zh);
        pictures.add("<li id=\"picture-{}\"><img src=\"{}\" alt=\"{}\" width=\"800\" height=\"800\"{}></li>", n, url, alt.empty() ? title : alt, n == 1 ? Mark(" fetchpriority=\"high\"") : Mark(" loading=\"lazy\""));
        thumbs.add("<li><a href=\"#picture-{}\"><img src=\"{}\" alt=\"{}\" width=\"80\" height=\"80\"></a></li>", n, url, fmt::format("{} {}", visit.say({"Picture", "图"}), n));
    }
    if (n == 0) return html("<div class=\"gallery none\">{}</div>", no_picture(title));
    if (n == 1) return html("<div class=\"gallery\"><ul class=\"pictures\">{}</ul></div>", pictures);
    return html("<div class=\"gallery\"><ul class=\"pictures\" tabindex=\"0\" aria-label=\"{}\">{}</ul><ul class=\"thumbs\">{}</ul></div>", visit.say({"Pictures", "商品图片"}), pictures, thumbs);
}

Text stock_words(std::optional<std::int64_t> stock) {
    if (!stock || *stock > few) return {"In stock, ready to ship", "现货，可立即发货"};
    if (*stock > 0) return {"Only a few left", "库存不多"};
    return {"Sold out", "已售罄"};
}

// "Apricot / S" under "Apricot": siblings that share all but their last part stand together.
std::pair<std::string_view, std::string_view> split(std::string_view title) {
    auto const at = title.rfind(" / ");
    if (at == title.npos) return {{}, title};
    return {title.substr(0, at), title.substr(at + 3)};
}

Html variants(Visit const& visit, shop::Product const& p, shop::Variant const& chosen) {
    if (p.variants.size() == 1) return html("<input type=\"hidden\" name=\"sku\" value=\"{}\">", p.variants[0].sku);
    Html h;
    h.add("<fieldset class=\"variants\"><legend>{}</legend>", visit.say({"Choose", "选择规格"}));
    std::vector<std::pair<std::string_view, std::vector<shop::Variant const*>>> groups;
    for (auto const& v : p.variants) {
        auto const group = split(in(visit.locale, v.title_en, v.title_zh)).first;
        auto const i = std::ranges::find(groups, group, [](auto const& g) { return g.first; });
        (i == groups.end() ? groups.emplace_back(group, std::vector<shop::Variant const*>()) : *i).second.push_back(&v);
    }
    for (auto const& [group, members] : groups) {
        h.add("<div class=\"axis\">");
        if (!group.empty()) h.add("<span class=\"label\" dir=\"auto\">{}</span>", group);
        for (auto const* v : members) {
            auto const& whole = in(visit.locale, v->title_en, v->title_zh);
            auto const name = split(whole).second;
            bool const gone = v->stock && *v->stock <= 0;
            h.add("<label class=\"option{}\"><input type=\"radio\" name=\"sku\" value=\"{}\" required{} data-price=\"{}\" data-was=\"{}\" data-stock=\"{}\"{}><span dir=\"auto\"><span class=\"hide\">{} </span>{}{}</span></label>", Mark(" gone", gone), v->sku, Mark(" checked", v == &chosen), visit.money(v->price_minor),
                  v->compare_at_minor.value_or(0) > v->price_minor ? visit.money(*v->compare_at_minor) : std::string(), visit.say(stock_words(v->stock)), gone ? Mark(" data-gone") : Mark(" data-few", v->stock && *v->stock <= few), group, name.empty() ? std::string_view(v->sku) : name, gone ? html("<span class=\"hide\"> ({})</span>", visit.say({"sold out", "售罄"})) : Html());
        }
        h.add("</div>");
    }
    return h.add("</fieldset>");
}

std::string value_of(Visit const& visit, shop::Attribute const& a, Shop const& shop) {
    auto const& text = in(visit.locale, a.text_en, a.text_zh);
    if (!text.empty()) return text;
    if (!a.number) return {};
    auto unit = a.unit;
    if (unit.empty())
        if (auto const i = shop.attributes.find(a.name); i != shop.attributes.end()) unit = i->second.unit;
    return fmt::format("{:g}{}{}", *a.number, unit.empty() ? "" : " ", unit);
}

// "wool-blend" reads "Wool-blend" in a table.
std::string capitalised(std::string s) {
    if (!s.empty() && s[0] >= 'a' && s[0] <= 'z') s[0] = static_cast<char>(s[0] - 'a' + 'A');
    return s;
}

Html facts(Visit const& visit, shop::Product const& p) {
    Html rows;
    auto const put = [&](std::string_view label, std::string const& value) { if (!value.empty()) rows.add("<tr><th scope=\"row\">{}</th><td dir=\"auto\">{}</td></tr>", label, value); };
    put(visit.say({"Brand", "品牌"}), in(visit.locale, p.brand, p.brand_zh));
    for (auto const& a : p.attributes) {
        auto const i = visit.shop->attributes.find(a.name);
        put(i == visit.shop->attributes.end() ? std::string_view(a.name) : std::string_view(in(visit.locale, i->second.name_en, i->second.name_zh)), capitalised(value_of(visit, a, *visit.shop)));
    }
    if (!p.variants.empty() && p.variants[0].weight_g) put(visit.say({"Shipping weight", "运输重量"}), *p.variants[0].weight_g < 1000 ? fmt::format("{} g", *p.variants[0].weight_g) : fmt::format("{:.1f} kg", static_cast<double>(*p.variants[0].weight_g) / 1000));
    put(visit.say({"Item number", "商品编号"}), p.product_id);
    return html("<section class=\"facts\"><h2>{}</h2><table>{}</table></section>", visit.say({"Details", "商品参数"}), rows);
}

Html reviews_html(Visit const& visit, std::span<shop::Review const> reviews, shop::ProductAnswer const& answer, Html const& digest) {
    Html h;
    h.add("<section class=\"reviews\" id=\"reviews\"><h2>{}</h2>", visit.say({"What buyers say", "买家评价"}));
    if (reviews.empty()) return h.add("<p class=\"soft\">{}</p></section>", visit.say({"Nobody has reviewed this yet.", "暂无评价。"}));
    h.add("<p class=\"sum\"><b>{}</b> {}</p>{}<ul class=\"each\">", fmt::format("{:.1f}", answer.rating.value_or(0)), stars(visit, answer.rating.value_or(0), answer.reviews), digest);
    for (auto const& r : reviews) {
        h.add("<li lang=\"{}\"><p class=\"who\"><span class=\"stars s{}\" role=\"img\" aria-label=\"{}\"></span> <span dir=\"auto\">{}</span> <time>{}</time></p>", r.language.starts_with("zh") ? "zh" : r.language.starts_with("en") ? "en" : "", std::clamp<std::int64_t>(r.rating * 2, 2, 10),
              fmt::format("{} / 5", r.rating), r.author.empty() ? visit.say({"A customer", "匿名用户"}) : std::string_view(r.author), r.created_at_ms ? format_date(day_of(*r.created_at_ms)) : std::string());
        if (!r.title.empty()) h.add("<p class=\"title\" dir=\"auto\">{}</p>", r.title);
        h.add("<p dir=\"auto\">{}</p></li>", r.body);
    }
    return h.add("</ul></section>");
}

json::object product_json_ld(Visit const& visit, shop::ProductAnswer const& answer, std::string const& title, std::string const& path, std::span<shop::Review const> reviews) {
    auto const& p = answer.product;
    auto const origin = origin_of(visit.request);
    json::array images, offers;
    for (auto const& picture : p.pictures)
        if (auto const url = safe_url(picture.url); !url.empty()) images.push_back(json::string(url.starts_with('/') ? origin + std::string(url) : std::string(url)));
    for (auto const& v : p.variants)
        offers.push_back(json::object{{"@type", "Offer"}, {"sku", v.sku}, {"name", in(visit.locale, v.title_en, v.title_zh)}, {"url", origin + visit.link(path)}, {"price", format_amount(v.price_minor, answer.currency)}, {"priceCurrency", answer.currency},
                                      {"availability", !v.stock || *v.stock > 0 ? "https://schema.org/InStock" : "https://schema.org/OutOfStock"}, {"itemCondition", "https://schema.org/NewCondition"}});
    json::object o{{"@context", "https://schema.org"}, {"@type", "Product"}, {"name", title}, {"sku", p.product_id}, {"image", images}, {"offers", offers}};
    if (auto const& text = in(visit.locale, p.description_en, p.description_zh); !text.empty()) o["description"] = utf8_prefix(text, 2000);
    if (auto const& brand = in(visit.locale, p.brand, p.brand_zh); !brand.empty()) o["brand"] = json::object{{"@type", "Brand"}, {"name", brand}};
    if (p.variants.size() == 1 && !p.variants[0].barcode.empty()) o["gtin"] = p.variants[0].barcode;
    if (answer.rating && answer.reviews > 0) {
        o["aggregateRating"] = json::object{{"@type", "AggregateRating"}, {"ratingValue", fmt::format("{:.1f}", *answer.rating)}, {"reviewCount", answer.reviews}};
        json::array list;
        for (auto const& r : reviews.first(std::min<std::size_t>(3, reviews.size())))
            list.push_back(json::object{{"@type", "Review"}, {"reviewBody", utf8_prefix(r.body, 500)}, {"author", {{"@type", "Person"}, {"name", r.author.empty() ? "Customer" : r.author}}}, {"reviewRating", {{"@type", "Rating"}, {"ratingValue", r.rating}, {"bestRating", 5}}}});
        o["review"] = std::move(list);
    }
    return o;
}

// What a shopper wants first: the cheapest that can be sent; else the first.
shop::Variant const& first_choice(shop::Product const& p) {
    auto const* best = &p.variants[0];
    for (auto const& v : p.variants) {
        bool const here = !v.stock || *v.stock > 0, best_here = !best->stock || *best->stock > 0;
        if ((here && !best_here) || (here == best_here && v.price_minor < best->price_minor)) best = &v;
    }
    return *best;
}

Html buy_box(Visit const& visit, shop::Product const& p) {
    auto const& v = first_choice(p);
    bool const gone = v.stock && *v.stock <= 0;
    Html h;
    h.add("<form class=\"buy\" action=\"{}\" method=\"post\" data-add>", visit.link("/basket/add"));
    h.add("<p class=\"pricing\" aria-live=\"polite\"><span class=\"price\"><span class=\"now\" data-now>{}</span></span> <s class=\"was\" data-was{}>{}</s></p>", visit.money(v.price_minor), Mark(" hidden", v.compare_at_minor.value_or(0) <= v.price_minor), v.compare_at_minor.value_or(0) > v.price_minor ? visit.money(*v.compare_at_minor) : std::string());
    h.add(variants(visit, p, v));
    h.add("<p class=\"stock{}{}\" data-stock-line aria-live=\"polite\">{}</p>", Mark(" gone", gone), Mark(" few", !gone && v.stock && *v.stock <= few), visit.say(stock_words(v.stock)));
    h.add("<div class=\"act\"><label class=\"hide\" for=\"quantity\">{}</label><input id=\"quantity\" name=\"quantity\" type=\"number\" inputmode=\"numeric\" min=\"1\" max=\"99\" value=\"1\">", visit.say({"Quantity", "数量"}));
    h.add("<button class=\"button\"{}>{}<span class=\"sum\" data-now>{}</span></button></div>", Mark(" disabled", gone && p.variants.size() == 1), visit.say({"Add to basket", "加入购物车"}), visit.money(v.price_minor));
    return h.add("</form>");
}

Html assurances(Visit const& visit) {
    auto const& shop = *visit.shop;
    Html h;
    h.add("<ul class=\"assure\">");
    if (shop.shipping_fee_minor == 0) h.add("<li>{}</li>", visit.say({"Free shipping on every order", "全场包邮"}));
    else if (shop.free_shipping_from_minor > 0) h.add("<li>{}{}{}</li>", visit.say({"Free shipping from ", "满 "}), visit.money(shop.free_shipping_from_minor), visit.say({"", " 免运费"}));
    else h.add("<li>{}{}</li>", visit.say({"Shipping ", "运费 "}), visit.money(shop.shipping_fee_minor));
    for (auto const& policy : shop.policies)
        if (policy.topic == "returns") h.add("<li><a href=\"{}\">{}</a></li>", visit.link("/policy/returns"), visit.say({"Returns made easy", "退换无忧"}));
    return h.add("<li>{}</li></ul>", visit.say({"Order without an account", "无需注册即可下单"}));
}

}  // namespace

Result<Response> product_page(Site& site, Visit const& visit) {
    auto const id = std::string(visit.request.parameter("product"));
    auto const answer = TRY(read_json<shop::ProductAnswer>(TRY(site.call(visit, "catalog.get_product", {{"product_id", id}}))));
    auto const& p = answer.product;
    if (p.variants.empty()) return fail(Errc::not_found, "product_not_found", "This product has nothing to sell.");
    std::vector<shop::Review> reviews;
    Html digest;
    if (answer.reviews > 0) {
        auto const page = TRY(site.call(visit, "reviews.list", {{"product_id", id}, {"page_size", 8}}));
        for (auto const& r : page.at("reviews").as_array()) reviews.push_back(TRY(read_json<shop::Review>(r)));
        // A page without its summary is still a page.
        if (auto const said = site.call(visit, "reviews.digest", {{"product_id", id}})) digest = review_digest_html(visit, *said);
    }
    auto related = shelf(site, visit, {.placement = "product", .product_ids = {id}});
    if (related.empty() && !p.category_id.empty()) {
        auto const alike = find_kept(site, visit, {.category_id = p.category_id, .page_size = 13});
        related = alike->cards;
        std::erase_if(related, [&](Card const& c) { return c.product_id == id; });
        if (related.size() > 8) related.resize(8);
    }
    gateway::ShopEvent event{.product_id = id};
    auto const query = visit.request.query();
    if (auto const from = gateway::find(query, "from")) {
        std::int64_t position = 0;
        std::from_chars(from->data(), from->data() + from->size(), position);
        if (position >= 1 && position <= 1'000'000) {
            event.position = position;
            site.note(visit, "click", event);
            event.position.reset();
        }
    }
    site.note(visit, "view", event);

    auto const& title = in(visit.locale, p.title_en, p.title_zh);
    auto const path = "/p/" + gateway::percent_encode(id);
    std::vector<Crumb> crumbs;
    for (auto const* c : visit.shop->path_to(p.category_id)) crumbs.push_back({in(visit.locale, c->name_en, c->name_zh), "/c/" + gateway::percent_encode(c->category_id)});
    crumbs.push_back({title, path});
    auto const& description = in(visit.locale, p.description_en, p.description_zh);
    std::string short_text(utf8_prefix(description, 300));
    std::ranges::replace(short_text, '\n', ' ');
    Meta meta{.title = title, .description = short_text, .path = path, .image = p.pictures.empty() ? "" : p.pictures[0].url, .type = "product", .category = p.category_id, .product_id = id};
    meta.head.add_json_ld(product_json_ld(visit, answer, title, path, reviews)).add_json_ld(breadcrumbs_json_ld(visit, crumbs));

    Html main;
    main.add("<div class=\"wrap\">{}<article class=\"product\">{}<div class=\"about\">", breadcrumbs(visit, crumbs), gallery(visit, p, title));
    if (auto const& brand = in(visit.locale, p.brand, p.brand_zh); !brand.empty()) main.add("<p class=\"by\"><a href=\"{}\">{}</a></p>", visit.link("/search?q=" + gateway::percent_encode(brand)), brand);
    main.add("<h1 dir=\"auto\">{}</h1>", title);
    if (answer.reviews > 0) main.add("<p><a class=\"plain\" href=\"#reviews\">{}</a></p>", stars(visit, answer.rating.value_or(0), answer.reviews));
    main.add(offers_html(site, visit, id)).add(buy_box(visit, p)).add(assurances(visit));
    main.add("</div></article><div class=\"more\">");
    if (!description.empty()) main.add("<section class=\"story\" dir=\"auto\"><h2>{}</h2>{}</section>", visit.say({"About this product", "商品介绍"}), prose(description));
    main.add(facts(visit, p)).add("</div>");
    main.add(reviews_html(visit, reviews, answer, digest));
    main.add("</div>");
    main.add(row(visit, visit.say({"You may also like", "看了又看"}), "", related));
    return page(visit, meta, main);
}

}  // namespace kindling::storefront

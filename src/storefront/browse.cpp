// Home, category and search: the three ways in.
#include "core/utf8.h"
#include "gateway/http/url.h"
#include "storefront/listing.h"
#include "storefront/pages.h"
#include "storefront/shelf.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

Html hero(Visit const& visit, std::span<Card const> cards) {
    std::vector<std::string> wishes;   // examples about this shop
    for (auto const& w : visit.shop->wishes) wishes.push_back(visit.locale == Locale::zh ? w.zh : w.en);
    // Chinese has no spaces to break at: its lines end where a reader would pause.
    Html title;
    if (visit.locale == Locale::zh) title.add("<span class=\"phrase\">{}</span><span class=\"phrase\">{}</span><span class=\"phrase\">{}</span>", "说出你想要的，", "我们帮你找到", "合适的那一件。");
    else title.add("{}", "Tell us what you need. We will find the one that fits.");
    Html h;
    h.add("<section class=\"hero\"><div class=\"wrap\"><div class=\"pitch\"><p class=\"kicker\">{}</p><h1>{}</h1><p class=\"lead\">{}</p>", visit.say({"Ask. Compare. Decide.", "会问 · 会比 · 会选"}), title,
          visit.say({"Say it in your own words: the size, the budget, what it must not be. Every answer comes from the shelf, with the reason beside it.", "用自己的话说就好：尺寸、预算、不想要什么。每个推荐都来自真实商品，并附上理由。"}));
    h.add("<form class=\"wish\" action=\"{}\" method=\"get\" data-guide-form><label class=\"hide\" for=\"wish\">{}</label><input id=\"wish\" name=\"q\" maxlength=\"200\" autocomplete=\"off\" placeholder=\"{}\"><button class=\"button\">{}</button></form>", visit.link("/search"), visit.say({"What are you looking for?", "想找什么？"}),
          visit.say({"Size, budget, colour, what it must not be…", "尺寸、预算、颜色、不想要什么……"}), visit.say({"Find it", "帮我找"}));
    h.add("<p class=\"chips\">");
    for (auto const& w : wishes) h.add("<a class=\"chip\" data-guide-say href=\"{}\">{}</a>", visit.link("/search?q=" + gateway::percent_encode(w)), w);
    h.add("</p></div><div class=\"collage\" aria-hidden=\"true\">");
    for (std::size_t i = 0; i < std::min<std::size_t>(cards.size(), 4); ++i)
        if (auto const url = safe_url(cards[i].picture); !url.empty()) h.add("<a tabindex=\"-1\" href=\"{}\"><img src=\"{}\" alt=\"\" width=\"400\" height=\"400\" decoding=\"async\"></a>", visit.link("/p/" + gateway::percent_encode(cards[i].product_id)), url);
    return h.add("</div></div></section>");
}

Html category_tiles(Site& site, Visit const& visit) {
    Html h;
    bool pictured = false;
    for (auto const* c : visit.shop->children("")) {
        auto const best = find_kept(site, visit, {.category_id = c->category_id, .page_size = 1});
        h.add("<li><a href=\"{}\"><span class=\"pic\">", visit.link("/c/" + gateway::percent_encode(c->category_id)));
        auto const url = best->cards.empty() ? std::string_view() : safe_url(best->cards[0].picture);
        pictured = pictured || !url.empty();
        if (url.empty()) h.add(no_picture(in(visit.locale, c->name_en, c->name_zh)));
        else h.add("<img src=\"{}\" alt=\"\" width=\"200\" height=\"200\" loading=\"lazy\" decoding=\"async\">", url);
        h.add("</span><span>{} <span class=\"n\">{}</span></span></a></li>", in(visit.locale, c->name_en, c->name_zh), c->products);
    }
    return h.empty() ? h : html("<section class=\"wrap row\"><h2>{}</h2><ul class=\"tiles{}\">{}</ul></section>", visit.say({"Browse", "逛一逛"}), Mark(" plain", !pictured), h);
}

Html promises(Visit const& visit) {
    Html h;
    h.add("<section class=\"wrap promises\"><ul><li><b>{}</b><span>{}</span></li>", visit.say({"Honest answers", "如实回答"}), visit.say({"Prices, sizes and stock come from the catalogue at the moment you ask.", "价格、尺寸与库存均取自实时商品资料。"}));
    if (visit.shop->free_shipping_from_minor > 0) h.add("<li><b>{}</b><span>{}</span></li>", visit.say({"Free shipping", "包邮"}), fmt::format("{}{}", visit.say({"On orders from ", "单笔订单满 "}), visit.money(visit.shop->free_shipping_from_minor)));
    h.add("<li><b>{}</b><span>{}</span></li><li><b>{}</b><span>{}</span></li></ul></section>", visit.say({"Real reviews", "真实评价"}), visit.say({"From people who bought it, the critical ones too.", "来自购买者，好评差评都展示。"}), visit.say({"No account needed", "无需注册"}),
          visit.say({"Order as a guest and follow it with your order number.", "免注册下单，凭订单号随时查询。"}));
    return h;
}

std::string offered_names(Visit const& visit) {
    std::string out;
    for (auto const* c : visit.shop->children("")) out += (out.empty() ? "" : visit.locale == Locale::zh ? "、" : ", ") + in(visit.locale, c->name_en, c->name_zh);
    return out;
}

// What the owner says above a list.
Html banner_html(Visit const& visit, Listing const& listing) {
    if (listing.banner.empty()) return {};
    if (!listing.banner_link.starts_with('/') || listing.banner_link.starts_with("//")) return html("<p class=\"banner\" dir=\"auto\">{}</p>", listing.banner);
    return html("<p class=\"banner\" dir=\"auto\"><a href=\"{}\">{}</a></p>", visit.link(listing.banner_link), listing.banner);
}

// What was shown where, so that clicks can be judged by how far up a card stood. Only of first pages: a later one knows no ranks.
void note_impressions(Site& site, Visit const& visit, Wish const& wish, Listing const& listing) {
    if (!wish.after.empty()) return;
    std::int64_t position = 0;
    for (auto const& card : listing.cards) site.note(visit, "impression", {.product_id = card.product_id, .query = wish.query.empty() ? wish.category_id : wish.query, .position = ++position});
}

}  // namespace

Result<Response> home_page(Site& site, Visit const& visit) {
    auto const popular = find_kept(site, visit, {.sort = "popular", .page_size = 12});
    auto const fresh = find_kept(site, visit, {.sort = "newest", .page_size = 36});
    // The deepest cuts among what sells well; new things that are not in the rows above.
    auto deals = find_kept(site, visit, {.sort = "popular", .page_size = 60})->cards;
    std::erase_if(deals, [](Card const& c) { return c.compare_at_minor <= c.price_minor || c.stock == Card::Stock::out; });
    std::ranges::stable_sort(deals, std::ranges::greater(), [](Card const& c) { return (c.compare_at_minor - c.price_minor) * 1000 / c.compare_at_minor; });
    if (deals.size() > 12) deals.resize(12);
    auto arrivals = fresh->cards;
    auto const repeats = [](std::vector<Card> const& list, Card const& c) { return std::ranges::any_of(list, [&](Card const& other) { return other.product_id == c.product_id; }); };
    std::erase_if(arrivals, [&](Card const& c) { return repeats(popular->cards, c) || repeats(deals, c); });
    if (arrivals.size() > 12) arrivals.resize(12);
    std::vector<Card> shown;  // in the hero: the best seller of four different categories
    for (auto const* c : visit.shop->children("")) {
        if (shown.size() == 4) break;
        if (auto const best = find_kept(site, visit, {.category_id = c->category_id, .page_size = 1}); !best->cards.empty()) shown.push_back(best->cards[0]);
    }
    Meta meta{.description = std::string(visit.say({"Everyday things with honest answers: ", "用心挑选，如实回答："})) + offered_names(visit), .path = "/", .image = shown.empty() ? "" : shown[0].picture};
    auto const origin = origin_of(visit.request);
    meta.head.add_json_ld(json::object{{"@context", "https://schema.org"}, {"@type", "WebSite"}, {"name", in(visit.locale, visit.shop->name, visit.shop->name_zh)}, {"url", origin + visit.link("/")},
                                       {"potentialAction", {{"@type", "SearchAction"}, {"target", origin + visit.link("/search?q={query}")}, {"query-input", "required name=query"}}}});
    Html main;
    main.add(hero(visit, shown)).add(category_tiles(site, visit));
    main.add(row(visit, visit.say({"For you", "为您推荐"}), "", shelf(site, visit, {.placement = "home", .count = 12, .best_sellers = ShelfWish::BestSellers::left_out})));
    main.add(row(visit, most_wanted(site, visit), visit.link("/search?sort=popular"), popular->cards));
    main.add(row(visit, visit.say({"Good deals", "好价推荐"}), "", deals));
    main.add(row(visit, visit.say({"Just in", "新品上架"}), visit.link("/search?sort=newest"), arrivals));
    main.add(promises(visit));
    return page(visit, meta, main);
}

Result<Response> category_page(Site& site, Visit const& visit) {
    auto const id = std::string(visit.request.parameter("category"));
    auto const* category = visit.shop->category(id);
    if (!category) return fail(Errc::not_found, "category_not_found", "There is no such category.");
    auto wish = wish_of(visit.request);
    wish.category_id = id, wish.query.clear();
    auto listing = TRY(find(site, visit, wish));
    add_former_prices(site, visit, listing.cards);
    note_impressions(site, visit, wish, listing);
    auto const path = visit.shop->path_to(id);
    std::vector<Crumb> crumbs;
    for (auto const* c : path) crumbs.push_back({in(visit.locale, c->name_en, c->name_zh), "/c/" + gateway::percent_encode(c->category_id)});
    auto const& name = crumbs.back().name;
    Meta meta{.title = name, .description = fmt::format("{} · {} {}", name, listing.total, visit.say({"products with prices, reviews and stock.", "件商品，含价格、评价与库存。"})), .path = crumbs.back().path, .image = listing.cards.empty() ? "" : listing.cards[0].picture, .category = id};
    // Filtered lists repeat the same products under countless addresses; only the category itself is for search engines.
    if (!query_of(wish).empty() || !wish.after.empty()) meta.index = Meta::Index::no, meta.path += query_of(wish);
    meta.head.add_json_ld(breadcrumbs_json_ld(visit, crumbs));
    Html main;
    main.add("<div class=\"wrap\">{}<h1>{}</h1>", breadcrumbs(visit, crumbs), name);
    // The categories below; at the bottom of the tree, those beside.
    auto children = visit.shop->children(id);
    bool const bottom = children.empty() && !category->parent_id.empty();
    if (bottom) children = visit.shop->children(category->parent_id);
    if (!children.empty()) {
        main.add("<nav class=\"chips\" aria-label=\"{}\">", visit.say({"Narrower categories", "细分类目"}));
        if (bottom)
            if (auto const* parent = visit.shop->category(category->parent_id)) main.add("<a class=\"chip\" href=\"{}\">{}</a>", visit.link("/c/" + gateway::percent_encode(parent->category_id)), visit.say({"All", "全部"}));
        for (auto const* c : children) main.add("<a class=\"chip\" href=\"{}\"{}>{} <span class=\"n\">{}</span></a>", visit.link("/c/" + gateway::percent_encode(c->category_id)), Mark(" aria-current=\"page\"", c->category_id == id), in(visit.locale, c->name_en, c->name_zh), c->products);
        main.add("</nav>");
    }
    main.add(banner_html(visit, listing)).add(listing_html(visit, wish, listing, visit.link(crumbs.back().path))).add("</div>");
    return page(visit, meta, main);
}

namespace {
std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}
}  // namespace

Result<Response> search_page(Site& site, Visit const& visit) {
    auto wish = wish_of(visit.request);
    auto found = find(site, visit, wish);
    if (!found && (found.error().reason == "picture_gone" || found.error().reason == "pictures_not_indexed")) return photo_page_with(visit, found.error());
    auto listing = TRY(std::move(found));
    add_former_prices(site, visit, listing.cards), add_former_prices(site, visit, listing.nearest);
    if (!wish.query.empty() && wish.after.empty()) site.note(visit, "search", {.query = wish.query, .results = listing.total});
    // A search that leads to another search leads no further: two rules that point at each other would never end.
    if (wish.after.empty() && wish.filters.empty() && listing.redirect.starts_with('/') && !listing.redirect.starts_with("//") && visit.request.parameter("led").empty()) {
        auto const again = listing.redirect.starts_with("/search");
        return see_other(visit, visit.link(listing.redirect + (!again ? "" : listing.redirect.contains('?') ? "&led=1" : "?led=1")));
    }
    note_impressions(site, visit, wish, listing);
    Meta meta{.title = wish.query.empty() ? std::string(visit.say(!wish.photo.empty() ? Text{"Like your photo", "与照片相似的商品"} : wish.sort == "newest" ? Text{"Just in", "新品上架"} : wish.sort == "popular" ? Text{"Most wanted", "大家都在买"} : Text{"All products", "全部商品"})) : wish.query, .description = fmt::format("{} {}", listing.total, visit.say({"products with prices, reviews and stock.", "件商品，含价格、评价与库存。"})), .path = "/search" + query_of(wish), .index = Meta::Index::no, .query = wish.query};
    Html main;
    main.add("<div class=\"wrap\"><h1 dir=\"auto\">{}</h1>", meta.title);
    if (wish.unreadable) main.add("<p class=\"hint\" role=\"status\">{}</p>", visit.say({"The words of this address could not be read, so nothing was searched for. Here is everything.", "无法读取此地址中的搜索词，因此未进行搜索，以下是全部商品。"}));
    if (wish.shortened) main.add("<p class=\"hint\">{}</p>", visit.say({"That was too long for a search: only its beginning was looked for. The guide takes longer wishes.", "搜索内容过长，仅查找了开头部分；较长的需求可以告诉导购。"}));
    main.add(not_for_goods(visit, wish, listing));
    for (auto const& words : listing.unanswered) main.add("<p class=\"hint\" role=\"status\">{}</p>", visit.locale == Locale::zh ? fmt::format("本店没有专门适合“{}”的商品。{}", words, listing.cards.empty() ? "" : "以下商品较受欢迎。") : fmt::format("Nothing here is made for “{}”.{}", words, listing.cards.empty() ? "" : " These are well liked."));
    if (!listing.missing.empty()) {
        std::string names;
        for (auto const& name : listing.missing) names += (names.empty() ? "" : visit.locale == Locale::zh ? "”“" : "”, “") + name;
        bool const spoken_of = std::ranges::any_of(listing.cards, [&](Card const& c) { return lower(c.title).find(lower(listing.missing.front())) != std::string::npos; });
        Text const shown = listing.cards.empty() ? Text{"", ""} : spoken_of ? Text{" These only speak of it.", "以下商品只是提到了它。"} : Text{" These have to do with the rest of the words.", "以下商品与其余的词有关。"};
        main.add("<p class=\"hint\" role=\"status\">{}{}</p>", visit.locale == Locale::zh ? fmt::format("本店没有“{}”。", names) : fmt::format("This shop has no “{}”.", names), visit.say(shown));
    }
    if (!listing.cards.empty() && !listing.given_up.empty()) {
        auto const limits = limits_given_up(listing, visit.locale);
        main.add("<p class=\"hint\" role=\"status\">{}</p>", visit.locale == Locale::zh ? (listing.kind.empty() ? fmt::format("没有“{}”的，以下是未按此筛选的商品。", limits) : fmt::format("没有“{}”的{}，以下是其他{}。", limits, listing.kind, listing.kind))
                                                                                        : (listing.kind.empty() ? fmt::format("Nothing here is “{}”; these are shown without it.", limits) : fmt::format("{}: nothing in “{}”; here are others.", listing.kind, limits)));
    }
    if (auto const said = unapplied_said(listing, visit.locale); !said.empty()) main.add("<p class=\"hint\" role=\"status\">{}</p>", said);
    for (auto const& [from, to] : listing.corrections) main.add("<p class=\"hint\">{}</p>", visit.locale == Locale::zh ? fmt::format("已将“{}”理解为“{}”。", from, to) : fmt::format("Read “{}” as “{}”.", from, to));
    if (!listing.likely.empty()) {
        main.add("<nav class=\"chips\" aria-label=\"{}\">", visit.say({"Likely categories", "可能的类目"}));
        for (auto const& c : listing.likely) {
            auto narrower = wish;
            narrower.after.clear(), narrower.filters.push_back({"category", c.id});
            main.add("<a class=\"chip\" href=\"{}\">{} <span class=\"n\">{}</span></a>", visit.link("/search" + query_of(narrower)), c.label, c.products);
        }
        main.add("</nav>");
    }
    if (!listing.foreseen.empty()) {
        main.add("<nav class=\"chips\" aria-label=\"{}\"><span class=\"hint\">{}</span>", visit.say({"Perhaps wanted", "可能想要"}), visit.say({"Perhaps wanted:", "可能想要："}));
        for (auto const& f : listing.foreseen) {
            auto narrower = wish;
            narrower.after.clear(), narrower.filters.push_back({f.attribute, f.value});
            main.add("<a class=\"chip\" rel=\"nofollow\" href=\"{}\" title=\"{}\">{}: {}</a>", visit.link("/search" + query_of(narrower)), visit.locale == Locale::zh ? fmt::format("搜“{}”的商品多为此项；点击则只看它", f.word) : fmt::format("What “{}” often means; choose it to see only those", f.word), f.attribute_label, f.label);
        }
        main.add("</nav>");
    }
    if (!wish.photo.empty() && std::ranges::none_of(wish.filters, [](auto const& f) { return f.name == "category"; })) {
        main.add("<p class=\"hint\">{}</p><nav class=\"chips\" aria-label=\"{}\">", visit.say({"Found by how it looks, which does not always tell what a thing is. Is it another kind of thing? Say which:", "按外观查找，不一定认得出是什么物品。若种类不对，请选择："}), visit.say({"Kinds of goods", "商品种类"}));
        for (auto const* c : visit.shop->children("")) {
            auto of_kind = wish;
            of_kind.after.clear(), of_kind.filters.push_back({"category", c->category_id});
            main.add("<a class=\"chip\" rel=\"nofollow\" href=\"{}\">{}</a>", visit.link("/search" + query_of(of_kind)), in(visit.locale, c->name_en, c->name_zh));
        }
        main.add("</nav>");
    }
    main.add(banner_html(visit, listing));
    if (!site.has("dialogue.search")) main.add("<p class=\"hint\">{}</p>", visit.say({"The full search is starting; this list goes by titles only.", "完整搜索正在启动，当前仅按标题匹配。"}));
    main.add(listing_html(visit, wish, listing, visit.link("/search"))).add("</div>");
    if (listing.cards.empty() && listing.nearest.empty()) main.add(row(visit, most_wanted(site, visit), visit.link("/search?sort=popular"), find_kept(site, visit, {.sort = "popular", .page_size = 12})->cards));
    return page(visit, meta, main);
}

Result<Response> suggestions(Site& site, Visit const& visit) {
    auto const query = visit.request.query();
    auto const words = gateway::find(query, "q");
    json::array completions, categories, products;
    if (words && !words->empty() && site.has("dialogue.suggest")) {
        auto const answer = TRY(site.call(visit, "dialogue.suggest", {{"text", utf8_prefix(*words, 200)}, {"locale", name_of(visit.locale)}, {"limit", 5}}));
        for (auto const& c : answer.at("completions").as_array()) completions.push_back(json::object{{"text", c}, {"url", visit.link("/search?q=" + gateway::percent_encode(c.as_string()))}});
        for (auto const& c : answer.at("categories").as_array())
            categories.push_back(json::object{{"text", in(visit.locale, std::string(c.at("label_en").as_string()), std::string(c.at("label_zh").as_string()))}, {"url", visit.link("/c/" + gateway::percent_encode(c.at("category_id").as_string()))}});
        for (auto const& c : answer.at("products").as_array()) {
            auto const card = card_of(c.as_object());
            products.push_back(json::object{{"text", card.title}, {"url", visit.link("/p/" + gateway::percent_encode(card.product_id))}, {"picture", safe_url(card.picture)}, {"price", visit.money(card.price_minor)}});
        }
    }
    auto response = Response::json(200, json::value(json::object{{"completions", completions}, {"categories", categories}, {"products", products}}));
    response.headers.emplace_back("Cache-Control", "private, max-age=60");
    return response;
}

}  // namespace kindling::storefront

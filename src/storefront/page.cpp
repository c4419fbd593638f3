#include "storefront/page.h"
#include "gateway/http/url.h"
#include "storefront/static_files.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

Html const& flame() {
    static Html const svg = html("<svg class=\"flame\" viewBox=\"0 0 24 24\" width=\"28\" height=\"28\" aria-hidden=\"true\"><path class=\"f1\" d=\"M12.6 1.5c.7 3.6-.9 5.6-2.7 7.7C8 11.3 6 13 6 16.2 6 19.9 8.9 22.5 12.1 22.5c3.6 0 6.4-2.7 6.4-6.5 0-2.6-1.2-4.6-2.3-6.3-.3 1.5-1 2.5-2 3.1.7-4.6-.2-8.7-1.6-11.3z\"/><path class=\"f2\" d=\"M12.3 12.3c.3 1.9-2.6 3-2.6 5.7 0 1.7 1.2 3 2.7 3s2.8-1.2 2.8-2.9c0-2.2-1.6-3.6-2.9-5.8z\"/></svg>");
    return svg;
}

std::string switched(Visit const& visit, std::string const& path) { return (visit.locale == Locale::zh ? "/en" : "/zh") + path; }

Html head(Visit const& visit, Meta const& meta) {
    auto const origin = origin_of(visit.request);
    auto const& shop_name = in(visit.locale, visit.shop->name, visit.shop->name_zh);
    auto const title = meta.title.empty() ? shop_name : meta.title + " · " + shop_name;
    Html h;
    h.add("<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\"><title>{}</title>", title);
    h.add("<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"theme-color\" content=\"#fffcf8\" media=\"(prefers-color-scheme: light)\"><meta name=\"theme-color\" content=\"#171412\" media=\"(prefers-color-scheme: dark)\">");
    if (!meta.description.empty()) h.add("<meta name=\"description\" content=\"{}\">", meta.description);
    if (meta.index == Meta::Index::no) h.add("<meta name=\"robots\" content=\"noindex\">");
    else {
        h.add("<link rel=\"canonical\" href=\"{}\">", origin + visit.link(meta.path));
        h.add("<link rel=\"alternate\" hreflang=\"en\" href=\"{}\"><link rel=\"alternate\" hreflang=\"zh\" href=\"{}\"><link rel=\"alternate\" hreflang=\"x-default\" href=\"{}\">", origin + "/en" + meta.path, origin + "/zh" + meta.path, origin + (visit.shop->locale == Locale::zh ? "/zh" : "/en") + meta.path);
        h.add("<meta property=\"og:title\" content=\"{}\"><meta property=\"og:type\" content=\"{}\"><meta property=\"og:url\" content=\"{}\"><meta property=\"og:site_name\" content=\"{}\"><meta property=\"og:locale\" content=\"{}\">", meta.title.empty() ? shop_name : meta.title, meta.type, origin + visit.link(meta.path), shop_name, visit.say({"en_US", "zh_CN"}));
        if (!meta.description.empty()) h.add("<meta property=\"og:description\" content=\"{}\">", meta.description);
        if (auto const image = safe_url(meta.image); !image.empty()) h.add("<meta property=\"og:image\" content=\"{}\"><meta name=\"twitter:card\" content=\"summary_large_image\">", image.starts_with('/') ? origin + std::string(image) : std::string(image));
    }
    h.add("<link rel=\"icon\" href=\"{}\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"{}\">", static_url("icon.svg"), static_url("store.css"));
    h.add("<script type=\"module\" src=\"{}\"></script>", static_url("store.js"));
    return h.add(meta.head).add("</head>");
}

Html header(Visit const& visit, Meta const& meta) {
    auto const& shop_name = in(visit.locale, visit.shop->name, visit.shop->name_zh);
    Html h;
    h.add("<a class=\"skip\" href=\"#main\">{}</a>", visit.say({"Skip to the content", "跳到正文"}));
    h.add("<header class=\"top\"><div class=\"wrap bar\"><a class=\"brand\" href=\"{}\">{}<span>{}</span></a>", visit.link("/"), flame(), shop_name);
    h.add("<form class=\"search\" role=\"search\" action=\"{}\" method=\"get\"><label class=\"hide\" for=\"q\">{}</label>", visit.link("/search"), visit.say({"Search the shop", "搜索商品"}));
    h.add("<input id=\"q\" name=\"q\" type=\"search\" value=\"{}\" placeholder=\"{}\" maxlength=\"200\" autocomplete=\"off\" autocapitalize=\"none\" enterkeyhint=\"search\" data-suggest=\"{}\">", meta.query, visit.say({"Search products, brands, needs", "搜索商品、品牌或需求"}), visit.link("/suggest"));
    if (visit.pictures) h.add("<a class=\"cam\" href=\"{}\" aria-label=\"{}\" title=\"{}\" data-photo=\"{}\"><svg viewBox=\"0 0 24 24\" width=\"22\" height=\"22\" aria-hidden=\"true\"><path d=\"M4 8h3.5L9 5.500h6L16.500 8H20v11H4z\"/><circle cx=\"12\" cy=\"13\" r=\"3.500\"/></svg></a>", visit.link("/photo"), visit.say({"Search by photo", "以图搜图"}), visit.say({"Search by photo", "以图搜图"}), visit.link("/photo"));
    h.add("<button class=\"go\" aria-label=\"{}\"><svg viewBox=\"0 0 24 24\" width=\"20\" height=\"20\" aria-hidden=\"true\"><circle cx=\"11\" cy=\"11\" r=\"6.5\"/><path d=\"m16 16 5 5\"/></svg></button></form>", visit.say({"Search", "搜索"}));
    h.add("<nav class=\"tools\" aria-label=\"{}\">", visit.say({"Account and basket", "账户与购物车"}));
    h.add("<a class=\"tool lang\" href=\"{}\" hreflang=\"{}\" lang=\"{}\">{}</a>", switched(visit, meta.path), visit.say({"zh", "en"}), visit.say({"zh", "en"}), visit.say({"中文", "English"}));
    h.add("<a class=\"tool orders\" href=\"{}\"><svg viewBox=\"0 0 24 24\" width=\"22\" height=\"22\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"8\" r=\"4\"/><path d=\"M4.5 20c.8-3.8 3.8-6 7.5-6s6.7 2.2 7.5 6\"/></svg><span>{}</span></a>", visit.link("/account"), visit.say({"Account", "账户"}));
    h.add("<a class=\"tool\" href=\"{}\"><svg viewBox=\"0 0 24 24\" width=\"22\" height=\"22\" aria-hidden=\"true\"><path d=\"M5 8h14l-1.2 11H6.2zM9 8V7a3 3 0 0 1 6 0v1\"/></svg><span>{}</span><b class=\"count\" data-units{}>{}</b></a>", visit.link("/basket"), visit.say({"Basket", "购物车"}), Mark(" hidden", visit.units == 0), visit.units);
    h.add("</nav></div><nav class=\"cats\" aria-label=\"{}\"><ul class=\"wrap\">", visit.say({"Categories", "商品分类"}));
    auto const path = visit.shop->path_to(meta.category);
    for (auto const* c : visit.shop->children(""))
        h.add("<li><a href=\"{}\"{}>{}</a></li>", visit.link("/c/" + gateway::percent_encode(c->category_id)), Mark(" aria-current=\"true\"", !path.empty() && path[0] == c), in(visit.locale, c->name_en, c->name_zh));
    return h.add("</ul></nav></header>");
}

std::string_view policy_name(Visit const& visit, std::string_view topic) {
    if (topic == "shipping") return visit.say({"Shipping", "配送说明"});
    if (topic == "returns") return visit.say({"Returns", "退换政策"});
    if (topic == "payment") return visit.say({"Payment", "付款说明"});
    if (topic == "warranty") return visit.say({"Warranty", "保修说明"});
    if (topic == "account") return visit.say({"Account and privacy", "账户与隐私"});
    return visit.say({"Invoices", "发票说明"});
}

Html footer(Visit const& visit, Meta const& meta) {
    auto const& shop_name = in(visit.locale, visit.shop->name, visit.shop->name_zh);
    Html h;
    h.add("<footer class=\"foot\"><div class=\"wrap cols\"><section><h2>{}</h2><p>{}</p></section>", shop_name, !visit.guide ? visit.say({"Everyday things, chosen with care.", "用心挑选的日常好物。"}) : visit.say({"Everyday things, chosen with care. Ask the guide anything: it answers from the catalogue and shows why.", "用心挑选的日常好物。有问题尽管问导购：每个回答都来自真实商品资料，并说明理由。"}));
    h.add("<section><h2>{}</h2><ul>", visit.say({"Shop", "选购"}));
    for (auto const* c : visit.shop->children("")) h.add("<li><a href=\"{}\">{}</a></li>", visit.link("/c/" + gateway::percent_encode(c->category_id)), in(visit.locale, c->name_en, c->name_zh));
    h.add("</ul></section><section><h2>{}</h2><ul><li><a href=\"{}\">{}</a></li>", visit.say({"Help", "帮助"}), visit.link("/account"), visit.say({"Find my order", "查询订单"}));
    for (auto const& p : visit.shop->policies) h.add("<li><a href=\"{}\">{}</a></li>", visit.link("/policy/" + p.topic), policy_name(visit, p.topic));
    h.add("<li><a href=\"{}\" hreflang=\"{}\" lang=\"{}\">{}</a></li></ul></section></div>", switched(visit, meta.path), visit.say({"zh", "en"}), visit.say({"zh", "en"}), visit.say({"中文", "English"}));
    h.add("<p class=\"wrap small\">{}</p></footer>", visit.say({"Kindled with Kindling, the commerce engine a shop can own.", "由火种（Kindling）驱动：店铺自己拥有的电商引擎。"}));
    // The guide needs scripts; without them its button stays hidden.
    if (visit.guide) h.add("<button class=\"ask\" data-guide=\"{}\" data-style=\"{}\" data-voice-script=\"{}\" data-hears=\"{}\" data-voice=\"{}\" data-examples=\"{}\" data-product=\"{}\" data-nudge=\"{}\" hidden>{}<span>{}</span></button>", static_url("guide.js"), static_url("guide.css"), static_url("voice.js"), visit.shop->hears ? "true" : "false", visit.shop->voice, json::serialize(visit.examples()), meta.product_id, static_url("nudge.js"), flame(), visit.say({"Ask the guide", "问导购"}));
    return h;
}

}  // namespace

Response page(Visit const& visit, Meta const& meta, Html const& main) {
    Html h;
    h.add("<!doctype html><html lang=\"{}\">{}<body>{}<main id=\"main\" tabindex=\"-1\">{}</main>{}</body></html>", visit.say({"en", "zh-CN"}), head(visit, meta), header(visit, meta), main, footer(visit, meta));
    auto response = Response::html(meta.status, std::move(h).take());
    response.headers = visit.set_headers;
    // A page holds the visitor's basket and cookies: shared caches keep out. What only its owner may see is not kept at all, so that
    // the way back after signing out shows nothing.
    response.headers.emplace_back("Cache-Control", visit.signed_in() && meta.index == Meta::Index::no ? "private, no-store" : "private, no-cache");
    return response;
}

Response see_other(Visit const& visit, std::string const& location) {
    auto response = Response::redirect(303, location);
    for (auto const& header : visit.set_headers) response.headers.push_back(header);
    return response;
}

Response error_page(Visit const& visit, Error const& error) {
    auto const status = gateway::status_of(error);
    Meta meta{.index = Meta::Index::no, .status = status};
    meta.title = visit.say(status == 404 ? Text{"Not found", "页面不存在"} : status == 429 ? Text{"One moment", "请稍候"} : status >= 500 ? Text{"Something went wrong", "出错了"} : Text{"That did not work", "操作未成功"});
    Html main;
    main.add("<div class=\"wrap notice\"><p class=\"code\">{}</p><h1>{}</h1>", status, meta.title);
    if (status == 404) main.add("<p>{}</p>", visit.say({"This page is not here, or the product is no longer sold. The search or the guide will find something like it.", "该页面不存在，或商品已下架。试试搜索，或问问导购有没有类似的。"}));
    else if (status >= 500) main.add("<p>{}</p><p class=\"small\">{} {}</p>", visit.say({"The fault is ours, not yours. Please try again in a moment.", "是我们的问题，请稍后再试。"}), visit.say({"If you write to us, please name this number:", "联系我们时请提供编号："}), visit.request.request_id);
    else main.add("<p>{}</p>", error.message);
    main.add("<p class=\"ways\"><a class=\"button\" href=\"{}\">{}</a>", visit.link("/"), visit.say({"To the home page", "返回首页"}));
    if (status == 404) main.add("<button class=\"button quiet\" data-guide-open hidden>{}</button>", visit.say({"Ask the guide", "问导购"}));
    main.add("</p></div>");
    return page(visit, meta, main);
}

}  // namespace kindling::storefront

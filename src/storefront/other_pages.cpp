// The shop's own words, and the two files that search engines read first.
#include "gateway/http/url.h"
#include "storefront/listing.h"
#include "storefront/pages.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::storefront {

Result<Response> policy_page(Site&, Visit const& visit) {
    auto const topic = visit.request.parameter("topic");
    auto const policy = std::ranges::find(visit.shop->policies, topic, &Policy::topic);
    if (policy == visit.shop->policies.end()) return fail(Errc::not_found, "policy_not_found", "The shop has not written this.");
    static constexpr std::pair<std::string_view, Text> names[] = {{"shipping", {"Shipping", "配送说明"}}, {"returns", {"Returns", "退换政策"}}, {"warranty", {"Warranty", "保修说明"}}, {"payment", {"Payment", "付款说明"}}, {"invoice", {"Invoices", "发票说明"}}, {"account", {"Account and privacy", "账户与隐私"}}};
    Meta meta{.path = "/policy/" + policy->topic};
    for (auto const& [name, text] : names)
        if (name == topic) meta.title = visit.say(text);
    auto const& text = in(visit.locale, policy->text_en, policy->text_zh);
    meta.description = text.substr(0, text.find('\n'));
    Crumb const crumbs[] = {{meta.title, meta.path}};
    return page(visit, meta, html("<div class=\"wrap narrow slim\">{}<h1>{}</h1><div class=\"prose\">{}</div></div>", breadcrumbs(visit, crumbs), meta.title, prose(text)));
}

// Home, policies, categories and every product on sale, each in both languages. One file holds 50,000 addresses by the protocol
// (sitemaps.org); a larger catalogue is cut there, newest products first.
Result<Response> sitemap(Site& site, Visit const& visit) {
    auto const key = fmt::format("sitemap {} {}", visit.call.shop_id, origin_of(visit.request));
    auto text = std::static_pointer_cast<std::string const>(site.recall(key));
    if (!text) {
        auto const origin = origin_of(visit.request);
        Html h;
        std::size_t left = 25'000;
        auto const put = [&](std::string const& path) {
            if (left == 0) return;
            --left;
            for (std::string_view const language : {"/en", "/zh"})
                h.add("<url><loc>{}</loc><xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"{}\"/><xhtml:link rel=\"alternate\" hreflang=\"zh\" href=\"{}\"/></url>", origin + std::string(language) + path, origin + "/en" + path, origin + "/zh" + path);
        };
        put("/");
        for (auto const& policy : visit.shop->policies) put("/policy/" + policy.topic);
        for (auto const& c : visit.shop->categories)
            if (c.products > 0) put("/c/" + gateway::percent_encode(c.category_id));
        Wish wish{.sort = "newest", .page_size = 100};
        do {
            auto const listing = TRY(find(site, visit, wish));
            for (auto const& card : listing.cards) put("/p/" + gateway::percent_encode(card.product_id));
            wish.after = listing.next;
        } while (!wish.after.empty() && left > 0 && !visit.request.stop.stop_requested());
        text = std::make_shared<std::string const>("<?xml version=\"1.0\" encoding=\"UTF-8\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">" + h.text() + "</urlset>");
        site.remember(key, text);
    }
    Response response{.content_type = "application/xml"};
    response.shared = {*text, text};
    return response;
}

Response robots(Request const& request) {
    std::string text = "User-agent: *\n";
    for (std::string_view const path : {"/*/basket", "/*/checkout", "/*/order/", "/*/account", "/*/search", "/*/suggest", "/guide/", "/v1/", "/mcp", "/console/"}) text += fmt::format("Disallow: {}\n", path);
    text += fmt::format("Sitemap: {}/sitemap.xml\n", origin_of(request));
    return Response::text(200, text);
}

}  // namespace kindling::storefront

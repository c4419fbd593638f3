#include "storefront/storefront.h"
#include "storefront/embed.h"
#include "gateway/http/cookie.h"
#include "gateway/http/security.h"
#include "gateway/http/url.h"
#include "storefront/pages.h"
#include "storefront/static_files.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace kindling::storefront {

namespace {

using gateway::Method, gateway::Router, gateway::RouteOptions;
using Page = Result<Response> (*)(Site&, Visit const&);

// Only our own files run and style; pictures may come from elsewhere because products may name them; nobody frames a checkout.
constexpr std::string_view policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

// When not even the frame of a page can be made.
Response bare_error(Request const& request, Error const& error) {
    auto const status = gateway::status_of(error);
    Html h;
    h.add("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{}</title><h1>{}</h1><p>{}</p><p>{}</p></html>", status, status, error.code == Errc::internal ? std::string("Something went wrong on our side. 出错了，请稍后再试。") : error.message, request.request_id);
    return Response::html(status, std::move(h).take());
}

Response answer(Site& site, Request const& request, Locale locale, Page make) {
    auto visit = site.visit_of(request, locale);
    if (!visit) return bare_error(request, visit.error());
    try {
        auto response = make(site, *visit);
        if (response) return std::move(*response);
        if (response.error().code == Errc::internal) spdlog::error("request={} page {}: {}: {}", request.request_id, request.path, response.error().reason, response.error().message);
        return error_page(*visit, response.error());
    } catch (std::exception const& e) {
        spdlog::error("request={} page {} threw: {}", request.request_id, request.path, e.what());
        return error_page(*visit, Error{Errc::internal, "internal", ""});
    }
}

Result<Response> no_page(Site&, Visit const&) { return fail(Errc::not_found, "no_such_page", "There is no such page."); }

void keep_locale(Request const& request, Response& response, Locale locale) {
    if (request.cookie(gateway::locale_cookie) == name_of(locale)) return;
    if (auto text = gateway::to_text(gateway::Cookie{.name = std::string(gateway::locale_cookie), .value = std::string(name_of(locale)), .max_age_s = 365 * 86'400, .secure = request.scheme == gateway::Scheme::https ? gateway::SecureOnly::yes : gateway::SecureOnly::no}))
        response.headers.emplace_back("Set-Cookie", *text);
}

// The page in the visitor's language, for addresses without one; it depends on headers, so caches must know.
Response localised(Request const& request, std::string const& path) {
    auto response = Response::redirect(302, (gateway::locale_of(request) == Locale::zh ? "/zh" : "/en") + path);
    response.headers.emplace_back("Vary", "Accept-Language, Cookie");
    response.headers.emplace_back("Cache-Control", "private, no-cache");
    return response;
}

}  // namespace

Storefront::Storefront(gateway::Front& front) : site_(std::make_unique<Site>(front)) {}
Storefront::~Storefront() = default;

void Storefront::add_to(Router& router) {
    // The guide may be spoken to.
    router.group("storefront", {.content_security_policy = std::string(policy), .permissions_policy = "camera=(), microphone=(self), geolocation=()"});
    router.group("static", {.content_security_policy = std::string(policy), .cross_origin_resource_policy = "cross-origin"});
    auto const options = RouteOptions{.max_body_bytes = 64 << 10, .group = "storefront"};
    auto* const site = site_.get();
    for (auto const locale : {Locale::en, Locale::zh}) {
        std::string const prefix = locale == Locale::zh ? "/zh" : "/en";
        auto const at = [&](Method method, std::string_view path, Page make, std::uint64_t most_bytes = 64 << 10) {
            auto own = options;
            own.max_body_bytes = most_bytes;
            router.add(method, prefix + std::string(path), [site, locale, make](Request const& r) {
                auto response = answer(*site, r, locale, make);
                keep_locale(r, response, locale);
                return response;
            }, own);
        };
        at(Method::get, "/", home_page);
        at(Method::get, "/c/{category}", category_page);
        at(Method::get, "/search", search_page);
        at(Method::get, "/photo", photo_page);
        at(Method::post, "/photo", search_by_photo, 9 << 20);
        at(Method::get, "/suggest", suggestions);
        at(Method::get, "/p/{product}", product_page);
        at(Method::get, "/basket", basket_page);
        at(Method::post, "/basket/add", change_basket);
        at(Method::post, "/basket/set", change_basket);
        at(Method::post, "/basket/codes", change_codes);
        at(Method::get, "/checkout", checkout_page);
        at(Method::post, "/checkout", place_order);
        at(Method::get, "/checkout/session/{checkout}", agent_checkout_page);
        at(Method::post, "/checkout/session/{checkout}", approve_checkout);
        at(Method::get, "/order/{order}", order_page);
        at(Method::post, "/order/{order}/cancel", cancel_order);
        at(Method::get, "/account", account_page);
        at(Method::post, "/account", find_order);
        at(Method::get, "/account/sign-in", sign_in_page);
        at(Method::post, "/account/sign-in", sign_in);
        at(Method::get, "/account/sign-up", sign_up_page);
        at(Method::post, "/account/sign-up", sign_up);
        at(Method::post, "/account/sign-out", sign_out);
        at(Method::get, "/account/reset", reset_page);
        at(Method::post, "/account/reset", reset_password);
        at(Method::post, "/account/attach", attach_order);
        at(Method::get, "/account/details", details_page);
        at(Method::post, "/account/details", save_details);
        at(Method::post, "/account/address", save_address);
        at(Method::post, "/account/address/remove", remove_address);
        at(Method::get, "/account/password", password_page);
        at(Method::post, "/account/password", change_password);
        at(Method::get, "/account/privacy", privacy_page);
        at(Method::post, "/account/privacy", save_consents);
        at(Method::post, "/account/privacy/forget", forget_remembered);
        at(Method::post, "/account/export", export_data);
        at(Method::get, "/account/close", close_page);
        at(Method::post, "/account/close", close_account);
        at(Method::get, "/policy/{topic}", policy_page);
        at(Method::get, "/*", no_page);
        router.get(prefix, [prefix](Request const&) { return Response::redirect(308, prefix + "/"); }, options);
    }
    auto const once = [site](Page make) { return [site, make](Request const& r) { return answer(*site, r, gateway::locale_of(r), make); }; };
    router.get("/", [](Request const& r) { return localised(r, "/"); }, options);
    router.post("/guide/ask", once(ask_guide), options);
    auto large = options;
    large.max_body_bytes = 1536 << 10;
    router.post("/guide/picture", once(guide_photo), large);
    router.post("/guide/voice", once(guide_voice), large);
    router.post("/guide/say", once(guide_say), options);
    router.post("/guide/basket", once(keep_guides_basket), options);
    router.post("/guide/news", once(hear_news), options);
    router.post("/guide/nudge", once(nudge), options);
    router.post("/guide/nudge/answer", once(answer_nudge), options);
    router.get("/sitemap.xml", once(sitemap), options);
    router.get("/robots.txt", robots, options);
    router.get("/static/*", static_file, {.where = gateway::Where::io, .group = "static"});
    add_embed_routes(router, *site);
    router.get("/favicon.ico", [](Request const&) { return Response::redirect(302, static_url("icon.svg")); }, options);
    // Addresses as operations name them, to be followed by whoever got one.
    router.get("/products/{product}", [](Request const& r) { return localised(r, "/p/" + gateway::percent_encode(r.parameter("product"))); }, options);
    router.get("/checkout", [site](Request const& r) {
        auto response = localised(r, "/checkout");
        auto const query = r.query();
        if (auto const basket = gateway::find(query, "basket"); basket && basket->size() <= 64)
            if (auto const visit = site->visit_of(r, gateway::locale_of(r))) {
                if (visit->signed_in()) (void)site->call(*visit, "basket.merge", {{"basket_id", *basket}});
                visit->keep_basket(std::string(*basket));
                for (auto const& header : visit->set_headers) response.headers.push_back(header);
            }
        return response;
    }, options);
    // Anything else that a person may have typed. Machines' paths keep their own answers.
    router.get("/*", [once](Request const& r) {
        if (r.path.starts_with("/v1/")) return gateway::error_response({Errc::not_found, "no_such_route", "There is nothing at this path."}, r.request_id);
        return once(no_page)(r);
    }, options);
}

}  // namespace kindling::storefront

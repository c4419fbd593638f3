#include "storefront/embed.h"
#include "core/json_text.h"
#include "gateway/front/identity.h"
#include "gateway/http/security.h"
#include "gateway/http/url.h"
#include "storefront/guide_turn.h"
#include "storefront/static_files.h"
#include "storefront/words.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace kindling::storefront {

namespace {

// Who asks, besides what is asked.
struct Who {
    std::string visitor, basket_id;
    static constexpr Field fields[] = {field("visitor").defaulted().longest(28), field("basket_id").defaulted().longest(64)};
};

struct EmbeddedVisit : Who {
    std::string locale;
    static constexpr Field fields[] = {field("visitor").defaulted().longest(28), field("basket_id").defaulted().longest(64), field("locale").defaulted().longest(8)};
};
BOOST_DESCRIBE_STRUCT(EmbeddedVisit, (), (visitor, basket_id, locale))

struct EmbeddedTurn : Who {
    std::string locale, text, conversation_id, product_id, picture_id;
    std::vector<std::string> remove;
    static constexpr Field fields[] = {field("visitor").defaulted().longest(28), field("basket_id").defaulted().longest(64), field("locale").defaulted().longest(8), field("text").defaulted().longest(6000), field("conversation_id").defaulted().longest(128), field("product_id").defaulted().longest(128), field("picture_id").defaulted().longest(64), field("remove").defaulted().longest(40)};
};
BOOST_DESCRIBE_STRUCT(EmbeddedTurn, (), (visitor, basket_id, locale, text, conversation_id, product_id, picture_id, remove))

// A photo or a sound, base64.
struct EmbeddedData : Who {
    std::string locale, data;
    static constexpr Field fields[] = {field("visitor").defaulted().longest(28), field("basket_id").defaulted().longest(64), field("locale").defaulted().longest(8), field("data").longest(1'400'000)};
};
BOOST_DESCRIBE_STRUCT(EmbeddedData, (), (visitor, basket_id, locale, data))

struct EmbeddedSentence : Who {
    std::string locale, text;
    static constexpr Field fields[] = {field("visitor").defaulted().longest(28), field("basket_id").defaulted().longest(64), field("locale").defaulted().longest(8), field("text").longest(600)};
};
BOOST_DESCRIBE_STRUCT(EmbeddedSentence, (), (visitor, basket_id, locale, text))

struct EmbeddedLine : Who {
    std::string locale, sku;
    std::int64_t quantity = 1;
    static constexpr Field fields[] = {field("visitor").defaulted().longest(28), field("basket_id").defaulted().longest(64), field("locale").defaulted().longest(8), field("sku").longest(128), field("quantity").defaulted().range(1, 999)};
};
BOOST_DESCRIBE_STRUCT(EmbeddedLine, (), (visitor, basket_id, locale, sku, quantity))

struct EmbeddedHear : Who {
    std::string locale, conversation_id;
    std::int64_t after_ms = 0;
    static constexpr Field fields[] = {field("visitor").defaulted().longest(28), field("basket_id").defaulted().longest(64), field("locale").defaulted().longest(8), field("conversation_id").longest(128), field("after_ms").defaulted()};
};
BOOST_DESCRIBE_STRUCT(EmbeddedHear, (), (visitor, basket_id, locale, conversation_id, after_ms))

std::string own_origin(Request const& request) {
    return (request.scheme == gateway::Scheme::https ? "https://" : "http://") + request.host;
}

// Which page may read the answer; empty: no browser's page asked, or it is our own.
Result<std::string> reader_of(Request const& request, Shop const& shop) {
    auto const origin = request.headers.get("origin");
    if (origin.empty() || gateway::same_origin(request)) return std::string();
    if (request.headers.count("origin") == 1 && std::ranges::find(shop.embed_origins, origin) != shop.embed_origins.end()) return std::string(origin);
    return fail(Errc::permission_denied, "site_not_allowed", "The shop has not allowed this site to show its guide (setting embed_origins).");
}

void let_read(Response& response, std::string const& reader) {
    response.headers.emplace_back("Vary", "Origin");
    if (!reader.empty()) response.headers.emplace_back("Access-Control-Allow-Origin", reader);
}

// Asked by browsers before a POST of JSON from another site's page.
Response preflight(Site& site, Request const& request) {
    auto const visit = site.embedded_visit_of(request, Locale::en, {}, {});
    if (!visit) return gateway::error_response(visit.error(), request.request_id);
    auto const reader = reader_of(request, *visit->shop);
    if (!reader) return gateway::error_response(reader.error(), request.request_id);
    Response response{.status = 204};
    let_read(response, *reader);
    response.headers.emplace_back("Access-Control-Allow-Methods", "POST");
    response.headers.emplace_back("Access-Control-Allow-Headers", "content-type, accept");
    response.headers.emplace_back("Access-Control-Max-Age", "3600");
    return response;
}

struct Embedded {
    std::shared_ptr<Request const> request;
    std::shared_ptr<Visit> visit;
};

template <class T>
using Handle = Result<Response> (*)(Site&, Embedded const&, T);

// Reads who asks and what, lets `handle` answer, and says who may read the answer, an error too.
template <class T>
Response answer(Site& site, Request const& request, Handle<T> handle) {
    std::string reader;
    auto const made = [&]() -> Result<Response> {
        auto asked = read_json<T>(TRY(parse_json(request.body)));
        auto const known = asked && gateway::is_visit(asked->visitor);
        auto kept = std::make_shared<Request const>(request);
        auto visit = std::make_shared<Visit>(TRY(site.embedded_visit_of(*kept, asked && !asked->locale.empty() ? kindling::locale_of(asked->locale) : gateway::locale_of(request), known ? asked->visitor : std::string(), asked ? asked->basket_id : std::string())));
        reader = TRY(reader_of(request, *visit->shop));
        if (!asked) return std::unexpected(translated(*visit, asked.error()));
        if (!known) return fail(Errc::invalid_argument, "invalid_request", "The request has 1 wrong field.", {{"/visitor", "wrong_format", "must be vis_ and 24 letters, digits, - or _, made once by your page and kept"}});
        visit->base = own_origin(request);
        return handle(site, {std::move(kept), std::move(visit)}, std::move(*asked));
    };
    auto answered = made();
    if (!answered && answered.error().code == Errc::internal) spdlog::error("request={} embed {}: {}: {}", request.request_id, request.path, answered.error().reason, answered.error().message);
    auto response = answered ? std::move(*answered) : gateway::error_response(answered.error(), request.request_id);
    let_read(response, reader);
    return response;
}

// Asked once a visit, before anything is shown, so that visitors with and without the guide are counted alike.
Result<Response> begin_visit(Site& site, Embedded const& by, EmbeddedVisit) {
    site.note(*by.visit, "visit", {});
    return Response::json(200, json::value(json::object{{"guide", by.visit->guide}, {"hears", by.visit->shop->hears}, {"voice", by.visit->shop->voice}, {"examples", by.visit->examples()}}));
}

Result<Response> ask(Site& site, Embedded const& by, EmbeddedTurn in) {
    if (!by.visit->guide) return fail(Errc::failed_precondition, "guide_held_out", "An experiment of this shop shows this visitor no guide.");
    Turn turn{.locale = std::move(in.locale), .text = std::move(in.text), .conversation_id = std::move(in.conversation_id), .product_id = std::move(in.product_id), .picture_id = std::move(in.picture_id), .remove = std::move(in.remove)};
    if (by.request->headers.get("accept").starts_with("application/json")) {
        auto answer = TRY(answer_of_turn(site, *by.visit, turn));
        return Response::json(200, json::value(std::move(answer)));
    }
    return events_of_turn(site, by.request, by.visit, std::move(turn));
}

Result<Response> take_photo(Site& site, Embedded const& by, EmbeddedData in) { return Response::json(200, json::value(TRY(photo_of_turn(site, *by.visit, std::move(in.data))))); }

Result<Response> take_voice(Site& site, Embedded const& by, EmbeddedData in) { return Response::json(200, json::value(TRY(text_of_voice(site, *by.visit, std::move(in.data))))); }

Result<Response> read_aloud(Site& site, Embedded const& by, EmbeddedSentence in) { return Response::json(200, json::value(TRY(voice_of_text(site, *by.visit, std::move(in.text))))); }

Result<Response> add_to_basket(Site& site, Embedded const& by, EmbeddedLine in) {
    auto const added = site.call(*by.visit, "basket.add", {{"basket_id", by.visit->basket_id}, {"sku", in.sku}, {"quantity", in.quantity}});
    if (!added) return std::unexpected(Error{added.error().code, added.error().reason, explain(*by.visit, added.error().reason, added.error().message), added.error().fields});
    site.note(*by.visit, "cart", {.query = in.sku});
    return Response::json(200, json::value(json::object{{"basket_id", added->at("basket_id")}, {"units", added->at("units")}, {"checkout_url", by.visit->base + "/checkout?basket=" + gateway::percent_encode(added->at("basket_id").as_string())}}));
}

Result<Response> hear(Site& site, Embedded const& by, EmbeddedHear in) {
    return Response::json(200, json::value(TRY(news_of(site, *by.visit, {std::move(in.conversation_id), in.after_ms}))));
}

// The script names its parts by their hashed addresses, so it is read anew after an hour and they are kept for ever.
Response script(Request const&) {
    static std::string const text = [] {
        std::string out(static_text("embed.js"));
        for (std::string_view part : {"guide.js", "guide.css", "voice.js", "embed.css"}) {
            auto const mark = fmt::format("{{{}}}", part);
            auto const at = out.find(mark);
            if (at == out.npos) throw std::logic_error("embed.js does not name " + std::string(part));
            out.replace(at, mark.size(), static_url(part));
        }
        return out;
    }();
    Response response{.content_type = "text/javascript; charset=utf-8"};
    response.shared = {text, {}};
    response.headers.emplace_back("Cache-Control", "public, max-age=3600");
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");
    return response;
}

// A page for a frame. What it is asked for is words for attributes: anything else is left out.
Response frame(Site& site, Request const& request) {
    auto const query = request.query();
    auto const of = [&](std::string_view name) { auto const i = gateway::find(query, name); return i ? std::string(*i).substr(0, 128) : std::string(); };
    auto const language = of("language").empty() ? gateway::locale_of(request) : kindling::locale_of(of("language"));
    auto const visit = site.embedded_visit_of(request, language, {}, {});
    if (!visit) return gateway::error_response(visit.error(), request.request_id);
    Html h;
    h.add("<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{}</title><link rel=\"stylesheet\" href=\"/embed/frame.css\">", language == Locale::zh ? "zh-CN" : "en", visit->say({"Shopping guide", "导购"}));
    h.add("<kindling-guide fill language=\"{}\" theme=\"{}\" product=\"{}\"></kindling-guide><script src=\"/embed/kindling.js\" data-manual></script></html>", name_of(language), of("theme"), of("product"));
    auto response = Response::html(200, std::move(h).take());
    std::string ancestors = "frame-ancestors 'self'";
    for (auto const& site_origin : visit->shop->embed_origins) ancestors += " " + site_origin;
    response.headers.emplace_back("Content-Security-Policy", ancestors);
    return response;
}

}  // namespace

void add_embed_routes(gateway::Router& router, Site& site) {
    // Frames are let in by the page itself, for it knows which sites are allowed; the script and its parts are anybody's to load.
    router.group("embed", {.content_security_policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; base-uri 'none'; form-action 'none'", .frame_options = "", .cross_origin_opener_policy = "", .cross_origin_resource_policy = "cross-origin", .permissions_policy = "camera=(), microphone=(self), geolocation=()"});
    auto const options = gateway::RouteOptions{.max_body_bytes = 64 << 10, .group = "embed"};
    router.get("/embed/kindling.js", script, {.where = gateway::Where::io, .group = "embed"});
    router.get("/embed/frame.css", [](Request const&) {
        Response response{.content_type = "text/css; charset=utf-8", .body = "html, body { height: 100%; margin: 0; overflow: hidden; }"};
        response.headers.emplace_back("Cache-Control", "public, max-age=3600");
        return response;
    }, {.where = gateway::Where::io, .group = "embed"});
    router.get("/embed/guide", [&site](Request const& r) { return frame(site, r); }, options);
    router.post("/embed/visit", [&site](Request const& r) { return answer<EmbeddedVisit>(site, r, begin_visit); }, options);
    router.post("/embed/ask", [&site](Request const& r) { return answer<EmbeddedTurn>(site, r, ask); }, options);
    auto large = options;
    large.max_body_bytes = 1536 << 10;
    router.post("/embed/picture", [&site](Request const& r) { return answer<EmbeddedData>(site, r, take_photo); }, large);
    router.post("/embed/voice", [&site](Request const& r) { return answer<EmbeddedData>(site, r, take_voice); }, large);
    router.post("/embed/say", [&site](Request const& r) { return answer<EmbeddedSentence>(site, r, read_aloud); }, options);
    router.post("/embed/basket", [&site](Request const& r) { return answer<EmbeddedLine>(site, r, add_to_basket); }, options);
    router.post("/embed/news", [&site](Request const& r) { return answer<EmbeddedHear>(site, r, hear); }, options);
    for (auto const* path : {"/embed/visit", "/embed/ask", "/embed/picture", "/embed/voice", "/embed/say", "/embed/basket", "/embed/news"}) router.add(gateway::Method::options, path, [&site](Request const& r) { return preflight(site, r); }, options);
}

}  // namespace kindling::storefront

#include "gateway/front/front.h"
#include "core/json_text.h"
#include "gateway/http/cookie.h"
#include "gateway/http/security.h"
#include "gateway/render/openapi.h"
#include "gateway/render/registry_document.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <charconv>
#include <fmt/format.h>

namespace kindling::gateway {

namespace {

Response failed(Request const& request, Error const& error) { return error_response(error, request.request_id); }

Response with_retry(Response response, std::int64_t seconds) {
    if (seconds > 0)
        for (auto& [name, value] : response.headers)
            if (name == "Retry-After") value = std::to_string(seconds);
    return response;
}

Response shared_json(std::shared_ptr<std::string const> const& text) {
    Response r;
    r.content_type = "application/json";
    r.shared = {*text, text};
    r.etag = shop::token_hash(*text).substr(0, 24);
    return r;
}

// Bulk is for staff: JSON takes many times its text in memory, and strangers need none of it.
constexpr std::size_t most_from_visitors = 256 << 10;
Error too_much_from_visitor() { return {Errc::invalid_argument, "body_too_large", "A request without a key may have at most 256 KB."}; }

}  // namespace

Front::Front(Executor& executor, Metrics& metrics, FrontOptions options)
    : executor_(executor), metrics_(metrics), options_(std::move(options)), identities_(*executor.services().store),
      mcp_(executor.registry(), {.version = executor.services().version, .instructions = options_.mcp_instructions,
                                 .resources = {{"kindling://product/", "product_id", "catalog.get_product", "product", "Product", "One product with its variants, prices and stock."}},
                                 .others = options_.other_tools,
                                 .origin_allowed = [](std::string_view) { return false; }}),
      events_(executor), registry_text_(std::make_shared<std::string const>(kindling::to_text(registry_document(executor.registry())))),
      openapi_text_(std::make_shared<std::string const>(kindling::to_text(openapi_document(executor.registry(), {.version = executor.services().version})))) {}

void Front::add_to(Router& router) {
    router.group("console", {.content_security_policy = "default-src 'self'; img-src 'self' data: blob: https:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; font-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"});
    router.group("asset", {.content_security_policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox", .cross_origin_resource_policy = "cross-origin"});
    auto const bind = [this](Response (Front::*method)(Request const&)) { return [this, method](Request const& r) { return (this->*method)(r); }; };

    router.post("/v1/{module}/{verb}", bind(&Front::operate), {.choose = [this](Request const& r) { return where_to_run(r); }, .admit = [this](Request const& r) { return admit_body(r); }, .max_body_bytes = 32 << 20, .timeout = std::chrono::minutes(5)});
    router.get("/v1/registry", bind(&Front::registry), {.where = Where::io});
    router.get("/openapi.json", [this](Request const&) { return shared_json(openapi_text_); }, {.where = Where::io});
    router.get("/v1/session", bind(&Front::session));
    router.post("/v1/session/set_up", bind(&Front::set_up), {.max_body_bytes = 64 << 10});
    router.post("/v1/session/sign_in", bind(&Front::sign_in), {.max_body_bytes = 64 << 10});
    router.post("/v1/session/sign_out", bind(&Front::sign_out), {.max_body_bytes = 64 << 10});
    router.post("/v1/files", bind(&Front::upload), {.admit = [this](Request const& r) { return admit_upload(r); }, .max_body_bytes = options_.most_upload_bytes, .body = BodyTo::file, .timeout = std::chrono::hours(1)});
    router.get("/v1/exports/{name}", bind(&Front::exported));
    router.get("/v1/jobs/events", bind(&Front::job_events));
    for (auto method : {Method::post, Method::get, Method::delete_}) router.add(method, "/mcp", bind(&Front::mcp), {.max_body_bytes = 4 << 20, .timeout = std::chrono::minutes(5)});
    router.get("/assets/*", bind(&Front::asset), {.group = "asset"});
    router.get("/console", [](Request const&) { return Response::redirect(308, "/console/"); });
    router.get("/console/*", bind(&Front::console), {.where = Where::io, .group = "console"});
    router.get("/healthz", [](Request const&) { return Response::text(200, "ok\n"); }, {.where = Where::io});
    router.get("/readyz", bind(&Front::ready));
    router.get("/metrics", [this](Request const& request) {
        // Figures of a shop's trade: for this machine, and for staff of the server's own shop from elsewhere.
        if (!request.remote_address.starts_with("127.") && request.remote_address != "::1")
            if (auto const who = identities_.of(request); !who || who->shop_id != 1 || !who->caller.may("usage.read"))
                return failed(request, who ? Error{Errc::permission_denied, "not_signed_in", "Metrics are read on this machine, or with an API key that may read usage."} : who.error());
        auto r = Response::text(200, metrics_.render());
        r.content_type = "text/plain; version=0.0.4; charset=utf-8";
        return r;
    });
}

Result<Call> Front::call_of(Request const& request) {
    auto identity = TRY(identities_.of(request));
    bool const known = identity.caller.is_staff();
    auto const limit = identity.rate_per_minute ? identity.rate_per_minute : known ? 60'000 : 3'000;
    // A visitor's cookie is free to make, so visitors are counted by address.
    // What an owner gave a key may come at once, as the number reads.
    if (executor_.limiter().seconds_to_wait(known ? identity.caller.id : request.remote_address, limit, identity.rate_per_minute ? RateLimiter::Burst::all : RateLimiter::Burst::a_tenth) > 0)
        return fail(Errc::unavailable, "rate_limited", fmt::format("More than {} calls a minute; wait a moment.", limit));
    Call call{.shop_id = identity.shop_id, .caller = std::move(identity.caller), .address = request.remote_address, .locale = locale_of(request), .request_id = request.request_id, .idempotency_key = std::string(request.headers.get("idempotency-key"))};
    if (auto const dry = request.headers.get("x-dry-run"); dry == "true" || dry == "1") call.mode = Context::Mode::dry_run;
    call.progress.stop = request.stop;
    return call;
}

// Short reads run where the bytes arrive: handing one over to another thread costs more than most of them take.
Where Front::where_to_run(Request const& request) const {
    auto const* op = executor_.registry().find(fmt::format("{}.{}", request.parameter("module"), request.parameter("verb")));
    return op && op->effect == Effect::read && op->length == Length::short_ && executor_.usual_microseconds(*op) < 120 ? Where::io : Where::pool;
}

std::optional<Error> Front::admit_body(Request const& request) {
    std::uint64_t bytes = 0;
    auto const length = request.headers.get("content-length");
    std::from_chars(length.data(), length.data() + length.size(), bytes);
    if (bytes <= most_from_visitors) return {};
    auto const identity = identities_.of(request);
    if (!identity) return identity.error();
    if (!identity->caller.is_staff()) return too_much_from_visitor();
    return {};
}

Result<json::value> Front::run(std::string_view protocol, std::string_view operation, json::value const& body, Call const& call, std::string const& origin, std::int64_t* retry_after_s) {
    if (door_)
        if (auto turned = door_->stop(call, protocol, operation)) {
            if (retry_after_s) *retry_after_s = turned->retry_after_s;
            return std::unexpected(std::move(turned->error));
        }
    if (operation == "selection.recommend") events_.settle(call.shop_id, call.caller.session_id);  // rests on what this visit did
    auto answer = executor_.call(operation, body, call);
    if (door_) door_->went(call, protocol, operation, answer ? nullptr : &answer.error());
    // Staff at the console try words out; whoever goes on to a next page has not searched again.
    if (answer && operation == "dialogue.search" && call.caller.kind != Caller::Kind::user && call.caller.kind != Caller::Kind::system && body.is_object()) {
        auto const text = [&](std::string_view name) { auto const* v = body.get_object().if_contains(name); return v && v->is_string() ? std::string_view(v->get_string()) : std::string_view(); };
        if (text("page_token").empty()) note_search(call, protocol == "mcp" || call.caller.role == "agent" ? "agents" : "api", text("query"), *answer);
    }
    // An operation does not know under which address the shop is reached.
    if (answer && answer->is_object())
        if (auto* url = answer->get_object().if_contains("approval_url"); url && url->is_string() && url->get_string().starts_with("/")) *url = origin + std::string(url->get_string());
    return answer;
}

void Front::note_search(Call const& call, std::string_view channel, std::string_view query, json::value const& answer) {
    if (!query.empty() && call.mode == Context::Mode::real) events_.add(call.shop_id, channel == "api" ? call.caller.session_id : "", "search", {.query = std::string(query), .results = answer.at("total").as_int64(), .channel = channel});
}

Response Front::operate(Request const& request) {
    auto call = call_of(request);
    if (!call) return failed(request, call.error());
    // A shopper who signed in and comes by themselves: their press of a button in an app, not an agent's idea.
    if (!call->caller.customer_id.empty()) call->caller.permissions.emplace_back("orders.approve");
    json::value body = json::object();
    if (!call->caller.is_staff() && request.body.size() > most_from_visitors) return failed(request, too_much_from_visitor());  // chunked: its length was not announced
    if (auto const coding = request.headers.get("content-encoding"); !coding.empty() && !equal_ignoring_case(coding, "identity"))
        return failed(request, Error{Errc::invalid_argument, "invalid_request", "Bodies are taken as they are; send this one again without Content-Encoding."});
    if (!request.body.empty()) {
        auto parsed = parse_json(request.body);
        if (!parsed) return failed(request, parsed.error());
        body = std::move(*parsed);
    }
    auto const name = fmt::format("{}.{}", request.parameter("module"), request.parameter("verb"));
    if (request.headers.get("prefer").find("respond-async") != std::string_view::npos) {
        auto const* op = executor_.registry().find(name);
        if (op && op->length == Length::long_) {
            auto const job = executor_.queue(name, body, *call);
            return job ? Response::json(202, json::value{{"job_id", *job}}) : failed(request, job.error());
        }
    }
    if (wants_events(request)) return follow(request, name, std::move(body), std::move(*call));
    std::int64_t retry_after_s = 0;
    auto answer = run("api", name, body, *call, origin_of(request), &retry_after_s);
    if (!answer) return with_retry(failed(request, answer.error()), retry_after_s);
    Response response;
    response.content_type = "application/json";
    append_text(*answer, response.body);
    return response;
}

Response Front::registry(Request const&) { return shared_json(registry_text_); }

Response Front::ready(Request const&) { return executor_.services().store->healthy() ? Response::text(200, "ready\n") : Response::text(503, "the store cannot be reached\n"); }

Response Front::console(Request const& request) {
    if (options_.console.empty()) return Response::text(404, "This build has no web console. Install Node 20.19 or later and build again; everything else works without it.\n");
    auto path = std::string(request.parameter("*"));
    auto const file = [&](std::string_view p) { return std::ranges::find(options_.console, p, &EmbeddedFile::path); };
    auto i = file(path);
    // Addresses inside the console are its own business: any that is not a file gets the page that knows them. A dot tells nothing
    // in them, for operations and order numbers have dots too.
    bool const must_be_file = path.starts_with("assets/") || (path.find('/') == std::string::npos && path.find('.') != std::string::npos);
    if (i == options_.console.end() && !must_be_file) i = file("index.html");
    if (i == options_.console.end()) return Response::text(404, "no such file\n");
    Response r;
    r.content_type = i->content_type;
    r.shared = {i->bytes, {}};
    if (!i->gzip.empty()) r.shared_gzip = {i->gzip, {}};
    r.etag = i->etag;
    r.headers.emplace_back("Cache-Control", i->path.starts_with("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    return r;
}

}  // namespace kindling::gateway

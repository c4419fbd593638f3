#include "gateway/agents/acp/acp.h"
#include "gateway/agents/addresses.h"
#include "gateway/agents/ucp/ucp.h"
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace kindling::gateway::agents {

namespace {

Response refused(Refusal const& r) {
    auto response = Response::json(r.status, json::value(acp_error(r)));
    response.headers.emplace_back("Cache-Control", "no-store");
    if (r.retry_after_s > 0) response.headers.emplace_back("Retry-After", std::to_string(r.retry_after_s));
    if (r.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"acp\"");
    return response;
}

}  // namespace

json::object acp_error(Refusal const& r) {
    json::object body{{"type", r.status == 503 ? "service_unavailable" : r.status >= 500 ? "processing_error" : "invalid_request"}, {"code", r.code}, {"message", r.content}};
    if (!r.path.empty()) body["param"] = r.path;
    if (r.code == "missing_api_version" || r.code == "unsupported_api_version") body["supported_versions"] = json::array{acp_version};
    return body;
}

std::span<Acp::Method const> Acp::methods() {
    using M = gateway::Method;
    static Method const all[] = {
        {"create_checkout_session", M::post, "/checkout_sessions", &Acp::create_session},
        {"get_checkout_session", M::get, "/checkout_sessions/{id}", &Acp::get_session},
        {"update_checkout_session", M::post, "/checkout_sessions/{id}", &Acp::update_session},
        {"complete_checkout_session", M::post, "/checkout_sessions/{id}/complete", &Acp::complete_session},
        {"cancel_checkout_session", M::post, "/checkout_sessions/{id}/cancel", &Acp::cancel_session},
        {"create_cart", M::post, "/carts", &Acp::create_cart},
        {"get_cart", M::get, "/carts/{id}", &Acp::get_cart},
        {"update_cart", M::put, "/carts/{id}", &Acp::update_cart},
        {"cancel_cart", M::post, "/carts/{id}/cancel", &Acp::cancel_cart},
    };
    return all;
}

void Acp::add_to(Router& router) {
    router.get("/.well-known/acp.json", [this](Request const& r) { return discovery(r); });
    router.get("/acp/feed/metadata.json", [this](Request const& r) { return feed_metadata(r); });
    router.get("/acp/feed/products.jsonl", [this](Request const& r) { return feed_products(r); }, {.timeout = std::chrono::minutes(10)});
    for (auto const& method : methods()) router.add(method.verb, "/acp" + std::string(method.path), [this, &method](Request const& r) { return serve(method, r); }, {.max_body_bytes = 256 << 10});
    answer_the_rest(router, "/acp", [](Request const&, int status, std::string_view code, std::string content) { return refused({status, std::string(code), std::move(content) + " /.well-known/acp.json says what there is."}); });
}

Response Acp::discovery(Request const& request) {
    auto const call = front_.call_of(request);
    if (!call) return error_response(call.error(), request.request_id);
    auto const shop = front_.executor().call("shop.storefront", json::object(), *call);
    if (!shop) return error_response(shop.error(), request.request_id);
    std::string currency(shop->at("currency").as_string());
    for (auto& c : currency) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    json::object document{{"protocol", json::object{{"name", "acp"}, {"version", acp_version}, {"supported_versions", json::array{acp_version}}}}, {"api_base_url", origin_of(request) + "/acp"}, {"transports", json::array{"rest", "mcp"}},
                          {"capabilities", json::object{{"services", json::array{"checkout", "orders", "carts"}}, {"extensions", json::array{json::object{{"name", "discount"}}}}, {"supported_currencies", json::array{json::value(currency)}}, {"supported_locales", json::array{"en", "zh"}}}}};
    auto response = Response::json(200, json::value(std::move(document)));
    response.headers.emplace_back("Cache-Control", "public, max-age=3600");
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");
    return response;
}

Response Acp::serve(Method const& method, Request const& request) {
    json::value body = json::object();
    auto const finish = [&](Response response) {
        for (auto const* name : {"Idempotency-Key", "Request-Id"})
            if (auto const value = request.headers.get(name); !value.empty() && value.size() <= 255) response.headers.emplace_back(name, std::string(value));
        return response;
    };
    if (!request.body.empty()) {
        auto parsed = parse_json(request.body);
        if (!parsed || !parsed->is_object()) return finish(refused({400, "invalid_json", parsed ? "The body must be a JSON object." : parsed.error().message}));
        body = std::move(*parsed);
    }
    bool replayed = false;
    auto reply = carry_out(method, request, {.version = std::string(request.headers.get("api-version")), .key = std::string(request.headers.get("idempotency-key")), .id = std::string(request.parameter("id"))}, body.get_object(), replayed);
    if (!reply) return finish(refused(reply.error()));
    auto response = Response::json(reply->status, json::value(std::move(reply->body)));
    response.headers.emplace_back("Cache-Control", "no-store");
    if (replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
    return finish(std::move(response));
}

Answered<AcpReply> Acp::carry_out(Method const& method, Request const& request, Envelope const& envelope, json::object const& body, bool& replayed) {
    auto called = front_.call_of(request);
    if (!called) return std::unexpected(refusal_of(called.error()));
    if (called->caller.kind != Caller::Kind::key) {
        traffic_.count(called->shop_id, shop::unknown_agents, "acp", method.name, Outcome::refused);
        return std::unexpected(Refusal{401, "unauthorized", "Send the API key of your agent: Authorization: Bearer …"});
    }
    auto agent = directory_.by_key(called->shop_id, called->caller.id);
    auto const shown = agent ? agent->counted_as : "key:" + called->caller.id;
    auto const count = [&](Outcome outcome) { traffic_.count(called->shop_id, shown, "acp", method.name, outcome); };
    auto const refuse = [&](Refusal r) { return count(outcome_of(r.status, r.code)), std::unexpected(std::move(r)); };
    if (!agent) return refuse(agent.error());
    auto const limit = agent->calls_per_minute > 0 ? agent->calls_per_minute : usual_calls_per_minute;
    if (auto const wait = front_.executor().limiter().seconds_to_wait("agent " + agent->counted_as + " ", limit, RateLimiter::Burst::all); wait > 0) {
        count(Outcome::limited);
        return std::unexpected(Refusal{429, "rate_limit_exceeded", fmt::format("More than {} calls a minute; wait {} seconds.", limit, wait), {}, static_cast<int>(wait)});
    }
    std::string_view const version = envelope.version;
    if (version.empty()) return refuse({400, "missing_api_version", "Send API-Version."});
    if (version != acp_version) return refuse({400, "unsupported_api_version", fmt::format("API-Version {} is not supported.", version.substr(0, 40))});
    auto const& key = envelope.key;
    bool const posts = method.verb == gateway::Method::post;
    if (posts && key.empty() && envelope.key_required) return refuse({400, "idempotency_key_required", "Send an Idempotency-Key with every POST."});
    if (key.size() > 255) return refuse({400, "invalid_request", "An Idempotency-Key has at most 255 bytes."});
    AcpAsk ask{.http = request, .body = body, .id = envelope.id, .call = std::move(*called), .agent = std::move(*agent), .base = origin_of(request)};
    ask.call.caller = {.kind = Caller::Kind::anonymous, .id = "agent:" + ask.agent.counted_as, .role = "agent", .customer_id = {}, .session_id = {}, .permissions = {}};
    ask.call.idempotency_key = posts ? key : "";
    if (!envelope.language.empty()) ask.call.locale = kindling::locale_of(envelope.language);

    auto& services = front_.executor().services();
    // Scoped to who asks and to the endpoint (rfc.agentic_checkout section 6).
    Once const once(services, ask.call.shop_id, ask.call.caller.id, posts && !key.empty() ? fmt::format("acp {} {}", method.name, key).substr(0, 255 + 40) : "", method.name, json::object{{"id", ask.id}, {"body", body}});
    struct Held {
        RunningKeys* keys = nullptr;
        RunningKeys::Name name;
        ~Held() { if (keys) keys->give_back(name); }
    } held;
    if (once.wanted()) {
        if (!running_.take(once.name())) return refuse({409, "idempotency_in_flight", "A request with this Idempotency-Key is still being carried out.", {}, 1});
        held.keys = &running_, held.name = once.name();
        auto tx = services.store->read(ask.call.shop_id);
        if (!tx) return refuse(refusal_of(tx.error()));
        auto earlier = once.recall(**tx, now_ms());
        if (!earlier) {
            if (earlier.error().reason == "idempotency_key_reused") return refuse({422, "idempotency_conflict", "Idempotency-Key has already been used with a different request."});
            return refuse(refusal_of(earlier.error()));
        }
        if (*earlier) {
            replayed = true;
            count(Outcome::replayed);
            return AcpReply{(*earlier)->at("body").as_object(), static_cast<int>((*earlier)->at("status").as_int64())};
        }
    }
    Answered<AcpReply> reply = std::unexpected(Refusal{500, "internal_error", "Something went wrong on our side."});
    try {
        reply = (this->*method.handler)(ask);
    } catch (std::exception const& e) {
        spdlog::error("request={} acp {} threw: {}", request.request_id, method.name, e.what());
    }
    count(reply ? Outcome::served : outcome_of(reply.error().status, reply.error().code));
    if (reply && once.wanted()) {
        auto tx = services.store->write(ask.call.shop_id);
        auto const kept = tx ? once.keep(**tx, json::object{{"status", reply->status}, {"body", reply->body}}, now_ms()) : Result<void>(std::unexpected(tx.error()));
        auto const committed = kept ? (*tx)->commit() : kept;
        if (!committed) return std::unexpected(refusal_of(committed.error()));
    }
    return reply;
}

Result<json::value> Acp::call(AcpAsk const& ask, std::string_view operation, json::object request, std::vector<std::string> permissions) {
    auto call = ask.call;
    call.caller.permissions = std::move(permissions);
    return front_.executor().call(operation, std::move(request), call);
}

}  // namespace kindling::gateway::agents

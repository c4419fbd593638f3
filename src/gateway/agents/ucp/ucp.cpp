#include "gateway/agents/ucp/ucp.h"
#include "gateway/agents/addresses.h"
#include "core/json_members.h"
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace kindling::gateway::agents {

namespace {

Response refused(Refusal const& r, std::string const& base) {
    json::object body{{"code", r.code}, {"content", r.content}};
    if (!base.empty()) body["continue_url"] = base + "/";
    auto response = Response::json(r.status, json::value(std::move(body)));
    response.headers.emplace_back("Cache-Control", "no-store");
    if (r.retry_after_s > 0) response.headers.emplace_back("Retry-After", std::to_string(r.retry_after_s));
    if (r.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"ucp\"");
    return response;
}

// A mandate that is not what it says is told as an outcome of business, with status 200.
Outcome outcome_of(Reply const& reply) {
    if (reply.replayed) return Outcome::replayed;
    if (auto const* all = reply.body.if_contains("messages"); all && all->is_array())
        for (auto const& m : all->get_array())
            if (agents::outcome_of(reply.status, text_in(m.as_object(), "code")) == Outcome::forged) return Outcome::forged;
    return Outcome::served;
}

}  // namespace

Refusal refusal_of(Error const& e) {
    auto const status = status_of(e);
    Refusal out{status == 422 ? 400 : status, e.reason == "idempotency_key_reused" ? "idempotency_conflict" : e.reason, e.code == Errc::internal ? "Something went wrong on our side." : e.message, {}, status == 429 || status == 503 || status == 409 ? 1 : 0};
    for (auto const& f : e.fields) out.content += fmt::format(" {}: {}.", f.path.empty() ? "the request" : f.path, f.message);
    return out;
}

Ucp::Ucp(Front& front, Directory& directory, Traffic& traffic, Keys& keys) : front_(front), directory_(directory), traffic_(traffic), keys_(keys) {
    listener_ = front_.executor().services().store->listen([this](std::span<shop::Change const> changes) {
        if (std::ranges::any_of(changes, [](auto const& c) { return c.kind == "category"; })) {
            std::lock_guard const lock(names_mutex_);
            names_.clear();
        }
    });
}
Ucp::~Ucp() { front_.executor().services().store->forget(listener_); }

std::span<Ucp::Method const> Ucp::methods() {
    using M = gateway::Method;
    static Method const all[] = {
        {"search_catalog", "dev.ucp.shopping.catalog.search", "catalog", M::post, "/catalog/search", &Ucp::search_catalog},
        {"lookup_catalog", "dev.ucp.shopping.catalog.lookup", "catalog", M::post, "/catalog/lookup", &Ucp::lookup_catalog},
        {"get_product", "dev.ucp.shopping.catalog.lookup", "catalog", M::post, "/catalog/product", &Ucp::get_product},
        {"create_cart", "dev.ucp.shopping.cart", "cart", M::post, "/carts", &Ucp::create_cart, Method::Kind::change},
        {"get_cart", "dev.ucp.shopping.cart", "", M::get, "/carts/{id}", &Ucp::get_cart},
        {"update_cart", "dev.ucp.shopping.cart", "cart", M::put, "/carts/{id}", &Ucp::update_cart, Method::Kind::change},
        {"cancel_cart", "dev.ucp.shopping.cart", "", M::post, "/carts/{id}/cancel", &Ucp::cancel_cart, Method::Kind::change},
        {"create_checkout", "dev.ucp.shopping.checkout", "checkout", M::post, "/checkout-sessions", &Ucp::create_checkout, Method::Kind::change},
        {"get_checkout", "dev.ucp.shopping.checkout", "", M::get, "/checkout-sessions/{id}", &Ucp::get_checkout},
        {"update_checkout", "dev.ucp.shopping.checkout", "checkout", M::put, "/checkout-sessions/{id}", &Ucp::update_checkout, Method::Kind::change},
        {"complete_checkout", "dev.ucp.shopping.checkout", "checkout", M::post, "/checkout-sessions/{id}/complete", &Ucp::complete_checkout, Method::Kind::change},
        {"cancel_checkout", "dev.ucp.shopping.checkout", "", M::post, "/checkout-sessions/{id}/cancel", &Ucp::cancel_checkout, Method::Kind::change},
        {"get_order", "dev.ucp.shopping.order", "", M::get, "/orders/{id}", &Ucp::get_order},
    };
    return all;
}

void Ucp::add_to(Router& router) {
    router.get("/.well-known/ucp", [this](Request const& r) { return profile(r); });
    for (auto const& method : methods()) router.add(method.verb, "/ucp/v1" + std::string(method.path), [this, &method](Request const& r) { return rest(method, r); }, {.max_body_bytes = 256 << 10});
    answer_the_rest(router, "/ucp", [](Request const& r, int status, std::string_view code, std::string content) { return refused({status, std::string(code), std::move(content) + " /.well-known/ucp says what there is."}, origin_of(r)); });
}

Response Ucp::rest(Method const& method, Request const& request) {
    auto const base = origin_of(request);
    json::value body = json::object();
    if (!request.body.empty()) {
        auto parsed = parse_json(request.body);
        if (!parsed || !parsed->is_object()) return refused({400, "invalid_request", parsed ? "The body must be a JSON object." : parsed.error().message}, base);
        body = std::move(*parsed);
    }
    auto const id = std::string(request.parameter("id"));
    auto answer = carry_out(method, request, profile_of(request.headers.get("ucp-agent")), id, body.get_object(), std::string(request.headers.get("idempotency-key")));
    if (!answer) return refused(answer.error(), base);
    auto response = Response::json(answer->status, json::value(std::move(answer->body)));
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

Answered<Reply> Ucp::carry_out(Method const& method, Request const& request, std::string const& profile_url, std::string id, json::object const& body, std::string idempotency_key) {
    auto call = front_.call_of(request);
    if (!call) {
        if (call.error().reason == "rate_limited") traffic_.count(1, shop::other_agents, "ucp", method.name, Outcome::limited);
        return std::unexpected(refusal_of(call.error()));
    }
    auto const count = [&](std::string_view agent, Outcome outcome) { traffic_.count(call->shop_id, agent, "ucp", method.name, outcome); };
    if (profile_url.empty()) {
        count(shop::unknown_agents, Outcome::refused);
        return std::unexpected(Refusal{400, "invalid_profile_url", "Say who is asking: UCP-Agent: profile=\"https://…\" (in MCP: meta.ucp-agent.profile)."});
    }
    if (idempotency_key.size() > 255) return std::unexpected(Refusal{400, "invalid_request", "An Idempotency-Key has at most 255 bytes."});
    auto agent = directory_.by_profile(call->shop_id, profile_url, ucp_version);
    if (!agent) {
        count(shop::unknown_agents, Outcome::refused);
        return std::unexpected(agent.error());
    }
    Ask ask{.http = request, .body = body, .id = std::move(id), .call = std::move(*call), .agent = std::move(*agent), .base = origin_of(request)};
    // A key that belongs to this very agent proves it; one of somebody else's must not speak for it.
    if (ask.call.caller.kind == Caller::Kind::key && !ask.agent.key_id.empty()) {
        if (ask.call.caller.id != ask.agent.key_id) {
            count(ask.agent.counted_as, Outcome::forged);
            return std::unexpected(Refusal{403, "forbidden", "This key does not belong to the agent that the profile names."});
        }
        ask.agent.proven = true;
    }
    if (is_signed(request)) {
        if (auto const good = check_signature(request, ask.agent.signing_keys); !good) {
            count(ask.agent.counted_as, agents::outcome_of(good.error().status, good.error().code));
            return std::unexpected(good.error());
        }
        ask.agent.proven = true;
    }
    // Whoever only claims a name shares its limit with those of the same address: nobody can use up another's.
    auto const limit = ask.agent.calls_per_minute > 0 ? ask.agent.calls_per_minute : usual_calls_per_minute;
    if (auto const wait = front_.executor().limiter().seconds_to_wait(fmt::format("agent {} {}", ask.agent.counted_as, ask.agent.proven ? "" : request.remote_address), limit, RateLimiter::Burst::all); wait > 0) {
        count(ask.agent.counted_as, Outcome::limited);
        return std::unexpected(Refusal{429, "rate_limit_exceeded", fmt::format("More than {} calls a minute; wait {} seconds.", limit, wait), {}, static_cast<int>(wait)});
    }
    ask.call.caller = {.kind = Caller::Kind::anonymous, .id = ask.agent.proven ? "agent:" + ask.agent.counted_as : fmt::format("agent:{}@{}", ask.agent.counted_as, request.remote_address), .role = "agent", .customer_id = {}, .session_id = {}, .permissions = {}};
    ask.call.idempotency_key = std::move(idempotency_key);
    if (auto const* context = body.if_contains("context"); context && context->is_object())
        if (auto const* language = context->get_object().if_contains("language"); language && language->is_string()) ask.call.locale = kindling::locale_of(std::string_view(language->get_string()));
    ask.active = negotiate(ask.agent);
    if (!ask.active.contains(method.capability)) {
        count(ask.agent.counted_as, Outcome::refused);
        return failed(ask, "", "capabilities_incompatible", fmt::format("The profile does not list {} in version {}, which this needs.", method.capability, ucp_version));
    }
    try {
        auto reply = method.kind == Method::Kind::change ? once(method, ask) : (this->*method.handler)(ask);
        count(ask.agent.counted_as, reply ? outcome_of(*reply) : agents::outcome_of(reply.error().status, reply.error().code));
        return reply;
    } catch (std::exception const& e) {
        spdlog::error("request={} ucp {} threw: {}", request.request_id, method.name, e.what());
        return std::unexpected(Refusal{500, "internal_error", "Something went wrong on our side."});
    }
}

// The whole reply is kept, so that a repetition is answered to the byte; the operation behind it has the key too, so that two that come
// together act once. What is refused is not kept: it may be sent again, mended.
Answered<Reply> Ucp::once(Method const& method, Ask& ask) {
    auto& services = front_.executor().services();
    Once const once(services, ask.call.shop_id, ask.call.caller.id, ask.call.idempotency_key.empty() ? "" : "ucp " + ask.call.idempotency_key, method.name, json::object{{"id", ask.id}, {"body", ask.body}});
    if (!once.wanted()) return (this->*method.handler)(ask);
    {
        auto tx = services.store->read(ask.call.shop_id);
        if (!tx) return std::unexpected(refusal_of(tx.error()));
        auto earlier = once.recall(**tx, now_ms());
        if (!earlier) return std::unexpected(refusal_of(earlier.error()));
        if (*earlier) return Reply{(*earlier)->at("body").as_object(), static_cast<int>((*earlier)->at("status").as_int64()), true};
    }
    auto reply = (this->*method.handler)(ask);
    if (!reply) return reply;
    auto tx = services.store->write(ask.call.shop_id);
    auto const kept = tx ? once.keep(**tx, json::object{{"status", reply->status}, {"body", reply->body}}, now_ms()) : Result<void>(std::unexpected(tx.error()));
    auto const committed = kept ? (*tx)->commit() : kept;
    // Fail closed (UCP signatures, "Replay Protection"): what was done is done, and the operation's own key gives it back on a retry.
    if (!committed) return std::unexpected(refusal_of(committed.error()));
    return reply;
}

Result<json::value> Ucp::call(Ask const& ask, std::string_view operation, json::object request, std::vector<std::string> permissions) {
    auto call = ask.call;
    call.caller.permissions = std::move(permissions);
    return front_.executor().call(operation, std::move(request), call);
}

Answered<json::value> Ucp::ask(Ask const& ask, std::string_view operation, json::object request, std::vector<std::string> permissions) {
    auto answer = call(ask, operation, std::move(request), std::move(permissions));
    if (!answer) return std::unexpected(refusal_of(answer.error()));
    return std::move(*answer);
}

Reply failed(Ask const& ask, std::string_view root, std::string_view code, std::string_view content, std::string_view severity) {
    json::object body{{"ucp", envelope(ask, root, "error")}, {"messages", json::array{json::object{{"type", "error"}, {"code", code}, {"content", content}, {"severity", severity}}}}};
    if (!ask.base.empty()) body["continue_url"] = ask.base + "/";
    return {std::move(body)};
}

json::object message(std::string_view type, std::string_view code, std::string_view content, std::string_view path, std::string_view severity) {
    json::object out{{"type", type}, {"code", code}, {"content", content}};
    if (!path.empty()) out["path"] = path;
    if (!severity.empty()) out["severity"] = severity;
    return out;
}

std::string profile_of(std::string_view field) {
    // key = token, value = quoted string; other members and parameters are skipped with their strings read as strings.
    while (!field.empty()) {
        while (!field.empty() && (field.front() == ' ' || field.front() == '\t' || field.front() == ',')) field.remove_prefix(1);
        auto const key_end = std::min(field.find_first_of("=,; \t"), field.size());
        auto const key = field.substr(0, key_end);
        field.remove_prefix(key_end);
        std::string value;
        if (field.starts_with("=\"")) {
            field.remove_prefix(2);
            while (!field.empty() && field.front() != '"') {
                if (field.front() == '\\') {
                    field.remove_prefix(1);
                    if (field.empty() || (field.front() != '"' && field.front() != '\\')) return {};
                }
                value += field.front(), field.remove_prefix(1);
            }
            if (field.empty()) return {};  // the string never ends
            field.remove_prefix(1);
        }
        if (key == "profile") return value;
        bool quoted = false;
        while (!field.empty() && (quoted || field.front() != ',')) {
            if (field.front() == '"') quoted = !quoted;
            field.remove_prefix(1);
        }
    }
    return {};
}

}  // namespace kindling::gateway::agents

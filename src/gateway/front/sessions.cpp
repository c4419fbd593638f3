// Signing in, out and up: the only routes that set cookies for staff.
#include "core/json_text.h"
#include "gateway/front/front.h"
#include "gateway/http/cookie.h"
#include "gateway/http/security.h"
#include <boost/json.hpp>

namespace kindling::gateway {

namespace {

struct SetUpRequest {
    std::string token, email, password, name;
    static constexpr Field fields[] = {field("token").longest(200), field("email").longest(254), field("password").longest(200).kept_secret(), field("name").defaulted().longest(200)};
};
BOOST_DESCRIBE_STRUCT(SetUpRequest, (), (token, email, password, name))

struct SignInRequest {
    std::string email, password;
    static constexpr Field fields[] = {field("email").longest(254), field("password").longest(200).kept_secret()};
};
BOOST_DESCRIBE_STRUCT(SignInRequest, (), (email, password))

void set_cookie(Response& response, Cookie const& cookie) {
    if (auto text = to_text(cookie)) response.headers.emplace_back("Set-Cookie", *text);
}

}  // namespace

Response Front::signed_in(Request const& request, shop::Session const& session) {
    auto response = Response::json(200, json::value{{"csrf", session.csrf}});
    auto const secure = request.scheme == Scheme::https ? SecureOnly::yes : SecureOnly::no;
    auto const seconds = (session.expires_at_ms - now_ms()) / 1000;
    set_cookie(response, {.name = std::string(session_cookie), .value = session.token, .max_age_s = seconds, .same_site = SameSite::strict, .secure = secure});
    set_cookie(response, {.name = std::string(csrf_cookie), .value = session.csrf, .max_age_s = seconds, .same_site = SameSite::strict, .secure = secure, .script = ScriptAccess::allowed});
    return response;
}

Response Front::set_up(Request const& request) {
    auto const run = [&]() -> Result<shop::Session> {
        if (!same_origin(request)) return fail(Errc::permission_denied, "cross_site_request", "This request did not come from our own pages.");
        if (!executor_.limiter().allow("set_up " + request.remote_address, 30)) return fail(Errc::unavailable, "rate_limited", "Too many attempts; wait a minute.");
        auto const in = TRY(read_json<SetUpRequest>(TRY(parse_json(request.body))));
        auto tx = TRY(executor_.services().store->write(0));
        auto session = TRY(shop::set_up(*tx, in.token, in.email, in.password, in.name, now_ms()));
        TRY(tx->commit());
        return session;
    };
    auto const session = run();
    return session ? signed_in(request, *session) : error_response(session.error(), request.request_id);
}

Response Front::sign_in(Request const& request) {
    auto const run = [&]() -> Result<shop::Session> {
        if (!same_origin(request)) return fail(Errc::permission_denied, "cross_site_request", "This request did not come from our own pages.");
        auto const in = TRY(read_json<SignInRequest>(TRY(parse_json(request.body))));
        // Guessing is slowed down per address and per e-mail; argon2id slows each guess by itself.
        if (!executor_.limiter().allow("sign_in " + request.remote_address, 60) || !executor_.limiter().allow("sign_in " + in.email, 30)) return fail(Errc::unavailable, "rate_limited", "Too many attempts; wait a minute.");
        return shop::sign_in(*executor_.services().store, in.email, in.password, now_ms());
    };
    auto const session = run();
    return session ? signed_in(request, *session) : error_response(session.error(), request.request_id);
}

Response Front::sign_out(Request const& request) {
    if (auto const token = request.cookie(session_cookie); !token.empty() && same_origin(request))
        if (auto tx = executor_.services().store->write(0); tx && shop::sign_out(**tx, token)) {
            (*tx)->changed("session");
            (void)(*tx)->commit();
        }
    auto response = Response::json(200, json::value(json::object()));
    for (auto name : {session_cookie, csrf_cookie}) set_cookie(response, {.name = std::string(name), .max_age_s = 0, .same_site = SameSite::strict});
    return response;
}

Response Front::session(Request const& request) {
    auto const run = [&]() -> Result<json::value> {
        auto identity = TRY(identities_.of(request));
        auto tx = TRY(executor_.services().store->read(identity.shop_id));
        bool const needed = TRY(shop::needs_set_up(*tx));
        // Nobody signed in is an answer, not a failure: every visit of the sign-in page asks.
        if (!identity.caller.is_staff()) return json::object{{"user", nullptr}, {"set_up_needed", needed}};
        json::object shop;
        shop::Value const values[] = {identity.shop_id};
        TRY(tx->run("SELECT name, name_zh, currency, locale, time_zone FROM shops WHERE shop_id = ?", values, [&](shop::Row const& row) -> Result<void> {
            shop = {{"id", std::to_string(identity.shop_id)}, {"name", row.text(0)}, {"name_zh", row.text(1)}, {"currency", row.text(2)}, {"locale", row.text(3)}, {"time_zone", row.text(4)}};
            return {};
        }));
        json::array permissions;
        for (auto const& p : identity.caller.permissions) permissions.emplace_back(p);
        return json::object{{"user", {{"id", identity.caller.id}, {"email", identity.email}, {"name", identity.name}, {"role", identity.caller.role}}}, {"shop", shop}, {"permissions", permissions}, {"set_up_needed", needed}};
    };
    auto const answer = run();
    return answer ? Response::json(200, *answer) : error_response(answer.error(), request.request_id);
}

}  // namespace kindling::gateway

#include "gateway/front/identity.h"
#include "core/id.h"
#include "gateway/http/cookie.h"
#include "gateway/http/security.h"
#include "gateway/http/url.h"
#include "shop/vault/vault.h"
#include <charconv>

namespace kindling::gateway {

namespace {

// How long another process's revocation may go unseen; changes of this process are seen at once.
constexpr auto kept_for = std::chrono::seconds(10);

bool is_safe(Method m) { return m == Method::get || m == Method::head || m == Method::options; }

}  // namespace

bool is_visit(std::string_view id) {
    return id.size() == 28 && id.starts_with("vis_") && std::ranges::all_of(id, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-'; });
}

Identities::Identities(shop::Store& store) : store_(store) {
    listener_ = store_.listen([this](std::span<shop::Change const> changes) {
        for (auto const& c : changes)
            if (c.kind == "key" || c.kind == "session") {
                std::unique_lock lock(mutex_);
                known_.clear();
                return;
            }
    });
}

Identities::~Identities() { store_.forget(listener_); }

std::optional<Identity> Identities::recall(std::string const& token) {
    std::shared_lock lock(mutex_);
    auto const i = known_.find(token);
    if (i == known_.end() || i->second.until < std::chrono::steady_clock::now()) return {};
    return i->second.identity;
}

void Identities::remember(std::string const& token, Identity const& identity) {
    std::unique_lock lock(mutex_);
    if (known_.size() > 10'000) known_.clear();
    known_[token] = {identity, std::chrono::steady_clock::now() + kept_for};
}

// X-Kindling-Shop. Only a shop that exists is believed: strangers must not make state for shops that are none.
Result<std::int64_t> Identities::wished_shop(Request const& request, std::int64_t otherwise) {
    auto const text = request.headers.get("x-kindling-shop");
    if (text.empty()) return otherwise;
    auto const missing = fail(Errc::not_found, "shop_not_found", "There is no such shop on this server; X-Kindling-Shop takes its number.");
    std::int64_t shop = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), shop);
    if (error != std::errc() || end != text.data() + text.size() || shop < 1) return missing;
    {
        std::shared_lock lock(mutex_);
        if (shops_.contains(shop)) return shop;
    }
    auto tx = TRY(store_.read(0));
    if (TRY(tx->integer("SELECT COUNT(*) FROM shops WHERE shop_id = ?", shop)) == 0) return missing;
    std::unique_lock lock(mutex_);
    shops_.insert(shop);
    return shop;
}

Result<std::optional<Identity>> Identities::shopper_of(std::string const& token) {
    if (!token.starts_with(shop::customer_token_prefix) || token.size() > 100) return std::nullopt;
    auto identity = recall(token);
    if (!identity) {
        auto tx = TRY(store_.read(0));
        auto const found = TRY(shop::find_customer_session(*tx, token, now_ms()));
        if (!found) return std::nullopt;
        identity = Identity{.caller = found->caller, .shop_id = found->shop_id, .csrf = found->csrf};
        remember(token, *identity);
    }
    return identity;
}

Result<Identity> Identities::of(Request const& request) {
    if (auto const authorization = request.headers.get("authorization"); !authorization.empty()) {
        if (authorization.size() < 8 || !equal_ignoring_case(authorization.substr(0, 7), "bearer "))
            return fail(Errc::permission_denied, "not_signed_in", "Send the key as: Authorization: Bearer kdl_…");
        std::string const token(trim(authorization.substr(7)));
        if (token.starts_with(shop::customer_token_prefix)) {
            auto shopper = TRY(shopper_of(token));
            if (!shopper) return fail(Errc::permission_denied, "not_signed_in", "This session has ended; sign in again.");
            if (TRY(wished_shop(request, shopper->shop_id)) != shopper->shop_id) return fail(Errc::permission_denied, "not_permitted", "This account belongs to another shop of this server; leave out X-Kindling-Shop.");
            return std::move(*shopper);
        }
        auto identity = recall(token);
        if (!identity) {
            auto tx = TRY(store_.read(0));
            auto const key = TRY(shop::find_key(*tx, token));
            if (!key) return fail(Errc::permission_denied, "not_signed_in", "This API key is not known or was revoked.");
            identity = Identity{.caller = key->caller, .shop_id = key->shop_id, .rate_per_minute = key->rate_per_minute};
            remember(token, *identity);
        }
        // A key belongs to one shop. Whoever names another must not act in this one by mistake.
        if (TRY(wished_shop(request, identity->shop_id)) != identity->shop_id)
            return fail(Errc::permission_denied, "not_permitted", "This API key belongs to shop " + std::to_string(identity->shop_id) + "; leave out X-Kindling-Shop, or use a key of the other shop.");
        return std::move(*identity);
    }
    auto const token = request.cookie(session_cookie);
    // Where a member of staff is looked for, a shopper is never found, whatever stands in memory under their token.
    if (!token.empty() && !token.starts_with(shop::customer_token_prefix)) {
        auto identity = recall(token);
        if (!identity) {
            auto tx = TRY(store_.read(0));
            if (auto const found = TRY(shop::find_session(*tx, token, now_ms()))) {
                identity = Identity{.caller = found->caller, .shop_id = found->shop_id, .csrf = found->csrf, .email = found->email, .name = found->name, .by_cookie = true};
                remember(token, *identity);
            }
        }
        if (identity) {
            if (!is_safe(request.method) && (!same_origin(request) || !shop::same_secret(request.headers.get("x-csrf-token"), identity->csrf)))
                return fail(Errc::permission_denied, "cross_site_request", "This request did not come from our own pages; reload the page and try again.");
            // Somebody with several shops works in the one that the page names, with the role they have there.
            if (auto const shop = TRY(wished_shop(request, identity->shop_id)); shop != identity->shop_id) {
                auto tx = TRY(store_.read(0));
                auto const role = TRY(shop::role_in_shop(*tx, identity->caller.id, shop));
                if (role.empty()) return fail(Errc::permission_denied, "not_permitted", "You do not belong to this shop; ask its owner.");
                identity->shop_id = shop, identity->caller.role = role, identity->caller.permissions = shop::permissions_of(role);
            }
            return *identity;
        }
    }
    Identity visitor;
    visitor.caller = {.kind = Caller::Kind::anonymous, .id = "address:" + request.remote_address, .role = "shopper", .session_id = visit_of(request, nullptr)};
    // Idempotency keys belong to a caller: two visitors behind one address must not share them.
    if (!visitor.caller.session_id.empty()) visitor.caller.kind = Caller::Kind::shopper, visitor.caller.id = "visit:" + visitor.caller.session_id;
    visitor.shop_id = TRY(wished_shop(request, 1));
    return visitor;
}

Locale locale_of(Request const& request) {
    auto const query = request.query();
    if (auto const wish = find(query, "locale")) return kindling::locale_of(*wish);
    if (auto const wish = request.headers.get("x-kindling-locale"); !wish.empty()) return kindling::locale_of(wish);
    if (auto const cookie = request.cookie(locale_cookie); !cookie.empty()) return kindling::locale_of(cookie);
    auto const accepted = request.headers.get("accept-language");
    // The better liked of the two; browsers list "zh-CN,zh;q=0.9,en;q=0.8".
    auto const zh = std::max(quality_of(accepted, "zh"), quality_of(accepted, "zh-CN")), en = std::max(quality_of(accepted, "en"), quality_of(accepted, "en-US"));
    return zh > en ? Locale::zh : Locale::en;
}

std::string visit_of(Request const& request, Response* response) {
    auto id = request.cookie(visit_cookie);
    if (is_visit(id)) return id;
    if (!response) return {};
    id = "vis_" + new_secret(18);
    if (auto const cookie = to_text(Cookie{.name = std::string(visit_cookie), .value = id, .max_age_s = 180 * 86'400, .secure = request.scheme == Scheme::https ? SecureOnly::yes : SecureOnly::no}))
        response->headers.emplace_back("Set-Cookie", *cookie);
    return id;
}

}  // namespace kindling::gateway

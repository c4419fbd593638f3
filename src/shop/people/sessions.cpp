#include "core/id.h"
#include "shop/customers/api.h"
#include "shop/people/people.h"
#include "shop/people/scopes.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

constexpr Milliseconds session_for = 14 * milliseconds_per_day, set_up_for = 30 * 60'000;

struct UserRow {
    std::string user_id, email, name, password_hash, locale;
    bool disabled = false;
    static constexpr Field fields[] = {field("user_id"), field("email"), field("name"), field("password_hash"), field("locale"), field("disabled")};
};
BOOST_DESCRIBE_STRUCT(UserRow, (), (user_id, email, name, password_hash, locale, disabled))

Result<Session> open_session(Transaction& tx, std::string_view user_id, std::int64_t shop_id, Milliseconds now) {
    Session s{new_secret(), new_secret(18), now + session_for};
    TRY(tx.execute("INSERT INTO sessions (token_hash, kind, user_id, shop_id, csrf, created_at_ms, expires_at_ms) VALUES (?,'user',?,?,?,?,?)", token_hash(s.token), user_id, shop_id, s.csrf, now, s.expires_at_ms));
    TRY(tx.execute("DELETE FROM sessions WHERE expires_at_ms < ?", now));
    return s;
}

}  // namespace

std::vector<std::string> permissions_of(std::string_view role) {
    if (role == "owner") return {"*"};
    if (role == "operator")
        return {"*.read", "catalog.*", "orders.*", "stock.*", "customers.write", "events.*", "reviews.*", "conversations.*", "decisions.*", "selection.*", "feeds.*", "promotions.*", "merchandising.*", "experiments.*", "assortment.*", "forecast.*", "market.*", "ledger.*", "jobs.*", "imports.*", "exports.*", "files.*", "supply.*", "campaigns.*"};
    if (role == "analyst") return {"*.read"};
    return {};
}

Result<bool> needs_set_up(Transaction& tx) { return TRY(tx.integer("SELECT COUNT(*) FROM users")) == 0; }

Result<std::string> make_set_up_token(Transaction& tx, Milliseconds now) {
    auto token = new_secret();
    TRY(tx.execute("DELETE FROM setup_tokens WHERE expires_at_ms < ?", now));
    TRY(tx.execute("INSERT INTO setup_tokens (token_hash, created_at_ms, expires_at_ms) VALUES (?,?,?)", token_hash(token), now, now + set_up_for));
    return token;
}

Result<Session> set_up(Transaction& tx, std::string_view token, std::string_view email, std::string_view password, std::string_view name, Milliseconds now) {
    std::vector<FieldError> errors;
    if (email.find('@') == email.npos) errors.push_back({"/email", "malformed_email", "is not an e-mail address"});
    if (password.size() < 10) errors.push_back({"/password", "too_short", "must have at least 10 characters"});
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "Some details need another look.", std::move(errors));
    if (!TRY(needs_set_up(tx))) return fail(Errc::failed_precondition, "set_up_done", "This server has an owner already; sign in instead.");
    if (!TRY(tx.execute("UPDATE setup_tokens SET used_at_ms = ? WHERE token_hash = ? AND used_at_ms IS NULL AND expires_at_ms > ?", now, token_hash(token), now)))
        return fail(Errc::permission_denied, "set_up_link_invalid", "This set-up link was used or is older than 30 minutes; restart the server for a new one.");
    auto const id = new_id("usr");
    TRY(tx.execute("INSERT INTO users (user_id, email, name, password_hash, created_at_ms) VALUES (?,?,?,?,?)", id, normal_email(email), name, hash_password(password), now));
    TRY(tx.execute("INSERT INTO memberships (shop_id, user_id, role) SELECT shop_id, ?, 'owner' FROM shops", id));
    return open_session(tx, id, 1, now);
}

Result<Session> sign_in(Store& store, std::string_view email, std::string_view password, Milliseconds now) {
    // A guess costs argon2id's tenth of a second and 19 MB. It is spent outside of any writing transaction: other writers, who may
    // be taking orders, do not wait for whoever tries passwords.
    std::optional<UserRow> user;
    {
        auto const tx = TRY(store.read(0));
        user = TRY((tx->find<UserRow>("SELECT user_id, email, name, password_hash, locale, disabled FROM users WHERE email = ?", normal_email(email))));
    }
    // Verifying against a dummy keeps the answer as slow for an address that does not exist.
    static std::string const dummy = hash_password("not a password of anybody");
    bool const right = verify_password(password, user ? user->password_hash : dummy);
    auto const wrong = fail(Errc::permission_denied, "wrong_credentials", "E-mail or password is wrong.");
    if (!user || !right || user->disabled) return wrong;
    auto const tx = TRY(store.write(0));
    // Changed or barred meanwhile: what was verified does not count any more.
    if (TRY(tx->integer("SELECT COUNT(*) FROM users WHERE user_id = ? AND password_hash = ? AND disabled = 0", user->user_id, user->password_hash)) == 0) return wrong;
    auto const shop = TRY(tx->integer("SELECT MIN(shop_id) FROM memberships WHERE user_id = ?", user->user_id));
    if (shop == 0) return fail(Errc::permission_denied, "no_shop", "You belong to no shop of this server; ask an owner.");
    auto session = TRY(open_session(*tx, user->user_id, shop, now));
    TRY(tx->commit());
    return session;
}

Result<void> sign_out(Transaction& tx, std::string_view token) {
    TRY(tx.execute("DELETE FROM sessions WHERE token_hash = ?", token_hash(token)));
    return {};
}

Result<std::optional<SignedIn>> find_session(Transaction& tx, std::string_view token, Milliseconds now) {
    std::optional<SignedIn> out;
    auto const hash = token_hash(token);
    Value const values[] = {hash, now};
    TRY(tx.run("SELECT s.user_id, s.shop_id, s.csrf, u.email, u.name, m.role FROM sessions s JOIN users u ON u.user_id = s.user_id JOIN memberships m ON m.user_id = s.user_id AND m.shop_id = s.shop_id WHERE s.token_hash = ? AND s.kind = 'user' AND s.expires_at_ms > ? AND u.disabled = 0", values, [&](Row const& row) -> Result<void> {
        SignedIn s;
        s.caller = {.kind = Caller::Kind::user, .id = std::string(row.text(0)), .role = std::string(row.text(5)), .permissions = permissions_of(row.text(5))};
        s.shop_id = row.integer(1), s.csrf = row.text(2), s.email = row.text(3), s.name = row.text(4);
        out = std::move(s);
        return {};
    }));
    return out;
}

Result<std::optional<KeyCaller>> find_key(Transaction& tx, std::string_view token) {
    std::optional<KeyCaller> out;
    auto const hash = token_hash(token);
    Value const values[] = {hash};
    TRY(tx.run("SELECT key_id, shop_id, role, scopes, rate_per_minute FROM api_keys WHERE token_hash = ? AND revoked_at_ms IS NULL", values, [&](Row const& row) -> Result<void> {
        KeyCaller k{{.kind = Caller::Kind::key, .id = std::string(row.text(0)), .role = std::string(row.text(2))}, row.integer(1), row.integer(4)};
        auto const scopes = row.text(3);
        if (scopes.empty()) k.caller.permissions = permissions_of(row.text(2));
        else k.caller.permissions = read_scopes(scopes);
        out = std::move(k);
        return {};
    }));
    return out;
}

}  // namespace kindling::shop

#include "shop/accounts/store.h"
#include "core/id.h"
#include "core/utf8.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace accounts {

namespace {

constexpr Milliseconds session_for = 30 * milliseconds_per_day;
constexpr std::string_view columns = "customer_id, login_kind, login_sealed, password_hash, reset_lookup, created_at_ms, password_changed_at_ms, reset_expires_at_ms";

}  // namespace

Result<Login> read_login(std::string_view text, std::string_view path) {
    auto const first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
    text = first == text.npos ? std::string_view() : text.substr(first, last - first + 1);
    if (text.find('@') != text.npos) {
        auto const at = text.find('@');
        if (at > 0 && at + 1 < text.size() && text.find_first_of(" \t\r\n<>") == text.npos && text.find('@', at + 1) == text.npos) return Login{"email", normal_email(text)};
        return fail(Errc::invalid_argument, "invalid_request", "The e-mail is not valid.", {{std::string(path), "malformed_email", "is not an e-mail address"}});
    }
    auto phone = normal_phone(text);
    auto const digits = phone.size() - (phone.starts_with('+') ? 1 : 0);
    if (digits >= 7 && digits <= 20 && text.find_first_not_of("+0123456789 ()-./") == text.npos) return Login{"phone", std::move(phone)};
    return fail(Errc::invalid_argument, "invalid_request", "An e-mail or a phone number is needed.", {{std::string(path), "malformed_login", "is neither an e-mail address nor a phone number"}});
}

std::string lookup_of(Context& context, Login const& login) { return context.services.vault->lookup(context.tx().shop_id(), "login_" + login.kind, login.value); }

Result<void> check_new_password(std::string_view password, std::string_view login, std::string_view path) {
    if (count_code_points(password) < 10) return fail(Errc::invalid_argument, "invalid_request", "The password is too short.", {{std::string(path), "too_short", "must have at least 10 characters"}});
    if (password == login) return fail(Errc::invalid_argument, "invalid_request", "The password is the login itself.", {{std::string(path), "password_is_login", "must not be the e-mail or phone number"}});
    return {};
}

Result<std::optional<Row>> find_by_login(Context& context, Login const& login) {
    return context.tx().find<Row>(fmt::format("SELECT {} FROM accounts WHERE shop_id = ? AND login_kind = ? AND login_lookup = ?", columns), context.tx().shop_id(), login.kind, lookup_of(context, login));
}

Result<std::optional<Row>> find_by_customer(Context& context, std::string_view customer_id) {
    return context.tx().find<Row>(fmt::format("SELECT {} FROM accounts WHERE shop_id = ? AND customer_id = ?", columns), context.tx().shop_id(), customer_id);
}

Result<AccountSession> open_session(Context& context, std::string_view customer_id) {
    auto& tx = context.tx();
    AccountSession s{std::string(customer_token_prefix) + new_secret(), new_secret(18), std::string(customer_id), context.now + session_for};
    TRY(tx.execute("DELETE FROM customer_sessions WHERE shop_id = ? AND expires_at_ms < ?", tx.shop_id(), context.now));
    TRY(tx.execute("INSERT INTO customer_sessions (token_hash, shop_id, customer_id, csrf, created_at_ms, expires_at_ms) VALUES (?,?,?,?,?,?)", token_hash(s.session_token), tx.shop_id(), customer_id, s.csrf, context.now, s.expires_at_ms));
    return s;
}

Result<void> end_sessions(Context& context, std::string_view customer_id) {
    auto& tx = context.tx();
    TRY(tx.execute("DELETE FROM customer_sessions WHERE shop_id = ? AND customer_id = ?", tx.shop_id(), customer_id));
    tx.changed("session");
    return {};
}

Result<void> set_password(Context& context, std::string_view customer_id, std::string_view password) {
    auto& tx = context.tx();
    TRY(tx.execute("UPDATE accounts SET password_hash = ?, password_changed_at_ms = ?, reset_lookup = '', reset_expires_at_ms = NULL WHERE shop_id = ? AND customer_id = ?", hash_password(password), context.now, tx.shop_id(), customer_id));
    return end_sessions(context, customer_id);
}

Result<std::string> own_customer(Context const& context) {
    if (context.caller.customer_id.empty()) return fail(Errc::permission_denied, "not_signed_in", "Sign in to your account first.");
    return context.caller.customer_id;
}

}  // namespace accounts

Result<std::optional<SignedInCustomer>> find_customer_session(Transaction& tx, std::string_view token, Milliseconds now) {
    std::optional<SignedInCustomer> out;
    if (!token.starts_with(customer_token_prefix)) return out;
    auto const hash = token_hash(token);
    Value const values[] = {hash, now};
    // The account must still stand: forgetting a person removes it, and with it every way in.
    TRY(tx.run("SELECT s.customer_id, s.shop_id, s.csrf FROM customer_sessions s JOIN accounts a ON a.shop_id = s.shop_id AND a.customer_id = s.customer_id WHERE s.token_hash = ? AND s.expires_at_ms > ?", values, [&](shop::Row const& row) -> Result<void> {
        std::string id(row.text(0));
        out = SignedInCustomer{.caller = {.kind = Caller::Kind::shopper, .id = "customer:" + id, .role = "shopper", .customer_id = id}, .csrf = std::string(row.text(2)), .shop_id = row.integer(1)};
        return {};
    }));
    return out;
}

}  // namespace kindling::shop

// A password changed by its owner, or reset with a one-time code that a member of staff made.
//
// The code is ten symbols of Crockford's base 32 (50 random bits), works for a day and once, and a new one replaces it. The store
// keeps it as a keyed hash only. With at most five wrong codes in a quarter of an hour, guessing one takes longer than it lives.
#include "core/id.h"
#include "shop/accounts/store.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

constexpr Milliseconds reset_for = milliseconds_per_day;
constexpr std::string_view symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::string new_code() {
    // A hash of random bytes is uniform in each of its bits; two hex digits give one symbol.
    auto const bits = token_hash(new_secret());
    auto const digit = [&](std::size_t i) { return static_cast<unsigned>(bits[i] <= '9' ? bits[i] - '0' : bits[i] - 'a' + 10); };
    std::string out;
    for (std::size_t i = 0; i < 10; ++i) {
        if (i == 5) out += '-';
        out += symbols[(digit(2 * i) * 16 + digit(2 * i + 1)) & 31];
    }
    return out;
}

// As people copy it: lower case, with blanks, an O for a zero, an I or L for a one.
std::string normal_code(std::string_view typed) {
    std::string out;
    for (char c : typed) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if (symbols.find(c) != symbols.npos) out += c;
    }
    return out;
}

std::string code_lookup(Context& context, std::string_view code) { return context.services.vault->lookup(context.tx().shop_id(), "reset_code", normal_code(code)); }

}  // namespace

Result<void> Accounts::check_own_password(Context& context, std::string_view password) {
    auto const id = TRY(accounts::own_customer(context));
    auto const key = TRY(count_attempt(context, "password", id, 10));
    auto const account = TRY(accounts::find_by_customer(context, id));
    if (!account || !verify_password(password, account->password_hash)) return fail(Errc::permission_denied, "wrong_credentials", "The password is wrong.", {{"/password", "wrong_credentials", "is not the password of this account"}});
    attempts_.give_back(key);
    return {};
}

Result<AccountSession> Accounts::change_password(Context& context, ChangePassword const& in) {
    auto const id = TRY(accounts::own_customer(context));
    TRY(accounts::check_new_password(in.new_password, "", "/new_password"));
    TRY(check_own_password(context, in.password));
    TRY(accounts::set_password(context, id, in.new_password));
    return accounts::open_session(context, id);
}

Result<ResetCode> Accounts::create_reset_code(Context& context, WhichAccount const& in) {
    auto& tx = context.tx();
    if (in.customer_id.empty() == in.login.empty()) return fail(Errc::invalid_argument, "invalid_request", "Give the customer or the login, one of both.", {{"/customer_id", "one_of_two", "give either customer_id or login"}});
    auto const account = in.login.empty() ? TRY(accounts::find_by_customer(context, in.customer_id)) : TRY(accounts::find_by_login(context, TRY(accounts::read_login(in.login, "/login"))));
    if (!account) return fail(Errc::not_found, "account_not_found", "There is no such account; the person may have bought without one.", {{in.login.empty() ? "/customer_id" : "/login", "account_not_found", "has no account"}});
    ResetCode out{account->customer_id, new_code(), context.now + reset_for};
    TRY(tx.execute("UPDATE accounts SET reset_lookup = ?, reset_expires_at_ms = ? WHERE shop_id = ? AND customer_id = ?", code_lookup(context, out.code), out.expires_at_ms, tx.shop_id(), account->customer_id));
    return out;
}

Result<Nothing> Accounts::reset_password(Context& context, ResetPassword const& in) {
    auto const login = accounts::read_login(in.login, "/login");
    TRY(accounts::check_new_password(in.new_password, in.login, "/new_password"));
    auto const key = TRY(count_attempt(context, "reset", login ? login->value : "", 5));
    auto const account = login ? TRY(accounts::find_by_login(context, *login)) : std::nullopt;
    bool const right = account && account->reset_expires_at_ms.value_or(0) > context.now && same_secret(account->reset_lookup, code_lookup(context, in.code));
    if (!right) return fail(Errc::permission_denied, "wrong_reset_code", "The code does not fit, was used already or is older than a day; ask the shop for a new one.", {{"/code", "wrong_reset_code", "is not a valid code of this account"}});
    attempts_.give_back(key);
    TRY(accounts::set_password(context, account->customer_id, in.new_password));
    return Nothing{};
}

}  // namespace kindling::shop

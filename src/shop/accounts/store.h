// shop/accounts/store.h -- accounts and sessions as they stand in the store; what the operations of this folder share.
#pragma once
#include "shop/accounts/api.h"

namespace kindling::shop::accounts {

struct Login {
    std::string kind, value;  // "email" | "phone", normalised
};
// Fails with invalid_request at `path` for what is neither an e-mail address nor a phone number of 7 to 20 digits.
Result<Login> read_login(std::string_view text, std::string_view path);
std::string lookup_of(Context&, Login const&);
// At least 10 characters (code points), and not the login itself.
Result<void> check_new_password(std::string_view password, std::string_view login, std::string_view path);

struct Row {
    std::string customer_id, login_kind, login_sealed, password_hash, reset_lookup;
    std::int64_t created_at_ms = 0, password_changed_at_ms = 0;
    std::optional<std::int64_t> reset_expires_at_ms;
    static constexpr Field fields[] = {field("customer_id"), field("login_kind"), field("login_sealed"), field("password_hash"), field("reset_lookup"), field("created_at_ms"), field("password_changed_at_ms"), field("reset_expires_at_ms")};
};
BOOST_DESCRIBE_STRUCT(Row, (), (customer_id, login_kind, login_sealed, password_hash, reset_lookup, created_at_ms, password_changed_at_ms, reset_expires_at_ms))

Result<std::optional<Row>> find_by_login(Context&, Login const&);
Result<std::optional<Row>> find_by_customer(Context&, std::string_view customer_id);

Result<AccountSession> open_session(Context&, std::string_view customer_id);
Result<void> end_sessions(Context&, std::string_view customer_id);
// Sets the hash, drops any reset code and ends every session.
Result<void> set_password(Context&, std::string_view customer_id, std::string_view password);
// The caller's customer; fails with not_signed_in.
Result<std::string> own_customer(Context const&);

}  // namespace kindling::shop::accounts

// shop/people/people.h -- who runs the shop: users with roles, sessions, API keys, the one-time set-up link.
//
// Passwords are argon2id hashes; session tokens and keys are kept as hashes only. A role is a list of permission patterns.
#pragma once
#include "shop/answers.h"
#include "shop/context.h"

namespace kindling::shop {

enum class Role { owner, operator_, analyst, agent };

std::vector<std::string> permissions_of(std::string_view role);  // empty for a role that is not known

struct Session {
    std::string token;  // given to the browser once; only its hash is kept
    std::string csrf;
    Milliseconds expires_at_ms = 0;
};

struct SignedIn {
    Caller caller;
    std::string email, name, csrf;
    std::int64_t shop_id = 1;
};

// All within a transaction that the caller commits.
Result<bool> needs_set_up(Transaction&);                                         // no user exists
Result<std::string> make_set_up_token(Transaction&, Milliseconds now);           // valid for 30 minutes, once
Result<Session> set_up(Transaction&, std::string_view token, std::string_view email, std::string_view password, std::string_view name, Milliseconds now);
Result<void> sign_out(Transaction&, std::string_view token);
Result<std::optional<SignedIn>> find_session(Transaction&, std::string_view token, Milliseconds now);
// In transactions of its own, for it takes a tenth of a second; wrong_credentials for either.
Result<Session> sign_in(Store&, std::string_view email, std::string_view password, Milliseconds now);
struct KeyCaller {
    Caller caller;
    std::int64_t shop_id = 1, rate_per_minute = 0;
};
Result<std::optional<KeyCaller>> find_key(Transaction&, std::string_view token);

std::vector<Operation> people_operations();
std::vector<Operation> shop_operations();
std::vector<Operation> usage_operations();
// The role of a user in a shop; empty when they do not belong to it.
Result<std::string> role_in_shop(Transaction&, std::string_view user_id, std::int64_t shop_id);
std::vector<Operation> administration_operations();  // audit, settings

// A setting's value, or its default when it was never set; "" for a name that is not declared (administration.cpp declares them).
// Refuses a secret (secret_setting), which stands sealed.
Result<std::string> read_setting(Transaction&, std::string_view name);
// The same as a whole number from 0 on; `otherwise` for what was never set, is empty or is none.
Result<std::int64_t> read_number_setting(Transaction&, std::string_view name, std::int64_t otherwise = 0);
// A secret in the clear, "" when it was never set. Fails with cannot_open_sealed for another folder's key or a damaged value.
Result<std::string> read_secret_setting(Services const&, Transaction&, std::string_view name);

}  // namespace kindling::shop

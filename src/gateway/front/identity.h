// gateway/front/identity.h -- who a request is from: an API key, a signed-in user's cookie, a shopper's session, or a visitor.
//
// Found identities are kept for a short while by the token's hash, and dropped at once when the store says that a key, session or
// user changed; so a request costs one look-up in memory, and a revoked key ends with the transaction that revoked it.
#pragma once
#include "gateway/http/request.h"
#include "gateway/http/response.h"
#include "shop/accounts/api.h"
#include "shop/people/people.h"
#include <set>
#include <shared_mutex>
#include <unordered_map>

namespace kindling::gateway {

struct Identity {
    Caller caller;
    std::int64_t shop_id = 1;
    std::int64_t rate_per_minute = 0;  // 0: the server's usual limit
    std::string csrf;                  // of a cookie session: what unsafe requests must bring
    std::string email, name;
    bool by_cookie = false;
};

class Identities {
public:
    explicit Identities(shop::Store&);
    ~Identities();
    // Fails with not_signed_in for a key that is unknown or revoked; a stale cookie is a visitor. Unsafe requests by cookie must
    // carry the session's X-CSRF-Token and come from our own pages (cross_site_request).
    Result<Identity> of(Request const&);
    // Whose session a shopper's token is; nothing for one that ended or never was. Programs send it as a bearer;
    // pages bring it in `account_cookie`, which counts for pages alone and never for operations called directly.
    Result<std::optional<Identity>> shopper_of(std::string const& token);

private:
    struct Known {
        Identity identity;
        std::chrono::steady_clock::time_point until;
    };
    Result<std::int64_t> wished_shop(Request const&, std::int64_t otherwise);
    std::optional<Identity> recall(std::string const& token);
    void remember(std::string const& token, Identity const&);

    shop::Store& store_;
    std::size_t listener_;
    std::shared_mutex mutex_;
    std::unordered_map<std::string, Known> known_;
    std::set<std::int64_t> shops_{1};  // seen to exist; shops are never deleted
};

constexpr std::string_view account_cookie = "kindling_account", session_cookie = "kindling_session", csrf_cookie = "kindling_csrf", visit_cookie = "kindling_visit", locale_cookie = "kindling_locale";

// zh or en: an explicit wish (query `locale`, cookie) before Accept-Language.
Locale locale_of(Request const&);
// A visitor's id is made by visit_of(), or by our script on another site; anything of another form was not, and would be stored with everything the
// visitor does.
bool is_visit(std::string_view id);
// The visitor's session id from the cookie, or a new one that `response` then sets.
std::string visit_of(Request const&, Response* response);

}  // namespace kindling::gateway

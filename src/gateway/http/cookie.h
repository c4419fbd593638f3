// gateway/http/cookie.h -- cookies in (RFC 6265, lenient where browsers are) and out (strict).
#pragma once
#include "core/result.h"
#include "gateway/http/request.h"
#include <string>
#include <string_view>

namespace kindling::gateway {

// "a=1; b=\"2\"" as pairs, values taken literally (not percent-decoded), at most 100. Parts without '=' are skipped.
Pairs parse_cookies(std::string_view header);

enum class SameSite { strict, lax, none };
enum class SecureOnly { no, yes };
enum class ScriptAccess { denied, allowed };  // denied is HttpOnly

struct Cookie {
    std::string name, value;
    std::string path = "/";
    std::int64_t max_age_s = -1;  // -1: until the browser closes; 0: delete it now
    SameSite same_site = SameSite::lax;
    SecureOnly secure = SecureOnly::no;  // must be yes for SameSite=None
    ScriptAccess script = ScriptAccess::denied;
};

// The value of a Set-Cookie field. Fails with malformed_cookie when a part could break out of its place.
Result<std::string> to_text(Cookie const&);

}  // namespace kindling::gateway

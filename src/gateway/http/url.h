// gateway/http/url.h -- the text formats around a request: percent encoding, queries and forms, paths, comma lists.
//
// Strict on the way in: half an escape, a zero byte or text that is not UTF-8 is refused instead of guessed, because two readers
// that guess differently (we and a proxy) are how filters are walked around. All pure; any thread.
#pragma once
#include "core/result.h"
#include "gateway/http/request.h"
#include <string>
#include <string_view>

namespace kindling::gateway {

enum class Plus { literal, space };  // '+' means a space in queries and forms, itself in paths

// Fails with malformed_escape or not_utf8.
Result<std::string> percent_decode(std::string_view, Plus = Plus::literal);
// Everything but unreserved characters (RFC 3986) is escaped: fits a path segment, a query value, a form value.
std::string percent_encode(std::string_view);

enum class MalformedPair { fail, skip };
constexpr std::size_t max_pairs = 1000;  // a form with more is an attack on hash tables or patience

// application/x-www-form-urlencoded, which is also the query's form: "a=1&b=%E7%81%AB&flag". Order and duplicates are kept.
Result<Pairs> parse_pairs(std::string_view, MalformedPair);
inline Result<Pairs> parse_query(std::string_view text) { return parse_pairs(text, MalformedPair::fail); }
inline Result<Pairs> parse_form(std::string_view body) { return parse_pairs(body, MalformedPair::fail); }

// A request target split and checked. `path` is decoded; a path with "." or ".." segments, an escaped slash or backslash, or a
// control character fails with malformed_target.
struct Target {
    std::string path, query_text;
    std::string authority;  // only of the absolute form "http://host/path"
};
Result<Target> parse_target(std::string_view);

// Does a comma list such as "keep-alive, Upgrade" hold the token?
bool has_token(std::string_view list, std::string_view token);

// The quality that an Accept-Encoding (or Accept, Accept-Language) list gives a name: 0..1, 0 when it is not acceptable.
double quality_of(std::string_view list, std::string_view name);

std::string_view trim(std::string_view);  // blanks and tabs

}  // namespace kindling::gateway

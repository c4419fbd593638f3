// Targets, queries, forms, cookies and header lists: whatever is accepted is valid UTF-8, and encoding gives back what decoding gave.
#include "core/fuzz_seeds.h"
#include "core/utf8.h"
#include "gateway/http/cookie.h"
#include "gateway/http/multipart.h"
#include "gateway/http/url.h"
#include <cstdlib>

using namespace kindling::gateway;

static void check(bool holds) { if (!holds) std::abort(); }

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    if (auto const target = parse_target(text)) {
        check(target->path.starts_with('/') && kindling::is_utf8(target->path) && target->path.find('\0') == std::string::npos);
        check(("/" + target->path + "/").find("/../") == std::string::npos);
    }
    if (auto const pairs = parse_form(text)) {
        std::string again;
        for (auto const& [name, value] : *pairs) {
            check(kindling::is_utf8(name) && kindling::is_utf8(value));
            again += (again.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
        }
        check(parse_form(again).value() == *pairs);
    }
    for (auto const& [name, value] : parse_cookies(text)) check(!name.empty());
    if (auto const written = to_text(Cookie{.name = "n", .value = std::string(text)})) check(written->find_first_of("\r\n") == std::string::npos && parse_cookies(*written).at(0).second == text);
    auto const quality = quality_of(text, "gzip");
    check(quality >= 0 && quality <= 1);
    has_token(text, "upgrade");
    if (auto const boundary = boundary_of(text)) check(!boundary->empty() && boundary->size() <= 70);
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "/en/search?q=%E7%BA%A2+dress&price_max=200&page=2"sv,
    "http://shop.example/a/../b//c?x=%00"sv,
    "a=1&b=%2B&a=&=c"sv,
    "kindling_session=abc; kindling_csrf=\"d e\"; x"sv,
    "gzip;q=0.5, br;q=1.0, *;q=0"sv,
    "multipart/form-data; boundary=\"a b\"; charset=utf-8"sv,
    "keep-alive, Upgrade"sv)

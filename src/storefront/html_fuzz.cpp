// Whatever the text, the page keeps exactly the markup of its template.
#include "core/fuzz_seeds.h"
#include "storefront/html.h"
#include <boost/json.hpp>
#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kindling::storefront;
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const page = html("<a href=\"{}\">{}</a>", text, text);
    auto const count = [&](char c) { return std::count(page.text().begin(), page.text().end(), c); };
    if (count('<') != 2 || count('>') != 2 || count('"') != 2 || count('\'') != 0) std::abort();
    Html ld;
    ld.add_json_ld(boost::json::string(text));
    if (std::count(ld.text().begin(), ld.text().end(), '<') != 2) std::abort();
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "<script>alert(1)</script>&amp;\"'"sv,
    "</script><!-- ]]>\u2028"sv,
    "javascript:x"sv)

// The query of a shop page's address: whatever is typed there is bounded, and what it says is written to an address that says the same.
#include "core/fuzz_seeds.h"
#include "core/utf8.h"
#include "storefront/listing.h"
#include <cstdlib>

using namespace kindling::storefront;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    Request request;
    request.query_text = std::string(reinterpret_cast<char const*>(data), size);
    auto const wish = wish_of(request);
    if (wish.filters.size() > 40 || wish.min.size() > 20 || wish.max.size() > 20 || !kindling::is_utf8(wish.query)) std::abort();
    Request again;
    auto const query = query_of(wish);
    if (!query.empty()) again.query_text = query.substr(1);
    if (query_of(wish_of(again)) != query) std::abort();
    request.host = request.query_text;
    if (origin_of(request).find_first_of("\"<>' /", 7) != std::string::npos) std::abort();
    return 0;
}

KINDLING_FUZZ_SEEDS("q=red%20dress&f.colour=Red&f.colour=%E8%93%9D&f.size=M&min=10&max=20.5&sort=price_up&stock=1&ignore=c1&after=TOKEN"sv, "shop.example:8080"sv, "sort=;drop&f.=x&min=99999999999999999999999&q=%ff%00"sv)

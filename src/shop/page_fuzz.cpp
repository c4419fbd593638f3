// A page token from a stranger: refused, or the keys of the list that it was made for, which make a token that reads the same.
#include "core/fuzz_seeds.h"
#include "shop/page.h"
#include <cstdlib>

using namespace kindling::shop;

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    if (size < 1) return 0;
    std::string_view const token(reinterpret_cast<char const*>(data) + 1, size - 1);
    auto const keys = read_page_token("orders", token, data[0] % 4);
    if (!keys || keys->empty()) return 0;
    if (auto const again = read_page_token("orders", page_token("orders", *keys), keys->size()); !again || *again != *keys) std::abort();
    return 0;
}

static std::string const two_keys = "\2" + page_token("orders", std::vector<std::string>{"1700000000000", "ord_1"}), other_list = "\1" + page_token("products", std::vector<std::string>{"p"});
KINDLING_FUZZ_SEEDS(two_keys, other_list, "\1WyJvcmRlcnMiLCJhIl0"sv)

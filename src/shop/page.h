// shop/page.h -- paging of every list: page_size rows and an opaque token for the next ones.
//
// Keyset paging: the token holds the last row's sort keys, so pages stay right while rows are added and the thousandth page
// costs what the first does. A token is base 64 of a JSON list; a token of another list fails with malformed_page_token.
#pragma once
#include "core/result.h"
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kindling::shop {

constexpr std::int64_t default_page_size = 50, most_page_size = 500;

std::string page_token(std::string_view list, std::span<std::string const> keys);
// Empty for an empty token: the first page.
Result<std::vector<std::string>> read_page_token(std::string_view list, std::string_view token, std::size_t keys);

}  // namespace kindling::shop

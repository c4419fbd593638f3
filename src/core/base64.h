// core/base64.h -- bytes as base64 (RFC 4648 section 4, with padding), for JSON.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kindling {

std::string to_base64(std::string_view bytes);
// Nothing for what is not base64 with its padding. Line ends between are passed over.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace kindling

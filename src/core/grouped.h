// core/grouped.h -- a whole number for people to read: 1234567 -> "1,234,567".
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace kindling {

inline std::string grouped(std::int64_t n) {
    auto out = std::to_string(n);
    for (auto i = static_cast<std::ptrdiff_t>(out.size()) - 3; i > (n < 0 ? 1 : 0); i -= 3) out.insert(static_cast<std::size_t>(i), ",");
    return out;
}

}  // namespace kindling

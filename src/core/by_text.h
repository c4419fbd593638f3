// core/by_text.h -- a hash map by text that is asked with a view and makes no string to look.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

namespace kindling {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

template <class T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

}  // namespace kindling

// core/in_either.h -- a name that was perhaps given in one language only.
#pragma once
#include <string>
#include <string_view>

#include "core/text.h"

namespace kindling {

// In the reader's language, or in the other one where it is missing. Looks at its arguments.
inline std::string_view in_either(Locale locale, std::string_view en, std::string_view zh) { return (locale == Locale::zh ? !zh.empty() : en.empty()) ? zh : en; }

// A product's title with the name of one of its variants, where it has one of its own: "Wool jumper · Navy, M".
inline std::string with_variant(std::string_view title, std::string_view variant) {
    std::string out(title);
    if (!variant.empty() && variant != title) out.append(out.empty() ? "" : " · ").append(variant);
    return out;
}

}  // namespace kindling

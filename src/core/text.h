// core/text.h -- text for people comes in both languages, side by side, so that neither can be forgotten.
#pragma once
#include <string_view>

namespace kindling {

enum class Locale { en, zh };

struct Text {
    std::string_view en, zh;
    std::string_view in(Locale locale) const { return locale == Locale::zh ? zh : en; }
};

inline std::string_view name_of(Locale locale) { return locale == Locale::zh ? "zh" : "en"; }
// "zh-CN", "zh_Hans", "zh" are Chinese; everything else reads English.
inline Locale locale_of(std::string_view tag) { return tag.starts_with("zh") ? Locale::zh : Locale::en; }

}  // namespace kindling

// engines/text/analysis/numerals.h -- numbers as people write them, at one place of a normalised text.
//
// Digits (1,000 / 1.5 / 3/4 / 1 1/2 / 1.5万 / 3千), Chinese (三百二 = 320, 两万五 = 25,000, 三点五, 半), Chinese pairs
// that mean a range (两三百 = 200 to 300, 七八 = 7 to 8, 几百 = 200 to 900), English words (twenty-five, two hundred, a dozen stays a unit).
#pragma once
#include <optional>
#include <string_view>

namespace kindling::text {

struct Numeral {
    double low = 0, high = 0;   // equal but for pairs
    std::size_t end = 0;        // past its last character
    enum class Script : std::uint8_t { digits, han, latin } script = Script::digits;
};

// The number that begins at `at`, if one does. Looks at nothing before `at`. At most 24 digits are read.
std::optional<Numeral> read_numeral(std::u32string_view text, std::size_t at);

}  // namespace kindling::text

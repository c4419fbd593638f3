// modules/dialogue/measure.h -- units as shops write them, and the numbers that shoppers say.
//
// A unit is a base and a factor: "厘米", "cm" and "公分" are 10 of base "mm"; two numbers can be compared exactly when their bases
// are equal, so an unknown unit is a base of its own and never mixes with another. Money is told from measures by its sign,
// its word or by standing alone behind a limit ("200以内").
//
// Reads Arabic numbers ("1,299.5", "2k", "1万"), Chinese numerals ("三百", "两千五", "一百五", "十二", "半") and English number words
// up to ninety-nine and hundred/thousand ("fifty", "two hundred"). Cost: linear in the text. Pure; any thread.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::dialogue {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Unit {
    std::string base;   // "mm", "g", "ml", "W", "min", "mAh", …; "" a plain count
    double factor = 1;  // one of this unit in bases
};

// `unit` as a catalogue writes it; normalised here. Never fails: an unknown unit is its own base.
Unit unit_of(std::string_view unit);

// One number in a text with the limit its words put on it. Offsets count characters of the normalised text.
struct Quantity {
    enum class Kind { plain, money, measure, count } kind = Kind::plain;
    enum class Limit { exact, at_most, at_least, below, above, about, range } limit = Limit::exact;
    std::size_t begin = 0, end = 0;  // of the whole expression, limit words included
    std::size_t number_begin = 0, number_end = 0;  // of number and unit alone
    double value = 0, upper = 0;     // in bases, money in major units; `upper` of a range
    double tolerance = 0;            // "±1": in bases; 0 when not said
    double step = 0;                 // what the last written digit is worth, in bases: 85 cm -> 10 mm
    std::string base;                // of a measure
    std::string currency;            // ISO 4217 when a sign or word names one for certain; "" otherwise
    std::string word;                // the counting word or unit as written: "双", "件", "cm"
};

// `text` must be normalised (text::normalise). Ordered by begin, not overlapping.
std::vector<Quantity> quantities(std::u32string_view text);

// The interval that a quantity allows, in bases or major money units, ends included; "about" is ±20 % for money and ±5 % otherwise,
// an exact measure allows half of its last written digit.
struct Interval { double low = -infinity, high = infinity; };
Interval interval(Quantity const&);

}  // namespace kindling::dialogue

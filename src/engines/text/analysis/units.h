// engines/text/analysis/units.h -- quantities and limits in what people write, Chinese and English.
//
// "85cm", "两斤半", "1米8", "$50", "两三百块", "3/4 inch" are quantities. "85±1 cm", "80到90厘米", "under $50", "不超过200元",
// "至少3米", "200左右", "预算五百" are constraints: an interval in the dimension's canonical unit, so that the guide can obey it
// without knowing how it was said. Table-driven (unit_table.cpp, constraint_words.cpp); no learning, no locale, no state.
//
// Canonical units: length mm, mass g, volume ml, area mm2, power W, energy Wh, time s, data bytes (1024), voltage V, current A,
// charge mAh, frequency Hz, temperature degrees Celsius, money the currency's major unit, sizes as below, the rest themselves.
// Screen sizes and 寸 are inches of length. Dates, ordinals (第二个), model numbers and brands with numbers in them are left out.
//
// Spans are bytes of the text given, between code points. Deterministic; any thread; linear in the text.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::text {

enum class Dimension : std::uint8_t {
    number,  // a bare one: what it limits is for the caller to know
    length, mass, volume, area, power, energy, time, data, voltage, current, charge, frequency, temperature, money, count, people, age,
    clothing_size,  // letters: XXS 0, XS 1, S 2, M 3, L 4, XL 5, XXL 6, 3XL 7 ...
    numbered_size,  // 42码, size 8: of shoes, rings, dresses; scales differ by country
    percent, brightness, loudness, pixels, rotation, pressure, grammage, colour_temperature, illuminance,
};

enum class Unit : std::uint8_t {
    none,
    millimetre, centimetre, decimetre, metre, kilometre, inch, foot, yard, chinese_foot,
    milligram, gram, kilogram, tonne, pound, ounce, jin, liang,
    millilitre, centilitre, litre, fluid_ounce, gallon,
    square_centimetre, square_metre, square_foot,
    watt, kilowatt, horsepower, watt_hour, kilowatt_hour,
    second, minute, hour, day, week, month, year,
    byte, kilobyte, megabyte, gigabyte, terabyte,
    volt, ampere, milliampere, milliampere_hour, ampere_hour,
    hertz, kilohertz, megahertz, gigahertz,
    celsius, fahrenheit,
    yuan, dollar, euro, pound_sterling, yen, hong_kong_dollar, taiwan_dollar,
    piece, pair, dozen, person, year_of_age, month_of_age,
    letter_size, number_size,
    percent, lumen, decibel, pixel, megapixel, revolution_per_minute, bar, gram_per_square_metre, kelvin, lux,
};

struct UnitInfo {
    Dimension dimension;
    double factor;                // canonical = written * factor (+ 0; Fahrenheit is special)
    std::string_view symbol;      // for people: "cm", "¥", "人"
};
UnitInfo const& info(Unit);
double to_canonical(double written, Unit);
double from_canonical(double canonical, Unit);
std::string_view name_of(Dimension);  // "length": for APIs and tests
// The letters of a clothing size, "" for a rank that has none.
std::string clothing_size_name(double rank);

struct Quantity {
    double value = 0;      // as written
    double canonical = 0;
    Unit unit = Unit::none;
    Dimension dimension = Dimension::number;
    std::uint32_t begin = 0, end = 0;
};

// What of the thing is measured, where the text says so: "宽80cm", "80 cm wide".
enum class Aspect : std::uint8_t {
    none, length, width, height, depth, thickness, diameter, weight, capacity, price, screen, battery, power, waist, chest, hip, shoulder,
    body_height, body_weight, memory, storage, warranty,
};
std::string_view name_of(Aspect);

struct Constraint {
    Dimension dimension = Dimension::number;
    Aspect aspect = Aspect::none;
    Unit unit = Unit::none;  // as written (of the last number, if they differ)
    // Canonical; infinite where there is no limit. A bound is exclusive where the words are ("under", "超过", 不到).
    double min = -std::numeric_limits<double>::infinity();
    double max = std::numeric_limits<double>::infinity();
    bool min_exclusive = false, max_exclusive = false;
    std::optional<double> target;  // the number itself, when one was named as exact or approximate
    double tolerance = 0;          // canonical; min = target - tolerance, max = target + tolerance; 0 for exact ones and ranges
    bool approximate = false;      // 左右, about: the tolerance is ours (`approximation`), not the shopper's
    bool negated = false;          // 不要, not: everything but this
    std::uint8_t axis = 0;         // 1, 2, 3 in "120x60x75 cm"
    std::uint32_t begin = 0, end = 0;

    // Whether a product's value satisfies it; canonical. Exact limits allow a rounding error of 1e-9 relative.
    bool allows(double canonical) const;
};

// "about 200" accepts 180 to 220.
inline constexpr double approximation = 0.10;

std::vector<Quantity> find_quantities(std::string_view);
// Quantities that stand as wishes count as exact constraints ("85cm的桌子"); bare numbers only with a word that makes them limits;
// a single piece ("一个") is not a wish.
std::vector<Constraint> find_constraints(std::string_view);

}  // namespace kindling::text

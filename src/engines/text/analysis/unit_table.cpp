#include "engines/text/analysis/unit_table.h"

#include <algorithm>
#include <vector>

namespace kindling::text {

namespace {

using enum UnitSpelling::Rule;

constexpr double day_seconds = 86'400;

// By Unit, in the order of the enumeration.
constexpr UnitInfo infos[] = {
    {Dimension::number, 1, ""},
    {Dimension::length, 1, "mm"}, {Dimension::length, 10, "cm"}, {Dimension::length, 100, "dm"}, {Dimension::length, 1000, "m"}, {Dimension::length, 1e6, "km"},
    {Dimension::length, 25.4, "in"}, {Dimension::length, 304.8, "ft"}, {Dimension::length, 914.4, "yd"}, {Dimension::length, 1000.0 / 3, "尺"},
    {Dimension::mass, 0.001, "mg"}, {Dimension::mass, 1, "g"}, {Dimension::mass, 1000, "kg"}, {Dimension::mass, 1e6, "t"}, {Dimension::mass, 453.59237, "lb"},
    {Dimension::mass, 28.349523125, "oz"}, {Dimension::mass, 500, "斤"}, {Dimension::mass, 50, "两"},
    {Dimension::volume, 1, "ml"}, {Dimension::volume, 10, "cl"}, {Dimension::volume, 1000, "L"}, {Dimension::volume, 29.5735295625, "fl oz"}, {Dimension::volume, 3785.411784, "gal"},
    {Dimension::area, 100, "cm²"}, {Dimension::area, 1e6, "m²"}, {Dimension::area, 92903.04, "sq ft"},
    {Dimension::power, 1, "W"}, {Dimension::power, 1000, "kW"}, {Dimension::power, 735.49875, "hp"}, {Dimension::energy, 1, "Wh"}, {Dimension::energy, 1000, "kWh"},
    {Dimension::time, 1, "s"}, {Dimension::time, 60, "min"}, {Dimension::time, 3600, "h"}, {Dimension::time, day_seconds, "d"}, {Dimension::time, 7 * day_seconds, "wk"},
    {Dimension::time, 30 * day_seconds, "mo"}, {Dimension::time, 365 * day_seconds, "yr"},
    {Dimension::data, 1, "B"}, {Dimension::data, 1024, "KB"}, {Dimension::data, 1048576, "MB"}, {Dimension::data, 1073741824, "GB"}, {Dimension::data, 1099511627776, "TB"},
    {Dimension::voltage, 1, "V"}, {Dimension::current, 1, "A"}, {Dimension::current, 0.001, "mA"}, {Dimension::charge, 1, "mAh"}, {Dimension::charge, 1000, "Ah"},
    {Dimension::frequency, 1, "Hz"}, {Dimension::frequency, 1e3, "kHz"}, {Dimension::frequency, 1e6, "MHz"}, {Dimension::frequency, 1e9, "GHz"},
    {Dimension::temperature, 1, "°C"}, {Dimension::temperature, 1, "°F"},
    {Dimension::money, 1, "¥"}, {Dimension::money, 1, "$"}, {Dimension::money, 1, "€"}, {Dimension::money, 1, "£"}, {Dimension::money, 1, "JP¥"}, {Dimension::money, 1, "HK$"}, {Dimension::money, 1, "NT$"},
    {Dimension::count, 1, "×"}, {Dimension::count, 1, "双"}, {Dimension::count, 12, "打"}, {Dimension::people, 1, "人"}, {Dimension::age, 1, "岁"}, {Dimension::age, 1.0 / 12, "个月"},
    {Dimension::clothing_size, 1, ""}, {Dimension::numbered_size, 1, "码"},
    {Dimension::percent, 1, "%"}, {Dimension::brightness, 1, "lm"}, {Dimension::loudness, 1, "dB"}, {Dimension::pixels, 1, "px"}, {Dimension::pixels, 1e6, "MP"},
    {Dimension::rotation, 1, "rpm"}, {Dimension::pressure, 1, "bar"},
    {Dimension::grammage, 1, "g/m²"}, {Dimension::colour_temperature, 1, "K"}, {Dimension::illuminance, 1, "lx"},
};
static_assert(std::size(infos) == static_cast<std::size_t>(Unit::lux) + 1);

// Known wherever people write numbers: product texts, queries, conversations, the unit of an attribute.
constexpr UnitSpelling everywhere[] = {
    // length
    {U"毫米", Unit::millimetre}, {U"mm", Unit::millimetre}, {U"millimetre", Unit::millimetre}, {U"millimeter", Unit::millimetre}, {U"厘米", Unit::centimetre}, {U"公分", Unit::centimetre}, {U"cm", Unit::centimetre},
    {U"centimetre", Unit::centimetre}, {U"centimeter", Unit::centimetre}, {U"米", Unit::metre}, {U"m", Unit::metre}, {U"metre", Unit::metre}, {U"meter", Unit::metre}, {U"英寸", Unit::inch}, {U"寸", Unit::inch}, {U"inch", Unit::inch},
    {U"inches", Unit::inch}, {U"ft", Unit::foot}, {U"foot", Unit::foot}, {U"feet", Unit::foot},
    // mass
    {U"克", Unit::gram}, {U"g", Unit::gram}, {U"gram", Unit::gram}, {U"千克", Unit::kilogram}, {U"公斤", Unit::kilogram}, {U"kg", Unit::kilogram}, {U"kilo", Unit::kilogram}, {U"kilogram", Unit::kilogram}, {U"lb", Unit::pound},
    {U"pound", Unit::pound}, {U"oz", Unit::ounce}, {U"斤", Unit::jin},
    // volume
    {U"毫升", Unit::millilitre}, {U"ml", Unit::millilitre}, {U"millilitre", Unit::millilitre}, {U"milliliter", Unit::millilitre}, {U"cl", Unit::centilitre}, {U"升", Unit::litre}, {U"l", Unit::litre}, {U"litre", Unit::litre},
    {U"liter", Unit::litre},
    // area
    {U"平方米", Unit::square_metre}, {U"m2", Unit::square_metre},
    // power, energy
    {U"瓦", Unit::watt}, {U"w", Unit::watt}, {U"watt", Unit::watt}, {U"千瓦", Unit::kilowatt}, {U"kw", Unit::kilowatt},
    // time
    {U"秒", Unit::second}, {U"second", Unit::second}, {U"分钟", Unit::minute}, {U"min", Unit::minute}, {U"minute", Unit::minute}, {U"小时", Unit::hour}, {U"个小时", Unit::hour}, {U"钟头", Unit::hour}, {U"h", Unit::hour, attached},
    {U"hr", Unit::hour}, {U"hour", Unit::hour}, {U"天", Unit::day}, {U"day", Unit::day}, {U"个月", Unit::month}, {U"month", Unit::month}, {U"年", Unit::year}, {U"year", Unit::year},
    // data
    {U"gb", Unit::gigabyte}, {U"tb", Unit::terabyte},
    // electricity
    {U"伏", Unit::volt}, {U"v", Unit::volt}, {U"volt", Unit::volt}, {U"毫安", Unit::milliampere_hour}, {U"毫安时", Unit::milliampere_hour}, {U"mah", Unit::milliampere_hour}, {U"hz", Unit::hertz}, {U"khz", Unit::kilohertz},
    {U"摄氏度", Unit::celsius}, {U"°c", Unit::celsius}, {U"℃", Unit::celsius},
    // pieces, people
    {U"seater", Unit::person}, {U"岁", Unit::year_of_age}, {U"周岁", Unit::year_of_age},
    // the rest
    {U"%", Unit::percent}, {U"流明", Unit::lumen}, {U"lm", Unit::lumen}, {U"lumen", Unit::lumen}, {U"分贝", Unit::decibel}, {U"db", Unit::decibel}, {U"转", Unit::revolution_per_minute, not_before_han},
    {U"rpm", Unit::revolution_per_minute},
};

// Safe in product texts and queries, where they are found by the thousand; in a sentence "in", "a" or "t" is mostly a word.
constexpr UnitSpelling in_texts[] = {
    // length
    {U"millimetres", Unit::millimetre}, {U"millimeters", Unit::millimetre}, {U"cms", Unit::centimetre}, {U"centimetres", Unit::centimetre}, {U"centimeters", Unit::centimetre}, {U"分米", Unit::decimetre}, {U"dm", Unit::decimetre},
    {U"公尺", Unit::metre}, {U"metres", Unit::metre}, {U"meters", Unit::metre}, {U"公里", Unit::kilometre}, {U"千米", Unit::kilometre}, {U"km", Unit::kilometre}, {U"kilometres", Unit::kilometre}, {U"kilometers", Unit::kilometre},
    {U"in", Unit::inch}, {U"\"", Unit::inch, attached}, {U"\u201D", Unit::inch, attached}, {U"\u2032\u2032", Unit::inch, attached}, {U"英尺", Unit::foot}, {U"尺", Unit::chinese_foot, not_before_han}, {U"yd", Unit::yard},
    {U"yard", Unit::yard}, {U"yards", Unit::yard},
    // mass
    {U"毫克", Unit::milligram}, {U"mg", Unit::milligram}, {U"grams", Unit::gram}, {U"grammes", Unit::gram}, {U"kgs", Unit::kilogram}, {U"kilos", Unit::kilogram}, {U"kilograms", Unit::kilogram}, {U"吨", Unit::tonne},
    {U"tonne", Unit::tonne}, {U"tonnes", Unit::tonne}, {U"磅", Unit::pound}, {U"lbs", Unit::pound}, {U"pounds", Unit::pound}, {U"盎司", Unit::ounce}, {U"ounce", Unit::ounce}, {U"ounces", Unit::ounce}, {U"市斤", Unit::jin},
    {U"两", Unit::liang, not_before_han},
    // volume
    {U"millilitres", Unit::millilitre}, {U"milliliters", Unit::millilitre}, {U"cc", Unit::millilitre}, {U"公升", Unit::litre}, {U"立升", Unit::litre}, {U"litres", Unit::litre}, {U"liters", Unit::litre}, {U"fl oz", Unit::fluid_ounce},
    {U"fl. oz", Unit::fluid_ounce}, {U"fluid ounce", Unit::fluid_ounce}, {U"fluid ounces", Unit::fluid_ounce}, {U"加仑", Unit::gallon}, {U"gal", Unit::gallon}, {U"gallon", Unit::gallon}, {U"gallons", Unit::gallon},
    // area
    {U"平方厘米", Unit::square_centimetre}, {U"cm2", Unit::square_centimetre}, {U"平米", Unit::square_metre}, {U"平方", Unit::square_metre, not_before_han}, {U"平", Unit::square_metre, not_before_han}, {U"sqm", Unit::square_metre},
    {U"sq m", Unit::square_metre}, {U"square metres", Unit::square_metre}, {U"square meters", Unit::square_metre}, {U"sq ft", Unit::square_foot}, {U"square feet", Unit::square_foot},
    // power, energy
    {U"瓦特", Unit::watt}, {U"watts", Unit::watt}, {U"马力", Unit::horsepower}, {U"hp", Unit::horsepower}, {U"瓦时", Unit::watt_hour}, {U"wh", Unit::watt_hour}, {U"千瓦时", Unit::kilowatt_hour}, {U"kwh", Unit::kilowatt_hour},
    {U"度电", Unit::kilowatt_hour},
    // time
    {U"秒钟", Unit::second}, {U"sec", Unit::second}, {U"secs", Unit::second}, {U"seconds", Unit::second}, {U"mins", Unit::minute}, {U"minutes", Unit::minute}, {U"个钟头", Unit::hour}, {U"hrs", Unit::hour}, {U"hours", Unit::hour},
    {U"days", Unit::day}, {U"周", Unit::week, not_before_han}, {U"星期", Unit::week}, {U"个星期", Unit::week}, {U"个礼拜", Unit::week}, {U"week", Unit::week}, {U"weeks", Unit::week}, {U"months", Unit::month}, {U"years", Unit::year},
    {U"yr", Unit::year}, {U"yrs", Unit::year},
    // data
    {U"kb", Unit::kilobyte}, {U"mb", Unit::megabyte}, {U"gigabytes", Unit::gigabyte}, {U"terabytes", Unit::terabyte}, {U"t", Unit::terabyte, attached}, {U"gig", Unit::gigabyte}, {U"gigs", Unit::gigabyte},
    // electricity
    {U"伏特", Unit::volt}, {U"volts", Unit::volt}, {U"安", Unit::ampere, not_before_han}, {U"安培", Unit::ampere}, {U"a", Unit::ampere, attached}, {U"amp", Unit::ampere}, {U"amps", Unit::ampere}, {U"ma", Unit::milliampere},
    {U"安时", Unit::ampere_hour}, {U"ah", Unit::ampere_hour}, {U"赫兹", Unit::hertz}, {U"mhz", Unit::megahertz}, {U"ghz", Unit::gigahertz}, {U"degrees celsius", Unit::celsius}, {U"degrees c", Unit::celsius},
    {U"°f", Unit::fahrenheit}, {U"华氏度", Unit::fahrenheit}, {U"degrees fahrenheit", Unit::fahrenheit}, {U"degrees f", Unit::fahrenheit},
    // money
    {U"元", Unit::yuan}, {U"元钱", Unit::yuan}, {U"块", Unit::yuan}, {U"块钱", Unit::yuan}, {U"圆", Unit::yuan, not_before_han}, {U"人民币", Unit::yuan}, {U"rmb", Unit::yuan}, {U"cny", Unit::yuan}, {U"yuan", Unit::yuan},
    {U"大洋", Unit::yuan}, {U"¥", Unit::yuan, attached}, {U"美元", Unit::dollar}, {U"美金", Unit::dollar}, {U"刀", Unit::dollar, not_before_han}, {U"usd", Unit::dollar}, {U"dollar", Unit::dollar}, {U"dollars", Unit::dollar},
    {U"bucks", Unit::dollar}, {U"buck", Unit::dollar}, {U"$", Unit::dollar, attached}, {U"欧元", Unit::euro}, {U"euro", Unit::euro}, {U"euros", Unit::euro}, {U"eur", Unit::euro}, {U"€", Unit::euro}, {U"英镑", Unit::pound_sterling},
    {U"gbp", Unit::pound_sterling}, {U"£", Unit::pound_sterling, attached}, {U"quid", Unit::pound_sterling}, {U"日元", Unit::yen}, {U"日圆", Unit::yen}, {U"yen", Unit::yen}, {U"jpy", Unit::yen}, {U"港币", Unit::hong_kong_dollar},
    {U"港元", Unit::hong_kong_dollar}, {U"hkd", Unit::hong_kong_dollar}, {U"台币", Unit::taiwan_dollar}, {U"新台币", Unit::taiwan_dollar}, {U"twd", Unit::taiwan_dollar},
    // pieces, people
    {U"个", Unit::piece}, {U"件", Unit::piece}, {U"只", Unit::piece}, {U"条", Unit::piece}, {U"片", Unit::piece}, {U"包", Unit::piece}, {U"盒", Unit::piece}, {U"袋", Unit::piece}, {U"瓶", Unit::piece}, {U"罐", Unit::piece},
    {U"支", Unit::piece}, {U"根", Unit::piece}, {U"套", Unit::piece}, {U"张", Unit::piece}, {U"台", Unit::piece}, {U"部", Unit::piece}, {U"本", Unit::piece}, {U"卷", Unit::piece}, {U"颗", Unit::piece}, {U"粒", Unit::piece},
    {U"枚", Unit::piece}, {U"把", Unit::piece}, {U"朵", Unit::piece}, {U"箱", Unit::piece}, {U"桶", Unit::piece}, {U"枝", Unit::piece}, {U"抽", Unit::piece}, {U"份", Unit::piece}, {U"pc", Unit::piece}, {U"pcs", Unit::piece},
    {U"piece", Unit::piece}, {U"pieces", Unit::piece}, {U"pack", Unit::piece}, {U"packs", Unit::piece}, {U"count", Unit::piece}, {U"ct", Unit::piece}, {U"bottles", Unit::piece}, {U"boxes", Unit::piece}, {U"units", Unit::piece},
    {U"items", Unit::piece}, {U"sheets", Unit::piece}, {U"bags", Unit::piece}, {U"双", Unit::pair}, {U"对", Unit::pair, not_before_han}, {U"副", Unit::pair}, {U"pair", Unit::pair}, {U"pairs", Unit::pair},
    {U"打", Unit::dozen, not_before_han}, {U"dozen", Unit::dozen}, {U"人", Unit::person}, {U"个人", Unit::person}, {U"人份", Unit::person}, {U"位", Unit::person, not_before_han}, {U"person", Unit::person}, {U"persons", Unit::person},
    {U"people", Unit::person}, {U"adults", Unit::person}, {U"guests", Unit::person}, {U"seaters", Unit::person}, {U"year old", Unit::year_of_age}, {U"year-old", Unit::year_of_age}, {U"years old", Unit::year_of_age},
    {U"year olds", Unit::year_of_age}, {U"year-olds", Unit::year_of_age}, {U"years of age", Unit::year_of_age}, {U"月龄", Unit::month_of_age}, {U"个月大", Unit::month_of_age}, {U"months old", Unit::month_of_age},
    {U"month-old", Unit::month_of_age}, {U"month old", Unit::month_of_age},
    // the rest
    {U"码", Unit::number_size}, {U"号", Unit::number_size, not_before_han}, {U"percent", Unit::percent}, {U"lumens", Unit::lumen}, {U"像素", Unit::pixel}, {U"px", Unit::pixel}, {U"mp", Unit::megapixel},
    {U"megapixel", Unit::megapixel}, {U"megapixels", Unit::megapixel}, {U"bar", Unit::bar}, {U"巴", Unit::bar, not_before_han},
};

// Understood when said to the guide or written as an attribute's unit; in running text "度" and "k" are too often something else.
constexpr UnitSpelling in_talk[] = {
    {U"英尺", Unit::foot}, {U"盎司", Unit::ounce}, {U"ounce", Unit::ounce}, {U"ounces", Unit::ounce}, {U"lbs", Unit::pound}, {U"fl oz", Unit::fluid_ounce}, {U"加仑", Unit::gallon}, {U"gallon", Unit::gallon}, {U"gallons", Unit::gallon}, {U"yards", Unit::yard}, {U"yard", Unit::yard},
    {U"g/m2", Unit::gram_per_square_metre}, {U"gsm", Unit::gram_per_square_metre}, {U"克/平方米", Unit::gram_per_square_metre}, {U"k", Unit::kelvin}, {U"度", Unit::celsius}, {U"月", Unit::month}, {U"yo", Unit::year_of_age},
    {U"寸屏", Unit::inch}, {U"人位", Unit::person}, {U"lux", Unit::lux},
};

constexpr UnitSpelling before[] = {
    {U"us$", Unit::dollar}, {U"hk$", Unit::hong_kong_dollar}, {U"nt$", Unit::taiwan_dollar}, {U"$", Unit::dollar}, {U"¥", Unit::yuan}, {U"€", Unit::euro}, {U"£", Unit::pound_sterling},
    {U"rmb", Unit::yuan}, {U"cny", Unit::yuan}, {U"人民币", Unit::yuan}, {U"usd", Unit::dollar}, {U"eur", Unit::euro}, {U"gbp", Unit::pound_sterling}, {U"hkd", Unit::hong_kong_dollar}, {U"jpy", Unit::yen}, {U"age", Unit::year_of_age}, {U"ages", Unit::year_of_age}, {U"aged", Unit::year_of_age}, {U"size", Unit::number_size}, {U"尺码", Unit::number_size}, {U"鞋码", Unit::number_size},
};

std::vector<UnitSpelling> longest_first(std::initializer_list<std::span<const UnitSpelling>> tables) {
    std::vector<UnitSpelling> sorted;
    for (auto const table : tables) sorted.insert(sorted.end(), table.begin(), table.end());
    std::ranges::sort(sorted, [](auto const& a, auto const& b) { return a.text.size() != b.text.size() ? a.text.size() > b.text.size() : a.text < b.text; });
    return sorted;
}

}  // namespace

std::span<const UnitSpelling> units_after_number() {
    static auto const table = longest_first({everywhere, in_texts});
    return table;
}

std::span<const UnitSpelling> units_before_number() {
    static auto const table = longest_first({before});
    return table;
}

std::span<const UnitSpelling> units_in_talk() {
    static auto const table = longest_first({everywhere, in_talk});
    return table;
}

UnitInfo const& info(Unit unit) { return infos[static_cast<std::size_t>(unit)]; }

double to_canonical(double written, Unit unit) { return unit == Unit::fahrenheit ? (written - 32) / 1.8 : written * info(unit).factor; }
double from_canonical(double canonical, Unit unit) { return unit == Unit::fahrenheit ? canonical * 1.8 + 32 : canonical / info(unit).factor; }

std::string_view name_of(Dimension dimension) {
    static constexpr std::string_view names[] = {"number", "length", "mass", "volume", "area", "power", "energy", "time", "data", "voltage", "current", "charge", "frequency", "temperature",
                                                 "money", "count", "people", "age", "clothing_size", "numbered_size", "percent", "brightness", "loudness", "pixels", "rotation", "pressure", "grammage", "colour_temperature", "illuminance"};
    static_assert(std::size(names) == static_cast<std::size_t>(Dimension::illuminance) + 1);
    return names[static_cast<std::size_t>(dimension)];
}

std::string clothing_size_name(double rank) {
    static constexpr std::string_view names[] = {"XXS", "XS", "S", "M", "L", "XL", "XXL"};
    if (!(rank >= 0 && rank <= 12) || rank != static_cast<int>(rank)) return "";
    auto const r = static_cast<std::size_t>(rank);
    return r < std::size(names) ? std::string(names[r]) : std::to_string(r - 4) + "XL";
}

}  // namespace kindling::text

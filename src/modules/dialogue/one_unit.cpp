#include "modules/dialogue/one_unit.h"
#include <cmath>

namespace kindling::dialogue {

namespace {

// The units in which amounts of a base are shown (amount_text), the largest first.
std::vector<WrittenUnit> units_of(AttributeInfo const& info, Locale locale) {
    auto const& base = info.measure.base;
    if (base == "mm" && info.unit != "inch") return {{"m", 1000}, {"cm", 10}, {"mm", 1}};
    if (base == "ml") return {{"L", 1000}, {"ml", 1}};
    if (base == "g") return {{"kg", 1000}, {"g", 1}};
    if (base == "min") return {{locale == Locale::zh ? "小时" : "h", 60}, {locale == Locale::zh ? "分钟" : "min", 1}};
    return {};
}

std::string_view unit_in(std::string_view text) {
    auto const last = text.find_last_of("0123456789");
    return last == text.npos ? text : text.substr(last + 1);
}

bool in_two_decimals(double value) { return std::abs(value * 100 - std::round(value * 100)) < 1e-6; }

}  // namespace

std::optional<WrittenUnit> one_unit(std::span<double const> amounts, AttributeInfo const& info, Locale locale) {
    if (amounts.size() < 2) return {};
    auto const first = amount_text(amounts.front(), info, locale);
    if (std::ranges::all_of(amounts, [&](double a) { return unit_in(amount_text(a, info, locale)) == unit_in(first); })) return {};
    auto const largest = std::ranges::max(amounts, {}, [](double a) { return std::abs(a); });
    for (auto const& unit : units_of(info, locale)) {
        if (std::abs(largest) < unit.factor) continue;
        if (std::ranges::all_of(amounts, [&](double a) { return in_two_decimals(a / unit.factor); })) return unit;
    }
    return {};
}

std::string amount_in(double in_base, WrittenUnit const& unit, Locale locale) { return plain_number(in_base / unit.factor) + (locale == Locale::zh ? "" : " ") + unit.label; }

std::vector<std::string> amounts_in_units(double in_base, AttributeInfo const& info, Locale locale) {
    std::vector<std::string> out;
    for (auto const& unit : units_of(info, locale))
        if (in_two_decimals(in_base / unit.factor)) out.push_back(amount_in(in_base, unit, locale));
    return out;
}

}  // namespace kindling::dialogue

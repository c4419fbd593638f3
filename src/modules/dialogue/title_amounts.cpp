// modules/dialogue/title_amounts.cpp -- amounts with a unit in titles, for goods whose data has no numbers: "100 ft banner", "64 fl oz paint". See catalogue_view.h.
//
// A limit ("at least 20 feet") is held against the amounts of its kind in the title: a lower limit against the largest, an upper one against all of them, a range
// against any. What a set is made of counts as an amount, too ("1,000 pieces", 500片: base "pc"). Not read are bare numbers (packs, models), ages, and what the thing is only meant for ("for 18 inch dolls", "fits 5 mm"). A fluid ounce
// counts as an ounce, too: titles leave the "fl" out.
#include "engines/text/analysis/units.h"
#include "modules/dialogue/lexicon.h"
#include "modules/dialogue/need.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

namespace {

constexpr double same = 1e-6;   // 20 feet written and 20 feet said

char const* base_of(text::Dimension dimension) {
    switch (dimension) {
        case text::Dimension::length: return "mm";
        case text::Dimension::mass: return "g";
        case text::Dimension::volume: return "ml";
        case text::Dimension::power: return "W";
        case text::Dimension::charge: return "mAh";
        case text::Dimension::brightness: return "lm";
        default: return nullptr;
    }
}

bool of_something_else(std::string_view title, std::size_t at) {
    auto const before = surface_of(title.substr(at > 16 ? at - 16 : 0, std::min<std::size_t>(at, 16)));
    for (std::u32string_view lead : {U"for ", U"fits ", U"fit ", U"for most ", U"compatible with ", U"适用", U"适合", U"适配"})
        if (before.ends_with(lead)) return true;
    return false;
}

// "1,000 Piece", "24-pcs", 500片, of two pieces and more.
void count_pieces(std::string_view title, std::vector<TitleAmount>& out) {
    auto const digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < title.size();) {
        if (!digit(title[i]) || (i > 0 && (digit(title[i - 1]) || title[i - 1] == '.' || title[i - 1] == '/'))) { ++i; continue; }
        double value = 0;
        auto j = i;
        for (; j < title.size() && j < i + 9 && (digit(title[j]) || (title[j] == ',' && j + 1 < title.size() && digit(title[j + 1]))); ++j)
            if (title[j] != ',') value = value * 10 + (title[j] - '0');
        i = j;
        if (j < title.size() && (title[j] == ' ' || title[j] == '-')) ++j;
        auto rest = surface_of(title.substr(j, std::min<std::size_t>(title.size() - j, 12)));
        for (std::u32string_view word : {U"pieces", U"piece", U"pcs", U"pc", U"片", U"颗粒"})
            if (rest.starts_with(word) && (word.front() > 0x7F || rest.size() == word.size() || !(rest[word.size()] >= U'a' && rest[word.size()] <= U'z'))) {
                if (value >= 2) out.push_back({"pc", value});
                break;
            }
    }
}

}  // namespace

std::vector<TitleAmount> title_amounts(std::string_view title) {
    std::vector<TitleAmount> out;
    if (title.find_first_of("0123456789") == title.npos) return out;
    for (auto const& found : text::find_quantities(title)) {
        auto const* base = base_of(found.dimension);
        if (!base || found.unit == text::Unit::none || !(found.canonical > 0) || of_something_else(title, found.begin)) continue;
        out.push_back({base, found.canonical});
        if (found.unit == text::Unit::fluid_ounce) out.push_back({"g", text::to_canonical(found.value, text::Unit::ounce)});
    }
    count_pieces(title, out);
    return out;
}

std::optional<double> amount_that_counts(std::span<TitleAmount const> amounts, Condition const& c) {
    std::optional<double> best;
    for (auto const& a : amounts) {
        if (c.title_base != a.base) continue;
        if (std::isfinite(c.low) && std::isfinite(c.high)) {
            auto const off = [&](double v) { return v < c.low ? c.low - v : v > c.high ? v - c.high : 0.0; };
            if (!best || off(a.value) < off(*best)) best = a.value;
        } else best = best ? std::max(*best, a.value) : a.value;   // of a lower limit the largest reaches it; an upper one all have to keep
    }
    return best;
}

bool title_amount_holds(std::span<TitleAmount const> amounts, Condition const& c) {
    auto const value = amount_that_counts(amounts, c);
    return value && *value >= c.low * (1 - same) && *value <= c.high * (1 + same);
}

}  // namespace kindling::dialogue

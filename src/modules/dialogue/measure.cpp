// modules/dialogue/measure.cpp -- reading amounts, their units and the limit words around them; the numbers by themselves: numbers_read.cpp. See measure.h.
#include "modules/dialogue/measure.h"
#include "modules/dialogue/limits_said.h"
#include "modules/dialogue/numbers_read.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "engines/text/analysis/unit_table.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

namespace kindling::dialogue {
namespace {

// The guide compares in these bases: whole numbers stay whole in the units that shops write. A month and a year are their own, for
// a warranty of 2 years is not one of 24.3 months.
struct BaseRow { text::Unit of; char const* name; };
constexpr BaseRow bases[] = {
    {text::Unit::millimetre, "mm"}, {text::Unit::gram, "g"}, {text::Unit::millilitre, "ml"}, {text::Unit::watt, "W"}, {text::Unit::milliampere_hour, "mAh"}, {text::Unit::minute, "min"}, {text::Unit::gram_per_square_metre, "gsm"},
    {text::Unit::lumen, "lm"}, {text::Unit::kelvin, "K"}, {text::Unit::volt, "V"}, {text::Unit::decibel, "dB"}, {text::Unit::hertz, "Hz"}, {text::Unit::celsius, "°C"}, {text::Unit::year_of_age, "year"}, {text::Unit::percent, "%"},
    {text::Unit::square_metre, "m²"}, {text::Unit::person, "seat"}, {text::Unit::gigabyte, "GB"}, {text::Unit::revolution_per_minute, "rpm"}, {text::Unit::lux, "lux"},
};
struct UnitRow { std::u32string_view word; char const* base; double factor; };
UnitRow in_bases(text::UnitSpelling const& spelling) {
    if (spelling.unit == text::Unit::month) return {spelling.text, "month", 1};
    if (spelling.unit == text::Unit::year) return {spelling.text, "year", 1};
    auto const& unit = text::info(spelling.unit);
    for (auto const& base : bases)
        if (text::info(base.of).dimension == unit.dimension) return {spelling.text, base.name, unit.factor / text::info(base.of).factor};
    return {spelling.text, "", 1};
}
std::vector<UnitRow> const& unit_rows() {
    static auto const rows = [] {
        std::vector<UnitRow> out;
        for (auto const& spelling : text::units_in_talk())
            if (auto const row = in_bases(spelling); *row.base) out.push_back(row);
        return out;
    }();
    return rows;
}
// Counting words: how many somebody wants, not a fact of the goods.
constexpr char32_t const* count_words[] = {U"件", U"个", U"双", U"条", U"只", U"台", U"套", U"把", U"盏", U"瓶", U"盒", U"张", U"支", U"份", U"款", U"顶", U"副", U"对", U"包", U"袋", U"pcs", U"pieces", U"piece", U"pairs", U"pair", U"items", U"of them", U"units"};
struct MoneyRow { char32_t const* word; char const* currency; };
constexpr MoneyRow money_after[] = {{U"元", "CNY"}, {U"块钱", "CNY"}, {U"块", "CNY"}, {U"rmb", "CNY"}, {U"cny", "CNY"}, {U"yuan", "CNY"}, {U"kuai", "CNY"}, {U"人民币", "CNY"}, {U"美元", "USD"}, {U"美金", "USD"}, {U"刀", "USD"}, {U"usd", "USD"}, {U"dollars", "USD"}, {U"dollar", "USD"}, {U"bucks", ""}, {U"欧元", "EUR"}, {U"eur", "EUR"}, {U"euros", "EUR"}, {U"euro", "EUR"}, {U"€", "EUR"}, {U"英镑", "GBP"}, {U"gbp", "GBP"}, {U"pounds sterling", "GBP"}, {U"quid", "GBP"}, {U"日元", "JPY"}, {U"yen", "JPY"}, {U"jpy", "JPY"}, {U"¥", ""}, {U"$", "USD"}};
constexpr MoneyRow money_before[] = {{U"us$", "USD"}, {U"$", "USD"}, {U"€", "EUR"}, {U"£", "GBP"}, {U"rmb", "CNY"}, {U"cny", "CNY"}, {U"usd", "USD"}, {U"¥", ""}, {U"eur", "EUR"}, {U"gbp", "GBP"}};

using Limit = Quantity::Limit;
struct LimitRow { char32_t const* word; Limit limit; };
// Longest first within a side is not needed: the search takes the longest that fits.
constexpr LimitRow limits_before[] = {
    {U"不超过", Limit::at_most}, {U"不要超过", Limit::at_most}, {U"别超过", Limit::at_most}, {U"不能超过", Limit::at_most}, {U"不高于", Limit::at_most}, {U"不大于", Limit::at_most}, {U"不多于", Limit::at_most}, {U"最多", Limit::at_most}, {U"最高", Limit::at_most}, {U"顶多", Limit::at_most}, {U"撑死", Limit::at_most}, {U"顶天", Limit::at_most}, {U"别超", Limit::at_most}, {U"不能过", Limit::at_most}, {U"别过", Limit::at_most}, {U"不要过", Limit::at_most}, {U"贵过", Limit::above}, {U"至多", Limit::at_most}, {U"上限", Limit::at_most}, {U"最大", Limit::at_most}, {U"最长", Limit::at_most}, {U"最重", Limit::at_most},
    {U"低于", Limit::below}, {U"少于", Limit::below}, {U"小于", Limit::below}, {U"不到", Limit::below}, {U"短于", Limit::below}, {U"轻于", Limit::below}, {U"<", Limit::below}, {U"<=", Limit::at_most}, {U"≤", Limit::at_most}, {U">", Limit::above}, {U">=", Limit::at_least}, {U"≥", Limit::at_least},
    {U"不低于", Limit::at_least}, {U"不少于", Limit::at_least}, {U"不小于", Limit::at_least}, {U"至少", Limit::at_least}, {U"最少", Limit::at_least}, {U"最低", Limit::at_least}, {U"起码", Limit::at_least}, {U"最小", Limit::at_least}, {U"最短", Limit::at_least}, {U"超过", Limit::above}, {U"高于", Limit::above}, {U"大于", Limit::above}, {U"多于", Limit::above}, {U"长于", Limit::above},
    {U"大概", Limit::about}, {U"大约", Limit::about}, {U"差不多", Limit::about}, {U"约", Limit::about}, {U"~", Limit::about},
    {U"under", Limit::at_most}, {U"below", Limit::at_most}, {U"less than", Limit::below}, {U"lower than", Limit::below}, {U"fewer than", Limit::below}, {U"narrower than", Limit::below}, {U"thinner than", Limit::below}, {U"shallower than", Limit::below}, {U"slimmer than", Limit::below}, {U"thicker than", Limit::above}, {U"higher than", Limit::above}, {U"deeper than", Limit::above}, {U"shorter than", Limit::below}, {U"lighter than", Limit::below}, {U"smaller than", Limit::below}, {U"cheaper than", Limit::below}, {U"at most", Limit::at_most}, {U"no more than", Limit::at_most}, {U"not more than", Limit::at_most}, {U"not over", Limit::at_most}, {U"not above", Limit::at_most}, {U"up to", Limit::at_most}, {U"within", Limit::at_most}, {U"max", Limit::at_most}, {U"maximum", Limit::at_most}, {U"max of", Limit::at_most}, {U"maximum of", Limit::at_most}, {U"no longer than", Limit::at_most}, {U"no heavier than", Limit::at_most}, {U"no taller than", Limit::at_most}, {U"no wider than", Limit::at_most}, {U"no bigger than", Limit::at_most}, {U"not exceeding", Limit::at_most}, {U"cap of", Limit::at_most}, {U"limit of", Limit::at_most}, {U"limit is", Limit::at_most}, {U"most i can pay is", Limit::at_most}, {U"most i can spend is", Limit::at_most}, {U"most i'd pay is", Limit::at_most}, {U"most i'd spend is", Limit::at_most}, {U"most i would pay is", Limit::at_most}, {U"most i want to pay is", Limit::at_most}, {U"most i want to spend is", Limit::at_most}, {U"most i'll pay is", Limit::at_most}, {U"can't exceed", Limit::at_most}, {U"cannot exceed", Limit::at_most}, {U"don't exceed", Limit::at_most},
    {U"over", Limit::at_least}, {U"above", Limit::at_least}, {U"beyond", Limit::at_least}, {U"exceed", Limit::above}, {U"exceeds", Limit::above}, {U"north of", Limit::above}, {U"in excess of", Limit::above}, {U"upwards of", Limit::at_least}, {U"more expensive than", Limit::above}, {U"dearer than", Limit::above}, {U"pricier than", Limit::above}, {U"more than", Limit::above}, {U"greater than", Limit::above}, {U"longer than", Limit::above}, {U"bigger than", Limit::above}, {U"larger than", Limit::above}, {U"heavier than", Limit::above}, {U"taller than", Limit::above}, {U"wider than", Limit::above}, {U"at least", Limit::at_least}, {U"no less than", Limit::at_least}, {U"not less than", Limit::at_least}, {U"not under", Limit::at_least}, {U"minimum", Limit::at_least}, {U"minimum of", Limit::at_least}, {U"min", Limit::at_least}, {U"starting at", Limit::at_least}, {U"no shorter than", Limit::at_least},
    {U"about", Limit::about}, {U"around", Limit::about}, {U"roughly", Limit::about}, {U"approximately", Limit::about}, {U"approx", Limit::about}, {U"approx.", Limit::about}, {U"circa", Limit::about}, {U"ca.", Limit::about}, {U"exactly", Limit::exact}, {U"正好", Limit::exact}, {U"刚好", Limit::exact},
};
constexpr LimitRow limits_after[] = {
    {U"以内", Limit::at_most}, {U"之内", Limit::at_most}, {U"以下", Limit::at_most}, {U"之下", Limit::at_most}, {U"内", Limit::at_most}, {U"封顶", Limit::at_most}, {U"为上限", Limit::at_most}, {U"打住", Limit::at_most}, {U"顶天了", Limit::at_most}, {U"顶天", Limit::at_most}, {U"到顶", Limit::at_most}, {U"是上限", Limit::at_most}, {U"是极限", Limit::at_most}, {U"为限", Limit::at_most}, {U"is the most", Limit::at_most}, {U"is my limit", Limit::at_most}, {U"is the limit", Limit::at_most}, {U"is my max", Limit::at_most}, {U"is the max", Limit::at_most}, {U"is my maximum", Limit::at_most}, {U"is all i have", Limit::at_most}, {U"is all i've got", Limit::at_most}, {U"and no more", Limit::at_most}, {U"or less", Limit::at_most}, {U"or under", Limit::at_most}, {U"or below", Limit::at_most}, {U"or cheaper", Limit::at_most}, {U"max", Limit::at_most}, {U"maximum", Limit::at_most}, {U"tops", Limit::at_most}, {U"at most", Limit::at_most}, {U"or shorter", Limit::at_most}, {U"or smaller", Limit::at_most}, {U"or lighter", Limit::at_most},
    {U"以上", Limit::at_least}, {U"之上", Limit::at_least}, {U"起步", Limit::at_least}, {U"起", Limit::at_least}, {U"往上", Limit::at_least}, {U"+", Limit::at_least}, {U"or more", Limit::at_least}, {U"or longer", Limit::at_least}, {U"or wider", Limit::at_least}, {U"or taller", Limit::at_least}, {U"or deeper", Limit::at_least}, {U"or heavier", Limit::at_least}, {U"or narrower", Limit::at_most}, {U"or lower", Limit::at_most}, {U"or bigger", Limit::at_least}, {U"or above", Limit::at_least}, {U"or larger", Limit::at_least}, {U"and up", Limit::at_least}, {U"and above", Limit::at_least}, {U"minimum", Limit::at_least}, {U"at least", Limit::at_least},
    {U"左右", Limit::about}, {U"上下", Limit::about}, {U"出头", Limit::about}, {U"ish", Limit::about}, {U"-ish", Limit::about}, {U"or so", Limit::about}, {U"more or less", Limit::about},
};
constexpr char32_t const* range_words[] = {U"到", U"至", U"-", U"–", U"—", U"~", U"～", U" to ", U" and ", U" or ", U"—", U"或"};

template <class Rows> auto const* longest_at(std::u32string_view t, std::size_t i, Rows const& rows) {
    typename std::remove_reference_t<decltype(rows[0])> const* best = nullptr;
    std::size_t size = 0;
    for (auto const& row : rows) {
        std::u32string_view const word = row.word;
        if (word.size() <= size || t.substr(i, word.size()) != word) continue;
        auto const after = i + word.size();
        if (is_latin(word.back()) && after < t.size() && is_latin(t[after])) {
            // "inches", "grams": a plural s is the same word
            if (t[after] == U's' && word.size() > 2 && (after + 1 >= t.size() || !is_latin(t[after + 1]))) { best = &row, size = word.size(); }
            continue;
        }
        best = &row, size = word.size();
    }
    return best;
}
std::size_t width_at(std::u32string_view t, std::size_t i, std::u32string_view word) {
    auto const after = i + word.size();
    return word.size() + (is_latin(word.back()) && after < t.size() && t[after] == U's' ? 1 : 0);
}

// The longest limit word that ends right before `i` (blanks and a few fillers allowed between).
LimitRow const* limit_ending_at(std::u32string_view t, std::size_t i, std::size_t& begin) {
    static constexpr std::u32string_view fillers[] = {U"在", U"是", U"为", U"a ", U"of ", U"is ", U"the "};
    for (int round = 0; round < 4; ++round) {
        while (i > 0 && (is_blank(t[i - 1]) || t[i - 1] == U':')) --i;
        LimitRow const* best = nullptr;
        for (auto const& row : limits_before) {
            std::u32string_view const word = row.word;
            if (word.size() > i || t.substr(i - word.size(), word.size()) != word) continue;
            if (is_latin(word.front()) && i > word.size() && is_latin(t[i - word.size() - 1])) continue;
            if (!best || word.size() > std::u32string_view(best->word).size()) best = &row;
        }
        if (best) { begin = i - std::u32string_view(best->word).size(); return best; }
        bool moved = false;
        for (auto f : fillers) {
            auto const word = f.back() == U' ' ? f.substr(0, f.size() - 1) : f;
            if (i >= word.size() && t.substr(i - word.size(), word.size()) == word && (!is_latin(word[0]) || i == word.size() || !is_latin(t[i - word.size() - 1]))) { i -= word.size(), moved = true; break; }
        }
        if (!moved) return nullptr;
    }
    return nullptr;
}

struct Measured { Number number; Quantity::Kind kind; std::string base, currency, word; double factor; std::size_t begin, end; double most = 0; };   // most: of an approximate number, 两三百

std::optional<Measured> measured_at(std::u32string_view t, std::size_t i) {
    Measured m{{}, Quantity::Kind::plain, "", "", "", 1, i, i, 0};
    auto const boundary = i == 0 || !is_latin(t[i - 1]);
    if (boundary || !is_latin(t[i]))
        if (auto const* money = longest_at(t, i, money_before)) {
            auto const j = skip_blanks(t, i + std::u32string_view(money->word).size());
            if (j < t.size() && is_digit(t[j])) m.kind = Quantity::Kind::money, m.currency = money->currency, i = j;
        }
    std::optional<Number> number;
    if (i < t.size() && is_digit(t[i])) number = arabic(t, i);
    else if (auto const about = i < t.size() ? approximate_number(t, i) : std::nullopt) number = Number{i, about->end, about->least, 1, true}, m.most = about->most;
    else if (i < t.size() && (han_digit(t[i]) >= 0 || t[i] == U'十')) number = han(t, i);
    else if (boundary && is_latin(t[i])) number = english(t, i);
    if (!number) return {};
    m.number = *number, m.end = number->end;
    auto const after = skip_blanks(t, m.end);
    auto j = after;
    bool const and_more = j < t.size() && t[j] == U'多';
    if (and_more || (j < t.size() && t[j] == U'来')) j = skip_blanks(t, j + 1);
    if (auto const* money = longest_at(t, j, money_after); money && m.kind == Quantity::Kind::plain) {
        m.kind = Quantity::Kind::money, m.currency = money->currency, m.end = j + width_at(t, j, money->word);
        // 一百多块, 150多元: up to the next of its last figure that counts.
        if (double unit = 10; and_more && m.most == 0 && number->value >= 10 && std::fmod(number->value, 10) == 0) {
            while (std::fmod(number->value, unit * 10) == 0 && unit < 1e8) unit *= 10;
            m.most = number->value + unit;
        }
        // 100块美元, "100 bucks USD": the currency that is named behind the colloquial word.
        if (std::u32string_view const word = money->word; word == U"块" || word == U"块钱" || word == U"bucks")
            if (auto const k = skip_blanks(t, m.end); auto const* named = longest_at(t, k, money_after))
                if (std::u32string_view const other = named->word; other != U"块" && other != U"块钱" && other != U"元" && other != U"bucks") m.currency = named->currency, m.end = k + width_at(t, k, named->word);
        return m;
    }
    if (m.kind == Quantity::Kind::money) return m;
    auto k = after;
    if (k < t.size() && t[k] == U'-' && k + 1 < t.size() && is_latin(t[k + 1])) ++k;  // "85-cm", "500-ml"
    auto const* unit = longest_at(t, k, unit_rows());
    // "1500 in total", "two in black": the word is no unit there.
    if (unit && std::u32string_view(unit->word) == U"in")
        for (std::u32string_view next : {U"in total", U"in all", U"in the", U"in a ", U"in my", U"in black", U"in white", U"in red", U"in blue", U"in grey", U"in gray", U"in green", U"in brown", U"in size", U"in stock"})
            if (t.substr(k, next.size()) == next) unit = nullptr;
    struct CountRow { char32_t const* word; };
    CountRow const* count = nullptr;
    static auto const count_rows = [] { std::array<CountRow, std::size(count_words)> a{}; for (std::size_t n = 0; n < a.size(); ++n) a[n].word = count_words[n]; return a; }();
    count = longest_at(t, after, count_rows);
    if (count && t.substr(after).starts_with(U"顶天")) count = nullptr;   // 250顶天了: a limit, and no hats
    if (unit && count && std::u32string_view(count->word).size() >= std::u32string_view(unit->word).size()) unit = nullptr;
    if (unit) {
        // "三天" or "2 days" is a time, "一个月" too; a spelled "一" before 米 is as good as a digit.
        m.kind = Quantity::Kind::measure, m.base = unit->base, m.factor = unit->factor, m.word = to_utf8(unit->word), m.end = k + width_at(t, k, unit->word);
        // "一米四", "1米75": tenths or hundredths behind the unit
        if (std::u32string_view(unit->word) == U"米" && m.end < t.size()) {
            if (is_digit(t[m.end])) {
                if (auto const rest = arabic(t, m.end); rest && rest->end - rest->begin <= 2) m.number.step = std::pow(10, -static_cast<double>(rest->end - rest->begin)), m.number.value += rest->value * m.number.step, m.end = rest->end;
            } else if (auto const d = han_digit(t[m.end]); d > 0) m.number.value += d / 10.0, m.number.step = 0.1, ++m.end;
            else if (t[m.end] == U'半') m.number.value += 0.5, m.number.step = 0.1, ++m.end;
        }
    } else if (count) {
        m.kind = Quantity::Kind::count, m.word = to_utf8(count->word), m.end = after + width_at(t, after, count->word);
    } else if (is_latin(t[std::min(m.end, t.size() - 1)]) && m.end < t.size() && !number->spelled) {
        if (t.substr(m.end, 3) != U"ish") return {};  // "3d", "5g", "42mmx": part of a name, not a quantity
    }
    return m;
}

std::optional<std::pair<double, std::size_t>> tolerance_at(std::u32string_view t, std::size_t i) {
    auto j = skip_blanks(t, i);
    bool found = false;
    // "85 cm long, plus or minus 1", "85厘米,误差不超过1厘米"
    for (std::u32string_view word : {std::u32string_view(U"long"), std::u32string_view(U"wide"), std::u32string_view(U"tall"), std::u32string_view(U"high"), std::u32string_view(U"deep"), std::u32string_view(U"的")})
        if (t.substr(j, word.size()) == word) { j = skip_blanks(t, j + word.size()); break; }
    while (j < t.size() && (t[j] == U',' || t[j] == U'，' || is_blank(t[j]))) ++j;
    if (t.substr(j, 2) == U"误差" || t.substr(j, 2) == U"浮动") {
        found = true, j = skip_blanks(t, j + 2);
        for (std::u32string_view word : {std::u32string_view(U"控制在"), std::u32string_view(U"不超过"), std::u32string_view(U"不要超过"), std::u32string_view(U"别超过"), std::u32string_view(U"小于"), std::u32string_view(U"在"), std::u32string_view(U"±"), std::u32string_view(U"正负")})
            if (t.substr(j, word.size()) == word) j = skip_blanks(t, j + word.size());
    }
    for (std::u32string_view sign : {std::u32string_view(U"±"), std::u32string_view(U"+-"), std::u32string_view(U"+/-"), std::u32string_view(U"正负"), std::u32string_view(U"上下浮动"), std::u32string_view(U"plus or minus"), std::u32string_view(U"plus minus"), std::u32string_view(U"give or take")})
        if (t.substr(j, sign.size()) == sign) { j = skip_blanks(t, j + sign.size()), found = true; break; }
    if (!found) return {};
    auto number = j < t.size() ? measured_at(t, j) : std::nullopt;
    if (!number) return {};
    return std::pair{number->number.value * (number->kind == Quantity::Kind::measure ? number->factor : -1), number->end};
}

}  // namespace

Unit unit_of(std::string_view unit) {
    static auto const table = [] {
        std::unordered_map<std::string, Unit> map;
        for (auto const& row : unit_rows()) map.emplace(to_utf8(row.word), Unit{row.base, row.factor});
        map["g/㎡"] = map["g/m²"] = {"gsm", 1};
        return map;
    }();
    auto key = text::normalise(unit);
    if (key.empty()) return {};
    if (auto const found = table.find(key); found != table.end()) return found->second;
    if (key.size() > 3 && key.back() == 's')
        if (auto const found = table.find(key.substr(0, key.size() - 1)); found != table.end()) return found->second;
    return {std::move(key), 1};
}

std::vector<Quantity> quantities(std::u32string_view t) {
    std::vector<Quantity> out;
    for (std::size_t i = 0; i < t.size();) {
        if (i > 0 && (is_latin(t[i]) || is_digit(t[i])) && (is_latin(t[i - 1]) || (is_digit(t[i]) && is_digit(t[i - 1])))) { ++i; continue; }
        if (t[i] == U'第' || t[i] == U'#') { ++i; while (i < t.size() && (is_digit(t[i]) || han_digit(t[i]) >= 0 || t[i] == U'十')) ++i; continue; }  // an ordinal
        auto first = measured_at(t, i);
        if (!first) { ++i; continue; }
        if (is_digit(t[i]) && i > 0 && t[i - 1] == U'-' && (i < 2 || is_blank(t[i - 2]))) { i = first->end; continue; }  // a negative amount limits nothing
        Quantity q;
        q.kind = first->kind, q.base = first->base, q.currency = first->currency, q.word = first->word;
        q.begin = q.number_begin = first->begin, q.end = q.number_end = first->end;
        q.value = first->number.value, q.step = first->number.step;
        double factor = first->factor;
        bool const approximate = first->most > 0;
        if (approximate) q.limit = Limit::range, q.upper = first->most;
        // 最多两三百, 两三百以内: the limit is of its farther end.
        auto const limit_approximate = [&](Limit limit) {
            if (limit == Limit::at_most || limit == Limit::below) q.limit = Limit::at_most, q.value = q.upper;
            else if (limit == Limit::at_least || limit == Limit::above) q.limit = Limit::at_least;
        };
        // A second end: 200-300, 三百到五百, between 50 and 80.
        for (std::u32string_view word : range_words) {
            if (approximate) break;
            auto const at = word.front() == U' ' ? q.end : skip_blanks(t, q.end);
            if (t.substr(at, word.size()) != word) continue;
            auto const from = skip_blanks(t, at + word.size());
            auto second = from < t.size() ? measured_at(t, from) : std::nullopt;
            if (!second || (second->kind != first->kind && first->kind != Quantity::Kind::plain && second->kind != Quantity::Kind::plain)) continue;
            if (word == U" and " && (q.begin < 8 || t.substr(q.begin - 8, 8) != U"between ")) continue;
            if (word == U"或" && second->kind != first->kind) continue;
            if (word == U" or " && (second->kind != Quantity::Kind::money || second->number.value > 2 * first->number.value)) continue;
            if (second->number.value < first->number.value) {
                // "两三百": not seen here; "3-500" means 300-500 only in speech; leave such to the exact reading
                continue;
            }
            if (second->kind != Quantity::Kind::plain) q.kind = second->kind, q.base = second->base, q.currency = q.currency.empty() ? second->currency : q.currency, q.word = second->word, factor = second->factor;
            q.limit = Limit::range, q.upper = second->number.value, q.end = q.number_end = second->end;
            if (word == U" and ") q.begin -= 8;
            break;
        }
        if (auto const tolerance = tolerance_at(t, q.end); tolerance && q.limit != Limit::range) {
            q.tolerance = tolerance->first < 0 ? -tolerance->first * factor : tolerance->first;
            q.end = tolerance->second;
            // "85±1厘米": the unit stands behind the tolerance, where the tolerance's own number took it
            if (q.kind == Quantity::Kind::plain && tolerance->first > 0)
                if (auto const inner = quantities(t.substr(q.number_end)); !inner.empty() && inner[0].kind == Quantity::Kind::measure)
                    factor = unit_of(inner[0].word).factor, q.kind = Quantity::Kind::measure, q.base = inner[0].base, q.word = inner[0].word;
        }
        if (std::size_t begin = 0; q.limit == Limit::exact || approximate)
            if (auto const* before = limit_ending_at(t, q.begin, begin)) {
                auto const limit = refused_before(t, before->word, before->limit, begin);
                if (approximate) limit_approximate(limit);
                else q.limit = limit;
                q.begin = begin;
            }
        {
            auto at = skip_blanks(t, q.end);
            if (at < t.size() && t[at] == U'的') ++at;
            if (auto const* after = longest_at(t, at, limits_after); after && q.limit != Limit::range && !(after->word[0] == U'内' && at + 1 < t.size() && (t[at + 1] == U'里' || t[at + 1] == U'胆' || t[at + 1] == U'衣'))) {
                if (q.limit == Limit::exact || after->limit != Limit::about) q.limit = after->limit;
                q.end = at + std::u32string_view(after->word).size();
            } else if (approximate && after) limit_approximate(after->limit), q.end = at + std::u32string_view(after->word).size();
            else if (q.limit == Limit::range && after && after->limit == Limit::about) q.end = at + std::u32string_view(after->word).size();
        }
        if (q.limit != Limit::range) q.limit = refused_behind(t, q.limit, q.end);
        q.value *= factor, q.upper *= factor, q.step *= factor;
        if (q.tolerance > 0) q.limit = Limit::exact;
        i = std::max(q.end, i + 1);
        out.push_back(std::move(q));
    }
    // "85厘米的裙子,误差不超过1厘米": the tolerance stands apart from what it belongs to
    for (std::size_t k = 1; k < out.size();) {
        auto const from = out[k - 1].end, to = std::max(out[k].number_begin, from);
        auto const between = t.substr(from, to - from);
        bool const apart = between.find(U"误差") != between.npos || between.find(U"浮动") != between.npos || between.find(U"plus or minus") != between.npos || between.find(U"give or take") != between.npos || between.find(U"tolerance") != between.npos;
        if (!apart || out[k - 1].kind != Quantity::Kind::measure || between.size() > 40 || (out[k].kind == Quantity::Kind::measure && out[k].base != out[k - 1].base)) { ++k; continue; }
        out[k - 1].tolerance = out[k].kind == Quantity::Kind::measure ? out[k].value : out[k].value * unit_of(out[k - 1].word).factor;
        out[k - 1].limit = Limit::exact;
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(k));
    }
    return out;
}

Interval interval(Quantity const& q) {
    // A hair of slack, so that 8.5 cm said and 85 mm stored are the same.
    auto const hair = 1e-9 * std::max(1.0, std::abs(q.value));
    switch (q.limit) {
        case Limit::at_most: return {-infinity, q.value + hair};
        case Limit::below: return {-infinity, q.value - 2 * hair};
        case Limit::at_least: return {q.value - hair, infinity};
        case Limit::above: return {q.value + 2 * hair, infinity};
        case Limit::range: return {q.value - hair, q.upper + hair};
        case Limit::about: {
            auto const share = q.kind == Quantity::Kind::money ? 0.2 : 0.05;
            return {q.value * (1 - share) - hair, q.value * (1 + share) + hair};
        }
        case Limit::exact: break;
    }
    if (q.tolerance > 0) return {q.value - q.tolerance - hair, q.value + q.tolerance + hair};
    if (q.kind == Quantity::Kind::money) return {q.value - hair, q.value + hair};
    auto const slack = std::min(q.step / 2, 0.025 * std::abs(q.value));  // "2 m" does not reach from 1.5 to 2.5 m
    return {q.value - slack + hair, q.value + slack - hair};
}

}  // namespace kindling::dialogue

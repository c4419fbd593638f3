#include "engines/text/analysis/quantity_scan.h"

#include <array>

#include "core/utf8.h"
#include "engines/text/analysis/unit_table.h"

namespace kindling::text {

namespace {

using Text = std::u32string_view;

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_latin(char32_t c) { return c >= 'a' && c <= 'z'; }
char32_t at(Text text, std::size_t i) { return i < text.size() ? text[i] : U'\0'; }
bool contains(Text set, char32_t c) { return c && set.find(c) != Text::npos; }

// Names and set phrases whose number counts nothing.
constexpr Text fixed_phrases[] = {U"三只松鼠", U"六个核桃", U"七匹狼", U"三顿半", U"两面针", U"一次性", U"双十一", U"双11", U"百分之百", U"一体机", U"一键", U"万一", U"一下", U"一些", U"一起", U"一样", U"一定", U"一直",
                                  U"一般", U"一点", U"三星", U"一加", U"一件代发", U"半身", U"半袖", U"半自动", U"半高领", U"四件套", U"三件套", U"两件套"};

struct Refusal { char32_t unit; Text next; };
// What shows that the character after a number is no unit but the beginning of a word: 2双肩包, 99包邮, 5米饭.
constexpr Refusal refusals[] = {
    {U'米', U"饭粉线粒酒糊其白色"}, {U'人', U"参造工体气物像生民"}, {U'条', U"纹件"}, {U'包', U"邮包装"}, {U'支', U"持架"}, {U'部', U"分曲件"}, {U'台', U"灯式湾面历"}, {U'克', U"拉"}, {U'升', U"级降"}, {U'天', U"然猫丝蓝鹅使"},
    {U'年', U"货轻糕款级会"}, {U'秒', U"杀变"}, {U'双', U"肩面层人十开卡核门击头"}, {U'根', U"据"}, {U'箱', U"包"}, {U'抽', U"屉"}, {U'袋', U"鼠"}, {U'卷', U"发帘尺"}, {U'个', U"性"}, {U'套', U"头"}, {U'本', U"田地"}, {U'寸', U"衫照"}, {U'枚', U""}, {U'分', U""},
};
constexpr Text after_careful_unit = U"的以左上下到至内之大吧就够啊呢和或及呀吗不多";

bool refused(Text unit, Text text, std::size_t end) {
    if (unit.size() != 1) return false;
    for (auto const& r : refusals)
        if (r.unit == unit[0]) return contains(r.next, at(text, end));
    return false;
}

// "15 in screen" but not "2 in 1", "3 in stock".
bool inch_follows(Text text, std::size_t end) {
    if (end >= text.size() || text[end] != ' ') return !is_latin(at(text, end));
    for (Text const word : {U"x", U"by", U"wide", U"tall", U"long", U"deep", U"high", U"diagonal", U"screen", U"monitor", U"laptop", U"tv", U"or", U"and", U"to", U"max", U"waist"})
        if (starts_with_word(text, end + 1, word)) return true;
    return !is_latin(at(text, end + 1)) && !is_digit(at(text, end + 1));
}

bool near_storage(Text text, std::size_t begin, std::size_t end) {
    static constexpr Text cues[] = {U"内存", U"运存", U"存储", U"硬盘", U"固态", U"显存", U"闪存", U"u盘", U"ssd", U"ram", U"rom", U"memory", U"storage", U"hdd", U"drive"};
    auto const around = text.substr(begin > 6 ? begin - 6 : 0, end + 7 - (begin > 6 ? begin - 6 : 0));
    for (auto const cue : cues)
        if (around.find(cue) != Text::npos) return true;
    return false;
}

// "8G", "256g 内存" are data, "500g" is mass, "5G" is a network.
Unit gram_or_gigabyte(Scan const& scan, double value, std::size_t begin, std::size_t end) {
    if (near_storage(scan.text(), begin, end)) return Unit::gigabyte;
    if (!scan.capital(static_cast<std::uint32_t>(end - 1))) return Unit::gram;
    for (double const size : {6., 8., 12., 16., 24., 32., 48., 64., 96., 128., 192., 256., 512., 1024.})
        if (value == size) return Unit::gigabyte;
    return value >= 2 && value <= 6 ? Unit::none : Unit::gram;
}

struct FoundUnit { Unit unit = Unit::none; std::size_t end = 0; };

FoundUnit unit_after(Scan const& scan, Numeral const& number, std::size_t begin) {
    auto const text = scan.text();
    auto start = number.end;
    auto const separator = at(text, start);
    bool const apart = separator == ' ' || (separator == '-' && is_latin(at(text, start + 1)));
    for (auto const& spelling : units_after_number()) {
        bool const latin = spelling.text[0] < 0x80;
        auto const from = apart && (latin || separator == ' ') ? start + 1 : start;
        if (spelling.rule == UnitSpelling::attached && from != start) continue;
        if (text.substr(from, spelling.text.size()) != spelling.text) continue;
        auto const end = from + spelling.text.size();
        if (is_latin(spelling.text.back()) && is_latin(at(text, end)) && !(at(text, end) == 'x' && (is_digit(at(text, end + 1)) || at(text, end + 1) == ' '))) continue;
        if (is_latin(spelling.text.back()) && is_digit(at(text, end)) && spelling.text.size() == 1) continue;  // 5w30, 3m9
        if (spelling.rule == UnitSpelling::not_before_han && is_han(at(text, end)) && !contains(after_careful_unit, at(text, end))) continue;
        if (refused(spelling.text, text, end)) continue;
        auto unit = spelling.unit;
        if (spelling.text == U"g") unit = gram_or_gigabyte(scan, number.low, begin, end);
        if ((spelling.text == U"a" || spelling.text == U"t") && !scan.capital(static_cast<std::uint32_t>(from))) continue;
        if (spelling.text == U"t" && number.low > 2 && !near_storage(text, begin, end)) continue;  // 6T windings
        if (spelling.text == U"转" && is_latin(at(text, end))) continue;                           // 485转dp: an adapter
        if (spelling.text == U"in" && !inch_follows(text, end)) continue;
        if (spelling.text == U"年" && number.low >= 1000) continue;                            // a date
        if (unit == Unit::number_size && spelling.text == U"号" && number.low > 60) continue;  // a street
        if (unit == Unit::none) return {};
        return {unit, end};
    }
    return {};
}

FoundUnit unit_before(Text text, std::size_t begin) {  // .end: where the unit begins
    auto const stop = begin > 0 && text[begin - 1] == ' ' ? begin - 1 : begin;
    for (auto const& spelling : units_before_number()) {
        auto const n = spelling.text.size();
        if (stop < n || text.substr(stop - n, n) != spelling.text) continue;
        if (is_latin(spelling.text[0]) && stop > n && is_latin(text[stop - n - 1])) continue;
        return {spelling.unit, stop - n};
    }
    return {};
}

// "200多" is 200 to 300, "20来斤" about 20 to 30, "十几" 11 to 19.
void read_and_more(Text text, Numeral& number) {
    auto const c = at(text, number.end);
    if (c != U'多' && c != U'来' && c != U'几') return;
    if (number.low < 10 || (c == U'来' && at(text, number.end + 1) == U'的')) return;
    double step = 10;
    while (number.low >= step * 10 && std::fmod(number.low, step * 10) == 0) step *= 10;
    if (c == U'几' && number.low != 10 * std::floor(number.low / 10)) return;
    number.high = number.low + step;
    if (c == U'几') number.low += 1, number.high -= 1;
    ++number.end;
}

// 1米8, 三块五, 一斤半, 1米75: what follows the unit without one of its own is a decimal.
void read_tail(Text text, Scanned& item) {
    if (item.unit != Unit::yuan && item.unit != Unit::metre && item.unit != Unit::jin && item.unit != Unit::kilogram) return;
    if (item.low != std::floor(item.low) || item.low != item.high || text[item.end - 1] < 0x80) return;
    auto const c = at(text, item.end);
    auto const tail = read_numeral(text, item.end);
    if (!tail || tail->low != tail->high || is_latin(c)) return;
    auto const digits = tail->end - item.end;
    bool const one = digits == 1 && tail->low > 0 && tail->low < 10, two = digits == 2 && item.unit == Unit::metre && tail->low >= 10 && is_digit(c);
    if (!one && !two) return;
    auto const next = at(text, tail->end);
    bool const coin = item.unit == Unit::yuan && (next == U'毛' || next == U'角');
    if (!coin && (is_latin(next) || next == '.' || next == ',' || next == '%')) {
        if (!(next == 'x' && is_digit(at(text, tail->end + 1)))) return;
    }
    for (auto const& spelling : units_after_number())
        if (!coin && !is_latin(spelling.text[0]) && text.substr(tail->end, spelling.text.size()) == spelling.text) return;  // 6元3个
    item.low = item.high = item.low + (c == U'半' ? 0.5 : tail->low / (two ? 100 : 10));
    item.end = static_cast<std::uint32_t>(tail->end + (coin ? 1 : 0));
}

// M码, size L, 3XL, XXL: letters with a word that says so, or several of them in capitals.
std::optional<Scanned> read_letter_size(Scan const& scan, std::size_t begin) {
    auto const text = scan.text();
    auto i = begin;
    double repeat = 0;
    if (is_digit(text[i]) && text[i] >= '2' && text[i] <= '9' && at(text, i + 1) == 'x') repeat = text[i] - '0', i += 1;
    auto const letters = i;
    if (begin > 0 && (is_latin(text[begin - 1]) || is_digit(text[begin - 1]) || contains(U"-'.&", text[begin - 1]))) return std::nullopt;
    while (at(text, i) == 'x' && i - letters < 5) ++i;
    auto const xs = i - letters;
    if (repeat > 0 && xs != 1) return std::nullopt;
    auto const last = at(text, i);
    if ((last != 's' && last != 'l' && (last != 'm' || xs > 0)) || xs > 4 || is_latin(at(text, i + 1)) || is_digit(at(text, i + 1)) || at(text, i + 1) == '\'' || at(text, i + 1) == '.') return std::nullopt;
    auto const x = repeat > 0 ? repeat : static_cast<double>(xs);
    double const rank = last == 'm' ? 3 : last == 's' ? 2 - x : 4 + x;
    if (rank < 0 || rank > 12) return std::nullopt;
    auto end = i + 1, first = begin;
    bool said = false;
    for (Text const word : {U"码", U"号"})
        if (at(text, end) == word[0]) said = true, ++end;
    for (Text const word : {U"size", U"尺码", U"码数", U"size:", U"尺码:"})
        if (auto const stop = begin > 0 && text[begin - 1] == ' ' ? begin - 1 : begin; ends_with_word(text, stop, word)) said = true, first = stop - word.size();
    if (!said && !(xs + (repeat > 0) > 0 && scan.capital(static_cast<std::uint32_t>(i)))) return std::nullopt;
    return Scanned{rank, rank, Unit::letter_size, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end)};
}

// The number at i, with its unit; moves i past what must not be looked at again.
std::optional<Scanned> read_item(Scan const& scan, std::size_t& i) {
    auto const text = scan.text();
    auto const c = text[i], previous = i > 0 ? text[i - 1] : U'\0';
    for (auto const phrase : fixed_phrases)
        if (text.substr(i, phrase.size()) == phrase && !(is_digit(c) && (is_digit(previous) || is_digit(at(text, i + phrase.size()))))) return i += phrase.size(), std::nullopt;
    if (text.substr(i, 2) == U"双人" || text.substr(i, 2) == U"单人") {
        double const people = c == U'双' ? 2 : 1;
        auto const begin = static_cast<std::uint32_t>(i);
        i += 2;
        return Scanned{people, people, Unit::person, begin, begin + 2, Numeral::Script::han};
    }
    if (auto const size = read_letter_size(scan, i)) return i = size->end, size;
    bool const word = is_latin(c);
    if (word && is_latin(previous)) return ++i, std::nullopt;
    auto number = read_numeral(text, i);
    if (!number) return ++i, std::nullopt;
    auto const skip = [&] {  // the whole run, so that 1000xm4 is not read from its second digit
        auto end = std::max(number->end, i + 1);
        while (end < text.size() && (is_digit(text[end]) || (!word && is_latin(text[end]) && is_digit(c)))) ++end;
        i = end;
        return std::nullopt;
    };
    auto const before = unit_before(text, i);
    bool const after_times = previous == 'x' && i > 1 && (is_digit(text[i - 2]) || contains(U" m\"\u201D", text[i - 2]));  // 120x60, 60cmx40
    if (previous == U'第' || previous == '#' || (is_digit(c) && is_latin(previous) && before.unit == Unit::none && !after_times)) return skip();
    if (number->script != Numeral::Script::latin) read_and_more(text, *number);
    auto const after = unit_after(scan, *number, i);
    bool const model = previous == '-' && i > 1 && (is_latin(text[i - 2]) || is_digit(text[i - 2])) && is_latin(text[i - 2]);
    if (c == '0' && is_digit(at(text, i + 1)) && after.unit != Unit::none && info(after.unit).dimension == Dimension::current) return skip();  // 01A
    if (model && (after.unit == Unit::none || after.end - number->end < 2)) return skip();
    Scanned item{number->low, number->high, Unit::none, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(number->end), number->script};
    if (before.unit != Unit::none) item.unit = before.unit, item.begin = static_cast<std::uint32_t>(before.end);
    if (after.unit != Unit::none && (before.unit == Unit::none || info(after.unit).dimension == info(before.unit).dimension)) item.unit = after.unit, item.end = static_cast<std::uint32_t>(after.end);
    if (item.unit == Unit::none && before.unit == Unit::none) {
        auto const next = at(text, item.end);
        if (is_digit(c) && is_latin(next)) {
            // "$10k", "10k元"; "120x60"; otherwise letters after digits are a model number.
            bool const times = next == 'x' && (is_digit(at(text, item.end + 1)) || at(text, item.end + 1) == ' ');
            if (!times) return skip();
        }
    } else if (info(item.unit).dimension == Dimension::money && after.unit == Unit::none && at(text, item.end) == 'k' && !is_latin(at(text, item.end + 1))) {
        item.low *= 1000, item.high *= 1000, ++item.end;
    }
    if (info(item.unit).dimension == Dimension::temperature && previous == '-' && (i < 2 || !is_digit(text[i - 2]))) item.low = item.high = -item.low, item.begin -= 1;
    if (item.unit == Unit::celsius && i >= 2 && text.substr(i - 2, 2) == U"零下") item.low = item.high = -item.low, item.begin -= 2;
    read_tail(text, item);
    i = item.end;
    return item;
}

bool is_times(Text between) {
    while (between.starts_with(' ')) between.remove_prefix(1);
    while (between.ends_with(' ')) between.remove_suffix(1);
    return between == U"x" || between == U"×" || between == U"*" || between == U"乘" || between == U"by";
}

bool is_to(Text between) {
    while (between.starts_with(' ')) between.remove_prefix(1);
    while (between.ends_with(' ')) between.remove_suffix(1);
    for (Text const word : {U"-", U"~", U"–", U"—", U"——", U"到", U"至", U"to", U"~~", U"--"})
        if (between == word) return true;
    return false;
}

bool is_and(Text between) {
    while (between.starts_with(' ')) between.remove_prefix(1);
    while (between.ends_with(' ')) between.remove_suffix(1);
    return between == U"and" || between == U"和" || between == U"与" || between == U"跟";
}

double han_power_at_end(Text text, Scanned const& item) {
    for (auto i = item.end; i-- > item.begin;) switch (text[i]) {
            case U'百': return 100;
            case U'千': return 1000;
            case U'万': return 1e4;
            default: break;
        }
    return 1;
}

void relate(Scan& scan) {
    auto const text = scan.text();
    auto& items = scan.items;
    for (std::size_t k = 0; k + 1 < items.size(); ++k) {
        auto &a = items[k], &b = items[k + 1];
        auto const between = text.substr(a.end, b.begin - a.end);
        auto const da = info(a.unit).dimension, db = info(b.unit).dimension;
        if (is_times(between)) {
            if (!a.axis) a.axis = 1;
            b.axis = static_cast<std::uint8_t>(std::min(a.axis + 1, 9));
            continue;
        }
        bool const between_words = is_and(between) && (ends_with_word(text, a.begin - (a.begin > 0 && text[a.begin - 1] == ' '), U"between") || ends_with_word(text, a.begin, U"介于") || ends_with_word(text, a.begin, U"在") || starts_with_word(text, b.end, U"之间"));
        if (!is_to(between) && !between_words) continue;
        if (a.unit == Unit::year_of_age && (b.unit == Unit::year || b.unit == Unit::month)) {  // ages 3-6 years
            b.unit = b.unit == Unit::year ? Unit::year_of_age : Unit::month_of_age;
            a.unit = b.unit;
        } else if (a.unit != Unit::none && b.unit != Unit::none && da != db) {
            continue;
        }
        bool const date = b.unit == Unit::none && a.unit == Unit::none && (a.low > 1900 || at(text, b.end) == U'月' || at(text, b.end) == U'日' || at(text, b.end) == '-' || (a.begin > 0 && text[a.begin - 1] == '-'));
        if (date) continue;
        if (a.unit == Unit::none && b.unit != Unit::none) {
            a.unit = b.unit;
            if (auto const power = han_power_at_end(text, b); power > 1 && a.high * power <= b.high && han_power_at_end(text, a) == 1 && a.script != Numeral::Script::latin) a.low *= power, a.high *= power;
        } else if (b.unit == Unit::none) {
            b.unit = a.unit;
        }
        a.range_with_next = true;
    }
    // Along a chain of axes the length's unit goes both ways: 120x60x75cm, 60cm x 40.
    for (std::size_t k = 0; k < items.size();) {
        auto end = k + 1;
        while (end < items.size() && items[end].axis > 1) ++end;
        if (end - k > 1) {
            auto unit = Unit::none;
            bool lengths = true;
            for (auto i = k; i < end; ++i)
                if (items[i].unit != Unit::none) unit = items[i].unit, lengths &= info(unit).dimension == Dimension::length;
            for (auto i = k; i < end; ++i)
                if (unit == Unit::none || !lengths) items[i].axis = 0;
                else if (items[i].unit == Unit::none) items[i].unit = unit;
        }
        k = end;
    }
    // 1小时30分钟, 5 ft 10 in: one quantity in two units.
    std::size_t kept = 0;
    for (std::size_t k = 1; k < items.size(); ++k) {
        auto& a = items[kept];
        auto const& b = items[k];
        auto const gap = text.substr(a.end, b.begin - a.end);
        auto const kind = info(a.unit).dimension;
        bool const same = a.unit != Unit::none && b.unit != Unit::none && a.unit != b.unit && kind == info(b.unit).dimension && kind != Dimension::money && kind != Dimension::count;
        bool const exact = a.low == a.high && b.low == b.high && !a.range_with_next && !b.range_with_next && !a.axis;
        if (same && exact && (gap.empty() || (gap == U" " && a.unit == Unit::foot)) && info(a.unit).factor > info(b.unit).factor) {
            a.low = a.high = a.low + to_canonical(b.low, b.unit) / info(a.unit).factor;
            a.end = b.end;
        } else {
            items[++kept] = b;
        }
    }
    if (!items.empty()) items.resize(kept + 1);
}

// "17½" has become 171⁄2: a fraction that was one character stands apart from the digits before it.
void part_fractions(Normalised& normal) {
    if (normal.text.find(U'\u2044') == std::u32string::npos) return;
    Normalised apart;
    for (std::size_t i = 0; i < normal.text.size(); ++i) {
        bool const fresh = i > 0 && is_digit(normal.text[i]) && is_digit(normal.text[i - 1]) && normal.begin[i] != normal.begin[i - 1];
        auto slash = i + 1;
        while (fresh && slash < normal.text.size() && slash < i + 3 && normal.begin[slash] == normal.begin[i] && is_digit(normal.text[slash])) ++slash;
        if (fresh && at(normal.text, slash) == U'\u2044' && normal.begin[slash] == normal.begin[i]) {
            apart.text += U' ';
            apart.begin.push_back(normal.end[i - 1]), apart.end.push_back(normal.end[i - 1]);
        }
        apart.text += normal.text[i];
        apart.begin.push_back(normal.begin[i]), apart.end.push_back(normal.end[i]);
    }
    normal = std::move(apart);
}

}  // namespace

Scan scan_quantities(std::string_view original) {
    Scan scan;
    scan.original = original;
    normalise(original, scan.normal);
    part_fractions(scan.normal);
    for (std::size_t i = 0; i < scan.normal.text.size();) {
        auto const before = i;
        if (auto const item = read_item(scan, i)) scan.items.push_back(*item);
        if (i <= before) i = before + 1;
    }
    relate(scan);
    return scan;
}

bool ends_with_word(Text text, std::size_t stop, Text word) {
    if (stop < word.size() || text.substr(stop - word.size(), word.size()) != word) return false;
    return !is_latin(word[0]) || stop == word.size() || !is_latin(text[stop - word.size() - 1]);
}

bool starts_with_word(Text text, std::size_t start, Text word) {
    if (start > text.size() || text.substr(start, word.size()) != word) return false;
    return !is_latin(word.back()) || !is_latin(at(text, start + word.size()));
}

std::vector<Quantity> find_quantities(std::string_view text) {
    auto const scan = scan_quantities(text);
    std::vector<Quantity> out;
    for (auto const& item : scan.items) {
        if (item.unit == Unit::none) continue;
        Quantity q{item.low, to_canonical(item.low, item.unit), item.unit, info(item.unit).dimension, scan.normal.begin[item.begin], scan.normal.end[item.end - 1]};
        out.push_back(q);
        if (item.high != item.low) q.value = item.high, q.canonical = to_canonical(item.high, item.unit), out.push_back(q);
    }
    return out;
}

}  // namespace kindling::text

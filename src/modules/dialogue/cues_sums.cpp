// modules/dialogue/cues_sums.cpp -- what is to be added up: "how much for both", 20个一共多少钱, 多少钱一斤, "she eats 60 g a day, what does a month cost". See sums_said.h.
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/measure.h"
#include "modules/dialogue/sums_said.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

namespace {

constexpr std::size_t longest = 140;

struct Portion { double amount = 0; std::string base, label; };

// The unit that stands at `at`, with a number before it or none: 斤, "100 ml", 每100克.
std::optional<Portion> measure_at(std::u32string_view t, std::size_t at) {
    while (at < t.size() && t[at] == U' ') ++at;
    auto unit = at;
    if (auto const found = quantities(t.substr(at, 24)); !found.empty() && found.front().begin == 0 && found.front().kind == Quantity::Kind::measure && (found.front().base == "g" || found.front().base == "ml"))
        return Portion{found.front().value, found.front().base, to_utf8(t.substr(at, found.front().number_end))};
    if (unit < t.size() && t[unit] == U'一') ++unit;
    struct Row { std::u32string_view word; double factor; char const* base; };
    static constexpr Row rows[] = {{U"公斤", 1000, "g"}, {U"千克", 1000, "g"}, {U"毫升", 1, "ml"}, {U"毫克", .001, "g"}, {U"升", 1000, "ml"}, {U"斤", 500, "g"}, {U"两", 50, "g"}, {U"克", 1, "g"}, {U"kilogram", 1000, "g"}, {U"kilo", 1000, "g"}, {U"kg", 1000, "g"}, {U"pound", 453.592, "g"}, {U"lb", 453.592, "g"},
                                   {U"ounce", 28.3495, "g"}, {U"oz", 28.3495, "g"}, {U"gram", 1, "g"}, {U"litre", 1000, "ml"}, {U"liter", 1000, "ml"}, {U"millilitre", 1, "ml"}, {U"milliliter", 1, "ml"}, {U"ml", 1, "ml"}, {U"l", 1000, "ml"}, {U"g", 1, "g"}};
    for (auto const& row : rows) {
        if (!t.substr(unit).starts_with(row.word)) continue;
        auto const end = unit + row.word.size();
        if (!is_han(row.word.front()) && end < t.size() && cues::letter(t[end]) && !(t[end] == U's' && (end + 1 >= t.size() || !cues::letter(t[end + 1])))) continue;
        return Portion{row.factor, row.base, to_utf8(row.word)};
    }
    return {};
}

}  // namespace

bool names_shipping(std::u32string_view t) { return cues::has(t, U"with_shipping incl_shipping including_shipping shipping_included plus_shipping and_shipping with_delivery including_delivery plus_delivery with_postage 含运费 含邮费 加运费 加邮费 加上运费 连运费 带运费 包括运费 运费在内"); }

bool asks_total(std::u32string_view t) {
    if (t.size() > longest) return false;
    if (names_shipping(t) && cues::has(t, U"total how_much what_would sum price 一共 总共 合计 总价 多少 几块")) return true;
    constexpr std::u32string_view money = U"how_much what_would what_do what_does what_will what's_the_total what_is_the_total whats_the_total cost costs pay come_to price 多少 几块 几元 算 多钱";
    constexpr std::u32string_view whole = U"in_total altogether all_together total together for_both for_the_two for_all for_everything come_to all_in both_of_them the_lot 一共 总共 合计 加起来 全部 总价 一起 一起买 合起来 总计 两个都 都要 应付 实付 到手价 到手 最后付 实际付";
    if (cues::has(t, money) && cues::has(t, whole)) return true;
    return cues::has(t, U"what_do_i_pay what_would_i_pay what_will_i_pay what_do_i_end_up_paying how_much_do_i_pay how_much_would_i_pay how_much_will_i_pay do_i_pay_in_total what_do_i_owe 要付多少 该付多少 付多少钱 我要给多少钱 到手价多少");
}

std::optional<std::int64_t> units_asked(std::string_view said) {
    text::Normalised written;
    text::normalise(utf8_prefix(said, 600), written);
    std::u32string_view const t = written.text;
    for (auto const& n : quantities(t)) {
        if (n.limit != Quantity::Limit::exact || n.value < 2 || n.value > 9999 || n.value != std::floor(n.value)) continue;
        auto const behind = t.substr(std::min(n.number_end, t.size())), before = t.substr(0, n.number_begin);
        // 前三个, "the first three", "all 3 of them": which, and not how many of each.
        if (std::ranges::any_of(std::initializer_list<std::u32string_view>{U"前", U"后", U"这", U"那", U"第", U"每", U"first ", U"top ", U"last ", U"all ", U"the ", U"these ", U"those "}, [&](auto word) { return before.ends_with(word); })) continue;
        bool const of = std::ranges::any_of(std::initializer_list<std::u32string_view>{U" of ", U" pcs", U" pieces", U" units", U"?", U" in total", U" altogether"}, [&](auto word) { return behind.starts_with(word); });
        bool const taken = std::ranges::any_of(std::initializer_list<std::u32string_view>{U"for ", U"buy ", U"order ", U"take ", U"get ", U"want ", U"need ", U"买", U"要", U"订", U"拿"}, [&](auto word) { return before.ends_with(word); });
        if (n.kind == Quantity::Kind::count || (n.kind == Quantity::Kind::plain && of && (taken || behind.starts_with(U" of")))) return static_cast<std::int64_t>(n.value);
    }
    return {};
}

std::optional<PricePer> asks_price_per(std::u32string_view t) {
    if (t.size() > longest) return {};
    bool const asks = cues::is_question(t) || cues::has(t, U"划算 better_value best_value cheaper_per cheapest_per unit_price price_per");
    if (!asks) return {};
    // 多少钱一斤, 一斤多少钱, 每公斤多少, "how much per kg", "per 100 ml"
    for (auto const& cue : cues::find_all(t, U"多少钱 多少 几块钱 几块 per a 每 合 价格")) {
        auto const word = t.substr(cue.begin, cue.end - cue.begin);
        if (word == U"a" && !cues::has(t, U"how_much_a how_much_is_a how_much_for_a how_much_is_it_a how_much_are_they_a")) continue;
        auto at = cue.end;
        while (at < t.size() && t[at] == U' ') ++at;
        bool const each = word == U"per" || word == U"每" || word == U"a" || (at < t.size() && t[at] == U'一');
        if (!each) continue;
        if (auto const m = measure_at(t, at)) return PricePer{m->amount, m->base, m->label};
    }
    for (auto const& one : cues::find_all(t, U"一")) {
        auto const m = measure_at(t, one.begin);
        if (!m) continue;
        auto const rest = t.substr(one.end, 6);
        if (cues::has(rest, U"多少 几块 合多少 要多少 什么价")) return PricePer{m->amount, m->base, m->label};
    }
    // 哪个划算, "better value": by measure where amounts are named or are all that differ.
    if (!cues::has(t, U"划算 better_value best_value more_for_my_money more_for_the_money unit_price 性价比")) return {};
    for (auto const& n : quantities(t))
        if (n.kind == Quantity::Kind::measure && (n.base == "g" || n.base == "ml") && n.limit == Quantity::Limit::exact) return PricePer{100, n.base, ""};
    return {};
}

std::optional<Consumption> consumption(std::string_view said) {
    text::Normalised written;
    text::normalise(utf8_prefix(said, 600), written);
    std::u32string_view const t = written.text;
    if (t.size() > longest + 60 || !cues::has(t, U"how_much how_long what_does what_would cost costs last lasts 多少 多久 几天 够 能用 能吃")) return {};
    for (auto const& n : quantities(t)) {
        if (n.kind != Quantity::Kind::measure || (n.base != "g" && n.base != "ml") || n.value <= 0 || n.limit == Quantity::Limit::range) continue;
        auto behind = t.substr(std::min(n.number_end, t.size()));
        while (behind.starts_with(U" ")) behind.remove_prefix(1);
        auto const before = t.substr(n.begin >= 14 ? n.begin - 14 : 0, std::min<std::size_t>(n.begin, 14));
        bool const daily = std::ranges::any_of(std::initializer_list<std::u32string_view>{U"a day", U"per day", U"daily", U"each day", U"every day", U"/day", U"/天", U"每天", U"一天"}, [&](auto word) { return behind.starts_with(word); }) || cues::has(before, U"每天 一天 每日 一日 daily a_day per_day");
        if (!daily) continue;
        std::int64_t const days = cues::has(t, U"week weekly 一周 一星期 一个星期 每周") ? 7 : cues::has(t, U"year yearly 一年 每年") ? 365 : 30;
        return Consumption{n.value, n.base, to_utf8(t.substr(n.number_begin, n.number_end - n.number_begin)), days};
    }
    return {};
}

std::vector<Quantity> amounts_said(std::string_view said, std::string_view base) {
    text::Normalised written;
    text::normalise(utf8_prefix(said, 600), written);
    std::vector<Quantity> out;
    for (auto const& n : quantities(written.text)) {
        bool const meant = base.empty() ? n.kind == Quantity::Kind::money || (n.kind == Quantity::Kind::plain && n.value >= 5) : n.kind == Quantity::Kind::measure && n.base == base;
        if (meant && n.limit == Quantity::Limit::exact) out.push_back(n);
    }
    return out;
}

}  // namespace kindling::dialogue

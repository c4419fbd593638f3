// modules/dialogue/understand_budget.cpp -- which numbers are what there is to spend in all, and which stand for goods. See understand.h.
//
// "60 dollars and two kids to buy for", "I've got about 60", 两个孩子一共200: a ceiling for any one thing, and no price of each. The "one" of "the cheapest one" counts nothing.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

bool Reader::one_budget(Quantity const& n) const {
    auto const before = slice(n.begin >= 24 ? n.begin - 24 : 0, n.begin);
    static constexpr std::u32string_view having[] = {U"i've got ", U"i have got ", U"i have ", U"i got ", U"we've got ", U"we have ", U"ive got ", U"i only have ", U"i only got ", U"only have ", U"only got ", U"there's ", U"i can spend ", U"我有", U"我只有", U"我就有", U"手头有", U"手里有", U"手上有", U"只有"};
    if (n.kind == Quantity::Kind::money || n.limit != Quantity::Limit::exact)
        for (auto const& word : having)
            if (before.ends_with(word)) return true;
    return budget_of_several() || has(t_, U"in_total altogether all_together for_the_lot between_them 一共 总共 加起来 合计");
}

// Several people are bought for, or both of something; what is said of each is of each.
bool Reader::budget_of_several() const {
    if (has(t_, U"each apiece per_person per_child per_kid 每人 每个 各 一人 单价")) return false;
    if (has(t_, U"for_both for_the_two_of_them for_the_two_of_us for_the_pair for_all_of_them for_all_three both_kids both_boys both_girls both_children 俩孩子 俩娃 俩宝 双胞胎 twins")) return true;
    constexpr std::u32string_view many = U"kids children boys girls nephews nieces friends sons daughters sisters brothers colleagues coworkers teachers grandkids grandchildren grandsons granddaughters toddlers babies parents cousins uncles aunts ladies men women guys";
    for (auto const& number : cues::find_all(t_, U"two three four five both 2 3 4 5 couple_of several few")) {
        auto at = number.end;
        for (int words = 0; words < 3 && at < t_.size() && t_[at] == U' '; ++words) {
            auto end = at + 1;
            while (end < t_.size() && cues::letter(t_[end])) ++end;
            if (cues::one_of(slice(at + 1, end), many)) return true;
            at = end;
        }
    }
    for (auto const& number : cues::find_all(t_, U"两 俩 三 四 2 3 4 几"))
        for (std::u32string_view unit : {U"个", U"位", U"名"})
            if (slice(number.end, t_.size()).starts_with(unit))
                for (auto const& who : cues::words_of(U"孩子 小孩 娃 宝宝 朋友 同事 老人 侄子 侄女 外甥 儿子 女儿 姐妹 兄弟 闺蜜 小朋友 学生 老师 客户 长辈 妹妹 弟弟"))
                    if (slice(number.end + unit.size(), t_.size()).starts_with(who)) return true;
    return false;
}

// The "one" of "the cheapest one", "that one" stands for goods and counts none.
bool Reader::stands_for_goods(Quantity const& n) const {
    if (n.kind != Quantity::Kind::plain || n.number_end > t_.size() || slice(n.number_begin, n.number_end) != U"one") return false;
    auto at = n.number_begin;
    for (int words = 0; words < 4 && at > 0; ++words) {
        while (at > 0 && t_[at - 1] == U' ') --at;
        if (at == 0 || is_stop(t_[at - 1]) || t_[at - 1] == U'.') return false;
        auto from = at;
        while (from > 0 && (cues::letter(t_[from - 1]) || t_[from - 1] == U'\'')) --from;
        if (from == at) return false;
        auto const word = slice(from, at);
        if (cues::one_of(word, U"the that this which either other each every")) return true;
        if (words == 0 && (cues::one_of(word, U"first second third fourth fifth last") || (word.size() > 4 && (word.ends_with(U"est") || word.ends_with(U"er")) && !cues::one_of(word, U"order another either after over under")))) return true;
        if (cues::one_of(word, U"and or add take get buy just only make give put want need have with plus of in to for it")) return false;
        at = from;
    }
    return false;
}

}  // namespace kindling::dialogue

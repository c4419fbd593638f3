// modules/dialogue/understand_ages_told.cpp -- an age is no price, and one budget for several people is no price of each. See understand.h.
//
// "He's 60ish", "my aunt is about 70", 她50多, 我妈快60了, 六十多的老人: a bare number whose subject is somebody, with nothing between but a copula and words
// of roughness, counts years. What is given to somebody (给她100左右) is money, and so is a ceiling (妈妈100以内). "In her 60s" is an age, too.
//
// "60 dollars and two kids to buy for", "I've got about 60", 两个孩子一共200: what there is to spend, and a ceiling for any one thing.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view people = U"he she who mum mom mam dad mother father mama papa mummy daddy grandma grandpa granny grandad nana nan gran wife husband son daughter aunt auntie uncle sister brother niece nephew friend boss neighbour neighbor girlfriend boyfriend partner cousin teacher kid boy girl "
                                       U"mother-in-law lady man woman guy colleague";
constexpr std::u32string_view copulas = U"is was turns turning turned hes shes whos aged age";
constexpr std::u32string_view roughly = U"about around almost nearly approximately roughly over under past just only already now well close to like maybe probably circa at least more than not yet in his her their early mid late soon";
constexpr std::u32string_view persons = U"他 她 我妈 我爸 我娘 妈妈 爸爸 老妈 老爸 妈 爸 爷爷 奶奶 外公 外婆 姥姥 姥爷 婆婆 公公 岳父 岳母 老公 老婆 丈夫 妻子 老人 老人家 长辈 父亲 母亲 儿子 女儿 弟弟 妹妹 哥哥 姐姐 叔叔 阿姨 舅舅 舅妈 姑姑 姑妈 姨妈 伯父 伯母 大爷 大妈 老师 领导 老板 男朋友 女朋友 男友 女友 对象 闺蜜 朋友 同学 同事 侄子 侄女 外甥 外甥女 丈母娘 家里人";
constexpr std::u32string_view around = U"今年 今 都 已经 已 快 快要 将近 差不多 大概 大约 约 也就 才 刚 刚刚 有 是 年纪 年龄 岁数 年过 年近 接近 马上 也 就 了";

bool in_list(std::u32string_view word, std::u32string_view list) {
    auto const& words = cues::words_of(list);
    return std::ranges::find(words, word) != words.end();
}

// The longest of the words that the text ends in; 0: none.
std::size_t ending(std::u32string_view text, std::u32string_view list) {
    std::size_t longest = 0;
    for (auto const& word : cues::words_of(list))
        if (word.size() > longest && text.ends_with(word)) longest = word.size();
    return longest;
}

// Where what makes the number an age begins ("is about", 快); nothing: it is none.
std::optional<std::size_t> english_age(std::u32string_view t, std::size_t number) {
    auto at = number;
    for (int words = 0; words < 6 && at > 0; ++words) {
        while (at > 0 && t[at - 1] == U' ') --at;
        auto from = at;
        while (from > 0 && (cues::letter(t[from - 1]) || t[from - 1] == U'\'')) --from;
        if (from == at) return {};
        auto const word = t.substr(from, at - from);
        if (word.ends_with(U"'s") && in_list(word.substr(0, word.size() - 2), people)) return at;
        if (word == U"hes" || word == U"shes" || word == U"aged") return word == U"aged" ? from : at;
        if (in_list(word, copulas)) {
            auto const before = t.substr(0, from);
            auto const end = before.find_last_not_of(U' ');
            if (end == before.npos) return {};
            auto const begin = before.substr(0, end + 1).find_last_of(U" ,.");
            return in_list(before.substr(begin == before.npos ? 0 : begin + 1, end - (begin == before.npos ? 0 : begin + 1) + 1), people) ? std::optional(from) : std::nullopt;
        }
        if (!in_list(word, roughly)) return {};
        at = from;
    }
    return {};
}

std::optional<std::size_t> chinese_age(std::u32string_view t, std::size_t number) {
    auto at = number;
    bool said = false;   // 年近六十: the words say it by themselves
    for (int words = 0; words < 5; ++words) {
        while (at > 0 && t[at - 1] == U' ') --at;
        auto const size = ending(t.substr(0, at), around);
        if (size == 0) break;
        auto const word = t.substr(at - size, size);
        said = said || in_list(word, U"年纪 年龄 岁数 年过 年近");
        at -= size;
    }
    if (said) return at;
    while (at > 0 && (t[at - 1] == U' ' || t[at - 1] == U'，' || t[at - 1] == U',') && number - at < 8 && at < number) --at;
    auto const who = ending(t.substr(0, at), persons);
    if (who == 0 || t.substr(0, at).ends_with(U"吉他") || t.substr(0, at).ends_with(U"其他")) return {};
    auto const before = t.substr(0, at - who);
    // 给她100左右, 给我妈妈买200左右的: what is spent on somebody.
    static constexpr std::u32string_view giving[] = {U"给", U"送", U"为", U"替", U"帮", U"买给", U"送给", U"给我", U"送我", U"帮我"};
    bool const given = std::ranges::any_of(giving, [&](std::u32string_view word) { return before.ends_with(word); });
    return given ? std::nullopt : std::optional(at);
}

}  // namespace

// The numbers that are years of somebody are taken out; of a child they are kept without their roughness, for ages().
void Reader::ages_told() {
    for (auto const& span : cues::find_all(t_, U"in_his in_her in_their")) {
        auto at = span.end;
        for (std::u32string_view part : {U" early", U" mid", U" late", U" ", U"early ", U"mid ", U"late "})
            if (slice(at, t_.size()).starts_with(part)) at += part.size();
        auto end = at;
        while (end < t_.size() && (cues::letter(t_[end]) || t_[end] == U'\'')) ++end;
        auto const word = slice(at, end);
        bool const decade = in_list(word, U"twenties thirties forties fifties sixties seventies eighties nineties") || (word.size() >= 3 && word.size() <= 4 && word[0] >= U'1' && word[0] <= U'9' && word[1] == U'0' && word.ends_with(U's'));
        if (decade) used_.push_back({span.begin, end});
    }
    std::erase_if(numbers_, [&](Quantity& n) {
        if (n.kind != Quantity::Kind::plain || n.value < 1 || n.value > 110 || n.number_end > t_.size() || n.limit == Quantity::Limit::at_most) return false;
        auto const after = slice(n.number_end, t_.size());
        if (after.starts_with(U"%") || has(after.substr(0, 8), U"块 元 以内 以下 码 号 dollars bucks")) return false;
        bool const han = std::any_of(t_.begin(), t_.end(), is_han);
        auto begin = han ? chinese_age(t_, n.number_begin) : english_age(t_, n.number_begin);
        // 六十多的老人, 50左右的阿姨
        if (auto rest = after; han && !begin && (rest.starts_with(U"多") || rest.starts_with(U"来") || rest.starts_with(U"左右") || rest.starts_with(U"出头"))) {
            rest.remove_prefix(rest.starts_with(U"多") || rest.starts_with(U"来") ? 1 : 2);
            if (rest.starts_with(U"的"))
                for (auto const& who : cues::words_of(persons))
                    if (rest.substr(1).starts_with(who)) begin = n.number_begin;
        }
        if (han && !begin && (after.starts_with(U"多岁") || after.starts_with(U"来岁") || after.starts_with(U"几岁") || after.starts_with(U"岁多"))) begin = n.number_begin;
        // "I'm 60ish", and nothing else in its clause.
        if (!han && !begin && n.value >= 13) {
            auto const before = slice(0, n.number_begin);
            bool const self = before.ends_with(U"i'm ") || before.ends_with(U"i am ") || before.ends_with(U"i'm about ") || before.ends_with(U"i'm almost ") || before.ends_with(U"i'm nearly ");
            auto const behind = slice(std::min(std::max(n.end, n.number_end), t_.size()), t_.size());
            if (self && (behind.empty() || is_stop(behind.front()) || behind.front() == U'.' || behind.starts_with(U" and ") || behind.starts_with(U" now"))) begin = n.number_begin;
        }
        if (!begin) return false;
        n.limit = Quantity::Limit::exact, n.begin = n.number_begin;
        auto end = n.number_end;
        for (std::u32string_view tail : {U"多岁", U"岁多", U"来岁", U"多", U"几", U"出头", U"左右", U"上下", U"岁", U"ish", U"-ish", U" ish"})
            if (slice(end, t_.size()).starts_with(tail)) { end += tail.size(); break; }
        if (n.value < 18) {
            n.end = n.number_end, told_ages_.push_back({n.number_begin, n.number_end});
            return false;
        }
        used_.push_back({*begin, end});
        return true;
    });
}

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
            if (in_list(slice(at + 1, end), many)) return true;
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
        if (in_list(word, U"the that this which either other each every")) return true;
        if (words == 0 && (in_list(word, U"first second third fourth fifth last") || (word.size() > 4 && (word.ends_with(U"est") || word.ends_with(U"er")) && !in_list(word, U"order another either after over under")))) return true;
        if (in_list(word, U"and or add take get buy just only make give put want need have with plus of in to for it")) return false;
        at = from;
    }
    return false;
}

}  // namespace kindling::dialogue

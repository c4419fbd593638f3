// modules/dialogue/understand_ages.cpp -- how old somebody is, in words and without the word "years": "he's 60ish", "turns 7 next week", 满周岁, 小学二年级, 她50多. See understand.h.
//
// A bare number behind somebody and a verb of being, with nothing behind it that it could count, is an age and no amount: of a grown-up it limits nothing, of a
// child it is what ages() of understand_people.cpp holds goods against, of a cat or a dog its stage of life. Read before anything else is made of the numbers.
//
// What is only roughly told ("my aunt is about 70", 我妈快60了, 六十多的老人) is read once it is known what is pointed at: with nothing between somebody and the number but a copula
// and words of roughness it counts years. What is given to somebody (给她100左右) is money, and so is a ceiling (妈妈100以内).
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view animals = U"猫 狗 犬 宠物 喵 汪 cat cats dog dogs kitten kittens puppy puppies pup pet hamster rabbit";
constexpr double grown_up_from = 18, oldest = 110;

std::u32string_view trimmed(std::u32string_view text) {
    while (!text.empty() && text.back() == U' ') text.remove_suffix(1);
    return text;
}

// "He is about", "my dad's nearly": what softens the number stands between.
std::u32string_view without_softeners(std::u32string_view before) {
    for (bool moved = true; moved;) {
        moved = false, before = trimmed(before);
        for (std::u32string_view word : {U" about", U" around", U" roughly", U" nearly", U" almost", U" just", U" only", U" already", U" going on", U" like", U" maybe", U"都快", U"已经", U"快", U"大概", U"差不多", U"刚满", U"刚", U"才", U"都", U"满", U"也就"})
            if (before.ends_with(word)) { before.remove_suffix(word.size()), moved = true; break; }
    }
    return before;
}

// What is told of the one before it as an age. `person`: where whoever was named ends; npos: nobody.
bool is_said_of_somebody(std::u32string_view before, std::size_t person) {
    static constexpr std::u32string_view outright[] = {U"he's", U"she's", U"hes", U"shes", U"he is", U"she is", U"they're", U"they are", U"theyre", U"who's", U"whos", U"who is", U"he turns", U"she turns", U"he'll be", U"she'll be", U"i'm", U"i am"};
    auto const ends = [&](std::u32string_view word) { return before.ends_with(word) && (before.size() == word.size() || !cues::letter(before[before.size() - word.size() - 1])); };
    if (std::ranges::any_of(outright, ends)) return person != before.npos || !(ends(U"they're") || ends(U"they are") || ends(U"theyre"));   // "they're 15" may be a price
    if (before.ends_with(U"吉他") || before.ends_with(U"其他")) return false;
    if (before.ends_with(U"她") || before.ends_with(U"他") || before.ends_with(U"今年") || before.ends_with(U"年纪") || before.ends_with(U"年龄") || before.ends_with(U"马上")) return !(before.ends_with(U"给她") || before.ends_with(U"给他") || before.ends_with(U"送她") || before.ends_with(U"送他"));
    static constexpr std::u32string_view being[] = {U" is", U"'s", U" turns", U" turning", U" turned", U" turn", U" will be", U" is turning", U" becomes"};
    // "My dad is 62", "my son who just turned eight", and not the budget of "for my dad, my budget is 60".
    return std::ranges::any_of(being, [&](std::u32string_view word) {
        if (!before.ends_with(word) || person > before.size() - word.size()) return false;
        auto gap = before.substr(person, before.size() - word.size() - person);
        for (std::u32string_view small : {U" who", U" has", U" just", U" only", U" soon", U" almost", U","})
            if (gap.starts_with(small)) gap.remove_prefix(small.size());
        return gap.empty();
    });
}

// Nothing stands behind that it would count.
bool counts_nothing(std::u32string_view after) {
    while (!after.empty() && after.front() == U' ') after.remove_prefix(1);
    if (after.empty() || std::u32string_view(U",，。.;；!！?？)、").find(after.front()) != std::u32string_view::npos) return true;
    static constexpr std::u32string_view next[] = {U"and ", U"but ", U"so ", U"next ", U"this ", U"now", U"today", U"tomorrow", U"soon", U"already", U"who ", U"or so", U"years", U"year", U"yrs", U"yr", U"yo", U"on ", U"when ", U"with ", U"he ", U"she ", U"they ", U"in january", U"in february", U"in march", U"in april", U"in may", U"in june", U"in july", U"in august", U"in september", U"in october", U"in november", U"in december", U"in a ", U"in two ", U"in spring", U"in summer", U"in autumn", U"in winter", U"多", U"来岁", U"几岁", U"几", U"了", U"岁", U"周岁"};
    return std::ranges::any_of(next, [&](std::u32string_view word) { return after.starts_with(word); });
}

constexpr std::u32string_view people = U"he she who mum mom mam dad mother father mama papa mummy daddy grandma grandpa granny grandad nana nan gran wife husband son daughter aunt auntie uncle sister brother niece nephew friend boss neighbour neighbor girlfriend boyfriend partner cousin teacher kid boy girl "
                                       U"mother-in-law lady man woman guy colleague";
constexpr std::u32string_view copulas = U"is was turns turning turned hes shes whos aged age";
constexpr std::u32string_view roughly = U"about around almost nearly approximately roughly over under past just only already now well close to like maybe probably circa at least more than not yet in his her their early mid late soon";
constexpr std::u32string_view persons = U"他 她 我妈 我爸 我娘 妈妈 爸爸 老妈 老爸 妈 爸 爷爷 奶奶 外公 外婆 姥姥 姥爷 婆婆 公公 岳父 岳母 老公 老婆 丈夫 妻子 老人 老人家 长辈 父亲 母亲 儿子 女儿 弟弟 妹妹 哥哥 姐姐 叔叔 阿姨 舅舅 舅妈 姑姑 姑妈 姨妈 伯父 伯母 大爷 大妈 老师 领导 老板 男朋友 女朋友 男友 女友 对象 闺蜜 朋友 同学 同事 侄子 侄女 外甥 外甥女 丈母娘 家里人";
constexpr std::u32string_view around = U"今年 今 都 已经 已 快 快要 将近 差不多 大概 大约 约 也就 才 刚 刚刚 有 是 年纪 年龄 岁数 年过 年近 接近 马上 也 就 了";

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
        if (word.ends_with(U"'s") && cues::one_of(word.substr(0, word.size() - 2), people)) return at;
        if (word == U"hes" || word == U"shes" || word == U"aged") return word == U"aged" ? from : at;
        if (cues::one_of(word, copulas)) {
            auto const before = t.substr(0, from);
            auto const end = before.find_last_not_of(U' ');
            if (end == before.npos) return {};
            auto const begin = before.substr(0, end + 1).find_last_of(U" ,.");
            return cues::one_of(before.substr(begin == before.npos ? 0 : begin + 1, end - (begin == before.npos ? 0 : begin + 1) + 1), people) ? std::optional(from) : std::nullopt;
        }
        if (!cues::one_of(word, roughly)) return {};
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
        said = said || cues::one_of(word, U"年纪 年龄 岁数 年过 年近");
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

void Reader::ages_without_years() {
    auto const known = [&](Span const& span) { return person_ && ((span.begin < person_->of.end && person_->of.begin < span.end) || (span.begin < person_->works.end && person_->works.begin < span.end)); };
    std::erase_if(numbers_, [&](Quantity const& n) {
        bool const years = n.kind == Quantity::Kind::plain || (n.kind == Quantity::Kind::measure && n.base == "year");
        if (!years || n.limit == Quantity::Limit::range || n.limit == Quantity::Limit::at_most || n.limit == Quantity::Limit::at_least || n.value < 1 || n.value > oldest || n.value != std::floor(n.value) || n.number_end > t_.size()) return false;
        Span span{n.number_begin, std::max(n.number_end, std::min(n.end, t_.size()))};
        if (known(span) || !is_said_of_somebody(without_softeners(slice(0, n.number_begin)), person_ ? person_->span.end : std::u32string_view::npos) || !counts_nothing(slice(span.end, t_.size()))) return false;
        for (std::u32string_view unit : {U"多岁", U"来岁", U"几岁", U"周岁", U"多", U"岁", U" years old", U" year old", U" years", U" yrs", U" yo"})
            if (slice(span.end, t_.size()).starts_with(unit)) { span.end += unit.size(); break; }
        ages_.push_back({span, n.value, to_utf8(slice(n.number_begin, n.number_end))});
        return true;
    });
    // 满周岁, 周岁生日: one year, with no number.
    for (auto const& span : cues::find_all(t_, U"满周岁 过周岁 周岁生日 周岁宴 一周岁 抓周 first_birthday 1st_birthday turns_one turning_one"))
        if (std::ranges::none_of(ages_, [&](Age const& age) { return age.span.begin < span.end && span.begin < age.span.end; })) {
            std::erase_if(numbers_, [&](Quantity const& n) { return n.begin < span.end && span.begin < n.end; });
            ages_.push_back({span, 1, out_.locale == Locale::zh ? "一岁" : "1"});
        }
    // 小学二年级, "second grade": six when they begin.
    static constexpr std::u32string_view numerals = U"一二三四五六";
    for (auto const& span : cues::find_all(t_, U"一年级 二年级 三年级 四年级 五年级 六年级"))
        if (!known(span)) ages_.push_back({span, 6.0 + static_cast<double>(numerals.find(t_[span.begin])), to_utf8(slice(span.begin, span.end))});
    static constexpr std::u32string_view grades[] = {U"first_grade first_grader 1st_grade 1st_grader", U"second_grade second_grader 2nd_grade 2nd_grader", U"third_grade third_grader 3rd_grade 3rd_grader", U"fourth_grade fourth_grader 4th_grade 4th_grader", U"fifth_grade fifth_grader 5th_grade 5th_grader", U"sixth_grade sixth_grader 6th_grade 6th_grader"};
    for (std::size_t i = 0; i < std::size(grades); ++i)
        for (auto const& span : cues::find_all(t_, grades[i]))
            if (!known(span)) ages_.push_back({span, 6.0 + static_cast<double>(i), to_utf8(slice(span.begin, span.end))});
    // "In his sixties", "in her 50s": no price band.
    for (auto const& lead : cues::find_all(t_, U"in_his in_her in_their in_my")) {
        auto const rest = slice(lead.end, t_.size());
        auto at = lead.end;
        for (std::u32string_view part : {U" early", U" mid", U" late"})
            if (rest.starts_with(part)) at += part.size();
        while (at < t_.size() && t_[at] == U' ') ++at;
        auto end = at;
        while (end < t_.size() && cues::letter(t_[end])) ++end;
        auto const word = slice(at, end);
        bool const decade = (word.size() == 3 && word[0] >= U'1' && word[0] <= U'9' && word.substr(1) == U"0s") || has(word, U"twenties thirties forties fifties sixties seventies eighties nineties");
        if (!decade) continue;
        ages_.push_back({{lead.begin, end}, 50, to_utf8(word)});
        std::erase_if(numbers_, [&](Quantity const& n) { return n.begin < end && lead.begin < n.end; });
    }
    if (ages_.empty()) return;
    constexpr std::size_t most_ages = 8;
    if (ages_.size() > most_ages) ages_.resize(most_ages);
    auto const times = cues::find_all(t_, U"next_month next_week next_year this_month this_week this_year in_a_month in_a_week in_a_few_weeks tomorrow today soon hes shes theyre whos 下个月 下周 下星期 明天 今年 马上");
    for (auto const& age : ages_) {
        auto const inside = [&](auto const& what) { return what.begin < age.span.end && age.span.begin < what.end; };
        std::erase_if(matches_, inside), std::erase_if(mentions_, inside);
        used_.push_back(age.span), taken_.push_back(age.span);
        // What comes of it and says nothing of goods: "next month".
        for (auto const& when : times)
            if (when.begin + 24 >= age.span.begin && when.begin <= age.span.end + 2) used_.push_back(when), taken_.push_back(when);
    }
    // "My cat is 13", and not "my son is 7 and loves cats".
    auto const animal = person_ || has(t_, U"熊猫 天猫 猫头鹰 热狗 海狗") ? std::nullopt : cues::find(t_, animals);
    if (animal && animal->begin < ages_.front().span.begin) animal_years_ = ages_.front().years, ages_.clear();
    std::erase_if(ages_, [](Age const& age) { return age.years >= grown_up_from; });
}

// The numbers that are years of somebody are taken out; of a child they are kept without their roughness, for ages().
void Reader::ages_told() {
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

}  // namespace kindling::dialogue

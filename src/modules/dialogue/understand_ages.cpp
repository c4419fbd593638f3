// modules/dialogue/understand_ages.cpp -- how old somebody is, in words and without the word "years": "he's 60ish", "turns 7 next week", 满周岁, 小学二年级, 她50多. See understand.h.
//
// A bare number behind somebody and a verb of being, with nothing behind it that it could count, is an age and no amount: of a grown-up it limits nothing, of a
// child it is what ages() of understand_people.cpp holds goods against, of a cat or a dog its stage of life. Read before anything else is made of the numbers.
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

}  // namespace

void Reader::ages_without_years() {
    auto const known = [&](Span const& span) { return person_ && ((span.begin < person_->of.end && person_->of.begin < span.end) || (span.begin < person_->works.end && person_->works.begin < span.end)); };
    // "My cat is 13", and not "my son is 7 and loves cats".
    auto const animal = person_ || has(t_, U"熊猫 天猫 猫头鹰 热狗 海狗") ? std::nullopt : cues::find(t_, animals);
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
    if (animal && !ages_.empty() && animal->begin < ages_.front().span.begin) animal_years_ = ages_.front().years, ages_.clear();
    std::erase_if(ages_, [](Age const& age) { return age.years >= grown_up_from; });
}

}  // namespace kindling::dialogue

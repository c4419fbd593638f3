// modules/dialogue/understand_people.cpp -- what is said of the people that goods are for: whom a present is for, a child's age, a shoe size of another country, a body's measures. See understand.h.
//
// Ages: values of the catalogue that name ages ("3岁以上", "1 to 3 years") are refused where they do not suit the ages that were said; goods that name
// none stay. Sizes: a US size steps by a barleycorn (8.47 mm), a European one by a Paris point (6.67 mm), so EU = 1.27 x US + 31 for men, women's US
// numbers lie 1.5 above men's, UK ones 1 below men's; the lines meet the tables that the large makers print within half a size, and it is said that
// brands differ.
#include "modules/dialogue/reader.h"
#include <fmt/format.h>

namespace kindling::dialogue {

namespace {

struct AgeRange { double least = 0, most = infinity; };

// "3 to 6 years", "3-6岁", "6 and up", "8岁以上".
std::optional<AgeRange> age_range(Label const& label) {
    auto const zh = surface_of(label.zh), en = surface_of(label.en);
    bool const speaks = zh.find(U"岁") != zh.npos || en.find(U"year") != en.npos || en.find(U"and up") != en.npos;
    if (!speaks) return {};
    std::vector<double> numbers;
    auto const& text = zh.find(U"岁") != zh.npos ? zh : en;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] < U'0' || text[i] > U'9') { ++i; continue; }
        double n = 0;
        for (; i < text.size() && text[i] >= U'0' && text[i] <= U'9'; ++i) n = n * 10 + (text[i] - U'0');
        numbers.push_back(n);
    }
    if (numbers.size() == 2 && numbers[0] <= numbers[1]) return AgeRange{numbers[0], numbers[1]};
    if (numbers.size() != 1) return {};
    if (zh.find(U"以上") != zh.npos || en.find(U"and up") != en.npos || en.find(U"+") != en.npos) return AgeRange{numbers[0], infinity};
    if (zh.find(U"以下") != zh.npos || en.find(U"under") != en.npos) return AgeRange{0, numbers[0]};
    return {};
}

}  // namespace

namespace {

// "6yo", "6 yo", "6 y/o", "4 yrs": behind the number.
bool years_said(std::u32string_view after) {
    if (after.starts_with(U" ")) after.remove_prefix(1);
    return std::ranges::any_of(std::initializer_list<std::u32string_view>{U"yo", U"y/o", U"y.o", U"yrs old", U"yr old", U"yrs", U"yr olds", U"year olds"}, [&](std::u32string_view unit) { return after.starts_with(unit) && (after.size() == unit.size() || !cues::letter(after[unit.size()])); });
}

}  // namespace

bool Reader::has_age_values() const {
    return std::ranges::any_of(words_.attributes, [](AttributeInfo const& info) { return !info.numeric && std::ranges::any_of(info.values, [](Label const& value) { return age_range(value).has_value(); }); });
}

void Reader::ages() {
    std::vector<double> said;
    std::string words;
    for (auto const& age : ages_) said.push_back(age.years), words += (words.empty() ? "" : ", ") + age.words;
    bool const of_a_child = person_ && person_->whom == Reading::Whom::child;   // "my daughter turns five", "who is two"
    for (auto const& n : numbers_) {
        if (n.limit != Quantity::Limit::exact || n.number_end > t_.size()) continue;
        auto const after = slice(n.number_end, std::min(t_.size(), n.number_end + 12)), before = slice(n.number_begin >= 14 ? n.number_begin - 14 : 0, n.number_begin);
        bool const told = std::ranges::any_of(told_ages_, [&](Span const& a) { return a.begin == n.number_begin; });
        bool const age = told || slice(n.number_begin, n.number_end).ends_with(U"岁") || after.starts_with(U"岁") || after.starts_with(U" year old") || after.starts_with(U" years old") || after.starts_with(U" old") || after.starts_with(U" yr old") || years_said(after) || before.ends_with(U"aged ") || before.ends_with(U"age ") || (!said.empty() && before.ends_with(U" and ") && before.find(U"aged ") != before.npos) || (of_a_child && (before.ends_with(U"turns ") || before.ends_with(U"turning ") || before.ends_with(U"turned ") || (before.ends_with(U" is ") && (after.empty() || is_stop(after.front()) || after.starts_with(U" and ") || after.starts_with(U" years") || after.starts_with(U" now")))));
        // "8 months old", 八个月的宝宝: parts of a year.
        bool const months = n.base == "month" && (after.starts_with(U"大") || after.starts_with(U"的宝宝") || after.starts_with(U"宝宝") || after.starts_with(U"的婴儿") || after.starts_with(U"婴儿") || after.starts_with(U"的孩子") || after.starts_with(U" old") || after.starts_with(U" baby") || before.ends_with(U"baby of ") || before.ends_with(U"infant of "));
        bool const young = n.base == "year" && n.kind == Quantity::Kind::measure && n.value < 1;
        double const years = months ? n.value / 12 : n.base == "year" || n.kind == Quantity::Kind::plain ? n.value : 0;
        // 一岁半, 两岁半
        bool const and_a_half = slice(0, n.number_end).ends_with(U"岁") ? after.starts_with(U"半") : after.starts_with(U"岁半");
        if ((!age && !months && !young) || years <= 0 || (years < 1 && !months && !young) || years > 17) continue;
        if (months) taken_.push_back({n.begin, n.end});
        said.push_back(years + (and_a_half && years == std::floor(years) ? 0.5 : 0));
        for (std::u32string_view word : {U"ages ", U"aged ", U"age "})
            if (before.ends_with(word)) used_.push_back({n.number_begin - word.size(), n.number_begin});
        // "三岁宝宝": whose age it is; nothing for babies is asked for.
        if (auto const rest = after.substr((after.starts_with(U"岁") ? 1 : 0) + (and_a_half ? 1 : 0)); slice(n.number_begin, n.number_end).ends_with(U"岁") || after.starts_with(U"岁"))
            for (auto const& person : {U"的宝宝", U"宝宝", U"宝贝", U"的孩子", U"孩子", U"小孩", U"小朋友", U"娃", U"幼儿"})
                if (std::u32string_view const who(person); rest.starts_with(who)) {
                    auto const begin = n.number_end + (after.size() - rest.size());
                    used_.push_back({begin, begin + who.size()});
                    break;
                }
        words += (words.empty() ? "" : ", ") + to_utf8(slice(n.number_begin, n.number_end)) + (and_a_half && after.starts_with(U"半") ? "半" : "");
    }
    // People of an age that nobody counts: where goods say for whom they are made, no word to look for.
    struct Row { std::u32string_view said; std::vector<double> years; };
    bool titles_say_it = true, counted = !said.empty();
    static Row const rows[] = {
        {U"toddler toddlers 学步 刚会走", {1, 2}},
        {U"for_a_baby for_my_baby for_our_baby for_babies for_an_infant for_infants infant infants newborn newborns baby_bottle 婴儿 新生儿 婴幼儿", {1}},
        {U"preschooler preschoolers kindergarten in_preschool 幼儿园 上幼儿园 学龄前", {4}},
        {U"first_grader first_grade 小学一年级 一年级 上小学 刚上学", {6}},
        {U"小学生 schoolboy schoolgirl grade_school primary_school elementary_school", {8}},
        {U"teen teens teenager teenagers teenage_boy teenage_girl teenage_son teenage_daughter 青少年 初中生 高中生 中学生", {14}},
    };
    for (auto const& row : rows)
        if (auto const span = cues::find(t_, row.said); span && said.empty() && !(person_ && ((span->begin < person_->of.end && person_->of.begin < span->end) || (span->begin < person_->works.end && person_->works.begin < span->end)))) {
            auto who = slice(span->begin, span->end);
            for (std::u32string_view lead : {U"for a ", U"for an ", U"for my ", U"for our ", U"for "})
                if (who.starts_with(lead)) { who.remove_prefix(lead.size()); break; }
            said = row.years, words = to_utf8(who);
            titles_say_it = &row == &rows[0];
            if (has_age_values()) used_.push_back(*span);
        }
    if (said.empty()) return;
    auto const [youngest, oldest] = std::ranges::minmax(said);
    if (out_.whom == Reading::Whom::unknown) out_.whom = Reading::Whom::child;
    // So that the refusal reads well: "不要不适合五岁的".
    Constraint c{.polarity = Polarity::avoid, .said = out_.locale == Locale::zh ? "不适合" + words + "的" : (counted ? "what does not suit age " : "what does not suit ") + words};
    for (auto const& info : words_.attributes)
        for (auto const& value : info.values)
            if (auto const range = age_range(value); range && c.values.size() < 40 && (range->least > youngest || range->most < oldest)) c.values.push_back({info.name, value.en, value.zh}), c.attribute = info.name;
    if (!c.values.empty()) out_.constraints.push_back(std::move(c));
    // Goods with nothing but texts say for what age they are in their titles.
    else if (titles_say_it && has_title_in(Locale::en)) {
        bool const zh = out_.locale == Locale::zh;
        if (!zh && said.size() == 1 && youngest == std::floor(youngest)) hints_ += U" " + to_utf32(plain_number(youngest)) + U" year old";
        if (oldest <= 5) hints_ += oldest <= 3 ? (zh ? U" 幼儿" : U" toddler") : (zh ? U" 学龄前" : U" preschool");
        c.values = {{"", "for adults", ""}};
        if (oldest <= 6)
            for (auto const* pieces : {"300", "350", "400", "500", "550", "600", "750", "1000", "1500", "2000"}) c.values.push_back({"", std::string(pieces) + " piece", ""}), c.values.push_back({"", std::string(pieces) + " pieces", ""});
        if (oldest <= 6) c.values.push_back({"", "1000pcs", ""});
        // What a title says is from a later age on.
        for (auto age = static_cast<int>(std::floor(youngest)) + 2; age <= 18; ++age)
            for (auto const* form : {"ages {}", "age {}", "{} years and up", "{} and up"}) c.values.push_back({"", fmt::format(fmt::runtime(form), age), ""});
        out_.constraints.push_back(std::move(c));
    }
}

// "身高165体重52公斤", "I'm 170 cm and 65 kg": of the person. Outside a question of size only where the words say whose.
void Reader::body() {
    struct Row { shop::BodyMeasure what; std::u32string_view said; double low, high; };
    static constexpr Row rows[] = {{shop::BodyMeasure::height, U"身高 个子 height tall", 90, 220}, {shop::BodyMeasure::weight, U"体重 weight weigh", 10, 200}, {shop::BodyMeasure::chest, U"胸围 chest bust", 50, 160}, {shop::BodyMeasure::waist, U"腰围 waist", 40, 160}, {shop::BodyMeasure::hip, U"臀围 hip hips", 50, 170}};
    bool const of_a_person = has(t_, U"身高 体重 胸围 腰围 臀围 我 i'm i_am i_weigh my_height my_weight my_waist my_chest my_hips my_bust");
    if (out_.intent != Intent::size_help && !of_a_person) return;
    std::erase_if(numbers_, [&](Quantity const& n) {
        if (n.kind != Quantity::Kind::measure && n.kind != Quantity::Kind::plain) return false;
        if (n.kind == Quantity::Kind::measure && n.base != "mm" && n.base != "g") return false;
        auto const value = n.kind == Quantity::Kind::plain ? n.value : n.base == "mm" ? n.value / 10 : n.value / 1000;
        auto before = slice(n.begin >= 9 ? n.begin - 9 : 0, n.begin), after = slice(n.end, std::min(t_.size(), n.end + 6));
        for (std::size_t i = before.size(); i > 0; --i)  // of the same clause, behind any other number
            if (is_stop(before[i - 1]) || (before[i - 1] >= U'0' && before[i - 1] <= U'9')) { before.remove_prefix(i); break; }
        Row const* meant = nullptr;
        for (auto const& row : rows)
            if (has(before, row.said) || has(slice(n.begin, n.end), row.said)) meant = &row;
        if (!meant && has(after, U"tall")) meant = &rows[0];
        if (!meant && n.kind == Quantity::Kind::measure && (out_.intent == Intent::size_help || has(before, U"i'm i_am 我"))) meant = n.base == "g" ? &rows[1] : n.value >= 1300 ? &rows[0] : nullptr;
        // 160/64kg
        if (!meant && n.kind == Quantity::Kind::plain && out_.intent == Intent::size_help && n.value >= 130 && n.value <= 215 && n.limit == Quantity::Limit::exact && std::ranges::any_of(numbers_, [&](Quantity const& other) { return other.kind == Quantity::Kind::measure && other.base == "g" && other.begin >= n.end && other.begin <= n.end + 2; })) meant = &rows[0];
        if (!meant || value < meant->low || value > meant->high || (n.kind == Quantity::Kind::measure && (n.base == "g") != (meant == &rows[1]))) return false;
        out_.body[meant->what] = value;
        used_.push_back({n.begin, n.end});
        return true;
    });
}

bool Reader::size_of_another_country(Quantity const& n, Scope const& scope) {
    if (n.value < 2 || n.value > 18) return false;
    auto const after = slice(n.number_end, std::min(t_.size(), n.number_end + 8)), before = slice(n.number_begin >= 10 ? n.number_begin - 10 : 0, n.number_begin);
    bool const us = before.ends_with(U"us ") || before.ends_with(U"us size ") || before.ends_with(U"美码") || after.starts_with(U" us") || after.starts_with(U"(us") || after.starts_with(U"us");
    bool const uk = before.ends_with(U"uk ") || before.ends_with(U"uk size ") || before.ends_with(U"英码") || after.starts_with(U" uk") || after.starts_with(U"uk");
    bool const bare = before.ends_with(U"size ") || before.ends_with(U"a size ") || after.starts_with(U"码");
    if (!us && !uk && !bare) return false;
    // Only where the sizes of these goods are European ones.
    auto const number_of = [](Label const& label) -> double {
        auto const& text = label.zh.empty() ? label.en : label.zh;
        double value = 0;
        std::size_t digits = 0;
        for (char const c : text)
            if (c >= '0' && c <= '9') value = value * 10 + (c - '0'), ++digits;
        return digits == 2 ? value : 0;
    };
    int attribute = -1;
    for (std::size_t a = 0; a < words_.attributes.size() && attribute < 0; ++a) {
        auto const& info = words_.attributes[a];
        if (info.name != "size" && info.label.en.find("ize") == std::string::npos && info.label.zh.find("码") == std::string::npos) continue;
        std::size_t european = 0, any = 0;
        for (std::size_t v = 0; v < info.values.size(); ++v)
            if (scope.values[a][v]) ++any, european += number_of(info.values[v]) >= 34 && number_of(info.values[v]) <= 50;
        if (european >= 3 && european * 2 > any) attribute = static_cast<int>(a);
    }
    if (attribute < 0) return false;
    bool const woman = out_.whom == Reading::Whom::woman || has(t_, U"women women's womens ladies woman female wife girlfriend mother mom mum sister 女 女士 女款 老婆 妈妈 女朋友");
    double const us_men = uk ? (woman ? n.value + 0.5 : n.value + 1) : woman ? n.value - 1.5 : n.value;
    auto const european = plain_number(std::round(1.27 * us_men + 31));
    auto const& info = words_.attributes[static_cast<std::size_t>(attribute)];
    Constraint c{.attribute = info.name, .said = std::string(uk ? "UK " : "US ") + plain_number(n.value)};
    for (std::size_t v = 0; v < info.values.size(); ++v)
        if (scope.values[static_cast<std::size_t>(attribute)][v] && plain_number(number_of(info.values[v])) == european) c.values.push_back({info.name, info.values[v].en, info.values[v].zh});
    if (c.values.empty()) c.values.push_back({info.name, "EU " + european, european});
    out_.converted.emplace_back(c.said, "EU " + european);
    out_.constraints.push_back(std::move(c));
    used_.push_back({n.begin, n.end});
    return true;
}

void Reader::presents() {
    if (person_) out_.recipient = to_utf8(slice(person_->span.begin, person_->span.end)), out_.whom = person_->whom;
    // "My boyfriend recommended it", 我同学推荐的: who says so is given nothing.
    if (person_) {
        auto after = slice(person_->span.end, t_.size());
        while (!after.empty() && after.front() == U' ') after.remove_prefix(1);
        for (std::u32string_view word : {U"recommended", U"recommends", U"said", U"says", U"told me", U"gave me", U"bought me", U"got me", U"thinks", U"has the same", U"推荐", U"说", U"送我", U"送的", U"给我", U"介绍", U"买的", U"也有", U"都在用"})
            if (after.starts_with(word)) { out_.recipient.clear(), out_.whom = Reading::Whom::unknown; break; }
    }
    // "For her teacher": hers, and nothing is said of the teacher.
    auto const speaks_of = [&](std::u32string_view list) {
        return std::ranges::any_of(cues::find_all(t_, list), [&](Span const& span) { return !(person_ && span.end < person_->span.begin && slice(span.begin, span.end) == U"her" && slice(span.end, person_->span.begin).size() <= 16 && slice(span.end, person_->span.begin).find_first_of(U",.?!") == std::u32string_view::npos); });
    };
    if (out_.whom == Reading::Whom::unknown) out_.whom = speaks_of(U"her she she's") ? Reading::Whom::woman : speaks_of(U"him he he's") ? Reading::Whom::man : out_.whom;
    // 给爸爸买点东西: nothing is wanted in particular.
    bool const of_nothing = !out_.recipient.empty() && out_.free_text.empty() && has(t_, U"买点东西 买个东西 买点儿东西 买些东西 买件东西 送点东西 送个东西 get_something_for buy_something_for something_for_my");
    // A Christmas tree and things for a birthday party are goods of their own.
    bool const for_an_occasion = std::ranges::any_of(cues::find_all(t_, U"生日 圣诞 birthday christmas"), [&](Span const& span) {
        auto after = slice(span.end, t_.size());
        if (!after.empty() && (after.front() == U' ' || after.front() == U'节')) after.remove_prefix(1);
        static constexpr std::u32string_view goods[] = {U"tree", U"party", U"banner", U"decoration", U"cake", U"card", U"ornament", U"supplies", U"balloon", U"lights", U"stocking", U"wreath", U"garland", U"hat", U"costume", U"candle", U"crown", U"气球", U"灯", U"袜", U"花环", U"帽", U"服", U"蜡烛", U"贴纸", U"树", U"派对", U"聚会", U"装饰", U"蛋糕", U"贺卡"};
        return std::ranges::none_of(goods, [&](std::u32string_view one) { return after.starts_with(one); });
    });
    out_.gift = out_.gift || of_nothing || (!out_.recipient.empty() && has(t_, U"买点啥 买点什么 买啥好 买什么好 送点啥 送点什么 送啥 送什么")) || has(t_, U"礼物 送礼 礼品 谢礼 贺礼 回礼 伴手礼 见面礼 送给 送妈 送爸 送女 送男 送老 送朋友 送孩子 送人 纪念日 情人节 母亲节 父亲节 gift gifts present presents anniversary valentine's mother's_day father's_day") || for_an_occasion || (!out_.recipient.empty() && situation_.pending == "recipient");
    bool const named = std::any_of(out_.constraints.begin(), out_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; });
    if (out_.gift && !named && situation_.categories.empty() && (out_.intent == Intent::find || out_.intent == Intent::no_preference)) out_.intent = Intent::gift;
}

}  // namespace kindling::dialogue

// modules/dialogue/understand_persons.cpp -- who goods are for, of all people that a sentence speaks of. See understand.h.
//
// "My son's teacher", 我儿子的老师, 孩子班主任, "the coach of my daughter": one person belongs to another, and the head of the chain is meant: in English what stands last behind a
// possessive and first before an "of", in Chinese what stands last. Whose teacher it is says nothing of the goods, nor does the age of that child. Only who is of one's own age
// (a child's friend, 女儿的同学) is a child as well. Of several people that do not belong together the one counts who is given something (behind "for", 给, 送).
#include "modules/dialogue/reader.h"
#include <unordered_set>

namespace kindling::dialogue {

namespace {

struct PeopleRow { Reading::Whom whom; std::u32string_view said; };
constexpr PeopleRow people[] = {
    {Reading::Whom::woman, U"妈妈 母亲 老妈 婆婆 岳母 丈母娘 奶奶 外婆 姥姥 老婆 妻子 女朋友 女友 闺蜜 姐姐 妹妹 阿姨 女同事 女老师 mother mom mum grandma grandmother wife girlfriend sister aunt for_a_woman for_a_lady"},
    {Reading::Whom::man, U"爸爸 父亲 老爸 公公 岳父 爷爷 外公 姥爷 老公 丈夫 男朋友 男友 哥哥 弟弟 叔叔 男同事 男老师 father dad grandpa grandfather husband boyfriend brother uncle for_a_man for_a_guy for_a_gentleman"},
    {Reading::Whom::child, U"孩子 小孩 宝宝 儿子 女儿 侄子 侄女 外甥 外甥女 孙子 孙女 外孙 外孙女 小朋友 男孩 女孩 小男生 小女生 男童 女童 小学生 child kid kids children son daughter nephew niece baby toddler boy girl grandson granddaughter godson goddaughter teenager teen"},
    {Reading::Whom::unknown, U"朋友 同事 老师 老板 客户 领导 邻居 恩师 班主任 导师 教授 师傅 上司 上级 经理 主管 甲方 员工 下属 房东 医生 护士 教练 长辈 亲戚 同学 室友 舍友 保姆 friend friends colleague colleagues teacher teachers boss client clients coworker coworkers co_worker neighbour neighbor neighbours neighbors customer_of_mine my_professor my_tutor my_mentor my_manager my_supervisor my_employees our_employees my_employee my_assistant my_landlord my_landlady my_doctor my_nurse my_coach my_trainer my_host our_host our_hosts my_hosts the_host the_hosts the_hostess a_host my_classmate my_roommate my_flatmate my_relatives in_laws parents_in_law babysitter the_nanny my_nanny"},
};

// Who is somebody's, and alone may be a word for much else.
constexpr PeopleRow of_somebody[] = {
    {Reading::Whom::woman, U"godmother stepmother stepmom mother_in_law sister_in_law daughter_in_law 儿媳 儿媳妇 fiancee midwife 未婚妻 嫂子 弟媳 干妈 养母"},
    {Reading::Whom::man, U"godfather stepfather stepdad father_in_law brother_in_law son_in_law 女婿 fiance 未婚夫 姐夫 妹夫 姑父 干爹 养父"},
    {Reading::Whom::unknown, U"tutor tutors professor mentor coach coaches trainer instructor doctor dentist nurse therapist vet nanny sitter principal headmaster headteacher driver manager supervisor assistant landlord landlady host hostess classmate classmates roommate flatmate playmate bestie buddy pal partner parents family employees staff receptionist librarian secretary 校长 园长 家教 辅导员 牙医 主任 司机 秘书 助理 同桌 好友 小伙伴 伙伴 父母 家长 家人"},
};
constexpr std::u32string_view of_the_same_age = U"friend friends bestie buddy pal playmate classmate classmates roommate flatmate 朋友 同学 同桌 好友 小伙伴 伙伴 闺蜜";
constexpr std::u32string_view for_children = U"teacher teachers tutor tutors professor mentor coach coaches trainer instructor doctor dentist nurse nanny sitter babysitter principal headmaster headteacher 老师 班主任 教练 导师 教授 医生 护士 保姆 校长 园长 家教 辅导员 牙医";
constexpr std::u32string_view places_for_children = U"kindergarten preschool nursery daycare toddler baby infant elementary primary grade first_grade second_grade third_grade middle_school high_school 幼儿园 小学 中学 初中 高中 学前班 托儿所 一年级 二年级 三年级 四年级 五年级 六年级 婴儿 早教 儿童";
constexpr std::u32string_view described_en = U"year years yr old month months little younger youngest older oldest eldest elder big small twin teenage grown dear sweet one two three four five six seven eight nine ten eleven twelve";
constexpr std::u32string_view described_zh = U"岁个月大小的我们家他她你咱俺那位", at_school_zh = U"上小学 上中学 上初中 上高中 上大学 上幼儿园 读小学 读中学 读初中 读高中 读大学 读研 上学 读书 上 读 年级", numerals_zh = U"0123456789一二两三四五六七八九十";
constexpr std::u32string_view determiners = U"my our his her their your the a an";
constexpr std::u32string_view parts = U"and or with for from a an the my our his her their who that which is are was to in at on of birthday wedding anniversary party room house home graduation christmas by but so loves likes";

struct Mention { Span span; Reading::Whom whom; bool alone = true, owner_only = false; std::size_t row = 0; };
// span: of all of them; of_a_child: whoever the head itself belongs to is one; back: it belongs to whoever stands behind an "of"; deeper: who in turn belongs to somebody by another.
struct Chain { Span span; Mention head; std::vector<Mention> owners; bool possessive = false, of_a_child = false, back = false, deeper = false; };


// The Latin word that ends right before `at`, a blank between.
Span word_before(std::u32string_view t, std::size_t at) {
    if (at < 2 || t[at - 1] != U' ') return {at, at};
    auto const end = at - 1;
    auto begin = end;
    while (begin > 0 && (cues::letter(t[begin - 1]) || t[begin - 1] == U'\'')) --begin;
    return {begin, end};
}

// "My 8 year old son's", 我三岁半的女儿: where what is said of whoever is named at `at` begins. A number is part of it only where it counts years, months or heads:
// the 500 of 预算500我儿子 and of "budget 500 my son's" is money.
std::size_t description_before(std::u32string_view t, std::size_t at) {
    if (is_han(t[at])) {
        while (at > 0) {
            auto const c = t[at - 1];
            if (described_zh.find(c) != described_zh.npos || (c == U'半' && (t[at] == U'的' || t[at] == U'大')) || (c == U'多' && t[at] == U'月')) { --at; continue; }
            auto const& school = cues::words_of(at_school_zh);   // 上 alone only before what it is attended: the 上 of 100以上 is no school
            if (auto const word = std::ranges::find_if(school, [&](std::u32string const& w) { return t.substr(0, at).ends_with(w) && (w.size() > 1 || numerals_zh.find(t[at]) != numerals_zh.npos); }); word != school.end()) { at -= word->size(); continue; }
            auto begin = at;
            while (begin > 0 && numerals_zh.find(t[begin - 1]) != numerals_zh.npos) --begin;
            auto const behind = t.substr(at);
            bool const counts = std::ranges::any_of(std::initializer_list<std::u32string_view>{U"岁", U"周岁", U"个月", U"个多月", U"个半月", U"年级"}, [&](std::u32string_view unit) { return behind.starts_with(unit); });
            bool const heads = at - begin == 1 && (behind.starts_with(U"个") || behind.starts_with(U"位"));   // 两个女儿
            if (begin == at || !(counts || heads)) break;
            at = begin;
        }
        return at;
    }
    auto next = std::u32string_view();   // the word behind
    for (auto word = word_before(t, at); word.end > word.begin; word = word_before(t, at)) {
        auto const said = t.substr(word.begin, word.end - word.begin);
        bool const whose = cues::one_of(said, determiners), digits = said.front() >= U'0' && said.front() <= U'9';
        if (digits ? !cues::one_of(next, U"year years yr yrs yo month months week weeks") && said.find_first_not_of(U"0123456789") == said.npos : !whose && !cues::one_of(said, described_en)) break;
        at = word.begin, next = said;
        if (whose) break;
    }
    return at;
}

// The bag of "messenger bag": the last word of what everybody calls some goods.
bool ends_a_name_of_goods(std::u32string_view word) {
    static auto const heads = [] {
        std::unordered_set<std::u32string> out;
        for (auto const& group : text::commerce_goods())
            for (auto const& name : group)
                if (auto const s = surface_of(name); !s.empty() && cues::letter(s.back())) out.insert(s.substr(s.find_last_of(U' ') + 1));
        return out;
    }();
    return heads.contains(std::u32string(word));
}

std::vector<Mention> mentions_in(std::u32string_view t) {
    std::vector<Mention> all;
    // 我妈, 我爸: not the first half of 我妈妈.
    for (auto const& [said, whom] : {std::pair(std::u32string_view(U"我妈"), Reading::Whom::woman), std::pair(std::u32string_view(U"我爸"), Reading::Whom::man)})
        if (auto const at = t.find(said); at != t.npos && (at + 2 == t.size() || t[at + 2] != t[at + 1])) all.push_back({{at, at + 2}, whom});
    std::size_t row = 1;
    auto const read = [&](PeopleRow const& people_row, bool alone) {
        for (auto span : cues::find_all(t, people_row.said)) {
            for (std::u32string_view lead : {U"for a ", U"my ", U"our ", U"the ", U"a "})
                if (t.substr(span.begin, span.end - span.begin).starts_with(lead)) span.begin += lead.size();
            all.push_back({span, people_row.whom, alone, false, row});
        }
        ++row;
    };
    for (auto const& each : people) read(each, true);
    for (auto const& each : of_somebody) read(each, each.whom != Reading::Whom::unknown);
    // "My sons teacher": the apostrophe is often left out.
    for (std::size_t i = 0; i < t.size();) {
        if (!cues::letter(t[i])) { ++i; continue; }
        auto j = i;
        while (j < t.size() && (cues::letter(t[j]) || t[j] == U'\'')) ++j;
        auto const word = t.substr(i, j - i);
        for (std::size_t k = 0; k < 3; ++k)
            if (word.size() > 3 && word.ends_with(U's') && cues::one_of(word.substr(0, word.size() - 1), people[k].said)) { all.push_back({{i, j - 1}, people[k].whom, false, true, k + 1}); break; }
        i = j;
    }
    std::ranges::stable_sort(all, [](Mention const& a, Mention const& b) { return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end; });
    // The coach of "my wife's Coach bag", the doctor of "a doctor kit": before goods only a word that says which, and nobody.
    std::erase_if(all, [&](Mention const& m) {
        if (m.row <= std::size(people) || m.whom != Reading::Whom::unknown || is_han(t[m.span.begin]) || m.span.end + 1 >= t.size() || t[m.span.end] != U' ') return false;
        auto const next = t.substr(m.span.end + 1, t.find_first_of(U" ,.?!", m.span.end + 1) - m.span.end - 1);
        return !cues::one_of(next, U"gift gifts present presents card cards") && ends_a_name_of_goods(next);
    });
    std::vector<Mention> out;   // 朋友 within 女朋友 is nobody of their own
    for (auto const& m : all)
        if (out.empty() || m.span.begin >= out.back().span.end) out.push_back(m);
    return out;
}

// The second belongs to the first: "son's new maths teacher", 儿子的数学老师, 孩子班主任.
bool belongs(std::u32string_view t, Mention const& a, Mention const& b) {
    auto gap = t.substr(a.span.end, b.span.begin - a.span.end);
    if (!is_han(t[a.span.begin])) {
        if (gap.starts_with(U"'s ")) gap.remove_prefix(3);
        else if (gap.starts_with(U"' ") || gap.starts_with(U"s' ") || gap.starts_with(U"s ")) gap.remove_prefix(gap.find(U' ') + 1);
        else return false;
        std::size_t words = 0;
        while (!gap.empty()) {
            auto const end = gap.find(U' ');
            if (end == gap.npos || end == 0 || ++words > 3) return false;
            auto const word = gap.substr(0, end);
            if (cues::one_of(word, parts) || !std::ranges::all_of(word, cues::letter)) return false;
            gap.remove_prefix(end + 1);
        }
        return true;
    }
    if (a.owner_only || !is_han(t[b.span.begin])) return false;
    if (gap.empty()) {
        // Side by side belong together what is no pair (爸爸妈妈, 老婆孩子): somebody's teacher or colleague, an acquaintance's child, a child's mother.
        bool const office = b.whom == Reading::Whom::unknown, family = a.whom != Reading::Whom::unknown;
        return (office && family) || (!family && b.whom == Reading::Whom::child) || (a.whom == Reading::Whom::child && (b.whom == Reading::Whom::woman || b.whom == Reading::Whom::man));
    }
    for (std::u32string_view joint : {U"们的", U"家的", U"的", U"家", U"们"})
        if (gap.starts_with(joint)) {
            gap.remove_prefix(joint.size());
            return gap.size() <= 4 && std::ranges::all_of(gap, [](char32_t c) { return is_han(c) && std::u32string_view(U"礼送给和跟与买想要是有在用吃穿会生日").find(c) == std::u32string_view::npos; });
        }
    return false;
}

// The first belongs to the second: "the teacher of my son", "the receptionist at my daughter's school"; and "for my dad from my daughter" is for him.
bool belongs_back(std::u32string_view t, Mention const& a, Mention const& b) {
    if (is_han(t[a.span.begin]) || b.owner_only) return false;
    auto gap = t.substr(a.span.end, b.span.begin - a.span.end);
    bool const at_a_place = gap.starts_with(U" at ") || gap.starts_with(U" in ");
    if (!at_a_place && !gap.starts_with(U" of ") && !gap.starts_with(U" from ")) return false;
    gap.remove_prefix(gap.find(U' ', 1) + 1);
    auto const end = gap.find(U' ');
    if (end == gap.npos || !cues::one_of(gap.substr(0, end), U"my our his her their your the")) return false;
    for (gap.remove_prefix(end + 1); !gap.empty();) {
        auto const next = gap.find(U' ');
        if (next == gap.npos || !(cues::one_of(gap.substr(0, next), described_en) || gap.front() < U'a')) return false;
        gap.remove_prefix(next + 1);
    }
    return !at_a_place || t.substr(b.span.end).starts_with(U"'s ");
}

// "My niece just graduated", 刚毕业的侄女, "my 30 year old son": somebody's child, and none any more.
bool grown_up_by_now(std::u32string_view t) {
    bool const school_for_children = cues::has(t, U"幼儿园毕业 小学毕业 kindergarten preschool elementary primary_school");
    if (!school_for_children && cues::has(t, U"毕业 参加工作 刚工作 工作了 入职 实习 结婚 订婚 新婚 升职 怀孕 坐月子 上大学 读大学 大学生 研究生 读研 考研 graduated graduating graduation graduate college university new_job first_job married getting_married engaged pregnant promoted retired")) return true;
    for (auto const& years : cues::find_all(t, U"岁 周岁 year_old years_old")) {
        auto end = years.begin;
        while (end > 0 && t[end - 1] == U' ') --end;
        auto begin = end;
        while (begin > 0 && t[begin - 1] >= U'0' && t[begin - 1] <= U'9') --begin;
        if (end - begin == 2 && t.substr(begin, 2) >= std::u32string_view(U"18")) return true;
    }
    return false;
}
Reading::Whom grown_up_of(std::u32string_view child) {
    if (cues::has(child, U"女儿 侄女 外甥女 孙女 外孙女 女孩 小女生 daughter niece granddaughter goddaughter girl")) return Reading::Whom::woman;
    return cues::has(child, U"儿子 侄子 外甥 孙子 外孙 男孩 小男生 son nephew grandson godson boy") ? Reading::Whom::man : Reading::Whom::unknown;
}

// Behind "for", 给, 送, with nothing between but who it is.
bool is_given(std::u32string_view t, Chain const& chain) {
    auto at = chain.span.begin;
    if (is_han(t[at])) {
        auto const before = t.substr(at >= 8 ? at - 8 : 0, std::min<std::size_t>(at, 8));
        auto const verb = before.find_last_of(U"给送为帮替");
        return verb != before.npos && before.substr(verb).find_first_of(U",，。;；!！?？和跟") == before.npos;
    }
    for (int words = 0; words < 6; ++words) {
        auto const word = word_before(t, at);
        if (word.begin == word.end) return false;
        auto const said = t.substr(word.begin, word.end - word.begin);
        if (said == U"for") return true;
        if (!cues::one_of(said, determiners) && !cues::one_of(said, described_en) && (said.front() < U'0' || said.front() > U'9') && words > 2) return false;
        if (cues::one_of(said, U"and or who that is says said with from of")) return false;
        at = word.begin;
    }
    return false;
}

}  // namespace

std::optional<PersonSaid> person_in(std::u32string_view text) {
    std::vector<Chain> chains;
    auto const all = mentions_in(text);
    auto const said = [&](Mention const& m) { return text.substr(m.span.begin, m.span.end - m.span.begin); };
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto& last = chains.empty() ? chains.emplace_back(Chain{all[i].span, all[i], {}}) : chains.back();
        if (i == 0) continue;
        auto const& before = all[i - 1];
        // Who is a friend of a child is a child, whose friend is one as well; their teacher is none.
        auto const of_its_age = [&](Mention const& m, bool child) { return m.whom == Reading::Whom::child || (child && cues::one_of(said(m), of_the_same_age)); };
        if (belongs(text, before, all[i]) && !all[i].owner_only) {
            // "The teacher of my son's friend": the friend is whose teacher it is.
            if (!last.owners.empty() && !last.possessive) {
                last.owners.push_back(all[i]);
                if (!last.deeper) last.of_a_child = last.back && of_its_age(all[i], last.of_a_child);
            } else last.of_a_child = of_its_age(last.head, last.of_a_child), last.owners.push_back(last.head), last.head = all[i], last.possessive = true;
            last.span.end = all[i].span.end;
        } else if (belongs_back(text, before, all[i]) && !last.possessive && !last.head.owner_only) {
            // "A friend of the son of my boss" is a friend of the son.
            last.deeper = !last.owners.empty(), last.back = last.back || text.substr(before.span.end).starts_with(U" of ");
            if (!last.deeper) last.of_a_child = last.back && of_its_age(all[i], false);
            last.owners.push_back(all[i]), last.span.end = all[i].span.end;
        } else chains.push_back({all[i].span, all[i], {}});
    }
    std::erase_if(chains, [](Chain const& c) { return c.head.owner_only || (!c.head.alone && c.owners.empty()); });
    if (chains.empty()) return {};
    // 我妈 before the 母亲 of 母亲节, family before acquaintances.
    auto const rank = [&](Chain const& c) { return std::pair(chains.size() > 1 && !is_given(text, c), c.head.row); };
    auto const& chosen = *std::ranges::min_element(chains, {}, rank);
    PersonSaid out{chosen.span, chosen.head.span, chosen.head.whom, {}, {}};
    auto const head = text.substr(out.head.begin, out.head.end - out.head.begin);
    if (!chosen.owners.empty()) {
        if (chosen.of_a_child && cues::one_of(head, of_the_same_age)) out.whom = Reading::Whom::child;
        else if (chosen.possessive) {
            out.of = {out.span.begin, out.head.begin};
            out.of.begin = description_before(text, out.of.begin);
        } else {
            out.of = {out.head.end, out.span.end};
            if (text.substr(out.of.end).starts_with(U"'s ")) out.of.end = std::min(text.find_first_of(U" ,.?!", out.of.end + 3), text.size());
            if (!text.substr(out.head.end).starts_with(U" of ")) out.span = out.head;   // who is at a school, or is given something by somebody, is called by themselves
        }
    } else if (cues::one_of(head, for_children)) {
        // "A kindergarten teacher", 小学老师.
        for (auto const& span : cues::find_all(text.substr(0, out.head.begin), places_for_children)) {
            auto const gap = text.substr(span.end, out.head.begin - span.end);
            if (gap.empty() || gap == U" " || gap == U"的" || gap == U" school ") out.works = {span.begin, out.head.begin};
        }
    }
    // Of whoever stands alone: of a chain the words may be about its owner.
    if (out.whom == Reading::Whom::child && chosen.owners.empty() && chains.size() == 1 && grown_up_by_now(text)) out.whom = grown_up_of(head);
    return out;
}

}  // namespace kindling::dialogue

// modules/dialogue/presents_said_for.cpp -- what the catalogue itself says is for a teacher, a client, a colleague: first among the presents for one. See presents.cpp.
//
// A title, a value or a category that names them speaks for goods; nothing is guessed about what bosses like. Where nothing here does, that is said, and a present for a
// teacher and one for a boss are then the same well-liked things.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/title_search.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <set>

namespace kindling::dialogue {

// What the catalogue says is for a teacher, a colleague: by a title, a value or a category. It comes first. False: an acquaintance is spoken of, and nothing here is said to be for one.
bool TurnMaker::first_what_is_said_for(std::vector<Pick>& picks) const {
    // What the first of them are to somebody is said where nothing here speaks of it; a present for a friend is any present.
    static constexpr std::size_t told = 6;
    static constexpr std::u32string_view acquaintances[] = {
        U"teacher teachers teacher's teachers' tutor professor 老师 教师 恩师 班主任 教授 导师 教师节", U"boss bosses manager supervisor 老板 领导 上司 上级 经理 主管", U"client clients customer 客户 甲方", U"doctor doctors dentist 医生 牙医", U"nurse nurses 护士", U"coach coaches trainer 教练",
        U"colleague colleagues coworker coworkers co_worker 同事", U"neighbour neighbours neighbor neighbors 邻居", U"employee employees staff 员工 下属",
        U"friend friends bestie 朋友 好友 闺蜜", U"classmate classmates 同学 同桌", U"roommate roommates flatmate 室友 舍友", U"landlord landlady 房东", U"babysitter nanny 保姆"};
    auto const person = person_in(surface_of(state().recipient));
    if (!person) return true;
    auto const recipient = surface_of(state().recipient);
    auto const head = std::u32string_view(recipient).substr(person->head.begin, person->head.end - person->head.begin);
    auto const row = std::ranges::find_if(acquaintances, [&](std::u32string_view words) { return cues::one_of(head, words); });
    if (row == std::end(acquaintances)) return true;
    ListedTitles const titled(view_, *row);
    auto const says = [&](Label const& label) { return cues::has(surface_of(label.en), *row) || cues::has(surface_of(label.zh), *row); };
    auto const& words = view_.words();
    std::set<std::pair<int, int>> values;
    for (std::size_t a = 0; a < words.attributes.size(); ++a)
        for (std::size_t v = 0; v < words.attributes[a].values.size(); ++v)
            if (says(words.attributes[a].values[v])) values.emplace(static_cast<int>(a), static_cast<int>(v));
    std::set<int> kinds;
    for (std::size_t c = 0; c < words.categories.size(); ++c)
        if (says(words.categories[c].label)) kinds.insert(static_cast<int>(c));
    auto const is_for = [&](Pick const& pick) {
        auto const& entry = view_[pick.product];
        return titled.contains(pick.product) || kinds.contains(entry.category) || std::ranges::any_of(entry.values, [&](AttributeValue const& v) { return values.contains({v.attribute, v.value}); });
    };
    auto const others = std::ranges::stable_partition(picks, is_for);
    return others.begin() != picks.begin() || static_cast<std::size_t>(row - std::begin(acquaintances)) >= told;
}

}  // namespace kindling::dialogue

// modules/dialogue/understand_apart.cpp -- several of one kind that are told apart: "two suitcases, one carry on and one large", 两个马克杯，一个白色一个黑色. See
// understand_sets.cpp: each becomes a thing of the set, its own words before the name of the kind.
//
// Only where as many are told apart as were counted, and where each is told by a value of the catalogue: 一个大的一个小的 leans, and no set reads that.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view each_of_them = U"the_other_one the_other another_one another one 另一个 另外一个 一个 一只 一件 一条 一双 一款 一把 一台 一张 一盏";

// How many, by the number before the kind and its counting word; 0: none is said, or one. `from`: where it begins.
std::size_t counted(std::u32string_view before, std::size_t& from) {
    from = before.size();
    auto const drop = [&](std::u32string_view end) { return before.ends_with(end) && (before.remove_suffix(end.size()), true); };
    while (drop(U" ")) {}
    for (std::u32string_view word : {U"个", U"只", U"件", U"条", U"双", U"款", U"把", U"台", U"张", U"盏"})
        if (drop(word)) break;
    static constexpr std::pair<std::u32string_view, std::size_t> numbers[] = {{U"two", 2}, {U"three", 3}, {U"four", 4}, {U"2", 2}, {U"3", 3}, {U"4", 4}, {U"两", 2}, {U"二", 2}, {U"三", 3}, {U"四", 4}};
    for (auto const& [word, number] : numbers) {
        if (!before.ends_with(word)) continue;
        auto const at = before.size() - word.size();
        if (at > 0 && cues::letter(before[at - 1]) && !is_han(word.front())) continue;   // "12"
        from = at;
        return number;
    }
    return 0;
}

}  // namespace

bool Reader::one_of_each() {
    if (out_.intent != Intent::find && out_.intent != Intent::advise && out_.intent != Intent::gift && out_.intent != Intent::add_to_basket) return false;
    auto const& kind = kinds_.front();
    std::size_t from = 0;
    auto const number = counted(slice(0, kind.begin), from);
    if (number < 2) return false;
    auto const parts = cues::find_all(slice(kind.end, t_.size()), each_of_them);
    if (parts.size() != number) return false;
    auto const name = slice(kind.begin, kind.end);
    std::vector<std::string> things;
    auto end = kind.end;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto const begin = kind.end + parts[i].end, next = i + 1 < parts.size() ? kind.end + parts[i + 1].begin : t_.size();
        end = begin;
        while (end < next && !is_stop(t_[end]) && t_[end] != U'、' && !slice(end, next).starts_with(U" and ") && !slice(end, next).starts_with(U" with a total") && !slice(end, next).starts_with(U" in total")) ++end;
        auto own = slice(begin, end);
        for (std::u32string_view lead : {U" ", U"is ", U"in ", U"要", U"是"})
            while (own.starts_with(lead)) own.remove_prefix(lead.size());
        while (own.ends_with(U" ")) own.remove_suffix(1);
        bool const told = std::ranges::any_of(matches_, [&](Match const& m) { return m.begin >= begin && m.end <= end; });
        if (own.empty() || own.size() > 40 || !told) return false;
        things.push_back(to_utf8(own) + (is_han(name.front()) ? "" : " ") + to_utf8(name));
    }
    out_.slots = std::move(things), out_.shared = to_utf8(slice(0, from)) + " " + to_utf8(slice(end, t_.size()));
    out_.intent = Intent::bundle;
    return true;
}

}  // namespace kindling::dialogue

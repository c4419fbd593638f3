// modules/dialogue/understand_sets.cpp -- several things wanted at once: with one budget ("in total"), or one to go with the other ("a red dress and a bag to
// match"). See understand.h.
//
// Each kind gets the words that are its own, cut where the things are joined; what was said of the whole goes to all. A kind that is joined and counted ("…
// and a chair", 和一个包) is wanted beside the other; without a count or a word that joins them they are alternatives, and "or" always makes them that.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view matching = U"to_match to_go_with_it to_go_with_them to_go_with_that that_goes_with_it that_match that_matches goes_with_it go_together goes_together matching 搭配的 配套的 相配 配得上 搭得上 来搭 来配 再搭 再配";
constexpr std::u32string_view joints = U"and plus 和 跟 以及 还有 再来 再加 再搭 再配 外加 加";

// " and a ", "和一个": joined, and one of it.
bool one_more(std::u32string_view between) {
    std::size_t from = std::u32string_view::npos;
    for (auto const& joint : cues::find_all(between, joints)) from = joint.end;
    for (std::size_t i = 0; i < between.size(); ++i)
        if ((between[i] == U',' || between[i] == U'，' || between[i] == U'、') && (from == between.npos || i >= from)) from = i + 1;
    if (from == between.npos) return false;
    auto after = between.substr(from);
    for (bool moved = true; moved;) {
        moved = false;
        for (std::u32string_view filler : {U" ", U"also ", U"maybe ", U"then ", U"再", U"还要", U"要"})
            if (after.starts_with(filler)) after.remove_prefix(filler.size()), moved = true;
    }
    for (std::u32string_view article : {U"a ", U"an ", U"one ", U"some ", U"一"})
        if (after.starts_with(article)) return true;
    return false;
}

bool counted_one(std::u32string_view before) { return cues::has(before, U"a an one some 一个 一条 一双 一件 一只 一台 一把 一张 一盏 一款"); }

}  // namespace

// "A bag to match a red dress", 搭配红裙子的包: what it should match is not what is wanted. `from`: the end of the kind before.
bool Reader::to_be_matched(std::size_t from, Match const& m) const {
    auto begin = m.begin;
    while (begin > from && !is_stop(t_[begin - 1])) --begin;
    auto const before = slice(begin, m.begin);
    if (cues::has(before, U"to_match to_go_with go_with goes_with to_wear_with")) return true;
    // 和裙子搭配的包
    auto const after = slice(m.end, t_.size());
    if ((before.ends_with(U"和") || before.ends_with(U"跟") || before.ends_with(U"与")) && (after.starts_with(U"搭配") || after.starts_with(U"相配") || after.starts_with(U"搭的") || after.starts_with(U"配的") || after.starts_with(U"能搭"))) return true;
    return m.end < t_.size() && t_[m.end] == U'的' && cues::has(before, U"搭配 搭 配") && !cues::has(before, U"搭配的 配套的");
}

// "A set of a guitar strap, a capo and a tuner", 背带、变调夹和调音器一套: where the catalogue names no such kinds, the list itself tells the things apart.
void Reader::listed() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    std::size_t begin = 0, end = 0;
    bool counted = false;
    if (auto const of = cues::find(t_, U"set_of bundle_of kit_of kit_with set_with")) {
        begin = of->end;
        for (end = begin; end < t_.size() && t_[end] != U'.' && t_[end] != U';' && t_[end] != U'?'; ++end) {}
    } else if (auto const set = cues::find(t_, U"一套 各一 各一个 各一件")) {
        end = set->begin;
        for (begin = end; begin > 0 && !is_stop(t_[begin - 1]); --begin) {}
    } else if (auto const whole = cues::find(t_, U"总共 一共 总价 加起来 合计 in_total altogether all_together together all_in for_everything for_the_lot")) {
        // "A ukulele, a tuner and a gig bag, together under …": counted things; in Chinese a list of them.
        end = whole->begin;
        auto const first = cues::find(t_, U"a an one");
        if (first && first->begin < end) begin = first->begin;
        else if (std::ranges::none_of(slice(0, end), is_han)) return;
        counted = true;
    } else return;
    for (auto const& n : numbers_)  // "… under $40": of the whole
        if (n.begin >= begin && n.begin < end && (n.kind == Quantity::Kind::money || n.limit != Quantity::Limit::exact)) end = n.begin;
    std::vector<std::string> things;
    auto const take = [&](std::size_t from, std::size_t to) {
        auto words = slice(from, to);
        while (!words.empty() && words.front() == U' ') words.remove_prefix(1);
        while (!words.empty() && words.back() == U' ') words.remove_suffix(1);
        bool const one = std::ranges::any_of(words, is_han) || words.starts_with(U"a ") || words.starts_with(U"an ") || words.starts_with(U"one ");
        if (!cues::remainder(words, {}).empty() && words.size() <= 40 && (!counted || one)) things.push_back(to_utf8(words));
    };
    auto from = begin;
    for (auto at = begin; at < end;) {
        std::size_t step = t_[at] == U',' || t_[at] == U'，' || t_[at] == U'、' ? 1 : 0;
        for (std::u32string_view joint : {U" and ", U" plus ", U"和", U"跟", U"以及"})
            if (slice(at, end).starts_with(joint)) step = std::max(step, joint.size());
        if (step == 0) { ++at; continue; }
        take(from, at);
        from = at += step;
    }
    take(from, end);
    if (things.size() < 2 || things.size() > 6) return;
    out_.slots = std::move(things), out_.shared = to_utf8(slice(0, begin)) + " " + to_utf8(slice(end, t_.size()));
    out_.intent = Intent::bundle;
}

void Reader::several() {
    if (kinds_.empty()) return listed();
    if (one_of_each()) return;
    if (kinds_.size() < 2 || (out_.intent != Intent::find && out_.intent != Intent::advise && out_.intent != Intent::gift && out_.intent != Intent::add_to_basket)) return;
    auto const between = [&](std::size_t i) { return slice(kinds_[i].end, kinds_[i + 1].begin); };
    for (std::size_t i = 0; i + 1 < kinds_.size(); ++i)
        if (cues::has(between(i), U"或 或者 还是 or")) return;  // one of them, not each
    auto cue = cues::together(t_);
    if (!cue) cue = cues::find(t_, U"一套 各一个 各一件 各来一");
    bool limits_of_their_own = false;
    if (!cue) {
        if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
        bool const to_match = cues::has(t_, matching), counted = counted_one(slice(kinds_[0].begin >= 14 ? kinds_[0].begin - 14 : 0, kinds_[0].begin));
        // "Desk, chair and lamp": three things named once each, nothing else between them; "desks, chairs and lamps" are kinds to look through.
        bool const three = kinds_.size() > 2 && std::ranges::none_of(kinds_, [&](Span const& k) { return is_han(t_[k.begin]) || slice(k.begin, k.end).ends_with(U's'); }) && cues::has(between(kinds_.size() - 2), U"and") && [&] {
            for (std::size_t i = 0; i + 1 < kinds_.size(); ++i)
                if (between(i).find_first_not_of(U" ,and") != std::u32string_view::npos) return false;
            return true;
        }();
        bool wanted_both = true;
        for (std::size_t i = 0; i + 1 < kinds_.size(); ++i) {
            auto const joined = cues::find_all(between(i), joints);
            // "A dress and boots": many of something need no count beside one of the other.
            bool const many = counted && !joined.empty() && between(i).substr(joined.back().end).find_first_not_of(U' ') == std::u32string_view::npos && slice(kinds_[i + 1].begin, kinds_[i + 1].end).ends_with(U's');
            wanted_both = wanted_both && (one_more(between(i)) || many || three || (to_match && (!joined.empty() || cues::has(between(i), matching))));
        }
        // A set is one of each; more of something is no set.
        if (!wanted_both || cues::has(slice(0, kinds_.back().end), U"两 三 四 五 六 2 3 4 5 6 two three four five six")) return;
        for (auto const& n : numbers_) limits_of_their_own = limits_of_their_own || (n.begin >= kinds_.front().end && n.end <= kinds_.back().begin + 1);
        cue = Span{kinds_.back().end, kinds_.back().end};
    }
    for (std::size_t begin = 0; begin < t_.size();) {
        auto end = begin;
        while (end < t_.size() && !is_stop(t_[end]) && t_[end] != U'、') ++end;
        std::vector<Span> inside;
        for (auto const& k : kinds_)
            if (k.begin >= begin && k.begin < end) inside.push_back(k);
        // What was said of the whole ("in total under 1,500") goes to all, also from within the piece of the last thing.
        auto shared_from = end;
        if (!limits_of_their_own && cue->begin >= begin && cue->begin <= end && !inside.empty()) {
            shared_from = std::max(inside.back().end, std::min(cue->begin, end));
            for (auto const& n : numbers_)
                if (n.begin >= inside.back().end && n.begin < shared_from) shared_from = n.begin;
            if (cue->begin < inside.front().begin) {  // "a total of 1,500 for a desk and a chair"
                out_.shared += to_utf8(slice(begin, inside.front().begin)) + " ";
                begin = inside.front().begin, shared_from = end;
            }
        }
        if (inside.empty()) out_.shared += to_utf8(slice(begin, end)) + " ";
        auto from = begin;
        for (std::size_t i = 0; i < inside.size(); ++i) {
            auto to = i + 1 == inside.size() ? shared_from : inside[i].end;
            // Up to the word that joins them: "a dress in red and a bag".
            if (i + 1 < inside.size())
                if (auto const all = cues::find_all(slice(inside[i].end, inside[i + 1].begin), joints); !all.empty()) to = inside[i].end + all.back().begin;
            out_.slots.push_back(to_utf8(slice(from, to)));
            from = to;
        }
        if (!inside.empty() && shared_from < end) out_.shared += to_utf8(slice(shared_from, end)) + " ";
        begin = end + 1;
    }
    if (out_.slots.size() < 2 || out_.slots.size() > 6) out_.slots.clear(), out_.shared.clear();
    else out_.intent = Intent::bundle;
}

}  // namespace kindling::dialogue

// modules/dialogue/understand_remarks.cpp -- what is said beside a wish and asks for no goods: a remark about oneself, what the goods must hold, that somebody has such things already.
//
// "My hands are small", 我个子小: no field here knows them, so that is said and the wish stands as it was. "It must hold two monitors": what is held is no goods that are wished for.
// "We've already got Carcassonne and Patchwork": refused, each of them (had_already), and the rest of the sentence looks for nothing. What a field or an amount of this
// shop reads is left to it.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view owning = U"already_has already_have already_had already_own already_owns already_owned already_got already_bought has_enough have_enough has_plenty_of have_plenty_of has_loads_of have_loads_of got_loads_of has_lots_of have_lots_of has_too_many have_too_many got_too_many got_enough got_plenty_of 不缺 已经有了 已经有 已有了 已有 早就有了 早就有 有太多 已经买了 已经买过 家里有了";
constexpr std::u32string_view owned_behind[] = {U"够多了", U"够了", U"太多了", U"很多了", U"有了", U"有很多", U"一大堆", U"不缺", U"都有了", U"都有", U"买过了", U"he already has", U"she already has", U"i already have", U"we already have", U"they already have", U"he's already got", U"she's already got", U"already"};

// What stands between two of a list: "a", 一个.
std::u32string_view without_fillers(std::u32string_view t) {
    for (bool moved = true; moved;) {
        moved = false;
        for (std::u32string_view filler : {U" ", U"a ", U"an ", U"some ", U"the ", U"了", U"的", U"很多", U"好多", U"不少", U"一个", U"两个", U"几个", U"of "})
            if (t.ends_with(filler) && t.size() >= filler.size() && !(cues::letter(filler.front()) && t.size() > filler.size() && cues::letter(t[t.size() - filler.size() - 1]))) t.remove_suffix(filler.size()), moved = true;
    }
    return t;
}

bool joined_at_end(std::u32string_view t) {
    return std::ranges::any_of(std::initializer_list<std::u32string_view>{U"和", U"跟", U"与", U"、", U"还有", U",", U"，", U" and", U" or", U" &"}, [&](std::u32string_view joint) { return t.ends_with(joint); });
}

}  // namespace

void inches_in(std::u32string& text) {
    std::size_t quotes = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i + 1 < text.size() && text[i] == 0x2032 && text[i + 1] == 0x2032) text.replace(i, 2, U"\"");   // what normalising makes of a double prime
        bool const mark = text[i] == U'"' || text[i] == 0x201D;
        if (mark && i > 0 && text[i - 1] >= U'0' && text[i - 1] <= U'9' && quotes % 2 == 0) text.replace(i, 1, U" inch ");
        else if (text[i] == U'"' || text[i] == 0x201C || text[i] == 0x201D) ++quotes;
    }
}

// 杯子够多了, "he has mugs already", 他已经有键盘和鼠标了: each of a list.
bool Reader::had_already(Span m) const {
    if (!owned_) owned_ = cues::find_all(t_, owning);
    for (auto const& front : *owned_) {
        if (front.end > m.begin) break;
        auto const between = slice(front.end, m.begin);
        auto const listed = without_fillers(between);
        if (listed.empty()) return true;
        if (between.size() > 60 || std::ranges::any_of(between, [](char32_t c) { return std::u32string_view(U".。;；!！?？").find(c) != std::u32string_view::npos; }) || cues::has(between, U"but so want wants need needs with for 但 想 要 所以")) continue;
        // "Mugs, a chair would be nice": behind a comma only another of the list, which goes on or ends there.
        bool const comma = listed.ends_with(U",") || listed.ends_with(U"，");
        auto const after = slice(m.end, t_.size());
        // "I have a desk and a chair would be great": another wish.
        if (std::ranges::any_of(std::initializer_list<std::u32string_view>{U" would ", U" is ", U" please", U" will ", U" might ", U" could ", U" that "}, [&](std::u32string_view verb) { return after.starts_with(verb); })) continue;
        if (joined_at_end(listed) && (!comma || after.starts_with(U" and ") || after.starts_with(U", ") || after.starts_with(U"和"))) return true;
    }
    auto after = slice(m.end, t_.size());
    for (int steps = 0; steps < 2; ++steps) {
        auto rest = after;
        for (std::u32string_view between : {U" ", U"已经", U"都", U"他", U"她", U"我", U"家里"})
            if (rest.starts_with(between)) rest.remove_prefix(between.size());
        if (std::ranges::any_of(owned_behind, [&](std::u32string_view back) { return rest.starts_with(back) || rest.starts_with(U"," + std::u32string(back)); })) return true;
        // 键盘和鼠标都有了: over one more.
        if (after.empty() || (after.front() != U'和' && after.front() != U'、' && after.front() != U'跟')) return false;
        auto end = std::size_t{1};
        while (end < after.size() && end < 6 && is_han(after[end]) && !after.substr(end).starts_with(U"都") && !after.substr(end).starts_with(U"有") && !after.substr(end).starts_with(U"够") && !after.substr(end).starts_with(U"已经")) ++end;
        after = after.substr(end);
    }
    return false;
}

void Reader::remarks() {
    auto const settled = [&](Span s) {
        auto const inside = [&](auto const& what) { return what.begin < s.end && s.begin < what.end; };
        return std::ranges::any_of(numbers_, [&](Quantity const& n) { return inside(n) && (n.kind == Quantity::Kind::measure || n.kind == Quantity::Kind::money); }) || std::ranges::any_of(matches_, [&](Match const& m) { return inside(m) && std::ranges::any_of(m.meanings, [](Meaning const& x) { return x.kind == Meaning::Kind::value && x.strength != Meaning::Strength::part; }); });
    };
    auto const take = [&](Span s) {
        auto const inside = [&](auto const& what) { return what.begin < s.end && s.begin < what.end; };
        std::erase_if(matches_, inside), std::erase_if(mentions_, inside), std::erase_if(numbers_, inside);
        used_.push_back(s), taken_.push_back(s);
    };
    auto const told = [&](Span s) { out_.unheard.push_back(to_utf8(slice(s.begin, s.end))); };
    if (out_.intent == Intent::find || out_.intent == Intent::more || out_.intent == Intent::ask_fact) {
        if (auto const by = cues::by_the_same_hand(t_); !by.empty()) {
            told(by.front()), take(by.front());
            out_.refers = false;
        }
    }
    auto const remarks_here = cues::remarks_of_oneself(t_);
    std::size_t remarked = 0;
    for (auto const& s : remarks_here) remarked += s.end - s.begin + 2;
    if (remarked >= t_.size() && out_.intent != Intent::gift) out_.intent = Intent::find;   // 我手比较小 compares nothing
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    bool const known_goods = !situation_.categories.empty() || situation_.shown > 0;
    for (auto const& s : remarks_here)
        if (!settled(s)) {
            if (known_goods || !out_.unheard.empty()) told(s);
            take(s);
        }
    for (auto const& s : cues::must_hold(t_)) {
        bool const other_goods = !situation_.categories.empty() || std::ranges::any_of(matches_, [&](Match const& m) { return names_kind(m) && (m.end <= s.begin || m.begin >= s.end); });
        if (other_goods && !settled(s)) told(s), take(s);
    }
    auto const having = cues::has_of_them(t_);
    std::size_t covered = 0;
    for (auto const& s : having) take(s), covered += s.end - s.begin;
    if (!having.empty() && covered + 4 >= t_.size() && situation_.shown > 0) out_.intent = Intent::more;   // of what was shown: others
    for (auto const& s : cues::first_of_a_series(t_)) {
        bool const refused_here = cues::negated(t_, s, {});
        if (refused_here) out_.refused_unknown.push_back(to_utf8(slice(s.begin, s.end)));
        else told(s);
        take(s);
        if (refused_here) refused_.push_back(s);
    }
}

// "No heels", where a field is called so and no value is: nothing tells which goods have none, and that is said.
void Reader::refused_fields() {
    if (out_.intent != Intent::find || !out_.constraints.empty() || !out_.doubted.empty() || !out_.refused_unknown.empty() || !out_.comparatives.empty()) return;
    for (auto const& m : matches_)
        if (std::ranges::all_of(m.meanings, [](Meaning const& x) { return x.kind == Meaning::Kind::attribute || x.kind == Meaning::Kind::attribute_word; }) && cues::negated(t_, {m.begin, m.end}, mentions_)) { out_.unheard.push_back((out_.locale == Locale::zh ? "不要" : "no ") + to_utf8(slice(m.begin, m.end))); return; }
}

// "We've already got", "are boring": of what is refused, and no words to look for.
void Reader::settle_owned() {
    if (out_.refused_unknown.empty() && std::ranges::none_of(out_.constraints, [](Constraint const& c) { return c.polarity == Polarity::avoid; })) return;
    for (auto const& span : cues::find_all(t_, cues::wearying)) used_.push_back(span);   // "nah, mugs are boring"
    for (auto const& span : cues::find_all(t_, owning)) used_.push_back(span);
    for (auto const& span : cues::find_all(t_, U"已经 早就 we've they've i've you've already")) used_.push_back(span);
}

}  // namespace kindling::dialogue

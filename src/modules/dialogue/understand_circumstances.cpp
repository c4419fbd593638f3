// modules/dialogue/understand_circumstances.cpp -- "my back hurts at the desk", "music while swimming", 开车的时候喝水: words of a place, a time or an activity that say where a thing is
// needed and are not the thing. See understand.h.
//
// A place stands behind a preposition, or before 的时候. It is circumstance where something else says what is wished for and no goods are named before it: "keep
// my lunch warm at the office" wants no desk, "a lamp in the hallway" and "it's dark in the hallway" are about the hallway's lamps. A value of this shop that is
// said so ("in the car", where flasks are for cars) is preferred, and leaves nothing out.
//
// And the other way to take a word for goods: the last word of a compound names the thing. "A desk fan" where no title ends in fan is no desk.
#include "modules/dialogue/reader.h"
#include "modules/dialogue/title_search.h"

namespace kindling::dialogue {

namespace {

// Where a phrase of one or two words ends.
std::size_t end_of_phrase(std::u32string_view t, std::size_t from) {
    auto end = from;
    for (int words = 0; words < 2 && end < t.size(); ++words) {
        auto to = end;
        if (words > 0) {
            if (t[to] != U' ') break;
            ++to;
        }
        auto const begin = to;
        while (to < t.size() && (cues::letter(t[to]) || t[to] == U'\'')) ++to;
        auto const word = t.substr(begin, to - begin);
        if (word.empty() || (words > 0 && is_common_word(word))) break;
        end = to;
    }
    return end;
}

}  // namespace

void Reader::circumstances() {
    if (out_.intent != Intent::find || !out_.speaks || !situation_.categories.empty()) return;
    std::vector<Span> found;
    static constexpr std::u32string_view places = U"in_my in_the in_our in_a in at_my at_the at_a at on_my on_the on_our on_a on by_my by_the near_my near_the under_my under_the beside_my beside_the inside_my inside_the during_my during_the during while when_i'm when_i_am when_i after_a after_my after before";
    for (auto const& place : cues::find_all(t_, places)) {
        if (place.end >= t_.size() || t_[place.end] != U' ') continue;
        // "I'm after a clip on tuner": a wish, and no time.
        if (auto const before = slice(0, place.begin); slice(place.begin, place.end).starts_with(U"after") && (before.ends_with(U"i'm ") || before.ends_with(U"i am ") || before.ends_with(U"we're ") || before.ends_with(U"we are ") || before.ends_with(U"is ") || before.ends_with(U"he's ") || before.ends_with(U"she's "))) continue;
        auto const end = end_of_phrase(t_, place.end + 1);
        // What is done on a computer or a guitar is done with it.
        if (t_[place.begin] == U'o' && !has(slice(place.end + 1, end), U"train bus plane subway beach stairs road way flight flights commute balcony terrace")) continue;
        if (end > place.end + 1) found.push_back({place.begin, end});
    }
    // 游泳的时候想听歌, 开车时喝水, 在办公室吃午饭, 坐办公桌前腰疼.
    for (auto const& when : cues::find_all(t_, U"的时候 时候")) {
        auto begin = when.begin;
        while (begin > 0 && is_han(t_[begin - 1]) && when.begin - begin < 6 && t_[begin - 1] != U'我' && t_[begin - 1] != U'在') --begin;
        if (begin < when.begin && when.end < t_.size()) found.push_back({begin, when.end});
    }
    for (auto const& m : matches_) {
        if (!is_han(t_[m.begin]) || m.end >= t_.size() || !is_han(t_[m.end])) continue;
        auto const before = slice(0, m.begin), after = slice(m.end, t_.size());
        bool const sat_at = (before.ends_with(U"坐") || before.ends_with(U"坐在") || before.ends_with(U"站") || before.ends_with(U"站在") || before.ends_with(U"趴在")) && !after.starts_with(U"的");
        bool const at = before.ends_with(U"在") && !after.starts_with(U"用") && !after.starts_with(U"的") && !after.starts_with(U"放") && !after.starts_with(U"里用") && !after.starts_with(U"上用");
        if (sat_at || at) found.push_back({m.begin, m.end + (std::u32string_view(U"前边旁里上下室").find(t_[m.end]) != std::u32string_view::npos ? 1 : 0)});
    }
    if (trouble())
        for (auto const& season : cues::find_all(t_, U"冬天 夏天 春天 秋天 in_winter in_summer")) found.push_back(season);
    if (found.empty()) return;
    std::ranges::sort(found, {}, &Span::begin);
    auto const inside = [](auto const& what, std::vector<Span> const& spans) { return std::ranges::any_of(spans, [&](Span const& s) { return what.begin < s.end && s.begin < what.end; }); };
    // What is wished for, of the rest: goods that are named before the place leave it to them.
    static constexpr std::u32string_view bland = U"something anything thing things need needs want wants use used wear put have has play do does go goes going get gets find show look looking keep sit sits stand can could would should what help please recommend suggest 什么 东西 想 要 用 有";
    auto left = used_;
    left.insert(left.end(), found.begin(), found.end());
    for (auto const& span : cues::find_all(t_, bland)) left.push_back(span);
    for (auto const& m : matches_)
        if (!inside(m, found) && names_kind(m)) return;
    auto const wished = cues::remainder(t_, left);
    bool const told = !wished.empty() || (occasion_ && std::ranges::none_of(found, [&](Span const& s) { return s.begin <= occasion_->begin && occasion_->end <= s.end; })) || std::ranges::any_of(matches_, [&](Match const& m) { return !inside(m, found); });
    if (!told) return;
    // "A poster for my room", "some music in the garden": a thing that is named with an article.
    for (auto const& article : cues::find_all(t_.substr(0, found.front().begin), U"a an some need looking_for 个 款 一条 一双 一件"))
        if (article.end < found.front().begin && !inside(article, found)) {
            auto const next = slice(article.end, found.front().begin);
            if (!cues::remainder(next, {}).empty() && !has(next, U"something anything")) return;
        }
    for (auto const& span : found) {
        used_.push_back(span), circumstances_.push_back(span);
        for (auto const& m : matches_) {
            if (m.begin >= span.end || span.begin >= m.end) continue;
            Constraint liked{.said = to_utf8(slice(m.begin, m.end)), .soft = true};
            for (auto const& x : m.meanings)
                if (x.kind == Meaning::Kind::value && x.value >= 0) {
                    auto const& info = words_.attributes[static_cast<std::size_t>(x.id)];
                    auto const& label = info.values[static_cast<std::size_t>(x.value)];
                    liked.attribute = info.name, liked.values.push_back({info.name, label.en, label.zh});
                }
            if (!liked.values.empty()) out_.constraints.push_back(std::move(liked));
        }
        std::erase_if(matches_, [&](Match const& m) { return m.begin < span.end && span.begin < m.end; });
    }
}

// Whether goods are called so: the word ends the first phrase of a title, as the names of things do.
bool Reader::ends_a_name(std::u32string_view word) const {
    return any_title(view_, word, [&](std::size_t p) {
        std::u32string_view title = view_[p].title;
        for (std::u32string_view stop : {U",", U"，", U"(", U" for ", U" with ", U" in ", U" - ", U" | "}) title = title.substr(0, title.find(stop));
        while (!title.empty() && (title.back() == U' ' || (title.back() >= U'0' && title.back() <= U'9'))) title.remove_suffix(1);
        for (auto const& form : {std::u32string(word), std::u32string(word) + U"s"})
            if (title.ends_with(form) && (title.size() == form.size() || !cues::letter(title[title.size() - form.size() - 1]) || is_han(form.front()))) return true;
        return false;
    });
}

void Reader::heads_not_sold() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    for (std::size_t i = 0; i < matches_.size(); ++i) {
        auto const m = matches_[i];
        if (!names_kind(m) || m.end >= t_.size() || std::ranges::any_of(used_, [&](Span const& u) { return u.begin < m.end && m.begin < u.end; })) continue;
        bool const han = is_han(t_[m.end - 1]);
        auto const at = han ? m.end : m.end + 1;
        if (!han && t_[m.end] != U' ') continue;
        auto end = at;
        if (han) end += cues::known_word(slice(at, t_.size()));
        else while (end < t_.size() && t_[end] >= U'a' && t_[end] <= U'z') ++end;
        auto const head = slice(at, end), after = slice(end, t_.size());
        if (head.size() < (han ? 2u : 3u) || (!han && ((is_common_word(head) && everyday_goods().alternatives(to_utf8(head)).empty()) || head.ends_with(U"ing") || head.ends_with(U"ed") || head.ends_with(U"ly")))) continue;
        // Nothing of the name follows, and it is not a sentence about the thing.
        static constexpr std::u32string_view ends[] = {U",", U".", U"?", U"!", U"，", U"。", U"？", U"！", U"吗", U"的", U"有", U"呢", U" for ", U" with ", U" in ", U" under ", U" please", U" that ", U" which "};
        if (!after.empty() && std::ranges::none_of(ends, [&](std::u32string_view stop) { return after.starts_with(stop); })) continue;
        if (has(head, U"礼物 礼盒 礼品 套装 组合 系列 新款 gift gifts present presents set sets")) continue;
        // The shades of lamps are none of "lipstick shades": a quality that only goods of another kind have.
        auto const of_others = std::ranges::find_if(matches_, [&](Match const& other) { return other.begin == at && other.end == end && other.corrected_from.empty() && std::ranges::all_of(other.meanings, [](Meaning const& x) { return x.kind == Meaning::Kind::attribute || x.kind == Meaning::Kind::attribute_word; }); });
        if (of_others != matches_.end()) {
            std::vector<int> kinds;
            for (auto const& x : m.meanings)
                if (x.kind == Meaning::Kind::category) kinds.push_back(x.id);
            auto const theirs = view_.scope(kinds);
            if (std::ranges::none_of(of_others->meanings, [&](Meaning const& x) { return x.id >= 0 && theirs.attributes[static_cast<std::size_t>(x.id)]; }) && !in_a_title({std::u32string(slice(m.begin, end))})) {
                out_.unheard.push_back(to_utf8(head));
                used_.push_back({at, end}), matches_.erase(of_others);
                return;
            }
        }
        if (std::ranges::any_of(matches_, [&](Match const& other) { return other.begin < end && at < other.end && (names_kind(other) || (other.begin <= at && other.end >= end && other.corrected_from.empty() && !han)); })) continue;
        auto begin = m.begin;
        for (std::size_t k = i; k-- > 0 && !han;)   // "a water bottle brush"
            if (matches_[k].end + 1 == begin && t_[matches_[k].end] == U' ') begin = matches_[k].begin;
        auto before = slice(0, begin);
        if (!han) {
            static constexpr std::u32string_view fronts[] = {U"a ", U"an ", U"any ", U"some ", U"sell ", U"need ", U"want ", U"for a ", U"buy "};
            if (!before.empty() && std::ranges::none_of(fronts, [&](std::u32string_view front) { return before.ends_with(front); })) continue;
        }
        Span const compound{begin, end};
        if (cues::negated(t_, compound, mentions_) || ends_a_name(head)) continue;
        std::u32string const words(slice(begin, end));
        if (in_a_title({words, words + U"s"}) || (han && in_a_title({std::u32string(head)}))) continue;
        // "Lipstick ideas", "mug flavours", "dress inspo": in what ways goods come, how one looks among them, or what nobody calls a thing. What is sold is shown, and what was
        // not understood is said; a mug tree is another thing.
        static constexpr std::u32string_view ways = U"shade shades colour colours color colors tone tones hue hues flavour flavours flavor flavors scent scents style styles design designs pattern patterns finish finishes idea ideas inspiration option options choice choices range ranges selection collection collections variety varieties type types kind kinds model models size sizes deal deals offer offers bargain bargains recommendation recommendations suggestion suggestions trend trends review reviews 色号 色调 口味 香型 款式 样式 花色 灵感 推荐款 价位";
        bool const no_thing = cues::one_of(head, ways) || (!han && is_english_word(U"word") && !is_english_word(head) && !is_english_word(head.substr(0, head.size() - (head.back() == U's' ? 1 : 0))));
        if (no_thing && everyday_goods().alternatives(to_utf8(head)).empty()) {
            out_.unheard.push_back(to_utf8(head));
            used_.push_back({at, end});
            std::erase_if(matches_, [&](Match const& each) { return each.begin < end && at < each.end; });
            return;
        }
        out_.not_sold.push_back(to_utf8(words));
        used_.push_back(compound);
        std::erase_if(matches_, [&](Match const& each) { return each.begin < compound.end && compound.begin < each.end; });
        return;
    }
}

}  // namespace kindling::dialogue

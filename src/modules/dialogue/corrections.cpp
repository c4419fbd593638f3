// modules/dialogue/corrections.cpp -- "no, the second one", "sorry, 500", 说错了，是女儿: what was asked last, asked again as it should have been.
//
// The idea: a correction names only what was wrong. So the sentence before is written again with that put in its place -- a place in the list for a place, an amount for
// an amount, a person for a person, a value for a value of the same attribute -- and answered like any other. It serves questions, comparisons, watches and wishes
// alike, also within one sentence ("under 300, sorry, 500"). What finds no counterpart is not forced: the words are then read by themselves.
// What was put into the basket is corrected there, and can be undone: pointing.cpp.
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <ranges>

namespace kindling::dialogue {
namespace {

constexpr std::size_t longest = 400;   // characters: letters are read as they are

struct Places { std::vector<int> ordinals; std::vector<Span> spans; bool focus = false; };

Places places_in(std::u32string_view t, std::size_t shown) {
    auto refs = cues::references(t, shown);
    return {std::move(refs.ordinals), std::move(refs.spans), refs.focus};
}

bool inside(Span what, std::vector<Span> const& spans) { return std::ranges::any_of(spans, [&](Span const& s) { return what.begin < s.end && s.begin < what.end; }); }

std::u32string name_of_place(int n, bool zh) {
    static constexpr std::u32string_view english[] = {U"first", U"second", U"third", U"fourth", U"fifth"};
    if (zh) return U"第" + to_utf32(std::to_string(n)) + U"个";
    return n >= 1 && n <= 5 ? U"the " + std::u32string(english[n - 1]) + U" one" : U"number " + to_utf32(std::to_string(n));
}

struct Edit { Span span; std::u32string text; };

}  // namespace

std::optional<std::string> TurnMaker::put_right(std::string const& said, std::string const& right) const {
    text::Normalised written_before, written;
    text::normalise(said, written_before), text::normalise(right, written);
    auto const before = surface_of(said), t = surface_of(right);
    if (before.size() > longest || t.size() > longest || written_before.text.size() != before.size()) return {};
    auto const shown = std::max<std::size_t>(state().shown.size(), 2);
    bool const zh = std::ranges::any_of(before, is_han);
    std::vector<Edit> edits;
    std::vector<Span> used;
    std::u32string added;

    auto const now = places_in(t, shown), then = places_in(before, shown);
    if (!now.ordinals.empty()) {
        std::u32string names;
        auto ordinals = now.ordinals;
        if (ordinals.size() == 1 && then.ordinals.size() == 2) ordinals.insert(ordinals.begin(), then.ordinals.front() == ordinals.front() ? then.ordinals.back() : then.ordinals.front());   // of two the second is corrected
        for (int const n : ordinals) names += (names.empty() ? U"" : zh ? U"和" : U" and ") + name_of_place(n, zh);
        if (then.spans.empty()) return {};
        auto first = then.spans.front();
        for (auto const& span : then.spans) first = {std::min(first.begin, span.begin), std::max(first.end, span.end)};
        edits.push_back({first, names});
        used.insert(used.end(), now.spans.begin(), now.spans.end());
    }
    // An amount for an amount: in the same unit where one is named, with its own limit where it has one, and else within the limit that was said.
    auto const numbers = quantities(written.text), old = quantities(written_before.text);
    for (auto const& n : numbers) {
        if (inside({n.number_begin, n.number_end}, now.spans)) continue;
        bool const named = n.kind == Quantity::Kind::measure || n.kind == Quantity::Kind::count;
        Quantity const* counterpart = nullptr;
        for (auto const& o : old) {
            if (inside({o.number_begin, o.number_end}, then.spans) || (named && o.kind != Quantity::Kind::plain && o.base != n.base)) continue;
            if (!counterpart || o.limit != Quantity::Limit::exact || counterpart->limit == Quantity::Limit::exact) counterpart = &o;
        }
        if (!counterpart) continue;
        bool const whole = n.limit != Quantity::Limit::exact;
        auto const what = whole ? Span{n.begin, n.end} : Span{n.number_begin, n.number_end};
        edits.push_back({whole ? Span{counterpart->begin, counterpart->end} : Span{counterpart->number_begin, counterpart->number_end}, std::u32string(written.text.substr(what.begin, what.end - what.begin))});
        used.push_back({n.begin, n.end});
    }
    if (auto const person = person_in(t), other = person_in(before); person && other) {
        edits.push_back({other->span, std::u32string(t.substr(person->span.begin, person->span.end - person->span.begin))});
        used.push_back(person->span);
    }
    // A value for a value of the same attribute; another one is said beside it.
    auto const matches = lexicon_.scan(t), matches_before = lexicon_.scan(before);
    auto const attribute = [](Match const& m) { return m.meanings.empty() || m.meanings.front().kind != Meaning::Kind::value ? -1 : m.meanings.front().id; };
    for (auto const& m : matches) {
        if (attribute(m) < 0 || inside({m.begin, m.end}, used)) continue;
        auto const text = std::u32string(t.substr(m.begin, m.end - m.begin));
        auto const o = std::ranges::find_if(matches_before, [&](Match const& b) { return attribute(b) == attribute(m) && !inside({b.begin, b.end}, then.spans); });
        if (o != matches_before.end()) edits.push_back({{o->begin, o->end}, text});
        else added += (zh ? U"，" : U", ") + text;
        used.push_back({m.begin, m.end});
    }
    if (edits.empty()) return {};
    for (auto const& filler : cues::find_all(t, U"it's it_is it_was the one ones for my a an make it please in of at about size instead 是 要 个 的 给 送 码 换 成 改 吧 块 元 以内 就 那")) used.push_back(filler);
    if (!cues::remainder(t, used).empty()) return {};
    std::ranges::sort(edits, {}, [](Edit const& e) { return e.span.begin; });
    for (std::size_t i = 1; i < edits.size(); ++i)
        if (edits[i].span.begin < edits[i - 1].span.end) return {};
    auto out = written_before.text;
    for (auto const& edit : edits | std::views::reverse) out.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.text);
    while (!out.empty() && !added.empty() && std::u32string_view(U" .。?？!！").find(out.back()) != std::u32string_view::npos) out.pop_back();
    return to_utf8(out + added);
}

std::string TurnMaker::settle_correction(std::string said) {
    auto const& s = state();
    static constexpr std::string_view answers[] = {"memory", "currency", "relaxation", "order", "contact"};   // "no, …" answers what was asked
    if (s.pending.starts_with("errand") || std::ranges::find(answers, s.pending) != std::end(answers)) return said;
    auto const beginning = utf8_prefix(said, 3000);
    text::Normalised written;
    text::normalise(beginning, written);
    auto const t = surface_of(beginning);
    if (t.size() > longest || written.text.size() != t.size() || cues::suspicious(t)) return said;
    if (auto const behind = cues::behind_what_takes_back(t, 0); behind > 0) {
        // 少了，少发一件, "wrong size, I want to return it": of what was bought, where these words are the reason.
        if (cues::tells_a_fault(t) || cues::gives_back(t) || cues::wants_another(t)) return said;
        corrects_ = true;
        return to_utf8(std::u32string_view(written.text).substr(behind));
    }
    if (auto const both = cues::corrects_itself(t)) {
        auto const part = [&](Span span) { return to_utf8(std::u32string_view(written.text).substr(span.begin, span.end - span.begin)); };
        if (auto right = put_right(part(both->first), part(both->second))) return *right;
        // 把第一个，不对，第二个加入购物车: before it nothing but a place was said, and the rest says all.
        auto const before = t.substr(0, both->first.end), behind = t.substr(both->second.begin);
        auto used = cues::references(before, 9).spans;
        for (auto const& filler : cues::find_all(before, U"把 将 给我 我要 要 买 加 i want i'd like give me put add take the a")) used.push_back(filler);
        if (!cues::references(before, 9).ordinals.empty() && !cues::references(behind, 9).ordinals.empty() && cues::remainder(before, used).empty()) return part(both->second);
    }
    return said;
}

void TurnMaker::ask_rightly() {
    auto& s = state();
    if (!std::exchange(corrects_, false)) return;
    reading_.corrects = true;
    if (s.said.empty()) return;
    auto const last = understand(s.said, view_, lexicon_, situation());
    bool const wish = last.intent == Intent::find || last.intent == Intent::gift || last.intent == Intent::bundle;
    // A wish takes what is said of it by itself; only what names no limit is put into its words.
    if (wish && !reading_.constraints.empty() && reading_.recipient.empty()) return;
    auto const right = put_right(s.said, text_);
    if (!right) return;
    text_ = *right;
    reading_ = understand(text_, view_, lexicon_, situation());
    if (last.intent == Intent::watch && reading_.intent == Intent::watch && ports_.watches)   // what was not meant is waited for no longer
        if (auto const waiting = ports_.watches->waiting())
            for (auto const& w : *waiting)
                if (auto const t = target_of_sku(w.sku); t && view_[t->product].data.product_id == s.focus) (void)ports_.watches->stop(w.watch_id);
}

void TurnMaker::note_said(std::vector<std::string> const& list_before) {
    auto& s = state();
    static constexpr Intent corrigible[] = {Intent::find, Intent::gift, Intent::bundle, Intent::compare, Intent::advise, Intent::ask_fact, Intent::ask_opinion, Intent::why, Intent::watch, Intent::price_history, Intent::size_help, Intent::add_to_basket};
    bool const put_in = s.added_turn == s.turn && !s.added.empty();
    bool const proof = s.pending == "order" || s.pending == "contact" || s.pending.starts_with("errand");
    bool const places_moved = !reading_.ordinals.empty() && s.shown != list_before;   // "the first" is another now
    s.said = !put_in && !proof && !places_moved && text_.size() <= longest && std::ranges::find(corrigible, reading_.intent) != std::end(corrigible) ? text_ : std::string();
}

}  // namespace kindling::dialogue

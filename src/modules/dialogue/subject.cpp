// modules/dialogue/subject.cpp -- the goods that a talk is about stay what it is about: "flatwounds if possible" behind bass strings, "a cleaning kit for one" behind a trumpet.
//
// Where no category names the goods, words do, and the next words may narrow them or name others. They name others when titles here are called so (the last word of the first
// phrase of a title) or everybody calls goods so; they narrow when they speak of one of them ("the concert ones"), of a feature ("I need the big plug"), or are no name of goods and
// stand in a title together with the goods. A pronoun behind a thing ("an adapter for it") is read as the goods it stands for; that is another wish, which the limits of the goods
// themselves do not bind. Of "headphones for my digital piano" the headphones are shown and not the pianos that come with some. See turn.h.
// Cost: the titles that have one word; where words are joined, one search more.
#include "core/utf8.h"
#include "modules/dialogue/called_so.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/title_search.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <functional>
#include <ranges>

namespace kindling::dialogue {

namespace {

// What belongs to a thing is called after it, and is another: a ukulele bag.
constexpr std::u32string_view belongings = U"bag bags case cases strap straps stand stands kit kits cover covers cable cables adapter adapters strings string book books stickers sticker parts part charger holder holders rack racks mouthpiece mute";

std::string before_comma(std::string const& words) { return words.substr(0, words.find(", ")); }

// The last word that is no amount.
std::u32string head_of(std::string const& words) {
    auto text = surface_of(before_comma(words));
    for (;;) {
        while (!text.empty() && text.back() == U' ') text.pop_back();
        auto const blank = text.rfind(U' ');
        auto const last = blank == text.npos ? text : text.substr(blank + 1);
        if (last.find_first_of(U"0123456789") == last.npos || blank == text.npos) return last;
        text.resize(blank);
    }
}

std::vector<std::u32string> numbers_of(std::u32string const& word) {
    if (!word.empty() && is_han(word.front())) return spellings(word);
    std::vector<std::u32string> out{word};
    if (word.empty()) return out;
    if (word.size() > 3 && word.ends_with(U's') && !word.ends_with(U"ss")) out.push_back(word.substr(0, word.size() - 1));
    else out.push_back(word + U"s");
    return out;
}

std::u32string first_phrase(std::string const& title) {
    auto name = name_in_title(title);
    for (std::u32string_view stop : {U",", U"(", U" - ", U" | "}) name = name.substr(0, name.find(stop));
    while (!name.empty() && (name.back() == U' ' || (name.back() >= U'0' && name.back() <= U'9'))) name.pop_back();
    return name;
}

// Whether titles here are called so: such a share of those that have the word.
constexpr double usual_share = .2, share_of_the_sought = .04;   // "got any rosin?": much of it is in sets, and a noun all the same
bool goods_are_called(CatalogueView const& view, std::u32string const& word, double share) {
    if (word.size() < 2) return false;
    if (!everyday_goods().alternatives(to_utf8(word)).empty()) return true;
    if (is_han(word.front())) return cues::known_word(word) == word.size();
    constexpr std::size_t most = 400;
    std::size_t with = 0, called = 0;
    auto const forms = numbers_of(word);
    for (auto const& form : forms)
        if (any_title(view, form, [&](std::size_t p) {
                if (!cues::has_word(view[p].title, form)) return false;
                auto const name = first_phrase(view[p].data.title_en);
                ++with, called += name.ends_with(form) && (name.size() == form.size() || !cues::letter(name[name.size() - form.size() - 1]));
                return with >= most;
            })) break;
    return called >= 2 && static_cast<double>(called) >= share * static_cast<double>(with);
}

// "Concert ukulele, bag" of "ukulele" and "concert, bag": what narrows stands before the goods, what they come with behind a comma.
std::string joined(std::string const& goods, std::string const& more) {
    auto const part = [](std::string const& words, bool behind) { auto const comma = words.find(", "); return comma == words.npos ? (behind ? std::string() : words) : behind ? words.substr(comma + 2) : words.substr(0, comma); };
    auto const main = surface_of(part(goods, false));
    std::string out;
    auto const narrowing = part(more, false);
    for (std::size_t i = 0; i < narrowing.size();) {
        auto const end = std::min(narrowing.find(' ', i), narrowing.size());
        auto const word = narrowing.substr(i, end - i);
        i = end + 1;
        auto const said = std::ranges::any_of(numbers_of(surface_of(word)), [&](std::u32string const& form) { return !form.empty() && cues::has_word(main, form); });
        if (!word.empty() && !said) out += word + " ";
    }
    out += part(goods, false);
    for (auto const& with : {part(goods, true), part(more, true)})
        if (!with.empty()) out += (out.find(", ") == out.npos ? ", " : " ") + with;
    return out;
}

}  // namespace

void TurnMaker::leave_subject() {
    auto& s = state();
    note_earlier(s, s.constraints, s.free_text, s.talk.subject.thing);
    std::erase_if(s.constraints, [](Constraint const& c) { return c.attribute != of_an_allergy; });
    s.free_text.clear(), s.talk.subject.thing.clear(), s.order.clear(), s.asked.clear(), s.refused.clear();
}

// As it can be written into a sentence; empty: nothing is talked about.
std::string TurnMaker::subject_called() const {
    auto const& s = state();
    auto const kinds = categories_in_force(s, view_.words());
    for (auto const& c : s.constraints)   // as it was said, where that is in the language of this turn
        if (c.kind == ConstraintKind::category && c.polarity == Polarity::want && !c.said.empty() && c.said.find(' ') == std::string::npos && std::ranges::any_of(surface_of(c.said), is_han) == (reading_.locale == Locale::zh)) return c.said;
    auto const of_category = [&](int kind) {
        auto label = surface_of(view_.words().categories[static_cast<std::size_t>(kind)].label.in(reading_.locale));
        return to_utf8(label);
    };
    if (!kinds.empty()) return of_category(kinds.front());
    if (!s.free_text.empty()) return before_comma(s.free_text);
    if (auto const p = view_.find(s.focus); p && view_[*p].category >= 0) return of_category(view_[*p].category);
    return {};
}

bool TurnMaker::says_more_of_the_subject(std::u32string_view t, std::string const& together) const {
    auto const words = before_comma(reading_.free_text);
    auto const head = head_of(reading_.thing.empty() ? words : reading_.thing);
    if (cues::among_the_goods(t) || cues::needs_the_feature(t)) return true;
    bool const sought = cues::seeks(t) || cues::has(t, U"got_any have_you any_chance how_about have_any 卖");
    if (reading_.names_anew || goods_are_called(view_, head, sought ? share_of_the_sought : usual_share) || !scorer_) return false;
    if (reading_.refines) return true;
    if (std::ranges::any_of(t, is_han) && !everyday_goods().find(to_utf8(std::u32string(t))).empty()) return false;
    if (auto const both = scorer_(together); both.whole && !both.scores.empty() && !both.near_in_meaning) return true;
    // "Pokemon", "got any pokemon stuff?": words alone, and what is sought, are another wish.
    bool const alone = surface_of(reading_.free_text).size() + 2 >= t.size();
    return !alone && !sought;
}

void TurnMaker::keep_subject() {
    auto& s = state();
    auto t = surface_of(text_);
    if (t.size() > 240 || reading_.suspicious || (reading_.intent != Intent::find && reading_.intent != Intent::gift) || !s.slots.empty()) return;
    auto const read_anew = [&](std::string said) {
        text_ = std::move(said), t = surface_of(text_);
        auto alone = situation();
        alone.categories.clear();
        return understand(text_, view_, lexicon_, alone);
    };
    // "A kit for one": another thing, for what was talked about.
    if (auto const it = cues::stands_for_the_goods(t)) {
        auto const name = subject_called(), said = text_;
        // "I don't need an app for it" refuses, and wishes for no app.
        if (name.empty() || std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.polarity == Polarity::avoid; })) return;
        auto other = read_anew(to_utf8(t.substr(0, it->begin)) + name + to_utf8(t.substr(it->end)));
        if (other.intent != Intent::find || (other.free_text.empty() && other.not_sold.empty() && other.constraints.empty())) { text_ = said; return; }
        leave_subject();
        reading_ = std::move(other);
        reading_.merge = Reading::Merge::replace, reading_.refines = false, reading_.names_anew = true;
        return;
    }
    // "And something wooden for the little one": for somebody else; what may be spent is still known.
    if (cues::for_somebody_else_now(t) && std::ranges::none_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category; }) && reading_.not_sold.empty()) {
        auto said = t;
        for (std::u32string_view little : {U"the little ones", U"the little one", U"my little one"})
            if (auto const at = said.find(little); at != said.npos) { said.replace(at, little.size(), U"my child"); break; }
        if (person_in(said) && (!reading_.recipient.empty() ? reading_.recipient != s.recipient : true)) {
            auto const price = std::ranges::find(s.constraints, ConstraintKind::price, &Constraint::kind);
            auto const kept = price == s.constraints.end() ? std::nullopt : std::optional(*price);
            leave_subject();
            if (kept) s.constraints.push_back(*kept);
            s.recipient.clear(), s.whom.clear();
            reading_ = read_anew(to_utf8(said));
        }
        return;
    }
    // A value takes the place of a word that only titles could bear and that is a value of the same field: "canvas is fine then" behind leather.
    for (auto const& c : reading_.constraints)
        if (c.kind == ConstraintKind::value && c.polarity == Polarity::want && !c.values.empty() && !c.values.front().attribute.empty() && reading_.merge != Reading::Merge::either)
            std::erase_if(s.constraints, [&](Constraint const& k) {
                if (k.kind != ConstraintKind::value || k.polarity != Polarity::want || k.soft || k.values.empty() || !k.values.front().attribute.empty()) return false;
                return std::ranges::any_of(lexicon_.scan(surface_of(k.said)), [&](Match const& m) { return std::ranges::any_of(m.meanings, [&](Meaning const& x) { return x.kind == Meaning::Kind::value && x.id >= 0 && std::ranges::any_of(c.values, [&](ValueName const& v) { return view_.words().attributes[static_cast<std::size_t>(x.id)].name == v.attribute; }); }); });
            });
    if (s.free_text.empty() || reading_.free_text.empty() || reading_.intent != Intent::find || !categories_in_force(s, view_.words()).empty() || !kinds_of(reading_.constraints, Polarity::want, view_.words()).empty()) return;
    if (!reading_.not_sold.empty() || !reading_.recipient.empty() || reading_.corrects || reading_.merge == Reading::Merge::fresh || s.free_text.find(reading_.free_text) != std::string::npos || !reading_.ordinals.empty()) return;
    auto const together = joined(s.free_text, reading_.free_text);
    if (together.size() > 120 || !says_more_of_the_subject(t, together)) return;
    reading_.thing = s.talk.subject.thing.empty() ? to_utf8(head_of(s.free_text)) : s.talk.subject.thing;
    reading_.free_text = together, reading_.refines = false, reading_.names_anew = false, reading_.points = false;
    reading_.of_their_own = s.of_their_own;
}

bool TurnMaker::back_to_earlier() {
    auto& s = state();
    auto const t = surface_of(text_);
    auto const said = t.size() <= 240 && reading_.ordinals.empty() ? cues::goes_back(t) : std::nullopt;
    if (!said || s.talk.subject.earlier.empty()) return false;
    auto const [cue, named] = *said;
    auto const words = surface_of(cues::remainder(t.substr(named.begin, named.end - named.begin), {}));
    auto const speaks_of = [&](EarlierWish const& wish) {
        auto all = surface_of(wish.words);
        for (auto const& c : wish.constraints) all += U" " + surface_of(c.said) + U" " + surface_of(c.label_en) + U" " + surface_of(c.label_zh);
        for (std::size_t i = 0; i < words.size();) {
            auto const end = std::min(words.find(U' ', i), words.size());
            auto const word = words.substr(i, end - i);
            i = end + 1;
            if (!word.empty() && std::ranges::none_of(numbers_of(word), [&](std::u32string const& form) { return is_han(form.front()) ? all.find(form) != all.npos : cues::has_word(all, form); })) return false;
        }
        return true;
    };
    auto const of = std::ranges::find_if(s.talk.subject.earlier | std::views::reverse, speaks_of);
    if (of == (s.talk.subject.earlier | std::views::reverse).end()) return false;
    auto const wish = *of;
    s.talk.subject.earlier.erase(std::next(of).base());
    auto const allergies = [&] { auto out = s.constraints; std::erase_if(out, [](Constraint const& c) { return c.attribute != of_an_allergy; }); return out; }();
    leave_subject();
    s.constraints = wish.constraints, s.free_text = wish.words, s.talk.subject.thing = wish.thing;
    for (auto const& c : allergies)
        if (std::ranges::none_of(s.constraints, [&](Constraint const& k) { return k.attribute == c.attribute && k.said == c.said; })) s.constraints.push_back(c);
    // What else is said: an order or a limit of them.
    auto const rest = t.substr(named.end);
    reading_ = understand(to_utf8(rest), view_, lexicon_, situation());
    reading_.locale = locale_, reading_.intent = Intent::find, reading_.free_text.clear(), reading_.not_sold.clear(), reading_.names_anew = false;
    out_.topic = "find", words_before_ = s.free_text;
    remember(s, reading_, view_);
    if (cues::has(rest, U"cheapest 最便宜")) s.order = "price_up";
    find();
    return true;
}

void TurnMaker::keep_thing(Selection& out) {
    no_such_thing_ = false;
    auto const head = head_of(state().talk.subject.thing);
    if (head.empty() || !by_words_) return;
    auto const forms = numbers_of(head);
    bool const is_belonging = cues::one_of(head, belongings);
    auto const called = [&](Pick const& pick) {
        auto const& title = view_[pick.product].title;
        if (std::ranges::none_of(forms, [&](std::u32string const& form) { return cues::has_word(title, form); })) return false;
        auto const name = first_phrase(view_[pick.product].data.title_en);
        if (std::ranges::none_of(forms, [&](std::u32string const& form) { return cues::has_word(name, form); })) return false;
        auto const last = name.substr(name.rfind(U' ') + 1);
        return is_belonging || !cues::one_of(last, belongings);
    };
    auto kept = out.full;
    std::erase_if(kept, std::not_fn(called));
    if (kept.empty()) no_such_thing_ = true;
    else out.full = std::move(kept);
}

void TurnMaker::settle_thing(Selection& found) {
    auto& s = state();
    if (!no_such_thing_ || reading_.thing.empty() || s.talk.subject.thing.empty() || s.free_text == s.talk.subject.thing) return;
    auto const before = std::pair(s.free_text, s.talk.subject.thing);
    // "Headphones" narrowed by "plug 6.3mm" are still headphones, with what of it some have; "for my distortion pedal", where nothing says it, may be said of pedals.
    auto const goods = before_comma(words_before_);
    bool const narrowed = !goods.empty() && s.free_text.find(goods) != std::string::npos;
    auto const base = narrowed ? goods : s.talk.subject.thing;
    std::vector<std::string> words;
    for (std::size_t i = 0; i < s.free_text.size();) {
        auto const end = std::min(s.free_text.find_first_of(" ,", i), s.free_text.size());
        if (auto word = s.free_text.substr(i, end - i); !word.empty() && !cues::has_word(surface_of(base), surface_of(word))) words.push_back(std::move(word));
        i = end + 1;
    }
    auto const called_with = [&](std::string const& some) {
        s.free_text = some.empty() ? base : some + " " + base;
        found = selection();
        return by_words_ && !no_such_thing_ && (some.empty() || with_all_ > 0);
    };
    constexpr std::size_t most_tried = 4;
    std::string kept;
    for (std::size_t i = narrowed ? 0 : 1; i < words.size() && i < most_tried && kept.empty(); ++i) {
        std::string some = words[i];
        for (std::size_t k = i + 1; !narrowed && k < words.size(); ++k) some += " " + words[k];
        if (called_with(some)) kept = some;
    }
    if (words.empty() || (kept.empty() && !called_with({}))) {
        std::tie(s.free_text, s.talk.subject.thing) = before;
        found = selection();
        return;
    }
    std::string unsaid;
    for (auto const& word : words)
        if (!cues::has_word(surface_of(kept), surface_of(word))) unsaid += (unsaid.empty() ? "" : " ") + word;
    if (!unsaid.empty()) say(Phrase::words_unknown, {echo("echo", unsaid)});
}

}  // namespace kindling::dialogue

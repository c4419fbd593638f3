// modules/dialogue/finding.cpp -- what fits the wish that is known so far: chosen, counted, shown, turned over, and the question that would tell most next.
//
// What nothing fits is explained (relax.cpp); what only words choose is counted by them: goods with all the words are said, the nearest come after.
#include "core/money.h"
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/rescue.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/small_talk.h"
#include "modules/dialogue/turn.h"
#include "modules/dialogue/words_held.h"
#include <algorithm>
#include <cmath>
#include <utility>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_of_a_page = 400;   // of what is popular, best first: more than a page is never shown of it

std::string in_language(std::string const& words, Locale locale) {
    std::string out;
    for (std::size_t i = 0; i < words.size();) {
        auto const end = std::min(words.find(' ', i), words.size());
        auto const word = words.substr(i, end - i);
        if (!word.empty() && std::ranges::any_of(surface_of(word), is_han) == (locale == Locale::zh)) out += (out.empty() ? "" : " ") + word;
        i = end + 1;
    }
    return out.empty() ? words : out;
}

}  // namespace

std::string TurnMaker::needs_text() const {
    std::string out;
    for (auto const& c : state().constraints)
        if (!c.soft) out += (out.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + c.label(locale_);
    // What the words choose is part of the need, whatever limits it.
    // An amount in it names no goods: it orders them, and not all that are counted have it.
    // What it is called in the other language is looked for beside it, and not said.
    if (auto const words = in_language(without_amounts(state().free_text), locale_); !words.empty() && (out.empty() || by_words_)) out = words + (out.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + out;
    return out;
}

void TurnMaker::say_found(Selection const& found) {
    auto const needs = needs_text();
    if (needs.empty()) return;
    if (more_found_ && !some_words_ && state().constraints.empty()) { say(Phrase::found_very_many, {echo("needs", needs)}); return; }
    if (by_words_ && with_all_ < found.full.size()) {
        if (!missing_words_.empty()) say_without();
        else if (with_all_ == 0) say(Phrase::found_some_words, {echo("needs", needs)});
        else say(Phrase::found_few_words, {count(with_all_), echo("needs", needs)});
        return;
    }
    say(found.full.size() == 1 ? Phrase::found_one : found.full.size() <= options_.picks ? Phrase::found_few : Phrase::found_many, {count(found.full.size()), echo("needs", needs)});
}

// "By agatha christie", where nothing here is: said by name and not looked for any more, while there is something else to look for.
void TurnMaker::say_without() {
    auto& s = state();
    std::string names, rest;
    for (auto const& word : missing_words_) names += (names.empty() ? "" : " ") + word;
    for (std::size_t i = 0; i < s.free_text.size();) {
        auto const end = std::min(s.free_text.find_first_of(" ,", i), s.free_text.size());
        if (auto const word = s.free_text.substr(i, end - i); !word.empty() && std::ranges::find(missing_words_, word) == missing_words_.end()) rest += (rest.empty() ? "" : " ") + word;
        i = end + 1;
    }
    say(Phrase::found_without, {echo("echo", names)});
    if (!rest.empty()) s.free_text = rest;
}

bool TurnMaker::wants_books() const {
    auto const kinds = categories_in_force(state(), view_.words());
    return kinds.size() == 1 && named_for_books(view_.words().categories[static_cast<std::size_t>(kinds.front())].label);
}

// "To Kill a Mockingbird", which is not here: said, and of books the nearest are books, whatever words of its title others share. Of "a romance novel set in
// Scotland" the romance is still looked for.
bool TurnMaker::no_such_work(Selection& found) {
    auto& s = state();
    if (!wants_books() || s.free_text.empty() || reading_.free_text.empty() || !scorer_) return false;
    bool const known = std::ranges::any_of(found.full, [&](Pick const& pick) { return scores_.contains(pick.product); });
    auto const is_name = [](std::string const& word) { return !is_english_word(surface_of(word)); };
    if (known && !(by_words_ && std::ranges::any_of(missing_words_, is_name))) return false;
    auto const kinds = categories_in_force(s, view_.words());
    auto const words = std::exchange(s.free_text, "");
    WordsHeld const held(view_, without_amounts(words));
    auto const missing = held.nowhere({}, kinds);
    std::string genre, rest;
    for (std::size_t i = 0; i < held.size(); ++i) {
        if (std::ranges::find(missing, held[i]) != missing.end()) continue;
        auto& into = cues::has(surface_of(held[i]), U"romance romantic fantasy mystery mysteries thriller thrillers horror western westerns crime history historical memoir biography poetry poems humor humour adventure vampire dystopian") ? genre : rest;
        into += (into.empty() ? "" : " ") + held[i];
    }
    bool const a_name = std::ranges::any_of(missing, is_name);
    s.free_text = !genre.empty() ? genre : missing.empty() || a_name ? "" : rest;
    found = selection();
    if (s.free_text.empty()) say(Phrase::works_without, {echo("echo", words), name_slot("kind", view_.words().categories[static_cast<std::size_t>(kinds.front())].label.in(locale_))});
    else if (missing.empty()) say(Phrase::found_some_words, {echo("needs", words)});
    else {
        std::string names;
        for (auto const& word : missing) names += (names.empty() ? "" : " ") + word;
        say(Phrase::found_without, {echo("echo", names)});
    }
    return true;
}

namespace {

// A wish that no attribute here knows: titles alone bear it out.
bool only_by_title(Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want && !c.soft && !c.values.empty() && c.values.front().attribute.empty(); }
// "A water fountain for my cat", where fountains say nothing of cats and cat food does: what is named goes before a quality that goods of another name have.
bool is_quality(Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want && !only_by_title(c); }
bool is_wanted_kind(Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; }
bool is_amount(Constraint const& c) { return c.kind == ConstraintKind::price || c.kind == ConstraintKind::number; }

}  // namespace

// "Warm for hiking in winter", where no title says both: what is no name of goods is looked for in descriptions too, sooner than the swans in
// winter are shown. Where goods are named, a wish that they do not meet is told instead. False: nothing came of it, and all is as it was.
bool TurnMaker::looked_for_in_texts(Selection& found) {
    auto& s = state();
    if (!scorer_ || std::ranges::count_if(s.constraints, only_by_title) < 2 || std::ranges::any_of(s.constraints, is_wanted_kind)) return true;
    auto const before = std::pair(s.constraints, s.free_text);
    for (auto const& c : s.constraints)
        if (only_by_title(c)) s.free_text += (s.free_text.empty() ? "" : " ") + c.said;
    std::erase_if(s.constraints, only_by_title);
    found = selection();
    if (!scores_.empty() && std::ranges::any_of(found.full, [&](Pick const& pick) { return scores_.contains(pick.product); })) return true;
    std::tie(s.constraints, s.free_text) = before;
    return false;
}

// "A bed for a big dog", "a fountain for cats": where none of the goods that are meant has such a field and titles name it, they bear it out.
bool TurnMaker::bear_by_titles() {
    auto& s = state();
    bool changed = false;
    // 狗狗睡的窝: of beds that have no such field and are nearly all called a dog's, it says nothing more.
    std::erase_if(s.constraints, [&](Constraint const& c) {
        if (!is_quality(c) || c.soft) return false;
        auto const condition = resolve(c, view_.words());
        std::vector<Constraint> kinds;
        std::ranges::copy_if(s.constraints, std::back_inserter(kinds), is_wanted_kind);
        for (auto const& [said, plain] : {std::pair(std::u32string_view(U"狗 狗狗 小狗 犬 dog dogs puppy puppies"), std::u32string_view(U"狗")), {U"猫 猫咪 小猫 cat cats kitten kittens", U"猫"}}) {
            if (kinds.empty() || !cues::has(surface_of(c.said), said)) continue;
            auto const meant = select(view_, kinds, {.relaxed_limit = 0, .most = 0}).fitting;
            auto const has_field = [&](std::uint32_t p) { return std::ranges::any_of(condition.pairs, [&](auto const& pair) { return view_.value_of(p, 0, pair.first) != nullptr; }); };
            auto const called = std::ranges::count_if(meant, [&](std::uint32_t p) { return view_[p].title.find(plain) != std::u32string::npos || cues::has(view_[p].title, plain == U"狗" ? std::u32string_view(U"dog dogs pet") : std::u32string_view(U"cat cats pet")); });
            if (meant.empty() || std::ranges::any_of(meant, has_field) || static_cast<std::size_t>(called) * 10 < meant.size() * 9) continue;
            return changed = true;
        }
        return false;
    });
    for (auto& c : s.constraints) {
        if (!is_quality(c) || c.soft || c.said.empty()) continue;
        auto const condition = resolve(c, view_.words());
        if (condition.pairs.empty()) continue;
        std::vector<std::u32string> ways;
        for (auto& way : ways_to_say(c))
            if (is_han(way.front()) == is_han(surface_of(c.said).front())) ways.push_back(std::move(way));
        if (ways.empty()) continue;
        std::vector<Constraint> others;
        for (auto const& other : s.constraints)
            if (&other != &c && !other.soft) others.push_back(other);
        auto meant = select(view_, others, SelectOptions{.text = scores_.empty() ? nullptr : &scores_, .use = scores_.empty() ? SelectOptions::Text::ranks : SelectOptions::Text::only, .relaxed_limit = 0, .most = 0});
        auto const has_field = [&](std::uint32_t p) { return std::ranges::any_of(condition.pairs, [&](auto const& pair) { return view_.value_of(p, 0, pair.first) != nullptr; }); };
        // Of what has one of the words and not the others, nothing is meant.
        std::erase_if(meant.fitting, [&](std::uint32_t p) { auto const score = scores_.find(p); return !scores_.empty() && (score == scores_.end() || score->second < named_share); });
        if (2 * static_cast<std::size_t>(std::ranges::count_if(meant.fitting, has_field)) > meant.fitting.size()) continue;
        if (auto const words = title_words(ways); std::ranges::none_of(meant.fitting, [&](std::uint32_t p) { return titled(view_, p, words); })) continue;
        c.values.clear(), c.attribute.clear(), changed = true;
        for (auto const& way : ways) c.values.push_back({"", to_utf8(way), to_utf8(way)});
        write_labels(c, view_.words(), view_.currency());
    }
    return changed;
}

// Once, when it is said: that it holds for all that follows, and what data cannot promise.
void TurnMaker::tell_allergies(std::span<Constraint const> said) {
    std::string all;
    for (auto const& c : said)
        if (c.attribute == of_an_allergy) all += (all.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + [&] { auto const family = allergen_label(c.said); return family ? std::string(family->in(locale_)) : c.said; }();
    if (!all.empty()) say(Phrase::allergy_noted, {echo("echo", all)});
}

void TurnMaker::find() {
    auto& s = state();
    apply_memory();
    // 适合女生的连衣裙: where none of these goods says for whom it is made, it is no limit.
    std::erase_if(s.constraints, [&](Constraint const& c) {
        auto const attribute = view_.words().attribute_ids.find(c.attribute);
        if (c.kind != ConstraintKind::value || c.polarity != Polarity::want || attribute == view_.words().attribute_ids.end() || !label_of_audience(attribute->second) || categories_in_force(s, view_.words()).empty()) return false;
        bool const women = std::ranges::any_of(c.values, [](ValueName const& v) { return surface_of(v.en) == U"women" || v.zh == "女"; });
        return women && !spoken_of(resolve(c, view_.words()));
    });
    understood();
    for (auto const& limits : reading_.contradictions) say(Phrase::contradiction, {echo("wanted", limits)});
    tell_corrections(reading_.corrections);
    for (auto const& name : reading_.unheard) say(Phrase::words_unknown, {echo("echo", name)});
    for (auto const& name : reading_.doubted) say(Phrase::refusal_unread, {echo("echo", name)});
    for (auto const& name : reading_.refused_unknown) say(Phrase::refusal_unknown, {echo("echo", name)});
    tell_allergies(reading_.constraints);
    for (auto const& [from, to] : reading_.converted) say(Phrase::size_converted, {echo("from", from), echo("to", to)});
    auto found = selection();
    settle_thing(found);
    if (found.full.empty()) fit_circumstances(found);
    if (found.full.empty() && !looked_for_in_texts(found)) found = selection();
    if (by_words_ && !no_thing_.empty() && no_thing_ == s.free_text && reading_.not_sold.empty()) {
        reading_.not_sold.push_back(no_thing_);
        if (tell_not_sold()) return;
    }
    if (auto const unborne = drop_unborne(); !unborne.empty()) {
        say(Phrase::words_unknown, {echo("echo", unborne)});
        found = selection();
        if (found.full.empty() && !looked_for_in_texts(found)) found = selection();
    }
    ask_for_currency();
    bool const nothing_known = s.constraints.empty() && scores_.empty() && s.order.empty();
    if ((nothing_known || nothing_borne_ || only_shares_characters()) && !s.free_text.empty()) {
        auto const words = s.free_text;
        s.free_text.clear(), scores_.clear();
        popular(Phrase::not_understood, {echo("echo", words)});
        return;
    }
    auto const named_here = [&](Pick const& pick) { return scores_.contains(pick.product); };
    if ((found.full.empty() || (!s.free_text.empty() && !scores_.empty() && std::ranges::none_of(found.full, named_here))) && bear_by_titles()) found = selection();
    if (found.full.empty()) { explain_relaxation(found); return; }
    out_.trace.candidates = static_cast<std::int64_t>(found.full.size());
    // Goods that the words name are here, but none within a price or a size, or with what only a title could say: the nearest of them, with what they miss, and not whatever else is within.
    // Where it will be used (宿舍) is no name of goods beside their kind.
    bool const only_where = std::ranges::any_of(s.constraints, is_wanted_kind) && cues::only_circumstances(surface_of(s.free_text));
    if (!s.free_text.empty() && !scores_.empty() && !only_where && std::ranges::none_of(found.full, named_here)) {
        for (auto* gives : {&is_amount, &only_by_title, &is_quality}) {
            if (gives == &is_quality && (!whole_ || std::ranges::any_of(s.constraints, is_wanted_kind))) continue;
            std::vector<Constraint> kept;
            std::string given_up;
            bool cheapest_first = false;
            for (auto const& c : s.constraints)
                if (c.soft || !gives(c)) kept.push_back(c);
                else given_up += (given_up.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + c.label(locale_), cheapest_first = cheapest_first || (c.kind == ConstraintKind::price && c.max);
            if (given_up.empty()) continue;
            auto const nearest = select(view_, kept, {.order = cheapest_first ? Order::price_up : Order::relevance, .text = &scores_, .use = SelectOptions::Text::only});
            if (nearest.full.empty()) continue;
            for (auto const& c : s.constraints)
                if (!c.soft && gives(c)) out_.trace.given_up.push_back(c.label(locale_));
            out_.trace.relaxed = true, s.seen.clear();
            say(comparative_ ? Phrase::comparative_limit : Phrase::relaxed_without, {echo("wanted", given_up)});
            cards({nearest.full.begin(), nearest.full.begin() + static_cast<std::ptrdiff_t>(std::min(nearest.full.size(), options_.picks))});
            offer_relaxations();
            if (comparative_) std::erase_if(s.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price && c.said.empty(); });  // it would stand in the way of every further turn
            return;
        }
    }
    // 算了看看茶具: other goods are asked for, and no title knows them.
    auto const t = surface_of(text_);
    bool const asks_for_goods = reading_.constraints.empty() && reading_.intent == Intent::find && t.ends_with(surface_of(reading_.free_text)) && surface_of(reading_.free_text).size() <= 4 && cues::has(t, U"看看 想买 要买 有没有卖 卖不卖");
    if (asks_for_goods && !s.free_text.empty() && scorer_ && std::ranges::all_of(surface_of(reading_.free_text), is_han) && !reading_.free_text.empty() && std::ranges::none_of(found.full, named_here)) {
        auto const words = s.free_text;
        std::erase_if(s.constraints, [](Constraint const& c) { return c.attribute != of_an_allergy; });
        s.free_text.clear(), s.order.clear(), scores_.clear();
        popular(Phrase::not_sold, {echo("echo", words)});
        return;
    }
    bool const works_told = no_such_work(found);
    // Words that no product here bears out are named, not swallowed.
    if (!s.free_text.empty() && scorer_ && !reading_.free_text.empty() && std::ranges::none_of(found.full, named_here)) {
        if (s.free_text != occasion_said_ && !only_where) say(Phrase::words_unknown, {echo("echo", s.free_text)});
        // What was looked for before still is.
        s.free_text = words_before_ == s.free_text ? std::string() : std::exchange(words_before_, "");
        if (!s.free_text.empty()) found = selection();
    }
    if (!unseen_first_) s.seen.clear();
    if (works_told || say_alike(found)) {}
    else if (nothing_known) say(Phrase::all_goods);
    else if (near_in_meaning_) say(Phrase::near_in_meaning, {echo("echo", s.free_text)});
    else say_found(found);
    if (s.order == "price_up") say(Phrase::sorted_cheapest);
    if (s.order == "rating" && !found.full.empty())
        if (auto const& first = view_[page_of(found.full).front().product].standing; first.reviews > 0) out_.grounds.counts.push_back(first.reviews), say(Phrase::sorted_best_rated, {echo("rating", plain_number(first.rating)), Slot{"count", std::to_string(first.reviews), FactKind::count}});
    tell_preferences(found.full);
    show(found);
    if (s.pending != "price" && s.pending != "currency") offer_question(found.full);
}

void TurnMaker::show(Selection const& found) { cards(page_of(found.full)); }

void TurnMaker::more() {
    auto& s = state();
    understood();
    auto found = selection();
    if (found.full.empty()) { explain_relaxation(found); return; }
    std::vector<Pick> page;
    auto const turn_page = [&] {
        for (auto const& pick : found.full) {
            if (page.size() >= options_.picks) break;
            if (std::find(s.seen.begin(), s.seen.end(), view_[pick.product].data.product_id) == s.seen.end()) page.push_back(pick);
        }
    };
    turn_page();
    if (page.empty() && some_words_) {
        widen_ = true, found = selection(), turn_page();
        if (!page.empty()) {
            say(Phrase::no_more_nearest, {echo("needs", needs_text())});
            cards(page);
            return;
        }
    }
    if (page.empty()) {
        say(Phrase::no_more, {echo("needs", needs_text())});
        s.seen.clear();
        show(found);
        return;
    }
    say(Phrase::more);
    cards(page);
}

void TurnMaker::offer_question(std::span<Pick const> candidates) {
    auto& s = state();
    if (!last_request_) return;
    auto const choosing = choosing_chip(candidates);
    auto const offer_choosing = [&] {
        if (!choosing) return;
        Block block{.kind = BlockKind::text, .chips = {*choosing}};
        Spoken spoken;
        spoken.say(Phrase::trade_off_offer, locale_, s.turn);
        block.text = std::move(spoken.text);
        send(std::move(block));
    };
    if (s.questions >= options_.most_questions) { offer_choosing(); return; }
    // A category that the words make plain is not asked for; what the goods are called is asked where they have nothing else to tell them apart.
    auto asked = s.asked;
    if (!likely_.empty() && likely_.front().probability >= 0.8) asked.emplace_back("category");
    auto question = best_question(view_, candidates, asked, s.constraints, options_.priors);
    if (!question || question->about == "price")
        if (auto kind = kind_question(candidates)) question = std::move(kind);
    if (!question) { offer_choosing(); return; }
    out_.trace.question_bits = question->information;
    auto const zh = locale_ == Locale::zh;
    Block block{.kind = BlockKind::question, .asks = question->about};
    Spoken spoken;
    if (question->about == "category") spoken.say(Phrase::ask_category, locale_, s.turn);
    else if (question->about == "price") spoken.say(Phrase::ask_price, locale_, s.turn);
    else if (question->about == "kind") spoken.say(Phrase::ask_kind, locale_, s.turn);
    else spoken.say(Phrase::ask_attribute, locale_, s.turn, {name_slot("attribute", zh ? view_.words().attributes[static_cast<std::size_t>(view_.words().attribute_ids.at(question->about))].label.zh : [&] { auto label = view_.words().attributes[static_cast<std::size_t>(view_.words().attribute_ids.at(question->about))].label.en; for (auto& c : label) if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a'); return label; }())});
    block.text = std::move(spoken.text), block.facts = std::move(spoken.facts);
    for (auto const& option : question->options) {
        if (question->about == "price") {
            auto const low = format_money(std::llround(option.low), view_.currency(), locale_);
            auto const high = std::isfinite(option.high) ? format_money(std::llround(option.high), view_.currency(), locale_) : std::string();
            auto const label = option.low <= 0 ? (zh ? high + "以内" : "up to " + high) : high.empty() ? (zh ? low + "以上" : "at least " + low) : (zh ? low + "到" + high : low + " to " + high);
            block.chips.push_back({label, label});
        } else {
            auto const label = option.label.in(locale_);
            block.chips.push_back({label, label});
        }
    }
    block.chips.push_back(zh ? Chip{"都可以", "都可以"} : Chip{"No preference", "no preference"});
    if (choosing) block.chips.push_back(*choosing);
    s.asked.push_back(question->about), s.pending = question->about, ++s.questions;
    send(std::move(block));
}

void TurnMaker::popular(Phrase phrase, std::vector<Slot> const& slots) {
    auto& s = state();
    say(phrase, slots);
    auto const kept = s.order;
    s.order = s.constraints.empty() ? "popular" : kept;
    bool const asks = phrase == Phrase::not_understood || phrase == Phrase::hello || phrase == Phrase::reset_done;
    if (!asks) most_ = most_of_a_page;
    auto found = selection();
    most_ = SIZE_MAX;
    if (!asks && found.full.empty()) found = selection();   // with what may give
    if (!s.recipient.empty() && categories_in_force(s, view_.words()).empty()) keep_fit_to_give(found.full);
    if (!found.full.empty()) s.seen.clear(), show(found);
    s.order = kept;
    if (found.full.empty()) { explain_relaxation(found); return; }
    if (asks) offer_question(found.full);
}

}  // namespace kindling::dialogue

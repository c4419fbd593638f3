// modules/dialogue/requests.cpp -- see requests.h.
#include "modules/dialogue/requests.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/order_number.h"
#include <algorithm>

namespace kindling::dialogue {
namespace {

constexpr std::size_t most_pieces = 12, most_requests = 4;

enum class Part { wish, pointer, errand, nothing };

// What is said of something bought ("the mug arrived broken") names goods, and wishes for none.
bool of_something_bought(std::u32string_view piece) { return (cues::tells_a_fault(piece) || cues::has_bought(piece) || cues::wants_another(piece)) && !cues::seeks(piece); }
bool after_the_purchase(Reading const& r, std::u32string_view whole) {
    if (r.intent == Intent::ask_policy) return r.topic == "returns" && whole.find(order_mark) != whole.npos;  // "an exchange, order …"
    return r.intent == Intent::return_goods || r.intent == Intent::exchange_goods || r.intent == Intent::cancel_order || r.intent == Intent::order_status;
}

Part part_of(Reading const& r, std::u32string_view piece) {
    if ((r.intent == Intent::find || r.intent == Intent::ask_fact) && of_something_bought(piece)) return Part::pointer;
    // "Cheapest of the first three, put it in": the one that is pointed at.
    if (r.ordinals.size() > 1 && (r.order || !r.comparatives.empty()) && !cues::is_question(piece) && r.constraints.empty() && r.intent != Intent::add_to_basket) return Part::pointer;
    // "Compare the first, and the third": a place alone belongs to what stands before it.
    if (r.intent == Intent::ask_fact && !r.ordinals.empty() && r.asked_attributes.empty() && r.asked_words.empty() && r.topic.empty() && r.constraints.empty() && !cues::is_question(piece)) return Part::pointer;
    if (r.intent == Intent::help && cues::asks_who(piece)) return Part::errand;
    switch (r.intent) {
        case Intent::find: case Intent::no_preference: case Intent::more:
            if (std::any_of(r.constraints.begin(), r.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::category || c.kind == ConstraintKind::price || c.kind == ConstraintKind::number || c.kind == ConstraintKind::brand; })) return Part::wish;
            return r.constraints.empty() && r.free_text.empty() && r.comparatives.empty() && !r.order ? Part::nothing : Part::pointer;
        case Intent::empty: case Intent::greet: case Intent::thanks: case Intent::bye: case Intent::abuse: case Intent::help: case Intent::out_of_scope: case Intent::reset: case Intent::gift: return Part::nothing;
        case Intent::size_help: case Intent::advise: return Part::pointer;  // "my foot is 24 cm, for boots", "under 300, which one": the goods belong to it
        default: return Part::errand;
    }
}

// Where a text may be cut: the first character of each piece but the first.
std::vector<std::size_t> cuts(std::u32string_view t) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i + 1 < t.size(); ++i) {
        auto const c = t[i];
        auto const digit = [&](std::size_t k) { return k < t.size() && t[k] >= U'0' && t[k] <= U'9'; };
        if (std::u32string_view(U"。！？!?;；\n，,").find(c) != std::u32string_view::npos && !(c == U',' && i > 0 && digit(i - 1) && digit(i + 1))) out.push_back(i + 1);
        else if (c == U'.' && t[i + 1] == U' ') out.push_back(i + 1);
        else if (c == U' ' && i > 0 && is_han(t[i - 1]) && is_han(t[i + 1])) out.push_back(i + 1);
    }
    auto const amount = [&](std::size_t at) {  // "175 cm and 70 kg" is one thing said
        while (at < t.size() && t[at] == U' ') ++at;
        return at < t.size() && t[at] >= U'0' && t[at] <= U'9';
    };
    for (auto const& span : cues::find_all(t, U"and_then then also and plus 然后 顺便 另外 接着 并且 同时 再把 再帮 再查 最后把"))
        if (!amount(span.end) && !cues::joins_places(t, span)) out.push_back(span.begin);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    std::erase(out, 0u);
    return out;
}

}  // namespace

std::vector<std::string> requests(std::string_view text, CatalogueView const& view, Lexicon const& lexicon, Situation const& situation) {
    std::vector<std::string> whole{std::string(text)};
    text::Normalised written;  // hyphens stand in it, and an order's number keeps them
    text::normalise(utf8_prefix(text, 6000), written);
    auto const t = surface_of(utf8_prefix(text, 6000));
    if (t.size() > 600 || cues::suspicious(t)) return whole;  // a letter, or somebody who tries: read as one
    if (cues::has_bought(t) && cues::alters(t) && !cues::seeks(t)) return whole;  // "I just ordered it, can I change it to navy": one thing asked
    auto const marked = surface_without_orders(utf8_prefix(text, 6000), situation.pending == "order");
    // Whoever is settling a return or has been asked for an order answers that, unless goods are asked for beside it.
    bool const answers = situation.pending.starts_with("errand") || situation.pending == "order" || situation.pending == "contact";
    if (answers && !cues::seeks(t)) return whole;
    if (!answers)
        if (auto more = basket_and_more(written.text, view, lexicon, situation)) {
            if (more->size() > most_requests) more->resize(most_requests);
            return *more;
        }
    // "A flask that ships today", 找今天发货的保温杯: goods or a present, and beside them how fast the shop sends.
    if (auto const by = cues::delivery_time(t)) {
        static constexpr Intent cut_from[] = {Intent::find, Intent::no_preference, Intent::gift, Intent::size_help, Intent::ask_policy};
        auto const part = [&](std::size_t begin, std::size_t end) { return to_utf8(std::u32string_view(written.text).substr(begin, end - begin)); };
        auto const rest = part(0, by->begin) + " " + part(by->end, written.text.size()), time = part(by->begin, by->end);
        auto const surface = surface_of(rest);
        if (std::ranges::find(cut_from, cues::intent(t, situation)) != std::end(cut_from) && cues::policy_topics(surface).empty() && !cues::delivery_time(surface) && !cues::asks_delivery_alone(t) && cues::asks_delivery_alone(surface_of(time))) {
            auto out = requests(rest, view, lexicon, situation);
            if (out.size() < most_requests) out.push_back(time);
            return out;
        }
    }
    auto const beside_each_other = [&] {
        auto both = wishes_beside(written.text, view, lexicon, situation);
        return both ? std::vector{std::move(both->first), std::move(both->second)} : whole;
    };
    auto const at = cuts(t);
    if (at.empty()) return beside_each_other();
    if (at.size() >= most_pieces) return whole;
    // Errands have words of their own: without one there is only one request, and nothing is read twice.
    std::size_t errands = 0;
    for (std::size_t i = 0; i <= at.size(); ++i) {
        auto const piece = std::u32string_view(marked).substr(i == 0 ? 0 : at[i - 1], (i == at.size() ? t.size() : at[i]) - (i == 0 ? 0 : at[i - 1]));
        auto would = situation;
        would.shown = std::max<std::size_t>(would.shown, 1);
        auto const intent = cues::intent(piece, would);
        errands += (intent != Intent::find && intent != Intent::empty) || cues::is_question(piece);
    }
    if (errands == 0) return beside_each_other();
    struct Group { std::size_t begin, end; Part part; Intent intent; bool bought, numbered, names, places, asks; };
    std::vector<Group> groups;
    auto seen = situation;
    for (std::size_t i = 0; i <= at.size(); ++i) {
        auto const begin = i == 0 ? 0 : at[i - 1], end = i == at.size() ? t.size() : at[i];
        auto const reading = understand(to_utf8(std::u32string_view(written.text).substr(begin, end - begin)), view, lexicon, seen);
        auto const piece = std::u32string_view(marked).substr(begin, end - begin);
        auto const part = part_of(reading, piece);
        // "The shoes I bought are too small, can I exchange them?"
        bool const asks_of_it = reading.intent == Intent::ask_policy && !groups.empty() && groups.back().bought && (cues::wants_another(piece) || cues::gives_back(piece)) && !cues::asks_rules(piece);
        bool const bought = asks_of_it || after_the_purchase(reading, marked), numbered = piece.find(order_mark) != piece.npos;
        bool const names = part == Part::pointer && reading.intent == Intent::find && !of_something_bought(piece) && reading.ordinals.empty() && !reading.refers && !reading.points && (!reading.free_text.empty() || std::ranges::any_of(reading.constraints, [](Constraint const& c) { return c.polarity == Polarity::want; }));
        // Two questions, of one place or of two: "is the first in stock, and how much is the second", 第二件有M码吗，能机洗吗.
        bool const places = !reading.ordinals.empty(), asks = reading.intent == Intent::ask_fact && cues::is_question(piece) && (!reading.asked_attributes.empty() || !reading.asked_words.empty() || !reading.topic.empty() || !reading.constraints.empty());
        if (part == Part::wish) seen.shown = std::max<std::size_t>(seen.shown, 1);  // "… , add the first": of what will have been shown
        if (!groups.empty()) {
            auto& last = groups.back();
            // "Where is my order, the number is …": the second says which. "I want to return it, the white mug": so do goods that nobody asks to see.
            bool const same = last.intent == reading.intent || (last.bought && bought && !(last.numbered && numbered));
            // "Some dog's food, how long does delivery take?": goods are named there, and the rules are asked for here.
            // "Where is my order, and how do I send it back?": so they are beside an order that is asked about; and an errand beside "which is lighter".
            bool const wish_and_rule = part == Part::errand && ((reading.intent == Intent::ask_policy && ((last.names && !last.bought && !bought) || (last.intent == Intent::order_status && cues::asks_rules(piece)))) ||
                                                                (last.part == Part::pointer && (last.intent == Intent::advise || last.intent == Intent::size_help) && reading.intent != last.intent));
            bool const questions = asks && last.asks && part == Part::errand && (places || last.places);
            // 穿什么码？顺便看看有没有配的裙子: beside the question.
            bool const beside = part == Part::wish && last.intent == Intent::size_help && cues::has(piece.substr(0, 8), U"顺便 另外 also");
            bool const apart = wish_and_rule || questions || beside ? true
                             : part == Part::errand ? (last.part == Part::wish || last.part == Part::errand) && !(last.part == Part::errand && same)
                                                    : part == Part::wish && last.part == Part::errand && (!last.bought || cues::seeks(piece)) && std::any_of(reading.constraints.begin(), reading.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::category; });
            // 记住我对羊毛过敏，鞋穿38码: all of it is to be remembered, unless goods are asked for beside it.
            auto const may_be_kept = [](Part each) { return each == Part::wish || each == Part::pointer || each == Part::nothing; };
            bool const kept_too = (last.intent == Intent::remember_me && may_be_kept(part) && !cues::seeks(piece)) ||
                                  (reading.intent == Intent::remember_me && may_be_kept(last.part) && !cues::seeks(std::u32string_view(marked).substr(last.begin, last.end - last.begin)));
            if (kept_too) { last.end = end, last.part = Part::errand, last.intent = Intent::remember_me; continue; }
            // "Do you ship to Canada, and how much is it": of the sending.
            bool const of_the_policy = last.intent == Intent::ask_policy && reading.intent == Intent::ask_fact && reading.topic == "price" && reading.ordinals.empty() && reading.constraints.empty();
            if (!apart || of_the_policy) {
                last.end = end, last.bought = last.bought || bought, last.numbered = last.numbered || numbered, last.names = last.names || names, last.places = last.places || places, last.asks = last.asks || asks;
                if (!of_the_policy && (last.part == Part::nothing || part == Part::errand || (part == Part::wish && last.part == Part::pointer))) last.part = part, last.intent = reading.intent;
                continue;
            }
        }
        groups.push_back({begin, end, part, reading.intent, bought, numbered, names, places, asks});
    }
    if (groups.size() < 2 || groups.size() > most_requests) return whole;
    std::vector<std::string> out;
    for (auto const& g : groups) out.push_back(to_utf8(std::u32string_view(written.text).substr(g.begin, g.end - g.begin)));
    return out;
}

}  // namespace kindling::dialogue

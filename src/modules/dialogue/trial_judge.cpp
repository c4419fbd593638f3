#include "modules/dialogue/trial_judge.h"
#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace kindling::dialogue {

namespace {

bool latin_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::string small_letters(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// Latin words whole ("red" is not in "shared"), Chinese anywhere. Both in small letters.
bool stands_in(std::string_view text, std::string_view words) {
    for (auto at = text.find(words); at != text.npos; at = text.find(words, at + 1)) {
        auto const after = at + words.size();
        if (latin_letter(words.front()) && at > 0 && latin_letter(text[at - 1])) continue;
        if (latin_letter(words.back()) && after < text.size() && latin_letter(text[after])) continue;
        return true;
    }
    return false;
}

// Whoever looks for goods must see some; anything else may be answered in words.
bool ended_empty(Turn const& turn) {
    bool shown = false, said = false;
    for (auto const& block : turn.blocks) {
        if (block.kind != BlockKind::text) shown = true;
        else said = said || !block.text.empty();
    }
    return turn.topic == "find" || turn.topic == "gift" ? !shown : !shown && !said;
}

bool shows_fit(CatalogueView const& view, Turn const& turn, std::span<Condition const> goal) {
    for (auto const& block : turn.blocks)
        for (auto const& card : block.cards)
            if (auto const at = view.find_sku(card.sku); at && view[at->first].variants[at->second].stock > 0 && std::ranges::all_of(goal, [&](Condition const& c) { return holds(view, at->first, at->second, c); })) return true;
    return false;
}

}  // namespace

std::vector<std::string> limits_of(Turn const& turn) {
    std::vector<std::string> out;
    for (auto const& c : turn.state.constraints) out.push_back(c.constraint_id);
    std::ranges::sort(out);
    return out;
}

TalkOutcome judge_talk(CatalogueView const& view, std::span<Turn const> turns, std::span<CaseTurn const> expected, std::span<Constraint const> goal) {
    std::vector<Condition> conditions;
    for (auto const& c : goal) conditions.push_back(resolve(c, view.words()));
    TalkOutcome out;
    TalkScore page{.turns = static_cast<std::int64_t>(turns.size())};
    for (std::size_t i = 0; i < turns.size() && i < expected.size(); ++i) {
        auto const& turn = turns[i];
        out.limits_kept = out.limits_kept && limits_of(turn) == expected[i].constraints && turn.topic == expected[i].topic;
        out.empty_ends += ended_empty(turn);
        page.person = page.person || turn.needs_person, page.withheld += static_cast<std::int64_t>(turn.withheld.size());
        page.settled = page.settled || (settles(turn.topic) && !turn.needs_person && turn.trace.question.empty()), page.relaxed += turn.trace.relaxed;
        if (!out.turns_to_fit && shows_fit(view, turn, conditions)) out.turns_to_fit = static_cast<std::int64_t>(i) + 1;
        out.questions = turn.state.questions;
    }
    page.settled = page.settled || out.turns_to_fit > 0;
    if (out.turns_to_fit > 0) page.turns = out.turns_to_fit;
    out.resolved = page.settled, out.person = page.person, out.score = talk_score(page);
    return out;
}

void compare(TriedTalk& talk) {
    auto const never = std::numeric_limits<std::int64_t>::max();
    auto const& g = talk.guide;
    auto const& m = talk.model;
    // In each the smaller is the better.
    struct Aspect { std::string_view name; std::int64_t guide, model; };
    Aspect const aspects[] = {{"resolved", !g.resolved, !m.resolved}, {"limits_kept", !g.limits_kept, !m.limits_kept}, {"empty_ends", g.empty_ends, m.empty_ends}, {"turns_to_fit", g.turns_to_fit ? g.turns_to_fit : never, m.turns_to_fit ? m.turns_to_fit : never}, {"questions", g.questions, m.questions}, {"person", g.person, m.person}};
    for (auto const& a : aspects) {
        if (a.model > a.guide) talk.worse_in.emplace_back(a.name);
        if (a.model < a.guide) talk.better_in.emplace_back(a.name);
    }
    talk.verdict = !talk.worse_in.empty() ? TalkVerdict::worse : !talk.better_in.empty() ? TalkVerdict::better : TalkVerdict::same;
}

std::set<std::string> told(CatalogueView const& view, Turn const& turn, std::string_view text) {
    auto const said = small_letters(text);
    std::set<std::string> out;
    auto const look_for = [&](std::string const& words) {
        auto small = small_letters(words);
        if (small.size() > 1 && stands_in(said, small)) out.insert(std::move(small));
    };
    auto const value = [&](shop::Attribute const& a) { look_for(turn.locale == Locale::zh ? a.text_zh : a.text_en); };
    for (auto const& block : turn.blocks)
        for (auto const& card : block.cards) {
            look_for(card.title), look_for(card.price_text), look_for(card.brand), look_for(card.variant);
            auto const at = view.find_sku(card.sku);
            if (!at) continue;
            std::ranges::for_each(view[at->first].data.attributes, value);
            std::ranges::for_each(view[at->first].data.variants[at->second].attributes, value);
        }
    return out;
}

void decide(ModelTrial& trial) {
    trial.talks = static_cast<std::int64_t>(trial.rows.size()), trial.better = trial.worse = 0, trial.score_guide = trial.score_model = 0;
    trial.faults.clear();
    for (auto const& talk : trial.rows) {
        trial.better += talk.verdict == TalkVerdict::better, trial.worse += talk.verdict == TalkVerdict::worse;
        trial.score_guide += static_cast<double>(talk.guide.score) / static_cast<double>(trial.talks), trial.score_model += static_cast<double>(talk.model.score) / static_cast<double>(trial.talks);
    }
    if (trial.worse) {
        auto const first = std::ranges::find(trial.rows, TalkVerdict::worse, &TriedTalk::verdict);
        trial.faults.push_back({"talk_lost", fmt::format("{} of {} talks went worse; \"{}\" in {}", trial.worse, trial.talks, first->name, fmt::join(first->worse_in, ", "))});
    }
    bool const usable = static_cast<double>(trial.words_used) >= least_used * static_cast<double>(trial.worded);
    if (!usable) {
        std::string why;
        for (auto const& r : trial.refused) why += fmt::format("; {} in {}: {}", r.reason, r.turns, r.example);
        trial.faults.push_back({"words_unusable", fmt::format("its words could be used in {} of {} turns{}", trial.words_used, trial.worded, why)});
    }
    // Of a model whose words are not used the built-in ones are counted; what it tells is then no measure of it.
    if (usable && trial.told_by_model < trial.told_by_guide) trial.faults.push_back({"tells_less", fmt::format("its words tell {} things about the goods shown, the built-in ones {}", trial.told_by_model, trial.told_by_guide)});
    if (trial.faults.empty() && !trial.better && trial.told_by_model == trial.told_by_guide) trial.faults.push_back({"not_better", fmt::format("no talk went better, and its words tell as many things about the goods shown as the built-in ones ({})", trial.told_by_model)});
    trial.passed = trial.faults.empty();
}

}  // namespace kindling::dialogue

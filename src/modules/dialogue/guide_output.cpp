// modules/dialogue/guide_output.cpp -- what a turn sends: words and cards, each held to the catalogue before it goes. See turn.h.
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

void TurnMaker::say(Phrase phrase, std::vector<Slot> const& slots) {
    Spoken spoken;
    spoken.say(phrase, locale_, state().turn, slots);
    text(std::move(spoken));
}

void TurnMaker::text(Spoken spoken) {
    if (spoken.text.empty()) return;
    send({.kind = BlockKind::text, .text = std::move(spoken.text), .facts = std::move(spoken.facts)});
}

void TurnMaker::cards(std::vector<Pick> const& picks) {
    auto& s = state();
    CardContext const context{.constraints = s.constraints, .popular = view_.best_seller()};
    Block block{.kind = BlockKind::cards};
    s.shown.clear(), s.compared.clear();
    for (auto const& pick : picks) {
        block.cards.push_back(make_card(view_, pick, locale_, context));
        if (auto why = alike_ ? why_alike(*alike_, pick.product, locale_) : std::string(); !why.empty()) block.cards.back().why.insert(block.cards.back().why.begin(), std::move(why));
        s.shown.push_back(block.cards.back().sku);
        s.seen.push_back(block.cards.back().product_id);
    }
    if (s.seen.size() > 200) s.seen.erase(s.seen.begin(), s.seen.end() - 200);
    if (picks.size() == 1) s.focus = view_[picks.front().product].data.product_id;
    else if (input_.product_id.empty()) s.focus.clear();
    out_.grounds.constraints = s.constraints;
    send(std::move(block));
}

void TurnMaker::send(Block block) {
    auto grounds = out_.grounds;
    grounds.constraints = state().constraints;
    auto found = breaches(block, view_, grounds);
    if (!found.empty()) {
        out_.withheld.insert(out_.withheld.end(), found.begin(), found.end());
        if (block.kind != BlockKind::cards && block.kind != BlockKind::comparison) return;
        // Leave out the cards that are not so and keep the others.
        std::vector<Card> good;
        for (auto& card : block.cards)
            if (breaches({.kind = BlockKind::cards, .cards = {card}}, view_, grounds).empty()) good.push_back(std::move(card));
        if (good.empty() || block.kind == BlockKind::comparison) return;
        block.cards = std::move(good), block.text.clear(), block.facts.clear();
    }
    // Two requests of one utterance may need the same answer first; it is asked once.
    if (block.kind == BlockKind::question && std::ranges::any_of(out_.blocks, [&](Block const& b) { return b.kind == BlockKind::question && b.asks == block.asks && b.text == block.text; })) return;
    if (emit_.block) emit_.block(block);
    out_.blocks.push_back(std::move(block));
}

}  // namespace kindling::dialogue

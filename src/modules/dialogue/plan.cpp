// modules/dialogue/plan.cpp -- reading a proposal, holding it against the limits, and making the turn again with it. See plan.h.
#include "modules/dialogue/plan.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/measure.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace kindling::dialogue {
namespace {

std::unexpected<Error> refuse(std::string reason, std::string message) { return fail(Errc::failed_precondition, std::move(reason), std::move(message)); }

std::vector<Quantity> amounts(std::string_view text) { return quantities(to_utf32(text::normalise(text))); }

// A number that only the model speaks of would be a limit that nobody set.
Result<void> numbers_were_said(std::string_view wish, std::string_view shopper_text) {
    auto const said = amounts(shopper_text);
    auto const near = [](double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); };
    for (auto const& q : amounts(wish))
        if (std::none_of(said.begin(), said.end(), [&](Quantity const& s) { return near(q.value, s.value) && (q.limit != Quantity::Limit::range || near(q.upper, s.upper)); }))
            return refuse("number_not_said", "The shopper did not say the number in this wish; leave it out.");
    return {};
}

bool same(Constraint const& a, Constraint const& b) { return a.kind == b.kind && a.polarity == b.polarity && a.attribute == b.attribute && a.values == b.values && a.min == b.min && a.max == b.max; }

}  // namespace

bool may_be_planned(Turn const& turn) {
    if ((turn.topic != "find" && turn.topic != "gift") || !turn.state.order.empty()) return false;
    bool cards = false;
    for (auto const& block : turn.blocks) {
        if (block.kind != BlockKind::text && block.kind != BlockKind::cards && block.kind != BlockKind::question) return false;
        for (auto const& card : block.cards)
            if (!card.misses.empty()) return false;
        cards = cards || !block.cards.empty();
    }
    return cards;
}

bool TurnMaker::join(Constraint c) {
    auto& in_force = state().constraints;
    for (auto const& k : in_force) {
        if (same(k, c)) return false;
        // The shopper's own limit stands as it was said.
        if (k.kind == c.kind && (c.kind == ConstraintKind::price || c.kind == ConstraintKind::rating || (c.kind == ConstraintKind::number && k.attribute == c.attribute))) return false;
    }
    write_labels(c, view_.words(), view_.currency());
    auto const id = c.constraint_id;
    for (int n = 2; std::any_of(in_force.begin(), in_force.end(), [&](Constraint const& k) { return k.constraint_id == c.constraint_id; }); ++n) c.constraint_id = fmt::format("{}#{}", utf8_prefix(id, 56), n);
    in_force.push_back(std::move(c));
    return true;
}

Result<Pick> TurnMaker::fitting(std::string const& sku) const {
    auto const at = target_of_sku(sku);
    if (!at) return refuse("sku_not_found", fmt::format("There is no SKU \"{}\" for sale; take SKUs from the tools.", utf8_prefix(sku, 80)));
    for (auto const& c : state().constraints)
        if (!c.soft && !holds(view_, at->product, at->variant, resolve(c, view_.words()))) return refuse("limit_missed", fmt::format("{} does not meet the limit \"{}\".", sku, c.label(locale_)));
    if (made_for_another(at->product)) return refuse("not_for_recipient", fmt::format("{} is made for somebody else than the present is for.", sku));
    if (view_[at->product].variants[at->variant].stock <= 0) return refuse("out_of_stock", fmt::format("{} is out of stock.", sku));
    return Pick{.product = at->product, .variant = at->variant, .score = 0, .missed = {}, .off = 0};
}

Result<Turn> TurnMaker::adopt(Turn const& before, Proposal const& proposal) {
    auto& s = state();
    locale_ = out_.locale = before.locale, out_.topic = before.topic, out_.needs_person = before.needs_person, out_.basket_id = before.basket_id, out_.grounds = before.grounds;
    bool narrower = false;
    if (!proposal.wish.empty()) {
        auto const wish = understand(proposal.wish, view_, lexicon_, {.locale = locale_, .categories = categories_in_force(s, view_.words()), .pending = {}, .shown = 0});
        if (wish.suspicious) return refuse("wish_commands", "A wish says what is wanted and nothing else.");
        TRY(numbers_were_said(proposal.wish, input_.text));
        for (auto const& c : wish.constraints) narrower = join(c) || narrower;
    }
    auto const found = selection();
    if (found.full.empty()) return refuse("nothing_fits", fmt::format("Nothing meets all of this: {}.", needs_text()));
    std::vector<Pick> picks;
    for (auto const& sku : proposal.skus) {
        auto pick = TRY(fitting(sku));
        // One card for a product, as in every list.
        if (picks.size() < options_.picks && std::none_of(picks.begin(), picks.end(), [&](Pick const& p) { return p.product == pick.product; })) picks.push_back(std::move(pick));
    }
    if (picks.empty())
        for (auto const& pick : found.full)
            if (picks.size() < options_.picks && view_[pick.product].variants[pick.variant].stock > 0 && !made_for_another(pick.product)) picks.push_back(pick);
    if (picks.empty()) return refuse("out_of_stock", "What fits is out of stock.");
    std::vector<std::string> skus;
    for (auto const& pick : picks) skus.push_back(view_[pick.product].data.variants[pick.variant].sku);
    if (!narrower && skus == s.shown) return refuse("nothing_new", "That is what the draft shows already; word it.");

    if (narrower) {
        s.seen.clear(), s.pending.clear();
        say(found.full.size() == 1 ? Phrase::found_one : found.full.size() <= options_.picks ? Phrase::found_few : Phrase::found_many, {count(found.full.size()), echo("needs", needs_text())});
    } else say(Phrase::suggested);
    cards(picks);
    // The question that was asked still splits the same candidates.
    if (!narrower)
        for (auto const& block : before.blocks)
            if (block.kind == BlockKind::question) send(block);
    out_.grounds.constraints = s.constraints;
    if (!out_.withheld.empty()) return refuse("plan_not_true", out_.withheld.front());
    return std::move(out_);
}

Result<Turn> adopt(std::shared_ptr<CatalogueView const> const& view, Lexicon const& lexicon, TextScorer const& scorer, Turn const& before, std::string const& shopper_text, Proposal const& proposal) {
    if (!may_be_planned(before)) return refuse("not_to_be_planned", "This answer stands as it is; word it.");
    Ports const ports;
    TurnInput const input{.text = shopper_text, .locale = before.locale, .product_id = {}, .basket_id = before.basket_id, .remove = {}};
    Emit const emit;
    GuideOptions const options;
    return TurnMaker(view, lexicon, scorer, ports, before.state, input, emit, options).adopt(before, proposal);
}

}  // namespace kindling::dialogue

// modules/dialogue/promotions.cpp -- "is there a coupon?", "how do I get to the threshold?": what runs, what the basket gets of it, what is missing to
// more, and goods that reach it, each priced with the basket by the shop's own computation, so that every sum said is the one that will be charged.
#include "core/money.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {
constexpr std::size_t most_told = 3, most_tried = 60;
}

bool TurnMaker::tell_promotions() {
    if (!ports_.promotions) return false;
    auto const told = ports_.promotions->running(out_.basket_id);
    if (!told || (told->offers.empty() && told->discount_minor == 0)) return false;
    bool const of_what_is_missing = cues::asks_what_is_missing(surface_of(text_)), nothing_yet = told->goods_total_minor == 0 && told->discount_minor == 0;
    out_.topic = "promotions";
    auto const money = [&](std::string_view slot, std::int64_t minor) { return echo(slot, format_money(minor, view_.currency(), locale_)); };
    auto const title = [&](Label const& l) { return echo("offer", l.in(locale_)); };
    Spoken spoken;
    for (std::size_t i = 0; i < told->offers.size() && i < most_told; ++i) {
        auto const& offer = told->offers[i];
        if (offer.code.empty()) spoken.say(Phrase::promotion_runs, locale_, state().turn, {title(offer.title)});
        else spoken.say(Phrase::promotion_code, locale_, state().turn, {title(offer.title), echo("code", offer.code)});
    }
    if (told->discount_minor > 0) spoken.say(Phrase::promotion_now, locale_, state().turn, {money("off", told->discount_minor), money("total", told->goods_total_minor)});
    std::vector<Pick> picks;
    if (!told->more.empty()) {
        auto const& more = told->more.front();
        if (nothing_yet) spoken.say(Phrase::promotion_first, locale_, state().turn, {money("missing", more.missing_minor), money("gain", more.gain_minor), title(more.title)});
        else if (more.missing_units > 0) spoken.say(Phrase::promotion_more_units, locale_, state().turn, {echo("missing", std::to_string(more.missing_units)), title(more.title)});
        else spoken.say(Phrase::promotion_more, locale_, state().turn, {money("missing", more.missing_minor), money("gain", more.gain_minor), title(more.title)});
    }
    // Of an empty basket nothing is near.
    if (!told->more.empty() && !nothing_yet) {
        auto const& more = told->more.front();
        // Goods that just reach it, the nearest in price first; the shop prices the basket with each.
        struct Near { std::int64_t price; std::size_t product, variant; };
        std::vector<Near> near;
        for (std::size_t p = 0; p < view_.size(); ++p)
            for (std::size_t v = 0; v < view_[p].variants.size(); ++v)
                if (view_[p].variants[v].stock > 0 && view_[p].variants[v].price_minor >= more.missing_minor) near.push_back({view_[p].variants[v].price_minor, p, v});
        std::ranges::sort(near, [](Near const& a, Near const& b) { return a.price != b.price ? a.price < b.price : a.product != b.product ? a.product < b.product : a.variant < b.variant; });
        if (near.size() > most_tried) near.resize(most_tried);
        std::vector<std::string> skus;
        for (auto const& n : near) skus.push_back(view_[n.product].data.variants[n.variant].sku);
        if (auto const found = ports_.promotions->add_ons(out_.basket_id, more.promotion_id, skus)) {
            for (auto const& add : *found) {
                auto const t = target_of_sku(add.sku);
                if (!t || std::ranges::any_of(picks, [&](Pick const& pick) { return pick.product == t->product; })) continue;
                picks.push_back({.product = t->product, .variant = t->variant, .missed = {}});
                auto const extra = add.goods_total_minor - told->goods_total_minor;
                auto const phrase = extra > 0 ? Phrase::promotion_add_on : extra < 0 ? Phrase::promotion_add_on_less : Phrase::promotion_add_on_same;
                spoken.say(phrase, locale_, state().turn, {title_slot(t->product), money("total", add.goods_total_minor), money("extra", extra < 0 ? -extra : extra)});
                if (picks.size() == most_told) break;
            }
        }
    }
    if (told->more.empty() && of_what_is_missing && !nothing_yet) spoken.say(Phrase::promotion_no_more, locale_, state().turn);
    text(std::move(spoken));
    if (!picks.empty()) cards(picks);
    return true;
}

// Proactive but not pushy: after something went into the basket, one promotion that is near (at most half as much again as the basket) may be told unasked:
// never the same twice, never within three turns of the last, at most as many a talk as the owner allows (guide_offers_per_talk; 0 keeps quiet), and only while the policy of all that is said unasked lets it (nudge.h).
void TurnMaker::offer_promotion() {
    auto& s = state();
    if (!ports_.promotions || s.turn - s.offered_turn < 3) return;
    auto const told = ports_.promotions->running(out_.basket_id);
    if (!told || static_cast<std::int64_t>(s.offered.size()) >= told->most_offers) return;
    for (auto const& more : told->more) {
        if (more.missing_minor <= 0 || more.gain_minor <= 0 || more.missing_minor > told->goods_total_minor / 2 || more.said || std::ranges::find(s.offered, more.promotion_id) != s.offered.end()) continue;
        s.offered.push_back(more.promotion_id), s.offered_turn = s.turn;
        if (!ports_.promotions->said_unasked(more.promotion_id)) return;  // what cannot be counted is not said
        say(Phrase::promotion_more, {echo("missing", format_money(more.missing_minor, view_.currency(), locale_)), echo("gain", format_money(more.gain_minor, view_.currency(), locale_)), echo("offer", more.title.in(locale_))});
        return;
    }
}

}  // namespace kindling::dialogue

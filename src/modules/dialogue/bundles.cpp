// modules/dialogue/bundles.cpp -- the turn's part about several things at once: a bundle within a budget.
#include "core/money.h"
#include "core/utf8.h"
#include "modules/dialogue/bundle.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>
#include <map>

namespace kindling::dialogue {

namespace {

bool titled_for_women(std::u32string_view title) { return (cues::has(title, U"女 women women's woman ladies")) && !cues::has(title, U"男 men men's man unisex"); }

// Asked of a set as a whole; as a line of a slot it holds for the next set, too.
constexpr std::u32string_view one_brand = U"of_the_same_brand from_the_same_brand by_the_same_brand same_brand one_brand of_one_maker same_maker same_make 同一个品牌 同一品牌 同品牌 一个品牌 同一个牌子 同牌子 一个牌子 品牌一样 牌子一样 品牌相同";

// The best set of things of one brand; nothing where no brand has them all.
std::optional<BundleChoice> of_one_brand(CatalogueView const& view, std::span<std::vector<BundleCandidate> const> slots, std::span<std::vector<Pick> const> picks, std::optional<std::int64_t> limit) {
    std::map<int, std::vector<std::vector<std::size_t>>> places;   // by brand, of each slot
    for (std::size_t s = 0; s < slots.size(); ++s)
        for (std::size_t c = 0; c < slots[s].size(); ++c)
            if (auto const brand = view[picks[s][c].product].brand; brand >= 0) {
                auto& of_it = places[brand];
                of_it.resize(slots.size()), of_it[s].push_back(c);
            }
    std::optional<BundleChoice> best;
    for (auto const& [brand, each] : places) {
        if (std::ranges::any_of(each, [](auto const& slot) { return slot.empty(); })) continue;
        std::vector<std::vector<BundleCandidate>> own(slots.size());
        for (std::size_t s = 0; s < slots.size(); ++s)
            for (auto const c : each[s]) own[s].push_back(slots[s][c]);
        auto set = best_bundle(own, limit);
        if (!set || !set->within || (best && set->worth <= best->worth)) continue;
        for (std::size_t s = 0; s < slots.size(); ++s) set->chosen[s] = each[s][set->chosen[s]];
        best = std::move(set);
    }
    return best;
}

// What was said of all of a set, as a line of one thing's slot.
std::string as_slot_line(Constraint const& c, Locale locale) {
    bool const zh = locale == Locale::zh;
    if (c.attribute == of_an_allergy) return zh ? "对" + c.said + "过敏" : "allergic to " + c.said;
    return (c.polarity == Polarity::want ? "" : zh ? "不要" : "no ") + c.said;
}

}  // namespace

// Every slot is a wish of its own, read from its own words; what was said of all of them joins where the goods can have it.
void TurnMaker::bundle() {
    auto& s = state();
    out_.topic = "bundle";
    // Said of all of them, wherever it stands.
    bool same_brand = false;
    auto const take_brand = [&](std::string& text) {
        std::string lines;   // of a slot each is read by itself
        for (std::size_t i = 0; i <= text.size();) {
            auto const end = std::min(text.find('\n', i), text.size());
            auto const t = surface_of(text.substr(i, end - i));
            auto const spans = cues::find_all(t, one_brand);
            auto const line = spans.empty() ? text.substr(i, end - i) : to_utf8(cues::without(t, spans));
            if (!spans.empty()) same_brand = true;
            if (line.find_first_not_of(' ') != line.npos) lines += (lines.empty() ? "" : "\n") + line;
            i = end + 1;
        }
        if (same_brand) text = std::move(lines);
    };
    take_brand(reading_.shared);
    auto const shared = understand(reading_.shared, view_, lexicon_, {.locale = locale_, .pending = "price"});
    if (!reading_.slots.empty()) {
        s.slots = reading_.slots, s.bundle_limit_minor.reset(), s.slot_spoken = -1;
        // A thing of the list that nobody sells here is no part of the set, and that is said.
        std::string names;
        for (auto const& name : reading_.not_sold) names += (names.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + name;
        if (!names.empty()) say(Phrase::set_without, {echo("echo", names)});
    }
    for (auto& slot : s.slots) take_brand(slot);
    auto const limit = [&](std::vector<Constraint> const& said) {
        for (auto const& c : said)
            if (c.kind == ConstraintKind::price && c.max) s.bundle_limit_minor = static_cast<std::int64_t>(c.target && !c.min ? *c.max : c.target ? *c.target : *c.max);  // "for 2,000" is a ceiling
    };
    limit(shared.constraints);
    if (reading_.slots.empty()) limit(reading_.constraints);
    limit(said_of_set_);
    tell_allergies(shared.constraints);
    std::vector<std::vector<Constraint>> wishes;
    std::vector<std::vector<Pick>> picks;
    std::vector<std::vector<BundleCandidate>> slots;
    // Shoes whose data does not say whom they are for often say it in the title.
    bool const for_man = std::ranges::any_of(shared.constraints, [](Constraint const& c) { return c.polarity == Polarity::want && std::ranges::any_of(c.values, [](ValueName const& v) { return v.zh == "男" || surface_of(v.en) == U"men"; }); }) || (!s.outfit.empty() && cues::has(surface_of(s.outfit), U"男 男士 男款 男的 men men's mens man male husband boyfriend dad"));
    std::vector<std::string> unknown;
    std::vector<char> taken(shared.constraints.size(), 0);
    for (auto& said : s.slots) {
        auto own = slot_wishes(said);
        for (std::size_t at = 0; at < shared.constraints.size(); ++at) {
            auto const& c = shared.constraints[at];
            if (c.kind == ConstraintKind::price || c.kind == ConstraintKind::category) { taken[at] = 1; continue; }
            auto with = own.constraints;
            if (c.kind == ConstraintKind::value && c.polarity == Polarity::want && !c.attribute.empty()) std::erase_if(with, [&](Constraint const& k) { return k.kind == c.kind && k.polarity == c.polarity && k.attribute == c.attribute && k.soft == c.soft; });
            with.push_back(c);
            auto conditions = with;  // preferences leave nothing out
            std::erase_if(conditions, [](Constraint const& k) { return k.soft; });
            // "In black" is meant where the goods come in colours; a refusal is meant everywhere.
            if (c.polarity == Polarity::avoid || !select(view_, conditions, {}).full.empty()) taken[at] = 1, own.constraints = std::move(with), said += "\n" + as_slot_line(c, locale_);  // and holds for the next set too
        }
        // Things that no category names are looked for by their words: those that say them best, and not what only belongs to them.
        TextScores scores;
        double best_score = 0;
        bool const by_words = !own.free_text.empty() && scorer_ && categories_in_force(own, view_.words()).empty();
        if (by_words) {
            auto texts = scorer_(own.free_text);
            for (auto const& [p, score] : texts.scores)
                if (own.of_their_own || !texts.otherwise.contains(p)) scores.emplace(p, score), best_score = std::max(best_score, score);
            erase_if(scores, [&](auto const& each) { return each.second < 0.6 * best_score; });
        }
        auto found = by_words && scores.empty() ? Selection{} : select(view_, own.constraints, by_words ? SelectOptions{.text = &scores, .use = SelectOptions::Text::restricts} : SelectOptions{});
        std::vector<Pick> good;
        for (auto const& pick : found.full)
            if ((!by_words || scores.contains(pick.product)) && view_[pick.product].variants[pick.variant].stock > 0 && std::find(excluded_.begin(), excluded_.end(), view_[pick.product].data.product_id) == excluded_.end() && std::ranges::find(s.refused, view_[pick.product].data.product_id) == s.refused.end()) good.push_back(pick);
        // Where there are others.
        auto const for_women = [&](Pick const& pick) { return titled_for_women(view_[pick.product].title); };
        if (for_man && !std::ranges::all_of(good, for_women)) std::erase_if(good, for_women);
        if (good.empty() && by_words && scores.empty() && s.slots.size() > 2 + unknown.size()) {
            unknown.push_back(said), say(Phrase::set_without, {echo("echo", own.free_text)});
            continue;
        }
        if (good.empty()) {
            // One of the things cannot be had: what comes nearest to that one is said and shown first.
            s.constraints = own.constraints, s.free_text = own.free_text;
            s.slots.clear();
            auto const wanted = selection();
            if (wanted.full.empty()) explain_relaxation(wanted);
            else find();
            return;
        }
        std::vector<BundleCandidate> candidates;
        for (auto const& pick : good) candidates.push_back({view_[pick.product].variants[pick.variant].price_minor, std::llround((by_words ? 10 + 5 * scores.at(pick.product) / best_score : pick.score + pick.liking + 10) * 1e6), pick.product});
        for (auto const& c : own.constraints) out_.grounds.echoes.push_back(c.label_en), out_.grounds.echoes.push_back(c.label_zh);
        wishes.push_back(own.constraints), picks.push_back(std::move(good)), slots.push_back(std::move(candidates));
    }
    for (std::size_t at = 0; at < taken.size(); ++at)
        if (!taken[at]) say(Phrase::set_without, {echo("echo", shared.constraints[at].label(locale_))});
    std::erase_if(s.slots, [&](std::string const& said) { return std::ranges::find(unknown, said) != unknown.end(); });
    s.constraints.clear(), s.free_text.clear(), s.order.clear();
    understood();
    same_brand = same_brand && slots.size() > 1;
    auto best = same_brand ? of_one_brand(view_, slots, picks, s.bundle_limit_minor) : std::nullopt;
    if (same_brand && !best) say(Phrase::set_brands_differ);
    if (same_brand && !s.slots.empty()) s.slots.front() += locale_ == Locale::zh ? "\n同一个品牌" : "\nsame brand";   // and holds for the next set too
    if (!best) best = best_bundle(slots, s.bundle_limit_minor);
    if (!best) { popular(Phrase::not_understood, {echo("echo", reading_.shared)}); return; }
    Block block{.kind = BlockKind::bundle, .bundle = BundleView{.total_minor = best->price_minor, .limit_minor = s.bundle_limit_minor, .total_text = format_money(best->price_minor, view_.currency(), locale_)}};
    s.shown.clear();
    for (std::size_t i = 0; i < slots.size(); ++i) {
        auto card = make_card(view_, picks[i][best->chosen[i]], locale_, {.constraints = wishes[i]});
        if (auto found = breaches({.kind = BlockKind::cards, .cards = {card}}, view_, {.constraints = wishes[i]}); !found.empty()) {
            out_.withheld.insert(out_.withheld.end(), found.begin(), found.end());
            return;
        }
        s.shown.push_back(card.sku), s.seen.push_back(card.product_id);
        block.cards.push_back(std::move(card));
    }
    s.focus.clear();
    auto const money = [&](std::string_view slot, std::int64_t minor) { return echo(slot, format_money(minor, view_.currency(), locale_)); };
    Spoken spoken;
    if (!s.bundle_limit_minor) spoken.say(Phrase::bundle_found, locale_, s.turn, {money("total", best->price_minor)});
    else if (best->within) spoken.say(Phrase::bundle_within, locale_, s.turn, {money("total", best->price_minor), money("limit", *s.bundle_limit_minor), money("left", *s.bundle_limit_minor - best->price_minor)});
    else spoken.say(Phrase::bundle_above, locale_, s.turn, {money("limit", *s.bundle_limit_minor), money("total", best->price_minor), money("over", best->price_minor - *s.bundle_limit_minor)});
    block.text = std::move(spoken.text), block.facts = std::move(spoken.facts);
    auto const zh = locale_ == Locale::zh;
    block.chips = zh ? std::vector<Chip>{{"全部加入购物车", "全部加入购物车"}, {"换一套", "换一批"}} : std::vector<Chip>{{"Add all to basket", "add all to my basket"}, {"Another set", "show me more"}};
    send(std::move(block));
}

}  // namespace kindling::dialogue

// modules/dialogue/bundles.cpp -- the turn's part about several things at once: a bundle within a budget, and help with choosing among what fits.
#include "core/money.h"
#include "core/utf8.h"
#include "modules/dialogue/bundle.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/relax.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

// Every slot is a wish of its own, read from its own words; what was said of all of them joins where the goods can have it.
void TurnMaker::bundle() {
    auto& s = state();
    out_.topic = "bundle";
    auto const shared = understand(reading_.shared, view_, lexicon_, {.locale = locale_, .pending = "price"});
    if (!reading_.slots.empty()) s.slots = reading_.slots, s.bundle_limit_minor.reset();
    auto const limit = [&](std::vector<Constraint> const& said) {
        for (auto const& c : said)
            if (c.kind == ConstraintKind::price && c.max) s.bundle_limit_minor = static_cast<std::int64_t>(c.target && !c.min ? *c.max : c.target ? *c.target : *c.max);  // "for 2,000" is a ceiling
    };
    limit(shared.constraints);
    if (reading_.slots.empty()) limit(reading_.constraints);
    std::vector<std::vector<Constraint>> wishes;
    std::vector<std::vector<Pick>> picks;
    std::vector<std::vector<BundleCandidate>> slots;
    for (auto& said : s.slots) {
        auto own = slot_wishes(said);
        for (auto const& c : shared.constraints) {
            if (c.kind == ConstraintKind::price || c.kind == ConstraintKind::category) continue;
            auto with = own.constraints;
            with.push_back(c);
            auto conditions = with;  // preferences leave nothing out
            std::erase_if(conditions, [](Constraint const& k) { return k.soft; });
            // "In black" is meant where the goods come in colours; a refusal is meant everywhere.
            if (c.polarity == Polarity::avoid || !select(view_, conditions, {}).full.empty()) own.constraints = std::move(with), said += std::string("\n") + (c.polarity == Polarity::want ? "" : locale_ == Locale::zh ? "不要" : "no ") + c.said;  // and holds for the next set too
        }
        // Things that no category names are looked for by their words: those that say them best, and not what only belongs to them.
        TextScores scores;
        double best_score = 0;
        bool const by_words = !own.free_text.empty() && scorer_ && categories_in_force(own, view_.words()).empty();
        if (by_words) {
            auto texts = scorer_(own.free_text);
            for (auto const& [p, score] : texts.scores)
                if (own.of_their_own || !texts.otherwise.contains(p)) scores.emplace(p, score), best_score = std::max(best_score, score);
            std::erase_if(scores, [&](auto const& each) { return each.second < 0.6 * best_score; });
        }
        auto found = by_words && scores.empty() ? Selection{} : select(view_, own.constraints, by_words ? SelectOptions{.text = &scores, .use = SelectOptions::Text::restricts} : SelectOptions{});
        std::vector<Pick> good;
        for (auto const& pick : found.full)
            if ((!by_words || scores.contains(pick.product)) && view_[pick.product].variants[pick.variant].stock > 0 && std::find(excluded_.begin(), excluded_.end(), view_[pick.product].data.product_id) == excluded_.end()) good.push_back(pick);
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
        for (auto const& pick : good) candidates.push_back({view_[pick.product].variants[pick.variant].price_minor, std::llround((by_words ? 10 + 5 * scores.at(pick.product) / best_score : pick.score + pick.liking + 10) * 1e6)});
        for (auto const& c : own.constraints) out_.grounds.echoes.push_back(c.label_en), out_.grounds.echoes.push_back(c.label_zh);
        wishes.push_back(own.constraints), picks.push_back(std::move(good)), slots.push_back(std::move(candidates));
    }
    s.constraints.clear(), s.free_text.clear(), s.order.clear();
    understood();
    auto const best = best_bundle(slots, s.bundle_limit_minor);
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

void TurnMaker::advise() {
    auto& s = state();
    out_.topic = "advise";
    std::vector<Pick> among;
    // "Which lasts longest": of those shown the one that does; a quality that no data tells is said to be unknown.
    if (auto const said = cues::superlative_said(surface_of(text_)); !said.empty() && s.shown.size() > 1 && reading_.ordinals.empty()) {
        if (auto const one = described(); !one.empty()) {
            answer_superlative(one.front());
            return;
        }
        static constexpr std::u32string_view of_all[] = {U"最值", U"最好", U"最划算", U"最推荐", U"最合适", U"最适合", U"most recommended", U"most suitable", U"best"};
        if (std::ranges::find(of_all, said) == std::end(of_all)) say(Phrase::superlative_unknown, {echo("echo", to_utf8(said))});
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku)) among.push_back({t->product, t->variant});
    }
    if (among.empty())
        for (auto const& t : targets(6)) among.push_back({t.product, t.variant});
    if (among.size() < 2) {
        if (!reading_.constraints.empty()) remember(s, reading_, view_);
        auto found = selection();
        if (found.full.empty()) { find(); return; }
        among = std::move(found.full);
    }
    trade_off(among);
}

void TurnMaker::answer_superlative(Target one) {
    auto& s = state();
    out_.topic = "fact";
    s.focus = view_[one.product].data.product_id;
    Spoken spoken;
    spoken.say(Phrase::this_one, locale_, s.turn, {title_slot(one.product)});
    for (auto const& wish : cues::superlatives(surface_of(text_)))
        if (auto const attribute = attribute_of(wish.what, std::span(&one, 1)); attribute >= 0) reading_.asked_attributes.push_back(view_.words().attributes[static_cast<std::size_t>(attribute)].name);
    reading_.constraints.clear(), reading_.topic.clear();
    bool unknown = false;
    if (!reading_.asked_attributes.empty()) fact_about(one, spoken, unknown);
    text(std::move(spoken));
    auto const shown = s.shown;
    send({.kind = BlockKind::cards, .cards = {make_card(view_, {one.product, one.variant}, locale_, {.constraints = s.constraints})}});
    s.shown = shown;
}

void TurnMaker::trade_off(std::vector<Pick> const& among) {
    auto& s = state();
    auto const zh = locale_ == Locale::zh;
    auto const result = trade_offs(view_, among);
    if (result.named.size() < 2) {
        Selection all;
        all.full = among;
        if (!result.named.empty()) {
            auto const& pick = among[result.named.front().first];
            say(Phrase::trade_off_one, {title_slot(pick.product)});
            cards({pick});
        } else show(all);
        return;
    }
    Block block{.kind = BlockKind::comparison};
    for (std::size_t i = 0; i < among.size() && block.points.size() < 200; ++i) {
        auto const& entry = view_[among[i].product];
        block.points.push_back({entry.data.product_id, entry.data.variants[among[i].variant].sku, entry.variants[among[i].variant].price_minor, entry.standing.rating, std::find(result.front.begin(), result.front.end(), i) != result.front.end()});
    }
    Spoken spoken;
    spoken.say(Phrase::trade_off_intro, locale_, s.turn, {count(among.size())});
    std::vector<std::string> prices, extras, ratings, roles;
    s.shown.clear();
    auto const cheapest = view_[among[result.named.front().first].product].variants[among[result.named.front().first].variant].price_minor;
    for (auto const& [index, role] : result.named) {
        auto const& pick = among[index];
        auto const& entry = view_[pick.product];
        auto card = make_card(view_, pick, locale_, {.constraints = s.constraints});
        auto const extra = card.price_minor - cheapest;
        auto const extra_text = format_money(extra, view_.currency(), locale_);
        prices.push_back(card.price_text), extras.push_back(extra > 0 ? "+" + extra_text : "–"), ratings.push_back(entry.standing.reviews > 0 ? plain_number(entry.standing.rating) : "");
        static constexpr Text names[] = {{"cheapest", "最便宜"}, {"best rated", "评分最高"}, {"most bought", "卖得最多"}, {"balanced", "均衡之选"}};
        roles.emplace_back(names[static_cast<int>(role)].in(locale_));
        static constexpr Phrase phrases[] = {Phrase::trade_off_cheapest, Phrase::trade_off_rated, Phrase::trade_off_seller, Phrase::trade_off_balanced};
        spoken.say(phrases[static_cast<int>(role)], locale_, s.turn, {title_slot(pick.product), {"price", card.price_text, FactKind::price, card.product_id, card.sku}, echo("extra", extra_text), {"rating", plain_number(entry.standing.rating), FactKind::rating, card.product_id}});
        s.shown.push_back(card.sku);
        block.cards.push_back(std::move(card));
    }
    block.rows = {{zh ? "特点" : "Known for", std::move(roles), "trade_off_role", true}, {zh ? "价格" : "Price", std::move(prices), "price", true}, {zh ? "比最便宜的贵" : "More than the cheapest", std::move(extras), "above_cheapest", true}, {zh ? "评分" : "Rating", std::move(ratings), "rating", true}};
    for (std::size_t a = 0; a < view_.words().attributes.size(); ++a) {
        std::vector<std::string> values;
        for (auto const& card : block.cards) values.push_back(distinct_values(*view_.find(card.product_id), static_cast<int>(a)));
        auto const known = std::count_if(values.begin(), values.end(), [](std::string const& v) { return !v.empty(); });
        if (known < 2 || std::all_of(values.begin(), values.end(), [&](std::string const& v) { return v == values.front(); })) continue;
        block.rows.push_back({view_.words().attributes[a].label.in(locale_), std::move(values), view_.words().attributes[a].name, true});
    }
    block.text = std::move(spoken.text), block.facts = std::move(spoken.facts);
    send(std::move(block));
}

}  // namespace kindling::dialogue

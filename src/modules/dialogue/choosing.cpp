// modules/dialogue/choosing.cpp -- the turn's part about choosing among what fits: which of them are meant, and what they trade against each other.
#include "core/money.h"
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/trade_off.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_points = 100;

// What a product is the best in, within a list of such: "lowest weight (240 g)".
std::string role(Weighed const& axis, std::string const& amount, CatalogueView const& view, Locale locale) {
    auto const zh = locale == Locale::zh;
    if (axis.kind == TradeOffKind::price) return zh ? "最便宜" : "cheapest";
    if (axis.kind == TradeOffKind::rating) return zh ? "评分最高" : "best rated";
    if (axis.kind == TradeOffKind::returns) return zh ? "退回最少" : "least sent back";
    if (axis.kind == TradeOffKind::sales) return zh ? "卖得最多" : "most bought";
    if (axis.kind == TradeOffKind::wish) {
        auto wish = axis.asked;   // "linen", where the axis is called "ideally linen"
        wish.soft = false, write_labels(wish, view.words(), view.currency());
        return zh ? "最合“" + wish.label(locale) + "”" : "best for \u201c" + wish.label(locale) + "\u201d";
    }
    auto const name = view.words().attributes[static_cast<std::size_t>(axis.condition.attribute)].label.in(locale);
    if (axis.sense == TradeOffSense::nearest) return zh ? fmt::format("{}最接近（{}）", name, amount) : fmt::format("nearest in {} ({})", small_first(name), amount);
    bool const more = axis.sense == TradeOffSense::more;
    return zh ? fmt::format("{}最{}（{}）", name, more ? "大" : "小", amount) : fmt::format("{} {} ({})", more ? "most" : "least", small_first(name), amount);
}

}  // namespace

void TurnMaker::advise() {
    auto& s = state();
    out_.topic = "advise";
    std::vector<Pick> among;
    // "Which lasts longest": of those shown the one that does; a quality that no data tells is said to be unknown.
    if (auto const said = cues::superlative_said(surface_of(text_)); !said.empty() && s.shown.size() > 1 && reading_.ordinals.empty()) {
        // "Best for running": of those shown that are made for it.
        bool const of_a_use = (said.starts_with(U"best ") || said.starts_with(U"most suit") || said.starts_with(U"最适合")) && std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want; });
        if (auto const one = described(); !one.empty()) {
            answer_superlative(one.front());
            return;
        }
        if (of_a_use) {
            for (auto const& sku : s.shown)
                if (auto const t = target_of_sku(sku); t && std::ranges::all_of(reading_.constraints, [&](Constraint const& c) { return c.kind != ConstraintKind::value || holds(view_, t->product, t->variant, resolve(c, view_.words())); })) among.push_back({t->product, t->variant});
            if (among.size() > 1) { trade_off(among); return; }
            among.clear();
        }
        static constexpr std::u32string_view of_all[] = {U"最值", U"最好", U"最划算", U"最推荐", U"最合适", U"最适合", U"most recommended", U"most suitable", U"best"};
        if (!of_a_use && answer_best_told()) return;
        if (std::ranges::find(of_all, said) == std::end(of_all) && !of_a_use) say(Phrase::superlative_unknown, {echo("echo", to_utf8(said))});
        if (!of_a_use)   // none of these: of all that fit
            for (auto const& sku : s.shown)
                if (auto const t = target_of_sku(sku)) among.push_back({t->product, t->variant});
    }
    if (among.empty())
        for (auto const& t : targets(6)) among.push_back({t.product, t.variant});
    if (among.size() < 2) {
        if (!reading_.constraints.empty()) remember(s, reading_, view_);
        apply_leanings();
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
    if (auto const& standing = view_[one.product].standing; reading_.order == Order::rating && standing.reviews > 0) out_.grounds.counts.push_back(standing.reviews), spoken.say(Phrase::rated_by, locale_, s.turn, {echo("rating", plain_number(standing.rating)), Slot{"count", std::to_string(standing.reviews), FactKind::count}});
    if (tied_ > 1) spoken.say(Phrase::superlative_tied, locale_, s.turn, {count(tied_)});
    if (untold_ > 0) spoken.say(Phrase::superlative_untold, locale_, s.turn, {count(untold_)});
    auto wishes = reading_.comparatives;
    for (auto const& wish : cues::superlatives(surface_of(text_))) wishes.push_back(wish);
    for (auto const& wish : wishes)
        if (auto const attribute = attribute_of(wish.what, std::span(&one, 1)); attribute >= 0) reading_.asked_attributes.push_back(view_.words().attributes[static_cast<std::size_t>(attribute)].name);
    bool const of_the_price = reading_.order == Order::price_up || reading_.order == Order::price_down || std::ranges::any_of(wishes, [](Comparative const& c) { return c.what == Comparative::What::price; });
    reading_.constraints.clear(), reading_.topic = of_the_price ? "price" : "";
    bool unknown = false;
    if (!reading_.asked_attributes.empty() || of_the_price) fact_about(one, spoken, unknown);
    text(std::move(spoken));
    auto const shown = s.shown;
    send({.kind = BlockKind::cards, .cards = {make_card(view_, {one.product, one.variant}, locale_, {.constraints = s.constraints})}});
    s.shown = shown;
}

// Offered where the goods differ in something that was just said; with a question when there is one.
std::optional<Chip> TurnMaker::choosing_chip(std::span<Pick const> fitting) const {
    bool const new_wish = !reading_.constraints.empty() || !reading_.leanings.empty() || !reading_.comparatives.empty();
    if (!new_wish || fitting.size() < 3 || !last_request_) return {};
    auto const axes = weighed_by(view_, state().constraints, fitting);
    if (std::ranges::none_of(axes, [](Weighed const& w) { return w.kind == TradeOffKind::amount || w.kind == TradeOffKind::wish; })) return {};
    return locale_ == Locale::zh ? Chip{"帮我选", "帮我选"} : Chip{"Which should I choose?", "Which should I choose?"};
}

void TurnMaker::trade_off(std::vector<Pick> const& among) {
    auto& s = state();
    auto const zh = locale_ == Locale::zh;
    auto const result = trade_offs(view_, among, s.constraints);
    if (result.named.size() < 2) {
        Selection all;
        all.full = among;
        if (!result.named.empty()) {
            auto const& pick = among[result.picks[result.named.front().at]];
            std::string in;
            for (auto const& axis : result.axes) in += (in.empty() ? "" : zh ? "、" : ", ") + (zh ? axis.described(view_, locale_).label : small_first(axis.described(view_, locale_).label));
            say(Phrase::trade_off_one, {title_slot(pick.product), echo("in", in)});
            // One of the list is recommended; "the second one" is still the second of the list.
            auto const shown = s.shown;
            cards({pick});
            if (std::ranges::find(shown, s.shown.front()) != shown.end()) s.shown = shown;
        } else show(all);
        return;
    }
    Block block{.kind = BlockKind::comparison};
    for (auto const& axis : result.axes) block.axes.push_back(axis.described(view_, locale_));
    auto const sku = [&](std::size_t at) { auto const& pick = among[result.picks[at]]; return view_[pick.product].data.variants[pick.variant].sku; };
    auto const texts = [&](std::size_t at) { std::vector<std::string> out; for (auto const& axis : result.axes) out.push_back(axis.text(view_, among[result.picks[at]], locale_)); return out; };
    for (std::size_t at = 0; at < result.picks.size() && block.points.size() < most_points; ++at) {
        auto const& pick = among[result.picks[at]];
        auto const& entry = view_[pick.product];
        TradeOffPoint point{.product_id = entry.data.product_id, .sku = sku(at), .title = view_.title(pick.product, locale_), .price_minor = entry.variants[pick.variant].price_minor, .rating = entry.standing.rating, .best = at < result.front, .texts = texts(at), .worth = result.worth[at]};
        if (!point.best) {
            auto const& beaten = result.beaten[at - result.front];
            point.beaten_by = sku(beaten.by), point.beaten_in.assign(beaten.in.begin(), beaten.in.end());
        }
        block.points.push_back(std::move(point));
    }
    auto best = count(result.front);
    best.name = "best";
    Spoken spoken;
    spoken.say(result.axes.size() > 1 && (result.axes[1].kind == TradeOffKind::wish || result.axes[1].kind == TradeOffKind::amount) ? Phrase::trade_off_asked : Phrase::trade_off_intro, locale_, s.turn, {count(result.picks.size()), best});
    std::vector<std::string> prices, extras, roles;
    std::vector<std::vector<std::string>> own(result.axes.size());
    s.shown.clear();
    auto const cheapest = view_[among[result.picks[result.named.front().at]].product].variants[among[result.picks[result.named.front().at]].variant].price_minor;
    for (auto const& named : result.named) {
        auto const& pick = among[result.picks[named.at]];
        auto card = make_card(view_, pick, locale_, {.constraints = s.constraints});
        auto const amounts = texts(named.at);
        std::string known_for;
        auto const add = [&](std::string const& what) { known_for += (known_for.empty() ? "" : zh ? "、" : ", ") + what; };
        for (auto const a : named.best_in) add(role(result.axes[a], amounts[a], view_, locale_));
        if (named.balanced) add(zh ? "均衡之选" : "a fair middle");
        auto const extra = card.price_minor - cheapest;
        auto const extra_text = format_money(extra, view_.currency(), locale_);
        prices.push_back(card.price_text), extras.push_back(extra > 0 ? "+" + extra_text : "–"), roles.push_back(known_for);
        for (std::size_t a = 0; a < own.size(); ++a) own[a].push_back(amounts[a]);
        if (!zh && known_for[0] >= 'a' && known_for[0] <= 'z') known_for[0] = static_cast<char>(known_for[0] - 'a' + 'A');
        std::vector<Slot> const slots{echo("roles", known_for), title_slot(pick.product), {"price", card.price_text, FactKind::price, card.product_id, card.sku}, echo("extra", extra_text)};
        spoken.say(extra > 0 ? Phrase::trade_off_dearer : Phrase::trade_off_named, locale_, s.turn, slots);
        s.shown.push_back(card.sku);
        block.cards.push_back(std::move(card));
    }
    block.rows = {{zh ? "特点" : "Known for", std::move(roles), "trade_off_role", true}, {zh ? "价格" : "Price", std::move(prices), "price", true}, {zh ? "比最便宜的贵" : "More than the cheapest", std::move(extras), "above_cheapest", true}};
    std::vector<int> told;   // attributes that have a row already
    for (std::size_t a = 1; a < result.axes.size(); ++a) {
        auto const& axis = result.axes[a];
        if (axis.kind == TradeOffKind::sales) continue;
        if (axis.kind == TradeOffKind::amount) told.push_back(axis.condition.attribute);
        block.rows.push_back({block.axes[a].label, std::move(own[a]), axis.kind == TradeOffKind::rating ? "rating" : axis.kind == TradeOffKind::returns ? "returns" : axis.kind == TradeOffKind::wish ? "wish" : axis.asked.attribute, true});
    }
    for (std::size_t a = 0; a < view_.words().attributes.size(); ++a) {
        if (std::ranges::find(told, static_cast<int>(a)) != told.end()) continue;
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

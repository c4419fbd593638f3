// modules/dialogue/options.cpp -- "none fits": what could give, how many would fit then and from which price; waiting for a price; or looking elsewhere.
#include "core/money.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/relax.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::dialogue {

// Where words choose the goods, one limit after another is tried on these alone.
std::vector<Relaxation> TurnMaker::openings(std::size_t most) {
    auto const& s = state();
    bool const by_words = !s.free_text.empty() && scorer_ && categories_in_force(s, view_.words()).empty();
    if (!by_words) return relaxations(view_, s.constraints, most);
    TextScores scores = scores_;
    if (scores.empty())
        for (auto const& [p, score] : scorer_(s.free_text).scores) scores.emplace(p, score);
    double best = 0;
    for (auto const& each : scores) best = std::max(best, each.second);
    erase_if(scores, [&](auto const& each) { return each.second < 0.6 * best; });
    auto const without = [&](std::vector<std::size_t> const& dropped) {
        std::vector<Constraint> kept;
        for (std::size_t c = 0; c < s.constraints.size(); ++c)
            if (std::ranges::find(dropped, c) == dropped.end()) kept.push_back(s.constraints[c]);
        Relaxation out{.dropped = dropped};
        for (auto const& pick : select(view_, kept, {.text = &scores, .use = SelectOptions::Text::restricts}).full) {
            if (!scores.contains(pick.product)) continue;
            auto const price = view_[pick.product].variants[pick.variant].price_minor;
            out.cheapest_minor = out.products++ == 0 ? price : std::min(out.cheapest_minor, price);
        }
        return out;
    };
    std::vector<Relaxation> out;
    if (scores.empty() || without({}).products > 0) return out;
    std::vector<std::size_t> all;
    for (std::size_t c = 0; c < s.constraints.size() && all.size() < 6; ++c)
        if (!s.constraints[c].soft && s.constraints[c].kind != ConstraintKind::category) all.push_back(c);
    for (auto c : all)
        if (auto one = without({c}); one.products > 0 && out.size() < most) out.push_back(std::move(one));
    if (out.empty() && all.size() > 1)
        if (auto none = without(all); none.products > 0) out.push_back(std::move(none));
    return out;
}

void TurnMaker::offer_relaxations() {
    auto& s = state();
    if (comparative_ || !last_request_) return;
    auto const found = openings(4);
    if (found.empty()) return;
    auto const zh = locale_ == Locale::zh;
    // Words that the guide itself understands as "this may give".
    auto const giving = [&](Constraint const& c) -> std::string {
        auto const attribute = [&](std::string const& name) {
            auto const at = view_.words().attribute_ids.find(name);
            return at == view_.words().attribute_ids.end() ? std::string() : view_.words().attributes[static_cast<std::size_t>(at->second)].label.in(locale_);
        };
        if (c.kind == ConstraintKind::price) return zh ? "预算不限" : "any price";
        if (c.kind == ConstraintKind::brand) return zh ? "品牌不限" : "any brand";
        if (c.polarity == Polarity::avoid) return c.said.empty() ? std::string() : zh ? c.said + "也可以" : c.said + " is fine too";
        auto name = c.kind == ConstraintKind::number ? attribute(c.attribute) : c.kind == ConstraintKind::value && !c.values.empty() ? attribute(c.values.front().attribute) : std::string();
        if (name.empty()) return {};
        return zh ? name + "不限" : "any " + name;
    };
    Block block{.kind = BlockKind::question, .asks = "relaxation"};
    for (auto const& r : found) {
        std::string words;
        for (auto c : r.dropped) {
            auto const one = giving(s.constraints[c]);
            if (one.empty()) { words.clear(); break; }
            words += (words.empty() ? "" : zh ? "，" : ", ") + one;
        }
        if (words.empty() || r.dropped.size() > 3) continue;
        auto const price = format_money(r.cheapest_minor, view_.currency(), locale_);
        auto label = zh ? fmt::format("{}（{}款，{}起）", words, r.products, price) : fmt::format("{} ({}, from {})", words, r.products, price);
        label[0] = static_cast<char>(!zh && label[0] >= 'a' && label[0] <= 'z' ? label[0] - 32 : label[0]);
        block.chips.push_back({std::move(label), std::move(words)});
    }
    // A price may be waited for.
    for (auto const& c : s.constraints)
        if (c.kind == ConstraintKind::price && !c.soft && c.max && ports_.watches && std::any_of(found.begin(), found.end(), [&](Relaxation const& r) { return r.dropped.size() == 1 && &s.constraints[r.dropped.front()] == &c; }) && !s.shown.empty()) {
            auto const limit = format_money(static_cast<std::int64_t>(*c.max), view_.currency(), locale_);
            block.chips.push_back(zh ? Chip{"第一款降到" + limit + "时提醒我", "第一个降到" + limit + "时提醒我"} : Chip{"Tell me when the first falls to " + limit, "tell me when the first one drops to " + limit});
        }
    Spoken spoken;
    if (!block.chips.empty()) spoken.say(Phrase::none_fits, locale_, s.turn);
    spoken.say(Phrase::elsewhere, locale_, s.turn);
    block.text = std::move(spoken.text), block.facts = std::move(spoken.facts);
    block.chips.push_back(zh ? Chip{"都不能放宽", "都不能放宽"} : Chip{"None of it may give", "none of it may give"});
    s.pending = "relaxation";
    send(std::move(block));
}

// The end of "none fits": which limit would open how many, all of them kept and then what, waiting, or nothing more. Anything that changes a limit or
// names other goods is a wish and read as one.
bool TurnMaker::answer_relaxation() {
    auto& s = state();
    auto const t = surface_of(text_);
    auto const zh = locale_ == Locale::zh;
    if (reading_.intent == Intent::watch) std::erase_if(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::stock; });
    // "None may be relaxed" is no fit of clothes.
    if (cues::has(t, U"be_relaxed is_relaxed are_relaxed get_relaxed")) std::erase_if(reading_.constraints, [](Constraint const& c) { return c.said == "relaxed"; });
    if (!reading_.constraints.empty() || !reading_.drop.empty() || !reading_.comparatives.empty() || !reading_.ordinals.empty() || !reading_.refused.empty() || cues::seeks(t)) return false;
    static constexpr Intent talk[] = {Intent::find, Intent::ask_fact, Intent::no_preference, Intent::watch, Intent::more, Intent::price_history, Intent::compare, Intent::advise, Intent::why, Intent::thanks, Intent::bye};
    if (std::ranges::find(talk, reading_.intent) == std::end(talk)) return false;
    auto const keep = [&] { s.pending = "relaxation", out_.topic = "find"; };
    auto const choices = zh ? std::vector<Chip>{{"有合适的告诉我", "有合适的告诉我"}, {"转人工", "转人工"}, {"不用了", "不用了"}} : std::vector<Chip>{{"Tell me when something fits", "tell me when something fits"}, {"Ask a person", "talk to a person"}, {"No, that is all", "no thanks, that is all"}};
    bool const of_limits = cues::has(t, U"放宽 条件 限制 让步 哪条 哪一条 哪项 limit limits relax relaxed loosen give condition conditions requirement requirements help_most change") || t.size() <= 8;
    if (of_limits && cues::superlatives(t).empty() && (reading_.asked_attributes.empty() || cues::has(t, U"放宽")) && cues::has(t, U"哪些 哪条 哪一条 哪个 哪一个 哪项 哪几 放宽什么 放宽多少 怎么放宽 which what how_many how_much")) {
        Spoken spoken;
        auto const open = openings(8);
        if (open.empty()) return false;
        for (auto const& r : open) {
            std::string without;
            for (auto c : r.dropped) without += (without.empty() ? "" : zh ? "、" : ", ") + s.constraints[c].label(locale_);
            spoken.say(Phrase::relaxation_opens, locale_, s.turn, {echo("wanted", without), count(r.products)});
        }
        text(std::move(spoken));
        keep();
        offer_relaxations();
        return true;
    }
    if (reading_.intent == Intent::watch || cues::has(t, U"等等 再等 等一等 等一下 先等 我等 等有 等到 有货了 到货 有了告诉 合适的告诉 告诉我 通知我 提醒我 wait waiting tell_me_when let_me_know notify_me")) {
        wait_for_wish();
        return true;
    }
    if (cues::has(t, U"不用了 没事了 没了 就这样 去别处 别家 别的店 no_thanks no_thank_you never_mind that_is_all that's_all look_elsewhere elsewhere forget_it")) {
        out_.topic = "find";
        say(Phrase::relaxation_over);
        return true;
    }
    // "Nothing" says none of them; "nothing with tiny parts" is one more condition.
    auto const nothing = cues::find(t, U"nothing");
    bool const says_none = nothing && !cues::has(t.substr(nothing->end, 12), U"with that too over under above below for from like made in but");
    if (!reading_.unheard.empty() || !reading_.refused_unknown.empty()) return false;
    if (says_none || cues::has(t, U"都不能 都不行 都不可以 都不想 不能放宽 不放宽 不想放宽 不愿放宽 一个都不 一条都不 不能让步 不将就 都要 都需要 none cannot can't won't no_compromise keep_all keep_them_all all_of_it all_of_them must")) {
        Spoken spoken;
        spoken.say(Phrase::none_may_give, locale_, s.turn);
        keep();
        send({.kind = BlockKind::question, .text = std::move(spoken.text), .facts = std::move(spoken.facts), .chips = choices, .asks = "relaxation"});
        return true;
    }
    if (reading_.intent == Intent::no_preference || cues::has(t, U"都可以放宽 都能放宽 随便放宽 你定 你决定 any_of_them any_of_it you_choose you_decide up_to_you")) {
        auto const found = openings(1);
        if (found.empty()) return false;
        for (auto c = found.front().dropped.rbegin(); c != found.front().dropped.rend(); ++c) s.constraints.erase(s.constraints.begin() + static_cast<std::ptrdiff_t>(*c));
        out_.topic = "find";
        find();
        return true;
    }
    return false;
}

// The wish itself is waited for: kept in this talk and looked for again at each turn of it (tell_watches).
void TurnMaker::wait_for_wish() {
    auto& s = state();
    out_.topic = "watch";
    s.waiting_for.clear(), s.waiting_words = categories_in_force(s, view_.words()).empty() ? s.free_text : std::string();
    for (auto const& c : s.constraints)
        if (!c.soft) s.waiting_for.push_back(c);
    if (s.waiting_for.empty()) { say(Phrase::watch_none); return; }
    say(Phrase::waiting_for_wish, {echo("needs", labels(s.waiting_for) + (s.waiting_words.empty() ? "" : (locale_ == Locale::zh ? "、" : ", ") + s.waiting_words))});
    s.pending = "relaxation";  // "and which of it could I relax?"
}

// Whether the goods of the categories in force say anything of what a condition is about.
bool TurnMaker::spoken_of(Condition const& condition) const {
    auto const categories = categories_in_force(state(), view_.words());
    if (condition.pairs.empty() && !by_title(condition)) return false;
    if (categories.empty() && !by_title(condition)) return true;
    auto const about = [&](AttributeValue const& v) { return std::ranges::any_of(condition.pairs, [&](auto const& pair) { return pair.first == v.attribute; }); };
    for (std::size_t p = 0; p < view_.size(); ++p) {
        if (!categories.empty() && std::ranges::none_of(categories, [&](int c) { return view_.words().within(view_[p].category, c); })) continue;
        if (by_title(condition)) {
            if (holds(view_, p, 0, condition)) return true;
            continue;
        }
        if (std::ranges::any_of(view_[p].values, about)) return true;
        for (auto const& variant : view_[p].variants)
            if (std::ranges::any_of(variant.values, about)) return true;
    }
    return false;
}

void TurnMaker::explain_relaxation(Selection const& found) {
    auto& s = state();
    auto const& constraints = s.constraints;
    std::vector<std::string> unknown, without;
    for (auto c : found.dropped) {
        auto const& constraint = constraints[c];
        auto const condition = resolve(constraint, view_.words());
        bool const no_data = (constraint.kind == ConstraintKind::number && condition.attribute < 0 && condition.title_base.empty()) || (constraint.kind == ConstraintKind::value && !spoken_of(condition));
        (no_data ? unknown : without).push_back(constraint.label(locale_));
    }
    auto const join = [&](std::vector<std::string> const& list) { std::string out; for (auto const& t : list) out += (out.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + t; return out; };
    for (auto c : found.dropped) out_.trace.given_up.push_back(constraints[c].label(locale_));
    out_.trace.relaxed = true, out_.trace.candidates = 0;
    if (found.relaxed.empty()) { say(Phrase::nothing_on_sale); return; }
    auto const& nearest = found.relaxed.front();
    if (!unknown.empty()) say(Phrase::relaxed_unknown, {echo("wanted", join(unknown))});
    if (found.dropped.size() == 1 && !without.empty()) {
        auto const& constraint = constraints[found.dropped.front()];
        auto const condition = resolve(constraint, view_.words());
        auto const& product = view_[nearest.product].data;
        auto const* v = constraint.kind == ConstraintKind::number && condition.attribute >= 0 ? view_.value_of(nearest.product, nearest.variant, condition.attribute) : nullptr;
        if (comparative_ && (constraint.kind == ConstraintKind::price || constraint.kind == ConstraintKind::number)) say(Phrase::comparative_limit, {echo("wanted", constraint.label(locale_))});
        else if (v) say(Phrase::relaxed_nearest, {echo("wanted", constraint.label(locale_)), {"nearest", view_.value_text(*v, locale_), FactKind::attribute, product.product_id, "", constraint.attribute}});
        else if (constraint.kind == ConstraintKind::price) say(Phrase::relaxed_nearest, {echo("wanted", constraint.label(locale_)), {"nearest", format_money(view_[nearest.product].variants[nearest.variant].price_minor, view_.currency(), locale_), FactKind::price, product.product_id, product.variants[nearest.variant].sku}});
        else if (constraint.kind == ConstraintKind::category) say(Phrase::none_category, {echo("wanted", constraint.label(locale_))});
        else say(Phrase::relaxed_without, {echo("wanted", constraint.label(locale_))});
    } else if (!without.empty()) say(Phrase::relaxed_without, {echo("wanted", join(without))});
    s.seen.clear();
    std::vector<Pick> page(found.relaxed.begin(), found.relaxed.begin() + static_cast<std::ptrdiff_t>(std::min(options_.picks, found.relaxed.size())));
    cards(page);
    offer_relaxations();
    // A limit that only compared ("cheaper still") and cannot be met would stand in the way of every further turn.
    if (comparative_)
        for (auto i = found.dropped.rbegin(); i != found.dropped.rend(); ++i)
            if (s.constraints[*i].said.empty()) s.constraints.erase(s.constraints.begin() + static_cast<std::ptrdiff_t>(*i));
}

}  // namespace kindling::dialogue

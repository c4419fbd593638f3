// modules/dialogue/goods_asked.cpp -- a question of the goods in view is answered about these goods: "do they survive sweat?", 第二双有39吗, "who wrote it?".
//
// What a field tells is told by its name and value; else a sentence of the description or a part of the title is quoted as it stands. Nothing else is said of it.
#include "core/utf8.h"
#include "modules/dialogue/goods_question.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_fields = 3;

// "XL", "2xl", 39: how sizes are said by themselves.
std::u32string size_said(std::u32string_view t) {
    for (std::size_t i = 0; i < t.size();) {
        if (!cues::letter(t[i])) { ++i; continue; }
        auto end = i;
        while (end < t.size() && cues::letter(t[end])) ++end;
        auto const word = t.substr(i, end - i);
        bool const digits = word.find_first_not_of(U"0123456789") == word.npos;
        static constexpr std::u32string_view letters[] = {U"xs", U"xxs", U"xl", U"xxl", U"xxxl", U"2xl", U"3xl", U"4xl", U"s", U"m", U"l"};
        bool const ours = i == 0 || t[i - 1] != U'\'';
        if (ours && ((digits && word.size() == 2 && word >= U"20" && word <= U"60") || std::ranges::find(letters, word) != std::end(letters))) return std::u32string(word);
        i = end;
    }
    return {};
}

// The 39 of a label "39码" or "(39)".
std::u32string_view bare_size(std::u32string_view label) {
    while (!label.empty() && std::u32string_view(U"码号)）]").find(label.back()) != std::u32string_view::npos) label.remove_suffix(1);
    while (!label.empty() && std::u32string_view(U"(（[").find(label.front()) != std::u32string_view::npos) label.remove_prefix(1);
    return label;
}

}  // namespace

bool TurnMaker::tell_fields(Target t, std::u32string_view labels, Spoken& spoken) {
    std::size_t told = 0;
    for (std::size_t a = 0; a < view_.words().attributes.size() && told < most_fields; ++a) {
        auto const& info = view_.words().attributes[a];
        if (labels.empty() || !label_has(info, labels) || (labels.starts_with(U"颜色") && label_has(info, U"temperature"))) continue;
        auto const values = distinct_values(t.product, static_cast<int>(a));
        if (values.empty()) continue;
        spoken.say(Phrase::fact_value, locale_, state().turn, {title_slot(t.product), name_slot("attribute", info.label.in(locale_)), {"value", values, FactKind::attribute, view_[t.product].data.product_id, "", info.name}});
        ++told;
    }
    return told > 0;
}

// False: neither a field nor a title nor a description tells it.
bool TurnMaker::tell_thing(Target t, AskedThing const& thing, Spoken& spoken) {
    using Kind = AskedThing::Kind;
    auto const& data = view_[t.product].data;
    auto const& id = data.product_id;
    auto const turn = state().turn;
    bool const zh = locale_ == Locale::zh;
    auto const& first = zh && !data.description_zh.empty() ? data.description_zh : data.description_en.empty() ? data.description_zh : data.description_en;
    auto const& other = &first == &data.description_zh ? data.description_en : data.description_zh;
    auto const quoted = [&](Phrase phrase, std::string quote) {
        if (quote.empty()) return false;
        spoken.say(phrase, locale_, turn, {title_slot(t.product), {"quote", std::move(quote), FactKind::quote, id}});
        return true;
    };
    if (thing.kind == Kind::story) return quoted(Phrase::fact_quote, story_in(first));
    if (thing.kind == Kind::size) {
        std::size_t told = 0;
        for (auto const what : {Comparative::What::size, Comparative::What::height})
            for (int const a : attributes_of(what)) {
                auto const& info = view_.words().attributes[static_cast<std::size_t>(a)];
                if (told == most_fields || distinct_values(t.product, a).empty() || spoken.text.find(info.label.in(locale_) + (zh ? "：" : ":")) != std::string::npos) continue;
                spoken.say(Phrase::fact_value, locale_, turn, {title_slot(t.product), name_slot("attribute", info.label.in(locale_)), {"value", distinct_values(t.product, a), FactKind::attribute, id, "", info.name}});
                ++told;
            }
        if (told > 0) return true;
    }
    if (tell_fields(t, thing.fields, spoken)) return true;
    auto const in_title = [&] { return quoted(Phrase::fact_title, told_in_title(view_.title(t.product, locale_), thing)); };
    if (thing.title_first && in_title()) return true;
    if (thing.kind != Kind::colours && quoted(Phrase::fact_quote, [&] { auto quote = told_in_text(first, thing); return quote.empty() ? told_in_text(other, thing) : quote; }())) return true;
    if (!thing.title_first && in_title()) return true;
    auto const& variant = data.variants[t.variant];
    if (thing.kind != Kind::weight || !variant.weight_g || *variant.weight_g <= 0) return false;
    // Packed for the post: the nearest that is known.
    auto const kilograms = plain_number(std::round(static_cast<double>(*variant.weight_g) / 10) / 100);
    spoken.say(Phrase::fact_post_weight, locale_, turn, {title_slot(t.product), echo("echo", kilograms + " kg")});
    return true;
}

// What the table does not know: a sentence with all of its words.
bool TurnMaker::tell_words(Target t, std::span<std::u32string const> words, Spoken& spoken) {
    auto const& data = view_[t.product].data;
    auto quote = told_in_text(locale_ == Locale::zh ? data.description_zh : data.description_en, words);
    if (quote.empty()) quote = told_in_text(locale_ == Locale::zh ? data.description_en : data.description_zh, words);
    if (!quote.empty()) spoken.say(Phrase::fact_quote, locale_, state().turn, {title_slot(t.product), {"quote", std::move(quote), FactKind::quote, data.product_id}});
    else if (auto title = view_.title(t.product, locale_); title_tells(title, words)) spoken.say(Phrase::fact_title, locale_, state().turn, {title_slot(t.product), {"quote", std::move(title), FactKind::quote, data.product_id}});
    else return false;
    return true;
}

// The data is silent: of what, where that has a name.
void TurnMaker::say_silent(std::optional<Target> of, std::size_t goods, GoodsQuestion const& asked, Spoken& spoken) {
    bool const zh = locale_ == Locale::zh;
    if (asked.things.empty()) {
        if (of) spoken.say(Phrase::fact_unknown, locale_, state().turn, {title_slot(of->product)});
        else spoken.say(Phrase::facts_unknown, locale_, state().turn, {count(goods)});
        return;
    }
    std::string names;
    for (auto const* thing : asked.things) names += (names.empty() ? "" : zh ? "、" : " or ") + std::string(zh ? thing->zh : thing->en);
    if (of) spoken.say(Phrase::fact_silent, locale_, state().turn, {title_slot(of->product), name_slot("thing", names)});
    else spoken.say(Phrase::facts_silent, locale_, state().turn, {count(goods), name_slot("thing", names)});
}

// "Does the first come in XL?", 第二双有39吗: whether one of its variants is so, and can be had.
bool TurnMaker::answer_size_of_one() {
    auto& s = state();
    auto const t = surface_of(text_);
    if (!asks(t) || t.size() > 120 || reading_.ordinals.size() > 1 || (reading_.ordinals.empty() && !reading_.refers && s.shown.size() != 1)) return false;
    if (!cues::has(t, U"有 come_in comes_in come_with available have has got in_stock in_that in_a in_size 码 号 尺码") || cues::has(t, U"多少 什么 几 what which how 有没有别 other_sizes")) return false;
    auto const of = targets(1);
    if (of.empty()) return false;
    auto const& entry = view_[of.front().product];
    int size = -1;
    for (auto const& variant : entry.variants)
        for (auto const& value : variant.values)
            if (is_size(value.attribute)) size = value.attribute;
    auto const said = size_said(t);
    if (size < 0 || said.empty()) return false;
    std::optional<std::size_t> found;
    std::string label;
    for (std::size_t v = 0; v < entry.variants.size(); ++v) {
        auto const* value = view_.value_of(of.front().product, v, size);
        if (!value) continue;
        auto const name = view_.value_text(*value, locale_);
        auto word = surface_of(name);
        if (word.rfind(U' ') != word.npos) word = word.substr(word.rfind(U' ') + 1);   // the 40 of "EU 40"
        if (bare_size(word) != said) continue;
        if (!found || (entry.variants[v].stock > 0 && entry.variants[*found].stock <= 0)) found = v, label = name;
    }
    out_.topic = "fact";
    s.focus = entry.data.product_id;
    auto const& info = view_.words().attributes[static_cast<std::size_t>(size)];
    Spoken spoken;
    auto target = of.front();
    if (found) {
        target.variant = *found;
        auto const& sku = entry.data.variants[*found].sku;
        bool const zh = locale_ == Locale::zh, in = entry.variants[*found].stock > 0;
        spoken.say(Phrase::fact_comes_in, locale_, s.turn, {title_slot(target.product), {"value", label, FactKind::attribute, entry.data.product_id, "", info.name}, {"stock", in ? (zh ? "有货" : "in stock") : (zh ? "暂时缺货" : "out of stock"), FactKind::stock, entry.data.product_id, sku}});
        s.asked_variant = {{.values = {{info.name, label, label}}, .attribute = info.name, .said = to_utf8(said)}};
    } else spoken.say(Phrase::fact_has_not_but, locale_, s.turn, {title_slot(target.product), name_slot("attribute", info.label.in(locale_)), {"value", distinct_values(target.product, size), FactKind::attribute, entry.data.product_id, "", info.name}});
    text(std::move(spoken));
    auto const shown = s.shown;
    send({.kind = BlockKind::cards, .cards = {make_card(view_, {target.product, target.variant}, locale_, {.constraints = s.constraints})}});
    if (!shown.empty()) s.shown = shown;
    return true;
}

bool TurnMaker::answer_in_view() {
    auto& s = state();
    if (s.shown.empty() && s.focus.empty()) return false;
    auto const intent = reading_.intent;
    auto const of_size = [&](std::string const& name) { auto const found = view_.words().attribute_ids.find(name); return found != view_.words().attribute_ids.end() && is_size(found->second); };
    bool const of_values = std::ranges::any_of(reading_.constraints, [&](Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want && !c.attribute.empty() && !of_size(c.attribute); });
    if ((intent == Intent::find || (intent == Intent::ask_fact && (!s.slots.empty() || !of_values)) || intent == Intent::size_help) && answer_size_of_one()) return true;
    auto const t = surface_of(text_);
    bool const pointed = !reading_.ordinals.empty() || reading_.refers, known = !question_of_goods(t).things.empty();
    // 作者还写过别的吗 asks for more of an author; the "any" of "is it any good for kids" is an answer to no question.
    bool const of_the_author = intent == Intent::more && known && cues::has(t, U"作者 the_author");
    if (intent != Intent::find && intent != Intent::no_preference && !of_the_author) return false;
    if (reading_.gift || reading_.order || !reading_.comparatives.empty() || reading_.corrects || !reading_.drop.empty() || !reading_.refused.empty() || !reading_.topic.empty() || reading_.quantity_said) return false;
    // "Would the first one work with 4 people?", 第一个适合五岁吗: neither a price nor a refusal where one is pointed at and what is asked is known.
    if (!(pointed && known) && std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price || (c.polarity == Polarity::avoid && c.attribute.empty()); })) return false;
    if (!asks_in_view(t, pointed)) return false;
    reading_.constraints.clear(), reading_.not_sold.clear(), reading_.free_text.clear();
    reading_.intent = Intent::ask_fact, out_.topic = "fact";
    answer_fact();
    return true;
}

// "Best for a beginner", 哪个最保暖: what those shown say of it themselves; false: none of them does.
bool TurnMaker::answer_best_told() {
    auto& s = state();
    auto const asked = question_of_goods(surface_of(text_));
    if (asked.things.empty()) return false;
    Spoken spoken;
    Block block{.kind = BlockKind::cards};
    for (auto const& sku : s.shown)
        if (auto const t = target_of_sku(sku); t && tell_thing(*t, *asked.things.front(), spoken)) block.cards.push_back(make_card(view_, {t->product, t->variant}, locale_, {.constraints = s.constraints}));
    if (block.cards.empty()) return false;
    Spoken front;
    front.say(Phrase::told_by_these, locale_, s.turn, {name_slot("thing", locale_ == Locale::zh ? asked.things.front()->zh : asked.things.front()->en)});
    text(std::move(front));
    text(std::move(spoken));
    out_.topic = "fact";
    if (block.cards.size() == 1) s.focus = block.cards.front().product_id;
    auto const shown = s.shown;
    send(std::move(block));
    s.shown = shown;
    return true;
}

}  // namespace kindling::dialogue

// modules/dialogue/bundle_talk.cpp -- talking about a set that is on the table: one of its things changed, left out or added; and outfits, where nobody names the things.
//
// A slot of a set is what was said of one thing; what is said of it later is one more line of its slot, read after the others, so that a correction
// takes the place of what it corrects (memory.h). Limits that only compare ("the desk is too wide") are taken from the thing that was shown. An
// outfit is made of the kinds of clothes that this shop has: a dress, or a top and a bottom; shoes; a bag when there is nothing else to add.
#include "core/money.h"
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_slots = 6, longest_slot = 600;

}  // namespace

GuideState TurnMaker::slot_wishes(std::string const& said) const {
    GuideState own;
    for (std::size_t i = 0; i <= said.size();) {
        auto const end = std::min(said.find('\n', i), said.size());
        remember(own, understand(said.substr(i, end - i), view_, lexicon_, {.locale = locale_, .categories = categories_in_force(own, view_.words())}), view_);
        i = end + 1;
    }
    return own;
}

// The comparison in words that the next reading understands as a limit; empty: nothing to compare.
std::string TurnMaker::limit_from_shown(std::size_t slot) const {
    auto const& s = state();
    auto const shown = slot < s.shown.size() ? target_of_sku(s.shown[slot]) : std::nullopt;
    if (!shown) return {};
    std::string out;
    for (auto const& comparative : reading_.comparatives) {
        bool const less = comparative.direction < 0;
        if (comparative.what == Comparative::What::price) {
            double amount = static_cast<double>(view_[shown->product].variants[shown->variant].price_minor);
            for (int i = 0; i < currency_decimals(view_.currency()); ++i) amount /= 10;
            out += fmt::format("\nprice {} {:.2f}", less ? "less than" : "more than", amount);
        } else if (auto const a = attribute_of(comparative.what, std::span(&*shown, 1)); a >= 0)
            out += fmt::format("\n{} {} {}", view_.words().attributes[static_cast<std::size_t>(a)].label.en, less ? "less than" : "more than", view_.value_text(*view_.value_of(shown->product, shown->variant, a), Locale::en));
    }
    return out;
}

// True when the words were about a thing of the set, which is made anew.
bool TurnMaker::change_bundle() {
    auto& s = state();
    auto const& words = view_.words();
    auto const t = surface_of(text_);
    auto const touches = [&](std::string const& slot, std::vector<int> const& kinds) {
        auto const own = categories_in_force(slot_wishes(slot), words);
        return std::ranges::any_of(own, [&](int a) { return std::ranges::any_of(kinds, [&](int b) { return words.within(a, b) || words.within(b, a); }); });
    };
    auto refused = kinds_of(reading_.constraints, Polarity::avoid, words), wanted = kinds_of(reading_.constraints, Polarity::want, words);
    auto const before = s.slots;
    // "Does the first come in XL?": of that one, which is answered; the set stays as it is.
    if (!reading_.ordinals.empty() && reading_.refused.empty() && (cues::asks_of_goods(t) || t.ends_with(U"吗") || t.ends_with(U"吗?"))) return false;
    // "Leave out the bag", 包去掉: what goes is named like what is wanted.
    bool const takes_away = cues::has(t, U"leave_out leave_off leave_the leave_that take_out take_away take_off drop remove skip no_need don't_need get_rid_of forget_the cut_the lose_the 去掉 拿掉 删掉 去除 不用 不需要 减掉 省掉 不要了") && !cues::has(t, U"不用熨 不用烫 不需要熨 不需要烫 不用系 不用洗 不用手洗 不用插 不用装 不用组装");
    if (takes_away && refused.empty()) refused = std::exchange(wanted, {});
    auto const& positions = reading_.refused.empty() ? reading_.ordinals : reading_.refused;
    auto const position = positions.empty() || positions.front() < 1 || static_cast<std::size_t>(positions.front()) > s.slots.size() ? s.slots.end() : s.slots.begin() + (positions.front() - 1);
    // Where words name the things: those words name what goes, too.
    auto const by_words = [&] {
        static constexpr std::u32string_view away = U"leave_out leave_off take_out take_away take_off drop remove skip no_need don't_need get_rid_of forget_the without 去掉 拿掉 删掉 去除 不用 不需要 减掉 省掉 不要";
        auto const cut = cues::find_all(t, away);
        auto out = s.slots.end();
        if (cut.empty()) return out;
        std::vector<cues::Span> used(cut.begin(), cut.end());
        auto const left = surface_of(cues::remainder(t, used));
        for (auto at = s.slots.begin(); at != s.slots.end() && !left.empty(); ++at) {
            auto const slot = surface_of(*at);
            bool says_all = true;
            for (std::size_t i = 0; i < left.size();) {
                auto const end = std::min(left.find(U' ', i), left.size());
                says_all = says_all && slot.find(left.substr(i, end - i)) != slot.npos;
                i = end + 1;
            }
            if (!says_all) continue;
            if (out != s.slots.end()) return s.slots.end();  // of two: neither
            out = at;
        }
        return out;
    };
    // "No, make it black": of the thing that was spoken of last, or named last when none was by itself; "both", 都 and "them" mean the set.
    bool const says_what = std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::value || c.kind == ConstraintKind::number; });
    bool const of_each = says_what && !takes_away && wanted.empty() && refused.empty() && reading_.refused.empty() && reading_.ordinals.size() > 1 && reading_.ordinals.size() == s.slots.size();
    bool const of_one = says_what && s.slots.size() > 1 && position == s.slots.end() && wanted.empty() && refused.empty() && cues::has(t, U"it that_one this_one 它 这个 那个 这件 那件 这双 那双 这条 那条") && !cues::has(t, U"both all everything them they these those whole each every set outfit 都 全 两 各 整 一套 每");
    auto const last = s.slot_spoken >= 0 && static_cast<std::size_t>(s.slot_spoken) < s.slots.size() ? s.slots.begin() + s.slot_spoken : s.slots.end() - (s.slots.empty() ? 0 : 1);
    bool const says_a_quality = std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind != ConstraintKind::category; });
    bool const says_something = !reading_.constraints.empty() || !reading_.comparatives.empty();
    if (of_each) {
        for (auto& slot : s.slots)
            if (slot.size() + text_.size() < longest_slot) slot += "\n" + text_;
    } else if (takes_away && refused.empty() && position != s.slots.end() && s.slots.size() > 1) s.slots.erase(position);
    else if (auto const named = refused.empty() && wanted.empty() && s.slots.size() > 1 ? by_words() : s.slots.end(); named != s.slots.end()) s.slots.erase(named);
    else if (bool const swaps = !takes_away && cues::has(t, U"换一双 换一件 换一条 换一个 换一款 换双 换件 换条 换个 换掉 不喜欢 不好看 不满意 don't_like do_not_like dislike another different other_shoes swap change_the replace"); swaps && (position != s.slots.end() || !refused.empty() || !wanted.empty()) && reading_.comparatives.empty() && !says_a_quality) {
        // "I don't like the shoes", 鞋换一双: another of its kind takes its place.
        auto const& named_kinds = refused.empty() ? wanted : refused;
        auto const at = position != s.slots.end() ? position : std::ranges::find_if(s.slots, [&](std::string const& each) { return touches(each, named_kinds); });
        auto const shown = at == s.slots.end() || static_cast<std::size_t>(at - s.slots.begin()) >= s.shown.size() ? std::nullopt : target_of_sku(s.shown[static_cast<std::size_t>(at - s.slots.begin())]);
        if (!shown) return false;
        s.refused.push_back(view_[shown->product].data.product_id);
        say(Phrase::left_out, {title_slot(shown->product)});
        excluded_ = s.refused, reading_.slots.clear(), reading_.shared.clear(), reading_.constraints.clear();
        bundle();
        return true;
    } else if (!takes_away && (position != s.slots.end() || of_one) && says_something && reading_.refused.empty() && wanted.empty() && refused.empty()) {  // 第二个换成500毫升以上的
        auto const at = of_one ? last : position;
        auto const limits = limit_from_shown(static_cast<std::size_t>(at - s.slots.begin()));
        if (at->size() + text_.size() + limits.size() < longest_slot) *at += "\n" + text_ + limits;
    } else if (!refused.empty()) std::erase_if(s.slots, [&](std::string const& slot) { return s.slots.size() > 1 && touches(slot, refused); });
    else if (auto const slot = std::ranges::find_if(s.slots, [&](std::string const& each) { return touches(each, wanted); }); !wanted.empty() && slot != s.slots.end()) {
        auto const limits = limit_from_shown(static_cast<std::size_t>(slot - s.slots.begin()));
        auto const numbers_said = std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::number || c.kind == ConstraintKind::price; });
        *slot += "\n" + text_ + (numbers_said ? "" : limits);
        if (slot->size() > longest_slot) *slot = before[static_cast<std::size_t>(slot - s.slots.begin())];
    } else if (!wanted.empty() && s.slots.size() < most_slots && cues::has(t, U"再加 加个 加一 再来 还要 还需要 also add plus and_a")) s.slots.push_back(text_);
    // "Leave out the harp", where the set has none: it stays as it is.
    if (s.slots == before && takes_away && reading_.constraints.empty() && positions.empty() && !reading_.free_text.empty()) {
        say(Phrase::set_without, {echo("echo", reading_.free_text)});
        reading_.slots.clear(), reading_.shared.clear();
        bundle();
        return true;
    }
    if (s.slots == before) return false;
    s.slot_spoken = -1;
    if (s.slots.size() >= before.size() && !of_each)
        for (std::size_t i = 0; i < s.slots.size(); ++i)
            if (i >= before.size() || s.slots[i] != before[i]) s.slot_spoken = static_cast<std::int64_t>(i);
    reading_.slots.clear(), reading_.shared.clear();
    std::erase_if(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price; });  // of the one thing, not of the set
    bundle();
    return true;
}

// What was refused or said of a set and nothing here can tell: that is said, and the set stays.
bool TurnMaker::keep_set() {
    bool const unread = !reading_.unheard.empty() || !reading_.refused_unknown.empty() || !reading_.doubted.empty();
    if (!unread || reading_.intent != Intent::find || !reading_.constraints.empty() || !reading_.comparatives.empty() || !reading_.free_text.empty() || !reading_.ordinals.empty() || !reading_.not_sold.empty() || reading_.order) return false;
    for (auto const& name : reading_.unheard) say(Phrase::words_unknown, {echo("echo", name)});
    for (auto const& name : reading_.refused_unknown) say(Phrase::refusal_unknown, {echo("echo", name)});
    for (auto const& name : reading_.doubted) say(Phrase::refusal_unread, {echo("echo", name)});
    reading_.slots.clear(), reading_.shared.clear();
    bundle();
    return true;
}

// "What else goes with it?": of clothes one liked thing of each other kind that is worn; of anything else no data tells, and that is said.
bool TurnMaker::goes_with() {
    auto& s = state();
    auto const t = surface_of(text_);
    if (!cues::has(t, U"goes_with_it go_with_it goes_with_this go_with_this goes_with_that goes_well_with go_well_with goes_with_them go_with_them goes_with_the_first pairs_with pair_it_with combine_it_with combine_with_it wear_with_it would_go_with would_match_the would_match_it matches_the_first match_the_first matches_it 配什么 配哪 搭配什么 搭什么 搭哪 和它搭 跟它搭 和它配 跟它配 还能搭 还能配")) return false;
    auto const named = kinds_of(reading_.constraints, Polarity::want, view_.words());
    // "A western novel to go with it", where no kind is called so: the novel, for which the harmonica's limits were not said.
    if (auto const with = cues::find(t, U"to_go_with_it that_goes_with_it to_go_with_them to_match_it to_go_with_that to_go_with_this"); with && named.empty() && reading_.not_sold.empty() && cues::find(t.substr(0, with->begin), U"a an some any 一个 一本 一条") && !cues::remainder(t.substr(0, with->begin), {}).empty()) {
        out_.topic = "find";
        leave_subject();
        remember(s, reading_, view_);
        find();
        return true;
    }
    auto about = targets(1);
    or_in_focus(about);
    if (about.empty() && named.empty() && !s.shown.empty())
        if (auto const first = target_of_sku(s.shown.front())) about.push_back(*first);
    // "The cheapest chair that goes with it", of none in particular: chairs, and the desk's budget is not theirs.
    auto const in_force = categories_in_force(s, view_.words());
    if (about.empty() && !named.empty() && !in_force.empty() && std::ranges::none_of(named, [&](int kind) { return std::ranges::any_of(in_force, [&](int c) { return view_.words().within(c, kind) || view_.words().within(kind, c); }); })) {
        out_.topic = "find";
        std::erase_if(s.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price; });
        remember(s, reading_, view_);
        find();
        return true;
    }
    if (about.empty()) return false;
    if (std::ranges::any_of(named, [&](int kind) { return view_.words().within(view_[about.front().product].category, kind); })) return false;
    out_.topic = "find";
    auto const product = about.front().product;
    s.focus = view_[product].data.product_id;
    auto const top = [&](int kind) {
        for (int depth = 0; depth < 32 && kind >= 0 && view_.words().categories[static_cast<std::size_t>(kind)].parent_index >= 0; ++depth) kind = view_.words().categories[static_cast<std::size_t>(kind)].parent_index;
        return kind;
    };
    std::vector<int> kinds;
    for (std::u32string_view name : {U"上衣", U"裤子", U"鞋子", U"包"})
        if (int const kind = kind_called(name); kind >= 0) kinds.push_back(kind);
    auto const dress = kind_called(U"连衣裙");
    auto const worn = (dress >= 0 && top(dress) == top(view_[product].category)) || std::ranges::any_of(kinds, [&](int kind) { return top(kind) == top(view_[product].category); });
    if (!named.empty()) {  // "what shoes would match it": several of that kind
        if (!worn) {
            // No data tells what goes with a desk; the chair is looked for by itself, and the desk's budget is not its.
            say(Phrase::goes_with_unknown, {title_slot(product)});
            std::erase_if(s.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price; });
            remember(s, reading_, view_);
            find();
            return true;
        }
        if (std::ranges::none_of(named, [&](int kind) { return std::ranges::any_of(kinds, [&](int each) { return top(each) == top(kind); }); })) return false;
        kinds = named;
    }
    // For whom it is made, the others are too.
    auto const audience = [&](std::size_t p) {
        for (auto const& v : view_[p].values)
            if (v.value >= 0 && label_of_audience(v.attribute)) return v.value;
        return -1;
    };
    std::vector<Pick> page;
    for (int const kind : worn ? kinds : std::vector<int>()) {
        if (view_.words().within(view_[product].category, kind)) continue;
        if (dress >= 0 && view_.words().within(view_[product].category, dress) && (kind == kind_called(U"上衣") || kind == kind_called(U"裤子"))) continue;
        auto const& c = view_.words().categories[static_cast<std::size_t>(kind)];
        Constraint const of_kind[] = {{.kind = ConstraintKind::category, .values = {{c.id, c.label.en, c.label.zh}}}};
        for (auto const& pick : select(view_, of_kind, {.order = reading_.order.value_or(Order::popular)}).full)
            if (view_[pick.product].variants[pick.variant].stock > 0 && (audience(product) < 0 || audience(pick.product) < 0 || audience(pick.product) == audience(product))) {
                page.push_back(pick);
                if (named.empty() || page.size() >= options_.picks) break;
            }
    }
    if (page.empty()) { say(Phrase::goes_with_unknown, {title_slot(product)}); return true; }
    say(named.empty() ? Phrase::goes_with : Phrase::goes_with_kind, {title_slot(product)});
    auto const kept = std::exchange(s.constraints, {});
    cards(page);
    s.constraints = kept, s.focus = view_[product].data.product_id;
    return true;
}

bool TurnMaker::outfit() {
    auto const t = surface_of(text_);
    bool const what_to_wear = cues::has(t, U"穿什么 穿啥 穿哪 穿搭 what_to_wear what_should_i_wear what_do_i_wear what_shall_i_wear what_can_i_wear something_to_wear") && !cues::has(t, U"wear_on_top wear_over wear_under wear_on_my wear_on_his wear_on_her wear_in_bed wear_to_bed");
    if ((!what_to_wear && !cues::has(t, U"一身 一套衣服 的一套 一套约会 整套衣服 配一套 搭一套 搭配一套 从头到脚 outfit head_to_toe whole_look full_look")) || std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want && !cues::has(surface_of(c.said), U"衣服 服装 clothes clothing outfit"); })) return false;
    auto const worn_for = view_.words().occasions->in(t);
    bool const for_man = reading_.whom == Reading::Whom::man || cues::has(t, U"男 男士 男款 men men's mens man male husband boyfriend dad");
    std::vector<std::string> slots;
    std::vector<int> departments;
    auto const wear = [&](int kind) {
        if (kind < 0) return false;
        auto top = kind;
        for (int depth = 0; depth < 32 && view_.words().categories[static_cast<std::size_t>(top)].parent_index >= 0; ++depth) top = view_.words().categories[static_cast<std::size_t>(top)].parent_index;
        if (std::ranges::find(departments, top) != departments.end()) return false;  // two bags are no outfit
        departments.push_back(top), slots.push_back(view_.words().categories[static_cast<std::size_t>(kind)].label.in(locale_));
        return true;
    };
    auto const take = [&](std::u32string_view name) { return wear(kind_called(name)); };
    bool const skirts = !for_man && cues::has(t, U"裙 裙子 dress 约会 婚礼 度假 date wedding party holiday 女 女士 women woman girlfriend wife");
    if (worn_for && worn_for->occasion->worn) {
        // What this occasion is dressed for, with its qualities as preferences of each thing.
        auto const dress = kind_called(U"连衣裙"), top = kind_called(U"上衣");
        bool const in_a_dress = dress >= 0 && !for_man && (skirts || std::ranges::find(worn_for->occasion->kinds, U"衬衫") == worn_for->occasion->kinds.end());
        for (int const kind : kinds_for(*worn_for->occasion)) {
            auto const is = [&](int other) { return other >= 0 && (view_.words().within(kind, other) || view_.words().within(other, kind)); };
            if (in_a_dress ? !is(top) : !is(dress)) wear(kind);
        }
        std::u32string qualities;
        for (auto const& word : worn_for->occasion->qualities) qualities += (qualities.empty() ? U"" : U" ") + word;
        for (auto& slot : slots) slot += (locale_ == Locale::zh ? "\n最好 " : "\nideally ") + to_utf8(qualities);
    }
    if (slots.size() < 2) {
        slots.clear(), departments.clear();
        if (!skirts || !take(U"连衣裙")) take(U"上衣"), take(U"裤子");
        take(U"鞋子");
        if (slots.size() < 3) take(U"包");
    }
    if (slots.size() < 2) return false;
    reading_.slots = std::move(slots), reading_.shared = text_, reading_.intent = Intent::bundle;
    state().outfit = utf8_prefix(text_, 400);
    return true;
}

}  // namespace kindling::dialogue

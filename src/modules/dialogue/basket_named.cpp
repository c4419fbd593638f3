// modules/dialogue/basket_named.cpp -- the basket corrected by what its goods are called ("take the pad out again", "actually make it two bags"), and how many while a
// size is still to be chosen ("one is enough"). See turn.h; lines by place or quality: basket_lines.cpp.
//
// Words that take something out are about the basket, also an empty one: it is said to be empty, and nothing is searched. A name that no line bears is said to be
// missing; what only holds goods ("two jars") names the line that was put in last, where that is sold by its contents.
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/measure.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

namespace {

constexpr std::size_t longest = 80;
constexpr std::u32string_view containers = U"bag bags bottle bottles box boxes jar jars pack packs tin tins can cans tube tubes pair pairs piece pieces set sets 袋 瓶 盒 包 罐 支 件 双 个";
constexpr std::u32string_view pointers = U"it that this them these those one ones two three both all of the a an my again please some any out off away instead more less 它 这个 那个 这些 那些 一个 两个 一件 两件 全部 都";
constexpr std::u32string_view in_basket = U"basket cart my_bag shopping_bag 购物车";

// What is left of a name without pointing words; empty: it is only pointed at.
std::u32string bare(std::u32string_view said) {
    std::u32string left = cues::without(said, cues::find_all(said, pointers));
    std::u32string out;
    for (char32_t const c : left)
        if (c != U' ' || (!out.empty() && out.back() != U' ')) out += c;
    return std::u32string(cues::trimmed(out));
}

// The words between the verb and its particle, or behind the verb; nothing: nobody speaks of the basket.
struct TakenOut { std::u32string what; bool of_the_basket = false; };
std::optional<TakenOut> taken_out(std::u32string_view t) {
    bool const basket = cues::has(t, in_basket);
    auto const until_stop = [&](std::size_t from) {
        auto end = from;
        while (end < t.size() && std::u32string_view(U",，.。;；!！?？").find(t[end]) == std::u32string_view::npos) ++end;
        return end;
    };
    // A command, and no use of a thing ("for when I take my dog out", "a pull out sofa").
    auto const begins = [&](std::size_t at) {
        auto const front = t.substr(0, at);
        return cues::without(front, cues::find_all(front, U"please ok okay actually can could would you then no sorry now oh hm hmm wait and just so also i'd like to i want to let's but well")).find_first_not_of(U" ,.!") == std::u32string_view::npos;
    };
    for (auto const& verb : cues::find_all(t, U"take throw put")) {
        if (!begins(verb.begin)) continue;
        auto const end = until_stop(verb.end);
        auto const rest = t.substr(verb.end, end - verb.end);
        bool const puts = t.substr(verb.begin, verb.end - verb.begin) == U"put";
        auto const particle = cues::find(rest, puts ? std::u32string_view(U"back") : std::u32string_view(U"out off"));
        if (!particle || particle->begin > 40) continue;
        auto const what = cues::trimmed(rest.substr(0, particle->begin));
        bool const out = rest.substr(particle->begin).starts_with(U"out");
        if (what.empty() && !basket) continue;   // "take out black", "take out boxes"
        return TakenOut{std::u32string(what), basket || puts || out || cues::has(t, U"again")};
    }
    for (auto const& verb : cues::find_all(t, U"remove delete drop")) {
        if (!begins(verb.begin)) continue;
        auto const end = until_stop(verb.end);
        auto rest = t.substr(verb.end, end - verb.end);
        if (auto const from = cues::find(rest, U"from out_of")) rest = rest.substr(0, from->begin);
        return TakenOut{std::u32string(cues::trimmed(rest)), basket || cues::has(t, U"again")};
    }
    if (!basket && cues::has(t, U"能 可以 方便 好拿")) return {};   // 内胆可以拿出来: what it should be like
    if (auto const verb = cues::find(t, U"拿出来 取出来 拿出去 移出购物车 放回去 从购物车拿掉 从购物车去掉 从购物车删 从购物车移 拿掉 去掉 删掉 删了 移除 拿走")) {
        auto const said = t.substr(verb->begin, verb->end - verb->begin);
        auto front = t.substr(0, verb->begin);
        for (std::size_t i = front.size(); i > 0; --i)
            if (std::u32string_view(U",，。;；").find(front[i - 1]) != std::u32string_view::npos) { front = front.substr(i); break; }
        if (auto const from = front.find(U"从购物车"); from != front.npos) front = front.substr(0, from);
        for (bool moved = true; moved;) {
            moved = false;
            for (std::u32string_view lead : {U"把", U"将", U"那", U"就", U"还是", U"再", U"先", U"请", U"帮我"})
                if (front.starts_with(lead)) front.remove_prefix(lead.size()), moved = true;
        }
        for (std::u32string_view tail : {U"再", U"又", U"还是", U"给我", U"先", U"给"})
            if (front.ends_with(tail)) front.remove_suffix(tail.size());
        return TakenOut{std::u32string(cues::trimmed(front)), basket || cues::has(said, U"拿出 取出 移出 放回")};
    }
    return {};
}

// Nothing is said but a number of things: "one is enough", 一个就够了, "just two please", "make it 3". less: so many fewer.
struct OnlyCount { std::int64_t n = 0; bool less = false; };
std::optional<OnlyCount> only_count(std::string const& said) {
    text::Normalised written;
    text::normalise(utf8_prefix(said, 200), written);
    auto const t = surface_of(said);
    if (t.size() > 60 || t.size() != written.text.size() || cues::is_question(t)) return {};
    std::vector<cues::Span> used;
    std::optional<std::int64_t> n;
    for (auto const& q : quantities(written.text)) {
        if (q.limit != Quantity::Limit::exact || (q.kind != Quantity::Kind::plain && q.kind != Quantity::Kind::count) || q.value < 1 || q.value > 99 || q.value != std::floor(q.value)) return {};
        n = static_cast<std::int64_t>(q.value), used.push_back({q.begin, std::min(q.end, t.size())});
    }
    if (!n) return {};
    bool const enough = cues::has(t, U"enough plenty will_do is_fine is_all 就够 够了 就行 就好 就可以");
    bool const less = !enough && cues::has(t, U"take_out take_one take_two out_again less fewer 拿掉 去掉 少 减");
    for (auto const& span : cues::find_all(t, U"is are enough plenty will do fine just only make it that be take put out off away again of them those these please thanks thank you i i'll we have want need get then actually no sorry ok okay instead all the less fewer rather 就够了 就够 够了 就行 就好 就可以 只要 只买 就要 要 来 改成 改为 换成 吧 了 的 还是 算 再 拿掉 去掉 少 减 先 好 给我 我 就 只 ，"))
        used.push_back(span);
    auto const rest = cues::without(t, used);
    if (rest.find_first_not_of(U" ,，.。!！") != rest.npos) {
        auto const word = std::u32string(cues::trimmed(rest));   // "two jars": what holds the goods
        if (!cues::one_of(word, containers)) return {};
    }
    return OnlyCount{*n, less};
}

// "Remove one mug", "drop two of the mugs", 把马克杯拿掉一个: so many of a line and not the line (basket_lines.cpp). "The one", "that one" counts nothing.
bool takes_so_many(std::u32string_view what, std::u32string_view t) {
    for (std::u32string_view number : {U"one ", U"two ", U"three ", U"four ", U"five ", U"a ", U"an ", U"another ", U"one", U"two", U"three"})
        if (what.starts_with(number) && (number.back() == U' ' || what.size() == number.size())) return true;
    if (!what.empty() && what.front() >= U'0' && what.front() <= U'9') return true;
    for (std::size_t i = 0; i + 1 < t.size(); ++i)
        if (std::u32string_view(U"一两二三四五六七八九123456789").find(t[i]) != std::u32string_view::npos && std::u32string_view(U"个件双只条台把张瓶套本盒支顶副袋包").find(t[i + 1]) != std::u32string_view::npos && (i == 0 || t[i - 1] != U'第')) return true;
    return false;
}

}  // namespace

bool TurnMaker::count_while_choosing(std::string const& pending) {
    auto& s = state();
    auto const p = view_.find(s.focus);
    if (pending != "variant" || !p || !s.to_add.empty() || !reading_.ordinals.empty() || !variants_named(*p).empty()) return false;
    auto const said = only_count(text_);
    if (!said) return false;
    // A size of this good that is called so ("40码"): it answers what was asked.
    for (auto const& variant : view_[*p].data.variants)
        for (auto const& title : {variant.title_en, variant.title_zh}) {
            std::string digits;
            for (char const c : title)
                if (c >= '0' && c <= '9') digits += c;
            if (!said->less && digits == std::to_string(said->n) && !cues::has(surface_of(text_), U"enough just only pieces 就够 够了 个 件 双 瓶")) return false;
        }
    auto const quantity = said->less ? std::max<std::int64_t>(1, s.quantity - said->n) : said->n;
    Target of{*p, 0};
    for (auto const& sku : s.shown)
        if (auto const t = target_of_sku(sku); t && t->product == *p) of = *t;
    auto const choice = buyable(of);
    auto const size = size_to_choose(of, choice);
    if (size.empty()) return false;
    out_.topic = "basket";
    reading_.quantity = quantity;
    say(Phrase::count_noted, {name_slot("quantity", std::to_string(quantity))});
    ask_variant(*p, choice, size);
    return true;
}

// Whether the shop's goods, or goods as everybody calls them, are called so.
bool TurnMaker::names_goods_here(std::u32string_view noun) const {
    if (!everyday_goods().find(to_utf8(noun)).empty()) return true;
    auto const words = spellings(std::u32string(noun.substr(noun.rfind(U' ') == noun.npos ? 0 : noun.rfind(U' ') + 1)));
    for (std::size_t p = 0; p < view_.size(); ++p)
        if (std::ranges::any_of(words, [&](std::u32string const& word) { return cues::has_word(view_[p].title, word); })) return true;
    return false;
}

std::vector<TurnMaker::HeldLine> TurnMaker::lines_called(std::vector<HeldLine> const& lines, std::u32string_view noun) const {
    std::vector<HeldLine> out;
    auto const kinds = kinds_of(reading_.constraints, Polarity::want, view_.words());
    for (auto const& line : lines) {
        auto const& entry = view_[line.of.product];
        bool called = entry.category >= 0 && std::ranges::any_of(kinds, [&](int kind) { return view_.words().within(entry.category, kind); });
        if (!called) {
            bool all = true, any = false;
            for (std::size_t i = 0; i < noun.size();) {
                auto const end = std::min(noun.find(U' ', i), noun.size());
                auto const word = noun.substr(i, end - i);
                i = end + 1;
                if (word.empty()) continue;
                any = true;
                all = all && std::ranges::any_of(spellings(std::u32string(word)), [&](std::u32string const& each) { return cues::has_word(entry.title, each); });
            }
            called = any && all;
        }
        if (called) out.push_back(line);
    }
    return out;
}

bool TurnMaker::take_named_out() {
    auto& s = state();
    static constexpr Intent of_it[] = {Intent::find, Intent::ask_fact, Intent::add_to_basket, Intent::remove_from_basket, Intent::no_preference, Intent::ask_policy};
    auto const t = surface_of(text_);
    if (!ports_.basket || t.size() > longest || !s.errand.empty() || cues::is_question(t) || std::ranges::find(of_it, reading_.intent) == std::end(of_it) || !reading_.ordinals.empty() || !reading_.refused.empty()) return false;
    if (cues::has(t, U"price_limit limit budget filter condition 预算 条件 限制 清空 order 订单")) return false;
    auto const taken = taken_out(t);
    if (!taken) return false;
    auto const lines = held_lines();
    auto const noun = bare(taken->what);
    // "Take the black ones out" may refuse black in what is looked for; what names goods is of the basket.
    auto const said = taken->what.empty() ? std::vector<Constraint>() : understand(to_utf8(taken->what), view_, lexicon_, situation()).constraints;
    auto const is_kind = [](Constraint const& c) { return c.kind == ConstraintKind::category; };
    bool const of_values = std::ranges::none_of(said, is_kind) && std::ranges::any_of(said, [](Constraint const& c) { return c.kind == ConstraintKind::value || c.kind == ConstraintKind::brand; });
    if (lines.empty()) {
        if (!taken->of_the_basket || (of_values && !cues::has(t, in_basket)) || !s.slots.empty()) return false;
        out_.topic = "basket";
        say(Phrase::nothing_to_take_out);
        return true;
    }
    if (noun.empty() || of_values || takes_so_many(taken->what, t)) return false;   // by place, quality or number (basket_lines.cpp)
    auto called = lines_called(lines, noun);
    // "The red bag": one that is a bag and red.
    std::erase_if(called, [&](HeldLine const& line) {
        return std::ranges::any_of(said, [&](Constraint const& c) { return (c.kind == ConstraintKind::value || c.kind == ConstraintKind::brand) && c.polarity == Polarity::want && !holds(view_, line.of.product, line.of.variant, resolve(c, view_.words())); });
    });
    if (!called.empty()) return take_lines_out(called, called, called.size() == 1);
    if (!taken->of_the_basket || noun.size() > 40) return false;
    out_.topic = "basket";
    say(Phrase::not_in_basket, {echo("echo", to_utf8(noun))});
    show_basket(Phrase::basket_is, Phrase::basket_nothing);
    return true;
}

// "Actually make it two bags", "one is enough": the line that is named, or the one that was put in last.
bool TurnMaker::change_named() {
    auto& s = state();
    auto const t = surface_of(text_);
    if (!ports_.basket || t.size() > longest || !s.errand.empty() || !reading_.ordinals.empty() || reading_.intent == Intent::order_status || cues::is_question(t)) return false;
    // A variant, a limit; the number itself may answer what was asked about the price.
    if (std::ranges::any_of(reading_.constraints, [&](Constraint const& c) { return c.kind != ConstraintKind::category && !(c.kind == ConstraintKind::price && answering_ == "price"); })) return false;
    auto const change = cues::find(t, U"make_it make_that change_it_to change_that_to change_to 改成 改为 换成 变成");
    bool const recent = !s.added.empty() && s.turn - s.added_turn <= 8 && answering_.empty();   // "just 50" may answer what was asked
    auto const only = recent ? only_count(text_) : std::nullopt;
    if (!change && !only) return false;
    auto const lines = held_lines();
    auto const last = std::ranges::find(lines, s.added, &HeldLine::sku);
    if (last != lines.end())
        if (only && !only->less && cues::has(t, U"enough plenty will_do just only is_all 就够 够了 就行 就好 就可以 只要 就要")) {
            out_.topic = "basket";
            bool const done = set_line(*last, only->n);
            s.taken_out.clear(), s.put_instead.clear();
            show_basket(done ? Phrase::basket_corrected : Phrase::basket_is, Phrase::basket_nothing);
            return true;
        }
    if (!change || lines.empty()) return false;
    text::Normalised written;
    text::normalise(utf8_prefix(text_, 400), written);
    if (written.text.size() != t.size()) return false;
    for (auto const& q : quantities(written.text)) {
        if (q.begin < change->end || (q.kind != Quantity::Kind::plain && q.kind != Quantity::Kind::count) || q.limit != Quantity::Limit::exact || q.value < 1 || q.value > 99 || q.value != std::floor(q.value)) continue;
        if (std::u32string_view(t).substr(change->end, q.begin - change->end).find_first_not_of(U" ") != std::u32string_view::npos) return false;
        auto noun = bare(std::u32string_view(t).substr(std::min(q.end, t.size())));
        for (std::u32string_view tail : {U" instead", U"吧", U"了", U"的"})
            if (noun.ends_with(tail)) noun.resize(noun.size() - tail.size());
        if (noun.empty() || noun.size() > 30) return false;   // of the one that was put in last (pointing.cpp)
        auto called = lines_called(lines, noun);
        bool const container = cues::one_of(noun, containers);
        if (called.empty() && container && last != lines.end() && (content_of(last->of, "g") || content_of(last->of, "ml"))) called.push_back(*last);
        if (called.empty() && !names_goods_here(noun)) return false;
        out_.topic = "basket";
        if (called.size() > 1) return take_lines_out(called, called, false);   // asks which
        bool done = false;
        if (called.empty()) say(Phrase::not_in_basket, {echo("echo", to_utf8(noun))});
        else {
            done = set_line(called.front(), static_cast<std::int64_t>(q.value));
            s.added = called.front().sku, s.added_turn = s.turn, s.taken_out.clear(), s.put_instead.clear();
        }
        show_basket(done ? Phrase::basket_corrected : Phrase::basket_is, Phrase::basket_nothing);
        return true;
    }
    return false;
}

}  // namespace kindling::dialogue

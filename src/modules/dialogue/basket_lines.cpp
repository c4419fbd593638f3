// modules/dialogue/basket_lines.cpp -- what is in the basket, shown and corrected line by line: "remove the white one", 第一个改成三个, "just one of each", "take one out".
//
// A line is named by the place of its goods in the last list, by what they are like, or not at all: then it is the one that was put in last. Words that take
// away are read so only when they name a line of the basket ("remove the black one" of goods that nobody put in refuses black), and only for a few turns after
// something went in, or where the basket is spoken of. Of several lines that answer a description it is asked which.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view away = U"remove delete drop_the drop_that drop_this drop_it drop_both take_out take_off take_away get_rid_of throw_out scrap ditch no_longer_want changed_my_mind_about 去掉 删掉 删除 删了 删去 拿掉 拿走 拿出来 移除 移掉 移走 去除 撤掉 撤下 不要了 不想要了 不买了 不需要了 退掉";
constexpr std::u32string_view fewer = U"take_one_out take_one_off take_one_away remove_one drop_one one_less one_fewer take_two_out remove_two drop_two two_less two_fewer take_three_out remove_three three_fewer 拿掉一 去掉一 删掉一 拿走一 减一 减掉一 减少一 少一 少要一 少买一 少拿一 拿掉两 去掉两 减两 减掉两 少两 少要两 少买两 少拿两 拿掉三 去掉三 减三 少三 少要三";
constexpr std::u32string_view every = U"each apiece both all 各 每样 每个 每种 每款 每件 都要 都改 都来 都买 都拿";
constexpr std::u32string_view basket_words = U"basket cart bag 购物车";

// "Take the white one out": the verb and its particle stand apart.
// `pointed`: at goods that were shown; "I don't want leather" refuses it in what is looked for.
bool takes_away(std::u32string_view t, bool pointed) {
    if (cues::has(t, U"except everything_but 除了 price_limit budget 预算 条件 限制")) return false;
    if (cues::has(t, away) || (pointed && cues::has(t, U"don't_want don't_need drop"))) return true;
    auto const take = cues::find(t, U"take leave cut");
    return take && cues::has(t.substr(take->end), U"out off away");
}

}  // namespace

std::vector<TurnMaker::HeldLine> TurnMaker::held_lines() const {
    std::vector<HeldLine> out;
    if (!ports_.basket || out_.basket_id.empty()) return out;
    if (auto const found = ports_.basket->lines(out_.basket_id))
        for (auto const& line : *found)
            if (auto const t = target_of_sku(line.sku)) out.push_back({line.sku, line.quantity, *t});
    return out;
}

// `names`: something is said of which line, whether one answers it or not.
std::vector<TurnMaker::HeldLine> TurnMaker::lines_named(std::vector<HeldLine> const& lines, bool& names) const {
    auto const& s = state();
    std::vector<HeldLine> out;
    auto places = reading_.ordinals;
    places.insert(places.end(), reading_.refused.begin(), reading_.refused.end());
    names = !places.empty();
    for (int const n : places) {
        if (n < 1 || static_cast<std::size_t>(n) > s.shown.size()) continue;
        auto const shown = target_of_sku(s.shown[static_cast<std::size_t>(n - 1)]);
        for (auto const& line : lines)
            if (shown && line.of.product == shown->product && std::ranges::find(out, line.sku, &HeldLine::sku) == out.end()) out.push_back(line);
    }
    if (names) return out;
    std::vector<Condition> conditions;
    for (auto const& c : reading_.constraints) {
        if (c.kind != ConstraintKind::value && c.kind != ConstraintKind::brand && c.kind != ConstraintKind::category) continue;
        auto described = c;
        described.polarity = Polarity::want, described.soft = false;
        conditions.push_back(resolve(described, view_.words()));
    }
    for (auto const& line : lines) {
        auto const own = variants_named(line.of.product);
        names = names || !own.empty();
        bool const by_words = !conditions.empty() && std::ranges::all_of(conditions, [&](Condition const& c) { return holds(view_, line.of.product, line.of.variant, c); });
        bool const by_its_names = conditions.empty() && !own.empty() && std::ranges::all_of(own, [&](Constraint const& c) { return holds(view_, line.of.product, line.of.variant, resolve(c, view_.words())); });
        if (by_words || by_its_names) out.push_back(line);
    }
    names = names || !conditions.empty();
    return out;
}

void TurnMaker::tell_removed(std::span<PutIn const> gone) {
    constexpr std::size_t most_named = 3;
    for (std::size_t i = 0; i < gone.size() && gone.size() <= most_named; ++i)
        if (auto const t = target_of_sku(gone[i].sku)) {
            auto units = count(static_cast<std::size_t>(gone[i].quantity));
            units.name = "quantity";
            say(Phrase::removed, {std::move(units), title_slot(t->product), variant_slot(*t)});
        }
    show_basket(Phrase::basket_is, Phrase::basket_now_empty);
}

bool TurnMaker::take_lines_out(std::vector<HeldLine> const& which, std::vector<HeldLine> const& among, bool all_of_them) {
    auto& s = state();
    out_.topic = "basket";
    if (which.size() > 1 && !all_of_them) {
        say(Phrase::ask_which);
        std::vector<Basket::Line> lines;
        for (auto const& line : among) lines.push_back({line.sku, line.quantity});
        send({.kind = BlockKind::basket, .basket = make_basket_view(view_, out_.basket_id, lines, locale_)});
        return true;
    }
    std::vector<PutIn> gone;
    for (auto const& line : which) {
        if (!ports_.basket->remove(out_.basket_id, line.sku)) { out_.needs_person = true, person(); return true; }
        gone.push_back({line.sku, line.quantity});
        if (s.added == line.sku) s.added.clear();
    }
    s.taken_out = gone, s.put_instead.clear();
    tell_removed(gone);
    return true;
}

bool TurnMaker::set_line(HeldLine const& line, std::int64_t quantity) {
    auto& s = state();
    if (view_[line.of.product].variants[line.of.variant].stock < quantity || !ports_.basket->set(out_.basket_id, line.sku, quantity)) {
        say(Phrase::not_in_stock, {title_slot(line.of.product), variant_slot(line.of)});
        return false;
    }
    if (s.added == line.sku) s.added_quantity = quantity;
    return true;
}

bool TurnMaker::change_lines() {
    auto& s = state();
    static constexpr Intent of_it[] = {Intent::find, Intent::ask_fact, Intent::add_to_basket, Intent::remove_from_basket, Intent::no_preference, Intent::compare};
    if (std::ranges::find(of_it, reading_.intent) == std::end(of_it) || !reading_.drop.empty() || !s.errand.empty()) return false;
    auto const t = surface_of(text_);
    if (t.size() > 120 || (s.turn - s.added_turn > 8 && !cues::has(t, basket_words)) || cues::is_question(t)) return false;
    bool const pointed = reading_.points || !reading_.ordinals.empty() || !reading_.refused.empty(), removes = takes_away(t, pointed);
    auto const lessens = cues::find(cues::without(t, cues::find_all(t, U"至少 多少 最少 不少 少一点 少一些 少一半 减一半")), fewer);   // 至少一百 takes nothing out
    bool const alters = cues::alters(t) || reading_.corrects || cues::has(t, U"set make just only actually rather instead enough 只要 只买 就要 就好 就行 就够 够了 还是要 改");
    if (!removes && !lessens && !(alters && (reading_.quantity_said || !reading_.counts.empty()))) return false;
    auto const lines = held_lines();
    if (lines.empty()) return false;
    if (cues::has(t, U"清空 全部 所有 empty clear everything")) return false;   // remove_from_basket()
    bool names = false;
    auto const named = lines_named(lines, names);
    auto const last = std::ranges::find(lines, s.added, &HeldLine::sku);
    if (lessens) {
        if (names && named.empty()) return false;
        auto const& line = !named.empty() ? named.front() : last != lines.end() ? *last : lines.front();
        if (named.size() > 1 || (named.empty() && last == lines.end() && lines.size() > 1)) return take_lines_out(lines, lines, false);   // which?
        // How many is said in the very words, 第三个拿掉一个: one.
        auto const amount = std::u32string_view(t).substr(lessens->begin, lessens->end - lessens->begin);
        std::int64_t const less = cues::has(amount, U"three 三") ? 3 : cues::has(amount, U"two 两") ? 2 : 1;
        out_.topic = "basket";
        if (!take_out(line.sku, less)) { out_.needs_person = true, person(); return true; }
        if (s.added == line.sku) {
            if (line.quantity <= less) s.added.clear();
            else s.added_quantity = line.quantity - less;
        }
        tell_removed(s.taken_out);
        return true;
    }
    if (removes) {
        if (named.empty()) return false;
        return take_lines_out(named, lines, named.size() == 1 || reading_.ordinals.size() + reading_.refused.size() > 1 || cues::has(t, U"ones all both 都 全"));
    }
    std::vector<std::pair<HeldLine, std::int64_t>> meant;
    for (auto const& [n, count] : reading_.counts)
        if (n >= 1 && static_cast<std::size_t>(n) <= s.shown.size())
            if (auto const shown = target_of_sku(s.shown[static_cast<std::size_t>(n - 1)]); shown)
                for (auto const& line : lines)
                    if (line.of.product == shown->product && std::ranges::none_of(meant, [&](auto const& m) { return m.first.sku == line.sku; })) meant.emplace_back(line, count);
    if (!reading_.counts.empty() && meant.size() < reading_.counts.size()) return false;   // one of them is not in the basket yet
    if (meant.empty() && reading_.counts.empty() && !names && cues::has(t, every))
        for (auto const& line : lines) meant.emplace_back(line, reading_.quantity);
    if (meant.empty() && named.size() == 1 && (t.ends_with(U"个") || cues::has(t, U"to"))) meant.emplace_back(named.front(), reading_.quantity);
    if (meant.empty()) return false;
    out_.topic = "basket";
    bool changed = false;
    for (auto const& [line, count] : meant) changed = set_line(line, count) || changed;
    s.taken_out.clear(), s.put_instead.clear();
    show_basket(changed ? Phrase::basket_corrected : Phrase::basket_is, Phrase::basket_now_empty);
    return true;
}

void TurnMaker::show_basket(Phrase full, Phrase empty) {
    std::vector<Basket::Line> lines;
    if (ports_.basket && !out_.basket_id.empty())
        if (auto found = ports_.basket->lines(out_.basket_id)) lines = std::move(*found);
    if (lines.empty()) {
        // Of a list in view nothing else is shown: it is no list of what is popular.
        if (empty == Phrase::basket_now_empty || empty == Phrase::basket_nothing) say(empty);
        else if (!state().shown.empty() || !state().constraints.empty() || !state().free_text.empty()) say(Phrase::basket_nothing);
        else popular(empty);
        return;
    }
    say(full);
    send({.kind = BlockKind::basket, .basket = make_basket_view(view_, out_.basket_id, lines, locale_)});
}

void TurnMaker::remove_from_basket() {
    std::vector<Basket::Line> lines;
    if (ports_.basket && !out_.basket_id.empty())
        if (auto found = ports_.basket->lines(out_.basket_id)) lines = std::move(*found);
    if (lines.empty()) { say(Phrase::nothing_to_take_out); return; }
    std::string sku;  // empty: everything
    bool const everything = text_.find("清空") != std::string::npos || text_.find("empty") != std::string::npos || text_.find("clear") != std::string::npos;
    if (!everything) {
        auto const& named = reading_.ordinals.empty() ? reading_.refused : reading_.ordinals;
        auto const n = named.empty() ? lines.size() : static_cast<std::size_t>(std::clamp<std::int64_t>(named.front(), 1, static_cast<std::int64_t>(lines.size())));
        sku = lines[n - 1].sku;
    }
    if (auto const removed = ports_.basket->remove(out_.basket_id, sku); !removed) { out_.needs_person = true; person(); return; }
    auto& s = state();
    s.added.clear(), s.put_instead.clear(), s.taken_out.clear();
    for (auto const& line : lines)
        if (sku.empty() || line.sku == sku) s.taken_out.push_back({line.sku, line.quantity});
    if (everything) return popular(Phrase::basket_now_empty);   // who begins anew is shown where
    tell_removed(s.taken_out);
}

}  // namespace kindling::dialogue

// modules/dialogue/price_per.cpp -- the price of a measure and how long something lasts: 多少钱一斤, "better value per 100 ml", "she eats 60 g a day". See turn.h.
//
// How much is in a thing is told by its data (a net weight, a volume) or, where its data has no such number, by the one amount of that kind in its title; of a
// pack of several, and where neither tells it, that is said and nothing is computed.
#include "core/money.h"
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/sums_said.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

namespace {
// "3-Pack", "set of 2", 三支装: what is in one of them is told, and how many there are.
bool is_of_several(std::string_view title_en, std::string_view title_zh) {
    if (cues::has(surface_of(title_en), U"pack packs multipack set_of box_of case_of")) return true;
    auto const zh = surface_of(title_zh);
    for (auto const& unit : cues::find_all(zh, U"支装 瓶装 袋装 盒装 罐装 包装 片装 套装 组合装"))
        if (unit.begin > 0 && std::u32string_view(U"两二三四五六七八九十23456789").find(zh[unit.begin - 1]) != std::u32string_view::npos) return true;
    return false;
}
}  // namespace

std::optional<double> TurnMaker::content_of(Target t, std::string_view base) const {
    auto const& variant = view_[t.product].data.variants[t.variant];
    if (cues::has(surface_of(variant.title_en), U"pack two three four set") || cues::has(surface_of(variant.title_zh), U"双 两 三 四 组合 套装")) return {};
    if (is_of_several(view_[t.product].data.title_en, view_[t.product].data.title_zh)) return {};
    std::vector<double> named, others;
    auto const take = [&](AttributeValue const& v) {
        auto const& info = view_.words().attributes[static_cast<std::size_t>(v.attribute)];
        if (!info.numeric || info.measure.base != base || !std::isfinite(v.number) || v.number <= 0 || label_has(info, U"ship 毛重 适合 适用 承重 load fits bear")) return;
        (label_has(info, U"net 净 规格 容量 volume capacity content pack_size weight 重") ? named : others).push_back(v.number);
    };
    std::ranges::for_each(view_[t.product].values, take);
    std::ranges::for_each(view_[t.product].variants[t.variant].values, take);
    auto& found = named.empty() ? others : named;
    if (found.empty())
        for (auto const& title : {view_[t.product].data.title_en, view_[t.product].data.title_zh}) {
            if (!found.empty()) break;
            for (auto const& amount : title_amounts(title))
                if (amount.base == base) found.push_back(amount.value);
        }
    if (found.empty() || std::ranges::any_of(found, [&](double v) { return std::abs(v - found.front()) > 1e-6 * found.front(); })) return {};
    return found.front();
}

// Those that are pointed at, the one that is spoken of, or each that was shown.
std::vector<TurnMaker::Target> TurnMaker::asked_about(std::size_t most) const {
    auto const& s = state();
    if (!reading_.ordinals.empty()) return targets(most);
    auto const focus = reading_.refers && !s.focus.empty() ? view_.find(s.focus) : std::nullopt;
    std::vector<Target> out;
    for (auto const& sku : s.shown)
        if (auto const t = target_of_sku(sku); t && out.size() < most && (!focus || t->product == *focus)) out.push_back(*t);
    if (out.empty() && focus) out.push_back({*focus, 0});
    return out;
}

namespace {

std::string written_amount(double in_base, std::string_view base, Locale locale) {
    bool const large = in_base >= 1000;
    auto const unit = std::string(base == "g" ? (large ? "kg" : "g") : large ? "L" : "ml");
    return plain_number(std::round((large ? in_base / 1000 : in_base) * 100) / 100) + (locale == Locale::zh ? "" : " ") + unit;
}

}  // namespace

bool TurnMaker::tell_price_per() {
    static constexpr Intent of_it[] = {Intent::find, Intent::ask_fact, Intent::compare, Intent::advise, Intent::more};
    auto& s = state();
    if (s.shown.empty() || std::ranges::find(of_it, reading_.intent) == std::end(of_it)) return false;
    auto const asked = asks_price_per(surface_of(text_));
    if (!asked) return false;
    auto const about = asked_about(4);
    if (about.empty()) return false;
    auto const money = [&](std::string_view slot, double minor) { return echo(slot, format_money(static_cast<std::int64_t>(std::llround(minor)), view_.currency(), locale_)); };
    auto const unit = asked->label.empty() ? written_amount(asked->amount, asked->base, locale_) : asked->label;
    Spoken spoken;
    // "The 50 ml or the 30 ml one": an amount that none of those shown has.
    std::vector<double> wanted;
    if (asked->label.empty())
        for (auto const& n : amounts_said(text_, asked->base)) wanted.push_back(n.value);
    for (double const amount : wanted)
        if (std::ranges::none_of(about, [&](Target const& t) { auto const held = content_of(t, asked->base); return held && std::abs(*held - amount) < 1e-6 * amount; })) spoken.say(Phrase::price_per_other, locale_, s.turn, {echo("amount", written_amount(amount, asked->base, locale_))});
    std::optional<std::size_t> best;
    std::size_t compared = 0;
    double least = infinity;
    for (auto const& t : about) {
        auto const& entry = view_[t.product];
        auto const& variant = entry.data.variants[t.variant];
        auto const held = content_of(t, asked->base);
        if (!held) { spoken.say(Phrase::price_per_unknown, locale_, s.turn, {title_slot(t.product), echo("unit", unit)}); continue; }
        double const each = static_cast<double>(variant.price_minor) * asked->amount / *held;
        if (each < least) least = each, best = t.product;
        ++compared;
        spoken.say(Phrase::price_per, locale_, s.turn, {title_slot(t.product), {"price", format_money(variant.price_minor, view_.currency(), locale_), FactKind::price, entry.data.product_id, variant.sku}, echo("amount", written_amount(*held, asked->base, locale_)), money("each", each), echo("unit", unit)});
    }
    if (best && compared > 1) spoken.say(Phrase::price_per_best, locale_, s.turn, {echo("unit", unit), title_slot(*best)});
    out_.topic = "sum";
    text(std::move(spoken));
    show_again(about);
    return true;
}

bool TurnMaker::tell_consumption() {
    auto& s = state();
    auto const asked = s.shown.empty() ? std::nullopt : consumption(text_);
    if (!asked) return false;
    auto const about = asked_about(3);
    if (about.empty()) return false;
    auto const whole = [&](std::string_view slot, double n) { return name_slot(slot, plain_number(std::round(n))); };
    auto const needed = static_cast<double>(asked->days);
    Spoken spoken;
    spoken.say(Phrase::lasts_need, locale_, s.turn, {echo("rate", written_amount(asked->a_day, asked->base, locale_)), echo("amount", written_amount(asked->a_day * needed, asked->base, locale_)), whole("needed", needed)});
    for (auto const& t : about) {
        auto const& entry = view_[t.product];
        auto const& variant = entry.data.variants[t.variant];
        auto const held = content_of(t, asked->base);
        if (!held) { spoken.say(Phrase::lasts_cost, locale_, s.turn, {title_slot(t.product)}); continue; }
        double const days = *held / asked->a_day, cost = static_cast<double>(variant.price_minor) * needed / days;
        spoken.say(Phrase::lasts, locale_, s.turn, {title_slot(t.product), echo("amount", written_amount(*held, asked->base, locale_)), {"price", format_money(variant.price_minor, view_.currency(), locale_), FactKind::price, entry.data.product_id, variant.sku}, whole("days", days), echo("total", format_money(static_cast<std::int64_t>(std::llround(cost)), view_.currency(), locale_)), whole("needed", needed)});
    }
    out_.topic = "sum";
    text(std::move(spoken));
    show_again(about);
    return true;
}

// The goods that were spoken of; the list stays what it was, so that "the second one" means what it meant.
void TurnMaker::show_again(std::vector<Target> const& of) {
    auto& s = state();
    auto const shown = s.shown;
    Block block{.kind = BlockKind::cards};
    for (auto const& t : of) block.cards.push_back(make_card(view_, {t.product, t.variant}, locale_, {.constraints = s.constraints}));
    send(std::move(block));
    s.shown = shown;
}

}  // namespace kindling::dialogue

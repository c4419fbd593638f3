// modules/dialogue/returned.cpp -- "do people send it back?", 这款退货率高吗: how often a product came back and why, by the shop's own orders and returns.
//
// Told of whoever is pointed at, and of one size or colour where that is what was spoken of. A share is stated from `enough_sold` units on, and beside it what is usual for
// its kind of goods; of fewer it is said that they are too few. How to send something back is another question (errands.cpp).
#include "modules/dialogue/cues.h"
#include "modules/dialogue/trade_off.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {
namespace {

constexpr std::size_t most_told = 3, most_reasons = 3;
constexpr std::int64_t enough_of_a_kind = 100;

std::string reason_word(std::string_view reason, Locale locale) {
    struct Row { std::string_view reason; Text text; };
    static constexpr Row rows[] = {{"size", {"size", "尺码"}}, {"quality", {"quality", "质量"}}, {"wrong_item", {"wrong item", "发错"}}, {"changed_mind", {"change of mind", "不想要了"}}, {"damaged", {"damage", "破损"}}, {"late", {"came late", "太迟"}}};
    for (auto const& row : rows)
        if (row.reason == reason) return std::string(row.text.in(locale));
    return locale == Locale::zh ? "其他" : "other reasons";
}

std::string percent(std::int64_t part, std::int64_t of) { return plain_number(std::round(1000.0 * static_cast<double>(part) / static_cast<double>(of)) / 10) + "%"; }

}  // namespace

void TurnMaker::tell_returned() {
    auto& s = state();
    out_.topic = "returned";
    std::vector<Target> about;
    if (reading_.points && reading_.ordinals.empty()) about = described();
    if (about.empty()) about = targets(most_told);
    or_in_focus(about);
    if (about.empty())
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku); t && about.size() < most_told) about.push_back(*t);
    if (about.empty()) { reading_.topic = "returns", reading_.topics.clear(), policy(); return; }
    // "That size": the one that was asked about before.
    auto values = reading_.constraints;
    std::erase_if(values, [](Constraint const& c) { return c.kind != ConstraintKind::value || c.polarity != Polarity::want; });
    auto const t = surface_of(text_);
    if (values.empty() && cues::has(t, U"that_size this_size that_colour that_color 这个码 那个码 这个尺码 那个尺码 这个颜色 那个颜色")) values = s.asked_variant;
    for (auto const& one : about) returned_of(one, values, cues::has(t, U"size sizes sizing fit fits 尺码 码 大小 尺寸"));
    if (about.size() == 1) s.focus = view_[about.front().product].data.product_id;
    Block block{.kind = BlockKind::cards};
    for (auto const& one : about) block.cards.push_back(make_card(view_, {one.product, one.variant}, locale_, {.constraints = s.constraints}));
    auto const shown = s.shown;
    send(std::move(block));
    if (!shown.empty()) s.shown = shown;
}

void TurnMaker::returned_of(Target of, std::vector<Constraint> const& values, bool of_the_size) {
    auto const zh = locale_ == Locale::zh;
    auto const& entry = view_[of.product];
    auto const turn = state().turn;
    auto const number = [&](std::string_view name, std::int64_t n) { return echo(name, std::to_string(n)); };
    std::vector<std::string> skus;
    if (!values.empty())
        for (std::size_t v = 0; v < entry.variants.size(); ++v)
            if (std::ranges::all_of(values, [&](Constraint const& c) { return holds(view_, of.product, v, resolve(c, view_.words())); })) skus.push_back(entry.data.variants[v].sku);
    auto const found = ports_.records ? ports_.records->returned(entry.data.product_id, skus) : Result<Records::Returned>(Records::Returned{});
    Records::Returned const told = found ? *found : Records::Returned{};
    Spoken spoken;
    std::string which;
    for (auto const& c : values)
        if (!skus.empty()) which += (which.empty() ? "" : ", ") + c.label(locale_);
    Slot const of_which = which.empty() ? Slot{"which", ""} : echo("which", zh ? "（" + which + "）" : " (" + which + ")");
    if (told.sold < enough_sold) spoken.say(told.sold == 0 ? Phrase::returned_unsold : Phrase::returned_few, locale_, turn, {title_slot(of.product), of_which, number("sold", told.sold), number("back", told.returned)});
    else if (told.returned == 0) spoken.say(Phrase::returned_none, locale_, turn, {title_slot(of.product), of_which, number("sold", told.sold), number("orders", told.orders)});
    else spoken.say(Phrase::returned_share, locale_, turn, {title_slot(of.product), of_which, number("sold", told.sold), number("orders", told.orders), number("back", told.returned), echo("share", percent(told.returned, told.sold))});
    std::string reasons;
    std::int64_t for_size = 0;
    for (std::size_t i = 0; i < told.reasons.size(); ++i) {
        auto const& [reason, units] = told.reasons[i];
        if (reason == "size") for_size = units;
        if (i < most_reasons && !reason.empty()) reasons += (reasons.empty() ? "" : zh ? "、" : ", ") + reason_word(reason, locale_) + (zh ? "" : " ") + std::to_string(units);
    }
    if (of_the_size && told.sold >= enough_sold) spoken.say(Phrase::size_returns, locale_, turn, {number("sold", told.sold), number("back", for_size)});
    if (!reasons.empty()) spoken.say(Phrase::returned_reasons, locale_, turn, {echo("reasons", reasons)});
    // What is usual: of all goods of its kind.
    std::int64_t sold = 0, returned = 0;
    for (std::size_t p = 0; p < view_.size(); ++p)
        if (view_[p].category == entry.category) sold += view_[p].standing.sold, returned += view_[p].standing.returned;
    if (entry.category >= 0 && sold >= enough_of_a_kind && told.sold >= enough_sold) spoken.say(Phrase::returned_usual, locale_, turn, {name_slot("kind", view_.words().categories[static_cast<std::size_t>(entry.category)].label.in(locale_)), echo("share", percent(returned, sold))});
    text(std::move(spoken));
}

}  // namespace kindling::dialogue

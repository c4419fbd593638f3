// modules/dialogue/sums.cpp -- "if I buy two dresses for 219 each how much", 买两条219的裙子能减多少: so many at a price, added up. See turn.h.
//
// A count and the price of one, in a sentence that asks for the sum or for what is taken off. The sum is of the amounts that were said; what a promotion takes
// off is computed by the shop with the goods themselves, so the offers that run are told and no discount is guessed.
#include "core/money.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/measure.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

namespace {

struct Sum { std::int64_t count = 0; double price = 0; };

std::optional<Sum> sum_in(std::string const& said, std::string_view currency) {
    text::Normalised written;
    text::normalise(utf8_prefix(said, 600), written);
    auto const t = surface_of(said);
    if (t.size() > 120 || t.size() != written.text.size()) return {};
    if (!cues::has(t, U"how_much what_would what_do what_does what_will come_to in_total altogether total save discount off 多少 减几 几折 便宜几")) return {};
    Sum out;
    int prices = 0, counts = 0;
    for (auto const& n : quantities(written.text)) {
        if (n.limit != Quantity::Limit::exact || n.value <= 0) continue;
        auto const before = std::u32string_view(t).substr(0, n.number_begin), behind = std::u32string_view(t).substr(std::min(n.number_end, t.size()));
        bool const each = behind.starts_with(U" each") || behind.starts_with(U" apiece") || behind.starts_with(U" a piece") || behind.starts_with(U"的") || behind.starts_with(U"一") || behind.starts_with(U"每") || before.ends_with(U"each at ") || before.ends_with(U" at ") || before.ends_with(U"单价") || before.ends_with(U"each for ");
        if (!n.currency.empty() && n.currency != currency) return {};   // which is asked back for (currency_talk.cpp)
        if (n.kind == Quantity::Kind::money || (n.kind == Quantity::Kind::plain && each)) {
            if (!each) return {};   // "two for 219" in all
            out.price = n.value, ++prices;
        } else if ((n.kind == Quantity::Kind::count || n.kind == Quantity::Kind::plain) && n.value >= 2 && n.value <= 99 && n.value == std::floor(n.value) && !(n.kind == Quantity::Kind::plain && before.ends_with(U"满"))) out.count = static_cast<std::int64_t>(n.value), ++counts;
    }
    return prices == 1 && counts == 1 ? std::optional(out) : std::nullopt;
}

}  // namespace

bool TurnMaker::tell_sum() {
    static constexpr Intent of_it[] = {Intent::find, Intent::ask_fact, Intent::ask_policy, Intent::show_basket, Intent::bundle, Intent::compare};
    if (std::ranges::find(of_it, reading_.intent) == std::end(of_it)) return false;
    auto const sum = sum_in(text_, view_.currency());
    if (!sum) return false;
    double one = sum->price;
    for (int i = 0; i < currency_decimals(view_.currency()); ++i) one *= 10;
    if (one > 1e12) return false;
    auto const minor = static_cast<std::int64_t>(std::llround(one));
    auto const money = [&](std::string_view slot, std::int64_t amount) { return echo(slot, format_money(amount, view_.currency(), locale_)); };
    say(Phrase::sum_is, {echo("quantity", std::to_string(sum->count)), money("price", minor), money("total", minor * sum->count)});
    (void)tell_promotions();
    out_.topic = "sum";
    return true;
}

}  // namespace kindling::dialogue

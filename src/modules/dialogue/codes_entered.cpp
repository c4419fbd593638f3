// modules/dialogue/codes_entered.cpp -- "use code WELCOME20", 用优惠码HELLO: the code is entered into the basket, or the shop's own word on it is told.
//
// What comes off is the shop's computation on the basket as it stands; a code that does not count is kept where it may count later (its threshold, a sign-in),
// as the basket's own page keeps it.
#include "modules/dialogue/codes_entered.h"
#include "core/money.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/sums_said.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cctype>

namespace kindling::dialogue {

namespace {

bool letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool of_a_code(char c) { return letter(c) || digit(c) || c == '-' || c == '_'; }

constexpr std::size_t shortest = 3, longest = 32, far_off = 40;   // bytes; between the word "code" and the code itself

}  // namespace

std::optional<CodeSaid> code_said(std::string_view said) {
    if (said.size() > 400) return {};
    std::string lower(said);
    std::ranges::transform(lower, lower.begin(), [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    static constexpr std::string_view cue_words[] = {"code", "coupon", "voucher", "promo", "优惠码", "折扣码", "优惠券", "券码", "兑换码", "邀请码"};
    std::vector<std::pair<std::size_t, std::size_t>> cues;
    for (auto const word : cue_words)
        for (auto at = lower.find(word); at != lower.npos; at = lower.find(word, at + 1)) {
            auto end = at + word.size();
            if (letter(word.front())) {
                if (at > 0 && of_a_code(lower[at - 1])) continue;
                if (end < lower.size() && lower[end] == 's') ++end;
                if (end < lower.size() && of_a_code(lower[end])) continue;
            }
            cues.emplace_back(at, end);
        }
    std::optional<CodeSaid> found;
    std::size_t nearest = far_off + 1;
    for (std::size_t i = 0; i < said.size();) {
        if (!of_a_code(said[i])) { ++i; continue; }
        auto end = i;
        while (end < said.size() && of_a_code(said[end])) ++end;
        auto const word = said.substr(i, end - i);
        bool const is_cue = std::ranges::any_of(cues, [&](auto const& c) { return c.first == i; });
        bool const letters = std::ranges::any_of(word, letter), digits = std::ranges::any_of(word, digit), capitals = std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
        if (!is_cue && word.size() >= shortest && word.size() <= longest && letters) {
            for (auto const& [begin, stop] : cues) {
                auto const off = i >= stop ? i - stop : begin >= end ? begin - end : 0;
                bool const right_behind = i >= stop && std::ranges::none_of(said.substr(stop, i - stop), of_a_code);
                bool const sure = (digits || capitals) && off <= far_off;
                if ((sure || right_behind) && (!found || (sure && !found->sure) || (sure == found->sure && off < nearest))) found = CodeSaid{std::string(word), sure}, nearest = off;
            }
        }
        i = end;
    }
    return found;
}

bool TurnMaker::enter_code() {
    if (!ports_.promotions) return false;
    auto const said = code_said(text_);
    if (!said) return false;
    auto const t = surface_of(text_);
    if (asks_total(t)) return false;   // told with the sum (sums_shown.cpp)
    // "Does SAVE99 still work?" is asked and changes nothing.
    bool const entered_now = !cues::is_question(t) || cues::has(t, U"use apply enter redeem put_in 用一下 用上 使用 输入 填 帮我用");
    auto const answer = ports_.promotions->enter(out_.basket_id, said->code, entered_now);
    if (!answer || !*answer || (!said->sure && !(*answer)->exists)) return false;
    auto const& is = **answer;
    auto const turn = state().turn;
    auto const money = [&](std::string_view slot, std::int64_t minor) { return echo(slot, format_money(minor, view_.currency(), locale_)); };
    out_.topic = "promotions";
    Spoken spoken;
    spoken.say(Phrase::code_told, locale_, turn, {echo("code", said->code), echo("told", is.told.in(locale_))});
    bool const anything = is.now.goods_minor > 0;
    if (is.exists && !anything) spoken.say(Phrase::basket_nothing, locale_, turn);
    if (is.applied && anything) {
        if (is.now.discount_minor > 0) spoken.say(Phrase::sum_off, locale_, turn, {money("off", is.now.discount_minor)});
        if (is.now.shipping_minor && *is.now.shipping_minor > 0) spoken.say(Phrase::sum_shipping, locale_, turn, {money("fee", *is.now.shipping_minor), money("total", is.now.total_minor)});
        else if (is.now.shipping_minor) spoken.say(Phrase::sum_pay_free, locale_, turn, {money("total", is.now.total_minor)});
        else spoken.say(Phrase::sum_pay, locale_, turn, {money("total", is.now.total_minor)});
    }
    text(std::move(spoken));
    return true;
}

}  // namespace kindling::dialogue

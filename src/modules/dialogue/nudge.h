// modules/dialogue/nudge.h -- what the guide says unasked on a page: seldom, only what is true and of use now, and quiet for a while once it was waved away.
//
// Three triggers, each with a setting of its own (guide_nudge_*): an order of a signed-in shopper that carries a promised day is past it; something that they wait for has come; the basket
// is near a threshold. The weightiest that is true is said; who has nothing to be told hears nothing.
//
// One policy for all of them, and for the promotion that the guide may mention within a talk (promotions.cpp): at most one in half an hour, at most guide_nudges_per_day (2; 0: none), the
// same thing never twice within 30 days, and nothing for guide_nudge_rest_days (7, at most 30) after one was waved away. Nothing is said on the pages of the basket and of the checkout (storefront/web/store.js).
//
// What is kept for this (guide_nudges): keyed hashes of the visit and the customer, the kind, what it was about, when, and whether it was opened or waved away; gone after 30 days, and with a customer who is forgotten.
#pragma once
#include "modules/dialogue/api.h"
#include <algorithm>

namespace kindling::dialogue {

enum class NudgeKind { none, watch_came, delivery_late, basket_near };
BOOST_DESCRIBE_ENUM(NudgeKind, none, watch_came, delivery_late, basket_near)

struct AskNudge {
    std::string basket_id;
    static constexpr Field fields[] = {field("basket_id", "The visitor's basket; empty without one.", "访客的购物车；没有则留空。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(AskNudge, (), (basket_id))

struct Nudge {
    NudgeKind kind = NudgeKind::none;
    std::string nudge_id, text, say;
    static constexpr Field fields[] = {
        field("kind", "none: nothing is to be said now.", "none 表示此刻无需提示；watch_came 关注的商品降价或到货、delivery_late 订单逾期未达、basket_near 购物车接近优惠门槛。"), field("nudge_id", "For dialogue.answer_nudge.", "用于 dialogue.answer_nudge。"),
        field("text", "One sentence for the shopper.", "给顾客的一句话。"), field("say", "What to ask the guide when the shopper wants to know more.", "顾客想了解时向导购说的话。")};
};
BOOST_DESCRIBE_STRUCT(Nudge, (), (kind, nudge_id, text, say))

enum class NudgeOutcome { opened, dismissed };
BOOST_DESCRIBE_ENUM(NudgeOutcome, opened, dismissed)

struct AnswerNudge {
    std::string nudge_id;
    NudgeOutcome outcome = NudgeOutcome::dismissed;
    static constexpr Field fields[] = {field("nudge_id", "Which.", "哪一条。").longest(64), field("outcome", "opened or dismissed.", "opened 已打开、dismissed 已关闭。")};
};
BOOST_DESCRIBE_STRUCT(AnswerNudge, (), (nudge_id, outcome))

// What was said unasked to one person or visit lately, and whether more may be. Pure but for reading.
class UnaskedPolicy {
public:
    struct Said { std::string kind, subject, outcome; Milliseconds at = 0; };
    static constexpr Milliseconds gap = 30 * 60'000, remembered = 30 * milliseconds_per_day;
    UnaskedPolicy() = default;  // of nobody in particular: nothing was said, and nothing is kept
    // Days of rest beyond what is remembered could not be kept.
    UnaskedPolicy(std::vector<Said> said, std::int64_t per_day, std::int64_t rest_days) : said_(std::move(said)), per_day_(per_day), rest_days_(std::clamp<std::int64_t>(rest_days, 0, remembered / milliseconds_per_day)) {}
    bool may_speak(Milliseconds now) const;
    bool was_said(std::string_view kind, std::string_view subject) const;

    static Result<UnaskedPolicy> read(Context&);  // of the caller
    // Notes it for the caller; the id of what was kept, "" for a caller that is nobody.
    static Result<std::string> note(Context&, std::string_view kind, std::string_view subject, std::string_view outcome);

private:
    std::vector<Said> said_;
    std::int64_t per_day_ = 2, rest_days_ = 7;
};

class NudgeDesk {
public:
    explicit NudgeDesk(Module& module) : module_(module) {}
    std::vector<Operation> operations();

private:
    struct Found { NudgeKind kind = NudgeKind::none; std::string subject, text, say; };
    Result<Nudge> nudge(Context&, AskNudge const&);
    Result<Nothing> answer(Context&, AnswerNudge const&);
    Result<std::optional<Found>> watch_came(Context&, UnaskedPolicy const&);
    Result<std::optional<Found>> delivery_late(Context&, UnaskedPolicy const&);
    Result<std::optional<Found>> basket_near(Context&, UnaskedPolicy const&, std::string const& basket_id);
    Module& module_;
};

}  // namespace kindling::dialogue

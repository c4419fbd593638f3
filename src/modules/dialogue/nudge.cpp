// modules/dialogue/nudge.cpp -- see nudge.h.
#include "modules/dialogue/nudge.h"
#include "core/id.h"
#include "core/in_either.h"
#include "core/money.h"
#include "modules/dialogue/sql.h"
#include "shop/catalogue/operations.h"
#include "shop/customers/api.h"
#include "shop/people/people.h"
#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace kindling::dialogue {

namespace {

using shop::Row, shop::Value;

constexpr Milliseconds late_for_at_most = 30 * milliseconds_per_day;

// Whoever it is, as hashes: the customer where one is signed in, and the visit.
std::vector<std::string> who_asks(Context const& context) {
    std::vector<std::string> out;
    for (auto const& [mark, id] : {std::pair('c', std::string_view(context.caller.customer_id)), std::pair('s', std::string_view(context.caller.session_id))})
        if (!id.empty()) out.push_back(shop::nudged_as(context, mark, id));
    return out;
}

// What is said to a customer is kept of the customer and of the visit, so that who signs out is still known; the two rows have one identifier and the mark of whose they are behind it.
std::string row_id(std::string_view nudge_id, char mark) { return fmt::format("{}{}", nudge_id, mark); }

Result<bool> switched_on(Context& context, std::string_view setting) { return TRY(shop::read_number_setting(context.tx(), setting, 1)) != 0; }

}  // namespace

bool UnaskedPolicy::may_speak(Milliseconds now) const {
    if (per_day_ <= 0) return false;
    auto const within = [&](Milliseconds span) { return std::ranges::count_if(said_, [&](Said const& s) { return s.at > now - span; }); };
    if (within(gap) > 0 || within(milliseconds_per_day) >= per_day_) return false;
    return std::ranges::none_of(said_, [&](Said const& s) { return s.outcome == "dismissed" && s.at > now - rest_days_ * milliseconds_per_day; });
}

bool UnaskedPolicy::was_said(std::string_view kind, std::string_view subject) const {
    return std::ranges::any_of(said_, [&](Said const& s) { return s.kind == kind && s.subject == subject; });
}

Result<UnaskedPolicy> UnaskedPolicy::read(Context& context) {
    auto& tx = context.tx();
    std::vector<Said> said;
    std::set<std::string, std::less<>> seen;  // told once, though it may be kept of customer and visit
    for (auto const& who : who_asks(context)) {
        Value const values[] = {tx.shop_id(), who, context.now - remembered};
        TRY(tx.run("SELECT kind, subject, outcome, at_ms, nudge_id FROM guide_nudges WHERE shop_id = ? AND who = ? AND at_ms > ?", values, [&](Row const& row) -> Result<void> {
            auto const id = row.text(4);
            if (seen.emplace(id.substr(0, id.size() - 1)).second) said.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), row.integer(3)});
            return {};
        }));
    }
    return UnaskedPolicy(std::move(said), TRY(shop::read_number_setting(tx, "guide_nudges_per_day", 2)), TRY(shop::read_number_setting(tx, "guide_nudge_rest_days", 7)));
}

Result<std::string> UnaskedPolicy::note(Context& context, std::string_view kind, std::string_view subject, std::string_view outcome) {
    auto const all = who_asks(context);
    if (all.empty()) return std::string();
    auto& tx = context.tx();
    auto const id = new_id("ndg");
    for (auto const& who : all) TRY(tx.execute("INSERT INTO guide_nudges (shop_id, nudge_id, who, kind, subject, outcome, at_ms) VALUES (?,?,?,?,?,?,?)", tx.shop_id(), row_id(id, who.front()), who, kind, subject, outcome, context.now));
    return id;
}

Result<std::optional<NudgeDesk::Found>> NudgeDesk::watch_came(Context& context, UnaskedPolicy const& policy) {
    if (context.caller.customer_id.empty()) return std::nullopt;  // a guest's watch lives in the talk, which tells it there
    auto const waiting = TRY(sql::watches(context, "")->waiting());
    if (waiting.empty()) return std::nullopt;  // the usual case, which is not to wait for the search
    auto const now = TRY(module_.live(context.shop_id, context.now));
    for (auto const& w : waiting) {
        bool const price = w.kind == Watches::Kind::price;
        auto const found = now.view->find_sku(w.sku);
        if (!found || policy.was_said("watch_came", w.watch_id)) continue;
        auto const& entry = (*now.view)[found->first];
        auto const& variant = entry.variants[found->second];
        if (variant.stock <= 0 || (price && variant.price_minor > w.target_minor)) continue;
        bool const zh = context.locale == Locale::zh;
        auto const title = in_either(context.locale, entry.data.title_en, entry.data.title_zh);
        auto const money = format_money(variant.price_minor, now.view->currency(), context.locale);
        return Found{NudgeKind::watch_came, w.watch_id, price ? zh ? fmt::format("您关注的「{}」现价 {}。", title, money) : fmt::format("What you waited for: {} is now {}.", title, money) : zh ? fmt::format("您等的「{}」已到货。", title) : fmt::format("What you waited for: {} is back in stock.", title), zh ? "我的提醒" : "what am I waiting for?"};
    }
    return std::nullopt;
}

Result<std::optional<NudgeDesk::Found>> NudgeDesk::delivery_late(Context& context, UnaskedPolicy const& policy) {
    if (context.caller.customer_id.empty()) return std::nullopt;
    auto& tx = context.tx();
    // A promised day is over when its night is over everywhere.
    auto const today = static_cast<std::int64_t>(day_of(context.now, -12 * 3'600'000));
    std::optional<Found> out;
    Value const values[] = {tx.shop_id(), context.caller.customer_id, today, today - late_for_at_most / milliseconds_per_day};
    TRY(tx.run("SELECT order_id, promised_day FROM orders WHERE shop_id = ? AND customer_id = ? AND status IN ('paid', 'shipped') AND came_back <> 'all' AND delivered_at_ms IS NULL AND promised_day < ? AND promised_day >= ? ORDER BY promised_day DESC, order_id", values, [&](Row const& row) -> Result<void> {
        std::string const id(row.text(0));
        if (out || policy.was_said("delivery_late", id)) return {};
        auto const day = format_date(static_cast<Day>(row.integer(1)));
        if (context.locale == Locale::zh) out = Found{NudgeKind::delivery_late, id, fmt::format("您有一笔订单预计 {} 送达，尚未显示签收。需要我查一下吗？", day), fmt::format("我的订单 {} 到哪了？", id)};
        else out = Found{NudgeKind::delivery_late, id, fmt::format("An order of yours was promised for {} and is not marked as delivered. Shall I look?", day), fmt::format("Where is my order {}?", id)};
        return {};
    }));
    return out;
}

Result<std::optional<NudgeDesk::Found>> NudgeDesk::basket_near(Context& context, UnaskedPolicy const& policy, std::string const& basket_id) {
    if (basket_id.empty()) return std::nullopt;
    auto const told = TRY(sql::promotions(context)->running(basket_id));
    auto const currency = TRY(shop::shop_currency(context.tx()));
    for (auto const& more : told.more) {
        // As near as within a talk: at most half as much again as the basket.
        if (more.missing_minor <= 0 || more.gain_minor <= 0 || more.missing_minor > told.goods_total_minor / 2 || policy.was_said("basket_near", more.promotion_id)) continue;
        auto const missing = format_money(more.missing_minor, currency, context.locale), gain = format_money(more.gain_minor, currency, context.locale);
        if (context.locale == Locale::zh) return Found{NudgeKind::basket_near, more.promotion_id, fmt::format("再买 {} 可再省 {}（{}）。", missing, gain, more.title.in(Locale::zh)), "还差多少可以满减"};
        return Found{NudgeKind::basket_near, more.promotion_id, fmt::format("Add {} more and another {} comes off ({}).", missing, gain, more.title.in(Locale::en)), "how much more until the next discount?"};
    }
    return std::nullopt;
}

// Pages ask this often and mostly in vain: only what is said takes the shop's one writing transaction, where the policy is read once more, so that of two pages that ask at once one speaks.
Result<Nudge> NudgeDesk::nudge(Context& context, AskNudge const& in) {
    if (who_asks(context).empty()) return Nudge{};
    auto here = context;
    std::optional<Found> found;
    {
        auto const tx = TRY(context.services.store->read(context.shop_id));
        here.open = tx.get();
        auto const policy = TRY(UnaskedPolicy::read(here));
        if (!policy.may_speak(context.now)) return Nudge{};
        if (TRY(switched_on(here, "guide_nudge_delivery"))) found = TRY(delivery_late(here, policy));
        if (!found && TRY(switched_on(here, "guide_nudge_watches"))) found = TRY(watch_came(here, policy));
        if (!found && TRY(switched_on(here, "guide_nudge_thresholds"))) found = TRY(basket_near(here, policy, in.basket_id));
    }
    if (!found) return Nudge{};
    auto const tx = TRY(context.services.store->write(context.shop_id));
    here.open = tx.get();
    auto const policy = TRY(UnaskedPolicy::read(here));
    if (!policy.may_speak(context.now) || policy.was_said(name(found->kind), found->subject)) return Nudge{};
    Nudge out{found->kind, TRY(UnaskedPolicy::note(here, name(found->kind), found->subject, "shown")), std::move(found->text), std::move(found->say)};
    if (!context.dry()) TRY(tx->commit());
    return out;
}

Result<Nothing> NudgeDesk::answer(Context& context, AnswerNudge const& in) {
    auto& tx = context.tx();
    for (auto const& who : who_asks(context))
        if (TRY(tx.integer("SELECT COUNT(*) FROM guide_nudges WHERE shop_id = ? AND nudge_id = ? AND who = ?", tx.shop_id(), row_id(in.nudge_id, who.front()), who)) > 0) {
            TRY(tx.execute("UPDATE guide_nudges SET outcome = ? WHERE shop_id = ? AND nudge_id IN (?, ?)", name(in.outcome), tx.shop_id(), row_id(in.nudge_id, 'c'), row_id(in.nudge_id, 's')));
            return Nothing{};
        }
    return fail(Errc::not_found, "nudge_not_found", "Nothing of the kind was said to you.", {{"/nudge_id", "nudge_not_found", "was not said to you"}});
}

std::vector<Operation> NudgeDesk::operations() {
    return {
        operation({.name = "dialogue.nudge", .scenario = "25", .summary = {"What the guide would say unasked on this page, if anything: what was waited for has come, an order is late, a threshold is near. Seldom: one policy counts for all.", "导购在本页可主动说的一句话（如有）：关注已满足、订单逾期、接近优惠门槛。受统一频率限制。"}, .effect = Effect::act, .permission = "public", .length = Length::long_}, *this, &NudgeDesk::nudge),
        operation({.name = "dialogue.answer_nudge", .scenario = "25", .summary = {"The shopper opened it or waved it away; then the guide keeps still for some days.", "顾客打开或关闭了该提示；关闭后导购数日内不再主动提示。"}, .effect = Effect::act, .permission = "public", .reasons = {"nudge_not_found"}}, *this, &NudgeDesk::answer),
    };
}

}  // namespace kindling::dialogue

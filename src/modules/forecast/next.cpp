// forecast.next_need: for one customer, which category comes next and when. Only of people who agreed to personalisation.
#include "modules/forecast/gaps.h"
#include "modules/forecast/understand.h"
#include "shop/orders/history_end.h"
#include "shop/people/time_zones.h"
#include <algorithm>
#include <cmath>

namespace kindling::forecast {

Result<NextNeeds> next_need(Context& context, AskNext const& in) {
    auto const tx = TRY(context.services.store->read(context.shop_id));
    if (TRY(tx->integer("SELECT COUNT(*) FROM customers WHERE shop_id = ? AND customer_id = ? AND forgotten_at_ms IS NULL", tx->shop_id(), in.customer_id)) == 0) return fail(Errc::not_found, "customer_not_found", "There is no such customer.", {{"/customer_id", "customer_not_found", "is not a customer of this shop"}});
    if (TRY(tx->integer("SELECT COUNT(*) FROM consents WHERE shop_id = ? AND customer_id = ? AND purpose = 'personalisation' AND granted = 1", tx->shop_id(), in.customer_id)) == 0)
        return fail(Errc::failed_precondition, "no_consent", "This person did not agree to personalisation, so nothing is foretold of them.");
    std::vector<std::string> ids;
    std::vector<std::pair<std::string, std::string>> names;
    std::map<std::string, std::int32_t> number;
    shop::Value const shop_value[] = {tx->shop_id()};
    TRY(tx->run("SELECT category_id, name_en, name_zh FROM categories WHERE shop_id = ?", shop_value, [&](shop::Row const& row) -> Result<void> { number.emplace(std::string(row.text(0)), static_cast<std::int32_t>(ids.size())), ids.emplace_back(row.text(0)), names.emplace_back(row.text(1), row.text(2)); return {}; }));
    auto days = TRY(shop::WallClock::of(*tx));
    // What others did counts without who they were: only gaps between days of one buyer are kept.
    Purchases all;
    shop::Value const placed[] = {tx->shop_id(), context.now};
    TRY(tx->run("SELECT o.customer_id, p.category_id, o.placed_at_ms FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id JOIN products p ON p.shop_id = l.shop_id AND p.product_id = l.product_id WHERE o.shop_id = ? AND o.customer_id <> '' AND o.placed_at_ms <= ? AND o.status <> 'cancelled' AND l.quantity > 0 ORDER BY o.placed_at_ms", placed, [&](shop::Row const& row) -> Result<void> {
        auto const category = number.find(std::string(row.text(1)));
        if (category == number.end()) return {};
        auto& bought = all.of[std::string(row.text(0))][category->second];
        if (auto const d = days.day(row.integer(2)); bought.empty() || bought.back() != d) bought.push_back(d);
        return {};
    }));
    auto const last = TRY(shop::newest_order(*tx, context.now));
    auto const today = days.day(context.now), as_of = last > 0 && days.day(last) + shop::days_until_asleep < today ? days.day(last) + 1 : today + 1;
    NextNeeds out{.needs = {}, .any_probability = 0, .as_of = format_date(as_of - 1)};
    auto const person = all.of.find(in.customer_id);
    if (person == all.of.end()) return out;
    std::map<std::int32_t, Gaps> gaps;
    for (auto const& [category, _] : person->second) gaps[category] = gaps_of(all, category, as_of);
    double none = 1;
    for (auto const& [category, chance] : chances(gaps, person->second, as_of, static_cast<std::int32_t>(in.days), habit_of(all, as_of, static_cast<std::int32_t>(in.days)))) {
        auto const& bought = person->second.at(category);
        auto const c = static_cast<std::size_t>(category);
        NextNeed n{.category_id = ids[c], .name_en = names[c].first, .name_zh = names[c].second, .probability = chance, .days_since = as_of - 1 - bought.back(), .purchases = static_cast<std::int64_t>(bought.size()), .usual_gap_days = {}, .expected_day = {}};
        if (auto const mean = gaps[category].mean(); mean > 0) {
            // Own gaps with the usual one counted twice beside them.
            auto const gap = (static_cast<double>(bought.back() - bought.front()) + 2 * mean) / (static_cast<double>(bought.size() - 1) + 2);
            n.usual_gap_days = gap;
            // Overdue by that pace: a day would say "tomorrow" of somebody who most likely will not come. It is told only where a purchase within the days asked for is likelier than not.
            if (bought.back() + static_cast<Day>(std::lround(gap)) >= as_of || chance >= 0.5) n.expected_day = format_date(bought.back() + static_cast<Day>(std::lround(std::max(gap, static_cast<double>(as_of - bought.back())))));
        }
        none *= 1 - chance;
        if (out.needs.size() < 10) out.needs.push_back(std::move(n));
    }
    out.any_probability = 1 - none;
    return out;
}

}  // namespace kindling::forecast

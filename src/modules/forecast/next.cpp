// forecast.next_need: for one customer, which category comes next and when. Only of people who agreed to personalisation.
#include "modules/forecast/understand.h"
#include "shop/analysis/local_days.h"
#include <algorithm>
#include <cmath>

namespace kindling::forecast {

void Gaps::settle() { std::ranges::sort(closed), std::ranges::sort(open); }

double Gaps::chance(std::int32_t since, std::int32_t days, double usual) const {
    auto const lasted = [&](std::vector<std::int32_t> const& v, std::int32_t at) { return static_cast<double>(v.end() - std::ranges::upper_bound(v, at)); };
    // Open spells that were not watched for so long say nothing of the days after: half of their watching counts, as actuaries do.
    auto const at_risk = lasted(closed, since) + 0.5 * (lasted(open, since) + lasted(open, since + days));
    auto const ended = lasted(closed, since) - lasted(closed, since + days);
    constexpr double drawn = 4;
    return std::clamp((ended + drawn * usual) / (at_risk + drawn), 0.0, 1.0);
}

double Gaps::hazard(std::int32_t days) const {
    double out = 0;
    for (std::size_t i = 0; i < closed.size() && closed[i] <= days; ++i)
        out += 1 / (static_cast<double>(closed.size() - i) + static_cast<double>(open.end() - std::ranges::lower_bound(open, closed[i])));
    return out;
}

double Gaps::mean() const {
    double sum = 0;
    for (auto const g : closed) sum += g;
    return closed.empty() ? 0 : sum / static_cast<double>(closed.size());
}

Gaps gaps_of(Purchases const& all, std::int32_t category, Day as_of) {
    Gaps out;
    for (auto const& [_, of] : all.of) {
        auto const found = of.find(category);
        if (found == of.end()) continue;
        Day before = 0;
        bool any = false;
        for (auto const d : found->second) {
            if (d >= as_of) break;
            if (any) out.closed.push_back(d - before);
            before = d, any = true;
        }
        if (any) out.open.push_back(as_of - before);
    }
    out.settle();
    return out;
}

std::vector<std::pair<std::int32_t, double>> chances(std::map<std::int32_t, Gaps> const& gaps, std::map<std::int32_t, std::vector<Day>> const& own, Day as_of, std::int32_t days) {
    std::vector<std::pair<std::int32_t, double>> out;
    for (auto const& [category, bought] : own) {
        auto const g = gaps.find(category);
        std::vector<Day> past;
        for (auto const d : bought) if (d < as_of) past.push_back(d);
        if (past.empty() || g == gaps.end()) continue;
        auto const mean = g->second.mean();
        // How fast they are beside others: purchases that came against those that others would have made in the same spells, the open one among them, drawn to one
        // as by two purchases more (a frailty that all spells of a person share, gamma distributed).
        auto expected = g->second.hazard(as_of - past.back());
        for (std::size_t i = 1; i < past.size(); ++i) expected += g->second.hazard(past[i] - past[i - 1]);
        constexpr double drawn = 2;
        auto const pace = (static_cast<double>(past.size() - 1) + drawn) / (expected + drawn);
        auto const all_spells = g->second.closed.size() + g->second.open.size();
        auto const usual = all_spells > 0 ? std::min(0.5, static_cast<double>(g->second.closed.size()) / static_cast<double>(all_spells) * static_cast<double>(days) / std::max(1.0, mean * 3)) : 0.05;
        out.emplace_back(category, 1 - std::pow(1 - g->second.chance(as_of - past.back(), days, usual), pace));
    }
    std::ranges::stable_sort(out, std::greater<>{}, &std::pair<std::int32_t, double>::second);
    return out;
}

Result<NextNeeds> next_need(Context& context, AskNext const& in) {
    auto const tx = TRY(context.services.store->read(context.shop_id));
    if (TRY(tx->integer("SELECT COUNT(*) FROM customers WHERE shop_id = ? AND customer_id = ? AND forgotten_at_ms IS NULL", tx->shop_id(), in.customer_id)) == 0) return fail(Errc::not_found, "customer_not_found", "There is no such customer.", {{"/customer_id", "customer_not_found", "is not a customer of this shop"}});
    if (TRY(tx->integer("SELECT COUNT(*) FROM consents WHERE shop_id = ? AND customer_id = ? AND purpose = 'personalisation' AND granted = 1", tx->shop_id(), in.customer_id)) == 0)
        return fail(Errc::failed_precondition, "no_consent", "This person did not agree to personalisation, so nothing is foretold of them.");
    std::string zone;
    std::vector<std::string> ids;
    std::vector<std::pair<std::string, std::string>> names;
    std::map<std::string, std::int32_t> number;
    shop::Value const shop_value[] = {tx->shop_id()};
    TRY(tx->run("SELECT time_zone FROM shops WHERE shop_id = ?", shop_value, [&](shop::Row const& row) -> Result<void> { zone = row.text(0); return {}; }));
    TRY(tx->run("SELECT category_id, name_en, name_zh FROM categories WHERE shop_id = ?", shop_value, [&](shop::Row const& row) -> Result<void> { number.emplace(std::string(row.text(0)), static_cast<std::int32_t>(ids.size())), ids.emplace_back(row.text(0)), names.emplace_back(row.text(1), row.text(2)); return {}; }));
    shop::analysis::LocalDays days(zone);
    // What others did counts without who they were: only gaps between days of one buyer are kept.
    Purchases all;
    TRY(tx->run("SELECT o.customer_id, p.category_id, o.placed_at_ms FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id JOIN products p ON p.shop_id = l.shop_id AND p.product_id = l.product_id WHERE o.shop_id = ? AND o.customer_id <> '' AND o.status <> 'cancelled' AND l.quantity > 0 ORDER BY o.placed_at_ms", shop_value, [&](shop::Row const& row) -> Result<void> {
        auto const category = number.find(std::string(row.text(1)));
        if (category == number.end()) return {};
        auto& bought = all.of[std::string(row.text(0))][category->second];
        if (auto const d = days.day(row.integer(2)); bought.empty() || bought.back() != d) bought.push_back(d);
        return {};
    }));
    auto const last = TRY(tx->integer("SELECT MAX(placed_at_ms) FROM orders WHERE shop_id = ?", tx->shop_id()));
    auto const today = days.day(context.now), as_of = last > 0 && days.day(last) + 14 < today ? days.day(last) + 1 : today + 1;
    NextNeeds out{.needs = {}, .any_probability = 0, .as_of = format_date(as_of - 1)};
    auto const person = all.of.find(in.customer_id);
    if (person == all.of.end()) return out;
    std::map<std::int32_t, Gaps> gaps;
    for (auto const& [category, _] : person->second) gaps[category] = gaps_of(all, category, as_of);
    double none = 1;
    for (auto const& [category, chance] : chances(gaps, person->second, as_of, static_cast<std::int32_t>(in.days))) {
        auto const& bought = person->second.at(category);
        auto const c = static_cast<std::size_t>(category);
        NextNeed n{.category_id = ids[c], .name_en = names[c].first, .name_zh = names[c].second, .probability = chance, .days_since = as_of - 1 - bought.back(), .purchases = static_cast<std::int64_t>(bought.size()), .usual_gap_days = {}, .expected_day = {}};
        if (auto const mean = gaps[category].mean(); mean > 0) {
            // Own gaps with the usual one counted twice beside them.
            auto const gap = (static_cast<double>(bought.back() - bought.front()) + 2 * mean) / (static_cast<double>(bought.size() - 1) + 2);
            n.usual_gap_days = gap, n.expected_day = format_date(bought.back() + static_cast<Day>(std::lround(std::max(gap, static_cast<double>(as_of - bought.back())))));
        }
        none *= 1 - chance;
        if (out.needs.size() < 10) out.needs.push_back(std::move(n));
    }
    out.any_probability = 1 - none;
    return out;
}

}  // namespace kindling::forecast

#include "modules/supply/lead_time.h"
#include "engines/inventory/demand.h"
#include <algorithm>
#include <cmath>

namespace kindling::supply_module {

namespace {

constexpr double prior_orders = 5, default_relative = 0.3;
constexpr std::size_t newest = 60;

void moments(LeadTime& l) {
    double total = 0, first = 0, second = 0;
    for (std::size_t d = 0; d < l.weights.size(); ++d) total += l.weights[d];
    double share = 0;
    bool found = false;
    for (std::size_t d = 0; d < l.weights.size(); ++d) {
        l.weights[d] /= total;
        auto const x = static_cast<double>(d);
        first += l.weights[d] * x, second += l.weights[d] * x * x, share += l.weights[d];
        if (!found && share >= 0.9) l.p90 = x, found = true;
    }
    l.mean = first, l.deviation = std::sqrt(std::max(0.0, second - first * first));
}

void promised(LeadTime& l, double mean, double deviation, double weight) {
    if (mean < 0.5 || deviation < 0.25) {
        auto const at = static_cast<std::size_t>(std::lround(mean));
        l.weights.resize(std::max(l.weights.size(), at + 1)), l.weights[at] += weight;
        return;
    }
    auto const gamma = inventory::Demand::gamma(mean, deviation);
    if (!gamma) return;
    auto const p = inventory::whole_probabilities(*gamma, 1e-4);
    if (!p) return;
    l.weights.resize(std::max(l.weights.size(), p->size()));
    for (std::size_t d = 0; d < p->size(); ++d) l.weights[d] += weight * (*p)[d];
}

void schedule(LeadTime& l, SupplySettings const& settings, std::string const& supplier, double const* weekday_orders, std::optional<Day> last_order, Day origin) {
    l.review_days = settings.review_days;
    auto const rule = supplier.empty() ? settings.suppliers.end() : std::ranges::find(settings.suppliers, supplier, &SupplierRule::supplier_id);
    if (rule != settings.suppliers.end() && !rule->order_weekdays.empty()) l.order_weekdays = rule->order_weekdays;
    else if (weekday_orders && (rule == settings.suppliers.end() || rule->policy != OrderPolicy::reorder_point)) {
        double total = 0;
        for (int w = 0; w < 7; ++w) total += weekday_orders[w];
        std::vector<std::pair<double, int>> by_share;
        for (int w = 0; w < 7; ++w) by_share.push_back({weekday_orders[w], w + 1});
        std::ranges::sort(by_share, std::greater());
        double share = 0;
        for (auto const& [orders, weekday] : by_share) {
            if (total < 8 || share >= 0.8 * total || l.order_weekdays.size() == 3) break;
            share += orders, l.order_weekdays.push_back(weekday);
        }
        if (share < 0.8 * total) l.order_weekdays.clear();
    }
    std::ranges::sort(l.order_weekdays);
    l.order_weekdays.erase(std::unique(l.order_weekdays.begin(), l.order_weekdays.end()), l.order_weekdays.end());
    if (!l.order_weekdays.empty()) l.review_days = static_cast<std::int64_t>(std::lround(7.0 / static_cast<double>(l.order_weekdays.size())));
    // Without order days it is ordered from review_days after the last time: were every day one, levels that last for a review would be filled up daily.
    l.next_order = !l.order_weekdays.empty() ? l.after_next(origin - 1) : last_order ? std::clamp(*last_order + static_cast<Day>(l.review_days), origin, origin + static_cast<Day>(l.review_days)) : origin;
}

}  // namespace

Day LeadTime::after_next(Day day) const {
    if (order_weekdays.empty()) return day + static_cast<Day>(review_days);
    for (Day d = day + 1;; ++d)
        if (std::ranges::find(order_weekdays, static_cast<std::int64_t>(weekday_of(d))) != order_weekdays.end()) return d;
}

double usual_relative_deviation(std::span<SupplierFacts const> suppliers, Day origin) {
    double sum = 0, weight = 0;
    for (auto const& s : suppliers) {
        double n = 0, first = 0, second = 0;
        for (auto const& seen : s.seen) if (seen.ordered + seen.days < origin) ++n, first += seen.days, second += static_cast<double>(seen.days) * seen.days;
        if (n < 5 || first <= 0) continue;
        auto const mean = first / n;
        sum += n * std::sqrt(std::max(0.0, second / n - mean * mean)) / mean, weight += n;
    }
    return weight > 0 ? std::clamp(sum / weight, 0.05, 1.0) : default_relative;
}

LeadTime lead_time(SupplierFacts const& s, SupplySettings const& settings, Day origin, double usual_relative, PastOrders past) {
    LeadTime l;
    std::vector<int> seen;
    for (auto const& x : s.seen) if (x.ordered + x.days < origin) seen.push_back(std::min(x.days, 730));
    if (seen.size() > newest) seen.erase(seen.begin(), seen.end() - newest);
    l.observed = seen.size();
    auto const mean = s.promised_days.value_or(static_cast<double>(settings.default_lead_days));
    promised(l, mean, s.promised_deviation.value_or(usual_relative * mean), prior_orders);
    for (auto const d : seen) {
        l.weights.resize(std::max(l.weights.size(), static_cast<std::size_t>(d) + 1));
        ++l.weights[static_cast<std::size_t>(d)];
    }
    moments(l);
    std::optional<Day> last;
    if (past == PastOrders::count) for (auto const& [day, lines] : s.ordered_on) if (day < origin && (!last || day > *last)) last = day;
    schedule(l, settings, s.supplier_id, s.weekday_orders, last, origin);
    return l;
}

LeadTime unknown_supplier(SupplySettings const& settings, Day origin) {
    LeadTime l;
    auto const mean = static_cast<double>(settings.default_lead_days);
    promised(l, mean, default_relative * mean, 1);
    moments(l);
    schedule(l, settings, {}, nullptr, {}, origin);
    return l;
}

}  // namespace kindling::supply_module

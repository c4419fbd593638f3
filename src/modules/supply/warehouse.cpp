// supply.warehouse_levels: how much of a good in the warehouse and in each place that it feeds, when a place may wait for the warehouse.
//
// supply.placement lets every place promise a time and keep it; here the warehouse may run out, and a place waits (engines/inventory/distribution.h). A unit that
// shoppers wait for costs holding x target / (1 - target); a place whose cheapest level would serve less than its promise takes the least that keeps it. Routes are those of supply_routes(). The warehouse's lead time is the
// supplier's with one review, a place's the days of its route; a warehouse that sells itself is a place with no way to go. Stock costs a hundredth
// less in the warehouse, as in supply.placement.
#include "modules/supply/warehouse.h"
#include "engines/inventory/distribution.h"
#include "modules/supply/now.h"
#include "modules/supply/routes.h"
#include "shop/catalogue/operations.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace kindling::supply_module {

namespace {

double rounded(double v) { return std::round(v * 1000) / 1000; }

// Days from each place to the selling ones; the place that reaches all of them, by its number in `stock`.
struct Star {
    std::size_t warehouse = 0;
    std::map<std::size_t, double> days;  // of each selling place, itself 0
};
std::optional<Star> star(ShopStock const& stock, std::vector<SupplyRoute> const& routes, std::vector<std::size_t> const& selling) {
    std::optional<Star> best;
    for (std::size_t w = 0; w < stock.places.size(); ++w) {
        Star s{.warehouse = w, .days = {}};
        std::size_t routed = 0;
        for (auto const p : selling) {
            if (p == w) s.days[p] = 0;
            for (auto const& r : routes) if (r.from == w && r.to == p) s.days[p] = r.days, ++routed;
        }
        // A place that sells and feeds the rest is as good as one that only feeds; the first in the list of places wins.
        if (routed > 0 && s.days.size() == selling.size() && !best) best = std::move(s);
    }
    return best;
}

Result<WarehouseLevels> warehouse_levels(Context& context, AskWarehouse const& in) {
    auto const [now, ahead, levels, rows] = TRY(read_good_now(context, in.sku));
    auto const& [stock, settings] = now;
    std::vector<std::size_t> selling;
    for (auto const i : rows) selling.push_back(stock.stored[i].place);
    std::vector<ReturningRoute> returning;
    auto const tied = star(stock, supply_routes(stock, settings, returning), selling);
    if (rows.empty()) return fail(Errc::failed_precondition, "not_one_warehouse", fmt::format("{} is asked for at no place now.", in.sku), {{"/sku", "not_one_warehouse", "is asked for at no place"}});
    if (!tied)
        return fail(Errc::failed_precondition, "not_one_warehouse", fmt::format("No place has routes to all {} that sell {}; routes are set in supply.save_settings.", rows.size(), in.sku), {{"/sku", "not_one_warehouse", "needs one place with routes to all that sell it"}});
    auto const& lead = levels.lead(stock.stored[rows[0]]);
    double const days = std::max(1.0, std::round(lead.mean + static_cast<double>(lead.review_days))), cost = levels.of[rows[0]].cost;
    inventory::DistributionNetwork network{.lead_time = days, .holding = levels.of[rows[0]].holding_per_day / 1.01, .places = {}};
    for (std::size_t k = 0; k < rows.size(); ++k) {
        auto const& l = levels.of[rows[k]];
        double const holding = std::max(1e-9, l.holding_per_day), target = std::clamp(l.fill_target, 0.01, 0.9999), mean = ahead[rows[k]].sum(28) / 28;
        network.places.push_back({.mean = mean, .variance = ahead[rows[k]].variance(28) / 28, .lead_time = tied->days.at(selling[k]), .holding = holding, .stockout = holding * target / (1 - target), .promise = target});
    }
    auto const best = TRY(inventory::distribution_best(network));
    WarehouseLevels out{.currency = stock.currency, .sku = in.sku, .warehouse_id = stock.places[tied->warehouse].place_id, .lead_time_days = std::llround(days), .warehouse_level = std::llround(best.level), .warehouse_on_hand = rounded(best.on_hand), .exact = best.exact, .places = {}, .returning = std::move(returning)};
    double held = best.on_hand, alone = 0;
    for (std::size_t k = 0; k < rows.size(); ++k) {
        auto const& p = network.places[k];
        auto const by_itself = p.mean > 0 ? TRY(inventory::distribution_alone(p, days)) : inventory::DistributionPolicy::Place{};
        held += best.places[k].on_hand, alone += by_itself.on_hand;
        out.places.push_back({stock.places[selling[k]].place_id, rounded(p.mean), levels.of[rows[k]].fill_target, std::llround(best.places[k].level), std::llround(by_itself.level), rounded(best.places[k].on_hand), rounded(best.places[k].owed), rounded(best.places[k].fill_rate)});
    }
    out.stock_minor = std::llround(held * cost), out.alone_minor = std::llround(alone * cost);
    return out;
}

}  // namespace

std::vector<Operation> warehouse_operations() {
    return {operation({.name = "supply.warehouse_levels", .scenario = "8", .summary = {"How much of a good to keep in the warehouse and in each place it feeds, when a place may wait for the warehouse.", "允许等待补货时，某商品在仓库与其供货的各地点应保有多少。"}, .permission = "supply.read", .reasons = {"nothing_sold", "no_goods", "sku_not_found", "not_one_warehouse", "demand_too_wide"}, .length = Length::long_}, &warehouse_levels)};
}

}  // namespace kindling::supply_module

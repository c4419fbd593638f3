#include "modules/supply/limits.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace kindling::supply_module {

// E of the square from second losses.
Cut saved(inventory::Demand const& d, double x, double q) {
    auto const mean = d.loss(x) - d.loss(x + q);
    auto const square = 2 * (d.second_loss(x) - d.second_loss(x + q)) - 2 * q * d.loss(x + q);
    return {mean, std::max(0.0, square - mean * mean)};
}

double saves_minor(Level const& l, double x, double q) { return q <= 0 ? 0 : saved(l.protection, x, q).mean * l.margin - q * l.holding_per_day * l.review_days; }

double keep_most(ShopStock const& stock, std::vector<OrderLine>& lines, double most, Saves const& saves) {
    double before = 0, after = 0;
    for (auto const& l : lines) before += l.quantity;
    std::ranges::stable_sort(lines, std::greater(), [&](OrderLine const& l) { return saves(l) / l.quantity; });
    for (auto& l : lines) {
        auto const& term = stock.goods[stock.stored[l.i].good].term;
        auto const pack = static_cast<double>(term.pack_size);
        l.quantity = std::min(l.quantity, std::floor(most / pack) * pack);
        if (l.quantity < static_cast<double>(term.minimum_quantity)) l.quantity = 0;
        most -= l.quantity, after += l.quantity;
    }
    std::erase_if(lines, [](OrderLine const& l) { return l.quantity <= 0; });
    return before - after;
}

std::vector<double> fill_place(ShopStock const& stock, std::span<std::vector<OrderLine>* const> orders, double room, Saves const& saves) {
    std::vector<OrderLine> all;
    for (auto const* lines : orders) all.insert(all.end(), lines->begin(), lines->end());
    keep_most(stock, all, std::max(0.0, room), saves);
    std::vector<double> out;
    for (auto* lines : orders) {
        std::vector<OrderLine> kept;
        double left = 0;
        for (auto const& line : *lines) {
            auto const found = std::ranges::find(all, line.i, &OrderLine::i);
            left += line.quantity - (found == all.end() ? 0 : found->quantity);
            if (found != all.end()) kept.push_back(*found);
        }
        *lines = std::move(kept), out.push_back(left);
    }
    return out;
}

std::optional<double> most_of_supplier(SupplySettings const& settings, ShopStock const& stock, std::size_t supplier) {
    if (supplier >= stock.suppliers.size()) return {};
    auto const rule = std::ranges::find(settings.suppliers, stock.suppliers[supplier].supplier_id, &SupplierRule::supplier_id);
    if (rule == settings.suppliers.end() || !rule->most_units) return {};
    return static_cast<double>(*rule->most_units);
}

std::optional<std::size_t> place_of(ShopStock const& stock, PlaceRule const& rule) {
    auto const place = std::ranges::find(stock.places, rule.place_id, &PlaceFacts::place_id);
    if (place == stock.places.end()) return {};
    return static_cast<std::size_t>(place - stock.places.begin());
}

std::vector<bool> paid_for(std::span<Spend const> orders, double budget) {
    std::vector<std::size_t> by(orders.size());
    std::iota(by.begin(), by.end(), std::size_t{0});
    std::ranges::stable_sort(by, std::greater(), [&](std::size_t k) { return orders[k].saves / std::max(1.0, orders[k].total); });
    std::vector<bool> out(orders.size());
    double spent = 0;
    for (auto const k : by)
        if (spent + orders[k].total <= budget) spent += orders[k].total, out[k] = true;
    return out;
}

}  // namespace kindling::supply_module

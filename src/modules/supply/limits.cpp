#include "modules/supply/limits.h"
#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace kindling::supply_module {

// E of the square from second losses.
Cut saved(inventory::Demand const& d, double x, double q) {
    auto const mean = d.loss(x) - d.loss(x + q);
    auto const square = 2 * (d.second_loss(x) - d.second_loss(x + q)) - 2 * q * d.loss(x + q);
    return {mean, std::max(0.0, square - mean * mean)};
}

double saves_minor(Level const& l, double x, double q) { return q <= 0 ? 0 : saved(l.protection, x, q).mean * l.margin - q * l.holding_per_day * l.review_days; }

namespace {

// Of what is limited at most so much: units, or their money. `each`: what a unit takes of it.
double keep_within(ShopStock const& stock, std::vector<OrderLine>& lines, double most, Saves const& saves, UnitCost const& each) {
    struct Ranked { OrderLine line; double worth; };
    std::vector<Ranked> by;
    double before = 0, after = 0;
    for (auto const& l : lines) before += l.quantity, by.push_back({l, saves(l) / std::max(1e-9, l.quantity * each(l))});
    std::ranges::stable_sort(by, std::greater(), &Ranked::worth);
    lines.clear();
    for (auto& [l, _] : by) {
        auto const& term = stock.goods[stock.stored[l.i].good].term;
        auto const pack = static_cast<double>(term.pack_size);
        // Fewer may cost more each.
        while (l.quantity > 0 && l.quantity * each(l) > most + 1e-9) l.quantity = std::max(0.0, std::floor(most / each(l) / pack + 1e-9) * pack);
        if (l.quantity < static_cast<double>(term.minimum_quantity)) l.quantity = 0;
        if (l.quantity <= 0) continue;
        most -= l.quantity * each(l), after += l.quantity;
        lines.push_back(l);
    }
    return before - after;
}

}  // namespace

double keep_most(ShopStock const& stock, std::vector<OrderLine>& lines, double most, Saves const& saves) {
    return keep_within(stock, lines, most, saves, [](OrderLine const&) { return 1.0; });
}

std::vector<double> not_ordered(std::span<OrderLine const> wished, std::span<OrderLine const> ordered) {
    std::unordered_map<std::size_t, double> quantity;
    for (auto const& l : ordered) quantity.emplace(l.i, l.quantity);
    std::vector<double> out;
    for (auto const& w : wished) {
        auto const found = quantity.find(w.i);
        out.push_back(w.quantity - (found == quantity.end() ? 0 : found->second));
    }
    return out;
}

std::vector<double> fill_place(ShopStock const& stock, std::span<std::vector<OrderLine>* const> orders, double room, Saves const& saves) {
    std::vector<OrderLine> all;
    for (auto const* lines : orders) all.insert(all.end(), lines->begin(), lines->end());
    auto wished = all;
    keep_most(stock, all, std::max(0.0, room), saves);
    auto const missing = not_ordered(wished, all);
    std::vector<double> out;
    std::size_t at = 0;
    for (auto* lines : orders) {
        double left = 0;
        for (auto& line : *lines) line.quantity -= missing[at], left += missing[at++];
        std::erase_if(*lines, [](OrderLine const& l) { return l.quantity <= 0; });
        out.push_back(left);
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

std::vector<double> spend(ShopStock const& stock, std::span<Priced const> orders, double budget, Saves const& saves, UnitCost const& each) {
    struct Whole { std::size_t number; double total = 0, units = 0, worth = 0; };
    std::vector<Whole> by;
    auto const worth = [&](std::span<OrderLine const> lines) { double sum = 0; for (auto const& l : lines) sum += l.quantity * each(l); return sum; };
    auto const saved_by = [&](std::span<OrderLine const> lines) { double sum = 0; for (auto const& l : lines) sum += saves(l); return sum; };
    for (std::size_t k = 0; k < orders.size(); ++k) {
        Whole w{.number = k, .total = worth(*orders[k].lines)};
        for (auto const& l : *orders[k].lines) w.units += l.quantity;
        w.worth = saved_by(*orders[k].lines) / std::max(1.0, w.total);
        by.push_back(w);
    }
    std::ranges::stable_sort(by, std::greater(), &Whole::worth);
    std::vector<double> out(orders.size());
    for (auto const& w : by) {
        auto const& o = orders[w.number];
        if (w.total <= budget) { budget -= w.total; continue; }
        // What was below the least order before is so because a person or a place said so.
        auto const least = w.total >= o.least ? o.least : 0;
        auto part = *o.lines;
        auto const left = keep_within(stock, part, budget, saves, each);
        auto const paid = worth(part);
        if (part.empty() || paid < least || saved_by(part) <= o.order_cost) { out[w.number] = w.units, o.lines->clear(); continue; }
        out[w.number] = left, budget -= paid, *o.lines = std::move(part);
    }
    return out;
}

}  // namespace kindling::supply_module

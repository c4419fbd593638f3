#include "modules/assortment/deliveries.h"
#include <algorithm>
#include <cmath>
#include <optional>

namespace kindling::assortment_module {

namespace {

using shop::Row, shop::Value;

struct Line {
    double ordered = 0, came_by_due = 0;
};

struct Order {
    std::string supplier;
    Day due = 0;
    bool closed = false;
    std::optional<Day> closed_on;
    double ordered = 0, received = 0;
    bool moved = false;  // stock moves name it
    std::map<std::string, Line> lines;

    // The share that was here by the due day; nothing where nobody can say.
    std::optional<double> came() const {
        if (moved) {
            double by_due = 0;
            for (auto const& [_, l] : lines) by_due += std::clamp(l.came_by_due, 0.0, l.ordered);
            return by_due / ordered;
        }
        if (!closed) return received > 0 ? std::nullopt : std::optional(0.0);
        if (closed_on && *closed_on > due) return 0;
        return received > 0 ? std::min(1.0, received / ordered) : 1;
    }
};

}  // namespace

Result<std::map<std::string, Delivered>> read_deliveries(shop::Transaction& tx, Milliseconds from, Day end, std::map<std::string, double> const& lead_days) {
    Value const year[] = {tx.shop_id(), from};
    std::map<std::string, Order> orders;
    TRY(tx.run("SELECT po.purchase_order_id, po.supplier_id, po.expected_day, po.ordered_at_ms, po.status, po.received_at_ms, l.sku, l.quantity, l.received FROM purchase_orders po JOIN purchase_order_lines l ON l.shop_id = po.shop_id AND l.purchase_order_id = po.purchase_order_id WHERE po.shop_id = ? AND po.ordered_at_ms >= ? AND po.status <> 'cancelled'", year, [&](Row const& row) -> Result<void> {
        auto const lead = lead_days.find(std::string(row.text(1)));
        if ((row.is_null(2) && lead == lead_days.end()) || row.integer(7) <= 0) return {};
        auto const due = row.is_null(2) ? day_of(row.integer(3)) + static_cast<Day>(std::ceil(lead->second)) : static_cast<Day>(row.integer(2));
        if (due >= end) return {};
        auto& o = orders[std::string(row.text(0))];
        o.supplier = row.text(1), o.due = due, o.closed = row.text(4) == "received";
        if (!row.is_null(5)) o.closed = true, o.closed_on = day_of(row.integer(5));
        o.ordered += row.number(7), o.received += row.number(8), o.lines[std::string(row.text(6))].ordered += row.number(7);
        return {};
    }));
    TRY(tx.run("SELECT reference, sku, quantity, at_ms FROM stock_moves WHERE shop_id = ? AND at_ms >= ? AND kind = 'received' AND reference <> ''", year, [&](Row const& row) -> Result<void> {
        auto const o = orders.find(std::string(row.text(0)));
        if (o == orders.end()) return {};
        auto const line = o->second.lines.find(std::string(row.text(1)));
        if (line == o->second.lines.end()) return {};
        o->second.moved = true;
        if (day_of(row.integer(3)) <= o->second.due) line->second.came_by_due += row.number(2);
        return {};
    }));
    std::map<std::string, Delivered> out;
    for (auto const& [_, o] : orders)
        if (auto const came = o.came()) out[o.supplier].came += *came, ++out[o.supplier].orders;
    return out;
}

}  // namespace kindling::assortment_module

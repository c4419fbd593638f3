// supply.places: what each place holds, what is on its way there, and what it can hold by the settings. Counted from the stock of now, not from the plan;
// the plan leaves out of its orders what would not go in (compute.cpp, fill_places: here and on order against most_units).
#include "modules/supply/care.h"
#include "modules/supply/facts.h"
#include <algorithm>
#include <map>

namespace kindling::supply_module {

namespace {

Result<PlacesOfStock> places(Context& context, Nothing const&) {
    auto& tx = context.tx();
    shop::Value const shop[] = {tx.shop_id()};
    std::map<std::string, PlaceStock, std::less<>> found;
    auto const at = [&](std::string_view id) -> PlaceStock& {
        auto& p = found.try_emplace(std::string(id)).first->second;
        p.place_id = id;
        return p;
    };
    TRY(tx.run("SELECT place_id, kind, name_en, name_zh FROM places WHERE shop_id = ?", shop, [&](shop::Row const& row) -> Result<void> {
        auto& p = at(row.text(0));
        p.kind = row.text(1), p.name_en = row.text(2), p.name_zh = row.text(3);
        return {};
    }));
    TRY(tx.run("SELECT place_id, COUNT(*), SUM(CASE WHEN on_hand > 0 THEN on_hand ELSE 0 END) FROM stock WHERE shop_id = ? GROUP BY place_id", shop, [&](shop::Row const& row) -> Result<void> {
        auto& p = at(row.text(0));
        p.goods = row.integer(1), p.on_hand = row.integer(2);
        return {};
    }));
    TRY(tx.run("SELECT po.place_id, SUM(l.quantity - l.received) FROM purchase_orders po JOIN purchase_order_lines l ON l.shop_id = po.shop_id AND l.purchase_order_id = po.purchase_order_id WHERE po.shop_id = ? AND po.status = 'ordered' AND l.quantity > l.received GROUP BY po.place_id", shop, [&](shop::Row const& row) -> Result<void> {
        at(row.text(0)).on_order = row.integer(1);
        return {};
    }));
    for (auto const& rule : TRY(read_settings(tx)).places) {
        auto& p = at(rule.place_id);
        p.most_units = rule.most_units, p.room_units = rule.most_units - p.on_hand - p.on_order;
    }
    PlacesOfStock out;
    for (auto& [_, p] : found) out.places.push_back(std::move(p));
    std::ranges::stable_sort(out.places, std::greater(), &PlaceStock::on_hand);
    return out;
}

}  // namespace

std::vector<Operation> place_operations() {
    return {operation({.name = "supply.places", .scenario = "8", .summary = {"What each place holds, what is on its way there, and what it can hold.", "各地点的在库、在途与可容纳数量。"}, .permission = "supply.read"}, &places)};
}

}  // namespace kindling::supply_module

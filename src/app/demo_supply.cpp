#include "app/demo_supply.h"
#include <algorithm>
#include <boost/json.hpp>

namespace kindling::app {

namespace {

constexpr int goods_with_terms = 30;  // of each of these rows: what was ordered most

struct Agreed {
    std::string_view supplier_id, category_id;  // no category: any
    int pack, life_days;                        // life_days 0: it keeps
    int first_from, first_percent, then_from, then_percent;  // all units of an order of so many are cheaper by so much; 0: never
};
// Life: days in which it may be sold after it came, which is less than until its date. The simulated buyers know nothing of it, so some of what lies there is past it, or will be.
constexpr Agreed agreed[] = {
    {"S17", "", 12, 0, 0, 0, 0, 0},            // bottles come in cartons
    {"S19", "", 6, 0, 60, 4, 180, 8},          // cosmetics: cartons, and cheaper by quantity
    {"S20", "serums", 6, 180, 0, 0, 0, 0},     // serums and sunscreens lose their strength
    {"S20", "sunscreens", 6, 240, 0, 0, 0, 0},
    {"S23", "pet-food", 4, 120, 40, 3, 0, 0},  // pet food spoils
    {"S24", "pet-food", 4, 120, 0, 0, 0, 0},
};
constexpr std::string_view by_reorder_point = "S13", sends = "WH-SH", receives = "WH-TJ";
constexpr int route_days = 3, route_cost_minor = 150;

}  // namespace

Result<void> agree_demo_terms(App& app) {
    json::array terms;
    bool watched = false, route = false;
    {
        auto const tx = TRY(app.services().store->read(1));
        for (auto const& a : agreed) {
            shop::Value const values[] = {tx->shop_id(), a.supplier_id, a.category_id, a.category_id, std::int64_t{goods_with_terms}};
            TRY(tx->run("SELECT l.sku, MAX(l.cost_minor) FROM purchase_order_lines l JOIN purchase_orders o ON o.shop_id = l.shop_id AND o.purchase_order_id = l.purchase_order_id JOIN variants v ON v.shop_id = l.shop_id AND v.sku = l.sku JOIN products p ON p.shop_id = v.shop_id AND p.product_id = v.product_id WHERE l.shop_id = ? AND o.supplier_id = ? AND (? = '' OR p.category_id = ?) GROUP BY l.sku ORDER BY SUM(l.quantity) DESC, l.sku LIMIT ?", values, [&](shop::Row const& row) -> Result<void> {
                auto const cost = row.integer(1);
                json::object term{{"sku", row.text(0)}, {"supplier_id", a.supplier_id}, {"cost_minor", cost}, {"pack_size", a.pack}, {"minimum_quantity", a.pack}};
                if (a.life_days) term["shelf_life_days"] = a.life_days;
                json::array steps;
                for (auto const& [from, percent] : {std::pair(a.first_from, a.first_percent), std::pair(a.then_from, a.then_percent)})
                    if (from) steps.push_back(json::object{{"from_quantity", from}, {"cost_minor", cost * (100 - percent) / 100}});
                term["price_steps"] = std::move(steps);
                terms.push_back(std::move(term));
                return {};
            }));
        }
        watched = TRY(tx->integer("SELECT COUNT(*) FROM suppliers WHERE shop_id = ? AND supplier_id = ?", tx->shop_id(), std::string(by_reorder_point))) > 0;
        route = TRY(tx->integer("SELECT COUNT(*) FROM places WHERE shop_id = ? AND place_id IN (?, ?)", tx->shop_id(), std::string(sends), std::string(receives))) == 2;
    }
    gateway::Call const staff{.caller = App::system_caller(), .request_id = "demo"};
    if (!terms.empty()) TRY(app.executor().call("supply.save_terms", json::object{{"terms", std::move(terms)}}, staff));
    json::object settings;
    if (watched) settings["suppliers"] = json::array{json::object{{"supplier_id", by_reorder_point}, {"policy", "reorder_point"}}};
    if (route) settings["routes"] = json::array{json::object{{"from_place_id", sends}, {"to_place_id", receives}, {"days", route_days}, {"cost_minor", route_cost_minor}}};
    TRY(app.executor().call("supply.save_settings", settings, staff));
    return {};
}

}  // namespace kindling::app

// supply.front_items and supply.placement (with supply.allocate, the operations over several places).
//
// Placement: for every good a network of its places, tied by the routes of the settings without circles (routes.h). A place without a route into it is supplied from outside, after the supplier's lead
// time and one review; a route takes its days. Places that sell promise nothing to wait; what the others promise is chosen so that safety stock costs least
// (engines/inventory/placement.h, guaranteed service). A place's demand bound is z(promise) x deviation of a day. Stock costs a hundredth more at each step
// towards the customer. `alone`: every place covers its own whole supply time.
#include "engines/inventory/placement.h"
#include "engines/inventory/front_items.h"
#include "modules/supply/care.h"
#include "modules/supply/now.h"
#include "modules/supply/routes.h"
#include "modules/supply/sql.h"
#include "shop/catalogue/operations.h"
#include "shop/orders/history_end.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace kindling::supply_module {

Result<Allocation> allocate(Context&, Allocate const&);

namespace {

struct Sold { std::string sku, product_id, title_en, title_zh; double units = 0; };

Result<FrontAnswer> front(Context& context, ChooseFront const& in) {
    std::vector<Sold> goods;
    std::unordered_map<std::string, std::uint32_t> number;
    std::vector<std::vector<std::uint32_t>> orders;
    double days = 0;
    {
        auto tx = TRY(context.services.store->read(context.shop_id));
        auto const last = TRY(shop::newest_order(*tx, context.now));
        if (last == 0) return fail(Errc::failed_precondition, "nothing_sold", "There are no orders to learn from: record or import some first.");
        days = static_cast<double>(in.days);
        shop::Value const values[] = {context.shop_id, last - in.days * milliseconds_per_day, last};
        std::string order;
        TRY(tx->run("SELECT o.order_id, l.sku, l.quantity, l.product_id, COALESCE(p.title_en, ''), COALESCE(p.title_zh, '') FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id LEFT JOIN products p ON p.shop_id = l.shop_id AND p.product_id = l.product_id WHERE o.shop_id = ? AND o.placed_at_ms > ? AND o.placed_at_ms <= ? AND o.status <> 'cancelled' AND l.quantity > 0 ORDER BY o.order_id, l.line", values, [&](shop::Row const& row) -> Result<void> {
            if (orders.empty() || row.text(0) != order) order = std::string(row.text(0)), orders.emplace_back();
            auto const [at, fresh] = number.try_emplace(std::string(row.text(1)), static_cast<std::uint32_t>(goods.size()));
            if (fresh) goods.push_back({at->first, std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)), 0});
            goods[at->second].units += row.number(2);
            if (std::ranges::find(orders.back(), at->second) == orders.back().end()) orders.back().push_back(at->second);
            return {};
        }));
    }
    auto const choice = TRY(inventory::front_items(goods.size(), orders, {}, static_cast<std::size_t>(in.item_places)));
    auto const share = [&](double v) { return choice.total > 0 ? std::round(1e4 * v / choice.total) / 1e4 : 0; };
    FrontAnswer out{.orders = static_cast<std::int64_t>(orders.size()), .served_share = share(choice.served), .best_seller_share = share(choice.best_sellers), .items = {}};
    for (auto const g : choice.goods) out.items.push_back({goods[g].sku, goods[g].product_id, goods[g].title_en, goods[g].title_zh, std::round(1000 * goods[g].units / days) / 1000});
    std::ranges::stable_sort(out.items, std::greater(), &FrontItem::daily_mean);
    return out;
}

Result<PlacementAnswer> placement(Context& context, Nothing const&) {
    auto const [stock, settings] = TRY(read_now(context));
    auto const ahead = TRY(demand_ahead(stock, stock.today, 60, context.threads(), context.progress));
    auto const levels = TRY(make_levels(stock, ahead, settings, {.origin = stock.today, .rule = LevelRule::moments, .threads = context.threads()}, context.progress));
    PlacementAnswer out{.currency = stock.currency, .routes = static_cast<std::int64_t>(settings.routes.size()), .networks = 0, .alone_minor = 0, .safety_minor = 0, .largest_gap = 0, .returning = {}, .places = {}};
    std::map<std::size_t, PlaceSafety> by_place;
    std::map<std::size_t, std::vector<std::size_t>> by_good;
    for (std::size_t i = 0; i < stock.stored.size(); ++i) if (levels.of[i].daily > 0 && stock.goods[stock.stored[i].good].on_sale) by_good[stock.stored[i].good].push_back(i);
    auto const routes = supply_routes(stock, settings, out.returning);
    for (auto const& [good, rows] : by_good) {
        if (context.progress.stopped()) return fail(Errc::unavailable, "cancelled", "Cancelled.");
        // Stages: the places that sell it, and those that routes bring it from.
        std::map<std::size_t, std::uint32_t> stage;
        inventory::Network network;
        std::vector<double> own;
        std::vector<std::size_t> place_of;
        auto const& lead = levels.lead(stock.stored[rows[0]]);
        auto const outside = static_cast<int>(std::lround(lead.mean + static_cast<double>(lead.review_days)));
        auto const cost = levels.of[rows[0]].cost;
        auto const add = [&](std::size_t place) {
            auto const [at, fresh] = stage.try_emplace(place, static_cast<std::uint32_t>(network.stages.size()));
            if (fresh) network.stages.push_back({}), own.push_back(0), place_of.push_back(place);
            return at->second;
        };
        for (auto const i : rows) {
            auto const s = add(stock.stored[i].place);
            own[s] = inventory::normal_quantile(std::clamp(levels.of[i].fill_target, 0.5, 0.9999)) * std::sqrt(ahead[i].variance(28) / 28);
            network.stages[s].service_at_most = 0;
        }
        // Upstream places, until no route brings in a new one.
        for (std::size_t s = 0; s < place_of.size(); ++s)
            for (auto const& r : routes) {
                if (r.to != place_of[s]) continue;
                network.arcs.push_back({.from = add(r.from), .to = static_cast<std::uint32_t>(s)});
                network.stages[s].time = std::max(network.stages[s].time, r.days);
            }
        std::vector<int> depth(network.stages.size());
        for (std::size_t round = 0; round < depth.size(); ++round) for (auto const& a : network.arcs) depth[a.to] = std::max(depth[a.to], depth[a.from] + 1);
        for (std::size_t s = 0; s < network.stages.size(); ++s) {
            auto& st = network.stages[s];
            st.holding = std::max(1.0, cost) * (1 + 0.01 * depth[s]);
            if (std::ranges::none_of(network.arcs, [&](inventory::Arc const& a) { return a.to == s; })) st.inbound_at_least = outside;
        }
        auto const bound = TRY(inventory::bounds(network, own));
        for (std::size_t s = 0; s < bound.size(); ++s) network.stages[s].bound = bound[s];
        auto const placed = TRY(inventory::place_safety_stock(network, {.gap = 0.01, .passes = 200}));
        if (!network.arcs.empty()) ++out.networks, out.largest_gap = std::max(out.largest_gap, placed.gap());
        for (std::size_t s = 0; s < bound.size(); ++s) {
            auto& p = by_place[place_of[s]];
            p.place_id = stock.places[place_of[s]].place_id, ++p.goods;
            // Alone: all of the way from outside to here is covered here, for what is sold here.
            auto total = network.stages[s].inbound_at_least + network.stages[s].time;
            if (network.stages[s].inbound_at_least == 0 && depth[s] > 0) total += outside;
            auto const alone = own[s] * std::sqrt(static_cast<double>(total));
            p.alone_units += std::llround(alone), p.alone_minor += std::llround(alone * cost);
            p.safety_units += std::llround(placed.safety_stock[s]), p.safety_minor += std::llround(placed.safety_stock[s] * cost), p.service_days += placed.service[s];
        }
    }
    for (auto& [_, p] : by_place) {
        p.service_days = std::round(100 * p.service_days / static_cast<double>(p.goods)) / 100;
        out.alone_minor += p.alone_minor, out.safety_minor += p.safety_minor, out.places.push_back(std::move(p));
    }
    out.largest_gap = std::round(1e4 * out.largest_gap) / 1e4;
    return out;
}

}  // namespace

std::vector<Operation> network_operations() {
    return {
        operation({.name = "supply.allocate", .scenario = "8", .summary = {"Move stock between places to where it is most likely to be asked for, and propose the transfers as decisions.", "在地点之间调拨库存到最可能被需要之处，并将调拨提为决策。"}, .effect = Effect::propose, .permission = "supply.propose", .reasons = {"nothing_sold", "no_goods"}, .length = Length::long_}, &allocate),
        operation({.name = "supply.front_items", .scenario = "8", .summary = {"Which goods to keep in a front warehouse, so that the most orders are served whole from there.", "前置仓选品：使最多订单可由前置仓整单满足的商品。"}, .permission = "supply.read", .reasons = {"nothing_sold"}, .length = Length::long_}, &front),
        operation({.name = "supply.placement", .scenario = "8", .summary = {"Where to keep safety stock along the routes between places, and what that saves against every place caring for itself.", "安全库存沿路线如何布局，相比各地点各自为政可节省多少。"}, .permission = "supply.read", .reasons = {"nothing_sold", "no_goods"}, .length = Length::long_}, &placement),
    };
}

}  // namespace kindling::supply_module

#include "shop/stock/api.h"
#include "shop/catalogue/operations.h"
#include "shop/page.h"
#include <fmt/format.h>

namespace kindling::shop {

Result<Saved> record_moves(Context& context, RecordMoves const& in) {
    auto& tx = context.tx();
    auto const count = in.moves.size();
    if (count == 0) return Saved{};
    auto const first = TRY(tx.next_sequence("stock_moves", static_cast<std::int64_t>(count)));
    // Moves of one SKU and place are added up first: one row to change instead of many, and only the sum may not go below zero.
    std::map<std::pair<std::string_view, std::string_view>, std::pair<std::int64_t, std::size_t>> sums;
    for (std::size_t i = 0; i < count; ++i) {
        auto& [sum, last] = sums[{in.moves[i].sku, in.moves[i].place_id}];
        sum += in.moves[i].quantity, last = i;
    }
    for (auto const& [key, value] : sums) {
        auto const now = TRY(tx.integer("INSERT INTO stock (shop_id, sku, place_id, on_hand, updated_at_ms) VALUES (?,?,?,?,?) ON CONFLICT (shop_id, sku, place_id) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand, updated_at_ms = excluded.updated_at_ms RETURNING on_hand",
                                        tx.shop_id(), key.first, key.second, value.first, context.now));
        if (now < 0)
            return fail(Errc::failed_precondition, "not_enough_stock", fmt::format("{} at {} would fall to {} units; nothing was moved.", key.first, key.second, now), {{fmt::format("/moves/{}/quantity", value.second), "not_enough_stock", fmt::format("would leave {} units", now)}});
    }
    TRY(tx.run_many("INSERT INTO stock_moves (shop_id, seq, sku, place_id, quantity, kind, reference, at_ms) VALUES (?,?,?,?,?,?,?,?)", count, [&](std::size_t i, std::vector<Value>& values) {
        auto const& m = in.moves[i];
        values = {tx.shop_id(), first + static_cast<std::int64_t>(i), m.sku, m.place_id, m.quantity, m.kind, m.reference, m.at_ms.value_or(context.now)};
    }));
    tx.changed("stock");
    return Saved{.created = static_cast<std::int64_t>(count)};
}

Result<void> set_main_stock(Context& context, std::string const& sku, std::int64_t units) {
    auto& tx = context.tx();
    auto const sellable = TRY(tx.integer("SELECT SUM(on_hand - reserved) FROM stock WHERE shop_id = ? AND sku = ?", tx.shop_id(), sku));
    if (sellable == units) {
        // A first count of zero must still leave a row: "none" is not "unknown".
        TRY(tx.execute("INSERT INTO stock (shop_id, sku, place_id, on_hand, updated_at_ms) VALUES (?,?,'main',0,?) ON CONFLICT (shop_id, sku, place_id) DO NOTHING", tx.shop_id(), sku, context.now));
        return {};
    }
    RecordMoves moves;
    moves.moves.push_back({sku, "main", units - sellable, "adjusted", "count", context.now});
    TRY(record_moves(context, moves));
    return {};
}

Result<Saved> save_places(Context& context, SavePlaces const& in) {
    auto& tx = context.tx();
    for (auto const& p : in.places)
        TRY(tx.execute("INSERT INTO places (shop_id, place_id, kind, name_en, name_zh, country, city, latitude, longitude) VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, place_id) DO UPDATE SET kind = excluded.kind, name_en = excluded.name_en, name_zh = excluded.name_zh, country = excluded.country, city = excluded.city, latitude = excluded.latitude, longitude = excluded.longitude",
                       tx.shop_id(), p.place_id, p.kind, p.name_en, p.name_zh, p.country, p.city, p.latitude, p.longitude));
    return Saved{.updated = static_cast<std::int64_t>(in.places.size())};
}

namespace {

Result<StockPage> list_stock(Context& context, ListStock const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("stock", in.page_token, 2));
    std::string where = "shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (!in.sku.empty()) where += " AND sku = ?", values.emplace_back(in.sku);
    if (!in.place_id.empty()) where += " AND place_id = ?", values.emplace_back(in.place_id);
    if (!keys.empty()) where += " AND (sku, place_id) > (?, ?)", values.emplace_back(keys[0]), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    StockPage page{TRY(tx.select_with<StockLevel>("SELECT sku, place_id, on_hand, reserved, updated_at_ms FROM stock WHERE " + where + " ORDER BY sku, place_id LIMIT ?", values)), {}};
    if (page.levels.size() > static_cast<std::size_t>(in.page_size)) {
        page.levels.pop_back();
        std::string const last[] = {page.levels.back().sku, page.levels.back().place_id};
        page.next_page_token = page_token("stock", last);
    }
    return page;
}

}  // namespace

std::vector<Operation> stock_operations() {
    return {
        operation({.name = "stock.save_places", .scenario = "8", .summary = {"Name the places where goods are kept, made or sold.", "登记存放、生产或销售货物的地点。"}, .effect = Effect::act, .permission = "stock.write"}, &save_places),
        operation({.name = "stock.record_moves", .scenario = "8", .summary = {"Record goods that came in, went out or were counted; stock follows from the moves.", "登记入库、出库与盘点；库存由变动累计得出。"}, .effect = Effect::act, .permission = "stock.write", .reasons = {"not_enough_stock"}}, &record_moves),
        operation({.name = "stock.list", .scenario = "8", .summary = {"Stock by SKU and place.", "按 SKU 与地点列出库存。"}, .permission = "stock.read"}, &list_stock),
    };
}

}  // namespace kindling::shop

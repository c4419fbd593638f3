// What may have changed in rows that were read already: by the notes, by comparing with the store.
#include "shop/analysis/work.h"

namespace kindling::shop::analysis {

using facts::Query;

// A code that stands in a dictionary can be read from the file even when no row uses it: both tables are written anew.
Result<void> ShopFacts::find_forgotten(Work& w) {
    if (!compared_) {
        Value const values[] = {shop_id_};
        TRY(w.tx.run("SELECT customer_id FROM customers WHERE shop_id = ? AND forgotten_at_ms IS NOT NULL", values, [&](Row const& row) -> Result<void> { w.notes.forgotten.emplace(row.text(0)); return {}; }));
    }
    forgotten_.insert(w.notes.forgotten.begin(), w.notes.forgotten.end());
    for (auto t : {Table::order_lines, Table::events}) {
        if (w.notes.forgotten.empty()) break;
        auto const table = open(t);
        auto const column = table ? table->column("customer") : Result<facts::Column>(std::unexpected(table.error()));
        if (!column) continue;  // missing or damaged: built anew anyway
        for (auto const& id : w.notes.forgotten)
            if (column->code_of(id)) w.fresh(t) = true;
    }
    return {};
}

// Orders of products that stand under another category now.
Result<void> ShopFacts::find_moved_products(Work& w) {
    if (w.fresh(Table::order_lines) || (compared_ && !w.notes.all_products && w.notes.products.empty())) return {};
    auto const table = open(Table::order_lines);
    if (!table || table->schema() != schema_of(Table::order_lines)) return {};
    if (category_of_.empty()) {
        auto const known = TRY(Query(*table).group_by({"product", "category"}).measure({facts::count()}).run());
        for (std::size_t i = 0; i < static_cast<std::size_t>(known.rows); ++i) {
            auto const [at, first] = category_of_.try_emplace(known.columns[0].texts[i], known.columns[1].texts[i]);
            if (!first && at->second != known.columns[1].texts[i]) at->second = "\n";  // two: certainly not right
        }
    }
    std::vector<facts::Value> moved;
    auto const look = [&](std::string_view sql, std::span<Value const> values) {
        return w.tx.run(sql, values, [&](Row const& row) -> Result<void> {
            auto const known = category_of_.find(std::string(row.text(0)));
            if (known != category_of_.end() && known->second != row.text(1)) moved.emplace_back(known->first);
            return {};
        });
    };
    if (!compared_ || w.notes.all_products) {
        Value const values[] = {shop_id_};
        TRY(look("SELECT product_id, category_id FROM products WHERE shop_id = ?", values));
    } else {
        for (auto const& id : w.notes.products) {
            Value const values[] = {shop_id_, id};
            TRY(look("SELECT product_id, category_id FROM products WHERE shop_id = ? AND product_id = ?", values));
        }
    }
    if (moved.empty()) return {};
    auto const orders = TRY(Query(*table).where(facts::one_of("product", std::move(moved))).group_by({"order_id"}).measure({facts::count()}).run());
    for (auto const& id : orders.columns[0].texts) w.changed_orders.insert(id), state_of_.erase(id);
    return {};
}

// Statuses only ever move forward, so equal numbers of orders in each status mean equal statuses.
Result<void> ShopFacts::compare_with_store(Work& w) {
    auto const lines = TRY(open(Table::order_lines)), events = TRY(open(Table::events)), moves = TRY(open(Table::stock_moves));
    auto const shop = shop_id_;
    auto const returned = facts::equals("kind", std::string("return"));
    auto const count_where = [](facts::Table const& t, facts::Filter f) -> Result<std::int64_t> { return TRY(Query(t).where(f).measure({facts::count()}).run()).columns[0].numbers[0]; };
    if (TRY(count_where(lines, !returned)) != TRY(w.tx.integer("SELECT COUNT(*) FROM order_lines WHERE shop_id = ?", shop)) || TRY(count_where(lines, returned)) != TRY(w.tx.integer("SELECT COUNT(*) FROM returns WHERE shop_id = ?", shop))) w.fresh(Table::order_lines) = true;
    if (events.rows() != TRY(w.tx.integer("SELECT COUNT(*) FROM events WHERE shop_id = ?", shop))) w.fresh(Table::events) = true;
    if (moves.rows() != TRY(w.tx.integer("SELECT COUNT(*) FROM stock_moves WHERE shop_id = ?", shop))) w.fresh(Table::stock_moves) = true;

    std::map<std::string, std::int64_t> there, here;
    Value const values[] = {shop};
    TRY(w.tx.run("SELECT status, COUNT(*) FROM orders WHERE shop_id = ? GROUP BY status", values, [&](Row const& row) -> Result<void> { there[std::string(row.text(0))] = row.integer(1); return {}; }));
    auto const by_status = TRY(Query(lines).where(!returned).group_by({"status"}).measure({facts::count_distinct("order_id")}).run());
    for (std::size_t i = 0; i < static_cast<std::size_t>(by_status.rows); ++i) here[by_status.columns[0].texts[i]] = by_status.columns[1].numbers[i];
    if (here == there) return {};
    std::map<std::string, std::string> status_of;
    TRY(w.tx.run("SELECT order_id, status FROM orders WHERE shop_id = ?", values, [&](Row const& row) -> Result<void> { status_of.emplace(row.text(0), row.text(1)); return {}; }));
    auto const known = TRY(Query(lines).group_by({"order_id", "status"}).measure({facts::count()}).run());
    for (std::size_t i = 0; i < static_cast<std::size_t>(known.rows); ++i) {
        auto const& id = known.columns[0].texts[i];
        auto const now = status_of.find(id);
        if (now == status_of.end()) w.fresh(Table::order_lines) = true;
        else if (now->second != known.columns[1].texts[i]) w.changed_orders.insert(id), state_of_.erase(id);
    }
    return {};
}

Result<std::vector<TableStatus>> ShopFacts::status() {
    auto const tx = TRY(store_.read(shop_id_));
    auto const h = TRY(heads(*tx));
    std::vector<TableStatus> all;
    for (auto t : all_tables) {
        TableStatus s{.table = t};
        auto const table = open(t);
        std::error_code ignored;
        for (auto const& entry : std::filesystem::directory_iterator(folder_of(t), ignored)) s.bytes += entry.is_regular_file(ignored) ? static_cast<std::int64_t>(entry.file_size(ignored)) : 0;
        if (table) {
            s.rows = table->rows(), s.watermark = table->watermark();
            auto const w = Watermark::parse(s.watermark).value_or(Watermark{.version = 0});
            if (w.version != facts_version || w.zone != h.zone || table->schema() != schema_of(t)) s.problem = "outdated";
            s.behind = t == Table::order_lines ? h.lines - w.rows + h.returns - w.returns : t == Table::events ? h.events - w.rows : t == Table::stock_moves ? h.moves - w.rows : 0;
        } else {
            s.problem = table.error().reason == "facts_not_found" ? "missing" : "damaged";
            s.behind = t == Table::order_lines ? h.lines + h.returns : t == Table::events ? h.events : t == Table::stock_moves ? h.moves : 0;
        }
        all.push_back(std::move(s));
    }
    if (all[3].problem.empty() && all[3].watermark != all[0].watermark + " | " + all[2].watermark) all[3].behind = 1;
    return all;
}

}  // namespace kindling::shop::analysis

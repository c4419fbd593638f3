#include "shop/imports/kept_rows.h"
#include "core/hex.h"
#include "core/json_text.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::shop::imports {

namespace {

enum class As { text, integer, number, bytes };
struct Column {
    std::string_view name;
    As as = As::text;
};
struct KeptRows {
    std::string_view table, key;  // key: the column, or an expression, that names the thing
    std::vector<Column> columns;
    std::string_view from = {}, where = {};  // if it is more than the table: v is what is asked for
    bool written = true;          // false: only read
};

std::vector<KeptRows> const& rows_of(Thing thing) {
    constexpr auto integer = As::integer, number = As::number, bytes = As::bytes;
    static std::vector<KeptRows> const all[thing_count] = {
        {{"shops", "'shop'", {{"name"}, {"name_zh"}, {"currency"}, {"locale"}}, "", "", false}},
        {{"categories", "category_id", {{"category_id"}, {"parent_id"}, {"name_en"}, {"name_zh"}, {"position", integer}}}},
        {{"products", "product_id", {{"product_id"}, {"category_id"}, {"brand"}, {"brand_zh"}, {"title_en"}, {"title_zh"}, {"description_en"}, {"description_zh"}, {"status"}, {"created_at_ms", integer}, {"updated_at_ms", integer}, {"source"}}},
         {"variants", "product_id", {{"sku"}, {"product_id"}, {"position", integer}, {"title_en"}, {"title_zh"}, {"barcode"}, {"price_minor", integer}, {"compare_at_minor", integer}, {"cost_minor", integer}, {"currency"}, {"weight_g", integer}, {"status"}}},
         {"attributes", "product_id", {{"sku"}, {"name"}, {"product_id"}, {"position", integer}, {"text_en"}, {"text_zh"}, {"number", number}, {"unit"}}},
         {"media", "product_id", {{"position", integer}, {"product_id"}, {"sku"}, {"asset"}, {"kind"}, {"alt_en"}, {"alt_zh"}}},
         {"stock", "v.product_id", {{"s.sku"}, {"s.place_id"}, {"s.on_hand", integer}, {"s.reserved", integer}}, "variants v CROSS JOIN stock s", "s.shop_id = v.shop_id AND s.sku = v.sku AND ", false}},
        {{"variants", "sku", {{"sku"}, {"product_id"}, {"position", integer}, {"title_en"}, {"title_zh"}, {"barcode"}, {"price_minor", integer}, {"compare_at_minor", integer}, {"cost_minor", integer}, {"currency"}, {"weight_g", integer}, {"status"}}}},
        {{"customers", "customer_id", {{"customer_id"}, {"locale"}, {"country"}, {"region"}, {"city"}, {"name_sealed", bytes}, {"email_sealed", bytes}, {"phone_sealed", bytes}, {"email_lookup"}, {"phone_lookup"}, {"password_hash"}, {"created_at_ms", integer}, {"forgotten_at_ms", integer}, {"source"}}},
         {"consents", "customer_id", {{"purpose"}, {"customer_id"}, {"granted", integer}, {"at_ms", integer}, {"source"}}}},
        {{"customer_identities", "lookup", {{"kind"}, {"lookup"}, {"customer_id"}, {"value_sealed", bytes}}}},
        {{"orders", "order_id", {{"status"}, {"tracking"}, {"shipped_at_ms", integer}, {"delivered_at_ms", integer}}, "", "", false}},
        {{"orders", "order_id", {{"subtotal_minor", integer}, {"shipping_minor", integer}, {"total_minor", integer}, {"status"}}, "", "", false}},
        {{"reviews", "review_id", {{"review_id"}, {"product_id"}, {"customer_id"}, {"rating", integer}, {"title"}, {"body"}, {"language"}, {"author"}, {"status"}, {"created_at_ms", integer}}}},
        {{"payments", "payment_id", {{"payment_id"}, {"order_id"}, {"provider"}, {"reference"}, {"kind"}, {"amount_minor", integer}, {"currency"}, {"status"}, {"at_ms", integer}}}},
    };
    return all[static_cast<std::size_t>(thing)];
}

json::value cell_of(Row const& row, int at, As as) {
    if (row.is_null(at)) return nullptr;
    switch (as) {
    case As::text: return json::value(row.text(at));
    case As::integer: return row.integer(at);
    case As::number: return row.number(at);
    case As::bytes: return json::value(to_hex(row.text(at)));
    }
    return nullptr;
}

}  // namespace

std::string_view name_of(Thing thing) { return name(thing); }

Thing thing_named(std::string_view text) {
    for (std::size_t i = 0; i < thing_count; ++i)
        if (name_of(static_cast<Thing>(i)) == text) return static_cast<Thing>(i);
    return Thing::shop;
}

Result<std::unordered_map<std::string, std::string>> read_rows(Transaction& tx, Thing thing, std::span<std::string const> keys) {
    constexpr std::size_t batch = 200;
    std::unordered_map<std::string, std::string> out;
    auto const& tables = rows_of(thing);
    for (std::size_t from = 0; from < keys.size(); from += batch) {
        auto const some = keys.subspan(from, std::min(batch, keys.size() - from));
        std::unordered_map<std::string, json::object> found;
        for (auto const& t : tables) {
            bool const joined = !t.from.empty();
            // Repeated marks keep the statement's text the same for every batch, so it is prepared once; a single key has its own.
            auto const marks = some.size() == 1 ? std::size_t{1} : batch;
            std::string sql = fmt::format("SELECT {} AS thing", t.key);
            for (auto const& c : t.columns) sql += fmt::format(", {}", c.name);
            // Nothing is ordered here: SQLite, which has no statistics of tables that are being filled, would walk a whole table in that order
            // rather than look up one key and sort. CROSS JOIN is its word for "in this order"; to PostgreSQL it says nothing.
            sql += fmt::format(" FROM {} WHERE {}{} = ? AND {} IN (?", joined ? t.from : t.table, t.where, joined ? "v.shop_id" : "shop_id", t.key);
            std::vector<Value> values{tx.shop_id(), some[0]};
            for (std::size_t i = 1; i < marks; ++i) sql += ",?", values.emplace_back(some[std::min(i, some.size() - 1)]);
            if (thing == Thing::identity) sql += ") AND kind IN ('imported_id'";
            TRY(tx.run(sql + ")", values, [&](Row const& row) -> Result<void> {
                json::array cells;
                for (std::size_t i = 0; i < t.columns.size(); ++i) cells.push_back(cell_of(row, static_cast<int>(i) + 1, t.columns[i].as));
                auto& list = found[std::string(row.text(0))][t.table];
                if (!list.is_array()) list = json::array();
                list.get_array().push_back(std::move(cells));
                return {};
            }));
        }
        for (auto& [key, rows] : found) {
            for (auto& [table, list] : rows) std::ranges::sort(list.get_array(), {}, [](json::value const& cells) { return to_text(cells); });
            out.emplace(key, to_text(rows));
        }
    }
    return out;
}

Result<void> write_rows(Transaction& tx, Thing thing, std::string const& key, std::string const& text) {
    auto const rows = TRY(parse_json(text));
    for (auto const& t : rows_of(thing)) {
        if (!t.written) continue;
        TRY(tx.execute(fmt::format("DELETE FROM {} WHERE shop_id = ? AND {} = ?{}", t.table, t.key, thing == Thing::identity ? " AND kind = 'imported_id'" : ""), tx.shop_id(), key));
        auto const* list = rows.get_object().if_contains(t.table);
        if (!list) continue;
        std::string sql = fmt::format("INSERT INTO {} (shop_id", t.table), marks = "?";
        for (auto const& c : t.columns) sql += fmt::format(", {}", c.name), marks += ",?";
        sql += ") VALUES (" + marks + ")";
        for (auto const& row : list->get_array()) {
            std::vector<std::string> bytes;  // what the values borrow
            bytes.reserve(t.columns.size());
            std::vector<Value> values{tx.shop_id()};
            for (std::size_t i = 0; i < t.columns.size(); ++i) {
                auto const& cell = row.get_array().at(i);
                if (cell.is_null()) values.emplace_back();
                else if (t.columns[i].as == As::text) values.emplace_back(std::string_view(cell.get_string()));
                else if (t.columns[i].as == As::integer) values.emplace_back(cell.to_number<std::int64_t>());
                else if (t.columns[i].as == As::number) values.emplace_back(cell.to_number<double>());
                else values.emplace_back(Bytes{bytes.emplace_back(from_hex(cell.get_string()).value_or(""))});
            }
            TRY(tx.run(sql, values, {}));
        }
    }
    return {};
}

std::int64_t digest_of(std::string_view rows) {
    std::uint64_t h = 14695981039346656037ull;
    for (unsigned char c : rows) h = (h ^ c) * 1099511628211ull;
    return static_cast<std::int64_t>(h);
}

std::vector<KeptTable> kept_tables() {
    std::vector<KeptTable> out;
    for (std::size_t i = 0; i < thing_count; ++i)
        for (auto const& t : rows_of(static_cast<Thing>(i)))
            if (t.written) {
                out.push_back({t.table, {}});
                for (auto const& c : t.columns) out.back().columns.push_back(c.name);
            }
    return out;
}

}  // namespace kindling::shop::imports

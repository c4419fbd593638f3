#include "shop/imports/export.h"
#include "core/json_text.h"
#include "core/money.h"
#include "shop/catalogue/operations.h"
#include "core/id.h"
#include "shop/duckdb/duckdb.h"
#include "shop/files/csv_writer.h"
#include "shop/orders/api.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fstream>

namespace kindling::shop::imports {

namespace {

enum class As { text, amount, number, time, name, email, phone };

struct Column {
    std::string_view name;
    As as = As::text;
};

struct Table {
    std::string_view name;
    std::string_view sql;  // one `?`: the shop; columns in this order
    std::vector<Column> columns;
};

std::span<Table const> tables() {
    static Table const all[] = {
        {"products",
         "SELECT p.product_id, v.sku, p.title_en, p.title_zh, p.description_en, p.description_zh, p.category_id, p.brand, p.brand_zh, v.price_minor, v.compare_at_minor, v.cost_minor, v.currency, v.barcode, v.weight_g, "
         "(SELECT SUM(s.on_hand - s.reserved) FROM stock s WHERE s.shop_id = v.shop_id AND s.sku = v.sku), p.status FROM products p JOIN variants v ON v.shop_id = p.shop_id AND v.product_id = p.product_id AND v.status = 'active' WHERE p.shop_id = ? ORDER BY p.product_id, v.position, v.sku",
         {{"product_id"}, {"sku"}, {"title"}, {"title_zh"}, {"description"}, {"description_zh"}, {"category"}, {"brand"}, {"brand_zh"}, {"price", As::amount}, {"compare_at", As::amount}, {"cost", As::amount}, {"currency"}, {"barcode"}, {"weight_g", As::number}, {"stock", As::number}, {"status"}}},
        {"customers", "SELECT customer_id, name_sealed, email_sealed, phone_sealed, locale, country, region, city, created_at_ms FROM customers WHERE shop_id = ? AND forgotten_at_ms IS NULL ORDER BY customer_id",
         {{"customer_id"}, {"customer_name", As::name}, {"email", As::email}, {"phone", As::phone}, {"language"}, {"country"}, {"region"}, {"city"}, {"created_at", As::time}}},
        {"orders",
         "SELECT o.order_id, o.placed_at_ms, o.status, o.customer_id, o.currency, o.country, o.channel, l.sku, l.product_id, l.title, l.quantity, l.unit_price_minor, l.discount_minor, o.discount_minor, o.shipping_minor, o.total_minor, o.shipped_at_ms, o.delivered_at_ms "
         "FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id WHERE o.shop_id = ? ORDER BY o.order_id, l.line",
         {{"order_id"}, {"placed_at", As::time}, {"status"}, {"customer_id"}, {"currency"}, {"country"}, {"channel"}, {"sku"}, {"product_id"}, {"title"}, {"quantity", As::number}, {"unit_price", As::amount}, {"line_discount", As::amount}, {"discount", As::amount}, {"shipping", As::amount}, {"total", As::amount}, {"shipped_at", As::time}, {"delivered_at", As::time}}},
    };
    return all;
}

std::string_view purpose(As as) { return as == As::name ? "name" : as == As::email ? "email" : "phone"; }

Result<std::string> cell(Context& context, Row const& row, int i, As as, std::string_view currency) {
    if (row.is_null(i)) return std::string();
    switch (as) {
    case As::text: return std::string(row.text(i));
    case As::amount: return format_amount(row.integer(i), currency);
    case As::number: return std::to_string(row.integer(i));
    case As::time: return format_time(row.integer(i));
    case As::name: case As::email: case As::phone: return row.text(i).empty() ? Result<std::string>(std::string()) : context.services.vault->open(context.tx().shop_id(), purpose(as), row.text(i));
    }
    return std::string();
}

std::string_view parquet_type(As as) { return as == As::amount ? "DECIMAL(18,4)" : as == As::number ? "BIGINT" : as == As::time ? "TIMESTAMP" : "VARCHAR"; }

Result<std::int64_t> export_text(Context& context, ExportOptions const& options, Table const& table, files::FormulaGuard guard) {
    auto& tx = context.tx();
    auto const shop = TRY(shop_currency(tx));
    auto const partial = std::filesystem::path(options.to.string() + ".part");
    std::ofstream out(partial, std::ios::binary);
    files::CsvWriter csv({.formula_guard = guard});
    std::vector<std::string> cells;
    for (auto const& c : table.columns) cells.emplace_back(c.name);
    if (options.format != ExportFormat::jsonl) csv.row(cells);
    auto const currency_at = std::ranges::find(table.columns, "currency", &Column::name) - table.columns.begin();
    std::int64_t rows = 0;
    std::string text;
    Value const values[] = {tx.shop_id()};
    auto const written = tx.run(table.sql, values, [&](Row const& row) -> Result<void> {
        auto const currency = currency_at < static_cast<std::ptrdiff_t>(table.columns.size()) ? std::string(row.text(static_cast<int>(currency_at))) : shop;
        for (std::size_t i = 0; i < table.columns.size(); ++i) cells[i] = TRY(cell(context, row, static_cast<int>(i), table.columns[i].as, currency));
        if (options.format != ExportFormat::jsonl) csv.row(cells);
        else {
            json::object object;
            for (std::size_t i = 0; i < cells.size(); ++i)
                if (!cells[i].empty()) object[table.columns[i].name] = cells[i];
            append_text(object, text);
            text += '\n';
        }
        if (csv.size() + text.size() > 1 << 20) {
            out << csv.take() << text;
            text.clear();
            context.progress(rows, 0, options.what);
            if (!out) return fail(Errc::unavailable, "disk_full", fmt::format("{} could not be written.", options.to.string()));
            if (context.progress.stopped()) return fail(Errc::unavailable, "cancelled", "The export was cancelled; the unfinished file was removed.");
        }
        ++rows;
        return {};
    });
    out << csv.take() << text;
    out.close();
    std::error_code failed;
    if (!written || !out) {
        std::filesystem::remove(partial, failed);
        if (!written) return std::unexpected(written.error());
        return fail(Errc::unavailable, "disk_full", fmt::format("{} could not be written.", options.to.string()));
    }
    std::filesystem::rename(partial, options.to, failed);
    if (failed) return fail(Errc::unavailable, "disk_full", fmt::format("{} could not be written: {}.", options.to.string(), failed.message()));
    return rows;
}

// By way of a CSV file that nobody else reads: DuckDB takes it in as a stream, so memory does not grow with the shop.
Result<std::int64_t> export_parquet(Context& context, ExportOptions const& options, Table const& table) {
    auto db = TRY(duckdb::DuckDb::open({.shared_library = duckdb::installed_library()}));
    auto between = options;
    between.to = options.to.string() + ".csv";
    auto const partial = std::filesystem::path(options.to.string() + ".part");
    auto const rows = TRY(export_text(context, between, table, files::FormulaGuard::off));
    std::vector<duckdb::DuckDb::CsvColumn> columns;
    for (auto const& c : table.columns) columns.push_back({c.name, parquet_type(c.as)});
    auto const written = db.parquet_from_csv(between.to, columns, partial);
    std::error_code failed;
    std::filesystem::remove(between.to, failed);
    if (written && *written == rows) std::filesystem::rename(partial, options.to, failed);
    else std::filesystem::remove(partial, failed);
    if (!written) return std::unexpected(written.error());
    if (*written != rows) return fail(Errc::internal, "internal", fmt::format("{} of {} rows arrived in {}", *written, rows, options.to.string()));
    if (failed) return fail(Errc::unavailable, "disk_full", fmt::format("{} could not be written: {}.", options.to.string(), failed.message()));
    return rows;
}

}  // namespace

Result<std::int64_t> export_table(Context& context, ExportOptions const& options) {
    auto const all = tables();
    auto const table = std::ranges::find(all, std::string_view(options.what), &Table::name);
    if (table == all.end()) return fail(Errc::invalid_argument, "unknown_table", fmt::format("There is no table \"{}\" to export; there are products, customers and orders.", options.what));
    if (options.format == ExportFormat::parquet) return export_parquet(context, options, *table);
    return export_text(context, options, *table, files::FormulaGuard::on);
}

Result<WrittenExport> write_export(Context& outer, WriteExport const& in) {
    if (in.table == ExportTable::customers && !outer.caller.may("customers.read")) return fail(Errc::permission_denied, "not_permitted", "Exporting customers needs the permission customers.read.");
    auto const tx = TRY(outer.services.store->read(outer.shop_id));
    Context context = outer;
    context.open = tx.get();
    std::string const table(name(in.table));
    auto const all = tables();
    auto const found = std::ranges::find(all, std::string_view(table), &Table::name);
    if (outer.dry()) return WrittenExport{.rows = TRY(tx->integer(fmt::format("SELECT COUNT(*) FROM ({}) t", found->sql), outer.shop_id))};
    auto const folder = outer.services.folder / "exports";
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    // Personal data does not lie about: what was not fetched within a day goes.
    for (auto const& entry : std::filesystem::directory_iterator(folder, ignored)) {
        auto const file = entry.path().filename().string();
        bool const mine = std::ranges::any_of(all, [&](Table const& t) { return file.starts_with(fmt::format("{}-", t.name)); });
        if (mine && std::filesystem::file_time_type::clock::now() - entry.last_write_time(ignored) > std::chrono::hours(24)) std::filesystem::remove(entry.path(), ignored);
    }
    WrittenExport out;
    out.file_name = fmt::format("{}-{}-{}-{}.{}", table, outer.shop_id, format_date(day_of(outer.now)), new_id("exp"), name(in.format));
    out.url = "/v1/exports/" + out.file_name;
    out.rows = TRY(export_table(context, {.what = table, .format = in.format, .to = folder / out.file_name}));
    out.bytes = static_cast<std::int64_t>(std::filesystem::file_size(folder / out.file_name, ignored));
    return out;
}

}  // namespace kindling::shop::imports

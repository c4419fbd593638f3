// shop/imports/export.h -- products, customers and orders as tables that import reads back: columns are named as the fields of mapping.h.
//
// One row per variant, per customer, per order line. CSV is written so that no spreadsheet executes a cell; JSON Lines as it is; Parquet is
// typed (amounts as decimals, times as timestamps in UTC, empty cells as null) and needs DuckDB's library. Rows
// stream from one read transaction, so memory does not grow with the shop and the files agree with one another.
#pragma once
#include "shop/context.h"
#include <filesystem>

namespace kindling::shop::imports {

enum class ExportFormat { csv, jsonl, parquet };
BOOST_DESCRIBE_ENUM(ExportFormat, csv, jsonl, parquet)
enum class ExportTable { products, customers, orders };
BOOST_DESCRIBE_ENUM(ExportTable, products, customers, orders)

struct ExportOptions {
    std::string what;  // products, customers or orders
    ExportFormat format = ExportFormat::csv;
    std::filesystem::path to;  // made under another name and renamed when complete
};
// Needs a context with an open transaction; the caller may see personal data. Gives the rows written.
// Errors: unknown_table, disk_full, cancelled, cannot_open_sealed; Parquet: duckdb_not_installed, duckdb_failed.
Result<std::int64_t> export_table(Context&, ExportOptions const&);

struct WriteExport {
    ExportTable table = ExportTable::products;
    ExportFormat format = ExportFormat::csv;
    static constexpr Field fields[] = {field("table", "products, customers or orders; customers need customers.read as well.", "products 商品、customers 顾客或 orders 订单；顾客另需 customers.read 权限。"), field("format", "csv: every spreadsheet; jsonl: programs; parquet: analysis, needs DuckDB.", "csv 适用于表格软件；jsonl 适用于程序；parquet 适用于分析，需要 DuckDB。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(WriteExport, (), (table, format))

struct WrittenExport {
    std::string file_name, url;
    std::int64_t rows = 0, bytes = 0;
    static constexpr Field fields[] = {field("file_name", "In the folder exports of the data folder, for a day; empty in a dry run.", "位于数据目录的 exports 文件夹，保留一天；试运行为空。"), field("url", "Where staff may fetch it.", "下载地址（限员工）。"), field("rows", "Rows.", "行数。"), field("bytes", "Size.", "字节数。")};
};
BOOST_DESCRIBE_STRUCT(WrittenExport, (), (file_name, url, rows, bytes))

// exports.write: a file to be fetched from GET /v1/exports/NAME. Files of earlier days that it wrote are removed.
Result<WrittenExport> write_export(Context&, WriteExport const&);

}  // namespace kindling::shop::imports

// shop/imports/export.h -- products, customers and orders as tables that import reads back: columns are named as the fields of mapping.h.
//
// One row per variant, per customer, per order line. CSV is written so that no spreadsheet executes a cell; JSON Lines as it is. Rows
// stream from one read transaction, so memory does not grow with the shop and the files agree with one another.
#pragma once
#include "shop/context.h"
#include <filesystem>

namespace kindling::shop::imports {

enum class ExportFormat { csv, jsonl };

struct ExportOptions {
    std::string what;  // products, customers or orders
    ExportFormat format = ExportFormat::csv;
    std::filesystem::path to;  // made under another name and renamed when complete
};
// Needs a context with an open transaction; the caller may see personal data. Gives the rows written.
// Errors: unknown_table, disk_full, cancelled, cannot_open_sealed.
Result<std::int64_t> export_table(Context&, ExportOptions const&);

}  // namespace kindling::shop::imports

// shop/analysis/tables.h -- the four fact tables of a shop: their columns and what each means.
//
// Facts have no null: "" or 0 stands for "not given", and where that could be mistaken a second column tells (cost_known, tracked).
// Money is in minor units of the row's currency; days are the shop's own.
#pragma once
#include "core/text.h"
#include "shop/facts/schema.h"
#include <array>
#include <optional>
#include <span>

namespace kindling::shop::analysis {

// daily_sales last: it is derived from the others.
enum class Table { order_lines, events, stock_moves, daily_sales };
constexpr std::size_t table_count = 4;
constexpr std::array<Table, table_count> all_tables = {Table::order_lines, Table::events, Table::stock_moves, Table::daily_sales};

// Grows when a table's columns or the meaning of one changes: facts of another version are rebuilt.
constexpr int facts_version = 1;

struct ColumnDoc {
    std::string_view name;
    facts::ColumnType type;
    Text doc;
};

std::string_view name_of(Table);
std::optional<Table> table_named(std::string_view);
std::span<ColumnDoc const> columns_of(Table);
facts::Schema const& schema_of(Table);

namespace order_lines {
enum Column : std::size_t { order_id, line, day, at_ms, customer, sku, product, category, quantity, unit_price_minor, discount_minor, amount_minor, cost_minor, cost_known, currency, channel, country, status, kind };
}
namespace events {
enum Column : std::size_t { day, at_ms, kind, session, customer, product, query, results, position, channel };
}
namespace stock_moves {
enum Column : std::size_t { day, at_ms, sku, place, quantity, kind, reference };
}
namespace daily_sales {
enum Column : std::size_t { day, sku, product, category, currency, units, revenue_minor, orders, units_returned, refund_minor, tracked, closing_stock, in_stock };
}

}  // namespace kindling::shop::analysis

// shop/imports/kept_rows.h -- the rows that belong to one thing (a product, a customer ...), as text: kept before an import changes them,
// written back when it is taken back, and hashed to see whether somebody changed them since.
#pragma once
#include "core/result.h"
#include "shop/store/store.h"
#include <unordered_map>

namespace kindling::shop::imports {

// shop: the shop's own row. identity: an earlier number of a known person. appended: lines added to an order that was there.
enum class Thing { shop, category, product, variant, customer, identity, order, appended, review, payment };
BOOST_DESCRIBE_ENUM(Thing, shop, category, product, variant, customer, identity, order, appended, review, payment)
constexpr std::size_t thing_count = 10;
std::string_view name_of(Thing);
Thing thing_named(std::string_view);  // of what name_of gave

// The rows of each key as one JSON text: {"table": [[cells], ...], ...}; keys without a row are absent. Sealed cells stay sealed. Two hundred
// keys a statement. Of orders and appended lines only what can change afterwards is read.
Result<std::unordered_map<std::string, std::string>> read_rows(Transaction&, Thing, std::span<std::string const> keys);
// Writes one thing's rows as they were, in place of those that are there. Not for orders, stock and the shop.
Result<void> write_rows(Transaction&, Thing, std::string const& key, std::string const& rows);

// FNV-1a; the same in every process.
std::int64_t digest_of(std::string_view rows);

struct KeptTable {
    std::string_view table;
    std::vector<std::string_view> columns;  // without shop_id
};
// The tables that are written back whole, for the test that holds them against the schema.
std::vector<KeptTable> kept_tables();

}  // namespace kindling::shop::imports

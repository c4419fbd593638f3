// shop/imports/mapping.h -- which column of a file means what: the fields that a table can fill, and ready mappings.
//
// A mapping is data: pairs of column and field, plus what else must be known to read the cells (currency, order of day and month, decimal
// sign) and a style, which names the few rules that a shop system's export has beyond its columns. Names of columns are compared by
// letters and digits alone, so "Customer ID", "customer_id" and "CustomerID" are one.
#pragma once
#include "core/result.h"
#include "core/text.h"
#include "core/time.h"
#include "core/type.h"
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::shop::imports {

// What the rows of a file are.
enum class Rows { products, orders, customers, reviews, order_items, order_payments, category_names };
BOOST_DESCRIBE_ENUM(Rows, products, orders, customers, reviews, order_items, order_payments, category_names)

enum class F {
    order_id, placed_at, quantity, unit_price, line_discount, customer_id, person_id, customer_name, first_name, last_name, email, phone, address, city, region, postcode, country, currency, status, payment_status,
    fulfilment, cancelled_at, shipped_at, delivered_at, promised_at, discount, shipping, total, channel, item_number, payment, amount, product_id, sku, title, title_zh, description, description_zh, category, category_zh,
    brand, brand_zh, price, price_minor, sale_price, compare_at, cost, barcode, weight_g, weight_kg, weight_lb, stock, picture, picture_alt, variant_picture, option1_name, option1_value, option2_name, option2_value,
    option3_name, option3_value, row_type, parent, published, review_id, rating, body, language, author, created_at, accepts_email, length_cm, height_cm, width_cm, count_
};
constexpr std::size_t fields_in_all = static_cast<std::size_t>(F::count_);

enum class Shape { text, amount, whole, number, time, flag };

struct TargetField {
    F id;
    std::string_view name;  // in requests: "unit_price"
    Text label;
    Shape shape;
    enum class Need { optional, required } need = Need::optional;
    std::string_view synonyms = {};  // of column names, in normal form, separated by blanks; the name itself counts
};

// The fields of one kind of rows, the needed ones first.
std::span<TargetField const> target_fields(Rows);
TargetField const* find_target(Rows, std::string_view name);
TargetField const* find_target(Rows, F);

// "Customer ID" -> "customerid"; Chinese stays. What column names are compared by.
std::string normal_name(std::string_view column);

// What a file of one system has beyond its columns.
enum class Style { plain, online_retail, shopify, woocommerce, olist, amazon };
enum class DecimalSign { point, comma };
BOOST_DESCRIBE_ENUM(DecimalSign, point, comma)

struct Preset {
    std::string_view name;
    Rows rows;
    Text label;
    Style style;
    std::string_view must;      // normal names that tell this export from others
    std::string_view columns;   // "invoiceno:order_id stockcode:sku ...": normal name and field; names not in the file are skipped
    std::string_view currency;  // empty: the shop's
    DateOrder dates = DateOrder::year_first;
    int rank = 0;               // files of one set are imported in this order
    std::string_view language = {};  // of its texts, where every file has the same: what an empty shop becomes
};
std::span<Preset const> presets();
Preset const* find_preset(std::string_view name);
// The first whose `must` are all there; `family`: only presets of this name or that begin with it and a dash. Null if none.
Preset const* recognise(std::span<std::string const> columns, std::string_view family = {});

// One pair of an explicit mapping. `field` is the name of a TargetField, or "attribute:NAME" for a fact about the product.
struct ColumnField {
    std::string column, field;
    static constexpr Field fields[] = {
        kindling::field("column", "Column of the file, by its name.", "文件中的列名。").longest(1000),
        kindling::field("field", "Field that it fills, such as sku or unit_price; attribute:NAME for a fact about the product.", "对应的字段，如 sku、unit_price；attribute:名称 表示商品属性。").longest(200)};
};
BOOST_DESCRIBE_STRUCT(ColumnField, (), (column, field))

// Where each field's cell is found in a row.
struct Columns {
    std::array<int, fields_in_all> at;                      // -1: no column
    std::vector<std::pair<std::string, int>> attributes = {};  // name, column
    Columns() { at.fill(-1); }
    bool has(F f) const { return at[static_cast<std::size_t>(f)] >= 0; }
};

// Resolves names to columns. Fails with mapping_incomplete, naming each unknown_column, unknown_field, field_mapped_twice and field_not_mapped.
Result<Columns> resolve(Rows, Style, std::span<ColumnField const> mapping, std::span<std::string const> columns);
// What rows of this kind still need: "unit_price", "sku or product_id or title". Empty: nothing.
std::vector<std::string> missing_fields(Rows, Style, Columns const&);
// The preset's pairs for the columns that this file has.
std::vector<ColumnField> pairs_of(Preset const&, std::span<std::string const> columns);

}  // namespace kindling::shop::imports

#include "shop/analysis/tables.h"

namespace kindling::shop::analysis {

namespace {

using enum facts::ColumnType;

constexpr ColumnDoc order_line_columns[] = {
    {"order_id", text, {"Order.", "订单编号。"}},
    {"line", integer, {"Line of the order, from 0.", "订单行号，从 0 起。"}},
    {"day", day, {"Day it was ordered, or came back, where the shop is.", "下单或退回当日（店铺所在时区）。"}},
    {"at_ms", integer, {"The instant, milliseconds since 1970 UTC.", "时刻，自 1970 年起的毫秒数（UTC）。"}},
    {"customer", text, {"Customer code; empty: a guest, or a person who was forgotten.", "顾客代码；空为访客或已被遗忘的人。"}},
    {"sku", text, {"SKU.", "SKU。"}},
    {"product", text, {"Product.", "商品编号。"}},
    {"category", text, {"Category of the product now.", "商品当前所属类目。"}},
    {"quantity", integer, {"Units; negative for what came back.", "数量；退回为负数。"}},
    {"unit_price_minor", integer, {"Price of one unit then.", "当时单价。"}},
    {"discount_minor", integer, {"Taken off the line.", "本行优惠。"}},
    {"amount_minor", integer, {"Money of the row: quantity x price - discount; for a return, minus what was refunded.", "本行金额：数量×单价−优惠；退货为退款额的负数。"}},
    {"cost_minor", integer, {"Cost of one unit then; 0 when cost_known is false.", "当时单位成本；cost_known 为假时为 0。"}},
    {"cost_known", boolean, {"Whether the cost is known.", "成本是否已知。"}},
    {"currency", text, {"ISO 4217 code.", "货币代码。"}},
    {"channel", text, {"Where it was sold.", "销售渠道。"}},
    {"country", text, {"Country it went to.", "送达国家。"}},
    {"status", text, {"State of the order now.", "订单当前状态。"}},
    {"kind", text, {"sale; return: goods of a sale that came back; credit: a line of an order recorded with negative units.", "sale 销售；return 退货；credit 以负数登记的退货单。"}},
};

constexpr ColumnDoc event_columns[] = {
    {"day", day, {"Day where the shop is.", "日期（店铺所在时区）。"}},
    {"at_ms", integer, {"The instant, milliseconds since 1970 UTC.", "时刻，自 1970 年起的毫秒数（UTC）。"}},
    {"kind", text, {"What a visitor did: visit, list, search, impression, click, view, cart, dialogue, purchase.", "访客行为：visit 到访、list 列表、search 搜索、impression 曝光、click 点击、view 浏览、cart 加购、dialogue 对话、purchase 购买。"}},
    {"session", text, {"Visit.", "访问会话。"}},
    {"customer", text, {"Customer code, if known.", "顾客代码（若已知）。"}},
    {"product", text, {"Product it was about.", "相关商品。"}},
    {"query", text, {"What was searched for.", "搜索词。"}},
    {"results", integer, {"Results shown; -1: not said.", "展示的结果数；-1 为未记录。"}},
    {"position", integer, {"Place in the list; -1: not said.", "列表中的位置；-1 为未记录。"}},
    {"channel", text, {"Where.", "渠道。"}},
};

constexpr ColumnDoc stock_move_columns[] = {
    {"day", day, {"Day where the shop is.", "日期（店铺所在时区）。"}},
    {"at_ms", integer, {"The instant, milliseconds since 1970 UTC.", "时刻，自 1970 年起的毫秒数（UTC）。"}},
    {"sku", text, {"SKU.", "SKU。"}},
    {"place", text, {"Where the goods lie.", "存放地点。"}},
    {"quantity", integer, {"Units that came in; negative: went out.", "入库数量；出库为负数。"}},
    {"kind", text, {"received, sold, returned, adjusted, ...", "received 入库、sold 售出、returned 退回、adjusted 盘点等。"}},
    {"reference", text, {"Order or document it belongs to.", "相关单据。"}},
};

constexpr ColumnDoc daily_columns[] = {
    {"day", day, {"Day where the shop is.", "日期（店铺所在时区）。"}},
    {"sku", text, {"SKU.", "SKU。"}},
    {"product", text, {"Product; empty when the day saw moves of stock only.", "商品编号；当日仅有库存变动时为空。"}},
    {"category", text, {"Category of the product now.", "商品当前所属类目。"}},
    {"currency", text, {"ISO 4217 code; empty when the day saw moves of stock only.", "货币代码；当日仅有库存变动时为空。"}},
    {"units", integer, {"Units sold, cancelled orders left out.", "售出数量，不含已取消订单。"}},
    {"revenue_minor", integer, {"Their money after discounts on lines.", "销售额（已减行优惠）。"}},
    {"orders", integer, {"Orders with this SKU.", "含该 SKU 的订单数。"}},
    {"units_returned", integer, {"Units that came back that day.", "当日退回数量。"}},
    {"refund_minor", integer, {"Money that went back that day.", "当日退款额。"}},
    {"tracked", boolean, {"Whether stock of this SKU was kept by that day; else the two columns after this say nothing.", "当日该 SKU 是否已管理库存；否则其后两列无意义。"}},
    {"closing_stock", integer, {"Units at the end of the day, all places; holds until the SKU's next row.", "当日结束时各地点库存合计；延续至该 SKU 的下一行。"}},
    {"in_stock", boolean, {"Whether there was anything to sell at some time of the day.", "当日是否曾有可售库存。"}},
};

facts::Schema schema_from(std::span<ColumnDoc const> columns) {
    facts::Schema schema;
    for (auto const& c : columns) schema.push_back({std::string(c.name), c.type});
    return schema;
}

constexpr std::string_view names[table_count] = {"order_lines", "events", "stock_moves", "daily_sales"};

}  // namespace

std::string_view name_of(Table t) { return names[static_cast<std::size_t>(t)]; }

std::optional<Table> table_named(std::string_view name) {
    for (auto t : all_tables)
        if (name_of(t) == name) return t;
    return {};
}

std::span<ColumnDoc const> columns_of(Table t) {
    switch (t) {
    case Table::order_lines: return order_line_columns;
    case Table::events: return event_columns;
    case Table::stock_moves: return stock_move_columns;
    case Table::daily_sales: return daily_columns;
    }
    return {};
}

facts::Schema const& schema_of(Table t) {
    static std::array<facts::Schema, table_count> const schemas = {schema_from(order_line_columns), schema_from(event_columns), schema_from(stock_move_columns), schema_from(daily_columns)};
    return schemas[static_cast<std::size_t>(t)];
}

}  // namespace kindling::shop::analysis

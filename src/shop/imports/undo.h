// shop/imports/undo.h -- imports.undo: an import is taken back as a whole, or not at all.
#pragma once
#include "shop/context.h"

namespace kindling::shop::imports {

constexpr std::int64_t undo_days = 30;

struct UndoImport {
    std::string import_id;
    bool leave_depended = false;
    static constexpr Field fields[] = {
        field("import_id", "Which import.", "哪次导入。").longest(64),
        field("leave_depended", "Take back what can be and leave what was changed or used since; without it such an import is refused as a whole.", "仅撤销可撤销的部分，保留此后被修改或使用的内容；否则整次撤销会被拒绝。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(UndoImport, (), (import_id, leave_depended))

struct UndoneCounts {
    std::int64_t products = 0, customers = 0, orders = 0, order_lines = 0, reviews = 0, payments = 0, categories = 0;
    static constexpr Field fields[] = {field("products", "Products.", "商品。"), field("customers", "Customers.", "顾客。"), field("orders", "Orders.", "订单。"), field("order_lines", "Order lines.", "订单明细。"), field("reviews", "Reviews.", "评价。"), field("payments", "Payments.", "付款。"), field("categories", "Categories.", "类目。")};
};
BOOST_DESCRIBE_STRUCT(UndoneCounts, (), (products, customers, orders, order_lines, reviews, payments, categories))

struct UndoneImport {
    std::string import_id;
    bool already = false;
    UndoneCounts removed, restored;
    std::int64_t left = 0;
    static constexpr Field fields[] = {
        field("import_id", "The import.", "导入编号。"), field("already", "It had been taken back before; nothing was done now.", "此前已撤销，本次未做任何更改。"), field("removed", "What the import had made and is gone now.", "本次导入新建、现已移除的内容。"),
        field("restored", "What the import had changed and is as it was before.", "本次导入修改、现已恢复原样的内容。"), field("left", "Things left as they are because they were changed or used since.", "因此后被修改或使用而保留的条目数。")};
};
BOOST_DESCRIBE_STRUCT(UndoneImport, (), (import_id, already, removed, restored, left))

// Reasons: import_not_found, nothing_to_undo, undo_expired, import_depended_on (its fields say what and how many).
Result<UndoneImport> undo_import(Context&, UndoImport const&);

}  // namespace kindling::shop::imports

#include "shop/catalogue/operations.h"

namespace kindling::shop {

namespace {

Result<CategoryList> list_categories(Context& context, Nothing const&) { return CategoryList{TRY(load_categories(context.tx()))}; }
Result<AttributeKindList> list_attributes(Context& context, Nothing const&) { return AttributeKindList{TRY(load_attribute_kinds(context.tx()))}; }

}  // namespace

std::vector<Operation> catalogue_operations() {
    return {
        operation({.name = "catalog.save_products", .scenario = "0", .summary = {"Create or replace products with their variants, attributes and pictures; all of them or none.", "新建或整体替换商品及其规格、属性、图片；要么全部成功，要么全部不变。"},
                   .effect = Effect::act, .permission = "catalog.write"}, &save_products),
        operation({.name = "catalog.save_categories", .scenario = "0", .summary = {"Create or rename categories and place them in the tree.", "新建、改名类目，并确定其层级。"},
                   .effect = Effect::act, .permission = "catalog.write"}, &save_categories),
        operation({.name = "catalog.save_attributes", .scenario = "0", .summary = {"Name the attributes that products carry, in both languages.", "为商品属性设置中英文名称。"},
                   .effect = Effect::act, .permission = "catalog.write"}, &save_attribute_kinds),
        operation({.name = "catalog.list_products", .scenario = "0", .summary = {"List products for staff, by id, with price and stock.", "供员工查看的商品列表，含价格与库存。"}, .permission = "catalog.read"}, &list_products),
        operation({.name = "catalog.get_product", .scenario = "0", .summary = {"Everything about one product: texts, attributes, variants, prices, stock, rating.", "一个商品的全部信息：文案、属性、规格、价格、库存、评分。"},
                   .permission = "public", .reasons = {"product_not_found"}}, &get_product),
        operation({.name = "catalog.find_products", .scenario = "0", .summary = {"Several products at once, by product id, SKU or barcode.", "按商品编号、SKU 或条码一次查询多个商品。"}, .permission = "public"}, &find_products),
        operation({.name = "catalog.archive_product", .scenario = "0", .summary = {"Take a product off sale; its orders and history stay.", "下架商品；历史订单与记录保留。"},
                   .effect = Effect::act, .permission = "catalog.write", .reasons = {"product_not_found"}}, &archive_product),
        operation({.name = "catalog.set_status", .scenario = "0", .summary = {"Put a product on sale, back to draft, or off sale.", "将商品设为在售、草稿或下架。"},
                   .effect = Effect::act, .permission = "catalog.write", .reasons = {"product_not_found"}}, &set_status),
        operation({.name = "catalog.set_pictures", .scenario = "0", .summary = {"Set the pictures of a product: which, in which order, and what they show in both languages.", "设置商品的图片：用哪些、顺序，以及中英文说明。"},
                   .effect = Effect::act, .permission = "catalog.write", .reasons = {"product_not_found", "pictures_changed"}}, &set_pictures),
        operation({.name = "catalog.set_price", .scenario = "0", .summary = {"Change the price of one SKU and keep the old one in its history.", "修改一个 SKU 的价格，旧价记入历史。"},
                   .effect = Effect::act, .permission = "catalog.write", .reasons = {"sku_not_found"}}, &set_price),
        operation({.name = "catalog.set_prices", .scenario = "0", .summary = {"Change the prices of several SKUs together and keep the old ones in their history.", "一次修改多个 SKU 的价格，旧价记入历史。"},
                   .effect = Effect::act, .permission = "catalog.write", .reasons = {"sku_not_found"}}, &set_prices),
        operation({.name = "catalog.list_categories", .scenario = "0", .summary = {"The tree of categories with how many products are on sale in each.", "类目树及各类目在售商品数。"}, .permission = "public"}, &list_categories),
        operation({.name = "catalog.list_attributes", .scenario = "0", .summary = {"The labels of product attributes in both languages.", "商品属性的中英文标签。"}, .permission = "public"}, &list_attributes),
    };
}

}  // namespace kindling::shop

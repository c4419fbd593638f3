// shop/catalogue/api.h -- what the shop sells: products with variants, attributes, pictures, prices and stock.
//
// A product is what a shopper compares; a variant (SKU) is what is bought. Texts are bilingual side by side; an empty text means
// "not given in this language" and readers fall back to the other. Attributes hold facts that may be asked for: either a text
// (colour: red / 红色) or a number with its unit (length: 85 cm), so that limits can be checked exactly.
#pragma once
#include "core/operation.h"
#include "shop/context.h"
#include <array>

namespace kindling::shop {

enum class ProductStatus { active, draft, archived };
BOOST_DESCRIBE_ENUM(ProductStatus, active, draft, archived)

struct Attribute {
    std::string name;
    std::string text_en, text_zh;
    std::optional<double> number;
    std::string unit;
    static constexpr Field fields[] = {
        field("name", "Stable identifier of the attribute: colour, material, length, capacity.", "属性的固定标识：colour、material、length、capacity。").longest(64),
        field("text_en", "Value in English; empty for a pure number.", "英文取值；纯数值时为空。").defaulted().longest(500),
        field("text_zh", "Value in Chinese; empty for a pure number.", "中文取值；纯数值时为空。").defaulted().longest(500),
        field("number", "Value as a number, in `unit`.", "数值，单位见 unit。"),
        field("unit", "Unit of the number: cm, ml, W, g; empty for a count.", "数值的单位：cm、ml、W、g；计数时为空。").defaulted().longest(32),
    };
};
BOOST_DESCRIBE_STRUCT(Attribute, (), (name, text_en, text_zh, number, unit))

struct Variant {
    std::string sku;
    std::string title_en, title_zh;
    std::string barcode;
    std::int64_t price_minor = 0;
    std::optional<std::int64_t> compare_at_minor, cost_minor, weight_g, stock;
    std::vector<Attribute> attributes;
    static constexpr Field fields[] = {
        field("sku", "Stock keeping unit, unique in the shop.", "库存单位编码，店内唯一。").longest(128),
        field("title_en", "What tells this variant from its siblings, in English: Red / M.", "与同款其他规格的区别，英文：Red / M。").defaulted().longest(300),
        field("title_zh", "The same in Chinese: 红色 / M。", "同上，中文：红色 / M。").defaulted().longest(300),
        field("barcode", "GTIN (EAN-13, UPC) without blanks; empty if none.", "GTIN 条码（EAN-13、UPC）；没有则为空。").defaulted().longest(32),
        field("price_minor", "Price in minor units of the shop's currency (fen, cents).", "价格，以店铺货币的最小单位计（分）。").range(0, 1e15),
        field("compare_at_minor", "Former price that is shown crossed out, minor units.", "划线价，最小货币单位。").range(0, 1e15),
        field("cost_minor", "What one unit costs the shop, minor units; staff only.", "单件成本，最小货币单位；仅员工可见。").range(0, 1e15),
        field("weight_g", "Shipping weight in grams.", "运输重量，克。").range(0, 1e9),
        field("stock", "Units that can be sold now over all places; on input: sets the stock of the main place.", "所有仓库当前可售数量；写入时设置主仓库存。").range(0, 1e9),
        field("attributes", "Facts that differ between variants.", "各规格不同的属性。").defaulted().longest(100),
    };
};
BOOST_DESCRIBE_STRUCT(Variant, (), (sku, title_en, title_zh, barcode, price_minor, compare_at_minor, cost_minor, weight_g, stock, attributes))

struct Picture {
    std::string asset;
    std::string url;
    std::string alt_en, alt_zh;
    static constexpr Field fields[] = {
        field("asset", "Content address of the stored file (from pictures.store), or empty with an https url.", "已存文件的内容地址；或留空并给出 https 链接。").defaulted().longest(128),
        field("url", "Where the picture is served; on input only for pictures kept elsewhere.", "图片地址；写入时仅用于存放在别处的图片。").defaulted().longest(2000),
        field("alt_en", "What the picture shows, in English.", "图片内容说明，英文。").defaulted().longest(500),
        field("alt_zh", "What the picture shows, in Chinese.", "图片内容说明，中文。").defaulted().longest(500),
    };
};
BOOST_DESCRIBE_STRUCT(Picture, (), (asset, url, alt_en, alt_zh))

struct Product {
    std::string product_id;
    std::string title_en, title_zh;
    std::string description_en, description_zh;
    std::string category_id;
    std::string brand, brand_zh;
    ProductStatus status = ProductStatus::active;
    std::vector<Attribute> attributes;
    std::vector<Variant> variants;
    std::vector<Picture> pictures;
    std::optional<std::int64_t> created_at_ms = {};
    static constexpr Field fields[] = {
        field("product_id", "The shop's own identifier of the product.", "店铺自己的商品编号。").longest(128),
        field("title_en", "Title in English; at least one of the two titles is needed.", "英文标题；中英文标题至少填一个。").defaulted().longest(1000),
        field("title_zh", "Title in Chinese.", "中文标题。").defaulted().longest(1000),
        field("description_en", "Description in English, plain text.", "英文描述，纯文本。").defaulted().longest(60000),
        field("description_zh", "Description in Chinese, plain text.", "中文描述，纯文本。").defaulted().longest(60000),
        field("category_id", "Category it is listed in; empty for none.", "所属类目；无则为空。").defaulted().longest(128),
        field("brand", "Brand as written in English or its own script.", "品牌名（英文或原文）。").defaulted().longest(200),
        field("brand_zh", "Brand in Chinese, if it has a Chinese name.", "品牌中文名（如有）。").defaulted().longest(200),
        field("status", "active: on sale; draft: not shown; archived: no longer sold, kept for orders.", "active 在售；draft 草稿不展示；archived 已下架，仅供历史订单。").defaulted(),
        field("attributes", "Facts that hold for every variant.", "所有规格共有的属性。").defaulted().longest(200),
        field("variants", "What can be bought; at least one.", "可购买的规格，至少一个。").longest(500),
        field("pictures", "Pictures in the order they are shown.", "按展示顺序排列的图片。").defaulted().longest(50),
        field("created_at_ms", "Since when it is listed, milliseconds since 1970 UTC; left out: it stays, or now for a new one.", "上架时间（UTC 毫秒）；不填则保持不变，新商品为现在。"),
    };
};
BOOST_DESCRIBE_STRUCT(Product, (), (product_id, title_en, title_zh, description_en, description_zh, category_id, brand, brand_zh, status, attributes, variants, pictures, created_at_ms))

struct Category {
    std::string category_id, parent_id, name_en, name_zh;
    std::int64_t position = 0;
    std::int64_t products = 0;
    static constexpr Field fields[] = {
        field("category_id", "The shop's own identifier of the category.", "店铺自己的类目编号。").longest(128),
        field("parent_id", "The category above; empty at the top.", "上级类目；顶级为空。").defaulted().longest(128),
        field("name_en", "Name in English.", "英文名称。").defaulted().longest(200),
        field("name_zh", "Name in Chinese.", "中文名称。").defaulted().longest(200),
        field("position", "Order among its siblings, ascending.", "同级排序，升序。").defaulted(),
        field("products", "Active products in it and below; counted by the server, ignored on input.", "该类目及下级的在售商品数；由服务器统计，写入时忽略。").defaulted(),
    };
};
BOOST_DESCRIBE_STRUCT(Category, (), (category_id, parent_id, name_en, name_zh, position, products))

// How an attribute is called and shown; attributes without one are shown by their identifier.
struct AttributeKind {
    std::string name, name_en, name_zh, unit;
    bool facet = true;
    static constexpr Field fields[] = {
        field("name", "Stable identifier used by products.", "商品使用的固定标识。").longest(64),
        field("name_en", "Label in English.", "英文标签。").defaulted().longest(100),
        field("name_zh", "Label in Chinese.", "中文标签。").defaulted().longest(100),
        field("unit", "Usual unit of its numbers; empty for texts.", "数值的常用单位；文本属性为空。").defaulted().longest(32),
        field("facet", "Whether shoppers may filter by it.", "是否可作为筛选项。").defaulted(),
    };
};
BOOST_DESCRIBE_STRUCT(AttributeKind, (), (name, name_en, name_zh, unit, facet))

// Functions for other parts of the server (not operations). All read within the given transaction.

// Products by id, in the order asked, missing ones left out; with variants, attributes, pictures and stock.
Result<std::vector<Product>> load_products(Transaction&, std::span<std::string const> product_ids);
// Calls `each` with every product of the shop that is not archived, in batches, ordered by id. For building indexes.
Result<void> each_product(Transaction&, std::function<Result<void>(std::span<Product const>)> const& each);
Result<std::vector<Category>> load_categories(Transaction&);
Result<std::vector<AttributeKind>> load_attribute_kinds(Transaction&);
// The variant with this SKU and its product, if it exists and is active.
Result<std::optional<std::pair<Product, Variant>>> find_variant(Transaction&, std::string_view sku);

std::vector<Operation> catalogue_operations();

}  // namespace kindling::shop

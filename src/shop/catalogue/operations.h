// shop/catalogue/operations.h -- requests and answers of the catalogue's operations.
#pragma once
#include "shop/answers.h"
#include "shop/catalogue/api.h"

namespace kindling::shop {

struct SaveProducts {
    std::vector<Product> products;
    static constexpr Field fields[] = {field("products", "Products to save, each whole; at most 500.", "要保存的商品，每个须完整；最多 500 个。").longest(500)};
};
BOOST_DESCRIBE_STRUCT(SaveProducts, (), (products))

struct SaveCategories {
    std::vector<Category> categories;
    static constexpr Field fields[] = {field("categories", "Categories to save.", "要保存的类目。").longest(2000)};
};
BOOST_DESCRIBE_STRUCT(SaveCategories, (), (categories))

struct SaveAttributeKinds {
    std::vector<AttributeKind> attributes;
    static constexpr Field fields[] = {field("attributes", "Labels to save.", "要保存的属性标签。").longest(2000)};
};
BOOST_DESCRIBE_STRUCT(SaveAttributeKinds, (), (attributes))

struct ListProducts {
    std::string query, category_id;
    std::optional<ProductStatus> status;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {
        field("query", "Part of a title, brand, product id or SKU; shoppers use dialogue.search instead.", "标题、品牌、商品编号或 SKU 的一部分；购物者请用 dialogue.search。").defaulted().longest(200),
        field("category_id", "Only products of this category.", "仅此类目的商品。").defaulted().longest(128),
        field("status", "Only products in this state.", "仅此状态的商品。"),
        field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500),
        field("page_token", "next_page_token of the page before; empty for the first.", "上一页的 next_page_token；首页为空。").defaulted().longest(2000),
    };
};
BOOST_DESCRIBE_STRUCT(ListProducts, (), (query, category_id, status, page_size, page_token))

struct ProductLine {
    std::string product_id, title_en, title_zh, brand, category_id;
    ProductStatus status = ProductStatus::active;
    std::int64_t price_minor = 0;
    std::string currency;
    std::int64_t variants = 0, stock = 0;
    std::string picture_url;
    static constexpr Field fields[] = {
        field("product_id", "Product.", "商品编号。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"),
        field("brand", "Brand.", "品牌。"), field("category_id", "Category.", "类目。"), field("status", "State.", "状态。"),
        field("price_minor", "Lowest price of its variants, minor units.", "各规格最低价，最小货币单位。"), field("currency", "ISO 4217 code.", "货币代码。"),
        field("variants", "How many variants can be bought.", "可购买的规格数。"), field("stock", "Units that can be sold over all variants and places.", "全部规格与仓库的可售数量。"),
        field("picture_url", "First picture; empty if none.", "首图；无则为空。"),
    };
};
BOOST_DESCRIBE_STRUCT(ProductLine, (), (product_id, title_en, title_zh, brand, category_id, status, price_minor, currency, variants, stock, picture_url))

struct ProductPage {
    std::vector<ProductLine> products;
    std::int64_t total = 0;
    std::string next_page_token;
    static constexpr Field fields[] = {
        field("products", "Products of this page, by id.", "本页商品，按编号排序。"),
        field("total", "How many there are in all.", "总数。"),
        field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。"),
    };
};
BOOST_DESCRIBE_STRUCT(ProductPage, (), (products, total, next_page_token))

struct GetProduct {
    std::string product_id;
    static constexpr Field fields[] = {field("product_id", "Which product.", "哪个商品。").longest(128)};
};
BOOST_DESCRIBE_STRUCT(GetProduct, (), (product_id))

struct ProductAnswer {
    Product product;
    std::string currency;
    std::int64_t reviews = 0;
    std::optional<double> rating;
    static constexpr Field fields[] = {
        field("product", "The product; costs are shown to staff only.", "商品；成本仅员工可见。"),
        field("currency", "ISO 4217 code of its prices.", "价格的货币代码。"),
        field("reviews", "How many published reviews it has.", "已发布的评价数。"),
        field("rating", "Mean stars of these, 1 to 5.", "平均星级，1 至 5。"),
    };
};
BOOST_DESCRIBE_STRUCT(ProductAnswer, (), (product, currency, reviews, rating))

struct FindProducts {
    std::vector<std::string> ids;
    static constexpr Field fields[] = {field("ids", "Product ids, SKUs or barcodes.", "商品编号、SKU 或条码。").longest(100)};
};
BOOST_DESCRIBE_STRUCT(FindProducts, (), (ids))

struct FoundProduct {
    Product product;
    std::int64_t reviews = 0;
    std::optional<double> rating;
    std::vector<std::string> asked, skus;
    static constexpr Field fields[] = {
        field("product", "The product; costs are shown to staff only.", "商品；成本仅员工可见。"), field("reviews", "How many published reviews it has.", "已发布的评价数。"), field("rating", "Mean stars of these, 1 to 5.", "平均星级，1 至 5。"),
        field("asked", "Which of the ids led to it.", "由哪些编号找到。"), field("skus", "The SKU that each of these names; empty for a product id.", "对应编号所指的 SKU；商品编号为空。")};
};
BOOST_DESCRIBE_STRUCT(FoundProduct, (), (product, reviews, rating, asked, skus))

struct FoundProducts {
    std::vector<FoundProduct> products;
    std::string currency;
    static constexpr Field fields[] = {field("products", "Those on sale, each once, in the order asked; unknown ids are left out.", "在售商品，每个一次，按查询顺序；未知编号省略。"), field("currency", "ISO 4217 code of all prices.", "价格的货币代码。")};
};
BOOST_DESCRIBE_STRUCT(FoundProducts, (), (products, currency))

struct CategoryList {
    std::vector<Category> categories;
    static constexpr Field fields[] = {field("categories", "All categories; parents by parent_id.", "全部类目；层级见 parent_id。")};
};
BOOST_DESCRIBE_STRUCT(CategoryList, (), (categories))

struct AttributeKindList {
    std::vector<AttributeKind> attributes;
    static constexpr Field fields[] = {field("attributes", "Labels by name.", "按名称排列的属性标签。")};
};
BOOST_DESCRIBE_STRUCT(AttributeKindList, (), (attributes))

struct SetPrice {
    std::string sku;
    std::int64_t price_minor = 0;
    std::optional<std::int64_t> compare_at_minor;
    std::string reason;
    static constexpr Field fields[] = {
        field("sku", "Which variant.", "哪个规格。").longest(128),
        field("price_minor", "New price, minor units.", "新价格，最小货币单位。").range(0, 1e15),
        field("compare_at_minor", "New crossed-out price; left out: none.", "新的划线价；不填则无。").range(0, 1e15),
        field("reason", "Why, kept in the price history.", "原因，记入价格历史。").defaulted().longest(300),
    };
};
BOOST_DESCRIBE_STRUCT(SetPrice, (), (sku, price_minor, compare_at_minor, reason))

struct PriceSet {
    std::int64_t before_minor = 0, price_minor = 0;
    std::string currency;
    static constexpr Field fields[] = {
        field("before_minor", "Price before, minor units.", "原价格，最小货币单位。"), field("price_minor", "Price now.", "现价格。"), field("currency", "ISO 4217 code.", "货币代码。")};
};
BOOST_DESCRIBE_STRUCT(PriceSet, (), (before_minor, price_minor, currency))

struct SetPrices {
    std::vector<SetPrice> prices;
    static constexpr Field fields[] = {field("prices", "New prices; all of them or none.", "新价格；全部成功或全部不变。").longest(5000)};
};
BOOST_DESCRIBE_STRUCT(SetPrices, (), (prices))

struct PricesSet {
    std::vector<PriceSet> prices;
    static constexpr Field fields[] = {field("prices", "Price before and now, in the order of the request.", "按请求顺序的原价与现价。")};
};
BOOST_DESCRIBE_STRUCT(PricesSet, (), (prices))

struct SetStatus {
    std::string product_id;
    ProductStatus status = ProductStatus::active;
    static constexpr Field fields[] = {field("product_id", "Which product.", "哪个商品。").longest(128), field("status", "active: on sale; draft: not shown; archived: no longer sold.", "active 在售；draft 草稿不展示；archived 已下架。")};
};
BOOST_DESCRIBE_STRUCT(SetStatus, (), (product_id, status))

struct StatusSet {
    ProductStatus before = ProductStatus::active, status = ProductStatus::active;
    static constexpr Field fields[] = {field("before", "State before.", "原状态。"), field("status", "State now.", "现状态。")};
};
BOOST_DESCRIBE_STRUCT(StatusSet, (), (before, status))

struct SetPictures {
    std::string product_id;
    std::vector<Picture> pictures;
    std::optional<std::vector<std::string>> before;
    static constexpr Field fields[] = {
        field("product_id", "Which product.", "哪个商品。").longest(128), field("pictures", "Its pictures from now on, in the order they are shown; an empty list takes all away.", "此后的全部图片，按展示顺序；空列表表示全部移除。").longest(50),
        field("before", "Assets or https addresses that it had when editing began; refused with pictures_changed when it has others now. Left out: not looked at.", "编辑开始时的图片（asset 或 https 地址）；若现在不同则以 pictures_changed 拒绝。不填则不检查。").longest(50)};
};
BOOST_DESCRIBE_STRUCT(SetPictures, (), (product_id, pictures, before))

struct PicturesSet {
    std::vector<Picture> before, pictures;
    static constexpr Field fields[] = {field("before", "Pictures before.", "原图片。"), field("pictures", "Pictures now.", "现图片。")};
};
BOOST_DESCRIBE_STRUCT(PicturesSet, (), (before, pictures))

Result<Saved> save_products(Context&, SaveProducts const&);
Result<Saved> save_categories(Context&, SaveCategories const&);
Result<Saved> save_attribute_kinds(Context&, SaveAttributeKinds const&);
Result<ProductPage> list_products(Context&, ListProducts const&);
Result<ProductAnswer> get_product(Context&, GetProduct const&);
Result<FoundProducts> find_products(Context&, FindProducts const&);
Result<Nothing> archive_product(Context&, GetProduct const&);
Result<StatusSet> set_status(Context&, SetStatus const&);
Result<PicturesSet> set_pictures(Context&, SetPictures const&);
Result<PriceSet> set_price(Context&, SetPrice const&);
Result<PricesSet> set_prices(Context&, SetPrices const&);

Result<std::string> shop_currency(Transaction&);
// Sets what the main place holds so that the SKU's sellable stock becomes `units`, as a counted stock move.
Result<void> set_main_stock(Context&, std::string const& sku, std::int64_t units);

}  // namespace kindling::shop

// shop/catalogue/rows.h -- rows of the catalogue's tables, as the store gives them.
#pragma once
#include "shop/catalogue/api.h"

namespace kindling::shop {

struct ProductRow {
    std::string product_id, title_en, title_zh, description_en, description_zh, category_id, brand, brand_zh;
    ProductStatus status = ProductStatus::active;
    std::int64_t created_at_ms = 0;
    static constexpr Field fields[] = {{"product_id"}, {"title_en"}, {"title_zh"}, {"description_en"}, {"description_zh"}, {"category_id"}, {"brand"}, {"brand_zh"}, {"status"}, {"created_at_ms"}};
};
BOOST_DESCRIBE_STRUCT(ProductRow, (), (product_id, title_en, title_zh, description_en, description_zh, category_id, brand, brand_zh, status, created_at_ms))

struct VariantRow {
    std::string product_id, sku, title_en, title_zh, barcode;
    std::int64_t price_minor = 0;
    std::optional<std::int64_t> compare_at_minor, cost_minor, weight_g, stock;
    static constexpr Field fields[] = {{"product_id"}, {"sku"}, {"title_en"}, {"title_zh"}, {"barcode"}, {"price_minor"}, {"compare_at_minor"}, {"cost_minor"}, {"weight_g"}, {"stock"}};
};
BOOST_DESCRIBE_STRUCT(VariantRow, (), (product_id, sku, title_en, title_zh, barcode, price_minor, compare_at_minor, cost_minor, weight_g, stock))

struct AttributeRow {
    std::string product_id, sku, name, text_en, text_zh;
    std::optional<double> number;
    std::string unit;
    static constexpr Field fields[] = {{"product_id"}, {"sku"}, {"name"}, {"text_en"}, {"text_zh"}, {"number"}, {"unit"}};
};
BOOST_DESCRIBE_STRUCT(AttributeRow, (), (product_id, sku, name, text_en, text_zh, number, unit))

struct PictureRow {
    std::string product_id, asset, alt_en, alt_zh;
    static constexpr Field fields[] = {{"product_id"}, {"asset"}, {"alt_en"}, {"alt_zh"}};
};
BOOST_DESCRIBE_STRUCT(PictureRow, (), (product_id, asset, alt_en, alt_zh))

}  // namespace kindling::shop

// Products out of the store: four ordered scans joined in memory, so that a thousand products cost four statements, not four thousand.
#include "shop/catalogue/api.h"
#include "shop/catalogue/rows.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

// "?, ?, ?": SQLite and PostgreSQL share no array parameter.
std::string marks(std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += i ? ",?" : "?";
    return out;
}

Result<std::vector<Product>> load_batch(Transaction& tx, std::span<std::string const> ids) {
    std::vector<Product> out;
    if (ids.empty()) return out;
    std::vector<Value> values{tx.shop_id()};
    for (auto const& id : ids) values.emplace_back(id);
    auto const in = marks(ids.size());

    std::unordered_map<std::string_view, std::size_t> at;
    auto rows = TRY(tx.select_with<ProductRow>(fmt::format("SELECT product_id, title_en, title_zh, description_en, description_zh, category_id, brand, brand_zh, status, created_at_ms FROM products WHERE shop_id = ? AND product_id IN ({})", in), values));
    std::unordered_map<std::string_view, ProductRow*> by_id;
    for (auto& r : rows) by_id.emplace(r.product_id, &r);
    out.reserve(rows.size());
    for (auto const& id : ids)
        if (auto const i = by_id.find(id); i != by_id.end()) {
            auto& r = *i->second;
            at.emplace(id, out.size());
            out.push_back({r.product_id, std::move(r.title_en), std::move(r.title_zh), std::move(r.description_en), std::move(r.description_zh), std::move(r.category_id), std::move(r.brand), std::move(r.brand_zh), r.status, {}, {}, {}, r.created_at_ms});
        }

    auto const variants = TRY(tx.select_with<VariantRow>(fmt::format(
        "SELECT v.product_id, v.sku, v.title_en, v.title_zh, v.barcode, v.price_minor, v.compare_at_minor, v.cost_minor, v.weight_g, "
        "(SELECT SUM(s.on_hand - s.reserved) FROM stock s WHERE s.shop_id = v.shop_id AND s.sku = v.sku) AS stock "
        "FROM variants v WHERE v.shop_id = ? AND v.status = 'active' AND v.product_id IN ({}) ORDER BY v.product_id, v.position, v.sku", in), values));
    for (auto const& v : variants)
        if (auto const i = at.find(v.product_id); i != at.end())
            out[i->second].variants.push_back({v.sku, v.title_en, v.title_zh, v.barcode, v.price_minor, v.compare_at_minor, v.cost_minor, v.weight_g, v.stock, {}});

    auto const attributes = TRY(tx.select_with<AttributeRow>(fmt::format("SELECT product_id, sku, name, text_en, text_zh, number, unit FROM attributes WHERE shop_id = ? AND product_id IN ({}) ORDER BY product_id, sku, position, name", in), values));
    for (auto const& a : attributes) {
        auto const i = at.find(a.product_id);
        if (i == at.end()) continue;
        auto& product = out[i->second];
        Attribute attribute{a.name, a.text_en, a.text_zh, a.number, a.unit};
        if (a.sku.empty()) { product.attributes.push_back(std::move(attribute)); continue; }
        auto const v = std::ranges::find(product.variants, a.sku, &Variant::sku);
        if (v != product.variants.end()) v->attributes.push_back(std::move(attribute));
    }

    auto const pictures = TRY(tx.select_with<PictureRow>(fmt::format("SELECT product_id, asset, alt_en, alt_zh FROM media WHERE shop_id = ? AND kind = 'image' AND product_id IN ({}) ORDER BY product_id, position", in), values));
    for (auto const& p : pictures)
        if (auto const i = at.find(p.product_id); i != at.end()) {
            bool const elsewhere = p.asset.starts_with("https://");
            out[i->second].pictures.push_back({elsewhere ? "" : p.asset, elsewhere ? p.asset : "/assets/" + p.asset, p.alt_en, p.alt_zh});
        }
    return out;
}

}  // namespace

Result<std::vector<Product>> load_products(Transaction& tx, std::span<std::string const> ids) {
    constexpr std::size_t batch = 400;  // SQLite takes 32,766 parameters, but plans of long IN lists grow slow
    std::vector<Product> out;
    for (std::size_t i = 0; i < ids.size(); i += batch) {
        auto part = TRY(load_batch(tx, ids.subspan(i, std::min(batch, ids.size() - i))));
        std::ranges::move(part, std::back_inserter(out));
    }
    return out;
}

Result<void> each_product(Transaction& tx, std::function<Result<void>(std::span<Product const>)> const& each) {
    std::string after;
    for (;;) {
        std::vector<std::string> ids;
        Value const values[] = {tx.shop_id(), after};
        TRY(tx.run("SELECT product_id FROM products WHERE shop_id = ? AND product_id > ? AND status <> 'archived' ORDER BY product_id LIMIT 400", values, [&](Row const& row) -> Result<void> {
            ids.emplace_back(row.text(0));
            return {};
        }));
        if (ids.empty()) return {};
        auto const products = TRY(load_batch(tx, ids));
        TRY(each(products));
        after = ids.back();
    }
}

Result<std::vector<Category>> load_categories(Transaction& tx) {
    auto categories = TRY(tx.select<Category>("SELECT c.category_id, c.parent_id, c.name_en, c.name_zh, c.position, (SELECT COUNT(*) FROM products p WHERE p.shop_id = c.shop_id AND p.category_id = c.category_id AND p.status = 'active') AS products "
                                              "FROM categories c WHERE c.shop_id = ? ORDER BY c.parent_id, c.position, c.category_id", tx.shop_id()));
    // Counts include what lies below: add each category's own products to all its ancestors. A cycle ends the walk.
    std::unordered_map<std::string_view, std::size_t> at;
    for (std::size_t i = 0; i < categories.size(); ++i) at.emplace(categories[i].category_id, i);
    std::vector<std::int64_t> own(categories.size());
    for (std::size_t i = 0; i < categories.size(); ++i) own[i] = categories[i].products;
    for (std::size_t i = 0; i < categories.size(); ++i) {
        auto up = at.find(categories[i].parent_id);
        for (std::size_t steps = 0; up != at.end() && steps < 32; ++steps) {
            categories[up->second].products += own[i];
            up = at.find(categories[up->second].parent_id);
        }
    }
    return categories;
}

Result<std::vector<AttributeKind>> load_attribute_kinds(Transaction& tx) {
    return tx.select<AttributeKind>("SELECT name, name_en, name_zh, unit, facet FROM attribute_kinds WHERE shop_id = ? ORDER BY name", tx.shop_id());
}

Result<std::optional<std::pair<Product, Variant>>> find_variant(Transaction& tx, std::string_view sku) {
    std::string id;
    Value const values[] = {tx.shop_id(), sku};
    TRY(tx.run("SELECT product_id FROM variants WHERE shop_id = ? AND sku = ? AND status = 'active'", values, [&](Row const& row) -> Result<void> { id = row.text(0); return {}; }));
    std::optional<std::pair<Product, Variant>> out;
    if (id.empty()) return out;
    auto products = TRY(load_products(tx, std::span(&id, 1)));
    if (products.empty()) return out;
    auto const v = std::ranges::find(products[0].variants, sku, &Variant::sku);
    if (v != products[0].variants.end()) {
        auto variant = *v;
        out.emplace(std::move(products[0]), std::move(variant));
    }
    return out;
}

}  // namespace kindling::shop

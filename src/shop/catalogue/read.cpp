#include "shop/catalogue/operations.h"
#include "shop/page.h"
#include <fmt/format.h>

namespace kindling::shop {

Result<std::string> shop_currency(Transaction& tx) {
    std::string currency;
    Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT currency FROM shops WHERE shop_id = ?", values, [&](Row const& row) -> Result<void> { currency = row.text(0); return {}; }));
    if (currency.empty()) return fail(Errc::not_found, "shop_not_found", fmt::format("There is no shop {} on this server.", tx.shop_id()));
    return currency;
}

Result<ProductPage> list_products(Context& context, ListProducts const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("products", in.page_token, 1));
    std::string where = "p.shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    std::string like;
    if (!in.query.empty()) {
        // A person's % and _ are letters, not wildcards.
        for (char c : in.query) c == '%' || c == '_' || c == '\\' ? like += '\\', like += c : like += c;
        like = "%" + like + "%";
        where += " AND (p.title_en LIKE ? ESCAPE '\\' OR p.title_zh LIKE ? ESCAPE '\\' OR p.brand LIKE ? ESCAPE '\\' OR p.product_id LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM variants q WHERE q.shop_id = p.shop_id AND q.product_id = p.product_id AND q.sku LIKE ? ESCAPE '\\'))";
        for (int i = 0; i < 5; ++i) values.emplace_back(like);
    }
    if (!in.category_id.empty()) where += " AND p.category_id = ?", values.emplace_back(in.category_id);
    if (in.status) where += " AND p.status = ?", values.emplace_back(name(*in.status));
    ProductPage page;
    TRY(tx.run("SELECT COUNT(*) FROM products p WHERE " + where, values, [&](Row const& row) -> Result<void> { page.total = row.integer(0); return {}; }));
    if (!keys.empty()) where += " AND p.product_id > ?", values.emplace_back(keys[0]);
    values.emplace_back(in.page_size + 1);
    auto const currency = TRY(shop_currency(tx));
    page.products = TRY(tx.select_with<ProductLine>(
        "SELECT p.product_id, p.title_en, p.title_zh, p.brand, p.category_id, p.status, "
        "(SELECT MIN(v.price_minor) FROM variants v WHERE v.shop_id = p.shop_id AND v.product_id = p.product_id AND v.status = 'active') AS price_minor, "
        "(SELECT COUNT(*) FROM variants v WHERE v.shop_id = p.shop_id AND v.product_id = p.product_id AND v.status = 'active') AS variants, "
        "(SELECT SUM(s.on_hand - s.reserved) FROM variants v JOIN stock s ON s.shop_id = v.shop_id AND s.sku = v.sku WHERE v.shop_id = p.shop_id AND v.product_id = p.product_id AND v.status = 'active') AS stock, "
        "(SELECT m.asset FROM media m WHERE m.shop_id = p.shop_id AND m.product_id = p.product_id ORDER BY m.position LIMIT 1) AS picture_url "
        "FROM products p WHERE " + where + " ORDER BY p.product_id LIMIT ?", values));
    if (page.products.size() > static_cast<std::size_t>(in.page_size)) {
        page.products.pop_back();
        page.next_page_token = page_token("products", std::span(&page.products.back().product_id, 1));
    }
    for (auto& p : page.products) {
        p.currency = currency;
        if (!p.picture_url.empty() && !p.picture_url.starts_with("https://")) p.picture_url = "/assets/" + p.picture_url;
    }
    return page;
}

Result<ProductAnswer> get_product(Context& context, GetProduct const& in) {
    auto& tx = context.tx();
    auto products = TRY(load_products(tx, std::span(&in.product_id, 1)));
    bool const staff = context.caller.may("catalog.read");
    if (products.empty() || (!staff && products[0].status != ProductStatus::active))
        return fail(Errc::not_found, "product_not_found", fmt::format("There is no product \"{}\".", in.product_id), {{"/product_id", "product_not_found", "is not a product of this shop"}});
    ProductAnswer answer{std::move(products[0]), TRY(shop_currency(tx)), 0, {}};
    if (!staff)
        for (auto& v : answer.product.variants) v.cost_minor.reset();
    Value const values[] = {tx.shop_id(), in.product_id};
    TRY(tx.run("SELECT COUNT(*), AVG(rating) FROM reviews WHERE shop_id = ? AND product_id = ? AND status = 'published'", values, [&](Row const& row) -> Result<void> {
        answer.reviews = row.integer(0);
        if (answer.reviews) answer.rating = row.number(1);
        return {};
    }));
    return answer;
}

Result<Nothing> archive_product(Context& context, GetProduct const& in) {
    auto& tx = context.tx();
    if (!TRY(tx.execute("UPDATE products SET status = 'archived', updated_at_ms = ? WHERE shop_id = ? AND product_id = ?", context.now, tx.shop_id(), in.product_id)))
        return fail(Errc::not_found, "product_not_found", fmt::format("There is no product \"{}\".", in.product_id), {{"/product_id", "product_not_found", "is not a product of this shop"}});
    tx.changed("product", in.product_id);
    return Nothing{};
}

Result<PriceSet> set_price(Context& context, SetPrice const& in) {
    auto& tx = context.tx();
    auto const found = TRY(find_variant(tx, in.sku));
    if (!found) return fail(Errc::not_found, "sku_not_found", fmt::format("There is no SKU \"{}\".", in.sku), {{"/sku", "sku_not_found", "is not a SKU of this shop"}});
    auto const currency = TRY(shop_currency(tx));
    TRY(tx.execute("UPDATE variants SET price_minor = ?, compare_at_minor = ? WHERE shop_id = ? AND sku = ?", in.price_minor, in.compare_at_minor, tx.shop_id(), in.sku));
    TRY(tx.execute("INSERT INTO price_history (shop_id, sku, from_ms, price_minor, currency, reason) VALUES (?,?,?,?,?,?) ON CONFLICT (shop_id, sku, from_ms) DO UPDATE SET price_minor = excluded.price_minor, reason = excluded.reason",
                   tx.shop_id(), in.sku, context.now, in.price_minor, currency, in.reason));
    tx.changed("product", found->first.product_id);
    return PriceSet{found->second.price_minor, in.price_minor, currency};
}

Result<PricesSet> set_prices(Context& context, SetPrices const& in) {
    PricesSet out;
    for (std::size_t i = 0; i < in.prices.size(); ++i) {
        auto one = set_price(context, in.prices[i]);
        if (!one) {
            for (auto& f : one.error().fields) f.path = fmt::format("/prices/{}{}", i, f.path);
            return std::unexpected(std::move(one).error());
        }
        out.prices.push_back(std::move(*one));
    }
    return out;
}

Result<StatusSet> set_status(Context& context, SetStatus const& in) {
    auto& tx = context.tx();
    std::string const ids[] = {in.product_id};
    auto const found = TRY(load_products(tx, ids));
    if (found.empty()) return fail(Errc::not_found, "product_not_found", fmt::format("There is no product \"{}\".", in.product_id), {{"/product_id", "product_not_found", "is not a product of this shop"}});
    TRY(tx.execute("UPDATE products SET status = ?, updated_at_ms = ? WHERE shop_id = ? AND product_id = ?", name(in.status), context.now, tx.shop_id(), in.product_id));
    tx.changed("product", in.product_id);
    return StatusSet{found[0].status, in.status};
}

}  // namespace kindling::shop

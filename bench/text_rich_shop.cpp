// text_rich_shop.cpp -- see text_rich_shop.h.
#include "text_rich_shop.h"

#include <cmath>

#include "amazon_products.h"

namespace kindling::bench {

dialogue::CatalogueView::Source text_rich_shop(BenchContext const& context) {
    dialogue::CatalogueView::Source out;
    out.currency = "USD";
    // As the import names them.
    out.categories = {{"toys-and-games", "", "Toys and Games", "", 0, 0}, {"musical-instruments", "", "Musical Instruments", "", 0, 0}, {"kindle-store", "", "Kindle Store", "", 0, 0}};
    auto const or_zero = [](double number) { return static_cast<std::int64_t>(std::isnan(number) ? 0 : number); };
    for (auto& row : amazon_products(context)) {
        auto category = row.category;
        for (auto& c : category) c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        shop::Product product;
        product.product_id = std::to_string(out.products.size()), product.category_id = category, product.title_en = std::move(row.title), product.description_en = std::move(row.description);
        product.status = shop::ProductStatus::active;
        shop::Variant variant{.sku = "A" + product.product_id};
        variant.price_minor = or_zero(row.price), variant.stock = or_zero(row.quantity);
        product.variants.push_back(std::move(variant));
        out.standing.emplace(product.product_id, dialogue::Standing{});
        out.products.push_back(std::move(product));
    }
    return out;
}

}  // namespace kindling::bench

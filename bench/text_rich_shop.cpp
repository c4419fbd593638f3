// text_rich_shop.cpp -- see text_rich_shop.h.
#include "text_rich_shop.h"

#include <boost/json/value.hpp>
#include <algorithm>
#include <cmath>

#include "core/json_text.h"

namespace kindling::bench {

dialogue::CatalogueView::Source text_rich_shop(BenchContext const& context) {
    dialogue::CatalogueView::Source out;
    auto const path = context.find("amazon-products-24k/products.vespa.jsonl.gz");
    if (!path) return out;
    out.currency = "USD";
    // As the import names them.
    out.categories = {{"toys-and-games", "", "Toys and Games", "", 0, 0}, {"musical-instruments", "", "Musical Instruments", "", 0, 0}, {"kindle-store", "", "Kindle Store", "", 0, 0}};
    auto const lines = read_file(*path);
    for (std::size_t at = 0; at < lines.size();) {
        auto const end = std::min(lines.find('\n', at), lines.size());
        auto const line = parse_json(std::string_view(lines).substr(at, end - at));
        at = end + 1;
        if (!line) continue;
        auto const& f = line->at("fields").as_object();
        auto const text = [&](const char* name) { return f.contains(name) && f.at(name).is_string() ? std::string(f.at(name).as_string()) : std::string(); };
        auto const number = [&](const char* name) { return f.contains(name) && f.at(name).is_number() ? f.at(name).to_number<double>() : 0.0; };
        auto category = text("category");
        for (auto& c : category) c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        shop::Product product;
        product.product_id = std::to_string(out.products.size()), product.category_id = category, product.title_en = text("title"), product.description_en = text("description");
        product.status = shop::ProductStatus::active;
        shop::Variant variant{.sku = "A" + product.product_id};
        variant.price_minor = static_cast<std::int64_t>(number("price")), variant.stock = static_cast<std::int64_t>(number("quantity"));
        product.variants.push_back(std::move(variant));
        out.standing.emplace(product.product_id, dialogue::Standing{});
        out.products.push_back(std::move(product));
    }
    return out;
}

}  // namespace kindling::bench

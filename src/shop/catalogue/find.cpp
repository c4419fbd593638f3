// catalog.find_products: what agents and feeds ask, many at once, by whatever identifier they kept: five statements whatever the number.
#include "shop/catalogue/operations.h"
#include <fmt/format.h>
#include <map>

namespace kindling::shop {

namespace {

struct Reviews {
    std::int64_t count = 0;
    double mean = 0;
};

std::string marks(std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += i ? ",?" : "?";
    return out;
}

}  // namespace

Result<FoundProducts> find_products(Context& context, FindProducts const& in) {
    auto& tx = context.tx();
    FoundProducts answer{{}, TRY(shop_currency(tx))};
    std::vector<std::string> wanted;  // without repetitions
    for (auto const& id : in.ids)
        if (!id.empty() && std::ranges::find(wanted, id) == wanted.end()) wanted.push_back(id);
    if (wanted.empty()) return answer;

    // Most ids are product ids: only what is left of them is looked for as a SKU or a barcode.
    auto const staff = context.caller.may("catalog.read");
    auto const sold = [&](Product const& p) { return !p.variants.empty() && (staff || p.status == ProductStatus::active); };
    std::map<std::string, std::string, std::less<>> sku_of;  // by what was asked
    auto products = TRY(load_products(tx, wanted));
    std::vector<std::string> others, owners;
    for (auto const& id : wanted)
        if (std::ranges::find(products, id, &Product::product_id) == products.end()) others.push_back(id);
    if (!others.empty()) {
        std::vector<Value> values{tx.shop_id()};
        for (auto const& id : others) values.emplace_back(id);
        std::map<std::string, std::string, std::less<>> owner_of;
        for (std::string_view const column : {"sku", "barcode"})
            TRY(tx.run(fmt::format("SELECT {0}, product_id, sku FROM variants WHERE shop_id = ? AND status = 'active' AND {0} IN ({1}) ORDER BY product_id, position, sku", column, marks(others.size())), values, [&](Row const& row) -> Result<void> {
                if (owner_of.emplace(row.text(0), row.text(1)).second) sku_of.emplace(row.text(0), row.text(2));
                return {};
            }));
        for (auto const& [asked, owner] : owner_of)
            if (std::ranges::find(products, owner, &Product::product_id) == products.end() && std::ranges::find(owners, owner) == owners.end()) owners.push_back(owner);
        for (auto& p : TRY(load_products(tx, owners))) products.push_back(std::move(p));
    }
    for (auto& product : products) {
        if (!sold(product)) continue;
        FoundProduct found{.product = std::move(product)};
        auto const has = [&](std::string_view sku) { return std::ranges::find(found.product.variants, sku, &Variant::sku) != found.product.variants.end(); };
        for (auto const& id : wanted) {
            auto const i = sku_of.find(id);
            if (id == found.product.product_id) found.asked.push_back(id), found.skus.push_back(has(id) ? id : "");
            else if (i != sku_of.end() && has(i->second)) found.asked.push_back(id), found.skus.push_back(i->second);
        }
        if (!staff)
            for (auto& v : found.product.variants) v.cost_minor.reset();
        answer.products.push_back(std::move(found));
    }
    auto const place = [&](FoundProduct const& p) { return p.asked.empty() ? wanted.size() : static_cast<std::size_t>(std::ranges::find(wanted, p.asked.front()) - wanted.begin()); };
    std::ranges::stable_sort(answer.products, {}, place);
    if (answer.products.empty()) return answer;
    std::vector<Value> values{tx.shop_id()};
    for (auto const& p : answer.products) values.emplace_back(p.product.product_id);
    std::map<std::string, Reviews, std::less<>> reviews;
    TRY(tx.run(fmt::format("SELECT product_id, COUNT(*), AVG(rating) FROM reviews WHERE shop_id = ? AND status = 'published' AND product_id IN ({}) GROUP BY product_id", marks(answer.products.size())), values, [&](Row const& row) -> Result<void> {
        reviews[std::string(row.text(0))] = {row.integer(1), row.number(2)};
        return {};
    }));
    for (auto& p : answer.products)
        if (auto const i = reviews.find(p.product.product_id); i != reviews.end()) p.reviews = i->second.count, p.rating = i->second.mean;
    return answer;
}

}  // namespace kindling::shop

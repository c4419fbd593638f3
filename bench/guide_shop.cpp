// guide_shop.cpp -- see guide_shop.h. Ratings, popularity and stock are drawn from a fixed seed, since no trade has happened here.
#include "guide_shop.h"

#include "core/random.h"
#include <algorithm>
#include <cmath>
#include <set>

namespace kindling::bench {

dialogue::CatalogueView::Source demo_shop(shop::simulator::World const& world) {
    dialogue::CatalogueView::Source out;
    for (auto const& c : world.categories) out.categories.push_back({c.key, c.parent < 0 ? "" : world.categories[static_cast<std::size_t>(c.parent)].key, c.name.en, c.name.zh, 0, 0});
    std::set<std::string> kinds;
    Random draw(20261122);
    out.kinds = {{"colour", "Colour", "颜色", "", true}, {"size", "Size", "尺码", "", true}};
    for (auto const& p : world.products) {
        shop::Product product;
        product.product_id = p.key, product.title_en = p.title.en, product.title_zh = p.title.zh, product.description_en = p.description.en, product.description_zh = p.description.zh;
        product.category_id = world.categories[static_cast<std::size_t>(p.category)].key;
        auto const& brand = world.brands[static_cast<std::size_t>(p.brand)];
        product.brand = brand.name.en, product.brand_zh = brand.name.zh;
        for (auto const& a : p.attributes) {
            shop::Attribute attribute{.name = a.key, .text_en = a.value.en, .text_zh = a.value.zh};
            if (a.kind == shop::simulator::AttributeKind::number) attribute.number = a.number, attribute.unit = a.unit;
            product.attributes.push_back(std::move(attribute));
            if (kinds.insert(a.key).second) out.kinds.push_back({a.key, a.name.en, a.name.zh, a.unit, true});
        }
        auto sold = p.ended == 0;
        for (int v = p.first_variant; v < p.first_variant + p.variant_count; ++v) {
            auto const& from = world.variants[static_cast<std::size_t>(v)];
            shop::Variant variant{.sku = from.sku};
            auto const join = [](std::string const& a, std::string const& b) { return a.empty() ? b : b.empty() ? a : a + " / " + b; };
            variant.title_en = join(from.colour.en, from.size.en), variant.title_zh = join(from.colour.zh, from.size.zh);
            variant.price_minor = from.price_minor;
            if (from.compare_at_minor > from.price_minor) variant.compare_at_minor = from.compare_at_minor;
            variant.stock = draw.chance(0.06) ? 0 : draw.between(1, 80);
            if (!from.colour.en.empty()) variant.attributes.push_back({.name = "colour", .text_en = from.colour.en, .text_zh = from.colour.zh});
            if (!from.size.en.empty()) variant.attributes.push_back({.name = "size", .text_en = from.size.en, .text_zh = from.size.zh});
            product.variants.push_back(std::move(variant));
        }
        dialogue::Standing standing;
        standing.reviews = draw.poisson(12);
        standing.rating = standing.reviews == 0 ? 0 : std::round(draw.uniform(3.4, 5.0) * 10) / 10;
        standing.popularity = std::floor(draw.exponential(0.02));
        standing.created_at_ms = start_of(p.launched);
        out.standing.emplace(product.product_id, standing);
        product.status = sold ? shop::ProductStatus::active : shop::ProductStatus::archived;
        out.products.push_back(std::move(product));
    }
    return out;
}

Result<void> DemoBasket::add(std::string& basket_id, std::string const& sku, std::int64_t quantity) {
    basket_id = "demo";
    for (auto& line : held)
        if (line.sku == sku) { line.quantity += quantity; return {}; }
    held.push_back({sku, quantity});
    return {};
}
Result<void> DemoBasket::remove(std::string const&, std::string const& sku) {
    std::erase_if(held, [&](Line const& line) { return sku.empty() || line.sku == sku; });
    return {};
}
DemoOrders::DemoOrders(dialogue::CatalogueView const& shop) : first{.order_id = "20261101", .status = "shipped", .placed = "2026-11-01", .tracking = "SF 1002003004", .items = {"Cup"}, .lines = {{0, "CUP", "cup", "Cup", 1, 0}}} {
    second = {.order_id = "ord_01m8deykj399m119smbzcn61eh", .status = "delivered", .placed = "2026-11-01"};
    for (std::size_t p = 0; p < shop.size() && second.lines.empty(); ++p) {
        auto const& entry = shop[p];
        if (entry.category < 0 || shop.words().categories[static_cast<std::size_t>(entry.category)].id != "mugs" || entry.variants.size() < 3) continue;
        if (std::ranges::all_of(entry.variants, [](auto const& v) { return v.stock > 0; })) second.lines = {{0, entry.data.variants[0].sku, entry.data.product_id, "Mug", 1, 0}}, second.items = {"Mug"};
    }
    unsent = second, unsent.order_id = "20261120", unsent.status = "paid", unsent.placed = "2026-11-20";
}
Result<dialogue::Orders::Found> DemoOrders::find(std::string const& order_number, std::string const& contact) {
    auto const* order = order_number == first.order_id ? &first : order_number == second.order_id ? &second : order_number == unsent.order_id ? &unsent : nullptr;
    if (!order || (contact != "lin@example.com" && !(contact.size() >= 4 && contact.ends_with("1234")))) return Found{contact.empty() ? Access::need_proof : Access::unknown_order, {}};
    return Found{Access::granted, *order};
}
Result<std::vector<dialogue::PricePoint>> DemoRecords::prices(std::string const& sku) {
    auto const found = view.find_sku(sku);
    if (!found) return std::vector<dialogue::PricePoint>();
    auto const price = view[found->first].variants[found->second].price_minor;
    auto const day = 86'400'000LL;
    return std::vector<dialogue::PricePoint>{{demo_now - 100 * day, price * 12 / 10}, {demo_now - 50 * day, price * 8 / 10}, {demo_now - 20 * day, price}};
}
std::optional<std::string> DemoKnowledge::policy(std::string const& topic, Locale locale) {
    if (topic != "shipping") return {};
    return locale == Locale::zh ? "满99元包邮，48小时内发货。" : "Orders over ¥99 ship free (包邮), within 48 hours.";
}

}  // namespace kindling::bench

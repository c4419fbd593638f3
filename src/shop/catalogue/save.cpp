// catalog.save_products and its neighbours: the way goods come in, for people, imports and the simulator alike.
//
// A product is saved whole: what is not in the request is gone afterwards, so a save can be repeated and diffed. A product equal to
// what is stored is left untouched, which makes a re-import cheap and keeps the search index quiet.
#include "shop/catalogue/operations.h"
#include "core/json_text.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::shop {

namespace {

// What decides whether two products are the same to the store: everything but what the server works out itself. What a save does not
// say about the time of listing stays as it is.
std::string comparable(Product product, std::optional<std::int64_t> listed) {
    if (!product.created_at_ms) product.created_at_ms = listed;
    for (auto& v : product.variants) v.stock.reset();
    for (auto& p : product.pictures)
        if (!p.asset.empty()) p.url.clear();
    return to_text(write_json(product));
}

void check(Product const& p, std::size_t index, std::vector<FieldError>& errors) {
    auto const at = fmt::format("/products/{}", index);
    if (p.product_id.empty()) errors.push_back({at + "/product_id", "required", "must not be empty"});
    if (p.title_en.empty() && p.title_zh.empty()) errors.push_back({at + "/title_en", "required", "a title in English or Chinese is needed"});
    if (p.variants.empty()) errors.push_back({at + "/variants", "too_few", "at least one variant is needed"});
    std::set<std::string_view> skus, names;
    for (std::size_t v = 0; v < p.variants.size(); ++v) {
        auto const here = fmt::format("{}/variants/{}", at, v);
        if (p.variants[v].sku.empty()) errors.push_back({here + "/sku", "required", "must not be empty"});
        if (!skus.insert(p.variants[v].sku).second) errors.push_back({here + "/sku", "duplicate", "names a SKU twice"});
        std::set<std::string_view> own;
        for (std::size_t a = 0; a < p.variants[v].attributes.size(); ++a)
            if (!own.insert(p.variants[v].attributes[a].name).second) errors.push_back({fmt::format("{}/attributes/{}/name", here, a), "duplicate", "names an attribute twice"});
    }
    for (std::size_t a = 0; a < p.attributes.size(); ++a)
        if (!names.insert(p.attributes[a].name).second) errors.push_back({fmt::format("{}/attributes/{}/name", at, a), "duplicate", "names an attribute twice"});
    for (std::size_t i = 0; i < p.pictures.size(); ++i)
        if (p.pictures[i].asset.empty() && !p.pictures[i].url.starts_with("https://") && !p.pictures[i].url.starts_with("/assets/"))
            errors.push_back({fmt::format("{}/pictures/{}/url", at, i), "malformed_url", "give an asset or an https address"});
}

Result<void> write_product(Context& context, Product const& p, std::string const& currency, Product const* before) {
    auto& tx = context.tx();
    auto const shop = tx.shop_id();
    auto const listed = p.created_at_ms.value_or(before ? before->created_at_ms.value_or(context.now) : context.now);
    TRY(tx.execute("INSERT INTO products (shop_id, product_id, category_id, brand, brand_zh, title_en, title_zh, description_en, description_zh, status, created_at_ms, updated_at_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?,?) "
                   "ON CONFLICT (shop_id, product_id) DO UPDATE SET category_id = excluded.category_id, brand = excluded.brand, brand_zh = excluded.brand_zh, title_en = excluded.title_en, title_zh = excluded.title_zh, "
                   "description_en = excluded.description_en, description_zh = excluded.description_zh, status = excluded.status, created_at_ms = excluded.created_at_ms, updated_at_ms = excluded.updated_at_ms",
                   shop, p.product_id, p.category_id, p.brand, p.brand_zh, p.title_en, p.title_zh, p.description_en, p.description_zh, name(p.status), listed, context.now));
    if (before) {
        TRY(tx.execute("UPDATE variants SET status = 'archived' WHERE shop_id = ? AND product_id = ?", shop, p.product_id));
        TRY(tx.execute("DELETE FROM attributes WHERE shop_id = ? AND product_id = ?", shop, p.product_id));
        TRY(tx.execute("DELETE FROM media WHERE shop_id = ? AND product_id = ?", shop, p.product_id));
    }
    TRY(tx.run_many("INSERT INTO variants (shop_id, sku, product_id, position, title_en, title_zh, barcode, price_minor, compare_at_minor, cost_minor, currency, weight_g, status) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,'active') "
                    "ON CONFLICT (shop_id, sku) DO UPDATE SET product_id = excluded.product_id, position = excluded.position, title_en = excluded.title_en, title_zh = excluded.title_zh, barcode = excluded.barcode, "
                    "price_minor = excluded.price_minor, compare_at_minor = excluded.compare_at_minor, cost_minor = excluded.cost_minor, currency = excluded.currency, weight_g = excluded.weight_g, status = 'active'",
                    p.variants.size(), [&](std::size_t i, std::vector<Value>& values) {
                        auto const& v = p.variants[i];
                        values = {shop, v.sku, p.product_id, i, v.title_en, v.title_zh, v.barcode, v.price_minor, v.compare_at_minor, v.cost_minor, currency, v.weight_g};
                    }));
    struct Placed { std::string_view sku; std::size_t position; Attribute const* attribute; };
    std::vector<Placed> attributes;
    for (std::size_t i = 0; i < p.attributes.size(); ++i) attributes.push_back({"", i, &p.attributes[i]});
    for (auto const& v : p.variants)
        for (std::size_t i = 0; i < v.attributes.size(); ++i) attributes.push_back({v.sku, i, &v.attributes[i]});
    TRY(tx.run_many("INSERT INTO attributes (shop_id, product_id, sku, name, position, text_en, text_zh, number, unit) VALUES (?,?,?,?,?,?,?,?,?)", attributes.size(), [&](std::size_t i, std::vector<Value>& values) {
        auto const& [sku, position, a] = attributes[i];
        values = {shop, p.product_id, sku, a->name, position, a->text_en, a->text_zh, a->number, a->unit};
    }));
    TRY(tx.run_many("INSERT INTO media (shop_id, product_id, position, asset, kind, alt_en, alt_zh) VALUES (?,?,?,?,'image',?,?)", p.pictures.size(), [&](std::size_t i, std::vector<Value>& values) {
        auto const& m = p.pictures[i];
        values = {shop, p.product_id, i, m.asset.empty() ? std::string_view(m.url).substr(m.url.starts_with("/assets/") ? 8 : 0) : std::string_view(m.asset), m.alt_en, m.alt_zh};
    }));
    for (auto const& v : p.variants) {
        Variant const* old = nullptr;
        if (before)
            for (auto const& o : before->variants)
                if (o.sku == v.sku) old = &o;
        if (!old || old->price_minor != v.price_minor)
            TRY(tx.execute("INSERT INTO price_history (shop_id, sku, from_ms, price_minor, currency, reason) VALUES (?,?,?,?,?,'saved') ON CONFLICT (shop_id, sku, from_ms) DO UPDATE SET price_minor = excluded.price_minor", shop, v.sku, before ? context.now : listed, v.price_minor, currency));
        if (v.stock && (!old || old->stock != v.stock))
            TRY(set_main_stock(context, v.sku, *v.stock));
    }
    tx.changed("product", p.product_id);
    return {};
}

}  // namespace

Result<Saved> save_products(Context& context, SaveProducts const& in) {
    std::vector<FieldError> errors;
    std::vector<std::string> ids;
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < in.products.size(); ++i) {
        check(in.products[i], i, errors);
        if (!seen.insert(in.products[i].product_id).second) errors.push_back({fmt::format("/products/{}/product_id", i), "duplicate", "names a product twice"});
        ids.push_back(in.products[i].product_id);
    }
    auto& tx = context.tx();
    // A SKU belongs to one product: taking it from another by accident would move that one's sales history.
    for (std::size_t i = 0; i < in.products.size(); ++i)
        for (std::size_t v = 0; v < in.products[i].variants.size(); ++v) {
            Value const values[] = {tx.shop_id(), in.products[i].variants[v].sku};
            TRY(tx.run("SELECT product_id FROM variants WHERE shop_id = ? AND sku = ? AND status = 'active'", values, [&](Row const& row) -> Result<void> {
                if (row.text(0) != in.products[i].product_id)
                    errors.push_back({fmt::format("/products/{}/variants/{}/sku", i, v), "sku_taken", fmt::format("belongs to product {} already", row.text(0))});
                return {};
            }));
        }
    std::map<std::string_view, bool> known;  // categories
    for (std::size_t i = 0; i < in.products.size(); ++i) {
        auto const& id = in.products[i].category_id;
        if (id.empty()) continue;
        auto const [at, fresh] = known.try_emplace(id, false);
        if (fresh) at->second = TRY(tx.integer("SELECT COUNT(*) FROM categories WHERE shop_id = ? AND category_id = ?", tx.shop_id(), id)) > 0;
        if (!at->second) errors.push_back({fmt::format("/products/{}/category_id", i), "unknown_category", "no category has this identifier; save it with catalog.save_categories first"});
    }
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The products have invalid fields; nothing was saved.", std::move(errors));

    auto const currency = TRY(shop_currency(tx));
    auto const before = TRY(load_products(tx, ids));
    std::unordered_map<std::string_view, Product const*> stored;
    for (auto const& p : before) stored.emplace(p.product_id, &p);
    Saved saved;
    for (auto const& p : in.products) {
        auto const i = stored.find(p.product_id);
        auto const* old = i == stored.end() ? nullptr : i->second;
        bool const same_stock = !old || std::ranges::all_of(p.variants, [&](Variant const& v) {
            auto const o = std::ranges::find(old->variants, v.sku, &Variant::sku);
            return !v.stock || (o != old->variants.end() && o->stock == v.stock);
        });
        if (old && same_stock && comparable(*old, {}) == comparable(p, old->created_at_ms)) { ++saved.unchanged; continue; }
        TRY(write_product(context, p, currency, old));
        ++(old ? saved.updated : saved.created);
    }
    return saved;
}

Result<Saved> save_categories(Context& context, SaveCategories const& in) {
    auto& tx = context.tx();
    // The tree as it will be: every parent is in it, and going up from any category ends.
    std::unordered_map<std::string, std::string> parents;
    Value const shop[] = {tx.shop_id()};
    TRY(tx.run("SELECT category_id, parent_id FROM categories WHERE shop_id = ?", shop, [&](Row const& row) -> Result<void> { parents.emplace(row.text(0), row.text(1)); return {}; }));
    std::set<std::string> known;
    for (auto const& [id, _] : parents) known.insert(id);
    for (auto const& c : in.categories) parents[c.category_id] = c.parent_id;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < in.categories.size(); ++i) {
        auto const& c = in.categories[i];
        auto const parent = fmt::format("/categories/{}/parent_id", i);
        if (c.category_id.empty()) errors.push_back({fmt::format("/categories/{}/category_id", i), "required", "must not be empty"});
        else if (!c.parent_id.empty() && !parents.contains(c.parent_id)) errors.push_back({parent, "category_not_found", fmt::format("there is no category {}", c.parent_id)});
        else {
            std::set<std::string_view> seen{c.category_id};
            for (std::string_view up = c.parent_id; !up.empty();) {
                if (!seen.insert(up).second) { errors.push_back({parent, "cyclic", fmt::format("{} would lie under itself", c.category_id)}); break; }
                auto const next = parents.find(std::string(up));
                up = next == parents.end() ? std::string_view() : std::string_view(next->second);
            }
        }
    }
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The categories are no tree; nothing was saved.", std::move(errors));
    Saved saved;
    for (auto const& c : in.categories) {
        auto const changed = TRY(tx.execute("INSERT INTO categories (shop_id, category_id, parent_id, name_en, name_zh, position) VALUES (?,?,?,?,?,?) ON CONFLICT (shop_id, category_id) DO UPDATE SET parent_id = excluded.parent_id, name_en = excluded.name_en, name_zh = excluded.name_zh, position = excluded.position "
                                            "WHERE categories.parent_id <> excluded.parent_id OR categories.name_en <> excluded.name_en OR categories.name_zh <> excluded.name_zh OR categories.position <> excluded.position",
                                            tx.shop_id(), c.category_id, c.parent_id, c.name_en, c.name_zh, c.position));
        ++(!changed ? saved.unchanged : known.insert(c.category_id).second ? saved.created : saved.updated);
    }
    tx.changed("category");
    return saved;
}

Result<Saved> save_attribute_kinds(Context& context, SaveAttributeKinds const& in) {
    Saved saved;
    auto& tx = context.tx();
    for (auto const& a : in.attributes) {
        TRY(tx.execute("INSERT INTO attribute_kinds (shop_id, name, name_en, name_zh, unit, facet) VALUES (?,?,?,?,?,?) ON CONFLICT (shop_id, name) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh, unit = excluded.unit, facet = excluded.facet",
                       tx.shop_id(), a.name, a.name_en, a.name_zh, a.unit, a.facet));
        ++saved.updated;
    }
    tx.changed("category");
    return saved;
}

}  // namespace kindling::shop

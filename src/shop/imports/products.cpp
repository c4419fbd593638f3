// Rows of products: one product is one row, or several that follow one another (variants, further pictures), or, in WooCommerce, a parent and
// variations that may stand anywhere.
#include "core/utf8.h"
#include "shop/catalogue/operations.h"
#include "shop/imports/outcome.h"
#include <cmath>
#include <fmt/format.h>
#include <unordered_set>

namespace kindling::shop::imports {

namespace {

struct Group {
    Product product;
    std::string option_names[3], category, category_zh;
    std::vector<std::int64_t> lines;
    std::unordered_map<std::uint64_t, std::int64_t> rows;  // content of each row: an identical one is no contradiction
    std::uint64_t content = 0;
    bool broken = false;
};

std::string attribute_name(std::string_view label) {
    auto out = slug(utf8_prefix(label, 64));
    std::ranges::replace(out, '-', '_');
    return std::string(utf8_prefix(out.empty() ? "option" : out, 64));
}

void put_text(std::string_view value, std::string& en, std::string& zh) { (has_han(value) ? zh : en) = std::string(value); }

class Products final : public Sink {
public:
    explicit Products(Work& w) : w_(w) {}

    Result<void> row() override {
        auto& c = w_.cells;
        auto const woo = w_.style == Style::woocommerce;
        if (w_.style == Style::amazon && !c.has(F::title) && c.row().problem == files::RowProblem::none) return w_.outcome.skip(w_.line(), "no_title", "the set has products without a title, which no shop can show", c.raw(F::product_id)), Result<void>();
        std::string id(c.text(c.columns().has(F::product_id) ? F::product_id : F::sku, 128));
        auto const type = woo ? c.raw(F::row_type) : std::string_view();
        bool const variation = type.starts_with("variation");
        if (variation) {
            auto const parent = c.need(F::parent, 128);
            if (parent.starts_with("id:")) id = parent.substr(3);
            else if (auto const i = id_of_sku_.find(std::string(parent)); i != id_of_sku_.end()) id = i->second;
            else if (!c.refused()) c.refuse(F::parent, "unknown_parent", "names no product that came before");
        }
        if (id.empty()) c.refuse(c.columns().has(F::product_id) ? F::product_id : F::sku, "required", "must not be empty");
        if (c.refused() && (id.empty() || (variation && !held_.contains(id)))) return w_.outcome.refuse(w_.line(), c.take()), Result<void>();
        if (type.starts_with("variable") || variation) {
            if (!variation && !c.raw(F::sku).empty()) id_of_sku_[std::string(c.raw(F::sku))] = id;
            auto [at, fresh] = held_.try_emplace(id);
            if (fresh) order_.push_back(id);
            add(at->second, id, variation ? Part::variant : Part::parent);
            return {};
        }
        if (!current_ || current_->product.product_id != id) {
            TRY(flush());
            current_.emplace();
        }
        add(*current_, id, Part::both);
        return {};
    }

    Result<void> finish() override {
        TRY(flush());
        for (auto const& id : order_) TRY(save(held_[id]));
        return {};
    }

private:
    enum class Part { parent, variant, both };

    void add(Group& g, std::string const& id, Part part) {
        auto& c = w_.cells;
        auto& p = g.product;
        auto const content = content_of(c.row());
        if (p.product_id.empty()) p.product_id = id;
        if (auto const [at, fresh] = g.rows.try_emplace(content, w_.line()); !fresh) { ++w_.outcome.unchanged; return; }
        g.content = (g.content * 31) ^ content;
        g.lines.push_back(w_.line());
        if (part != Part::variant) read_product(g);
        if (part != Part::parent) read_variant(g, part);
        if (c.refused()) {
            w_.outcome.refuse(w_.line(), c.take());
            g.lines.pop_back();
            g.broken = true;
        }
    }

    void read_product(Group& g) {
        auto& c = w_.cells;
        auto& p = g.product;
        // Later rows of a product say only what is new; what the first said stays.
        if (auto const t = c.text(F::title, 1000); !t.empty() && p.title_en.empty() && p.title_zh.empty()) put_text(t, p.title_en, p.title_zh);
        if (auto const t = c.text(F::title_zh, 1000); !t.empty()) p.title_zh = t;
        if (auto const d = c.raw(F::description); !d.empty() && p.description_en.empty() && p.description_zh.empty()) {
            if (d.size() > 400'000) c.refuse(F::description, "too_long", "is longer than any description that can be kept");
            else if (auto const text = plain_text(d); text.size() > 60'000) c.refuse(F::description, "too_long", fmt::format("has {} bytes of text; at most 60000 are kept", text.size()));
            else put_text(text, p.description_en, p.description_zh);
        }
        if (auto const d = c.raw(F::description_zh); !d.empty() && d.size() <= 400'000) p.description_zh = utf8_prefix(plain_text(d), 60'000);
        if (auto const b = c.text(F::brand, 200); !b.empty()) p.brand = b;
        if (auto const b = c.text(F::brand_zh, 200); !b.empty()) p.brand_zh = b;
        if (auto const cat = c.text(F::category, 2000); !cat.empty() && g.category.empty()) g.category = w_.style == Style::woocommerce ? cat.substr(0, cat.find(',')) : cat;
        if (auto const kind = c.text(F::row_type, 200); w_.style == Style::shopify && !kind.empty() && g.category.empty()) g.category = kind;
        if (auto const cat = c.text(F::category_zh, 2000); !cat.empty()) g.category_zh = cat;
        auto const status = c.raw(F::status);
        if (auto const live = read_flag(c.raw(F::published)); live && !*live) p.status = ProductStatus::draft;
        if (!status.empty()) {
            auto const s = slug(status);
            if (s == "active" || s == "publish" || s == "published" || s == "在售" || s == "上架") p.status = ProductStatus::active;
            else if (s == "draft" || s == "private" || s == "pending" || s == "草稿" || s == "unlisted") p.status = ProductStatus::draft;
            else if (s == "archived" || s == "inactive" || s == "下架" || s == "已下架") p.status = ProductStatus::archived;
            else c.refuse(F::status, "unknown_status", "is none of active, draft, archived");
        }
        pictures(g, F::picture);
        for (auto const& [name, column] : c.columns().attributes)
            if (auto const v = c.at(column); !v.empty() && std::ranges::find(p.attributes, name, &Attribute::name) == p.attributes.end()) {
                if (v.size() > 500) c.refuse(F::count_, "too_long", fmt::format("the attribute {} has more than 500 bytes", name));
                else p.attributes.push_back(attribute(name, v));
            }
        measure(p, F::length_cm, "length"), measure(p, F::width_cm, "width"), measure(p, F::height_cm, "height");
    }

    void measure(Product& p, F f, std::string_view name) {
        if (auto const n = w_.cells.number(f); n && *n > 0 && std::ranges::find(p.attributes, name, &Attribute::name) == p.attributes.end()) p.attributes.push_back({std::string(name), "", "", *n, "cm"});
    }

    static Attribute attribute(std::string_view name, std::string_view value) {
        Attribute a{.name = attribute_name(name)};
        put_text(value, a.text_en, a.text_zh);
        return a;
    }

    void pictures(Group& g, F f) {
        auto rest = w_.cells.raw(f);
        if (rest.size() > 20'000) return w_.cells.refuse(f, "too_long", "holds more picture addresses than can be kept");
        while (!rest.empty()) {
            auto const end = std::min(rest.find_first_of(", \n|"), rest.size());
            auto const url = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (url.empty()) continue;
            if (!url.starts_with("https://") || url.size() > 2000) { w_.outcome.note_once("picture addresses were left out because they do not begin with https://"); continue; }
            if (g.product.pictures.size() < 50 && std::ranges::find(g.product.pictures, url, &Picture::url) == g.product.pictures.end())
                g.product.pictures.push_back({"", std::string(url), std::string(utf8_prefix(w_.cells.raw(F::picture_alt), 500)), ""});
        }
    }

    std::optional<std::int64_t> money(F f) {
        auto const v = w_.cells.amount(f);
        if (v && *v < 0) return w_.cells.refuse(f, "negative_price", "must not be below zero"), std::nullopt;
        return v;
    }

    void read_variant(Group& g, Part part) {
        auto& c = w_.cells;
        auto& p = g.product;
        constexpr F names[] = {F::option1_name, F::option2_name, F::option3_name}, values[] = {F::option1_value, F::option2_value, F::option3_value};
        bool options = false;
        for (int i = 0; i < 3; ++i) {
            if (auto const n = c.text(names[i], 64); !n.empty()) g.option_names[i] = n;
            options = options || c.has(values[i]);
        }
        // Shopify: a row with nothing but a picture is no variant.
        if (w_.style == Style::shopify && !c.has(F::price) && !options && !c.has(F::sku)) {
            if (p.variants.empty()) c.refuse(F::price, "required", "a product needs a price");
            return;
        }
        if (part == Part::variant) pictures(g, F::picture);
        pictures(g, F::variant_picture);
        Variant v;
        v.sku = c.text(F::sku, 128);
        if (v.sku.empty()) v.sku = p.variants.empty() ? p.product_id : fmt::format("{}-{}", utf8_prefix(p.product_id, 118), p.variants.size() + 1);
        auto price = money(F::price);
        if (auto const minor = c.whole(F::price_minor); minor && !price) {
            if (*minor < 0) c.refuse(F::price_minor, "negative_price", "must not be below zero");
            price = minor;
        }
        v.compare_at_minor = money(F::compare_at), v.cost_minor = money(F::cost);
        if (auto const reduced = money(F::sale_price)) {
            if (price && *price > *reduced) v.compare_at_minor = price;
            price = reduced;
        }
        if (v.compare_at_minor && price && *v.compare_at_minor <= *price) v.compare_at_minor.reset();
        if (!price && w_.style == Style::woocommerce) price = 0, p.status = ProductStatus::draft, w_.outcome.note_once("variants have no price; their products are drafts until they have one");
        else if (!price && w_.style == Style::olist) price = 0;
        // Exports write 0 for what they do not know; a good that is given away is given by a promotion.
        else if (price && *price == 0) p.status = ProductStatus::draft, w_.outcome.note_once("variants have a price of 0, which is no price; their products are drafts, not for sale, until they have one");
        if (!price) c.refuse(c.columns().has(F::price) ? F::price : F::price_minor, "required", "must not be empty");
        if (price && *price > 1'000'000'000'000'000) c.refuse(F::price, "out_of_range", "is larger than any price that can be kept");
        v.price_minor = price.value_or(0);
        v.barcode = c.text(F::barcode, 32);
        std::erase_if(v.barcode, [](char ch) { return ch == ' ' || ch == '\''; });  // Shopify writes '0123 so that spreadsheets keep the zero
        for (auto const& [f, grams] : {std::pair(F::weight_g, 1.0), {F::weight_kg, 1000.0}, {F::weight_lb, 453.59237}})
            if (auto const n = c.number(f); n && !v.weight_g) {
                if (*n < 0 || *n * grams > 1e9) c.refuse(f, "out_of_range", "is no weight");
                else v.weight_g = std::llround(*n * grams);
            }
        if (auto const n = c.whole(F::stock)) {
            if (*n > 1'000'000'000) c.refuse(F::stock, "out_of_range", "is more than can be in stock");
            else if (*n < 0) v.stock = 0, w_.outcome.note_once("variants have a stock below zero; it was taken as zero");
            else v.stock = *n;
        }
        for (int i = 0; i < 3; ++i) {
            auto const value = c.text(values[i], 300);
            // On a WooCommerce parent or simple product the cell lists every value; it is a fact about the product then.
            if (value.empty() || value == "Default Title") continue;
            auto a = attribute(g.option_names[i].empty() ? fmt::format("option_{}", i + 1) : g.option_names[i], value);
            auto& list = w_.style == Style::woocommerce && part == Part::both ? p.attributes : v.attributes;
            if (std::ranges::find(list, a.name, &Attribute::name) != list.end()) continue;
            if (&list == &v.attributes) {
                auto& title = has_han(value) ? v.title_zh : v.title_en;
                title = std::string(utf8_prefix(title.empty() ? std::string(value) : title + " / " + std::string(value), 300));
            }
            list.push_back(std::move(a));
        }
        if (std::ranges::find(p.variants, v.sku, &Variant::sku) != p.variants.end()) c.refuse(F::sku, "duplicate_key", fmt::format("the SKU {} stands in this product before, with other content", v.sku));
        if (p.variants.size() >= 500) c.refuse(F::sku, "too_many", "a product has at most 500 variants");
        p.variants.push_back(std::move(v));
    }

    Result<void> flush() {
        if (current_) TRY(save(*current_));
        current_.reset();
        return {};
    }

    void refuse_all(Group const& g, Refusal const& why) {
        for (auto line : g.lines) w_.outcome.refuse(line, why);
    }

    Result<void> save(Group& g) {
        auto& p = g.product;
        if (g.lines.empty() && !g.broken) return {};
        if (g.broken) return refuse_all(g, {"product_incomplete", fmt::format("another row of product {} was refused", p.product_id), "", p.product_id}), Result<void>();
        std::int64_t first = 0;
        switch (seen_.see(p.product_id, g.content, g.lines.front(), first)) {
        case SeenKeys::Verdict::same: w_.outcome.unchanged += static_cast<std::int64_t>(g.lines.size()); return {};
        case SeenKeys::Verdict::contradicts: return refuse_all(g, {"duplicate_key", fmt::format("product {} stands in line {} with other content", p.product_id, first), "", p.product_id}), Result<void>();
        case SeenKeys::Verdict::fresh: break;
        }
        auto& tx = w_.context.tx();
        p.category_id = TRY(categories_.find_or_make(w_, g.category, g.category_zh));
        if (w_.style == Style::olist && p.title_en.empty() && p.title_zh.empty()) TRY(name_by_category(p));
        if (w_.style == Style::olist && !p.variants.empty()) {
            // The price comes with the order items; a product that has one by now keeps it.
            auto const price = TRY(tx.integer("SELECT price_minor FROM variants WHERE shop_id = ? AND sku = ?", tx.shop_id(), p.variants.front().sku));
            p.variants.front().price_minor = price;
        }
        auto before = TRY(w_.journal.now(Thing::product, p.product_id));
        auto const saved = save_products(w_.context, {{p}});
        if (!saved) {
            auto why = refusal_of(saved.error());
            if (!why) return std::unexpected(saved.error());
            if (why->cell.empty()) why->cell = p.product_id;
            return refuse_all(g, *why), Result<void>();
        }
        if (!saved->unchanged) TRY(w_.journal.changed(Thing::product, p.product_id, before ? std::move(*before) : std::string()));
        (saved->unchanged ? w_.outcome.unchanged : w_.outcome.accepted) += static_cast<std::int64_t>(g.lines.size());
        w_.outcome.created.products += saved->created + saved->updated;
        return {};
    }

    // Olist's products are anonymous: the category and the beginning of the id tell them apart for people.
    Result<void> name_by_category(Product& p) {
        auto& tx = w_.context.tx();
        std::string label = "Product";
        Value const values[] = {tx.shop_id(), p.category_id};
        TRY(tx.run("SELECT name_en FROM categories WHERE shop_id = ? AND category_id = ?", values, [&](Row const& row) -> Result<void> {
            if (!row.text(0).empty()) label = row.text(0);
            return {};
        }));
        if (label[0] >= 'a' && label[0] <= 'z') label[0] = static_cast<char>(label[0] - 32);
        p.title_en = fmt::format("{} {}", label, utf8_prefix(p.product_id, 8));
        return {};
    }

    Work& w_;
    std::optional<Group> current_;
    std::unordered_map<std::string, Group> held_;          // WooCommerce: parents and their variations
    std::vector<std::string> order_;
    std::unordered_map<std::string, std::string> id_of_sku_;
    SeenKeys seen_;
    CategoryPaths categories_;
};

}  // namespace

std::unique_ptr<Sink> product_sink(Work& work) { return std::make_unique<Products>(work); }

}  // namespace kindling::shop::imports

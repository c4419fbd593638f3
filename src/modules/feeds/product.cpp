#include "modules/feeds/product.h"
#include "shop/catalogue/operations.h"
#include <fmt/format.h>

namespace kindling::feeds {

namespace {

constexpr std::int64_t few = 5;  // units at or under which shops say "only a few left"

// A path part: product ids may hold anything.
std::string escaped(std::string_view text) {
    std::string out;
    for (unsigned char const c : text) {
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.' || c == '~') out += static_cast<char>(c);
        else out += fmt::format("%{:02X}", c);
    }
    return out;
}

}  // namespace

bool is_shop_url(std::string_view url) {
    auto const scheme = url.starts_with("https://") ? 8u : url.starts_with("http://") ? 7u : 0u;
    auto const host = url.substr(scheme);
    return scheme && !host.empty() && std::ranges::all_of(host, [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']'; });
}

std::string Writer::page(std::string_view path) const { return fmt::format("{}/{}{}", shop_url_, name_of(locale_), path); }

std::string Writer::path_to(std::string_view category_id) const {
    std::string out;
    for (int depth = 0; depth < 16 && !category_id.empty(); ++depth) {
        auto const i = categories_.find(category_id);
        if (i == categories_.end()) break;
        auto const& name = in(i->second.name_en, i->second.name_zh);
        out = (name.empty() ? i->first : name) + (out.empty() ? "" : " > " + out);
        category_id = i->second.parent_id;
    }
    return out;
}

Result<Writer> Writer::read(shop::Transaction& tx, std::string shop_url, Locale locale) {
    Writer w;
    w.shop_url_ = std::move(shop_url), w.locale_ = locale, w.currency_ = TRY(shop::shop_currency(tx));
    for (auto& c : TRY(shop::load_categories(tx))) {
        auto id = c.category_id;
        w.categories_.emplace(std::move(id), std::move(c));
    }
    for (auto const& a : TRY(shop::load_attribute_kinds(tx))) w.attributes_.emplace(a.name, w.in(a.name_en, a.name_zh));
    shop::Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT name, name_zh FROM shops WHERE shop_id = ?", values, [&](shop::Row const& row) -> Result<void> {
        w.seller_.name = w.in(std::string(row.text(0)), std::string(row.text(1)));
        return {};
    }));
    // Only policies that the shop has written have a page.
    static constexpr struct { std::string_view topic, type, en, zh; } policies[] = {{"returns", "refund_policy", "Returns", "退换政策"}, {"shipping", "shipping_policy", "Shipping", "配送说明"}};
    for (auto const& p : policies)
        if (TRY(tx.integer("SELECT COUNT(*) FROM settings WHERE shop_id = ? AND name IN (?, ?) AND value <> ''", tx.shop_id(), fmt::format("policy_{}_en", p.topic), fmt::format("policy_{}_zh", p.topic))) > 0)
            w.seller_.links.push_back({std::string(p.type), std::string(locale == Locale::zh ? p.zh : p.en), w.page(fmt::format("/policy/{}", p.topic))});
    return w;
}

FeedProduct Writer::write(shop::Product const& p, bool sold) const {
    auto const& title = in(p.title_en, p.title_zh);
    auto const& description = in(p.description_en, p.description_zh);
    FeedProduct out{.id = p.product_id, .title = title, .description = {description.empty() ? title : description}, .url = page("/p/" + escaped(p.product_id)), .media = {}, .variants = {}};
    for (auto const& picture : p.pictures)
        if (!picture.url.empty()) out.media.push_back({"image", picture.url.starts_with('/') ? shop_url_ + picture.url : picture.url, in(picture.alt_en, picture.alt_zh)});
    std::vector<FeedCategory> categories;
    if (auto path = path_to(p.category_id); !path.empty()) categories.push_back({std::move(path), "merchant"});
    for (auto const& v : p.variants) {
        auto const& own = in(v.title_en, v.title_zh);
        FeedVariant variant{.id = v.sku, .title = own.empty() || own == title ? title : title + " - " + own, .url = out.url, .barcodes = {}, .price = {v.price_minor, currency_}, .list_price = {}, .availability = {}, .categories = categories, .variant_options = {}, .seller = seller_};
        if (!v.barcode.empty()) variant.barcodes.push_back({"GTIN", v.barcode});
        if (v.compare_at_minor && *v.compare_at_minor > v.price_minor) variant.list_price = FeedPrice{*v.compare_at_minor, currency_};
        if (!sold) variant.availability = {false, "discontinued"};
        else if (v.stock && *v.stock <= 0) variant.availability = {false, "out_of_stock"};
        else variant.availability = {true, v.stock && *v.stock <= few ? "limited_stock" : "in_stock"};
        for (auto const& a : v.attributes) {
            auto const i = attributes_.find(a.name);
            auto value = in(a.text_en, a.text_zh);
            if (value.empty() && a.number) value = fmt::format("{}{}{}", *a.number, a.unit.empty() ? "" : " ", a.unit);
            if (!value.empty()) variant.variant_options.push_back({i == attributes_.end() || i->second.empty() ? a.name : i->second, std::move(value)});
        }
        out.variants.push_back(std::move(variant));
    }
    return out;
}

}  // namespace kindling::feeds

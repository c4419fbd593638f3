#include "gateway/agents/ucp/products.h"
#include "gateway/http/url.h"
#include <cmath>
#include <fmt/format.h>

namespace kindling::gateway::agents {

bool is_available(shop::Variant const& v) { return !v.stock || *v.stock > 0; }

std::vector<Selected> ProductWriter::options(shop::Product const& product, shop::Variant const& variant) const {
    std::vector<Selected> out;
    for (auto const& a : variant.attributes) {
        auto const i = names_.attributes.find(a.name);
        auto label = in(a.text_en, a.text_zh);
        if (label.empty() && a.number) label = fmt::format("{}{}{}", *a.number, a.unit.empty() ? "" : " ", a.unit);
        if (!label.empty()) out.push_back({i == names_.attributes.end() ? a.name : i->second, std::move(label)});
    }
    // Variants that differ by nothing but their titles are chosen by these.
    if (out.empty() && product.variants.size() > 1) {
        auto const& title = in(variant.title_en, variant.title_zh);
        out.push_back({locale_ == Locale::zh ? "规格" : "Variant", title.empty() ? variant.sku : title});
    }
    return out;
}

std::vector<std::pair<std::string, std::vector<std::string>>> ProductWriter::choices(shop::Product const& product) const {
    std::vector<std::pair<std::string, std::vector<std::string>>> out;
    for (auto const& v : product.variants)
        for (auto const& o : options(product, v)) {
            auto i = std::ranges::find(out, o.name, &std::pair<std::string, std::vector<std::string>>::first);
            if (i == out.end()) out.emplace_back(o.name, std::vector<std::string>()), i = out.end() - 1;
            if (std::ranges::find(i->second, o.label) == i->second.end()) i->second.push_back(o.label);
        }
    return out;
}

json::object ProductWriter::variant(shop::Product const& product, shop::Variant const& v) const {
    auto const& title = in(v.title_en, v.title_zh);
    auto const& name = in(product.title_en, product.title_zh);
    json::object out{{"id", v.sku}, {"sku", v.sku}, {"title", title.empty() ? name : title}, {"description", json::object{{"plain", title.empty() || title == name ? name : name + " · " + title}}}, {"price", price(v.price_minor)},
                     {"availability", json::object{{"available", is_available(v)}, {"status", is_available(v) ? "in_stock" : "out_of_stock"}}}};
    if (v.compare_at_minor && *v.compare_at_minor > v.price_minor) out["list_price"] = price(*v.compare_at_minor);
    if (!v.barcode.empty()) out["barcodes"] = json::array{json::object{{"type", "gtin"}, {"value", v.barcode}}};
    json::array chosen;
    for (auto const& o : options(product, v)) chosen.push_back(json::object{{"name", o.name}, {"label", o.label}});
    if (!chosen.empty()) out["options"] = std::move(chosen);
    return out;
}

json::object ProductWriter::product(Found const& found, std::vector<shop::Variant const*> const& which) const {
    auto const& p = found.product;
    auto const& title = in(p.title_en, p.title_zh);
    auto const& description = in(p.description_en, p.description_zh);
    std::int64_t low = p.variants.front().price_minor, high = low, list_low = 0, list_high = 0;
    json::array variants;
    for (auto const& v : p.variants) {
        low = std::min(low, v.price_minor), high = std::max(high, v.price_minor);
        auto const list = std::max(v.price_minor, v.compare_at_minor.value_or(0));
        list_low = list_low == 0 ? list : std::min(list_low, list), list_high = std::max(list_high, list);
        if (which.empty()) variants.push_back(variant(p, v));
    }
    for (auto const* v : which) variants.push_back(variant(p, *v));
    json::object out{{"id", p.product_id}, {"title", title}, {"description", json::object{{"plain", description.empty() ? title : description}}}, {"url", fmt::format("{}/{}/p/{}", base_, name_of(locale_), percent_encode(p.product_id))},
                     {"price_range", json::object{{"min", price(low)}, {"max", price(high)}}}, {"variants", std::move(variants)}};
    if (list_low > low || list_high > high) out["list_price_range"] = json::object{{"min", price(list_low)}, {"max", price(list_high)}};
    if (!p.category_id.empty()) {
        auto const i = names_.categories.find(p.category_id);
        out["categories"] = json::array{json::object{{"value", i == names_.categories.end() ? p.category_id : i->second}, {"taxonomy", "merchant"}}};
    }
    json::array media;
    for (auto const& picture : p.pictures) {
        json::object m{{"type", "image"}, {"url", absolute(picture.url)}};
        if (auto const& alt = in(picture.alt_en, picture.alt_zh); !alt.empty()) m["alt_text"] = alt;
        media.push_back(std::move(m));
    }
    if (!media.empty()) out["media"] = std::move(media);
    json::array options;
    for (auto const& [name, labels] : choices(p)) {
        json::array values;
        for (auto const& label : labels) values.push_back(json::object{{"label", label}});
        options.push_back(json::object{{"name", name}, {"values", std::move(values)}});
    }
    if (!options.empty()) out["options"] = std::move(options);
    if (found.rating) out["rating"] = json::object{{"value", std::round(*found.rating * 100) / 100}, {"scale_max", 5}, {"count", found.reviews}};
    if (auto const& brand = in(p.brand, p.brand_zh); !brand.empty()) out["metadata"] = json::object{{"brand", brand}};
    return out;
}

}  // namespace kindling::gateway::agents

#include "modules/selection/shelf_row.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <fmt/format.h>

namespace kindling::selection {

namespace {
constexpr std::int64_t few = 5;

std::string const& in(Locale locale, std::string const& en, std::string const& zh) { return locale == Locale::zh ? (zh.empty() ? en : zh) : (en.empty() ? zh : en); }
}  // namespace

Result<std::map<std::string, Opinion, std::less<>>> opinions(shop::Transaction& tx, std::span<std::string const> ids) {
    std::map<std::string, Opinion, std::less<>> out;
    if (ids.empty()) return out;
    std::vector<shop::Value> values{tx.shop_id()};
    std::string marks;
    for (auto const& id : ids) values.emplace_back(id), marks += marks.empty() ? "?" : ",?";
    TRY(tx.run("SELECT product_id, AVG(1.0 * rating), COUNT(*) FROM reviews WHERE shop_id = ? AND status = 'published' AND product_id IN (" + marks + ") GROUP BY product_id", values, [&](shop::Row const& row) -> Result<void> {
        out[std::string(row.text(0))] = {std::round(row.number(1) * 10) / 10, row.integer(2)};
        return {};
    }));
    return out;
}

float margin_of(shop::Product const& p) {
    for (auto const& v : p.variants)
        if (v.cost_minor && v.price_minor > 0) return static_cast<float>(v.price_minor - *v.cost_minor) / static_cast<float>(v.price_minor);
    return 0;
}

std::int64_t units_of(shop::Product const& p) {
    std::int64_t units = 0;
    for (auto const& v : p.variants) units += v.stock ? std::max<std::int64_t>(0, *v.stock) : not_kept;
    return units;
}

Recommended row_of(shop::Product const& p, Opinion const& opinion, Locale locale) {
    Recommended row{.product_id = p.product_id, .title = in(locale, p.title_en, p.title_zh), .brand = in(locale, p.brand, p.brand_zh), .picture = p.pictures.empty() ? "" : p.pictures[0].url, .reviews = opinion.reviews};
    // A variant of 0 has no price yet.
    auto const cheapest = std::ranges::min_element(p.variants, {}, [](shop::Variant const& v) { return v.price_minor > 0 ? v.price_minor : std::numeric_limits<std::int64_t>::max(); });
    if (cheapest != p.variants.end()) {
        row.price_from_minor = cheapest->price_minor;
        row.price_to_minor = std::ranges::max(p.variants, {}, &shop::Variant::price_minor).price_minor;
        if (cheapest->compare_at_minor.value_or(0) > cheapest->price_minor) row.compare_at_minor = cheapest->compare_at_minor;
    }
    auto const units = units_of(p);
    row.stock = units <= 0 ? Availability::out : units <= few ? Availability::low : Availability::in_stock;
    if (opinion.reviews > 0) row.rating = opinion.rating;
    return row;
}

std::string sentence(ReasonKind kind, std::string_view because, Locale locale) {
    bool const zh = locale == Locale::zh;
    switch (kind) {
        case ReasonKind::popular: return zh ? "近期热销" : "Selling well lately";
        case ReasonKind::alike: return zh ? fmt::format("与「{}」相似", because) : fmt::format("Similar to {}", because);
        case ReasonKind::viewed_after: return zh ? fmt::format("看过「{}」的人接着看了它", because) : fmt::format("Looked at next after {}", because);
        case ReasonKind::viewed_by_people_alike: return zh ? "浏览过相同商品的人也看了它" : "Looked at by people who viewed the same goods";
        case ReasonKind::bought_with: return zh ? fmt::format("常与「{}」一起买", because) : fmt::format("Often bought with {}", because);
        case ReasonKind::bought_by_people_alike: return zh ? "购买过相同商品的人也买了它" : "Bought by people who bought the same goods";
        case ReasonKind::again: return zh ? "您以前买过" : "You have bought this before";
        case ReasonKind::liked: return zh ? "买家评价好" : "Rated well by buyers";
        case ReasonKind::fresh: return zh ? "新上架" : "New in the shop";
        case ReasonKind::on_shelf: return zh ? "店内商品" : "From this shop's range";
        case ReasonKind::pushed: return zh ? "店铺主推" : "The shop's pick";
    }
    return {};
}

}  // namespace kindling::selection

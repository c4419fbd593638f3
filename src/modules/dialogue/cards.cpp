// modules/dialogue/cards.cpp -- a pick as a card with its reasons, a basket as people read it. See guide.h.
#include "core/money.h"
#include "modules/dialogue/guide.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kindling::dialogue {

Card make_card(CatalogueView const& view, Pick const& pick, Locale locale, CardContext const& context) {
    auto const& entry = view[pick.product];
    auto const& data = entry.data;
    auto const zh = locale == Locale::zh;
    Card card;
    card.product_id = data.product_id, card.title = view.title(pick.product, locale), card.brand = Label{data.brand, data.brand_zh}.in(locale);
    auto const& variant = data.variants[pick.variant];
    card.sku = variant.sku, card.variant = Label{variant.title_en, variant.title_zh}.in(locale);
    card.url = "/products/" + data.product_id;
    card.price_minor = entry.variants[pick.variant].price_minor, card.price_from_minor = entry.price_from, card.price_to_minor = entry.price_to;
    card.currency = view.currency(), card.price_text = format_money(card.price_minor, card.currency, locale);
    if (!data.pictures.empty()) card.picture = data.pictures.front().url;
    card.rating = entry.standing.rating, card.reviews = entry.standing.reviews;
    auto const stock = entry.variants[pick.variant].stock;
    card.stock = stock <= 0 ? StockState::out : stock <= 5 ? StockState::low : StockState::in_stock;
    for (auto const& c : context.constraints) {
        auto const condition = resolve(c, view.words());
        bool const met = holds(view, pick.product, pick.variant, condition);
        if (c.soft && !met) continue;  // a preference is no condition
        std::string text = c.label(locale);
        // A number is best shown as it is: "裙长 87 cm" beside what was wanted.
        if (c.kind == ConstraintKind::number && condition.attribute >= 0)
            if (auto const* v = view.value_of(pick.product, pick.variant, condition.attribute)) {
                auto const actual = view.words().attributes[static_cast<std::size_t>(condition.attribute)].label.in(locale) + " " + view.value_text(*v, locale);
                text = met ? actual : actual + (zh ? "（想要" : " (wanted ") + c.said + (zh ? "）" : ")");
            }
        if (c.kind == ConstraintKind::price && !met) text = (zh ? "价格" : "price ") + card.price_text + (zh ? "（想要" : " (wanted ") + text + (zh ? "）" : ")");
        if (c.kind == ConstraintKind::value && c.polarity == Polarity::want && met) {
            std::vector<std::string> has;
            for (auto const& pair : condition.pairs)
                if (auto const* v = view.value_of(pick.product, pick.variant, pair.first); v && v->value == pair.second && (has.empty() || c.soft))
                    if (auto value = view.value_text(*v, locale); std::ranges::find(has, value) == has.end()) has.push_back(std::move(value));
            if (!has.empty()) text = fmt::format("{}", fmt::join(has, zh ? "、" : ", "));
        }
        if (condition.texts && met && std::ranges::none_of(condition.pairs, [&](auto const& pair) { auto const* v = view.value_of(pick.product, pick.variant, pair.first); return v && v->value == pair.second; })) text = (c.soft ? c.said : text) + (zh ? "（据商品介绍）" : " (by its description)");
        else if (condition.texts && !met) {}
        else if (by_title(condition) || !condition.title_base.empty()) text += met ? (zh ? "（据标题）" : " (by its title)") : (zh ? "（标题未提）" : " (not in its title)");
        if (c.kind == ConstraintKind::value && c.polarity == Polarity::want && !met && condition.pairs.empty() && condition.words.empty()) text += zh ? "（无此项）" : " (not offered)";
        if (met && c.kind == ConstraintKind::category) continue;  // that a dress is a dress is no reason
        if (met && !suited(c.said).empty()) continue;   // that nothing speaks against it is no reason
        if (met && c.polarity == Polarity::avoid) text = zh ? text.starts_with("不要") ? "不含" + text.substr(std::string_view("不要").size()) : text : text;
        (met ? card.why : card.misses).push_back(std::move(text));
    }
    if (entry.standing.reviews >= 3 && entry.standing.rating >= 4.4) card.why.push_back(zh ? fmt::format("评分{}（{}条评价）", plain_number(card.rating), card.reviews) : fmt::format("rated {} by {} buyers", plain_number(card.rating), card.reviews));
    if (card.misses.empty() && context.cheapest_minor >= 0 && card.price_minor <= context.cheapest_minor) card.why.push_back(zh ? "符合条件中最便宜" : "the cheapest that fits");
    if (entry.standing.popularity > 0 && entry.standing.popularity >= context.popular) card.why.push_back(zh ? "同类热销" : "a best seller here");
    if (auto const before = variant.compare_at_minor; before && *before > card.price_minor) card.why.push_back(zh ? "正在优惠" : "reduced now");
    if (card.why.empty() && card.stock != StockState::out) card.why.push_back(zh ? "有货" : "in stock");
    return card;
}

BasketView make_basket_view(CatalogueView const& view, std::string const& basket_id, std::span<Basket::Line const> lines, Locale locale) {
    BasketView out{.basket_id = basket_id, .currency = view.currency()};
    for (auto const& line : lines) {
        auto const found = view.find_sku(line.sku);
        if (!found) continue;  // no longer sold: the basket operation itself says so at checkout
        auto const& data = view[found->first].data;
        auto const& variant = data.variants[found->second];
        out.lines.push_back({line.sku, data.product_id, view.title(found->first, locale), Label{variant.title_en, variant.title_zh}.in(locale), line.quantity, variant.price_minor});
        out.units += line.quantity;
        if (auto const sum = checked_multiply(variant.price_minor, line.quantity))
            if (auto const total = checked_add(out.total_minor, *sum)) out.total_minor = *total;
    }
    out.total_text = format_money(out.total_minor, out.currency, locale);
    if (!out.lines.empty()) out.checkout_url = "/checkout?basket=" + basket_id;
    return out;
}

}  // namespace kindling::dialogue

// create_cart, get_cart, update_cart, cancel_cart: UCP's carts are the shop's baskets.
#include "gateway/agents/discounts.h"
#include "core/in_either.h"
#include "core/json_codec.h"
#include "gateway/agents/ucp/ucp.h"
#include "gateway/http/url.h"
#include <fmt/format.h>

namespace kindling::gateway::agents {

namespace {

constexpr std::string_view cart = "dev.ucp.shopping.cart", discount = "dev.ucp.shopping.discount";

json::array lines_of(Fields& body) {
    json::array out;
    for (auto& line : body.objects("line_items", 200)) {
        auto item = line.object("item");
        auto const sku = item.needed("id", 128);
        auto const quantity = line.integer("quantity", 1, 9999);
        if (!line.has("quantity")) line.wrong("quantity", "is required");
        out.push_back(json::object{{"sku", sku}, {"quantity", quantity.value_or(1)}});
    }
    if (!body.has("line_items")) body.wrong("line_items", "is required");
    return out;
}

std::string json_path(std::string_view pointer) {  // "/lines/0/quantity" → "$.line_items[0].quantity"
    std::string out = "$.line_items";
    auto rest = pointer.substr(std::min<std::size_t>(6, pointer.size()));
    while (!rest.empty()) {
        rest.remove_prefix(1);
        auto const end = std::min(rest.find('/'), rest.size());
        auto const part = rest.substr(0, end);
        out += !part.empty() && part.find_first_not_of("0123456789") == part.npos ? fmt::format("[{}]", part) : fmt::format(".{}", part);
        rest.remove_prefix(end);
    }
    return out;
}

Reply written(Ask const& in, json::value const& basket, int status = 200) {
    auto const text = [](json::value const& o, std::string_view name) { return std::string(o.at(name).as_string()); };
    json::array lines, messages;
    auto const quote = read_json<shop::promotions::BasketQuote>(basket.at("quote")).value_or(shop::promotions::BasketQuote());
    for (auto const& l : basket.at("lines").as_array()) {
        auto const title_en = text(l, "title_en"), title_zh = text(l, "title_zh"), picture = text(l, "picture_url");
        json::object item{{"id", l.at("sku")}, {"title", with_variant(in_either(in.call.locale, title_en, title_zh), in_either(in.call.locale, text(l, "variant_en"), text(l, "variant_zh")))}, {"price", l.at("unit_price_minor")}};
        if (!picture.empty()) item["image_url"] = picture.starts_with('/') ? in.base + picture : picture;
        auto const at = fmt::format("$.line_items[{}]", lines.size());
        if (auto const* quoted = l.as_object().if_contains("quoted_minor"); quoted && quoted->is_int64() && *quoted != l.at("unit_price_minor"))
            messages.push_back(message("warning", "price_changed", fmt::format("The price was {} when this came into the cart and is {} now.", quoted->get_int64(), l.at("unit_price_minor").as_int64()), at + ".item.price"));
        if (auto const* stock = l.as_object().if_contains("stock"); stock && stock->is_int64() && stock->get_int64() < l.at("quantity").as_int64())
            messages.push_back(message("error", "out_of_stock", stock->get_int64() <= 0 ? "This is sold out by now." : fmt::format("Only {} are left.", stock->get_int64()), at + ".quantity", "recoverable"));
        lines.push_back(json::object{{"id", line_id(text(l, "sku"))}, {"item", std::move(item)}, {"quantity", l.at("quantity")}, {"totals", line_totals(l.at("line_minor").as_int64(), lines.size() < quote.line_discount_minor.size() ? quote.line_discount_minor[lines.size()] : 0)}});
    }
    for (auto const& p : basket.at("problems").as_array()) {
        auto const code = text(p, "code");
        if (code == "quantity_adjusted") messages.push_back(message("warning", code, text(p, "message"), json_path(text(p, "path"))));
        else messages.push_back(message("error", code == "not_for_sale" ? "item_unavailable" : code, text(p, "message"), json_path(text(p, "path")), "recoverable"));
    }
    auto const subtotal = basket.at("subtotal_minor").as_int64();
    json::array totals{json::object{{"type", "subtotal"}, {"amount", subtotal}}};
    if (quote.discount_minor > 0) totals.push_back(json::object{{"type", "items_discount"}, {"display_text", in.call.locale == Locale::zh ? "优惠" : "Discounts"}, {"amount", -quote.discount_minor}});
    totals.push_back(json::object{{"type", "total"}, {"amount", subtotal - quote.discount_minor}, {"display_text", in.call.locale == Locale::zh ? "预估合计（运费结账时计算）" : "Estimated total (shipping is added at checkout)"}});
    json::object out{{"ucp", envelope(in, cart)}, {"id", basket.at("basket_id")}, {"line_items", std::move(lines)}, {"currency", basket.at("currency")}, {"totals", std::move(totals)}};
    if (in.active.contains(discount)) {
        // Shipping is priced at the checkout, and so is what comes off it.
        auto goods = quote.discounts;
        std::erase_if(goods, [](auto const& d) { return d.kind == shop::promotions::PromotionKind::free_shipping; });
        out["discounts"] = ucp_discounts(goods, quote.codes, in.call.locale);
        tell_codes(quote.codes, in.call.locale, messages);
    }
    if (basket.at("status").as_string() == "open") out["continue_url"] = fmt::format("{}/checkout?basket={}", in.base, percent_encode(text(basket, "basket_id")));
    if (!messages.empty()) out["messages"] = std::move(messages);
    return {std::move(out), status};
}

}  // namespace

Answered<Reply> Ucp::create_cart(Ask& in) {
    Fields body(in.body);
    auto lines = lines_of(body);
    auto codes = in.active.contains(discount) ? codes_of(body) : std::optional<json::array>();
    (void)body.object("context"), (void)body.object("buyer");
    if (!body.ok()) return std::unexpected(body.refusal());
    json::object request{{"lines", std::move(lines)}};
    if (codes) request["codes"] = std::move(*codes);
    auto basket = call(in, "basket.replace", std::move(request));
    if (basket) return agents::written(in, *basket, 201);
    if (basket.error().code == Errc::failed_precondition) return failed(in, cart, basket.error().reason == "not_for_sale" ? "item_unavailable" : basket.error().reason, basket.error().message);
    return std::unexpected(refusal_of(basket.error()));
}

Answered<Reply> Ucp::get_cart(Ask& in) {
    if (in.id.size() > 64) return failed(in, cart, "not_found", "There is no such cart.");
    auto const basket = ask(in, "basket.get", {{"basket_id", in.id}});
    if (!basket) return std::unexpected(basket.error());
    if (basket->at("status").as_string() != "open") return failed(in, cart, "not_found", "There is no such cart; it may have been ordered or cancelled.");
    return agents::written(in, *basket);
}

Answered<Reply> Ucp::update_cart(Ask& in) {
    Fields body(in.body);
    auto lines = lines_of(body);
    auto codes = in.active.contains(discount) ? codes_of(body) : std::optional<json::array>();
    (void)body.object("context"), (void)body.object("buyer");
    if (!body.ok()) return std::unexpected(body.refusal());
    if (in.id.empty() || in.id.size() > 64) return failed(in, cart, "not_found", "There is no such cart.");
    json::object request{{"basket_id", in.id}, {"lines", std::move(lines)}};
    if (codes) request["codes"] = std::move(*codes);
    auto basket = call(in, "basket.replace", std::move(request));
    if (basket) return agents::written(in, *basket);
    if (basket.error().reason == "basket_not_found") return failed(in, cart, "not_found", "There is no such cart; it may have been ordered or cancelled.");
    if (basket.error().code == Errc::failed_precondition) return failed(in, cart, basket.error().reason == "not_for_sale" ? "item_unavailable" : basket.error().reason, basket.error().message, "recoverable");
    return std::unexpected(refusal_of(basket.error()));
}

Answered<Reply> Ucp::cancel_cart(Ask& in) {
    auto basket = call(in, "basket.cancel", {{"basket_id", in.id.substr(0, 64)}});
    if (basket) return agents::written(in, *basket);
    if (basket.error().reason == "basket_not_found") return failed(in, cart, "not_found", "There is no such cart; it may have been ordered or cancelled.");
    return std::unexpected(refusal_of(basket.error()));
}

}  // namespace kindling::gateway::agents

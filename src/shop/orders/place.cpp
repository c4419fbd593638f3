// orders.place: from a basket or lines to an order that holds its stock. All in the operation's one transaction.
#include "core/id.h"
#include "core/in_either.h"
#include "core/json_text.h"
#include "core/money.h"
#include "shop/catalogue/operations.h"
#include "shop/checkout/state.h"
#include "shop/orders/quoted.h"
#include "shop/orders/terms.h"
#include "shop/people/people.h"
#include "shop/stock/api.h"
#include "shop/vault/vault.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::shop {

namespace {

// Takes units from the places that have most, so that one parcel is likely. Fails with out_of_stock naming the line.
Result<void> take_stock(Context& context, std::string const& sku, std::int64_t quantity, std::string const& order_id, std::size_t line) {
    auto& tx = context.tx();
    auto const levels = TRY((tx.select<StockLevel>("SELECT sku, place_id, on_hand, reserved, updated_at_ms FROM stock WHERE shop_id = ? AND sku = ? AND on_hand > reserved ORDER BY on_hand - reserved DESC", tx.shop_id(), sku)));
    if (levels.empty() && TRY(tx.integer("SELECT COUNT(*) FROM stock WHERE shop_id = ? AND sku = ?", tx.shop_id(), sku)) == 0) return {};  // stock of this SKU is not kept
    RecordMoves moves;
    auto left = quantity;
    for (auto const& level : levels) {
        auto const taken = std::min(left, level.on_hand - level.reserved);
        moves.moves.push_back({sku, level.place_id, -taken, "sold", order_id, context.now});
        if ((left -= taken) == 0) break;
    }
    if (left > 0)
        return fail(Errc::failed_precondition, "out_of_stock", quantity == left ? fmt::format("{} is sold out.", sku) : fmt::format("Only {} of {} are left.", quantity - left, sku),
                    {{fmt::format("/lines/{}/quantity", line), "out_of_stock", fmt::format("at most {}", quantity - left)}});
    TRY(record_moves(context, moves));
    return {};
}

// The way that was chosen, or the first that goes there.
Result<ShippingOption> way_to(Context& context, PlaceOrder const& in, std::int64_t subtotal) {
    auto const all = TRY(ways_of_sending(context.tx(), subtotal));
    auto const ways = TRY(shipping_options(context.tx(), in.contact.country, subtotal));
    // "Everywhere but there" is no answer for an address that may be there.
    if (in.contact.country.empty() && std::ranges::any_of(all, [](ShippingOption const& o) { return !o.countries.empty(); })) return fail(Errc::invalid_argument, "invalid_request", "The country is needed to know how it can be sent.", {{"/contact/country", "required", "is needed to know how it can be sent"}});
    if (ways.empty()) return fail(Errc::failed_precondition, "address_undeliverable", fmt::format("The shop does not send to {}.", in.contact.country), {{"/contact/country", "address_undeliverable", "is not sent to"}});
    if (in.shipping_option.empty()) return ways.front();
    auto const chosen = std::ranges::find(ways, in.shipping_option, &ShippingOption::option_id);
    if (chosen != ways.end()) return *chosen;
    std::string those;
    for (auto const& w : ways) those += (those.empty() ? "" : ", ") + w.option_id;
    return fail(Errc::failed_precondition, "way_not_available", fmt::format("{} does not go there; what does: {}.", in.shipping_option, those), {{"/shipping_option", "way_not_available", "expected " + those}});
}

Result<PlacedOrder> place(Context& context, PlaceOrder const& in, Terms const* terms) {
    auto& tx = context.tx();
    auto const shop = tx.shop_id();
    std::vector<WantedLine> wanted = in.lines;
    if (!in.basket_id.empty()) {
        if (!wanted.empty()) return fail(Errc::invalid_argument, "invalid_request", "Give a basket or lines, not both.", {{"/lines", "not_with_basket", "must be left out when basket_id is given"}});
        wanted = TRY((tx.select<WantedLine>("SELECT l.sku, l.quantity FROM basket_lines l JOIN baskets b ON b.shop_id = l.shop_id AND b.basket_id = l.basket_id WHERE l.shop_id = ? AND l.basket_id = ? AND b.status = 'open' ORDER BY l.added_at_ms, l.sku", shop, in.basket_id)));
    }
    if (wanted.empty()) return fail(Errc::invalid_argument, "empty_order", "There is nothing to order: the basket is empty.", {{in.basket_id.empty() ? "/lines" : "/basket_id", "empty_order", "has no lines"}});
    std::vector<FieldError> errors;
    if (in.contact.name.empty()) errors.push_back({"/contact/name", "required", "is required"});
    if (in.contact.address.empty()) errors.push_back({"/contact/address", "required", "is required"});
    if (in.contact.email.empty() && in.contact.phone.empty()) errors.push_back({"/contact/email", "required", "an e-mail or a phone number is needed"});
    if (!in.contact.email.empty() && (in.contact.email.find('@') == std::string::npos || in.contact.email.find_first_of(" \r\n\t<>") != std::string::npos)) errors.push_back({"/contact/email", "malformed_email", "is not an e-mail address"});
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "Some details are missing.", std::move(errors));
    TRY(check_payment(tx, in.payment));

    Order order{.order_id = new_id("ord"), .customer_id = context.caller.customer_id, .placed_at_ms = context.now};
    order.currency = TRY(shop_currency(tx));
    promotions::Ask ask{.lines = {}, .codes = {}, .customer_id = order.customer_id, .at = context.now};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        auto const found = TRY(find_variant(tx, wanted[i].sku));
        if (!found || found->first.status != ProductStatus::active || (!terms && found->second.price_minor <= 0))
            return fail(Errc::failed_precondition, "not_for_sale", fmt::format("{} is not sold any more.", wanted[i].sku), {{fmt::format("/lines/{}/sku", i), "not_for_sale", "is not for sale"}});
        auto const& [product, variant] = *found;
        std::string const title(in_either(context.locale, product.title_en, product.title_zh));
        auto const price = terms ? terms->unit_price_minor[i] : variant.price_minor;
        order.lines.push_back({variant.sku, product.product_id, title, wanted[i].quantity, price, terms ? terms->line_discount_minor[i] : 0});
        order.subtotal_minor = TRY(checked_add(order.subtotal_minor, TRY(checked_multiply(wanted[i].quantity, price))));
        if (!terms) ask.lines.push_back(promotions::wanted(product, variant, wanted[i].quantity, price));
        TRY(take_stock(context, variant.sku, wanted[i].quantity, order.order_id, i));
    }
    std::vector<promotions::Discount> discounts;
    if (terms) order.shipping_minor = terms->shipping_minor, order.discount_minor = terms->shipping_discount_minor, order.promised_day = terms->promised_day, discounts = terms->discounts;
    else {
        if (!in.basket_id.empty()) ask.codes = TRY(basket_codes(tx, in.basket_id));
        ask.codes.insert(ask.codes.end(), in.codes.begin(), in.codes.end());
        ask.codes = promotions::normal_codes(ask.codes);
        auto const way = TRY(way_to(context, in, order.subtotal_minor));
        ask.shipping_minor = way.fee_minor, order.promised_day = TRY(arrives_by(context, way));
        auto quote = TRY(promotions::quote(tx, ask));
        order.shipping_minor = quote.shipping_minor, order.discount_minor = quote.shipping_discount_minor, discounts = std::move(quote.discounts);
        for (std::size_t i = 0; i < order.lines.size(); ++i) order.lines[i].discount_minor = quote.line_discount_minor[i];
    }
    for (auto const& l : order.lines) order.subtotal_minor -= l.discount_minor;
    order.total_minor = TRY(checked_add(order.subtotal_minor - order.discount_minor, order.shipping_minor));
    if (in.total_minor && *in.total_minor != order.total_minor)
        return fail(Errc::failed_precondition, "terms_changed", fmt::format("The total is {} by now, not {}; look at it again.", order.total_minor, *in.total_minor), {{"/total_minor", "terms_changed", fmt::format("is {} now", order.total_minor)}});
    order.status = in.payment == "test" ? OrderStatus::paid : OrderStatus::placed;
    order.channel = in.channel.empty() ? "web" : in.channel;
    order.country = in.contact.country;
    order.contact = in.contact;
    auto const access = new_secret(18);
    TRY(record_orders(context, RecordOrders{{order}, "shop"}));
    TRY(promotions::count_uses(context, order.order_id, order.customer_id, discounts));
    TRY(tx.execute("UPDATE orders SET access_lookup = ?, session_id = ?, subtotal_minor = ?, total_minor = ? WHERE shop_id = ? AND order_id = ?", context.services.vault->lookup(shop, "order_access", access), context.caller.session_id, order.subtotal_minor, order.total_minor, shop, order.order_id));
    TRY(tx.execute("INSERT INTO payments (shop_id, payment_id, order_id, provider, amount_minor, currency, status, at_ms) VALUES (?,?,?,?,?,?,?,?)", shop, new_id("pay"), order.order_id, in.payment, order.total_minor, order.currency, in.payment == "test" ? "succeeded" : "pending", context.now));
    if (!in.basket_id.empty()) TRY(tx.execute("UPDATE baskets SET status = 'ordered', order_id = ?, updated_at_ms = ? WHERE shop_id = ? AND basket_id = ?", order.order_id, context.now, shop, in.basket_id));
    for (auto const& l : order.lines) tx.changed("product", l.product_id);
    return PlacedOrder{.order_id = order.order_id, .status = in.payment == "test" ? Placement::paid : Placement::placed, .total_minor = order.total_minor, .currency = order.currency, .access_token = access};
}

}  // namespace

Result<void> check_payment(Transaction& tx, std::string_view payment) {
    if (payment != "invoice" && payment != "test") return fail(Errc::invalid_argument, "invalid_request", "This shop knows no such payment.", {{"/payment", "unknown_value", "expected invoice or test"}});
    // A payment that charges nothing is for demos: a stranger must not mark orders of a real shop as paid.
    if (payment == "test" && TRY(read_setting(tx, "test_payment")) != "1")
        return fail(Errc::failed_precondition, "payment_not_available", "The test payment is switched off in this shop; choose invoice.", {{"/payment", "payment_not_available", "is switched off"}});
    return {};
}

Result<PlacedOrder> place_order(Context& context, PlaceOrder const& in) { return context.caller.may("orders.approve") ? place(context, in, nullptr) : wait_for_shopper(context, in); }

Result<PlacedOrder> place_at(Context& context, PlaceOrder const& in, Terms const& terms) {
    if (terms.unit_price_minor.size() != in.lines.size() || terms.line_discount_minor.size() != in.lines.size()) return fail(Errc::internal, "internal", "terms and lines differ in number");
    return place(context, in, &terms);
}

}  // namespace kindling::shop

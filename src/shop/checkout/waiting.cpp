// An order that an agent wants, prepared and waiting: prices are promised for an hour, stock is not taken, and nothing is placed or charged
// before a shopper presses the button on the shop's own page (storefront/agent_checkout.cpp), which is where the link leads.
#include "shop/checkout/state.h"
#include "shop/orders/terms.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::shop {

namespace {

struct Preparer { std::string agent, agent_id; };

// As the protocols' faces name whoever comes: the register's agent, the key alone, or nobody known.
Result<Preparer> preparer_of(Context& context) {
    if (context.caller.kind != Caller::Kind::key) return Preparer{"anonymous", ""};
    Preparer p{"key:" + context.caller.id, ""};
    Value const values[] = {context.tx().shop_id(), context.caller.id};
    TRY(context.tx().run("SELECT agent_id FROM agents WHERE shop_id = ? AND key_id = ?", values, [&](Row const& row) -> Result<void> { p.agent = p.agent_id = row.text(0); return {}; }));
    return p;
}

// A path on the shop's own address; whoever knows that address (the gateway) puts it before.
std::string approval_path(std::string_view checkout_id, Locale locale) { return fmt::format("/{}/checkout/session/{}", name_of(locale), checkout_id); }

}  // namespace

Result<PlacedOrder> wait_for_shopper(Context& context, PlaceOrder const& in) {
    TRY(check_payment(context.tx(), in.payment));
    auto const who = TRY(preparer_of(context));
    auto made = create_checkout(context, {.lines = in.lines, .basket_id = in.basket_id, .contact = in.contact, .shipping_option = in.shipping_option, .agent = who.agent, .agent_id = who.agent_id, .protocol = "api", .origin = {}, .webhook_url = {}, .codes = in.codes, .extra = json::object{{"payment", in.payment}}});
    if (!made) {
        if (made.error().reason == "basket_not_found") return fail(Errc::invalid_argument, "empty_order", "There is nothing to order: the basket is empty.", {{"/basket_id", "empty_order", "has no lines"}});
        return std::unexpected(std::move(made.error()));
    }
    // What is missing of the address the shopper fills in; what cannot be bought is told to the agent, who chose it.
    for (auto const& p : made->problems)
        if (p.blocks && p.path.starts_with("/lines")) return fail(Errc::failed_precondition, p.code, p.message, {{p.path, p.code, p.message}});
    if (in.total_minor && *in.total_minor != made->total_minor)
        return fail(Errc::failed_precondition, "terms_changed", fmt::format("The total is {} by now, not {}; look at it again.", made->total_minor, *in.total_minor), {{"/total_minor", "terms_changed", fmt::format("is {} now", made->total_minor)}});
    PlacedOrder out{.order_id = {}, .status = Placement::awaiting_approval, .total_minor = made->total_minor, .currency = made->currency, .access_token = {}};
    out.message = context.locale == Locale::zh ? "尚未下单：须由顾客本人确认。请把 approval_url 交给顾客，由其在本店页面查看并提交订单；随后可用 checkout.outcome 查询结果。"
                                               : "Nothing is ordered yet: the shopper has to approve it. Give them approval_url, where they look at the order and place it on the shop's own page; checkout.outcome tells what became of it.";
    if (!context.dry()) out.checkout_id = made->checkout_id, out.approval_url = approval_path(made->checkout_id, context.locale);
    return out;
}

Result<CheckoutOutcome> outcome_of_checkout(Context& context, CheckoutId const& in) {
    auto const c = TRY(load_checkout(context, in.checkout_id));
    return CheckoutOutcome{c.status, c.order_id, c.order_access, is_closed(c.status) ? std::string() : approval_path(c.checkout_id, context.locale), c.expires_at_ms};
}

}  // namespace kindling::shop

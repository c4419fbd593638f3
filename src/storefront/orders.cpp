// Where an order is, for whoever holds its code or proves the e-mail or phone it was placed with.
//
// Proof by contact gives a link that works for an hour: expiry and a keyed hash over order and expiry, so nothing is stored. An
// order that does not exist and a wrong contact read the same, and guesses are limited by address and by order.
#include "core/time.h"
#include "core/in_either.h"
#include "gateway/http/url.h"
#include "shop/customers/api.h"
#include "shop/orders/refunds.h"
#include "shop/vault/vault.h"
#include "storefront/account.h"
#include "storefront/pages.h"
#include "storefront/shelf.h"
#include "storefront/words.h"
#include <boost/json.hpp>
#include <charconv>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

constexpr Milliseconds grant_for = 3'600'000;

std::string grant_of(Site& site, Visit const& visit, std::string_view order_id, Milliseconds until) {
    return fmt::format("{}.{}", until, site.executor().services().vault->lookup(visit.call.shop_id, "order_grant", fmt::format("{} {}", until, order_id)));
}

bool granted(Site& site, Visit const& visit, std::string_view order_id, std::string_view grant) {
    Milliseconds until = 0;
    auto const [end, wrong] = std::from_chars(grant.data(), grant.data() + grant.size(), until);
    return wrong == std::errc() && end != grant.data() + grant.size() && until > now_ms() && shop::same_secret(grant, grant_of(site, visit, order_id, until));
}

std::string_view or_empty(std::optional<std::string_view> v) { return v ? *v : std::string_view(); }

struct Proof {
    std::string token, grant;
};

Proof proof_of(Visit const& visit) {
    if (visit.request.method == gateway::Method::post) return {std::string(visit.field("token")), std::string(visit.field("grant"))};
    auto const query = visit.request.query();
    return {std::string(or_empty(gateway::find(query, "token")).substr(0, 128)), std::string(or_empty(gateway::find(query, "grant")).substr(0, 200))};
}

// The visitor's call, raised to see this one order when a valid grant is shown.
gateway::Call call_with(Site& site, Visit const& visit, std::string const& order_id, Proof const& proof) {
    auto call = visit.call;
    if (!proof.grant.empty() && granted(site, visit, order_id, proof.grant)) call.caller.permissions = {"orders.read"};
    return call;
}

Result<shop::Order> load(Site& site, Visit const& visit, std::string const& order_id, Proof const& proof) {
    return read_json<shop::Order>(TRY(site.executor().call("orders.get_order", json::object{{"order_id", order_id}, {"access_token", proof.token}}, call_with(site, visit, order_id, proof))));
}

Html progress(Visit const& visit, shop::Order const& order) {
    if (order.status == shop::OrderStatus::partly_returned) return html("<p class=\"state\">{}</p>", order_status_name(visit, name(order.status)));
    if (order.status == shop::OrderStatus::cancelled || order.status == shop::OrderStatus::returned) return html("<p class=\"state off\">{}</p>", order_status_name(visit, name(order.status)));
    static constexpr shop::OrderStatus steps[] = {shop::OrderStatus::placed, shop::OrderStatus::paid, shop::OrderStatus::shipped, shop::OrderStatus::delivered};
    Html h;
    h.add("<ol class=\"steps\">");
    for (auto const step : steps) {
        auto const label = step == shop::OrderStatus::placed ? visit.say({"Ordered", "已下单"}) : order_status_name(visit, name(step));
        h.add("<li{}{}>{}</li>", Mark(" class=\"done\"", step <= order.status), Mark(" aria-current=\"step\"", step == order.status), label);
    }
    return h.add("</ol>");
}

// What came back, and the money for it: how much, and whether it is on its way.
Html money_back(Visit const& visit, shop::Order const& order, std::vector<shop::ReturnLine> const& returns, shop::Refunds const& refunds) {
    Html h;
    if (returns.empty() && refunds.refunds.empty()) return h;
    h.add("<section class=\"panel\" data-refunds><h2>{}</h2>", returns.empty() ? visit.say({"Refund", "退款"}) : visit.say({"Returns and refunds", "退货与退款"}));
    if (!returns.empty()) {
        h.add("<ul class=\"lines\">");
        for (auto const& r : returns) {
            auto const at = static_cast<std::size_t>(r.line);
            auto const& title = at < order.lines.size() ? (order.lines[at].title.empty() ? order.lines[at].sku : order.lines[at].title) : r.return_id;
            auto const on = r.created_at_ms ? format_date(day_of(*r.created_at_ms)) : std::string();
            h.add("<li class=\"line\"><div class=\"what\"><span class=\"name\" dir=\"auto\">{}</span><p class=\"soft\">{} × {} · {}</p></div><p class=\"sum\">{}</p></li>", title, visit.say({"came back", "退回"}), r.quantity, on, r.refund_minor.value_or(0) > 0 ? visit.money(*r.refund_minor) : std::string(visit.say({"exchanged", "换货"})));
        }
        h.add("</ul>");
    }
    for (auto const& r : refunds.refunds) {
        auto const amount = visit.money(r.amount_minor);
        if (r.state == shop::RefundState::refunded) h.add("<p data-state=\"refunded\">{} <b>{}</b><span class=\"soft\"> · {}</span></p>", visit.say({"Refunded", "已退款"}), amount, format_date(day_of(r.settled_at_ms.value_or(r.booked_at_ms))));
        else if (r.state == shop::RefundState::due) h.add("<p data-state=\"due\">{} <b>{}</b><span class=\"soft\"> · {}</span></p>", visit.say({"Refund on its way", "退款处理中"}), amount, format_date(day_of(r.booked_at_ms)));
        else h.add("<p data-state=\"not_charged\">{} <b>{}</b></p>", visit.say({"Nothing had been charged; no longer to be paid:", "尚未收款，无需再付："}), amount);
    }
    return h.add("</section>");
}

// Which colour or size it was; nothing for goods of one kind.
Html variant_line(std::string_view variant, std::string_view title) {
    return variant.empty() || variant == title ? Html() : html("<p class=\"soft\" dir=\"auto\">{}</p>", variant);
}

}  // namespace

Result<Response> order_page(Site& site, Visit const& visit) {
    auto const id = std::string(visit.request.parameter("order"));
    auto const proof = proof_of(visit);
    auto const order = load(site, visit, id, proof);
    if (!order) return order.error().code == Errc::not_found ? Result<Response>(guest_account(visit, explain(visit, "order_not_found", order.error().message), {})) : std::unexpected(order.error());
    auto const query = visit.request.query();
    bool const just_placed = gateway::find(query, "new").has_value();
    Meta meta{.title = fmt::format("{} {}", visit.say({"Order", "订单"}), order->order_id), .path = fmt::format("/order/{}?token={}&grant={}", gateway::percent_encode(id), gateway::percent_encode(proof.token), gateway::percent_encode(proof.grant)), .index = Meta::Index::no};
    auto const money = [&](std::int64_t minor) { return visit.money(minor); };
    Html main;
    main.add("<div class=\"wrap narrow\">");
    if (just_placed) main.add("<div class=\"thanks\"><h1>{}</h1><p>{}</p></div>", visit.say({"Thank you. Your order is in.", "感谢您，订单已提交。"}), visit.say({"Keep this page's address or note the number below: it is how you find the order again.", "请收藏本页地址或记下订单号，以便随时查询。"}));
    else main.add("<h1>{}</h1>", meta.title);
    main.add("<div class=\"panel\"><p class=\"number\">{} <b>{}</b><span class=\"soft\"> · {}</span></p>{}", visit.say({"Order", "订单号"}), order->order_id, format_date(day_of(order->placed_at_ms)), progress(visit, *order));
    if (!order->tracking.empty()) main.add("<p>{} <b dir=\"auto\">{}</b></p>", visit.say({"Parcel", "物流单号"}), order->tracking);
    if (order->promised_day && order->status != shop::OrderStatus::delivered && order->status != shop::OrderStatus::cancelled) main.add("<p>{} <b>{}</b></p>", visit.say({"Expected by", "预计送达"}), format_date(static_cast<Day>(*order->promised_day)));
    if (order->status == shop::OrderStatus::placed) main.add("<p class=\"hint\">{}</p>", visit.say({"We will send you an invoice; the order ships after it is paid.", "账单将发送给您，付款后安排发货。"}));
    main.add("</div>");
    auto const of_this = json::object{{"order_id", id}, {"access_token", proof.token}};
    auto const refunds = TRY(read_json<shop::Refunds>(TRY(site.executor().call("orders.list_refunds", of_this, call_with(site, visit, id, proof)))));
    auto const returned = TRY(site.executor().call("orders.list_returns", of_this, call_with(site, visit, id, proof)));
    main.add(money_back(visit, *order, TRY(read_json<std::vector<shop::ReturnLine>>(returned.at("returns"))), refunds));
    main.add("<div class=\"two\"><ul class=\"lines\">");
    for (auto const& l : order->lines)
        main.add("<li class=\"line\"><div class=\"what\"><a class=\"name\" dir=\"auto\" href=\"{}\">{}</a>{}<p class=\"soft\">{} × {}</p></div><p class=\"sum\">{}</p></li>", visit.link("/p/" + gateway::percent_encode(l.product_id)), l.title.empty() ? l.sku : l.title, variant_line(in_either(visit.locale, l.variant_en, l.variant_zh), l.title), money(l.unit_price_minor), l.quantity, money(l.unit_price_minor * l.quantity - l.discount_minor));
    std::int64_t off = 0;  // of the lines: the subtotal is what is left of them
    for (auto const& l : order->lines) off += l.discount_minor;
    main.add("</ul><aside class=\"panel\"><dl class=\"sums\"><div><dt>{}</dt><dd>{}</dd></div>", visit.say({"Items", "商品金额"}), money(order->subtotal_minor + off));
    if (off + order->discount_minor > 0) main.add("<div><dt>{}</dt><dd>−{}</dd></div>", visit.say({"Discount", "优惠"}), money(off + order->discount_minor));
    main.add("<div><dt>{}</dt><dd>{}</dd></div><div class=\"total\"><dt>{}</dt><dd>{}</dd></div></dl>", visit.say({"Shipping", "运费"}), order->shipping_minor == 0 ? std::string(visit.say({"Free", "免运费"})) : money(order->shipping_minor), visit.say({"Total", "合计"}), money(order->total_minor));
    if (order->contact) {
        auto const& c = *order->contact;
        main.add("<h2>{}</h2><address dir=\"auto\">{}<br>{}<br>{} {} {}<br>{}</address>", visit.say({"Goes to", "收货信息"}), c.name, c.address, c.postcode, c.city, c.region, c.country);
    }
    if (order->status == shop::OrderStatus::placed || order->status == shop::OrderStatus::paid)
        main.add("<form action=\"{}\" method=\"post\" data-sure=\"{}\"><input type=\"hidden\" name=\"token\" value=\"{}\"><input type=\"hidden\" name=\"grant\" value=\"{}\"><button class=\"text\">{}</button></form>", visit.link(fmt::format("/order/{}/cancel", gateway::percent_encode(id))), visit.say({"Cancel this order?", "确定取消该订单？"}), proof.token, proof.grant, visit.say({"Cancel this order", "取消订单"}));
    main.add("</aside></div></div>");
    if (just_placed) {
        std::vector<std::string> bought;
        for (auto const& l : order->lines) bought.push_back(l.product_id);
        main.add(row(visit, visit.say({"Others went on to buy", "买过的人还买了"}), "", shelf(site, visit, {.placement = "after_purchase", .product_ids = std::move(bought), .best_sellers = ShelfWish::BestSellers::left_out})));
    }
    return page(visit, meta, main);
}

Result<Response> cancel_order(Site& site, Visit const& visit) {
    auto const id = std::string(visit.request.parameter("order"));
    auto const proof = proof_of(visit);
    auto const answer = site.executor().call("orders.cancel_order", json::object{{"order_id", id}, {"access_token", proof.token}, {"reason", "cancelled by the buyer"}}, call_with(site, visit, id, proof));
    if (!answer) return fail(answer.error().code, answer.error().reason, explain(visit, answer.error().reason, answer.error().message));
    return see_other(visit, visit.link(fmt::format("/order/{}?token={}&grant={}", gateway::percent_encode(id), gateway::percent_encode(proof.token), gateway::percent_encode(proof.grant))));
}

Result<Response> find_order(Site& site, Visit const& visit) {
    std::string const id(visit.field("order")), proof(visit.field("proof"));
    if (!site.executor().limiter().allow("find_order " + visit.request.remote_address, 60) || !site.executor().limiter().allow("find_order " + id, 30)) return guest_account(visit, explain(visit, "rate_limited", ""), {});
    if (load(site, visit, id, {.token = proof, .grant = {}})) return see_other(visit, visit.link(fmt::format("/order/{}?token={}", gateway::percent_encode(id), gateway::percent_encode(proof))));
    auto call = visit.call;
    call.caller.permissions = {"orders.read", "customers.read"};
    if (auto const found = site.executor().call("orders.get_order", json::object{{"order_id", id}}, call))
        if (auto const order = read_json<shop::Order>(*found); order && order->contact) {
            auto const email = shop::normal_email(proof), phone = shop::normal_phone(proof);
            bool const same_email = proof.find('@') != proof.npos && !order->contact->email.empty() && shop::same_secret(email, shop::normal_email(order->contact->email));
            bool const same_phone = phone.size() >= 6 && shop::same_secret(phone, shop::normal_phone(order->contact->phone));
            if (same_email || same_phone) return see_other(visit, visit.link(fmt::format("/order/{}?grant={}", gateway::percent_encode(id), gateway::percent_encode(grant_of(site, visit, id, now_ms() + grant_for)))));
        }
    return guest_account(visit, explain(visit, "order_not_found", ""), {});
}

}  // namespace kindling::storefront

// The page on which a shopper reviews what an agent prepared, puts right what is missing, and places the order: their approval.
//
// An agent knows the address of this page, so the form carries a mark that fits only the visit in which the page was shown: posting blindly
// places nothing. What the shopper saw is what is placed: another total by then is shown again instead of charged.
#include "gateway/http/url.h"
#include "shop/agents/api.h"
#include "shop/checkout/api.h"
#include "storefront/forms.h"
#include "storefront/pages.h"
#include "storefront/sending.h"
#include "storefront/words.h"
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

gateway::Call raised(Visit const& visit, std::vector<std::string> permissions) {
    auto call = visit.call;
    call.caller.permissions = std::move(permissions);
    return call;
}

Result<shop::Checkout> load(Site& site, Visit const& visit) {
    auto const id = std::string(visit.request.parameter("checkout"));
    return read_json<shop::Checkout>(TRY(site.executor().call("checkout.get", json::object{{"checkout_id", id.substr(0, 64)}}, raised(visit, {"checkout.read"}))));
}

// Who prepared it, in words for a person: the name that the owner gave, or the host of its profile.
std::string prepared_by(Site& site, Visit const& visit, shop::Checkout const& c) {
    if (!c.agent_id.empty())
        if (auto const agents = site.executor().call("agents.list", json::object(), raised(visit, {"agents.read"})))
            for (auto const& a : agents->at("agents").as_array())
                if (a.at("agent_id").as_string() == c.agent_id) return std::string(a.at("name").as_string());
    auto host = std::string_view(c.agent);
    auto const scheme = host.find("://");
    if (scheme == host.npos) return std::string(visit.say({"an assistant that did not say who it is", "一个未表明身份的助手"}));
    host.remove_prefix(scheme + 3);
    return std::string(host.substr(0, host.find('/')));
}

Response closed(Visit const& visit, shop::Checkout const& c) {
    Meta meta{.title = std::string(visit.say({"This checkout is closed", "此次结账已结束"})), .path = "/checkout", .index = Meta::Index::no, .status = 410};
    Html main;
    main.add("<div class=\"wrap narrow\"><h1>{}</h1><p>{}</p><p><a class=\"button\" href=\"{}\">{}</a></p></div>", meta.title,
             c.status == shop::CheckoutStatus::expired ? visit.say({"It has expired: prices are kept for one hour. Ask your assistant to start again, or look around yourself.", "已过期：价格保留一小时。请让您的助手重新发起，或自行选购。"}) : visit.say({"It was cancelled; nothing was ordered.", "已取消，未产生订单。"}), visit.link("/"), visit.say({"Look around", "去逛逛"}));
    return page(visit, meta, main);
}

Response review(Site& site, Visit const& visit, shop::Checkout const& c, Error const* problem) {
    Meta meta{.title = std::string(visit.say({"Review and place your order", "确认并提交订单"})), .description = {}, .path = "/checkout/session/" + c.checkout_id, .index = Meta::Index::no, .status = problem ? 422 : 200};
    std::span<FieldError const> const errors = problem ? std::span(problem->fields) : std::span<FieldError const>();
    auto const posted = visit.request.method == gateway::Method::post;
    Html main;
    main.add("<div class=\"wrap narrow\"><h1>{}</h1><p class=\"hint\">{} <b dir=\"auto\">{}</b>{}{}</p>", meta.title, visit.say({"Prepared for you by", "由以下助手为您准备："}), prepared_by(site, visit, c), visit.say({". ", "。"}), visit.say({"Nothing is ordered or charged until you press the button.", "点击按钮前不会下单，也不会扣款。"}));
    if (problem) main.add("<p class=\"wrong box\" role=\"alert\">{}</p>", explain(visit, problem->reason, problem->message));
    bool blocked = false;
    for (auto const& p : c.problems)
        if (p.path.starts_with("/lines")) {
            blocked = blocked || p.blocks;
            if (p.blocks) main.add("<p class=\"wrong box\" role=\"alert\">{}</p>", explain(visit, p.code, p.message));
        }
    main.add("<form class=\"two\" action=\"{}\" method=\"post\" novalidate><input type=\"hidden\" name=\"mark\" value=\"{}\"><div><fieldset class=\"panel\"><legend>{}</legend><p class=\"hint\">{}</p>", visit.link("/checkout/session/" + gateway::percent_encode(c.checkout_id)), mark_of(site, visit, c.checkout_id), visit.say({"Where it goes", "收货信息"}), visit.say({"We need an e-mail or a phone number to reach you about this order.", "邮箱与手机号至少填写一项，以便联系您。"}));
    auto const known = form_of(c.contact.value_or(shop::Contact()));
    for (auto const& box : contact_boxes()) {
        auto const value = posted ? visit.field(box.name) : gateway::find(known, box.name).value_or(std::string_view());
        main.add(box_html(visit, box, value, errors, fmt::format("/contact/{}", box.name)));
    }
    main.add("</fieldset>");
    Sums const sums{c.subtotal_minor, c.discount_minor, c.shipping_minor, c.shipping_discount_minor, c.discounts};
    auto const* way = way_to_begin_with(c.shipping_options, visit.field("shipping").empty() ? std::string_view(c.shipping_option) : visit.field("shipping"), {});
    main.add(ways_html(visit, c.shipping_options, way ? way->option_id : "", sums, errors));
    main.add("<fieldset class=\"panel pay\"><legend>{}</legend>", visit.say({"How you pay", "支付方式"}));
    static constexpr struct { std::string_view key; Text name, about; } methods[] = {{"invoice", {"Invoice", "账单付款"}, {"We send you an invoice; pay after that.", "下单后寄送账单，之后付款。"}}, {"test", {"Test payment", "测试支付"}, {"Charges nothing; the order counts as paid. For trying the shop.", "不会扣款，订单记为已付款，用于体验。"}}};
    auto const* wished = c.extra && c.extra->is_object() ? c.extra->get_object().if_contains("payment") : nullptr;
    // What an agent wished for may not be a way to pay of this shop (any more): the page never begins without one chosen.
    auto const here = [&](std::string_view way) { return std::ranges::find(visit.shop->payments, way) != visit.shop->payments.end(); };
    auto const pay = here(visit.field("payment")) ? visit.field("payment") : wished && wished->is_string() && here(wished->get_string()) ? std::string_view(wished->get_string()) : std::string_view("invoice");
    for (auto const& m : methods)
        if (here(m.key)) main.add("<label class=\"choice\"><input type=\"radio\" name=\"payment\" value=\"{}\"{}><span><b>{}</b><small>{}</small></span></label>", m.key, Mark(" checked", m.key == pay), visit.say(m.name), visit.say(m.about));
    main.add("</fieldset></div>");
    Html lines;
    for (auto const& l : c.lines) lines.add("<li><span dir=\"auto\">{} <span class=\"soft\">{} × {}</span></span><span>{}</span></li>", in(visit.locale, l.title_en, l.title_zh), in(visit.locale, l.variant_en, l.variant_zh), l.quantity, visit.money(l.line_minor));
    main.add("<aside class=\"panel\"><h2>{}</h2><ul class=\"brief\">{}</ul>{}", visit.say({"Your order", "订单内容"}), lines, sums_html(visit, sums, way ? way->fee_minor : 0));
    main.add("<button class=\"button wide\"{}>{}</button><p class=\"soft small\">{}</p></aside></form></div>", Mark(" disabled", blocked), visit.say({"Place the order", "提交订单"}), visit.say({"The prices above are kept for you until this checkout expires, one hour after it was begun.", "以上价格为您保留至结账过期（创建后一小时）。"}));
    return page(visit, meta, main);
}

Response done(Visit const& visit, shop::Checkout const& c, bool fresh) { return see_other(visit, visit.link(fmt::format("/order/{}?token={}{}", gateway::percent_encode(c.order_id), gateway::percent_encode(c.order_access), fresh ? "&new=1" : ""))); }

}  // namespace

Result<Response> agent_checkout_page(Site& site, Visit const& visit) {
    auto const c = TRY(load(site, visit));
    if (c.status == shop::CheckoutStatus::completed) return done(visit, c, false);
    if (c.status == shop::CheckoutStatus::expired || c.status == shop::CheckoutStatus::cancelled) return closed(visit, c);
    return review(site, visit, c, nullptr);
}

Result<Response> approve_checkout(Site& site, Visit const& visit) {
    auto const c = TRY(load(site, visit));
    if (c.status == shop::CheckoutStatus::completed) return done(visit, c, false);
    if (c.status == shop::CheckoutStatus::expired || c.status == shop::CheckoutStatus::cancelled) return closed(visit, c);
    if (!pressed_here(site, visit, c.checkout_id)) {
        Error const strange{Errc::permission_denied, "cross_site_request", "", {}};
        return review(site, visit, c, &strange);
    }
    json::object contact;
    for (auto const& box : contact_boxes()) contact[box.name] = visit.field(box.name);
    std::string const option(visit.field("shipping"));
    json::object request{{"checkout_id", c.checkout_id}, {"approval", "shopper"}, {"contact", contact}, {"shipping_option", option.substr(0, 64)}, {"payment", visit.field("payment").empty() ? "invoice" : visit.field("payment")}};
    // Exactly what the page said: the goods and the way of sending that was chosen.
    request["total_minor"] = total_said(visit, option);
    auto const answer = site.executor().call("checkout.complete", std::move(request), raised(visit, {"checkout.write"}));
    if (!answer) {
        if (answer.error().code == Errc::internal || answer.error().code == Errc::unavailable) return std::unexpected(answer.error());
        return review(site, visit, TRY(load(site, visit)), &answer.error());
    }
    auto const placed = TRY(read_json<shop::Checkout>(*answer));
    for (auto const& l : placed.lines) site.note(visit, "purchase", {.product_id = l.product_id});
    return done(visit, placed, true);
}

}  // namespace kindling::storefront

// The basket and the form that turns it into an order. Changes are ordinary form posts that answer with a redirect, so that a
// reload never buys twice; a script may ask for JSON instead.
#include "core/json_text.h"
#include "gateway/http/url.h"
#include "shop/accounts/api.h"
#include "storefront/forms.h"
#include "storefront/pages.h"
#include "storefront/promotions.h"
#include "storefront/sending.h"
#include "storefront/shelf.h"
#include "storefront/words.h"
#include <boost/json.hpp>
#include <charconv>
#include <fmt/format.h>

namespace kindling::storefront {

namespace {

struct Line {
    std::string sku, product_id, title, variant, picture;
    std::int64_t quantity = 0, price_minor = 0, line_minor = 0;
    std::optional<std::int64_t> stock;
};

struct Basket {
    std::vector<Line> lines;
    std::int64_t units = 0, subtotal_minor = 0;
    shop::promotions::BasketQuote quote;
    std::vector<shop::ShippingOption> ways;
    Sums sums() const { return {quote.subtotal_minor, quote.discount_minor, quote.shipping_minor, quote.shipping_discount_minor, quote.discounts}; }
};

Basket read(Visit const& visit, json::value const& v) {
    Basket basket{.units = v.at("units").as_int64(), .subtotal_minor = v.at("subtotal_minor").as_int64()};
    auto const text = [](json::value const& o, std::string_view name) { return std::string(o.at(name).as_string()); };
    for (auto const& l : v.at("lines").as_array()) {
        Line line{text(l, "sku"), text(l, "product_id"), in(visit.locale, text(l, "title_en"), text(l, "title_zh")), in(visit.locale, text(l, "variant_en"), text(l, "variant_zh")), text(l, "picture_url"), l.at("quantity").as_int64(), l.at("unit_price_minor").as_int64(), l.at("line_minor").as_int64(), {}};
        if (auto const* stock = l.as_object().if_contains("stock")) line.stock = stock->as_int64();
        basket.lines.push_back(std::move(line));
    }
    if (auto quote = read_json<shop::promotions::BasketQuote>(v.at("quote"))) basket.quote = std::move(*quote);
    if (auto ways = read_json<std::vector<shop::ShippingOption>>(v.at("shipping_options"))) basket.ways = std::move(*ways);
    return basket;
}

Result<Basket> load(Site& site, Visit const& visit) {
    if (visit.basket_id.empty()) return Basket{};
    return read(visit, TRY(site.call(visit, "basket.get", {{"basket_id", visit.basket_id}})));
}

Html sums(Visit const& visit, Basket const& basket, std::int64_t fee) {
    auto const& quote = basket.quote;
    auto h = sums_html(visit, basket.sums(), fee);
    for (auto const& m : quote.more) h.add("<p class=\"hint save\">{}</p>", more_words(visit, m));
    if (quote.shipping_minor > quote.shipping_discount_minor && visit.shop->free_shipping_from_minor > basket.subtotal_minor) h.add("<p class=\"hint\">{}</p>", visit.locale == Locale::zh ? fmt::format("再买 {} 即可免运费。", visit.money(visit.shop->free_shipping_from_minor - basket.subtotal_minor)) : fmt::format("Add {} for free shipping.", visit.money(visit.shop->free_shipping_from_minor - basket.subtotal_minor)));
    return h;
}

Html line_html(Visit const& visit, Line const& l) {
    Html h;
    h.add("<li class=\"line\"><a class=\"pic\" href=\"{}\" tabindex=\"-1\" aria-hidden=\"true\">", visit.link("/p/" + gateway::percent_encode(l.product_id)));
    if (auto const url = safe_url(l.picture); !url.empty()) h.add("<img src=\"{}\" alt=\"\" width=\"96\" height=\"96\" loading=\"lazy\">", url);
    else h.add(no_picture(l.title));
    h.add("</a><div class=\"what\"><a class=\"name\" dir=\"auto\" href=\"{}\">{}</a><p class=\"soft\" dir=\"auto\">{}</p>", visit.link("/p/" + gateway::percent_encode(l.product_id)), l.title, l.variant);
    if (l.stock && *l.stock < l.quantity) h.add("<p class=\"wrong\">{}</p>", visit.locale == Locale::zh ? fmt::format("仅剩 {} 件，请调整数量。", *l.stock) : fmt::format("Only {} left: please lower the quantity.", *l.stock));
    h.add("<div class=\"edit\"><form action=\"{}\" method=\"post\" data-quantity><input type=\"hidden\" name=\"sku\" value=\"{}\"><label><span class=\"hide\">{} {}</span><input name=\"quantity\" type=\"number\" inputmode=\"numeric\" min=\"0\" max=\"9999\" value=\"{}\"></label> <button class=\"quiet\">{}</button></form>", visit.link("/basket/set"), l.sku, visit.say({"Quantity of", "数量："}), l.title, l.quantity, visit.say({"Update", "更新"}));
    h.add("<form action=\"{}\" method=\"post\"><input type=\"hidden\" name=\"sku\" value=\"{}\"><input type=\"hidden\" name=\"quantity\" value=\"0\"><button class=\"text\">{}<span class=\"hide\"> {}</span></button></form></div></div>", visit.link("/basket/set"), l.sku, visit.say({"Remove", "删除"}), l.title);
    h.add("<p class=\"sum\">{}</p></li>", visit.money(l.line_minor));
    return h;
}

Response basket_with(Site& site, Visit const& visit, Basket const& basket, std::string_view problem) {
    Meta meta{.title = std::string(visit.say({"Your basket", "购物车"})), .description = std::string(visit.say({"What is in your basket, and what it comes to.", "购物车中的商品与金额。"})), .path = "/basket", .index = Meta::Index::no};
    Html main;
    main.add("<div class=\"wrap narrow\"><h1>{}</h1>", meta.title);
    if (!problem.empty()) main.add("<p class=\"wrong box\" role=\"alert\">{}</p>", problem);
    if (basket.lines.empty()) {
        main.add("<div class=\"empty\"><p>{}</p><p><a class=\"button\" href=\"{}\">{}</a></p></div></div>", visit.say({"There is nothing in it yet.", "购物车还是空的。"}), visit.link("/"), visit.say({"Look around", "去逛逛"}));
        main.add(row(visit, visit.say({"For you", "为您推荐"}), "", shelf(site, visit, {.placement = "home"})));
        return page(visit, meta, main);
    }
    Html lines;
    for (auto const& l : basket.lines) lines.add(line_html(visit, l));
    main.add("<div class=\"two\"><ul class=\"lines\">{}</ul><aside class=\"panel\"><h2>{}</h2>{}{}<a class=\"button wide\" href=\"{}\">{}</a></aside></div></div>", lines, visit.say({"Summary", "金额明细"}), sums(visit, basket, basket.quote.shipping_minor), codes_html(visit, basket.quote.codes), visit.link("/checkout"), visit.say({"Check out", "去结算"}));
    std::vector<std::string> held;
    for (auto const& l : basket.lines) held.push_back(l.product_id);
    main.add(row(visit, visit.say({"Goes well with your basket", "搭配一起买"}), "", shelf(site, visit, {.placement = "basket", .product_ids = std::move(held)})));
    return page(visit, meta, main);
}

Response checkout_with(Site& site, Visit const& visit, Basket const& basket, Error const* problem) {
    Meta meta{.title = std::string(visit.say({"Check out", "结算"})), .description = std::string(visit.say({"Where your order goes and how you pay.", "填写收货信息，选择支付方式。"})), .path = "/checkout", .index = Meta::Index::no, .status = problem ? 422 : 200};
    std::span<FieldError const> const errors = problem ? std::span(problem->fields) : std::span<FieldError const>();
    Html main;
    main.add("<div class=\"wrap narrow\"><h1>{}</h1>", meta.title);
    if (problem) main.add("<p class=\"wrong box\" role=\"alert\">{}</p>", explain(visit, problem->reason, problem->message));
    main.add("<form class=\"two\" action=\"{}\" method=\"post\" novalidate><input type=\"hidden\" name=\"mark\" value=\"{}\"><div><fieldset class=\"panel\"><legend>{}</legend><p class=\"hint\">{}</p>", visit.link("/checkout"), mark_of(site, visit, visit.basket_id), visit.say({"Where it goes", "收货信息"}), visit.say({"We need an e-mail or a phone number to reach you about this order.", "邮箱与手机号至少填写一项，以便联系您。"}));
    for (auto const& box : contact_boxes()) main.add(box.name == "country" ? country_html(visit, basket.ways, visit.field(box.name), errors) : box_html(visit, box, visit.field(box.name), errors, fmt::format("/contact/{}", box.name)));
    if (visit.signed_in()) main.add("<label class=\"check\"><input type=\"checkbox\" name=\"keep\" value=\"1\"{}>{}</label>", Mark(" checked", visit.field("keep") == "1"), visit.say({"Keep this address in my account", "保存到我的地址"}));
    else main.add("<p class=\"hint whole\"><a href=\"{}\">{}</a> {}</p>", visit.link("/account/sign-in?next=checkout"), visit.say({"Sign in", "登录"}), visit.say({"to use your saved address, or just go on as a guest.", "可使用已保存的地址，也可直接以游客身份下单。"}));
    auto const* way = way_to_begin_with(basket.ways, visit.field("shipping"), visit.field("country"));
    main.add("</fieldset>{}<fieldset class=\"panel pay\"><legend>{}</legend>", ways_html(visit, basket.ways, way ? way->option_id : "", basket.sums(), errors), visit.say({"How you pay", "支付方式"}));
    static constexpr struct { std::string_view key; Text name, about; } methods[] = {{"invoice", {"Invoice", "账单付款"}, {"We send you an invoice; pay after that.", "下单后寄送账单，之后付款。"}}, {"test", {"Test payment", "测试支付"}, {"Charges nothing; the order counts as paid. For trying the shop.", "不会扣款，订单记为已付款，用于体验。"}}};
    auto const chosen = visit.field("payment").empty() ? std::string_view("invoice") : visit.field("payment");
    for (auto const& m : methods)
        if (std::ranges::find(visit.shop->payments, m.key) != visit.shop->payments.end())
            main.add("<label class=\"choice\"><input type=\"radio\" name=\"payment\" value=\"{}\"{}><span><b>{}</b><small>{}</small></span></label>", m.key, Mark(" checked", m.key == chosen), visit.say(m.name), visit.say(m.about));
    main.add("</fieldset></div>");
    Html lines;
    for (auto const& l : basket.lines) lines.add("<li><span dir=\"auto\">{} <span class=\"soft\">{} × {}</span></span><span>{}</span></li>", l.title, l.variant, l.quantity, visit.money(l.line_minor));
    main.add("<aside class=\"panel\"><h2>{}</h2><ul class=\"brief\">{}</ul>{}<button class=\"button wide\">{}</button><p class=\"soft small\">{}</p></aside></form></div>", visit.say({"Your order", "订单内容"}), lines, sums(visit, basket, way ? way->fee_minor : basket.quote.shipping_minor), visit.say({"Place the order", "提交订单"}),
             visit.say({"Your details are stored encrypted and used for this order only.", "您的信息加密保存，仅用于处理本订单。"}));
    return page(visit, meta, main);
}

// Beside the order: a full address book or a lost connection must not undo what was bought.
void keep_address(Site& site, Visit const& visit, json::object const& contact) {
    auto const answer = site.call(visit, "accounts.get", {});
    auto const account = answer ? read_json<shop::Account>(*answer) : Result<shop::Account>(std::unexpected(answer.error()));
    auto const wanted = read_json<shop::Contact>(contact);
    if (!account || !wanted) return;
    bool const known = std::ranges::any_of(account->addresses, [&](shop::Address const& a) { return form_of(a.contact) == form_of(*wanted); });
    if (!known) (void)site.call(visit, "accounts.save_address", {{"contact", contact}, {"preferred", true}});
}

bool wants_json(Request const& r) { return r.headers.get("accept").starts_with("application/json"); }

}  // namespace

Result<Response> basket_page(Site& site, Visit const& visit) { return basket_with(site, visit, TRY(load(site, visit)), {}); }

Result<Response> change_basket(Site& site, Visit const& visit) {
    bool const adds = visit.request.path.ends_with("/add");
    std::int64_t quantity = adds ? 1 : 0;
    if (auto const text = visit.field("quantity"); !text.empty()) {
        auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), quantity);
        if (wrong != std::errc() || end != text.data() + text.size()) return fail(Errc::invalid_argument, "invalid_request", "The quantity must be a whole number.");
    }
    json::object request{{"basket_id", visit.basket_id}, {"sku", visit.field("sku")}, {"quantity", quantity}};
    auto answer = site.call(visit, adds ? "basket.add" : "basket.set", request);
    // A basket that was ordered meanwhile, perhaps in another window, makes room for a new one.
    if (!answer && answer.error().reason == "basket_not_found" && adds) request["basket_id"] = "", answer = site.call(visit, "basket.add", request);
    if (!answer) {
        if (wants_json(visit.request)) return Response::json(gateway::status_of(answer.error()), json::value(json::object{{"message", explain(visit, answer.error().reason, answer.error().message)}}));
        if (answer.error().reason == "out_of_stock" || answer.error().reason == "sku_not_found") return basket_with(site, visit, TRY(load(site, visit)), explain(visit, answer.error().reason, answer.error().message));
        return std::unexpected(answer.error());
    }
    visit.keep_basket(std::string(answer->at("basket_id").as_string()));
    if (adds)
        for (auto const& l : answer->at("lines").as_array())
            if (l.at("sku").as_string() == visit.field("sku")) site.note(visit, "cart", {.product_id = std::string(l.at("product_id").as_string())});
    if (wants_json(visit.request)) {
        auto response = Response::json(200, json::value(json::object{{"units", answer->at("units")}, {"subtotal", visit.money(answer->at("subtotal_minor").as_int64())}, {"message", visit.say({"In your basket", "已加入购物车"})}, {"see", visit.say({"See basket", "查看购物车"})}, {"url", visit.link("/basket")}}));
        for (auto const& header : visit.set_headers) response.headers.push_back(header);
        return response;
    }
    return see_other(visit, visit.link("/basket"));
}

Result<Response> change_codes(Site& site, Visit const& visit) {
    if (visit.basket_id.empty()) return see_other(visit, visit.link("/basket"));
    auto const basket = TRY(load(site, visit));
    std::vector<std::string> codes;
    for (auto const& c : basket.quote.codes)
        if (c.code != visit.field("remove") && (visit.field("code").empty() || (c.state != shop::promotions::CodeState::unknown && c.state != shop::promotions::CodeState::expired && c.state != shop::promotions::CodeState::used_up))) codes.push_back(c.code);
    if (auto const entered = visit.field("code"); !entered.empty()) codes.emplace_back(entered.substr(0, 64));
    json::array list;
    for (auto& c : shop::promotions::normal_codes(codes)) list.emplace_back(std::move(c));
    TRY(site.call(visit, "basket.set_codes", {{"basket_id", visit.basket_id}, {"codes", std::move(list)}}));
    return see_other(visit, visit.link("/basket"));
}

Result<Response> checkout_page(Site& site, Visit const& visit) {
    auto const basket = TRY(load(site, visit));
    if (basket.lines.empty()) return see_other(visit, visit.link("/basket"));
    if (!visit.signed_in()) return checkout_with(site, visit, basket, nullptr);
    auto filled = visit;
    auto const account = TRY(read_json<shop::Account>(TRY(site.call(visit, "accounts.get", {}))));
    shop::Contact contact{.name = account.name};
    if (!account.addresses.empty()) contact = account.addresses.front().contact;
    if (contact.email.empty()) contact.email = account.email;
    if (contact.phone.empty()) contact.phone = account.phone;
    filled.form = form_of(contact);
    return checkout_with(site, filled, basket, nullptr);
}

Result<Response> place_order(Site& site, Visit const& visit) {
    auto const basket = TRY(load(site, visit));
    if (basket.lines.empty()) return see_other(visit, visit.link("/basket"));
    if (!pressed_here(site, visit, visit.basket_id)) {
        Error const strange{Errc::permission_denied, "cross_site_request", "", {}};
        return checkout_with(site, visit, basket, &strange);
    }
    json::object contact;
    for (auto const& box : contact_boxes()) contact[box.name] = visit.field(box.name);
    auto call = visit.call;
    call.caller.permissions = {"orders.approve"};  // a person saw the page and pressed its button
    // Pressing the button twice orders once.
    call.idempotency_key = "checkout " + visit.basket_id;
    json::object request{{"basket_id", visit.basket_id}, {"contact", contact}, {"payment", visit.field("payment").empty() ? "invoice" : visit.field("payment")}, {"channel", "web"}};
    // What the page said is what is charged, for the way that was chosen: another total by then is shown again.
    auto const way = visit.field("shipping").substr(0, 64);
    request["shipping_option"] = way;
    if (!visit.field("subtotal").empty()) request["total_minor"] = total_said(visit, way);
    auto const answer = site.executor().call("orders.place", std::move(request), call);
    if (!answer) {
        if (answer.error().code == Errc::internal || answer.error().code == Errc::unavailable) return std::unexpected(answer.error());
        return checkout_with(site, visit, answer.error().reason == "terms_changed" ? TRY(load(site, visit)) : basket, &answer.error());
    }
    visit.keep_basket("");
    if (visit.signed_in() && visit.field("keep") == "1") keep_address(site, visit, contact);
    for (auto const& l : basket.lines) site.note(visit, "purchase", {.product_id = l.product_id});
    return see_other(visit, visit.link(fmt::format("/order/{}?token={}&new=1", gateway::percent_encode(answer->at("order_id").as_string()), gateway::percent_encode(answer->at("access_token").as_string()))));
}

}  // namespace kindling::storefront

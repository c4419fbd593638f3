// ACP's checkout sessions and carts over checkout.* and basket.*: what is read from a request, what is written of an answer.
#include "core/time.h"
#include "core/in_either.h"
#include "gateway/agents/acp/acp.h"
#include "gateway/agents/discounts.h"
#include "gateway/agents/ucp/orders.h"
#include "gateway/http/url.h"
#include <fmt/format.h>

namespace kindling::gateway::agents {

namespace {

std::vector<std::string> const may{"checkout.read", "checkout.write"};

std::string at(json::object const& o, std::string_view name) {
    auto const* v = o.if_contains(name);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}
json::object part(json::object const& o, std::string_view name) {
    auto const* v = o.if_contains(name);
    return v && v->is_object() ? v->get_object() : json::object();
}

// The schema's objects are closed: what stands beside is refused, not guessed at.
void only(Fields& in, std::initializer_list<std::string_view> known) {
    for (auto const& m : in.raw())
        if (std::ranges::find(known, std::string_view(m.key())) == known.end()) in.wrong(std::string_view(m.key()).substr(0, 60), "is not a field of this object");
}

// Items carry no number: one that stands twice is wanted twice.
json::array lines_of(Fields& body, bool needed) {
    json::array out;
    if (needed && !body.has("line_items")) body.wrong("line_items", "is required");
    auto items = body.objects("line_items", 500);
    if (body.has("line_items") && items.empty() && body.ok()) body.wrong("line_items", "must not be empty");
    for (auto& item : items) {
        only(item, {"id", "name", "unit_amount"});
        auto const sku = item.needed("id", 128);
        auto const same = std::ranges::find_if(out, [&](auto const& l) { return l.at("sku").as_string() == sku; });
        if (same == out.end()) out.push_back(json::object{{"sku", sku}, {"quantity", 1}});
        else same->as_object()["quantity"] = same->at("quantity").as_int64() + 1;
    }
    return out;
}

json::object buyer_of(Fields& body) {
    auto buyer = body.object("buyer");
    json::object out;
    if (!body.has("buyer")) return out;
    for (auto name : {"first_name", "last_name", "full_name", "email", "phone_number"})
        if (auto text = buyer.text(name, 200); !text.empty()) out[name] = text;
    if (at(out, "email").empty()) buyer.wrong("email", "is required");
    return out;
}

json::object details_of(Fields& body) {
    auto details = body.object("fulfillment_details");
    json::object out;
    only(details, {"name", "phone_number", "email", "address"});
    for (auto name : {"name", "phone_number", "email"})
        if (auto text = details.text(name, 200); !text.empty()) out[name] = text;
    if (details.has("address")) {
        auto address = details.object("address");
        only(address, {"name", "line_one", "line_two", "city", "state", "country", "postal_code", "company"});
        json::object place;
        for (auto name : {"name", "line_one", "city", "state", "country", "postal_code"}) place[name] = address.has(name) ? address.text(name, name == std::string_view("postal_code") ? 20 : name == std::string_view("country") ? 64 : 100) : address.needed(name);
        for (auto name : {"line_two", "company"})
            if (auto text = address.text(name, 200); !text.empty()) place[name] = text;
        out["address"] = std::move(place);
    }
    return out;
}

json::object contact_of(json::object const& extra) {
    auto const buyer = part(extra, "buyer"), details = part(extra, "fulfillment_details"), address = part(details, "address");
    auto const first = [](std::initializer_list<std::string> all) {
        for (auto const& s : all)
            if (!s.empty()) return s;
        return std::string();
    };
    auto const given = at(buyer, "first_name"), family = at(buyer, "last_name");
    auto const two = at(address, "line_two");
    return {{"name", first({at(details, "name"), at(address, "name"), at(buyer, "full_name"), given.empty() ? family : family.empty() ? given : given + " " + family})}, {"email", first({at(details, "email"), at(buyer, "email")})}, {"phone", first({at(details, "phone_number"), at(buyer, "phone_number")}).substr(0, 40)},
            {"address", two.empty() ? at(address, "line_one") : at(address, "line_one") + ", " + two}, {"city", at(address, "city")}, {"region", at(address, "state")}, {"postcode", at(address, "postal_code")}, {"country", at(address, "country")}};
}

json::object total(std::string_view type, Text words, std::int64_t amount, Locale locale) { return {{"type", type}, {"display_text", words.in(locale)}, {"amount", amount}}; }
json::array line_sums(std::int64_t amount, Locale locale, std::int64_t off = 0) {
    json::array out{total("items_base_amount", {"Items", "商品金额"}, amount, locale)};
    if (off > 0) out.push_back(total("items_discount", {"Discounts", "优惠"}, off, locale));
    out.push_back(total("subtotal", {"Subtotal", "小计"}, amount - off, locale)), out.push_back(total("total", {"Total", "合计"}, amount - off, locale));
    return out;
}

json::object said(std::string_view type, std::string_view code, std::string_view content, std::string_view param, std::string_view resolution = "recoverable") {
    json::object out{{"type", type}, {"code", code}, {"content_type", "plain"}, {"content", content}};
    if (!param.empty()) out["param"] = param;
    if (type == "error") out["resolution"] = resolution;
    return out;
}

std::string lowered(std::string text) {
    for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

// `discounts.codes`, or `coupons` as they were called before.
std::optional<json::array> entered(Fields& body) {
    if (auto codes = codes_of(body)) return codes;
    if (!body.has("coupons")) return {};
    json::array out;
    for (auto& code : body.texts("coupons", 10, 64)) out.emplace_back(std::move(code));
    return out;
}

Refusal missing_session() { return {404, "session_not_found", "There is no such checkout session.", "$.id"}; }

// What a session has beyond the core (rfc.discount_extension).
json::array extensions() { return {json::object{{"name", "discount"}, {"extends", json::array{"$.CheckoutSessionCreateRequest.discounts", "$.CheckoutSessionUpdateRequest.discounts", "$.CheckoutSession.discounts"}}}}; }

Refusal unsaleable(Error const& e) { return {400, e.reason == "not_for_sale" ? "invalid" : e.reason, e.fields.empty() ? e.message : e.fields.front().message, e.fields.empty() ? "$.line_items" : fmt::format("$.line_items[{}]", e.fields.front().path.substr(7, e.fields.front().path.find('/', 7) - 7))}; }

}  // namespace

Answered<AcpReply> Acp::written(AcpAsk const& in, shop::Checkout const& c, int status) {
    auto const locale = in.call.locale;
    auto const shop = call(in, "shop.storefront", {});
    if (!shop) return std::unexpected(refusal_of(shop.error()));
    static json::object const none;
    auto const& extra = c.extra && c.extra->is_object() ? c.extra->get_object() : none;
    auto const say = [&](std::string const& en, std::string const& zh) { return (locale == Locale::zh && !zh.empty()) || en.empty() ? zh : en; };
    json::array lines, messages, ids, options, links;
    for (auto const& l : c.lines) {
        auto const called = with_variant(say(l.title_en, l.title_zh), say(l.variant_en, l.variant_zh));
        json::object line{{"id", line_id(l.sku)}, {"item", json::object{{"id", l.sku}, {"name", called}, {"unit_amount", l.unit_price_minor}}}, {"quantity", l.quantity}, {"name", called}, {"unit_amount", l.unit_price_minor}, {"sku", l.sku}, {"totals", line_sums(l.line_minor, locale, l.discount_minor)}};
        if (!l.product_id.empty()) line["product_id"] = l.product_id;
        if (!l.picture_url.empty()) line["images"] = json::array{json::value(l.picture_url.starts_with('/') ? in.base + l.picture_url : l.picture_url)};
        if (l.stock) line["available_quantity"] = std::max<std::int64_t>(0, *l.stock), line["availability_status"] = *l.stock > 0 ? "in_stock" : "out_of_stock";
        lines.push_back(std::move(line));
        ids.emplace_back(line_id(l.sku));
    }
    using S = shop::CheckoutStatus;
    for (auto const& p : c.problems) {
        auto const code = p.code == "not_for_sale" ? "not_found" : p.code == "malformed" ? "invalid" : p.code == "address_undeliverable" ? "region_restricted" : p.code;
        std::string param = "$";
        if (p.path.starts_with("/lines/")) param = fmt::format("$.line_items[{}]", p.path.substr(7, p.path.find('/', 7) - 7));
        else if (p.path == "/contact/email") param = "$.buyer.email";
        else if (p.path == "/contact/name") param = "$.fulfillment_details.name";
        else if (p.path.starts_with("/contact/")) param = "$.fulfillment_details.address";
        messages.push_back(p.blocks ? said("error", code, p.message, param) : said("warning", "price_change", p.message, param));
    }
    if (c.status == S::ready) messages.push_back(said("error", "approval_required", locale == Locale::zh ? "须由顾客本人在店铺页面确认并付款，见 continue_url。" : "The shopper reviews and pays for this on the shop's own page, at continue_url.", "$", "requires_buyer_review"));
    if (c.status == S::cancelled) messages.push_back(json::object{{"type", "info"}, {"content_type", "plain"}, {"content", locale == Locale::zh ? "结账已取消。" : "The checkout session was canceled."}});
    for (std::size_t i = 0; i < c.codes.size(); ++i)
        if (auto const why = acp_rejection(c.codes[i].state); !why.empty()) messages.push_back(said("warning", why, locale == Locale::zh ? c.codes[i].message_zh : c.codes[i].message_en, fmt::format("$.discounts.codes[{}]", i)));
    for (auto const& o : c.shipping_options) {
        json::object option{{"type", "shipping"}, {"id", o.option_id}, {"title", say(o.title_en, o.title_zh)}, {"totals", json::array{total("total", {"Shipping", "运费"}, o.fee_minor, locale)}}};
        if (o.days_from) option["earliest_delivery_time"] = format_time(c.updated_at_ms + *o.days_from * milliseconds_per_day);
        if (o.days_to) option["latest_delivery_time"] = format_time(c.updated_at_ms + *o.days_to * milliseconds_per_day);
        options.push_back(std::move(option));
    }
    for (auto const& l : policy_links(*shop, in.base, locale)) {
        auto const type = std::string(l.at("type").as_string());
        auto const theirs = type == "refund_policy" ? "return_policy" : type;
        if (theirs == "return_policy" || theirs == "privacy_policy" || theirs == "shipping_policy") links.push_back(json::object{{"type", theirs}, {"url", l.at("url")}});
    }
    json::array totals{total("items_base_amount", {"Items", "商品金额"}, c.subtotal_minor, locale)};
    if (c.discount_minor > 0) totals.push_back(total("items_discount", {"Discounts", "优惠"}, c.discount_minor, locale));
    totals.push_back(total("subtotal", {"Subtotal", "小计"}, c.subtotal_minor - c.discount_minor, locale));
    if (c.shipping_discount_minor > 0) totals.push_back(total("discount", {"Shipping discount", "运费优惠"}, c.shipping_discount_minor, locale));
    if (c.contact && !c.contact->address.empty() && !c.shipping_option.empty()) totals.push_back(total("fulfillment", {"Shipping", "运费"}, c.shipping_minor, locale));
    totals.push_back(total("total", {"Total", "合计"}, c.total_minor, locale));
    std::string_view const state = c.status == S::completed ? "completed" : c.status == S::cancelled ? "canceled" : c.status == S::expired ? "expired" : c.status == S::ready ? "requires_escalation" : "not_ready_for_payment";
    json::object out{{"id", c.checkout_id}, {"protocol", json::object{{"version", acp_version}}}, {"capabilities", json::object{{"payment", json::object{{"handlers", json::array{}}}}, {"extensions", extensions()}}}, {"status", state}, {"currency", lowered(c.currency)}, {"locale", name_of(locale)}, {"line_items", std::move(lines)}, {"fulfillment_options", std::move(options)},
                     {"totals", std::move(totals)}, {"messages", std::move(messages)}, {"links", std::move(links)}, {"created_at", format_time(c.created_at_ms)}, {"updated_at", format_time(c.updated_at_ms)}, {"expires_at", format_time(c.expires_at_ms)}};
    if (auto buyer = part(extra, "buyer"); !buyer.empty()) out["buyer"] = std::move(buyer);
    if (auto details = part(extra, "fulfillment_details"); !details.empty()) out["fulfillment_details"] = std::move(details);
    if (!c.discounts.empty() || !c.codes.empty()) out["discounts"] = acp_discounts(c.discounts, c.codes, locale);
    if (!c.shipping_option.empty()) out["selected_fulfillment_options"] = json::array{json::object{{"type", "shipping"}, {"option_id", c.shipping_option}, {"item_ids", std::move(ids)}}};
    if (c.status == S::completed) out["order"] = json::object{{"type", "order"}, {"id", c.order_id}, {"checkout_session_id", c.checkout_id}, {"order_number", c.order_id}, {"permalink_url", fmt::format("{}/{}/order/{}?token={}", in.base, name_of(locale), percent_encode(c.order_id), percent_encode(c.order_access))}};
    else if (c.status != S::cancelled && c.status != S::expired) out["continue_url"] = fmt::format("{}/{}/checkout/session/{}", in.base, name_of(locale), percent_encode(c.checkout_id));
    return AcpReply{std::move(out), status};
}

Answered<shop::Checkout> Acp::session_of(AcpAsk const& in) {
    if (in.id.empty() || in.id.size() > 64) return std::unexpected(missing_session());
    auto const answer = call(in, "checkout.get", {{"checkout_id", in.id}}, may);
    if (!answer) return answer.error().reason == "checkout_not_found" ? std::unexpected(missing_session()) : std::unexpected(refusal_of(answer.error()));
    auto c = read_json<shop::Checkout>(*answer);
    if (!c) return std::unexpected(refusal_of(c.error()));
    if (c->agent != in.agent.counted_as) return std::unexpected(missing_session());
    return std::move(*c);
}

Answered<AcpReply> Acp::create_session(AcpAsk& in) {
    Fields body(in.body);
    only(body, {"buyer", "line_items", "currency", "fulfillment_details", "capabilities", "fulfillment_groups", "affiliate_attribution", "coupons", "discounts", "locale", "timezone", "quote_id", "metadata", "order_notes"});
    auto lines = lines_of(body, true);
    auto const currency = body.needed("currency", 16);
    if (!body.has("capabilities")) body.wrong("capabilities", "is required");
    (void)body.object("capabilities");
    auto codes = entered(body);
    auto const notes = body.text("order_notes", 5000);
    if (auto const locale = body.text("locale", 40); !locale.empty()) in.call.locale = kindling::locale_of(locale);
    json::object extra{{"buyer", buyer_of(body)}, {"fulfillment_details", details_of(body)}, {"order_notes", notes}};
    if (!body.ok()) return std::unexpected(body.refusal());
    auto const shop = call(in, "shop.storefront", {});
    if (!shop) return std::unexpected(refusal_of(shop.error()));
    if (lowered(currency) != lowered(std::string(shop->at("currency").as_string()))) return std::unexpected(Refusal{400, "unsupported_currency", fmt::format("This shop sells in {}.", std::string_view(shop->at("currency").as_string())), "$.currency"});
    auto contact = contact_of(extra);
    auto const answer = call(in, "checkout.create", {{"lines", std::move(lines)}, {"contact", std::move(contact)}, {"agent", in.agent.counted_as}, {"agent_id", in.agent.agent_id}, {"protocol", "acp"}, {"origin", in.base}, {"webhook_url", in.agent.webhook_url}, {"codes", codes.value_or(json::array())}, {"extra", std::move(extra)}}, may);
    if (!answer) return std::unexpected(answer.error().code == Errc::failed_precondition ? unsaleable(answer.error()) : refusal_of(answer.error()));
    auto const c = read_json<shop::Checkout>(*answer);
    if (!c) return std::unexpected(refusal_of(c.error()));
    return written(in, *c, 201);
}

Answered<AcpReply> Acp::get_session(AcpAsk& in) {
    auto const c = session_of(in);
    if (!c) return std::unexpected(c.error());
    return written(in, *c);
}

// What is left out stays as it was.
Answered<AcpReply> Acp::update_session(AcpAsk& in) {
    Fields body(in.body);
    only(body, {"buyer", "line_items", "fulfillment_details", "fulfillment_groups", "selected_fulfillment_options", "coupons", "discounts", "order_notes"});
    auto lines = lines_of(body, false);
    auto buyer = buyer_of(body), details = details_of(body);
    auto codes = entered(body);
    auto const notes = body.text("order_notes", 5000);
    std::string option;
    for (auto& o : body.objects("selected_fulfillment_options", 10)) {
        only(o, {"type", "option_id", "item_ids"});
        if (auto const type = o.needed("type", 40); type != "shipping") o.wrong("type", "must be shipping");
        option = o.needed("option_id", 64);
    }
    if (!body.ok()) return std::unexpected(body.refusal());
    auto const before = session_of(in);
    if (!before) return std::unexpected(before.error());
    if (!option.empty() && std::ranges::find(before->shipping_options, option, &shop::ShippingOption::option_id) == before->shipping_options.end()) return std::unexpected(Refusal{400, "invalid", "This is none of the session's fulfillment_options.", "$.selected_fulfillment_options[0].option_id"});
    json::object extra = before->extra && before->extra->is_object() ? before->extra->get_object() : json::object();
    if (body.has("buyer")) extra["buyer"] = std::move(buyer);
    if (body.has("fulfillment_details")) extra["fulfillment_details"] = std::move(details);
    if (body.has("order_notes")) extra["order_notes"] = notes;
    if (!body.has("line_items"))
        for (auto const& l : before->lines) lines.push_back(json::object{{"sku", l.sku}, {"quantity", l.quantity}});
    auto contact = contact_of(extra);
    json::object request{{"checkout_id", in.id}, {"lines", std::move(lines)}, {"contact", std::move(contact)}, {"shipping_option", option.empty() ? before->shipping_option : option}, {"extra", std::move(extra)}};
    if (codes) request["codes"] = std::move(*codes);
    auto const answer = call(in, "checkout.update", std::move(request), may);
    if (!answer) {
        auto const& e = answer.error();
        if (e.reason == "checkout_closed" || e.reason == "checkout_expired") return std::unexpected(Refusal{409, e.reason == "checkout_expired" ? "expired" : "conflict", e.message, "$.status"});
        return std::unexpected(refusal_of(e));
    }
    auto const c = read_json<shop::Checkout>(*answer);
    if (!c) return std::unexpected(refusal_of(c.error()));
    return written(in, *c);
}

Answered<AcpReply> Acp::complete_session(AcpAsk& in) {
    Fields body(in.body);
    only(body, {"buyer", "payment_data", "authentication_result", "affiliate_attribution", "risk_signals", "marketing_consents", "order_notes"});
    if (!body.has("payment_data")) body.wrong("payment_data", "is required");
    auto payment = body.object("payment_data");
    if (body.ok() && !(payment.has("handler_id") && payment.has("instrument")) && !payment.has("purchase_order_number")) payment.wrong("", "needs handler_id and instrument, or purchase_order_number");
    (void)buyer_of(body);
    if (!body.ok()) return std::unexpected(body.refusal());
    auto const c = session_of(in);
    if (!c) return std::unexpected(c.error());
    using S = shop::CheckoutStatus;
    if (c->status == S::completed) return written(in, *c);
    if (c->status == S::cancelled || c->status == S::expired) return std::unexpected(Refusal{409, c->status == S::expired ? "expired" : "conflict", "This session is closed; start a new one.", "$.status"});
    if (payment.has("handler_id")) return std::unexpected(Refusal{400, "payment_declined", "This shop lists no payment handler (capabilities.payment.handlers): a delegated token cannot be charged here. The shopper pays at the session's continue_url.", "$.payment_data.handler_id"});
    return std::unexpected(Refusal{400, "approval_required", "The shopper approves this purchase at the session's continue_url; read the session again after that.", "$.payment_data"});
}

Answered<AcpReply> Acp::cancel_session(AcpAsk& in) {
    auto const before = session_of(in);
    if (!before) return std::unexpected(before.error());
    auto const answer = call(in, "checkout.cancel", {{"checkout_id", in.id}}, may);
    if (!answer) {
        if (answer.error().code == Errc::failed_precondition) return std::unexpected(Refusal{405, "not_cancelable", answer.error().message, "$.status"});
        return std::unexpected(refusal_of(answer.error()));
    }
    auto const c = read_json<shop::Checkout>(*answer);
    if (!c) return std::unexpected(refusal_of(c.error()));
    return written(in, *c);
}

Answered<AcpReply> Acp::cart(AcpAsk const& in, Result<json::value> const& basket, int status) {
    if (!basket) {
        if (basket.error().reason == "basket_not_found") return std::unexpected(Refusal{404, "cart_not_found", "There is no such cart.", "$.id"});
        if (basket.error().code == Errc::failed_precondition) return std::unexpected(unsaleable(basket.error()));
        return std::unexpected(refusal_of(basket.error()));
    }
    auto const locale = in.call.locale;
    auto const text = [](json::value const& o, std::string_view name) { return std::string(o.at(name).as_string()); };
    json::array lines, messages;
    for (auto const& l : basket->at("lines").as_array()) {
        auto const title = with_variant(in_either(locale, text(l, "title_en"), text(l, "title_zh")), in_either(locale, text(l, "variant_en"), text(l, "variant_zh")));
        lines.push_back(json::object{{"id", line_id(text(l, "sku"))}, {"item", json::object{{"id", l.at("sku")}, {"name", title}, {"unit_amount", l.at("unit_price_minor")}}}, {"quantity", l.at("quantity")}, {"name", title}, {"unit_amount", l.at("unit_price_minor")}, {"totals", line_sums(l.at("line_minor").as_int64(), locale)}});
        if (auto const* quoted = l.as_object().if_contains("quoted_minor"); quoted && quoted->is_int64() && *quoted != l.at("unit_price_minor")) messages.push_back(said("warning", "price_change", fmt::format("The price was {} when this came into the cart and is {} now.", quoted->get_int64(), l.at("unit_price_minor").as_int64()), fmt::format("$.line_items[{}]", lines.size() - 1)));
    }
    for (auto const& p : basket->at("problems").as_array()) {
        auto const code = text(p, "code"), path = text(p, "path");
        auto const param = fmt::format("$.line_items[{}]", path.substr(7, path.find('/', 7) - 7));
        messages.push_back(code == "quantity_adjusted" ? said("warning", "limited_availability", text(p, "message"), param) : said("error", code == "out_of_stock" ? "out_of_stock" : "not_found", text(p, "message"), param));
    }
    auto const subtotal = basket->at("subtotal_minor").as_int64(), off = basket->at("quote").at("discount_minor").as_int64();
    auto const& line_off = basket->at("quote").at("line_discount_minor").as_array();
    for (std::size_t i = 0; i < lines.size() && i < line_off.size(); ++i) lines[i].as_object()["totals"] = line_sums(basket->at("lines").as_array()[i].at("line_minor").as_int64(), locale, line_off[i].as_int64());
    json::object out{{"id", basket->at("basket_id")}, {"line_items", std::move(lines)}, {"currency", lowered(text(*basket, "currency"))}, {"totals", json::array{total("subtotal", {"Subtotal", "小计"}, subtotal - off, locale), total("total", {"Estimated total", "预估合计"}, subtotal - off, locale)}}};
    if (!messages.empty()) out["messages"] = std::move(messages);
    if (text(*basket, "status") == "open") out["continue_url"] = fmt::format("{}/checkout?basket={}", in.base, percent_encode(text(*basket, "basket_id")));
    return AcpReply{std::move(out), status};
}

Answered<AcpReply> Acp::create_cart(AcpAsk& in) {
    Fields body(in.body);
    only(body, {"line_items", "buyer", "locale"});
    auto lines = lines_of(body, true);
    (void)buyer_of(body);
    if (!body.ok()) return std::unexpected(body.refusal());
    return cart(in, call(in, "basket.replace", {{"lines", std::move(lines)}}), 201);
}

Answered<AcpReply> Acp::get_cart(AcpAsk& in) {
    auto const basket = call(in, "basket.get", {{"basket_id", in.id.substr(0, 64)}});
    if (basket && basket->at("status").as_string() != "open") return std::unexpected(Refusal{404, "cart_not_found", "There is no such cart.", "$.id"});
    return cart(in, basket);
}

Answered<AcpReply> Acp::update_cart(AcpAsk& in) {
    Fields body(in.body);
    only(body, {"line_items", "buyer"});
    auto lines = lines_of(body, true);
    (void)buyer_of(body);
    if (!body.ok()) return std::unexpected(body.refusal());
    if (in.id.empty()) return std::unexpected(Refusal{404, "cart_not_found", "There is no such cart.", "$.id"});
    return cart(in, call(in, "basket.replace", {{"basket_id", in.id.substr(0, 64)}, {"lines", std::move(lines)}}));
}

Answered<AcpReply> Acp::cancel_cart(AcpAsk& in) { return cart(in, call(in, "basket.cancel", {{"basket_id", in.id.substr(0, 64)}})); }

json::object acp_order(OrderTold const& told, std::string const& base, Locale locale) {
    using S = shop::OrderStatus;
    auto const& [order, returns, asked, refunded_minor, c] = told;
    bool const left = has_left(order.status), cancelled = order.status == S::cancelled, arrived = left && order.status != S::shipped;
    json::array lines, all, adjustments, events;
    for (auto const& l : order.lines) {
        auto const amount = l.quantity * l.unit_price_minor;
        lines.push_back(json::object{{"id", line_id(l.sku)}, {"title", with_variant(l.title.empty() ? l.sku : l.title, in_either(locale, l.variant_en, l.variant_zh))}, {"product_id", l.product_id}, {"quantity", json::object{{"ordered", l.quantity}, {"current", cancelled ? 0 : l.quantity}, {"fulfilled", left ? l.quantity : 0}}}, {"unit_price", l.unit_price_minor}, {"subtotal", amount - l.discount_minor}, {"totals", line_sums(amount, locale, l.discount_minor)}, {"status", cancelled ? "removed" : left ? "fulfilled" : "processing"}});
        all.push_back(json::object{{"id", line_id(l.sku)}, {"quantity", l.quantity}});
    }
    json::object parcel{{"id", "parcel"}, {"type", "shipping"}, {"status", arrived ? "delivered" : left ? "shipped" : cancelled ? "canceled" : "pending"}, {"line_items", std::move(all)}};
    if (!order.tracking.empty()) parcel["tracking_number"] = order.tracking;
    if (order.shipped_at_ms) events.push_back(json::object{{"id", order.order_id + "_shipped"}, {"type", "shipped"}, {"occurred_at", format_time(*order.shipped_at_ms)}});
    if (order.delivered_at_ms) events.push_back(json::object{{"id", order.order_id + "_delivered"}, {"type", "delivered"}, {"occurred_at", format_time(*order.delivered_at_ms)}});
    if (!events.empty()) parcel["events"] = std::move(events);
    auto const adjust = [&](json::object a, std::int64_t line, std::int64_t quantity) {
        if (auto const at = static_cast<std::size_t>(line); at < order.lines.size()) a["line_items"] = json::array{json::object{{"id", line_id(order.lines[at].sku)}, {"quantity", quantity}}};
        adjustments.push_back(std::move(a));
    };
    for (auto const& r : returns) {
        json::object a{{"id", r.return_id}, {"type", "return"}, {"occurred_at", format_time(r.created_at_ms.value_or(order.placed_at_ms))}, {"status", "completed"}, {"amount", r.refund_minor.value_or(0)}, {"currency", lowered(order.currency)}, {"reason", r.reason}};
        adjust(std::move(a), r.line, r.quantity);
    }
    for (auto const& r : asked) adjust({{"id", r.request_id}, {"type", adjustment_type(r)}, {"occurred_at", format_time(r.created_at_ms)}, {"status", adjustment_status(r)}, {"reason", r.reason}}, r.line, r.quantity);
    if (cancelled) adjustments.push_back(json::object{{"id", order.order_id + "_cancelled"}, {"type", "cancellation"}, {"occurred_at", format_time(c.updated_at_ms)}, {"status", "completed"}, {"amount", order.total_minor}, {"currency", lowered(order.currency)}});
    std::string_view const status = order.status == S::placed ? "created" : order.status == S::paid ? "confirmed" : order.status == S::shipped ? "shipped" : arrived ? "completed" : "canceled";
    std::int64_t off = 0;
    for (auto const& l : order.lines) off += l.discount_minor;
    json::array totals{total("items_base_amount", {"Items", "商品金额"}, order.subtotal_minor + off, locale)};
    if (off > 0) totals.push_back(total("items_discount", {"Discounts", "优惠"}, off, locale));
    totals.push_back(total("subtotal", {"Subtotal", "小计"}, order.subtotal_minor, locale));
    if (order.discount_minor > 0) totals.push_back(total("discount", {"Discount", "优惠"}, order.discount_minor, locale));
    totals.push_back(total("fulfillment", {"Shipping", "运费"}, order.shipping_minor, locale)), totals.push_back(total("total", {"Total", "合计"}, order.total_minor, locale));
    if (refunded_minor > 0) totals.push_back(total("amount_refunded", {"Refunded", "已退款"}, refunded_minor, locale));
    // Told back is an address that the agent itself gave; one that the shopper typed on the shop's own page is none of the agent's.
    auto const given = contact_of(c.extra && c.extra->is_object() ? c.extra->get_object() : json::object());
    if (order.contact && !at(given, "address").empty() && at(given, "address") == order.contact->address && at(given, "postcode") == order.contact->postcode && at(given, "name") == order.contact->name) {
        auto const& p = *order.contact;
        parcel["destination"] = json::object{{"name", p.name}, {"line_one", p.address}, {"city", p.city}, {"state", p.region}, {"country", p.country}, {"postal_code", p.postcode}};
    }
    if (order.promised_day) {
        auto const day = format_time(static_cast<Milliseconds>(*order.promised_day) * milliseconds_per_day);
        // Only the last day is promised; before it was ordered nothing comes.
        parcel["estimated_delivery"] = json::object{{"earliest", std::min(format_time(order.placed_at_ms), day)}, {"latest", day}};
    }
    json::object out{{"type", "order"}, {"id", order.order_id}, {"checkout_session_id", c.checkout_id}, {"order_number", order.order_id}, {"permalink_url", fmt::format("{}/{}/order/{}?token={}", base, name_of(locale), percent_encode(order.order_id), percent_encode(c.order_access))}, {"status", status}, {"line_items", std::move(lines)}, {"fulfillments", json::array{std::move(parcel)}},
                     {"totals", std::move(totals)}};
    if (!adjustments.empty()) out["adjustments"] = std::move(adjustments);
    return out;
}

}  // namespace kindling::gateway::agents

// create, get, update, complete and cancel a checkout: UCP's resource over the shop's checkout.* operations.
//
// What the platform sends replaces the session each time; what the shop has no words for (the buyer as given, the destinations and which
// is chosen, attribution, instruments without their credentials) is kept beside it, sealed, and said again. Signals are not kept.
#include "core/time.h"
#include "core/in_either.h"
#include "gateway/agents/discounts.h"
#include "core/json_members.h"
#include "gateway/agents/ucp/ucp.h"
#include "gateway/http/url.h"
#include <fmt/format.h>

namespace kindling::gateway::agents {

namespace {

constexpr std::string_view checkout = "dev.ucp.shopping.checkout", discount = "dev.ucp.shopping.discount", fulfillment = "dev.ucp.shopping.fulfillment", mandate = "dev.ucp.shopping.ap2_mandate";
std::vector<std::string> const may{"checkout.read", "checkout.write"};

constexpr std::string_view address_fields[] = {"street_address", "extended_address", "address_locality", "address_region", "postal_code", "address_country", "first_name", "last_name", "phone_number"};

std::string joined(std::string_view a, std::string_view b, std::string_view between) { return a.empty() ? std::string(b) : b.empty() ? std::string(a) : fmt::format("{}{}{}", a, between, b); }

// What a create or update says, as the operations' request and what is kept beside it.
struct Wish {
    json::array lines;
    json::object contact, extra;
    bool has_contact = false;
    std::string shipping_option;
};

json::object address_of(Fields& in) {
    json::object out;
    for (auto name : address_fields)
        if (auto text = in.text(name, 300); !text.empty()) out[name] = text;
    return out;
}


Wish wish_of(Fields& body, bool with_lines) {
    Wish out;
    for (auto& line : body.objects("line_items", 200)) {
        auto item = line.object("item");
        auto const sku = item.needed("id", 128);
        if (!line.has("quantity")) line.wrong("quantity", "is required");
        out.lines.push_back(json::object{{"sku", sku}, {"quantity", line.integer("quantity", 1, 9999).value_or(1)}});
    }
    if (with_lines && !body.has("line_items")) body.wrong("line_items", "is required");
    auto buyer = body.object("buyer");
    json::object person;
    for (auto name : {"first_name", "last_name", "email", "phone_number"})
        if (auto text = buyer.text(name, 200); !text.empty()) person[name] = text;
    (void)body.object("context"), (void)body.object("signals");
    json::object attribution;
    for (auto const& [name, value] : body.object("attribution").raw())
        if (value.is_string() && name.size() <= 100 && value.get_string().size() <= 500 && attribution.size() < 50) attribution[name] = value;
        else body.wrong("attribution", "must be short texts");

    json::array destinations;
    std::string selected;
    auto methods = body.object("fulfillment").objects("methods", 10);
    if (methods.size() > 1) body.wrong("fulfillment", "has several methods; everything is sent in one way here");
    for (auto& method : methods) {
        if (auto const type = method.text("type", 40); !type.empty() && type != "shipping") method.wrong("type", "must be shipping: nothing can be picked up here");
        (void)method.texts("line_item_ids", 200);
        for (auto& d : method.objects("destinations", 20)) {
            auto address = address_of(d);
            auto id = d.text("id", 100);
            if (id.empty()) id = fmt::format("dest_{}", destinations.size() + 1);
            address["id"] = id;
            destinations.push_back(std::move(address));
        }
        selected = method.text("selected_destination_id", 100);
        if (!selected.empty() && std::ranges::none_of(destinations, [&](auto const& d) { return text_in(d.as_object(), "id") == selected; })) method.wrong("selected_destination_id", "is none of the destinations");
        if (selected.empty() && destinations.size() == 1) selected = text_in(destinations[0].as_object(), "id");
        for (auto& group : method.objects("groups", 20))
            if (auto const option = group.text("selected_option_id", 64); !option.empty()) out.shipping_option = option;
    }
    json::object place;
    for (auto const& d : destinations)
        if (text_in(d.as_object(), "id") == selected && !selected.empty()) place = d.as_object();
    auto const name = joined(text_in(place, "first_name"), text_in(place, "last_name"), " ");
    auto const phone = text_in(person, "phone_number");
    out.contact = {{"name", name.empty() ? joined(text_in(person, "first_name"), text_in(person, "last_name"), " ") : name}, {"email", text_in(person, "email")}, {"phone", phone.empty() ? text_in(place, "phone_number") : phone}, {"address", joined(text_in(place, "street_address"), text_in(place, "extended_address"), ", ")},
                   {"city", text_in(place, "address_locality")}, {"region", text_in(place, "address_region")}, {"postcode", text_in(place, "postal_code")}, {"country", text_in(place, "address_country")}};
    for (auto [field, longest] : {std::pair("postcode", 20u), {"country", 64u}, {"phone", 40u}, {"city", 100u}, {"region", 100u}, {"email", 254u}, {"name", 200u}, {"address", 500u}})
        if (out.contact[field].as_string().size() > longest) body.wrong(field == std::string_view("email") || field == std::string_view("name") || field == std::string_view("phone") ? "buyer" : "fulfillment", fmt::format("has a {} of more than {} bytes", field, longest));
    out.has_contact = !person.empty() || !place.empty();

    json::array instruments;
    std::string_view payment;  // what the shopper's page begins with
    for (auto& i : body.object("payment").objects("instruments", 10)) {
        json::object kept{{"id", i.needed("id", 200)}, {"handler_id", i.needed("handler_id", 200)}, {"type", i.needed("type", 100)}};
        if (i.flag("selected")) kept["selected"] = true;
        if (instruments.empty() || kept.contains("selected")) payment = payment_of(text_in(kept, "handler_id"));
        auto display = i.object("display");
        if (!display.raw().empty() && kindling::to_text(display.raw()).size() <= 2000) kept["display"] = display.raw();
        if (auto billing = i.object("billing_address"); !billing.raw().empty()) kept["billing_address"] = address_of(billing);
        instruments.push_back(std::move(kept));  // never the credential: it goes one way
    }
    out.extra = {{"buyer", std::move(person)}, {"destinations", std::move(destinations)}, {"selected", selected}, {"attribution", std::move(attribution)}, {"instruments", std::move(instruments)}};
    if (!payment.empty()) out.extra["payment"] = payment;
    return out;
}

// A problem of the shop's checkout as a message.
json::object told(Ask const& ask, shop::CheckoutProblem const& p) {
    auto const has_fulfillment = ask.active.contains(fulfillment);
    auto path = std::string("$"), code = p.code, severity = std::string("recoverable");
    if (p.path.starts_with("/lines/")) {
        auto const rest = std::string_view(p.path).substr(7);
        auto const number = rest.substr(0, rest.find('/'));
        path = fmt::format("$.line_items[{}]{}", number, p.path.ends_with("/quantity") ? ".quantity" : p.path.ends_with("/unit_price_minor") ? ".item.price" : "");
    } else if (p.path == "/contact/email") path = "$.buyer.email";
    else if (p.path == "/contact/name") path = "$.buyer.first_name";
    else if (p.path.starts_with("/contact/")) {
        path = "$.fulfillment.methods[0].destinations";
        if (!has_fulfillment) severity = "requires_buyer_input";  // this platform has no words for an address
    }
    if (code == "not_for_sale") code = "item_unavailable";
    if (code == "promotion_used_up") code = "discount_code_expired", path = "$.totals";
    return p.blocks ? message("error", code, p.message, path, severity) : message("warning", code, p.message, path);
}

std::string time_of(std::int64_t ms) { return format_time(ms); }

}  // namespace

std::string line_id(std::string_view sku) { return "li_" + std::string(sku); }
json::array line_totals(std::int64_t amount, std::int64_t off) {
    json::array out{json::object{{"type", "subtotal"}, {"amount", amount}}};
    if (off > 0) out.push_back(json::object{{"type", "items_discount"}, {"amount", -off}});
    out.push_back(json::object{{"type", "total"}, {"amount", amount - off}});
    return out;
}

void tell_codes(std::span<shop::promotions::CodeTold const> codes, Locale locale, json::array& messages) {
    for (std::size_t i = 0; i < codes.size(); ++i)
        if (auto const why = ucp_rejection(codes[i].state); !why.empty()) messages.push_back(message("warning", why, locale == Locale::zh ? codes[i].message_zh : codes[i].message_en, fmt::format("$.discounts.codes[{}]", i)));
}

json::array policy_links(json::value const& storefront, std::string const& base, Locale locale) {
    json::array out;
    for (auto const& p : storefront.at("policies").as_array()) {
        auto const topic = std::string_view(p.at("topic").as_string());
        auto const type = topic == "account" ? "privacy_policy" : topic == "returns" ? "refund_policy" : topic == "shipping" ? "shipping_policy" : topic == "payment" ? "payment_policy" : topic == "warranty" ? "warranty" : std::string_view();
        if (!type.empty()) out.push_back(json::object{{"type", type}, {"url", fmt::format("{}/{}/policy/{}", base, name_of(locale), topic)}});
    }
    return out;
}

std::set<std::string, std::less<>> Ucp::payments(Ask const& in) {
    std::set<std::string, std::less<>> out;
    if (auto const shop = call(in, "shop.storefront", {}))
        for (auto const& p : shop->at("payments").as_array()) out.emplace(p.as_string());
    return out;
}

Answered<Reply> Ucp::written(Ask const& in, shop::Checkout const& c, json::array more, int status) {
    auto const storefront = ask(in, "shop.storefront", {});
    if (!storefront) return std::unexpected(storefront.error());
    auto const locale = in.call.locale;
    auto const say = [&](std::string const& en, std::string const& zh) { return (locale == Locale::zh && !zh.empty()) || en.empty() ? zh : en; };
    static json::object const none;
    auto const& extra = c.extra && c.extra->is_object() ? c.extra->get_object() : none;
    json::array lines, messages = std::move(more), ids;
    for (auto const& l : c.lines) {
        json::object item{{"id", l.sku}, {"title", with_variant(say(l.title_en, l.title_zh), say(l.variant_en, l.variant_zh))}, {"price", l.unit_price_minor}};
        if (!l.picture_url.empty()) item["image_url"] = l.picture_url.starts_with('/') ? in.base + l.picture_url : l.picture_url;
        lines.push_back(json::object{{"id", line_id(l.sku)}, {"item", std::move(item)}, {"quantity", l.quantity}, {"totals", line_totals(l.line_minor, l.discount_minor)}});
        ids.emplace_back(line_id(l.sku));
    }
    bool recoverable = false, escalated = false;
    for (auto const& p : c.problems) messages.push_back(told(in, p));
    if (in.active.contains(discount)) tell_codes(c.codes, locale, messages);
    for (auto const& m : messages) {
        auto const severity = text_in(m.as_object(), "severity");
        recoverable = recoverable || severity == "recoverable", escalated = escalated || severity.starts_with("requires_");
    }
    using S = shop::CheckoutStatus;
    auto const by_mandate = in.active.contains(mandate) && in.agent.accepts_mandates;
    if (c.status == S::ready && !by_mandate && !escalated) {
        messages.push_back(message("error", "approval_required", locale == Locale::zh ? "须由顾客本人在店铺页面确认并付款。" : "The shopper reviews and pays for this on the shop's own page.", "$", "requires_buyer_review"));
        escalated = true;
    }
    std::string_view state = c.status == S::completed ? "completed" : c.status == S::cancelled || c.status == S::expired ? "canceled" : recoverable && c.status == S::incomplete ? "incomplete" : escalated ? "requires_escalation" : c.status == S::ready ? "ready_for_complete" : "incomplete";
    if (c.status == S::expired) messages.push_back(message("info", "expired", locale == Locale::zh ? "此次结账已过期，请重新开始。" : "This checkout has expired; start a new one."));

    json::array totals{json::object{{"type", "subtotal"}, {"amount", c.subtotal_minor}}};
    bool const sent = c.contact && !c.contact->address.empty() && !c.shipping_option.empty();
    if (c.discount_minor > 0) totals.push_back(json::object{{"type", "items_discount"}, {"display_text", locale == Locale::zh ? "优惠" : "Discounts"}, {"amount", -c.discount_minor}});
    if (sent) totals.push_back(json::object{{"type", "fulfillment"}, {"amount", c.shipping_minor}});
    if (c.shipping_discount_minor > 0) totals.push_back(json::object{{"type", "discount"}, {"display_text", locale == Locale::zh ? "运费优惠" : "Shipping discount"}, {"amount", -c.shipping_discount_minor}});
    totals.push_back(json::object{{"type", "total"}, {"amount", c.total_minor}});
    auto ucp = envelope(in, checkout);
    std::set<std::string, std::less<>> pay;
    for (auto const& p : storefront->at("payments").as_array()) pay.emplace(p.as_string());
    ucp["payment_handlers"] = payment_handlers(pay);
    json::object out{{"ucp", std::move(ucp)}, {"id", c.checkout_id}, {"status", state}, {"currency", c.currency}, {"line_items", std::move(lines)}, {"totals", std::move(totals)}, {"links", policy_links(*storefront, in.base, locale)}, {"expires_at", time_of(c.expires_at_ms)}};
    if (auto const* buyer = extra.if_contains("buyer"); buyer && buyer->is_object() && !buyer->get_object().empty()) out["buyer"] = *buyer;
    if (auto const* attribution = extra.if_contains("attribution"); attribution && attribution->is_object() && !attribution->get_object().empty()) out["attribution"] = *attribution;
    if (auto const* instruments = extra.if_contains("instruments"); instruments && instruments->is_array() && !instruments->get_array().empty()) out["payment"] = json::object{{"instruments", *instruments}};
    if (in.active.contains(discount)) out["discounts"] = ucp_discounts(c.discounts, c.codes, locale);
    if (auto const* destinations = extra.if_contains("destinations"); in.active.contains(fulfillment)) {
        json::object method{{"id", "shipping"}, {"type", "shipping"}, {"line_item_ids", ids}};
        if (destinations && destinations->is_array() && !destinations->get_array().empty()) method["destinations"] = *destinations;
        if (auto const selected = text_in(extra, "selected"); !selected.empty()) method["selected_destination_id"] = selected;
        json::array options;
        for (auto const& o : c.shipping_options) {
            json::object option{{"id", o.option_id}, {"title", say(o.title_en, o.title_zh)}, {"totals", json::array{json::object{{"type", "total"}, {"amount", o.fee_minor}}}}};
            if (o.days_to) option["description"] = locale == Locale::zh ? fmt::format("{}{} 天送达", o.days_from ? fmt::format("{}–", *o.days_from) : "最多 ", *o.days_to) : fmt::format("Arrives in {}{} days.", o.days_from ? fmt::format("{} to ", *o.days_from) : "at most ", *o.days_to);
            options.push_back(std::move(option));
        }
        if (!options.empty()) {
            json::object group{{"id", "parcel"}, {"line_item_ids", ids}, {"options", std::move(options)}};
            if (!c.shipping_option.empty()) group["selected_option_id"] = c.shipping_option;
            method["groups"] = json::array{std::move(group)};
        }
        out["fulfillment"] = json::object{{"methods", json::array{std::move(method)}}};
    }
    if (c.status == S::completed) out["order"] = json::object{{"id", c.order_id}, {"permalink_url", fmt::format("{}/{}/order/{}?token={}", in.base, name_of(locale), percent_encode(c.order_id), percent_encode(c.order_access))}};
    else if (c.status != S::cancelled && c.status != S::expired) out["continue_url"] = fmt::format("{}/{}/checkout/session/{}", in.base, name_of(locale), percent_encode(c.checkout_id));
    if (!messages.empty()) out["messages"] = std::move(messages);
    if (in.active.contains(mandate)) {
        auto const own = keys_.signing(in.call.shop_id);
        if (!own) return std::unexpected(refusal_of(own.error()));
        out["ap2"] = json::object{{"merchant_authorization", authorise(**own, out)}};
    }
    return Reply{std::move(out), status};
}

// The mandate's checkout is the one that stands now: its id, its lines, its sums.
std::optional<MandateRefused> Ucp::disagreement(Ask const& in, shop::Checkout const& c, std::string_view sd_jwt) {
    auto const own = keys_.published(in.call.shop_id);
    if (!own) return MandateRefused{"merchant_authorization_invalid", "This shop's keys cannot be read just now."};
    auto const agreed = read_mandate(sd_jwt, in.agent.signing_keys, *own, now_ms());
    if (!agreed) return agreed.error();
    auto const now = written(in, c);
    if (!now) return MandateRefused{"mandate_scope_mismatch", "The checkout cannot be read just now."};
    for (auto name : {"id", "currency", "line_items", "totals"}) {
        auto const *a = agreed->if_contains(name), *b = now->body.if_contains(name);
        if (!a || !b || canonical_json(*a) != canonical_json(*b)) return MandateRefused{"mandate_scope_mismatch", fmt::format("The mandate is bound to another {}.", name == std::string_view("id") ? "checkout" : name)};
    }
    return {};
}

Answered<shop::Checkout> Ucp::checkout_of(Ask const& in) {
    auto const missing = std::unexpected(Refusal{404, "not_found", "There is no such checkout."});
    if (in.id.empty() || in.id.size() > 64) return missing;
    auto const answer = call(in, "checkout.get", {{"checkout_id", in.id}}, may);
    if (!answer) return answer.error().reason == "checkout_not_found" ? missing : std::unexpected(refusal_of(answer.error()));
    auto c = read_json<shop::Checkout>(*answer);
    if (!c) return std::unexpected(refusal_of(c.error()));
    // Whose it is: another platform that learned the id learns nothing from it.
    if (c->agent != in.agent.counted_as) return missing;
    return std::move(*c);
}

Answered<Reply> Ucp::create_checkout(Ask& in) {
    Fields body(in.body);
    auto const cart = body.text("cart_id", 64);
    auto wish = wish_of(body, cart.empty());
    auto codes = in.active.contains(discount) ? codes_of(body) : std::optional<json::array>();
    if (!cart.empty() && !in.active.contains("dev.ucp.shopping.cart")) body.wrong("cart_id", "needs the cart capability in your profile");
    if (!body.ok()) return std::unexpected(body.refusal());
    json::object request{{"shipping_option", wish.shipping_option}, {"agent", in.agent.counted_as}, {"agent_id", in.agent.agent_id}, {"protocol", "ucp"}, {"origin", in.base}, {"webhook_url", in.active.contains("dev.ucp.shopping.order") ? in.agent.webhook_url : ""}, {"extra", std::move(wish.extra)}};
    if (cart.empty()) request["lines"] = std::move(wish.lines);
    else request["basket_id"] = cart;
    if (wish.has_contact) request["contact"] = std::move(wish.contact);
    if (codes) request["codes"] = std::move(*codes);
    auto const answer = call(in, "checkout.create", std::move(request), may);
    if (!answer) {
        auto const& e = answer.error();
        if (e.reason == "basket_not_found") return failed(in, checkout, "not_found", "There is no such cart.");
        if (e.reason == "empty_order") return std::unexpected(Refusal{400, "invalid_request", "There is nothing to check out: line_items is empty.", "$.line_items"});
        if (e.code == Errc::failed_precondition) return failed(in, checkout, e.reason == "not_for_sale" ? "item_unavailable" : e.reason, e.message);
        return std::unexpected(refusal_of(e));
    }
    auto const c = read_json<shop::Checkout>(*answer);
    if (!c) return std::unexpected(refusal_of(c.error()));
    return written(in, *c, {}, 201);
}

Answered<Reply> Ucp::get_checkout(Ask& in) {
    auto const c = checkout_of(in);
    if (c) return written(in, *c);
    if (c.error().status == 404) return failed(in, checkout, "not_found", c.error().content);
    return std::unexpected(c.error());
}

Answered<Reply> Ucp::update_checkout(Ask& in) {
    Fields body(in.body);
    auto wish = wish_of(body, true);
    auto codes = in.active.contains(discount) ? codes_of(body) : std::optional<json::array>();
    if (!body.ok()) return std::unexpected(body.refusal());
    auto const before = checkout_of(in);
    if (!before) return before.error().status == 404 ? Answered<Reply>(failed(in, checkout, "not_found", before.error().content)) : std::unexpected(before.error());
    json::object request{{"checkout_id", in.id}, {"lines", std::move(wish.lines)}, {"shipping_option", wish.shipping_option}, {"extra", std::move(wish.extra)}};
    if (wish.has_contact) request["contact"] = std::move(wish.contact);
    if (codes) request["codes"] = std::move(*codes);
    auto const answer = call(in, "checkout.update", std::move(request), may);
    if (!answer) {
        auto const& e = answer.error();
        if (e.reason == "checkout_closed" || e.reason == "checkout_expired") return written(in, *before, {message("error", e.reason == "checkout_expired" ? "expired" : "not_allowed", e.message, "$.status", "unrecoverable")});
        if (e.reason == "empty_order") return std::unexpected(Refusal{400, "invalid_request", "A checkout without line_items is none; cancel it instead.", "$.line_items"});
        return std::unexpected(refusal_of(e));
    }
    auto const c = read_json<shop::Checkout>(*answer);
    if (!c) return std::unexpected(refusal_of(c.error()));
    return written(in, *c);
}

Answered<Reply> Ucp::cancel_checkout(Ask& in) {
    auto const before = checkout_of(in);
    if (!before) return before.error().status == 404 ? Answered<Reply>(failed(in, checkout, "not_found", before.error().content)) : std::unexpected(before.error());
    auto const answer = call(in, "checkout.cancel", {{"checkout_id", in.id}}, may);
    if (!answer) {
        auto const& e = answer.error();
        if (e.code == Errc::failed_precondition) return written(in, *before, {message("error", "not_allowed", e.message, "$.status", "unrecoverable")});
        return std::unexpected(refusal_of(e));
    }
    auto const c = read_json<shop::Checkout>(*answer);
    if (!c) return std::unexpected(refusal_of(c.error()));
    return written(in, *c);
}

Answered<Reply> Ucp::complete_checkout(Ask& in) {
    Fields body(in.body);
    auto instruments = body.object("payment").objects("instruments", 10);
    std::string handler, token;
    std::size_t chosen = 0;
    for (std::size_t n = 0; n < instruments.size(); ++n) {
        auto& i = instruments[n];
        auto const id = i.needed("handler_id", 200);
        (void)i.needed("id", 200), (void)i.needed("type", 100);
        if (n == 0 || i.flag("selected")) chosen = n, handler = id, token = i.object("credential").text("token", 60'000);
    }
    if (!body.has("payment")) body.wrong("payment", "is required");
    if (!body.ok()) return std::unexpected(body.refusal());
    auto const c = checkout_of(in);
    if (!c) return c.error().status == 404 ? Answered<Reply>(failed(in, checkout, "not_found", c.error().content)) : std::unexpected(c.error());
    // A replay of what is done is told what was done; nothing is charged twice.
    if (c->status == shop::CheckoutStatus::completed || c->status == shop::CheckoutStatus::cancelled || c->status == shop::CheckoutStatus::expired) return written(in, *c);
    auto const payment = handler.empty() ? std::string_view("invoice") : payment_of(handler);
    auto const refused = [&](std::string_view content, std::string_view member) { return written(in, *c, {message("error", "payment_failed", content, fmt::format("$.payment.instruments[{}].{}", chosen, member), "recoverable")}); };
    if (!payments(in).contains(payment)) return refused(fmt::format("\"{}\" is none of this shop's payment handlers.", handler), "handler_id");
    // Said before anything is asked of the shopper: what is refused now would be refused after their approval.
    if (!pays(payment, token)) return refused("The test payment takes success_token alone.", "credential");
    // Without mandates the answer says what is still to be done by whom: nothing is placed without the shopper.
    if (!in.active.contains(mandate)) return written(in, *c);
    auto const sd_jwt = body.object("ap2").text("checkout_mandate", 200'000);
    if (!body.ok()) return std::unexpected(body.refusal());
    if (sd_jwt.empty()) return written(in, *c, {message("error", "mandate_required", "This session is bound to AP2: send ap2.checkout_mandate.", "$.ap2.checkout_mandate", "recoverable")});
    if (auto const why = disagreement(in, *c, sd_jwt)) return written(in, *c, {message("error", why->code, why->content, "$.ap2.checkout_mandate", "recoverable")});
    // A platform that the owner has not named as trusted may sign what it likes: the shopper is asked all the same.
    if (!in.agent.accepts_mandates) return written(in, *c);
    auto const placed = call(in, "checkout.complete", {{"checkout_id", in.id}, {"approval", "mandate"}, {"payment", payment}, {"total_minor", c->total_minor}, {"evidence", json::object{{"checkout_mandate", sd_jwt}, {"payment_token", token}}}}, may);
    if (!placed && placed.error().code != Errc::failed_precondition) return std::unexpected(refusal_of(placed.error()));
    // Refused after all (the last piece went, the sum changed): the checkout says why.
    auto const after = checkout_of(in);
    if (!after) return std::unexpected(after.error());
    json::array why;
    if (!placed && placed.error().reason != "out_of_stock" && placed.error().reason != "checkout_incomplete") why.push_back(message("error", placed.error().reason, placed.error().message, "$", "recoverable"));
    return written(in, *after, std::move(why));
}

}  // namespace kindling::gateway::agents

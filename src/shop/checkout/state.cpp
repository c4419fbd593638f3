#include "shop/checkout/state.h"
#include "core/in_either.h"
#include "core/json_text.h"
#include "core/money.h"
#include "shop/catalogue/operations.h"
#include "shop/vault/vault.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::shop {

namespace {

struct StoredLine {
    std::string sku, title_en, title_zh;
    std::int64_t quantity = 1, price_minor = 0;
    static constexpr Field fields[] = {field("sku"), field("title_en").defaulted(), field("title_zh").defaulted(), field("quantity"), field("price_minor")};
};
BOOST_DESCRIBE_STRUCT(StoredLine, (), (sku, title_en, title_zh, quantity, price_minor))


// What was taken off when the checkout was last changed, and for which lines and codes that holds.
struct Promise {
    std::string of;
    std::int64_t shipping_minor = 0;
    std::vector<promotions::Discount> discounts;
    static constexpr Field fields[] = {field("of"), field("shipping_minor"), field("discounts")};
};
BOOST_DESCRIBE_STRUCT(Promise, (), (of, shipping_minor, discounts))

std::string promised_of(Checkout const& c) {
    std::string of;
    for (auto const& l : c.lines) of += fmt::format("{} {} {}\n", l.sku, l.quantity, l.unit_price_minor);
    for (auto const& code : c.codes) of += code.code + "\n";
    return of;
}

void take_off(Checkout& c, std::vector<promotions::Discount> discounts) {
    c.discount_minor = c.shipping_discount_minor = 0;
    for (auto& l : c.lines) l.discount_minor = 0;
    for (auto& d : discounts) {
        if (d.kind == promotions::PromotionKind::free_shipping) c.shipping_discount_minor += d.amount_minor;
        else c.discount_minor += d.amount_minor;
        for (std::size_t i = 0; i < c.lines.size() && i < d.line_minor.size(); ++i) c.lines[i].discount_minor += d.line_minor[i];
    }
    c.discounts = std::move(discounts);
    c.total_minor = c.subtotal_minor - c.discount_minor + c.shipping_minor - c.shipping_discount_minor;
}

// The better of what promotions take off now and what was promised for these lines and codes.
Result<void> judge_promotions(Context& context, Checkout& c, bool open) {
    Promise promise;
    if (!c.promise.empty()) promise = TRY(read_json<Promise>(TRY(parse_json(c.promise))));
    if (!open) {
        take_off(c, std::move(promise.discounts));
        return {};
    }
    auto& tx = context.tx();
    promotions::Ask ask{.lines = {}, .codes = {}, .customer_id = context.caller.customer_id, .shipping_minor = c.shipping_minor, .at = context.now};
    for (auto const& code : c.codes) ask.codes.push_back(code.code);
    for (auto const& l : c.lines) {
        auto const found = TRY(find_variant(tx, l.sku));
        if (found) ask.lines.push_back(promotions::wanted(found->first, found->second, l.quantity, l.unit_price_minor));
        else ask.lines.push_back({l.sku, "", "", "", "", l.quantity, l.unit_price_minor});
    }
    auto now = TRY(promotions::quote(tx, ask));
    c.codes = now.codes;
    bool promised = !promise.discounts.empty() && promise.of == promised_of(c);
    if (promised && !TRY(promotions::uses_left(tx, context.caller.customer_id, promise.discounts))) {
        promised = false;
        c.problems.push_back({"promotion_used_up", "/discounts", "A promotion of this checkout is used up by now; the total is another.", false});
    }
    if (promised) {
        // Free shipping means the fee of whichever way is chosen now.
        std::int64_t before = 0;
        for (auto& d : promise.discounts) {
            if (d.kind == promotions::PromotionKind::free_shipping) d.amount_minor = d.amount_minor == promise.shipping_minor ? c.shipping_minor : std::min(d.amount_minor, c.shipping_minor);
            before += d.amount_minor;
        }
        promised = before > now.discount_minor + now.shipping_discount_minor;
    }
    if (promised)
        for (auto& code : c.codes)
            if (std::ranges::find(promise.discounts, code.code, &promotions::Discount::code) != promise.discounts.end()) code.state = promotions::CodeState::applied, code.message_en = "This code counts, as promised.", code.message_zh = "优惠码按承诺生效。";
    take_off(c, promised ? std::move(promise.discounts) : std::move(now.discounts));
    return {};
}

bool is_email(std::string_view e) { return e.find('@') != e.npos && e.find_first_of(" \r\n\t<>") == e.npos; }

template <class E> E named(std::string_view text, E otherwise) {
    auto const& t = type_of<E>();
    for (std::size_t i = 0; i < t.names.size(); ++i)
        if (t.names[i] == text) return static_cast<E>(t.values[i]);
    return otherwise;
}

void judge_contact(Checkout& c) {
    auto const missing = [&](std::string_view field, std::string_view what) { c.problems.push_back({"missing", fmt::format("/contact/{}", field), std::string(what), true}); };
    auto const contact = c.contact.value_or(Contact());
    if (contact.name.empty()) missing("name", "The receiver's name is needed.");
    if (contact.email.empty() && contact.phone.empty()) missing("email", "An e-mail or a phone number is needed.");
    if (contact.address.empty()) missing("address", "The address is needed.");
    if (!contact.email.empty() && !is_email(contact.email)) c.problems.push_back({"malformed", "/contact/email", "This is not an e-mail address.", true});
}

}  // namespace

bool is_closed(CheckoutStatus s) { return s == CheckoutStatus::completed || s == CheckoutStatus::cancelled || s == CheckoutStatus::expired; }

std::unexpected<Error> checkout_not_found(std::string_view id) { return fail(Errc::not_found, "checkout_not_found", fmt::format("There is no checkout \"{}\".", id.substr(0, 64)), {{"/checkout_id", "checkout_not_found", "is not a checkout of this shop"}}); }

Result<void> judge(Context& context, Checkout& c) {
    auto& tx = context.tx();
    c.problems.clear(), c.subtotal_minor = c.shipping_minor = 0;
    bool const open = !is_closed(c.status);
    for (std::size_t i = 0; i < c.lines.size(); ++i) {
        auto& l = c.lines[i];
        auto const at = fmt::format("/lines/{}", i);
        l.line_minor = TRY(checked_multiply(l.quantity, l.unit_price_minor));
        c.subtotal_minor = TRY(checked_add(c.subtotal_minor, l.line_minor));
        auto const found = TRY(find_variant(tx, l.sku));
        if (found) {
            auto const& [p, v] = *found;
            l.product_id = p.product_id, l.title_en = p.title_en, l.title_zh = p.title_zh, l.variant_en = v.title_en, l.variant_zh = v.title_zh, l.stock = v.stock;
            l.picture_url = p.pictures.empty() ? "" : p.pictures[0].url;
        }
        if (!open) continue;
        if (!found || found->first.status != ProductStatus::active) {
            c.problems.push_back({"not_for_sale", at, fmt::format("{} is not for sale.", l.sku), true});
            continue;
        }
        auto const& called = in_either(context.locale, l.title_en, l.title_zh);   // people know it by its name, not by its number
        if (l.stock && *l.stock < l.quantity)
            c.problems.push_back({"out_of_stock", at + "/quantity", *l.stock <= 0 ? fmt::format("{} is sold out.", called) : fmt::format("Only {} of {} are left.", *l.stock, called), true});
        if (found->second.price_minor != l.unit_price_minor)
            c.problems.push_back({"price_changed", at + "/unit_price_minor", fmt::format("The price of {} is {} by now; this checkout keeps {} until it expires.", l.sku, found->second.price_minor, l.unit_price_minor), false});
    }
    auto const address_known = c.contact && !c.contact->address.empty();
    if (open) {
        c.shipping_options = TRY(shipping_options(tx, c.contact ? c.contact->country : "", c.subtotal_minor));
        judge_contact(c);
        if (c.shipping_options.empty()) {
            auto const country = c.contact ? c.contact->country : std::string();
            if (!country.empty()) c.problems.push_back({"address_undeliverable", "/contact/country", "The shop does not send to this country.", true});
            else c.problems.push_back({"missing", "/contact/country", "The country is needed to know how it can be sent.", true});
            c.shipping_option.clear();
        } else if (std::ranges::find(c.shipping_options, c.shipping_option, &ShippingOption::option_id) == c.shipping_options.end()) c.shipping_option = c.shipping_options.front().option_id;
    }
    if (address_known)
        if (auto const i = std::ranges::find(c.shipping_options, c.shipping_option, &ShippingOption::option_id); i != c.shipping_options.end()) c.shipping_minor = i->fee_minor;
    TRY(checked_add(c.subtotal_minor, c.shipping_minor));
    TRY(judge_promotions(context, c, open));
    if (open) c.status = std::ranges::any_of(c.problems, &CheckoutProblem::blocks) ? CheckoutStatus::incomplete : CheckoutStatus::ready;
    return {};
}

Result<Checkout> load_checkout(Context& context, std::string_view id) {
    auto& tx = context.tx();
    auto const shop = tx.shop_id();
    std::optional<Checkout> c;
    std::int64_t shipping = 0;
    Value const values[] = {shop, id};
    TRY(tx.run("SELECT checkout_id, status, agent, agent_id, protocol, origin, webhook_url, basket_id, lines, contact_sealed, extra_sealed, shipping_option, currency, shipping_minor, approval, order_id, order_access_sealed, created_at_ms, updated_at_ms, expires_at_ms, codes, discounts FROM checkouts WHERE shop_id = ? AND checkout_id = ?", values, [&](Row const& row) -> Result<void> {
        c.emplace(Checkout{.checkout_id = std::string(row.text(0)), .status = named(row.text(1), CheckoutStatus::incomplete), .agent = std::string(row.text(2)), .agent_id = std::string(row.text(3)), .protocol = std::string(row.text(4)), .origin = std::string(row.text(5)), .webhook_url = std::string(row.text(6)), .basket_id = std::string(row.text(7)),
                           .shipping_option = std::string(row.text(11)), .currency = std::string(row.text(12)), .approval = named(row.text(14), Approval::none), .order_id = std::string(row.text(15)), .created_at_ms = row.integer(17), .updated_at_ms = row.integer(18), .expires_at_ms = row.integer(19)});
        shipping = row.integer(13);
        for (auto& code : promotions::split_codes(row.text(20))) c->codes.push_back({.code = std::move(code)});
        c->promise = row.text(21);
        auto const& vault = *context.services.vault;
        for (auto const& l : TRY(read_json<std::vector<StoredLine>>(TRY(parse_json(row.text(8)))))) c->lines.push_back({.sku = l.sku, .title_en = l.title_en, .title_zh = l.title_zh, .quantity = l.quantity, .unit_price_minor = l.price_minor});
        if (!row.text(9).empty()) c->contact = TRY(read_json<Contact>(TRY(parse_json(TRY(vault.open(shop, "checkout_contact", row.text(9)))))));
        if (!row.text(10).empty()) c->extra = TRY(parse_json(TRY(vault.open(shop, "checkout_extra", row.text(10)))));
        if (!row.text(16).empty()) c->order_access = TRY(vault.open(shop, "checkout_order", row.text(16)));
        return {};
    }));
    if (!c) return checkout_not_found(id);
    if (!is_closed(c->status) && context.now >= c->expires_at_ms) c->status = CheckoutStatus::expired;
    TRY(judge(context, *c));
    // What was paid stands, whatever sending costs by now.
    if (c->status == CheckoutStatus::completed) {
        c->shipping_minor = shipping, c->total_minor = c->subtotal_minor - c->discount_minor + shipping - c->shipping_discount_minor;
        c->shipping_options = TRY(shipping_options(tx, c->contact ? c->contact->country : "", c->subtotal_minor));
        for (auto& o : c->shipping_options)
            if (o.option_id == c->shipping_option) o.fee_minor = shipping;
    }
    return std::move(*c);
}

Result<std::optional<std::string>> checkout_of_order(Transaction& tx, std::string_view order_id) {
    std::optional<std::string> out;
    Value const values[] = {tx.shop_id(), order_id};
    TRY(tx.run("SELECT checkout_id FROM checkouts WHERE shop_id = ? AND order_id = ? AND order_id <> ''", values, [&](Row const& row) -> Result<void> { out = row.text(0); return {}; }));
    return out;
}

Result<void> store_checkout(Context& context, Checkout const& c) {
    auto& tx = context.tx();
    std::vector<StoredLine> lines;
    for (auto const& l : c.lines) lines.push_back({l.sku, l.title_en, l.title_zh, l.quantity, l.unit_price_minor});
    auto const lines_text = to_text(write_json(lines));
    std::string contact, extra, access;
    auto const& vault = *context.services.vault;
    if (c.contact) contact = vault.seal(tx.shop_id(), "checkout_contact", to_text(write_json(*c.contact)));
    if (c.extra) extra = vault.seal(tx.shop_id(), "checkout_extra", to_text(*c.extra));
    if (!c.order_access.empty()) access = vault.seal(tx.shop_id(), "checkout_order", c.order_access);
    std::vector<std::string> codes;
    for (auto const& code : c.codes) codes.push_back(code.code);
    auto const promise = to_text(write_json(Promise{promised_of(c), c.shipping_minor, c.discounts}));
    auto const bytes = [](std::string const& s) { return s.empty() ? Value() : Value(Bytes{s}); };
    TRY(tx.execute("INSERT INTO checkouts (shop_id, checkout_id, status, agent, agent_id, protocol, origin, webhook_url, basket_id, lines, contact_sealed, extra_sealed, shipping_option, currency, subtotal_minor, shipping_minor, total_minor, approval, order_id, order_access_sealed, created_at_ms, updated_at_ms, expires_at_ms, codes, discounts) "
                   "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, checkout_id) DO UPDATE SET status = excluded.status, lines = excluded.lines, contact_sealed = excluded.contact_sealed, extra_sealed = excluded.extra_sealed, webhook_url = excluded.webhook_url, shipping_option = excluded.shipping_option, "
                   "subtotal_minor = excluded.subtotal_minor, shipping_minor = excluded.shipping_minor, total_minor = excluded.total_minor, approval = excluded.approval, order_id = excluded.order_id, order_access_sealed = excluded.order_access_sealed, updated_at_ms = excluded.updated_at_ms, codes = excluded.codes, discounts = excluded.discounts",
                   tx.shop_id(), c.checkout_id, name(c.status), c.agent, c.agent_id, c.protocol, c.origin, c.webhook_url, c.basket_id, lines_text, bytes(contact), bytes(extra), c.shipping_option, c.currency, c.subtotal_minor, c.shipping_minor, c.total_minor, c.approval == Approval::none ? std::string_view() : name(c.approval), c.order_id, bytes(access),
                   c.created_at_ms, context.now, c.expires_at_ms, promotions::joined_codes(codes), promise));
    return {};
}

}  // namespace kindling::shop

// checkout.*: make one, change it, place it, give it up. Each is one transaction of the shop's single writer, so of two that want the last
// piece one gets it, and completing twice is completing once.
#include "core/id.h"
#include "core/json_text.h"
#include "shop/catalogue/operations.h"
#include "shop/checkout/state.h"
#include "shop/orders/quoted.h"
#include "shop/orders/terms.h"
#include "shop/page.h"
#include "shop/vault/vault.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::shop {

namespace {

struct UpdateCheckout {
    std::string checkout_id;
    std::vector<WantedLine> lines;
    std::optional<Contact> contact;
    std::string shipping_option;
    std::optional<std::vector<std::string>> codes;
    std::optional<json::value> extra;
    static constexpr Field fields[] = {
        field("checkout_id", "Which checkout.", "哪次结账。").longest(64), field("lines", "What to buy from now on: all lines.", "此后的全部购买明细。").longest(200), field("contact", "Who receives it; left out: unknown.", "收件信息；不填为未知。"), field("shipping_option", "How to send it; empty: the first way that goes there.", "配送方式；留空为首个可送达的方式。").defaulted().longest(64), field("codes", "All codes entered from now on; left out: they stay.", "此后的全部优惠码；不填则保持不变。"), field("extra", "What a protocol keeps with it.", "协议自留内容。")};
};
BOOST_DESCRIBE_STRUCT(UpdateCheckout, (), (checkout_id, lines, contact, shipping_option, codes, extra))

struct FindCheckout {
    std::string checkout_id, order_id;
    static constexpr Field fields[] = {field("checkout_id", "Which checkout; empty when order_id is given.", "哪次结账；给出 order_id 时留空。").defaulted().longest(64), field("order_id", "The order that it became.", "所成的订单。").defaulted().longest(128)};
};
BOOST_DESCRIBE_STRUCT(FindCheckout, (), (checkout_id, order_id))

struct CompleteCheckout {
    std::string checkout_id;
    Approval approval = Approval::staff;
    std::string payment = "invoice";
    std::optional<std::int64_t> total_minor;
    std::optional<Contact> contact;
    std::string shipping_option;
    std::optional<json::value> evidence;
    static constexpr Field fields[] = {
        field("checkout_id", "Which checkout.", "哪次结账。").longest(64), field("approval", "Who agreed to the purchase: shopper, mandate or staff.", "购买的同意方式：shopper 顾客本人、mandate 授权书、staff 员工。").defaulted(), field("payment", "Payment provider, as in orders.place.", "支付方式，同 orders.place。").defaulted().longest(32),
        field("total_minor", "The total that was agreed to; refused when it is another by now.", "所同意的总额；已变化则拒绝。").range(0, 1e15), field("contact", "Who receives it, when the approver changed it.", "收件信息（同意者修改时）。"), field("shipping_option", "How to send it, when the approver changed it.", "配送方式（同意者修改时）。").defaulted().longest(64), field("evidence", "What shows the approval; kept sealed.", "同意的证据；加密保存。")};
};
BOOST_DESCRIBE_STRUCT(CompleteCheckout, (), (checkout_id, approval, payment, total_minor, contact, shipping_option, evidence))

struct ListCheckouts {
    std::string agent;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("agent", "Only of this agent.", "仅此代理。").defaulted().longest(2000), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListCheckouts, (), (agent, page_size, page_token))

struct CheckoutRow {
    std::string checkout_id, status, agent, protocol, currency;
    std::int64_t total_minor = 0;
    std::string approval, order_id;
    std::int64_t created_at_ms = 0, expires_at_ms = 0;
    static constexpr Field fields[] = {field("checkout_id", "Checkout; its last characters only.", "结账编号（仅末尾）。"), field("status", "State when it last changed.", "最近变更时的状态。"), field("agent", "Who prepared it.", "准备者。"), field("protocol", "ucp, acp or api.", "ucp、acp 或 api。"), field("currency", "ISO 4217 code.", "货币代码。"), field("total_minor", "To pay.", "应付总额。"), field("approval", "How it was approved.", "同意方式。"), field("order_id", "Order that it became.", "成为的订单。"), field("created_at_ms", "Since.", "创建时间。"), field("expires_at_ms", "Until.", "有效至。")};
};
BOOST_DESCRIBE_STRUCT(CheckoutRow, (), (checkout_id, status, agent, protocol, currency, total_minor, approval, order_id, created_at_ms, expires_at_ms))

struct CheckoutPage {
    std::vector<CheckoutRow> checkouts;
    std::string next_page_token;
    static constexpr Field fields[] = {field("checkouts", "Newest first.", "最新在前。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(CheckoutPage, (), (checkouts, next_page_token))

// Lines at the catalogue's price, or at a lower one promised before. The same SKU twice is one line.
Result<std::vector<CheckoutLine>> priced(Context& context, std::vector<WantedLine> const& wanted, std::vector<CheckoutLine> const& before) {
    std::vector<CheckoutLine> out;
    for (auto const& w : wanted) {
        if (auto const same = std::ranges::find(out, w.sku, &CheckoutLine::sku); same != out.end()) {
            same->quantity += w.quantity;
            if (same->quantity > 9999) return fail(Errc::invalid_argument, "invalid_request", "That is more than one order may hold.", {{"/lines", "out_of_range", "at most 9999 units of one SKU"}});
            continue;
        }
        CheckoutLine line{.sku = w.sku, .title_en = w.sku, .quantity = w.quantity};
        auto const earlier = std::ranges::find(before, w.sku, &CheckoutLine::sku);
        if (earlier != before.end()) line.unit_price_minor = earlier->unit_price_minor, line.title_en = earlier->title_en, line.title_zh = earlier->title_zh;
        if (auto const found = TRY(find_variant(context.tx(), w.sku))) line.unit_price_minor = earlier != before.end() ? std::min(earlier->unit_price_minor, found->second.price_minor) : found->second.price_minor;
        out.push_back(std::move(line));
    }
    return out;
}

std::vector<promotions::CodeTold> entered(std::vector<std::string> const& codes) {
    std::vector<promotions::CodeTold> out;
    for (auto& code : promotions::normal_codes(codes)) out.push_back({.code = std::move(code)});
    return out;
}

// Nothing of it can be bought: then there is nothing to keep open.
Result<void> refuse_if_hopeless(Checkout const& c) {
    auto const stopped = [&](std::size_t i, std::string_view code) { return std::ranges::any_of(c.problems, [&](auto const& p) { return p.code == code && p.path.starts_with(fmt::format("/lines/{}", i)) && (p.path.size() == fmt::format("/lines/{}", i).size() || p.path[fmt::format("/lines/{}", i).size()] == '/'); }); };
    bool all_gone = true, any_sold_out = false;
    for (std::size_t i = 0; i < c.lines.size(); ++i) {
        bool const sold_out = stopped(i, "out_of_stock") && c.lines[i].stock.value_or(1) <= 0;
        any_sold_out = any_sold_out || sold_out;
        all_gone = all_gone && (sold_out || stopped(i, "not_for_sale"));
    }
    if (!all_gone) return {};
    std::vector<FieldError> fields;
    for (auto const& p : c.problems)
        if (p.path.starts_with("/lines")) fields.push_back({p.path, p.code, p.message});
    if (any_sold_out) return fail(Errc::failed_precondition, "out_of_stock", "All of this is sold out.", std::move(fields));
    return fail(Errc::failed_precondition, "not_for_sale", "None of this is for sale.", std::move(fields));
}

Result<Checkout> get(Context& context, FindCheckout const& in) {
    if (in.order_id.empty()) return load_checkout(context, in.checkout_id);
    auto const id = TRY(checkout_of_order(context.tx(), in.order_id));
    if (!id) return checkout_not_found(in.order_id);
    return load_checkout(context, *id);
}

Result<Checkout> open_checkout(Context& context, std::string const& id) {
    auto c = TRY(load_checkout(context, id));
    if (c.status == CheckoutStatus::expired) return fail(Errc::failed_precondition, "checkout_expired", "This checkout has expired; start a new one.", {{"/checkout_id", "checkout_expired", "has expired"}});
    if (is_closed(c.status)) return fail(Errc::failed_precondition, "checkout_closed", fmt::format("This checkout is {} and cannot be changed.", name(c.status)), {{"/checkout_id", "checkout_closed", "is closed"}});
    return c;
}

// The basket that it was made from holds what the checkout holds, for a shopper who goes back to the shop.
Result<void> mirror(Context& context, Checkout const& c) {
    auto& tx = context.tx();
    if (TRY(tx.integer("SELECT COUNT(*) FROM baskets WHERE shop_id = ? AND basket_id = ? AND status = 'open'", tx.shop_id(), c.basket_id)) == 0) return {};
    TRY(tx.execute("DELETE FROM basket_lines WHERE shop_id = ? AND basket_id = ?", tx.shop_id(), c.basket_id));
    std::int64_t place = 0;
    for (auto const& l : c.lines) TRY(tx.execute("INSERT INTO basket_lines (shop_id, basket_id, sku, quantity, added_at_ms, quoted_minor) VALUES (?,?,?,?,?,?)", tx.shop_id(), c.basket_id, l.sku, l.quantity, context.now + place++, l.unit_price_minor));
    std::vector<std::string> codes;
    for (auto const& code : c.codes) codes.push_back(code.code);
    TRY(tx.execute("UPDATE baskets SET codes = ? WHERE shop_id = ? AND basket_id = ?", promotions::joined_codes(codes), tx.shop_id(), c.basket_id));
    return {};
}

Result<Checkout> update(Context& context, UpdateCheckout const& in) {
    auto c = TRY(open_checkout(context, in.checkout_id));
    if (in.lines.empty()) return fail(Errc::invalid_argument, "empty_order", "A checkout without lines is none; cancel it instead.", {{"/lines", "empty_order", "has no lines"}});
    c.lines = TRY(priced(context, in.lines, c.lines));
    c.contact = in.contact, c.shipping_option = in.shipping_option, c.extra = in.extra, c.updated_at_ms = context.now;
    if (in.codes) c.codes = entered(*in.codes);
    TRY(judge(context, c));
    TRY(store_checkout(context, c));
    if (!c.basket_id.empty()) TRY(mirror(context, c));
    return c;
}

Result<Checkout> cancel(Context& context, CheckoutId const& in) {
    auto c = TRY(open_checkout(context, in.checkout_id));
    c.status = CheckoutStatus::cancelled, c.problems.clear(), c.updated_at_ms = context.now;
    TRY(store_checkout(context, c));
    return c;
}

Result<Checkout> complete(Context& context, CompleteCheckout const& in) {
    auto& tx = context.tx();
    if (in.approval == Approval::none) return fail(Errc::invalid_argument, "invalid_request", "Somebody must have agreed.", {{"/approval", "unknown_value", "expected shopper, mandate or staff"}});
    {
        auto done = TRY(load_checkout(context, in.checkout_id));
        if (done.status == CheckoutStatus::completed) return done;  // whoever asks twice is told what happened the first time
    }
    auto c = TRY(open_checkout(context, in.checkout_id));
    if (in.contact) c.contact = in.contact;
    if (!in.shipping_option.empty()) c.shipping_option = in.shipping_option;
    TRY(judge(context, c));
    std::vector<FieldError> fields;
    for (auto const& p : c.problems)
        if (p.blocks) fields.push_back({p.path, p.code, p.message});
    auto const stock_alone = std::ranges::all_of(fields, [](auto const& f) { return f.reason == "out_of_stock"; });
    if (!fields.empty()) {
        std::string const why = stock_alone ? fields.front().message : "The order cannot be placed yet.";
        return fail(Errc::failed_precondition, stock_alone ? "out_of_stock" : "checkout_incomplete", why, std::move(fields));
    }
    if (in.total_minor && *in.total_minor != c.total_minor)
        return fail(Errc::failed_precondition, "terms_changed", fmt::format("The total is {} by now, not {}; look at it again.", c.total_minor, *in.total_minor), {{"/total_minor", "terms_changed", fmt::format("is {} now", c.total_minor)}});
    PlaceOrder order{.basket_id = {}, .lines = {}, .contact = *c.contact, .payment = in.payment, .channel = c.protocol.empty() ? "web" : "agent"};
    Terms terms{.unit_price_minor = {}, .shipping_minor = c.shipping_minor, .shipping_discount_minor = c.shipping_discount_minor, .line_discount_minor = {}, .discounts = c.discounts};
    for (auto const& l : c.lines) order.lines.push_back({l.sku, l.quantity}), terms.unit_price_minor.push_back(l.unit_price_minor), terms.line_discount_minor.push_back(l.discount_minor);
    if (auto const way = std::ranges::find(c.shipping_options, c.shipping_option, &ShippingOption::option_id); way != c.shipping_options.end()) terms.promised_day = TRY(arrives_by(context, *way));
    auto const placed = TRY(place_at(context, order, terms));
    c.status = CheckoutStatus::completed, c.approval = in.approval, c.order_id = placed.order_id, c.order_access = placed.access_token, c.problems.clear(), c.updated_at_ms = context.now;
    TRY(store_checkout(context, c));
    if (in.evidence) {
        auto const sealed = context.services.vault->seal(tx.shop_id(), "checkout_evidence", to_text(*in.evidence));
        TRY(tx.execute("UPDATE checkouts SET evidence_sealed = ? WHERE shop_id = ? AND checkout_id = ?", Bytes{sealed}, tx.shop_id(), c.checkout_id));
    }
    if (!c.basket_id.empty()) TRY(tx.execute("UPDATE baskets SET status = 'ordered', order_id = ?, updated_at_ms = ? WHERE shop_id = ? AND basket_id = ? AND status = 'open'", placed.order_id, context.now, tx.shop_id(), c.basket_id));
    TRY(note_order_event(context, placed.order_id, "created"));
    return c;
}

Result<CheckoutPage> list(Context& context, ListCheckouts const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("checkouts", in.page_token, 2));
    std::string where = "shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (!in.agent.empty()) where += " AND agent = ?", values.emplace_back(in.agent);
    if (!keys.empty()) where += " AND (created_at_ms, checkout_id) < (?, ?)", values.emplace_back(static_cast<std::int64_t>(std::atoll(keys[0].c_str()))), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    CheckoutPage page{TRY(tx.select_with<CheckoutRow>("SELECT checkout_id, status, agent, protocol, currency, total_minor, approval, order_id, created_at_ms, expires_at_ms FROM checkouts WHERE " + where + " ORDER BY created_at_ms DESC, checkout_id DESC LIMIT ?", values)), {}};
    if (page.checkouts.size() > static_cast<std::size_t>(in.page_size)) {
        page.checkouts.pop_back();
        std::string const last[] = {std::to_string(page.checkouts.back().created_at_ms), page.checkouts.back().checkout_id};
        page.next_page_token = page_token("checkouts", last);
    }
    // The whole id opens a checkout; a list is for looking.
    for (auto& c : page.checkouts) {
        c.checkout_id = "…" + c.checkout_id.substr(c.checkout_id.size() - std::min<std::size_t>(6, c.checkout_id.size()));
        if ((c.status == "incomplete" || c.status == "ready") && context.now >= c.expires_at_ms) c.status = "expired";
    }
    return page;
}

}  // namespace

Result<Checkout> create_checkout(Context& context, CreateCheckout const& in) {
    auto& tx = context.tx();
    auto wanted = in.lines;
    std::vector<CheckoutProblem> noticed;
    if (!in.basket_id.empty()) {
        if (!wanted.empty()) return fail(Errc::invalid_argument, "invalid_request", "Give a basket or lines, not both.", {{"/lines", "not_with_basket", "must be left out when basket_id is given"}});
        Value const values[] = {tx.shop_id(), in.basket_id};
        TRY(tx.run("SELECT l.sku, l.quantity, l.quoted_minor, (SELECT v.price_minor FROM variants v WHERE v.shop_id = l.shop_id AND v.sku = l.sku) FROM basket_lines l JOIN baskets b ON b.shop_id = l.shop_id AND b.basket_id = l.basket_id WHERE l.shop_id = ? AND l.basket_id = ? AND b.status = 'open' ORDER BY l.added_at_ms, l.sku", values, [&](Row const& row) -> Result<void> {
            if (!row.is_null(2) && !row.is_null(3) && row.integer(2) != row.integer(3)) noticed.push_back({"price_changed", fmt::format("/lines/{}/unit_price_minor", wanted.size()), fmt::format("The price of {} was {} when it came into the basket and is {} now.", row.text(0), row.integer(2), row.integer(3)), false});
            wanted.push_back({std::string(row.text(0)), row.integer(1)});
            return {};
        }));
        // One basket has one open checkout of one agent: asking again finds it.
        std::string open;
        Value const same[] = {tx.shop_id(), in.basket_id, in.agent, context.now};
        TRY(tx.run("SELECT checkout_id FROM checkouts WHERE shop_id = ? AND basket_id = ? AND agent = ? AND status IN ('incomplete', 'ready') AND expires_at_ms > ? ORDER BY created_at_ms DESC LIMIT 1", same, [&](Row const& row) -> Result<void> { open = row.text(0); return {}; }));
        if (!open.empty()) return load_checkout(context, open);
        if (wanted.empty()) return fail(Errc::not_found, "basket_not_found", "This basket does not exist, is empty or was ordered already.", {{"/basket_id", "basket_not_found", "is not an open basket"}});
    }
    if (wanted.empty()) return fail(Errc::invalid_argument, "empty_order", "There is nothing to check out.", {{"/lines", "empty_order", "has no lines"}});
    Checkout c{.checkout_id = "chk_" + new_secret(18), .agent = in.agent, .agent_id = in.agent_id, .protocol = in.protocol, .origin = in.origin, .webhook_url = in.webhook_url, .basket_id = in.basket_id, .contact = in.contact, .shipping_option = in.shipping_option, .currency = TRY(shop_currency(tx)), .extra = in.extra,
               .created_at_ms = context.now, .updated_at_ms = context.now, .expires_at_ms = context.now + checkout_lives_ms};
    c.lines = TRY(priced(context, wanted, {}));
    auto codes = in.basket_id.empty() ? std::vector<std::string>() : TRY(basket_codes(tx, in.basket_id));
    codes.insert(codes.end(), in.codes.begin(), in.codes.end());
    c.codes = entered(codes);
    TRY(judge(context, c));
    TRY(refuse_if_hopeless(c));
    c.problems.insert(c.problems.end(), noticed.begin(), noticed.end());
    TRY(store_checkout(context, c));
    return c;
}

std::vector<Operation> checkout_operations() {
    return {
        operation({.name = "checkout.create", .scenario = "25", .summary = {"Prepare a purchase: prices are promised until it expires, and what is missing is said.", "准备一次购买：价格保留至过期，并说明缺少什么。"}, .effect = Effect::act, .permission = "checkout.write", .reasons = {"empty_order", "basket_not_found", "out_of_stock", "not_for_sale", "cannot_open_sealed"}}, &create_checkout),
        operation({.name = "checkout.get", .scenario = "25", .summary = {"A prepared purchase as it stands now, by its id or its order.", "按编号或订单查看已准备的购买。"}, .permission = "checkout.read", .reasons = {"checkout_not_found", "cannot_open_sealed"}}, &get),
        operation({.name = "checkout.update", .scenario = "25", .summary = {"Change what a prepared purchase holds, where it goes and how.", "修改已准备购买的明细、收件信息与配送方式。"}, .effect = Effect::act, .permission = "checkout.write", .reasons = {"checkout_not_found", "checkout_expired", "checkout_closed", "empty_order", "cannot_open_sealed"}}, &update),
        operation({.name = "checkout.complete", .scenario = "25", .summary = {"Place the order of a prepared purchase that somebody approved; a second time tells of the first.", "为已获同意的购买下单；重复调用返回首次结果。"}, .effect = Effect::act, .permission = "checkout.write", .reasons = {"checkout_not_found", "checkout_expired", "checkout_closed", "checkout_incomplete", "terms_changed", "promotion_used_up", "out_of_stock", "not_for_sale", "not_enough_stock", "payment_not_available", "cannot_open_sealed"}}, &complete),
        operation({.name = "checkout.cancel", .scenario = "25", .summary = {"Give up a prepared purchase.", "放弃已准备的购买。"}, .effect = Effect::act, .permission = "checkout.write", .reasons = {"checkout_not_found", "checkout_expired", "checkout_closed", "cannot_open_sealed"}}, &cancel),
        operation({.name = "checkout.outcome", .scenario = "25", .summary = {"What became of a purchase that waits for its shopper's approval: still waiting, ordered, given up or expired.", "等待顾客确认的购买结果：仍在等待、已下单、已放弃或已过期。"}, .permission = "public", .reasons = {"checkout_not_found", "cannot_open_sealed"}}, &outcome_of_checkout),
        operation({.name = "checkout.list", .scenario = "25", .summary = {"What agents are preparing and what became of it, newest first.", "代理准备的购买及其结果，最新在前。"}, .permission = "checkout.read"}, &list),
    };
}

}  // namespace kindling::shop

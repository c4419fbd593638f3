// shop/checkout/state.h -- internal: a checkout out of the store, judged by the shop as it is now, and back.
#pragma once
#include "shop/checkout/api.h"

namespace kindling::shop {

constexpr Milliseconds checkout_lives_ms = 3'600'000;

struct CreateCheckout {
    std::vector<WantedLine> lines;
    std::string basket_id;
    std::optional<Contact> contact;
    std::string shipping_option, agent, agent_id, protocol, origin, webhook_url;
    std::vector<std::string> codes;
    std::optional<json::value> extra;
    static constexpr Field fields[] = {
        field("lines", "What to buy, when there is no basket.", "没有购物车时的购买明细。").defaulted().longest(200), field("basket_id", "Basket to check out; left empty when lines are given.", "要结账的购物车；直接给出明细时留空。").defaulted().longest(64), field("contact", "Who receives it, as far as it is known.", "收件信息（已知部分）。"),
        field("shipping_option", "How to send it; empty: the first way that goes there.", "配送方式；留空为首个可送达的方式。").defaulted().longest(64), field("agent", "Who prepares it: agent_id, or the address of a profile.", "准备者：代理编号或档案地址。").defaulted().longest(2000), field("agent_id", "Registered agent.", "已登记代理。").defaulted().longest(64), field("protocol", "ucp, acp, or api for the shop's own tools.", "ucp、acp，或经本店自有接口的 api。").defaulted().longest(16),
        field("origin", "Address of the shop as the agent saw it.", "代理所见的店铺地址。").defaulted().longest(300), field("webhook_url", "Where its order is told.", "订单通知地址。").defaulted().longest(2000), field("codes", "Codes of promotions, besides those of the basket.", "优惠码（购物车已有的除外）。").defaulted().longest(10), field("extra", "What a protocol keeps with it.", "协议自留内容。")};
};
BOOST_DESCRIBE_STRUCT(CreateCheckout, (), (lines, basket_id, contact, shipping_option, agent, agent_id, protocol, origin, webhook_url, codes, extra))

struct CheckoutOutcome {
    CheckoutStatus status = CheckoutStatus::incomplete;
    std::string order_id, access_token, approval_url;
    std::int64_t expires_at_ms = 0;
    static constexpr Field fields[] = {
        field("status", "incomplete or ready: it waits for the shopper; completed, cancelled or expired.", "incomplete 或 ready 等待顾客确认；completed 已下单、cancelled 已取消、expired 已过期。"), field("order_id", "Order that it became.", "成为的订单。"), field("access_token", "Secret for seeing that order without an account.", "无账号查看该订单的凭证。"),
        field("approval_url", "Where the shopper approves it, while it waits.", "等待期间，顾客确认的页面。"), field("expires_at_ms", "Prices hold until then.", "价格保留至。")};
};
BOOST_DESCRIBE_STRUCT(CheckoutOutcome, (), (status, order_id, access_token, approval_url, expires_at_ms))

struct CheckoutId {
    std::string checkout_id;
    static constexpr Field fields[] = {field("checkout_id", "Which checkout.", "哪次结账。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(CheckoutId, (), (checkout_id))

std::unexpected<Error> checkout_not_found(std::string_view id);

// As it stands, with its problems and what can be sent how. A checkout whose time has come reads as expired.
Result<Checkout> load_checkout(Context&, std::string_view id);
Result<std::optional<std::string>> checkout_of_order(Transaction&, std::string_view order_id);
// Fills in what the catalogue says of its lines, what promotions take off (or what was promised, when that is more), the ways of sending, the sums, the problems and, from these, the status (unless it is closed).
Result<void> judge(Context&, Checkout&);
// Writes it: lines, contact, extra, sums; as new when there is none of its id.
Result<void> store_checkout(Context&, Checkout const&);
bool is_closed(CheckoutStatus);
Result<Checkout> create_checkout(Context&, CreateCheckout const&);
// waiting.cpp: an order of somebody who may not place it, kept as a checkout until a shopper approves; and what became of one.
Result<PlacedOrder> wait_for_shopper(Context&, PlaceOrder const&);
Result<CheckoutOutcome> outcome_of_checkout(Context&, CheckoutId const&);

}  // namespace kindling::shop

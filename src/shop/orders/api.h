// shop/orders/api.h -- baskets and orders: from "I take two" to "it came back".
//
// Prices and promotions are the shop's when an order is placed, never the request's; what comes off lies on the lines (discount_minor), what comes
// off the shipping on the order. Placing takes stock in the same transaction,
// so that two shoppers cannot buy the last piece. Contact data is sealed; an order placed without an account is found again by
// order number and the secret access token that its buyer got.
#pragma once
#include "shop/answers.h"
#include "shop/context.h"

namespace kindling::shop {

// Once goods came back the order says so: returned when nothing of it is left with the buyer, partly_returned when some is (units that were exchanged are).
// Both are told when it is read; what trade is counted from keeps the state that it had.
enum class OrderStatus { placed, paid, shipped, delivered, cancelled, returned, partly_returned };
BOOST_DESCRIBE_ENUM(OrderStatus, placed, paid, shipped, delivered, cancelled, returned, partly_returned)

struct Contact {
    std::string name, email, phone, address, city, region, postcode, country;
    static constexpr Field fields[] = {
        field("name", "Who receives it.", "收件人。").defaulted().longest(200), field("email", "E-mail for messages about the order.", "接收订单通知的邮箱。").defaulted().longest(254),
        field("phone", "Phone for the carrier.", "配送联系电话。").defaulted().longest(40), field("address", "Street and number.", "详细地址。").defaulted().longest(500),
        field("city", "City.", "城市。").defaulted().longest(100), field("region", "Province or state.", "省/州。").defaulted().longest(100),
        field("postcode", "Postcode.", "邮编。").defaulted().longest(20), field("country", "ISO 3166 code.", "国家代码。").defaulted().longest(64),
    };
};
BOOST_DESCRIBE_STRUCT(Contact, (), (name, email, phone, address, city, region, postcode, country))

struct OrderLine {
    std::string sku, product_id, title;
    std::int64_t quantity = 0, unit_price_minor = 0, discount_minor = 0;
    std::string variant_en = {}, variant_zh = {};  // as the catalogue names it now
    static constexpr Field fields[] = {
        field("sku", "SKU.", "SKU。").longest(128), field("product_id", "Product it belonged to.", "所属商品。").defaulted().longest(128), field("title", "Title at the time.", "下单时的标题。").defaulted().longest(1000),
        field("quantity", "Units; negative on a credit note (an order recorded as returned).", "数量；退货单（状态为 returned 的订单）上为负数。").range(-1e7, 1e7), field("unit_price_minor", "Price of one unit then, minor units.", "当时单价，最小货币单位。").range(0, 1e15), field("discount_minor", "Taken off this line.", "本行优惠。").defaulted().range(0, 1e15),
        field("variant_en", "Colour, size …: what the catalogue calls the SKU now, in English; told, never recorded.", "颜色、尺码等规格的英文名，取自当前商品目录；仅输出。").defaulted().longest(1000), field("variant_zh", "The same in Chinese.", "规格的中文名。").defaulted().longest(1000)};
};
BOOST_DESCRIBE_STRUCT(OrderLine, (), (sku, product_id, title, quantity, unit_price_minor, discount_minor, variant_en, variant_zh))

struct WantedLine {
    std::string sku;
    std::int64_t quantity = 1;
    static constexpr Field fields[] = {field("sku", "What is bought.", "购买的 SKU。").longest(128), field("quantity", "Units.", "数量。").defaulted().range(1, 9999)};
};
BOOST_DESCRIBE_STRUCT(WantedLine, (), (sku, quantity))

struct PlaceOrder {
    std::string basket_id;
    std::vector<WantedLine> lines;
    Contact contact;
    std::string payment = "invoice", channel;
    std::vector<std::string> codes;
    std::optional<std::int64_t> total_minor;
    std::string shipping_option = {};
    static constexpr Field fields[] = {
        field("basket_id", "Basket to order; left empty when lines are given.", "要下单的购物车；直接给出明细时留空。").defaulted().longest(64),
        field("lines", "What to order, when there is no basket.", "没有购物车时的购买明细。").defaulted().longest(200),
        field("contact", "Who receives it and where.", "收件信息。"),
        field("payment", "Payment provider: invoice records the order as unpaid; test charges nothing and marks it paid.", "支付方式：invoice 记为待付款；test 不实际扣款并记为已付款。").defaulted().longest(32),
        field("channel", "Where it was placed: web, guide, agent …", "下单渠道：web、guide、agent 等。").defaulted().longest(32),
        field("codes", "Codes of promotions, besides those of the basket.", "优惠码（购物车已有的除外）。").defaulted().longest(10), field("total_minor", "The total that was agreed to; refused when it is another by now.", "所同意的总额；已变化则拒绝。").range(0, 1e15),
        field("shipping_option", "How to send it (shipping.list_options); empty: the first way that goes there.", "配送方式（见 shipping.list_options）；留空为首个可送达的方式。").defaulted().longest(64),
    };
};
BOOST_DESCRIBE_STRUCT(PlaceOrder, (), (basket_id, lines, contact, payment, channel, codes, total_minor, shipping_option))

enum class Placement { placed, paid, awaiting_approval };
BOOST_DESCRIBE_ENUM(Placement, placed, paid, awaiting_approval)

struct PlacedOrder {
    std::string order_id;
    Placement status = Placement::placed;
    std::int64_t total_minor = 0;
    std::string currency, access_token, checkout_id, approval_url, message;
    static constexpr Field fields[] = {
        field("order_id", "Order number; empty while it waits for the shopper.", "订单号；等待顾客确认时为空。"), field("status", "placed, paid, or awaiting_approval: nothing is ordered before the shopper says so.", "placed 已下单、paid 已付款、awaiting_approval 待顾客本人确认，此前不会下单。"), field("total_minor", "To pay, minor units.", "应付总额，最小货币单位。"), field("currency", "ISO 4217 code.", "货币代码。"),
        field("access_token", "Secret with which the buyer finds the order again without an account.", "买家无需账号即可查询订单的凭证。"),
        field("checkout_id", "What waits for approval; checkout.outcome tells what became of it.", "等待确认的结账；用 checkout.outcome 查询结果。"), field("approval_url", "Where the shopper looks at it and places it; give it to them.", "顾客查看并提交订单的页面；请转交顾客。"), field("message", "What to do next, for a person.", "下一步的说明。")};
};
BOOST_DESCRIBE_STRUCT(PlacedOrder, (), (order_id, status, total_minor, currency, access_token, checkout_id, approval_url, message))

struct Order {
    std::string order_id, customer_id;
    std::int64_t placed_at_ms = 0;
    OrderStatus status = OrderStatus::placed;
    std::string currency;
    std::int64_t subtotal_minor = 0, discount_minor = 0, shipping_minor = 0, total_minor = 0;
    std::string channel, country, tracking;
    std::optional<std::int64_t> promised_day, shipped_at_ms, delivered_at_ms;
    std::vector<OrderLine> lines;
    std::optional<Contact> contact;
    static constexpr Field fields[] = {
        field("order_id", "Order number.", "订单号。").longest(128), field("customer_id", "Customer, if known.", "顾客（如已知）。").defaulted().longest(128), field("placed_at_ms", "When, milliseconds since 1970 UTC.", "下单时间（UTC 毫秒）。"),
        field("status", "State.", "状态。").defaulted(), field("currency", "ISO 4217 code; empty: the shop's.", "货币代码；留空为店铺货币。").defaulted().longest(3),
        field("subtotal_minor", "Sum of lines before order discounts.", "商品金额小计。").defaulted(), field("discount_minor", "Taken off the order.", "订单优惠。").defaulted(), field("shipping_minor", "Shipping.", "运费。").defaulted(),
        field("total_minor", "Paid or to pay.", "实付总额。").defaulted(), field("channel", "Where it was placed.", "下单渠道。").defaulted().longest(32), field("country", "Country it goes to.", "收货国家。").defaulted().longest(64),
        field("tracking", "Carrier and number.", "物流公司与单号。").defaulted().longest(200), field("promised_day", "Promised delivery, days since 1970.", "承诺送达日（1970 年起的天数）。"),
        field("shipped_at_ms", "When it left.", "发货时间。"), field("delivered_at_ms", "When it arrived.", "送达时间。"), field("lines", "What was bought.", "购买明细。").defaulted().longest(5000),
        field("contact", "Receiver; shown to those who may read customers.", "收件信息；仅有权限者可见。"),
    };
};
BOOST_DESCRIBE_STRUCT(Order, (), (order_id, customer_id, placed_at_ms, status, currency, subtotal_minor, discount_minor, shipping_minor, total_minor, channel, country, tracking, promised_day, shipped_at_ms, delivered_at_ms, lines, contact))

struct RecordOrders {
    std::vector<Order> orders;
    std::string source;
    static constexpr Field fields[] = {field("orders", "Orders that happened elsewhere or earlier; all or none.", "在别处或过去发生的订单；全部成功或全部不变。").longest(20000), field("source", "Where they come from.", "来源。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(RecordOrders, (), (orders, source))

struct GetOrder {
    std::string order_id, access_token;
    static constexpr Field fields[] = {field("order_id", "Order number.", "订单号。").longest(128), field("access_token", "For buyers without an account: the secret they got.", "未登录买家：下单时获得的凭证。").defaulted().longest(128).kept_secret()};
};
BOOST_DESCRIBE_STRUCT(GetOrder, (), (order_id, access_token))

enum class ExpandOrder { lines, contact };
BOOST_DESCRIBE_ENUM(ExpandOrder, lines, contact)

struct ListOrders {
    std::string customer_id;
    std::vector<ExpandOrder> expand;
    std::optional<OrderStatus> status;
    std::optional<std::int64_t> from_ms, to_ms;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {
        field("customer_id", "Only of this customer; a signed-in shopper sees only their own.", "仅此顾客；购物者只能看到自己的。").defaulted().longest(128), field("expand", "Parts to add to each order: lines, contact (for those who may see it).", "为每个订单附加：lines 明细、contact 收件信息（有权限者）。").defaulted().longest(2), field("status", "Only in this state.", "仅此状态。"),
        field("from_ms", "Placed at or after, milliseconds.", "不早于（毫秒）。"), field("to_ms", "Placed before, milliseconds.", "早于（毫秒）。"),
        field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListOrders, (), (customer_id, expand, status, from_ms, to_ms, page_size, page_token))

struct OrderPage {
    std::vector<Order> orders;
    std::string next_page_token;
    static constexpr Field fields[] = {field("orders", "Newest first; lines and contact only when expanded.", "最新在前；明细与收件信息需用 expand 附加。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(OrderPage, (), (orders, next_page_token))

struct MoveOrder {
    std::string order_id;
    OrderStatus status = OrderStatus::shipped;
    std::string tracking;
    static constexpr Field fields[] = {field("order_id", "Order number.", "订单号。").longest(128), field("status", "New state: paid, shipped or delivered.", "新状态：paid、shipped 或 delivered。"), field("tracking", "Carrier and number, when shipped.", "发货时的物流公司与单号。").defaulted().longest(200)};
};
BOOST_DESCRIBE_STRUCT(MoveOrder, (), (order_id, status, tracking))

struct CancelOrder {
    std::string order_id, access_token, reason;
    static constexpr Field fields[] = {field("order_id", "Order number.", "订单号。").longest(128), field("access_token", "For buyers without an account.", "未登录买家的凭证。").defaulted().longest(128).kept_secret(), field("reason", "Why.", "原因。").defaulted().longest(500)};
};
BOOST_DESCRIBE_STRUCT(CancelOrder, (), (order_id, access_token, reason))

struct ReturnLine {
    std::string return_id, order_id;
    std::int64_t line = 0, quantity = 1;
    std::optional<std::int64_t> refund_minor, created_at_ms;
    std::string reason, note;
    static constexpr Field fields[] = {
        field("return_id", "Identifier; empty: a new one.", "退货编号；留空自动生成。").defaulted().longest(128), field("order_id", "Order number.", "订单号。").longest(128), field("line", "Which line, counted from 0.", "第几行，从 0 起。").defaulted().range(0, 1e6),
        field("quantity", "Units that come back.", "退回数量。").defaulted().range(1, 1e7), field("refund_minor", "Refund; left out: what was paid for these units.", "退款金额；不填为这些商品的实付额。").range(0, 1e15), field("created_at_ms", "When; left out: now.", "时间；不填为现在。"),
        field("reason", "size, quality, wrong_item, changed_mind, damaged, late or other.", "size 尺码、quality 质量、wrong_item 发错、changed_mind 不想要、damaged 破损、late 太迟、other 其他。").defaulted().longest(64), field("note", "In the customer's words.", "顾客原话。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ReturnLine, (), (return_id, order_id, line, quantity, refund_minor, created_at_ms, reason, note))

struct RecordReturns {
    std::vector<ReturnLine> returns;
    static constexpr Field fields[] = {field("returns", "Goods that come back; all or none.", "退回的商品；全部成功或全部不变。").longest(20000)};
};
BOOST_DESCRIBE_STRUCT(RecordReturns, (), (returns))

// Bulk, for imports and the simulator: does not touch stock (moves come with their own record) and keeps orders that exist.
Result<Saved> record_orders(Context&, RecordOrders const&);
// Lines that came later, for orders that exist: numbered onward; subtotal and shipping grow, and the total with them unless it was stated apart from its parts. `orders` hold the id and the new lines alone.
// For imports, where the lines of one order may be far apart in a file. Fails with order_not_found.
Result<void> append_order_lines(Context&, std::span<Order const> orders);
// The one rule about who may order: whoever holds orders.approve. That is staff who keep orders, the storefront's own checkout for a press of
// its button, and a shopper's own session at /v1. Everybody else, so every agent, has the purchase prepared and a shopper approves it.
Result<PlacedOrder> place_order(Context&, PlaceOrder const&);
// A return of an order that was placed in this shop books its refund (refunds.h); of an order from elsewhere the money went back there.
Result<Saved> record_returns(Context&, RecordReturns const&);
// With lines and, where the caller may see it, the contact. Checks that the caller may see this order at all.
Result<Order> get_order(Context&, GetOrder const&);

std::vector<Operation> order_operations();
std::vector<Operation> basket_operations();

}  // namespace kindling::shop

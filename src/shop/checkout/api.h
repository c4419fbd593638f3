// shop/checkout/api.h -- checkouts: what is about to be bought, at which price, sent how, approved by whom; from "I would take this" to an
// order, when it is a shopping agent that prepares it.
//
// A checkout promises its prices until it expires: a line keeps what it cost when it came in (or less, when the price has fallen since), and
// completing it charges exactly that. What promotions took off is promised too, and given up only for more; a limited use is not held, as stock is not. Stock is not held; it is taken in the transaction that places the order, so two checkouts cannot buy
// one piece, and a checkout that comes too late stays open with a word about what is left. Nothing is placed without a shopper's approval:
// their own press of the button on the shop's page, or a signed mandate that the gateway verified. Contact data is sealed.
//
// These operations are for the storefront, the protocol faces and staff; the id of a checkout is long and random, and opens it.
#pragma once
#include "shop/orders/api.h"
#include "shop/promotions/api.h"

namespace kindling::shop {

enum class CheckoutStatus { incomplete, ready, completed, cancelled, expired };
BOOST_DESCRIBE_ENUM(CheckoutStatus, incomplete, ready, completed, cancelled, expired)
enum class Approval { none, shopper, mandate, staff };
BOOST_DESCRIBE_ENUM(Approval, none, shopper, mandate, staff)

struct CheckoutLine {
    std::string sku, product_id, title_en, title_zh, variant_en, variant_zh, picture_url;
    std::int64_t quantity = 1, unit_price_minor = 0, line_minor = 0, discount_minor = 0;
    std::optional<std::int64_t> stock;
    static constexpr Field fields[] = {
        field("sku", "SKU.", "SKU。"), field("product_id", "Product.", "商品编号。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"), field("variant_en", "Variant in English.", "英文规格。"), field("variant_zh", "Variant in Chinese.", "中文规格。"),
        field("picture_url", "Picture.", "图片。"), field("quantity", "Units.", "数量。"), field("unit_price_minor", "Promised price of one, minor units.", "承诺单价，最小货币单位。"), field("line_minor", "Price of all.", "本行金额。"), field("discount_minor", "Taken off this line by promotions.", "本行优惠。"), field("stock", "Units that can be sold now; absent when not kept.", "当前可售数量；未管理库存时缺省。")};
};
BOOST_DESCRIBE_STRUCT(CheckoutLine, (), (sku, product_id, title_en, title_zh, variant_en, variant_zh, picture_url, quantity, unit_price_minor, line_minor, discount_minor, stock))

struct ShippingOption {
    std::string option_id, title_en, title_zh;
    std::int64_t fee_minor = 0;
    std::optional<std::int64_t> days_from, days_to;
    std::string countries = {};
    static constexpr Field fields[] = {field("option_id", "Option.", "配送方式编号。"), field("title_en", "Name in English.", "英文名称。"), field("title_zh", "Name in Chinese.", "中文名称。"), field("fee_minor", "What it costs for this checkout, minor units.", "本次结账的运费，最小货币单位。"), field("days_from", "Fewest days to arrive.", "最快送达天数。"), field("days_to", "Most days to arrive.", "最慢送达天数。"), field("countries", "Where it goes, as in shipping.save_options; empty: everywhere.", "送达国家，同 shipping.save_options；留空为所有国家。")};
};
BOOST_DESCRIBE_STRUCT(ShippingOption, (), (option_id, title_en, title_zh, fee_minor, days_from, days_to, countries))

struct CheckoutProblem {
    std::string code, path, message;
    bool blocks = true;
    static constexpr Field fields[] = {field("code", "not_for_sale, out_of_stock, quantity_adjusted, price_changed, promotion_used_up, missing, malformed, address_undeliverable.", "not_for_sale、out_of_stock、quantity_adjusted、price_changed、promotion_used_up、missing、malformed、address_undeliverable。"), field("path", "JSON Pointer into this answer.", "指向本结果的 JSON Pointer。"), field("message", "For a person.", "说明。"), field("blocks", "Must be put right before the order can be placed.", "下单前必须解决。")};
};
BOOST_DESCRIBE_STRUCT(CheckoutProblem, (), (code, path, message, blocks))

struct Checkout {
    std::string checkout_id;
    CheckoutStatus status = CheckoutStatus::incomplete;
    std::string agent, agent_id, protocol, origin, webhook_url, basket_id;
    std::vector<CheckoutLine> lines;
    std::optional<Contact> contact;
    std::vector<ShippingOption> shipping_options;
    std::string shipping_option, currency;
    std::int64_t subtotal_minor = 0, discount_minor = 0, shipping_minor = 0, shipping_discount_minor = 0, total_minor = 0;
    std::vector<promotions::Discount> discounts;
    std::vector<promotions::CodeTold> codes;
    std::vector<CheckoutProblem> problems;
    Approval approval = Approval::none;
    std::string order_id, order_access;
    std::optional<json::value> extra;
    std::int64_t created_at_ms = 0, updated_at_ms = 0, expires_at_ms = 0;
    std::string promise = {};  // internal: what was taken off when it was last changed, and for which lines
    static constexpr Field fields[] = {
        field("checkout_id", "Secret by which the checkout is found.", "结账凭证。"), field("status", "incomplete, ready, completed, cancelled or expired.", "incomplete 未完整、ready 可下单、completed 已下单、cancelled 已取消、expired 已过期。"),
        field("agent", "Who prepares it: agent_id, or the address of a profile.", "准备者：代理编号或档案地址。"), field("agent_id", "Registered agent; empty for a stranger.", "已登记代理；陌生代理为空。"), field("protocol", "ucp, acp or empty.", "ucp、acp 或空。"), field("origin", "Address of the shop as the agent saw it.", "代理所见的店铺地址。"), field("webhook_url", "Where its order is told.", "订单通知地址。"), field("basket_id", "Basket it was made from.", "来源购物车。"),
        field("lines", "What is bought.", "购买明细。"), field("contact", "Who receives it; what is known so far.", "收件信息（已知部分）。"), field("shipping_options", "Ways to send it there.", "可选配送方式。"), field("shipping_option", "The chosen one.", "所选配送方式。"), field("currency", "ISO 4217 code.", "货币代码。"), field("subtotal_minor", "Goods before promotions, minor units.", "优惠前商品金额，最小货币单位。"), field("discount_minor", "Taken off the goods.", "商品优惠。"), field("shipping_minor", "Shipping before promotions.", "优惠前运费。"), field("shipping_discount_minor", "Taken off the shipping.", "运费优惠。"), field("total_minor", "To pay.", "应付总额。"),
        field("discounts", "What was taken off; promised until it expires, while uses are left.", "已生效的优惠；在过期前且未用完时保留。"), field("codes", "What became of each code entered.", "各优惠码的结果。"),
        field("problems", "What is missing or has changed.", "缺失或变化之处。"), field("approval", "How the purchase was approved: none, shopper, mandate or staff.", "购买的同意方式：none 无、shopper 顾客本人、mandate 授权书、staff 员工。"), field("order_id", "Order that it became.", "成为的订单。"), field("order_access", "Secret for seeing that order without an account.", "无账号查看该订单的凭证。"), field("extra", "What a protocol keeps with it.", "协议自留内容。"),
        field("created_at_ms", "Since.", "创建时间。"), field("updated_at_ms", "Last change.", "最近变更。"), field("expires_at_ms", "Prices hold until then.", "价格保留至。")};
};
BOOST_DESCRIBE_STRUCT(Checkout, (), (checkout_id, status, agent, agent_id, protocol, origin, webhook_url, basket_id, lines, contact, shipping_options, shipping_option, currency, subtotal_minor, discount_minor, shipping_minor, shipping_discount_minor, total_minor, discounts, codes, problems, approval, order_id, order_access, extra, created_at_ms, updated_at_ms, expires_at_ms))

std::vector<Operation> checkout_operations();
std::vector<Operation> shipping_operations();

// All ways to send goods worth `subtotal`, in the owner's order; never empty: a shop that lists none has the fee of its settings.
Result<std::vector<ShippingOption>> ways_of_sending(Transaction&, std::int64_t subtotal_minor);
// Those that go to a country, given by its code or its name; "" when it is not known yet: those that go everywhere.
Result<std::vector<ShippingOption>> shipping_options(Transaction&, std::string_view country, std::int64_t subtotal_minor);
// Whether a way goes to a country; `countries` as in ShippingOption.
bool goes_to(std::string_view countries, std::string_view country);
// The last day of a way of sending, counted from today where the shop is; none where it names no days.
Result<std::optional<Day>> arrives_by(Context&, ShippingOption const&);

// What sending costs where nothing is known of the country: by the first way that goes everywhere, or else by the first. Nothing from
// `free_from_minor` on, where that is not 0.
struct ShippingTerms {
    std::int64_t fee_minor = 0, free_from_minor = 0;
};
Result<ShippingTerms> shipping_terms(Transaction&);
Result<std::int64_t> usual_shipping(Transaction&, std::int64_t subtotal_minor);
// Notes that something happened to an order of a checkout, for its agent to be told. Nothing for other orders.
Result<void> note_order_event(Context&, std::string const& order_id, std::string_view event);

}  // namespace kindling::shop

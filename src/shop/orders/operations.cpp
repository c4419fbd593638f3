#include "core/json_text.h"
#include "shop/checkout/api.h"
#include "shop/orders/refunds.h"
#include "shop/orders/returns.h"
#include "shop/promotions/api.h"
#include "shop/page.h"
#include "shop/stock/api.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

std::string const columns = fmt::format("order_id, customer_id, placed_at_ms, {} AS status, currency, subtotal_minor, discount_minor, shipping_minor, total_minor, channel, country, tracking, promised_day, shipped_at_ms, delivered_at_ms", order_status_told);

std::unexpected<Error> order_not_found(std::string_view id) {
    return fail(Errc::not_found, "order_not_found", fmt::format("There is no order \"{}\" that you may see. Check the number and the link you were given.", id), {{"/order_id", "order_not_found", "is not an order you may see"}});
}

// An order that does not exist and one that belongs to somebody else look the same from outside.
Result<Order> visible_order(Context& context, std::string const& order_id, std::string const& access_token) {
    auto& tx = context.tx();
    auto order = TRY((tx.find<Order>(fmt::format("SELECT {} FROM orders WHERE shop_id = ? AND order_id = ?", columns), tx.shop_id(), order_id)));
    if (!order) return order_not_found(order_id);
    bool may = context.caller.may("orders.read") || (!context.caller.customer_id.empty() && order->customer_id == context.caller.customer_id);
    if (!may && !access_token.empty())
        may = TRY(tx.integer("SELECT COUNT(*) FROM orders WHERE shop_id = ? AND order_id = ? AND access_lookup = ? AND access_lookup <> ''", tx.shop_id(), order_id, context.services.vault->lookup(tx.shop_id(), "order_access", access_token))) > 0;
    if (!may) return order_not_found(order_id);
    return std::move(*order);
}

Result<void> add_lines(Context& context, Order& order) {
    auto& tx = context.tx();
    order.lines = TRY((tx.select<OrderLine>("SELECT l.sku AS sku, l.product_id AS product_id, l.title AS title, COALESCE(v.title_en, '') AS variant_en, COALESCE(v.title_zh, '') AS variant_zh, l.quantity AS quantity, l.unit_price_minor AS unit_price_minor, l.discount_minor AS discount_minor FROM order_lines l LEFT JOIN variants v ON v.shop_id = l.shop_id AND v.sku = l.sku WHERE l.shop_id = ? AND l.order_id = ? ORDER BY l.line", tx.shop_id(), order.order_id)));
    return {};
}

// Only for the buyer and for staff who may see customers; others get the order without it.
Result<void> add_contact(Context& context, Order& order) {
    auto& tx = context.tx();
    if (context.caller.is_staff() && !context.caller.may("customers.read")) return {};
    std::string sealed;
    Value const values[] = {tx.shop_id(), order.order_id};
    TRY(tx.run("SELECT contact_sealed FROM orders WHERE shop_id = ? AND order_id = ?", values, [&](Row const& row) -> Result<void> { sealed = row.text(0); return {}; }));
    if (!sealed.empty()) order.contact = TRY(read_json<Contact>(TRY(parse_json(TRY(context.services.vault->open(tx.shop_id(), "contact", sealed))))));
    return {};
}

Result<OrderPage> list_orders(Context& context, ListOrders const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("orders", in.page_token, 2));
    std::string where = "shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    auto customer = in.customer_id;
    if (!context.caller.may("orders.read")) {
        if (context.caller.customer_id.empty()) return fail(Errc::permission_denied, "not_signed_in", "Sign in to see your orders.");
        customer = context.caller.customer_id;
    }
    if (!customer.empty()) where += " AND customer_id = ?", values.emplace_back(customer);
    if (in.status) where += fmt::format(" AND {} = ?", order_status_told), values.emplace_back(name(*in.status));
    if (in.from_ms) where += " AND placed_at_ms >= ?", values.emplace_back(*in.from_ms);
    if (in.to_ms) where += " AND placed_at_ms < ?", values.emplace_back(*in.to_ms);
    std::int64_t at = 0;
    if (!keys.empty()) at = std::atoll(keys[0].c_str()), where += " AND (placed_at_ms, order_id) < (?, ?)", values.emplace_back(at), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    OrderPage page{TRY(tx.select_with<Order>(fmt::format("SELECT {} FROM orders WHERE {} ORDER BY placed_at_ms DESC, order_id DESC LIMIT ?", columns, where), values)), {}};
    if (page.orders.size() > static_cast<std::size_t>(in.page_size)) {
        page.orders.pop_back();
        std::string const last[] = {std::to_string(page.orders.back().placed_at_ms), page.orders.back().order_id};
        page.next_page_token = page_token("orders", last);
    }
    for (auto& order : page.orders)
        for (auto part : in.expand) TRY(part == ExpandOrder::lines ? add_lines(context, order) : add_contact(context, order));
    return page;
}

struct ReturnedLines {
    std::vector<ReturnLine> returns;
    static constexpr Field fields[] = {field("returns", "What came back, in order.", "退回明细，按顺序。")};
};
BOOST_DESCRIBE_STRUCT(ReturnedLines, (), (returns))

Result<ReturnedLines> list_returns(Context& context, GetOrder const& in) {
    auto& tx = context.tx();
    TRY(visible_order(context, in.order_id, in.access_token));
    // The note is in the customer's words: for staff who may see customers.
    return ReturnedLines{TRY((tx.select<ReturnLine>(fmt::format("SELECT return_id, order_id, line, quantity, refund_minor, created_at_ms, reason, {} AS note FROM returns WHERE shop_id = ? AND order_id = ? ORDER BY seq", context.caller.may("customers.read") ? "note" : "''"), tx.shop_id(), in.order_id)))};
}

Result<Refunds> list_refunds(Context& context, GetOrder const& in) {
    TRY(visible_order(context, in.order_id, in.access_token));
    auto out = TRY(refunds_of(context.tx(), in.order_id));
    // How the shop works inside is not for its buyers.
    if (!context.caller.is_staff())
        for (auto& r : out.refunds) r.booked_by.clear(), r.settled_by.clear(), r.reference.clear(), r.trouble.clear(), r.refused_at_ms.reset();
    return out;
}

Result<Nothing> move_order(Context& context, MoveOrder const& in) {
    auto& tx = context.tx();
    auto const order = TRY(visible_order(context, in.order_id, ""));
    bool const forward = (order.status == OrderStatus::placed && (in.status == OrderStatus::paid || in.status == OrderStatus::shipped)) || (order.status == OrderStatus::paid && in.status == OrderStatus::shipped) ||
                         (order.status == OrderStatus::shipped && in.status == OrderStatus::delivered);
    if (!forward)
        return fail(Errc::failed_precondition, "wrong_order_state", fmt::format("An order that is {} cannot become {}.", name(order.status), name(in.status)), {{"/status", "wrong_order_state", "does not follow from the present state"}});
    TRY(tx.execute("UPDATE orders SET status = ?, tracking = CASE WHEN ? = '' THEN tracking ELSE ? END, shipped_at_ms = CASE WHEN ? = 'shipped' THEN ? ELSE shipped_at_ms END, delivered_at_ms = CASE WHEN ? = 'delivered' THEN ? ELSE delivered_at_ms END WHERE shop_id = ? AND order_id = ?",
                   name(in.status), in.tracking, in.tracking, name(in.status), context.now, name(in.status), context.now, tx.shop_id(), in.order_id));
    if (in.status == OrderStatus::paid) TRY(tx.execute("UPDATE payments SET status = 'succeeded' WHERE shop_id = ? AND order_id = ? AND status = 'pending'", tx.shop_id(), in.order_id));
    tx.changed("order", in.order_id);
    TRY(note_order_event(context, in.order_id, name(in.status)));
    return Nothing{};
}

// What was taken for it goes back where it came from.
Result<void> cancel(Context& context, Order const& order) {
    auto& tx = context.tx();
    if (order.status != OrderStatus::placed && order.status != OrderStatus::paid)
        return fail(Errc::failed_precondition, "wrong_order_state", fmt::format("An order that is {} cannot be cancelled; return the goods instead.", name(order.status)));
    TRY(tx.execute("UPDATE orders SET status = 'cancelled' WHERE shop_id = ? AND order_id = ?", tx.shop_id(), order.order_id));
    TRY(close_requests(context, order.order_id));
    TRY(book_cancelled(context, order.order_id));
    auto const moves = TRY((tx.select<StockMove>("SELECT sku, place_id, -quantity AS quantity, 'returned' AS kind, reference FROM stock_moves WHERE shop_id = ? AND reference = ? AND kind = 'sold'", tx.shop_id(), order.order_id)));
    TRY(record_moves(context, RecordMoves{moves}));
    TRY(promotions::give_back_uses(context, order.order_id));
    tx.changed("order", order.order_id);
    TRY(note_order_event(context, order.order_id, "cancelled"));
    return {};
}

Result<Nothing> cancel_order(Context& context, CancelOrder const& in) {
    TRY(cancel(context, TRY(visible_order(context, in.order_id, in.access_token))));
    return Nothing{};
}

}  // namespace

Result<Order> get_order(Context& context, GetOrder const& in) {
    auto order = TRY(visible_order(context, in.order_id, in.access_token));
    TRY(add_lines(context, order));
    TRY(add_contact(context, order));
    return order;
}

Result<void> cancel_proven_order(Context& context, std::string const& order_id) {
    auto& tx = context.tx();
    auto const order = TRY((tx.find<Order>(fmt::format("SELECT {} FROM orders WHERE shop_id = ? AND order_id = ?", columns), tx.shop_id(), order_id)));
    if (!order) return order_not_found(order_id);
    return cancel(context, *order);
}

std::vector<Operation> order_operations() {
    auto more = return_operations();
    std::vector<Operation> all{
        operation({.name = "orders.place", .scenario = "25", .summary = {"Order a basket or a list of SKUs: prices from the catalogue, the best promotions taken off, stock taken at once. An agent's order waits for its shopper: the answer has the link.", "把购物车或 SKU 明细下单：价格取自商品库，自动用最优优惠，库存即时扣减。代理提交的订单须由顾客本人在返回的链接中确认。"},
                   .effect = Effect::act, .permission = "public", .reasons = {"address_undeliverable", "way_not_available", "empty_order", "out_of_stock", "not_for_sale", "not_enough_stock", "payment_not_available", "terms_changed", "promotion_used_up", "cannot_open_sealed"}}, &place_order),
        operation({.name = "orders.record", .scenario = "0", .summary = {"Record orders that happened elsewhere or earlier; those already known stay as they are.", "登记在别处或过去发生的订单；已存在的保持不变。"}, .effect = Effect::act, .permission = "orders.write"}, &record_orders),
        operation({.name = "orders.record_returns", .scenario = "0", .summary = {"Record goods that come back and what is refunded.", "登记退货与退款。"}, .effect = Effect::act, .permission = "orders.write", .reasons = {"order_line_not_found", "returned_already", "refund_above_paid"}}, &record_returns),
        operation({.name = "orders.list_orders", .scenario = "0", .summary = {"Orders, newest first; a shopper sees only their own.", "订单列表，最新在前；购物者只能看到自己的。"}, .permission = "public", .reasons = {"cannot_open_sealed"}}, &list_orders),
        operation({.name = "orders.get_order", .scenario = "25", .summary = {"One order with its lines and where it is.", "一个订单的明细与进度。"}, .permission = "public", .reasons = {"order_not_found", "cannot_open_sealed"}}, &get_order),
        operation({.name = "orders.list_returns", .scenario = "26", .summary = {"What came back of an order, and what was refunded.", "一个订单的退货与退款。"}, .permission = "public", .reasons = {"order_not_found"}}, &list_returns),
        operation({.name = "orders.list_refunds", .scenario = "26", .summary = {"What is or was paid back for an order, and where each refund stands.", "一个订单的退款金额与进度。"}, .permission = "public", .reasons = {"order_not_found"}}, &list_refunds),
        operation({.name = "orders.move_order", .scenario = "0", .summary = {"Say that an order was paid, shipped or delivered.", "标记订单已付款、已发货或已送达。"}, .effect = Effect::act, .permission = "orders.write", .reasons = {"order_not_found", "wrong_order_state"}}, &move_order),
        operation({.name = "orders.cancel_order", .scenario = "26", .summary = {"Cancel an order that has not been shipped; its stock goes back.", "取消未发货的订单，库存退回。"}, .effect = Effect::act, .permission = "public", .reasons = {"order_not_found", "wrong_order_state"}}, &cancel_order),
    };
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return all;
}

}  // namespace kindling::shop

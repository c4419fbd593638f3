// shop/orders/refunds.h -- money that goes back to a buyer: booked when goods come back or a paid order is cancelled, settled once.
//
//     due ──the payment's provider, or staff──▶ refunded          not_charged: no payment was noted, so the bill is smaller and nothing is paid back
//
// An order that was paid in several payments goes back by each of them, the largest first, at most what it paid; what no payment covers is for staff. A
// provider may refuse a refund for good (refused_at_ms): it stays due, and staff pay it or have it tried again.
// Booking happens in the transaction of the return or the cancellation, so that neither stands without the other. This floor calls no
// payment provider: modules/payments does, with the refund's own number as idempotency key, and settles what went through.
// The state of the payment follows: refund_due while anything is due, then partly_refunded or refunded.
#pragma once
#include "shop/orders/api.h"

namespace kindling::shop {

enum class RefundCause { returned, cancelled };
BOOST_DESCRIBE_ENUM(RefundCause, returned, cancelled)
enum class RefundState { due, refunded, not_charged };
BOOST_DESCRIBE_ENUM(RefundState, due, refunded, not_charged)

struct Refund {
    std::string refund_id, order_id, return_id;
    RefundCause cause = RefundCause::returned;
    std::int64_t amount_minor = 0;
    std::string currency;
    RefundState state = RefundState::due;
    std::string provider, booked_by, settled_by, reference, trouble;
    std::int64_t booked_at_ms = 0;
    std::optional<std::int64_t> settled_at_ms, refused_at_ms;
    static constexpr Field fields[] = {
        field("refund_id", "Number of the refund.", "退款编号。"), field("order_id", "Order number.", "订单号。"), field("return_id", "The return it is for; empty for a cancelled order.", "对应的退货；取消订单时为空。"),
        field("cause", "returned: goods came back; cancelled: the order was.", "returned 退货；cancelled 取消订单。"), field("amount_minor", "Amount, minor units.", "金额，最小货币单位。"), field("currency", "ISO 4217 code.", "货币代码。"),
        field("state", "due: on its way or waiting for staff; refunded; not_charged: no payment of the order was noted, nothing is paid back.", "due 退款处理中；refunded 已退款；not_charged 订单未收款，无需退款。"),
        field("provider", "Way of payment it goes back by; empty: none was noted.", "原支付方式；未登记时为空。"), field("booked_by", "Who accepted the return or cancelled; shown to staff.", "同意退货或取消订单的人；仅店员可见。"), field("settled_by", "Who paid it back: a person or payments; shown to staff.", "退款执行者；仅店员可见。"),
        field("reference", "Of the transfer; shown to staff.", "转账凭证号；仅店员可见。"), field("trouble", "Why the last try failed; shown to staff.", "上次失败原因；仅店员可见。"), field("booked_at_ms", "When it was booked.", "登记时间。"), field("settled_at_ms", "When it was paid back.", "退款时间。"), field("refused_at_ms", "When the provider refused it for good, while it is due: a person has to pay it or have it tried again; shown to staff.", "支付方明确拒绝的时间（仍待退款）：需人工转账或重试；仅店员可见。")};
};
BOOST_DESCRIBE_STRUCT(Refund, (), (refund_id, order_id, return_id, cause, amount_minor, currency, state, provider, booked_by, settled_by, reference, trouble, booked_at_ms, settled_at_ms, refused_at_ms))

struct Refunds {
    std::vector<Refund> refunds;
    std::int64_t refunded_minor = 0, due_minor = 0;
    static constexpr Field fields[] = {field("refunds", "In the order in which they were booked.", "退款明细，按登记顺序。"), field("refunded_minor", "Paid back so far, minor units.", "已退金额，最小货币单位。"), field("due_minor", "Still to be paid back, minor units.", "待退金额，最小货币单位。")};
};
BOOST_DESCRIBE_STRUCT(Refunds, (), (refunds, refunded_minor, due_minor))

// SQL over a row of orders: its state as it is told to people.
inline constexpr std::string_view order_status_told = "CASE WHEN status = 'cancelled' THEN status WHEN came_back = 'all' THEN 'returned' WHEN came_back = 'partly' AND status = 'delivered' THEN 'partly_returned' ELSE status END";

// Columns of a Refund, for select<Refund>.
inline constexpr std::string_view refund_columns = "refund_id, order_id, return_id, cause, amount_minor, currency, state, provider, booked_by, settled_by, reference, trouble, booked_at_ms, settled_at_ms, refused_at_ms";

// Books `amount_minor` (nothing when 0) and queues the job that pays it back. `return_id`: empty for a cancelled order.
Result<void> book_refund(Context&, std::string const& order_id, RefundCause, std::string const& return_id, std::int64_t amount_minor);
// All that was paid for the order and not booked before.
Result<void> book_cancelled(Context&, std::string const& order_id);
// Queues the job that pays back what is due (modules/payments).
Result<void> queue_settling(Transaction&, Milliseconds now);
// Of one order; no check of who asks.
Result<Refunds> refunds_of(Transaction&, std::string const& order_id);
// Marks a refund that is not settled yet; false: it was. The payment's state follows. The one place where a refund becomes refunded.
Result<bool> settle_refund(Transaction&, std::string const& refund_id, std::string_view by, std::string_view reference, Milliseconds now);

}  // namespace kindling::shop

// modules/payments/api.h -- refunds that are due are paid back: by the payment's provider, or by a person who then says so.
//
// The idea: shop/orders/refunds.h books, this carries out. A provider is called outside of any transaction, with the refund's own number as
// idempotency key, and the outcome is written in a short one. A crash in between, a second worker or a repeated job finds the refund settled or
// calls again with the same key: money goes back once. What failed is tried again, after 1, 2, 4 … minutes and at last every 4 hours.
#pragma once
#include "core/operation.h"
#include "providers/payment/payment.h"
#include "shop/context.h"

namespace kindling::payments {

struct Settled {
    std::int64_t refunded = 0, by_hand = 0, failed = 0;
    static constexpr Field fields[] = {field("refunded", "Refunds paid back now.", "本次完成的退款数。"), field("by_hand", "Refunds that wait for a person to transfer them.", "等待人工转账的退款数。"), field("failed", "Refunds whose provider failed; they are tried again.", "支付方失败、稍后重试的退款数。")};
};
BOOST_DESCRIBE_STRUCT(Settled, (), (refunded, by_hand, failed))

struct MarkRefunded {
    std::string refund_id, reference;
    static constexpr Field fields[] = {field("refund_id", "Number of the refund.", "退款编号。").longest(64), field("reference", "Of the transfer, for the books.", "转账凭证号。").defaulted().longest(200)};
};
BOOST_DESCRIBE_STRUCT(MarkRefunded, (), (refund_id, reference))

using Providers = std::span<std::unique_ptr<providers::PaymentProvider> const>;

// Pays back what is due at `now`, oldest first. Any thread, any number at a time. Fails only with the store's errors.
Result<Settled> settle_due(shop::Services&, std::int64_t shop_id, Providers, Milliseconds now);

// Queues the job of shops with refunds that a provider is to try (again) by now. Gives how many. Called about once a minute.
Result<std::int64_t> queue_due(shop::Store&, Milliseconds now);

std::vector<Operation> operations();

}  // namespace kindling::payments

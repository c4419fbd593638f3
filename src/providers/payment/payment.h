// providers/payment/payment.h -- a way of paying: money is promised, taken, given back or let go, each exactly once.
//
// A payment is a value that the shop keeps with its order; a provider turns it into the next one. So nothing is lost with a
// process, and a repeated call is recognised by its idempotency key: the same key with the same action and amount changes nothing,
// the same key with another is a conflict. A provider that talks to a company's server passes the key on to it.
//
//     pending ──capture──▶ captured ──refund──▶ refunded        authorise: pending (money comes later) or authorised (money is held)
//     authorised ─capture─▶   │  └── in parts, until all ──┘    release: from pending or authorised, before anything was captured
//
// Amounts are whole minor units of one currency, above zero.
#pragma once
#include "core/money.h"
#include <memory>
#include <span>
#include <vector>

namespace kindling::providers {

enum class PaymentStatus { pending, authorised, captured, refunded, released };
enum class PaymentAction { authorise, capture, refund, release };

struct Payment {
    std::string reference;  // the provider's own name for it
    PaymentStatus status = PaymentStatus::pending;
    Money amount;
    std::int64_t captured_minor = 0, refunded_minor = 0;
    struct Applied { std::string idempotency_key; PaymentAction action; std::int64_t amount_minor = 0; };
    std::vector<Applied> applied = {};
};

struct PaymentRequest {
    std::string idempotency_key, order_id;
    Money amount;
};
struct PaymentChange {
    std::string idempotency_key;
    std::int64_t amount_minor = 0;
};

// Fails with missing_idempotency_key, invalid_amount (invalid_argument); idempotency_key_reused (conflict); amount_exceeds_payment,
// payment_not_open (failed_precondition); a remote one also with its own reasons (unavailable). Any thread.
class PaymentProvider {
public:
    virtual ~PaymentProvider() = default;
    virtual std::string_view name() const = 0;  // as in orders.place: "invoice"
    // Money goes back by a person's transfer: refund() only notes it, after that was done.
    virtual bool by_hand() const = 0;
    // What an order begins as: `captured` marks it paid.
    virtual Result<Payment> authorise(PaymentRequest const&) = 0;
    virtual Result<Payment> capture(Payment const&, PaymentChange const&) = 0;
    virtual Result<Payment> refund(Payment const&, PaymentChange const&) = 0;
    virtual Result<Payment> release(Payment const&, std::string_view idempotency_key) = 0;
};

// invoice: the shop sends a bill and notes the money with capture when it has come; nothing is asked of anybody.
std::unique_ptr<PaymentProvider> invoice_payment();
// test: charges nothing and says at once that all was captured. For demos; shops must be able to switch it off.
std::unique_ptr<PaymentProvider> test_payment();

// By name; nullptr for a name that is not here.
PaymentProvider* find_payment(std::span<std::unique_ptr<PaymentProvider> const>, std::string_view name);

}  // namespace kindling::providers

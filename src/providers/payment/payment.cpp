#include "providers/payment/payment.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::providers {

namespace {

// The key's earlier use, or nothing; an Error when it was used for something else.
Result<bool> already(Payment const& payment, Payment::Applied const& wanted) {
    if (wanted.idempotency_key.empty()) return fail(Errc::invalid_argument, "missing_idempotency_key", "A payment needs an idempotency key.", {{"/idempotency_key", "required", "is required"}});
    auto const used = std::ranges::find(payment.applied, wanted.idempotency_key, &Payment::Applied::idempotency_key);
    if (used == payment.applied.end()) return false;
    if (used->action == wanted.action && used->amount_minor == wanted.amount_minor) return true;
    return fail(Errc::conflict, "idempotency_key_reused", "This idempotency key was used for another change of the payment.", {{"/idempotency_key", "idempotency_key_reused", "was used for another change"}});
}

Result<void> check_amount(std::int64_t amount, std::int64_t most) {
    if (amount <= 0) return fail(Errc::invalid_argument, "invalid_amount", "An amount must be above zero.", {{"/amount_minor", "out_of_range", "must be above zero"}});
    if (amount > most) return fail(Errc::failed_precondition, "amount_exceeds_payment", fmt::format("At most {} minor units are left.", most), {{"/amount_minor", "amount_exceeds_payment", fmt::format("must be at most {}", most)}});
    return {};
}

std::unexpected<Error> not_open(std::string_view what) { return fail(Errc::failed_precondition, "payment_not_open", fmt::format("This payment cannot be {} any more.", what)); }

// Both built-in ways differ only in what an order begins as.
class LocalPayment final : public PaymentProvider {
public:
    LocalPayment(std::string_view name, PaymentStatus begins_as) : name_(name), begins_as_(begins_as) {}
    std::string_view name() const override { return name_; }
    bool by_hand() const override { return begins_as_ == PaymentStatus::pending; }  // an invoice is paid by transfer

    Result<Payment> authorise(PaymentRequest const& in) override {
        if (!is_currency(in.amount.currency)) return fail(Errc::invalid_argument, "invalid_amount", "The currency is not an ISO 4217 code.", {{"/amount/currency", "invalid_currency", "expected three capital letters"}});
        TRY(check_amount(in.amount.minor, in.amount.minor));
        Payment out{.reference = fmt::format("{}:{}", name_, in.order_id), .status = begins_as_, .amount = in.amount};
        Payment::Applied const applied{in.idempotency_key, PaymentAction::authorise, in.amount.minor};
        TRY(already(out, applied));
        if (begins_as_ == PaymentStatus::captured) out.captured_minor = in.amount.minor;
        out.applied.push_back(applied);
        return out;
    }
    Result<Payment> capture(Payment const& payment, PaymentChange const& in) override {
        Payment::Applied const applied{in.idempotency_key, PaymentAction::capture, in.amount_minor};
        if (TRY(already(payment, applied))) return payment;
        if (payment.status == PaymentStatus::released || payment.status == PaymentStatus::refunded) return not_open("captured");
        TRY(check_amount(in.amount_minor, payment.amount.minor - payment.captured_minor));
        auto out = payment;
        out.captured_minor += in.amount_minor;
        out.status = PaymentStatus::captured;
        out.applied.push_back(applied);
        return out;
    }
    Result<Payment> refund(Payment const& payment, PaymentChange const& in) override {
        Payment::Applied const applied{in.idempotency_key, PaymentAction::refund, in.amount_minor};
        if (TRY(already(payment, applied))) return payment;
        if (payment.captured_minor == 0) return fail(Errc::failed_precondition, "payment_not_open", "Nothing was captured, so nothing can be paid back.");
        TRY(check_amount(in.amount_minor, payment.captured_minor - payment.refunded_minor));
        auto out = payment;
        out.refunded_minor += in.amount_minor;
        if (out.refunded_minor == out.captured_minor) out.status = PaymentStatus::refunded;
        out.applied.push_back(applied);
        return out;
    }
    Result<Payment> release(Payment const& payment, std::string_view idempotency_key) override {
        Payment::Applied const applied{std::string(idempotency_key), PaymentAction::release, 0};
        if (TRY(already(payment, applied))) return payment;
        if (payment.captured_minor > 0 || payment.status == PaymentStatus::released) return not_open("released");
        auto out = payment;
        out.status = PaymentStatus::released;
        out.applied.push_back(applied);
        return out;
    }

private:
    std::string_view name_;
    PaymentStatus begins_as_;
};

}  // namespace

std::unique_ptr<PaymentProvider> invoice_payment() { return std::make_unique<LocalPayment>("invoice", PaymentStatus::pending); }
std::unique_ptr<PaymentProvider> test_payment() { return std::make_unique<LocalPayment>("test", PaymentStatus::captured); }

PaymentProvider* find_payment(std::span<std::unique_ptr<PaymentProvider> const> providers, std::string_view name) {
    auto const found = std::ranges::find_if(providers, [&](auto const& p) { return p->name() == name; });
    return found == providers.end() ? nullptr : found->get();
}

}  // namespace kindling::providers

#include "providers/payment/payment.h"
#include "providers/payment/webhook.h"
#include <gtest/gtest.h>

namespace kindling::providers {
namespace {

std::string reason(auto const& r) { return r ? "" : r.error().reason; }
Payment begun(PaymentProvider& p) { return p.authorise({"k0", "ord_1", {1000, "CNY"}}).value(); }

TEST(Payment, InvoiceWaitsForMoneyAndTestHasIt) {
    auto const invoice = invoice_payment(), test = test_payment();
    EXPECT_EQ(begun(*invoice).status, PaymentStatus::pending);
    EXPECT_EQ(begun(*invoice).captured_minor, 0);
    EXPECT_EQ(begun(*test).status, PaymentStatus::captured);
    EXPECT_EQ(begun(*test).captured_minor, 1000);
    EXPECT_EQ(begun(*test).reference, "test:ord_1");
    EXPECT_EQ(reason(invoice->authorise({"k", "o", {0, "CNY"}})), "invalid_amount");
    EXPECT_EQ(reason(invoice->authorise({"k", "o", {1, "yuan"}})), "invalid_amount");
    EXPECT_EQ(reason(invoice->authorise({"", "o", {1, "CNY"}})), "missing_idempotency_key");
}

TEST(Payment, IsCapturedInPartsUpToItsAmount) {
    auto const p = invoice_payment();
    auto const half = p->capture(begun(*p), {"k1", 600});
    ASSERT_TRUE(half);
    EXPECT_EQ(half->status, PaymentStatus::captured);
    EXPECT_EQ(reason(p->capture(*half, {"k2", 401})), "amount_exceeds_payment");
    EXPECT_EQ(reason(p->capture(*half, {"k2", 0})), "invalid_amount");
    EXPECT_EQ(reason(p->capture(*half, {"k2", -1})), "invalid_amount");
    auto const all = p->capture(*half, {"k2", 400});
    EXPECT_EQ(all->captured_minor, 1000);
    EXPECT_EQ(reason(p->capture(*all, {"k3", 1})), "amount_exceeds_payment");
}

TEST(Payment, IsRefundedUpToWhatWasCaptured) {
    auto const p = invoice_payment();
    EXPECT_EQ(reason(p->refund(begun(*p), {"k1", 1})), "payment_not_open");
    auto const taken = p->capture(begun(*p), {"k1", 600}).value();
    EXPECT_EQ(reason(p->refund(taken, {"k2", 601})), "amount_exceeds_payment");
    auto const part = p->refund(taken, {"k2", 599}).value();
    EXPECT_EQ(part.status, PaymentStatus::captured);
    auto const all = p->refund(part, {"k3", 1}).value();
    EXPECT_EQ(all.status, PaymentStatus::refunded);
    EXPECT_EQ(reason(p->capture(all, {"k4", 1})), "payment_not_open");
    EXPECT_EQ(reason(p->refund(all, {"k4", 1})), "amount_exceeds_payment");
}

TEST(Payment, IsReleasedOnlyBeforeMoneyWasTaken) {
    auto const p = invoice_payment();
    auto const gone = p->release(begun(*p), "k1");
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->status, PaymentStatus::released);
    EXPECT_EQ(reason(p->capture(*gone, {"k2", 1})), "payment_not_open");
    EXPECT_EQ(reason(p->release(*gone, "k2")), "payment_not_open");
    EXPECT_EQ(reason(p->release(p->capture(begun(*p), {"k1", 1}).value(), "k2")), "payment_not_open");
}

TEST(Payment, RepeatedChangeHappensOnce) {
    auto const p = invoice_payment();
    auto const once = p->capture(begun(*p), {"k1", 600}).value();
    auto const twice = p->capture(once, {"k1", 600});
    ASSERT_TRUE(twice);
    EXPECT_EQ(twice->captured_minor, 600);
    EXPECT_EQ(reason(p->capture(once, {"k1", 400})), "idempotency_key_reused");
    EXPECT_EQ(reason(p->refund(once, {"k1", 600})), "idempotency_key_reused");
    auto const gone = p->release(begun(*p), "k1").value();
    EXPECT_EQ(p->release(gone, "k1")->applied.size(), 2u);
}

TEST(Payment, IsFoundByName) {
    std::vector<std::unique_ptr<PaymentProvider>> all;
    all.push_back(invoice_payment()), all.push_back(test_payment());
    EXPECT_EQ(find_payment(all, "test"), all[1].get());
    EXPECT_EQ(find_payment(all, "gold"), nullptr);
}

TEST(Webhook, SumIsThatOfRfc4231) {
    EXPECT_EQ(hmac_sha256_hex(std::string(20, '\x0b'), "Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hmac_sha256_hex("Jefe", "what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Webhook, VerifiesOnlyTheSignedBodyInTime) {
    std::string const secrets[] = {"new", "old"};
    for (auto const& s : secrets) EXPECT_TRUE(verify_webhook(secrets, sign_webhook(s, "{}", 1000), "{}", 1000)) << "either secret";
    auto const field = sign_webhook("new", "{}", 1000);
    EXPECT_EQ(reason(verify_webhook(secrets, field, "{ }", 1000)), "wrong_signature");
    EXPECT_EQ(reason(verify_webhook(std::span(secrets).subspan(1), field, "{}", 1000)), "wrong_signature");
    EXPECT_TRUE(verify_webhook(secrets, field, "{}", 1300));
    EXPECT_EQ(reason(verify_webhook(secrets, field, "{}", 1301)), "signature_expired");
    EXPECT_TRUE(verify_webhook(secrets, field, "{}", 700));
    EXPECT_EQ(reason(verify_webhook(secrets, field, "{}", 699)), "signature_expired");
    EXPECT_TRUE(verify_webhook(secrets, field + ",v1=" + std::string(64, '0') + ",v0=x", "{}", 1000));
    auto later = field;
    later.replace(2, 4, "1001");
    EXPECT_EQ(reason(verify_webhook(secrets, later, "{}", 1001)), "wrong_signature") << "the time is signed too";
}

TEST(Webhook, NoSecretVerifiesNothing) {
    std::string const empty[] = {""};
    EXPECT_EQ(reason(verify_webhook(empty, sign_webhook("", "{}", 1000), "{}", 1000)), "wrong_signature");
    EXPECT_EQ(reason(verify_webhook({}, sign_webhook("", "{}", 1000), "{}", 1000)), "wrong_signature");
}

TEST(Webhook, MalformedFieldsAreRefused) {
    std::string const secrets[] = {"s"};
    std::string const sum(64, 'a');
    for (auto const& field : {std::string(), std::string("t=1"), "v1=" + sum, "t=,v1=" + sum, "t=x,v1=" + sum, "t=-1,v1=" + sum, "t=1,t=2,v1=" + sum, std::string("t=1,v1=ab"), "t=99999999999999999999,v1=" + sum, std::string(5000, ',')})
        EXPECT_EQ(reason(verify_webhook(secrets, field, "", 1)), "malformed_signature") << field.substr(0, 40);
}

}  // namespace
}  // namespace kindling::providers

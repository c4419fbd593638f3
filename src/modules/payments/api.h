// modules/payments/api.h -- refunds that are due are paid back: by the payment's provider, or by a person who then says so.
//
// The idea: shop/orders/refunds.h books, this carries out. A provider is called outside of any transaction, with the refund's own number as
// idempotency key, and the outcome is written in a short one. A crash in between, a second worker or a repeated job finds the refund settled or
// calls again with the same key: money goes back once. What failed for now (unavailable, internal) is tried again, after 1, 2, 4 … minutes and at last
// every 4 hours. Every other error is a refusal for good: it is not tried again by itself, and stands in the list for a person.
#pragma once
#include "core/operation.h"
#include "providers/payment/payment.h"
#include "shop/context.h"
#include "shop/orders/refunds.h"

namespace kindling::payments {

struct SettleRefunds {
    std::string refund_id;
    static constexpr Field fields[] = {field("refund_id", "Only this one, at once, and again if its provider refused it; empty: all that are due.", "仅处理该退款，立即执行，被支付方拒绝过的也重试；留空为全部待退款。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(SettleRefunds, (), (refund_id))

struct Settled {
    std::int64_t refunded = 0, by_hand = 0, failed = 0, refused = 0;
    static constexpr Field fields[] = {field("refunded", "Refunds paid back now.", "本次完成的退款数。"), field("by_hand", "Refunds that wait for a person to transfer them.", "等待人工转账的退款数。"), field("failed", "Refunds whose provider failed; they are tried again.", "支付方失败、稍后重试的退款数。"), field("refused", "Refunds that their provider refused for good: they wait for a person.", "被支付方明确拒绝、需人工处理的退款数。")};
};
BOOST_DESCRIBE_STRUCT(Settled, (), (refunded, by_hand, failed, refused))

struct MarkRefunded {
    std::string refund_id, reference;
    bool money_came = false;
    static constexpr Field fields[] = {field("refund_id", "Number of the refund.", "退款编号。").longest(64), field("reference", "Of the transfer, for the books.", "转账凭证号。").defaulted().longest(200), field("money_came", "For a refund of the state not_charged: the buyer's money had come after all, and was transferred back now.", "用于状态为 not_charged 的退款：买家款项后来到账，现已转回。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(MarkRefunded, (), (refund_id, reference, money_came))

// Whose move it is.
enum class WaitsFor { nobody, provider, person, refused };
BOOST_DESCRIBE_ENUM(WaitsFor, nobody, provider, person, refused)

struct ListRefunds {
    std::optional<shop::RefundState> state = shop::RefundState::due;
    std::optional<WaitsFor> waits_for;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("state", "due, refunded or not_charged.", "due 待退、refunded 已退、not_charged 无需退。").defaulted(), field("waits_for", "Only those that wait for the provider, for a person, or were refused for good.", "仅列出等待支付方、等待人工或被明确拒绝的。"), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListRefunds, (), (state, waits_for, page_size, page_token))

struct ListedRefund {
    shop::Refund refund;
    WaitsFor waits_for = WaitsFor::nobody;
    std::int64_t tries = 0;
    std::optional<std::int64_t> next_at_ms;
    static constexpr Field fields[] = {field("refund", "The refund.", "退款。"), field("waits_for", "provider: paid back by itself; person: to be transferred by hand and marked; refused: the provider refused it for good, see trouble: mend the cause and have it tried again, or transfer and mark it; nobody: settled, or nothing was charged.", "provider 自动退款；person 需人工转账并标记；refused 支付方明确拒绝（原因见 trouble）：排除原因后重试，或人工转账并标记；nobody 已结清或无需退款。"), field("tries", "How often its provider was asked.", "已请求支付方的次数。"), field("next_at_ms", "When it is tried again.", "下次重试时间。")};
};
BOOST_DESCRIBE_STRUCT(ListedRefund, (), (refund, waits_for, tries, next_at_ms))

struct RefundPage {
    std::vector<ListedRefund> refunds;
    std::int64_t total = 0, due = 0, due_minor = 0, by_person = 0, refused = 0;
    std::string currency, next_page_token;
    static constexpr Field fields[] = {field("refunds", "Oldest first while they are due, else newest first.", "待退款按登记时间升序，其余按时间降序。"), field("total", "How many the question finds.", "符合条件的总数。"), field("due", "Refunds of the whole shop that are due.", "全店待退款笔数。"), field("due_minor", "Their sum in the shop's currency, minor units.", "其合计（店铺货币），最小货币单位。"), field("by_person", "Of them those that wait for a person.", "其中等待人工的笔数。"), field("refused", "Of them those that a provider refused for good.", "其中被支付方明确拒绝的笔数。"), field("currency", "The shop's currency.", "店铺货币。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(RefundPage, (), (refunds, total, due, due_minor, by_person, refused, currency, next_page_token))

using Providers = std::span<std::unique_ptr<providers::PaymentProvider> const>;

// Pays back what is due at `now`, oldest first; with `only`, this refund alone, whatever its provider said before. Any thread, any number at a time. Fails
// only with the store's errors.
Result<Settled> settle_due(shop::Services&, std::int64_t shop_id, Providers, Milliseconds now, std::string const& only = {});

// Queues the job of shops with refunds that a provider is to try (again) by now. Gives how many. Called about once a minute.
Result<std::int64_t> queue_due(shop::Store&, Milliseconds now);

std::vector<Operation> operations();

}  // namespace kindling::payments

// shop/orders/returns.h -- a buyer asks to send something back or to have it exchanged; the shop decides. Nothing is refunded by asking.
//
// A request names a line of an order and at most the units of it that neither came back nor are asked for already. Accepting a return books it
// (record_returns, refund of what was paid); accepting an exchange books it without a refund and takes the wanted units out of stock.
#pragma once
#include "shop/orders/api.h"

namespace kindling::shop {

enum class RequestKind { return_goods, exchange };
BOOST_DESCRIBE_ENUM(RequestKind, return_goods, exchange)

struct ReturnRequest {
    std::string order_id, access_token;
    std::int64_t line = 0, quantity = 1;
    RequestKind kind = RequestKind::return_goods;
    std::string reason, note, wanted_sku;
    static constexpr Field fields[] = {
        field("order_id", "Order number.", "订单号。").longest(128), field("access_token", "For buyers without an account: the secret they got.", "未登录买家：下单时获得的凭证。").defaulted().longest(128).kept_secret(), field("line", "Which line, counted from 0.", "第几行，从 0 起。").defaulted().range(0, 1e6),
        field("quantity", "Units.", "数量。").defaulted().range(1, 1e6), field("kind", "return_goods or exchange.", "return_goods 退货或 exchange 换货。").defaulted(), field("reason", "size, quality, wrong_item, changed_mind, damaged, late or other.", "size 尺码、quality 质量、wrong_item 发错、changed_mind 不想要、damaged 破损、late 太迟、other 其他。").defaulted().longest(64),
        field("note", "In the buyer's words; sealed at rest.", "买家原话；加密存储。").defaulted().longest(2000), field("wanted_sku", "Of an exchange: what it shall be instead.", "换货时想要的 SKU。").defaulted().longest(128)};
};
BOOST_DESCRIBE_STRUCT(ReturnRequest, (), (order_id, access_token, line, quantity, kind, reason, note, wanted_sku))

struct RequestedReturn {
    std::string request_id;
    static constexpr Field fields[] = {field("request_id", "Number of the request.", "申请编号。")};
};
BOOST_DESCRIBE_STRUCT(RequestedReturn, (), (request_id))

// A request as it is kept.
struct RequestLine {
    std::string request_id, order_id;
    std::int64_t line = 0, quantity = 0;
    std::string kind, reason, note, sku, title, wanted_sku, status, answer, conversation_id, decided_by;
    std::int64_t created_at_ms = 0;
    std::optional<std::int64_t> decided_at_ms;
    static constexpr Field fields[] = {
        field("request_id", "Number of the request.", "申请编号。"), field("order_id", "Order number.", "订单号。"), field("line", "Line of the order, from 0.", "订单行号。"), field("quantity", "Units.", "数量。"), field("kind", "return_goods or exchange.", "return_goods 退货或 exchange 换货。"), field("reason", "Why.", "原因。"),
        field("note", "In the buyer's words.", "买家原话。").defaulted(), field("sku", "What was bought.", "所购 SKU。").defaulted(), field("title", "Its title then.", "当时标题。").defaulted(), field("wanted_sku", "What it shall be instead.", "想换成的 SKU。").defaulted(), field("status", "requested, accepted or refused.", "requested 待处理、accepted 已同意、refused 已拒绝。"),
        field("answer", "What the buyer was told.", "给买家的答复。").defaulted(), field("conversation_id", "Talk in which it was asked.", "提出申请的对话。").defaulted(), field("created_at_ms", "When it was asked.", "申请时间。"), field("decided_at_ms", "When it was decided.", "处理时间。"), field("decided_by", "Who decided it; empty: nobody yet.", "处理人；未处理为空。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(RequestLine, (), (request_id, order_id, line, quantity, kind, reason, note, sku, title, wanted_sku, status, answer, conversation_id, created_at_ms, decided_at_ms, decided_by))

// For whoever has proven that the order is theirs (the guide checks it); `conversation_id` is where the answer will be told.
// Fails with order_line_not_found, returned_already, wrong_order_state, sku_not_found.
Result<std::string> request_return(Context&, ReturnRequest const&, std::string const& conversation_id);
// Cancels an order whose buyer has proven that it is theirs. Fails with order_not_found, wrong_order_state.
Result<void> cancel_proven_order(Context&, std::string const& order_id);

// Refuses what is still asked for of an order that is cancelled, whose money goes back whole, and says so.
Result<void> close_requests(Context&, std::string const& order_id);

std::vector<Operation> return_operations();

}  // namespace kindling::shop

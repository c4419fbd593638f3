// orders.request_return, orders.list_return_requests, orders.decide_return: see returns.h.
#include "shop/orders/returns.h"
#include "core/id.h"
#include "shop/activity/replies.h"
#include "shop/catalogue/operations.h"
#include "shop/page.h"
#include "shop/stock/api.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

struct ListRequests {
    std::string status, order_id;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("order_id", "Only of this order.", "仅此订单。").defaulted().longest(128), field("status", "requested, accepted or refused; empty: all.", "requested 待处理、accepted 已同意、refused 已拒绝；留空为全部。").defaulted().longest(32), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 200), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListRequests, (), (order_id, status, page_size, page_token))

struct RequestPage {
    std::vector<RequestLine> requests;
    std::string next_page_token;
    static constexpr Field fields[] = {field("requests", "Newest first.", "最新在前。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(RequestPage, (), (requests, next_page_token))

struct DecideRequest {
    std::string request_id;
    bool accept = true;
    std::string answer;
    static constexpr Field fields[] = {field("request_id", "Number of the request.", "申请编号。").longest(64), field("accept", "true: goods may come back; false: not.", "true 同意，false 拒绝。"), field("answer", "What the buyer is told, for example where to send it.", "给买家的答复，例如寄回地址。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(DecideRequest, (), (request_id, accept, answer))

struct Bought {
    std::int64_t quantity = 0, back = 0, asked = 0;
    std::string status;
    static constexpr Field fields[] = {field("quantity"), field("back"), field("asked"), field("status")};
};
BOOST_DESCRIBE_STRUCT(Bought, (), (quantity, back, asked, status))

struct Numbered {
    std::string request_id;
    static constexpr Field fields[] = {field("request_id")};
};
BOOST_DESCRIBE_STRUCT(Numbered, (), (request_id))

Result<RequestedReturn> ask_return(Context& context, ReturnRequest const& in) {
    TRY(get_order(context, {.order_id = in.order_id, .access_token = in.access_token}));  // fails like an order that does not exist
    return RequestedReturn{TRY(request_return(context, in, ""))};
}

Result<RequestPage> list_requests(Context& context, ListRequests const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("return_requests", in.page_token, 2));
    std::string where = "r.shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (!in.status.empty()) where += " AND r.status = ?", values.emplace_back(in.status);
    if (!in.order_id.empty()) where += " AND r.order_id = ?", values.emplace_back(in.order_id);
    if (!keys.empty()) where += " AND (r.created_at_ms, r.request_id) < (?, ?)", values.emplace_back(static_cast<std::int64_t>(std::atoll(keys[0].c_str()))), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    RequestPage page;
    TRY(tx.run(fmt::format("SELECT r.request_id, r.order_id, r.line, r.quantity, r.kind, r.reason, r.note_sealed, COALESCE(l.sku, ''), COALESCE(l.title, ''), r.wanted_sku, r.status, r.answer, r.conversation_id, r.created_at_ms, r.decided_at_ms, r.decided_by FROM return_requests r LEFT JOIN order_lines l ON l.shop_id = r.shop_id AND l.order_id = r.order_id AND l.line = r.line WHERE {} ORDER BY r.created_at_ms DESC, r.request_id DESC LIMIT ?", where), values, [&](Row const& row) -> Result<void> {
        RequestLine line{std::string(row.text(0)), std::string(row.text(1)), row.integer(2), row.integer(3), std::string(row.text(4)), std::string(row.text(5)), "", std::string(row.text(7)), std::string(row.text(8)), std::string(row.text(9)), std::string(row.text(10)), std::string(row.text(11)), std::string(row.text(12)), std::string(row.text(15)), row.integer(13), {}};
        if (!row.is_null(6) && !row.text(6).empty()) line.note = TRY(context.services.vault->open(tx.shop_id(), "note", row.text(6)));
        if (!row.is_null(14)) line.decided_at_ms = row.integer(14);
        page.requests.push_back(std::move(line));
        return {};
    }));
    if (page.requests.size() > static_cast<std::size_t>(in.page_size)) {
        page.requests.pop_back();
        std::string const last[] = {std::to_string(page.requests.back().created_at_ms), page.requests.back().request_id};
        page.next_page_token = page_token("return_requests", last);
    }
    return page;
}

// Units leave for an exchange from the places that have most.
Result<void> take_for_exchange(Context& context, std::string const& sku, std::int64_t quantity, std::string const& request_id) {
    auto& tx = context.tx();
    auto const levels = TRY((tx.select<StockLevel>("SELECT sku, place_id, on_hand, reserved, updated_at_ms FROM stock WHERE shop_id = ? AND sku = ? AND on_hand > reserved ORDER BY on_hand - reserved DESC, place_id", tx.shop_id(), sku)));
    if (levels.empty() && TRY(tx.integer("SELECT COUNT(*) FROM stock WHERE shop_id = ? AND sku = ?", tx.shop_id(), sku)) == 0) return {};  // not kept
    RecordMoves moves;
    auto left = quantity;
    for (auto const& level : levels) {
        auto const taken = std::min(left, level.on_hand - level.reserved);
        if (taken > 0) moves.moves.push_back({sku, level.place_id, -taken, "sold", request_id, context.now});
        left -= taken;
    }
    if (left > 0) return fail(Errc::failed_precondition, "out_of_stock", fmt::format("{} units of {} are not left for the exchange.", quantity, sku));
    TRY(record_moves(context, moves));
    return {};
}

Result<Nothing> decide(Context& context, DecideRequest const& in) {
    auto& tx = context.tx();
    std::string order, reason, kind, wanted, status, talk;
    std::int64_t line = 0, quantity = 0;
    bool found = false;
    Value const values[] = {tx.shop_id(), in.request_id};
    TRY(tx.run("SELECT order_id, line, quantity, kind, reason, wanted_sku, status, conversation_id FROM return_requests WHERE shop_id = ? AND request_id = ?", values, [&](Row const& row) -> Result<void> {
        found = true, order = row.text(0), line = row.integer(1), quantity = row.integer(2), kind = row.text(3), reason = row.text(4), wanted = row.text(5), status = row.text(6), talk = row.text(7);
        return {};
    }));
    if (!found) return fail(Errc::not_found, "request_not_found", "There is no such request.", {{"/request_id", "request_not_found", "is not a request of this shop"}});
    if (status != "requested") return fail(Errc::failed_precondition, "decided_already", fmt::format("This request was {} already.", status), {{"/request_id", "decided_already", "was decided already"}});
    bool const exchange = kind == "exchange";
    if (in.accept) {
        // All that was paid for a cancelled order goes back already: what comes back of it would be paid twice.
        if (TRY(tx.integer("SELECT COUNT(*) FROM orders WHERE shop_id = ? AND order_id = ? AND status = 'cancelled'", tx.shop_id(), order)) > 0)
            return fail(Errc::failed_precondition, "wrong_order_state", fmt::format("Order {} was cancelled, and what was paid goes back with it; refuse this request.", order), {{"/accept", "wrong_order_state", "is not possible for a cancelled order"}});
        ReturnLine back{.order_id = order, .line = line, .quantity = quantity, .reason = reason, .note = in.request_id};
        if (exchange) {
            back.refund_minor = 0;
            TRY(take_for_exchange(context, wanted, quantity, in.request_id));
        }
        TRY(record_returns(context, {.returns = {back}}));
    }
    TRY(tx.execute("UPDATE return_requests SET status = ?, answer = ?, decided_at_ms = ?, decided_by = ? WHERE shop_id = ? AND request_id = ?", in.accept ? "accepted" : "refused", in.answer, context.now, context.caller.id, tx.shop_id(), in.request_id));
    tx.changed("return_request", in.request_id);
    if (talk.empty() || TRY(tx.integer("SELECT COUNT(*) FROM conversations WHERE shop_id = ? AND conversation_id = ?", tx.shop_id(), talk)) == 0) return Nothing{};
    std::string locale;
    Value const which[] = {tx.shop_id(), talk};
    TRY(tx.run("SELECT locale FROM conversations WHERE shop_id = ? AND conversation_id = ?", which, [&](Row const& row) -> Result<void> { locale = row.text(0); return {}; }));
    auto const zh = locale.starts_with("zh");
    auto said = zh ? fmt::format("您的{}申请{}{}。", exchange ? "换货" : "退货", in.request_id, in.accept ? "已同意" : "未能同意") : fmt::format("Your {} request {} was {}.", exchange ? "exchange" : "return", in.request_id, in.accept ? "accepted" : "not accepted");
    if (!in.answer.empty()) said += (zh ? "" : " ") + in.answer;
    TRY(say_in_conversation(context, talk, said, ""));
    return Nothing{};
}

}  // namespace

Result<void> close_requests(Context& context, std::string const& order_id) {
    auto& tx = context.tx();
    auto const answer = context.locale == Locale::zh ? "订单已取消，已付款项随取消退回。" : "The order was cancelled instead; what was paid goes back with it.";
    auto const open = TRY((tx.select<Numbered>("SELECT request_id FROM return_requests WHERE shop_id = ? AND order_id = ? AND status = 'requested'", tx.shop_id(), order_id)));
    for (auto const& r : open) {
        TRY(tx.execute("UPDATE return_requests SET status = 'refused', answer = ?, decided_at_ms = ?, decided_by = ? WHERE shop_id = ? AND request_id = ?", answer, context.now, context.caller.id, tx.shop_id(), r.request_id));
        tx.changed("return_request", r.request_id);
    }
    return {};
}

Result<std::string> request_return(Context& context, ReturnRequest const& in, std::string const& conversation_id) {
    auto& tx = context.tx();
    auto const bought = TRY((tx.find<Bought>("SELECT l.quantity, (SELECT COALESCE(SUM(r.quantity), 0) FROM returns r WHERE r.shop_id = l.shop_id AND r.order_id = l.order_id AND r.line = l.line) AS back, "
                                             "(SELECT COALESCE(SUM(q.quantity), 0) FROM return_requests q WHERE q.shop_id = l.shop_id AND q.order_id = l.order_id AND q.line = l.line AND q.status = 'requested') AS asked, o.status AS status "
                                             "FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id WHERE l.shop_id = ? AND l.order_id = ? AND l.line = ?", tx.shop_id(), in.order_id, in.line)));
    if (!bought) return fail(Errc::not_found, "order_line_not_found", fmt::format("Order {} has no line {}.", in.order_id, in.line), {{"/line", "order_line_not_found", "is not a line of this order"}});
    if (bought->status == "cancelled" || bought->status == "returned") return fail(Errc::failed_precondition, "wrong_order_state", fmt::format("An order that is {} has nothing to return.", bought->status), {{"/order_id", "wrong_order_state", "has nothing to return"}});
    static constexpr std::string_view reasons[] = {"", "size", "quality", "wrong_item", "changed_mind", "damaged", "late", "other"};
    if (std::ranges::find(reasons, in.reason) == std::end(reasons)) return fail(Errc::invalid_argument, "invalid_request", "Why goods come back is said by one of a few words; the buyer's own go into note.", {{"/reason", "unknown_value", "must be size, quality, wrong_item, changed_mind, damaged, late, other or empty"}});
    auto const left = bought->quantity - bought->back - bought->asked;
    if (in.quantity > left) return fail(Errc::failed_precondition, "returned_already", fmt::format("Only {} units of this line are left to return.", std::max<std::int64_t>(0, left)), {{"/quantity", "returned_already", fmt::format("must be at most {}", std::max<std::int64_t>(0, left))}});
    if (in.kind == RequestKind::exchange) {
        auto const wanted = TRY(find_variant(tx, in.wanted_sku));
        if (!wanted || wanted->first.status != ProductStatus::active) return fail(Errc::not_found, "sku_not_found", fmt::format("There is no SKU \"{}\" on sale.", in.wanted_sku), {{"/wanted_sku", "sku_not_found", "is not on sale"}});
    }
    auto const id = new_id("req");
    auto const note = in.note.empty() ? std::string() : context.services.vault->seal(tx.shop_id(), "note", in.note);
    TRY(tx.execute("INSERT INTO return_requests (shop_id, request_id, order_id, line, quantity, kind, reason, note_sealed, wanted_sku, conversation_id, created_at_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?)", tx.shop_id(), id, in.order_id, in.line, in.quantity, name(in.kind), in.reason, note.empty() ? Value() : Value(Bytes{note}), in.kind == RequestKind::exchange ? in.wanted_sku : "", conversation_id, context.now));
    tx.changed("return_request", id);
    return id;
}

std::vector<Operation> return_operations() {
    return {
        operation({.name = "orders.request_return", .scenario = "26", .summary = {"Ask to send goods of one's own order back, or to exchange them; the shop decides.", "为自己的订单申请退货或换货，由店家处理。"}, .effect = Effect::act, .permission = "public", .reasons = {"order_not_found", "order_line_not_found", "returned_already", "wrong_order_state", "sku_not_found", "cannot_open_sealed"}}, &ask_return),
        operation({.name = "orders.list_return_requests", .scenario = "26", .summary = {"Requests for returns and exchanges, newest first.", "退换货申请列表，最新在前。"}, .permission = "orders.read", .reasons = {"cannot_open_sealed"}}, &list_requests),
        operation({.name = "orders.decide_return", .scenario = "26", .summary = {"Accept or refuse a request; accepting books the return, the answer is told in the talk.", "同意或拒绝退换货申请；同意即登记退货，答复会出现在对话中。"}, .effect = Effect::act, .permission = "orders.write", .reasons = {"request_not_found", "decided_already", "wrong_order_state", "order_line_not_found", "returned_already", "refund_above_paid", "out_of_stock", "not_enough_stock"}}, &decide),
    };
}

}  // namespace kindling::shop

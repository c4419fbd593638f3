// modules/supply/orders.h -- from a proposal to goods on the shelf: what supply.proposals, edit_proposal, place_order, cancel_order, receive_order and order take and give.
//
// A proposal is a decision of kind supply_purchase, one for each supplier and place; approving it (decisions.approve) carries out supply.place_order with a number
// that was given when it was proposed, so no way of approving it twice orders twice. Undoing it is supply.cancel_order, possible until something arrived.
#pragma once
#include "modules/supply/api.h"

namespace kindling::supply_module {

struct ProposalLine {
    std::string sku, product_id, title_en, title_zh;
    std::int64_t quantity = 0, proposed_quantity = 0, cost_minor = 0, line_minor = 0, on_hand = 0, on_order = 0, reorder_level = 0, order_up_to = 0;
    double daily_mean = 0, needed = 0, cover_days = 0, cover_days_after = 0;
    ServiceKind service = ServiceKind::fill_rate;
    double target = 0, run_out_chance = 0;
    std::optional<double> aim;
    std::int64_t saves_minor = 0, holding_minor = 0;
    std::int64_t lot_reviews = 0, lot_saves_minor = 0, proposed_saves_minor = 0;
    std::string abc, method, why_en, why_zh, edit_reason;
    static constexpr Field fields[] = {
        field("sku", "SKU.", "SKU。"), field("product_id", "Product.", "商品编号。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"), field("quantity", "Units that the order asks for now.", "当前订货数量。"), field("proposed_quantity", "Units that the plan proposed.", "方案建议数量。"), field("cost_minor", "Cost of one.", "单价。"), field("line_minor", "Cost of the line.", "金额。"), field("on_hand", "Units here, not promised.", "可用现货。"), field("on_order", "Ordered and not here yet.", "在途数量。"), field("reorder_level", "Order at or below this.", "订货点。"), field("order_up_to", "Order up to this.", "补足目标。"),
        field("daily_mean", "Units a day expected.", "预计日销量。"), field("needed", "Units expected to be asked for until the order after this one could come.", "到下一次订货到货前的预计需求。"), field("cover_days", "Days that here and on order last without it.", "不订货时可售天数。"), field("cover_days_after", "Days with it.", "订货后可售天数。"), field("service", "What is promised: fill_rate or cycle_service.", "承诺的种类：fill_rate 满足率或 cycle_service 周期不缺货率。").defaulted(), field("target", "The share that is promised of it.", "承诺的占比。"), field("aim", "What this good has to serve so that all goods with its promise keep it together at the least stock; absent: the promise itself.", "为使同一承诺的所有商品以最少库存共同兑现，该商品需达到的满足率；无则为承诺本身。"), field("run_out_chance", "Chance to be sold out until then without it.", "不订货时到那时售罄的概率。"), field("saves_minor", "Expected margin saved, less what keeping it costs until the next order day.", "预计挽回毛利（已减去到下一下单日的持有成本）。"), field("holding_minor", "What keeping it costs until then.", "其间持有成本。"),
        field("lot_reviews", "Later order days whose expected demand it covers too: the lot that its terms make cheapest.", "除本次外还覆盖的后续订货周期数：按供货条件最省的批量。").defaulted(), field("lot_saves_minor", "What that lot is expected to save over the next weeks beside the quantity of the policy; 0: no terms, or the same.", "与按策略订货相比，该批量在未来数周预计节省的金额；无供货条件或批量相同时为 0。").defaulted(), field("proposed_saves_minor", "What the proposed quantity was expected to save, once it was changed.", "修改数量后，原建议数量的预计挽回金额。").defaulted(), field("abc", "Class by revenue.", "按销售额分类。"), field("method", "forecast, smoothing or pooled.", "forecast 预测、smoothing 平滑或 pooled 合并学习。"), field("why_en", "Why so many, in English.", "英文：为何此数量。"), field("why_zh", "Why so many, in Chinese.", "中文：为何此数量。"), field("edit_reason", "Why a person changed it; empty: as proposed.", "人工修改的理由；空为未修改。")};
};
BOOST_DESCRIBE_STRUCT(ProposalLine, (), (sku, product_id, title_en, title_zh, quantity, proposed_quantity, cost_minor, line_minor, on_hand, on_order, reorder_level, order_up_to, daily_mean, needed, cover_days, cover_days_after, service, target, aim, run_out_chance, saves_minor, holding_minor, lot_reviews, lot_saves_minor, proposed_saves_minor, abc, method, why_en, why_zh, edit_reason))

// Of a good whose part of a promise that goods keep together is not the promise itself, what it has to serve; otherwise nothing to say.
struct PartOfPromise { std::string en, zh; };
PartOfPromise part_of_promise(std::optional<double> aim);

struct PurchaseProposal {
    std::string decision_id, state, purchase_order_id, supplier_id, supplier_name, place_id, currency;
    std::int64_t made_at_ms = 0, order_day = 0, expected_day = 0, total_minor = 0, minimum_minor = 0, saves_minor = 0, saves_low_minor = 0, saves_high_minor = 0;
    bool urgent = false, below_minimum = false;
    double lead_mean_days = 0, lead_p90_days = 0;
    std::int64_t lead_observed = 0, units = 0, left_out_units = 0, filled_units = 0, waiting_minor = 0;
    std::optional<std::int64_t> filling_minor;
    std::vector<ProposalLine> lines;
    static constexpr Field fields[] = {
        field("decision_id", "The decision.", "决策编号。"), field("state", "State of the decision.", "决策状态。"), field("purchase_order_id", "Number of the purchase order that approving makes.", "批准后生成的采购单号。"), field("supplier_id", "Supplier.", "供应商。"), field("supplier_name", "Its name.", "供应商名称。"), field("place_id", "Where to.", "收货地点。"), field("currency", "ISO 4217 code.", "货币代码。"), field("made_at_ms", "When it was proposed.", "提出时间。"), field("order_day", "Order day it is for.", "对应的下单日。"), field("expected_day", "Day on which it should come.", "预计到货日。"),
        field("total_minor", "What it costs.", "金额。"), field("minimum_minor", "Least order value of the supplier; 0: none.", "最低订货金额；0 为无。"), field("saves_minor", "Expected to save.", "预计挽回金额。"), field("saves_low_minor", "Low end (10 %).", "下限（10%）。"), field("saves_high_minor", "High end (90 %).", "上限（90%）。"), field("urgent", "Whether it is not the supplier's order day, but some good cannot wait.", "是否为非下单日的紧急订货。"), field("below_minimum", "Whether it stays below the supplier's least order value.", "是否低于最低订货金额。"), field("lead_mean_days", "Lead time, mean.", "交货天数均值。"), field("lead_p90_days", "Nine of ten orders come within so many days.", "90% 订单的到货天数。"), field("lead_observed", "Orders that this rests on.", "依据的到货订单数。"), field("units", "Units in all.", "总件数。"), field("left_out_units", "Units that are needed and were left out, because the supplier gives no more, the place holds no more or the night's money pays for no more.", "因供应商上限、地点容量或当晚资金而未订的件数。").defaulted(), field("filled_units", "Units added to reach the supplier's least order value.", "为达到最低订货金额而增订的件数。").defaulted(), field("waiting_minor", "Margin expected to be missed if it waited for the next order day.", "若等到下一下单日，预计损失的毛利。").defaulted(), field("filling_minor", "Where it was below the least order value: what the units that were added cost to keep until they are asked for, on another day than the order day with what an order of its own costs; absent: it was not, or cannot be filled up.", "低于最低订货金额时，增订部分在售出前的持有成本（非下单日含单独下单的成本）；无则不低于，或无法凑足。").defaulted(), field("lines", "Goods.", "明细。")};
};
BOOST_DESCRIBE_STRUCT(PurchaseProposal, (), (decision_id, state, purchase_order_id, supplier_id, supplier_name, place_id, currency, made_at_ms, order_day, expected_day, total_minor, minimum_minor, saves_minor, saves_low_minor, saves_high_minor, urgent, below_minimum, lead_mean_days, lead_p90_days, lead_observed, units, left_out_units, filled_units, waiting_minor, filling_minor, lines))

struct AskProposals {
    bool open_only = true;
    std::string supplier_id, decision_id;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("open_only", "Only those nobody decided yet.", "仅未决的建议。").defaulted(), field("supplier_id", "Only to this supplier.", "仅此供应商。").defaulted().longest(64), field("decision_id", "Only this one.", "仅此决策。").defaulted().longest(64), field("page_size", "Proposals per page.", "每页条数。").defaulted().range(1, 200), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(AskProposals, (), (open_only, supplier_id, decision_id, page_size, page_token))

struct ProposalPage {
    std::vector<PurchaseProposal> proposals;
    std::int64_t total = 0, total_minor = 0;
    std::string next_page_token;
    static constexpr Field fields[] = {field("proposals", "Newest plan first, then by what they save.", "最新方案在前，再按预计挽回金额。"), field("total", "How many there are in all.", "总数。"), field("total_minor", "What all of these cost.", "总金额。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(ProposalPage, (), (proposals, total, total_minor, next_page_token))

struct LineChange {
    std::string sku;
    std::int64_t quantity = 0;
    static constexpr Field fields[] = {field("sku", "SKU of a line.", "明细的 SKU。").longest(128), field("quantity", "Units instead; 0: leave it out.", "改为的数量；0 为不订。").range(0, 1e9)};
};
BOOST_DESCRIBE_STRUCT(LineChange, (), (sku, quantity))

struct EditProposal {
    std::string decision_id, reason;
    std::vector<LineChange> lines;
    static constexpr Field fields[] = {field("decision_id", "Proposal.", "决策编号。").longest(64), field("reason", "Why, for the record.", "修改理由。").longest(500), field("lines", "Lines to change.", "要修改的明细。").longest(2000)};
};
BOOST_DESCRIBE_STRUCT(EditProposal, (), (decision_id, reason, lines))

struct OrderedLine {
    std::string sku;
    std::int64_t quantity = 0, cost_minor = 0;
    static constexpr Field fields[] = {field("sku", "SKU.", "SKU。").longest(128), field("quantity", "Units.", "数量。").range(1, 1e9), field("cost_minor", "Cost of one.", "单价。").range(0, 1e15)};
};
BOOST_DESCRIBE_STRUCT(OrderedLine, (), (sku, quantity, cost_minor))

struct PlacePurchase {
    std::string purchase_order_id, supplier_id, place_id = "main";
    std::optional<std::int64_t> expected_day;
    std::vector<OrderedLine> lines;
    static constexpr Field fields[] = {field("purchase_order_id", "Number; empty: a new one. A number that exists is refused.", "采购单号；留空自动生成；已存在的单号会被拒绝。").defaulted().longest(64), field("supplier_id", "From whom.", "供应商。").longest(64), field("place_id", "Where to.", "收货地点。").defaulted().longest(64), field("expected_day", "Expected, days since 1970.", "预计到货日。"), field("lines", "Goods.", "明细。").longest(2000)};
};
BOOST_DESCRIBE_STRUCT(PlacePurchase, (), (purchase_order_id, supplier_id, place_id, expected_day, lines))

struct PurchaseNumber {
    std::string purchase_order_id;
    static constexpr Field fields[] = {field("purchase_order_id", "Purchase order.", "采购单号。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(PurchaseNumber, (), (purchase_order_id))

struct ReceivedLine {
    std::string sku;
    std::int64_t quantity = 0;
    static constexpr Field fields[] = {field("sku", "SKU.", "SKU。").longest(128), field("quantity", "Units that came.", "实收数量。").range(0, 1e9)};
};
BOOST_DESCRIBE_STRUCT(ReceivedLine, (), (sku, quantity))

struct ReceivePurchase {
    std::string purchase_order_id;
    std::vector<ReceivedLine> lines;
    bool more_to_come = false;
    static constexpr Field fields[] = {field("purchase_order_id", "Purchase order.", "采购单号。").longest(64), field("lines", "What came; empty: all that is open.", "实收明细；空为全部收齐。").defaulted().longest(2000), field("more_to_come", "Whether the rest is still expected; otherwise the order is closed.", "其余是否仍会到货；否则关闭采购单。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(ReceivePurchase, (), (purchase_order_id, lines, more_to_come))

struct PurchasedLine {
    std::string sku, product_id, title_en, title_zh;
    std::int64_t quantity = 0, received = 0, cost_minor = 0;
    static constexpr Field fields[] = {field("sku", "SKU.", "SKU。"), field("product_id", "Product.", "商品编号。"), field("title_en", "Title in English.", "英文标题。"), field("title_zh", "Title in Chinese.", "中文标题。"), field("quantity", "Units ordered.", "订购数量。"), field("received", "Units received.", "已收数量。"), field("cost_minor", "Cost of one.", "单价。")};
};
BOOST_DESCRIBE_STRUCT(PurchasedLine, (), (sku, product_id, title_en, title_zh, quantity, received, cost_minor))

struct Purchase {
    std::string purchase_order_id, supplier_id, place_id, status, currency;
    std::int64_t ordered_at_ms = 0;
    std::optional<std::int64_t> expected_day, received_at_ms;
    std::int64_t total_minor = 0;
    std::vector<PurchasedLine> lines;
    static constexpr Field fields[] = {field("purchase_order_id", "Number.", "采购单号。"), field("supplier_id", "From whom.", "供应商。"), field("place_id", "Where to.", "收货地点。"), field("status", "ordered, received or cancelled.", "ordered 已下单、received 已到货、cancelled 已取消。"), field("currency", "ISO 4217 code.", "货币代码。"), field("ordered_at_ms", "When.", "下单时间。"), field("expected_day", "Expected.", "预计到货日。"), field("received_at_ms", "Received.", "到货时间。"), field("total_minor", "Sum.", "合计。"), field("lines", "Goods.", "明细。")};
};
BOOST_DESCRIBE_STRUCT(Purchase, (), (purchase_order_id, supplier_id, place_id, status, currency, ordered_at_ms, expected_day, received_at_ms, total_minor, lines))

// Another quantity of a line, and all that follows from it for the line and its order.
void change_quantity(ProposalLine&, std::int64_t quantity, PurchaseProposal&);

std::vector<Operation> order_operations();

}  // namespace kindling::supply_module

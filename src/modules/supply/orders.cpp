// supply.proposals, supply.edit_proposal, supply.place_order, supply.cancel_order, supply.receive_order, supply.order.
#include "modules/supply/orders.h"
#include "core/id.h"
#include "core/money.h"
#include "modules/supply/decide.h"
#include "modules/supply/sql.h"
#include "shop/people/time_zones.h"
#include "shop/catalogue/operations.h"
#include "shop/stock/api.h"
#include "shop/supply/api.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <set>

namespace kindling::supply_module {

namespace {

using shop::Value;

Result<ProposalPage> proposals(Context& context, AskProposals const& in) { return kept_proposals(context.tx(), in, context.now); }

// What no planner means: more than ten times the proposal and than two years of sales; a thousand units are always believed.
std::int64_t most_believed(ProposalLine const& l) {
    auto const two_years = static_cast<std::int64_t>(std::ceil(730 * l.daily_mean));
    return std::max({std::int64_t{1000}, 10 * std::max(l.proposed_quantity, l.quantity), two_years});
}

// Why a supplier cannot deliver so many, with the nearest quantities that it can; nothing: it can, or none are wanted.
std::optional<FieldError> undeliverable(std::string path, SupplyTerm const& term, std::int64_t quantity, std::int64_t believed) {
    if (quantity == 0) return {};
    auto const pack = std::max<std::int64_t>(1, term.pack_size), least = (std::max<std::int64_t>(1, term.minimum_quantity) + pack - 1) / pack * pack;
    believed = std::max(believed, least);
    auto const most = std::min(believed, term.most_quantity.value_or(believed)) / pack * pack;
    auto const nearest_below = std::min(quantity, most) / pack * pack, nearest_above = std::max(least, (quantity + pack - 1) / pack * pack);
    if (nearest_below == quantity && quantity >= least) return {};
    auto const of_terms = (term.most_quantity && quantity > *term.most_quantity) || quantity % pack != 0 || quantity < least;
    std::string near;
    if (nearest_below >= least) near = std::to_string(nearest_below);
    if (nearest_above <= most && nearest_above != nearest_below) near += (near.empty() ? "" : ", ") + std::to_string(nearest_above);
    auto const rule = fmt::format("comes in packs of {}, {} at least{}", pack, least, term.most_quantity ? fmt::format(", {} at most", *term.most_quantity / pack * pack) : std::string());
    return FieldError{std::move(path), of_terms ? "out_of_terms" : "out_of_range", fmt::format("{}; nearest: {}", of_terms ? rule : fmt::format("is more than ten times the proposal and than two years of sales ({} at most)", most), near.empty() ? "0" : near)};
}

Result<PurchaseProposal> edit(Context& context, EditProposal const& in) {
    auto& tx = context.tx();
    auto const d = TRY(shop::load_decision(context, in.decision_id));
    auto p = TRY(kept_proposal(tx, in.decision_id));
    if (!p || d.kind != "supply_purchase") return fail(Errc::failed_precondition, "not_a_purchase", "This decision is not a purchase proposal.", {{"/decision_id", "not_a_purchase", "is not a purchase proposal"}});
    if (in.reason.find_first_not_of(" \t\r\n\u3000") == std::string::npos) return fail(Errc::invalid_argument, "invalid_request", "Say why it is changed.", {{"/reason", "required", "is required"}});
    std::vector<FieldError> errors;
    std::string first;
    std::vector<std::optional<SupplyTerm>> terms;
    for (std::size_t i = 0; i < in.lines.size(); ++i) {
        auto const& change = in.lines[i];
        auto const line = std::ranges::find(p->lines, change.sku, &ProposalLine::sku);
        if (line == p->lines.end()) return fail(Errc::not_found, "not_in_order", fmt::format("{} is not a line of this proposal.", change.sku), {{fmt::format("/lines/{}/sku", i), "not_in_order", "is not a line of this proposal"}});
        auto known = TRY(kept_terms(tx, {.sku = change.sku, .supplier_id = p->supplier_id, .page_size = 1, .page_token = {}}));
        terms.push_back(known.terms.empty() ? std::nullopt : std::optional(std::move(known.terms[0])));
        // The plan's own quantity is never refused, whatever the terms became; what was decided is refused as that, below.
        if (d.state == shop::DecisionState::proposed && change.quantity != line->proposed_quantity)
            if (auto wrong = undeliverable(fmt::format("/lines/{}/quantity", i), terms.back().value_or(SupplyTerm{.sku = {}, .supplier_id = {}, .shelf_life_days = {}, .most_quantity = {}, .price_steps = {}}), change.quantity, most_believed(*line))) {
                if (errors.empty()) first = fmt::format("{} {}.", change.sku, wrong->message);
                errors.push_back(std::move(*wrong));
            }
    }
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", fmt::format("Not every quantity can be ordered; nothing was changed. {}", first), std::move(errors));
    for (std::size_t i = 0; i < in.lines.size(); ++i) {
        auto const& change = in.lines[i];
        auto const line = std::ranges::find(p->lines, change.sku, &ProposalLine::sku);
        TRY(tx.execute("INSERT INTO supply_edits (shop_id, decision_id, sku, at_ms, proposed, chosen, reason, edited_by) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, decision_id, sku, at_ms) DO UPDATE SET chosen = excluded.chosen, reason = excluded.reason, edited_by = excluded.edited_by", tx.shop_id(), in.decision_id, change.sku, context.now, line->proposed_quantity, change.quantity, in.reason, context.caller.id));
        change_quantity(*line, change.quantity, *p);
        line->edit_reason = in.reason;
        if (terms[i]) line->cost_minor = unit_cost_minor(*terms[i], change.quantity, line->cost_minor);
        line->line_minor = TRY(checked_multiply(change.quantity, line->cost_minor));
    }
    p->total_minor = 0;
    for (auto const& l : p->lines) p->total_minor = TRY(checked_add(p->total_minor, l.line_minor));
    if (p->units <= 0) return fail(Errc::failed_precondition, "nothing_left", "No units would be left to order: reject the proposal instead.", {{"/lines", "nothing_left", "leaves nothing to order"}});
    p->below_minimum = p->total_minor < p->minimum_minor;
    TRY(shop::revise_proposal(context, decision_of(*p, TRY(place_names(tx)))));
    TRY(keep_proposal(context, *p));
    return std::move(*p);
}

Result<Purchase> read_purchase(shop::Transaction& tx, std::string const& id) {
    std::optional<Purchase> out;
    Value const values[] = {tx.shop_id(), id};
    TRY(tx.run("SELECT supplier_id, place_id, status, currency, ordered_at_ms, expected_day, received_at_ms, total_minor FROM purchase_orders WHERE shop_id = ? AND purchase_order_id = ?", values, [&](shop::Row const& row) -> Result<void> {
        out = Purchase{.purchase_order_id = id, .supplier_id = std::string(row.text(0)), .place_id = std::string(row.text(1)), .status = std::string(row.text(2)), .currency = std::string(row.text(3)), .ordered_at_ms = row.integer(4), .expected_day = {}, .received_at_ms = {}, .total_minor = row.integer(7), .lines = {}};
        if (!row.is_null(5)) out->expected_day = row.integer(5);
        if (!row.is_null(6)) out->received_at_ms = row.integer(6);
        return {};
    }));
    if (!out) return fail(Errc::not_found, "purchase_order_not_found", "There is no such purchase order.", {{"/purchase_order_id", "purchase_order_not_found", "is not a purchase order of this shop"}});
    TRY(tx.run("SELECT l.sku, COALESCE(v.product_id, ''), COALESCE(p.title_en, ''), COALESCE(p.title_zh, ''), l.quantity, l.received, l.cost_minor FROM purchase_order_lines l LEFT JOIN variants v ON v.shop_id = l.shop_id AND v.sku = l.sku LEFT JOIN products p ON p.shop_id = v.shop_id AND p.product_id = v.product_id WHERE l.shop_id = ? AND l.purchase_order_id = ? ORDER BY l.sku", values, [&](shop::Row const& row) -> Result<void> {
        out->lines.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), row.integer(4), row.integer(5), row.integer(6)});
        return {};
    }));
    return std::move(*out);
}

Result<Purchase> order(Context& context, PurchaseNumber const& in) { return read_purchase(context.tx(), in.purchase_order_id); }

// The day in the shop's time zone.
Result<Day> local_day(shop::Transaction& tx, Milliseconds now) { return TRY(shop::WallClock::of(tx)).day(now); }

Result<Purchase> place(Context& context, PlacePurchase const& in) {
    auto& tx = context.tx();
    auto const id = in.purchase_order_id.empty() ? new_id("pur") : in.purchase_order_id;
    if (TRY(tx.integer("SELECT COUNT(*) FROM purchase_orders WHERE shop_id = ? AND purchase_order_id = ?", tx.shop_id(), id))) return fail(Errc::conflict, "purchase_order_exists", fmt::format("The purchase order {} exists already; nothing was ordered.", id), {{"/purchase_order_id", "purchase_order_exists", "exists already"}});
    if (!TRY(tx.integer("SELECT COUNT(*) FROM suppliers WHERE shop_id = ? AND supplier_id = ?", tx.shop_id(), in.supplier_id))) return fail(Errc::not_found, "supplier_not_found", fmt::format("There is no supplier {}.", in.supplier_id), {{"/supplier_id", "supplier_not_found", "is not a supplier of this shop"}});
    if (!TRY(tx.integer("SELECT COUNT(*) FROM places WHERE shop_id = ? AND place_id = ?", tx.shop_id(), in.place_id))) return fail(Errc::not_found, "place_not_found", fmt::format("There is no place {}.", in.place_id), {{"/place_id", "place_not_found", "is not a place of this shop"}});
    if (in.lines.empty()) return fail(Errc::invalid_argument, "invalid_request", "An order needs at least one line.", {{"/lines", "required", "must not be empty"}});
    // Of a shop whose records ended, today is the day of its plan.
    auto const outline = TRY(kept_outline(tx));
    auto const today = std::min<std::int64_t>(TRY(local_day(tx, context.now)), outline ? outline->today : std::numeric_limits<std::int64_t>::max());
    if (in.expected_day && *in.expected_day < today) return fail(Errc::invalid_argument, "invalid_request", "An order cannot be expected before it is placed.", {{"/expected_day", "in_the_past", fmt::format("must be {} ({}) or later", today, format_date(static_cast<Day>(today)))}});
    std::set<std::string_view> seen;
    shop::SavePurchaseOrders save;
    auto& po = save.purchase_orders.emplace_back(shop::PurchaseOrder{.purchase_order_id = id, .supplier_id = in.supplier_id, .place_id = in.place_id, .status = shop::PurchaseStatus::ordered, .ordered_at_ms = context.now, .expected_day = in.expected_day, .received_at_ms = {}, .total_minor = 0, .lines = {}});
    for (std::size_t i = 0; i < in.lines.size(); ++i) {
        auto const& l = in.lines[i];
        if (!seen.insert(l.sku).second) return fail(Errc::invalid_argument, "invalid_request", fmt::format("{} stands in two lines.", l.sku), {{fmt::format("/lines/{}/sku", i), "duplicate", "stands in an earlier line, too"}});
        if (!TRY(tx.integer("SELECT COUNT(*) FROM variants WHERE shop_id = ? AND sku = ?", tx.shop_id(), l.sku))) return fail(Errc::not_found, "sku_not_found", fmt::format("There is no SKU {}.", l.sku), {{fmt::format("/lines/{}/sku", i), "sku_not_found", "is not a SKU of this shop"}});
        po.lines.push_back({l.sku, l.quantity, 0, l.cost_minor});
    }
    TRY(shop::save_purchase_orders(context, save));
    return read_purchase(tx, id);
}

Result<Purchase> cancel(Context& context, PurchaseNumber const& in) {
    auto& tx = context.tx();
    auto const po = TRY(read_purchase(tx, in.purchase_order_id));
    if (po.status == "cancelled") return po;
    auto const arrived = po.status == "received" || std::ranges::any_of(po.lines, [](PurchasedLine const& l) { return l.received > 0; });
    if (arrived) return fail(Errc::failed_precondition, "already_received", "Something of this order has arrived: it cannot be cancelled any more.", {{"/purchase_order_id", "already_received", "has arrived"}});
    TRY(tx.execute("UPDATE purchase_orders SET status = 'cancelled' WHERE shop_id = ? AND purchase_order_id = ?", tx.shop_id(), in.purchase_order_id));
    tx.changed("purchase_order", in.purchase_order_id);
    return read_purchase(tx, in.purchase_order_id);
}

Result<Purchase> receive(Context& context, ReceivePurchase const& in) {
    auto& tx = context.tx();
    auto const po = TRY(read_purchase(tx, in.purchase_order_id));
    if (po.status != "ordered") return fail(Errc::failed_precondition, po.status == "received" ? "already_received" : "order_cancelled", fmt::format("The purchase order is {} already.", po.status), {{"/purchase_order_id", po.status == "received" ? "already_received" : "order_cancelled", "is " + po.status}});
    std::map<std::string, std::int64_t> came;
    for (std::size_t i = 0; i < in.lines.size(); ++i) {
        auto const line = std::ranges::find(po.lines, in.lines[i].sku, &PurchasedLine::sku);
        if (line == po.lines.end()) return fail(Errc::not_found, "not_in_order", fmt::format("{} was not ordered.", in.lines[i].sku), {{fmt::format("/lines/{}/sku", i), "not_in_order", "is not a line of this order"}});
        came[line->sku] = TRY(checked_add(came[line->sku], in.lines[i].quantity));
        // Suppliers send a little more at times; twice as much is a slip of the finger, and stock that is not there is sold.
        if (came[line->sku] > 2 * line->quantity - line->received)
            return fail(Errc::invalid_argument, "more_than_ordered", fmt::format("{} of {} were ordered, {} came before: {} cannot have come now.", line->quantity, line->sku, line->received, came[line->sku]), {{fmt::format("/lines/{}/quantity", i), "more_than_ordered", "is more than twice what was ordered, with what came before"}});
    }
    if (in.lines.empty()) for (auto const& l : po.lines) came[l.sku] = std::max<std::int64_t>(0, l.quantity - l.received);
    shop::RecordMoves moves;
    for (auto const& [sku, quantity] : came) {
        if (quantity == 0) continue;
        moves.moves.push_back({sku, po.place_id, quantity, "received", po.purchase_order_id, context.now});
        TRY(tx.execute("UPDATE purchase_order_lines SET received = received + ? WHERE shop_id = ? AND purchase_order_id = ? AND sku = ?", quantity, tx.shop_id(), po.purchase_order_id, sku));
    }
    TRY(shop::record_moves(context, moves));
    if (!in.more_to_come) TRY(tx.execute("UPDATE purchase_orders SET status = 'received', received_at_ms = ? WHERE shop_id = ? AND purchase_order_id = ?", context.now, tx.shop_id(), po.purchase_order_id));
    tx.changed("purchase_order", po.purchase_order_id);
    return read_purchase(tx, po.purchase_order_id);
}

}  // namespace

PartOfPromise part_of_promise(std::optional<double> aim) {
    if (!aim) return {};
    return {fmt::format("its part of a promise that goods keep together: {:.1f} %", 100 * *aim), fmt::format("同一承诺由商品共同兑现，本品需达 {:.1f}%", 100 * *aim)};
}

// Everything of a line that follows from its quantity. What it saves is known for the proposed quantity only; of a part of it, in proportion (at most: savings have falling
// returns), of more no more.
void change_quantity(ProposalLine& line, std::int64_t quantity, PurchaseProposal& p) {
    if (line.quantity == line.proposed_quantity) line.proposed_saves_minor = line.saves_minor;
    auto const proposed = static_cast<double>(std::max<std::int64_t>(1, line.proposed_quantity)), share = static_cast<double>(quantity) / proposed;
    auto const saves = std::llround(static_cast<double>(line.proposed_saves_minor) * std::min(1.0, share)), less = line.saves_minor - saves;
    p.saves_minor -= less, p.saves_low_minor -= less, p.saves_high_minor -= less, line.saves_minor = saves;
    if (line.quantity > 0) line.holding_minor = std::llround(static_cast<double>(line.holding_minor) * static_cast<double>(quantity) / static_cast<double>(line.quantity));
    p.units += quantity - line.quantity, line.quantity = quantity;
    auto const position = line.on_hand + line.on_order + quantity;
    line.cover_days_after = cover_days(static_cast<double>(position), line.daily_mean);
    line.lot_reviews = 0, line.lot_saves_minor = 0;
    auto const cycle = line.service == ServiceKind::cycle_service;
    auto const part = part_of_promise(line.aim);
    auto const part_en = part.en.empty() ? "" : fmt::format(" ({})", part.en), part_zh = part.zh.empty() ? "" : fmt::format("（{}）", part.zh);
    line.why_en = fmt::format("Changed by hand from {} to {}: with it {} are here or on order, for about {:.0f} days; about {:.1f} are asked for until the order after this one comes. The promise of {:.1f} % of {}{} was computed for {}.", line.proposed_quantity, quantity, position, line.cover_days_after, line.needed, 100 * line.target, cycle ? "order cycles" : "units", part_en, line.proposed_quantity);
    line.why_zh = fmt::format("数量由 {} 改为 {}：订货后现货加在途 {} 件，约可售 {:.0f} 天；到下一次订货到货前预计需求约 {:.1f} 件。承诺的 {:.1f}% {}{}按 {} 件计算。", line.proposed_quantity, quantity, position, line.cover_days_after, line.needed, 100 * line.target, cycle ? "周期不缺货率" : "满足率", part_zh, line.proposed_quantity);
}

std::vector<Operation> order_operations() {
    return {
        operation({.name = "supply.proposals", .scenario = "8", .summary = {"What to buy today and why: proposed purchase orders, line by line.", "今天买什么、为什么：逐行列出采购建议。"}, .permission = "supply.read"}, &proposals),
        operation({.name = "supply.edit_proposal", .scenario = "8", .summary = {"Change quantities of a purchase proposal before it is decided, with the reason.", "在决定前修改采购建议的数量并注明理由。"}, .effect = Effect::propose, .permission = "supply.propose", .reasons = {"decision_not_found", "not_a_purchase", "wrong_decision_state", "not_in_order", "nothing_left"}}, &edit),
        operation({.name = "supply.place_order", .scenario = "8", .summary = {"Place a purchase order; a number that exists is refused, so nothing is ordered twice.", "下达采购单；已存在的单号会被拒绝，不会重复下单。"}, .effect = Effect::act, .permission = "supply.write", .reasons = {"purchase_order_exists", "supplier_not_found", "place_not_found", "sku_not_found"}}, &place),
        operation({.name = "supply.cancel_order", .scenario = "8", .summary = {"Cancel a purchase order of which nothing has arrived.", "取消尚未到货的采购单。"}, .effect = Effect::act, .permission = "supply.write", .reasons = {"purchase_order_not_found", "already_received"}}, &cancel),
        operation({.name = "supply.receive_order", .scenario = "8", .summary = {"Write down what arrived of a purchase order: stock rises, and the supplier's lead time is learned from it.", "登记采购到货：增加库存，并据此学习供应商交货时间。"}, .effect = Effect::act, .permission = "supply.write", .reasons = {"purchase_order_not_found", "already_received", "order_cancelled", "not_in_order", "more_than_ordered", "not_enough_stock"}}, &receive),
        operation({.name = "supply.order", .scenario = "8", .summary = {"One purchase order with its lines.", "一张采购单及其明细。"}, .permission = "supply.read", .reasons = {"purchase_order_not_found"}}, &order),
    };
}

}  // namespace kindling::supply_module

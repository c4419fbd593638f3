#include "modules/supply/sql.h"
#include "core/json_codec.h"
#include "core/json_text.h"
#include "shop/catalogue/operations.h"
#include "shop/page.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::supply_module {

using shop::Row, shop::Transaction, shop::Value;

namespace {

constexpr std::int64_t never = 9'000'000;  // run_out_day of what does not run out, so that it sorts last

template <class T> Result<T> from_text(std::string_view text) { return read_json<T>(TRY(parse_json(text))); }
template <class T> std::string in_text(T const& v) { return to_text(write_json(v)); }

// LIKE with % and _ of the reader taken literally.
std::string like(std::string_view query) {
    std::string out = "%";
    for (char const c : query) {
        if (c == '%' || c == '_' || c == '\\') out += '\\';
        out += c;
    }
    return out + '%';
}

}  // namespace

Result<PlaceNames> place_names(Transaction& tx) {
    PlaceNames out;
    Value const shop[] = {tx.shop_id()};
    TRY(tx.run("SELECT place_id, name_en, name_zh FROM places WHERE shop_id = ?", shop, [&](Row const& row) -> Result<void> { out.known.emplace(row.text(0), std::pair(std::string(row.text(1)), std::string(row.text(2)))); return {}; }));
    return out;
}

Result<void> count_decided(Transaction& tx, StockOutline& outline, Milliseconds now) {
    outline.left = outline.left_minor = outline.left_saves_minor = outline.approved = outline.approved_minor = 0;
    Value const values[] = {tx.shop_id(), outline.made_at_ms};
    TRY(tx.run("SELECT p.body, d.state, d.expires_at_ms FROM supply_proposals p JOIN decisions d ON d.shop_id = p.shop_id AND d.decision_id = p.decision_id WHERE p.shop_id = ? AND p.made_at_ms = ?", values, [&](Row const& row) -> Result<void> {
        auto const p = TRY(from_text<PurchaseProposal>(row.text(0)));
        auto const state = row.text(1);
        if (state == "proposed" && (row.is_null(2) || row.integer(2) > now)) ++outline.left, outline.left_minor += p.total_minor, outline.left_saves_minor += p.saves_minor;
        if (state == "approved" || state == "executed" || state == "measured") ++outline.approved, outline.approved_minor += p.total_minor;
        return {};
    }));
    return {};
}

Result<void> keep_plan(Context& context, StockOutline const& outline, std::vector<StockItem> const& items, std::vector<ItemDays> const& days) {
    auto& tx = context.tx();
    TRY(tx.execute("DELETE FROM supply_items WHERE shop_id = ?", tx.shop_id()));
    std::vector<std::string> states, bodies, around;
    for (auto const& i : items) states.emplace_back(name(i.state)), bodies.push_back(in_text(i));
    for (auto const& d : days) around.push_back(in_text(d));
    TRY(tx.run_many("INSERT INTO supply_items (shop_id, sku, place_id, product_id, supplier_id, state, run_out_day, at_stake_minor, excess_minor, order_minor, body, days) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", items.size(), [&](std::size_t n, std::vector<Value>& values) {
        auto const& i = items[n];
        values = {tx.shop_id(), i.sku, i.place_id, i.product_id, i.supplier_id, states[n], i.run_out_day.value_or(never), i.at_stake_minor, i.excess_minor, i.order_minor, bodies[n], around[n]};
    }));
    TRY(tx.execute("INSERT INTO supply_plans (shop_id, plan_id, made_at_ms, outline) VALUES (?,?,?,?) ON CONFLICT (shop_id) DO UPDATE SET plan_id = excluded.plan_id, made_at_ms = excluded.made_at_ms, outline = excluded.outline", tx.shop_id(), outline.plan_id, outline.made_at_ms, in_text(outline)));
    tx.changed("supply_plan", outline.plan_id);
    return {};
}

Result<std::optional<StockOutline>> kept_outline(Transaction& tx) {
    std::optional<StockOutline> out;
    Value const shop[] = {tx.shop_id()};
    TRY(tx.run("SELECT outline FROM supply_plans WHERE shop_id = ?", shop, [&](Row const& row) -> Result<void> { out = TRY(from_text<StockOutline>(row.text(0))); return {}; }));
    return out;
}

namespace {

Result<std::vector<StockItem>> items(Transaction& tx, std::string const& rest, std::span<Value const> values) {
    std::vector<StockItem> out;
    TRY(tx.run("SELECT body FROM supply_items WHERE " + rest, values, [&](Row const& row) -> Result<void> { out.push_back(TRY(from_text<StockItem>(row.text(0)))); return {}; }));
    return out;
}

}  // namespace

Result<PositionPage> kept_items(Transaction& tx, AskPosition const& in) {
    auto const keys = TRY(shop::read_page_token("supply_position", in.page_token, 1));
    std::string where = "shop_id = ?", order = "sku, place_id", pattern;
    std::vector<Value> values{tx.shop_id()};
    if (in.show == PositionView::at_risk) where += " AND state IN ('out', 'runs_out')", order = "at_stake_minor DESC, run_out_day, sku, place_id";
    if (in.show == PositionView::excess) where += " AND excess_minor > 0", order = "excess_minor DESC, sku, place_id";
    if (in.show == PositionView::to_order) where += " AND order_minor > 0", order = "at_stake_minor DESC, sku, place_id";
    if (in.show == PositionView::uncounted) where += " AND state = 'unknown'";
    if (!in.supplier_id.empty()) where += " AND supplier_id = ?", values.emplace_back(in.supplier_id);
    if (!in.place_id.empty()) where += " AND place_id = ?", values.emplace_back(in.place_id);
    if (!in.query.empty()) {
        pattern = like(in.query);
        where += " AND (sku LIKE ? ESCAPE '\\' OR product_id LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM products p WHERE p.shop_id = supply_items.shop_id AND p.product_id = supply_items.product_id AND (p.title_en LIKE ? ESCAPE '\\' OR p.title_zh LIKE ? ESCAPE '\\')))";
        for (int i = 0; i < 4; ++i) values.emplace_back(pattern);
    }
    PositionPage page;
    TRY(tx.run("SELECT COUNT(*) FROM supply_items WHERE " + where, values, [&](Row const& row) -> Result<void> { page.total = row.integer(0); return {}; }));
    // A plan is replaced as a whole, so a page is a stretch of one order: by number is right and lets every order be paged alike.
    auto const first = keys.empty() ? 0 : std::max<std::int64_t>(0, std::atoll(keys[0].c_str()));
    values.emplace_back(in.page_size), values.emplace_back(first);
    page.items = TRY(items(tx, where + " ORDER BY " + order + " LIMIT ? OFFSET ?", values));
    if (auto const last = first + static_cast<std::int64_t>(page.items.size()); last < page.total && !page.items.empty()) {
        std::string const next[] = {std::to_string(last)};
        page.next_page_token = shop::page_token("supply_position", next);
    }
    return page;
}

Result<std::vector<StockItem>> all_kept_items(Transaction& tx) {
    Value const shop[] = {tx.shop_id()};
    return items(tx, "shop_id = ? ORDER BY sku, place_id", shop);
}

Result<std::vector<StockItem>> kept_items_of(Transaction& tx, std::string const& sku) {
    Value const values[] = {tx.shop_id(), sku};
    return items(tx, "shop_id = ? AND sku = ? ORDER BY place_id", values);
}

Result<ItemDays> kept_days(Transaction& tx, std::string const& sku, std::string const& place_id) {
    ItemDays out;
    Value const values[] = {tx.shop_id(), sku, place_id};
    TRY(tx.run("SELECT days FROM supply_items WHERE shop_id = ? AND sku = ? AND place_id = ?", values, [&](Row const& row) -> Result<void> { out = TRY(from_text<ItemDays>(row.text(0))); return {}; }));
    return out;
}

Result<void> keep_proposal(Context& context, PurchaseProposal const& p) {
    auto& tx = context.tx();
    TRY(tx.execute("INSERT INTO supply_proposals (shop_id, decision_id, supplier_id, place_id, made_at_ms, body) VALUES (?,?,?,?,?,?) ON CONFLICT (shop_id, decision_id) DO UPDATE SET body = excluded.body", tx.shop_id(), p.decision_id, p.supplier_id, p.place_id, p.made_at_ms, in_text(p)));
    return {};
}

Result<std::optional<PurchaseProposal>> kept_proposal(Transaction& tx, std::string const& decision_id) {
    std::optional<PurchaseProposal> out;
    Value const values[] = {tx.shop_id(), decision_id};
    TRY(tx.run("SELECT body FROM supply_proposals WHERE shop_id = ? AND decision_id = ?", values, [&](Row const& row) -> Result<void> { out = TRY(from_text<PurchaseProposal>(row.text(0))); return {}; }));
    return out;
}

Result<ProposalPage> kept_proposals(Transaction& tx, AskProposals const& in, Milliseconds now) {
    auto const keys = TRY(shop::read_page_token("supply_proposals", in.page_token, 1));
    std::string where = "p.shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (in.open_only) where += " AND d.state = 'proposed' AND (d.expires_at_ms IS NULL OR d.expires_at_ms > ?)", values.emplace_back(now);
    if (!in.supplier_id.empty()) where += " AND p.supplier_id = ?", values.emplace_back(in.supplier_id);
    if (!in.decision_id.empty()) where += " AND p.decision_id = ?", values.emplace_back(in.decision_id);
    ProposalPage page;
    auto const first = keys.empty() ? 0 : std::max<std::int64_t>(0, std::atoll(keys[0].c_str()));
    TRY(tx.run("SELECT p.body, d.state, d.expires_at_ms FROM supply_proposals p JOIN decisions d ON d.shop_id = p.shop_id AND d.decision_id = p.decision_id WHERE " + where + " ORDER BY p.made_at_ms DESC, COALESCE(d.expected_minor, 0) DESC, p.decision_id", values, [&](Row const& row) -> Result<void> {
        auto const number = page.total++;
        auto p = TRY(from_text<PurchaseProposal>(row.text(0)));
        page.total_minor += p.total_minor;
        if (number < first || number >= first + in.page_size) return {};
        p.state = row.text(1) == "proposed" && !row.is_null(2) && row.integer(2) <= now ? "expired" : std::string(row.text(1));
        page.proposals.push_back(std::move(p));
        return {};
    }));
    if (auto const last = first + in.page_size; last < page.total) {
        std::string const next[] = {std::to_string(last)};
        page.next_page_token = shop::page_token("supply_proposals", next);
    }
    return page;
}

Result<void> keep_settings(Context& context, SupplySettings const& settings) {
    auto& tx = context.tx();
    TRY(tx.execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (?,'supply_settings',?,?) ON CONFLICT (shop_id, name) DO UPDATE SET value = excluded.value, updated_at_ms = excluded.updated_at_ms", tx.shop_id(), in_text(settings), context.now));
    tx.changed("setting", "supply_settings");
    return {};
}

Result<void> keep_terms(Context& context, std::vector<SupplyTerm> const& terms) {
    auto& tx = context.tx();
    auto const currency = TRY(shop::shop_currency(tx));
    std::vector<std::string> steps;
    for (auto const& t : terms) steps.push_back(t.price_steps.empty() ? "" : in_text(t.price_steps));
    TRY(tx.run_many("INSERT INTO supplies (shop_id, sku, supplier_id, cost_minor, currency, pack_size, minimum_quantity, shelf_life_days, most_quantity, price_breaks) VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, sku, supplier_id) DO UPDATE SET cost_minor = excluded.cost_minor, currency = excluded.currency, pack_size = excluded.pack_size, minimum_quantity = excluded.minimum_quantity, shelf_life_days = excluded.shelf_life_days, most_quantity = excluded.most_quantity, price_breaks = excluded.price_breaks", terms.size(), [&](std::size_t n, std::vector<Value>& values) {
        auto const& t = terms[n];
        values = {tx.shop_id(), t.sku, t.supplier_id, t.cost_minor, currency, t.pack_size, t.minimum_quantity, t.shelf_life_days, t.most_quantity, steps[n]};
    }));
    tx.changed("supply_terms");
    return {};
}

Result<SupplyTermPage> kept_terms(Transaction& tx, ListSupplyTerms const& in) {
    auto const keys = TRY(shop::read_page_token("supply_terms", in.page_token, 2));
    std::string where = "shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (!in.sku.empty()) where += " AND sku = ?", values.emplace_back(in.sku);
    if (!in.supplier_id.empty()) where += " AND supplier_id = ?", values.emplace_back(in.supplier_id);
    if (!keys.empty()) where += " AND (sku, supplier_id) > (?, ?)", values.emplace_back(keys[0]), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    SupplyTermPage page;
    TRY(tx.run("SELECT sku, supplier_id, cost_minor, pack_size, minimum_quantity, shelf_life_days, most_quantity, price_breaks FROM supplies WHERE " + where + " ORDER BY sku, supplier_id LIMIT ?", values, [&](Row const& row) -> Result<void> {
        SupplyTerm t{.sku = std::string(row.text(0)), .supplier_id = std::string(row.text(1)), .cost_minor = row.integer(2), .pack_size = row.integer(3), .minimum_quantity = row.integer(4), .shelf_life_days = {}, .most_quantity = {}, .price_steps = {}};
        if (!row.is_null(5)) t.shelf_life_days = row.integer(5);
        if (!row.is_null(6)) t.most_quantity = row.integer(6);
        if (!row.text(7).empty()) t.price_steps = TRY(from_text<std::vector<SupplyPriceStep>>(row.text(7)));
        page.terms.push_back(std::move(t));
        return {};
    }));
    if (page.terms.size() > static_cast<std::size_t>(in.page_size)) {
        page.terms.pop_back();
        std::string const last[] = {page.terms.back().sku, page.terms.back().supplier_id};
        page.next_page_token = shop::page_token("supply_terms", last);
    }
    return page;
}

}  // namespace kindling::supply_module

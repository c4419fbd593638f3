#include "shop/supply/api.h"
#include "core/id.h"
#include "core/money.h"
#include "shop/catalogue/operations.h"
#include "shop/page.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

Result<SupplierList> list_suppliers(Context& context, Nothing const&) {
    return SupplierList{TRY((context.tx().select<Supplier>("SELECT supplier_id, name, country, lead_time_days, lead_time_deviation_days, minimum_order_minor FROM suppliers WHERE shop_id = ? ORDER BY supplier_id", context.tx().shop_id())))};
}

Result<PurchaseOrderPage> list_purchase_orders(Context& context, ListPurchaseOrders const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("purchase_orders", in.page_token, 2));
    std::string where = "shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (!in.supplier_id.empty()) where += " AND supplier_id = ?", values.emplace_back(in.supplier_id);
    if (in.status) where += " AND status = ?", values.emplace_back(name(*in.status));
    if (!keys.empty()) where += " AND (ordered_at_ms, purchase_order_id) < (?, ?)", values.emplace_back(static_cast<std::int64_t>(std::atoll(keys[0].c_str()))), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    PurchaseOrderPage page{TRY(tx.select_with<PurchaseOrder>("SELECT purchase_order_id, supplier_id, place_id, status, ordered_at_ms, expected_day, received_at_ms, total_minor FROM purchase_orders WHERE " + where + " ORDER BY ordered_at_ms DESC, purchase_order_id DESC LIMIT ?", values)), {}};
    if (page.purchase_orders.size() > static_cast<std::size_t>(in.page_size)) {
        page.purchase_orders.pop_back();
        std::string const last[] = {std::to_string(page.purchase_orders.back().ordered_at_ms), page.purchase_orders.back().purchase_order_id};
        page.next_page_token = page_token("purchase_orders", last);
    }
    return page;
}

Result<CampaignList> list_campaigns(Context& context, Nothing const&) {
    return CampaignList{TRY((context.tx().select<CampaignLine>(
        "SELECT c.campaign_id, c.name_en, c.name_zh, c.channel, c.kind, c.status, c.starts_at_ms, c.ends_at_ms, c.budget_minor, (SELECT COALESCE(SUM(s.spend_minor), 0) FROM campaign_spend s WHERE s.shop_id = c.shop_id AND s.campaign_id = c.campaign_id) AS spend_minor, "
        "(SELECT COALESCE(SUM(s.clicks), 0) FROM campaign_spend s WHERE s.shop_id = c.shop_id AND s.campaign_id = c.campaign_id) AS clicks FROM campaigns c WHERE c.shop_id = ? ORDER BY c.starts_at_ms DESC, c.campaign_id LIMIT 500", context.tx().shop_id())))};
}

}  // namespace

Result<Saved> save_suppliers(Context& context, SaveSuppliers const& in) {
    auto& tx = context.tx();
    for (auto const& s : in.suppliers)
        TRY(tx.execute("INSERT INTO suppliers (shop_id, supplier_id, name, country, lead_time_days, lead_time_deviation_days, minimum_order_minor) VALUES (?,?,?,?,?,?,?) ON CONFLICT (shop_id, supplier_id) DO UPDATE SET name = excluded.name, country = excluded.country, lead_time_days = excluded.lead_time_days, lead_time_deviation_days = excluded.lead_time_deviation_days, minimum_order_minor = excluded.minimum_order_minor",
                       tx.shop_id(), s.supplier_id, s.name, s.country, s.lead_time_days, s.lead_time_deviation_days, s.minimum_order_minor));
    return Saved{.updated = static_cast<std::int64_t>(in.suppliers.size())};
}

Result<Saved> save_purchase_orders(Context& context, SavePurchaseOrders const& in) {
    auto& tx = context.tx();
    auto const currency = TRY(shop_currency(tx));
    Saved saved;
    for (auto const& p : in.purchase_orders) {
        auto const id = p.purchase_order_id.empty() ? new_id("pur") : p.purchase_order_id;
        auto total = p.total_minor;
        if (!total)
            for (auto const& l : p.lines) total = TRY(checked_add(total, TRY(checked_multiply(l.quantity, l.cost_minor))));
        bool const known = TRY(tx.execute("DELETE FROM purchase_orders WHERE shop_id = ? AND purchase_order_id = ?", tx.shop_id(), id)) > 0;
        if (known) TRY(tx.execute("DELETE FROM purchase_order_lines WHERE shop_id = ? AND purchase_order_id = ?", tx.shop_id(), id));
        TRY(tx.execute("INSERT INTO purchase_orders (shop_id, purchase_order_id, supplier_id, place_id, status, ordered_at_ms, expected_day, received_at_ms, currency, total_minor) VALUES (?,?,?,?,?,?,?,?,?,?)", tx.shop_id(), id, p.supplier_id, p.place_id, name(p.status),
                       p.ordered_at_ms ? p.ordered_at_ms : context.now, p.expected_day, p.received_at_ms, currency, total));
        TRY(tx.run_many("INSERT INTO purchase_order_lines (shop_id, purchase_order_id, sku, quantity, received, cost_minor) VALUES (?,?,?,?,?,?)", p.lines.size(), [&](std::size_t i, std::vector<Value>& values) {
            values = {tx.shop_id(), id, p.lines[i].sku, p.lines[i].quantity, p.lines[i].received, p.lines[i].cost_minor};
        }));
        ++(known ? saved.updated : saved.created);
    }
    tx.changed("purchase_order");
    return saved;
}

Result<Saved> save_campaigns(Context& context, SaveCampaigns const& in) {
    auto& tx = context.tx();
    auto const currency = TRY(shop_currency(tx));
    for (auto const& c : in.campaigns) {
        TRY(tx.execute("INSERT INTO campaigns (shop_id, campaign_id, name_en, name_zh, channel, kind, starts_at_ms, ends_at_ms, budget_minor, currency, status) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, campaign_id) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh, channel = excluded.channel, kind = excluded.kind, starts_at_ms = excluded.starts_at_ms, ends_at_ms = excluded.ends_at_ms, budget_minor = excluded.budget_minor, status = excluded.status",
                       tx.shop_id(), c.campaign_id, c.name_en, c.name_zh, c.channel, c.kind, c.starts_at_ms, c.ends_at_ms, c.budget_minor, currency, c.status));
        TRY(tx.run_many("INSERT INTO campaign_spend (shop_id, campaign_id, channel, day, spend_minor, impressions, clicks) VALUES (?,?,?,?,?,?,?) ON CONFLICT (shop_id, campaign_id, channel, day) DO UPDATE SET spend_minor = excluded.spend_minor, impressions = excluded.impressions, clicks = excluded.clicks", c.spend.size(), [&](std::size_t i, std::vector<Value>& values) {
            auto const& s = c.spend[i];
            values = {tx.shop_id(), c.campaign_id, s.channel, s.day, s.spend_minor, s.impressions, s.clicks};
        }));
    }
    return Saved{.updated = static_cast<std::int64_t>(in.campaigns.size())};
}

namespace {

// What an owner records is looked at; what the house places itself was.
Result<Saved> record_purchase_orders(Context& context, SavePurchaseOrders const& in) {
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < in.purchase_orders.size() && errors.size() < 100; ++i) {
        auto const& p = in.purchase_orders[i];
        auto const ordered = p.ordered_at_ms ? p.ordered_at_ms : context.now;
        // A day of slack for any time zone.
        if (p.expected_day && *p.expected_day < day_of(ordered) - 1) errors.push_back({fmt::format("/purchase_orders/{}/expected_day", i), "before_order", fmt::format("must not be before it was ordered ({}, {})", day_of(ordered), format_date(day_of(ordered)))});
        if (p.received_at_ms && *p.received_at_ms < ordered) errors.push_back({fmt::format("/purchase_orders/{}/received_at_ms", i), "before_order", "must not be before ordered_at_ms"});
    }
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "Some purchase orders would come before they were placed; nothing was kept.", std::move(errors));
    return save_purchase_orders(context, in);
}

}  // namespace

std::vector<Operation> supply_operations() {
    return {
        operation({.name = "supply.save_suppliers", .scenario = "7", .summary = {"Name the suppliers and how long they take.", "登记供应商及交货时间。"}, .effect = Effect::act, .permission = "supply.write"}, &save_suppliers),
        operation({.name = "supply.list_suppliers", .scenario = "7", .summary = {"Suppliers of the shop.", "供应商列表。"}, .permission = "supply.read"}, &list_suppliers),
        operation({.name = "supply.save_purchase_orders", .scenario = "8", .summary = {"Record purchase orders, placed or received.", "登记采购单及到货。"}, .effect = Effect::act, .permission = "supply.write"}, &record_purchase_orders),
        operation({.name = "supply.list_purchase_orders", .scenario = "8", .summary = {"Purchase orders, newest first.", "采购单列表，最新在前。"}, .permission = "supply.read"}, &list_purchase_orders),
        operation({.name = "campaigns.save", .scenario = "18", .summary = {"Record campaigns and what was spent on them by channel and day.", "登记营销活动及各渠道每日花费。"}, .effect = Effect::act, .permission = "campaigns.write"}, &save_campaigns),
        operation({.name = "campaigns.list", .scenario = "19", .summary = {"Campaigns with budget and spend.", "活动列表及预算、花费。"}, .permission = "campaigns.read"}, &list_campaigns),
    };
}

}  // namespace kindling::shop

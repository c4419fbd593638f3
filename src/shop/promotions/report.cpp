// promotions.report: what promotions took off and what was paid for the orders they counted for; and groups of customers.
#include "shop/catalogue/operations.h"
#include "shop/promotions/requests.h"
#include "shop/promotions/rows.h"
#include <fmt/format.h>

namespace kindling::shop::promotions {

Result<PromotionReport> report(Context& context, AskReport const& in) {
    auto& tx = context.tx();
    PromotionReport out{{}, TRY(shop_currency(tx))};
    std::string where = "u.shop_id = ? AND u.given_back = 0";
    std::vector<Value> values{tx.shop_id()};
    if (in.from_ms) where += " AND u.at_ms >= ?", values.emplace_back(*in.from_ms);
    if (in.to_ms) where += " AND u.at_ms < ?", values.emplace_back(*in.to_ms);
    // The lines of each order once, however many promotions counted for it.
    TRY(tx.run(fmt::format("SELECT u.promotion_id, COUNT(*), COUNT(DISTINCT CASE WHEN u.customer_id <> '' THEN u.customer_id END), SUM(u.amount_minor), SUM(o.total_minor), SUM((SELECT SUM(l.quantity * (l.unit_price_minor - COALESCE(l.cost_minor, 0)) - l.discount_minor) FROM order_lines l WHERE l.shop_id = u.shop_id AND l.order_id = u.order_id)), "
                           "SUM((SELECT COUNT(*) FROM order_lines l WHERE l.shop_id = u.shop_id AND l.order_id = u.order_id AND l.cost_minor IS NULL)) FROM promotion_uses u JOIN orders o ON o.shop_id = u.shop_id AND o.order_id = u.order_id WHERE {} GROUP BY u.promotion_id ORDER BY SUM(u.amount_minor) DESC, u.promotion_id", where), values, [&](Row const& row) -> Result<void> {
        PromotionReportRow r{.promotion_id = std::string(row.text(0)), .orders = row.integer(1), .customers = row.integer(2), .discount_minor = row.integer(3), .revenue_minor = row.integer(4)};
        if (row.integer(6) == 0) r.margin_minor = row.integer(5);
        out.promotions.push_back(std::move(r));
        return {};
    }));
    for (auto& r : out.promotions)
        if (auto const k = TRY(find_promotion(tx, r.promotion_id))) r.title_en = k->promotion.title_en, r.title_zh = k->promotion.title_zh;
    return out;
}

Result<Saved> save_group(Context& context, CustomerGroup const& in) {
    auto& tx = context.tx();
    auto const shop = tx.shop_id();
    std::vector<FieldError> errors;
    if (in.group_id.empty()) errors.push_back({"/group_id", "required", "must not be empty"});
    if (in.name_en.empty() && in.name_zh.empty()) errors.push_back({"/name_en", "required", "a name is needed in one language"});
    for (std::size_t i = 0; i < in.customer_ids.size() && errors.size() < 100; ++i)
        if (TRY(tx.integer("SELECT COUNT(*) FROM customers WHERE shop_id = ? AND customer_id = ?", shop, in.customer_ids[i])) == 0) errors.push_back({fmt::format("/customer_ids/{}", i), "customer_not_found", "is no customer"});
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The group was not saved.", std::move(errors));
    auto const known = TRY(tx.integer("SELECT COUNT(*) FROM customer_groups WHERE shop_id = ? AND group_id = ?", shop, in.group_id));
    TRY(tx.execute("INSERT INTO customer_groups (shop_id, group_id, name_en, name_zh) VALUES (?,?,?,?) ON CONFLICT (shop_id, group_id) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh", shop, in.group_id, in.name_en, in.name_zh));
    TRY(tx.execute("DELETE FROM customer_group_members WHERE shop_id = ? AND group_id = ?", shop, in.group_id));
    TRY(tx.run_many("INSERT INTO customer_group_members (shop_id, group_id, customer_id) VALUES (?,?,?) ON CONFLICT (shop_id, group_id, customer_id) DO NOTHING", in.customer_ids.size(), [&](std::size_t i, std::vector<Value>& row) { row = {shop, in.group_id, in.customer_ids[i]}; }));
    return Saved{.created = known ? 0 : 1, .updated = known ? 1 : 0, .unchanged = 0};
}

Result<CustomerGroups> list_groups(Context& context, Nothing const&) {
    CustomerGroups out;
    Value const values[] = {context.tx().shop_id()};
    TRY(context.tx().run("SELECT g.group_id, g.name_en, g.name_zh, (SELECT COUNT(*) FROM customer_group_members m WHERE m.shop_id = g.shop_id AND m.group_id = g.group_id) FROM customer_groups g WHERE g.shop_id = ? ORDER BY g.group_id", values, [&](Row const& row) -> Result<void> {
        out.groups.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), {}, row.integer(3)});
        return {};
    }));
    return out;
}

}  // namespace kindling::shop::promotions

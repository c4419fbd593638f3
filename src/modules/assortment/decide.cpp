#include "modules/assortment/decide.h"
#include "core/in_either.h"
#include "core/money.h"
#include "core/utf8.h"
#include "modules/selection/api.h"
#include "shop/catalogue/api.h"
#include "shop/decisions/decisions.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <map>

namespace kindling::assortment_module {

namespace {

constexpr Milliseconds open_for = 14 * milliseconds_per_day;

// A price that looks like one: whole units from 20 up, tenths below; of currencies without decimals as it is.
std::int64_t rounded(double minor, std::string_view currency) {
    std::int64_t unit = 1;
    for (int d = currency_decimals(currency); d > 0; --d) unit *= 10;
    auto const step = minor >= static_cast<double>(20 * unit) ? unit : std::max<std::int64_t>(1, unit / 10);
    return std::max<std::int64_t>(step, std::llround(minor / static_cast<double>(step)) * step);
}

json::array evidence(PlanItem const& item, Outline const& o) {
    json::array out;
    auto const add = [&](std::string_view label, std::string_view en, std::string_view zh, std::string value) { out.push_back(json::object{{"label", label}, {"text_en", en}, {"text_zh", zh}, {"value", std::move(value)}, {"link", "/catalogue/" + item.product_id}}); };
    add("units_now", "Units as it is", "维持现状销量", fmt::format("{:.1f}", item.units_now)), add("units_planned", "Units in the plan", "方案销量", fmt::format("{:.1f}", item.units_planned));
    add("profit_now", "Profit as it is", "维持现状利润", format_amount(item.profit_now_minor, o.currency)), add("profit_planned", "Profit in the plan", "方案利润", format_amount(item.profit_planned_minor, o.currency));
    add("margin", "Margin", "毛利率", fmt::format("{:.0f} %", item.margin * 100)), add("returned", "Returned", "退货率", fmt::format("{:.1f} %", item.returned * 100)), add("in_stock", "In stock", "有货时间", fmt::format("{:.0f} %", item.in_stock * 100));
    if (item.delivered) add("delivered", "Supplier delivered in time", "供应商按期到货", fmt::format("{:.0f} %", *item.delivered * 100));
    add("elasticity", "Price elasticity", "价格弹性", fmt::format("{:.2f} ± {:.2f}", item.elasticity, item.elasticity_deviation)), add("trend_per_year", "Trend a year (logarithm)", "年趋势（对数）", fmt::format("{:+.2f}", item.trend_per_year));
    add("taken_from_others", "Bought beside it if it were missing", "若无此商品转买同类的比例", fmt::format("{:.0f} %", item.taken_from_others * 100));
    auto const money = [&](double minor) { return format_amount(std::llround(minor), o.currency); };
    add("dual_price_shelf_places", "Worth of a shelf place", "一个货架位的价值", money(o.limits[0].dual_price));
    if (o.limits[1].dual_price > 0) add("dual_price_capital", "Profit of one more unit of money in stock", "库存资金每增加一元的利润", fmt::format("{:.3f}", o.limits[1].dual_price));
    return out;
}

}  // namespace

Result<std::vector<std::string>> pushed_now(shop::Transaction& tx, Milliseconds now) {
    std::vector<std::string> out;
    for (auto const& p : TRY(selection::load_pushed(tx, now))) out.push_back(p.product_id);
    return out;
}

Result<void> decide(Context& context, Propose const& in, Computed& plan) {
    TRY(shop::withdraw_proposals(context, "5", "assortment_"));
    std::vector<PlanItem*> wanted;
    for (auto& item : plan.items)
        if (item.action != Action::keep && item.action != Action::leave && item.value.expected_minor > 0 && static_cast<std::int64_t>(wanted.size()) < in.most_decisions) wanted.push_back(&item);
    std::vector<std::string> ids;
    for (auto const* item : wanted) ids.push_back(item->product_id);
    std::map<std::string, shop::Product> products;
    for (auto& p : TRY(shop::load_products(context.tx(), ids))) products.emplace(p.product_id, std::move(p));
    auto const& o = plan.outline;
    for (auto* item : wanted) {
        auto const product = products.find(item->product_id);
        if (product == products.end()) continue;
        std::string const title_en(in_either(Locale::en, item->title_en, item->title_zh)), title_zh(in_either(Locale::zh, item->title_en, item->title_zh));
        shop::Decision d{.scenario = "5", .kind = "assortment_" + std::string(name(item->action)), .reason_en = item->reason_en, .reason_zh = item->reason_zh, .evidence = evidence(*item, o), .expected_minor = item->value.expected_minor, .expected_low_minor = item->value.low_minor, .expected_high_minor = item->value.high_minor, .currency = o.currency,
                         .measure = fmt::format("Profit of the good and of its category in the {} days after, against the plan's forecast and the categories that were left alone.", o.horizon_days), .expires_at_ms = context.now + open_for};
        auto const status = [](std::string const& id, shop::ProductStatus s) { return json::object{{"product_id", id}, {"status", shop::ProductStatus::active == s ? "active" : s == shop::ProductStatus::draft ? "draft" : "archived"}}; };
        switch (item->action) {
        case Action::list:
            d.title_en = "List " + title_en, d.title_zh = "上架 " + title_zh;
            d.operation = d.undo_operation = "catalog.set_status", d.request = status(item->product_id, shop::ProductStatus::active), d.undo_request = status(item->product_id, product->second.status);
            break;
        case Action::drop:
            d.title_en = "Drop " + title_en, d.title_zh = "下架 " + title_zh;
            d.operation = d.undo_operation = "catalog.set_status", d.request = status(item->product_id, shop::ProductStatus::archived), d.undo_request = status(item->product_id, product->second.status);
            break;
        case Action::push:
            d.title_en = "Push " + title_en, d.title_zh = "主推 " + title_zh;
            d.operation = "selection.push", d.request = json::object{{"product_id", item->product_id}, {"days", o.horizon_days}};
            d.undo_operation = "selection.unpush", d.undo_request = json::object{{"product_id", item->product_id}};
            break;
        case Action::price: {
            json::array to, back;
            auto const factor = item->price_minor > 0 ? static_cast<double>(item->planned_price_minor) / static_cast<double>(item->price_minor) : 1;
            bool moved = false;
            for (auto const& v : product->second.variants) {
                auto const price = rounded(static_cast<double>(v.price_minor) * factor, o.currency);
                moved = moved || price != v.price_minor;
                json::object one{{"sku", v.sku}, {"price_minor", price}, {"reason", "assortment plan"}}, was{{"sku", v.sku}, {"price_minor", v.price_minor}, {"reason", "assortment plan taken back"}};
                if (v.compare_at_minor && *v.compare_at_minor > price) one["compare_at_minor"] = *v.compare_at_minor;
                if (v.compare_at_minor) was["compare_at_minor"] = *v.compare_at_minor;
                to.push_back(std::move(one)), back.push_back(std::move(was));
            }
            if (!moved) continue;  // rounding leaves every price as it is
            auto const change = fmt::format("{:+.0f}", (factor - 1) * 100);
            d.title_en = fmt::format("Price {} by {} %", title_en, change), d.title_zh = fmt::format("调价 {} {}%", title_zh, change);
            d.operation = d.undo_operation = "catalog.set_prices", d.request = json::object{{"prices", std::move(to)}}, d.undo_request = json::object{{"prices", std::move(back)}};
            break;
        }
        default: continue;
        }
        d.title_en = utf8_prefix(d.title_en, 300), d.title_zh = utf8_prefix(d.title_zh, 300);
        item->decision_id = TRY(shop::propose_decision(context, std::move(d)));
        ++plan.outline.decisions;
    }
    return {};
}

}  // namespace kindling::assortment_module

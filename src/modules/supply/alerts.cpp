#include "modules/supply/alerts.h"
#include "core/money.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace kindling::supply_module {

std::vector<StockAlert> alerts_of(StockItem const& i, SupplySettings const& settings, std::string const& currency) {
    std::vector<StockAlert> out;
    auto const money = [&](std::int64_t m) { return format_amount(m, currency); };
    auto const add = [&](AlertKind kind, std::int64_t units, std::int64_t minor, std::optional<std::int64_t> day, std::string en, std::string zh, bool clears) {
        out.push_back({kind, i.sku, i.place_id, i.product_id, i.title_en, i.title_zh, i.supplier_id, units, minor, day, std::move(en), std::move(zh), clears ? i.clearance_decision_id : ""});
    };
    auto const has = [&](std::string_view flag) { return std::ranges::find(i.flags, flag) != i.flags.end(); };
    if (i.state == StockState::out || i.state == StockState::runs_out) {
        auto const short_units = i.cost_minor >= 0 ? std::llround(std::max(0.0, i.daily_mean * (i.lead_mean_days + static_cast<double>(i.review_days)) - static_cast<double>(i.on_hand - i.reserved + i.on_order))) : 0;
        if (i.state == StockState::out) add(AlertKind::stock_out, short_units, i.at_stake_minor, i.run_out_day, fmt::format("Sold out; about {:.1f} a day are asked for, {} are on order.", i.daily_mean, i.on_order), fmt::format("已售罄；日需求约 {:.1f} 件，在途 {} 件。", i.daily_mean, i.on_order), false);
        else add(AlertKind::stock_out, short_units, i.at_stake_minor, i.run_out_day, fmt::format("Lasts {:.0f} days; an order takes {:.0f}.", i.cover_days, i.lead_mean_days), fmt::format("现货可售 {:.0f} 天；订货需 {:.0f} 天到货。", i.cover_days, i.lead_mean_days), false);
    }
    if (i.excess_units > 0) add(AlertKind::overstock, i.excess_units, i.excess_minor, {}, fmt::format("{} units ({}) more than sell in {} days.", i.excess_units, money(i.excess_minor), settings.overstock_days), fmt::format("超出 {} 天销量 {} 件（{}）。", settings.overstock_days, i.excess_units, money(i.excess_minor)), true);
    if (i.expired_units > 0) add(AlertKind::expiry, i.expired_units, i.expired_units * i.cost_minor, {}, fmt::format("Past their date: write off {} units ({}).", i.expired_units, money(i.expired_units * i.cost_minor)), fmt::format("已过保质期：应报废 {} 件（{}）。", i.expired_units, money(i.expired_units * i.cost_minor)), false);
    if (i.expiring_units > 0) add(AlertKind::expiry, i.expiring_units, i.expiring_units * i.cost_minor, i.expiry_day, fmt::format("{} units are expected to expire unsold, the first on {}.", i.expiring_units, format_date(static_cast<Day>(i.expiry_day.value_or(0)))), fmt::format("预计 {} 件到期未售，最早于 {} 过期。", i.expiring_units, format_date(static_cast<Day>(i.expiry_day.value_or(0)))), true);
    if (i.on_hand > 0 && i.state != StockState::unknown && i.days_since_sale >= settings.slow_days) add(AlertKind::slow, i.on_hand, i.stock_minor, {}, fmt::format("No sale for {} days; {} are here.", i.days_since_sale, i.on_hand), fmt::format("已 {} 天无销售；现有 {} 件。", i.days_since_sale, i.on_hand), true);
    if (has("late_delivery")) add(AlertKind::late_delivery, i.on_order, i.on_order * i.cost_minor, {}, fmt::format("Part of the {} units on order should be here already.", i.on_order), fmt::format("在途 {} 件中有应到未到的部分。", i.on_order), false);
    // A good's money once: margin that is about to be lost before money that is bound, else what weighs most.
    auto const ruling = std::ranges::max_element(out, {}, [](StockAlert const& a) { return std::pair(a.kind == AlertKind::stock_out && a.money_minor > 0, a.money_minor); });
    for (auto a = out.begin(); a != out.end(); ++a) if (a != ruling) a->money_minor = 0;
    return out;
}

}  // namespace kindling::supply_module

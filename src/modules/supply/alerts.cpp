#include "modules/supply/alerts.h"
#include "core/short_money.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace kindling::supply_module {

namespace {

struct Text { std::string en, zh; };

std::string units(std::int64_t n) { return n == 1 ? "1 unit" : fmt::format("{} units", n); }

// How what is out, or soon will be, comes back.
Text how_to_refill(StockItem const& i, Day today, OpenLine const* line) {
    if (line && !line->purchase_order_id.empty()) {
        auto const& order = line->purchase_order_id;
        if (line->expected_day <= 0) return {fmt::format(" Ordered since: {} ({}).", units(line->quantity), order), fmt::format("方案之后已下单 {} 件（{}）。", line->quantity, order)};
        auto const day = format_date(static_cast<Day>(line->expected_day));
        return {fmt::format(" Ordered since: {} ({}), due about {}.", units(line->quantity), order, day), fmt::format("方案之后已下单 {} 件（{}），约 {} 到货。", line->quantity, order, day)};
    }
    if (line) return {fmt::format(" It stands in an open proposal: {}, due about {} once that is approved.", units(line->quantity), format_date(static_cast<Day>(line->expected_day))), fmt::format("已列入待决的采购建议：{} 件，批准后约 {} 到货。", line->quantity, format_date(static_cast<Day>(line->expected_day)))};
    if (i.supplier_id.empty()) return {" Nobody supplies it yet: save its terms.", "尚无供应商：请先保存供货条件。"};
    if (i.order_quantity <= 0) {
        if (i.on_order > 0) return {fmt::format(" On order: {}; ask for them sooner.", i.on_order), fmt::format("在途 {} 件：请催促提前到货。", i.on_order)};
        return {};
    }
    auto const takes = static_cast<Day>(std::lround(i.lead_mean_days)), order_day = static_cast<Day>(i.next_order_day), comes = order_day + takes;
    if (order_day <= today) return {fmt::format(" Order {} today: due about {}.", i.order_quantity, format_date(comes)), fmt::format("请今天订 {} 件，约 {} 到货。", i.order_quantity, format_date(comes))};
    return {fmt::format(" Order {} on {}, its next order day: due about {}; ordered today, about {}.", i.order_quantity, format_date(order_day), format_date(comes), format_date(today + takes)), fmt::format("请在下一下单日 {} 订 {} 件，约 {} 到货；今天下单约 {} 到货。", format_date(order_day), i.order_quantity, format_date(comes), format_date(today + takes))};
}

Text stock_out(StockItem const& i, Day today, OpenLine const* line) {
    auto const what = how_to_refill(i, today, line);
    if (i.state == StockState::out) return {fmt::format("Sold out; about {:.1f} a day are asked for, on order: {}.{}", i.daily_mean, i.on_order, what.en), fmt::format("已售罄；日需求约 {:.1f} 件，在途 {} 件。{}", i.daily_mean, i.on_order, what.zh)};
    return {fmt::format("Lasts about {:.0f} days; an order takes {:.0f}.{}", i.cover_days, i.lead_mean_days, what.en), fmt::format("现货约可售 {:.0f} 天；订货需 {:.0f} 天到货。{}", i.cover_days, i.lead_mean_days, what.zh)};
}

}  // namespace

std::vector<StockAlert> alerts_of(StockItem const& i, SupplySettings const& settings) {
    std::vector<StockAlert> out;
    auto const add = [&](AlertKind kind, std::int64_t units, std::int64_t minor, std::optional<std::int64_t> day, bool clears) {
        out.push_back({kind, i.sku, i.place_id, i.product_id, i.title_en, i.title_zh, i.supplier_id, units, minor, day, {}, {}, clears ? i.clearance_decision_id : "", {}, {}});
    };
    if (i.state == StockState::out || i.state == StockState::runs_out) {
        auto const short_units = i.cost_minor >= 0 ? std::llround(std::max(0.0, i.daily_mean * (i.lead_mean_days + static_cast<double>(i.review_days)) - static_cast<double>(i.on_hand - i.reserved + i.on_order))) : 0;
        add(AlertKind::stock_out, short_units, i.at_stake_minor, i.run_out_day, false);
    }
    if (i.excess_units > 0) add(AlertKind::overstock, i.excess_units, i.excess_minor, {}, true);
    if (i.expired_units > 0) add(AlertKind::expiry, i.expired_units, i.expired_units * i.cost_minor, {}, false);
    if (i.expiring_units > 0 && i.expiry_day) add(AlertKind::expiry, i.expiring_units, i.expiring_units * i.cost_minor, i.expiry_day, true);
    if (i.on_hand > 0 && i.state != StockState::unknown && i.days_since_sale >= settings.slow_days) add(AlertKind::slow, i.on_hand, i.stock_minor, {}, true);
    if (std::ranges::find(i.flags, "late_delivery") != i.flags.end()) add(AlertKind::late_delivery, i.on_order, i.on_order * i.cost_minor, {}, false);
    // A good's money once: margin that is about to be lost before money that is bound, else what weighs most.
    auto const ruling = std::ranges::max_element(out, {}, [](StockAlert const& a) { return std::pair(a.kind == AlertKind::stock_out && a.money_minor > 0, a.money_minor); });
    for (auto a = out.begin(); a != out.end(); ++a) if (a != ruling) a->money_minor = 0;
    return out;
}

void tell(StockAlert& a, StockItem const& i, SupplySettings const& settings, std::string const& currency, Day today, OpenLine const* line) {
    if (line && a.kind == AlertKind::stock_out) {
        if (line->purchase_order_id.empty()) a.decision_id = line->decision_id, a.proposed_units = line->quantity;
        else a.purchase_order_id = line->purchase_order_id;
    }
    // What the units cost, whichever alert the good's money is counted with.
    auto const worth = short_money(a.units * i.cost_minor, currency);
    auto const cleared = !a.decision_id.empty(), ended = std::ranges::find(i.flags, "ended") != i.flags.end();
    // What is off sale sells at no price.
    Text const off_sale{"It is off sale: put it back at a lower price, give it back or write it off.", "已下架：可降价恢复销售、退给供应商或报损。"};
    auto const rid = [&](std::string_view en, std::string_view zh) { return ended ? off_sale : cleared ? Text{"A lower price is proposed.", "已建议降价。"} : Text{std::string(en), std::string(zh)}; };
    auto const said = [&]() -> Text {
        switch (a.kind) {
        case AlertKind::stock_out: return stock_out(i, today, line);
        case AlertKind::overstock: {
            if (ended) return {fmt::format("{} ({}) more than sell in {} days. {}", units(a.units), worth, settings.overstock_days, off_sale.en), fmt::format("超出 {} 天销量 {} 件（{}）。{}", settings.overstock_days, a.units, worth, off_sale.zh)};
            return {fmt::format("{} ({}) more than sell in {} days. Order none until they are sold{}.", units(a.units), worth, settings.overstock_days, cleared ? "; a lower price is proposed" : ""), fmt::format("超出 {} 天销量 {} 件（{}）。售出之前请勿再订{}。", settings.overstock_days, a.units, worth, cleared ? "；已建议降价" : "")};
        }
        case AlertKind::expiry: {
            if (!a.day) return {fmt::format("Past their date: write off {} ({}).", units(a.units), worth), fmt::format("已过保质期：应报废 {} 件（{}）。", a.units, worth)};
            auto const what = rid("Lower the price, or move them where they sell.", "请降价，或调往有销路的地点。");
            return {fmt::format("Expected to expire unsold: {} ({}), the first on {}. {}", units(a.units), worth, format_date(static_cast<Day>(*a.day)), what.en), fmt::format("预计 {} 件（{}）到期未售，最早于 {} 过期。{}", a.units, worth, format_date(static_cast<Day>(*a.day)), what.zh)};
        }
        case AlertKind::slow: {
            auto const what = rid("Lower the price, or take it out of the range.", "请降价或考虑下架。");
            return {fmt::format("No sale for {} days; here: {} ({}). {}", i.days_since_sale, units(a.units), worth, what.en), fmt::format("已 {} 天无销售；现有 {} 件（{}）。{}", i.days_since_sale, a.units, worth, what.zh)};
        }
        case AlertKind::late_delivery: return {fmt::format("Part of what is on order ({}) should be here already. Ask the supplier.", units(i.on_order)), fmt::format("在途 {} 件中有应到未到的部分。请联系供应商。", i.on_order)};
        }
        return {};
    }();
    a.text_en = said.en, a.text_zh = said.zh;
}

}  // namespace kindling::supply_module

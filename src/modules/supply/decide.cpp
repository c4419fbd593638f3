#include "modules/supply/decide.h"
#include "core/id.h"
#include "core/short_money.h"
#include "core/utf8.h"
#include "modules/supply/sql.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::supply_module {

namespace {

constexpr Milliseconds open_for = 3 * milliseconds_per_day;  // stock moves on: an old proposal is a wrong one
constexpr std::size_t most_lines_in_evidence = 12;

}  // namespace

shop::Decision decision_of(PurchaseProposal const& p, PlaceNames const& places) {
    auto const money = [&](std::int64_t m) { return short_money(m, p.currency); };
    auto const plain = [&](std::int64_t m) { return fmt::format("{} {}", format_amount(m, p.currency), p.currency); };  // where both languages show one value
    shop::Decision d{.decision_id = p.decision_id, .scenario = "8", .kind = "supply_purchase", .expected_minor = p.saves_minor, .expected_low_minor = p.saves_low_minor, .expected_high_minor = p.saves_high_minor, .currency = p.currency, .operation = "supply.place_order", .undo_operation = "supply.cancel_order", .measure = "Units served from the shelf and cost of stock over the protection time, against the same demand replayed without this order."};
    std::size_t goods = 0;
    for (auto const& l : p.lines) goods += l.quantity > 0;
    d.title_en = utf8_prefix(fmt::format("Order {} goods, {} units, from {} for {} ({})", goods, p.units, p.supplier_name, places.en(p.place_id), money(p.total_minor)), 300);
    d.title_zh = utf8_prefix(fmt::format("向 {} 订货 {} 种共 {} 件，收货地 {}（{}）", p.supplier_name, goods, p.units, places.zh(p.place_id), money(p.total_minor)), 300);
    auto const basis_en = p.lead_observed > 0 ? fmt::format("{} orders received", p.lead_observed) : std::string("no order received yet: as promised");
    auto const basis_zh = p.lead_observed > 0 ? fmt::format("依据 {} 张到货采购单", p.lead_observed) : std::string("尚无到货记录，按承诺计");
    d.reason_en = fmt::format("{}It takes {:.1f} days on average, nine of ten orders within {:.0f} ({}). Without it, margin worth {} would be missed until the next order could come, less {} for keeping it.{}", p.urgent ? "Some of it would be sold out before the next order day. " : "", p.lead_mean_days, p.lead_p90_days, basis_en, money(p.saves_minor),
                              money([&] { std::int64_t sum = 0; for (auto const& l : p.lines) sum += l.holding_minor; return sum; }()), p.below_minimum ? fmt::format(" It stays below the supplier's least order of {}.", money(p.minimum_minor)) : "");
    d.reason_zh = fmt::format("{}平均 {:.1f} 天到货，90% 在 {:.0f} 天内（{}）。若不订，到下一次订货到货前预计净损失毛利 {}（已扣除持有成本）。{}", p.urgent ? "部分商品等不到下一下单日就会售罄。" : "", p.lead_mean_days, p.lead_p90_days, basis_zh, money(p.saves_minor), p.below_minimum ? fmt::format("低于供应商最低订货金额 {}。", money(p.minimum_minor)) : "");
    json::array evidence, lines;
    auto const add = [&](std::string_view label, std::string en, std::string zh, std::string value, std::string link) { evidence.push_back(json::object{{"label", label}, {"text_en", std::move(en)}, {"text_zh", std::move(zh)}, {"value", std::move(value)}, {"link", std::move(link)}}); };
    add("total", "What it costs", "金额", plain(p.total_minor), "/supply"), add("lead_time", "Lead time, mean and nine of ten", "交货天数：均值与 90% 分位", fmt::format("{:.1f} / {:.0f}", p.lead_mean_days, p.lead_p90_days), "/supply");
    if (p.left_out_units > 0) add("left_out", "Units left out: the supplier gives, the place holds or the money pays for no more", "因供应商上限、地点容量或资金未订的件数", fmt::format("{}", p.left_out_units), "/supply");
    if (p.urgent) add("waiting", "Margin missed if it waited for the order day: more than an order of today costs", "若等到下单日预计损失的毛利：高于今天单独下单的成本", plain(p.waiting_minor), "/supply");
    if (p.filling_minor) add("least_order", fmt::format("Filled up to the least order of {}, not put off: {} units more cost {}; waiting for the next order day would miss {}", money(p.minimum_minor), p.filled_units, money(*p.filling_minor), money(p.waiting_minor)), fmt::format("凑足最低订货金额 {}，不等待：增订 {} 件的成本为 {}；等到下一下单日预计损失毛利 {}", money(p.minimum_minor), p.filled_units, money(*p.filling_minor), money(p.waiting_minor)), fmt::format("{}", p.filled_units), "/supply");
    std::int64_t lot = 0;
    for (auto const& l : p.lines) lot += l.lot_saves_minor;
    if (lot > 0) add("lots", "Saved over the next weeks by ordering in the lots that the terms make cheapest", "按供货条件选择批量，未来数周预计节省", plain(lot), "/supply");
    for (auto const& l : p.lines) {
        if (l.quantity <= 0) continue;
        lines.push_back(json::object{{"sku", l.sku}, {"quantity", l.quantity}, {"cost_minor", l.cost_minor}});
        if (evidence.size() < most_lines_in_evidence + 5)
            add("line", fmt::format("{}: {} a day, {} here, {} on order, level {}", l.sku, fmt::format("{:.2f}", l.daily_mean), l.on_hand, l.on_order, l.reorder_level), fmt::format("{}：日需求 {:.2f}，现货 {}，在途 {}，订货点 {}", l.sku, l.daily_mean, l.on_hand, l.on_order, l.reorder_level), fmt::format("{}", l.quantity), "/catalogue/" + l.product_id);
    }
    d.evidence = std::move(evidence);
    d.request = json::object{{"purchase_order_id", p.purchase_order_id}, {"supplier_id", p.supplier_id}, {"place_id", p.place_id}, {"expected_day", p.expected_day}, {"lines", std::move(lines)}};
    d.undo_request = json::object{{"purchase_order_id", p.purchase_order_id}};
    return d;
}

Result<void> decide(Context& context, std::vector<PurchaseProposal>& proposals) {
    TRY(shop::withdraw_proposals(context, "8", "supply_purchase"));
    auto const places = TRY(place_names(context.tx()));
    for (auto& p : proposals) {
        p.purchase_order_id = new_id("pur"), p.made_at_ms = context.now;
        auto d = decision_of(p, places);
        d.expires_at_ms = context.now + open_for;
        p.decision_id = TRY(shop::propose_decision(context, std::move(d)));
        TRY(keep_proposal(context, p));
    }
    return {};
}

}  // namespace kindling::supply_module

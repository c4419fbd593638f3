// Clearance: for goods that are too much, slow or about to expire, the price that earns most over the time in which they should be gone.
//
// Over H days (overstock_days, or until the goods expire) a price cut c sells min(stock, baseline x (1 - c)^elasticity) units instead of min(stock, baseline).
//   value(c) = (1 - c) x price x units + worth of what is left - cost of keeping on average half of what leaves and all that stays
// What is left is worth its cost less what keeping it until it sells would take, at least a fifth of its cost; nothing when it has expired. The elasticity is what
// assortment learned of the product from the product's own prices; of others, whose price never moved enough to tell, the owner's assumption, and the decision says which (clearance.h). Stock is taken over all places, since a price is one.
#include "core/in_either.h"
#include "core/short_money.h"
#include "core/utf8.h"
#include "modules/supply/clearance.h"
#include "modules/supply/decide.h"
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace kindling::supply_module {

namespace {

constexpr Milliseconds open_for = 7 * milliseconds_per_day;
constexpr std::size_t most_clearances = 30;
constexpr double salvage_share = 0.2, least_cut = 0.05;

struct Candidate {
    std::size_t good = 0;
    double stock = 0, demand = 0, too_much = 0;
    bool expires = false;
    Day until = 0;
    std::vector<std::size_t> rows;
};

struct Offer { double cut = 0, units = 0, units_now = 0, gain = 0; };

// What `stock` is worth over `days` with its price cut, and how many units it sells.
double worth_at(Candidate const& c, Good const& g, SupplySettings const& settings, double days, double cut, double elasticity, double& units) {
    auto const rate = (settings.capital_cost_per_year + settings.storage_share_per_year) / 365;
    units = std::min(c.stock, c.demand * std::pow(1 - cut, elasticity));
    auto const left = c.stock - units, wait = left / std::max(1e-6, c.demand / days);  // days until the rest is sold as it sells now
    auto const rest = c.expires ? 0 : std::max(salvage_share * g.cost, g.cost * (1 - rate * wait / 2));
    return (1 - cut) * g.price * units + rest * left - g.cost * rate * days * (left + units / 2);
}

Offer best_offer(Candidate const& c, Good const& g, SupplySettings const& settings, double days, double elasticity) {
    Offer best;
    auto const now = worth_at(c, g, settings, days, 0, elasticity, best.units_now);
    for (double cut = least_cut; cut <= static_cast<double>(settings.most_markdown_percent) / 100 + 1e-9; cut += 0.05) {
        double units = 0;
        if (auto const gain = worth_at(c, g, settings, days, cut, elasticity, units) - now; gain > best.gain) best.cut = cut, best.gain = gain, best.units = units;
    }
    return best;
}

}  // namespace

Elasticity elasticity_of(std::string const& product_id, forecast::Elasticities const& known, SupplySettings const& settings) {
    auto const found = known.find(product_id);
    if (found == known.end() || !found->second.by_own_prices()) return {.value = settings.assumed_elasticity, .low = 1.5 * settings.assumed_elasticity, .high = 0.5 * settings.assumed_elasticity};
    auto const& l = found->second;
    return {.value = l.elasticity, .low = l.elasticity - 1.645 * l.deviation, .high = std::min(0.0, l.elasticity + 1.645 * l.deviation), .learned = true};
}

Result<void> decide_clearances(Context& context, ShopStock const& stock, std::span<DemandAhead const> ahead, SupplySettings const& settings, std::vector<StockItem>& items) {
    TRY(shop::withdraw_proposals(context, "8", "supply_clearance"));
    forecast::Elasticities learned;
    if (auto known = forecast::elasticities(context)) learned = std::move(*known);
    else if (known.error().reason != "not_planned") return std::unexpected(known.error());
    std::map<std::size_t, Candidate> candidates;
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto const& g = stock.goods[stock.stored[i].good];
        if (!g.on_sale || !g.cost_known || g.price <= 0 || !stock.stored[i].counted) continue;
        auto& c = candidates[stock.stored[i].good];
        c.good = stock.stored[i].good, c.stock += std::max(0.0, stock.stored[i].on_hand - stock.stored[i].reserved - static_cast<double>(items[i].expired_units)), c.rows.push_back(i);
        auto const slow = items[i].days_since_sale >= settings.slow_days && items[i].on_hand > 0;
        c.too_much += static_cast<double>(std::max({items[i].excess_units, items[i].expiring_units, slow ? items[i].on_hand : 0}));
        if (items[i].expiry_day) c.expires = true, c.until = c.until ? std::min<Day>(c.until, static_cast<Day>(*items[i].expiry_day)) : static_cast<Day>(*items[i].expiry_day);
    }
    struct Clearance { Candidate const* candidate; Offer offer; double days; Elasticity elasticity; };
    std::vector<Clearance> worth;
    for (auto& [good, c] : candidates) {
        if (c.too_much < 1) continue;
        auto const days = c.expires ? std::clamp<double>(c.until - stock.today, 1, static_cast<double>(settings.overstock_days)) : static_cast<double>(settings.overstock_days);
        for (auto const i : c.rows) c.demand += ahead[i].sum(days);
        auto const elasticity = elasticity_of(stock.goods[good].product_id, learned, settings);
        auto const offer = best_offer(c, stock.goods[good], settings, days, elasticity.value);
        if (offer.cut > 0 && offer.gain >= 1) worth.push_back({&c, offer, days, elasticity});
    }
    std::ranges::stable_sort(worth, std::greater(), [](Clearance const& c) { return c.offer.gain; });
    if (worth.size() > most_clearances) worth.resize(most_clearances);
    for (auto const& [c, o, days, e] : worth) {
        auto const& g = stock.goods[c->good];
        std::int64_t const price = std::max<std::int64_t>(1, std::llround(g.price * (1 - o.cut))), was = std::llround(g.price);
        auto const money = short_money(price, stock.currency);
        auto const title_en = in_either(Locale::en, g.title_en, g.title_zh), title_zh = in_either(Locale::zh, g.title_en, g.title_zh);
        shop::Decision d{.scenario = "8", .kind = "supply_clearance", .expected_minor = std::llround(o.gain), .currency = stock.currency, .operation = "catalog.set_prices", .undo_operation = "catalog.set_prices", .measure = "Units sold, margin and stock of the good in the weeks after, against the rate before and goods of its category whose price stayed.", .expires_at_ms = context.now + open_for};
        // The elasticity is the largest unknown: what the cut is worth at either end of it.
        double units = 0;
        auto const now = worth_at(*c, g, settings, days, 0, e.value, units);
        auto const low = worth_at(*c, g, settings, days, o.cut, e.high, units) - now, high = worth_at(*c, g, settings, days, o.cut, e.low, units) - now;
        d.expected_low_minor = std::llround(std::min(low, high)), d.expected_high_minor = std::llround(std::max(low, high));
        d.title_en = utf8_prefix(fmt::format("Clear {} ({}): {:.0f} % off", title_en, g.sku, 100 * o.cut), 300), d.title_zh = utf8_prefix(fmt::format("清仓 {}（{}）：降价 {:.0f}%", title_zh, g.sku, 100 * o.cut), 300);
        d.reason_en = fmt::format("{:.0f} units are here, {:.0f} of them too much{}. At {} about {:.0f} sell within {:.0f} days, {:.0f} at the price of today. {}", c->stock, c->too_much, c->expires ? fmt::format(" or about to expire ({})", format_date(c->until)) : "", money, o.units, days, o.units_now, e.learned ? fmt::format("The elasticity of {:.1f} was learned from the prices that it had in this shop; the interval is for {:.1f} to {:.1f}.", e.value, e.low, e.high) : fmt::format("Assumes an elasticity of {:.1f}, as none is learned of this product; the interval is for half and one and a half times of it.", e.value));
        d.reason_zh = fmt::format("现有 {:.0f} 件，其中 {:.0f} 件过多{}。售价 {} 时 {:.0f} 天内约可售 {:.0f} 件，按现价约 {:.0f} 件。{}", c->stock, c->too_much, c->expires ? fmt::format("或将过期（{}）", format_date(c->until)) : "", money, days, o.units, o.units_now, e.learned ? fmt::format("弹性 {:.1f} 由该商品在本店的价格变动学得，区间对应 {:.1f} 至 {:.1f}。", e.value, e.low, e.high) : fmt::format("该商品弹性尚未学到，按假设值 {:.1f} 计算，区间为其 0.5 至 1.5 倍。", e.value));
        json::array evidence;
        auto const add = [&](std::string_view label, std::string_view en, std::string_view zh, std::string value) { evidence.push_back(json::object{{"label", label}, {"text_en", en}, {"text_zh", zh}, {"value", std::move(value)}, {"link", "/catalogue/" + g.product_id}}); };
        add("stock", "Units here", "现货", fmt::format("{:.0f}", c->stock)), add("too_much", "Too much", "过多", fmt::format("{:.0f}", c->too_much)), add("demand", "Asked for at the price of today", "现价下的需求", fmt::format("{:.1f}", c->demand)), add("elasticity", e.learned ? "Elasticity, learned" : "Elasticity, assumed", e.learned ? "价格弹性（已学习）" : "价格弹性（假设）", fmt::format("{:.2f}", e.value));
        d.evidence = std::move(evidence);
        d.request = json::object{{"prices", json::array{json::object{{"sku", g.sku}, {"price_minor", price}, {"compare_at_minor", was}, {"reason", "clearance"}}}}};
        d.undo_request = json::object{{"prices", json::array{json::object{{"sku", g.sku}, {"price_minor", was}, {"reason", "clearance taken back"}}}}};
        auto const id = TRY(shop::propose_decision(context, std::move(d)));
        for (auto const i : c->rows) items[i].clearance_decision_id = id;
    }
    return {};
}

}  // namespace kindling::supply_module

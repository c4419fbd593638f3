// supply.allocate: units of goods that lie at several places, moved to where they are most likely to be asked for.
//
// For each good the next unit goes from the place that would miss it least to the one that would miss it most, as long as the gain pays for the way:
//   gain = margin x [P(demand at receiver > what it has) - P(demand at sender >= what it has)] - cost of moving one unit
// over the protection time of each place. Gains fall with every unit moved, so this is exact for one good (a transport problem with concave gains and no limit but
// what is there). Only units that are here and free move; what is on order counts as had. One decision for each pair of places; undone by moving back.
#include "core/short_money.h"
#include "core/utf8.h"
#include "modules/supply/care.h"
#include "modules/supply/now.h"
#include "modules/supply/sql.h"
#include "shop/decisions/decisions.h"
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace kindling::supply_module {

namespace {

constexpr Milliseconds open_for = 2 * milliseconds_per_day;
constexpr double most_moves = 10'000;  // of one good: larger amounts move in steps

struct Move { std::size_t from, to; double units = 0, gain = 0, cost = 0; };

double way_cost(SupplySettings const& settings, std::string const& from, std::string const& to) {
    for (auto const& [a, b] : {std::pair(&from, &to), std::pair(&to, &from)})
        for (auto const& r : settings.routes) if (r.from_place_id == *a && r.to_place_id == *b) return static_cast<double>(r.cost_minor);
    return static_cast<double>(settings.transfer_cost_minor);
}

std::vector<Move> moves_of(ShopStock const& stock, Levels const& levels, SupplySettings const& settings, std::span<std::size_t const> rows) {
    std::map<std::pair<std::size_t, std::size_t>, Move> moves;
    std::vector<double> free, has;
    double most = 0;
    for (auto const i : rows) {
        auto const& s = stock.stored[i];
        free.push_back(std::max(0.0, s.on_hand - s.reserved)), has.push_back(s.on_hand - s.reserved + s.on_order), most += free.back();
    }
    auto const step = std::max(1.0, std::ceil(most / most_moves));
    for (;;) {
        Move best{0, 0, 0, 0, 0};
        for (std::size_t f = 0; f < rows.size(); ++f) {
            if (free[f] < step) continue;
            auto const& from = levels.of[rows[f]];
            auto const loss = from.margin * (1 - from.protection.cdf(has[f] - step));
            for (std::size_t t = 0; t < rows.size(); ++t) {
                if (t == f) continue;
                auto const& to = levels.of[rows[t]];
                auto const cost = way_cost(settings, stock.places[stock.stored[rows[f]].place].place_id, stock.places[stock.stored[rows[t]].place].place_id);
                auto const gain = to.margin * (1 - to.protection.cdf(has[t])) - loss - cost;
                if (gain > best.gain) best = {f, t, step, gain, cost};
            }
        }
        if (best.gain < 1) break;
        free[best.from] -= step, has[best.from] -= step, has[best.to] += step;
        auto& m = moves[{best.from, best.to}];
        m.from = best.from, m.to = best.to, m.units += step, m.gain += best.gain * step, m.cost += best.cost * step;
    }
    std::vector<Move> out;
    for (auto const& [_, m] : moves) out.push_back({rows[m.from], rows[m.to], m.units, m.gain, m.cost});
    return out;
}

shop::Decision decision_of(Transfer const& t, PlaceNames const& places, std::string const& currency) {
    json::array there, back, evidence;
    for (auto const& l : t.lines) {
        auto const move = [&](std::string const& place, std::int64_t q, std::string_view reference) { return json::object{{"sku", l.sku}, {"place_id", place}, {"quantity", q}, {"kind", "moved"}, {"reference", reference}}; };
        there.push_back(move(t.from_place_id, -l.quantity, "allocation")), there.push_back(move(t.to_place_id, l.quantity, "allocation"));
        back.push_back(move(t.to_place_id, -l.quantity, "allocation taken back")), back.push_back(move(t.from_place_id, l.quantity, "allocation taken back"));
        if (evidence.size() < 12) evidence.push_back(json::object{{"label", "line"}, {"text_en", fmt::format("{}: {} free at {} for {:.1f} expected, {} at {} for {:.1f}", l.sku, l.from_on_hand, places.en(t.from_place_id), l.from_needed, l.to_on_hand, places.en(t.to_place_id), l.to_needed)}, {"text_zh", fmt::format("{}：{} 可用 {}，预计需求 {:.1f}；{} 可用 {}，预计需求 {:.1f}", l.sku, places.zh(t.from_place_id), l.from_on_hand, l.from_needed, places.zh(t.to_place_id), l.to_on_hand, l.to_needed)}, {"value", fmt::format("{}", l.quantity)}, {"link", "/catalogue/" + l.product_id}});
    }
    shop::Decision d{.scenario = "8", .kind = "supply_transfer", .evidence = std::move(evidence), .expected_minor = t.value_minor, .currency = currency, .operation = "stock.record_moves", .request = json::object{{"moves", std::move(there)}}, .undo_operation = "stock.record_moves", .undo_request = json::object{{"moves", std::move(back)}}, .measure = "Units of these goods served at the receiver until its next order came, beyond what it had."};
    d.title_en = utf8_prefix(fmt::format("Move {} units of {} goods from {} to {}", t.units, t.lines.size(), places.en(t.from_place_id), places.en(t.to_place_id)), 300);
    d.title_zh = utf8_prefix(fmt::format("从 {} 向 {} 调拨 {} 种共 {} 件", places.zh(t.from_place_id), places.zh(t.to_place_id), t.lines.size(), t.units), 300);
    d.reason_en = fmt::format("They are more likely to be asked for at {} before its next order can come than they would be missed at {}. Expected margin saved, less {} for moving: {}.", places.en(t.to_place_id), places.en(t.from_place_id), short_money(t.cost_minor, currency), short_money(t.value_minor, currency));
    d.reason_zh = fmt::format("在下一次到货前，这些商品在 {} 更可能被需要，而 {} 不太会缺。扣除调拨成本 {} 后预计挽回毛利 {}。", places.zh(t.to_place_id), places.zh(t.from_place_id), short_money(t.cost_minor, currency), short_money(t.value_minor, currency));
    return d;
}

}  // namespace

Result<Allocation> allocate(Context& context, Allocate const& in) {
    auto [stock, settings] = TRY(read_now(context));
    // Only goods at several places: the rest is not worth expecting.
    std::map<std::size_t, std::vector<std::size_t>> by_good;
    std::map<std::size_t, int> places;
    for (auto const& s : stock.stored) if (s.counted) ++places[s.good];
    std::erase_if(stock.stored, [&](Stored const& s) { return !s.counted || places[s.good] < 2 || !stock.goods[s.good].on_sale; });
    for (std::size_t i = 0; i < stock.stored.size(); ++i) by_good[stock.stored[i].good].push_back(i);
    Allocation out{.currency = stock.currency, .goods = static_cast<std::int64_t>(by_good.size()), .units = 0, .value_minor = 0, .transfers = {}};
    context.progress(30, 100, "expecting demand");
    auto const ahead = TRY(demand_ahead(stock, stock.today, 400, context.threads(), context.progress));
    auto const levels = TRY(make_levels(stock, ahead, settings, {.origin = stock.today, .threads = context.threads()}, context.progress));
    std::map<std::pair<std::size_t, std::size_t>, Transfer> transfers;
    for (auto const& [good, rows] : by_good)
        for (auto const& m : moves_of(stock, levels, settings, rows)) {
            auto const& g = stock.goods[good];
            auto const &from = stock.stored[m.from], &to = stock.stored[m.to];
            auto& t = transfers[{from.place, to.place}];
            t.from_place_id = stock.places[from.place].place_id, t.to_place_id = stock.places[to.place].place_id;
            auto const tenth = [](double v) { return std::round(v * 10) / 10; };
            t.lines.push_back({g.sku, g.product_id, g.title_en, g.title_zh, std::llround(m.units), std::llround(m.gain), std::llround(from.on_hand - from.reserved), std::llround(to.on_hand - to.reserved), tenth(levels.of[m.from].protection.mean()), tenth(levels.of[m.to].protection.mean())});
            t.units += t.lines.back().quantity, t.value_minor += t.lines.back().value_minor, t.cost_minor += std::llround(m.cost);
        }
    for (auto& [_, t] : transfers) {
        std::ranges::stable_sort(t.lines, std::greater(), &TransferLine::value_minor);
        out.units += t.units, out.value_minor += t.value_minor, out.transfers.push_back(std::move(t));
    }
    std::ranges::stable_sort(out.transfers, std::greater(), &Transfer::value_minor);
    auto tx = TRY(context.services.store->write(context.shop_id));
    context.open = tx.get();
    auto const decided = [&]() -> Result<void> {
        TRY(shop::withdraw_proposals(context, "8", "supply_transfer"));
        auto const places = TRY(place_names(context.tx()));
        for (std::size_t i = 0; i < out.transfers.size() && static_cast<std::int64_t>(i) < in.most_decisions; ++i) {
            auto d = decision_of(out.transfers[i], places, out.currency);
            d.expires_at_ms = context.now + open_for;
            out.transfers[i].decision_id = TRY(shop::propose_decision(context, std::move(d)));
        }
        return {};
    }();
    context.open = nullptr;
    TRY(decided);
    if (!context.dry()) TRY(tx->commit());
    return out;
}

}  // namespace kindling::supply_module

#include "modules/supply/facts.h"
#include "core/json_codec.h"
#include "core/json_text.h"
#include "core/money.h"
#include "shop/orders/history_end.h"
#include "shop/people/time_zones.h"
#include "shop/analysis/taken_back.h"
#include "shop/catalogue/operations.h"
#include "shop/people/people.h"
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <limits>
#include <map>

namespace kindling::supply_module {

namespace {

using shop::Row, shop::Transaction, shop::Value;

constexpr std::int64_t most_days = 400;
constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

class Reader {
public:
    Reader(Transaction& tx, Milliseconds now, Progress const& progress) : tx_(tx), now_(now), progress_(progress) {}

    Result<ShopStock> read() {
        out_.currency = TRY(shop::shop_currency(tx_));
        days_.emplace(TRY(shop::WallClock::of(tx_)));
        auto const end = TRY(shop::history_end(tx_, *days_, now_));
        auto const first = TRY(tx_.integer("SELECT MIN(placed_at_ms) FROM orders WHERE shop_id = ? AND status <> 'cancelled'", tx_.shop_id()));
        out_.today = end.day;
        out_.days = static_cast<std::size_t>(std::clamp<std::int64_t>(out_.today - days_->day(first), 1, most_days)), out_.first = out_.today - static_cast<Day>(out_.days);
        out_.sold_until = std::min(end.newest + 1, out_.today);
        from_ = start_of(out_.first - 1), until_ = start_of(out_.today + 1);  // a day of slack on both sides for any time zone
        TRY(goods());
        TRY(suppliers());
        TRY(stock());
        TRY(sales());
        settle();
        return std::move(out_);
    }

private:
    Result<void> step(std::int64_t done, std::string_view what) {
        if (progress_.stopped()) return fail(Errc::unavailable, "cancelled", "The plan was cancelled.");
        progress_(done, 100, what);
        return {};
    }
    std::optional<std::size_t> index(Milliseconds at) {
        auto const d = days_->day(at) - out_.first;
        return d >= 0 && d < static_cast<Day>(out_.days) ? std::optional(static_cast<std::size_t>(d)) : std::nullopt;
    }
    std::size_t place(std::string_view id) {
        auto const [at, fresh] = place_.try_emplace(std::string(id), out_.places.size());
        if (fresh) out_.places.push_back({at->first, "warehouse", {}, {}});
        return at->second;
    }
    Stored& stored(std::size_t good, std::size_t place) {
        auto const [at, fresh] = stored_.try_emplace({good, place}, out_.stored.size());
        if (fresh) out_.stored.push_back({.good = good, .place = place, .coming = {}, .came = {}, .batches = {}, .sold = std::vector<float>(out_.days), .stock = {}});
        return out_.stored[at->second];
    }

    Result<void> goods() {
        TRY(step(1, "reading goods"));
        Value const shop[] = {tx_.shop_id()};
        TRY(tx_.run("SELECT v.sku, v.product_id, p.title_en, p.title_zh, p.category_id, p.status, v.status, v.price_minor, v.cost_minor FROM variants v JOIN products p ON p.shop_id = v.shop_id AND p.product_id = v.product_id WHERE v.shop_id = ? ORDER BY v.sku", shop, [&](Row const& row) -> Result<void> {
            good_.emplace(std::string(row.text(0)), out_.goods.size());
            out_.goods.push_back({.sku = std::string(row.text(0)), .product_id = std::string(row.text(1)), .title_en = std::string(row.text(2)), .title_zh = std::string(row.text(3)), .category_id = std::string(row.text(4)), .supplier_id = {}, .on_sale = row.text(5) == "active" && row.text(6) == "active", .cost_known = !row.is_null(8), .price = row.number(7), .cost = row.is_null(8) ? 0 : row.number(8), .term = {}});
            return {};
        }));
        if (out_.goods.empty()) return fail(Errc::failed_precondition, "no_goods", "There are no products to plan with.");
        TRY(tx_.run("SELECT place_id, kind, name_en, name_zh FROM places WHERE shop_id = ? ORDER BY place_id", shop, [&](Row const& row) -> Result<void> {
            out_.places[place(row.text(0))] = {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))};
            return {};
        }));
        return {};
    }

    Result<void> suppliers() {
        TRY(step(2, "reading purchases"));
        Value const shop[] = {tx_.shop_id()};
        std::unordered_map<std::string, std::size_t> number;
        auto const supplier = [&](std::string_view id) {
            auto const [at, fresh] = number.try_emplace(std::string(id), out_.suppliers.size());
            if (fresh) out_.suppliers.push_back({.supplier_id = at->first, .name = at->first, .promised_days = {}, .promised_deviation = {}, .seen = {}, .ordered_on = {}});
            return at->second;
        };
        TRY(tx_.run("SELECT supplier_id, name, lead_time_days, lead_time_deviation_days, minimum_order_minor FROM suppliers WHERE shop_id = ? ORDER BY supplier_id", shop, [&](Row const& row) -> Result<void> {
            auto& s = out_.suppliers[supplier(row.text(0))];
            s.name = std::string(row.text(1));
            if (!row.is_null(2)) s.promised_days = row.number(2);
            if (!row.is_null(3)) s.promised_deviation = row.number(3);
            s.minimum_order_minor = row.is_null(4) ? 0 : row.number(4);
            return {};
        }));
        Value const recent[] = {tx_.shop_id(), start_of(out_.today - 730)};
        TRY(tx_.run("SELECT o.supplier_id, o.ordered_at_ms, o.received_at_ms, o.status, o.expected_day, o.purchase_order_id, (SELECT COUNT(*) FROM purchase_order_lines l WHERE l.shop_id = o.shop_id AND l.purchase_order_id = o.purchase_order_id) FROM purchase_orders o WHERE o.shop_id = ? AND o.status <> 'cancelled' AND o.ordered_at_ms >= ? ORDER BY o.ordered_at_ms, o.purchase_order_id", recent, [&](Row const& row) -> Result<void> {
            auto& s = out_.suppliers[supplier(row.text(0))];
            auto const ordered = days_->day(row.integer(1));
            purchase_.emplace(std::string(row.text(5)), ordered), s.ordered_on.push_back({ordered, static_cast<std::size_t>(row.integer(6))});
            if (out_.today - ordered <= 365 && ordered < out_.today) ++s.weekday_orders[weekday_of(ordered) - 1];
            if (row.text(3) == "received" && !row.is_null(2)) s.seen.push_back({ordered, std::max(0, days_->day(row.integer(2)) - ordered)});
            else if (row.text(3) == "ordered" && !row.is_null(4) && row.integer(4) < out_.today) ++s.late;
            return {};
        }));
        // A good comes from whom it was ordered last; terms that name a supplier alone decide without orders.
        std::unordered_map<std::size_t, std::pair<std::int64_t, std::size_t>> latest;
        TRY(tx_.run("SELECT l.sku, po.supplier_id, MAX(po.ordered_at_ms), SUM(CASE WHEN po.status = 'received' THEN l.quantity ELSE 0 END), SUM(CASE WHEN po.status = 'received' THEN l.received ELSE 0 END), SUM(l.quantity * l.cost_minor), SUM(l.quantity) FROM purchase_orders po JOIN purchase_order_lines l ON l.shop_id = po.shop_id AND l.purchase_order_id = po.purchase_order_id WHERE po.shop_id = ? AND po.status <> 'cancelled' GROUP BY l.sku, po.supplier_id", shop, [&](Row const& row) -> Result<void> {
            auto const s = supplier(row.text(1));
            out_.suppliers[s].ordered += row.number(3), out_.suppliers[s].delivered += row.number(4);
            auto const good = good_.find(std::string(row.text(0)));
            if (good == good_.end()) return {};
            auto& g = out_.goods[good->second];
            if (!g.cost_known && row.number(5) > 0 && row.number(6) > 0) g.cost = row.number(5) / row.number(6), g.cost_known = true;
            auto& l = latest[good->second];
            if (row.integer(2) >= l.first) l = {row.integer(2), s};
            return {};
        }));
        for (auto const& [good, l] : latest) out_.goods[good].supplier_id = out_.suppliers[l.second].supplier_id;
        TRY(tx_.run("SELECT sku, supplier_id, cost_minor, pack_size, minimum_quantity, shelf_life_days, most_quantity, price_breaks FROM supplies WHERE shop_id = ? ORDER BY sku, cost_minor DESC", shop, [&](Row const& row) -> Result<void> {
            auto const good = good_.find(std::string(row.text(0)));
            if (good == good_.end()) return {};
            auto& g = out_.goods[good->second];
            supplier(row.text(1));
            if (latest.contains(good->second) && g.supplier_id != row.text(1)) return {};
            g.supplier_id = std::string(row.text(1));
            g.term = {.sku = g.sku, .supplier_id = g.supplier_id, .cost_minor = row.integer(2), .pack_size = std::max<std::int64_t>(1, row.integer(3)), .minimum_quantity = std::max<std::int64_t>(1, row.integer(4)), .shelf_life_days = {}, .most_quantity = {}, .price_steps = {}};
            if (!row.is_null(5)) g.term.shelf_life_days = row.integer(5);
            if (!row.is_null(6)) g.term.most_quantity = row.integer(6);
            if (!row.text(7).empty()) g.term.price_steps = TRY(read_json<std::vector<SupplyPriceStep>>(TRY(parse_json(row.text(7)))));
            if (g.term.cost_minor > 0) g.cost = static_cast<double>(g.term.cost_minor), g.cost_known = true;
            return {};
        }));
        supplier_ = std::move(number);
        return {};
    }

    Result<void> stock() {
        TRY(step(3, "reading stock"));
        Value const shop[] = {tx_.shop_id()};
        TRY(tx_.run("SELECT sku, place_id, on_hand, reserved FROM stock WHERE shop_id = ? ORDER BY sku, place_id", shop, [&](Row const& row) -> Result<void> {
            auto const good = good_.find(std::string(row.text(0)));
            if (good == good_.end()) return {};
            auto& s = stored(good->second, place(row.text(1)));
            s.counted = true, s.on_hand = row.number(2), s.reserved = row.number(3), s.stock.assign(out_.days, 0);
            return {};
        }));
        TRY(tx_.run("SELECT l.sku, po.place_id, po.expected_day, po.ordered_at_ms, l.quantity - l.received, po.supplier_id FROM purchase_orders po JOIN purchase_order_lines l ON l.shop_id = po.shop_id AND l.purchase_order_id = po.purchase_order_id WHERE po.shop_id = ? AND po.status = 'ordered' AND l.quantity > l.received ORDER BY po.ordered_at_ms, po.purchase_order_id", shop, [&](Row const& row) -> Result<void> {
            auto const good = good_.find(std::string(row.text(0)));
            if (good == good_.end()) return {};
            auto const& s = out_.suppliers[supplier_.at(std::string(row.text(5)))];
            auto const expected = row.is_null(2) ? days_->day(row.integer(3)) + static_cast<Day>(std::lround(s.promised_days.value_or(14))) : static_cast<Day>(row.integer(2));
            auto& to = stored(good->second, place(row.text(1)));
            to.on_order += row.number(4), to.coming.push_back({std::max(expected, out_.today), row.number(4), expected < out_.today, days_->day(row.integer(3))});
            return {};
        }));
        // What moved after the window belongs to today's stock only; what was sold tells the place.
        std::vector<std::vector<float>> in(out_.stored.size()), net(out_.stored.size());
        for (std::size_t i = 0; i < in.size(); ++i) in[i].assign(out_.days, 0), net[i].assign(out_.days + 1, 0);
        Value const period[] = {tx_.shop_id(), from_};
        TRY(tx_.run("SELECT sku, place_id, quantity, kind, at_ms, reference FROM stock_moves WHERE shop_id = ? AND at_ms >= ?", period, [&](Row const& row) -> Result<void> {
            auto const good = good_.find(std::string(row.text(0)));
            if (good == good_.end()) return {};
            auto const key = stored_.find({good->second, place(row.text(1))});
            auto const day = days_->day(row.integer(4));
            if (key == stored_.end() || key->second >= in.size() || day < out_.first) return {};
            auto const at = static_cast<std::size_t>(std::min<Day>(day - out_.first, static_cast<Day>(out_.days)));
            auto const q = static_cast<float>(row.integer(2));
            net[key->second][at] += q;
            if (at == out_.days) return {};
            if (q > 0) {
                in[key->second][at] += q;
                if (auto const po = row.text(3) == "received" ? purchase_.find(std::string(row.text(5))) : purchase_.end(); po != purchase_.end()) out_.stored[key->second].came.push_back({po->second, day, static_cast<double>(q)});
            }
            else if (row.text(3) == "sold") out_.stored[key->second].sold[at] -= q, moved_[good->second].resize(out_.days), moved_[good->second][at] -= q;
            return {};
        }));
        // Before its first move a good's stock was not kept here: a shelf of which nothing is recorded was not empty.
        std::vector<std::size_t> kept_from(in.size(), out_.days);
        TRY(tx_.run("SELECT sku, place_id, MIN(at_ms) FROM stock_moves WHERE shop_id = ? GROUP BY sku, place_id", shop, [&](Row const& row) -> Result<void> {
            auto const good = good_.find(std::string(row.text(0)));
            auto const key = good == good_.end() ? stored_.end() : stored_.find({good->second, place(row.text(1))});
            if (key != stored_.end() && key->second < in.size()) kept_from[key->second] = static_cast<std::size_t>(std::clamp<Day>(days_->day(row.integer(2)) - out_.first, 0, static_cast<Day>(out_.days)));
            return {};
        }));
        for (std::size_t i = 0; i < in.size(); ++i) {
            auto& s = out_.stored[i];
            if (!s.counted) continue;
            auto end = static_cast<float>(s.on_hand) - net[i][out_.days];
            std::size_t begun = out_.days;
            empty_.push_back({i, {}});
            for (auto t = out_.days; t-- > 0;) {
                s.stock[t] = end;
                auto const start = end - net[i][t];
                if (t >= kept_from[i] && start <= 0 && in[i][t] <= 0) empty_.back().second.push_back(t);
                if (end > 0 || start > 0 || in[i][t] > 0 || s.sold[t] > 0) begun = t;
                end = start;
            }
            s.begun = begun;
            if (!out_.goods[s.good].term.shelf_life_days) continue;
            auto left = s.on_hand;
            for (auto t = out_.days; t-- > 0 && left > 0;)
                if (in[i][t] > 0) s.batches.push_back({out_.first + static_cast<Day>(t), std::min(left, static_cast<double>(in[i][t]))}), left -= s.batches.back().units;
            if (left > 0) s.batches.push_back({out_.first, left});  // older than the window: at least so old
            std::ranges::reverse(s.batches);
        }
        return {};
    }

    Result<void> sales() {
        TRY(step(5, "reading sales"));
        Value const period[] = {tx_.shop_id(), from_, until_};
        std::unordered_map<std::size_t, std::vector<float>> sold;
        shop::analysis::TakenBack taken;
        TRY(tx_.run("SELECT l.sku, o.placed_at_ms, l.quantity, o.customer_id FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id WHERE o.shop_id = ? AND o.placed_at_ms >= ? AND o.placed_at_ms < ? AND o.status <> 'cancelled' ORDER BY o.placed_at_ms, o.order_id, l.line", period, [&](Row const& row) -> Result<void> {
            auto const good = good_.find(std::string(row.text(0)));
            auto const t = index(row.integer(1));
            if (good == good_.end() || !t) return {};
            auto& days = sold[good->second];
            days.resize(out_.days);
            auto const units = row.integer(2);
            // What the same buyer had credited whole within a week was never wanted: an order of 80,995 by mistake is no demand to be ready for. What is billed again counted the first time.
            if (units > 0) days[*t] += taken.sold(row.text(3), good->second, units, static_cast<Day>(*t), *t) ? static_cast<float>(units) : 0;
            else if (auto const at = taken.credited(row.text(3), good->second, -units, static_cast<Day>(*t))) days[*at] += static_cast<float>(units);
            return {};
        }));
        std::vector<std::size_t> home(out_.goods.size(), Stored::no_supplier);
        for (std::size_t i = 0; i < out_.stored.size(); ++i) {
            auto& h = home[out_.stored[i].good];
            if (h == Stored::no_supplier || out_.stored[i].on_hand + out_.stored[i].on_order > out_.stored[h].on_hand + out_.stored[h].on_order) h = i;
        }
        for (auto const& [good, days] : sold) {
            auto const moved = moved_.find(good);
            for (std::size_t t = 0; t < out_.days; ++t) {
                auto const rest = days[t] - (moved == moved_.end() ? 0 : moved->second[t]);
                if (rest <= 0) continue;
                if (home[good] == Stored::no_supplier) stored(good, place("main")), home[good] = out_.stored.size() - 1;
                out_.stored[home[good]].sold[t] += rest;
            }
        }
        return {};
    }

    // Where no cost is known it is taken as the usual share of the price (60 % when none is known at all); such goods are flagged.
    void assume_costs() {
        double cost = 0, price = 0;
        for (auto const& g : out_.goods) if (g.cost_known && g.price > 0) cost += g.cost, price += g.price;
        auto const share = price > 0 ? cost / price : 0.6;
        for (auto& g : out_.goods) if (!g.cost_known) g.cost = share * g.price;
    }

    void settle() {
        assume_costs();
        // A sale on such a day was recorded late or taken elsewhere: then the day is known after all.
        for (auto const& [i, days] : empty_)
            for (auto const t : days) if (auto& s = out_.stored[i]; s.sold[t] == 0) s.sold[t] = unknown;
        for (auto& s : out_.stored) {
            // Whether days at the end without any order were quiet, closed or are not recorded yet, nobody knows; the lull tells nothing of a good.
            for (auto t = static_cast<std::size_t>(std::max<Day>(0, out_.sold_until - out_.first)); t < out_.days; ++t) if (s.sold[t] == 0) s.sold[t] = unknown;
            std::size_t first = 0;
            while (first < out_.days && !(s.sold[first] > 0)) ++first;
            s.begun = s.counted ? std::min(s.begun, first) : first;
            if (auto const& id = out_.goods[s.good].supplier_id; !id.empty()) s.supplier = supplier_.at(id);
        }
        std::ranges::sort(out_.stored, {}, [](Stored const& s) { return std::pair(s.good, s.place); });
    }

    Transaction& tx_;
    Milliseconds now_, from_ = 0, until_ = 0;
    Progress const& progress_;
    ShopStock out_;
    std::optional<shop::WallClock> days_;
    std::unordered_map<std::string, std::size_t> good_, place_, supplier_;
    std::unordered_map<std::string, Day> purchase_;  // purchase order -> when it was ordered
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> stored_;
    std::unordered_map<std::size_t, std::vector<float>> moved_;
    std::vector<std::pair<std::size_t, std::vector<std::size_t>>> empty_;
};

}  // namespace

Result<ShopStock> read_stock(Transaction& tx, Milliseconds now, Progress const& progress) { return Reader(tx, now, progress).read(); }

std::int64_t unit_cost_minor(SupplyTerm const& term, std::int64_t quantity, std::int64_t usual) {
    auto cost = term.cost_minor > 0 ? term.cost_minor : usual;
    for (auto const& s : term.price_steps) if (quantity >= s.from_quantity) cost = s.cost_minor;
    return cost;
}

Result<SupplySettings> read_settings(Transaction& tx) {
    auto const text = TRY(shop::read_setting(tx, "supply_settings"));
    if (text.empty()) return SupplySettings{};
    return read_json<SupplySettings>(TRY(parse_json(text)));
}

SupplySettings filled(SupplySettings s, std::string_view currency) {
    std::int64_t unit = 1;
    for (int d = currency_decimals(currency); d > 0; --d) unit *= 10;
    if (!s.order_cost_minor) s.order_cost_minor = 30 * unit;
    if (!s.line_cost_minor) s.line_cost_minor = 2 * unit;
    if (s.targets.empty()) s.targets = {{.abc = "A", .xyz = {}, .fill_rate = 0.97}, {.abc = "B", .xyz = {}, .fill_rate = 0.95}, {.abc = "C", .xyz = {}, .fill_rate = 0.90}};
    return s;
}

double order_cost(SupplySettings const& settings, ShopStock const& stock, std::size_t supplier) {
    if (supplier < stock.suppliers.size())
        if (auto const rule = std::ranges::find(settings.suppliers, stock.suppliers[supplier].supplier_id, &SupplierRule::supplier_id); rule != settings.suppliers.end() && rule->order_cost_minor) return static_cast<double>(*rule->order_cost_minor);
    return static_cast<double>(*settings.order_cost_minor);
}

}  // namespace kindling::supply_module

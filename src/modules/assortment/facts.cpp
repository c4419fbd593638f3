#include "modules/assortment/facts.h"
#include "core/time.h"
#include "modules/assortment/stock_shares.h"
#include "shop/catalogue/api.h"
#include "shop/catalogue/operations.h"
#include "shop/orders/history_end.h"
#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace kindling::assortment_module {

namespace {

using shop::Row, shop::Transaction, shop::Value;

constexpr std::int64_t most_days = 365;
constexpr std::size_t goods_to_divide = 16, level_days = 91;  // level_days: their mean is taken for the shoppers to come
constexpr double without_log_conversion = 0.03;  // where no visit was ever logged: what online shops usually see

struct Variant { std::string sku; double price = 0, cost = 0; bool cost_known = false; double units = 0; std::optional<double> on_hand; std::vector<float> in, out; };
struct Good {
    std::string product_id, category_id, status, brand, title_en, title_zh;
    Day created = 0;
    std::size_t set = 0;                     // number of its choice set
    std::vector<std::size_t> variants;
    std::vector<float> units, paid, listed;  // by day: units, money paid, what they would have cost at today's price
    double returned = 0;
    std::map<std::string, double> suppliers;
    std::vector<std::string> attributes;
};

class Reader {
public:
    Reader(Transaction& tx, Milliseconds now, double return_cost_share, Progress const& progress) : tx_(tx), now_(now), return_cost_share_(return_cost_share), progress_(progress) {}

    Result<ShopFacts> read() {
        facts_.currency = TRY(shop::shop_currency(tx_));
        auto const last = TRY(shop::newest_order(tx_, now_));
        auto const first = TRY(tx_.integer("SELECT MIN(placed_at_ms) FROM orders WHERE shop_id = ? AND status <> 'cancelled'", tx_.shop_id()));
        if (last == 0) return fail(Errc::failed_precondition, "nothing_sold", "There are no orders to learn from: record or import some first.");
        end_ = day_of(last) + 1, days_ = std::min<std::int64_t>(most_days, end_ - day_of(first));
        facts_.until = static_cast<Milliseconds>(end_) * milliseconds_per_day, facts_.days = days_;
        TRY(goods());
        if (goods_.empty()) return fail(Errc::failed_precondition, "no_goods", "There are no products to plan with.");
        divide();
        TRY(sales());
        TRY(enough());
        TRY(stock());
        TRY(suppliers());
        TRY(visits());
        return sets();
    }

private:
    Milliseconds from() const { return static_cast<Milliseconds>(end_ - days_) * milliseconds_per_day; }
    std::size_t day(Milliseconds at) const { return static_cast<std::size_t>(day_of(at) - (end_ - days_)); }
    Result<void> step(std::int64_t done, std::string_view what) {
        if (progress_.stopped()) return fail(Errc::unavailable, "cancelled", "The plan was cancelled.");
        progress_(done, 100, what);
        return {};
    }

    // From two days and six orders nothing follows for 24,000 goods: most of them have had no chance yet.
    Result<void> enough() const {
        constexpr std::int64_t least_days = 7, goods_a_line = 100;
        auto const on_sale = std::ranges::count(goods_, "active", &Good::status);
        if (days_ >= least_days && lines_ * goods_a_line >= on_sale) return {};
        return fail(Errc::failed_precondition, "too_little_history", fmt::format("{} days of trade and {} order lines tell too little of {} goods on sale: at least {} days are needed, and a line for every {} goods.", days_, lines_, on_sale, least_days, goods_a_line));
    }

    Result<void> goods() {
        TRY(step(2, "reading goods"));
        Value const shop[] = {tx_.shop_id()};
        TRY(tx_.run("SELECT product_id, category_id, status, brand, title_en, title_zh, created_at_ms FROM products WHERE shop_id = ? ORDER BY category_id, product_id", shop, [&](Row const& row) -> Result<void> {
            number_.emplace(std::string(row.text(0)), goods_.size());
            goods_.push_back({.product_id = std::string(row.text(0)), .category_id = std::string(row.text(1)), .status = std::string(row.text(2)), .brand = std::string(row.text(3)), .title_en = std::string(row.text(4)), .title_zh = std::string(row.text(5)), .created = day_of(row.integer(6)), .variants = {}, .units = std::vector<float>(static_cast<std::size_t>(days_)), .paid = std::vector<float>(static_cast<std::size_t>(days_)), .listed = std::vector<float>(static_cast<std::size_t>(days_)), .returned = 0, .suppliers = {}, .attributes = {}});
            return {};
        }));
        TRY(tx_.run("SELECT sku, product_id, price_minor, cost_minor FROM variants WHERE shop_id = ? AND status = 'active' ORDER BY product_id, position", shop, [&](Row const& row) -> Result<void> {
            auto const good = number_.find(std::string(row.text(1)));
            if (good == number_.end()) return {};
            sku_.emplace(std::string(row.text(0)), variants_.size()), goods_[good->second].variants.push_back(variants_.size());
            variants_.push_back({.sku = std::string(row.text(0)), .price = static_cast<double>(row.integer(2)), .cost = row.is_null(3) ? 0 : static_cast<double>(row.integer(3)), .cost_known = !row.is_null(3), .units = 0, .on_hand = {}, .in = std::vector<float>(static_cast<std::size_t>(days_)), .out = std::vector<float>(static_cast<std::size_t>(days_))});
            return {};
        }));
        TRY(tx_.run("SELECT product_id, name, text_en, text_zh, number FROM attributes WHERE shop_id = ? AND sku = ''", shop, [&](Row const& row) -> Result<void> {
            auto const good = number_.find(std::string(row.text(0)));
            if (good == number_.end()) return {};
            // Numbers are alike when they are within a fifth of each other, roughly.
            auto const value = !row.is_null(4) && row.number(4) > 0 ? fmt::format("#{}", std::lround(std::log(row.number(4)) * 4)) : std::string(row.text(row.text(2).empty() ? 3 : 2));
            goods_[good->second].attributes.push_back(std::string(row.text(1)) + ":" + value);
            return {};
        }));
        return {};
    }

    // Large categories are two sets, the lower and the upper half of prices: who comes for a cheap one rarely leaves with a dear one.
    void divide() {
        std::map<std::string, std::vector<std::size_t>> of_category;
        for (std::size_t g = 0; g < goods_.size(); ++g) if (!goods_[g].variants.empty()) of_category[goods_[g].category_id].push_back(g);
        for (auto const& [category, members] : of_category) {
            auto const price = [&](std::size_t g) { double sum = 0; for (auto const v : goods_[g].variants) sum += variants_[v].price; return sum / static_cast<double>(goods_[g].variants.size()); };
            if (members.size() < goods_to_divide) { members_.push_back(members), bands_.emplace_back(); continue; }
            std::vector<double> prices;
            for (auto const g : members) prices.push_back(price(g));
            std::ranges::nth_element(prices, prices.begin() + static_cast<std::ptrdiff_t>(prices.size() / 2));
            auto const middle = prices[prices.size() / 2];
            for (bool const upper : {false, true}) {
                std::vector<std::size_t> half;
                for (auto const g : members) if ((price(g) >= middle) == upper) half.push_back(g);
                if (!half.empty()) members_.push_back(std::move(half)), bands_.emplace_back(upper ? "upper" : "lower");
            }
        }
        for (std::size_t s = 0; s < members_.size(); ++s) for (auto const g : members_[s]) goods_[g].set = s;
    }

    Result<void> sales() {
        TRY(step(8, "reading sales"));
        Value const period[] = {tx_.shop_id(), from(), facts_.until};
        shop_units_.assign(static_cast<std::size_t>(days_), 0);
        TRY(tx_.run("SELECT l.product_id, l.sku, o.placed_at_ms, l.quantity, l.unit_price_minor, l.discount_minor FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id WHERE o.shop_id = ? AND o.placed_at_ms >= ? AND o.placed_at_ms < ? AND o.status <> 'cancelled'", period, [&](Row const& row) -> Result<void> {
            auto const good = number_.find(std::string(row.text(0)));
            if (good == number_.end()) return {};
            auto& g = goods_[good->second];
            auto const units = static_cast<double>(row.integer(3));
            if (units <= 0) { g.returned -= units; return {}; }
            ++lines_;
            auto const t = day(row.integer(2));
            auto const sku = sku_.find(std::string(row.text(1)));
            g.units[t] += static_cast<float>(units), shop_units_[t] += units;
            if (sku == sku_.end()) return {};
            variants_[sku->second].units += units;
            g.paid[t] += static_cast<float>(units * static_cast<double>(row.integer(4)) - static_cast<double>(row.integer(5))), g.listed[t] += static_cast<float>(units * variants_[sku->second].price);
            return {};
        }));
        TRY(tx_.run("SELECT l.product_id, SUM(r.quantity) FROM returns r JOIN order_lines l ON l.shop_id = r.shop_id AND l.order_id = r.order_id AND l.line = r.line WHERE r.shop_id = ? AND r.created_at_ms >= ? AND r.created_at_ms < ? GROUP BY l.product_id", period, [&](Row const& row) -> Result<void> {
            if (auto const good = number_.find(std::string(row.text(0))); good != number_.end()) goods_[good->second].returned += static_cast<double>(row.integer(1));
            return {};
        }));
        return {};
    }

    Result<void> stock() {
        TRY(step(16, "reading stock"));
        Value const shop[] = {tx_.shop_id()}, period[] = {tx_.shop_id(), from()};
        TRY(tx_.run("SELECT sku, SUM(on_hand - reserved) FROM stock WHERE shop_id = ? GROUP BY sku", shop, [&](Row const& row) -> Result<void> {
            if (auto const sku = sku_.find(std::string(row.text(0))); sku != sku_.end()) variants_[sku->second].on_hand = static_cast<double>(row.integer(1));
            return {};
        }));
        TRY(tx_.run("SELECT sku, quantity, at_ms FROM stock_moves WHERE shop_id = ? AND at_ms >= ?", period, [&](Row const& row) -> Result<void> {
            auto const sku = sku_.find(std::string(row.text(0)));
            if (sku == sku_.end()) return {};
            auto& v = variants_[sku->second];
            auto const quantity = static_cast<double>(row.integer(1));
            // What moved after the newest order belongs to today's stock only.
            if (row.integer(2) >= facts_.until) { if (v.on_hand) *v.on_hand -= quantity; return {}; }
            (quantity > 0 ? v.in : v.out)[day(row.integer(2))] += static_cast<float>(quantity);
            return {};
        }));
        // Whether it could be bought when the day began, or came in during it. That it sold out in the evening is left out: it says that demand was high, not that shoppers found nothing.
        for (auto& v : variants_) {
            if (!v.on_hand) { std::ranges::fill(v.in, 1.0f); continue; }  // stock is not counted
            auto end = *v.on_hand;
            for (auto t = static_cast<std::size_t>(days_); t-- > 0;) {
                auto const start = end - static_cast<double>(v.in[t]) - static_cast<double>(v.out[t]);
                v.in[t] = start > 0 || v.in[t] > 0 ? 1.0f : 0.0f;
                end = start;
            }
        }
        return {};
    }

    Result<void> suppliers() {
        TRY(step(22, "reading purchases"));
        Value const shop[] = {tx_.shop_id()};
        TRY(tx_.run("SELECT po.supplier_id, l.sku, SUM(l.quantity) FROM purchase_orders po JOIN purchase_order_lines l ON l.shop_id = po.shop_id AND l.purchase_order_id = po.purchase_order_id WHERE po.shop_id = ? AND po.status <> 'cancelled' GROUP BY po.supplier_id, l.sku", shop, [&](Row const& row) -> Result<void> {
            auto const sku = sku_.find(std::string(row.text(1)));
            if (sku != sku_.end()) of_variant_[sku->second][std::string(row.text(0))] += static_cast<double>(row.integer(2));
            return {};
        }));
        for (auto& g : goods_)
            for (auto const v : g.variants)
                if (auto const found = of_variant_.find(v); found != of_variant_.end()) for (auto const& [supplier, units] : found->second) g.suppliers[supplier] += units;
        TRY(tx_.run("SELECT supplier_id, lead_time_days FROM suppliers WHERE shop_id = ?", shop, [&](Row const& row) -> Result<void> {
            if (!row.is_null(1)) lead_time_[std::string(row.text(0))] = row.number(1);
            return {};
        }));
        delivered_ = TRY(read_deliveries(tx_, from(), end_, lead_time_));
        return {};
    }

    Result<void> visits() {
        TRY(step(26, "reading visits"));
        looked_.assign(members_.size(), std::vector<float>(static_cast<std::size_t>(days_)));
        std::unordered_set<std::uint64_t> seen;
        first_logged_ = static_cast<std::size_t>(days_);
        Value const period[] = {tx_.shop_id(), from(), facts_.until};
        TRY(tx_.run("SELECT at_ms, session_id, product_id FROM events WHERE shop_id = ? AND at_ms >= ? AND at_ms < ? AND product_id <> '' AND session_id <> '' AND (kind = 'view' OR kind = 'click' OR kind = 'cart' OR kind = 'purchase')", period, [&](Row const& row) -> Result<void> {
            auto const good = number_.find(std::string(row.text(2)));
            if (good == number_.end() || goods_[good->second].variants.empty()) return {};
            auto const set = goods_[good->second].set, t = day(row.integer(0));
            first_logged_ = std::min(first_logged_, t);
            if (seen.insert(std::hash<std::string_view>{}(row.text(1)) * 0x9E3779B97F4A7C15ull + set).second) ++looked_[set][t];
            return {};
        }));
        // The first logged day may be half a day; fewer than two weeks say too little.
        if (first_logged_ + 1 < static_cast<std::size_t>(days_) && first_logged_ > 0) ++first_logged_;
        facts_.arrivals_seen = first_logged_ + 14 <= static_cast<std::size_t>(days_);
        return {};
    }

    Result<ShopFacts> sets() {
        TRY(step(32, "building choice sets"));
        double sold = 0, returned = 0, cost_share = 0, cost_weight = 0;
        for (auto const& g : goods_) sold += std::reduce(g.units.begin(), g.units.end()), returned += g.returned;
        for (auto const& v : variants_) if (v.cost_known && v.price > 0) cost_share += v.cost / v.price * (1 + v.units), cost_weight += 1 + v.units;
        mean_return_ = (returned + 1) / (sold + 30), mean_cost_share_ = cost_weight > 0 ? cost_share / cost_weight : 0.6;
        std::map<std::string, shop::Category> names;
        for (auto& c : TRY(shop::load_categories(tx_))) names.emplace(c.category_id, c);
        for (std::size_t number = 0; number < members_.size(); ++number) {
            SetFacts set{.category_id = goods_[members_[number][0]].category_id, .price_band = bands_[number], .name_en = {}, .name_zh = {}, .arrivals_per_day = 0, .goods = {}, .data = {}};
            if (auto const c = names.find(set.category_id); c != names.end()) set.name_en = c->second.name_en, set.name_zh = c->second.name_zh;
            fill(set, members_[number], number);
            facts_.sets.push_back(std::move(set));
        }
        set_stock_shares(facts_.sets, delivered_);
        facts_.out_days = out_days();
        level_misses();
        return std::move(facts_);
    }

    void fill(SetFacts& set, std::vector<std::size_t> const& members, std::size_t number) {
        auto const days = static_cast<std::size_t>(days_), n = members.size();
        auto& d = set.data;
        d = {.items = n, .periods = days, .arrivals = std::vector<double>(days), .years = std::vector<double>(days), .available = std::vector<float>(n * days), .log_price = std::vector<float>(n * days), .units = std::vector<float>(n * days), .alike = {}};
        std::vector<double> units(days);
        std::map<std::string, std::uint32_t> attribute_number;
        std::vector<std::vector<std::uint32_t>> attributes(n);
        for (std::size_t i = 0; i < n; ++i) {
            auto& g = goods_[members[i]];
            set.goods.push_back(economics(g));
            auto add = [&](std::string const& a) { attributes[i].push_back(attribute_number.emplace(a, static_cast<std::uint32_t>(attribute_number.size())).first->second); };
            for (auto const& a : g.attributes) add(a);
            if (!g.brand.empty()) add("brand:" + g.brand);
            add(fmt::format("price:{}", std::lround(std::log(std::max(1.0, set.goods.back().economics.price_minor)) * 2)));
            std::ranges::sort(attributes[i]);
            series(g, i, n, d, units);
        }
        d.alike = assortment::neighbours(attributes);
        for (std::size_t t = 0; t < days; ++t) d.years[t] = (static_cast<double>(t) - static_cast<double>(days)) / 365;
        levels(d);
        // How lively the rest of the shop was: what is bought in the set itself must not tell how many came, or a missing good would look like fewer shoppers.
        std::vector<double> lively(days);
        for (std::size_t t = 0; t < days; ++t) lively[t] = std::max(0.0, shop_units_[t] - units[t]);
        if (std::reduce(lively.begin(), lively.end()) < 3 * static_cast<double>(days)) lively.assign(days, 1);  // hardly anything but this set
        double looked = 0, then = 0, bought = 0, ever = 0;
        for (std::size_t t = 0; t < days; ++t) {
            bought += units[t], ever += lively[t];
            if (facts_.arrivals_seen && t >= first_logged_) looked += static_cast<double>(looked_[number][t]), then += lively[t];
        }
        auto const each = looked > 0 && then > 0 ? looked / then : ever > 0 ? std::max(1.0, bought) / without_log_conversion / ever : 0;
        for (std::size_t t = 0; t < days; ++t) d.arrivals[t] = std::max(lively[t] * each, units[t] > 0 ? 1.0 : 0.0);
        auto const recent = std::min(level_days, days);
        set.arrivals_per_day = std::reduce(d.arrivals.end() - static_cast<std::ptrdiff_t>(recent), d.arrivals.end()) / static_cast<double>(recent);
    }

    // What moves the whole set: a level for every four weeks (hat functions, so that it bends and does not jump), and price cuts of many goods at once.
    // What is slow is left to the levels, so that substitution is learned from goods that come and go within weeks; planned for is the newest level.
    void levels(assortment::ChoiceData& d) const {
        auto const n = d.items;
        auto const knots = static_cast<std::size_t>(days_ / 28) + 1, count = knots > 1 ? knots + 1 : 1;
        std::vector<double> sold(n);
        for (std::size_t t = 0; t < d.periods; ++t) for (std::size_t i = 0; i < n; ++i) sold[i] += static_cast<double>(d.units[t * n + i]);
        for (std::size_t t = 0; t < d.periods; ++t) {
            double full = 0, cut = 0;
            for (std::size_t i = 0; i < n; ++i)
                if (d.available[t * n + i] > 0) full += sold[i] + 0.5, cut += (sold[i] + 0.5) * std::exp(-2 * static_cast<double>(d.log_price[t * n + i]));
            d.levels.push_back(full > 0 ? static_cast<float>(std::log(cut / full)) : 0);
            if (knots == 1) continue;
            auto const at = static_cast<double>(t) / static_cast<double>(d.periods) * static_cast<double>(knots - 1);
            for (std::size_t k = 0; k < knots; ++k) d.levels.push_back(static_cast<float>(std::max(0.0, 1 - std::abs(at - static_cast<double>(k)))));
        }
        d.levels_now.assign(count, 0);
        if (knots > 1) d.levels_now.back() = 1;
    }

    GoodFacts economics(Good const& g) {
        GoodFacts out{.product_id = g.product_id, .title_en = g.title_en, .title_zh = g.title_zh, .supplier_id = {}, .on_sale = g.status == "active", .economics = {}, .cost_known = true, .in_stock = 0, .units_seen = std::reduce(g.units.begin(), g.units.end(), 0.0), .delivered = {}, .deliveries = 0, .skus = {}};
        double weight = 0;
        for (auto const v : g.variants) {
            auto const w = variants_[v].units + 1;
            weight += w, out.economics.price_minor += w * variants_[v].price, out.economics.cost_minor += w * (variants_[v].cost_known ? variants_[v].cost : variants_[v].price * mean_cost_share_), out.cost_known = out.cost_known && variants_[v].cost_known;
            out.skus.push_back(variants_[v].sku);
        }
        out.economics.price_minor /= weight, out.economics.cost_minor /= weight;
        out.economics.returned = (g.returned + 20 * mean_return_) / (out.units_seen + 20);
        out.economics.returned = std::min(out.economics.returned, 0.95);
        out.economics.return_cost_minor = out.economics.cost_minor * return_cost_share_;
        out.economics.display_units = static_cast<double>(g.variants.size());
        out.economics.may_change_price = out.on_sale;
        if (!g.suppliers.empty()) out.supplier_id = std::ranges::max_element(g.suppliers, {}, [](auto const& s) { return s.second; })->first;
        if (auto const d = delivered_.find(out.supplier_id); d != delivered_.end()) out.delivered = d->second.came / static_cast<double>(d->second.orders), out.deliveries = d->second.orders;
        auto const lead = lead_time_.find(out.supplier_id);
        out.economics.cover_days = lead == lead_time_.end() ? 30 : lead->second + 14;
        return out;
    }

    void series(Good const& g, std::size_t i, std::size_t n, assortment::ChoiceData& d, std::vector<double>& units) {
        auto const days = static_cast<std::size_t>(days_);
        std::size_t first = days, last = 0;
        for (std::size_t t = 0; t < days; ++t) if (g.units[t] > 0) first = std::min(first, t), last = t;
        auto const created = g.created <= end_ - days_ ? 0 : std::min(days, static_cast<std::size_t>(g.created - (end_ - days_)));
        auto const begin = std::min(first, created), end = g.status == "active" ? days : first < days ? last + 1 : begin;
        double weight = 0;
        for (auto const v : g.variants) weight += variants_[v].units + 1;
        float price = 0;
        std::size_t seen = days;
        for (std::size_t t = begin; t < end; ++t) {
            double available = 0;
            for (auto const v : g.variants) available += (variants_[v].units + 1) / weight * static_cast<double>(variants_[v].in[t]);
            if (g.units[t] > 0) available = std::max(available, 0.5);
            if (g.listed[t] > 0 && g.paid[t] > 0) price = std::clamp(std::log(g.paid[t] / g.listed[t]), -1.2f, 1.2f), seen = t;
            d.available[t * n + i] = static_cast<float>(std::min(1.0, available)), d.units[t * n + i] = g.units[t];
            d.log_price[t * n + i] = seen != days && t - seen <= 3 ? price : 0;
            units[t] += static_cast<double>(g.units[t]);
        }
    }

    // How long variants that sold out in the last half year stayed out.
    double out_days() const {
        auto const from = half_year_ago(static_cast<std::size_t>(days_));
        std::vector<std::vector<char>> outages;
        for (auto const& g : goods_) {
            if (g.status != "active") continue;
            for (auto const v : g.variants) {
                auto const& in = variants_[v].in;
                auto const begun = std::find_if(in.begin() + static_cast<std::ptrdiff_t>(from), in.end(), [](float x) { return x > 0; });
                auto& days_in = outages.emplace_back();
                std::transform(begun, in.end(), std::back_inserter(days_in), [](float x) { return static_cast<char>(x > 0); });
            }
        }
        return assortment::usual_outage(outages);
    }

    void level_misses() {
        std::vector<std::vector<double>> units;
        for (auto const& set : facts_.sets) {
            auto& u = units.emplace_back(static_cast<std::size_t>(days_));
            for (std::size_t t = 0; t < u.size(); ++t) for (std::size_t i = 0; i < set.data.items; ++i) u[t] += static_cast<double>(set.data.units[t * set.data.items + i]);
        }
        facts_.steadiness = assortment::steadiness(units, std::min<std::size_t>(level_days, static_cast<std::size_t>(days_)));
    }

    Transaction& tx_;
    Milliseconds now_;
    double return_cost_share_;
    Progress const& progress_;
    ShopFacts facts_;
    Day end_ = 0;
    std::int64_t days_ = 0;
    std::vector<Good> goods_;
    std::vector<std::vector<std::size_t>> members_;  // by set
    std::vector<std::string> bands_;
    std::vector<Variant> variants_;
    std::unordered_map<std::string, std::size_t> number_, sku_;
    std::map<std::size_t, std::map<std::string, double>> of_variant_;
    std::map<std::string, double> lead_time_;
    std::map<std::string, Delivered> delivered_;  // by supplier
    std::vector<double> shop_units_;
    std::vector<std::vector<float>> looked_;
    std::size_t first_logged_ = 0;
    std::int64_t lines_ = 0;
    double mean_return_ = 0, mean_cost_share_ = 0;
};

}  // namespace

Result<ShopFacts> read_facts(Transaction& tx, Milliseconds now, double return_cost_share, Progress const& progress) { return Reader(tx, now, return_cost_share, progress).read(); }

}  // namespace kindling::assortment_module

#include "modules/forecast/history.h"
#include "shop/orders/history_end.h"
#include "shop/people/time_zones.h"
#include "shop/analysis/taken_back.h"
#include <algorithm>
#include <limits>
#include <cmath>
#include <fmt/format.h>
#include <unordered_map>

namespace kindling::forecast {

namespace {

using shop::Row, shop::Transaction, shop::Value;

constexpr std::int32_t days_for_places = 182;

class Reader {
public:
    Reader(Transaction& tx, shop::WallClock days, Progress const& progress) : tx_(tx), local_(std::move(days)), progress_(progress) {}

    Result<Day> end(Milliseconds now) { return TRY(shop::history_end(tx_, local_, now)).day; }

    Result<History> read(Milliseconds now, std::optional<Day> until) {
        auto const whole = TRY(end(now));
        auto const first = TRY(tx_.integer("SELECT MIN(placed_at_ms) FROM orders WHERE shop_id = ? AND status <> 'cancelled'", tx_.shop_id()));
        out_.end = until.value_or(whole);
        out_.first = std::max<Day>(TRY(begins(first)), out_.end - static_cast<Day>(most_days));
        if (until && out_.end <= out_.first) return fail(Errc::invalid_argument, "invalid_request", fmt::format("The first order is of {}: there is nothing before {} to learn from.", format_date(out_.first), format_date(*until)), {{"/until", "out_of_range", fmt::format("must be after {}, the day of the first order", format_date(out_.first))}});
        if (out_.end <= out_.first) return none();
        TRY(goods());
        TRY(sales());
        TRY(stock());
        out_.closed = closed_days(out_);
        return std::move(out_);
    }

private:
    // An order that is alone before more than a year without any (a wrong date, a trial) is no beginning.
    Result<Day> begins(Milliseconds first) {
        constexpr Day longest_pause = 366;
        for (;;) {
            auto const next = TRY(tx_.integer("SELECT MIN(placed_at_ms) FROM orders WHERE shop_id = ? AND status <> 'cancelled' AND placed_at_ms > ?", tx_.shop_id(), first));
            if (next == 0 || local_.day(next) - local_.day(first) <= longest_pause || local_.day(next) >= out_.end) return local_.day(first);
            first = next;
        }
    }
    static std::unexpected<Error> none() { return fail(Errc::failed_precondition, "nothing_sold", "There are no orders to learn from: record or import some first."); }
    Result<void> step(std::int64_t done, std::string_view what) {
        if (progress_.stopped()) return fail(Errc::unavailable, "cancelled", "The forecast was cancelled; the one before it stays.");
        progress_(done, 100, what);
        return {};
    }
    // Counted from the first day of the history; may lie outside of it.
    std::int32_t day(Milliseconds at) { return local_.day(at) - out_.first; }
    std::int32_t days() const { return out_.end - out_.first; }

    Result<void> goods() {
        TRY(step(1, "reading goods"));
        Value const shop[] = {tx_.shop_id()};
        std::unordered_map<std::string, std::int32_t> categories;
        std::vector<std::string> parents;
        TRY(tx_.run("SELECT category_id, parent_id FROM categories WHERE shop_id = ? ORDER BY category_id", shop, [&](Row const& row) -> Result<void> {
            categories.emplace(std::string(row.text(0)), static_cast<std::int32_t>(out_.categories.size()));
            out_.categories.push_back({.category_id = std::string(row.text(0))}), parents.emplace_back(row.text(1));
            return {};
        }));
        for (std::size_t c = 0; c < parents.size(); ++c)
            if (auto const p = categories.find(parents[c]); p != categories.end()) out_.categories[c].parent = p->second;
        TRY(tx_.run("SELECT v.sku, v.product_id, p.category_id, v.status, p.status, v.price_minor, p.created_at_ms FROM variants v JOIN products p ON p.shop_id = v.shop_id AND p.product_id = v.product_id WHERE v.shop_id = ? ORDER BY v.sku", shop, [&](Row const& row) -> Result<void> {
            auto const category = categories.find(std::string(row.text(2)));
            auto const made = day(row.integer(6));
            out_.goods.push_back({.sku = std::string(row.text(0)), .product_id = std::string(row.text(1)), .category = category == categories.end() ? -1 : category->second, .on_sale = row.text(3) == "active" && row.text(4) == "active", .begun = made < days() ? std::max(0, made) : -1, .sold = {}, .empty = {}, .by_place = {}, .attributes = {}, .price_minor = row.integer(5), .lifted = {}});
            return {};
        }));
        std::ranges::sort(out_.goods, {}, &GoodHistory::sku);  // bytes, whatever order the store has
        for (std::size_t g = 0; g < out_.goods.size(); ++g) number_[out_.goods[g].sku] = g;
        // What a product is, for goods of which nothing is known yet. Numbers are alike when they are within a fifth of each other, roughly; prices within a half.
        std::unordered_map<std::string, std::vector<std::string>> of_product;
        auto const bucket = [](double v, double steps) { return v > 0 ? std::lround(std::log(v) * steps) : -1; };
        TRY(tx_.run("SELECT product_id, name, text_en, text_zh, number FROM attributes WHERE shop_id = ? AND sku = ''", shop, [&](Row const& row) -> Result<void> {
            of_product[std::string(row.text(0))].push_back(fmt::format("{}:{}", row.text(1), !row.is_null(4) && row.number(4) > 0 ? fmt::format("#{}", bucket(row.number(4), 4)) : std::string(row.text(row.text(2).empty() ? 3 : 2))));
            return {};
        }));
        TRY(tx_.run("SELECT product_id, brand FROM products WHERE shop_id = ? AND brand <> ''", shop, [&](Row const& row) -> Result<void> { of_product[std::string(row.text(0))].push_back(fmt::format("brand:{}", row.text(1))); return {}; }));
        for (auto& g : out_.goods) {
            if (auto const own = of_product.find(g.product_id); own != of_product.end()) g.attributes = own->second;
            g.attributes.push_back(fmt::format("price:{}", bucket(static_cast<double>(g.price_minor), 2)));
            std::ranges::sort(g.attributes);
        }
        return {};
    }

    Result<void> sales() {
        TRY(step(2, "reading sales"));
        // A day of a zone begins at most 14 hours before and ends at most 12 hours after that of UTC.
        Value const period[] = {tx_.shop_id(), start_of(out_.first - 1), start_of(out_.end + 1)};
        std::vector<std::vector<DayUnits>> sold(out_.goods.size());
        shop::analysis::TakenBack taken;
        TRY(tx_.run("SELECT l.sku, o.placed_at_ms, l.quantity, o.customer_id FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id WHERE o.shop_id = ? AND o.placed_at_ms >= ? AND o.placed_at_ms < ? AND o.status <> 'cancelled' ORDER BY o.placed_at_ms", period, [&](Row const& row) -> Result<void> {
            auto const good = number_.find(std::string(row.text(0)));
            auto const t = day(row.integer(1));
            if (good == number_.end() || t < 0 || t >= days()) return {};
            auto const units = row.integer(2);
            auto& own = sold[good->second];
            if (units < 0) {
                out_.goods[good->second].returned -= static_cast<double>(units);
                if (auto const at = taken.credited(row.text(3), good->second, -units, t)) own[*at].units = 0;
            } else if (units > 0 && taken.sold(row.text(3), good->second, units, t, own.size()))
                own.push_back({t, static_cast<std::int32_t>(std::min<std::int64_t>(units, 1'000'000'000))});
            return {};
        }));
        for (std::size_t g = 0; g < sold.size(); ++g) {
            std::erase_if(sold[g], [](DayUnits const& d) { return d.units == 0; });
            std::ranges::stable_sort(sold[g], {}, &DayUnits::day);
            auto& to = out_.goods[g].sold;
            for (auto const& d : sold[g])
                if (!to.empty() && to.back().day == d.day) to.back().units = static_cast<std::int32_t>(std::min<std::int64_t>(std::int64_t{to.back().units} + d.units, 1'000'000'000));
                else to.push_back(d);
            if (!to.empty()) out_.goods[g].begun = out_.goods[g].begun < 0 ? to.front().day : std::min(out_.goods[g].begun, to.front().day);
        }
        TRY(tx_.run("SELECT l.sku, r.created_at_ms, r.quantity FROM returns r JOIN order_lines l ON l.shop_id = r.shop_id AND l.order_id = r.order_id AND l.line = r.line WHERE r.shop_id = ? AND r.created_at_ms >= ? AND r.created_at_ms < ?", period, [&](Row const& row) -> Result<void> {
            auto const t = day(row.integer(1));
            if (auto const good = number_.find(std::string(row.text(0))); good != number_.end() && t >= 0 && t < days()) out_.goods[good->second].returned += static_cast<double>(row.integer(2));
            return {};
        }));
        return {};
    }

    Result<void> stock() {
        TRY(step(4, "reading stock"));
        Value const shop[] = {tx_.shop_id()}, period[] = {tx_.shop_id(), start_of(out_.first - 1)};
        auto const n = out_.goods.size();
        std::vector<std::optional<std::int64_t>> free(n);
        TRY(tx_.run("SELECT sku, SUM(on_hand - reserved) FROM stock WHERE shop_id = ? GROUP BY sku", shop, [&](Row const& row) -> Result<void> {
            if (auto const good = number_.find(std::string(row.text(0))); good != number_.end()) free[good->second] = row.integer(1);
            return {};
        }));
        std::unordered_map<std::string, std::size_t> places;
        struct Move { std::int32_t day; std::int64_t in, out; };
        std::vector<std::vector<Move>> moves(n);
        TRY(tx_.run("SELECT sku, place_id, quantity, kind, at_ms FROM stock_moves WHERE shop_id = ? AND at_ms >= ?", period, [&](Row const& row) -> Result<void> {
            auto const good = number_.find(std::string(row.text(0)));
            if (good == number_.end()) return {};
            auto const t = day(row.integer(4));
            auto const quantity = row.integer(2);
            if (t >= days()) { if (free[good->second]) *free[good->second] -= quantity; return {}; }  // of today's stock only
            auto& own = moves[good->second];
            if (own.empty() || own.back().day != t) own.push_back({t, 0, 0});
            (quantity > 0 ? own.back().in : own.back().out) += quantity;
            if (row.text(3) == "sold" && quantity < 0 && places.size() < std::numeric_limits<std::uint16_t>::max()) {
                auto const place = places.emplace(std::string(row.text(1)), places.size()).first->second;
                if (t >= 0) out_.goods[good->second].left.push_back({t, static_cast<std::uint16_t>(place), static_cast<float>(-quantity)});
                if (t < days() - days_for_places) return {};
                auto& by = out_.goods[good->second].by_place;
                if (by.size() <= place) by.resize(place + 1);
                by[place] += static_cast<float>(-quantity);
            }
            return {};
        }));
        // Before its first move a good's stock was not kept here: a shelf of which nothing is recorded was not empty.
        std::vector<std::int32_t> kept_from(n, days());
        TRY(tx_.run("SELECT sku, MIN(at_ms) FROM stock_moves WHERE shop_id = ? GROUP BY sku", shop, [&](Row const& row) -> Result<void> {
            if (auto const good = number_.find(std::string(row.text(0))); good != number_.end()) kept_from[good->second] = std::clamp(day(row.integer(1)), 0, days());
            return {};
        }));
        out_.places.resize(places.size());
        for (auto const& [id, number] : places) out_.places[number] = id;
        sort_places();
        for (std::size_t g = 0; g < n; ++g) {
            auto& good = out_.goods[g];
            auto& own = moves[g];
            std::ranges::stable_sort(own, {}, &Move::day);
            if (!own.empty()) { auto const from = std::max<std::int32_t>(0, own.front().day); good.begun = good.begun < 0 ? from : std::min(good.begun, from); }
            if (!free[g] || own.empty()) continue;  // stock is not counted
            empty_days(good, own, *free[g], std::max(good.begun, kept_from[g]));
        }
        return {};
    }

    template <class Moves> void empty_days(GoodHistory& good, Moves const& own, std::int64_t end, std::int32_t from) {
        std::vector<std::int32_t> empty;
        auto after = days();  // the day after those that are settled
        for (std::size_t i = own.size(); i-- > 0;) {
            // Several entries of one day are one day.
            std::int64_t in = own[i].in, out = own[i].out;
            while (i > 0 && own[i - 1].day == own[i].day) --i, in += own[i].in, out += own[i].out;
            auto const t = own[i].day;
            if (end <= 0) for (auto d = after - 1; d > t && d >= from; --d) empty.push_back(d);
            auto const start = end - in - out;
            if (t >= from && t >= 0 && start <= 0 && in <= 0) empty.push_back(t);
            end = start, after = t;
        }
        if (end <= 0) for (auto d = after - 1; d >= std::max(0, from); --d) empty.push_back(d);
        std::ranges::sort(empty);
        for (auto const d : empty)
            if (!good.empty.empty() && good.empty.back().second == d) ++good.empty.back().second;
            else good.empty.emplace_back(d, d + 1);
    }

    // Those of the last half year, by their ids.
    void sort_places() {
        std::vector<char> lately(out_.places.size());
        for (auto const& g : out_.goods) for (std::size_t p = 0; p < g.by_place.size(); ++p) lately[p] = lately[p] || g.by_place[p] > 0;
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < out_.places.size(); ++i) if (lately[i]) order.push_back(i);
        std::ranges::sort(order, {}, [&](std::size_t i) { return out_.places[i]; });
        std::vector<std::string> names;
        for (auto const i : order) names.push_back(out_.places[i]);
        std::vector<std::int32_t> number(out_.places.size(), -1);
        for (std::size_t k = 0; k < order.size(); ++k) number[order[k]] = static_cast<std::int32_t>(k);
        out_.places = std::move(names);
        for (auto& g : out_.goods) {
            std::erase_if(g.left, [&](LeftUnits const& l) { return number[l.place] < 0; });
            for (auto& l : g.left) l.place = static_cast<std::uint16_t>(number[l.place]);
            std::ranges::sort(g.left, {}, [](LeftUnits const& l) { return std::pair(l.day, l.place); });
            if (g.by_place.empty()) continue;
            g.by_place.resize(number.size());
            std::vector<float> by;
            for (auto const i : order) by.push_back(g.by_place[i]);
            g.by_place = std::move(by);
        }
    }

    Transaction& tx_;
    shop::WallClock local_;
    Progress const& progress_;
    History out_;
    std::unordered_map<std::string, std::size_t> number_;
};

}  // namespace

bool History::under(std::int32_t category, std::int32_t of) const {
    for (std::size_t steps = 0; category >= 0 && steps <= categories.size(); ++steps, category = categories[static_cast<std::size_t>(category)].parent)
        if (category == of) return true;
    return false;
}

Result<Day> history_end(Transaction& tx, Milliseconds now) {
    Progress const silent;
    return Reader(tx, TRY(shop::WallClock::of(tx)), silent).end(now);
}
Result<History> read_history(Transaction& tx, Milliseconds now, std::optional<Day> until, Progress const& progress) { return Reader(tx, TRY(shop::WallClock::of(tx)), progress).read(now, until); }

float greatest_day(GoodHistory const& good) {
    std::vector<std::int32_t> units;
    for (auto const& d : good.sold) units.push_back(d.units);
    if (units.empty()) return 0;
    auto const at = units.begin() + static_cast<std::ptrdiff_t>(units.size() * 9 / 10);
    std::ranges::nth_element(units, at);
    auto const middle = units.begin() + static_cast<std::ptrdiff_t>(units.size() / 2);
    auto const high = *at;
    std::ranges::nth_element(units, middle);
    return static_cast<float>(units.size() < 10 ? 10 * *middle : 5 * high + 5);
}

std::vector<std::int32_t> closed_days(History const& h) {
    constexpr double usually_open = 0.75;
    std::vector<double> sold(h.days());
    for (auto const& g : h.goods) for (auto const& d : g.sold) if (static_cast<std::size_t>(d.day) < sold.size()) sold[static_cast<std::size_t>(d.day)] += d.units;
    auto const first = static_cast<std::size_t>(std::ranges::find_if(sold, [](double v) { return v > 0; }) - sold.begin());
    std::array<double, 7> open{}, all{};
    for (auto t = first; t < sold.size(); ++t) all[t % 7] += 1, open[t % 7] += sold[t] > 0;
    std::vector<std::int32_t> out;
    for (auto t = first; t < sold.size(); ++t) if (sold[t] <= 0 && all[t % 7] >= 8 && open[t % 7] >= usually_open * all[t % 7]) out.push_back(static_cast<std::int32_t>(t));
    return out;
}

std::array<bool, 7> never_sold(std::span<double const> sold, std::size_t day) {
    std::array<bool, 7> out{};
    auto const from = day > 364 ? day - 364 : 0;
    for (std::size_t w = 0; w < 7; ++w) {
        std::size_t seen = 0;
        bool any = false;
        for (auto t = from; t < day; ++t) if (t % 7 == w) ++seen, any = any || sold[t] > 0;
        out[w] = seen >= 8 && !any;
    }
    // A shop that sold nothing at all is not closed on every weekday.
    if (std::ranges::all_of(out, [](bool b) { return b; })) out.fill(false);
    return out;
}

std::vector<float> demand_of(GoodHistory const& good, std::size_t days, std::span<std::int32_t const> closed) {
    std::vector<float> out(days);
    for (auto const& d : good.sold) if (static_cast<std::size_t>(d.day) < days) out[static_cast<std::size_t>(d.day)] = static_cast<float>(d.units);
    auto const most = greatest_day(good);
    for (auto& v : out) v = std::min(v, most);
    for (auto const& [day, factor] : good.lifted) if (static_cast<std::size_t>(day) < days) out[static_cast<std::size_t>(day)] /= factor;
    std::vector<bool> unknown(days);
    for (auto const& [from, to] : good.empty) for (auto t = from; t < to && static_cast<std::size_t>(t) < days; ++t) unknown[static_cast<std::size_t>(t)] = true;
    for (auto const t : closed) if (static_cast<std::size_t>(t) < days) unknown[static_cast<std::size_t>(t)] = true;
    // Days before are filled already, so a long gap repeats its last week.
    for (auto t = static_cast<std::size_t>(std::max(0, good.begun)) + 7; t < days; ++t) if (unknown[t]) out[t] = std::max(out[t], out[t - 7]);
    return out;
}

}  // namespace kindling::forecast

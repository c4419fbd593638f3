#include "modules/assortment/simulate.h"
#include "core/grouped.h"
#include "core/time.h"
#include "engines/optimise/assortment/play.h"
#include "modules/assortment/model.h"
#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

namespace kindling::assortment_module {

namespace {

using namespace assortment;

constexpr double most_shoppers = 2e9;  // of all runs: some minutes
constexpr std::size_t most_flows = 200;

ValueRange money(Range const& r) { return {minor(r.expected), minor(r.low), minor(r.high)}; }
CountRange count(Range const& r) { return {r.expected, r.low, r.high}; }
Sales sales(Played const& p) { return {money(p.profit), money(p.revenue), count(p.units), count(p.returned), count(p.lost)}; }

class Simulation {
public:
    Simulation(Kept const& kept, Simulate const& asked) : kept_(kept), asked_(asked) {
        settings_ = {.terms = terms_of(kept.asked), .runs = static_cast<std::size_t>(asked.runs), .shop_level_deviation = kept.shop_level_deviation, .set_level_deviation = kept.set_level_deviation, .out_days = kept.out_days, .low = 0.5 - static_cast<double>(asked.interval_percent) / 200, .high = 0.5 + static_cast<double>(asked.interval_percent) / 200, .seed = static_cast<std::uint64_t>(asked.seed)};
        if (asked.horizon_days) settings_.terms.horizon_days = static_cast<double>(*asked.horizon_days);
        for (auto const& set : kept.sets) {
            PlayedSet s{.arrivals_per_day = set.arrivals_per_day, .intercept = set.intercept, .reference = set.reference, .substitution = guess(set.substitution), .goods = {}};
            for (auto const& g : set.goods) {
                PlayedGood good{.attraction = guess(g.attraction), .elasticity = guess(g.elasticity), .trend = guess(g.trend), .economics = economics_of(g), .returns_weight = g.units_seen + 20, .in_stock_now = {}, .today = {}, .changed = {}};
                if (g.on_sale) good.in_stock_now = g.in_stock_now, good.today = good.changed = Offer{};
                place_.emplace(g.product_id, std::pair(sets_.size(), s.goods.size()));
                s.goods.push_back(good);
            }
            sets_.push_back(std::move(s));
        }
    }

    Result<Simulated> run(Progress const& progress, unsigned threads) {
        bool const of_plan = asked_.list.empty() && asked_.drop.empty() && asked_.push.empty() && asked_.prices.empty();
        if (of_plan) follow_plan();
        else TRY(follow_request());
        double come = 0;
        for (auto const& set : sets_) come += set.arrivals_per_day * settings_.terms.horizon_days * static_cast<double>(settings_.runs);
        if (come > most_shoppers) return fail(Errc::invalid_argument, "too_many_shoppers", fmt::format("That would be {:.1f} billion shoppers: play fewer runs or fewer days.", come / 1e9), {{"/runs", "too_many_shoppers", fmt::format("at most {} runs for so many days", std::max(1.0, std::floor(static_cast<double>(settings_.runs) * most_shoppers / come)))}});
        auto const played = TRY(play(sets_, settings_, progress, threads));
        return tell(played, of_plan);
    }

private:
    PlayedGood& good(std::pair<std::size_t, std::size_t> at) { return sets_[at.first].goods[at.second]; }

    void follow_plan() {
        for (auto const& item : kept_.plan.items) {
            auto const at = place_.find(item.product_id);
            if (at == place_.end()) continue;
            auto& changed = good(at->second).changed;
            if (item.action == Action::drop || item.action == Action::leave) changed.reset();
            else changed = Offer{item.price_minor > 0 ? static_cast<double>(item.planned_price_minor) / static_cast<double>(item.price_minor) : 1, item.pushed};
        }
    }

    Result<void> follow_request() {
        auto const find = [&](std::string const& id, std::string const& field) -> Result<PlayedGood*> {
            auto const at = place_.find(id);
            if (at == place_.end()) return fail(Errc::not_found, "product_not_found", fmt::format("There is no product \"{}\" in the plan.", id), {{field, "product_not_found", "is not a product with variants that the last plan knew"}});
            return &good(at->second);
        };
        auto const conflict = [](std::string const& id, std::string const& field, std::string_view what) { return fail(Errc::invalid_argument, "conflicting_changes", fmt::format("Product \"{}\" {}.", id, what), {{field, "conflicting_changes", std::string(what)}}); };
        for (std::size_t i = 0; i < asked_.list.size(); ++i) {
            auto const field = fmt::format("/list/{}", i);
            auto* const g = TRY(find(asked_.list[i], field));
            if (g->today) return conflict(asked_.list[i], field, "is on sale already");
            g->changed = Offer{};
        }
        for (std::size_t i = 0; i < asked_.drop.size(); ++i) {
            auto const field = fmt::format("/drop/{}", i);
            auto* const g = TRY(find(asked_.drop[i], field));
            if (!g->today) return conflict(asked_.drop[i], field, g->changed ? "is to be listed and dropped" : "is not on sale");
            g->changed.reset();
        }
        for (std::size_t i = 0; i < asked_.push.size(); ++i) {
            auto const field = fmt::format("/push/{}", i);
            auto* const g = TRY(find(asked_.push[i], field));
            if (!g->changed) return conflict(asked_.push[i], field, "is to be pushed, but would not be on sale");
            if (auto const at = place_.at(asked_.push[i]); kept_.sets[at.first].goods[at.second].pushed_now) return conflict(asked_.push[i], field, "is pushed already");
            g->changed->pushed = true;
        }
        for (std::size_t i = 0; i < asked_.prices.size(); ++i) {
            auto const field = fmt::format("/prices/{}/product_id", i);
            auto* const g = TRY(find(asked_.prices[i].product_id, field));
            if (!g->changed) return conflict(asked_.prices[i].product_id, field, "is to have a new price, but would not be on sale");
            g->changed->price_factor = 1 + asked_.prices[i].change_percent / 100;
        }
        return {};
    }

    static Action action(PlayedGood const& g) {
        if (!g.today) return g.changed ? Action::list : Action::leave;
        if (!g.changed) return Action::drop;
        return g.changed->price_factor != 1 ? Action::price : g.changed->pushed ? Action::push : Action::keep;
    }

    Simulated tell(Play const& p, bool of_plan) const {
        auto const formula_today = expected_profit(sets_, settings_.terms, &PlayedGood::today), formula_changed = expected_profit(sets_, settings_.terms, &PlayedGood::changed);
        Simulated out{.currency = kept_.currency, .horizon_days = minor(settings_.terms.horizon_days), .runs = asked_.runs, .interval_percent = asked_.interval_percent, .days_seen = kept_.days_seen, .until_ms = kept_.until_ms, .of_plan = of_plan, .arrivals_seen = kept_.arrivals_seen, .levels_seen = kept_.levels_seen, .shoppers = p.shoppers, .shop_level_percent = 100 * std::expm1(kept_.shop_level_deviation), .set_level_percent = 100 * std::expm1(kept_.set_level_deviation), .out_days = kept_.out_days, .better = p.better, .today = sales(p.shop.today), .changed = sales(p.shop.changed), .difference = sales(p.shop.difference), .formula_today_minor = minor(formula_today), .formula_difference_minor = minor(formula_changed - formula_today), .goods_moved = 0, .goods = {}, .taken_over = {}, .days = {}, .learned_en = {}, .learned_zh = {}};
        for (std::size_t s = 0; s < sets_.size(); ++s) {
            for (std::size_t i = 0; i < sets_[s].goods.size(); ++i) {
                auto const& g = sets_[s].goods[i];
                auto const& k = kept_.sets[s].goods[i];
                auto const what = action(g);
                auto const& c = p.goods[s][i];
                bool const still = what == Action::keep || what == Action::leave;
                if (still && c.difference.units.expected == 0 && c.difference.units.low == 0 && c.difference.units.high == 0) continue;
                out.goods.push_back({.product_id = k.product_id, .title_en = k.title_en, .title_zh = k.title_zh, .category_id = kept_.sets[s].category_id, .action = what, .price_minor = minor(k.price_minor), .new_price_minor = minor(k.price_minor * (g.changed ? g.changed->price_factor : 1)), .today = sales(c.today), .changed = sales(c.changed), .difference = sales(c.difference)});
            }
            for (auto const& f : p.flows[s]) {
                TakenOver row{.shoppers = count(f.units)};
                if (f.from != nothing) { auto const& k = kept_.sets[s].goods[f.from]; row.from_product_id = k.product_id, row.from_en = k.title_en, row.from_zh = k.title_zh; }
                if (f.to != nothing) { auto const& k = kept_.sets[s].goods[f.to]; row.to_product_id = k.product_id, row.to_en = k.title_en, row.to_zh = k.title_zh; }
                out.taken_over.push_back(std::move(row));
            }
        }
        out.goods_moved = static_cast<std::int64_t>(out.goods.size());
        std::ranges::stable_sort(out.goods, [](SimulatedGood const& a, SimulatedGood const& b) {
            auto const change = [](SimulatedGood const& x) { return x.action != Action::keep && x.action != Action::leave; };
            if (change(a) != change(b)) return change(a);
            return std::abs(a.difference.profit.expected_minor) > std::abs(b.difference.profit.expected_minor);
        });
        if (out.goods.size() > static_cast<std::size_t>(asked_.most_goods)) out.goods.resize(static_cast<std::size_t>(asked_.most_goods));
        std::ranges::stable_sort(out.taken_over, std::greater(), [](TakenOver const& f) { return f.shoppers.expected; });
        if (out.taken_over.size() > most_flows) out.taken_over.resize(most_flows);
        auto const first = day_of(kept_.until_ms);
        for (std::size_t d = 0; d < p.days.size(); ++d) out.days.push_back({format_date(first + static_cast<Day>(d)), money(p.days[d].today), money(p.days[d].changed), money(p.days[d].difference)});
        out.learned_en = fmt::format("{} shoppers a run, learned from {} days of this shop's own {}; every run draws anew what is not known for certain. {}", grouped(std::llround(p.shoppers)), kept_.days_seen, kept_.arrivals_seen ? "sales, stock, prices, returns and visits" : "sales, stock, prices and returns (no visits were logged: how many come is inferred from the orders)", kept_.levels_seen ? fmt::format("How many come is as unsure as four weeks' sales were beside those before: ±{:.0f} % for the shop, ±{:.0f} % more for a category.", out.shop_level_percent, out.set_level_percent) : "The history is too short to learn how much four weeks differ: usual values were taken.");
        out.learned_zh = fmt::format("每次模拟 {} 位顾客，其行为学自本店 {} 天的销售、库存、价格与退货{}；凡不确定之处每次重新抽取。{}", grouped(std::llround(p.shoppers)), kept_.days_seen, kept_.arrivals_seen ? "及访问记录" : "（无访问日志，到访人数由订单推算）", kept_.levels_seen ? fmt::format("到访人数的不确定性取自历史上四周销量与此前水平之差：全店 ±{:.0f}%，单个类目另加 ±{:.0f}%。", out.shop_level_percent, out.set_level_percent) : "历史太短，无法学习四周之间的波动，取常用值。");
        return out;
    }

    Kept const& kept_;
    Simulate const& asked_;
    PlaySettings settings_;
    std::vector<PlayedSet> sets_;
    std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> place_;  // product -> set and good
};

}  // namespace

Result<Simulated> simulate(Kept const& kept, Simulate const& asked, Progress const& progress, unsigned threads) { return Simulation(kept, asked).run(progress, threads); }

}  // namespace kindling::assortment_module

// forecast-promotions: what it is worth to know planned promotions, on shops whose truth is known (shop/simulator).
//
// Three shops of different seasons are made as the demo shop is, and what happened in the last four weeks is taken out of their orders. Elasticities are learned from what is left
// (assortment.propose), a forecast is made (forecast.run), and the simulator's price cuts are entered as promotions: those that had begun before it, those of the four weeks after. `lines_only`: of those that had ended before it only the order lines tell (what was paid), as in a shop that keeps no promotions. The days of goods that are
// cut are then held against the units that were truly wanted: with the promotions in the forecast, and without. `true elasticity`: the same cuts, had every good's elasticity been known.
// Campaigns lift demand beyond the cut of the price, of which no forecast here knows; WAPE = sum |miss| / sum wanted, by good and day; bias = sum forecast / sum wanted - 1.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>
#include <map>
#include <set>

#include "bench_shop.h"
#include "forecast_promotions.h"
#include "modules/forecast/api.h"
#include "modules/forecast/planned.h"
#include "modules/forecast/store.h"
#include "shop/simulator/time_line.h"
#include "shop/simulator/truth.h"

namespace kindling::bench {

namespace {

namespace simulator = shop::simulator;
namespace json = boost::json;

constexpr std::size_t window = 28;

struct NoSink final : simulator::Sink {
    void day(simulator::DayBatch&&) override {}
};

struct Missed {
    double wanted = 0, forecast = 0, miss = 0;
    void see(double f, double a) { wanted += a, forecast += f, miss += std::abs(f - a); }
};
struct Scored { Missed without, with, with_truth, elsewhere_without, elsewhere_with; };

class PromotedShop {
public:
    explicit PromotedShop(simulator::Options const& options) : options_(options), origin_(options.last_day - static_cast<Day>(window) + 1), shop_(BenchShop::demo(options, origin_)) { forget_what_came(); }

    void score(Scored& lines_only, Scored& to) {
        auto const world = simulator::generate_catalogue(options_);
        shop_.ask("assortment.propose", {{"most_decisions", 0}});
        // Cuts that began before the forecast are known to it, and taken out of what it learns from; those to come are entered after it.
        enum class When { ended, running, to_come };  // at the origin
        std::map<std::string, std::set<Day>> cut;
        auto const enter = [&](When when) {
            for (std::size_t i = 0; i < world.promotions.size(); ++i) {
                auto const& p = world.promotions[i];
                if (p.first_day >= origin_ + static_cast<Day>(window) || (p.first_day >= origin_ ? When::to_come : p.last_day >= origin_ ? When::running : When::ended) != when) continue;
                auto const& product = world.products[static_cast<std::size_t>(p.product)].key;
                shop_.ask("promotions.save", {{"promotion", json::object{{"promotion_id", fmt::format("cut-{}", i)}, {"title_en", "cut"}, {"kind", "percent_off"}, {"goods", json::object{{"product_ids", json::array{product}}}}, {"percent_off_hundredths", 100 * p.percent_off}, {"starts", format_date(p.first_day)}, {"ends", format_date(p.last_day)}}}});
                for (auto d = std::max(p.first_day, origin_); d <= std::min(p.last_day, options_.last_day); ++d) cut[product].insert(d);
            }
        };
        enter(When::running);
        shop_.ask("forecast.run", {{"horizon_days", 56}});
        enter(When::to_come);
        compare(world, cut, lines_only);
        enter(When::ended);
        shop_.ask("forecast.run", {{"horizon_days", 56}});
        compare(world, cut, to);
        for (auto const& [_, days] : cut) product_days_ += static_cast<double>(days.size());
    }
    double product_days() const { return product_days_; }

private:
    // The newest forecast, held against what was truly wanted.
    void compare(simulator::World const& world, std::map<std::string, std::set<Day>> const& cut, Scored& to) const {
        auto const after = current();
        auto known = after.kept;  // the same forecast, had the truth been learned
        std::map<std::string, double> elasticity;
        for (std::size_t p = 0; p < world.products.size(); ++p) elasticity[world.products[p].key] = world.secret->products[p].elasticity;
        for (auto& g : known.goods) g.elasticity = static_cast<float>(elasticity[g.product_id]);
        auto const without_plans = after.kept.models.at(after.champion);
        auto truth_means = without_plans;
        {
            auto tx = need(shop_.store().read(1));
            forecast::apply(need(forecast::plans_ahead(*tx, known)), known, after.champion, truth_means);
        }
        NoSink sink;
        auto const truth = simulator::simulate(world, sink);
        std::map<std::string, std::vector<double>> wanted;
        for (auto const& d : truth.demand) {
            auto const& product = world.products[static_cast<std::size_t>(world.variants[static_cast<std::size_t>(d.variant)].product)].key;
            auto& days = wanted[product];
            days.resize(window);
            if (d.day >= origin_ && d.day <= options_.last_day) days[static_cast<std::size_t>(d.day - origin_)] += d.units;
        }
        std::map<std::string, std::vector<std::size_t>> goods;
        for (std::size_t g = 0; g < after.kept.goods.size(); ++g) goods[after.kept.goods[g].product_id].push_back(g);
        for (auto const& [product, members] : goods) {
            auto const came = wanted.find(product);
            for (std::size_t h = 0; h < window; ++h) {
                double without = 0, with = 0, best = 0;
                for (auto const g : members) without += static_cast<double>(without_plans.row(g)[h]), with += static_cast<double>(after.means.row(g)[h]), best += static_cast<double>(truth_means.row(g)[h]);
                auto const a = came == wanted.end() ? 0 : came->second[h];
                if (auto const c = cut.find(product); c != cut.end() && c->second.contains(origin_ + static_cast<Day>(h))) to.without.see(without, a), to.with.see(with, a), to.with_truth.see(best, a);
                else to.elsewhere_without.see(without, a), to.elsewhere_with.see(with, a);
            }
        }
    }

    Milliseconds now() const { return start_of(origin_, simulator::shop_zone); }

    // Moves stay: stock is counted back from today's through them, and none of it is read from this day on.
    void forget_what_came() {
        auto tx = need(shop_.store().write(1));
        need(tx->execute("DELETE FROM order_lines WHERE shop_id = ? AND order_id IN (SELECT order_id FROM orders WHERE shop_id = ? AND placed_at_ms >= ?)", std::int64_t{1}, std::int64_t{1}, now()));
        need(tx->execute("DELETE FROM orders WHERE shop_id = ? AND placed_at_ms >= ?", std::int64_t{1}, now()));
        need(tx->commit());
    }

    forecast::Current current() const {
        auto tx = need(shop_.store().read(1));
        return need(forecast::load_current(*tx));
    }

    simulator::Options options_;
    Day origin_;
    BenchShop shop_;
    double product_days_ = 0;
};

}  // namespace

void run_forecast_promotions(BenchContext& context) {
    Scored all, lines_only;
    double product_days = 0;
    std::uint64_t seed = 1;
    for (auto const last : {day_from_civil(2026, 5, 24), day_from_civil(2026, 9, 6), day_from_civil(2026, 11, 22)}) {
        PromotedShop made({.seed = seed++, .products = 400, .customers = 4000, .months = 20, .last_day = last, .scale = 0.6, .log_days = 1});
        made.score(lines_only, all);
        product_days += made.product_days();
    }
    auto const wape = [](Missed const& m) { return m.wanted > 0 ? m.miss / m.wanted : 0; };
    auto const bias = [](Missed const& m) { return m.wanted > 0 ? m.forecast / m.wanted - 1 : 0; };
    context.report("promoted_product_days", product_days, "count");
    context.report("promoted_units_wanted", all.without.wanted, "units");
    context.report("wape_without", wape(all.without), "share");
    context.report("wape", wape(all.with), "share", Reference{"without", wape(all.without)});
    context.report("wape/true_elasticity", wape(all.with_truth), "share", Reference{"learned", wape(all.with)});
    context.report("bias_without", bias(all.without), "share");
    context.report("bias", bias(all.with), "share", Reference{"without", bias(all.without)});
    context.report("bias/true_elasticity", bias(all.with_truth), "share");
    context.report("wape/lines_only", wape(lines_only.with), "share", Reference{"promotions known", wape(all.with)});
    context.report("bias/lines_only", bias(lines_only.with), "share", Reference{"promotions known", bias(all.with)});
    context.report("wape/other_days/lines_only", wape(lines_only.elsewhere_with), "share", Reference{"promotions known", wape(all.elsewhere_with)});
    context.report("wape/other_days", wape(all.elsewhere_with), "share", Reference{"without", wape(all.elsewhere_without)});
}

}  // namespace kindling::bench

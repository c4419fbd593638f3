// The what-if on simulated shoppers against a shop whose whole trade has another law: the demo's simulator (shop/simulator).
//
// Shops of 222 products and 13 months, each of a seed of its own, are learned from by assortment.propose as any shop is. Then changed lists at random (8 goods
// dropped, 8 put on sale that are not, 8 prices moved by 10 or 20 %) are played by assortment.simulate. Only here the simulator's secret is read: by its
// law everybody comes for one good, demand answers to price by the good's own elasticity, and of those who miss what they came for a share takes one other of
// its group, whichever; in the four weeks after the shop's last day, with their seasons, in stock as often as the shop was. whatif_coverage/simulator: share of lists whose true difference
// of profit lies within the interval of 80 %; whatif_error: mean |expected - true| by the mean |true|, beside the formula of the choice model.
#include <algorithm>
#include <array>
#include <map>

#include "assortment.h"
#include "bench_shop.h"
#include "core/json_codec.h"
#include "core/random.h"
#include "modules/assortment/simulate.h"
#include "recommend.h"
#include "shop/simulator/calendar.h"
#include "shop/simulator/demand.h"
#include "shop/simulator/vocabulary.h"

namespace kindling::bench {

namespace {

namespace sim = shop::simulator;
using assortment_module::Action, assortment_module::PlanItem;

constexpr int lists_each = 5;
using Items = std::map<std::string, PlanItem, std::less<>>;
using Prices = std::map<std::string, double, std::less<>>;  // of what is on sale: its price as a factor of today's

// Units that would be asked for in the 28 days after the shop's last, if a good were on sale: the law goes on, with the calendar and the seasons that are to
// come, at the media's mean effect of the last 28 days.
std::vector<double> true_demand(sim::World world) {
    sim::DemandModel const as_made(world);
    auto const last = world.options.last_day;
    for (auto& p : world.products) p.ended = 0;
    sim::DemandModel const all(world);
    double media = 0;
    for (Day day = last - 27; day <= last; ++day) media += as_made.media_factor(day) / 28;
    std::vector<double> to_come;  // by department: days of 28 that go as the last one did
    for (auto const& d : sim::departments()) {
        auto const lively = [&](Day day) { return sim::calendar_lift(day) * sim::yearly_season(day, d.yearly_peak, d.yearly_swing); };
        double sum = 0;
        for (Day day = last + 1; day <= last + 28; ++day) sum += lively(day) / lively(last);
        to_come.push_back(sum);
    }
    std::vector<int> top(world.categories.size());
    int tops = -1;
    for (std::size_t i = 0; i < world.categories.size(); ++i) top[i] = world.categories[i].parent < 0 ? ++tops : tops;
    std::vector<double> out;
    for (std::size_t p = 0; p < world.products.size(); ++p)
        out.push_back(all.baseline(static_cast<int>(p), last) / all.base_scale() * as_made.base_scale() * media * to_come[static_cast<std::size_t>(top[static_cast<std::size_t>(world.products[p].category)])]);
    return out;
}

double true_profit(sim::World const& world, std::vector<double> const& demand, Items const& items, Prices const& list) {
    std::map<int, std::vector<std::size_t>> groups;
    std::vector<double> profit(demand.size()), asked(demand.size()), there(demand.size());
    for (std::size_t p = 0; p < demand.size(); ++p) {
        groups[world.secret->products[p].substitution_group].push_back(p);
        auto const on = list.find(world.products[p].key);
        auto const factor = on == list.end() ? 1 : on->second;
        asked[p] = demand[p] * std::pow(factor, world.secret->products[p].elasticity);
        auto const known = items.find(world.products[p].key);
        if (on == list.end() || known == items.end()) continue;  // not on sale
        auto const& item = known->second;
        auto const price = static_cast<double>(item.price_minor), cost = price * (1 - item.margin);
        profit[p] = (1 - item.returned) * (price * factor - cost) - item.returned * 0.2 * cost;
        there[p] = item.in_stock;
    }
    double sum = 0;
    for (auto const& [_, members] : groups)
        for (auto const p : members) {
            double other = 0;  // what one who takes another brings: it is drawn among all of the group, and may be missing, too
            for (auto const j : members) if (j != p) other += there[j] * profit[j] / static_cast<double>(members.size());
            sum += asked[p] * (there[p] * profit[p] + (1 - there[p]) * world.secret->visits.substitution * other);
        }
    return sum;
}

}  // namespace

void run_whatif_simulator(BenchContext& context, std::size_t shops) {
    double inside = 0, play_off = 0, formula_off = 0, size = 0, bias = 0, right = 0, n = 0;
    for (std::size_t seed = 1; seed <= shops; ++seed) {
        sim::Options const options{.seed = seed, .products = 222, .customers = 2500, .months = 13, .scale = 0.35};
        auto const shop = BenchShop::demo(options, options.last_day + 1);
        (void)shop.ask("assortment.propose", {{"most_decisions", 0}});
        auto const plan = need(read_json<assortment_module::PlanPage>(shop.ask("assortment.plan", {{"page_size", 500}})));
        auto const world = sim::generate_catalogue(options);
        auto const demand = true_demand(world);
        Items items;
        std::vector<std::string> sold, away;
        Prices today;
        for (auto const& i : plan.items) {
            items.emplace(i.product_id, i);
            bool const on = i.action != Action::list && i.action != Action::leave;
            (on ? sold : away).push_back(i.product_id);
            if (on) today.emplace(i.product_id, 1);
        }
        auto random = Random(seed).stream("lists");
        auto const before = true_profit(world, demand, items, today);
        for (int k = 0; k < lists_each; ++k) {
            random.shuffle(sold), random.shuffle(away);
            auto changed = today;
            boost::json::array drop, list, prices;
            for (std::size_t i = 0; i < 8; ++i) drop.emplace_back(sold[i]), changed.erase(sold[i]);
            for (std::size_t i = 8; i < 16; ++i) {
                auto const percent = random.one_of(std::array{-20, -10, 10, 20});
                prices.push_back(boost::json::object{{"product_id", sold[i]}, {"change_percent", percent}}), changed[sold[i]] = 1 + percent / 100.0;
            }
            for (std::size_t i = 0; i < std::min<std::size_t>(8, away.size()); ++i) list.emplace_back(away[i]), changed.emplace(away[i], 1);
            auto const said = need(read_json<assortment_module::Simulated>(shop.ask("assortment.simulate", {{"drop", drop}, {"list", list}, {"prices", prices}, {"horizon_days", 28}})));
            auto const truth = true_profit(world, demand, items, changed) - before;
            auto const& d = said.difference.profit;
            inside += truth >= static_cast<double>(d.low_minor) && truth <= static_cast<double>(d.high_minor);
            play_off += std::abs(static_cast<double>(d.expected_minor) - truth), formula_off += std::abs(static_cast<double>(said.formula_difference_minor) - truth), bias += static_cast<double>(d.expected_minor) - truth;
            right += (truth > 0) == (d.expected_minor > 0), size += std::abs(truth), ++n;
        }
    }
    context.report("whatif_coverage/simulator", inside / n, "share", Reference{"nominal", 0.8});
    context.report("whatif_error/difference/simulator", play_off / size, "share");
    context.report("whatif_error/formula/simulator", formula_off / size, "share");
    context.report("whatif_bias/difference/simulator", bias / size, "share");
    context.report("whatif_right_way/simulator", right / n, "share");
    context.report("whatif_lists/simulator", n, "lists");
}

}  // namespace kindling::bench

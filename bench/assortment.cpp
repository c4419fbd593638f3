// assortment: plans made from what a shop can see, held against the best plan that knows the truth. No data set: the truth is drawn, 200 times.
//
// Each shop has 6 sets of 14 to 24 goods. Truth: attractions from attributes and chance, elasticities, substitution between .35 and 1, costs,
// returns, suppliers. Seen: 180 days of arrivals, what was on sale (goods sell out and are launched late), prices (cuts), units, returns,
// deliveries; one good of seven was never on sale. From that: estimate(), make_options(), optimise() under 55 % of the shelf, two thirds of the capital
// that would be wanted, 5 pushes. The plan is then paid by the truth. profit_share: what it earns as a share of what the plan with the truth
// known earns. limits_violated: counted again here, from the plan alone. /ranking: goods by profit a day so far, until the limits are full.
// /markov_chain: buyers whose first choice is missing look for one other good of the set with chance .35 (as in shop/simulator), which the
// estimated model cannot be exactly; capital is no limit there (what a plan ties up depends on the law of choice), and the best plan is the best
// that a search with the truth finds.
#include "engines/optimise/assortment/offers.h"

#include <algorithm>
#include <mutex>
#include <numeric>

#include "assortment.h"
#include "core/parallel.h"
#include "drawn_shop.h"
#include "recommend.h"

namespace kindling::bench {

namespace {

using namespace assortment;

Problem problem_of(DrawnShop const& shop, bool truth, std::vector<Fit> const& fits) {
    Problem p;
    for (std::size_t s = 0; s < shop.sets.size(); ++s) {
        auto const& set = shop.sets[s];
        ChoiceSet c{.demand = truth ? set.demand : fits[s].demand, .items = {}};
        double lately = 0;
        for (std::size_t t = drawn_days - 56; t < drawn_days; ++t) lately += set.data.arrivals[t] / 56;
        c.demand.arrivals = lately * shop.terms.horizon_days;  // the same forecast for both: this bench is not about arrivals
        for (std::size_t i = 0; i < set.data.items; ++i)
            c.items.push_back({.options = truth ? make_options({set.attraction[i], 0}, {set.elasticity[i], 0}, {}, set.truth[i], shop.terms) : make_options(fits[s].attraction[i], fits[s].elasticity[i], fits[s].trend[i], set.seen[i], shop.terms)});
        p.sets.push_back(std::move(c));
    }
    return p;
}

// What the plan earns in truth.
double paid(DrawnShop const& shop, Problem const& truth, std::vector<Choice> const& chosen) {
    double sum = 0;
    for (std::size_t s = 0; s < truth.sets.size(); ++s) {
        auto const& set = truth.sets[s];
        if (!shop.markov_chain) { sum += outcome(set, chosen[s]).profit; continue; }
        std::vector<double> full, present;
        for (std::size_t i = 0; i < set.items.size(); ++i) full.push_back(std::exp(shop.sets[s].attraction[i])), present.push_back(chosen[s][i] < 0 ? 0 : set.items[i].options[static_cast<std::size_t>(chosen[s][i])].attraction);
        auto const units = expected_units(true, set.demand, full, present);
        for (std::size_t i = 0; i < set.items.size(); ++i)
            if (chosen[s][i] >= 0) sum += units[i] * set.items[i].options[static_cast<std::size_t>(chosen[s][i])].unit_profit + set.items[i].options[static_cast<std::size_t>(chosen[s][i])].fixed_profit;
    }
    return sum;
}

// Counted again from the plan's own numbers, not by the engine's outcome().
int violated(Problem const& p, std::vector<Choice> const& chosen) {
    std::vector<double> used(p.limits.size());
    int wrong = 0;
    for (std::size_t s = 0; s < p.sets.size(); ++s) {
        double sum = 0;
        for (std::size_t i = 0; i < chosen[s].size(); ++i) if (chosen[s][i] >= 0) sum += p.sets[s].items[i].options.at(static_cast<std::size_t>(chosen[s][i])).attraction;
        auto const& d = p.sets[s].demand;
        auto const odds = std::exp(d.intercept) * std::pow(sum / std::exp(d.reference), d.substitution);
        for (std::size_t i = 0; i < chosen[s].size(); ++i)
            if (chosen[s][i] >= 0) {
                auto const& o = p.sets[s].items[i].options[static_cast<std::size_t>(chosen[s][i])];
                for (std::size_t k = 0; k < used.size(); ++k) used[k] += o.fixed_use[k] + o.unit_use[k] * d.arrivals * odds / (1 + odds) * o.attraction / sum;
            }
    }
    for (std::size_t k = 0; k < used.size(); ++k) wrong += used[k] > p.limits[k] * (1 + 1e-6);
    return wrong;
}

// What a shop does without a model: what earned most a day, as it is, until a limit is full; the best are pushed.
std::vector<Choice> ranking(DrawnShop const& shop, Problem const& seen) {
    struct Good { double earned; std::size_t set, item; };
    std::vector<Good> goods;
    for (std::size_t s = 0; s < shop.sets.size(); ++s) {
        auto const& d = shop.sets[s].data;
        for (std::size_t i = 0; i < d.items; ++i) {
            double units = 0, time = 0;
            for (std::size_t t = 0; t < drawn_days; ++t) units += static_cast<double>(d.units[t * d.items + i]), time += static_cast<double>(d.available[t * d.items + i]);
            if (time > 0) goods.push_back({units / time * seen.sets[s].items[i].options[2].unit_profit * shop.terms.horizon_days + seen.sets[s].items[i].options[2].fixed_profit, s, i});
        }
    }
    std::ranges::sort(goods, std::greater(), &Good::earned);
    std::vector<Choice> chosen;
    for (auto const& set : seen.sets) chosen.emplace_back(set.items.size(), -1);
    int pushed = 0;
    for (auto const& g : goods) {
        if (g.earned <= 0) break;
        bool const push = pushed < static_cast<int>(seen.limits[push_limit]);
        chosen[g.set][g.item] = push ? 7 : 2;
        if (violated(seen, chosen)) chosen[g.set][g.item] = -1;
        else pushed += push;
    }
    return chosen;
}

// The best that a search with the truth finds, from several starts.
double search(DrawnShop const& shop, Problem const& truth, std::vector<std::vector<Choice>> const& starts) {
    double best = 0;
    for (auto chosen : starts) {
        auto value = paid(shop, truth, chosen);
        for (bool helped = true; helped;) {
            helped = false;
            for (std::size_t s = 0; s < chosen.size(); ++s)
                for (std::size_t i = 0; i < chosen[s].size(); ++i)
                    for (int option = -1; option < static_cast<int>(truth.sets[s].items[i].options.size()); ++option) {
                        auto const before = chosen[s][i];
                        if (option == before) continue;
                        chosen[s][i] = option;
                        if (auto const v = paid(shop, truth, chosen); v > value * (1 + 1e-7) && !violated(truth, chosen)) value = v, helped = true;
                        else chosen[s][i] = before;
                    }
        }
        best = std::max(best, value);
    }
    return best;
}

struct Figures { double share = 0, of_bound = 0, ranking = 0, gap = 0, truth_gap = 0, estimate_s = 0, optimise_s = 0; int violated = 0; };

Figures one(std::uint64_t seed, bool markov_chain) {
    auto const shop = draw_shop(seed, markov_chain);
    std::vector<ChoiceData> data;
    for (auto const& set : shop.sets) data.push_back(set.data);
    Figures f;
    auto start = thread_milliseconds();
    auto const fits = need(estimate(data));
    f.estimate_s = (thread_milliseconds() - start) / 1000;
    auto truth = problem_of(shop, true, {}), seen = problem_of(shop, false, fits);
    std::size_t goods = 0;
    double capital = 0;
    for (auto const& set : truth.sets) {
        goods += set.items.size();
        Choice all(set.items.size(), 2);
        capital += outcome(set, all).use[capital_limit];
    }
    truth.limits = seen.limits = {std::floor(0.55 * static_cast<double>(goods)), markov_chain ? 1e15 : capital * 0.55 * 0.66, 5};
    Settings const settings{.gap = 0.001, .most_nodes = 6};
    start = thread_milliseconds();
    auto const plan = need(optimise(seen, settings));
    f.optimise_s = (thread_milliseconds() - start) / 1000;
    auto const best = need(optimise(truth, settings));
    auto const earned = paid(shop, truth, plan.chosen);
    auto const by_rank = ranking(shop, seen);
    auto const oracle = markov_chain ? search(shop, truth, {best.chosen, plan.chosen}) : best.profit;
    f.share = earned / oracle, f.of_bound = markov_chain ? 0 : earned / best.bound, f.ranking = paid(shop, truth, by_rank) / oracle;
    f.violated = violated(seen, plan.chosen), f.gap = plan.gap(), f.truth_gap = best.gap();
    return f;
}

void run(BenchContext& context, std::size_t seeds, bool markov_chain, std::string const& suffix) {
    std::vector<Figures> all(seeds);
    parallel_for(seeds, [&](std::size_t s) { all[s] = one(s + 1, markov_chain); });
    auto const mean = [&](auto member) { return std::transform_reduce(all.begin(), all.end(), 0.0, std::plus(), [&](auto const& f) { return static_cast<double>(f.*member); }) / static_cast<double>(seeds); };
    auto const values = [&](auto member) { std::vector<double> v; for (auto const& f : all) v.push_back(static_cast<double>(f.*member)); return v; };
    auto shares = values(&Figures::share), estimate_s = values(&Figures::estimate_s), optimise_s = values(&Figures::optimise_s);
    context.report("profit_share" + suffix, mean(&Figures::share), "share", markov_chain ? std::nullopt : std::optional(Reference{"goal", 0.97}));
    context.report("profit_share_minimum" + suffix, std::ranges::min(shares), "share");
    context.report("profit_share/ranking" + suffix, mean(&Figures::ranking), "share");
    context.report("limits_violated" + suffix, mean(&Figures::violated) * static_cast<double>(seeds), "limits", Reference{"goal", 0});
    context.report("seeds" + suffix, static_cast<double>(seeds), "shops");
    if (markov_chain) return;
    context.report("profit_share_of_bound", mean(&Figures::of_bound), "share");
    context.report("proven_gap", mean(&Figures::gap), "share");
    context.report("proven_gap_maximum", std::ranges::max(values(&Figures::gap)), "share");
    context.report("proven_gap/truth", mean(&Figures::truth_gap), "share");
    context.report("estimate_cpu_s_p50", percentile(estimate_s, 0.5), "s");
    context.report("optimise_cpu_s_p50", percentile(optimise_s, 0.5), "s");
    context.report("optimise_cpu_s_p99", percentile(optimise_s, 0.99), "s");
}

}  // namespace

void run_assortment(BenchContext& context) {
    auto const asked = std::getenv("KINDLING_BENCH_SEEDS");  // a quick look: fewer shops
    auto const seeds = asked ? static_cast<std::size_t>(std::max(1, std::atoi(asked))) : 200;
    run(context, seeds, false, "");
    run(context, std::min<std::size_t>(seeds, 60), true, "/markov_chain");
    run_whatif(context, std::min<std::size_t>(seeds, 100));
    run_whatif_simulator(context, std::max<std::size_t>(1, seeds / 10));
}

}  // namespace kindling::bench

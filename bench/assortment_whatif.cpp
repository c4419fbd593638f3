// The what-if on simulated shoppers against what really follows: of shops whose truth is drawn (drawn_shop.h), 28 days more are lived under today's
// list and under a changed one.
//
// The changed list: 8 goods dropped, up to 6 of those never sold put on sale, 8 prices moved by 10 or 20 %, at random; /plan: what optimise() would have, the
// hardest case, because of many goods the best-looking are often luck. Seen: as in assortment.cpp; stock and steadiness are learned as modules/assortment
// learns them. Truth: arrivals, absences and choices go on by the law that made the history. difference: the expected profit of the changed list less
// today's, over 200 futures that both lists share. changed: profit of one future as it came. goods: units of each good on the changed list in that future.
// whatif_coverage: share inside the interval of 80 %; whatif_error: mean |expected by the play - true| of the difference by the mean |true|, beside the choice
// model's formula. /markov_chain: the truth is no logit.
#include "engines/optimise/assortment/play.h"
#include "engines/optimise/assortment/steadiness.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "assortment.h"
#include "core/parallel.h"
#include "drawn_shop.h"
#include "recommend.h"

namespace kindling::bench {

namespace {

using namespace assortment;

constexpr std::size_t futures = 200, ahead = 28, level_days = 56;

// The shop as it sees itself.
std::vector<PlayedSet> learned(DrawnShop const& shop, PlaySettings& settings) {
    std::vector<ChoiceData> data;
    std::vector<std::vector<double>> units;
    std::vector<std::vector<char>> in_stock;
    for (auto const& set : shop.sets) {
        data.push_back(set.data);
        auto const& d = set.data;
        auto& u = units.emplace_back(drawn_days);
        for (std::size_t i = 0; i < d.items; ++i) {
            auto& in = in_stock.emplace_back();
            for (std::size_t t = 0; t < drawn_days; ++t) {
                u[t] += static_cast<double>(d.units[t * d.items + i]);
                if (static_cast<int>(t) >= set.launched[i]) in.push_back(d.available[t * d.items + i] > 0);
            }
        }
    }
    auto const steady = steadiness(units, level_days);
    settings.shop_level_deviation = steady.shop_level_deviation, settings.set_level_deviation = steady.set_level_deviation, settings.out_days = usual_outage(in_stock);
    auto const fits = need(estimate(data));
    std::vector<PlayedSet> out;
    double had_all = 9, of_all = 10;
    for (auto const& in : in_stock) had_all += static_cast<double>(std::ranges::count(in, 1)), of_all += static_cast<double>(in.size());
    std::size_t row = 0;
    for (std::size_t s = 0; s < shop.sets.size(); ++s) {
        auto const& set = shop.sets[s];
        auto const& f = fits[s];
        PlayedSet p{.arrivals_per_day = 0, .intercept = f.demand.intercept, .reference = f.demand.reference, .substitution = f.substitution, .goods = {}};
        for (auto t = drawn_days - level_days; t < drawn_days; ++t) p.arrivals_per_day += set.data.arrivals[t] / static_cast<double>(level_days);
        for (std::size_t i = 0; i < set.data.items; ++i, ++row) {
            auto const& in = in_stock[row];
            PlayedGood g{.attraction = f.attraction[i], .elasticity = f.elasticity[i], .trend = f.trend[i], .economics = set.seen[i], .returns_weight = f.units_seen[i] + 20, .in_stock_now = {}, .today = {}, .changed = {}};
            g.economics.supply = (static_cast<double>(std::ranges::count(in, 1)) + 21 * had_all / of_all) / (static_cast<double>(in.size()) + 21);
            g.economics.display_units = 1;  // goods of this bench are in stock or out as a whole
            if (!in.empty()) g.in_stock_now = in.back() ? 1.0 : 0.0, g.today = g.changed = Offer{};
            p.goods.push_back(g);
        }
        out.push_back(std::move(p));
    }
    return out;
}

void change_at_random(std::vector<PlayedSet>& sets, Random random) {
    std::vector<PlayedGood*> sold, fresh;
    for (auto& set : sets) for (auto& g : set.goods) (g.today ? sold : fresh).push_back(&g);
    random.shuffle(sold), random.shuffle(fresh);
    for (std::size_t i = 0; i < 8; ++i) sold[i]->changed.reset();
    for (std::size_t i = 8; i < 16; ++i) sold[i]->changed->price_factor = random.one_of(std::array{0.8, 0.9, 1.1, 1.2});
    for (std::size_t i = 0; i < std::min<std::size_t>(6, fresh.size()); ++i) fresh[i]->changed = Offer{};
}

void change_by_plan(std::vector<PlayedSet>& sets, Terms const& terms) {
    Problem p;
    std::size_t goods = 0;
    for (auto const& set : sets) {
        ChoiceSet c{.demand = {.arrivals = set.arrivals_per_day * terms.horizon_days, .intercept = set.intercept, .substitution = set.substitution.mean, .reference = set.reference}, .items = {}};
        for (auto const& g : set.goods) c.items.push_back({.options = make_options(g.attraction, g.elasticity, g.trend, g.economics, terms)}), ++goods;
        p.sets.push_back(std::move(c));
    }
    p.limits = {std::floor(0.7 * static_cast<double>(goods)), 1e15, 5};
    auto const plan = need(optimise(p, {.gap = 0.001, .most_nodes = 6}));
    for (std::size_t s = 0; s < sets.size(); ++s)
        for (std::size_t i = 0; i < sets[s].goods.size(); ++i) {
            auto& g = sets[s].goods[i];
            g.changed.reset();
            if (auto const c = plan.chosen[s][i]; c >= 0) g.changed = offers(g.economics, terms)[static_cast<std::size_t>(c)];
        }
}

// One future under both lists: absences and arrivals are the same, choices are drawn when `units` is asked for.
struct Future { double profit[2] = {}; std::vector<std::vector<double>> units; };
Future live(DrawnShop const& shop, std::vector<PlayedSet> const& lists, Random random, bool drawn) {
    Future out;
    auto const& terms = shop.terms;
    for (std::size_t s = 0; s < shop.sets.size(); ++s) {
        auto const& set = shop.sets[s];
        auto const n = set.data.items;
        auto away = set.away;
        out.units.emplace_back(n);
        auto demand = set.demand;
        std::vector<double> sold[2] = {std::vector<double>(n), std::vector<double>(n)};
        for (std::size_t t = 0; t < ahead; ++t) {
            demand.arrivals = drawn_arrivals(set.demand, shop.season, drawn_days + t, random);
            std::vector<char> there(n);
            for (std::size_t i = 0; i < n; ++i) {
                if (away[i] == 0) away[i] = drawn_absence(random);
                there[i] = away[i] == 0, away[i] = std::max(0, away[i] - 1);
            }
            for (std::size_t l = 0; l < 2; ++l) {
                std::vector<double> full(n), present(n);
                for (std::size_t i = 0; i < n; ++i)
                    if (auto const& offer = l == 0 ? lists[s].goods[i].today : lists[s].goods[i].changed) full[i] = std::exp(set.attraction[i] + set.elasticity[i] * std::log(offer->price_factor)) * (offer->pushed ? terms.push_lift : 1), present[i] = there[i] ? full[i] : 0;
                if (std::reduce(full.begin(), full.end()) <= 0) continue;
                auto const units = expected_units(shop.markov_chain, demand, full, present);
                for (std::size_t i = 0; i < n; ++i) sold[l][i] += drawn ? static_cast<double>(random.poisson(units[i])) : units[i];
            }
        }
        for (std::size_t l = 0; l < 2; ++l)
            for (std::size_t i = 0; i < n; ++i) {
                auto const& offer = l == 0 ? lists[s].goods[i].today : lists[s].goods[i].changed;
                if (!offer) continue;
                auto e = set.truth[i];
                e.display_units = 1;
                if (drawn && sold[l][i] > 0) {  // how many of them come back
                    double back = 0;
                    for (double k = 0; k < sold[l][i]; ++k) back += random.chance(set.truth[i].returned);
                    e.returned = back / sold[l][i];
                }
                auto const o = make_option({}, {}, {}, e, terms, *offer);
                out.profit[l] += sold[l][i] * o.unit_profit + o.fixed_profit;
            }
        out.units[s] = sold[1];
    }
    return out;
}

struct Figures { double truth = 0, play = 0, formula = 0, width = 0, goods_inside = 0, goods = 0, play_s = 0; bool difference = false, changed = false, right_way = false; };

Figures one(std::uint64_t seed, bool markov_chain, bool by_plan) {
    auto const shop = draw_shop(seed, markov_chain, true);
    PlaySettings settings{.terms = shop.terms, .runs = 200};
    auto sets = learned(shop, settings);
    Random const random(seed);
    if (by_plan) change_by_plan(sets, shop.terms);
    else change_at_random(sets, random.stream("changes"));
    Figures f;
    auto const start = thread_milliseconds();
    auto const played = need(play(sets, settings));
    f.play_s = (thread_milliseconds() - start) / 1000;
    for (std::size_t k = 0; k < futures; ++k) {
        auto const future = live(shop, sets, random.stream("future", k), false);
        f.truth += (future.profit[1] - future.profit[0]) / futures;
    }
    auto const came = live(shop, sets, random.stream("came"), true);
    auto const inside = [](double x, Range const& r) { return x >= r.low && x <= r.high; };
    auto const& difference = played.shop.difference.profit;
    f.play = difference.expected, f.formula = expected_profit(sets, shop.terms, &PlayedGood::changed) - expected_profit(sets, shop.terms, &PlayedGood::today), f.width = difference.high - difference.low;
    f.difference = inside(f.truth, difference), f.changed = inside(came.profit[1], played.shop.changed.profit), f.right_way = (f.truth > 0) == (f.play > 0);
    for (std::size_t s = 0; s < sets.size(); ++s)
        for (std::size_t i = 0; i < sets[s].goods.size(); ++i)
            if (sets[s].goods[i].changed) f.goods_inside += inside(came.units[s][i], played.goods[s][i].changed.units), ++f.goods;
    return f;
}

void run(BenchContext& context, std::size_t seeds, bool markov_chain, bool by_plan, std::string const& suffix) {
    std::vector<Figures> all(seeds);
    parallel_for(seeds, [&](std::size_t s) { all[s] = one(s + 1, markov_chain, by_plan); });
    auto const mean = [&](auto value) { double sum = 0; for (auto const& f : all) sum += static_cast<double>(value(f)); return sum / static_cast<double>(seeds); };
    auto const size = mean([](auto const& f) { return std::abs(f.truth); });
    context.report("whatif_coverage/difference" + suffix, mean([](auto const& f) { return f.difference; }), "share", Reference{"nominal", 0.8});
    context.report("whatif_coverage/changed" + suffix, mean([](auto const& f) { return f.changed; }), "share", Reference{"nominal", 0.8});
    context.report("whatif_coverage/goods" + suffix, mean([](auto const& f) { return f.goods_inside; }) / mean([](auto const& f) { return f.goods; }), "share", Reference{"nominal", 0.8});
    context.report("whatif_error/difference" + suffix, mean([](auto const& f) { return std::abs(f.play - f.truth); }) / size, "share");
    context.report("whatif_error/formula" + suffix, mean([](auto const& f) { return std::abs(f.formula - f.truth); }) / size, "share");
    context.report("whatif_bias/difference" + suffix, mean([](auto const& f) { return f.play - f.truth; }) / size, "share");
    context.report("whatif_width" + suffix, mean([](auto const& f) { return f.width; }) / size, "share");
    context.report("whatif_right_way" + suffix, mean([](auto const& f) { return f.right_way; }), "share");
    context.report("whatif_seeds" + suffix, static_cast<double>(seeds), "shops");
    if (suffix.empty()) {
        std::vector<double> seconds;
        for (auto const& f : all) seconds.push_back(f.play_s);
        context.report("whatif_cpu_s_p50", percentile(seconds, 0.5), "s");
    }
}

}  // namespace

void run_whatif(BenchContext& context, std::size_t seeds) {
    run(context, seeds, false, false, "");
    run(context, seeds, false, true, "/plan");
    run(context, std::min<std::size_t>(seeds, 60), true, false, "/markov_chain");
}

}  // namespace kindling::bench

// modules/assortment/compute.cpp -- from what was learned to a plan with the value of each change and its interval.
//
// Intervals: 64 draws of attractions, elasticities, trends and substitution from what was learned; in each draw the plan, the shop as it is, and the
// plan without each single change are valued again. A change is credited with what it does to the other goods of its set, and with the limits that
// it uses or frees at their dual prices. A price is only moved where the good by itself is four to one to earn more: of many
// prices the best-looking are often luck, and that buyers go to the next good is less sure than that they leave.
#include "core/random.h"
#include "modules/assortment/model.h"
#include <algorithm>
#include <fmt/format.h>
#include <numbers>
#include <numeric>
#include <set>

namespace kindling::assortment_module {

namespace {

using namespace assortment;

constexpr std::size_t draws = 64;
constexpr double price_must_pay = 0.8;

struct Good {
    KeptGood const* kept = nullptr;
    Economics economics;
    Terms terms;                 // with the prices that may be sure enough to pay
    std::vector<Offer> offers;
    int now = -1, as_is = 0;  // option if all stays; option of the usual price, not pushed
    bool required = false, out = false;
};

class Computation {
public:
    Computation(Kept const& kept, Propose const& asked) : kept_(kept), asked_(asked) {
        auto const step = static_cast<double>(asked.most_price_change_percent) / 200;
        terms_ = terms_of(asked);
        if (step > 0) terms_.price_factors = {1 - 2 * step, 1 - step, 1, 1 + step, 1 + 2 * step};
    }

    Result<void> build() {
        std::set<std::string> keep(asked_.keep.begin(), asked_.keep.end()), out(asked_.leave_out.begin(), asked_.leave_out.end()), known;
        std::int64_t pushed = 0;
        for (auto const& set : kept_.sets) {
            ChoiceSet c{.demand = {.arrivals = set.arrivals_per_day * terms_.horizon_days, .intercept = set.intercept, .substitution = std::clamp(set.substitution.mean, 0.02, 1.0), .reference = set.reference}, .items = {}};
            auto& goods = goods_.emplace_back();
            Choice now;
            for (auto const& k : set.goods) {
                Good g{.kept = &k, .economics = economics_of(k)};
                g.economics.may_change_price = k.on_sale, g.economics.may_push = k.on_sale && !k.pushed_now && asked_.push_places > 0;
                g.terms = sure_prices(g);
                g.offers = offers(g.economics, g.terms);
                g.as_is = static_cast<int>(std::ranges::find_if(g.offers, [](Offer const& o) { return o.price_factor == 1 && !o.pushed; }) - g.offers.begin());
                g.now = k.on_sale ? g.as_is : -1, g.required = keep.contains(k.product_id), g.out = out.contains(k.product_id), pushed += k.pushed_now;
                known.insert(k.product_id), now.push_back(g.now);
                all_.push_back(make_options(guess(k.attraction), guess(k.elasticity), guess(k.trend), g.economics, g.terms));
                c.items.push_back({.options = g.out ? std::vector<Option>() : all_.back(), .required = g.required && !g.out});
                goods.push_back(std::move(g));
            }
            now_.push_back(std::move(now)), problem_.sets.push_back(std::move(c));
        }
        for (auto const* list : {&asked_.keep, &asked_.leave_out})
            for (std::size_t i = 0; i < list->size(); ++i)
                if (!known.contains((*list)[i])) return fail(Errc::not_found, "product_not_found", fmt::format("There is no product \"{}\" in the plan.", (*list)[i]), {{fmt::format("/{}/{}", list == &asked_.keep ? "keep" : "leave_out", i), "product_not_found", "is not a product with variants of this shop"}});
        used_now_.assign(3, 0);
        for (std::size_t s = 0; s < now_.size(); ++s) {
            auto const o = outcome(as_it_is(s), now_[s]);
            for (std::size_t k = 0; k < 3; ++k) used_now_[k] += o.use[k];
        }
        problem_.limits = {asked_.shelf_places ? static_cast<double>(*asked_.shelf_places) : used_now_[shelf_limit], asked_.capital_minor ? static_cast<double>(*asked_.capital_minor) : used_now_[capital_limit] * (1 + 1e-9) + 1, static_cast<double>(std::max<std::int64_t>(0, asked_.push_places - pushed))};
        return {};
    }

    Problem& problem() { return problem_; }

    Result<Computed> run(Progress const& progress) {
        auto const plan = TRY(optimise(problem_, {.gap = 0.001, .most_nodes = 0}, progress));
        return tell(plan, value(plan));
    }

private:
    struct Worth {
        std::vector<std::vector<ValueRange>> each;          // by set and good; of changes
        ValueRange gain;
    };

    ChoiceSet as_it_is(std::size_t s) const {
        auto set = problem_.sets[s];
        for (std::size_t i = 0; i < set.items.size(); ++i) set.items[i].options = all_[first(s) + i];
        return set;
    }
    std::size_t first(std::size_t s) const {
        std::size_t at = 0;
        for (std::size_t r = 0; r < s; ++r) at += goods_[r].size();
        return at;
    }
    // Leaves the factors at which the good alone earns more than now with the chance that is asked for: f^e * profit(f) > profit(1), e normal.
    Terms sure_prices(Good const& g) const {
        auto out = terms_;
        auto const& e = g.kept->elasticity;
        auto const each = [&](double f) { return make_option({}, {}, {}, g.economics, terms_, {f, false}).unit_profit; };
        std::erase_if(out.price_factors, [&](double f) {
            if (f == 1) return false;
            auto const before = each(1), after = each(f);
            if (before <= 0 || after <= 0) return !(after > 0 && f > 1);
            auto const threshold = std::log(before / after) / std::log(f);  // e must be above it for a higher price, below it for a lower one
            auto const z = (e.mean - threshold) / std::max(e.deviation, 1e-6) * (f > 1 ? 1 : -1);
            return 0.5 * std::erfc(-z / std::numbers::sqrt2) < price_must_pay;
        });
        return out;
    }

    // Sums over a choice from which the outcome follows, so that one good can be exchanged in O(1).
    struct Sums {
        double attraction = 0, earned = 0, fixed = 0;
        Uses each = {}, as_such = {};
        void add(Option const& o, double sign) {
            attraction += sign * o.attraction, earned += sign * o.attraction * o.unit_profit, fixed += sign * o.fixed_profit;
            for (std::size_t k = 0; k < most_limits; ++k) each[k] += sign * o.attraction * o.unit_use[k], as_such[k] += sign * o.fixed_use[k];
        }
        // Profit less what it uses at the prices of the limits.
        double worth(Demand const& d, std::vector<double> const& prices) const {
            auto const rate = units_per_attraction(d, attraction > 1e-12 ? attraction : 0);
            auto sum = rate * earned + fixed;
            for (std::size_t k = 0; k < prices.size(); ++k) sum -= prices[k] * (rate * each[k] + as_such[k]);
            return sum;
        }
    };

    Worth value(Plan const& plan) const {
        Worth out;
        Random random(2014);
        std::vector<double> gains(draws), none;
        for (std::size_t s = 0; s < goods_.size(); ++s) {
            auto const n = goods_[s].size();
            std::vector<std::vector<double>> each(n);
            auto draw_one = random.stream("draws", s);
            for (std::size_t d = 0; d < draws; ++d) {
                auto demand = problem_.sets[s].demand;
                demand.substitution = std::clamp(draw_one.normal(kept_.sets[s].substitution.mean, kept_.sets[s].substitution.deviation), 0.02, 1.0);
                Sums now, planned;
                std::vector<Option> of_now(n), of_plan(n);
                for (std::size_t i = 0; i < n; ++i) {
                    auto const& g = goods_[s][i];
                    auto const& k = *g.kept;
                    auto const one = [&](KeptGuess const& x) { return Guess{draw_one.normal(x.mean, x.deviation), 0}; };
                    auto const attraction = one(k.attraction), elasticity = one(k.elasticity), trend = one(k.trend);
                    if (g.now >= 0) now.add(of_now[i] = make_option(attraction, elasticity, trend, g.economics, g.terms, g.offers[static_cast<std::size_t>(g.now)]), 1);
                    if (auto const c = plan.chosen[s][i]; c >= 0) planned.add(of_plan[i] = make_option(attraction, elasticity, trend, g.economics, g.terms, g.offers[static_cast<std::size_t>(c)]), 1);
                }
                gains[d] += planned.worth(demand, none) - now.worth(demand, none);
                auto const whole = planned.worth(demand, plan.dual_price);
                for (std::size_t i = 0; i < n; ++i) {
                    if (plan.chosen[s][i] == goods_[s][i].now) continue;
                    auto without = planned;
                    if (plan.chosen[s][i] >= 0) without.add(of_plan[i], -1);
                    if (goods_[s][i].now >= 0) without.add(of_now[i], 1);
                    each[i].push_back(whole - without.worth(demand, plan.dual_price));
                }
            }
            auto& money = out.each.emplace_back(n);
            for (std::size_t i = 0; i < n; ++i)
                if (!each[i].empty()) money[i] = interval(each[i]);
        }
        out.gain = interval(gains);
        return out;
    }

    static ValueRange interval(std::vector<double> x) {
        std::ranges::sort(x);
        return {minor(std::reduce(x.begin(), x.end()) / static_cast<double>(x.size())), minor(x[x.size() / 10]), minor(x[x.size() - 1 - x.size() / 10])};
    }

    Action action(Good const& g, int chosen) const {
        if (chosen < 0) return g.now >= 0 ? Action::drop : Action::leave;
        if (g.now < 0) return Action::list;
        auto const& o = g.offers[static_cast<std::size_t>(chosen)];
        return o.price_factor != 1 ? Action::price : o.pushed ? Action::push : Action::keep;
    }

    Computed tell(Plan const& plan, Worth const& worth) const {
        Computed out;
        double profit_now = 0, profit = 0;
        std::vector<double> used(3);
        for (std::size_t s = 0; s < goods_.size(); ++s) {
            auto const& k = kept_.sets[s];
            auto const all = as_it_is(s);
            auto const before = outcome(all, now_[s]), after = outcome(all, plan.chosen[s]);
            profit_now += before.profit, profit += after.profit;
            for (std::size_t l = 0; l < 3; ++l) used[l] += after.use[l];
            PlanSet set{.category_id = k.category_id, .price_band = k.price_band, .name_en = k.name_en, .name_zh = k.name_zh, .arrivals = all.demand.arrivals, .conversion = buying_share(all.demand, before.attraction), .profit_now_minor = minor(before.profit), .profit_minor = minor(after.profit)};
            double taken = 0, taken_weight = 0;
            for (std::size_t i = 0; i < goods_[s].size(); ++i) {
                auto const& g = goods_[s][i];
                auto const c = plan.chosen[s][i];
                auto const& options = all.items[i].options;
                auto const part = [&](Outcome const& o, int option) { return option < 0 ? 0.0 : o.units[i] * options[static_cast<std::size_t>(option)].unit_profit + options[static_cast<std::size_t>(option)].fixed_profit; };
                auto const price = g.kept->price_minor;
                PlanItem item{.product_id = g.kept->product_id, .title_en = g.kept->title_en, .title_zh = g.kept->title_zh, .category_id = k.category_id, .action = action(g, c), .pushed = c >= 0 && g.offers[static_cast<std::size_t>(c)].pushed, .price_minor = minor(price), .planned_price_minor = minor(price * (c >= 0 ? g.offers[static_cast<std::size_t>(c)].price_factor : 1)), .units_now = before.units[i], .units_planned = after.units[i], .profit_now_minor = minor(part(before, g.now)), .profit_planned_minor = minor(part(after, c)), .value = worth.each[s][i], .margin = price > 0 ? (price - g.kept->cost_minor) / price : 0, .returned = g.kept->returned, .in_stock = g.kept->in_stock, .elasticity = g.kept->elasticity.mean, .elasticity_deviation = g.kept->elasticity.deviation, .elasticity_spread = k.elasticity_spread, .trend_per_year = g.kept->trend.mean, .score = g.kept->attraction.mean, .score_deviation = g.kept->attraction.deviation, .delivered = g.kept->delivered, .units_seen = minor(g.kept->units_seen), .alike = g.kept->alike};
                // Of its units, those that others would sell if it were not there.
                auto with = now_[s], without = now_[s];
                with[i] = g.as_is, without[i] = -1;
                auto const both = outcome(all, with), less = outcome(all, without);
                auto const lost = std::reduce(both.units.begin(), both.units.end()) - std::reduce(less.units.begin(), less.units.end());
                item.taken_from_others = both.units[i] > 0 ? std::clamp(1 - lost / both.units[i], 0.0, 1.0) : 0;
                if (g.now >= 0) taken += item.taken_from_others * both.units[i], taken_weight += both.units[i];
                set.on_sale_now += g.now >= 0, set.on_sale += c >= 0, ++set.candidates, set.elasticity += g.kept->elasticity.mean / static_cast<double>(goods_[s].size());
                std::int64_t* const counts[] = {&out.outline.counts.keep, &out.outline.counts.list, &out.outline.counts.drop, &out.outline.counts.push, &out.outline.counts.price, &out.outline.counts.leave};
                ++*counts[static_cast<std::size_t>(item.action)];
                out.items.push_back(std::move(item));
            }
            set.substitution_share = taken_weight > 0 ? taken / taken_weight : 0;
            out.sets.push_back(std::move(set));
        }
        std::ranges::stable_sort(out.items, [](PlanItem const& a, PlanItem const& b) {
            auto const change = [](PlanItem const& x) { return x.action != Action::keep && x.action != Action::leave; };
            if (change(a) != change(b)) return change(a);
            return change(a) ? a.value.expected_minor > b.value.expected_minor : a.profit_planned_minor > b.profit_planned_minor;
        });
        std::ranges::stable_sort(out.sets, std::greater(), &PlanSet::profit_minor);
        auto& o = out.outline;
        o.currency = kept_.currency, o.made_at_ms = kept_.made_at_ms, o.until_ms = kept_.until_ms, o.horizon_days = asked_.horizon_days, o.days_seen = kept_.days_seen, o.arrivals_seen = kept_.arrivals_seen;
        o.profit_now_minor = minor(profit_now), o.profit_minor = minor(profit), o.bound_minor = minor(std::max(plan.bound, profit)), o.gap = plan.bound > 0 ? std::max(0.0, (plan.bound - profit) / plan.bound) : 0, o.gain = worth.gain;
        // What stands beside it adds up: the draws tell how sure it is, the plan's own figures how much.
        o.gain.expected_minor = std::clamp(o.profit_minor - o.profit_now_minor, o.gain.low_minor, o.gain.high_minor);
        char const* const names[] = {"shelf_places", "capital_minor", "push_places"};
        for (std::size_t l = 0; l < 3; ++l) o.limits.push_back({names[l], std::floor(problem_.limits[l]), used_now_[l], used[l], plan.dual_price[l]});
        return out;
    }

    Kept const& kept_;
    Propose const& asked_;
    Terms terms_;
    Problem problem_;
    std::vector<std::vector<Good>> goods_;
    std::vector<std::vector<Option>> all_;  // options of all goods, in the order of sets
    std::vector<Choice> now_;
    std::vector<double> used_now_;
};

}  // namespace

Result<Computed> compute(Kept const& kept, Propose const& asked, Progress const& progress) {
    Computation c(kept, asked);
    TRY(c.build());
    auto out = TRY(c.run(progress));
    give_reasons(kept, out);
    return out;
}

Result<std::vector<CurvePoint>> curve(Kept const& kept, Propose const& asked, std::int64_t planned_places, Progress const& progress) {
    auto same = asked;
    same.keep.clear(), same.most_price_change_percent = 0;  // the shape of the curve is about goods, not prices
    Computation c(kept, same);
    TRY(c.build());
    std::vector<CurvePoint> out;
    std::int64_t candidates = 0;
    for (auto const& set : kept.sets) candidates += static_cast<std::int64_t>(set.goods.size());
    for (double const share : {0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0, 1.1, 1.25}) {
        auto const places = std::llround(share * static_cast<double>(planned_places));
        if (places < 1 || places > candidates || (!out.empty() && out.back().shelf_places == places)) continue;
        c.problem().limits[shelf_limit] = static_cast<double>(places);
        out.push_back({places, minor(TRY(optimise(c.problem(), {.gap = 0.004, .most_nodes = 0}, progress)).profit)});
    }
    return out;
}

}  // namespace kindling::assortment_module

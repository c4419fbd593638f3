#include "engines/optimise/assortment/play.h"
#include "core/parallel.h"
#include "core/random.h"
#include <algorithm>
#include <atomic>
#include <fmt/format.h>
#include <map>
#include <numbers>
#include <numeric>

namespace kindling::assortment {

namespace {

enum Metric : std::size_t { profit, revenue, units, returned, lost, metric_count };
enum List : std::size_t { today, changed, list_count };
using ByRun = std::vector<double>;

// ln of a positive stable variable of this index, 0 < index <= 1.
double log_stable(Random& random, double index) {
    if (index >= 1) return 0;
    auto const u = (1 - random.uniform()) * std::numbers::pi, w = random.exponential(1);
    return (1 - index) / index * (std::log(std::sin((1 - index) * u)) - std::log(w)) + std::log(std::sin(index * u)) - std::log(std::sin(u)) / index;
}

// A share drawn from Beta(share * weight, (1 - share) * weight).
double draw_share(Random& random, double share, double weight) {
    if (share <= 0 || share >= 1) return share;
    auto const a = random.gamma(share * weight, 1), b = random.gamma((1 - share) * weight, 1);
    return a + b > 0 ? a / (a + b) : share;
}

Range range(ByRun x, PlaySettings const& s) {
    std::ranges::sort(x);
    auto const at = [&](double q) { return x[static_cast<std::size_t>(std::clamp(std::floor(q * static_cast<double>(x.size())), 0.0, static_cast<double>(x.size() - 1)))]; };
    return {std::reduce(x.begin(), x.end()) / static_cast<double>(x.size()), at(s.low), at(s.high)};
}

ByRun less(ByRun a, ByRun const& b) {
    for (std::size_t r = 0; r < a.size(); ++r) a[r] -= b[r];
    return a;
}

void plus(ByRun& a, ByRun const& b) {
    for (std::size_t r = 0; r < a.size(); ++r) a[r] += b[r];
}

// What happened to one good, or to the shop, in every run.
struct Record {
    ByRun of[list_count][metric_count];
    explicit Record(std::size_t runs) { for (auto& list : of) for (auto& metric : list) metric.assign(runs, 0); }
    void add(Record const& other) {
        for (std::size_t l = 0; l < list_count; ++l) for (std::size_t m = 0; m < metric_count; ++m) plus(of[l][m], other.of[l][m]);
    }
    Compared compare(PlaySettings const& s) const {
        Compared out;
        Range Played::* const members[] = {&Played::profit, &Played::revenue, &Played::units, &Played::returned, &Played::lost};
        for (std::size_t m = 0; m < metric_count; ++m) out.today.*members[m] = range(of[today][m], s), out.changed.*members[m] = range(of[changed][m], s), out.difference.*members[m] = range(less(of[changed][m], of[today][m]), s);
        return out;
    }
};

// Variants that are in stock or out, day by day.
class Shelf {
public:
    Shelf(PlayedGood const& good, double out_days, Random& random) : in_(std::max<std::size_t>(1, static_cast<std::size_t>(good.economics.display_units))) {
        auto const share = std::clamp(good.economics.supply, 0.01, 1.0);
        returns_ = 1 / std::max(1.0, out_days), leaves_ = returns_ * (1 - share) / share;
        if (leaves_ > 1) returns_ /= leaves_, leaves_ = 1;
        auto const now = good.in_stock_now.value_or(share);
        for (auto& v : in_) v = random.chance(now);
    }
    void next_day(Random& random) {
        for (auto& v : in_) v = v ? !random.chance(leaves_) : random.chance(returns_);
    }
    double share() const { return static_cast<double>(std::ranges::count(in_, 1)) / static_cast<double>(in_.size()); }

private:
    std::vector<char> in_;
    double returns_ = 1, leaves_ = 0;
};

// A set through all runs.
class SetPlay {
public:
    SetPlay(PlayedSet const& set, std::size_t number, PlaySettings const& s) : set_(set), s_(s), n_(set.goods.size()), days_(static_cast<std::size_t>(s.terms.horizon_days)), random_(Random(s.seed).stream("set", number)), goods(n_, Record(s.runs)) {
        for (auto& list : by_day) list.assign(days_, ByRun(s.runs));
    }

    void run(std::size_t r) {
        auto random = random_.stream("run", r);
        draw(random, Random(s_.seed).stream("level", r), r);
        for (std::size_t day = 0; day < days_; ++day) {
            for (std::size_t i = 0; i < n_; ++i) {
                if (day > 0) shelves_[i].next_day(random);
                in_stock_[i] = shelves_[i].share();
            }
            for (std::size_t l = 0; l < list_count; ++l) earned_[l] += fixed_[l] / static_cast<double>(days_);
            auto const come = random.poisson(arrivals_);
            shoppers += static_cast<double>(come);
            if (attraction_ > 0) for (std::int64_t k = 0; k < come; ++k) visit(random, r);
            for (std::size_t l = 0; l < list_count; ++l) by_day[l][day][r] = earned_[l];
        }
    }

    std::vector<Flow> flows() const {
        std::vector<Flow> out;
        for (auto const& [way, runs] : flows_) out.push_back({way.first, way.second, range(ByRun(runs.begin(), runs.end()), s_)});
        std::ranges::stable_sort(out, std::greater(), [](Flow const& f) { return f.units.expected; });
        return out;
    }

private:
    // What is not known, for this run, and the first morning.
    void draw(Random& random, Random level, std::size_t r) {
        auto const& t = s_.terms;
        auto const shop = level.normal() * s_.shop_level_deviation, own = random.normal() * s_.set_level_deviation;
        arrivals_ = set_.arrivals_per_day * std::exp(shop + own - (s_.shop_level_deviation * s_.shop_level_deviation + s_.set_level_deviation * s_.set_level_deviation) / 2);
        substitution_ = std::clamp(random.normal(set_.substitution.mean, set_.substitution.deviation), 0.02, 1.0);
        constant_ = set_.intercept / substitution_ - set_.reference;
        shelves_.clear(), in_stock_.assign(n_, 0), returned_.assign(n_, 0), most_.assign(n_, 0), up_to_.assign(n_, 0), attraction_ = 0;
        for (std::size_t l = 0; l < list_count; ++l) draws_[l].assign(n_, 0), kept_[l].assign(n_, 0), back_[l].assign(n_, 0), price_[l].assign(n_, 0), fixed_[l] = earned_[l] = 0;
        for (std::size_t i = 0; i < n_; ++i) {
            auto const& g = set_.goods[i];
            auto const one = [&](Guess const& x) { return Guess{random.normal(x.mean, x.deviation), 0}; };
            auto const attraction = one(g.attraction), elasticity = one(g.elasticity), trend = one(g.trend);
            returned_[i] = draw_share(random, g.economics.returned, g.returns_weight);
            shelves_.emplace_back(g, s_.out_days, random);
            auto economics = g.economics;
            economics.supply = 1;  // the shelf is played
            for (std::size_t l = 0; l < list_count; ++l) {
                auto const& offer = l == today ? g.today : g.changed;
                if (!offer) continue;
                economics.returned = 0;
                auto const stays = make_option(attraction, elasticity, trend, economics, t, *offer);
                economics.returned = 1;
                auto const comes_back = make_option(attraction, elasticity, trend, economics, t, *offer);
                draws_[l][i] = stays.attraction, kept_[l][i] = stays.unit_profit, back_[l][i] = comes_back.unit_profit, price_[l][i] = economics.price_minor * offer->price_factor;
                goods[i].of[l][profit][r] += stays.fixed_profit, fixed_[l] += stays.fixed_profit;
            }
            most_[i] = std::max(draws_[today][i], draws_[changed][i]);
            up_to_[i] = attraction_ += most_[i];
        }
    }

    void visit(Random& random, std::size_t r) {
        // The best of everything that either list offers must be worth buying, or this shopper buys nothing in any case.
        auto const log_limit = log_stable(random, substitution_) + constant_ + std::log(random.exponential(1)) / substitution_;
        auto const best = random.exponential(1) / attraction_;
        if (std::log(best) >= log_limit) return;
        auto const limit = std::exp(log_limit);
        auto const favourite = std::min(n_ - 1, static_cast<std::size_t>(std::ranges::upper_bound(up_to_, random.uniform() * attraction_) - up_to_.begin()));
        auto const sends_back = random.uniform();
        struct Found { std::size_t good = nothing; double t = 0; } wanted[list_count], bought[list_count];
        for (auto& w : wanted) w.t = limit;
        for (auto& b : bought) b.t = limit;
        for (std::size_t i = 0; i < n_; ++i) {
            if (most_[i] <= 0) continue;
            // Given the least of them, the others exceed it by an exponential time.
            auto const t = i == favourite ? best : best + random.exponential(most_[i]);
            auto const there = random.uniform() < in_stock_[i];
            if (t >= limit) continue;
            for (std::size_t l = 0; l < list_count; ++l) {
                if (draws_[l][i] <= 0) continue;
                auto const here = t * most_[i] / draws_[l][i];
                if (here < wanted[l].t) wanted[l] = {i, here};
                if (there && here < bought[l].t) bought[l] = {i, here};
            }
        }
        for (std::size_t l = 0; l < list_count; ++l) {
            auto const b = bought[l].good;
            if (b == nothing) {
                if (wanted[l].good != nothing) ++goods[wanted[l].good].of[l][lost][r];
                continue;
            }
            auto& g = goods[b].of[l];
            bool const back = sends_back < returned_[b];
            auto const earned = back ? back_[l][b] : kept_[l][b];
            g[profit][r] += earned, g[revenue][r] += price_[l][b], ++g[units][r], g[returned][r] += back, earned_[l] += earned;
        }
        if (auto const from = bought[today].good, to = bought[changed].good; from != to) {
            auto& runs = flows_[{from, to}];
            runs.resize(s_.runs), ++runs[r];
        }
    }

    PlayedSet const& set_;
    PlaySettings const& s_;
    std::size_t n_, days_;
    Random random_;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<float>> flows_;  // by good today and good changed, or `nothing`: shoppers by run
    // Of this run:
    double arrivals_ = 0, substitution_ = 1, constant_ = 0, attraction_ = 0, fixed_[list_count] = {}, earned_[list_count] = {};
    std::vector<Shelf> shelves_;
    std::vector<double> in_stock_, returned_, most_, up_to_;          // by good; most_: the attraction of the more attractive offer; up_to_: its running sum
    std::vector<double> draws_[list_count], kept_[list_count], back_[list_count], price_[list_count];  // attraction; profit of a unit that stays, that comes back; price

public:
    std::vector<Record> goods;
    std::vector<ByRun> by_day[list_count];                            // profit since the first day
    double shoppers = 0;
};

std::unexpected<Error> bad(std::string what) { return fail(Errc::invalid_argument, "bad_play", std::move(what)); }

Result<void> check(std::vector<PlayedSet> const& sets, PlaySettings const& s) {
    if (s.runs < 1 || s.runs > 100'000) return bad("runs must be 1 to 100,000.");
    if (!(s.terms.horizon_days >= 1 && s.terms.horizon_days <= 3660)) return bad("horizon_days must be 1 to 3,660.");
    if (!(s.low >= 0 && s.low <= s.high && s.high <= 1)) return bad("low and high must be quantiles, 0 <= low <= high <= 1.");
    if (!(s.shop_level_deviation >= 0 && s.shop_level_deviation <= 3 && s.set_level_deviation >= 0 && s.set_level_deviation <= 3 && s.out_days >= 1)) return bad("deviations must be 0 to 3 and out_days at least 1.");
    for (std::size_t k = 0; k < sets.size(); ++k) {
        auto const& set = sets[k];
        if (!(set.arrivals_per_day >= 0 && set.arrivals_per_day <= 1e9) || !std::isfinite(set.intercept) || !std::isfinite(set.reference) || !std::isfinite(set.substitution.mean)) return bad(fmt::format("Set {}: arrivals, intercept, reference or substitution is no number that a shop can have.", k));
        for (auto const& g : set.goods)
            for (auto const x : {g.attraction.mean, g.attraction.deviation, g.elasticity.mean, g.elasticity.deviation, g.trend.mean, g.trend.deviation, g.economics.price_minor, g.economics.cost_minor, g.economics.returned, g.economics.supply})
                if (!std::isfinite(x)) return bad(fmt::format("Set {}: a good has a value that is no number.", k));
    }
    return {};
}

}  // namespace

Result<Play> play(std::vector<PlayedSet> const& sets, PlaySettings const& s, Progress const& progress, unsigned threads) {
    TRY(check(sets, s));
    auto const days = static_cast<std::size_t>(s.terms.horizon_days);
    struct Done { std::vector<Compared> goods; std::vector<Flow> flows; Record sum; std::vector<ByRun> by_day[list_count]; double shoppers = 0; };
    std::vector<std::optional<Done>> done(sets.size());
    std::atomic<std::int64_t> played = 0;
    auto const total = static_cast<std::int64_t>(sets.size() * s.runs);
    parallel_for(sets.size(), [&](std::size_t k) {
        SetPlay set(sets[k], k, s);
        for (std::size_t r = 0; r < s.runs; ++r) {
            if (progress.stopped()) return;
            set.run(r);
            if (auto const n = ++played; n % 64 == 0) progress(n, total, "shoppers are coming");
        }
        auto& d = done[k].emplace(Done{.goods = {}, .flows = set.flows(), .sum = Record(s.runs), .by_day = {}, .shoppers = set.shoppers});
        for (auto const& g : set.goods) d.goods.push_back(g.compare(s)), d.sum.add(g);
        for (std::size_t l = 0; l < list_count; ++l) d.by_day[l] = std::move(set.by_day[l]);
    }, threads);
    if (progress.stopped()) return fail(Errc::unavailable, "cancelled", "The play was cancelled.");

    Play out;
    Record shop(s.runs);
    std::vector<ByRun> by_day[list_count];
    for (auto& list : by_day) list.assign(days, ByRun(s.runs));
    for (auto& d : done) {
        shop.add(d->sum);
        for (std::size_t l = 0; l < list_count; ++l)
            for (std::size_t day = 0; day < days; ++day) plus(by_day[l][day], d->by_day[l][day]);
        out.shoppers += d->shoppers / static_cast<double>(s.runs);
        out.goods.push_back(std::move(d->goods)), out.flows.push_back(std::move(d->flows));
    }
    out.shop = shop.compare(s);
    for (std::size_t day = 0; day < days; ++day) out.days.push_back({range(by_day[today][day], s), range(by_day[changed][day], s), range(less(by_day[changed][day], by_day[today][day]), s)});
    for (std::size_t r = 0; r < s.runs; ++r) {
        auto const gain = shop.of[changed][profit][r] - shop.of[today][profit][r];
        out.better += gain > 0 ? 1 : gain == 0 ? 0.5 : 0;
    }
    out.better /= static_cast<double>(s.runs);
    return out;
}

double expected_profit(std::vector<PlayedSet> const& sets, Terms const& terms, std::optional<Offer> PlayedGood::*list) {
    double sum = 0;
    for (auto const& s : sets) {
        ChoiceSet set{.demand = {.arrivals = s.arrivals_per_day * terms.horizon_days, .intercept = s.intercept, .substitution = std::clamp(s.substitution.mean, 0.02, 1.0), .reference = s.reference}, .items = {}};
        Choice choice;
        for (auto const& g : s.goods) {
            auto const& offer = g.*list;
            set.items.push_back({.options = {make_option(g.attraction, g.elasticity, g.trend, g.economics, terms, offer.value_or(Offer{}))}});
            choice.push_back(offer ? 0 : -1);
        }
        sum += outcome(set, choice).profit;
    }
    return sum;
}

}  // namespace kindling::assortment

#include "modules/forecast/by_place.h"
#include "core/parallel.h"
#include <algorithm>
#include <cmath>
#include <map>

namespace kindling::forecast {

namespace {

constexpr std::int32_t near_days = 3, half_year = 182;
constexpr std::size_t most_own_places = 60, most_goods_at_places = 500'000, own_days = 84, week = 7;
constexpr double thin_units = 8, least_place_units = 100, fitted = 1e-4, most_width = 6;
constexpr int most_fits = 12;

struct Memory { double days, of_category, of_product; };  // half of a unit is forgotten in so many days; units that draw a product to its category, a good to its product
constexpr Memory memories[] = {{120, 20, 10}, {60, 5, 5}, {60, 20, 10}, {120, 5, 5}, {120, 60, 30}, {360, 5, 5}, {360, 20, 10}, {360, 60, 30}};
constexpr double of_place = 100;  // units that draw a category to the shop
constexpr double powers[] = {0, 0.25, 0.5, 0.75, 1};

using Days = std::vector<std::vector<SentUnits>>;  // of each good, ascending
using Rows = std::vector<std::vector<double>>;

class Learner {
public:
    Learner(Ground const& ground, std::span<BackTest const> tests, Model model, std::size_t horizon, unsigned threads) : ground_(ground), tests_(tests), model_(model), horizon_(horizon), threads_(threads), places_(ground.history.places.size()) {
        std::map<std::string_view, std::size_t> number;
        for (auto const& g : ground.history.goods) product_.push_back(number.try_emplace(g.product_id, number.size()).first->second);
        products_ = number.size();
        begun_.assign(places_, static_cast<std::int32_t>(ground.history.days()));
        for (std::size_t g = 0; g < ground.history.goods.size(); ++g) {
            sent_.push_back(sent_of(ground.history.goods[g], ground.demand[g], {}));
            for (auto const& d : sent_.back()) begun_[d.place] = std::min(begun_[d.place], d.day);
        }
        for (auto const& t : tests_) usual_.push_back(half_year_shares(t.origin)), place_days_.push_back(days_of_places(t.origin, usual_.back()));
    }

    PlacesLearned learn(Means const& means, std::array<std::array<Spread, class_count>, level_count> const& spreads) {
        PlacesLearned out;
        auto const days = ground_.history.days();
        auto const memory = likeliest();
        std::vector<std::vector<std::vector<float>>> shares(tests_.size());
        std::vector<Rows> own(tests_.size());
        std::vector<std::vector<PlaceSplit>> tried(tests_.size());  // by power
        parallel_for(tests_.size(), [&](std::size_t i) {
            auto const& t = tests_[i];
            shares[i] = shares_of(t.origin, memory);
            own[i] = own_paths(place_days_[i], t.days);
        }, threads_);
        // Where no place has days of its own, every power is the first.
        bool const any_own = std::ranges::any_of(own, [](Rows const& rows) { return std::ranges::any_of(rows, [](std::vector<double> const& row) { return !row.empty(); }); });
        auto const tries = any_own ? std::size(powers) : 1;
        parallel_for(tests_.size(), [&](std::size_t i) {
            for (std::size_t k = 0; k < tries; ++k) tried[i].push_back(fit(shares[i], own[i], tests_[i].models.at(model_), tests_[i].days, powers[k]));
        }, threads_);
        double least = 0;
        std::size_t best = 0;
        for (std::size_t k = 0; k < tries && tries > 1; ++k) {
            double loss = 0;
            for (std::size_t i = 0; i < tests_.size(); ++i) loss += missed(i, tried[i][k]);
            if (k == 0 || loss < least) least = loss, best = k;
        }
        out.followed = tests_.empty() ? 0 : powers[best];
        double own_weeks = 0, share_weeks = 0;
        for (std::size_t i = 0; i < tests_.size(); ++i) {
            PlaceSplit const plain{usual_[i], std::vector(places_, std::vector<float>(tests_[i].days, 1))};
            own_weeks += weeks_missed(i, tried[i][best]), share_weeks += weeks_missed(i, plain);
            score(i, tried[i][best], plain, out.found);
        }
        if (share_weeks > 0) out.gain = own_weeks / share_weeks;
        out.width = widths(tried, best, spreads);
        out.split = fit(shares_of(days, memory), out.followed > 0 ? own_paths(days_of_places(days, half_year_shares(days)), horizon_) : Rows(places_), means, horizon_, out.followed);
        for (auto const& days_of_good : sent_) {
            double units = 0;
            for (auto const& d : days_of_good) if (d.day + half_year >= static_cast<std::int32_t>(days)) units += static_cast<double>(d.units);
            out.thin.push_back(units < thin_units);
        }
        return out;
    }

private:
    // Shares of the half year before a day, drawn to the shop's as if 20 units more had left: the plain rule.
    std::vector<std::vector<float>> half_year_shares(std::size_t origin) const {
        auto const& goods = ground_.history.goods;
        auto const end = static_cast<std::int32_t>(origin);
        Rows of(goods.size(), std::vector<double>(places_));
        std::vector<double> all(places_, 1e-9);
        for (std::size_t g = 0; g < goods.size(); ++g)
            for (auto const& d : goods[g].left) if (d.day < end && d.day + half_year >= end) of[g][d.place] += static_cast<double>(d.units), all[d.place] += static_cast<double>(d.units);
        return drawn(of, [&](std::size_t) -> std::vector<double> const& { return all; }, 20);
    }
    // Each row as shares, drawn to those of `to` as if `units` more had left.
    static std::vector<std::vector<float>> drawn(Rows const& rows, auto&& to, double units) {
        std::vector<std::vector<float>> out;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto const& other = to(i);
            double own = 0, all = 0;
            for (auto const v : rows[i]) own += v;
            for (auto const v : other) all += static_cast<double>(v);
            auto& row = out.emplace_back();
            for (std::size_t p = 0; p < rows[i].size(); ++p) row.push_back(static_cast<float>((rows[i][p] + units * static_cast<double>(other[p]) / all) / (own + units)));
        }
        return out;
    }

    std::vector<std::vector<float>> shares_of(std::size_t origin, Memory const& m) const {
        auto const& goods = ground_.history.goods;
        Rows of_good(goods.size(), std::vector<double>(places_)), of_product(products_, std::vector<double>(places_)), of_category(ground_.history.categories.size() + 1, std::vector<double>(places_));
        std::vector<double> all(places_, 1e-9);
        std::vector<std::size_t> category(products_);
        for (std::size_t g = 0; g < goods.size(); ++g) {
            category[product_[g]] = static_cast<std::size_t>(goods[g].category + 1);
            for (auto const& d : sent_[g]) {
                if (d.day >= static_cast<std::int32_t>(origin)) break;
                auto const units = static_cast<double>(d.units) * std::exp2(-static_cast<double>(static_cast<std::int32_t>(origin) - d.day) / m.days);
                of_good[g][d.place] += units, of_product[product_[g]][d.place] += units, of_category[category[product_[g]]][d.place] += units, all[d.place] += units;
            }
        }
        auto const categories = drawn(of_category, [&](std::size_t) -> std::vector<double> const& { return all; }, of_place);
        auto const products = drawn(of_product, [&](std::size_t k) -> std::vector<float> const& { return categories[category[k]]; }, m.of_category);
        return drawn(of_good, [&](std::size_t g) -> std::vector<float> const& { return products[product_[g]]; }, m.of_product);
    }

    // The memory by which the four weeks after the earlier origins were likeliest.
    Memory likeliest() const {
        std::vector<double> loss(std::size(memories));
        parallel_for(loss.size(), [&](std::size_t k) {
            for (auto const& t : tests_) {
                auto const shares = shares_of(t.origin, memories[k]);
                auto const from = static_cast<std::int32_t>(t.origin), to = from + static_cast<std::int32_t>(std::min<std::size_t>(28, t.days));
                for (std::size_t g = 0; g < sent_.size(); ++g)
                    for (auto const& d : sent_[g]) if (d.day >= from && d.day < to) loss[k] -= static_cast<double>(d.units) * std::log(std::max(1e-4, static_cast<double>(shares[g][d.place])));
            }
        }, threads_);
        return memories[static_cast<std::size_t>(std::ranges::min_element(loss) - loss.begin())];
    }

    // Calls visit(day, units) of days of a good from `from` to before `to` that no move tells the place of.
    void for_untold(std::size_t g, std::size_t from, std::size_t to, auto&& visit) const {
        auto const& told = sent_[g];
        auto at = std::ranges::lower_bound(told, static_cast<std::int32_t>(from), {}, &SentUnits::day);
        for (auto t = from; t < to; ++t) {
            auto const units = ground_.demand[g][t];
            if (!(units > 0)) continue;
            while (at != told.end() && at->day < static_cast<std::int32_t>(t)) ++at;
            if (at == told.end() || at->day != static_cast<std::int32_t>(t)) visit(t, static_cast<double>(units));
        }
    }
    // Days of each place before an origin.
    Rows days_of_places(std::size_t origin, std::vector<std::vector<float>> const& usual) const {
        Rows out(places_, std::vector<double>(origin));
        for (std::size_t g = 0; g < sent_.size(); ++g) {
            for (auto const& d : sent_[g]) {
                if (d.day >= static_cast<std::int32_t>(origin)) break;
                out[d.place][static_cast<std::size_t>(d.day)] += static_cast<double>(d.units);
            }
            for_untold(g, 0, origin, [&](std::size_t t, double units) {
                auto const there = [&](std::size_t p) { return begun_[p] <= static_cast<std::int32_t>(t) ? static_cast<double>(usual[g][p]) : 0; };
                double all = 0;
                for (std::size_t p = 0; p < places_; ++p) all += there(p);
                if (all > 0) for (std::size_t p = 0; p < places_; ++p) out[p][t] += units * there(p) / all;
            });
        }
        return out;
    }

    // Days ahead of each place by its own history; empty where that is too short.
    Rows own_paths(Rows const& place_days, std::size_t horizon) const {
        Rows out(places_);
        if (places_ > most_own_places || places_ * sent_.size() > most_goods_at_places) return out;
        for (std::size_t p = 0; p < places_; ++p) {
            auto days = std::span(place_days[p]);
            while (!days.empty() && days.front() == 0) days = days.subspan(1);
            double units = 0;
            for (auto const v : days) units += v;
            if (days.size() >= own_days && units >= least_place_units) out[p] = sum_path(days, horizon);
        }
        return out;
    }

    // The split nearest to the shares whose places' days are their own, as shares of the shop's day, to this power.
    PlaceSplit fit(std::vector<std::vector<float>> const& shares, Rows const& own, Means const& means, std::size_t days, double power) const {
        PlaceSplit out{shares, std::vector(places_, std::vector<float>(days, 1))};
        if (power == 0) return out;
        parallel_for(days, [&](std::size_t h) {
            std::vector<double> plain(places_), want(places_), now(places_), c(places_, 1);
            double shop = 0, known = 0, known_plain = 0;
            auto const sum = [&](std::vector<double>& to) {
                std::ranges::fill(to, 0);
                for (std::size_t g = 0; g < shares.size(); ++g) {
                    auto const m = static_cast<double>(means.row(g)[h]);
                    if (!(m > 0)) continue;
                    double all = 0;
                    for (std::size_t p = 0; p < places_; ++p) all += static_cast<double>(shares[g][p]) * c[p];
                    for (std::size_t p = 0; p < places_; ++p) to[p] += m * static_cast<double>(shares[g][p]) * c[p] / all;
                }
            };
            sum(plain);
            for (std::size_t p = 0; p < places_; ++p) {
                shop += plain[p];
                if (!own[p].empty()) known += own[p][h], known_plain += plain[p];
            }
            if (!(known > 0) || !(known_plain > 0)) return;
            double wanted = 0;
            for (std::size_t p = 0; p < places_; ++p) {
                want[p] = plain[p];
                if (!own[p].empty() && plain[p] > 0) want[p] *= std::pow(std::clamp(own[p][h] / known * known_plain / plain[p], 0.05, 20.0), power);
                wanted += want[p];
            }
            for (auto& v : want) v *= shop / wanted;
            for (int round = 0; round < most_fits; ++round) {
                if (round > 0) sum(now);
                else now = plain;
                double apart = 0;
                for (std::size_t p = 0; p < places_; ++p) if (now[p] > 0) c[p] *= want[p] / now[p], apart = std::max(apart, std::abs(want[p] / now[p] - 1));
                if (apart < fitted) break;
            }
            for (std::size_t p = 0; p < places_; ++p) out.factors[p][h] = static_cast<float>(c[p]);
        }, 1);
        return out;
    }

    // Calls visit(good, place, means by day, what came by day) of goods that were active.
    void for_each(std::size_t test, PlaceSplit const& split, auto&& visit) const {
        auto const& t = tests_[test];
        std::vector<double> f(t.days), all(t.days);
        Rows came(places_, std::vector<double>(t.days));
        auto const& means = t.models.at(model_);
        for (std::size_t g = 0; g < sent_.size(); ++g) {
            if (!ground_.active(g, t.origin)) continue;
            for (auto& row : came) std::ranges::fill(row, 0);
            auto const from = static_cast<std::int32_t>(t.origin);
            for (auto d = std::ranges::lower_bound(sent_[g], from, {}, &SentUnits::day); d != sent_[g].end() && d->day < from + static_cast<std::int32_t>(t.days); ++d) came[d->place][static_cast<std::size_t>(d->day - from)] += static_cast<double>(d->units);
            for_untold(g, t.origin, t.origin + t.days, [&](std::size_t day, double units) { for (std::size_t p = 0; p < places_; ++p) came[p][day - t.origin] += units * static_cast<double>(usual_[test][g][p]); });
            std::ranges::fill(all, 0);
            for (std::size_t p = 0; p < places_; ++p) for (std::size_t h = 0; h < t.days; ++h) all[h] += static_cast<double>(split.shares[g][p]) * static_cast<double>(split.factors[p][h]);
            for (std::size_t p = 0; p < places_; ++p) {
                for (std::size_t h = 0; h < t.days; ++h) f[h] = static_cast<double>(means.row(g)[h]) * static_cast<double>(split.shares[g][p]) * static_cast<double>(split.factors[p][h]) / all[h];
                visit(g, p, std::span<double const>(f), std::span<double const>(came[p]));
            }
        }
    }
    struct ByPlace { Rows forecast, came; };
    ByPlace by_place(std::size_t test, PlaceSplit const& split) const {
        auto const& t = tests_[test];
        ByPlace out{Rows(places_, std::vector<double>(t.days)), Rows(places_, std::vector<double>(t.days))};
        for_each(test, split, [&](std::size_t, std::size_t p, std::span<double const> f, std::span<double const> a) { for (std::size_t h = 0; h < t.days; ++h) out.forecast[p][h] += f[h], out.came[p][h] += a[h]; });
        return out;
    }
    // Squared misses of places' weeks, each beside its level.
    double missed(std::size_t test, PlaceSplit const& split) const {
        auto const& t = tests_[test];
        auto const b = by_place(test, split);
        double out = 0;
        for (std::size_t p = 0; p < places_; ++p) {
            double level = 0;
            for (auto const v : b.came[p]) level += v;
            level = std::max(1.0, level * week / static_cast<double>(t.days));
            for (std::size_t h = 0; h + week <= t.days; h += week) {
                double miss = 0;
                for (auto d = h; d < h + week; ++d) miss += b.forecast[p][d] - b.came[p][d];
                out += miss * miss / level;
            }
        }
        return out;
    }
    double weeks_missed(std::size_t test, PlaceSplit const& split) const {
        auto const& t = tests_[test];
        double out = 0;
        for_each(test, split, [&](std::size_t, std::size_t, std::span<double const> f, std::span<double const> a) {
            for (std::size_t h = 0; h + week <= t.days; h += week) {
                double miss = 0;
                for (auto d = h; d < h + week; ++d) miss += f[d] - a[d];
                out += miss * miss;
            }
        });
        return out;
    }
    void score(std::size_t test, PlaceSplit const& split, PlaceSplit const& plain, std::vector<PlaceFinding>& found) const {
        auto const& t = tests_[test];
        auto const own = by_place(test, split), by_share = by_place(test, plain);
        found.resize(places_);
        for (std::size_t p = 0; p < places_; ++p) {
            found[p].place = p;
            std::vector<double> week_before(t.days);
            for (std::size_t h = 0; h < t.days && t.origin >= week; ++h) week_before[h] = place_days_[test][p][t.origin - week + h % week];
            auto const add = [&](Sums& to, std::span<double const> f) {
                std::array<double, quantile_levels.size()> same;
                for (std::size_t h = 0; h < t.days; ++h) same.fill(f[h]), to.add(f[h], own.came[p][h], 0, same);
                for (std::size_t h = 0; h + span_days <= t.days; h += span_days) to.add_span(f.subspan(h, span_days), std::span(own.came[p]).subspan(h, span_days));
            };
            add(found[p].own, own.forecast[p]), add(found[p].by_share, by_share.forecast[p]), add(found[p].last_week, week_before);
        }
    }

    // How much wider than a thinned node the 28 days of a node at a place are missed, by level.
    std::array<float, level_count> widths(std::vector<std::vector<PlaceSplit>> const& tried, std::size_t best, std::array<std::array<Spread, class_count>, level_count> const& spreads) const {
        std::array<double, level_count> missed{}, told{};
        for (std::size_t i = 0; i < tests_.size(); ++i) {
            auto const& t = tests_[i];
            auto const days = std::min<std::size_t>(28, t.days);
            Rows f(sent_.size(), std::vector<double>(places_)), a = f;
            std::vector<double> whole(sent_.size());
            for_each(i, tried[i][best], [&](std::size_t g, std::size_t p, std::span<double const> forecast, std::span<double const> came) { for (std::size_t h = 0; h < days; ++h) f[g][p] += forecast[h], a[g][p] += came[h], whole[g] += forecast[h]; });
            auto const see = [&](Level level, std::span<std::uint32_t const> members) {
                double all = 0;
                for (auto const g : members) all += whole[g];
                auto const l = static_cast<std::size_t>(level);
                auto const d = spreads[l][class_of(all / static_cast<double>(days))].sum(days);
                for (std::size_t p = 0; p < places_; ++p) {
                    double m = 0, s = 0;
                    for (auto const g : members) m += f[g][p], s += a[g][p];
                    if (!(m > 1e-3)) continue;
                    // Weighed as a dispersion is learned: a node counts by how precisely it tells it.
                    auto const v = m + d * m * m, w = 1 / (v * v);
                    missed[l] += w * ((s - m) * (s - m) - m) * m * m, told[l] += w * d * m * m * m * m;
                }
            };
            for (auto const& node : ground_.nodes) see(node.level, node.members);
            for (std::uint32_t g = 0; g < sent_.size(); ++g) if (ground_.active(g, t.origin)) see(Level::variant, std::span(&g, 1));
        }
        std::array<float, level_count> out;
        for (std::size_t l = 0; l < level_count; ++l) out[l] = told[l] > 0 ? static_cast<float>(std::clamp(missed[l] / told[l], 1.0, most_width)) : 1;
        return out;
    }

    Ground const& ground_;
    std::span<BackTest const> tests_;
    Model model_;
    std::size_t horizon_;
    unsigned threads_;
    std::size_t places_, products_ = 0;
    std::vector<std::size_t> product_;  // of each good
    Days sent_;                                            // days that moves tell the place of
    std::vector<std::int32_t> begun_;                      // of each place, the day of its first move
    std::vector<std::vector<std::vector<float>>> usual_;   // of each test and good, shares of the half year before
    std::vector<Rows> place_days_;                         // of each test and place, days before its origin
};

}  // namespace

std::vector<SentUnits> sent_of(GoodHistory const& good, std::span<float const> demand, std::span<float const> usual) {
    std::vector<SentUnits> out;
    auto const& left = good.left;
    std::size_t at = 0;  // first move that is not more than near_days before the day
    for (std::int32_t t = 0; t < static_cast<std::int32_t>(demand.size()); ++t) {
        while (at < left.size() && left[at].day < t - near_days) ++at;
        auto const units = demand[static_cast<std::size_t>(t)];
        if (!(units > 0)) continue;
        std::int32_t apart = near_days + 1;
        for (auto k = at; k < left.size() && left[k].day <= t + near_days; ++k) apart = std::min(apart, std::abs(left[k].day - t));
        float sum = 0;
        for (auto k = at; k < left.size() && left[k].day <= t + near_days; ++k) if (std::abs(left[k].day - t) == apart) sum += left[k].units;
        if (sum > 0) {
            for (auto k = at; k < left.size() && left[k].day <= t + near_days; ++k) if (std::abs(left[k].day - t) == apart) out.push_back({t, left[k].place, units * left[k].units / sum});
        } else {
            for (std::size_t p = 0; p < usual.size(); ++p) if (usual[p] > 0) out.push_back({t, static_cast<std::uint16_t>(p), units * usual[p]});
        }
    }
    return out;
}

PlacesLearned learn_places(Ground const& ground, std::span<BackTest const> tests, Model model, Means const& means, std::array<std::array<Spread, class_count>, level_count> const& spreads, std::size_t horizon, unsigned threads) {
    if (ground.history.places.empty()) return {};
    return Learner(ground, tests, model, horizon, threads).learn(means, spreads);
}

}  // namespace kindling::forecast

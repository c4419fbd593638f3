// forecast-total: how many of some chosen goods sell in some days, all together (forecast.total), held against what came, on forecasts that look back.
//
// demo: the demo shop from 1 February, 5 March, 25 May and 20 October 2026, and from 15 July and 1 September, which lie away from feasts; online-retail: UCI Online Retail from 1 August, 1 September, 1 and 15 October 2011.
// Choices are drawn by what is expected of them: 3 products of a category, 3 and 20 products of any, 2 categories; days 1 to 7, 1 to 14, 8 to 28 and 1 to 28 ahead.
// in_80: share of choices of which what came lies between the 10 and the 90 % quantile, a count on an end counted by chance as far as it lies inside (randomised, so that counts are not flattered);
// pinball: mean quantile loss, doubled, in units. Beside it the same means, had the parts been missed each for itself (independent), and had all been missed alike (added_up: their bands added up).
#include "forecast_total.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>

#include "bench_shop.h"
#include "core/random.h"
#include "modules/forecast/together.h"
#include "modules/forecast/tree.h"

namespace kindling::bench {

namespace {

struct Held {
    double n = 0, inside = 0, pinball = 0;
    void see(double mean, double dispersion, double came, double chance) {
        auto const before = forecast::count_distribution(mean, dispersion, came - 1), at = before + chance * (forecast::count_distribution(mean, dispersion, came) - before);
        ++n, inside += at >= 0.1 && at <= 0.9;
        auto const q = forecast::count_quantiles(mean, dispersion, forecast::quantile_levels);
        for (std::size_t i = 0; i < q.size(); ++i) pinball += 2 * (came >= q[i] ? forecast::quantile_levels[i] * (came - q[i]) : (1 - forecast::quantile_levels[i]) * (q[i] - came)) / static_cast<double>(q.size());
    }
};
struct Beside { Held together, independent, added_up; };

struct Kind {
    std::string_view name;
    forecast::Level level;
    std::size_t count;
    bool one_category;
};
constexpr Kind kinds[] = {{"3_products_of_a_category", forecast::Level::product, 3, true}, {"3_products", forecast::Level::product, 3, false}, {"20_products", forecast::Level::product, 20, false}, {"2_categories", forecast::Level::category, 2, false}};
constexpr std::pair<std::size_t, std::size_t> spans[] = {{0, 7}, {0, 14}, {7, 28}, {0, 28}};

class Look {
public:
    Look(BenchShop const& shop, std::string_view day, std::uint64_t seed) : random_(seed) {
        auto const run = shop.ask("forecast.run", {{"until", day}, {"horizon_days", 56}});
        auto tx = need(shop.store().read(1));
        now_ = need(forecast::load_current(*tx, run.at("run_id").as_string()));
        history_ = *need(forecast::load_history(*tx));
        for (auto const& g : history_.goods) sold_[g.sku] = &g;
        nodes_ = forecast::nodes_of(now_.kept);
    }

    void score(std::map<std::string, Beside>& to, std::string const& set, std::size_t draws) {
        for (auto const& [from, until] : spans) {
            forecast::Together together(now_, from, until);
            for (auto const& kind : kinds)
                for (std::size_t d = 0; d < draws; ++d) {
                    auto const parts = draw(kind, from, until);
                    if (parts.empty()) continue;
                    std::set<std::uint32_t> once;
                    double mean = 0, independent = 0, alike = 0, came = 0;
                    for (auto const n : parts) {
                        auto const m = units(nodes_[n].members, from, until), dispersion = together.dispersion(nodes_[n].members);
                        mean += m, independent += m * m * dispersion, alike += m * std::sqrt(dispersion);
                        once.insert(nodes_[n].members.begin(), nodes_[n].members.end());
                    }
                    std::vector<std::uint32_t> const chosen(once.begin(), once.end());
                    for (auto const g : chosen) came += sold(now_.kept.goods[g].sku, from, until);
                    auto const chance = random_.uniform();
                    for (auto const& key : {set + "/" + std::string(kind.name), set}) {
                        auto& b = to[key];
                        b.together.see(mean, together.dispersion(chosen), came, chance), b.independent.see(mean, independent / (mean * mean), came, chance), b.added_up.see(mean, std::pow(alike / mean, 2), came, chance);
                    }
                }
        }
    }

private:
    double units(std::span<std::uint32_t const> members, std::size_t from, std::size_t until) const {
        double out = 0;
        for (auto const g : members) for (auto h = from; h < until; ++h) out += static_cast<double>(now_.means.row(g)[h]);
        return out;
    }
    double sold(std::string const& sku, std::size_t from, std::size_t until) const {
        auto const found = sold_.find(sku);
        if (found == sold_.end()) return 0;
        double out = 0;
        auto const first = now_.kept.origin - history_.first + static_cast<Day>(from), end = now_.kept.origin - history_.first + static_cast<Day>(until);
        for (auto const& d : found->second->sold) if (d.day >= first && d.day < end) out += d.units;
        return out;
    }
    // Different nodes, likelier the more is expected of them; categories that do not lie in each other.
    std::vector<std::size_t> draw(Kind const& kind, std::size_t from, std::size_t until) {
        std::vector<std::size_t> left;
        std::vector<double> weight;
        for (std::size_t n = 0; n < nodes_.size(); ++n)
            if (nodes_[n].level == kind.level)
                if (auto const m = units(nodes_[n].members, from, until); m > 0) left.push_back(n), weight.push_back(m);
        std::vector<std::size_t> out;
        while (out.size() < kind.count && !left.empty()) {
            double all = 0;
            for (auto const w : weight) all += w;
            auto at = random_.uniform() * all;
            std::size_t i = 0;
            while (i + 1 < left.size() && at >= weight[i]) at -= weight[i++];
            auto const& taken = nodes_[left[i]];
            out.push_back(left[i]);
            auto const category = now_.kept.goods[taken.members[0]].category;
            for (std::size_t k = left.size(); k-- > 0;) {
                auto const& other = nodes_[left[k]];
                bool const shares = std::ranges::any_of(other.members, [&](auto g) { return std::ranges::binary_search(taken.members, g); });
                if (shares || (kind.one_category && now_.kept.goods[other.members[0]].category != category)) left.erase(left.begin() + static_cast<std::ptrdiff_t>(k)), weight.erase(weight.begin() + static_cast<std::ptrdiff_t>(k));
            }
        }
        return out.size() == kind.count ? out : std::vector<std::size_t>{};
    }

    Random random_;
    forecast::Current now_;
    forecast::History history_;
    std::map<std::string, forecast::GoodHistory const*> sold_;
    std::vector<forecast::Node> nodes_;
};

void score_shop(BenchContext& context, std::string const& set, BenchShop const& shop, std::span<std::string_view const> days) {
    shop.ask("forecast.run");  // the whole history, to hold the past against
    std::map<std::string, Beside> all;
    std::uint64_t seed = 1;
    for (auto const day : days) Look(shop, day, seed++).score(all, set, 40);
    for (auto const& [key, b] : all) {
        context.report("choices/" + key, b.together.n, "count");
        context.report("in_80/" + key, b.together.inside / b.together.n, "share", Reference{"nominal", 0.8});
        context.report("in_80/independent/" + key, b.independent.inside / b.independent.n, "share", Reference{"nominal", 0.8});
        context.report("in_80/added_up/" + key, b.added_up.inside / b.added_up.n, "share", Reference{"nominal", 0.8});
        context.report("pinball/" + key, b.together.pinball / b.together.n, "units", Reference{"independent", b.independent.pinball / b.independent.n});
        context.report("pinball/added_up/" + key, b.added_up.pinball / b.added_up.n, "units");
    }
}

}  // namespace

void run_forecast_total(BenchContext& context) {
    {
        static constexpr std::string_view days[] = {"2026-02-01", "2026-03-05", "2026-05-25", "2026-07-15", "2026-09-01", "2026-10-20"};
        score_shop(context, "demo", BenchShop::demo(), days);
    }
    if (auto const shop = BenchShop::online_retail(context)) {
        static constexpr std::string_view days[] = {"2011-08-01", "2011-09-01", "2011-10-01", "2011-10-15"};
        score_shop(context, "online-retail", *shop, days);
    }
}

}  // namespace kindling::bench

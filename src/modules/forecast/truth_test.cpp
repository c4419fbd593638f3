// The whole way on a shop of which the truth is known: the simulator's. Looked back from four weeks before the end, held against what came.
#include "modules/forecast/api.h"
#include "modules/forecast/base.h"
#include "modules/forecast/gaps.h"
#include "modules/forecast/questions.h"
#include "modules/forecast/understand.h"
#include "shop/demo/demo.h"
#include "shop/simulator/truth.h"
#include "shop/vault/vault.h"
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <numeric>
#include <set>

namespace kindling::forecast {
namespace {

namespace sim = shop::simulator;

TEST(Forecast, OfTheDemoShopBeatsTheWeekBeforeAndKeepsItsIntervals) {
    auto const folder = std::filesystem::temp_directory_path() / fmt::format("kindling-forecast-{}", ::getpid());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    sim::Options const options{.products = 222, .customers = 2500, .months = 16, .scale = 0.35, .log_days = 56};
    {
        shop::Services services;
        services.folder = folder;
        services.vault = std::move(*shop::Vault::open(folder / "secret.key"));
        services.store = std::move(*shop::Store::open({.address = (folder / "kindling.db").string(), .durability = shop::StoreOptions::Durability::normal}));
        ASSERT_TRUE(shop::make_demo(services, options, {}));
        Context context{.services = services, .caller = {.kind = Caller::Kind::user, .id = "usr_1", .role = "owner", .permissions = {"*"}}, .now = start_of(options.last_day + 1), .effect = Effect::act};
        EXPECT_EQ(demand_ahead(context, {}).error().reason, "not_forecast");

        Context dry = context;
        dry.mode = Context::Mode::dry_run;
        ASSERT_TRUE(run_forecast(dry, {}));
        EXPECT_EQ(demand_ahead(context, {}).error().reason, "not_forecast") << "a dry run keeps nothing";
        std::stop_source stop;
        stop.request_stop();
        Context cancelled = context;
        cancelled.progress.stop = stop.get_token();
        EXPECT_EQ(run_forecast(cancelled, {}).error().reason, "cancelled");

        auto const past = run_forecast(context, {.horizon_days = 56, .until = format_date(options.last_day - 55)});
        ASSERT_TRUE(past) << past.error().message;
        EXPECT_TRUE(past->looked_back);
        auto const made = run_forecast(context, {.horizon_days = 56, .until = {}});
        ASSERT_TRUE(made) << made.error().message;
        for (auto const& s : made->findings.signals) std::printf("signal %d: gain %.3f, weight %.2f over %ld weeks\n", static_cast<int>(s.signal), s.gain, s.weight, s.weeks);
        auto tx = std::move(*services.store->read(1));
        auto const scores = load_scores(*tx, "looked_back", "").value();
        auto const wape = [&](Model m, Level l) { Sums s; for (auto const& [key, sums] : scores) if (key.model == m && key.level == l) s.add(sums); return s.miss / s.sold; };
        auto const inside = [&](Model m, Level l) { Sums s; for (auto const& [key, sums] : scores) if (key.model == m && key.level == l) s.add(sums); return s.in_80 / s.points; };
        std::printf("wape of the shop %.3f beside %.3f of the week before, of categories %.3f beside %.3f; inside 80 %%: %.2f, %.2f, %.2f\n", wape(Model::smoothing, Level::total), wape(Model::seasonal_naive, Level::total), wape(Model::smoothing, Level::category), wape(Model::seasonal_naive, Level::category), inside(Model::smoothing, Level::category),
                    inside(Model::smoothing, Level::product), inside(Model::smoothing, Level::variant));
        EXPECT_LT(wape(Model::smoothing, Level::category), wape(Model::seasonal_naive, Level::category));
        EXPECT_LT(wape(Model::smoothing, Level::product), wape(Model::seasonal_naive, Level::product));
        EXPECT_GT(inside(Model::smoothing, Level::category), 0.65);
        EXPECT_GT(inside(Model::smoothing, Level::product), 0.75);

        // Lead-time demand: the sums of the first two weeks, forecast then, came within what total_variance said.
        auto const kept = load_kept(*tx, past->run_id).value();
        auto const history = load_history(*tx).value().value();
        auto const& spreads = kept.spreads.at(Model::smoothing)[static_cast<std::size_t>(Level::variant)];
        double squares = 0, variance = 0;
        for (std::size_t g = 0; g < kept.goods.size(); ++g) {
            auto const row = kept.models.at(Model::smoothing).row(g);
            auto const mean = std::accumulate(row.begin(), row.begin() + 14, 0.0), rate = std::accumulate(row.begin(), row.end(), 0.0) / 56;
            auto const good = std::ranges::find(history.goods, kept.goods[g].sku, &GoodHistory::sku);
            if (mean <= 0 || good == history.goods.end()) continue;
            auto const demand = demand_of(*good, history.days());
            double came = 0;
            for (Day d = kept.origin; d < kept.origin + 14; ++d) came += static_cast<double>(demand[static_cast<std::size_t>(d - history.first)]);
            squares += (came - mean) * (came - mean), variance += mean + spreads[class_of(rate)].sum(14) * static_cast<double>(kept.goods[g].factor) * mean * mean;
        }
        std::printf("two weeks of variants: squared misses / promised variance %.2f\n", squares / variance);
        // One draw: the four weeks before the origin held the aftermath of a campaign, this window none.
        EXPECT_GT(squares / variance, 0.3);
        EXPECT_LT(squares / variance, 2.5);
        tx.reset();

        // What other modules read adds up to what planners see, place by place, and its variance grows.
        auto const by_place = demand_ahead(context, {.skus = {}, .days = 28}).value(), whole = demand_ahead(context, {.skus = {}, .days = 28, .by = AheadQuestion::By::shop}).value();
        double parts = 0, all = 0;
        for (auto const& a : by_place) for (auto const v : a.mean) parts += static_cast<double>(v);
        for (auto const& a : whole) {
            for (auto const v : a.mean) all += static_cast<double>(v);
            ASSERT_EQ(a.total_variance.size(), 28u);
            EXPECT_TRUE(std::ranges::all_of(a.total_variance, [](float v) { return std::isfinite(v) && v >= 0; }));
            EXPECT_GE(a.total_variance.back() * 1.0001f + 1e-6f, std::accumulate(a.mean.begin(), a.mean.end(), 0.0f)) << "never less than a Poisson's";
        }
        EXPECT_NEAR(parts, all, 0.01 * all);
        auto reading = std::move(*services.store->read(1));
        context.open = reading.get();
        auto const total = demand(context, {}).value();
        double sum = 0;
        for (std::size_t h = 0; h < 28; ++h) sum += total.ahead[h].mean;
        EXPECT_NEAR(sum, all, 0.02 * all) << "goods that are off sale expect nothing";
        for (auto const& a : total.ahead) {
            EXPECT_NEAR(a.level + a.trend + a.week + a.season + a.weather + a.holiday + a.boosted + a.signals + a.price + a.promotion, a.without_edits, 1e-6 * (1 + a.without_edits));
            EXPECT_TRUE(std::ranges::is_sorted(a.quantiles));
        }
        EXPECT_EQ(schema_breach(write_json(total), type_of<Demand>()), "");
        reading.reset();
        context.open = nullptr;

        // Goods before their first sale: attributes say more than the category alone.
        auto const at_launch = [&] {
            auto tx = std::move(*services.store->read(1));
            auto const h = read_history(*tx, context.now, {}, {}).value();
            Ground const ground(h);
            double by_category = 0, by_attributes = 0, goods = 0;
            for (std::size_t back : {70, 126, 182}) {
                auto const origin = h.days() - back;
                auto const category = launch_rates(ground, origin, Likeness::category), alike = launch_rates(ground, origin, Likeness::attributes);
                for (std::size_t g = 0; g < h.goods.size(); ++g) {
                    auto const begun = static_cast<std::size_t>(std::max(0, h.goods[g].begun));
                    if (begun < origin || begun + 56 > std::min(h.days(), origin + 112)) continue;  // launched later, eight weeks of it known
                    double units = 0;
                    for (auto t = begun; t < begun + 56; ++t) units += static_cast<double>(ground.demand[g][t]);
                    // Logarithm of a geometric distribution of that mean: what a launch rate drawn from an exponential law gives.
                    auto const loss = [&](double rate) { auto const m = 56 * rate; return (units + 1) * std::log1p(m) - units * std::log(m); };
                    by_category += loss(category[g]), by_attributes += loss(alike[g]), ++goods;
                }
            }
            std::printf("%.0f launches: loss of the category's rate %.3f, with attributes %.3f\n", goods, by_category / goods, by_attributes / goods);
            EXPECT_GT(goods, 20);
            EXPECT_LT(by_attributes, 1.005 * by_category);
        };
        at_launch();

        // Needs that the shop does not serve: what the simulator's visitors really wanted is found again.
        auto const world = sim::generate_catalogue(options);
        auto const needs = unmet_needs(context, {.days = 56, .least_sessions = 3, .most = 200}).value();
        std::size_t found = 0;
        for (auto const& n : needs.needs)
            found += std::ranges::any_of(world.secret->unmet_needs, [&](sim::UnmetNeed const& t) { return n.words == t.query.zh || n.words == t.query.en; });
        std::printf("%zu unmet needs, %zu of them in the words of one of the simulator's %zu (each in two languages)\n", needs.needs.size(), found, world.secret->unmet_needs.size());
        EXPECT_GE(found, needs.needs.size() * 8 / 10);
        EXPECT_GE(found, 5u);

        // The next need, seen from four weeks before the end: as likely as said, and oftener right than what sells most.
        Purchases bought_by;
        std::map<std::string, std::int32_t> number;
        reading = std::move(*services.store->read(1));
        shop::Value const shop_value[] = {std::int64_t{1}};
        ASSERT_TRUE(reading->run("SELECT o.customer_id, p.category_id, o.placed_at_ms FROM orders o JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id JOIN products p ON p.shop_id = l.shop_id AND p.product_id = l.product_id WHERE o.shop_id = ? AND o.customer_id <> '' ORDER BY o.placed_at_ms", shop_value, [&](shop::Row const& row) -> Result<void> {
            auto& days = bought_by.of[std::string(row.text(0))][number.emplace(std::string(row.text(1)), static_cast<std::int32_t>(number.size())).first->second];
            if (auto const d = day_of(row.integer(2)); days.empty() || days.back() != d) days.push_back(d);
            return {};
        }));
        Day const as_of = options.last_day - 27;
        std::map<std::int32_t, Gaps> gaps;
        for (auto const& [_, c] : number) gaps[c] = gaps_of(bought_by, c, as_of);
        auto const habit = habit_of(bought_by, as_of, 28);
        double said = 0, came = 0, right = 0, naive = 0, people = 0;
        for (auto const& [_, own] : bought_by.of) {
            auto const list = chances(gaps, own, as_of, 28, habit);
            std::set<std::int32_t> bought;
            for (auto const& [c, days] : own) if (std::ranges::any_of(days, [&](Day d) { return d >= as_of; })) bought.insert(c);
            for (auto const& [c, chance] : list) said += chance, came += bought.contains(c);
            if (list.size() < 2 || bought.empty()) continue;
            std::int32_t most = 0;
            std::size_t times = 0;
            for (auto const& [c, days] : own) if (auto const n = static_cast<std::size_t>(std::ranges::count_if(days, [&](Day d) { return d < as_of; })); n > times) most = c, times = n;
            ++people, right += bought.contains(list[0].first), naive += bought.contains(most);
        }
        std::printf("next need: %.0f purchases said, %.0f came; first guess right for %.3f of %.0f people who bought, the category they bought most for %.3f\n", said, came, right / people, people, naive / people);
        EXPECT_GT(said / came, 0.6);
        EXPECT_LT(said / came, 1.6);
        EXPECT_GE(right, 0.95 * naive);
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace kindling::forecast

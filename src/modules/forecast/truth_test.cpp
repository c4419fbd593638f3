// The whole way on a shop of which the truth is known: the simulator's. Looked back from four weeks before the end, held against what came.
#include "modules/forecast/api.h"
#include "modules/forecast/questions.h"
#include "shop/demo/demo.h"
#include "shop/vault/vault.h"
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <numeric>

namespace kindling::forecast {
namespace {

namespace sim = shop::simulator;

TEST(Forecast, OfTheDemoShopBeatsTheWeekBeforeAndKeepsItsIntervals) {
    auto const folder = std::filesystem::temp_directory_path() / fmt::format("kindling-forecast-{}", ::getpid());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    sim::Options const options{.products = 222, .customers = 2500, .months = 16, .scale = 0.35, .log_days = 7};
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
            EXPECT_NEAR(a.level + a.trend + a.week + a.season, a.without_edits, 1e-6 * (1 + a.without_edits));
            EXPECT_TRUE(std::ranges::is_sorted(a.quantiles));
        }
        EXPECT_EQ(schema_breach(write_json(total), type_of<Demand>()), "");
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace kindling::forecast

// forecast-shop: the whole forecast of a shop, by the operations that planners use (forecast.run, forecast.accuracy), held against what came.
//
// demo: the demo shop forecast as of its end, and anew from four days of 2026 (1 February, 5 March, 25 May, 20 October: before and after the Spring Festival, before 618 and
// 11.11), eight weeks each, from what was known before; all models in the same run, beside the week before repeated (looked_back: the four together). 1 July: looked at
// when the rule for holidays was settled. campaign: two weeks from 12 November, the day after its largest.
// night: the same days after assortment.propose has learned elasticities, as it does every night before a forecast.
// online-retail: UCI Online Retail as of its end, and from 1 and 15 October 2011 (ten months known, no feast seen twice).
// backtest: at three earlier origins of the newest forecast, where dispersions were learned too, so that coverage there is flattered; looked back: at the days named above.
// wape = sum |miss| / sum sold; pinball: mean over nodes and days of the mean quantile loss, doubled, in units; in_80: share of days inside the 10 and 90 % quantiles.
#include <fmt/format.h>

#include "bench_shop.h"
#include "forecast_shop.h"

namespace kindling::bench {

namespace {

namespace json = boost::json;

// Rows of all horizons together: forecast.accuracy tells them first, without to_day.
void tell(BenchContext& context, std::string const& set, json::value const& report, std::span<std::string_view const> levels, std::span<std::string_view const> models, std::string_view band = {}) {
    double sold = 0;
    for (auto const level : levels)
        for (auto const model : models) {
            double points = 0, miss = 0, came = 0, pinball = 0, inside = 0;
            for (auto const& value : report.at("rows").as_array()) {
                auto const& row = value.as_object();
                auto const number = [&](std::string_view key) { return row.at(key).to_number<double>(); };
                bool const whole = !row.contains("to_day") && number("from_day") == 1;
                bool const wanted = band.empty() ? whole : !whole && row.contains("to_day") && number("to_day") <= 14;
                if (row.at("level").as_string() != level || row.at("model").as_string() != model || !wanted) continue;
                points += number("points"), came += number("sold"), miss += number("wape") * number("sold"), pinball += number("pinball") * number("sold"), inside += number("in_80") * number("points");
            }
            if (points == 0 || came == 0) continue;  // a model that a shop of this age does not have
            auto const at = fmt::format("{}/{}/{}", set, level, model);
            context.report("wape/" + at, miss / came, "share");
            if (model != "seasonal_naive") context.report("pinball/" + at, pinball / points, "units"), context.report("in_80/" + at, inside / points, "share", Reference{"nominal", 0.8});
            sold = std::max(sold, came);
        }
    context.report(fmt::format("units/{}", set), sold, "units");
}

constexpr std::string_view upper[] = {"total", "category"}, every[] = {"total", "category", "product", "variant"};
constexpr std::string_view all_models[] = {"boosted", "calendar", "yearly", "smoothing", "seasonal_naive"};

void run_shop(BenchContext& context, std::string const& set, BenchShop const& shop, std::span<std::string_view const> days) {
    auto const made = shop.ask("forecast.run");
    context.report(set + "/goods", made.at("goods").to_number<double>(), "count");
    context.report(set + "/history_days", made.at("findings").at("history_days").to_number<double>(), "count");
    context.report(set + "/run_cpu_s", made.at("cpu_seconds").to_number<double>(), "s");
    context.report(set + "/boosted_power", made.at("findings").at("boosted_power").to_number<double>(), "share");
    tell(context, set + "/backtest", shop.ask("forecast.accuracy", {{"kind", "backtest"}}), upper, all_models);
    for (auto const day : days) {
        auto const run = shop.ask("forecast.run", {{"until", day}, {"horizon_days", 56}});
        tell(context, fmt::format("{}/{}", set, day), shop.ask("forecast.accuracy", {{"kind", "looked_back"}, {"run_id", run.at("run_id").as_string()}}), std::span(upper).first(1), all_models);
    }
    tell(context, set + "/looked_back", shop.ask("forecast.accuracy", {{"kind", "looked_back"}}), every, all_models);
    shop.ask("assortment.propose", {{"most_decisions", 0}});
    for (auto const day : days) {
        auto const run = shop.ask("forecast.run", {{"until", day}, {"horizon_days", 56}});
        tell(context, fmt::format("{}/night/{}", set, day), shop.ask("forecast.accuracy", {{"kind", "looked_back"}, {"run_id", run.at("run_id").as_string()}}), upper, all_models);
    }
}

}  // namespace

void run_forecast_shop(BenchContext& context) {
    {
        auto const shop = BenchShop::demo();
        static constexpr std::string_view days[] = {"2026-02-01", "2026-03-05", "2026-05-25", "2026-10-20"};
        run_shop(context, "demo", shop, days);
        auto const july = shop.ask("forecast.run", {{"until", "2026-07-01"}, {"horizon_days", 56}});
        tell(context, "demo/2026-07-01", shop.ask("forecast.accuracy", {{"kind", "looked_back"}, {"run_id", july.at("run_id").as_string()}}), std::span(upper).first(1), all_models);
        auto const run = shop.ask("forecast.run", {{"until", "2026-11-12"}, {"horizon_days", 56}});
        tell(context, "demo/campaign", shop.ask("forecast.accuracy", {{"kind", "looked_back"}, {"run_id", run.at("run_id").as_string()}}), std::span(upper).first(1), all_models, "two weeks");
    }
    if (auto const shop = BenchShop::online_retail(context)) {
        static constexpr std::string_view days[] = {"2011-10-01", "2011-10-15"};
        run_shop(context, "online-retail", *shop, days);
    }
}

}  // namespace kindling::bench

// series-speed: series per CPU second on one thread, on generated monthly (120 values, horizon 18) and daily (730, horizon 28) series.
//
// Each figure is the median of three rounds over the same series, in CPU time, so that other work on the machine shows little. When Python has
// statsforecast (PyPI), its DynamicOptimizedTheta and AutoETS run on 50 of the series in the same run, the time it compiles itself left out and counted.
// The point forecasts are checked: every one finite and near the series.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "core/random.h"
#include "peer.h"
#include "series.h"

namespace kindling::bench {

namespace {

std::vector<std::vector<double>> generate(std::size_t count, std::size_t length, std::size_t period) {
    Random random(2026);
    std::vector<std::vector<double>> out(count);
    for (auto& y : out) {
        double level = random.uniform(50, 500);
        double const slope = random.normal(0, 0.5), height = random.uniform(0, 0.4), phase = random.uniform(0, 6.28), noise = random.uniform(0.02, 0.15);
        for (std::size_t t = 0; t < length; ++t) {
            level = std::max(5.0, level + slope + 0.02 * level * random.normal());
            y.push_back(level * (1 + height * std::sin(6.283185307 * static_cast<double>(t) / static_cast<double>(period) + phase)) * std::exp(noise * random.normal()));
        }
    }
    return out;
}

double rate(const std::vector<std::vector<double>>& data, series::Frequency frequency, std::size_t horizon, const series::Options& options) {
    std::vector<double> rates;
    for (int round = 0; round < 3; ++round) {
        auto const started = processor_seconds();
        for (auto const& y : data) {
            auto const f = need(series::forecast({.values = y, .frequency = frequency}, horizon, options));
            for (double const v : f.point)
                if (!(v >= 0 && v < 20 * *std::ranges::max_element(y))) give_up({Errc::internal, "bad_forecast", "A forecast left the range of its series."});
        }
        rates.push_back(static_cast<double>(data.size()) / (processor_seconds() - started));
    }
    return percentile(rates, 0.5);
}

// statsforecast compiles itself (numba) at the first forecast: warm is series a CPU second after it, cold the CPU seconds of a new process until all
// are forecast, its import not counted.
constexpr std::string_view program = R"(import sys, json, time, numpy as np
from statsforecast import models as m
rows = open(sys.argv[1]).read().split('\n')
model, period, horizon = rows[0].split(',')
rows = [np.array(r.split(','), dtype=float) for r in rows[1:] if r]
make = lambda: getattr(m, model)(season_length=int(period))
t = time.process_time()
make().forecast(y=rows[0], h=int(horizon))
compiled = time.process_time()
for r in rows: make().forecast(y=r, h=int(horizon))
done = time.process_time()
print(json.dumps({'warm': len(rows) / (done - compiled), 'cold': done - t - (done - compiled) / len(rows)}))
)";

using Peer = std::optional<std::map<std::string, double>>;

Peer statsforecast(const std::vector<std::vector<double>>& data, std::string_view model, std::size_t period, std::size_t horizon) {
    auto rows = fmt::format("{},{},{}\n", model, period, horizon);
    for (auto const& y : data) rows += fmt::format("{}\n", fmt::join(y, ","));
    return run_peer("statsforecast", program, rows);
}

}  // namespace

void run_series_speed(BenchContext& context) {
    struct Kind {
        std::string name;
        series::Frequency frequency;
        std::size_t count, length, period, horizon;
    };
    for (Kind const& kind : {Kind{"monthly", series::Frequency::monthly, 400, 120, 12, 18}, Kind{"daily", series::Frequency::daily, 150, 730, 7, 28}}) {
        auto const data = generate(kind.count, kind.length, kind.period);
        auto const few = std::vector(data.begin(), data.begin() + 50);
        auto const compare = [&](const std::string& metric, const series::Options& options, const std::string& model, double goal) {
            auto const cold = processor_seconds();
            for (auto const& y : few) (void)need(series::forecast({.values = y, .frequency = kind.frequency}, kind.horizon, options));
            auto const ours_cold = processor_seconds() - cold;
            auto const theirs = model.empty() ? std::nullopt : statsforecast(few, model, kind.period, kind.horizon);
            auto const per_second = rate(data, kind.frequency, kind.horizon, options);
            context.report(metric + "_per_s/" + kind.name, per_second, "series/s", Reference{"goal", goal});
            if (!theirs) return;
            context.report(metric + "_per_s_beside_peer/" + kind.name, per_second, "series/s", Reference{"statsforecast " + model + ", compiled before", theirs->at("warm")});
            context.report(metric + "_50_series_s_beside_peer/" + kind.name, ours_cold, "CPU s", Reference{"statsforecast " + model + " with its compilation", theirs->at("cold")});
        };
        compare("theta", {.levels = {}, .methods = {series::Method::dynamic_theta}}, "DynamicOptimizedTheta", 5000);
        compare("ets", {.levels = {}, .methods = {series::Method::ets}}, "AutoETS", 200);
        compare("ensemble_with_intervals", {}, "", 100);
    }
}

}  // namespace kindling::bench

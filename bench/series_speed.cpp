// series-speed: series per CPU second on one thread, on generated monthly (120 values, horizon 18) and daily (730, horizon 28) series.
//
// Each figure is the median of three rounds over the same series, in CPU time, so that other work on the machine shows little. When statsforecast
// (PyPI) is importable by python3, its DynamicOptimizedTheta and AutoETS run on the same series in the same way; otherwise a line on stderr says that it
// is absent. The point forecasts are checked: every one finite and near the series.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/random.h"
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

// Series per CPU second of statsforecast's model, or nothing.
std::optional<double> peer(const std::vector<std::vector<double>>& data, const std::string& model, std::size_t period, std::size_t horizon) {
    static constexpr const char* program =
        "import sys, time, numpy as np\n"
        "from statsforecast import models as m\n"
        "rows = [np.array(l.split(','), dtype=float) for l in open(sys.argv[1])]\n"
        "make = lambda: getattr(m, sys.argv[2])(season_length=int(sys.argv[3]))\n"
        "make().forecast(y=rows[0], h=int(sys.argv[4]))\n"
        "t = time.process_time()\n"
        "[make().forecast(y=r, h=int(sys.argv[4])) for r in rows]\n"
        "print(len(rows) / (time.process_time() - t))\n";
    char script[] = "/tmp/kindling-peer-XXXXXX", values[] = "/tmp/kindling-series-XXXXXX";
    auto const write = [](char* name, const std::string& text) {
        int const file = mkstemp(name);
        if (file < 0) return false;
        auto* const out = fdopen(file, "w");
        std::fwrite(text.data(), 1, text.size(), out);
        return std::fclose(out) == 0;
    };
    std::string rows;
    for (auto const& y : data) {
        for (std::size_t t = 0; t < y.size(); ++t) rows += fmt::format("{}{}", t > 0 ? "," : "", y[t]);
        rows += '\n';
    }
    std::optional<double> out;
    if (write(script, program) && write(values, rows)) {
        if (auto* const pipe = popen(fmt::format("python3 {} {} {} {} {} 2>/dev/null", script, values, model, period, horizon).c_str(), "r")) {
            double v = 0;
            if (std::fscanf(pipe, "%lf", &v) == 1) out = v;
            pclose(pipe);
        }
    }
    std::remove(script), std::remove(values);
    return out;
}

}  // namespace

void run_series_speed(BenchContext& context) {
    struct Kind {
        std::string name;
        series::Frequency frequency;
        std::size_t count, length, period, horizon;
    };
    bool absent = false;
    for (Kind const& kind : {Kind{"monthly", series::Frequency::monthly, 400, 120, 12, 18}, Kind{"daily", series::Frequency::daily, 150, 730, 7, 28}}) {
        auto const data = generate(kind.count, kind.length, kind.period);
        auto const compare = [&](const std::string& metric, const series::Options& options, const std::string& model, double goal) {
            auto const few = std::vector(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(data.size(), 50)));
            auto const theirs = absent || model.empty() ? std::nullopt : peer(few, model, kind.period, kind.horizon);
            if (!theirs && !model.empty() && !absent) absent = true, fmt::print(stderr, "series-speed: statsforecast is absent; only our own figures\n");
            context.report(metric + "/" + kind.name, rate(data, kind.frequency, kind.horizon, options), "series/s", theirs ? Reference{"statsforecast " + model, *theirs} : Reference{"goal", goal});
        };
        compare("theta_per_s", {.levels = {}, .methods = {series::Method::dynamic_theta}}, "DynamicOptimizedTheta", 5000);
        compare("ets_per_s", {.levels = {}, .methods = {series::Method::ets}}, "AutoETS", 200);
        compare("ensemble_with_intervals_per_s", {}, "", 100);
    }
}

}  // namespace kindling::bench

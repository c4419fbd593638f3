// series-file: any series in the shapes of series.h: every *.csv and *.csv.gz of DIR and DIR/series with one of the two headers.
//
// The same metrics for each file, over all its series and by frequency: sMAPE over series, over points and at the first step, MASE, WAPE, RMSE, mean
// bias (forecast - actual), coverage and mean scaled interval score of the 95 % interval (M4's definition), CPU seconds.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "series.h"

namespace kindling::bench {

namespace {

struct Sums {
    Accuracy accuracy;
    double absolute = 0, actual = 0, squares = 0, bias = 0, covered = 0, interval = 0, points = 0, intervals = 0;
    void add(const TestSeries& s, const series::Forecast& f) {
        accuracy.add(s, f.point);
        double width = 0, count = 0;
        for (std::size_t h = 0; h < s.test.size(); ++h) {
            double const y = s.test[h];
            if (std::isnan(y)) continue;
            double const e = f.point[h] - y, low = f.quantiles.front()[h], high = f.quantiles.back()[h];
            absolute += std::abs(e), actual += std::abs(y), squares += e * e, bias += e, points += 1, count += 1;
            covered += y >= low && y <= high;
            width += high - low + 40 * (std::max(0.0, low - y) + std::max(0.0, y - high));
        }
        if (double const scale = naive_error(s.train, mase_lag(s)); scale > 0 && count > 0) interval += width / count / scale, intervals += 1;
    }
    void report(BenchContext& context, const std::string& name) const {
        auto const n = static_cast<double>(accuracy.series);
        context.report("series/" + name, n, "series");
        context.report("smape_per_series/" + name, accuracy.smape_sum / n, "%");
        context.report("smape_per_point/" + name, accuracy.point_sum / static_cast<double>(accuracy.points), "%");
        context.report("smape_h1/" + name, accuracy.first_sum / n, "%");
        context.report("mase/" + name, accuracy.scaled > 0 ? accuracy.mase_sum / static_cast<double>(accuracy.scaled) : 0, "ratio");
        context.report("wape/" + name, actual > 0 ? absolute / actual : 0, "share");
        context.report("rmse/" + name, std::sqrt(squares / points), "units");
        context.report("bias/" + name, bias / points, "units");
        context.report("coverage_95/" + name, covered / points, "share", Reference{"nominal", 0.95});
        if (intervals > 0) context.report("msis/" + name, interval / intervals, "ratio");
    }
};

}  // namespace

void run_series_file(BenchContext& context) {
    auto const folder = context.find("");
    if (!folder) return;
    std::vector<std::string> files;
    for (auto const& where : {*folder, *folder + "/series"}) {
        std::error_code error;
        for (auto const& entry : std::filesystem::directory_iterator(where, error)) {
            auto const name = entry.path().filename().string();
            if (entry.is_regular_file() && (name.ends_with(".csv") || name.ends_with(".csv.gz"))) files.push_back(entry.path().string());
        }
    }
    std::ranges::sort(files);
    if (files.empty()) fmt::print(stderr, "series-file: skipped, there is no *.csv or *.csv.gz in {} or its folder series\n", *folder);
    for (auto const& file : files) {
        auto const data = read_series_file(file);
        auto name = std::filesystem::path(file).filename().string();
        name = name.substr(0, name.find(".csv"));
        if (data.empty()) { fmt::print(stderr, "series-file: {} holds no series that is longer than its horizon\n", file); continue; }
        std::map<std::string, Sums> sums;
        auto const started = processor_seconds();
        for (auto const& s : data) {
            auto const f = need(series::forecast(s.ask(), s.test.size(), {.levels = {0.025, 0.5, 0.975}}));
            sums[name].add(s, f);
            sums[name + "/" + (s.group.empty() ? "unknown" : s.group)].add(s, f);
        }
        auto const seconds = processor_seconds() - started;
        for (auto const& [group, sum] : sums)
            if (sums.size() != 2 || group == name) sum.report(context, group);
        context.report("cpu_s/" + name, seconds, "s");
    }
}

}  // namespace kindling::bench

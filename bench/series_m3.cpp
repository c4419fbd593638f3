// series-m3: the M3 competition, 3,003 series, each with its own last 6, 8 or 18 values held back (Makridakis & Hibon 2000).
//
// The forecaster sees one series at a time and its frequency; nothing is learned from other series. Two averages are in use and both are
// reported: over series (each series counts once) and over points (as the paper and frePPLe do). `theta_*` is the classic Theta method by
// itself: published 12.79 per series, and an oracle for decomposition and smoothing; `temporal_*` adds sums over time (temporal.h).
#include <map>

#include "engines/series/temporal.h"
#include "series.h"

#include <algorithm>
#include <charconv>

namespace kindling::bench {

namespace {

// Series,N,NF,Category,StartYear,StartPeriod,values...; the frequency follows from the number of the series: 645, 756, 1428 and 174.
std::vector<TestSeries> load(const std::string& path) {
    auto const text = read_file(path);
    std::vector<TestSeries> out;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        std::string_view line(text.data() + at, end - at);
        at = end + 1;
        if (line.empty() || line[0] != 'N') continue;
        std::vector<std::string_view> fields;
        for (std::size_t from = 0; from <= line.size();) {
            auto const comma = std::min(line.find(',', from), line.size());
            fields.push_back(line.substr(from, comma - from));
            from = comma + 1;
        }
        auto const integer = [](std::string_view s) { std::size_t v = 0; std::from_chars(s.data(), s.data() + s.size(), v); return v; };
        auto const number = integer(fields[0].substr(fields[0].find_first_of("0123456789"))), count = integer(fields[1]), held = integer(fields[2]);
        TestSeries s{.id = std::string(fields[0])};
        s.frequency = number <= 645 ? series::Frequency::yearly : number <= 1401 ? series::Frequency::quarterly : number <= 2829 ? series::Frequency::monthly : series::Frequency::unknown;
        s.group = s.frequency == series::Frequency::unknown ? "other" : std::string(name_of(s.frequency));
        for (std::size_t i = 6; i < 6 + count && i < fields.size(); ++i) {
            double v = 0;
            std::from_chars(fields[i].data(), fields[i].data() + fields[i].size(), v);
            s.train.push_back(v);
        }
        if (s.train.size() != count || held >= count) give_up({Errc::invalid_argument, "bad_series", "Series " + s.id + " does not have the length that it states."});
        s.test.assign(s.train.end() - static_cast<std::ptrdiff_t>(held), s.train.end());
        s.train.resize(count - held);
        out.push_back(std::move(s));
    }
    return out;
}

}  // namespace

void run_series_m3(BenchContext& context) {
    auto const path = context.find("m3/M3data.csv.gz");
    if (!path) return;
    auto const data = load(*path);
    std::map<std::string, Accuracy> groups, theta_groups, temporal_groups;
    double covered = 0, points = 0;
    auto const started = processor_seconds();
    for (auto const& s : data) {
        auto const f = need(series::forecast(s.ask(), s.test.size(), {.levels = {0.025, 0.975}}));
        groups["all"].add(s, f.point), groups[s.group].add(s, f.point);
        for (std::size_t h = 0; h < s.test.size(); ++h) covered += s.test[h] >= f.quantiles[0][h] && s.test[h] <= f.quantiles[1][h], points += 1;
    }
    auto const seconds = processor_seconds() - started;
    for (auto const& s : data) {
        auto const f = need(series::forecast(s.ask(), s.test.size(), {.levels = {}, .methods = {series::Method::theta}}));
        theta_groups["all"].add(s, f.point);
    }
    for (auto const& s : data) temporal_groups["all"].add(s, need(series::forecast_temporal(s.ask(), s.test.size(), {.levels = {}})).forecast.point);
    auto const& all = groups["all"];
    auto const per_series = [](const Accuracy& a) { return a.smape_sum / static_cast<double>(a.series); };
    context.report("smape_per_series", per_series(all), "%", Reference{"mean of Theta and ETS (R)", 12.452});
    context.report("smape_per_point", all.point_sum / static_cast<double>(all.points), "%", Reference{"frePPLe's gate", 13.35});
    context.report("smape_h1", all.first_sum / static_cast<double>(all.series), "%", Reference{"frePPLe's gate", 8.91});
    context.report("mase", all.mase_sum / static_cast<double>(all.scaled), "ratio", Reference{"mean of Theta and ETS (R)", 1.351});
    static constexpr std::pair<const char*, double> published[] = {{"yearly", 16.24}, {"quarterly", 8.92}, {"monthly", 13.59}, {"other", 4.40}};
    for (auto const& [group, value] : published) context.report(std::string("smape_per_series/") + group, per_series(groups[group]), "%", Reference{"mean of Theta and ETS (R)", value});
    context.report("theta_smape_per_series", per_series(theta_groups["all"]), "%", Reference{"Theta, published", 12.79});
    context.report("temporal_smape_per_series", per_series(temporal_groups["all"]), "%", Reference{"without sums over time", per_series(all)});
    context.report("coverage_95", covered / points, "share", Reference{"nominal", 0.95});
    context.report("cpu_s", seconds, "s", Reference{"goal", 30});
    context.report("series_per_cpu_s", static_cast<double>(data.size()) / seconds, "1/s", Reference{"goal", 100});
}

}  // namespace kindling::bench

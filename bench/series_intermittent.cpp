// series-intermittent: 2,509 monthly series of spare parts without gaps (carparts: 51 months, three quarters zeros), the last 12 months held back.
//
// The engine learns what such goods have in common from the first 39 months (weights of methods, a common rise or fall, the shape of
// demand, what goods that looked alike sold afterwards: learn.h), then forecasts each. RMSE is the mean over series of each one's root mean square error; bias and pinball loss are
// means over all points. Beside it, computed here: TSB and Croston (both with 0.1) with normal quantiles cut at zero, as most software has them.
// `_alone` is the engine without learning from other series.
#include <algorithm>
#include <cmath>

#include "engines/series/learn.h"
#include "series.h"

namespace kindling::bench {

namespace {

constexpr std::size_t held = 12;
const std::vector<double> levels = {0.5, 0.75, 0.9, 0.95, 0.99};

// One series per column, NA for missing: only whole columns.
std::vector<std::vector<double>> load(const std::string& path) {
    auto const text = read_file(path);
    std::vector<std::vector<double>> columns;
    std::size_t column = 0;
    bool header = true;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = text.find_first_of(",\n", at);
        auto field = std::string_view(text).substr(at, end - at);
        if (!header) {
            if (columns.size() <= column) columns.resize(column + 1);
            columns[column].push_back(field.empty() || field[0] == 'N' ? NAN : std::strtod(field.data(), nullptr));
        }
        if (end == std::string::npos) break;
        if (text[end] == '\n') column = 0, header = false;
        else ++column;
        at = end + 1;
    }
    std::erase_if(columns, [](auto const& c) { return c.size() != 51 || std::ranges::any_of(c, [](double v) { return std::isnan(v); }); });
    return columns;
}

struct Result {
    double rmse = 0, bias = 0, points = 0, series = 0;
    std::vector<double> pinball = std::vector<double>(levels.size());
    void add(std::span<const double> actual, std::span<const double> point, const std::vector<std::vector<double>>& quantiles) {
        double squares = 0;
        for (std::size_t h = 0; h < actual.size(); ++h) {
            double const e = point[h] - actual[h];
            squares += e * e, bias += e, points += 1;
            for (std::size_t i = 0; i < levels.size(); ++i) {
                double const miss = actual[h] - quantiles[i][h];
                pinball[i] += miss >= 0 ? levels[i] * miss : (levels[i] - 1) * miss;
            }
        }
        rmse += std::sqrt(squares / static_cast<double>(actual.size())), series += 1;
    }
};

}  // namespace

void run_series_intermittent(BenchContext& context) {
    auto const path = context.find("carparts/carparts.csv.gz");
    if (!path) return;
    auto const data = load(*path);
    std::vector<series::Series> known;
    for (auto const& y : data) known.push_back({.values = std::span(y).first(y.size() - held), .frequency = series::Frequency::monthly});
    auto const actual = [&](std::size_t s) { return std::span(data[s]).last(held); };

    // A rate and the normal distribution, with the deviation of the history around that rate.
    auto const normal = [&](series::Method method) {
        Result out;
        for (std::size_t s = 0; s < known.size(); ++s) {
            auto const f = need(series::forecast(known[s], held, {.levels = {}, .methods = {method}}));
            double squares = 0;
            for (double const v : known[s].values) squares += (v - f.point[0]) * (v - f.point[0]) / static_cast<double>(known[s].values.size());
            std::vector<std::vector<double>> quantiles;
            for (double const level : levels) quantiles.emplace_back(held, std::max(0.0, f.point[0] + std::sqrt(squares) * series::normal_quantile(level)));
            out.add(actual(s), f.point, quantiles);
        }
        return out;
    };
    auto const tsb = normal(series::Method::tsb), croston = normal(series::Method::croston);

    auto const started = processor_seconds();
    auto const learned = need(series::learn(known, held, series::Learn::weights_and_calibration, {.levels = levels}));
    Result ours, alone;
    for (std::size_t s = 0; s < known.size(); ++s) {
        auto const f = need(series::forecast(known[s], held, learned.options({.levels = levels})));
        ours.add(actual(s), f.point, f.quantiles);
    }
    auto const seconds = processor_seconds() - started;
    for (std::size_t s = 0; s < known.size(); ++s) {
        auto const f = need(series::forecast(known[s], held, {.levels = levels}));
        alone.add(actual(s), f.point, f.quantiles);
    }
    context.report("series", ours.series, "series");
    context.report("rmse", ours.rmse / ours.series, "units", Reference{"TSB", tsb.rmse / tsb.series});
    context.report("bias", ours.bias / ours.points, "units", Reference{"TSB", tsb.bias / tsb.points});
    context.report("rmse_alone", alone.rmse / alone.series, "units", Reference{"Croston", croston.rmse / croston.series});
    context.report("bias_alone", alone.bias / alone.points, "units", Reference{"Croston", croston.bias / croston.points});
    double sum = 0, sum_alone = 0, sum_tsb = 0, sum_croston = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        auto const name = std::to_string(levels[i]).substr(0, 4);
        context.report("pinball/" + name, ours.pinball[i] / ours.points, "units", Reference{"TSB + normal", tsb.pinball[i] / tsb.points});
        context.report("pinball_below_tsb/" + name, 1 - ours.pinball[i] / tsb.pinball[i], "share", Reference{"goal", 0.10});
        sum += ours.pinball[i], sum_alone += alone.pinball[i], sum_tsb += tsb.pinball[i], sum_croston += croston.pinball[i];
    }
    context.report("pinball_below_tsb", 1 - sum / sum_tsb, "share", Reference{"goal", 0.10});
    context.report("pinball_below_croston", 1 - sum / sum_croston, "share", Reference{"goal", 0.10});
    context.report("pinball_below_tsb_alone", 1 - sum_alone / sum_tsb, "share");
    context.report("cpu_s", seconds, "s");
}

}  // namespace kindling::bench

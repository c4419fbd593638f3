// series-m4: the hourly (414) and weekly (359) series of the M4 competition with their official test parts (48 and 13 steps).
//
// OWA = half of sMAPE / sMAPE of Naive2 + MASE / MASE of Naive2, on means over series; Naive2 is computed here (hourly: deseasonalised by ratio to the moving
// average when the autocorrelation at 24 is significant; weekly: the last value). MASE's lag is 24 and 1. MSIS is the mean scaled interval score
// of the 95 % interval, ACD how far its coverage is from .95. The forecaster sees one series at a time.
#include <algorithm>
#include <cmath>

#include "series_scores.h"

namespace kindling::bench {

namespace {

// "V1","V2",... then one row a series: "H1","619",... shorter ones end with empty fields.
std::vector<std::vector<double>> load(const std::string& path) {
    auto const text = read_file(path);
    std::vector<std::vector<double>> out;
    for (std::size_t at = text.find('\n'); at != std::string::npos && at + 1 < text.size();) {
        auto const end = std::min(text.find('\n', at + 1), text.size());
        std::string_view line(text.data() + at + 1, end - at - 1);
        at = end;
        out.emplace_back();
        for (auto comma = line.find(','); comma != std::string_view::npos; comma = line.find(',', comma + 1)) {
            auto const field = line.substr(comma + 1, 32);
            auto const first = field.find_first_not_of('"');
            if (first == std::string_view::npos || first > 1 || std::string_view(",\r").contains(field[first]) || field[first] == 'N' || (first == 1 && field.starts_with("\"\""))) break;
            out.back().push_back(std::strtod(field.data() + first, nullptr));
        }
    }
    return out;
}

}  // namespace

void run_series_m4(BenchContext& context) {
    struct Set {
        std::string name, file;
        series::Frequency frequency;
        std::size_t period, horizon;
        double owa, msis;  // the best of the competition
        const char *best, *best_interval;
    };
    for (Set const& set : {Set{"hourly", "Hourly", series::Frequency::hourly, 24, 48, 0.410, 6.139, "Doornik (Card)", "Doornik"}, Set{"weekly", "Weekly", series::Frequency::weekly, 1, 13, 0.739, 16.20, "Forecast Pro", "Petropoulos & Svetunkov"}}) {
        auto const train = context.find("m4/" + set.file + "-train.csv.gz"), test = context.find("m4/" + set.file + "-test.csv.gz");
        if (!train || !test) return;
        auto known = load(*train), actual = load(*test);
        if (known.size() != actual.size()) give_up({Errc::invalid_argument, "bad_series", "The train and test files of M4 " + set.name + " differ in length."});
        Accuracy ours, naive;
        double covered = 0, points = 0, interval = 0, seconds = 0;
        for (std::size_t i = 0; i < known.size(); ++i) {
            actual[i].resize(set.horizon, NAN);
            TestSeries s{.train = std::move(known[i]), .test = std::move(actual[i]), .frequency = set.frequency};
            auto const started = processor_seconds();
            auto const f = need(series::forecast(s.ask(), set.horizon, {.levels = {0.025, 0.975}}));
            seconds += processor_seconds() - started;
            ours.add(s, f.point), naive.add(s, naive2(s.train, set.period, set.horizon));
            double width = 0;
            for (std::size_t h = 0; h < set.horizon; ++h) {
                double const y = s.test[h], low = f.quantiles[0][h], high = f.quantiles[1][h];
                covered += y >= low && y <= high, points += 1;
                width += high - low + 40 * (std::max(0.0, low - y) + std::max(0.0, y - high));
            }
            if (double const scale = naive_error(s.train, mase_lag(s)); scale > 0) interval += width / static_cast<double>(set.horizon) / scale;
        }
        auto const n = static_cast<double>(ours.series), smape = ours.smape_sum / n, mase = ours.mase_sum / n, smape2 = naive.smape_sum / n, mase2 = naive.mase_sum / n;
        context.report("owa/" + set.name, 0.5 * (smape / smape2 + mase / mase2), "ratio", Reference{set.best, set.owa});
        context.report("smape/" + set.name, smape, "%");
        context.report("mase/" + set.name, mase, "ratio");
        context.report("smape_naive2/" + set.name, smape2, "%", Reference{"published", set.name == "hourly" ? 18.383 : 9.161});
        context.report("msis/" + set.name, interval / n, "ratio", Reference{set.best_interval, set.msis});
        context.report("acd/" + set.name, std::abs(covered / points - 0.95), "share", Reference{"goal", 0.01});
        context.report("coverage_95/" + set.name, covered / points, "share", Reference{"nominal", 0.95});
        context.report("cpu_s/" + set.name, seconds, "s");
    }
}

}  // namespace kindling::bench

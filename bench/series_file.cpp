// series-file: any series in the two shapes of series_read.h: DIR is a file, or a folder whose *.csv and *.csv.gz (and those of its folder `series`) with one of
// the two headers are measured, one after the other.
//
// Three forecasters answer: the engine one series at a time (series.h); for series of days, weeks or months one boosted model of them all that may use the
// regressors (global/global.h; series without dates are taken to end together), one of plain starts or two, of which one starts from a linear model of each series; the value one
// season before. One or two, how they are mixed, and by how much intervals are widened, is chosen at an earlier origin: the last `horizon` values before the held-back ones,
// but no more than a fifth of the longest series (and 8), for a model without one year of two says little of what it is worth with both. Printed for each file: the mixture under the file's name, and beside it
// /seasonal_naive, /engine and /global. left_out counts series too short for the horizon (named on stderr); when no file has any other, the exit status is 1. wmae weighs steps by 5 where a regressor whose name has `holiday` is not 0 (as the Walmart competition did).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "core/parallel.h"
#include "engines/series/global/global.h"
#include "series_read.h"
#include "series_scores.h"

namespace kindling::bench {

namespace {

constexpr std::size_t median_level = 3, least_panel = 20;

Answer by_engine(const TestSeries& s) {
    auto f = need(series::forecast(s.ask(), s.test.size(), {.levels = {scored_levels.begin(), scored_levels.end()}}));
    return {std::move(f.point), std::move(f.quantiles)};
}

// Series of one file on one axis of time; those that end before the others have no answer. Without dates all end together.
std::vector<std::optional<Answer>> by_panel(const SeriesFile& file, std::span<const TestSeries> all, int models) {
    std::vector<std::optional<Answer>> out(all.size());
    auto const f = all.empty() ? series::Frequency::unknown : all[0].frequency;
    if (f != series::Frequency::daily && f != series::Frequency::weekly && f != series::Frequency::monthly) return out;
    if (std::ranges::any_of(all, [&](auto const& s) { return s.frequency != f || s.period != all[0].period || s.test.size() != all[0].test.size(); })) return out;
    double negative = 0, known_values = 0;  // the model of all says nothing below 0: a few returns are noise to it, more are not
    for (auto const& s : all)
        for (double const v : s.train) negative += v < 0, known_values += !std::isnan(v);
    if (negative > 0.01 * known_values) return out;
    bool const dated = file.horizon > 0;
    auto const longest = std::ranges::max(all, {}, [](auto const& s) { return s.train.size(); }).train.size();
    auto const start = [&](const TestSeries& s) { return dated ? s.start : longest - s.train.size(); };
    std::map<std::size_t, std::size_t> ends;
    for (auto const& s : all) ++ends[start(s) + s.train.size()];
    std::size_t const steps = std::ranges::max_element(ends, {}, [](auto const& e) { return e.second; })->first, horizon = all[0].test.size(), columns = steps + horizon;
    if (ends[steps] < least_panel || steps < 2 * horizon + 8) return out;
    std::vector<std::vector<float>> values;
    std::vector<std::vector<std::vector<float>>> known;
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const& s = all[i];
        if (start(s) + s.train.size() != steps) continue;
        numbers.push_back(i);
        auto& y = values.emplace_back(steps, NAN);
        std::ranges::copy(s.train, y.begin() + static_cast<std::ptrdiff_t>(start(s)));
        auto& regressors = known.emplace_back();
        for (auto const& x : s.regressors) {
            auto& column = regressors.emplace_back(columns, NAN);
            std::copy_n(x.begin(), std::min(x.size(), columns - s.start), column.begin() + static_cast<std::ptrdiff_t>(s.start));
        }
    }
    series::Panel panel{.frequency = f, .first_day = file.first_day, .steps = steps, .horizon = horizon};
    for (std::size_t r = 0; r < file.regressors.size(); ++r) {
        bool binary = true, positive = true;
        for (auto const& regressors : known)
            for (float const v : regressors[r]) binary = binary && (std::isnan(v) || v == 0 || v == 1), positive = positive && !(v <= 0);
        auto const& name = file.regressors[r];
        auto const has = [&](std::string_view part) { return std::ranges::search(name, part, [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; }).size() > 0; };
        using enum series::RegressorKind;
        panel.regressors.push_back({name, has("price") && positive ? price : has("promo") && binary ? promotion : binary && name != "open" ? flag : number});
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto& s = panel.series.emplace_back(series::PanelSeries{.values = values[i]});
        for (auto const& x : known[i]) s.regressors.emplace_back(x);
    }
    auto const holidays = dated ? series::western_holidays() : std::span<const series::Holiday>{};
    auto const model = series::GlobalModel::fit(std::move(panel), {.levels = {scored_levels.begin(), scored_levels.end()}, .holidays = {holidays.begin(), holidays.end()}, .aim = series::Aim::median, .max_rows = 500'000, .models = models, .rate = 0.08, .threads = default_threads()});
    if (!model) { fmt::print(stderr, "series-file: no global model: {}\n", model.error().message); return out; }
    auto const forecasts = need(model->forecast());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        auto& answer = out[numbers[i]].emplace();
        answer.point.assign(forecasts[i].point.begin(), forecasts[i].point.end());
        for (auto const& q : forecasts[i].quantiles) answer.quantiles.emplace_back(q.begin(), q.end());
    }
    return out;
}

struct Three {
    std::vector<Answer> engine, naive;
    std::vector<std::optional<Answer>> panel;
};

Three ask(const SeriesFile& file, std::span<const TestSeries> all, int models) {
    Three out{std::vector<Answer>(all.size()), std::vector<Answer>(all.size()), {}};
    parallel_for(all.size(), [&](std::size_t i) { out.engine[i] = by_engine(all[i]), out.naive[i] = seasonal_naive(all[i]); });
    out.panel = by_panel(file, all, models);
    return out;
}

struct Mixture {
    double panel = 0, naive = 0;  // shares; the engine has the rest
    int models = 1;               // of the panel; of two, one starts from the linear model
    std::array<double, scored_levels.size()> widen = {1, 1, 1, 1, 1, 1, 1};
};

Answer mix(const Three& three, std::size_t i, const Mixture& m) {
    auto const& panel = three.panel[i];
    double const share = panel ? m.panel : 0, naive = m.naive, engine = 1 - share - naive;
    Answer out = three.engine[i];
    for (std::size_t h = 0; h < out.point.size(); ++h) {
        auto const mean = [&](double a, double b, double c) { return engine * a + (share > 0 ? share * b : 0) + naive * c; };
        out.point[h] = mean(three.engine[i].point[h], panel ? panel->point[h] : 0, three.naive[i].point[h]);
        double const low = three.engine[i].quantiles[0][h];
        for (std::size_t l = 0; l < scored_levels.size(); ++l) out.quantiles[l][h] = mean(three.engine[i].quantiles[l][h], panel ? panel->quantiles[l][h] : 0, three.naive[i].quantiles[l][h]);
        double const middle = out.quantiles[median_level][h];
        for (std::size_t l = 0; l < scored_levels.size(); ++l) {
            out.quantiles[l][h] = middle + m.widen[l] * (out.quantiles[l][h] - middle);
            if (low >= 0) out.quantiles[l][h] = std::max(out.quantiles[l][h], 0.0);
        }
    }
    return out;
}

// What would have been best one horizon earlier; what is not the engine alone, or not one model of all, must be better by 1 %.
Mixture choose(const SeriesFile& file) {
    std::vector<TestSeries> earlier;
    auto const longest = std::ranges::max(file.series, {}, [](auto const& s) { return s.train.size(); }).train.size(), most = std::max<std::size_t>(longest / 5, 8);
    bool shorter = false;
    for (auto const& s : file.series) {
        std::size_t const horizon = std::min(s.test.size(), most);
        shorter = shorter || horizon < s.test.size();
        if (s.train.size() < 2 * horizon || s.train.size() < horizon + 8) continue;
        auto& e = earlier.emplace_back(s);
        e.test.assign(s.train.end() - static_cast<std::ptrdiff_t>(horizon), s.train.end());
        e.train.resize(s.train.size() - horizon);
        for (auto& x : e.regressors) x.resize(s.train.size());
        auto const is_there = [](double v) { return !std::isnan(v); };
        if (std::ranges::none_of(e.train, is_there) || std::ranges::none_of(e.test, is_there)) earlier.pop_back();
    }
    Mixture best;
    if (earlier.size() < least_panel) return best;
    auto three = ask(file, earlier, 1);
    bool const panel = std::ranges::any_of(three.panel, [](auto const& a) { return a.has_value(); });
    if (panel) {
        auto other = by_panel(file, earlier, 2);
        Scores one, two;
        for (std::size_t i = 0; i < earlier.size(); ++i)
            if (three.panel[i] && other[i]) one.add(earlier[i], *three.panel[i]), two.add(earlier[i], *other[i]);
        if (two.mase() < 0.99 * one.mase()) three.panel = std::move(other), best.models = 2;
    }
    auto const error = [&](const Mixture& m) {
        Scores scores;
        for (std::size_t i = 0; i < earlier.size(); ++i) scores.add(earlier[i], mix(three, i, m));
        return scores.mase();
    };
    double least = 0.99 * error(best);
    for (double p = 0; p <= (panel ? 1.0 : 0.0); p += 0.25)
        for (double n = 0; n <= 0.5 && p + n <= 1; n += 0.25)
            if (Mixture const m{.panel = p, .naive = n, .models = best.models}; p + n > 0)
                if (double const e = error(m); e < least) least = e, best = m;
    // How much farther than said the shares of the values lie that should lie beyond each quantile.
    for (std::size_t l = 0; l < scored_levels.size(); ++l) {
        if (l == median_level) continue;
        std::vector<double> needed;
        for (std::size_t i = 0; i < earlier.size(); ++i) {
            // Much shorter than it is now, a series tells little of how sure one can be of it now.
            if (5 * earlier[i].train.size() < 3 * (earlier[i].train.size() + earlier[i].test.size())) continue;
            auto const m = mix(three, i, best);
            for (std::size_t h = 0; h < m.point.size(); ++h) {
                double const middle = m.quantiles[median_level][h], reach = m.quantiles[l][h] - middle;
                if (!std::isnan(earlier[i].test[h]) && reach != 0) needed.push_back((earlier[i].test[h] - middle) / reach);
            }
        }
        // On the far side of the median a quantile of level q is passed by 1 - q of all values; needed rises outwards on both sides. Near steps do not narrow far ones.
        if (needed.size() >= 200) best.widen[l] = std::clamp(percentile(needed, l < median_level ? 1 - scored_levels[l] : scored_levels[l]), shorter ? 1.0 : 0.5, 3.0);
    }
    return best;
}

void measure(BenchContext& context, const std::string& name, const SeriesFile& file) {
    auto const started = processor_seconds();
    auto const mixture = choose(file);
    auto const three = ask(file, file.series, mixture.models);
    auto const seconds = processor_seconds() - started;
    std::map<std::string, Scores> scores;
    std::size_t holiday = file.regressors.size();
    for (std::size_t r = 0; r < file.regressors.size(); ++r) {
        std::string lower = file.regressors[r];
        std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (lower.find("holiday") != std::string::npos) holiday = std::min(holiday, r);
    }
    for (std::size_t i = 0; i < file.series.size(); ++i) {
        auto const& s = file.series[i];
        std::vector<float> weights;
        if (holiday < file.regressors.size())
            for (std::size_t h = 0; h < s.test.size(); ++h) weights.push_back(s.regressors[holiday][s.train.size() + h] > 0 ? 5 : 1);
        auto const ours = mix(three, i, mixture);
        scores[name].add(s, ours, weights), scores[name + "/seasonal_naive"].add(s, three.naive[i], weights), scores[name + "/engine"].add(s, three.engine[i], weights);
        if (three.panel[i]) scores[name + "/global"].add(s, *three.panel[i], weights);
        scores[name + "/" + s.group].add(s, ours, weights);
    }
    bool const one_group = std::ranges::all_of(file.series, [&](auto const& s) { return s.group == file.series[0].group; });
    for (auto const& [group, sum] : scores)
        if (!one_group || group != name + "/" + file.series[0].group) sum.report(context, group);
    context.report("share_global/" + name, mixture.panel, "share"), context.report("global_models/" + name, mixture.models, "count"), context.report("share_seasonal_naive/" + name, mixture.naive, "share");
    context.report("missing/" + name, static_cast<double>(file.missing), "values"), context.report("cpu_s/" + name, seconds, "s");
}

}  // namespace

void run_series_file(BenchContext& context) {
    auto const folder = context.find("");
    if (!folder) return;
    std::vector<std::string> files;
    std::error_code error;
    if (auto const alone = folder->substr(0, folder->size() - 1); std::filesystem::is_regular_file(alone, error)) files.push_back(alone);
    for (auto const& where : {*folder, *folder + "series"})
        for (auto const& entry : std::filesystem::directory_iterator(where, error)) {
            auto const name = entry.path().filename().string();
            if (entry.is_regular_file() && (name.ends_with(".csv") || name.ends_with(".csv.gz"))) files.push_back(entry.path().string());
        }
    std::ranges::sort(files);
    if (files.empty()) fmt::print(stderr, "series-file: skipped, there is no *.csv or *.csv.gz in {} or its folder series\n", *folder);
    bool failed = false, any = false;  // one that could be measured
    for (auto const& path : files) {
        auto const file = read_series_file(path, context.horizon());
        if (!file) {
            fmt::print(stderr, "series-file: {} ({})\n", file.error().message, file.error().reason);
            // Other tables may lie in the folder.
            failed = failed || file.error().reason != "unknown_shape" || files.size() == 1;
            continue;
        }
        for (std::size_t i = 0; i < file->notes.size() && i < 20; ++i) fmt::print(stderr, "series-file: {}:{}\n", path, file->notes[i]);
        if (file->notes.size() > 20) fmt::print(stderr, "series-file: {}: and {} more\n", path, file->notes.size() - 20);
        auto name = std::filesystem::path(path).filename().string();
        name = name.substr(0, name.find(".csv"));
        context.report("left_out/" + name, static_cast<double>(file->notes.size()), "series");
        if (file->series.empty()) { fmt::print(stderr, "series-file: {} holds no series that is longer than its horizon\n", path); continue; }
        measure(context, name, *file), any = true;
    }
    if (failed || (!any && !files.empty())) std::exit(1);
}

}  // namespace kindling::bench

// Rows to learn from, trees until the steps that are held back get no better, quantiles from their misses, trees again on everything.
#include "engines/series/global/global.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/parallel.h"
#include "engines/series/global/booster.h"
#include "engines/series/global/check.h"
#include "engines/series/global/conformal.h"
#include "engines/series/global/features.h"
#include "engines/series/global/shared_regression.h"

namespace kindling::series {

namespace {

constexpr std::size_t rows_at_once = 20'000;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    std::uint64_t x = a * 0x9E3779B97F4A7C15 + b * 0xBF58476D1CE4E5B9 + c * 0x94D049BB133111EB;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
    return x ^ (x >> 31);
}

std::unexpected<Error> stopped() { return fail(Errc::conflict, "stopped", "The forecast was stopped before it was done."); }

// A value far beyond everything else of its series counts as the most that is believed: 30 times its 95th percentile.
float most_believed(std::span<const float> values) {
    std::vector<float> positive;
    for (float const v : values)
        if (v > 0) positive.push_back(v);
    if (positive.size() < 20) return std::numeric_limits<float>::max();
    auto const at = positive.begin() + static_cast<std::ptrdiff_t>(positive.size() * 95 / 100);
    std::ranges::nth_element(positive, at);
    return 30 * *at;
}

struct Rows {
    std::vector<float> features, margins, labels;
    std::vector<Miss> questions;
};

Objective resolve(const Panel& panel, Objective asked) {
    if (asked != Objective::automatic) return asked;
    std::size_t known = 0, zeros = 0;
    auto const open = std::ranges::find(panel.regressors, RegressorKind::open, &Regressor::kind);
    auto const r = static_cast<std::size_t>(open - panel.regressors.begin());
    for (auto const& s : panel.series)
        for (std::size_t t = 0; t < panel.steps; ++t)
            if (open == panel.regressors.end() || !(s.regressors[r][t] <= 0)) known += !std::isnan(s.values[t]), zeros += s.values[t] <= 0;
    return zeros * 20 > known ? Objective::tweedie : Objective::log_squared;
}

}  // namespace

std::string_view name(Driver d) {
    static constexpr std::string_view names[] = {"level", "trend", "season", "year", "promotion", "price", "holiday", "regressor", "attribute", "horizon"};
    return names[static_cast<std::size_t>(d)];
}

struct GlobalModel::Parts {
    Panel panel;
    GlobalOptions options;
    std::vector<std::vector<float>> tamed;  // copies of series with values that are not believed or below 0
    std::vector<Flags> flags;
    std::optional<FeatureMaker> maker;
    std::vector<Booster> boosters;
    std::optional<SharedRegression> regression;
    std::optional<Conformal> conformal;
    Learning learning;

    void tame();
    std::vector<std::pair<std::string, std::string>> parameters(std::uint64_t seed) const;
    std::uint64_t seed_of(int model) const { return options.seed + 2 * static_cast<std::uint64_t>(model); }  // draw() uses the next one too
    // Every other model starts from the linear one, where there is one.
    const SharedRegression* start_of(int model) const { return regression && model % 2 == 1 ? &*regression : nullptr; }
    // Means over the boosters of what `of` gives for each, with its features and what it starts from.
    template <class F> Result<std::vector<float>> mean_of(std::span<const float> features, std::span<const float> plain, std::span<const float> begun, F&& of) const;
    Result<Rows> draw(std::size_t from, std::size_t to, std::size_t first_origin, std::size_t most, std::uint64_t seed, const SharedRegression* start, const Progress&) const;
    Result<Matrix> matrix_of(const Rows& r) const { return Matrix::make(r.features, maker->width(), r.margins, r.labels, options.threads); }
    Result<std::vector<Miss>> hold_back(std::size_t begin, int& rounds, const Progress&) const;
    Result<void> forecast_some(std::span<const PanelSeries* const>, std::size_t first, std::span<GlobalForecast>) const;
};

void GlobalModel::Parts::tame() {
    flags.resize(panel.series.size());
    for (std::size_t i = 0; i < panel.series.size(); ++i) {
        auto& s = panel.series[i];
        float const most = most_believed(s.values);
        bool const some = std::ranges::any_of(s.values, [](float v) { return v > 0; }), beyond = std::ranges::any_of(s.values, [&](float v) { return v > most || v < 0; });
        if (!some) flags[i].set(std::ranges::any_of(s.values, [](float v) { return !std::isnan(v); }) ? Flag::no_demand : Flag::short_history);
        if (!beyond) continue;
        auto& copy = tamed.emplace_back(s.values.begin(), s.values.end());
        for (auto& v : copy)
            if (!std::isnan(v)) v = std::clamp(v, 0.0F, most);
        s.values = copy, flags[i].set(Flag::spikes_replaced);
    }
}

template <class F> Result<std::vector<float>> GlobalModel::Parts::mean_of(std::span<const float> features, std::span<const float> plain, std::span<const float> begun, F&& of) const {
    std::vector<Matrix> matrices = {TRY(Matrix::make(features, maker->width(), plain, {}, options.threads))};
    if (regression) matrices.push_back(TRY(Matrix::make(features, maker->width(), begun, {}, options.threads)));
    std::vector<float> out;
    for (std::size_t m = 0; m < boosters.size(); ++m) {
        auto const own = TRY(of(boosters[m], matrices[m % matrices.size()]));
        out.resize(own.size());
        for (std::size_t i = 0; i < own.size(); ++i) out[i] += own[i] / static_cast<float>(boosters.size());
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> GlobalModel::Parts::parameters(std::uint64_t seed) const {
    auto const& o = options;
    std::string falls = "(", metric = "rmse", objective = "reg:squarederror";
    bool any = false;
    for (std::size_t f = 0; f < maker->width(); ++f) falls += fmt::format("{}{}", f > 0 ? "," : "", maker->falls(f) ? -1 : 0), any = any || maker->falls(f);
    falls += ")";
    if (learning.objective == Objective::tweedie) objective = "reg:tweedie", metric = fmt::format("tweedie-nloglik@{}", o.tweedie_power);
    if (learning.objective == Objective::poisson) objective = "count:poisson", metric = "poisson-nloglik";
    std::vector<std::pair<std::string, std::string>> out = {
        {"verbosity", "0"}, {"booster", "gbtree"}, {"tree_method", "hist"}, {"max_bin", "128"}, {"disable_default_eval_metric", "1"}, {"objective", objective}, {"eval_metric", metric}, {"base_score", learning.objective == Objective::log_squared ? "0" : "1"},
        {"nthread", fmt::to_string(o.threads)}, {"seed", fmt::to_string(seed % 1'000'000'007)}, {"max_depth", fmt::to_string(o.depth)}, {"eta", fmt::to_string(o.rate)}, {"subsample", fmt::to_string(o.row_share)}, {"colsample_bytree", fmt::to_string(o.feature_share)}, {"min_child_weight", fmt::to_string(o.least_weight)}};
    if (learning.objective == Objective::tweedie) out.emplace_back("tweedie_variance_power", fmt::to_string(o.tweedie_power));
    if (any) out.emplace_back("monotone_constraints", falls);
    return out;
}

// One question for each known value of steps from .. to - 1, or for `most` of them, asked at a step drawn at random from the horizon before it, but not before `first_origin`.
Result<Rows> GlobalModel::Parts::draw(std::size_t from, std::size_t to, std::size_t first_origin, std::size_t most, std::uint64_t seed, const SharedRegression* start, const Progress& progress) const {
    auto const each = [&](const PanelSeries& s, std::size_t i, std::uint64_t threshold, auto&& take) {
        for (std::size_t t = std::max(from, first_origin + 1); t < to; ++t) {
            if (std::isnan(s.values[t]) || (mixed(seed, i, t) >> 1) > threshold) continue;
            take(t - 1 - mixed(seed + 1, i, t) % std::min(panel.horizon, t - first_origin), t);
        }
    };
    constexpr std::uint64_t all = ~std::uint64_t{0} >> 1;
    std::vector<std::size_t> first(panel.series.size() + 1);
    auto const count = [&](std::uint64_t threshold) {
        parallel_for(panel.series.size(), [&](std::size_t i) { first[i + 1] = 0, each(panel.series[i], i, threshold, [&](std::size_t, std::size_t) { ++first[i + 1]; }); }, options.threads);
        for (std::size_t i = 0; i < panel.series.size(); ++i) first[i + 1] += first[i];
        return first.back();
    };
    std::uint64_t threshold = all;
    std::size_t rows = count(all);
    if (rows > most) threshold = static_cast<std::uint64_t>(static_cast<double>(all) * static_cast<double>(most) / static_cast<double>(rows)), rows = count(threshold);
    Rows out;
    out.features.resize(rows * maker->width()), out.margins.resize(rows), out.labels.resize(rows), out.questions.resize(rows);
    std::vector<std::uint8_t> kept(rows);
    parallel_for(panel.series.size(), [&](std::size_t i) {
        if (first[i] == first[i + 1] || progress.stopped()) return;
        auto const& s = panel.series[i];
        FeatureMaker::History const history(*maker, s);
        std::optional<SharedRegression::Reader> reader;
        if (start) reader.emplace(*start, history, i);
        std::size_t at = first[i];
        each(s, i, threshold, [&](std::size_t origin, std::size_t target) {
            std::size_t const row = at++;
            auto& q = out.questions[row];
            history.row(origin, target, std::span(out.features).subspan(row * maker->width(), maker->width()), out.margins[row], q.spread);
            kept[row] = history.open(target) && history.known(origin + 1) > 0;
            q.actual = s.values[target], q.series = static_cast<std::uint32_t>(i), q.ahead = static_cast<std::uint32_t>(target - origin), q.near = maker->near_holiday(target), q.stretch = static_cast<std::uint32_t>((target - from) / (panel.horizon / 2 + 1));
            if (reader) out.margins[row] = reader->start(origin, target, out.margins[row]);
            out.labels[row] = maker->logs() ? static_cast<float>(std::log(q.actual + maker->offset() + 1e-12)) : q.actual;
        });
    }, options.threads);
    if (progress.stopped()) return stopped();
    std::size_t end = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        if (!kept[row]) continue;
        if (end != row) {
            std::copy_n(out.features.begin() + static_cast<std::ptrdiff_t>(row * maker->width()), maker->width(), out.features.begin() + static_cast<std::ptrdiff_t>(end * maker->width()));
            out.margins[end] = out.margins[row], out.labels[end] = out.labels[row], out.questions[end] = out.questions[row];
        }
        ++end;
    }
    out.features.resize(end * maker->width()), out.margins.resize(end), out.labels.resize(end), out.questions.resize(end);
    return out;
}

// Learns from what was known before the last steps and forecasts those, one model from each start: how many trees are best, and by how much the mean of such forecasts misses.
Result<std::vector<Miss>> GlobalModel::Parts::hold_back(std::size_t begin, int& rounds, const Progress& progress) const {
    std::size_t const back = std::min(2 * panel.horizon, panel.steps / 4), end = panel.steps - back;
    int const starts = maker->logs() ? std::min(options.models, 2) : 1;
    std::vector<Miss> misses;
    int most = 1;
    for (int m = 0; m < starts; ++m) {
        std::optional<SharedRegression> earlier;
        if (m == 1) earlier.emplace(panel, *maker, end, options.threads);
        auto const* const start = earlier ? &*earlier : nullptr;
        auto learn = TRY(draw(begin, end, 0, options.max_rows, seed_of(m), start, progress));
        auto held = TRY(draw(end, panel.steps, end - 1, std::max<std::size_t>(options.max_rows / 4, 1000), options.seed, start, progress));
        if (back == 0 || learn.margins.size() < 100 || held.margins.size() < 20) return std::vector<Miss>();
        Matrix const matrices[] = {TRY(matrix_of(learn)), TRY(matrix_of(held))};
        if (m == 0) misses = std::move(held.questions);  // the same questions every time
        learn = {}, held = {};
        auto booster = TRY(Booster::make(matrices, parameters(seed_of(m))));
        double least = std::numeric_limits<double>::infinity();
        int best = 0;
        for (int round = 0; round < rounds && round - best < options.patience; ++round) {
            if (progress.stopped()) return stopped();
            TRY(booster.grow(round, matrices[0]));
            if (double const error = TRY(booster.evaluate(round, matrices[1])); error < least) least = error, best = round + 1;
            progress(m * rounds + round + 1, starts * rounds, "learning with the last steps held back");
        }
        auto const margins = TRY(booster.margins(matrices[1], std::max(best, 1)));
        for (std::size_t i = 0; i < margins.size(); ++i) misses[i].margin += margins[i] / static_cast<float>(starts);
        most = std::max(most, best);
    }
    rounds = most;
    return misses;
}

Result<GlobalModel> GlobalModel::fit(Panel panel, GlobalOptions options, const Progress& progress) {
    TRY(check_panel(panel, options));
    TRY(boosting_present());
    GlobalModel model(std::make_unique<Parts>(Parts{.panel = std::move(panel), .options = std::move(options)}));
    auto& p = *model.parts_;
    p.tame();
    p.learning.objective = resolve(p.panel, p.options.objective);
    if (p.options.aim == Aim::percentage && p.learning.objective != Objective::log_squared) return fail(Errc::invalid_argument, "option_out_of_range", "aim must be mean or median for counts: a percentage of 0 says nothing.");
    p.maker.emplace(p.panel, p.options, p.learning.objective);
    std::size_t const begin = std::max<std::size_t>(1, std::min(p.maker->least_history(), p.panel.steps));
    int rounds = p.options.max_rounds;
    {
        auto const misses = TRY(p.hold_back(begin, rounds, progress));
        if (misses.empty()) rounds = std::min(rounds, 50);
        p.conformal.emplace(misses, p.maker->logs(), p.maker->offset(), p.panel.horizon);
        p.learning.held_back = misses.size();
        if (p.options.levels.size() > 1) p.learning.coverage = Conformal::cross_coverage(misses, p.maker->logs(), p.maker->offset(), p.panel.horizon, p.options.levels.front(), p.options.levels.back());
    }
    if (p.learning.held_back > 0) rounds = std::max(rounds, p.options.least_rounds);
    if (p.maker->logs() && p.options.models > 1) p.regression.emplace(p.panel, *p.maker, p.panel.steps, p.options.threads);
    // Each model asks its questions at other origins, so that what one learned by chance another did not.
    for (int m = 0; m < p.options.models; ++m) {
        auto const seed = p.seed_of(m);
        auto const matrix = TRY([&]() -> Result<Matrix> {
            auto all = TRY(p.draw(begin, p.panel.steps, 0, p.options.max_rows, seed, p.start_of(m), progress));
            p.learning.rows = all.margins.size();
            if (all.margins.size() < 100) return fail(Errc::failed_precondition, "too_few_rows", fmt::format("There are {} values to learn from; 100 are needed. Forecast such series one by one.", all.margins.size()));
            return p.matrix_of(all);
        }());
        auto booster = TRY(Booster::make(std::span(&matrix, 1), p.parameters(seed)));
        for (int round = 0; round < rounds; ++round) {
            if (progress.stopped()) return stopped();
            TRY(booster.grow(round, matrix));
            progress(m * rounds + round + 1, p.options.models * rounds, "learning from everything");
        }
        p.boosters.push_back(std::move(booster));
    }
    p.learning.rounds = rounds;
    return model;
}

Result<void> GlobalModel::Parts::forecast_some(std::span<const PanelSeries* const> some, std::size_t first, std::span<GlobalForecast> out) const {
    std::size_t const horizon = panel.horizon, origin = panel.steps - 1, width = maker->width();
    std::vector<float> features(some.size() * horizon * width), margins(some.size() * horizon), begun(some.size() * horizon), spreads(some.size() * horizon);
    std::vector<std::uint8_t> open(some.size() * horizon);
    parallel_for(some.size(), [&](std::size_t i) {
        FeatureMaker::History const history(*maker, *some[i]);
        std::optional<SharedRegression::Reader> reader;
        if (regression) reader.emplace(*regression, history, first + i);
        for (std::size_t h = 0; h < horizon; ++h) {
            std::size_t const row = i * horizon + h;
            history.row(origin, origin + 1 + h, std::span(features).subspan(row * width, width), margins[row], spreads[row]);
            open[row] = history.open(origin + 1 + h);
            begun[row] = reader ? reader->start(origin, origin + 1 + h, margins[row]) : margins[row];
        }
    }, options.threads);
    margins = TRY(mean_of(features, margins, begun, [&](const Booster& b, const Matrix& matrix) { return b.margins(matrix, learning.rounds); }));
    double const factor = conformal->factor(options.aim);
    for (std::size_t i = 0; i < some.size(); ++i) {
        auto& f = out[i];
        f.flags = flags[first + i];
        if (conformal->empty()) f.flags.set(Flag::uncalibrated);
        f.point.assign(horizon, 0), f.quantiles.assign(options.levels.size(), std::vector<float>(horizon));
        if (f.flags.has(Flag::no_demand)) continue;
        float most = 0;
        for (float const v : some[i]->values) most = std::max(most, std::isnan(v) ? 0 : v);
        most = f.flags.has(Flag::short_history) ? std::numeric_limits<float>::max() : 5 * most;
        for (std::size_t h = 0; h < horizon; ++h) {
            std::size_t const row = i * horizon + h;
            if (!open[row]) continue;
            double const margin = std::isfinite(margins[row]) ? std::clamp(margins[row], -30.0F, 40.0F) : maker->panel_level();
            Miss const question{.margin = static_cast<float>(margin), .spread = spreads[row], .ahead = static_cast<std::uint32_t>(h + 1), .near = maker->near_holiday(panel.steps + h)};
            double const plain = options.aim == Aim::median ? conformal->quantile(0.5, question) : factor * std::exp(margin) - maker->offset();
            f.point[h] = static_cast<float>(std::clamp<double>(plain, 0, most));
            if (plain > most) f.flags.set(Flag::limited);
            float before = 0;
            for (std::size_t l = 0; l < options.levels.size(); ++l) before = f.quantiles[l][h] = std::max(before, static_cast<float>(std::min<double>(conformal->quantile(options.levels[l], question), 5.0 * most)));
        }
    }
    return {};
}

Result<std::vector<GlobalForecast>> GlobalModel::forecast(const Progress& progress) const {
    auto const& p = *parts_;
    std::size_t const n = p.panel.series.size(), step = std::max<std::size_t>(1, rows_at_once / p.panel.horizon);
    std::vector<GlobalForecast> out(n);
    std::vector<const PanelSeries*> some;
    for (std::size_t i = 0; i < n; i += step) {
        if (progress.stopped()) return stopped();
        some.clear();
        for (std::size_t j = i; j < std::min(n, i + step); ++j) some.push_back(&p.panel.series[j]);
        TRY(p.forecast_some(some, i, std::span(out).subspan(i, some.size())));
        progress(static_cast<std::int64_t>(i + some.size()), static_cast<std::int64_t>(n), "forecasting");
    }
    return out;
}

Result<GlobalForecast> GlobalModel::what_if(std::size_t at, const PanelSeries& changed) const {
    auto const& p = *parts_;
    if (at >= p.panel.series.size()) return fail(Errc::invalid_argument, "no_such_series", fmt::format("There is no series {}; the panel has {}.", at, p.panel.series.size()));
    auto copy = changed;
    copy.values = p.panel.series[at].values;
    TRY(check_series(p.panel, copy, at));
    std::vector<const PanelSeries*> const one = {&copy};
    std::vector<GlobalForecast> out(1);
    TRY(p.forecast_some(one, at, out));
    return std::move(out[0]);
}

Result<GlobalDrivers> GlobalModel::explain(std::size_t at) const {
    auto const& p = *parts_;
    if (at >= p.panel.series.size()) return fail(Errc::invalid_argument, "no_such_series", fmt::format("There is no series {}; the panel has {}.", at, p.panel.series.size()));
    std::size_t const horizon = p.panel.horizon, width = p.maker->width(), origin = p.panel.steps - 1;
    FeatureMaker::History const history(*p.maker, p.panel.series[at]);
    std::optional<SharedRegression::Reader> reader;
    if (p.regression) reader.emplace(*p.regression, history, at);
    std::vector<float> features(horizon * width), margins(horizon), begun(horizon);
    float spread = 0;
    for (std::size_t h = 0; h < horizon; ++h) {
        history.row(origin, origin + 1 + h, std::span(features).subspan(h * width, width), margins[h], spread);
        begun[h] = reader ? reader->start(origin, origin + 1 + h, margins[h]) : margins[h];
    }
    auto const shares = TRY(p.mean_of(features, margins, begun, [&](const Booster& b, const Matrix& matrix) { return b.contributions(matrix, p.learning.rounds); }));
    std::vector<const PanelSeries*> const one = {&p.panel.series[at]};
    std::vector<GlobalForecast> forecast(1);
    TRY(p.forecast_some(one, at, forecast));
    auto const models = static_cast<std::size_t>(p.options.models);
    float const on_regression = p.regression ? static_cast<float>(models / 2) / static_cast<float>(models) : 0;  // share of the models that start from it
    GlobalDrivers out{.offset = p.maker->offset()};
    out.steps.resize(horizon);
    for (std::size_t h = 0; h < horizon; ++h) {
        auto& step = out.steps[h];
        // What the models start from: level and effect of this series' weekday and promotion, or the parts of the linear model.
        auto const [season, promotion] = history.effects(origin, origin + 1 + h);
        std::array<float, drivers> plain{};
        plain[static_cast<std::size_t>(Driver::season)] = season, plain[static_cast<std::size_t>(Driver::promotion)] = promotion;
        auto const parts = reader && reader->knows(origin) ? reader->parts(origin, origin + 1 + h) : plain;
        for (std::size_t d = 0; d < drivers; ++d) step[d] = plain[d] + on_regression * (parts[d] - plain[d]);
        for (std::size_t f = 0; f < width; ++f) step[static_cast<std::size_t>(p.maker->driver(f))] += shares[h * (width + 1) + f];
        // All that is left is the level: of the plain forecast, of the trees' mean, and what the point was moved by after them (the aim's factor, a limit).
        auto& level = step[static_cast<std::size_t>(Driver::level)];
        double const point = forecast[0].point[h] + p.maker->offset();
        level += shares[h * (width + 1) + width] - ((1 - on_regression) * (season + promotion) + on_regression * std::accumulate(parts.begin(), parts.end(), 0.0F));
        if (forecast[0].point[h] > 0) level += static_cast<float>(std::log(point) - std::accumulate(step.begin(), step.end(), 0.0));
    }
    return out;
}

const Learning& GlobalModel::learning() const { return parts_->learning; }
GlobalModel::GlobalModel(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
GlobalModel::GlobalModel(GlobalModel&&) noexcept = default;
GlobalModel& GlobalModel::operator=(GlobalModel&&) noexcept = default;
GlobalModel::~GlobalModel() = default;

}  // namespace kindling::series

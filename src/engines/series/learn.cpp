#include "engines/series/learn.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/parallel.h"
#include "engines/series/combine.h"

namespace kindling::series {

namespace {

// One series, cut: what each method said of the part that was cut off, in the prepared unit.
struct Lesson {
    Prepared before;
    std::vector<double> after;
    double scale = 1;
    std::vector<std::vector<double>> paths;  // [method][step]; empty when out of range
};

// Weights >= 0 of sum 1 that minimise w'Gw - 2b'w, by exact steps between pairs.
std::vector<double> stack(const std::vector<double>& gram, const std::vector<double>& b) {
    std::size_t const k = b.size();
    std::vector<double> w(k, 1.0 / static_cast<double>(k));
    for (int round = 0; round < 2000; ++round) {
        double moved = 0;
        for (std::size_t i = 0; i < k; ++i)
            for (std::size_t j = 0; j < i; ++j) {
                // From j to i: derivative and curvature along e_i - e_j.
                double const curve = gram[i * k + i] + gram[j * k + j] - 2 * gram[i * k + j];
                double slope = b[j] - b[i];
                for (std::size_t l = 0; l < k; ++l) slope += (gram[i * k + l] - gram[j * k + l]) * w[l];
                if (!(curve > 1e-15)) continue;
                double const step = std::clamp(-slope / curve, -w[i], w[j]);
                w[i] += step, w[j] -= step, moved = std::max(moved, std::abs(step));
            }
        if (moved < 1e-7) break;
    }
    return w;
}

std::vector<double> learn_weights(std::span<const Lesson> lessons, std::size_t methods) {
    std::vector<double> gram(methods * methods), b(methods);
    for (auto const& lesson : lessons) {
        bool whole = true;
        for (auto const& path : lesson.paths) whole = whole && !path.empty();
        if (!whole) continue;
        for (std::size_t h = 0; h < lesson.after.size(); ++h)
            for (std::size_t i = 0; i < methods; ++i) {
                double const f = lesson.paths[i][h] / lesson.scale;
                b[i] += f * lesson.after[h] / lesson.scale;
                for (std::size_t j = 0; j <= i; ++j) gram[i * methods + j] += f * lesson.paths[j][h] / lesson.scale, gram[j * methods + i] = gram[i * methods + j];
            }
    }
    // Equal weights count as a little evidence, so that two methods that say the same share.
    double const ridge = 1e-3;
    for (std::size_t i = 0; i < methods; ++i) {
        double const own = gram[i * methods + i] * ridge;
        gram[i * methods + i] += own, b[i] += own / static_cast<double>(methods);
    }
    return stack(gram, b);
}

// Demand of goods of one kind rises or fades together: what all sold, divided by what was said of all.
double learn_level(std::span<const Lesson> lessons, std::span<const double> weights) {
    double sold = 0, said = 0;
    for (auto const& lesson : lessons)
        for (std::size_t i = 0; i < lesson.paths.size(); ++i) {
            double const share = lesson.before.unit * (weights.empty() ? 1.0 / static_cast<double>(lesson.paths.size()) : weights[i]);
            if (lesson.paths[i].empty()) continue;
            for (std::size_t h = 0; h < lesson.after.size(); ++h) sold += share * lesson.after[h], said += share * lesson.paths[i][h];
        }
    return said > 0 ? std::clamp(sold / said, 0.5, 2.0) : 1;
}

// Weights of rolling origins are not found again here: their mean stands for them.
Combine averaged(Combine how) { return how == Combine::rolling_weights ? Combine::mean : how; }

double pinball(double y, double q, double level) { return y >= q ? level * (y - q) : (1 - level) * (q - y); }

// Pinball loss of each shape over goods that seldom sell, each in its own scale. Goods like a good are looked for among the others.
std::vector<double> losses_of(std::span<const CountShape> tried, std::span<const Lesson> lessons, std::span<const std::vector<double>> points, std::span<const double> levels, const AlikeDemand* alike, unsigned threads) {
    // A few numbers for all goods: a few hundred series tell them as well as thousands.
    std::size_t const stride = std::max<std::size_t>(1, lessons.size() / 400);
    std::vector<std::vector<double>> of_good((lessons.size() + stride - 1) / stride, std::vector<double>(tried.size()));
    parallel_for(of_good.size(), [&](std::size_t i) {
        std::size_t const s = i * stride;
        auto const& lesson = lessons[s];
        if (!lesson.before.intermittent() || points[s].empty()) return;
        double const unit = lesson.before.unit;
        auto const history = lesson.before.in_units();
        std::vector<std::vector<double>> quantiles(tried.size());
        // Two weeks of steps show every day of the week twice.
        for (std::size_t h = 0; h < std::min<std::size_t>(lesson.after.size(), 14); ++h) {
            if (h == 0 || points[s][h] != points[s][h - 1]) {
                auto const near = alike != nullptr && lesson.before.whole ? alike->near(history, points[s][h] * unit, s) : std::vector<double>{};
                for (std::size_t k = 0; k < tried.size(); ++k) quantiles[k] = demand_quantiles(history, points[s][h] * unit, levels, tried[k], near);
            }
            for (std::size_t k = 0; k < tried.size(); ++k)
                for (std::size_t l = 0; l < levels.size(); ++l) of_good[i][k] += pinball(lesson.after[h] * unit, quantiles[k][l], levels[l]) / (lesson.scale * unit);
        }
    }, threads);
    std::vector<double> out(tried.size());
    for (auto const& own : of_good)
        for (std::size_t k = 0; k < own.size(); ++k) out[k] += own[k];
    return out;
}

// First the own distribution, then how much of others' is mixed with it.
CountShape learn_shape(std::span<const Lesson> lessons, std::span<const std::vector<double>> points, std::span<const double> levels, const AlikeDemand& alike, unsigned threads) {
    std::vector<CountShape> tried;
    auto const best = [&](const AlikeDemand* others) {
        auto const losses = losses_of(tried, lessons, points, levels, others, threads);
        return tried[static_cast<std::size_t>(std::ranges::min_element(losses) - losses.begin())];
    };
    for (double const usual : {0.3, 0.6, 1.2, 2.4, 4.8})
        for (double const own : {0.0, 0.2, 0.4, 0.6, 0.8}) tried.push_back({.usual = usual, .own = own});
    auto shape = best(nullptr);
    tried.clear();
    for (double const share : {0.0, 0.25, 0.5, 0.75, 1.0}) shape.alike = share, tried.push_back(shape);
    return best(&alike);
}

// What each whole-numbered good sold in the steps that were cut off, together where the same was said of them.
AlikeDemand learn_alike(std::span<const Lesson> lessons, std::span<const std::vector<double>> points) {
    constexpr std::size_t most = 4000;
    std::vector<std::vector<std::pair<double, std::vector<double>>>> of_good(lessons.size());
    std::size_t places = 0;
    for (std::size_t s = 0; s < lessons.size(); ++s) {
        auto const& before = lessons[s].before;
        if (!before.counted() || !before.whole || before.flags.has(Flag::no_demand)) continue;
        for (std::size_t h = 0; h < points[s].size(); ++h) {
            double const mean = points[s][h] * before.unit;
            auto found = std::ranges::find(of_good[s], mean, &std::pair<double, std::vector<double>>::first);
            if (found == of_good[s].end()) found = of_good[s].insert(found, {mean, {}});
            found->second.push_back(std::round(lessons[s].after[h] * before.unit));
        }
        places += of_good[s].size();
    }
    std::size_t const stride = places / most + 1;
    AlikeDemand out;
    for (std::size_t s = 0; s < lessons.size(); s += stride)
        if (auto const history = lessons[s].before.in_units(); !of_good[s].empty())
            for (auto const& [mean, after] : of_good[s]) out.add(s, history, mean, after);
    out.finish();
    return out;
}

}  // namespace

Options Learned::options(Options base) const {
    if (!weights.empty()) base.methods = methods, base.weights = weights;
    base.calibration = &calibration, base.shape = &shape, base.level = level;
    if (shape.alike > 0) base.alike = &alike;
    return base;
}

Result<Learned> learn(std::span<const Series> all, std::size_t horizon, Learn what, const Options& options, unsigned threads) {
    std::vector<Prepared> prepared;
    for (auto const& series : all) {
        auto p = TRY(prepare(series));
        if (p.size() >= horizon + 8 && !p.flags.has(Flag::constant) && !p.flags.has(Flag::no_demand)) prepared.push_back(std::move(p));
    }
    if (prepared.size() < 20) return fail(Errc::failed_precondition, "too_few_series", fmt::format("{} of {} series have at least {} values that are not all the same; learning needs 20.", prepared.size(), all.size(), horizon + 8));
    Learned out{.series = prepared.size()};
    std::size_t rare = 0;
    for (auto const& p : prepared) rare += p.intermittent();
    // One list of methods for all when weights are learned: that of most series, unless it was given.
    if (what == Learn::weights_and_calibration) out.methods = !options.methods.empty() ? options.methods : 2 * rare > prepared.size() ? std::vector<Method>{Method::rate, Method::tsb, Method::sba, Method::adida, Method::imapa, Method::mean} : std::vector<Method>{Method::ses, Method::theta, Method::dynamic_theta, Method::ets, Method::ces, Method::arima};
    std::vector<Lesson> lessons(prepared.size());
    parallel_for(lessons.size(), [&](std::size_t s) {
        auto& lesson = lessons[s];
        auto const& p = prepared[s];
        lesson.before = shortened(p, p.size() - horizon);
        lesson.after.assign(p.y.end() - static_cast<std::ptrdiff_t>(horizon), p.y.end());
        auto const range = range_of(lesson.before);
        double steps = 0;
        for (std::size_t t = 1; t < lesson.before.size(); ++t) steps += std::abs(lesson.before.y[t] - lesson.before.y[t - 1]) / static_cast<double>(lesson.before.size() - 1);
        // Rare demand counts in its own unit, its squares divided by their usual root: the sum is near that of all root mean square errors.
        if (lesson.before.intermittent()) {
            double squares = 0, mean = 0;
            for (double const v : lesson.before.y) squares += v * v / static_cast<double>(lesson.before.size()), mean += v / static_cast<double>(lesson.before.size());
            lesson.scale = std::sqrt(std::sqrt(std::max(squares - mean * mean, 1e-9)) / p.unit);
        } else lesson.scale = std::max(steps, 1e-9);
        for (auto const method : !out.methods.empty() ? out.methods : !options.methods.empty() ? options.methods : methods_for(lesson.before)) {
            auto path = run(method, lesson.before, horizon).values;
            if (!range.holds(path)) path.clear();
            lesson.paths.push_back(std::move(path));
        }
    }, threads);
    if (what == Learn::weights_and_calibration) out.weights = learn_weights(lessons, out.methods.size());
    if (2 * rare > prepared.size()) out.level = learn_level(lessons, out.weights);
    // The combination that will be asked for, and how far it missed.
    std::vector<std::vector<double>> points(lessons.size());
    out.calibration.scores.resize(horizon);
    std::vector<std::vector<double>> scores(lessons.size());
    parallel_for(lessons.size(), [&](std::size_t s) {
        auto const& lesson = lessons[s];
        auto const range = range_of(lesson.before);
        std::vector<double> values, weights;
        for (std::size_t h = 0; h < horizon; ++h) {
            values.clear(), weights.clear();
            for (std::size_t i = 0; i < lesson.paths.size(); ++i)
                if (!lesson.paths[i].empty() && (out.weights.empty() || out.weights[i] > 0)) values.push_back(out.level * lesson.paths[i][h]), weights.push_back(out.weights.empty() ? 1 : out.weights[i]);
            if (values.empty()) { points[s].clear(); return; }
            points[s].push_back(std::clamp(combine(values, weights, out.weights.empty() ? averaged(combination_for(lesson.before, options.combine)) : Combine::mean), range.low_at(h), range.high_at(h)));
        }
        if (lesson.before.intermittent()) return;
        auto const spread = measure_spread(lesson.before, horizon, 0);
        if (!(spread.step > 0)) return;
        for (std::size_t h = 0; h < horizon; ++h) scores[s].push_back((lesson.after[h] - points[s][h]) / spread.at(h));
    }, threads);
    for (auto const& own : scores)
        for (std::size_t h = 0; h < own.size(); ++h) out.calibration.scores[h].push_back(own[h]);
    for (auto& step : out.calibration.scores) std::ranges::sort(step);
    if (rare > 0 && !options.levels.empty()) {
        out.alike = learn_alike(lessons, points), out.shape = learn_shape(lessons, points, options.levels, out.alike, threads);
        if (out.shape.alike == 0) out.alike = {};  // nobody will ask it
    }
    return out;
}

}  // namespace kindling::series

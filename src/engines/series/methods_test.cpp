// Each method against what is known of it: exact series that it must continue, brute force over its parameters, published formulas.
#include <gtest/gtest.h>

#include <cmath>

#include "core/random.h"
#include "engines/series/arima.h"
#include "engines/series/card.h"
#include "engines/series/ces.h"
#include "engines/series/ets.h"
#include "engines/series/harmonics.h"
#include "engines/series/intervals.h"
#include "engines/series/multiseason.h"
#include "engines/series/optimise.h"
#include "engines/series/theta.h"

namespace kindling::series {
namespace {

std::vector<double> noisy(std::size_t n, std::uint64_t seed, double slope = 0.02) {
    Random random(seed);
    std::vector<double> y;
    double level = 1;
    for (std::size_t t = 0; t < n; ++t) level += slope + 0.03 * random.normal(), y.push_back(level + 0.1 * random.normal());
    return y;
}

TEST(Theta, IsSmoothingWithHalfTheSlope) {
    // Hyndman & Billah (2003): forecasts of Theta rise by half the slope of the regression line.
    auto const y = noisy(40, 1);
    double st = 0, sy = 0, stt = 0, sty = 0;
    for (std::size_t t = 0; t < y.size(); ++t) { auto const x = static_cast<double>(t); st += x, sy += y[t], stt += x * x, sty += x * y[t]; }
    double const n = 40, slope = (sty - st * sy / n) / (stt - st * st / n);
    auto const fit = fit_theta(y, 5);
    for (std::size_t h = 1; h < 5; ++h) EXPECT_NEAR(fit.path[h] - fit.path[h - 1], slope / 2, 1e-12);
}

// The recursion as printed in Fiorucci et al. (2016), every parameter given.
double dotm_squares(std::span<const double> y, double alpha, double w, double level) {
    double sum = 0, mean = 0, a = 0, b = 0;
    for (std::size_t t = 1; t <= y.size(); ++t) {
        auto const x = static_cast<double>(t);
        double const mu = level + w * (std::pow(1 - alpha, x - 1) * a + (1 - std::pow(1 - alpha, x)) / alpha * b);
        sum += (y[t - 1] - mu) * (y[t - 1] - mu);
        level = alpha * y[t - 1] + (1 - alpha) * level;
        b = t == 1 ? 0 : ((x - 2) * b + 6 * (y[t - 1] - mean) / x) / (x + 1);
        mean = ((x - 1) * mean + y[t - 1]) / x;
        a = mean - b * (x + 1) / 2;
    }
    return sum;
}

TEST(DynamicTheta, FindsTheLeastSquaresOfItsRecursion) {
    for (std::uint64_t seed = 1; seed < 6; ++seed) {
        auto const y = noisy(30, seed);
        auto const fit = fit_dynamic_theta(y, 4);
        double const found = dotm_squares(y, fit.alpha, fit.weight, fit.level);
        EXPECT_NEAR(found, fit.deviation * fit.deviation * 27, 1e-9) << "what it reports is what the printed recursion gives";
        double best = infinity;
        for (double alpha = 0.1; alpha <= 0.99; alpha += 0.04)
            for (double w = 0; w < 1; w += 0.05)
                for (double level = 0; level < 2; level += 0.05) best = std::min(best, dotm_squares(y, alpha, w, level));
        EXPECT_LE(found, best * 1.001) << seed;
    }
}

TEST(Ets, ContinuesWhatIsExact) {
    std::vector<double> line, waves;
    for (int t = 0; t < 40; ++t) line.push_back(1 + 0.05 * t), waves.push_back((1 + 0.05 * t) * (t % 4 == 0 ? 1.4 : t % 4 == 2 ? 0.6 : 1));
    auto const holt = fit_ets(line, 1, {ErrorKind::additive, Trend::additive, SeasonKind::none}).path(3);
    EXPECT_NEAR(holt[2], 1 + 0.05 * 42, 1e-6);
    auto const winters = fit_ets(waves, 4, {ErrorKind::multiplicative, Trend::additive, SeasonKind::multiplicative}).path(4);
    EXPECT_NEAR(winters[0], 3 * 1.4, 0.02);
    EXPECT_NEAR(winters[2], 3.1 * 0.6, 0.02);
}

TEST(Ets, SolvesFirstStatesAsWellAsSearchingThem) {
    // Simple smoothing: all (alpha, level) on a grid against the concentrated solution.
    auto const y = noisy(50, 4, 0);
    auto const fit = fit_ets(y, 1, {});
    double best = infinity;
    for (double alpha = 0.01; alpha < 1; alpha += 0.01)
        for (double level = 0; level < 2; level += 0.01) {
            double l = level, sum = 0;
            for (double const v : y) sum += (v - l) * (v - l), l += alpha * (v - l);
            best = std::min(best, sum);
        }
    double l = fit.first.level, sum = 0;
    for (double const v : y) sum += (v - l) * (v - l), l += fit.first.alpha * (v - l);
    EXPECT_LE(sum, best * 1.0005);
    EXPECT_NEAR(l, fit.last.level, 1e-12);
}

TEST(Ets, ChoosesTheFormThatMadeTheSeries) {
    Random random(8);
    std::vector<double> level, season;
    double l = 1;
    for (int t = 0; t < 96; ++t) {
        l += 0.05 * random.normal();
        level.push_back(l + 0.05 * random.normal()), season.push_back(1 + 0.5 * std::sin(6.2831853 * t / 12) + 0.05 * random.normal());
    }
    auto const plain = choose_ets(*prepare({.values = level, .frequency = Frequency::monthly}));
    EXPECT_EQ(plain.form.season, SeasonKind::none);
    auto const wave = choose_ets(*prepare({.values = season, .frequency = Frequency::monthly}));
    EXPECT_NE(wave.form.season, SeasonKind::none);
    auto const mixture = mix_ets(*prepare({.values = season, .frequency = Frequency::monthly}));
    double seasonal = 0;
    for (std::size_t i = 0; i < mixture.fits.size(); ++i) seasonal += mixture.fits[i].form.season != SeasonKind::none ? mixture.weights[i] : 0;
    EXPECT_GT(seasonal, 0.999);
}

TEST(Ets, NeverMultipliesAtZero) {
    // A demand with zeros: every multiplicative form is inadmissible.
    std::vector<double> y;
    for (int t = 0; t < 60; ++t) y.push_back(t % 12 == 0 ? 0 : 1 + t % 3);
    for (auto const& fit : fit_all_ets(*prepare({.values = y, .frequency = Frequency::monthly}))) {
        EXPECT_EQ(fit.form.error, ErrorKind::additive);
        EXPECT_NE(fit.form.season, SeasonKind::multiplicative);
    }
}

TEST(Ets, DeviationsGrowAsTheTheorySays) {
    // Simple smoothing: variance of step h is s^2 (1 + (h-1) alpha^2) (Hyndman et al. 2008, table 6.1).
    auto const fit = fit_ets(noisy(60, 2, 0), 1, {});
    auto const d = fit.deviations(5);
    EXPECT_NEAR(d[4], fit.deviation * std::sqrt(1 + 4 * fit.last.alpha * fit.last.alpha), 1e-12);
}

TEST(Ces, IsExactForAConstantAndFollowsATrend) {
    auto const flat = fit_ces(std::vector<double>(20, 1.0), 3);
    EXPECT_NEAR(flat.path[2], 1, 1e-6);
    std::vector<double> line;
    for (int t = 0; t < 40; ++t) line.push_back(1 + 0.1 * t);
    EXPECT_NEAR(fit_ces(line, 3).path[2], 5.2, 0.2) << "near, not on it: its trend is the echo of a rotation";
}

// statsforecast 2 (AutoCES, model N, season 1) on the same sixty numbers; each searches its two complex parameters in its own way.
TEST(Ces, ForecastsAsItsPeer) {
    std::vector<double> y;
    std::uint64_t s = 12345;
    double level = 50;
    for (int t = 0; t < 60; ++t) {
        s = (s * 1103515245 + 12345) % 2147483648;
        y.push_back(level += 0.4 + (static_cast<double>(s) / 2147483648 - 0.5) * 4);
    }
    ASSERT_NEAR(y.back(), 76.25704691186544, 1e-9);
    double const theirs[] = {76.52808358, 77.02095745, 77.46638737, 77.95518067, 78.41417089, 78.90236701};
    auto const fit = fit_ces(y, 6);
    for (std::size_t h = 0; h < 6; ++h) EXPECT_NEAR(fit.path[h], theirs[h], 0.5) << h;
    EXPECT_GT(fit.path[5] - fit.path[0], 1.5) << "it goes on rising: the last value again would not";
}

TEST(Arima, RecoversAnAutoregression) {
    Random random(3);
    std::vector<double> y(400, 1.0);
    for (std::size_t t = 1; t < y.size(); ++t) y[t] = 1 + 0.7 * (y[t - 1] - 1) + 0.2 * random.normal();
    auto const fit = fit_arima(y, 1, 2, {.p = 1, .constant = true});
    EXPECT_NEAR((fit.path[1] - 1) / (fit.path[0] - 1), 0.7, 0.12) << "forecasts return to the mean by the coefficient";
    EXPECT_NEAR(fit.deviation, 0.2, 0.02);
    std::vector<double> noise(200), walk(200);
    for (std::size_t t = 0; t < 200; ++t) noise[t] = random.normal(), walk[t] = (t > 0 ? walk[t - 1] : 0) + random.normal();
    EXPECT_EQ(choose_arima(noise, 1, 1).order.d, 0);
    EXPECT_EQ(choose_arima(walk, 1, 1).order.d, 1);
}

TEST(Arima, SumsUpWhatItDifferenced) {
    std::vector<double> y;
    for (int t = 0; t < 48; ++t) y.push_back(1 + 0.1 * t + (t % 12 == 3 ? 1.0 : 0.0));
    auto const fit = fit_arima(y, 12, 12, {.d = 0, .seasonal_d = 1, .constant = true});
    for (int h = 0; h < 12; ++h) EXPECT_NEAR(fit.path[static_cast<std::size_t>(h)], 1 + 0.1 * (48 + h) + (h == 3 ? 1 : 0), 1e-6);
    auto const twice = fit_arima(y, 1, 2, {.d = 2});
    EXPECT_NEAR(twice.path[1], y[47] + 2 * (y[47] - y[46]), 1e-9);
}

std::vector<double> two_seasons(std::size_t n, double noise) {
    Random random(21);
    std::vector<double> y;
    for (std::size_t t = 0; t < n; ++t) {
        bool const weekend = t / 24 % 7 >= 5;
        y.push_back((weekend ? 0.6 : 1.0) * (1 + 0.5 * std::sin(6.283185307 * static_cast<double>(t % 24) / 24)) * std::exp(noise * random.normal()));
    }
    return y;
}

std::vector<double> path_of(Method method, std::vector<double> const& y, std::size_t period, std::size_t horizon) {
    auto const f = *forecast({.values = y, .period = period, .domain = Domain::real}, horizon, {.levels = {}, .methods = {method}});
    return f.point;
}

TEST(Methods, SeasonalNaiveIsTheSeasonBefore) {
    auto const y = noisy(41, 6);
    auto const f = path_of(Method::seasonal_naive, y, 7, 17);
    for (std::size_t h = 0; h < 17; ++h) EXPECT_NEAR(f[h], y[41 - 7 + h % 7], 1e-12) << h;
    auto const short_of_one = path_of(Method::seasonal_naive, {3, 1, 2, 5, 4}, 7, 3);
    for (double const v : short_of_one) EXPECT_NEAR(v, 4, 1e-12) << "no season yet: the last value";
}

TEST(Methods, HoltRisesByOneSlopeAndDampedHoltByPhiOfTheLast) {
    for (std::uint64_t seed = 1; seed < 8; ++seed) {
        auto const y = noisy(60, seed, 0.05);
        auto const p = *prepare({.values = y, .period = 1, .domain = Domain::real});
        auto const straight = path_of(Method::holt, y, 1, 12), damped = path_of(Method::damped_holt, y, 1, 12);
        auto const holt = fit_ets(p.adjusted, 1, {ErrorKind::additive, Trend::additive, SeasonKind::none}).last, bent = fit_ets(p.adjusted, 1, {ErrorKind::additive, Trend::damped, SeasonKind::none}).last;
        EXPECT_NEAR(straight[0], (holt.level + holt.slope) * p.unit, 1e-9);
        EXPECT_NEAR(damped[0], (bent.level + bent.phi * bent.slope) * p.unit, 1e-9);
        EXPECT_GT(bent.phi, 0.7);
        EXPECT_LT(bent.phi, 1);
        EXPECT_GT(std::abs(straight[1] - straight[0]), 1e-4) << "a slope that is none would pass";
        for (std::size_t h = 1; h + 1 < 12; ++h) {
            EXPECT_NEAR(straight[h + 1] - straight[h], straight[h] - straight[h - 1], 1e-9);
            EXPECT_NEAR(damped[h + 1] - damped[h], bent.phi * (damped[h] - damped[h - 1]), 1e-9);
        }
    }
}

TEST(Methods, RepeatOneAndAHalfLongSeasons) {
    // 94 weeks with a peak that came once: no indices can be had, but last year can be repeated, with half of the growth since.
    Random random(31);
    std::vector<double> y;
    for (int t = 0; t < 133; ++t) y.push_back((100 + 0.2 * t) * (t % 52 >= 46 ? 2 : 1 + 0.3 * std::sin(t % 52 / 8.0)) * (1 + 0.02 * random.normal()));
    auto const f = *forecast({.values = std::span(y).first(94), .frequency = Frequency::weekly}, 39);
    ASSERT_EQ(f.members.size(), 2u);
    for (std::size_t h = 0; h < 39; ++h) EXPECT_NEAR(f.point[h] / y[94 + h], 1, 0.16) << h;
    std::vector<double> noise;
    for (int t = 0; t < 94; ++t) noise.push_back(100 + random.normal());
    EXPECT_GT(forecast({.values = noise, .frequency = Frequency::weekly}, 4)->members.size(), 2u) << "nothing to repeat";
}

TEST(Card, RepeatsWhatRepeats) {
    auto const y = two_seasons(24 * 7 * 5, 0.02), next = two_seasons(24 * 7 * 6, 0);
    auto const fit = fit_card(std::span(y).first(24 * 7 * 4), 24, 168, 168);
    ASSERT_EQ(fit.path.size(), 168u);
    EXPECT_TRUE(fit.logarithms);
    for (std::size_t h = 0; h < 168; ++h) EXPECT_NEAR(fit.path[h] / next[24 * 7 * 4 + h], 1, 0.08) << h << " the weekend is told from the days before it by last week";
    EXPECT_TRUE(fit_card(std::span(y).first(200), 24, 168, 4).path.empty()) << "too short";
}

TEST(Multiseason, TakesSeasonsApart) {
    auto const y = two_seasons(24 * 7 * 5, 0.02), next = two_seasons(24 * 7 * 6, 0);
    std::size_t const periods[] = {24, 168};
    auto const fit = fit_multiseason(y, periods, 168);
    double error = 0;
    for (std::size_t h = 0; h < 168; ++h) error += std::abs(fit.path[h] / next[24 * 7 * 5 + h] - 1) / 168;
    EXPECT_LT(error, 0.03);
    EXPECT_TRUE(fit_multiseason(std::span(y).first(300), periods, 4).path.empty()) << "the longer season does not fit twice";
}

TEST(Optimise, FindsKnownMinima) {
    std::array<double, 2> x = {-1.2, 1};
    std::array<Box, 2> const boxes = {Box{-5, 5, 0.5}, Box{-5, 5, 0.5}};
    nelder_mead<2>(x, boxes, 600, 1e-14, [](std::span<const double> q) { return 100 * std::pow(q[1] - q[0] * q[0], 2) + std::pow(1 - q[0], 2); });
    EXPECT_NEAR(x[0], 1, 1e-3);
    EXPECT_NEAR(golden_section(0, 5, 1e-6, [](double v) { return (v - 2) * (v - 2); }), 2, 1e-5);
    std::array<double, 2> p = {0.5, 0.5};
    std::vector<double> work;
    levenberg_marquardt(p, 20, 50, work, [](std::span<const double> q, std::span<double> r) { for (std::size_t t = 0; t < 20; ++t) r[t] = q[0] * std::exp(-q[1] * static_cast<double>(t)) - 2 * std::exp(-0.3 * static_cast<double>(t)); });
    EXPECT_NEAR(p[0], 2, 1e-4);
    EXPECT_NEAR(p[1], 0.3, 1e-4);
}

TEST(Intervals, NormalQuantilesAreThoseOfTheTables) {
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-12);
    EXPECT_NEAR(normal_quantile(0.5), 0, 1e-12);
    EXPECT_NEAR(normal_quantile(0.001), -3.090232306167813, 1e-11);
    std::vector<double> const three = {1, 2, 4};
    EXPECT_DOUBLE_EQ(sample_quantile(three, 0.5), 2);
    EXPECT_DOUBLE_EQ(sample_quantile(three, 0.01), 1);
    EXPECT_DOUBLE_EQ(sample_quantile(three, 0.625), 3);
}

TEST(Prepare, FindsSeasonOnlyWhereItIs) {
    Random random(6);
    std::vector<double> wave, noise;
    for (int t = 0; t < 60; ++t) wave.push_back(10 + 3 * (t % 12 < 6 ? 1 : -1) + 0.2 * random.normal()), noise.push_back(10 + random.normal());
    auto const p = *prepare({.values = wave, .frequency = Frequency::monthly});
    ASSERT_TRUE(p.season.present && p.season.multiplicative);
    double mean = 0;
    for (double const v : p.season.index) mean += v / 12;
    EXPECT_NEAR(mean, 1, 1e-12);
    EXPECT_NEAR(p.season.index[0], 1.3, 0.02);
    EXPECT_FALSE(prepare({.values = noise, .frequency = Frequency::monthly})->season.present);
    EXPECT_FALSE(prepare({.values = std::span(wave).first(23), .frequency = Frequency::monthly})->season.present) << "less than two years hold no indices";
    EXPECT_EQ(p.pattern, Pattern::smooth);
}

TEST(Prepare, ClassifiesDemand) {
    auto const pattern = [](std::vector<double> y) { return prepare({.values = y})->pattern; };
    EXPECT_EQ(pattern({5, 6, 5, 7, 6, 5}), Pattern::smooth);
    EXPECT_EQ(pattern({1, 1, 1, 20, 1, 1}), Pattern::erratic);
    EXPECT_EQ(pattern({5, 0, 0, 5, 0, 6}), Pattern::intermittent);
    EXPECT_EQ(pattern({1, 0, 0, 30, 0, 1}), Pattern::lumpy);
}

// A year of weeks: a random walk with growth, and two waves of the year.
std::vector<double> weeks(std::size_t n, double size, double noise, std::uint64_t seed) {
    Random random(seed);
    std::vector<double> y;
    double level = 0;
    for (std::size_t t = 0; t < n; ++t) {
        double const x = 2 * 3.141592653589793 * static_cast<double>(t) / (365.25 / 7);
        level += 0.001 + noise * random.normal();
        y.push_back(100 * std::exp(level + size * (std::sin(x) + 0.5 * std::cos(3 * x))));
    }
    return y;
}

TEST(Waves, FindASeasonAndLeaveOutOneThatIsNotThere) {
    auto const y = weeks(300, 0.2, 0.02, 3), flat = weeks(300, 0, 0.02, 3);
    auto const season = fit_waves(y, 365.25 / 7, 52), none = fit_waves(flat, 365.25 / 7, 52);
    ASSERT_TRUE(season.logs);
    double error = 0, size = 0, phantom = 0;
    for (std::size_t t = 300; t < 352; ++t) {
        double const x = 2 * 3.141592653589793 * static_cast<double>(t) / (365.25 / 7), truth = 0.2 * (std::sin(x) + 0.5 * std::cos(3 * x)) - 0.2 * 0.5;  // 0 at the first
        error += std::abs(season.level[t] - truth) / 52, size += std::abs(truth) / 52, phantom += std::abs(none.level[t]) / 52;
    }
    EXPECT_LT(error, 0.25 * size);
    EXPECT_LT(phantom, 0.03);
    EXPECT_NEAR(season.restore(season.remove(y[17], 17), 17), y[17], 1e-9);
    // Values of which some are not above zero are taken as they are.
    auto mixed = y;
    for (auto& v : mixed) v -= 120;
    auto const additive = fit_waves(mixed, 365.25 / 7, 4);
    EXPECT_FALSE(additive.logs);
    EXPECT_NEAR(additive.restore(additive.remove(mixed[9], 9), 9), mixed[9], 1e-9);
}

TEST(Waves, MakeWeeksBetter) {
    double with = 0, without = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        auto const y = weeks(400, 0.2, 0.02, seed);
        auto const p = prepare({.values = std::span(y).first(387), .frequency = Frequency::weekly});
        auto const plain = prepare({.values = std::span(y).first(387), .period = 1});
        ASSERT_TRUE(p && plain);
        auto const a = run(Method::wave_ets, *p, 13), b = run(Method::ets, *plain, 13);
        for (std::size_t h = 0; h < 13; ++h) with += std::abs(a.values[h] * p->unit / y[387 + h] - 1), without += std::abs(b.values[h] * plain->unit / y[387 + h] - 1);
    }
    EXPECT_LT(with, 0.8 * without);
}

}  // namespace
}  // namespace kindling::series

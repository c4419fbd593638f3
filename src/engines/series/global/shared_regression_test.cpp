// Effects that differ from series to series found again, short series that lean on the others, nothing known after the end, prices that only fall.
#include "engines/series/global/shared_regression.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/random.h"

namespace kindling::series {
namespace {

constexpr std::size_t steps = 500, horizon = 28, shops = 24;

// Logarithms: level + promotion (0.2 to 0.66, its own) + Thursdays that are closed now and then, of which the day before gets 0.3 + price^elasticity, with noise.
struct Panels {
    std::vector<std::vector<float>> values, promotion, price, open, truth;
    Panel panel;
    explicit Panels(double elasticity, double noise = 0.05) {
        Random random(11);
        panel = {.frequency = Frequency::daily, .first_day = day_from_civil(2023, 1, 2), .steps = steps, .horizon = horizon};
        panel.regressors = {{"promotion", RegressorKind::promotion}, {"price", RegressorKind::price}, {"open", RegressorKind::open}};
        for (std::size_t i = 0; i < shops; ++i) {
            auto& y = values.emplace_back(steps, NAN);
            auto& p = promotion.emplace_back(steps + horizon);
            auto& c = price.emplace_back(steps + horizon);
            auto& o = open.emplace_back(steps + horizon, 1.0F);
            auto& mu = truth.emplace_back(steps + horizon);
            for (std::size_t t = 0; t < steps + horizon; ++t)
                if (t % 35 == 3) o[t] = 0;  // a Thursday in five
            for (std::size_t t = 0; t < steps + horizon; ++t) {
                p[t] = (t / 5 + i) % 4 == 0, c[t] = static_cast<float>(8 + (t / 11 + i) % 5);
                bool const before = t + 1 < o.size() && o[t + 1] == 0;
                mu[t] = static_cast<float>(4 + 0.1 * static_cast<double>(i % 5) + own(i) * p[t] + (before ? 0.3 : 0) + elasticity * std::log(c[t] / 10));
                if (t < steps && o[t] > 0) y[t] = static_cast<float>(std::exp(mu[t] + noise * random.normal()));
            }
        }
        for (std::size_t i = 0; i < shops; ++i) panel.series.push_back({.values = values[i], .regressors = {promotion[i], price[i], open[i]}});
    }
    Panels(const Panels&) = delete;
    static double own(std::size_t i) { return 0.2 + 0.02 * static_cast<double>(i); }
};

double error_of(const Panels& p, const FeatureMaker& maker, const SharedRegression& regression, std::size_t i) {
    FeatureMaker::History const history(maker, p.panel.series[i]);
    SharedRegression::Reader const reader(regression, history, i);
    double sum = 0, days = 0;
    for (std::size_t t = steps; t < steps + horizon; ++t)
        if (p.open[i][t] > 0) sum += std::abs(reader.start(steps - 1, t, NAN) - static_cast<double>(p.truth[i][t])), days += 1;
    return sum / days;
}

TEST(SharedRegression, FindsTheEffectsOfEachSeriesAgain) {
    Panels const p(-1.5);
    GlobalOptions const options;
    FeatureMaker const maker(p.panel, options, Objective::log_squared);
    SharedRegression const regression(p.panel, maker, steps, 2);
    for (std::size_t i = 0; i < shops; ++i) EXPECT_LT(error_of(p, maker, regression, i), 0.04) << "series " << i;
}

TEST(SharedRegression, LetsShortSeriesLeanOnAll) {
    Panels p(-1.5);
    std::fill(p.values[12].begin(), p.values[12].end() - 10, NAN);
    GlobalOptions const options;
    FeatureMaker const maker(p.panel, options, Objective::log_squared);
    SharedRegression const regression(p.panel, maker, steps, 1);
    EXPECT_LT(error_of(p, maker, regression, 12), 0.1) << "promotions, prices and closures move it by 0.2 on average, and ten days say little of them";
    std::ranges::fill(p.values[3], NAN);
    SharedRegression const without(p.panel, maker, steps, 1);
    FeatureMaker::History const nothing(maker, p.panel.series[3]);
    SharedRegression::Reader const reader(without, nothing, 3);
    EXPECT_FALSE(reader.knows(steps - 1));
    EXPECT_EQ(reader.start(steps - 1, steps, 4), 4);
}

TEST(SharedRegression, KnowsNothingAfterTheEndOrTheOrigin) {
    Panels const a(-1);
    Panels b(-1);
    std::size_t const end = 300;
    for (auto& y : b.values)
        for (std::size_t t = end; t < steps; ++t) y[t] = 7 * y[t] + 1;
    GlobalOptions const options;
    FeatureMaker const maker(a.panel, options, Objective::log_squared);  // one maker: the same offset
    SharedRegression const first(a.panel, maker, end, 1), second(b.panel, maker, end, 2);
    for (std::size_t i = 0; i < shops; ++i) {
        FeatureMaker::History const ours(maker, a.panel.series[i]), theirs(maker, b.panel.series[i]);
        SharedRegression::Reader const x(first, ours, i), y(second, theirs, i);
        for (std::size_t h = 0; h < horizon; ++h) EXPECT_EQ(x.start(end - 1, end + h, NAN), y.start(end - 1, end + h, NAN)) << "also the same with two threads";
    }
}

TEST(SharedRegression, PartsSumToTheMarginAndPricesOnlyFall) {
    Panels const p(+0.8);  // dearer goods sold more: not believed
    GlobalOptions const options{.holidays = {Holiday::easter, Holiday::christmas}};
    FeatureMaker const maker(p.panel, options, Objective::log_squared);
    SharedRegression const regression(p.panel, maker, steps, 1);
    for (std::size_t const i : {0, 7, 23}) {
        FeatureMaker::History const history(maker, p.panel.series[i]);
        SharedRegression::Reader const reader(regression, history, i);
        for (std::size_t t = steps; t < steps + horizon; ++t) {
            auto const parts = reader.parts(steps - 1, t);
            EXPECT_NEAR(std::accumulate(parts.begin(), parts.end(), 0.0), reader.start(steps - 1, t, NAN), 1e-4);
            EXPECT_LE(parts[static_cast<std::size_t>(Driver::price)], 0);
        }
    }
}

}  // namespace
}  // namespace kindling::series

// Panels whose truth is known: promotion and price effects found again, levels ahead, coverage, what happens to bad input, stopping.
#include "engines/series/global/global.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <thread>

#include "core/parallel.h"
#include "core/random.h"
#include "engines/series/global/booster.h"
#include "engines/series/global/features.h"

namespace kindling::series {
namespace {

constexpr std::size_t steps = 960, horizon = 14, goods = 30;

// Demand = level of the good x weekday x promotion (1.8) x price ^ -2 x spring festival (0.5), with noise of `noise` in logarithms, or counts drawn around it.
struct Shop {
    std::vector<std::vector<float>> values, promotion, price, truth;
    std::vector<float> attribute;
    Panel panel;
    explicit Shop(double noise, bool counts = false, double scale = 100) {
        Random random(7);
        static constexpr double weekday[] = {0.8, 0.9, 0.9, 1, 1.2, 1.5, 0.7};
        panel = {.frequency = Frequency::daily, .first_day = day_from_civil(2022, 6, 6), .steps = steps, .horizon = horizon};
        panel.regressors = {{"promotion", RegressorKind::promotion}, {"price", RegressorKind::price}};
        panel.attributes = {"category"};
        auto const festival = days_from(Holiday::spring_festival, panel.first_day, steps + horizon);
        for (std::size_t i = 0; i < goods; ++i) {
            double const level = scale * std::exp(0.5 * random.normal());
            auto& y = values.emplace_back(steps);
            auto& p = promotion.emplace_back(steps + horizon);
            auto& c = price.emplace_back(steps + horizon);
            auto& mu = truth.emplace_back(steps + horizon);
            attribute.push_back(static_cast<float>(i % 3));
            double now = 1;
            for (std::size_t t = 0; t < steps + horizon; ++t) {
                if (t % 28 == 0) now = 0.8 + 0.1 * static_cast<double>(random.below(5));
                p[t] = t % 20 < 4 + i % 3 ? 1 : 0, c[t] = static_cast<float>(10 * now);
                double const closed = std::abs(festival[t]) <= 3 ? 0.5 : 1;
                mu[t] = static_cast<float>(level * weekday[t % 7] * (p[t] > 0 ? 1.8 : 1) / now / now * closed);
                double const drawn = mu[t] * std::exp(noise * random.normal());
                if (t < steps) y[t] = static_cast<float>(counts ? static_cast<double>(random.poisson(mu[t])) : drawn);
            }
        }
        for (std::size_t i = 0; i < goods; ++i) panel.series.push_back({.values = values[i], .regressors = {promotion[i], price[i]}, .attributes = std::span(attribute).subspan(i, 1)});
    }
    Shop(const Shop&) = delete;
};

GlobalOptions quick() { return {.holidays = {Holiday::spring_festival}, .max_rounds = 60, .depth = 5, .patience = 30, .rate = 0.15, .feature_share = 0.8, .least_weight = 5, .threads = 1}; }

TEST(GlobalModel, FindsPromotionPriceWeekdayAndFestivalAgain) {
    Shop const shop(0.1);
    auto const model = GlobalModel::fit(shop.panel, quick());
    ASSERT_TRUE(model) << model.error().message;
    EXPECT_EQ(model->learning().objective, Objective::log_squared);
    auto const f = model->forecast();
    ASSERT_TRUE(f);
    double error = 0, naive = 0, inside = 0;
    for (std::size_t i = 0; i < goods; ++i)
        for (std::size_t h = 0; h < horizon; ++h) {
            double const mu = shop.truth[i][steps + h];
            error += std::abs((*f)[i].point[h] - mu) / mu, naive += std::abs(shop.values[i][steps + h - 14] - mu) / mu;
            inside += mu >= (*f)[i].quantiles.front()[h] && mu <= (*f)[i].quantiles.back()[h];
            for (std::size_t l = 1; l < 7; ++l) EXPECT_LE((*f)[i].quantiles[l - 1][h], (*f)[i].quantiles[l][h]);
        }
    EXPECT_LT(error / goods / horizon, 0.12);
    EXPECT_LT(error, 0.4 * naive);
    EXPECT_GT(inside / goods / horizon, 0.9);
    EXPECT_NEAR(model->learning().coverage, 0.95, 0.03);
}

TEST(GlobalModel, ExplainsEachStepExactlyAndAnswersWhatIf) {
    Shop shop(0.1);
    auto options = quick();
    options.models = 2, options.least_rounds = 55;
    auto const model = GlobalModel::fit(shop.panel, options);
    ASSERT_TRUE(model) << model.error().message;
    EXPECT_GE(model->learning().rounds, 55);
    auto const why = model->explain(0);
    ASSERT_TRUE(why);
    auto const f = *model->forecast();
    double on = 0, off = 0, days_on = 0, days_off = 0;
    for (std::size_t h = 0; h < horizon; ++h) {
        double sum = 0;
        for (float const v : why->steps[h]) sum += v;
        EXPECT_NEAR(std::exp(sum), f[0].point[h], 1e-4 * f[0].point[h]) << "the sum of the drivers is the forecast";
        auto const promotion = why->steps[h][static_cast<std::size_t>(Driver::promotion)];
        (shop.promotion[0][steps + h] > 0 ? on : off) += promotion, (shop.promotion[0][steps + h] > 0 ? days_on : days_off) += 1;
    }
    ASSERT_GT(days_on * days_off, 0);
    EXPECT_NEAR(std::exp(on / days_on - off / days_off), 1.8, 0.25) << "what a promotion is worth";

    auto const before = *model->what_if(0, shop.panel.series[0]);
    auto dearer = shop.price[0];
    for (std::size_t t = steps; t < steps + horizon; ++t) dearer[t] *= 1.2F;
    auto const after = *model->what_if(0, {.regressors = {shop.promotion[0], dearer}, .attributes = shop.panel.series[0].attributes});
    double ratio = 0;
    for (std::size_t h = 0; h < horizon; ++h) {
        EXPECT_LE(after.point[h], before.point[h] * 1.0001) << "a higher price never forecasts more";
        ratio += after.point[h] / before.point[h] / horizon;
    }
    EXPECT_LT(ratio, 0.9) << "elasticity -2 makes it 0.69; prices moved by a tenth at a time";
    EXPECT_EQ(model->what_if(goods, shop.panel.series[0]).error().reason, "no_such_series");
    EXPECT_EQ(model->explain(goods).error().reason, "no_such_series");
}

TEST(GlobalModel, ForecastsCountsThatAreOftenZero) {
    Shop const shop(0, true, 0.7);
    for (auto const objective : {Objective::automatic, Objective::poisson}) {
        auto options = quick();
        options.objective = objective;
        auto const model = GlobalModel::fit(shop.panel, options);
        ASSERT_TRUE(model) << model.error().message;
        EXPECT_EQ(model->learning().objective, objective == Objective::automatic ? Objective::tweedie : Objective::poisson);
        auto const f = *model->forecast();
        double error = 0, sum = 0, said = 0;
        for (std::size_t i = 0; i < goods; ++i)
            for (std::size_t h = 0; h < horizon; ++h) error += std::abs(f[i].point[h] - shop.truth[i][steps + h]), sum += shop.truth[i][steps + h], said += f[i].point[h];
        EXPECT_LT(error / sum, 0.3);
        EXPECT_NEAR(said / sum, 1, 0.2);
        EXPECT_NEAR(model->learning().coverage, 0.97, 0.03) << "counts cannot be cut at 95 % exactly";
    }
}

TEST(GlobalModel, IsTheSameTwice) {
    Shop const shop(0.2);
    auto const a = *GlobalModel::fit(shop.panel, quick())->forecast(), b = *GlobalModel::fit(shop.panel, quick())->forecast();
    for (std::size_t i = 0; i < goods; ++i) EXPECT_TRUE(a[i].point == b[i].point && a[i].quantiles == b[i].quantiles);
}

TEST(GlobalModel, StaysSaneWhateverTheNumbers) {
    Shop shop(0.2);
    std::ranges::fill(shop.values[0], 0.0F);                       // never sold
    std::ranges::fill(shop.values[1], NAN);                        // not yet there
    shop.values[2][300] = 1e9F;                                    // an outlier
    for (std::size_t t = 0; t < steps; t += 3) shop.values[3][t] = NAN;
    for (auto& v : shop.values[4]) v = -5;                         // returns only
    std::fill(shop.values[5].begin(), shop.values[5].end() - 1, NAN);  // one point
    std::ranges::fill(shop.values[6], 42.0F);                      // constant
    std::ranges::fill(shop.price[7], NAN);
    shop.promotion[8][10] = NAN, shop.attribute[9] = NAN;
    auto options = quick();
    for (int const models : {1, 2}) {  // the second starts from the linear model
        options.models = models;
        auto const model = GlobalModel::fit(shop.panel, options);
        ASSERT_TRUE(model) << model.error().message;
        auto const f = *model->forecast();
        for (std::size_t i = 0; i < goods; ++i)
            for (std::size_t h = 0; h < horizon; ++h) {
                ASSERT_TRUE(std::isfinite(f[i].point[h]) && f[i].point[h] >= 0) << i;
                for (auto const& q : f[i].quantiles) ASSERT_TRUE(std::isfinite(q[h]) && q[h] >= 0) << i;
            }
        EXPECT_TRUE(f[0].flags.has(Flag::no_demand));
        EXPECT_EQ(f[0].point[0], 0);
        EXPECT_TRUE(f[1].flags.has(Flag::short_history));
        EXPECT_GT(f[1].point[0], 0);
        EXPECT_TRUE(f[2].flags.has(Flag::spikes_replaced));
        EXPECT_LT(f[2].point[0], 10 * shop.truth[2][steps]);
        EXPECT_TRUE(f[4].flags.has(Flag::no_demand));
        EXPECT_NEAR(f[6].point[5], 42, 21);
    }
}

TEST(GlobalModel, NamesWhatIsWrong) {
    Shop shop(0.2);
    auto const reason = [&](auto&& change, GlobalOptions options = quick()) {
        Panel panel = shop.panel;
        change(panel, options);
        auto const model = GlobalModel::fit(std::move(panel), options);
        return model ? "none" : model.error().reason;
    };
    EXPECT_EQ(reason([](Panel& p, auto&) { p.horizon = 0; }), "horizon_out_of_range");
    EXPECT_EQ(reason([](Panel& p, auto&) { p.horizon = 10001; }), "horizon_out_of_range");
    EXPECT_EQ(reason([](Panel& p, auto&) { p.horizon = 10000; }), "panel_shape") << "regressors end too early";
    EXPECT_EQ(reason([](Panel& p, auto&) { p.frequency = Frequency::hourly; }), "panel_frequency");
    EXPECT_EQ(reason([](Panel& p, auto&) { p.steps += 1; }), "panel_shape");
    EXPECT_EQ(reason([](Panel& p, auto&) { p.series[3].regressors.pop_back(); }), "panel_shape");
    EXPECT_EQ(reason([](Panel& p, auto&) { p.series[3].attributes = {}; }), "panel_shape");
    EXPECT_EQ(reason([](Panel& p, auto&) { p.series.clear(); }), "too_few_rows");
    EXPECT_EQ(reason([](Panel&, GlobalOptions& o) { o.levels = {0.5, 0.5}; }), "quantile_out_of_range");
    EXPECT_EQ(reason([](Panel&, GlobalOptions& o) { o.depth = 0; }), "option_out_of_range");
    EXPECT_EQ(reason([](Panel&, GlobalOptions& o) { o.models = 0; }), "option_out_of_range");
    EXPECT_EQ(reason([](Panel&, GlobalOptions& o) { o.least_rounds = o.max_rounds + 1; }), "option_out_of_range");
    EXPECT_EQ(reason([](Panel&, GlobalOptions& o) { o.tweedie_power = 2; }), "option_out_of_range");
    EXPECT_EQ(reason([](Panel&, GlobalOptions& o) { o.aim = Aim::percentage, o.objective = Objective::poisson; }), "option_out_of_range");
    shop.values[5][17] = INFINITY;
    auto const infinite = GlobalModel::fit(shop.panel, quick());
    ASSERT_FALSE(infinite);
    EXPECT_EQ(infinite.error().reason, "series_value");
    EXPECT_THAT(infinite.error().message, testing::HasSubstr("Series 5, step 17"));
    shop.values[5][17] = 1, shop.price[2][961] = 0;
    auto const free = GlobalModel::fit(shop.panel, quick());
    ASSERT_FALSE(free);
    EXPECT_EQ(free.error().reason, "price_not_positive");
    EXPECT_EQ(free.error().fields[0].path, "/series/2/regressors/1/961");
}

TEST(GlobalModel, StopsWhenAsked) {
    Shop const shop(0.2);
    std::stop_source source;
    int told = 0;
    Progress const progress{.stop = source.get_token(), .report = [&](std::int64_t done, std::int64_t, std::string_view) { told = static_cast<int>(done); if (done == 3) source.request_stop(); }};
    auto const model = GlobalModel::fit(shop.panel, quick(), progress);
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().reason, "stopped");
    EXPECT_EQ(told, 3);
}

TEST(Features, NeverLookAheadOfTheOrigin) {
    // Everything after the origin is changed; what is known ahead (regressors up to the horizon) is not.
    Shop shop(0.3);
    auto const options = quick();
    auto const other = std::make_unique<Shop>(0.3);
    std::size_t const origin = 250;
    for (std::size_t i = 0; i < goods; ++i) {
        for (std::size_t t = origin + 1; t < steps; ++t) other->values[i][t] = 7 * shop.values[i][t] + 3;
        for (std::size_t t = origin + horizon + 1; t < steps + horizon; ++t) other->promotion[i][t] = 1, other->price[i][t] = 99;
    }
    // One maker, so that the panel's mean (its offset) is the same for both.
    FeatureMaker const maker(shop.panel, options, Objective::log_squared);
    for (std::size_t i = 0; i < 5; ++i) {
        FeatureMaker::History const a(maker, shop.panel.series[i]), b(maker, other->panel.series[i]);
        for (std::size_t h = 1; h <= horizon; ++h) {
            std::vector<float> x(maker.width()), y(maker.width());
            float m = 0, n = 0, s = 0, r = 0;
            a.row(origin, origin + h, x, m, s), b.row(origin, origin + h, y, n, r);
            EXPECT_EQ(m, n);
            EXPECT_EQ(s, r);
            for (std::size_t f = 0; f < x.size(); ++f) EXPECT_TRUE(x[f] == y[f] || (std::isnan(x[f]) && std::isnan(y[f]))) << "feature " << f << ", " << h << " ahead: " << x[f] << " and " << y[f];
        }
    }
}

TEST(GlobalModel, LeavesClosedStepsAlone) {
    Shop shop(0.1);
    std::vector<float> open(steps + horizon, 1);
    for (std::size_t t = 6; t < open.size(); t += 7) open[t] = 0;
    shop.panel.regressors.push_back({"open", RegressorKind::open});
    for (std::size_t i = 0; i < goods; ++i) {
        for (std::size_t t = 6; t < steps; t += 7) shop.values[i][t] = 0;
        shop.panel.series[i].regressors.push_back(open);
    }
    auto const model = GlobalModel::fit(shop.panel, [] { auto o = quick(); o.objective = Objective::log_squared, o.models = 2; return o; }());
    ASSERT_TRUE(model) << model.error().message;
    auto const f = *model->forecast();
    for (std::size_t h = 0; h < horizon; ++h) {
        if (open[steps + h] == 0) EXPECT_EQ(f[0].point[h], 0);
        else EXPECT_NEAR(f[0].point[h], shop.truth[0][steps + h], 0.3 * shop.truth[0][steps + h]) << "the festival halves demand; some of its days were seen once, the other time closed";
    }
}

// A server without XGBoost goes on; whoever asks is told what is missing.
TEST(Boosting, TellsErrorsOfModelsThatGrowSideBySide) {
    Random random(11);
    std::vector<float> rows(400), margins(200), labels(200);
    for (auto& x : rows) x = static_cast<float>(random.uniform());
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<float>(random.poisson(1 + 4 * rows[2 * i]));
    std::vector<std::vector<double>> told(4);
    parallel_for(told.size(), [&](std::size_t i) {
        auto const matrix = Matrix::make(rows, 2, margins, labels, 1);
        ASSERT_TRUE(matrix) << matrix.error().message;
        static constexpr auto names = std::array{"1.1", "1.5"};
        auto const variance = names[i % 2];
        std::pair<std::string, std::string> const parameters[] = {{"objective", "reg:tweedie"}, {"tweedie_variance_power", variance}, {"eval_metric", std::string("tweedie-nloglik@") + variance}, {"nthread", "1"}, {"verbosity", "0"}};
        auto booster = Booster::make(std::span(&*matrix, 1), parameters);
        ASSERT_TRUE(booster) << booster.error().message;
        for (int round = 0; round < 200; ++round) {
            ASSERT_TRUE(booster->grow(round, *matrix));
            auto const error = booster->evaluate(round, *matrix);
            ASSERT_TRUE(error) << error.error().message;
            told[i].push_back(*error);
        }
    }, 4);
    EXPECT_EQ(told[0], told[2]);
    EXPECT_EQ(told[1], told[3]);
    EXPECT_LT(told[0].back(), told[0].front());
}

TEST(Boosting, SaysWhichLibraryIsMissing) {
    auto const absent = opens_as_boosting("libnothing-of-the-kind.so.0"), other = opens_as_boosting("libm.so.6");
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().code, Errc::failed_precondition);
    EXPECT_EQ(absent.error().reason, "boosting_absent");
    EXPECT_THAT(absent.error().message, testing::HasSubstr("libnothing-of-the-kind.so.0"));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().reason, "boosting_absent");
    EXPECT_TRUE(boosting_present());
}

}  // namespace
}  // namespace kindling::series

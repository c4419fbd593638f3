#include "engines/series/samples.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random.h"

namespace kindling::series {
namespace {

Structure total_of(std::size_t bottom) {
    std::vector<std::vector<std::string>> labels(bottom, {"x"});
    std::vector<std::vector<std::size_t>> const levels = {{}};
    std::vector<std::string> const names = {"total"};
    return *make_structure(labels, levels, names);
}

// Bottom errors that are `shared` among the series to this share of their variance; the total's errors are their sum.
Table errors_of(const Structure& s, std::size_t steps, double shared, std::uint64_t seed) {
    Random random(seed);
    Table bottom(s.bottom, steps);
    for (std::size_t t = 0; t < steps; ++t) {
        double const common = random.normal();
        for (std::size_t b = 0; b < s.bottom; ++b) bottom.at(b, t) = std::sqrt(shared) * common + std::sqrt(1 - shared) * random.normal();
    }
    return sum_up(s, bottom);
}

// A hundred of each good at every step, and their sum.
Table hundreds(const Structure& s, std::size_t steps) {
    Table bottom(s.bottom, steps);
    for (double& v : bottom.values) v = 100;
    return sum_up(s, bottom);
}

TEST(Samples, AddUpAndCoverTheSum) {
    auto const s = total_of(16);
    auto const base = hundreds(s, 3);
    for (double const shared : {0.0, 1.0}) {
        auto const samples = sample_reconciled(s, base, errors_of(s, 400, shared, 7), {.method = Reconcile::shrink, .share = 1}, 2000, 3);
        ASSERT_TRUE(samples);
        for (auto const& sample : *samples)
            for (std::size_t h = 0; h < 3; ++h) {
                double sum = 0;
                for (std::size_t b = 0; b < 16; ++b) sum += sample.at(1 + b, h);
                ASSERT_NEAR(sample.at(0, h), sum, 1e-9);
            }
        // 16 independent errors of 1 make a sum of 4; one shared error makes 16. Half of the 80 % band is 1.2816 deviations.
        double const expected = 1.2816 * (shared > 0 ? 16 : 4), high = quantile_of(*samples, 0.9).at(0, 1), low = quantile_of(*samples, 0.1).at(0, 1);
        EXPECT_NEAR((high - low) / 2, expected, 0.12 * expected);
        EXPECT_NEAR((quantile_of(*samples, 0.9).at(5, 2) - quantile_of(*samples, 0.1).at(5, 2)) / 2, 1.2816, 0.15);
    }
}

TEST(Samples, KeepWhatErrorsHaveInCommonFromStepToStep) {
    auto const s = total_of(1);
    Table base(2, 2), errors(2, 400);
    base.values = {100, 100, 100, 100};
    for (std::size_t t = 0; t < 400; ++t) errors.at(0, t) = errors.at(1, t) = t % 2 == 0 ? 1 : -1;
    auto const samples = sample_reconciled(s, base, errors, {}, 50, 1, std::vector<double>{1, 2});
    ASSERT_TRUE(samples);
    for (auto const& sample : *samples) EXPECT_DOUBLE_EQ(sample.at(0, 1) - 100, -2 * (sample.at(0, 0) - 100));
}

TEST(Samples, AreAFunctionOfTheSeedAndNeverNegative) {
    auto const s = total_of(4);
    Table base(s.nodes(), 1);
    base.values = {4, 1, 1, 1, 1};
    auto const errors = errors_of(s, 50, 0.2, 9);
    auto const a = sample_reconciled(s, base, errors, {.method = Reconcile::variance, .share = 1}, 100, 5), b = sample_reconciled(s, base, errors, {.method = Reconcile::variance, .share = 1}, 100, 5);
    for (std::size_t i = 0; i < 100; ++i) {
        EXPECT_EQ((*a)[i].values, (*b)[i].values);
        for (double const v : (*a)[i].values) EXPECT_GE(v, 0);
    }
}

// Misses of whole forecasts: 16 goods that miss together, or each by itself; the total's band is as wide as its own misses say, and wider where few origins speak.
TEST(Samples, OfMissesAddUpAndCoverTheSum) {
    auto const s = total_of(16);
    auto const point = hundreds(s, 4);
    for (double const shared : {0.0, 1.0}) {
        std::vector<Table> misses;
        for (std::size_t o = 0; o < 200; ++o) misses.push_back(errors_of(s, 4, shared, 100 + o));
        auto const many = sample_misses(s, point, misses, 200, 3000, 3), few = sample_misses(s, point, misses, 3, 3000, 3);
        ASSERT_TRUE(many && few);
        for (std::size_t h = 0; h < 4; ++h) {
            double sum = 0;
            for (std::size_t b = 0; b < 16; ++b) sum += (*many)[7].at(1 + b, h);
            ASSERT_NEAR((*many)[7].at(0, h), sum, 1e-9);
        }
        auto const reach = [&](std::vector<Table> const& samples, std::size_t node) { return (quantile_of(samples, 0.9).at(node, 1) - quantile_of(samples, 0.1).at(node, 1)) / 2; };
        double const expected = 1.2816 * (shared > 0 ? 16 : 4);
        EXPECT_NEAR(reach(*many, 0), expected, 0.12 * expected);
        EXPECT_NEAR(reach(*many, 5), 1.2816, 0.2);
        EXPECT_NEAR(reach(*few, 0) / reach(*many, 0), 1.638 / 1.2816, 0.1) << "Student's t of three";
    }
    EXPECT_EQ(sample_misses(s, point, {}, 3, 10, 1).error().reason, "hierarchy_shape");
    EXPECT_EQ(sample_misses(s, point, std::vector<Table>(1, Table(s.nodes(), 3)), 3, 10, 1).error().reason, "hierarchy_shape");
}

TEST(Samples, SayWhatIsWrong) {
    auto const s = total_of(2);
    Table const base(3, 2), few(3, 1), enough(3, 5);
    EXPECT_EQ(sample_reconciled(s, base, few, {}, 10, 1).error().reason, "hierarchy_shape");
    EXPECT_EQ(sample_reconciled(s, base, enough, {}, 10, 1, std::vector<double>{1}).error().reason, "hierarchy_shape");
    Table const one(3, 1);
    EXPECT_EQ(quantile_of(std::vector<Table>(1, one), 0.9).values, one.values);
}

// Bands of ten that what came left by five: half as far again holds it; nothing known leaves them as they are, and no end passes zero.
TEST(Samples, BandsReachFurtherAfterMisses) {
    auto const s = total_of(2);
    Table low(3, 4), high(3, 4), came(3, 2);
    for (std::size_t k = 0; k < 12; ++k) low.values[k] = 2, high.values[k] = 22;
    came.values = {27, 27, 12, 12, 12, 12};  // the total is missed, its parts are met
    PastBand const past[] = {{low, high, came}};
    auto const factors = reach_needed(s, past, 0.8);
    EXPECT_DOUBLE_EQ(factors[0], 1.5);
    EXPECT_DOUBLE_EQ(factors[1], 1);
    reach_further(s, low, high, factors);
    EXPECT_DOUBLE_EQ(high.at(0, 3), 27);
    EXPECT_DOUBLE_EQ(low.at(0, 3), 0);
    EXPECT_DOUBLE_EQ(low.at(1, 0), 2);
    EXPECT_EQ(reach_needed(s, {}, 0.8), (std::vector<double>{1, 1}));
    Table miss(3, 1), then(3, 1), now(3, 1);
    miss.values = {4, -2, 6}, then.values = {2, 2, 2}, now.values = {1, 2, 3};
    EXPECT_EQ(as_wide_as_now(miss, then, now).values, (std::vector<double>{2, -2, 9}));
}

}  // namespace
}  // namespace kindling::series

// Bandits find the better arm and forget none; off-policy estimates meet the known worth of a policy on generated logs.
#include "engines/experiment/bandit.h"
#include "engines/experiment/off_policy.h"
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace kindling::experiment {
namespace {

TEST(BanditTest, ThompsonShowsTheBetterArmMoreAndForgetsNone) {
    Random random(1);
    double const rates[] = {.05, .05, .10};
    std::vector<Arm> arms(3);
    for (int round = 0; round < 6000; ++round) {
        auto const a = thompson_choice(arms, random);
        ++arms[a].shown, arms[a].successes += random.uniform() < rates[a];
    }
    EXPECT_GT(arms[2].shown, 4000);
    auto const shares = thompson_shares(arms, .05, random);
    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-9);
    for (auto s : shares) EXPECT_GE(s, .05 - 1e-12);
    EXPECT_GT(shares[2], .8);
}

TEST(BanditTest, EqualArmsAreShownAlike) {
    Random random(2);
    std::vector<Arm> const arms{{1000, 100}, {1000, 100}};
    auto const shares = thompson_shares(arms, 0, random, 20'000);
    EXPECT_NEAR(shares[0], .5, .02);
}

// A logged bandit whose truth is known: rewards by action and place, the log by a skewed policy, the value of the reversed one.
struct Known {
    std::vector<Moment> log;
    double truth = 0;
};
Known known(std::uint64_t seed, int moments, double skew) {
    Random random(seed);
    constexpr int actions = 8, places = 3, folds = 3;
    std::vector<double> rate, logged, target;
    for (int i = 0; i < actions * places; ++i) rate.push_back(random.uniform(.02, .3));
    for (int a = 0; a < actions; ++a) logged.push_back(std::exp(skew * a / actions)), target.push_back(std::exp(-skew * a / actions));
    for (auto* p : {&logged, &target}) {
        auto const sum = std::accumulate(p->begin(), p->end(), 0.0);
        for (auto& x : *p) x /= sum;
    }
    Known out;
    for (int a = 0; a < actions; ++a)
        for (int p = 0; p < places; ++p) out.truth += target[static_cast<std::size_t>(a)] * rate[static_cast<std::size_t>(a * places + p)] / places;
    std::vector<LoggedAction> seen;
    for (int i = 0; i < moments; ++i) {
        auto const place = static_cast<std::int32_t>(random.below(places));
        auto const a = static_cast<std::int32_t>(random.pick(logged));
        seen.push_back({a, place, random.uniform() < rate[static_cast<std::size_t>(a * places + place)] ? 1.0 : 0.0});
    }
    CellModel const model(seen, actions, places, folds);
    for (std::size_t i = 0; i < seen.size(); ++i) {
        auto const fold = CellModel::fold_of(i, folds);
        Moment m{.propensity = logged[static_cast<std::size_t>(seen[i].action)], .target = target[static_cast<std::size_t>(seen[i].action)], .reward = seen[i].reward, .predicted = model.at(seen[i].action, seen[i].place, fold)};
        for (std::int32_t a = 0; a < actions; ++a) m.expected += target[static_cast<std::size_t>(a)] * model.at(a, seen[i].place, fold);
        out.log.push_back(m);
    }
    return out;
}

TEST(OffPolicyTest, EstimatesMeetTheTruthAndTheirErrorsAreHonest) {
    int inside = 0, runs = 60;
    double worst_dr = 0;
    for (int run = 0; run < runs; ++run) {
        auto const k = known(100 + static_cast<std::uint64_t>(run), 8000, 1.5);
        auto const e = evaluate(k.log);
        EXPECT_TRUE(e.readable);
        EXPECT_NEAR(e.ips.value, k.truth, 5 * e.ips.standard_error);
        EXPECT_NEAR(e.snips.value, k.truth, 5 * e.snips.standard_error);
        worst_dr = std::max(worst_dr, std::abs(e.dr.value - k.truth) / k.truth);
        inside += std::abs(e.dr.value - k.truth) <= 1.96 * e.dr.standard_error;
    }
    EXPECT_GE(inside, 52);  // of 60; 57 expected
    EXPECT_LT(worst_dr, .25);
}

TEST(OffPolicyTest, TheModelHelpsAndShrinkingHelpsWhenPoliciesDiffer) {
    double ips = 0, dr = 0, shrunk = 0;
    for (int run = 0; run < 40; ++run) {
        auto const k = known(500 + static_cast<std::uint64_t>(run), 2000, 5);
        auto const e = evaluate(k.log);
        ips += std::pow(e.ips.value - k.truth, 2), dr += std::pow(e.dr.value - k.truth, 2), shrunk += std::pow(e.dr_shrunk.value - k.truth, 2);
    }
    EXPECT_LT(dr, ips);
    EXPECT_LT(shrunk, 1.1 * dr);
}

TEST(OffPolicyTest, ALogThatSaysNothingOfThePolicyIsNotRead) {
    std::vector<Moment> log(5000, Moment{.propensity = .5, .target = 1e-4, .reward = 0});
    log[7] = {.propensity = 1e-5, .target = .9, .reward = 1};
    auto const e = evaluate(log);
    EXPECT_FALSE(e.readable);
    EXPECT_LT(e.effective, 3);
    EXPECT_GT(e.largest_weight, 10'000);
}

TEST(OffPolicyTest, ThePolicyThatRanIsWorthWhatItEarned) {
    std::vector<Moment> log;
    double sum = 0;
    Random random(9);
    for (int i = 0; i < 1000; ++i) log.push_back({.propensity = .2, .target = .2, .reward = random.uniform()}), sum += log.back().reward;
    auto const e = evaluate(log);
    for (auto const& x : {e.ips, e.snips, e.clipped, e.dr}) EXPECT_NEAR(x.value, sum / 1000, 1e-9);
    EXPECT_NEAR(e.effective, 1000, 1e-6);
}

}  // namespace
}  // namespace kindling::experiment

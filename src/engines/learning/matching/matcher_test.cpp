// The judges: trees against functions that are known, the matcher against twins that are known, and against labels that mean nothing.
#include <gtest/gtest.h>

#include <algorithm>

#include "engines/learning/matching/test_listings.h"

namespace kindling::matching {
namespace {

using testing::analyse;

TEST(Trees, LearnWhatNoSumOfFeaturesSays) {
    Random random(1);
    std::vector<float> rows, truth;
    for (int i = 0; i < 2000; ++i) {
        auto const a = random.uniform(), b = random.uniform();
        rows.push_back(static_cast<float>(a)), rows.push_back(static_cast<float>(b)), rows.push_back(static_cast<float>(random.uniform()));
        truth.push_back((a > 0.5) != (b > 0.3) ? 1.0f : 0.0f);
    }
    auto const trees = BoostedTrees::fit(rows, 3, truth, {}, {.feature_share = 1});
    int right = 0;
    for (int i = 0; i < 1000; ++i) {
        auto const a = static_cast<float>(random.uniform()), b = static_cast<float>(random.uniform());
        right += (trees.log_odds(std::array{a, b, 0.5f}) > 0) == ((a > 0.5f) != (b > 0.3f));
    }
    EXPECT_GT(right, 970);
    EXPECT_NEAR(trees.gains()[0] + trees.gains()[1] + trees.gains()[2], 1, 1e-9);
    EXPECT_LT(trees.gains()[2], 0.1);
}

TEST(Trees, WhatIsMissingCanTell) {
    std::vector<float> rows, truth;
    for (int i = 0; i < 400; ++i) rows.push_back(i % 2 == 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(i % 7)), truth.push_back(i % 2 == 0 ? 1.0f : 0.0f);
    auto const trees = BoostedTrees::fit(rows, 1, truth, {}, {.feature_share = 1});
    EXPECT_GT(trees.log_odds(std::array{std::numeric_limits<float>::quiet_NaN()}), 2);
    EXPECT_LT(trees.log_odds(std::array{3.0f}), -2);
}

TEST(Trees, AFeatureThatNeverChangesLeavesTheMean) {
    std::vector<float> const rows(100, 1.0f);
    std::vector<float> truth(100, 0.0f);
    for (std::size_t i = 0; i < 25; ++i) truth[i] = 1;
    auto const trees = BoostedTrees::fit(rows, 1, truth, {}, {});
    EXPECT_NEAR(probability(trees.log_odds(std::array{1.0f})), 0.25, 0.03);
}

struct Twins {
    std::vector<Record> originals, twins;
    Pool pool;
    Field field;
    std::vector<Label> labels;
    Twins(std::size_t n, std::uint64_t seed) : originals(testing::listings(n, seed)), twins(retold(originals, seed)), pool(originals, twins, analyse()), field(make_field(pool, same(n), {})) {
        for (auto const& pair : field.pairs) labels.push_back({pair, pair.left == pair.right});
    }
    static std::vector<Record> retold(const std::vector<Record>& from, std::uint64_t seed) {
        std::vector<Record> out;
        for (std::size_t i = 0; i < from.size(); ++i) out.push_back(retell(from[i], from, seed * 1000 + i));
        return out;
    }
    static std::vector<Pair> same(std::size_t n) {
        std::vector<Pair> out;
        for (std::uint32_t i = 0; i < n; ++i) out.push_back({i, i});
        return out;
    }
};

testing::F1 score(const Twins& t, std::span<const float> judged) {
    testing::F1 f;
    for (std::size_t i = 0; i < t.field.pairs.size(); ++i) {
        bool const same = t.field.pairs[i].left == t.field.pairs[i].right, said = judged[i] >= 0.5f;
        f.all += same, f.said += said, f.right += same && said;
    }
    return f;
}

TEST(Matcher, LearnsFromOneListAndKnowsTwinsOfAnother) {
    Twins const seen(500, 1), unseen(500, 2);
    auto const matcher = Matcher::train(seen.pool, seen.field, seen.labels);
    ASSERT_TRUE(matcher);
    EXPECT_GT(score(unseen, matcher->judge(unseen.pool, unseen.field)).value(), 0.85);
    // What it says of pairs that it learned from is no better than what it says of others: it says it by models that had not seen them.
    auto const again = matcher->judge(seen.pool, seen.field, Listings::learned_from);
    EXPECT_LT(std::abs(score(seen, again).value() - score(unseen, matcher->judge(unseen.pool, unseen.field)).value()), 0.1);
}

TEST(Matcher, LearnsWithoutLabels) {
    Twins const unseen(400, 3);
    auto const matcher = train_without_labels(unseen.originals, unseen.twins, analyse());
    ASSERT_TRUE(matcher);
    EXPECT_GT(score(unseen, matcher->judge(unseen.pool, unseen.field)).value(), 0.85);
}

// If labels leaked through the folds, labels drawn by lot would be learned.
TEST(Matcher, LabelsDrawnByLotTeachNothing) {
    Twins t(300, 4);
    Random random(7);
    for (auto& label : t.labels) label.same = random.chance(0.3);
    auto const matcher = Matcher::train(t.pool, t.field, t.labels);
    ASSERT_TRUE(matcher);
    double better = 0, pairs = 0;  // area under the curve
    auto const& p = matcher->held_back();
    for (std::size_t i = 0; i < p.size(); ++i)
        for (std::size_t j = 0; j < p.size(); j += 7)
            if (t.labels[i].same && !t.labels[j].same) pairs += 1, better += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0;
    EXPECT_NEAR(better / pairs, 0.5, 0.11) << "three standard deviations of a rank sum of 90 among 300";
}

TEST(Matcher, IsTheSameOnAnyNumberOfThreadsAndForASeed) {
    Twins const t(120, 5);
    TrainOptions one, two;
    one.trees.threads = 1, two.trees.threads = 2;
    auto const a = Matcher::train(t.pool, t.field, t.labels, one), b = Matcher::train(t.pool, t.field, t.labels, two);
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->judge(t.pool, t.field), b->judge(t.pool, t.field));
    EXPECT_EQ(a->held_back(), b->held_back());
}

TEST(Matcher, SaysWhatIsMissing) {
    Twins const t(60, 6);
    std::vector<Label> const few(t.labels.begin(), t.labels.begin() + 10);
    auto const matcher = Matcher::train(t.pool, t.field, few);
    ASSERT_FALSE(matcher);
    EXPECT_EQ(matcher.error().reason, "too_few_labels");
    auto const none = train_without_labels(std::span(t.originals).first(5), {}, analyse());
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().reason, "too_few_listings");
}

}  // namespace
}  // namespace kindling::matching

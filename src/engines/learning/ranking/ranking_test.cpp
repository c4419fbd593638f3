// Gains against figures worked out by hand, examination against a known truth, trees against what they must learn, the guard against a useless order.
#include <gmock/gmock.h>

#include <cmath>

#include "core/random.h"
#include "engines/learning/ranking/examination.h"
#include "engines/learning/ranking/features.h"
#include "engines/learning/ranking/fusion.h"
#include "engines/learning/ranking/gain.h"
#include "engines/learning/ranking/lambda_trees.h"

namespace kindling::ranking {
namespace {

TEST(Gain, ByHand) {
    std::vector<double> const grades{1, 2, 0}, judged{2, 1, 0};
    // (1 + 3 / log2(3)) / (3 + 1 / log2(3))
    EXPECT_NEAR(textbook_gain(grades, judged, 10).value(), (1 + 3 / std::log2(3.0)) / (3 + 1 / std::log2(3.0)), 1e-12);
    EXPECT_NEAR(textbook_gain(judged, judged, 10).value(), 1, 1e-12);
    EXPECT_FALSE(textbook_gain(grades, std::vector<double>{0, 0}, 10).has_value());
    // Grade 2 at all ten places: 3 x (1 + 1/2 + ... + 1/10) = 8.787
    EXPECT_NEAR(fixed_ideal_gain(grades, 2, 10) * 3 * 2.9289682539682538, 1 + 3 / 2.0, 1e-9);
    EXPECT_NEAR(fixed_ideal_gain(std::vector<double>(10, 2.0), 2, 10), 1, 1e-12);
    EXPECT_NEAR(plain_gain(std::vector<double>{0.1, 1}, std::vector<double>{1, 0.1}, 0).value(), (0.1 + 1 / std::log2(3.0)) / (1 + 0.1 / std::log2(3.0)), 1e-12);
}

TEST(Examination, FindsThePlacesAgainAlthoughGoodProductsStandHigh) {
    Random random(1);
    std::vector<double> const truth{1, 0.72, 0.55, 0.42, 0.33, 0.26, 0.21, 0.17};
    std::vector<Shown> cells;
    double naive_1 = 0, naive_8 = 0, shown_1 = 0, shown_8 = 0;
    for (std::uint32_t pair = 0; pair < 400; ++pair) {
        auto const attraction = random.uniform(0.05, 0.5);
        for (int view = 0; view < 3; ++view) {
            // Better products stand higher, with some luck.
            auto const place = static_cast<std::uint32_t>(std::clamp(8.5 - attraction * 14 + random.normal(0, 2), 1.0, 8.0));
            Shown cell{.pair = pair, .query = pair / 10, .place = place, .shown = 200};
            for (int i = 0; i < 200; ++i) cell.clicked += random.chance(truth[place - 1] * attraction);
            if (place == 1) naive_1 += cell.clicked, shown_1 += 200;
            if (place == 8) naive_8 += cell.clicked, shown_8 += 200;
            cells.push_back(cell);
        }
    }
    auto const found = estimate_clicks(cells);
    ASSERT_EQ(found.examination.size(), 8u);
    EXPECT_GT(found.moved, 0.5);
    for (std::size_t k = 0; k < truth.size(); ++k) EXPECT_NEAR(found.examination[k], truth[k], 0.06) << k;
    // The share of clicks alone is far off, or this test would test nothing.
    EXPECT_LT(naive_8 / shown_8 / (naive_1 / shown_1), truth[7] - 0.06);
}

// As in a shop: of most pairs a few showings only, in few places, and what is good stands high.
TEST(Examination, FindsThePlacesAgainFromManyRarelyShownPairs) {
    Random random(2);
    std::vector<double> const truth{1, 0.54, 0.37, 0.29, 0.24, 0.2, 0.17, 0.15, 0.14, 0.13};
    std::vector<Shown> cells;
    for (std::uint32_t pair = 0; pair < 40'000; ++pair) {
        auto const attraction = random.uniform(0.05, 0.5);
        for (int view = 0; view < 2; ++view) {
            auto const place = static_cast<std::uint32_t>(std::clamp(10.5 - attraction * 18 + random.normal(0, 2), 1.0, 10.0));
            Shown cell{.pair = pair, .query = pair / 10, .place = place, .shown = 3};
            for (int i = 0; i < 3; ++i) cell.clicked += random.chance(truth[place - 1] * attraction);
            cells.push_back(cell);
        }
    }
    auto const found = estimate_clicks(cells);
    ASSERT_EQ(found.examination.size(), truth.size());
    for (std::size_t k = 0; k < truth.size(); ++k) EXPECT_NEAR(found.examination[k], truth[k], 0.05) << k;
}

TEST(Examination, SaysSomethingWhereNothingMovedAndWhereNothingIsClicked) {
    std::vector<Shown> cells;
    for (std::uint32_t pair = 0; pair < 30; ++pair) cells.push_back({.pair = pair, .query = pair / 3, .place = pair % 3 + 1, .shown = 50, .clicked = pair % 3 == 0 ? 20.0 : pair % 3 == 1 ? 10.0 : 5.0});
    auto const found = estimate_clicks(cells);
    EXPECT_EQ(found.moved, 0);
    EXPECT_EQ(found.examination[0], 1);
    for (std::size_t k = 1; k < 3; ++k) EXPECT_LT(found.examination[k], found.examination[k - 1]);
    for (auto& c : cells) c.clicked = 0;
    for (auto const e : estimate_clicks(cells).examination) EXPECT_TRUE(e > 0 && e <= 1);
    EXPECT_TRUE(estimate_clicks({}).examination.empty());
    // A place that nothing was ever shown in, and the last for all that are beyond.
    std::vector<Shown> const gap{{.pair = 0, .place = 1, .shown = 9, .clicked = 3}, {.pair = 1, .place = 4, .shown = 9, .clicked = 1}, {.pair = 1, .place = 400, .shown = 9}};
    for (auto const e : estimate_clicks(gap).examination) EXPECT_TRUE(e > 0 && e <= 1);
}

RankingData made(std::uint64_t seed, std::size_t queries) {
    Random random(seed);
    RankingData data{.features = 4};
    for (std::size_t q = 0; q < queries; ++q) {
        data.queries.push_back(static_cast<std::uint32_t>(data.grades.size()));
        auto const level = static_cast<float>(random.normal(0, 3));  // of the query: says nothing about the order within
        for (int i = 0; i < 20; ++i) {
            auto const a = static_cast<float>(random.uniform()), b = static_cast<float>(random.uniform()), noise = static_cast<float>(random.uniform());
            data.rows.insert(data.rows.end(), {a, random.chance(0.2) ? NAN : b, noise, level});
            // Only where a is high does b matter: no sum of the two says that.
            data.grades.push_back(a > 0.5f ? (b > 0.6f ? 2.0f : 1.0f) : 0.0f);
        }
    }
    return data;
}

double mean_gain(const RankingData& data, const std::function<double(std::span<const float>)>& score) {
    double sum = 0;
    for (std::size_t q = 0; q < data.queries.size(); ++q) {
        auto const from = data.queries[q], to = q + 1 < data.queries.size() ? data.queries[q + 1] : static_cast<std::uint32_t>(data.row_count());
        JudgedQuery judged;
        std::vector<double> scores;
        for (auto r = from; r < to; ++r) judged.candidates.push_back({.grade = data.grades[r]}), scores.push_back(score(std::span(data.rows).subspan(r * data.features, data.features)));
        sum += gain_of(judged, scores);
    }
    return sum / static_cast<double>(data.queries.size());
}

TEST(LambdaTrees, LearnAnInteractionAndExplainIt) {
    auto const data = made(2, 150), unseen = made(3, 60);
    auto const model = LambdaTrees::fit(data, {}).value();
    auto const learned = mean_gain(unseen, [&](auto row) { return model.score(row); });
    auto const plain = mean_gain(unseen, [](auto row) { return static_cast<double>(row[0]); });
    EXPECT_GT(learned, 0.93);
    EXPECT_GT(learned, plain + 0.1);
    EXPECT_GT(model.gains()[0] + model.gains()[1], 0.9);
    for (std::size_t r = 0; r < 20; ++r) {
        auto const row = std::span(unseen.rows).subspan(r * 4, 4);
        auto const why = model.explain(row);
        double sum = why.base;
        for (auto const p : why.parts) sum += p;
        EXPECT_NEAR(sum, why.score, 1e-9);
        EXPECT_NEAR(why.score, model.score(row), 1e-9);
    }
    // Writes, reads, is the same; damage is noticed.
    auto const file = model.write();
    auto const again = LambdaTrees::read(file).value();
    EXPECT_EQ(again.score(std::span(unseen.rows).first(4)), model.score(std::span(unseen.rows).first(4)));
    EXPECT_EQ(LambdaTrees::fit(data, {}).value().write(), file);
    auto damaged = file;
    damaged[damaged.size() - 9] ^= 4;
    EXPECT_EQ(LambdaTrees::read(damaged).error().reason, "model_invalid");
}

TEST(LambdaTrees, RefuseWhatCannotBeLearned) {
    EXPECT_EQ(LambdaTrees::fit({}, {}).error().reason, "nothing_to_learn");
    EXPECT_EQ(LambdaTrees::fit({.features = 1, .rows = {1, 2}, .grades = {1, 1}, .queries = {0}}, {}).error().reason, "nothing_to_learn");
    EXPECT_EQ(LambdaTrees::fit({.features = 2, .rows = {1, 2}, .grades = {1, 1}, .queries = {0}}, {}).error().reason, "nothing_to_learn");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(LambdaTrees::fit(made(2, 30), {.stop = stop.get_token()}).error().reason, "cancelled");
}

TEST(Fusion, TakesVectorsThatHelpAndLeavesThoseThatDoNot) {
    Random random(4);
    std::vector<JudgedQuery> helped, hindered;
    for (int q = 0; q < 60; ++q) {
        JudgedQuery good, bad;
        for (int i = 0; i < 15; ++i) {
            auto const grade = static_cast<float>(random.below(3));
            auto const text = static_cast<float>(std::max(0.0, grade * 2 + random.normal(0, 2))), cosine = static_cast<float>(grade * 0.25 + random.normal(0, 0.12));
            good.candidates.push_back({text, cosine, grade});
            bad.candidates.push_back({text, static_cast<float>(0.8 - grade * 0.2 + random.normal(0, 0.1)), grade});
        }
        helped.push_back(good), hindered.push_back(bad);
    }
    EXPECT_GT(fit_fusion(helped).share, 0.3);
    EXPECT_EQ(fit_fusion(hindered).share, 0);
    EXPECT_EQ(fused({.share = 1, .floor = 0.2}, 0.5, 0.1), 0.5);  // below the floor a cosine says nothing
}

TEST(Features, CoverageFollowsTheFieldsAndUpdates) {
    FieldMatch match;
    using Fields = std::array<std::vector<std::string>, field_count>;
    match.put("a", Fields{{{"red", "linen", "dress"}, {"dress"}, {"linen"}, {}}});
    match.put("b", Fields{{{"blue", "chair"}, {"chair"}, {}, {"red"}}});
    match.put("c", Fields{{{"blue", "dress"}, {"dress"}, {}, {}}});
    auto const column = [](std::string_view name) {
        for (std::size_t f = 0; f < feature_names().size(); ++f)
            if (feature_names()[f].name == name) return f;
        ADD_FAILURE() << name;
        return std::size_t{0};
    };
    std::vector<std::string> const query{"linen", "dress"};
    std::vector<PoolItem> const pool{{.id = "a", .text = 4, .cosine = 0.5f, .price = 100, .category = 1}, {.id = "b", .text = 1, .cosine = 0.9f, .price = NAN, .category = 2}, {.id = "c", .text = 2, .price = 200, .category = 1}};
    auto const rows = pool_features(match, query, 1, pool);
    auto const value = [&](std::size_t item, std::string_view name) { return rows[item * feature_names().size() + column(name)]; };
    ASSERT_EQ(rows.size(), 3 * feature_names().size());
    EXPECT_FLOAT_EQ(value(0, "text"), 1); EXPECT_FLOAT_EQ(value(2, "text"), 0.5f);
    EXPECT_FLOAT_EQ(value(0, "title"), 1); EXPECT_FLOAT_EQ(value(1, "title"), 0);
    EXPECT_GT(value(2, "title"), 0); EXPECT_LT(value(2, "title"), 0.5f);  // "dress" is in two of three, "linen" in one
    EXPECT_FLOAT_EQ(value(0, "title_pairs"), 1); EXPECT_FLOAT_EQ(value(0, "last_in_kind"), 1); EXPECT_FLOAT_EQ(value(1, "last_in_kind"), 0);
    EXPECT_FLOAT_EQ(value(1, "meaning_place"), 1);
    EXPECT_GT(value(0, "category_vote"), value(1, "category_vote"));
    EXPECT_TRUE(std::isnan(value(1, "price")));
    match.erase("a");
    auto const without = pool_features(match, query, 1, pool);
    EXPECT_EQ(without[column("title")], 0);
    EXPECT_EQ(match.size(), 2u);
}

TEST(Guard, KeepsTheWordsWhenTheOtherIsWorseOrFewQueriesAreJudged) {
    std::vector<double> const words(40, 0.6), better(40, 0.65), worse(40, 0.55), weights(40, 1);
    EXPECT_TRUE(hold(words, better, weights, 20, 1).allowed);
    EXPECT_NEAR(hold(words, better, weights, 20, 1).difference_low, 0.05, 1e-9);
    EXPECT_FALSE(hold(words, worse, weights, 20, 1).allowed);
    EXPECT_FALSE(hold(words, better, weights, 50, 1).allowed);
    EXPECT_FALSE(hold({}, {}, {}, 0, 1).allowed);
    auto gaps = better;
    for (std::size_t i = 0; i < 30; ++i) gaps[i] = -1;
    EXPECT_EQ(hold(words, gaps, weights, 20, 1).queries, 10u);
}

}  // namespace
}  // namespace kindling::ranking

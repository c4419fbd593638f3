// Sums of chosen goods: nodes as their own pages say, and between them what nested factors of mean 1 give when every pair of goods is counted.
#include "modules/forecast/together.h"
#include <cmath>
#include <gtest/gtest.h>

namespace kindling::forecast {
namespace {

constexpr std::size_t horizon = 14, categories = 3, products = 4, variants = 2, good_count = categories * products * variants;
constexpr double of_shop = 1.02, of_category = 1.05, of_product = 1.2, of_good = 1.4;  // mean squares of the factors

std::size_t product_of(std::size_t g) { return g / variants; }
std::size_t category_of(std::size_t g) { return g / (variants * products); }

// By all pairs: what goods have in common is what their ancestors share.
double by_pairs(std::span<std::uint32_t const> chosen, std::span<double const> units) {
    double square = 0, sum = 0;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        sum += units[i];
        for (std::size_t j = 0; j < chosen.size(); ++j) {
            auto const a = chosen[i], b = chosen[j];
            square += units[i] * units[j] * of_shop * (category_of(a) == category_of(b) ? of_category : 1) * (product_of(a) == product_of(b) ? of_product : 1) * (a == b ? of_good : 1);
        }
    }
    return square / (sum * sum) - 1;
}

std::vector<std::uint32_t> numbers(std::size_t from, std::size_t to) { std::vector<std::uint32_t> out; for (auto g = from; g < to; ++g) out.push_back(static_cast<std::uint32_t>(g)); return out; }
double alike(std::span<std::uint32_t const> chosen) { return by_pairs(chosen, std::vector<double>(chosen.size(), 1)); }

// A shop of goods alike, so that the dispersions of a level are one number.
Current shop() {
    Current now{.run = {}, .kept = {.run_id = "fcr_1", .origin = 20000, .horizon = horizon, .categories = {}, .places = {}, .goods = {}, .nodes = {}, .models = {}, .spreads = {}}, .champion = Model::smoothing, .means = {}, .unedited = {}, .plans = {}, .edits = {}};
    auto& kept = now.kept;
    for (std::size_t c = 0; c < categories; ++c) kept.categories.push_back({"c" + std::to_string(c), -1});
    for (std::size_t g = 0; g < good_count; ++g) kept.goods.push_back({.sku = "s" + std::to_string(100 + g), .product_id = "p" + std::to_string(100 + product_of(g)), .category = static_cast<std::int32_t>(category_of(g)), .shares = {}});
    now.means = {horizon, std::vector<float>(good_count * horizon, 1.5F)}, now.unedited = now.means, kept.models[Model::smoothing] = now.means;
    double const of_level[] = {alike(numbers(0, good_count)), alike(numbers(0, products * variants)), alike(numbers(0, variants)), alike(numbers(0, 1))};
    for (std::size_t l = 0; l < level_count; ++l) for (auto& s : kept.spreads[Model::smoothing][l]) s.sums.fill(static_cast<float>(of_level[l])), s.days.fill(static_cast<float>(of_level[l]));
    return now;
}

TEST(Together, NodesAreAskedAsTheirOwnPages) {
    auto const now = shop();
    Together together(now, 0, horizon);
    for (auto const size : {std::size_t{1}, variants, products * variants, good_count}) EXPECT_NEAR(together.dispersion(numbers(0, size)), alike(numbers(0, size)), 1e-5) << size;
}

TEST(Together, AnyChoiceIsWhatItsPairsHaveInCommon) {
    auto const now = shop();
    Together together(now, 0, horizon);
    std::vector<std::uint32_t> const choices[] = {{0, 2}, {0, 1, 2}, {0, 8}, {0, 8, 16}, {0, 1, 8, 9}, {0, 1, 2, 3, 4, 5, 6, 7, 8}, {0, 3, 5, 9, 12, 17, 22, 23}};
    for (auto const& chosen : choices) EXPECT_NEAR(together.dispersion(chosen), alike(chosen), 1e-5) << chosen.size();
    // Nearer goods have more in common, and a sum is never as unsure as one of its goods.
    EXPECT_GT(together.dispersion(choices[0]), together.dispersion(choices[2]));
    EXPECT_LT(together.dispersion(choices[0]), together.dispersion(numbers(0, 1)));
    // Of a place that sends little of one good, that good counts for less.
    std::vector<double> const shares = {1, 0.1};
    EXPECT_NEAR(together.dispersion(choices[0], shares), by_pairs(choices[0], shares), 1e-5);
}

// What follows what came is learned level by level: a node is asked as its level is, a choice as its parts are, by units; and only of single days.
TEST(Together, SingleDaysAreAskedForAsTheirPartsAre) {
    auto now = shop();
    auto& asked = now.kept.asked[Model::smoothing];
    for (std::size_t l = 0; l < level_count; ++l) asked[l] = quantile_levels, asked[l][6] = 0.96 + 0.01 * static_cast<double>(l);
    Together day(now, 3, 4), days(now, 3, 5);
    EXPECT_NEAR(day.asked(numbers(0, good_count))[6], 0.96, 1e-12);
    EXPECT_NEAR(day.asked(numbers(0, products * variants))[6], 0.97, 1e-12);
    EXPECT_NEAR(day.asked(numbers(0, variants))[6], 0.98, 1e-12);
    EXPECT_NEAR(day.asked(numbers(0, 1))[6], 0.99, 1e-12);
    std::vector<std::uint32_t> const two_and_a_half = {0, 1, 2, 3, 4};  // two products and a variant of a third
    EXPECT_NEAR(day.asked(two_and_a_half)[6], (4 * 0.98 + 0.99) / 5, 1e-12);
    EXPECT_NEAR(day.asked(two_and_a_half, std::vector<double>{0, 0, 0.5, 0.5, 1})[6], (0.98 + 0.99) / 2, 1e-12);
    EXPECT_EQ(days.asked(two_and_a_half), quantile_levels);
}

// Dispersions that fit no such factors (goods hardly less sure than the shop): no choice is surer than the shop's own part of it.
TEST(Together, DispersionsThatDoNotFitGiveASaneBand) {
    auto now = shop();
    for (auto& s : now.kept.spreads[Model::smoothing][static_cast<std::size_t>(Level::total)]) s.sums.fill(0.5F);
    for (auto& s : now.kept.spreads[Model::smoothing][static_cast<std::size_t>(Level::variant)]) s.sums.fill(0.01F);
    Together together(now, 0, horizon);
    std::uint32_t const chosen[] = {0, 9, 17};
    auto const d = together.dispersion(chosen);
    EXPECT_TRUE(std::isfinite(d));
    EXPECT_GE(d, 0);
    EXPECT_LE(d, 1);
    // Nothing expected, parents that go round in a circle.
    now.means = {horizon, std::vector<float>(good_count * horizon)};
    now.kept.categories = {{"c0", 1}, {"c1", 0}, {"c2", -1}};
    EXPECT_TRUE(std::isfinite(Together(now, 3, 10).dispersion(chosen)));
}

}  // namespace
}  // namespace kindling::forecast

// What is learned of a drawn shop's steadiness, against how it was drawn.
#include "core/random.h"
#include "engines/optimise/assortment/steadiness.h"
#include <cmath>
#include <gmock/gmock.h>

namespace kindling::assortment {
namespace {

// Levels that are drawn anew every 28 days, so that one beside the next differs by sqrt(2) times the deviation.
std::vector<std::vector<double>> drawn(double shop, double own, double units, std::size_t days) {
    Random random(7);
    std::vector<std::vector<double>> out(12, std::vector<double>(days));
    std::vector<double> level(out.size());
    for (std::size_t t = 0; t < days; ++t) {
        if (t % 28 == 0) {
            auto const all = random.normal(0, shop);
            for (auto& l : level) l = std::exp(all + random.normal(0, own));
        }
        for (std::size_t s = 0; s < out.size(); ++s) out[s][t] = static_cast<double>(random.poisson(units * level[s]));
    }
    return out;
}

TEST(Steadiness, FindsHowMuchFourWeeksDifferAndNothingInMereCounting) {
    auto const calm = steadiness(drawn(0, 0, 2, 364), 28);
    EXPECT_TRUE(calm.seen);
    EXPECT_LT(calm.shop_level_deviation, 0.03);
    EXPECT_LT(calm.set_level_deviation, 0.05);
    EXPECT_LT(steadiness(drawn(0, 0, 2, 364), 91).shop_level_deviation, 0.03) << "a longer level is no surprise";
    // Half of the pairs stand across a change of level by halves: between sqrt(1/2) and sqrt(2) of what was drawn.
    auto const moved = steadiness(drawn(0.2, 0.3, 20, 364 * 4), 28);
    EXPECT_GT(moved.shop_level_deviation, 0.14);
    EXPECT_LT(moved.shop_level_deviation, 0.32);
    EXPECT_GT(moved.set_level_deviation, 0.21);
    EXPECT_LT(moved.set_level_deviation, 0.45);
}

TEST(Steadiness, ShortHistoriesSaySo) {
    EXPECT_FALSE(steadiness(drawn(0, 0, 2, 70), 28).seen);
    EXPECT_FALSE(steadiness({}, 28).seen);
    EXPECT_TRUE(steadiness(drawn(0, 0, 0, 364), 91).seen);  // nothing sold at all
}

TEST(Steadiness, OutagesAreCountedFromTheirBeginning) {
    std::vector<std::vector<char>> const never(5, std::vector<char>(100, 1));
    EXPECT_EQ(usual_outage(never), 7);
    std::vector<std::vector<char>> often(1, std::vector<char>(400, 1));
    for (std::size_t t = 1; t < 400; ++t) often[0][t] = t % 10 >= 3;  // three days in ten, 40 times (the first of two days)
    EXPECT_NEAR(usual_outage(often), 3, 0.15);
    EXPECT_EQ(usual_outage(std::vector<std::vector<char>>{std::vector<char>(1000, 0)}), 60);
}

}  // namespace
}  // namespace kindling::assortment

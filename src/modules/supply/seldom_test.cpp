// Which rule goods that seldom sell are learned by: a forest needs enough of them.
#include "core/random.h"
#include "modules/supply/seldom.h"
#include <gmock/gmock.h>

namespace kindling::supply_module {
namespace {

std::vector<std::vector<double>> drawn(std::size_t goods, std::size_t days) {
    Random random(11);
    std::vector<std::vector<double>> out(goods);
    for (auto& h : out) {
        auto const rate = std::exp(random.uniform(-4.0, -1.5));
        for (std::size_t t = 0; t < days; ++t) h.push_back(static_cast<double>(random.poisson(rate)));
    }
    return out;
}

TEST(Seldom, AForestOfTooFewGoodsOrDaysIsNone) {
    auto const learned = [](std::size_t goods, std::size_t days) { return SeldomDemand::learn(LevelRule::forest, drawn(goods, days), 14); };
    EXPECT_EQ(learned(200, 200)->rule(), LevelRule::forest);
    EXPECT_EQ(learned(60, 200)->rule(), LevelRule::pooled) << "too few goods";
    EXPECT_EQ(learned(200, 40)->rule(), LevelRule::pooled) << "too few days";
    EXPECT_EQ(SeldomDemand::learn(LevelRule::pooled, drawn(200, 200), 14)->rule(), LevelRule::pooled);
    auto const none = learned(3, 40);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().reason, "history_too_short");
}

// Either rule says about what comes: a good of one unit in ten days is asked for 1.4 in fourteen.
TEST(Seldom, BothRulesKnowTheMean) {
    std::vector<double> good(200);
    for (std::size_t t = 5; t < good.size(); t += 10) good[t] = 1;
    for (auto const rule : {LevelRule::pooled, LevelRule::forest}) {
        auto const model = SeldomDemand::learn(rule, drawn(400, 200), 14);
        ASSERT_TRUE(model);
        auto const asked = *model->of(good, model->smoothing());
        ASSERT_TRUE(asked);
        EXPECT_NEAR(asked->mean(), 1.4, 0.5);
    }
}

}  // namespace
}  // namespace kindling::supply_module

// Goods whose demand is drawn: the forest must find their distributions.
#include "engines/inventory/demand_forest.h"

#include <gmock/gmock.h>

#include "core/random.h"

namespace kindling::inventory {
namespace {

// Every good sells with its own chance, one to three units at once.
std::vector<std::vector<double>> drawn_goods(std::size_t goods, std::size_t periods, std::uint64_t seed) {
    std::vector<std::vector<double>> out;
    for (std::size_t i = 0; i < goods; ++i) {
        auto random = Random(seed).stream("good", i);
        auto const chance = 0.02 + 0.5 * random.uniform() * random.uniform();
        auto& h = out.emplace_back();
        for (std::size_t t = 0; t < periods; ++t) h.push_back(random.chance(chance) ? static_cast<double>(random.between(1, 3)) : 0);
    }
    return out;
}

TEST(DemandForest, QuantilesAndMissesHoldOnWhatItHasNotSeen) {
    auto const goods = drawn_goods(600, 60, 3);
    std::vector<std::vector<double>> known;
    for (auto const& h : goods) known.emplace_back(h.begin(), h.begin() + 57);
    auto const model = DemandForest::learn(known, {.lead = 2});
    ASSERT_TRUE(model) << model.error().message;
    double inside80 = 0, inside95 = 0, asked = 0, expected = 0, missed = 0, expected_missed = 0;
    for (std::size_t i = 0; i < goods.size(); ++i) {
        DemandTrack track({});
        for (auto const v : known[i]) track.see(v);
        LeadDemand d;
        model->ask(track.features(), d);
        auto const lead = goods[i][57] + goods[i][58], all = lead + goods[i][59];
        inside80 += all <= d.level(0.8), inside95 += all <= d.level(0.95);
        asked += goods[i][59], expected += d.last_period();
        missed += std::max(0.0, all - 1) - std::max(0.0, lead - 1), expected_missed += d.missed(1);
        EXPECT_LE(d.level(0.8), d.level(0.95));
        EXPECT_GE(d.missed(0), d.missed(2));
    }
    EXPECT_GT(inside80 / 600, 0.78);
    EXPECT_GT(inside95 / 600, 0.93);
    EXPECT_LT(inside95 / 600, 0.995);
    EXPECT_NEAR(expected / asked, 1, 0.15);
    EXPECT_NEAR(expected_missed / missed, 1, 0.15);
}

TEST(DemandForest, AGoodThatNeverSoldIsExpectedToSellAsOthersBeganTo) {
    auto goods = drawn_goods(400, 40, 5);
    for (std::size_t i = 0; i < goods.size(); i += 2) std::fill_n(goods[i].begin(), 30, 0.0);  // half of them begin late
    auto const model = DemandForest::learn(goods, {.lead = 2});
    ASSERT_TRUE(model);
    DemandTrack silent({});
    for (int t = 0; t < 30; ++t) silent.see(0);
    LeadDemand d;
    model->ask(silent.features(), d);
    EXPECT_GT(d.last_period(), 0);
    EXPECT_GT(d.level(0.99), 0);
}

TEST(DemandForest, TheSameSeedGivesTheSameAndBadInputIsNamed) {
    auto const goods = drawn_goods(100, 30, 7);
    DemandTrack track({});
    for (auto const v : goods[4]) track.see(v);
    LeadDemand a, b;
    DemandForest::learn(goods, {.lead = 1})->ask(track.features(), a);
    DemandForest::learn(goods, {.lead = 1})->ask(track.features(), b);
    EXPECT_EQ(a.protection, b.protection);
    auto bad = goods;
    bad[2][5] = -1;
    auto const refused = DemandForest::learn(bad, {.lead = 1});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields.at(0).path, "/histories/2/5");
    EXPECT_EQ(DemandForest::learn(std::vector(3, std::vector<double>(10, 1)), {.lead = 1}).error().reason, "history_too_short");
    EXPECT_EQ(DemandForest::learn(goods, {.lead = 0}).error().reason, "inventory_input");
}

}  // namespace
}  // namespace kindling::inventory

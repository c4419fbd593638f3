// An order below its supplier's least value is filled up about as cheaply as trying everything would, within terms and cover; else not at all.
#include "core/random.h"
#include "modules/supply/joint.h"
#include <cmath>
#include <gmock/gmock.h>
#include <limits>

namespace kindling::supply_module {
namespace {

CanOrder good(std::int64_t cost, double position, double daily, double most, std::int64_t pack = 1) {
    CanOrder g{.term = {}, .usual_cost = cost, .quantity = 0, .position = position, .most = most, .daily = daily, .holding_per_day = static_cast<double>(cost) * 0.001};
    g.term.pack_size = pack;
    return g;
}

// What keeping costs, unit by unit: each is asked for when all before it are gone, in the middle of its own stretch.
double keeping(CanOrder const& g, double quantity, double lead) {
    double sum = 0;
    for (double n = g.quantity; n < quantity; n += static_cast<double>(g.term.pack_size)) sum += static_cast<double>(g.term.pack_size) * g.holding_per_day * std::max(0.0, (g.position + n + static_cast<double>(g.term.pack_size) / 2) / g.daily - lead);
    return sum;
}

double least_of_all(std::span<CanOrder const> goods, double lacking, double lead, std::size_t at = 0) {
    if (at == goods.size()) return lacking <= 0 ? 0 : std::numeric_limits<double>::infinity();
    auto const& g = goods[at];
    double best = std::numeric_limits<double>::infinity();
    for (double q = g.quantity; q == g.quantity || g.position + q <= g.most; q += static_cast<double>(g.term.pack_size))
        best = std::min(best, keeping(g, q, lead) + least_of_all(goods, lacking - (q - g.quantity) * static_cast<double>(g.usual_cost), lead, at + 1));
    return best;
}

TEST(Joint, TakesWhatIsNeededSoonestFirst) {
    // Both cost 100 and sell one a day; the first lasts 10 days, the second 40; five are lacking and an order comes in 5 days.
    CanOrder const goods[] = {good(100, 10, 1, 200), good(100, 40, 1, 200)};
    auto const filled = fill_up(goods, 500, 5);
    ASSERT_TRUE(filled);
    EXPECT_THAT(filled->quantities, testing::ElementsAre(5, 0));
    EXPECT_DOUBLE_EQ(filled->added_value, 500);
    // 0.1 a day for each, of days 5.5, 6.5 ... 9.5.
    EXPECT_NEAR(filled->keeping, 0.1 * (5.5 + 6.5 + 7.5 + 8.5 + 9.5), 1e-9);
}

TEST(Joint, NeverGoesBeyondTheCoverThatIsTooMuch) {
    CanOrder const goods[] = {good(100, 10, 1, 13), good(100, 40, 1, 42)};
    auto const filled = fill_up(goods, 500, 5);
    ASSERT_TRUE(filled);
    EXPECT_THAT(filled->quantities, testing::ElementsAre(3, 2));
    EXPECT_FALSE(fill_up(goods, 501, 5));
    EXPECT_FALSE(fill_up({}, 1, 5));
}

TEST(Joint, KeepsPacksAndCountsTheLowerPrice) {
    auto g = good(100, 0, 1, 1000, 12);
    g.quantity = 12, g.term.price_steps = {{48, 90}};
    CanOrder const goods[] = {g};
    auto const filled = fill_up(goods, 3000, 3);
    ASSERT_TRUE(filled);
    EXPECT_DOUBLE_EQ(filled->quantities[0], 48);  // 48 at 90 is 4320, 3120 more than 12 at 100
    EXPECT_DOUBLE_EQ(filled->added_value, 3120);
}

TEST(Joint, IsTheCheapestFillingButForTheLastPack) {
    Random random(11);
    int as_cheap = 0, possible = 0;
    for (int i = 0; i < 200; ++i) {
        std::vector<CanOrder> goods;
        for (int k = 0; k < 4; ++k) {
            auto const position = static_cast<double>(random.below(30));
            goods.push_back(good(50 + static_cast<std::int64_t>(random.below(200)), position, 0.2 + static_cast<double>(random.below(20)) / 10, position + 4 + static_cast<double>(random.below(14)), 1 + static_cast<std::int64_t>(random.below(4))));
        }
        auto const lacking = 200 + static_cast<double>(random.below(3000));
        auto const best = least_of_all(goods, lacking, 4);
        auto const filled = fill_up(goods, lacking, 4);
        ASSERT_EQ(filled.has_value(), std::isfinite(best)) << i;
        if (!filled) continue;
        ++possible;
        double sum = 0, value = 0, pack = 0;
        for (std::size_t k = 0; k < goods.size(); ++k) {
            auto const& g = goods[k];
            auto const q = filled->quantities[k], size = static_cast<double>(g.term.pack_size);
            EXPECT_LE(g.position + q, g.most);
            EXPECT_DOUBLE_EQ(std::fmod(q, size), 0);
            sum += keeping(g, q, 4), value += q * static_cast<double>(g.usual_cost);
            pack = std::max(pack, size * g.holding_per_day * std::max(0.0, g.most / g.daily - 4));
        }
        EXPECT_GE(value, lacking);
        EXPECT_NEAR(sum, filled->keeping, 1e-6);
        EXPECT_GE(filled->keeping, best - 1e-6);
        EXPECT_LE(filled->keeping, best + pack + 1e-6);
        as_cheap += filled->keeping <= 1.02 * best + 1e-6;
    }
    EXPECT_GT(possible, 100);
    EXPECT_GT(as_cheap, possible * 7 / 10);
}

}  // namespace
}  // namespace kindling::supply_module

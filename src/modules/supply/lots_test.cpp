// The lot is that of the best plan found by trying every plan; terms are kept; it never costs more than the policy's quantity by the same reckoning.
#include "core/random.h"
#include "modules/supply/lots.h"
#include <cmath>
#include <gmock/gmock.h>
#include <limits>

namespace kindling::supply_module {
namespace {

// The least cost of all plans that meet the demand, by trying every order of every review; what is left is worth its price.
double least(LotQuestion const& in, double stock, std::size_t t, double price, bool first) {
    if (t > in.later.size()) return -stock * price;
    auto const demand = t == 0 ? in.needed : in.later[t - 1];
    double rest = demand;
    for (auto k = t; k < in.later.size(); ++k) rest += in.later[k];
    double best = std::numeric_limits<double>::infinity();
    for (double q = 0; q <= rest + in.minimum; q += in.pack) {
        if (first && q == 0) continue;
        if (q > 0 && q < in.minimum) continue;
        if (stock + q < demand) continue;
        auto const left = stock + q - demand;
        best = std::min(best, (q > 0 ? in.fixed + q * price : 0) + left * price * in.holding_share + least(in, left, t + 1, price, false));
    }
    return best;
}

TEST(Lots, IsTheFirstOrderOfTheCheapestPlan) {
    Random random(5);
    for (int i = 0; i < 40; ++i) {
        LotQuestion in{.needed = 1 + static_cast<double>(random.below(5)), .later = {}, .fixed = random.uniform(1, 60), .holding_share = random.uniform(0.005, 0.05), .pack = static_cast<double>(1 + random.below(3)), .minimum = 1, .most = {}, .sells_within = 0, .prices = {{1, random.uniform(5, 50)}}};
        for (int k = 0; k < 4; ++k) in.later.push_back(static_cast<double>(random.below(6)) * in.pack);
        in.needed *= in.pack;
        auto const lot = choose_lot(in, in.needed + 2 * in.pack);
        ASSERT_TRUE(lot);
        auto const price = in.prices[0].unit_cost;
        EXPECT_NEAR(lot->cost, least(in, 0, 0, price, true), 1e-6 * lot->cost + 1e-6) << i;
        EXPECT_LE(lot->cost, lot->policy_cost + 1e-9);
        EXPECT_NEAR(std::fmod(lot->quantity, in.pack), 0, 1e-9);
    }
}

LotQuestion const steady{.needed = 10, .later = std::vector<double>(12, 10.0), .fixed = 5, .holding_share = 0.005, .pack = 1, .minimum = 1, .most = {}, .sells_within = 0, .prices = {{1, 100}}};

TEST(Lots, TakesALowerPriceWhereItPaysForKeeping) {
    auto in = steady;
    in.prices = {{1, 100}, {60, 90}};
    auto const cheap = choose_lot(in, 10);
    ASSERT_TRUE(cheap);
    EXPECT_GE(cheap->quantity, 60);
    EXPECT_EQ(cheap->unit_cost, 90);
    EXPECT_GE(cheap->reviews, 5u);
    EXPECT_LT(cheap->cost, cheap->policy_cost);
    in.prices = {{1, 100}, {60, 99.9}};  // a thousandth off does not pay for weeks of keeping
    EXPECT_LT(choose_lot(in, 10)->quantity, 60);
}

TEST(Lots, KeepsTheTerms) {
    auto in = steady;
    in.fixed = 500;
    EXPECT_GT(choose_lot(in, 10)->quantity, 60) << "orders are dear";
    in.sells_within = 2;
    EXPECT_LE(choose_lot(in, 10)->quantity, 20) << "what arrives must sell in its own review and the next";
    in.sells_within = 0, in.most = 35, in.pack = 6;
    auto const lot = choose_lot(in, 10);
    EXPECT_EQ(std::fmod(lot->quantity, 6), 0);
    EXPECT_LE(lot->quantity, 35);
    in.most = 6;
    EXPECT_FALSE(choose_lot(in, 10)) << "a supplier that gives less than is asked for: nothing to choose";
    in = steady, in.minimum = 25;
    EXPECT_GE(choose_lot(in, 10)->quantity, 25);
    EXPECT_FALSE(choose_lot(in, 0));
    in.later.clear();
    EXPECT_EQ(choose_lot(in, 10)->quantity, 25);
}

// Twenty-six thousand units in packs of one are counted in larger ones; the answer is near the one of whole packs.
TEST(Lots, CountsLargeDemandsInLargerUnits) {
    auto in = steady;
    in.needed = 2000, in.later.assign(12, 2000), in.fixed = 3000, in.holding_share = 0.01;
    auto small = steady;
    small.needed = 20, small.later.assign(12, 20), small.fixed = 30, small.holding_share = 0.01;
    EXPECT_NEAR(choose_lot(in, 2000)->quantity, 100 * choose_lot(small, 20)->quantity, 150);
}

}  // namespace
}  // namespace kindling::supply_module

// A credit takes back the newest line of its buyer, good and quantity, once, and only within a week.
#include "shop/analysis/taken_back.h"
#include <gmock/gmock.h>

namespace kindling::shop::analysis {
namespace {

TEST(TakenBack, FindsTheLineThatWasNeverWanted) {
    TakenBack taken;
    taken.sold("ann", 1, 80995, 100, 0);
    taken.sold("ann", 1, 2, 100, 1);
    taken.sold("bob", 1, 80995, 100, 2);
    taken.sold("ann", 2, 5, 90, 3), taken.sold("ann", 2, 5, 99, 4);
    taken.sold("", 3, 7, 100, 5);
    EXPECT_EQ(taken.credited("ann", 1, 80995, 100), 0u);
    EXPECT_FALSE(taken.credited("ann", 1, 80995, 100)) << "once";
    EXPECT_FALSE(taken.credited("ann", 1, 3, 100)) << "another quantity";
    EXPECT_FALSE(taken.credited("bob", 1, 80995, 108)) << "eight days later it is a return";
    EXPECT_EQ(taken.credited("ann", 2, 5, 101), 4u) << "the newest first";
    EXPECT_FALSE(taken.credited("ann", 2, 5, 101)) << "the older one is too old";
    EXPECT_FALSE(taken.credited("", 3, 7, 100)) << "nobody knows whose it was";
}

TEST(TakenBack, KnowsWhatIsBilledAgain) {
    TakenBack taken;
    EXPECT_TRUE(taken.sold("ann", 1, 3114, 10, 0));
    EXPECT_FALSE(taken.credited("ann", 1, 3114, 107)) << "three months later: it was asked for in its time";
    EXPECT_TRUE(taken.sold("ann", 1, 3000, 107, 1)) << "another quantity";
    EXPECT_TRUE(taken.sold("bob", 1, 3114, 107, 2));
    EXPECT_FALSE(taken.sold("ann", 1, 3114, 107, 3)) << "the same again at another price";
    EXPECT_TRUE(taken.sold("ann", 1, 3114, 107, 4)) << "once";
    EXPECT_FALSE(taken.credited("bob", 1, 3114, 120));
    EXPECT_TRUE(taken.sold("bob", 1, 3114, 121, 5)) << "the day after it is a new order";
    EXPECT_TRUE(taken.sold("cid", 2, 5, 50, 6));
    EXPECT_EQ(taken.credited("cid", 2, 5, 50), 6u);
    EXPECT_TRUE(taken.sold("cid", 2, 5, 50, 7)) << "what was taken back within the week and ordered again counts once";
}

}  // namespace
}  // namespace kindling::shop::analysis

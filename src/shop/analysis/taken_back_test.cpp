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

}  // namespace
}  // namespace kindling::shop::analysis

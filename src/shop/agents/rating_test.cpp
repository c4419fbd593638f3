#include "shop/agents/rating.h"
#include <gmock/gmock.h>

namespace kindling::shop {
namespace {

using G = AgentGrade;
using K = ConductKind;

std::vector<std::pair<K, G>> found(Conduct const& c) {
    std::vector<std::pair<K, G>> out;
    for (auto const& f : rate(c).findings) out.emplace_back(f.kind, f.grade);
    return out;
}

TEST(Rating, SaysNothingOfAFewCalls) {
    EXPECT_EQ(rate({}).grade, G::unrated);
    EXPECT_EQ(rate({.calls = 19, .refused = 2}).grade, G::unrated);
    EXPECT_THAT(found({.calls = 3, .refused = 1}), testing::IsEmpty()) << "one of three may be chance";
    EXPECT_EQ(rate({.calls = 20}).grade, G::good);
    EXPECT_EQ(rate({.calls = 2, .checkouts = 1, .orders = 1}).grade, G::good);
}

TEST(Rating, IsThatOfTheWorstFinding) {
    auto const r = rate({.calls = 1000, .refused = 700, .limited = 60, .checkouts = 40, .orders = 30, .cancelled = 1});
    EXPECT_EQ(r.grade, G::poor);
    ASSERT_EQ(r.findings.size(), 3u);
    EXPECT_EQ(r.findings[0].kind, K::refused);
    EXPECT_EQ(r.findings[0].count, 700);
    EXPECT_EQ(r.findings[0].of, 1000);
    EXPECT_EQ(r.findings[1].kind, K::limited);
    EXPECT_EQ(r.findings[1].grade, G::watch);
    EXPECT_EQ(r.findings[2].kind, K::stood);
    EXPECT_EQ(r.findings[2].count, 29);
}

TEST(Rating, EachKindHasItsLimits) {
    EXPECT_THAT(found({.calls = 10'000, .refused = 1, .forged = 1}), testing::ElementsAre(std::pair(K::forged, G::watch)));
    EXPECT_THAT(found({.calls = 100, .refused = 10, .forged = 10}), testing::ElementsAre(std::pair(K::forged, G::poor)));
    EXPECT_THAT(found({.calls = 1000, .refused = 30, .conflicting = 30}), testing::ElementsAre(std::pair(K::conflicting, G::watch)));
    EXPECT_THAT(found({.calls = 1000, .refused = 100, .conflicting = 100}), testing::ElementsAre(std::pair(K::conflicting, G::poor)));
    EXPECT_THAT(found({.calls = 1000, .limited = 500}), testing::ElementsAre(std::pair(K::limited, G::poor)));
    EXPECT_THAT(found({.calls = 1000, .replayed = 1000}), testing::ElementsAre(std::pair(K::replayed, G::watch))) << "a repetition with its key does no harm";
    EXPECT_THAT(found({.calls = 1000, .checkouts = 200}), testing::ElementsAre(std::pair(K::abandoned, G::watch)));
    EXPECT_THAT(found({.calls = 1000, .checkouts = 200, .orders = 40, .cancelled = 30}), testing::ElementsAre(std::pair(K::cancelled, G::poor), std::pair(K::stood, G::good)));
    EXPECT_THAT(found({.calls = 1000, .checkouts = 200, .orders = 40, .returned = 20}), testing::ElementsAre(std::pair(K::returned, G::watch), std::pair(K::stood, G::good)));
}

// More of what is bad never makes a grade better.
TEST(Rating, FallsWithEveryBadCall) {
    auto last = G::unrated;
    for (std::int64_t refused = 0; refused <= 200; ++refused) {
        auto const now = rate({.calls = 200, .refused = refused}).grade;
        EXPECT_GE(now, last);
        last = now;
    }
    EXPECT_EQ(last, G::poor);
}

}  // namespace
}  // namespace kindling::shop

#include "core/random.h"
#include "shop/facts/kernels.h"
#include "shop/facts/window.h"
#include <gmock/gmock.h>
#include <limits>

namespace kindling::shop::facts {
namespace {

using testing::ElementsAre, testing::IsEmpty;
using Numbers = std::vector<std::int64_t>;

TEST(Window, SmallCases) {
    Numbers const partition{1, 1, 1, 2, 3, 3}, day{10, 11, 14, 10, 9, 9}, values{1, 2, 4, 8, 16, 32};
    auto const starts = partition_starts(partition);
    EXPECT_THAT(starts, ElementsAre(0, 3, 4));
    EXPECT_THAT(lag(values, starts, 1, -1), ElementsAre(-1, 1, 2, -1, -1, 16));
    EXPECT_THAT(lag(values, starts, 0, -1), values);
    EXPECT_THAT(lag(values, starts, 99, -1), testing::Each(-1));
    EXPECT_THAT(*cumulative_sum(values, starts), ElementsAre(1, 3, 7, 8, 16, 48));
    EXPECT_THAT(*rolling_sum(values, day, starts, 1), ElementsAre(1, 2, 4, 8, 48, 48));
    EXPECT_THAT(*rolling_sum(values, day, starts, 4), ElementsAre(1, 3, 6, 8, 48, 48));
    EXPECT_THAT(*rolling_mean(values, day, starts, 2), ElementsAre(0.5, 1.5, 2.0, 4.0, 24.0, 24.0));
    EXPECT_EQ(rolling_sum(values, day, starts, 0).error().reason, "facts_bad_query");
    EXPECT_THAT(partition_starts({}), IsEmpty());
    EXPECT_THAT(*cumulative_sum({}, {}), IsEmpty());
}

TEST(Window, OverflowIsAnError) {
    Numbers const values{std::numeric_limits<std::int64_t>::max(), 1}, day{1, 2};
    std::vector<std::uint32_t> const one{0}, two{0, 1};
    EXPECT_EQ(cumulative_sum(values, one).error().reason, "amount_overflow");
    EXPECT_TRUE(cumulative_sum(values, two));
    EXPECT_EQ(rolling_sum(values, day, one, 7).error().reason, "amount_overflow");
}

TEST(Window, AgreesWithPlainLoops) {
    Random random(1);
    for (int round = 0; round < 50; ++round) {
        Numbers partition, day, values;
        for (auto n = random.below(200); n > 0; --n) partition.push_back(random.between(0, 5)), day.push_back(random.between(0, 60)), values.push_back(random.between(-9, 9));
        auto const order = order_by_partition_and_day(partition, day);
        auto const sort = [&](Numbers const& v) { Numbers r; for (auto i : order) r.push_back(v[i]); return r; };
        auto const p = sort(partition), d = sort(day), v = sort(values);
        auto const starts = partition_starts(p);
        auto const days = random.between(1, 20);
        auto const rolled = *rolling_sum(v, d, starts, days), total = *cumulative_sum(v, starts);
        for (std::size_t i = 0; i < p.size(); ++i) {
            std::int64_t near = 0, before = 0;
            for (std::size_t j = 0; j < p.size(); ++j) {
                if (p[j] == p[i] && d[j] <= d[i] && d[j] > d[i] - days) near += v[j];
                if (p[j] == p[i] && j <= i) before += v[j];
            }
            ASSERT_EQ(rolled[i], near);
            ASSERT_EQ(total[i], before);
        }
    }
}

TEST(Window, Quantiles) {
    EXPECT_THAT(quantiles(Numbers{}, std::vector{0.5}), ElementsAre(0.0));
    EXPECT_THAT(quantiles(Numbers{7}, std::vector{0.0, 0.5, 1.0}), ElementsAre(7.0, 7.0, 7.0));
    EXPECT_THAT(quantiles(Numbers{4, 1, 3, 2}, std::vector{0.0, 0.5, 0.25, 1.0}), ElementsAre(1.0, 2.5, 1.75, 4.0)) << "R: quantile(1:4, type = 7)";
    EXPECT_THAT(quantiles(std::vector{0.5, 1.5}, std::vector{0.5, -1.0, 2.0}), ElementsAre(1.0, 0.5, 1.5));
}

TEST(Window, TopK) {
    EXPECT_THAT(top_k(Numbers{3, 9, 9, 1}, 3), ElementsAre(1, 2, 0));
    EXPECT_THAT(top_k(Numbers{3}, 5), ElementsAre(0));
    EXPECT_THAT(top_k(Numbers{}, 5), IsEmpty());
}

TEST(Kernels, RangeOnEveryWidthAndLength) {
    Random random(4);
    for (int round = 0; round < 400; ++round) {
        auto const spread = std::int64_t(1) << random.below(62);
        Numbers values;
        for (auto n = 1 + random.below(150); n > 0; --n) values.push_back(random.between(-spread, spread));
        std::string bytes;
        auto packed = pack(values, bytes);
        packed.data = bytes.data();
        auto const low = random.between(-spread, spread), high = random.chance(0.1) ? low : random.between(low, spread);
        auto const first = random.below(values.size());
        std::vector<std::uint8_t> mask(values.size() - first);
        mask_range(packed, first, low, high, mask);
        for (std::size_t i = 0; i < mask.size(); ++i) ASSERT_EQ(mask[i], values[first + i] >= low && values[first + i] <= high);
        std::vector<std::uint32_t> positions(mask.size());
        auto const n = select(mask, positions);
        ASSERT_EQ(static_cast<std::ptrdiff_t>(n), std::ranges::count(mask, 1));
        for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(mask[positions[i]], 1);
    }
    std::vector<double> const reals{-1, std::nan(""), 0, 1};
    std::vector<std::uint8_t> mask(4);
    mask_range(reals, -1, 0, mask);
    EXPECT_THAT(mask, ElementsAre(1, 0, 1, 0));
}

TEST(Kernels, CheckedSumsTellOfOverflow) {
    std::vector<std::uint32_t> const groups{0, 1, 0};
    Numbers sums(2);
    EXPECT_TRUE(checked_sum_groups(groups, Numbers{1, 2, 3}, sums));
    EXPECT_THAT(sums, ElementsAre(4, 2));
    EXPECT_FALSE(checked_sum_groups(groups, Numbers{std::numeric_limits<std::int64_t>::max(), 0, 0}, sums));
    Numbers products(2);
    EXPECT_TRUE(checked_multiply(Numbers{3, -4}, Numbers{5, 6}, products));
    EXPECT_THAT(products, ElementsAre(15, -24));
    EXPECT_FALSE(checked_multiply(Numbers{std::int64_t(1) << 62, 1}, Numbers{4, 1}, products));
}

}  // namespace
}  // namespace kindling::shop::facts

#include "core/id.h"
#include "core/money.h"
#include "core/random.h"
#include "core/time.h"
#include "core/utf8.h"
#include <gmock/gmock.h>
#include <limits>
#include <set>

namespace kindling {
namespace {

TEST(Money, ParsesExactly) {
    EXPECT_EQ(*parse_amount("1,299.5", "CNY"), 129950);
    EXPECT_EQ(*parse_amount("-3", "GBP"), -300);
    EXPECT_EQ(*parse_amount("0.10", "USD"), 10);
    EXPECT_EQ(*parse_amount(".5", "USD"), 50);
    EXPECT_EQ(*parse_amount("1200", "JPY"), 1200);
    EXPECT_EQ(*parse_amount("2.5500", "CNY"), 255);  // zeros beyond the decimals are no loss
    for (auto bad : {"", "-", ".", "1.2.3", "12a", "1e5", "--1", "5-"}) EXPECT_FALSE(parse_amount(bad, "CNY")) << bad;
    EXPECT_EQ(parse_amount("2.555", "CNY").error().reason, "too_many_decimals");
    EXPECT_EQ(parse_amount("92233720368547758.07", "CNY").value(), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(parse_amount("92233720368547758.08", "CNY").error().reason, "amount_overflow");
}

TEST(Money, FormatsForPeople) {
    EXPECT_EQ(format_money(129900, "CNY", Locale::zh), "¥1,299.00");
    EXPECT_EQ(format_money(-123456789, "USD", Locale::en), "-$1,234,567.89");
    EXPECT_EQ(format_money(5, "GBP", Locale::en), "£0.05");
    EXPECT_EQ(format_money(100000, "JPY", Locale::en), "¥100,000");
    EXPECT_EQ(format_amount(std::numeric_limits<std::int64_t>::min(), "CNY"), "-92233720368547758.08");
}

TEST(Money, NeverWraps) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(checked_add(most, 1).error().reason, "amount_overflow");
    EXPECT_EQ(checked_multiply(most / 2, 3).error().reason, "amount_overflow");
    EXPECT_EQ(*checked_scale(most, 3, 3), most);          // only the result must fit
    EXPECT_EQ(*checked_scale(5, 1, 2), 3);                // half away from zero
    EXPECT_EQ(*checked_scale(-5, 1, 2), -3);
    EXPECT_EQ(*checked_scale(4, 1, 3), 1);
    EXPECT_FALSE(checked_scale(most, 2, 1));
}

TEST(Time, ReadsIsoAndRefusesDaysThatDoNotExist) {
    EXPECT_EQ(*parse_time("1970-01-01"), 0);
    EXPECT_EQ(*parse_time("2010-12-01 08:26:00"), 1291191960000);
    EXPECT_EQ(*parse_time("2026-11-23T16:44:33.120Z"), *parse_time("2026-11-24T00:44:33.120+08:00"));
    EXPECT_EQ(*parse_time("2026-11-23T16:44:33+0800"), *parse_time("2026-11-23T08:44:33Z"));
    EXPECT_EQ(parse_date("2026-02-29").error().reason, "no_such_date");
    EXPECT_TRUE(parse_date("2024-02-29"));
    for (auto bad : {"", "2026", "2026-1-1", "2026-11-23T25:00", "2026-11-23T10:00:00x", "2026-11-23T10:00:00.", "23/11/2026"}) EXPECT_FALSE(parse_time(bad)) << bad;
}

TEST(Time, DaysAndBack) {
    for (Day d : {-800000, -1, 0, 1, 20000, 2932896}) EXPECT_EQ(*parse_date(format_date(d < -719528 ? 0 : d)), d < -719528 ? 0 : d);
    EXPECT_EQ(day_of(-1), -1);
    EXPECT_EQ(day_of(0), 0);
    EXPECT_EQ(day_of(milliseconds_per_day - 1), 0);
    EXPECT_EQ(day_of(0, 8 * 3'600'000), 0);
    EXPECT_EQ(day_of(20 * 3'600'000, 8 * 3'600'000), 1);  // four in the morning in Shanghai is the next day
    EXPECT_EQ(weekday_of(day_from_civil(2026, 11, 23)), 1u);
}

TEST(Utf8, KnowsWellFormedText) {
    for (auto good : {"", "abc", "火种", "\xF0\x9F\x94\xA5", "\xEF\xBF\xBD"}) EXPECT_TRUE(is_utf8(good));
    for (auto bad : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE7\x81", "\x80", "\xC3"}) EXPECT_FALSE(is_utf8(bad));
    EXPECT_EQ(repair_utf8("a\xFF" "b"), "a\xEF\xBF\xBD" "b");
    EXPECT_EQ(utf8_prefix("火种", 4), "火");
    EXPECT_EQ(utf8_prefix("火种", 2), "");
    EXPECT_EQ(count_code_points("火a种"), 3u);
    EXPECT_EQ(to_utf8(to_utf32("火\xF0\x9F\x94\xA5")), "火\xF0\x9F\x94\xA5");
}

TEST(Random, IsTheSameEverywhereAndHasTheMomentsItClaims) {
    Random a(1), b(1);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(a.bits(), b.bits());
    EXPECT_NE(Random(1).stream("x").bits(), Random(1).stream("y").bits());
    EXPECT_NE(Random(1).stream("x", 1).bits(), Random(1).stream("x", 2).bits());
    Random r(3);
    double sum = 0, squares = 0, gamma = 0, poisson = 0;
    constexpr int n = 200'000;
    for (int i = 0; i < n; ++i) {
        auto const x = r.normal();
        sum += x, squares += x * x, gamma += r.gamma(2.5, 2), poisson += static_cast<double>(r.poisson(3.2));
    }
    EXPECT_NEAR(sum / n, 0, 0.01);
    EXPECT_NEAR(squares / n, 1, 0.02);
    EXPECT_NEAR(gamma / n, 5, 0.05);
    EXPECT_NEAR(poisson / n, 3.2, 0.02);
    for (int i = 0; i < 1000; ++i) {
        EXPECT_LT(r.below(3), 3u);
        auto const x = r.between(-2, 2);
        EXPECT_TRUE(x >= -2 && x <= 2);
    }
}

TEST(Id, IsUniqueAndSortsByTime) {
    std::set<std::string> seen;
    for (int i = 0; i < 10'000; ++i) EXPECT_TRUE(seen.insert(new_id("ord")).second);
    EXPECT_EQ(new_id("x").size(), 2 + 26u);
    EXPECT_EQ(new_secret(32).size(), 43u);
    EXPECT_NE(new_secret(), new_secret());
}

}  // namespace
}  // namespace kindling

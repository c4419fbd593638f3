// What each variant takes of its product, and how sums of 28 days are missed.
#include "modules/forecast/scores.h"
#include "modules/forecast/shares.h"
#include <gtest/gtest.h>

namespace kindling::forecast {
namespace {

constexpr std::size_t days = 300;

// `every` days apart a unit, from `begun` on.
GoodHistory variant(std::string sku, std::string product, std::size_t begun, std::size_t every) {
    GoodHistory g{.sku = std::move(sku), .product_id = std::move(product), .category = 0, .on_sale = true, .begun = static_cast<std::int32_t>(begun), .sold = {}, .empty = {}, .by_place = {}, .attributes = {}};
    for (std::size_t t = begun; t < days; t += every) g.sold.push_back({static_cast<std::int32_t>(t), 1});
    return g;
}

TEST(Shares, AreLongAndKeepTheirProduct) {
    History const history{.first = 20000, .end = 20000 + static_cast<Day>(days), .categories = {{"cups", -1}}, .places = {}, .goods = {variant("a-l", "a", 0, 3), variant("a-m", "a", 200, 3), variant("a-new", "a", days - 20, 2), variant("a-s", "a", 0, 12), variant("b", "b", 0, 4)}};
    Ground const ground(history);
    auto const rates = share_rates(ground, days);
    EXPECT_NEAR(rates[0] / rates[3], 4, 0.5);
    EXPECT_NEAR(rates[1] / rates[0], 1, 0.1) << "by the days that it is on sale";
    EXPECT_EQ(rates[2], 0) << "young: as launches go";
    EXPECT_EQ(rates[4], 0) << "alone in its product";

    Means means{2, {1, 2, 0, 0, 0.5F, 0.5F, 1, 4, 0.25F, 0.25F}};
    auto const all = shared(ground, means, rates, 1), half = shared(ground, means, rates, 0.5);
    for (std::size_t h = 0; h < 2; ++h) {
        EXPECT_NEAR(all.row(0)[h] + all.row(1)[h] + all.row(3)[h], means.row(0)[h] + means.row(1)[h] + means.row(3)[h], 1e-5) << "the product stays";
        EXPECT_NEAR(all.row(0)[h] / all.row(3)[h], rates[0] / rates[3], 1e-4);
        EXPECT_NEAR(half.row(3)[h], (all.row(3)[h] + means.row(3)[h]) / 2, 1e-5);
    }
    EXPECT_EQ(all.row(2)[0], 0.5F);
    EXPECT_EQ(all.row(4)[1], 0.25F);
    EXPECT_EQ(shared(ground, means, rates, 0).values, means.values);
}

TEST(Shares, NoSalesAtAllAreNotShared) {
    auto idle = [](std::string sku) { auto g = variant(std::move(sku), "a", 0, 1); g.sold.clear(); return g; };
    History const history{.first = 20000, .end = 20000 + static_cast<Day>(days), .categories = {{"cups", -1}}, .places = {}, .goods = {idle("a-l"), idle("a-s")}};
    Ground const ground(history);
    EXPECT_EQ(share_rates(ground, days), (std::vector<double>{0, 0}));
}

TEST(Scores, SpansAreMissedAsSums) {
    Sums s;
    std::vector<double> const forecast(span_days, 0.5);
    std::vector<double> came(span_days, 0);
    came[3] = 10;
    s.add_span(forecast, came);
    EXPECT_EQ(s.span_sold, 10);
    EXPECT_EQ(s.span_miss, 4) << "14 expected, 10 came";
}

}  // namespace
}  // namespace kindling::forecast

// The boosted sums of a shop whose truth is known, and goods that follow them; what a run says when there is no such model.
#include "core/random.h"
#include "modules/forecast/boosted.h"
#include "modules/forecast/compute.h"
#include "modules/forecast/tree.h"
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace kindling::forecast {
namespace {

constexpr std::size_t days = 500, ahead = 28;

// Four categories of ten goods; each good sells some units a day, twice as many on Saturdays, and more in summer than in winter: all categories alike.
double truth(std::size_t good, std::size_t t) {
    auto const weekday = weekday_of(20'000 + static_cast<Day>(t));
    return (1.0 + 0.4 * static_cast<double>(good % 10)) * (weekday == 6 ? 2 : 1) * std::exp(0.6 * std::sin(2 * 3.14159265 * static_cast<double>(t) / 365));
}
History shop(std::size_t known) {
    History h{.first = 20'000, .end = 20'000 + static_cast<Day>(known), .categories = {{"a", -1}, {"b", -1}, {"c", -1}, {"d", -1}}, .places = {}, .goods = {}};
    Random random(5);
    for (std::size_t g = 0; g < 40; ++g) {
        GoodHistory good{.sku = fmt::format("g{:02}", g), .product_id = fmt::format("p{:02}", g), .category = static_cast<std::int32_t>(g / 10), .on_sale = true, .begun = 0, .sold = {}, .empty = {}, .by_place = {}, .attributes = {}};
        for (std::size_t t = 0; t < known; ++t) if (auto const units = random.poisson(truth(g, t)); units > 0) good.sold.push_back({static_cast<std::int32_t>(t), static_cast<std::int32_t>(units)});
        h.goods.push_back(std::move(good));
    }
    return h;
}

TEST(Boosted, ForecastsTheSumsAndMovesTheirGoods) {
    auto const history = shop(days);
    Ground const ground(history);
    auto const origin = days - ahead;
    auto const sums = boosted_sums(ground, ground.sums, origin, ahead, {});
    ASSERT_TRUE(sums) << sums.error().message;
    ASSERT_EQ(sums->size(), 5u) << "the shop and four categories";
    double miss = 0, came = 0;
    for (std::size_t h = 0; h < ahead; ++h) miss += std::abs(static_cast<double>((*sums)[0][h]) - ground.sums[0][origin + h]), came += ground.sums[0][origin + h];
    EXPECT_LT(miss / came, 0.12);
    // Goods that were forecast flat come to the sums of their categories.
    Means flat{ahead, std::vector<float>(40 * ahead, 4.0F)};
    auto const followed = moved(flat, nearest_sums(ground), boosted_moves(ground, flat, *sums), 1);
    for (std::size_t h = 0; h < ahead; ++h) {
        double sum = 0;
        for (std::size_t g = 0; g < 10; ++g) sum += static_cast<double>(followed.row(g)[h]);
        EXPECT_NEAR(sum / static_cast<double>((*sums)[1][h]), 1, 0.12);
    }
    // Nothing after the origin is looked at.
    auto later = history;
    for (auto& g : later.goods) for (auto& d : g.sold) if (static_cast<std::size_t>(d.day) >= origin) d.units *= 5;
    Ground const changed(later);
    EXPECT_EQ(*boosted_sums(changed, changed.sums, origin, ahead, {}), *sums);
}

TEST(Boosted, IsNotTriedOnAShortHistory) {
    auto const made = compute(shop(200), nullptr, 56, {}, 2);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(made->findings.boosted_without, "too_short");
    EXPECT_FALSE(made->kept.models.contains(Model::boosted));
}

// A tree of categories may be kept that bites its tail, with a good under no category and one category that nothing lies under.
TEST(Compute, ForecastsAShopWhoseCategoriesGoRoundInACircle) {
    auto history = shop(200);
    history.categories = {{"a", 1}, {"b", 2}, {"c", 0}, {"d", 3}, {"empty", 1}};
    history.goods[39].category = -1;
    auto const made = compute(history, nullptr, 28, {}, 2);
    ASSERT_TRUE(made) << made.error().message;
    for (auto const& [model, means] : made->kept.models)
        for (auto const v : means.values) ASSERT_TRUE(std::isfinite(v) && v >= 0) << static_cast<int>(model);
    // Ten goods lie under each of the three in the circle, whichever way one goes round: each holds all thirty.
    double thirty = 0, all = 0;
    auto const& means = made->kept.models.at(Model::smoothing);
    for (std::size_t g = 0; g < 40; ++g) for (auto const v : means.row(g)) all += static_cast<double>(v), thirty += g < 30 ? static_cast<double>(v) : 0;
    EXPECT_GT(thirty, 28 * 30);
    std::size_t circle = 0;
    for (auto const& node : nodes_of(made->kept)) if (node.id == "a" || node.id == "b" || node.id == "c") circle += node.members.size() == 30 ? 1 : 0;
    EXPECT_EQ(circle, 3u);
    EXPECT_GT(all, thirty);
}

}  // namespace
}  // namespace kindling::forecast

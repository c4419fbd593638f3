// forecast.total beside forecast.demand: what is one node answers as its page does, at any place, in any days; the numbers of a choice are consistent.
#include "modules/forecast/paths.h"
#include "modules/forecast/total.h"
#include "shop/promotions/api.h"
#include "shop/shop_for_test.h"
#include <gmock/gmock.h>

namespace kindling::forecast {
namespace {

using testing::Contains, testing::ElementsAre, testing::Not;
constexpr std::size_t days_ahead = 56;

// Two categories, of which one has one product of one variant; a product and one of its two variants have the same id. Dispersions differ by level and busyness, and levels asked of single days by level.
Kept kept_shop() {
    Kept k{.run_id = "fcr_1", .origin = 20'000, .horizon = days_ahead, .categories = {{"home", -1}, {"cups", 0}, {"lamps", 0}}, .places = {"east", "west"}, .goods = {}, .nodes = {}, .models = {}, .spreads = {}};
    k.goods.push_back({.sku = "LAMP", .product_id = "lamp", .category = 2, .factor = 1.1F, .shares = {0.5F, 0.5F}});
    k.goods.push_back({.sku = "MUG", .product_id = "MUG", .category = 1, .factor = 0.8F, .shares = {0.02F, 0.98F}});
    k.goods.push_back({.sku = "MUG-L", .product_id = "MUG", .category = 1, .shares = {0.03F, 0.97F}});
    k.goods.push_back({.sku = "POT", .product_id = "pot", .category = 1, .shares = {0.04F, 0.96F}});
    k.nodes[{Level::product, "MUG"}] = {1, 0.9F};
    Means means{days_ahead, std::vector<float>(k.goods.size() * days_ahead)};
    for (std::size_t g = 0; g < k.goods.size(); ++g)
        for (std::size_t h = 0; h < days_ahead; ++h) means.row(g)[h] = static_cast<float>(g + 1) * (1.5F + 0.2F * static_cast<float>(h % 7));
    k.models[Model::smoothing] = means, k.models[Model::calendar] = means;
    auto& of_day = k.asked[Model::smoothing];
    for (std::size_t level = 0; level < level_count; ++level) {
        auto const l = static_cast<float>(level);
        for (auto const model : {Model::smoothing, Model::calendar})
            for (std::size_t busy = 0; busy < class_count; ++busy) k.spreads[model][level][busy].sums.fill(0.6F + 0.1F * l - 0.09F * static_cast<float>(busy)), k.spreads[model][level][busy].days.fill(0.7F + 0.1F * l - 0.09F * static_cast<float>(busy));
        of_day[level] = quantile_levels;
        of_day[level][5] = 0.93 + 0.005 * static_cast<double>(level), of_day[level][6] = 0.985;
    }
    return k;
}

class KeptShop {
public:
    KeptShop() : shop_("total") {
        auto tx = std::move(*shop_.services.store->write(1));
        auto const kept = kept_shop();
        EXPECT_TRUE(save_run(*tx, {.run_id = "fcr_1", .origin_day = kept.origin, .horizon_days = days_ahead, .made_by = "t", .champion = "smoothing", .goods = 4, .findings = "{}"}, kept));
        for (auto const* product : {"lamp", "MUG", "pot"}) EXPECT_TRUE(tx->execute("INSERT INTO products (shop_id, product_id, title_en, title_zh, category_id, created_at_ms, updated_at_ms) VALUES (1, ?, 'x', 'x', 'cups', 0, 0)", product));
        EXPECT_TRUE(tx->execute("INSERT INTO variants (shop_id, sku, product_id, price_minor, currency) VALUES (1, 'POT', 'pot', 1000, 'CNY')"));
        EXPECT_TRUE(tx->commit());
    }
    template <class In, class Out> Result<Out> ask(Result<Out> (*operation)(Context&, In const&), In const& in) {
        auto tx = std::move(*shop_.services.store->read(1));
        Context context{.services = shop_.services, .caller = {.kind = Caller::Kind::system, .id = "t", .permissions = {"*"}}, .now = start_of(20'000)};
        context.open = tx.get();
        return operation(context, in);
    }
    ForecastTotal total_of(AskTotal in) { return ask(&total, in).value(); }
    shop::test::ShopOnDisk& shop() { return shop_; }

private:
    shop::test::ShopOnDisk shop_;
};

AskTotal only(Level level, std::string const& id) {
    AskTotal in;
    if (level == Level::category) in.category_ids = {id};
    if (level == Level::product) in.product_ids = {id};
    if (level == Level::variant) in.skus = {id};
    return in;
}

TEST(Total, OneNodeIsItsOwnPageAtAnyPlaceInAnyDays) {
    KeptShop shop;
    std::pair<Level, std::string> const nodes[] = {{Level::total, ""}, {Level::category, "home"}, {Level::category, "cups"}, {Level::category, "lamps"}, {Level::product, "MUG"}, {Level::product, "lamp"}, {Level::variant, "MUG"}, {Level::variant, "LAMP"}};
    for (auto const& [level, id] : nodes)
        for (auto const* place : {"", "east", "west"})
            for (auto const step : {ForecastStep::day, ForecastStep::week, ForecastStep::month}) {
                auto const page = shop.ask(&demand, AskDemand{.level = level, .id = id, .place_id = place, .step = step}).value();
                for (std::size_t n = 0; n < std::min<std::size_t>(page.ahead.size(), 9); ++n) {
                    auto const& there = page.ahead[n];
                    auto in = only(level, id);
                    auto const first = std::max<Day>(20'000, parse_date(there.day).value());
                    in.place_id = place, in.first_day = format_date(first), in.last_day = format_date(first + static_cast<Day>(there.days) - 1);
                    auto const here = shop.total_of(in);
                    SCOPED_TRACE(fmt::format("{} {} at {} from {} for {} days", name(level), id, place, in.first_day, there.days));
                    EXPECT_DOUBLE_EQ(here.mean, there.mean);
                    EXPECT_EQ(here.quantiles, there.quantiles);
                    if (level != Level::total) {
                        ASSERT_EQ(here.parts.size(), 1u);
                        EXPECT_EQ(here.parts[0].low, here.low);
                        EXPECT_EQ(here.parts[0].high, here.high);
                    }
                    // The same with something chosen within it once more.
                    if (level == Level::category && id == "cups") {
                        in.skus = {"MUG"};
                        EXPECT_EQ(shop.total_of(in).quantiles, there.quantiles);
                    }
                }
            }
}

TEST(Total, AProductAndAVariantOfOneIdAreTwoThings) {
    KeptShop shop;
    auto const product = shop.total_of({.product_ids = {"MUG"}}), variant = shop.total_of({.skus = {"MUG"}}), both = shop.total_of({.product_ids = {"MUG"}, .skus = {"MUG"}});
    EXPECT_EQ(product.variants, 2);
    EXPECT_EQ(variant.variants, 1);
    EXPECT_LT(variant.mean, product.mean);
    EXPECT_EQ(both.mean, product.mean) << "what is chosen twice counts once";
    ASSERT_EQ(both.parts.size(), 2u);
    EXPECT_EQ(both.parts[0].level, Level::product);
    EXPECT_EQ(both.parts[1].level, Level::variant);
    EXPECT_EQ(both.parts[1].mean, variant.mean);
    auto const refused = shop.ask(&total, AskTotal{.product_ids = {"POT"}, .skus = {"pot"}}).error();
    ASSERT_EQ(refused.fields.size(), 2u);
    EXPECT_EQ(refused.fields[0].path, "/product_ids/0");
    EXPECT_EQ(refused.fields[1].path, "/skus/0");
}

TEST(Total, NumbersOfAChoiceAreConsistent) {
    KeptShop shop;
    for (auto const* last : {"", "2024-10-04"}) {  // four weeks; the first day alone
        AskTotal in{.product_ids = {"lamp"}, .skus = {"MUG", "POT"}, .last_day = last};
        auto const sum = shop.total_of(in);
        double mean = 0, low = 0, high = 0;
        for (auto const& p : sum.parts) mean += p.mean, low += p.low, high += p.high;
        EXPECT_NEAR(sum.mean, mean, 1e-9);
        EXPECT_TRUE(std::ranges::is_sorted(sum.quantiles));
        EXPECT_GE(sum.low, low) << "not all of them fall short at once";
        EXPECT_LE(sum.high, high);
        EXPECT_LT(sum.low, sum.mean);
        EXPECT_GT(sum.high, sum.mean);
        // Nine in ten are needed for the 90 % quantile; so many suffice with at least that chance, and one fewer does not.
        in.chance = 0.9;
        EXPECT_EQ(shop.total_of(in).needed, sum.high);
        for (auto const chance : {0.6, 0.9, 0.97}) {
            in.chance = chance;
            auto const needed = shop.total_of(in).needed;
            in.units = std::llround(needed);
            auto const told = shop.total_of(in);
            EXPECT_EQ(told.units, in.units);
            EXPECT_GE(told.enough.value() + 1e-6, chance);
            in.units = std::llround(needed) - 1;
            EXPECT_LT(shop.total_of(in).enough.value(), chance);
            in.units.reset();
        }
    }
}

TEST(Total, AnUnknownDayIsToldWithTheDaysThatAreKnown) {
    KeptShop shop;
    auto const refused = shop.ask(&total, AskTotal{.first_day = "2030-01-01"}).error();
    EXPECT_THAT(refused.message, Not(testing::HasSubstr("forecast.list")));
    ASSERT_EQ(refused.fields.size(), 1u);
    EXPECT_THAT(refused.fields[0].message, testing::HasSubstr("the forecast is from 2024-10-04 to 2024-11-28"));
}

TEST(Total, SaysWhichPromotionsItCannotCount) {
    KeptShop shop;
    EXPECT_THAT(shop.total_of({}).notes, Not(Contains("promotion_not_learned")));
    ASSERT_TRUE(shop.shop().run(shop::promotions::operations(), "promotions.save", json::object{{"promotion", json::object{{"title_en", "a fifth off"}, {"kind", "percent_off"}, {"percent_off_hundredths", 2000}, {"starts", "2024-10-10"}}}}, start_of(20'000)));
    EXPECT_THAT(shop.total_of({}).notes, Contains("promotion_not_learned")) << "no elasticity is known";
    EXPECT_THAT(shop.total_of({.skus = {"POT", "MUG"}}).notes, Contains("promotion_not_learned"));
    EXPECT_THAT(shop.total_of({.skus = {"LAMP"}}).notes, Not(Contains("promotion_not_learned"))) << "its price is not known, so nothing comes off";
}

TEST(Asked, LevelsBetweenThoseThatWereLearnedAndBack) {
    Asked asked{0.02, 0.06, 0.2, 0.5, 0.8, 0.96, 0.99};
    for (std::size_t i = 0; i < asked.size(); ++i) EXPECT_DOUBLE_EQ(asked_for(asked, quantile_levels[i]), asked[i]);
    EXPECT_DOUBLE_EQ(asked_for(asked, 0), 0);
    EXPECT_DOUBLE_EQ(asked_for(asked, 1), 1);
    EXPECT_NEAR(asked_for(asked, 0.825), 0.88, 1e-12);
    for (double share = 0.001; share < 1; share += 0.013) {
        EXPECT_NEAR(share_below(asked, asked_for(asked, share)), share, 1e-12);
        EXPECT_NEAR(asked_for(quantile_levels, share), share, 1e-12);
    }
}

}  // namespace
}  // namespace kindling::forecast

// forecast.whatif is what the forecast itself says once the promotion is saved: on feasts that hold cuts already, too.
#include "modules/forecast/store.h"
#include "modules/forecast/understand.h"
#include "shop/catalogue/api.h"
#include "shop/promotions/api.h"
#include "shop/shop_for_test.h"
#include <cmath>
#include <gmock/gmock.h>

namespace kindling::forecast {
namespace {

constexpr Day first_ahead = 20'000;
constexpr std::size_t known_ahead = 56;

struct AskPlan {
    std::int64_t page_size = 1;
    std::string page_token;
    static constexpr Field fields[] = {field("page_size", "n", "n"), field("page_token", "t", "t")};
};
BOOST_DESCRIBE_STRUCT(AskPlan, (), (page_size, page_token))
struct PlanRow {
    std::string product_id;
    double elasticity = -2, elasticity_deviation = 0.1, price_minor = 1000, margin = 0.4;
    static constexpr Field fields[] = {field("product_id", "p", "p"), field("elasticity", "e", "e"), field("elasticity_deviation", "d", "d"), field("price_minor", "m", "m"), field("margin", "s", "s")};
};
BOOST_DESCRIBE_STRUCT(PlanRow, (), (product_id, elasticity, elasticity_deviation, price_minor, margin))
struct PlanOfTest {
    bool planned = true;
    std::vector<PlanRow> items;
    std::string next_page_token;
    static constexpr Field fields[] = {field("planned", "p", "p"), field("items", "i", "i"), field("next_page_token", "t", "t")};
};
BOOST_DESCRIBE_STRUCT(PlanOfTest, (), (planned, items, next_page_token))
Result<PlanOfTest> plan_of_test(Context&, AskPlan const&) { return PlanOfTest{.items = {{.product_id = "a"}, {.product_id = "b"}}, .next_page_token = {}}; }

// Cups of two products, four of each a day; a feast in days 10 to 19 whose move holds cuts that lifted cups by a half.
class FeastShop {
public:
    explicit FeastShop(Model champion) : shop_("whatif") {
        std::vector<Operation> plan;
        plan.push_back(operation({.name = "assortment.plan", .scenario = "1", .summary = {"x.", "x。"}, .permission = "x"}, &plan_of_test));
        registry_ = Registry(std::move(plan)), shop_.services.registry = &registry_;
        Kept k{.run_id = "fcr_1", .origin = first_ahead, .horizon = known_ahead, .categories = {{"cups", -1}}, .places = {}, .goods = {}, .nodes = {}, .models = {}, .spreads = {}};
        for (auto const& [sku, product] : {std::pair{"A", "a"}, {"B", "b"}}) k.goods.push_back({.sku = sku, .product_id = product, .category = 0, .elasticity = -2, .shares = {}});
        k.models[Model::smoothing] = {known_ahead, std::vector<float>(2 * known_ahead, 4.0F)}, k.models[Model::calendar] = k.models[Model::yearly] = k.models[Model::smoothing];
        for (auto const model : {Model::smoothing, Model::yearly, Model::calendar}) for (auto& level : k.spreads[model]) for (auto& s : level) s.sums.fill(0.3F), s.days.fill(0.3F);
        k.holiday_moves.assign(2, std::vector<float>(known_ahead)), k.season_moves = k.holiday_moves, k.held_moves = k.holiday_moves;
        for (std::size_t h = 10; h < 20; ++h) k.holiday_moves[1][h] = 0.6F, k.held_moves[1][h] = static_cast<float>(std::log(1.5));
        k.year_held = k.held_moves;
        auto const catalogue = shop::catalogue_operations();
        EXPECT_TRUE(shop_.run(catalogue, "catalog.save_categories", json::object{{"categories", json::array{json::object{{"category_id", "cups"}, {"name_en", "Cups"}}}}}, now()));
        for (auto const& [sku, product] : {std::pair{"A", "a"}, {"B", "b"}}) EXPECT_TRUE(shop_.run(catalogue, "catalog.save_products", json::object{{"products", json::array{json::object{{"product_id", product}, {"title_en", product}, {"category_id", "cups"}, {"variants", json::array{json::object{{"sku", sku}, {"price_minor", 1000}}}}}}}}, now()));
        auto tx = std::move(*shop_.services.store->write(1));
        EXPECT_TRUE(save_run(*tx, {.run_id = "fcr_1", .origin_day = first_ahead, .horizon_days = known_ahead, .made_by = "t", .champion = std::string(name(champion)), .goods = 2, .findings = "{}"}, k));
        EXPECT_TRUE(save_choice(*tx, {.champion = std::string(name(champion))}));
        EXPECT_TRUE(tx->commit());
    }
    // A part off product a in days 5 to 24: by a code, which a forecast does not count, or by itself.
    void save_promotion(std::int64_t hundredths, bool by_code) {
        json::object p{{"promotion_id", "off"}, {"title_en", "Off"}, {"kind", "percent_off"}, {"percent_off_hundredths", hundredths}, {"goods", json::object{{"product_ids", json::array{"a"}}}}, {"starts", format_date(first_ahead + 5)}, {"ends", format_date(first_ahead + 24)}};
        if (by_code) p["codes"] = json::array{"OFF"};
        auto const saved = shop_.run(shop::promotions::operations(), "promotions.save", json::object{{"promotion", std::move(p)}}, now());
        EXPECT_TRUE(saved) << (saved ? "" : saved.error().message);
    }
    template <class In, class Out> Out ask(Result<Out> (*operation)(Context&, In const&), In const& in) {
        auto tx = std::move(*shop_.services.store->read(1));
        Context context{.services = shop_.services, .caller = {.kind = Caller::Kind::system, .id = "t", .permissions = {"*"}}, .now = now()};
        context.open = tx.get();
        auto out = operation(context, in);
        EXPECT_TRUE(out) << (out ? "" : out.error().message);
        return out ? std::move(*out) : Out{};
    }
    double forecast_of(Level level, std::string const& id, std::size_t from, std::size_t to) {
        auto const page = ask(&demand, AskDemand{.level = level, .id = id, .history_days = 0});
        double sum = 0;
        for (auto h = from; h < to; ++h) sum += page.ahead[h].mean;
        return sum;
    }
    WhatIfAnswer what_if_of(Level level, std::string const& id, std::size_t from, std::size_t to) { return ask(&what_if, WhatIfPrice{.level = level, .id = id, .first_day = format_date(first_ahead + static_cast<Day>(from)), .last_day = format_date(first_ahead + static_cast<Day>(to) - 1), .promotion_id = "off"}); }

private:
    static Milliseconds now() { return start_of(first_ahead); }
    shop::test::ShopOnDisk shop_;
    Registry registry_;
};

TEST(WhatIf, IsWhatTheForecastSaysOnceThePromotionIsSaved) {
    constexpr std::pair<std::size_t, std::size_t> spans[] = {{5, 10}, {10, 20}, {5, 25}, {0, 40}};
    for (auto const champion : {Model::calendar, Model::yearly, Model::smoothing})
        for (std::int64_t const hundredths : {1000, 2000, 4500})  // lifts that the feast held in part, about as much, and less than these
            for (auto const& [level, id] : {std::pair{Level::category, "cups"}, {Level::product, "a"}, {Level::variant, "A"}}) {
                FeastShop shop(champion);
                for (auto const& [from, to] : spans) {
                    SCOPED_TRACE(fmt::format("{}, {} % off, {} {}, days {} to {}", name(champion), hundredths / 100, name(level), id, from, to));
                    shop.save_promotion(hundredths, true);
                    auto const before = shop.forecast_of(level, id, from, to);
                    auto const asked = shop.what_if_of(level, id, from, to);
                    EXPECT_NEAR(asked.units, before, 1e-3);
                    shop.save_promotion(hundredths, false);
                    auto const after = shop.forecast_of(level, id, from, to);
                    EXPECT_NEAR(asked.units_then, after, 1e-3 * after);
                    EXPECT_LE(asked.units_low, asked.units_then + 1e-9);
                    EXPECT_GE(asked.units_high, asked.units_then - 1e-9);
                    // Asked of what counts already: without it and with it.
                    auto const again = shop.what_if_of(level, id, from, to);
                    EXPECT_NEAR(again.units, before, 1e-3 * before);
                    EXPECT_NEAR(again.units_then, after, 1e-3 * after);
                }
            }
}

TEST(WhatIf, AFeastThatHeldTheCutSellsNoMoreOfTheCategory) {
    FeastShop shop(Model::calendar);
    shop.save_promotion(2000, true);
    auto const feast = shop.what_if_of(Level::category, "cups", 10, 20), other = shop.what_if_of(Level::category, "cups", 20, 25);
    EXPECT_NEAR(feast.units, 80, 1e-3);
    EXPECT_NEAR(feast.units_then, 80, 0.1) << "a is lifted by 1.56, cups by 1.28, of which the feast held 1.5";
    EXPECT_NEAR(other.units_then, 20 * (1 + std::pow(0.8, -2)), 0.1);
}

}  // namespace
}  // namespace kindling::forecast

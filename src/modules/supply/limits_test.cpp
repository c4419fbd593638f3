// What a night's orders leave out: what saves most stays, packs and least orders hold, and lines are found in one pass.
#include "core/random.h"
#include "modules/supply/limits.h"
#include <chrono>
#include <cmath>
#include <gmock/gmock.h>

namespace kindling::supply_module {
namespace {

// One good at one place for each line, all of one supplier.
ShopStock shop_of_lines(std::size_t lines, std::vector<SupplyTerm> const& terms) {
    ShopStock stock{.currency = "CNY", .goods = {}, .places = {{"main", "warehouse", "", ""}}, .suppliers = {{.supplier_id = "kiln", .name = "Kiln"}}, .stored = {}};
    for (std::size_t i = 0; i < lines; ++i) {
        auto term = terms[i % terms.size()];
        term.cost_minor = 100;
        stock.goods.push_back({.sku = "S" + std::to_string(i), .supplier_id = "kiln", .on_sale = true, .cost = 100, .term = std::move(term)});
        stock.stored.push_back({.good = i, .place = 0, .supplier = 0, .coming = {}, .came = {}, .batches = {}, .sold = {}, .stock = {}});
    }
    return stock;
}

std::vector<double> quantities(std::span<OrderLine const> lines, std::size_t goods) {
    std::vector<double> out(goods);
    for (auto const& l : lines) out[l.i] += l.quantity;
    return out;
}

TEST(Limits, APlaceTakesWhatSavesMostOfAllOrders) {
    auto const stock = shop_of_lines(4, {{}, {.pack_size = 6}, {.minimum_quantity = 5}, {}});
    std::vector<OrderLine> a{{0, 10}, {1, 12}}, b{{2, 8}, {3, 4}};
    std::vector<OrderLine>* orders[] = {&a, &b};
    double const each[] = {1, 4, 2, 3};
    Saves const saves = [&](OrderLine const& l) { return each[l.i] * l.quantity; };
    auto const left = fill_place(stock, orders, 15, saves);
    // Twelve of the pack, three of the fourth; of the third no fewer than five are given, and the first saves least.
    EXPECT_THAT(quantities(a, 4), testing::ElementsAre(0, 12, 0, 0));
    EXPECT_THAT(quantities(b, 4), testing::ElementsAre(0, 0, 0, 3));
    EXPECT_THAT(left, testing::ElementsAre(10, 9));
}

TEST(Limits, MoneyPaysForWholeOrdersAndThenForAPart) {
    auto stock = shop_of_lines(4, {{}, {.pack_size = 6}, {.minimum_quantity = 5}, {}});
    stock.goods[3].term.price_steps = {{10, 50}};  // half the price from ten on
    double const each[] = {1, 4, 2, 3};
    Saves const saves = [&](OrderLine const& l) { return 100 * each[l.i] * l.quantity; };
    UnitCost const cost = [&](OrderLine const& l) { return static_cast<double>(unit_cost_minor(stock.goods[l.i].term, std::llround(l.quantity), 100)); };
    std::vector<OrderLine> a, b;
    auto const paid = [&](double budget, double least = 0, double order_cost = 0) {
        a = {{0, 10}, {1, 12}}, b = {{2, 8}};
        Priced const orders[] = {{&a, least, order_cost}, {&b, least, order_cost}};
        return spend(stock, orders, budget, saves, cost);
    };
    EXPECT_THAT(paid(3000), testing::ElementsAre(0, 0));
    // The first order saves 58 for its 22, the second 16 for its 8.
    EXPECT_THAT(paid(2300), testing::ElementsAre(0, 8));
    EXPECT_THAT(paid(2700), testing::ElementsAre(0, 3));
    EXPECT_THAT(quantities(b, 4), testing::ElementsAre(0, 0, 5, 0)) << "no fewer than five are given";
    EXPECT_THAT(paid(1300), testing::ElementsAre(9, 8));
    EXPECT_THAT(quantities(a, 4), testing::ElementsAre(1, 12, 0, 0)) << "what saves most for its money, in packs";
    EXPECT_THAT(paid(1300, 1400), testing::ElementsAre(22, 0)) << "a part is below the least order; the other, which was below it as a whole, is bought";
    EXPECT_THAT(paid(1300, 1300), testing::ElementsAre(9, 8));
    EXPECT_THAT(paid(100, 0, 100), testing::ElementsAre(22, 8)) << "one unit saves no more than an order costs";
    EXPECT_THAT(paid(0), testing::ElementsAre(22, 8));
    // Below a price step a unit costs more: of twelve at 50 that 400 do not pay for, four at 100.
    std::vector<OrderLine> stepped{{3, 12}};
    Priced const one[] = {{&stepped, 0, 0}};
    EXPECT_THAT(spend(stock, one, 400, saves, cost), testing::ElementsAre(8));
    EXPECT_THAT(quantities(stepped, 4), testing::ElementsAre(0, 0, 0, 4));
}

// Ten thousand lines of one place, as after a long pause: beside what an order leaves out line by line.
TEST(Limits, TenThousandLinesTakeNoTime) {
    constexpr std::size_t lines = 10'000, orders = 40;
    auto const stock = shop_of_lines(lines, {{}, {.pack_size = 4}, {.minimum_quantity = 3}});
    Random random(5);
    std::vector<double> each;
    std::vector<std::vector<OrderLine>> asked(orders);
    for (std::size_t i = 0; i < lines; ++i) each.push_back(1 + random.uniform()), asked[i % orders].push_back({i, static_cast<double>(4 + 4 * (i % 5))});
    auto const before = asked;
    std::vector<std::vector<OrderLine>*> of_place;
    for (auto& o : asked) of_place.push_back(&o);
    std::size_t questions = 0;
    Saves const saves = [&](OrderLine const& l) { ++questions; return each[l.i] * l.quantity; };
    auto const begun = std::chrono::steady_clock::now();
    auto const left = fill_place(stock, of_place, 60'000, saves);
    std::printf("10,000 lines of a place: %.1f ms, asked what they save %zu times\n", std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count(), questions);
    double kept = 0, lost = 0;
    for (std::size_t k = 0; k < orders; ++k) {
        auto const now = quantities(asked[k], lines), then = quantities(before[k], lines);
        double gone = 0;
        for (std::size_t i = 0; i < lines; ++i) {
            kept += now[i], gone += then[i] - now[i];
            auto const& term = stock.goods[i].term;
            ASSERT_TRUE(now[i] == 0 || (now[i] <= then[i] && std::fmod(now[i], static_cast<double>(term.pack_size)) == 0 && now[i] >= static_cast<double>(term.minimum_quantity))) << i;
        }
        EXPECT_NEAR(left[k], gone, 1e-9);
        lost += gone;
    }
    EXPECT_LE(kept, 60'000);
    EXPECT_GT(kept, 60'000 - 4);
    EXPECT_NEAR(kept + lost, 120'000, 1e-6);
    EXPECT_LE(questions, 2 * lines) << "each line is asked once, not at every comparison";
}

}  // namespace
}  // namespace kindling::supply_module

// What goods have to serve of a promise that they keep together: said by the orders that follow from it, and used only as long as that is what is promised.
#include "core/random.h"
#include "modules/supply/compute.h"
#include "modules/supply/policies.h"
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace kindling::supply_module {
namespace {

using testing::HasSubstr;

TEST(Promise, AChangedLineSaysWhichPartOfItIsTheGoods) {
    PurchaseProposal order;
    ProposalLine line{.quantity = 10, .proposed_quantity = 10, .target = 0.97, .aim = 0.85};
    auto changed = line;
    change_quantity(changed, 15, order);
    EXPECT_THAT(changed.why_en, HasSubstr("The promise of 97.0 % of units (its part of a promise that goods keep together: 85.0 %) was computed for 10."));
    EXPECT_THAT(changed.why_zh, HasSubstr("本品需达 85.0%）按 10 件计算"));
    line.aim.reset();
    change_quantity(line, 15, order);
    EXPECT_THAT(line.why_en, HasSubstr("The promise of 97.0 % of units was computed for 10."));
    EXPECT_TRUE(part_of_promise({}).en.empty() && part_of_promise({}).zh.empty());
}

// Eight empty shelves of one supplier: four goods that cost little, four that are dear to keep.
ShopStock empty_shelves() {
    constexpr std::size_t window = 200;
    ShopStock stock{.currency = "CNY", .today = 20'000, .first = 20'000 - static_cast<Day>(window), .days = window, .goods = {}, .places = {{"main", "warehouse", "", ""}}, .suppliers = {}, .stored = {}};
    stock.suppliers.push_back({.supplier_id = "kiln", .name = "Kiln", .promised_days = 4, .promised_deviation = 0.1, .seen = {}, .ordered_on = {}});
    Random random(5);
    for (std::size_t g = 0; g < 8; ++g) {
        stock.goods.push_back({.sku = "G" + std::to_string(g), .supplier_id = "kiln", .on_sale = true, .cost_known = true, .price = 5000, .cost = g % 2 == 0 ? 500.0 : 4500.0, .term = {}});
        Stored s;
        s.good = g, s.supplier = 0, s.counted = true, s.stock.assign(window, 0);
        for (std::size_t d = 0; d < window; ++d) s.sold.push_back(static_cast<float>(2 + random.below(7)));
        stock.stored.push_back(std::move(s));
    }
    return stock;
}

TEST(Promise, OrdersSayWhichPartOfItIsTheGoods) {
    auto const stock = empty_shelves();
    SupplySettings settings;
    settings.targets = {{.abc = {}, .xyz = {}, .fill_rate = 0.95}};
    settings = filled(std::move(settings), "CNY");
    auto const ahead = demand_ahead(stock, stock.today, 120, 1, {}).value();
    auto levels = make_levels(stock, ahead, settings, {.origin = stock.today, .rule = LevelRule::moments, .threads = 1}, {}).value();
    levels.of[0].aim = levels.of[0].target;  // one whose part is the promise itself
    auto const computed = compute(stock, ahead, levels, settings, true);
    ASSERT_EQ(computed.proposals.size(), 1u);
    ASSERT_EQ(computed.proposals[0].lines.size(), 8u);
    for (auto const& line : computed.proposals[0].lines) {
        EXPECT_EQ(line.aim.has_value(), line.sku != "G0") << line.sku;
        if (!line.aim) { EXPECT_THAT(line.why_en, HasSubstr("(promised 95.0 %).")); continue; }
        EXPECT_THAT(line.why_en, HasSubstr(fmt::format("(promised 95.0 %; its part of a promise that goods keep together: {:.1f} %).", 100 * *line.aim)));
        EXPECT_THAT(line.why_zh, HasSubstr(fmt::format("（承诺 95.0%；同一承诺由商品共同兑现，本品需达 {:.1f}%）", 100 * *line.aim)));
    }
}

TEST(Promise, APartOfAnotherPromiseIsNoPart) {
    StockItem item;
    item.service = ServiceKind::fill_rate, item.target = 0.97, item.aim = 0.85;
    EXPECT_EQ(planned_part(item, {.share = 0.97}), 0.85);
    EXPECT_EQ(planned_part(item, {.share = 0.9}), std::nullopt) << "the owner promises less since";
    EXPECT_EQ(planned_part(item, {.share = 0.97, .service = ServiceKind::cycle_service}), std::nullopt);
    item.aim.reset();
    EXPECT_EQ(planned_part(item, {.share = 0.97}), std::nullopt);
}

}  // namespace
}  // namespace kindling::supply_module

// Why a good is listed, dropped or left out: where places or money are short, what one more of them would be worth stands in the reason.
#include "modules/assortment/model.h"
#include <gmock/gmock.h>

namespace kindling::assortment_module {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// One good, and a plan that does this with it; a minor unit of money in stock earns so much, a place so many minor units.
PlanItem told(Action action, double of_money, double of_place) {
    Kept kept{.currency = "CNY"};
    kept.sets.push_back({.category_id = "cups", .name_en = "Cups", .name_zh = "杯子"});
    kept.sets[0].goods.push_back({.product_id = "cup", .title_en = "Cup", .title_zh = "杯子"});
    Computed plan;
    plan.outline.currency = "CNY", plan.outline.horizon_days = 56;
    plan.outline.limits = {{"shelf_places", 10, 10, 10, of_place}, {"capital_minor", 1e6, 1e6, 1e6, of_money}, {"push_places", 3, 0, 0, 0}};
    plan.items.push_back({.product_id = "cup", .category_id = "cups", .action = action});
    give_reasons(kept, plan);
    return plan.items[0];
}

TEST(Reasons, NameWhatMoneyIsWorthWhereItIsShort) {
    for (auto const action : {Action::list, Action::drop, Action::leave}) {
        auto const item = told(action, 0.25, 0);
        EXPECT_THAT(item.reason_en, HasSubstr("Money for stock is short: ¥100.00 more of it would earn ¥25.00 in 56 days."));
        EXPECT_THAT(item.reason_zh, HasSubstr("库存资金紧张：每多 ¥100.00 资金，56 天可多获利 ¥25.00。"));
    }
}

TEST(Reasons, SayNothingOfMoneyThatIsNotShort) {
    for (auto const action : {Action::list, Action::drop, Action::leave}) EXPECT_THAT(told(action, 0, 500).reason_en, Not(HasSubstr("Money for stock")));
    EXPECT_THAT(told(Action::keep, 0.25, 0).reason_en, Not(HasSubstr("Money for stock"))) << "it keeps what it has";
    EXPECT_THAT(told(Action::list, 0, 500).reason_en, HasSubstr("A shelf place is worth"));
}

TEST(Reasons, TellHowTheSupplierDelivered) {
    Kept kept{.currency = "CNY"};
    kept.sets.push_back({.category_id = "cups", .name_en = "Cups", .name_zh = "杯子"});
    kept.sets[0].goods.push_back({.product_id = "cup", .title_en = "Cup", .title_zh = "杯子", .delivered = 0.62, .deliveries = 12});
    Computed plan;
    plan.outline.currency = "CNY", plan.outline.horizon_days = 56;
    plan.outline.limits = {{"shelf_places", 10, 10, 10, 0}, {"capital_minor", 1e6, 1e6, 1e6, 0}, {"push_places", 3, 0, 0, 0}};
    for (auto const action : {Action::keep, Action::list, Action::drop, Action::push, Action::price, Action::leave}) plan.items.push_back({.product_id = "cup", .category_id = "cups", .action = action});
    give_reasons(kept, plan);
    for (auto const& item : plan.items) {
        EXPECT_THAT(item.reason_en, HasSubstr("Of what its supplier had to deliver, 62 % came by the day it was due (12 orders)."));
        EXPECT_THAT(item.reason_zh, HasSubstr("其供应商按期到货 62%（12 单）。"));
    }
    EXPECT_THAT(told(Action::keep, 0, 0).reason_en, Not(HasSubstr("supplier"))) << "nothing was due";
}

}  // namespace
}  // namespace kindling::assortment_module

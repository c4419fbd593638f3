// What is said of a line is what is ordered: its level where the order is that, and otherwise what was added, rounded up or cut.
#include "modules/supply/line_reason.h"
#include <gmock/gmock.h>

namespace kindling::supply_module {
namespace {

using testing::AllOf, testing::HasSubstr, testing::Not;

struct Case {
    StockItem item{.sku = "CUP", .place_id = "main", .reorder_level = 4, .order_up_to = 14, .target = 0.95, .fill_rate = 0.969};
    Level level;
    SupplyTerm term;
    Case() { level.policy.reorder_level = 4, level.policy.order_up_to = 14; }
    LineReason of(LineUnits const& units) const { return reason_of(item, level, term, units, 9.5, 21); }
};

TEST(LineReason, AnOrderUpToItsLevelSaysSo) {
    auto const r = Case().of({.position = 3, .wished = 11, .asked = 11, .drafted = 11, .ordered = 11});
    EXPECT_THAT(r.en, AllOf(HasSubstr("3 are here or on order, at or below the level of 4. Ordering up to 14 serves 96.9 % of demand"), Not(HasSubstr("ordered")), Not(HasSubstr("Cut"))));
    EXPECT_THAT(r.zh, AllOf(HasSubstr("不高于订货点 4。补足到 14 件，现货可满足 96.9% 的需求"), Not(HasSubstr("实订"))));
}

TEST(LineReason, AFillerSaysThatItWasAddedAndNothingOfALevelThatItDoesNotReach) {
    // Below its level, but it could have waited: five of eleven.
    auto const below = Case().of({.position = 3, .wished = 11, .asked = 0, .drafted = 5, .ordered = 5});
    EXPECT_THAT(below.en, AllOf(HasSubstr("Added to reach the supplier's least order: with these 5, 8 are here or on order."), HasSubstr("on its next order day (11)"), Not(HasSubstr("up to 14"))));
    EXPECT_THAT(below.zh, AllOf(HasSubstr("增订：加上这 5 件，现货加在途共 8 件"), HasSubstr("（11 件）"), Not(HasSubstr("补足到"))));
    // Above its level: nothing of its own.
    auto const above = Case().of({.position = 9, .wished = 0, .asked = 0, .drafted = 3, .ordered = 3});
    EXPECT_THAT(above.en, AllOf(HasSubstr("above the level of 4"), HasSubstr("with these 3, 12 are"), Not(HasSubstr("next order day"))));
}

TEST(LineReason, WhatFillsUpAndWhatIsCutIsToldInUnits) {
    auto const filled = Case().of({.position = 3, .wished = 11, .asked = 11, .drafted = 17, .ordered = 17});
    EXPECT_THAT(filled.en, AllOf(HasSubstr("up to 14, serves"), HasSubstr("17 are ordered, which makes 20."), HasSubstr("6 of them fill the order up")));
    EXPECT_THAT(filled.zh, AllOf(HasSubstr("实订 17 件，订货后共 20 件"), HasSubstr("其中 6 件为凑足")));
    auto const cut = Case().of({.position = 3, .wished = 11, .asked = 11, .drafted = 11, .ordered = 4});
    EXPECT_THAT(cut.en, AllOf(HasSubstr("4 are ordered, which makes 7."), HasSubstr("Cut from 11 to 4"), Not(HasSubstr("fill the order"))));
    EXPECT_THAT(cut.zh, HasSubstr("由 11 件减为 4 件"));
    // Filled up, then cut below what it asked for by itself: none of it fills up any more.
    auto const both = Case().of({.position = 3, .wished = 11, .asked = 11, .drafted = 17, .ordered = 12});
    EXPECT_THAT(both.en, AllOf(HasSubstr("1 of them fill"), HasSubstr("Cut from 17 to 12")));
    auto const filler = Case().of({.position = 9, .wished = 0, .asked = 0, .drafted = 6, .ordered = 2});
    EXPECT_THAT(filler.en, AllOf(HasSubstr("with these 2, 11 are"), HasSubstr("Cut from 6 to 2")));
}

TEST(LineReason, PacksAndLotsGoBeyondTheLevel) {
    Case packs;
    packs.term.pack_size = 6, packs.term.minimum_quantity = 12;
    auto const rounded = packs.of({.position = 3, .wished = 12, .asked = 12, .drafted = 12, .ordered = 12});
    EXPECT_THAT(rounded.en, HasSubstr("12 are ordered (in packs of 6, 12 at least), which makes 15."));
    EXPECT_THAT(rounded.zh, HasSubstr("实订 12 件（每箱 6 件，至少 12 件），订货后共 15 件"));
    auto const lot = packs.of({.position = 3, .wished = 60, .asked = 60, .drafted = 60, .ordered = 60, .lot = true});
    EXPECT_THAT(lot.en, AllOf(HasSubstr("60 are ordered, which makes 63."), Not(HasSubstr("packs"))));
}

}  // namespace
}  // namespace kindling::supply_module

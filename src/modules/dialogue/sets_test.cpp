// sets_test.cpp -- what is said of a set holds in it or is said not to: things that are not sold, one brand, things told apart, never one thing twice.
#include "modules/dialogue/one_unit.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::ElementsAre, testing::HasSubstr, testing::Not, testing::SizeIs;

class SaidOfASet : public testing::Test {
protected:
    static CatalogueView::Source source() {
        auto s = test::source();
        auto brand = [&](std::string_view id, std::string name) {
            for (auto& p : s.products)
                if (p.product_id == id) p.brand = name, p.brand_zh = name;
        };
        brand("d1", "Halden"), brand("d2", "Norrby"), brand("l2", "Norrby"), brand("b2", "Halden"), brand("b1", "Tuyuan");
        return s;
    }
    SaidOfASet() : talk(source()) {}
    static std::vector<std::string> things(Turn const& turn) {
        std::vector<std::string> out;
        for (auto const& b : turn.blocks)
            if (b.kind == BlockKind::bundle)
                for (auto const& c : b.cards) out.push_back(c.product_id);
        return out;
    }
    test::Talk talk;
};

TEST_F(SaidOfASet, OneBrandIsKeptAlsoInTheNextSet) {
    for (auto const* said : {"a linen dress and a pair of boots, same brand, 800 in total", "亚麻连衣裙和短靴一套，同一个品牌，总共800以内", "a dress and boots of the same brand, 800 in total"}) {
        test::Talk talk(source());
        auto const turn = talk.say(said);
        ASSERT_THAT(things(turn), SizeIs(2)) << said << test::Talk::text(turn);
        std::set<std::string> brands;
        for (auto const& id : things(turn)) brands.insert((*talk.view)[talk.at(id)].data.brand);
        EXPECT_THAT(brands, SizeIs(1)) << said;
    }
    test::Talk none(source());
    auto const turn = none.say("a wool dress and leather boots, same brand, 2000 in total");
    EXPECT_THAT(test::Talk::text(turn), HasSubstr("several brands"));
    EXPECT_THAT(things(turn), ElementsAre("d4", "b1"));
}
TEST_F(SaidOfASet, ThingsOfOneKindAreToldApartByTheirValues) {
    for (auto const* said : {"two dresses, one linen and one cotton, 500 in total", "两条连衣裙，一条亚麻一条纯棉，总共500"}) {
        auto const turn = talk.say(said);
        EXPECT_THAT(things(turn), ElementsAre(testing::AnyOf("d1", "d3"), "d2")) << said << test::Talk::text(turn);
        for (auto const& b : turn.blocks)
            if (b.kind == BlockKind::bundle) {
                EXPECT_EQ(b.bundle->limit_minor, 50000) << said;
                EXPECT_LE(b.bundle->total_minor, 50000) << said;
            }
    }
    for (auto const* said : {"two dresses, one for me and one for my sister", "two dresses under 300", "one linen dress"}) EXPECT_NE(talk.read(said).intent, Intent::bundle) << said;
}
TEST_F(SaidOfASet, WhatIsNotSoldIsSaid) {
    for (auto const* said : {"a dress, trousers and boots, 1000 in total", "乐福鞋裤子短靴，总共1000以内", "连衣裙、裤子和短靴一套"}) {
        test::Talk talk(source());
        auto const turn = talk.say(said);
        EXPECT_THAT(things(turn), SizeIs(2)) << said;
        EXPECT_THAT(test::Talk::text(turn), testing::AnyOf(HasSubstr("trousers"), HasSubstr("裤子"))) << said;
    }
}

TEST(OneUnit, AmountsBesideEachOtherStandInOneUnit) {
    AttributeInfo info{.name = "battery", .unit = "min", .measure = {.base = "min", .factor = 1}, .numeric = true};
    auto const in_one = [&](std::vector<double> amounts, Locale locale = Locale::en) {
        auto const unit = one_unit(amounts, info, locale);
        std::vector<std::string> out;
        for (auto const a : amounts) out.push_back(unit ? amount_in(a, *unit, locale) : amount_text(a, info, locale));
        return out;
    };
    EXPECT_THAT(in_one({300, 330}), ElementsAre("5 h", "5.5 h"));
    EXPECT_THAT(in_one({300, 330}, Locale::zh), ElementsAre("5小时", "5.5小时"));
    EXPECT_THAT(in_one({300, 320}), ElementsAre("300 min", "320 min")) << "5.33 h is not what it is";
    EXPECT_THAT(in_one({300, 360}), ElementsAre("5 h", "6 h"));
    EXPECT_THAT(in_one({45, 50}), ElementsAre("45 min", "50 min"));
    info = {.name = "volume", .unit = "ml", .measure = {.base = "ml", .factor = 1}, .numeric = true};
    EXPECT_THAT(in_one({900, 1200}), ElementsAre("0.9 L", "1.2 L"));
    EXPECT_THAT(in_one({355, 1200}), ElementsAre("355 ml", "1200 ml"));
    EXPECT_THAT(in_one({1000, 2000}), ElementsAre("1 L", "2 L"));
}
TEST(Money, MoreThanAnythingCanCostIsNoCeiling) {
    test::Talk talk;
    for (auto const* said : {"a dress under 99999999999999999999", "连衣裙 99999999999999999999以内", "a dress up to 5000000000000"}) {
        auto const turn = talk.say(said);
        EXPECT_THAT(test::Talk::shown(turn), SizeIs(testing::Ge(3u))) << said;
        EXPECT_THAT(test::Talk::text(turn), Not(HasSubstr("000,000"))) << said;
        for (auto const& c : talk.read(said).constraints) EXPECT_NE(c.kind, ConstraintKind::price) << said;
    }
    EXPECT_THAT(test::Talk::shown(test::Talk().say("a dress under 200")), ElementsAre("d1", "d2"));
}

}  // namespace
}  // namespace kindling::dialogue

// titled_test.cpp -- a query that is a title, or nearly all of one, finds that thing first; and what cannot be sent leads nothing.
#include "modules/dialogue/titled.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::Contains, testing::ElementsAre, testing::IsEmpty, testing::Not, testing::SizeIs, testing::UnorderedElementsAre;

class Titled : public testing::Test {
protected:
    static shop::Product thing(std::string id, std::string category, std::string en, std::string zh, std::int64_t price, std::int64_t stock = 10, std::vector<shop::Attribute> attributes = {}) { return test::product(std::move(id), std::move(category), std::move(en), std::move(zh), price, std::move(attributes), {{"Black", "黑色"}}, stock); }
    Titled() {
        CatalogueView::Source s;
        s.categories = {{"toys", "", "Building Blocks", "积木"}, {"beds", "", "Pet Beds", "宠物窝"}, {"music", "", "Ukuleles", "尤克里里"}, {"kettles", "", "Kettles", "电热水壶"}};
        s.kinds = {{"material", "Material", "材质", "", true}, {"diameter", "Diameter", "直径", "cm", true}};
        auto const plastic = test::text("material", "ABS", "ABS塑料");
        s.products = {
            thing("b1", "toys", "Xiaoji ABS Free Build Set, 440 Pieces, Ages 6 and up", "小积 自由拼搭积木6岁以上ABS塑料440块", 9900, 10, {plastic}),
            thing("b2", "toys", "Xiaoji ABS Free Build Set, 880 Pieces, Ages 6 and up", "小积 自由拼搭积木6岁以上ABS塑料880块", 15900, 10, {plastic}),
            thing("p1", "beds", "Wangmiao Long Plush Mat Bed for Cats and Dogs, Memory Foam, 70 cm", "汪喵 长毛绒猫狗窝垫 记忆棉 70cm", 19900, 0, {test::number("diameter", 70, "cm")}),
            thing("p2", "beds", "Wangmiao Long Plush Mat Bed for Cats and Dogs, Memory Foam, 90 cm", "汪喵 长毛绒猫狗窝垫 记忆棉 90cm", 24900, 10, {test::number("diameter", 90, "cm")}),
            thing("u1", "music", "Vangoa Baritone Ukulele", "Vangoa 次中音尤克里里", 39900), thing("u2", "music", "Vangoa Baritone Ukulele Mahogany", "Vangoa 次中音尤克里里 桃花心木", 49900),
            thing("u3", "music", "Strings for Baritone Ukulele, Set of 4", "次中音尤克里里弦 4根", 4900),
            thing("k1", "kettles", "Steel kettle", "不锈钢电热水壶", 9900, 0), thing("k2", "kettles", "Steel kettle with lid", "不锈钢电热水壶 带盖", 8900), thing("k3", "kettles", "Glass kettle", "玻璃电热水壶", 7900)};
        s.standing["k1"] = {4.9, 50, 500, 3};
        view = CatalogueView::build(std::move(s)), lexicon = Lexicon::build(view->shared_words());
        index = std::move(*ProductIndex::open({}));
        EXPECT_TRUE(index->rebuild(*view));
    }
    std::vector<std::string> named(std::string_view query) const {
        std::vector<std::string> out;
        for (auto const p : titled_so(*view, query)) out.push_back((*view)[p].data.product_id);
        return out;
    }
    SearchAnswer search(Search const& in) const {
        auto out = search_catalogue({view, lexicon, index}, in, Locale::en);
        EXPECT_TRUE(out);
        return out ? std::move(*out) : SearchAnswer{};
    }
    std::vector<std::string> ids(std::string query) const {
        std::vector<std::string> out;
        for (auto const& c : search({.query = std::move(query)}).cards) out.push_back(c.product_id);
        return out;
    }
    std::shared_ptr<CatalogueView const> view;
    std::shared_ptr<Lexicon const> lexicon;
    std::shared_ptr<ProductIndex> index;
};

TEST_F(Titled, ATitleNamesItsThingWhateverStandsBetweenItsLetters) {
    for (std::string_view query : {"Xiaoji ABS Free Build Set, 440 Pieces, Ages 6 and up", "xiaoji abs free-build set 440 pieces ages 6 and up", "小积自由拼搭积木6岁以上ABS塑料440块", "Xiaoji ABS Free Build Set, 440 Pieces, Ages 6", "440 Pieces Xiaoji ABS Free Build Set Ages 6", "do you have the Xiaoji ABS Free Build Set, 440 Pieces, Ages 6 and up", "我想买小积 自由拼搭积木6岁以上ABS塑料440块"})
        EXPECT_THAT(named(query), ElementsAre("b1")) << query;
    EXPECT_THAT(named("Vangoa Baritone Ukulele"), ElementsAre("u1")) << "the whole of one title, and not most of another";
    EXPECT_THAT(named("vangoa baritone ukulele mahogany"), ElementsAre("u2"));
}

TEST_F(Titled, LessThanATitleNamesNothing) {
    for (std::string_view query : {"", "ukulele", "baritone ukulele", "building blocks 440 pieces", "自由拼搭积木", "ABS free blocks under 440", "a case for the Vangoa Baritone Ukulele", "like the Vangoa Baritone Ukulele but cheaper", "not the Vangoa Baritone Ukulele", "Vangoa Baritone Ukulele under 300", "Vangoa 次中音尤克里里 300以内", "Xiaoji ABS Free Build Set, 500 Pieces, Ages 6 and up"})
        EXPECT_THAT(named(query), IsEmpty()) << query;
}

TEST_F(Titled, AChangedTitleIsFoundAndTheOldOneIsNot) {
    auto changed = (*view)[*view->find("u1")].data;
    changed.title_en = "Vangoa Tenor Ukulele";
    std::string const gone[] = {"b1"};
    auto const next = view->with({changed}, gone);
    EXPECT_THAT(titled_so(*next, "Vangoa Tenor Ukulele"), ElementsAre(*next->find("u1")));
    EXPECT_THAT(titled_so(*next, "Vangoa Baritone Ukulele"), IsEmpty());
    EXPECT_THAT(titled_so(*next, "Vangoa Baritone Ukulele Mahogany"), ElementsAre(*next->find("u2")));
    EXPECT_THAT(titled_so(*next, "Xiaoji ABS Free Build Set, 440 Pieces, Ages 6 and up"), IsEmpty());
}

TEST_F(Titled, ItLeadsAndNothingReadFromItLimits) {
    for (auto const& product : {"b1", "b2", "p1", "p2", "u1", "u2", "u3", "k1", "k2", "k3"}) {
        auto const& data = (*view)[*view->find(product)].data;
        for (auto const& title : {data.title_en, data.title_zh}) {
            auto const found = search({.query = title});
            ASSERT_THAT(found.cards, Not(IsEmpty())) << title;
            EXPECT_EQ(found.cards.front().product_id, product) << title;
            for (auto const& c : found.understood) EXPECT_TRUE(c.polarity == Polarity::want && c.kind != ConstraintKind::price && c.kind != ConstraintKind::number) << title << ": " << c.label_en;
        }
    }
    // A filter that was set stays one.
    EXPECT_THAT(search({.query = "Vangoa Baritone Ukulele Mahogany", .price_max_minor = 40000}).cards, Not(Contains(testing::Field(&Card::product_id, "u2"))));
    // Less than a title has its limits kept.
    EXPECT_THAT(ids("ukulele under 400"), Not(Contains("u2")));
}

TEST_F(Titled, WhatCannotBeSentLeadsNothingThatFitsAsWell) {
    for (auto const* query : {"kettle", "steel kettles", "电热水壶", "不锈钢电热水壶 200以内", "a pet bed", "kettle under 200"}) {
        auto const found = ids(query);
        ASSERT_THAT(found, Not(IsEmpty())) << query;
        EXPECT_THAT(found.front(), testing::AllOf(testing::Ne("k1"), testing::Ne("p1"))) << query;
        EXPECT_THAT(found, testing::AnyOf(Contains("k1"), Contains("p1"))) << query << ": and is listed";
    }
    EXPECT_EQ(ids("kettle with lid steel").front(), "k2");
}

}  // namespace
}  // namespace kindling::dialogue

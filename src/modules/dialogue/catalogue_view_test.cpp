#include "modules/dialogue/cues.h"
#include "modules/dialogue/need.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Demo;

TEST(CatalogueView, OneLengthInTwoUnitsIsOneNumber) {
    Demo demo;
    auto const length = demo.view->words().attribute_ids.at("length");
    EXPECT_NEAR(demo.view->value_of(demo.at("d1"), 0, length)->number, 850, 1e-9);
    EXPECT_NEAR(demo.view->value_of(demo.at("d2"), 0, length)->number, 870, 1e-9);
    EXPECT_EQ(demo.view->value_text(*demo.view->value_of(demo.at("d2"), 0, length), Locale::zh), "87cm");
}
TEST(CatalogueView, ValuesAreOneAcrossLanguages) {
    Vocabulary words;
    auto const a = words.intern_attribute("colour");
    EXPECT_EQ(words.intern_value(a, "Red", "红色"), words.intern_value(a, "", "红色"));
    EXPECT_EQ(words.intern_value(a, "RED", ""), words.intern_value(a, "Red", "红色"));
    EXPECT_NE(words.intern_value(a, "Crimson", "红色"), words.intern_value(a, "Red", "红色"));  // English decides
}
TEST(CatalogueView, AChangeSharesWhatDidNotChange) {
    Demo demo;
    auto changed = demo.view->operator[](demo.at("d1")).data;
    changed.variants[0].price_minor = 100;
    std::string const gone[] = {"d2"};
    auto const next = demo.view->with({changed, test::product("n1", "dresses", "Silk dress", "真丝连衣裙", 9900, {test::text("material", "silk", "真丝")})}, gone);
    EXPECT_EQ(next->size(), demo.view->size());
    EXPECT_EQ((*next)[*next->find("d1")].price_from, 100);
    EXPECT_EQ((*demo.view)[demo.at("d1")].price_from, 19900);
    EXPECT_FALSE(next->find("d2"));
    EXPECT_TRUE(next->find("n1"));
    EXPECT_EQ(&(*next)[*next->find("d3")], &(*demo.view)[demo.at("d3")]);
    EXPECT_EQ((*next)[*next->find("d1")].standing.reviews, 20);
    EXPECT_TRUE(next->words().attributes[static_cast<std::size_t>(next->words().attribute_ids.at("material"))].value_ids.contains("silk"));
}
TEST(CatalogueView, BitsOverTitlesSayWhatALookAtEachOfThemSays) {
    CatalogueView::Source source;
    source.categories = {{"c", "", "Things", "东西"}};
    for (int i = 0; i < 150; ++i) source.products.push_back(test::product("p" + std::to_string(i), "c", i % 3 == 0 ? "Red mug " + std::to_string(i) : i % 5 == 0 ? "Nonred kettle" : "Blue jug", i % 7 == 0 ? "红色杯子" : "壶", 1000 + i, {}, {{"One", ""}}));
    auto const view = CatalogueView::build(source);
    for (auto const* word : {"red", "红色", "mug", "jug", "nothing like it"}) {
        PairFilter const pairs(to_utf32(word));
        auto const bits = view->titles_that_may_hold(pairs);
        for (std::size_t p = 0; p < view->size(); ++p) EXPECT_EQ((bits[p / 64] >> (p % 64) & 1) != 0, (*view)[p].title_pairs.may_hold(pairs)) << word << " " << p;
        EXPECT_EQ(bits.back() >> (view->size() % 64), 0u);
        auto const wish = resolve({.values = {{"", word, ""}}}, view->words());
        auto const row = titles_that_hold(*view, wish);
        EXPECT_EQ(row, titles_that_hold(*view, wish)) << "made once";
        auto const& held = *row;
        for (std::size_t p = 0; p < view->size(); ++p) EXPECT_EQ((held[p / 64] >> (p % 64) & 1) != 0, holds(*view, p, 0, wish)) << word << " " << p;
    }
    for (std::size_t p = 0; p < view->size(); ++p) EXPECT_EQ(view->brief(p).usual_price, (*view)[p].price_from);
}
TEST(CatalogueView, PairsOfAWordByItselfAreThoseOfTitlesThatHaveItSo) {
    auto const all = {U"tea", U"tea pot", U"a tea-towel", U"(tea)", U"green tea", U"tea,milk", U"茶tea杯", U"steam", U"team mug", U"chelsea", U"tea2", U"2tea", U"t ea", U"茶", U"café tea", U"cafétea", U"a tea's"};
    std::size_t left_out = 0;
    for (auto const* word : {U"tea", U"2tea", U"茶", U"tea pot", U"茶tea", U"tea's"})
        for (std::u32string_view const title : all) {
            auto const pairs = PairFilter::of_title(title);
            bool const may = pairs.may_hold(PairFilter::standing(word));
            EXPECT_TRUE(may || !cues::has_word(title, word)) << to_utf8(word) << " in " << to_utf8(title);
            EXPECT_TRUE(pairs.may_hold(PairFilter(word)) || title.find(word) == title.npos) << "inside other words, too";
            left_out += !may && title.find(word) != title.npos;
        }
    EXPECT_GT(left_out, 3u) << "steam is told from tea without a look";
}
TEST(CatalogueView, PlacesAreTheSameUntilAProductComesOrGoes) {
    Demo demo;
    auto changed = demo.view->operator[](demo.at("d1")).data;
    changed.variants[0].price_minor = 100;
    EXPECT_EQ(demo.view->with({changed}, {})->numbering(), demo.view->numbering());
    std::string const gone[] = {"d2"};
    EXPECT_NE(demo.view->with({}, gone)->numbering(), demo.view->numbering());
    EXPECT_NE(demo.view->with({test::product("n1", "dresses", "Silk dress", "真丝连衣裙", 9900, {})}, {})->numbering(), demo.view->numbering());
}
TEST(CatalogueView, ASkuIsFoundAndAScopeIsWhatAPassOverTheGoodsFinds) {
    Demo demo;
    for (std::size_t p = 0; p < demo.view->size(); ++p)
        for (std::size_t v = 0; v < (*demo.view)[p].variants.size(); ++v) EXPECT_EQ(demo.view->find_sku((*demo.view)[p].data.variants[v].sku), std::pair(p, v));
    for (std::size_t p = 1; p < demo.view->size(); ++p) EXPECT_LT((*demo.view)[p - 1].data.product_id, (*demo.view)[p].data.product_id);
    auto const& words = demo.view->words();
    for (int c = -1; c < static_cast<int>(words.categories.size()); ++c)
        for (int again = 0; again < 2; ++again) {
            int const one[] = {c};
            auto const scope = demo.view->scope(c < 0 ? std::span<int const>() : std::span<int const>(one));
            Scope expected(words);
            for (std::size_t p = 0; p < demo.view->size(); ++p) {
                if (c >= 0 && !words.within((*demo.view)[p].category, c)) continue;
                for (auto const& v : (*demo.view)[p].values) expected.note(v);
                for (auto const& variant : (*demo.view)[p].variants)
                    for (auto const& v : variant.values) expected.note(v);
            }
            EXPECT_EQ(scope.attributes, expected.attributes);
            EXPECT_EQ(scope.values, expected.values);
            EXPECT_EQ(scope.range, expected.range);
        }
}
TEST(CatalogueView, ADraftIsNotForSale) {
    auto s = test::source();
    s.products[0].status = shop::ProductStatus::draft;
    EXPECT_FALSE(CatalogueView::build(std::move(s))->find("d1"));
}
TEST(CatalogueView, AnEmptyShopIsAShop) {
    auto const view = CatalogueView::build({});
    EXPECT_EQ(view->size(), 0u);
    EXPECT_FALSE(view->find("x"));
    EXPECT_FALSE(view->find_sku("x"));
}

}  // namespace
}  // namespace kindling::dialogue

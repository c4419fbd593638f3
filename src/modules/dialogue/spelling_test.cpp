// Words put right by what stands beside them; what is right is left alone.
#include "modules/dialogue/spelling.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/completions.h"
#include "modules/dialogue/test_shop.h"
#include <chrono>
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::Contains, testing::IsEmpty;

class Mending : public testing::Test {
protected:
    Mending() {
        source_.categories = {{"goods", "", "Goods", "商品"}, {"dresses", "", "Dresses", "连衣裙"}};
        for (auto const* maker : {"Arlo", "Brent", "Cole", "Dunn"})
            for (auto const* name : {"yoga mat of cork", "canvas backpack", "headphones noise cancelling", "model rocket kit", "steel water bottle", "stroller rain cover"}) add(std::string(maker) + " " + name);
        add("Matt Groening, a biography"), add("Tea dress", "dresses");
        open_shop();
    }
    void add(std::string title, std::string category = "goods") {
        auto p = test::product("p" + std::to_string(source_.products.size()), std::move(category), std::move(title), "", 1000, {}, {{"One", ""}});
        p.description_en.clear(), p.description_zh.clear(), p.brand.clear(), p.brand_zh.clear();
        for (auto& v : p.variants) v.attributes.clear();
        source_.standing[p.product_id] = {4.5, 5, 10, 1};
        source_.products.push_back(std::move(p));
    }
    void open_shop() {
        auto const view = CatalogueView::build(source_);
        std::shared_ptr<ProductIndex> index = std::move(*ProductIndex::open({}));
        ASSERT_TRUE(index->rebuild(*view));
        auto const lexicon = Lexicon::build(view->shared_words());
        auto const categories = std::make_shared<CategoryModel>();
        categories->rebuild(*view, *index, {});
        live_ = {.view = view, .lexicon = lexicon, .index = index, .categories = categories, .completions = std::make_shared<Completions const>(*view, *lexicon)};
    }
    std::string mended(std::string_view query) const { return mend_spelling(live_, query).text; }
    CatalogueView::Source source_;
    Live live_;
};

TEST_F(Mending, TheWordBesideTellsWhichIsMeant) {
    EXPECT_EQ(mended("yoga matt"), "yoga mat");
    EXPECT_EQ(mended("a yoga matt please"), "a yoga mat please");
    EXPECT_EQ(mended("watter bottle"), "water bottle");
    EXPECT_EQ(mended("hair dreyer"), "hair dryer") << "everyday goods, sold here or not";
    EXPECT_EQ(mended("rian cover"), "rain cover") << "two letters have changed places";
    EXPECT_EQ(mended("stroller rain covar"), "stroller rain cover");
    auto const found = search_catalogue(live_, {.query = "yoga matt"}, Locale::en);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->total, 4);
    ASSERT_EQ(found->corrections.size(), 1u);
    EXPECT_EQ(found->corrections.front().from, "matt");
    EXPECT_EQ(found->corrections.front().to, "mat");
}

TEST_F(Mending, WordsAreJoinedAndPartedAsTitlesWriteThem) {
    EXPECT_EQ(mended("back pack"), "backpack");
    EXPECT_EQ(mended("head phones noise"), "headphones noise");
    EXPECT_EQ(mended("headphonesnoise"), "headphones noise");
    EXPECT_EQ(mended("waterbottle"), "water bottle");
    add("Seat with a back pack hook"), open_shop();
    EXPECT_EQ(mended("back pack"), "") << "a title writes it so";
}

TEST_F(Mending, AWordOfTheLanguageIsNoOtherGoods) {
    if (!is_english_word(U"cooking")) GTEST_SKIP() << "without the system's word list no word is known to be right";
    for (auto const* query : {"racket", "tennis racket", "racket kit"}) {
        EXPECT_EQ(mended(query), "") << query;
        auto const found = search_catalogue(live_, {.query = query}, Locale::en);
        ASSERT_TRUE(found);
        EXPECT_THAT(found->corrections, IsEmpty()) << query;
    }
}

TEST_F(Mending, WhatIsRightIsLeftAlone) {
    for (auto const& p : source_.products) {
        EXPECT_EQ(mended(p.title_en), "") << p.title_en;
        auto const blank = p.title_en.find(' ');
        EXPECT_EQ(mended(p.title_en.substr(blank + 1)), "") << p.title_en;
    }
    for (auto const* query : {"yoga mats", "a mat for yoga", "\"yoga matt\"", "yoga -matt", "matt groening", "", "12 34", "连衣裙"}) EXPECT_EQ(mended(query), "") << query;
}

TEST_F(Mending, AWordOfTitlesIsNoSlipOfAnother) {
    source_.products.front().attributes.push_back({"season", "Winter", "冬季"}), open_shop();
    EXPECT_EQ(search_catalogue(live_, {.query = "wimter"}, Locale::en)->corrections.size(), 1u);
    add("Dunn string winder"), open_shop();
    auto const found = search_catalogue(live_, {.query = "string winder"}, Locale::en);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->total, 1);
    EXPECT_THAT(found->corrections, IsEmpty());
}

TEST_F(Mending, AQueryThatWouldNeedTooManyLooksIsLeftAlone) {
    for (int i = 0; i < 15000; ++i) add("Mention of a parting string, enable kindness, dated partners " + std::to_string(i));
    open_shop();
    EXPECT_EQ(mended("yoga matt"), "yoga mat") << "what is short is mended";
    auto const begun = std::chrono::steady_clock::now();
    EXPECT_EQ(mended("ment tion ting ring ence able ness ings ated ters matt yoga"), "");
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(500));
}

TEST_F(Mending, PinyinOfGoodsIsReadWhetherTheyAreSoldOrNot) {
    for (auto const* query : {"yujiadian", "yu jia dian", "瑜伽dian"}) {
        EXPECT_EQ(mended(query), "瑜伽垫") << query;
        auto const found = search_catalogue(live_, {.query = query}, Locale::zh);
        ASSERT_TRUE(found);
        EXPECT_FALSE(found->corrections.empty()) << query;
    }
    EXPECT_EQ(mended("lyq"), "连衣裙");
}

TEST_F(Mending, WhereNothingAnswersWhatIsWellLikedIsShownAndSaidToBe) {
    auto const found = search_catalogue(live_, {.query = "zzqqxx"}, Locale::en);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->total, 0);
    EXPECT_EQ(found->nearest_by, NearestBy::popular);
    EXPECT_FALSE(found->nearest.empty());
    auto const filtered = search_catalogue(live_, {.query = "zzqqxx", .category_id = "dresses"}, Locale::en);
    ASSERT_TRUE(filtered);
    EXPECT_EQ(filtered->nearest.size(), 1u) << "within the filters";
    auto const dear = search_catalogue(live_, {.query = "yoga mat under 5 yuan"}, Locale::en);
    ASSERT_TRUE(dear);
    EXPECT_EQ(dear->nearest_by, NearestBy::limits);
    EXPECT_FALSE(dear->given_up.empty());
    EXPECT_EQ(search_catalogue(live_, {.query = "yoga mat"}, Locale::en)->nearest_by, NearestBy::none);
}

}  // namespace
}  // namespace kindling::dialogue

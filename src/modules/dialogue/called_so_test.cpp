// A name of some words is its goods, and not whatever has the words: what is given up of it, what is missing, and what is left alone.
#include "modules/dialogue/called_so.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/test_shop.h"
#include <filesystem>
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::Contains, testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not;

class Called : public testing::Test {
protected:
    Called() {
        source_.categories = {{"toys", "", "Toys and Games", ""}, {"music", "", "Musical Instruments", ""}};
        source_.currency = "USD";
        for (auto const* maker : {"Arlo", "Brent", "Cole", "Dunn"}) {
            add("toys", std::string(maker) + " leather boots", "Dress up as a knight.");
            add("toys", std::string(maker) + " striped knee high socks", "Go well with boots.");
            add("toys", std::string(maker) + " white electric dryer", "A washing machine's companion. Collects pet hair.");
            add("toys", std::string(maker) + " ankle bells", "For dancing, with or without boots.");
            add("music", std::string(maker) + " speaker cover, black", "Keeps dust off.");
            add("music", std::string(maker) + " clip tuner for guitar", "Bright.");
            add("music", std::string(maker) + " violin", "With a bow.");
            add("music", std::string(maker) + " violin bow of carbon", "Straight.");
            add("toys", std::string(maker) + " plush flamingo", "Soft, as a bear is.");
            add("toys", std::string(maker) + " plush bear", "Soft.");
        }
        add("toys", "Salon play set with hair dryer and comb", "For little stylists.");
        add("toys", "Winter hat with spurs for dolls", "Warm.");
        add("toys", "Lantern for camping", "Bright.");
        add("toys", "Coffee kitchen of wood", "Comes with a grinder of wood.");
        add("toys", "Fish tank puzzle, 300 pieces", "Holds no litre of water.");
        open_shop();
    }
    void open_shop() {
        auto const view = CatalogueView::build(source_);
        std::shared_ptr<ProductIndex> index = std::move(*ProductIndex::open({}));
        EXPECT_TRUE(index->rebuild(*view));
        auto const categories = std::make_shared<CategoryModel>();
        categories->rebuild(*view, *index, {});
        live_ = {.view = view, .lexicon = Lexicon::build(view->shared_words()), .index = index, .categories = categories};
    }
    void add(std::string category, std::string title, std::string description) {
        auto p = test::product("p" + std::to_string(source_.products.size()), std::move(category), std::move(title), "", 2000, {}, {{"One", ""}});
        p.description_en = std::move(description), p.description_zh.clear(), p.brand.clear(), p.brand_zh.clear();
        for (auto& v : p.variants) v.attributes.clear();
        source_.products.push_back(std::move(p));
    }
    SearchAnswer search(std::string query) const {
        auto out = search_catalogue(live_, {.query = std::move(query)}, Locale::en);
        EXPECT_TRUE(out);
        return out ? std::move(*out) : SearchAnswer{};
    }
    static std::vector<std::string> titles(std::vector<Card> const& cards) {
        std::vector<std::string> out;
        for (auto const& c : cards) out.push_back(c.title);
        return out;
    }
    static std::vector<std::string> given_up(SearchAnswer const& a) {
        std::vector<std::string> out;
        for (auto const& c : a.given_up) out.push_back(c.said);
        return out;
    }
    CatalogueView::Source source_;
    Live live_;
};

TEST_F(Called, WhereOnlyTheLastWordIsHereTheNameIsGivenUp) {
    for (auto const* query : {"ankle boots", "I need ankle boots please", "ankle boots for women", "ankle boots for my wife", "ankle boots for my godmother", "I need ankle boots to wear at work"}) {
        auto const a = search(query);
        EXPECT_THAT(titles(a.cards), test::some_and_each(HasSubstr("boots"))) << query;
        EXPECT_EQ(a.total, 4) << query;
        EXPECT_THAT(given_up(a), Contains(HasSubstr("boots"))) << query;
        EXPECT_THAT(a.missing, IsEmpty()) << query;
    }
    EXPECT_THAT(given_up(search("guitar cover")), ElementsAre("guitar cover"));
}
TEST_F(Called, WhatIsCalledSoIsLeftAlone) {
    for (auto const* query : {"leather boots", "knee high socks", "ankle bells", "tuner clip", "guitar tuner", "violin bow", "speaker cover", "white dryer", "bear", "boots and bells", "my ankle hurts in these boots"}) {
        auto const a = search(query);
        EXPECT_GT(a.total, 0) << query;
        EXPECT_THAT(given_up(a), IsEmpty()) << query;
        EXPECT_THAT(a.missing, IsEmpty()) << query;
    }
    EXPECT_THAT(search("tuner clip").cards.front().title, HasSubstr("clip tuner"));
}
TEST_F(Called, WhatTitlesHaveOnlyBesideAThingIsMissing) {
    auto const dryer = search("hair dryer");
    EXPECT_THAT(dryer.missing, ElementsAre("hair dryer"));
    EXPECT_THAT(titles(dryer.cards), ElementsAre(HasSubstr("with hair dryer"))) << "what speaks of it, and no dryer of laundry";
    EXPECT_THAT(search("camping").missing, IsEmpty()) << "what a thing is for is no thing";
    if (std::filesystem::exists("/usr/share/dict/american-english-small")) {
        EXPECT_THAT(search("spurs").missing, ElementsAre("spurs"));
        EXPECT_THAT(search("coffee grinder").missing, ElementsAre("coffee grinder"));
    }
}
TEST_F(Called, AnAmountOfAnyLengthIsNoPartOfTheName) {
    EXPECT_EQ(without_amounts("500 litre fish tank"), "fish tank");
    EXPECT_EQ(without_amounts("1000 piece puzzle"), "1000 piece puzzle");
    auto const tank = search("500 litre fish tank");
    EXPECT_THAT(titles(tank.cards), ElementsAre(HasSubstr("Fish tank puzzle")));
    EXPECT_THAT(given_up(tank), Contains("500 litre"));
}
TEST_F(Called, WhomItIsForIsNoGoods) {
    add("toys", "Dog tag for a grandson who plays violin", "Shiny.");
    open_shop();
    auto const a = search("violin for my grandson");
    EXPECT_GE(a.total, 8) << "of all violins, and not of what speaks of a grandson";
    EXPECT_THAT(a.missing, IsEmpty());
    EXPECT_THAT(search("violin for my great uncle").missing, IsEmpty()) << "no title has uncles";
}
TEST_F(Called, WhatHasTheNameComesBehindWhatIsCalledSo) {
    for (auto const* maker : {"Arlo", "Brent", "Cole"}) add("toys", std::string(maker) + " snow boots for dolls, warm booties", "Fur.");
    open_shop();
    auto const a = search("ankle boots");
    EXPECT_EQ(a.total, 7) << "boots, whatever a title ends in";
    ASSERT_EQ(a.cards.size(), 7);
    EXPECT_THAT(a.cards.back().title, HasSubstr("snow boots"));
}
TEST_F(Called, TheLastCharacterOfAChineseNameIsNotLost) {
    EXPECT_THAT(titles(search("小提琴弓").cards), test::some_and_each(HasSubstr("bow")));
    EXPECT_THAT(titles(search("毛绒玩具 熊").cards).front(), HasSubstr("plush bear"));
}
TEST(NameInTitle, IsWhatTheThingIs) {
    auto const has = [](char const* title, std::u32string_view word) { return cues::has_word(name_in_title(title), word); };
    EXPECT_TRUE(has("Acme Kit, Tambourine for Kids", U"tambourine"));
    EXPECT_TRUE(has("Cover for Piano, Dust Cover", U"dust cover"));
    EXPECT_TRUE(has("Slim Fit Jeans", U"jeans"));
    EXPECT_TRUE(has("LED 40 W Bulb", U"bulb"));
    EXPECT_TRUE(has("Women's Plus Size Cardigan", U"cardigan"));
    EXPECT_FALSE(has("Bag w/ Strap", U"strap"));
    EXPECT_FALSE(has("Doctor Kit for Kids, with Stethoscope, Toothbrush", U"toothbrush"));
    EXPECT_FALSE(has("Strap for Guitar (fits Ukulele)", U"guitar"));
    EXPECT_FALSE(has("Strap for Guitar (fits Ukulele)", U"ukulele"));
}

}  // namespace
}  // namespace kindling::dialogue

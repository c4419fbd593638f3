// A shop with nothing but titles: a vague wish finds what it speaks of, the category is foreseen, and what titles call the goods is asked for.
#include "modules/dialogue/api.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Talk;
using testing::Contains, testing::HasSubstr, testing::Not;

class TextsOnly : public testing::Test {
protected:
    TextsOnly() {
        source_.categories = {{"toys", "", "Toys and Games", ""}, {"music", "", "Musical Instruments", ""}};
        source_.currency = "USD";
        for (auto const* maker : {"Arlo", "Brent", "Cole", "Dunn", "Ewing", "Frost"}) {
            add("music", std::string(maker) + " guitar strap of leather", "Holds well. Sounds good with it.");
            add("music", std::string(maker) + " guitar strings nickel", "Bright.");
            add("music", std::string(maker) + " violin rosin dark", "Against a bow that slips.");
            add("music", std::string(maker) + " trumpet mute", "A mute that sounds soft and never scratchy.");
            add("toys", std::string(maker) + " dinosaur figure", "For children who play all day.");
            add("music", std::string(maker) + " piano cover for 88 keys", "Keeps dust off a piano with 88 keys.");
            add("music", std::string(maker) + " digital piano, 88 keys", "Sounds good.");
            add("toys", std::string(maker) + " wooden train", "Plays music. A toy guitar hums inside.");
        }
        open_shop();
    }
    void add(std::string category, std::string title, std::string description) {
        auto const n = source_.products.size();
        auto p = test::product("p" + std::to_string(n), std::move(category), std::move(title), "", 1000 + 100 * static_cast<std::int64_t>(n % 30), {}, {{"One", ""}});
        p.description_en = std::move(description), p.description_zh.clear(), p.brand.clear(), p.brand_zh.clear();
        for (auto& v : p.variants) v.attributes.clear();
        source_.products.push_back(std::move(p));
    }
    void open_shop() {
        view_ = CatalogueView::build(source_), lexicon_ = Lexicon::build(view_->shared_words());
        index_ = std::move(*ProductIndex::open({}));
        EXPECT_TRUE(index_->rebuild(*view_));
        categories_ = std::make_shared<CategoryModel>();
        categories_->rebuild(*view_, *index_, {});
        live_ = {.view = view_, .lexicon = lexicon_, .index = index_, .categories = categories_};
    }
    Turn say(std::string text) {
        auto turn = take_turn(view_, *lexicon_, [&](std::string_view words) { return retrieve(live_, words); }, {}, state_, {.text = std::move(text)}, {});
        EXPECT_TRUE(turn.withheld.empty());
        state_ = turn.state;
        return turn;
    }
    std::vector<std::string> titles(Turn const& turn) const {
        std::vector<std::string> out;
        for (auto const& id : Talk::shown(turn)) out.push_back(view_->title(*view_->find(id), Locale::en));
        return out;
    }
    CatalogueView::Source source_;
    std::shared_ptr<CatalogueView const> view_;
    std::shared_ptr<Lexicon const> lexicon_;
    std::shared_ptr<ProductIndex> index_;
    std::shared_ptr<CategoryModel> categories_;
    Live live_;
    GuideState state_;
};

TEST_F(TextsOnly, WhatIsSaidToHaveAllTheWordsStandsFirst) {
    for (int i = 0; i < 3; ++i) add("toys", "Lego building kit " + std::to_string(i + 1) + " with a dinosaur and a boat, new boxed set of many bricks", "");
    for (int i = 0; i < 8; ++i) add("toys", "Lego castle " + std::to_string(i + 1), "");
    open_shop();
    auto const found = titles(say("dinosaur lego"));
    ASSERT_GE(found.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_THAT(found[i], HasSubstr("dinosaur and a boat")) << i;
}

TEST_F(TextsOnly, AWordThatNothingHereHasIsNotSaidToFit) {
    auto const turn = say("a guitar strap about zorbleworth");
    EXPECT_THAT(titles(turn), test::some_and_each(HasSubstr("strap")));
    EXPECT_THAT(Talk::text(turn), Not(HasSubstr("products fit")));
    EXPECT_THAT(Talk::text(say("guitar strap")), testing::AnyOf(HasSubstr("fit"), HasSubstr("there are")));
}

TEST_F(TextsOnly, AThemeIsWhateverStandsBeforeIt) {
    for (int i = 0; i < 5; ++i) add("toys", "Space theme banner " + std::to_string(i + 1), ""), add("toys", "Pirate theme banner " + std::to_string(i + 1), "");
    open_shop();
    for (auto const* said : {"space theme banner", "a banner with space theme"}) {
        state_ = {};
        EXPECT_THAT(titles(say(said)), test::some_and_each(HasSubstr("Space"))) << said;
    }
}

TEST_F(TextsOnly, AVagueWishFindsWhatItSpeaksOfAndAsksWhatSort) {
    auto const turn = say("I want something for my son who plays guitar");
    ASSERT_FALSE(titles(turn).empty());
    EXPECT_THAT(titles(turn), test::some_and_each(HasSubstr("guitar")));
    std::vector<std::string> chips;
    for (auto const& block : turn.blocks)
        if (block.kind == BlockKind::question) {
            EXPECT_EQ(block.asks, "kind");
            for (auto const& chip : block.chips) chips.push_back(chip.text);
        }
    EXPECT_THAT(chips, Contains("guitar strap"));
    auto const narrower = say("guitar strap");
    EXPECT_THAT(titles(narrower), test::some_and_each(HasSubstr("strap")));
}

TEST_F(TextsOnly, TheWordThatNamesGoodsComesBeforeTheOthers) {
    EXPECT_THAT(titles(say("my violin sounds scratchy")), test::some_and_each(HasSubstr("violin")));
}

TEST_F(TextsOnly, ACaseForSomethingIsNotThatThing) {
    auto const turn = say("trumpet case");
    EXPECT_THAT(Talk::text(turn), HasSubstr("no trumpet case"));
}

TEST_F(TextsOnly, TheThingItselfComesBeforeWhatBelongsToIt) {
    auto const pianos = titles(say("a piano with 88 keys"));
    ASSERT_FALSE(pianos.empty());
    EXPECT_THAT(pianos.front(), HasSubstr("digital piano"));
    state_ = {};
    EXPECT_THAT(titles(say("a cover for my piano")).front(), HasSubstr("cover"));
    state_ = {};
    EXPECT_THAT(titles(say("钢琴")).front(), HasSubstr("digital piano"));
}

TEST_F(TextsOnly, ChineseIsUnderstoodByWhatMeansTheSame) {
    EXPECT_THAT(titles(say("给学吉他的儿子买点东西")), test::some_and_each(HasSubstr("guitar")));
    EXPECT_THAT(titles(say("恐龙玩具")), Contains(HasSubstr("dinosaur")));
    EXPECT_THAT(titles(say("20美元以下的乐器")), test::some_and_each(Not(HasSubstr("train"))));
}

TEST_F(TextsOnly, AWordCanBeRefusedInEitherLanguage) {
    for (auto const* said : {"something for a musician, no guitars", "送给玩音乐的朋友的乐器，不要吉他"}) {
        state_ = {};
        auto const turn = say(said);
        ASSERT_FALSE(titles(turn).empty()) << said;
        EXPECT_THAT(titles(turn), test::some_and_each(Not(HasSubstr("guitar")))) << said;
        EXPECT_TRUE(std::ranges::any_of(turn.state.constraints, [](Constraint const& c) { return c.polarity == Polarity::avoid; }));
    }
    state_ = {};
    EXPECT_TRUE(say("trains, there is no hurry").state.constraints.empty());
}

// Of a refused quality only goods that bear it are left out, by their titles.
TEST_F(TextsOnly, TheGoodsBehindARefusedQualityAreWanted) {
    for (auto const* said : {"不要木制的恐龙", "no wooden dinosaurs", "不要木制的吉他"}) {
        state_ = {};
        auto const turn = say(said);
        ASSERT_FALSE(titles(turn).empty()) << said;
        std::size_t refused = 0;
        for (auto const& c : turn.state.constraints) refused += c.polarity == Polarity::avoid;
        EXPECT_EQ(refused, 1u) << said << ": the quality, and not the goods";
        EXPECT_FALSE(turn.state.free_text.empty()) << said;
    }
}

TEST_F(TextsOnly, AnAmountNamesNoGoods) {
    EXPECT_EQ(without_amounts("laptop bag 15 inch"), "laptop bag");
    EXPECT_EQ(without_amounts("experiments year old 8"), "experiments");
    EXPECT_EQ(without_amounts("puzzle 1000 piece"), "puzzle 1000 piece");
    EXPECT_EQ(without_amounts("15.6 inch"), "15.6 inch");
    EXPECT_EQ(without_amounts("nickel strings"), "nickel strings");
    EXPECT_EQ(without_amounts(""), "");
    auto const found = search_catalogue(live_, {.query = "trumpet mute 15 inch"}, Locale::en);
    EXPECT_EQ(found->total, 6) << "all mutes, and nothing that only has a number";
}

// One byte of 适 is one of a quotation mark, too: a sentence with it was taken for quoted and looked for as it stands.
TEST_F(TextsOnly, AChineseSentenceInTheSearchBoxIsReducedToItsNeeds) {
    auto const dinosaurs = search_catalogue(live_, {.query = "恐龙"}, Locale::zh);
    ASSERT_TRUE(dinosaurs);
    EXPECT_EQ(dinosaurs->total, 6);
    for (auto const* said : {"适合孩子的恐龙", "有没有适合的恐龙"}) EXPECT_EQ(search_catalogue(live_, {.query = said}, Locale::zh)->total, 6) << said;
}

TEST_F(TextsOnly, WhatADescriptionOnlyMentionsIsNotCounted) {
    for (auto const* maker : {"Gale", "Hart", "Irwin"}) add("toys", std::string(maker) + " wireless mouse", "Small."), add("toys", std::string(maker) + " wireless keyboard", "Goes with a mouse.");
    open_shop();
    for (auto const& [query, total] : {std::pair{"wireless mouse", 3}, {"wireless", 6}, {"wireless keyboard", 3}}) {
        auto const found = search_catalogue(live_, {.query = query}, Locale::en);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->total, total) << query;
        std::int64_t counted = 0;
        for (auto const& facet : found->facets)
            if (facet.name == "price") counted = facet.products;
        EXPECT_EQ(counted, total) << query;
    }
    EXPECT_EQ(search_catalogue(live_, {.query = "scratchy"}, Locale::en)->total, 6) << "a word that names nothing is looked for in descriptions";
}

TEST_F(TextsOnly, AThingThatTitlesOnlySpeakOfIsNotSold) {
    for (auto const* maker : {"Gale", "Hart", "Irwin", "Jonas", "Kemp", "Lund"}) add("toys", std::string(maker) + " television figure, red", "A hero.");
    open_shop();
    for (auto const* said : {"I need a television", "我想买个电视"}) {
        state_ = {};
        auto const turn = say(said);
        EXPECT_THAT(titles(turn), test::some_and_each(Not(HasSubstr("television")))) << said;
        EXPECT_THAT(Talk::text(turn), testing::AnyOf(HasSubstr("no television"), HasSubstr("没有"))) << said;
    }
    state_ = {};
    EXPECT_THAT(titles(say("a television figure")), test::some_and_each(HasSubstr("television")));
}

TEST_F(TextsOnly, AnAmountDecidesAmongTheGoods) {
    for (auto const* strength : {"1.5", "2", "2.5", "3", "3.5", "4"})
        for (auto const* maker : {"Gale", "Hart", "Irwin"}) add("music", std::string(maker) + " clarinet reeds, strength " + strength, "Ten of them.");
    open_shop();
    auto const turn = say("clarinet reeds strength 2.5");
    ASSERT_GE(titles(turn).size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_THAT(titles(turn)[i], HasSubstr("2.5"));
    EXPECT_THAT(Talk::text(turn), HasSubstr("3 here fit all of this"));
    auto const found = search_catalogue(live_, {.query = "clarinet reeds, at least 20 feet"}, Locale::en);
    EXPECT_EQ(found->total, 18) << "an amount that nothing here is measured by is no limit";
}

// Wishes that titles do not bear out together are looked for in descriptions.
TEST_F(TextsOnly, QualitiesThatNoTitleHasTogetherAreLookedForInDescriptions) {
    auto const turn = say("something wooden and leather");
    EXPECT_THAT(Talk::shown(turn), testing::AllOf(Not(testing::IsEmpty()), testing::Each(Not(testing::EndsWith("*"))))) << "no card that misses one of them";
    EXPECT_THAT(Talk::text(turn), Not(HasSubstr("look elsewhere")));
}

TEST_F(TextsOnly, ALimitThatWasSaidStandsBesideCheaper) {
    say("guitar");
    auto const turn = say("cheaper, under 15 dollars");
    for (auto const& c : turn.state.constraints)
        if (c.kind == ConstraintKind::price) {
            EXPECT_EQ(c.max, 1500);
        }
}

TEST_F(TextsOnly, SearchForeseesTheCategoryAndPutsItsGoodsFirst) {
    auto const found = search_catalogue(live_, {.query = "guitar"}, Locale::en);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->total, 12) << "the six trains only speak of one";
    EXPECT_TRUE(found->likely_categories.empty()) << "a category of all that was found narrows nothing";
    auto const likely = categories_->predict(*view_, *index_, "guitar");
    ASSERT_FALSE(likely.empty());
    EXPECT_EQ(view_->words().categories[static_cast<std::size_t>(likely.front().category)].id, "music");
    EXPECT_GT(likely.front().probability, 0.8);
    for (std::size_t i = 0; i < 12; ++i) EXPECT_THAT(found->cards[i].title, HasSubstr("guitar"));
    // A category that was named or chosen is not guessed at.
    auto const chosen = search_catalogue(live_, {.query = "guitar", .category_id = "music"}, Locale::en);
    EXPECT_TRUE(chosen->likely_categories.empty());
    EXPECT_TRUE(search_catalogue(live_, {.query = "sofa"}, Locale::en)->likely_categories.empty());
}

TEST_F(TextsOnly, ClicksTeachWhatNoTitleSaysAndChangesAreFollowed) {
    EXPECT_TRUE(categories_->predict(*view_, *index_, "axe").empty());
    ClickedCategory const clicked[] = {{"axe", "music", 25}};
    categories_->rebuild(*view_, *index_, clicked);
    auto const likely = categories_->predict(*view_, *index_, "axe");
    ASSERT_FALSE(likely.empty());
    EXPECT_EQ(view_->words().categories[static_cast<std::size_t>(likely[0].category)].id, "music");
    categories_->rebuild(*view_, *index_, {});
    EXPECT_TRUE(categories_->predict(*view_, *index_, "axe").empty());
    // A product that moves takes its words along.
    auto moved = (*view_)[*view_->find("p2")].data;
    moved.title_en = "zither", moved.category_id = "toys";
    std::string const changed[] = {"p2"};
    auto const now = view_->with({moved}, {});
    ASSERT_TRUE(index_->apply(*now, changed, {}));
    categories_->apply(*now, *index_, changed, {});
    auto const zither = categories_->predict(*now, *index_, "zither");
    ASSERT_FALSE(zither.empty());
    EXPECT_EQ(now->words().categories[static_cast<std::size_t>(zither[0].category)].id, "toys");
}

}  // namespace
}  // namespace kindling::dialogue

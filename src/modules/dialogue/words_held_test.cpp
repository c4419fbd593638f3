// What is said to fit is held against names and data, word by word.
#include "modules/dialogue/words_held.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not;
using Where = WordsHeld::Where;

shop::Product good(std::string id, std::string en, std::string description = {}) {
    auto p = test::titled_good(std::move(id), "all", std::move(en));
    p.description_en = std::move(description);
    return p;
}
CatalogueView::Source source() {
    CatalogueView::Source s;
    s.categories = {{"all", "", "Toys and Games", "玩具"}};
    s.products = {good("opera", "Peking Opera Doll", "Takes little space. For the wide expanse of your shelf."), good("sticks", "Hickory Drumsticks 5A, 4 Pairs"), good("puzzle", "Landscape Puzzle 1000 Pieces"), good("map", "World Map Puzzle", "Beautiful landscapes."), good("shoe", "Pre Walker Shoe", "Wear it with pride.")};
    return s;
}

struct Held : testing::Test {
    test::Demo shop{source()};
    std::size_t at(std::string_view id) const { return *shop.view->find(id); }
};

TEST_F(Held, WholeWordsInAnyEnding) {
    WordsHeld const words(*shop.view, "puzzles landscapes");
    EXPECT_TRUE(words.named(at("puzzle")));
    EXPECT_FALSE(words.named(at("map")));
    EXPECT_EQ(words.where(at("map"), 1), Where::described);
    EXPECT_TRUE(words.fits(at("map"))) << "one word of two may be a matter of the description";
    EXPECT_TRUE(WordsHeld(*shop.view, "drum sticks 5a hickory").named(at("sticks"))) << "in one word or in two";
    EXPECT_FALSE(WordsHeld(*shop.view, "pride prej").fits(at("shoe"))) << "no beginning of a word is another word";
}

TEST_F(Held, MentionsFarOffAreNoFit) {
    WordsHeld const words(*shop.view, "space opera expanse");
    EXPECT_FALSE(words.fits(at("opera")));
    std::vector<std::size_t> const shown{at("opera")};
    EXPECT_THAT(WordsHeld(*shop.view, "opera agatha christie").nowhere(shown), ElementsAre("agatha", "christie"));
}

// A guide whose index believes that everything has all the words.
struct Believing : Held {
    Turn say(std::string text) {
        TextScorer const scorer = [&](std::string_view) {
            Retrieved found;
            for (std::size_t p = 0; p < shop.view->size(); ++p) found.scores.emplace(p, 1.0 - 0.1 * static_cast<double>(p));
            return found;
        };
        auto turn = take_turn(shop.view, *shop.lexicon, scorer, {}, state, {.text = std::move(text)}, {});
        state = turn.state;
        return turn;
    }
    GuideState state;
};

TEST_F(Believing, NothingFitsThatLacksMostWords) {
    auto const turn = say("agatha christie opera");
    EXPECT_THAT(test::Talk::text(turn), HasSubstr("I find nothing here with “agatha christie”"));
    EXPECT_THAT(test::Talk::text(turn), Not(HasSubstr("fit")));
    EXPECT_EQ(state.free_text, "opera") << "what is not here is not looked for any more";
}

TEST_F(Believing, WhatIsCalledSoIsCounted) {
    auto const turn = say("landscape puzzle");
    EXPECT_THAT(test::Talk::text(turn), testing::AnyOf(HasSubstr("fits"), HasSubstr("fit all of this")));
    EXPECT_THAT(test::Talk::shown(turn).front(), "puzzle");
}

}  // namespace
}  // namespace kindling::dialogue

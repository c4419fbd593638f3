// What words say of classes: unlearned exactly, known words only, sharper than chance and not surer than it should be.
#include "engines/learning/classification/word_classes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random.h"

namespace kindling::classification {
namespace {

using Words = std::vector<std::string>;

std::vector<WordClasses::Likely> ask(WordClasses const& model, Words const& words) {
    std::vector<Words> alternatives;
    for (auto const& w : words) alternatives.push_back({w});
    return model.predict(alternatives);
}

WordClasses shop() {
    WordClasses out;
    int n = 0;
    auto const add = [&](std::uint32_t c, Words const& name, Words const& rest) { out.put("p" + std::to_string(n++), c, name, rest); };
    for (int i = 0; i < 20; ++i) {
        add(0, {"guitar", i % 2 ? "strap" : "string", "red"}, {"sound", "play", "scratchy"});
        add(1, {"dinosaur", i % 2 ? "puzzle" : "figure", "red"}, {"play", "child"});
        add(1, {"train", "toy"}, {"sound", "play"});
    }
    return out;
}

TEST(WordClasses, TheClearWordDecidesAndTheDullOneDoesNot) {
    auto const model = shop();
    auto const likely = ask(model, {"red", "guitar"});
    ASSERT_EQ(likely.size(), 2u);
    EXPECT_EQ(likely[0].class_, 0u);
    EXPECT_GT(likely[0].probability, 0.85);
    EXPECT_NEAR(likely[0].probability + likely[1].probability, 1, 1e-12);
    EXPECT_LT(ask(model, {"red"})[0].probability, 0.75);
    EXPECT_TRUE(ask(model, {"sofa"}).empty());
    EXPECT_TRUE(ask(model, {"scratchy"}).empty());  // stands in no name
    EXPECT_TRUE(ask(WordClasses(), {"guitar"}).empty());
}

TEST(WordClasses, OfAlternativesTheFrequentOneCounts) {
    auto const model = shop();
    Words const both[] = {{"gitarre", "guitar"}};
    EXPECT_EQ(model.predict(both)[0].class_, 0u);
}

TEST(WordClasses, TellsWhichWordsNameGoods) {
    auto const model = shop();
    EXPECT_EQ(model.naming("guitar"), 1);
    EXPECT_EQ(model.naming("scratchy"), 0);
    EXPECT_EQ(model.naming("unknown"), 0);
    EXPECT_EQ(model.named("train"), 20);
}

TEST(WordClasses, WhatIsErasedOrReplacedIsForgottenExactly) {
    auto model = shop();
    auto const before = ask(model, {"puzzle", "red"});
    Words const name{"guitar", "puzzle"};
    model.put("extra", 0, name, {}, 3);
    EXPECT_NE(ask(model, {"puzzle", "red"})[0].probability, before[0].probability);
    model.put("extra", 1, Words{"cello"}, {});  // takes the place of the other
    model.erase("extra"), model.erase("extra");
    auto const after = ask(model, {"puzzle", "red"});
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) EXPECT_DOUBLE_EQ(after[i].probability, before[i].probability);
    EXPECT_TRUE(ask(model, {"cello"}).empty());
}

TEST(WordClasses, AClickOfAQueryTeachesAWordThatNoNameHas) {
    auto model = shop();
    EXPECT_TRUE(ask(model, {"axe"}).empty());
    model.put("click axe", 0, Words{"axe"}, {}, 4);
    EXPECT_EQ(ask(model, {"axe"})[0].class_, 0u);
}

// Words of twelve classes drawn with noise: the mean certainty has to be near the share that is right.
TEST(WordClasses, IsAsSureAsItIsRight) {
    Random random(5);
    auto const draw = [&](std::uint32_t c) {
        Words out;
        for (auto n = 4 + random.below(5); n > 0; --n) out.push_back(random.chance(0.4) ? "w" + std::to_string(c * 30 + random.below(30)) : "noise" + std::to_string(random.below(200)));
        return out;
    };
    WordClasses model;
    for (int i = 0; i < 3000; ++i) {
        auto const c = static_cast<std::uint32_t>(random.below(12));
        model.put(std::to_string(i), c, draw(c), {});
    }
    EXPECT_GT(model.calibrate(), 0);
    double right = 0, sure = 0, asked = 0;
    for (int i = 0; i < 1500; ++i) {
        auto const c = static_cast<std::uint32_t>(random.below(12));
        auto words = draw(c);
        words.resize(3);
        auto const likely = ask(model, words);
        if (likely.empty()) continue;
        ++asked, right += likely[0].class_ == c, sure += likely[0].probability;
    }
    EXPECT_GT(right / asked, 0.6);
    EXPECT_NEAR(sure / asked, right / asked, 0.08);
}

}  // namespace
}  // namespace kindling::classification

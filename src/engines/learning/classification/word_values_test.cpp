// Which values words speak for: of its own group each, unlearned exactly, not surer than right, and exact beside the sum over all values.
#include "engines/learning/classification/word_values.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random.h"

namespace kindling::classification {
namespace {

using Words = std::vector<std::string>;
constexpr std::uint32_t brand = 0, material = 1;

std::vector<WordValues::Likely> ask(WordValues const& model, Words const& words) {
    std::vector<Words> alternatives;
    for (auto const& w : words) alternatives.push_back({w});
    return model.predict(alternatives);
}
double chance(std::vector<WordValues::Likely> const& all, std::uint32_t group, std::uint32_t value) {
    for (auto const& l : all)
        if (l.of.group == group && l.of.value == value) return l.probability;
    return 0;
}

// Jackets for running are reflective (2), those for the office are wool (0); "mx3" is of brand 4.
WordValues shop() {
    WordValues out;
    int n = 0;
    auto const add = [&](Words const& words, std::vector<WordValues::Value> const& values) { out.put("p" + std::to_string(n++), words, values); };
    for (std::uint32_t i = 0; i < 20; ++i) {
        add({"jacket", "running", "night"}, {{brand, i % 4}, {material, 2}});
        add({"jacket", "office"}, {{brand, i % 4}, {material, i % 5 ? 0u : 1u}});
        add({"mouse", "mx3"}, {{brand, 4}});
        add({"mouse", "basic"}, {{brand, 5}});
    }
    return out;
}

TEST(WordValues, WhatOnlyGoesWithAValueIsForeseenAndADullWordIsNot) {
    auto const model = shop();
    auto const night = ask(model, {"for", "running", "at", "night"});
    EXPECT_GT(chance(night, material, 2), 0.85);
    ASSERT_FALSE(night.empty());
    EXPECT_EQ(night.front().of.group, material);
    EXPECT_TRUE(night.front().word == 1 || night.front().word == 3) << "the word that speaks for it, by its place";
    EXPECT_NEAR(night.front().usual, 0.5, 1e-9);
    EXPECT_LT(ask(model, {"jacket"}).front().probability, 0.55) << "one material is as likely as another";
    EXPECT_GT(chance(ask(model, {"mx3"}), brand, 4), 0.7);
    EXPECT_EQ(chance(ask(model, {"mx3"}), material, 2), 0) << "no mouse is made of anything";
    EXPECT_TRUE(ask(model, {"sofa"}).empty());
    EXPECT_TRUE(ask(WordValues(), {"jacket"}).empty());
}

TEST(WordValues, ASingleSightingIsNotEnough) {
    WordValues model;
    for (int i = 0; i < 40; ++i) model.put(std::to_string(i), Words{"cup", i == 0 ? "odd" : "plain"}, std::vector<WordValues::Value>{{brand, static_cast<std::uint32_t>(i == 0 ? 7 : i % 4)}});
    EXPECT_LT(chance(ask(model, {"odd"}), brand, 7), 0.5);
}

TEST(WordValues, OfSeveralValuesEachCountsForItsPartAndOfAlternativesTheFrequentOne) {
    WordValues model;
    for (int i = 0; i < 30; ++i) model.put(std::to_string(i), Words{"shirt"}, std::vector<WordValues::Value>{{material, 0}, {material, 1}});
    for (int i = 30; i < 60; ++i) model.put(std::to_string(i), Words{"coat"}, std::vector<WordValues::Value>{{material, 2}});
    EXPECT_LT(chance(ask(model, {"shirt"}), material, 0), 0.55);
    Words const same[] = {{"mantel", "coat"}};
    ASSERT_FALSE(model.predict(same).empty());
    EXPECT_EQ(model.predict(same).front().of.value, 2u);
}

TEST(WordValues, WhatIsErasedOrReplacedIsForgottenExactly) {
    auto model = shop();
    auto const before = ask(model, {"office", "jacket"});
    model.put("extra", Words{"office", "parka"}, std::vector<WordValues::Value>{{material, 2}}, 6);
    EXPECT_NE(ask(model, {"office", "jacket"}).front().probability, before.front().probability);
    model.put("extra", Words{"parka"}, std::vector<WordValues::Value>{{material, 2}});
    model.erase("extra"), model.erase("extra");
    auto const after = ask(model, {"office", "jacket"});
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) EXPECT_NEAR(after[i].probability, before[i].probability, 1e-6);
    EXPECT_TRUE(ask(model, {"parka"}).empty());
}

// Values of twelve kinds drawn with noise: the mean certainty has to be near the share that is right.
TEST(WordValues, IsAsSureAsItIsRight) {
    Random random(11);
    auto const draw = [&](std::uint32_t v) {
        Words out;
        for (auto n = 4 + random.below(5); n > 0; --n) out.push_back(random.chance(0.4) ? "w" + std::to_string(v * 30 + random.below(30)) : "noise" + std::to_string(random.below(200)));
        return out;
    };
    WordValues model;
    for (int i = 0; i < 3000; ++i) {
        auto const v = static_cast<std::uint32_t>(random.below(12));
        model.put(std::to_string(i), draw(v), std::vector<WordValues::Value>{{material, v}});
    }
    EXPECT_GT(model.calibrate(), 0);
    double right = 0, sure = 0, asked = 0;
    for (int i = 0; i < 1500; ++i) {
        auto const v = static_cast<std::uint32_t>(random.below(12));
        auto words = draw(v);
        words.resize(3);
        auto const likely = ask(model, words);
        if (likely.empty()) continue;
        ++asked, right += likely.front().of.value == v, sure += likely.front().probability;
    }
    EXPECT_GT(right / asked, 0.6);
    EXPECT_NEAR(sure / asked, right / asked, 0.08);
}

}  // namespace
}  // namespace kindling::classification

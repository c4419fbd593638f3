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

// A shop in which one attribute goes with the words and five are drawn without regard to them, their names being among the words: what is foreseen has to be right as
// often as it is said to be, and of what is drawn nothing is foreseen at all.
struct Mixed {
    Random random{23};
    WordValues model;
    explicit Mixed(int documents) {
        for (std::uint32_t g = 0; g < 6; ++g)
            for (std::uint32_t v = 0; v < 6; ++v) model.call({g, v}, Words{name(g, v)});
        for (int i = 0; i < documents; ++i) {
            auto const [words, values] = draw(true);
            model.put(std::to_string(i), words, values);
        }
    }
    static std::string name(std::uint32_t g, std::uint32_t v) { return "name" + std::to_string(g) + "_" + std::to_string(v); }
    std::pair<Words, std::vector<WordValues::Value>> draw(bool named) {
        std::vector<WordValues::Value> values;
        for (std::uint32_t g = 0; g < 6; ++g) values.push_back({g, static_cast<std::uint32_t>(random.below(6))});
        Words words;
        for (int i = 0; i < 6; ++i) words.push_back(random.chance(0.4) ? "w" + std::to_string(values[0].value * 20 + random.below(20)) : "noise" + std::to_string(random.below(60)));
        if (named)
            for (auto const v : values) words.insert(words.begin() + static_cast<std::ptrdiff_t>(random.below(words.size())), name(v.group, v.value));
        return {words, values};
    }
    struct Told { double all = 0, right = 0, sure = 0, drawn = 0; };
    Told foreseen() {
        Told out;
        for (int i = 0; i < 3000; ++i) {
            auto [words, values] = draw(false);
            words.resize(3);
            for (auto const& l : ask(model, words))
                if (l.probability >= 0.5 && l.probability >= l.usual + 0.2) ++out.all, out.right += values[l.of.group].value == l.of.value, out.sure += l.probability, out.drawn += l.of.group != 0;
        }
        return out;
    }
};

TEST(WordValues, WhatIsForeseenIsRightAsOftenAsItIsSaidToBe) {
    for (int const documents : {200, 2000}) {
        Mixed shop(documents);
        shop.model.calibrate(500);
        auto const told = shop.foreseen();
        EXPECT_GT(told.all, documents < 1000 ? 20 : 300) << documents;
        EXPECT_GT(told.right / told.all, 0.5) << documents;
        EXPECT_NEAR(told.right / told.all, told.sure / told.all, 0.12) << documents;
        EXPECT_LT(told.drawn / told.all, 0.02) << documents << ": nothing speaks for what was drawn without regard to the words";
    }
}

TEST(WordValues, AShopOfAFewGoodsIsNotSure) {
    Mixed shop(15);
    auto const before = shop.foreseen();
    shop.model.calibrate();
    EXPECT_LT(shop.foreseen().all, 0.5 * before.all);
}

}  // namespace
}  // namespace kindling::classification

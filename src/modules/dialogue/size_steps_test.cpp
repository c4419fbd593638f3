// size_steps_test.cpp -- "one size up" of what was put in, of what was asked for, and of what nobody has named yet.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/lexicon.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::ElementsAre, testing::HasSubstr, testing::Not;

struct Shoes : test::Talk {
    Shoes() : Talk(goods()) {}
    static CatalogueView::Source goods() {
        auto s = test::source();
        s.kinds.push_back({"size", "Size", "尺码", "", true});
        shop::Product p{.product_id = "r1", .title_en = "Running shoes", .title_zh = "跑鞋", .category_id = "shoes", .brand = "Aurora", .brand_zh = "极光"};
        for (int const size : {37, 38, 40})   // none in 39
            for (auto const& [en, zh] : {std::pair("White", "白色"), {"Black", "黑色"}}) {
                auto const n = std::to_string(size);
                shop::Variant v{.sku = "r1-" + std::string(en) + n, .title_en = std::string(en) + " EU " + n, .title_zh = std::string(zh) + " " + n, .price_minor = 39900, .stock = 5};
                v.attributes = {{"colour", en, zh}, {"size", "EU " + n, n}};
                p.variants.push_back(std::move(v));
            }
        s.products = {p};
        return s;
    }
    std::vector<std::string> held() const {
        std::vector<std::string> out;
        for (auto const& line : basket.held) out.push_back(line.sku);
        return out;
    }
};

TEST(SizeSteps, OfWhatWasPutInTheNextSizeOfTheSameColour) {
    Shoes talk;
    talk.say("running shoes size 38 in black");
    talk.say("add it to my basket");
    ASSERT_THAT(talk.held(), ElementsAre("r1-Black38"));
    talk.say("one size up please");
    EXPECT_THAT(talk.held(), ElementsAre("r1-Black40")) << "it does not come in 39";
    EXPECT_THAT(Shoes::text(talk.say("换大一号")), HasSubstr("40")) << "and in nothing above 40";
    EXPECT_THAT(talk.held(), ElementsAre("r1-Black40"));
    talk.state.pending.clear();
    talk.say("换小一号");
    EXPECT_THAT(talk.held(), ElementsAre("r1-Black38"));
}
TEST(SizeSteps, OfWhatWasAskedForTheNext) {
    Shoes talk;
    talk.say("38码的鞋");
    auto const turn = talk.say("换大一号");
    EXPECT_THAT(Shoes::text(turn), HasSubstr("40"));
    EXPECT_EQ(turn.topic, "find");
    EXPECT_THAT(talk.state.shown, test::some_and_each(testing::EndsWith("40")));
}
TEST(SizeSteps, WhereNoSizeIsKnownItIsAsked) {
    Shoes talk;
    talk.say("running shoes");
    auto const turn = talk.say("a bigger one");
    ASSERT_TRUE(Shoes::has(turn, BlockKind::question));
    talk.say("38");
    EXPECT_THAT(talk.state.shown, test::some_and_each(testing::EndsWith("38")));
}
TEST(SizeSteps, AskingForItIsAQuestionLikeOthers) {
    Shoes talk;
    talk.say("running shoes");
    auto const before = talk.state.questions;
    talk.say("a bigger one");
    EXPECT_EQ(talk.state.questions, before + 1);
}
TEST(SizeSteps, AnotherThingIsNoSize) {
    for (auto const* said : {"换大伞", "换大包", "换大床", "换大的桌子", "a bigger table"}) {
        Shoes talk;
        talk.say("running shoes");
        EXPECT_NE(talk.say(said).state.pending, "size") << said;
    }
    for (auto const* said : {"换大", "换大的吧", "给我换大一点的吧", "可以换大一码吗", "换双大一码的"}) {
        Shoes talk;
        talk.say("running shoes");
        EXPECT_EQ(talk.say(said).state.pending, "size") << said;
    }
}
TEST(SizeSteps, WhatIsWishedForAndWhatCame) {
    auto const step = [](char const* said) {
        auto const read = cues::size_step(surface_of(said));
        return read ? read->step : 9;
    };
    for (auto const* said : {"I want a size larger", "换大一码", "exchange it for one size bigger", "could you send me a size up", "the shirt is too tight, I need a bigger one", "想要大一码的", "发来的小了，换大一号", "is there a size larger?", "what I need is a size larger", "it came a size smaller", "鞋小了一码", "a size too small", "发来的小一码"}) EXPECT_EQ(step(said), +1) << said;
    for (auto const* said : {"it came a size larger", "发来的大一码了", "the shirt is a size too big", "发来的大了一号，想换", "it's a size bigger than expected", "the pair I got is one size larger", "收到的鞋大一码", "they run a size large", "I want a size smaller", "换小一号", "it came a size larger, can I exchange it", "大一码了，能换吗"}) EXPECT_EQ(step(said), -1) << said;
    for (auto const* said : {"they sent a size larger than I ordered", "发来的比我订的大一码"}) EXPECT_EQ(step(said), 0) << said;
    EXPECT_TRUE(cues::size_step(surface_of("it came a size larger"))->told);
    EXPECT_FALSE(cues::size_step(surface_of("I want a size larger"))->told);
    EXPECT_EQ(step("a linen dress"), 9);
}
TEST(SizeSteps, WhatWasBoughtIsExchanged) {
    Shoes talk;
    EXPECT_EQ(talk.say("买的鞋有点小，换大一号").topic, "exchange") << "though shoes are spoken of in the same breath";
    Shoes other;
    EXPECT_EQ(other.say("换大一号").topic, "exchange") << "nothing was shown";
}
TEST(SizeSteps, OfGoodsWithoutSizesItIsAComparison) {
    test::Talk talk;
    talk.say("连衣裙");
    EXPECT_THAT(test::Talk::text(talk.say("换大一号")), Not(HasSubstr("大一号是")));
}

}  // namespace
}  // namespace kindling::dialogue

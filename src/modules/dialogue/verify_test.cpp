#include "modules/dialogue/verify.h"
#include "modules/dialogue/test_shop.h"
#include "modules/dialogue/wording.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Demo;
using testing::IsEmpty, testing::Not;

struct Verifier : testing::Test {
    Demo demo;
    Card good() const { return make_card(*demo.view, {.product = demo.at("d1"), .variant = 0}, Locale::zh, {}); }
    std::vector<std::string> of(Card card, Grounds const& grounds = {}) const { return breaches({.kind = BlockKind::cards, .cards = {std::move(card)}}, *demo.view, grounds); }
};

TEST_F(Verifier, LetsTheTruthPass) { EXPECT_THAT(of(good()), IsEmpty()); }
TEST_F(Verifier, StopsEveryWrongField) {
    auto const wrong = [&](auto change) { auto card = good(); change(card); return of(card); };
    EXPECT_THAT(wrong([](Card& c) { c.price_minor -= 1; }), Not(IsEmpty()));
    EXPECT_THAT(wrong([](Card& c) { c.price_text = "¥1.00"; }), Not(IsEmpty()));
    EXPECT_THAT(wrong([](Card& c) { c.title += "!"; }), Not(IsEmpty()));
    EXPECT_THAT(wrong([](Card& c) { c.stock = StockState::out; }), Not(IsEmpty()));
    EXPECT_THAT(wrong([](Card& c) { c.rating = 5; }), Not(IsEmpty()));
    EXPECT_THAT(wrong([](Card& c) { c.sku = "d2-White"; }), Not(IsEmpty()));
    EXPECT_THAT(wrong([](Card& c) { c.product_id = "nope"; }), Not(IsEmpty()));
    EXPECT_THAT(wrong([](Card& c) { c.why.push_back("holds 77 litres"); }), Not(IsEmpty()));
    EXPECT_THAT(wrong([](Card& c) { c.brand = "Gucci"; }), Not(IsEmpty()));
}
TEST_F(Verifier, AnUnmarkedCardMustMeetTheConstraints) {
    Grounds grounds;
    grounds.constraints = {{.kind = ConstraintKind::price, .max = 100, .label_en = "price ≤ 1", .label_zh = "价格 ≤ 1"}};
    EXPECT_THAT(of(good(), grounds), Not(IsEmpty()));
    auto marked = good();
    marked.misses = {"价格 ≤ 1"};
    EXPECT_THAT(of(marked, grounds), IsEmpty());
}
TEST_F(Verifier, AFactInATextIsReadAgain) {
    Spoken spoken;
    spoken.say(Phrase::fact_price, Locale::en, 0, {{"title", "Linen dress", FactKind::title, "d1"}, {"price", "CN¥199.00", FactKind::price, "d1"}});
    Block block{.text = spoken.text, .facts = spoken.facts};
    EXPECT_THAT(breaches(block, *demo.view, {}), IsEmpty());
    auto cheaper = demo.view->operator[](demo.at("d1")).data;
    for (auto& v : cheaper.variants) v.price_minor = 9900;
    EXPECT_THAT(breaches(block, *demo.view->with({cheaper}, {}), {}), Not(IsEmpty()));  // the price changed in between
    block.text += " And 3 more.";
    EXPECT_THAT(breaches(block, *demo.view, {}), Not(IsEmpty()));
}
TEST_F(Verifier, AModelMayOnlySayWhatIsSo) {
    std::size_t const hand[] = {demo.at("d1")};
    auto const check = [&](std::string_view text, Grounds const& grounds = {}) { return free_text_breaches(text, *demo.view, *demo.lexicon, hand, grounds); };
    EXPECT_THAT(check("This linen dress is 85 cm long and costs ¥199."), IsEmpty());
    EXPECT_THAT(check("这条亚麻连衣裙长85厘米，199元。"), IsEmpty());
    EXPECT_THAT(check("It costs only ¥99."), Not(IsEmpty()));
    EXPECT_THAT(check("只要九十九元。"), Not(IsEmpty()));
    EXPECT_THAT(check("It is made of wool."), Not(IsEmpty()));
    EXPECT_THAT(check("It is waterproof."), Not(IsEmpty()));
    EXPECT_THAT(check("Your limit of 300 is kept.", {.echoes = {"300"}}), IsEmpty());
}
TEST_F(Verifier, ASentenceThatNamesAProductSpeaksOfThatOne) {
    std::size_t const hand[] = {demo.at("d1"), demo.at("d2"), demo.at("d3")};
    auto const check = [&](std::string_view text) { return free_text_breaches(text, *demo.view, *demo.lexicon, hand, {}); };
    EXPECT_THAT(check("The Linen dress costs ¥199.00. The Cotton dress is ¥159.00."), IsEmpty());
    EXPECT_THAT(check("The Linen dress costs ¥159.00."), Not(IsEmpty())) << "that is the cotton one's price";
    EXPECT_THAT(check("The Long linen dress costs ¥199.00."), Not(IsEmpty())) << "and that the short one's";
    EXPECT_THAT(check("The Cotton dress is of linen."), Not(IsEmpty()));
    EXPECT_THAT(check("The Linen dress costs ¥199.00 and the Cotton dress ¥159.00."), IsEmpty());
    EXPECT_THAT(check("They cost ¥159.00 to ¥299.00."), IsEmpty()) << "no name: any of them";
    EXPECT_THAT(check("纯棉连衣裙159元。亚麻长裙299元。"), IsEmpty());
    EXPECT_THAT(check("纯棉连衣裙299元。"), Not(IsEmpty()));
}
TEST(Wording, NoTemplateHoldsADigit) {
    for (auto const locale : {Locale::en, Locale::zh})
        for (int phrase = 0; phrase <= static_cast<int>(Phrase::nothing_on_sale); ++phrase)
            for (int turn = 0; turn < 3; ++turn) {
                Spoken spoken;
                spoken.say(static_cast<Phrase>(phrase), locale, turn);
                EXPECT_EQ(spoken.text.find_first_of("0123456789"), std::string::npos) << spoken.text;
            }
}

}  // namespace
}  // namespace kindling::dialogue

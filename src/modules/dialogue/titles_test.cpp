// A property that no field of the catalogue speaks of is borne out by titles; presents of such a shop are ordered by what is bought.
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>
#include <set>

namespace kindling::dialogue {
namespace {

using testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::UnorderedElementsAre;

shop::Product plain(std::string id, std::string category, std::string en, std::string zh, std::int64_t price) {
    shop::Product p{.product_id = id, .title_en = std::move(en), .title_zh = std::move(zh), .category_id = std::move(category)};
    p.variants = {{.sku = id, .price_minor = price, .stock = 5}};
    return p;
}

class Titles : public testing::Test {
protected:
    Titles() {
        CatalogueView::Source s;
        s.categories = {{"cups", "", "Cups", "杯子"}, {"games", "", "Toys & games", "玩具"}, {"lamps", "", "Lamps", "灯具"}, {"wrap", "", "Wrapping", "包装"}};
        s.products = {plain("c1", "cups", "Red spotty cup", "", 163), plain("c2", "cups", "", "红色马克杯", 250), plain("c3", "cups", "", "粉红色马克杯", 250), plain("c4", "cups", "Non-red cup", "", 150), plain("c5", "cups", "Reduced cup", "", 150),
                      plain("g1", "games", "Inflatable globe", "", 900), plain("l1", "lamps", "Night light", "", 495), plain("w1", "wrap", "Hearts tape", "", 20), plain("w2", "wrap", "Ribbon", "", 30), plain("w3", "wrap", "Paper", "", 35)};
        s.standing["g1"].popularity = 90, s.standing["w1"].popularity = 80, s.standing["l1"].popularity = 70, s.standing["c1"].popularity = 10;
        view = CatalogueView::build(std::move(s)), lexicon = Lexicon::build(view->shared_words());
    }
    Turn say(std::string text) { return take_turn(view, *lexicon, {}, {}, {}, {.text = std::move(text)}, {}); }
    static std::vector<std::string> fitting(Turn const& turn) {
        std::vector<std::string> out;
        for (auto const& b : turn.blocks)
            for (auto const& c : b.cards)
                if (c.misses.empty()) out.push_back(c.product_id);
        return out;
    }
    std::shared_ptr<CatalogueView const> view;
    std::shared_ptr<Lexicon const> lexicon;
};

TEST_F(Titles, BearOutAColourInEitherLanguage) {
    for (auto const* said : {"红色的杯子", "a red cup"}) {
        auto const turn = say(said);
        EXPECT_THAT(fitting(turn), UnorderedElementsAre("c1", "c2")) << said << ": pink, non-red and reduced are not red";
        EXPECT_TRUE(turn.withheld.empty());
        for (auto const& b : turn.blocks)
            for (auto const& c : b.cards) EXPECT_THAT(c.why, testing::Contains(testing::AnyOf(HasSubstr("据标题"), HasSubstr("by its title")))) << c.title;
    }
    EXPECT_THAT(fitting(say("不要红色的，杯子")), UnorderedElementsAre("c3", "c4", "c5"));
    EXPECT_THAT(fitting(say("a red or pink cup")), UnorderedElementsAre("c1", "c2", "c3"));
}

TEST_F(Titles, SayWhatTheyDoNotSay) {
    auto const turn = say("a silk cup");
    EXPECT_THAT(fitting(turn), IsEmpty()) << "no title here speaks of silk";
    std::string text;
    for (auto const& b : turn.blocks) text += b.text;
    EXPECT_THAT(text, HasSubstr("says nothing about")) << text;
}

TEST_F(Titles, PresentsAreWhatIsBoughtAndNoToysForGrownUps) {
    EXPECT_THAT(fitting(say("a present for my mother")), ElementsAre("l1", "c1", "w1")) << "the tape last, though it sells better: it is among the cheapest";
    EXPECT_THAT(fitting(say("a present for my son")), ElementsAre("g1"));
}

TEST(Presents, AreJudgedByWhatTheirKindIsAndNotByACharacterOfItsName) {
    CatalogueView::Source source;
    int n = 0;
    for (auto const& [id, en, zh] : {std::tuple("panda", "Plush pandas", "熊猫公仔"), {"face", "Face care", "面部清洁"}, {"warm", "Thermals", "保暖内衣"}, {"scarf", "Scarves and belts", "服饰配件"}, {"food", "Dog food", "猫粮"}, {"parts", "Phone parts", "手机配件"}}) {
        source.categories.push_back({id, "", en, zh});
        for (int i = 0; i < 3; ++i, ++n) source.products.push_back(test::product(id + std::to_string(i), id, "Thing " + std::to_string(n), "好物" + std::to_string(n), 1000 + 100 * n, {}));
    }
    auto const view = CatalogueView::build(source);
    auto const lexicon = Lexicon::build(view->shared_words());
    for (auto const* said : {"a present for my friend", "送朋友的礼物"}) {
        auto const turn = take_turn(view, *lexicon, {}, {}, {}, {.text = said}, {});
        std::set<std::string> kinds;
        for (auto const& block : turn.blocks)
            for (auto const& card : block.cards) kinds.insert(card.product_id.substr(0, card.product_id.size() - 1));
        EXPECT_THAT(kinds, testing::IsSupersetOf({"panda", "face", "warm", "scarf"})) << said;
        EXPECT_THAT(kinds, testing::Not(testing::Contains("food"))) << said;
        EXPECT_THAT(kinds, testing::Not(testing::Contains("parts"))) << said;
    }
}

}  // namespace
}  // namespace kindling::dialogue

// "Is it good?": counts and quotes come from the reviews, a quote that is in no review is withheld, and who has no reviews is said to have none.
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Talk;
using testing::HasSubstr, testing::IsEmpty, testing::Not;

struct TestReviews final : Reviews {
    std::map<std::string, Heard> heard;
    Result<Heard> of(std::string const& product_id, Locale) override { return heard[product_id]; }
};

struct OpinionTalk : Talk {
    TestReviews reviews;
    OpinionTalk() { reviews.heard["d1"] = {.reviews = 20, .rating = 4.6, .aspects = {{.label = "面料", .count = 7, .praise = 5, .said = {{"面料很舒服。", "面料很舒服。裙长也合适", true}, {"洗了就起球", "洗了就起球，失望", false}}}, {.label = "尺寸", .count = 3, .praise = 3, .said = {}}}}; }
    Turn ask(std::string text, std::string product = {}) {
        auto turn = take_turn(view, *lexicon, {}, {.basket = &basket, .orders = &orders, .reviews = &reviews}, state, {.text = std::move(text), .product_id = std::move(product), .basket_id = basket_id, .remove = {}}, {});
        state = turn.state;
        return turn;
    }
};

TEST(Opinions, AreToldWithCountsAndQuotes) {
    OpinionTalk talk;
    auto const turn = talk.ask("评价怎么样", "d1");
    EXPECT_EQ(turn.topic, "reviews");
    EXPECT_THAT(turn.withheld, IsEmpty());
    auto const text = Talk::text(turn);
    EXPECT_THAT(text, HasSubstr("20条评价，平均4.6分"));
    EXPECT_THAT(text, HasSubstr("面料：7条谈到，其中5条只有好评"));
    EXPECT_THAT(text, HasSubstr("“面料很舒服。”"));
    EXPECT_THAT(text, HasSubstr("“洗了就起球”")) << "the other side is not hidden";
    EXPECT_THAT(text, HasSubstr("词表"));
}
TEST(Opinions, OfWhatPeopleComplainedAbout) {
    OpinionTalk talk;
    talk.reviews.heard["d1"].aspects = {{.aspect = "size", .label = "尺寸", .count = 9, .praise = 9, .said = {{"尺码很准", "尺码很准", true}}},
                                        {.aspect = "quality", .label = "面料", .count = 7, .praise = 5, .said = {{"面料很舒服", "面料很舒服", true}, {"洗了就起球", "洗了就起球", false}}}};
    auto const text = Talk::text(talk.ask("大家吐槽它什么", "d1"));
    EXPECT_THAT(text, HasSubstr("面料：7条谈到，其中2条提到不足"));
    EXPECT_THAT(text, HasSubstr("“洗了就起球”"));
    EXPECT_THAT(text, Not(HasSubstr("很舒服"))) << "praise was not asked for";
    EXPECT_THAT(text, Not(HasSubstr("尺寸")));
    EXPECT_THAT(Talk::text(talk.ask("好评多还是差评多", "d1")), HasSubstr("尺寸")) << "both sides were asked for";
    talk.reviews.heard["d1"].aspects.pop_back();
    EXPECT_THAT(Talk::text(talk.ask("有人抱怨吗", "d1")), HasSubstr("没有人提到不足"));
}
TEST(Opinions, AQuoteAboutItsWeightIsNoAnswerToASize) {
    OpinionTalk talk;
    talk.reviews.heard["d1"].aspects = {{.aspect = "size", .label = "尺寸", .count = 3, .praise = 0, .said = {{"就是塑料感有点重。", "就是塑料感有点重。", false}, {"比平时小一码。", "比平时小一码。", false}}}};
    talk.ask("亚麻连衣裙", "d1");
    auto const text = Talk::text(talk.ask("这件选什么尺码", "d1"));
    EXPECT_THAT(text, Not(HasSubstr("塑料感")));
    EXPECT_THAT(text, HasSubstr("比平时小一码"));
}
TEST(Opinions, OfOneThatWasShown) {
    OpinionTalk talk;
    talk.ask("亚麻连衣裙");
    EXPECT_THAT(Talk::text(talk.ask("第一个口碑怎么样")), HasSubstr("亚麻"));
    EXPECT_THAT(Talk::text(talk.ask("what do people say about the first one?")), HasSubstr("reviews"));
}
TEST(Opinions, AQuoteThatIsInNoReviewIsWithheld) {
    OpinionTalk talk;
    talk.reviews.heard["d1"].aspects[0].said[0].body = "别的话";
    auto const turn = talk.ask("好用吗", "d1");
    EXPECT_THAT(turn.withheld, Not(IsEmpty()));
    EXPECT_THAT(Talk::text(turn), Not(HasSubstr("面料很舒服")));
}
TEST(Opinions, NobodyHasReviewedIt) {
    OpinionTalk talk;
    EXPECT_THAT(Talk::text(talk.ask("is it any good?", "b2")), HasSubstr("Nobody has reviewed"));
    EXPECT_THAT(Talk::text(talk.ask("评价怎么样")), Not(IsEmpty())) << "nothing shown, nothing meant: the guide asks";
}
TEST(Opinions, OfOneAspectAndThenOfOthers) {
    OpinionTalk talk;
    talk.reviews.heard["d1"].aspects = {{.aspect = "quality", .label = "Quality", .count = 7, .praise = 5, .said = {{"soft linen", "soft linen, well sewn", true}}}, {.aspect = "size", .label = "Size and fit", .count = 3, .praise = 3, .said = {{"true to size", "true to size", true}}}};
    auto const first = Talk::text(talk.ask("what do people say about the fabric?", "d1"));
    EXPECT_THAT(first, HasSubstr("Quality: 7 speak of it, 5 only well"));
    EXPECT_THAT(first, Not(HasSubstr("Size"))) << "only what was asked of";
    auto const then = talk.ask("and the fit?");
    EXPECT_EQ(then.topic, "reviews");
    EXPECT_THAT(Talk::text(then), HasSubstr("size and fit: 3 speak of it"));
    EXPECT_THAT(Talk::text(then), HasSubstr("true to size"));
    EXPECT_THAT(Talk::text(talk.ask("what about the smell?")), HasSubstr("In none of the 20 reviews"));
    talk.ask("red shoes");
    EXPECT_NE(talk.ask("and the fit?").topic, "reviews") << "something else was spoken of since";
}
TEST(Opinions, AFollowUpInChinese) {
    OpinionTalk talk;
    talk.reviews.heard["d1"].aspects = {{.aspect = "quality", .label = "质量做工", .count = 7, .praise = 5, .said = {}}, {.aspect = "size", .label = "尺寸大小", .count = 3, .praise = 3, .said = {}}};
    talk.ask("大家怎么说面料", "d1");
    EXPECT_THAT(Talk::text(talk.ask("那尺码呢")), HasSubstr("尺寸大小：3条谈到"));
    EXPECT_THAT(Talk::text(talk.ask("味道怎么样")), HasSubstr("没有人谈到气味"));
    auto const price = talk.ask("价格呢");
    EXPECT_EQ(price.topic, "fact") << "a price is a fact";
    EXPECT_THAT(Talk::text(price), HasSubstr("199"));
}
TEST(Opinions, AWishForGoodReviewsIsStillAWish) {
    OpinionTalk talk;
    for (auto const wish : {"评价最好的连衣裙", "do you have any good dresses", "好用不贵的连衣裙"}) {
        auto const turn = talk.ask(wish);
        EXPECT_NE(turn.topic, "reviews") << wish;
        EXPECT_THAT(Talk::shown(turn), Not(IsEmpty())) << wish;
    }
}

}  // namespace
}  // namespace kindling::dialogue

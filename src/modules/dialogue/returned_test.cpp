// Returns: asked of a product, told of the shop's own orders; weighed where they differ by more than chance.
#include "modules/dialogue/test_shop.h"
#include "modules/dialogue/trade_off.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Talk, testing::Contains, testing::HasSubstr, testing::IsEmpty, testing::Not;

struct Ledger final : Records {
    Returned whole{36, 40, 6, {{"size", 4}, {"quality", 2}}}, of_one{9, 10, 3, {{"size", 3}}};
    std::vector<std::string> asked;
    Result<std::vector<PricePoint>> prices(std::string const&) override { return std::vector<PricePoint>(); }
    Result<Sizes> sizes(std::string const&) override { return Sizes{40, 4}; }
    Result<Returned> returned(std::string const&, std::span<std::string const> skus) override {
        asked.assign(skus.begin(), skus.end());
        return skus.empty() ? whole : of_one;
    }
};
struct Shopper : test::Demo {
    GuideState state;
    Ledger ledger;
    Turn say(std::string text) {
        auto turn = take_turn(view, *lexicon, {}, {.records = &ledger}, state, {.text = std::move(text)}, {});
        EXPECT_THAT(turn.withheld, IsEmpty());
        state = turn.state;
        return turn;
    }
};

TEST(Returned, IsToldOfTheProductThatIsAskedAbout) {
    for (auto const* text : {"do people send the first one back?", "is the first one often returned?", "what is the return rate of the first one?", "第一个退货率高吗", "第一件退货的人多吗", "have many buyers returned the first one?", "I'd like to know how often people return the first one"}) {
        Shopper s;
        s.say("dresses");
        auto const turn = s.say(text);
        EXPECT_EQ(turn.topic, "returned") << text;
        EXPECT_THAT(Talk::text(turn), HasSubstr("40")) << text;
        EXPECT_THAT(Talk::text(turn), HasSubstr("15%")) << text;
        EXPECT_THAT(Talk::text(turn), testing::AnyOf(HasSubstr("size 4"), HasSubstr("尺码4"))) << text;
    }
}
TEST(Returned, HowToSendBackIsAnotherQuestion) {
    for (auto const* text : {"can I return the first one?", "what is your return policy?", "怎么退货", "不喜欢能退吗", "I want to return my order", "I'd like to return it, many thanks", "Has anyone looked at my return yet?", "What is the return shipping rate?", "快递被退回了", "我的退货被退回来了", "能退回多少钱", "退了多少钱给我", "my parcel was sent back, has anybody seen it?"}) {
        Shopper s;
        s.say("dresses");
        EXPECT_NE(s.say(text).topic, "returned") << text;
    }
    Shopper s;   // of no product
    EXPECT_NE(s.say("do people return a lot?").topic, "returned");
}
TEST(Returned, OfTooFewNoShareIsTold) {
    Shopper s;
    s.ledger.whole = {4, 5, 1, {{"size", 1}}};
    s.say("dresses");
    auto const text = Talk::text(s.say("is the first one often returned?"));
    EXPECT_THAT(text, HasSubstr("too few"));
    EXPECT_THAT(text, Not(HasSubstr("20%")));
    s.ledger.whole = {};
    EXPECT_THAT(Talk::text(s.say("is the second one often returned?")), HasSubstr("Nobody has bought"));
}
TEST(Returned, TheOtherHalfOfASentenceIsAnsweredToo) {
    for (auto const* text : {"does the first one come in red, and do people send that colour back?", "第一个有红色吗，退货的人多吗"}) {
        Shopper s;
        s.say("dresses");
        auto const turn = s.say(text);
        EXPECT_EQ(turn.trace.requests.size(), 2u) << text;
        EXPECT_EQ(turn.topic, "returned") << text;
    }
    Shopper s;
    s.say("dresses"), s.say("does the first one come in red, and do people send that colour back?");
    EXPECT_THAT(s.ledger.asked, testing::ElementsAre("d1-Red"));
}
TEST(Returned, IsAnAxisOnlyWhereItDiffersByMoreThanChance) {
    auto const axes = [](std::vector<std::pair<std::int64_t, std::int64_t>> const& counts) {
        auto source = test::source();
        char const* ids[] = {"d1", "d2", "d3", "d4"};
        for (std::size_t i = 0; i < counts.size(); ++i) source.standing[ids[i]].sold = counts[i].first, source.standing[ids[i]].returned = counts[i].second;
        auto const view = CatalogueView::build(source);
        std::vector<Pick> picks;
        for (auto const* id : ids) picks.push_back({.product = *view->find(id), .variant = 0});
        std::vector<TradeOffKind> out;
        for (auto const& axis : weighed_by(*view, {}, picks)) out.push_back(axis.kind);
        return out;
    };
    EXPECT_THAT(axes({{100, 2}, {100, 30}, {100, 5}, {0, 0}}), Contains(TradeOffKind::returns));
    EXPECT_THAT(axes({{100, 8}, {100, 10}, {100, 9}, {0, 0}}), Not(Contains(TradeOffKind::returns)));
    EXPECT_THAT(axes({{10, 0}, {12, 9}, {5, 0}, {0, 0}}), Not(Contains(TradeOffKind::returns)));   // too few
    // Drawn towards the mean: what nobody has bought lies between the seldom and the often returned.
    auto source = test::source();
    source.standing["d1"].sold = 100, source.standing["d1"].returned = 2, source.standing["d2"].sold = 100, source.standing["d2"].returned = 30;
    auto const view = CatalogueView::build(source);
    Weighed const axis{.kind = TradeOffKind::returns, .sense = TradeOffSense::less, .usual = 0.16};
    auto const of = [&](char const* id) { return axis.of(*view, {.product = *view->find(id), .variant = 0}); };
    EXPECT_GT(of("d1"), of("d3"));
    EXPECT_GT(of("d3"), of("d2"));
    EXPECT_EQ(axis.text(*view, {.product = *view->find("d1"), .variant = 0}, Locale::en), "2 of 100");
    EXPECT_EQ(axis.text(*view, {.product = *view->find("d3"), .variant = 0}, Locale::en), "");
}

}  // namespace
}  // namespace kindling::dialogue

// The goods of a talk stay its goods: what narrows them is told from other wishes, refused and owned goods become no wish, and what is meant for a thing is not that thing.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Demo, test::Talk, testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not;

shop::Product plain(std::string id, std::string en, std::int64_t price = 2000) { return test::titled_good(std::move(id), "goods", std::move(en), price); }

// A shop of titles alone, with its index.
struct Music {
    Music() {
        CatalogueView::Source s;
        s.categories = {{"goods", "", "Musical goods", ""}};
        s.products = {plain("b1", "Smith Electric 5-String Bass Strings"), plain("b2", "Ghost 5-String Bass Strings, Stainless Steel Flatwound", 4800), plain("v1", "Roto Flatwound Viola Strings"), plain("v2", "Roto Flatwound Violin Set"), plain("g1", "Classic Guitar Strings"),
                      plain("t1", "Brass Trumpet"), plain("t2", "Silver Trumpet"), plain("t3", "Trumpet Cleaning Kit"), plain("f1", "Flute Cleaning Kit"), plain("f2", "Saxophone Cleaning Kit"),
                      plain("h1", "Studio Headphones"), plain("h2", "Studio Headphones 6.3mm"), plain("h3", "Travel Headphones"), plain("c1", "Patch Cable 6.3mm Plug"), plain("p1", "Digital Piano with Stand and Headphones"), plain("p2", "Digital Piano"), plain("p3", "Digital Piano Bundle with Headphones"),
                      plain("k1", "Keyboard 61 Keys"), plain("k2", "Keyboard Bag 61 Key"), plain("k3", "Keyboard"), plain("u1", "Soprano Ukulele"), plain("u2", "Soprano Ukulele Case"), plain("u3", "Concert Ukulele with Gig Bag"), plain("u4", "Concert Ukulele Gig Bag"), plain("u5", "Concert Ukulele"),
                      plain("r1", "Violin Rosin"), plain("r2", "Dark Rosin"), plain("w1", "Violin"), plain("w2", "Violin Set with Rosin"), plain("l1", "Left Handed Ukulele"), plain("l2", "Left Handed Banjo"), plain("n1", "Western Novel"), plain("n2", "Harmonica"), plain("n3", "Blues Harmonica")};
        view = CatalogueView::build(std::move(s)), lexicon = Lexicon::build(view->shared_words());
        index = ProductIndex::open({}).value(), (void)index->rebuild(*view);
        scorer = [this](std::string_view words) { return retrieve({.view = view, .lexicon = lexicon, .index = {index.get(), [](auto const*) {}}}, words); };
    }
    Turn say(std::string text) {
        auto turn = take_turn(view, *lexicon, scorer, {}, state, {.text = std::move(text), .locale = Locale::en}, {});
        state = turn.state;
        return turn;
    }
    std::string first(std::string text) { auto const shown = Talk::shown(say(std::move(text))); return shown.empty() ? std::string() : shown.front(); }
    std::shared_ptr<CatalogueView const> view;
    std::shared_ptr<Lexicon const> lexicon;
    std::shared_ptr<ProductIndex> index;
    TextScorer scorer;
    GuideState state;
};

TEST(Subject, WhatNarrowsTheGoodsKeepsThem) {
    for (auto const* more : {"flatwounds if possible", "flatwound would be nice", "ideally flatwound", "do you have flatwound ones?", "I'd like the flatwound kind"}) {
        Music shop;
        shop.say("strings for a 5 string bass");
        EXPECT_EQ(shop.first(more), "b2") << more << ": " << shop.state.free_text;
    }
    Music plug;
    plug.say("headphones");
    EXPECT_EQ(plug.first("I need the big plug 6.3mm"), "h2") << plug.state.free_text;
    Music concert;
    concert.say("ukulele");
    EXPECT_THAT(concert.first("ok show me concert ones under $80 with a bag"), testing::AnyOf("u3", "u5")) << concert.state.free_text << ": a bag is what it comes with";
    Music handed;
    handed.say("ukulele");
    EXPECT_EQ(handed.first("I want one that is left handed"), "l1") << handed.state.free_text;
}
TEST(Subject, OtherGoodsTakeItsPlace) {
    Music rosin;
    rosin.say("violin");
    EXPECT_THAT(rosin.first("got any rosin?"), testing::StartsWith("r")) << rosin.state.free_text;
    for (auto const* other : {"trumpet", "what about a trumpet", "do you have trumpets?", "I need a trumpet"}) {
        Music shop;
        shop.say("strings for a 5 string bass");
        EXPECT_THAT(shop.first(other), testing::AnyOf("t1", "t2")) << other << ": " << shop.state.free_text;
    }
}
TEST(Subject, APronounBehindAThingStandsForTheGoods) {
    for (auto const* kit : {"do you sell a cleaning kit for one", "and a cleaning kit for it?", "is there a cleaning kit for them as well?"}) {
        Music shop;
        shop.say("trumpet under $30");
        EXPECT_EQ(shop.first(kit), "t3") << kit << ": " << shop.state.free_text;
        EXPECT_THAT(shop.state.constraints, IsEmpty()) << "the price was said of the trumpet";
    }
    for (auto const* none : {"how much do you want for it", "I would pay 20 for it", "is there enough room for them", "what is it good for one asks", "strings for one guitar"}) EXPECT_FALSE(cues::stands_for_the_goods(surface_of(none))) << none;
}
TEST(Subject, GoodsGoneByComeBack) {
    Music shop;
    shop.say("trumpet under $30"), shop.say("what about a ukulele");
    EXPECT_THAT(shop.first("ok never mind, back to the trumpets, which is cheapest"), testing::AnyOf("t1", "t2")) << shop.state.free_text;
    EXPECT_EQ(shop.state.order, "price_up");
    Talk talk;
    talk.say("dresses under 180"), talk.say("show me boots"), talk.say("let's go back to the dresses");
    EXPECT_EQ(categories_in_force(talk.state, talk.view->words()).size(), 1u);
    EXPECT_TRUE(std::ranges::any_of(talk.state.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price && c.max == 18000; }));
    for (auto const* none : {"can I send it back to you", "give it back to him"}) EXPECT_FALSE(cues::goes_back(surface_of(none))) << none;
}
TEST(Subject, WhatAThingIsMeantForIsNotWanted) {
    for (auto const& [said, id] : {std::pair("headphones for my digital piano", "h"), {"a bag that fits a 61 key keyboard", "k2"}, {"I need a bag to fit my keyboard", "k2"}, {"case for a soprano ukulele", "u2"}, {"do you have a case for my ukulele?", "u2"}, {"a cleaning kit for a trumpet", "t3"}}) {
        Music shop;
        EXPECT_THAT(shop.first(said), testing::StartsWith(id)) << said << ": " << shop.state.free_text << " / " << shop.state.talk.subject.thing;
    }
    Music novel;
    novel.say("harmonica");
    EXPECT_EQ(novel.first("and a western novel to go with it"), "n1");
}
TEST(Subject, RemarksOfOneselfAskForNothing) {
    for (auto const* said : {"我个子小，手也小", "我手比较小", "孩子个头还不高", "I have small hands", "I'm quite small", "my hands are really small", "she's very short"}) {
        EXPECT_THAT(cues::remarks_of_oneself(surface_of(said)), Not(IsEmpty())) << said;
        Music shop;
        shop.say("ukulele");
        auto const turn = shop.say(said);
        EXPECT_EQ(shop.state.free_text, "ukulele") << said;
        EXPECT_THAT(Talk::text(turn), testing::AnyOf(HasSubstr("says nothing about"), HasSubstr("没有提到"))) << said;
    }
    for (auto const* said : {"I'm looking for a small bag", "a small hand bag", "手表", "小个的杯子", "I have a small budget", "he's 60", "she is a small business owner"}) EXPECT_THAT(cues::remarks_of_oneself(surface_of(said)), IsEmpty()) << said;
}
TEST(Subject, WhatIsRefusedBecomesNoWish) {
    for (auto const* said : {"nah dresses are boring", "dresses are so boring", "sorry the dresses are too dull, other things", "forget the dresses", "连衣裙没意思", "连衣裙太普通了，看看别的"}) {
        Demo shop;
        auto const read = shop.read(said);
        EXPECT_THAT(kinds_of(read.constraints, Polarity::want, shop.view->words()), IsEmpty()) << said;
        EXPECT_THAT(kinds_of(read.constraints, Polarity::avoid, shop.view->words()), Not(IsEmpty())) << said;
        EXPECT_THAT(read.free_text, IsEmpty()) << said;
    }
    for (auto const* said : {"forget the dresses. do you have boots", "never mind the dresses, show me boots", "nah dresses are boring, any boots?"}) {
        Talk talk;
        talk.say("dresses");
        EXPECT_THAT(Talk::shown(talk.say(said)), test::some_and_each(testing::StartsWith("b"))) << said;
    }
    Demo shop;
    for (auto const* said : {"don't forget the boots", "boots, nothing boring", "this dress is boring, another dress", "这条连衣裙太普通了"}) EXPECT_THAT(kinds_of(shop.read(said).constraints, Polarity::avoid, shop.view->words()), IsEmpty()) << said;
}
TEST(Subject, WhatSomebodyHasIsLeftOut) {
    Demo shop;
    for (auto const* said : {"we've already got dresses and boots", "she already has boots and dresses", "她已经有连衣裙和短靴了", "连衣裙和短靴都有了"}) {
        auto const read = shop.read(said);
        EXPECT_THAT(kinds_of(read.constraints, Polarity::want, shop.view->words()), IsEmpty()) << said;
        EXPECT_EQ(kinds_of(read.constraints, Polarity::avoid, shop.view->words()).size(), 2u) << said;
        EXPECT_THAT(read.free_text, IsEmpty()) << said;
    }
    EXPECT_EQ(kinds_of(shop.read("she already has boots, a dress would be nice").constraints, Polarity::want, shop.view->words()).size(), 1u);
    EXPECT_EQ(kinds_of(shop.read("I already have boots and a dress would be great").constraints, Polarity::want, shop.view->words()).size(), 1u);
    auto const owned = shop.read("他已经有键盘和鼠标了");
    EXPECT_THAT(owned.not_sold, IsEmpty());
    EXPECT_THAT(owned.refused_unknown, ElementsAre("键盘", "鼠标")) << "nothing here to leave out for them, and that is said";
    for (auto const* said : {"he has loads of those", "she's already got plenty of them", "they have one already", "他已经有很多了", "我买过了"}) EXPECT_THAT(cues::has_of_them(surface_of(said)), Not(IsEmpty())) << said;
    for (auto const* said : {"do you have those", "he's one", "I have a question", "有很多吗", "he has a dog"}) EXPECT_THAT(cues::has_of_them(surface_of(said)), IsEmpty()) << said;
}
TEST(Subject, WhatTheGoodsMustHoldIsNoGoods) {
    Demo shop;
    for (auto const* said : {"boots, and they must hold two dresses", "短靴，要能放下两条连衣裙"}) {
        auto const read = shop.read(said);
        EXPECT_EQ(kinds_of(read.constraints, Polarity::want, shop.view->words()).size(), 1u) << said;
        EXPECT_THAT(read.unheard, Not(IsEmpty())) << said << ": said to be unknown";
        EXPECT_THAT(read.not_sold, IsEmpty()) << said;
    }
    auto const monitors = shop.read("white, and it must hold two monitors", {.categories = {0}});
    EXPECT_THAT(monitors.not_sold, IsEmpty());
    EXPECT_THAT(monitors.unheard, ElementsAre(HasSubstr("two monitors")));
}
TEST(Subject, PlacesInASeriesAreNoneInTheList) {
    for (auto const* said : {"not the first in a 10 book saga though", "the first of a series"}) {
        auto const refs = cues::references(surface_of(said), 4);
        EXPECT_THAT(refs.refused, IsEmpty()) << said;
        EXPECT_THAT(refs.ordinals, IsEmpty()) << said;
    }
    EXPECT_THAT(cues::references(U"not the first one", 4).refused, ElementsAre(1));
    EXPECT_THAT(cues::references(U"the first in blue", 4).ordinals, ElementsAre(1));
    Demo shop;
    EXPECT_THAT(shop.read("not the first in a 10 book saga though").refused_unknown, Not(IsEmpty()));
}
TEST(Subject, NothingWithIsAConditionAndNoFarewell) {
    Talk talk;
    talk.say("linen dress longer than 130 cm");
    auto const turn = talk.say("nothing with tiny parts pls");
    EXPECT_THAT(Talk::text(turn), Not(HasSubstr("will not talk you into")));
    EXPECT_TRUE(Talk::text(turn).find("tiny parts") != std::string::npos || std::ranges::any_of(talk.state.constraints, [](Constraint const& c) { return c.said.find("tiny parts") != std::string::npos || c.label_en.find("tiny parts") != std::string::npos; })) << Talk::text(turn);
}

TEST(Subject, AQuestionAboutOneOfASetLeavesTheSet) {
    Talk talk;
    ASSERT_TRUE(Talk::has(talk.say("a dress and boots, together under 1000"), BlockKind::bundle));
    auto const slots = talk.state.slots;
    for (auto const* said : {"does the first come in red?", "is the second one waterproof?", "第一件有红色吗"}) {
        EXPECT_FALSE(Talk::has(talk.say(said), BlockKind::bundle)) << said;
        EXPECT_EQ(talk.state.slots, slots) << said;
    }
    EXPECT_TRUE(Talk::has(talk.say("鞋子不要高跟"), BlockKind::bundle));
    EXPECT_EQ(talk.state.slots.size(), 2u);
    Demo shop;
    for (auto const* said : {"连衣裙加鞋，总共800以内", "我要连衣裙加短靴，一共1000"}) EXPECT_EQ(shop.read(said).slots.size(), 2u) << said;
    EXPECT_THAT(shop.read("短靴加绒的").slots, IsEmpty());
}
TEST(Subject, SmallWordsKeepTheirMeaning) {
    Demo shop;
    EXPECT_NE(shop.read("hmm too pricey, canvas is fine then").merge, Reading::Merge::either);
    EXPECT_EQ(shop.read("canvas too").merge, Reading::Merge::either);
    for (auto const* said : {"15.6\" boots", "boots, 9 inch"}) EXPECT_FALSE(shop.read(said).unheld.empty() && shop.read(said).constraints.size() < 2) << said;
    std::u32string quoted = U"the \"size 38\" boots, 9\"";
    inches_in(quoted);
    EXPECT_EQ(quoted, U"the \"size 38\" boots, 9 inch ");
}

}  // namespace
}  // namespace kindling::dialogue

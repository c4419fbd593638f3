// After the purchase and between visits: requests, memory with consent, watches told once, prices stated only where the records reach.
#include "core/random.h"
#include "modules/dialogue/quality.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/test_shop.h"
#include <array>
#include <set>
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::Contains, testing::HasSubstr, testing::IsEmpty, testing::Not, testing::SizeIs;

constexpr Milliseconds now = 1'764'000'000'000, day = milliseconds_per_day;

struct Buyer final : Orders {
    std::vector<Errand> asked;
    std::vector<std::string> gone;
    OrderView order{.order_id = "88001", .status = "delivered", .items = {"Canvas boots", "Linen dress"}, .lines = {{0, "b2-Black", "b2", "Canvas boots", 1, 0}, {1, "d1-Black", "d1", "Linen dress", 1, 0}}};
    Result<Found> find(std::string const& number, std::string const& contact) override {
        if (number == "88001" && contact == "4321") return Found{Access::granted, order};
        return Found{contact.empty() ? Access::need_proof : Access::unknown_order, {}};
    }
    Result<std::vector<OrderView>> mine() override { return std::vector<OrderView>(); }
    Result<OrderView> again(std::string const&) override { return order; }
    Result<std::string> request(Errand const& errand) override { asked.push_back(errand); return std::string("req_x"); }
    Result<void> cancel(std::string const& id) override { gone.push_back(id); return {}; }
};
struct Mind final : Preferences {
    bool here = true, may = false;
    std::vector<Constraint> kept;
    bool signed_in() const override { return here; }
    Result<bool> allowed() override { return may; }
    Result<void> allow() override { may = true; return {}; }
    Result<std::vector<Constraint>> read() override { return may ? kept : std::vector<Constraint>(); }
    Result<void> write(std::vector<Constraint> const& wishes) override { kept = wishes; return {}; }
    Result<void> forget() override { may = false, kept.clear(); return {}; }
};
struct Patience final : Watches {
    std::vector<Watch> held;
    Result<void> add(Watch const& watch) override { held.push_back(watch), held.back().watch_id = "w" + std::to_string(held.size()); return {}; }
    Result<std::vector<Watch>> waiting() override { return held; }
    Result<void> told(std::string const& id) override { std::erase_if(held, [&](Watch const& w) { return w.watch_id == id; }); return {}; }
    Result<std::int64_t> stop(std::string const&) override { auto const n = static_cast<std::int64_t>(held.size()); held.clear(); return n; }
};
struct Books final : Records {
    std::vector<PricePoint> points;
    Sizes turned;
    Result<std::vector<PricePoint>> prices(std::string const&) override { return points; }
    Result<Sizes> sizes(std::string const&) override { return turned; }
};

struct Shopper : test::Demo {
    GuideState state;
    test::TestBasket basket;
    Buyer orders;
    Mind mind;
    Patience patience;
    Books books;
    std::shared_ptr<CatalogueView const> shop = view;
    Turn say(std::string text) {
        auto turn = take_turn(shop, *lexicon, {}, {.basket = &basket, .orders = &orders, .preferences = &mind, .watches = &patience, .records = &books}, state, {.text = std::move(text), .now = now}, {});
        EXPECT_THAT(turn.withheld, IsEmpty());
        state = turn.state;
        return turn;
    }
};

TEST(Care, AReturnIsAskedForOnlyAfterAProofAndAYes) {
    Shopper s;
    // A reason beside it is no question of the shop's rules.
    for (auto const* text : {"我要退货，订单88001，不合适", "退货 ord_88001", "ord_88001 refund please"}) {
        Shopper anew;
        EXPECT_EQ(test::asks(anew.say(text)), "contact") << text;
    }
    EXPECT_EQ(test::asks(s.say("我要退货，订单88001")), "contact");
    EXPECT_EQ(test::asks(s.say("4321")), "errand_line");
    EXPECT_EQ(test::asks(s.say("第2件")), "errand_reason");
    EXPECT_EQ(test::asks(s.say("收到时破损")), "errand_confirm");
    EXPECT_THAT(s.orders.asked, IsEmpty());
    s.say("确认");
    ASSERT_THAT(s.orders.asked, SizeIs(1));
    EXPECT_EQ(s.orders.asked[0].line, 1);
    EXPECT_EQ(s.orders.asked[0].reason, "damaged");
}
TEST(Care, AWrongProofAsksForNothing) {
    Shopper s;
    s.say("I want to return my order 88001"), s.say("0000"), s.say("yes"), s.say("确认");
    EXPECT_THAT(s.orders.asked, IsEmpty());
    EXPECT_THAT(s.state.proven, IsEmpty());
}
TEST(Care, AnExchangeNamesTheOtherVariant) {
    Shopper s;
    s.orders.order.lines = {{0, "d1-Black", "d1", "Linen dress", 1, 0}};
    s.say("我要换货，订单88001，4321");
    s.say("红色");
    s.say("不喜欢这个颜色"), s.say("确认");
    ASSERT_THAT(s.orders.asked, SizeIs(1));
    EXPECT_EQ(s.orders.asked[0].wanted_sku, "d1-Red");
}
TEST(Care, OnlyWhatHasNotBeenSentIsCancelled) {
    Shopper s;
    EXPECT_THAT(test::Talk::text(s.say("cancel my order 88001, 4321")), HasSubstr("cannot be cancelled"));
    s.orders.order.status = "paid";
    Shopper other;
    other.orders.order.status = "paid";
    EXPECT_EQ(test::asks(other.say("cancel my order 88001, 4321")), "errand_confirm");
    other.say("no, never mind");
    EXPECT_THAT(other.orders.gone, IsEmpty());
    other.say("cancel my order"), other.say("yes");
    EXPECT_THAT(other.orders.gone, testing::ElementsAre("88001"));
}
TEST(Care, NothingIsRememberedWithoutConsent) {
    Shopper s;
    EXPECT_EQ(test::asks(s.say("remember that I want linen")), "memory");
    s.say("no");
    EXPECT_THAT(s.mind.kept, IsEmpty());
    s.say("记住我要亚麻的"), s.say("可以记住");
    EXPECT_THAT(s.mind.kept, SizeIs(1));
    Shopper later;
    later.mind = s.mind;
    later.say("连衣裙");
    EXPECT_THAT(later.state.shown, testing::UnorderedElementsAre("d1-Black", "d3-Burgundy"));
    later.say("忘记我");
    EXPECT_FALSE(later.mind.may);
    EXPECT_THAT(later.mind.kept, IsEmpty());
    Shopper guest;
    guest.mind.here = false;
    guest.say("remember that I want linen");
    EXPECT_THAT(guest.mind.kept, IsEmpty());
}
TEST(Care, TheMemoryIsErasedAndAskedAboutInBothLanguages) {
    for (auto const* text : {"清除你记住的信息", "删除你记住的关于我的一切", "把你记得的都删掉", "抹掉你保存的我的尺码", "忘掉你记住的东西", "forget me", "please delete what you remember", "erase everything you know about me", "wipe what you've saved", "forget what you know about me"}) {
        Shopper s;
        s.mind.may = true, s.say("记住我要亚麻的");
        ASSERT_THAT(s.mind.kept, SizeIs(1));
        EXPECT_EQ(s.read(text).intent, Intent::forget_me) << text;
        s.say(text);
        EXPECT_THAT(s.mind.kept, IsEmpty()) << text;
        Shopper guest;
        guest.mind.here = false;
        EXPECT_FALSE(guest.say(text).blocks.empty()) << text;
    }
    for (auto const* text : {"记住了吗", "你都记住了什么", "记下了没有", "你记得哪些", "what do you remember?", "did you remember that?", "怎么删除你记住的信息"}) {
        Shopper s;
        s.mind.may = true, s.say("记住我要亚麻的");
        auto const turn = s.say(text);
        EXPECT_THAT(test::Talk::text(turn), HasSubstr(turn.locale == Locale::zh ? "亚麻" : "linen")) << text;
        EXPECT_THAT(s.mind.kept, SizeIs(1)) << text;
        Shopper guest;
        guest.mind.here = false;
        EXPECT_FALSE(guest.say(text).blocks.empty()) << text;
    }
    for (auto const* text : {"别忘了我只穿亚麻的", "don't forget that I only wear linen", "记住我要亚麻的", "千万别忘我要亚麻", "记住"}) {
        Shopper s;
        EXPECT_EQ(s.read(text).intent, Intent::remember_me) << text;
        s.say("dresses");
        EXPECT_FALSE(s.say(text).blocks.empty()) << text;
    }
    EXPECT_NE(test::Demo().read("清空条件，重新开始").intent, Intent::forget_me);
    EXPECT_NE(test::Demo().read("我的数据怎么删除").intent, Intent::forget_me);
}
TEST(Care, OrdersAndForgottenNamesAreNoMemory) {
    for (auto const* text : {"关于我的订单，删掉第二件", "有关我的订单，删除一件"}) EXPECT_FALSE(cues::asks_to_forget(surface_of(text))) << text;
    for (auto const* text : {"删除关于我的一切", "清除你记住的信息"}) EXPECT_TRUE(cues::asks_to_forget(surface_of(text))) << text;
    for (auto const* text : {"不记得什么牌子了", "我不记得什么时候下单的", "没记住什么型号"}) EXPECT_FALSE(cues::asks_what_is_kept(surface_of(text))) << text;
    for (auto const* text : {"你记得什么", "记住了吗"}) EXPECT_TRUE(cues::asks_what_is_kept(surface_of(text))) << text;
}
TEST(Care, AllThatWasToBeRememberedIsAskedForAtOnceAndAYesIsHeard) {
    for (auto const* text : {"记住我对羊毛过敏，要亚麻的", "我对羊毛过敏，要亚麻的，记住", "remember I am allergic to wool. And I want linen"}) {
        Shopper s;
        EXPECT_EQ(test::asks(s.say(text)), "memory") << text;
        EXPECT_THAT(s.state.to_remember, SizeIs(2)) << text;
        s.say("可以");
        EXPECT_THAT(s.mind.kept, SizeIs(2)) << text;
    }
    // Goods are asked for beside it: they are shown, and the yes still answers.
    Shopper both;
    both.say("记住我对羊毛过敏，顺便看看短靴");
    EXPECT_THAT(both.state.shown, Not(IsEmpty()));
    EXPECT_EQ(both.state.pending, "memory");
    both.say("可以");
    EXPECT_THAT(both.mind.kept, SizeIs(1));
    Shopper goes_on;
    goes_on.say("记住我要亚麻的");
    auto const boots = goes_on.say("可以，再看看短靴");
    EXPECT_THAT(goes_on.mind.kept, SizeIs(1));
    EXPECT_THAT(test::Talk::shown(boots), Contains("b1"));
    // What only has the characters of a yes agrees to nothing.
    for (auto const* text : {"有没有好看的", "这个好不好", "ok but is it waterproof", "可以吗？", "对了，有短靴吗", "谢谢", "thanks", "以后吧", "不用", "no, size 39", "算了，别记了"}) {
        Shopper s;
        s.say("记住我要亚麻的"), s.say(text);
        EXPECT_FALSE(s.mind.may) << text;
        EXPECT_THAT(s.mind.kept, IsEmpty()) << text;
    }
}
TEST(Care, AWatchIsToldOnceWhenItHasCome) {
    Shopper s;
    s.say("boots"), s.say("tell me when the first one drops to 200 yuan");
    ASSERT_THAT(s.patience.held, SizeIs(1));
    EXPECT_EQ(s.patience.held[0].target_minor, 20000);
    EXPECT_THAT(test::Talk::text(s.say("dresses")), Not(HasSubstr("Good news")));
    auto product = (*s.view)[s.shop->find_sku(s.patience.held[0].sku)->first].data;
    for (auto& v : product.variants) v.price_minor = 19900;
    s.shop = s.view->with({product}, {});
    EXPECT_THAT(test::Talk::text(s.say("dresses")), HasSubstr("Good news"));
    EXPECT_THAT(s.patience.held, IsEmpty());
    s.say("loafers");
    s.say("麂皮的那个到货通知我");
    ASSERT_THAT(s.patience.held, SizeIs(1));
    EXPECT_EQ(s.patience.held[0].kind, Watches::Kind::stock);
    s.say("取消提醒");
    EXPECT_THAT(s.patience.held, IsEmpty());
}
TEST(Care, ALowestPriceIsThatOfEveryMoment) {
    Random random(5);
    for (int round = 0; round < 300; ++round) {
        std::vector<PricePoint> points;
        for (auto at = now - random.between(1, 200) * day; at < now; at += random.between(1, 40) * day + 1) points.push_back({at, random.between(1, 50) * 100});
        auto const today = points.back().price_minor;
        auto const history = price_history("x", "CNY", today, points, now);
        for (auto const& [days, stated] : {std::pair(30, history.lowest_30_days_minor), std::pair(90, history.lowest_90_days_minor)}) {
            if (points.front().from_ms > now - days * day) { EXPECT_FALSE(stated); continue; }
            auto low = today;
            for (auto at = now - days * day; at <= now; at += day / 4) {  // by asking for the price of every quarter of a day
                std::int64_t price = 0;
                for (auto const& p : points)
                    if (p.from_ms <= at) price = p.price_minor;
                low = std::min(low, price);
            }
            ASSERT_TRUE(stated);
            EXPECT_EQ(*stated, low) << round;
        }
    }
    EXPECT_FALSE(price_history("x", "CNY", 1, {}, now).known_since_ms);
}
TEST(Care, SaysWhatThePriceHasBeenAndForetellsNothing) {
    Shopper s;
    s.books.points = {{now - 60 * day, 20000}, {now - 10 * day, 25900}};
    s.say("canvas boots");
    auto const turn = s.say("should I wait?");
    EXPECT_THAT(test::Talk::text(turn), HasSubstr("last 30 days was CN¥200.00"));
    EXPECT_THAT(test::Talk::text(turn), HasSubstr("records for it begin"));
    EXPECT_THAT(test::Talk::text(turn), HasSubstr("I do not know"));
}
TEST(Care, TellsHowSizesTurnedOutAndGuessesNone) {
    Shopper s;
    s.books.turned = {40, 6};
    s.say("canvas boots");
    auto const turn = s.say("is it true to size?");
    EXPECT_THAT(test::Talk::text(turn), HasSubstr("Of 40 sold, 6 came back"));
    EXPECT_THAT(test::Talk::text(turn), HasSubstr("will not guess"));
}
TEST(Care, APresentIsOneOfEachKind) {
    Shopper s;
    auto const turn = s.say("送朋友的生日礼物，350以内");
    std::vector<std::string> kinds;
    for (auto const& b : turn.blocks)
        for (auto const& card : b.cards) {
            kinds.push_back((*s.view)[*s.view->find(card.product_id)].data.category_id);
            EXPECT_LE(card.price_minor, 35000);
        }
    EXPECT_GE(kinds.size(), 2u);
    std::sort(kinds.begin(), kinds.end());
    EXPECT_EQ(std::adjacent_find(kinds.begin(), kinds.end()), kinds.end());
}
TEST(Care, LimitsThatExcludeEachOtherAreSaidAndNotApplied) {
    Shopper s;
    auto const turn = s.say("短靴，500以上，200以下");
    EXPECT_THAT(test::Talk::text(turn), HasSubstr("不能同时成立"));
    EXPECT_THAT(s.state.shown, testing::UnorderedElementsAre("b1-Brown", "b2-Black"));
}
TEST(Questions, TellTheInformationThatTheirAnswerIsExpectedToGive) {
    test::Demo demo;
    auto const picks = select(*demo.view, {}, {}).full;
    auto const plain = best_question(*demo.view, picks, {}, {});
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->about, "category");
    // People of this shop speak of colours and of nothing else: the colour is asked before the material.
    std::string const asked[] = {"category", "price"};
    Priors priors{.answerable = {{"colour", 0.9}}, .needs = 100};
    auto const by_data = best_question(*demo.view, picks, asked, {}), by_people = best_question(*demo.view, picks, asked, {}, &priors);
    ASSERT_TRUE(by_data && by_people);
    EXPECT_EQ(by_data->about, "material");
    EXPECT_EQ(by_people->about, "colour");
}
TEST(Questions, PriorsComeFromWhatPeopleSearchFor) {
    test::Demo demo;
    std::vector<std::pair<std::string, std::int64_t>> const searches{{"black boots", 6}, {"linen dress under 300", 3}};
    auto const priors = learn_priors({demo.view, demo.lexicon, nullptr}, searches);
    EXPECT_EQ(priors.needs, 9);
    EXPECT_DOUBLE_EQ(priors.answerable.at("colour"), 0.6);
    EXPECT_DOUBLE_EQ(priors.answerable.at("price"), 0.3);
}

TEST(Care, WhatWasNotSentYetIsNotSentBackAndNotAlteredButExchangedOrCancelled) {
    Shopper s;
    s.orders.order.status = "paid", s.orders.order.lines = {{0, "d1-Red", "d1", "Linen dress", 1, 0}};
    EXPECT_EQ(test::asks(s.say("刚下单，想改成黑色")), "order");
    EXPECT_EQ(test::asks(s.say("88001")), "contact");
    auto const told = s.say("4321");
    EXPECT_THAT(test::Talk::text(told), HasSubstr("不能直接修改"));
    EXPECT_EQ(test::asks(told), "errand_reason");
    EXPECT_EQ(test::asks(s.say("其他")), "errand_confirm");
    s.say("确认");
    ASSERT_THAT(s.orders.asked, SizeIs(1));
    EXPECT_EQ(s.orders.asked.front().wanted_sku, "d1-Black");
    EXPECT_THAT(s.orders.gone, IsEmpty());

    Shopper again;
    again.orders.order.status = "paid", again.orders.order.lines = {{0, "d1-Red", "d1", "Linen dress", 1, 0}};
    again.say("刚下单，想改成黑色"), again.say("88001"), again.say("4321");
    EXPECT_EQ(test::asks(again.say("取消订单")), "errand_confirm");
    again.say("确认");
    EXPECT_THAT(again.orders.gone, Contains("88001"));
    EXPECT_THAT(again.orders.asked, IsEmpty());

    Shopper other;
    other.orders.order.status = "placed";
    other.say("I want to return order 88001");
    EXPECT_THAT(test::Talk::text(other.say("4321")), HasSubstr("nothing to send back"));
    other.say("no");
    EXPECT_THAT(other.orders.gone, IsEmpty());
}

TEST(Care, GoodsOfAnOrderAreNamedInTheLanguageOfTheTalkAndAProofHoldsForIt) {
    Shopper s;
    auto const order_of = [](Turn const& turn) {
        for (auto const& b : turn.blocks)
            if (b.order) return b.order->items;
        return std::vector<std::string>();
    };
    s.say("订单88001到哪了");
    EXPECT_THAT(order_of(s.say("4321")), testing::ElementsAre("帆布短靴", "亚麻连衣裙"));
    EXPECT_THAT(order_of(s.say("where is order 88001?")), testing::ElementsAre("Canvas boots", "Linen dress"));
    Shopper stranger;
    EXPECT_EQ(test::asks(stranger.say("where is order 88001?")), "contact");
}

TEST(Care, AnAllergyImpliesItsFamilyAndStaysWithThePerson) {
    for (auto const& [wish, allergy, next] : {std::array{"连衣裙", "我对羊绒过敏", "短靴"}, std::array{"dresses", "I have a cashmere allergy", "ankle boots"}}) {
        Shopper s;
        s.say(wish);
        auto const turn = s.say(allergy);
        EXPECT_THAT(test::Talk::shown(turn), Not(Contains("d4"))) << allergy;   // of wool
        EXPECT_THAT(test::Talk::shown(turn), Contains("d1")) << allergy;
        s.say(next);
        EXPECT_TRUE(std::ranges::any_of(s.state.constraints, [](Constraint const& c) { return c.attribute == of_an_allergy; })) << next;
    }
    Shopper s;
    auto const refused = [&](std::string_view text) {
        std::string out;
        for (auto const& c : s.read(text).constraints)
            if (c.attribute == of_an_allergy) for (auto const& v : c.values) out += v.en + " | ";
        return out;
    };
    EXPECT_THAT(refused("cat food, my cat is allergic to fish"), HasSubstr("salmon | tuna"));
    EXPECT_THAT(refused("对海鲜过敏的猫吃什么猫粮"), testing::AllOf(HasSubstr("金枪鱼"), HasSubstr("crab")));
    EXPECT_THAT(refused("shoes, leather allergy"), HasSubstr("suede"));
    EXPECT_THAT(refused("i'm allergic to wool and wear size M"), Not(HasSubstr(" | m | ")));
    EXPECT_THAT(refused("cat food grain free, chicken allergy"), Not(HasSubstr("grain")));
    // Each is a thing of its own to forget.
    std::set<std::string> ids;
    for (auto const& c : s.read("我对羊毛和坚果过敏").constraints) ids.insert(c.constraint_id);
    EXPECT_EQ(ids.size(), 2u);
    EXPECT_EQ(s.read("forget everything about me").intent, Intent::forget_me);
    // What is not had is no refusal, and what nobody sells refuses nothing.
    EXPECT_THAT(s.read("敏感肌能用吗，换季容易过敏").constraints, Not(Contains(testing::Field(&Constraint::attribute, of_an_allergy))));
}

TEST(Care, HowManyIsCorrectedAfterTheBasket) {
    for (auto const& [wish, add, two, more, none] : {std::array{"亚麻连衣裙", "把第一个加入购物车", "算了要两个", "再来一个", "算了不要了"}, std::array{"亚麻连衣裙", "把第一个加入购物车", "算了要两个", "再来个一样的", "算了不要了"}, std::array{"linen dress", "add the first one", "two please", "one more", "i don't want it"}}) {
        Shopper s;
        auto const units = [&] { std::int64_t n = 0; for (auto const& line : s.basket.held) n += line.quantity; return n; };
        s.say(wish), s.say(add);
        EXPECT_EQ(units(), 1) << add;
        s.say(two);
        EXPECT_EQ(units(), 2) << two;
        s.say(more);
        EXPECT_EQ(units(), 3) << more;
        s.say(none);
        EXPECT_EQ(units(), 0) << none;
    }
}

}  // namespace
}  // namespace kindling::dialogue

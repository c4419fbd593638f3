// Questions of the goods in view, comparisons by name, the rules of the shop, what was said in the talk.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/goods_question.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Talk, testing::AllOf, testing::AnyOf, testing::HasSubstr, testing::IsEmpty, testing::Not, testing::SizeIs;

// Goods with nothing but texts, and shoes with sizes.
CatalogueView::Source texts() {
    auto s = test::source();
    s.categories.push_back({"finds", "", "Finds", "杂货"});
    s.kinds.push_back({"size", "Size", "尺码", "", true});
    s.kinds.push_back({"weight", "Weight", "重量", "g", true});
    auto const add = [&](std::string id, std::string en, std::string zh, std::int64_t price, std::string about_en, std::string about_zh) {
        auto p = test::product(std::move(id), "finds", std::move(en), std::move(zh), price, {});
        p.description_en = std::move(about_en), p.description_zh = std::move(about_zh);
        s.products.push_back(std::move(p));
    };
    add("f1", "Kyser quick mystery lamp, Gold (The Harbour Mysteries Book 1)", "凯泽神秘台灯 金色", 2000, "## Kyser lamp\n\nA cat finds a lantern in the harbour. It includes a spare bulb and a travel pouch. Perfect for beginners. Ages 8 and up.", "一只猫在港口发现一盏灯。内含备用灯泡和收纳袋。适合新手。适合8岁以上。");
    add("f2", "Shubb deluxe mystery lamp, 4 Pairs, Two Player", "舒布神秘台灯 四对装", 3000, "A detective loses a lighthouse. The cover is removable and machine washable. Rated IPX4, for rain and sweat.", "一位侦探丢了灯塔。外罩可拆洗。IPX4防汗防雨。");
    auto shoe = [&](std::string id, std::string en, std::string zh, double grams, std::vector<std::string> sizes) {
        auto p = test::product(std::move(id), "loafers", std::move(en), std::move(zh), 30000, {test::number("weight", grams, "g")});
        p.variants.clear();
        for (auto const& size : sizes) {
            shop::Variant v{.sku = p.product_id + "-" + size, .title_en = size, .title_zh = size, .price_minor = 30000, .stock = 5};
            v.attributes = {{"size", size, size}};
            p.variants.push_back(std::move(v));
        }
        s.products.push_back(std::move(p));
    };
    shoe("r1", "Runner alpha trainers", "阿尔法球鞋", 310, {"38", "39", "40"});
    shoe("r2", "Runner beta trainers", "贝塔球鞋", 290, {"36", "37"});
    return s;
}
struct Rules final : Knowledge {
    std::optional<std::string> policy(std::string const& topic, Locale locale) override {
        bool const zh = locale == Locale::zh;
        if (topic == "returns") return zh ? "可以退货吗？\n签收后7天内可退。护肤品开封后不退。\n\n退货运费谁承担？\n质量问题由我们承担；其他原因扣除10元。\n\n退款多久到账？\n三个工作日。" : "Can I return things?\nWithin 7 days of delivery. Opened skin care cannot be returned.\n\nWho pays for a return?\nWe do when goods are faulty; otherwise 10 yuan.\n\nWhen do I get my money?\nWithin 3 days.";
        if (topic == "warranty") return zh ? "保修多久？\n整机质保一年。\n\n怎么报修？\n把订单号发给客服，来回运费我们出。\n\n哪些不保？\n人为摔坏。" : "How long is the warranty?\nOne year.\n\nHow do I claim the warranty?\nSend the order number; we pay both ways.\n\nWhat is not covered?\nDrops.";
        if (topic == "shipping") return zh ? "运费怎么算？\n满99元包邮。\n\n多久能到？\n一般2到5天送达。\n\n从哪里发货？\n上海。" : "What does shipping cost?\nFree from 99 yuan.\n\nHow long does it take?\nDelivery takes 2 to 5 days.\n\nWhere do you ship from?\nFrom Shanghai.";
        if (topic == "invoice") return zh ? "能开发票吗？\n可以开电子发票。\n\n可以开专票吗？\n可以，另需开户行。\n\n过去的订单还能开吗？\n一年内。" : "Can I get an invoice?\nYes.\n\nDo you issue special VAT invoices?\nYes, with bank and account.\n\nCan old orders be invoiced?\nTwelve months.";
        return {};
    }
};
struct Shop : Talk {
    Rules rules;
    Shop() : Talk(texts()) {}
    Turn say(std::string text) {
        auto turn = take_turn(view, *lexicon, {}, {.basket = &basket, .orders = &orders, .knowledge = &rules}, state, {.text = std::move(text), .basket_id = basket_id}, {});
        state = turn.state, basket_id = turn.basket_id;
        return turn;
    }
    void shows(std::vector<std::string> skus) { state.shown = std::move(skus), state.focus.clear(); }
};
bool han(std::string_view text) { return std::ranges::any_of(to_utf32(text), is_han); }

TEST(GoodsAsked, WhatTheTextsTellIsQuoted) {
    for (auto const& [said, told] : {std::pair{"is the first one part of a series?", "Book 1"}, {"which series is the first one in?", "Book 1"}, {"what colours does the first one come in?", "Black"}, {"does the first one come with a bulb", "spare bulb"}, {"what's in the box of the first one?", "travel pouch"},
                                     {"what is the first one about?", "lantern in the harbour"}, {"第二个讲的是什么", "侦探"}, {"第一个适合新手吗", "新手"}, {"is the first one ok for a beginner", "beginners"}, {"第一个适合五岁吗", "8岁"}, {"what age is the first one for?", "Ages 8"},
                                     {"ok but do they survive sweat? like is there an IP rating", "IPX4"}, {"好洗吗，它老吐", "可拆洗"}, {"how do I wash the second one", "washable"}, {"would the second one work with 4 people too?", "Two Player"}, {"is the second one per pair or for all of them", "4 Pairs"},
                                     {"does the first one have a travel pouch", "travel pouch"}, {"does the second one survive rain?", "IPX4"}, {"can the second one get wet in the rain?", "IPX4"}, {"第二个防雨吗", "IPX4"}, {"第一个里面有什么", "备用灯泡"}, {"第一个带灯泡吗", "灯泡"}}) {
        Shop shop;
        shop.shows({"f1-Black", "f2-Black"});
        auto const turn = shop.say(said);
        EXPECT_THAT(turn.withheld, IsEmpty()) << said;
        EXPECT_EQ(turn.topic, "fact") << said;
        EXPECT_THAT(Talk::text(turn), HasSubstr(told)) << said;
        EXPECT_THAT(shop.state.shown, SizeIs(2)) << said;
    }
}
TEST(GoodsAsked, WhatNothingTellsIsSaidOfItsName) {
    for (auto const& [said, name] : {std::pair{"who wrote the second one", "author"}, {"how many pages does the first one have?", "pages"}, {"第二个是谁写的，作者是谁", "作者"}, {"does the first one shrink in the wash?", "shrinking"}, {"第二个适合她这个年纪吗", "年龄"}, {"does the first one include valve oil?", "does not say"}, {"will the second one work on a violin as well?", "does not say"}}) {
        Shop shop;
        shop.shows({"f1-Black", "f2-Black"});
        auto const text = Talk::text(shop.say(said));
        EXPECT_THAT(text, AllOf(HasSubstr(name), AnyOf(HasSubstr("does not say"), HasSubstr("没有提到")))) << said;
        EXPECT_THAT(text, Not(AnyOf(HasSubstr("¥"), HasSubstr("in stock"), HasSubstr("有货")))) << said;
    }
}
TEST(GoodsAsked, AWishForOthersIsNoQuestion) {
    for (auto const* said : {"有防水的吗", "有没有灰的", "do you have waterproof ones?", "show me something washable", "any for beginners?", "推荐个好洗的", "还有别的吗", "is there anything with a battery?", "木头的有吗", "想要续航长的"}) EXPECT_FALSE(asks_in_view(surface_of(said), false)) << said;
    for (auto const* said : {"好洗吗", "会不会碰头", "多大尺寸，16斤睡得下不", "does it shrink in the wash", "how many pages", "is that per pair or for all of them?", "does it come w a bulb", "能机洗不", "掉色么"}) EXPECT_TRUE(asks_in_view(surface_of(said), false)) << said;
    Shop shop;
    shop.shows({"f1-Black", "f2-Black"});
    EXPECT_THAT(Talk::text(shop.say("what about the second one?")), HasSubstr("Shubb"));   // nothing is asked: price and stock
}
TEST(GoodsAsked, SizesOfTheOneThatIsMeant) {
    for (auto const& [said, told] : {std::pair{"第一双有39吗", "有货"}, {"does the first one come in 40?", "in stock"}, {"第二双有39吗", "36"}, {"does the second come in 41", "36"}, {"第二双有36码的吗", "有货"}}) {
        Shop shop;
        shop.shows({"r1-38", "r2-36"});
        auto const turn = shop.say(said);
        EXPECT_THAT(Talk::text(turn), HasSubstr(told)) << said;
        EXPECT_THAT(shop.state.shown, SizeIs(2)) << said;
    }
}
TEST(Comparing, TheOneThatHasMoreOfItIsNamed) {
    for (auto const* said : {"和第一双比哪双更轻", "is the second one lighter than the first?", "第一双和第二双哪双更轻", "which is lighter, the first or the second?"}) {
        Shop shop;
        shop.shows({"r1-38", "r2-36"});
        shop.state.focus = "r2";
        auto const turn = shop.say(said);
        EXPECT_TRUE(Talk::has(turn, BlockKind::comparison) || Talk::has(turn, BlockKind::cards)) << said;
        EXPECT_THAT(Talk::text(turn), AllOf(HasSubstr("290"), HasSubstr(han(said) ? "贝塔" : "beta"))) << said;
    }
}
TEST(Comparing, ByWhatTheyAreCalled) {
    for (auto const* said : {"is the Kyser one any good compared with the Shubb", "which is better, Kyser or Shubb?", "Kyser 和 Shubb 哪个好"}) {
        Shop shop;
        shop.shows({"d1-Black", "f2-Black", "f1-Black"});
        auto const turn = shop.say(said);
        ASSERT_TRUE(Talk::has(turn, BlockKind::comparison)) << said;
        for (auto const& block : turn.blocks)
            if (block.kind == BlockKind::comparison) { EXPECT_THAT(block.cards, SizeIs(2)) << said; }
        EXPECT_THAT(Talk::text(turn), AllOf(HasSubstr(han(said) ? "灯塔" : "lighthouse"), HasSubstr(han(said) ? "港口" : "harbour"))) << said;   // no field tells them apart
    }
    Shop shop;
    shop.shows({"f2-Black", "f1-Black"});
    EXPECT_THAT(Talk::text(shop.say("which is better, Kyser or Planet Waves?")), HasSubstr("planet waves"));
    Shop other;
    other.shows({"f2-Black"});
    other.state.shown.push_back("d1-Black");
    EXPECT_THAT(Talk::text(other.say("does the Kyser one come with a bulb?")), AllOf(HasSubstr("None of those"), HasSubstr("spare bulb")));
}
TEST(Comparing, WhileAQuestionWaits) {
    Shop shop;
    shop.shows({"d1-Black", "f2-Black", "f1-Black"});
    shop.state.pending = "category";
    EXPECT_TRUE(Talk::has(shop.say("is the Kyser one any good compared with the Shubb"), BlockKind::comparison));
}
TEST(Comparing, ByWhatBuyersSay) {
    for (auto const* said : {"which has fewer complaints", "which one do people complain about less?", "哪个差评少", "哪款退货的少"}) {
        Shop shop;
        shop.shows({"d1-Black", "d2-White"});
        EXPECT_THAT(Talk::text(shop.say(said)), HasSubstr("4.6")) << said;
    }
    for (auto const* said : {"which one has the best reviews?", "要评价好的那个", "reviews?", "评价呢"}) {
        Shop shop;
        shop.shows({"f1-Black", "f2-Black"});
        EXPECT_THAT(Talk::text(shop.say(said)), AnyOf(HasSubstr("reviewed"), HasSubstr("没有评价"))) << said;
        EXPECT_THAT(shop.state.shown, SizeIs(2)) << said;
    }
}
TEST(Rules, ServicesThatAreNotWrittenDownAreSaidSo) {
    for (auto const& [said, name] : {std::pair{"你们包安装吗", "安装"}, {"能印logo吗", "印字"}, {"可以刻名字不", "刻字"}, {"do you send someone to assemble it?", "assembly"}, {"actually can i get it engraved?", "engraving"}, {"can you print our logo on them", "engraving"}, {"有师傅上门装吗", "安装"}}) {
        Shop shop;
        shop.say(han(said) ? "连衣裙" : "dresses");
        auto const turn = shop.say(said);
        EXPECT_THAT(Talk::text(turn), HasSubstr(name)) << said;
        EXPECT_FALSE(Talk::has(turn, BlockKind::cards)) << said;
        EXPECT_TRUE(turn.needs_person) << said;
    }
    for (auto const* said : {"有没有刻字的杯子", "想买能印字的杯子", "engraved guitar picks", "personalised mugs", "箱包"}) EXPECT_THAT(cues::service_topics(surface_of(said)), IsEmpty()) << said;
}
TEST(Rules, EachQuestionOfABreathIsAnsweredOnce) {
    for (auto const& [said, first, second] : {std::tuple{"how much is shipping and when would it get here?", "99", "2 to 5"}, {"运费多少？几天能到？", "99", "2到5天"}, {"万一不合脚能退不，运费谁出", "7天", "质量问题"}, {"if i dont like it can i send it back? who pays", "7 days", "10 yuan"}}) {
        Shop shop;
        auto const turn = shop.say(said);
        EXPECT_THAT(Talk::text(turn), AllOf(HasSubstr(first), HasSubstr(second))) << said;
        EXPECT_FALSE(Talk::has(turn, BlockKind::cards)) << said;
    }
    Shop shop;
    auto const text = Talk::text(shop.say("can I pay with paypal and what are your opening hours?"));
    ASSERT_NE(text.find("not written down"), text.npos) << text;
    EXPECT_EQ(text.find("not written down"), text.rfind("not written down")) << text;
    Shop once;
    auto const warranty = Talk::text(once.say("what is the warranty and who pays if it breaks?"));
    ASSERT_NE(warranty.find("both ways"), warranty.npos) << warranty;
    EXPECT_EQ(warranty.find("both ways"), warranty.rfind("both ways")) << warranty;
    for (auto const& [said, told, other] : {std::tuple{"能开专票不", "开户行", "电子发票"}, {"过敏能退吗", "开封后不退", "7天"}, {"can I return it if I'm allergic?", "Opened", "10 yuan"}, {"周五之前能到深圳吗？", "2到5天", "99"}}) {
        Shop each;
        each.say("连衣裙");
        auto const turn = each.say(said);
        EXPECT_THAT(Talk::text(turn), AllOf(HasSubstr(told), Not(HasSubstr(other)))) << said;
        EXPECT_FALSE(Talk::has(turn, BlockKind::cards)) << said;
    }
}
TEST(Rules, TheTopicStays) {
    Shop shop;
    shop.say("还在保修期吗");
    for (auto const& [said, told] : {std::pair{"买了大概十个月", "一年"}, {"那怎么弄，我要自己出运费吗", "来回运费"}, {"没有发票能保吗", "订单号"}}) {
        auto const turn = shop.say(said);
        EXPECT_THAT(Talk::text(turn), HasSubstr(told)) << said;
        EXPECT_FALSE(Talk::has(turn, BlockKind::cards)) << said;
    }
    Shop other;
    other.say("what is your return policy?");
    EXPECT_THAT(Talk::text(other.say("who pays for that?")), HasSubstr("10 yuan"));
    Shop fresh;
    EXPECT_THAT(Talk::text(fresh.say("运费谁出")), HasSubstr("99"));   // no talk of returns: the sending
    EXPECT_THAT(Talk::text(fresh.say("买了十个月还保吗")), HasSubstr("一年"));
}
TEST(Rules, MoneyBackIsMetWithRegret) {
    for (auto const* said : {"my order hasn't come, I want my money back NOW", "订单还没到，赶紧退钱"}) {
        Shop shop;
        EXPECT_THAT(Talk::text(shop.say(said)), AnyOf(HasSubstr("sorry"), HasSubstr("抱歉"))) << said;
    }
}
TEST(TalkMemory, WhatWasSaidIsQuoted) {
    Shop shop;
    shop.say("给我家泰迪狗找个窝");
    shop.say("dresses under 250");
    for (auto const& [said, told] : {std::pair{"刚才说我家是什么狗来着？", "泰迪"}, {"what was the budget I gave you again?", "under 250"}, {"我说的预算是多少来着", "250"}}) {
        auto const turn = shop.say(said);
        EXPECT_THAT(Talk::text(turn), HasSubstr(told)) << said;
        EXPECT_FALSE(Talk::has(turn, BlockKind::cards)) << said;
    }
    Shop fresh;
    EXPECT_THAT(Talk::text(fresh.say("what did I say my size was?")), HasSubstr("not told me"));
    for (auto const* said : {"刚才说的那个还有吗", "刚才第一双防滑吗", "I said under 50", "what size should I take"}) EXPECT_FALSE(cues::asks_what_was_said(surface_of(said))) << said;
}

}  // namespace
}  // namespace kindling::dialogue

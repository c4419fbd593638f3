// Budgets as people say them: refused comparatives, numbers that are only about right, ages that are no prices, one budget for several people.
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Demo, test::Talk;

// "20000-30000", "-25000", "25000-": the price limit in force, minor units; empty: none.
std::string price_of(Reading const& r) {
    for (auto const& c : r.constraints)
        if (c.kind == ConstraintKind::price) return (c.min ? std::to_string(static_cast<std::int64_t>(*c.min)) : "") + "-" + (c.max ? std::to_string(static_cast<std::int64_t>(*c.max)) : "");
    return {};
}

TEST(Budgets, ARefusedComparativeIsTheOtherLimit) {
    Demo demo;
    for (auto const* said : {"a dress, nothing over 250 please", "I don't want to spend more than 250 on a dress", "a dress, can't go above 250", "a dress, not a cent over 250", "a dress, I won't pay over 250", "a dress, I'm not willing to pay more than 250", "dresses but nothing that costs more than 250", "a dress, I'd rather not go over 250", "a dress, I can't afford more than 250",
                             "a dress. I don't have more than 250", "a dress, no higher than 250", "a dress, never above 250", "the most I can spend is 250, a dress", "a dress, 250 is my limit", "a dress, I have 250 to spend", "连衣裙，撑死250", "连衣裙，250顶天了", "I dont want to pay more than 250 for a dress", "dresses, anything over 250 is too much", "dresses, over 250 is out of the question", "连衣裙，不想花超过250", "连衣裙，不能高于250", "连衣裙，别超过250", "连衣裙，不希望超过250块", "连衣裙，不打算花超过250", "连衣裙，没打算花超过250", "连衣裙，超过250的不要",
                             "连衣裙，超过250就算了", "连衣裙，价格别高于250"})
        EXPECT_EQ(price_of(demo.read(said)), "-25000") << said;
    for (auto const* said : {"dresses, nothing under 250", "dresses, I don't want anything below 250", "连衣裙，不能低于250", "连衣裙，不要低于250的"}) EXPECT_EQ(price_of(demo.read(said)), "25000-") << said;
    for (auto const* said : {"a dress over 250", "dresses, I don't mind going over 250", "why not something over 250", "is there nothing over 250?", "有没有超过250的连衣裙", "连衣裙，250以上", "会不会超过250"}) EXPECT_TRUE(price_of(demo.read(said)).starts_with("250")) << said << " " << price_of(demo.read(said));
    // Asked for in a question that is put with a refusal; refused is what stands behind.
    for (auto const* said : {"dresses, don't you have anything under 250?", "can you not go under 250? a dress", "连衣裙，250以下的不要黑色的"}) EXPECT_TRUE(price_of(demo.read(said)).starts_with("-2")) << said << " " << price_of(demo.read(said));
    EXPECT_EQ(price_of(demo.read("连衣裙，250以上的不要黑色的")), "25000-");
    // Nothing of the refusal is left for the goods.
    for (auto const* said : {"a dress, nothing over 250 please", "连衣裙，不想花超过250", "dresses, over 250 is out of the question", "连衣裙，超过250的不要"}) {
        auto const r = demo.read(said);
        EXPECT_EQ(r.free_text, "") << said;
        EXPECT_EQ(r.constraints.size(), 2u) << said;
        for (auto const& c : r.constraints) EXPECT_EQ(c.polarity, Polarity::want) << said;
    }
}

TEST(Budgets, TwoNumeralsBesideEachOtherAreARange) {
    Demo demo;
    for (auto const& [said, price] : {std::pair("两三百的鞋", "20000-30000"), {"鞋子两三百", "20000-30000"}, {"想要连衣裙，别太贵，两三百吧", "20000-30000"}, {"二三百的连衣裙", "20000-30000"}, {"五六十块的连衣裙", "5000-6000"}, {"连衣裙，单价五六十", "5000-6000"}, {"七八百的靴子", "70000-80000"}, {"一两千的靴子", "100000-200000"}, {"三四十的", "3000-4000"}, {"一百二三十的连衣裙", "12000-13000"},
                                      {"连衣裙，五六块", "500-600"}, {"连衣裙，最多两三百", "-30000"}, {"连衣裙，两三百以内", "-30000"}, {"连衣裙，两三百以上", "20000-"}, {"连衣裙，两三百左右", "20000-30000"}, {"三五百的连衣裙", "30000-50000"}, {"一百多块的连衣裙", "10000-20000"}, {"连衣裙，150多元", "15000-16000"}, {"a dress, 200 or 300 yuan", "20000-30000"}})
        EXPECT_EQ(price_of(demo.read(said)), price) << said;
    for (auto const* said : {"来两三件连衣裙", "七八个口袋的", "一二三四", "五六岁的孩子", "连衣裙，十七八岁穿"}) EXPECT_EQ(price_of(demo.read(said)), "") << said;
}

TEST(Budgets, AnAgeIsNoPrice) {
    Demo demo;
    for (auto const* said : {"a dress for my mum, she's 60ish", "shoes for my dad, he's 60ish and likes dark colours", "she is about 70", "my aunt is over 60", "boots for grandpa, he's nearly 80", "a dress, she's in her 60s", "mum's around 55", "who is about 65", "I'm 60ish and I like linen", "连衣裙送妈妈，她50多", "我妈快60了", "奶奶八十多", "想买鞋，我爸60左右", "她今年差不多50", "六十多的老人穿的鞋", "年近六十"})
        EXPECT_EQ(price_of(demo.read(said)), "") << said;
    for (auto const* said : {"给她买连衣裙，100左右", "送妈妈的连衣裙，预算200", "给妈妈100以内的", "something around 60", "a dress about 200", "鞋子60左右", "送我妈，大概80的", "吉他100左右"}) EXPECT_NE(price_of(demo.read(said)), "") << said;
}

TEST(Budgets, ANumberAloneInItsClauseIsWhatThereIsToSpend) {
    Demo demo;
    for (auto const* said : {"a gift for my dad, 200", "连衣裙，300", "送妈妈的礼物，200。", "a dress, 300"}) EXPECT_NE(price_of(demo.read(said)), "") << said;
    for (auto const* said : {"a gift for my dad, 60", "boots, 2 pairs", "送我爸，68了"}) EXPECT_EQ(price_of(demo.read(said)), "") << said;
}

TEST(Budgets, WhatThereIsToSpendIsACeiling) {
    Demo demo;
    for (auto const* said : {"I've got about 200 yuan and two kids to buy dresses for", "200 yuan for both kids, dresses", "dresses for my two nieces, around 200 yuan", "我有200块，想买连衣裙", "连衣裙给两个侄女，一共200块"}) {
        auto const price = price_of(demo.read(said));
        EXPECT_TRUE(price.starts_with("-2")) << said << " " << price;
    }
    EXPECT_EQ(price_of(demo.read("dresses for my two nieces, 200 yuan each")), "16000-24000");
}

TEST(Budgets, TheCurrencyThatWasNamedIsTheCurrency) {
    Demo demo;
    EXPECT_EQ(demo.read("连衣裙，200块美元以内").foreign_money, "200块美元以内");
    EXPECT_EQ(price_of(demo.read("连衣裙，200块人民币以内")), "-20000");
}

TEST(Budgets, NotTheCheapestIsNoOrder) {
    Demo demo;
    for (auto const* said : {"a dress, not the cheapest", "连衣裙，不要最便宜的"}) EXPECT_FALSE(demo.read(said).order) << said;
    EXPECT_EQ(demo.read("the cheapest dress").order, Order::price_up);
}

}  // namespace
}  // namespace kindling::dialogue

#include "modules/dialogue/test_shop.h"
#include "modules/dialogue/search_intent.h"
#include <gtest/gtest.h>

namespace kindling::dialogue {
namespace {

using test::Demo;

TEST(SearchIntent, IsReadAsTheGuideReadsIt) {
    Demo const demo;
    auto const of = [&](std::string const& query) { return search_intent(*demo.view, understand(query, *demo.view, *demo.lexicon, {}), query); };
    for (auto const* query : {"where is my order", "我的订单到哪了", "I want to return my order", "怎么退货", "转人工", "what is your return policy"}) EXPECT_EQ(of(query), SearchIntent::support) << query;
    for (auto const* query : {"hello", "你好", "thank you", "谢谢"}) EXPECT_EQ(of(query), SearchIntent::chat) << query;
    for (auto const* query : {"linen dress", "亚麻连衣裙", "dress under 300", "a gift for my mother", "200以内"}) EXPECT_EQ(of(query), SearchIntent::buy) << query;
    EXPECT_EQ(of("compare the first two"), SearchIntent::compare);
}

TEST(SearchIntent, WhatStandsInATitleWantsGoods) {
    CatalogueView::Source source;
    source.categories = {{"c", "", "Things", "东西"}};
    for (auto const* title : {"Thank You Notes", "Hello Kitty Mug"}) source.products.push_back(test::product(std::string("p-") + title, "c", title, "", 1000, {}, {{"One", ""}}));
    auto const view = CatalogueView::build(std::move(source));
    auto const lexicon = Lexicon::build(view->shared_words());
    auto const of = [&](std::string const& query) { return search_intent(*view, understand(query, *view, *lexicon, {}), query); };
    EXPECT_EQ(of("thank you notes"), SearchIntent::buy);
    EXPECT_EQ(of("hello kitty"), SearchIntent::buy);
    EXPECT_EQ(of("where is my parcel"), SearchIntent::support);
}

}  // namespace
}  // namespace kindling::dialogue

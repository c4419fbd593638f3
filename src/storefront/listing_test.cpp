#include "storefront/listing.h"
#include "storefront/page.h"
#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace kindling::storefront {

TEST(Wish, ReadsItsAddressAndWritesItAgain) {
    Request request;
    request.query_text = "q=red%20dress&f.colour=Red&f.colour=%E8%93%9D&f.size=M&min=10&max=20.5&sort=price_up&stock=1&ignore=c1&after=TOKEN";
    auto const wish = wish_of(request);
    EXPECT_EQ(wish.query, "red dress");
    ASSERT_EQ(wish.filters.size(), 3u);
    EXPECT_EQ(wish.filters[1], (Filter{"colour", "蓝"}));
    EXPECT_TRUE(wish.in_stock);
    EXPECT_EQ(wish.after, "TOKEN");
    EXPECT_EQ(query_of(wish), "?q=red%20dress&f.colour=Red&f.colour=%E8%93%9D&f.size=M&ignore=c1&min=10&max=20.5&sort=price_up&stock=1");  // without the page
    EXPECT_EQ(query_of({}), "");
}

TEST(Wish, BoundsWhatStrangersSend) {
    Request request;
    request.query_text = "sort=;drop&f.=x&f." + std::string(65, 'a') + "=x&min=" + std::string(50, '9');
    for (int i = 0; i < 100; ++i) request.query_text += "&f.a=" + std::to_string(i);
    auto const wish = wish_of(request);
    EXPECT_EQ(wish.sort, "");
    EXPECT_EQ(wish.filters.size(), 40u);  // at the limit
    EXPECT_EQ(wish.min.size(), 20u);
    // Cut between characters: half of one would make the page and the next address unreadable.
    request.query_text = "max=";
    for (int i = 0; i < 7; ++i) request.query_text += "%E7%81%AB";
    EXPECT_EQ(wish_of(request).max, "火火火火火火");
    // What cannot be decoded is not passed over in silence.
    request.query_text = "sort=newest&q=%ff%fe";
    EXPECT_TRUE(wish_of(request).unreadable);
    request.query_text = "sort=newest&q=";
    EXPECT_FALSE(wish_of(request).unreadable);
    request.query_text = "sort=newest";
    EXPECT_FALSE(wish_of(request).unreadable);
}

TEST(Origin, OnlySaneHostsStandInLinks) {
    Request request;
    for (std::string const good : {"shop.example", "127.0.0.1:8080", "[::1]:80"}) {
        request.host = good;
        EXPECT_EQ(origin_of(request), "http://" + good);
    }
    for (auto bad : {"", "a\"b", "a/b", "a b", "a<b"}) {
        request.host = bad;
        EXPECT_EQ(origin_of(request), "") << bad;
    }
    request.host = "shop.example", request.scheme = gateway::Scheme::https;
    EXPECT_EQ(origin_of(request), "https://shop.example");
}

TEST(Prose, ParagraphsAndLists) {
    EXPECT_EQ(prose("· One\n• <b>\n\nText\nmore\n\n- Three").text(), "<ul><li>One</li><li>&lt;b&gt;</li></ul><p>Text<br>more</p><ul><li>Three</li></ul>");
    EXPECT_EQ(prose("## About <b>it</b>\nText\n# Size ##\n###\n\nmore").text(), "<p>About &lt;b&gt;it&lt;/b&gt;</p><p>Text</p><p>Size</p><p>more</p>");
    EXPECT_EQ(prose("#1 in its class\n####### seven\nC# and #hashtag").text(), "<p>#1 in its class<br>####### seven<br>C# and #hashtag</p>") << "not every # begins a heading";
    EXPECT_EQ(prose("").text(), "");
    EXPECT_EQ(prose("\r\n\n").text(), "");
}

TEST(Card, ReadsWhatSearchAnswers) {
    auto const card = card_of(boost::json::parse(R"({"product_id":"p","title":"T","price_from_minor":100,"price_to_minor":200,"rating":4.5,"reviews":3,"stock":"low","picture":"/a.svg"})").as_object());
    EXPECT_EQ(card.price_minor, 100);
    EXPECT_EQ(card.price_to_minor, 200);
    EXPECT_DOUBLE_EQ(card.rating, 4.5);
    EXPECT_EQ(card.stock, Card::Stock::low);
    EXPECT_EQ(card_of({}).product_id, "");  // nothing given, nothing invented
}

}  // namespace kindling::storefront

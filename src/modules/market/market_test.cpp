// A shop, a rival who tells the same goods in other words, and what is found between them.
#include "engines/learning/matching/test_listings.h"
#include "modules/market/market_test_support.h"

namespace kindling::market {
namespace {

using test::file_id;
using test::MarketTest;
using testing::Contains;
using testing::Field;
using testing::Not;

TEST_F(MarketTest, AFileIsReadInEitherLanguageAndBadRowsAreNamed) {
    auto const first = import("商品标题,价格,链接,排名\n小米手环8 NFC版,239.00,https://rival.example/1,3\n,1.00,https://rival.example/2,4\n华为手表,abc,https://rival.example/3,5\n坏链接,1,javascript:alert(1),6\n排名,1,https://rival.example/4,0\n");
    EXPECT_EQ(first.read, 5);
    EXPECT_EQ(first.created, 1);
    EXPECT_EQ(first.refused, 4);
    std::vector<std::string> reasons;
    for (auto const& line : first.refused_lines) reasons.push_back(fmt::format("{} {}", line.line, line.reason));
    EXPECT_THAT(reasons, testing::ElementsAre("3 required", "4 malformed_amount", "5 malformed_url", "6 out_of_range"));
    EXPECT_EQ(items().at("https://rival.example/1").price_minor, 23'900);

    auto const again = import("title,price,url,rank\n小米手环8 NFC版,239.00,https://rival.example/1,3\n");
    EXPECT_EQ(again.unchanged, 1);
    auto const cheaper = import("title,price,url,rank\n小米手环8 NFC版,199.00,https://rival.example/1,1\n");
    EXPECT_EQ(cheaper.updated, 1);
    auto const item = items().at("https://rival.example/1");
    EXPECT_EQ(item.previous_price_minor, 23'900);
    EXPECT_EQ(item.previous_rank, 3);
    EXPECT_TRUE(item.price_changed_at_ms);

    std::ofstream(folder / "uploads" / "1" / file_id, std::ios::binary) << "price,url\n1,https://rival.example/1\n";
    EXPECT_EQ(call<ImportedItems>("market.import", {{"file_id", file_id}, {"source", "x"}}).error().reason, "title_column_missing");
    EXPECT_EQ(call<ImportedItems>("market.import", {{"file_id", "../secret.key"}, {"source", "x"}}).error().reason, "file_not_found");
    EXPECT_EQ(call<ImportedItems>("market.import", {{"file_id", file_id}, {"source", "x"}, {"currency", "yen"}}).error().reason, "unknown_currency");
}

// A dealer of the same make lists our own SKU; in the shop's other numbers nothing is read.
TEST_F(MarketTest, ASkuInTheFileIsHeldAgainstOwnSkus) {
    sell("lamp7", "Desk lamp oak", "橡木台灯", 9'900);
    sell("stool", "Stool of ash", "白蜡木凳", 8'900);
    import("title,price,url,sku\nOak desk lamp Nordic,109,https://r.example/light,SKU-LAMP7\nFootrest,99,https://r.example/rest,XQ-7781\n");
    ASSERT_TRUE(call<Matched>("market.match", json::object{}));
    auto listed = items();
    ASSERT_TRUE(listed.at("https://r.example/light").match);
    EXPECT_EQ(listed.at("https://r.example/light").match->product_id, "lamp7");
    EXPECT_THAT(listed.at("https://r.example/light").match->reasons, Contains(Field(&MatchReason::text, "Same model number: skulamp7")));
    EXPECT_FALSE(listed.at("https://r.example/rest").match);
}

// What a title measures is no model number, in whichever way it is written.
TEST_F(MarketTest, MeasuresAreNoModelNumbers) {
    sell("sleeve", "Felt laptop sleeve grey 14-inch", "毛毡电脑内胆包 灰色", 9'900);
    sell("bank", "Travel power bank slim 10000mAh", "旅行移动电源 超薄", 12'900);
    import("title,price,url\nFelt laptop sleeve grey 14inch,89,https://r.example/sleeve\nTravel power bank slim 10000 mAh,119,https://r.example/bank\n");
    ASSERT_TRUE(call<Matched>("market.match", json::object{}));
    auto const listed = items();
    for (auto const* url : {"https://r.example/sleeve", "https://r.example/bank"}) {
        ASSERT_TRUE(listed.at(url).match) << url;
        EXPECT_THAT(listed.at(url).match->reasons, Not(Contains(Field(&MatchReason::kind, testing::AnyOf(ReasonKind::same_code, ReasonKind::codes_differ))))) << url;
    }
}

TEST_F(MarketTest, ShortListsAreJudgedByRulesAndPeopleHaveTheLastWord) {
    sell("band", "Xiaomi Smart Band 8 NFC black", "小米手环8 NFC版 黑色", 24'900, "6941812722091");
    sell("watch", "Huawei Watch GT4 46mm", "华为手表 GT4 46mm", 148'800);
    sell("lamp", "Desk lamp oak", "橡木台灯", 9'900);
    import("title,price,url,rank,code\n小米 手环 8 NFC 黑,199,https://r.example/band,1,6941812722091\n华为 WATCH GT4 46mm 智能手表,1499,https://r.example/watch,2,\n儿童滑板车,299,https://r.example/scooter,3,\n");
    auto const matched = call<Matched>("market.match", json::object{});
    ASSERT_TRUE(matched) << matched.error().message;
    EXPECT_EQ(matched->basis, Basis::rules);
    auto listed = items();
    ASSERT_TRUE(listed.at("https://r.example/band").match);
    EXPECT_EQ(listed.at("https://r.example/band").match->product_id, "band");
    EXPECT_THAT(listed.at("https://r.example/band").match->reasons, Contains(Field(&MatchReason::text, "Same model number: 6941812722091")));
    EXPECT_NEAR(*listed.at("https://r.example/band").match->price_difference_percent, -20.08, 0.01);
    EXPECT_EQ(listed.at("https://r.example/watch").match.value().product_id, "watch");
    EXPECT_FALSE(listed.at("https://r.example/scooter").match);

    auto const told = call<Signals>("market.signals", json::object{});
    ASSERT_TRUE(told);
    ASSERT_EQ(told->cheaper_elsewhere.size(), 1u);
    EXPECT_EQ(told->cheaper_elsewhere[0].match->product_id, "band");
    ASSERT_EQ(told->not_listed_here.size(), 1u);
    EXPECT_EQ(told->not_listed_here[0].title, "儿童滑板车");

    auto const verdicts = [](std::string_view item, std::string_view product, bool same) { return json::object{{"verdicts", json::array{json::object{{"source", "rival"}, {"item_id", item}, {"product_id", product}, {"same", same}}}}}; };
    ASSERT_TRUE(call<Judged>("market.judge", verdicts("https://r.example/watch", "watch", false)));
    ASSERT_TRUE(call<Judged>("market.judge", verdicts("https://r.example/scooter", "lamp", true)));
    ASSERT_TRUE(call<Matched>("market.match", json::object{}));
    listed = items();
    EXPECT_FALSE(listed.at("https://r.example/watch").match) << "what was rejected is not proposed again";
    EXPECT_EQ(listed.at("https://r.example/scooter").match.value().state, MatchState::confirmed);
    EXPECT_EQ(items({{"which", "confirmed"}}).size(), 1u);
    EXPECT_EQ(call<Judged>("market.judge", verdicts("nothing", "lamp", true)).error().reason, "item_not_found");
    EXPECT_EQ(call<Judged>("market.judge", verdicts("https://r.example/watch", "nothing", true)).error().reason, "product_not_found");
}

TEST_F(MarketTest, ManyListingsAreLearnedFromAndMostTwinsAreFound) {
    auto const goods = matching::testing::listings(150, 11);
    std::string csv = "title,price,item_id,rank\n";
    for (std::size_t i = 0; i < goods.size(); ++i) {
        sell(fmt::format("p{}", i), goods[i].title, "", *goods[i].price_minor);
        auto const twin = matching::retell(goods[i], goods, 500 + i);
        csv += fmt::format("\"{}\",{:.2f},i{},{}\n", twin.title, static_cast<double>(twin.price_minor.value_or(1000)) / 100, i, i + 1);
    }
    for (int i = 0; i < 50; ++i) csv += fmt::format("\"{}\",9.00,other{},{}\n", matching::testing::listings(1, 9000 + static_cast<std::uint64_t>(i))[0].title, i, 1000 + i);
    EXPECT_EQ(import(csv).created, 200);
    auto const dry = call<Matched>("market.match", json::object{}, Locale::en, Context::Mode::dry_run);
    ASSERT_TRUE(dry);
    EXPECT_EQ(items({{"which", "matched"}}).size(), 0u) << "a dry run leaves nothing";
    auto const matched = call<Matched>("market.match", json::object{});
    ASSERT_TRUE(matched) << matched.error().message;
    EXPECT_EQ(matched->basis, Basis::listings);
    EXPECT_EQ(matched->proposed, dry->proposed);
    int right = 0, wrong = 0;
    for (auto const& [id, item] : items({{"which", "matched"}})) ++(id[0] == 'i' && item.match->product_id == "p" + id.substr(1) ? right : wrong);
    EXPECT_GT(right, 120);
    EXPECT_LT(wrong, 20);

    // Confirmed and rejected pairs are learned from once there are enough of both.
    json::array verdicts;
    for (int i = 0; i < 40; ++i) {
        verdicts.push_back(json::object{{"source", "rival"}, {"item_id", fmt::format("i{}", i)}, {"product_id", fmt::format("p{}", i)}, {"same", true}});
        verdicts.push_back(json::object{{"source", "rival"}, {"item_id", fmt::format("i{}", i)}, {"product_id", fmt::format("p{}", i + 50)}, {"same", false}});
    }
    ASSERT_TRUE(call<Judged>("market.judge", json::object{{"verdicts", verdicts}}));
    auto const again = call<Matched>("market.match", json::object{});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->basis, Basis::labels);
    EXPECT_EQ(again->confirmed, 40);
}

TEST_F(MarketTest, OwnProductsListedTwice) {
    auto const goods = matching::testing::listings(80, 21);
    for (std::size_t i = 0; i < goods.size(); ++i) sell(fmt::format("p{:02}", i), goods[i].title, "", *goods[i].price_minor);
    sell("twin", goods[3].title + " new", "", *goods[3].price_minor);
    auto const found = call<Duplicates>("market.duplicates", {{"floor", 0.5}}, Locale::zh);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->products, 81);
    ASSERT_FALSE(found->pairs.empty());
    EXPECT_EQ(found->pairs[0].product_id, "p03");
    EXPECT_EQ(found->pairs[0].other_product_id, "twin");
    EXPECT_GT(found->pairs[0].probability, 0.8);
    EXPECT_THAT(found->pairs[0].reasons, Contains(Field(&MatchReason::kind, ReasonKind::title_alike)));
    EXPECT_LT(found->pairs.size(), 10u) << "of 3,240; which unlike pairs lie just above the floor depends on the compiler's last digits";
}

}  // namespace
}  // namespace kindling::market

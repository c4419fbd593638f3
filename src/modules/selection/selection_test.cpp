// What the shop of shop_for_test.h is shown: by what sells, by what was learned, by the owner's rules.
#include "modules/selection/shop_for_test.h"

namespace kindling::selection {
namespace {

class SelectionTest : public ShopTest {};

TEST_F(SelectionTest, AShopThatHasLearnedNothingShowsWhatSells) {
    {
        auto tx = std::move(*services.store->write(1));
        for (int i = 0; i < 5; ++i) order(*tx, "", {33}, now - 1000);
        order(*tx, "", {12}, now - 1000);
        ASSERT_TRUE(tx->commit());
    }
    Module module(services);
    auto const answer = call(module, "selection.recommend", {{"count", 2}});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->at("basis").as_string(), "popularity");
    EXPECT_EQ(answer->at("blend").as_string(), "none");
    EXPECT_EQ(answer->at("items").at(0).at("product_id").as_string(), "p33");
    EXPECT_EQ(answer->at("items").at(1).at("product_id").as_string(), "p12");
    EXPECT_EQ(answer->at("items").at(0).at("reason").as_string(), "Selling well lately");
}

TEST_F(SelectionTest, WithoutASaleNothingSellsWellAndTheRowIsFull) {
    {
        auto tx = std::move(*services.store->write(1));
        // A catalogue of one category, and half of it without a price.
        run(*tx, "UPDATE products SET category_id = 'f0'");
        run(*tx, "UPDATE variants SET price_minor = 0 WHERE product_id < 'p30'");
        run(*tx, fmt::format("UPDATE products SET created_at_ms = {} WHERE product_id = 'p40'", now - 1000));
        for (int i = 0; i < 3; ++i) run(*tx, fmt::format("INSERT INTO reviews (shop_id, review_id, product_id, rating, body, author, status, created_at_ms) VALUES (1,'r{}','p50',5,'Good','A','published',0)", i));
        ASSERT_TRUE(tx->commit());
    }
    Module module(services);
    auto const answer = call(module, "selection.recommend", {{"count", 8}});
    ASSERT_TRUE(answer) << answer.error().message;
    auto const& items = answer->at("items").as_array();
    ASSERT_EQ(items.size(), 8u);
    EXPECT_EQ(items[0].at("product_id").as_string(), "p50");
    EXPECT_EQ(items[0].at("reason").as_string(), "Rated well by buyers");
    EXPECT_EQ(items[1].at("product_id").as_string(), "p40");
    EXPECT_EQ(items[1].at("reason").as_string(), "New in the shop");
    for (auto const& item : items) {
        EXPECT_NE(item.at("reason_kind").as_string(), "popular");
        EXPECT_GT(item.at("price_from_minor").as_int64(), 0);
    }
}

TEST_F(SelectionTest, LearnsWhatIsLookedAtNextAndBeatsTheBestSellers) {
    visits(800);
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    auto const status = call(module, "selection.status", {}, staff());
    auto const& report = status->at("models").at(0);
    EXPECT_GT(report.at("questions").to_number<int>(), 100);
    EXPECT_GT(report.at("hit_rate").as_double(), 0.8);
    EXPECT_LT(report.at("popular_hit_rate").as_double(), 0.4);
    auto const answer = call(module, "selection.recommend", {{"placement", "product"}, {"product_ids", {"p20"}}, {"count", 4}});
    auto const& first = answer->at("items").at(0);
    EXPECT_EQ(answer->at("basis").as_string(), "visits");
    EXPECT_EQ(first.at("product_id").as_string(), "p26");
    EXPECT_EQ(first.at("because_product_id").as_string(), "p20");
    EXPECT_EQ(first.at("reason").as_string(), "Looked at next after Thing p20");
    // p07 follows p01 in every visit and cannot be bought.
    EXPECT_THAT(ids(module, {{"placement", "product"}, {"product_ids", {"p01"}}}), testing::Not(testing::Contains("p07")));
}

// In a first visit one thing leads to the next; who comes back days later begins with one of four things.
TEST_F(SelectionTest, WhoComesBackIsAskedByABlendOfItsOwn) {
    {
        auto tx = std::move(*services.store->write(1));
        Random random(5);
        constexpr int visitors = 1'600;
        for (int v = 0; v < visitors; ++v)
            for (int visit = 0; visit < 2; ++visit) {
                int p = random.chance(visit == 0 ? 0.0 : 0.9) ? static_cast<int>(random.below(4)) : static_cast<int>(random.below(products));
                for (int step = 0; step < 3; ++step) {
                    view(*tx, fmt::format("v{}", v), p, now - (visitors - v) * 600'000LL - (2 - visit) * 3 * milliseconds_per_day + step * 1000);
                    p = visit == 0 && random.chance(0.9) ? (p + families) % products : static_cast<int>(random.below(products));
                }
            }
        for (int step = 0; step < 3; ++step) view(*tx, "once", 20 + step * families, now - 3 * milliseconds_per_day + step * 1000);
        ASSERT_TRUE(tx->commit());
    }
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    auto const report = call(module, "selection.status", {}, staff())->at("models").at(0).at("blends").as_array();
    EXPECT_THAT(report, testing::Contains(json::value("home")));
    auto const asked = [&](std::string_view placement, json::array in_view, std::string session = "once") {
        return *call(module, "selection.recommend", {{"placement", placement}, {"product_ids", std::move(in_view)}, {"count", 4}}, {.kind = Caller::Kind::shopper, .id = "s", .role = "shopper", .session_id = session});
    };
    auto const back = asked("return_visit", {});
    EXPECT_THAT((std::vector{std::string(back.at("blend").as_string())}), testing::Each(testing::AnyOf("home", "return_visit")));
    std::vector<std::string> first;
    for (auto const& item : back.at("items").as_array()) first.emplace_back(item.at("product_id").as_string());
    EXPECT_THAT(first, testing::UnorderedElementsAre("p00", "p01", "p02", "p03"));
    auto const looking = asked("product", {"p21"});
    EXPECT_EQ(looking.at("items").at(0).at("product_id").as_string(), "p27");
    EXPECT_NE(looking.at("blend").as_string(), back.at("blend").as_string());
    // The home page within a visit is asked what comes next, as a product's; after half an hour and more, what a new visit begins with.
    {
        auto tx = std::move(*services.store->write(1));
        for (auto const& [session, ago] : {std::pair{"today", milliseconds_per_day / 12}, {"here", Milliseconds{60'000}}})
            for (int step = 0; step < 3; ++step) view(*tx, session, 20 + step * families, now - ago + step * 1000);
        ASSERT_TRUE(tx->commit());
    }
    auto const within = asked("home", {}, "here");
    EXPECT_EQ(within.at("blend").as_string(), looking.at("blend").as_string());
    EXPECT_EQ(within.at("items").at(0).at("product_id").as_string(), "p38") << "after p32";
    EXPECT_EQ(asked("home", {}, "today").at("blend").as_string(), "home");
    EXPECT_EQ(asked("home", {}).at("blend").as_string(), back.at("blend").as_string());
}

TEST_F(SelectionTest, AViewCountsInTheNextAnswer) {
    visits(800);
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    EXPECT_EQ(call(module, "selection.recommend", {})->at("basis").as_string(), "popularity") << "nothing is known of this visit";
    auto tx = std::move(*services.store->write(1));
    view(*tx, "me", 40, now);
    ASSERT_TRUE(tx->commit());
    auto const answer = call(module, "selection.recommend", {{"count", 3}});
    EXPECT_EQ(answer->at("basis").as_string(), "visits");
    EXPECT_EQ(answer->at("items").at(0).at("product_id").as_string(), "p46");
}

TEST_F(SelectionTest, AProductThatCameAfterLearningIsLookedAtAndBought) {
    visits(800), purchases(300);
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    auto tx = std::move(*services.store->write(1));
    run(*tx, "INSERT INTO products (shop_id, product_id, category_id, title_en, title_zh, created_at_ms, updated_at_ms) VALUES (1,'p99','f0','New','新品',0,0)");
    for (int visit = 0; visit < 5; ++visit) view(*tx, fmt::format("n{}", visit), 40, now), view(*tx, fmt::format("n{}", visit), 99, now + 1);
    order(*tx, "c1", {99, 40}, now);
    view(*tx, "me", 99, now), view(*tx, "me", 40, now + 1);
    ASSERT_TRUE(tx->commit());
    auto const status = call(module, "selection.status", {}, staff());
    ASSERT_TRUE(status) << status.error().message;
    EXPECT_EQ(status->at("caught_up_events").as_int64(), 13);  // twelve views and an order
    auto const answer = call(module, "selection.recommend", {{"count", 3}});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->at("basis").as_string(), "visits");
    EXPECT_EQ(answer->at("items").at(0).at("product_id").as_string(), "p46") << "what follows the newest view";
}

TEST_F(SelectionTest, GoodsThatAreBoughtTogetherStandBesideTheBasket) {
    purchases(600);
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    auto const answer = call(module, "selection.recommend", {{"placement", "basket"}, {"product_ids", {"p30"}}, {"count", 3}, {"locale", "zh"}});
    EXPECT_EQ(answer->at("basis").as_string(), "purchases");
    std::vector<std::string> shown;
    for (auto const& item : answer->at("items").as_array()) shown.emplace_back(item.at("product_id").as_string());
    EXPECT_THAT(shown, testing::IsSupersetOf({"p29", "p31"}));
    EXPECT_THAT(shown, testing::Not(testing::Contains("p30")));
    EXPECT_THAT(std::string(answer->at("items").at(0).at("reason").as_string()), testing::HasSubstr("物品 p30"));
}

TEST_F(SelectionTest, WhatCouldStandInAGoodsPlaceDoesNotStandBesideItInTheBasket) {
    visits(400);  // each is followed by the next of its family
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    auto const beside = ids(module, {{"placement", "basket"}, {"product_ids", {"p20"}}, {"count", 8}});
    EXPECT_EQ(beside.size(), 8u) << "others fill the row";
    for (auto const& shown : beside) EXPECT_NE(std::stoi(shown.substr(1)) % families, 20 % families) << shown;
    auto const looked_at = ids(module, {{"placement", "product"}, {"product_ids", {"p20"}}, {"count", 8}});
    EXPECT_TRUE(std::ranges::any_of(looked_at, [](auto const& shown) { return std::stoi(shown.substr(1)) % families == 20 % families; })) << "beside a product that is looked at they may";
    {
        auto tx = std::move(*services.store->write(1));
        run(*tx, "UPDATE products SET category_id = 'f0'");
        ASSERT_TRUE(tx->commit());
    }
    EXPECT_FALSE(ids(module, {{"placement", "basket"}, {"product_ids", {"p20"}}, {"count", 8}}).empty()) << "a shop of one kind of goods";
}

TEST_F(SelectionTest, AFileAnswersAtOnceAfterARestartAndADamagedOneIsLearnedAnew) {
    visits(400);
    std::vector<std::string> before;
    {
        Module module(services);
        ASSERT_TRUE(call(module, "selection.train", {}, staff()));
        before = ids(module, {{"placement", "product"}, {"product_ids", {"p20"}}});
    }
    {
        Module module(services);
        EXPECT_EQ(ids(module, {{"placement", "product"}, {"product_ids", {"p20"}}}), before);
    }
    auto const path = folder / "models" / "selection-1";
    auto const size = std::filesystem::file_size(path);
    for (auto const cut : {size - 1, size / 2, std::uintmax_t{30}, std::uintmax_t{0}}) {
        std::filesystem::resize_file(path, cut);
        EXPECT_EQ(load(path).error().reason, "model_invalid") << cut;
    }
    Module module(services);
    EXPECT_EQ(call(module, "selection.status", {}, staff())->at("learned").as_bool(), false);
}

TEST_F(SelectionTest, ADryRunOfTrainingKeepsNothing) {
    visits(100);
    Module module(services);
    EXPECT_EQ(call(module, "selection.train", {}, staff(), Context::Mode::dry_run)->at("learned").as_bool(), false);
    EXPECT_FALSE(std::filesystem::exists(folder / "models"));
}

TEST_F(SelectionTest, AnotherPersonsPurchasesAreForStaff) {
    purchases(300);
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    EXPECT_EQ(call(module, "selection.recommend", {{"customer_id", "c1"}}).error().reason, "customer_not_yours");
    EXPECT_EQ(call(module, "selection.recommend", {{"session_id", "v1"}}).error().reason, "customer_not_yours");
    auto const letter = call(module, "selection.recommend", {{"placement", "email"}, {"customer_id", "c1"}}, staff());
    ASSERT_TRUE(letter);
    EXPECT_EQ(letter->at("basis").as_string(), "purchases");
}

TEST_F(SelectionTest, TheOwnersRulesMoveRowsAndArmsDiffer) {
    purchases(400);
    Module module(services);
    auto const plain = ids(module, {{"placement", "home"}, {"count", 6}});
    ASSERT_EQ(plain.size(), 6u);
    {
        auto tx = std::move(*services.store->write(1));
        // The best seller earns nothing, the last of the row nearly all of its price.
        run(*tx, fmt::format("UPDATE variants SET cost_minor = CASE product_id WHEN '{}' THEN 1000 WHEN '{}' THEN 10 ELSE 900 END", plain.front(), plain.back()));
        ASSERT_TRUE(tx->commit());
    }
    auto const save = [&](json::array rules) {
        auto const operations = module.operations();
        auto const op = std::ranges::find(operations, "selection.save_rules", &Operation::name);
        auto tx = std::move(*services.store->write(1));
        Context context{.services = services, .open = tx.get(), .shop_id = 1, .caller = staff(), .now = now};
        json::value answer;
        auto const done = op->run(context, json::object{{"rules", std::move(rules)}}, answer);
        ASSERT_TRUE(done) << done.error().message;
        ASSERT_TRUE(tx->commit());
    };
    save({json::object{{"placement", "home"}, {"margin_weight", 3}}});
    auto const earning = ids(module, {{"placement", "home"}, {"count", 6}});
    EXPECT_EQ(earning.front(), plain.back());
    EXPECT_NE(earning.front(), plain.front());
    save({json::object{{"placement", "home"}, {"never", json::array{json::value(plain.front())}}}});
    EXPECT_THAT(ids(module, {{"placement", "home"}, {"count", 6}}), testing::Not(testing::Contains(plain.front())));
    // What a visitor was shown often enough makes room; another visitor still sees it.
    save({json::object{{"shown_limit", 2}}});
    auto const first = ids(module, {{"placement", "home"}, {"count", 6}});
    EXPECT_EQ(ids(module, {{"placement", "home"}, {"count", 6}}), first);
    for (auto const& shown : ids(module, {{"placement", "home"}, {"count", 6}})) EXPECT_THAT(first, testing::Not(testing::Contains(shown)));
    auto const other = call(module, "selection.recommend", {{"placement", "home"}, {"count", 6}}, {.kind = Caller::Kind::shopper, .id = "session:other", .role = "shopper", .session_id = "other"});
    EXPECT_EQ(other->at("items").at(0).at("product_id").as_string(), first.front());
}

TEST_F(SelectionTest, ACategoryIsKept) {
    visits(400);
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    for (auto const& shown : ids(module, {{"placement", "product"}, {"product_ids", {"p20"}}, {"category_id", "f3"}})) EXPECT_EQ(std::stoi(shown.substr(1)) % families, 3) << shown;
}

}  // namespace
}  // namespace kindling::selection

// A shop where what follows what is known: after item i of a family people look at i + 1, and tea is bought with its own cup.
#include "core/random.h"
#include "modules/selection/learned.h"
#include "modules/selection/slots.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace kindling::selection {
namespace {

constexpr Milliseconds now = 1'700'000'000'000;
constexpr int products = 60, families = 6;

class SelectionTest : public testing::Test {
protected:
    SelectionTest() {
        folder = std::filesystem::temp_directory_path() / fmt::format("kindling-selection-{}-{}", ::getpid(), testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        services.folder = folder;
        services.vault = std::move(*shop::Vault::open(folder / "secret.key"));
        services.store = std::move(*shop::Store::open({.address = (folder / "kindling.db").string(), .durability = shop::StoreOptions::Durability::normal}));
        auto tx = std::move(*services.store->write(1));
        run(*tx, "INSERT INTO shops (shop_id, name, name_zh, currency, locale, time_zone, created_at_ms) VALUES (1,'Shop','店','USD','en','Etc/UTC',0)");
        for (int f = 0; f < families; ++f) run(*tx, fmt::format("INSERT INTO categories (shop_id, category_id, name_en, name_zh) VALUES (1,'f{0}','Family {0}','系列 {0}')", f));
        for (int p = 0; p < products; ++p) {
            run(*tx, fmt::format("INSERT INTO products (shop_id, product_id, category_id, title_en, title_zh, created_at_ms, updated_at_ms) VALUES (1,'{0}','f{1}','Thing {0}','物品 {0}',0,0)", id(p), p % families));
            run(*tx, fmt::format("INSERT INTO variants (shop_id, sku, product_id, price_minor, currency) VALUES (1,'s{0}','{0}',1000,'USD')", id(p)));
            run(*tx, fmt::format("INSERT INTO stock (shop_id, sku, place_id, on_hand, updated_at_ms) VALUES (1,'s{0}','main',{1},0)", id(p), p == 7 ? 0 : 20));
        }
        EXPECT_TRUE(tx->commit());
    }
    ~SelectionTest() override {
        services.store.reset();
        std::filesystem::remove_all(folder);
    }
    static std::string id(int p) { return fmt::format("p{:02}", p); }
    static void run(shop::Transaction& tx, std::string const& sql) {
        auto const done = tx.execute(sql);
        ASSERT_TRUE(done) << done.error().message << "\n" << sql;
    }
    // After p a visitor looks at p + next (as it stands: the next of its family), nine times out of ten.
    void visits(int count, int next = families) {
        auto tx = std::move(*services.store->write(1));
        Random random(1);
        for (int v = 0; v < count; ++v) {
            int p = static_cast<int>(random.below(products));
            for (int step = 0; step < 4; ++step) {
                view(*tx, fmt::format("v{}", v), p, now - (count - v) * 60'000 + step);
                p = random.chance(0.9) ? (p + next) % products : static_cast<int>(random.below(products));
            }
        }
        ASSERT_TRUE(tx->commit());
    }
    void view(shop::Transaction& tx, std::string const& session, int p, Milliseconds at) {
        run(tx, fmt::format("INSERT INTO events (shop_id, seq, at_ms, kind, session_id, product_id) VALUES (1,{},{},'view','{}','{}')", ++seq, at, session, id(p)));
        tx.changed("event");
    }
    // Customer c buys p and p + 1 together, then three days later p + 2.
    void purchases(int customers) {
        auto tx = std::move(*services.store->write(1));
        Random random(2);
        for (int c = 0; c < customers; ++c) {
            int const p = static_cast<int>(random.below(products - 3));
            order(*tx, fmt::format("c{}", c), {p, p + 1}, now - 90'000'000);
            order(*tx, fmt::format("c{}", c), {p + 2}, now - 80'000'000);
        }
        ASSERT_TRUE(tx->commit());
    }
    void order(shop::Transaction& tx, std::string const& customer, std::vector<int> const& goods, Milliseconds at) {
        auto const order_id = fmt::format("o{:06}", ++orders);
        run(tx, fmt::format("INSERT INTO orders (shop_id, order_id, customer_id, placed_at_ms, status, currency, subtotal_minor, total_minor) VALUES (1,'{}','{}',{},'paid','USD',0,0)", order_id, customer, at));
        for (std::size_t l = 0; l < goods.size(); ++l) run(tx, fmt::format("INSERT INTO order_lines (shop_id, order_id, line, seq, sku, product_id, quantity, unit_price_minor) VALUES (1,'{}',{},{},'s{}','{}',1,1000)", order_id, l, ++lines, id(goods[l]), id(goods[l])));
        tx.changed("order");
    }

    Result<json::value> call(Module& module, std::string_view name, json::object const& request, Caller caller = {.kind = Caller::Kind::shopper, .id = "session:me", .role = "shopper", .session_id = "me"}, Context::Mode mode = Context::Mode::real) {
        auto const operations = module.operations();
        auto const op = std::ranges::find(operations, name, &Operation::name);
        auto tx = std::move(*services.store->read(1));
        Context context{.services = services, .open = tx.get(), .shop_id = 1, .caller = std::move(caller), .now = now, .mode = mode};
        json::value answer;
        TRY(op->run(context, request, answer));
        return answer;
    }
    std::vector<std::string> ids(Module& module, json::object const& request) {
        std::vector<std::string> out;
        auto const answer = call(module, "selection.recommend", request);
        EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
        if (answer)
            for (auto const& item : answer->at("items").as_array()) out.emplace_back(item.at("product_id").as_string());
        return out;
    }
    static Caller staff() { return {.kind = Caller::Kind::system, .id = "system", .role = "system", .permissions = {"*"}}; }

    shop::Services services;
    std::filesystem::path folder;
    int seq = 0, orders = 0, lines = 0;
};

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

TEST_F(SelectionTest, APlaceLeftToChanceIsKeptWithoutItsVisit) {
    visits(800);
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    {
        auto tx = std::move(*services.store->write(1));
        run(*tx, "INSERT INTO recommendation_rules (shop_id, placement, rules, updated_at_ms) VALUES (1,'//','{\"explore_share\":0.5}',0)");
        ASSERT_TRUE(tx->commit());
    }
    auto const request = json::object{{"placement", "product"}, {"product_ids", {"p20"}}, {"count", 4}};
    for (int i = 0; i < 60; ++i) {
        auto const session = fmt::format("visitor{}", i);
        auto const answer = call(module, "selection.recommend", request, {.kind = Caller::Kind::shopper, .id = "s", .role = "shopper", .session_id = session});
        ASSERT_TRUE(answer);
        if (i % 2) continue;
        auto tx = std::move(*services.store->write(1));
        for (auto const& item : answer->at("items").as_array()) view(*tx, session, std::atoi(item.at("product_id").as_string().c_str() + 1), now + 1000);
        ASSERT_TRUE(tx->commit());
    }
    EXPECT_EQ(*module.write_slots(now + 60'000), 0) << "nobody can know yet";
    auto const written = *module.write_slots(now + 31 * 60'000);
    EXPECT_GT(written, 15);
    EXPECT_LT(written, 45);
    EXPECT_EQ(*module.write_slots(now + 32 * 60'000), 0);
    auto const estimate = call(module, "selection.estimate", {{"placement", "product"}}, staff());
    ASSERT_TRUE(estimate) << estimate.error().message;
    EXPECT_EQ(estimate->at("places").as_int64(), written);
    EXPECT_GT(estimate->at("taken").as_double(), 0.2);
    EXPECT_LT(estimate->at("taken").as_double(), 0.8);
    EXPECT_EQ(call(module, "selection.estimate", {{"placement", "home"}}, staff())->at("places").as_int64(), 0);
    std::string all;
    auto tx = std::move(*services.store->read(1));
    ASSERT_TRUE(tx->run("SELECT slot_id, placement, pool FROM recommendation_slots", {}, [&](shop::Row const& row) -> Result<void> { all += std::string(row.text(0)) + std::string(row.text(1)) + std::string(row.text(2)); return {}; }));
    EXPECT_EQ(all.find("visitor"), std::string::npos);
}

TEST_F(SelectionTest, OfAPlaceLeftToChanceOnlyWhatWasLookedAtIsKeptAndNothingOfWhoIsForgotten) {
    visits(800);
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    {
        auto tx = std::move(*services.store->write(1));
        run(*tx, "INSERT INTO recommendation_rules (shop_id, placement, rules, updated_at_ms) VALUES (1,'//','{\"explore_share\":0.5}',0)");
        for (int p = 0; p < 12; ++p) view(*tx, "looker", p, now - 100 + p);
        ASSERT_TRUE(tx->commit());
    }
    auto const ask = [&](std::string_view placement, std::string const& session, std::string const& customer) {
        json::array in_view{"p20"};
        for (int i = 0; i < 30; ++i) in_view.emplace_back(fmt::format("not a product {}", i));
        return call(module, "selection.recommend", {{"placement", placement}, {"product_ids", in_view}, {"count", 4}}, {.kind = Caller::Kind::shopper, .id = "s", .role = "shopper", .customer_id = customer, .session_id = session});
    };
    auto const kept = [&](Milliseconds later) {
        EXPECT_TRUE(module.write_slots(now + later));
        std::vector<std::string> out;
        auto tx = std::move(*services.store->write(1));
        EXPECT_TRUE(tx->run("SELECT pool FROM recommendation_slots", {}, [&](shop::Row const& row) -> Result<void> { out.emplace_back(row.text(0)); return {}; }));
        run(*tx, "DELETE FROM recommendation_slots");
        EXPECT_TRUE(tx->commit());
        return out;
    };
    constexpr Milliseconds over = 31 * 60'000;
    // Whether a place is left to chance goes by the visit and the moment: many visits ask.
    for (int i = 0; i < 40; ++i) ASSERT_TRUE(ask("product", fmt::format("a{}", i), ""));
    auto const looked = kept(over);
    ASSERT_GT(looked.size(), 5u);
    for (auto const& text : looked) {
        EXPECT_THAT(text, testing::HasSubstr(R"("in_view":["p20"])")) << "nothing that a visitor made up";
        EXPECT_THAT(text, testing::HasSubstr(R"("goods":["p)"));
    }
    for (auto const* placement : {"basket", "after_purchase"})
        for (int i = 0; i < 40; ++i) ASSERT_TRUE(ask(placement, fmt::format("b{}", i), ""));
    auto const bought = kept(over);
    ASSERT_GT(bought.size(), 5u);
    for (auto const& text : bought) {
        EXPECT_TRUE(text.starts_with("[[")) << text;
        EXPECT_THAT(text, testing::Not(testing::HasSubstr("p20")));
    }
    // The newest ten, oldest first.
    Slot slot;
    for (int i = 0; i < 40 && !slot.asked; ++i) {
        auto const session = fmt::format("looker{}", i);
        {
            auto tx = std::move(*services.store->write(1));
            for (int p = 0; p < 12; ++p) view(*tx, session, p, now - 100 + p);
            ASSERT_TRUE(tx->commit());
        }
        ASSERT_TRUE(ask("product", session, ""));
        for (auto const& text : kept(over)) ASSERT_TRUE(read_text(text, slot, true));
    }
    ASSERT_TRUE(slot.asked);
    EXPECT_THAT(slot.asked->seen, testing::ElementsAre("p02", "p03", "p04", "p05", "p06", "p07", "p08", "p09", "p10", "p11"));
    EXPECT_THAT(slot.asked->in_view, testing::ElementsAre("p20"));
    // Of 40 that ask, half or so leave a place; who asks to be forgotten before the half hour is over leaves none.
    for (int i = 0; i < 40; ++i) ASSERT_TRUE(ask("product", fmt::format("c{}", i), i < 39 ? "gone" : "stays"));
    {
        auto tx = std::move(*services.store->write(1));
        tx->changed("forgotten", "gone");
        ASSERT_TRUE(tx->commit());
    }
    EXPECT_LE(kept(over).size(), 1u);
}

// What is in use was learned from visits that went from p20 to p26; what is learned anew knows only such that go to p21.
TEST_F(SelectionTest, WhatWouldHaveDoneWorseIsNotTakenIntoUse) {
    visits(800);
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    auto const first = *call(module, "selection.status", {}, staff());
    EXPECT_FALSE(first.as_object().contains("switch_estimate")) << "no place tells";
    EXPECT_FALSE(first.at("kept_older").as_bool());
    {
        auto tx = std::move(*services.store->write(1));
        run(*tx, "DELETE FROM events");
        for (int i = 0; i < 800; ++i)
            run(*tx, fmt::format("INSERT INTO recommendation_slots (shop_id, slot_id, at_ms, placement, place, chosen, propensity, reward, pool) VALUES (1,'s{:04}',{},'product',2,{},0.25,{},'{{\"pool\":[[3,0,9,0],[2,0,9,0],[1,0,9,0],[0,0,9,0]],\"placement\":\"product\",\"goods\":[\"p40\",\"p26\",\"p21\",\"p51\"],\"seen\":[\"p33\",\"p20\"],\"in_view\":[]}}')", i, now_ms(), i % 4, i % 4 == 1 ? 1 : 0));
        ASSERT_TRUE(tx->commit());
    }
    visits(400, 1);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    auto status = *call(module, "selection.status", {}, staff());
    EXPECT_TRUE(status.at("kept_older").as_bool());
    EXPECT_EQ(status.at("trained_at_ms"), first.at("trained_at_ms"));
    auto estimate = status.at("switch_estimate");
    EXPECT_EQ(estimate.at("places").to_number<int>(), 800);
    EXPECT_NEAR(estimate.at("taken").as_double(), 0.25, 1e-9);
    EXPECT_GT(estimate.at("in_use").at("value").as_double(), 0.9);
    EXPECT_LT(estimate.at("newer").at("value").as_double(), 0.1);
    EXPECT_EQ(ids(module, {{"placement", "product"}, {"product_ids", {"p20"}}}).front(), "p26");
    // Where what it would have put there is what was taken, it comes into use.
    {
        auto tx = std::move(*services.store->write(1));
        run(*tx, "UPDATE recommendation_slots SET reward = CASE WHEN chosen = 2 THEN 1 ELSE 0 END");
        ASSERT_TRUE(tx->commit());
    }
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    status = *call(module, "selection.status", {}, staff());
    EXPECT_FALSE(status.at("kept_older").as_bool());
    EXPECT_GT(status.at("trained_at_ms").to_number<std::int64_t>(), first.at("trained_at_ms").to_number<std::int64_t>());
    estimate = status.at("switch_estimate");
    EXPECT_GT(estimate.at("newer").at("value").as_double(), 0.9);
    EXPECT_LT(estimate.at("in_use").at("value").as_double(), 0.1);
    EXPECT_EQ(ids(module, {{"placement", "product"}, {"product_ids", {"p20"}}}).front(), "p21");
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

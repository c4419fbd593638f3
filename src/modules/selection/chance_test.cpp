// Places left to chance: what is kept of them, without whom, and what is estimated on them before what was learned anew is taken into use.
#include "modules/selection/shop_for_test.h"

namespace kindling::selection {
namespace {

class ChanceTest : public ShopTest {};

TEST_F(ChanceTest, APlaceLeftToChanceIsKeptWithoutItsVisit) {
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

TEST_F(ChanceTest, WithoutRulesAFewRowsLeaveAPlaceAndARuleSwitchesItOff) {
    visits(800);
    Module module(services);
    ASSERT_TRUE(call(module, "selection.train", {}, staff()));
    auto const written_of = [&](std::string_view who) {
        for (int i = 0; i < 400; ++i) EXPECT_TRUE(call(module, "selection.recommend", {{"placement", "product"}, {"product_ids", {"p20"}}, {"count", 4}}, {.kind = Caller::Kind::shopper, .id = "s", .role = "shopper", .session_id = fmt::format("{}{}", who, i)}));
        return *module.write_slots(now + 31 * 60'000);
    };
    auto const usual = written_of("a");
    EXPECT_GT(usual, 400 * usual_explore_share / 3);
    EXPECT_LT(usual, 400 * usual_explore_share * 3);
    {
        auto tx = std::move(*services.store->write(1));
        run(*tx, "INSERT INTO recommendation_rules (shop_id, placement, rules, updated_at_ms) VALUES (1,'//','{\"explore_share\":0}',0)");
        ASSERT_TRUE(tx->commit());
    }
    EXPECT_EQ(written_of("b"), 0);
    {
        auto tx = std::move(*services.store->write(1));
        run(*tx, "UPDATE recommendation_rules SET rules = '{\"best_sellers_only\":true,\"explore_share\":0.5}'");
        ASSERT_TRUE(tx->commit());
    }
    EXPECT_EQ(written_of("c"), 0) << "a control, whatever else its rule says";
    {
        auto tx = std::move(*services.store->write(1));
        run(*tx, "UPDATE recommendation_rules SET rules = '{\"margin_weight\":0.1}'");
        ASSERT_TRUE(tx->commit());
    }
    EXPECT_GT(written_of("d"), 0) << "a rule that leaves it out has the usual share";
}

TEST_F(ChanceTest, OfAPlaceLeftToChanceOnlyWhatWasLookedAtIsKeptAndNothingOfWhoIsForgotten) {
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
TEST_F(ChanceTest, WhatWouldHaveDoneWorseIsNotTakenIntoUse) {
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

}  // namespace
}  // namespace kindling::selection

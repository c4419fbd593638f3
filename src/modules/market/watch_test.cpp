// What moves at the rivals is told once, as a decision, and taken back when it is no longer so.
#include "modules/market/market_test_support.h"

namespace kindling::market {
namespace {

using test::MarketTest;
using test::now;

// What the shop puts forward, as the watch asks for it by name.
std::vector<std::string> put_forward;
struct PushRequest {
    std::string product_id;
    std::int64_t days = 7;
    static constexpr kindling::Field fields[] = {kindling::field("product_id", "P.", "商。"), kindling::field("days", "D.", "天。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(PushRequest, (), (product_id, days))
struct PushedAnswer {
    std::vector<PushRequest> pushed;
    static constexpr kindling::Field fields[] = {kindling::field("pushed", "P.", "商。")};
};
BOOST_DESCRIBE_STRUCT(PushedAnswer, (), (pushed))
Result<Nothing> push(Context&, PushRequest const&) { return Nothing{}; }
Result<PushedAnswer> list_pushed(Context&, Nothing const&) {
    PushedAnswer out;
    for (auto const& id : put_forward) out.pushed.push_back({id});
    return out;
}

class WatchTest : public MarketTest {
protected:
    WatchTest() {
        sell("band", "Xiaomi Smart Band 8 NFC black", "小米手环8 NFC版 黑色", 25'000, "6941812722091");
        sell("lamp", "Desk lamp oak", "橡木台灯", 10'000);
        keep("band", 5), keep("lamp", 5);
    }
    void keep(std::string const& id, int units) { run(fmt::format("INSERT INTO stock (shop_id, sku, place_id, on_hand, updated_at_ms) VALUES (1,'sku-{}','main',{},0) ON CONFLICT (shop_id, sku, place_id) DO UPDATE SET on_hand = excluded.on_hand", id, units)); }
    void run(std::string const& sql) {
        auto tx = std::move(*services.store->write(1));
        auto const done = tx->execute(sql);
        ASSERT_TRUE(done) << done.error().message;
        ASSERT_TRUE(tx->commit());
    }
    void list(std::string_view band, std::string_view lamp) {
        import(fmt::format("title,item_id,price,rank,stock\nBand,b,{}\nLamp,l,{}\n", band, lamp));
        json::array same;
        for (auto const& [item, product] : {std::pair("b", "band"), std::pair("l", "lamp")}) same.push_back(json::object{{"source", "rival"}, {"item_id", item}, {"product_id", product}, {"same", true}});
        ASSERT_TRUE(call<Judged>("market.judge", json::object{{"verdicts", same}}));
    }
    void band_at(std::string_view source, std::string_view price) {
        import(fmt::format("title,item_id,price,rank,stock\nBand,b,{},10,1\n", price), source);
        ASSERT_TRUE(call<Judged>("market.judge", json::object{{"verdicts", json::array{json::object{{"source", source}, {"item_id", "b"}, {"product_id", "band"}, {"same", true}}}}}));
    }
    std::int64_t count(std::string const& sql) { return (*services.store->read(1))->integer(sql).value(); }
    Watched told() {
        auto const out = call<Watched>("market.watch", json::object{});
        if (!out) ADD_FAILURE() << out.error().reason << ": " << out.error().message;
        return out.value_or(Watched{});
    }
    std::vector<std::string> decisions(std::string_view state = "proposed") {
        std::vector<std::string> out;
        auto tx = std::move(*services.store->read(1));
        EXPECT_TRUE(tx->run(fmt::format("SELECT kind, title_en FROM decisions WHERE shop_id = 1 AND state = '{}' ORDER BY created_at_ms, title_en", state), {}, [&](shop::Row const& row) -> Result<void> { out.push_back(fmt::format("{}: {}", row.text(0), row.text(1))); return {}; }));
        return out;
    }
};

TEST_F(WatchTest, AMoveIsToldOnceAndTakenBackWhenItIsNoLongerSo) {
    list("250.00,10,in stock", "100.00,50,yes");
    EXPECT_EQ(told().proposed, 0) << "nothing moved";
    list("220.00,10,in stock", "95.00,50,yes");
    auto const first = told();
    EXPECT_EQ(first.undercut, 1) << "12 % less is told, 5 % is not";
    EXPECT_EQ(first.proposed, 1);
    EXPECT_THAT(decisions(), testing::ElementsAre("market_undercut: Look at the price of Xiaomi Smart Band 8 NFC black: rival asks ¥220.00"));
    auto const again = told();
    EXPECT_EQ(again.undercut + again.proposed, 0) << "what stands is not told again";
    run("UPDATE decisions SET state = 'rejected'");
    list("215.00,10,in stock", "95.00,50,yes");
    EXPECT_EQ(told().proposed, 0) << "a little further is no news, whatever was decided";
    list("190.00,10,in stock", "95.00,50,yes");
    EXPECT_EQ(told().proposed, 1) << "a tenth further is";
    list("250.00,10,in stock", "95.00,50,yes");
    auto const back = told();
    EXPECT_EQ(back.withdrawn, 1);
    EXPECT_THAT(decisions(), testing::IsEmpty());
    list("220.00,10,in stock", "95.00,50,yes");
    EXPECT_EQ(told().proposed, 1) << "the same is news again once it was otherwise";
    run("UPDATE products SET status = 'archived' WHERE product_id = 'band'");
    EXPECT_EQ(told().withdrawn, 1) << "what is not sold any more is no matter";
}

TEST_F(WatchTest, NewerNewsOfAProductTakesTheOlderProposalAway) {
    list("220.00,10,1", "100.00,50,1");
    EXPECT_EQ(told().proposed, 1);
    list("180.00,10,1", "100.00,50,1");
    EXPECT_EQ(told().proposed, 1);
    EXPECT_THAT(decisions(), testing::ElementsAre(testing::EndsWith("¥180.00")));
    EXPECT_THAT(decisions("expired"), testing::ElementsAre(testing::EndsWith("¥220.00")));
}

TEST_F(WatchTest, SoldOutElsewhereAndClimbingAreTold) {
    list("250.00,40,有货", "100.00,50,缺货");
    EXPECT_EQ(told().proposed, 0) << "what was never known to be there has not sold out, and a first rank has not climbed";
    list("250.00,15,缺货", "100.00,49,https://schema.org/InStock");
    auto const moved = told();
    EXPECT_EQ(moved.sold_out, 1);
    EXPECT_EQ(moved.climbing, 1) << "from 40 to 15; from 50 to 49 is nothing";
    EXPECT_THAT(decisions(), testing::UnorderedElementsAre("market_climbing: Xiaomi Smart Band 8 NFC black sells better at rival: rank 15", "market_sold_out: Put Xiaomi Smart Band 8 NFC black forward: rival has none left"));
    list("250.00,20,0", "100.00,49,?");
    EXPECT_EQ(told().withdrawn, 0) << "20 is still far from 40";
    list("250.00,39,3", "100.00,49,?");
    EXPECT_EQ(told().withdrawn, 2);
    auto const signals = call<Signals>("market.signals", json::object{});
    ASSERT_TRUE(signals);
    EXPECT_TRUE(signals->sold_out_elsewhere.empty());
    EXPECT_EQ(items().at("l").in_stock, true) << "? says neither: what was known last stays";
    import("title,item_id,price,stock\nNew,n,1.00,?\n", "unheard");
    EXPECT_FALSE(items().at("n").in_stock);
    keep("band", 0);
    list("250.00,39,0", "100.00,49,1");
    EXPECT_EQ(told().sold_out, 0) << "there is none here either";
    import("title,item_id,price,rank\nScooter,s,300.00,60\n", "other");
    import("title,item_id,price,rank\nScooter,s,300.00,12\n", "other");
    EXPECT_EQ(told().climbing, 1);
    EXPECT_THAT(decisions(), testing::ElementsAre("market_climbing: Look at Scooter: rank 12 at other, not sold here"));
}

TEST_F(WatchTest, NoMoreAWeekThanTheOwnerWantsToHearTheCostliestFirst) {
    run("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1,'market_moves_per_week','1',0)");
    run(fmt::format("INSERT INTO orders (shop_id, order_id, customer_id, placed_at_ms, status, currency, subtotal_minor, total_minor) VALUES (1,'o1','',{},'paid','CNY',0,0)", now - 86'400'000));
    run("INSERT INTO order_lines (shop_id, order_id, line, seq, sku, product_id, quantity, unit_price_minor) VALUES (1,'o1',0,1,'sku-lamp','lamp',9,10000)");
    list("200.00,10,1", "80.00,50,1");
    auto const first = told();
    EXPECT_EQ(first.undercut, 2);
    EXPECT_EQ(first.proposed, 1);
    EXPECT_EQ(first.held_back, 1);
    EXPECT_THAT(decisions(), testing::ElementsAre(testing::HasSubstr("Desk lamp oak"))) << "nine were sold at 20 less, of the band none";
    EXPECT_EQ(told().held_back, 1) << "it waits";
    run("UPDATE decisions SET created_at_ms = created_at_ms - 8 * 86400000");
    EXPECT_EQ(told().proposed, 1) << "the next week";
    run("UPDATE settings SET value = '0' WHERE name = 'market_moves_per_week'");
    run("DELETE FROM market_told");
    EXPECT_EQ(told().proposed, 0) << "0: none";
    run("UPDATE settings SET value = '10' WHERE name = 'market_moves_per_week'");
    run("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1,'market_undercut_percent','100',0)");
    EXPECT_EQ(told().undercut, 0) << "100: never";
}

TEST_F(WatchTest, OfAnyUndercutNoneIsToldTwiceAsItIs) {
    run("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1,'market_undercut_percent','0',0)");
    list("249.00,10,1", "100.00,50,1");
    EXPECT_EQ(told().proposed, 1) << "the lamp costs the same";
    EXPECT_EQ(told().undercut, 0) << "what stands is no news";
    list("248.00,10,1", "100.00,50,1");
    EXPECT_EQ(told().undercut, 0) << "less than a hundredth";
    list("240.00,10,1", "100.00,50,1");
    EXPECT_EQ(told().undercut, 1);
}

TEST_F(WatchTest, TwoRivalsOfAProductShareItsOneOpenDecision) {
    band_at("ann", "220.00"), band_at("bob", "215.00");
    EXPECT_EQ(told().proposed, 1);
    EXPECT_THAT(decisions(), testing::ElementsAre(testing::EndsWith("bob asks ¥215.00")));
    band_at("ann", "180.00");
    EXPECT_EQ(told().proposed, 1);
    EXPECT_THAT(decisions(), testing::ElementsAre(testing::EndsWith("ann asks ¥180.00")));
    EXPECT_EQ(count("SELECT COUNT(*) FROM market_told"), 2);
    EXPECT_EQ(count("SELECT COUNT(*) FROM market_told t JOIN decisions d ON d.decision_id = t.decision_id WHERE d.state = 'proposed'"), 2) << "both rivals are told of by what is open";
    band_at("ann", "250.00");
    EXPECT_EQ(told().withdrawn, 0) << "bob still asks less";
    EXPECT_THAT(decisions(), testing::SizeIs(1));
    band_at("ann", "200.00");
    EXPECT_EQ(told().proposed, 1);
    EXPECT_THAT(decisions(), testing::ElementsAre(testing::EndsWith("ann asks ¥200.00"))) << "never two at once";
    band_at("ann", "250.00"), band_at("bob", "250.00");
    EXPECT_EQ(told().withdrawn, 1);
    EXPECT_THAT(decisions(), testing::IsEmpty());
}

TEST_F(WatchTest, SilenceAndALittleDoubtEndNothing) {
    list("250.00,10,1", "100.00,50,1");
    list("220.00,10,1", "100.00,50,0");
    EXPECT_EQ(told().proposed, 2);
    import("title,item_id,rank\nBand,b,10\nLamp,l,50\n");
    EXPECT_EQ(items().at("l").in_stock, false) << "as it was known last";
    auto const silent = told();
    EXPECT_EQ(silent.withdrawn + silent.proposed, 0);
    list("220.00,10,1", "100.00,50,0");
    EXPECT_EQ(told().proposed, 0) << "nothing became otherwise";
    run("UPDATE market_matches SET state = 'proposed', probability = 0.6");
    auto const doubted = told();
    EXPECT_EQ(doubted.withdrawn + doubted.proposed, 0);
    run("UPDATE market_matches SET probability = 0.4");
    EXPECT_EQ(told().withdrawn, 2);
    run("UPDATE market_matches SET probability = 0.6");
    EXPECT_EQ(told().proposed, 0) << "too doubtful to begin with";
}

TEST_F(WatchTest, WhatIsPutForwardIsNotProposedToBe) {
    std::vector<Operation> all;
    for (auto const* name : {"selection.push", "selection.unpush"}) all.push_back(operation({.name = name, .scenario = "6", .summary = {"S.", "述。"}, .effect = Effect::act, .permission = "selection.write"}, &push));
    all.push_back(operation({.name = "selection.list_pushed", .scenario = "6", .summary = {"S.", "述。"}, .permission = "selection.read"}, &list_pushed));
    Registry const registry(std::move(all));
    services.registry = &registry;
    put_forward = {"lamp"};
    list("250.00,10,1", "100.00,50,1");
    list("250.00,10,1", "100.00,50,0");
    EXPECT_EQ(told().sold_out, 0) << "the owner's own push is longer, and an undo would end it";
    put_forward.clear();
    EXPECT_EQ(told().proposed, 1);
    EXPECT_EQ(count("SELECT COUNT(*) FROM decisions WHERE state = 'proposed' AND operation = 'selection.push' AND undo_operation = 'selection.unpush'"), 1);
    put_forward = {"lamp"};
    EXPECT_EQ(told().withdrawn, 1) << "put forward before it was decided";
    put_forward.clear();
    EXPECT_EQ(told().proposed, 0) << "it is so still";
    services.registry = nullptr;
}

}  // namespace
}  // namespace kindling::market

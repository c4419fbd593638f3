// A shop, a rival who tells the same goods in other words, and what is found between them.
#include "engines/learning/matching/test_listings.h"
#include "modules/market/rows.h"
#include "shop/vault/vault.h"
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>

namespace kindling::market {
namespace {

using testing::Contains;
using testing::Field;
using testing::Not;

constexpr Milliseconds now = 1'700'000'000'000;
constexpr std::string_view file_id = "fil_AAAABBBB";

class MarketTest : public testing::Test {
protected:
    MarketTest() {
        folder = std::filesystem::temp_directory_path() / fmt::format("kindling-market-{}-{}", ::getpid(), testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder / "uploads" / "1");
        services.folder = folder;
        services.vault = std::move(*shop::Vault::open(folder / "secret.key"));
        services.store = std::move(*shop::Store::open({.address = (folder / "kindling.db").string(), .durability = shop::StoreOptions::Durability::normal}));
        auto tx = std::move(*services.store->write(1));
        EXPECT_TRUE(tx->execute("INSERT INTO shops (shop_id, name, name_zh, currency, locale, time_zone, created_at_ms) VALUES (1,'Shop','店','CNY','zh','Asia/Shanghai',0)"));
        EXPECT_TRUE(tx->commit());
        for (auto& op : module.operations()) operations.emplace(op.name, std::move(op));
    }
    ~MarketTest() override {
        services.store.reset();
        std::filesystem::remove_all(folder);
    }
    void sell(std::string const& id, std::string const& en, std::string const& zh, std::int64_t price_minor, std::string const& barcode = "") {
        auto tx = std::move(*services.store->write(1));
        ASSERT_TRUE(tx->execute("INSERT INTO products (shop_id, product_id, title_en, title_zh, created_at_ms, updated_at_ms) VALUES (1,?,?,?,0,0)", id, en, zh));
        ASSERT_TRUE(tx->execute("INSERT INTO variants (shop_id, sku, product_id, barcode, price_minor, currency) VALUES (1,?,?,?,?,'CNY')", "sku-" + id, id, barcode, price_minor));
        ASSERT_TRUE(tx->commit());
    }
    // Runs an operation as the server does: a transaction of its own unless it is long.
    template <class Out> Result<Out> call(std::string_view name, json::value const& request, Locale locale = Locale::en, Context::Mode mode = Context::Mode::real) {
        auto const& op = operations.at(name);
        Context context{.services = services, .shop_id = 1, .caller = {.kind = Caller::Kind::user, .id = "usr", .role = "owner", .permissions = {"*"}}, .locale = locale, .now = now + ++calls, .effect = op.effect, .mode = mode};
        std::unique_ptr<shop::Transaction> tx;
        if (op.length == Length::short_) tx = std::move(*services.store->write(1)), context.open = tx.get();
        json::value answer;
        TRY(op.run(context, request, answer));
        if (tx && mode == Context::Mode::real) TRY(tx->commit());
        Out out{};
        TRY(read_json(answer, type_of<Out>(), &out));
        return out;
    }
    ImportedItems import(std::string_view text, std::string_view source = "rival") {
        std::ofstream(folder / "uploads" / "1" / file_id, std::ios::binary) << text;
        auto const done = call<ImportedItems>("market.import", {{"file_id", file_id}, {"source", source}});
        if (!done) ADD_FAILURE() << done.error().reason << ": " << done.error().message;
        return done.value_or(ImportedItems{});
    }
    std::map<std::string, MarketItem> items(json::object request = {}) {
        request["page_size"] = 500;
        std::map<std::string, MarketItem> out;
        auto const page = call<ItemPage>("market.list", request);
        EXPECT_TRUE(page);
        for (auto const& i : page->items) out.emplace(i.item_id, i);
        return out;
    }

    std::filesystem::path folder;
    shop::Services services;
    Module module{services};
    std::map<std::string_view, Operation> operations;
    int calls = 0;
};

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

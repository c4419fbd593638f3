// One suite for every store: the same transactions must mean the same on each.
#include "shop/store/store_test_support.h"
#include <atomic>
#include <thread>

namespace kindling::shop {
namespace {

class StoreTest : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        place_ = TestPlace::make(GetParam());
        if (!place_) GTEST_SKIP() << "no PostgreSQL: set KINDLING_TEST_POSTGRES to the address of a scratch database";
        store_ = place_->open();
    }
    // A table that holds every kind of value.
    void make_values(Transaction& tx) {
        ASSERT_TRUE(tx.execute("CREATE TABLE thing (id BIGINT PRIMARY KEY, number DOUBLE PRECISION, words TEXT, data BYTEA)"));
    }
    std::unique_ptr<TestPlace> place_;
    std::unique_ptr<Store> store_;
};

struct Thing {
    std::int64_t id = 0;
    std::optional<double> number;
    std::string words;
    static constexpr Field fields[] = {field("id"), field("number"), field("words")};
};
BOOST_DESCRIBE_STRUCT(Thing, (), (id, number, words))

TEST_P(StoreTest, EveryTypeComesBackAsItWent) {
    auto tx = must(store_->write(1));
    make_values(*tx);
    std::int64_t const integers[] = {0, 1, -1, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()};
    double const numbers[] = {0, 0.1, -1e300, 5e-324, 1.0 / 3};
    std::string const texts[] = {"", "it's \"quoted\" ? $1", "火种 – é 🔥", "%_\\", "line\nline"};
    std::string const blobs[] = {"", std::string("\0\x01\xff\0", 4), "plain", std::string(70'000, '\0'), "\\x41"};
    for (std::size_t i = 0; i < 5; ++i) {
        auto const done = tx->execute("INSERT INTO thing (id, number, words, data) VALUES (?, ?, ?, ?)", integers[i], numbers[i], texts[i], Bytes{blobs[i]});
        ASSERT_TRUE(done) << done.error().message;
        bool seen = false;
        Value const id[] = {integers[i]};
        ASSERT_TRUE(tx->run("SELECT id, number, words, data FROM thing WHERE id = ?", id, [&](Row const& row) -> Result<void> {
            seen = true;
            EXPECT_EQ(row.integer(0), integers[i]);
            EXPECT_EQ(row.number(1), numbers[i]);
            EXPECT_EQ(row.text(2), texts[i]);
            EXPECT_TRUE(row.text(3) == blobs[i]) << i;
            return {};
        }));
        EXPECT_TRUE(seen);
    }
}

TEST_P(StoreTest, NullsStayNullAndMayTakeTurnsWithValues) {
    auto tx = must(store_->write(1));
    make_values(*tx);
    std::optional<double> const none, some = 2.5;
    std::optional<std::string> const no_words;
    ASSERT_TRUE(tx->execute("INSERT INTO thing (id, number, words, data) VALUES (?, ?, ?, ?)", 1, none, no_words, Value()));
    ASSERT_TRUE(tx->execute("INSERT INTO thing (id, number, words, data) VALUES (?, ?, ?, ?)", 2, some, "w", Bytes{"b"}));
    ASSERT_TRUE(tx->execute("INSERT INTO thing (id, number, words, data) VALUES (?, ?, ?, ?)", 3, none, no_words, Value()));
    ASSERT_TRUE(tx->execute("INSERT INTO thing (id, number, words, data) VALUES (?, ?, ?, ?)", 4, 7, "w", Value()));  // a whole number in a real column
    EXPECT_EQ(must(tx->integer("SELECT COUNT(*) FROM thing WHERE number IS NULL AND words IS NULL AND data IS NULL")), 2);
    EXPECT_EQ(must(tx->integer("SELECT id FROM thing WHERE number = ?", 7)), 4);
    auto const things = must(tx->select<Thing>("SELECT id, number, words FROM thing ORDER BY id"));
    ASSERT_EQ(things.size(), 4u);
    EXPECT_FALSE(things[0].number.has_value());
    EXPECT_EQ(things[0].words, "");
    EXPECT_EQ(things[1].number, 2.5);
    EXPECT_EQ(must(tx->integer("SELECT MAX(id) FROM thing WHERE id > ?", 100)), 0);  // null reads as nought
}

TEST_P(StoreTest, AColumnWithoutAMemberIsOurBug) {
    auto tx = must(store_->write(1));
    make_values(*tx);
    ASSERT_TRUE(tx->execute("INSERT INTO thing (id) VALUES (1)"));
    auto const read = tx->select<Thing>("SELECT id, data FROM thing");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::internal);
}

TEST_P(StoreTest, ArithmeticOverParametersIsWhole) {
    auto tx = must(store_->read(1));
    EXPECT_EQ(must(tx->integer("SELECT (10 - ?) / ?", 3, 2)), 3);
    EXPECT_EQ(must(tx->integer("SELECT COUNT(*) FROM shops WHERE (created_at_ms - ?) / ? > ?", std::int64_t(1) << 40, 86'400'000, 5)), 0);
    EXPECT_EQ(must(tx->integer("SELECT CASE WHEN ? = '' THEN 1 ELSE 2 END", "")), 1);
    EXPECT_EQ(must(tx->integer("SELECT CASE WHEN ? = 1 THEN 4 ELSE 5 END", std::int64_t(1) << 40)), 5);
}

TEST_P(StoreTest, SumsAreReadWholeThoughTheDatabaseWidensThem) {
    auto tx = must(store_->write(1));
    make_values(*tx);
    must(tx->run_many("INSERT INTO thing (id) VALUES (?)", 3, [](std::size_t i, std::vector<Value>& v) { v = {(std::int64_t(1) << 60) + std::int64_t(i)}; }));
    EXPECT_EQ(must(tx->integer("SELECT SUM(id) FROM thing")), 3 * (std::int64_t(1) << 60) + 3);
    EXPECT_EQ(must(tx->integer("SELECT COUNT(DISTINCT NULLIF(id, ?)) FROM thing", std::int64_t(1) << 60)), 2);
}

TEST_P(StoreTest, LikeIgnoresTheCaseOfAscii) {
    auto tx = must(store_->write(1));
    make_values(*tx);
    ASSERT_TRUE(tx->execute("INSERT INTO thing (id, words) VALUES (1, 'Blue LIKE? Cup'), (2, 'red_cup'), (3, 'redXcup')"));
    EXPECT_EQ(must(tx->integer("SELECT COUNT(*) FROM thing WHERE words LIKE ?", "%CUP")), 3);
    EXPECT_EQ(must(tx->integer("SELECT COUNT(*) FROM thing WHERE words LIKE ? ESCAPE '\\'", "%red\\_cup%")), 1);
    EXPECT_EQ(must(tx->integer("SELECT COUNT(*) FROM thing WHERE words = 'Blue LIKE? Cup'")), 1);  // words and marks inside quotes stay
}

TEST_P(StoreTest, RunsOneStatementForManyRows) {
    auto tx = must(store_->write(1));
    make_values(*tx);
    for (std::size_t const count : {std::size_t(0), std::size_t(1), std::size_t(255), std::size_t(256), std::size_t(257), std::size_t(5000)}) {
        ASSERT_TRUE(tx->execute("DELETE FROM thing"));
        auto const changed = tx->run_many("INSERT INTO thing (id, number, words) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING", count, [&](std::size_t i, std::vector<Value>& values) {
            values = {i, i % 3 ? Value(0.5 * static_cast<double>(i)) : Value(), i % 2 ? Value("odd") : Value()};
        });
        ASSERT_TRUE(changed.has_value()) << changed.error().message;
        EXPECT_EQ(*changed, static_cast<std::int64_t>(count));
        EXPECT_EQ(must(tx->integer("SELECT COUNT(*) FROM thing")), static_cast<std::int64_t>(count));
        EXPECT_EQ(must(tx->integer("SELECT COUNT(*) FROM thing WHERE number IS NULL")), static_cast<std::int64_t>((count + 2) / 3));
    }
    // The number of changed rows, not of runs.
    EXPECT_EQ(must(tx->run_many("INSERT INTO thing (id) VALUES (?) ON CONFLICT (id) DO NOTHING", 2, [](std::size_t i, std::vector<Value>& v) { v = {i ? 9'999 : 1}; })), 1);
    EXPECT_EQ(must(tx->execute("UPDATE thing SET words = 'x' WHERE id < ?", 10)), 10);
    EXPECT_EQ(must(tx->execute("SELECT id FROM thing")), 0);
}

TEST_P(StoreTest, AFailedRunAmongManyUndoesWithItsSavepoint) {
    auto tx = must(store_->write(1));
    make_values(*tx);
    ASSERT_TRUE(tx->execute("INSERT INTO thing (id) VALUES (3)"));
    ASSERT_TRUE(tx->savepoint());
    auto const failed = tx->run_many("INSERT INTO thing (id) VALUES (?)", 600, [](std::size_t i, std::vector<Value>& v) { v = {i}; });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, Errc::internal);
    ASSERT_TRUE(tx->rollback_to_savepoint());
    EXPECT_EQ(must(tx->integer("SELECT COUNT(*) FROM thing")), 1);
    EXPECT_EQ(must(tx->run_many("INSERT INTO thing (id) VALUES (?)", 2, [](std::size_t i, std::vector<Value>& v) { v = {i + 10}; })), 2);  // the statement is usable again
    ASSERT_TRUE(tx->commit());
}

TEST_P(StoreTest, SavepointsNest) {
    auto tx = must(store_->write(1));
    make_values(*tx);
    ASSERT_TRUE(tx->savepoint());
    ASSERT_TRUE(tx->execute("INSERT INTO thing (id) VALUES (1)"));
    ASSERT_TRUE(tx->savepoint());
    ASSERT_TRUE(tx->execute("INSERT INTO thing (id) VALUES (2)"));
    ASSERT_TRUE(tx->rollback_to_savepoint());
    ASSERT_TRUE(tx->execute("INSERT INTO thing (id) VALUES (3)"));
    ASSERT_TRUE(tx->release_savepoint());
    EXPECT_EQ(must(tx->integer("SELECT SUM(id) FROM thing")), 4);
}

TEST_P(StoreTest, ATransactionThatIsNotCommittedNeverWas) {
    for (bool const explicitly : {true, false}) {
        auto tx = must(store_->write(1));
        ASSERT_TRUE(tx->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, 'a', 'b', 0)"));
        if (explicitly) tx->rollback();
    }
    auto tx = must(store_->read(1));
    EXPECT_EQ(must(tx->integer("SELECT COUNT(*) FROM settings")), 0);
}

TEST_P(StoreTest, ReadersSeeOneMomentAndDoNotWait) {
    auto reader = must(store_->read(1));
    EXPECT_EQ(must(reader->integer("SELECT COUNT(*) FROM settings")), 0);
    auto writer = must(store_->write(1));
    ASSERT_TRUE(writer->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, 'a', 'b', 0)"));
    EXPECT_EQ(must(reader->integer("SELECT COUNT(*) FROM settings")), 0);  // not what is not committed
    ASSERT_TRUE(writer->commit());
    EXPECT_EQ(must(reader->integer("SELECT COUNT(*) FROM settings")), 0);  // nor what came later
    auto const later = must(store_->read(1));
    EXPECT_EQ(must(later->integer("SELECT COUNT(*) FROM settings")), 1);
}

TEST_P(StoreTest, AReadingTransactionCannotWrite) {
    auto tx = must(store_->read(1));
    EXPECT_FALSE(tx->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, 'a', 'b', 0)"));
}

TEST_P(StoreTest, ShopsCountApart) {
    for (std::int64_t const shop : {1, 2}) {
        auto tx = must(store_->write(shop));
        EXPECT_EQ(tx->shop_id(), shop);
        EXPECT_EQ(must(tx->next_sequence("order", 5)), 1);
        EXPECT_EQ(must(tx->next_sequence("order")), 6);
        EXPECT_EQ(must(tx->next_sequence("other")), 1);
        ASSERT_TRUE(tx->commit());
    }
}

TEST_P(StoreTest, SequencesHaveNoHolesAndNoTwins) {
    constexpr int threads = 4, each = 25;
    std::mutex mutex;
    std::vector<std::int64_t> got;
    {
        std::vector<std::jthread> writers;
        for (int t = 0; t < threads; ++t)
            writers.emplace_back([&, t] {
                for (int i = 0; i < each; ++i) {
                    auto tx = must(store_->write(1));
                    auto const first = must(tx->next_sequence("seq", 2));
                    if (t == 0 && i % 5 == 0) continue;  // rolled back: its numbers are given again
                    std::lock_guard lock(mutex);         // inside the transaction: the order of commits
                    ASSERT_TRUE(tx->commit());
                    got.push_back(first);
                }
            });
    }
    ASSERT_EQ(got.size(), std::size_t(threads * each - each / 5));
    for (std::size_t i = 0; i < got.size(); ++i) EXPECT_EQ(got[i], std::int64_t(2 * i + 1)) << "not in the order of commits";
}

TEST_P(StoreTest, AWriterThatWaitsTooLongIsTold) {
    auto const impatient = place_->open({.busy_timeout_ms = 30});
    auto const holder = must(impatient->write(1));
    auto const other = std::async(std::launch::async, [&] { return impatient->write(1); }).get();
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().reason, "store_busy");
    EXPECT_EQ(other.error().code, Errc::unavailable);
}

TEST_P(StoreTest, AWriterOfAnotherProcessIsWaitedForToo) {
    auto const other_store = place_->open({.busy_timeout_ms = 30});
    auto holder = must(store_->write(1));
    auto const refused = other_store->write(1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "store_busy");
    holder.reset();
    EXPECT_TRUE(other_store->write(1));
}

TEST_P(StoreTest, AnErrorInsideATransactionKeepsItFromBeingCommittedHalf) {
    auto tx = must(store_->write(1));
    ASSERT_TRUE(tx->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, 'a', 'b', 0)"));
    auto const wrong = tx->execute("INSERT INTO nowhere (x) VALUES (1)");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, Errc::internal);
    EXPECT_NE(wrong.error().message.find("nowhere"), std::string::npos);
    tx.reset();
    EXPECT_EQ(must(must(store_->read(1))->integer("SELECT COUNT(*) FROM settings")), 0);
}

TEST_P(StoreTest, ListenersHearCommitsOnlyAndOnce) {
    std::vector<std::string> heard;
    auto const listener = store_->listen([&](std::span<Change const> changes) {
        for (auto const& c : changes) heard.push_back(fmt::format("{} {} {}", c.shop_id, c.kind, c.id));
    });
    must(store_->write(2))->changed("product", "lost");
    auto tx = must(store_->write(2));
    tx->changed("product", "p1");
    tx->changed("order");
    EXPECT_TRUE(heard.empty());
    ASSERT_TRUE(tx->commit());
    EXPECT_EQ(heard, (std::vector<std::string>{"2 product p1", "2 order "}));
    tx.reset();
    store_->forget(listener);
    auto after = must(store_->write(2));
    after->changed("order");
    ASSERT_TRUE(after->commit());
    EXPECT_EQ(heard.size(), 2u);
}

TEST_P(StoreTest, ForgettingWaitsForACallThatRuns) {
    std::promise<void> inside, go_on;
    std::atomic<bool> ended = false;
    auto const listener = store_->listen([&](std::span<Change const>) {
        inside.set_value();
        go_on.get_future().wait();
        ended = true;
    });
    std::jthread const committer([&] {
        auto tx = must(store_->write(1));
        tx->changed("order");
        EXPECT_TRUE(tx->commit());
    });
    inside.get_future().wait();
    std::jthread const releaser([&] { go_on.set_value(); });
    store_->forget(listener);
    EXPECT_TRUE(ended);
}

TEST_P(StoreTest, ManyDifferentStatementsAreForgottenInTime) {
    for (int round = 0; round < 2; ++round) {
        auto tx = must(store_->read(1));
        std::string in = "?";
        std::vector<Value> values{1};
        for (int i = 0; i < 400; ++i, in += ",?", values.emplace_back(i)) {
            auto const n = tx->run("SELECT COUNT(*) FROM settings WHERE updated_at_ms IN (" + in + ")", values, {});
            ASSERT_TRUE(n) << n.error().message;
        }
    }
    EXPECT_EQ(must(must(store_->read(1))->integer("SELECT COUNT(*) FROM settings WHERE updated_at_ms IN (?)", 1)), 0);
}

TEST_P(StoreTest, WhatWasCommittedIsThereAfterReopening) {
    auto tx = must(store_->write(1));
    ASSERT_TRUE(tx->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, 'a', '火', 7)"));
    ASSERT_TRUE(tx->commit());
    tx.reset(), store_.reset();
    store_ = place_->open();
    EXPECT_EQ(must(must(store_->read(1))->integer("SELECT updated_at_ms FROM settings WHERE value = ?", "火")), 7);
    EXPECT_TRUE(store_->healthy());
}

TEST_P(StoreTest, MigrationsAreAppliedOnceEachAndWholly) {
    place_->clear(std::move(store_));
    Migration const steps[] = {{1, "one", "CREATE TABLE a (x BIGINT);\nINSERT INTO a VALUES (1)"}, {2, "two", "INSERT INTO a VALUES (2);\nCREATE TABLE b (x BIGINT)"}, {3, "broken", "INSERT INTO b VALUES (5);\nINSERT INTO nowhere VALUES (1)"}};
    auto const sum = [](Store& s, char const* table) { return must(must(s.read(1))->integer(fmt::format("SELECT SUM(x) FROM {}", table))); };
    EXPECT_EQ(sum(*place_->open({.steps = std::span(steps, 1)}), "a"), 1);
    EXPECT_EQ(sum(*place_->open({.steps = std::span(steps, 2)}), "a"), 3);
    EXPECT_FALSE(place_->try_open({.steps = std::span(steps, 3)}));
    EXPECT_EQ(sum(*place_->open({.steps = std::span(steps, 2)}), "a"), 3) << "applied twice";
    EXPECT_EQ(sum(*place_->open({.steps = std::span(steps, 2)}), "b"), 0) << "a broken step left something behind";
    auto const old = place_->try_open({.steps = std::span(steps, 1)});
    ASSERT_FALSE(old);
    EXPECT_EQ(old.error().reason, "store_too_new");
}

// Orders of three kinds by turns: nothing came back, one of two pieces, both. Of the last kind every other was an exchange, which gives no money back.
TEST_P(StoreTest, AGrownShopLearnsWhatCameBackInSeconds) {
    place_->clear(std::move(store_));
    auto const before = migrations().first(18);
    ASSERT_EQ(migrations()[18].name, "refunds");
    store_ = place_->open({.steps = before});
    auto tx = must(store_->write(1));
    std::string const orders = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59999) ";
    for (auto const* sql : {"INSERT INTO orders (shop_id, order_id, placed_at_ms, status, currency, subtotal_minor, total_minor) {}SELECT 1, 'o' || i, i, 'delivered', 'EUR', 200, 200 FROM n",
                            "INSERT INTO order_lines (shop_id, order_id, line, seq, sku, product_id, quantity, unit_price_minor) {}SELECT 1, 'o' || i, 1, i, 's', 'p', 2, 100 FROM n",
                            "INSERT INTO returns (shop_id, return_id, order_id, line, seq, quantity, refund_minor, note, status, created_at_ms) {}SELECT 1, 'r' || i, 'o' || i, 1, i, i % 3, 100, CASE WHEN i % 6 = 5 THEN 'q' || i ELSE '' END, 'accepted', i FROM n WHERE i % 3 > 0",
                            "INSERT INTO return_requests (shop_id, request_id, order_id, line, quantity, kind, created_at_ms) {}SELECT 1, 'q' || i, 'o' || i, 1, 2, 'exchange', i FROM n WHERE i % 6 = 5"}) {
        auto const done = tx->execute(fmt::format(fmt::runtime(sql), orders));
        ASSERT_TRUE(done) << done.error().message;
    }
    ASSERT_TRUE(tx->commit());
    tx.reset(), store_.reset();
    auto const began = std::chrono::steady_clock::now();
    store_ = place_->open();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(60)) << "40,000 returns beside 60,000 orders, one by one, take many minutes";
    auto const count = [&](char const* came_back) { return must(must(store_->read(1))->integer("SELECT COUNT(*) FROM orders WHERE came_back = ?", came_back)); };
    EXPECT_EQ(count("all"), 10'000);
    EXPECT_EQ(count("partly"), 20'000);
    EXPECT_EQ(count(""), 30'000);
}

TEST_P(StoreTest, TwoProcessesMayStartAtOnce) {
    place_->clear(std::move(store_));
    std::atomic<int> opened = 0;
    {
        std::vector<std::jthread> starts;
        for (int i = 0; i < 3; ++i) starts.emplace_back([&] { opened += place_->try_open({}).has_value(); });
    }
    EXPECT_EQ(opened, 3);
}

TEST_P(StoreTest, ABackupIsWholeAndNeverReplacesAFile) {
    auto tx = must(store_->write(1));
    ASSERT_TRUE(tx->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, 'needle', 'b', 0)"));
    ASSERT_TRUE(tx->commit());
    tx.reset();
    auto const file = place_->file("backup");
    auto const done = store_->backup(file, {});
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_NE(read_whole(file).find("needle"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(file + ".part"));
    auto const again = store_->backup(file, {});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().reason, "file_exists");
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreTest, testing::Values("sqlite", "postgres"), [](auto const& i) { return i.param; });

}  // namespace
}  // namespace kindling::shop

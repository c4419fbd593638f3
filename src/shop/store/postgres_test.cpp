// What only PostgreSQL does: words of SQL, other processes, and a database that goes away and comes back.
#include "shop/store/postgres/translate.h"
#include "shop/store/store_test_support.h"
#include <thread>
#include <condition_variable>

namespace kindling::shop {
namespace {

TEST(ToPostgres, NumbersParametersOutsideQuotesOnly) {
    auto const t = to_postgres("SELECT '?', \"?\", ?, 'it''s ?' FROM t WHERE a = ? AND b LIKE ? ESCAPE '\\' AND likely = 'LIKE' AND alike = 1");
    EXPECT_EQ(t.sql, "SELECT '?', \"?\", $1, 'it''s ?' FROM t WHERE a = $2 AND b ILIKE $3 ESCAPE '\\' AND likely = 'LIKE' AND alike = 1");
    EXPECT_EQ(t.parameters, 3u);
    EXPECT_EQ(to_postgres("like").sql, "Ilike");
    EXPECT_EQ(to_postgres("").sql, "");
    EXPECT_EQ(to_postgres("x = 'open ?").parameters, 0u);
}

TEST(Postgres, AnAddressWhereNobodyListensIsTold) {
    auto const store = Store::open({.address = "postgres://nobody@127.0.0.1:1/nothing"});
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().reason, "store_unavailable");
}

class PostgresTest : public testing::Test {
protected:
    void SetUp() override {
        place_ = TestPlace::make("postgres");
        if (!place_) GTEST_SKIP() << "no PostgreSQL: set KINDLING_TEST_POSTGRES to the address of a scratch database";
        store_ = place_->open();
    }
    // Ends every connection of ours, as a database does that is restarted.
    void cut() {
        auto* const c = PQconnectdb(place_->address().c_str());
        PQclear(PQexec(c, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kindling' AND datname = current_database()"));
        PQfinish(c);
    }
    // The store's listener connects on a thread of its own; what is cut before that is not missed by it.
    void until_it_listens() {
        auto* const c = PQconnectdb(place_->address().c_str());
        auto const listens = [&] {
            auto* const rows = PQexec(c, "SELECT 1 FROM pg_stat_activity WHERE application_name = 'kindling' AND datname = current_database() AND query = 'LISTEN kindling_changes' AND state = 'idle'");
            bool const one = PQntuples(rows) > 0;
            PQclear(rows);
            return one;
        };
        for (auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(30); !listens() && std::chrono::steady_clock::now() < end;) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        EXPECT_TRUE(listens());
        PQfinish(c);
    }
    std::unique_ptr<TestPlace> place_;
    std::unique_ptr<Store> store_;
};

struct Ear {
    std::mutex mutex;
    std::condition_variable heard;
    std::vector<std::string> kinds;
    Store* store = nullptr;
    std::size_t listener = 0;
    ~Ear() { if (store) store->forget(listener); }
    void listen_to(Store& heard_store) {
        store = &heard_store;
        listener = heard_store.listen([this](std::span<Change const> changes) {
            std::lock_guard lock(mutex);
            for (auto const& c : changes) kinds.push_back(fmt::format("{}/{}/{}", c.shop_id, c.kind, c.id));
            heard.notify_all();
        });
    }
    // What was heard once `last` was, or everything after ten seconds.
    std::vector<std::string> until(std::string const& last) {
        std::unique_lock lock(mutex);
        heard.wait_for(lock, std::chrono::seconds(10), [&] { return std::ranges::find(kinds, last) != kinds.end(); });
        return kinds;
    }
};

void change(Store& store, std::span<std::string const> ids) {
    auto tx = must(store.write(7));
    for (auto const& id : ids) tx->changed("product", id);
    if (auto done = tx->commit(); !done) throw std::runtime_error(done.error().message);
}

TEST_F(PostgresTest, OtherProcessesHearAndOneselfHearsOnce) {
    auto const other = place_->open();
    Ear here, there;
    here.listen_to(*store_), there.listen_to(*other);
    std::string const quoted[] = {"it's"}, last[] = {"last"};
    // The other's LISTEN may not stand yet, so the first message is repeated until it was heard.
    for (int i = 0; i < 100 && there.kinds.empty(); ++i) {
        change(*store_, quoted);
        std::unique_lock lock(there.mutex);
        there.heard.wait_for(lock, std::chrono::milliseconds(100), [&] { return !there.kinds.empty(); });
    }
    change(*store_, last);
    EXPECT_EQ(there.until("7/product/last").front(), "7/product/it's");
    change(*other, last);
    std::lock_guard lock(here.mutex);
    EXPECT_GE(std::ranges::count(here.kinds, "7/product/last"), 1);  // once from itself; the other's may be on its way
    EXPECT_EQ(std::ranges::count(there.kinds, "7/product/it's") + 1, std::ssize(there.kinds) - std::ranges::count(there.kinds, "7/product/last") + 1);
}

TEST_F(PostgresTest, MoreChangesThanOneMessageHoldsBecomeMany) {
    auto const other = place_->open();
    Ear there;
    there.listen_to(*other);
    std::vector<std::string> ids;
    for (int i = 0; i < 2000; ++i) ids.push_back(fmt::format("product-{}", i));
    for (int i = 0; i < 100 && there.kinds.empty(); ++i) {
        change(*store_, ids);
        std::unique_lock lock(there.mutex);
        there.heard.wait_for(lock, std::chrono::milliseconds(100), [&] { return !there.kinds.empty(); });
    }
    EXPECT_EQ(there.until("7/product/").front(), "7/product/");
}

TEST_F(PostgresTest, AfterACutEverythingIsToldAsChanged) {
    {
        auto tx = must(store_->write(7));
        ASSERT_TRUE(tx->execute("INSERT INTO shops (shop_id, name, currency, locale, time_zone, created_at_ms) VALUES (7, 'a', 'CNY', 'zh', 'UTC', 0)"));
        ASSERT_TRUE(tx->commit());
    }
    Ear here;
    here.listen_to(*store_);
    until_it_listens();
    cut();
    auto const kinds = here.until("7/stock/");
    EXPECT_NE(std::ranges::find(kinds, "7/product/"), kinds.end());
}

TEST_F(PostgresTest, AConnectionCutInTheMiddleIsACleanErrorAndTheNextUseWorks) {
    auto tx = must(store_->write(1));
    ASSERT_TRUE(tx->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, 'a', 'b', 0)"));
    cut();
    auto const after = tx->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, 'c', 'd', 0)");
    ASSERT_FALSE(after);
    EXPECT_EQ(after.error().reason, "store_unavailable");
    auto const commit = tx->commit();
    ASSERT_FALSE(commit);
    EXPECT_EQ(commit.error().reason, "store_unavailable");
    tx.reset();
    auto again = must(store_->write(1));  // the dead one's lock is gone, and so is its work
    EXPECT_EQ(must(again->integer("SELECT COUNT(*) FROM settings")), 0);
    EXPECT_TRUE(store_->healthy());
}

TEST_F(PostgresTest, ManyRunsCutInTheMiddleEndCleanly) {
    auto tx = must(store_->write(1));
    auto const done = tx->run_many("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, ?, 'b', 0)", 3000, [&, name = std::string()](std::size_t i, std::vector<Value>& v) mutable {
        if (i == 1000) cut();
        name = std::to_string(i);
        v = {name};
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().reason, "store_unavailable");
    tx.reset();
    EXPECT_EQ(must(must(store_->read(1))->integer("SELECT COUNT(*) FROM settings")), 0);
}

TEST_F(PostgresTest, IdleConnectionsThatDiedAreReplacedUnnoticed) {
    { auto const a = must(store_->read(1)), b = must(store_->read(1)); }
    cut();
    EXPECT_EQ(must(must(store_->read(1))->integer("SELECT 5")), 5);
    EXPECT_TRUE(store_->write(1));
}

TEST_F(PostgresTest, ATextThatTheDatabaseCannotHoldIsRefused) {
    auto tx = must(store_->write(1));
    auto const done = tx->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, ?, 'b', 0)", std::string("a\0b", 3));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().reason, "not_utf8");
}

}  // namespace
}  // namespace kindling::shop

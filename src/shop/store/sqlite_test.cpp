// What only a file can suffer: a full disk, a file that is read-only, damaged or no database at all.
#include "shop/store/store_test_support.h"
#include <sys/resource.h>
#include <sys/stat.h>
#include <atomic>
#include <condition_variable>
#include <thread>

namespace kindling::shop {
namespace {

class SqliteTest : public testing::Test {
protected:
    std::unique_ptr<TestPlace> place_ = TestPlace::make("sqlite");
};

Result<void> fill(Store& store, std::size_t rows, std::string const& text) {
    auto tx = TRY(store.write(1));
    TRY(tx->run_many("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, ?, ?, 0)", rows, [&, name = std::string()](std::size_t i, std::vector<Value>& v) mutable {
        name = std::to_string(i);
        v = {name, text};
    }));
    return tx->commit();
}

TEST_F(SqliteTest, AFullDiskIsToldAndNothingHalfIsKept) {
    auto const store = place_->open();
    {
        auto tx = must(store->write(1));
        ASSERT_TRUE(tx->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, 'kept', 'b', 0)"));
        ASSERT_TRUE(tx->commit());
        auto const pages = must(tx->integer("PRAGMA page_count"));
        ASSERT_TRUE(tx->execute(fmt::format("PRAGMA max_page_count = {}", pages + 20)));
    }
    auto const full = fill(*store, 1000, std::string(4000, 'x'));
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().reason, "disk_full");
    EXPECT_EQ(full.error().code, Errc::unavailable);
    EXPECT_EQ(must(must(store->read(1))->integer("SELECT COUNT(*) FROM settings")), 1);
    EXPECT_TRUE(fill(*store, 2, "small")) << "what still fits is still taken";
    EXPECT_EQ(must(must(store->read(1))->integer("SELECT COUNT(*) FROM settings")), 3);
}

// A file size limit makes write() fail with EFBIG, as a full quota does; SIGXFSZ would end the process otherwise.
TEST_F(SqliteTest, AFailingWriteIsToldAndNothingHalfIsKept) {
    auto const store = place_->open();
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    auto const old = ::signal(SIGXFSZ, SIG_IGN);
    rlimit small{1 << 20, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    auto const failed = fill(*store, 4000, std::string(4000, 'x'));
    ::setrlimit(RLIMIT_FSIZE, &before);
    ::signal(SIGXFSZ, old);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, Errc::unavailable) << failed.error().message;
    EXPECT_EQ(must(must(store->read(1))->integer("SELECT COUNT(*) FROM settings")), 0);
    EXPECT_TRUE(fill(*store, 5, "small")) << "it works again when there is room";
    EXPECT_EQ(must(must(store->read(1))->integer("SELECT COUNT(*) FROM settings")), 5);
}

// Readers go on in a snapshot that was left open; what was acknowledged must be seen all the same, by every thread.
TEST_F(SqliteTest, WhatWasAcknowledgedIsSeenByTheNextRead) {
    auto const store = place_->open();
    std::atomic<std::int64_t> acknowledged = 0;
    std::atomic<int> stale = 0, failed = 0;
    std::atomic<bool> ended = false;
    std::vector<std::jthread> readers;
    for (int i = 0; i < 3; ++i)
        readers.emplace_back([&] {
            while (!ended) {
                auto const known = acknowledged.load();
                auto const reader = store->read(1);
                auto const seen = reader ? (*reader)->integer("SELECT COUNT(*) FROM settings") : Result<std::int64_t>(std::unexpected(reader.error()));
                if (!seen) ++failed;
                else if (*seen < known) ++stale;
            }
        });
    for (int i = 0; i < 300; ++i) {
        auto tx = must(store->write(1));
        ASSERT_TRUE(tx->execute("INSERT INTO settings (shop_id, name, value, updated_at_ms) VALUES (1, ?, 'x', 0)", std::to_string(i)));
        ASSERT_TRUE(tx->commit());
        acknowledged = i + 1;
    }
    ended = true;
    readers.clear();
    EXPECT_EQ(stale, 0);
    EXPECT_EQ(failed, 0);
}

TEST_F(SqliteTest, ASnapshotLeftOpenSoonSeesOtherProcessesAndLetsTheLogBeEmptied) {
    auto const store = place_->open(), other = place_->open();
    auto const count = [&] { return must(must(store->read(1))->integer("SELECT COUNT(*) FROM settings")); };
    EXPECT_EQ(count(), 0);
    ASSERT_TRUE(fill(*other, 3, "from elsewhere"));
    auto const until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (count() != 3 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    EXPECT_EQ(count(), 3);
    // SQLite answers 0 in the first column once no reader stands in the way. Through the writer, outside a transaction.
    std::int64_t busy = 1;
    while (busy && std::chrono::steady_clock::now() < until) {
        auto tx = must(other->write(1));
        ASSERT_TRUE(tx->commit());
        busy = must(tx->integer("PRAGMA wal_checkpoint(TRUNCATE)"));
    }
    EXPECT_EQ(busy, 0);
    EXPECT_EQ(std::filesystem::file_size(place_->address() + "-wal"), 0);
}

TEST_F(SqliteTest, AFileThatIsNoDatabaseIsRefusedAndLeftAlone) {
    std::string const garbage = "This is a letter, not a database.\n" + std::string(9000, 'x');
    std::ofstream(place_->address(), std::ios::binary) << garbage;
    auto const store = place_->try_open({});
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().reason, "store_unavailable");
    EXPECT_EQ(read_whole(place_->address()), garbage);
}

TEST_F(SqliteTest, AFolderInPlaceOfTheFileIsRefused) {
    std::filesystem::create_directories(place_->address());
    auto const store = place_->try_open({});
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().reason, "store_unavailable");
}

TEST_F(SqliteTest, AReadOnlyFileIsRefused) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may write any file";
    place_->open().reset();
    ::chmod(place_->address().c_str(), 0400);
    auto const store = place_->try_open({});
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().reason, "store_unavailable");
}

TEST_F(SqliteTest, DamagedPagesAreToldWhenTheyAreRead) {
    {
        auto const store = place_->open();
        ASSERT_TRUE(fill(*store, 2000, std::string(1000, 'x')));
    }
    {
        std::fstream file(place_->address(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(0, std::ios::end);
        auto const size = static_cast<std::int64_t>(file.tellp());
        file.seekp(size / 2);
        file << std::string(static_cast<std::size_t>(size / 2), '\xee');
    }
    auto const store = place_->open();
    auto const read = must(store->read(1))->integer("SELECT SUM(LENGTH(value)) FROM settings");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().reason, "store_unavailable");
}

TEST_F(SqliteTest, TheFolderIsMadeWhenItIsMissing) {
    auto const store = Store::open({.address = "sqlite://" + place_->file("a/b/shop.db")});
    ASSERT_TRUE(store) << store.error().message;
    EXPECT_TRUE(std::filesystem::exists(place_->file("a/b/shop.db")));
    EXPECT_FALSE(Store::open({.address = "sqlite://"}));
}

TEST_F(SqliteTest, ACancelledBackupLeavesNothing) {
    auto const store = place_->open();
    std::stop_source stop;
    stop.request_stop();
    auto const done = store->backup(place_->file("copy"), {.stop = stop.get_token()});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().reason, "cancelled");
    EXPECT_FALSE(std::filesystem::exists(place_->file("copy")));
    EXPECT_FALSE(std::filesystem::exists(place_->file("copy.part")));
}

struct NewsHeard {
    std::mutex mutex;
    std::condition_variable heard;
    std::vector<std::string> all;
    Store& store;
    std::size_t listener;
    explicit NewsHeard(Store& of) : store(of), listener(of.listen([this](std::span<Change const> changes) {
        std::lock_guard const lock(mutex);
        for (auto const& c : changes) all.push_back(fmt::format("{}/{}/{}", c.shop_id, c.kind, c.id));
        heard.notify_all();
    })) {}
    ~NewsHeard() { store.forget(listener); }
    // What was heard once `last` was, or everything after twenty seconds.
    std::vector<std::string> until(std::string const& last) {
        std::unique_lock lock(mutex);
        heard.wait_for(lock, std::chrono::seconds(20), [&] { return std::ranges::find(all, last) != all.end(); });
        return all;
    }
};

void tell_change(Store& store, std::string_view id, std::size_t times = 1) {
    auto tx = must(store.write(7));
    for (std::size_t i = 0; i < times; ++i) tx->changed("product", times == 1 ? std::string(id) : fmt::format("{}-{}", id, i));
    ASSERT_TRUE(tx->commit());
}

TEST_F(SqliteTest, OtherProcessesHearOfACommitAndOneselfHearsOnce) {
    auto const mine = place_->open();
    tell_change(*mine, "before");
    auto const other = place_->open();
    NewsHeard here(*mine), there(*other);
    tell_change(*mine, "a");
    EXPECT_EQ(there.until("7/product/a"), std::vector<std::string>{"7/product/a"}) << "and nothing of before it was opened";
    tell_change(*other, "b");
    EXPECT_EQ(here.until("7/product/b"), (std::vector<std::string>{"7/product/a", "7/product/b"})) << "its own once, from the commit";
    // What was rolled back is no news.
    {
        auto tx = must(other->write(7));
        tx->changed("product", "never");
    }
    tell_change(*other, "c");
    EXPECT_EQ(here.until("7/product/c"), (std::vector<std::string>{"7/product/a", "7/product/b", "7/product/c"}));
    tell_change(*other, "much", 2000);
    EXPECT_EQ(here.until("7/product/").back(), "7/product/") << "many of this kind";
}

TEST_F(SqliteTest, WhoMissedNewsCountsEverythingAsChanged) {
    auto const mine = place_->open(), other = place_->open();
    {
        auto tx = must(mine->write(7));
        ASSERT_TRUE(tx->execute("INSERT INTO shops (shop_id, name, currency, locale, time_zone, created_at_ms) VALUES (7, 'a', 'CNY', 'zh', 'UTC', 0)"));
        ASSERT_TRUE(tx->commit());
    }
    NewsHeard there(*other);
    {
        // As after more commits than are kept.
        auto tx = must(mine->write(7));
        ASSERT_TRUE(tx->execute("INSERT INTO kindling_news (number, process, news) VALUES (1000000, 'nobody', '[]')"));
        ASSERT_TRUE(tx->commit());
    }
    auto const heard = there.until("7/weather/");
    for (auto const* kind : {"7/product/", "7/setting/", "7/category/", "7/ranking/", "7/shop/", "7/event/", "7/agent/", "7/removed/"}) EXPECT_NE(std::ranges::find(heard, kind), heard.end()) << kind;
}

TEST_F(SqliteTest, NewsAreKeptForAWhileAndNotForEver) {
    auto const store = place_->open();
    {
        auto tx = must(store->write(7));
        ASSERT_TRUE(tx->execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5631) INSERT INTO kindling_news (number, process, news) SELECT i, 'x', '[]' FROM n"));
        ASSERT_TRUE(tx->commit());
    }
    auto const kept = [&] { return must(must(store->read(7))->integer("SELECT COUNT(*) FROM kindling_news")); };
    EXPECT_EQ(kept(), 5631);
    tell_change(*store, "x");  // the 5,632nd, eleven times 512: the one that trims
    EXPECT_EQ(kept(), 4096);
    for (auto const* kind : {"customer", "forgotten"}) {
        auto tx = must(store->write(7));
        tx->changed(kind, "cus_1");
        ASSERT_TRUE(tx->commit());
    }
    EXPECT_EQ(kept(), 1) << "what was told of somebody is gone; that they are forgotten is left";
    EXPECT_EQ(must(must(store->read(7))->integer("SELECT COUNT(*) FROM kindling_news WHERE news LIKE '%\"forgotten\",\"cus_1\"%' AND news NOT LIKE '%customer%'")), 1);
}

}  // namespace
}  // namespace kindling::shop

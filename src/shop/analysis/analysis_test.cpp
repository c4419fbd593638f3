// The facts against plain sums over the store, on every store; and what may go wrong between the two.
#include "shop/analysis/analysis_for_test.h"

namespace kindling::shop::analysis {
namespace {

INSTANTIATE_TEST_SUITE_P(Stores, Analysis, testing::Values("sqlite", "postgres"), [](auto const& info) { return info.param; });

TEST_P(Analysis, AnEmptyShopHasEmptyTables) {
    catch_up();
    for (auto t : all_tables) EXPECT_EQ(table(t).rows(), 0) << name_of(t);
    auto const status = keeper_->of(shop_).status();
    ASSERT_TRUE(status);
    for (auto const& s : *status) EXPECT_EQ(s.problem, "") << name_of(s.table);
}

TEST_P(Analysis, StepByStepEqualsAllAtOnceAndTheSumsOfTheStore) {
    Random random(7);
    for (int step = 0; step < 6; ++step) {
        trade(random, 1 + static_cast<int>(random.below(40)));
        catch_up();
        expect_sums();
    }
    expect_as_rebuilt();
    expect_sums();
}

TEST_P(Analysis, ACancelledOrderAndAMovedProductAreReadAgain) {
    Random random(8);
    trade(random, 30);
    catch_up();  // and from now on changes are heard, though nothing was started: a server answers before its work beside requests begins
    auto const cancelled = count(Table::order_lines, facts::equals("status", std::string("cancelled")));
    act([&](Context& c) -> Result<void> {
        TRY(c.tx().execute("UPDATE orders SET status = 'cancelled' WHERE shop_id = ? AND status = 'paid'", shop_));
        for (int i = 0; i < 30; ++i) c.tx().changed("order", fmt::format("o{}", i));
        TRY(c.tx().execute("UPDATE products SET category_id = 'elsewhere' WHERE shop_id = ? AND product_id = 'p1'", shop_));
        c.tx().changed("product", "p1");
        return {};
    });
    catch_up();
    EXPECT_GT(count(Table::order_lines, facts::equals("status", std::string("cancelled"))), cancelled);
    EXPECT_EQ(count(Table::order_lines, facts::equals("status", std::string("paid"))), 0);
    EXPECT_EQ(sum(Table::daily_sales, "units"), 0);
    EXPECT_EQ(count(Table::order_lines, facts::equals("product", std::string("p1"))), count(Table::order_lines, facts::equals("category", std::string("elsewhere"))));
    expect_sums();
    expect_as_rebuilt();
}

TEST_P(Analysis, WhatChangedWhileNobodyListenedIsFoundAtTheNextStart) {
    Random random(9);
    trade(random, 25);
    catch_up();
    keeper_.reset();  // killed between the store's commit and ours, as far as the files can tell
    trade(random, 5);
    act([&](Context& c) -> Result<void> { TRY(c.tx().execute("UPDATE orders SET status = 'shipped' WHERE shop_id = ? AND order_id IN ('o1','o2','o3','o4') AND status = 'paid'", shop_)); return {}; });
    act([&](Context& c) -> Result<void> { TRY(c.tx().execute("UPDATE products SET category_id = 'new' WHERE shop_id = ? AND product_id = 'p2'", shop_)); return {}; });
    keeper_.emplace(services_);
    catch_up();
    expect_sums();
    expect_as_rebuilt();
}

TEST_P(Analysis, DailySalesFollowWhenOnlyTheyWereLost) {
    Random random(10);
    trade(random, 20);
    catch_up();
    auto const before = dump(table(Table::daily_sales));
    keeper_.reset();
    std::filesystem::remove_all(folder_ / "facts" / std::to_string(shop_) / "daily_sales");
    keeper_.emplace(services_);
    catch_up();
    EXPECT_EQ(dump(table(Table::daily_sales)), before);
}

TEST_P(Analysis, ADamagedOrForeignFolderIsReadAnew) {
    Random random(11);
    trade(random, 60);
    catch_up();
    auto const before = dump(table(Table::order_lines));
    for (auto const* what : {"manifest", "column", "texts"}) {
        keeper_.reset();
        int damaged = 0;
        for (auto const& entry : std::filesystem::directory_iterator(folder_ / "facts" / std::to_string(shop_) / "order_lines"))
            if (entry.path().filename().string().find(what) != std::string::npos && entry.file_size() > 0) {
                std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
                file.seekp(static_cast<std::streamoff>(entry.file_size() / 2));
                file.put('\x5a'), file.put('\xa5'), file.put('\x5a');
                ++damaged;
            }
        ASSERT_GT(damaged, 0) << what;
        keeper_.emplace(services_);
        catch_up();
        // Damage that no comparison reads shows when it is asked for, and is mended then.
        auto const rows = facts::Query(table(Table::order_lines)).select({"order_id", "channel", "unit_price_minor", "sku"}).run();
        if (!rows) { ASSERT_TRUE(*heal(*keeper_, shop_, rows.error())); }
        EXPECT_EQ(dump(table(Table::order_lines)), before) << what;
    }
}

TEST_P(Analysis, AForgottenPersonLeavesNoTraceInAnyFile) {
    Random random(12);
    trade(random, 40);
    act([&](Context& c) { return save_customers(c, SaveCustomers{{Customer{.customer_id = "k3", .name = "Zoe"}}}); });
    keeper_->start();
    catch_up();
    ASSERT_GT(count(Table::order_lines, facts::equals("customer", std::string("k3"))), 0);
    auto const money = sum(Table::order_lines, "amount_minor");
    act([&](Context& c) -> Result<void> {
        for (auto const& op : customer_operations())
            if (op.name == "customers.forget_person") {
                json::value answer;
                return op.run(c, {{"customer_id", "k3"}}, answer);
            }
        return fail(Errc::internal, "internal", "no such operation");
    });
    catch_up();
    EXPECT_EQ(count(Table::order_lines, facts::equals("customer", std::string("k3"))), 0);
    EXPECT_EQ(count(Table::events, facts::equals("customer", std::string("k3"))), 0);
    EXPECT_EQ(sum(Table::order_lines, "amount_minor"), money);
    for (auto t : {Table::order_lines, Table::events}) EXPECT_FALSE(table(t).column("customer")->code_of("k3")) << name_of(t);
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder_ / "facts" / std::to_string(shop_)))
        if (entry.path().extension() == ".texts" && entry.path().filename().string().starts_with("customer")) {
            std::ifstream file(entry.path());
            std::string const text(std::istreambuf_iterator<char>(file), {});
            EXPECT_EQ(text.find("k3"), std::string::npos) << entry.path();
        }
    expect_as_rebuilt();
}

TEST_P(Analysis, StockAtTheEndOfTheDayFollowsTheMoves) {
    auto const move = [&](int day, std::int64_t quantity, char const* kind) {
        act([&](Context& c) { return record_moves(c, RecordMoves{{{"s1", "main", quantity, kind, "", start + day * milliseconds_per_day + 3'600'000}}}); });
    };
    move(0, 5, "received"), move(2, -5, "sold"), move(4, -0, "adjusted");
    catch_up();
    move(6, 2, "received");
    catch_up();
    auto const rows = facts::Query(table(Table::daily_sales)).select({"day", "tracked", "closing_stock", "in_stock"}).order_by("day").run();
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->columns[2].numbers, (std::vector<std::int64_t>{5, 0, 0, 2}));
    EXPECT_EQ(rows->columns[3].numbers, (std::vector<std::int64_t>{1, 1, 0, 1}));
    EXPECT_EQ(rows->columns[0].numbers[0], day_from_civil(2025, 11, 25));  // midnight in Shanghai is its own day
    move(1, -2, "lost");  // told late: every later day closes lower... and the day before does not
    move(1, 2, "adjusted");
    catch_up();
    expect_as_rebuilt();
}

TEST_P(Analysis, AnotherTimeZoneIsAnotherDay) {
    Random random(13);
    trade(random, 10);
    catch_up();
    auto const days = dump(table(Table::order_lines));
    auto tx = write();
    ASSERT_TRUE(tx->execute("UPDATE shops SET time_zone = 'America/New_York' WHERE shop_id = ?", shop_));
    ASSERT_TRUE(tx->commit());
    catch_up();
    EXPECT_NE(dump(table(Table::order_lines)), days);
    expect_as_rebuilt();
}

TEST_P(Analysis, OneProcessWritesAndTheOtherReads) {
    Random random(14);
    trade(random, 10);
    catch_up();
    trade(random, 10);
    FactsKeeper other(services_);
    auto const done = other.catch_up(shop_);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(*done, CaughtUp::elsewhere);  // the first still holds the tables
    keeper_->of(shop_).rest();
    EXPECT_EQ(*other.catch_up(shop_), CaughtUp::yes);
    EXPECT_EQ(count(Table::events), 20);
    other.of(shop_).rest();
    trade(random, 1);
    catch_up();
    expect_sums();
    expect_as_rebuilt();
}

TEST_P(Analysis, CancellingARebuildKeepsTheOldRows) {
    Random random(15);
    trade(random, 10);
    catch_up();
    auto const before = dump(table(Table::order_lines));
    std::stop_source stop;
    stop.request_stop();
    auto const done = keeper_->of(shop_).rebuild(all_tables, {.stop = stop.get_token()});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().reason, "cancelled");
    EXPECT_EQ(dump(table(Table::order_lines)), before);
    catch_up();
    expect_sums();
}

TEST(Watermark, ReadsWhatItWrites) {
    Watermark const w{.zone = "Asia/Shanghai", .rows = 5, .returns = 6, .changes = 7};
    auto const again = Watermark::parse(w.text());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->text(), w.text());
    EXPECT_FALSE(Watermark::parse(""));
    EXPECT_FALSE(Watermark::parse("1 Etc/UTC 5"));
    EXPECT_FALSE(Watermark::parse("x Etc/UTC 5 6 7"));
}

}  // namespace
}  // namespace kindling::shop::analysis

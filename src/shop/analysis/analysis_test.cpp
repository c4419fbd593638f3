// The facts against plain sums over the store, on every store; and what may go wrong between the two.
#include "shop/duckdb/duckdb.h"
#include "shop/analysis/answer.h"
#include "core/random.h"
#include "shop/context.h"
#include "shop/customers/api.h"
#include "shop/orders/api.h"
#include "shop/stock/api.h"
#include "shop/activity/api.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace kindling::shop {
namespace {

using namespace analysis;
using analysis::Table;

constexpr Milliseconds start = 1'764'000'000'000;  // 2025-11-24 16:00 UTC: midnight in Shanghai

// Table names as lines of text, sorted: equal facts have equal dumps, in whatever order the rows stand.
std::vector<std::string> dump(facts::Table const& table) {
    std::vector<std::string> columns;
    for (auto const& c : table.schema()) columns.push_back(c.name);
    auto const rows = facts::Query(table).select(columns).run();
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    std::vector<std::string> out;
    if (!rows) return out;
    auto const answer = answer_from(*rows, rows->rows);
    for (auto const& r : answer.rows) out.push_back(json::serialize(r));
    std::ranges::sort(out);
    return out;
}

class Analysis : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "kindling_analysis_XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        services_.folder = folder_;
        auto vault = Vault::open(folder_ / "secret.key");
        ASSERT_TRUE(vault);
        services_.vault = std::move(*vault);
        address_ = (folder_ / "kindling.db").string();
        if (GetParam() == "postgres") {
            auto const* url = std::getenv("KINDLING_TEST_POSTGRES");
            if (!url || !*url) GTEST_SKIP() << "KINDLING_TEST_POSTGRES is not set";
            address_ = url;
        }
        auto store = Store::open({.address = address_});
        ASSERT_TRUE(store) << store.error().message;
        services_.store = std::move(*store);
        // A shop of its own, so that a database may be used again.
        shop_ = GetParam() == "postgres" ? static_cast<std::int64_t>(now_ms()) + ::getpid() : 1;
        auto tx = write();
        ASSERT_TRUE(tx->execute("INSERT INTO shops (shop_id, name, currency, locale, time_zone, created_at_ms) VALUES (?,'t','CNY','zh','Asia/Shanghai',0)", shop_));
        ASSERT_TRUE(tx->commit());
        keeper_.emplace(services_);
    }
    void TearDown() override {
        keeper_.reset();
        services_.store.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    std::unique_ptr<Transaction> write() { return std::move(*services_.store->write(shop_)); }
    std::unique_ptr<Transaction> read() { return std::move(*services_.store->read(shop_)); }
    template <class F> void act(F const& f) {
        auto tx = write();
        Context context{.services = services_, .open = tx.get(), .shop_id = shop_, .caller = {.kind = Caller::Kind::system, .permissions = {"*"}}, .now = start, .effect = Effect::act};
        auto const done = f(context);
        ASSERT_TRUE(done) << done.error().message;
        ASSERT_TRUE(tx->commit());
    }
    void catch_up() {
        auto const done = keeper_->catch_up(shop_);
        ASSERT_TRUE(done) << done.error().message;
        ASSERT_EQ(*done, CaughtUp::yes);
    }
    facts::Table table(Table t) {
        auto opened = keeper_->of(shop_).open(t);
        EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
        return std::move(*opened);
    }
    std::int64_t sum(Table t, std::string const& column, facts::Filter where = {}) { return facts::Query(table(t)).where(where).measure({facts::sum(column)}).run()->columns[0].numbers[0]; }
    std::int64_t count(Table t, facts::Filter where = {}) { return facts::Query(table(t)).where(where).measure({facts::count()}).run()->columns[0].numbers[0]; }
    std::int64_t sql(std::string const& text) { return *read()->integer(text, shop_); }

    // A few more orders, returns, events and moves; ids go on from last time.
    void trade(Random& random, int orders) {
        act([&](Context& c) -> Result<void> {
            for (int i = 0; i < 8; ++i) TRY(c.tx().execute("INSERT INTO products (shop_id, product_id, category_id, created_at_ms, updated_at_ms) VALUES (?,?,?,0,0) ON CONFLICT (shop_id, product_id) DO NOTHING", shop_, fmt::format("p{}", i), fmt::format("c{}", i % 3)));
            return {};
        });
        RecordOrders record;
        RecordReturns back;
        RecordEvents events;
        RecordMoves moves;
        for (int i = 0; i < orders; ++i) {
            auto const n = next_++;
            auto const at = start + static_cast<Milliseconds>(random.below(40)) * 3'600'000 * 5;
            bool const credit = random.chance(0.1);
            Order o{.order_id = fmt::format("o{}", n), .customer_id = random.chance(0.3) ? "" : fmt::format("k{}", random.below(6)), .placed_at_ms = at, .status = credit ? OrderStatus::returned : random.chance(0.2) ? OrderStatus::cancelled : OrderStatus::paid, .channel = random.chance(0.5) ? "web" : "app", .country = "CN"};
            for (auto k = 1 + random.below(3); k > 0; --k) o.lines.push_back({fmt::format("s{}", random.below(8)), "", "", credit ? -1 : random.between(1, 5), random.between(0, 500), random.between(0, 20)});
            for (auto& l : o.lines) l.product_id = "p" + l.sku.substr(1);
            moves.moves.push_back({o.lines[0].sku, "main", random.between(5, 9), "received", o.order_id, at});
            if (!credit && random.chance(0.3)) back.returns.push_back({.order_id = o.order_id, .line = 0, .quantity = 1, .created_at_ms = at + 86'400'000});
            events.events.push_back({.kind = "view", .at_ms = at, .session_id = fmt::format("v{}", n), .customer_id = o.customer_id, .product_id = o.lines[0].product_id, .query = "cup"});
            record.orders.push_back(std::move(o));
        }
        act([&](Context& c) { return record_orders(c, record); });
        act([&](Context& c) { return record_returns(c, back); });
        act([&](Context& c) { return record_events(c, events); });
        act([&](Context& c) { return record_moves(c, moves); });
    }

    // Every table as reading from nothing would make it.
    void expect_as_rebuilt() {
        std::map<Table, std::vector<std::string>> before;
        for (auto t : all_tables) before[t] = dump(table(t));
        auto const rebuilt = keeper_->of(shop_).rebuild(all_tables, {});
        ASSERT_TRUE(rebuilt) << rebuilt.error().message;
        for (auto t : all_tables) EXPECT_EQ(before[t], dump(table(t))) << name_of(t);
    }
    void expect_sums() {
        EXPECT_EQ(count(Table::order_lines, !facts::equals("kind", std::string("return"))), sql("SELECT COUNT(*) FROM order_lines WHERE shop_id = ?"));
        EXPECT_EQ(sum(Table::order_lines, "amount_minor", !facts::equals("kind", std::string("return"))), sql("SELECT SUM(quantity * unit_price_minor - discount_minor) FROM order_lines WHERE shop_id = ?"));
        EXPECT_EQ(sum(Table::order_lines, "amount_minor", facts::equals("kind", std::string("return"))), -sql("SELECT COALESCE(SUM(refund_minor), 0) FROM returns WHERE shop_id = ?"));
        auto const valid = std::string("FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id WHERE l.shop_id = ? AND o.status <> 'cancelled' AND l.quantity > 0");
        EXPECT_EQ(sum(Table::daily_sales, "units"), sql("SELECT COALESCE(SUM(l.quantity), 0) " + valid));
        EXPECT_EQ(sum(Table::daily_sales, "revenue_minor"), sql("SELECT COALESCE(SUM(l.quantity * l.unit_price_minor - l.discount_minor), 0) " + valid));
        EXPECT_EQ(count(Table::events), sql("SELECT COUNT(*) FROM events WHERE shop_id = ?"));
        EXPECT_EQ(sum(Table::stock_moves, "quantity"), sql("SELECT COALESCE(SUM(quantity), 0) FROM stock_moves WHERE shop_id = ?"));
        for (auto const* by : {"channel", "status", "customer"}) {
            auto const grouped = facts::Query(table(Table::order_lines)).where(!facts::equals("kind", std::string("return"))).group_by({by}).measure({facts::sum("quantity")}).run();
            ASSERT_TRUE(grouped);
            for (std::size_t i = 0; i < static_cast<std::size_t>(grouped->rows); ++i)
                EXPECT_EQ(grouped->columns[1].numbers[i], *read()->integer(fmt::format("SELECT SUM(l.quantity) FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id WHERE l.shop_id = ? AND o.{} = ?", std::string(by) == "customer" ? "customer_id" : by), shop_, grouped->columns[0].texts[i]));
        }
    }

    std::filesystem::path folder_;
    std::string address_;
    Services services_;
    std::int64_t shop_ = 1;
    std::optional<FactsKeeper> keeper_;
    int next_ = 0;
};

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
    keeper_->start();  // so that changes are heard
    catch_up();
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

TEST_P(Analysis, SqlAndParquetSeeTheSameRows) {
    if (!std::filesystem::exists(duckdb::installed_library())) GTEST_SKIP() << "DuckDB is not installed";
    Random random(16);
    trade(random, 12);
    Context context{.services = services_, .shop_id = shop_, .now = start};
    auto const answer = run_sql(context, *keeper_, {.sql = "SELECT SUM(quantity) AS units, COUNT(*) FROM Order_Lines WHERE kind <> 'return'"});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->rows[0].as_array()[0].to_number<std::int64_t>(), sql("SELECT SUM(quantity) FROM order_lines WHERE shop_id = ?"));
    EXPECT_EQ(run_sql(context, *keeper_, {.sql = "DROP TABLE events"}).error().reason, "sql_not_read_only");
    EXPECT_EQ(run_sql(context, *keeper_, {.sql = "SELECT * FROM read_csv('/etc/passwd')"}).error().reason, "sql_invalid");
    EXPECT_EQ(run_sql(context, *keeper_, {.sql = "SELECT * FROM events", .max_rows = 3}).error().reason, "result_too_large");
    auto const file = write_export(context, *keeper_, {.table = "order_lines", .format = FactsFormat::parquet});
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->rows, table(Table::order_lines).rows());
    EXPECT_GT(file->bytes, 0);
}

TEST_P(Analysis, ACsvFileHoldsEveryRowAndNoFormula) {
    act([&](Context& c) { return record_events(c, RecordEvents{{Event{.kind = "search", .at_ms = start, .query = "=1+1"}, Event{.kind = "search", .at_ms = start, .query = "a,\"b\""}}}); });
    Context context{.services = services_, .shop_id = shop_, .now = start};
    auto const file = write_export(context, *keeper_, {.table = "events"});
    ASSERT_TRUE(file) << file.error().message;
    std::ifstream in(folder_ / "exports" / file->file_name);
    std::string const text(std::istreambuf_iterator<char>(in), {});
    EXPECT_EQ(std::ranges::count(text, '\n'), 3);
    EXPECT_NE(text.find(",\"'=1+1\","), std::string::npos) << text;
    EXPECT_NE(text.find("\"a,\"\"b\"\"\""), std::string::npos) << text;
    EXPECT_EQ(static_cast<std::int64_t>(text.size()), file->bytes);
}

TEST_P(Analysis, TheOverviewIsTheSameFromFactsAndFromTheStore) {
    Random random(17);
    trade(random, 80);
    keeper_->start();
    catch_up();
    int asked = 0;
    auto const run = [&](AskFacts ask) {
        json::value answer;
        auto tx = read();
        Context context{.services = services_, .open = tx.get(), .shop_id = shop_, .now = start};
        for (auto const& op : overview_operations(std::move(ask)))
            if (op.name == "shop.overview") { EXPECT_TRUE(op.run(context, {{"days", 4}}, answer)); }
        return json::serialize(answer);
    };
    auto const from_facts = run([&](auto... period) {
        auto facts = keeper_->overview(period...);
        asked += facts.has_value();
        return facts;
    });
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(from_facts, run({}));
}

TEST(LocalDays, KnowsTheOffsetsOfTheYear) {
    LocalDays shanghai("Asia/Shanghai"), utc("Etc/UTC"), york("America/New_York"), nowhere("Not/AZone");
    EXPECT_EQ(shanghai.offset(start), 8 * 3'600'000);
    EXPECT_EQ(shanghai.day(start), shanghai.day(start - 1) + 1);
    EXPECT_EQ(utc.offset(start), 0);
    // 2026-03-08 07:00 UTC: New York springs from -5 to -4 hours.
    auto const spring = start_of(day_from_civil(2026, 3, 8)) + 7 * 3'600'000;
    EXPECT_EQ(york.offset(spring - 1), -5 * 3'600'000);
    EXPECT_EQ(york.offset(spring), -4 * 3'600'000);
    EXPECT_TRUE(york.known());
    EXPECT_FALSE(nowhere.known());
    EXPECT_EQ(nowhere.offset(start), 0);
    EXPECT_EQ(utc.day(-1), -1);
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
}  // namespace kindling::shop

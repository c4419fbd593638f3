// A shop whose facts and store can be compared, on each store: what the tests of this part stand on.
#pragma once
#include "core/random.h"
#include "shop/activity/api.h"
#include "shop/analysis/answer.h"
#include "shop/context.h"
#include "shop/customers/api.h"
#include "shop/orders/api.h"
#include "shop/stock/api.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace kindling::shop::analysis {

constexpr Milliseconds start = 1'764'000'000'000;  // 2025-11-24 16:00 UTC: midnight in Shanghai

// Table names as lines of text, sorted: equal facts have equal dumps, in whatever order the rows stand.
inline std::vector<std::string> dump(facts::Table const& table) {
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
        Context context{.services = services_, .open = tx.get(), .shop_id = shop_, .caller = {.kind = Caller::Kind::system, .permissions = {"*"}}, .now = start + 10 * milliseconds_per_day, .effect = Effect::act};
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

}  // namespace kindling::shop::analysis

// Purchase orders of which the fate is known: what counts as come by its day.
#include "modules/assortment/deliveries.h"
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace kindling::assortment_module {
namespace {

constexpr Day ordered = 20'000, due = 20'010, end = 20'100;

class DeliveriesTest : public testing::Test {
protected:
    DeliveriesTest() {
        folder = std::filesystem::temp_directory_path() / fmt::format("kindling-deliveries-{}-{}", ::getpid(), testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        store = std::move(*shop::Store::open({.address = (folder / "kindling.db").string(), .durability = shop::StoreOptions::Durability::normal}));
        tx = std::move(*store->write(1));
    }
    ~DeliveriesTest() override {
        tx.reset(), store.reset();
        std::filesystem::remove_all(folder);
    }
    void run(std::string const& sql) {
        auto const done = tx->execute(sql);
        ASSERT_TRUE(done) << done.error().message << "\n" << sql;
    }
    static std::string at(std::optional<Day> day) { return day ? std::to_string(static_cast<Milliseconds>(*day) * milliseconds_per_day + 3'600'000) : "NULL"; }
    // Ten of a sku; so many written on its line.
    std::string order(std::string const& status, std::optional<Day> closed, int received, std::optional<Day> expected = due) {
        auto const id = fmt::format("po{}", ++orders);
        run(fmt::format("INSERT INTO purchase_orders (shop_id, purchase_order_id, supplier_id, place_id, status, ordered_at_ms, expected_day, received_at_ms, currency) VALUES (1,'{}','kiln','main','{}',{},{},{},'CNY')", id, status, at(ordered), expected ? std::to_string(*expected) : "NULL", at(closed)));
        run(fmt::format("INSERT INTO purchase_order_lines (shop_id, purchase_order_id, sku, quantity, received, cost_minor) VALUES (1,'{}','cup',10,{},100)", id, received));
        return id;
    }
    void came(std::string const& order_id, int quantity, Day day, std::string const& sku = "cup") {
        run(fmt::format("INSERT INTO stock_moves (shop_id, seq, sku, place_id, quantity, kind, reference, at_ms) VALUES (1,{},'{}','main',{},'received','{}',{})", ++moves, sku, quantity, order_id, at(day)));
    }
    Delivered read(std::map<std::string, double> const& lead = {}) {
        auto const all = read_deliveries(*tx, static_cast<Milliseconds>(ordered - 10) * milliseconds_per_day, end, lead);
        EXPECT_TRUE(all) << (all ? "" : all.error().message);
        return all && all->contains("kiln") ? all->at("kiln") : Delivered{};
    }

    std::filesystem::path folder;
    std::unique_ptr<shop::Store> store;
    std::unique_ptr<shop::Transaction> tx;
    int orders = 0, moves = 0;
};

TEST_F(DeliveriesTest, AnOrderRecordedAsReceivedCameAsOrdered) {
    order("received", due - 1, 0);
    EXPECT_EQ(read().came, 1) << "no line says how much";
    order("received", due, 4);
    EXPECT_DOUBLE_EQ(read().came, 1.4);
    order("received", due + 1, 10);
    EXPECT_DOUBLE_EQ(read().came, 1.4) << "late is not come";
    EXPECT_EQ(read().orders, 3);
}

TEST_F(DeliveriesTest, WhatCameByTheDayIsReadFromTheMoves) {
    auto const id = order("received", due + 5, 10);
    came(id, 6, due), came(id, 4, due + 5);
    EXPECT_DOUBLE_EQ(read().came, 0.6) << "closed late, and most of it came in time";
    auto const open = order("ordered", {}, 3);
    came(open, 3, due + 2);
    EXPECT_DOUBLE_EQ(read().came, 0.6) << "an open order of which something came late";
    auto const more = order("received", due, 14);
    came(more, 14, due), came(more, 50, due, "another");
    EXPECT_DOUBLE_EQ(read().came, 1.6) << "no more than was ordered, and of what was ordered";
    EXPECT_EQ(read().orders, 3);
}

TEST_F(DeliveriesTest, WhatNobodyCanSayIsLeftOut) {
    order("ordered", {}, 5);
    EXPECT_EQ(read().orders, 0) << "something came, nobody wrote down when";
    order("ordered", {}, 0, end);
    EXPECT_EQ(read().orders, 0) << "not due yet";
    order("received", ordered + 7, 10, {});
    EXPECT_EQ(read().orders, 0) << "no day, and no lead time promised";
    EXPECT_EQ(read({{"kiln", 7}}).came, 1);
    EXPECT_EQ(read({{"kiln", 6.5}}).came, 1) << "a part of a day is a day";
    EXPECT_EQ(read({{"kiln", 5}}).came, 0);
    order("cancelled", {}, 0);
    order("ordered", {}, 0);
    EXPECT_EQ(read().orders, 1) << "due, and nothing came";
    EXPECT_EQ(read().came, 0);
}

}  // namespace
}  // namespace kindling::assortment_module

// An import is taken back whole: afterwards the shop is as it was, or nothing happened and the error says why and how often.
#include "shop/imports/imports_test_support.h"
#include "shop/imports/kept_rows.h"
#include "shop/imports/undo.h"
#include "shop/orders/api.h"

namespace kindling::shop::imports {
namespace {

using testing::HasSubstr;

class UndoTest : public ImportTest {
protected:
    Result<UndoneImport> try_undo(UndoImport const& in, Milliseconds later = 0, bool keep = true) {
        auto tx = std::move(*services.store->write(1));
        auto c = context();
        c.open = tx.get(), c.now += later;
        auto done = undo_import(c, in);
        if (done && keep) { EXPECT_TRUE(tx->commit()); }
        return done;
    }
    UndoneImport undo(std::string const& id) {
        auto done = try_undo({id});
        if (!done) { ADD_FAILURE() << done.error().message; }
        return done.value_or(UndoneImport{});
    }
    std::string refused(UndoImport const& in, std::string* causes = nullptr) {
        auto const before = everything();
        auto const done = try_undo(in);
        EXPECT_EQ(everything(), before) << "a refusal changes nothing";
        if (done) return "no error";
        if (causes) for (auto const& f : done.error().fields) *causes += f.reason + ": " + f.message + "\n";
        return done.error().reason;
    }
    void sql(std::string const& statement) {
        auto tx = std::move(*services.store->write(1));
        auto const done = tx->execute(statement);
        ASSERT_TRUE(done.has_value()) << done.error().message;
        ASSERT_TRUE(tx->commit().has_value());
    }
    std::string whole() { return everything() + text("SELECT * FROM customers"); }
};

constexpr std::string_view goods = "product_id,sku,title,price,stock,category\np1,s1,Lamp,10.50,3,Home > Light\np2,s2,Vase,5,,Home\n";
constexpr std::string_view sales = "order_id,placed_at,sku,quantity,unit_price,title,customer_id,customer_name,email\no1,2024-01-01,s1,2,10.50,Lamp,c1,Ann,a@x.com\no1,2024-01-01,s9,1,5,Bowl,c1,Ann,a@x.com\no2,2024-01-02,s9,1,5,Bowl,,,\n";

TEST_F(UndoTest, WhatWasMadeIsGone) {
    auto const empty = whole();
    auto const r = run_text("p.csv", goods);
    ASSERT_NE(whole(), empty);
    auto const done = undo(r.import_id);
    EXPECT_EQ(done.removed.products, 2);
    EXPECT_EQ(done.removed.categories, 2);
    EXPECT_EQ(whole(), empty);
    EXPECT_EQ(text("SELECT state FROM imports"), "undone");
    EXPECT_EQ(count("SELECT COUNT(*) FROM import_changes"), 0);
    auto const again = undo(r.import_id);
    EXPECT_TRUE(again.already);
    EXPECT_EQ(again.removed.products, 0);
    EXPECT_EQ(run_text("p2.csv", goods).accepted, 2) << "and it can come again";
}

TEST_F(UndoTest, OrdersGoWithTheirLinesGoodsAndCustomers) {
    run_text("p.csv", goods);
    auto const before = whole();
    auto const r = run_text("o.csv", sales);
    auto const done = undo(r.import_id);
    EXPECT_EQ(done.removed.orders, 2);
    EXPECT_EQ(done.removed.order_lines, 3);
    EXPECT_EQ(done.removed.customers, 1);
    EXPECT_EQ(done.removed.products, 1) << "s9 was made from the list; s1 was there";
    EXPECT_EQ(whole(), before);
}

TEST_F(UndoTest, WhatWasChangedIsAsBefore) {
    run_text("p.csv", goods);
    run_text("c.csv", "customer_id,name,email\nc1,Ann,a@x.com\n");
    // The history of prices gains an entry and stock a move; all else must be the same.
    auto const state = [&] { return text("SELECT * FROM products") + text("SELECT * FROM variants ORDER BY sku") + text("SELECT * FROM attributes") + text("SELECT sku, place_id, on_hand, reserved FROM stock") + text("SELECT * FROM customers") + text("SELECT * FROM consents"); };
    auto const before = state();
    auto const goods_again = run_text("p2.csv", "product_id,sku,title,price,stock\np1,s1,Lamp two,12,8\np1,s1b,Lamp two,13,\np2,s2,Vase,5,\n");
    auto const people_again = run_text("c2.csv", "customer_id,name,email\nc1,Anna,anna@x.com\n");
    ASSERT_NE(state(), before);
    EXPECT_EQ(undo(people_again.import_id).restored.customers, 1);
    EXPECT_GE(undo(goods_again.import_id).restored.products, 1);
    EXPECT_EQ(state(), before);
    EXPECT_EQ(count("SELECT COUNT(*) FROM variants WHERE sku = 's1b'"), 0);
    EXPECT_EQ(count("SELECT SUM(quantity) FROM stock_moves WHERE sku = 's1'"), 3) << "moves still add up to the stock";
    EXPECT_EQ(text("SELECT reason FROM price_history WHERE sku = 's1' AND price_minor = 1050 ORDER BY from_ms DESC LIMIT 1"), "import_undone");
}

TEST_F(UndoTest, IsRefusedWithCausesAndCounts) {
    auto const p = run_text("p.csv", goods);
    auto const o = run_text("o.csv", sales);
    std::string causes;
    EXPECT_EQ(refused({p.import_id}, &causes), "import_depended_on");
    EXPECT_THAT(causes, HasSubstr("sold_since: products: 1 "));
    EXPECT_EQ(undo(o.import_id).removed.orders, 2);
    EXPECT_EQ(undo(p.import_id).removed.products, 2) << "in reverse order both can be taken back";
}

TEST_F(UndoTest, LeavesWhatIsUsedWhenAskedTo) {
    auto const p = run_text("p.csv", goods);
    run_text("o.csv", sales);
    auto const done = try_undo({p.import_id, true});
    ASSERT_TRUE(done.has_value()) << done.error().message;
    EXPECT_EQ(done->removed.products, 1) << "the vase was not sold";
    EXPECT_EQ(text("SELECT product_id FROM products ORDER BY product_id"), "p1\ns9");
    EXPECT_EQ(count("SELECT COUNT(*) FROM categories"), 2) << "the lamp's categories stay with it";
    EXPECT_EQ(done->left, 3);
}

TEST_F(UndoTest, EditsReturnsAndLaterImportsStandInTheWay) {
    auto const o = run_text("o.csv", sales);
    sql("UPDATE orders SET status = 'shipped' WHERE order_id = 'o1'");
    std::string causes;
    EXPECT_EQ(refused({o.import_id}, &causes), "import_depended_on");
    EXPECT_THAT(causes, HasSubstr("changed_since: orders: 1 "));
    sql("UPDATE orders SET status = 'paid' WHERE order_id = 'o1'");
    sql("INSERT INTO returns (shop_id, return_id, order_id, line, seq, quantity, refund_minor, status, created_at_ms) VALUES (1,'r','o2',0,1,1,1,'accepted',0)");
    causes.clear();
    EXPECT_EQ(refused({o.import_id}, &causes), "import_depended_on");
    EXPECT_THAT(causes, HasSubstr("returned_since: orders: 1 "));
    sql("DELETE FROM returns");
    auto const c = run_text("c.csv", "customer_id,name,email\nc1,Anna,b@x.com\n");
    causes.clear();
    EXPECT_EQ(refused({o.import_id}, &causes), "import_depended_on");
    EXPECT_THAT(causes, HasSubstr("imported_since: customers: 1 "));
    undo(c.import_id);
    EXPECT_EQ(undo(o.import_id).removed.orders, 2) << "the later one taken back, the earlier one can be";
}

TEST_F(UndoTest, KnowsItsLimits) {
    auto const r = run_text("p.csv", goods);
    auto const late = try_undo({r.import_id}, (undo_days + 1) * milliseconds_per_day);
    EXPECT_EQ(late ? "no error" : late.error().reason, "undo_expired");
    EXPECT_EQ(refused({"imp_none"}), "import_not_found");
    auto const same = run_text("p2.csv", goods);
    EXPECT_EQ(refused({same.import_id}), "nothing_to_undo");
    auto const bad = run_text("bad.csv", "product_id,sku,title,price,stock\np3,s3,Cup,4,1\np4,s4,Mug,3,1\np5,s5,Pot,cheap,1\n", {.kind = Rows::products});
    EXPECT_EQ(refused({bad.import_id}), "nothing_to_undo");
    ASSERT_TRUE(try_undo({r.import_id}, 0, false).has_value());
    EXPECT_EQ(count("SELECT COUNT(*) FROM products"), 2) << "rolled back, as a dry run is";
}

TEST_F(UndoTest, AnEmptyShopGetsItsCurrencyBack) {
    auto const empty = whole();
    auto const r = run_text("p.csv", goods, {.currency = "EUR"});
    EXPECT_EQ(text("SELECT currency FROM shops"), "EUR");
    undo(r.import_id);
    EXPECT_EQ(whole(), empty);
}

// A column that a later schema adds must be kept, too, or what is written back would lose it.
TEST_F(UndoTest, KeepsEveryColumnOfTheTablesItWritesBack) {
    for (auto const& t : kept_tables()) {
        auto tx = std::move(*services.store->read(1));
        std::set<std::string> there, kept;
        ASSERT_TRUE(tx->run("SELECT name FROM pragma_table_info('" + std::string(t.table) + "')", {}, [&](Row const& row) -> Result<void> { there.emplace(row.text(0)); return {}; }).has_value());
        for (auto c : t.columns) kept.emplace(c);
        there.erase("shop_id");
        EXPECT_EQ(kept, there) << t.table;
    }
}

}  // namespace
}  // namespace kindling::shop::imports

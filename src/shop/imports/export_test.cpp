// What is written is read back: an export of one shop is an import of another.
#include "shop/duckdb/duckdb.h"
#include "shop/imports/export.h"
#include "shop/imports/imports_test_support.h"
#include <sstream>

namespace kindling::shop::imports {
namespace {

class ExportTest : public ImportTest {
protected:
    Result<std::int64_t> write_out(std::string const& what, ExportFormat format, std::filesystem::path const& to) {
        auto const tx = std::move(*services.store->read(1));
        auto c = context();
        c.open = tx.get();
        return export_table(c, {.what = what, .format = format, .to = to});
    }
    static std::string content(std::filesystem::path const& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

TEST_F(ExportTest, ComesBackAsItWas) {
    run_text("p.csv", "product_id,sku,title,price,stock,weight_g\np1,s1,\"Lamp, \"\"big\"\"\",10.50,3,200\np1,s2,,11,,\np2,s3,Vase,5,,\n");
    run_text("c.csv", "customer_id,name,email,created_at\nc1,Ann,a@x.com,2024-01-01\n");
    run_text("o.csv", "order_id,placed_at,sku,quantity,unit_price,title,customer_id,shipping\no1,2024-01-01 08:00:00,s1,2,10.50,Lamp,c1,3\no1,2024-01-01 08:00:00,s3,1,5,Vase,c1,3\n");
    for (auto const format : {ExportFormat::csv, ExportFormat::jsonl}) {
        auto const ending = format == ExportFormat::csv ? ".csv" : ".jsonl";
        for (auto const& [what, rows] : {std::pair("products", 3), {"customers", 1}, {"orders", 2}}) {
            auto const to = folder / (std::string("out-") + what + ending);
            auto const n = write_out(what, format, to);
            ASSERT_TRUE(n.has_value()) << n.error().message;
            EXPECT_EQ(*n, rows);
            // The shop knows all of it: nothing is refused, and products and orders are as they were.
            auto const r = run({.path = to.string()});
            EXPECT_EQ(r.refused, 0) << what << testing::PrintToString(reasons_of(r));
            EXPECT_EQ(name(r.kind), what);
            EXPECT_EQ(r.unchanged, r.read) << what << ending;
        }
    }
    EXPECT_NE(content(folder / "out-customers.csv").find("a@x.com"), std::string::npos);
}

TEST_F(ExportTest, GuardsSpreadsheetsAndNamesWhatItCannotDo) {
    run_text("p.csv", "product_id,title,price\np1,\"=HYPERLINK(\"\"http://x\"\")\",1\n");
    ASSERT_TRUE(write_out("products", ExportFormat::csv, folder / "p-out.csv").has_value());
    EXPECT_NE(content(folder / "p-out.csv").find("'=HYPERLINK"), std::string::npos);
    EXPECT_EQ(write_out("secrets", ExportFormat::csv, folder / "x.csv").error().reason, "unknown_table");
    EXPECT_EQ(write_out("products", ExportFormat::csv, folder / "no" / "such" / "x.csv").error().reason, "disk_full");
}

// Typed, and equal to the CSV cell by cell when read back; without DuckDB the answer says what to do.
TEST_F(ExportTest, WritesTypedParquet) {
    run_text("p.csv", "product_id,sku,title,price,stock\np1,s1,\"=Lamp, \"\"big\"\"\nof two lines\",10.50,3\np2,s3,Vase,5,\n");
    run_text("c.csv", "customer_id,name,email,created_at\nc1,Ann,a@x.com,2024-01-01\n");
    run_text("o.csv", "order_id,placed_at,sku,quantity,unit_price,title,customer_id\no1,2024-01-01 08:00:00,s1,2,10.50,Lamp,c1\n");
    if (!std::filesystem::exists(duckdb::installed_library())) {
        EXPECT_EQ(write_out("products", ExportFormat::parquet, folder / "p.parquet").error().reason, "duckdb_not_installed");
        GTEST_SKIP() << "DuckDB is not installed";
    }
    for (auto const& [what, rows] : {std::pair("products", 2), {"customers", 1}, {"orders", 1}}) {
        auto const to = folder / (std::string(what) + ".parquet");
        auto const n = write_out(what, ExportFormat::parquet, to);
        ASSERT_TRUE(n.has_value()) << n.error().message;
        EXPECT_EQ(*n, rows);
    }
    EXPECT_FALSE(std::filesystem::exists(folder / "products.parquet.csv"));
    auto db = std::move(*duckdb::DuckDb::open({.shared_library = duckdb::installed_library()}));
    auto const products = std::move(*db.import_parquet(folder / "products.parquet"));
    auto const column = [](facts::ResultTable const& t, std::string_view name) { return *std::ranges::find(t.columns, name, &facts::ResultColumn::name); };
    EXPECT_EQ(column(products, "title").texts[0], "=Lamp, \"big\"\nof two lines") << "as it is: no spreadsheet reads this";
    EXPECT_EQ(column(products, "price").type, facts::ColumnType::real) << "a decimal, which facts hold as a real";
    EXPECT_DOUBLE_EQ(column(products, "price").reals[0], 10.5);
    EXPECT_EQ(column(products, "stock").numbers[0], 3);
    auto const orders = std::move(*db.import_parquet(folder / "orders.parquet"));
    EXPECT_EQ(column(orders, "quantity").numbers[0], 2);
    EXPECT_EQ(column(orders, "placed_at").type, facts::ColumnType::integer) << "a timestamp, milliseconds";
    EXPECT_EQ(column(orders, "placed_at").numbers[0], 1'704'096'000'000);
}

}  // namespace
}  // namespace kindling::shop::imports

// What leaves the facts: SQL, Parquet, CSV and the overview say the same as the rows.
#include "shop/analysis/analysis_for_test.h"
#include "shop/duckdb/duckdb.h"

namespace kindling::shop::analysis {
namespace {

class AnalysisOut : public Analysis {};
INSTANTIATE_TEST_SUITE_P(Stores, AnalysisOut, testing::Values("sqlite", "postgres"), [](auto const& info) { return info.param; });

TEST_P(AnalysisOut, SqlAndParquetSeeTheSameRows) {
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

TEST_P(AnalysisOut, ACsvFileHoldsEveryRowAndNoFormula) {
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

TEST_P(AnalysisOut, TheOverviewIsTheSameFromFactsAndFromTheStore) {
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

}  // namespace
}  // namespace kindling::shop::analysis

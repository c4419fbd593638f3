#include "shop/duckdb/duckdb.h"
#include "shop/facts/facts_test_support.h"
#include <gmock/gmock.h>

namespace kindling::shop::duckdb {
namespace {

using namespace facts;
using testing::ElementsAre, testing::HasSubstr;

class DuckDbTest : public testing::Test {
protected:
    void SetUp() override {
        auto const* path = std::getenv("KINDLING_DUCKDB");
        if (!path) GTEST_SKIP() << "KINDLING_DUCKDB does not name libduckdb.so";
        auto opened = DuckDb::open({.shared_library = path});
        ASSERT_TRUE(opened) << opened.error().message;
        db.emplace(std::move(*opened));
        append(folder.path, lines, "1");
        table.emplace(*Table::open(folder.path));
    }
    std::string reason(std::string const& sql, Limits limits = {}) {
        auto const r = db->query(sql, limits);
        return r ? "" : r.error().reason;
    }
    TestFolder folder;
    std::vector<Line> lines = random_lines(31, 7000);
    std::optional<DuckDb> db;
    std::optional<Table> table;
};

TEST(DuckDbMissing, IsSaidWithWhatToDo) {
    for (auto const* path : {"", "/nowhere/libduckdb.so"}) {
        auto const db = DuckDb::open({.shared_library = path});
        ASSERT_FALSE(db);
        EXPECT_EQ(db.error().code, Errc::unavailable);
        EXPECT_EQ(db.error().reason, "duckdb_not_installed");
        EXPECT_THAT(db.error().message, HasSubstr("npm install"));
    }
}

TEST_F(DuckDbTest, AgreesWithTheFacts) {
    ASSERT_TRUE(db->add("lines", *table));
    auto const theirs = db->query("SELECT status, count(*) AS n, sum(quantity) AS q, sum(quantity * price) AS r, min(day) AS first, avg(score) AS s FROM lines GROUP BY status ORDER BY status");
    ASSERT_TRUE(theirs) << theirs.error().message;
    auto const ours = Query(*table).group_by({"status"}).measure({count(), sum("quantity"), sum_product("quantity", "price"), minimum("day"), average("score")}).order_by("status").run();
    ASSERT_EQ(theirs->rows, ours->rows);
    EXPECT_EQ(theirs->columns[0].texts, ours->columns[0].texts);
    for (std::size_t c = 1; c < 5; ++c) EXPECT_EQ(theirs->columns[c].numbers, ours->columns[c].numbers);
    for (std::size_t r = 0; r < theirs->columns[5].reals.size(); ++r) EXPECT_NEAR(theirs->columns[5].reals[r], ours->columns[5].reals[r], 1e-9);
    EXPECT_EQ(theirs->columns[4].type, ColumnType::day);
}

TEST_F(DuckDbTest, ParquetGoesOutAndComesBack) {
    auto const all = Query(*table).select({"at_ms", "day", "quantity", "paid", "score", "order", "status"}).run();
    ASSERT_TRUE(db->add("lines", *all));
    auto const file = folder.path / "it's.parquet";
    ASSERT_TRUE(db->export_parquet("lines", file));
    auto const back = db->import_parquet(file);
    ASSERT_TRUE(back) << back.error().message;
    ASSERT_EQ(back->rows, all->rows);
    for (std::size_t c = 0; c < all->columns.size(); ++c) {
        EXPECT_EQ(back->columns[c].name, all->columns[c].name);
        EXPECT_EQ(back->columns[c].type, all->columns[c].type);
        EXPECT_EQ(back->columns[c].numbers, all->columns[c].numbers);
        EXPECT_EQ(back->columns[c].reals, all->columns[c].reals);
        EXPECT_EQ(back->columns[c].texts, all->columns[c].texts);
    }
    EXPECT_EQ(db->import_parquet(file, {.max_rows = 10}).error().reason, "result_too_large");
    EXPECT_EQ(db->import_parquet(folder.path / "none").error().reason, "file_not_found");
    std::ofstream(folder.path / "bad.parquet") << "PAR1 not really";
    EXPECT_FALSE(db->import_parquet(folder.path / "bad.parquet"));
}

TEST_F(DuckDbTest, SqlFromOutsideIsConfined) {
    ASSERT_TRUE(db->add("lines", *table));
    std::ofstream(folder.path / "secret.csv") << "a\n1\n";
    EXPECT_EQ(reason("SELECT * FROM read_csv('" + (folder.path / "secret.csv").string() + "')"), "sql_invalid");
    EXPECT_EQ(reason("SELECT * FROM '" + (folder.path / "secret.csv").string() + "'"), "sql_invalid");
    for (auto const* sql : {"DROP TABLE lines", "UPDATE lines SET price = 0", "DELETE FROM lines", "CREATE TABLE x (a INT)", "ATTACH 'x.db'", "SET enable_external_access = true", "COPY lines TO 'x.csv'", "INSTALL httpfs", "PRAGMA enable_profiling", "PRAGMA memory_limit = '90GB'", "SET threads = 64"})
        EXPECT_THAT(reason(sql), testing::AnyOf("sql_not_read_only", "sql_invalid")) << sql;
    EXPECT_EQ(reason("SELECT 1; DROP TABLE lines"), "sql_invalid") << "one statement only";
    EXPECT_EQ(reason("SELEC 1"), "sql_invalid");
    EXPECT_EQ(reason("SELECT count(*) FROM lines"), "");
    EXPECT_EQ(db->export_parquet("lines", folder.path / "late.parquet").error().reason, "external_access_locked");
    EXPECT_EQ(db->import_parquet(folder.path / "late.parquet").error().reason, "external_access_locked");
}

TEST_F(DuckDbTest, LongAndLargeQuestionsEnd) {
    EXPECT_EQ(reason("SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3", {.timeout = std::chrono::milliseconds(100)}), "sql_timeout");
    EXPECT_EQ(reason("SELECT * FROM range(1001)", {.max_rows = 1000}), "result_too_large");
    EXPECT_EQ(reason("SELECT * FROM range(1000)", {.max_rows = 1000}), "");
    EXPECT_EQ(reason("SELECT repeat('x', 2000) FROM range(10)", {.max_text_bytes = 20'000}), "");
    EXPECT_EQ(reason("SELECT repeat('x', 2000) FROM range(11)", {.max_text_bytes = 20'000}), "result_too_large");
}

TEST_F(DuckDbTest, ValuesOfEveryKind) {
    auto const r = db->query("SELECT NULL::BIGINT AS a, NULL::VARCHAR AS b, 1.25::DECIMAL(10,2) AS c, -3::HUGEINT AS d, 170141183460469231731687303715884105727::HUGEINT AS e, TIMESTAMP '1970-01-01 00:00:01.5' AS f, "
                             "DATE '1970-01-02' AS g, true AS h, '超过十二个字节的文字' AS i, 255::UTINYINT AS j, TIMESTAMP '1969-12-31 23:59:59.9999' AS k");
    ASSERT_TRUE(r) << r.error().message;
    EXPECT_THAT(r->columns[0].numbers, ElementsAre(0));
    EXPECT_THAT(r->columns[1].texts, ElementsAre(""));
    EXPECT_THAT(r->columns[2].reals, ElementsAre(1.25));
    EXPECT_THAT(r->columns[3].numbers, ElementsAre(-3));
    EXPECT_NEAR(r->columns[4].reals[0], 1.7014118346046923e38, 1e24);
    EXPECT_THAT(r->columns[5].numbers, ElementsAre(1500));
    EXPECT_THAT(r->columns[6].numbers, ElementsAre(1));
    EXPECT_THAT(r->columns[7].numbers, ElementsAre(1));
    EXPECT_THAT(r->columns[8].texts, ElementsAre("超过十二个字节的文字"));
    EXPECT_THAT(r->columns[9].numbers, ElementsAre(255));
    EXPECT_THAT(r->columns[10].numbers, ElementsAre(-1));
    EXPECT_EQ(reason("SELECT [1, 2] AS list"), "facts_type_mismatch");
}

}  // namespace
}  // namespace kindling::shop::duckdb

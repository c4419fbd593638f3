#include "core/random.h"
#include "shop/files/csv_dialect.h"
#include "shop/files/csv_writer.h"
#include "shop/files/table_reader.h"
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace kindling::shop::files {
namespace {

using testing::ElementsAre, testing::HasSubstr, testing::IsEmpty;

struct Read {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::int64_t> lines;
    std::vector<RowProblem> problems;
    std::vector<std::string> messages;
    TableInfo info;
};

Read read_all(std::string text, TableOptions options = {}) {
    Read all;
    auto table = open_table_bytes(std::move(text), options);
    EXPECT_TRUE(table) << table.error().message;
    if (!table) return all;
    Row row;
    for (;;) {
        auto more = (*table)->next(row);
        EXPECT_TRUE(more) << more.error().message;
        if (!more || !*more) break;
        EXPECT_EQ(row.record, static_cast<std::int64_t>(all.rows.size()) + 1);
        all.rows.emplace_back(row.cells.begin(), row.cells.end());
        all.lines.push_back(row.line), all.problems.push_back(row.problem), all.messages.push_back(row.message);
    }
    all.columns.assign((*table)->columns().begin(), (*table)->columns().end());
    all.info = (*table)->info();
    return all;
}

TEST(CsvReader, ReadsAPlainTable) {
    auto const t = read_all("sku,price\nA1,2.55\nB2,3\n");
    EXPECT_THAT(t.columns, ElementsAre("sku", "price"));
    EXPECT_THAT(t.rows, ElementsAre(ElementsAre("A1", "2.55"), ElementsAre("B2", "3")));
    EXPECT_THAT(t.lines, ElementsAre(2, 3));
    EXPECT_EQ(t.info.delimiter, ',');
}

TEST(CsvReader, LastLineMayLackItsEnd) {
    EXPECT_THAT(read_all("a,b\nx,y").rows, ElementsAre(ElementsAre("x", "y")));
    EXPECT_THAT(read_all("a,b\nx,").rows, ElementsAre(ElementsAre("x", "")));
    EXPECT_THAT(read_all("a,b\nx,\"y\"").rows, ElementsAre(ElementsAre("x", "y")));
    EXPECT_THAT(read_all("a,b").rows, IsEmpty());
    EXPECT_THAT(read_all("a,b\r").rows, IsEmpty());
}

TEST(CsvReader, QuotedCellsHoldDelimitersQuotesAndLineEnds) {
    auto const t = read_all("name,note\r\n\"Lamp, \"\"big\"\"\",\"one\ntwo\r\nthree\"\r\nLast,x\r\n");
    EXPECT_THAT(t.rows, ElementsAre(ElementsAre("Lamp, \"big\"", "one\ntwo\r\nthree"), ElementsAre("Last", "x")));
    EXPECT_THAT(t.lines, ElementsAre(2, 5)) << "the quoted line ends count as physical lines";
}

TEST(CsvReader, EveryLineEndIsALineEnd) {
    for (auto const* end : {"\n", "\r\n", "\r"}) {
        auto const t = read_all(fmt::format("a,b{0}1,2{0}{0}3,4{0}", end));
        EXPECT_THAT(t.rows, ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "4")));
        EXPECT_THAT(t.lines, ElementsAre(2, 4));
    }
}

TEST(CsvReader, AQuoteInsideACellIsText) {
    EXPECT_THAT(read_all("item,size\nscreen,12\" wide\ntie, \"x\n").rows, ElementsAre(ElementsAre("screen", "12\" wide"), ElementsAre("tie", " \"x")));
}

TEST(CsvReader, RaggedRowsAreReportedWithTheirLine) {
    auto const t = read_all("a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n,,\n5,6,7\n");
    EXPECT_THAT(t.problems, ElementsAre(RowProblem::none, RowProblem::too_few_cells, RowProblem::too_many_cells, RowProblem::none, RowProblem::none));
    EXPECT_THAT(t.lines, ElementsAre(2, 3, 4, 5, 7)) << "the row of delimiters is no row";
    EXPECT_THAT(t.rows[1], ElementsAre("1", "2", "")) << "always as many cells as columns";
    EXPECT_THAT(t.rows[2], ElementsAre("1", "2", "3"));
    EXPECT_THAT(t.messages[1], HasSubstr("Line 3: 2 cells where the header has 3"));
}

TEST(CsvReader, AnUnclosedQuoteCostsOneLineNotTheFile) {
    auto const t = read_all("a,b\n1,\"open\n2,two\n3,three\n");
    EXPECT_THAT(t.rows, ElementsAre(ElementsAre("1", "\"open"), ElementsAre("2", "two"), ElementsAre("3", "three")));
    EXPECT_THAT(t.problems, ElementsAre(RowProblem::unclosed_quote, RowProblem::none, RowProblem::none));
    EXPECT_THAT(t.messages[0], HasSubstr("Line 2"));
}

TEST(CsvReader, TextAfterAClosingQuoteIsKeptAndReported) {
    auto const t = read_all("a,b\n\"x\"yz,\"p\" \n\"say \"\"hi\"\" \"now,2\n");
    EXPECT_THAT(t.rows, ElementsAre(ElementsAre("xyz", "p"), ElementsAre("say \"hi\" now", "2")));
    EXPECT_THAT(t.problems, ElementsAre(RowProblem::text_after_quote, RowProblem::text_after_quote));
}

TEST(CsvReader, RecordsThatAreTooLongAreRefusedAndTheNextIsRead) {
    TableOptions options{.max_record_bytes = 1000};
    std::string const huge(700'000, 'x');
    auto const t = read_all("a,b\n1,2\n" + huge + ",3\n4,5\n\"" + huge + "\n6,7\n", options);
    EXPECT_THAT(t.lines, ElementsAre(2, 3, 4, 5, 6));
    EXPECT_THAT(t.problems, ElementsAre(RowProblem::none, RowProblem::record_too_long, RowProblem::none, RowProblem::record_too_long, RowProblem::none));
    EXPECT_THAT(t.rows[4], ElementsAre("6", "7"));
    EXPECT_THAT(t.rows[1], ElementsAre("", ""));
}

TEST(CsvReader, ManyUnclosedQuotesStayLinear) {
    // Each line opens a quote that never closes in its column; reading again must not start over for each of them.
    std::string text = "a,b\n";
    for (int i = 0; i < 200'000; ++i) text += "x,\"y\"\"\n";
    EXPECT_EQ(read_all(text, {.max_record_bytes = 4096}).columns.size(), 2u);
}

TEST(CsvReader, DelimitersAreFoundOut) {
    EXPECT_THAT(read_all("a;b\n1,5;2\n2,5;3\n").rows, ElementsAre(ElementsAre("1,5", "2"), ElementsAre("2,5", "3")));
    EXPECT_THAT(read_all("a\tb\nx, y\tz\n").rows, ElementsAre(ElementsAre("x, y", "z")));
    EXPECT_THAT(read_all("a|b\n1|2\n").rows, ElementsAre(ElementsAre("1", "2")));
    EXPECT_THAT(read_all("sep=;\r\na;b\r\n1;2,3\r\n").rows, ElementsAre(ElementsAre("1", "2,3")));
    EXPECT_THAT(read_all("sku\nA1\nB2\n").rows, ElementsAre(ElementsAre("A1"), ElementsAre("B2"))) << "one column has no delimiter";
    EXPECT_THAT(read_all("title;text\n\"a,b,c\";\"d,e,f\"\n\"g,h,i\";\"j\"\n").columns, ElementsAre("title", "text"));
}

TEST(CsvReader, HeadersAreRecognised) {
    EXPECT_THAT(read_all("1,2\n3,4\n").columns, ElementsAre("column_1", "column_2"));
    EXPECT_THAT(read_all("1,2\n3,4\n").rows, ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "4")));
    EXPECT_THAT(read_all("A,2010-12-01\nB,2010-12-02\n").rows.size(), 2u);
    EXPECT_THAT(read_all(",name,\n1,x,2\n").columns, ElementsAre("column_1", "name", "column_3"));
    EXPECT_THAT(read_all("商品,价格\n茶,12\n").columns, ElementsAre("商品", "价格"));
    EXPECT_THAT(read_all("1,2\n3,4\n", {.header = Header::present}).columns, ElementsAre("1", "2"));
    EXPECT_THAT(read_all("a,b\n3,4\n", {.header = Header::absent}).rows.size(), 2u);
    EXPECT_THAT(read_all(" a ,a,\"a\"\n3,4,5\n", {.header = Header::present}).columns, ElementsAre("a", "a_2", "a_3"));
}

TEST(CsvReader, ThereMustBeATable) {
    for (auto const* text : {"", "\n\r\n", "  \n"}) {
        auto const table = open_table_bytes(text);
        ASSERT_FALSE(table);
        EXPECT_EQ(table.error().reason, "empty_file");
    }
    auto const wide = open_table_bytes(std::string(5000, ',') + "x\n");
    ASSERT_FALSE(wide);
    EXPECT_EQ(wide.error().reason, "too_many_columns");
}

TEST(CsvReader, AgreesWithTheSlowReaderAcrossBlocks) {
    // Random tables much larger than a block, written by the writer, read back cell by cell.
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Random random(seed);
        CsvWriter writer({.formula_guard = FormulaGuard::off, .line_end = seed % 2 ? "\r\n" : "\n"});
        std::vector<std::vector<std::string>> rows;
        auto const width = static_cast<std::size_t>(random.between(2, 9));
        rows.push_back({});
        for (std::size_t c = 0; c < width; ++c) rows[0].push_back(fmt::format("name{}", c));
        for (int r = 0; r < 20'000; ++r) {
            rows.push_back({"k"});
            for (std::size_t c = 1; c < width; ++c) {
                std::string cell;
                for (auto n = random.below(random.chance(0.01) ? 3000 : 12); n > 0; --n) cell += "ab,\"\n\r;x 中"[random.below(9)] == '\xE4' ? "中" : std::string(1, "ab,\"\n\r;x"[random.below(8)]);
                rows.back().push_back(cell);
            }
        }
        for (auto const& row : rows) writer.row(std::span<std::string const>(row));
        auto const text = writer.take();
        auto const t = read_all(text, {.delimiter = ',', .header = Header::present});
        ASSERT_EQ(t.rows.size(), rows.size() - 1);
        for (std::size_t r = 0; r < t.rows.size(); ++r) ASSERT_EQ(t.rows[r], rows[r + 1]) << "seed " << seed << " row " << r;
        EXPECT_EQ(split_records(text, ',', rows.size()), rows);
        EXPECT_THAT(t.problems, testing::Each(RowProblem::none));
    }
}

TEST(CsvReader, AnyBytesEndWithoutACrash) {
    Random random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (auto n = random.below(400); n > 0; --n) text += random.chance(0.6) ? "a,\"\r\n;\t{}"[random.below(9)] : static_cast<char>(random.below(256));
        auto table = open_table_bytes(text, {.max_record_bytes = random.chance(0.5) ? 50u : 5000u});
        if (!table) continue;
        Row row;
        for (std::int64_t n = 0;; ++n) {
            auto const more = (*table)->next(row);
            if (!more || !*more) break;
            ASSERT_EQ(row.cells.size(), (*table)->columns().size());
            ASSERT_LE(n, 401);
        }
    }
}

TEST(CsvWriter, QuotesOnlyWhereNeededAndDisarmsFormulas) {
    CsvWriter writer;
    writer.row(std::vector<std::string>{"plain", "a,b", "say \"x\"", "two\nlines", " outer", ""});
    writer.row(std::vector<std::string>{"=cmd()", "+1", "-2.5", "@SUM(A1)", "-1+2", "\tx"});
    EXPECT_EQ(writer.take(), "plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\" outer\",\r\n\"'=cmd()\",+1,-2.5,\"'@SUM(A1)\",\"'-1+2\",\"'\tx\"\r\n");
    CsvWriter open({.formula_guard = FormulaGuard::off});
    open.row(std::vector<std::string>{"=1"});
    open.row(std::vector<std::string>{""});
    EXPECT_EQ(open.take(), "=1\r\n\"\"\r\n");
}

}  // namespace
}  // namespace kindling::shop::files

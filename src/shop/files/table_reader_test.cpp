#include "shop/files/table_reader.h"
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <unistd.h>
#include <zlib.h>

namespace kindling::shop::files {
namespace {

using testing::ElementsAre;

std::string gzip(std::string_view text) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::vector<std::vector<std::string>> rows_of(TableReader& table) {
    std::vector<std::vector<std::string>> rows;
    Row row;
    for (;;) {
        auto const more = table.next(row);
        EXPECT_TRUE(more) << more.error().message;
        if (!more || !*more) return rows;
        rows.emplace_back(row.cells.begin(), row.cells.end());
    }
}

std::string reason_of(std::string bytes, TableOptions options = {}) {
    auto table = open_table_bytes(std::move(bytes), options);
    if (!table) return table.error().reason;
    Row row;
    for (;;) {
        auto const more = (*table)->next(row);
        if (!more) return more.error().reason;
        if (!*more) return "";
    }
}

TEST(TableReader, UnpacksGzipAlsoInSeveralMembersAndWithPadding) {
    for (auto const& bytes : {gzip("a,b\n1,2\n3,4\n"), gzip("a,b\n1,2\n") + gzip("3,4\n"), gzip("a,b\n1,2\n3,4\n") + std::string(700, '\0')}) {
        auto table = open_table_bytes(bytes);
        ASSERT_TRUE(table);
        EXPECT_THAT(rows_of(**table), ElementsAre(ElementsAre("1", "2"), ElementsAre("3", "4")));
    }
}

TEST(TableReader, DamagedArchivesAreRefused) {
    std::string text = "a,b\n";
    for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919) + ",x\n";
    auto const whole = gzip(text);
    EXPECT_EQ(reason_of(whole), "");
    EXPECT_EQ(reason_of(whole.substr(0, whole.size() / 2)), "truncated_archive");
    EXPECT_EQ(reason_of(whole.substr(0, whole.size() - 4)), "truncated_archive") << "the check sum is missing";
    auto damaged = whole;
    damaged[whole.size() - 6] = static_cast<char>(damaged[whole.size() - 6] ^ 1);
    EXPECT_EQ(reason_of(damaged), "corrupt_archive");
    EXPECT_EQ(reason_of(whole + "garbage after the end"), "corrupt_archive");
}

TEST(TableReader, ZipBombsAreStopped) {
    auto const bomb = gzip(std::string(8 << 20, 'a'));
    EXPECT_EQ(reason_of(bomb, {.source = {.max_bytes = 1 << 20}}), "archive_too_large");
    EXPECT_EQ(reason_of(bomb, {.source = {.max_ratio = 100, .ratio_free_bytes = 1 << 20}}), "archive_too_large");
    EXPECT_EQ(reason_of(gzip("a,b\n" + std::string(8 << 20, '\n')), {.source = {.max_ratio = 2000}}), "");
}

TEST(TableReader, WhatIsNoTableIsNamed) {
    EXPECT_EQ(reason_of("PK\x03\x04 anything"), "unsupported_file");
    EXPECT_EQ(reason_of("%PDF-1.7\n"), "unsupported_file");
    EXPECT_EQ(reason_of("[{\"a\":1}]"), "unsupported_file");
    EXPECT_EQ(reason_of("<html><table>"), "unsupported_file");
    EXPECT_EQ(open_table("/nowhere/at/all.csv").error().reason, "file_not_found");
    EXPECT_EQ(open_table("/").error().reason, "file_unreadable");
}

TEST(TableReader, FilesAreOpenedByContentNotByName) {
    auto const path = std::filesystem::temp_directory_path() / ("kindling_table_" + std::to_string(::getpid()) + ".txt");
    std::ofstream(path, std::ios::binary) << gzip("{\"a\":1}\n");
    auto table = open_table(path);
    ASSERT_TRUE(table);
    EXPECT_EQ((*table)->info().format, Format::jsonl);
    EXPECT_THAT(rows_of(**table), ElementsAre(ElementsAre("1")));
    EXPECT_EQ((*table)->info().consumed_bytes, (*table)->info().total_bytes);
    std::filesystem::remove(path);
}

TEST(JsonlReader, FlattensAVespaPut) {
    auto table = open_table_bytes(R"({"put":"id:p::1","fields":{"title":"Lamp","price":2334,"rating":4.5,"tags":["a","b"],"gone":null,"ok":true}})" "\n");
    ASSERT_TRUE(table);
    EXPECT_THAT(rows_of(**table), ElementsAre(ElementsAre("id:p::1", "Lamp", "2334", "4.5", "[\"a\",\"b\"]", "", "true")));
    EXPECT_THAT((*table)->columns(), ElementsAre("put", "fields.title", "fields.price", "fields.rating", "fields.tags", "fields.gone", "fields.ok"));
    EXPECT_EQ(column_index(**table, "fields.price"), 2);
    EXPECT_EQ(column_index(**table, "price"), -1);
}

TEST(JsonlReader, BadLinesAreReportedAndTheRestIsRead) {
    auto table = open_table_bytes("{\"a\":1}\n\n{\"a\":}\n[1]\n{\"a\":2,\"a\":3}\n{\"a\":\"x\\u0000y\"}\n{\"a\":4}", {.format = Format::jsonl});
    ASSERT_TRUE(table);
    Row row;
    std::vector<std::pair<std::int64_t, RowProblem>> seen;
    while (*(*table)->next(row)) seen.emplace_back(row.line, row.problem);
    EXPECT_THAT(seen, ElementsAre(std::pair(1, RowProblem::none), std::pair(3, RowProblem::malformed_json), std::pair(4, RowProblem::not_an_object),
                                  std::pair(5, RowProblem::malformed_json), std::pair(6, RowProblem::broken_text), std::pair(7, RowProblem::none)));
}

TEST(JsonlReader, ColumnsGrowAtTheEnd) {
    std::string text;
    for (int i = 0; i < 1500; ++i) text += "{\"a\":1}\n";
    auto table = open_table_bytes(text + "{\"b\":2}\n");
    ASSERT_TRUE(table);
    EXPECT_EQ((*table)->columns().size(), 1u);
    auto const rows = rows_of(**table);
    EXPECT_EQ((*table)->columns().size(), 2u);
    EXPECT_THAT(rows.back(), ElementsAre("", "2"));
}

TEST(JsonlReader, LongLinesAreRefusedWithoutBeingHeld) {
    auto table = open_table_bytes("{\"a\":1}\n{\"a\":\"" + std::string(3 << 20, 'x') + "\"}\n{\"a\":2}\n", {.max_record_bytes = 10'000});
    ASSERT_TRUE(table);
    Row row;
    std::vector<RowProblem> problems;
    std::vector<std::int64_t> lines;
    while (*(*table)->next(row)) problems.push_back(row.problem), lines.push_back(row.line);
    EXPECT_THAT(problems, ElementsAre(RowProblem::none, RowProblem::record_too_long, RowProblem::none));
    EXPECT_THAT(lines, ElementsAre(1, 2, 3));
}

// The two real exports, where the project's data are at hand.
TEST(TableReader, ReadsTheRealExports) {
    auto const* data = std::getenv("KINDLING_DATA");
    if (!data) GTEST_SKIP() << "KINDLING_DATA is not set";
    struct Case {
        char const* path;
        std::int64_t rows;
        std::size_t columns;
    };
    for (auto const& c : {Case{"online-retail-uci/online_retail.csv.gz", 541'909, 8}, Case{"amazon-products-24k/products.vespa.jsonl.gz", 24'576, 8}}) {
        auto table = open_table(std::filesystem::path(data) / c.path);
        ASSERT_TRUE(table) << table.error().message;
        Row row;
        while (*(*table)->next(row)) ASSERT_EQ(row.problem, RowProblem::none) << row.message;
        EXPECT_EQ(row.record, c.rows);
        EXPECT_EQ((*table)->columns().size(), c.columns);
    }
}

}  // namespace
}  // namespace kindling::shop::files

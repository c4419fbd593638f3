// shop/facts/facts_test_support.h -- a folder that goes away, and random rows held twice: as facts and as plain structs.
#pragma once
#include "core/random.h"
#include "shop/facts/appender.h"
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace kindling::shop::facts {

struct TestFolder {
    std::filesystem::path path;
    TestFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "kindling_facts_XXXXXX").string();
        path = ::mkdtemp(pattern.data());
    }
    ~TestFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    TestFolder(TestFolder const&) = delete;
    TestFolder& operator=(TestFolder const&) = delete;
};

struct Line {
    std::int64_t at_ms, day, quantity, price, paid;
    double score;
    std::string order, sku, status;
    bool operator==(Line const&) const = default;
};

inline Schema const& line_schema() {
    static Schema const schema{{"at_ms", ColumnType::integer}, {"day", ColumnType::day},   {"quantity", ColumnType::integer}, {"price", ColumnType::integer}, {"paid", ColumnType::boolean},
                               {"score", ColumnType::real},    {"order", ColumnType::text}, {"sku", ColumnType::text},        {"status", ColumnType::text}};
    return schema;
}

inline Line random_line(Random& random, std::int64_t i) {
    auto const day = 20'000 + i / 50;
    return {day * 86'400'000 + static_cast<std::int64_t>(random.below(86'400'000)), day, random.between(-5, 20), random.between(0, 100'000), random.chance(0.7), random.normal(),
            fmt::format("ord_{}", i / 3), fmt::format("sku-{}", random.below(300)), random.one_of(std::vector<std::string>{"paid", "shipped", "", "退货"})};
}

inline std::vector<Line> random_lines(std::uint64_t seed, std::int64_t n) {
    Random random(seed);
    std::vector<Line> lines;
    for (std::int64_t i = 0; i < n; ++i) lines.push_back(random_line(random, i));
    return lines;
}

inline void add(Appender& a, Line const& l) {
    a.integer(0, l.at_ms), a.integer(1, l.day), a.integer(2, l.quantity), a.integer(3, l.price), a.integer(4, l.paid), a.real(5, l.score);
    a.text(6, l.order), a.text(7, l.sku), a.text(8, l.status), a.end_row();
}

inline void append(std::filesystem::path const& folder, std::span<Line const> lines, std::string watermark) {
    auto appender = Appender::open(folder, line_schema());
    ASSERT_TRUE(appender) << appender.error().message;
    for (auto const& line : lines) add(**appender, line);
    auto const done = (*appender)->commit(std::move(watermark));
    ASSERT_TRUE(done) << done.error().message;
}

inline std::vector<Line> read_lines(Table const& table) {
    std::vector<Line> lines(static_cast<std::size_t>(table.rows()));
    std::vector<Column> c;
    for (auto const& spec : table.schema()) {
        auto column = table.column(spec.name);
        EXPECT_TRUE(column) << column.error().message;
        if (!column) return {};
        c.push_back(*column);
    }
    std::size_t row = 0;
    for (std::size_t k = 0; k < table.chunks(); ++k)
        for (std::size_t i = 0; i < static_cast<std::size_t>(table.chunk_rows(k)); ++i, ++row) {
            auto const number = [&](std::size_t column) {
                std::int64_t v;
                c[column].read(k, i, std::span(&v, 1));
                return v;
            };
            double score;
            c[5].read(k, i, std::span(&score, 1));
            lines[row] = {number(0), number(1), number(2), number(3), number(4), score, std::string(c[6].text(number(6))), std::string(c[7].text(number(7))), std::string(c[8].text(number(8)))};
        }
    return lines;
}

}  // namespace kindling::shop::facts

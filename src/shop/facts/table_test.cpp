#include "shop/facts/checksum.h"
#include "shop/facts/facts_test_support.h"
#include <csignal>
#include <gmock/gmock.h>
#include <limits>
#include <sys/wait.h>
#include <thread>

namespace kindling::shop::facts {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

TEST(Checksum, IsCrc32c) {
    EXPECT_EQ(checksum("123456789", 9), 0xE3069283u) << "RFC 3720 B.4";
    EXPECT_EQ(checksum("56789", 5, checksum("1234", 4)), 0xE3069283u);
    EXPECT_EQ(checksum("", 0), 0u);
}

TEST(Packing, HoldsEveryValueInTheFewestBytes) {
    constexpr auto low = std::numeric_limits<std::int64_t>::min(), high = std::numeric_limits<std::int64_t>::max();
    struct Case {
        std::vector<std::int64_t> values;
        int width;
    };
    for (auto const& c : {Case{{7, 7}, 0}, Case{{-3, 252}, 1}, Case{{-3, 253}, 2}, Case{{0, 65535}, 2}, Case{{0, 65536}, 4}, Case{{-1, 0xFFFFFFFE}, 4}, Case{{-1, 0xFFFFFFFF}, 8}, Case{{low, 0, high}, 8}}) {
        std::string bytes;
        auto packed = pack(c.values, bytes);
        EXPECT_EQ(packed.width, c.width);
        EXPECT_EQ(bytes.size(), c.values.size() * static_cast<std::size_t>(c.width));
        packed.data = bytes.data();
        std::vector<std::int64_t> back(c.values.size() - 1);
        unpack(packed, 1, back);
        EXPECT_EQ(back, std::vector<std::int64_t>(c.values.begin() + 1, c.values.end()));
    }
}

TEST(Packing, KeepsBelowTheLargestThatItWasTold) {
    std::string bytes;
    auto packed = pack(std::vector<std::int64_t>{0, 6, 199}, bytes);
    packed.data = bytes.data(), packed.max = 100;  // a manifest that tells of less than there is
    std::vector<std::int64_t> back(3);
    unpack(packed, 0, back);
    EXPECT_EQ(back, (std::vector<std::int64_t>{0, 6, 100}));
}

TEST(Table, IsNotFoundBeforeTheFirstCommit) {
    TestFolder folder;
    EXPECT_EQ(Table::open(folder.path).error().reason, "facts_not_found");
    auto appender = Appender::open(folder.path, line_schema());
    ASSERT_TRUE(appender);
    EXPECT_EQ((*appender)->rows(), 0);
    EXPECT_EQ((*appender)->watermark(), "");
    EXPECT_EQ(Table::open(folder.path).error().reason, "facts_not_found");
    ASSERT_TRUE((*appender)->commit("start"));
    auto const table = Table::open(folder.path);
    ASSERT_TRUE(table);
    EXPECT_EQ(table->rows(), 0);
    EXPECT_EQ(table->watermark(), "start");
}

TEST(Table, GivesBackWhatWasAppendedInManyCommits) {
    TestFolder folder;
    auto const lines = random_lines(1, 20'000);
    Random random(2);
    auto appender = Appender::open(folder.path, line_schema());
    ASSERT_TRUE(appender);
    std::size_t done = 0;
    for (int commit = 0; done < lines.size(); ++commit) {
        auto const n = std::min<std::size_t>(lines.size() - done, random.chance(0.9) ? random.below(30) : random.below(3000));
        for (std::size_t i = 0; i < n; ++i) add(**appender, lines[done + i]);
        done += n;
        ASSERT_TRUE((*appender)->commit(fmt::format("{}", done)));
        if (commit % 20 == 0 || done == lines.size()) {
            auto const table = Table::open(folder.path);
            ASSERT_TRUE(table);
            ASSERT_EQ(table->watermark(), fmt::format("{}", done));
            ASSERT_EQ(read_lines(*table), std::vector<Line>(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(done)));
            ASSERT_LE(table->chunks(), 16u) << "merging keeps chunks few";
        }
        if (commit % 7 == 0) appender->reset(), appender = Appender::open(folder.path, line_schema());
    }
}

TEST(Table, ASnapshotDoesNotChange) {
    TestFolder folder;
    auto const lines = random_lines(3, 9000);
    append(folder.path, std::span(lines).first(3000), "1");
    auto const before = Table::open(folder.path);
    append(folder.path, std::span(lines).subspan(3000), "2");
    auto rebuilt = Appender::open(folder.path, line_schema(), {.start = Start::from_nothing});
    ASSERT_TRUE(rebuilt);
    add(**rebuilt, lines[0]);
    EXPECT_EQ(Table::open(folder.path)->rows(), 9000) << "a rebuild is not seen before its commit";
    ASSERT_TRUE((*rebuilt)->commit("3"));
    EXPECT_EQ(Table::open(folder.path)->rows(), 1);
    EXPECT_EQ(read_lines(*before), std::vector<Line>(lines.begin(), lines.begin() + 3000)) << "although its files are gone";
    for (auto const& entry : fs::directory_iterator(folder.path)) EXPECT_THAT(entry.path().filename().string(), testing::Not(HasSubstr(".1."))) << "old files are removed";
}

TEST(Table, WasteIsCompactedAway) {
    TestFolder folder;
    auto const lines = random_lines(4, 60'000);
    auto appender = Appender::open(folder.path, line_schema());
    ASSERT_TRUE(appender);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        add(**appender, lines[i]);
        if (i % 20 == 0) { ASSERT_TRUE((*appender)->commit("")); }
    }
    ASSERT_TRUE((*appender)->commit("end"));
    EXPECT_EQ(read_lines(*Table::open(folder.path)), lines);
    auto const manifest = load_manifest(folder.path);
    std::int64_t used = 0;
    for (auto n : manifest->column_bytes) used += n;
    EXPECT_GT(manifest->generation, 1);
    EXPECT_LE(used, 2 * manifest->live_bytes() + (4 << 20));
}

TEST(Appender, OneWriterAtATime) {
    TestFolder folder;
    auto const first = Appender::open(folder.path, line_schema());
    ASSERT_TRUE(first);
    EXPECT_EQ(Appender::open(folder.path, line_schema()).error().reason, "facts_locked");
}

TEST(Appender, OtherColumnsNeedARebuild) {
    TestFolder folder;
    append(folder.path, random_lines(5, 10), "1");
    Schema const other{{"sku", ColumnType::text}};
    EXPECT_EQ(Appender::open(folder.path, other).error().reason, "facts_schema_changed");
    auto rebuilt = Appender::open(folder.path, other, {.start = Start::from_nothing});
    ASSERT_TRUE(rebuilt);
    (*rebuilt)->text(0, "A"), (*rebuilt)->end_row();
    ASSERT_TRUE((*rebuilt)->commit("2"));
    EXPECT_EQ(Table::open(folder.path)->schema(), other);
    for (auto const& bad : {Schema{}, Schema{{"A", ColumnType::text}}, Schema{{"../x", ColumnType::text}}, Schema{{"a", ColumnType::text}, {"a", ColumnType::day}}})
        EXPECT_EQ(Appender::open(folder.path / "bad", bad).error().reason, "facts_bad_schema");
}

TEST(Appender, MistakesFailTheCommitAndLeaveNothing) {
    TestFolder folder;
    auto const lines = random_lines(6, 100);
    append(folder.path, lines, "1");
    auto appender = Appender::open(folder.path, line_schema());
    auto const mistakes = std::vector<std::function<void(Appender&)>>{
        [](Appender& a) { a.integer(0, 1), a.end_row(); },                                    // values are missing
        [&](Appender& a) { add(a, lines[0]), a.text(0, "x"); },                               // wrong kind
        [&](Appender& a) { add(a, lines[0]), a.integer(99, 1); },                             // no such column
        [](Appender& a) { a.integer(4, 2); },                                                 // not a boolean
        [](Appender& a) { a.integer(1, std::int64_t(1) << 40); },                             // not a day
    };
    for (auto const& mistake : mistakes) {
        mistake(**appender);
        auto const done = (*appender)->commit("2");
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().reason, "facts_bad_row");
        EXPECT_EQ(Table::open(folder.path)->watermark(), "1");
    }
    add(**appender, lines[7]);
    ASSERT_TRUE((*appender)->commit("2")) << "afterwards it works again";
    EXPECT_EQ(read_lines(*Table::open(folder.path)).back(), lines[7]);
}

TEST(Appender, EraseRemovesExactlyTheRows) {
    TestFolder folder;
    auto lines = random_lines(7, 30'000);
    auto appender = Appender::open(folder.path, line_schema());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        add(**appender, lines[i]);
        if (i % 9000 == 8999) { ASSERT_TRUE((*appender)->commit("1")); }
    }
    ASSERT_TRUE((*appender)->commit("1"));
    auto const erased = (*appender)->erase(one_of("order", {std::string("ord_5"), std::string("ord_9999"), std::string("no such")}));
    ASSERT_TRUE(erased) << erased.error().message;
    EXPECT_EQ(*erased, 6);
    EXPECT_EQ(Table::open(folder.path)->rows(), 30'000) << "not before the commit";
    auto changed = lines[15];
    changed.status = "changed";
    add(**appender, changed);
    ASSERT_TRUE((*appender)->commit("2"));
    std::erase_if(lines, [](Line const& l) { return l.order == "ord_5" || l.order == "ord_9999"; });
    lines.push_back(changed);
    EXPECT_EQ(read_lines(*Table::open(folder.path)), lines);
    EXPECT_EQ(*(*appender)->erase(Filter()), static_cast<std::int64_t>(lines.size()));
    ASSERT_TRUE((*appender)->commit("3"));
    EXPECT_EQ(Table::open(folder.path)->rows(), 0);
}

// kill -9 at any moment: what is found afterwards is one of the commits, whole.
TEST(Crash, AKilledWriterLeavesACommit) {
    TestFolder folder;
    auto const lines = random_lines(8, 40'000);
    std::size_t last = 0;
    for (int round = 0; round < 25; ++round) {
        int ready[2];
        ASSERT_EQ(::pipe(ready), 0);
        auto const child = ::fork();
        if (child == 0) {
            auto appender = Appender::open(folder.path, line_schema());
            if (!appender) ::_exit(1);
            auto at = static_cast<std::size_t>((*appender)->rows());
            Random random(static_cast<std::uint64_t>(round));
            for (;; ) {
                for (auto n = random.below(400); n > 0 && at < lines.size(); --n) add(**appender, lines[at++]);
                if (!(*appender)->commit(fmt::format("{}", at))) ::_exit(2);
                if (::write(ready[1], "x", 1) != 1) ::_exit(3);
                if (at == lines.size()) (*appender)->erase(Filter()), (*appender)->commit("0"), at = 0;
            }
        }
        ::close(ready[1]);
        char byte[64];
        ASSERT_GT(::read(ready[0], byte, 1), 0);
        for (int k = 0; k < round % 5; ++k) (void)!::read(ready[0], byte, sizeof byte);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        ::close(ready[0]);
        auto const table = Table::open(folder.path);
        ASSERT_TRUE(table) << table.error().message;
        last = static_cast<std::size_t>(table->rows());
        ASSERT_EQ(table->watermark(), fmt::format("{}", last));
        ASSERT_EQ(read_lines(*table), std::vector<Line>(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(last)));
    }
    EXPECT_GT(last, 0u);
}

TEST(Crash, ReadersSeeOnlyWholeCommitsWhileOneWrites) {
    TestFolder folder;
    auto const lines = random_lines(9, 4000);
    append(folder.path, std::span(lines).first(10), "10");
    std::jthread writer([&](std::stop_token stop) {
        auto appender = Appender::open(folder.path, line_schema());
        for (std::size_t at = 10; !stop.stop_requested() && at + 37 <= lines.size(); ) {
            for (int k = 0; k < 37; ++k) add(**appender, lines[at++]);
            (void)(*appender)->commit(fmt::format("{}", at));
        }
    });
    for (int i = 0; i < 60; ++i) {
        auto const table = Table::open(folder.path);
        ASSERT_TRUE(table) << table.error().message;
        ASSERT_EQ(table->watermark(), fmt::format("{}", table->rows()));
        ASSERT_EQ(read_lines(*table), std::vector<Line>(lines.begin(), lines.begin() + table->rows()));
    }
}

// What a crash between two writes can leave: everything but the manifest may have grown.
TEST(Crash, BytesThatNoManifestNamesAreIgnoredAndWrittenOver) {
    TestFolder folder;
    auto const lines = random_lines(10, 2000);
    append(folder.path, std::span(lines).first(1000), "1");
    for (auto const& entry : fs::directory_iterator(folder.path))
        if (entry.path().filename() != "manifest.json" && entry.path().filename() != "lock") std::ofstream(entry.path(), std::ios::app | std::ios::binary) << std::string(12'345, '\xEE');
    std::ofstream(folder.path / "manifest.json.new") << "half a man";
    std::ofstream(folder.path / "sku.7.column") << "of an interrupted compaction";
    EXPECT_EQ(read_lines(*Table::open(folder.path)).size(), 1000u);
    append(folder.path, std::span(lines).subspan(1000), "2");
    EXPECT_EQ(read_lines(*Table::open(folder.path)), lines);
    EXPECT_FALSE(fs::exists(folder.path / "sku.7.column"));
}

TEST(Corrupt, EveryDamageIsFoundAndARebuildHeals) {
    auto const lines = random_lines(11, 3000);
    TestFolder original;
    append(original.path, lines, "1");
    Random random(12);
    std::vector<std::string> files;
    for (auto const& entry : fs::directory_iterator(original.path))
        if (entry.path().filename() != "lock") files.push_back(entry.path().filename().string());
    ASSERT_EQ(files.size(), 9u + 3 * 2 + 1);
    for (int round = 0; round < 150; ++round) {
        TestFolder folder;
        fs::copy(original.path, folder.path, fs::copy_options::overwrite_existing | fs::copy_options::recursive);
        auto const path = folder.path / files[static_cast<std::size_t>(round) % files.size()];
        auto const size = fs::file_size(path);
        if (round % 3 == 0) {
            fs::resize_file(path, random.below(size));
        } else {
            std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
            auto const at = static_cast<std::streamoff>(random.below(size));
            file.seekg(at);
            auto const byte = static_cast<char>(file.get() ^ (1 << random.below(8)));
            file.seekp(at);
            file.put(byte);
        }
        auto found = false;
        auto const table = Table::open(folder.path);
        if (!table) found = table.error().reason == "facts_corrupt";
        else
            for (auto const& spec : table->schema())
                if (auto const column = table->column(spec.name); !column) found = column.error().reason == "facts_corrupt";
        // The only bytes that nothing reads are the padding behind a column's last chunk.
        if (!found) {
            ASSERT_TRUE(table);
            ASSERT_THAT(path.filename().string(), HasSubstr(".column"));
            ASSERT_EQ(read_lines(*table), lines);
        }
        auto rebuilt = Appender::open(folder.path, line_schema(), {.start = Start::from_nothing});
        ASSERT_TRUE(rebuilt) << rebuilt.error().message;
        for (auto const& line : lines) add(**rebuilt, line);
        ASSERT_TRUE((*rebuilt)->commit("1"));
        ASSERT_EQ(read_lines(*Table::open(folder.path)), lines);
    }
}

TEST(Corrupt, AForgedManifestIsRefused) {
    TestFolder folder;
    append(folder.path, random_lines(13, 100), "1");
    auto const good = *load_manifest(folder.path);
    EXPECT_TRUE(parse_manifest(format_manifest(good)));
    auto const refused = [&](auto change) {
        auto m = good;
        change(m);
        auto const parsed = parse_manifest(format_manifest(m));
        return !parsed && parsed.error().reason == "facts_corrupt";
    };
    EXPECT_TRUE(refused([](Manifest& m) { m.chunks[0].columns[0].offset = 1 << 30; }));
    EXPECT_TRUE(refused([](Manifest& m) { m.chunks[0].columns[0].offset = -64; }));
    EXPECT_TRUE(refused([](Manifest& m) { m.chunks[0].rows = max_chunk_rows; })) << "beyond the file";
    EXPECT_TRUE(refused([](Manifest& m) { m.chunks[0].columns[6].max = m.dictionaries[6].entries; })) << "a code that is none";
    EXPECT_TRUE(refused([](Manifest& m) { m.chunks[0].columns[2].width = 3; }));
    EXPECT_TRUE(refused([](Manifest& m) { m.chunks[0].columns.pop_back(); }));
    EXPECT_TRUE(refused([](Manifest& m) { m.schema[0].name = "../../etc/passwd"; }));
    EXPECT_TRUE(refused([](Manifest& m) { m.chunks[0].rows = 0; }));
}

}  // namespace
}  // namespace kindling::shop::facts

// Broken files: cut off, changed, missing, of another schema. Each is a clear error or, when only the structure is checked,
// at worst a wrong answer; never a crash. Also the parts that make segments: packing, fuzzy search, query syntax.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/random.h"
#include "engines/text/index/build.h"
#include "engines/text/index/fuzzy.h"
#include "engines/text/index/query_text.h"
#include "engines/text/index/test_language.h"

namespace kindling::text {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}
void write(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

class Folder {
public:
    explicit Folder(std::string_view name) : path_(std::filesystem::temp_directory_path() / (std::string(name) + std::to_string(::getpid()))) {
        std::filesystem::remove_all(path_);
        auto index = *Index::open({.folder = path_, .schema = schema(), .language = language()});
        std::vector<Document> documents;
        for (int i = 0; i < 300; ++i) documents.push_back(document("d" + std::to_string(i), "red shoes " + std::to_string(i % 7), "word" + std::to_string(i), "brand" + std::to_string(i % 3), i));
        EXPECT_TRUE(index->upsert(documents));
        index->erase("d5");
        EXPECT_TRUE(index->save());
        for (auto const& entry : std::filesystem::directory_iterator(path_))
            if (entry.path().extension() == ".kts") segment_ = entry.path();
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Result<std::unique_ptr<Index>> open(IndexOptions::Verify verify = IndexOptions::Verify::checksums, Schema s = schema()) const {
        return Index::open({.folder = path_, .schema = std::move(s), .language = language(), .verify = verify});
    }
    std::string segment() const { return segment_; }
    std::string manifest() const { return path_ + "/manifest"; }

private:
    std::string path_, segment_;
};

void use(const Index& index) {
    auto const snapshot = index.snapshot();
    for (auto const* text : {"red shoes", "\"red shoes\" 3", "word1", "wrod17 shoos", ""})
        (void)snapshot.search({.text = text, .filters = {{{{.field = "brand", .values = {"brand1"}}}}}, .facets = {{.field = "brand"}, {.field = "price", .kind = FacetRequest::Kind::range}},
                               .limit = 50, .matching = Matching::any, .prefix = Prefix::last_word});
    (void)snapshot.explain({.text = "red shoes"}, "d7");
}

TEST(Damage, AnyCutIsFoundEvenWithoutChecksums) {
    Folder const folder("kindling_cut");
    auto const whole = read(folder.segment());
    ASSERT_TRUE(folder.open());
    for (std::size_t const size : {std::size_t{0}, std::size_t{7}, std::size_t{23}, whole.size() / 2, whole.size() - 1}) {
        write(folder.segment(), whole.substr(0, size));
        auto const opened = folder.open(IndexOptions::Verify::structure);
        ASSERT_FALSE(opened) << size;
        EXPECT_EQ(opened.error().reason, "index_damaged");
        EXPECT_THAT(opened.error().message, HasSubstr(".kts"));
    }
}

TEST(Damage, AnyChangedByteIsFound) {
    Folder const folder("kindling_flip");
    for (auto const& path : {folder.segment(), folder.manifest()}) {
        auto const whole = read(path);
        Random random(1);
        for (int i = 0; i < 300; ++i) {
            auto bytes = whole;
            auto const at = i < 32 ? static_cast<std::size_t>(i) : random.below(bytes.size());
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
            write(path, bytes);
            auto const opened = folder.open();
            // Between sections lie up to 7 bytes that mean nothing.
            if (opened) use(**opened);
            else EXPECT_EQ(opened.error().reason, "index_damaged") << at;
        }
        write(path, whole);
        ASSERT_TRUE(folder.open());
    }
}

TEST(Damage, WithoutChecksumsWrongContentsNeverCrash) {
    Folder const folder("kindling_unchecked");
    auto const whole = read(folder.segment());
    Random random(2);
    int opened_count = 0;
    for (int i = 0; i < 600; ++i) {
        auto bytes = whole;
        for (auto n = 1 + random.below(6); n > 0; --n) bytes[random.below(bytes.size())] = static_cast<char>(random.bits());
        write(folder.segment(), bytes);
        if (auto const opened = folder.open(IndexOptions::Verify::structure)) use(**opened), ++opened_count;
    }
    EXPECT_GT(opened_count, 0) << "the test must reach the reading of wrong contents";
}

TEST(Damage, MissingFilesAndOtherSchemas) {
    Folder const folder("kindling_missing");
    auto other = schema();
    other.numbers.push_back("stock");
    EXPECT_EQ(folder.open(IndexOptions::Verify::checksums, other).error().reason, "index_schema_changed");
    auto boosted = schema();
    boosted.texts[0].boost = 9;
    EXPECT_TRUE(folder.open(IndexOptions::Verify::checksums, boosted)) << "boosts are free to change";
    std::filesystem::remove(folder.segment());
    EXPECT_EQ(folder.open().error().reason, "index_damaged");
    auto const memory = memory_index();
    EXPECT_EQ(memory->save().error().reason, "index_in_memory");
    EXPECT_EQ(Index::open({.schema = schema()}).error().reason, "analyse_missing");
    EXPECT_EQ(Index::open({.schema = {}, .language = language()}).error().reason, "schema_invalid");
}

TEST(Packing, RoundTripsEveryWidth) {
    Random random(3);
    for (unsigned bits = 0; bits <= 32; ++bits)
        for (std::size_t const n : {0, 1, 2, 127, 128}) {
            std::vector<std::uint32_t> values(n), back(n);
            for (auto& v : values) v = bits == 0 ? 0 : static_cast<std::uint32_t>(random.bits() >> (64 - bits));
            std::string packed;
            pack(values, bits, packed);
            EXPECT_EQ(packed.size(), packed_bytes(n, bits));
            packed.append(8, '\xFF');
            unpack(packed.data(), n, bits, back.data());
            EXPECT_EQ(back, values) << bits << " bits, " << n;
        }
}

TEST(Packing, ChecksumIsTheKnownOne) {
    EXPECT_EQ(crc32c(std::string_view("123456789")), 0xE3069283u);  // RFC 3720, B.4
    EXPECT_EQ(crc32c(std::string_view("6789"), crc32c(std::string_view("12345"))), 0xE3069283u);
}

TEST(Frequencies, LevelsAreExactToFiveAndNeverLoseAWord) {
    for (float const exact : {0.0f, 0.3f, 0.6f, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f}) EXPECT_EQ(frequency_levels[frequency_level(exact)], exact);
    EXPECT_EQ(frequency_levels[frequency_level(0.001f)], 0.3f);
    EXPECT_EQ(frequency_levels[frequency_level(1e9f)], 25);
}

TEST(Fuzzy, AgreesWithTheDistanceTable) {
    Random random(4);
    std::vector<std::string> words;
    for (int i = 0; i < 3000; ++i) {
        std::string word;
        for (auto n = random.below(8); n > 0; --n) word += static_cast<char>('a' + random.below(4));
        words.push_back(word);
    }
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::string bytes;
    std::vector<std::uint32_t> offsets{0};
    for (auto const& word : words) bytes += word, offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
    StringTable const table{offsets, bytes};
    for (int i = 0; i < 60; ++i) {
        auto const& word = random.one_of(words);
        for (std::uint32_t limit = 1; limit <= 2; ++limit) {
            std::vector<std::uint32_t> expected, got;
            for (std::uint32_t t = 0; t < words.size(); ++t)
                if (auto const d = edit_distance(words[t], word); !word.empty() && d >= 1 && d <= limit) expected.push_back(t);
            for (auto const& match : fuzzy_terms(table, word, limit)) {
                EXPECT_EQ(match.distance, edit_distance(words[match.term], word));
                got.push_back(match.term);
            }
            EXPECT_EQ(got, expected) << word << " " << limit;
        }
    }
    EXPECT_EQ(edit_distance("wacth", "watch"), 1u);
    EXPECT_TRUE(fuzzy_terms(table, std::string(64, 'a'), 2).empty());
}

TEST(QueryText, QuotesAndMinusesOnlyWhereTheyMeanSomething) {
    auto q = parse_query("red \"running shoes\" -blue 24\" wh-1000 - -5 -\"very big\"");
    EXPECT_THAT(q.phrases, ElementsAre("running shoes"));
    EXPECT_THAT(q.excluded, ElementsAre("blue"));
    EXPECT_THAT(q.excluded_phrases, ElementsAre("very big"));
    EXPECT_EQ(q.plain, "red     24\" wh-1000 - -5  ");
    EXPECT_THAT(parse_query("“跑步 鞋” -红色").phrases, ElementsAre("跑步 鞋"));
    EXPECT_THAT(parse_query("“跑步 鞋” -红色").excluded, ElementsAre("红色"));
}

TEST(Identifiers, AreTheirLettersAndDigits) {
    EXPECT_EQ(identifier_term("WH-1000 xm4"), "\x02wh1000xm4");
    EXPECT_EQ(identifier_term("尼康 Z62"), "\x02尼康z62");
    EXPECT_EQ(identifier_term(" -/ "), "");
}

}  // namespace
}  // namespace kindling::text

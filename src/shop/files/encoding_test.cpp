#include "core/random.h"
#include "core/utf8.h"
#include "shop/files/encoding.h"
#include "shop/files/table_reader.h"
#include <gmock/gmock.h>

namespace kindling::shop::files {
namespace {

// "商品,价格" and "茶叶" in GB18030; 𠮷 as its four-byte form.
std::string const gb_header = "\xC9\xCC\xC6\xB7,\xBC\xDB\xB8\xF1", gb_tea = "\xB2\xE8\xD2\xB6";

// One byte at a time: every cut between reads.
class Dripping final : public ByteSource {
public:
    explicit Dripping(std::string bytes) : bytes_(std::move(bytes)) {}
    Result<std::size_t> read(std::span<char> into) override {
        if (at_ == bytes_.size()) return 0;
        into[0] = bytes_[at_++];
        return 1;
    }
    std::int64_t consumed() const override { return static_cast<std::int64_t>(at_); }
    std::int64_t total() const override { return static_cast<std::int64_t>(bytes_.size()); }

private:
    std::string bytes_;
    std::size_t at_ = 0;
};

struct Decoded {
    std::string text;
    Encoding encoding;
    std::int64_t errors;
};

Decoded decode(std::string bytes, Encoding encoding = Encoding::detect, std::size_t room = 64) {
    DecodedSource source(std::make_unique<Dripping>(std::move(bytes)), encoding);
    Decoded result;
    std::string buffer(room, '\0');
    for (;;) {
        auto const n = source.read(buffer);
        EXPECT_TRUE(n);
        if (!n || *n == 0) break;
        result.text.append(buffer, 0, *n);
    }
    result.encoding = source.encoding(), result.errors = source.errors();
    return result;
}

std::string utf16(std::string_view text, std::size_t low) {
    std::string out;
    for (auto c : to_utf32(text)) {
        std::vector<unsigned> units;
        if (c > 0xFFFF) units = {0xD800 + ((unsigned(c) - 0x10000) >> 10), 0xDC00 + ((unsigned(c) - 0x10000) & 0x3FF)};
        else units = {unsigned(c)};
        for (auto u : units) {
            char const bytes[2] = {static_cast<char>(u & 0xFF), static_cast<char>(u >> 8)};
            out += bytes[low], out += bytes[1 - low];
        }
    }
    return out;
}

TEST(Encoding, FindsAndDecodesEach) {
    std::string const text = "sku,名称\nA1,茶叶 𠮷 é\n";
    EXPECT_EQ(decode(text).text, text);
    EXPECT_EQ(decode("\xEF\xBB\xBF" + text).text, text) << "the mark is not text";
    EXPECT_EQ(decode("\xFF\xFE" + utf16(text, 0)).text, text);
    EXPECT_EQ(decode("\xFE\xFF" + utf16(text, 1)).text, text);
    EXPECT_EQ(decode(utf16(text, 0)).encoding, Encoding::utf16le) << "without a mark";
    EXPECT_EQ(decode(utf16(text, 1)).text, text);
    auto const gb = decode(gb_header + "\n" + gb_tea + ",12\n");
    EXPECT_EQ(gb.encoding, Encoding::gb18030);
    EXPECT_EQ(gb.text, "商品,价格\n茶叶,12\n");
    EXPECT_EQ(decode(gb_tea + "\x95\x34\xB2\x35").text, "茶叶𠮷") << "four bytes";
    auto const latin = decode("name,price\nCaf\xE9 cr\xE8me,\xA3" "2.55\n");
    EXPECT_EQ(latin.encoding, Encoding::windows1252);
    EXPECT_EQ(latin.text, "name,price\nCafé crème,£2.55\n");
    EXPECT_EQ(decode("Gr\xF6\xDF" "e \x80 5\n").text, "Größe € 5\n");
    std::string rare;
    for (int i = 0; i < 30; ++i) rare += "\xE9\xAB";  // 楂, of GB 2312's second level
    EXPECT_EQ(decode(rare).encoding, Encoding::gb18030);
    EXPECT_EQ(decode("only ascii").encoding, Encoding::utf8);
    EXPECT_EQ(decode("").text, "");
}

TEST(Encoding, DecidesAtTheFirstByteThatMatters) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "536365,WHITE HANGING HEART\n";
    auto table = open_table_bytes("a,b\n" + text + "C1,\xA3" "5 BAG\nC2,x\n");
    ASSERT_TRUE(table);
    Row row;
    std::string last[2];
    while (*(*table)->next(row)) {
        last[0] = std::exchange(last[1], std::string(row.cells[1]));
        ASSERT_EQ(row.problem, RowProblem::none);
    }
    EXPECT_EQ(last[0], "£5 BAG");
    EXPECT_EQ((*table)->info().encoding, Encoding::windows1252);
}

TEST(Encoding, BrokenTextIsReplacedCountedAndFoundByLine) {
    std::string good;
    for (int i = 0; i < 300; ++i) good += "茶,叶\n";
    auto const t = decode(good + "a\xFF" "b\xE8\x8C,c\n");
    EXPECT_EQ(t.encoding, Encoding::utf8);
    EXPECT_EQ(t.errors, 3);
    EXPECT_THAT(t.text, testing::EndsWith("a\uFFFDb\uFFFD\uFFFD,c\n"));
    auto table = open_table_bytes("名,价\n" + good + "a\xFF,1\nb,2\n");
    ASSERT_TRUE(table);
    Row row;
    std::vector<std::int64_t> broken;
    while (*(*table)->next(row))
        if (row.problem == RowProblem::broken_text) broken.push_back(row.line);
    EXPECT_THAT(broken, testing::ElementsAre(302));
}

TEST(Encoding, NulIsNeverText) {
    EXPECT_EQ(decode(std::string("a\0b\n", 4)).text, "a\uFFFDb\n");
    EXPECT_EQ(decode(std::string("a\0b\n", 4)).errors, 1);
}

TEST(Encoding, CutSequencesAtTheEndAreBroken) {
    EXPECT_EQ(decode("茶\xE8\x8C", Encoding::utf8).text, "茶\uFFFD\uFFFD");
    EXPECT_EQ(decode(gb_tea + "\xB2", Encoding::gb18030).errors, 1);
    EXPECT_EQ(decode(std::string("\x3D\xD8", 2), Encoding::utf16le).errors, 1) << "half a surrogate pair";
}

TEST(Encoding, ValidPrefixAgreesWithCore) {
    Random random(3);
    for (int round = 0; round < 4000; ++round) {
        std::string text;
        for (auto n = random.below(60); n > 0; --n)
            if (random.chance(0.7)) append_utf8(static_cast<char32_t>(random.chance(0.5) ? random.between(1, 127) : random.between(0x80, 0x1FFFF)), text);
            else if (random.chance(0.1)) text += static_cast<char>(random.below(256));
        auto const n = valid_utf8_prefix(text);
        ASSERT_TRUE(is_utf8(std::string_view(text).substr(0, n)));
        if (n < text.size() && text[n] != '\0') {
            std::size_t at = n;
            ASSERT_EQ(next_code_point(text, at), 0xFFFDu) << "what stops it is broken";
        }
    }
}

TEST(Encoding, AnyBytesGiveValidText) {
    Random random(5);
    for (int round = 0; round < 2000; ++round) {
        std::string bytes;
        for (auto n = random.below(300); n > 0; --n) bytes += static_cast<char>(random.chance(0.5) ? random.below(256) : random.between(0xB0, 0xD7));
        for (auto e : {Encoding::detect, Encoding::utf8, Encoding::gb18030, Encoding::utf16le, Encoding::utf16be, Encoding::windows1252}) {
            auto const whole = decode(bytes, e, 4096);
            ASSERT_TRUE(is_utf8(whole.text));
            ASSERT_EQ(whole.text, decode(bytes, e, 64).text);
        }
    }
}

}  // namespace
}  // namespace kindling::shop::files

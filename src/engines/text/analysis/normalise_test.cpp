#include "engines/text/analysis/normalise.h"

#include <gtest/gtest.h>

#include "core/random.h"
#include "core/utf8.h"

namespace kindling::text {
namespace {

TEST(Normalise, FoldsWhatReadsTheSame) {
    struct Case { std::string_view from, to; };
    for (auto const& [from, to] : std::initializer_list<Case>{
             {"", ""}, {"iPhone", "iphone"}, {"ＩＰＨＯＮＥ１５", "iphone15"}, {"藍牙耳機", "蓝牙耳机"}, {"連衣裙", "连衣裙"}, {"蓝牙", "蓝牙"},
             {"著名", "著名"}, {"餅乾", "饼干"}, {"Café", "cafe"}, {"Cafe\u0301", "cafe"}, {"Straße", "strasse"}, {"①号", "1号"}, {"5m²", "5m2"},
             {"80㎝", "80cm"}, {"ﬁne", "fine"}, {"ｶﾞ", "ガ"}, {"İ", "i"}, {"a\u200Bb", "ab"}, {"Å", "a"}, {"ŁÓDŹ", "lodz"}, {"МОСКВА й", "москва й"},
             {"，。！", ",。!"}, {"\u3000", " "}, {"妳", "你"}, {"裏", "里"}, {"\U0001F600", "\U0001F600"}, {"한국", "한국"}, {"\u1112\u1161\u11ab", "한"}})
        EXPECT_EQ(normalise(from), to) << from;
}

TEST(Normalise, MapsBackToTheOriginal) {
    std::string const text = "Ｓ藍e\u0301ﬁ①";
    Normalised out;
    normalise(text, out);
    ASSERT_EQ(to_utf8(out.text), "s蓝efi1");
    EXPECT_EQ(out.begin, (std::vector<std::uint32_t>{0, 3, 6, 9, 9, 12}));
    EXPECT_EQ(out.end, (std::vector<std::uint32_t>{3, 6, 9, 12, 12, 15}));
}

TEST(Normalise, SurvivesBrokenBytes) {
    EXPECT_EQ(normalise("a\xFF\xE4\xBD"), "a\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(normalise(std::string_view("\0a", 2)), std::string_view("\0a", 2));
    EXPECT_EQ(normalise("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate in UTF-8
}

TEST(Normalise, IsIdempotentAndOffsetsAreOrdered) {
    Random random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (int i = 0; i < 12; ++i) {
            static constexpr std::array<std::pair<char32_t, char32_t>, 9> ranges{{{0x20, 0x7F}, {0xA0, 0x250}, {0x300, 0x370}, {0x370, 0x1200}, {0x1E00, 0x3400}, {0x3000, 0x3130}, {0x4E00, 0xA000}, {0xF900, 0xFFFF}, {0x10000, 0x11FFF}}};
            auto const& [from, to] = ranges[random.below(ranges.size())];
            append_utf8(static_cast<char32_t>(from + random.below(to - from)), text);
        }
        Normalised out;
        normalise(text, out);
        auto const once = to_utf8(out.text);
        ASSERT_EQ(normalise(once), once) << text;
        for (std::size_t i = 0; i < out.text.size(); ++i) {
            ASSERT_LT(out.begin[i], out.end[i]);
            ASSERT_LE(out.end[i], text.size());
            if (i > 0) { ASSERT_LE(out.begin[i - 1], out.begin[i]); }
            ASSERT_TRUE(is_utf8(std::string_view(text).substr(out.begin[i], out.end[i] - out.begin[i])));
        }
    }
}

TEST(Normalise, IsLinearOnPiledUpMarks) {
    std::string text = "a";
    for (int i = 0; i < 200'000; ++i) text += i % 2 ? "\u0301" : "\u0323";
    EXPECT_EQ(normalise(text), "a");
}

TEST(Detect, TellsTheLanguages) {
    for (auto const text : {"蓝牙耳机", "苹果 iPhone 手机壳", "买一件T恤", "华为Mate60手机壳透明"}) EXPECT_EQ(detect(text), WrittenLanguage::zh) << text;
    for (auto const text : {"bluetooth headphones", "Café", "a red dress for the 红 party, size 8 please thank you"}) EXPECT_EQ(detect(text), WrittenLanguage::en) << text;
    for (auto const text : {"我要 wireless headphones", "show me 连衣裙"}) EXPECT_EQ(detect(text), WrittenLanguage::mixed) << text;
    for (auto const text : {"", "12345", "!!", "ワイヤレスイヤホン"}) EXPECT_EQ(detect(text), WrittenLanguage::other) << text;
}

}  // namespace
}  // namespace kindling::text

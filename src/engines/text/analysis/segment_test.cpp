#include "engines/text/analysis/segment.h"

#include <gtest/gtest.h>

#include "core/random.h"
#include "core/utf8.h"
#include "engines/text/analysis/analyzer.h"

namespace kindling::text {
namespace {

std::string join(std::vector<std::u32string> const& words) {
    std::string out;
    for (auto const& word : words) out += (out.empty() ? "" : "/") + to_utf8(word);
    return out;
}

std::string cut(Dictionary const& dictionary, std::string_view text) { return join(dictionary.cut(to_utf32(text))); }

// The definition: every way to cut, the greatest sum; of equal sums the one whose first differing word is longer.
void every_cut(Dictionary const& dictionary, std::u32string_view text, std::size_t at, std::vector<std::u32string>& path, double sum, double& best, std::vector<std::u32string>& answer) {
    if (at == text.size()) {
        bool const longer = answer.empty() || std::ranges::lexicographical_compare(answer, path, {}, &std::u32string::size, &std::u32string::size);
        if (sum > best + 1e-9 || (sum > best - 1e-9 && longer)) best = sum, answer = path;
        return;
    }
    bool any = false;
    for (std::size_t n = 1; at + n <= text.size(); ++n) {
        auto const word = text.substr(at, n);
        bool const last = at + n == text.size();
        if (!dictionary.contains(word) && (any || !last || n > 1) && !(n == 1)) continue;
        if (!dictionary.contains(word)) {  // an unknown character stands alone only where no word begins
            bool begins = false;
            for (std::size_t m = 1; at + m <= text.size(); ++m) begins |= dictionary.contains(text.substr(at, m));
            if (begins) continue;
        }
        any = true;
        path.emplace_back(word);
        every_cut(dictionary, text, at + n, path, sum + dictionary.log_probability(word), best, answer);
        path.pop_back();
    }
}

TEST(Segment, AgreesWithEveryPossibleCut) {
    Random random(11);
    std::vector<std::string> const alphabet = {"甲", "乙", "丙", "丁"};
    for (int round = 0; round < 400; ++round) {
        std::map<std::string, int> words;
        for (int w = 0; w < 14; ++w) {
            std::string word;
            for (std::size_t n = 1 + random.below(4); n-- > 0;) word += alphabet[random.below(3 + round % 2)];
            words[word] = static_cast<int>(1 + random.below(round % 3 == 0 ? 2 : 1000));
        }
        std::string file;
        for (auto const& [word, frequency] : words) file += word + ' ' + std::to_string(frequency) + " n\n";
        auto const dictionary = Dictionary::parse(file);
        ASSERT_TRUE(dictionary);
        std::u32string text;
        for (std::size_t n = random.below(10); n-- > 0;) text += to_utf32(alphabet[random.below(alphabet.size())]);
        std::vector<std::u32string> path, expected;
        double best = -1e300;
        every_cut(**dictionary, text, 0, path, 0, best, expected);
        auto const actual = (*dictionary)->cut(text);
        double sum = 0;
        for (auto const& word : actual) sum += (*dictionary)->log_probability(word);
        if (!text.empty()) { ASSERT_NEAR(sum, best, 1e-9) << join(actual) << " or " << join(expected); }
        ASSERT_EQ(join(actual), join(expected)) << file;
    }
}

class Small : public testing::Test {
protected:
    std::shared_ptr<const Dictionary> dictionary = *Dictionary::parse("T恤 4 n\n蓝牙 50 n\n耳机 60 n\n恤 1 n\n卡拉OK 3 n\n女 100 n\n装 30 n\n女装 19 n\n維生素C 5 n\n长 50 n\n");
};

TEST_F(Small, KnowsMixedWords) {
    EXPECT_EQ(cut(*dictionary, "女t恤"), "女/t恤");
    EXPECT_EQ(cut(*dictionary, "10t恤"), "10/t恤");
    EXPECT_EQ(cut(*dictionary, "xt恤"), "xt/恤");  // inside a word nothing begins
    EXPECT_EQ(cut(*dictionary, "去卡拉ok吧"), "去/卡拉ok/吧");
    EXPECT_EQ(cut(*dictionary, "卡拉oks"), "卡/拉/oks");  // nor does it end there
    EXPECT_EQ(cut(*dictionary, "维生素c"), "维生素c");
    EXPECT_EQ(cut(*dictionary, "z62蓝牙耳机wh1000"), "z62/蓝牙/耳机/wh1000");
    EXPECT_EQ(cut(*dictionary, ""), "");
}

TEST_F(Small, UserWordsWinAndGo) {
    EXPECT_EQ(cut(*dictionary, "蓝牙耳机"), "蓝牙/耳机");
    auto const more = dictionary->with(std::vector<UserWord>{{"蓝牙耳机"}, {"珀莱雅"}, {"小米14ultra"}, {"no han"}, {""}});
    EXPECT_EQ(cut(*more, "蓝牙耳机珀莱雅女装"), "蓝牙耳机/珀莱雅/女装");
    EXPECT_EQ(cut(*more, "小米14ultra长"), "小米14ultra/长");
    EXPECT_EQ(cut(*dictionary, "蓝牙耳机"), "蓝牙/耳机") << "a snapshot changed";
    EXPECT_EQ(cut(*dictionary->with(std::vector<UserWord>{{"女装", 0}}), "女装"), "女装");
    EXPECT_EQ(cut(*dictionary->with(std::vector<UserWord>{{"藍牙", 5}}), "蓝牙"), "蓝牙") << "user words are normalised too";
}

TEST(Dictionary, RefusesWhatIsNotOne) {
    EXPECT_EQ(Dictionary::load("/nowhere/dict.txt").error().reason, "dictionary_not_found");
    for (auto const text : {"", "\n\n", "蓝牙\n", "蓝牙 x n\n", "蓝牙 -1 n\n", " 5 n\n", "蓝牙 99999999999999999999999 n\n"})
        EXPECT_EQ(Dictionary::parse(text).error().reason, "dictionary_invalid") << text;
    EXPECT_NE(Dictionary::parse("蓝牙 1 n\n坏行\n").error().message.find("Line 2"), std::string::npos);
    EXPECT_TRUE(Dictionary::parse("蓝牙 1 n\r\n耳机 2"));
}

TEST(Dictionary, CutsLongTextInBlocks) {
    auto const dictionary = *Dictionary::parse("甲乙 5 n\n");
    std::u32string text;
    for (int i = 0; i < 5000; ++i) text += U"甲乙";
    auto const words = dictionary->cut(text);
    std::u32string again;
    for (auto const& word : words) again += word;
    EXPECT_EQ(again, text);
    EXPECT_EQ(words.size(), 5000u);
}

}  // namespace
}  // namespace kindling::text

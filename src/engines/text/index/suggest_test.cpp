#include "engines/text/index/suggest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "core/random.h"
#include "engines/text/index/highlight.h"
#include "engines/text/index/test_language.h"

namespace kindling::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> texts(const std::vector<Suggestion>& suggestions) {
    std::vector<std::string> out;
    for (auto const& s : suggestions) out.push_back(s.text);
    return out;
}

TEST(Suggester, ByBeginningsOfWordsTheHeavierFirst) {
    Suggester const s({{"iPhone case", 5, {"iphone case"}}, {"Case for iPad", 20, {"case for ipad"}}, {"洗澡液", 3, {"洗澡液", "xizaoye", "xzy"}}, {"iPad", 7, {"ipad"}}});
    EXPECT_THAT(texts(s.complete("ip", 10)), ElementsAre("Case for iPad", "iPad", "iPhone case"));
    EXPECT_THAT(texts(s.complete("case f", 10)), ElementsAre("Case for iPad"));
    EXPECT_THAT(texts(s.complete("xz", 10)), ElementsAre("洗澡液"));
    EXPECT_THAT(texts(s.complete("洗", 10)), ElementsAre("洗澡液"));
    EXPECT_THAT(texts(s.complete("ip", 1)), ElementsAre("Case for iPad"));
    EXPECT_THAT(texts(s.complete("", 10)), IsEmpty());
    EXPECT_THAT(texts(s.complete("zz", 10)), IsEmpty());
    EXPECT_THAT(texts(s.complete("ip", 0)), IsEmpty());
    EXPECT_THAT(texts(Suggester({}).complete("a", 3)), IsEmpty());
}

TEST(Suggester, TheSameTextAddsUp) {
    Suggester const s({{"hat", 1, {"hat"}}, {"hat", 3, {"hat"}}, {"ham", 3, {"ham"}}});
    EXPECT_EQ(s.size(), 2u);
    EXPECT_THAT(texts(s.complete("ha", 2)), ElementsAre("hat", "ham"));
}

TEST(Suggester, AgreesWithLookingAtEverything) {
    Random random(5);
    std::vector<Suggester::Entry> entries;
    for (int i = 0; i < 2000; ++i) {
        std::string key;
        for (auto n = 1 + random.below(3); n > 0; --n) {
            if (!key.empty()) key += ' ';
            for (auto m = 1 + random.below(4); m > 0; --m) key += static_cast<char>('a' + random.below(4));
        }
        entries.push_back({"e" + std::to_string(i), static_cast<double>(random.below(50)), {key}});
    }
    Suggester const s(entries);
    for (std::string const prefix : {"a", "ab", "abc", "d", "dd d", "c a"}) {
        std::vector<std::pair<double, std::string>> expected;
        for (auto const& entry : entries) {
            double best = -1;
            auto const& key = entry.keys[0];
            for (std::size_t i = 0; i < key.size(); ++i)
                if ((i == 0 || key[i - 1] == ' ') && key.substr(i).starts_with(prefix)) best = std::max(best, entry.weight * (i == 0 ? 1 : 0.5));
            if (best >= 0) expected.emplace_back(-best, entry.text);
        }
        std::ranges::sort(expected);
        auto const got = s.complete(prefix, 20);
        ASSERT_EQ(got.size(), std::min<std::size_t>(20, expected.size())) << prefix;
        for (std::size_t i = 0; i < got.size(); ++i) {
            EXPECT_EQ(got[i].text, expected[i].second) << prefix << " " << i;
            EXPECT_EQ(got[i].weight, -expected[i].first);
        }
    }
}

TEST(Highlight, MarksTheWordsThatWereLookedFor) {
    std::vector<std::string> const terms{"red", "shoe", "花"};
    EXPECT_THAT(highlight("Red shoes, redder 花花", terms, testing::split), ElementsAre(Span{0, 3}, Span{4, 9}, Span{18, 24}));
    EXPECT_THAT(highlight("", terms, testing::split), IsEmpty());
    EXPECT_THAT(highlight("red", {}, testing::split), IsEmpty());
}

}  // namespace
}  // namespace kindling::text

#include "engines/text/analysis/pinyin.h"

#include <gmock/gmock.h>

namespace kindling::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Pinyin, ReadsCharactersAndWords) {
    EXPECT_EQ(pinyin("蓝牙耳机"), "lanyaerji");
    EXPECT_EQ(pinyin("藍牙"), "lanya");
    EXPECT_EQ(pinyin("洗澡液"), pinyin("洗澡叶"));
    EXPECT_EQ(pinyin("重庆火锅"), "chongqinghuoguo");
    EXPECT_EQ(pinyin("银行"), "yinhang");
    EXPECT_EQ(pinyin("音乐"), "yinyue");
    EXPECT_EQ(pinyin("女装"), "nvzhuang");
    EXPECT_THAT(pinyin_syllables("尼康Z62 相机"), ElementsAre("ni", "kang", "z62", "xiang", "ji"));
    EXPECT_THAT(pinyin_syllables(""), IsEmpty());
    EXPECT_EQ(pinyin_initials("蓝牙耳机"), "lyej");
}

TEST(Pinyin, KnowsSeveralReadings) {
    EXPECT_THAT(readings(U'乐'), testing::UnorderedElementsAre("le", "yue"));
    EXPECT_THAT(readings(U'花'), ElementsAre("hua"));
    EXPECT_THAT(readings(U'z'), IsEmpty());
}

TEST(Pinyin, FoldsWhatSoundsAlike) {
    EXPECT_EQ(fuzzy_syllable("zhong"), "zong");
    EXPECT_EQ(fuzzy_syllable("ling"), fuzzy_syllable("nin"));
    EXPECT_EQ(fuzzy_syllable("sheng"), fuzzy_syllable("sen"));
    EXPECT_EQ(fuzzy_syllable("fan"), fuzzy_syllable("han"));
    EXPECT_EQ(fuzzy_pinyin("牛奶"), fuzzy_pinyin("流来"));
    EXPECT_NE(fuzzy_syllable("ba"), fuzzy_syllable("pa"));
    EXPECT_EQ(fuzzy_syllable(""), "");
}

TEST(Pinyin, CutsWhatIsTyped) {
    EXPECT_THAT(cut_pinyin("xizaoye"), ElementsAre("xi", "zao", "ye"));
    EXPECT_THAT(cut_pinyin("lanyaerji"), ElementsAre("lan", "ya", "er", "ji"));
    EXPECT_THAT(cut_pinyin("xi'an"), ElementsAre("xi", "an"));
    EXPECT_THAT(cut_pinyin("xi zao ye"), ElementsAre("xi", "zao", "ye"));
    EXPECT_THAT(cut_pinyin("nvzhuang"), ElementsAre("nv", "zhuang"));
    EXPECT_THAT(cut_pinyin("fangan"), ElementsAre("fang", "an"));
    EXPECT_THAT(cut_pinyin("iphone"), IsEmpty());
    EXPECT_THAT(cut_pinyin(""), IsEmpty());
    EXPECT_THAT(cut_pinyin("xyz"), IsEmpty());
    EXPECT_THAT(cut_pinyin(std::string(65, 'a')), IsEmpty());
    EXPECT_EQ(cut_pinyin(std::string(64, 'a')).size(), 64u);
    EXPECT_THAT(cut_pinyin("'"), IsEmpty());
}

}  // namespace
}  // namespace kindling::text

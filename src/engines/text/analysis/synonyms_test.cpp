#include "engines/text/analysis/synonyms.h"

#include <gmock/gmock.h>

namespace kindling::text {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(CommerceSynonyms, ParseAndAreMany) {
    auto const groups = commerce_synonyms();
    EXPECT_GE(groups.size(), 400u);
    SynonymTable const table(groups);
    EXPECT_THAT(table.alternatives("KFC"), ElementsAre("肯德基"));
    EXPECT_THAT(table.alternatives("肯德基"), ElementsAre("kfc"));
    EXPECT_THAT(table.alternatives("trainers"), Contains("sneakers"));
    EXPECT_THAT(table.alternatives("手機殼"), Contains("phone case"));
    EXPECT_THAT(table.alternatives("phone cases"), Contains("手机壳"));
    EXPECT_THAT(table.alternatives("LOREAL"), Contains("欧莱雅"));
    EXPECT_THAT(table.alternatives("nothing"), IsEmpty());
}

TEST(SynonymTable, FindsTheLongestInMixedText) {
    SynonymTable const table(std::vector<SynonymGroup>{{"耳机", "headphones"}, {"蓝牙耳机", "bluetooth headphones"}, {"T恤", "t-shirt", "tee"}, {"红", "red"}, {"KFC", "肯德基"}, {"box", "盒子"}, {"berry", "莓"}});
    std::string_view const text = "red 蓝牙耳机 and a T Shirt from KFCs";
    auto const found = table.find(text);
    ASSERT_EQ(found.size(), 4u);
    EXPECT_THAT(found[0].alternatives, ElementsAre("红"));
    EXPECT_EQ(text.substr(found[1].begin, found[1].end - found[1].begin), "蓝牙耳机");
    EXPECT_THAT(found[1].alternatives, ElementsAre("bluetooth headphones"));
    EXPECT_THAT(found[2].alternatives, ElementsAre("t恤", "tee"));
    EXPECT_EQ(text.substr(found[2].begin, found[2].end - found[2].begin), "T Shirt");
    EXPECT_THAT(table.find("hundred reddish kfcx"), IsEmpty()) << "inside words";
    EXPECT_EQ(table.find("boxes and berries").size(), 2u);
    EXPECT_THAT(table.find(""), IsEmpty());
    EXPECT_THAT(table.find("\xFF\xFE"), IsEmpty());
}

TEST(SynonymTable, JoinsTheGroupsOfOneWord) {
    SynonymTable const table(std::vector<SynonymGroup>{{"夹克", "jacket"}, {"外套", "jacket", "outerwear"}, {"one"}, {"same", "SAME"}});
    EXPECT_THAT(table.alternatives("jacket"), ElementsAre("夹克", "外套", "outerwear"));
    EXPECT_THAT(table.alternatives("外套"), ElementsAre("jacket", "outerwear"));
    EXPECT_THAT(table.alternatives("same"), IsEmpty());
    EXPECT_THAT(SynonymTable({}).find("anything"), IsEmpty());
}

TEST(ParseSynonyms, NamesTheLine) {
    auto const good = parse_synonyms("# list\n\n a , b，c # why\r\nd,e");
    ASSERT_TRUE(good);
    EXPECT_THAT(*good, ElementsAre(ElementsAre("a", "b", "c"), ElementsAre("d", "e")));
    for (auto const text : {"a,b\nalone", "a,b\na,,b", "a,b\n,a", "a,b\na,", "a,b\n\xFF,c"}) {
        auto const bad = parse_synonyms(text);
        ASSERT_FALSE(bad) << text;
        EXPECT_EQ(bad.error().reason, "synonyms_invalid");
        EXPECT_NE(bad.error().message.find("Line 2"), std::string::npos);
    }
    EXPECT_FALSE(parse_synonyms("a," + std::string(101, 'b')));
    EXPECT_TRUE(parse_synonyms("a," + std::string(100, 'b')));
    EXPECT_TRUE(parse_synonyms(""));
}

}  // namespace
}  // namespace kindling::text

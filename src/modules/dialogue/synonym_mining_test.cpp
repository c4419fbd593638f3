// Shoppers who say one thing in two ways, and others who mean two things: only the former is proposed.
#include "core/random.h"
#include "modules/dialogue/synonym_mining.h"
#include <gmock/gmock.h>
#include <sstream>

namespace kindling::dialogue {
namespace {

using testing::IsEmpty;

std::vector<std::string> cut(std::string_view query) {
    std::istringstream in{std::string(query)};
    std::vector<std::string> out;
    for (std::string w; in >> w;) out.push_back(w);
    return out;
}

// Clicks of `query` spread over products [from, from + 6).
void click(SearchLog& log, std::string const& query, int from, int clicks, Random& random) {
    auto& q = log.queries[query];
    for (int i = 0; i < clicks; ++i) ++q.clicks["p" + std::to_string(from + static_cast<int>(random.below(6)))], ++q.searches;
}

struct Mined : testing::Test {
    SearchLog log;
    Random random{7};
    SynonymGuards guards{.words = cut};
    std::vector<std::string> found() {
        std::vector<std::string> out;
        for (auto const& e : mine_synonyms(log, guards)) out.push_back(e.first + "=" + e.second);
        return out;
    }
};

TEST_F(Mined, TwoWordsForTheSameGoodsAreFoundInTheirContextsWithEvidence) {
    click(log, "red sneakers", 0, 40, random), click(log, "red trainers", 0, 30, random);
    click(log, "sneakers for men", 10, 40, random), click(log, "trainers for men", 10, 20, random);
    click(log, "red boots", 20, 40, random);
    log.reformulated[{"red trainers", "red sneakers"}] = 6;
    auto const all = mine_synonyms(log, guards);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].first, "sneakers");
    EXPECT_EQ(all[0].second, "trainers");
    EXPECT_GT(all[0].agreement, 0.8);
    EXPECT_EQ(all[0].clicks_first, 80);
    EXPECT_EQ(all[0].clicks_second, 50);
    EXPECT_EQ(all[0].contexts, 2);
    EXPECT_EQ(all[0].reformulations, 6);
    EXPECT_GE(all[0].shared_products, 10);
    EXPECT_EQ(all[0].examples.size(), 2u);
}
TEST_F(Mined, OtherGoodsOrFewClicksAreNotEnough) {
    click(log, "red dress", 0, 60, random), click(log, "blue dress", 5, 60, random);       // one product in common of six
    click(log, "lamp shade", 30, 60, random), click(log, "luminaire shade", 30, 5, random);  // five clicks
    EXPECT_THAT(found(), IsEmpty());
}
TEST_F(Mined, AWiderWordAgreesLess) {
    click(log, "sneakers", 0, 60, random);
    for (int shelf = 0; shelf < 10; ++shelf) click(log, "shoes", shelf * 6, 60, random);
    EXPECT_THAT(found(), IsEmpty());
}
TEST_F(Mined, SearchingAgainCountsWhereClicksAgreeSomewhat) {
    click(log, "couch", 0, 60, random), click(log, "sofa", 3, 60, random);  // half of what is clicked
    EXPECT_THAT(found(), IsEmpty());
    log.reformulated[{"couch", "sofa"}] = 9;
    EXPECT_THAT(found(), testing::ElementsAre("couch=sofa"));
}
TEST_F(Mined, MistypedNumberedOrKeptApartIsLeftAlone) {
    click(log, "headphone stand", 0, 60, random), click(log, "headphnoe stand", 0, 60, random);
    click(log, "iphone 14 case", 10, 60, random), click(log, "iphone 15 case", 10, 60, random);
    EXPECT_THAT(found(), IsEmpty());
    click(log, "linen shirt", 20, 60, random), click(log, "cotton shirt", 20, 60, random);
    EXPECT_THAT(found(), testing::ElementsAre("cotton=linen"));
    guards.apart = [](std::string const& a, std::string const& b) { return a == "cotton" && b == "linen"; };
    EXPECT_THAT(found(), IsEmpty());
}

}  // namespace
}  // namespace kindling::dialogue

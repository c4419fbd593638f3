// What is kept is what would have been made, and another text is another digest.
#include <gtest/gtest.h>

#include "modules/reviews/kept_digests.h"

namespace kindling::reviews {
namespace {

TEST(KeptDigests, AreThoseOfTheirTexts) {
    std::vector<opinion::ReviewText> texts{{"The quality is excellent.", true}, {"质量很好，物流太慢。", false}};
    auto const first = kept_digest(texts, {}), again = kept_digest(texts, {});
    EXPECT_EQ(first, again);  // the same object
    auto const made = opinion::digest(texts, {});
    ASSERT_EQ(first->aspects.size(), made.aspects.size());
    EXPECT_EQ(first->reviews_with_remarks, made.reviews_with_remarks);
    texts[0].body = "The quality is terrible.";
    auto const other = kept_digest(texts, {});
    EXPECT_NE(first, other);
    EXPECT_NE(kept_digest(texts, {.quotes_a_side = 0}), other);
    texts[0].preferred = false;
    EXPECT_NE(kept_digest(texts, {}), other);
    // Where one text ends and the next begins counts.
    std::vector<opinion::ReviewText> const one{{"ab", true}, {"c", true}}, two{{"a", true}, {"bc", true}};
    EXPECT_NE(kept_digest(one, {}), kept_digest(two, {}));
    // Older ones make room; a digest that is held by somebody stays whole.
    for (int i = 0; i < 2100; ++i) {
        auto const text = "good " + std::to_string(i);
        std::vector<opinion::ReviewText> const single{{text, true}};
        kept_digest(single, {});
    }
    EXPECT_NE(kept_digest(std::vector<opinion::ReviewText>{{"The quality is excellent.", true}, {"质量很好，物流太慢。", false}}, {}), first);
}

}  // namespace
}  // namespace kindling::reviews

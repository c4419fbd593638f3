#include "modules/dialogue/pieces.h"
#include "modules/dialogue/sentences.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::ElementsAre, testing::IsEmpty;

std::string first(std::string_view text) {
    auto const end = sentence_end(text);
    return end == text.npos ? "" : std::string(text.substr(0, end));
}

TEST(SentenceEnd, InBothLanguages) {
    EXPECT_EQ(first("It costs CN¥199.00. It is red."), "It costs CN¥199.00.");
    EXPECT_EQ(first("3.5 cm high"), "") << "a number goes on";
    EXPECT_EQ(first("It is red."), "") << "what follows the full stop decides";
    EXPECT_EQ(first("“Red!” he said"), "“Red!”");
    EXPECT_EQ(first("这件很合适。价格"), "这件很合适。");
    EXPECT_EQ(first("他说“好。”然后"), "他说“好。”");
    EXPECT_EQ(first("这件很合适。"), "") << "a closing quote may follow";
    EXPECT_EQ(first("\n\nline one\nline two"), "\n\nline one\n");
    EXPECT_EQ(first(""), "");
}

struct Pieces {
    std::vector<std::string> told;
    // Untrue: whatever holds "lie". Not to be told before it holds "known".
    VerifiedPieces pieces{[](std::string_view text, Extent extent) -> Result<Verdict> {
                              if (text.find("lie") != text.npos) return fail(Errc::unavailable, "untrue", "");
                              return text.find("wait") != text.npos && text.find("known") == text.npos && extent == Extent::so_far ? Verdict::not_yet : Verdict::true_;
                          },
                          [this](std::string_view piece, bool anew) { told.push_back((anew ? "!" : "") + std::string(piece)); }};
};

TEST(VerifiedPieces, ATextInBytesIsToldInSentences) {
    Pieces p;
    std::string_view const text = "  第一句。第二句！The third, 3.5 long. End ";
    for (char c : text) EXPECT_TRUE(p.pieces.feed(std::string_view(&c, 1)));
    EXPECT_THAT(p.told, ElementsAre("第一句。", "第二句！", "The third, 3.5 long."));
    EXPECT_EQ(p.pieces.end().value(), "第一句。第二句！The third, 3.5 long. End");
    EXPECT_THAT(p.told, ElementsAre("第一句。", "第二句！", "The third, 3.5 long.", " End"));
}

TEST(VerifiedPieces, NothingIsToldFromTheFirstUntrueSentenceOn) {
    Pieces p;
    EXPECT_TRUE(p.pieces.feed("True. "));
    EXPECT_FALSE(p.pieces.feed("A lie. True again. "));
    EXPECT_FALSE(p.pieces.feed("And more. "));
    EXPECT_THAT(p.told, ElementsAre("True."));
    EXPECT_EQ(p.pieces.end().error().reason, "untrue");
    EXPECT_THAT(p.told, ElementsAre("True."));
}

TEST(VerifiedPieces, WhatCannotBeJudgedYetWaits) {
    Pieces p;
    p.pieces.feed("wait. ");
    EXPECT_THAT(p.told, IsEmpty());
    p.pieces.feed("known. x");
    EXPECT_THAT(p.told, ElementsAre("wait. known."));
}

TEST(VerifiedPieces, AnotherTextTakesThePlaceOfTheFirst) {
    Pieces p;
    p.pieces.feed("Let me look. ");
    p.pieces.anew();
    p.pieces.feed("Found it. Here. ");
    EXPECT_EQ(p.pieces.end().value(), "Found it. Here.");
    EXPECT_THAT(p.told, ElementsAre("Let me look.", "!Found it.", " Here."));
    Pieces silent;
    silent.pieces.feed("A lie. ");
    silent.pieces.anew();
    silent.pieces.feed("Fine. x");
    EXPECT_THAT(silent.told, ElementsAre("Fine.")) << "nothing was told that could be replaced, and a lie in a round of calls is forgotten";
}

}  // namespace
}  // namespace kindling::dialogue

// The rule by which a plugged model is let in, on talks made up for it.
#include "modules/dialogue/trial_judge.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::ElementsAre, testing::IsEmpty, testing::UnorderedElementsAre;

TriedTalk compared(TalkOutcome guide, TalkOutcome model) {
    TriedTalk talk{.name = "t", .guide = guide, .model = model};
    compare(talk);
    return talk;
}

TEST(TrialJudge, ATalkIsWorseWhenItIsWorseInAnything) {
    TalkOutcome const usual{.resolved = true, .turns_to_fit = 2, .questions = 1, .score = 80};
    EXPECT_EQ(compared(usual, usual).verdict, TalkVerdict::same);
    auto sooner = usual;
    sooner.turns_to_fit = 1;
    EXPECT_EQ(compared(usual, sooner).verdict, TalkVerdict::better);
    EXPECT_THAT(compared(usual, sooner).better_in, ElementsAre("turns_to_fit"));
    auto mixed = sooner;
    mixed.questions = 2;
    EXPECT_EQ(compared(usual, mixed).verdict, TalkVerdict::worse) << "sooner, but asking more";
    auto never = usual;
    never.turns_to_fit = 0, never.resolved = false;
    EXPECT_THAT(compared(usual, never).worse_in, ElementsAre("resolved", "turns_to_fit"));
    auto other = usual;
    other.limits_kept = false, other.empty_ends = 1, other.person = true;
    EXPECT_THAT(compared(usual, other).worse_in, ElementsAre("limits_kept", "empty_ends", "person"));
}

ModelTrial decided(std::vector<TriedTalk> rows, std::int64_t used, std::int64_t by_guide, std::int64_t by_model) {
    ModelTrial trial{.worded = 10, .words_used = used, .told_by_guide = by_guide, .told_by_model = by_model, .rows = std::move(rows)};
    decide(trial);
    return trial;
}
std::vector<std::string> reasons(ModelTrial const& trial) {
    std::vector<std::string> out;
    for (auto const& f : trial.faults) out.push_back(f.reason);
    EXPECT_EQ(trial.passed, out.empty());
    return out;
}

TEST(TrialJudge, AModelMustBeBetterInSomethingAndWorseInNothing) {
    TalkOutcome const usual{.resolved = true, .turns_to_fit = 2, .score = 80};
    auto sooner = usual, later = usual;
    sooner.turns_to_fit = 1, later.turns_to_fit = 3;
    auto const same = compared(usual, usual), better = compared(usual, sooner), worse = compared(usual, later);
    EXPECT_THAT(reasons(decided({same}, 10, 20, 20)), ElementsAre("not_better"));
    EXPECT_THAT(reasons(decided({same}, 10, 20, 21)), IsEmpty());
    EXPECT_THAT(reasons(decided({same, better}, 10, 20, 20)), IsEmpty());
    EXPECT_THAT(reasons(decided({same, better}, 10, 20, 19)), ElementsAre("tells_less"));
    EXPECT_THAT(reasons(decided({better, better, worse}, 10, 20, 40)), ElementsAre("talk_lost"));
    EXPECT_THAT(reasons(decided({better}, 7, 20, 20)), ElementsAre("words_unusable"));
    EXPECT_THAT(reasons(decided({better}, 8, 20, 20)), IsEmpty());
    auto const two = decided({same, worse}, 10, 20, 40);
    EXPECT_EQ(two.talks, 2);
    EXPECT_EQ(two.worse, 1);
    EXPECT_DOUBLE_EQ(two.score_guide, 80);
}

TEST(TalkScore, IsTheSumThatItsHeadNames) {
    EXPECT_EQ(talk_score({.turns = 4, .settled = true, .ordered = true}), 100);
    EXPECT_EQ(talk_score({.turns = 3}), 40) << "three turns that asked for a number and settled nothing";
    EXPECT_EQ(talk_score({.turns = 4, .relaxed = 2, .settled = true, .person = true}), 20 + 10 + 10 + 5 + 10);
    EXPECT_EQ(talk_score({.turns = 7, .withheld = 1, .settled = true}), 40 + 10 + 10 + 5);
    EXPECT_EQ(talk_score({.turns = 20, .relaxed = 20}), 20);
    EXPECT_EQ(talk_score({.turns = 4, .offered = 8, .offered_true = 6, .settled = true, .ordered = true}), 97) << "a quarter of what was offered missed a limit that was stated";
}

TEST(TrialJudge, ATalkIsResolvedByGoodsThatMeetEveryLimitOfItsEnd) {
    test::Talk talk;
    std::vector<Turn> turns{talk.say("dresses"), talk.say("linen, in red")};
    std::vector<CaseTurn> expected;
    for (auto const& t : turns) expected.push_back({.text = "", .constraints = limits_of(t), .topic = t.topic});
    auto const& goal = turns.back().state.constraints;
    ASSERT_EQ(goal.size(), 3u);
    auto const outcome = judge_talk(*talk.view, turns, expected, goal);
    EXPECT_TRUE(outcome.resolved && outcome.limits_kept);
    EXPECT_EQ(outcome.empty_ends, 0);
    EXPECT_EQ(outcome.score, 80);
    // Two fit, one of them in burgundy; the first turn may have shown one by chance.
    bool const at_once = std::ranges::any_of(turns[0].blocks, [](Block const& b) { return std::ranges::any_of(b.cards, [](Card const& c) { return c.sku == "d1-Red" || c.sku == "d3-Burgundy"; }); });
    EXPECT_EQ(outcome.turns_to_fit, at_once ? 1 : 2);
    // Without its cards nothing is shown that fits, and a search that ends without goods ended empty.
    for (auto& turn : turns) std::erase_if(turn.blocks, [](Block const& b) { return b.kind != BlockKind::text; });
    auto const empty = judge_talk(*talk.view, turns, expected, goal);
    EXPECT_FALSE(empty.resolved);
    EXPECT_EQ(empty.empty_ends, 2);
    expected[1].constraints.pop_back();
    EXPECT_FALSE(judge_talk(*talk.view, turns, expected, goal).limits_kept);
}

TEST(TrialJudge, WhatIsToldIsCountedOnceByWholeWords) {
    test::Talk talk;
    auto const turn = talk.say("a red linen dress");
    EXPECT_THAT(told(*talk.view, turn, "The Linen dress is of linen, in red; linen!"), UnorderedElementsAre("linen dress", "linen", "red"));
    EXPECT_THAT(told(*talk.view, turn, "Shared linens, rarely priced."), IsEmpty());
}

}  // namespace
}  // namespace kindling::dialogue

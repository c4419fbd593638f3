// A plugged model is tried on the regression set before it speaks: one that is better, those that are not and why, and presents.
#include "modules/dialogue/answer_test_support.h"

namespace kindling::dialogue {
namespace {

using namespace test;
using namespace providers::test;
using testing::Contains, testing::ElementsAre, testing::Field, testing::HasSubstr;

using Script = std::function<void(int, Asked const&, Connection&)>;

Script saying(std::function<std::string(Asked const&)> words) {
    return [words](int, Asked const& asked, Connection& c) { c.write(std::string(stream_head) + token(words(asked)) + finish() + done()); };
}
// What the draft says.
std::string as_drafted(Asked const& asked) {
    std::string out;
    for (auto const& text : of_draft(asked, "text")) out += (out.empty() ? "" : " ") + text;
    return out;
}
// And the first of the goods by name and price.
std::string by_name(Asked const& asked) {
    auto const title = of_draft(asked, "title").at(0), price = of_draft(asked, "price").at(0);
    return as_drafted(asked) + (in_chinese(asked) ? title + "售价" + price + "。" : " The " + title + " costs " + price + ".");
}
auto const fault = [](std::string reason) { return Field(&TrialFault::reason, reason); };

TEST_F(AnswerTest, AModelSpeaksOnlyOnceItHasBeatenTheBuiltInGuide) {
    FakeEndpoint server(saying(by_name));
    configure(server);
    auto const before = ask({.text = "a red linen dress", .locale = "en"});
    EXPECT_EQ(server.asked().size(), 0u) << "a model that was not tried is not asked";
    run("dialogue.keep_case", {{"conversation_id", before->conversation_id}, {"name", "red linen"}});
    EXPECT_FALSE(trials().in_use);
    auto const trial = switch_on();
    ASSERT_TRUE(trial) << trial.error().message;
    EXPECT_TRUE(trial->passed && trial->in_use);
    EXPECT_GE(trial->talks, 7) << "the kept one, and two languages for each of three categories";
    EXPECT_EQ(trial->worse, 0);
    EXPECT_GT(trial->worded, 4);
    EXPECT_EQ(trial->words_used, trial->worded);
    EXPECT_GT(trial->told_by_model, trial->told_by_guide);
    EXPECT_TRUE(trial->rows.at(0).kept_by_people && trial->rows[0].model.resolved && trial->rows[0].model.limits_kept);
    EXPECT_EQ(trial->rows[0].model.turns_to_fit, 1);
    EXPECT_TRUE(trials().in_use && trials().trials.at(0).in_use);
    EXPECT_THAT(text(*ask({.text = "a linen dress in red", .locale = "en"})), HasSubstr("The Linen dress costs"));
    // Another model under the same address has to pass for itself.
    run("settings.update", {{"changes", json::array{json::object{{"name", "language_model_name"}, {"value", "m-2"}}}}});
    EXPECT_FALSE(trials().in_use);
    auto const asked = server.asked().size();
    EXPECT_TRUE(ask({.text = "red dress of linen", .locale = "en"}));
    EXPECT_EQ(server.asked().size(), asked);
}

TEST_F(AnswerTest, WordsThatAreUntrueAreNoReasonToSwitchAModelOn) {
    FakeEndpoint liar(saying([](Asked const& a) { return std::string(in_chinese(a) ? "今天全场五折包邮！" : "All of it is half price with free shipping!"); }));
    configure(liar);
    auto const refused = switch_on();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "model_is_worse");
    EXPECT_THAT(refused.error().message, HasSubstr("could be used in 0 of"));
    auto const kept = trials().trials.at(0);
    EXPECT_THAT(kept.faults, ElementsAre(fault("words_unusable")));
    EXPECT_THAT(kept.refused, Contains(Field(&RefusedWords::reason, "model_answer_untrue")));
    EXPECT_FALSE(kept.passed || kept.in_use);
    EXPECT_LT(kept.worded, 6) << "ends once too many could not be used";
}

TEST_F(AnswerTest, AModelThatLosesATalkIsRefused) {
    // Its words are true, but it narrows what nobody asked it to.
    FakeEndpoint narrow([](int, Asked const& asked, Connection& c) {
        bool const answered = asked.body.find("\"role\":\"tool\"") != std::string::npos;
        c.write(std::string(stream_head) + (answered ? token(by_name(asked)) + finish() : calls("guide_show", {{"wish", "black"}}) + finish("tool_calls")) + done());
    });
    configure(narrow);
    auto const refused = switch_on();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "model_is_worse");
    EXPECT_THAT(trials().trials.at(0).faults, Contains(fault("talk_lost")));
    EXPECT_THAT(trials().trials.at(0).rows, Contains(Field(&TriedTalk::worse_in, Contains("limits_kept"))));
    auto const asked = narrow.asked().size();
    EXPECT_TRUE(ask({.text = "a red linen dress", .locale = "en"}));
    EXPECT_EQ(narrow.asked().size(), asked) << "and is not asked for shoppers";
}

TEST_F(AnswerTest, WordsThatTellLessOrTheSameAreRefused) {
    // The built-in guide says "linen" and "red" of what it shows.
    run("dialogue.keep_case", {{"conversation_id", ask({.text = "a red linen dress", .locale = "en"})->conversation_id}, {"name", "red linen"}});
    FakeEndpoint polite(saying([](Asked const& a) { return std::string(in_chinese(a) ? "可以看看这些。" : "Have a look."); }));
    configure(polite);
    ASSERT_FALSE(switch_on());
    EXPECT_THAT(trials().trials.at(0).faults, ElementsAre(fault("tells_less")));
    FakeEndpoint parrot(saying(as_drafted));
    configure(parrot);
    ASSERT_FALSE(switch_on());
    EXPECT_THAT(trials().trials.at(0).faults, ElementsAre(fault("not_better")));
    EXPECT_EQ(trials().trials.size(), 2u);
}

TEST_F(AnswerTest, AModelThatIsLateOrFailsIsRefused) {
    patience_ = {.deadline = std::chrono::milliseconds(80)};
    FakeEndpoint slow([](int, Asked const&, Connection& c) { stall(c); });
    configure(slow);
    ASSERT_FALSE(switch_on());
    EXPECT_THAT(trials().trials.at(0).faults, ElementsAre(fault("words_unusable")));
    EXPECT_THAT(trials().trials.at(0).refused, Contains(Field(&RefusedWords::reason, "model_timeout")));
    FakeEndpoint broken([](int, Asked const&, Connection& c) { c.write(answer_of(401, "{}")); });
    configure(broken);
    auto const refused = switch_on();
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("model_key_refused"));
}

TEST_F(AnswerTest, APresentMayBePlannedAndWordedByTheModel) {
    FakeEndpoint server([](int, Asked const& asked, Connection& c) {
        bool const answered = asked.body.find("\"role\":\"tool\"") != std::string::npos;
        c.write(std::string(stream_head) + (answered ? token("The Linen dress would be a fine gift.") + finish() : calls("guide_show", {{"wish", ""}, {"skus", json::array{"d1-Red"}}}) + finish("tool_calls")) + done());
    });
    plug_in(server);
    auto const answer = ask({.text = "a gift for my mother", .locale = "en"});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->topic, "gift");
    EXPECT_THAT(shown(*answer), ElementsAre("d1"));
    EXPECT_EQ(text(*answer), "The Linen dress would be a fine gift.");
}

}  // namespace
}  // namespace kindling::dialogue

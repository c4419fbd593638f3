#include "providers/language/answer_reader.h"
#include <gtest/gtest.h>

namespace kindling::providers {
namespace {

std::string event(std::string const& json) { return "data: " + json + "\n\n"; }
std::string delta(std::string const& members) { return event(R"({"choices":[{"delta":{)" + members + "}}]}"); }
std::string const end = event(R"({"choices":[{"delta":{},"finish_reason":"stop"}]})"), done = "data: [DONE]\n\n";

Result<ChatAnswer> read(std::string const& body, std::size_t step = 1, AnswerLimits limits = {}) {
    AnswerReader reader({}, limits);
    for (std::size_t i = 0; i < body.size(); i += step)
        if (reader.feed(std::string_view(body).substr(i, step)) == Flow::stop) break;
    return reader.finish();
}
std::string reason(Result<ChatAnswer> const& r) { return r ? "" : r.error().reason; }

TEST(AnswerReader, WordsComeTogetherWhereverTheStreamIsCut) {
    auto const body = ": hello\n\n" + delta(R"("role":"assistant","content":"")") + delta(R"("content":"晚上")") + delta(R"("content":"好\n")") + end + event(R"({"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}})") + done;
    for (std::size_t step = 1; step <= body.size(); ++step) {
        auto const a = read(body, step);
        ASSERT_TRUE(a) << step << a.error().message;
        EXPECT_EQ(a->text, "晚上好\n");
        EXPECT_EQ(a->usage.prompt_tokens, 7);
        EXPECT_EQ(a->usage.answer_tokens, 2);
        EXPECT_EQ(a->usage.source, Usage::Source::reported);
        EXPECT_EQ(a->finish, ChatAnswer::Finish::complete);
    }
}

TEST(AnswerReader, ToolCallsAreAssembledByIndexThoughTheyInterleave) {
    auto const a = read(delta(R"("tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"catalog-list","arguments":""}}])") + delta(R"("tool_calls":[{"index":1,"id":"b","function":{"name":"stock-list","arguments":"{\"s"}}])") +
                        delta(R"("tool_calls":[{"index":0,"function":{"arguments":"{\"q\":1}"}},{"index":1,"function":{"arguments":"ku\":2}"}}])") + event(R"({"choices":[{"delta":{},"finish_reason":"tool_calls"}]})") + done);
    ASSERT_TRUE(a);
    ASSERT_EQ(a->tool_calls.size(), 2u);
    EXPECT_EQ(a->tool_calls[0].arguments, R"({"q":1})");
    EXPECT_EQ(a->tool_calls[1].name, "stock-list");
    EXPECT_EQ(a->tool_calls[1].arguments, R"({"sku":2})");
    EXPECT_EQ(a->finish, ChatAnswer::Finish::tools);
}

TEST(AnswerReader, ToolCallsWithoutAnIndexBeginWithANewId) {
    auto const a = read(delta(R"("tool_calls":[{"id":"a","function":{"name":"x","arguments":"{"}}])") + delta(R"("tool_calls":[{"function":{"arguments":"}"}}])") + delta(R"("tool_calls":[{"id":"b","function":{"name":"y","arguments":{"n":1}}}])") + end);
    ASSERT_TRUE(a);
    ASSERT_EQ(a->tool_calls.size(), 2u);
    EXPECT_EQ(a->tool_calls[0].arguments, "{}");
    EXPECT_EQ(a->tool_calls[1].arguments, R"({"n":1})");
}

TEST(AnswerReader, ServerThatDoesNotStreamIsUnderstood) {
    auto const a = read(R"(  {"model":"m","choices":[{"message":{"role":"assistant","content":"Hello","tool_calls":null},"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":4}})", 5);
    ASSERT_TRUE(a);
    EXPECT_EQ(a->text, "Hello");
    EXPECT_EQ(a->finish, ChatAnswer::Finish::length);
    EXPECT_EQ(a->usage.answer_tokens, 4);
    EXPECT_EQ(reason(read(R"({"choices":[]})")), "model_answer_malformed");
    EXPECT_EQ(reason(read(R"({"choices":[{"message":)")), "model_answer_malformed");
}

TEST(AnswerReader, ReasoningIsLeftOut) {
    auto const with = [](std::string const& content) { return read(delta(R"("reasoning_content":"hm")") + delta(R"("content":")" + content + "\"") + end)->text; };
    EXPECT_EQ(with("<think>a <b> c</think>\\n\\nHello"), "Hello");
    EXPECT_EQ(with("<thin air"), "<thin air");
    EXPECT_EQ(with("I <think> so</think>"), "I <think> so</think>");
    EXPECT_EQ(with("<thi"), "<thi") << "what only might have become reasoning is said at the end";
    EXPECT_EQ(read(delta(R"("content":"<think>never ends")") + end)->text, "");
}

TEST(AnswerReader, CutRubbishAndServerErrorsAreErrors) {
    EXPECT_EQ(reason(read("")), "model_answer_cut");
    EXPECT_EQ(reason(read(delta(R"("content":"Hel")"))), "model_answer_cut");
    EXPECT_EQ(reason(read(event("{not json"))), "model_answer_malformed");
    EXPECT_EQ(reason(read(event("[1]"))), "model_answer_malformed");
    EXPECT_EQ(reason(read(event(R"({"choices":[7]})"))), "model_answer_malformed");
    EXPECT_EQ(reason(read(delta(R"("tool_calls":[{"index":0,"id":"a","function":{"arguments":"{}"}}])") + end)), "model_answer_malformed") << "a call without a name";
    auto const failed = read(delta(R"("content":"Hel")") + event(R"({"error":{"message":"out of\nmemory"}})"));
    EXPECT_EQ(reason(failed), "model_unavailable");
    EXPECT_NE(failed.error().message.find("out of memory"), std::string::npos);
    EXPECT_EQ(reason(read("<html>502</html>")), "model_answer_cut");
}

TEST(AnswerReader, LimitsHoldAtTheirEdges) {
    AnswerLimits const limits{.text_bytes = 8, .argument_bytes = 4, .tool_calls = 2};
    auto const said = [&](std::string const& text) { return read(delta("\"content\":\"" + text + "\"") + end, 512, {.text_bytes = 8, .argument_bytes = 400}); };
    EXPECT_EQ(said("12345678")->text, "12345678");
    EXPECT_EQ(reason(said("123456789")), "model_answer_malformed");
    auto const calls = [&](int n) {
        AnswerReader reader({}, {.argument_bytes = 4000, .tool_calls = limits.tool_calls});
        for (int i = 0; i < n; ++i) reader.feed(delta(R"("tool_calls":[{"index":)" + std::to_string(i) + R"(,"function":{"name":"x"}}])"));
        reader.feed(done);
        return reader.finish();
    };
    EXPECT_EQ(calls(2)->tool_calls.size(), 2u);
    EXPECT_EQ(reason(calls(3)), "model_answer_malformed");
}

TEST(AnswerReader, ReceiverCanStopTheAnswer) {
    std::string heard;
    AnswerReader reader([&](std::string_view text) { heard += text; return heard.size() >= 2 ? Flow::stop : Flow::go_on; });
    EXPECT_EQ(reader.feed(delta(R"("content":"a")")), Flow::go_on);
    EXPECT_EQ(reader.feed(delta(R"("content":"b")") + delta(R"("content":"c")")), Flow::stop);
    auto const a = reader.finish();
    ASSERT_TRUE(a);
    EXPECT_EQ(a->text, "ab");
    EXPECT_EQ(a->finish, ChatAnswer::Finish::stopped);
    EXPECT_EQ(heard, "ab");
}

TEST(AnswerReader, UsageIsEstimatedWhenTheServerDoesNotCount) {
    auto const a = read(delta(R"("content":"123456")") + end);
    EXPECT_EQ(a->usage.source, Usage::Source::estimated);
    EXPECT_EQ(a->usage.answer_tokens, 2);
    EXPECT_EQ(read(delta(R"("content":"1")") + event(R"({"choices":[],"usage":{"prompt_tokens":-5,"completion_tokens":1}})") + done)->usage.source, Usage::Source::estimated);
}

}  // namespace
}  // namespace kindling::providers

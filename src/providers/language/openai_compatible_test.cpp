#include "providers/language/openai_compatible.h"
#include "core/json_text.h"
#include "providers/language/fake_endpoint_for_test.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kindling::providers {
namespace {

using namespace std::chrono_literals;
using namespace test;
using testing::HasSubstr;
using testing::Not;

struct Fixture {
    explicit Fixture(FakeEndpoint& server) {
        options.endpoint = {.url = server.url(), .key = "sk-top-secret", .reach = Reach::anywhere, .first_token_timeout = 5s, .between_tokens_timeout = 5s, .wait = [this](std::chrono::milliseconds time, std::stop_token) { pauses.push_back(time); return true; }};
        options.model = "m-1";
        options.prices = {.prompt_minor_per_million = 100, .answer_minor_per_million = 400};
    }
    Result<ChatAnswer> ask(ChatOptions const& how = {}) {
        if (!model) model = std::make_unique<OpenAiCompatible>(options);
        return model->chat({.messages = {{Speaker::system, "Be brief."}, {Speaker::user, "Hi"}}}, how);
    }
    OpenAiOptions options;
    std::vector<std::chrono::milliseconds> pauses;
    std::unique_ptr<OpenAiCompatible> model;
};
std::string reason(Result<ChatAnswer> const& r) { return r ? "" : r.error().reason; }
void good(Connection& c, std::string_view text = "Hello") { c.write(std::string(stream_head) + token(text) + finish() + usage(20, 10) + done()); }

TEST(OpenAiCompatible, StreamsWordsAndCountsTheirCost) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { c.write(std::string(stream_head) + token("Hel") + ": ping\n\n" + token("lo") + finish() + usage(20, 10) + done()); });
    Fixture f(server);
    std::vector<std::string> pieces;
    auto const a = f.ask({.on_text = [&](std::string_view t) { pieces.emplace_back(t); return Flow::go_on; }});
    ASSERT_TRUE(a) << a.error().message;
    EXPECT_EQ(a->text, "Hello");
    EXPECT_EQ(pieces, (std::vector<std::string>{"Hel", "lo"}));
    EXPECT_EQ(a->model, "m-1");
    EXPECT_EQ(a->attempts, 1);
    EXPECT_EQ(a->usage.cost_millionths, 20 * 100 + 10 * 400);
    auto const asked = server.asked().at(0);
    EXPECT_TRUE(asked.head.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"));
    EXPECT_THAT(asked.head, HasSubstr("Authorization: Bearer sk-top-secret\r\n"));
    auto const body = parse_json(asked.body).value();
    EXPECT_EQ(body.at("messages").at(0).at("role"), "system");
    EXPECT_EQ(body.at("stream"), true);
    EXPECT_FALSE(body.get_object().contains("tools"));
}

TEST(OpenAiCompatible, SendsToolsAndTheirResults) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { good(c); });
    Fixture f(server);
    OpenAiCompatible model(f.options);
    ASSERT_TRUE(model.chat({.messages = {{.speaker = Speaker::assistant, .tool_calls = {{"call_1", "stock-list", "{}"}}}, {.speaker = Speaker::tool, .text = "broken \xFF byte", .tool_call_id = "call_1"}}, .tools = {{"stock-list", "Stock.", {{"type", "object"}}}}}));
    auto const body = parse_json(server.asked().at(0).body).value();
    EXPECT_EQ(body.at("messages").at(0).at("tool_calls").at(0).at("function").at("name"), "stock-list");
    EXPECT_TRUE(body.at("messages").at(0).at("content").is_null());
    EXPECT_EQ(body.at("messages").at(1).at("tool_call_id"), "call_1");
    EXPECT_EQ(body.at("messages").at(1).at("content"), "broken \uFFFD byte");
    EXPECT_EQ(body.at("tools").at(0).at("function").at("parameters").at("type"), "object");
}

TEST(OpenAiCompatible, RefusalsAreNotRepeatedAndSayWhatToDo) {
    for (auto const& [status, expected] : {std::pair{401, "model_key_refused"}, {403, "model_key_refused"}, {404, "model_not_found"}, {400, "model_request_refused"}, {302, "model_request_refused"}}) {
        FakeEndpoint server([s = status](int, Asked const&, Connection& c) { c.write(answer_of(s, R"({"error":{"message":"Bad key sk-top-secret or model"}})")); });
        Fixture f(server);
        auto const a = f.ask();
        EXPECT_EQ(reason(a), expected);
        EXPECT_EQ(a.error().code, Errc::failed_precondition);
        EXPECT_THAT(a.error().message, Not(HasSubstr("top-secret"))) << "the key is never in a message";
        EXPECT_EQ(server.asked().size(), 1u);
    }
}

TEST(OpenAiCompatible, RepeatsWhatMayPassByItselfAfterGrowingPauses) {
    FakeEndpoint server([](int n, Asked const&, Connection& c) { n < 3 ? c.write(answer_of(503, "busy")) : good(c); });
    Fixture f(server);
    auto const a = f.ask();
    ASSERT_TRUE(a) << a.error().message;
    EXPECT_EQ(a->attempts, 3);
    ASSERT_EQ(f.pauses.size(), 2u);
    EXPECT_GE(f.pauses[0], 150ms);
    EXPECT_LE(f.pauses[0], 300ms);
    EXPECT_GE(f.pauses[1], 300ms);
    EXPECT_LE(f.pauses[1], 600ms);
}

TEST(OpenAiCompatible, GivesUpAfterItsAttempts) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { c.write(answer_of(500, R"({"error":"no GPU"})")); });
    Fixture f(server);
    auto const a = f.ask();
    EXPECT_EQ(reason(a), "model_unavailable");
    EXPECT_THAT(a.error().message, HasSubstr("no GPU"));
    EXPECT_EQ(server.asked().size(), 3u);
}

TEST(OpenAiCompatible, WaitsAsLongAsTheServerAsksButNotBeyondTheDeadline) {
    FakeEndpoint server([](int n, Asked const&, Connection& c) { n == 1 ? c.write(answer_of(429, "{}", "Retry-After: 7\r\n")) : n == 2 ? good(c) : c.write(answer_of(429, "{}", "Retry-After: 60\r\n")); });
    Fixture f(server);
    ASSERT_TRUE(f.ask());
    EXPECT_EQ(f.pauses, std::vector{std::chrono::milliseconds(7s)});
    EXPECT_EQ(reason(f.ask({.deadline = 30s})), "model_rate_limited");
    EXPECT_EQ(server.asked().size(), 3u) << "sixty seconds do not fit into thirty";
}

TEST(OpenAiCompatible, QuotaThatIsGoneIsNotWaitedFor) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { c.write(answer_of(429, R"({"error":{"message":"quota","code":"insufficient_quota"}})")); });
    Fixture f(server);
    EXPECT_EQ(reason(f.ask()), "model_rate_limited");
    EXPECT_EQ(server.asked().size(), 1u);
}

TEST(OpenAiCompatible, BrokenOffBeforeTheFirstTokenIsRepeatedAfterItIsNot) {
    FakeEndpoint server([](int n, Asked const&, Connection& c) { n == 1 ? c.write(stream_head) : n == 2 ? good(c) : c.write(std::string(stream_head) + token("Hel")); });
    Fixture f(server);
    auto const a = f.ask();
    ASSERT_TRUE(a);
    EXPECT_EQ(a->attempts, 2);
    EXPECT_EQ(reason(f.ask()), "model_answer_cut");
    EXPECT_EQ(server.asked().size(), 3u) << "words were streamed: no second try";
}

TEST(OpenAiCompatible, ConnectionResetInTheMiddleIsACutAnswer) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { c.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9999\r\n\r\n" + token("Hel")); });
    Fixture f(server);
    EXPECT_EQ(reason(f.ask()), "model_answer_cut");
    EXPECT_EQ(server.asked().size(), 1u);
}

TEST(OpenAiCompatible, RubbishInTheMiddleIsAnError) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { c.write(std::string(stream_head) + token("Hel") + event("{\"choices\":[{]}") + done()); });
    Fixture f(server);
    EXPECT_EQ(reason(f.ask()), "model_answer_malformed");
    EXPECT_EQ(server.asked().size(), 1u);
}

TEST(OpenAiCompatible, FirstTokenAndTheNextHaveTheirOwnLimits) {
    FakeEndpoint server([](int n, Asked const&, Connection& c) {
        if (n == 2) c.write(std::string(stream_head) + token("Hel") + ": keep-alive\n\n");
        else if (n == 1) c.write(std::string(stream_head) + ": keep-alive\n\n");
        stall(c);
    });
    Fixture f(server);
    f.options.endpoint.connect_timeout = 20ms, f.options.endpoint.attempts = 1;
    f.options.endpoint.first_token_timeout = 20ms, f.options.endpoint.between_tokens_timeout = 5s;
    auto a = f.ask();
    EXPECT_EQ(reason(a), "model_timeout") << "comments are not tokens";
    EXPECT_THAT(a.error().message, HasSubstr("begin"));
    f.model.reset();
    f.options.endpoint.connect_timeout = 5s, f.options.endpoint.first_token_timeout = 5s, f.options.endpoint.between_tokens_timeout = 20ms;
    a = f.ask();
    EXPECT_EQ(reason(a), "model_timeout");
    EXPECT_THAT(a.error().message, HasSubstr("middle"));
}

TEST(OpenAiCompatible, DeadlineHoldsForEverything) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { stall(c); });
    Fixture f(server);
    EXPECT_EQ(reason(f.ask({.deadline = 30ms})), "model_timeout");
    EXPECT_EQ(reason(f.ask({.deadline = 0ms})), "model_timeout");
}

TEST(OpenAiCompatible, StopTokenEndsTheWaiting) {
    std::stop_source stop;
    FakeEndpoint server([&](int, Asked const&, Connection& c) {
        stop.request_stop();
        stall(c);
    });
    Fixture f(server);
    EXPECT_EQ(reason(f.ask({.stop = stop.get_token()})), "cancelled");
    EXPECT_EQ(server.asked().size(), 1u);
}

TEST(OpenAiCompatible, AModelWithoutToolsStillAnswersInWords) {
    FakeEndpoint server([](int, Asked const& asked, Connection& c) {
        if (parse_json(asked.body)->get_object().contains("tools")) c.write(answer_of(400, R"({"error":{"message":"m-1 does not support tools"}})"));
        else good(c);
    });
    Fixture f(server);
    OpenAiCompatible model(f.options);
    ChatRequest const request{.messages = {{Speaker::user, "Hi"}}, .tools = {{"find", "Finds.", {{"type", "object"}}}}};
    for (int i = 0; i < 2; ++i) {
        auto const a = model.chat(request);
        ASSERT_TRUE(a) << a.error().message;
        EXPECT_EQ(a->text, "Hello");
    }
    EXPECT_EQ(server.asked().size(), 3u) << "the refusal is remembered";
}

TEST(OpenAiCompatible, LeavesOutWhatTheServerRefusesAndRemembers) {
    FakeEndpoint server([](int, Asked const& asked, Connection& c) {
        auto const body = parse_json(asked.body).value();
        auto const has = [&](std::string_view name) { return body.get_object().contains(name); };
        if (has("stream_options")) c.write(answer_of(400, R"({"error":{"message":"Unrecognized request argument supplied: stream_options"}})"));
        else if (has("max_tokens")) c.write(answer_of(400, R"({"error":{"message":"Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."}})"));
        else if (has("stream")) c.write(answer_of(422, R"({"error":{"message":"stream is not supported"}})"));
        else c.write(answer_of(200, R"({"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]})"));
    });
    Fixture f(server);
    auto const a = f.ask();
    ASSERT_TRUE(a) << a.error().message;
    EXPECT_EQ(a->text, "Hello");
    EXPECT_EQ(a->attempts, 1);
    EXPECT_EQ(a->usage.source, Usage::Source::estimated);
    EXPECT_EQ(server.asked().size(), 4u);
    ASSERT_TRUE(f.ask());
    EXPECT_EQ(server.asked().size(), 5u);
    EXPECT_EQ(parse_json(server.asked().back().body)->at("max_completion_tokens"), 800);
}

TEST(OpenAiCompatible, RestsAfterFailuresInARow) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { c.write(answer_of(500, "")); });
    Fixture f(server);
    f.options.endpoint.failures_before_rest = 2, f.options.endpoint.attempts = 1;
    EXPECT_EQ(reason(f.ask()), "model_unavailable");
    EXPECT_EQ(reason(f.ask()), "model_unavailable");
    EXPECT_EQ(reason(f.ask()), "model_paused");
    EXPECT_EQ(server.asked().size(), 2u);
}

TEST(OpenAiCompatible, PrivateAddressesNeedTheOwnersWord) {
    FakeEndpoint server([](int, Asked const&, Connection& c) { good(c); });
    Fixture f(server);
    f.options.endpoint.reach = EndpointOptions{}.reach;
    EXPECT_EQ(reason(f.ask()), "model_not_configured");
    EXPECT_EQ(server.asked().size(), 0u);
}

TEST(OpenAiCompatible, UnsetOrUnreachableIsAnError) {
    EXPECT_EQ(reason(OpenAiCompatible({}).chat({})), "model_not_configured");
    EXPECT_EQ(reason(OpenAiCompatible({.endpoint = {.url = "ftp://x"}, .model = "m"}).chat({})), "model_not_configured");
    EXPECT_EQ(reason(OpenAiCompatible({.endpoint = {.url = "http://127.0.0.1:1/v1", .reach = Reach::anywhere, .attempts = 1}, .model = "m"}).chat({})), "model_unavailable");
}

TEST(CircuitBreaker, OneTriesAfterTheRest) {
    CircuitBreaker breaker(2, 100ms);
    CircuitBreaker::Instant const start{};
    breaker.failed(start), breaker.succeeded(), breaker.failed(start);
    EXPECT_TRUE(breaker.may_pass(start)) << "not in a row";
    breaker.failed(start);
    EXPECT_FALSE(breaker.may_pass(start + 99ms));
    EXPECT_TRUE(breaker.may_pass(start + 100ms));
    EXPECT_FALSE(breaker.may_pass(start + 100ms)) << "one at a time";
    breaker.undecided();
    EXPECT_TRUE(breaker.may_pass(start + 100ms));
    breaker.failed(start + 100ms);
    EXPECT_FALSE(breaker.may_pass(start + 199ms));
    EXPECT_TRUE(breaker.may_pass(start + 200ms));
    breaker.succeeded();
    EXPECT_TRUE(breaker.may_pass(start + 200ms));
    EXPECT_TRUE(breaker.may_pass(start + 200ms));
}

}  // namespace
}  // namespace kindling::providers

// Long tools over Streamable HTTP, in both dialects: progress and the result as events, closing and cancelling, every message against the schemas.
#include "gateway/mcp/mcp_server.h"
#include "gateway/mcp/protocol_schemas.h"
#include "gateway/render/sample_operations.h"
#include <condition_variable>
#include <gmock/gmock.h>
#include <future>
#include <mutex>

namespace kindling::gateway {

namespace {

using testing::HasSubstr;
using Headers = std::map<std::string, std::string>;

class McpStream : public testing::TestWithParam<std::string> {
protected:
    bool modern() const { return GetParam() == "2026-07-28"; }
    Headers headers(std::string name = "forecast_demand", std::string method = "tools/call") const {
        Headers h{{"Content-Type", "application/json"}, {"Accept", "application/json, text/event-stream"}, {"MCP-Protocol-Version", GetParam()}};
        if (modern()) h["Mcp-Method"] = std::move(method), h["Mcp-Name"] = std::move(name);
        else h["Mcp-Session-Id"] = "s1";
        return h;
    }
    json::object request(json::value progress_token, std::string_view name = "forecast_demand", json::value id = 7) const {
        json::object meta;
        if (modern()) meta = {{"io.modelcontextprotocol/protocolVersion", GetParam()}, {"io.modelcontextprotocol/clientInfo", {{"name", "t"}, {"version", "1"}}}, {"io.modelcontextprotocol/clientCapabilities", json::object{}}};
        if (!progress_token.is_null()) meta["progressToken"] = std::move(progress_token);
        json::object out{{"jsonrpc", "2.0"}, {"id", std::move(id)}, {"method", "tools/call"}, {"params", {{"name", name}, {"arguments", json::object{}}, {"_meta", meta}}}};
        ProtocolSchemas::expect(out, GetParam(), "CallToolRequest");
        return out;
    }
    McpResponse post(json::object const& body, Headers const& h) {
        auto const text = to_text(body);
        return server.handle({.header = [&](std::string_view name) -> std::optional<std::string_view> {
                                  auto const i = h.find(std::string(name));
                                  if (i == h.end()) return {};
                                  return i->second;
                              },
                              .body = text}, caller);
    }
    // Everything that a stream sends, held against the schemas.
    std::vector<json::object> all(McpResponse const& response, std::stop_token gone = {}) {
        EXPECT_EQ(response.status, 200);
        EXPECT_EQ(response.body, "");
        std::vector<json::object> out;
        if (!response.stream) return out;
        response.stream([&](json::object const& m) { out.push_back(m); }, std::move(gone));
        for (auto const& m : out) {
            if (m.contains("method")) ProtocolSchemas::expect(m, GetParam(), "ProgressNotification");
            else if (m.contains("error")) ProtocolSchemas::expect(m, GetParam(), GetParam() == "2025-06-18" ? "JSONRPCError" : "JSONRPCErrorResponse");
            else if (modern()) ProtocolSchemas::expect(m, GetParam(), "CallToolResultResponse");
            else ProtocolSchemas::expect(m, GetParam(), GetParam() == "2025-06-18" ? "JSONRPCResponse" : "JSONRPCResultResponse"), ProtocolSchemas::expect(m.at("result"), GetParam(), "CallToolResult");
            ProtocolSchemas::expect(m, GetParam(), "JSONRPCMessage");
        }
        return out;
    }
    // Waits for the stop; false after ten seconds.
    static bool stopped(std::stop_token stop) {
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        never.wait_for(lock, stop, std::chrono::seconds(10), [] { return false; });
        return stop.stop_requested();
    }

    Registry registry = sample::registry();
    McpServer server{registry, {}};
    McpCaller caller{.may = [](auto) { return true; }, .execute = [this](auto name, auto asked, auto const& options) {
                         for (int i = 1; i <= 4; ++i) options.progress(i, 4, "step");
                         options.progress(3, 4, "back");  // never told: progress rises
                         return sample::execute(registry, name, asked);
                     }, .id = "key_1"};
};
INSTANTIATE_TEST_SUITE_P(Dialects, McpStream, testing::Values("2026-07-28", "2025-11-25", "2025-06-18"), [](auto const& i) { return "v" + std::to_string(i.index); });

TEST_P(McpStream, ProgressThenTheResultAndNothingAfter) {
    for (auto const& token : {json::value("t"), json::value(3)}) {
        auto const response = post(request(token), headers());
        EXPECT_THAT(response.headers, testing::Contains(std::pair<std::string, std::string>("Content-Type", "text/event-stream")));
        EXPECT_THAT(response.headers, testing::Contains(std::pair<std::string, std::string>("X-Accel-Buffering", "no")));
        auto const messages = all(response);
        ASSERT_EQ(messages.size(), 5u);
        for (int i = 0; i < 4; ++i) {
            auto const& params = messages[static_cast<std::size_t>(i)].at("params");
            EXPECT_EQ(params.at("progressToken"), token);
            EXPECT_EQ(params.at("progress"), i + 1);
            EXPECT_EQ(params.at("total"), 4);
        }
        EXPECT_EQ(messages[4].at("id"), 7);
        EXPECT_EQ(messages[4].at("result").at("isError"), false);
    }
}

TEST_P(McpStream, OneBodyWhereNobodyAskedForMore) {
    EXPECT_FALSE(post(request(nullptr), headers()).stream) << "without a token";
    EXPECT_FALSE(post(request("t", "catalogue_search"), headers("catalogue_search")).stream) << "not a long operation";
    EXPECT_FALSE(post(request("t", "no_such"), headers("no_such")).stream);
    auto h = headers();
    h["Accept"] = "application/json";
    auto const plain = post(request("t"), h);
    EXPECT_FALSE(plain.stream);
    EXPECT_TRUE(json::parse(plain.body).as_object().contains("result"));
    caller.may = [](auto permission) { return permission == "public"; };
    auto const refused = post(request("t"), headers());
    EXPECT_FALSE(refused.stream);
    EXPECT_THAT(refused.body, HasSubstr("Unknown tool"));
}

TEST_P(McpStream, AFailureAndAWrongOptionAreMessagesToo) {
    caller.execute = [](auto, auto, auto const& options) -> Result<json::value> {
        options.progress(1, 0, "begun");
        return fail(Errc::unavailable, "store_busy", "Later.");
    };
    auto const failed = all(post(request("t"), headers()));
    ASSERT_EQ(failed.size(), 2u);
    EXPECT_EQ(failed[1].at("result").at("isError"), true);
    auto wrong = request("t");
    wrong.at("params").at("_meta").as_object()["kindling/dryRun"] = "yes";
    auto const refused = all(post(wrong, headers()));
    ASSERT_EQ(refused.size(), 1u);
    EXPECT_EQ(refused[0].at("error").at("code"), -32602);
}

TEST_P(McpStream, ClosingTheStreamCancelsWhereTheDialectSaysSo) {
    std::stop_source gone;
    std::promise<void> begun;
    bool cancelled = false;
    caller.execute = [&](auto, auto, auto const& options) -> Result<json::value> {
        options.progress(1, 2, "half");
        gone.request_stop();  // the client closes
        cancelled = options.progress.stop.stop_requested();
        options.progress(2, 2, "whole");
        return json::object{};
    };
    auto const messages = all(post(request("t"), headers()), gone.get_token());
    EXPECT_EQ(cancelled, modern()) << "a legacy client's lost connection is no cancellation";
    EXPECT_EQ(messages.size(), modern() ? 1u : 3u);
}

TEST_P(McpStream, ALegacyClientCancelsByNotification) {
    if (modern()) GTEST_SKIP() << "closing the stream is this dialect's way";
    std::promise<void> begun;
    std::promise<bool> ended;
    caller.execute = [&](auto, auto, auto const& options) -> Result<json::value> {
        begun.set_value();
        ended.set_value(stopped(options.progress.stop));
        return json::object{};
    };
    auto const response = post(request("t"), headers());
    std::vector<json::object> messages;
    std::thread worker([&] { messages = all(response); });
    begun.get_future().wait();
    auto const cancel = [&](json::value id, Headers h) {
        json::object const notification{{"jsonrpc", "2.0"}, {"method", "notifications/cancelled"}, {"params", {{"requestId", std::move(id)}, {"reason", "changed my mind"}}}};
        ProtocolSchemas::expect(notification, GetParam(), "CancelledNotification");
        EXPECT_EQ(post(notification, h).status, 202);
    };
    auto done = ended.get_future();
    cancel(8, headers());
    auto other = headers();
    other["Mcp-Session-Id"] = "s2";
    cancel(7, other);
    other.erase("Mcp-Session-Id");
    cancel(7, other);
    caller.id = "key_2";
    cancel(7, headers());
    EXPECT_EQ(done.wait_for(std::chrono::seconds(0)), std::future_status::timeout) << "another id, session or caller cancels nothing";
    caller.id = "key_1";
    cancel(7, headers());
    EXPECT_TRUE(done.get());
    worker.join();
    EXPECT_TRUE(messages.empty()) << "a cancelled request is not answered";
}

TEST_P(McpStream, TheServersEndStopsWhatRunsOn) {
    std::promise<void> begun;
    caller.execute = [&](auto, auto, auto const& options) -> Result<json::value> {
        begun.set_value();
        EXPECT_EQ(stopped(options.progress.stop), true);
        return json::object{};
    };
    auto const response = post(request("t"), headers());
    std::stop_source gone;
    std::thread worker([&] { all(response, gone.get_token()); });
    begun.get_future().wait();
    gone.request_stop();
    server.end();
    worker.join();
}

TEST(McpSession, ALegacyClientGetsOneAndNeedsNone) {
    Registry const registry = sample::registry();
    McpServer const server(registry, {});
    McpCaller const caller{.may = [](auto) { return true; }, .execute = {}};
    auto const hello = [&] {
        auto const response = server.handle({.header = [](std::string_view name) -> std::optional<std::string_view> { return name == "Content-Type" ? std::optional<std::string_view>("application/json") : std::nullopt; },
                                             .body = R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})"}, caller);
        for (auto const& [name, value] : response.headers)
            if (name == "Mcp-Session-Id") return value;
        return std::string();
    };
    auto const first = hello(), second = hello();
    EXPECT_GT(first.size(), 20u);
    EXPECT_NE(first, second);
    for (char c : first) EXPECT_TRUE(c >= 0x21 && c <= 0x7E);
}

}  // namespace

}  // namespace kindling::gateway

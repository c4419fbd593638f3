// What the agent interface refuses, and with which status and code: the rules of the transport and hostile input.
#include "gateway/mcp/mcp_server.h"
#include "gateway/mcp/protocol_schemas.h"
#include "gateway/mcp/stdio.h"
#include "gateway/render/sample_operations.h"
#include <condition_variable>
#include <gmock/gmock.h>
#include <mutex>

namespace kindling::gateway {

namespace {

using testing::HasSubstr;
using Headers = std::map<std::string, std::string>;

constexpr auto meta = R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}})";

class Refusal : public testing::Test {
protected:
    Registry registry = sample::registry();
    McpServer server{registry, {.origin_allowed = [](auto origin) { return origin == "http://localhost:8080"; }}};
    McpCaller caller{.may = [](auto) { return true; }, .execute = [this](auto name, auto request, auto const&) { return sample::execute(registry, name, request); }};

    // "200" or "400 -32020".
    std::string outcome(std::string_view body, Headers headers, std::string_view method = "POST") {
        headers.emplace("Content-Type", "application/json");
        auto const response = server.handle({.method = method, .header = [&](std::string_view name) -> std::optional<std::string_view> {
                                                 auto const i = headers.find(std::string(name));
                                                 if (i == headers.end()) return {};
                                                 return i->second;
                                             }, .body = body}, caller);
        if (response.body.empty()) return std::to_string(response.status);
        auto const message = json::parse(response.body);
        if (!message.as_object().contains("error")) return std::to_string(response.status);
        ProtocolSchemas::expect(message, "2026-07-28", "JSONRPCErrorResponse");
        ProtocolSchemas::expect(message, "2025-11-25", "JSONRPCErrorResponse");
        auto const code = message.at("error").at("code").as_int64();
        if (code == -32020) ProtocolSchemas::expect(message, "2026-07-28", "HeaderMismatchError");
        if (code == -32022) ProtocolSchemas::expect(message, "2026-07-28", "UnsupportedProtocolVersionError");
        return std::to_string(response.status) + " " + std::to_string(code);
    }
    static Headers modern(std::string method, std::string name = {}) {
        Headers h{{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", std::move(method)}};
        if (!name.empty()) h["Mcp-Name"] = std::move(name);
        return h;
    }
    static std::string request(std::string_view method, std::string_view params) { return R"({"jsonrpc":"2.0","id":1,"method":")" + std::string(method) + R"(","params":{)" + std::string(params) + "}}"; }
};

TEST_F(Refusal, HeadersMustSayWhatTheBodySays) {
    auto const list = request("tools/list", meta);
    EXPECT_EQ(outcome(list, modern("tools/list")), "200");
    EXPECT_EQ(outcome(list, {{"MCP-Protocol-Version", "2026-07-28"}}), "400 -32020") << "Mcp-Method is missing";
    EXPECT_EQ(outcome(list, {{"Mcp-Method", "tools/list"}}), "400 -32020") << "the version is missing";
    EXPECT_EQ(outcome(list, modern("tools/call")), "400 -32020");
    EXPECT_EQ(outcome(list, modern("Tools/List")), "400 -32020") << "values are case-sensitive";
    EXPECT_EQ(outcome(list, {{"MCP-Protocol-Version", "2025-11-25"}, {"Mcp-Method", "tools/list"}}), "400 -32020");
    auto const call = request("tools/call", std::string(meta) + R"(,"name":"catalogue_search","arguments":{"query":"a"})");
    EXPECT_EQ(outcome(call, modern("tools/call", "catalogue_search")), "200");
    EXPECT_EQ(outcome(call, modern("tools/call", "=?base64?Y2F0YWxvZ3VlX3NlYXJjaA==?=")), "200");
    EXPECT_EQ(outcome(call, modern("tools/call")), "400 -32020");
    EXPECT_EQ(outcome(call, modern("tools/call", "orders_place")), "400 -32020");
    EXPECT_EQ(outcome(call, modern("tools/call", "=?base64?!!!!?=")), "400 -32020");
    EXPECT_EQ(outcome(call, modern("tools/call", "catalogue\x01search")), "400 -32020");
    EXPECT_EQ(outcome(request("tools/call", meta), modern("tools/call", "catalogue_search")), "400 -32020") << "the body has no name";
}

TEST_F(Refusal, AModernRequestCarriesItsVersionAndCapabilities) {
    EXPECT_EQ(outcome(request("tools/list", ""), modern("tools/list")), "400 -32602");
    EXPECT_EQ(outcome(request("tools/list", R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"})"), modern("tools/list")), "400 -32602");
    EXPECT_EQ(outcome(request("tools/list", R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":[]})"), modern("tools/list")), "400 -32602");
    EXPECT_EQ(outcome(request("tools/list", R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"x"}})"), modern("tools/list")), "400 -32602");
    auto const future = request("tools/list", R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2099-01-01","io.modelcontextprotocol/clientCapabilities":{}})");
    EXPECT_EQ(outcome(future, {{"MCP-Protocol-Version", "2099-01-01"}, {"Mcp-Method", "tools/list"}}), "400 -32022");
    EXPECT_EQ(outcome(request("server/discover", ""), {}), "400 -32602") << "discover belongs to the modern dialect";
}

TEST_F(Refusal, UnknownMethodsAre404ToModernClientsAndAnAnswerToLegacyOnes) {
    for (auto method : {"ping", "logging/setLevel", "subscriptions/listen", "nonsense", "prompts/list", "resources/list"}) EXPECT_EQ(outcome(request(method, meta), modern(method)), "404 -32601") << method;
    EXPECT_EQ(outcome(request("nonsense", ""), {{"MCP-Protocol-Version", "2025-11-25"}}), "200 -32601");
    EXPECT_EQ(outcome(request("initialize", ""), {}), "200 -32602");
}

TEST_F(Refusal, TheTransportComesFirst) {
    auto const list = request("tools/list", "");
    EXPECT_EQ(outcome(list, {{"Origin", "http://localhost:8080"}}), "200");
    EXPECT_EQ(outcome(list, {{"Origin", "https://evil.example"}}), "403 -32600");
    EXPECT_EQ(outcome(list, {{"Origin", "null"}}, "GET"), "403 -32600");
    EXPECT_EQ(outcome("", {}, "GET"), "405");
    EXPECT_EQ(outcome("", {{"Mcp-Session-Id", "s"}}, "DELETE"), "405");
    EXPECT_EQ(outcome(list, {{"Content-Type", "text/plain"}}), "415 -32600") << "what a form can send without asking";
    EXPECT_EQ(outcome(list, {{"Content-Type", "application/json; charset=utf-8"}}), "200");
    EXPECT_EQ(outcome(list, {{"Accept", "text/html"}}), "406 -32600");
    EXPECT_EQ(outcome(list, {{"Accept", "*/*"}}), "200");
    EXPECT_EQ(outcome(list, {{"Mcp-Session-Id", "never given"}}), "200") << "sessions are neither given nor needed";
}

TEST_F(Refusal, BrokenEnvelopes) {
    for (auto body : {"", "{", "\xff", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", R"({"a":1,"a":2})", R"({"jsonrpc":"2.0","id":1,"method":"tools/list"}x)"}) EXPECT_EQ(outcome(body, {}), "400 -32700") << body;
    for (auto body : {"1", "null", "[]", R"([{"jsonrpc":"2.0","id":1,"method":"ping"}])", "{}", R"({"jsonrpc":"1.0","id":1,"method":"ping"})", R"({"jsonrpc":"2.0","id":null,"method":"ping"})",
                      R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})", R"({"jsonrpc":"2.0","id":{},"method":"ping"})", R"({"jsonrpc":"2.0","id":1,"method":5})", R"({"jsonrpc":"2.0","id":1})"})
        EXPECT_EQ(outcome(body, {}), "400 -32600") << body;
    EXPECT_EQ(outcome(R"({"jsonrpc":"2.0","id":1,"method":"ping","params":[]})", {}), "400 -32602");
    EXPECT_EQ(outcome(R"({"jsonrpc":"2.0","id":1,"result":{}})", {}), "202") << "a legacy client may answer";
    EXPECT_EQ(outcome(R"({"jsonrpc":"2.0","id":1,"result":{}})", modern("x")), "400 -32600");
    EXPECT_EQ(outcome(R"({"jsonrpc":"2.0","method":"notifications/nonsense"})", {}), "202");
}

TEST_F(Refusal, ParametersOfTheWrongShape) {
    EXPECT_EQ(outcome(request("tools/call", ""), {}), "200 -32602");
    EXPECT_EQ(outcome(request("tools/call", R"("name":5)"), {}), "200 -32602");
    EXPECT_EQ(outcome(request("tools/call", R"("name":"catalogue_search","arguments":[1])"), {}), "200 -32602");
    EXPECT_EQ(outcome(request("tools/list", R"("cursor":5)"), {}), "200 -32602");
}

TEST(HeaderValue, TheExamplesOfTheSpecification) {
    for (auto [value, encoded] : {std::pair{"us-west1", "us-west1"}, {"Hello, 世界", "=?base64?SGVsbG8sIOS4lueVjA==?="}, {" padded ", "=?base64?IHBhZGRlZCA=?="}, {"line1\nline2", "=?base64?bGluZTEKbGluZTI=?="}, {"=?base64?literal?=", "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="}}) {
        EXPECT_EQ(encode_header_value(value), encoded);
        EXPECT_EQ(decode_header_value(encoded), value);
    }
    for (auto broken : {"=?base64?A?=", "=?base64?AAA?=", "=?base64?A===?=", "=?base64?AA=A?=", "=?base64?/w==?=", "a\nb", "\xc3\xa9"}) EXPECT_EQ(decode_header_value(broken), std::nullopt) << broken;
    EXPECT_EQ(decode_header_value("=?BASE64?YQ==?="), "=?BASE64?YQ==?=") << "the markers are case-sensitive";
}

TEST(Tools, TwoOperationsOfOneToolNameDoNotStart) {
    auto const op = [](std::string_view name) { return operation<Nothing, Nothing>({name, "0", {"a", "b"}, Effect::read, "public"}, sample::forecast); };
    Registry const registry({op("a.b_c"), op("a_b.c")});
    EXPECT_THROW(Tools{registry}, std::logic_error);
    Registry const fine({op("a.b")});
    EXPECT_THROW(McpServer(fine, {.default_tools = "orders"}), std::logic_error);
    EXPECT_THROW(McpServer(fine, {.resources = {{"kindling://x/", "x", "x.y", "x", "X", "x"}}}), std::logic_error);
}

class Stdio : public Refusal {
protected:
    std::vector<json::object> converse(std::string const& input, StdioOptions const& options = {}) {
        std::istringstream in(input);
        std::ostringstream out;
        run_stdio(server, caller, in, out, options);
        std::vector<json::object> messages;
        std::istringstream lines(out.str());
        for (std::string line; std::getline(lines, line);) messages.push_back(json::parse(line).as_object());
        for (auto const& m : messages) ProtocolSchemas::expect(m, "2025-11-25", "JSONRPCMessage");  // each dialect's own check follows
        return messages;
    }
};

TEST_F(Stdio, BothDialectsInOneStreamInOrder) {
    auto const answers = converse(request("server/discover", meta) + "\r\n\n" + R"({"jsonrpc":"2.0","id":"i","method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})" + "\n" +
                                  R"({"jsonrpc":"2.0","method":"notifications/initialized"})" + "\n{\n" + request("tools/list", "") + "\n" + request("tools/call", std::string(meta) + R"(,"name":"catalogue_search","arguments":{"query":"line\nbreak"})"));
    ASSERT_EQ(answers.size(), 5u);
    std::vector<json::object> results;
    int errors = 0;
    for (auto const& a : answers) a.contains("error") ? void(++errors) : results.push_back(a);
    EXPECT_EQ(errors, 1);
    ASSERT_EQ(results.size(), 4u);
    ProtocolSchemas::expect(results[0], "2026-07-28", "DiscoverResultResponse");
    ProtocolSchemas::expect(results[1].at("result"), "2025-11-25", "InitializeResult");
    ProtocolSchemas::expect(results[2].at("result"), "2025-11-25", "ListToolsResult");
    ProtocolSchemas::expect(results[3], "2026-07-28", "CallToolResultResponse");
}

TEST_F(Stdio, AnUnsupportedModernVersionIsNamed) {
    auto const answers = converse(request("tools/list", R"("_meta":{"io.modelcontextprotocol/protocolVersion":"1900-01-01","io.modelcontextprotocol/clientCapabilities":{}})"));
    ASSERT_EQ(answers.size(), 1u);
    ProtocolSchemas::expect(answers[0], "2026-07-28", "UnsupportedProtocolVersionError");
    EXPECT_EQ(answers[0].at("error").at("code"), -32022);
}

TEST_F(Stdio, ALineThatIsTooLongIsSkipped) {
    auto const answers = converse(std::string(5000, 'x') + "\n" + request("ping", ""), {.longest_line = 1000});
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_EQ(answers[0].at("error").at("code"), -32600);
    EXPECT_TRUE(answers[1].contains("result"));
}

// A stream whose second part comes only when the first is being worked on.
class TwoParts : public std::streambuf {
public:
    TwoParts(std::string first, std::string second, std::function<void()> between) : first_(std::move(first)), second_(std::move(second)), between_(std::move(between)) { setg(first_.data(), first_.data(), first_.data() + first_.size()); }
    int_type underflow() override {
        if (done_) return traits_type::eof();
        done_ = true;
        between_();
        setg(second_.data(), second_.data(), second_.data() + second_.size());
        return traits_type::to_int_type(second_.front());
    }

private:
    std::string first_, second_;
    std::function<void()> between_;
    bool done_ = false;
};

TEST_F(Stdio, ACancelledRequestStopsAndIsNotAnswered) {
    std::mutex mutex;
    std::condition_variable_any changed;
    bool started = false, stopped = false;
    caller.execute = [&](auto, auto, auto const& options) -> Result<json::value> {
        { std::lock_guard const lock(mutex); started = true; }
        changed.notify_all();
        std::unique_lock lock(mutex);
        changed.wait_for(lock, options.progress.stop, std::chrono::seconds(20), [] { return false; });
        stopped = options.progress.stop.stop_requested();
        return json::object{};
    };
    TwoParts buffer(request("tools/call", R"("name":"forecast_demand")") + "\n", R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})" "\n" R"({"jsonrpc":"2.0","id":2,"method":"ping"})" "\n",
                    [&] { std::unique_lock lock(mutex); changed.wait(lock, [&] { return started; }); });
    std::istream in(&buffer);
    std::ostringstream out;
    run_stdio(server, caller, in, out);
    EXPECT_TRUE(stopped);
    EXPECT_EQ(out.str(), "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\n");
}

// The check itself must be able to fail: every member that the protocol requires is taken away once.
TEST(ProtocolCheck, TheSchemasRefuseAnAnswerWithAMemberMissing) {
    if (!ProtocolSchemas::present()) GTEST_SKIP() << "set KINDLING_DATA to the folder that holds protocols/mcp/schema";
    auto const whole = json::parse(R"({"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","ttlMs":0,"cacheScope":"private","tools":[{"name":"a","inputSchema":{"type":"object"}}]}})");
    EXPECT_TRUE(ProtocolSchemas::fits(whole, "2026-07-28", "ListToolsResultResponse"));
    for (auto pointer : {"/jsonrpc", "/id", "/result", "/result/resultType", "/result/ttlMs", "/result/cacheScope", "/result/tools", "/result/tools/0/name", "/result/tools/0/inputSchema", "/result/tools/0/inputSchema/type"}) {
        auto broken = whole;
        std::string_view const path(pointer);
        auto const slash = path.rfind('/');
        broken.at_pointer(path.substr(0, slash)).as_object().erase(path.substr(slash + 1));
        EXPECT_FALSE(ProtocolSchemas::fits(broken, "2026-07-28", "ListToolsResultResponse")) << pointer;
    }
}

TEST(ProtocolCheck, EveryMessageWasHeldAgainstTheProtocolsSchemas) {
    if (!ProtocolSchemas::present()) GTEST_SKIP() << "set KINDLING_DATA to the folder that holds protocols/mcp/schema; without it only behaviour was tested";
    EXPECT_GT(ProtocolSchemas::checked(), 100);
}

}  // namespace

}  // namespace kindling::gateway

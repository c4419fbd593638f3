#include "gateway/mcp/mcp_server.h"
#include "gateway/mcp/protocol_schemas.h"
#include "gateway/mcp/stdio.h"
#include "gateway/render/sample_operations.h"
#include <gmock/gmock.h>

namespace kindling::gateway {

namespace {

using testing::ElementsAre, testing::HasSubstr;
using Headers = std::map<std::string, std::string>;

json::object parsed(std::string_view text) { return json::parse(text).as_object(); }

json::object modern_meta(std::string_view version = "2026-07-28") {
    return {{"io.modelcontextprotocol/protocolVersion", version}, {"io.modelcontextprotocol/clientInfo", {{"name", "test"}, {"version", "1"}}}, {"io.modelcontextprotocol/clientCapabilities", json::object{}}};
}

class Mcp : public testing::Test {
protected:
    Registry registry = sample::registry();
    McpServer server{registry, {.version = "1.2.3", .instructions = "Search first.", .resources = {{"kindling://product/", "product_id", "catalogue.product", "product", "Product", "One product."}},
                                .origin_allowed = [](auto origin) { return origin == "http://localhost:8080"; }}};
    std::string last_operation;
    CallOptions last_options;
    McpCaller staff{.may = [](auto) { return true; }, .execute = [this](auto name, auto request, auto const& options) {
                        last_operation = name, last_options = options;
                        options.progress(1, 2, "half");
                        options.progress(2, 2, "done");
                        return sample::execute(registry, name, request);
                    }};
    McpCaller shopper{.may = [](auto permission) { return permission == "public"; }, .execute = staff.execute};
    std::string tools;

    McpResponse post(std::string const& body, Headers headers, McpCaller const& caller) {
        headers.emplace("Content-Type", "application/json");
        headers.emplace("Accept", "application/json, text/event-stream");
        return server.handle({.header = [&](std::string_view name) -> std::optional<std::string_view> {
                                  auto const i = headers.find(std::string(name));
                                  if (i == headers.end()) return {};
                                  return i->second;
                              },
                              .tools = tools, .body = body}, caller);
    }

    // A whole modern exchange; both messages are held against the schema.
    json::object modern(std::string_view method, json::object params, std::string const& definition, int status = 200, McpCaller const* caller = nullptr) {
        if (!params.contains("_meta")) params["_meta"] = modern_meta();
        Headers headers{{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", std::string(method)}};
        for (auto key : {"name", "uri"})
            if (auto const* v = params.if_contains(key); v && v->is_string()) headers["Mcp-Name"] = encode_header_value(v->get_string());
        json::object const request{{"jsonrpc", "2.0"}, {"id", 7}, {"method", method}, {"params", params}};
        if (status == 200) ProtocolSchemas::expect(request, "2026-07-28", definition + "Request");
        auto const response = post(to_text(request), headers, caller ? *caller : staff);
        EXPECT_EQ(response.status, status) << response.body;
        auto out = parsed(response.body);
        if (out.contains("result")) ProtocolSchemas::expect(out, "2026-07-28", definition + "ResultResponse");
        else ProtocolSchemas::expect(out, "2026-07-28", "JSONRPCErrorResponse");
        EXPECT_EQ(out.at("id"), 7);
        return out;
    }

    json::object legacy(std::string_view version, std::string_view method, json::value params, std::string const& definition, McpCaller const* caller = nullptr) {
        json::object request{{"jsonrpc", "2.0"}, {"id", "a"}, {"method", method}};
        if (!params.is_null()) request["params"] = params;
        ProtocolSchemas::expect(request, version, definition + "Request");
        Headers headers;
        if (method != "initialize") headers["MCP-Protocol-Version"] = std::string(version);
        auto const response = post(to_text(request), headers, caller ? *caller : staff);
        EXPECT_EQ(response.status, 200) << response.body;
        auto out = parsed(response.body);
        auto const is_result = out.contains("result");
        ProtocolSchemas::expect(out, version, version == "2025-06-18" ? (is_result ? "JSONRPCResponse" : "JSONRPCError") : (is_result ? "JSONRPCResultResponse" : "JSONRPCErrorResponse"));
        if (is_result) ProtocolSchemas::expect(out.at("result"), version, definition == "Ping" ? "EmptyResult" : definition + "Result");
        EXPECT_EQ(out.at("id"), "a");
        return out;
    }

    std::vector<std::string> names(json::object const& answer) {
        std::vector<std::string> out;
        for (auto const& t : answer.at("result").at("tools").as_array()) out.emplace_back(t.at("name").as_string());
        return out;
    }
};

std::int64_t code_of(json::object const& answer) { return answer.at("error").at("code").as_int64(); }

class Legacy : public Mcp, public testing::WithParamInterface<char const*> {};

TEST_P(Legacy, AWholeConversation) {
    std::string const version = GetParam();
    auto const hello = legacy(version, "initialize", {{"protocolVersion", version}, {"capabilities", json::object{}}, {"clientInfo", {{"name", "t"}, {"version", "1"}}}}, "Initialize");
    EXPECT_EQ(hello.at("result").at("protocolVersion").as_string(), version);
    EXPECT_EQ(hello.at("result").at("serverInfo").at("version"), "1.2.3");
    json::object const initialized{{"jsonrpc", "2.0"}, {"method", "notifications/initialized"}};
    ProtocolSchemas::expect(initialized, version, "InitializedNotification");
    auto const accepted = post(to_text(initialized), {{"MCP-Protocol-Version", version}}, staff);
    EXPECT_EQ(accepted.status, 202);
    EXPECT_EQ(accepted.body, "");
    legacy(version, "ping", nullptr, "Ping");
    EXPECT_THAT(names(legacy(version, "tools/list", nullptr, "ListTools")), ElementsAre("catalogue_product", "catalogue_search", "forecast_demand", "labels_print_one", "orders_place"));
    auto const found = legacy(version, "tools/call", {{"name", "catalogue_search"}, {"arguments", {{"query", "red"}}}}, "CallTool");
    EXPECT_EQ(found.at("result").at("structuredContent").at("products").at(0).at("title"), "red");
    EXPECT_EQ(found.at("result").at("isError"), false);
    legacy(version, "resources/list", nullptr, "ListResources");
    legacy(version, "resources/templates/list", nullptr, "ListResourceTemplates");
    legacy(version, "resources/read", {{"uri", "kindling://product/p1"}}, "ReadResource");
    EXPECT_EQ(code_of(legacy(version, "resources/read", {{"uri", "kindling://product/p9"}}, "ReadResource")), -32002);
    EXPECT_EQ(code_of(legacy(version, "prompts/list", nullptr, "ListPrompts")), -32601);
}
INSTANTIATE_TEST_SUITE_P(Versions, Legacy, testing::Values("2025-11-25", "2025-06-18"), [](auto const& i) { return "v" + std::to_string(i.index); });

TEST_F(Mcp, AnUnknownLegacyVersionIsOfferedOurNewest) {
    for (auto version : {"2024-11-05", "2099-01-01"})
        EXPECT_EQ(legacy("2025-11-25", "initialize", {{"protocolVersion", version}, {"capabilities", json::object{}}, {"clientInfo", {{"name", "t"}, {"version", "1"}}}}, "Initialize").at("result").at("protocolVersion"), "2025-11-25");
    EXPECT_EQ(post(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})", {{"MCP-Protocol-Version", "1999-01-01"}}, staff).status, 400);
    EXPECT_EQ(post(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})", {}, staff).status, 200) << "2025-03-26 sent no header";
}

TEST_F(Mcp, AModernConversationNeedsNoBeginning) {
    auto const about = modern("server/discover", {}, "Discover").at("result").as_object();
    EXPECT_EQ(about.at("supportedVersions"), json::array({"2026-07-28"}));
    EXPECT_EQ(about.at("resultType"), "complete");
    EXPECT_EQ(about.at("cacheScope"), "public");
    EXPECT_EQ(about.at("_meta").at("io.modelcontextprotocol/serverInfo").at("name"), "kindling");
    auto const list = modern("tools/list", {}, "ListTools").at("result").as_object();
    EXPECT_EQ(list.at("ttlMs"), 300000);
    EXPECT_EQ(list.at("cacheScope"), "private");
    auto const call = modern("tools/call", {{"name", "catalogue_product"}, {"arguments", {{"product_id", "p1"}}}}, "CallTool").at("result").as_object();
    EXPECT_EQ(call.at("structuredContent").at("title"), "Red dress");
    EXPECT_FALSE(call.contains("ttlMs"));
    modern("resources/list", {}, "ListResources");
    modern("resources/templates/list", {}, "ListResourceTemplates");
    EXPECT_THAT(std::string(modern("resources/read", {{"uri", "kindling://product/p1"}}, "ReadResource").at("result").at("contents").at(0).at("text").as_string()), HasSubstr("Red dress"));
    EXPECT_EQ(code_of(modern("resources/read", {{"uri", "kindling://product/%ff"}}, "ReadResource")), -32602);
    EXPECT_EQ(code_of(modern("resources/read", {{"uri", "file:///etc/passwd"}}, "ReadResource")), -32602);
}

TEST_F(Mcp, ToolsAreDescribedInFull) {
    auto const tools = modern("tools/list", {}, "ListTools").at("result").at("tools").as_array();
    for (auto const& t : tools) {
        EXPECT_EQ(t.at("inputSchema").at("type"), "object");
        EXPECT_EQ(t.at("outputSchema").at("type"), "object");
    }
    auto const& search = tools[1].at("annotations");
    EXPECT_EQ(search.at("readOnlyHint"), true);
    EXPECT_EQ(search.at("destructiveHint"), false);
    EXPECT_EQ(tools[2].at("annotations").at("readOnlyHint"), false);
    EXPECT_EQ(tools[2].at("annotations").at("destructiveHint"), false) << "a proposal changes nothing in the world";
    EXPECT_EQ(tools[4].at("annotations").at("destructiveHint"), true);
    staff.locale = Locale::zh;
    EXPECT_EQ(modern("tools/list", {}, "ListTools").at("result").at("tools").at(4).at("description"), "下单。");
}

TEST_F(Mcp, AnswersFitTheOutputSchemaThatWasListed) {
    auto const list = modern("tools/list", {}, "ListTools");
    for (auto const& tool : list.at("result").at("tools").as_array()) {
        json::object const arguments = tool.at("name") == "orders_place" ? parsed(R"({"customer_id":"c","lines":[{"sku":"A1"}]})")
                                       : tool.at("name") == "catalogue_product" ? parsed(R"({"product_id":"p1"})")
                                       : tool.at("name") == "catalogue_search" ? parsed(R"({"query":"a"})")
                                       : tool.at("name") == "labels_print_one" ? parsed(R"({"label":"a"})") : json::object{};
        EXPECT_EQ(describe(SchemaValidator(tool.at("inputSchema")).check(arguments)), "");
        auto const result = modern("tools/call", {{"name", tool.at("name")}, {"arguments", arguments}}, "CallTool").at("result").as_object();
        EXPECT_EQ(result.at("isError"), false);
        EXPECT_EQ(describe(SchemaValidator(tool.at("outputSchema")).check(result.at("structuredContent"))), "");
        EXPECT_EQ(result.at("content").at(0).at("text").as_string(), to_text(result.at("structuredContent")));
    }
}

TEST_F(Mcp, AShopperSeesAndCallsThePublicToolsOnly) {
    EXPECT_THAT(names(modern("tools/list", {}, "ListTools", 200, &shopper)), ElementsAre("catalogue_product", "catalogue_search", "orders_place"));
    auto const refused = modern("tools/call", {{"name", "forecast_demand"}}, "CallTool", 200, &shopper);
    auto const unknown = modern("tools/call", {{"name", "no_such"}}, "CallTool", 200, &shopper);
    EXPECT_EQ(code_of(refused), -32602);
    EXPECT_EQ(refused.at("error").at("message"), "Unknown tool: forecast_demand");
    EXPECT_EQ(unknown.at("error").at("message"), "Unknown tool: no_such");
}

TEST_F(Mcp, ToolSetsChooseByModuleAndByTool) {
    tools = "orders, catalogue_search";
    EXPECT_THAT(names(modern("tools/list", {}, "ListTools")), ElementsAre("catalogue_search", "orders_place"));
    EXPECT_EQ(code_of(modern("tools/call", {{"name", "catalogue_product"}, {"arguments", {{"product_id", "p1"}}}}, "CallTool")), -32602);
    tools = "nonsense";
    EXPECT_EQ(code_of(modern("tools/list", {}, "ListTools")), -32602);
    EXPECT_EQ(code_of(modern("tools/call", {{"name", "catalogue_product"}, {"arguments", {{"product_id", "p1"}}}}, "CallTool")), -32602);
}

TEST_F(Mcp, AFailureTellsTheModelWhatToDo) {
    auto const result = modern("tools/call", {{"name", "orders_place"}, {"arguments", parsed(R"({"lines":[{"sku":"A1","quantity":0}],"colour":"green"})")}}, "CallTool").at("result").as_object();
    EXPECT_EQ(result.at("isError"), true);
    EXPECT_FALSE(result.contains("structuredContent"));
    std::string const text(result.at("content").at(0).at("text").as_string());
    for (auto path : {"/customer_id", "/lines/0/quantity", "/colour"}) EXPECT_THAT(text, HasSubstr(path));
    EXPECT_EQ(result.at("_meta").at("kindling/error").at("fields").as_array().size(), 3u);
    EXPECT_EQ(result.at("_meta").at("kindling/error").at("code"), "invalid_argument");
}

TEST_F(Mcp, AnInternalErrorKeepsItsDetailToItself) {
    staff.execute = [](auto, auto, auto const&) -> Result<json::value> { throw std::runtime_error("table users at 10.0.0.7"); };
    auto const text = to_text(modern("tools/call", {{"name", "forecast_demand"}}, "CallTool").at("result"));
    EXPECT_EQ(text.find("10.0.0.7"), text.npos);
    EXPECT_THAT(text, HasSubstr("\"isError\":true"));
}

TEST_F(Mcp, PagesOfTheToolListJoinWithoutGapOrRepetition) {
    McpServer const small(registry, {.page_size = 2});
    std::vector<std::string> seen;
    json::object params{{"_meta", modern_meta()}};
    for (int page = 0; page < 10; ++page) {
        auto const answer = small.answer({.id = page, .method = "tools/list", .params = params}, staff);
        ASSERT_TRUE(answer->contains("result"));
        ProtocolSchemas::expect(*answer, "2026-07-28", "ListToolsResultResponse");
        for (auto& n : names(*answer)) seen.push_back(n);
        auto const* next = answer->at("result").as_object().if_contains("nextCursor");
        if (!next) break;
        params["cursor"] = *next;
    }
    EXPECT_THAT(seen, ElementsAre("catalogue_product", "catalogue_search", "forecast_demand", "labels_print_one", "orders_place"));
    params["cursor"] = "invented";
    EXPECT_EQ(code_of(*small.answer({.id = 1, .method = "tools/list", .params = params}, staff)), -32602);
}

TEST_F(Mcp, OptionsOfACallTravelInMeta) {
    auto meta = modern_meta();
    meta["kindling/idempotencyKey"] = "k1", meta["kindling/dryRun"] = true, meta["kindling/shop"] = "s1", meta["progressToken"] = "t1";
    std::vector<json::object> progress;
    staff.notify = [&](auto const& n) { progress.push_back(n); };
    modern("tools/call", {{"_meta", meta}, {"name", "forecast_demand"}}, "CallTool");
    EXPECT_EQ(last_operation, "forecast.demand");
    EXPECT_EQ(last_options.idempotency_key, "k1");
    EXPECT_EQ(last_options.mode, CallMode::dry_run);
    EXPECT_EQ(last_options.shop, "s1");
    ASSERT_EQ(progress.size(), 2u);
    for (auto const& p : progress) ProtocolSchemas::expect(p, "2026-07-28", "ProgressNotification"), ProtocolSchemas::expect(p, "2025-11-25", "ProgressNotification");
    EXPECT_EQ(progress[1].at("params").at("progress"), 2);
    meta["kindling/dryRun"] = "yes";
    EXPECT_EQ(code_of(modern("tools/call", {{"_meta", meta}, {"name", "forecast_demand"}}, "CallTool")), -32602);
}

}  // namespace

}  // namespace kindling::gateway

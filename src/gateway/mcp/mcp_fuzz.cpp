// Any bytes at the agent interface: one HTTP answer, one stream answer, no crash, and what comes back is a message.
#include "core/fuzz_seeds.h"
#include "core/json_text.h"
#include "gateway/mcp/mcp_server.h"
#include "gateway/render/sample_operations.h"
#include <boost/json.hpp>
#include <cstdlib>

using namespace kindling;
using namespace kindling::gateway;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static Registry const registry = sample::registry();
    static McpServer const server(registry, {.resources = {{"kindling://product/", "product_id", "catalogue.product", "product", "Product", "One product"}}});
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    auto const line = input.find('\n');
    std::string_view const name = input.substr(0, line), body = line == input.npos ? "" : input.substr(line + 1);
    McpCaller const caller{.may = [](auto) { return true; }, .execute = [&](auto operation, auto request, auto const&) { return sample::execute(registry, operation, request); }};
    McpRequest request{.header = [&](std::string_view header) -> std::optional<std::string_view> {
                           if (header == "Content-Type") return "application/json";
                           if (header == "MCP-Protocol-Version") return "2026-07-28";
                           if (header == "Mcp-Method") return "tools/call";
                           if (header == "Mcp-Name") return name;
                           return {};
                       },
                       .body = body};
    auto const response = server.handle(request, caller);
    if (!response.body.empty() && !parse_json(response.body)) std::abort();
    if (auto const message = read_message(body)) server.answer(*message, caller);
    if (auto const decoded = decode_header_value(name); decoded && decode_header_value(encode_header_value(*decoded)) != decoded) std::abort();
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "orders.place\n" R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"orders.place","arguments":{"customer_id":"c","lines":[{"sku":"a","quantity":1}]},"_meta":{"progressToken":"p"}}})"sv,
    "x\n" R"({"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"n","version":"1"}}})"sv,
    "=?base64?5rOo?=\n" R"({"jsonrpc":"2.0","id":2,"method":"tools/list","params":{"cursor":"1"}})"sv,
    "r\n" R"([{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}},{"jsonrpc":"2.0","id":3,"method":"resources/read","params":{"uri":"kindling://product/p%201"}}])"sv)

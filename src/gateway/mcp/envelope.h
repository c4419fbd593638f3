// gateway/mcp/envelope.h -- JSON-RPC 2.0 as MCP uses it: what a message from a stranger is, and how results and errors look.
//
// MCP narrows JSON-RPC: no batches, no null ids, an error without an id when the id could not be read. Everything here is pure.
// Sources: MCP 2025-11-25 and 2026-07-28, basic/index; jsonrpc.org/specification.
#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace kindling::gateway {

namespace json = boost::json;

enum class RpcCode {
    parse_error = -32700,
    invalid_request = -32600,
    method_not_found = -32601,
    invalid_params = -32602,
    internal_error = -32603,
    resource_not_found = -32002,           // up to 2025-11-25 only
    header_mismatch = -32020,              // from 2026-07-28
    missing_client_capability = -32021,
    unsupported_protocol_version = -32022,
};

struct RpcError {
    RpcCode code;
    std::string message;
    int status = 200;       // over HTTP
    json::value data = {};  // null: none
};

struct Message {
    enum class Kind { request, notification, response } kind = Kind::request;
    json::value id = {};      // string or integer; null for a notification
    std::string method = {};  // empty for a response
    json::object params = {};

    json::object const* meta() const;  // params._meta, if it is an object
};

struct BrokenMessage {
    RpcError error;
    json::value id = {};  // null when it could not be read
};

// Text of one message. A line of a stream or a body of a POST; size is the caller's limit, depth is at most 32.
std::expected<Message, BrokenMessage> read_message(std::string_view text);

json::object result_message(json::value const& id, json::object result);
json::object error_message(json::value const& id, RpcError const&);  // a null id is left out
json::object notification_message(std::string_view method, json::object params);

// The value that an Mcp-Name header stands for: as it is, or decoded from `=?base64?…?=`. Nothing if it holds characters that
// a header may not, or broken base 64, or bytes that are not UTF-8.
std::optional<std::string> decode_header_value(std::string_view);
std::string encode_header_value(std::string_view);  // what a client sends; for tests and for calling others

// RFC 4648 section 4, with padding. Decoding refuses anything else.
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

}  // namespace kindling::gateway

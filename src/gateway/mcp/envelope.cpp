#include "gateway/mcp/envelope.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include <boost/json.hpp>

namespace kindling::gateway {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view prefix = "=?base64?", suffix = "?=";

bool is_header_text(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\t'; });
}

BrokenMessage broken(RpcCode code, std::string message, json::value id = {}) { return {{code, std::move(message), 400}, std::move(id)}; }

}  // namespace

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return {};
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        std::uint32_t bits = 0;
        int padding = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            auto const c = text[i + k];
            auto const digit = alphabet.find(c);
            if (c == '=' && i + 4 == text.size() && k >= 2) ++padding, bits <<= 6;
            else if (digit == alphabet.npos || padding > 0) return {};
            else bits = bits << 6 | static_cast<std::uint32_t>(digit);
        }
        for (int k = 0; k < 3 - padding; ++k) out += static_cast<char>(bits >> (16 - 8 * k) & 255);
    }
    return out;
}

std::string to_base64(std::string_view bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k) bits = bits << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k) out += i + k <= bytes.size() ? alphabet[bits >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

json::object const* Message::meta() const {
    auto const* meta = params.if_contains("_meta");
    return meta ? meta->if_object() : nullptr;
}

std::expected<Message, BrokenMessage> read_message(std::string_view text) {
    auto parsed = parse_json(text);
    if (!parsed) return std::unexpected(broken(RpcCode::parse_error, parsed.error().message));
    if (parsed->is_array()) return std::unexpected(broken(RpcCode::invalid_request, "Batches are not supported; send one message at a time."));
    auto* o = parsed->if_object();
    if (!o) return std::unexpected(broken(RpcCode::invalid_request, "A message is a JSON object."));

    Message message;
    auto const* id = o->if_contains("id");
    bool const identified = id && (id->is_string() || id->is_int64() || id->is_uint64());
    if (identified) message.id = *id;
    if (auto const* version = o->if_contains("jsonrpc"); !version || *version != "2.0") return std::unexpected(broken(RpcCode::invalid_request, "`jsonrpc` must be \"2.0\".", message.id));
    if (id && !identified) return std::unexpected(broken(RpcCode::invalid_request, "`id` must be a string or a whole number."));

    auto const* method = o->if_contains("method");
    if (!method) {
        if (identified && (o->contains("result") || o->contains("error"))) {
            message.kind = Message::Kind::response;
            return message;
        }
        return std::unexpected(broken(RpcCode::invalid_request, "`method` is missing.", message.id));
    }
    if (!method->is_string()) return std::unexpected(broken(RpcCode::invalid_request, "`method` must be a string.", message.id));
    message.method = std::string(method->get_string());
    message.kind = identified ? Message::Kind::request : Message::Kind::notification;
    if (auto* params = o->if_contains("params")) {
        if (!params->is_object()) return std::unexpected(BrokenMessage{{RpcCode::invalid_params, "`params` must be an object.", 400}, message.id});
        message.params = std::move(params->get_object());
    }
    return message;
}

json::object result_message(json::value const& id, json::object result) { return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}}; }

json::object error_message(json::value const& id, RpcError const& e) {
    json::object error{{"code", static_cast<int>(e.code)}, {"message", e.message}};
    if (!e.data.is_null()) error["data"] = e.data;
    json::object out{{"jsonrpc", "2.0"}};
    if (!id.is_null()) out["id"] = id;
    out["error"] = std::move(error);
    return out;
}

json::object notification_message(std::string_view method, json::object params) { return {{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}}; }

std::optional<std::string> decode_header_value(std::string_view text) {
    if (!is_header_text(text)) return {};
    if (text.size() < prefix.size() + suffix.size() || !text.starts_with(prefix) || !text.ends_with(suffix)) return std::string(text);
    auto decoded = from_base64(text.substr(prefix.size(), text.size() - prefix.size() - suffix.size()));
    if (!decoded || !is_utf8(*decoded)) return {};
    return decoded;
}

std::string encode_header_value(std::string_view text) {
    auto const padded = !text.empty() && (text.front() == ' ' || text.front() == '\t' || text.back() == ' ' || text.back() == '\t');
    if (is_header_text(text) && !padded && !(text.starts_with(prefix) && text.ends_with(suffix))) return std::string(text);
    return std::string(prefix) + to_base64(text) + std::string(suffix);
}

}  // namespace kindling::gateway

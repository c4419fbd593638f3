#include "core/json_text.h"
#include "core/utf8.h"
#include <boost/json.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>

namespace kindling {

namespace {

void append_string(std::string_view s, std::string& out) {
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    std::size_t start = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        auto const c = static_cast<unsigned char>(s[i]);
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f) continue;
        out.append(s, start, i - start);
        start = i + 1;
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default: out += "\\u00", out += hex[c >> 4], out += hex[c & 15];
        }
    }
    out.append(s, start, s.size() - start);
    out += '"';
}

template <class Number> void append_number(Number n, std::string& out) {
    char buffer[32];
    auto const end = std::to_chars(buffer, buffer + sizeof buffer, n).ptr;
    out.append(buffer, end);
}

// indent -1: no space at all. `line`: what fits a line of so many bytes stays on one.
void append(json::value const& v, std::string& out, int indent, std::size_t line = 0) {
    if (indent >= 0 && line > 0 && v.is_structured()) {
        auto const begin = out.size();
        append(v, out, -1);
        if (out.size() - begin + static_cast<std::size_t>(2 * indent) <= line) return;
        out.resize(begin);
    }
    auto const newline = [&](int depth) { if (indent >= 0) out += '\n', out.append(static_cast<std::size_t>(2 * depth), ' '); };
    switch (v.kind()) {
    case json::kind::null: out += "null"; return;
    case json::kind::bool_: out += v.get_bool() ? "true" : "false"; return;
    case json::kind::int64: return append_number(v.get_int64(), out);
    case json::kind::uint64: return append_number(v.get_uint64(), out);
    case json::kind::double_: std::isfinite(v.get_double()) ? append_number(v.get_double(), out) : void(out += "null"); return;
    case json::kind::string: return append_string(v.get_string(), out);
    case json::kind::array: {
        out += '[';
        bool first = true;
        for (auto const& e : v.get_array()) {
            if (!std::exchange(first, false)) out += ',';
            newline(indent + 1);
            append(e, out, indent < 0 ? indent : indent + 1, line);
        }
        if (!first) newline(indent);
        out += ']';
        return;
    }
    case json::kind::object: {
        out += '{';
        bool first = true;
        for (auto const& [key, e] : v.get_object()) {
            if (!std::exchange(first, false)) out += ',';
            newline(indent + 1);
            append_string(key, out);
            out += indent < 0 ? ":" : ": ";
            append(e, out, indent < 0 ? indent : indent + 1, line);
        }
        if (!first) newline(indent);
        out += '}';
        return;
    }
    }
}

// Boost.JSON keeps the last of two equal keys. To a reader of money that is an ambiguity, so it is refused: the keys in the
// text are counted against the keys that were kept.
std::size_t members(json::value const& v) {
    std::size_t n = 0;
    if (auto const* a = v.if_array()) for (auto const& e : *a) n += members(e);
    if (auto const* o = v.if_object()) {
        n += o->size();
        for (auto const& e : *o) n += members(e.value());
    }
    return n;
}

std::size_t colons(std::string_view text) {
    std::size_t n = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (quoted) {
            if (c == '\\') ++i;
            else if (c == '"') quoted = false;
        } else if (c == '"') quoted = true;
        else n += c == ':';
    }
    return n;
}

// Boost.JSON 1.81 reads a double to within its last bits only, so what was written with its shortest digits would not come back as the same number: an
// answer that is repeated to the byte could not be. Its numbers stand in the text in the order in which a walk meets them, and are read again there.
class Numbers {
public:
    explicit Numbers(std::string_view text) : text_(text) {}
    void correct(json::value& v) {
        if (auto* a = v.if_array()) for (auto& e : *a) correct(e);
        else if (auto* o = v.if_object()) for (auto& e : *o) correct(e.value());
        else if (v.is_number()) {
            auto const token = next();
            double exact = 0;
            if (auto* d = v.if_double()) if (std::from_chars(token.data(), token.data() + token.size(), exact).ec == std::errc()) *d = exact;
        }
    }

private:
    std::string_view next() {
        for (bool quoted = false; at_ < text_.size(); ++at_) {
            char const c = text_[at_];
            if (quoted && c == '\\') ++at_;
            else if (c == '"') quoted = !quoted;
            else if (!quoted && (c == '-' || (c >= '0' && c <= '9'))) break;
        }
        auto const begin = at_;
        while (at_ < text_.size() && std::string_view("+-.0123456789eE").find(text_[at_]) != std::string_view::npos) ++at_;
        return text_.substr(begin, at_ - begin);
    }
    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

Result<json::value> parse_json(std::string_view text) {
    if (!is_utf8(text)) return fail(Errc::invalid_argument, "not_utf8", "The body is not valid UTF-8.");
    boost::system::error_code failed;
    json::stream_parser parser({}, {.max_depth = 32});
    auto const used = parser.write_some(text.data(), text.size(), failed);
    if (!failed && used == text.size()) parser.finish(failed);
    if (failed || used != text.size()) {
        auto const seen = text.substr(0, used);
        auto const line = 1 + std::ranges::count(seen, '\n');
        auto const column = used - (seen.rfind('\n') == seen.npos ? 0 : seen.rfind('\n') + 1) + 1;
        return fail(Errc::invalid_argument, "malformed_json",
                    "The text is not JSON at line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + (failed ? failed.message() : "text after the end") + ".");
    }
    auto value = parser.release();
    if (members(value) != colons(text)) return fail(Errc::invalid_argument, "duplicate_key", "An object in the body names the same key twice.");
    Numbers(text).correct(value);
    return value;
}

void append_text(json::value const& v, std::string& out) { append(v, out, -1); }

std::string to_text(json::value const& v) {
    std::string out;
    append(v, out, -1);
    return out;
}

std::string to_pretty_text(json::value const& v, std::size_t line) {
    std::string out;
    append(v, out, 0, line);
    return out += '\n';
}

}  // namespace kindling

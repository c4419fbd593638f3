#include "gateway/http/url.h"
#include "core/utf8.h"
#include <charconv>

namespace kindling::gateway {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool has_control(std::string_view s) {
    for (unsigned char c : s)
        if (c < 0x20 || c == 0x7F) return true;
    return false;
}

}  // namespace

std::string_view trim(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
    return s;
}

Result<std::string> percent_decode(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    bool plain = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto c = text[i];
        if (c == '%') {
            auto const high = i + 1 < text.size() ? hex_digit(text[i + 1]) : -1, low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return fail(Errc::invalid_argument, "malformed_escape", "A % must be followed by two hexadecimal digits.");
            c = static_cast<char>(high * 16 + low), i += 2;
        } else if (c == '+' && plus == Plus::space) {
            c = ' ';
        }
        if (c == '\0') return fail(Errc::invalid_argument, "malformed_escape", "A zero byte has no place in a URL or form.");
        plain &= static_cast<unsigned char>(c) < 0x80;
        out += c;
    }
    if (!plain && !is_utf8(out)) return fail(Errc::invalid_argument, "not_utf8", "The text is not UTF-8 after decoding.");
    return out;
}

std::string percent_encode(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (unsigned char c : text) {
        auto const unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (unreserved) out += static_cast<char>(c);
        else out += '%', out += digits[c >> 4], out += digits[c & 15];
    }
    return out;
}

Result<Pairs> parse_pairs(std::string_view text, MalformedPair malformed) {
    Pairs out;
    while (!text.empty()) {
        auto const end = text.find('&');
        auto const pair = text.substr(0, end);
        text = end == text.npos ? std::string_view() : text.substr(end + 1);
        if (pair.empty()) continue;
        if (out.size() == max_pairs) {
            if (malformed == MalformedPair::skip) break;
            return fail(Errc::invalid_argument, "too_many_fields", "A query or form holds at most 1000 fields.");
        }
        auto const equals = pair.find('=');
        auto name = percent_decode(pair.substr(0, equals), Plus::space);
        auto value = percent_decode(equals == pair.npos ? std::string_view() : pair.substr(equals + 1), Plus::space);
        if (name && value) {
            out.emplace_back(std::move(*name), std::move(*value));
        } else if (malformed == MalformedPair::fail) {
            auto error = name ? std::move(value).error() : std::move(name).error();
            error.fields.push_back({"/" + std::to_string(out.size()), error.reason, error.message});
            return std::unexpected(std::move(error));
        }
    }
    return out;
}

Result<Target> parse_target(std::string_view text) {
    auto const bad = [](char const* why) { return fail(Errc::invalid_argument, "malformed_target", why); };
    Target out;
    if (!text.starts_with('/')) {
        auto const scheme = text.find("://");
        if (scheme == text.npos || !(equal_ignoring_case(text.substr(0, scheme), "http") || equal_ignoring_case(text.substr(0, scheme), "https")))
            return bad("The request target must be a path such as /v1/shop/look.");
        text.remove_prefix(scheme + 3);
        auto const slash = text.find_first_of("/?");
        out.authority = text.substr(0, slash);
        text = slash == text.npos ? std::string_view("/") : text.substr(slash);
        if (out.authority.empty() || out.authority.find('@') != out.authority.npos) return bad("The request target names no host.");
    }
    if (text.find('#') != text.npos) return bad("A request target has no fragment.");
    auto const question = text.find('?');
    if (question != text.npos) out.query_text = text.substr(question + 1);
    auto const path = text.substr(0, question);
    if (path.empty()) {
        out.path = "/";  // "http://host?x=1"
        return out;
    }
    if (path.find('%') == path.npos && path.find('\\') == path.npos) {
        out.path = path;
        for (unsigned char c : path)
            if (c >= 0x80) {
                if (!is_utf8(path)) return bad("The path is not UTF-8.");
                break;
            }
    } else {
        auto decoded = percent_decode(path);
        if (!decoded) return bad("The path has a broken escape or is not UTF-8.");
        for (std::size_t i = 0; i + 2 < path.size(); ++i)
            if (path[i] == '%' && path[i + 1] == '2' && (path[i + 2] | 0x20) == 'f') return bad("A slash inside a path segment is not accepted.");
        out.path = std::move(*decoded);
        if (out.path.find('\\') != out.path.npos) return bad("A backslash in a path is not accepted.");
    }
    if (has_control(out.path)) return bad("A control character in a path is not accepted.");
    std::string_view rest = out.path;
    while (!rest.empty()) {
        rest.remove_prefix(1);
        auto const end = std::min(rest.find('/'), rest.size());
        if (auto const segment = rest.substr(0, end); segment == "." || segment == "..") return bad("A path with . or .. segments is not accepted.");
        rest.remove_prefix(end);
    }
    return out;
}

bool has_token(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        auto const end = list.find(',');
        if (equal_ignoring_case(trim(list.substr(0, end)), token)) return true;
        list = end == list.npos ? std::string_view() : list.substr(end + 1);
    }
    return false;
}

double quality_of(std::string_view list, std::string_view name) {
    double star = 0;
    while (!list.empty()) {
        auto const end = list.find(',');
        auto item = list.substr(0, end);
        list = end == list.npos ? std::string_view() : list.substr(end + 1);
        auto const semicolon = item.find(';');
        double quality = 1;
        if (semicolon != item.npos)
            if (auto const q = trim(item.substr(semicolon + 1)); q.size() > 2 && (q[0] | 0x20) == 'q' && q[1] == '=') {
                auto const digits = q.substr(2);
                if (std::from_chars(digits.data(), digits.data() + digits.size(), quality).ec != std::errc() || !(quality >= 0 && quality <= 1)) quality = 0;
            }
        auto const key = trim(item.substr(0, semicolon));
        if (equal_ignoring_case(key, name)) return quality;
        if (key == "*") star = quality;
    }
    return star;
}

}  // namespace kindling::gateway

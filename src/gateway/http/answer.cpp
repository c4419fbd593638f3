#include "gateway/http/answer.h"
#include "core/time.h"
#include "gateway/http/compress.h"
#include "gateway/http/url.h"
#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace kindling::gateway {

namespace {

constexpr std::size_t max_gzip_bytes = 64 << 20;  // beyond, the wait costs more than the line saves

void append_number(std::uint64_t n, std::string& out) {
    char digits[20];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, n).ptr);
}

void append_field(std::string_view name, std::string_view value, std::string& out) {
    out += name, out += ": ";
    for (unsigned char c : value) out += c < 0x20 || c == 0x7F ? ' ' : static_cast<char>(c);
    out += "\r\n";
}

bool is_token(std::string_view s) {
    return !s.empty() && std::ranges::all_of(s, [](unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos; });
}

bool has_field(Pairs const& fields, std::string_view name) {
    return std::ranges::any_of(fields, [&](auto const& f) { return equal_ignoring_case(f.first, name); });
}

}  // namespace

bool etag_matches(std::string_view list, std::string_view etag) {
    if (trim(list) == "*") return true;
    while (!list.empty()) {
        auto const end = list.find(',');
        auto item = trim(list.substr(0, end));
        list = end == list.npos ? std::string_view() : list.substr(end + 1);
        if (item.starts_with("W/")) item.remove_prefix(2);
        if (item.size() == etag.size() + 2 && item.front() == '"' && item.back() == '"' && item.substr(1, etag.size()) == etag) return true;
    }
    return false;
}

void negotiate(Request const& request, AnswerOptions const& options, Response& r) {
    if (r.stream || r.websocket) return;
    if (!r.etag.empty()) {
        auto const safe = request.method == Method::get || request.method == Method::head;
        if (safe && r.status == 200 && request.headers.has("if-none-match") && etag_matches(request.headers.get("if-none-match"), r.etag)) {
            r.status = 304, r.body.clear(), r.shared = {}, r.shared_gzip = {}, r.content_type.clear();
            return;
        }
    }
    if (has_field(r.headers, "content-encoding")) return;
    auto const prepared = !r.shared_gzip.bytes.empty();
    auto const size = r.shared.bytes.empty() ? r.body.size() : r.shared.bytes.size();
    auto const worthwhile = r.compress == Compress::automatic && options.gzip_level > 0 && size >= options.gzip_min_bytes && size <= max_gzip_bytes && is_compressible(r.content_type);
    if (!prepared && !worthwhile) return;
    r.headers.emplace_back("Vary", "Accept-Encoding");
    if (quality_of(request.headers.get("accept-encoding"), "gzip") <= 0) return;
    if (prepared) {
        r.shared = std::move(r.shared_gzip), r.body.clear();
    } else {
        auto small = gzip(r.shared.bytes.empty() ? std::string_view(r.body) : r.shared.bytes, options.gzip_level);
        if (small.size() >= size) return;
        r.body = std::move(small), r.shared = {};
    }
    r.headers.emplace_back("Content-Encoding", "gzip");
}

void append_head(Response const& r, Head const& head, std::string& out) {
    out += head.version == 10 ? "HTTP/1.0 " : "HTTP/1.1 ";
    append_number(static_cast<std::uint64_t>(r.status), out);
    out += ' ', out += reason_phrase(r.status), out += "\r\nDate: ", out += head.date, out += "\r\n";
    if (!r.content_type.empty()) append_field("Content-Type", r.content_type, out);
    if (r.status != 204 && r.status != 304 && r.status >= 200) {
        if (head.framing == Framing::length) out += "Content-Length: ", append_number(head.content_length, out), out += "\r\n";
        if (head.framing == Framing::chunked) out += "Transfer-Encoding: chunked\r\n";
    }
    // Weak, because the gzip form shares it.
    if (!r.etag.empty()) out += "ETag: W/\"", out += r.etag, out += "\"\r\n";
    if (!head.request_id.empty()) append_field("X-Request-Id", head.request_id, out);
    if (head.after == After::close) out += "Connection: close\r\n";
    else if (head.version == 10) out += "Connection: keep-alive\r\n";
    if (r.headers.empty()) {
        out += head.header_lines;
    } else {
        for (std::string_view lines = head.header_lines; !lines.empty();) {
            auto const end = std::min(lines.find("\r\n"), lines.size() - 2) + 2;
            auto const line = lines.substr(0, end);
            lines.remove_prefix(end);
            if (!has_field(r.headers, line.substr(0, line.find(':')))) out += line;
        }
        for (auto const& [name, value] : r.headers)
            if (is_token(name)) append_field(name, value, out);
    }
    out += "\r\n";
}

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 426: return "Upgrade Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        default: return "Status";
    }
}

std::string http_date(std::int64_t seconds) {
    static constexpr char const* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const day = day_of(seconds * 1000);
    auto const date = civil_from_day(day);
    auto const in_day = seconds - static_cast<std::int64_t>(day) * 86400;
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[weekday_of(day) - 1], static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), in_day / 3600, in_day / 60 % 60, in_day % 60);
}

}  // namespace kindling::gateway

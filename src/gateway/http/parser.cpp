#include "gateway/http/parser.h"
#include "gateway/http/url.h"
#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace kindling::gateway {

namespace http = boost::beast::http;

namespace {

using BeastText = boost::beast::string_view;
std::string_view view(BeastText s) { return {s.data(), s.size()}; }

Method method_of(http::verb v) {
    switch (v) {
        case http::verb::get: return Method::get;
        case http::verb::head: return Method::head;
        case http::verb::post: return Method::post;
        case http::verb::put: return Method::put;
        case http::verb::patch: return Method::patch;
        case http::verb::delete_: return Method::delete_;
        case http::verb::options: return Method::options;
        default: return Method::other;
    }
}

Error bad(std::string reason, std::string message) { return {Errc::invalid_argument, std::move(reason), std::move(message)}; }

bool is_host(std::string_view s) {
    return s.size() <= 260 && std::ranges::all_of(s, [](unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view(".-_:[]").find(static_cast<char>(c)) != std::string_view::npos; });
}

bool folded(std::string_view head) { return head.find("\n ") != head.npos || head.find("\n\t") != head.npos; }

class Parser final : public http::basic_parser<true> {
public:
    Parser(RequestParser::Sink& sink, Request& request, std::size_t limit) : sink_(sink), request_(request), limit_(limit) {
        eager(true);
        header_limit(static_cast<std::uint32_t>(limit));
        body_limit(boost::none);  // the sink knows the route's limit
    }
    std::optional<Error> failure;

private:
    using Code = boost::beast::error_code;
    void stop(Error error, Code& ec) {
        failure = std::move(error);
        ec = http::error::bad_value;
    }

    void on_request_impl(http::verb verb, BeastText method, BeastText target, int version, Code& ec) override {
        request_.method = method_of(verb);
        request_.method_text = view(method);
        request_.target = view(target);
        request_.version = version;
        if (request_.target.size() > limit_ / 2) stop(bad("target_too_long", "The request's target is too long."), ec);
    }
    void on_response_impl(int, BeastText, int, Code&) override {}
    void on_field_impl(http::field, BeastText name, BeastText value, Code& ec) override {
        if (head_done_) return;  // trailers: nobody asked for them, and they must not pass for header fields
        if (request_.headers.bytes() + name.size() + value.size() > limit_ || request_.headers.size() >= RequestParser::max_fields)
            return stop(bad("header_too_large", "The request's header is too large."), ec);
        request_.headers.add(view(name), view(value));
    }
    void on_header_impl(Code& ec) override {
        head_done_ = true;
        if (auto error = check_head()) return stop(std::move(*error), ec);
        auto const length = content_length();
        if (auto error = sink_.on_head(request_, length ? std::optional<std::uint64_t>(*length) : std::nullopt)) stop(std::move(*error), ec);
    }
    std::optional<Error> check_head() {
        auto const& h = request_.headers;
        if (h.has("transfer-encoding")) {
            if (request_.version < 11) return bad("malformed_request", "HTTP/1.0 has no transfer encodings.");
            if (h.count("transfer-encoding") > 1 || !equal_ignoring_case(h.get("transfer-encoding"), "chunked")) return bad("not_implemented", "The only transfer encoding here is chunked.");
            if (h.has("content-length")) return bad("malformed_request", "A request has a Content-Length or a Transfer-Encoding, not both.");
        }
        if (h.get("content-length").find(',') != std::string_view::npos || h.count("content-length") > 1) return bad("malformed_request", "A request has one Content-Length.");
        auto const hosts = h.count("host");
        if (hosts > 1 || (hosts == 0 && request_.version >= 11)) return bad("malformed_request", "A request has exactly one Host field.");
        request_.host = h.get("host");
        if (request_.method == Method::options && request_.target == "*") {
            request_.path = "*";
        } else {
            auto target = gateway::parse_target(request_.target);
            if (!target) return std::move(target).error();
            request_.path = std::move(target->path), request_.query_text = std::move(target->query_text);
            if (!target->authority.empty()) request_.host = std::move(target->authority);
        }
        if (!is_host(request_.host)) return bad("malformed_request", "The Host field is not a host.");
        return {};
    }
    void on_body_init_impl(boost::optional<std::uint64_t> const&, Code&) override {}
    std::size_t on_body_impl(BeastText piece, Code& ec) override {
        if (auto error = sink_.on_body(view(piece))) stop(std::move(*error), ec);
        return piece.size();
    }
    void on_chunk_header_impl(std::uint64_t, BeastText extensions, Code& ec) override {
        if (extensions.size() > 1024) stop(bad("malformed_request", "A chunk extension is too long."), ec);
    }
    std::size_t on_chunk_body_impl(std::uint64_t, BeastText piece, Code& ec) override { return on_body_impl(piece, ec); }
    void on_finish_impl(Code&) override {}

    RequestParser::Sink& sink_;
    Request& request_;
    std::size_t limit_;
    bool head_done_ = false;
};

}  // namespace

struct RequestParser::Impl {
    Sink& sink;
    std::size_t limit;
    std::optional<Parser> parser = {};
    Error error = {};
};

RequestParser::RequestParser(Sink& sink, std::size_t max_header_bytes) : impl_(new Impl{sink, max_header_bytes}) {}
RequestParser::~RequestParser() = default;

void RequestParser::begin(Request& request) { impl_->parser.emplace(impl_->sink, request, impl_->limit); }
bool RequestParser::begun() const { return impl_->parser && impl_->parser->got_some(); }
bool RequestParser::head_complete() const { return impl_->parser->is_header_done(); }
bool RequestParser::keep_alive() const { return impl_->parser->keep_alive(); }
Error const& RequestParser::error() const { return impl_->error; }

RequestParser::Step RequestParser::put(std::string_view bytes, std::size_t& used) {
    auto& parser = *impl_->parser;
    used = 0;
    // Beast joins a folded field line; RFC 9112 5.2 wants it refused, because a proxy before us may have read it as two fields. A field is
    // only taken once what follows its line is seen, so a fold is never cut in two.
    if (!parser.is_header_done() && folded(bytes.substr(0, bytes.find("\r\n\r\n")))) {
        impl_->error = bad("malformed_request", "A header field is folded over several lines; write it on one.");
        return Step::failed;
    }
    // Beast 1.81 asserts five bytes when it comes back to a last chunk ("0\r\n\r" would end the process). An unfinished chunked
    // body always has at least "0\r\n\r\n" ahead of it, so waiting for five bytes delays nothing.
    if (parser.is_header_done() && parser.chunked() && bytes.size() < 5) return Step::more;
    boost::beast::error_code ec;
    used = parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
    if (ec == http::error::need_more) return Step::more;
    if (!ec) return parser.is_done() ? Step::done : Step::more;
    if (parser.failure) impl_->error = std::move(*parser.failure);
    else if (ec == http::error::header_limit) impl_->error = bad("header_too_large", "The request's header is too large.");
    else impl_->error = bad("malformed_request", "This is not well-formed HTTP/1.1: " + ec.message() + ".");
    return Step::failed;
}

}  // namespace kindling::gateway

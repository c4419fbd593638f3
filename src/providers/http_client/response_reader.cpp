#include "providers/http_client/response_reader.h"
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>

namespace kindling::providers {

namespace http = boost::beast::http;

namespace {

using Text = boost::beast::string_view;
using Code = boost::beast::error_code;

auto broken(std::string why) { return fail(Errc::unavailable, "malformed_response", "The other side did not answer in HTTP/1.1: " + why + "."); }

class Parser final : public http::basic_parser<false> {
public:
    Parser(HttpResponse& response, ResponseReader::Limits limits, std::function<Flow(std::string_view)> const& on_body) : response_(response), limits_(limits), on_body_(on_body) {
        eager(true);
        header_limit(static_cast<std::uint32_t>(limits.header_bytes));
        body_limit(boost::none);
    }
    bool too_large = false, stopped = false;

private:
    void on_request_impl(http::verb, Text, Text, int, Code&) override {}
    void on_response_impl(int status, Text, int, Code&) override {
        response_.status = status;
        response_.fields.clear();
    }
    void on_field_impl(http::field, Text name, Text value, Code& ec) override {
        if (head_done_) return;
        header_bytes_ += name.size() + value.size();
        if (header_bytes_ > limits_.header_bytes) return refuse(ec);
        response_.fields.emplace_back(std::string(name), std::string(value));
    }
    void on_header_impl(Code& ec) override {
        head_done_ = true;
        if (auto const length = content_length(); length && *length > limits_.body_bytes && response_.status >= 200) refuse(ec);
    }
    void on_body_init_impl(boost::optional<std::uint64_t> const&, Code&) override {}
    std::size_t on_body_impl(Text piece, Code& ec) override {
        body_bytes_ += piece.size();
        if (body_bytes_ > limits_.body_bytes) return refuse(ec), piece.size();
        if (!on_body_ || response_.status / 100 != 2) response_.body.append(piece.data(), piece.size());
        else if (on_body_({piece.data(), piece.size()}) == Flow::stop) stopped = true, ec = http::error::bad_value;
        return piece.size();
    }
    void on_chunk_header_impl(std::uint64_t, Text, Code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text piece, Code& ec) override { return on_body_impl(piece, ec); }
    void on_finish_impl(Code&) override {}
    void refuse(Code& ec) {
        too_large = true;
        ec = http::error::bad_value;
    }

    HttpResponse& response_;
    ResponseReader::Limits limits_;
    std::function<Flow(std::string_view)> const& on_body_;
    std::size_t header_bytes_ = 0;
    std::uint64_t body_bytes_ = 0;
    bool head_done_ = false;
};

}  // namespace

struct ResponseReader::Impl {
    HttpResponse& response;
    Limits limits;
    Body body;
    std::function<Flow(std::string_view)> on_body;
    std::optional<Parser> parser = {};
    std::string held = {};

    void begin() {
        parser.emplace(response, limits, on_body);
        if (body == Body::none) parser->skip(true);
    }
};

ResponseReader::ResponseReader(HttpResponse& response, Limits limits, Body body, std::function<Flow(std::string_view)> on_body) : impl_(new Impl{response, limits, body, std::move(on_body)}) { impl_->begin(); }
ResponseReader::~ResponseReader() = default;

Result<ResponseReader::State> ResponseReader::feed(std::string_view bytes) {
    auto& i = *impl_;
    i.held += bytes;
    std::size_t at = 0;
    while (at < i.held.size()) {
        // Beast 1.81 asserts five bytes when it comes back to a last chunk; an unfinished chunked body always has five ahead of it.
        if (i.parser->is_header_done() && i.parser->chunked() && i.held.size() - at < 5) break;
        Code ec;
        auto const used = i.parser->put(boost::asio::const_buffer(i.held.data() + at, i.held.size() - at), ec);
        at += used;
        if (i.parser->stopped) return State::done;
        if (i.parser->too_large || ec == http::error::header_limit) return fail(Errc::unavailable, "response_too_large", "The answer is larger than this request allows.");
        if (ec && ec != http::error::need_more) return broken(ec.message());
        if (i.parser->is_done()) {
            if (i.response.status / 100 != 1 || i.response.status == 101) return State::done;
            i.begin();
            continue;
        }
        if (ec == http::error::need_more && used == 0) break;
    }
    i.held.erase(0, at);
    return State::more;
}

Result<void> ResponseReader::end_of_stream() {
    auto& i = *impl_;
    if (!i.parser->got_some()) return fail(Errc::unavailable, "connection_broken", "The other side closed the connection without an answer.");
    Code ec;
    i.parser->put_eof(ec);
    if (ec || !i.held.empty()) return fail(Errc::unavailable, "connection_broken", "The other side closed the connection in the middle of its answer.");
    return {};
}

}  // namespace kindling::providers

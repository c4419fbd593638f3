#include "gateway/http/parser.h"
#include <gtest/gtest.h>

namespace kindling::gateway {

namespace {

// Feeds the text in pieces of one size and collects what comes out: one line per request, then the reason of a refusal.
struct Reading final : RequestParser::Sink {
    std::optional<Error> on_head(Request&, std::optional<std::uint64_t>) override { return {}; }
    std::optional<Error> on_body(std::string_view piece) override {
        body += piece;
        return {};
    }
    std::string body;

    std::string read(std::string_view text, std::size_t piece, std::size_t limit = 4096) {
        std::string log;
        RequestParser parser(*this, limit);
        auto request = std::make_unique<Request>();
        parser.begin(*request);
        std::string held;
        for (std::size_t at = 0; at < text.size(); at += piece) {
            held += text.substr(at, piece);
            while (!held.empty()) {
                std::size_t used = 0;
                auto const step = parser.put(held, used);
                held.erase(0, used);
                if (step == RequestParser::Step::failed) return log + parser.error().reason;
                if (step == RequestParser::Step::more) {
                    if (used == 0 || held.empty()) break;
                    continue;
                }
                log += request->method_text + " " + request->path + "?" + request->query_text + " @" + request->host + " <" + body + "> ";
                body.clear();
                request = std::make_unique<Request>();
                parser.begin(*request);
            }
        }
        return log + (parser.begun() || !held.empty() ? "unfinished" : "");
    }
};

std::string read(std::string_view text, std::size_t piece = 100'000, std::size_t limit = 4096) { return Reading().read(text, piece, limit); }

}  // namespace

TEST(RequestParser, ReadsPipelinedRequestsInAnyPieces) {
    std::string_view const text =
        "GET /a%20b?x=1 HTTP/1.1\r\nHost: h\r\n\r\n"
        "POST /p HTTP/1.1\r\nHost: h:80\r\nContent-Length: 5\r\n\r\nhello"
        "PUT /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n"
        "GET http://other/abs HTTP/1.1\r\nHost: h\r\n\r\n"
        "PURGE /old HTTP/1.0\r\n\r\n";
    auto const expected = "GET /a b?x=1 @h <> POST /p? @h:80 <hello> PUT /c? @h <abc0123456789> GET /abs? @other <> PURGE /old? @ <> ";
    for (std::size_t piece : {1, 2, 3, 5, 7, 64, 1000}) EXPECT_EQ(read(text, piece), expected) << piece;
}

// Found by the fuzzer: Beast's parser ended the process here.
TEST(RequestParser, ReadsAnEmptyChunkedBodyInAnyPieces) {
    for (std::size_t piece : {1, 2, 3, 4, 5, 100}) {
        EXPECT_EQ(read("PUT /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /n HTTP/1.1\r\nHost: h\r\n\r\n", piece), "PUT /c? @h <> GET /n? @h <> ") << piece;
        EXPECT_EQ(read("PUT /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n", piece), "PUT /c? @h <> ") << piece;
    }
}

TEST(RequestParser, RefusesMessagesWithTwoReadings) {
    auto const with = [](std::string fields, std::string rest = "") { return read("POST / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n" + rest); };
    EXPECT_EQ(with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), "malformed_request");
    EXPECT_EQ(with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"), "malformed_request");
    EXPECT_EQ(with("Content-Length: 3\r\nContent-Length: 4\r\n", "abc"), "malformed_request");
    EXPECT_EQ(with("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), "malformed_request");
    EXPECT_EQ(with("Content-Length: 3, 3\r\n", "abc"), "malformed_request");
    EXPECT_EQ(with("Content-Length: +3\r\n", "abc"), "malformed_request");
    EXPECT_EQ(with("Content-Length: -1\r\n"), "malformed_request");
    EXPECT_EQ(with("Content-Length: 0x3\r\n", "abc"), "malformed_request");
    EXPECT_EQ(with("Content-Length: 99999999999999999999\r\n"), "malformed_request");
    EXPECT_EQ(with("Transfer-Encoding: gzip\r\n"), "not_implemented");
    EXPECT_EQ(with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), "not_implemented");
    EXPECT_EQ(with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"), "malformed_request");
    EXPECT_EQ(with("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), "malformed_request") << "blank before the colon";
    EXPECT_EQ(with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), "not_implemented");
    EXPECT_EQ(with("Host: other\r\n"), "malformed_request") << "two hosts";
    EXPECT_EQ(read("GET / HTTP/1.1\r\n\r\n"), "malformed_request") << "no host";
    EXPECT_EQ(read("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"), "malformed_request");
    EXPECT_EQ(read("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "malformed_request");
}

TEST(RequestParser, RefusesBrokenChunks) {
    auto const chunked = [](std::string body) { return read("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body); };
    for (auto const* body : {"zz\r\n", "-1\r\n", "FFFFFFFFFFFFFFFFF\r\n", "3\r\nabcX\r\n0\r\n\r\n", "3\nabc\r\n0\r\n\r\n", "\r\n", " 3\r\nabc\r\n0\r\n\r\n", "0x3\r\nabc\r\n0\r\n\r\n"})
        EXPECT_EQ(chunked(body), "malformed_request") << body;
    EXPECT_EQ(chunked("5\r\nab"), "unfinished");
    EXPECT_EQ(chunked("3;" + std::string(2000, 'x') + "\r\nabc\r\n0\r\n\r\n"), "malformed_request");
}

TEST(RequestParser, RefusesMalformedLines) {
    for (auto const* text : {"GET\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", "GET / HTTP/1.2\r\nHost: h\r\n\r\n", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", "G@T / HTTP/1.1\r\nHost: h\r\n\r\n",
                             "GET / HTTP/1.1\nHost: h\n\n", "GET / HTTP/1.1\r\nNo colon\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nA: b\x01\r\n\r\n", "GET / HTTP/1.1\r\n: v\r\nHost: h\r\n\r\n", "\x16\x03\x01\x02\r\n\r\n"})
        EXPECT_EQ(read(text), "malformed_request") << text;
    EXPECT_EQ(read("GET /../x HTTP/1.1\r\nHost: h\r\n\r\n"), "malformed_target");
}

TEST(RequestParser, RefusesAFoldedFieldInAnyPieces) {
    for (auto const* fold : {"X-A: b\r\n c\r\n", "X-A: b\r\n\tc\r\n", "X-A:\r\n Transfer-Encoding: chunked\r\n"})
        for (std::size_t piece = 1; piece < 60; ++piece) EXPECT_EQ(Reading().read(std::string("GET / HTTP/1.1\r\nHost: h\r\n") + fold + "\r\n", piece), "malformed_request") << fold << piece;
    EXPECT_EQ(Reading().read("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n\n a\t", 1000), "POST /? @h <\n a\t> ");
}

TEST(RequestParser, BoundsTheHeaderEvenInSmallPieces) {
    std::string many = "GET / HTTP/1.1\r\nHost: h\r\n", fields = many;
    while (many.size() < 5000) many += "A: " + std::string(50, 'x') + "\r\n";
    for (std::size_t i = 0; i <= RequestParser::max_fields; ++i) fields += "A: b\r\n";
    for (std::size_t piece : {1, 57, 10'000}) {
        EXPECT_EQ(read(many + "\r\n", piece), "header_too_large") << piece;
        EXPECT_EQ(read(fields + "\r\n", piece), "header_too_large") << piece;
        EXPECT_EQ(read("GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(9000, 'x'), piece), "header_too_large") << piece;
        EXPECT_EQ(read("GET /" + std::string(9000, 'x'), piece), "header_too_large") << piece;
    }
    EXPECT_EQ(read("GET /" + std::string(3000, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n"), "target_too_long");
}

TEST(RequestParser, TrailersAreNoHeaderFields) {
    Request request;
    Reading sink;
    RequestParser parser(sink, 4096);
    parser.begin(request);
    std::size_t used = 0;
    EXPECT_EQ(parser.put("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: root\r\n\r\n", used), RequestParser::Step::done);
    EXPECT_FALSE(request.headers.has("authorization"));
}

}  // namespace kindling::gateway

#include "gateway/http/answer.h"
#include "gateway/http/compress.h"
#include "gateway/http/security.h"
#include <gtest/gtest.h>
#include <zlib.h>

namespace kindling::gateway {

namespace {

Request asking(std::string_view name, std::string_view value) {
    Request r;
    if (!name.empty()) r.headers.add(name, value);
    return r;
}
std::string gunzip(std::string_view bytes) {
    z_stream z{};
    inflateInit2(&z, 15 + 16);
    std::string out(1 << 20, '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())), z.avail_in = static_cast<uInt>(bytes.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data()), z.avail_out = static_cast<uInt>(out.size());
    auto const ended = inflate(&z, Z_FINISH);
    out.resize(z.total_out);
    inflateEnd(&z);
    return ended == Z_STREAM_END ? out : "broken";
}
std::optional<std::string_view> header(Response const& r, std::string_view name) { return find(r.headers, name); }
std::string head_text(Response const& r, Head const& h) {
    std::string out;
    append_head(r, h, out);
    return out;
}

}  // namespace

TEST(Negotiate, CompressesTextThatIsLongEnough) {
    auto const json = "[" + std::string(1500, '1') + "]";
    auto r = Response::json(200, json);
    negotiate(asking("Accept-Encoding", "gzip"), {}, r);
    EXPECT_EQ(header(r, "Content-Encoding"), "gzip");
    EXPECT_EQ(header(r, "Vary"), "Accept-Encoding");
    EXPECT_EQ(gunzip(r.body), json);
    for (auto const accept : {"", "br", "gzip;q=0"}) {
        auto plain = Response::json(200, json);
        negotiate(asking("Accept-Encoding", accept), {}, plain);
        EXPECT_EQ(plain.body, json) << accept;
        EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding") << "a cache must know that it depends";
    }
    auto below = Response::json(200, std::string(1023, '1')), at = Response::json(200, std::string(1024, '1'));
    negotiate(asking("Accept-Encoding", "gzip"), {}, below), negotiate(asking("Accept-Encoding", "gzip"), {}, at);
    EXPECT_FALSE(header(below, "Content-Encoding"));
    EXPECT_TRUE(header(at, "Content-Encoding"));
    Response picture{.content_type = "image/png", .body = std::string(5000, 'x')}, never = Response::json(200, json);
    never.compress = Compress::never;
    negotiate(asking("Accept-Encoding", "gzip"), {}, picture), negotiate(asking("Accept-Encoding", "gzip"), {}, never);
    EXPECT_EQ(picture.body.size(), 5000u);
    EXPECT_EQ(never.body, json);
}

TEST(Negotiate, PrefersThePreparedForm) {
    auto const make = [] { return Response{.content_type = "image/x", .shared = {"plain"}, .shared_gzip = {"packed"}, .etag = "e1"}; };
    auto packed = make(), plain = make();
    negotiate(asking("Accept-Encoding", "gzip, br"), {}, packed), negotiate(asking("", ""), {}, plain);
    EXPECT_EQ(packed.shared.bytes, "packed");
    EXPECT_EQ(plain.shared.bytes, "plain");
}

TEST(Negotiate, AnswersNotModified) {
    for (auto const* sent : {"\"e1\"", "W/\"e1\"", "\"x\", W/\"e1\"", "*"}) {
        Response r{.content_type = "text/css", .body = "x", .etag = "e1"};
        negotiate(asking("If-None-Match", sent), {}, r);
        EXPECT_EQ(r.status, 304) << sent;
        EXPECT_EQ(r.body, "");
    }
    for (auto const* sent : {"\"e2\"", "e1", "\"e1", "", "\"e1x\""}) {
        Response r{.body = "x", .etag = "e1"};
        negotiate(asking("If-None-Match", sent), {}, r);
        EXPECT_EQ(r.status, 200) << sent;
    }
    Response posted{.body = "x", .etag = "e1"};
    auto post = asking("If-None-Match", "\"e1\"");
    post.method = Method::post;
    negotiate(post, {}, posted);
    EXPECT_EQ(posted.status, 200);
}

TEST(AppendHead, KeepsHeadersWhole) {
    Response r{.content_type = "text/plain", .headers = {{"Location", "/a\r\nSet-Cookie: evil=1"}, {"Bad Name", "x"}, {"X-Frame-Options", "SAMEORIGIN"}}};
    auto const text = head_text(r, {.date = "D", .request_id = "req_1", .header_lines = "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n", .content_length = 5});
    EXPECT_EQ(text, "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nX-Request-Id: req_1\r\nX-Content-Type-Options: nosniff\r\n"
                    "Location: /a  Set-Cookie: evil=1\r\nX-Frame-Options: SAMEORIGIN\r\n\r\n");
}

TEST(AppendHead, FramingFollowsVersionAndStatus) {
    EXPECT_EQ(head_text({.status = 204}, {.date = "D"}), "HTTP/1.1 204 No Content\r\nDate: D\r\n\r\n");
    EXPECT_EQ(head_text({.status = 200}, {.version = 10, .date = "D", .after = After::keep_alive}), "HTTP/1.0 200 OK\r\nDate: D\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(head_text({.status = 304, .etag = "e"}, {.date = "D", .after = After::close}), "HTTP/1.1 304 Not Modified\r\nDate: D\r\nETag: W/\"e\"\r\nConnection: close\r\n\r\n");
}

TEST(HttpDate, WritesTheStandardsExample) { EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT"); }

TEST(ErrorResponse, HidesInternalsAndShowsFields) {
    auto const hidden = error_response({Errc::internal, "sql_failed", "password is hunter2"}, "req_1");
    EXPECT_EQ(hidden.status, 500);
    EXPECT_EQ(hidden.body.find("hunter2"), std::string::npos);
    auto const shown = error_response({Errc::invalid_argument, "invalid_request", "No.", {{"/a", "required", "is required"}}}, "req_1");
    EXPECT_EQ(shown.body, R"({"error":{"code":"invalid_argument","reason":"invalid_request","message":"No.","fields":[{"path":"/a","reason":"required","message":"is required"}],"request_id":"req_1"}})");
    EXPECT_EQ(status_of({Errc::permission_denied, "not_signed_in", ""}), 401);
    EXPECT_EQ(status_of({Errc::permission_denied, "not_permitted", ""}), 403);
    EXPECT_EQ(status_of({Errc::unavailable, "rate_limited", ""}), 429);
}

TEST(SameOrigin, BelievesOnlyThisHost) {
    auto const ask = [](std::string_view origin, std::string_view site, Scheme scheme = Scheme::http) {
        Request r;
        r.host = "shop.example:8080", r.scheme = scheme;
        if (!origin.empty()) r.headers.add("Origin", origin);
        if (!site.empty()) r.headers.add("Sec-Fetch-Site", site);
        return same_origin(r);
    };
    EXPECT_TRUE(ask("http://shop.example:8080", ""));
    EXPECT_TRUE(ask("HTTP://Shop.Example:8080", "cross-site")) << "Origin decides";
    EXPECT_TRUE(ask("https://shop.example:8080", "", Scheme::https));
    EXPECT_TRUE(ask("", ""));
    EXPECT_TRUE(ask("", "same-origin"));
    EXPECT_TRUE(ask("", "none"));
    for (auto const* origin : {"null", "http://shop.example", "https://shop.example:8080", "http://shop.example:8080.evil", "http://evil", "http://"}) EXPECT_FALSE(ask(origin, "")) << origin;
    EXPECT_FALSE(ask("", "cross-site"));
    EXPECT_FALSE(ask("", "same-site"));
}

TEST(HostAllowed, IgnoresPortAndCase) {
    std::vector<std::string> const list = {"localhost", "[::1]"};
    EXPECT_TRUE(host_allowed("LOCALHOST:80", list));
    EXPECT_TRUE(host_allowed("[::1]:80", list));
    EXPECT_FALSE(host_allowed("evil", list));
    EXPECT_FALSE(host_allowed("", list));
    EXPECT_TRUE(host_allowed("evil", {}));
}

TEST(ClientAddress, BelievesTrustedProxiesOnly) {
    Headers h;
    h.add("X-Forwarded-For", "6.6.6.6, 1.2.3.4, 10.0.0.2");
    EXPECT_EQ(client_address("9.9.9.9", h, {"10.0.0.1"}), "9.9.9.9") << "not our proxy";
    EXPECT_EQ(client_address("10.0.0.1", h, {"10.0.0.1", "10.0.0.2"}), "1.2.3.4") << "what a client wrote itself is further left";
    Headers junk;
    junk.add("X-Forwarded-For", "<script>");
    EXPECT_EQ(client_address("10.0.0.1", junk, {"10.0.0.1"}), "10.0.0.1");
}

}  // namespace kindling::gateway

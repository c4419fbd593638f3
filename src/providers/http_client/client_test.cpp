#include "core/id.h"
#include "providers/http_client/certificate_for_test.h"
#include "providers/http_client/client.h"
#include "providers/http_client/server_for_test.h"
#include "providers/http_client/transport.h"
#include <filesystem>
#include <fstream>
#include <future>
#include <gtest/gtest.h>

namespace kindling::providers {

namespace {

using namespace std::chrono_literals;
using test::Certificate;
using test::Connection;
using test::Server;

std::string reason(Result<HttpResponse> const& r) { return r ? "status " + std::to_string(r->status) : r.error().reason; }

// What the client makes of an answer.
Result<HttpResponse> given(std::string answer, HttpOptions const& options = {}, std::string const& method = "GET") {
    Server const server([&](Connection& c) { c.read_until("\r\n\r\n"), c.write(answer); });
    return HttpClient().send({.method = method, .url = server.url()}, options);
}

}  // namespace

TEST(HttpClient, SendsWhatItShould) {
    std::string seen;
    Server const server([&](Connection& c) {
        seen = c.read_until("hello");
        c.write("HTTP/1.1 201 Created\r\nX-Thing: a\r\nx-thing: b\r\nContent-Length: 2\r\n\r\nok");
    });
    auto const r = HttpClient().send({.method = "POST", .url = server.url("/a?b=c"), .fields = {{"Content-Type", "text/plain"}}, .body = "hello"}).value();
    EXPECT_EQ(r.status, 201);
    EXPECT_EQ(r.body, "ok");
    EXPECT_EQ(r.field("X-THING"), "a");
    EXPECT_EQ(seen, "POST /a?b=c HTTP/1.1\r\nHost: " + server.url("").substr(7) + "\r\nConnection: close\r\nContent-Type: text/plain\r\nUser-Agent: kindling\r\nContent-Length: 5\r\n\r\nhello");
}

TEST(HttpClient, ReadsEveryFraming) {
    EXPECT_EQ(given("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\nT: x\r\n\r\n")->body, "abcde");
    EXPECT_EQ(given("HTTP/1.0 200 OK\r\n\r\nuntil the end")->body, "until the end");
    EXPECT_EQ(given("HTTP/1.1 204 No Content\r\n\r\n")->body, "");
    EXPECT_EQ(given("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", {}, "HEAD")->status, 200);
    EXPECT_EQ(given("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n!")->body, "!");
    EXPECT_EQ(given("HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n")->status, 302) << "redirects are the caller's business";
}

// Found by the fuzzer: Beast's parser ended the process here.
TEST(HttpClient, ReadsAnEmptyChunkedBodyByteByByte) {
    Server const server([](Connection& c) {
        c.read_until("\r\n\r\n");
        for (char b : std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) c.write({&b, 1});
    });
    EXPECT_EQ(reason(HttpClient().send({.url = server.url()})), "status 200");
}

TEST(HttpClient, NamesWhatWentWrong) {
    EXPECT_EQ(reason(given("")), "connection_broken");
    EXPECT_EQ(reason(given("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab")), "connection_broken");
    EXPECT_EQ(reason(given("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab")), "connection_broken");
    EXPECT_EQ(reason(given("HTTP/1.1 20")), "connection_broken");
    EXPECT_EQ(reason(given("SSH-2.0-OpenSSH\r\n\r\n")), "malformed_response");
    EXPECT_EQ(reason(given("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")), "malformed_response");
    EXPECT_EQ(reason(given("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n", {.max_body_bytes = 10})), "response_too_large");
    EXPECT_EQ(reason(given("HTTP/1.1 200 OK\r\n\r\n12345678901", {.max_body_bytes = 10})), "response_too_large");
    EXPECT_EQ(reason(given("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234567890", {.max_body_bytes = 10})), "status 200");
    EXPECT_EQ(reason(given("HTTP/1.1 200 OK\r\nA: " + std::string(70'000, 'x') + "\r\n\r\n")), "response_too_large");
    std::uint16_t closed_port;
    {
        Server const gone([](Connection&) {});
        closed_port = static_cast<std::uint16_t>(std::stoi(gone.url("").substr(17)));
    }
    EXPECT_EQ(reason(HttpClient().send({.url = "http://127.0.0.1:" + std::to_string(closed_port) + "/"})), "connect_failed");
    EXPECT_EQ(reason(HttpClient().send({.url = "http://no-such-name.invalid/"})), "dns_failed");
}

TEST(HttpClient, RefusesRequestsThatCouldBeSplit) {
    HttpClient const client;
    EXPECT_EQ(reason(client.send({.method = "GET / HTTP/1.1\r\n", .url = "http://127.0.0.1/"})), "malformed_request");
    EXPECT_EQ(reason(client.send({.url = "http://127.0.0.1/", .fields = {{"A", "b\r\nC: d"}}})), "malformed_request");
    EXPECT_EQ(reason(client.send({.url = "http://127.0.0.1/", .fields = {{"A b", "c"}}})), "malformed_request");
    EXPECT_EQ(reason(client.send({.url = "http://127.0.0.1/", .fields = {{"content-length", "3"}}})), "malformed_request");
    EXPECT_EQ(reason(client.send({.url = "http://127.0.0.1/ HTTP/1.1"})), "malformed_url");
}

TEST(HttpClient, HandsABodyOnPieceByPiece) {
    std::promise<void> first;
    Server const server([&](Connection& c) {
        c.read_until("\r\n\r\n");
        c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
        first.get_future().wait();  // the second piece is written only after the first was handed on
        c.write("3\r\ntwo\r\n0\r\n\r\n");
    });
    std::string log;
    auto const r = HttpClient().send({.url = server.url()}, {.on_body = [&](std::string_view piece) {
                                                                 if (log.empty()) first.set_value();
                                                                 return log += piece, log += "|", Flow::go_on;
                                                             }}).value();
    EXPECT_EQ(log, "one|two|");
    EXPECT_EQ(r.body, "");
}

TEST(HttpClient, StopsWhenTheReceiverHasEnough) {
    Server const server([&](Connection& c) {
        c.read_until("\r\n\r\n");
        c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
        c.read_until("never");  // until the client goes away
    });
    EXPECT_EQ(HttpClient().send({.url = server.url()}, {.on_body = [](std::string_view) { return Flow::stop; }})->status, 200);
}

TEST(HttpClient, GathersAnErrorsBodyEvenWhenStreaming) {
    bool called = false;
    auto const r = given("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 4\r\n\r\nslow", {.on_body = [&](std::string_view) { return called = true, Flow::go_on; }}).value();
    EXPECT_EQ(r.body, "slow");
    EXPECT_FALSE(called);
}

TEST(HttpClient, GivesUpOnSilence) {
    Server const server([](Connection& c) { c.read_until("never"); });
    EXPECT_EQ(reason(HttpClient().send({.url = server.url()}, {.silence_timeout = 20ms})), "deadline_exceeded");
    Server const other([](Connection& c) {
        c.read_until("\r\n\r\n"), c.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
        c.read_until("never");
    });
    EXPECT_EQ(reason(HttpClient().send({.url = other.url()}, {.total_timeout = 20ms})), "deadline_exceeded");
}

TEST(HttpClient, StopsWhenAsked) {
    std::stop_source stop;
    Server const server([&](Connection& c) {
        c.read_until("\r\n\r\n");
        stop.request_stop();  // while the client waits for the answer
        c.read_until("never");
    });
    EXPECT_EQ(reason(HttpClient().send({.url = server.url()}, {.stop = stop.get_token()})), "cancelled");
    EXPECT_EQ(reason(HttpClient().send({.url = "http://127.0.0.1:1/"}, {.stop = stop.get_token()})).empty(), false) << "a stop before the start ends it too";
}

TEST(HttpClient, TrustsOnlyCertificatesItKnowsForTheNameAsked) {
    Certificate const own("DNS:localhost,IP:127.0.0.1"), elsewhere("DNS:elsewhere.example");
    auto const ask = [](SSL_CTX* served, std::string const& trusted, std::string const& host) {
        Server const server([](Connection& c) { if (!c.read_until("\r\n\r\n").empty()) c.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret"); }, served);
        return reason(HttpClient({.certificates_file = trusted}).send({.url = server.url("/", "https", host)}));
    };
    EXPECT_EQ(ask(own.context, own.path, "localhost"), "status 200");
    EXPECT_EQ(ask(own.context, own.path, "127.0.0.1"), "status 200");
    EXPECT_EQ(ask(own.context, "", "localhost"), "tls_failed") << "signed by nobody we know";
    EXPECT_EQ(ask(elsewhere.context, elsewhere.path, "localhost"), "tls_failed") << "for another host";
    Server const plain([](Connection& c) { c.write("HTTP/1.1 200 OK\r\n\r\n"), c.read_until("never"); });
    EXPECT_EQ(reason(HttpClient().send({.url = plain.url("/", "https")})), "tls_failed") << "no TLS at all";
    EXPECT_EQ(reason(HttpClient({.certificates_file = "/nonexistent"}).send({.url = "https://localhost:1/"})), "tls_failed");
}

TEST(HttpClient, KeepsOutOfPrivateNetworksWhenTold) {
    HttpClient const client({.reach = Reach::public_internet});
    for (auto const* url : {"http://127.0.0.1/", "http://localhost/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0x7f.1/", "http://0/"})
        EXPECT_EQ(reason(client.send({.url = url}, {.connect_timeout = 2s})), "address_not_allowed") << url;
}

TEST(IsPublic, KnowsTheReservedRanges) {
    auto const ask = [](char const* text) {
        sockaddr_in6 six{};
        sockaddr_in four{};
        six.sin6_family = AF_INET6, four.sin_family = AF_INET;
        if (inet_pton(AF_INET, text, &four.sin_addr) == 1) return is_public(reinterpret_cast<sockaddr*>(&four));
        EXPECT_EQ(inet_pton(AF_INET6, text, &six.sin6_addr), 1) << text;
        return is_public(reinterpret_cast<sockaddr*>(&six));
    };
    for (auto const* a : {"8.8.8.8", "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "223.255.255.255", "2606:4700::1", "2002:0808:0808::1"}) EXPECT_TRUE(ask(a)) << a;
    for (auto const* a : {"10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.1", "100.64.0.1", "224.0.0.1", "255.255.255.255", "0.0.0.0", "::", "::1", "fe80::1", "fc00::1", "ff02::1",
                          "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:0a00:0001::1", "2001:db8::1"}) EXPECT_FALSE(ask(a)) << a;
}

TEST(ParseUrl, SplitsAndRefuses) {
    auto const u = parse_url("https://api.example:8443/v1/x?y=z").value();
    EXPECT_EQ(u.host + " " + u.port + " " + u.target + " " + u.authority, "api.example 8443 /v1/x?y=z api.example:8443");
    EXPECT_EQ(parse_url("http://h?x")->target, "/?x");
    EXPECT_EQ(parse_url("https://h")->port, "443");
    EXPECT_EQ(parse_url("http://[::1]:80/")->host, "::1");
    for (auto const* bad : {"", "ftp://h/", "http://", "http:///x", "http://u:p@h/", "http://h:/", "http://h:0/", "http://h:65536/", "http://h:1x/", "http://h/#f", "http://h /", "http://h\r\n/", "http://[::1", "http://[g]/", "http://[::1]x80/", "http://h%41/", "http://火/"})
        EXPECT_EQ(parse_url(bad).error().reason, "malformed_url") << bad;
}

}  // namespace kindling::providers

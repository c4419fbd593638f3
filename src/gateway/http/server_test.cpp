// The whole server over real sockets. Nothing here sleeps: each wait is for bytes, an end of line, a latch or a stop token.
#include "gateway/http/server.h"
#include "gateway/http/multipart.h"
#include "gateway/http/socket_client_for_test.h"
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <sys/resource.h>

namespace kindling::gateway {

namespace {

using namespace std::chrono_literals;
using test::Client, test::serve;

std::string echo_of(Request const& r) { return r.method_text + " " + r.path + " " + r.body; }

Router echo() {
    Router r;
    for (auto const m : {Method::get, Method::post, Method::put})
        r.add(m, "/io/*", [](Request const& q) { return Response::text(200, echo_of(q)); }, {.where = Where::io}),
        r.add(m, "/pool/*", [](Request const& q) { return Response::text(200, echo_of(q)); });
    r.post("/small", [](Request const& q) { return Response::text(200, std::to_string(q.body.size())); }, {.max_body_bytes = 10});
    r.get("/throw", [](Request const&) -> Response { throw std::runtime_error("secret"); });
    return r;
}

std::string reason_in(std::string const& body) {
    auto const at = body.find("\"reason\":\"");
    return at == body.npos ? "" : body.substr(at + 10, body.find('"', at + 10) - at - 10);
}

}  // namespace

TEST(Server, AnswersAndKeepsTheConnection) {
    auto const server = serve(echo());
    Client c(server->port());
    for (auto const* where : {"/io/x", "/pool/x"}) {
        auto const a = c.get(where, "X-Request-Id: my-id.1\r\n");
        EXPECT_EQ(a.status, 200);
        EXPECT_EQ(a.body, std::string("GET ") + where + " ");
        EXPECT_EQ(Client::field(a.head, "X-Request-Id"), "my-id.1");
        EXPECT_EQ(Client::field(a.head, "X-Content-Type-Options"), "nosniff");
        EXPECT_NE(Client::field(a.head, "Content-Security-Policy").find("frame-ancestors 'none'"), std::string::npos);
        EXPECT_EQ(Client::field(a.head, "Connection"), "");
    }
    auto const odd = c.get("/io/x", "X-Request-Id: <script>\r\n");
    EXPECT_EQ(Client::field(odd.head, "X-Request-Id").substr(0, 4), "req_") << "an odd id is replaced";
    EXPECT_EQ(c.get("/io/x", "Connection: close\r\n").status, 200);
    EXPECT_TRUE(c.at_end());
}

TEST(Server, SpeaksHttp10) {
    auto const server = serve(echo());
    Client c(server->port());
    c.send("GET /io/x HTTP/1.0\r\n\r\n");
    EXPECT_EQ(c.answer().head.substr(0, 15), "HTTP/1.0 200 OK");
    EXPECT_TRUE(c.at_end());
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    auto const server = serve(echo());
    Client c(server->port());
    std::string all;
    for (int i = 0; i < 300; ++i) {
        auto const path = (i % 3 == 0 ? "/pool/" : "/io/") + std::to_string(i);
        all += "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
    }
    ASSERT_TRUE(c.send(all));
    for (int i = 0; i < 300; ++i) ASSERT_EQ(c.answer().body, "POST " + std::string(i % 3 == 0 ? "/pool/" : "/io/") + std::to_string(i) + " abc");
}

TEST(Server, ReadsChunkedBodiesByteByByte) {
    auto const server = serve(echo());
    Client c(server->port());
    for (char b : std::string("POST /pool/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")) ASSERT_TRUE(c.send({&b, 1}));
    EXPECT_EQ(c.answer().body, "POST /pool/x abcde");
}

TEST(Server, HeadOptionsAndErrors) {
    auto const server = serve(echo());
    Client c(server->port());
    c.send("HEAD /io/x HTTP/1.1\r\nHost: h\r\n\r\n");
    auto const head = c.answer(true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(Client::field(head.head, "Content-Length"), "11") << "what GET would send: HEAD /io/x and a blank";
    auto const none = c.get("/none");
    EXPECT_EQ(none.status, 404);
    EXPECT_EQ(reason_in(none.body), "no_such_route");
    c.send("DELETE /io/x HTTP/1.1\r\nHost: h\r\n\r\n");
    auto const method = c.answer();
    EXPECT_EQ(method.status, 405);
    EXPECT_EQ(Client::field(method.head, "Allow"), "GET, HEAD, POST, PUT, OPTIONS");
    c.send("OPTIONS /small HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(Client::field(c.answer().head, "Allow"), "POST, OPTIONS");
    c.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(c.answer().status, 204);
    c.send("POST /none HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello");
    EXPECT_EQ(c.answer().status, 404) << "its body is read away";
    EXPECT_EQ(c.get("/io/still").status, 200) << "and the connection stays";
}

TEST(Server, AHandlerThatThrowsIsAnError500WithoutDetail) {
    std::promise<std::string> told;
    auto const server = serve(echo(), {.on_exception = [&](std::string_view, std::string_view what) { told.set_value(std::string(what)); }});
    Client c(server->port());
    auto const a = c.get("/throw");
    EXPECT_EQ(a.status, 500);
    EXPECT_EQ(a.body.find("secret"), std::string::npos);
    EXPECT_EQ(told.get_future().get(), "secret");
    EXPECT_EQ(c.get("/io/x").status, 200);
}

TEST(Server, BodyLimitBelowAtAbove) {
    auto const server = serve(echo());
    auto const post = [&](std::string framing, std::string body) {
        Client c(server->port());
        c.send("POST /small HTTP/1.1\r\nHost: h\r\n" + framing + "\r\n\r\n" + body);
        auto const a = c.answer();
        if (a.status == 413) {
            EXPECT_EQ(reason_in(a.body), "body_too_large");
            EXPECT_TRUE(c.at_end());
        }
        return a.status;
    };
    EXPECT_EQ(post("Content-Length: 9", "123456789"), 200);
    EXPECT_EQ(post("Content-Length: 10", "1234567890"), 200);
    EXPECT_EQ(post("Content-Length: 11", "12345678901"), 413);
    EXPECT_EQ(post("Content-Length: 1000000000000", ""), 413) << "refused before a byte of it came";
    EXPECT_EQ(post("Transfer-Encoding: chunked", "A\r\n1234567890\r\n0\r\n\r\n"), 200);
    EXPECT_EQ(post("Transfer-Encoding: chunked", "A\r\n1234567890\r\n1\r\nx\r\n0\r\n\r\n"), 413);
}

TEST(Server, ExpectContinue) {
    auto const server = serve(echo());
    Client c(server->port());
    c.send("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(c.answer().status, 100);
    c.send("abc");
    EXPECT_EQ(c.answer().body, "3");
    c.send("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 99\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(c.answer().status, 413) << "without having to send it";
    Client d(server->port());
    d.send("POST /none HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(d.answer().status, 404);
    Client e(server->port());
    e.send("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: magic\r\n\r\n");
    EXPECT_EQ(e.answer().status, 417);
}

TEST(Server, RefusesBadRequestsAndCloses) {
    auto const server = serve(echo(), {.max_header_bytes = 8192, .allowed_hosts = {"localhost"}});
    std::pair<std::string, int> const cases[] = {
        {"nonsense\r\n\r\n", 400}, {"GET / HTTP/1.1\r\n\r\n", 400}, {"GET /../a HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
        {"POST /io/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /io/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
        {"POST /io/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
        {"POST /io/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
        {"GET /io/x HTTP/1.1\r\nHost: localhost\r\nA: " + std::string(10'000, 'x') + "\r\n\r\n", 431},
        {"GET /" + std::string(6000, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414},
        {"GET /io/x HTTP/1.1\r\nHost: rebound.evil\r\n\r\n", 421}};
    for (auto const& [text, status] : cases) {
        Client c(server->port());
        c.send(text);
        EXPECT_EQ(c.answer().status, status) << text.substr(0, 80);
        EXPECT_TRUE(c.at_end()) << text.substr(0, 80);
    }
}

TEST(Server, EndsSlowAndIdleClients) {
    auto const server = serve(echo(), {.header_timeout = 40ms, .idle_timeout = 40ms, .body_timeout = 40ms, .min_body_rate = 1'000'000});
    Client silent(server->port()), slow_head(server->port()), slow_body(server->port()), idle(server->port());
    slow_head.send("GET /io/x HTTP/1.1\r\nHo");
    slow_body.send("POST /io/x HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
    EXPECT_EQ(idle.get("/io/x").status, 200);
    EXPECT_TRUE(silent.at_end());
    EXPECT_EQ(slow_head.answer().status, 408);
    EXPECT_EQ(slow_body.answer().status, 408);
    EXPECT_TRUE(slow_head.at_end());
    EXPECT_TRUE(slow_body.at_end());
    EXPECT_TRUE(idle.at_end());
}

TEST(Server, EndsAClientThatDoesNotRead) {
    Router r;
    r.get("/big", [](Request const&) { return Response::text(200, std::string(64 << 20, 'x')); });
    auto const server = serve(std::move(r), {.write_timeout = 50ms});
    Client c(server->port(), 4096);
    c.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(c.until("\r\n\r\n"));
    Client other(server->port());
    while (server->connections() > 1) EXPECT_EQ(other.get("/none").status, 404) << "others are served meanwhile";
}

TEST(Server, SendsLargeAndSharedBodiesWhole) {
    static std::string const big = [] {
        std::string s;
        for (int i = 0; i < 400'000; ++i) s += std::to_string(i) + ",";
        return s;
    }();
    Router r;
    r.get("/own", [](Request const&) { return Response{.content_type = "application/octet-stream", .body = big}; });
    r.get("/shared", [](Request const&) { return Response{.content_type = "application/octet-stream", .shared = {big}}; }, {.where = Where::io});
    auto const server = serve(std::move(r));
    Client c(server->port(), 8192);
    for (int i = 0; i < 3; ++i) c.send("GET /own HTTP/1.1\r\nHost: h\r\n\r\nGET /shared HTTP/1.1\r\nHost: h\r\n\r\n");
    for (int i = 0; i < 6; ++i) EXPECT_TRUE(c.answer().body == big) << i;
}

TEST(Server, LimitsConnections) {
    auto const server = serve(echo(), {.max_connections = 2});
    Client a(server->port()), b(server->port());
    EXPECT_EQ(a.get("/io/x").status, 200);
    EXPECT_EQ(b.get("/io/x").status, 200);
    Client third(server->port());
    EXPECT_EQ(third.answer().status, 503);
    EXPECT_TRUE(third.at_end());
    auto const per_address = serve(echo(), {.max_connections_per_address = 1});
    Client d(per_address->port());
    EXPECT_EQ(d.get("/io/x").status, 200);
    EXPECT_EQ(Client(per_address->port()).answer().status, 503);
}

TEST(Server, ServesAThousandConnections) {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < 2500) files.rlim_cur = std::min<rlim_t>(2500, files.rlim_max), setrlimit(RLIMIT_NOFILE, &files);
    ASSERT_GE(files.rlim_cur, 2500u) << "this machine allows too few open files for the test";
    auto const server = serve(echo(), {.io_threads = 2});
    std::vector<std::unique_ptr<Client>> all;
    for (int i = 0; i < 1000; ++i) all.push_back(std::make_unique<Client>(server->port()));
    for (int round = 0; round < 2; ++round) {
        for (std::size_t i = 0; i < all.size(); ++i) ASSERT_TRUE(all[i]->send("GET " + std::string(i % 2 ? "/io/" : "/pool/") + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n"));
        for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i]->answer().status, 200) << i;
    }
    EXPECT_EQ(server->connections(), 1000u);
    all.clear();
    Client last(server->port());
    while (server->connections() > 1) ASSERT_EQ(last.get("/io/x").status, 200);
}

TEST(Server, AFullQueueAnswers503) {
    std::promise<void> release;
    auto const held = release.get_future().share();
    std::promise<void> entered;
    Router r;
    r.get("/wait", [&](Request const&) { return entered.set_value(), held.wait(), Response::text(200, ""); });
    r.get("/next", [](Request const&) { return Response::text(200, ""); });
    auto const server = serve(std::move(r), {.workers = 1, .max_queued_requests = 1});
    Client a(server->port()), b(server->port()), c(server->port());
    a.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
    entered.get_future().wait();  // the one worker is taken
    b.send("GET /next HTTP/1.1\r\nHost: h\r\n\r\n");
    c.send("GET /next HTTP/1.1\r\nHost: h\r\n\r\n");
    // One of the two waits in the queue, the other is refused; which is which is the system's choice.
    fd_set ready;
    FD_ZERO(&ready);
    FD_SET(b.descriptor(), &ready);
    FD_SET(c.descriptor(), &ready);
    ASSERT_EQ(::select(std::max(b.descriptor(), c.descriptor()) + 1, &ready, nullptr, nullptr, nullptr), 1);
    auto& refused = FD_ISSET(b.descriptor(), &ready) ? b : c;
    auto& queued = &refused == &b ? c : b;
    auto const answer = refused.answer();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(reason_in(answer.body), "server_busy");
    release.set_value();
    EXPECT_EQ(a.answer().status, 200);
    EXPECT_EQ(queued.answer().status, 200);
}

TEST(Server, TellsTheHandlerThatTheClientLeftOrTheTimeIsUp) {
    std::promise<void> entered;
    std::promise<bool> left, late;
    auto const wait_for_stop = [](Request const& q) {
        std::mutex m;
        std::condition_variable_any wake;
        std::unique_lock lock(m);
        wake.wait_for(lock, q.stop, 10s, [] { return false; });
        return q.stop.stop_requested();
    };
    Router r;
    r.get("/left", [&](Request const& q) { return entered.set_value(), left.set_value(wait_for_stop(q)), Response::text(200, ""); });
    r.get("/late", [&](Request const& q) { return late.set_value(wait_for_stop(q)), Response::text(200, "still said"); }, {.timeout = 30ms});
    auto const server = serve(std::move(r));
    {
        Client c(server->port());
        c.send("GET /left HTTP/1.1\r\nHost: h\r\n\r\n");
        entered.get_future().wait();
    }
    EXPECT_TRUE(left.get_future().get());
    Client c(server->port());
    EXPECT_EQ(c.get("/late").body, "still said");
    EXPECT_TRUE(late.get_future().get());
}

TEST(Server, AHalfClosedClientStillGetsItsAnswer) {
    auto const server = serve(echo());
    for (auto const* path : {"/io/x", "/pool/x"}) {
        Client c(server->port());
        c.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n");
        c.half_close();
        EXPECT_EQ(c.answer().status, 200) << path;
    }
}

TEST(Server, SpoolsUploadsToAFileThatGoesAway) {
    std::promise<std::string> where;
    Router r;
    r.post("/upload", [&](Request const& q) {
        auto const parts = parse_multipart(q).value();
        where.set_value(q.body_file);
        std::ifstream in(parts.at(0).file->path(), std::ios::binary);
        return Response::text(200, std::to_string(parts.at(0).bytes) + " " + std::to_string(q.body.size()) + " " + std::string(std::istreambuf_iterator<char>(in), {}).substr(0, 4));
    }, {.max_body_bytes = 4 << 20, .body = BodyTo::file});
    auto const server = serve(std::move(r));
    Client c(server->port());
    auto const body = "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n" + std::string(3 << 20, 'y') + "\r\n--B--\r\n";
    c.send("POST /upload HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_EQ(c.answer().body, "3145728 0 yyyy");
    auto const path = where.get_future().get();
    EXPECT_EQ(c.get("/none").status, 404);
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Server, SaysWhatToDoWhenThePortIsTaken) {
    auto const first = serve(echo());
    auto const second = Server::create({.port = first->port()}, echo());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().reason, "port_taken");
    EXPECT_NE(second.error().message.find("choose another port"), std::string::npos);
    EXPECT_EQ(Server::create({.address = "nowhere"}, echo()).error().reason, "malformed_address");
    EXPECT_EQ(Server::create({.address = "192.0.2.1"}, echo()).error().reason, "address_not_available");
    EXPECT_EQ(first->url(), "http://127.0.0.1:" + std::to_string(first->port()));
}

TEST(Server, CountsAndLogs) {
    Metrics metrics;
    std::mutex m;
    std::vector<std::string> log;
    {
        auto const server = serve(echo(), {.metrics = &metrics, .access_log = [&](AccessEntry const& e) {
                                               std::lock_guard lock(m);
                                               log.push_back(std::string(e.method) + " " + std::string(e.path) + " " + std::string(e.route) + " " + std::to_string(e.status) + " " + std::to_string(e.bytes_in) + " " + std::to_string(e.bytes_out) + " " + std::string(e.user_agent));
                                           }});
        Client c(server->port());
        c.get("/io/a", "User-Agent: t\r\n"), c.get("/none");
        c.send("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"), c.answer();
        EXPECT_EQ(metrics.gauge("kindling_http_connections", "").value(), 1);
    }
    ASSERT_EQ(log.size(), 3u);
    EXPECT_EQ(log[0], "GET /io/a /io/* 200 0 10 t");
    EXPECT_EQ(log[1].substr(0, 15), "GET /none  404 ");
    EXPECT_EQ(log[2], "POST /small /small 200 3 1 ");
    EXPECT_NE(metrics.render().find("kindling_http_requests_total{method=\"POST\",route=\"/small\",status=\"2xx\"} 1\n"), std::string::npos);
    EXPECT_NE(metrics.render().find("kindling_http_requests_total{method=\"any\",route=\"none\",status=\"4xx\"} 1\n"), std::string::npos);
    EXPECT_EQ(metrics.gauge("kindling_http_connections", "").value(), 0);
}

}  // namespace kindling::gateway

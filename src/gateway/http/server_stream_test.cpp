// Event streams and the graceful end, over real sockets.
#include "gateway/http/server.h"
#include "gateway/http/socket_client_for_test.h"
#include <future>

namespace kindling::gateway {

namespace {

using namespace std::chrono_literals;
using test::Client, test::serve;

}  // namespace

TEST(EventsOverHttp, ArriveInOrderAndResume) {
    Router r;
    r.get("/events", [](Request const& q) {
        auto const last = std::string(q.headers.get("last-event-id"));
        return Response::events([from = last.empty() ? 0 : std::stoi(last) + 1](EventStream s) {
            for (int i = from; i < 5; ++i) s.send({.data = "e" + std::to_string(i), .id = std::to_string(i)});
            s.close();
        });
    });
    auto const server = serve(std::move(r));
    Client c(server->port());
    auto const a = c.get("/events");
    EXPECT_EQ(Client::field(a.head, "Content-Type"), "text/event-stream");
    EXPECT_EQ(Client::field(a.head, "Cache-Control"), "no-store");
    EXPECT_EQ(a.body, "id: 0\ndata: e0\n\nid: 1\ndata: e1\n\nid: 2\ndata: e2\n\nid: 3\ndata: e3\n\nid: 4\ndata: e4\n\n");
    EXPECT_EQ(c.get("/events", "Last-Event-ID: 3\r\n").body, "id: 4\ndata: e4\n\n") << "and the connection was kept";
    c.send("GET /events HTTP/1.0\r\n\r\n");
    ASSERT_TRUE(c.until("data: e4\n\n"));
    c.held().clear();
    EXPECT_TRUE(c.at_end()) << "HTTP/1.0 has no chunks: the end of the line is the end of the body";
}

TEST(EventsOverHttp, AClientThatLeavesStopsTheProducer) {
    std::promise<Sent> last;
    Router r;
    r.get("/events", [&](Request const&) {
        return Response::events([&](EventStream s) {
            s.send({.data = "first"});
            std::mutex m;
            std::condition_variable_any wake;
            std::unique_lock lock(m);
            wake.wait_for(lock, s.stop(), 10s, [] { return false; });
            last.set_value(s.send({.data = "nobody"}));
        });
    });
    std::promise<std::uint64_t> logged;
    auto const server = serve(std::move(r), {.access_log = [&](AccessEntry const& e) { logged.set_value(e.bytes_out); }});
    {
        Client c(server->port());
        c.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
        ASSERT_TRUE(c.until("data: first\n\n"));
    }
    EXPECT_EQ(last.get_future().get(), Sent::closed);
    EXPECT_EQ(logged.get_future().get(), 13u) << "a stream that its reader left is in the log too";
}

TEST(EventsOverHttp, ASlowReaderSlowsTheProducer) {
    std::atomic<std::size_t> produced = 0;
    std::string const piece(1000, 'x');
    constexpr std::size_t total = 30'000;
    Router r;
    r.get("/events", [&](Request const&) {
        return Response::events([&](EventStream s) {
            while (produced < total && s.send({.data = piece}) == Sent::ok) ++produced;
            s.close();
        });
    });
    auto const server = serve(std::move(r));
    Client c(server->port(), 4096);
    c.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(c.until("data: "));
    // What lies between the two ends is bounded by the stream's buffer and the sockets', far below the 30 MB in all.
    EXPECT_LT(produced, total);
    std::size_t received = c.held().size();
    while (c.held().find("\r\n0\r\n\r\n") == std::string::npos) {
        if (c.held().size() > 100) c.held().erase(0, c.held().size() - 100);
        auto const before = c.held().size();
        ASSERT_TRUE(c.more());
        received += c.held().size() - before;
    }
    EXPECT_EQ(produced, total);
    EXPECT_GT(received, total * piece.size());
}

TEST(EventsOverHttp, ASilentStreamBeats) {
    std::promise<EventStream> stream;
    Router r;
    r.get("/events", [&](Request const&) { return Response::events([&](EventStream s) { stream.set_value(s); }, Producer::caller); });
    auto const server = serve(std::move(r), {.heartbeat = 20ms});
    Client c(server->port());
    c.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(c.until("\r\n3\r\n:\n\n\r\n3\r\n:\n\n\r\n"));
    auto const s = stream.get_future().get();
    EXPECT_EQ(s.try_send({.data = "pushed"}), Sent::ok) << "from a thread that has nothing to do with the server";
    EXPECT_TRUE(c.until("data: pushed\n\n"));
    s.close();
    EXPECT_TRUE(c.until("0\r\n\r\n"));
}

TEST(EventsOverHttp, AreRefusedWhenTooManyRun) {
    std::promise<void> release;
    auto const held = release.get_future().share();
    Router r;
    r.get("/events", [&](Request const&) { return Response::events([&](EventStream s) { s.send({.data = "on"}), held.wait(), s.close(); }); });
    auto const server = serve(std::move(r), {.max_streams = 1});
    Client a(server->port()), b(server->port());
    a.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(a.until("data: on"));
    EXPECT_EQ(b.get("/events").body, "event: end\ndata: {\"reason\":\"server_busy\"}\n\n");
    release.set_value();
    EXPECT_TRUE(a.until("0\r\n\r\n"));
}

TEST(Shutdown, FinishesWhatIsInFlight) {
    std::promise<void> entered, release;
    auto const held = release.get_future().share();
    Router r;
    r.get("/wait", [&](Request const&) { return entered.set_value(), held.wait(), Response::text(200, "done"); });
    r.get("/io", [](Request const&) { return Response::text(200, ""); }, {.where = Where::io});
    r.get("/events", [](Request const&) { return Response::events([](EventStream s) { s.send({.data = "on"}); }); });
    auto server = serve(std::move(r));
    auto const port = server->port();
    Client working(port), idle(port), watching(port);
    working.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
    entered.get_future().wait();
    EXPECT_EQ(idle.get("/io").status, 200);
    watching.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(watching.until("data: on"));
    server->stop();
    EXPECT_TRUE(idle.at_end()) << "idle connections end at once";
    EXPECT_TRUE(watching.until("event: end\ndata: {\"reason\":\"shutting_down\"}\n\n")) << "streams hear why";
    EXPECT_TRUE(watching.until("0\r\n\r\n"));
    EXPECT_FALSE(Client(port).connected()) << "nobody new";
    release.set_value();
    auto const a = working.answer();
    EXPECT_EQ(a.body, "done");
    EXPECT_EQ(Client::field(a.head, "Connection"), "close");
    working.close(), watching.close();
    server->wait();
    EXPECT_EQ(server->connections(), 0u);
}

TEST(Shutdown, EndsByForceAfterTheGraceTime) {
    std::promise<bool> stopped;
    std::promise<void> entered;
    Router r;
    r.get("/wait", [&](Request const& q) {
        entered.set_value();
        std::mutex m;
        std::condition_variable_any wake;
        std::unique_lock lock(m);
        wake.wait_for(lock, q.stop, 10s, [] { return false; });
        stopped.set_value(q.stop.stop_requested());
        return Response::text(200, "");
    });
    auto server = serve(std::move(r), {.grace = 30ms});
    Client c(server->port());
    c.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
    entered.get_future().wait();
    server->stop(), server->stop();
    server->wait();
    EXPECT_TRUE(stopped.get_future().get());
    EXPECT_TRUE(c.at_end());
}

TEST(Shutdown, AServerThatNeverRanEnds) { EXPECT_TRUE(Server::create({}, Router()).has_value()); }

}  // namespace kindling::gateway

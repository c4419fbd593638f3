// WebSockets over real sockets, with frames made by hand, so that the test does not trust the library it tests.
#include "gateway/http/server.h"
#include "gateway/http/socket_client_for_test.h"
#include <future>

namespace kindling::gateway {

namespace {

using namespace std::chrono_literals;
using test::Client, test::serve;

Response accepting(WebSocketAccept accept) {
    Response r;
    r.websocket = std::make_unique<WebSocketAccept>(std::move(accept));
    return r;
}
WebSocketAccept echo() { return {.handler = {.message = [](WebSocket& w, std::string_view text) { w.send(std::string(text)); }}}; }

// One masked client frame (RFC 6455, 5.2).
std::string frame(int opcode, std::string_view text, int fin = 0x80) {
    std::string out{static_cast<char>(fin | opcode)};
    if (text.size() < 126) out += static_cast<char>(0x80 | text.size());
    else if (text.size() < 65536) out += static_cast<char>(0xFE), out += static_cast<char>(text.size() >> 8), out += static_cast<char>(text.size());
    else {
        out += static_cast<char>(0xFF);
        for (int s = 56; s >= 0; s -= 8) out += static_cast<char>(text.size() >> s);
    }
    char const mask[] = {1, 2, 3, 4};
    out.append(mask, 4);
    for (std::size_t i = 0; i < text.size(); ++i) out += static_cast<char>(text[i] ^ mask[i % 4]);
    return out;
}
struct Frame { int opcode = -1; std::string text; };
Frame receive(Client& c) {
    auto const need = [&](std::size_t n) { while (c.held().size() < n) if (!c.more()) return false; return true; };
    if (!need(2)) return {};
    std::size_t size = static_cast<unsigned char>(c.held()[1]), at = 2;
    auto const wide = size == 126 ? 2u : size == 127 ? 8u : 0u;
    if (!need(at + wide)) return {};
    if (wide) size = 0;
    for (unsigned i = 0; i < wide; ++i) size = size << 8 | static_cast<unsigned char>(c.held()[at++]);
    if (!need(at + size)) return {};
    Frame f{c.held()[0] & 15, c.held().substr(at, size)};
    c.held().erase(0, at + size);
    return f;
}
int close_code(Frame const& f) { return f.opcode == 8 && f.text.size() >= 2 ? static_cast<unsigned char>(f.text[0]) << 8 | static_cast<unsigned char>(f.text[1]) : -1; }

std::string const ask = "GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

}  // namespace

TEST(WebSocketOverHttp, EchoesOnBothKindsOfThread) {
    for (auto const where : {MessagesOn::pool, MessagesOn::io}) {
        Router r;
        r.get("/ws", [where](Request const&) {
            auto a = echo();
            a.messages_on = where, a.subprotocol = "chat.v1";
            return accepting(std::move(a));
        });
        auto const server = serve(std::move(r));
        Client c(server->port());
        c.send(ask + "Sec-WebSocket-Protocol: chat.v0, chat.v1\r\n\r\n");
        ASSERT_TRUE(c.until("\r\n\r\n"));
        EXPECT_NE(c.held().find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), std::string::npos) << "the standard's own example";
        EXPECT_NE(c.held().find("Sec-WebSocket-Protocol: chat.v1\r\n"), std::string::npos);
        c.held().erase(0, c.held().find("\r\n\r\n") + 4);
        for (std::size_t size : {0u, 1u, 125u, 126u, 65535u, 65536u}) {
            c.send(frame(1, std::string(size, 'a')));
            EXPECT_EQ(receive(c).text, std::string(size, 'a')) << size;
        }
        c.send(frame(1, "hel", 0) + frame(9, "ping") + frame(0, "lo 火"));
        Frame a = receive(c), b = receive(c);
        if (a.opcode == 1) std::swap(a, b);
        EXPECT_EQ(a.opcode, 10);
        EXPECT_EQ(a.text, "ping");
        EXPECT_EQ(b.text, "hello 火") << "fragments are put together";
        for (int i = 0; i < 100; ++i) c.send(frame(1, std::to_string(i)));
        for (int i = 0; i < 100; ++i) ASSERT_EQ(receive(c).text, std::to_string(i)) << "in order";
        c.send(frame(8, std::string("\x03\xe8", 2)));
        EXPECT_EQ(close_code(receive(c)), 1000);
        EXPECT_TRUE(c.at_end());
        c.close();
        Client other(server->port());
        while (server->connections() > 1) ASSERT_EQ(other.get("/none").status, 404);
    }
}

TEST(WebSocketOverHttp, ClosesOnWhatItDoesNotTake) {
    std::promise<std::uint16_t> closed;
    Router r;
    r.get("/ws", [](Request const&) {
        auto a = echo();
        a.max_message_bytes = 10;
        return accepting(std::move(a));
    });
    auto const server = serve(std::move(r));
    std::pair<std::string, int> const cases[] = {{frame(2, "bin"), 1003}, {frame(1, "12345678901"), 1009}, {frame(1, "\xff"), 1007}, {std::string("\x81\x01x", 3), 1002}, {frame(3, ""), 1002}};
    for (auto const& [bytes, code] : cases) {
        Client c(server->port());
        c.send(ask + "\r\n");
        ASSERT_TRUE(c.until("\r\n\r\n"));
        c.held().clear();
        c.send(frame(1, "1234567890"));
        EXPECT_EQ(receive(c).text, "1234567890") << "at the limit";
        c.send(bytes);
        EXPECT_EQ(close_code(receive(c)), code);
    }
}

TEST(WebSocketOverHttp, TellsItsUserAboutOpenAndClosed) {
    std::promise<std::shared_ptr<WebSocket>> opened;
    std::promise<std::uint16_t> closed;
    Router r;
    r.get("/ws", [&](Request const&) { return accepting({.handler = {.open = [&](auto w) { opened.set_value(w); }, .closed = [&](std::uint16_t code) { closed.set_value(code); }}}); });
    auto server = serve(std::move(r));
    std::shared_ptr<WebSocket> user;
    {
        Client c(server->port());
        c.send(ask + "\r\n");
        ASSERT_TRUE(c.until("\r\n\r\n"));
        c.held().clear();
        user = opened.get_future().get();
        EXPECT_EQ(user->send("pushed"), Sent::ok);
        EXPECT_EQ(receive(c).text, "pushed");
    }
    EXPECT_EQ(closed.get_future().get(), 1006) << "the line broke";
    EXPECT_EQ(user->send("nobody"), Sent::closed);
    server.reset();
    EXPECT_EQ(user->send("the user may keep it longer than the server lives"), Sent::closed);
}

TEST(WebSocketOverHttp, ASlowReaderIsToldToTheSender) {
    std::promise<std::shared_ptr<WebSocket>> opened;
    Router r;
    r.get("/ws", [&](Request const&) { return accepting({.handler = {.open = [&](auto w) { opened.set_value(w); }}, .max_queued_bytes = 100'000}); });
    auto const server = serve(std::move(r));
    Client c(server->port(), 4096);
    c.send(ask + "\r\n");
    ASSERT_TRUE(c.until("\r\n\r\n"));
    c.held().erase(0, c.held().find("\r\n\r\n") + 4);
    auto const w = opened.get_future().get();
    std::size_t sent = 0;
    while (w->send(std::string(50'000, 'x')) == Sent::ok) ASSERT_LT(++sent, 10'000u) << "the queue has a bound";
    for (std::size_t i = 0; i < sent; ++i) ASSERT_EQ(receive(c).text.size(), 50'000u);
    EXPECT_EQ(w->send("again"), Sent::ok);
    EXPECT_EQ(receive(c).text, "again");
}

TEST(WebSocketOverHttp, RefusesWhatIsNoUpgrade) {
    Router r;
    r.get("/ws", [](Request const&) { return accepting(echo()); });
    auto const server = serve(std::move(r));
    Client c(server->port());
    auto const a = c.get("/ws");
    EXPECT_EQ(a.status, 426);
    EXPECT_EQ(Client::field(a.head, "Upgrade"), "websocket");
    Client early(server->port());
    early.send(ask + "\r\n" + frame(1, "before the answer"));
    EXPECT_EQ(early.answer().status, 426) << "bytes before the handshake could be smuggled past a proxy";
    Client old(server->port());
    old.send("GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    EXPECT_GE(old.answer().status, 400);
}

TEST(WebSocketOverHttp, AnExceptionInAHandlerIsReportedAndSurvived) {
    std::promise<std::string> told;
    Router r;
    r.get("/ws", [](Request const&) {
        return accepting({.handler = {.message = [](WebSocket& w, std::string_view text) { if (text == "bad") throw std::runtime_error("oops"); w.send(std::string(text)); }}});
    });
    auto const server = serve(std::move(r), {.on_exception = [&](std::string_view, std::string_view what) { told.set_value(std::string(what)); }});
    Client c(server->port());
    c.send(ask + "\r\n");
    ASSERT_TRUE(c.until("\r\n\r\n"));
    c.held().clear();
    c.send(frame(1, "bad") + frame(1, "good"));
    EXPECT_EQ(receive(c).text, "good");
    EXPECT_EQ(told.get_future().get(), "oops");
}

TEST(WebSocketOverHttp, ShutdownSaysGoingAway) {
    Router r;
    r.get("/ws", [](Request const&) { return accepting(echo()); });
    auto const server = serve(std::move(r));
    Client c(server->port());
    c.send(ask + "\r\n");
    ASSERT_TRUE(c.until("\r\n\r\n"));
    c.held().clear();
    c.send(frame(1, "x"));
    EXPECT_EQ(receive(c).text, "x");
    server->stop();
    EXPECT_EQ(close_code(receive(c)), 1001);
    c.send(frame(8, std::string("\x03\xe9", 2)));
    EXPECT_TRUE(c.at_end());
    c.close();
    server->wait();
    EXPECT_EQ(server->connections(), 0u);
}

}  // namespace kindling::gateway

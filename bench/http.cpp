// `http`: wrk on loopback asks a real `kindling serve` for a product with an API key, so that each request passes parsing, rate
// limit, permission, a store transaction, the operation and the writing of its JSON. The echo runs on the same HTTP library in
// this process, with clients made by hand (RFC 6455 frames, masked), one message in flight per connection.
#include "http.h"

#include <fmt/format.h>

#include <cstdlib>
#include <deque>
#include <fstream>
#include <thread>

#include "gateway/http/server.h"
#include "shop_server.h"

namespace kindling::bench {

namespace {

constexpr int connections = 32;

// "Requests/sec:  23456.78" and "     99%    3.21ms" as wrk prints them.
double after(std::string const& text, std::string_view label) {
    auto const at = text.find(label);
    return at == text.npos ? 0 : std::strtod(text.c_str() + at + label.size(), nullptr);
}
double milliseconds_at(std::string const& text, std::string_view label) {
    auto const at = text.find(label);
    if (at == text.npos) return 0;
    char* unit = nullptr;
    auto const value = std::strtod(text.c_str() + at + label.size(), &unit);
    std::string_view const u(unit, 2);
    return u == "us" ? value / 1000 : u == "ms" ? value : value * 1000;
}

std::string output_of(std::string const& command) {
    auto* const pipe = ::popen(command.c_str(), "r");
    std::string out;
    char buffer[4096];
    for (std::size_t n; pipe && (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
    if (pipe) ::pclose(pipe);
    return out;
}

void read_a_product(BenchContext& context, int seconds) {
    ScratchFolder const folder;
    ShopServer const server(folder.path(), "");
    auto const key = server.key("operator");
    LoopbackClient client(server.port(), server.key("owner"));
    std::string products;
    for (int i = 0; i < 200; ++i)
        products += fmt::format(R"({}{{"product_id":"p{}","title_en":"Blue mug {}","title_zh":"蓝色马克杯","description_en":"Stoneware, 350 ml, safe in the dishwasher.","brand":"Hearth","variants":[{{"sku":"MUG-{}-S","price_minor":1999,"stock":20}},{{"sku":"MUG-{}-L","price_minor":2499,"stock":7}}],"attributes":[{{"name":"capacity","number":350,"unit":"ml"}},{{"name":"colour","text_en":"blue","text_zh":"蓝色"}}]}})", i ? "," : "", i, i, i, i);
    if (auto const saved = client.call("catalog.save_products", fmt::format(R"({{"products":[{}]}})", products)); saved.status != 200) give_up(Error{Errc::internal, "bench_cannot_run", "the shop cannot be stocked: " + saved.body});
    std::string const body = R"({"product_id":"p17"})";
    if (auto const read = client.call("catalog.get_product", body); read.status != 200 || read.body.find("MUG-17-L") == std::string::npos) give_up(Error{Errc::internal, "bench_cannot_run", "the product cannot be read: " + read.body});
    auto const script = folder.path() + "/wrk.lua";
    std::ofstream(script) << fmt::format("wrk.method = \"POST\"\nwrk.body = '{}'\nwrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.headers[\"Authorization\"] = \"Bearer {}\"\n"
                                         "done = function(summary) if summary.errors.status > 0 then print(\"refused \" .. summary.errors.status) end end\n", body, key);
    auto const measure = [&](int time) { return output_of(fmt::format("wrk -t1 -c{} -d{}s --latency -s '{}' http://127.0.0.1:{}/v1/catalog/get_product 2>&1", connections, time, script, server.port())); };
    measure(1);  // warm
    auto const used = server.processor_seconds();
    auto const out = measure(seconds);
    auto const spent = server.processor_seconds() - used;
    if (out.find("Requests/sec:") == out.npos) { fmt::print(stderr, "http: skipped, wrk is not installed\n"); return; }
    if (out.find("refused") != out.npos || out.find("Socket errors") != out.npos) give_up(Error{Errc::internal, "bench_cannot_run", "wrk met errors: " + out});
    if (auto const requests = std::strtod(out.c_str() + out.find_last_of('\n', out.find(" requests in ")) + 1, nullptr); requests > 0) context.report("server_processor_us", spent * 1e6 / requests, "us/request");
    double load[1] = {0};
    ::getloadavg(load, 1);
    context.report("requests_per_second", after(out, "Requests/sec:"), "requests/s", Reference{"goal", 20'000});
    context.report("p50_ms", milliseconds_at(out, " 50%"), "ms");
    context.report("p99_ms", milliseconds_at(out, " 99%"), "ms");
    context.report("load_average", load[0], "processes");
}

std::size_t whole_head(std::string_view held) {
    auto const end = held.find("\r\n\r\n");
    return end == held.npos ? 0 : end + 4;
}
std::size_t whole_frame(std::string_view held) {
    if (held.size() < 2) return 0;
    auto const size = std::size_t(2) + static_cast<unsigned char>(held[1]);  // short frames only: below 126 bytes
    return held.size() >= size ? size : 0;
}

void echo(BenchContext& context, int seconds) {
    gateway::Router router;
    router.get("/ws", [](gateway::Request const&) {
        gateway::Response r;
        gateway::WebSocketAccept accept;
        accept.handler.message = [](gateway::WebSocket& socket, std::string_view text) { socket.send(std::string(text)); };
        accept.messages_on = gateway::MessagesOn::io;
        r.websocket = std::make_unique<gateway::WebSocketAccept>(std::move(accept));
        return r;
    });
    auto const server = need(gateway::Server::create({}, std::move(router)));
    server->start();
    std::string const text = "how much is the blue mug, and is it in stock today?";
    std::string message{static_cast<char>(0x81), static_cast<char>(0x80 | text.size()), 1, 2, 3, 4};
    for (std::size_t i = 0; i < text.size(); ++i) message += static_cast<char>(text[i] ^ static_cast<char>(1 + i % 4));
    std::deque<LoopbackClient> clients;
    for (int i = 0; i < connections; ++i) {
        auto& c = clients.emplace_back(server->port(), "");
        c.send("GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        if (auto const head = c.receive(&whole_head); !head || !head->starts_with("HTTP/1.1 101")) give_up(Error{Errc::internal, "bench_cannot_run", "the WebSocket was not accepted"});
    }
    std::int64_t echoed = 0;
    auto const begun = std::chrono::steady_clock::now();
    while (seconds_since(begun) < seconds) {
        for (auto& c : clients) c.send(message);
        for (auto& c : clients) {
            auto const back = c.receive(&whole_frame);
            if (!back || back->substr(2) != text) give_up(Error{Errc::internal, "bench_cannot_run", "the echo is not what was said"});
            ++echoed;
        }
    }
    context.report("echo_per_second", static_cast<double>(echoed) / seconds_since(begun), "messages/s");
}

}  // namespace

void run_http(BenchContext& context) {
    auto const* const value = std::getenv("KINDLING_HTTP_SECONDS");
    int const seconds = value ? std::max(1, std::atoi(value)) : 5;
    read_a_product(context, seconds);
    echo(context, seconds);
}

}  // namespace kindling::bench

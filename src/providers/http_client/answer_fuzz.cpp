// Answers and event streams of a hostile server: bounded, never a crash, and the same events in any pieces.
#include "core/fuzz_seeds.h"
#include "providers/http_client/event_reader.h"
#include "providers/http_client/response_reader.h"
#include <cstdlib>

using namespace kindling::providers;

static std::string events(std::string_view text, std::size_t piece) {
    std::string log;
    EventReader reader([&](ServerEvent const& e) { return log += e.name + "|" + e.data + "|" + e.id + ";", Flow::go_on; }, 4096);
    for (std::size_t at = 0; at < text.size(); at += piece)
        if (!reader.feed(text.substr(at, piece))) return "refused";
    return log;
}

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    if (size < 1) return 0;
    std::string_view const text(reinterpret_cast<char const*>(data) + 1, size - 1);
    std::size_t const piece = 1 + data[0];
    auto const whole = events(text, text.size() + 1), pieces = events(text, piece);
    if (whole != "refused" && pieces != "refused" && whole != pieces) std::abort();
    HttpResponse response;
    ResponseReader reader(response, {4096, 1000}, ResponseReader::Body::expected, {});
    bool going = true;
    for (std::size_t at = 0; going && at < text.size(); at += piece) {
        auto const state = reader.feed(text.substr(at, piece));
        going = state && *state == ResponseReader::State::more;
    }
    if (going && !text.empty()) (void)reader.end_of_stream();
    if (response.body.size() > 1000) std::abort();
    if (auto const url = parse_url(text); url && (url->host.empty() || !url->target.starts_with('/'))) std::abort();
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\xff" "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello"sv,
    "\2" "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"sv,
    "\1" "HTTP/1.0 302 Found\r\nLocation: https://a.example/b\r\n\r\nuntil the end"sv,
    "\4" ": hi\nevent: job\nid: 7\ndata: {\"a\":1}\ndata: more\nretry: 100\r\n\r\ndata\n\n"sv,
    "\0" "https://user@api.example.com:8443/v1/chat?x=y#z"sv)

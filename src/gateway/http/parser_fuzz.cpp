// A stream of requests reads the same whole and in pieces whose size the first byte says, and keeps its promises about paths and sizes.
#include "core/fuzz_seeds.h"
#include "core/utf8.h"
#include "gateway/http/parser.h"
#include <cstdlib>

using namespace kindling;
using namespace kindling::gateway;

namespace {

struct Reading final : RequestParser::Sink {
    std::optional<Error> on_head(Request& r, std::optional<std::uint64_t>) override {
        if (r.path != "*" && (!r.path.starts_with('/') || !is_utf8(r.path))) std::abort();
        if (r.headers.size() > RequestParser::max_fields || r.headers.bytes() > 2048) std::abort();
        if (r.headers.has("content-length") && r.headers.has("transfer-encoding")) std::abort();
        return {};
    }
    std::optional<Error> on_body(std::string_view piece) override { return body += piece, std::nullopt; }
    std::string body;

    std::string read(std::string_view text, std::size_t piece) {
        std::string log, held;
        RequestParser parser(*this, 2048);
        auto request = std::make_unique<Request>();
        parser.begin(*request);
        for (std::size_t at = 0; at < text.size(); at += piece) {
            held += text.substr(at, piece);
            while (!held.empty()) {
                std::size_t used = 0;
                auto const step = parser.put(held, used);
                held.erase(0, used);
                if (step == RequestParser::Step::failed) return log;
                if (step == RequestParser::Step::more) {
                    if (used == 0) break;
                    continue;
                }
                log += request->method_text + " " + request->path + "?" + request->query_text + " " + request->host + "\n" + body + "\n";
                body.clear();
                request = std::make_unique<Request>();
                parser.begin(*request);
            }
        }
        return log;
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    if (size < 1) return 0;
    std::string_view const text(reinterpret_cast<char const*>(data) + 1, size - 1);
    if (Reading().read(text, text.size() + 1) != Reading().read(text, 1 + data[0])) std::abort();
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\xff" "GET /en/search?q=red%20dress HTTP/1.1\r\nHost: shop.example\r\nAccept: */*\r\n\r\n"sv,
    "\0" "POST /v1/basket/add HTTP/1.1\r\nHost: a\r\nContent-Length: 15\r\n\r\n{\"sku\":\"MUG-1\"}GET / HTTP/1.1\r\nHost: b\r\n\r\n"sv,
    "\3" "POST /v1/files HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nTrailer: t\r\n\r\n"sv,
    "\7" "GET http://shop.example:8080/%E7%81%AB HTTP/1.0\r\nConnection: keep-alive\r\nCookie: a=b\r\n\r\n"sv,
    "\1" "OPTIONS * HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nUpgrade: websocket\r\n\r\n"sv)

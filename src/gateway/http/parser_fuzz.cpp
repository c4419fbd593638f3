// A stream of requests reads the same whole and in pieces whose size the first byte says, and keeps its promises about paths and sizes.
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

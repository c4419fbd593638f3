#include "gateway/http/compress.h"
#include <stdexcept>
#include <zlib.h>

namespace kindling::gateway {

std::string gzip(std::string_view text, int level) {
    z_stream z{};
    if (deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
    std::string out(deflateBound(&z, text.size()), '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data())), z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data()), z.avail_out = static_cast<uInt>(out.size());
    auto const ended = deflate(&z, Z_FINISH);
    out.resize(z.total_out);
    deflateEnd(&z);
    if (ended != Z_STREAM_END) throw std::runtime_error("deflate did not end");  // the bound above makes it end
    return out;
}

bool is_compressible(std::string_view type) {
    type = type.substr(0, type.find(';'));
    for (auto const known : {"application/json", "application/javascript", "application/xml", "application/wasm", "application/manifest+json",
                             "image/svg+xml", "application/problem+json", "application/ld+json", "application/x-ndjson", "application/rss+xml"})
        if (type == known) return true;
    return type.starts_with("text/") && type != "text/event-stream";
}

}  // namespace kindling::gateway

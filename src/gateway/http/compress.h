// gateway/http/compress.h -- gzip (RFC 1952) for answers, through zlib.
#pragma once
#include <string>
#include <string_view>

namespace kindling::gateway {

// Level 1..9. 10 KB of JSON take about 0.1 ms at level 1. Deterministic: no time stamp in the header.
std::string gzip(std::string_view, int level);

// Text, JSON, JavaScript, XML, SVG, WebAssembly and web fonts that are not compressed already.
bool is_compressible(std::string_view content_type);

}  // namespace kindling::gateway

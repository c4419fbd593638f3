// The multipart framing gives the same parts whether the body comes whole or in pieces whose size the first byte says.
#include "core/fuzz_seeds.h"
#include "core/utf8.h"
#include "gateway/http/multipart.h"
#include <cstdlib>

using namespace kindling;
using namespace kindling::gateway;

static std::string read(std::string_view body, std::size_t piece) {
    std::string log;
    MultipartReader reader("B", {.begin = [&](auto const& head) {
                                     if (!is_utf8(head.file_name) || head.file_name.size() > 255 || head.file_name.find_first_of("/\\\r\n") != std::string::npos) std::abort();
                                     log += "[" + head.name + "|" + head.file_name + "|" + head.content_type + "]";
                                     return Result<void>();
                                 },
                                 .data = [&](std::string_view d) { return log += d, Result<void>(); }, .end = [&] { return log += ";", Result<void>(); }});
    for (std::size_t at = 0; at < body.size(); at += piece)
        if (auto const fed = reader.feed(body.substr(at, piece)); !fed) return fed.error().message;
    return reader.finish() ? log : "unfinished " + log;
}

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    if (size < 1) return 0;
    std::string_view const body(reinterpret_cast<char const*>(data) + 1, size - 1);
    auto const whole = read(body, body.size() + 1);
    // A refusal may come earlier or later in pieces; what is accepted must be the same.
    if (auto const pieces = read(body, 1 + data[0]); whole.starts_with('[') && pieces != whole) std::abort();
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\xff" "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"goods.csv\"\r\nContent-Type: text/csv\r\n\r\nsku,price\r\nA,1\r\n--B--\r\n"sv,
    "\0" "preamble\r\n--B \r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--B\r\nContent-Disposition: form-data; name=\"b\"; filename*=UTF-8''%E7%81%AB\r\n\r\n\r\n--\r\n--B--\r\nepilogue"sv)

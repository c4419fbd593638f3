#include "core/id.h"
#include "core/time.h"
#include <cstdint>
#include <sys/random.h>
#include <vector>

namespace kindling {

namespace {

void fill_random(void* out, std::size_t size) {
    auto* at = static_cast<char*>(out);
    while (size > 0) {
        auto const got = getrandom(at, size, 0);
        if (got <= 0) continue;  // interrupted by a signal
        at += got, size -= static_cast<std::size_t>(got);
    }
}

// One system call for many ids: an import makes hundreds of thousands.
std::uint64_t random_bits() {
    thread_local std::uint64_t pool[64];
    thread_local std::size_t left = 0;
    if (left == 0) fill_random(pool, sizeof pool), left = 64;
    return pool[--left];
}

}  // namespace

std::string new_id(std::string_view prefix) {
    static constexpr char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string out(prefix);
    out += '_';
    auto const at = static_cast<std::uint64_t>(now_ms());
    for (int shift = 45; shift >= 0; shift -= 5) out += digits[at >> shift & 31];
    auto const a = random_bits(), b = random_bits();
    for (int i = 0; i < 8; ++i) out += digits[a >> (5 * i) & 31];
    for (int i = 0; i < 8; ++i) out += digits[b >> (5 * i) & 31];
    return out;
}

std::string new_secret(std::size_t bytes) {
    static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::vector<unsigned char> raw(bytes);
    fill_random(raw.data(), bytes);
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (auto b : raw) {
        held = held << 8 | b, bits += 8;
        while (bits >= 6) bits -= 6, out += digits[held >> bits & 63];
    }
    if (bits > 0) out += digits[held << (6 - bits) & 63];
    return out;
}

}  // namespace kindling

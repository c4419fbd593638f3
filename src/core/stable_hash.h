// core/stable_hash.h -- FNV-1a (Fowler, Noll and Vo; 64 bits): the same on every machine and in every run, for marks, checksums and draws that are kept.
// Not for secrets, nor against an adversary. One multiplication a byte.
#pragma once
#include <cstdint>
#include <string_view>

namespace kindling {

constexpr std::uint64_t stable_hash_start = 0xCBF29CE484222325ull;

// `before`: what was hashed ahead of these bytes.
constexpr std::uint64_t stable_hash(std::string_view bytes, std::uint64_t before = stable_hash_start) {
    for (char const c : bytes) before = (before ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    return before;
}
// Several texts, told apart: each ends with a byte that no UTF-8 has.
constexpr std::uint64_t stable_hash_of_part(std::string_view bytes, std::uint64_t before) { return stable_hash("\xFF", stable_hash(bytes, before)); }

}  // namespace kindling

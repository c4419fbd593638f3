// shop/facts/checksum.h -- CRC-32C (Castagnoli, as in RFC 3720), with the processor's instruction where it has one: 8 bytes a step.
#pragma once
#include <cstdint>
#include <cstddef>

namespace kindling::shop::facts {

// Goes on from `crc`: checksum(ab) == checksum(b, checksum(a)). Of nothing: 0.
std::uint32_t checksum(void const* bytes, std::size_t size, std::uint32_t crc = 0);

}  // namespace kindling::shop::facts

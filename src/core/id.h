// core/id.h -- identifiers and secrets from the operating system's entropy.
#pragma once
#include <string>
#include <string_view>

namespace kindling {

// "ord_01JDCX3Q8M4T5V6W7X8Y9Z" : prefix, 48 bits of milliseconds, 80 random bits, Crockford base 32. Sorts by time of making.
// Unique across processes; any thread.
std::string new_id(std::string_view prefix);

// `bytes` random bytes as URL-safe base 64 without padding: session tokens, keys.
std::string new_secret(std::size_t bytes = 32);

}  // namespace kindling

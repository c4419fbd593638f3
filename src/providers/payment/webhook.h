// providers/payment/webhook.h -- did this message really come from the payment company, now, and unchanged?
//
// The field reads "t=<seconds since the epoch>,v1=<hex>[,v1=<hex>…]", where v1 is HMAC-SHA256 (RFC 2104) of "<t>.<body>" with a
// shared secret: Stripe's scheme, which others copied. The time inside the signed text keeps an old message from being
// replayed; several secrets let one be replaced without a gap. Compared in constant time.
#pragma once
#include "core/result.h"
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kindling::providers {

std::string hmac_sha256_hex(std::string_view secret, std::string_view text);

// Pure. Fails with malformed_signature (invalid_argument); wrong_signature, signature_expired (permission_denied).
// No secret, or an empty one, verifies nothing.
Result<void> verify_webhook(std::span<std::string const> secrets, std::string_view field, std::string_view body, std::int64_t now_seconds, std::chrono::seconds tolerance = std::chrono::minutes(5));

// The field for a message of our own.
std::string sign_webhook(std::string_view secret, std::string_view body, std::int64_t now_seconds);

}  // namespace kindling::providers

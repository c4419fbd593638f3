#include "providers/payment/webhook.h"
#include "core/hex.h"
#include <charconv>
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <optional>
#include <vector>

namespace kindling::providers {

namespace {

struct Signature {
    std::int64_t at = 0;
    std::string_view at_text;
    std::vector<std::string_view> hex;
};

constexpr std::size_t most_signatures = 8, hex_size = 64;

std::optional<Signature> parse(std::string_view field) {
    if (field.size() > 2'000) return {};
    Signature out;
    while (!field.empty()) {
        auto const comma = std::min(field.find(','), field.size());
        auto part = field.substr(0, comma);
        field.remove_prefix(std::min(comma + 1, field.size()));
        while (part.starts_with(' ')) part.remove_prefix(1);
        if (part.starts_with("t=")) {
            auto const text = part.substr(2);
            auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out.at);
            if (failed != std::errc() || end != text.data() + text.size() || out.at < 0 || !out.at_text.empty()) return {};
            out.at_text = text;
        } else if (part.starts_with("v1=") && part.size() == 3 + hex_size && out.hex.size() < most_signatures) {
            out.hex.push_back(part.substr(3));
        }  // other versions are left to others
    }
    if (out.at_text.empty() || out.hex.empty()) return {};
    return out;
}

}  // namespace

std::string hmac_sha256_hex(std::string_view secret, std::string_view text) {
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), reinterpret_cast<unsigned char const*>(text.data()), text.size(), sum, &size);
    return to_hex({reinterpret_cast<char const*>(sum), size});
}

Result<void> verify_webhook(std::span<std::string const> secrets, std::string_view field, std::string_view body, std::int64_t now_seconds, std::chrono::seconds tolerance) {
    auto const signature = parse(field);
    if (!signature) return fail(Errc::invalid_argument, "malformed_signature", "The signature of the message is missing or malformed.");
    bool right = false;
    for (auto const& secret : secrets) {
        if (secret.empty()) continue;
        auto const expected = hmac_sha256_hex(secret, std::string(signature->at_text) + "." + std::string(body));
        for (auto const hex : signature->hex) right |= hex.size() == expected.size() && CRYPTO_memcmp(hex.data(), expected.data(), expected.size()) == 0;
    }
    if (!right) return fail(Errc::permission_denied, "wrong_signature", "The message was not signed with this shop's secret.");
    // Only after the signature: a stranger learns nothing about our clock. Both times are at least 0, so the difference fits.
    auto const age = now_seconds - signature->at;
    if (age > tolerance.count() || age < -tolerance.count()) return fail(Errc::permission_denied, "signature_expired", "The message was signed too long ago, or in the future; check the clocks.");
    return {};
}

std::string sign_webhook(std::string_view secret, std::string_view body, std::int64_t now_seconds) {
    auto const at = std::to_string(now_seconds);
    return "t=" + at + ",v1=" + hmac_sha256_hex(secret, at + "." + std::string(body));
}

}  // namespace kindling::providers

// shop/vault/vault.h -- personal fields sealed at rest, and found again without being read.
//
// One master key per data folder (a file that only its owner may read); from it, by BLAKE2b key derivation, one sealing key and
// one look-up key per shop. Sealing is XChaCha20-Poly1305 with a random nonce, bound to shop and purpose, so that a sealed
// e-mail cannot be pasted into another shop or another column. A look-up is a keyed hash of the normalised value.
// All of libsodium 1.0.18; thread-safe, immutable after open.
#pragma once
#include "core/result.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kindling::shop {

class Vault {
public:
    // Reads the key file, or makes it (mode 0600) when missing. A file that others can read is refused (key_file_readable).
    static Result<std::unique_ptr<Vault>> open(std::filesystem::path const& key_file);
    ~Vault();

    std::string seal(std::int64_t shop_id, std::string_view purpose, std::string_view plain) const;
    // Fails with cannot_open_sealed for a wrong key, purpose, shop or damaged bytes.
    Result<std::string> open(std::int64_t shop_id, std::string_view purpose, std::string_view sealed) const;
    // Hex of a keyed hash: equal for equal values of one shop and kind. E-mails are lower-cased, phones reduced to digits, by the caller.
    std::string lookup(std::int64_t shop_id, std::string_view kind, std::string_view value) const;

private:
    Vault() = default;
    unsigned char master_[32] = {};
};

// argon2id, 19 MiB and two passes (OWASP's first choice): about 15 ms.
std::string hash_password(std::string_view password);
bool verify_password(std::string_view password, std::string const& hash);
// Hex of BLAKE2b-256: how session tokens and API keys are kept. Tokens carry 256 random bits, so no salt is needed.
std::string token_hash(std::string_view token);
// Compares in time that does not depend on where the difference is.
bool same_secret(std::string_view, std::string_view);

}  // namespace kindling::shop

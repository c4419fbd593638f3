// gateway/agents/signature.h -- ECDSA as the agent protocols use it: keys as JWK (RFC 7517), signatures as fixed-width r||s (RFC 7515, RFC
// 9421), texts to sign as canonical JSON (RFC 8785). P-256 with SHA-256 (ES256) and P-384 with SHA-384 (ES384); by OpenSSL.
#pragma once
#include "core/json_text.h"
#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace kindling::gateway::agents {

std::string to_base64url(std::string_view bytes);                       // RFC 4648 section 5, without padding
std::optional<std::string> from_base64url(std::string_view text);       // refuses anything else
std::string sha256(std::string_view bytes);                             // 32 bytes
std::string canonical_json(json::value const&);                         // RFC 8785; a number that is not finite is written as null

// Immutable, any thread.
class VerifyingKey {
public:
    // Nothing for anything but an EC key on one of the two curves whose point lies on it.
    static std::optional<VerifyingKey> of(json::value const& jwk);
    std::string_view algorithm() const { return size_ == 32 ? "ES256" : "ES384"; }
    bool verifies(std::string_view text, std::string_view signature) const;

private:
    std::shared_ptr<evp_pkey_st> key_;
    std::size_t size_ = 32;  // of r and of s
};

// A P-256 key. Immutable, any thread.
class SigningKey {
public:
    static SigningKey make();                                            // a new one
    static std::optional<SigningKey> of(std::string_view private_der);   // as private_der() gave it
    std::string private_der() const;
    json::object public_jwk(std::string_view kid) const;
    std::string sign(std::string_view text) const;                       // 64 bytes, r||s

private:
    std::shared_ptr<evp_pkey_st> key_;
};

// The key of `keys` (JWKs) with this kid, if it is one that verifies.
std::optional<VerifyingKey> key_named(json::array const& keys, std::string_view kid);

// header.payload.signature of a compact JWS, decoded; `signed_text` is what the signature covers.
struct Jws {
    json::object header;
    std::string payload, signature, signed_text;
};
std::optional<Jws> read_jws(std::string_view compact);

}  // namespace kindling::gateway::agents

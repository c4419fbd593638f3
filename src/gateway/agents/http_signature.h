// gateway/agents/http_signature.h -- HTTP Message Signatures (RFC 9421) as UCP's "Message Signatures" profiles them: ECDSA over derived
// components and fields, the body bound by Content-Digest (RFC 9530, sha-256).
#pragma once
#include "gateway/agents/directory.h"
#include "gateway/agents/keys.h"

namespace kindling::gateway::agents {

bool is_signed(Request const&);
// Whether the request is signed by one of `keys` over everything that UCP asks for: method, authority, path, and where they are there the
// query, ucp-agent, idempotency-key, and the body with its type. Refused with signature_missing, signature_invalid, key_not_found (401),
// digest_mismatch, algorithm_unsupported (400).
Answered<void> check_signature(Request const&, json::array const& keys);

// The fields of a signed request of our own: Content-Digest, Signature-Input, Signature. `headers` must hold Content-Type and UCP-Agent already.
Pairs sign_request(OwnKey const&, std::string_view method, std::string_view url, Pairs const& headers, std::string_view body);

}  // namespace kindling::gateway::agents

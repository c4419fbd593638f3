// gateway/agents/mandate.h -- AP2 checkout mandates: does this signed text say that a person agreed to exactly this checkout?
//
// An SD-JWT (signed token ~ disclosures ~ optional key-binding token) whose payload, or the payload that it delegates, is a closed checkout mandate
// (vct mandate.checkout.1) holding the checkout as this shop signed it: `checkout_jwt` with its `checkout_hash` (AP2), or `checkout` with
// `ap2.merchant_authorization` (UCP). The token is signed by a key of the platform, which the owner trusts to have asked the shopper; where the
// token names a holder's key (cnf), that holder must have signed too. Open mandates and chains of delegation are refused: this shop
// does not evaluate constraints.
// Sources: AP2 0.2, checkout_mandate.md; UCP 2026-04-08, ap2-mandates.md; SD-JWT (RFC 9901).
#pragma once
#include "gateway/agents/keys.h"
#include "core/time.h"
#include <expected>

namespace kindling::gateway::agents {

struct MandateRefused {
    std::string code;     // of UCP's ap2_mandate error codes
    std::string content;
};

// The checkout (without `ap2`) that the mandate holds, verified to be one that this shop signed. Pure; `own` are this shop's published keys.
std::expected<json::object, MandateRefused> read_mandate(std::string_view sd_jwt, json::array const& platform_keys, json::array const& own, Milliseconds now);

// header..signature over a checkout without its `ap2` (JWS with detached, canonical payload).
std::string authorise(OwnKey const&, json::object const& checkout);

}  // namespace kindling::gateway::agents

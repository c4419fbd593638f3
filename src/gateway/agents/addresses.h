// gateway/agents/addresses.h -- what a protocol's face says at an address, or with a method, that the protocol does not have.
//
// A face answers everything below its own prefix: a wrong address must not reach the storefront, whose page of HTML no agent reads.
#pragma once
#include "gateway/http/router.h"

namespace kindling::gateway::agents {

// Writes a refusal in the protocol's words.
using RefusedAddress = std::function<Response(Request const&, int status, std::string_view code, std::string content)>;

// After all other routes of the protocol. Answers what none of the router's routes below `prefix` ("/ucp") takes: 404, or 405 with the methods that
// the address has.
void answer_the_rest(Router&, std::string const& prefix, RefusedAddress);

}  // namespace kindling::gateway::agents

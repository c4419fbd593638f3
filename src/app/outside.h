// app/outside.h -- the gateway's requests to the outside, by the HTTP client of the providers.
#pragma once
#include "gateway/agents/outside.h"

namespace kindling::app {

// Eight seconds and 1 MB at most for each; any thread.
gateway::SendOutside send_outside();

}  // namespace kindling::app

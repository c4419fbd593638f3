// bench/agents.h -- what a shopping agent waits for: UCP's search_catalog through the whole server.
#pragma once
#include "bench.h"

namespace kindling::bench {

// KINDLING_AGENT_SEARCHES (1000) searches, one after another on one connection.
void run_agents(BenchContext&);

}  // namespace kindling::bench

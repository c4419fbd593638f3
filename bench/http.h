// bench/http.h -- requests a second through the whole server, and messages a second through a WebSocket.
#pragma once
#include "bench.h"

namespace kindling::bench {

// Needs wrk. KINDLING_HTTP_SECONDS (5) a figure.
void run_http(BenchContext&);

}  // namespace kindling::bench

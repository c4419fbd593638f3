// The facts, and what a server with the demo shop keeps in memory.
#pragma once
#include "bench.h"

namespace kindling::bench {

// grouped_seconds, append_rows_per_second: 5 M made-up order lines in a temporary folder. lag_ms: from the commit of 10,000 order lines in a SQLite store
// with 100,000 until they are in all fact tables, the server's own thread at work.
void run_facts(BenchContext&);

// resident_mb/start, resident_mb/1000_requests: VmRSS of `kindling serve` on the demo shop; resident_mb: the larger. private_mb/...: without mapped files.
void run_idle(BenchContext&);

}  // namespace kindling::bench

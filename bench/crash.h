// bench/crash.h -- kill -9 under load, and nothing acknowledged may be lost, nothing half applied.
#pragma once
#include "bench.h"

namespace kindling::bench {

// KINDLING_CRASH_CYCLES (200) cycles on each store; KINDLING_CRASH_STORES ("sqlite postgres") chooses among them.
void run_crash(BenchContext&);

}  // namespace kindling::bench

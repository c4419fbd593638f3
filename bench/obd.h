// bench/obd.h -- the value of a policy from another one's log, on Open Bandit data and on generated logs whose truth is known.
#pragma once
#include "bench.h"

namespace kindling::bench {

void run_obd(BenchContext&);

}  // namespace kindling::bench

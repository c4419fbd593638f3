// bench/ingest.h -- how fast a year of orders comes in.
#pragma once
#include "bench.h"

namespace kindling::bench {

void run_ingest(BenchContext&);

}  // namespace kindling::bench

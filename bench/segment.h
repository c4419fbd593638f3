// bench/segment.h -- benchmark of engines/text/analysis: segment.
#pragma once
#include "bench.h"

namespace kindling::bench {

void run_segment(BenchContext&);

}  // namespace kindling::bench

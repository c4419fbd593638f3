// bench/forecast_total.h -- sums of chosen goods and days, held against what came.
#pragma once
#include "bench.h"

namespace kindling::bench {
void run_forecast_total(BenchContext&);
}

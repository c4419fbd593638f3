// bench/forecast_promotions.h -- what knowing planned promotions is worth.
#pragma once
#include "bench.h"

namespace kindling::bench {
void run_forecast_promotions(BenchContext&);
}

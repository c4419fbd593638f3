// bench/forecast_shop.h -- forecasts of whole shops held against what came.
#pragma once
#include "bench.h"

namespace kindling::bench {
void run_forecast_shop(BenchContext&);
}

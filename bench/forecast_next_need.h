// bench/forecast_next_need.h -- which category a customer buys next.
#pragma once
#include "bench.h"

namespace kindling::bench {
void run_forecast_next_need(BenchContext&);
}

// bench/forecast_signals.h -- visitors' signals beside forecasts that do not know them.
#pragma once
#include "bench.h"

namespace kindling::bench {
void run_forecast_signals(BenchContext&);
}

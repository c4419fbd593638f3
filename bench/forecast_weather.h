// bench/forecast_weather.h -- forecasts of shops whose sales follow the weather, and of shops whose sales do not.
#pragma once
#include "bench.h"

namespace kindling::bench {
void run_forecast_weather(BenchContext&);
}

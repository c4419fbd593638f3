// bench/stock_shop.h -- whole shops planned by their operations, their past played again.
#pragma once
#include "bench.h"

namespace kindling::bench {
void run_stock_shop(BenchContext&);
}

// bench/stock.h -- the benches of stock.
#pragma once
#include "bench.h"

namespace kindling::bench {

void run_stock_exact(BenchContext&);

}  // namespace kindling::bench

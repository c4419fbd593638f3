// bench/stock.h -- the benches of stock.
#pragma once
#include "bench.h"

namespace kindling::bench {

void run_stock_exact(BenchContext&);
void run_stock_echelon(BenchContext&);
void run_stock_backtest(BenchContext&);

}  // namespace kindling::bench

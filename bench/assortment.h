// bench/assortment.h -- plans of what to sell, against the truth of drawn shops.
#pragma once
#include "bench.h"

namespace kindling::bench {
void run_assortment(BenchContext&);
}

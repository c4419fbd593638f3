// bench/assortment.h -- plans of what to sell, against the truth of drawn shops.
#pragma once
#include "bench.h"

namespace kindling::bench {
void run_assortment(BenchContext&);
// The what-if on simulated shoppers, as part of it (assortment_whatif.cpp).
void run_whatif(BenchContext&, std::size_t seeds);
// The same against the demo's simulator (assortment_simulator.cpp).
void run_whatif_simulator(BenchContext&, std::size_t shops);
}

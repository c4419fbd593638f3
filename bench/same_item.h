#pragma once
#include "bench.h"
#include "product_pairs.h"

namespace kindling::bench {

void measure_same_item(BenchContext&, const ProductPairs&);

}  // namespace kindling::bench

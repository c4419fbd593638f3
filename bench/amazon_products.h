// amazon_products.h -- the rows of amazon-products-24k (products.vespa.jsonl.gz), as they stand there.
#pragma once
#include "bench.h"

namespace kindling::bench {

// Numbers that a row lacks are NaN; prices in cents of a US dollar.
struct AmazonProduct { std::string title, category, description; double price, average_rating, quantity; };

// Empty when the data is not there.
std::vector<AmazonProduct> amazon_products(BenchContext const&);

}  // namespace kindling::bench

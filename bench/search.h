// bench/search.h -- benchmarks of engines/text, engines/vector, engines/encoder and engines/media/alike: image-search, own-vectors, query-category, query-values, search-spelling, search-hybrid, search-learned-order, search-match, search-speed, text-encoder and vector-index.
#pragma once
#include "bench.h"
#include "engines/text/index/index.h"

namespace kindling::bench {

void run_image_search(BenchContext&);
void run_query_category(BenchContext&);
void run_query_values(BenchContext&);
void run_search_spelling(BenchContext&);
void run_image_search_demo(BenchContext&);  // its second part
void run_own_vectors(BenchContext&);
void run_search_hybrid(BenchContext&);
void run_search_learned_order(BenchContext&);
void run_search_match(BenchContext&);
void run_search_speed(BenchContext&);
void run_text_encoder(BenchContext&);
void run_vector_index(BenchContext&);

// The product's own analysis, without a Chinese dictionary (these sets are English).
text::Language english();

}  // namespace kindling::bench

// shop/facts/wide.h -- marks the loops that gain from vector instructions.
//
// Measured for mask_range on 2,048 rows at a time, ns a row for 1, 2, 4, 8 byte values: plain -O2 0.33 0.33 0.33 0.35 (g++ 12 hardly vectorises there);
// -O3 with SSE 0.029 0.067 0.15 0.29; -O3 with AVX2 0.024 0.042 0.087 0.23. A marked function is compiled twice and chosen once, when the program is loaded.
// Sanitizers do not survive a choice that early, and clang vectorises without being told: there it is one plain function.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define KINDLING_WIDE __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define KINDLING_WIDE
#endif

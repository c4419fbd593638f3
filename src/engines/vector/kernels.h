// engines/vector/kernels.h -- the one loop that a scan spends its time in: the inner product of a stored row and a query.
//
// A row is int8, the query int16, so that only the row's rounding costs accuracy: products of 7 and 11 bits, pairs added in 32 bits. With
// AVX2 sixteen components a step. Bounds: |row| <= 127, |query| <= 2047, stride <= 4096, so a sum stays below 2^31.
// Which loop runs is decided once, by the processor; both give the same number for every input (tested).
#pragma once
#include <cstddef>
#include <cstdint>

namespace kindling::vector {

inline constexpr int row_limit = 127, query_limit = 2047;
inline constexpr std::uint32_t lane = 32, most_dimensions = 4096;  // rows are padded to a multiple of `lane`

using InnerProduct = std::int32_t (*)(const std::int8_t* row, const std::int16_t* query, std::size_t stride);

std::int32_t inner_product_plain(const std::int8_t* row, const std::int16_t* query, std::size_t stride);
InnerProduct inner_product_avx2();  // null where the processor has none
InnerProduct inner_product();       // the fastest here

// Of two rows.
using RowProduct = std::int32_t (*)(const std::int8_t* one, const std::int8_t* other, std::size_t stride);

std::int32_t row_product_plain(const std::int8_t* one, const std::int8_t* other, std::size_t stride);
RowProduct row_product_avx2();
RowProduct row_product();

}  // namespace kindling::vector

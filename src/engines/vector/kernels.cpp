#include "engines/vector/kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace kindling::vector {

std::int32_t inner_product_plain(const std::int8_t* row, const std::int16_t* query, std::size_t stride) {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < stride; ++i) sum += static_cast<std::int32_t>(row[i]) * query[i];
    return sum;
}

std::int32_t row_product_plain(const std::int8_t* one, const std::int8_t* other, std::size_t stride) {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < stride; ++i) sum += static_cast<std::int32_t>(one[i]) * other[i];
    return sum;
}

#if defined(__x86_64__)

namespace {

__attribute__((target("avx2"))) std::int32_t sum_of(__m256i all) {
    auto half = _mm_add_epi32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
    half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4E));
    half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xB1));
    return _mm_cvtsi128_si32(half);
}

__attribute__((target("avx2"))) std::int32_t row_product_256(const std::int8_t* one, const std::int8_t* other, std::size_t stride) {
    auto sum = _mm256_setzero_si256();
    for (std::size_t i = 0; i < stride; i += 16) {
        auto const a = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(one + i)));
        auto const b = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(other + i)));
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
    }
    return sum_of(sum);
}

__attribute__((target("avx2"))) std::int32_t inner_product_256(const std::int8_t* row, const std::int16_t* query, std::size_t stride) {
    auto even = _mm256_setzero_si256(), odd = _mm256_setzero_si256();
    for (std::size_t i = 0; i < stride; i += 32) {
        auto const a = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(row + i)));
        auto const b = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(row + i + 16)));
        even = _mm256_add_epi32(even, _mm256_madd_epi16(a, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(query + i))));
        odd = _mm256_add_epi32(odd, _mm256_madd_epi16(b, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(query + i + 16))));
    }
    return sum_of(_mm256_add_epi32(even, odd));
}

}  // namespace

InnerProduct inner_product_avx2() { return __builtin_cpu_supports("avx2") ? inner_product_256 : nullptr; }
RowProduct row_product_avx2() { return __builtin_cpu_supports("avx2") ? row_product_256 : nullptr; }

#else

InnerProduct inner_product_avx2() { return nullptr; }
RowProduct row_product_avx2() { return nullptr; }

#endif

InnerProduct inner_product() {
    static auto const best = inner_product_avx2() ? inner_product_avx2() : inner_product_plain;
    return best;
}

RowProduct row_product() {
    static auto const best = row_product_avx2() ? row_product_avx2() : row_product_plain;
    return best;
}

}  // namespace kindling::vector

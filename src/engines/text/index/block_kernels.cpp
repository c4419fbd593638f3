#include "engines/text/index/block_kernels.h"

#include <algorithm>
#include <array>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace kindling::text {

namespace {

void finish(std::uint32_t count, UnpackedBlock& block) {
    if (count == block_size) return;
    std::fill(block.documents + count, block.documents + block_size, after_documents);
    for (auto eight = count / 8; eight < block_size / 8; ++eight) block.last_of_eight[eight] = after_documents;
}

void unpack_plain(const char* packed, std::size_t, std::uint32_t count, unsigned bits, std::uint32_t previous, UnpackedBlock& block) {
    unpack(packed, count, bits, block.documents);
    for (std::uint32_t i = 0; i < count; ++i) block.documents[i] = previous += block.documents[i] + 1;
    for (std::uint32_t eight = 0; eight < count / 8; ++eight) block.last_of_eight[eight] = block.documents[eight * 8 + 7];
    finish(count, block);
}

// Documents are below 2^30; what a damaged file makes of them is compared as AVX2 compares, signed.
bool below(std::uint32_t a, std::uint32_t b) { return static_cast<std::int32_t>(a) < static_cast<std::int32_t>(b); }

void find_plain(const UnpackedBlock& block, const std::uint32_t* wanted, std::size_t count, std::uint32_t first_place, std::uint32_t* places) {
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t eight = 0;
        for (auto const last : block.last_of_eight) eight += below(last, wanted[i]) ? 1 : 0;
        auto const* from = block.documents + std::min<std::uint32_t>(eight, block_size / 8 - 1) * 8;
        auto const* const at = std::find(from, from + 8, wanted[i]);
        places[i] = at == from + 8 ? no_place : first_place + static_cast<std::uint32_t>(at - block.documents);
    }
}

constexpr BlockKernels plain{"plain", unpack_plain, find_plain};

#if defined(__x86_64__)

// How to get eight values of b bits out of two 16-byte loads, one for each half of a register.
struct Spread {
    alignas(32) std::array<char, 32> bytes;            // of its load, for each 32-bit lane the four that hold its value
    alignas(32) std::array<std::uint32_t, 8> shifts;   // and how far down the value begins in them
    std::uint32_t second;                              // byte at which the second load begins
};
constexpr unsigned widest_spread = 25;  // with 7 bits of shift: 32

constexpr auto spreads = [] {
    std::array<Spread, widest_spread + 1> all{};
    for (unsigned bits = 0; bits <= widest_spread; ++bits) {
        auto& spread = all[bits];
        spread.second = 4 * bits / 8;
        for (unsigned lane = 0; lane < 8; ++lane) {
            auto const bit = lane * bits - (lane < 4 ? 0 : spread.second * 8);
            spread.shifts[lane] = bit % 8;
            for (unsigned k = 0; k < 4; ++k) spread.bytes[lane * 4 + k] = static_cast<char>(bit / 8 + k);
        }
    }
    return all;
}();

[[gnu::target("avx2")]] void unpack_avx2(const char* packed, std::size_t readable, std::uint32_t count, unsigned bits, std::uint32_t previous, UnpackedBlock& block) {
    auto const eights = (count + 7) / 8;
    if (bits > widest_spread || (eights - 1) * bits + bits / 2 + 16 > readable) return unpack_plain(packed, readable, count, bits, previous, block);
    auto const& spread = spreads[bits];
    auto const bytes = _mm256_load_si256(reinterpret_cast<const __m256i*>(spread.bytes.data()));
    auto const shifts = _mm256_load_si256(reinterpret_cast<const __m256i*>(spread.shifts.data()));
    auto const mask = _mm256_set1_epi32(static_cast<int>((1u << bits) - 1)), one = _mm256_set1_epi32(1), seven = _mm256_set1_epi32(7);
    auto before = _mm256_set1_epi32(static_cast<int>(previous));
    for (std::uint32_t eight = 0; eight < eights; ++eight, packed += bits) {
        auto const low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(packed)), high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(packed + spread.second));
        auto x = _mm256_shuffle_epi8(_mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1), bytes);
        x = _mm256_add_epi32(_mm256_and_si256(_mm256_srlv_epi32(x, shifts), mask), one);
        x = _mm256_add_epi32(x, _mm256_slli_si256(x, 4));  // sums of two, of four, of eight
        x = _mm256_add_epi32(x, _mm256_slli_si256(x, 8));
        x = _mm256_add_epi32(x, _mm256_shuffle_epi32(_mm256_permute2x128_si256(x, x, 0x08), 0xFF));
        x = _mm256_add_epi32(x, before);
        _mm256_store_si256(reinterpret_cast<__m256i*>(block.documents + eight * 8), x);
        before = _mm256_permutevar8x32_epi32(x, seven);
        block.last_of_eight[eight] = static_cast<std::uint32_t>(_mm256_cvtsi256_si32(before));
    }
    finish(count, block);
}

[[gnu::target("avx2,popcnt,bmi")]] void find_avx2(const UnpackedBlock& block, const std::uint32_t* wanted, std::size_t count, std::uint32_t first_place, std::uint32_t* places) {
    auto const first = _mm256_load_si256(reinterpret_cast<const __m256i*>(block.last_of_eight)), second = _mm256_load_si256(reinterpret_cast<const __m256i*>(block.last_of_eight + 8));
    for (std::size_t i = 0; i < count; ++i) {
        auto const x = _mm256_set1_epi32(static_cast<int>(wanted[i]));
        // 16 comparisons as the bytes of one mask: two bits for each that is below.
        auto const lower = _mm256_packs_epi32(_mm256_cmpgt_epi32(x, first), _mm256_cmpgt_epi32(x, second));
        auto const eight = std::min(static_cast<std::uint32_t>(__builtin_popcount(static_cast<unsigned>(_mm256_movemask_epi8(lower)))) / 2, block_size / 8 - 1);
        auto const equal = _mm256_cmpeq_epi32(x, _mm256_load_si256(reinterpret_cast<const __m256i*>(block.documents + eight * 8)));
        auto const mask = static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(equal)));
        places[i] = mask == 0 ? no_place : first_place + eight * 8 + static_cast<std::uint32_t>(__builtin_ctz(mask));
    }
}

constexpr BlockKernels avx2{"avx2", unpack_avx2, find_avx2};

#endif

}  // namespace

const BlockKernels& plain_kernels() { return plain; }

const BlockKernels* avx2_kernels() {
#if defined(__x86_64__)
    static bool const there = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
    return there ? &avx2 : nullptr;
#else
    return nullptr;
#endif
}

const BlockKernels& block_kernels() {
    static auto const& fastest = avx2_kernels() != nullptr ? *avx2_kernels() : plain;
    return fastest;
}

}  // namespace kindling::text

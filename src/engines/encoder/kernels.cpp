#include "engines/encoder/kernels.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <dlfcn.h>
#include <limits>

namespace kindling::encoder {

namespace {

#if defined(__x86_64__)
#define KINDLING_WIDE __attribute__((target("avx2,fma")))
bool wide() {
    static bool const there = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return there;
}
#else
#define KINDLING_WIDE
bool wide() { return false; }
#endif
#define KINDLING_INLINE __attribute__((always_inline)) inline

// Each loop is written once and compiled twice.
#define KINDLING_KERNEL(NAME, PARAMETERS, ARGUMENTS)                        \
    namespace { KINDLING_WIDE void NAME##_wide PARAMETERS { NAME##_loop ARGUMENTS; } } \
    void NAME PARAMETERS { wide() ? NAME##_wide ARGUMENTS : NAME##_loop ARGUMENTS; }

// 2^n · e^r with r in ±ln2/2; polynomial of Cephes' expf (Moshier).
KINDLING_INLINE float exp_of(float x) {
    x = std::min(std::max(x, -87.3f), 88.3f);
    // Added to 1.5 · 2^23, a number is rounded to a whole one, which lies in the last bits: no conversion, which what is no number would not survive.
    auto const whole = x * 1.44269504f + 12'582'912.0f;
    auto const n = whole - 12'582'912.0f;
    auto const r = x - n * 0.693359375f + n * 2.12194440e-4f;
    auto p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f, p = p * r + 8.3334519073e-3f, p = p * r + 4.1665795894e-2f, p = p * r + 1.6666665459e-1f, p = p * r + 5.0000001201e-1f;
    return (p * r * r + r + 1.0f) * std::bit_cast<float>((std::bit_cast<std::uint32_t>(whole) << 23) + std::bit_cast<std::uint32_t>(1.0f));
}

// Rational function of odd and even degree 13 and 8; the coefficients that XLA and Eigen use.
KINDLING_INLINE float erf_of(float x) {
    x = std::min(std::max(x, -4.0f), 4.0f);
    auto const s = x * x;
    auto p = -2.72614225801306e-10f;
    p = p * s + 2.77068142495902e-08f, p = p * s - 2.10102402082508e-06f, p = p * s - 5.69250639462346e-05f, p = p * s - 7.34990630326855e-04f, p = p * s - 2.95459980854025e-03f, p = p * s - 1.60960333262415e-02f;
    auto q = -1.45660718464996e-05f;
    q = q * s - 2.13374055278905e-04f, q = q * s - 1.68282697438203e-03f, q = q * s - 7.37332916720468e-03f, q = q * s - 1.42647390514189e-02f;
    return x * p / q;
}

KINDLING_INLINE void exponential_loop(float const* in, float* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = exp_of(in[i]);
}
KINDLING_INLINE void error_function_loop(float const* in, float* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = erf_of(in[i]);
}
KINDLING_INLINE void gelu_loop(float const* in, float* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = 0.5f * in[i] * (1.0f + erf_of(in[i] * 0.70710678f));
}

// Eight sums side by side, so that adding up needs no order that a compiler must keep.
template <class Value> KINDLING_INLINE float sum_of(std::size_t n, Value&& value) {
    float sums[8] = {};
    std::size_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (std::size_t k = 0; k < 8; ++k) sums[k] += value(i + k);
    float out = 0;
    for (auto const s : sums) out += s;
    for (; i < n; ++i) out += value(i);
    return out;
}

KINDLING_INLINE void softmax_loop(float const* in, float* out, std::size_t rows, std::size_t columns) {
    for (std::size_t r = 0; r < rows; ++r, in += columns, out += columns) {
        auto most = -std::numeric_limits<float>::infinity();
        for (std::size_t i = 0; i < columns; ++i) most = std::max(most, in[i]);
        for (std::size_t i = 0; i < columns; ++i) out[i] = exp_of(in[i] - most);
        auto const share = 1.0f / sum_of(columns, [out](std::size_t i) { return out[i]; });
        for (std::size_t i = 0; i < columns; ++i) out[i] *= share;
    }
}

KINDLING_INLINE void normalise_loop(float const* in, float const* scale, float const* shift, float* out, std::size_t rows, std::size_t columns, float epsilon) {
    for (std::size_t r = 0; r < rows; ++r, in += columns, out += columns) {
        auto const mean = sum_of(columns, [in](std::size_t i) { return in[i]; }) / static_cast<float>(columns);
        auto const variance = sum_of(columns, [in, mean](std::size_t i) { return (in[i] - mean) * (in[i] - mean); }) / static_cast<float>(columns);
        auto const over = 1.0f / std::sqrt(variance + epsilon);
        if (shift)
            for (std::size_t i = 0; i < columns; ++i) out[i] = (in[i] - mean) * over * scale[i] + shift[i];
        else
            for (std::size_t i = 0; i < columns; ++i) out[i] = (in[i] - mean) * over * scale[i];
    }
}

// Eight floats that the compiler keeps in one register, or in two where registers are narrow.
using Eight = float __attribute__((vector_size(32)));

// A block of the product is kept in registers while the inner dimension goes by.
template <std::size_t rows> KINDLING_INLINE void block(float const* a, float const* b, float* c, std::size_t columns, std::size_t inner, std::size_t width) {
    Eight sums[rows][2] = {};
    for (std::size_t k = 0; k < inner; ++k, b += columns) {
        Eight left = {}, right = {};
        if (width == 16) std::memcpy(&left, b, sizeof left), std::memcpy(&right, b + 8, sizeof right);
        else {
            std::memcpy(&left, b, std::min<std::size_t>(width, 8) * sizeof(float));
            if (width > 8) std::memcpy(&right, b + 8, (width - 8) * sizeof(float));
        }
        for (std::size_t r = 0; r < rows; ++r) sums[r][0] += a[r * inner + k] * left, sums[r][1] += a[r * inner + k] * right;
    }
    for (std::size_t r = 0; r < rows; ++r) {
        float made[16];
        std::memcpy(made, sums[r], sizeof made);
        for (std::size_t j = 0; j < width; ++j) c[r * columns + j] += made[j];
    }
}

KINDLING_INLINE void add_product_loop(float const* a, float const* b, float* c, std::size_t rows, std::size_t columns, std::size_t inner) {
    for (std::size_t j = 0; j < columns; j += 16) {
        auto const width = std::min<std::size_t>(16, columns - j);
        std::size_t r = 0;
        for (; r + 4 <= rows; r += 4) block<4>(a + r * inner, b + j, c + r * columns + j, columns, inner, width);
        for (; r < rows; ++r) block<1>(a + r * inner, b + j, c + r * columns + j, columns, inner, width);
    }
}

// What is used of dnnl.h (oneDNN 2.6, Apache-2.0; 3.x has it too) and of OpenMP, which it divides its work with.
struct Library {
    int (*sgemm)(char, char, std::int64_t, std::int64_t, std::int64_t, float, float const*, std::int64_t, float const*, std::int64_t, float, float*, std::int64_t) = nullptr;
    int (*threads)() = nullptr;
    void (*set_threads)(int) = nullptr;

    Library() {
        for (auto const* name : {"libdnnl.so.2", "libdnnl.so.3"}) {
            auto* const handle = ::dlopen(name, RTLD_LAZY | RTLD_LOCAL);  // for as long as the process lives
            if (!handle) continue;
            auto const find = [&]<class Function>(Function& function, char const* symbol) { function = reinterpret_cast<Function>(::dlsym(handle, symbol)); };
            find(sgemm, "dnnl_sgemm"), find(threads, "omp_get_max_threads"), find(set_threads, "omp_set_num_threads");
            if (sgemm) return;
        }
    }
};

Library const& library() {
    static Library const one;
    return one;
}

// oneDNN would wake a thread for each core at every product; a shop's other work needs them more.
class OneThread {
public:
    OneThread() : before_(library().threads && library().set_threads ? library().threads() : 0) { if (before_ > 1) library().set_threads(1); }
    ~OneThread() { if (before_ > 1) library().set_threads(before_); }
    OneThread(OneThread const&) = delete;
    OneThread& operator=(OneThread const&) = delete;

private:
    int before_;
};

constexpr std::size_t worth_a_call = 64 * 1'024;  // multiplications; below it the call costs more than it saves

}  // namespace

KINDLING_KERNEL(exponential, (float const* in, float* out, std::size_t n), (in, out, n))
KINDLING_KERNEL(error_function, (float const* in, float* out, std::size_t n), (in, out, n))
KINDLING_KERNEL(gelu, (float const* in, float* out, std::size_t n), (in, out, n))
KINDLING_KERNEL(softmax, (float const* in, float* out, std::size_t rows, std::size_t columns), (in, out, rows, columns))
KINDLING_KERNEL(normalise, (float const* in, float const* scale, float const* shift, float* out, std::size_t rows, std::size_t columns, float epsilon), (in, scale, shift, out, rows, columns, epsilon))

namespace {
KINDLING_WIDE void add_product_wide(float const* a, float const* b, float* c, std::size_t rows, std::size_t columns, std::size_t inner) { add_product_loop(a, b, c, rows, columns, inner); }
}  // namespace

bool library_there() { return library().sgemm != nullptr; }

void multiply(float const* a, float const* b, float* c, std::size_t rows, std::size_t columns, std::size_t inner, float const* bias) {
    if (rows == 0 || columns == 0) return;
    for (std::size_t r = 0; r < rows; ++r)
        if (bias) std::memcpy(c + r * columns, bias, columns * sizeof(float));
        else std::memset(c + r * columns, 0, columns * sizeof(float));
    if (inner == 0) return;
    if (rows * columns * inner >= worth_a_call && library_there()) {
        OneThread const alone;
        auto const n = static_cast<std::int64_t>(columns), k = static_cast<std::int64_t>(inner);
        if (library().sgemm('N', 'N', static_cast<std::int64_t>(rows), n, k, 1.0f, a, k, b, n, 1.0f, c, n) == 0) return;
    }
    wide() ? add_product_wide(a, b, c, rows, columns, inner) : add_product_loop(a, b, c, rows, columns, inner);
}

}  // namespace kindling::encoder

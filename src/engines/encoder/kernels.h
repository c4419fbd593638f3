// engines/encoder/kernels.h -- the loops that a model spends its time in, over rows of floats.
//
// Products of matrices are oneDNN's (Debian libdnnl2, opened when the first model is loaded: nothing is linked, and a server without an encoder pays nothing). Small products,
// and all of them where that library is missing, are done by a plain kernel of 4 x 16 blocks. AVX2 with FMA is chosen at run time.
#pragma once
#include <cstddef>

namespace kindling::encoder {

// c [rows x columns] = a [rows x inner] · b [inner x columns], all dense and row by row, + bias [columns] where there is one. One thread: the caller's.
void multiply(float const* a, float const* b, float* c, std::size_t rows, std::size_t columns, std::size_t inner, float const* bias = nullptr);
bool library_there();  // oneDNN

void exponential(float const* in, float* out, std::size_t n);  // relative error below 2e-7
void error_function(float const* in, float* out, std::size_t n);  // erf, absolute error below 5e-7
void gelu(float const* in, float* out, std::size_t n);         // x/2 (1 + erf(x/√2)), Hendrycks and Gimpel 2016 (arXiv:1606.08415)
void softmax(float const* in, float* out, std::size_t rows, std::size_t columns);
// Ba et al. 2016 (arXiv:1607.06450). `shift` may be null.
void normalise(float const* in, float const* scale, float const* shift, float* out, std::size_t rows, std::size_t columns, float epsilon);

}  // namespace kindling::encoder

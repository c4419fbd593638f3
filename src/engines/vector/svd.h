// engines/vector/svd.h -- the leading eigenvectors of a large sparse symmetric matrix, by randomised subspace iteration.
//
// Halko, Martinsson & Tropp 2011, algorithm 5.3 for symmetric matrices: a random block is multiplied by the matrix a few times, made
// orthogonal in between, and the small matrix that is left is solved exactly. Cost: (iterations + 2) x nonzeros x (k + oversampling).
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace kindling::vector {

// Row by row: columns[starts[i] .. starts[i + 1]) ascending, with their values; symmetric.
struct SparseSymmetric {
    std::vector<std::size_t> starts;
    std::vector<std::uint32_t> columns;
    std::vector<float> values;
    std::size_t size() const { return starts.empty() ? 0 : starts.size() - 1; }
};

struct Leading {
    std::vector<float> vectors;  // size x k, row by row
    std::vector<double> values;  // k, by magnitude, largest first
};
// k is cut to the size. Deterministic for a seed on one thread or many.
Leading leading_eigenvectors(const SparseSymmetric&, std::size_t k, std::uint64_t seed, int iterations = 3, std::size_t oversampling = 12);

}  // namespace kindling::vector

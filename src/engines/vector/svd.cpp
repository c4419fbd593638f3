#include "engines/vector/svd.h"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <algorithm>
#include <numeric>

#include "core/parallel.h"
#include "core/random.h"

namespace kindling::vector {

namespace {

using Block = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Index at(std::size_t i) { return static_cast<Eigen::Index>(i); }

Block times(const SparseSymmetric& m, const Block& x) {
    Block y = Block::Zero(x.rows(), x.cols());
    constexpr std::size_t strip = 1024;
    parallel_for((m.size() + strip - 1) / strip, [&](std::size_t s) {
        for (auto i = s * strip; i < std::min(m.size(), (s + 1) * strip); ++i)
            for (auto k = m.starts[i]; k < m.starts[i + 1]; ++k) y.row(at(i)).noalias() += m.values[k] * x.row(at(m.columns[k]));
    });
    return y;
}

Block orthogonal(const Block& y) {
    Eigen::HouseholderQR<Eigen::MatrixXf> const qr(y);
    return qr.householderQ() * Eigen::MatrixXf::Identity(y.rows(), std::min(y.rows(), y.cols()));
}

}  // namespace

Leading leading_eigenvectors(const SparseSymmetric& m, std::size_t k, std::uint64_t seed, int iterations, std::size_t oversampling) {
    auto const n = m.size();
    k = std::min(k, n);
    auto const width = std::min(n, k + oversampling);
    Block q(at(n), at(width));
    Random random(seed);
    for (Eigen::Index i = 0; i < q.size(); ++i) q.data()[i] = static_cast<float>(random.normal());
    q = orthogonal(times(m, q));
    for (int i = 0; i < iterations; ++i) q = orthogonal(times(m, q));
    Eigen::MatrixXf const small = q.transpose() * times(m, q);
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXf> const solved((small + small.transpose()) / 2);
    std::vector<std::size_t> order(width);
    std::iota(order.begin(), order.end(), 0);
    auto const magnitude = [&](std::size_t i) { return std::abs(solved.eigenvalues()[at(i)]); };
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return magnitude(a) > magnitude(b); });
    Leading out{.vectors = std::vector<float>(n * k), .values = {}};
    for (std::size_t c = 0; c < k; ++c) {
        out.values.push_back(solved.eigenvalues()[at(order[c])]);
        Eigen::VectorXf const column = q * solved.eigenvectors().col(at(order[c]));
        for (std::size_t i = 0; i < n; ++i) out.vectors[i * k + c] = column[at(i)];
    }
    return out;
}

}  // namespace kindling::vector

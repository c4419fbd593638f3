#include "engines/series/hierarchy.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <map>

namespace kindling::series {

namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Map = Eigen::Map<const Matrix>;
constexpr std::size_t dense_limit = 1500;

Map view(const Table& t) { return Map(t.values.data(), static_cast<Eigen::Index>(t.rows), static_cast<Eigen::Index>(t.columns)); }
Eigen::Index size(std::size_t n) { return static_cast<Eigen::Index>(n); }

// C x: sums minus their parts.
Matrix gaps(const Structure& s, const Matrix& x) {
    auto const m = size(s.sums.size());
    Matrix out = x.topRows(m);
    for (Eigen::Index i = 0; i < m; ++i)
        for (auto const b : s.sums[static_cast<std::size_t>(i)]) out.row(i) -= x.row(m + b);
    return out;
}
// C' z.
Matrix spread(const Structure& s, const Matrix& z) {
    auto const m = size(s.sums.size());
    Matrix out = Matrix::Zero(size(s.nodes()), z.cols());
    out.topRows(m) = z;
    for (Eigen::Index i = 0; i < m; ++i)
        for (auto const b : s.sums[static_cast<std::size_t>(i)]) out.row(m + b) -= z.row(i);
    return out;
}

// W = diagonal + factor factor'.
struct Weights {
    Eigen::VectorXd diagonal;
    Matrix factor;  // nodes x steps, or empty
    Matrix times(const Matrix& x) const {
        Matrix out = diagonal.asDiagonal() * x;
        if (factor.size() > 0) out += factor * (factor.transpose() * x).eval();
        return out;
    }
};

Weights weights(const Structure& s, const Table& errors, Reconcile how) {
    Weights w;
    auto const n = size(s.nodes());
    if (how == Reconcile::structural) {
        w.diagonal = Eigen::VectorXd::Ones(n);
        for (std::size_t i = 0; i < s.sums.size(); ++i) w.diagonal[size(i)] = static_cast<double>(std::max<std::size_t>(1, s.sums[i].size()));
        return w;
    }
    Map const e = view(errors);
    auto const steps = static_cast<double>(errors.columns);
    w.diagonal = e.rowwise().squaredNorm() / steps;
    // A node that never erred would be believed without limit.
    double const floor = std::max(1e-12, 1e-6 * w.diagonal.mean());
    w.diagonal = w.diagonal.cwiseMax(floor);
    if (how == Reconcile::shrink) {
        double const lambda = shrinkage(errors);
        w.factor = e * std::sqrt((1 - lambda) / steps);
        w.diagonal *= lambda;
        w.diagonal = w.diagonal.cwiseMax(floor * 1e-3);
    }
    return w;
}

// Errors of a level's nodes as if they were the root of `doubt` times as large.
void scale(const Structure& s, std::span<const double> doubt, Weights& w) {
    if (doubt.empty()) return;
    Eigen::VectorXd times(size(s.nodes()));
    for (std::size_t i = 0; i < s.nodes(); ++i) times[size(i)] = doubt[s.level_of(i)];
    w.diagonal = w.diagonal.cwiseProduct(times);
    if (w.factor.size() > 0) w.factor = times.cwiseSqrt().asDiagonal() * w.factor;
}

// z with C W C' z = right.
Matrix solve(const Structure& s, const Weights& w, const Matrix& right) {
    auto const m = size(s.sums.size());
    if (s.sums.size() <= dense_limit) {
        // (C D C')_ij = [i = j] d_i + sum of d over the bottom series that i and j share.
        Matrix a = Matrix::Zero(m, m);
        std::vector<std::vector<std::uint32_t>> above(s.bottom);
        for (std::size_t i = 0; i < s.sums.size(); ++i)
            for (auto const b : s.sums[i]) above[b].push_back(static_cast<std::uint32_t>(i));
        for (std::size_t b = 0; b < s.bottom; ++b)
            for (auto const i : above[b])
                for (auto const j : above[b]) a(i, j) += w.diagonal[m + size(b)];
        a.diagonal() += w.diagonal.head(m);
        if (w.factor.size() > 0) { Matrix const f = gaps(s, w.factor); a += f * f.transpose(); }
        return a.llt().solve(right);
    }
    // Conjugate gradients for all columns together, preconditioned by the diagonal.
    Eigen::VectorXd diagonal = w.diagonal.head(m);
    for (Eigen::Index i = 0; i < m; ++i)
        for (auto const b : s.sums[static_cast<std::size_t>(i)]) diagonal[i] += w.diagonal[m + b];
    if (w.factor.size() > 0) diagonal += gaps(s, w.factor).rowwise().squaredNorm();
    Eigen::VectorXd const inverse = diagonal.cwiseInverse();
    Matrix x = Matrix::Zero(m, right.cols()), r = right, z = inverse.asDiagonal() * r, p = z;
    Eigen::RowVectorXd rz = r.cwiseProduct(z).colwise().sum();
    double const goal = 1e-14 * std::max(1e-300, rz.maxCoeff());
    for (int round = 0; round < 500 && rz.maxCoeff() > goal; ++round) {
        Matrix const q = gaps(s, w.times(spread(s, p)));
        Eigen::RowVectorXd step = p.cwiseProduct(q).colwise().sum();
        for (Eigen::Index c = 0; c < step.size(); ++c) step[c] = step[c] > 0 ? rz[c] / step[c] : 0;
        x += p * step.asDiagonal(), r -= q * step.asDiagonal();
        z = inverse.asDiagonal() * r;
        Eigen::RowVectorXd const next = r.cwiseProduct(z).colwise().sum();
        Eigen::RowVectorXd turn = next;
        for (Eigen::Index c = 0; c < turn.size(); ++c) turn[c] = rz[c] > 0 ? next[c] / rz[c] : 0;
        p = z + p * turn.asDiagonal();
        rz = next;
    }
    return x;
}

Result<void> check(const Structure& s, const Table& base, const Table& errors, Reconcile how, std::span<const double> doubt) {
    TRY(check(s));
    if (base.rows != s.nodes()) return fail(Errc::invalid_argument, "hierarchy_shape", fmt::format("There are forecasts of {} nodes; the structure has {}.", base.rows, s.nodes()));
    if ((how == Reconcile::variance || how == Reconcile::shrink) && (errors.rows != s.nodes() || errors.columns < 2))
        return fail(Errc::invalid_argument, "hierarchy_shape", fmt::format("There are errors of {} nodes over {} steps; give all {} nodes and at least 2 steps.", errors.rows, errors.columns, s.nodes()));
    for (auto const* const table : {&base, &errors})
        for (std::size_t i = 0; i < table->values.size(); ++i)
            if (!(std::abs(table->values[i]) <= 1e15)) return fail(Errc::invalid_argument, "hierarchy_value", fmt::format("The {} of node {} at step {} is {}.", table == &base ? "forecast" : "error", i / table->columns, i % table->columns, table->values[i]));
    if (!doubt.empty() && (doubt.size() != s.level_names.size() || !std::ranges::all_of(doubt, [](double d) { return d > 0 && d <= 1e6; })))
        return fail(Errc::invalid_argument, "hierarchy_shape", fmt::format("There are doubts of {} levels; give one above 0 and at most 1e6 for each of the {}.", doubt.size(), s.level_names.size()));
    return {};
}

}  // namespace

Result<void> check(const Structure& s) {
    auto const wrong = [](std::string message) { return fail(Errc::invalid_argument, "hierarchy_shape", std::move(message)); };
    if (s.level.size() != s.sums.size() || s.level_names.empty()) return wrong(fmt::format("There are {} sums, levels of {} of them and names of {} levels.", s.sums.size(), s.level.size(), s.level_names.size()));
    for (std::size_t i = 0; i < s.sums.size(); ++i) {
        if (s.level[i] + 1 >= s.level_names.size()) return wrong(fmt::format("Sum {} is at level {}; above the bottom there are {}.", i, s.level[i], s.level_names.size() - 1));
        for (std::size_t k = 0; k < s.sums[i].size(); ++k) {
            if (s.sums[i][k] >= s.bottom) return wrong(fmt::format("Sum {} has bottom series {}; there are {}.", i, s.sums[i][k], s.bottom));
            if (k > 0 && s.sums[i][k] <= s.sums[i][k - 1]) return wrong(fmt::format("Sum {} has bottom series {} after {}; give each once, ascending.", i, s.sums[i][k], s.sums[i][k - 1]));
        }
    }
    return {};
}

std::string_view name(Reconcile r) {
    static constexpr std::string_view names[] = {"bottom_up", "structural", "variance", "shrink"};
    return names[static_cast<std::size_t>(r)];
}

Result<Structure> make_structure(std::span<const std::vector<std::string>> labels, std::span<const std::vector<std::size_t>> levels, std::span<const std::string> level_names) {
    Structure out{.bottom = labels.size()};
    auto const wrong = [](std::string message) { return fail(Errc::invalid_argument, "hierarchy_labels", std::move(message)); };
    if (labels.empty() || levels.size() != level_names.size()) return wrong(fmt::format("There are {} bottom series, {} levels and {} names of levels.", labels.size(), levels.size(), level_names.size()));
    for (std::size_t b = 0; b < labels.size(); ++b)
        if (labels[b].size() != labels[0].size()) return wrong(fmt::format("Bottom series {} has {} labels, the first has {}.", b, labels[b].size(), labels[0].size()));
    for (std::size_t l = 0; l < levels.size(); ++l) {
        std::map<std::vector<std::string_view>, std::vector<std::uint32_t>> groups;
        for (auto const a : levels[l])
            if (a >= labels[0].size()) return wrong(fmt::format("Level {} groups by label {}; there are {}.", level_names[l], a, labels[0].size()));
        for (std::size_t b = 0; b < labels.size(); ++b) {
            std::vector<std::string_view> key;
            for (auto const a : levels[l]) key.push_back(labels[b][a]);
            groups[key].push_back(static_cast<std::uint32_t>(b));
        }
        for (auto& [key, members] : groups) out.sums.push_back(std::move(members)), out.level.push_back(static_cast<std::uint32_t>(l));
        out.level_names.push_back(level_names[l]);
    }
    out.level_names.push_back("bottom");
    return out;
}

Table sum_up(const Structure& s, const Table& bottom) {
    Table out(s.nodes(), bottom.columns);
    for (std::size_t i = 0; i < s.sums.size(); ++i)
        for (auto const b : s.sums[i])
            for (std::size_t h = 0; h < bottom.columns; ++h) out.at(i, h) += bottom.at(b, h);
    std::ranges::copy(bottom.values, out.values.begin() + static_cast<std::ptrdiff_t>(s.sums.size() * bottom.columns));
    return out;
}

double shrinkage(const Table& errors) {
    // Schaefer & Strimmer (2005), target: the diagonal. With standardised errors x the sample correlation of i and j is the mean over steps of x_i x_j;
    // sum over pairs of its squares and of its variances, without forming the pairs: via the steps' inner products.
    Map const e = view(errors);
    double const t = static_cast<double>(errors.columns);
    if (errors.columns < 4) return 1;
    Matrix x = e;
    Eigen::Index const n = x.rows();
    for (Eigen::Index i = 0; i < n; ++i) {
        double const norm = std::sqrt(x.row(i).squaredNorm() / t);
        x.row(i) /= norm > 1e-12 ? norm : 1;
    }
    Matrix const inner = x.transpose() * x;                                // steps x steps: sum_i x_i(s) x_i(u)
    Matrix const squares = x.cwiseProduct(x).transpose() * Matrix::Ones(n, 1);  // sum_i x_i(s)^2
    double const own = x.cwiseProduct(x).cwiseProduct(x.cwiseProduct(x)).sum();
    // sum_ij r_ij^2 = |X'X|_F^2 / t^2; sum_ij sum_s (x_i x_j)^2 = sum_s (sum_i x_i^2)^2; less the pairs i = i.
    double const all = inner.squaredNorm() / (t * t) - static_cast<double>(n), second = squares.squaredNorm() - own;
    double const variance = (second / t - all) / (t - 1);
    return all > 0 ? std::clamp(variance / all, 0.0, 1.0) : 1;
}

Result<Table> reconcile(const Structure& s, const Table& base, const Table& errors, Reconcile how, Sign sign, std::span<const double> doubt) {
    TRY(check(s, base, errors, how, doubt));
    Matrix y = view(base);
    if (how != Reconcile::bottom_up) {
        auto w = weights(s, errors, how);
        scale(s, doubt, w);
        y -= w.times(spread(s, solve(s, w, gaps(s, y))));
    }
    Table bottom(s.bottom, base.columns);
    for (std::size_t b = 0; b < s.bottom; ++b)
        for (std::size_t h = 0; h < base.columns; ++h) {
            double const v = y(size(s.sums.size() + b), size(h));
            bottom.at(b, h) = sign == Sign::non_negative ? std::max(0.0, v) : v;
        }
    return sum_up(s, bottom);
}

}  // namespace kindling::series

#include "engines/media/alike/projection.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <map>

#include "engines/learning/model_file/model_file.h"

namespace kindling::media {

namespace {

constexpr std::string_view kind = "KPIC0001";
using Matrix = Eigen::MatrixXd;
Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

}  // namespace

Result<Projection> Projection::learn(std::span<const std::vector<float>> descriptors, std::span<const int> kinds, const Options& options) {
    auto const n = descriptors.size();
    if (n < 8 || kinds.size() != n) return fail(Errc::invalid_argument, "too_few_pictures", "Likeness is learned from eight pictures at least.");
    auto const d = descriptors[0].size();
    Matrix x(index(n), index(d));
    for (std::size_t i = 0; i < n; ++i) {
        if (descriptors[i].size() != d) return fail(Errc::invalid_argument, "too_few_pictures", "The descriptors are not of one length.");
        for (std::size_t j = 0; j < d; ++j) x(index(i), index(j)) = descriptors[i][j];
    }
    Eigen::RowVectorXd const mean = x.colwise().mean();
    x.rowwise() -= mean;
    Eigen::SelfAdjointEigenSolver<Matrix> const gram(x * x.transpose());
    auto const k = std::min<std::size_t>(options.components, n - 1);
    // Rows of `components`: unit directions; whitened with a floor, so that the smallest are not blown up to noise.
    Matrix components(index(k), index(d));
    Eigen::VectorXd scale(index(k));
    std::size_t used = 0;
    auto const largest = gram.eigenvalues()[index(n - 1)];
    for (std::size_t c = 0; c < k; ++c) {
        auto const value = gram.eigenvalues()[index(n - 1 - c)];
        if (value <= 1e-9 * std::max(1e-300, largest)) break;
        components.row(index(used)) = (gram.eigenvectors().col(index(n - 1 - c)).transpose() * x) / std::sqrt(value);
        scale[index(used++)] = 1 / std::sqrt(value / static_cast<double>(n) + 0.1 * largest / static_cast<double>(n));
    }
    if (used == 0) return fail(Errc::invalid_argument, "too_few_pictures", "All pictures are the same.");
    Matrix const whitened = scale.head(index(used)).asDiagonal() * components.topRows(index(used));
    Matrix rows = whitened;
    std::map<int, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < n; ++i)
        if (kinds[i] >= 0) groups[kinds[i]].push_back(i);
    std::erase_if(groups, [](auto const& g) { return g.second.size() < 2; });
    if (groups.size() >= 2) {
        Matrix const y = x * whitened.transpose();
        Matrix within = Matrix::Zero(index(used), index(used)), between = within;
        Eigen::RowVectorXd all = Eigen::RowVectorXd::Zero(index(used));
        double count = 0;
        for (auto const& [label, members] : groups)
            for (auto const i : members) all += y.row(index(i)), ++count;
        all /= count;
        for (auto const& [label, members] : groups) {
            Eigen::RowVectorXd centre = Eigen::RowVectorXd::Zero(index(used));
            for (auto const i : members) centre += y.row(index(i));
            centre /= static_cast<double>(members.size());
            for (auto const i : members) within += (y.row(index(i)) - centre).transpose() * (y.row(index(i)) - centre) / count;
            between += (centre - all).transpose() * (centre - all) / static_cast<double>(groups.size());
        }
        within = (1 - options.shrink) * within + options.shrink * within.trace() / static_cast<double>(used) * Matrix::Identity(index(used), index(used));
        Eigen::GeneralizedSelfAdjointEigenSolver<Matrix> const solved(between, within);
        auto const m = std::min(groups.size() - 1, used);
        Matrix const directions = solved.eigenvectors().rightCols(index(m)).transpose() * whitened;
        // Both parts contribute in the proportion asked for.
        auto const spread = [&](Matrix const& r) { return std::sqrt((x * r.transpose()).squaredNorm() / static_cast<double>(n)); };
        rows.resize(index(used + m), index(d));
        rows << whitened / std::max(1e-12, spread(whitened)), directions * (options.of_kinds / std::max(1e-12, spread(directions)));
    }
    Projection out;
    out.mean_.resize(d), out.matrix_.resize(static_cast<std::size_t>(rows.rows()) * d);
    for (std::size_t j = 0; j < d; ++j) out.mean_[j] = static_cast<float>(mean[index(j)]);
    for (Eigen::Index r = 0; r < rows.rows(); ++r)
        for (std::size_t j = 0; j < d; ++j) out.matrix_[static_cast<std::size_t>(r) * d + j] = static_cast<float>(rows(r, index(j)));
    return out;
}

std::vector<float> Projection::project(std::span<const float> descriptor) const {
    std::vector<float> out(outputs(), 0);
    if (descriptor.size() != inputs()) return out;
    double square = 0;
    for (std::size_t r = 0; r < out.size(); ++r) {
        double sum = 0;
        for (std::size_t j = 0; j < descriptor.size(); ++j) sum += static_cast<double>(matrix_[r * descriptor.size() + j]) * (descriptor[j] - mean_[j]);
        out[r] = static_cast<float>(sum), square += sum * sum;
    }
    if (square > 0) for (auto& v : out) v = static_cast<float>(v / std::sqrt(square));
    return out;
}

std::string Projection::write() const {
    model_file::Writer out;
    out.list(std::span<const float>(mean_)), out.list(std::span<const float>(matrix_));
    return model_file::seal(kind, out.body);
}

Result<Projection> Projection::read(std::string_view file) {
    model_file::Reader in(TRY(model_file::open(kind, file)));
    Projection out;
    out.mean_ = in.list<float>(), out.matrix_ = in.list<float>();
    in.need(!out.mean_.empty() && out.matrix_.size() % out.mean_.size() == 0);
    if (!in.at_end()) return fail(Errc::invalid_argument, "model_invalid", "The file is no projection of pictures, or is damaged.");
    return out;
}

}  // namespace kindling::media

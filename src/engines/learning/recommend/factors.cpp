// A row whose person or good has n events costs n^2 d instead of d^3. The vectors of the side that is held fast are turned so that the sum
// of their squares is diagonal, which changes no product. With D that diagonal plus the stiffness, F the n vectors that were taken and c
// their weights, (D + F'cF)^-1 F'c 1 = D^-1 F' (1/c + F D^-1 F')^-1 1: a system of n. Most people have fewer events than there are dimensions.
#include "engines/learning/recommend/factors.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <cmath>

#include "core/parallel.h"
#include "core/random.h"

namespace kindling::recommend {

namespace {

using Eigen::Index;
using Vector = Eigen::Map<Eigen::VectorXf>;
using Matrix = Eigen::Map<Eigen::MatrixXf>;
using Fixed = Eigen::Map<const Eigen::MatrixXf>;

constexpr std::size_t block = 256;  // rows that a thread takes at a time

Fixed columns_of(std::span<const float> values, std::uint32_t dims) { return {values.data(), static_cast<Index>(dims), dims > 0 ? static_cast<Index>(values.size() / dims) : 0}; }

// Turns all vectors alike, so that the sum of their squares is diagonal.
void turn(std::vector<float>& values, std::uint32_t dims) {
    Matrix all(values.data(), static_cast<Index>(dims), static_cast<Index>(values.size() / dims));
    Eigen::MatrixXf const squares = all * all.transpose();
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> const axes(squares.cast<double>());
    Eigen::MatrixXf const turned = axes.eigenvectors().cast<float>().transpose();
    for (Index first = 0; first < all.cols(); first += 1024) {
        auto const some = std::min<Index>(1024, all.cols() - first);
        all.middleCols(first, some) = (turned * all.middleCols(first, some)).eval();
    }
}

// That diagonal, times `unobserved`.
std::vector<float> spread_of(std::span<const float> values, const FactorOptions& options) {
    std::vector<float> out(options.dims);
    if (!values.empty()) Vector(out.data(), static_cast<Index>(options.dims)) = options.unobserved * columns_of(values, options.dims).rowwise().squaredNorm();
    return out;
}

// One row of one side; `values` of the other, turned, and their spread_of are held fast. Writes dims values.
void solve(std::span<const float> values, std::span<const float> spread, std::span<const Weighted> taken, const FactorOptions& options, std::vector<float>& space, float* out) {
    auto const fixed = columns_of(values, options.dims);
    auto const d = fixed.rows(), n = static_cast<Index>(taken.size());
    auto const size = std::min(n, d);
    space.resize(static_cast<std::size_t>(d + 2 * d * size + size * size));
    Vector diagonal(space.data(), d), row(out, d);
    float events = 0;
    for (auto const& t : taken) events += t.weight;
    auto const stiffness = options.stiffness * (events + options.unobserved * static_cast<float>(fixed.cols()));
    for (Index k = 0; k < d; ++k) diagonal[k] = spread[static_cast<std::size_t>(k)] + stiffness;
    Matrix system(space.data() + d, size, size);
    if (n < d) {
        Matrix some(system.data() + n * n, d, n), divided(some.data() + d * n, d, n);
        for (Index t = 0; t < n; ++t) some.col(t) = fixed.col(static_cast<Index>(taken[static_cast<std::size_t>(t)].item)), divided.col(t) = some.col(t).cwiseQuotient(diagonal);
        system.noalias() = some.transpose().lazyProduct(divided);
        for (Index t = 0; t < n; ++t) system(t, t) += 1 / taken[static_cast<std::size_t>(t)].weight;
        Eigen::VectorXf ones = Eigen::VectorXf::Ones(n);
        Eigen::LLT<Eigen::Ref<Eigen::MatrixXf>>(system).solveInPlace(ones);
        row.noalias() = divided * ones;
        return;
    }
    system = diagonal.asDiagonal();
    row.setZero();
    for (auto const& [item, weight] : taken) {
        auto const f = fixed.col(static_cast<Index>(item));
        system.selfadjointView<Eigen::Lower>().rankUpdate(f, weight);
        row += weight * f;
    }
    Eigen::LLT<Eigen::Ref<Eigen::MatrixXf>>(system).solveInPlace(row);
}

using Lists = std::vector<std::vector<Weighted>>;

void solve_all(std::vector<float>& rows, std::vector<float>& fixed, const Lists& taken, const FactorOptions& options) {
    turn(fixed, options.dims);
    auto const spread = spread_of(fixed, options);
    parallel_for((taken.size() + block - 1) / block, [&](std::size_t part) {
        std::vector<float> space;
        for (auto at = part * block; at < std::min((part + 1) * block, taken.size()); ++at) {
            auto* const row = rows.data() + at * options.dims;
            if (taken[at].empty()) std::fill_n(row, options.dims, 0.0f);
            else solve(fixed, spread, taken[at], options, space, row);
        }
    }, options.threads);
}

}  // namespace

Factors::Factors(std::vector<float> values, const FactorOptions& options) : options_(options), values_(std::move(values)), spread_(spread_of(values_, options_)) {}

Result<Factors> Factors::fit(std::span<const History> histories, std::uint32_t items, const FactorOptions& options, const Progress& progress) {
    Lists of_person(histories.size()), of_item(items);
    for (std::size_t u = 0; u < histories.size(); ++u)
        for (auto const item : distinct(histories[u])) of_person[u].push_back({item, 1}), of_item[item].push_back({static_cast<std::uint32_t>(u), 1});
    std::vector<float> people(histories.size() * options.dims), goods(std::size_t{items} * options.dims);
    if (people.empty() || goods.empty()) return Factors(std::move(goods), options);
    // Small, so that nothing is likely at first: 0.1 / sqrt(d) as in Rendle et al.
    Random random(options.seed);
    for (auto& v : goods) v = static_cast<float>(random.normal(0, 0.1 / std::sqrt(static_cast<double>(options.dims))));
    for (int sweep = 0; sweep < options.sweeps; ++sweep) {
        progress(sweep, options.sweeps, "factors");
        solve_all(people, goods, of_person, options);
        if (progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "Training was stopped.");
        solve_all(goods, people, of_item, options);
    }
    turn(goods, options.dims);
    return Factors(std::move(goods), options);
}

void Factors::fold_in(std::span<const Weighted> taken, Person& person) const {
    person.vector.assign(options_.dims, 0.0f);
    person.known.clear();
    for (auto const& t : taken)
        if (t.item < items()) person.known.push_back(t);
    if (!person.known.empty()) solve(values_, spread_, person.known, options_, person.space, person.vector.data());
}

float Factors::score(const Person& person, Item item) const {
    if (item >= items()) return 0;
    return Eigen::Map<const Eigen::VectorXf>(person.vector.data(), static_cast<Index>(options_.dims)).dot(columns_of(values_, options_.dims).col(static_cast<Index>(item)));
}

}  // namespace kindling::recommend

#include "engines/learning/recommend/linear.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/parallel.h"

namespace kindling::recommend {

namespace {

constexpr Eigen::Index block = 64;  // columns of the inverse that are solved for together

// The inverse of what `lower` is the Cholesky factor of, its lower half. Columns from k on are zero above row k before the substitutions,
// and only rows from k on are wanted, so each block of columns needs only the lower right corner: a third of the work.
Eigen::MatrixXf inverse_below(const Eigen::MatrixXf& lower, unsigned threads) {
    auto const n = lower.rows();
    Eigen::MatrixXf out(n, n);
    parallel_for(static_cast<std::size_t>((n + block - 1) / block), [&](std::size_t part) {
        auto const first = static_cast<Eigen::Index>(part) * block;
        auto const rest = n - first, columns = std::min(block, rest);
        auto const corner = lower.bottomRightCorner(rest, rest);
        Eigen::MatrixXf x = Eigen::MatrixXf::Identity(rest, columns);
        corner.triangularView<Eigen::Lower>().solveInPlace(x);
        corner.transpose().triangularView<Eigen::Upper>().solveInPlace(x);
        out.block(first, first, rest, columns) = x;
    }, threads);
    return out;
}

}  // namespace

Result<Linear> Linear::fit(std::span<const History> histories, std::uint32_t items, const LinearOptions& options, const Progress& progress) {
    std::vector<std::uint32_t> takers(items);
    for (auto const& h : histories)
        for (auto const item : distinct(h)) ++takers[item];
    std::vector<Item> known;
    for (Item i = 0; i < items; ++i)
        if (takers[i] > 1) known.push_back(i);  // what one person took says nothing of others
    if (known.size() > options.most_items) {
        std::ranges::nth_element(known, known.begin() + options.most_items, [&](Item a, Item b) { return takers[a] != takers[b] ? takers[a] > takers[b] : scramble(a) < scramble(b); });
        known.resize(options.most_items);
        std::ranges::sort(known);
    }
    std::vector<std::vector<Weighted>> rows(items);
    if (known.empty()) return Linear(std::move(rows), options);
    auto const n = static_cast<Eigen::Index>(known.size());
    constexpr auto nowhere = ~0u;
    std::vector<std::uint32_t> place(items, nowhere);
    for (std::uint32_t k = 0; k < known.size(); ++k) place[known[k]] = k;

    Eigen::MatrixXf lower = Eigen::MatrixXf::Zero(n, n);  // X'X, then its Cholesky factor; the lower halves only
    for (auto const& h : histories) {
        auto taken = distinct(h);
        std::erase_if(taken, [&](Item i) { return place[i] == nowhere; });
        for (std::size_t b = 0; b < taken.size(); ++b)
            for (std::size_t a = b; a < taken.size(); ++a) lower(place[taken[a]], place[taken[b]]) += 1;
    }
    lower.diagonal().array() += options.stiffness;
    progress(0, 2, "linear model");
    Eigen::LLT<Eigen::Ref<Eigen::MatrixXf>> const factored(lower);
    if (progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "Training was stopped.");
    progress(1, 2, "linear model");
    auto const inverse = inverse_below(lower, options.threads);
    if (progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "Training was stopped.");
    Eigen::VectorXf const diagonal = inverse.diagonal();
    parallel_for(known.size(), [&](std::size_t i) {
        std::vector<Weighted> row;
        for (std::size_t j = 0; j < known.size(); ++j) {
            auto const p = inverse(static_cast<Eigen::Index>(std::max(i, j)), static_cast<Eigen::Index>(std::min(i, j)));
            if (auto const b = -p / diagonal[static_cast<Eigen::Index>(j)]; i != j && std::abs(b) > 1e-4f) row.push_back({known[j], b});
        }
        if (row.size() > options.row_limit) {
            std::ranges::nth_element(row, row.begin() + static_cast<std::ptrdiff_t>(options.row_limit), [](auto const& a, auto const& b) { return std::abs(a.weight) != std::abs(b.weight) ? std::abs(a.weight) > std::abs(b.weight) : a.item < b.item; });
            row.resize(options.row_limit);
            std::ranges::sort(row, {}, &Weighted::item);
        }
        row.shrink_to_fit();
        rows[known[i]] = std::move(row);
    }, options.threads);
    return Linear(std::move(rows), options);
}

}  // namespace kindling::recommend

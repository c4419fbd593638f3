// Which reconciliation: every method and share at every origin, then level by level how far its forecasts are believed.
#include "engines/series/hierarchy.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace kindling::series {

std::vector<double> level_errors(const Structure& s, const Table& forecast, const Table& actual, std::span<const double> scale) {
    std::vector<double> out(s.level_names.size()), count(s.level_names.size());
    for (std::size_t i = 0; i < s.nodes(); ++i) {
        double squares = 0;
        for (std::size_t h = 0; h < actual.columns; ++h) squares += (forecast.at(i, h) - actual.at(i, h)) * (forecast.at(i, h) - actual.at(i, h));
        out[s.level_of(i)] += std::sqrt(squares / static_cast<double>(actual.columns)) / scale[i], count[s.level_of(i)] += 1;
    }
    for (std::size_t l = 0; l < out.size(); ++l) out[l] /= std::max(1.0, count[l]);
    return out;
}

namespace {

Table mixed(const Table& a, const Table& b, double share_of_b) {
    Table out = a;
    for (std::size_t i = 0; i < out.values.size(); ++i) out.values[i] += share_of_b * (b.values[i] - a.values[i]);
    return out;
}

constexpr double shares[] = {0.25, 0.5, 0.75, 1.0}, times_doubted[] = {1.0 / 16, 1.0 / 4, 4, 16, 256};
// Above these each level is not tried: some hundred reconciliations at every origin, of which each factors a dense matrix of the sums (hierarchy.cpp), by the cube of their number, and is not to be cancelled.
// 400 sums of 2,370 nodes at three origins took 0.64 s of processor time.
constexpr std::size_t nodes_looked_at_by_level = 5000, sums_looked_at_by_level = 400;

struct Candidate {
    Chosen choice;
    double mean = 1, worst = 1;  // error by that of bottom-up: over levels and origins, and at the worst of them
    // The least mean; what erred too much at some level is further away by ten times that, so that the search can leave it.
    double cost(double tolerance) const { return mean + 10 * std::max(0.0, worst - 1 - tolerance); }
};

class Origins {
public:
    Origins(const Structure& s, std::span<const BackTest> tests, Sign sign) : structure_(s), tests_(tests), sign_(sign) {}

    Result<void> prepare() {
        for (auto const& test : tests_) {
            if (test.actual.rows != structure_.nodes() || test.actual.columns != test.base.columns || test.scale.size() != structure_.nodes()) return fail(Errc::invalid_argument, "hierarchy_shape", "What came and the scales must be given for every node, over the steps of the forecasts.");
            bottom_up_.push_back(TRY(reconcile(structure_, test.base, test.errors, Reconcile::bottom_up, sign_)));
            reference_.push_back(level_errors(structure_, bottom_up_.back(), test.actual, test.scale));
        }
        return {};
    }

    // One method at every share, each origin reconciled once.
    Result<std::vector<Candidate>> measure(Reconcile how, std::span<const double> doubt) const {
        auto const levels = structure_.level_names.size();
        std::vector<Candidate> out;
        for (double const share : shares) out.push_back({.choice = {.method = how, .share = share, .doubt = {doubt.begin(), doubt.end()}, .gain = std::vector<double>(levels)}, .mean = 0, .worst = 0});
        for (std::size_t i = 0; i < tests_.size(); ++i) {
            auto const& test = tests_[i];
            auto const full = TRY(reconcile(structure_, test.base, test.errors, how, sign_, doubt));
            for (auto& c : out) {
                auto const own = level_errors(structure_, mixed(bottom_up_[i], full, c.choice.share), test.actual, test.scale);
                for (std::size_t l = 0; l < levels; ++l) {
                    double const gain = reference_[i][l] > 0 ? own[l] / reference_[i][l] : own[l] > 0 ? 2 : 1;
                    c.choice.gain[l] += gain / static_cast<double>(tests_.size()), c.mean += gain / static_cast<double>(tests_.size() * levels), c.worst = std::max(c.worst, gain);
                }
            }
        }
        return out;
    }

private:
    const Structure& structure_;
    std::span<const BackTest> tests_;
    Sign sign_;
    std::vector<Table> bottom_up_;
    std::vector<std::vector<double>> reference_;
};

}  // namespace

Result<Chosen> choose_reconciliation(const Structure& s, std::span<const BackTest> tests, double tolerance, Sign sign) {
    if (tests.empty()) return fail(Errc::invalid_argument, "hierarchy_shape", "There is no back-test; give at least one origin.");
    std::size_t const levels = s.level_names.size();
    Origins origins(s, tests, sign);
    TRY(origins.prepare());
    Candidate best{.choice = {.gain = std::vector<double>(levels, 1.0)}}, nearest{.mean = 1e300};
    auto const weigh = [&](std::vector<Candidate> const& all, double least_gain) {
        bool nearer = false;
        for (auto const& c : all) {
            if (c.worst <= 1 + tolerance && c.mean < best.mean - least_gain) best = c;
            if (c.cost(tolerance) < nearest.cost(tolerance) - least_gain) nearest = c, nearer = true;
        }
        return nearer;
    };
    for (auto const how : {Reconcile::structural, Reconcile::variance, Reconcile::shrink}) weigh(TRY(origins.measure(how, {})), 0);
    if (levels < 3 || s.nodes() > nodes_looked_at_by_level || s.sums.size() > sums_looked_at_by_level) return best.choice;
    // Each level in turn; what a step gains must be more than chance gives at few origins.
    for (bool better = true; better;) {
        better = false;
        for (std::size_t l = 0; l + 1 < levels; ++l) {
            auto const from = nearest.choice;
            for (double const times : times_doubted) {
                auto doubt = from.doubt.empty() ? std::vector<double>(levels, 1.0) : from.doubt;
                doubt[l] *= times;
                if (doubt[l] < 1e-3 || doubt[l] > 1e3) continue;
                better |= weigh(TRY(origins.measure(from.method, doubt)), 0.002);
            }
        }
    }
    return best.choice;
}

Result<Table> reconcile(const Structure& s, const Table& base, const Table& errors, const Chosen& chosen, Sign sign) {
    auto const bottom_up = TRY(reconcile(s, base, errors, Reconcile::bottom_up, sign));
    if (chosen.share <= 0 || chosen.method == Reconcile::bottom_up) return bottom_up;
    auto const mix = mixed(bottom_up, TRY(reconcile(s, base, errors, chosen.method, sign, chosen.doubt)), chosen.share);
    // Summed up again: the mixture of two roundings is coherent only to its own.
    Table bottom(s.bottom, base.columns);
    std::copy(mix.values.begin() + static_cast<std::ptrdiff_t>(s.sums.size() * base.columns), mix.values.end(), bottom.values.begin());
    return sum_up(s, bottom);
}

}  // namespace kindling::series

#include "engines/experiment/off_policy.h"
#include <algorithm>
#include <cmath>

namespace kindling::experiment {

namespace {

template <class F> Estimate mean_of(std::span<Moment const> log, F const& value) {
    double sum = 0, squares = 0;
    for (auto const& m : log) {
        auto const v = value(m);
        sum += v, squares += v * v;
    }
    auto const n = static_cast<double>(log.size());
    Estimate out{.value = sum / n};
    if (log.size() > 1) out.standard_error = std::sqrt(std::max(0.0, squares - n * out.value * out.value) / (n - 1) / n);
    return out;
}

double weight(Moment const& m) { return m.target / m.propensity; }

// Shrunk weights, λ from 0 (q alone) to whole weights: least squared bound of the bias plus variance.
std::pair<Estimate, double> shrunk(std::span<Moment const> log, double largest) {
    std::pair<Estimate, double> best;
    double least = -1;
    auto const n = static_cast<double>(log.size());
    for (int step = 0; step <= 25; ++step) {
        auto const lambda = step == 0 ? 0 : std::pow(10.0, -2 + step * (2 * std::log10(std::max(10.0, largest)) + 3) / 25);
        auto const w = [&](Moment const& m) { auto const x = weight(m); return lambda > 0 ? lambda * x / (x * x + lambda) : 0; };
        auto const estimate = mean_of(log, [&](Moment const& m) { return m.expected + w(m) * (m.reward - m.predicted); });
        // What shrinking leaves out, as the log itself shows it, with its own uncertainty.
        auto const left_out = mean_of(log, [&](Moment const& m) { return (weight(m) - w(m)) * (m.reward - m.predicted); });
        double spread = 0;
        for (auto const& m : log) spread += (weight(m) - w(m)) * (weight(m) - w(m)) * (m.reward - m.predicted) * (m.reward - m.predicted);
        auto const bias = std::min(std::abs(left_out.value), std::sqrt(spread) / n);
        auto const loss = bias * bias + estimate.standard_error * estimate.standard_error;
        if (least < 0 || loss < least) least = loss, best = {estimate, lambda};
    }
    return best;
}

}  // namespace

OffPolicy evaluate(std::span<Moment const> log, double clip) {
    OffPolicy out{.moments = static_cast<std::int64_t>(log.size())};
    if (log.empty()) return out;
    out.clip = clip > 0 ? clip : std::sqrt(static_cast<double>(log.size()));
    double sum = 0, squares = 0, rewarded = 0;
    for (auto const& m : log) {
        auto const w = weight(m);
        sum += w, squares += w * w, rewarded += w * m.reward;
        out.largest_weight = std::max(out.largest_weight, w);
    }
    out.effective = squares > 0 ? sum * sum / squares : 0;
    out.readable = out.effective >= least_effective;
    out.ips = mean_of(log, [](Moment const& m) { return weight(m) * m.reward; });
    out.clipped = mean_of(log, [&](Moment const& m) { return std::min(weight(m), out.clip) * m.reward; });
    if (sum > 0) {
        out.snips.value = rewarded / sum;
        double residual = 0;
        for (auto const& m : log) residual += std::pow(weight(m) * (m.reward - out.snips.value), 2);
        out.snips.standard_error = std::sqrt(residual) / sum;  // delta method
    }
    out.dr = mean_of(log, [](Moment const& m) { return m.expected + weight(m) * (m.reward - m.predicted); });
    out.model = mean_of(log, [](Moment const& m) { return m.expected; });
    auto const [estimate, lambda] = shrunk(log, out.largest_weight);
    out.dr_shrunk = estimate, out.shrink = lambda;
    return out;
}

namespace {

struct Count {
    double n = 0, sum = 0;
};

// The weight (in moments) with which a mean is drawn to the one above it, by moments: within-variance over the variance between true means.
double prior_weight(std::span<Count const> cells, std::span<double const> above, double within) {
    double between = 0, n = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].n <= 0) continue;
        auto const off = cells[i].sum / cells[i].n - above[i];
        between += cells[i].n * off * off - within, n += cells[i].n;
    }
    between = n > 0 ? between / n : 0;
    return between > 0 ? std::clamp(within / between, 1.0, 1e6) : 1e6;
}

}  // namespace

CellModel::CellModel(std::span<LoggedAction const> log, std::int32_t actions, std::int32_t places, int folds) : actions_(actions), places_(places) {
    auto const a_count = static_cast<std::size_t>(actions), p_count = static_cast<std::size_t>(places);
    cells_.assign(static_cast<std::size_t>(folds) * a_count * p_count, 0);
    for (int fold = 0; fold < folds; ++fold) {
        std::vector<Count> cell(a_count * p_count), action(a_count);
        Count all;
        double squares = 0;
        for (std::size_t i = 0; i < log.size(); ++i) {
            if (fold_of(i, folds) == fold && folds > 1) continue;
            auto const a = static_cast<std::size_t>(log[i].action), p = static_cast<std::size_t>(log[i].place);
            for (auto* c : {&cell[a * p_count + p], &action[a], &all}) c->n += 1, c->sum += log[i].reward;
            squares += log[i].reward * log[i].reward;
        }
        auto const mean = all.n > 0 ? all.sum / all.n : 0, within = all.n > 1 ? std::max(1e-12, (squares - all.n * mean * mean) / (all.n - 1)) : 1;
        std::vector<double> above_action(a_count, mean), above_cell(a_count * p_count), of_action(a_count);
        auto const to_all = prior_weight(action, above_action, within);
        for (std::size_t a = 0; a < a_count; ++a) of_action[a] = (action[a].sum + to_all * mean) / (action[a].n + to_all);
        for (std::size_t c = 0; c < cell.size(); ++c) above_cell[c] = of_action[c / p_count];
        auto const to_action = prior_weight(cell, above_cell, within);
        for (std::size_t c = 0; c < cell.size(); ++c) cells_[static_cast<std::size_t>(fold) * cell.size() + c] = (cell[c].sum + to_action * above_cell[c]) / (cell[c].n + to_action);
    }
}

double CellModel::at(std::int32_t action, std::int32_t place, int fold) const {
    return cells_[(static_cast<std::size_t>(fold) * static_cast<std::size_t>(actions_) + static_cast<std::size_t>(action)) * static_cast<std::size_t>(places_) + static_cast<std::size_t>(place)];
}

}  // namespace kindling::experiment

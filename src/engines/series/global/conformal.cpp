// Groups of misses, and their quantiles.
#include "engines/series/global/conformal.h"

#include <algorithm>
#include <cmath>

#include "engines/series/intervals.h"

namespace kindling::series {

namespace {
constexpr std::size_t most_groups = 12, least_misses = 150, horizon_blocks = 4;
// The held-back steps chose how many trees there are, and are asked for from half as far on average: what lies ahead is missed by more (see conformal.h).
constexpr double optimism = 1.14;
double anscombe(double x) { return 2 * std::sqrt(std::max(x, 0.0) + 0.375); }
}  // namespace

double Conformal::miss(const Miss& m) const {
    if (logs_) return std::log(std::max(m.actual, 0.0F) + offset_ + 1e-12) - m.margin;
    return anscombe(m.actual) - anscombe(forecast(m));
}

double Conformal::forecast(const Miss& m) const { return std::exp(static_cast<double>(m.margin)) - offset_; }

double Conformal::scale(double spread) const { return logs_ ? std::sqrt(0.5 * (spread * spread + common_ * common_)) + 1e-9 : 1; }

std::size_t Conformal::group(const Miss& m) const {
    if (logs_) return (m.near ? horizon_blocks : 0) + std::min((m.ahead - 1) * horizon_blocks / std::max<std::size_t>(horizon_, 1), horizon_blocks - 1);
    return static_cast<std::size_t>(std::ranges::upper_bound(edges_, forecast(m)) - edges_.begin());
}

// Mean miss of each stretch of steps.
std::vector<double> Conformal::shared(std::span<const Miss* const> misses) const {
    std::vector<double> sums, counts;
    for (auto const* m : misses) {
        if (m->stretch >= sums.size()) sums.resize(m->stretch + 1), counts.resize(m->stretch + 1);
        sums[m->stretch] += std::clamp(miss(*m), -3.0, 3.0), counts[m->stretch] += 1;
    }
    std::vector<double> out;
    for (std::size_t i = 0; i < sums.size(); ++i)
        if (counts[i] >= least_misses) out.push_back(sums[i] / counts[i]);
    return out;
}

Conformal::Conformal(std::span<const Miss> misses, bool logs, double offset, std::size_t horizon, int half) : logs_(logs), offset_(offset), horizon_(horizon) {
    std::vector<const Miss*> used;
    for (auto const& m : misses)
        if (half == 2 || static_cast<int>(m.series % 2) == half) used.push_back(&m);
    auto const n = static_cast<double>(used.size());
    double squares = 0, ratio = 0, above = 0, below = 0;
    for (auto const* m : used) {
        double const r = std::clamp(miss(*m), -20.0, 20.0);
        squares += r * r;
        ratio += std::exp(std::min(r, 3.0)), above += std::exp(std::min(-r, 3.0)), below += std::exp(std::min(-2 * r, 6.0));
    }
    if (n > 0) common_ = std::sqrt(squares / n);
    if (logs && n >= 50) mean_ = std::clamp(ratio / n, 0.5, 2.0), percentage_ = std::clamp(above / below, 0.5, 2.0);
    std::size_t groups = 2 * horizon_blocks;
    if (!logs) {
        groups = std::clamp<std::size_t>(used.size() / least_misses, 1, most_groups);
        std::vector<double> forecasts;
        for (auto const* m : used) forecasts.push_back(forecast(*m));
        std::ranges::sort(forecasts);
        for (std::size_t g = 1; g < groups; ++g) edges_.push_back(forecasts[g * forecasts.size() / groups]);
    }
    scores_.resize(groups);
    auto const moved = logs ? shared(used) : std::vector<double>();
    std::size_t turn = 0;
    for (auto const* m : used) {
        double const move = moved.empty() ? 0 : (turn / moved.size() % 2 == 0 ? 1 : -1) * moved[turn % moved.size()];
        ++turn;
        double const score = (miss(*m) + move) / scale(m->spread);
        scores_[group(*m)].push_back(score), all_.push_back(score);
    }
    for (auto& s : scores_) {
        if (s.size() < least_misses) s.clear();
        std::ranges::sort(s);
    }
    std::ranges::sort(all_);
}

double Conformal::quantile(double level, const Miss& question) const {
    if (all_.empty()) return std::max(0.0, forecast(question));
    auto const& own = scores_[group(question)];
    double const score = sample_quantile(own.empty() ? all_ : own, level);
    if (logs_) return std::max(0.0, std::exp(question.margin + optimism * score * scale(question.spread)) - offset_);
    double const root = anscombe(forecast(question)) + score;
    return root <= anscombe(0) ? 0 : root * root / 4 - 0.375;
}

double Conformal::factor(Aim aim) const { return aim == Aim::percentage ? percentage_ : mean_; }

double Conformal::cross_coverage(std::span<const Miss> misses, bool logs, double offset, std::size_t horizon, double low, double high) {
    if (misses.empty()) return 0;
    double inside = 0;
    Conformal const halves[] = {{misses, logs, offset, horizon, 0}, {misses, logs, offset, horizon, 1}};
    for (auto const& m : misses) {
        auto const& other = halves[1 - m.series % 2];
        inside += m.actual >= other.quantile(low, m) - 1e-9 && m.actual <= other.quantile(high, m) + 1e-9;
    }
    return inside / static_cast<double>(misses.size());
}

}  // namespace kindling::series

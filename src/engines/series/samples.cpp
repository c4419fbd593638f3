#include "engines/series/samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/random.h"

namespace kindling::series {

Result<std::vector<Table>> sample_reconciled(const Structure& structure, const Table& base, const Table& errors, const Chosen& chosen, std::size_t count, std::uint64_t seed, std::span<const double> growth, Sign sign) {
    std::size_t const steps = base.columns, past = errors.columns;
    if (errors.rows != base.rows || past < 2 || (!growth.empty() && growth.size() != steps))
        return fail(Errc::invalid_argument, "hierarchy_shape", fmt::format("There are errors of {} nodes over {} steps and growth of {} steps, for forecasts of {} nodes over {} steps; give at least 2 past steps of every node.", errors.rows, past, growth.size(), base.rows, steps));
    Random random(seed);
    Table all(base.rows, steps * count);
    for (std::size_t s = 0; s < count; ++s) {
        std::size_t const begin = random.below(past);
        for (std::size_t h = 0; h < steps; ++h) {
            double const far = growth.empty() ? 1 : growth[h];
            for (std::size_t node = 0; node < base.rows; ++node) all.at(node, s * steps + h) = base.at(node, h) + far * errors.at(node, (begin + h) % past);
        }
    }
    auto const together = TRY(reconcile(structure, all, errors, chosen, sign));
    std::vector<Table> out(count, Table(base.rows, steps));
    for (std::size_t s = 0; s < count; ++s)
        for (std::size_t node = 0; node < base.rows; ++node) std::ranges::copy(together.row(node).subspan(s * steps, steps), out[s].row(node).begin());
    return out;
}

Result<std::vector<Table>> sample_misses(const Structure& structure, const Table& point, std::span<const Table> misses, double freedom, std::size_t count, std::uint64_t seed, Sign sign) {
    bool const fit = point.rows == structure.nodes() && std::ranges::all_of(misses, [&](const Table& m) { return m.rows == point.rows && m.columns == point.columns; });
    if (!fit || misses.empty() || !(freedom > 0)) return fail(Errc::invalid_argument, "hierarchy_shape", fmt::format("Give misses of at least one earlier origin, of {} nodes over {} steps as the forecasts are, and a freedom above 0.", structure.nodes(), point.columns));
    Random random(seed);
    std::vector<Table> out;
    std::size_t const first = structure.sums.size();
    for (std::size_t s = 0; s < count; ++s) {
        double const squares = random.gamma(freedom / 2, 2);  // chi-squared
        double const reach = std::sqrt(freedom / std::max(squares, 1e-6) / static_cast<double>(misses.size()));
        Table bottom(structure.bottom, point.columns);
        for (std::size_t b = 0; b < structure.bottom; ++b) std::ranges::copy(point.row(first + b), bottom.row(b).begin());
        for (const Table& m : misses) {
            double const z = reach * random.normal();
            for (std::size_t b = 0; b < structure.bottom; ++b)
                for (std::size_t h = 0; h < point.columns; ++h) bottom.at(b, h) += z * m.at(first + b, h);
        }
        if (sign == Sign::non_negative) for (double& v : bottom.values) v = std::max(0.0, v);
        out.push_back(sum_up(structure, bottom));
    }
    return out;
}

Table as_wide_as_now(const Table& miss, const Table& width_then, const Table& width_now) {
    Table out = miss;
    for (std::size_t k = 0; k < out.values.size(); ++k) out.values[k] *= width_now.values[k] / width_then.values[k];
    return out;
}

std::vector<double> reach_needed(const Structure& structure, std::span<const PastBand> bands, double share) {
    constexpr double furthest = 3;
    std::vector<std::vector<double>> reaches(structure.level_names.size());
    for (const PastBand& band : bands)
        for (std::size_t node = 0; node < structure.nodes(); ++node)
            for (std::size_t h = 0; h < band.came.columns; ++h) {
                double const half = (band.high.at(node, h) - band.low.at(node, h)) / 2, off = std::abs(band.came.at(node, h) - (band.low.at(node, h) + half));
                reaches[structure.level_of(node)].push_back(off <= half ? std::min(1.0, half > 0 ? off / half : 0.0) : half > 0 ? off / half : furthest);
            }
    std::vector<double> out;
    for (auto& r : reaches) {
        if (r.empty()) { out.push_back(1); continue; }
        auto const at = r.begin() + static_cast<std::ptrdiff_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(r.size() - 1));
        std::nth_element(r.begin(), at, r.end());
        out.push_back(std::clamp(*at, 1.0, furthest));
    }
    return out;
}

void reach_further(const Structure& structure, Table& low, Table& high, std::span<const double> factors) {
    for (std::size_t node = 0; node < structure.nodes(); ++node) {
        double const more = (factors[structure.level_of(node)] - 1) / 2;
        for (std::size_t h = 0; h < low.columns; ++h) {
            double const wide = high.at(node, h) - low.at(node, h), end = low.at(node, h) - more * wide;
            low.at(node, h) = low.at(node, h) >= 0 ? std::max(0.0, end) : end, high.at(node, h) += more * wide;
        }
    }
}

Table quantile_of(std::span<const Table> samples, double level) {
    Table out(samples[0].rows, samples[0].columns);
    std::vector<double> values(samples.size());
    double const place = std::clamp(level, 0.0, 1.0) * static_cast<double>(samples.size() - 1);
    auto const lower = static_cast<std::size_t>(place);
    for (std::size_t i = 0; i < out.values.size(); ++i) {
        for (std::size_t s = 0; s < samples.size(); ++s) values[s] = samples[s].values[i];
        auto const at = values.begin() + static_cast<std::ptrdiff_t>(lower);
        std::nth_element(values.begin(), at, values.end());
        double const next = lower + 1 < values.size() ? *std::min_element(at + 1, values.end()) : *at;
        out.values[i] = *at + (place - static_cast<double>(lower)) * (next - *at);
    }
    return out;
}

}  // namespace kindling::series

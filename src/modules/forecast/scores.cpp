#include "modules/forecast/scores.h"
#include <cmath>

namespace kindling::forecast {

void Sums::add(Sums const& o) {
    points += o.points, sold += o.sold, miss += o.miss, over += o.over, scaled += o.scaled, scaled_points += o.scaled_points, pinball += o.pinball, in_50 += o.in_50, in_80 += o.in_80, in_90 += o.in_90, square += o.square, span_sold += o.span_sold, span_miss += o.span_miss;
}

void Sums::add(double mean, double actual, double scale, std::span<double const> q) {
    points += 1, sold += actual, miss += std::abs(mean - actual), over += mean - actual, square += (mean - actual) * (mean - actual);
    if (scale > 0) scaled += std::abs(mean - actual) / scale, scaled_points += 1;
    double loss = 0;
    for (std::size_t i = 0; i < q.size(); ++i) loss += actual >= q[i] ? quantile_levels[i] * (actual - q[i]) : (1 - quantile_levels[i]) * (q[i] - actual);
    pinball += 2 * loss / static_cast<double>(q.size());
    in_50 += actual >= q[2] && actual <= q[4], in_80 += actual >= q[1] && actual <= q[5], in_90 += actual >= q[0] && actual <= q[6];
}

void Sums::add_span(std::span<double const> forecast, std::span<double const> actual) {
    double f = 0, a = 0;
    for (std::size_t h = 0; h < forecast.size(); ++h) f += forecast[h], a += actual[h];
    span_sold += a, span_miss += std::abs(f - a);
}

namespace {
std::vector<double> ratios(Scores const& scores, Model a, Model b) {
    std::vector<double> out;
    for (std::size_t l = 0; l < level_count; ++l) {
        double own = 0, other = 0;
        for (std::size_t band = 0; band < band_ends.size(); ++band) {
            auto const x = scores.find({a, static_cast<Level>(l), band}), y = scores.find({b, static_cast<Level>(l), band});
            if (x == scores.end() || y == scores.end() || x->second.points != y->second.points) continue;
            own += x->second.pinball, other += y->second.pinball;
        }
        if (other > 0) out.push_back(own / other);
    }
    return out;
}
}  // namespace

double relative_loss(Scores const& scores, Model a, Model b) {
    auto const r = ratios(scores, a, b);
    double sum = 0;
    for (auto const v : r) sum += v;
    return r.empty() ? 0 : sum / static_cast<double>(r.size());
}

double worst_relative_loss(Scores const& scores, Model a, Model b) {
    double worst = 0;
    for (auto const v : ratios(scores, a, b)) worst = std::max(worst, v);
    return worst;
}

}  // namespace kindling::forecast

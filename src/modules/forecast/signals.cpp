#include "modules/forecast/signals.h"
#include <Eigen/Cholesky>
#include <cmath>

namespace kindling::forecast {

namespace {

using Rows = Eigen::MatrixXd;

// Units of goods directly in a category, by day.
std::vector<std::vector<double>> units_of(Ground const& ground) {
    std::vector<std::vector<double>> out(ground.history.categories.size(), std::vector<double>(ground.history.days()));
    for (std::size_t g = 0; g < ground.history.goods.size(); ++g)
        if (auto const c = ground.history.goods[g].category; c >= 0) for (std::size_t t = 0; t < ground.history.days(); ++t) out[static_cast<std::size_t>(c)][t] += static_cast<double>(ground.demand[g][t]);
    return out;
}
template <class V> double sum(V const& v, std::size_t from, std::size_t to) { double s = 0; for (auto t = from; t < to; ++t) s += static_cast<double>(v[t]); return s; }

double log_signal(std::vector<float> const& v, std::size_t at) { return std::log((sum(v, at - 7, at) + 5) / 7) - std::log((sum(v, at - 28, at) + 20) / 28); }

// Rows of one week: own sales of one and four weeks, the signal, the next week; each less its mean over the categories, weighed by units.
struct Week { Rows x; Eigen::VectorXd y, weight; };
std::vector<Week> weeks_of(Ground const& ground, SignalLog const& log, std::size_t signal, std::vector<std::vector<double>> const& units) {
    std::vector<Week> out;
    for (auto at = ground.history.days() - 7; at >= static_cast<std::size_t>(log.first) + 28 && at + 7 <= ground.history.days(); at -= 7) {
        std::vector<std::array<double, 5>> rows;
        for (std::size_t c = 0; c < units.size(); ++c) {
            auto const month = sum(units[c], at - 28, at);
            if (month < 12) continue;  // mostly chance
            rows.push_back({std::log((sum(units[c], at - 7, at) + 1) / 7), std::log((month + 4) / 28), log_signal(log.counts[signal][c], at), std::log((sum(units[c], at, at + 7) + 1) / 7), std::sqrt(month)});
        }
        if (rows.size() < 6) continue;
        std::array<double, 4> mean{};
        double total = 0;
        for (auto const& r : rows) { for (std::size_t i = 0; i < 4; ++i) mean[i] += r[4] * r[i]; total += r[4]; }
        Week w{Rows(static_cast<Eigen::Index>(rows.size()), 3), Eigen::VectorXd(static_cast<Eigen::Index>(rows.size())), Eigen::VectorXd(static_cast<Eigen::Index>(rows.size()))};
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto const n = static_cast<Eigen::Index>(i);
            for (std::size_t k = 0; k < 3; ++k) w.x(n, static_cast<Eigen::Index>(k)) = rows[i][k] - mean[k] / total;
            w.y(n) = rows[i][3] - mean[3] / total, w.weight(n) = rows[i][4] / total;
        }
        out.push_back(std::move(w));
    }
    return out;
}

// Ridge weights of the first `columns` from all weeks but one (none: all of them).
Eigen::VectorXd fit(std::vector<Week> const& weeks, std::optional<std::size_t> without, Eigen::Index columns) {
    Rows a = Rows::Identity(columns, columns) * 0.02;
    Eigen::VectorXd b = Eigen::VectorXd::Zero(columns);
    for (std::size_t w = 0; w < weeks.size(); ++w) {
        if (w == without) continue;
        auto const x = weeks[w].x.leftCols(columns);
        a += x.transpose() * weeks[w].weight.asDiagonal() * x, b += x.transpose() * weeks[w].weight.asDiagonal() * weeks[w].y;
    }
    return a.ldlt().solve(b);
}

}  // namespace

std::vector<SignalHelp> try_signals(Ground const& ground, SignalLog const& log) {
    std::vector<SignalHelp> out;
    auto const units = units_of(ground);
    for (std::size_t s = 0; s < signal_count; ++s) {
        double seen = 0;
        for (auto const& c : log.counts[s]) seen += sum(c, static_cast<std::size_t>(log.first), ground.history.days());
        auto const weeks = weeks_of(ground, log, s, units);
        if (weeks.size() < 3 || seen < 100) continue;
        SignalHelp help{.signal = static_cast<Signal>(s), .weeks = static_cast<std::int64_t>(weeks.size())};
        double with = 0, without = 0;
        for (std::size_t w = 0; w < weeks.size(); ++w) {
            auto const a = fit(weeks, w, 3), b = fit(weeks, w, 2);
            auto const week_with = (weeks[w].y - weeks[w].x * a).cwiseAbs2().dot(weeks[w].weight), week_without = (weeks[w].y - weeks[w].x.leftCols(2) * b).cwiseAbs2().dot(weeks[w].weight);
            with += week_with, without += week_without, help.weeks_better += week_with < week_without, help.points += weeks[w].y.size();
        }
        help.gain = without > 0 ? 1 - with / without : 0, help.weight = fit(weeks, {}, 3)(2);
        out.push_back(help);
    }
    auto const best = std::ranges::max_element(out, {}, [](SignalHelp const& h) { return h.helps() ? h.gain : 0; });
    if (best != out.end()) best->used = best->helps();
    return out;
}

std::vector<double> signal_moves(Ground const& ground, SignalLog const& log, std::span<SignalHelp const> help) {
    std::vector<double> out(ground.history.categories.size());
    auto const best = std::ranges::find(help, true, &SignalHelp::used);
    if (best == help.end()) return out;
    auto const units = units_of(ground);
    auto const end = ground.history.days();
    double mean = 0, total = 0;
    for (std::size_t c = 0; c < out.size(); ++c) {
        auto const month = sum(units[c], end - 28, end);
        if (month < 12) continue;
        out[c] = std::clamp(best->weight * log_signal(log.counts[static_cast<std::size_t>(best->signal)][c], end), -0.5, 0.5);
        mean += month * out[c], total += month;
    }
    for (std::size_t c = 0; c < out.size(); ++c) if (sum(units[c], end - 28, end) >= 12) out[c] -= mean / total;
    return out;
}

double signal_share(std::size_t step) { return step < 7 ? 1 : step < 21 ? 1 - static_cast<double>(step - 7) / 14 : 0; }

}  // namespace kindling::forecast

// engines/optimise/assortment/estimate.cpp -- the likelihood of one set with its gradient, and the passes that settle what is usual.
//
// Variables of a set: attraction, elasticity, trend of each good, intercept, the logit of substitution, then one for each level. With N units bought of A
// arrivals, shares s = u / V and q = q(V): ln L = sum n (ln u - ln V) + N ln q - A q, so
//   d / d ln u(i) = n(i) + s(i) * (-N + substitution * (1 - q) * (N - A q)),   d / d intercept = (1 - q) (N - A q).
#include "engines/optimise/assortment/estimate.h"
#include "core/parallel.h"
#include "engines/optimise/assortment/minimise.h"
#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace kindling::assortment {

namespace {

struct Prior {
    std::vector<double> attraction;
    double attraction_spread = 1, elasticity = -2, elasticity_spread = 0.5, trend_spread = 0.35, substitution_logit = 1, substitution_spread = 0.8, intercept = -3;
};

double logit(double p) { return std::log(p / (1 - p)); }
double logistic(double x) { return 1 / (1 + std::exp(-x)); }
double pull(double x, double towards, double spread, double& gradient) {
    auto const z = (x - towards) / spread;
    gradient += z / spread;
    return 0.5 * z * z;
}

class Likelihood {
public:
    Likelihood(ChoiceData const& data, double reference) : data_(data), reference_(reference), u_(data.items) {}

    // Negative penalised log-likelihood, and its gradient. Where `curvature` is given, the Poisson information of each variable alone.
    double operator()(Prior const& prior, std::span<double const> x, std::span<double> gradient, std::span<double> curvature = {}) {
        auto const n = data_.items;
        std::ranges::fill(gradient, 0.0);
        std::ranges::fill(curvature, 0.0);
        auto const substitution = logistic(x[3 * n + 1]);
        auto const levels = data_.levels_now.size();
        double loss = 0;
        for (std::size_t t = 0; t < data_.periods; ++t) {
            auto const* const available = &data_.available[t * n];
            auto const* const log_price = &data_.log_price[t * n];
            auto const* const units = &data_.units[t * n];
            double sum = 0, bought = 0;
            for (std::size_t i = 0; i < n; ++i) {
                u_[i] = available[i] > 0 ? static_cast<double>(available[i]) * std::exp(x[i] + x[n + i] * static_cast<double>(log_price[i]) + x[2 * n + i] * data_.years[t]) : 0;
                sum += u_[i];
                if (u_[i] > 0) bought += static_cast<double>(units[i]);
            }
            if (sum <= 0 || data_.arrivals[t] <= 0) continue;
            auto intercept = x[3 * n];
            for (std::size_t k = 0; k < levels; ++k) intercept += x[3 * n + 2 + k] * static_cast<double>(data_.levels[t * levels + k]);
            auto const log_sum = std::log(sum), q = logistic(intercept + substitution * (log_sum - reference_)), expected = data_.arrivals[t] * q;
            loss -= bought * std::log(std::max(q, 1e-300)) - expected;
            auto const missed = (1 - q) * (bought - expected), common = -bought + substitution * missed;
            for (std::size_t i = 0; i < n; ++i) {
                if (u_[i] <= 0) continue;
                auto const share = u_[i] / sum, k = static_cast<double>(units[i]);
                if (k > 0) loss -= k * (std::log(u_[i]) - log_sum);
                auto const slope = -(k + share * common);
                auto const price = static_cast<double>(log_price[i]), year = data_.years[t];
                gradient[i] += slope, gradient[n + i] += slope * price, gradient[2 * n + i] += slope * year;
                if (!curvature.empty()) {
                    auto const information = expected * share * (1 - share);
                    curvature[i] += information, curvature[n + i] += information * price * price, curvature[2 * n + i] += information * year * year;
                }
            }
            gradient[3 * n] -= missed;
            for (std::size_t k = 0; k < levels; ++k) gradient[3 * n + 2 + k] -= missed * static_cast<double>(data_.levels[t * levels + k]);
            gradient[3 * n + 1] -= missed * (log_sum - reference_) * substitution * (1 - substitution);
            if (!curvature.empty()) {
                auto const information = expected * (1 - q) * (1 - q), along = (log_sum - reference_) * substitution * (1 - substitution);
                curvature[3 * n] += information, curvature[3 * n + 1] += information * along * along;
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            loss += pull(x[i], prior.attraction[i], prior.attraction_spread, gradient[i]);
            loss += pull(x[n + i], prior.elasticity, prior.elasticity_spread, gradient[n + i]);
            loss += pull(x[2 * n + i], 0, prior.trend_spread, gradient[2 * n + i]);
        }
        loss += pull(x[3 * n], prior.intercept, 3, gradient[3 * n]);
        for (std::size_t k = 0; k < levels; ++k) loss += pull(x[3 * n + 2 + k], 0, 0.7, gradient[3 * n + 2 + k]);
        loss += pull(x[3 * n + 1], prior.substitution_logit, prior.substitution_spread, gradient[3 * n + 1]);
        return loss;
    }

private:
    ChoiceData const& data_;
    double reference_;
    std::vector<double> u_;
};

// What the neighbours say: their attractions, weighted by the square of likeness and by how much is known of them, drawn to the set's mean 0.
std::vector<double> from_neighbours(ChoiceData const& data, std::span<double const> attraction, std::span<double const> deviation, double spread) {
    std::vector<double> out(data.items);
    for (std::size_t i = 0; i < data.items && i < data.alike.size(); ++i) {
        double sum = 0, weight = 0.15;  // as strong as one well-known good of likeness 0.4
        for (auto const& [j, likeness] : data.alike[i]) {
            auto const known = 1 - std::min(1.0, deviation[j] * deviation[j] / (spread * spread)), w = static_cast<double>(likeness) * static_cast<double>(likeness) * known;
            sum += w * attraction[j], weight += w;
        }
        out[i] = sum / weight;
    }
    return out;
}

struct Work {
    Prior prior;
    double reference = 0;
    std::vector<double> x, deviation;
};

Result<void> check(ChoiceData const& d, std::size_t number) {
    auto const cells = d.items * d.periods;
    auto const wrong = [&](std::string_view what) { return fail(Errc::invalid_argument, "bad_choice_data", fmt::format("Set {}: {}.", number, what)); };
    if (d.items == 0 || d.periods == 0) return wrong("it needs goods and periods");
    if (d.arrivals.size() != d.periods || d.years.size() != d.periods) return wrong("arrivals and years need one value a period");
    if (d.available.size() != cells || d.log_price.size() != cells || d.units.size() != cells) return wrong("available, log_price and units need one value for each period and good");
    if (d.levels.size() != d.periods * d.levels_now.size()) return wrong("levels need one value for each period and level");
    for (auto const* list : {&d.levels, &d.levels_now}) for (auto const l : *list) if (!std::isfinite(l)) return wrong("levels must be finite");
    if (!d.alike.empty() && d.alike.size() != d.items) return wrong("alike needs one list a good");
    for (auto const& list : d.alike)
        for (auto const& n : list) if (n.item >= d.items || !(n.likeness > 0)) return wrong("a neighbour is not a good of the set");
    for (std::size_t c = 0; c < cells; ++c)
        if (!(d.available[c] >= 0 && d.available[c] <= 1) || !std::isfinite(d.log_price[c]) || !(d.units[c] >= 0 && std::isfinite(d.units[c]))) return wrong(fmt::format("period {}, good {}: available must be 0..1, price and units finite", c / d.items, c % d.items));
    for (std::size_t t = 0; t < d.periods; ++t) if (!(d.arrivals[t] >= 0) || !std::isfinite(d.arrivals[t]) || !std::isfinite(d.years[t])) return wrong(fmt::format("period {}: arrivals must be 0 or more", t));
    return {};
}

// A first guess by plain shares, so that the search begins near.
Work begin(ChoiceData const& d, Usual const& usual) {
    Work w;
    std::vector<double> units(d.items), time(d.items);
    double arrivals = 0, bought = 0;
    for (std::size_t t = 0; t < d.periods; ++t) {
        arrivals += d.arrivals[t];
        for (std::size_t i = 0; i < d.items; ++i) units[i] += static_cast<double>(d.units[t * d.items + i]), time[i] += static_cast<double>(d.available[t * d.items + i]) * d.arrivals[t], bought += static_cast<double>(d.units[t * d.items + i]);
    }
    auto const usual_rate = (bought + 1) / (std::reduce(time.begin(), time.end()) + 1);
    w.x.assign(3 * d.items + 2 + d.levels_now.size(), 0);
    for (std::size_t i = 0; i < d.items; ++i) w.x[i] = std::log((units[i] + 1) / (time[i] * usual_rate + 1)), w.x[d.items + i] = usual.elasticity;
    double log_sum = 0, weight = 0;
    for (std::size_t t = 0; t < d.periods; ++t) {
        double sum = 0;
        for (std::size_t i = 0; i < d.items; ++i) sum += static_cast<double>(d.available[t * d.items + i]) * std::exp(w.x[i]);
        if (sum > 0) log_sum += d.arrivals[t] * std::log(sum), weight += d.arrivals[t];
    }
    w.reference = weight > 0 ? log_sum / weight : 0;
    w.prior.attraction.assign(d.items, 0);
    w.prior.elasticity = usual.elasticity, w.prior.elasticity_spread = usual.elasticity_spread, w.prior.trend_spread = usual.trend_spread, w.prior.substitution_logit = logit(std::clamp(usual.substitution, 0.05, 0.95));
    w.prior.intercept = arrivals > 0 ? std::clamp(logit(std::clamp(bought / arrivals, 1e-6, 0.9)), -14.0, 3.0) : usual.intercept;
    w.x[3 * d.items] = w.prior.intercept, w.x[3 * d.items + 1] = w.prior.substitution_logit;
    w.deviation.assign(w.x.size(), 1);
    return w;
}

void settle(ChoiceData const& d, Work& w) {
    Likelihood likelihood(d, w.reference);
    minimise(w.x, [&](std::span<double const> x, std::span<double> g) { return likelihood(w.prior, x, g); }, 120, 1e-3);
    std::vector<double> gradient(w.x.size()), curvature(w.x.size());
    likelihood(w.prior, w.x, gradient, curvature);
    for (std::size_t v = 0; v < w.x.size(); ++v) {
        auto const spread = v < d.items ? w.prior.attraction_spread : v < 2 * d.items ? w.prior.elasticity_spread : v < 3 * d.items ? w.prior.trend_spread : v == 3 * d.items ? 3 : v == 3 * d.items + 1 ? w.prior.substitution_spread : 0.7;
        w.deviation[v] = 1 / std::sqrt(curvature[v] + 1 / (spread * spread));
    }
    // What the attributes leave open, over the goods of which something is known.
    auto const n = d.items;
    auto const expected = from_neighbours(d, std::span(w.x).first(n), std::span(w.deviation).first(n), w.prior.attraction_spread);
    double squares = 0, known = 0;
    for (std::size_t i = 0; i < n; ++i) {
        auto const weight = 1 - std::min(1.0, std::pow(w.deviation[i] / w.prior.attraction_spread, 2));
        squares += weight * (std::pow(w.x[i] - expected[i], 2) + w.deviation[i] * w.deviation[i]), known += weight;
    }
    w.prior.attraction = expected;
    w.prior.attraction_spread = std::sqrt(std::clamp((squares + 3) / (known + 3), 0.04, 4.0));
}

}  // namespace

Result<std::vector<Fit>> estimate(std::vector<ChoiceData> const& sets, Usual const& usual, Progress const& progress, unsigned threads) {
    for (std::size_t s = 0; s < sets.size(); ++s) TRY(check(sets[s], s));
    std::vector<Work> work;
    for (auto const& d : sets) work.push_back(begin(d, usual));
    constexpr int passes = 3;
    for (int pass = 0; pass < passes; ++pass) {
        parallel_for(sets.size(), [&](std::size_t s) { if (!progress.stopped()) settle(sets[s], work[s]); }, threads);
        if (progress.stopped()) return fail(Errc::unavailable, "cancelled", "The estimate was cancelled.");
        progress(pass + 1, passes, "learning how shoppers choose");
        if (pass + 1 == passes) break;
        // Means over everything, each weighted by how much the data say beyond what is assumed; then how far single ones stray from them.
        double elasticity = 4 * usual.elasticity, elasticity_weight = 4, squares = 4 * usual.elasticity_spread * usual.elasticity_spread, logits = work.empty() ? 0 : work[0].prior.substitution_logit, logit_weight = 1;
        for (std::size_t s = 0; s < sets.size(); ++s) {
            auto const n = sets[s].items;
            auto const& w = work[s];
            for (std::size_t i = n; i < 2 * n; ++i) {
                auto const known = 1 - std::min(1.0, std::pow(w.deviation[i] / w.prior.elasticity_spread, 2));
                elasticity += known * w.x[i], elasticity_weight += known;
            }
            auto const known = 1 - std::min(1.0, std::pow(w.deviation[3 * n + 1] / w.prior.substitution_spread, 2));
            logits += known * w.x[3 * n + 1], logit_weight += known;
        }
        auto const mean = elasticity / elasticity_weight;
        for (std::size_t s = 0; s < sets.size(); ++s)
            for (std::size_t i = sets[s].items; i < 2 * sets[s].items; ++i) {
                auto const known = 1 - std::min(1.0, std::pow(work[s].deviation[i] / work[s].prior.elasticity_spread, 2));
                squares += known * (std::pow(work[s].x[i] - mean, 2) + work[s].deviation[i] * work[s].deviation[i]);
            }
        for (auto& w : work) w.prior.elasticity = mean, w.prior.elasticity_spread = std::sqrt(std::clamp(squares / elasticity_weight, 0.01, std::max(0.01, usual.elasticity_spread * usual.elasticity_spread))), w.prior.substitution_logit = logits / logit_weight;
    }
    std::vector<Fit> out(sets.size());
    for (std::size_t s = 0; s < sets.size(); ++s) {
        auto const n = sets[s].items;
        auto const& w = work[s];
        auto& fit = out[s];
        for (std::size_t i = 0; i < n; ++i) {
            fit.attraction.push_back({w.x[i], w.deviation[i]}), fit.elasticity.push_back({w.x[n + i], w.deviation[n + i]}), fit.trend.push_back({w.x[2 * n + i], w.deviation[2 * n + i]});
            double seen = 0;
            for (std::size_t t = 0; t < sets[s].periods; ++t) seen += static_cast<double>(sets[s].units[t * n + i]);
            fit.units_seen.push_back(seen);
        }
        auto const substitution = logistic(w.x[3 * n + 1]);
        fit.substitution = {substitution, w.deviation[3 * n + 1] * substitution * (1 - substitution)};
        auto intercept = w.x[3 * n];
        for (std::size_t k = 0; k < sets[s].levels_now.size(); ++k) intercept += w.x[3 * n + 2 + k] * static_cast<double>(sets[s].levels_now[k]);
        fit.demand = {.arrivals = 0, .intercept = intercept, .substitution = substitution, .reference = w.reference};
        fit.expected_from_neighbours = w.prior.attraction;
        fit.elasticity_spread = w.prior.elasticity_spread;
    }
    return out;
}

}  // namespace kindling::assortment

#include "engines/inventory/pooled_demand.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engines/inventory/checks.h"
#include "engines/inventory/demand.h"

namespace kindling::inventory {

void observe(DemandState& s, double demand, Smoothing w) {
    s.share += std::max(w.share, 1.0 / ++s.periods) * ((demand > 0) - s.share);
    if (demand > 0) s.size = s.demands++ == 0 ? demand : s.size * std::pow(demand / s.size, std::max(w.size, 1.0 / s.demands));
}

std::vector<PooledDemand::Pair> PooledDemand::pairs(std::span<const std::vector<double>> histories, int protection, int stride, Smoothing w) {
    std::vector<Pair> out;
    std::size_t longest = 0;
    for (auto const& h : histories) longest = std::max(longest, h.size());
    auto const ahead = static_cast<std::size_t>(protection);
    for (auto const& h : histories) {
        DemandState s;
        double sold = 0;  // in the window that begins now
        std::size_t known = 0;
        for (std::size_t t = 0; t < h.size(); ++t)
            if (!std::isnan(h[t])) { known = t; break; }
        if (h.size() < known + ahead) continue;
        for (std::size_t t = known; t < known + ahead; ++t) sold += h[t];
        for (std::size_t t = known;; ++t) {
            if (s.size > 0 && (longest - h.size() + t) % static_cast<std::size_t>(stride) == 0) out.push_back({s, sold, longest - h.size() + t});
            if (t + ahead >= h.size()) break;
            observe(s, h[t], w), sold += h[t + ahead] - h[t];
        }
    }
    return out;
}

void PooledDemand::fit(std::span<const Pair> all, std::size_t bins) {
    std::vector<const Pair*> order;
    for (auto const& p : all) order.push_back(&p);
    std::ranges::stable_sort(order, {}, [](const Pair* p) { return p->state.share; });
    bins = std::clamp<std::size_t>(order.size() / 100, 1, bins);
    bins_.assign(bins, {});
    for (std::size_t b = 0; b < bins; ++b) {
        auto const begin = order.size() * b / bins, end = order.size() * (b + 1) / bins;
        auto& bin = bins_[b];
        std::vector<double> counts;
        for (auto i = begin; i < end; ++i) counts.push_back(order[i]->sold / order[i]->state.size);
        auto const far = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() * 99 / 100);
        std::ranges::nth_element(counts, far);
        auto const most = *far;
        double squares = 0;
        for (auto i = begin; i < end; ++i) {
            auto const& p = *order[i];
            auto const count = std::min(p.sold / p.state.size, most);
            bin.rate += p.state.share * protection_, bin.mean += count, squares += count * count;
            bin.ratios.push_back(p.sold / std::max(1e-12, expected(p.state)));
        }
        auto const n = static_cast<double>(end - begin);
        bin.rate /= n, bin.mean /= n, bin.variance = std::max(0.0, squares / n - bin.mean * bin.mean);
        std::ranges::sort(bin.ratios);
    }
}

double PooledDemand::bin_level(const Bin& bin, const DemandState& s, double quantile) const {
    if (family_ == PooledFamily::empirical) {
        auto const at = std::min(bin.ratios.size() - 1, static_cast<std::size_t>(quantile * static_cast<double>(bin.ratios.size())));
        return bin.ratios[at] * expected(s);
    }
    // The bin's bias and spread, moved to this good's own expectation.
    auto const scale = bin.rate > 0 ? s.share * protection_ / bin.rate : 0;
    auto const d = Demand::counts(bin.mean * scale, bin.variance * scale);
    return d ? d->quantile(quantile) * s.size : 0;
}

double PooledDemand::level(const DemandState& s, double quantile) const {
    if (s.size == 0 || bins_.empty()) return 0;
    auto const rate = s.share * protection_;
    auto const above = std::ranges::lower_bound(bins_, rate, {}, &Bin::rate);
    if (above == bins_.begin()) return bin_level(bins_.front(), s, quantile);
    if (above == bins_.end()) return bin_level(bins_.back(), s, quantile);
    auto const below = above - 1;
    auto const weight = above->rate > below->rate ? (rate - below->rate) / (above->rate - below->rate) : 0.5;
    return (1 - weight) * bin_level(*below, s, quantile) + weight * bin_level(*above, s, quantile);
}

Result<PooledDemand> PooledDemand::learn(std::span<const std::vector<double>> histories, const PooledOptions& options) {
    Checks checks;
    checks.require(options.protection >= 1 && options.protection <= 10'000, "protection", options.protection, "from 1 to 10,000 periods").share("quantile", options.quantile);
    checks.require(options.stride >= 1, "stride", options.stride, "at least 1");
    checks.require(options.bins >= 1, "bins", 0, "at least 1").require(!options.candidates.empty(), "candidates", 0, "at least one");
    for (auto const& c : options.candidates) checks.require(c.share > 0 && c.share <= 1, "candidates/share", c.share, "above 0 and at most 1").require(c.size > 0 && c.size <= 1, "candidates/size", c.size, "above 0 and at most 1");
    checks.histories(histories);
    TRY(checks.result());
    PooledDemand best;
    best.loss_ = std::numeric_limits<double>::infinity();
    for (auto const& smoothing : options.candidates) {
        auto all = pairs(histories, options.protection, options.stride, smoothing);
        if (all.size() < 200) return fail(Errc::failed_precondition, "history_too_short", "Levels are learned from at least 200 moments with a sale before and a full protection time after; there are fewer.");
        std::vector<std::size_t> times;
        for (auto const& p : all) times.push_back(p.when);
        auto const cut = times.begin() + static_cast<std::ptrdiff_t>(times.size() * 2 / 3);
        std::ranges::nth_element(times, cut);
        std::vector<Pair> older, newer;
        for (auto const& p : all)
            if (p.when >= *cut) newer.push_back(p);
            else if (p.when + static_cast<std::size_t>(options.protection) <= *cut) older.push_back(p);
        for (auto const family : {PooledFamily::empirical, PooledFamily::negative_binomial}) {
            PooledDemand candidate;
            candidate.smoothing_ = smoothing, candidate.family_ = family, candidate.protection_ = options.protection;
            candidate.fit(older.size() < 100 ? all : older, options.bins);
            double loss = 0, sum = 0;
            auto const step = std::max<std::size_t>(1, newer.size() / 20'000);  // negative binomial quantiles cost microseconds
            for (std::size_t i = 0; i < newer.size(); i += step) {
                auto const miss = newer[i].sold - candidate.level(newer[i].state, options.quantile);
                loss += miss > 0 ? options.quantile * miss : (options.quantile - 1) * miss, sum += newer[i].sold;
            }
            candidate.loss_ = sum > 0 ? loss / sum : 0;
            if (candidate.loss_ >= best.loss_) continue;
            candidate.fit(all, options.bins), best = std::move(candidate);
        }
    }
    return best;
}

}  // namespace kindling::inventory

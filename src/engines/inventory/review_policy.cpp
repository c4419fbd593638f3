#include "engines/inventory/review_policy.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "engines/inventory/checks.h"

namespace kindling::inventory {

namespace {

constexpr double widest_units = 1500, coarse_cells = 800;

// Losses of a whole demand at every level, below 0 as the straight line that they are.
class Loss {
public:
    explicit Loss(const std::vector<double>& p) : loss_(p.size() + 1), cdf_(p.size()) {
        std::partial_sum(p.begin(), p.end(), cdf_.begin());
        for (auto k = p.size(); k-- > 0;) mean_ += p[k] * static_cast<double>(k), loss_[k] = loss_[k + 1] + (1 - std::min(1.0, cdf_[k]));
    }
    double loss(long y) const { return y < 0 ? mean_ - static_cast<double>(y) : y < static_cast<long>(loss_.size()) ? loss_[static_cast<std::size_t>(y)] : 0; }
    double cdf(long y) const { return y < 0 ? 0 : y < static_cast<long>(cdf_.size()) ? cdf_[static_cast<std::size_t>(y)] : 1; }
    double mean() const { return mean_; }
    long size() const { return static_cast<long>(cdf_.size()); }

private:
    std::vector<double> loss_, cdf_;
    double mean_ = 0;
};

Result<std::vector<double>> probabilities(const Demand& d, double unit) {
    if (unit == 1) return whole_probabilities(d, 1e-9);
    if (d.family() == Family::empirical) return chances_by_losses(d, unit, std::numeric_limits<std::size_t>::max(), 1e-12 * d.mean());  // its own shape
    return whole_probabilities(TRY(Demand::gamma(d.mean() / unit, d.deviation() / unit)), 1e-9);
}

// Four sums side by side: one would wait for each of its additions.
double product(double const* a, double const* b, std::size_t n) {
    double sums[4] = {};
    std::size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (std::size_t k = 0; k < 4; ++k) sums[k] += a[i + k] * b[i + k];
    for (; i < n; ++i) sums[0] += a[i] * b[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

struct Value {
    double fill_rate = 1, cycle_service = 1, on_hand = 0;
};

class Shelf {
public:
    static Result<Shelf> of(const ReviewTerms& t) {
        auto const reach = t.protection.mean() + 8 * t.protection.deviation();
        auto const unit = t.protection.whole() && reach <= widest_units ? 1.0 : std::max(1.0, std::ceil(reach / coarse_cells));
        return Shelf(unit, TRY(probabilities(t.review, unit)), TRY(probabilities(t.lead, unit)), TRY(probabilities(t.protection, unit)));
    }
    double unit() const { return unit_; }
    long top() const { return protection_.size(); }
    bool idle() const { return asked_ <= 0 && protection_.mean() <= 0; }

    // Weights of positions S, S - 1 ... S - gap + 1, and orders a review.
    std::vector<double> const& mix(ReviewKind kind, long gap, double& orders) {
        auto const n = static_cast<std::size_t>(gap);
        weights_.assign(n, 1 / static_cast<double>(n));
        if (kind == ReviewKind::lots) {
            double least = 0;  // E min(D, Q)
            for (std::size_t k = 0; k < review_.size(); ++k) least += review_[k] * static_cast<double>(std::min<long>(static_cast<long>(k), gap));
            orders = least / static_cast<double>(n);
            return weights_;
        }
        while (density_.size() < n) {
            auto const j = density_.size();
            auto const terms = std::min(j, review_.size() - 1);
            density_.push_back(((j == 0 ? 1 : 0) + product(backwards_.data() + (review_.size() - 1 - terms), density_.data() + (j - terms), terms)) / std::max(1e-12, 1 - review_[0]));
        }
        auto const total = std::accumulate(density_.begin(), density_.begin() + gap, 0.0);
        for (std::size_t j = 0; j < n; ++j) weights_[j] = density_[j] / total;
        orders = 1 / total;
        return weights_;
    }
    Value value(const std::vector<double>& weights, long up_to) const {
        Value v;
        double owed = 0, cycle = 0;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            auto const y = up_to - static_cast<long>(j);
            auto const l = lead_.loss(y), p = protection_.loss(y);
            owed += weights[j] * (p - l), cycle += weights[j] * protection_.cdf(y);
            v.on_hand += weights[j] * (static_cast<double>(y) - (lead_.mean() + protection_.mean()) / 2 + (l + p) / 2);
        }
        v.fill_rate = asked_ > 0 ? std::clamp(1 - owed / asked_, 0.0, 1.0) : 1, v.cycle_service = cycle;
        return v;
    }

private:
    Shelf(double unit, std::vector<double> review, const std::vector<double>& lead, const std::vector<double>& protection) : unit_(unit), review_(std::move(review)), backwards_(review_.rbegin(), review_.rend()), lead_(lead), protection_(protection), asked_(protection_.mean() - lead_.mean()) {}
    double unit_;
    std::vector<double> review_, backwards_;
    Loss lead_, protection_;
    double asked_;
    std::vector<double> density_, weights_;
};

Result<void> check(const ReviewTerms& t) {
    return Checks().share("target", t.target).at_least_zero("fixed", t.fixed).positive("holding", t.holding).at_least_zero("missed", t.missed)
        .require(t.pack >= 1 && t.pack <= largest && t.pack == std::floor(t.pack), "pack", t.pack, "a whole number of at least 1").require(t.minimum >= 1 && t.minimum <= largest && t.minimum == std::floor(t.minimum), "minimum", t.minimum, "a whole number of at least 1")
        .require(!t.quantity || (*t.quantity >= 1 && *t.quantity <= 1e6 && *t.quantity == std::floor(*t.quantity)), "quantity", t.quantity.value_or(1), "a whole number from 1 to 1,000,000")
        .require(!t.most || (*t.most >= 0 && *t.most <= largest), "most", t.most.value_or(0), "at least 0")
        .require(t.lead.mean() >= 0 && !(t.protection.mean() < t.lead.mean() * (1 - 1e-6)), "protection", t.protection.mean(), "at least the lead time's").result();
}

ReviewPolicy told(const ReviewTerms& t, Shelf& shelf, ReviewKind kind, long up_to, long gap) {
    auto const u = shelf.unit();
    ReviewPolicy p;
    auto const& weights = shelf.mix(kind, gap, p.orders);
    auto const v = shelf.value(weights, up_to);
    p.kind = kind == ReviewKind::min_max && gap == 1 && t.minimum <= 1 ? ReviewKind::base_stock : kind;
    p.order_up_to = static_cast<double>(up_to) * u, p.quantity = static_cast<double>(gap) * u;
    p.reorder_level = p.order_up_to - (p.kind == ReviewKind::base_stock ? 1 : p.quantity);
    p.fill_rate = v.fill_rate, p.cycle_service = v.cycle_service, p.on_hand = v.on_hand * u, p.cost = t.holding * p.on_hand + t.fixed * p.orders;
    return p;
}

}  // namespace

Result<ReviewPolicy> evaluate_review(const ReviewTerms& t, ReviewKind kind, double reorder_level, double order_up_to) {
    TRY(check(t));
    auto const gap = order_up_to - reorder_level;
    TRY(Checks().require(std::abs(reorder_level) <= largest && reorder_level == std::floor(reorder_level), "reorder_level", reorder_level, "a whole number").require(gap >= 1 && gap <= 1e6 && gap == std::floor(gap), "order_up_to", order_up_to, "a whole number above the reorder level, by at most 1,000,000").result());
    auto shelf = TRY(Shelf::of(t));
    auto const u = shelf.unit();
    return told(t, shelf, kind, std::lround(order_up_to / u), std::max(1L, std::lround(gap / u)));
}

Result<ReviewPolicy> review_policy(const ReviewTerms& t) {
    TRY(check(t));
    auto shelf = TRY(Shelf::of(t));
    auto const u = shelf.unit();
    auto const kind = t.only == ReviewKind::lots || (!t.only && t.pack > 1) ? ReviewKind::lots : ReviewKind::min_max;
    if (shelf.idle()) return ReviewPolicy{.kind = kind == ReviewKind::lots ? kind : ReviewKind::base_stock, .reorder_level = -1, .order_up_to = 0, .quantity = t.pack};
    auto const step = std::max(1L, std::lround(t.pack / u));
    auto const first = t.quantity ? std::max(1L, std::lround(*t.quantity / u)) : std::max(step, (std::max(1L, std::lround(t.minimum / u)) + step - 1) / step * step);
    auto const most = t.most ? static_cast<long>(std::floor(*t.most / u)) : std::numeric_limits<long>::max() / 4;
    auto const whole = [&](ReviewPolicy const& p) { return p.cost + t.missed * (1 - p.fill_rate) * t.review.mean(); };
    ReviewPolicy best;
    best.cost = std::numeric_limits<double>::infinity(), best.limited = true;
    int worse = 0;
    for (long gap = first;;) {
        double orders = 0;
        auto const& weights = shelf.mix(kind, gap, orders);
        auto const kept = [&](long up_to) { auto const v = shelf.value(weights, up_to); return (t.promise == Promise::fill_rate ? v.fill_rate : v.cycle_service) >= t.target; };
        long low = -1, high = shelf.top() + gap;  // high always keeps it
        while (high - low > 1) {
            auto const middle = low + (high - low) / 2;
            (kept(middle) ? high : low) = middle;
        }
        auto p = told(t, shelf, kind, std::min(high, most), gap);
        p.limited = high > most;
        // Better is what keeps the promise, then what costs less; when nothing keeps it, what serves most.
        auto const better = p.limited != best.limited ? best.limited : p.limited ? p.fill_rate > best.fill_rate || std::isinf(best.cost) : whole(p) < whole(best);
        if (better) best = p, worse = 0;
        else if (++worse > 12) break;
        auto const next = gap / step < 48 ? gap + step : (gap / 10 / step + 1) * step + gap;
        if (t.quantity || t.only == ReviewKind::base_stock || next > 100'000 || (t.fixed == 0 && !best.limited) || next > most + 1) break;
        gap = next;
    }
    if (t.quantity) best.quantity = *t.quantity, best.order_up_to = best.reorder_level + best.quantity;  // where units are counted in larger ones
    return best;
}

double order_now(const ReviewPolicy& p, double position) {
    if (position > p.reorder_level || p.order_up_to <= 0) return 0;
    if (p.kind != ReviewKind::lots) return std::max(0.0, p.order_up_to - position);
    return p.quantity * (std::floor((p.reorder_level - position) / p.quantity) + 1);
}

}  // namespace kindling::inventory

#include "modules/supply/lots.h"
#include "engines/inventory/lot_size.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

namespace kindling::supply_module {

namespace {

using namespace inventory;

constexpr double most_units_laid_out = 1000;  // beyond that, units are counted in larger ones

class Judge {
public:
    // Units of the plan: packs, or whole numbers of them where there are very many.
    explicit Judge(LotQuestion const& in) : in_(in) {
        double all = in.needed;
        for (auto const v : in.later) all += v;
        unit_ = in.pack * std::max(1.0, std::ceil(all / in.pack / most_units_laid_out));
        double sum = 0, told = 0;
        for (auto const v : in.later) { sum += v / unit_; auto const whole = std::round(sum) - told; told += whole, later_.push_back(whole); }
    }

    double allowed(double q) const {
        q = std::ceil(std::max(q, in_.minimum) / in_.pack - 1e-9) * in_.pack;
        if (in_.most) q = std::min(q, std::floor(*in_.most / in_.pack) * in_.pack);
        return q;
    }
    double price(double q) const {
        auto out = in_.prices.front().unit_cost;
        for (auto const& p : in_.prices) if (q >= p.from) out = p.unit_cost;
        return out;
    }

    // The cheapest way on after a first order of q.
    std::optional<double> cost(double q) const {
        auto const left = q - in_.needed;
        if (left < -1e-9 && !in_.most) return {};
        auto const own = in_.fixed + q * price(q) + std::max(0.0, left) * price(q) * in_.holding_share;
        double best = std::numeric_limits<double>::infinity();
        for (auto const& p : in_.prices) {
            auto const rest = after(std::max(0.0, std::floor(left / unit_)), p);
            if (rest) best = std::min(best, *rest);
        }
        return best < std::numeric_limits<double>::infinity() ? std::optional(own + best) : std::nullopt;
    }

    // The first order of the best plan when every order is made at this price.
    std::optional<double> planned(LotPrice const& price) const {
        auto periods = laid_out(price);
        periods.insert(periods.begin(), {std::ceil(in_.needed / unit_ - 1e-9), in_.fixed, price.unit_cost * unit_, price.unit_cost * unit_ * in_.holding_share});
        auto const plan = lot_sizes(periods, limits(price, 0));
        if (!plan) return {};
        return plan->orders[0] * unit_;
    }

    std::size_t covered(double q) const {
        double left = q - in_.needed;
        std::size_t n = 0;
        while (n < in_.later.size() && left >= in_.later[n] - 1e-9) left -= in_.later[n++];
        return n;
    }

private:
    std::vector<LotPeriod> laid_out(LotPrice const& p) const {
        std::vector<LotPeriod> out;
        for (auto const d : later_) out.push_back({d, in_.fixed, p.unit_cost * unit_, p.unit_cost * unit_ * in_.holding_share});
        return out;
    }
    LotLimits limits(LotPrice const& p, double stock) const {
        LotLimits l{.capacity = {}, .minimum = std::ceil(std::max(in_.minimum, p.from) / unit_), .pack = 1, .shelf_life = in_.sells_within, .stock_at_start = stock};
        if (in_.most) l.capacity = std::max(1.0, std::floor(*in_.most / unit_));
        return l;
    }
    std::optional<double> after(double stock, LotPrice const& p) const {
        if (later_.empty()) return -stock * unit_ * p.unit_cost;
        auto const plan = lot_sizes(laid_out(p), limits(p, stock));
        if (!plan) return {};
        auto left = stock;
        for (auto const v : plan->orders) left += v;
        for (auto const v : later_) left -= v;
        return plan->cost - left * unit_ * p.unit_cost;
    }

    LotQuestion const& in_;
    double unit_ = 1;
    std::vector<double> later_;
};

}  // namespace

std::optional<LotChoice> choose_lot(LotQuestion const& in, double policy_quantity) {
    if (in.prices.empty() || !(in.needed > 0) || !(policy_quantity > 0)) return {};
    Judge const judge(in);
    std::set<double> tried{judge.allowed(policy_quantity), judge.allowed(in.needed)};
    for (auto const& p : in.prices) {
        if (p.from > in.needed) tried.insert(judge.allowed(p.from));
        if (auto const q = judge.planned(p)) tried.insert(judge.allowed(*q));
    }
    auto const useful = std::accumulate(in.later.begin(), in.later.end(), in.needed);
    std::optional<LotChoice> best;
    auto const own = judge.cost(judge.allowed(policy_quantity));
    for (auto const q : tried) {
        // Less than what is needed only where the supplier gives no more.
        if (q <= 0 || (q < in.needed - 1e-9 && q < judge.allowed(in.needed))) continue;
        // More than the weeks laid out need only where the least order or the pack leaves no less: beyond them nobody knows what a unit is worth.
        if (q > useful && q > judge.allowed(in.needed)) continue;
        auto const cost = judge.cost(q);
        if (!cost || (best && *cost >= best->cost - 1e-6)) continue;
        best = LotChoice{.quantity = q, .unit_cost = judge.price(q), .cost = *cost, .policy_cost = own.value_or(*cost), .reviews = judge.covered(q)};
    }
    return best;
}

}  // namespace kindling::supply_module

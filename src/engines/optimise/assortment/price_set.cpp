// engines/optimise/assortment/price_set.cpp -- one set at given prices of the limits: branch and bound over V, the sum of attractions.
//
// If V were known to lie in [low, high], units for each unit of attraction would lie in [r(high), r(low)], r falling: each option then earns
// at most a fixed amount, and what is left is a knapsack with one option a good (capacity high, weight attraction). Its linear relaxation, a
// greedy walk along the options' upper hulls, bounds all choices of that range; the walk without its last, broken step is a real choice
// whose value is computed exactly. Ranges are split, the most promising first, until none may hold anything better by more than the tolerance.
// Then goods are put in, taken out or changed one by one as long as that helps.
#include "engines/optimise/assortment/plan.h"
#include <algorithm>
#include <limits>
#include <queue>

namespace kindling::assortment {

namespace {

struct Gain { double per_unit, once, weight; };  // profit for each unit of attraction and r, profit as such, attraction

class Pricing {
public:
    Pricing(ChoiceSet const& set, Uses const& prices) : set_(set) {
        for (auto const& item : set.items) {
            auto& gains = gains_.emplace_back();
            for (auto const& o : item.options) {
                double unit = o.unit_profit, once = o.fixed_profit;
                for (std::size_t k = 0; k < most_limits; ++k) unit -= prices[k] * o.unit_use[k], once -= prices[k] * o.fixed_use[k];
                gains.push_back({unit * o.attraction, once, o.attraction});
            }
        }
        best_.assign(set.items.size(), -1);
        for (std::size_t i = 0; i < set.items.size(); ++i)
            if (set.items[i].required) best_[i] = static_cast<int>(std::ranges::min_element(gains_[i], {}, &Gain::weight) - gains_[i].begin());
        best_value_ = value(best_);
    }

    double value(Choice const& choice) const {
        double sum = 0, unit = 0, once = 0;
        for (std::size_t i = 0; i < choice.size(); ++i)
            if (choice[i] >= 0) {
                auto const& g = gains_[i][static_cast<std::size_t>(choice[i])];
                sum += g.weight, unit += g.per_unit, once += g.once;
            }
        return units_per_attraction(set_.demand, sum) * unit + once;
    }

    // Bounds the choices with V in [low, high]; what it meets may become the best.
    double bound(double low, double high) {
        auto const most = units_per_attraction(set_.demand, low), least = units_per_attraction(set_.demand, high);
        steps_.clear();
        Choice choice(set_.items.size(), -1);
        double total = 0, capacity = high;
        for (std::size_t i = 0; i < gains_.size(); ++i) {
            hull_.clear();
            if (!set_.items[i].required) hull_.push_back({0, 0, -1});
            order_.clear();
            for (std::size_t l = 0; l < gains_[i].size(); ++l) {
                auto const& g = gains_[i][l];
                order_.push_back({g.weight, g.once + g.per_unit * (g.per_unit >= 0 ? most : least), static_cast<int>(l)});
            }
            std::ranges::sort(order_, [](Point const& a, Point const& b) { return a.weight != b.weight ? a.weight < b.weight : a.value > b.value; });
            for (auto const& p : order_) {
                if (!hull_.empty() && p.value <= hull_.back().value) continue;
                while (hull_.size() >= 2) {
                    auto const &a = hull_[hull_.size() - 2], &b = hull_.back();
                    if ((p.value - a.value) * (b.weight - a.weight) < (b.value - a.value) * (p.weight - a.weight)) break;
                    hull_.pop_back();
                }
                hull_.push_back(p);
            }
            if (hull_.empty()) continue;
            total += hull_.front().value, capacity -= hull_.front().weight, choice[i] = hull_.front().option;
            for (std::size_t h = 1; h < hull_.size(); ++h) steps_.push_back({hull_[h].weight - hull_[h - 1].weight, hull_[h].value - hull_[h - 1].value, static_cast<int>(i), hull_[h].option});
        }
        if (capacity < -1e-12 * high) return -infinity;  // what is required attracts more already
        std::ranges::sort(steps_, [](Step const& a, Step const& b) { return a.value * b.weight != b.value * a.weight ? a.value * b.weight > b.value * a.weight : a.item < b.item; });
        for (auto const& s : steps_) {
            if (s.weight > capacity) {
                total += s.value * std::max(0.0, capacity) / s.weight;
                consider(choice);
                choice[static_cast<std::size_t>(s.item)] = s.option;  // and the choice that goes a little too far
                break;
            }
            choice[static_cast<std::size_t>(s.item)] = s.option, total += s.value, capacity -= s.weight;
        }
        consider(choice);
        return total;
    }

    void consider(Choice const& choice) {
        if (auto const v = value(choice); v > best_value_) best_value_ = v, best_ = choice;
    }

    // One good at a time, the best change of each, until nothing helps.
    void polish() {
        double sum = 0, unit = 0, once = 0;
        auto const add = [&](std::size_t i, int option, double sign) {
            if (option < 0) return;
            auto const& g = gains_[i][static_cast<std::size_t>(option)];
            sum += sign * g.weight, unit += sign * g.per_unit, once += sign * g.once;
        };
        for (std::size_t i = 0; i < best_.size(); ++i) add(i, best_[i], 1);
        bool helped = true;
        for (int pass = 0; pass < 20 && helped; ++pass) {
            helped = false;
            for (std::size_t i = 0; i < best_.size(); ++i) {
                add(i, best_[i], -1);
                auto chosen = best_[i];
                auto const score = [&](int option) {
                    if (option < 0) return units_per_attraction(set_.demand, sum) * unit + once;
                    auto const& g = gains_[i][static_cast<std::size_t>(option)];
                    return units_per_attraction(set_.demand, sum + g.weight) * (unit + g.per_unit) + once + g.once;
                };
                auto most = score(chosen);
                for (int option = set_.items[i].required ? 0 : -1; option < static_cast<int>(gains_[i].size()); ++option)
                    if (auto const v = score(option); v > most + 1e-9 * std::abs(most)) most = v, chosen = option, helped = true;
                best_[i] = chosen;
                add(i, chosen, 1);
            }
        }
        best_value_ = value(best_);
    }

    double lightest() const {
        double low = infinity, required = 0;
        for (std::size_t i = 0; i < gains_.size(); ++i)
            if (!gains_[i].empty()) {
                auto const w = std::ranges::min_element(gains_[i], {}, &Gain::weight)->weight;
                low = std::min(low, w), required += set_.items[i].required ? w : 0;
            }
        return std::max(low, required);
    }
    double heaviest() const {
        double high = 0;
        for (auto const& gains : gains_) if (!gains.empty()) high += std::ranges::max_element(gains, {}, &Gain::weight)->weight;
        return high;
    }
    bool must() const { return std::ranges::any_of(set_.items, &Item::required); }
    Choice const& best() const { return best_; }
    double best_value() const { return best_value_; }
    static constexpr double infinity = std::numeric_limits<double>::infinity();

private:
    struct Point { double weight, value; int option; };
    struct Step { double weight, value; int item, option; };
    ChoiceSet const& set_;
    std::vector<std::vector<Gain>> gains_;
    std::vector<Point> hull_, order_;
    std::vector<Step> steps_;
    Choice best_;
    double best_value_ = 0;
};

}  // namespace

Priced price_set(ChoiceSet const& set, Uses const& prices, double tolerance, int most_splits) {
    Pricing pricing(set, prices);
    auto const heaviest = pricing.heaviest();
    if (heaviest <= 0) return {pricing.best(), pricing.best_value(), pricing.best_value()};
    struct Range { double bound, low, high; bool operator<(Range const& o) const { return bound < o.bound; } };
    std::priority_queue<Range> open;
    auto const look = [&](double low, double high) { open.push({pricing.bound(low, high), low, high}); };
    look(pricing.lightest(), heaviest);
    double bound = Pricing::infinity;
    // Nothing on sale is a choice without V: its value stands in best_value() from the start.
    for (int split = 0;; ++split) {
        if (open.empty() || open.top().bound <= pricing.best_value() + tolerance * std::abs(pricing.best_value()) + 1e-9) { bound = open.empty() ? pricing.best_value() : std::max(open.top().bound, pricing.best_value()); break; }
        if (split >= most_splits || open.top().high <= open.top().low * (1 + 1e-9)) { bound = std::max(open.top().bound, pricing.best_value()); break; }
        auto const range = open.top();
        open.pop();
        auto const middle = std::sqrt(range.low * range.high);
        look(range.low, middle), look(middle, range.high);
    }
    pricing.polish();
    return {pricing.best(), pricing.best_value(), std::max(bound, pricing.best_value())};
}

Outcome outcome(ChoiceSet const& set, Choice const& choice) {
    Outcome out;
    out.units.assign(set.items.size(), 0);
    for (std::size_t i = 0; i < choice.size(); ++i) if (choice[i] >= 0) out.attraction += set.items[i].options[static_cast<std::size_t>(choice[i])].attraction;
    auto const rate = units_per_attraction(set.demand, out.attraction);
    for (std::size_t i = 0; i < choice.size(); ++i) {
        if (choice[i] < 0) continue;
        auto const& o = set.items[i].options[static_cast<std::size_t>(choice[i])];
        out.units[i] = rate * o.attraction;
        out.profit += out.units[i] * o.unit_profit + o.fixed_profit;
        for (std::size_t k = 0; k < most_limits; ++k) out.use[k] += o.fixed_use[k] + out.units[i] * o.unit_use[k];
    }
    return out;
}

}  // namespace kindling::assortment

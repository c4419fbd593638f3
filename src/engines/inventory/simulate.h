// engines/inventory/simulate.h -- a shelf, period by period: what a policy does, on drawn demand or on demand that was.
//
// In each period: order by the stock on hand and on the way; what was ordered `lead_time` periods ago arrives; demand comes. Unmet demand waits, or is
// lost. Draws use one alias table per good (Vose 1991) and a stream per run, so that policies compared with one seed see the same demand.
// About 10 ns a period. Deterministic by seed on every machine; any number of threads.
#pragma once
#include <vector>

#include "core/random.h"
#include "engines/inventory/demand.h"

namespace kindling::inventory {

class Shelf {
public:
    explicit Shelf(int lead_time, bool lost_sales = false, double on_hand = 0) : on_hand_(on_hand), position_(on_hand), lost_(lost_sales), coming_(static_cast<std::size_t>(lead_time) + 1, 0) {}
    // Orders what is missing to the level when the position is at or below reorder_level; returns the order.
    double order(double reorder_level, double order_up_to) {
        auto const q = position_ <= reorder_level && order_up_to > position_ ? order_up_to - position_ : 0;
        auto const last = now_ == 0 ? coming_.size() - 1 : now_ - 1;  // one lead time from now
        coming_[last] += q, position_ += q;
        return q;
    }
    // The period's arrivals and demand; returns what was served at once.
    double serve(double demand) {
        on_hand_ += coming_[now_], coming_[now_] = 0, now_ = now_ + 1 == coming_.size() ? 0 : now_ + 1;
        auto const served = demand < on_hand_ ? demand : on_hand_ > 0 ? on_hand_ : 0;
        auto const taken = lost_ ? served : demand;
        on_hand_ -= taken, position_ -= taken;
        return served;
    }
    double on_hand() const { return on_hand_ > 0 ? on_hand_ : 0; }
    double owed() const { return on_hand_ < 0 ? -on_hand_ : 0; }
    double position() const { return position_; }  // on hand and on the way, less what is owed

private:
    double on_hand_, position_;
    bool lost_;
    std::size_t now_ = 0;
    std::vector<double> coming_;
};

// Draws whole numbers, two memory accesses each.
class WholeSampler {
public:
    explicit WholeSampler(std::span<const double> probabilities);  // of 0, 1, 2 ...; their sum is taken as 1
    double draw(Random& random) const {
        auto const bits = random.bits();
        auto const i = static_cast<std::size_t>(((bits >> 32) * cells_.size()) >> 32);
        return static_cast<std::uint32_t>(bits) < cells_[i].keep ? static_cast<double>(i) : static_cast<double>(cells_[i].other);
    }

private:
    struct Cell {
        std::uint32_t keep = 0, other = 0;  // keep / 2^32 is the chance of the cell's own number
    };
    std::vector<Cell> cells_;
};

struct SimulationPlan {
    int lead_time = 0;                // periods, 0 .. 10,000
    int periods = 365, warm_up = 60;  // counted; before them, not counted
    int runs = 100;
    bool lost_sales = false;
    std::uint64_t seed = 1;
};

struct SimulatedStock {
    double fill_rate = 1, fill_rate_error = 0;  // over all runs; standard error from run to run
    double on_hand = 0, owed = 0;               // mean units at the end of a period
    double orders = 0;                          // per period
};

// Order up to `order_up_to` at `reorder_level` or below; base stock S is (S - 1, S). Demand is rounded to whole units.
Result<SimulatedStock> simulate(const Demand& period, double reorder_level, double order_up_to, const SimulationPlan&);

}  // namespace kindling::inventory

// modules/supply/seldom.h -- how many units goods that seldom sell are asked for over some days, as a distribution, learned from all of them together.
//
// Two rules (engines/inventory): `pooled`, what goods that sold about as often were then asked for (pooled_demand.h); `forest`, what goods that looked alike in sixteen ways were (demand_forest.h), which also
// speaks of goods that sold once or never. Which one a shop follows is a setting; replay.h plays any beside each other. A forest of fewer than 100 goods or 1,000 moments is none: then `pooled`. `moments`: neither, by their own forecast as goods that sell often.
// Learned for one number of days, from histories of known days; O(histories x days) and, for the forest, x trees. Asking is const, safe from many threads.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "engines/inventory/demand.h"
#include "engines/inventory/demand_forest.h"
#include "engines/inventory/pooled_demand.h"
#include "modules/supply/facts.h"

namespace kindling::supply_module {

// Units of the known days before day `end` of the window, oldest first; one wholesale order sets no shop's stock: no day counts for more than five times a usual busy one.
std::vector<double> known_days(Stored const&, std::size_t end);

class SeldomDemand {
public:
    // days >= 1. Histories oldest first, units of known days only. `trees` of a forest: where several are asked for a good, together. history_too_short as the engines say.
    static Result<SeldomDemand> learn(LevelRule asked, std::span<std::vector<double> const> histories, int days, int trees = 20);
    // Nothing where the rule cannot speak: pooled, of a good with fewer than two demands; forest, of one known for fewer than three days. `smoothing`: of the state that pooled asks by; demand of the lead time
    // and of the protection time are asked by the same one, or their difference is noise.
    Result<std::optional<inventory::Demand>> of(std::span<double const> known_days, inventory::Smoothing smoothing) const;
    LevelRule rule() const { return forest_ ? LevelRule::forest : LevelRule::pooled; }  // that it was learned by
    inventory::Smoothing smoothing() const { return pooled_ ? pooled_->smoothing() : inventory::Smoothing{}; }

private:
    static constexpr std::size_t grid = 48, levels = 28;
    std::optional<inventory::PooledDemand> pooled_;
    std::vector<std::array<double, levels>> table_;  // of pooled_: quantiles by rate, for a demand size of 1; they cost microseconds and goods are many
    std::optional<inventory::DemandForest> forest_;
    int days_ = 1;
};

}  // namespace kindling::supply_module

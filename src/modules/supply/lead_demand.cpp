#include "modules/supply/lead_demand.h"
#include <algorithm>
#include <cmath>

namespace kindling::supply_module {

namespace {

constexpr double least_weight = 1e-4;  // of a number of days

}  // namespace

Result<inventory::Demand> lead_demand(DemandAhead const& ahead, LeadTime const& lead, double extra) {
    std::vector<inventory::Demand> parts;
    std::vector<double> weights;
    for (std::size_t d = 0; d < lead.weights.size(); ++d) {
        if (lead.weights[d] < least_weight) continue;
        auto const days = static_cast<double>(d) + extra;
        parts.push_back(TRY(inventory::Demand::counts(ahead.sum(days), ahead.variance(days)))), weights.push_back(lead.weights[d]);
    }
    return parts.size() == 1 ? Result<inventory::Demand>(parts.front()) : inventory::Demand::mixture(parts, weights);
}

std::vector<LeadPoint> lead_points(LeadTime const& lead) {
    constexpr int thirds = 3;
    std::vector<LeadPoint> out;
    for (int t = 0; t < thirds; ++t) {
        auto const from = static_cast<double>(t) / thirds, to = static_cast<double>(t + 1) / thirds;
        double mean = 0, before = 0, weight = 0;
        for (std::size_t d = 0; d < lead.weights.size(); ++d) {
            auto const inside = std::max(0.0, std::min(to, before + lead.weights[d]) - std::max(from, before));
            mean += inside * static_cast<double>(d), weight += inside, before += lead.weights[d];
        }
        auto const days = static_cast<int>(std::lround(mean / std::max(1e-9, weight)));
        if (!out.empty() && out.back().days == days) out.back().weight += weight;
        else out.push_back({weight, days});
    }
    return out;
}

}  // namespace kindling::supply_module

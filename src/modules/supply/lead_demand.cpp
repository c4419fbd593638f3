#include "modules/supply/lead_demand.h"
#include <algorithm>
#include <cmath>

namespace kindling::supply_module {

namespace {

constexpr double least_weight = 1e-4;  // of a number of days
// Demand that may be this wide is mixed out of its losses, each an incomplete beta function: there so many groups of neighbouring lead times stand for all.
constexpr double widest_units = 4096;
constexpr double most_wide_parts = 12;

// Units asked for if the supplier takes so many days, or any of a group of days.
struct Part {
    double weight, days, mean, variance;
};

// Neighbours put together keep their mean and their variance.
std::vector<Part> grouped(std::vector<Part> const& all) {
    auto const span = (all.back().days - all.front().days + 1) / most_wide_parts;
    std::vector<Part> out;
    for (double end = -1; auto const& p : all) {
        if (p.days >= end) {
            out.push_back(p), end = p.days + std::max(1.0, span);
            continue;
        }
        auto& g = out.back();
        auto const weight = g.weight + p.weight, apart = p.mean - g.mean, share = p.weight / weight;
        g.variance += share * (p.variance - g.variance) + share * (1 - share) * apart * apart;
        g.mean += share * apart, g.weight = weight;
    }
    return out;
}

}  // namespace

Result<inventory::Demand> lead_demand(DemandAhead const& ahead, LeadTime const& lead, double extra) {
    std::vector<Part> all;
    for (std::size_t d = 0; d < lead.weights.size(); ++d) {
        if (lead.weights[d] < least_weight) continue;
        auto const days = static_cast<double>(d) + extra;
        all.push_back({lead.weights[d], days, ahead.sum(days), ahead.variance(days)});
    }
    if (!all.empty() && all.back().mean + 6 * std::sqrt(all.back().variance) > widest_units) all = grouped(all);
    std::vector<inventory::Demand> parts;
    std::vector<double> weights;
    for (auto const& p : all) parts.push_back(TRY(inventory::Demand::counts(p.mean, p.variance))), weights.push_back(p.weight);
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

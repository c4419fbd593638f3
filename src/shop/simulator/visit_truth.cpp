#include "shop/simulator/visit_truth.h"
#include <algorithm>
#include <cmath>

namespace kindling::shop::simulator {

void draw_visit_truth(World const& world, Secret& secret, Random random) {
    // In the order of Channel, then visits that come by themselves. Ranges as shops report them: 2 to 4 % of visits order, a third to
    // two thirds see one page, seven baskets of ten are left; feeds bring the curious, search and mail the decided.
    static constexpr double conversion[source_count] = {0.020, 0.022, 0.031, 0.026, 0.029, 0.038, 0.034}, bounce[source_count] = {0.60, 0.54, 0.43, 0.47, 0.42, 0.35, 0.36}, abandonment[source_count] = {0.78, 0.76, 0.70, 0.73, 0.70, 0.66, 0.67};
    auto& v = secret.visits;
    for (int s = 0; s < source_count; ++s) {
        auto const i = static_cast<std::size_t>(s);
        v.sources[s] = {conversion[i] * random.uniform(0.95, 1.05), bounce[i] * random.uniform(0.95, 1.05), abandonment[i] * random.uniform(0.97, 1.03), s == direct_source ? 1 : random.uniform(0.72, 0.88)};
    }
    auto const steepness = random.uniform(0.75, 0.95);
    for (int rank = 1; rank <= shown_results; ++rank) v.examination[rank - 1] = std::pow(rank, -steepness);
    v.mismatch = random.uniform(0.3, 0.4), v.substitution = random.uniform(0.32, 0.38), v.return_to_basket = random.uniform(0.2, 0.3), v.disappointed_leave = random.uniform(0.15, 0.25);

    std::vector<std::vector<double>> popularity(world.categories.size());
    for (std::size_t p = 0; p < world.products.size(); ++p) popularity[static_cast<std::size_t>(world.products[p].category)].push_back(secret.products[p].popularity);
    for (auto& list : popularity) std::ranges::sort(list);
    for (std::size_t p = 0; p < world.products.size(); ++p) {
        auto const& list = popularity[static_cast<std::size_t>(world.products[p].category)];
        secret.products[p].appeal = std::clamp(0.22 * std::pow(secret.products[p].popularity / list[list.size() / 2], 0.4), 0.05, 0.7);
    }
    v.guide_lift = random.uniform(0.14, 0.26);   // so much that the nine weeks of such a shop's event log can tell it from nothing
}

}  // namespace kindling::shop::simulator

#include "modules/dialogue/stock_first.h"
#include "modules/dialogue/ranking.h"
#include "modules/dialogue/rescue.h"
#include <algorithm>
#include <unordered_set>

namespace kindling::dialogue {

void stock_first(CatalogueView const& view, Prepared const& prepared, std::span<std::size_t const> with_all, std::span<std::size_t const> named, std::vector<Pick>& picks) {
    std::span<Pick> rest = std::span(picks).first(std::min(picks.size(), Ranking::reordered));
    if (!named.empty()) {
        auto const others = std::ranges::stable_partition(rest, [&](Pick const& pick) { return std::ranges::find(named, pick.product) != named.end(); });
        rest = std::span(others.begin(), others.end());
    }
    auto const in_stock = [&](Pick const& pick) { return view.in_stock(pick.product, pick.variant); };
    if (std::ranges::is_partitioned(rest, in_stock)) return;
    std::unordered_set<std::size_t> const whole(with_all.begin(), with_all.end());
    double best = 0;
    for (auto const& pick : rest) best = std::max(best, pick.words);
    auto const fit = [&](Pick const& pick) { return !prepared.by_text ? 0 : (whole.empty() || whole.contains(pick.product) ? 0 : 2) + (pick.words >= named_share * best ? 0 : 1); };
    for (int as_well = 0; as_well < 4; ++as_well) {
        std::vector<std::size_t> places;
        std::vector<Pick> alike;
        for (std::size_t i = 0; i < rest.size(); ++i)
            if (fit(rest[i]) == as_well) places.push_back(i), alike.push_back(rest[i]);
        std::ranges::stable_partition(alike, in_stock);
        for (std::size_t i = 0; i < places.size(); ++i) rest[places[i]] = std::move(alike[i]);
    }
}

}  // namespace kindling::dialogue

#include "modules/dialogue/stock_first.h"
#include "modules/dialogue/ranking.h"
#include "modules/dialogue/rescue.h"
#include <algorithm>

namespace kindling::dialogue {

void stock_first(CatalogueView const& view, Prepared const& prepared, std::span<std::size_t const> with_all, std::span<std::size_t const> named, std::vector<Pick>& picks) {
    std::span<Pick> rest = std::span(picks).first(std::min(picks.size(), Ranking::reordered));
    if (!named.empty()) {
        auto const others = std::ranges::stable_partition(rest, [&](Pick const& pick) { return std::ranges::find(named, pick.product) != named.end(); });
        rest = std::span(others.begin(), others.end());
    }
    auto const in_stock = [&](Pick const& pick) { return view.in_stock(pick.product, pick.variant); };
    if (std::ranges::is_partitioned(rest, in_stock)) return;
    std::vector<bool> whole(with_all.empty() ? 0 : view.size());
    for (auto const p : with_all) whole[p] = true;
    double best = 0;
    for (auto const& pick : rest) best = std::max(best, pick.words);
    auto const fit = [&](Pick const& pick) { return !prepared.by_text ? 0 : (whole.empty() || whole[pick.product] ? 0 : 2) + (pick.words >= named_share * best ? 0 : 1); };
    std::vector<int> fits;   // goods change places within their class alone, so that it stays right
    for (auto const& pick : rest) fits.push_back(fit(pick));
    for (int as_well = 0; as_well < 4; ++as_well) {
        std::vector<std::size_t> places;
        std::vector<Pick> alike;
        for (std::size_t i = 0; i < rest.size(); ++i)
            if (fits[i] == as_well) places.push_back(i), alike.push_back(rest[i]);
        std::ranges::stable_partition(alike, in_stock);
        for (std::size_t i = 0; i < places.size(); ++i) rest[places[i]] = std::move(alike[i]);
    }
}

}  // namespace kindling::dialogue

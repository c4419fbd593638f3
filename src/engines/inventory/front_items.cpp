#include "engines/inventory/front_items.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "engines/inventory/checks.h"

namespace kindling::inventory {

Result<FrontChoice> front_items(std::size_t goods, std::span<std::vector<std::uint32_t> const> orders, std::span<double const> weights, std::size_t places) {
    Checks checks;
    checks.require(weights.empty() || weights.size() == orders.size(), "weights", static_cast<double>(weights.size()), "one for each order");
    for (std::size_t o = 0; o < orders.size(); ++o) {
        if (o < weights.size()) checks.at_least_zero(fmt::format("weights/{}", o), weights[o]);
        for (auto const g : orders[o]) checks.require(g < goods, fmt::format("orders/{}", o), g, "the number of a good");
    }
    TRY(checks.result());
    auto const weight = [&](std::size_t o) { return weights.empty() ? 1.0 : weights[o]; };
    std::vector<std::vector<std::uint32_t>> of(goods);
    std::vector<double> needed(goods);
    FrontChoice out;
    for (std::size_t o = 0; o < orders.size(); ++o) {
        out.total += weight(o);
        for (auto const g : orders[o]) of[g].push_back(static_cast<std::uint32_t>(o)), needed[g] += weight(o);
    }
    std::vector<std::uint32_t> popular(goods);
    std::iota(popular.begin(), popular.end(), 0u);
    std::ranges::stable_sort(popular, std::greater(), [&](std::uint32_t g) { return needed[g]; });
    std::vector<bool> there(goods);
    for (std::size_t i = 0; i < std::min(places, goods); ++i) there[popular[i]] = true;
    for (std::size_t o = 0; o < orders.size(); ++o)
        if (std::ranges::all_of(orders[o], [&](std::uint32_t g) { return there[g]; })) out.best_sellers += weight(o);

    std::vector<bool> served(orders.size(), true), out_already(goods);
    out.served = out.total;
    std::set<std::pair<double, std::int64_t>> left;  // needed, then the highest number first
    for (std::size_t g = 0; g < goods; ++g) left.emplace(needed[g], -static_cast<std::int64_t>(g));
    while (left.size() > places) {
        auto const g = static_cast<std::size_t>(-left.begin()->second);
        left.erase(left.begin()), out_already[g] = true;
        for (auto const o : of[g]) {
            if (!served[o]) continue;
            served[o] = false, out.served -= weight(o);
            for (auto const other : orders[o]) {
                if (out_already[other]) continue;
                left.erase({needed[other], -static_cast<std::int64_t>(other)});
                needed[other] -= weight(o);
                left.emplace(needed[other], -static_cast<std::int64_t>(other));
            }
        }
    }
    for (std::size_t g = 0; g < goods; ++g) if (!out_already[g]) out.goods.push_back(static_cast<std::uint32_t>(g));
    if (out.best_sellers > out.served) {  // a heuristic must not be worse than the simple one
        out.served = out.best_sellers, out.goods.assign(popular.begin(), popular.begin() + static_cast<std::ptrdiff_t>(std::min(places, goods)));
        std::ranges::sort(out.goods);
    }
    return out;
}

}  // namespace kindling::inventory

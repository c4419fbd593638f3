#include "modules/merchandising/arrange.h"
#include <algorithm>

namespace kindling::merchandising {

std::vector<std::size_t> arrange(std::span<Ranked const> ranked) {
    struct At { double place; int pin; std::size_t item; };
    std::vector<At> at;
    for (std::size_t i = 0; i < ranked.size(); ++i)
        if (!ranked[i].hidden) at.push_back({static_cast<double>(i + 1) / std::max(1e-6, ranked[i].strength), ranked[i].pin, ranked[i].item});
    std::ranges::stable_sort(at, [](At const& a, At const& b) {
        if ((a.pin >= 0) != (b.pin >= 0)) return a.pin >= 0;
        return a.pin >= 0 ? a.pin < b.pin : a.place < b.place;
    });
    std::vector<std::size_t> out;
    for (auto const& a : at) out.push_back(a.item);
    return out;
}

}  // namespace kindling::merchandising

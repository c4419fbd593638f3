#include "modules/selection/switch.h"
#include <algorithm>

namespace kindling::selection {

std::size_t choice_of(Learned const& learned, Slot const& slot, recommend::Asking& asking) {
    auto const& shelf = learned.shelf;
    recommend::History history;
    std::vector<recommend::Item> view, pool;
    for (auto const& id : slot.asked->seen)
        if (auto const item = shelf.find(id)) history.push_back({*item, static_cast<std::uint32_t>(history.size()), 0});
    for (auto const& id : slot.asked->in_view)
        if (auto const item = shelf.find(id)) view.push_back(*item);
    for (auto const& id : slot.asked->goods) pool.push_back(shelf.find(id).value_or(recommend::Tables::most_items));
    auto const found = [&](recommend::Item item) { return std::ranges::find(pool, item); };
    auto const best = learned.visits.model->recommend({.placement = engine_placement(slot.asked->placement), .history = history, .view = view, .count = 1, .allowed = [&](recommend::Item item) { return found(item) != pool.end(); }}, asking);
    return best.empty() ? 0 : static_cast<std::size_t>(found(best[0].item) - pool.begin());
}

SwitchEstimate estimate_switch(std::span<Slot const> slots, std::span<std::size_t const> in_use, std::span<std::size_t const> newer) {
    auto const found = compare_orders(slots, in_use, newer);
    return {.places = static_cast<std::int64_t>(slots.size()), .taken = found.taken, .in_use = found.before, .newer = found.after};
}

bool keeps_older(SwitchEstimate const& estimate, Learned const& in_use, Learned const& newer) {
    if (!estimate.in_use.readable || !estimate.newer.readable || estimate.newer.high >= estimate.in_use.low) return false;
    auto const known = std::ranges::count_if(newer.shelf.ids, [&](std::string const& id) { return in_use.shelf.find(id).has_value(); });
    return newer.trained_at - in_use.trained_at <= kept_at_most && known * 2 > static_cast<std::ptrdiff_t>(newer.shelf.ids.size());
}

}  // namespace kindling::selection

#include "modules/supply/joint.h"
#include "modules/supply/order_of.h"
#include <algorithm>
#include <cmath>

namespace kindling::supply_module {

namespace {

struct Step { std::size_t good = 0; double to = 0, value = 0, keeping = 0, cover = 0; };

double worth(CanOrder const& g, double quantity) { return quantity * static_cast<double>(unit_cost_minor(g.term, std::llround(quantity), g.usual_cost)); }

// One pack more; nothing where terms or `most` allow none, or a lower price makes the order no larger.
std::optional<Step> next(CanOrder const& g, std::size_t i, double quantity, double lead_days) {
    auto const to = within_terms(g.term, quantity + static_cast<double>(g.term.pack_size));
    if (to <= quantity || g.position + to > g.most || g.daily <= 0) return {};
    Step s{.good = i, .to = to, .value = worth(g, to) - worth(g, quantity), .cover = (g.position + quantity) / g.daily};
    if (s.value <= 0) return {};
    // Units are asked for evenly, so on average half of the pack is gone before the one that is looked at.
    s.keeping = (to - quantity) * g.holding_per_day * std::max(0.0, s.cover + (to - quantity) / 2 / g.daily - lead_days);
    return s;
}

}  // namespace

std::optional<Filling> fill_up(std::span<CanOrder const> goods, double lacking, double lead_days) {
    Filling now;
    std::vector<std::optional<Step>> steps;
    for (std::size_t i = 0; i < goods.size(); ++i) now.quantities.push_back(goods[i].quantity), steps.push_back(next(goods[i], i, goods[i].quantity, lead_days));
    auto const with = [](Filling filling, Step const& s) { filling.quantities[s.good] = s.to, filling.added_value += s.value, filling.keeping += s.keeping; return filling; };
    std::optional<Filling> best;
    while (now.added_value < lacking) {
        Step const *cheapest = nullptr, *last = nullptr;
        for (auto const& s : steps) {
            if (!s) continue;
            // Where keeping costs nothing, what will be needed soonest.
            if (!cheapest || std::pair(s->keeping / s->value, s->cover) < std::pair(cheapest->keeping / cheapest->value, cheapest->cover)) cheapest = &*s;
            if (now.added_value + s->value >= lacking && (!last || s->keeping < last->keeping)) last = &*s;
        }
        if (!cheapest) break;
        if (last && (!best || now.keeping + last->keeping < best->keeping)) best = with(now, *last);
        auto const good = cheapest->good;
        now = with(std::move(now), *cheapest);
        steps[good] = next(goods[good], good, now.quantities[good], lead_days);
    }
    return best;
}

}  // namespace kindling::supply_module

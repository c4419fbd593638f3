#include "modules/supply/order_of.h"
#include <algorithm>
#include <cmath>

namespace kindling::supply_module {

namespace {

constexpr double days_laid_out = 91;

std::optional<LotChoice> lot_of(Good const& g, Level const& l, LeadTime const& lead, DemandAhead const& ahead, Day order_day, double position, double policy_quantity) {
    auto const review = static_cast<double>(lead.after_next(order_day) - order_day), covered = static_cast<double>(order_day - ahead.first_day) + lead.mean + review;
    LotQuestion ask{.needed = std::max(1.0, l.just_enough - position), .later = {}, .fixed = l.fixed, .holding_share = l.holding_per_day / std::max(1.0, l.cost) * review, .pack = static_cast<double>(g.term.pack_size), .minimum = static_cast<double>(g.term.minimum_quantity), .most = {}, .sells_within = 0, .prices = {{1, g.cost}}};
    for (double k = 0; k < std::clamp(std::ceil(days_laid_out / review), 4.0, 26.0); ++k) ask.later.push_back(std::max(0.0, ahead.sum(covered + (k + 1) * review) - ahead.sum(covered + k * review)));
    if (g.term.most_quantity) ask.most = static_cast<double>(*g.term.most_quantity);
    if (g.term.shelf_life_days) ask.sells_within = static_cast<std::size_t>(std::max(1.0, std::floor(static_cast<double>(*g.term.shelf_life_days) / review)));
    for (auto const& s : g.term.price_steps) ask.prices.push_back({static_cast<double>(s.from_quantity), static_cast<double>(s.cost_minor)});
    auto lot = choose_lot(ask, policy_quantity);
    // What shelf life lets the policy keep, a lower price does not change.
    if (lot && l.by_shelf_life && lot->quantity > policy_quantity) return {};
    return lot;
}

}  // namespace

double within_terms(SupplyTerm const& term, double quantity) {
    if (quantity <= 0) return 0;
    auto const pack = static_cast<double>(term.pack_size);
    quantity = std::ceil(std::max(quantity, static_cast<double>(term.minimum_quantity)) / pack - 1e-9) * pack;
    return term.most_quantity ? std::min(quantity, std::floor(static_cast<double>(*term.most_quantity) / pack) * pack) : quantity;
}

GoodOrder order_of(Good const& good, Level const& level, LeadTime const& lead, DemandAhead const& ahead, Day order_day, double position) {
    GoodOrder out{within_terms(good.term, inventory::order_now(level.policy, position)), {}};
    // Where a person said how much, no lot is chosen beyond whole packs and the least order.
    if (out.quantity > 0 && has_terms(good.term) && !as_chosen(level)) out.lot = lot_of(good, level, lead, ahead, order_day, position, out.quantity);
    if (out.lot) out.quantity = out.lot->quantity;
    return out;
}

}  // namespace kindling::supply_module

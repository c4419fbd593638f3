#include "modules/supply/order_day.h"
#include "modules/supply/joint.h"
#include "modules/supply/order_of.h"
#include <algorithm>
#include <cmath>

namespace kindling::supply_module {

namespace {

bool set_by_people(Level const& l) { return l.own && as_chosen(l); }

// Demand until an order comes that is placed in so many days; levels may have been made for another wait.
inventory::Demand until_order_of(Candidate const& c, LeadTime const& lead, double wait) {
    auto const& l = *c.level;
    if (wait == l.wait_days) return l.lead;
    auto const known = c.ahead->sum(lead.mean + l.wait_days);
    auto const share = known > 0 ? c.ahead->sum(lead.mean + wait) / known : 0;
    auto const scaled = inventory::Demand::counts(l.lead.mean() * share, l.lead.deviation() * l.lead.deviation() * share);
    return scaled ? *scaled : l.lead;
}

double days_until_order(OrderDay const& day) { return static_cast<double>(day.next_order - day.today); }

class Decision {
public:
    Decision(OrderDay const& day, std::span<Candidate const> goods) : day_(day), goods_(goods) {}

    DayOrder make() {
        DayOrder out;
        out.early = day_.next_order != day_.today && !day_.any_day;
        for (std::size_t k = 0; k < goods_.size(); ++k)
            if (goods_[k].quantity > 0 && (!out.early || any_day(k) || gone_before(day_, goods_[k]))) out.lines.push_back({k, goods_[k].quantity, missed(k, out.early), goods_[k].quantity});
        auto const early_costs = out.early ? leave_what_can_wait(out.lines) : 0;
        if (out.lines.empty()) return out;
        for (auto const& l : out.lines) out.waiting_minor += l.missed;
        out.urgent = out.early && !std::ranges::all_of(out.lines, [&](DayLine const& l) { return any_day(l.candidate); });
        if (auto const value = worth(out.lines); value < day_.minimum_minor) reach_least(out, early_costs, day_.minimum_minor - value);
        return out;
    }

private:
    Level const& level(std::size_t k) const { return *goods_[k].level; }
    bool any_day(std::size_t k) const { return level(k).every_day; }
    double wait() const { return days_until_order(day_); }

    // Units that an order of the next order day (`early`: of its own, where today is none) would come too late for, at their margin.
    double missed(std::size_t k, bool early) const {
        auto const& l = level(k);
        auto const x = goods_[k].position;
        auto const late = !early || any_day(k) ? l.protection.loss(x) - l.lead.loss(x) : until_order_of(goods_[k], *day_.lead, wait()).loss(x) - until_order_of(goods_[k], *day_.lead, 0).loss(x);
        return std::min(goods_[k].quantity, std::max(0.0, late)) * l.margin;
    }

    // What an order on another day costs for its lines beside the goods, once what waits at less cost is left out.
    double leave_what_can_wait(std::vector<DayLine>& lines) const {
        auto const cost = [&](DayLine const& l) { return day_.line_cost_minor + l.quantity * level(l.candidate).holding_per_day * wait(); };
        auto const watched = [&](DayLine const& l) { return any_day(l.candidate); };
        std::erase_if(lines, [&](DayLine const& l) { return !watched(l) && l.missed <= cost(l); });
        double now = std::ranges::none_of(lines, watched) ? day_.order_cost_minor : 0, waiting = 0;
        for (auto const& l : lines) if (!watched(l)) now += cost(l), waiting += l.missed;
        if (waiting > now) return now;
        std::erase_if(lines, [&](DayLine const& l) { return !watched(l); });
        return 0;
    }

    double worth(std::span<DayLine const> lines) const {
        double sum = 0;
        for (auto const& l : lines) {
            auto const& g = *goods_[l.candidate].good;
            sum += l.quantity * static_cast<double>(unit_cost_minor(g.term, std::llround(l.quantity), std::llround(g.cost)));
        }
        return sum;
    }

    void reach_least(DayOrder& out, double early_costs, double lacking) const {
        auto const asked = out.lines;
        if (auto const filling = fill(out, lacking)) out.filling_minor = *filling + early_costs;
        out.below_minimum = !out.filling_minor;
        // What people set is followed to the unit, and said to be below the least order; all else fills up or waits.
        if (std::ranges::any_of(asked, [&](DayLine const& l) { return set_by_people(level(l.candidate)); })) return;
        out.waits = !out.filling_minor || out.waiting_minor <= *out.filling_minor;
        if (out.waits) out.lines = asked, out.filled_units = 0;
    }

    // What people set is not added to. What keeping the rest costs; nothing when the least value cannot be reached.
    std::optional<double> fill(DayOrder& out, double lacking) const {
        std::vector<std::size_t> rows;
        std::vector<CanOrder> can;
        for (std::size_t k = 0; k < goods_.size(); ++k) {
            auto const& c = goods_[k];
            auto const& l = *c.level;
            if (!c.fills || l.failed || set_by_people(l) || l.less == Less::on_demand || l.less == Less::slow || l.daily <= least_asked || l.cost <= 0) continue;
            auto const known = std::ranges::find(out.lines, k, &DayLine::candidate);
            rows.push_back(k);
            can.push_back({.term = c.good->term, .usual_cost = std::llround(c.good->cost), .quantity = known == out.lines.end() ? 0 : known->quantity, .position = c.position, .most = not_too_much(l, *c.ahead, day_.overstock_days), .daily = l.daily, .holding_per_day = l.holding_per_day});
        }
        auto const filled = fill_up(can, lacking, day_.lead->mean + (out.early ? 0 : wait()));
        if (!filled) return {};
        for (std::size_t k = 0; k < rows.size(); ++k) {
            if (filled->quantities[k] <= can[k].quantity) continue;
            out.filled_units += filled->quantities[k] - can[k].quantity;
            if (auto const known = std::ranges::find(out.lines, rows[k], &DayLine::candidate); known != out.lines.end()) known->quantity = filled->quantities[k];
            else out.lines.push_back({.candidate = rows[k], .quantity = filled->quantities[k]});
        }
        std::ranges::sort(out.lines, {}, &DayLine::candidate);
        return filled->keeping;
    }

    OrderDay const& day_;
    std::span<Candidate const> goods_;
};

}  // namespace

OrderDay order_day_of(SupplySettings const& settings, ShopStock const& stock, std::size_t supplier, LeadTime const& lead, Day today, Day next_order) {
    return {.today = today, .next_order = next_order, .lead = &lead, .minimum_minor = supplier < stock.suppliers.size() ? stock.suppliers[supplier].minimum_order_minor : 0, .order_cost_minor = order_cost(settings, stock, supplier),
            .line_cost_minor = static_cast<double>(*settings.line_cost_minor), .overstock_days = static_cast<double>(settings.overstock_days)};
}

bool gone_before(OrderDay const& day, Candidate const& c) { return c.available <= 0 || until_order_of(c, *day.lead, days_until_order(day)).cdf(c.position) < 0.5; }

DayOrder order_on(OrderDay const& day, std::span<Candidate const> goods) { return Decision(day, goods).make(); }

double not_too_much(Level const& level, DemandAhead const& ahead, double overstock_days) {
    auto const much = inventory::Demand::counts(ahead.sum(overstock_days), ahead.variance(overstock_days));
    return std::max(much && much->mean() > 0 ? much->quantile(0.9) : 0, level.policy.order_up_to);
}

}  // namespace kindling::supply_module

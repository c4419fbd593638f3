#include "modules/supply/replay.h"
#include "core/random.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <set>

namespace kindling::supply_module {

namespace {

struct Shelf {
    double on_hand = 0, on_order = 0, sold = 0;  // sold since the last order day
    std::map<Day, double> coming;
    void arrive(Day day) {
        for (auto at = coming.begin(); at != coming.end() && at->first <= day; at = coming.erase(at)) on_hand += at->second, on_order -= at->second;
    }
    void order(Day comes, double q) { coming[comes] += q, on_order += q; }
};

class Player {
public:
    Player(ShopStock const& stock, SupplySettings const& settings, ReplayOptions const& options, Progress const& progress) : stock_(stock), settings_(settings), options_(options), progress_(progress), random_(options.seed) {}

    Result<Replay> play() {
        auto const first = options_.from - stock_.first;
        if (first < 60 || options_.until > stock_.today || options_.until <= options_.from) return fail(Errc::failed_precondition, "history_too_short", "A back-test needs 60 days of sales before the stretch that is played again.");
        out_.days = static_cast<std::size_t>(options_.until - options_.from);
        for (std::size_t i = 0; i < stock_.stored.size(); ++i) {
            auto const& s = stock_.stored[i];
            std::size_t known = 0;
            for (auto t = s.begun; t < static_cast<std::size_t>(first); ++t) known += !std::isnan(s.sold[t]);
            if (known >= 28) goods_.push_back(i);
        }
        out_.goods = goods_.size();
        plan_.resize(stock_.stored.size()), naive_.resize(stock_.stored.size());
        for (auto* rule : {&out_.plan, &out_.naive}) rule->stock_by_day.assign(out_.days, 0), rule->asked_by_day.assign(out_.days, 0), rule->served_by_day.assign(out_.days, 0);
        for (Day day = options_.from; day < options_.until; ++day) {
            if (progress_.stopped()) return fail(Errc::unavailable, "cancelled", "The back-test was cancelled.");
            progress_(day - options_.from, static_cast<std::int64_t>(out_.days), "playing the past again");
            if ((day - options_.from) % options_.relearn_days == 0) TRY(learn(day));
            if (day == options_.from) begin();
            orders(day);
            trade(day);
        }
        out_.promised = out_.plan.asked > 0 ? promised_ / out_.plan.asked : 0;
        for (auto* rule : {&out_.plan, &out_.naive}) rule->stock_minor = mean(rule->stock_by_day);
        actual();
        return std::move(out_);
    }

private:
    static double mean(std::vector<double> const& v) { double sum = 0; for (auto const x : v) sum += x; return v.empty() ? 0 : sum / static_cast<double>(v.size()); }
    double cost(std::size_t i) const { return stock_.goods[stock_.stored[i].good].cost; }
    double margin(std::size_t i) const { auto const& g = stock_.goods[stock_.stored[i].good]; return std::max(0.0, g.price - g.cost); }
    double holding_share() const { return settings_.capital_cost_per_year + settings_.storage_share_per_year; }
    double order_cost(std::size_t supplier) const {
        if (supplier < stock_.suppliers.size())
            if (auto const rule = std::ranges::find(settings_.suppliers, stock_.suppliers[supplier].supplier_id, &SupplierRule::supplier_id); rule != settings_.suppliers.end() && rule->order_cost_minor) return static_cast<double>(*rule->order_cost_minor);
        return static_cast<double>(*settings_.order_cost_minor);
    }
    std::size_t supplier(std::size_t i) const { auto const s = stock_.stored[i].supplier; return s == Stored::no_supplier ? stock_.suppliers.size() : s; }

    Result<void> learn(Day day) {
        ahead_ = TRY(demand_ahead(stock_, day, 400, options_.threads, progress_));
        levels_ = TRY(make_levels(stock_, ahead_, settings_, {.origin = day, .pool = options_.pool, .threads = options_.threads}, progress_));
        if (next_order_.empty()) {
            for (auto const& l : levels_.leads) next_order_.push_back(l.next_order);
            known_leads_ = levels_.leads;
        }
        return {};
    }

    void begin() {
        for (auto const i : goods_) {
            auto const& s = stock_.stored[i];
            Shelf shelf;
            if (s.counted) {
                shelf.on_hand = std::max(0.0, static_cast<double>(s.stock[static_cast<std::size_t>(options_.from - stock_.first) - 1]));
                for (auto const& c : s.came) if (c.ordered < options_.from && c.arrived >= options_.from) shelf.order(c.arrived, c.units);
            } else shelf.on_hand = std::max(0.0, levels_.of[i].policy.order_up_to);
            plan_[i] = naive_[i] = shelf;
        }
    }

    // Lead time of an order to this supplier on this day: the same whoever orders.
    Day lead(std::size_t supplier, Day day) const {
        auto random = random_.stream("lead", supplier * 100'000 + static_cast<std::size_t>(day));
        return static_cast<Day>(random.pick(known_leads_[supplier].weights));
    }

    void orders(Day day) {
        std::set<std::pair<std::size_t, std::size_t>> asked_plan, asked_naive;  // supplier, place
        for (auto const i : goods_) {
            auto const by = supplier(i);
            if (next_order_[by] != day) continue;
            auto& p = plan_[i];
            auto& n = naive_[i];
            p.arrive(day), n.arrive(day);
            auto const key = std::pair(by, stock_.stored[i].place);
            if (auto const q = inventory::order_now(levels_.of[i].policy, p.on_hand + p.on_order); q > 0) {
                p.order(day + std::max<Day>(1, lead(by, day)), q), ++out_.plan.lines, out_.plan.ordering_minor += static_cast<double>(*settings_.line_cost_minor);
                if (asked_plan.insert(key).second) ++out_.plan.orders, out_.plan.ordering_minor += order_cost(by);
            }
            if (n.sold > 0) {
                n.order(day + std::max<Day>(1, lead(by, day)), std::exchange(n.sold, 0)), ++out_.naive.lines, out_.naive.ordering_minor += static_cast<double>(*settings_.line_cost_minor);
                if (asked_naive.insert(key).second) ++out_.naive.orders, out_.naive.ordering_minor += order_cost(by);
            }
        }
        for (std::size_t s = 0; s < next_order_.size(); ++s) if (next_order_[s] == day) next_order_[s] = known_leads_[s].after_next(day);
    }

    double demand(std::size_t i, Day day) {
        if (options_.truth) if (auto const known = options_.truth(i, day); !std::isnan(known)) return known;
        auto const sold = stock_.stored[i].sold[static_cast<std::size_t>(day - stock_.first)];
        if (!std::isnan(sold)) return static_cast<double>(sold);
        auto random = random_.stream("demand", i * 10'000 + static_cast<std::size_t>(day - stock_.first));
        auto const& a = ahead_[i];
        auto const at = static_cast<std::size_t>(std::max<Day>(0, day - a.first_day));
        auto const drawn = at < a.mean.size() ? static_cast<double>(random.poisson(static_cast<double>(a.mean[at]))) : 0;
        out_.drawn_units += drawn, drawn_[i] += drawn;
        return drawn;
    }

    void trade(Day day) {
        auto const t = static_cast<std::size_t>(day - options_.from);
        for (auto const i : goods_) {
            auto const asked = demand(i, day);
            promised_ += asked * levels_.of[i].target;
            for (auto const& [shelf, rule] : {std::pair{&plan_[i], &out_.plan}, std::pair{&naive_[i], &out_.naive}}) {
                shelf->arrive(day);
                auto const served = std::min(asked, shelf->on_hand);
                shelf->on_hand -= served, shelf->sold += served;
                rule->asked += asked, rule->served += served, rule->missed_minor += (asked - served) * margin(i);
                rule->stock_by_day[t] += shelf->on_hand * cost(i), rule->asked_by_day[t] += asked, rule->served_by_day[t] += served;
                rule->holding_minor += shelf->on_hand * cost(i) * holding_share() / 365;
            }
        }
    }

    // What was: stock as it was counted, sales as they were; lost is what was drawn for days with empty shelves.
    void actual() {
        RuleOutcome a;
        a.stock_by_day.assign(out_.days, 0), a.asked_by_day.assign(out_.days, 0), a.served_by_day.assign(out_.days, 0);
        bool counted = false;
        std::set<std::size_t> suppliers;
        for (auto const i : goods_) {
            auto const& s = stock_.stored[i];
            if (!s.counted) continue;
            counted = true, suppliers.insert(supplier(i));
            for (std::size_t t = 0; t < out_.days; ++t) {
                auto const at = t + static_cast<std::size_t>(options_.from - stock_.first);
                auto const sold = std::isnan(s.sold[at]) ? 0 : static_cast<double>(s.sold[at]), here = std::max(0.0, static_cast<double>(s.stock[at]));
                auto const day = options_.from + static_cast<Day>(t);
                auto asked = sold;
                if (options_.truth) if (auto const known = options_.truth(i, day); !std::isnan(known)) asked = std::max(known, sold);
                a.asked += asked, a.served += sold, a.asked_by_day[t] += asked, a.served_by_day[t] += sold, a.missed_minor += (asked - sold) * margin(i);
                a.stock_by_day[t] += here * cost(i), a.holding_minor += here * cost(i) * holding_share() / 365;
            }
            if (auto const lost = drawn_.find(i); lost != drawn_.end()) a.asked += lost->second, a.missed_minor += lost->second * margin(i);
        }
        if (!counted) return;
        for (auto const s : suppliers)
            if (s < stock_.suppliers.size())
                for (auto const& [day, lines] : stock_.suppliers[s].ordered_on)
                    if (day >= options_.from && day < options_.until) ++a.orders, a.lines += static_cast<double>(lines), a.ordering_minor += order_cost(s) + static_cast<double>(lines) * static_cast<double>(*settings_.line_cost_minor);
        a.stock_minor = mean(a.stock_by_day);
        out_.actual = std::move(a);
    }

    ShopStock const& stock_;
    SupplySettings const& settings_;
    ReplayOptions const& options_;
    Progress const& progress_;
    Random random_;
    Replay out_;
    std::vector<std::size_t> goods_;
    std::vector<DemandAhead> ahead_;
    Levels levels_;
    std::vector<LeadTime> known_leads_;
    std::vector<Day> next_order_;
    std::vector<Shelf> plan_, naive_;
    std::map<std::size_t, double> drawn_;
    double promised_ = 0;
};

}  // namespace

Result<Replay> replay(ShopStock const& stock, SupplySettings const& settings, ReplayOptions const& options, Progress const& progress) { return Player(stock, settings, options, progress).play(); }

}  // namespace kindling::supply_module

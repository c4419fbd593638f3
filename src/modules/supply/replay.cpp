#include "modules/supply/replay.h"
#include "core/parallel.h"
#include "core/random.h"
#include "modules/supply/limits.h"
#include "modules/supply/order_day.h"
#include "modules/supply/order_of.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <set>

namespace kindling::supply_module {

namespace {

struct Lot {
    double units = 0, price_saved = 0;  // minor units
};

class Shelf {
public:
    double on_hand = 0, on_order = 0, sold = 0;  // sold since the last order day
    void order(Day comes, double q, double price_saved = 0) { coming_[comes].units += q, coming_[comes].price_saved += price_saved, on_order += q; }
    void put(Day came, double q) { on_hand += q, by_age_[came] += q; }
    // What came until this day is put there, what is older than it keeps is thrown away; units of that.
    double begin_day(Day day, std::optional<std::int64_t> keeps) {
        for (auto at = coming_.begin(); at != coming_.end() && at->first <= day; at = coming_.erase(at)) on_order -= at->second.units, price_saved_ += at->second.price_saved, put(at->first, at->second.units);
        double expired = 0;
        if (keeps)
            for (auto at = by_age_.begin(); at != by_age_.end() && at->first + *keeps <= day; at = by_age_.erase(at)) expired += at->second;
        leave(expired);
        return expired;
    }
    // Units served, and what price steps had saved on them.
    Lot serve(double asked) {
        auto const units = std::min(asked, on_hand);
        auto left = units;
        while (left > 0 && !by_age_.empty()) {
            auto const first = by_age_.begin();
            auto const taken = std::min(left, first->second);
            left -= taken, first->second -= taken;
            if (first->second <= 0) by_age_.erase(first);
        }
        sold += units;
        return {units, leave(units)};
    }

private:
    double leave(double units) {
        auto const share = on_hand > 0 ? price_saved_ * units / on_hand : 0;
        on_hand -= units, price_saved_ -= share;
        return share;
    }
    double price_saved_ = 0;           // of all that is here
    std::map<Day, double> by_age_;     // by the day it came
    std::map<Day, Lot> coming_;
};

// Goods of one supplier at one place, which are ordered together.
struct Together {
    std::size_t supplier = 0;
    std::vector<std::size_t> rows;
};

enum class Least { no, asked };  // whether least order values and the cost of an order are thought of

struct Contender {
    LevelRule rule;
    bool follows_people = true;
    std::optional<OrderPolicy> policy = {};
    RuleOutcome out = {};
    Levels levels = {};
    std::vector<Shelf> shelves = {};
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
        std::map<std::pair<std::size_t, std::size_t>, std::size_t> number;
        for (auto const i : goods_) {
            auto const [at, fresh] = number.try_emplace({supplier(i), stock_.stored[i].place}, together_.size());
            if (fresh) together_.push_back({at->first.first, {}});
            together_[at->second].rows.push_back(i);
        }
        out_.goods = goods_.size();
        for (auto const rule : options_.rules) plans_.push_back({.rule = rule});
        for (auto const policy : options_.policies) plans_.push_back({.rule = options_.rules.front(), .follows_people = false, .policy = policy});
        if (!options_.by_hand.empty()) plans_.push_back({.rule = options_.rules.front(), .follows_people = false});
        for (auto& p : plans_) p.shelves.resize(stock_.stored.size()), lay_out(p.out);
        naive_.resize(stock_.stored.size()), lay_out(out_.naive);
        for (Day day = options_.from; day < options_.until; ++day) {
            if (progress_.stopped()) return fail(Errc::unavailable, "cancelled", "The back-test was cancelled.");
            progress_(day - options_.from, static_cast<std::int64_t>(out_.days), "playing the past again");
            if (day >= next_learning_) TRY(learn(day));
            if (day == options_.from) begin();
            begin_day(day);
            orders(day);
            trade(day);
        }
        out_.promised = out_.naive.asked > 0 ? promised_ / out_.naive.asked : 0;
        actual();
        for (auto& p : plans_) p.out.stock_minor = mean(p.out.stock_by_day), out_.plans.push_back(std::move(p.out));
        if (!options_.by_hand.empty()) out_.without_hand = std::move(out_.plans.back()), out_.plans.pop_back();
        out_.naive.stock_minor = mean(out_.naive.stock_by_day);
        return std::move(out_);
    }

private:
    void lay_out(RuleOutcome& o) const { o.stock_by_day.assign(out_.days, 0), o.asked_by_day.assign(out_.days, 0), o.served_by_day.assign(out_.days, 0); }
    static double mean(std::vector<double> const& v) { double sum = 0; for (auto const x : v) sum += x; return v.empty() ? 0 : sum / static_cast<double>(v.size()); }
    Good const& good(std::size_t i) const { return stock_.goods[stock_.stored[i].good]; }
    double cost(std::size_t i) const { return good(i).cost; }
    double margin(std::size_t i) const { return std::max(0.0, good(i).price - good(i).cost); }
    double holding_share() const { return settings_.capital_cost_per_year + settings_.storage_share_per_year; }
    double order_cost(std::size_t supplier) const { return supply_module::order_cost(settings_, stock_, supplier); }
    std::size_t supplier(std::size_t i) const { auto const s = stock_.stored[i].supplier; return s == Stored::no_supplier ? stock_.suppliers.size() : s; }

    Result<void> learn(Day day) {
        ahead_ = TRY(demand_ahead(stock_, day, 400, options_.threads, progress_));
        // Rates that demand of empty shelves is drawn by stay for four weeks: it is the same demand, however often the plan learns.
        if (day >= next_rates_) rates_ = ahead_, next_rates_ = day + 28;
        if (day >= next_forests_) pools_.clear(), next_forests_ = day + options_.forest_days;
        next_learning_ = day + options_.relearn_days;
        spans_.clear();
        for (auto const& span : options_.by_hand) {
            if (span.end <= day || span.first >= next_learning_) continue;
            // One for a good at a time; the levels of a season are those of its week.
            if (auto const [at, fresh] = spans_.try_emplace(span.stored, span); !fresh) next_learning_ = std::min(next_learning_, std::max(day + 1, span.first));
            if (span.level.policy == OrderPolicy::season) next_learning_ = std::min(next_learning_, span.first > day ? span.first : day + 7);
        }
        std::map<std::size_t, HandLevel> by_hand;
        for (auto const& [i, span] : spans_) by_hand.emplace(i, span.level);
        for (auto& p : plans_) {
            if (!p.follows_people && !p.policy) {   // the plan without what people set: made beside theirs already
                p.levels = plans_.front().levels;
                for (auto& [i, own] : p.levels.own) p.levels.of[i] = std::move(own);
                p.levels.own.clear();
                continue;
            }
            p.levels = TRY(make_levels(stock_, ahead_, settings_, {.origin = day, .rule = p.rule, .threads = options_.threads, .by_hand = p.follows_people ? by_hand : std::map<std::size_t, HandLevel>(), .past_orders = PastOrders::unseen, .policy = p.policy, .first_order = FirstOrder::origin, .pools = &pools_[p.rule]}, progress_));
        }
        if (next_order_.empty()) {
            known_leads_ = plans_.front().levels.leads;
            for (std::size_t s = 0; s < known_leads_.size(); ++s) next_order_.push_back(known_leads_[s].next_order), settled_from_.push_back(next_order_[s] + std::max<Day>(1, lead(s, next_order_[s])));
        }
        return {};
    }

    // What people set counts on its days, the plan's own on the others.
    Level const& level_of(Contender const& p, std::size_t i, Day day) const {
        auto const own = p.levels.own.find(i);
        if (own == p.levels.own.end()) return p.levels.of[i];
        auto const& span = spans_.at(i);
        return day >= span.first && day < span.end ? p.levels.of[i] : own->second;
    }

    void begin() {
        auto const before = static_cast<std::size_t>(options_.from - stock_.first);
        for (auto const i : goods_) {
            auto const& s = stock_.stored[i];
            if (!s.counted) {
                for (auto& p : plans_) p.shelves[i].put(options_.from, std::max(0.0, level_of(p, i, options_.from).policy.order_up_to));
                naive_[i].put(options_.from, std::max(0.0, level_of(plans_.front(), i, options_.from).policy.order_up_to));
                continue;
            }
            Shelf shelf;
            // First in, first out: what is here came last. What came on a day is what its stock rose by, and what was sold on it.
            auto left = std::max(0.0, static_cast<double>(s.stock[before - 1]));
            for (auto t = before; t-- > 1 && left > 0 && good(i).term.shelf_life_days;) {
                auto const came = static_cast<double>(s.stock[t] - s.stock[t - 1]) + (std::isnan(s.sold[t]) ? 0 : static_cast<double>(s.sold[t]));
                if (auto const here = std::min(left, came); here > 0) shelf.put(stock_.first + static_cast<Day>(t), here), left -= here;
            }
            shelf.put(stock_.first, left);
            for (auto const& c : s.came) if (c.ordered < options_.from && c.arrived >= options_.from) shelf.order(c.arrived, c.units);
            for (auto& p : plans_) p.shelves[i] = shelf;
            naive_[i] = shelf;
        }
    }

    // Lead time of an order to this supplier on this day: the same whoever orders.
    Day lead(std::size_t supplier, Day day) const {
        auto random = random_.stream("lead", supplier * 100'000 + static_cast<std::size_t>(day));
        return static_cast<Day>(random.pick(known_leads_[supplier].weights));
    }

    void orders(Day day) {
        std::vector<std::vector<OrderLine>> asked(together_.size());
        for (auto& p : plans_) {
            parallel_for(together_.size(), [&](std::size_t k) { asked[k] = by_plan(p, together_[k], day); }, options_.threads);
            leave_out(day, asked, p, p.shelves, Least::asked);
            for (std::size_t k = 0; k < asked.size(); ++k) place(day, together_[k], asked[k], p.shelves, p.out);
        }
        for (std::size_t k = 0; k < asked.size(); ++k) asked[k] = next_order_[together_[k].supplier] == day ? by_sales(together_[k]) : std::vector<OrderLine>();
        auto const wished = limited_ ? asked : std::vector<std::vector<OrderLine>>();
        leave_out(day, asked, plans_.front(), naive_, Least::no);
        for (std::size_t k = 0; k < wished.size(); ++k) still_wanted(wished[k], asked[k]);
        for (std::size_t k = 0; k < asked.size(); ++k) place(day, together_[k], asked[k], naive_, out_.naive);
        for (std::size_t s = 0; s < next_order_.size(); ++s) if (next_order_[s] == day) next_order_[s] = known_leads_[s].after_next(day);
    }

    // What suppliers, places and the owner's money do not allow, as the plan leaves it out of a night's orders; what saves most by the levels of `p` comes first.
    void leave_out(Day day, std::vector<std::vector<OrderLine>>& asked, Contender const& p, std::vector<Shelf> const& shelves, Least least) const {
        if (!limited_) return;
        Saves const saves = [&](OrderLine const& l) { return saves_minor(level_of(p, l.i, day), shelves[l.i].on_hand + shelves[l.i].on_order, l.quantity); };
        for (std::size_t k = 0; k < asked.size(); ++k)
            if (!asked[k].empty())
                if (auto const most = most_of_supplier(settings_, stock_, together_[k].supplier)) keep_most(stock_, asked[k], *most, saves);
        for (auto const& rule : settings_.places) {
            auto const here = place_of(stock_, rule);
            if (!here) continue;
            auto room = static_cast<double>(rule.most_units);
            for (auto const i : goods_)
                if (stock_.stored[i].place == *here) room -= shelves[i].on_hand + shelves[i].on_order;
            std::vector<std::vector<OrderLine>*> of_place;
            for (std::size_t k = 0; k < asked.size(); ++k)
                if (!asked[k].empty() && stock_.stored[together_[k].rows.front()].place == *here) of_place.push_back(&asked[k]);
            fill_place(stock_, of_place, room, saves);
        }
        if (!settings_.budget_minor) return;
        std::vector<Priced> priced;
        for (std::size_t k = 0; k < asked.size(); ++k) {
            auto const s = together_[k].supplier;
            priced.push_back({&asked[k], least == Least::asked && s < stock_.suppliers.size() ? stock_.suppliers[s].minimum_order_minor : 0, least == Least::asked ? order_cost(s) : 0});
        }
        spend(stock_, priced, static_cast<double>(*settings_.budget_minor), saves, [&](OrderLine const& l) { return static_cast<double>(unit_cost_minor(good(l.i).term, std::llround(l.quantity), std::llround(cost(l.i)))); });
    }

    // The naive rule orders on its next day what it could not order today.
    void still_wanted(std::span<OrderLine const> wished, std::span<OrderLine const> ordered) {
        auto const missing = not_ordered(wished, ordered);
        for (std::size_t n = 0; n < wished.size(); ++n) naive_[wished[n].i].sold += missing[n];
    }

    std::vector<OrderLine> by_plan(Contender const& p, Together const& t, Day day) const {
        auto const& lead = known_leads_[t.supplier];
        auto const now = order_day_of(settings_, stock_, t.supplier, lead, day, next_order_[t.supplier]);
        std::vector<Candidate> goods;
        auto any = false;
        for (auto const i : t.rows) {
            auto const& l = level_of(p, i, day);
            auto const& shelf = p.shelves[i];
            Candidate c{.good = &good(i), .level = &l, .ahead = &ahead_[i], .available = shelf.on_hand, .position = shelf.on_hand + shelf.on_order};
            if (now.next_order == day || l.every_day || (c.position <= l.policy.reorder_level && gone_before(now, c))) c.quantity = order_of(good(i), l, lead, ahead_[i], day, c.position).quantity;
            any = any || c.quantity > 0;
            goods.push_back(c);
        }
        if (!any) return {};
        auto const order = order_on(now, goods);
        std::vector<OrderLine> out;
        if (!order.waits) for (auto const& l : order.lines) out.push_back({t.rows[l.candidate], l.quantity});
        return out;
    }

    // What was sold since the order day before.
    std::vector<OrderLine> by_sales(Together const& t) {
        std::vector<OrderLine> out;
        for (auto const i : t.rows)
            if (auto const q = within_terms(good(i).term, naive_[i].sold); q > 0) naive_[i].sold -= q, out.push_back({i, q});
        return out;
    }

    // What a step of the price list takes off a unit.
    double lower_price(SupplyTerm const& term, double q) const {
        if (term.price_steps.empty()) return 0;
        return static_cast<double>(unit_cost_minor(term, 1, term.cost_minor) - unit_cost_minor(term, std::llround(q), term.cost_minor));
    }

    void place(Day day, Together const& t, std::span<OrderLine const> ordered, std::vector<Shelf>& shelves, RuleOutcome& out) const {
        if (ordered.empty()) return;
        auto const comes = day + std::max<Day>(1, lead(t.supplier, day));
        for (auto const& o : ordered) shelves[o.i].order(comes, o.quantity, o.quantity * lower_price(good(o.i).term, o.quantity));
        ++out.orders, out.lines += static_cast<double>(ordered.size());
        out.ordering_minor += order_cost(t.supplier) + static_cast<double>(ordered.size()) * static_cast<double>(*settings_.line_cost_minor);
    }

    double demand(std::size_t i, Day day) {
        if (options_.truth) if (auto const known = options_.truth(i, day); !std::isnan(known)) return known;
        auto const sold = stock_.stored[i].sold[static_cast<std::size_t>(day - stock_.first)];
        if (!std::isnan(sold)) return static_cast<double>(sold);
        auto random = random_.stream("demand", i * 10'000 + static_cast<std::size_t>(day - stock_.first));
        auto const& a = rates_[i];
        auto const at = static_cast<std::size_t>(std::max<Day>(0, day - a.first_day));
        auto const drawn = at < a.mean.size() ? static_cast<double>(random.poisson(static_cast<double>(a.mean[at]))) : 0;
        out_.drawn_units += drawn, drawn_[i] += drawn;
        if (day >= settled_from_[supplier(i)]) drawn_settled_[i] += drawn;
        return drawn;
    }

    void begin_day(Day day) {
        for (auto const i : goods_) {
            auto const& keeps = good(i).term.shelf_life_days;
            for (auto& p : plans_) p.out.expired_minor += p.shelves[i].begin_day(day, keeps) * cost(i);
            out_.naive.expired_minor += naive_[i].begin_day(day, keeps) * cost(i);
        }
    }

    void trade(Day day) {
        auto const t = static_cast<std::size_t>(day - options_.from);
        auto const sell = [&](std::size_t i, double asked, Shelf& shelf, RuleOutcome& out) {
            auto const served = shelf.serve(asked);
            out.asked += asked, out.served += served.units;
            if (day >= settled_from_[supplier(i)]) out.settled_asked += asked, out.settled_served += served.units;
            out.missed_minor += (asked - served.units) * margin(i), out.price_saved_minor += served.price_saved;
            out.stock_by_day[t] += shelf.on_hand * cost(i), out.asked_by_day[t] += asked, out.served_by_day[t] += served.units;
            out.holding_minor += shelf.on_hand * cost(i) * holding_share() / 365;
        };
        for (auto const i : goods_) {
            auto const asked = demand(i, day);
            promised_ += asked * level_of(plans_.front(), i, day).fill_target;
            for (auto& p : plans_) p.out.planned += asked * level_of(p, i, day).policy.fill_rate;
            for (auto& p : plans_) sell(i, asked, p.shelves[i], p.out);
            sell(i, asked, naive_[i], out_.naive);
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
                a.asked += asked, a.served += sold;
                if (day >= settled_from_[supplier(i)]) a.settled_asked += asked, a.settled_served += sold;
                a.asked_by_day[t] += asked, a.served_by_day[t] += sold, a.missed_minor += (asked - sold) * margin(i);
                a.stock_by_day[t] += here * cost(i), a.holding_minor += here * cost(i) * holding_share() / 365;
            }
            if (auto const lost = drawn_settled_.find(i); lost != drawn_settled_.end()) a.settled_asked += lost->second;
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
    bool const limited_ = settings_.budget_minor || !settings_.places.empty() || std::ranges::any_of(settings_.suppliers, [](SupplierRule const& r) { return r.most_units.has_value(); });
    Random random_;
    Replay out_;
    std::vector<std::size_t> goods_;
    std::vector<Together> together_;
    std::vector<DemandAhead> ahead_, rates_;
    std::vector<Contender> plans_;
    std::vector<LeadTime> known_leads_;
    std::vector<Day> next_order_, settled_from_;  // by supplier
    Day next_learning_ = 0, next_rates_ = 0, next_forests_ = 0;
    std::map<LevelRule, SeldomPools> pools_;
    std::map<std::size_t, HandSpan> spans_;  // that count before the next learning, by row
    std::vector<Shelf> naive_;
    std::map<std::size_t, double> drawn_, drawn_settled_;
    double promised_ = 0;
};

}  // namespace

Result<Replay> replay(ShopStock const& stock, SupplySettings const& settings, ReplayOptions const& options, Progress const& progress) { return Player(stock, settings, options, progress).play(); }

}  // namespace kindling::supply_module

#include "modules/supply/levels.h"
#include "core/parallel.h"
#include "engines/inventory/continuous_review.h"
#include "engines/inventory/order_quantity.h"
#include "modules/supply/classes.h"
#include "modules/supply/lead_demand.h"
#include "modules/supply/seasons.h"
#include "modules/supply/seldom.h"
#include "modules/supply/shared_promise.h"
#include "modules/supply/worth_keeping.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace kindling::supply_module {

namespace {

using namespace inventory;

constexpr std::size_t most_pooled_histories = 1500;

// How one good is to be ordered: what of it was chosen, and what it promises.
struct Form {
    Promised promised = {};
    OrderPolicy policy = OrderPolicy::by_cost;
    std::optional<double> reorder_level = {}, order_up_to = {}, quantity = {};
    Day last_day = 0;  // of a season
    bool as_promised = false;  // by people, or beside others for one promise: not lowered
    std::optional<double> aim = {};  // what it serves of a promise that is kept together
};

class Maker {
public:
    Maker(ShopStock const& stock, std::span<DemandAhead const> ahead, SupplySettings const& settings, LevelOptions const& options, Progress const& progress) : stock_(stock), ahead_(ahead), settings_(settings), options_(options), progress_(progress), end_(static_cast<std::size_t>(std::clamp<Day>(options.origin - stock.first, 0, static_cast<Day>(stock.days)))) {}

    Result<Levels> make() {
        prepare();
        if (options_.rule != LevelRule::moments) pool({});
        out_.of.resize(stock_.stored.size());
        std::vector<Result<Level>> asked(out_.of.size(), Level{});
        auto const each = [&](auto&& what) {
            parallel_for(options_.rows.empty() ? out_.of.size() : options_.rows.size(), [&](std::size_t k) { if (!progress_.stopped()) what(options_.rows.empty() ? k : options_.rows[k]); }, options_.threads);
        };
        each([&](std::size_t i) { asked[i] = asked_for(i, form_of(i)); });
        if (progress_.stopped()) return fail(Errc::unavailable, "cancelled", "The plan was cancelled.");
        // What people set does not serve what was shared out, so the others share without it; what the plan itself would do of it, it would do with all.
        auto const aims = options_.rows.empty() ? share(asked, Who::left_to_the_plan) : options_.aims;
        auto const with_all = options_.rows.empty() && !options_.by_hand.empty() ? share(asked, Who::all) : aims;
        each([&](std::size_t i) {
            auto form = form_of(i);
            auto const& of = options_.by_hand.contains(i) ? with_all : aims;
            if (auto const aim = of.find(i); aim != of.end()) form.aim = aim->second;
            // A good of a million million units a day is no reason to leave the shop without a plan.
            auto made = asked[i] ? level(i, form, *asked[i]) : asked[i];
            if (made) out_.of[i] = std::move(*made);
            else out_.of[i].failed = true;
        });
        if (progress_.stopped()) return fail(Errc::unavailable, "cancelled", "The plan was cancelled.");
        for (auto const& [i, hand] : options_.by_hand) {
            auto const& own = out_.own[i] = std::move(out_.of[i]);
            if (auto made = level(i, hand); made && !own.failed) made->own = own.policy, made->own_fixed = own.fixed, made->by_hand_until = hand.last_day, out_.of[i] = std::move(*made);
            else out_.of[i] = {}, out_.of[i].failed = true;
        }
        return std::move(out_);
    }

    Result<ComparedLevels> compare(std::size_t row, std::span<HandLevel const> hands) {
        prepare();
        if (options_.rule != LevelRule::moments && ahead_[row].seldom) pool(row);
        ComparedLevels out{.levels = {TRY(level(row))}, .lead = out_.lead(stock_.stored[row])};
        for (auto const& hand : hands) out.levels.push_back(TRY(level(row, hand)));
        return out;
    }

private:
    void prepare() {
        auto const relative = usual_relative_deviation(stock_.suppliers, options_.origin);
        for (auto const& s : stock_.suppliers) out_.leads.push_back(lead_time(s, settings_, options_.origin, relative, options_.past_orders));
        out_.leads.push_back(unknown_supplier(settings_, options_.origin));
        for (auto const& l : out_.leads) points_.push_back(lead_points(l));
        order_cycles();
        classes_ = classify(stock_, end_);
    }

    double order_cost(std::size_t supplier) const { return supply_module::order_cost(settings_, stock_, supplier); }
    double holding_share() const { return settings_.capital_cost_per_year + settings_.storage_share_per_year; }

    // How many lines an order has, and, for suppliers without order days where the owner leaves it open (0), how often to order: joint replenishment.
    void order_cycles() {
        std::vector<std::vector<JointGood>> goods(out_.leads.size());
        lines_.assign(out_.leads.size(), 1);
        for (std::size_t i = 0; i < stock_.stored.size(); ++i) {
            auto const& s = stock_.stored[i];
            auto const& g = stock_.goods[s.good];
            auto const rate = ahead_[i].mean.empty() ? 0 : static_cast<double>(ahead_[i].mean[0]);
            if (!g.on_sale || rate <= 0) continue;
            auto const supplier = out_.lead_number(s);
            goods[supplier].push_back({static_cast<double>(*settings_.line_cost_minor), std::max(1.0, g.cost) * holding_share() / 365, rate});
        }
        for (std::size_t l = 0; l < goods.size(); ++l) {
            auto& lead = out_.leads[l];
            if (lead.order_weekdays.empty() && lead.review_days == 0) {
                lead.review_days = 7;
                auto few = goods[l];
                std::ranges::sort(few, std::greater(), [](JointGood const& g) { return g.demand_rate * g.holding; });
                if (few.size() > 300) few.resize(300);
                if (!few.empty() && order_cost(l) > 0)
                    if (auto const joint = joint_replenishment(order_cost(l), few); joint && joint->base_cycle > 0) lead.review_days = std::clamp<std::int64_t>(std::llround(joint->base_cycle), 1, 28);
            }
            double lines = 0;
            for (auto const& g : goods[l]) lines += std::min(1.0, g.demand_rate * static_cast<double>(lead.review_days));
            lines_[l] = std::max(1.0, lines);
        }
    }

    // Of the lead times of all rows, or of one alone.
    void pool(std::optional<std::size_t> row) {
        std::vector<std::size_t> seldom;
        for (std::size_t i = 0; i < stock_.stored.size(); ++i) if (ahead_[i].seldom && stock_.stored[i].begun < end_) seldom.push_back(i);
        std::vector<std::vector<double>> histories;
        auto const step = std::max<std::size_t>(1, seldom.size() / most_pooled_histories);
        for (std::size_t k = 0; k < seldom.size(); k += step)
            if (auto y = known_days(stock_.stored[seldom[k]], end_); y.size() >= 28) histories.push_back(std::move(y));
        std::set<int> days;
        for (auto const i : seldom) {
            if (row && i != *row) continue;
            for (auto const watched : {false, true}) {
                if (watched && !row && !may_be_watched(i)) continue;
                auto const [wait, review] = wait_and_review(i, watched);
                for (auto const& p : points(i)) {
                    auto const lead = static_cast<int>(wait) + p.days;
                    days.insert(lead + static_cast<int>(review));
                    if (lead >= 1) days.insert(lead);
                }
            }
        }
        // Three lead times are three forests, which answer together: each may be smaller.
        auto const trees = std::ranges::any_of(points_, [](auto const& p) { return p.size() > 1; }) ? 8 : 20;
        std::vector<std::pair<int, std::optional<SeldomDemand>>> made;
        for (auto const d : days) if (!pools_.contains(d)) made.emplace_back(d, std::nullopt);
        parallel_for(made.size(), [&](std::size_t k) {
            if (auto learned = SeldomDemand::learn(options_.rule, histories, made[k].first, trees)) made[k].second = std::move(*learned);  // too little history: by moments then
        }, options_.threads);
        for (auto& [d, model] : made) pools_.emplace(d, std::move(model));
    }
    OrderPolicy usual_policy(Stored const& s) const {
        if (options_.policy) return *options_.policy;
        if (s.supplier == Stored::no_supplier) return OrderPolicy::by_cost;
        auto const rule = std::ranges::find(settings_.suppliers, stock_.suppliers[s.supplier].supplier_id, &SupplierRule::supplier_id);
        return rule == settings_.suppliers.end() || rule->policy == OrderPolicy::season ? OrderPolicy::by_cost : rule->policy;
    }
    // Whether one of its forms may be looked at every day.
    bool may_be_watched(std::size_t i) const {
        auto const hand = options_.by_hand.find(i);
        return usual_policy(stock_.stored[i]) == OrderPolicy::reorder_point || (hand != options_.by_hand.end() && hand->second.policy == OrderPolicy::reorder_point);
    }
    // Days of the lead time, and of the protection time, from today.
    std::pair<Day, Day> wait_and_review(std::size_t i, bool every_day) const {
        auto const& l = out_.lead(stock_.stored[i]);
        if (every_day) return {0, 1};
        return {options_.first_order == FirstOrder::origin ? 0 : l.next_order - options_.origin, l.after_next(l.next_order) - l.next_order};
    }
    std::vector<LeadPoint> const& points(std::size_t i) const { return points_[out_.lead_number(stock_.stored[i])]; }

    Form form_of(std::size_t i) const { return {.promised = promised(i), .policy = usual_policy(stock_.stored[i])}; }
    Result<Level> level(std::size_t i) const {
        auto form = form_of(i);
        if (auto const aim = options_.aims.find(i); aim != options_.aims.end()) form.aim = aim->second;
        return level(i, form);
    }

    enum class Who { all, left_to_the_plan };

    // Goods that promise the same fill rate keep it together. Of goods whose stock is not counted nothing is ordered: they share among themselves, and no counted good relies on them.
    std::map<std::size_t, double> share(std::vector<Result<Level>> const& asked, Who who) const {
        std::map<std::pair<double, bool>, std::vector<std::size_t>> by_promise;
        for (std::size_t i = 0; i < asked.size(); ++i) {
            if (who == Who::left_to_the_plan && options_.by_hand.contains(i)) continue;
            if (asked[i] && asked[i]->service == ServiceKind::fill_rate && asked[i]->form != OrderPolicy::season && stock_.goods[stock_.stored[i].good].on_sale && asked[i]->protection.mean() > asked[i]->lead.mean()) by_promise[{asked[i]->target, stock_.stored[i].counted}].push_back(i);
        }
        std::map<std::size_t, double> out;
        for (auto const& [promise, rows] : by_promise) {
            if (rows.size() < 2) continue;
            std::vector<SharingGood> goods;
            for (auto const i : rows) {
                auto const& l = *asked[i];
                auto const& g = stock_.goods[stock_.stored[i].good];
                auto const cost = std::max(1.0, g.cost);
                auto most = std::max(useful_units(ahead_[i], settings_, stock_.stored[i], l, end_).most, static_cast<double>(g.term.minimum_quantity));
                if (g.term.shelf_life_days)
                    if (auto const sells = sells_in_time(ahead_[i], *g.term.shelf_life_days, cost, g.price - cost)) most = std::min(most, *sells);
                goods.push_back({.lead = &l.lead, .protection = &l.protection, .holding = cost * holding_share() / 365 * l.review_days, .days = std::max(1.0, l.review_days), .most = most});
                if (ahead_[i].seldom) goods.back().worth = std::max(1.0, g.price - g.cost);
            }
            auto const aims = shared_aims(goods, promise.first, options_.threads);
            for (std::size_t k = 0; k < rows.size(); ++k) out[rows[k]] = aims[k];
        }
        return out;
    }
    Promised promised(std::size_t i) const { return promise(settings_, stock_.goods[stock_.stored[i].good].supplier_id, classes_.abc[i], classes_.xyz[i]); }

    Result<Level> level(std::size_t i, HandLevel const& hand) const {
        auto const usual = promised(i);
        Promised const target{hand.fill_rate.value_or(usual.share), hand.service.value_or(usual.service)};
        if (hand.policy != OrderPolicy::by_cost) {
            auto out = TRY(level(i, Form{.promised = target, .policy = hand.policy, .reorder_level = hand.reorder_level, .order_up_to = hand.order_up_to, .quantity = hand.quantity, .last_day = hand.last_day, .as_promised = true}));
            out.set_by_hand = hand.reorder_level || hand.order_up_to || hand.quantity;
            return out;
        }
        auto out = TRY(level(i, Form{.promised = target, .policy = usual_policy(stock_.stored[i]), .as_promised = true}));
        if (hand.reorder_level || hand.order_up_to) out.policy = TRY(set_levels(i, out, hand)), out.set_by_hand = true, out.every_day = false, out.form = OrderPolicy::by_cost;
        return out;
    }

    // What levels set by hand keep. A level that was left out keeps its distance to the other.
    Result<ReviewPolicy> set_levels(std::size_t i, Level const& out, HandLevel const& hand) const {
        auto const gap = std::max(1.0, out.policy.order_up_to - out.policy.reorder_level);
        auto const up_to = hand.order_up_to.value_or(hand.reorder_level.value_or(0) + gap);
        if (up_to <= 0) return ReviewPolicy{.reorder_level = -1, .order_up_to = 0, .fill_rate = 0, .cycle_service = 0};
        auto const& l = out_.lead(stock_.stored[i]);
        ReviewTerms const t{.review = TRY(review_demand(out)), .lead = out.lead, .protection = out.protection, .pack = 1, .minimum = 1, .most = {}, .fixed = out.fixed, .holding = std::max(1.0, out.cost) * holding_share() / 365 * static_cast<double>(l.after_next(l.next_order) - l.next_order), .target = out.target};
        return evaluate_review(t, ReviewKind::min_max, hand.reorder_level.value_or(std::max(-1.0, up_to - gap)), up_to);
    }

    // The policy of the form; what was not chosen of it is the cheapest that keeps the promise.
    Result<ReviewPolicy> policy_of(ReviewTerms t, Form const& f) const {
        auto const packs = [&](double units) { return std::max(1.0, std::ceil(std::max(units, t.minimum) / t.pack - 1e-9)) * t.pack; };
        switch (f.policy) {
        case OrderPolicy::by_cost:
        case OrderPolicy::season: break;
        case OrderPolicy::order_up_to:
            t.only = ReviewKind::base_stock, t.pack = t.minimum = 1;  // an order is rounded up to whole packs
            if (f.order_up_to) return evaluate_review(t, ReviewKind::base_stock, *f.order_up_to - 1, *f.order_up_to);
            break;
        case OrderPolicy::min_max:
            t.only = ReviewKind::min_max, t.pack = 1;
            if (f.reorder_level && f.order_up_to) return evaluate_review(t, ReviewKind::min_max, *f.reorder_level, *f.order_up_to);
            break;
        case OrderPolicy::fixed_quantity:
        case OrderPolicy::reorder_point:
            t.only = ReviewKind::lots;
            if (f.quantity) t.quantity = packs(*f.quantity);
            else if (f.policy == OrderPolicy::reorder_point) {
                auto const best = reorder_exact({.fixed = t.fixed, .holding = t.holding, .stockout = t.holding * t.target / (1 - t.target), .demand_rate = t.review.mean()}, t.lead);
                t.quantity = packs(best ? std::min(best->quantity, 1e6) : 1);  // nothing is asked for: one at a time
            }
            if (f.reorder_level) {
                auto const q = t.quantity ? *t.quantity : TRY(review_policy(t)).quantity;
                return evaluate_review(t, ReviewKind::lots, *f.reorder_level, *f.reorder_level + q);
            }
        }
        return review_policy(t);
    }

    // What is promised and asked for; no policy yet.
    Result<Level> asked_for(std::size_t i, Form form) const {
        auto const& s = stock_.stored[i];
        auto const& a = ahead_[i];
        auto const& l = out_.lead(s);
        Level out;
        // With order days, a reorder point is looked at on them.
        if (form.policy == OrderPolicy::reorder_point && !l.order_weekdays.empty()) form.policy = OrderPolicy::fixed_quantity;
        out.abc = classes_.abc[i], out.xyz = classes_.xyz[i], out.target = form.promised.share, out.service = form.promised.service, out.form = form.policy, out.every_day = form.policy == OrderPolicy::reorder_point;
        auto const [wait_days, days_between] = wait_and_review(i, out.every_day);
        auto const wait = static_cast<double>(wait_days), review = static_cast<double>(days_between);
        out.wait_days = wait, out.review_days = review;
        out.lead = TRY(lead_demand(a, l, wait)), out.protection = TRY(lead_demand(a, l, wait + review));
        if (a.seldom && options_.rule != LevelRule::moments && form.policy != OrderPolicy::season) TRY(from_pool(i, a.edit_factor(wait + l.mean), a.edit_factor(wait + l.mean + review), out));
        // Two models, or edits of some days that change them apart: no less is asked for over the whole of it than over its beginning.
        if (auto const whole = out.protection.mean(); out.lead.mean() > whole) out.lead = TRY(Demand::counts(whole, std::max(whole, std::min(out.lead.deviation() * out.lead.deviation(), out.protection.deviation() * out.protection.deviation()))));
        out.protection_days = wait + l.mean + review;
        out.daily = out.protection.mean() / std::max(1.0, out.protection_days);
        return out;
    }

    Result<Level> level(std::size_t i, Form const& form) const { return level(i, form, TRY(asked_for(i, form))); }

    Result<Level> level(std::size_t i, Form form, Level out) const {
        auto const& s = stock_.stored[i];
        auto const& g = stock_.goods[s.good];
        auto const& a = ahead_[i];
        auto const& l = out_.lead(s);
        form.policy = out.form;
        auto const review = out.review_days;
        out.aim = form.aim.value_or(out.target);
        auto const supplier = out_.lead_number(s);
        out.fixed = static_cast<double>(*settings_.line_cost_minor) + order_cost(supplier) / (out.every_day ? 1 : lines_[supplier]);
        // Base price first, then each step of the price list as a least order.
        auto const useful = useful_units(a, settings_, s, out, end_);
        std::optional<ReviewTerms> chosen;
        double best = std::numeric_limits<double>::infinity();
        auto steps = g.term.price_steps;
        steps.insert(steps.begin(), {1, std::llround(g.cost)});
        for (auto const& step : steps) {
            auto const cost = std::max(1.0, static_cast<double>(step.cost_minor)), margin = std::max(0.0, g.price - static_cast<double>(step.cost_minor));
            ReviewTerms t{.review = TRY(review_demand(out)), .lead = out.lead, .protection = out.protection, .pack = static_cast<double>(g.term.pack_size), .minimum = static_cast<double>(std::max(g.term.minimum_quantity, step.from_quantity)), .most = {}, .fixed = out.fixed, .holding = cost * holding_share() / 365 * review, .promise = promise_of(out), .target = out.aim, .missed = margin};
            if (!form.as_promised && step.from_quantity > 1 && static_cast<double>(step.from_quantity) > useful.most) continue;
            if (form.quantity && step.from_quantity > 1 && *form.quantity < static_cast<double>(step.from_quantity)) continue;
            bool aged = false;
            if (g.term.shelf_life_days) t.most = TRY(sells_in_time(a, *g.term.shelf_life_days, cost, margin)), aged = true;
            auto const policy = TRY(policy_of(t, form));
            auto const total = policy.cost + cost * (out.protection.mean() - out.lead.mean()) + (policy.limited ? 1e12 : 0);
            if (total >= best) continue;
            best = total, out.policy = policy, out.cost = static_cast<double>(step.cost_minor), out.margin = margin, out.limited = policy.limited, out.by_shelf_life = aged && policy.limited;
            out.holding_per_day = cost * holding_share() / 365, chosen = std::move(t);
        }
        out.fill_target = out.service == ServiceKind::fill_rate ? out.target : out.policy.fill_rate;
        if (chosen && !form.as_promised && form.policy != OrderPolicy::season) TRY(lower(*chosen, useful, a.seldom, out));
        if (form.policy == OrderPolicy::season) {
            auto const season = TRY(plan_season(g, out, l, a, settings_, options_.origin, form.last_day, 0));
            auto const first = season.steps.empty() ? SeasonStep{} : season.steps.front();
            ReviewTerms const t{.review = TRY(review_demand(out)), .lead = out.lead, .protection = out.protection, .pack = 1, .minimum = 1, .most = {}, .fixed = out.fixed, .holding = std::max(1.0, out.cost) * holding_share() / 365 * review, .target = out.target};
            out.policy = first.order_up_to > 0 ? TRY(evaluate_review(t, ReviewKind::min_max, first.reorder_level, first.order_up_to)) : ReviewPolicy{.reorder_level = -1, .order_up_to = 0, .fill_rate = 0, .cycle_service = 0};
            out.limited = false;
        }
        out.year_minor = out.policy.cost * 365 / review;
        if (has_terms(g.term)) {
            ReviewTerms const t{.review = TRY(review_demand(out)), .lead = out.lead, .protection = out.protection, .pack = 1, .minimum = 1, .most = {}, .fixed = 0, .holding = std::max(1.0, out.cost) * holding_share() / 365 * review, .promise = promise_of(out), .target = out.aim};
            out.just_enough = TRY(review_policy(t)).order_up_to;
            if (out.less != Less::no) out.just_enough = std::min(out.just_enough, out.policy.order_up_to);
        }
        return out;
    }

    // Where people expect something and the forecast nothing (no factor), theirs alone counts: by moments.
    Result<void> from_pool(std::size_t i, std::optional<double> edit_of_lead, std::optional<double> edit_of_protection, Level& out) const {
        if (!edit_of_lead || !edit_of_protection) return {};
        auto const [wait, review] = wait_and_review(i, out.every_day);
        auto const known = known_days(stock_.stored[i], end_);
        std::vector<Demand> of_lead, of_protection;
        std::vector<double> weights;
        LevelRule rule{};
        for (auto const& point : points(i)) {
            auto const lead = static_cast<int>(wait) + point.days, protection = lead + static_cast<int>(review);
            auto const found = pools_.find(protection);
            if (found == pools_.end() || !found->second) return {};
            auto const asked = TRY(found->second->of(known, found->second->smoothing()));
            if (!asked || asked->mean() <= 0) return {};
            // The mean over the lead time is its share of the whole: two models fitted apart need not agree on it.
            auto const want = asked->mean() * lead / protection;
            auto const early = pools_.find(lead);
            auto const shorter = early != pools_.end() && early->second ? TRY(early->second->of(known, found->second->smoothing())) : std::nullopt;
            auto part = shorter ? *shorter : TRY(Demand::counts(want, want));
            if (part.mean() > 0 && want > 0 && part.mean() >= asked->mean()) part = TRY(Demand::counts(want, std::max(want, part.deviation() * part.deviation())));
            of_lead.push_back(std::move(part)), of_protection.push_back(*asked), weights.push_back(point.weight), rule = found->second->rule();
        }
        out.lead = TRY(times(TRY(Demand::mixture(of_lead, weights)), *edit_of_lead)), out.protection = TRY(times(TRY(Demand::mixture(of_protection, weights)), *edit_of_protection)), out.together = rule;
        return {};
    }

    // Another mean with the same dispersion (variance = mean + D mean^2), as an edit of the forecast itself keeps it.
    static Result<Demand> times(Demand const& d, double factor) {
        if (factor == 1 || d.mean() <= 0) return d;
        auto const mean = d.mean() * factor, dispersion = std::max(0.0, d.deviation() * d.deviation() - d.mean()) / (d.mean() * d.mean());
        return Demand::counts(mean, mean + dispersion * mean * mean);
    }

    static Promise promise_of(Level const& l) { return l.service == ServiceKind::cycle_service ? Promise::cycle_service : Promise::fill_rate; }

    static Result<Demand> review_demand(Level const& l) {
        auto const mean = std::max(0.0, l.protection.mean() - l.lead.mean());
        auto const variance = l.protection.deviation() * l.protection.deviation() - l.lead.deviation() * l.lead.deviation();
        return Demand::counts(mean, std::max(mean, variance));
    }

    ShopStock const& stock_;
    std::span<DemandAhead const> ahead_;
    SupplySettings const& settings_;
    LevelOptions const& options_;
    Progress const& progress_;
    std::size_t end_;
    Levels out_;
    Classes classes_;
    std::vector<double> lines_;
    std::vector<std::vector<LeadPoint>> points_;  // of Levels::leads
    SeldomPools own_pools_;
    SeldomPools& pools_ = options_.pools ? *options_.pools : own_pools_;
};

}  // namespace

std::int64_t days_without_sale(Stored const& s, std::size_t end) {
    std::int64_t days = 0;
    for (auto t = end; t-- > s.begun;) {
        if (s.sold[t] > 0) return days;
        days += !std::isnan(s.sold[t]);
    }
    return 400;
}

Result<ComparedLevels> compare_levels(ShopStock const& stock, std::span<DemandAhead const> ahead, SupplySettings const& settings, LevelOptions const& options, std::size_t row, std::span<HandLevel const> hands, Progress const& progress) { return Maker(stock, ahead, settings, options, progress).compare(row, hands); }

Result<Levels> make_levels(ShopStock const& stock, std::span<DemandAhead const> ahead, SupplySettings const& settings, LevelOptions const& options, Progress const& progress) { return Maker(stock, ahead, settings, options, progress).make(); }

}  // namespace kindling::supply_module

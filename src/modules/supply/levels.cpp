#include "modules/supply/levels.h"
#include "core/parallel.h"
#include "engines/inventory/newsvendor.h"
#include "engines/inventory/order_quantity.h"
#include "modules/supply/seldom.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace kindling::supply_module {

namespace {

using namespace inventory;

constexpr std::size_t class_days = 180, most_pooled_histories = 1500;

struct Classes { std::vector<char> abc, xyz; };

Classes classify(ShopStock const& stock, std::size_t end) {
    auto const n = stock.stored.size();
    Classes c{std::vector<char>(n, 'C'), std::vector<char>(n, 'Z')};
    std::vector<double> revenue(n);
    auto const from = end > class_days ? end - class_days : 0;
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) {
        auto const& s = stock.stored[i];
        double week = 0, sum = 0, squares = 0, weeks = 0;
        std::size_t known = 0;
        for (auto t = std::max(from, s.begun); t < end; ++t) {
            auto const v = s.sold[t];
            if (std::isnan(v)) continue;
            revenue[i] += static_cast<double>(v) * stock.goods[s.good].price, week += static_cast<double>(v);
            if (++known % 7 == 0) sum += week, squares += week * week, ++weeks, week = 0;
        }
        total += revenue[i];
        if (weeks < 4 || sum <= 0) continue;
        auto const mean = sum / weeks, cv = std::sqrt(std::max(0.0, squares / weeks - mean * mean)) / mean;
        c.xyz[i] = cv < 0.5 ? 'X' : cv < 1 ? 'Y' : 'Z';
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return revenue[i]; });
    double sum = 0;
    for (auto const i : order) {
        c.abc[i] = sum < 0.8 * total ? 'A' : sum < 0.95 * total ? 'B' : 'C';
        if (revenue[i] <= 0) c.abc[i] = 'C';
        sum += revenue[i];
    }
    return c;
}

double promise(SupplySettings const& s, char abc, char xyz) {
    for (auto const& t : s.targets)
        if ((t.abc.empty() || t.abc[0] == abc) && (t.xyz.empty() || t.xyz[0] == xyz)) return t.fill_rate;
    return 0.95;
}

// No day counts for more when goods learn from each other: five times the ninth tenth of the days that sold, ten times the middle one of fewer than ten. One wholesale order sets no shop's stock.
double greatest_day(std::span<double const> days) {
    std::vector<double> sold;
    for (auto const v : days) if (v > 0) sold.push_back(v);
    if (sold.empty()) return 0;
    auto const at = sold.begin() + static_cast<std::ptrdiff_t>(sold.size() < 10 ? (sold.size() - 1) / 2 : sold.size() * 9 / 10);
    std::ranges::nth_element(sold, at);
    return sold.size() < 10 ? 10 * *at : 5 * *at + 5;
}

std::vector<double> known_days(Stored const& s, std::size_t end) {
    std::vector<double> y;
    for (auto t = s.begun; t < end; ++t) if (!std::isnan(s.sold[t])) y.push_back(static_cast<double>(s.sold[t]));
    auto const most = greatest_day(y);
    for (auto& v : y) v = std::min(v, most);
    return y;
}

class Maker {
public:
    Maker(ShopStock const& stock, std::span<DemandAhead const> ahead, SupplySettings const& settings, LevelOptions const& options, Progress const& progress) : stock_(stock), ahead_(ahead), settings_(settings), options_(options), progress_(progress), end_(static_cast<std::size_t>(std::clamp<Day>(options.origin - stock.first, 0, static_cast<Day>(stock.days)))) {}

    Result<Levels> make() {
        auto const relative = usual_relative_deviation(stock_.suppliers, options_.origin);
        for (auto const& s : stock_.suppliers) out_.leads.push_back(lead_time(s, settings_, options_.origin, relative));
        out_.leads.push_back(unknown_supplier(settings_, options_.origin));
        order_cycles();
        classes_ = classify(stock_, end_);
        if (options_.rule != LevelRule::moments) pool();
        out_.of.resize(stock_.stored.size());
        parallel_for(out_.of.size(), [&](std::size_t i) {
            if (progress_.stopped()) return;
            // A good of a million million units a day is no reason to leave the shop without a plan.
            if (auto made = level(i); made) out_.of[i] = std::move(*made);
            else out_.of[i].failed = true;
        }, options_.threads);
        if (progress_.stopped()) return fail(Errc::unavailable, "cancelled", "The plan was cancelled.");
        return std::move(out_);
    }

private:
    double order_cost(std::size_t supplier) const {
        if (supplier < stock_.suppliers.size())
            if (auto const rule = std::ranges::find(settings_.suppliers, stock_.suppliers[supplier].supplier_id, &SupplierRule::supplier_id); rule != settings_.suppliers.end() && rule->order_cost_minor) return static_cast<double>(*rule->order_cost_minor);
        return static_cast<double>(*settings_.order_cost_minor);
    }
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
            auto const supplier = s.supplier == Stored::no_supplier ? out_.leads.size() - 1 : s.supplier;
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

    void pool() {
        std::vector<std::size_t> seldom;
        for (std::size_t i = 0; i < stock_.stored.size(); ++i) if (ahead_[i].seldom && stock_.stored[i].begun < end_) seldom.push_back(i);
        std::vector<std::vector<double>> histories;
        auto const step = std::max<std::size_t>(1, seldom.size() / most_pooled_histories);
        for (std::size_t k = 0; k < seldom.size(); k += step)
            if (auto y = known_days(stock_.stored[seldom[k]], end_); y.size() >= 28) histories.push_back(std::move(y));
        std::set<int> days;
        for (auto const i : seldom) {
            auto const [lead, protection] = pooled_days(i);
            days.insert(protection);
            if (lead >= 1) days.insert(lead);
        }
        std::vector<std::pair<int, std::optional<SeldomDemand>>> made;
        for (auto const d : days) made.emplace_back(d, std::nullopt);
        parallel_for(made.size(), [&](std::size_t k) {
            if (auto learned = SeldomDemand::learn(options_.rule, histories, made[k].first)) made[k].second = std::move(*learned);  // too little history: by moments then
        }, options_.threads);
        for (auto& [d, model] : made) pools_.emplace(d, std::move(model));
    }
    std::pair<int, int> pooled_days(std::size_t i) const {
        auto const& l = out_.lead(stock_.stored[i]);
        auto const wait = l.next_order - options_.origin, review = l.after_next(l.next_order) - l.next_order;
        auto const lead = static_cast<int>(std::ceil(wait + l.mean));
        return {lead, lead + static_cast<int>(review)};
    }

    // Demand of `extra` days and a lead time.
    Result<Demand> over_lead(DemandAhead const& a, LeadTime const& l, double extra) const {
        double mean = 0, square = 0, variance = 0;
        for (std::size_t d = 0; d < l.weights.size(); ++d) {
            auto const w = l.weights[d];
            if (w < 1e-5) continue;
            auto const h = static_cast<double>(d) + extra, sum = a.sum(h);
            mean += w * sum, square += w * sum * sum, variance += w * a.variance(h);
        }
        return Demand::counts(mean, variance + std::max(0.0, square - mean * mean));
    }

    Result<Level> level(std::size_t i) const {
        auto out = TRY(level(i, promise(settings_, classes_.abc[i], classes_.xyz[i])));
        auto const hand = options_.by_hand.find(i);
        if (hand == options_.by_hand.end()) return out;
        auto const own = out.policy;
        if (hand->second.fill_rate) out = TRY(level(i, *hand->second.fill_rate));
        else out.policy = TRY(set_levels(i, out, hand->second)), out.set_by_hand = true;
        out.own = own, out.by_hand_until = hand->second.last_day;
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

    Result<Level> level(std::size_t i, double target) const {
        auto const& s = stock_.stored[i];
        auto const& g = stock_.goods[s.good];
        auto const& a = ahead_[i];
        auto const& l = out_.lead(s);
        Level out;
        out.abc = classes_.abc[i], out.xyz = classes_.xyz[i], out.target = target;
        auto const wait = static_cast<double>(l.next_order - options_.origin), review = static_cast<double>(l.after_next(l.next_order) - l.next_order);
        out.lead = TRY(over_lead(a, l, wait)), out.protection = TRY(over_lead(a, l, wait + review));
        if (a.seldom && options_.rule != LevelRule::moments) TRY(from_pool(i, a.edit_factor(wait + l.mean), a.edit_factor(wait + l.mean + review), out));
        out.daily = out.protection.mean() / std::max(1.0, wait + l.mean + review);
        auto const supplier = s.supplier == Stored::no_supplier ? out_.leads.size() - 1 : s.supplier;
        // Base price first, then each step of the price list as a least order.
        double best = std::numeric_limits<double>::infinity();
        auto steps = g.term.price_steps;
        steps.insert(steps.begin(), {1, std::llround(g.cost)});
        for (auto const& step : steps) {
            auto const cost = std::max(1.0, static_cast<double>(step.cost_minor));
            ReviewTerms t{.review = TRY(review_demand(out)), .lead = out.lead, .protection = out.protection, .pack = static_cast<double>(g.term.pack_size), .minimum = static_cast<double>(std::max(g.term.minimum_quantity, step.from_quantity)), .most = {}, .fixed = static_cast<double>(*settings_.line_cost_minor) + order_cost(supplier) / lines_[supplier], .holding = cost * holding_share() / 365 * review, .target = out.target};
            auto const margin = std::max(0.0, g.price - static_cast<double>(step.cost_minor));
            bool aged = false;
            if (g.term.shelf_life_days) {
                auto const life = static_cast<double>(*g.term.shelf_life_days);
                t.most = std::floor(TRY(newsvendor({cost, std::max(1.0, margin)}, TRY(Demand::counts(a.sum(life), a.variance(life))))).level), aged = true;
            }
            auto const policy = TRY(review_policy(t));
            auto const total = policy.cost + cost * (out.protection.mean() - out.lead.mean()) + (policy.limited ? 1e12 : 0);
            if (total >= best) continue;
            best = total, out.policy = policy, out.cost = static_cast<double>(step.cost_minor), out.margin = margin, out.limited = policy.limited, out.by_shelf_life = aged && policy.limited;
            out.holding_per_day = cost * holding_share() / 365;
        }
        out.fixed = static_cast<double>(*settings_.line_cost_minor) + order_cost(supplier) / lines_[supplier];
        if (has_terms(g.term)) {
            ReviewTerms const t{.review = TRY(review_demand(out)), .lead = out.lead, .protection = out.protection, .pack = 1, .minimum = 1, .most = {}, .fixed = 0, .holding = std::max(1.0, out.cost) * holding_share() / 365 * review, .target = out.target};
            out.just_enough = TRY(review_policy(t)).order_up_to;
        }
        return out;
    }

    // Where people expect something and the forecast nothing (no factor), theirs alone counts: by moments.
    Result<void> from_pool(std::size_t i, std::optional<double> edit_of_lead, std::optional<double> edit_of_protection, Level& out) const {
        if (!edit_of_lead || !edit_of_protection) return {};
        auto const [lead, protection] = pooled_days(i);
        auto const found = pools_.find(protection);
        if (found == pools_.end() || !found->second) return {};
        auto const known = known_days(stock_.stored[i], end_);
        auto const asked = TRY(found->second->of(known, found->second->smoothing()));
        if (!asked || asked->mean() <= 0) return {};
        auto const& whole = *asked;
        // The mean over the lead time is its share of the whole: two models fitted apart need not agree on it.
        auto const want = whole.mean() * lead / protection;
        auto const early = pools_.find(lead);
        auto const of_lead = early != pools_.end() && early->second ? TRY(early->second->of(known, found->second->smoothing())) : std::nullopt;
        auto part = of_lead ? *of_lead : TRY(Demand::counts(want, want));
        if (part.mean() > 0 && want > 0 && part.mean() >= whole.mean()) part = TRY(Demand::counts(want, std::max(want, part.deviation() * part.deviation())));
        out.lead = TRY(times(part, *edit_of_lead)), out.protection = TRY(times(whole, *edit_of_protection)), out.together = found->second->rule();
        return {};
    }

    // Another mean with the same dispersion (variance = mean + D mean^2), as an edit of the forecast itself keeps it.
    static Result<Demand> times(Demand const& d, double factor) {
        if (factor == 1 || d.mean() <= 0) return d;
        auto const mean = d.mean() * factor, dispersion = std::max(0.0, d.deviation() * d.deviation() - d.mean()) / (d.mean() * d.mean());
        return Demand::counts(mean, mean + dispersion * mean * mean);
    }

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
    std::map<int, std::optional<SeldomDemand>> pools_;
};

}  // namespace

Result<Levels> make_levels(ShopStock const& stock, std::span<DemandAhead const> ahead, SupplySettings const& settings, LevelOptions const& options, Progress const& progress) { return Maker(stock, ahead, settings, options, progress).make(); }

}  // namespace kindling::supply_module

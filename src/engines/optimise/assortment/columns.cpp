// engines/optimise/assortment/columns.cpp -- branch and price: column generation over whole assortments of a set.
#include "engines/optimise/assortment/plan.h"
#include "engines/optimise/assortment/problem.h"
#include "engines/optimise/assortment/solver.h"
#include <algorithm>
#include <optional>
#include <limits>
#include <set>

namespace kindling::assortment {

namespace {

struct Column {
    std::size_t set = 0;
    Choice choice;
    double profit = 0;
    Uses use = {};
};

// One node of the search: the problem with some goods required or taken away.
class Columns {
public:
    Columns(Problem const& problem, Settings const& settings, Progress const& progress) : problem_(problem), settings_(settings), progress_(progress) {
        for (auto const limit : problem.limits) scale_.push_back(std::isfinite(limit) && limit > 0 ? limit : 1);
    }

    // `pool`: columns that others found; those that fit here are taken over.
    Result<Plan> run(std::vector<Column> const& pool) {
        known_.resize(problem_.sets.size());
        std::vector<Choice> start;
        for (std::size_t s = 0; s < problem_.sets.size(); ++s) {
            auto best = price_set(problem_.sets[s], {}, 0.001, 400);
            money_ = std::max(money_, std::abs(best.value));
            start.push_back(std::move(best.choice));
        }
        for (std::size_t k = 0; k < problem_.limits.size(); ++k) rows_.push_back(master_.add_row(-unbounded, std::isfinite(problem_.limits[k]) ? problem_.limits[k] / scale_[k] : unbounded));
        for (std::size_t s = 0; s < problem_.sets.size(); ++s) sets_.push_back(master_.add_row(1, 1));
        // More of a limit can be had at a price that nothing is worth: what still buys it shows that the limits cannot be kept.
        for (std::size_t k = 0; k < problem_.limits.size(); ++k) beyond_.push_back(master_.add_column(-penalty, 0, unbounded, {{rows_[k], -1}}));
        for (std::size_t s = 0; s < problem_.sets.size(); ++s) {
            add(s, start[s]);
            Choice least(problem_.sets[s].items.size(), -1);
            for (std::size_t i = 0; i < least.size(); ++i) if (problem_.sets[s].items[i].required) least[i] = smallest_use(problem_.sets[s].items[i]);
            add(s, least);
        }
        for (auto const& c : pool) if (fits(c)) add(c.set, c.choice);
        TRY(generate());
        return choose();
    }

    std::vector<Column> const& columns() const { return columns_; }
    // The good that the linear programme is least sure about.
    std::optional<std::pair<std::size_t, std::size_t>> undecided() const { return undecided_; }

private:
    static constexpr double penalty = 1e4;

    int smallest_use(Item const& item) const {
        auto const use = [&](Option const& o) { double sum = 0; for (std::size_t k = 0; k < problem_.limits.size(); ++k) sum += o.fixed_use[k] / scale_[k]; return sum; };
        return static_cast<int>(std::ranges::min_element(item.options, {}, use) - item.options.begin());
    }

    bool fits(Column const& c) const {
        auto const& items = problem_.sets[c.set].items;
        for (std::size_t i = 0; i < items.size(); ++i) if (c.choice[i] < 0 ? items[i].required : items[i].options.empty()) return false;
        return true;
    }

    bool add(std::size_t s, Choice const& choice) {
        if (!known_[s].insert(choice).second) return false;
        auto const o = outcome(problem_.sets[s], choice);
        std::vector<Entry> entries{{sets_[s], 1}};
        for (std::size_t k = 0; k < problem_.limits.size(); ++k) if (o.use[k] != 0) entries.push_back({rows_[k], o.use[k] / scale_[k]});
        master_.add_column(o.profit / money_, 0, unbounded, entries, true);
        columns_.push_back({s, choice, o.profit, o.use});
        return true;
    }

    Result<void> generate() {
        bound_ = std::numeric_limits<double>::infinity();
        auto tolerance = 0.004;
        for (int round = 0; round < settings_.most_rounds; ++round) {
            if (progress_.stopped()) return fail(Errc::unavailable, "cancelled", "The plan was cancelled.");
            auto const lp = TRY(master_.linear());
            Uses prices = {};
            double total = 0;
            for (std::size_t k = 0; k < problem_.limits.size(); ++k) {
                prices[k] = std::max(0.0, lp.dual[static_cast<std::size_t>(rows_[k])]) * money_ / scale_[k];
                if (std::isfinite(problem_.limits[k])) total += prices[k] * problem_.limits[k];
            }
            bool more = false;
            for (std::size_t s = 0; s < problem_.sets.size(); ++s) {
                auto priced = price_set(problem_.sets[s], prices, tolerance, 1500);
                total += priced.bound;
                if (priced.value > lp.dual[static_cast<std::size_t>(sets_[s])] * money_ + 1e-7 * money_ && add(s, priced.choice)) more = true;
            }
            bound_ = std::min(bound_, total);
            progress_(round + 1, settings_.most_rounds, "weighing assortments");
            auto const near = bound_ - lp.value * money_ <= 0.3 * settings_.gap * std::abs(bound_);
            if ((near || !more) && tolerance <= 0.25 * settings_.gap) break;
            tolerance = near || !more ? 0.2 * settings_.gap : std::max(tolerance / 2, 0.2 * settings_.gap);
        }
        return {};
    }

    Result<Plan> choose() {
        auto const lp = TRY(master_.linear());
        for (auto const b : beyond_) if (lp.x[static_cast<std::size_t>(b)] > 1e-6) return too_tight();
        look_for_doubt(lp.x);
        Plan plan;
        plan.bound = bound_;
        for (std::size_t k = 0; k < problem_.limits.size(); ++k) plan.dual_price.push_back(std::max(0.0, lp.dual[static_cast<std::size_t>(rows_[k])]) * money_ / scale_[k]);
        auto const best = master_.integer(0.1 * settings_.gap, settings_.most_seconds);
        if (!best) return best.error().reason == "infeasible" ? too_tight() : std::unexpected(best.error());
        for (auto const b : beyond_) if (best->x[static_cast<std::size_t>(b)] > 1e-6) return plan;  // no choice of these columns: `chosen` stays empty
        for (auto const& set : problem_.sets) plan.chosen.emplace_back(set.items.size(), -1);
        for (std::size_t c = 0; c < columns_.size(); ++c) if (best->x[c + beyond_.size()] > 0.5) plan.chosen[columns_[c].set] = columns_[c].choice;
        TRY(finish(problem_, plan));
        return plan;
    }

    void look_for_doubt(std::vector<double> const& x) {
        double most = 0.01;
        for (std::size_t s = 0; s < problem_.sets.size(); ++s) {
            std::vector<double> on(problem_.sets[s].items.size());
            for (std::size_t c = 0; c < columns_.size(); ++c)
                if (auto const part = x[c + beyond_.size()]; columns_[c].set == s && part > 0)
                    for (std::size_t i = 0; i < on.size(); ++i) if (columns_[c].choice[i] >= 0) on[i] += part;
            for (std::size_t i = 0; i < on.size(); ++i)
                if (auto const doubt = std::min(on[i], 1 - on[i]); doubt > most) most = doubt, undecided_ = std::pair(s, i);
        }
    }

    Problem const& problem_;
    Settings const& settings_;
    Progress const& progress_;
    Programme master_;
    std::vector<double> scale_;
    std::vector<int> rows_, sets_, beyond_;
    std::vector<std::set<Choice>> known_;
    std::vector<Column> columns_;
    std::optional<std::pair<std::size_t, std::size_t>> undecided_;
    double money_ = 1, bound_ = 0;
};

}  // namespace

// Branch and price: the node with the highest bound next, split by the good of which the linear programme is least sure.
Result<Plan> by_columns(Problem const& problem, Settings const& settings, Progress const& progress) {
    struct Node { double bound; Problem problem; std::size_t set, item; };
    std::vector<Node> open;
    std::vector<Column> pool;
    Plan best;
    bool any = false;
    double proven = -std::numeric_limits<double>::infinity();  // of nodes that are not split any further
    auto const look = [&](Problem const& p, double above) -> Result<void> {
        Columns columns(p, settings, progress);
        auto const plan = columns.run(pool);
        pool = columns.columns();
        if (!plan) return plan.error().reason == "limits_too_tight" ? Result<void>() : std::unexpected(plan.error());
        if (best.dual_price.empty()) best.dual_price = plan->dual_price;  // of the whole problem
        if (!plan->chosen.empty() && (!any || plan->profit > best.profit)) best.chosen = plan->chosen, best.profit = plan->profit, best.used = plan->used, any = true;
        auto const bound = std::min(above, plan->bound);
        if (auto const doubt = columns.undecided()) open.push_back({bound, p, doubt->first, doubt->second});
        else proven = std::max(proven, bound);
        return {};
    };
    TRY(look(problem, std::numeric_limits<double>::infinity()));
    auto const enough = [&](double bound) { return any && bound <= best.profit + settings.gap * std::abs(bound); };
    for (int node = 0; node < settings.most_nodes && !open.empty(); node += 2) {
        auto const top = std::ranges::max_element(open, {}, &Node::bound);
        if (enough(std::max(top->bound, proven))) break;
        auto const split = std::move(*top);
        open.erase(top);
        auto without = split.problem, with = split.problem;
        without.sets[split.set].items[split.item] = {}, with.sets[split.set].items[split.item].required = true;
        if (!split.problem.sets[split.set].items[split.item].required) TRY(look(without, split.bound));
        TRY(look(with, split.bound));
    }
    if (!any) return too_tight();
    best.bound = std::max(proven, best.profit);
    for (auto const& node : open) best.bound = std::max(best.bound, node.bound);
    best.columns = pool.size();
    return best;
}

}  // namespace kindling::assortment

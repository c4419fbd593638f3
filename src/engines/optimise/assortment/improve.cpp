// engines/optimise/assortment/improve.cpp -- a choice made better within the limits: single changes, then ruin and recreate.
//
// Ruin and recreate (Schrimpf et al. 2000): a few goods are taken out and the room is filled again greedily, by profit or by profit for each
// part of a limit; kept when better. It crosses what single changes cannot, where a limit is used up by few goods. Deterministic: its random
// numbers have a fixed seed. Large problems get single changes only: there the linear programme leaves next to nothing.
#include "core/random.h"
#include "engines/optimise/assortment/problem.h"
#include <limits>
#include <optional>
#include <tuple>

namespace kindling::assortment {

namespace {

constexpr std::size_t small_problem = 150;  // goods
constexpr int rounds = 150;

class Improve {
public:
    Improve(Problem const& problem, std::vector<Choice> chosen) : problem_(problem), chosen_(std::move(chosen)) {
        for (std::size_t s = 0; s < problem.sets.size(); ++s) {
            now_.push_back(outcome(problem.sets[s], chosen_[s]));
            for (std::size_t i = 0; i < problem.sets[s].items.size(); ++i) if (!problem.sets[s].items[i].options.empty()) goods_.emplace_back(s, i);
        }
        count();
    }

    // Takes out the least valuable until the limits hold; false when what is required does not fit.
    bool fit() {
        while (!within(problem_, used_)) {
            double least = std::numeric_limits<double>::infinity();
            std::pair<std::size_t, std::size_t> at;
            for (auto const& [s, i] : goods_)
                if (chosen_[s][i] >= 0 && !problem_.sets[s].items[i].required)
                    if (auto const lost = now_[s].profit - change(s, i, -1).profit; lost < least) least = lost, at = {s, i};
            if (!std::isfinite(least)) return false;
            set(at.first, at.second, -1);
        }
        return true;
    }

    void single_changes() {
        bool helped = true;
        for (int pass = 0; pass < 4 && helped; ++pass) {
            helped = false;
            for (auto const& [s, i] : goods_)
                for (int option = problem_.sets[s].items[i].required ? 0 : -1; option < static_cast<int>(problem_.sets[s].items[i].options.size()); ++option) {
                    if (option == chosen_[s][i]) continue;
                    auto const next = change(s, i, option);
                    if (next.profit > now_[s].profit + 1e-7 * std::abs(now_[s].profit) && within(problem_, after(s, next))) set(s, i, option), helped = true;
                }
        }
    }

    void ruin_and_recreate() {
        if (goods_.size() > small_problem) return;
        Random random(20141);
        for (int round = 0; round < rounds; ++round) {
            auto const before = std::tuple(chosen_, now_, used_);
            auto const value = profit();
            std::vector<std::pair<std::size_t, std::size_t>> on;
            for (auto const& [s, i] : goods_) if (chosen_[s][i] >= 0 && !problem_.sets[s].items[i].required) on.emplace_back(s, i);
            if (on.empty()) return;
            random.shuffle(on);
            auto const out = std::min(on.size(), static_cast<std::size_t>(random.between(1, 4)));
            for (std::size_t k = 0; k < out; ++k) set(on[k].first, on[k].second, -1);
            auto const banned = random.chance(0.7) ? std::optional(on[0]) : std::nullopt;
            fill(banned, random.chance(0.5));
            // What is taken out sends its buyers to others, so that even with less on sale a limit can be passed.
            if (!within(problem_, used_) || profit() <= value + 1e-9 * std::abs(value)) std::tie(chosen_, now_, used_) = before;
        }
        single_changes();
    }

    void write(Plan& plan) const { plan.chosen = chosen_, plan.used = used_, plan.profit = profit(); }

private:
    void fill(std::optional<std::pair<std::size_t, std::size_t>> banned, bool by_room) {
        for (;;) {
            double most = 0;
            std::tuple<std::size_t, std::size_t, int> best;
            for (auto const& [s, i] : goods_) {
                if (banned == std::pair(s, i)) continue;
                for (int option = 0; option < static_cast<int>(problem_.sets[s].items[i].options.size()); ++option) {
                    if (option == chosen_[s][i]) continue;
                    auto const next = change(s, i, option);
                    auto gained = next.profit - now_[s].profit;
                    if (gained <= 1e-7 * std::abs(now_[s].profit) + 1e-9 || !within(problem_, after(s, next))) continue;
                    if (by_room) {
                        double room = 1e-3;
                        for (std::size_t k = 0; k < used_.size(); ++k) if (problem_.limits[k] > 0 && std::isfinite(problem_.limits[k])) room += std::max(0.0, next.use[k] - now_[s].use[k]) / problem_.limits[k];
                        gained /= room;
                    }
                    if (gained > most) most = gained, best = {s, i, option};
                }
            }
            if (most <= 0) return;
            set(std::get<0>(best), std::get<1>(best), std::get<2>(best));
        }
    }

    Outcome change(std::size_t s, std::size_t i, int option) {
        auto const was = chosen_[s][i];
        chosen_[s][i] = option;
        auto next = outcome(problem_.sets[s], chosen_[s]);
        chosen_[s][i] = was;
        return next;
    }
    std::vector<double> after(std::size_t s, Outcome const& next) const {
        auto used = used_;
        for (std::size_t k = 0; k < used.size(); ++k) used[k] += next.use[k] - now_[s].use[k];
        return used;
    }
    void set(std::size_t s, std::size_t i, int option) {
        chosen_[s][i] = option;
        now_[s] = outcome(problem_.sets[s], chosen_[s]);
        count();
    }
    void count() {
        used_.assign(problem_.limits.size(), 0);
        for (auto const& o : now_) for (std::size_t k = 0; k < used_.size(); ++k) used_[k] += o.use[k];
    }
    double profit() const {
        double sum = 0;
        for (auto const& o : now_) sum += o.profit;
        return sum;
    }

    Problem const& problem_;
    std::vector<Choice> chosen_;
    std::vector<Outcome> now_;
    std::vector<double> used_;
    std::vector<std::pair<std::size_t, std::size_t>> goods_;
};

}  // namespace

bool within(Problem const& problem, std::vector<double> const& used) {
    for (std::size_t k = 0; k < problem.limits.size(); ++k) if (used[k] > problem.limits[k] * (1 + 1e-9) + 1e-9) return false;
    return true;
}

Result<void> finish(Problem const& problem, Plan& plan) {
    Improve improve(problem, plan.chosen);
    if (!improve.fit()) return too_tight();
    improve.single_changes();
    improve.ruin_and_recreate();
    improve.write(plan);
    return {};
}

}  // namespace kindling::assortment

#include "modules/forecast/gaps.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace kindling::forecast {

void Gaps::settle() {
    std::ranges::sort(closed), std::ranges::sort(open);
    hazards.clear();
    double sum = 0;
    for (std::size_t i = 0; i < closed.size(); ++i) {
        sum += 1 / (static_cast<double>(closed.size() - i) + static_cast<double>(open.end() - std::ranges::lower_bound(open, closed[i])));
        hazards.push_back(sum);
    }
}

double Gaps::chance(std::int32_t since, std::int32_t days, double usual) const {
    auto const lasted = [&](std::vector<std::int32_t> const& v, std::int32_t at) { return static_cast<double>(v.end() - std::ranges::upper_bound(v, at)); };
    // Open spells that were not watched for so long say nothing of the days after: half of their watching counts, as actuaries do.
    auto const at_risk = lasted(closed, since) + 0.5 * (lasted(open, since) + lasted(open, since + days));
    auto const ended = lasted(closed, since) - lasted(closed, since + days);
    constexpr double drawn = 4;
    return std::clamp((ended + drawn * usual) / (at_risk + drawn), 0.0, 1.0);
}

double Gaps::hazard(std::int32_t days) const {
    auto const ended = std::ranges::upper_bound(closed, days) - closed.begin();
    return ended > 0 ? hazards[static_cast<std::size_t>(ended) - 1] : 0;
}

double Gaps::mean() const {
    double sum = 0;
    for (auto const g : closed) sum += g;
    return closed.empty() ? 0 : sum / static_cast<double>(closed.size());
}

Gaps gaps_of(Purchases const& all, std::int32_t category, Day as_of) {
    Gaps out;
    for (auto const& [_, of] : all.of) {
        auto const found = of.find(category);
        if (found == of.end()) continue;
        Day before = 0;
        bool any = false;
        for (auto const d : found->second) {
            if (d >= as_of) break;
            if (any) out.closed.push_back(d - before);
            before = d, any = true;
        }
        if (any) out.open.push_back(as_of - before);
    }
    out.settle();
    return out;
}

std::vector<std::pair<std::int32_t, double>> chances(std::map<std::int32_t, Gaps> const& gaps, std::map<std::int32_t, std::vector<Day>> const& own, Day as_of, std::int32_t days, double habit) {
    std::vector<std::pair<std::int32_t, double>> out;
    auto known_since = as_of;
    for (auto const& [_, bought] : own) if (!bought.empty()) known_since = std::min(known_since, bought.front());
    for (auto const& [category, bought] : own) {
        auto const g = gaps.find(category);
        std::vector<Day> past;
        for (auto const d : bought) if (d < as_of) past.push_back(d);
        if (past.empty() || g == gaps.end()) continue;
        auto const mean = g->second.mean();
        // How fast they are beside others: purchases that came against those that others would have made in the same spells, the open one among them, drawn to one
        // as by two purchases more (a frailty that all spells of a person share, gamma distributed).
        auto expected = g->second.hazard(as_of - past.back());
        for (std::size_t i = 1; i < past.size(); ++i) expected += g->second.hazard(past[i] - past[i - 1]);
        constexpr double drawn = 2;
        auto const pace = (static_cast<double>(past.size() - 1) + drawn) / (expected + drawn);
        auto const all_spells = g->second.closed.size() + g->second.open.size();
        auto const usual = all_spells > 0 ? std::min(0.5, static_cast<double>(g->second.closed.size()) / static_cast<double>(all_spells) * static_cast<double>(days) / std::max(1.0, mean * 3)) : 0.05;
        auto const waited = -pace * std::log1p(-std::min(g->second.chance(as_of - past.back(), days, usual), 1 - 1e-9));
        // What they bought so often since they came, as if they had come half a year earlier.
        auto const often = static_cast<double>(past.size()) * days / (static_cast<double>(as_of - known_since) + 182);
        out.emplace_back(category, -std::expm1(-std::pow(std::max(waited, 1e-9), 1 - habit) * std::pow(often, habit)));
    }
    std::ranges::stable_sort(out, std::greater<>{}, &std::pair<std::int32_t, double>::second);
    return out;
}

double habit_of(Purchases const& all, Day as_of, std::int32_t days) {
    constexpr std::array<double, 5> weights = {0, 0.25, 0.5, 0.75, 0.9};  // not 1: of what was bought as often, waiting says which
    constexpr std::size_t windows = 4, most_people = 2000;
    std::array<double, weights.size()> surprise{};
    std::set<std::int32_t> categories;
    for (auto const& [_, own] : all.of) for (auto const& [c, bought] : own) categories.insert(c);
    auto const step = std::max<std::size_t>(1, all.of.size() / most_people);
    for (std::size_t k = 1; k <= windows; ++k) {
        auto const from = as_of - static_cast<Day>(k) * days;
        std::map<std::int32_t, Gaps> gaps;
        for (auto const c : categories) gaps[c] = gaps_of(all, c, from);
        std::size_t number = 0;
        for (auto const& [_, own] : all.of) {
            if (number++ % step != 0) continue;
            std::set<std::int32_t> came;
            for (auto const& [c, bought] : own) if (std::ranges::any_of(bought, [&](Day d) { return d >= from && d < from + days; })) came.insert(c);
            if (came.empty()) continue;
            for (std::size_t w = 0; w < weights.size(); ++w) {
                auto const list = chances(gaps, own, from, days, weights[w]);
                double sum = 0;
                for (auto const& [c, chance] : list) sum += chance;
                for (auto const& [c, chance] : list) if (came.contains(c)) surprise[w] -= std::log(std::max(chance / sum, 1e-9));
            }
        }
    }
    return weights[static_cast<std::size_t>(std::ranges::min_element(surprise) - surprise.begin())];
}

}  // namespace kindling::forecast

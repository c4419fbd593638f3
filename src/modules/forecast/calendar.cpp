#include "modules/forecast/calendar.h"
#include "core/parallel.h"
#include <algorithm>
#include <cmath>
#include <utility>

namespace kindling::forecast {

namespace {

constexpr int lead_days = 21, trail_days = 7, span_days = lead_days + trail_days + 1;
constexpr std::pair<int, int> stretches[] = {{-21, -11}, {-10, -4}, {-3, -1}, {0, 0}, {1, 3}, {4, 7}};
constexpr double most_effect = 1.6;

struct Feast {
    series::Holiday holiday;
    std::vector<Day> days;  // counted from the first day of the history
};

std::vector<Feast> feasts(Day first, std::size_t days) {
    std::vector<series::Holiday> all(series::chinese_holidays().begin(), series::chinese_holidays().end());
    for (auto const h : series::western_holidays()) if (std::ranges::find(all, h) == all.end()) all.push_back(h);
    std::vector<Feast> out;
    auto const from = static_cast<int>(civil_from_day(first - trail_days).year()), to = static_cast<int>(civil_from_day(first + static_cast<Day>(days) + lead_days).year());
    for (auto const h : all) {
        Feast f{h, {}};
        for (auto year = from; year <= to; ++year)
            if (auto const day = series::day_of(h, year); day && *day + trail_days >= first && *day - lead_days < first + static_cast<Day>(days)) f.days.push_back(*day - first);
        if (!f.days.empty()) out.push_back(std::move(f));
    }
    return out;
}

double middle(std::vector<double>& values) {
    auto const at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, at);
    return *at;
}

struct Noise { double center = 0, variance = 0; bool known = false; };

Noise noise_of(std::vector<double> const& departed) {
    std::vector<double> all;
    for (auto const v : departed) if (v != no_departure) all.push_back(v);
    if (all.size() < 56) return {};
    Noise out{.center = middle(all), .variance = 0, .known = true};
    for (auto& v : all) v = std::abs(v - out.center);
    auto const deviation = std::max(0.02, 1.4826 * middle(all));
    out.variance = deviation * deviation;
    return out;
}

struct Effect {
    std::array<double, span_days> log{}, held{};
    double evidence = 0;
};

// cuts: what of each day's departure cuts of price are; empty: nothing.
Effect effect_of(Feast const& feast, std::vector<double> const& departed, std::vector<double> const& cuts, Noise const& noise) {
    Effect out;
    auto const of_year = noise.variance + feast_variance;
    for (auto const& [first, last] : stretches) {
        std::array<double, span_days> mean{}, seen{}, cut{};
        double square = 0, chance = 0, n = 0;
        for (auto o = first; o <= last; ++o) {
            auto const i = static_cast<std::size_t>(o + lead_days);
            for (auto const day : feast.days)
                if (auto const t = day + o; t >= 0 && t < static_cast<Day>(departed.size()) && departed[static_cast<std::size_t>(t)] != no_departure)
                    mean[i] += departed[static_cast<std::size_t>(t)] - noise.center, cut[i] += cuts.empty() ? 0 : cuts[static_cast<std::size_t>(t)], ++seen[i];
            if (seen[i] == 0) continue;
            mean[i] /= seen[i], cut[i] /= seen[i], square += mean[i] * mean[i], chance += of_year / seen[i], ++n;
        }
        if (n == 0 || square < (1 + 3 / std::sqrt(n)) * chance) continue;
        auto const prior = (square - chance) / n;
        for (std::size_t i = 0; i < mean.size(); ++i)
            if (auto const believed = seen[i] > 0 ? prior / (prior + of_year / seen[i]) : 0; believed > 0)
                out.log[i] = std::clamp(mean[i] * believed, -most_effect, most_effect), out.held[i] = std::clamp(cut[i] * believed, -most_effect, most_effect);
        out.evidence += square * n / chance - n;
    }
    return out;
}

// What all holidays do to a series, by day of `out`, and what cuts did of that; `departed` and `cuts` lose what was explained.
std::vector<series::Holiday> explain(std::vector<Feast> const& all, std::vector<double>& departed, std::vector<double>& cuts, Noise const& noise, std::vector<double>& out, std::vector<double>& held) {
    std::vector<series::Holiday> told;
    std::vector<Feast const*> left;
    for (auto const& f : all) left.push_back(&f);
    for (;;) {
        Effect best;
        std::size_t which = 0;
        for (std::size_t i = 0; i < left.size(); ++i)
            if (auto e = effect_of(*left[i], departed, cuts, noise); e.evidence > best.evidence) best = e, which = i;
        if (best.evidence <= 0) return told;
        for (auto const day : left[which]->days)
            for (std::size_t i = 0; i < best.log.size(); ++i) {
                auto const t = day + static_cast<Day>(i) - lead_days;
                if (t < 0 || t >= static_cast<Day>(out.size())) continue;
                out[static_cast<std::size_t>(t)] += best.log[i];
                if (!cuts.empty()) held[static_cast<std::size_t>(t)] += best.held[i];
                if (!cuts.empty() && static_cast<std::size_t>(t) < cuts.size()) cuts[static_cast<std::size_t>(t)] -= best.held[i];
                if (static_cast<std::size_t>(t) < departed.size() && departed[static_cast<std::size_t>(t)] != no_departure) departed[static_cast<std::size_t>(t)] -= best.log[i];
            }
        told.push_back(left[which]->holiday), left.erase(left.begin() + static_cast<std::ptrdiff_t>(which));
    }
}

}  // namespace

std::vector<double> departures(std::span<double const> y) {
    std::vector<double> out(y.size(), no_departure), same;
    std::size_t begin = 0;
    while (begin < y.size() && y[begin] == 0) ++begin;
    for (auto t = begin; t < y.size(); ++t) {
        same.clear();
        for (int week = -6; week <= 6; ++week) {
            auto const at = static_cast<std::int64_t>(t) + 7 * week;
            if (week != 0 && at >= static_cast<std::int64_t>(begin) && at < static_cast<std::int64_t>(y.size())) same.push_back(y[static_cast<std::size_t>(at)]);
        }
        if (same.size() < 5) continue;
        if (auto const usual = middle(same); usual >= 3) out[t] = std::clamp(std::log((y[t] + 1) / (usual + 1)), -3.0, 3.0);
    }
    return out;
}

Calendar learn_calendar(Ground const& ground, std::size_t origin, std::size_t horizon, Moves const& before) {
    auto const rows = move_rows(ground), days = origin + horizon;
    Calendar out{.moves = Moves(rows, std::vector<double>(days)), .held = {}, .told = {}, .any = false};
    if (origin < 91 || rows == 0) return out;
    auto const all = feasts(ground.history.first, days);
    auto const past = [&](std::size_t i) {
        std::vector<double> out(ground.sums[i].begin(), ground.sums[i].begin() + static_cast<std::ptrdiff_t>(origin));
        if (!before.empty()) for (std::size_t t = 0; t < origin; ++t) out[t] *= std::exp(-before[i][t]);
        return out;
    };
    auto shop = departures(past(0));
    auto const noise = noise_of(shop);
    if (!noise.known) return out;
    auto const cuts = cuts_in(ground, rows, origin);
    Moves held(rows, std::vector<double>(days));
    auto of_shop = cuts.empty() ? std::vector<double>() : cuts[0];
    out.told = explain(all, shop, of_shop, noise, out.moves[0], held[0]), out.any = !out.told.empty();
    for (std::size_t i = 1; i < rows; ++i) {
        auto& own = out.moves[i];
        own = out.moves[0], held[i] = held[0];
        double units = 0;
        for (auto const v : past(i)) units += v;
        if (units < 8 * static_cast<double>(origin)) continue;
        auto departed = departures(past(i));
        for (std::size_t t = 0; t < departed.size(); ++t) if (departed[t] != no_departure) departed[t] -= own[t];
        auto left = cuts.empty() ? std::vector<double>() : cuts[i];
        for (std::size_t t = 0; t < left.size(); ++t) left[t] -= held[i][t];
        if (auto const of_category = noise_of(departed); of_category.known) out.any = !explain(all, departed, left, of_category, own, held[i]).empty() || out.any;
    }
    if (cuts.empty()) return out;
    for (auto& row : held)
        for (auto& v : row) v = std::max(0.0, v);  // a category may hold less than the shop, not less than nothing
    out.held = std::move(held);
    return out;
}

std::vector<std::vector<double>> without_holidays(Ground const& ground, Calendar const& calendar, std::size_t origin) {
    std::vector<std::vector<double>> out;
    for (std::size_t i = 0; i < calendar.moves.size(); ++i) {
        auto& row = out.emplace_back(ground.sums[i].begin(), ground.sums[i].begin() + static_cast<std::ptrdiff_t>(origin));
        for (std::size_t t = 0; t < origin; ++t) row[t] *= std::exp(-calendar.moves[i][t]);
    }
    return out;
}

Moves calendar_shift(Ground const& ground, Base const& base, Calendar const& calendar, std::size_t origin, std::size_t horizon, Means const* goods) {
    Moves out(calendar.moves.size(), std::vector<double>(horizon));
    if (!calendar.any) return out;
    auto const clean = without_holidays(ground, calendar, origin);
    auto drawn = out;
    std::vector<double> trust(clean.size()), trust_drawn(clean.size());
    auto const recent = origin > 28 ? origin - 28 : 0;
    parallel_for(clean.size(), [&](std::size_t i) {
        double units = 0;
        for (auto t = recent; t < origin; ++t) units += clean[i][t];
        auto const begun = static_cast<std::size_t>(std::ranges::find_if(clean[i], [](double v) { return v > 0; }) - clean[i].begin());
        if (i > 0 && (i >= whole_engine_nodes || begun + young_days > origin)) return;  // its own forecast is not one of the whole engine: as the shop
        trust[i] = units / (units + 300);
        auto const path = sum_path(clean[i], horizon);
        // The path is of all that sold, those that were taken off sale yesterday too.
        auto const over = [&](std::size_t h, double part, double now) { return std::clamp(std::log((part * path[h] * std::exp(calendar.moves[i][origin + h]) + 0.1) / (now + 0.1)), -2.0, 2.0); };
        auto const part = ground.staying(i, origin);
        for (std::size_t h = 0; h < horizon; ++h) out[i][h] = over(h, part, base.mean.at(i, h));
        if (!goods) return;
        // Nor is room made in the path for goods that never sold.
        std::vector<double> now(horizon);
        for (auto const g : ground.structure.sums[i]) {
            auto const& days = ground.history.goods[g].sold;
            if (days.empty() || static_cast<std::size_t>(days.front().day) >= origin) continue;
            for (std::size_t h = 0; h < horizon; ++h) now[h] += static_cast<double>(goods->row(g)[h]);
        }
        trust_drawn[i] = part * units / (part * units + 300);
        for (std::size_t h = 0; h < horizon; ++h) drawn[i][h] = over(h, part, now[h]);
    });
    for (std::size_t i = 1; i < out.size(); ++i) for (std::size_t h = 0; h < horizon; ++h) out[i][h] = trust[i] * out[i][h] + (1 - trust[i]) * out[0][h];
    // How far goods stand from their sum is each sum's own: where too little is sold to know it, only what the moves change.
    if (goods) for (std::size_t i = 0; i < out.size(); ++i) for (std::size_t h = 0; h < horizon; ++h) out[i][h] = trust_drawn[i] * drawn[i][h] + (1 - trust_drawn[i]) * out[i][h];
    return out;
}

}  // namespace kindling::forecast

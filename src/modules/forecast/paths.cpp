#include "modules/forecast/paths.h"
#include <algorithm>

namespace kindling::forecast {

Day step_of(Day day, ForecastStep step) {
    if (step == ForecastStep::day) return day;
    if (step == ForecastStep::week) return day - static_cast<Day>(weekday_of(day)) + 1;
    auto const date = civil_from_day(day);
    return day_from_civil(static_cast<int>(date.year()), static_cast<unsigned>(date.month()), 1);
}

Parts::Parts(Kept const& kept, std::span<std::uint32_t const> members, std::optional<std::size_t> place) {
    if (!place) return;
    for (auto const g : members) {
        auto& row = rows_.emplace_back(kept.horizon);
        for (std::size_t h = 0; h < row.size(); ++h) row[h] = kept.part(g, *place, h);
    }
}

std::vector<double> Parts::whole(Means const& means, std::span<std::uint32_t const> members) const {
    std::vector<double> out;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        double part = 0, all = 0;
        for (std::size_t h = 0; h < means.horizon; ++h) part += static_cast<double>(means.row(members[i])[h]) * rows_[i][h], all += static_cast<double>(means.row(members[i])[h]);
        out.push_back(all > 0 ? part / all : rows_[i].empty() ? 0 : rows_[i][0]);
    }
    return out;
}

std::vector<double> path_of(Means const& means, std::span<std::uint32_t const> members, Parts const& parts) {
    std::vector<double> out(means.horizon);
    for (std::size_t i = 0; i < members.size(); ++i) {
        auto const row = means.row(members[i]);
        for (std::size_t h = 0; h < out.size(); ++h) out[h] += static_cast<double>(row[h]) * parts.at(i, h);
    }
    return out;
}

std::vector<std::vector<double>> paths_by_place(Kept const& kept, Means const& means, std::span<std::uint32_t const> members) {
    std::vector<std::vector<double>> out(kept.places.size(), std::vector<double>(means.horizon));
    std::vector<double> parts(out.size());
    for (auto const g : members) {
        if (kept.goods[g].shares.empty()) continue;
        auto const row = means.row(g);
        for (std::size_t h = 0; h < means.horizon; ++h) {
            kept.parts(g, h, parts);
            for (std::size_t p = 0; p < out.size(); ++p) out[p][h] += static_cast<double>(row[h]) * parts[p];
        }
    }
    return out;
}

double window_dispersion(Spread const& s, std::size_t from, std::size_t to) {
    if (to - from == 1) return static_cast<double>(s.days[band_of(from)]);
    auto const own = s.sum(to - from);
    return from == 0 ? own : own * std::max(1.0, static_cast<double>(s.days[band_of(to - 1)]) / std::max(1e-6, static_cast<double>(s.days[0])));
}

namespace {

double between(std::span<double const> from, std::span<double const> to, double x) {
    double a = 0, b = 0;
    for (std::size_t i = 0; i <= from.size(); ++i) {
        auto const c = i < from.size() ? from[i] : 1, d = i < to.size() ? to[i] : 1;
        if (x <= c) return c > a ? b + (d - b) * (x - a) / (c - a) : d;
        a = c, b = d;
    }
    return 1;
}

}  // namespace

double asked_for(Asked const& asked, double share) { return between(quantile_levels, asked, share); }
double share_below(Asked const& asked, double level) { return between(asked, quantile_levels, level); }

Width::Width(Current const& now, Level level, std::string_view id, std::span<std::uint32_t const> members, std::optional<Model> other) {
    auto const model = other.value_or(now.champion);
    auto const unedited = path_of(other ? now.kept.models.at(*other) : now.unedited, members, {});
    double total = 0;
    for (auto const v : unedited) total += v;
    auto const& kept = now.kept;
    spread_ = &kept.spreads.at(kept.spreads.contains(model) ? model : Model::smoothing)[static_cast<std::size_t>(level)][class_of(total / static_cast<double>(std::max<std::size_t>(1, unedited.size())))];
    asked_ = &kept.asked_of(model, level);
    of_place_ = static_cast<double>(kept.place_width[static_cast<std::size_t>(level)]);
    if (level == Level::variant) factor_ = static_cast<double>(kept.goods[members[0]].factor);
    else if (auto const extra = kept.nodes.find({level, std::string(id)}); extra != kept.nodes.end()) factor_ = static_cast<double>(extra->second.factor);
    auto const feasts = kept.feasts_of(model, level, id);
    if (std::ranges::all_of(feasts, [](float move) { return move == 0; })) return;
    units_.push_back(0), moved_.push_back(0);
    for (std::size_t h = 0; h < unedited.size(); ++h) units_.push_back(units_.back() + unedited[h]), moved_.push_back(moved_.back() + unedited[h] * static_cast<double>(feasts[h]));
}

double Width::at(std::size_t from, std::size_t to) const {
    auto const quiet = window_dispersion(*spread_, from, to) * factor_ * place_;
    auto const units = units_.empty() ? 0 : units_[to] - units_[from];
    return units > 0 ? quiet + feast_dispersion((moved_[to] - moved_[from]) / units) : quiet;
}

std::vector<Window> windows_of(Kept const& kept, ForecastStep step, std::size_t from, std::size_t to) {
    std::vector<Window> out;
    for (auto h = from; h < std::min<std::size_t>(to, kept.horizon); ++h) {
        auto const day = kept.origin + static_cast<Day>(h);
        if (out.empty() || step_of(day, step) != step_of(kept.origin + static_cast<Day>(out.back().from), step)) out.push_back({step_of(day, step), h, h});
        out.back().to = h + 1;
    }
    return out;
}

}  // namespace kindling::forecast

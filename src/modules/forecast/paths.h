// modules/forecast/paths.h -- the days ahead of a node, gathered into steps with their quantiles: what answers, lists and files share.
#pragma once
#include "modules/forecast/questions.h"
#include <optional>

namespace kindling::forecast {

// First day of the step that a day lies in.
Day step_of(Day day, ForecastStep);

// What counts of each day of some goods: all of it, or what a place sends of it.
class Parts {
public:
    Parts() = default;
    Parts(Kept const&, std::span<std::uint32_t const> members, std::optional<std::size_t> place);
    double at(std::size_t member, std::size_t day) const { return rows_.empty() ? 1 : rows_[member][day]; }
    std::vector<double> whole(Means const&, std::span<std::uint32_t const> members) const;  // of each member over all its days; empty: all

private:
    std::vector<std::vector<double>> rows_;
};

// Sum of the members' means by day.
std::vector<double> path_of(Means const&, std::span<std::uint32_t const> members, Parts const&);
// Of every place, in one walk.
std::vector<std::vector<double>> paths_by_place(Kept const&, Means const&, std::span<std::uint32_t const> members);
// path_of, each member's day times what `factor` says of (member, day).
template <class F> std::vector<double> path_of(Means const& means, std::span<std::uint32_t const> members, Parts const& parts, F&& factor) {
    std::vector<double> out(means.horizon);
    for (std::size_t i = 0; i < members.size(); ++i) {
        auto const row = means.row(members[i]);
        for (std::size_t h = 0; h < out.size(); ++h) out[h] += static_cast<double>(row[h]) * parts.at(i, h) * static_cast<double>(factor(members[i], h));
    }
    return out;
}

// Dispersion of a node's sum over days [from, to): its level and busyness (by the unedited means), its factor, and what is not known of feasts in it. Of all of the node: what a place sends of it is
// thinned, which keeps the dispersion, and is no quieter a node; but what part it sends is not known for sure (Kept::place_width).
class Width {
public:
    // `other`: another model than the trusted one, as it was kept.
    Width(Current const&, Level, std::string_view id, std::span<std::uint32_t const> members, std::optional<Model> other = {});
    Width at_a_place() const { auto out = *this; out.place_ = of_place_; return out; }
    double at(std::size_t from, std::size_t to) const;
    // Levels to ask a distribution of these days for: what followed days says of single ones.
    Asked const& asked(std::size_t from, std::size_t to) const { return to - from == 1 ? *asked_ : quantile_levels; }

private:
    Spread const* spread_;
    Asked const* asked_;
    double factor_ = 1, of_place_ = 1, place_ = 1;
    std::vector<double> units_, moved_;  // of the first n days: units, and units times the move of feasts; empty where none moves it
};

// The level to ask a distribution for so that this share of days falls below, by what was learned for quantile_levels: straight between them, and nothing stays nothing and all all. And back: the share
// of days below what the distribution calls this level.
double asked_for(Asked const&, double share);
double share_below(Asked const&, double asked);

struct Window {
    Day day = 0;                     // first day of the week or month, also where the forecast begins later in it
    std::size_t from = 0, to = 0;    // days counted from the origin
};
// Days [from, to) of the forecast in steps; the first and the last step may be cut by them.
std::vector<Window> windows_of(Kept const&, ForecastStep, std::size_t from, std::size_t to);
inline std::vector<Window> windows_of(Kept const& kept, ForecastStep step) { return windows_of(kept, step, 0, kept.horizon); }

inline double sum_of(std::span<double const> path, Window const& w) { double sum = 0; for (auto h = w.from; h < w.to; ++h) sum += path[h]; return sum; }

}  // namespace kindling::forecast

// modules/forecast/paths.h -- the days ahead of a node, gathered into steps with their quantiles: what answers, lists and files share.
#pragma once
#include "modules/forecast/questions.h"

namespace kindling::forecast {

// First day of the step that a day lies in.
Day step_of(Day day, ForecastStep);

// Sum of the members' means by day; shares: of each member, empty for 1.
std::vector<double> path_of(Means const&, std::span<std::uint32_t const> members, std::vector<double> const& shares);

// Dispersion of a node's sum over days [from, to): its level and busyness (by the unedited path), its factor.
class Width {
public:
    Width(Current const&, Level, std::string_view id, std::span<std::uint32_t const> members, std::span<double const> unedited, Model);
    double at(std::size_t from, std::size_t to) const { return window_dispersion(*spread_, from, to) * factor_; }

private:
    Spread const* spread_;
    double factor_ = 1;
};

struct Window {
    Day day = 0;                     // first day of the step, or of the forecast where it begins within one
    std::size_t from = 0, to = 0;    // days counted from the origin
};
std::vector<Window> windows_of(Kept const&, ForecastStep);

inline double sum_of(std::span<double const> path, Window const& w) { double sum = 0; for (auto h = w.from; h < w.to; ++h) sum += path[h]; return sum; }

}  // namespace kindling::forecast

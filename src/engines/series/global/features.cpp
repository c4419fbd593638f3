// One pass through a series, then rows from prefix sums.
#include "engines/series/global/features.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace kindling::series {

namespace {

constexpr std::size_t longest_run = 60;
constexpr float nearby_days = 5;
constexpr std::uint8_t farthest_closure = 9;
constexpr std::size_t closure_window = 7;          // steps before and after
constexpr double usually = 0.7, seldom = 0.2;      // shares of the steps of a position that are open
constexpr double least_ratio = 0.05, largest_ratio = 20;

float log_ratio(double a, double b) { return static_cast<float>(a - b); }

}  // namespace

FeatureMaker::FeatureMaker(const Panel& panel, const GlobalOptions& options, Objective objective) : panel_(panel), logs_(objective == Objective::log_squared) {
    std::size_t const columns = panel.steps + panel.horizon, step_days = panel.frequency == Frequency::weekly ? 7 : 1;
    switch (panel.frequency) {
        case Frequency::daily: positions_ = 7, windows_ = {7, 28, 91, 182, 364}, year_ = 364, half_ = 3, smoothing_ = 0.1; break;
        case Frequency::weekly: positions_ = 1, windows_ = {2, 4, 13, 26, 52}, year_ = 52, half_ = 1, smoothing_ = 0.2; break;
        case Frequency::monthly: positions_ = 12, windows_ = {2, 3, 6, 12, 24}, year_ = 12, half_ = 0, smoothing_ = 0.2; break;
        default: positions_ = 1, windows_ = {2, 4, 8, 16, 32}, smoothing_ = 0.2; break;
    }
    for (std::size_t r = 0; r < panel.regressors.size(); ++r) {
        if (panel.regressors[r].kind == RegressorKind::promotion && promotions_.size() < 2) promotions_.push_back(r), conditions_ *= 2;
        if (panel.regressors[r].kind == RegressorKind::open) open_ = r;
    }
    for (std::size_t t = 0; t < columns; ++t) {
        std::array<float, 4> c = {NAN, NAN, NAN, NAN};
        std::size_t position = 0;
        if (panel.frequency == Frequency::monthly) {
            auto const first = civil_from_day(panel.first_day);
            position = (static_cast<unsigned>(first.month()) - 1 + t) % 12;
            c[3] = static_cast<float>(position);
        } else if (panel.frequency == Frequency::daily || panel.frequency == Frequency::weekly) {
            Day const day = panel.first_day + static_cast<Day>(t * step_days);
            auto const civil = civil_from_day(day);
            int const year = static_cast<int>(civil.year());
            auto const last = static_cast<unsigned>(std::chrono::year_month_day_last(civil.year(), std::chrono::month_day_last(civil.month())).day());
            c = {static_cast<float>(weekday_of(day)), static_cast<float>(static_cast<unsigned>(civil.day())), static_cast<float>(last - static_cast<unsigned>(civil.day())), static_cast<float>(day - day_from_civil(year, 1, 1))};
            if (panel.frequency == Frequency::daily) position = weekday_of(day) - 1;
        }
        calendar_.push_back(c), position_.push_back(static_cast<std::uint8_t>(position));
    }
    if (panel.frequency == Frequency::daily || panel.frequency == Frequency::weekly)
        for (auto const holiday : options.holidays) holidays_.push_back(days_from(holiday, panel.first_day, columns, step_days));
    double sum = 0, count = 0, zeros = 0;
    for (auto const& s : panel.series)
        for (std::size_t t = 0; t < panel.steps; ++t)
            if (!std::isnan(s.values[t]) && is_open(s, t)) sum += s.values[t], count += 1, zeros += s.values[t] <= 0;
    double const mean = count > 0 ? sum / count : 0;
    offset_ = zeros > 0 || !(mean > 0) ? (logs_ ? 0.02 * mean : 0.05 * std::min(mean, 1.0)) + 1e-9 : 0;
    panel_level_ = std::log(mean + offset_);
    name_features();
}

void FeatureMaker::name_features() {
    auto const add = [this](Driver d, std::size_t count = 1, bool falls = false) { driver_.insert(driver_.end(), count, d), falls_.insert(falls_.end(), count, falls); };
    add(Driver::level, 4);    // absolute level, spread, share without demand, steps since demand
    add(Driver::trend, 7);    // level of the other windows, the smoothed and the last value beside the main window; age
    add(Driver::season, 5);   // effect of the class, calendar
    add(Driver::year, 4);     // one and two years ago, beside then and exactly
    for (auto const& r : panel_.regressors) switch (r.kind) {
        case RegressorKind::number: add(Driver::regressor, 2); break;
        case RegressorKind::flag: add(Driver::regressor, 3); break;
        case RegressorKind::open: add(Driver::holiday, 9); break;  // the run; and what is closed against habit nearby
        case RegressorKind::promotion: add(Driver::promotion, 4); break;
        case RegressorKind::price: add(Driver::price, 3, true); break;
    }
    add(Driver::holiday, holidays_.size());
    add(Driver::attribute, panel_.attributes.size());
    add(Driver::horizon, 1);
}

FeatureMaker::History::History(const FeatureMaker& maker, const PanelSeries& series) : maker_(maker), series_(series) {
    std::size_t const steps = maker.panel_.steps, columns = steps + maker.panel_.horizon, classes = maker.classes();
    class_.resize(columns);
    for (std::size_t t = 0; t < columns; ++t) {
        std::size_t condition = 0;
        for (std::size_t const r : maker.promotions_) condition = 2 * condition + (series.regressors[r][t] > 0);
        class_[t] = static_cast<std::uint8_t>(maker.position_[t] * maker.conditions_ + condition);
    }
    sum_.assign(steps + 1, 0), squares_.assign(steps + 1, 0), count_.assign(steps + 1, 0), positive_.assign(steps + 1, 0), last_positive_.assign(steps + 1, 0);
    smooth_.resize(steps), effect_.resize(steps * classes);
    double level = 0;
    std::vector<double> effect(classes, maker.logs_ ? 0 : 1);
    std::vector<double> seen(classes);
    for (std::size_t t = 0; t < steps; ++t) {
        double const y = series.values[t];
        sum_[t + 1] = sum_[t], squares_[t + 1] = squares_[t], count_[t + 1] = count_[t], positive_[t + 1] = positive_[t], last_positive_[t + 1] = last_positive_[t];
        if (!std::isnan(y) && open(t)) {
            auto& e = effect[class_[t]];
            auto& n = seen[class_[t]];
            double const value = maker.logs_ ? logarithm(t) : std::max(y, 0.0);
            double const alpha = std::max(1.0 / (count_[t] + 1.0), maker.smoothing_), gamma = std::max(1 / (n + 4), 0.05);
            double const adjusted = maker.logs_ ? value - e : value / std::max(e, least_ratio);
            sum_[t + 1] += adjusted, squares_[t + 1] += adjusted * adjusted, ++count_[t + 1], n += 1;
            if (y > 0) ++positive_[t + 1], last_positive_[t + 1] = static_cast<std::uint32_t>(t + 1);
            if (maker.logs_) e += count_[t] > 0 ? gamma * (value - level - e) : 0;
            else if (level > 0) e = std::clamp(e + gamma * (std::min(value / level, largest_ratio) - e), least_ratio, largest_ratio);
            level += alpha * (adjusted - level);
        }
        smooth_[t] = static_cast<float>(maker.logs_ ? level : std::log(level + maker.offset_ + 1e-12));
        std::ranges::transform(effect, effect_.begin() + static_cast<std::ptrdiff_t>(t * classes), [&](double e) { return static_cast<float>(maker.logs_ ? e : std::log(e)); });
    }
    if (maker.open_ != SIZE_MAX) find_closures();
    for (std::size_t r = 0; r < maker.panel_.regressors.size(); ++r) {
        auto& runs = runs_.emplace_back();
        auto const x = series.regressors[r];
        auto const kind = maker.panel_.regressors[r].kind;
        if (kind == RegressorKind::price) {
            runs.sum.assign(columns + 1, 0), runs.count.assign(columns + 1, 0);
            for (std::size_t t = 0; t < columns; ++t) runs.sum[t + 1] = runs.sum[t] + (std::isnan(x[t]) ? 0 : std::log(x[t])), runs.count[t + 1] = runs.count[t] + !std::isnan(x[t]);
        } else if (kind != RegressorKind::number) {
            runs.begin.resize(columns), runs.end.resize(columns);
            for (std::size_t t = 0; t < columns; ++t) runs.begin[t] = t > 0 && (x[t] > 0) == (x[t - 1] > 0) ? runs.begin[t - 1] : static_cast<std::uint32_t>(t);
            for (std::size_t t = columns; t-- > 0;) runs.end[t] = t + 1 < columns && (x[t] > 0) == (x[t + 1] > 0) ? runs.end[t + 1] : static_cast<std::uint32_t>(t);
        }
    }
}

// A Thursday that is closed though Thursdays are open moves what it would have sold to the days around it, whatever the holiday is called and wherever it is one.
void FeatureMaker::History::find_closures() {
    auto const& m = maker_;
    std::size_t const steps = m.panel_.steps, columns = steps + m.panel_.horizon;
    std::vector<std::uint32_t> opened(m.positions_), all(m.positions_);
    for (std::size_t t = 0; t < steps; ++t) ++all[m.position_[t]], opened[m.position_[t]] += open(t);
    usual_.assign(m.positions_, 1);
    for (std::size_t p = 0; p < m.positions_; ++p)
        if (double const share = all[p] > 0 ? static_cast<double>(opened[p]) / all[p] : 0.5; share > usually || share < seldom) usual_[p] = share > usually ? 2 : 0;
    std::vector<std::uint8_t> against(columns);
    closed_.assign(columns + 1, 0), closed_before_.assign(columns, farthest_closure), closed_next_.assign(columns, farthest_closure);
    for (std::size_t t = 0; t < columns; ++t) against[t] = !open(t) && usual_[m.position_[t]] == 2, closed_[t + 1] = closed_[t] + against[t];
    for (std::size_t t = 1; t < columns; ++t) closed_before_[t] = against[t - 1] ? 1 : std::min<std::uint8_t>(closed_before_[t - 1] + 1, farthest_closure);
    for (std::size_t t = columns - 1; t-- > 0;) closed_next_[t] = against[t + 1] ? 1 : std::min<std::uint8_t>(closed_next_[t + 1] + 1, farthest_closure);
}

bool FeatureMaker::near_holiday(std::size_t t) const {
    return std::ranges::any_of(holidays_, [t](auto const& h) { return std::abs(h[t]) <= nearby_days; });
}

bool FeatureMaker::is_open(const PanelSeries& s, std::size_t t) const { return open_ == SIZE_MAX || !(s.regressors[open_][t] <= 0); }

double FeatureMaker::History::logarithm(std::size_t t) const { return std::log(std::max<double>(series_.values[t], 0) + maker_.offset_ + 1e-12); }

double FeatureMaker::History::level(std::size_t from, std::size_t to) const {
    double const n = count_[to] - count_[from];
    if (n <= 0) return NAN;
    double const mean = (sum_[to] - sum_[from]) / n;
    return maker_.logs_ ? mean : std::log(std::max(mean, 0.0) + maker_.offset_ + 1e-12);
}

// The level of the steps at most `half` away from target - back, as far as known at the origin.
double FeatureMaker::History::around(std::size_t origin, std::size_t back, std::size_t target, std::size_t half) const {
    if (target < back + half || target - back > origin) return NAN;
    return level(target - back - half, std::min(target - back + half, origin) + 1);
}

std::pair<float, float> FeatureMaker::History::effects(std::size_t origin, std::size_t target) const {
    float const* const effect = effect_.data() + origin * maker_.classes();
    std::size_t const c = class_[target], plain = c - c % maker_.conditions_;
    return {effect[plain], effect[c] - effect[plain]};
}

void FeatureMaker::History::row(std::size_t origin, std::size_t target, std::span<float> features, float& margin, float& spread) const {
    auto const& m = maker_;
    std::size_t const classes = m.classes(), end = origin + 1, ahead = target - origin;
    auto const window = [&](std::size_t length) { return level(end > length ? end - length : 0, end); };
    double main = NAN;
    for (std::size_t w = 1; w < 5 && std::isnan(main); ++w) main = window(m.windows_[w]);
    if (std::isnan(main)) main = level(0, end);
    bool const unknown = std::isnan(main);
    if (unknown) main = m.panel_level_;
    float const* const effect = effect_.data() + origin * classes;
    std::size_t const c = class_[target];
    margin = static_cast<float>(main + effect[c]);

    std::size_t const from = end > m.windows_[2] ? end - m.windows_[2] : 0;
    double const n = count_[end] - count_[from], mean = n > 0 ? (sum_[end] - sum_[from]) / n : 0, variance = n > 1 ? std::max(0.0, (squares_[end] - squares_[from]) / n - mean * mean) : 0;
    double const deviation = m.logs_ ? std::sqrt(variance) : mean > 0 ? std::sqrt(variance) / mean : 0;
    spread = static_cast<float>(deviation);
    std::size_t i = 0;
    auto const put = [&](double v) { features[i++] = static_cast<float>(v); };
    put(main), put(n > 3 ? deviation : NAN), put(n > 0 ? 1 - (positive_[end] - positive_[from]) / n : NAN), put(static_cast<double>(std::min<std::size_t>(end - last_positive_[end], 999)));
    for (std::size_t const w : {0, 2, 3, 4}) put(unknown ? NAN : log_ratio(window(m.windows_[w]), main));
    put(unknown ? NAN : smooth_[origin] - main), put(unknown ? NAN : window(1) - main), put(std::log1p(static_cast<double>(count_[end])));
    put(effect[c]);
    for (float const v : m.calendar_[target]) put(v);
    for (std::size_t const years : {1, 2}) {
        std::size_t const back = m.year_ * years;
        double const then = back > 0 && origin >= back ? level(origin - back + 1 > m.windows_[1] ? origin - back + 1 - m.windows_[1] : 0, origin - back + 1) : NAN;
        put(back > 0 ? around(origin, back, target, m.half_) - then : NAN);
        put(back > 0 ? around(origin, back, target, 0) - then : NAN);
    }
    for (std::size_t r = 0; r < m.panel_.regressors.size(); ++r) {
        auto const x = series_.regressors[r];
        auto const& runs = runs_[r];
        auto const kind = m.panel_.regressors[r].kind;
        if (kind == RegressorKind::number) { put(x[target]), put(x[target] - x[origin]); continue; }
        if (kind == RegressorKind::price) {
            double const p = std::log(x[target]);
            auto const usual = [&](std::size_t length) { std::size_t const at = end > length ? end - length : 0; auto const known = runs.count[end] - runs.count[at]; return known > 0 ? (runs.sum[end] - runs.sum[at]) / known : NAN; };
            put(p - usual(m.windows_[1])), put(p - usual(m.windows_[4])), put(p - std::log(x[origin]));
            continue;
        }
        // What comes after the horizon is not known: a run is seen as far as the last step that this question could be asked for.
        std::size_t const last = origin + m.panel_.horizon;
        put(x[target]), put(static_cast<double>(std::min(target - runs.begin[target], longest_run))), put(runs.end[target] >= last ? static_cast<double>(longest_run) : static_cast<double>(std::min(runs.end[target] - target, longest_run)));
        if (kind == RegressorKind::open) {
            std::size_t const next = closed_next_[target], from = target > closure_window ? target - closure_window : 0, to = std::min(target + closure_window, last) + 1;
            put(static_cast<double>(target + next > last ? farthest_closure : next)), put(static_cast<double>(closed_before_[target])), put(static_cast<double>(closed_[to] - closed_[from]));
            put(usual_[m.position_[target]] == 0), put(target + 1 <= last && open(target + 1)), put(open(target - 1));
        }
        if (kind == RegressorKind::promotion) {
            auto const found = std::ranges::find(m.promotions_, r);
            std::size_t const bit = found == m.promotions_.end() ? 0 : std::size_t{1} << (static_cast<std::size_t>(m.promotions_.end() - found) - 1);
            put(bit == 0 ? NAN : effect[c | bit] - effect[(c | bit) - bit]);
        }
    }
    for (auto const& holiday : m.holidays_) put(holiday[target]);
    for (float const a : series_.attributes) put(a);
    put(static_cast<double>(ahead));
    assert(i == m.width());
}

}  // namespace kindling::series

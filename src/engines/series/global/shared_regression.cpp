// Columns of a step, sums of squares of a series, coefficients of all and of each.
#include "engines/series/global/shared_regression.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "core/parallel.h"

namespace kindling::series {

namespace {

constexpr float own_stiffness = 4, common_stiffness = 0.2F;  // in observations; the common one for each series
constexpr double years_remembered = 2.2;                  // after which a step counts 1/e
constexpr double least_weight = 1e-6;                     // of a step that is looked at
constexpr std::size_t blocks = 32;                        // of series, whose sums are added in order: the same however many threads
constexpr int waves = 4;                                  // of the year
constexpr float month_parts[] = {1, 4, 8, 12, 16, 20, 24}, month_ends[] = {0, 3}, weeks_away[] = {-14, -7, 0, 7};
constexpr int days_around = 3, days_before = 14;           // of a holiday, each by itself; together, rising
constexpr float farthest_number = 3;                      // deviations

float hat(float x, float width) { return std::max(0.0F, 1 - std::abs(x) / width); }
Eigen::Index size(std::size_t n) { return static_cast<Eigen::Index>(n); }

}  // namespace

struct SharedRegression::Sums {
    Eigen::MatrixXf squares;   // of the columns beside their means, weighted
    Eigen::VectorXf products;  // with the values beside theirs
};

void SharedRegression::name_columns() {
    auto const add = [this](Driver d, float stiffness = 1, std::size_t count = 1, bool falls = false) {
        driver_.insert(driver_.end(), count, d), stiffness_.insert(stiffness_.end(), count, stiffness), falls_.insert(falls_.end(), count, falls);
    };
    add(Driver::season, 1, maker_.positions_);
    for (auto const& r : panel_.regressors) switch (r.kind) {
        case RegressorKind::promotion: add(Driver::promotion, 0.3F), add(Driver::promotion, 1, 2 + maker_.positions_); break;
        case RegressorKind::flag: add(Driver::regressor); break;
        case RegressorKind::number: add(Driver::regressor); break;
        case RegressorKind::price: add(Driver::price, 1, 1, true); break;
        case RegressorKind::open: add(Driver::holiday, 1, 5); break;
    }
    if (panel_.frequency == Frequency::daily) add(Driver::season, 1, std::size(month_parts) + std::size(month_ends));
    add(Driver::holiday, 1, maker_.holidays_.size() * (panel_.frequency == Frequency::daily ? 2 * days_around + 2 : std::size(weeks_away)));
    if (panel_.frequency == Frequency::daily || panel_.frequency == Frequency::weekly)
        for (int k = 1; k <= waves; ++k) add(Driver::year, static_cast<float>(k), 2);
    add(Driver::trend);
}

void SharedRegression::measure_numbers(std::size_t end) {
    for (std::size_t r = 0; r < panel_.regressors.size(); ++r) {
        double n = 0, sum = 0, squares = 0;
        if (panel_.regressors[r].kind == RegressorKind::number)
            for (auto const& s : panel_.series)
                for (float const x : s.regressors[r].first(end))
                    if (std::isfinite(x)) n += 1, sum += x, squares += static_cast<double>(x) * x;
        double const mean = n > 0 ? sum / n : 0, variance = n > 0 ? squares / n - mean * mean : 0;
        numbers_.emplace_back(static_cast<float>(mean), static_cast<float>(std::sqrt(std::max(variance, 0.0))));
    }
}

void SharedRegression::row(const FeatureMaker::History& h, std::size_t t, std::span<float> out) const {
    std::size_t i = 0;
    auto const put = [&](float v) { out[i++] = v; };
    for (std::size_t p = 0; p < maker_.positions_; ++p) put(maker_.position_[t] == p);
    for (std::size_t r = 0; r < panel_.regressors.size(); ++r) {
        float const x = h.series_.regressors[r][t];
        auto const& runs = h.runs_[r];
        switch (panel_.regressors[r].kind) {
            case RegressorKind::promotion:
                put(x > 0), put(x > 0 && t == runs.begin[t]), put(x > 0 && t == runs.begin[t] + 1);
                for (std::size_t p = 0; p < maker_.positions_; ++p) put(x > 0 && maker_.position_[t] == p);
                break;
            case RegressorKind::flag: put(x > 0); break;
            case RegressorKind::number: put(std::isfinite(x) && numbers_[r].second > 0 ? std::clamp((x - numbers_[r].first) / numbers_[r].second, -farthest_number, farthest_number) : 0); break;
            case RegressorKind::price: put(std::isnan(x) ? (runs.count.back() > 0 ? static_cast<float>(runs.sum.back() / runs.count.back()) : 0) : std::log(x)); break;
            case RegressorKind::open:
                for (std::uint8_t const away : {1, 2}) put(h.closed_next_[t] == away), put(h.closed_before_[t] == away);
                put(h.usual_[maker_.position_[t]] == 0);
                break;
        }
    }
    auto const& c = maker_.calendar_[t];
    bool const daily = panel_.frequency == Frequency::daily;
    if (daily) {
        for (float const day : month_parts) put(hat(c[1] - day, 4));
        for (float const day : month_ends) put(hat(c[2] - day, 3));
    }
    for (auto const& holiday : maker_.holidays_) {
        float const away = holiday[t];  // NaN when far: every comparison below is false
        if (daily) {
            for (int day = -days_around; day <= days_around; ++day) put(away == static_cast<float>(day));
            put(away < 0 && away >= -days_before ? 1 + away / days_before : 0);
        } else for (float const week : weeks_away) put(std::isnan(away) ? 0 : hat(away - week, 7));
    }
    if (daily || panel_.frequency == Frequency::weekly)
        for (int k = 1; k <= waves; ++k) {
            float const angle = 2 * std::numbers::pi_v<float> * static_cast<float>(k) * c[3] / 365.25F;
            put(std::sin(angle)), put(std::cos(angle));
        }
    put((static_cast<float>(t) - static_cast<float>(panel_.steps)) / static_cast<float>(std::max(maker_.year_, maker_.windows_[4])));
    assert(i == driver_.size());
}

SharedRegression::Sums SharedRegression::sums(const PanelSeries& series, std::size_t end) const {
    FeatureMaker::History const history(maker_, series);
    std::size_t const width = driver_.size();
    double const step = 1 / (years_remembered * static_cast<double>(std::max(maker_.year_, maker_.windows_[4])));
    Eigen::MatrixXf columns(size(width), size(end));  // a column of the matrix is a step
    Eigen::VectorXf values(size(end)), weights(size(end));
    Eigen::Index n = 0;
    for (std::size_t t = 0; t < end; ++t) {
        double const weight = std::exp(-static_cast<double>(end - 1 - t) * step);
        if (!history.known_at(t) || weight < least_weight) continue;
        row(history, t, std::span(columns.col(n).data(), width));
        values[n] = static_cast<float>(history.logarithm(t)), weights[n] = static_cast<float>(weight), ++n;
    }
    Sums out{Eigen::MatrixXf::Zero(size(width), size(width)), Eigen::VectorXf::Zero(size(width))};
    if (n == 0) return out;
    auto x = columns.leftCols(n);
    auto const w = weights.head(n);
    float const all = w.sum();
    Eigen::VectorXf const means = x * w / all;
    Eigen::VectorXf const root = w.array().sqrt();
    x.colwise() -= means;
    x.array().rowwise() *= root.transpose().array();
    Eigen::VectorXf const y = (values.head(n).array() - values.head(n).dot(w) / all) * root.array();
    out.squares.selfadjointView<Eigen::Lower>().rankUpdate(x);
    out.squares.triangularView<Eigen::StrictlyUpper>() = out.squares.transpose();
    out.products = x * y;
    return out;
}

SharedRegression::SharedRegression(const Panel& panel, const FeatureMaker& maker, std::size_t end, unsigned threads) : panel_(panel), maker_(maker) {
    switch (panel.frequency) {
        case Frequency::daily: memory_ = std::exp(-1.0 / 40); break;
        case Frequency::weekly: memory_ = std::exp(-1.0 / 6); break;
        default: memory_ = std::exp(-1.0 / 3); break;
    }
    name_columns(), measure_numbers(end);
    std::size_t const count = panel.series.size(), width = driver_.size();
    std::vector<Eigen::MatrixXd> squares(blocks, Eigen::MatrixXd::Zero(size(width), size(width)));
    std::vector<Eigen::VectorXd> products(blocks, Eigen::VectorXd::Zero(size(width)));
    parallel_for(blocks, [&](std::size_t b) {
        for (std::size_t i = b; i < count; i += blocks) {
            auto const own = sums(panel.series[i], end);
            squares[b] += own.squares.cast<double>(), products[b] += own.products.cast<double>();
        }
    }, threads);
    for (std::size_t b = 1; b < blocks; ++b) squares[0] += squares[b], products[0] += products[b];
    Eigen::VectorXf const stiffness = Eigen::Map<const Eigen::VectorXf>(stiffness_.data(), size(width));
    squares[0].diagonal() += static_cast<double>(common_stiffness) * static_cast<double>(count) * stiffness.cast<double>();
    Eigen::VectorXd const solved = squares[0].ldlt().solve(products[0]);
    Eigen::VectorXf const common = solved.cast<float>();
    coefficients_.resize(count * width);
    parallel_for(count, [&](std::size_t i) {
        // Again rather than kept: columns^2 numbers for each of many series would fill the memory.
        auto own = sums(panel.series[i], end);
        own.products -= own.squares * common;
        own.squares.diagonal() += own_stiffness * stiffness;
        Eigen::VectorXf const mine = common + own.squares.ldlt().solve(own.products);
        for (std::size_t c = 0; c < width; ++c) {
            float const v = mine[size(c)];
            coefficients_[i * width + c] = !std::isfinite(v) || (falls_[c] && v > 0) ? 0 : v;
        }
    }, threads);
}

SharedRegression::Reader::Reader(const SharedRegression& owner, const FeatureMaker::History& history, std::size_t series) : owner_(owner), history_(history), coefficients_(std::span(owner.coefficients_).subspan(series * owner.driver_.size(), owner.driver_.size())) {
    std::size_t const steps = owner.panel_.steps, width = owner.driver_.size();
    effects_.resize(steps + owner.panel_.horizon), level_.resize(steps);
    std::vector<float> x(width);
    double sum = 0, weight = 0;
    for (std::size_t t = 0; t < effects_.size(); ++t) {
        owner.row(history, t, x);
        float effect = 0;
        for (std::size_t c = 0; c < width; ++c) effect += x[c] * coefficients_[c];
        effects_[t] = effect;
        if (t >= steps) continue;
        sum *= owner.memory_, weight *= owner.memory_;
        if (history.known_at(t)) sum += history.logarithm(t) - static_cast<double>(effect), weight += 1;
        level_[t] = weight > 0 ? static_cast<float>(sum / weight) : NAN;
    }
}

std::array<float, drivers> SharedRegression::Reader::parts(std::size_t origin, std::size_t target) const {
    std::array<float, drivers> out{};
    std::vector<float> x(coefficients_.size());
    owner_.row(history_, target, x);
    for (std::size_t c = 0; c < x.size(); ++c) out[static_cast<std::size_t>(owner_.driver_[c])] += x[c] * coefficients_[c];
    out[static_cast<std::size_t>(Driver::level)] += level_[origin];
    return out;
}

}  // namespace kindling::series

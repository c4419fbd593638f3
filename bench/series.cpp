#include "series.h"

#include <cmath>
#include <ctime>

namespace kindling::bench {

std::string_view name_of(series::Frequency f) {
    static constexpr std::string_view names[] = {"unknown", "yearly", "quarterly", "monthly", "weekly", "daily", "hourly"};
    return names[static_cast<std::size_t>(f)];
}

std::size_t mase_lag(const TestSeries& s) {
    static constexpr std::size_t lags[] = {1, 1, 4, 12, 1, 1, 24};
    return s.period > 0 ? s.period : lags[static_cast<std::size_t>(s.frequency)];
}

double processor_seconds() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

double symmetric_error(double y, double f) {
    double const sum = std::abs(y) + std::abs(f);
    return sum > 0 ? 200 * std::abs(y - f) / sum : 0;
}

double smape(std::span<const double> y, std::span<const double> f) {
    double sum = 0, count = 0;
    for (std::size_t h = 0; h < y.size(); ++h)
        if (!std::isnan(y[h])) sum += symmetric_error(y[h], f[h]), count += 1;
    return count > 0 ? sum / count : 0;
}

double naive_error(std::span<const double> train, std::size_t lag) {
    double sum = 0, count = 0;
    for (std::size_t t = lag; t < train.size(); ++t)
        if (!std::isnan(train[t]) && !std::isnan(train[t - lag])) sum += std::abs(train[t] - train[t - lag]), count += 1;
    return count > 0 ? sum / count : 0;
}

void Accuracy::add(const TestSeries& s, std::span<const double> point) {
    smape_sum += smape(s.test, point), ++series;
    double absolute = 0, count = 0;
    for (std::size_t h = 0; h < s.test.size(); ++h) {
        if (std::isnan(s.test[h])) continue;
        double const e = symmetric_error(s.test[h], point[h]);
        point_sum += e, ++points;
        if (h == 0) first_sum += e;
        absolute += std::abs(s.test[h] - point[h]), count += 1;
    }
    if (double const scale = naive_error(s.train, mase_lag(s)); scale > 0 && count > 0) mase_sum += absolute / count / scale, ++scaled;
}

std::vector<std::string> split_csv(std::string_view line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (char const c : line) {
        if (c == '"') quoted = !quoted;
        else if (c == ',' && !quoted) fields.emplace_back();
        else if (c != '\r') fields.back() += c;
    }
    return fields;
}

}  // namespace kindling::bench

// bench/series.h -- forecasting benches, and what they share: series with what is held back, errors, CPU time.
#pragma once
#include <array>
#include <span>

#include "bench.h"
#include "engines/series/series.h"

namespace kindling::bench {

void run_series_m3(BenchContext&);
void run_series_m4(BenchContext&);
void run_series_scale(BenchContext&);
void run_series_under_spark(BenchContext&);  // a part of series-scale
void run_series_shop(BenchContext&);
void run_series_speed(BenchContext&);
void run_series_file(BenchContext&);
void run_series_global(BenchContext&);
void run_series_hierarchy(BenchContext&);
void run_series_intermittent(BenchContext&);

struct TestSeries {
    std::string id, group;
    std::vector<double> train, test;
    series::Frequency frequency = series::Frequency::unknown;
    std::size_t period = 0;  // as in series::Series
    std::size_t start = 0;                        // steps after the first one of its file (series_read.h)
    std::vector<std::vector<float>> regressors = {};  // [regressor][step], through the held-back part
    series::Series ask() const { return {.values = train, .frequency = frequency, .period = period}; }
};

std::string_view name_of(series::Frequency);
// The period, or what M4 takes for the frequency: 1 yearly, weekly and daily, 4, 12, 24.
std::size_t mase_lag(const TestSeries&);
double processor_seconds();  // of all threads, user and system

// 200 |y - f| / (|y| + |f|); 0 when both are 0.
double symmetric_error(double y, double f);
double smape(std::span<const double> y, std::span<const double> f);
// Mean absolute difference of values `lag` apart: what errors are divided by in MASE; 0 when the series is too short.
double naive_error(std::span<const double> train, std::size_t lag);

// Point accuracy over a set, the way the M competitions count it.
struct Accuracy {
    double smape_sum = 0, point_sum = 0, first_sum = 0, mase_sum = 0;
    std::size_t series = 0, points = 0, scaled = 0;
    void add(const TestSeries&, std::span<const double> point);
};

// The fields of one line; commas inside quotes belong to the field.
std::vector<std::string> split_csv(std::string_view line);

}  // namespace kindling::bench

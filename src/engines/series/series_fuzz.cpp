// Any bytes as a series and a question: small numbers, the same bits as doubles, gaps, any options. What is always true must hold.
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/fuzz_seeds.h"
#include "engines/series/series.h"

using namespace kindling::series;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

// [frequency, period, domain, combine, horizon, kind of values, values...]
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size < 6 || size > 1200) return 0;
    std::vector<double> y;
    for (std::size_t i = 6; i < size;) {
        if (data[5] % 3 == 0 && i + 8 <= size) {
            double v = 0;
            std::memcpy(&v, data + i, sizeof v);
            y.push_back(v), i += 8;
        } else if (data[i] == 255) y.push_back(NAN), ++i;
        else if (data[5] % 3 == 1) y.push_back(data[i] < 128 ? 0 : data[i] - 128), ++i;
        else y.push_back(std::pow(10, data[i] % 16) * (data[i] / 16 - 7)), ++i;
    }
    Series const series{.values = y, .frequency = static_cast<Frequency>(data[0] % 7), .period = data[1] % 64u, .domain = static_cast<Domain>(data[2] % 3)};
    Options options{.combine = static_cast<Combine>(data[3] % 4)};
    std::size_t const horizon = data[4];
    auto const f = forecast(series, horizon, options);
    if (!f) return 0;
    double largest = 0;
    bool negative = series.domain == Domain::real;
    for (double const v : y)
        if (!std::isnan(v)) largest = std::max(largest, std::abs(v)), negative = negative || (v < 0 && series.domain == Domain::automatic);
    require(f->point.size() == horizon && f->quantiles.size() == options.levels.size());
    for (std::size_t h = 0; h < horizon; ++h) {
        require(std::isfinite(f->point[h]) && std::abs(f->point[h]) <= largest * (10.0 + 20 * static_cast<double>(horizon)));
        require(negative || f->point[h] >= 0);
        for (std::size_t i = 0; i < f->quantiles.size(); ++i) require(std::isfinite(f->quantiles[i][h]) && (i == 0 || f->quantiles[i][h] >= f->quantiles[i - 1][h]) && (negative || f->quantiles[i][h] >= 0));
    }
    return 0;
}

KINDLING_FUZZ_SEEDS(
    "\3\0\0\0\14\2\x88\x98\xa8\x88\x98\xa8\x88\x98\xa8\x88\x98\xa8\x88\x98\xa8\x88\x98\xa8\x88\x98\xa8\x88\x98\xa8\x88\x98\xa8\x88\x98\xa8"sv,
    "\5\7\2\1\7\1\0\0\201\0\0\0\204\0\0\377\0\202\0\0\0\0\201"sv,
    "\0\4\0\3\10\2\x91\x92\x93\x94\x91\x92\x93\x9f\x91\x92\x93\x94\x91\x92\x93\x94"sv,
    "\0\0\1\2\5\0\0\0\0\0\0\0\360\77\0\0\0\0\0\0\0\100\0\0\0\0\0\0\10\100"sv)

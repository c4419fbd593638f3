// STL and MSTL beside statsmodels 0.15 on one series, and what must hold of any.
#include "engines/series/stl.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

namespace kindling::series {
namespace {

// A generator that Python repeats in one line: the peer saw the same numbers.
std::vector<double> peer_series(std::size_t n) {
    std::vector<double> y;
    std::uint64_t s = 12345;
    for (std::size_t t = 0; t < n; ++t) {
        s = (s * 1103515245 + 12345) % 2147483648;
        double const at = static_cast<double>(t);
        y.push_back(100 + 0.3 * at + 20 * (static_cast<double>(t % 12) - 5.5) * (1 + at / 200) + static_cast<double>(t % 7) * 3 + (static_cast<double>(s) / 2147483648 - 0.5) * 10);
    }
    return y;
}

struct Seen {
    std::size_t t;
    double trend, first, second = 0;
};

TEST(Stl, IsThatOfStatsmodels) {
    auto const parts = stl(peer_series(120), 12);
    Seen const seen[] = {{0, 104.91096391950829, -112.05083466308514}, {1, 105.66139494731829, -88.54349066232203}, {13, 113.49654660290203, -94.9112835559975},
                         {60, 125.76934800126001, -141.22198500507326}, {118, 146.89405050506423, 148.5553489616942}, {119, 147.5504195914074, 167.57984564002152}};
    for (auto const& s : seen) {
        EXPECT_NEAR(parts.trend[s.t], s.trend, 1e-9) << s.t;
        EXPECT_NEAR(parts.seasons[0][s.t], s.first, 1e-9) << s.t;
    }
}

TEST(Mstl, IsThatOfStatsmodels) {
    std::vector<std::size_t> const periods = {7, 12};
    auto const parts = mstl(peer_series(120), periods);
    Seen const seen[] = {{0, 106.13890276940018, -12.63953087297432, -102.66805837271627}, {1, 106.75761642094933, -5.281259311588146, -91.94095680062003},
                         {13, 113.40296328409559, 10.18309234387876, -98.42002957914298}, {60, 125.71118785840054, -9.042178675090128, -130.9993670592462},
                         {118, 148.46062875384442, 9.010693380507378, 145.14630838202174}, {119, 149.35898555403327, -0.2810447254650988, 160.1844620924451}};
    for (auto const& s : seen) {
        EXPECT_NEAR(parts.trend[s.t], s.trend, 1e-8) << s.t;
        EXPECT_NEAR(parts.seasons[0][s.t], s.first, 1e-8) << s.t;
        EXPECT_NEAR(parts.seasons[1][s.t], s.second, 1e-8) << s.t;
    }
}

TEST(Mstl, PartsAddUpForAnySeries) {
    std::vector<std::size_t> const week = {7};
    for (std::size_t const n : {14U, 15U, 40U, 400U}) {
        auto y = peer_series(n);
        if (n == 40) y.assign(n, 3.0);
        auto const parts = mstl(y, week);
        for (std::size_t t = 0; t < n; ++t) {
            ASSERT_TRUE(std::isfinite(parts.trend[t]));
            ASSERT_NEAR(parts.trend[t] + parts.seasons[0][t] + parts.rest[t], y[t], 1e-9);
        }
    }
}

TEST(Loess, GoesThroughALine) {
    std::vector<double> line;
    for (int t = 0; t < 30; ++t) line.push_back(2 + 0.5 * t);
    for (std::size_t const window : {3U, 7U, 31U, 101U}) {
        auto const smooth = loess(line, window);
        for (std::size_t t = 0; t < 30; ++t) EXPECT_NEAR(smooth[t], line[t], 1e-9);
    }
}

}  // namespace
}  // namespace kindling::series

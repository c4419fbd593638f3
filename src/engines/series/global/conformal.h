// engines/series/global/conformal.h -- quantiles of a global model from its misses on what was held back.
//
// A miss is measured where its spread is even: in logarithms divided by how much the series moves (sigma of its last windows, mixed with everyone's), or for counts as
// difference of 2 sqrt(x + 3/8) (Anscombe 1948). Misses of questions alike are one sample (Mondrian conformal prediction, Vovk et al. 2005): near a
// holiday or not, and by distance of the horizon for logarithms; by size of the forecast for counts, where what can happen at .1 a day and at 10 differs most.
//
// Series share what happens to all of them (weather, a feast, a rival), and a few weeks held back are few draws of that however many series there are. So each
// logarithmic miss is moved by the mean miss of one of the held-back stretches, up or down by turns: what all share counts twice, as where it was and as where it may be.
// What is left over is one measured number, 1.14: by so much the spread fell short at three origins of Rossmann before the one that the bench reports.
#pragma once
#include "engines/series/global/global.h"

namespace kindling::series {

struct Miss {
    float margin = 0, spread = 0;  // the forecast's logarithm, and what History::row says of the series
    float actual = 0;
    std::uint32_t series = 0, ahead = 0;
    std::uint32_t stretch = 0;  // which half horizon of the held-back steps the target is in
    bool near = false;  // a holiday
};

class Conformal {
public:
    // Misses of no series (half 2), or only those of even (0) or odd (1) numbers. None: quantiles are the point.
    Conformal(std::span<const Miss>, bool logs, double offset, std::size_t horizon, int half = 2);
    double quantile(double level, const Miss& question) const;  // `actual` and `series` are not looked at
    bool empty() const { return all_.empty(); }
    double factor(Aim) const;  // on exp(margin): what it was off by on average, .5 .. 2; 1 for counts
    // Share of the misses that lie within the two quantiles, with the halves of the series learning for each other.
    static double cross_coverage(std::span<const Miss>, bool logs, double offset, std::size_t horizon, double low, double high);

private:
    std::size_t group(const Miss&) const;
    double forecast(const Miss& m) const;
    double miss(const Miss&) const;
    std::vector<double> shared(std::span<const Miss* const>) const;
    double scale(double spread) const;
    bool logs_;
    double offset_, common_ = 0;
    std::size_t horizon_;
    std::vector<double> edges_;                // of forecasts, between groups (counts)
    std::vector<std::vector<double>> scores_;  // of each group, ascending; groups with too few have none
    std::vector<double> all_;
    double mean_ = 1, percentage_ = 1;
};

}  // namespace kindling::series

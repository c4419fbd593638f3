// modules/forecast/kept.h -- a forecast as it is kept: the mean of every variant and day by each model, how far sums of them may be missed, shares of places.
//
// Only variants are kept; products, categories and the total are their sums, so everything adds up. A distribution is a negative binomial: its mean from here, its
// dispersion D (variance = mean + D mean^2) from a table by level, busyness and horizon, learned from back-tests, times a factor of the node. A place takes a share
// of each unit, which leaves the dispersion as it is (thinning). Rows are 16 bits a day with a scale: 2,000 products are about 2 MB a model.
#pragma once
#include "modules/forecast/history.h"
#include <array>
#include <map>

namespace kindling::forecast {

enum class Level { total, category, product, variant };
BOOST_DESCRIBE_ENUM(Level, total, category, product, variant)
inline constexpr std::size_t level_count = 4;

// smoothing: each node's own history by engines/series, made to add up. yearly: the same, moved by what the same weeks did a year ago.
// signals: the likelier of these two, its categories moved for three weeks by what visitors looked at, put into baskets and opened from searches (signals.h). seasonal_naive: the last week again; the rule to beat.
enum class Model { smoothing, yearly, signals, seasonal_naive };
BOOST_DESCRIBE_ENUM(Model, smoothing, yearly, signals, seasonal_naive)
inline constexpr std::size_t model_count = 4;

inline constexpr std::array<std::size_t, 7> sum_days = {1, 3, 7, 14, 28, 56, 91};       // where dispersions of sums are learned
inline constexpr std::array<std::size_t, 5> band_ends = {7, 14, 28, 56, 100'000};       // horizons of single days; the last is "beyond"
inline constexpr std::array<double, 7> quantile_levels = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
inline constexpr std::size_t class_count = 6;                                           // of busyness: units a day below .02, .1, .5, 2, 10, above
std::size_t class_of(double units_a_day);
std::size_t band_of(std::size_t step);  // 0: tomorrow

// Dispersions of one level and class.
struct Spread {
    std::array<float, sum_days.size()> sums{};
    std::array<float, band_ends.size()> days{};
    double sum(std::size_t n) const;  // of the first n >= 1 days: linear between, constant beyond
};

// Of the flags of engines/series/series.h, and two of ours.
enum class Note : std::uint16_t { no_history = 1, short_history = 2, empty_shelf = 4, rare = 8, not_on_sale = 16, spikes = 32 };

struct KeptGood {
    std::string sku, product_id;
    std::int32_t category = -1;
    std::uint16_t notes = 0;
    float scale = 0;     // mean absolute change from one week to the next in the history: what MASE divides by
    float factor = 1;    // on the dispersion of its level and class
    float elasticity = 0;  // of its product, as assortment had learned it when the forecast was made; 0: not known
    std::vector<float> shares;  // of places; empty where there are none
};

// One model's means: rows of horizon days by good, as read.
struct Means {
    std::size_t horizon = 0;
    std::vector<float> values;
    std::span<float> row(std::size_t g) { return std::span(values).subspan(g * horizon, horizon); }
    std::span<float const> row(std::size_t g) const { return std::span(values).subspan(g * horizon, horizon); }
};

// Key of a node above the variants: level and id ("" for the total).
using NodeKey = std::pair<Level, std::string>;
struct NodeExtra {
    float scale = 0, factor = 1;
};

struct Kept {
    std::string run_id;
    Day origin = 0;                  // the first day that is forecast
    std::size_t horizon = 0;
    std::vector<CategoryNode> categories;
    std::vector<std::string> places;
    std::vector<KeptGood> goods;     // by sku
    std::map<NodeKey, NodeExtra> nodes;
    std::map<Model, Means> models;
    std::map<Model, std::array<std::array<Spread, class_count>, level_count>> spreads;
    bool under(std::int32_t category, std::int32_t of) const;
};

std::string encode(Kept const&);
std::string encode(History const&);
// internal "forecast_damaged" for bytes that are none of ours (a bug, or a hand in the database).
Result<Kept> decode_kept(std::string_view);
Result<History> decode_history(std::string_view);

// The smallest count whose distribution function reaches each level; levels ascending. A gamma distribution takes over above 300.
std::vector<double> count_quantiles(double mean, double dispersion, std::span<double const> levels);

}  // namespace kindling::forecast

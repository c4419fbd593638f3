// modules/forecast/kept.h -- a forecast as it is kept: the mean of every variant and day by each model, how far sums of them may be missed, shares of places.
//
// Only variants are kept; products, categories and the total are their sums, so everything adds up. A distribution is a negative binomial: its mean from here, its
// dispersion D (variance = mean + D mean^2) from a table by level, busyness and horizon, learned from back-tests, times a factor of the node. A place takes a part
// of each unit of a day (by_place.h), which would leave the dispersion as it is (thinning), were the part known; `place_width` is what it is not. Rows are 16 bits a day with a scale: 2,000 products are about 2 MB a model.
#pragma once
#include "modules/forecast/history.h"
#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>

namespace kindling::forecast {

enum class Level { total, category, product, variant };
BOOST_DESCRIBE_ENUM(Level, total, category, product, variant)
inline constexpr std::size_t level_count = 4;

// smoothing: each node's own history by engines/series, made to add up. yearly: the same, moved by what the same weeks did a year ago.
// calendar: the same without its holidays, moved by holidays ahead, by the weather ahead where it is followed, and by the time of the year (calendar.h, weather.h).
// boosted: the likeliest of these, its categories moved towards what one boosted model of all of them says (boosted.h).
// signals: the likeliest of all these, its categories moved for three weeks by what visitors looked at, put into baskets, searched for and asked the guide (signals.h). seasonal_naive: the last week again; the rule to beat.
// Numbers are kept in files: new models come last.
enum class Model { smoothing, yearly, signals, seasonal_naive, calendar, boosted };
BOOST_DESCRIBE_ENUM(Model, smoothing, yearly, signals, seasonal_naive, calendar, boosted)
inline constexpr std::size_t model_count = 6;
inline constexpr std::array<Model, 5> learned_models = {Model::smoothing, Model::yearly, Model::calendar, Model::boosted, Model::signals};  // all but the rule to beat

inline constexpr std::array<std::size_t, 7> sum_days = {1, 3, 7, 14, 28, 56, 91};       // where dispersions of sums are learned
inline constexpr std::array<std::size_t, 5> band_ends = {7, 14, 28, 56, 100'000};       // horizons of single days; the last is "beyond"
inline constexpr std::array<double, 7> quantile_levels = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
using Asked = std::array<double, quantile_levels.size()>;                               // levels a distribution is asked for, so that quantile_levels of the days fall below (adapt.h)
inline constexpr std::size_t class_count = 6;                                           // of busyness: units a day below .02, .1, .5, 2, 10, above
std::size_t class_of(double units_a_day);
std::size_t band_of(std::size_t step);  // 0: tomorrow

// Dispersions of one level and class.
struct Spread {
    std::array<float, sum_days.size()> sums{};
    std::array<float, band_ends.size()> days{};
    double sum(std::size_t n) const;  // of the first n >= 1 days: linear between, constant beyond
};

// Of the flags of engines/series/series.h, and six of ours. one_season: less than two years of the shop are known, so what a time of the year does was seen once or not at
// all; part_of_year: its category sold seven tenths of the last year within 13 weeks. closed_days: the shop was shut on days of the last year, which are not learned from. few_by_place: hardly any units of it
// left places lately, so how it is split over them is that of its product and category; told of what a place sends alone. The three before it are told of every node of which all goods have them.
enum class Note : std::uint16_t { no_history = 1, short_history = 2, empty_shelf = 4, rare = 8, not_on_sale = 16, spikes = 32, promotions_out = 64, one_season = 128, part_of_year = 256, closed_days = 512, few_by_place = 1024 };
// The notes of a node in words; notes: of all its members, each in turn.
std::vector<std::string> note_texts(Level, std::span<std::uint16_t const> notes);

struct KeptGood {
    std::string sku, product_id;
    std::int32_t category = -1;
    std::uint16_t notes = 0;
    float scale = 0;     // mean absolute change from one week to the next in the history: what MASE divides by
    float factor = 1;    // on the dispersion of its level and class
    float price = 0;       // minor units, as a mean of some 28 days: what the history sold at; 0: not known
    float elasticity = 0;  // of its product, as assortment had learned it when the forecast was made; 0: not known
    std::vector<float> shares;  // of places; empty where there are none
    bool on_sale() const { return !(notes & static_cast<std::uint16_t>(Note::not_on_sale)); }
};

// One model's means: rows of horizon days by good, as read.
struct Means {
    std::size_t horizon = 0;
    std::vector<float> values;
    std::span<float> row(std::size_t g) { return std::span(values).subspan(g * horizon, horizon); }
    std::span<float const> row(std::size_t g) const { return std::span(values).subspan(g * horizon, horizon); }
};

// What of a unit of a day ahead a place sends: by the shares of its good and the factors of that day (by_place.h); no factors: by shares alone.
double part_of(std::span<float const> shares, std::vector<std::vector<float>> const& factors, std::size_t place, std::size_t day);
// The same of all places at once, with one sum over them; out: as many as shares.
void parts_of(std::span<float const> shares, std::vector<std::vector<float>> const& factors, std::size_t day, std::span<double> out);

// Key of a node above the variants: level and id ("" for the total).
using NodeKey = std::pair<Level, std::string>;
struct NodeExtra {
    float scale = 0, factor = 1;
};

// A holiday ahead that moved the shop's demand in the past, and its factor on the day itself.
struct HolidayAhead {
    std::uint8_t holiday = 0;        // series::Holiday
    Day day = 0;
    float factor = 1;
};

// What another weather would do (weather.h): °C of each day ahead, the season's mean where it is not known; effects of goods without a category, then of each category.
struct WeatherAhead {
    float hot = 0, cold = 0;
    std::vector<float> temperature = {};
    std::vector<std::array<float, 4>> effects = {};  // empty: the weather is not followed
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
    // Of the model calendar, logarithms by day ahead: first of goods without a category, then of each of `categories`. Empty: there is none.
    std::vector<std::vector<float>> holiday_moves = {}, season_moves = {};
    // What of a model's moves cuts of price did that the days it learned them from held (planned.h): of holiday_moves, and of what `yearly` repeats. Empty: nothing.
    std::vector<std::vector<float>> held_moves = {}, year_held = {};
    std::vector<std::vector<float>> weather_moves = {};  // of the same rows; what the weather that is known ahead does. Empty: it is not followed
    WeatherAhead weather = {};
    std::vector<HolidayAhead> holidays = {};
    Model signals_on = Model::smoothing, boosted_on = Model::smoothing;  // what the models signals and boosted move
    std::map<Model, std::array<Asked, level_count>> asked = {};  // where it helps; otherwise quantile_levels
    std::vector<std::vector<float>> place_factors = {};  // of each place, by day ahead; empty: shares alone
    std::array<float, level_count> place_width{1, 1, 1, 1};  // on the dispersion of a node, of what a place sends of it
    double part(std::size_t good, std::size_t place, std::size_t day) const { return part_of(goods[good].shares, place_factors, place, day); }  // O(places): who walks all of them asks for parts
    void parts(std::size_t good, std::size_t day, std::span<double> out) const { parts_of(goods[good].shares, place_factors, day, out); }
    bool under(std::int32_t category, std::int32_t of) const;
    Model under(Model) const;  // the model whose moves of last year and of feasts are in this one
    bool follows_feasts(Model) const;
    std::vector<std::vector<float>> const& held_in(Model) const;
    std::size_t feast_row(std::size_t good) const { return static_cast<std::size_t>(goods[good].category + 1); }  // of the moves above
    // Of the shop or a category, by a model that follows holidays: logarithms of what feasts do to its days ahead. Empty: nothing.
    std::span<float const> feasts_of(Model, Level, std::string_view id) const;
    Asked const& asked_of(Model model, Level level) const { auto const found = asked.find(model); return found == asked.end() ? quantile_levels : found->second[static_cast<std::size_t>(level)]; }
};

inline constexpr double feast_variance = 0.0225;  // of a feast's move from one year to the next, in logarithms: a seventh

// What is not known of a feast, as a dispersion of the days that it moves: the variance by which one differs from year to year (calendar.h), for the year it was learned of and for the
// year ahead, and of small ones a third of their move. It moves all goods together, so no dispersion learned at quieter origins holds it. Of a sum: its days' moves, averaged by units.
inline double feast_dispersion(double move) { return std::min(move * move / 9, 2 * feast_variance); }

std::string encode(Kept const&);
std::string encode(History const&);
// internal "forecast_damaged" for bytes that are none of ours (a bug, or a hand in the database).
Result<Kept> decode_kept(std::string_view);
Result<History> decode_history(std::string_view);

// The smallest count whose distribution function reaches each level; levels ascending. A gamma distribution takes over above 300.
std::vector<double> count_quantiles(double mean, double dispersion, std::span<double const> levels);
// Its distribution function at k (below 0: 0), by the same two laws.
double count_distribution(double mean, double dispersion, double k);

}  // namespace kindling::forecast

// series-global: one model for 1,115 shops by day (rossmann), the last 42 days forecast at once from the day before them.
//
// RMSPE = root of the mean of ((actual - forecast) / actual)^2 over days with sales, as the competition counted; coverage of the 80 and 95 % intervals. What is given
// ahead: which days a shop opens, promotions, holidays, school holidays. Beside two plain rules measured in the same run: the value 364 days before, and
// the median by shop, weekday and promotion over the last year. How the model is set was chosen at earlier origins (engines/series/global/README.md).
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <map>

#include "engines/series/global/global.h"
#include "series.h"

namespace kindling::bench {

namespace {

constexpr std::size_t horizon = 42;
constexpr std::size_t regressors = 6, attributes = 6;

struct Shops {
    Day first = 0;
    std::size_t days = 0;
    std::vector<std::vector<float>> sales;                            // [shop][day], NaN closed
    std::vector<std::array<std::vector<float>, regressors>> known;    // [shop][regressor][day]
    std::vector<std::array<float, attributes>> fixed;
};

float number(const std::string& text) { return text.empty() ? NAN : std::strtof(text.c_str(), nullptr); }

// Months counted from year 0; a promotion of months is named by their first letters.
bool in_months(const std::string& list, unsigned month) {
    static constexpr std::string_view names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return list.find(names[month - 1]) != std::string::npos;
}

Shops load(const std::string& path) {
    auto const text = read_file(path);
    struct Row { std::size_t shop; Day day; std::vector<std::string> fields; };
    std::vector<Row> rows;
    std::map<std::string, std::size_t> numbers;
    for (std::size_t at = text.find('\n'); at != std::string::npos && at + 1 < text.size();) {
        auto const end = std::min(text.find('\n', at + 1), text.size());
        auto fields = split_csv(std::string_view(text).substr(at + 1, end - at - 1));
        at = end;
        if (fields.size() < 18) give_up({Errc::invalid_argument, "bad_series", "rossmann.csv.gz: a line has fewer than 18 fields."});
        auto const day = need(parse_date(fields[2]));
        rows.push_back({numbers.try_emplace(fields[0], numbers.size()).first->second, day, std::move(fields)});
    }
    Shops out;
    out.first = std::ranges::min(rows, {}, &Row::day).day;
    out.days = static_cast<std::size_t>(std::ranges::max(rows, {}, &Row::day).day - out.first) + 1;
    out.sales.assign(numbers.size(), std::vector<float>(out.days, NAN));
    out.known.resize(numbers.size()), out.fixed.resize(numbers.size());
    for (auto& shop : out.known)
        for (auto& r : shop) r.assign(out.days, NAN);
    for (auto& shop : out.known) std::ranges::fill(shop[0], 0);
    std::vector<float> promotion(out.days, 0);
    for (auto const& row : rows) {
        auto const t = static_cast<std::size_t>(row.day - out.first);
        auto const& f = row.fields;
        auto& k = out.known[row.shop];
        out.sales[row.shop][t] = number(f[3]);
        k[0][t] = 1, k[1][t] = promotion[t] = number(f[6]), k[2][t] = f[7] != "0", k[3][t] = number(f[8]);
        out.fixed[row.shop] = {static_cast<float>(f[9][0]), static_cast<float>(f[10][0]), number(f[11]), number(f[14]), f[17].empty() ? NAN : static_cast<float>(f[17][0]), static_cast<float>(row.shop)};
    }
    std::vector<std::vector<std::string>> facts(numbers.size());
    for (auto const& row : rows) facts[row.shop] = row.fields;
    for (std::size_t s = 0; s < out.known.size(); ++s) {
        auto& k = out.known[s];
        auto const& f = facts[s];
        for (std::size_t t = 0; t < out.days; ++t) {
            auto const civil = civil_from_day(out.first + static_cast<Day>(t));
            auto const year = static_cast<float>(static_cast<int>(civil.year())), month = static_cast<float>(static_cast<unsigned>(civil.month()));
            if (std::isnan(k[1][t])) k[1][t] = promotion[t];  // one promotion calendar for all shops; school holidays go on over a closed day
            if (std::isnan(k[2][t])) k[2][t] = 0;
            if (std::isnan(k[3][t])) k[3][t] = t > 0 ? k[3][t - 1] : 0;
            bool const second = f[14] == "1" && !f[16].empty() && (year - number(f[16])) * 52 + (month - 1) * 52 / 12 >= number(f[15]);
            k[4][t] = second ? (in_months(f[17], static_cast<unsigned>(civil.month())) ? 2.0F : 1.0F) : 0.0F;
            k[5][t] = f[13].empty() ? NAN : std::clamp((year - number(f[13])) * 12 + month - number(f[12]), -12.0F, 36.0F);
        }
    }
    return out;
}

struct Errors {
    double squares = 0, points = 0;
    void add(double y, double f) { squares += (y - f) * (y - f) / y / y, points += 1; }
    double root() const { return std::sqrt(squares / points); }
};

// Forecasts days at .. at + 41 of all shops from what was known before.
void measure(BenchContext& context, const Shops& shops, std::size_t at, const series::GlobalOptions& options) {
    auto const started = std::chrono::steady_clock::now();
    auto const cpu = processor_seconds();
    series::Panel panel{.frequency = series::Frequency::daily, .first_day = shops.first, .steps = at, .horizon = horizon};
    using enum series::RegressorKind;
    panel.regressors = {{"open", open}, {"promotion", promotion}, {"state_holiday", flag}, {"school_holiday", flag}, {"second_promotion", number}, {"months_since_competition", number}};
    panel.attributes = {"type", "assortment", "competition_distance", "second_promotion", "promotion_months", "shop"};
    for (std::size_t s = 0; s < shops.sales.size(); ++s) {
        series::PanelSeries one{.values = std::span(shops.sales[s]).first(at), .attributes = shops.fixed[s]};
        for (auto const& r : shops.known[s]) one.regressors.push_back(std::span(r).first(at + horizon));
        panel.series.push_back(std::move(one));
    }
    auto const model = need(series::GlobalModel::fit(std::move(panel), options));
    auto const forecasts = need(model.forecast());
    double const seconds = seconds_since(started), processor = processor_seconds() - cpu;
    Errors ours, year_ago, median;
    double in80 = 0, in95 = 0;
    for (std::size_t s = 0; s < shops.sales.size(); ++s) {
        auto const& y = shops.sales[s];
        std::map<std::pair<std::size_t, bool>, std::vector<double>> by;
        for (std::size_t t = at > 365 ? at - 365 : 0; t < at; ++t)
            if (!std::isnan(y[t])) by[{t % 7, shops.known[s][1][t] > 0}].push_back(y[t]);
        for (std::size_t h = 0; h < horizon; ++h) {
            double const v = y[at + h];
            if (std::isnan(v)) continue;
            ours.add(v, forecasts[s].point[h]);
            in80 += v >= forecasts[s].quantiles[1][h] && v <= forecasts[s].quantiles[2][h], in95 += v >= forecasts[s].quantiles[0][h] && v <= forecasts[s].quantiles[3][h];
            if (at + h >= 364 && !std::isnan(y[at + h - 364])) year_ago.add(v, y[at + h - 364]);
            if (auto const found = by.find({(at + h) % 7, shops.known[s][1][at + h] > 0}); found != by.end()) median.add(v, percentile(found->second, 0.5));
        }
    }
    context.report("rmspe/rossmann", ours.root(), "share", Reference{"goal", 0.110});
    context.report("rmspe_median/rossmann", median.root(), "share");
    context.report("rmspe_seasonal_naive/rossmann", year_ago.root(), "share");
    context.report("coverage_80/rossmann", in80 / ours.points, "share", Reference{"nominal", 0.80});
    context.report("coverage_95/rossmann", in95 / ours.points, "share", Reference{"nominal", 0.95});
    context.report("points/rossmann", ours.points, "shop-days");
    context.report("rows/rossmann", static_cast<double>(model.learning().rows), "rows");
    context.report("trees/rossmann", model.learning().rounds, "trees");
    context.report("seconds/rossmann", seconds, "s", Reference{"goal", 180});
    context.report("cpu_s/rossmann", processor, "s");
}

}  // namespace

void run_series_global(BenchContext& context) {
    auto const path = context.find("rossmann/rossmann.csv.gz");
    if (!path) return;
    auto const shops = load(*path);
    std::span const holidays = series::western_holidays();
    series::GlobalOptions options{.levels = {0.025, 0.1, 0.9, 0.975}, .holidays = {holidays.begin(), holidays.end()}, .objective = series::Objective::log_squared, .aim = series::Aim::percentage, .least_rounds = 450, .models = 2};
    // Days before the end at which the forecast begins: how the model is set is chosen at earlier origins than the one reported.
    auto const* const development = std::getenv("KINDLING_SERIES_DEVELOPMENT");
    auto const before = development ? static_cast<std::size_t>(std::clamp(std::atoi(development), static_cast<int>(horizon), 500)) : horizon;
    measure(context, shops, shops.days - before, options);
}

}  // namespace kindling::bench

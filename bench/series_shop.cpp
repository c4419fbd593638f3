// series-shop: demand of a real shop by article and day (UCI Online Retail, December 2010 to December 2011), the last 28 days held back.
//
// Units sold on invoices that were not cancelled, articles with at least 20 days of sales before the held-back days. Beside the engine, computed here with the
// same data: seasonal naive (the same weekday last week), simple smoothing and TSB with normal quantiles cut at zero. WAPE = sum |y - f| / sum y over all
// points, for the mean and for the median forecast; pinball: mean loss over points, summed over levels .5 .75 .9 .95 .99, over mean demand.
// boosted: one model of all articles (engines/series/global: Tweedie, holidays of Western shops), 300 trees at most.
#include <algorithm>
#include <cmath>
#include <map>

#include "engines/series/global/global.h"
#include "engines/series/learn.h"
#include "series.h"

namespace kindling::bench {

namespace {

constexpr std::size_t held = 28;
const std::vector<double> levels = {0.5, 0.75, 0.9, 0.95, 0.99};

struct Articles {
    std::vector<std::vector<double>> days;  // from the day an article first sold
    long last = 0;                          // day of the last value
};

Articles load(const std::string& path) {
    auto const text = read_file(path);
    std::map<std::string, std::map<long, double>, std::less<>> sold;
    long first = 0, last = 0;
    for (std::size_t at = text.find('\n') + 1; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        auto const fields = split_csv(std::string_view(text).substr(at, end - at));
        at = end + 1;
        int year = 0, month = 0, day = 0;
        if (fields.size() < 8 || fields[0].starts_with('C') || std::sscanf(fields[4].c_str(), "%d-%d-%d", &year, &month, &day) != 3) continue;
        double const quantity = std::strtod(fields[3].c_str(), nullptr);
        // Articles are numbered; POST, D, M ... are charges.
        if (quantity <= 0 || fields[1].size() < 5 || fields[1][0] < '0' || fields[1][0] > '9') continue;
        long const date = std::chrono::sys_days(std::chrono::year(year) / month / day).time_since_epoch().count();
        if (first == 0 || date < first) first = date;
        last = std::max(last, date);
        sold[fields[1]][date] += quantity;
    }
    Articles out{.days = {}, .last = last};
    for (auto const& [article, days] : sold) {
        std::vector<double> y(static_cast<std::size_t>(last - days.begin()->first + 1));
        std::size_t before = 0;
        for (auto const& [date, quantity] : days) y[static_cast<std::size_t>(date - days.begin()->first)] = quantity, before += last - date >= static_cast<long>(held);
        if (before >= 20 && y.size() > held + 56) out.days.push_back(std::move(y));
    }
    return out;
}

struct Loss {
    double absolute = 0, absolute_median = 0, demand = 0, bias = 0, pinball = 0, points = 0;
    std::vector<double> below = std::vector<double>(levels.size());
    void add(std::span<const double> actual, std::span<const double> point, const std::vector<std::vector<double>>& quantiles) {
        for (std::size_t h = 0; h < actual.size(); ++h) {
            absolute += std::abs(actual[h] - point[h]), absolute_median += std::abs(actual[h] - quantiles[0][h]), demand += actual[h], bias += point[h] - actual[h], points += 1;
            for (std::size_t i = 0; i < levels.size(); ++i) {
                double const miss = actual[h] - quantiles[i][h];
                pinball += miss >= 0 ? levels[i] * miss : (levels[i] - 1) * miss, below[i] += miss <= 0;
            }
        }
    }
};

// One boosted model of all articles, from what is known before the days that are held back.
Loss boosted(const Articles& articles) {
    std::size_t steps = 0;
    for (auto const& y : articles.days) steps = std::max(steps, y.size() - held);
    series::Panel panel{.frequency = series::Frequency::daily, .first_day = static_cast<Day>(articles.last - static_cast<long>(held + steps) + 1), .steps = steps, .horizon = held, .regressors = {}, .attributes = {}, .series = {}};
    std::vector<std::vector<float>> values;
    for (auto const& y : articles.days) {
        auto& row = values.emplace_back(steps - (y.size() - held), NAN);
        for (double const v : std::span(y).first(y.size() - held)) row.push_back(static_cast<float>(v));
    }
    for (auto const& row : values) panel.series.push_back({.values = row});
    auto const holidays = series::western_holidays();
    auto const model = need(series::GlobalModel::fit(panel, {.levels = levels, .holidays = {holidays.begin(), holidays.end()}, .max_rows = 300'000, .max_rounds = 300, .depth = 6}));
    auto const all = need(model.forecast());
    Loss out;
    for (std::size_t s = 0; s < all.size(); ++s) {
        std::vector<std::vector<double>> quantiles;
        for (auto const& q : all[s].quantiles) quantiles.emplace_back(q.begin(), q.end());
        out.add(std::span(articles.days[s]).last(held), std::vector<double>(all[s].point.begin(), all[s].point.end()), quantiles);
    }
    return out;
}

}  // namespace

void run_series_shop(BenchContext& context) {
    auto const path = context.find("online-retail-uci/online_retail.csv.gz");
    if (!path) return;
    auto const articles = load(*path);
    auto const& data = articles.days;
    std::vector<series::Series> known;
    for (auto const& y : data) known.push_back({.values = std::span(y).first(y.size() - held), .frequency = series::Frequency::daily});
    auto const actual = [&](std::size_t s) { return std::span(data[s]).last(held); };
    auto const normal = [&](series::Method method) {
        Loss out;
        for (std::size_t s = 0; s < known.size(); ++s) {
            auto const f = need(series::forecast(known[s], held, {.levels = {}, .methods = {method}}));
            double mean = 0, squares = 0;
            for (double const v : known[s].values) mean += v / static_cast<double>(known[s].values.size());
            for (double const v : known[s].values) squares += (v - mean) * (v - mean) / static_cast<double>(known[s].values.size());
            std::vector<std::vector<double>> quantiles;
            for (double const level : levels) {
                auto& row = quantiles.emplace_back();
                for (double const v : f.point) row.push_back(std::max(0.0, v + std::sqrt(squares) * series::normal_quantile(level)));
            }
            out.add(actual(s), f.point, quantiles);
        }
        return out;
    };
    auto const naive = normal(series::Method::seasonal_naive), ses = normal(series::Method::ses), tsb = normal(series::Method::tsb);
    auto const started = processor_seconds();
    auto const learned = need(series::learn(known, held, series::Learn::weights_and_calibration, {.levels = levels}));
    Loss ours;
    for (std::size_t s = 0; s < known.size(); ++s) {
        auto const f = need(series::forecast(known[s], held, learned.options({.levels = levels})));
        ours.add(actual(s), f.point, f.quantiles);
    }
    auto const seconds = processor_seconds() - started;
    auto const wape = [](const Loss& l) { return l.absolute / l.demand; };
    auto const pinball = [](const Loss& l) { return l.pinball / l.demand; };
    auto const before_boosting = processor_seconds();
    auto const trees = boosted(articles);
    context.report("boosted/cpu_s", processor_seconds() - before_boosting, "s");
    context.report("boosted/wape", wape(trees), "share", Reference{"ours", wape(ours)});
    context.report("boosted/wape_median", trees.absolute_median / trees.demand, "share", Reference{"ours", ours.absolute_median / ours.demand});
    context.report("boosted/bias", trees.bias / trees.demand, "share of demand", Reference{"ours", ours.bias / ours.demand});
    context.report("boosted/pinball", pinball(trees), "share of demand", Reference{"ours", pinball(ours)});
    for (std::size_t i = 0; i < levels.size(); ++i) context.report("boosted/below/" + std::to_string(levels[i]).substr(0, 4), trees.below[i] / trees.points, "share", Reference{"at least", levels[i]});
    context.report("articles", static_cast<double>(known.size()), "articles");
    context.report("wape", wape(ours), "share", Reference{"seasonal naive", wape(naive)});
    context.report("wape/ses", wape(ses), "share", Reference{"ours", wape(ours)});
    context.report("wape/tsb", wape(tsb), "share", Reference{"ours", wape(ours)});
    context.report("wape_median", ours.absolute_median / ours.demand, "share", Reference{"simple smoothing, mean", wape(ses)});
    context.report("bias", ours.bias / ours.demand, "share of demand", Reference{"TSB", tsb.bias / tsb.demand});
    context.report("pinball", pinball(ours), "share of demand", Reference{"TSB + normal", pinball(tsb)});
    context.report("pinball_below_seasonal_naive", 1 - pinball(ours) / pinball(naive), "share");
    context.report("pinball_below_ses", 1 - pinball(ours) / pinball(ses), "share");
    context.report("pinball_below_tsb", 1 - pinball(ours) / pinball(tsb), "share");
    for (std::size_t i = 0; i < levels.size(); ++i) context.report("below/" + std::to_string(levels[i]).substr(0, 4), ours.below[i] / ours.points, "share", Reference{"at least", levels[i]});
    context.report("cpu_s", seconds, "s");
}

}  // namespace kindling::bench

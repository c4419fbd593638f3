// series-scale: a chain of shops in the shape of M5 (3,049 goods x 10 shops in 3 states, 1,941 days, 42,840 nodes) planned from features to forecasts that add up;
// and one million short series under Spark (series_scale_spark.cpp).
//
// Generated: a good sells by its own rate, weekday, year, shop, price, promotion and pay-day week, in counts; some were launched late. The last 28 days are held back. One
// boosted model learns from rows drawn from all goods and forecasts each of them; the 12,350 sums above are forecast each from its own history; what adds up is chosen
// at the two origins before, each by models of its own that know nothing later, and applied to the held-back days. Reported: seconds and memory of the whole, and
// whether it was worth it: errors of levels (mean of RMSE / mean absolute weekly step) beside bottom-up, and of goods beside the same days of the last four weeks.
// --series N takes the first N / 10 goods.
#include <sys/resource.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/parallel.h"
#include "core/random.h"
#include "engines/series/global/global.h"
#include "engines/series/hierarchy.h"
#include "series.h"

namespace kindling::bench {

namespace {

constexpr std::size_t shops = 10, all_goods = 3049, all_days = 1941, horizon = 28;
constexpr unsigned threads = 2;

struct Chain {
    series::Structure structure;
    std::vector<std::vector<float>> sales, price, promotion;  // of each good at each shop: [day]
    std::array<std::vector<float>, 3> pay_day;                // of each state
    std::vector<std::array<float, 3>> attributes;             // department, shop, good
};

std::size_t state_of(std::size_t shop) { return shop < 4 ? 0 : shop < 7 ? 1 : 2; }

Chain make_chain(std::size_t goods) {
    Random random(2026);
    Chain out;
    std::vector<std::vector<std::string>> labels;
    for (std::size_t s = 0; s < 3; ++s)
        for (std::size_t t = 0; t < all_days; ++t) out.pay_day[s].push_back(t % 30 >= 3 * s && t % 30 < 3 * s + 10 ? 1.0F : 0.0F);
    std::vector<std::vector<double>> tide(shops, std::vector<double>(all_days));
    for (auto& row : tide)
        for (std::size_t t = 1; t < all_days; ++t) row[t] = 0.97 * row[t - 1] + 0.04 * random.normal();
    for (std::size_t good = 0; good < goods; ++good) {
        std::size_t const department = good * 7 / goods, category = department < 3 ? 0 : department < 5 ? 1 : 2;
        double const rate = std::exp(random.normal(-0.5, 1.2)), yearly = random.uniform(0, 0.4), phase = random.uniform(0, 6.283), elasticity = random.uniform(0.5, 2.5), lift = random.uniform(0.2, 0.9), usual = random.uniform(1, 30);
        std::size_t const launch = random.uniform() < 0.3 ? random.below(1200) : 0;
        for (std::size_t shop = 0; shop < shops; ++shop) {
            double const own = rate * std::exp(random.normal(0, 0.4));
            auto& y = out.sales.emplace_back(all_days);
            auto& price = out.price.emplace_back(all_days);
            auto& promotion = out.promotion.emplace_back(all_days);
            double now = usual;
            std::size_t ends = 0;
            for (std::size_t t = 0; t < all_days; ++t) {
                if (t % 91 == 0) now = usual * (1 + 0.08 * random.normal() * 0.5);
                if (t >= ends && random.uniform() < 0.01) ends = t + 7;
                bool const promoted = t < ends;
                price[t] = static_cast<float>(std::max(0.1, promoted ? 0.85 * now : now)), promotion[t] = promoted;
                if (t < launch) { y[t] = NAN; continue; }
                double const mean = own * std::exp(tide[shop][t] - elasticity * std::log(price[t] / usual) + (promoted ? lift : 0) + yearly * std::sin(6.283 * static_cast<double>(t) / 365.25 + phase) + 0.15 * out.pay_day[state_of(shop)][t]) * (t % 7 >= 5 ? 1.4 : 0.85);
                y[t] = static_cast<float>(random.poisson(mean));
            }
            labels.push_back({std::to_string(state_of(shop)), std::to_string(shop), std::to_string(category), std::to_string(department), std::to_string(good)});
            out.attributes.push_back({static_cast<float>(department), static_cast<float>(shop), static_cast<float>(good)});
        }
    }
    std::vector<std::vector<std::size_t>> const levels = {{}, {0}, {1}, {2}, {3}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {4}, {0, 4}};
    std::vector<std::string> const names = {"total", "state", "store", "category", "department", "state_category", "state_department", "store_category", "store_department", "item", "item_state"};
    out.structure = need(series::make_structure(labels, levels, names));
    return out;
}

// The history of a sum, of days before `end`; before its launch a good sold nothing.
std::vector<double> history(const Chain& chain, std::size_t node, std::size_t end) {
    std::vector<double> out(end);
    auto const add = [&](std::size_t b) { for (std::size_t t = 0; t < end; ++t) out[t] += std::isnan(chain.sales[b][t]) ? 0 : chain.sales[b][t]; };
    auto const sums = chain.structure.sums.size();
    if (node < sums) for (auto const b : chain.structure.sums[node]) add(b);
    else add(node - sums);
    return out;
}

// How far plain smoothing of the last year missed the last 28 days, one day ahead: what W of reconciliation is made of.
std::array<double, horizon> one_step_misses(std::span<const double> y) {
    std::array<double, horizon> out{};
    std::array<double, 7> profile{};
    std::size_t const n = y.size(), from = n > 364 ? n - 364 : 0;
    double sum = 1e-9;
    for (std::size_t t = from; t < n; ++t) profile[t % 7] += y[t], sum += y[t];
    for (auto& p : profile) p = (p * 7 + 1) / (sum + 1);
    double level = sum / static_cast<double>(n - from);
    double const alpha = 0.02 + 0.28 * level / (level + 30);
    for (std::size_t t = from; t < n; ++t) {
        double const miss = y[t] - level * profile[t % 7];
        if (t + horizon >= n) out[t + horizon - n] = miss;
        level += alpha * miss / profile[t % 7];
    }
    return out;
}

struct Planned {
    series::BackTest test;  // base, errors, actual, scale of all nodes
    std::size_t rows = 0;
    int trees = 0;
};

Planned plan(const Chain& chain, std::size_t end, std::size_t rows, int rounds) {
    auto const& s = chain.structure;
    std::size_t const sums = s.sums.size();
    using enum series::RegressorKind;
    series::Panel panel{.frequency = series::Frequency::daily, .first_day = 15'000, .steps = end, .horizon = horizon, .regressors = {{"price", price}, {"promotion", promotion}, {"pay_day", flag}}, .attributes = {"department", "shop", "good"}};
    for (std::size_t b = 0; b < s.bottom; ++b) {
        auto const first = [&](const std::vector<float>& v) { return std::span(v).first(end + horizon); };
        panel.series.push_back({.values = std::span(chain.sales[b]).first(end), .regressors = {first(chain.price[b]), first(chain.promotion[b]), first(chain.pay_day[state_of(b % shops)])}, .attributes = chain.attributes[b]});
    }
    Planned out{.test = {series::Table(s.nodes(), horizon), series::Table(s.nodes(), horizon), series::Table(s.nodes(), horizon), std::vector<double>(s.nodes(), 1)}};
    {
        auto const model = need(series::GlobalModel::fit(std::move(panel), {.levels = {0.1, 0.5, 0.9}, .objective = series::Objective::tweedie, .max_rows = rows, .max_rounds = rounds, .depth = 7, .patience = 15, .threads = threads}));
        out.rows = model.learning().rows, out.trees = model.learning().rounds;
        auto const forecasts = need(model.forecast());
        for (std::size_t b = 0; b < s.bottom; ++b)
            for (std::size_t h = 0; h < horizon; ++h) out.test.base.at(sums + b, h) = forecasts[b].point[h];
    }
    parallel_for(s.nodes(), [&](std::size_t i) {
        auto const y = history(chain, i, end + horizon);
        auto const known = std::span(y).first(end);
        if (i < sums) std::ranges::copy(need(series::forecast({.values = known.last(std::min<std::size_t>(end, 730)), .frequency = series::Frequency::daily}, horizon, {.levels = {}})).point, out.test.base.row(i).begin());
        std::ranges::copy(one_step_misses(known), out.test.errors.row(i).begin());
        std::copy_n(y.begin() + static_cast<std::ptrdiff_t>(end), horizon, out.test.actual.row(i).begin());
        if (double const step = naive_error(known.last(std::min<std::size_t>(end, 364)), 7); step > 0) out.test.scale[i] = step;
    }, threads);
    return out;
}

void report_errors(BenchContext& context, const Chain& chain, const Planned& now, const series::Table& ours) {
    auto const& s = chain.structure;
    auto const& t = now.test;
    auto const own = series::level_errors(s, ours, t.actual, t.scale), bottom_up = series::level_errors(s, need(series::reconcile(s, t.base, t.errors, series::Reconcile::bottom_up)), t.actual, t.scale);
    series::Table plain(s.nodes(), horizon);
    std::size_t const sums = s.sums.size(), end = all_days - horizon;
    for (std::size_t i = sums; i < s.nodes(); ++i) {
        auto const y = history(chain, i, end);
        for (std::size_t h = 0; h < horizon; ++h)
            for (std::size_t week = 1; week <= 4; ++week) plain.at(i, h) += y[end + h % 7 - 7 * week] / 4;
    }
    auto const weekly = series::level_errors(s, plain, t.actual, t.scale);
    double mean = 0, worst = 0;
    for (std::size_t l = 0; l < own.size(); ++l) mean += own[l] / bottom_up[l] / static_cast<double>(own.size()), worst = std::max(worst, own[l] / bottom_up[l]);
    context.report("gain/m5_shaped", mean, "ratio", Reference{"bottom-up", 1});
    context.report("worst_gain/m5_shaped", worst, "ratio", Reference{"goal", 1.01});
    context.report("error_bottom/m5_shaped", own.back(), "ratio", Reference{"mean of the same weekday of four weeks", weekly.back()});
}

}  // namespace

void run_series_scale(BenchContext& context) {
    std::size_t const goods = std::clamp<std::size_t>(context.series().value_or(all_goods * shops) / shops, 7, all_goods);
    auto const chain = make_chain(goods);
    auto const started = std::chrono::steady_clock::now();
    auto const cpu = processor_seconds();
    auto const timed = [&](std::string_view what) { fmt::print(stderr, "series-scale: {:.0f} s: {}\n", seconds_since(started), what); };
    std::size_t const end = all_days - horizon;
    std::vector<series::BackTest> tests;
    for (std::size_t const back : {1, 2}) tests.push_back(plan(chain, end - back * horizon, 300'000, 60).test), timed("an earlier origin is planned");
    auto const now = plan(chain, end, 2'000'000, 300);
    timed("the last origin is planned");
    auto const chosen = need(series::choose_reconciliation(chain.structure, tests));
    auto const ours = need(series::reconcile(chain.structure, now.test.base, now.test.errors, chosen));
    timed(fmt::format("made to add up by {} with share {}", series::name(chosen.method), chosen.share));
    context.report("seconds/m5_shaped", seconds_since(started), "s", Reference{"goal", 900});
    context.report("cpu_s/m5_shaped", processor_seconds() - cpu, "s");
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    context.report("peak_resident_mb/m5_shaped", static_cast<double>(usage.ru_maxrss) / 1024, "MB", Reference{"goal", 6144});
    context.report("series/m5_shaped", static_cast<double>(chain.structure.bottom), "series", Reference{"M5", 30'490});
    context.report("nodes/m5_shaped", static_cast<double>(chain.structure.nodes()), "nodes");
    context.report("rows/m5_shaped", static_cast<double>(now.rows), "rows");
    context.report("trees/m5_shaped", now.trees, "trees");
    report_errors(context, chain, now, ours);
    run_series_under_spark(context);
}

}  // namespace kindling::bench

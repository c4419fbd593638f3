// series-hierarchy: forecasts that add up, on Australian domestic tourism (Region x State x Purpose, 304 bottom series, 425 nodes, 80 quarters) and on
// a generated set in the shape of M5 (3,049 goods x 10 shops, 12 levels, 42,840 nodes).
//
// Every node is forecast by itself; the way of reconciling is chosen by three back-tests that end before the held-back steps, then applied to them. Errors: mean
// over the nodes of a level of root mean square error divided by the node's own mean absolute seasonal step. gain/LEVEL = ours divided by
// bottom-up, in the held-back steps. reconcile_ms: shrink (MinT), median of nine, CPU time.
#include <sys/resource.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>

#include "core/random.h"
#include "engines/series/hierarchy.h"
#include "engines/series/samples.h"
#include "engines/series/methods.h"
#include "series.h"

namespace kindling::bench {

namespace {

using series::Reconcile;
using series::Structure;
using series::Table;

struct Known {
    Structure structure;
    Table values;  // all nodes, all steps
};

std::vector<double> scales(const Table& values, std::size_t known, std::size_t lag) {
    std::vector<double> out;
    for (std::size_t i = 0; i < values.rows; ++i) {
        double const step = naive_error(values.row(i).first(known), lag);
        out.push_back(step > 0 ? step : 1);  // a node that never moved: errors in its own unit
    }
    return out;
}
Table columns(const Table& t, std::size_t from, std::size_t count) {
    Table out(t.rows, count);
    for (std::size_t r = 0; r < t.rows; ++r) std::copy_n(t.row(r).begin() + static_cast<std::ptrdiff_t>(from), count, out.row(r).begin());
    return out;
}

Known tourism(const std::string& path) {
    auto const text = read_file(path);
    std::map<std::vector<std::string>, std::map<std::string, double>> rows;
    bool header = true;
    std::size_t line = 0;
    auto const refuse = [&](std::string reason, const std::string& what) { give_up({Errc::invalid_argument, std::move(reason), fmt::format("{}:{}: {}", path, line, what)}); };
    for (std::size_t at = 0; at < text.size();) {
        ++line;
        auto const end = std::min(text.find('\n', at), text.size());
        auto const fields = split_csv(std::string_view(text).substr(at, end - at));
        at = end + 1;
        if (std::exchange(header, false) || (fields.size() == 1 && fields[0].empty())) continue;
        if (fields.size() != 5) refuse("bad_row", fmt::format("{} fields; a row is Quarter,Region,State,Purpose,Trips.", fields.size()));
        double trips = 0;
        auto const [end_of, error] = std::from_chars(fields[4].data(), fields[4].data() + fields[4].size(), trips);
        if (error != std::errc() || end_of != fields[4].data() + fields[4].size() || !std::isfinite(trips)) refuse("not_a_number", fmt::format("Trips is \"{}\".", fields[4]));
        if (!rows[{fields[1], fields[2], fields[3]}].emplace(fields[0], trips).second) refuse("row_twice", fmt::format("{} of {} {} {} was there already.", fields[0], fields[1], fields[2], fields[3]));
    }
    if (rows.empty()) refuse("no_rows", "the file has no rows.");
    std::vector<std::vector<std::string>> labels;
    for (auto const& [label, values] : rows) labels.push_back(label);
    std::vector<std::vector<std::size_t>> const levels = {{}, {1}, {0}, {2}, {1, 2}};
    std::vector<std::string> const names = {"country", "state", "region", "purpose", "state_purpose"};
    Known out{.structure = need(series::make_structure(labels, levels, names))};
    Table bottom(labels.size(), rows.begin()->second.size());
    std::size_t b = 0;
    for (auto const& [label, values] : rows) {
        if (values.size() != bottom.columns) give_up({Errc::invalid_argument, "bad_series", fmt::format("{} {} {} has {} quarters, the first has {}.", label[0], label[1], label[2], values.size(), bottom.columns)});
        std::size_t t = 0;
        auto first = rows.begin()->second.begin();
        for (auto const& [date, value] : values) {
            if (date != first++->first) give_up({Errc::invalid_argument, "bad_series", fmt::format("{} {} {} has no row of every quarter that the first has.", label[0], label[1], label[2])});
            bottom.at(b, t++) = value;
        }
        ++b;
    }
    out.values = series::sum_up(out.structure, bottom);
    return out;
}

// Goods sell by category, shop, week and chance; a common tide moves everything. `lasting`: what moves shops and departments stays (a walk) and goods sell one in
// fifteen days on average, so that only sums show it; otherwise it is forgotten within weeks and goods sell enough to be known by themselves.
Known shops(std::size_t days, bool lasting) {
    Random random(5);
    std::vector<std::vector<std::string>> labels;
    std::vector<double> rates;
    for (int item = 0; item < 3049; ++item) {
        int const dept = item * 7 / 3049;
        double const popularity = std::exp(random.normal(lasting ? -3.4 : -0.5, 1.2));
        for (int store = 0; store < 10; ++store) {
            labels.push_back({std::to_string(store < 4 ? 0 : store < 7 ? 1 : 2), std::to_string(store), std::to_string(dept < 3 ? 0 : dept < 5 ? 1 : 2), std::to_string(dept), std::to_string(item)});
            rates.push_back(popularity * std::exp(random.normal(0, 0.4)));
        }
    }
    std::vector<std::vector<std::size_t>> const levels = {{}, {0}, {1}, {2}, {3}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {4}, {0, 4}};
    std::vector<std::string> const names = {"total", "state", "store", "category", "department", "state_category", "state_department", "store_category", "store_department", "item", "item_state"};
    Known out{.structure = need(series::make_structure(labels, levels, names))};
    Table bottom(labels.size(), days);
    double tide = 0;
    std::vector<double> shop(10), department(7);
    double const kept = lasting ? 1 : 0.95, step = lasting ? 0.03 : 0.06;
    for (std::size_t t = 0; t < days; ++t) {
        tide = kept * tide + step * random.normal();
        for (auto& s : shop) s = kept * s + step * random.normal();
        if (lasting) for (auto& d : department) d += step * random.normal();
        for (std::size_t b = 0; b < labels.size(); ++b) bottom.at(b, t) = static_cast<double>(random.poisson(rates[b] * std::exp(tide + shop[b % 10] + department[b / 10 * 7 / 3049]) * (t % 7 >= 5 ? 1.4 : 0.85)));
    }
    out.values = series::sum_up(out.structure, bottom);
    return out;
}

struct Base {
    Table point, errors;
    Table width = {};  // of the nodes' own 80 % bands
};
// By the engine, each node alone.
Base forecast_nodes(const Table& values, std::size_t known, std::size_t horizon) {
    Base out{Table(values.rows, horizon), Table(values.rows, known), Table(values.rows, horizon)};
    for (std::size_t i = 0; i < values.rows; ++i) {
        series::Series const s{.values = values.row(i).first(known), .frequency = series::Frequency::quarterly};
        auto const f = need(series::forecast(s, horizon, {.levels = {0.1, 0.9}}));
        std::ranges::copy(f.point, out.point.row(i).begin());
        for (std::size_t h = 0; h < horizon; ++h) out.width.at(i, h) = std::max(1e-9, f.quantiles[1][h] - f.quantiles[0][h]);
        std::ranges::copy(series::one_step_errors(need(series::prepare(s))), out.errors.row(i).begin());
    }
    return out;
}
// 42,840 nodes in seconds: smoothing of values without the week's profile; errors of the last 28 steps.
Base smooth_nodes(const Table& values, std::size_t known, std::size_t horizon) {
    Base out{Table(values.rows, horizon), Table(values.rows, 28)};
    for (std::size_t i = 0; i < values.rows; ++i) {
        auto const y = values.row(i).first(known);
        std::array<double, 7> profile{};
        double mean = 1e-9;
        for (std::size_t t = 0; t < known; ++t) profile[t % 7] += y[t], mean += y[t];
        for (auto& p : profile) p = (p * 7 + 1) / (mean + 1);
        double level = mean / static_cast<double>(known);
        // Busy nodes are followed fast, rare ones slowly.
        double const alpha = 0.02 + 0.28 * level / (level + 30);
        for (std::size_t t = 0; t < known; ++t) {
            double const mu = level * profile[t % 7];
            if (t + 28 >= known) out.errors.at(i, t + 28 - known) = y[t] - mu;
            level += alpha * (y[t] - mu) / profile[t % 7];
        }
        for (std::size_t h = 0; h < horizon; ++h) out.point.at(i, h) = level * profile[(known + h) % 7];
    }
    return out;
}

// How much larger than one step ahead the errors of each step were at earlier origins: root mean squares of all nodes, each divided by its scale.
std::vector<double> growth_of(std::span<const series::BackTest> tests) {
    std::vector<double> out(tests[0].base.columns);
    double one = 0, count = 0;
    for (auto const& t : tests)
        for (std::size_t i = 0; i < t.base.rows; ++i) {
            for (std::size_t h = 0; h < out.size(); ++h) out[h] += std::pow((t.actual.at(i, h) - t.base.at(i, h)) / t.scale[i], 2) / static_cast<double>(tests.size() * t.base.rows);
            for (double const e : t.errors.row(i)) one += std::pow(e / t.scale[i], 2), count += 1;
        }
    for (auto& g : out) g = std::max(1.0, std::sqrt(g / (one / count)));
    return out;
}

// Joint samples: how often what came lies in their 80 % band, by level, beside bands of the nodes' errors taken as normal and by themselves.
void cover(BenchContext& context, const std::string& name, const Structure& s, const Base& now, std::span<const series::BackTest> tests, const series::Chosen& chosen, const Table& actual) {
    auto const growth = growth_of(tests);
    auto const started = processor_seconds();
    auto const samples = need(series::sample_reconciled(s, now.point, now.errors, chosen, 200, 1, growth));
    auto const low = series::quantile_of(samples, 0.1), high = series::quantile_of(samples, 0.9);
    context.report("samples_cpu_s/" + name, processor_seconds() - started, "s");
    std::vector<double> inside(s.level_names.size()), summed(s.level_names.size()), count(s.level_names.size());
    // Bottom-up bands that know nothing of what goods have in common: variances of the bottom added up.
    for (std::size_t i = 0; i < s.nodes(); ++i) {
        double variance = 0;
        auto const own = [&](std::size_t node) { double sum = 0; for (double const e : now.errors.row(node)) sum += e * e; return sum / static_cast<double>(now.errors.columns); };
        if (i < s.sums.size()) for (auto const b : s.sums[i]) variance += own(s.sums.size() + b);
        else variance = own(i);
        for (std::size_t h = 0; h < actual.columns; ++h) {
            double const v = actual.at(i, h), middle = (low.at(i, h) + high.at(i, h)) / 2, reach = 1.2816 * growth[h] * std::sqrt(variance);
            inside[s.level_of(i)] += v >= low.at(i, h) && v <= high.at(i, h), summed[s.level_of(i)] += std::abs(v - middle) <= reach, count[s.level_of(i)] += 1;
        }
    }
    for (std::size_t l = 0; l < inside.size(); ++l) context.report("coverage_80/" + name + "/" + s.level_names[l], inside[l] / count[l], "share", Reference{"errors of goods taken as independent", summed[l] / count[l]});
}

constexpr std::size_t ends = 8, looked_at = 4, apart = 2;  // of cover_rolling
// The earliest end lies so far back; before it are three back-tests, and two seasons to forecast the first of them from.
constexpr std::size_t columns_needed(std::size_t horizon, std::size_t lag) { return horizon + apart * (2 * ends + looked_at - 1) + 3 * horizon + 2 * lag; }

// Bands of joint samples at sixteen ends two quarters apart, each by what was known then alone: the way of reconciling is chosen at the three origins a horizon apart before it; samples are of misses of
// ten origins two steps apart (sample_misses), each as wide as its node's own forecast is now; bands then reach as much further as those of the four ends before had to, for what has come of them. The form was
// chosen by the eight earlier ends (coverage_80_earlier); the last eight were then run once. Beside them the samples of one-step errors at the same ends.
void cover_rolling(BenchContext& context, const std::string& name, const Known& known, std::size_t horizon, std::size_t lag, Base (*forecast)(const Table&, std::size_t, std::size_t)) {
    auto const& [s, values] = known;
    std::map<std::size_t, Base> made;
    auto const base = [&](std::size_t origin) -> const Base& { auto const [at, fresh] = made.try_emplace(origin); if (fresh) at->second = forecast(values, origin, horizon); return at->second; };
    struct Tally { std::vector<double> inside, one_step; };
    Tally const none{std::vector<double>(s.level_names.size()), std::vector<double>(s.level_names.size())};
    Tally tallies[2] = {none, none};
    std::vector<double> count(s.level_names.size());  // of eight ends
    for (std::size_t i = 0; i < s.nodes(); ++i) count[s.level_of(i)] += static_cast<double>(ends * horizon);
    struct Given { std::size_t end; Table low, high; };
    std::vector<Given> given;
    for (std::size_t back = 2 * ends + looked_at; back-- > 0;) {  // the first four only for those after them
        std::size_t const end = values.columns - horizon - apart * back;
        std::vector<series::BackTest> tests;
        for (std::size_t k = 1; k <= 3; ++k) tests.push_back({base(end - k * horizon).point, base(end - k * horizon).errors, columns(values, end - k * horizon, horizon), scales(values, end - k * horizon, lag)});
        auto const chosen = need(series::choose_reconciliation(s, tests));
        auto const& now = base(end);
        std::vector<Table> misses;
        for (std::size_t o = 0; o < 10 && end >= horizon + apart * o + 12; ++o) {
            auto const& then = base(end - horizon - apart * o);
            auto miss = columns(values, end - horizon - apart * o, horizon);
            auto const said = need(series::reconcile(s, then.point, then.errors, chosen));
            for (std::size_t i = 0; i < miss.values.size(); ++i) miss.values[i] -= said.values[i];
            misses.push_back(series::as_wide_as_now(miss, then.width, now.width));
        }
        auto const point = need(series::reconcile(s, now.point, now.errors, chosen));
        double const freedom = static_cast<double>(apart * (misses.size() - 1)) / static_cast<double>(horizon) + 1;
        auto const samples = need(series::sample_misses(s, point, misses, freedom, 400, 1));
        auto low = series::quantile_of(samples, 0.1), high = series::quantile_of(samples, 0.9);
        std::vector<series::PastBand> past;
        for (std::size_t e = given.size() > looked_at ? given.size() - looked_at : 0; e < given.size(); ++e) past.push_back({given[e].low, given[e].high, columns(values, given[e].end, std::min(horizon, end - given[e].end))});
        given.push_back({end, low, high});
        series::reach_further(s, low, high, series::reach_needed(s, past, 0.8));
        if (back >= 2 * ends) continue;
        auto const before = need(series::sample_reconciled(s, now.point, now.errors, chosen, 200, 1, growth_of(tests)));
        auto const low_before = series::quantile_of(before, 0.1), high_before = series::quantile_of(before, 0.9);
        auto& tally = tallies[back < ends ? 1 : 0];
        for (std::size_t i = 0; i < s.nodes(); ++i)
            for (std::size_t h = 0; h < horizon; ++h) {
                double const v = values.at(i, end + h);
                tally.inside[s.level_of(i)] += v >= low.at(i, h) && v <= high.at(i, h), tally.one_step[s.level_of(i)] += v >= low_before.at(i, h) && v <= high_before.at(i, h);
            }
    }
    for (std::size_t block = 0; block < 2; ++block)
        for (std::size_t l = 0; l < count.size(); ++l) context.report(fmt::format("{}/{}/{}", block == 0 ? "coverage_80_earlier" : "coverage_80_misses", name, s.level_names[l]), tallies[block].inside[l] / count[l], "share", Reference{"one-step errors, same ends", tallies[block].one_step[l] / count[l]});
}

void measure(BenchContext& context, const std::string& name, const Known& known, std::size_t horizon, std::size_t lag, Base (*forecast)(const Table&, std::size_t, std::size_t), int rounds, double goal_ms) {
    auto const& [s, values] = known;
    std::size_t const end = values.columns - horizon;
    auto const now = forecast(values, end, horizon);
    std::vector<series::BackTest> tests;
    for (std::size_t k = 1; k <= 3; ++k) {
        std::size_t const origin = end - k * horizon;
        auto before = forecast(values, origin, horizon);
        tests.push_back({std::move(before.point), std::move(before.errors), columns(values, origin, horizon), scales(values, origin, lag)});
    }
    auto const started = processor_seconds();
    auto const chosen = need(series::choose_reconciliation(s, tests));
    context.report("choose_cpu_s/" + name, processor_seconds() - started, "s");
    auto const actual = columns(values, end, horizon);
    auto const scale = scales(values, end, lag);
    auto const ours = need(series::reconcile(s, now.point, now.errors, chosen));
    std::vector<double> milliseconds;
    for (int round = 0; round < rounds; ++round) {
        auto const start = processor_seconds();
        need(series::reconcile(s, now.point, now.errors, Reconcile::shrink));
        milliseconds.push_back(1000 * (processor_seconds() - start));
    }
    context.report("nodes/" + name, static_cast<double>(s.nodes()), "nodes");
    context.report("reconcile_ms/" + name, percentile(milliseconds, 0.5), "ms", Reference{"goal", goal_ms});
    fmt::print(stderr, "series-hierarchy: {}: {} with share {}\n", name, series::name(chosen.method), chosen.share);
    double worst = 0;
    for (std::size_t i = 0; i < s.sums.size(); ++i)
        for (std::size_t h = 0; h < horizon; ++h) {
            double sum = 0;
            for (auto const b : s.sums[i]) sum += ours.at(s.sums.size() + b, h);
            worst = std::max(worst, std::abs(sum - ours.at(i, h)) / std::max(1.0, std::abs(sum)));
        }
    context.report("incoherence/" + name, worst, "relative", Reference{"goal", 1e-9});
    auto const bottom_up = series::level_errors(s, need(series::reconcile(s, now.point, now.errors, Reconcile::bottom_up)), actual, scale);
    auto const own = series::level_errors(s, ours, actual, scale), shrink = series::level_errors(s, need(series::reconcile(s, now.point, now.errors, Reconcile::shrink)), actual, scale), alone = series::level_errors(s, now.point, actual, scale);
    double mean = 0, most = 0;
    for (std::size_t l = 0; l < own.size(); ++l) {
        context.report("gain/" + name + "/" + s.level_names[l], own[l] / bottom_up[l], "ratio", Reference{"bottom-up", 1});
        mean += own[l] / bottom_up[l] / static_cast<double>(own.size()), most = std::max(most, own[l] / bottom_up[l]);
    }
    context.report("gain/" + name, mean, "ratio", Reference{"bottom-up", 1});
    context.report("worst_gain/" + name, most, "ratio", Reference{"goal", 1.01});
    auto const average = [](const std::vector<double>& v) { double sum = 0; for (double const x : v) sum += x; return sum / static_cast<double>(v.size()); };
    context.report("error/" + name, average(own), "ratio", Reference{"bottom-up", average(bottom_up)});
    if (s.nodes() < 5000) cover(context, name, s, now, tests, chosen, actual);
    context.report("error_shrink/" + name, average(shrink), "ratio", Reference{"each node alone, not coherent", average(alone)});
    for (std::size_t l = 0; l < own.size(); ++l) context.report("error_alone/" + name + "/" + s.level_names[l], alone[l], "ratio", Reference{"bottom-up", bottom_up[l]});
}

}  // namespace

void run_series_hierarchy(BenchContext& context) {
    if (auto const path = context.find("tourism_hier/australia_tourism.csv.gz")) {
        auto const known = tourism(*path);
        if (known.values.columns < columns_needed(8, 4)) give_up({Errc::invalid_argument, "series_short", fmt::format("{} has {} quarters; the back-tests and their ends need {}.", *path, known.values.columns, columns_needed(8, 4))});
        measure(context, "tourism", known, 8, 4, forecast_nodes, 9, 30);
        cover_rolling(context, "tourism", known, 8, 4, forecast_nodes);
    }
    measure(context, "shops", shops(196, false), 28, 7, smooth_nodes, 3, 10000);
    measure(context, "lasting", shops(196, true), 28, 7, smooth_nodes, 1, 10000);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    context.report("peak_resident_mb", static_cast<double>(usage.ru_maxrss) / 1024, "MB", Reference{"goal", 2048});
}

}  // namespace kindling::bench

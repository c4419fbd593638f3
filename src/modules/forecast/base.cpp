#include "modules/forecast/base.h"
#include "core/parallel.h"
#include "engines/series/combine.h"
#include "engines/series/methods.h"
#include <algorithm>
#include <atomic>
#include <cmath>

namespace kindling::forecast {

namespace {

constexpr std::size_t error_days = 91, rate_days = 400, few_units = 3;

double shared(std::vector<std::string> const& a, std::vector<std::string> const& b) {  // both sorted
    std::size_t both = 0, i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        auto const order = a[i].compare(b[j]);
        both += order == 0, i += order <= 0, j += order >= 0;
    }
    auto const either = a.size() + b.size() - both;
    return either > 0 ? static_cast<double>(both) / static_cast<double>(either) : 0;
}

// A mean of what suits the series; nothing when no method stays in the range that the history allows.
std::vector<double> quick(std::span<double const> y, std::size_t horizon) {
    std::vector<double> out(horizon);
    auto const prepared = series::prepare({.values = y, .frequency = series::Frequency::daily});
    if (!prepared) return out;
    using enum series::Method;
    static constexpr series::Method rare[] = {rate, tsb, adida, imapa}, plain[] = {ses, theta, dynamic_theta};
    auto const range = series::range_of(*prepared);
    double members = 0;
    for (auto const method : prepared->intermittent() ? std::span<series::Method const>(rare) : std::span<series::Method const>(plain)) {
        auto const path = series::run(method, *prepared, horizon);
        if (!range.holds(path.values)) continue;
        for (std::size_t h = 0; h < horizon; ++h) out[h] += path.values[h];
        ++members;
    }
    for (auto& v : out) v = members > 0 ? std::max(0.0, v / members * prepared->unit) : prepared->y.back() * prepared->unit;
    return out;
}

std::vector<double> whole_engine(std::span<double const> y, std::size_t horizon) {
    auto const f = series::forecast({.values = y.last(std::min<std::size_t>(y.size(), 730)), .frequency = series::Frequency::daily}, horizon, {.levels = {}});
    return f ? f->point : quick(y, horizon);
}

// Errors of "the level so far, smoothed by a tenth, times the weekday's share".
void one_step_errors(std::span<double const> y, bool weekdays, std::span<double> out) {
    std::array<double, 7> sums{}, counts{};
    auto const n = y.size(), from = n > 182 ? n - 182 : 0;
    double all = 0;
    for (auto t = from; t < n; ++t) sums[t % 7] += y[t], counts[t % 7] += 1, all += y[t];
    all /= static_cast<double>(std::max<std::size_t>(1, n - from));
    std::array<double, 7> share;
    for (std::size_t d = 0; d < 7; ++d) share[d] = weekdays && all > 0 && counts[d] > 0 ? std::max(0.05, sums[d] / counts[d] / all) : 1;
    double level = all;
    auto const first = n > out.size() ? n - out.size() : 0;
    for (auto t = from; t < n; ++t) {
        auto const e = y[t] - level * share[t % 7];
        if (t >= first) out[out.size() - (n - t)] = e;
        level += 0.1 * e / share[t % 7];
    }
}

double weekly_change(std::span<double const> y) {
    double sum = 0;
    for (std::size_t t = 7; t < y.size(); ++t) sum += std::abs(y[t] - y[t - 7]);
    return y.size() > 7 ? sum / static_cast<double>(y.size() - 7) : 0;
}

}  // namespace

std::vector<double> sum_path(std::span<double const> days, std::size_t horizon) {
    while (!days.empty() && days.front() == 0) days = days.subspan(1);
    return days.empty() ? std::vector<double>(horizon) : whole_engine(days, horizon);
}

series::Structure structure_of(std::span<Node const> nodes, std::size_t goods, std::vector<std::size_t>& numbers) {
    series::Structure out{.bottom = goods, .sums = {}, .level = {}, .level_names = {"total", "category", "product", "variant"}};
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].level == Level::product && nodes[i].members.size() < 2) continue;
        out.sums.push_back(nodes[i].members), out.level.push_back(static_cast<std::uint32_t>(nodes[i].level)), numbers.push_back(i);
    }
    return out;
}

Ground::Ground(History const& h) : history(h) {
    for (auto const& g : h.goods) demand.push_back(demand_of(g, h.days(), h.closed));
    nodes = nodes_of(h);
    structure = structure_of(nodes, h.goods.size(), sum_nodes);
    for (auto const& members : structure.sums) {
        auto& sum = sums.emplace_back(h.days());
        for (auto const g : members) for (std::size_t t = 0; t < sum.size(); ++t) sum[t] += static_cast<double>(demand[g][t]);
    }
}

std::vector<double> launch_rates(Ground const& ground, std::size_t origin, Likeness by) {
    auto const& goods = ground.history.goods;
    struct Launch { double units = 0, days = 0; };
    std::vector<Launch> launches(goods.size()), of_category(ground.history.categories.size());
    std::vector<std::vector<std::size_t>> members(of_category.size());
    Launch all{0.5, 200};
    for (std::size_t g = 0; g < goods.size(); ++g) {
        if (goods[g].begun < 0) continue;
        auto const from = static_cast<std::size_t>(goods[g].begun), to = std::min(origin, from + young_days);
        for (auto t = from; t < to; ++t) launches[g].units += static_cast<double>(ground.demand[g][t]);
        launches[g].days = to > from ? static_cast<double>(to - from) : 0;
        all.units += launches[g].units, all.days += launches[g].days;
        if (goods[g].category < 0) continue;
        auto& c = of_category[static_cast<std::size_t>(goods[g].category)];
        c.units += launches[g].units, c.days += launches[g].days;
        if (launches[g].days >= 14) members[static_cast<std::size_t>(goods[g].category)].push_back(g);
    }
    // A category is drawn to the shop as if five goods more had been seen; those alike to their category as if half a twin had.
    constexpr double drawn = 5.0 * young_days, category_counts = 0.5;
    std::vector<double> out(goods.size());
    for (std::size_t g = 0; g < goods.size(); ++g) {
        auto const c = goods[g].category;
        auto const usual = c < 0 ? all.units / all.days : (of_category[static_cast<std::size_t>(c)].units + drawn * all.units / all.days) / (of_category[static_cast<std::size_t>(c)].days + drawn);
        out[g] = usual;
        bool const young = goods[g].begun < 0 || static_cast<std::size_t>(goods[g].begun) + young_days > origin;
        if (!young || by == Likeness::category || c < 0) continue;
        double rate = category_counts * usual, weight = category_counts;
        for (auto const other : members[static_cast<std::size_t>(c)]) {
            if (other == g || goods[other].product_id == goods[g].product_id) continue;
            auto const s = shared(goods[g].attributes, goods[other].attributes), w = s * s * s * launches[other].days / young_days;
            rate += w * launches[other].units / launches[other].days, weight += w;
        }
        out[g] = rate / weight;
    }
    return out;
}

std::vector<double> launch_course(Ground const& ground, std::size_t origin) {
    constexpr std::size_t weeks = 26;
    std::vector<double> units(weeks), expected(weeks);
    for (std::size_t g = 0; g < ground.history.goods.size(); ++g) {
        auto const begun = ground.history.goods[g].begun;
        if (begun < 14 || static_cast<std::size_t>(begun) + young_days > origin) continue;  // on sale before the history began, or not eight weeks old
        auto const from = static_cast<std::size_t>(begun);
        double first = 0;
        for (auto t = from; t < from + young_days; ++t) first += static_cast<double>(ground.demand[g][t]) / young_days;
        for (std::size_t w = 0; w < weeks && from + 7 * (w + 1) <= origin; ++w) {
            for (auto t = from + 7 * w; t < from + 7 * (w + 1); ++t) units[w] += static_cast<double>(ground.demand[g][t]);
            expected[w] += 7 * first;
        }
    }
    std::vector<double> out(weeks);
    constexpr double drawn = 50;  // units at the usual pace
    for (std::size_t w = 0; w < weeks; ++w) out[w] = std::clamp((units[w] + drawn) / (expected[w] + drawn), 0.2, 5.0);
    return out;
}

bool Ground::active(std::size_t good, std::size_t origin) const {
    auto const& g = history.goods[good];
    if (origin >= history.days()) return g.on_sale;
    if (g.begun < 0 || static_cast<std::size_t>(g.begun) >= origin) return false;
    if (g.on_sale) return true;
    return std::ranges::any_of(g.sold, [&](DayUnits const& d) { return static_cast<std::size_t>(d.day) < origin && static_cast<std::size_t>(d.day) + 28 >= origin; });
}

double Ground::staying(std::size_t sum, std::size_t origin) const {
    double all = 0, left = 0;
    for (auto const g : structure.sums[sum]) {
        double sold = 0;
        for (auto t = origin > 28 ? origin - 28 : 0; t < origin; ++t) sold += static_cast<double>(demand[g][t]);
        all += sold, left += active(g, origin) ? sold : 0;
    }
    return all > 0 ? left / all : 1;
}

Result<Base> forecast_nodes(Ground const& ground, std::size_t origin, std::size_t horizon, Progress const& progress, unsigned threads) {
    auto const& s = ground.structure;
    auto const sums = s.sums.size();
    Base out{series::Table(s.nodes(), horizon), series::Table(s.nodes(), std::min(origin, error_days)), std::vector<double>(s.nodes())};
    auto const usual = launch_rates(ground, origin, Likeness::attributes);
    auto const course = launch_course(ground, origin);
    auto const at_age = [&](std::size_t days) { return course[std::min(days / 7, course.size() - 1)]; };
    std::atomic<std::int64_t> done = 0;
    parallel_for(s.bottom, [&](std::size_t g) {
        if (progress.stopped()) return;
        if ((++done & 255) == 0) progress(done, static_cast<std::int64_t>(s.nodes()), "forecasting goods");
        auto const node = sums + g;
        auto const& good = ground.history.goods[g];
        out.scale[node] = 1e-3;
        if (!ground.active(g, origin)) { std::ranges::fill(out.errors.row(node), 1e-6); return; }
        auto const begun = good.begun < 0 ? origin : static_cast<std::size_t>(good.begun), from = std::max(begun, origin > rate_days ? origin - rate_days : 0);
        std::vector<double> const y(ground.demand[g].begin() + static_cast<std::ptrdiff_t>(from), ground.demand[g].begin() + static_cast<std::ptrdiff_t>(origin));
        double units = 0;
        for (auto const v : y) units += v;
        auto const row = out.mean.row(node);
        if (origin < begun + young_days) {
            // Units so far, beside what the course of a launch would have brought at rate 1.
            double lived = 0;
            for (std::size_t t = 0; t < y.size(); ++t) lived += at_age(t);
            auto const rate = (1 + units) / (1 / std::max(usual[g], 1e-4) + lived);
            for (std::size_t h = 0; h < horizon; ++h) row[h] = rate * at_age(y.size() + h);
        } else if (units < few_units) std::ranges::fill(row, (1 + units) / (1 / std::max(usual[g], 1e-4) + static_cast<double>(y.size())));
        else std::ranges::copy(quick(y, horizon), row.begin());
        if (y.size() > 1) one_step_errors(y, false, out.errors.row(node));
        for (auto& e : out.errors.row(node)) if (e == 0) e = std::sqrt(row[0]) * 0.1;  // days before it began: not known better than that
        out.scale[node] = std::max(1e-3, weekly_change(y));
    }, threads);
    parallel_for(sums, [&](std::size_t i) {
        if (progress.stopped()) return;
        std::span<double const> y = std::span(ground.sums[i]).first(origin);
        std::size_t first = 0;
        while (first < y.size() && y[first] == 0) ++first;
        auto const own = y.subspan(first);
        auto const row = out.mean.row(i);
        double units = 0;
        for (auto const v : own.last(std::min(own.size(), rate_days))) units += v;
        if (own.size() < young_days || units < few_units) for (auto const g : s.sums[i]) for (std::size_t h = 0; h < horizon; ++h) row[h] += out.mean.at(sums + g, h);
        else {
            auto const path = s.level[i] != static_cast<std::uint32_t>(Level::product) && i < whole_engine_nodes ? whole_engine(own, horizon) : quick(own.last(std::min(own.size(), rate_days)), horizon);
            auto const part = ground.staying(i, origin);
            for (std::size_t h = 0; h < horizon; ++h) row[h] = part * path[h];
        }
        if (own.size() > 1) one_step_errors(own, true, out.errors.row(i));
        out.scale[i] = std::max(1e-3, weekly_change(own));
    }, threads);
    if (progress.stopped()) return fail(Errc::unavailable, "cancelled", "The forecast was cancelled; the one before it stays.");
    return out;
}

}  // namespace kindling::forecast

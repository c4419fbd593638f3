#include "modules/forecast/backtest_scores.h"
#include "core/parallel.h"

namespace kindling::forecast {

Scores backtest_scores(Ground const& ground, std::span<BackTest const> tests, Kept const& kept, std::span<double const> scales, std::span<float const> factors, unsigned threads) {
    std::vector<std::pair<Model, BackTest const*>> work;
    for (auto const& t : tests) for (auto const& [model, _] : t.models) work.emplace_back(model, &t);
    std::vector<Scores> parts(work.size());
    parallel_for(work.size(), [&](std::size_t w) {
        auto const [model, test] = work[w];
        for_each_node(ground, *test, model, [&](std::size_t node, Level level, std::span<double const> f, std::span<double const> a) {
            double total = 0;
            for (auto const v : f) total += v;
            auto const good = node - ground.nodes.size();
            auto const scale = level == Level::variant ? static_cast<double>(kept.goods[good].scale) : scales[node];
            for (std::size_t from = 0; from + span_days <= f.size(); from += span_days) parts[w][{model, level, band_of(from + span_days - 1)}].add_span(f.subspan(from, span_days), a.subspan(from, span_days));
            for (std::size_t h = 0; h < f.size(); ++h) {
                auto const band = band_of(h);
                std::array<double, quantile_levels.size()> same;
                same.fill(f[h]);
                if (model == Model::seasonal_naive) { parts[w][{model, level, band}].add(f[h], a[h], scale, same); continue; }
                auto const d = static_cast<double>(kept.spreads.at(model)[static_cast<std::size_t>(level)][class_of(total / static_cast<double>(f.size()))].days[band]) * static_cast<double>(factors[node]);
                parts[w][{model, level, band}].add(f[h], a[h], scale, count_quantiles(f[h], d, quantile_levels));
            }
        });
    }, threads);
    Scores out;
    for (auto const& part : parts) for (auto const& [key, sums] : part) out[key].add(sums);
    return out;
}

}  // namespace kindling::forecast

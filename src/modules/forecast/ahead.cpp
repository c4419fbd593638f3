// What module supply and others ask: expected units a day and the variance of their sums, by variant and place.
#include "modules/forecast/api.h"
#include "modules/forecast/questions.h"
#include <algorithm>
#include <unordered_set>

namespace kindling::forecast {

namespace { constexpr double least_part = 1e-4; }  // of a unit

Result<std::vector<DemandAhead>> demand_ahead(Context const& context, AheadQuestion const& in) {
    Current now;
    {
        auto tx = TRY(context.services.store->read(context.shop_id));
        now = TRY(load_current(*tx));
    }
    auto const& kept = now.kept;
    std::unordered_set<std::string_view> const asked(in.skus.begin(), in.skus.end());
    auto const days = static_cast<std::size_t>(std::clamp<std::int64_t>(in.days, 1, static_cast<std::int64_t>(kept.horizon)));
    auto const& spreads = kept.spreads.at(kept.spreads.contains(now.champion) ? now.champion : Model::smoothing)[static_cast<std::size_t>(Level::variant)];
    std::vector<DemandAhead> out;
    std::vector<double> parts;
    std::vector<std::vector<double>> of(kept.places.size(), std::vector<double>(days));  // of the good at hand: of each place, by day
    std::vector<bool> sends(of.size());
    for (std::size_t g = 0; g < kept.goods.size(); ++g) {
        auto const& good = kept.goods[g];
        if (asked.empty() ? !good.on_sale() : !asked.contains(good.sku)) continue;
        auto const row = now.means.row(g);
        double rate = 0;
        for (auto const v : now.unedited.row(g)) rate += static_cast<double>(v) / static_cast<double>(kept.horizon);
        auto const& spread = spreads[class_of(rate)];
        bool const edited = !std::ranges::equal(row.first(days), now.unedited.row(g).first(days));
        auto const places = in.by == AheadQuestion::By::place ? good.shares.size() : 0;
        // A place that sends next to nothing on any of these days is left out, and what it would have sent is the others', so that places still add up to the good.
        if (places) {
            parts.resize(places), sends.assign(places, false);
            for (std::size_t h = 0; h < days; ++h) {
                kept.parts(g, h, parts);
                for (std::size_t p = 0; p < places; ++p) of[p][h] = parts[p], sends[p] = sends[p] || parts[p] >= least_part;
            }
            for (std::size_t h = 0; h < days; ++h) {
                double all = 0, told = 0;
                for (std::size_t p = 0; p < places; ++p) all += of[p][h], told += sends[p] ? of[p][h] : 0;
                for (std::size_t p = 0; p < places && told > 0; ++p) of[p][h] *= all / told;
            }
        }
        for (std::size_t p = 0; p < std::max<std::size_t>(1, places); ++p) {
            if (places && !sends[p]) continue;
            auto const part = [&](std::size_t h) { return places ? of[p][h] : 1.0; };
            auto const width = places ? static_cast<double>(kept.place_width[static_cast<std::size_t>(Level::variant)]) : 1.0;
            DemandAhead a{.sku = good.sku, .place_id = places ? kept.places[p] : "", .first_day = kept.origin, .mean = {}, .unedited = {}, .total_variance = {}};
            if (edited) for (std::size_t h = 0; h < days; ++h) a.unedited.push_back(static_cast<float>(static_cast<double>(now.unedited.row(g)[h]) * part(h)));
            double sum = 0;
            for (std::size_t h = 0; h < days; ++h) {
                auto const m = static_cast<double>(row[h]) * part(h);
                sum += m;
                a.mean.push_back(static_cast<float>(m)), a.total_variance.push_back(static_cast<float>(sum + spread.sum(h + 1) * static_cast<double>(good.factor) * width * sum * sum));
            }
            out.push_back(std::move(a));
        }
    }
    return out;
}

}  // namespace kindling::forecast

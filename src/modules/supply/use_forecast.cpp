// The forecast of module forecast in the place of this module's own rates.
#include "modules/supply/use_forecast.h"
#include <unordered_map>

namespace kindling::supply_module {

namespace {

constexpr Day oldest_days = 14, days_early = 7;

// A forecast that begins a few days after today (the shop fell asleep meanwhile, or its newest orders were taken back): the days before it are as the same weekdays of its first week, and its last ones are left off.
// Variances stay those of sums of so many days, in proportion to their means.
forecast::DemandAhead begun_earlier(forecast::DemandAhead f, Day days) {
    auto const n = f.mean.size(), by = static_cast<std::size_t>(days);
    auto const earlier = [&](std::vector<float> const& of) {
        std::vector<float> out(of.size());
        for (std::size_t t = 0; t < out.size(); ++t) out[t] = of[t < by ? (t + static_cast<std::size_t>(days_early) - by) : t - by];
        return out;
    };
    auto const mean = earlier(f.mean);
    double was = 0, is = 0;
    for (std::size_t t = 0; t < n; ++t) {
        was += static_cast<double>(f.mean[t]), is += static_cast<double>(mean[t]);
        if (was > 0) f.total_variance[t] = static_cast<float>(static_cast<double>(f.total_variance[t]) * is / was);
    }
    f.mean = mean, f.unedited = earlier(f.unedited), f.first_day -= days;
    return f;
}

}  // namespace

Result<std::optional<Day>> use_forecast(Context const& context, ShopStock const& stock, std::vector<DemandAhead>& ahead) {
    auto const kept = forecast::demand_ahead(context, {.skus = {}, .days = 400});
    if (kept) return follow_forecast(stock, *kept, ahead);
    if (kept.error().reason == "not_forecast") return std::optional<Day>();
    return std::unexpected(kept.error());
}

std::optional<Day> follow_forecast(ShopStock const& stock, std::span<forecast::DemandAhead const> kept, std::vector<DemandAhead>& ahead) {
    std::unordered_map<std::string, std::size_t> row;
    std::unordered_map<std::string, std::pair<std::size_t, int>> only;  // SKU -> its row, when it lies at one place
    auto const key = [](std::string const& sku, std::string const& place) { return sku + '\n' + place; };
    for (std::size_t i = 0; i < stock.stored.size(); ++i) {
        auto const& sku = stock.goods[stock.stored[i].good].sku;
        row.emplace(key(sku, stock.places[stock.stored[i].place].place_id), i);
        auto& o = only[sku];
        o = {i, o.second + 1};
    }
    std::optional<Day> first;
    for (auto const& own : kept) {
        auto const early = own.first_day - stock.today;
        if (early > days_early || (early > 0 && own.mean.size() < static_cast<std::size_t>(days_early))) continue;
        auto const moved = early > 0 ? std::optional(begun_earlier(own, early)) : std::nullopt;
        auto const& f = moved ? *moved : own;
        auto at = row.find(key(f.sku, f.place_id));
        std::size_t i = 0;
        if (at != row.end()) i = at->second;
        else if (auto const o = only.find(f.sku); f.place_id.empty() && o != only.end() && o->second.second == 1) i = o->second.first;
        else continue;
        // Days that have passed since the forecast was made are taken off; what was unsure about them goes in proportion.
        auto const gone = stock.today - f.first_day;
        if (gone > oldest_days || static_cast<std::size_t>(gone) >= f.mean.size()) continue;
        double passed = 0, total = 0;
        for (Day d = 0; d < gone; ++d) passed += static_cast<double>(f.mean[static_cast<std::size_t>(d)]);
        auto& a = ahead[i];
        a.mean.assign(f.mean.begin() + gone, f.mean.end()), a.total_variance.clear(), a.unedited.clear(), a.forecast = true, a.first_day = stock.today;
        if (!f.unedited.empty()) a.unedited.assign(f.unedited.begin() + gone, f.unedited.end());
        total = passed;
        for (std::size_t h = 0; h < a.mean.size(); ++h) {
            total += static_cast<double>(a.mean[h]);
            auto const share = total > 0 ? (total - passed) / total : 1;
            a.total_variance.push_back(static_cast<float>(static_cast<double>(f.total_variance[h + static_cast<std::size_t>(gone)]) * share));
        }
        first = own.first_day;
    }
    return first;
}

}  // namespace kindling::supply_module

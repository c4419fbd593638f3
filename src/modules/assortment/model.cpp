#include "modules/assortment/model.h"
#include "core/json_text.h"
#include <boost/json.hpp>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fstream>

namespace kindling::assortment_module {

namespace {
KeptGuess kept(assortment::Guess const& g) { return {g.mean, g.deviation}; }
}  // namespace

assortment::Guess guess(KeptGuess const& g) { return {g.mean, g.deviation}; }

assortment::Economics economics_of(KeptGood const& g) {
    return {.price_minor = g.price_minor, .cost_minor = g.cost_minor, .returned = g.returned, .return_cost_minor = g.return_cost_minor, .supply = g.in_stock, .display_units = g.display_units, .cover_days = g.cover_days};
}

assortment::Terms terms_of(Propose const& p) {
    return {.horizon_days = static_cast<double>(p.horizon_days), .interest_per_year = p.interest_per_year, .listing_cost_minor = static_cast<double>(p.listing_cost_minor), .push_lift = p.push_lift, .push_cost_minor = static_cast<double>(p.push_cost_minor), .price_factors = {1}, .push_with_price_change = false};
}

std::int64_t minor(double x) { return std::llround(std::clamp(x, -9e15, 9e15)); }

Kept keep(ShopFacts const& facts, std::vector<assortment::Fit> const& fits) {
    Kept out{.currency = facts.currency, .until_ms = facts.until, .days_seen = facts.days, .arrivals_seen = facts.arrivals_seen, .levels_seen = facts.steadiness.seen, .shop_level_deviation = facts.steadiness.shop_level_deviation, .set_level_deviation = facts.steadiness.set_level_deviation, .out_days = facts.out_days};
    for (std::size_t s = 0; s < facts.sets.size(); ++s) {
        auto const& set = facts.sets[s];
        auto const& fit = fits[s];
        KeptSet k{.category_id = set.category_id, .price_band = set.price_band, .name_en = set.name_en, .name_zh = set.name_zh, .arrivals_per_day = set.arrivals_per_day, .intercept = fit.demand.intercept, .reference = fit.demand.reference, .elasticity_spread = fit.elasticity_spread, .substitution = kept(fit.substitution), .goods = {}};
        for (std::size_t i = 0; i < set.goods.size(); ++i) {
            auto const& g = set.goods[i];
            auto const& e = g.economics;
            KeptGood good{.product_id = g.product_id, .title_en = g.title_en, .title_zh = g.title_zh, .on_sale = g.on_sale, .cost_known = g.cost_known, .price_minor = e.price_minor, .cost_minor = e.cost_minor, .returned = e.returned, .return_cost_minor = e.return_cost_minor, .in_stock = g.in_stock, .in_stock_now = g.in_stock_now, .display_units = e.display_units, .cover_days = e.cover_days, .units_seen = g.units_seen, .attraction = kept(fit.attraction[i]), .elasticity = kept(fit.elasticity[i]), .trend = kept(fit.trend[i]), .delivered = g.delivered, .deliveries = g.deliveries, .alike = {}};
            for (std::size_t n = 0; n < set.data.alike[i].size() && n < 3; ++n) good.alike.push_back(set.goods[set.data.alike[i][n].item].product_id);
            k.goods.push_back(std::move(good));
        }
        out.sets.push_back(std::move(k));
    }
    return out;
}

std::filesystem::path file_of(shop::Services const& services, std::int64_t shop_id) { return services.folder.empty() ? std::filesystem::path() : services.folder / "models" / fmt::format("assortment-{}", shop_id); }

Result<void> save(Kept const& kept, std::filesystem::path const& path) {
    auto const not_kept = [] { return fail(Errc::unavailable, "plan_not_kept", "The plan could not be written to the data folder."); };
    std::error_code failed;
    std::filesystem::create_directories(path.parent_path(), failed);
    auto const unfinished = path.string() + ".new";
    {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        out << to_text(write_json(kept));
        if (!out.flush()) return not_kept();
    }
    std::filesystem::rename(unfinished, path, failed);
    if (failed) return not_kept();
    return {};
}

Result<std::optional<Kept>> load(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    if (path.empty() || !in) return std::optional<Kept>();
    std::string const text((std::istreambuf_iterator<char>(in)), {});
    auto const json = parse_json(text);
    if (!json) return std::optional<Kept>();
    auto read = read_json<Kept>(*json);
    if (!read) return std::optional<Kept>();
    return std::optional(std::move(*read));
}

}  // namespace kindling::assortment_module

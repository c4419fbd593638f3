// modules/assortment/model.h -- what was learned of a shop, kept between asking: the fits and the economics of every good, and the plan made of them.
//
// One JSON file a shop, models/assortment-<shop> in the data folder. It holds no personal data. A file that does not fit is as if there were none.
#pragma once
#include "modules/assortment/api.h"
#include "modules/assortment/facts.h"

namespace kindling::assortment_module {

struct KeptGuess {
    double mean = 0, deviation = 0;
    static constexpr Field fields[] = {field("mean"), field("deviation")};
};
BOOST_DESCRIBE_STRUCT(KeptGuess, (), (mean, deviation))

struct KeptGood {
    std::string product_id, title_en, title_zh;
    bool on_sale = false, cost_known = true, pushed_now = false;
    double price_minor = 0, cost_minor = 0, returned = 0, return_cost_minor = 0, in_stock = 1, in_stock_now = 1, display_units = 1, cover_days = 30, units_seen = 0;
    KeptGuess attraction, elasticity, trend;
    std::optional<double> delivered;  // as in GoodFacts
    std::int64_t deliveries = 0;
    std::vector<std::string> alike;
    static constexpr Field fields[] = {field("product_id"), field("title_en"), field("title_zh"), field("on_sale"), field("cost_known"), field("pushed_now"), field("price_minor"), field("cost_minor"), field("returned"), field("return_cost_minor"), field("in_stock"), field("in_stock_now").defaulted(), field("display_units"), field("cover_days"), field("units_seen"), field("attraction"), field("elasticity"), field("trend"), field("delivered"), field("deliveries").defaulted(), field("alike")};
};
BOOST_DESCRIBE_STRUCT(KeptGood, (), (product_id, title_en, title_zh, on_sale, cost_known, pushed_now, price_minor, cost_minor, returned, return_cost_minor, in_stock, in_stock_now, display_units, cover_days, units_seen, attraction, elasticity, trend, delivered, deliveries, alike))

struct KeptSet {
    std::string category_id, price_band, name_en, name_zh;
    double arrivals_per_day = 0, intercept = 0, reference = 0, elasticity_spread = 0;
    KeptGuess substitution;
    std::vector<KeptGood> goods;
    static constexpr Field fields[] = {field("category_id"), field("price_band"), field("name_en"), field("name_zh"), field("arrivals_per_day"), field("intercept"), field("reference"), field("elasticity_spread").defaulted(), field("substitution"), field("goods")};
};
BOOST_DESCRIBE_STRUCT(KeptSet, (), (category_id, price_band, name_en, name_zh, arrivals_per_day, intercept, reference, elasticity_spread, substitution, goods))

struct Kept {
    std::string currency;
    std::int64_t made_at_ms = 0, until_ms = 0, days_seen = 0;
    bool arrivals_seen = false, levels_seen = false;
    double shop_level_deviation = 0.2, set_level_deviation = 0.15, out_days = 7;  // as in Steadiness and ShopFacts
    Propose asked;
    std::vector<KeptSet> sets;
    PlanPage plan;  // all of its items
    static constexpr Field fields[] = {field("currency"), field("made_at_ms"), field("until_ms"), field("days_seen"), field("arrivals_seen"), field("levels_seen").defaulted(), field("shop_level_deviation").defaulted(), field("set_level_deviation").defaulted(), field("out_days").defaulted(), field("asked"), field("sets"), field("plan")};
};
BOOST_DESCRIBE_STRUCT(Kept, (), (currency, made_at_ms, until_ms, days_seen, arrivals_seen, levels_seen, shop_level_deviation, set_level_deviation, out_days, asked, sets, plan))

// As the engine has them.
assortment::Guess guess(KeptGuess const&);
assortment::Economics economics_of(KeptGood const&);  // its price may change, it may be pushed
assortment::Terms terms_of(Propose const&);           // no price but today's
std::int64_t minor(double);                           // a whole number of minor units, of what a shop can have

Kept keep(ShopFacts const&, std::vector<assortment::Fit> const&);

std::filesystem::path file_of(shop::Services const&, std::int64_t shop_id);
Result<void> save(Kept const&, std::filesystem::path const&);
Result<std::optional<Kept>> load(std::filesystem::path const&);  // nothing: no file, or one that does not fit

// The best plan of what was learned, under what is asked. Errors: failed_precondition "limits_too_tight"; not_found "product_not_found" for
// a product of keep or leave_out that is not known; unavailable "cancelled", "solver_failed".
struct Computed {
    Outline outline;
    std::vector<PlanItem> items;  // changes first, by value
    std::vector<PlanSet> sets;
};
Result<Computed> compute(Kept const&, Propose const& asked, Progress const&);

// Profit of the best plan by number of goods on sale.
Result<std::vector<CurvePoint>> curve(Kept const&, Propose const& asked, std::int64_t planned_places, Progress const&);

// Fills reason_en and reason_zh of every item.
void give_reasons(Kept const&, Computed&);

}  // namespace kindling::assortment_module

// modules/forecast/planned.h -- promotions that are planned (shop/promotions), as factors on the days of a forecast.
//
// A forecast learned from history knows the prices that were. Where one unit bought alone will cost another share of its price than it did over the last four weeks, its
// days are multiplied by
//   ((1 - off of the day) / (1 - mean off of the 28 days before the forecast))^elasticity,
// so a promotion that begins lifts, one that went on all along changes nothing, and the end of one lowers. Where past promotions were taken out of the history before it was learned from (take_out_promotions:
// days of such a good are divided by (1 - off)^elasticity), what was off before is nothing; where one of the last four weeks stayed (due.h), it is the mean as ever. Elasticities are those that assortment.propose learned, kept with the forecast
// when it was made; goods without one are not moved. A list price that changed moves them alike, by (price now / usual price of the last weeks)^elasticity: the usual price is carried from one
// forecast to the next, so it knows only prices that a forecast saw.
// A feast's move of a category (calendar.h) holds the cuts of the years it was learned from that stayed in the history. What is planned on such a day is counted as these cuts first: all goods of the
// category are divided by the smaller of what the feast held and what the plans lift the category on that day, so its sum is what the feast did, times what is planned beyond that. So it is with the week of
// last year that the model yearly repeats: a campaign that comes again is counted once. Computed whenever a forecast is read: a promotion saved at noon is in it at noon.
#pragma once
#include "modules/forecast/api.h"
#include "modules/forecast/kept.h"

namespace kindling::forecast {

struct Plans {
    std::vector<std::vector<float>> factor;  // of each good by step, by promotions; empty: 1
    std::vector<float> price = {};                // of each good, by its price of now; empty: 1
    std::vector<std::string> promotion_ids;
    std::vector<std::uint32_t> unlearned;    // goods that a promotion touches and no elasticity is known of
    // By the model that a model stands on (Kept::under) and Kept::feast_row, of each day: what its moves hold of these already, 1 or more; rows may be empty, and all be missing.
    std::map<Model, std::vector<std::vector<float>>> held = {};
    bool any() const { return !promotion_ids.empty(); }
    double held_of(Model under, std::size_t row, std::size_t h) const {
        auto const rows = held.find(under);
        return rows != held.end() && row < rows->second.size() && h < rows->second[row].size() ? static_cast<double>(rows->second[row][h]) : 1;
    }
};
// Fills Plans::held from its factors.
void hold_already(Plans&, Kept const&);
class Due;
// Writes into the history by how much promotions lifted days of goods whose elasticity is known: those that everybody got, as off_by_day knows them, where due.h takes them out.
Result<void> take_out_promotions(shop::Transaction&, Elasticities const&, Due const&, History&);
// Another plan than what is saved: a promotion that counts on the days ahead as if everybody got it, and one that does not; empty: none.
struct OtherPlan { std::string with = {}, without = {}; };
Result<Plans> promotions_ahead(shop::Transaction&, Kept const&, OtherPlan const& = {});  // its promotions alone
Result<Plans> plans_ahead(shop::Transaction&, Kept const&);       // and its list prices of now
// Of one model's means: only those that follow feasts or the year before hold what these held.
void apply(Plans const&, Kept const&, Model, Means&);
// What a forecast said with the promotions that were planned (promotions_ahead): all its models but the rule to beat. Its list prices stay those of its day.
void apply_promotions(Plans const&, Kept&);
inline constexpr std::size_t days_before = 28;
// What is usual after `days` more at a price: a mean that forgets at the pace of 28 days. 0: not known yet.
double usual_price(double usual, double price, Day days);
// Factor of one day; clamped to 1/20 .. 20.
double price_factor(double off, double off_before, double elasticity);

}  // namespace kindling::forecast

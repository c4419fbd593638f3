// shop/simulator/truth.h -- what nobody in a real shop can know: the parameters that generated it.
//
// Proofs of methods read it; the shop must not. It has two halves: Secret, fixed with the catalogue, and TimeLineTruth, which
// comes out of simulate(). Both are written as CSV texts by truth_files(), to be stored apart from the shop.
#pragma once
#include "shop/simulator/world.h"

namespace kindling::shop::simulator {

struct ProductTruth {
    double quality = 0;         // 0..1, drives stars, aspects and returns
    double true_to_size = 0;    // 0..1, 1: nobody returns it for its size
    double popularity = 0;      // relative base demand at list price, before season and life cycle
    double elasticity = 0;      // d log(demand) / d log(price), negative
    double trend_per_year = 0;  // d log(demand) / d year
    int substitution_group = 0; // shoppers switch within a group when one is out of stock
};

struct CustomerTruth {
    float preference[12] = {};  // shares by top category, sum 1
    float activity = 0;         // relative number of purchases
    int price_tier = 2;         // the brand tier they lean to
    Day churned = 0;            // first day lost; 0: still a customer
};

// Something that people ask for and the shop does not sell.
struct UnmetNeed {
    int category = 0;           // sub-category it would belong to
    Bilingual query, wish;      // what they type; how they say it in a dialogue or review
    double requests_per_month = 0;  // at scale 1
};

// Daily lift of demand by a channel: adstock(t) = spend(t) + decay * adstock(t-1); lift = maximum * a^s / (a^s + half^s).
struct ChannelTruth {
    double decay = 0, half_saturation_minor = 0, shape = 1, maximum_lift = 0;
};

struct SupplierTruth {
    double lead_time_mean_days = 0, lead_time_deviation_days = 0;  // gamma distributed
    double fill_rate = 1;       // expected share delivered of what was ordered
};

struct Secret {
    std::vector<ProductTruth> products;
    std::vector<float> variant_share;       // within its product, sum 1
    std::vector<CustomerTruth> customers;
    std::vector<UnmetNeed> unmet_needs;
    ChannelTruth channels[channel_count];
    std::vector<SupplierTruth> suppliers;
};

struct TrueDemand {             // units wanted, before stock-outs took their share; only days with demand
    int variant = 0;
    Day day = 0;
    int units = 0, lost = 0, substituted = 0;  // units = sold + lost + substituted by another product
};

struct TimeLineTruth {
    double base_scale = 0;                  // units a day = base_scale * relative_demand (demand.h)
    std::vector<TrueDemand> demand;         // in order of day
    std::vector<float> channel_lift;        // [day - first_day][channel]: share of extra demand
};

struct TruthFile {
    std::string name, text;     // "elasticity.csv"
};
std::vector<TruthFile> truth_files(World const&, TimeLineTruth const&);

}  // namespace kindling::shop::simulator

// shop/simulator/truth.h -- what nobody in a real shop can know: the parameters that generated it.
//
// Proofs of methods read it; the shop must not. It has two halves: Secret, fixed with the catalogue, and TimeLineTruth, which
// comes out of simulate(). Both are written as CSV texts by truth_files(), to be stored apart from the shop.
#pragma once
#include "shop/simulator/world.h"
#include <map>

namespace kindling::shop::simulator {

struct ProductTruth {
    double quality = 0;         // 0..1, drives stars, aspects and returns
    double true_to_size = 0;    // 0..1, 1: nobody returns it for its size
    double popularity = 0;      // relative base demand at list price, before season and life cycle
    double elasticity = 0;      // d log(demand) / d log(price), negative
    double trend_per_year = 0;  // d log(demand) / d year
    double appeal = 0;          // chance that a shopper who sees it among results that fit the query opens it
    int substitution_group = 0; // shoppers switch within a group when one is out of stock
};

struct CustomerTruth {
    float preference[12] = {};  // shares by top category, sum 1
    float activity = 0;         // relative number of purchases
    int price_tier = 2;         // the brand tier they lean to
    Day churned = 0;            // first day lost, if nothing disappoints them before; 0: still a customer
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

// Visits of one source when prices and stock are as usual.
struct SourceTruth {
    double conversion = 0;      // orders for each visit
    double bounce = 0;          // share of visits that see one page
    double abandonment = 0;     // share of visits with a basket that do not order
    double arrival = 1;         // share of clicks on an advertisement that become a visit
};

// A result is opened with chance examination[rank - 1] × appeal × (1, or mismatch if it is not what the query asks for):
// the position-based model (Richardson et al. 2007; Craswell et al. 2008).
constexpr int shown_results = 10;
struct VisitTruth {
    SourceTruth sources[source_count];
    double examination[shown_results] = {};
    double mismatch = 0;
    double substitution = 0;    // share of those who meet an empty shelf that look for another of its group
    double return_to_basket = 0;  // share of a product's units that look for their buyer among those who left it in a basket
    double guide_lift = 0;      // of two visits alike, the one that may ask the guide orders 1 + this as often; lived by where some do without
    double disappointed_leave = 0;  // share that never comes back after goods that were poor or very late
};

struct Secret {
    std::vector<ProductTruth> products;
    std::vector<float> variant_share;       // within its product, sum 1
    std::vector<CustomerTruth> customers;
    std::vector<UnmetNeed> unmet_needs;
    ChannelTruth channels[channel_count];
    std::vector<SupplierTruth> suppliers;
    VisitTruth visits;
};

struct TrueDemand {             // units wanted, before stock-outs took their share; only days with demand
    int variant = 0;
    Day day = 0;
    int units = 0, lost = 0, substituted = 0;  // units = sold + lost + substituted by another product
};

struct TrueVisits {             // of a day and a source; also of days that the event log does not cover
    Day day = 0;
    int source = 0;
    std::int64_t visits = 0, orders = 0;
};

struct TimeLineTruth {
    double base_scale = 0;                  // units a day = base_scale * relative_demand (demand.h)
    std::vector<TrueDemand> demand;         // in order of day
    std::vector<float> channel_lift;        // [day - first_day][channel]: share of extra demand
    std::vector<TrueVisits> visits;         // in order of day
    std::map<std::pair<int, int>, std::int64_t> substitutions;  // (variant wanted, variant bought instead) -> units
    std::vector<std::int64_t> requests;     // by unmet need: how often it was searched for, on all days
    std::vector<Day> left;                  // by customer: first day lost, for whatever cause; 0: still a customer
    std::vector<char> disappointed;         // by customer: left because an order disappointed
};

struct TruthFile {
    std::string name, text;     // "elasticity.csv"
};
std::vector<TruthFile> truth_files(World const&, TimeLineTruth const&);

}  // namespace kindling::shop::simulator

// modules/supply/chain.h -- what supply.chain_levels takes and gives: one good along a chain of places, each fed by the next, the last by its supplier.
//
// supply.placement lets every place promise a time; here each place may run out and the next one waits (stochastic service; engines/inventory/serial.h, Clark & Scarf 1960), for one
// place that sells. Many places under one warehouse: supply.warehouse_levels. A unit that shoppers wait for costs holding x target / (1 - target) a day, and more where the levels
// that cost least would not serve the promised share of the units at once: then the least that makes them do so. Stock costs a hundredth more at each step towards the customer. Lead times: the supplier's mean with one review, then the days of each route.
// What stands on shelves and is served at once comes from 20,000 draws of the same model, by a fixed seed.
#pragma once
#include "modules/supply/care.h"

namespace kindling::supply_module {

struct AskChain {
    std::string sku, place_id;
    static constexpr Field fields[] = {field("sku", "Which good.", "哪个商品。").longest(128), field("place_id", "Place that sells it; empty: where most of it is asked for.", "销售该商品的地点；空为需求最多处。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(AskChain, (), (sku, place_id))

struct ChainStage {
    std::string place_id;
    std::int64_t lead_time_days = 0, echelon_level = 0, echelon_low = 0, echelon_high = 0, level = 0;
    double on_hand = 0;
    static constexpr Field fields[] = {field("place_id", "Place.", "地点。"), field("lead_time_days", "Days on the way to it; of the first the supplier's, with one review.", "到达该处的天数；首个地点为供应商交期加一个订货周期。"), field("echelon_level", "Units here, on the way here and at all places after it, less owed, to order up to.", "级库存目标：本处、在途及其后各处之和减去欠货。"), field("echelon_low", "It cannot be less at best (Shang & Song 2003).", "最优值下界。"), field("echelon_high", "Nor more.", "最优值上界。"), field("level", "Of these, here and on the way here.", "其中本处与在途部分。"), field("on_hand", "Units on its shelf, on average.", "平均在架件数。")};
};
BOOST_DESCRIBE_STRUCT(ChainStage, (), (place_id, lead_time_days, echelon_level, echelon_low, echelon_high, level, on_hand))

struct ChainLevels {
    std::string currency, sku, place_id;
    double daily_mean = 0, target = 0, fill_rate = 0, owed = 0;
    std::int64_t stock_minor = 0, alone_minor = 0, alone_level = 0;
    bool exact = true;
    std::vector<ChainStage> stages;
    std::vector<ReturningRoute> returning;
    static constexpr Field fields[] = {field("currency", "ISO 4217 code.", "货币代码。"), field("sku", "The good.", "商品。"), field("place_id", "The place that sells it.", "销售地点。"), field("daily_mean", "Units asked for a day.", "日均需求。"), field("target", "Promise of the good.", "承诺满足率。"), field("fill_rate", "Share of a day's units that it serves at once.", "当日即可满足的占比。"), field("owed", "Units that shoppers wait for, on average.", "平均欠货件数。"), field("stock_minor", "Cost of what is on all shelves, on average.", "全链平均在架库存成本。"), field("alone_minor", "The same if the place kept all of it for the whole way.", "若由该地点为全程自行备货时的成本。"), field("alone_level", "Its level then.", "此时的补货目标。"), field("exact", "Whether the levels are exact for this demand; else demand was taken as continuous.", "对该需求是否精确；否则按连续需求计算。"), field("stages", "From the supplier on to the place that sells.", "自供应商至销售地点。"), field("returning", "Routes that would lead back to where supply comes from, and were left out.", "会倒流回供货来源的路线，未计入。")};
};
BOOST_DESCRIBE_STRUCT(ChainLevels, (), (currency, sku, place_id, daily_mean, target, fill_rate, owed, stock_minor, alone_minor, alone_level, exact, stages, returning))

std::vector<Operation> chain_operations();

}  // namespace kindling::supply_module

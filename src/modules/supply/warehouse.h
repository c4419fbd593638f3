// modules/supply/warehouse.h -- what supply.warehouse_levels takes and gives: one good in the warehouse and in the places that routes bring it to.
#pragma once
#include "modules/supply/care.h"

namespace kindling::supply_module {

struct AskWarehouse {
    std::string sku;
    static constexpr Field fields[] = {field("sku", "Which good.", "哪个商品。").longest(128)};
};
BOOST_DESCRIBE_STRUCT(AskWarehouse, (), (sku))

struct PlaceLevel {
    std::string place_id;
    double daily_mean = 0, target = 0;
    std::int64_t level = 0, alone_level = 0;
    double on_hand = 0, owed = 0, fill_rate = 0;
    static constexpr Field fields[] = {field("place_id", "Place.", "地点。"), field("daily_mean", "Units expected to sell a day.", "预计日销件数。"), field("target", "Fill rate that is promised for the good, 0 to 1.", "该商品承诺的满足率（0 至 1）。"), field("level", "Units on the shelf and on the way, less owed, to order up to.", "补货目标（在架与在途之和减去欠货）。"), field("alone_level", "The same if the place ordered from the supplier by itself.", "若该地点自行向供应商订货时的补货目标。"),
                                       field("on_hand", "Units on the shelf on average.", "平均在架件数。"), field("owed", "Units that shoppers wait for on average.", "平均欠货件数。"), field("fill_rate", "Share served from the shelf, 0 to 1.", "现货满足率（0 至 1）。")};
};
BOOST_DESCRIBE_STRUCT(PlaceLevel, (), (place_id, daily_mean, target, level, alone_level, on_hand, owed, fill_rate))

struct WarehouseLevels {
    std::string currency, sku, warehouse_id;
    std::int64_t lead_time_days = 0, warehouse_level = 0, stock_minor = 0, alone_minor = 0;
    double warehouse_on_hand = 0;
    bool exact = true;
    std::vector<PlaceLevel> places;
    std::vector<ReturningRoute> returning;
    static constexpr Field fields[] = {field("currency", "ISO 4217 code.", "货币代码。"), field("sku", "The good.", "商品。"), field("warehouse_id", "The place that routes bring it from.", "沿路线供货的地点。"), field("lead_time_days", "Days of its supplier, one review included.", "供应商交期天数（含一个订货周期）。"), field("warehouse_level", "Units in the warehouse and on the way to it, less owed to the places, to order up to.", "仓库补货目标（在库与在途之和减去对各地点的欠货）。"), field("stock_minor", "Cost of what is on shelves on average, warehouse included.", "平均在架库存成本（含仓库）。"),
                                       field("alone_minor", "The same if every place ordered from the supplier by itself.", "若各地点自行向供应商订货时的库存成本。"), field("warehouse_on_hand", "Units in the warehouse on average.", "仓库平均在库件数。"), field("exact", "Whether the figures are exact for this demand; else matched by two moments.", "对该需求是否精确；否则按两阶矩近似。"), field("places", "Places that sell it.", "销售该商品的地点。"), field("returning", "Routes that would lead back to where supply comes from, and were left out.", "会倒流回供货来源的路线，未计入。")};
};
BOOST_DESCRIBE_STRUCT(WarehouseLevels, (), (currency, sku, warehouse_id, lead_time_days, warehouse_level, stock_minor, alone_minor, warehouse_on_hand, exact, places, returning))

std::vector<Operation> warehouse_operations();

}  // namespace kindling::supply_module

// shop/stock/api.h -- places, stock by place and the moves that explain every unit.
//
// on_hand is always the sum of the moves of its SKU and place; it never goes below zero (reason not_enough_stock).
#pragma once
#include "shop/answers.h"
#include "shop/context.h"

namespace kindling::shop {

struct Place {
    std::string place_id, kind = "warehouse", name_en, name_zh, country, city;
    std::optional<double> latitude, longitude;
    static constexpr Field fields[] = {
        field("place_id", "The shop's identifier of the place.", "地点编号。").longest(64),
        field("kind", "warehouse, store, plant or front_warehouse.", "warehouse 仓库、store 门店、plant 工厂、front_warehouse 前置仓。").defaulted().longest(32),
        field("name_en", "Name in English.", "英文名称。").defaulted().longest(200), field("name_zh", "Name in Chinese.", "中文名称。").defaulted().longest(200),
        field("country", "ISO 3166 code.", "国家代码。").defaulted().longest(64), field("city", "City.", "城市。").defaulted().longest(100),
        field("latitude", "Degrees north.", "纬度。").range(-90, 90), field("longitude", "Degrees east.", "经度。").range(-180, 180),
    };
};
BOOST_DESCRIBE_STRUCT(Place, (), (place_id, kind, name_en, name_zh, country, city, latitude, longitude))

struct SavePlaces {
    std::vector<Place> places;
    static constexpr Field fields[] = {field("places", "Places to save.", "要保存的地点。").longest(2000)};
};
BOOST_DESCRIBE_STRUCT(SavePlaces, (), (places))

struct StockMove {
    std::string sku, place_id = "main";
    std::int64_t quantity = 0;
    std::string kind = "adjusted", reference;
    std::optional<std::int64_t> at_ms;
    static constexpr Field fields[] = {
        field("sku", "Which SKU.", "哪个 SKU。").longest(128), field("place_id", "Where; main is the shop's default place.", "地点；main 为默认地点。").defaulted().longest(64),
        field("quantity", "Units in (positive) or out (negative).", "入库为正，出库为负。").range(-1e9, 1e9),
        field("kind", "received, sold, returned, adjusted, moved, lost or expired.", "received 收货、sold 售出、returned 退回、adjusted 盘点、moved 调拨、lost 损耗、expired 过期。").defaulted().longest(32),
        field("reference", "Order, purchase order or count that it belongs to.", "关联的订单、采购单或盘点单。").defaulted().longest(128),
        field("at_ms", "When, milliseconds since 1970 UTC; left out: now.", "发生时间（UTC 毫秒）；不填为现在。"),
    };
};
BOOST_DESCRIBE_STRUCT(StockMove, (), (sku, place_id, quantity, kind, reference, at_ms))

struct RecordMoves {
    std::vector<StockMove> moves;
    static constexpr Field fields[] = {field("moves", "Moves in the order they happened; all or none.", "按发生顺序的库存变动；全部成功或全部不变。").longest(20000)};
};
BOOST_DESCRIBE_STRUCT(RecordMoves, (), (moves))

struct StockLevel {
    std::string sku, place_id;
    std::int64_t on_hand = 0, reserved = 0, updated_at_ms = 0;
    static constexpr Field fields[] = {field("sku", "SKU.", "SKU。"), field("place_id", "Place.", "地点。"), field("on_hand", "Units there.", "在库数量。"), field("reserved", "Of these, promised to orders.", "其中已被订单占用。"), field("updated_at_ms", "Last move.", "最近变动时间。")};
};
BOOST_DESCRIBE_STRUCT(StockLevel, (), (sku, place_id, on_hand, reserved, updated_at_ms))

struct ListStock {
    std::string sku, place_id;
    std::int64_t page_size = 100;
    std::string page_token;
    static constexpr Field fields[] = {
        field("sku", "Only this SKU.", "仅此 SKU。").defaulted().longest(128), field("place_id", "Only this place.", "仅此地点。").defaulted().longest(64),
        field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListStock, (), (sku, place_id, page_size, page_token))

struct StockPage {
    std::vector<StockLevel> levels;
    std::string next_page_token;
    static constexpr Field fields[] = {field("levels", "Stock by SKU and place.", "各 SKU、地点的库存。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(StockPage, (), (levels, next_page_token))

Result<Saved> save_places(Context&, SavePlaces const&);
Result<Saved> record_moves(Context&, RecordMoves const&);
std::vector<Operation> stock_operations();

}  // namespace kindling::shop

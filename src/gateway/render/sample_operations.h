// gateway/render/sample_operations.h -- a handful of operations for tests of the surfaces: every kind of field, every effect.
//
// Test programs only. They declare a Context of their own, because nothing of a shop is linked into them.
#pragma once
#include "core/operation.h"
#include <array>

namespace kindling {

struct Context {};  // of the tests; the real one is shop/context.h, which these programs do not see

namespace sample {

enum class Colour { red, blue };
BOOST_DESCRIBE_ENUM(Colour, red, blue)

struct Line {
    std::string sku;
    std::int64_t quantity = 1;
    static constexpr Field fields[] = {
        {.name = "sku", .en = "Stock keeping unit.", .zh = "库存单位编码。", .max_length = 16},
        {.name = "quantity", .en = "Units ordered.", .zh = "订购数量。", .has_default = true, .min = 1, .max = 9999},
    };
};
BOOST_DESCRIBE_STRUCT(Line, (), (sku, quantity))

struct PlaceOrder {
    std::string customer_id;
    std::vector<Line> lines;
    Colour colour = Colour::blue;
    std::optional<std::string> note;
    json::value extra;
    std::optional<double> tip;
    bool gift = false;
    std::vector<std::string> tags;
    static constexpr Field fields[] = {
        {"customer_id", "Customer who places the order; text such as */ or \"quotes\" is only text.", "下单的客户。"},
        {.name = "lines", .en = "What is bought.", .zh = "购买的商品。", .max_length = 3},
        {.name = "colour", .en = "Colour of the wrapping.", .zh = "包装颜色。", .has_default = true},
        {"note", "Free text from the customer.", "客户留言。"},
        {.name = "extra", .en = "Anything else.", .zh = "其他任意内容。", .has_default = true},
        {.name = "tip", .en = "Share of the total, 0 to 1.", .zh = "小费比例，0 到 1。", .min = 0, .max = 1},
        {.name = "gift", .en = "Whether it is a present.", .zh = "是否为礼物。", .has_default = true},
        {.name = "tags", .en = "Labels.", .zh = "标签。", .has_default = true},
    };
};
BOOST_DESCRIBE_STRUCT(PlaceOrder, (), (customer_id, lines, colour, note, extra, tip, gift, tags))

struct Placed {
    std::string order_id;
    std::int64_t total_minor = 0;
    std::string currency = "CNY";
    std::int64_t placed_at_ms = 0;
    std::vector<Line> lines;
    static constexpr Field fields[] = {
        {"order_id", "Identifier of the new order.", "新订单编号。"},
        {"total_minor", "Total in minor units.", "总额，最小货币单位。"},
        {"currency", "ISO 4217.", "货币代码。"},
        {"placed_at_ms", "When it was placed.", "下单时间。"},
        {"lines", "What was bought.", "购买的商品。"},
    };
};
BOOST_DESCRIBE_STRUCT(Placed, (), (order_id, total_minor, currency, placed_at_ms, lines))

struct ProductId {
    std::string product_id;
    static constexpr Field fields[] = {{.name = "product_id", .en = "Which product.", .zh = "哪个商品。", .max_length = 64}};
};
BOOST_DESCRIBE_STRUCT(ProductId, (), (product_id))

struct Product {
    std::string product_id, title;
    std::int64_t price_minor = 0;
    Colour colour = Colour::red;
    static constexpr Field fields[] = {
        {"product_id", "Identifier.", "编号。"}, {"title", "Title.", "标题。"}, {.name = "price_minor", .en = "Price in fen.", .zh = "价格（分）。", .min = 0}, {"colour", "Colour.", "颜色。"}};
};
BOOST_DESCRIBE_STRUCT(Product, (), (product_id, title, price_minor, colour))

struct Search {
    std::string query;
    std::int64_t page_size = 20;
    std::string page_token;
    static constexpr Field fields[] = {
        {.name = "query", .en = "What is looked for.", .zh = "搜索词。", .max_length = 200},
        {.name = "page_size", .en = "Rows in an answer.", .zh = "每页条数。", .has_default = true, .min = 1, .max = 500},
        {.name = "page_token", .en = "From the last answer; empty for the first page.", .zh = "上一页返回的标记；首页为空。", .has_default = true},
    };
};
BOOST_DESCRIBE_STRUCT(Search, (), (query, page_size, page_token))

struct Found {
    std::vector<Product> products;
    std::string next_page_token;
    static constexpr Field fields[] = {{"products", "Best first.", "最相关的在前。"}, {"next_page_token", "Empty at the end.", "最后一页为空。"}};
};
BOOST_DESCRIBE_STRUCT(Found, (), (products, next_page_token))

namespace other {
struct Product {  // another struct of the same unqualified name
    std::string label;
    static constexpr Field fields[] = {{"label", "Label.", "标签。"}};
};
BOOST_DESCRIBE_STRUCT(Product, (), (label))
}  // namespace other

inline Result<Found> search(Context&, Search const& in) {
    if (in.query == "nothing") return Found{};
    return Found{{{"p1", in.query, 12900, Colour::red}, {"p2", "Blue <b>dress</b>", 9900, Colour::blue}}, ""};
}
inline Result<Product> product(Context&, ProductId const& in) {
    if (in.product_id == "p1") return Product{"p1", "Red dress", 12900, Colour::red};
    return fail(Errc::not_found, "product_not_found", "There is no product " + in.product_id + ".", {{"/product_id", "not_found", "names no product"}});
}
inline Result<Placed> place(Context&, PlaceOrder const& in) { return Placed{"ord_1", 12900, "CNY", 1'764'000'000'000, in.lines}; }
inline Result<Nothing> forecast(Context&, Nothing const&) { return Nothing{}; }
inline Result<other::Product> label(Context&, other::Product const& in) { return in; }

inline Registry registry() {
    return Registry({
        operation<PlaceOrder, Placed>({"orders.place", "25", {"Places an order.", "下单。"}, Effect::act, "public", {"out_of_stock", "customer_not_found"}}, place),
        operation<ProductId, Product>({"catalogue.product", "0", {"Reads one product.", "读取一个商品。"}, Effect::read, "public", {"product_not_found"}}, product),
        operation<Search, Found>({"catalogue.search", "14", {"Searches the catalogue.", "搜索商品。"}, Effect::read, "public"}, search),
        operation<Nothing, Nothing>({"forecast.demand", "7", {"Forecasts the demand for every product.", "预测所有商品的需求。"}, Effect::propose, "forecast.write", {}, Length::long_}, forecast),
        operation<other::Product, other::Product>({"labels.print_one", "0", {"Prints a label.", "打印标签。"}, Effect::act, "labels.write"}, label),
    });
}

// Carries out a sample operation as the application would.
inline Result<json::value> execute(Registry const& registry, std::string_view name, json::value const& request) {
    auto const* op = registry.find(name);
    if (!op) return fail(Errc::not_found, "unknown_operation", "There is no operation " + std::string(name) + ".");
    Context context;
    json::value response;
    TRY(op->run(context, request, response));
    return response;
}

}  // namespace sample
}  // namespace kindling

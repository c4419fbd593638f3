// modules/dialogue/blocks.h -- what an answer is made of. Every fact in a block names where it comes from, so that the verifier can
// read it again from the catalogue right before the block is sent.
#pragma once
#include "modules/dialogue/need.h"

namespace kindling::dialogue {

enum class StockState { in_stock, low, out };
BOOST_DESCRIBE_ENUM(StockState, in_stock, low, out)

struct Card {
    std::string product_id, sku, title, brand, variant, url;
    std::int64_t price_minor = 0, price_from_minor = 0, price_to_minor = 0;
    std::string currency, price_text, picture;
    double rating = 0;
    std::int64_t reviews = 0;
    StockState stock = StockState::in_stock;
    std::vector<std::string> why, misses;
    std::string highlight;
    static constexpr Field fields[] = {
        field("product_id", "Product.", "商品编号。"), field("sku", "The variant that fits best; its price is price_minor.", "最符合需求的规格，price_minor 为其价格。"), field("title", "Title in the answer's language.", "标题（按回答语言）。"),
        field("brand", "Brand; empty if none.", "品牌，可为空。").defaulted(), field("variant", "What tells the variant from its siblings.", "规格说明。").defaulted(), field("url", "Product page, relative to the shop.", "商品页（相对路径）。").defaulted(),
        field("price_minor", "Price of the variant, minor units.", "该规格价格，最小货币单位。"), field("price_from_minor", "Cheapest variant.", "最低规格价。"), field("price_to_minor", "Dearest variant.", "最高规格价。"),
        field("currency", "ISO 4217 code.", "货币代码。"), field("price_text", "The price as people read it.", "显示用价格。"), field("picture", "Address of the first picture; empty if none.", "首图地址，可为空。").defaulted(),
        field("rating", "Mean of published reviews, 0 when there are none.", "评价均分，无评价为 0。").defaulted(), field("reviews", "How many reviews.", "评价数。").defaulted(), field("stock", "Whether it can be sent now.", "库存状态。").defaulted(),
        field("why", "Why it is shown, each from data.", "推荐理由，均来自数据。").defaulted(), field("misses", "Constraints that it does not meet; empty for a full match.", "未满足的条件；完全符合时为空。").defaulted(),
        field("highlight", "Part of the text that matches, HTML-escaped, matches in <mark>.", "匹配的文本片段，已转义，匹配处以 <mark> 标记。").defaulted(),
    };
};
BOOST_DESCRIBE_STRUCT(Card, (), (product_id, sku, title, brand, variant, url, price_minor, price_from_minor, price_to_minor, currency, price_text, picture, rating, reviews, stock, why, misses, highlight))

struct ComparisonRow {
    std::string label;
    std::vector<std::string> values;
    std::string attribute;
    bool differs = false;
    static constexpr Field fields[] = {field("label", "What is compared.", "比较项。"), field("values", "One per product, in order; empty where the shop has no data.", "每个商品一项，顺序一致；无数据为空。"), field("attribute", "Attribute identifier, or price, rating, stock, brand.", "属性标识，或 price、rating、stock、brand。").defaulted(), field("differs", "Whether the products differ here.", "各商品是否不同。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(ComparisonRow, (), (label, values, attribute, differs))

struct Chip {
    std::string label, text;
    static constexpr Field fields[] = {field("label", "What the button says.", "按钮文字。"), field("text", "What is sent when it is pressed.", "点击后发送的文本。")};
};
BOOST_DESCRIBE_STRUCT(Chip, (), (label, text))

struct BasketLine {
    std::string sku, product_id, title, variant;
    std::int64_t quantity = 0, price_minor = 0;
    static constexpr Field fields[] = {field("sku", "Variant.", "规格。"), field("product_id", "Product.", "商品。").defaulted(), field("title", "Title.", "标题。").defaulted(), field("variant", "Variant title.", "规格说明。").defaulted(), field("quantity", "Units.", "数量。"), field("price_minor", "Price of one now.", "当前单价。")};
};
BOOST_DESCRIBE_STRUCT(BasketLine, (), (sku, product_id, title, variant, quantity, price_minor))

struct BasketView {
    std::string basket_id;
    std::vector<BasketLine> lines;
    std::int64_t units = 0, total_minor = 0;
    std::string currency, total_text, checkout_url;
    static constexpr Field fields[] = {field("basket_id", "Basket.", "购物车编号。"), field("lines", "What is in it.", "明细。"), field("units", "Units in all.", "总件数。"), field("total_minor", "Sum at today's prices.", "按当前价格合计。"), field("currency", "ISO 4217 code.", "货币代码。"), field("total_text", "The sum as people read it.", "显示用合计。"), field("checkout_url", "Where to pay; empty for an empty basket.", "结算页，空购物车为空。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(BasketView, (), (basket_id, lines, units, total_minor, currency, total_text, checkout_url))

struct OrderItem {
    std::int64_t line = 0;
    std::string sku, product_id, title;
    std::int64_t quantity = 0, returned = 0;
    static constexpr Field fields[] = {field("line", "Line of the order, from 0.", "订单行号，从 0 起。"), field("sku", "What was bought.", "所购 SKU。"), field("product_id", "Its product.", "所属商品。"), field("title", "Title at the time.", "下单时的标题。"), field("quantity", "Units bought.", "购买数量。"), field("returned", "Units that came back or are asked to.", "已退回或已申请退回的数量。")};
};
BOOST_DESCRIBE_STRUCT(OrderItem, (), (line, sku, product_id, title, quantity, returned))

// Money of an order that goes back, and what its buyer asked of the shop.
struct OrderRefund {
    std::string state, currency, day;
    std::int64_t amount_minor = 0;
    static constexpr Field fields[] = {field("state", "due, refunded or not_charged.", "due 处理中、refunded 已退款、not_charged 未收款。"), field("currency", "ISO 4217 code.", "货币代码。"), field("day", "Day it was paid back; of others, booked.", "退款日；未退时为登记日。"), field("amount_minor", "Minor units.", "最小货币单位。")};
};
BOOST_DESCRIBE_STRUCT(OrderRefund, (), (state, currency, day, amount_minor))

struct OrderRequest {
    std::string request_id, kind, title, status, answer;
    static constexpr Field fields[] = {field("request_id", "Number of the request.", "申请编号。"), field("kind", "return_goods or exchange.", "return_goods 退货或 exchange 换货。"), field("title", "Title of the goods.", "商品标题。"), field("status", "requested, accepted or refused.", "requested 待处理、accepted 已同意、refused 已拒绝。"), field("answer", "What the shop said to it; may be empty.", "店家答复，可为空。")};
};
BOOST_DESCRIBE_STRUCT(OrderRequest, (), (request_id, kind, title, status, answer))

struct OrderView {
    std::string order_id, status, placed, tracking, promised, delivered;
    std::vector<std::string> items;
    std::vector<OrderItem> lines;
    std::vector<OrderRefund> refunds;
    std::vector<OrderRequest> requests;
    static constexpr Field fields[] = {field("order_id", "Order number.", "订单号。"), field("status", "placed, paid, shipped, delivered, cancelled, returned or partly_returned.", "订单状态。"), field("placed", "Day it was placed.", "下单日期。").defaulted(), field("tracking", "Carrier and number; empty if not shipped.", "物流单号，未发货为空。").defaulted(), field("promised", "Day promised; empty if none.", "承诺送达日，可为空。").defaulted(), field("delivered", "Day delivered; empty if not yet.", "送达日，未送达为空。").defaulted(), field("items", "Titles of what was ordered.", "所购商品标题。").defaulted(), field("lines", "What was ordered, line by line.", "订单明细。").defaulted(), field("refunds", "Money that goes back.", "退款。").defaulted(), field("requests", "Returns and exchanges asked for.", "退换货申请。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(OrderView, (), (order_id, status, placed, tracking, promised, delivered, items, lines, refunds, requests))

struct PricePoint {
    std::int64_t from_ms = 0, price_minor = 0;
    static constexpr Field fields[] = {field("from_ms", "Since when, milliseconds since 1970 UTC.", "起始时间（UTC 毫秒）。"), field("price_minor", "Price from then on, minor units.", "此后的价格，最小货币单位。")};
};
BOOST_DESCRIBE_STRUCT(PricePoint, (), (from_ms, price_minor))

// What a SKU has cost. A lowest is stated only for a span that the records cover whole.
struct PriceHistory {
    std::string sku, currency;
    std::int64_t price_minor = 0;
    std::optional<std::int64_t> lowest_30_days_minor, lowest_90_days_minor;
    std::optional<std::int64_t> known_since_ms;
    std::vector<PricePoint> points;
    static constexpr Field fields[] = {
        field("sku", "Which SKU.", "SKU。"), field("currency", "ISO 4217 code.", "货币代码。"), field("price_minor", "Price now, minor units.", "当前价格，最小货币单位。"), field("lowest_30_days_minor", "Lowest of the last 30 days; absent when the records begin later.", "近 30 天最低价；记录不足时缺省。"),
        field("lowest_90_days_minor", "Lowest of the last 90 days; absent when the records begin later.", "近 90 天最低价；记录不足时缺省。"), field("known_since_ms", "Where the records begin; absent without any.", "价格记录起始时间；无记录时缺省。"), field("points", "Changes, oldest first.", "价格变动，最早在前。")};
};
BOOST_DESCRIBE_STRUCT(PriceHistory, (), (sku, currency, price_minor, lowest_30_days_minor, lowest_90_days_minor, known_since_ms, points))
// `points` oldest first. Pure.
PriceHistory price_history(std::string sku, std::string currency, std::int64_t price_minor, std::vector<PricePoint> points, Milliseconds now);

// A stretch of a text that states something, in bytes [begin, end).
enum class FactKind { price, attribute, title, stock, rating, count, echo, order, basket, policy, quote, name, review };
BOOST_DESCRIBE_ENUM(FactKind, price, attribute, title, stock, rating, count, echo, order, basket, policy, quote, name, review)
struct Fact {
    FactKind kind = FactKind::echo;
    std::int64_t begin = 0, end = 0;
    std::string product_id, sku, attribute;
    static constexpr Field fields[] = {field("kind", "What is stated; echo: the shopper's own words or limits.", "陈述内容；echo 为顾客自己的话或条件。"), field("begin", "First byte in the text.", "起始字节。"), field("end", "One past the last byte.", "结束字节。"), field("product_id", "Product it is about.", "相关商品。").defaulted(), field("sku", "Variant it is about.", "相关规格。").defaulted(), field("attribute", "Attribute it is about.", "相关属性。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(Fact, (), (kind, begin, end, product_id, sku, attribute))

// One of each kind of thing that was wanted; its cards are in the order of the wishes.
struct BundleView {
    std::int64_t total_minor = 0;
    std::optional<std::int64_t> limit_minor;
    std::string total_text;
    static constexpr Field fields[] = {field("total_minor", "Sum of the prices of the cards, minor units.", "各卡片价格之和，最小货币单位。"), field("limit_minor", "What it was to cost at most.", "总预算上限。"), field("total_text", "The sum as people read it.", "显示用合计。")};
};
BOOST_DESCRIBE_STRUCT(BundleView, (), (total_minor, limit_minor, total_text))

// What goods that fit are weighed by: the price, what the shopper asked for, what buyers made of them.
enum class TradeOffKind { price, amount, wish, rating, sales, returns };
BOOST_DESCRIBE_ENUM(TradeOffKind, price, amount, wish, rating, sales, returns)
enum class TradeOffSense { less, more, nearest, meets };
BOOST_DESCRIBE_ENUM(TradeOffSense, less, more, nearest, meets)
struct TradeOffAxis {
    TradeOffKind kind = TradeOffKind::price;
    TradeOffSense sense = TradeOffSense::less;
    std::string label, attribute;
    std::optional<double> target;
    static constexpr Field fields[] = {
        field("kind", "price; amount: of an attribute; wish: something that is so or not; rating, sales: what buyers made of it; returns: how much of it came back.", "price 价格；amount 属性数值；wish 是否符合某项；rating、sales 买家评分与销量；returns 退货率。"), field("sense", "What is better: less, more, nearest to what was said, or what meets it.", "何者更优：更小、更大、更接近所说的数值，或符合。"), field("label", "How it is called; what was asked for in the shopper's words.", "名称；顾客所说的条件。"),
        field("attribute", "Attribute of an amount.", "数值所属属性。").defaulted(), field("target", "What it is nearest to, in the attribute's base unit.", "接近的目标值（基本单位）。")};
};
BOOST_DESCRIBE_STRUCT(TradeOffAxis, (), (kind, sense, label, attribute, target))

// A product that fits, and where it stands on each axis.
struct TradeOffPoint {
    std::string product_id, sku, title;
    std::int64_t price_minor = 0;
    double rating = 0;
    bool best = false;
    std::vector<std::string> texts;
    std::vector<double> worth;
    std::string beaten_by;
    std::vector<std::int64_t> beaten_in;
    static constexpr Field fields[] = {
        field("product_id", "Product.", "商品。"), field("sku", "The variant that fits best.", "最符合的规格。"), field("title", "Its title.", "标题。").defaulted(), field("price_minor", "Its price, minor units.", "价格，最小货币单位。"), field("rating", "Mean of its reviews, 0 when there are none.", "评价均分，无评价为 0。"), field("best", "No other product that fits is as good on every axis and better on one.", "没有其他符合的商品在各项上都不差且至少一项更优。"),
        field("texts", "What it has on each axis; empty where that is not known or not told.", "各项的取值；未知或不公开为空。").defaulted(), field("worth", "How good that is among these goods, from 0, the worst or unknown, to 1.", "各项在这些商品中的优劣，0（最差或未知）至 1。").defaulted(), field("beaten_by", "SKU of a product that is nowhere worse and somewhere better; empty if there is none.", "各项都不差且有更优项的商品 SKU；没有则为空。").defaulted(), field("beaten_in", "On which axes that one is better, from 0.", "它在哪些项上更优（从 0 起的序号）。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(TradeOffPoint, (), (product_id, sku, title, price_minor, rating, best, texts, worth, beaten_by, beaten_in))

enum class BlockKind { text, cards, comparison, question, basket, order, bundle, prices };
BOOST_DESCRIBE_ENUM(BlockKind, text, cards, comparison, question, basket, order, bundle, prices)
struct Block {
    BlockKind kind = BlockKind::text;
    std::string text;
    std::vector<Fact> facts;
    std::vector<Card> cards;
    std::vector<ComparisonRow> rows;
    std::vector<Chip> chips;
    std::string asks;
    std::optional<BasketView> basket;
    std::optional<OrderView> order;
    std::optional<BundleView> bundle;
    std::vector<TradeOffAxis> axes;
    std::vector<TradeOffPoint> points;
    std::optional<PriceHistory> prices;
    static constexpr Field fields[] = {
        field("kind", "How to show it.", "展示方式。"), field("text", "Plain text; of a question the question.", "纯文本；问题块为问题。").defaulted(), field("facts", "What the text states and where it comes from.", "文本所陈述的事实及其来源。").defaulted(),
        field("cards", "Products; of a comparison its columns.", "商品；比较块为各列。").defaulted(), field("rows", "Comparison, differences first.", "比较项，差异在前。").defaulted(), field("chips", "Ready answers.", "快捷回答。").defaulted(),
        field("asks", "What the question is about: price, category or an attribute.", "问题所问：price、category 或属性。").defaulted(), field("basket", "The basket after this turn.", "本轮后的购物车。"), field("order", "State of an order.", "订单状态。"), field("bundle", "Sum of a bundle.", "套装合计。"),
        field("axes", "Of a comparison of what fits: what it is weighed by, what was asked for among it.", "取舍对比时：权衡的各项，包括顾客所说的条件。").defaulted(), field("points", "What fits, at most 100 of it, those that nothing beats first.", "符合的商品，至多 100 件，未被胜过的在前。").defaulted(), field("prices", "What a SKU has cost.", "价格历史。"),
    };
};
BOOST_DESCRIBE_STRUCT(Block, (), (kind, text, facts, cards, rows, chips, asks, basket, order, bundle, axes, points, prices))

}  // namespace kindling::dialogue

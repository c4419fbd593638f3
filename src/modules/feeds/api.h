// modules/feeds/api.h -- the catalogue as other people's agents take it in: ACP's product feed (2026-04-17), to read and to push.
//
// The structs from FeedDescription to FeedProduct are the protocol's, field for field, so that an answer is a message. Money is integer minor units.
#pragma once
#include "core/operation.h"
#include "shop/context.h"

namespace kindling::feeds {

struct FeedDescription {
    std::string plain;
    static constexpr Field fields[] = {field("plain", "Plain text.", "纯文本。")};
};
BOOST_DESCRIBE_STRUCT(FeedDescription, (), (plain))

struct FeedPrice {
    std::int64_t amount = 0;
    std::string currency;
    static constexpr Field fields[] = {field("amount", "Minor units of the currency.", "金额，货币的最小单位。"), field("currency", "ISO 4217 code.", "货币代码。")};
};
BOOST_DESCRIBE_STRUCT(FeedPrice, (), (amount, currency))

struct FeedAvailability {
    bool available = false;
    std::string status;
    static constexpr Field fields[] = {field("available", "Can be bought now.", "当前可购买。"), field("status", "in_stock, limited_stock, out_of_stock or discontinued.", "in_stock 有货、limited_stock 少量、out_of_stock 缺货、discontinued 停售。")};
};
BOOST_DESCRIBE_STRUCT(FeedAvailability, (), (available, status))

struct FeedBarcode {
    std::string type, value;
    static constexpr Field fields[] = {field("type", "GTIN.", "GTIN。"), field("value", "The code.", "条码。")};
};
BOOST_DESCRIBE_STRUCT(FeedBarcode, (), (type, value))

struct FeedMedia {
    std::string type, url, alt_text;
    static constexpr Field fields[] = {field("type", "image.", "image 图片。"), field("url", "Where it is.", "地址。"), field("alt_text", "What it shows; may be empty.", "内容说明，可为空。")};
};
BOOST_DESCRIBE_STRUCT(FeedMedia, (), (type, url, alt_text))

struct FeedOption {
    std::string name, value;
    static constexpr Field fields[] = {field("name", "Such as Colour.", "名称，如颜色。"), field("value", "Such as Red.", "取值，如红色。")};
};
BOOST_DESCRIBE_STRUCT(FeedOption, (), (name, value))

struct FeedCategory {
    std::string value, taxonomy;
    static constexpr Field fields[] = {field("value", "Names from the top, with > between.", "类目名称，自上而下以 > 分隔。"), field("taxonomy", "merchant.", "merchant。")};
};
BOOST_DESCRIBE_STRUCT(FeedCategory, (), (value, taxonomy))

struct FeedLink {
    std::string type, title, url;
    static constexpr Field fields[] = {field("type", "refund_policy or shipping_policy.", "refund_policy 退换政策、shipping_policy 配送政策。"), field("title", "Its name.", "名称。"), field("url", "Where it is.", "地址。")};
};
BOOST_DESCRIBE_STRUCT(FeedLink, (), (type, title, url))

struct FeedSeller {
    std::string name;
    std::vector<FeedLink> links;
    static constexpr Field fields[] = {field("name", "The shop.", "店铺。"), field("links", "Its policies.", "店铺政策。")};
};
BOOST_DESCRIBE_STRUCT(FeedSeller, (), (name, links))

struct FeedVariant {
    std::string id, title, url;
    std::vector<FeedBarcode> barcodes;
    FeedPrice price;
    std::optional<FeedPrice> list_price;
    FeedAvailability availability;
    std::vector<FeedCategory> categories;
    std::vector<FeedOption> variant_options;
    FeedSeller seller;
    static constexpr Field fields[] = {
        field("id", "SKU: what a checkout takes.", "SKU，结账时使用。"), field("title", "Title with what tells it from its siblings.", "标题（含规格）。"), field("url", "Its page.", "商品页。"), field("barcodes", "GTIN, if there is one.", "GTIN（如有）。"), field("price", "Price now.", "当前价格。"),
        field("list_price", "Former price, when higher.", "划线价（高于现价时）。"), field("availability", "Whether it can be bought.", "可售状态。"), field("categories", "Category.", "类目。"), field("variant_options", "What tells it from its siblings.", "规格。"), field("seller", "Who sells it.", "卖家。")};
};
BOOST_DESCRIBE_STRUCT(FeedVariant, (), (id, title, url, barcodes, price, list_price, availability, categories, variant_options, seller))

struct FeedProduct {
    std::string id, title;
    FeedDescription description;
    std::string url;
    std::vector<FeedMedia> media;
    std::vector<FeedVariant> variants;
    static constexpr Field fields[] = {field("id", "Product.", "商品编号。"), field("title", "Title.", "标题。"), field("description", "Description; the title where there is none.", "描述；没有则为标题。"), field("url", "Its page.", "商品页。"), field("media", "Pictures.", "图片。"), field("variants", "What can be bought.", "可购买的规格。")};
};
BOOST_DESCRIBE_STRUCT(FeedProduct, (), (id, title, description, url, media, variants))

struct AskProducts {
    std::string shop_url, locale;
    std::int64_t page_size = 100;
    std::string page_token;
    static constexpr Field fields[] = {field("shop_url", "Address of the shop, such as https://shop.example; links begin with it.", "店铺地址，如 https://shop.example，链接以此开头。").longest(300), field("locale", "en or zh; empty: the shop's.", "en 或 zh；留空为店铺默认语言。").defaulted().longest(8), field("page_size", "Products per page.", "每页商品数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(AskProducts, (), (shop_url, locale, page_size, page_token))

struct ProductsPage {
    std::vector<FeedProduct> products;
    std::string next_page_token;
    static constexpr Field fields[] = {field("products", "Active products, by id.", "在售商品，按编号排序。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(ProductsPage, (), (products, next_page_token))

struct SaveTarget {
    std::string target_id, name, url, shop_url, locale, country;
    std::optional<std::string> key;
    static constexpr Field fields[] = {
        field("target_id", "Target to change; empty: a new one.", "要修改的目标；留空则新建。").defaulted().longest(64), field("name", "Name for people.", "名称。").longest(100), field("url", "Address of the agent's Feed API, before /feeds: https, or http on this machine.", "对方商品供稿接口地址（/feeds 之前的部分）：https，或本机 http。").longest(2000),
        field("shop_url", "Address under which shoppers reach this shop.", "顾客访问本店的地址。").longest(300), field("locale", "Language of the feed: en or zh.", "供稿语言：en 或 zh。").longest(8), field("country", "ISO 3166-1 code of the market in two capitals; empty: none.", "目标市场的两位大写国家代码；可留空。").defaulted().longest(2),
        field("key", "Key for that API, sent as a bearer token; left out: as it was.", "该接口的密钥，以 Bearer 令牌发送；不填则不变。").longest(2000).kept_secret()};
};
BOOST_DESCRIBE_STRUCT(SaveTarget, (), (target_id, name, url, shop_url, locale, country, key))

struct TargetName {
    std::string target_id;
    static constexpr Field fields[] = {field("target_id", "Target.", "目标编号。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(TargetName, (), (target_id))

struct Target {
    std::string target_id, name, url, shop_url, locale, country, feed_id, note;
    bool has_key = false;
    std::int64_t products = 0, pushed_at_ms = 0;
    static constexpr Field fields[] = {
        field("target_id", "Target.", "目标编号。"), field("name", "Name.", "名称。"), field("url", "Address of the Feed API.", "供稿接口地址。"), field("shop_url", "Address of the shop in links.", "链接中的店铺地址。"), field("locale", "Language.", "语言。"), field("country", "Market; may be empty.", "目标市场，可为空。"),
        field("feed_id", "The feed there; empty: none yet.", "对方的供稿编号；尚无则为空。"), field("note", "What went wrong the last time; empty: nothing.", "最近一次的问题；没有则为空。"), field("has_key", "A key is kept.", "已保存密钥。"), field("products", "Products that it holds of this shop.", "对方现有的本店商品数。"), field("pushed_at_ms", "Last push that went through; 0: never.", "最近一次成功推送时间；0 为从未。")};
};
BOOST_DESCRIBE_STRUCT(Target, (), (target_id, name, url, shop_url, locale, country, feed_id, note, has_key, products, pushed_at_ms))

struct Targets {
    std::vector<Target> targets;
    static constexpr Field fields[] = {field("targets", "All targets, by name.", "全部目标，按名称排序。")};
};
BOOST_DESCRIBE_STRUCT(Targets, (), (targets))

struct Push {
    std::string target_id;
    bool everything = false;
    static constexpr Field fields[] = {field("target_id", "Where to.", "推送目标。").longest(64), field("everything", "Send unchanged products, too.", "未变化的商品也重新发送。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(Push, (), (target_id, everything))

struct Pushed {
    std::string feed_id;
    std::int64_t products = 0, sent = 0, discontinued = 0, unchanged = 0, requests = 0;
    static constexpr Field fields[] = {field("feed_id", "The feed there.", "对方的供稿编号。"), field("products", "Active products of the shop.", "本店在售商品数。"), field("sent", "New or changed: sent.", "新增或有变化并已发送的商品数。"), field("discontinued", "No longer sold: sent for the last time.", "已停售并通知对方的商品数。"), field("unchanged", "As they were: not sent.", "无变化未发送的商品数。"), field("requests", "Requests made.", "请求次数。")};
};
BOOST_DESCRIBE_STRUCT(Pushed, (), (feed_id, products, sent, discontinued, unchanged, requests))

// Thread-safe; the Services must outlive what is returned.
std::vector<Operation> operations();

}  // namespace kindling::feeds

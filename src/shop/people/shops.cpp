// shops.*: many shops on one server, each with its own goods, people and keys.
#include "core/money.h"
#include "shop/people/people.h"
#include "shop/people/time_zones.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

struct Shop {
    std::int64_t shop_id = 0;
    std::string name, name_zh, currency, locale, time_zone;
    std::int64_t created_at_ms = 0;
    static constexpr Field fields[] = {field("shop_id", "Number of the shop, for X-Kindling-Shop.", "店铺编号，用于 X-Kindling-Shop。"), field("name", "Name.", "名称。"), field("name_zh", "Name in Chinese.", "中文名称。"), field("currency", "ISO 4217 code.", "货币代码。"), field("locale", "Usual language.", "默认语言。"), field("time_zone", "IANA time zone.", "时区。"), field("created_at_ms", "Since.", "创建时间。")};
};
BOOST_DESCRIBE_STRUCT(Shop, (), (shop_id, name, name_zh, currency, locale, time_zone, created_at_ms))

struct ShopList {
    std::vector<Shop> shops;
    static constexpr Field fields[] = {field("shops", "Shops of this server that the caller belongs to; all for the server's own owner.", "调用者所属的店铺；服务器所有者可见全部。")};
};
BOOST_DESCRIBE_STRUCT(ShopList, (), (shops))

struct CreateShop {
    std::string name, name_zh, currency = "CNY", locale = "zh", time_zone = "Asia/Shanghai";
    static constexpr Field fields[] = {field("name", "Name.", "名称。").longest(200), field("name_zh", "Name in Chinese.", "中文名称。").defaulted().longest(200), field("currency", "ISO 4217 code; fixed from then on.", "货币代码；创建后不可更改。").defaulted().longest(3), field("locale", "Usual language: en or zh.", "默认语言：en 或 zh。").defaulted().longest(8), field("time_zone", "IANA time zone.", "时区。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(CreateShop, (), (name, name_zh, currency, locale, time_zone))

// The first shop's owners run the server; owners of later shops run those.
bool runs_the_server(Context const& context) { return context.shop_id == 1 && context.caller.may("shops.write"); }

Result<ShopList> list_shops(Context& context, Nothing const&) {
    auto const all = runs_the_server(context);
    return ShopList{TRY((context.tx().select<Shop>("SELECT shop_id, name, name_zh, currency, locale, time_zone, created_at_ms FROM shops WHERE ? = 1 OR shop_id = ? OR shop_id IN (SELECT shop_id FROM memberships WHERE user_id = ?) ORDER BY shop_id", static_cast<std::int64_t>(all), context.shop_id, context.caller.id)))};
}

Result<Shop> create_shop(Context& context, CreateShop const& in) {
    auto& tx = context.tx();
    if (!runs_the_server(context)) return fail(Errc::permission_denied, "not_permitted", "Only owners of the first shop make further ones.");
    if (in.name.empty()) return fail(Errc::invalid_argument, "invalid_request", "A shop needs a name.", {{"/name", "required", "must not be empty"}});
    if (!is_currency(in.currency)) return fail(Errc::invalid_argument, "invalid_request", "The currency is not a code.", {{"/currency", "malformed_currency", "is not an ISO 4217 code"}});
    if (in.locale != "en" && in.locale != "zh") return fail(Errc::invalid_argument, "invalid_request", "The language is not known.", {{"/locale", "unknown_value", "expected en or zh"}});
    if (!is_time_zone(in.time_zone)) return fail(Errc::invalid_argument, "invalid_request", "The time zone is not known.", {{"/time_zone", "unknown_value", "expected an IANA name such as Asia/Shanghai or Etc/UTC"}});
    Shop shop{TRY(tx.integer("SELECT COALESCE(MAX(shop_id), 0) + 1 FROM shops")), in.name, in.name_zh, in.currency, in.locale, in.time_zone, context.now};
    TRY(tx.execute("INSERT INTO shops (shop_id, name, name_zh, currency, locale, time_zone, created_at_ms) VALUES (?,?,?,?,?,?,?)", shop.shop_id, shop.name, shop.name_zh, shop.currency, shop.locale, shop.time_zone, shop.created_at_ms));
    TRY(tx.execute("INSERT INTO places (shop_id, place_id, kind, name_en, name_zh) VALUES (?,'main','warehouse','Main warehouse','主仓')", shop.shop_id));
    if (context.caller.kind == Caller::Kind::user) TRY(tx.execute("INSERT INTO memberships (shop_id, user_id, role) VALUES (?,?,'owner')", shop.shop_id, context.caller.id));
    tx.changed("shop", std::to_string(shop.shop_id));
    tx.changed("session");
    return shop;
}

}  // namespace

std::vector<Operation> shop_operations() {
    return {
        operation({.name = "shops.list", .scenario = "0", .summary = {"The shops of this server.", "本服务器上的店铺。"}, .permission = "shops.read"}, &list_shops),
        operation({.name = "shops.create", .scenario = "0", .summary = {"Open a further shop on this server, with its own goods, people and keys.", "在本服务器上新开店铺，商品、人员与密钥均独立。"}, .effect = Effect::act, .permission = "shops.write"}, &create_shop),
    };
}

Result<std::string> role_in_shop(Transaction& tx, std::string_view user_id, std::int64_t shop_id) {
    std::string role;
    Value const values[] = {user_id, shop_id};
    TRY(tx.run("SELECT role FROM memberships WHERE user_id = ? AND shop_id = ?", values, [&](Row const& row) -> Result<void> { role = row.text(0); return {}; }));
    return role;
}

}  // namespace kindling::shop

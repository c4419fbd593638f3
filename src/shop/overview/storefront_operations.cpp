// shop.storefront: what anybody may know of a shop before buying: its name, money, shipping and policies.
#include "shop/overview/overview.h"
#include "shop/checkout/api.h"
#include "shop/context.h"
#include <boost/json/value.hpp>
#include <map>
#include <sstream>

namespace kindling::shop {

namespace {

struct PolicyText {
    std::string topic, text_en, text_zh;
    static constexpr Field fields[] = {field("topic", "shipping, returns, warranty, payment or invoice.", "shipping 配送、returns 退换、warranty 保修、payment 付款、invoice 发票。"), field("text_en", "In English; may be empty.", "英文，可为空。"), field("text_zh", "In Chinese; may be empty.", "中文，可为空。")};
};
BOOST_DESCRIBE_STRUCT(PolicyText, (), (topic, text_en, text_zh))

struct StorefrontFacts {
    std::string name, name_zh, currency, locale;
    std::int64_t shipping_fee_minor = 0, free_shipping_from_minor = 0;
    std::vector<std::string> payments, embed_origins;
    std::vector<PolicyText> policies;
    static constexpr Field fields[] = {
        field("name", "Name of the shop.", "店铺名称。"), field("name_zh", "Name in Chinese; may be empty.", "中文店名，可为空。"), field("currency", "ISO 4217 code of all prices.", "所有价格的货币代码。"), field("locale", "The shop's usual language.", "店铺默认语言。"),
        field("shipping_fee_minor", "Shipping fee of an order, minor units.", "每单运费，最小货币单位。"), field("free_shipping_from_minor", "Orders from this amount ship free; 0: never.", "满此金额免运费；0 为不免。"),
        field("payments", "Payment methods that orders.place takes.", "orders.place 接受的支付方式。"),
        field("embed_origins", "Other sites that may show the guide.", "可嵌入导购的其他网站。"),
        field("policies", "What the shop promises, in its own words; only what it has written.", "店铺自己的政策文字，仅含已填写的。")};
};
BOOST_DESCRIBE_STRUCT(StorefrontFacts, (), (name, name_zh, currency, locale, shipping_fee_minor, free_shipping_from_minor, payments, embed_origins, policies))

Result<StorefrontFacts> storefront(Context& context, Nothing const&) {
    auto& tx = context.tx();
    StorefrontFacts facts;
    bool found = false;
    Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT name, name_zh, currency, locale FROM shops WHERE shop_id = ?", values, [&](Row const& row) -> Result<void> {
        facts.name = row.text(0), facts.name_zh = row.text(1), facts.currency = row.text(2), facts.locale = row.text(3), found = true;
        return {};
    }));
    if (!found) return fail(Errc::not_found, "shop_not_found", "There is no such shop on this server.");
    std::map<std::string, std::string, std::less<>> settings;
    TRY(tx.run("SELECT name, value FROM settings WHERE shop_id = ?", values, [&](Row const& row) -> Result<void> { settings.emplace(row.text(0), row.text(1)); return {}; }));
    auto const setting = [&](std::string const& name) { auto const i = settings.find(name); return i == settings.end() ? std::string() : i->second; };
    auto const shipping = TRY(shipping_terms(tx));
    facts.shipping_fee_minor = shipping.fee_minor, facts.free_shipping_from_minor = shipping.free_from_minor;
    facts.payments.emplace_back("invoice");
    if (setting("test_payment") == "1") facts.payments.emplace_back("test");
    std::istringstream sites(setting("embed_origins"));
    for (std::string site; sites >> site;) facts.embed_origins.push_back(std::move(site));
    for (std::string const topic : {"shipping", "returns", "warranty", "payment", "invoice", "account"}) {
        PolicyText policy{topic, setting("policy_" + topic + "_en"), setting("policy_" + topic + "_zh")};
        if (!policy.text_en.empty() || !policy.text_zh.empty()) facts.policies.push_back(std::move(policy));
    }
    return facts;
}

}  // namespace

std::vector<Operation> storefront_operations() {
    return {operation({.name = "shop.storefront", .scenario = "0", .summary = {"What anybody may know of the shop: name, currency, shipping and policies.", "任何人都可了解的店铺信息：名称、货币、运费与政策。"}, .permission = "public"}, &storefront)};
}

}  // namespace kindling::shop

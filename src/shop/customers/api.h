// shop/customers/api.h -- who buys: sealed personal fields, consents, export and deletion per person.
//
// Name, e-mail and phone are sealed at rest; a person is found by keyed hashes of e-mail and phone. Forgetting a person removes
// every personal field, identity and message text, and keeps the money: orders stay as "a forgotten customer".
#pragma once
#include "shop/answers.h"
#include "shop/context.h"
#include <boost/json/value.hpp>

namespace kindling::shop {

struct Consent {
    std::string purpose;
    bool granted = false;
    std::optional<std::int64_t> at_ms;
    std::string source;
    static constexpr Field fields[] = {
        field("purpose", "email_marketing, sms_marketing, phone_marketing, personalisation or memory.", "email_marketing 邮件营销、sms_marketing 短信营销、phone_marketing 电话营销、personalisation 个性化、memory 对话记忆。").longest(64),
        field("granted", "Whether the person agrees.", "是否同意。"), field("at_ms", "When they said so.", "表态时间。"), field("source", "Where they said so.", "来源。").defaulted().longest(100)};
};
BOOST_DESCRIBE_STRUCT(Consent, (), (purpose, granted, at_ms, source))

struct Customer {
    std::string customer_id, name, email, phone, locale, country, region, city;
    std::optional<std::int64_t> created_at_ms;
    std::vector<Consent> consents;
    static constexpr Field fields[] = {
        field("customer_id", "The shop's identifier; empty: a new one.", "顾客编号；留空自动生成。").defaulted().longest(128), field("name", "Name; sealed at rest.", "姓名；加密存储。").defaulted().longest(200),
        field("email", "E-mail; sealed at rest.", "邮箱；加密存储。").defaulted().longest(254), field("phone", "Phone; sealed at rest.", "电话；加密存储。").defaulted().longest(40),
        field("locale", "Language: zh or en.", "语言：zh 或 en。").defaulted().longest(16), field("country", "Country.", "国家。").defaulted().longest(64), field("region", "Province or state.", "省/州。").defaulted().longest(100), field("city", "City.", "城市。").defaulted().longest(100),
        field("created_at_ms", "Customer since.", "成为顾客的时间。"), field("consents", "What the person agreed to.", "授权同意情况。").defaulted().longest(50)};
};
BOOST_DESCRIBE_STRUCT(Customer, (), (customer_id, name, email, phone, locale, country, region, city, created_at_ms, consents))

struct SaveCustomers {
    std::vector<Customer> customers;
    static constexpr Field fields[] = {field("customers", "Customers to create or change.", "要新建或修改的顾客。").longest(5000)};
};
BOOST_DESCRIBE_STRUCT(SaveCustomers, (), (customers))

struct GetCustomer {
    std::string customer_id;
    static constexpr Field fields[] = {field("customer_id", "Which customer.", "哪位顾客。").longest(128)};
};
BOOST_DESCRIBE_STRUCT(GetCustomer, (), (customer_id))

struct PersonExport {
    std::string customer_id;
    json::value data;
    static constexpr Field fields[] = {field("customer_id", "Customer.", "顾客编号。"), field("data", "Everything the shop keeps about this person.", "店铺保存的该顾客全部数据。")};
};
BOOST_DESCRIBE_STRUCT(PersonExport, (), (customer_id, data))

struct Forgotten {
    std::int64_t orders_kept = 0, messages_removed = 0, reviews_removed_name = 0;
    static constexpr Field fields[] = {field("orders_kept", "Orders that stay without any personal field.", "保留（已去除个人信息）的订单数。"), field("messages_removed", "Messages whose text was removed.", "已清除内容的消息数。"), field("reviews_removed_name", "Reviews that lost their author.", "已去除署名的评价数。")};
};
BOOST_DESCRIBE_STRUCT(Forgotten, (), (orders_kept, messages_removed, reviews_removed_name))

Result<Saved> save_customers(Context&, SaveCustomers const&);
// With consents; fails with customer_not_found, also for a person who was forgotten.
Result<Customer> read_customer(Context&, std::string const& customer_id);
// Neither asks who calls: their callers do.
Result<PersonExport> export_person(Context&, GetCustomer const&);
Result<Forgotten> forget_person(Context&, GetCustomer const&);
std::vector<Operation> customer_operations();

// As whom guide_nudges (what the guide said unasked) knows a customer ('c') or a visit ('s'): the mark and a keyed hash. Who writes there asks this, as do forgetting and exporting.
std::string nudged_as(Context const&, char mark, std::string_view id);

// Lower-cased and trimmed; digits and a leading + only. What look-ups are made of.
std::string normal_email(std::string_view);
std::string normal_phone(std::string_view);

}  // namespace kindling::shop

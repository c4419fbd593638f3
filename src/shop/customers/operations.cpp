#include "core/id.h"
#include "core/json_text.h"
#include "shop/customers/api.h"
#include "shop/page.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace kindling::shop {

namespace {

struct CustomerLine {
    std::string customer_id, name, email, locale, country, city;
    std::int64_t created_at_ms = 0, orders = 0, spent_minor = 0;
    std::optional<std::int64_t> last_order_at_ms;
    static constexpr Field fields[] = {
        field("customer_id", "Customer.", "顾客编号。"), field("name", "Name, for those who may see it.", "姓名（有权限者可见）。"), field("email", "E-mail, for those who may see it.", "邮箱（有权限者可见）。"), field("locale", "Language.", "语言。"), field("country", "Country.", "国家。"), field("city", "City.", "城市。"),
        field("created_at_ms", "Customer since.", "成为顾客的时间。"), field("orders", "Orders that were not cancelled.", "有效订单数。"), field("spent_minor", "Sum of these, minor units of the shop's currency.", "消费总额，最小货币单位。"), field("last_order_at_ms", "Last order.", "最近下单时间。")};
};
BOOST_DESCRIBE_STRUCT(CustomerLine, (), (customer_id, name, email, locale, country, city, created_at_ms, orders, spent_minor, last_order_at_ms))

struct CustomerRecord {
    std::string customer_id, name, email, phone, locale, country, region, city;
    std::int64_t created_at_ms = 0;
    std::vector<Consent> consents;
    std::int64_t orders = 0, spent_minor = 0;
    std::optional<std::int64_t> last_order_at_ms;
    static constexpr Field fields[] = {
        field("customer_id", "Customer.", "顾客编号。"), field("name", "Name.", "姓名。"), field("email", "E-mail.", "邮箱。"), field("phone", "Phone.", "电话。"), field("locale", "Language: zh or en.", "语言：zh 或 en。"), field("country", "Country.", "国家。"), field("region", "Province or state.", "省/州。"), field("city", "City.", "城市。"),
        field("created_at_ms", "Customer since.", "成为顾客的时间。"), field("consents", "What the person agreed to.", "授权同意情况。"), field("orders", "Orders that were not cancelled.", "有效订单数。"), field("spent_minor", "Sum of these, minor units of the shop's currency.", "消费总额，最小货币单位。"), field("last_order_at_ms", "Last order.", "最近下单时间。")};
};
BOOST_DESCRIBE_STRUCT(CustomerRecord, (), (customer_id, name, email, phone, locale, country, region, city, created_at_ms, consents, orders, spent_minor, last_order_at_ms))

struct ListCustomers {
    std::string email;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("email", "Only the person with this e-mail.", "仅此邮箱的顾客。").defaulted().longest(254), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListCustomers, (), (email, page_size, page_token))

struct CustomerPage {
    std::vector<CustomerLine> customers;
    std::int64_t total = 0;
    std::string next_page_token;
    static constexpr Field fields[] = {field("customers", "Customers by id.", "按编号排列的顾客。"), field("total", "How many there are in all.", "总数。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(CustomerPage, (), (customers, total, next_page_token))

struct SetConsent {
    std::string customer_id;
    Consent consent;
    static constexpr Field fields[] = {field("customer_id", "Which customer; a shopper may only change their own.", "哪位顾客；购物者只能修改自己的。").longest(128), field("consent", "What was agreed to or withdrawn.", "同意或撤回的内容。")};
};
BOOST_DESCRIBE_STRUCT(SetConsent, (), (customer_id, consent))

Result<std::string> open_text(Context& context, std::string_view purpose, std::string_view sealed) {
    if (sealed.empty()) return std::string();
    return context.services.vault->open(context.tx().shop_id(), purpose, sealed);
}

}  // namespace

Result<Customer> read_customer(Context& context, std::string const& id) {
    auto& tx = context.tx();
    Customer c;
    bool found = false;
    Value const values[] = {tx.shop_id(), id};
    TRY(tx.run("SELECT name_sealed, email_sealed, phone_sealed, locale, country, region, city, created_at_ms, forgotten_at_ms FROM customers WHERE shop_id = ? AND customer_id = ?", values, [&](Row const& row) -> Result<void> {
        found = row.is_null(8);
        c = {id, TRY(open_text(context, "name", row.text(0))), TRY(open_text(context, "email", row.text(1))), TRY(open_text(context, "phone", row.text(2))), std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)), std::string(row.text(6)), row.integer(7), {}};
        return {};
    }));
    if (!found) return fail(Errc::not_found, "customer_not_found", fmt::format("There is no customer \"{}\", or they asked to be forgotten.", id), {{"/customer_id", "customer_not_found", "is not a customer of this shop"}});
    c.consents = TRY((tx.select<Consent>("SELECT purpose, granted, at_ms, source FROM consents WHERE shop_id = ? AND customer_id = ? ORDER BY purpose", tx.shop_id(), id)));
    return c;
}

namespace {

Result<void> write_consents(Transaction& tx, std::string const& id, std::span<Consent const> consents, Milliseconds now) {
    for (auto const& c : consents)
        TRY(tx.execute("INSERT INTO consents (shop_id, customer_id, purpose, granted, at_ms, source) VALUES (?,?,?,?,?,?) ON CONFLICT (shop_id, customer_id, purpose) DO UPDATE SET granted = excluded.granted, at_ms = excluded.at_ms, source = excluded.source",
                       tx.shop_id(), id, c.purpose, c.granted, c.at_ms.value_or(now), c.source));
    return {};
}

Result<CustomerPage> list_customers(Context& context, ListCustomers const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(read_page_token("customers", in.page_token, 1));
    std::string where = "c.shop_id = ? AND c.forgotten_at_ms IS NULL", lookup;
    std::vector<Value> values{tx.shop_id()};
    if (!in.email.empty()) lookup = context.services.vault->lookup(tx.shop_id(), "email", normal_email(in.email)), where += " AND c.email_lookup = ?", values.emplace_back(lookup);
    CustomerPage page;
    TRY(tx.run("SELECT COUNT(*) FROM customers c WHERE " + where, values, [&](Row const& row) -> Result<void> { page.total = row.integer(0); return {}; }));
    if (!keys.empty()) where += " AND c.customer_id > ?", values.emplace_back(keys[0]);
    values.emplace_back(in.page_size + 1);
    auto const sql = "SELECT c.customer_id, c.locale, c.country, c.city, c.created_at_ms, COUNT(o.order_id), COALESCE(SUM(o.total_minor), 0), MAX(o.placed_at_ms), c.name_sealed, c.email_sealed FROM "
                     "(SELECT * FROM customers c WHERE " + where + " ORDER BY customer_id LIMIT ?) c LEFT JOIN orders o ON o.shop_id = c.shop_id AND o.customer_id = c.customer_id AND o.status <> 'cancelled' "
                     "GROUP BY c.customer_id, c.locale, c.country, c.city, c.created_at_ms, c.name_sealed, c.email_sealed ORDER BY c.customer_id";
    TRY(tx.run(sql, values, [&](Row const& row) -> Result<void> {
        CustomerLine line{std::string(row.text(0)), TRY(open_text(context, "name", row.text(8))), TRY(open_text(context, "email", row.text(9))), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), row.integer(4), row.integer(5), row.integer(6), {}};
        if (!row.is_null(7)) line.last_order_at_ms = row.integer(7);
        page.customers.push_back(std::move(line));
        return {};
    }));
    if (page.customers.size() > static_cast<std::size_t>(in.page_size)) {
        page.customers.pop_back();
        page.next_page_token = page_token("customers", std::span(&page.customers.back().customer_id, 1));
    }
    return page;
}

Result<CustomerRecord> get_customer(Context& context, GetCustomer const& in) {
    auto& tx = context.tx();
    auto c = TRY(read_customer(context, in.customer_id));
    CustomerRecord record{std::move(c.customer_id), std::move(c.name), std::move(c.email), std::move(c.phone), std::move(c.locale), std::move(c.country), std::move(c.region), std::move(c.city), c.created_at_ms.value_or(0), std::move(c.consents), 0, 0, {}};
    Value const values[] = {tx.shop_id(), in.customer_id};
    TRY(tx.run("SELECT COUNT(*), COALESCE(SUM(total_minor), 0), MAX(placed_at_ms) FROM orders WHERE shop_id = ? AND customer_id = ? AND status <> 'cancelled'", values, [&](Row const& row) -> Result<void> {
        record.orders = row.integer(0), record.spent_minor = row.integer(1);
        if (!row.is_null(2)) record.last_order_at_ms = row.integer(2);
        return {};
    }));
    return record;
}

Result<Nothing> set_consent(Context& context, SetConsent const& in) {
    if (!context.caller.may("customers.write") && context.caller.customer_id != in.customer_id)
        return fail(Errc::permission_denied, "not_permitted", "You may only change your own consents.");
    auto consent = in.consent;
    if (!context.caller.may("customers.write")) {
        // A shopper speaks now, and of what there is to agree to.
        static constexpr std::string_view purposes[] = {"email_marketing", "sms_marketing", "phone_marketing", "personalisation", "memory"};
        if (std::ranges::find(purposes, std::string_view(consent.purpose)) == std::end(purposes)) return fail(Errc::invalid_argument, "invalid_request", "There is no such purpose.", {{"/consent/purpose", "unknown_value", "expected email_marketing, sms_marketing, phone_marketing, personalisation or memory"}});
        consent.at_ms = context.now;
    }
    TRY(read_customer(context, in.customer_id));
    TRY(write_consents(context.tx(), in.customer_id, std::span(&consent, 1), context.now));
    context.tx().changed("customer", in.customer_id);
    return Nothing{};
}

}  // namespace

Result<PersonExport> export_person(Context& context, GetCustomer const& in) {
    auto& tx = context.tx();
    json::object data{{"customer", write_json(TRY(read_customer(context, in.customer_id)))}};
    // Every table that names a customer, as it stands; sealed columns opened.
    auto const rows_of = [&](std::string_view who, std::string_view key, std::string_view sql, std::string_view purpose) -> Result<void> {
        json::array list;
        Value const values[] = {tx.shop_id(), who};
        TRY(tx.run(sql, values, [&](Row const& row) -> Result<void> {
            json::object o;
            for (int c = 0; c < row.columns(); ++c) {
                auto const column = row.column_name(c);
                if (row.is_null(c)) continue;
                if (column.ends_with("_sealed")) o[column.substr(0, column.size() - 7)] = TRY(open_text(context, purpose, row.text(c)));
                else if (column.ends_with("_ms") || column.ends_with("_minor") || column == "rating" || column == "quantity") o[column] = row.integer(c);
                else o[column] = row.text(c);
            }
            list.push_back(std::move(o));
            return {};
        }));
        data[key] = std::move(list);
        return {};
    };
    auto const rows = [&](std::string_view key, std::string_view sql, std::string_view purpose) { return rows_of(in.customer_id, key, sql, purpose); };
    TRY(rows("orders", "SELECT order_id, placed_at_ms, status, currency, total_minor, channel, country, contact_sealed FROM orders WHERE shop_id = ? AND customer_id = ? ORDER BY placed_at_ms", "contact"));
    TRY(rows("checkouts", "SELECT c.created_at_ms, c.order_id, c.agent, c.total_minor, c.contact_sealed FROM checkouts c JOIN orders o ON o.shop_id = c.shop_id AND o.order_id = c.order_id WHERE c.shop_id = ? AND o.customer_id = ? ORDER BY c.created_at_ms", "checkout_contact"));
    TRY(rows("order_lines", "SELECT l.order_id, l.sku, l.title, l.quantity, l.unit_price_minor FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id WHERE l.shop_id = ? AND o.customer_id = ?", ""));
    TRY(rows("reviews", "SELECT product_id, rating, title, body, created_at_ms FROM reviews WHERE shop_id = ? AND customer_id = ?", ""));
    TRY(rows("events", "SELECT at_ms, kind, product_id, query FROM events WHERE shop_id = ? AND customer_id = ? ORDER BY seq", ""));
    TRY(rows("messages", "SELECT m.conversation_id, m.role, m.body_sealed, m.at_ms FROM messages m JOIN conversations c ON c.shop_id = m.shop_id AND c.conversation_id = m.conversation_id WHERE m.shop_id = ? AND c.customer_id = ? ORDER BY m.conversation_id, m.position", "message"));
    TRY(rows("addresses", "SELECT address_id, contact_sealed, created_at_ms FROM customer_addresses WHERE shop_id = ? AND customer_id = ? ORDER BY created_at_ms", "contact"));
    TRY(rows("basket", "SELECT l.sku, l.quantity, l.added_at_ms FROM basket_lines l JOIN baskets b ON b.shop_id = l.shop_id AND b.basket_id = l.basket_id WHERE l.shop_id = ? AND b.customer_id = ? AND b.status = 'open' ORDER BY l.added_at_ms, l.sku", ""));
    TRY(rows("guide_memory", "SELECT wishes_sealed, updated_at_ms FROM guide_memory WHERE shop_id = ? AND customer_id = ?", "guide_memory"));
    TRY(rows("watches", "SELECT sku, kind, target_minor, status, created_at_ms FROM guide_watches WHERE shop_id = ? AND customer_id = ? ORDER BY created_at_ms", ""));
    TRY(rows_of(nudged_as(context, 'c', in.customer_id), "guide_nudges", "SELECT kind, subject, outcome, at_ms FROM guide_nudges WHERE shop_id = ? AND who = ? ORDER BY at_ms", ""));
    TRY(rows("return_requests", "SELECT r.request_id, r.order_id, r.kind, r.reason, r.note_sealed, r.status, r.answer, r.created_at_ms FROM return_requests r JOIN orders o ON o.shop_id = r.shop_id AND o.order_id = r.order_id WHERE r.shop_id = ? AND o.customer_id = ? ORDER BY r.created_at_ms", "note"));
    TRY(rows("guide_turns", "SELECT t.conversation_id, t.topic, t.at_ms, t.trace_sealed FROM guide_turns t JOIN conversations c ON c.shop_id = t.shop_id AND c.conversation_id = t.conversation_id WHERE t.shop_id = ? AND c.customer_id = ? ORDER BY t.at_ms", "guide_trace"));
    // That there is an account, how its owner signs in and on how many devices; the password is a hash that nobody can read.
    TRY(rows("account", "SELECT login_kind, login_sealed, created_at_ms, password_changed_at_ms FROM accounts WHERE shop_id = ? AND customer_id = ?", "login"));
    TRY(rows("sessions", "SELECT created_at_ms, expires_at_ms FROM customer_sessions WHERE shop_id = ? AND customer_id = ? ORDER BY created_at_ms", ""));
    return PersonExport{in.customer_id, std::move(data)};
}

Result<Forgotten> forget_person(Context& context, GetCustomer const& in) {
    auto& tx = context.tx();
    TRY(read_customer(context, in.customer_id));
    auto const shop = tx.shop_id();
    auto const& id = in.customer_id;
    Forgotten done;
    TRY(tx.execute("UPDATE checkouts SET contact_sealed = NULL, extra_sealed = NULL, evidence_sealed = NULL, order_access_sealed = NULL WHERE shop_id = ? AND order_id IN (SELECT order_id FROM orders WHERE shop_id = ? AND customer_id = ?) AND order_id <> ''", shop, shop, id));
    // Before the order and the talks lose their owner.
    TRY(tx.execute("UPDATE return_requests SET note_sealed = NULL, conversation_id = '' WHERE shop_id = ? AND order_id IN (SELECT order_id FROM orders WHERE shop_id = ? AND customer_id = ?)", shop, shop, id));
    TRY(tx.execute("UPDATE guide_turns SET trace_sealed = NULL WHERE shop_id = ? AND conversation_id IN (SELECT conversation_id FROM conversations WHERE shop_id = ? AND customer_id = ?)", shop, shop, id));
    done.orders_kept = TRY(tx.execute("UPDATE orders SET contact_sealed = NULL, access_lookup = '', customer_id = '', session_id = '' WHERE shop_id = ? AND customer_id = ?", shop, id));
    TRY(tx.execute("UPDATE promotion_uses SET customer_id = '' WHERE shop_id = ? AND customer_id = ?", shop, id));
    done.reviews_removed_name = TRY(tx.execute("UPDATE reviews SET author = '', customer_id = '' WHERE shop_id = ? AND customer_id = ?", shop, id));
    done.messages_removed = TRY(tx.execute("DELETE FROM messages WHERE shop_id = ? AND conversation_id IN (SELECT conversation_id FROM conversations WHERE shop_id = ? AND customer_id = ?)", shop, shop, id));
    TRY(tx.execute("UPDATE conversations SET customer_id = '', state = '' WHERE shop_id = ? AND customer_id = ?", shop, id));
    TRY(tx.execute("UPDATE events SET customer_id = '', session_id = '', query = '' WHERE shop_id = ? AND customer_id = ?", shop, id));
    // The basket goes, the way in goes, and so does every device that is signed in.
    TRY(tx.execute("DELETE FROM basket_lines WHERE shop_id = ? AND basket_id IN (SELECT basket_id FROM baskets WHERE shop_id = ? AND customer_id = ? AND status = 'open')", shop, shop, id));
    TRY(tx.execute("UPDATE baskets SET customer_id = '' WHERE shop_id = ? AND customer_id = ?", shop, id));
    for (auto const* table : {"customer_identities", "consents", "accounts", "customer_sessions", "customer_addresses", "guide_memory", "guide_watches", "customer_group_members"}) TRY(tx.execute(fmt::format("DELETE FROM {} WHERE shop_id = ? AND customer_id = ?", table), shop, id));
    TRY(tx.execute("DELETE FROM sessions WHERE shop_id = ? AND customer_id = ?", shop, id));
    // What was said unasked is kept of the person and of the visit that it was said in, under one identifier but for its last letter: both go.
    TRY(tx.execute("DELETE FROM guide_nudges WHERE shop_id = ? AND SUBSTR(nudge_id, 1, LENGTH(nudge_id) - 1) IN (SELECT SUBSTR(nudge_id, 1, LENGTH(nudge_id) - 1) FROM guide_nudges WHERE shop_id = ? AND who = ?)", shop, shop, nudged_as(context, 'c', id)));
    // What an import may be taken back to must not bring the person back.
    TRY(tx.execute("DELETE FROM import_changes WHERE shop_id = ? AND kind = 'customer' AND key = ?", shop, id));
    TRY(tx.execute("UPDATE customers SET name_sealed = NULL, email_sealed = NULL, phone_sealed = NULL, email_lookup = NULL, phone_lookup = NULL, password_hash = '', region = '', city = '', forgotten_at_ms = ? WHERE shop_id = ? AND customer_id = ?", context.now, shop, id));
    tx.changed("forgotten", id);
    tx.changed("session");
    return done;
}

std::string nudged_as(Context const& context, char mark, std::string_view id) { return mark + context.services.vault->lookup(context.shop_id, mark == 'c' ? "nudged_customer" : "nudged_visit", id); }

std::string normal_email(std::string_view in) {
    std::string out;
    for (char c : in)
        if (c != ' ' && c != '\t') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

std::string normal_phone(std::string_view in) {
    std::string out;
    for (char c : in)
        if ((c >= '0' && c <= '9') || (c == '+' && out.empty())) out += c;
    return out;
}

Result<Saved> save_customers(Context& context, SaveCustomers const& in) {
    auto& tx = context.tx();
    auto const shop = tx.shop_id();
    auto const& vault = *context.services.vault;
    Saved saved;
    for (std::size_t i = 0; i < in.customers.size(); ++i) {
        auto const& c = in.customers[i];
        if (!c.email.empty() && c.email.find('@') == std::string::npos) return fail(Errc::invalid_argument, "invalid_request", "An e-mail is not valid; nothing was saved.", {{fmt::format("/customers/{}/email", i), "malformed_email", "is not an e-mail address"}});
        auto const id = c.customer_id.empty() ? new_id("cus") : c.customer_id;
        auto const known = !c.customer_id.empty() && TRY(tx.integer("SELECT COUNT(*) FROM customers WHERE shop_id = ? AND customer_id = ?", shop, id)) > 0;
        // Whoever asked to be forgotten does not come back by a file that was exported before.
        if (known && TRY(tx.integer("SELECT COUNT(*) FROM customers WHERE shop_id = ? AND customer_id = ? AND forgotten_at_ms IS NOT NULL", shop, id)))
            return fail(Errc::failed_precondition, "customer_forgotten", fmt::format("Customer {} asked to be forgotten; nothing was saved.", id), {{fmt::format("/customers/{}/customer_id", i), "customer_forgotten", "belongs to a person who asked to be forgotten"}});
        if (known) {
            auto const before = read_customer(context, id);
            if (before && before->name == c.name && before->email == c.email && before->phone == c.phone && before->locale == c.locale && before->country == c.country && before->city == c.city && before->region == c.region && c.consents.empty()) { ++saved.unchanged; continue; }
        }
        auto const seal = [&](std::string_view purpose, std::string const& value) { return value.empty() ? std::string() : vault.seal(shop, purpose, value); };
        auto const sealed = [](std::string const& s) { return s.empty() ? Value() : Value(Bytes{s}); };
        auto const name = seal("name", c.name), email = seal("email", c.email), phone = seal("phone", c.phone);
        auto const email_lookup = c.email.empty() ? "" : vault.lookup(shop, "email", normal_email(c.email)), phone_lookup = c.phone.empty() ? "" : vault.lookup(shop, "phone", normal_phone(c.phone));
        TRY(tx.execute("INSERT INTO customers (shop_id, customer_id, locale, country, region, city, name_sealed, email_sealed, phone_sealed, email_lookup, phone_lookup, created_at_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?,?) "
                       "ON CONFLICT (shop_id, customer_id) DO UPDATE SET locale = excluded.locale, country = excluded.country, region = excluded.region, city = excluded.city, name_sealed = excluded.name_sealed, email_sealed = excluded.email_sealed, phone_sealed = excluded.phone_sealed, email_lookup = excluded.email_lookup, phone_lookup = excluded.phone_lookup",
                       shop, id, c.locale, c.country, c.region, c.city, sealed(name), sealed(email), sealed(phone), email_lookup, phone_lookup, c.created_at_ms.value_or(context.now)));
        TRY(write_consents(tx, id, c.consents, context.now));
        ++(known ? saved.updated : saved.created);
        if (in.customers.size() == 1) tx.changed("customer", id);
    }
    if (in.customers.size() > 1) tx.changed("customer");
    return saved;
}

std::vector<Operation> customer_operations() {
    return {
        operation({.name = "customers.save_customers", .scenario = "29", .summary = {"Create or change customers; personal fields are sealed at rest.", "新建或修改顾客；个人信息加密存储。"}, .effect = Effect::act, .permission = "customers.write", .reasons = {"cannot_open_sealed", "customer_forgotten"}}, &save_customers),
        operation({.name = "customers.list_customers", .scenario = "29", .summary = {"Customers with how much and when they bought.", "顾客列表及其消费情况。"}, .permission = "customers.read", .reasons = {"cannot_open_sealed"}}, &list_customers),
        operation({.name = "customers.get_customer", .scenario = "29", .summary = {"One customer with contact, consents and what they bought.", "一位顾客的联系方式、授权与消费情况。"}, .permission = "customers.read", .reasons = {"customer_not_found", "cannot_open_sealed"}}, &get_customer),
        operation({.name = "customers.set_consent", .scenario = "29", .summary = {"Record that a person agreed to something or withdrew it.", "登记顾客的同意或撤回。"}, .effect = Effect::act, .permission = "public", .reasons = {"customer_not_found", "cannot_open_sealed"}}, &set_consent),
        operation({.name = "customers.export_person", .scenario = "29", .summary = {"Everything the shop keeps about one person, to hand over to them.", "导出店铺保存的某人全部数据，供本人取走。"}, .permission = "customers.export", .reasons = {"customer_not_found", "cannot_open_sealed"}}, &export_person),
        operation({.name = "customers.forget_person", .scenario = "29", .summary = {"Remove every personal trace of one person; their orders stay as numbers.", "清除某人的全部个人信息；订单仅保留数字。"}, .effect = Effect::act, .permission = "customers.forget", .reasons = {"customer_not_found", "cannot_open_sealed"}}, &forget_person),
    };
}

}  // namespace kindling::shop

// agents.*: the owner's register of shopping agents, and what each of them did.
#include "core/id.h"
#include "core/json_text.h"
#include "shop/agents/api.h"
#include "shop/agents/profile.h"
#include "shop/agents/rating.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

struct SaveAgent {
    std::string agent_id, name, profile_url;
    std::optional<json::value> profile;
    std::string key_id;
    Standing standing = Standing::open;
    bool accepts_mandates = false;
    std::int64_t calls_per_minute = 0;
    std::string webhook_url;
    std::optional<std::string> webhook_secret;
    static constexpr Field fields[] = {
        field("agent_id", "Which agent; empty: a new one.", "哪个代理；留空则新建。").defaulted().longest(64), field("name", "Name shown to shoppers and staff.", "向顾客与员工显示的名称。").longest(200),
        field("profile_url", "Address of its UCP profile: https, or http on this machine; empty: it comes with a key alone.", "UCP 档案地址：https，或本机 http；留空则仅凭密钥。").defaulted().longest(2000), field("profile", "Its profile, to be believed as given; left out: fetched from the address.", "直接采用的档案内容；不填则按地址获取。"),
        field("key_id", "API key that it comes with (keys.create, role agent).", "使用的 API 密钥（keys.create，角色 agent）。").defaulted().longest(64), field("standing", "open or blocked.", "open 放行或 blocked 拒绝。").defaulted(),
        field("accepts_mandates", "Whether its signed AP2 mandates count as the shopper's approval of a payment: only for platforms that you trust to have asked.", "其签名的 AP2 授权书是否视为顾客对付款的同意：仅限你信任的平台。").defaulted(),
        field("calls_per_minute", "Most calls a minute; 0: the usual limit.", "每分钟调用上限；0 为默认。").defaulted().range(0, 1e6), field("webhook_url", "Where its orders are told: https, or http on this machine.", "订单通知地址：https，或本机 http。").defaulted().longest(2000),
        field("webhook_secret", "Secret for signing order messages (ACP); left out: as it was.", "用于签名订单消息（ACP）的密钥；不填则不变。").longest(200).kept_secret()};
};
BOOST_DESCRIBE_STRUCT(SaveAgent, (), (agent_id, name, profile_url, profile, key_id, standing, accepts_mandates, calls_per_minute, webhook_url, webhook_secret))

struct AgentName {
    std::string agent_id;
    static constexpr Field fields[] = {field("agent_id", "Which agent.", "哪个代理。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(AgentName, (), (agent_id))

struct ListTraffic {
    std::int64_t from_day = 0, to_day = 100'000;
    static constexpr Field fields[] = {field("from_day", "First day, days since 1970 UTC.", "起始日（1970 年起的天数，UTC）。").defaulted().range(0, 100'000), field("to_day", "Day after the last.", "截止日（不含）。").defaulted().range(0, 100'000)};
};
BOOST_DESCRIBE_STRUCT(ListTraffic, (), (from_day, to_day))

struct AgentTraffic {
    std::string agent, name;
    std::int64_t calls = 0, searches = 0, refused = 0, limited = 0, replayed = 0, conflicting = 0, forged = 0, checkouts = 0, orders = 0, cancelled = 0, returned = 0, revenue_minor = 0;
    std::optional<AgentRating> rating;
    static constexpr Field fields[] = {
        field("agent", "agent_id of a registered one, or the address of the profile that it showed.", "已登记代理的编号，或其出示的档案地址。"), field("name", "Name of a registered one.", "已登记代理的名称。"), field("calls", "Calls in all.", "调用次数。"), field("searches", "Of these: looking at goods.", "其中浏览与搜索。"),
        field("refused", "Of these: answered with an error.", "其中返回错误。"), field("limited", "Of these: refused for being too many.", "其中因超限被拒。"), field("replayed", "Of these: repeated with their idempotency key, answered as the first time.", "其中以同一幂等键重复，按首次结果回答。"),
        field("conflicting", "Refused for an idempotency key that was used for something else or still runs.", "因幂等键已用于其他内容或仍在处理而被拒。"), field("forged", "Refused for a signature, a key or a mandate that is not what it says.", "因签名、密钥或授权书不实而被拒。"), field("checkouts", "Checkouts prepared.", "准备的结账。"), field("orders", "Of these: became an order.", "其中成交的订单。"), field("cancelled", "Of these: cancelled.", "其中已取消。"), field("returned", "Of these: something came back.", "其中有退货。"), field("revenue_minor", "Total of these orders without cancelled ones, minor units.", "这些订单的总额（不含取消），最小货币单位。"), field("rating", "How well it behaves, by its own conduct on these days; absent where several are counted together.", "根据其在这些天的行为评定的表现；多个代理合并计数时不评。")};
};
BOOST_DESCRIBE_STRUCT(AgentTraffic, (), (agent, name, calls, searches, refused, limited, replayed, conflicting, forged, checkouts, orders, cancelled, returned, revenue_minor, rating))

constexpr std::string_view counted_together[] = {unknown_agents, anonymous_agents, other_agents};

struct TrafficList {
    std::vector<AgentTraffic> agents;
    std::string currency;
    static constexpr Field fields[] = {field("agents", "Agents, most calls first.", "代理，按调用次数降序。"), field("currency", "ISO 4217 code.", "货币代码。")};
};
BOOST_DESCRIBE_STRUCT(TrafficList, (), (agents, currency))

struct Delivery {
    std::string delivery_id, agent, order_id, event, status, note;
    std::int64_t attempts = 0, at_ms = 0, next_at_ms = 0;
    static constexpr Field fields[] = {
        field("delivery_id", "Message.", "消息编号。"), field("agent", "Who is told.", "通知对象。"), field("order_id", "Order.", "订单号。"), field("event", "What happened: created, paid, shipped, delivered, cancelled or returned.", "事件：created 下单、paid 付款、shipped 发货、delivered 送达、cancelled 取消、returned 退货。"),
        field("status", "due, delivered or failed.", "due 待送、delivered 已送达、failed 失败。"), field("note", "Why the last try failed.", "最近一次失败的原因。"), field("attempts", "Tries so far.", "已尝试次数。"), field("at_ms", "When it happened.", "发生时间。"), field("next_at_ms", "Next try, while due.", "下次尝试时间（待送时）。")};
};
BOOST_DESCRIBE_STRUCT(Delivery, (), (delivery_id, agent, order_id, event, status, note, attempts, at_ms, next_at_ms))

struct DeliveryList {
    std::vector<Delivery> deliveries;
    static constexpr Field fields[] = {field("deliveries", "The latest 200, newest first.", "最近 200 条，最新在前。")};
};
BOOST_DESCRIBE_STRUCT(DeliveryList, (), (deliveries))

Result<DeliveryList> list_deliveries(Context& context, Nothing const&) {
    auto& tx = context.tx();
    return DeliveryList{TRY((tx.select<Delivery>("SELECT d.delivery_id, c.agent, d.order_id, d.event, d.status, d.note, d.attempts, d.at_ms, d.next_at_ms FROM agent_deliveries d JOIN checkouts c ON c.shop_id = d.shop_id AND c.checkout_id = d.checkout_id WHERE d.shop_id = ? ORDER BY d.at_ms DESC, d.delivery_id DESC LIMIT 200", tx.shop_id())))};
}

// The owner's own word where to send and fetch: the internet by TLS, or this very machine.
bool may_be_reached(std::string_view url) {
    if (url.size() > 2000 || url.find_first_of(" \r\n\t\"\\<>") != url.npos) return false;
    if (url.starts_with("https://")) return url.size() > 8 && url.find('@') == url.npos;
    for (std::string_view here : {"http://127.0.0.1", "http://localhost", "http://[::1]"})
        if (url.starts_with(here)) return url.size() == here.size() || url[here.size()] == ':' || url[here.size()] == '/';
    return false;
}

Result<AgentName> save_agent(Context& context, SaveAgent const& in) {
    auto& tx = context.tx();
    std::vector<FieldError> errors;
    if (in.name.empty()) errors.push_back({"/name", "required", "must not be empty"});
    if (in.profile_url.empty() && in.key_id.empty()) errors.push_back({"/profile_url", "required", "a profile or a key is needed to know the agent by"});
    if (!in.profile_url.empty() && !may_be_reached(in.profile_url)) errors.push_back({"/profile_url", "malformed_address", "must begin with https://, or http:// on this machine"});
    if (!in.webhook_url.empty() && !may_be_reached(in.webhook_url)) errors.push_back({"/webhook_url", "malformed_address", "must begin with https://, or http:// on this machine"});
    if (in.profile && !in.profile->is_object()) errors.push_back({"/profile", "wrong_type", "must be an object"});
    else if (in.profile)
        if (auto const read = read_agent_profile(in.profile->get_object()); !read) errors.push_back({"/profile" + read.error().fields.at(0).path, "profile_malformed", read.error().fields.at(0).message});
    if (!in.key_id.empty() && TRY(tx.integer("SELECT COUNT(*) FROM api_keys WHERE shop_id = ? AND key_id = ? AND revoked_at_ms IS NULL", tx.shop_id(), in.key_id)) == 0) errors.push_back({"/key_id", "unknown_value", "is not a key of this shop; keys.list shows them"});
    if (TRY(tx.integer("SELECT COUNT(*) FROM agents WHERE shop_id = ? AND agent_id <> ? AND ((? <> '' AND profile_url = ?) OR (? <> '' AND key_id = ?))", tx.shop_id(), in.agent_id, in.profile_url, in.profile_url, in.key_id, in.key_id)) > 0)
        errors.push_back({in.profile_url.empty() ? "/key_id" : "/profile_url", "taken", "belongs to another agent of the register"});
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The agent was not saved.", std::move(errors));
    auto const profile = in.profile ? to_text(*in.profile) : std::string();
    auto const id = in.agent_id.empty() ? new_id("agt") : in.agent_id;
    if (in.agent_id.empty())
        TRY(tx.execute("INSERT INTO agents (shop_id, agent_id, name, profile_url, profile, key_id, standing, accepts_mandates, calls_per_minute, webhook_url, created_at_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?)", tx.shop_id(), id, in.name, in.profile_url, profile, in.key_id, name(in.standing),
                       static_cast<std::int64_t>(in.accepts_mandates), in.calls_per_minute, in.webhook_url, context.now));
    else if (!TRY(tx.execute("UPDATE agents SET name = ?, profile_url = ?, profile = ?, key_id = ?, standing = ?, accepts_mandates = ?, calls_per_minute = ?, webhook_url = ? WHERE shop_id = ? AND agent_id = ?", in.name, in.profile_url, profile, in.key_id, name(in.standing),
                             static_cast<std::int64_t>(in.accepts_mandates), in.calls_per_minute, in.webhook_url, tx.shop_id(), id)))
        return fail(Errc::not_found, "agent_not_found", "There is no such agent.", {{"/agent_id", "agent_not_found", "is not in the register"}});
    if (in.webhook_secret) {
        auto const sealed = in.webhook_secret->empty() ? std::string() : context.services.vault->seal(tx.shop_id(), "agent_webhook:" + id, *in.webhook_secret);
        TRY(tx.execute("UPDATE agents SET webhook_secret_sealed = ? WHERE shop_id = ? AND agent_id = ?", sealed.empty() ? Value() : Value(Bytes{sealed}), tx.shop_id(), id));
    }
    tx.changed("agent", id);
    return AgentName{id};
}

Result<Nothing> remove_agent(Context& context, AgentName const& in) {
    auto& tx = context.tx();
    if (!TRY(tx.execute("DELETE FROM agents WHERE shop_id = ? AND agent_id = ?", tx.shop_id(), in.agent_id))) return fail(Errc::not_found, "agent_not_found", "There is no such agent.", {{"/agent_id", "agent_not_found", "is not in the register"}});
    tx.changed("agent", in.agent_id);
    return Nothing{};
}

Result<AgentList> list_agents(Context& context, Nothing const&) {
    auto& tx = context.tx();
    AgentList list;
    Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT agent_id, name, profile_url, profile, key_id, standing, accepts_mandates, calls_per_minute, webhook_url, webhook_secret_sealed, created_at_ms FROM agents WHERE shop_id = ? ORDER BY name, agent_id", values, [&](Row const& row) -> Result<void> {
        Agent a{.agent_id = std::string(row.text(0)), .name = std::string(row.text(1)), .profile_url = std::string(row.text(2)), .profile = {}, .key_id = std::string(row.text(4)), .standing = row.text(5) == "blocked" ? Standing::blocked : Standing::open, .accepts_mandates = row.integer(6) != 0,
                .calls_per_minute = row.integer(7), .webhook_url = std::string(row.text(8)), .has_webhook_secret = !row.is_null(9), .created_at_ms = row.integer(10)};
        if (!row.text(3).empty()) a.profile = TRY(parse_json(row.text(3)));
        list.agents.push_back(std::move(a));
        return {};
    }));
    return list;
}

Result<TrafficList> list_traffic(Context& context, ListTraffic const& in) {
    auto& tx = context.tx();
    TrafficList list;
    Value const shop[] = {tx.shop_id()};
    TRY(tx.run("SELECT currency FROM shops WHERE shop_id = ?", shop, [&](Row const& row) -> Result<void> { list.currency = row.text(0); return {}; }));
    auto const at = [&](std::string_view agent) -> AgentTraffic& {
        auto const i = std::ranges::find(list.agents, agent, &AgentTraffic::agent);
        return i != list.agents.end() ? *i : list.agents.emplace_back(AgentTraffic{.agent = std::string(agent)});
    };
    Value const days[] = {tx.shop_id(), in.from_day, in.to_day};
    TRY(tx.run("SELECT agent, SUM(calls), SUM(CASE WHEN operation LIKE '%catalog' OR operation = 'get_product' OR operation LIKE 'catalog.%' OR operation IN ('dialogue.search', 'dialogue.ask', 'selection.recommend') THEN calls ELSE 0 END), SUM(refused), SUM(limited), SUM(replayed), SUM(conflicting), SUM(forged) FROM agent_traffic WHERE shop_id = ? AND day >= ? AND day < ? GROUP BY agent", days, [&](Row const& row) -> Result<void> {
        auto& a = at(row.text(0));
        a.calls = row.integer(1), a.searches = row.integer(2), a.refused = row.integer(3), a.limited = row.integer(4), a.replayed = row.integer(5), a.conflicting = row.integer(6), a.forged = row.integer(7);
        return {};
    }));
    Value const span[] = {tx.shop_id(), in.from_day * milliseconds_per_day, in.to_day * milliseconds_per_day};
    TRY(tx.run("SELECT c.agent, COUNT(*), SUM(CASE WHEN c.order_id <> '' THEN 1 ELSE 0 END), SUM(CASE WHEN o.status <> 'cancelled' THEN o.total_minor ELSE 0 END), SUM(CASE WHEN o.status = 'cancelled' THEN 1 ELSE 0 END), SUM(CASE WHEN EXISTS (SELECT 1 FROM returns r WHERE r.shop_id = o.shop_id AND r.order_id = o.order_id) THEN 1 ELSE 0 END) FROM checkouts c LEFT JOIN orders o ON o.shop_id = c.shop_id AND o.order_id = c.order_id AND c.order_id <> '' WHERE c.shop_id = ? AND c.created_at_ms >= ? AND c.created_at_ms < ? AND c.agent <> '' GROUP BY c.agent", span, [&](Row const& row) -> Result<void> {
        auto& a = at(row.text(0));
        a.checkouts = row.integer(1), a.orders = row.integer(2), a.revenue_minor = row.is_null(3) ? 0 : row.integer(3), a.cancelled = row.integer(4), a.returned = row.integer(5);
        return {};
    }));
    TRY(tx.run("SELECT agent_id, name FROM agents WHERE shop_id = ?", shop, [&](Row const& row) -> Result<void> {
        if (auto const i = std::ranges::find(list.agents, row.text(0), &AgentTraffic::agent); i != list.agents.end()) i->name = row.text(1);
        return {};
    }));
    for (auto& a : list.agents)
        if (std::ranges::find(counted_together, a.agent) == std::end(counted_together)) a.rating = rate({.calls = a.calls, .refused = a.refused, .limited = a.limited, .replayed = a.replayed, .conflicting = a.conflicting, .forged = a.forged, .checkouts = a.checkouts, .orders = a.orders, .cancelled = a.cancelled, .returned = a.returned});
    std::ranges::sort(list.agents, [](auto const& a, auto const& b) { return std::pair(-a.calls, a.agent) < std::pair(-b.calls, b.agent); });
    return list;
}

}  // namespace

std::vector<Operation> agent_operations() {
    return {
        operation({.name = "agents.save", .scenario = "25", .summary = {"Register a shopping agent: how it is known, what it may, where its orders are told.", "登记购物代理：如何识别、有何权限、订单通知到哪里。"}, .effect = Effect::act, .permission = "agents.write", .reasons = {"agent_not_found"}}, &save_agent),
        operation({.name = "agents.remove", .scenario = "25", .summary = {"Take an agent out of the register; it is a stranger from then on.", "将代理移出登记；此后按陌生代理对待。"}, .effect = Effect::act, .permission = "agents.write", .reasons = {"agent_not_found"}}, &remove_agent),
        operation({.name = "agents.list", .scenario = "25", .summary = {"The registered shopping agents.", "已登记的购物代理。"}, .permission = "agents.read"}, &list_agents),
        operation({.name = "agents.deliveries", .scenario = "25", .summary = {"What agents were told of their orders, and what is still to be told.", "已通知与待通知代理的订单消息。"}, .permission = "agents.read"}, &list_deliveries),
        operation({.name = "agents.traffic", .scenario = "25", .summary = {"What shopping agents did: calls, refusals, checkouts, orders and revenue by agent, and how well each behaves.", "购物代理的活动：调用、拒绝、结账、订单与收入，以及表现评级。"}, .permission = "agents.read"}, &list_traffic),
    };
}

}  // namespace kindling::shop

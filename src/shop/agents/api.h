// shop/agents/api.h -- other people's shopping agents, as the owner knows them: who they are, what they may, what they did.
//
// An agent says who it is by the address of its profile (UCP) or by an API key (ACP). Anybody's agent may look and prepare a checkout;
// registering one here says more: its profile is pinned or trusted, its signed mandates count as a shopper's approval, its orders are told
// to it, it has a limit of its own, or it is kept out. Traffic is counted by agent, protocol, operation and day; rating.h grades it.
#pragma once
#include "shop/answers.h"
#include "shop/context.h"

namespace kindling::shop {

enum class Standing { open, blocked };
BOOST_DESCRIBE_ENUM(Standing, open, blocked)

struct Agent {
    std::string agent_id, name, profile_url;
    std::optional<json::value> profile;
    std::string key_id;
    Standing standing = Standing::open;
    bool accepts_mandates = false;
    std::int64_t calls_per_minute = 0;
    std::string webhook_url;
    bool has_webhook_secret = false;
    std::int64_t created_at_ms = 0;
    static constexpr Field fields[] = {
        field("agent_id", "Agent.", "代理编号。"), field("name", "Name shown to shoppers and staff.", "向顾客与员工显示的名称。"), field("profile_url", "Address of its UCP profile; empty: it comes with a key alone.", "UCP 档案地址；留空则仅凭密钥。"),
        field("profile", "Its profile, pinned; absent: fetched from the address when needed.", "固定的档案；缺省时按地址获取。"), field("key_id", "API key that it comes with.", "使用的 API 密钥。"),
        field("standing", "open or blocked.", "open 放行或 blocked 拒绝。"), field("accepts_mandates", "Its signed AP2 mandates count as the shopper's approval of a payment.", "其签名的 AP2 授权书可视为顾客对付款的同意。"),
        field("calls_per_minute", "Most calls a minute; 0: the usual limit.", "每分钟调用上限；0 为默认。"), field("webhook_url", "Where its orders are told; empty: where its profile says.", "订单通知地址；留空则取档案所示。"),
        field("has_webhook_secret", "A secret for signing order messages (ACP) is kept.", "已保存用于签名订单消息（ACP）的密钥。"), field("created_at_ms", "Since.", "登记时间。")};
};
BOOST_DESCRIBE_STRUCT(Agent, (), (agent_id, name, profile_url, profile, key_id, standing, accepts_mandates, calls_per_minute, webhook_url, has_webhook_secret, created_at_ms))

struct AgentList {
    std::vector<Agent> agents;
    static constexpr Field fields[] = {field("agents", "Registered agents, by name.", "已登记的代理，按名称。")};
};
BOOST_DESCRIBE_STRUCT(AgentList, (), (agents))

// Whose calls stand under one name in the counts of traffic, so that nobody is rated by them: who did not say who it is, who came to /mcp without a key, and strangers beyond
// those who are counted apart.
inline constexpr std::string_view unknown_agents = "unknown", anonymous_agents = "anonymous", other_agents = "others";

std::vector<Operation> agent_operations();

}  // namespace kindling::shop

#include "gateway/agents/own_tools.h"
#include <fmt/format.h>

namespace kindling::gateway::agents {

namespace {

bool says_nothing(Call const& call, std::string_view protocol) { return protocol == "mcp" && !call.caller.is_staff(); }

}  // namespace

std::optional<AgentDoor::Turned> OwnTools::stop(Call const& call, std::string_view protocol, std::string_view operation) {
    auto const turn = [&](std::string_view agent, Outcome outcome, Turned turned) {
        traffic_.count(call.shop_id, agent, protocol, operation, outcome);
        return std::optional(std::move(turned));
    };
    auto const limited = [&](std::string_view agent, std::string_view bucket, std::int64_t limit) -> std::optional<Turned> {
        auto const wait = executor_.limiter().seconds_to_wait(bucket, limit, RateLimiter::Burst::all);
        if (wait == 0) return {};
        auto const zh = call.locale == Locale::zh;
        return turn(agent, Outcome::limited, {{Errc::unavailable, "rate_limited", zh ? fmt::format("每分钟超过 {} 次调用，请 {} 秒后再试。", limit, wait) : fmt::format("More than {} calls a minute; wait {} seconds.", limit, wait), {}}, wait});
    };
    if (says_nothing(call, protocol)) {
        auto const limit = directory_.anonymous_calls_per_minute(call.shop_id);
        if (limit == 0) return turn(shop::anonymous_agents, Outcome::refused, {{Errc::permission_denied, "not_permitted", call.locale == Locale::zh ? "本店只接待已登记的代理，请使用 API 密钥。" : "This shop deals with registered agents only; come with an API key.", {}}});
        return limited(shop::anonymous_agents, fmt::format("agent {} {}", shop::anonymous_agents, call.address), limit);
    }
    if (call.caller.kind != Caller::Kind::key) return {};
    auto const agent = directory_.by_key(call.shop_id, call.caller.id);
    if (!agent) return turn("key:" + call.caller.id, Outcome::refused, {{Errc::permission_denied, "not_permitted", agent.error().content, {}}});
    if (!agent->registered && call.caller.role != "agent") return {};
    return limited(agent->counted_as, "agent " + agent->counted_as + " ", agent->calls_per_minute > 0 ? agent->calls_per_minute : usual_calls_per_minute);
}

void OwnTools::went(Call const& call, std::string_view protocol, std::string_view operation, Error const* refused) {
    auto const outcome = refused ? outcome_of(status_of(*refused), refused->reason) : Outcome::served;
    if (says_nothing(call, protocol)) return traffic_.count(call.shop_id, shop::anonymous_agents, protocol, operation, outcome);
    if (call.caller.kind != Caller::Kind::key) return;
    if (auto const agent = directory_.by_key(call.shop_id, call.caller.id); agent && (agent->registered || call.caller.role == "agent")) traffic_.count(call.shop_id, agent->counted_as, protocol, operation, outcome);
}

}  // namespace kindling::gateway::agents

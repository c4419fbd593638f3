// gateway/agents/own_tools.h -- agents that use the shop's own operations, at /mcp or with an agent's key at /v1, held to the same register,
// counts and limits as those who come by UCP or ACP.
//
// Whoever comes to /mcp without a key is an agent that does not say who it is: all of them are counted as "anonymous" and limited by address
// (setting anonymous_agent_calls_per_minute, 0 keeps them out). A key is an agent's when its role is agent or the register names it.
// Cost: a look into maps in memory.
#pragma once
#include "gateway/agents/directory.h"
#include "gateway/agents/traffic.h"
#include "gateway/front/agent_door.h"

namespace kindling::gateway::agents {

// Thread-safe. Lives as long as the front.
class OwnTools final : public AgentDoor {
public:
    OwnTools(Executor& executor, Directory& directory, Traffic& traffic) : executor_(executor), directory_(directory), traffic_(traffic) {}
    std::optional<Turned> stop(Call const&, std::string_view protocol, std::string_view operation) override;
    void went(Call const&, std::string_view protocol, std::string_view operation, Error const* refused) override;

private:
    Executor& executor_;
    Directory& directory_;
    Traffic& traffic_;
};

}  // namespace kindling::gateway::agents

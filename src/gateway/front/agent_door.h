// gateway/front/agent_door.h -- other people's agents at the shop's own tools (/mcp, and /v1 with an agent's key): seen, counted and limited.
//
// The front does not know agents; who does (gateway/agents) puts a door before its operations.
#pragma once
#include "gateway/execute/executor.h"

namespace kindling::gateway {

class AgentDoor {
public:
    virtual ~AgentDoor() = default;
    struct Turned {
        Error error;
        std::int64_t retry_after_s = 0;  // 0: not said
    };
    // Before an operation: whoever is no agent passes unseen. `protocol`: mcp or api. Any thread.
    virtual std::optional<Turned> stop(Call const&, std::string_view protocol, std::string_view operation) = 0;
    // After one that was let through; `refused`: why it was not carried out, nullptr when it was.
    virtual void went(Call const&, std::string_view protocol, std::string_view operation, Error const* refused) = 0;
};

}  // namespace kindling::gateway

// gateway/agents/agent.h -- which shopping agent a request is from, and what is answered to one that cannot be let in.
#pragma once
#include "core/json_text.h"
#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace kindling::gateway::agents {

// Of a request that is not carried out: an HTTP status with the protocol's code and a sentence for a person.
struct Refusal {
    int status = 400;
    std::string code, content;
    std::string path = {};     // JSONPath of the field that is wrong, where one is
    int retry_after_s = 0;     // 0: not said
};

// Of an agent to which the owner gave no number of its own.
constexpr std::int64_t usual_calls_per_minute = 1200;

struct ShoppingAgent {
    std::string counted_as;    // agent_id of a registered one, otherwise the address of its profile
    std::string agent_id, name, profile_url, key_id;
    bool registered = false;
    bool proven = false;       // by a key or by a signature; otherwise it only says who it is
    bool blocked = false, accepts_mandates = false;
    std::int64_t calls_per_minute = 0;
    std::string version;       // of the protocol, as its profile says
    std::map<std::string, std::vector<std::string>, std::less<>> capabilities = {};  // versions by name
    json::array signing_keys = {};
    std::string webhook_url;   // where its orders are told; "" for nowhere
    bool webhook_by_owner = false;

    std::string shown() const { return name.empty() ? profile_url : name; }
};

}  // namespace kindling::gateway::agents

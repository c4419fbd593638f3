// shop/agents/profile.h -- what the profile of a shopping agent says, held to the shape that UCP's profile schema asks for.
//
// Read where the agent calls, and already where the owner pins a profile: a malformed one is refused there, with the field, instead of
// at each of the agent's calls.
#pragma once
#include "core/result.h"
#include <boost/json.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::shop {

struct AgentProfile {
    std::string version;
    std::map<std::string, std::vector<std::string>, std::less<>> capabilities;  // versions by name
    boost::json::array signing_keys;
    std::string webhook_url;  // where it wants its orders to be told; "" for nowhere
};

// "" where there is none that is a date.
std::string agent_profile_version(boost::json::object const& profile);
// Fails with profile_malformed and one field, by its path within the profile.
Result<AgentProfile> read_agent_profile(boost::json::object const& profile);

}  // namespace kindling::shop

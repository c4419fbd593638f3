// gateway/agents/directory.h -- agents by their profile or key: the owner's register first, then the profile itself.
//
// A profile is fetched once and kept for ten minutes, a failure for half a minute; so many are kept and so many fetched a minute, whoever
// asks (UCP overview, "Fetching": a fixed discovery footprint). Profiles of strangers come from the public internet by https only; what
// the owner registered may also be on this machine, and a pinned profile is never fetched at all.
#pragma once
#include "gateway/agents/agent.h"
#include "gateway/agents/outside.h"
#include "gateway/execute/executor.h"
#include <expected>
#include <memory>

namespace kindling::gateway::agents {

template <class T> using Answered = std::expected<T, Refusal>;

// Thread-safe. Lives as long as the server.
class Directory {
public:
    Directory(Executor&, SendOutside);
    ~Directory();

    // Refused with invalid_profile_url (400), profile_unreachable (424), profile_malformed, version_unsupported (422), profile_not_trusted
    // (403, blocked by the owner) or discovery_busy (503). `versions`: those of the protocol that we speak.
    Answered<ShoppingAgent> by_profile(std::int64_t shop_id, std::string const& url, std::string_view version);
    // Whoever comes with an API key; one that is not registered is known by the key alone.
    Answered<ShoppingAgent> by_key(std::int64_t shop_id, std::string const& key_id);
    // The registered one, if it still is.
    std::optional<ShoppingAgent> by_id(std::int64_t shop_id, std::string const& agent_id);
    // The owner's setting for agents that do not say who they are; 0 keeps them out.
    std::int64_t anonymous_calls_per_minute(std::int64_t shop_id);

private:
    struct Registered;
    struct Kept {
        std::shared_ptr<json::object const> profile;
        Refusal refusal;
        std::chrono::steady_clock::time_point until;
    };
    std::shared_ptr<std::vector<Registered> const> registered(std::int64_t shop_id);
    Answered<std::shared_ptr<json::object const>> profile_at(std::string const& url, NamedBy);

    Executor& executor_;
    SendOutside send_;
    std::size_t listener_;
    std::mutex mutex_;
    std::map<std::int64_t, std::pair<std::shared_ptr<std::vector<Registered> const>, std::chrono::steady_clock::time_point>> registers_;
    std::map<std::int64_t, std::pair<std::int64_t, std::chrono::steady_clock::time_point>> anonymous_;
    std::map<std::string, Kept, std::less<>> kept_;
    int fetching_ = 0;
};

}  // namespace kindling::gateway::agents

#include "shop/agents/profile.h"
#include "core/json_members.h"
#include <algorithm>

namespace kindling::shop {

namespace json = boost::json;

namespace {

constexpr std::size_t most_capabilities = 200, most_keys = 20;

bool is_version(std::string_view v) {
    return v.size() == 10 && v[4] == '-' && v[7] == '-' && std::ranges::all_of(v, [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
}

std::unexpected<Error> malformed(std::string path, std::string what) {
    auto message = path.substr(1) + " " + what;
    std::ranges::replace(message, '/', '.');
    return fail(Errc::invalid_argument, "profile_malformed", std::move(message), {{std::move(path), "profile_malformed", std::move(what)}});
}

}  // namespace

std::string agent_profile_version(json::object const& profile) {
    auto const* ucp = object_in(profile, "ucp");
    auto version = ucp ? text_in(*ucp, "version") : std::string();
    return is_version(version) ? version : std::string();
}

Result<AgentProfile> read_agent_profile(json::object const& profile) {
    AgentProfile out;
    auto const* ucp = object_in(profile, "ucp");
    if (!ucp) return malformed("/ucp", "must be an object");
    out.version = agent_profile_version(profile);
    if (out.version.empty()) return malformed("/ucp/version", "must be a date such as 2026-04-08");
    if (!object_in(*ucp, "services")) return malformed("/ucp/services", "must be an object");
    if (!object_in(*ucp, "payment_handlers")) return malformed("/ucp/payment_handlers", "must be an object");
    if (auto const* capabilities = ucp->if_contains("capabilities")) {
        auto const* all = capabilities->if_object();
        if (!all || all->size() > most_capabilities) return malformed("/ucp/capabilities", "must be an object of lists");
        for (auto const& [name, entries] : *all) {
            auto const* list = entries.if_array();
            if (!list) return malformed("/ucp/capabilities", "must be an object of lists");
            for (auto const& entry : *list) {
                auto const* o = entry.if_object();
                if (!o || !is_version(text_in(*o, "version"))) return malformed("/ucp/capabilities", "has an entry without a version");
                out.capabilities[std::string(name)].push_back(text_in(*o, "version"));
                if (name == "dev.ucp.shopping.order")
                    if (auto const* config = object_in(*o, "config"); config && out.webhook_url.empty()) out.webhook_url = text_in(*config, "webhook_url");
            }
        }
    }
    if (auto const* keys = profile.if_contains("signing_keys")) {
        if (!keys->is_array() || keys->get_array().size() > most_keys) return malformed("/signing_keys", "must be a list of at most 20 keys");
        out.signing_keys = keys->get_array();
    }
    return out;
}

}  // namespace kindling::shop

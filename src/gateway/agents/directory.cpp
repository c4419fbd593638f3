#include "gateway/agents/directory.h"
#include "shop/agents/api.h"
#include "shop/agents/profile.h"
#include "shop/people/people.h"
#include <fmt/format.h>

namespace kindling::gateway::agents {

namespace {

constexpr auto register_kept_for = std::chrono::seconds(10), profile_kept_for = std::chrono::seconds(600), failure_kept_for = std::chrono::seconds(30);
constexpr std::size_t most_profiles = 500;
constexpr int most_fetches_at_once = 4, most_fetches_a_minute = 60;

Answered<void> read_profile(json::object const& profile, std::string_view version, ShoppingAgent& out) {
    // The version first: another one may have another shape.
    out.version = shop::agent_profile_version(profile);
    if (!out.version.empty() && out.version != version) return std::unexpected(Refusal{422, "version_unsupported", fmt::format("Version {} is not supported. This business implements version {}.", out.version, version)});
    auto read = shop::read_agent_profile(profile);
    if (!read) return std::unexpected(Refusal{422, "profile_malformed", fmt::format("The platform's profile is not one: {}.", read.error().message)});
    out.capabilities = std::move(read->capabilities), out.signing_keys = std::move(read->signing_keys);
    if (out.webhook_url.empty()) out.webhook_url = std::move(read->webhook_url);
    return {};
}

}  // namespace

struct Directory::Registered {
    ShoppingAgent agent;
    std::shared_ptr<json::object const> pinned;
};

Directory::Directory(Executor& executor, SendOutside send) : executor_(executor), send_(std::move(send)) {
    listener_ = executor.services().store->listen([this](std::span<shop::Change const> changes) {
        for (auto const& c : changes)
            if (c.kind == "agent") {
                std::lock_guard const lock(mutex_);
                registers_.erase(c.shop_id);
            } else if (c.kind == "setting") {
                std::lock_guard const lock(mutex_);
                anonymous_.erase(c.shop_id);
            }
    });
}
Directory::~Directory() { executor_.services().store->forget(listener_); }

std::shared_ptr<std::vector<Directory::Registered> const> Directory::registered(std::int64_t shop_id) {
    auto const now = std::chrono::steady_clock::now();
    {
        std::lock_guard const lock(mutex_);
        if (auto const i = registers_.find(shop_id); i != registers_.end() && i->second.second > now) return i->second.first;
    }
    auto all = std::make_shared<std::vector<Registered>>();
    auto const answer = executor_.call("agents.list", json::object(), {.shop_id = shop_id, .caller = {.kind = Caller::Kind::system, .id = "system", .role = "system", .permissions = {"agents.read"}}});
    if (!answer) return all;  // a shop whose store cannot be reached knows nobody for now; the operation after this says so
    for (auto const& value : answer->at("agents").as_array()) {
        auto const row = read_json<shop::Agent>(value);
        if (!row) continue;
        Registered r{.agent = {.counted_as = row->agent_id, .agent_id = row->agent_id, .name = row->name, .profile_url = row->profile_url, .key_id = row->key_id, .registered = true, .blocked = row->standing == shop::Standing::blocked,
                               .accepts_mandates = row->accepts_mandates, .calls_per_minute = row->calls_per_minute, .webhook_url = row->webhook_url, .webhook_by_owner = !row->webhook_url.empty()}, .pinned = {}};
        if (row->profile && row->profile->is_object()) r.pinned = std::make_shared<json::object const>(row->profile->get_object());
        all->push_back(std::move(r));
    }
    std::lock_guard const lock(mutex_);
    registers_[shop_id] = {all, now + register_kept_for};
    return all;
}

Answered<std::shared_ptr<json::object const>> Directory::profile_at(std::string const& url, NamedBy by) {
    auto const now = std::chrono::steady_clock::now();
    {
        std::lock_guard const lock(mutex_);
        if (auto const i = kept_.find(url); i != kept_.end() && i->second.until > now) {
            if (i->second.profile) return i->second.profile;
            return std::unexpected(i->second.refusal);
        }
        if (fetching_ >= most_fetches_at_once || !executor_.limiter().allow("profiles of agents", most_fetches_a_minute)) return std::unexpected(Refusal{503, "discovery_busy", "Too many unknown profiles are being looked up; try again in a moment.", {}, 5});
        ++fetching_;
    }
    Kept kept{{}, {424, "profile_unreachable", "The platform's profile could not be fetched."}, now + failure_kept_for};
    auto const answer = send_ ? send_("GET", url, {{"Accept", "application/json"}}, {}, by) : Result<OutsideAnswer>(fail(Errc::unavailable, "no_network", ""));
    if (answer && answer->status == 200) {
        auto parsed = parse_json(answer->body);
        if (parsed && parsed->is_object()) kept = {std::make_shared<json::object const>(std::move(parsed->get_object())), {}, now + profile_kept_for};
        else kept.refusal = {422, "profile_malformed", "The platform's profile is not one: it is not a JSON object."};
    } else if (answer) kept.refusal.content = fmt::format("The platform's profile was answered with status {}; redirects are not followed.", answer->status);
    std::lock_guard const lock(mutex_);
    --fetching_;
    if (kept_.size() >= most_profiles) kept_.erase(kept_.begin());
    auto& stored = kept_[url] = std::move(kept);
    if (stored.profile) return stored.profile;
    return std::unexpected(stored.refusal);
}

Answered<ShoppingAgent> Directory::by_profile(std::int64_t shop_id, std::string const& url, std::string_view version) {
    auto const all = registered(shop_id);
    auto const i = std::ranges::find_if(*all, [&](auto const& r) { return r.agent.profile_url == url; });
    bool const known = i != all->end();
    if (!known && (!url.starts_with("https://") || url.size() > 2000 || url.find_first_of(" @\r\n\t") != url.npos)) return std::unexpected(Refusal{400, "invalid_profile_url", "The profile must be the https address of the platform's profile."});
    auto agent = known ? i->agent : ShoppingAgent{.counted_as = url, .agent_id = {}, .name = {}, .profile_url = url, .key_id = {}, .version = {}, .webhook_url = {}};
    if (agent.blocked) return std::unexpected(Refusal{403, "profile_not_trusted", "This shop does not deal with this agent."});
    std::shared_ptr<json::object const> profile = known ? i->pinned : nullptr;
    if (!profile) {
        auto fetched = profile_at(url, known ? NamedBy::owner : NamedBy::anybody);
        if (!fetched) return std::unexpected(fetched.error());
        profile = *fetched;
    }
    auto const told_to = agent.webhook_url;
    if (auto read = read_profile(*profile, version, agent); !read) return std::unexpected(read.error());
    if (!told_to.empty()) agent.webhook_url = told_to;
    return agent;
}

Answered<ShoppingAgent> Directory::by_key(std::int64_t shop_id, std::string const& key_id) {
    auto const all = registered(shop_id);
    auto const i = std::ranges::find_if(*all, [&](auto const& r) { return r.agent.key_id == key_id; });
    auto agent = i != all->end() ? i->agent : ShoppingAgent{.counted_as = "key:" + key_id, .agent_id = {}, .name = {}, .profile_url = {}, .key_id = key_id, .version = {}, .webhook_url = {}};
    if (agent.blocked) return std::unexpected(Refusal{403, "profile_not_trusted", "This shop does not deal with this agent."});
    agent.proven = true;
    return agent;
}

std::int64_t Directory::anonymous_calls_per_minute(std::int64_t shop_id) {
    auto const now = std::chrono::steady_clock::now();
    {
        std::lock_guard const lock(mutex_);
        if (auto const i = anonymous_.find(shop_id); i != anonymous_.end() && i->second.second > now) return i->second.first;
    }
    auto const tx = executor_.services().store->read(shop_id);
    auto const set = tx ? shop::read_number_setting(**tx, "anonymous_agent_calls_per_minute", usual_calls_per_minute) : Result<std::int64_t>(std::unexpected(tx.error()));
    auto const limit = set.value_or(usual_calls_per_minute);  // of a store that cannot be reached the operation after this tells
    std::lock_guard const lock(mutex_);
    anonymous_[shop_id] = {limit, now + register_kept_for};
    return limit;
}

std::optional<ShoppingAgent> Directory::by_id(std::int64_t shop_id, std::string const& agent_id) {
    auto const all = registered(shop_id);
    auto const i = std::ranges::find_if(*all, [&](auto const& r) { return r.agent.agent_id == agent_id; });
    if (i == all->end()) return {};
    return i->agent;
}

}  // namespace kindling::gateway::agents

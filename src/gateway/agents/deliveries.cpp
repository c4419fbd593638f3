#include "gateway/agents/deliveries.h"
#include "core/hex.h"
#include "gateway/agents/acp/acp.h"
#include "gateway/agents/http_signature.h"
#include "gateway/agents/ucp/orders.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>
#include <openssl/hmac.h>
#include <spdlog/spdlog.h>

namespace kindling::gateway::agents {

namespace {

constexpr std::int64_t most_attempts = 12;
constexpr Milliseconds first_pause = 5000, longest_pause = 6 * 3'600'000;
constexpr auto look_again_after = std::chrono::seconds(5);

std::string hmac_hex(std::string_view secret, std::string_view text) {
    unsigned char out[32];
    unsigned size = 0;
    if (!HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), reinterpret_cast<unsigned char const*>(text.data()), text.size(), out, &size)) throw std::runtime_error("HMAC failed");
    return to_hex({reinterpret_cast<char const*>(out), size});
}

}  // namespace

struct Deliveries::Due {
    std::int64_t shop_id = 0;
    std::string delivery_id, order_id, event;
    std::int64_t at_ms = 0, attempts = 0;
};

Deliveries::Deliveries(Executor& executor, Directory& directory, Keys& keys, SendOutside send) : executor_(executor), directory_(directory), keys_(keys), send_(std::move(send)) {
    listener_ = executor_.services().store->listen([this](std::span<shop::Change const> changes) {
        if (std::ranges::none_of(changes, [](auto const& c) { return c.kind == "agent_delivery"; })) return;
        std::lock_guard const lock(mutex_);
        something_ = true;
        wake_.notify_one();
    });
    thread_ = std::jthread([this](std::stop_token stop) { work(std::move(stop)); });
}

Deliveries::~Deliveries() {
    executor_.services().store->forget(listener_);
    thread_.request_stop();
    thread_.join();
}

void Deliveries::work(std::stop_token stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, look_again_after, [this] { return something_; });
            something_ = false;
        }
        auto const now = due(now_ms());
        if (!now) continue;  // the store cannot be reached; it is asked again
        for (auto const& d : *now) {
            if (stop.stop_requested()) return;
            if (auto const done = deliver(d); !done) spdlog::warn("order message {}: {}", d.delivery_id, done.error().message);
        }
    }
}

Result<std::vector<Deliveries::Due>> Deliveries::due(Milliseconds now) {
    std::vector<Due> out;
    auto tx = TRY(executor_.services().store->read(0));
    shop::Value const values[] = {now};
    TRY(tx->run("SELECT shop_id, delivery_id, order_id, event, at_ms, attempts FROM agent_deliveries WHERE status = 'due' AND next_at_ms <= ? ORDER BY next_at_ms, delivery_id LIMIT 50", values, [&](shop::Row const& row) -> Result<void> {
        out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), row.integer(4), row.integer(5)});
        return {};
    }));
    return out;
}

Result<void> Deliveries::deliver(Due const& d) {
    auto const status = post(d);
    bool const arrived = status && *status >= 200 && *status < 300;
    auto const note = arrived ? std::string() : status ? fmt::format("answered with {}", *status) : status.error().reason;
    auto const attempts = d.attempts + 1;
    auto const pause = std::min(longest_pause, first_pause << std::min<std::int64_t>(attempts - 1, 20));
    auto tx = TRY(executor_.services().store->write(d.shop_id));
    TRY(tx->execute("UPDATE agent_deliveries SET attempts = ?, next_at_ms = ?, status = ?, note = ? WHERE shop_id = ? AND delivery_id = ?", attempts, now_ms() + pause, arrived ? "delivered" : attempts >= most_attempts ? "failed" : "due", note, d.shop_id, d.delivery_id));
    return tx->commit();
}

// The status that came back.
Result<int> Deliveries::post(Due const& d) {
    auto const told = TRY(order_told(executor_, {.shop_id = d.shop_id, .caller = {.kind = Caller::Kind::system, .id = "system", .role = "system"}}, d.order_id));
    auto const& c = told.checkout;
    auto const agent = c.agent_id.empty() ? std::nullopt : directory_.by_id(d.shop_id, c.agent_id);
    if (agent && agent->blocked) return fail(Errc::permission_denied, "agent_blocked", "the owner blocked this agent");
    bool const by_owner = agent && agent->webhook_by_owner;
    auto const url = by_owner ? agent->webhook_url : c.webhook_url;
    if (!by_owner && !url.starts_with("https://")) return fail(Errc::permission_denied, "address_not_allowed", "an agent's own address must be https");
    Pairs headers{{"Content-Type", "application/json"}};
    std::string body;
    if (c.protocol == "acp") {
        std::string secret;
        auto tx = TRY(executor_.services().store->read(d.shop_id));
        shop::Value const values[] = {d.shop_id, c.agent_id};
        TRY(tx->run("SELECT webhook_secret_sealed FROM agents WHERE shop_id = ? AND agent_id = ? AND webhook_secret_sealed IS NOT NULL", values, [&](shop::Row const& row) -> Result<void> { secret = TRY(executor_.services().vault->open(d.shop_id, "agent_webhook:" + c.agent_id, row.text(0))); return {}; }));
        if (secret.empty()) return fail(Errc::failed_precondition, "no_webhook_secret", "the agent has no secret to sign with");
        body = kindling::to_text(json::object{{"type", d.event == "created" ? "order_create" : "order_update"}, {"data", acp_order(told, c.origin, Locale::en)}});
        auto const seconds = std::to_string(now_ms() / 1000);
        headers.emplace_back("Merchant-Signature", fmt::format("t={},v1={}", seconds, hmac_hex(secret, seconds + "." + body)));
        headers.emplace_back("Request-Id", d.delivery_id), headers.emplace_back("Timestamp", format_time(now_ms()));
    } else {
        body = kindling::to_text(ucp_order(told, c.origin, Locale::en));
        headers.emplace_back("UCP-Agent", fmt::format("profile=\"{}/.well-known/ucp\"", c.origin));
        headers.emplace_back("Webhook-Id", d.delivery_id), headers.emplace_back("Webhook-Timestamp", std::to_string(d.at_ms / 1000));
        auto const own = TRY(keys_.signing(d.shop_id));
        for (auto& field : sign_request(*own, "POST", url, headers, body)) headers.push_back(std::move(field));
    }
    if (!send_) return fail(Errc::unavailable, "no_network", "");
    return TRY(send_("POST", url, headers, body, by_owner ? NamedBy::owner : NamedBy::anybody)).status;
}

}  // namespace kindling::gateway::agents

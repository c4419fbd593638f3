// gateway/agents/deliveries.h -- orders told to the agents that prepared them: an outbox emptied by a thread of its own.
//
// What happened is noted in the transaction in which it happened (shop/checkout/events.cpp); here each note becomes one signed POST of the whole
// order as it is then, in the words of the protocol that the checkout came by: UCP with an HTTP message signature, ACP with
// Merchant-Signature (HMAC-SHA256 over time and body). Anything but 2xx is tried again after 5 s, doubling to six hours, twelve times in all (about
// a day); so an event may come twice, and its Webhook-Id says that it is the same. Addresses that an agent's own profile names are reached on the public internet by https only;
// what the owner registered may also be on this machine.
// Sources: UCP order.md "Events", signatures.md; ACP rfc.orders, openapi.agentic_checkout_webhook.
#pragma once
#include "gateway/agents/directory.h"
#include "gateway/agents/keys.h"
#include <condition_variable>
#include <thread>

namespace kindling::gateway::agents {

class Deliveries {
public:
    Deliveries(Executor&, Directory&, Keys&, SendOutside);
    ~Deliveries();

private:
    struct Due;
    void work(std::stop_token);
    Result<std::vector<Due>> due(Milliseconds now);
    Result<void> deliver(Due const&);
    Result<int> post(Due const&);

    Executor& executor_;
    Directory& directory_;
    Keys& keys_;
    SendOutside send_;
    std::size_t listener_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool something_ = true;  // what was left from before the start
    std::jthread thread_;    // last: it uses all of the above
};

}  // namespace kindling::gateway::agents

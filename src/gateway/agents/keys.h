// gateway/agents/keys.h -- the shop's own signing key: made when it is first needed, kept sealed, published in the UCP profile.
#pragma once
#include "gateway/agents/signature.h"
#include "shop/services.h"
#include <map>
#include <mutex>

namespace kindling::gateway::agents {

struct OwnKey {
    std::string kid;
    SigningKey key;
};

// Thread-safe.
class Keys {
public:
    explicit Keys(shop::Services& services) : services_(services) {}
    // The one that signs now. Fails with cannot_open_sealed for another folder's key, or with the store's reasons.
    Result<std::shared_ptr<OwnKey const>> signing(std::int64_t shop_id);
    // Public keys (JWK) whose signatures count: all that were ever ours.
    Result<json::array> published(std::int64_t shop_id);

private:
    shop::Services& services_;
    std::mutex mutex_;
    std::map<std::int64_t, std::shared_ptr<OwnKey const>> known_;
};

}  // namespace kindling::gateway::agents

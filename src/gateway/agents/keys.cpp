#include "gateway/agents/keys.h"
#include "core/id.h"
#include "core/time.h"
#include "shop/vault/vault.h"

namespace kindling::gateway::agents {

namespace {

constexpr std::string_view purpose = "agent_signing_key";

}  // namespace

Result<std::shared_ptr<OwnKey const>> Keys::signing(std::int64_t shop_id) {
    std::lock_guard const lock(mutex_);
    if (auto const i = known_.find(shop_id); i != known_.end()) return i->second;
    auto const read = [&](shop::Transaction& tx) -> Result<std::shared_ptr<OwnKey const>> {
        std::shared_ptr<OwnKey const> found;
        shop::Value const values[] = {shop_id};
        TRY(tx.run("SELECT kid, private_key_sealed FROM signing_keys WHERE shop_id = ? ORDER BY created_at_ms DESC, kid DESC LIMIT 1", values, [&](shop::Row const& row) -> Result<void> {
            auto const key = SigningKey::of(TRY(services_.vault->open(shop_id, purpose, row.text(1))));
            if (!key) return fail(Errc::internal, "internal", "the kept signing key is none");
            found = std::make_shared<OwnKey const>(OwnKey{std::string(row.text(0)), *key});
            return {};
        }));
        return found;
    };
    auto found = TRY(read(*TRY(services_.store->read(shop_id))));
    if (!found) {
        auto tx = TRY(services_.store->write(shop_id));
        found = TRY(read(*tx));  // another process may have been first
        if (!found) {
            OwnKey made{new_id("key"), SigningKey::make()};
            auto const sealed = services_.vault->seal(shop_id, purpose, made.key.private_der());
            TRY(tx->execute("INSERT INTO signing_keys (shop_id, kid, public_key, private_key_sealed, created_at_ms) VALUES (?,?,?,?,?)", shop_id, made.kid, kindling::to_text(made.key.public_jwk(made.kid)), shop::Bytes{sealed}, now_ms()));
            TRY(tx->commit());
            found = std::make_shared<OwnKey const>(std::move(made));
        }
    }
    known_[shop_id] = found;
    return found;
}

Result<json::array> Keys::published(std::int64_t shop_id) {
    TRY(signing(shop_id));
    auto tx = TRY(services_.store->read(shop_id));
    json::array out;
    shop::Value const values[] = {shop_id};
    TRY(tx->run("SELECT public_key FROM signing_keys WHERE shop_id = ? ORDER BY created_at_ms DESC, kid DESC", values, [&](shop::Row const& row) -> Result<void> { out.push_back(TRY(parse_json(row.text(0)))); return {}; }));
    return out;
}

}  // namespace kindling::gateway::agents

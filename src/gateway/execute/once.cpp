#include "gateway/execute/once.h"
#include "core/hex.h"
#include "core/json_text.h"
#include "gateway/execute/kept_answer.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>

namespace kindling::gateway {

namespace {

constexpr Milliseconds replay_for = 24 * 3'600'000;
constexpr std::string_view purpose = "repeated answer";

}  // namespace

Once::Once(shop::Services const& services, std::int64_t shop_id, std::string_view caller, std::string_view key, std::string_view operation, json::value const& request)
    : services_(services), shop_id_(shop_id), caller_(caller), key_(key), operation_(operation), hash_(key.empty() ? "" : services.vault->lookup(shop_id, "request", to_text(request))) {}  // keyed: a password in a request must not be guessed from the store

Result<std::optional<json::value>> Once::recall(shop::Transaction& tx, Milliseconds now) const {
    std::optional<json::value> answer;
    shop::Value const values[] = {shop_id_, caller_, key_, now - replay_for};
    TRY(tx.run("SELECT operation, request_hash, response FROM idempotency WHERE shop_id = ? AND caller = ? AND key = ? AND at_ms > ?", values, [&](shop::Row const& row) -> Result<void> {
        if (row.text(0) != operation_ || row.text(1) != hash_) return fail(Errc::conflict, "idempotency_key_reused", "This Idempotency-Key was used for a different request; use a new one.");
        answer = TRY(open_answer(*services_.vault, shop_id_, row.text(2)));
        return {};
    }));
    return answer;
}

Result<void> Once::keep(shop::Transaction& tx, json::value const& answer, Milliseconds now) const {
    TRY(tx.execute("INSERT INTO idempotency (shop_id, caller, key, operation, request_hash, response, at_ms) VALUES (?,?,?,?,?,?,?) ON CONFLICT (shop_id, caller, key) DO UPDATE SET operation = excluded.operation, request_hash = excluded.request_hash, response = excluded.response, at_ms = excluded.at_ms",
                   shop_id_, caller_, key_, operation_, hash_, seal_answer(*services_.vault, shop_id_, answer), now));
    return {};
}

// In hexadecimal: the column is text, a sealed answer is not.
std::string seal_answer(shop::Vault const& vault, std::int64_t shop_id, json::value const& answer) { return to_hex(vault.seal(shop_id, purpose, to_text(answer))); }

Result<json::value> open_answer(shop::Vault const& vault, std::int64_t shop_id, std::string_view kept) {
    // Answers that were kept before they were sealed are JSON as it stands.
    return parse_json(kept.starts_with('{') ? std::string(kept) : TRY(vault.open(shop_id, purpose, from_hex(kept).value_or(""))));
}

Result<std::int64_t> forget_old_answers(shop::Transaction& tx, Milliseconds now) { return tx.execute("DELETE FROM idempotency WHERE at_ms < ?", now - replay_for); }

}  // namespace kindling::gateway

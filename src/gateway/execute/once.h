// gateway/execute/once.h -- a request with an Idempotency-Key acts once: the same key of the same caller is given the first answer
// for 24 hours, and is refused for another request.
//
// The answer is kept in the transaction that acted, sealed: it may hold what is stored nowhere else in the clear (a new API key, the
// link of an order). A long operation ends its own transactions, so its answer is kept right after it; while it runs the key is
// held in this process, and a repetition is told so.
#pragma once
#include "core/operation.h"
#include "shop/context.h"
#include <mutex>
#include <set>
#include <tuple>

namespace kindling::gateway {

// Keys of long operations that run now in this process. Thread-safe.
class RunningKeys {
public:
    using Name = std::tuple<std::int64_t, std::string, std::string>;  // shop, caller, key
    bool take(Name const& name) { std::lock_guard lock(mutex_); return names_.insert(name).second; }
    void give_back(Name const& name) { std::lock_guard lock(mutex_); names_.erase(name); }

private:
    std::mutex mutex_;
    std::set<Name> names_;
};

class Once {
public:
    static constexpr std::size_t longest_key = 255;  // bytes
    // A dry run and a read have nothing to repeat: then, and without a key, wanted() is false.
    Once(shop::Services const& services, std::int64_t shop_id, std::string_view caller, std::string_view key, std::string_view operation, json::value const& request);
    bool wanted() const { return !key_.empty(); }
    RunningKeys::Name name() const { return {shop_id_, caller_, key_}; }

    // The answer of the first time; nothing if this is it. Fails with idempotency_key_reused.
    Result<std::optional<json::value>> recall(shop::Transaction&, Milliseconds now) const;
    Result<void> keep(shop::Transaction&, json::value const& answer, Milliseconds now) const;

private:
    shop::Services const& services_;
    std::int64_t shop_id_;
    std::string caller_, key_, operation_, hash_;
};

// Forgets answers that are too old to be asked for. Returns how many.
Result<std::int64_t> forget_old_answers(shop::Transaction&, Milliseconds now);

}  // namespace kindling::gateway

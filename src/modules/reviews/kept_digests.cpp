#include "modules/reviews/kept_digests.h"

#include <fmt/format.h>

#include <list>
#include <mutex>

#include "core/by_text.h"
#include "shop/vault/vault.h"

namespace kindling::reviews {

namespace {

constexpr std::size_t most = 2000;

class Kept {
public:
    using Digest = std::shared_ptr<opinion::Digest const>;
    Digest find(std::string const& key) {
        std::lock_guard const lock(mutex_);
        auto const i = at_.find(key);
        if (i == at_.end()) return {};
        order_.splice(order_.begin(), order_, i->second);
        return i->second->second;
    }
    void keep(std::string const& key, Digest digest) {
        std::lock_guard const lock(mutex_);
        if (at_.contains(key)) return;
        order_.emplace_front(key, std::move(digest));
        at_[key] = order_.begin();
        if (order_.size() > most) at_.erase(order_.back().first), order_.pop_back();
    }

private:
    std::mutex mutex_;
    std::list<std::pair<std::string, Digest>> order_;  // latest use first
    ByText<std::list<std::pair<std::string, Digest>>::iterator> at_;
};

}  // namespace

std::shared_ptr<opinion::Digest const> kept_digest(std::span<opinion::ReviewText const> texts, opinion::DigestOptions const& options, ReadBy const& by) {
    static Kept kept;  // of immutable values under their hash
    auto whole = fmt::format("{}\n{} {} {}\n", by.name, options.quotes_a_side, options.least_count, options.longest_quote);
    for (auto const& t : texts) whole += fmt::format("{} {}\n", t.body.size(), t.preferred), whole += t.body;
    auto const key = shop::token_hash(whole);
    if (auto found = kept.find(key)) return found;
    auto made = std::make_shared<opinion::Digest const>(opinion::digest(texts, options, by.read));
    kept.keep(key, made);
    return made;
}

}  // namespace kindling::reviews

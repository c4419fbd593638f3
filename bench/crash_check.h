// bench/crash_check.h -- reads the store after a kill and counts what differs from the model.
#pragma once
#include "crash_load.h"
#include "shop/store/store.h"
#include "shop/vault/vault.h"

namespace kindling::bench {

struct Findings {
    std::int64_t lost = 0;        // acknowledged, and not there or not as it was acknowledged
    std::int64_t half = 0;        // parts without their whole, sums that do not add up
    std::int64_t twice = 0;       // one key or order, more than one effect
    void add(Findings const&);
    bool clean() const { return lost + half + twice == 0; }
};

// What was asked since the last check against what the store holds. Says on stderr what it found.
Findings check_asked(shop::Transaction&, shop::Vault const&, AskedUnderLoad const&);
// Rules that hold for every state of every shop, whatever was asked.
Findings check_rules(shop::Transaction&);

}  // namespace kindling::bench

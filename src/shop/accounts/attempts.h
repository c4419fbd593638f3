// shop/accounts/attempts.h -- how often something may be tried before it has to wait: guesses of passwords, codes and proofs.
//
// A fixed window for each key: the first try opens it, and when it is used up the key waits until it ends. A try is counted before
// it is made, so that many at once cannot slip through, and given back when it turns out right. Kept in memory, for each process
// on its own: a restart forgets, and two servers over one database allow twice as many.
#pragma once
#include "core/time.h"
#include <mutex>
#include <string>
#include <unordered_map>

namespace kindling::shop {

// Thread-safe; O(1) a call, and at most `most_keys` keys of about 150 bytes. When strangers fill it, it is emptied: they are held
// by their addresses, and every entry costs them a request.
class Attempts {
public:
    struct Rule {
        int most;
        Milliseconds window;
    };
    explicit Attempts(std::size_t most_keys = 100'000) : most_keys_(most_keys) {}
    // Counts one try of `key`; false when its window is used up (it is not counted then).
    bool take(std::string const& key, Rule, Milliseconds now);
    void give_back(std::string const& key);

private:
    struct Window {
        Milliseconds ends;
        int used;
    };
    std::size_t const most_keys_;
    std::mutex mutex_;
    std::unordered_map<std::string, Window> windows_;
};

}  // namespace kindling::shop

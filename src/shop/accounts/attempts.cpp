#include "shop/accounts/attempts.h"

namespace kindling::shop {

bool Attempts::take(std::string const& key, Rule rule, Milliseconds now) {
    std::lock_guard lock(mutex_);
    if (windows_.size() >= most_keys_ && !windows_.contains(key)) {
        std::erase_if(windows_, [&](auto const& entry) { return entry.second.ends <= now; });
        if (windows_.size() >= most_keys_) windows_.clear();
    }
    auto& window = windows_.try_emplace(key, Window{now + rule.window, 0}).first->second;
    if (window.ends <= now) window = {now + rule.window, 0};
    if (window.used >= rule.most) return false;
    ++window.used;
    return true;
}

void Attempts::give_back(std::string const& key) {
    std::lock_guard lock(mutex_);
    if (auto const i = windows_.find(key); i != windows_.end() && i->second.used > 0) --i->second.used;
}

}  // namespace kindling::shop

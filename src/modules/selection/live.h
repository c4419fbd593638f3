// modules/selection/live.h -- what the module keeps of one shop while the process lives.
#pragma once
#include "core/time.h"
#include "modules/selection/learned.h"
#include "modules/selection/rules.h"
#include "modules/selection/slots.h"
#include <atomic>
#include <fmt/format.h>
#include <shared_mutex>

namespace kindling::selection {

struct Module::Shop {
    std::int64_t shop_id = 0;
    std::filesystem::path file;        // empty: nothing is kept
    std::shared_mutex mutex;           // asking shares it, catching up and renewing take it whole
    std::shared_ptr<Learned> learned;
    std::atomic<bool> behind = true;   // something was committed that is not in it
    std::mutex learning;               // one at a time
    Milliseconds tried_at = 0;         // by the background thread
    std::optional<SwitchEstimate> switch_estimate;  // of what was learned last
    Milliseconds refused_at = 0;       // when that was learned, if it was not taken into use; else 0

    struct BestSellers {
        Milliseconds at = 0;
        std::shared_ptr<std::vector<Seller> const> sellers;
    };
    ShownLately shown;
    HeldSlots slots;
    std::mutex best_sellers_mutex;
    std::map<std::string, BestSellers> best_sellers;  // by category, "" for all; read anew after ten minutes
    Result<std::shared_ptr<std::vector<Seller> const>> sellers(shop::Transaction&, std::string const& category_id, Milliseconds now);
};

}  // namespace kindling::selection

// modules/selection/rules.h -- internal: what the owner wants of rows, and who was shown what lately.
#pragma once
#include "modules/selection/api.h"
#include <unordered_map>

namespace kindling::selection {

// The rules for a placement and a visitor: those of the arm that the visitor is in, else those of the placement, else those of all, else none.
Result<RecommendationRules> rules_for(shop::Transaction&, Placement, std::string const& session_id, Milliseconds now);

// How often a visitor was shown a product within a day, in memory only: of the last 5,000 visitors. Thread-safe.
class ShownLately {
public:
    std::uint32_t count(std::string const& session, std::string const& product, Milliseconds now);
    void note(std::string const& session, std::span<std::string const> products, Milliseconds now);

private:
    struct Visit {
        Milliseconds since = 0, last = 0;
        std::unordered_map<std::string, std::uint32_t> products;
    };
    std::mutex mutex_;
    std::unordered_map<std::string, Visit> visits_;
};

}  // namespace kindling::selection

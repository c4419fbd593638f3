// shop/promotions/rows.h -- internal: promotions out of the store.
#pragma once
#include "shop/promotions/api.h"

namespace kindling::shop::promotions {

struct Kept {
    Promotion promotion;                  // its codes are not among it
    std::string code = {};                // by which it was found; "" for one that counts by itself
    std::int64_t starts_at_ms = 0, uses = 0, code_uses = 0;
    std::optional<std::int64_t> ends_at_ms, stopped_at_ms;
    bool automatic = true;

    bool runs(Milliseconds at) const { return !stopped_at_ms && starts_at_ms <= at && (!ends_at_ms || at < *ends_at_ms); }
    bool used_up() const { return (promotion.most_uses > 0 && uses >= promotion.most_uses) || (!code.empty() && promotion.most_uses_per_code > 0 && code_uses >= promotion.most_uses_per_code); }
    PromotionState state(Milliseconds at) const;
};

Result<std::optional<Kept>> find_promotion(Transaction&, std::string_view promotion_id);
// Those that count by themselves and run at `at`, and those of these codes, running or not (with the code).
Result<std::vector<Kept>> automatic_promotions(Transaction&, Milliseconds at);
Result<std::vector<Kept>> promotions_of_codes(Transaction&, std::span<std::string const> codes);
Result<std::vector<Kept>> all_promotions(Transaction&);

// Categories above each, for goods that name categories. Reads the tree once.
class Tree {
public:
    static Result<Tree> of(Transaction&);
    bool within(std::string_view category, std::string_view above) const;
private:
    std::vector<std::pair<std::string, std::string>> parent_;  // sorted by category
};
bool counts(Goods const&, Wanted const&, Tree const&);
// A promotion as pricing.h takes it, for these lines.
Rule resolved(Promotion const&, std::span<Wanted const> lines, Tree const&);

}  // namespace kindling::shop::promotions

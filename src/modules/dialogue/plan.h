// modules/dialogue/plan.h -- a language model may plan: it proposes what was meant and what to show, and the guide decides.
//
// A proposal is a wish, said again in the catalogue's words, and SKUs. The wish is read by the guide's own reader; what it adds joins the
// limits in force, and none of those is dropped or loosened. A number counts only if the shopper said it. Every SKU must be for sale, in
// stock and meet every limit. What passes is worded, carded and verified by the guide like any other turn, so that an accepted plan is
// true even if not one word of the model is used. A refusal names its reason, for the model to do better.
//
// Pure; any thread; about as long as a turn.
#pragma once
#include "modules/dialogue/guide.h"

namespace kindling::dialogue {

struct Proposal {
    std::string wish;
    std::vector<std::string> skus;
    static constexpr Field fields[] = {
        field("wish", "What the shopper means, in words of this shop's categories, attributes and values; empty: what was understood already. No numbers that the shopper did not say.", "用本店的类目、属性和取值说出顾客的意思；留空表示沿用已理解的条件。不得出现顾客没说过的数字。").defaulted().longest(400),
        field("skus", "What to show, best first; empty: the best that fit.", "要展示的 SKU，最佳在前；留空则展示最符合的。").defaulted().longest(12)};
};
BOOST_DESCRIBE_STRUCT(Proposal, (), (wish, skus))

// Only where something fits and the order was left open: a marked miss, an errand or "the cheapest" is not a model's to change.
bool may_be_planned(Turn const&);

// Fails (failed_precondition) with not_to_be_planned, wish_commands, number_not_said, nothing_fits, sku_not_found, limit_missed,
// out_of_stock, not_for_recipient, nothing_new, plan_not_true.
Result<Turn> adopt(std::shared_ptr<CatalogueView const> const&, Lexicon const&, TextScorer const&, Turn const& before, std::string const& shopper_text, Proposal const&);

}  // namespace kindling::dialogue

// modules/dialogue/owner_rules.h -- what the owner wants of the guide's candidates (modules/merchandising): rearranges what fits, adds nothing.
#pragma once
#include "modules/dialogue/memory.h"
#include "modules/dialogue/ports.h"
#include "modules/dialogue/select.h"

namespace kindling::dialogue {

// By the rules of the one category that is spoken of, of the words of the wishes in force, or of every list. `by_rank` false: an order by price or age stays, less what is hidden; what is
// hidden may not leave a shopper with nothing that fits. Rules that cannot be read change nothing.
void apply_owner_rules(Merchandising*, GuideState const&, CatalogueView const&, bool by_rank, std::vector<Pick>& picks);

}  // namespace kindling::dialogue

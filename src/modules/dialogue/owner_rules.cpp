#include "modules/dialogue/owner_rules.h"

namespace kindling::dialogue {

void apply_owner_rules(Merchandising* port, GuideState const& state, CatalogueView const& view, bool by_rank, std::vector<Pick>& picks) {
    if (!port || picks.empty()) return;
    auto const kinds = categories_in_force(state, view.words());
    std::vector<std::string> said = {state.free_text};
    for (auto const& wish : state.constraints)
        if (wish.polarity == Polarity::want) said.push_back(wish.said);
    auto const rules = port->rules(kinds.size() == 1 ? view.words().categories[static_cast<std::size_t>(kinds.front())].id : "", std::move(said));
    if (!rules || rules->empty()) return;
    std::vector<merchandising::Arrangement::Good> goods;
    for (auto const& pick : picks) {
        auto const& data = view[pick.product].data;
        goods.push_back({data.product_id, data.brand, data.brand_zh, data.category_id});
    }
    std::vector<Pick> arranged;
    for (auto i : rules->order(goods, by_rank)) arranged.push_back(picks[i]);
    if (!arranged.empty()) picks = std::move(arranged);
}

}  // namespace kindling::dialogue

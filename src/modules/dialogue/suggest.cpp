// modules/dialogue/suggest.cpp -- what a beginning of words may become: kinds of goods, whole searches of other shoppers, and the goods themselves.
#include "modules/dialogue/api.h"
#include "modules/dialogue/completions.h"
#include "modules/dialogue/product_index.h"
#include <set>

namespace kindling::dialogue {

Suggestions suggest_from(Live const& live, Suggest const& in, Locale locale) {
    Suggestions out;
    auto const limit = static_cast<std::size_t>(in.limit);
    auto const surface = surface_of(in.text);
    if (surface.empty()) return out;
    auto const& words = live.view->words();
    std::set<int> seen;
    for (auto const& m : live.lexicon->scan(surface))
        for (auto const& x : m.meanings)
            if (x.kind == Meaning::Kind::category && seen.insert(x.id).second && out.categories.size() < limit) {
                auto const& c = words.categories[static_cast<std::size_t>(x.id)];
                out.categories.push_back({c.id, c.label.en, c.label.zh});
            }
    if (live.index) {
        if (live.completions) out.completions = live.completions->complete(*live.view, *live.index, in.text, limit);
        if (auto const found = live.index->search(*live.view, in.text, limit, {}, ProductIndex::Typing::going_on))
            for (auto const& [p, score] : found->products) {
                std::size_t best = 0;
                auto const& variants = (*live.view)[p].variants;
                for (std::size_t v = 1; v < variants.size(); ++v)
                    if ((variants[v].stock > 0) > (variants[best].stock > 0)) best = v;
                out.products.push_back(make_card(*live.view, {.product = p, .variant = best}, locale, {}));
            }
    }
    return out;
}

}  // namespace kindling::dialogue

// modules/dialogue/goods_found.h -- what the words of a search find, and which of the goods that they name are not here.
//
// The index finds what has the words, or some of them. Beside that a shopper wants to know what is not sold: a name that titles speak of only as what comes
// with a thing or is for it (called_so.h, no_such_thing), a word that nothing here has, the number of a model that nothing bears. Where goods are not here the
// other words of the query decide nothing: only what speaks of the goods stays.
//
// Pure over a Live; any thread. Cost: a search of the index, and one or two more where something is not here or an amount left nothing.
#pragma once
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/understand.h"

namespace kindling::dialogue {

struct Live;
struct Search;

struct GoodsFound {
    std::string words;                                    // that were looked for
    ProductIndex::Found found;
    std::vector<std::string> missing;                     // goods that are not sold here, as they were said
    std::string given_up;                                 // a name of which only the last word is here, and that word was looked for
    std::vector<std::pair<std::size_t, double>> beside;   // where goods are not here: what has only some of the words of their name
};
// `amounts`: words of amounts that limit nothing here and still decide among the goods. `code`: the query is a SKU.
Result<GoodsFound> find_goods(Live const&, Search const&, Reading const&, std::string_view amounts, bool code);

}  // namespace kindling::dialogue

// modules/dialogue/retrieval.h -- which goods a text speaks of, for search and guide alike: words with what means the same, the learned order, the
// likely category, and, when no product has the words, the nearest in meaning.
//
// Words that name goods come first (category_model.h): "my violin sounds scratchy" is about violins, and a mute that "sounds" is not. What else was said
// decides among them. What only belongs to the thing that is named is told apart, for whoever asked for the thing itself. The order in use (ranking.h) rearranges the first results as it does for a search.
//
// Pure over a Live; any thread. Cost: one or two searches of the index.
#pragma once
#include "engines/text/analysis/synonyms.h"
#include "modules/dialogue/category_model.h"
#include "modules/dialogue/select.h"

namespace kindling::dialogue {

struct Live;

// Machines and pieces of furniture, as everybody calls them.
text::SynonymTable const& machines();

// What only belongs to the goods that the words name counts for so much.
inline constexpr double belongs_factor = 0.4;

struct Retrieved {
    TextScores scores;                             // best 1.0
    std::vector<PredictedCategory> categories;     // likeliest first; empty: nothing can be said
    bool near_in_meaning = false;                  // no product has the words
    bool whole = true;                             // some product has all the words that name goods
    std::string no_thing;                          // the words are one name of a machine or piece of furniture that titles have, and no title here is of such a thing: where there are TV figures, a TV
    bool more = false;                             // there are more than `scores` holds
    bool some_words = false;                       // goods count that have only some of the words; those that have all are in `with_all`
    std::vector<std::size_t> with_all;
    bool by_code = false;                          // a code that was named stands in these titles, and only those are here
    std::vector<std::string> unknown_codes;        // that no title with the other words bears; not looked for
    std::unordered_set<std::size_t> otherwise;     // of the first: what is something else than the words name (category_model.h)
    Retrieved() = default;
    Retrieved(TextScores s) : scores(std::move(s)) {}
};

// Which words name goods in this shop, for the index; as long as `live`.
ProductIndex::NamesGoods names_goods(Live const&);
Retrieved retrieve(Live const&, std::string_view words);

// "Laptop bag 15 inch", "experiments 8 year old": the words without small numbers and their units, which decide among the goods and name none; all of
// them when nothing else is left.
std::string without_amounts(std::string_view words);
// "75192", "sm57", "dgx640c": what looks like the number of a model, and no amount.
std::vector<std::string> codes_in(std::string_view words);
// The same of a query, as they are written there ("kg-9999"): those that no title, SKU or text here bears, and that are no amount, year or round sum.
// `words`: what of the query is looked for, so no limit.
std::vector<std::string> codes_of_nothing(Live const&, std::string_view query, std::string_view words);
bool is_unit(std::string_view word);               // "litre", "months": what an amount is counted in
inline constexpr double told_share = 0.5;          // what the words that name no goods add to those that do

}  // namespace kindling::dialogue

// modules/dialogue/synonym_mining.h -- words that shoppers use for the same goods, found in what they searched, clicked and searched again.
//
// Two queries that differ in one place ("red sneakers", "red trainers") say something about what differs. Two kinds of evidence: *agreement*, the
// cosine of what was clicked for both (square roots of clicks, so that one best seller does not decide), over all pairs of queries with this
// difference, weighed by the fewer clicks; and *reformulation*, a visit that clicked nothing for the one, searched the other within five minutes and
// clicked. Nothing is used by itself: people of the shop accept or reject (synonym_desk.h).
//
// Guards: each side needs clicks of its own; words with digits, words spelled alike (typing mistakes are the index's), words that mean the same already,
// and words that this catalogue keeps apart (two values of one attribute, two categories, two brands) are not proposed; a word that is only wider
// ("shoes" beside "sneakers") agrees less, for its clicks go elsewhere too.
//
// Sources: Boldi et al. 2009 (query flow: reformulations); Craswell & Szummer 2007 (clicks as a graph of queries and documents); Baeza-Yates & Tiberi 2007
// (relations of queries by what was clicked). Pure; deterministic. Cost: pairs of queries with a clicked product in common, at most 50 queries a product.
#pragma once
#include "core/result.h"
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace kindling::dialogue {

struct SearchLog {
    struct Query { std::map<std::string, double> clicks; double searches = 0; };
    std::map<std::string, Query> queries;                                   // surface -> what was clicked
    std::map<std::pair<std::string, std::string>, double> reformulated;     // (without a click, then with one) -> visits
};

struct SynonymEvidence {
    std::string first, second;
    double agreement = 0;                                                   // 0..1
    std::int64_t shared_products = 0, clicks_first = 0, clicks_second = 0, reformulations = 0, contexts = 0;
    std::vector<std::string> examples;                                      // pairs of queries, "red sneakers ~ red trainers"
};

struct SynonymGuards {
    std::function<std::vector<std::string>(std::string_view)> words;        // a query cut into words as it was written
    std::function<bool(std::string const&, std::string const&)> apart = {}; // the catalogue keeps them apart, or they mean the same already
    std::int64_t least_clicks = 8, least_shared = 2, least_reformulations = 5;
    double least_agreement = 0.6, least_agreement_reformulated = 0.3;
};

// Strongest first.
std::vector<SynonymEvidence> mine_synonyms(SearchLog const&, SynonymGuards const&);

}  // namespace kindling::dialogue

// modules/dialogue/ranking_learn.h -- learning an order from what was shown, clicked, bought and judged, and comparing it with the words.
//
// 1. Shown and clicked results give each place its examination and each (query, product) its attraction (engines/learning/ranking/examination.h).
//    Attraction becomes a grade 0..3 relative to the query's best; what people judged replaces it, where their grades tell two products apart.
// 2. Queries are cut into three parts, those of the same words together. The vectors that a part is measured with were refined by the other two, so was the fusion and so were the trees:
//    the comparison with the words (what the search shows today) is on queries that were not learned from. Only what was shown or judged is ordered.
// 3. Where the owner's text encoder has vectors of the catalogue's texts, all that is done once more with its likeness joined to the own (ranking.h).
// 4. What is put in use is learned from all parts. Fewer than 20 queries with different grades: no order but the words is allowed; nor is one that is below the words over
//    the queries that people judged, however good it is over the rest.
//
// Pure but for the search and the vectors it is given; deterministic. Cost: four refinings of the vectors (at most 12,000 examples, 4 rounds each), three to four fits of trees.
#pragma once
#include "core/progress.h"
#include "engines/learning/ranking/examination.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/ranking.h"

namespace kindling::dialogue {

struct ShownResult {
    std::string query, product_id;   // query: one spelling for all that mean the same
    std::int64_t place = 1;
    double shown = 0, clicked = 0;
};
struct Behaviour {
    std::vector<ShownResult> shown;
    std::map<std::pair<std::string, std::string>, double> clicked;      // (query, product) -> clicks, also where nothing tells what was shown
    std::map<std::pair<std::string, std::string>, double> together;     // (product, product) -> visits and orders that had both
    std::map<std::string, std::map<std::string, double>> judged;        // query -> product -> grade 0..3, by people
};

inline constexpr std::size_t fewest_queries = 20;

// The queries whose vectors the learning uses: those that people judged, and of the others the most shown.
std::vector<std::string> queries_to_learn(Behaviour const&);

// `encoding`: null, or with the vectors of texts and queries; it is asked for nothing that it does not hold.
// failed_precondition "nothing_to_learn" when the texts hold too few words, "cancelled".
Result<LearnedRanking> learn_ranking(Live const&, Behaviour const&, Milliseconds now, Progress const&, TextEncoding const* encoding = nullptr);

}  // namespace kindling::dialogue

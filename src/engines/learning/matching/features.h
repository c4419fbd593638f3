// engines/learning/matching/features.h -- a pair of listings as numbers that a judge can learn from.
//
// About one pair: how much of the titles' telling words each has (by idf, aligned as in align.h), what is left over, model numbers that agree
// or differ, numbers that agree or differ, the brand, three-letter pieces, the descriptions, the price ratio. NaN: not known.
// About its rivals: how the pair ranks among the other candidates of either listing, and how far the best rival is away.
// A match is mostly what has no better rival.
#pragma once
#include <array>

#include "engines/learning/matching/align.h"
#include "engines/learning/matching/block.h"

namespace kindling::matching {

enum Feature : std::size_t {  // places in a row of features
    // Titles.
    title_cosine, title_shared, left_told, right_told, less_told, left_over_most, right_over_most, left_over_count, right_over_count, both_over, exact_shared, first_word, longest_run, pieces_cosine, stretch,
    weight_left, weight_ratio,
    // All that is written.
    text_cosine, left_title_in_right, right_title_in_left, beside_cosine,
    // Model numbers.
    sides_with_codes, code_equal, code_prefix, code_stretch, left_code_in_right, right_code_in_left, rare_prefix,
    // Numbers in the titles.
    numbers_shared, numbers_over_left, numbers_over_right, numbers_over_both, numbers_equal,
    // Brand and price.
    brand_told, price_log, price_gap,
};
inline constexpr std::size_t pair_features = price_gap + 1;

// Of a score: 0-based rank among the candidates of the left, of the right listing; this score less the best rival's; how many rivals come near.
enum RivalFeature : std::size_t { rival_rank_left, rival_rank_right, rival_gap_left, rival_gap_right, rival_gap_less, rivals_near_left, rivals_near_right };
inline constexpr std::size_t rival_features = rivals_near_right + 1;

inline constexpr std::array<std::string_view, pair_features> feature_names{
    "title_cosine", "title_shared", "left_told", "right_told", "less_told", "left_over_most", "right_over_most", "left_over_count", "right_over_count", "both_over", "exact_shared", "first_word", "longest_run", "pieces_cosine", "stretch",
    "weight_left", "weight_ratio", "text_cosine", "left_title_in_right", "right_title_in_left", "beside_cosine", "sides_with_codes", "code_equal", "code_prefix", "code_stretch", "left_code_in_right", "right_code_in_left",
    "rare_prefix", "numbers_shared", "numbers_over_left", "numbers_over_right", "numbers_over_both", "numbers_equal", "brand_told", "price_log", "price_gap",
};

using PairFeatures = std::array<float, pair_features>;
PairFeatures compare(const Pool&, Pair, Alignment& scratch);

// For each pair its rival features, from one score per pair. Pairs ascending by (left, right), as candidates() gives them. Scores >= 0.
std::vector<std::array<float, rival_features>> rivals(const Pool&, std::span<const Pair>, std::span<const float> scores);

// A score without learning, 0..1: told both ways, less what contradicts. What candidates are first ranked by.
float plain_score(const PairFeatures&);
// The same as a probability, for lists too short to learn from: a logistic of that score and of how far the best rival is, rounded between
// the fits to the train splits of Amazon-Google and Abt-Buy.
float plain_probability(const PairFeatures&, const std::array<float, rival_features>& of_plain_scores);

}  // namespace kindling::matching
